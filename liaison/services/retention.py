"""How long records are kept, and whose time is over. Nothing is erased by itself: officers decide one by one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import refuse_if
from liaison.domain.fields import problem
from liaison.domain.offices import Role
from liaison.domain.trouble import KEPT_YEARS, LONGEST_KEPT_YEARS, kept_until
from liaison.i18n import N_
from liaison.services.changes import Changes, today
from liaison.services.erasure import KEPT_YEARS_SETTING
from liaison.services.office import roles, set_setting, setting
from liaison.store.models import BillRow, ClaimRow, JourneyRow, LegalHoldRow, PatientRow, PaymentRow

SHORTEST_KEPT_YEARS = 1
SHOWN = 100
OUT_OF_RANGE = N_("Between {least} and {most} years.")
SUPERVISOR_DECIDES = N_("Only a supervisor may change how long records are kept. Ask one to do it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePerson:
    """Somebody whose records need not be kept any longer."""

    patient_id: int
    name: str
    last_on: dt.date
    """Day of the newest paper with money in it."""
    kept_until: dt.date
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long records are kept here, and what that leads to today."""

    years: int
    due: tuple[DuePerson, ...]
    """The first of those whose time is over, the longest over first."""
    count: int
    next_on: dt.date | None
    """When the next person's time is over; none where nobody's is running."""


def kept_years(session: Session) -> int:
    """Years that papers with money in them are kept after a person's last one."""
    return int(setting(session, KEPT_YEARS_SETTING, KEPT_YEARS))


def keep_for(session: Session, years: int) -> Changes:
    """Say for how many years. Refused outside 1 to 50 years, and for whoever is not a supervisor."""
    problems = []
    if not SHORTEST_KEPT_YEARS <= years <= LONGEST_KEPT_YEARS:
        values = {"least": SHORTEST_KEPT_YEARS, "most": LONGEST_KEPT_YEARS}
        problems.append(problem("OUT_OF_RANGE", OUT_OF_RANGE, "years", **values))
    if Role.SUPERVISOR not in roles(session):
        problems.append(problem("SUPERVISOR_ONLY", SUPERVISOR_DECIDES, "years"))
    refuse_if(problems)
    return set_setting(session, KEPT_YEARS_SETTING, years)


def retention(session: Session) -> Retention:
    """Whose records are due for erasure today: their time is over, nothing is open, and nobody placed a hold."""
    years, day = kept_years(session), today(session)
    last = _last_papers()
    free = (
        sa.select(PatientRow.id, PatientRow.full_name, last.c.day)
        .join(last, last.c.patient_id == PatientRow.id)
        .where(
            PatientRow.merged_into_id.is_(None),
            ~sa.exists().where(JourneyRow.patient_id == PatientRow.id, JourneyRow.is_open),
            ~sa.exists().where(ClaimRow.patient_id == PatientRow.id, ClaimRow.is_open),
            ~sa.exists().where(LegalHoldRow.patient_id == PatientRow.id, LegalHoldRow.lifted_on.is_(None)),
        )
        .subquery()
    )
    over = _years_before(day, years)
    count = session.scalar(sa.select(sa.func.count()).select_from(free).where(free.c.day < over)) or 0
    rows = session.execute(sa.select(free).where(free.c.day < over).order_by(free.c.day, free.c.id).limit(SHOWN)).all()
    following = session.scalar(sa.select(sa.func.min(free.c.day)).where(free.c.day >= over))
    cases = _cases(session, [row.id for row in rows])
    return Retention(
        years=years, count=count,
        next_on=kept_until(following, years) + dt.timedelta(days=1) if following is not None else None,
        due=tuple(
            DuePerson(
                patient_id=row.id, name=row.full_name, last_on=row.day, kept_until=kept_until(row.day, years),
                cases=cases.get(row.id, 0),
            )
            for row in rows
        ),
    )  # fmt: skip


def _last_papers() -> sa.Subquery:
    """The newest paper with money in it, for each person."""
    parts = (
        sa.select(ClaimRow.patient_id, ClaimRow.aged_from.label("day")),
        sa.select(ClaimRow.patient_id, ClaimRow.decided_on).where(ClaimRow.decided_on.is_not(None)),
        sa.select(JourneyRow.patient_id, PaymentRow.paid_on).join(JourneyRow, JourneyRow.id == PaymentRow.journey_id),
        sa.select(JourneyRow.patient_id, BillRow.billed_on).join(JourneyRow, JourneyRow.id == BillRow.journey_id),
    )
    every = sa.union_all(*parts).subquery()
    newest = sa.func.max(every.c.day, type_=every.c.day.type).label("day")
    return sa.select(every.c.patient_id, newest).where(every.c.day.is_not(None)).group_by(every.c.patient_id).subquery()


def _years_before(day: dt.date, years: int) -> dt.date:
    """The first day whose papers are still kept today."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return dt.date(day.year - years, 3, 1)


def _cases(session: Session, people: list[int]) -> dict[int, int]:
    rows = session.execute(
        sa.select(JourneyRow.patient_id, sa.func.count())
        .where(JourneyRow.patient_id.in_(people))
        .group_by(JourneyRow.patient_id)
    )
    return {row.patient_id: row[1] for row in rows}
