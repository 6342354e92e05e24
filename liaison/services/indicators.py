"""Indicators of agreements: what is counted, the figures of it, and how far they are from the target."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.agreements import Area
from liaison.domain.errors import Refused, refuse_if
from liaison.domain.fields import problem
from liaison.domain.indicators import (
    ENOUGH,
    Direction,
    IndicatorDraft,
    Level,
    Mark,
    Measure,
    ValueDraft,
    Way,
    achieved,
    check_indicator,
    check_value,
    mark_of,
)
from liaison.domain.periods import Period
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, get_for, need, today
from liaison.services.list_views import KeptView, views_of
from liaison.services.measures import Measured, Question, check_question, measured
from liaison.store.models import AgreementRow, IndicatorRow, IndicatorValueRow

BY_HAND_ONLY = N_("This figure is told by the cases. Keep it as it is now instead of typing another.")
NOT_TOLD = N_("Nothing can be kept: this figure is written down by hand, or no case tells it yet.")
_DECIMALS = ("baseline", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueView:
    """A figure as of a day."""

    id: int
    version: int
    on_date: dt.date
    value: Decimal
    cases: int | None
    is_measured: bool
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorLine:
    """One indicator as a list, a card or a paper shows it."""

    id: int
    version: int
    agreement_id: int
    agreement: str
    area: Area
    name: str
    level: Level
    unit: str
    direction: Direction
    baseline: Decimal | None
    baseline_on: dt.date | None
    target: Decimal | None
    target_on: dt.date | None
    measure: Measure
    question: str
    period: Period | None
    actual: Decimal | None
    """Where things stand: told by the cases now, else the newest figure written down."""
    actual_on: dt.date | None
    cases: int | None
    """Of how many cases it is told; none where it was written down by hand."""
    evidence: str
    mark: Mark
    achieved: int | None
    """Whole per cent of the way; none without a baseline."""
    values: tuple[ValueView, ...]
    """The figures kept, the oldest first."""
    note: str

    @property
    def is_fed(self) -> bool:
        """Whether the cases tell it."""
        return self.measure is not Measure.BY_HAND

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to believe it: evidence, or enough cases."""
        return bool(self.evidence) if self.cases is None else self.cases >= ENOUGH

    @property
    def asks(self) -> Question:
        """The question behind the figure."""
        return Question(measure=self.measure, text=self.question, period=self.period)


# writing


def add_indicator(session: Session, draft: IndicatorDraft) -> Changes:
    """Write down what shall be counted."""
    _check(session, draft)
    row = fill(IndicatorRow(), draft, leave=_DECIMALS)
    _fill_decimals(row, draft)
    add(session, row)
    return changes(("indicator", row.id), ("agreement", row.agreement_id), made=row.id)


def edit_indicator(session: Session, key: int, draft: IndicatorDraft, *, version: int | None = None) -> Changes:
    """Change an indicator; its figures stay."""
    row = get_for(session, IndicatorRow, key, draft, version=version)
    _check(session, draft)
    fill(row, draft, leave=_DECIMALS)
    _fill_decimals(row, draft)
    session.flush()
    return changes(("indicator", key), ("agreement", row.agreement_id))


def indicator_draft(session: Session, key: int) -> IndicatorDraft:
    """What the form of an indicator opens with."""
    row = get(session, IndicatorRow, key)
    return draft_of(row, IndicatorDraft, baseline=_decimal(row.baseline), target=_decimal(row.target))


def _check(session: Session, draft: IndicatorDraft) -> None:
    found = [*check_indicator(draft), *need(session, AgreementRow, draft.agreement_id, field="agreement_id")]
    refuse_if(found)
    try:
        check_question(session, Question(measure=draft.measure, text=draft.question, period=draft.period))
    except Refused as refused:
        raise Refused([problem(p.code, p.message, "question", **p.values) for p in refused.problems]) from refused


def _fill_decimals(row: IndicatorRow, draft: IndicatorDraft) -> None:
    row.baseline = None if draft.baseline is None else str(draft.baseline)
    row.target = None if draft.target is None else str(draft.target)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def record_value(session: Session, draft: ValueDraft) -> Changes:
    """Write a figure down, with what shows it. One that the cases tell is kept, never typed."""
    refuse_if([*check_value(draft, today=today(session)), *need(session, IndicatorRow, draft.indicator_id)])
    row = get(session, IndicatorRow, draft.indicator_id)
    if row.measure is not Measure.BY_HAND:
        raise Refused([Problem(code="BY_HAND_ONLY", message=BY_HAND_ONLY, field="value")])
    value = IndicatorValueRow(
        indicator_id=row.id, on_date=draft.on_date, value=str(draft.value), evidence=draft.evidence.strip()
    )
    add(session, value)
    return changes(("indicator_value", value.id), ("indicator", row.id), ("agreement", row.agreement_id), made=value.id)


def keep_figure(session: Session, key: int) -> Changes:
    """Keep what the cases tell now as the figure of today, so that a later look has something to compare with."""
    row = get(session, IndicatorRow, key)
    told = measured(session, Question(measure=row.measure, text=row.question, period=row.period))
    if told is None or told.value is None:
        raise Refused([Problem(code="NOT_TOLD", message=NOT_TOLD)])
    value = add(
        session,
        IndicatorValueRow(
            indicator_id=key, on_date=today(session), value=str(told.value), cases=told.cases, is_measured=True
        ),
    )
    return changes(("indicator_value", value.id), ("indicator", key), ("agreement", row.agreement_id), made=value.id)


def remove_value(session: Session, key: int) -> Changes:
    """Take a figure off that was written down by mistake."""
    row = get(session, IndicatorValueRow, key)
    indicator = get(session, IndicatorRow, row.indicator_id)
    session.delete(row)
    session.flush()
    return changes(("indicator_value", key), ("indicator", indicator.id), ("agreement", indicator.agreement_id))


# reading


def indicator_lines(session: Session, *, agreement_id: int | None = None) -> list[IndicatorLine]:
    """Indicators of one agreement or of all, by agreement, then from input to outcome."""
    asked = sa.select(IndicatorRow, AgreementRow.title).join(AgreementRow, AgreementRow.id == IndicatorRow.agreement_id)
    if agreement_id is not None:
        asked = asked.where(IndicatorRow.agreement_id == agreement_id)
    values, day, order = _values(session), today(session), list(Level)
    lines = [_line(session, row, title, values.get(row.id, ()), day) for row, title in session.execute(asked)]
    return sorted(lines, key=lambda one: (one.agreement_id, order.index(one.level), one.id))


def indicator(session: Session, key: int) -> IndicatorLine:
    """One indicator. Raises :class:`Refused` where it is gone."""
    row = get(session, IndicatorRow, key)
    title = get(session, AgreementRow, row.agreement_id).title
    return _line(session, row, title, _values(session, only=key).get(key, ()), today(session))


def saved_questions(session: Session) -> tuple[tuple[str, KeptView], ...]:
    """Views of the lists of cases and claims that the office named, as (list, view): their filters can be asked."""
    return tuple((name, view) for name in ("journeys", "claims") for view in views_of(session, name))


def _line(
    session: Session, row: IndicatorRow, agreement: str, values: tuple[ValueView, ...], day: dt.date
) -> IndicatorLine:
    told = _told(session, row)
    newest = values[-1] if values else None
    actual: Decimal | None = None
    actual_on: dt.date | None = None
    cases: int | None = None
    evidence = ""
    if told is not None:
        actual, actual_on, cases = told.value, day, told.cases
    elif newest is not None:
        actual, actual_on, cases, evidence = newest.value, newest.on_date, newest.cases, newest.evidence
    way = Way(direction=row.direction, baseline=_decimal(row.baseline), target=_decimal(row.target), actual=actual)
    return IndicatorLine(
        id=row.id, version=row.version, agreement_id=row.agreement_id, agreement=agreement, area=row.area,
        name=row.name, level=row.level, unit=row.unit, direction=row.direction, baseline=way.baseline,
        baseline_on=row.baseline_on, target=way.target, target_on=row.target_on, measure=row.measure,
        question=row.question, period=row.period, actual=actual, actual_on=actual_on, cases=cases, evidence=evidence,
        mark=mark_of(way, begun_on=row.baseline_on, target_on=row.target_on, today=day), achieved=achieved(way),
        values=values, note=row.note,
    )  # fmt: skip


def _told(session: Session, row: IndicatorRow) -> Measured | None:
    """What the cases tell; a question that no list understands any more tells nothing, and the page says so."""
    try:
        return measured(session, Question(measure=row.measure, text=row.question, period=row.period))
    except Refused:
        return Measured(value=None, cases=0)


def _values(session: Session, *, only: int | None = None) -> dict[int, tuple[ValueView, ...]]:
    asked = sa.select(IndicatorValueRow).order_by(IndicatorValueRow.on_date, IndicatorValueRow.id)
    if only is not None:
        asked = asked.where(IndicatorValueRow.indicator_id == only)
    found: dict[int, list[ValueView]] = defaultdict(list)
    for row in session.scalars(asked):
        found[row.indicator_id].append(
            ValueView(
                id=row.id, version=row.version, on_date=row.on_date, value=Decimal(row.value), cases=row.cases,
                is_measured=row.is_measured, evidence=row.evidence,
            )
        )  # fmt: skip
    return {key: tuple(each) for key, each in found.items()}
