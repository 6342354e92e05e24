"""From estimate to payment: what an admission came to at each step, and flags worth a look. Flags, not accusations.

Measures and screens are those of ``domain`` 3.5. A comparison with others needs thirty stays of the same diagnosis,
hospital and twelve months; below that the plain rule holds, or the flag says that there are too few cases.
"""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from liaison.domain.claims import LineCategory
from liaison.domain.coded import Coded
from liaison.domain.fields import check_required, draft, problem
from liaison.domain.fields import field as draft_field
from liaison.domain.money import Money
from liaison.domain.problems import Problem
from liaison.i18n import N_

PEERS_FROM = 30
"""A peer group of fewer stays says nothing. Source: ``domain`` 3.5."""

TOLERANCE_SHARE = 0.01
TOLERANCE_MINOR = 1_000
"""A gap may stay unexplained up to one in a hundred, or ten units of its currency."""

DAYS_OVER_PLAN = 2
RESERVE_DAYS = 30
ESTIMATE_OVER = 0.20
VARIANCE_OVER = 0.50
HOSPITAL_SHARE_OVER = 0.80
"""Plain rule where there are no peers: share of the bill without room and doctors. One published bill has 73 %."""

DOCTORS = frozenset({LineCategory.DRC, LineCategory.SUR, LineCategory.ANA})
ROOM = frozenset({LineCategory.RNB, LineCategory.ICU})


class Rule(Coded):
    """What a flag is about. The stored value is fixed."""

    ESTIMATE = "V01", N_("final bill far above the estimate")
    UNEXPLAINED = "V02", N_("gap between bill and final letter not explained")
    SHORT_PAY = "V03", N_("insurer paid less than the final letter accepted")
    UNCOLLECTED = "V04", N_("excess not collected in full")
    RESERVE = "V05", N_("letter not released long after discharge")
    STAY = "V06", N_("stay longer than planned")
    TWO_LETTERS = "V07", N_("two letters for one admission")
    LATE_TOPUP = "V08", N_("top-up asked for after discharge")
    ROOM = "V09", N_("room differs from the letter's entitlement")
    LINES = "V10", N_("lines of a claim do not add up to it")
    TWICE = "V11", N_("the same item billed twice on one day")
    OUTSIDE = "V12", N_("service outside the stay")
    IMPLANT = "V13", N_("implant without operating theatre")
    RECEIPT = "V14", N_("the same receipt in two claims")
    SHARE = "V15", N_("hospital supplies and services: a large share of the bill")
    PEERS = "V16", N_("bill far above others like it")


class Disposition(Coded):
    """What came of a flag."""

    OPEN = "OPEN", N_("open")
    EXPLAINED = "EXPLAINED", N_("explained")
    RECOVERED = "RECOVERED", N_("money came back")
    ACCEPTED = "ACCEPTED", N_("accepted as it is")


@draft
class DispositionDraft:
    """What an officer says about a flag."""

    journey_id: int = draft_field(N_("Case"), required=True)
    rule: Rule = draft_field(N_("What was noticed"), required=True)
    subject: str = draft_field(N_("What it is about"), default="")
    disposition: Disposition = draft_field(N_("What came of it"), required=True)
    recovered: Money | None = draft_field(N_("What came back"), help=N_("Only where money came back."), default=None)
    note: str = draft_field(N_("Why"), default="")


def check_disposition(disposition: DispositionDraft) -> list[Problem]:
    """Everything wrong with it: money that came back needs its amount, an explanation needs its words."""
    found = check_required(disposition)
    if disposition.disposition is Disposition.RECOVERED:
        if disposition.recovered is None or disposition.recovered.minor <= 0:
            found.append(problem("RECOVERED_AMOUNT", N_("Write how much came back."), "recovered"))
    elif disposition.recovered is not None:
        found.append(problem("NOT_RECOVERED", N_("An amount belongs only to money that came back."), "recovered"))
    if disposition.disposition in (Disposition.EXPLAINED, Disposition.ACCEPTED) and not disposition.note.strip():
        found.append(problem("WHY_NEEDED", N_("Write in a few words why."), "note"))
    return found


# what an admission came to


@dataclass(frozen=True, slots=True, kw_only=True)
class BillLine:
    """One line of a claim or bill."""

    claim_id: int
    category: LineCategory | None
    description: str
    service_on: dt.date | None
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StayClaim:
    """A claim of the stay, as far as it is compared."""

    id: int
    number: str
    billed: Money
    lines_minor: int | None
    """Sum of its lines; none where it has no lines."""
    receipts: tuple[tuple[str, int, str], ...] = ()
    """(receipt number, minor units, day) of its payments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One admission from estimate to payment, every amount in the currency of its final bill or none."""

    journey_id: int
    currency: str
    hospital_id: int | None = None
    diagnosis: str = ""
    estimate_low: int | None = None
    estimate_high: int | None = None
    first_ceiling: int | None = None
    topups: tuple[int, ...] = ()
    ceiling: int | None = None
    is_as_charged: bool = False
    letters: int = 0
    final_bill: int | None = None
    accepted: int | None = None
    excess_due: int | None = None
    excess_collected: int = 0
    explained: int = 0
    """Cuts with a reason code: room, non-medical, co-payment, deductible, limit, excluded."""
    insurer_paid: int = 0
    admitted_on: dt.date | None = None
    discharged_on: dt.date | None = None
    planned_days: int | None = None
    room: str = ""
    entitled_room: str = ""
    is_letter_closed: bool = True
    late_topup_on: dt.date | None = None
    lines: tuple[BillLine, ...] = ()
    claims: tuple[StayClaim, ...] = ()

    @property
    def estimate_mid(self) -> int | None:
        """The middle of the estimate."""
        if self.estimate_low is None or self.estimate_high is None:
            return None
        return (self.estimate_low + self.estimate_high) // 2

    @property
    def estimate_error(self) -> float | None:
        """(final - middle of the estimate) / middle of the estimate."""
        middle = self.estimate_mid
        return None if not middle or self.final_bill is None else (self.final_bill - middle) / middle

    @property
    def utilisation(self) -> float | None:
        """What was accepted as a share of the ceiling."""
        return None if not self.ceiling or self.accepted is None else self.accepted / self.ceiling

    @property
    def topup_ratio(self) -> float | None:
        """All top-ups as a share of the first ceiling."""
        return None if not self.first_ceiling else sum(self.topups) / self.first_ceiling

    @property
    def gap(self) -> int | None:
        """Final bill less what the final letter accepts."""
        return None if self.final_bill is None or self.accepted is None else self.final_bill - self.accepted

    @property
    def unexplained(self) -> int | None:
        """What of the gap no reason explains; the patient's excess explains its part. Never below nothing."""
        gap = self.gap
        return None if gap is None else max(gap - max(self.explained, self.excess_due or 0), 0)

    @property
    def reserve(self) -> int | None:
        """What a letter still holds beyond what was accepted, while nobody has released it."""
        if self.ceiling is None or self.accepted is None or self.is_letter_closed:
            return None
        return max(self.ceiling - self.accepted, 0)

    @property
    def uncollected(self) -> int | None:
        """Excess due less excess collected."""
        return None if self.excess_due is None else max(self.excess_due - self.excess_collected, 0)

    @property
    def short_pay(self) -> int | None:
        """Accepted less paid, once anything was paid."""
        if self.accepted is None or not self.insurer_paid:
            return None
        return self.accepted - self.insurer_paid

    @property
    def days(self) -> int | None:
        """Nights of the stay."""
        if self.admitted_on is None or self.discharged_on is None:
            return None
        return (self.discharged_on - self.admitted_on).days

    @property
    def hospital_share(self) -> float | None:
        """(total - room - doctors) / total, from the lines."""
        total = sum(line.minor for line in self.lines)
        if total <= 0 or any(line.category is None for line in self.lines):
            return None
        apart = sum(line.minor for line in self.lines if line.category in DOCTORS | ROOM)
        return (total - apart) / total


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something worth a look: the rule, what it is about, what it was judged by, and how much money it touches."""

    journey_id: int
    rule: Rule
    subject: str = ""
    """Tells two flags of one rule on one case apart: a claim's number, a day, an item."""
    amount: Money | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Plain values by name, kept with the disposition."""
    peers: int = 0
    """Stays it was compared with; 0 for a plain rule."""
    too_few: bool = False
    """A comparison that could not be made: too few cases."""


def flags_of(stay: Stay, *, today: dt.date) -> list[Flag]:
    """Every flag of one stay by plain rules."""
    found = [*_money_flags(stay), *_letter_flags(stay, today=today), *_line_flags(stay)]
    days = stay.days
    if days is not None and stay.planned_days is not None and days > stay.planned_days + DAYS_OVER_PLAN:
        found.append(_flag(stay, Rule.STAY, days=days, planned=stay.planned_days))
    room, entitled = stay.room.strip().casefold(), stay.entitled_room.strip().casefold()
    if room and entitled and room != entitled:
        found.append(_flag(stay, Rule.ROOM, room=stay.room, entitled=stay.entitled_room))
    return found


def _flag(stay: Stay, rule: Rule, *, subject: str = "", minor: int | None = None, **inputs: object) -> Flag:
    return Flag(
        journey_id=stay.journey_id, rule=rule, subject=subject,
        amount=None if minor is None else Money(minor, stay.currency),
        inputs={name: str(value) for name, value in inputs.items()},
    )  # fmt: skip


def _money_flags(stay: Stay) -> list[Flag]:
    found = []
    error, high = stay.estimate_error, stay.estimate_high
    if error is not None and high is not None and error > ESTIMATE_OVER and (stay.final_bill or 0) > high:
        over = (stay.final_bill or 0) - high
        found.append(_flag(stay, Rule.ESTIMATE, minor=over, final=stay.final_bill, high=high))
    left, gap = stay.unexplained, stay.gap
    if left is not None and left > max(int((stay.final_bill or 0) * TOLERANCE_SHARE), TOLERANCE_MINOR):
        found.append(_flag(stay, Rule.UNEXPLAINED, minor=left, gap=gap, explained=stay.explained))
    short = stay.short_pay
    if short is not None and short > TOLERANCE_MINOR:
        found.append(_flag(stay, Rule.SHORT_PAY, minor=short, accepted=stay.accepted, paid=stay.insurer_paid))
    if stay.uncollected and stay.discharged_on is not None:
        found.append(
            _flag(stay, Rule.UNCOLLECTED, minor=stay.uncollected, due=stay.excess_due, paid=stay.excess_collected)
        )
    return found


def _letter_flags(stay: Stay, *, today: dt.date) -> list[Flag]:
    found = []
    if stay.letters > 1:
        found.append(_flag(stay, Rule.TWO_LETTERS, letters=stay.letters))
    if stay.late_topup_on is not None:
        found.append(_flag(stay, Rule.LATE_TOPUP, asked=stay.late_topup_on, discharged=stay.discharged_on))
    if stay.ceiling and stay.accepted is not None and stay.discharged_on is not None and not stay.is_letter_closed:
        days = (today - stay.discharged_on).days
        if days > RESERVE_DAYS and stay.ceiling > stay.accepted:
            found.append(_flag(stay, Rule.RESERVE, minor=stay.ceiling - stay.accepted, days=days))
    return found


def _line_flags(stay: Stay) -> list[Flag]:
    found = []
    for claim in stay.claims:
        if claim.lines_minor is not None and claim.lines_minor != claim.billed.minor:
            over = abs(claim.billed.minor - claim.lines_minor)
            found.append(
                Flag(
                    journey_id=stay.journey_id, rule=Rule.LINES, subject=claim.number or str(claim.id),
                    amount=Money(over, claim.billed.currency),
                    inputs={"lines": str(claim.lines_minor), "claim": str(claim.billed.minor)},
                )
            )  # fmt: skip
    seen: dict[tuple[int, str, dt.date, int], int] = defaultdict(int)
    for line in stay.lines:
        if line.description.strip() and line.service_on is not None:
            seen[line.claim_id, line.description.strip().casefold(), line.service_on, line.minor] += 1
    for (_claim, what, day, minor), times in seen.items():
        if times > 1:
            found.append(_flag(stay, Rule.TWICE, subject=f"{day} {what}", minor=minor * (times - 1), times=times))
    outside = [
        line for line in stay.lines
        if line.service_on is not None and stay.admitted_on is not None and stay.discharged_on is not None
        and not stay.admitted_on <= line.service_on <= stay.discharged_on
    ]  # fmt: skip
    if outside:
        days = ", ".join(sorted({str(line.service_on) for line in outside}))
        found.append(_flag(stay, Rule.OUTSIDE, minor=sum(line.minor for line in outside), days=days))
    categories = {line.category for line in stay.lines}
    if LineCategory.CON in categories and LineCategory.OTH_OT not in categories:
        minor = sum(line.minor for line in stay.lines if line.category is LineCategory.CON)
        found.append(_flag(stay, Rule.IMPLANT, minor=minor))
    return found


def flags_among(stays: Sequence[Stay], *, of: Container[int] | None = None) -> list[Flag]:
    """Flags that need other stays: the same receipt in two claims, a share or a bill far above others like it.

    With ``of`` only the flags of these cases are told; the others are there to be compared with.
    """
    found = [*_receipts(stays), *_against_peers(stays, of)]
    return found if of is None else [flag for flag in found if flag.journey_id in of]


def _receipts(stays: Iterable[Stay]) -> list[Flag]:
    where: dict[tuple[str, int, str], list[tuple[Stay, StayClaim]]] = defaultdict(list)
    for stay in stays:
        for claim in stay.claims:
            for receipt in set(claim.receipts):
                where[receipt].append((stay, claim))
    found = []
    for (number, minor, day), uses in where.items():
        if len({claim.id for _, claim in uses}) < 2:
            continue
        for stay, claim in uses:
            others = ", ".join(sorted(c.number or str(c.id) for _, c in uses if c.id != claim.id))
            found.append(
                Flag(
                    journey_id=stay.journey_id, rule=Rule.RECEIPT, subject=f"{number} {claim.number or claim.id}",
                    amount=Money(minor, claim.billed.currency), inputs={"day": day, "others": others},
                )
            )  # fmt: skip
    return found


A_YEAR = dt.timedelta(days=366)
"""A bill is compared with those of the year before it."""


class _Peers:
    """Stays of one illness in one hospital, ordered once: a large office has tens of thousands of them."""

    def __init__(self, stays: Iterable[Stay]) -> None:
        known = list(stays)
        self._shares = sorted(share for share in (stay.hospital_share for stay in known) if share is not None)
        dated = sorted((s.discharged_on, s.final_bill) for s in known if s.discharged_on is not None and s.final_bill)
        self._days = [day for day, _bill in dated]
        self._sums = [0, *itertools.accumulate(bill for _day, bill in dated)]

    def share(self, own: float) -> tuple[float, int]:
        """The share that 95 of 100 others do not pass, and how many others there are."""
        others = len(self._shares) - 1
        place = -(-others * 95 // 100) - 1
        return self._shares[place + (place >= bisect.bisect_left(self._shares, own))] if others else 0.0, others

    def year_before(self, day: dt.date, own: int) -> tuple[int, int]:
        """The sum of the other bills of the year up to a day, and how many they are."""
        first, after = bisect.bisect_left(self._days, day - A_YEAR), bisect.bisect_right(self._days, day)
        return self._sums[after] - self._sums[first] - own, after - first - 1


def _against_peers(stays: Sequence[Stay], of: Container[int] | None) -> list[Flag]:
    groups: dict[tuple[str, int, str], list[Stay]] = defaultdict(list)
    for stay in stays:
        if stay.diagnosis and stay.hospital_id is not None and stay.final_bill:
            groups[stay.diagnosis, stay.hospital_id, stay.currency].append(stay)
    known: dict[tuple[str, int, str], _Peers] = {}
    found = []
    for stay in stays:
        if of is not None and stay.journey_id not in of:
            continue
        key = (stay.diagnosis, stay.hospital_id or 0, stay.currency)
        if key in groups and key not in known:
            known[key] = _Peers(groups[key])
        peers = known.get(key) if stay.final_bill else None
        found += [*_share_flags(stay, peers), *_bill_flags(stay, peers)]
    return found


def _share_flags(stay: Stay, peers: _Peers | None) -> list[Flag]:
    share = stay.hospital_share
    if share is None:
        return []
    most, others = peers.share(share) if peers is not None else (0.0, 0)
    enough = others >= PEERS_FROM
    if not enough:
        most = HOSPITAL_SHARE_OVER
    if share <= most:
        return []
    return [
        Flag(
            journey_id=stay.journey_id, rule=Rule.SHARE, peers=others if enough else 0, too_few=not enough,
            inputs={"share": f"{share:.3f}", "most": f"{most:.3f}"},
        )
    ]  # fmt: skip


def _bill_flags(stay: Stay, peers: _Peers | None) -> list[Flag]:
    if peers is None or not stay.final_bill or stay.discharged_on is None:
        return []
    total, others = peers.year_before(stay.discharged_on, stay.final_bill)
    if others < PEERS_FROM:
        return []
    mean = total // others
    if stay.final_bill <= mean * (1 + VARIANCE_OVER):
        return []
    return [
        Flag(
            journey_id=stay.journey_id, rule=Rule.PEERS, peers=others,
            amount=Money(stay.final_bill - mean, stay.currency), inputs={"mean": str(mean)},
        )
    ]  # fmt: skip
