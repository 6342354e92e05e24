"""The monthly evaluation: look at the information first, then find the leak.

Each weakness (incomplete, stale, contradictory, slow) with the cases it hits, the days it has cost, the money that
stands still meanwhile and whose it is to mend. Read from the rows as they stand; open work only, so that it is short.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimState
from liaison.domain.coded import Coded
from liaison.domain.insight import Behind, ClaimGap, Gap, LinkedGap
from liaison.domain.journeys import JourneyState
from liaison.domain.money import Money
from liaison.domain.targets import ClockKind, Party
from liaison.i18n import N_
from liaison.services.changes import clock, day_of, today
from liaison.services.clocks import open_clocks
from liaison.services.insight_terms import linked_gap
from liaison.services.insight_words import by_currency, officer_names
from liaison.services.list_of_claims import BALANCE
from liaison.store.kept_figures import CLAIM_GAPS, GAPS
from liaison.store.models import ClaimRow, JourneyRow, PatientRow, TaskRow

SILENT_DAYS = 14
"""An open case that nobody has heard of for so long is stale."""


class Weakness(Coded):
    """The four ways in which information fails."""

    INCOMPLETE = "incomplete", N_("Incomplete")
    STALE = "stale", N_("Stale")
    CONTRADICTORY = "contradictory", N_("Contradictory")
    SLOW = "slow", N_("Slow")


class Stale(Coded):
    """What is stale."""

    SILENT = "silent", N_("no word for two weeks or longer")
    OVERDUE = "overdue", N_("next step overdue")


class Clash(Coded):
    """What contradicts itself."""

    STAY = "stay", N_("discharged before admitted")
    DIED = "died", N_("patient died, case open as before")
    OVERPAID = "overpaid", N_("paid more than approved")
    OVER_APPROVED = "over_approved", N_("approved more than billed")
    CLOSED_UNPAID = "closed_unpaid", N_("case closed, claim unpaid")
    CITY = "city", N_("claim and case name different cities")


What = Gap | LinkedGap | ClaimGap | Stale | Clash | ClockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One weakness: what, how many cases and claims it hits, days lost, money held up by currency, and whose it is."""

    weakness: Weakness
    what: What
    cases: int
    of_claims: bool
    days: int
    held_up: tuple[Money, ...]
    owner: str
    """An officer or a house; empty for this office as a whole."""
    behind: Behind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Every weakness that hits anything, the costliest of its kind first."""

    as_of: dt.datetime
    month: dt.date
    """The first day of the month it is about: the last one that is over."""
    open_cases: int
    open_claims: int
    findings: tuple[Finding, ...]
    is_stale: bool = False
    """Kept from before the last change; being worked out anew takes a moment."""

    def of(self, weakness: Weakness) -> tuple[Finding, ...]:
        """The findings of one kind."""
        return tuple(f for f in self.findings if f.weakness is weakness)


def evaluation(session: Session) -> Evaluation:
    """The office's weaknesses as they stand now."""
    reader = _Reader(session)
    found = [*_gaps(reader), *_stale(reader), *_clashes(reader), *_slow(session)]
    order = list(Weakness)
    found = [f for f in found if f.cases]
    found.sort(key=lambda f: (order.index(f.weakness), -f.days, -f.cases, str(f.what)))
    first = today(session).replace(day=1)
    return Evaluation(
        as_of=clock(session), month=(first - dt.timedelta(days=1)).replace(day=1), open_cases=len(reader.cases),
        open_claims=len(reader.claims), findings=tuple(found),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    days: int
    officer: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    days: int
    unpaid: Money
    officer: int | None


class _Reader:
    """Open cases and open claims with what they hold up, read once."""

    def __init__(self, session: Session) -> None:
        self.session, self.today = session, today(session)
        self.names = officer_names(session)
        j, c = JourneyRow.__table__.c, ClaimRow.__table__.c
        rows = session.execute(sa.select(j.id, j.state_since, j.officer_id).where(j.is_open == sa.true()))
        self.cases = {k: _Case(days=(self.today - day_of(session, at)).days, officer=who) for k, at, who in rows}
        asked = (
            sa.select(c.id, c.aged_from, c.currency, BALANCE, c.journey_id, JourneyRow.officer_id)
            .outerjoin(JourneyRow, JourneyRow.id == c.journey_id)
            .where(c.is_open == sa.true(), c.state != ClaimState.VOID)
        )
        self.claims: dict[int, _Claim] = {}
        self.of_case: dict[int, list[Money]] = defaultdict(list)
        for key, since, currency, minor, journey, who in session.execute(asked):
            unpaid = Money(int(minor), currency)
            self.claims[key] = _Claim(days=(self.today - since).days, unpaid=unpaid, officer=who)
            if journey is not None:
                self.of_case[journey].append(unpaid)

    def cases_of(
        self, weakness: Weakness, what: What, keys: Iterable[int], *, text: str, days: Mapping[int, int] | None = None
    ) -> Finding:
        """A finding about cases; held up is what their claims still wait for."""
        wanted = [key for key in keys if key in self.cases or days is not None]
        lost = sum((days or {}).get(k, self.cases[k].days if k in self.cases else 0) for k in wanted)
        officers = [self.cases[k].officer for k in wanted if k in self.cases]
        return Finding(
            weakness=weakness, what=what, cases=len(wanted), of_claims=False, days=lost,
            held_up=_sums(m for k in wanted for m in self.of_case.get(k, ())), owner=self._owner(officers),
            behind=Behind(page="journeys", filter=text) if text else None,
        )  # fmt: skip

    def claims_of(self, weakness: Weakness, what: What, keys: Iterable[int], *, text: str) -> Finding:
        """A finding about open claims."""
        wanted = [self.claims[key] for key in keys if key in self.claims]
        return Finding(
            weakness=weakness, what=what, cases=len(wanted), of_claims=True, days=sum(c.days for c in wanted),
            held_up=_sums(c.unpaid for c in wanted), owner=self._owner([c.officer for c in wanted]),
            behind=Behind(page="claims", filter=text) if text else None,
        )  # fmt: skip

    def _owner(self, officers: Sequence[int | None]) -> str:
        """The officer most of them belong to; nobody where most belong to none."""
        counted = Counter(officers).most_common(1)
        return self.names.get(counted[0][0], "") if counted and counted[0][0] is not None else ""

    def keys(self, row: Any, *conditions: sa.ColumnElement[bool]) -> list[int]:
        """Keys of rows."""
        return list(self.session.scalars(sa.select(row.id).where(*conditions).order_by(row.id)))


def _sums(amounts: Iterable[Money]) -> tuple[Money, ...]:
    by: dict[str, int] = defaultdict(int)
    for amount in amounts:
        by[amount.currency] += amount.minor
    return tuple(Money(by[c], c) for c in by_currency(by, lambda c: 0) if by[c])


def _sql(text: str, table: str) -> sa.ColumnElement[bool]:
    return sa.literal_column(f"({text.format(row=table)})", sa.Boolean)


def _gaps(reader: _Reader) -> list[Finding]:
    open_case, open_claim = JourneyRow.is_open == sa.true(), ClaimRow.is_open == sa.true()
    found = []
    for gap, test in GAPS.items():
        keys = reader.keys(JourneyRow, open_case, _sql(test, "journey"))
        found.append(reader.cases_of(Weakness.INCOMPLETE, gap, keys, text=f"kurang:{gap.value}"))
    for linked in LinkedGap:
        keys = reader.keys(JourneyRow, linked_gap(linked))
        found.append(reader.cases_of(Weakness.INCOMPLETE, linked, keys, text=f"kurang:{linked.value}"))
    for claim_gap, test in CLAIM_GAPS.items():
        keys = reader.keys(ClaimRow, open_claim, ClaimRow.state != ClaimState.VOID, _sql(test, "claim"))
        text = f"kurang:{claim_gap.value} status:terbuka"
        found.append(reader.claims_of(Weakness.INCOMPLETE, claim_gap, keys, text=text))
    return found


def _stale(reader: _Reader) -> list[Finding]:
    session, now = reader.session, clock(reader.session)
    j, t = JourneyRow.__table__.c, TaskRow.__table__.c
    before = now - dt.timedelta(days=SILENT_DAYS)
    silent = session.execute(
        sa.select(j.id, j.last_contact_at).where(j.is_open == sa.true(), j.last_contact_at < before).order_by(j.id)
    )
    days = {key: (reader.today - day_of(session, at)).days for key, at in silent}
    late = session.execute(
        sa.select(t.journey_id, sa.func.min(t.due_at).label("due"))
        .join(JourneyRow, j.id == t.journey_id)
        .where(t.done_at.is_(None), t.due_at < now, j.is_open == sa.true())
        .group_by(t.journey_id)
    )
    overdue = {key: (now - _moment(at)).days for key, at in late}
    return [
        reader.cases_of(Weakness.STALE, Stale.SILENT, days, text="", days=days),
        reader.cases_of(Weakness.STALE, Stale.OVERDUE, overdue, text="status:terbuka tenggat:lewat", days=overdue),
    ]


def _moment(value: Any) -> dt.datetime:
    """A moment that came through an aggregate: the type may have been lost on the way."""
    from liaison.store.types import from_microseconds

    return value if isinstance(value, dt.datetime) else from_microseconds(int(value))


def _clashes(reader: _Reader) -> list[Finding]:
    j, c = JourneyRow, ClaimRow
    weakness = Weakness.CONTRADICTORY
    open_case, not_void = j.is_open == sa.true(), c.state != ClaimState.VOID
    died = sa.select(PatientRow.id).where(PatientRow.died_on.is_not(None))
    own_city = sa.select(JourneyRow.origin_city).where(JourneyRow.id == c.journey_id).scalar_subquery()
    ended = sa.select(JourneyRow.id).where(JourneyRow.is_open == sa.false())
    cases = {
        Clash.STAY: (open_case, j.discharged_at < j.admitted_at),
        Clash.DIED: (
            open_case,
            j.patient_id.in_(died),
            j.state.not_in((JourneyState.DECEASED, JourneyState.FOLLOW_UP)),
        ),
    }
    claims = {
        Clash.OVERPAID: (c.approved_minor.is_not(None), c.paid_minor > c.approved_minor),
        Clash.OVER_APPROVED: (c.approved_minor > c.billed_minor,),
        Clash.CLOSED_UNPAID: (c.journey_id.in_(ended), BALANCE > 0),
        Clash.CITY: (c.origin_city != "", own_city != "", own_city != c.origin_city),
    }
    return [
        *(reader.cases_of(weakness, w, reader.keys(j, *tests), text="") for w, tests in cases.items()),
        *(
            reader.claims_of(weakness, w, reader.keys(c, not_void, c.is_open == sa.true(), *tests), text="")
            for w, tests in claims.items()
        ),
    ]


def _slow(session: Session) -> list[Finding]:
    now = clock(session)
    groups: dict[ClockKind, list[Any]] = defaultdict(list)
    for line in open_clocks(session):
        if line.run.overdue(now):
            groups[line.kind].append(line)
    found = []
    for kind, lines in groups.items():
        late = sum((line.run.overdue(now) for line in lines), dt.timedelta())
        hit = {(line.claim_id is not None, line.claim_id or line.journey_id) for line in lines}
        who = Counter(line.officer if line.party is Party.US else line.acts for line in lines).most_common(1)
        found.append(
            Finding(
                weakness=Weakness.SLOW, what=kind, cases=len(hit), of_claims=lines[0].claim_id is not None,
                days=late.days, held_up=_waiting(session, [x.claim_id for x in lines if x.claim_id is not None]),
                owner=who[0][0] if who else "",
            )
        )  # fmt: skip
    return found


_AT_ONCE = 500


def _waiting(session: Session, claim_ids: Sequence[int]) -> tuple[Money, ...]:
    amounts: list[Money] = []
    keys = sorted(set(claim_ids))
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        asked = sa.select(ClaimRow.currency, BALANCE).where(ClaimRow.id.in_(some))
        amounts += [Money(int(minor), currency) for currency, minor in session.execute(asked)]
    return _sums(amounts)
