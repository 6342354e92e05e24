"""What a claim ageing report is made from: every unpaid claim by age, insurer and whose turn it is, and how it was."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimState
from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.domain.network import OrganizationKind
from liaison.domain.work import WaitingOn
from liaison.i18n import N_
from liaison.reports.case_view import Office, RateView
from liaison.reports.gathering import office_of, rates_for
from liaison.reports.report import CaseKeys
from liaison.services.changes import clock, today
from liaison.services.claim_account import by_currency, claims_followed
from liaison.services.list_of_claims import AGE_BANDS, BALANCE, ClaimLine, claim_page
from liaison.store.models import ClaimRow, JourneyRow, OrganizationRow, TaskRow

NO_HOUSE = N_("No insurer of the network is called so. Leave it empty for all of them.")
MONTH_ENDS = 6
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpaidClaim:
    """One unpaid claim: how much, how old, and what happens next."""

    id: int
    claim_no: str
    case_no: str
    insurer: str
    hospital: str
    currency: str
    minor: int
    age_days: int
    """Since it was sent; since what is known where it was not."""
    home_days: int | None
    """Since the patient left the hospital; none where no day is on record."""
    state: ClaimState
    waiting_on: WaitingOn | None
    waiting_for: str
    step: str
    """The next step as typed, or a marked sentence of the program's own."""
    step_due: dt.date | None

    @property
    def band(self) -> int:
        """Which of the four ages it is in."""
        return band_of(self.age_days)


def band_of(days: int) -> int:
    """The place of an age among the four."""
    return next(n for n, (low, high, _label) in enumerate(AGE_BANDS) if high is None or max(days, 0) <= high)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeingView:
    """The unpaid claims at one moment; ``books`` are the sums of the list of claims, asked for by themselves."""

    as_of: dt.datetime
    office: Office
    insurer: str
    """Whose claims alone; empty: everybody's."""
    claims: tuple[UnpaidClaim, ...]
    books: tuple[tuple[str, int], ...]
    ends: tuple[dt.date, ...]
    """The last six month-ends, the oldest first."""
    before: tuple[tuple[str, str, tuple[int, ...]], ...]
    """Currency, insurer, and what stood open at each of these days."""
    rates: tuple[RateView, ...]

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies with something unpaid, the three of the work first."""
        return tuple(sorted({one.currency for one in self.claims}, key=by_currency))


def gather(session: Session, house: str) -> tuple[AgeingView, tuple[CaseKeys, ...]]:
    """Read what is unpaid, of one insurer or of all, with everybody whose claims these are."""
    day = today(session)
    insurer = _insurer(session, house)
    wanted = [BALANCE > 0]
    if insurer is not None:
        wanted.append(ClaimRow.insurer_id == insurer[0])
    ids = list(session.scalars(sa.select(ClaimRow.id).where(*wanted).order_by(ClaimRow.id)))
    lines = [line for line in claim_page(session, ids) if line is not None]
    home, steps = _discharges(session, ids), _steps(session, ids)
    claims = tuple(_unpaid(line, day, home, steps) for line in lines)
    books = session.execute(
        sa.select(ClaimRow.currency, sa.func.sum(BALANCE)).where(*wanted).group_by(ClaimRow.currency)
    ).all()
    ends = month_ends(day)
    view = AgeingView(
        as_of=clock(session), office=office_of(session), insurer=insurer[1] if insurer else "", claims=claims,
        books=tuple(sorted(((row[0], int(row[1])) for row in books), key=lambda one: by_currency(one[0]))),
        ends=ends, before=_before(session, insurer[0] if insurer else None, ends),
        rates=rates_for(session, sorted({c.currency for c in claims}), day),
    )  # fmt: skip
    people = {
        (line.patient_id, line.journey_id): CaseKeys(patient_id=line.patient_id, journey_id=line.journey_id, country="")
        for line in lines
    }
    return view, tuple(people.values())


def month_ends(day: dt.date) -> tuple[dt.date, ...]:
    """The last days of the six months that ended before a day, the oldest first."""
    found: list[dt.date] = []
    first = day.replace(day=1)
    while len(found) < MONTH_ENDS:
        last = first - dt.timedelta(days=1)
        found.append(last)
        first = last.replace(day=1)
    return tuple(reversed(found))


def _insurer(session: Session, text: str) -> tuple[int, str] | None:
    if not text:
        return None
    named = sa.or_(OrganizationRow.name == text, OrganizationRow.short_name == text)
    row = session.execute(
        sa.select(OrganizationRow.id, OrganizationRow.name)
        .where(
            OrganizationRow.id == int(text) if text.isdecimal() else named,
            OrganizationRow.kind.in_([OrganizationKind.INSURER, OrganizationKind.ADMINISTRATOR]),
        )
        .limit(1)
    ).first()
    if row is None:
        raise Refused([problem("NO_HOUSE", NO_HOUSE, "house")])
    return row[0], row[1]


def _unpaid(
    line: ClaimLine, day: dt.date, home: Mapping[int, dt.date], steps: Mapping[int, tuple[str, dt.date | None]]
) -> UnpaidClaim:
    left, (step, due) = home.get(line.id), steps.get(line.id, ("", None))
    return UnpaidClaim(
        id=line.id, claim_no=line.claim_no, case_no=line.case_no or "", insurer=line.insurer, hospital=line.hospital,
        currency=line.balance.currency, minor=line.balance.minor, age_days=line.age_days,
        home_days=(day - left).days if left is not None else None, state=line.state, waiting_on=line.waiting_on,
        waiting_for=line.waiting_for, step=step, step_due=due,
    )  # fmt: skip


def _discharges(session: Session, ids: Sequence[int]) -> dict[int, dt.date]:
    """The day the patient left the hospital, as the claim says it, else as the case does."""
    found: dict[int, dt.date] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        asked = (
            sa.select(ClaimRow.id, ClaimRow.discharged_on, JourneyRow.discharged_at)
            .outerjoin(JourneyRow, JourneyRow.id == ClaimRow.journey_id)
            .where(ClaimRow.id.in_(some))
        )
        for key, on, at in session.execute(asked):
            day = on if on is not None or at is None else at.date()
            if day is not None:
                found[key] = day
    return found


def _steps(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, dt.date | None]]:
    """The next open step of each claim."""
    found: dict[int, tuple[str, dt.date | None]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        asked = (
            sa.select(TaskRow.claim_id, TaskRow.title, TaskRow.due_at)
            .where(TaskRow.claim_id.in_(some), TaskRow.done_at.is_(None))
            .order_by(TaskRow.due_at.asc().nulls_last(), TaskRow.id)
        )
        for key, title, due in session.execute(asked):
            if key is not None:
                found.setdefault(key, (title, due.date() if due is not None else None))
    return found


def _before(
    session: Session, insurer_id: int | None, ends: Sequence[dt.date]
) -> tuple[tuple[str, str, tuple[int, ...]], ...]:
    """What stood open at each month-end, by currency and insurer."""
    sums: dict[tuple[str, int | None], list[int]] = defaultdict(lambda: [0] * len(ends))
    for claim in claims_followed(session, insurer_id=insurer_id, open_since=ends[0]):
        line = sums[claim.currency, claim.insurer_id]
        for number, day in enumerate(ends):
            line[number] += claim.balance_on(day)
    keys = {key for _currency, key in sums if key is not None}
    asked = sa.select(OrganizationRow.id, OrganizationRow.name).where(OrganizationRow.id.in_(keys))
    names = {row.id: row.name for row in session.execute(asked)}
    found = ((currency, names.get(key or 0, ""), tuple(values)) for (currency, key), values in sums.items())
    return tuple(sorted(found))
