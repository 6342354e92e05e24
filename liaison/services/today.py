"""The officer's day: what is late, what has no next step, what is due, who is waited for, what is done.

A task that waits for somebody keeps its own clock: once its due time passes it is late like any other, and one without
a due time after :data:`PATIENCE`. Order: what was flagged urgent; then, of what is late, what was broken first; of the
rest what was promised to somebody, then what is due first. Enquiries that nobody agreed to for two weeks stand in a
group of their own. Source: ``ux`` 4.1; ``domain`` 2.3.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.coded import Coded
from liaison.domain.facts import FactKind
from liaison.domain.journeys import JourneyState
from liaison.domain.work import TaskKind, WaitingOn
from liaison.i18n import N_
from liaison.services.changes import clock, officer_id, today, zone
from liaison.services.disclosure import unconsented
from liaison.services.sentences import Sentence, said, task_title
from liaison.services.standing_in import covered_by, taken_cases
from liaison.services.today_office import office_lines
from liaison.store.models import AgreementRow, ClaimRow, JourneyRow, OfficerRow, OrganizationRow, PatientRow, TaskRow

GIVE_A_STEP = N_("Give it a step and a date")
ASK_CONSENT = N_("Ask for consent, or close the enquiry")
END_OF_DAY = dt.time(23, 59)
"""A task due at this hour is due some time that day; pages show the day alone."""

PATIENCE = dt.timedelta(days=3)
"""So long nobody need ask after a step that waits for somebody and has no due time of its own."""

SHOWN = 500
"""Lines of one group at most; its count is always the true one."""


class TaskGroup(Coded):
    """Where a task stands on the officer's day."""

    LATE = "LATE", N_("Late")
    NO_STEP = "NO_STEP", N_("No next step")
    NO_CONSENT = "NO_CONSENT", N_("No consent yet")
    TODAY = "TODAY", N_("Today")
    TOMORROW = "TOMORROW", N_("Tomorrow")
    WAITING = "WAITING", N_("Waiting for others")
    LATER = "LATER", N_("Later")
    OFFICE = "OFFICE", N_("Plans and reporting channels")
    DONE = "DONE", N_("Done today")


class TaskLine(NamedTuple):
    """One task with its case. In the groups without a next step or consent there is no task: ``id`` is 0."""

    id: int
    group: TaskGroup
    title: Sentence
    kind: TaskKind
    fact: FactKind | None
    due_at: dt.datetime | None
    has_time: bool
    """False where only the day matters."""
    waiting_on: WaitingOn | None
    waiting_for: str
    waiting_since: dt.datetime | None
    is_urgent: bool
    is_promise: bool
    journey_id: int | None
    claim_id: int | None
    case_no: str
    patient_id: int | None
    name: str
    city: str
    hospital: str
    officer: str
    done_at: dt.datetime | None
    since: dt.datetime | None
    """Without a next step: since when."""
    state: JourneyState | None
    version: int
    agreement_id: int | None = None
    """The agreement that office work is about; such a line names no person."""
    agreement: str = ""
    subject_id: int | None = None
    """Of the office's own undertakings: the activity or the channel; ``part`` is its list on the page of agreements."""
    part: str = ""

    @property
    def late_since(self) -> dt.datetime | None:
        """Since when it is late: its due time, or the end of the patience with whom it waits for."""
        if self.due_at is not None:
            return self.due_at
        return self.waiting_since + PATIENCE if self.waiting_since is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayGroup:
    """One group of the day. ``oldest_days`` is how long the longest of them has waited."""

    group: TaskGroup
    lines: tuple[TaskLine, ...]
    count: int
    oldest_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayView:
    """The officer's day at one moment."""

    now: dt.datetime
    groups: tuple[TodayGroup, ...]
    tomorrow: int
    next_week: int

    def count(self, group: TaskGroup) -> int:
        """How many tasks a group has."""
        return next((g.count for g in self.groups if g.group is group), 0)


_T, _J, _C, _P = TaskRow.__table__.c, JourneyRow.__table__.c, ClaimRow.__table__.c, PatientRow.__table__.c
_HOUSE, _OFFICER = OrganizationRow.__table__, OfficerRow.__table__
_AGREEMENT = AgreementRow.__table__
_PERSON = sa.func.coalesce(_J.patient_id, _C.patient_id)
_JOINED = (
    TaskRow.__table__.outerjoin(ClaimRow.__table__, _C.id == _T.claim_id)
    .outerjoin(JourneyRow.__table__, _J.id == sa.func.coalesce(_T.journey_id, _C.journey_id))
    .outerjoin(PatientRow.__table__, _P.id == _PERSON)
    .outerjoin(_HOUSE, _HOUSE.c.id == sa.func.coalesce(_J.hospital_id, _C.hospital_id))
    .outerjoin(_OFFICER, _OFFICER.c.id == _T.officer_id)
    .outerjoin(_AGREEMENT, _AGREEMENT.c.id == _T.agreement_id)
)
_COLUMNS = (
    _T.id,
    _T.title,
    _T.kind,
    _T.fact,
    _T.due_at,
    _T.waiting_on,
    _T.waiting_for,
    _T.waiting_since,
    _T.is_urgent,
    _T.is_promise,
    _J.id,
    _T.claim_id,
    _J.case_no,
    _P.id,
    _P.full_name,
    sa.func.coalesce(_J.origin_city, _C.origin_city),
    _HOUSE.c.name,
    _OFFICER.c.name,
    _T.done_at,
    _J.state,
    _T.version,
    _T.agreement_id,
    _AGREEMENT.c.title,
)
_ON_OTHERS = sa.and_(_T.waiting_on.is_not(None), _T.waiting_on != WaitingOn.US)
_OURS = ~sa.func.coalesce(_ON_OTHERS, sa.false())
_PROMISED = sa.case((sa.or_(_T.waiting_on.is_(None), _T.waiting_on.in_((WaitingOn.US, WaitingOn.PATIENT))), 0), else_=1)
_BROKEN = sa.func.coalesce(_T.due_at, _T.waiting_since)


class _Day:
    """The moments that part one day's groups from each other."""

    def __init__(self, session: Session) -> None:
        self.now = clock(session)
        self.zone = ZoneInfo(zone(session))
        self.date = today(session)

    def midnight(self, days: int) -> dt.datetime:
        """When a day begins, so many days from today."""
        return dt.datetime.combine(self.date + dt.timedelta(days=days), dt.time(), self.zone)


def today_view(session: Session, *, officer_id: int | None = None) -> TodayView:
    """The day of one officer, or of everybody."""
    day = _Day(session)
    mine = _mine(session, officer_id)
    is_open = _T.done_at.is_(None)
    groups = (
        _group(session, day, TaskGroup.LATE, [is_open, _late(day), *mine]),
        _without_step(session, day, officer_id),
        _without_consent(session, day, officer_id),
        _group(session, day, TaskGroup.TODAY, [is_open, _due_today(day), *mine]),
        _group(session, day, TaskGroup.TOMORROW, [is_open, _due_tomorrow(day), *mine]),
        _group(session, day, TaskGroup.WAITING, [is_open, _waiting(day), *mine]),
        _of_office(session, day),
        _group(session, day, TaskGroup.DONE, [_T.done_at >= day.midnight(0), *mine]),
    )
    return TodayView(
        now=day.now,
        groups=groups,
        tomorrow=_number(session, [is_open, _T.due_at >= day.midnight(1), _T.due_at < day.midnight(2), *mine]),
        next_week=_number(session, [is_open, _T.due_at >= day.midnight(2), _T.due_at < day.midnight(8), *mine]),
    )


def late_count(session: Session, *, officer_id: int | None = None) -> int:
    """How many tasks are late: the red number in the rail."""
    return _number(session, [_T.done_at.is_(None), _late(_Day(session)), *_mine(session, officer_id)])


def tasks_of(session: Session, journey_id: int) -> tuple[TaskLine, ...]:
    """Every task of a case and its claims: open ones by due time, then the done ones, newest first."""
    day = _Day(session)
    order = (_T.done_at.desc().nulls_first(), _T.due_at.asc().nulls_last(), _T.id)
    rows = session.execute(sa.select(*_COLUMNS).select_from(_JOINED).where(_J.id == journey_id).order_by(*order)).all()
    return tuple(_line(row, day, _group_of(row, day)) for row in rows)


def open_tasks(session: Session, *, officer_id: int | None = None) -> tuple[TaskLine, ...]:
    """Every open step of an officer or of all, the first due first; those without a due time last."""
    day = _Day(session)
    order = (_T.due_at.asc().nulls_last(), _T.id)
    open_ones = (_T.done_at.is_(None), *_mine(session, officer_id))
    asked = sa.select(*_COLUMNS).select_from(_JOINED).where(*open_ones).order_by(*order)
    return tuple(_line(row, day, _group_of(row, day)) for row in session.execute(asked))


def own_day(session: Session) -> TodayView:
    """The day of the officer at the window, with what belongs to nobody yet."""
    return today_view(session, officer_id=officer_id(session))


def _late(day: _Day) -> sa.ColumnElement[bool]:
    """Past its time. Two plain conditions, so that the index of due times serves the first."""
    forgotten = sa.and_(_T.due_at.is_(None), _ON_OTHERS, _T.waiting_since < day.now - PATIENCE)
    return sa.or_(_T.due_at < day.now, forgotten)


def _due_today(day: _Day) -> sa.ColumnElement[bool]:
    return sa.and_(_T.due_at >= day.now, _T.due_at < day.midnight(1), _OURS)


def _due_tomorrow(day: _Day) -> sa.ColumnElement[bool]:
    return sa.and_(_T.due_at >= day.midnight(1), _T.due_at < day.midnight(2), _OURS)


def _waiting(day: _Day) -> sa.ColumnElement[bool]:
    patient = sa.and_(_T.due_at.is_(None), sa.func.coalesce(_T.waiting_since, day.now) >= day.now - PATIENCE)
    return sa.and_(_ON_OTHERS, sa.or_(patient, _T.due_at >= day.now))


def _mine(session: Session, officer_id: int | None) -> list[sa.ColumnElement[bool]]:
    """An officer's own tasks and those of whom the officer stands in for; one that belongs to nobody is everybody's."""
    if officer_id is None:
        return []
    mine = {officer_id, *covered_by(session, officer_id)}
    of_case = sa.or_(_J.officer_id.in_(mine), _J.officer_id.is_(None))
    taken = _J.id.in_(taken_cases(session, officer_id))
    return [sa.or_(_T.officer_id.in_(mine), sa.and_(_T.officer_id.is_(None), of_case), taken)]


def _group(session: Session, day: _Day, group: TaskGroup, conditions: Sequence[sa.ColumnElement[bool]]) -> TodayGroup:
    order: list[sa.ColumnElement[Any]]
    if group is TaskGroup.DONE:
        order = [_T.done_at.desc()]
    elif group in (TaskGroup.LATE, TaskGroup.WAITING):
        order = [_T.is_urgent.desc(), _BROKEN.asc().nulls_last(), _T.is_promise.desc(), _PROMISED]
    else:
        order = [_T.is_urgent.desc(), _T.is_promise.desc(), _BROKEN.asc().nulls_last(), _PROMISED]
    asked = sa.select(*_COLUMNS).select_from(_JOINED).where(*conditions).order_by(*order, _T.id).limit(SHOWN)
    lines = tuple(_line(row, day, group) for row in session.execute(asked))
    count = len(lines) if len(lines) < SHOWN else _number(session, conditions)
    return TodayGroup(group=group, lines=lines, count=count, oldest_days=_oldest(lines, day))


def _number(session: Session, conditions: Iterable[sa.ColumnElement[bool]]) -> int:
    return session.execute(sa.select(sa.func.count(_T.id)).select_from(_JOINED).where(*conditions)).scalar_one()


def _oldest(lines: Iterable[TaskLine], day: _Day) -> int:
    since = [line.waiting_since for line in lines if line.waiting_since is not None]
    return max(((day.now - moment).days for moment in since), default=0)


def _without_step(session: Session, day: _Day, officer_id: int | None) -> TodayGroup:
    """Open cases for which nobody wrote a next step with its time, or whom it waits for; cases on hold rest."""
    stands = sa.and_(_T.done_at.is_(None), sa.or_(_T.due_at.is_not(None), _ON_OTHERS))
    any_open = sa.select(_T.journey_id).where(stands, _T.journey_id.is_not(None))
    on_claim = sa.select(_C.journey_id).join(TaskRow, _T.claim_id == _C.id).where(stands, _C.journey_id.is_not(None))
    last_done = sa.select(sa.func.max(_T.done_at)).where(_T.journey_id == _J.id).scalar_subquery()
    joined = (
        JourneyRow.__table__.join(PatientRow.__table__, _P.id == _J.patient_id)
        .outerjoin(_HOUSE, _HOUSE.c.id == _J.hospital_id)
        .outerjoin(_OFFICER, _OFFICER.c.id == _J.officer_id)
    )
    asked = (
        sa.select(
            _J.id,
            _J.case_no,
            _P.id,
            _P.full_name,
            _J.origin_city,
            _HOUSE.c.name,
            _OFFICER.c.name,
            _J.state,
            _J.state_since,
            sa.type_coerce(last_done, _T.done_at.type),
        )
        .select_from(joined)
        .where(_J.is_open == sa.true(), _J.held_since.is_(None), _J.id.not_in(any_open), _J.id.not_in(on_claim))
        .order_by(_J.state_since, _J.id)
    )
    if officer_id is not None:
        mine = {officer_id, *covered_by(session, officer_id)}
        taken = _J.id.in_(taken_cases(session, officer_id))
        asked = asked.where(sa.or_(_J.officer_id.in_(mine), _J.officer_id.is_(None), taken))
    rows = session.execute(asked).all()
    return TodayGroup(group=TaskGroup.NO_STEP, lines=tuple(_stuck(row) for row in rows[:SHOWN]), count=len(rows))


def _without_consent(session: Session, day: _Day, officer_id: int | None) -> TodayGroup:
    """Enquiries older than two weeks that nobody agreed to: ask, or close them."""
    waiting = {one.journey_id: one for one in unconsented(session, officer_id=officer_id)}
    keys = list(waiting)[:SHOWN]
    joined = (
        JourneyRow.__table__.join(PatientRow.__table__, _P.id == _J.patient_id)
        .outerjoin(_HOUSE, _HOUSE.c.id == _J.hospital_id)
        .outerjoin(_OFFICER, _OFFICER.c.id == _J.officer_id)
    )
    asked = sa.select(
        _J.id, _J.case_no, _P.id, _P.full_name, _J.origin_city, _HOUSE.c.name, _OFFICER.c.name, _J.state,
    ).select_from(joined).where(_J.id.in_(keys))  # fmt: skip
    rows = {row[0]: row for row in session.execute(asked)}
    lines = tuple(
        _stuck(
            (*rows[key], dt.datetime.combine(waiting[key].opened_on, dt.time(), day.zone), None),
            group=TaskGroup.NO_CONSENT,
            title=ASK_CONSENT,
        )
        for key in keys
    )
    oldest = max((one.days for one in waiting.values()), default=0)
    return TodayGroup(group=TaskGroup.NO_CONSENT, lines=lines, count=len(waiting), oldest_days=oldest)


def _of_office(session: Session, day: _Day) -> TodayGroup:
    """Plans past their day and channels nobody tried; they are the whole office's, so everybody's day shows them."""
    found = office_lines(session)
    lines = tuple(
        TaskLine(
            id=0, group=TaskGroup.OFFICE, title=one.title, kind=TaskKind.STEP, fact=None, due_at=None, has_time=False,
            waiting_on=None, waiting_for="", waiting_since=None, is_urgent=False, is_promise=False, journey_id=None,
            claim_id=None, case_no="", patient_id=None, name="", city="", hospital="", officer=one.owner, done_at=None,
            since=None if one.since is None else dt.datetime.combine(one.since, dt.time(), day.zone), state=None,
            version=0, agreement_id=one.agreement_id, agreement=one.about, subject_id=one.id, part=one.part,
        )
        for one in found
    )  # fmt: skip
    return TodayGroup(group=TaskGroup.OFFICE, lines=lines, count=len(lines))


def _stuck(row: Any, *, group: TaskGroup = TaskGroup.NO_STEP, title: str = GIVE_A_STEP) -> TaskLine:
    journey_id, case_no, patient_id, name, city, hospital, officer, state, state_since, last_done = row
    return TaskLine(
        id=0,
        group=group,
        title=said(title),
        kind=TaskKind.STEP,
        fact=None,
        due_at=None,
        has_time=False,
        waiting_on=None,
        waiting_for="",
        waiting_since=None,
        is_urgent=False,
        is_promise=False,
        journey_id=journey_id,
        claim_id=None,
        case_no=case_no,
        patient_id=patient_id,
        name=name,
        city=city,
        hospital=hospital or "",
        officer=officer or "",
        done_at=None,
        since=max(filter(None, (state_since, last_done))),
        state=state,
        version=0,
    )


def _group_of(row: Any, day: _Day) -> TaskGroup:
    if row.done_at is not None:
        return TaskGroup.DONE
    if row.due_at is not None and row.due_at < day.now:
        return TaskGroup.LATE
    if row.due_at is None and row.waiting_since is not None and row.waiting_since < day.now - PATIENCE:
        return TaskGroup.LATE
    if row.waiting_on not in (None, WaitingOn.US):
        return TaskGroup.WAITING
    return TaskGroup.TODAY if row.due_at is not None and row.due_at < day.midnight(1) else TaskGroup.LATER


def _line(row: Any, day: _Day, group: TaskGroup) -> TaskLine:
    (
        key,
        title,
        kind,
        fact,
        due_at,
        waiting_on,
        waiting_for,
        waiting_since,
        is_urgent,
        is_promise,
        journey_id,
        claim_id,
        case_no,
        patient_id,
        name,
        city,
        hospital,
        officer,
        done_at,
        state,
        version,
        agreement_id,
        agreement,
    ) = row
    has_time = due_at is not None and due_at.astimezone(day.zone).time().replace(second=0, microsecond=0) != END_OF_DAY
    return TaskLine(
        id=key,
        group=group,
        title=task_title(title),
        kind=kind,
        fact=fact,
        due_at=due_at,
        has_time=has_time,
        waiting_on=waiting_on,
        waiting_for=waiting_for,
        waiting_since=waiting_since,
        is_urgent=is_urgent,
        is_promise=is_promise,
        journey_id=journey_id,
        claim_id=claim_id,
        case_no=case_no or "",
        patient_id=patient_id,
        name=name or "",
        city=city or "",
        hospital=hospital or "",
        officer=officer or "",
        done_at=done_at,
        since=None,
        state=state,
        version=version,
        agreement_id=agreement_id,
        agreement=agreement or "",
    )
