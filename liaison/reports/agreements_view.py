"""What the report on agreements (R7) is made from, and what an audience may see of it.

Fail closed: a field of a line is printed outside the office only where the draft that it was typed in marks it for that
audience, or where it stands in the list of figures that are read from such fields. Figures about people leave the
office by the rule of small numbers alone; agreements with an insurer do not leave it at all, since insurers are never
named on joint paper.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from liaison.domain.action_plans import ActivityDraft, MilestoneDraft
from liaison.domain.agreements import AgreementDraft, ObligationDraft
from liaison.domain.fields import fields_of
from liaison.domain.figures import Counted
from liaison.domain.indicators import (
    MEDIAN_FROM,
    MEDIANS,
    PEOPLE,
    SENSITIVE,
    IndicatorDraft,
    Mark,
    Way,
    achieved,
    mark_of,
)
from liaison.domain.names import fold
from liaison.domain.periods import span_of
from liaison.domain.privacy import HELD_BACK, STAR, Audience, on_paper, public_count
from liaison.reports.briefing_public import note_missing, printed_median
from liaison.reports.briefing_rows import persons
from liaison.reports.case_view import Office
from liaison.reports.gathering import insurer_names, office_of
from liaison.services import agreement_views
from liaison.services.action_plans import ActivityLine, MilestoneView, activity_lines
from liaison.services.agreement_views import AgreementLine, ObligationView
from liaison.services.changes import clock, today
from liaison.services.data_requests import DataRequestLine, request_lines
from liaison.services.indicators import IndicatorLine, indicator_lines
from liaison.services.measures import measured, people_behind
from liaison.services.outreach import OutreachLine, outreach_lines, referred_at

L = TypeVar("L", AgreementLine, ObligationView, ActivityLine, MilestoneView, IndicatorLine)

ALWAYS = frozenset({"id", "version", "agreement_id", "agreement"})
"""What places a line among the others and says nothing by itself; an agreement's title is public."""

DERIVED: dict[type[Any], tuple[type[Any], frozenset[str]]] = {
    AgreementLine: (
        AgreementDraft,
        frozenset({"standing", "ends_on", "days_left", "promised", "kept", "late", "next_due", "clause", "basis"}),
    ),
    ObligationView: (ObligationDraft, frozenset({"finished_on", "progress", "days_late"})),
    ActivityLine: (ActivityDraft, frozenset({"finished_on", "progress", "days_late", "milestones"})),
    MilestoneView: (MilestoneDraft, frozenset({"finished_on", "progress", "days_late"})),
    IndicatorLine: (IndicatorDraft, frozenset({"actual", "actual_on", "cases", "mark", "achieved"})),
}
"""By line: the draft whose marks hold, and what may be read from what those marks allow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An indicator before it is printed: a figure about people waits here until the gate has seen whom it counts."""

    line: IndicatorLine
    """As the audience may see it; without its figure where that counts people."""
    people: int | None = None
    """Persons behind the figure, who know whom they count; none where it may stand as it is."""
    middle: Decimal | None = None
    """The median, where it is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An indicator as it is printed. ``hidden`` is the sign that stands for a figure that stays in the office."""

    line: IndicatorLine
    hidden: str = ""
    people: str = ""
    """The sign that stands for the number of people behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """Something promised, with its agreement and the title of that."""

    agreement_id: int
    agreement: str
    line: ObligationView


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementsView:
    """The register of one country or of all, at one moment, as one audience sees it."""

    as_of: dt.datetime
    today: dt.date
    office: Office
    audience: Audience
    country: str
    chains: tuple[tuple[AgreementLine, ...], ...]
    promises: tuple[Promised, ...]
    activities: tuple[ActivityLine, ...]
    indicators: tuple[Asked, ...]
    requests: tuple[DataRequestLine, ...]
    """Requests for data; for the office alone."""
    outreach: tuple[OutreachLine, ...]
    """Events abroad; outside the office without cases and without referrals."""
    left_out: int
    """Agreements with insurers, which stay in the office."""
    referred: Mapping[int, int]
    """By event, how many were referred; outside the office the number knows whom it counts."""
    ask: str = ""
    by: dt.date | None = None

    @property
    def agreements(self) -> tuple[AgreementLine, ...]:
        """All of them, chain by chain."""
        return tuple(line for chain in self.chains for line in chain)


def gather(
    session: Session, audience: Audience, *, country: str = "", ask: str = "", by: dt.date | None = None
) -> AgreementsView:
    """Read the register as an audience may see it."""
    day = today(session)
    wanted = [line for line in agreement_views.agreement_lines(session) if not country or line.country == country]
    kept = wanted if audience is Audience.INTERNAL else _without_insurers(session, wanted)
    keys = {line.id for line in kept}
    lines = [redacted(line, audience) for line in kept]
    promises = [
        Promised(agreement_id=line.id, agreement=line.title, line=redacted(one, audience))
        for line in lines
        for one in agreement_views.obligations_of(session, line.id)
    ]
    promises.sort(key=lambda p: (p.line.finished_on is not None, -p.line.days_late, p.line.due_on or dt.date.max))
    events = [
        one
        for one in outreach_lines(session)
        if (not country or one.country == country) and (one.agreement_id is None or one.agreement_id in keys)
    ]
    return AgreementsView(
        as_of=clock(session),
        today=day,
        office=office_of(session),
        audience=audience,
        country=country,
        chains=tuple(agreement_views.chains(lines)),
        promises=tuple(promises),
        activities=tuple(
            replace(
                redacted(line, audience), milestones=tuple(redacted(one, audience) for one in line.milestones)
            )
            for line in activity_lines(session)
            if line.agreement_id in keys
        ),
        indicators=tuple(
            asked(session, line, audience) for line in indicator_lines(session) if line.agreement_id in keys
        ),
        requests=tuple(
            one for one in request_lines(session) if audience is Audience.INTERNAL and _is_about(one.agreement_id, keys)
        ),
        outreach=tuple(_event(one, audience) for one in events),
        referred={one.id: _referred(one) for one in events if one.referrals is not None},
        left_out=len(wanted) - len(kept),
        ask=ask,
        by=by,
    )  # fmt: skip


def _is_about(agreement_id: int | None, keys: set[int]) -> bool:
    """A request without an agreement belongs to every register."""
    return agreement_id is None or agreement_id in keys


def _event(line: OutreachLine, audience: Audience) -> OutreachLine:
    """An event as it leaves the office: no notes, no case, no referrals; who came is public anyway."""
    if audience is Audience.INTERNAL:
        return line
    return replace(line, note="", partners="", cases=(), referrals=None)


def _referred(line: OutreachLine) -> Counted:
    return Counted.of(referred_at(line), f"event {line.id} referred", start=line.held_on, end=line.held_on)


def _without_insurers(session: Session, lines: list[AgreementLine]) -> list[AgreementLine]:
    names = {f" {fold(name)} " for name in insurer_names(session)}
    return [
        line
        for line in lines
        if not any(name in f" {fold(text)} " for name in names for text in (*line.parties, line.title, line.source))
    ]


def redacted(line: L, audience: Audience) -> L:
    """A line with everything emptied that an audience may not see."""
    if audience is Audience.INTERNAL:
        return line
    draft, derived = DERIVED[type(line)]
    open_to = {spec.name for spec in fields_of(draft) if spec.may_be_seen_by(audience)} | derived | ALWAYS
    hidden: dict[str, Any] = {
        each.name: _emptied(getattr(line, each.name))
        for each in dataclasses.fields(line)
        if each.name not in open_to
    }  # fmt: skip
    return replace(line, **hidden)


def _emptied(value: object) -> object:
    if isinstance(value, str):
        return ""
    return () if isinstance(value, tuple) else None


def asked(session: Session, line: IndicatorLine, audience: Audience) -> Asked:
    """An indicator with the persons behind it, where its figure counts people and leaves the office."""
    seen = redacted(line, audience)
    if audience is Audience.INTERNAL or line.measure not in PEOPLE or line.actual is None:
        return Asked(line=seen)
    told = measured(session, line.asks)
    who = persons(session)
    people = frozenset(who.get(one, one) for one in people_behind(session, told)) if told is not None else frozenset()
    day = today(session)
    span = span_of(line.period, day) if line.period is not None else None
    first, last = (span.first, min(span.last, day)) if span is not None else (None, day)
    return Asked(
        line=replace(seen, actual=None, cases=None, mark=Mark.NO_FIGURE, achieved=None),
        people=Counted.of(people, f"indicator {line.id}", start=first, end=last),
        middle=line.actual if line.measure in MEDIANS else None,
    )  # fmt: skip


def shown(one: Asked, day: dt.date) -> Shown:
    """An indicator on paper: people are counted by the rule of small numbers and pass the gate, or are hidden."""
    line, people = one.line, one.people
    if people is None:
        return Shown(line=line)
    count = on_paper(public_count(people, sensitive=line.measure in SENSITIVE))
    value, sign = _median(people, one.middle) if line.measure in MEDIANS else (_decimal(count.value), count.sign)
    way = Way(direction=line.direction, baseline=line.baseline, target=line.target, actual=value)
    mark = Mark.NO_FIGURE if value is None else mark_of(
        way, begun_on=line.baseline_on, target_on=line.target_on, today=day
    )  # fmt: skip
    seen = replace(line, actual=value, cases=count.value, mark=mark, achieved=achieved(way))
    return Shown(line=seen, hidden=sign if value is None else "", people=count.sign if count.value is None else "")


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _median(people: int, middle: Decimal | None) -> tuple[Decimal | None, str]:
    """A median of ten people or more to the half, as it was printed before; anything smaller stays."""
    if middle is None or people < MEDIAN_FROM:
        note_missing(people)
        return None, STAR
    told = printed_median(people, (float((middle * 2).quantize(Decimal(1)) / 2),))
    return (None, HELD_BACK) if told is None else (Decimal(str(told[0])), "")
