"""The list of journeys: which cases, in which order, page by page, with the next step of each."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.grammar import Comparison, Term, TermField
from liaison.domain.journeys import STAGE_OF, JourneyKind, JourneyState, Stage
from liaison.domain.patients import Region, Sex
from liaison.domain.work import WaitingOn
from liaison.i18n import N_
from liaison.services import filters, insight_terms
from liaison.services.filters import Asked, Clause
from liaison.services.list_queries import (
    Column,
    ColumnKind,
    Counts,
    Footing,
    Group,
    Listing,
    ListQuery,
    by_day,
    by_moment,
    chosen,
    list_groups,
    list_ids,
    organizations_named,
    page,
    raw,
    sums,
    wanted_ids,
    where,
    with_sums,
)
from liaison.services.own_regions import lies_in
from liaison.services.search import matching
from liaison.services.sentences import Sentence, said, task_title, typed
from liaison.store.models import (
    CoverRow,
    EstimateRow,
    JourneyRow,
    OfficerRow,
    OrganizationRow,
    PatientRow,
    PolicyRow,
    TaskRow,
)
from liaison.store.types import from_microseconds

JOURNEY_COLUMNS = (
    Column(name="name", label=N_("Name"), kind=ColumnKind.NAME),
    Column(name="city", label=N_("City")),
    Column(name="hospital", label=N_("Hospital")),
    Column(name="insurer", label=N_("Insurer")),
    Column(name="stage", label=N_("Stage"), kind=ColumnKind.STAGE),
    Column(name="next", label=N_("Next step")),
    Column(name="due", label=N_("Due"), kind=ColumnKind.DUE),
    Column(name="case_no", label=N_("Case number")),
    Column(name="kind", label=N_("Kind"), is_default_shown=False),
    Column(name="state", label=N_("State"), kind=ColumnKind.STATE, is_default_shown=False),
    Column(name="opened_on", label=N_("Opened"), kind=ColumnKind.DATE, is_default_shown=False),
    Column(name="state_since", label=N_("In this state since"), kind=ColumnKind.DATE, is_default_shown=False),
    Column(name="officer", label=N_("Officer"), is_default_shown=False),
)
JOURNEY_GROUPS = ("stage", "city", "insurer", "hospital", "officer", "kind")


class JourneyLine(NamedTuple):
    """One row of the list of journeys. ``due_at`` and the ``waiting_…`` are those of the next step."""

    id: int
    name: str
    city: str
    hospital: str
    insurer: str
    stage: Stage | None
    """None where the journey ended on the way (cancelled, lost, deceased, treated at home)."""
    stage_no: int
    """1 to 6; 0 where it ended on the way."""
    state: JourneyState
    next_step: Sentence | None
    due_at: dt.datetime | None
    waiting_on: WaitingOn | None
    waiting_for: str
    waiting_since: dt.datetime | None
    is_urgent: bool
    case_no: str
    patient_id: int
    sex: Sex | None
    birth_date: dt.date | None
    kind: JourneyKind
    is_open: bool
    is_held: bool
    is_provisional: bool
    state_since: dt.datetime
    opened_on: dt.date
    officer: str
    task_id: int | None
    hospital_id: int | None


_J, _P, _T = JourneyRow.__table__.c, PatientRow.__table__.c, TaskRow.__table__.c
_HOSPITAL = OrganizationRow.__table__.alias("hospital")
_INSURER = OrganizationRow.__table__.alias("insurer")
_POLICY, _COVER, _OFFICER = PolicyRow.__table__, CoverRow.__table__, OfficerRow.__table__
_INSURED = _COVER.join(_POLICY, _POLICY.c.id == _COVER.c.policy_id).join(
    _INSURER, _INSURER.c.id == _POLICY.c.insurer_id
)

_HOSPITAL_NAME = sa.select(_HOSPITAL.c.name).where(_HOSPITAL.c.id == _J.hospital_id).scalar_subquery()
_INSURER_NAME = sa.select(_INSURER.c.name).select_from(_INSURED).where(_COVER.c.id == _J.cover_id).scalar_subquery()
_OFFICER_NAME = sa.select(_OFFICER.c.name).where(_OFFICER.c.id == _J.officer_id).scalar_subquery()
_NAME_KEY = sa.select(_P.name_key).where(_P.id == _J.patient_id).scalar_subquery()
_NEXT_DUE = sa.select(sa.func.min(_T.due_at)).where(_T.journey_id == _J.id, _T.done_at.is_(None)).scalar_subquery()
_NEXT_TASK = (
    sa.select(_T.id)
    .where(_T.journey_id == _J.id, _T.done_at.is_(None))
    .order_by(_T.due_at.asc().nulls_last(), _T.id)
    .limit(1)
    .scalar_subquery()
)
_STAGE_NO = {s: list(Stage).index(STAGE_OF[s]) + 1 if s in STAGE_OF else 0 for s in JourneyState}
_STAGE = sa.case(*((_J.state == s, no or 9) for s, no in _STAGE_NO.items()), else_=9)


# what can be asked


def _hospital(term: Term, asked: Asked) -> Clause:
    return _J.hospital_id.in_(organizations_named(term))


def _insurer(term: Term, asked: Asked) -> Clause:
    covers = sa.select(_COVER.c.id).select_from(_INSURED).where(_INSURER.c.id.in_(organizations_named(term)))
    return _J.cover_id.in_(covers)


def _officer(term: Term, asked: Asked) -> Clause:
    if {"saya", "me"} & set(term.values):
        return _J.officer_id == asked.officer_id
    named = (filters.contains(_OFFICER.c.name_key, value) for value in term.values)
    return _J.officer_id.in_(sa.select(_OFFICER.c.id).where(sa.or_(*named)))


def _region(term: Term, asked: Asked) -> Clause:
    """By the office's own list: ``wilayah:timur``."""
    choices = {
        region.name.casefold(): lies_in(region, province=_J.origin_province, stored=_J.region, own=asked.own_regions)
        for region in Region
    }
    return filters.one_of(choices, filters.spellings_of(Region))(term, asked)


_STAGE_WORDS = filters.one_of(
    {s.name.casefold(): _J.state.in_([j for j in JourneyState if STAGE_OF.get(j) is s]) for s in Stage},
    [
        *filters.spellings_of(Stage),
        ("data", "enquiry_intake"),
        ("tanya", "enquiry_intake"),
        ("telaah", "eligibility_medical"),
        ("jaminan", "letter_travel"),
        ("berobat", "abroad"),
        ("klaim", "home_claims"),
        ("claims", "home_claims"),
    ],
)


def _stage(term: Term, asked: Asked) -> Clause:
    if term.number is not None:
        return sa.and_(len(Stage) >= _STAGE, filters.compare(_STAGE, term.comparison, int(term.number)))
    return _STAGE_WORDS(term, asked)


def _open_task(*conditions: Clause) -> Clause:
    return _J.id.in_(sa.select(_T.journey_id).where(_T.done_at.is_(None), _T.journey_id.is_not(None), *conditions))


def _due(term: Term, asked: Asked) -> Clause:
    def between(first: int, after: int) -> Clause:
        return _open_task(_T.due_at >= asked.midnight(first), _T.due_at < asked.midnight(after))

    if term.number is not None:
        return _open_task(_due_in_days(term, asked))
    choices = {
        "lewat": _open_task(_T.due_at < asked.now),
        "hariini": between(0, 1),
        "besok": between(1, 2),
        "pekanini": between(0, 7),
        "tanpa": sa.and_(_J.is_open == sa.true(), sa.not_(_open_task())),
    }
    return filters.one_of(choices, _DUE_WORDS)(term, asked)


_DUE_WORDS = (
    ("late", "lewat"), ("today", "hariini"), ("tomorrow", "besok"), ("thisweek", "pekanini"), ("none", "tanpa"),
)  # fmt: skip


def _due_in_days(term: Term, asked: Asked) -> Clause:
    """``tenggat<2``: due before the day after tomorrow begins."""
    days = int(term.number or 0)
    start, after = asked.midnight(days), asked.midnight(days + 1)
    match term.comparison:
        case Comparison.LESS:
            return _T.due_at < start
        case Comparison.AT_MOST:
            return _T.due_at < after
        case Comparison.MORE:
            return _T.due_at >= after
        case Comparison.AT_LEAST:
            return _T.due_at >= start
        case Comparison.IS:
            return sa.and_(_T.due_at >= start, _T.due_at < after)


def _waiting(term: Term, asked: Asked) -> Clause:
    return _open_task(filters.code(_T.waiting_on, WaitingOn)(term, asked))


def _status(term: Term, asked: Asked) -> Clause:
    plain = {
        "terbuka": _J.is_open == sa.true(),
        "ditutup": _J.is_open == sa.false(),
        "ditahan": _J.held_since.is_not(None),
        "semua": sa.true(),
    }
    exact = {s.name.casefold(): (_J.state == s) for s in JourneyState if s.name.casefold() != "closed"}
    exact["closed"] = plain["ditutup"]
    exact["gl"] = _J.state == JourneyState.PREAUTH
    spellings = [s for s in filters.spellings_of(JourneyState) if s[1] != "closed"]
    return filters.one_of({**plain, **exact}, [*_STATUS_WORDS, *spellings])(term, asked)


_STATUS_WORDS = (
    ("open", "terbuka"), ("buka", "terbuka"), ("tutup", "ditutup"), ("all", "semua"), ("held", "ditahan"),
    ("jaminan", "gl"), ("letter", "gl"),
)  # fmt: skip
JOURNEY_TERMS: dict[TermField, filters.Meaning] = {
    TermField.STATUS: _status,
    TermField.STAGE: _stage,
    TermField.CITY: insight_terms.city(_J.origin_city),
    TermField.HOSPITAL: _hospital,
    TermField.INSURER: _insurer,
    TermField.OFFICER: _officer,
    TermField.DUE: _due,
    TermField.WAITING: _waiting,
    TermField.KIND: filters.code(_J.kind, JourneyKind),
    TermField.AGE: filters.days_since(_J.opened_on),
    TermField.REGION: _region,
    TermField.COUNTRY: insight_terms.part_or_none(_J.destination_country),
    TermField.DESTINATION: insight_terms.destination,
    TermField.OUTCOME: insight_terms.outcome,
    TermField.MISSING: insight_terms.missing_on_journey,
    TermField.REASON: insight_terms.part_or_none(_J.decision_reason),
    TermField.MONTH: insight_terms.month(_J.opened_on),
}
"""What this list can be asked, in the order the window offers it."""

_NOT_STATED = N_("Not stated")
_ENDED_EARLY = N_("Ended on the way")


def _group_label(group: str, key: str) -> Sentence:
    if group == "stage":
        stage = list(Stage)[int(key) - 1] if key in set("123456") else None
        return said(stage.label) if stage else said(_ENDED_EARLY)
    if group == "kind":
        return said(JourneyKind(key).label)
    return typed(key) if key else said(_NOT_STATED)


_LISTING = Listing(
    table=JourneyRow.__table__,
    meanings=JOURNEY_TERMS,
    sorts={
        "due": _NEXT_DUE,
        "name": _NAME_KEY,
        "city": _J.origin_city,
        "hospital": _HOSPITAL_NAME,
        "insurer": _INSURER_NAME,
        "stage": _STAGE,
        "next": sa.select(_T.title).where(_T.id == _NEXT_TASK).scalar_subquery(),
        "case_no": _J.case_no,
        "kind": _J.kind,
        "state": _J.state,
        "opened_on": _J.opened_on,
        "state_since": _J.state_since,
        "officer": _OFFICER_NAME,
    },
    default_sort="due",
    groups={
        "stage": _STAGE,
        "city": _J.origin_city,
        "insurer": _INSURER_NAME,
        "hospital": _HOSPITAL_NAME,
        "officer": _OFFICER_NAME,
        "kind": _J.kind,
    },
    group_label=_group_label,
    search=lambda session, words: matching(session, words, JourneyRow),
    dates={
        "opened": by_day(_J.opened_on),
        "admitted": by_moment(_J.admitted_at),
        "discharged": by_moment(_J.discharged_at),
        "ended": by_day(_J.ended_on),
    },
)
JOURNEY_DATES = (
    ("opened", N_("date opened")), ("admitted", N_("date admitted")), ("discharged", N_("date discharged")),
    ("ended", N_("date ended")),
)  # fmt: skip
"""The dates a period of this list may go by."""


def journey_ids(session: Session, query: ListQuery) -> array[int]:
    """The keys of the journeys asked for, in list order. Raises :class:`Refused` (BAD_FILTER)."""
    return list_ids(session, _LISTING, query)


def journey_groups(session: Session, query: ListQuery) -> tuple[Group, ...]:
    """The groups of the list, in its order, each with the newest estimates of its cases per currency."""
    groups = list_groups(session, _LISTING, query)
    if not groups:
        return ()
    key, e = _LISTING.groups[query.group], EstimateRow.__table__.c
    statement = (
        sa.select(key, e.currency, sa.func.sum(e.high_minor))
        .select_from(JourneyRow.__table__.join(EstimateRow.__table__, e.journey_id == _J.id))
        .where(*_COUNTS, *where(session, _LISTING, query))
        .group_by(key, e.currency)
        .order_by(key, e.currency)
    )
    return with_sums(groups, session.connection().execute(statement))


def journey_count(session: Session) -> Counts:
    """How many journeys are open, and how many there are."""
    open_count = sa.select(sa.func.count()).where(_J.is_open == sa.true()).scalar_subquery()
    row = session.connection().execute(sa.select(open_count, sa.select(sa.func.count(_J.id)).scalar_subquery())).one()
    return Counts(open=row[0], all=row[1])


def _newest_estimates() -> tuple[Clause, ...]:
    e = EstimateRow.__table__
    newer = e.alias("newer")
    superseded = sa.exists().where(newer.c.journey_id == e.c.journey_id, newer.c.is_domestic == 0, newer.c.id > e.c.id)
    return e.c.is_domestic == 0, ~superseded


_COUNTS = _newest_estimates()
"""Of each case its newest estimate abroad counts; estimates of care at home stay out."""


def journey_footing(session: Session, query: ListQuery) -> Footing:
    """Rows, persons, and the newest estimates' upper ends, one sum per currency. Estimates of care at home stay out."""
    return _footing(session, where(session, _LISTING, query))


def chosen_journeys(session: Session, ids: Sequence[int]) -> Footing:
    """The same of a handful of chosen cases."""
    return _footing(session, [_J.id.in_(chosen(ids))])


def _footing(session: Session, conditions: Sequence[Clause]) -> Footing:
    rows, persons = (
        session.connection()
        .execute(sa.select(sa.func.count(), sa.func.count(_J.patient_id.distinct())).where(*conditions))
        .one()
    )
    e = EstimateRow.__table__.c
    estimates = (
        sa.select(e.currency, sa.func.sum(e.high_minor))
        .where(*_COUNTS, e.journey_id.in_(sa.select(_J.id).where(*conditions)))
        .group_by(e.currency)
        .order_by(e.currency)
    )
    return Footing(
        rows=rows, persons=persons, sums=sums(session.connection().execute(estimates)), label=N_("Estimates")
    )


# pages


def _page_statement() -> sa.Select[Any]:
    wanted = wanted_ids()
    task = TaskRow.__table__.alias("next_task")
    joined = (
        JourneyRow.__table__.join(PatientRow.__table__, _P.id == _J.patient_id)
        .outerjoin(_HOSPITAL, _HOSPITAL.c.id == _J.hospital_id)
        .outerjoin(_COVER, _COVER.c.id == _J.cover_id)
        .outerjoin(_POLICY, _POLICY.c.id == _COVER.c.policy_id)
        .outerjoin(_INSURER, _INSURER.c.id == _POLICY.c.insurer_id)
        .outerjoin(_OFFICER, _OFFICER.c.id == _J.officer_id)
        .outerjoin(task, task.c.id == _NEXT_TASK)
    )
    return (
        raw(
            _J.id,
            _P.full_name,
            _J.origin_city,
            _HOSPITAL.c.name,
            _INSURER.c.name,
            _J.state,
            task.c.title,
            task.c.due_at,
            task.c.waiting_on,
            task.c.waiting_for,
            task.c.waiting_since,
            task.c.is_urgent,
            _J.case_no,
            _J.patient_id,
            _P.sex,
            _P.birth_date,
            _J.kind,
            _J.is_open,
            _J.held_since,
            _P.is_provisional,
            _J.state_since,
            _J.opened_on,
            _OFFICER.c.name,
            task.c.id,
            _J.hospital_id,
        )
        .select_from(joined)
        .where(_J.id.in_(sa.select(wanted.c.value)))
    )


_PAGE = _page_statement()
_STAGES = {s.value: STAGE_OF.get(s) for s in JourneyState}
_NUMBERS = {s.value: no for s, no in _STAGE_NO.items()}
# Looking a code up costs a tenth of calling its enum, and a page has a thousand of them.
_STATES = {s.value: s for s in JourneyState}
_KINDS = {k.value: k for k in JourneyKind}
_SEXES: dict[str | None, Sex | None] = {None: None, **{s.value: s for s in Sex}}
_TURNS: dict[str | None, WaitingOn | None] = {None: None, **{w.value: w for w in WaitingOn}}


def journey_page(session: Session, ids: Sequence[int]) -> list[JourneyLine | None]:
    """The rows of a page, in the order of their keys; None where a journey is gone meanwhile."""
    found = page(session, _PAGE, ids)
    return [_line(found[key]) if key in found else None for key in ids]


def _line(row: Sequence[Any]) -> JourneyLine:
    (
        key,
        name,
        city,
        hospital,
        insurer,
        state,
        title,
        due,
        waiting_on,
        waiting_for,
        waiting_since,
        urgent,
        case_no,
        patient_id,
        sex,
        birth,
        kind,
        is_open,
        held,
        provisional,
        since,
        opened,
        officer,
        task_id,
        hospital_id,
    ) = row
    return JourneyLine(
        key,
        name,
        city,
        hospital or "",
        insurer or "",
        _STAGES[state],
        _NUMBERS[state],
        _STATES[state],
        None if task_id is None else task_title(title),
        None if due is None else from_microseconds(due),
        _TURNS[waiting_on],
        waiting_for or "",
        None if waiting_since is None else from_microseconds(waiting_since),
        bool(urgent),
        case_no,
        patient_id,
        _SEXES[sex],
        None if birth is None else dt.date.fromisoformat(birth),
        _KINDS[kind],
        bool(is_open),
        held is not None,
        bool(provisional),
        from_microseconds(since),
        dt.date.fromisoformat(opened),
        officer or "",
        task_id,
        hospital_id,
    )
