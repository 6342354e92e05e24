"""What an insurer will probably pay for a claim, or for a case's bill or estimate: read, worked out, never stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.adjudication import ONLY_AT_HOME, adjudicate
from liaison.domain.benefit_lines import Adjudication, BillLine, Treatment, convert_lines
from liaison.domain.benefits import PlanRules, RateDays, RateRule, benefit_of_diagnosis, rate_day
from liaison.domain.claims import ClaimKind, ClaimState
from liaison.domain.errors import Refused
from liaison.domain.fx import RateKind, UsedRate
from liaison.domain.identifiers import number_key
from liaison.domain.money import Money
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.policies import PayerContext
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.belonging import name_of
from liaison.services.benefit_usage import UsageLine, usage_lines, used_of
from liaison.services.changes import Changes, get, today
from liaison.services.claims import freeze_rate, lines_of
from liaison.services.hospital_days import day_there
from liaison.services.payments import latest_bill
from liaison.services.plans import plan_of, plan_rules_draft
from liaison.services.rates import rate_on
from liaison.services.sentences import Sentence, said
from liaison.store.models import (
    BillRow,
    ClaimLineRow,
    ClaimRow,
    CoverRow,
    EstimateRow,
    JourneyRow,
    OrganizationRow,
    PaymentRow,
    PolicyRow,
    ProductRow,
)

NO_PLAN = N_("The policy names no plan, so nothing can be worked out.")
NO_RULES = N_("How this plan pays is not on record yet. Write its rules down once, on the insurer's card.")
NO_RATE = N_("No rate from {base} to {quote} is on record for {day} or the month before.")
NOTHING_BILLED = N_("Neither a bill nor an estimate is on record.")
NO_RULE = N_("The plan names no day for the rate; today's counts here.")
NOT_YET = N_("{rule}: this day has not come yet; today's rate counts here.")
EARLIER_DAY = N_("No rate was published on {day}; that of the last published day before it counts.")
FROZEN = N_("This rate was kept on the claim; later rates change nothing.")
NO_RATE_TO_KEEP = N_("There is no rate to keep: the plan pays in the currency of the bill.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RateUsed:
    """The rate an estimate was converted by, by which rule, and everything odd about it."""

    rate: UsedRate
    rule: RateRule | None
    is_frozen: bool
    is_provisional: bool
    """The rule's day is not there yet, or the plan names none: today's rate stands in."""
    notes: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitEstimate:
    """What one insurer will probably pay. ``why_not`` says why there is no figure, where there is none."""

    cover_id: int
    insurer: str
    insurer_id: int | None
    plan: str
    product_id: int | None
    billed: Money
    rate: RateUsed | None = None
    result: Adjudication | None = None
    source: str = ""
    """Where the plan's rules stand."""
    stated_on: dt.date | None = None
    why_not: Sentence | None = None
    usage: tuple[UsageLine, ...] = ()
    """The plan's limits that run over time and that this bill takes from, with what was used of them before."""


# a claim


def estimate_claim(session: Session, claim_id: int) -> BenefitEstimate:
    """What the insurer will probably pay for a claim, line by line."""
    row = get(session, ClaimRow, claim_id)
    lines = [
        BillLine(key=x.id, claimed=Money(x.claimed_minor, row.currency), category=x.category,
                 description=x.description, service_on=x.service_on)
        for x in lines_of(session, claim_id)
    ] or [BillLine(key=0, claimed=Money(row.billed_minor, row.currency))]  # fmt: skip
    treatment = Treatment(
        country=_country(session, row.hospital_id, row.journey_id), admitted_on=row.admitted_on,
        discharged_on=row.discharged_on, is_outpatient=row.kind is ClaimKind.PRE_POST_HOSP,
        intensive_nights=row.intensive_nights, benefit=benefit_of_diagnosis(row.diagnosis_code),
    )  # fmt: skip
    asked = _Asked(
        billed=Money(row.billed_minor, row.currency), lines=tuple(lines), treatment=treatment,
        days=rate_days(session, row), frozen=_frozen(row), but_claim=row.id, diagnosis_code=row.diagnosis_code,
    )  # fmt: skip
    return _estimate(session, row.cover_id, asked)


def find_claim(session: Session, number: str) -> int | None:
    """The claim with an insurer's number, however it is written; the newest, where several insurers gave the same."""
    if not number_key(number):
        return None
    same = sa.select(sa.func.max(ClaimRow.id)).where(
        ClaimRow.claim_no_key == number_key(number), ClaimRow.state != ClaimState.VOID
    )
    return session.scalar(same)


def keep_rate(session: Session, claim_id: int, *, version: int | None = None) -> Changes:
    """Freeze the rate of the plan's rule on the claim. Raises Refused where there is none to keep."""
    found = estimate_claim(session, claim_id).rate
    if found is None or not found.rate.source:
        raise Refused([Problem(code="NO_RATE_TO_KEEP", message=NO_RATE_TO_KEEP)])
    return freeze_rate(session, claim_id, found.rate, version=version)


def rate_days(session: Session, row: ClaimRow) -> RateDays:
    """The days of a claim that a plan's rate rule may choose between."""
    served = sa.select(sa.func.min(ClaimLineRow.service_on)).where(ClaimLineRow.claim_id == row.id)
    billed = settled = None
    if row.journey_id is not None:
        billed = session.scalar(
            sa.select(sa.func.max(BillRow.billed_on)).where(
                BillRow.journey_id == row.journey_id, BillRow.kind == BillKind.FINAL
            )
        )
        settled = session.scalar(
            sa.select(sa.func.max(PaymentRow.paid_on)).where(
                PaymentRow.journey_id == row.journey_id, PaymentRow.payer == Payer.PATIENT,
                PaymentRow.purpose == PaymentPurpose.BILL,
            )
        )  # fmt: skip
    paid = sa.select(sa.func.min(PaymentRow.paid_on)).where(
        PaymentRow.claim_id == row.id, PaymentRow.purpose == PaymentPurpose.CLAIM
    )
    return RateDays(
        admitted_on=row.admitted_on, served_on=session.scalar(served) or row.admitted_on,
        discharged_on=row.discharged_on, billed_on=billed, settled_on=settled, submitted_on=row.submitted_on,
        decided_on=row.decided_on, paid_on=session.scalar(paid),
    )  # fmt: skip


def _frozen(row: ClaimRow) -> UsedRate | None:
    if not row.rate or row.rate_on is None:
        return None
    return UsedRate(
        base=row.currency, quote=row.rate_to, exact=Fraction(Decimal(row.rate)), on=row.rate_on, asked_for=row.rate_on,
        source=row.rate_source,
    )  # fmt: skip


# a case


def estimate_case(
    session: Session, journey_id: int, *, of: Money | None = None, country: str = ""
) -> list[BenefitEstimate]:
    """What each of the patient's insurers will probably pay of the bill so far, else of the highest estimate.

    ``of`` asks for another amount, ``country`` for treatment elsewhere: a hospital's estimate beside the one at home.
    Several policies take part in their order; a later one pays at most what the earlier ones left. BPJS takes part in
    Indonesia only. Refused where nothing was billed or estimated yet.
    """
    journey = get(session, JourneyRow, journey_id)
    billed = of or billed_of(session, journey)
    if billed is None:
        raise Refused([Problem(code="NOTHING_BILLED", message=NOTHING_BILLED)])
    country = country or _country(session, journey.hospital_id, journey.id)
    admitted = day_there(session, journey, journey.admitted_at) if journey.admitted_at else journey.planned_admission_on
    left = day_there(session, journey, journey.discharged_at) if journey.discharged_at else None
    asked = _Asked(
        billed=billed, lines=(BillLine(key=0, claimed=billed),),
        treatment=Treatment(country=country, admitted_on=admitted, discharged_on=left,
                            benefit=benefit_of_diagnosis(journey.diagnosis_code)),
        days=RateDays(admitted_on=admitted, served_on=admitted, discharged_on=left),
        diagnosis_code=journey.diagnosis_code,
    )  # fmt: skip
    found: list[BenefitEstimate] = []
    paid = Money(0, billed.currency)
    for cover in covers_in_order(session, journey):
        if cover.payer_context is PayerContext.BPJS and country != "ID":
            found.append(_no_figure(session, cover, billed, said(ONLY_AT_HOME)))
            continue
        one = _estimate(session, cover.id, asked, paid_by_others=paid if paid else None)
        found.append(one)
        paid += in_bill_currency(one)
    return found


def covers_in_order(session: Session, journey: JourneyRow) -> list[CoverRow]:
    """The patient's policies, the one that pays first before the others; the case's own where none is settled."""
    rows = session.scalars(sa.select(CoverRow).where(CoverRow.patient_id == journey.patient_id)).all()
    return sorted(rows, key=lambda c: (c.cob_order or 99, c.id != journey.cover_id, c.id))


def billed_of(session: Session, journey: JourneyRow) -> Money | None:
    """The newest bill of a case, else the high end of its newest estimate."""
    bill = latest_bill(session, journey.id)
    if bill is not None:
        return Money(bill.amount_minor, bill.currency)
    estimates = sa.select(EstimateRow).where(EstimateRow.journey_id == journey.id)
    newest = session.scalar(estimates.order_by(EstimateRow.stated_on.desc(), EstimateRow.id.desc()).limit(1))
    return None if newest is None else Money(newest.high_minor, newest.currency)


def in_bill_currency(estimate: BenefitEstimate) -> Money:
    """The benefit in the currency of the bill, for the payer that comes next."""
    result, billed = estimate.result, estimate.billed
    if result is None:
        return Money(0, billed.currency)
    if estimate.rate is None:
        return result.benefit
    exact = Fraction(result.benefit.minor) / estimate.rate.rate.exact
    return Money(min(round(exact), billed.minor), billed.currency)


# the calculation


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is to be worked out, whoever pays."""

    billed: Money
    lines: tuple[BillLine, ...]
    treatment: Treatment
    days: RateDays
    frozen: UsedRate | None = None
    but_claim: int | None = None
    diagnosis_code: str = ""


def _estimate(
    session: Session, cover_id: int, asked: _Asked, *, paid_by_others: Money | None = None
) -> BenefitEstimate:
    cover = get(session, CoverRow, cover_id)
    policy = get(session, PolicyRow, cover.policy_id)
    product = session.get(ProductRow, policy.product_id) if policy.product_id is not None else None
    if product is None:
        return _no_figure(session, cover, asked.billed, said(NO_PLAN))
    rules = plan_of(session, product.id)
    if rules is None:
        return _no_figure(session, cover, asked.billed, said(NO_RULES))
    draft = plan_rules_draft(session, product.id)
    rate = _rate(session, asked, rules, draft.rate_rule, draft.rate_source)
    if isinstance(rate, Sentence):
        return _no_figure(session, cover, asked.billed, rate)
    treatment = replace(
        asked.treatment, covered_from=cover.valid_from or policy.inception_on,
        covered_to=cover.valid_to or policy.expires_on, insured_since=policy.inception_on or cover.valid_from,
    )  # fmt: skip
    lines = convert_lines(asked.lines, rate.rate) if rate is not None else asked.lines
    others = rate.rate.convert(paid_by_others) if rate is not None and paid_by_others is not None else paid_by_others
    day = treatment.admitted_on or asked.days.served_on or today(session)
    used = used_of(
        session, cover, rules, draft.deductible_per, on=day, but_claim=asked.but_claim,
        diagnosis_code=asked.diagnosis_code, paid_by_others=others,
    )  # fmt: skip
    result = adjudicate(lines, rules, treatment=treatment, used=used)
    taken = {None, treatment.benefit, *(line.benefit_category for line in result.lines)}
    usage = usage_lines(
        session, cover, rules, on=day, but_claim=asked.but_claim, diagnosis_code=asked.diagnosis_code
    )  # fmt: skip
    return replace(
        _no_figure(session, cover, asked.billed, None), rate=rate, source=draft.source, stated_on=draft.stated_on,
        result=result, usage=tuple(line for line in usage if line.category in taken),
    )  # fmt: skip


def _no_figure(session: Session, cover: CoverRow, billed: Money, why: Sentence | None) -> BenefitEstimate:
    policy = get(session, PolicyRow, cover.policy_id)
    product = session.get(ProductRow, policy.product_id) if policy.product_id is not None else None
    title = "" if product is None else f"{product.name} · {product.plan}" if product.plan else product.name
    return BenefitEstimate(
        cover_id=cover.id, insurer=name_of(session, policy.insurer_id), insurer_id=policy.insurer_id, plan=title,
        product_id=policy.product_id, billed=billed, why_not=why,
    )  # fmt: skip


def _rate(
    session: Session, asked: _Asked, rules: PlanRules, rule: RateRule | None, source: str
) -> RateUsed | Sentence | None:
    """The rate by the plan's rule; nothing where one currency does, a sentence where none is on record."""
    base, quote = asked.billed.currency, rules.currency
    if base == quote:
        return None
    if asked.frozen is not None and asked.frozen.quote == quote:
        return RateUsed(
            rate=asked.frozen, rule=rule, is_frozen=True, is_provisional=False, notes=(said(FROZEN),)
        )  # fmt: skip
    kind = RateKind.FIXED if rule is RateRule.POLICY_FIXED else RateKind.MID
    day = rate_day(rule, asked.days) if rule is not None else None
    found = rate_on(session, base, quote, day or today(session), source=source, kind=kind)
    if found is None:
        return said(NO_RATE, base=base, quote=quote, day=day or today(session))
    notes = []
    if rule is None:
        notes.append(said(NO_RULE))
    elif day is None and kind is not RateKind.FIXED:
        notes.append(said(NOT_YET, rule=rule))
    if found.is_previous_day:
        notes.append(said(EARLIER_DAY, day=found.asked_for))
    provisional = day is None and kind is not RateKind.FIXED
    return RateUsed(rate=found, rule=rule, is_frozen=False, is_provisional=provisional, notes=tuple(notes))


def _country(session: Session, hospital_id: int | None, journey_id: int | None) -> str:
    house = session.get(OrganizationRow, hospital_id) if hospital_id is not None else None
    if house is not None and house.country:
        return house.country
    journey = session.get(JourneyRow, journey_id) if journey_id is not None else None
    return journey.destination_country if journey is not None else ""
