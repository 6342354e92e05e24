"""What a colleague takes over: what is late, what was promised, the next two days, who is waited for, every case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.journeys import STAGE_OF, JourneyState, Stage
from liaison.domain.names import fold
from liaison.domain.problems import Problem
from liaison.domain.work import WaitingOn
from liaison.i18n import N_
from liaison.reports.case_view import Office
from liaison.reports.gathering import office_of
from liaison.reports.report import CaseKeys
from liaison.services.changes import clock
from liaison.services.clocks import open_clocks
from liaison.services.office import officers
from liaison.services.today import TaskGroup, TaskLine, open_tasks, today_view
from liaison.store.models import JourneyRow, OfficerRow, OrganizationRow, PatientRow

UNKNOWN_OFFICER = N_("No officer of this office is called {name}. Officers: {known}.")
AHEAD = dt.timedelta(hours=48)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One open case: where it stands, and its next step."""

    case_no: str
    name: str
    city: str
    hospital: str
    state: JourneyState
    stage: Stage | None
    on_hold: str
    step: TaskLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverView:
    """An officer's work at one moment."""

    as_of: dt.datetime
    office: Office
    officer: str
    """Whose cases; empty: everybody's."""
    late: tuple[TaskLine, ...]
    promises: tuple[TaskLine, ...]
    ahead: tuple[TaskLine, ...]
    waiting: tuple[TaskLine, ...]
    without_step: int
    without_consent: int
    breached: int
    cases: tuple[CaseLine, ...]


def gather(session: Session, officer: str) -> tuple[HandoverView, tuple[CaseKeys, ...]]:
    """The work of an officer, or of everybody, with everyone it speaks of. Refuses a name nobody here has."""
    key, name = officer_called(session, officer)
    now = clock(session)
    day = today_view(session, officer_id=key)
    groups = {group.group: group for group in day.groups}
    tasks = open_tasks(session, officer_id=key)
    late = groups[TaskGroup.LATE].lines
    promises = tuple(t for t in tasks if t.is_promise)
    soon = [t for t in tasks if t.due_at is not None and now <= t.due_at < now + AHEAD]
    ahead = tuple(t for t in soon if not t.is_promise and t.waiting_on in (None, WaitingOn.US))
    late = tuple(t for t in late if not t.is_promise)
    waiting = tuple(t for t in groups[TaskGroup.WAITING].lines if not t.is_promise)  # a promise says whom it waits for
    cases, keys = _cases(session, key, tasks)
    keys += _of_ended_cases((*late, *promises, *ahead, *waiting), keys)
    view = HandoverView(
        as_of=now,
        office=office_of(session),
        officer=name,
        late=late,
        promises=promises,
        ahead=ahead,
        waiting=waiting,
        without_step=groups[TaskGroup.NO_STEP].count,
        without_consent=groups[TaskGroup.NO_CONSENT].count,
        breached=sum(bool(line.run.overdue(now)) for line in open_clocks(session, officer_id=key)),
        cases=cases,
    )
    return view, keys


def _of_ended_cases(tasks: Iterable[TaskLine], known: Iterable[CaseKeys]) -> tuple[CaseKeys, ...]:
    """Whoever else a step names: a case that ended keeps steps, as after a death or a return home."""
    told = {key.patient_id for key in known}
    found: dict[int, CaseKeys] = {}
    for task in tasks:
        if task.patient_id is not None and task.patient_id not in told:
            found.setdefault(
                task.patient_id, CaseKeys(patient_id=task.patient_id, journey_id=task.journey_id, country="")
            )
    return tuple(found.values())


def officer_called(session: Session, name: str) -> tuple[int | None, str]:
    """The officer of a name, however it was typed; nobody in particular for an empty one."""
    if not name.strip():
        return None, ""
    here = officers(session)
    for one in here:
        if fold(one.name) == fold(name):
            return one.id, one.name
    values = {"name": name.strip(), "known": ", ".join(one.name for one in here)}
    raise Refused([Problem(code="UNKNOWN_OFFICER", field="officer", message=UNKNOWN_OFFICER, values=values)])


def _cases(
    session: Session, officer_id: int | None, tasks: tuple[TaskLine, ...]
) -> tuple[tuple[CaseLine, ...], tuple[CaseKeys, ...]]:
    """Every open case in the order of its next step; those without one first."""
    asked = (
        sa.select(JourneyRow, PatientRow.full_name, OrganizationRow.name, OrganizationRow.country)
        .join(PatientRow, PatientRow.id == JourneyRow.patient_id)
        .outerjoin(OrganizationRow, OrganizationRow.id == JourneyRow.hospital_id)
        .outerjoin(OfficerRow, OfficerRow.id == JourneyRow.officer_id)
        .where(JourneyRow.is_open == sa.true())
        .order_by(JourneyRow.id)
    )
    if officer_id is not None:
        asked = asked.where(JourneyRow.officer_id == officer_id)
    steps: dict[int, TaskLine] = {}
    for task in tasks:
        if task.journey_id is not None:
            steps.setdefault(task.journey_id, task)
    lines, keys = [], []
    for row, name, hospital, country in session.execute(asked):
        lines.append(
            CaseLine(
                case_no=row.case_no, name=name, city=row.origin_city, hospital=hospital or "", state=row.state,
                stage=STAGE_OF.get(row.state), on_hold=row.hold_reason if row.held_since is not None else "",
                step=steps.get(row.id),
            )
        )  # fmt: skip
        keys.append(CaseKeys(patient_id=row.patient_id, journey_id=row.id, country=country or ""))
    return tuple(sorted(lines, key=lambda line: _urgency(line, clock(session)))), tuple(keys)


def _urgency(line: CaseLine, now: dt.datetime) -> tuple[bool, bool, dt.datetime]:
    """Cases without a step first, then by due time, then steps without one."""
    due = line.step.due_at if line.step is not None else None
    return line.step is not None, due is None, due or now
