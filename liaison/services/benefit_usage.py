"""What of a person's limits and deductible is used up: told by the insurer, else added up from the claims here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.benefit_lines import Used
from liaison.domain.benefits import BenefitCategory, DeductiblePer, LimitKind, PlanRules, benefit_of_diagnosis
from liaison.domain.claims import ClaimState
from liaison.domain.codes import ReasonCode
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.money import Money
from liaison.domain.plans import UsageKind, UsageSource, policy_year
from liaison.services.changes import day_of, get
from liaison.services.plans import usages_of
from liaison.services.rates import rate_on
from liaison.store.models import (
    ClaimLineRow,
    ClaimRow,
    CoverRow,
    GuaranteeRow,
    GuaranteeVersionRow,
    PolicyRow,
)

_S = ClaimState
_PAID_FOR = frozenset(s for s in ClaimState if "K09" <= s.value <= "K17") - {_S.REJECTED}
"""States in which an approved amount counts against the limits."""

_HOLDS = (
    GuaranteeState.ISSUED, GuaranteeState.ACCEPTED, GuaranteeState.TOPUP_REQUESTED, GuaranteeState.TOPUP_ISSUED,
    GuaranteeState.FINAL_REQUESTED, GuaranteeState.FINAL_QUERIED,
)  # fmt: skip
"""Letters that hold a part of the limit until the final one."""

_ACCEPTED = (GuaranteeState.FINAL_ISSUED, GuaranteeState.CLOSED, GuaranteeState.REOPENED)
"""Letters of which the accepted amount is held until the claim is decided, and counts as used."""
_DECIDED = _PAID_FOR | {_S.REJECTED}

LIMIT_OF = {
    UsageKind.ANNUAL: LimitKind.ANNUAL,
    UsageKind.LIFETIME: LimitKind.LIFETIME,
    UsageKind.PER_DISABILITY: LimitKind.PER_DISABILITY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageLine:
    """A limit, what is used and held of it, and who says so."""

    kind: UsageKind
    category: BenefitCategory | None
    limit: Money | None
    used: Money
    reserved: Money | None
    as_of: dt.date | None
    source: UsageSource
    told_id: int | None = None
    """The insurer's word it rests on, where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedElsewhere:
    """Claims that something else counts already: those of one case for treatment from a day on."""

    journey_id: int
    since: dt.date


def used_of(
    session: Session,
    cover: CoverRow,
    rules: PlanRules,
    deductible_per: DeductiblePer,
    *,
    on: dt.date,
    but_claim: int | None = None,
    but: CountedElsewhere | None = None,
    diagnosis_code: str = "",
    paid_by_others: Money | None = None,
) -> Used:
    """What is used up on a day, in the plan's currency: the insurer's newest word, and what was approved since.

    Claims that are counted elsewhere are left out, and taken off the insurer's word where it knew of them already.
    """
    year = policy_year(get(session, PolicyRow, cover.policy_id).inception_on, on)
    every = list(_claims(session, cover.id, rules.currency, but_claim=but_claim))
    elsewhere = [c for c in every if but is not None and c.journey_id == but.journey_id and c.on >= but.since]
    claims = [c for c in every if c not in elsewhere]
    told = _told(session, cover.id, rules.currency, year)
    limits: dict[tuple[BenefitCategory | None, LimitKind], Money] = {}
    for limit in rules.limits:
        usage_kind = next((u for u, k in LIMIT_OF.items() if k is limit.kind), None)
        if usage_kind is None:
            continue
        base, since = told.get((usage_kind, limit.category), (Money(0, rules.currency), None))
        mine = [c for c in claims if _counts(c, limit.category, limit.kind, year, diagnosis_code)]
        twice = [c for c in elsewhere if _counts(c, limit.category, limit.kind, year, diagnosis_code)]
        known = _known_by(twice, rules.currency, since)
        limits[(limit.category, limit.kind)] = base - min(known, base) + _sum(mine, rules.currency, since)
    gone, since = told.get((UsageKind.DEDUCTIBLE, None), (Money(0, rules.currency), None))
    if deductible_per is not DeductiblePer.CLAIM:
        same = [c for c in claims if _counts_deductible(c, deductible_per, year, diagnosis_code)]
        gone += _sum_deductible(session, same, rules.currency, since)
    return Used(
        deductible=gone if deductible_per is not DeductiblePer.CLAIM else None, limits=limits,
        annual_left=_annual_left(cover, rules.currency, year, claims), paid_by_others=paid_by_others,
    )  # fmt: skip


def usage_lines(
    session: Session, cover: CoverRow, rules: PlanRules, *, on: dt.date, but_claim: int | None = None,
    but: CountedElsewhere | None = None, diagnosis_code: str = "",
) -> list[UsageLine]:  # fmt: skip
    """Each limit of the plan that runs over time with what is used and held of it on a day."""
    used = used_of(
        session, cover, rules, DeductiblePer.POLICY_YEAR, on=on, but_claim=but_claim, but=but,
        diagnosis_code=diagnosis_code,
    )  # fmt: skip
    most = {(x.category, x.kind): x.amount for x in rules.limits}
    year = policy_year(get(session, PolicyRow, cover.policy_id).inception_on, on)
    told = _told(session, cover.id, rules.currency, year)
    held = reserved(session, cover.id, rules.currency, on=on)
    words = usages_of(session, cover.id)
    found = []
    for (category, kind), amount in used.limits.items():
        usage_kind = next(u for u, k in LIMIT_OF.items() if k is kind)
        since = told.get((usage_kind, category), (None, None))[1]
        word = next((v for v in words if (v.usage.kind, v.usage.category) == (usage_kind, category)), None)
        found.append(
            UsageLine(
                kind=usage_kind, category=category, limit=most.get((category, kind)), used=amount,
                reserved=held if category is None else None,
                as_of=since, source=UsageSource.INSURER if since else UsageSource.COMPUTED,
                told_id=word.id if word is not None and since else None,
            )
        )  # fmt: skip
    return found


def reserved(session: Session, cover_id: int, currency: str, *, on: dt.date) -> Money:
    """What letters hold of the limit, converted by the day's rate.

    A letter in force holds its newest ceiling; after the final one it is what the insurer accepted, until the claim is
    decided, within the policy year of the final letter.
    """
    held = Money(0, currency)
    for accepted in _accepted(session, cover_id, on=on):
        held += _converted(session, accepted, currency, on) or Money(0, currency)
    letters = sa.select(GuaranteeRow.id).where(GuaranteeRow.cover_id == cover_id, GuaranteeRow.state.in_(_HOLDS))
    for key in session.scalars(letters):
        newest = session.scalar(
            sa.select(GuaranteeVersionRow)
            .where(GuaranteeVersionRow.guarantee_id == key)
            .order_by(GuaranteeVersionRow.number.desc())
            .limit(1)
        )
        if newest is not None and newest.ceiling_minor is not None and newest.currency:
            amount = _converted(session, Money(newest.ceiling_minor, newest.currency), currency, on)
            held += amount or Money(0, currency)
    return held


def _accepted(session: Session, cover_id: int, *, on: dt.date) -> Iterator[Money]:
    """What final letters of the policy year accepted and no decided claim counts yet."""
    cover = get(session, CoverRow, cover_id)
    first_on, last_on = policy_year(get(session, PolicyRow, cover.policy_id).inception_on, on)
    letters = session.scalars(
        sa.select(GuaranteeRow).where(
            GuaranteeRow.cover_id == cover_id,
            GuaranteeRow.state.in_(_ACCEPTED),
            GuaranteeRow.accepted_minor.is_not(None),
        )
    )
    for letter in letters:
        issued = session.scalar(
            sa.select(sa.func.max(GuaranteeVersionRow.issued_at)).where(
                GuaranteeVersionRow.guarantee_id == letter.id, GuaranteeVersionRow.kind == VersionKind.FINAL
            )
        )
        counted = session.scalar(
            sa.select(sa.func.count()).where(
                sa.or_(
                    ClaimRow.guarantee_id == letter.id,
                    sa.and_(ClaimRow.guarantee_id.is_(None), ClaimRow.journey_id == letter.journey_id),
                ),
                ClaimRow.cover_id == cover_id,
                ClaimRow.state.in_(_DECIDED),
            )
        )
        day = day_of(session, issued or letter.state_since)
        if not counted and first_on <= day <= last_on and letter.accepted_minor is not None:
            yield Money(letter.accepted_minor, letter.accepted_currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    id: int
    journey_id: int | None
    on: dt.date
    decided_on: dt.date | None
    approved: Money
    diagnosis_code: str
    rate: Decimal
    """From the claim's currency to the plan's."""


def _claims(session: Session, cover_id: int, currency: str, *, but_claim: int | None) -> Iterator[_Claim]:
    rows = session.scalars(
        sa.select(ClaimRow).where(
            ClaimRow.cover_id == cover_id, ClaimRow.approved_minor.is_not(None), ClaimRow.state.in_(_PAID_FOR)
        )
    )
    for row in rows:
        on = row.admitted_on or row.submitted_on or row.aged_from
        if row.id == but_claim or row.approved_minor is None:
            continue
        if row.rate and row.rate_to == currency:
            rate = Decimal(row.rate)
        elif row.currency == currency:
            rate = Decimal(1)
        else:
            found = rate_on(session, row.currency, currency, on)
            if found is None:
                continue
            rate = Decimal(found.exact.numerator) / Decimal(found.exact.denominator)
        yield _Claim(
            id=row.id, journey_id=row.journey_id, on=on, decided_on=row.decided_on, rate=rate,
            diagnosis_code=row.diagnosis_code,
            approved=Money(row.approved_minor, row.currency).times(rate, currency),
        )  # fmt: skip


def _told(
    session: Session, cover_id: int, currency: str, year: tuple[dt.date, dt.date]
) -> dict[tuple[UsageKind, BenefitCategory | None], tuple[Money, dt.date]]:
    """The insurer's newest word on each limit; what it said of an earlier policy year does not count for this one."""
    found: dict[tuple[UsageKind, BenefitCategory | None], tuple[Money, dt.date]] = {}
    for view in usages_of(session, cover_id):
        usage = view.usage
        of_year = usage.kind in (UsageKind.ANNUAL, UsageKind.DEDUCTIBLE)
        if usage.used.currency != currency or (of_year and not year[0] <= usage.as_of <= year[1]):
            continue
        found.setdefault((usage.kind, usage.category), (usage.used, usage.as_of))
    return found


def _counts(
    claim: _Claim, category: BenefitCategory | None, kind: LimitKind, year: tuple[dt.date, dt.date], diagnosis_code: str
) -> bool:
    if kind is LimitKind.ANNUAL and not year[0] <= claim.on <= year[1]:
        return False
    if kind is LimitKind.PER_DISABILITY and not _same_illness(claim.diagnosis_code, diagnosis_code):
        return False
    return category is None or benefit_of_diagnosis(claim.diagnosis_code) is category


def _counts_deductible(claim: _Claim, per: DeductiblePer, year: tuple[dt.date, dt.date], diagnosis_code: str) -> bool:
    if per is DeductiblePer.DISABILITY:
        return _same_illness(claim.diagnosis_code, diagnosis_code)
    return year[0] <= claim.on <= year[1]


def _same_illness(one: str, other: str) -> bool:
    """The same three signs of ICD-10; an unknown diagnosis is nobody's."""
    return bool(one[:3]) and one[:3] == other[:3]


def _since(claims: list[_Claim], since: dt.date | None) -> list[_Claim]:
    return [c for c in claims if since is None or (c.decided_on is not None and c.decided_on > since)]


def _sum(claims: list[_Claim], currency: str, since: dt.date | None) -> Money:
    added = Money(0, currency)
    for claim in _since(claims, since):
        added += claim.approved
    return added


def _known_by(claims: list[_Claim], currency: str, since: dt.date | None) -> Money:
    """What of these claims was decided when the insurer gave its word."""
    known = Money(0, currency)
    for claim in claims:
        if since is not None and claim.decided_on is not None and claim.decided_on <= since:
            known += claim.approved
    return known


def _sum_deductible(session: Session, claims: list[_Claim], currency: str, since: dt.date | None) -> Money:
    """What insurers cut as deductible from the lines of these claims."""
    added = Money(0, currency)
    for claim in _since(claims, since):
        cut = session.scalar(
            sa.select(sa.func.sum(ClaimLineRow.claimed_minor - ClaimLineRow.approved_minor)).where(
                ClaimLineRow.claim_id == claim.id, ClaimLineRow.reason == ReasonCode.R19,
                ClaimLineRow.approved_minor.is_not(None),
            )
        )  # fmt: skip
        added += Money(int(cut or 0), currency).times(claim.rate)
    return added


def _annual_left(cover: CoverRow, currency: str, year: tuple[dt.date, dt.date], claims: list[_Claim]) -> Money | None:
    """What the insurer said is left, less what was approved since; nothing where it said it of another year."""
    left, as_of = cover.annual_limit_left_minor, cover.annual_limit_as_of
    if left is None or as_of is None or cover.annual_limit_currency != currency or not year[0] <= as_of <= year[1]:
        return None
    in_year = [c for c in claims if year[0] <= c.on <= year[1]]
    rest = Money(left, currency) - _sum(in_year, currency, as_of)
    return rest if rest.minor > 0 else Money(0, currency)


def _converted(session: Session, money: Money, currency: str, on: dt.date) -> Money | None:
    if money.currency == currency:
        return money
    rate = rate_on(session, money.currency, currency, on)
    return None if rate is None else rate.convert(money)
