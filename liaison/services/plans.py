"""How plans pay: the rules, the table of benefits, and what of a person's limits is used up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.benefits import PlanRules, Step
from liaison.domain.errors import refuse_if
from liaison.domain.money import Money
from liaison.domain.plans import (
    BenefitLimitDraft,
    BenefitUsageDraft,
    PlanRulesDraft,
    check_limit,
    check_rules,
    check_usage,
    read_percent,
    rules_of,
)
from liaison.domain.policies import ProductDraft
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, get_for, money, need, today
from liaison.store.models import BenefitLimitRow, BenefitUsageRow, CoverRow, PlanRulesRow, ProductRow

KNOWN_LIMIT = N_("This benefit has a limit of this kind already. Change that one instead.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitView:
    """A line of the table of benefits."""

    id: int
    version: int
    limit: BenefitLimitDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A product and plan with its rules and limits, as a card shows it."""

    product_id: int
    product_version: int
    title: str
    currency: str
    annual_limit: Money | None
    room_class: str
    rules: PlanRulesDraft | None
    """None where nobody wrote them down yet."""
    limits: tuple[LimitView, ...]


# rules


def plan_rules_draft(session: Session, product_id: int) -> PlanRulesDraft:
    """What the form of a plan's rules opens with: those on record, else empty ones."""
    row = _row(session, product_id)
    if row is None:
        get(session, ProductRow, product_id)
        return PlanRulesDraft(product_id=product_id, source="", stated_on=today(session))
    return draft_of(row, PlanRulesDraft, step_order=tuple(Step(s) for s in row.step_order))


def set_plan_rules(session: Session, draft: PlanRulesDraft, *, version: int | None = None) -> Changes:
    """Write down how a plan pays; earlier rules are replaced, the history keeps them."""
    product = get(session, ProductRow, draft.product_id)
    refuse_if(check_rules(draft, currency=product.currency, today=today(session)))
    row = _row(session, draft.product_id)
    if row is not None:
        get_for(session, PlanRulesRow, row.id, draft, version=version)
    row = row or PlanRulesRow(product_id=draft.product_id)
    fill(row, draft, leave=("copay_percent",))
    percent = read_percent(draft.copay_percent)
    row.copay_percent = "" if percent is None else f"{percent:f}"
    row.currency = product.currency
    add(session, row)
    return changes(("plan_rules", row.id), ("product", product.id), ("organization", product.insurer_id), made=row.id)


def plan_of(session: Session, product_id: int | None) -> PlanRules | None:
    """A plan's rules as the calculation reads them; none where nobody wrote them down."""
    product = session.get(ProductRow, product_id) if product_id is not None else None
    if product is None or _row(session, product.id) is None:
        return None
    return rules_of(
        plan_rules_draft(session, product.id),
        [x.limit for x in limits_of(session, product.id)],
        currency=product.currency,
        annual_limit=money(product.annual_limit_minor, product.currency),
    )


def plans_of(session: Session, insurer_id: int) -> list[PlanView]:
    """An insurer's plans with what is known of how they pay."""
    products = sa.select(ProductRow).where(ProductRow.insurer_id == insurer_id)
    return [plan_view(session, p.id) for p in session.scalars(products.order_by(ProductRow.name, ProductRow.plan))]


def plan_view(session: Session, product_id: int) -> PlanView:
    """One plan with what is known of how it pays."""
    row = get(session, ProductRow, product_id)
    return PlanView(
        product_id=row.id,
        product_version=row.version,
        title=f"{row.name} · {row.plan}" if row.plan else row.name,
        currency=row.currency,
        annual_limit=money(row.annual_limit_minor, row.currency),
        room_class=row.room_class,
        rules=plan_rules_draft(session, row.id) if _row(session, row.id) is not None else None,
        limits=limits_of(session, row.id),
    )


def product_draft(session: Session, key: int) -> ProductDraft:
    """What the form of a product opens with."""
    return draft_of(get(session, ProductRow, key), ProductDraft)


def _row(session: Session, product_id: int) -> PlanRulesRow | None:
    return session.scalar(sa.select(PlanRulesRow).where(PlanRulesRow.product_id == product_id))


# limits


def limits_of(session: Session, product_id: int) -> tuple[LimitView, ...]:
    """A plan's table of benefits, in the order it was written down."""
    rows = sa.select(BenefitLimitRow).where(BenefitLimitRow.product_id == product_id).order_by(BenefitLimitRow.id)
    return tuple(
        LimitView(id=r.id, version=r.version, limit=draft_of(r, BenefitLimitDraft)) for r in session.scalars(rows)
    )


def add_limit(session: Session, draft: BenefitLimitDraft) -> Changes:
    """Add a line to a plan's table of benefits."""
    product = get(session, ProductRow, draft.product_id)
    refuse_if([*check_limit(draft, currency=product.currency), *_known(session, draft)])
    row = add(session, fill(BenefitLimitRow(currency=product.currency), draft))
    return _limit_touched(session, row, made=row.id)


def edit_limit(session: Session, key: int, draft: BenefitLimitDraft, *, version: int | None = None) -> Changes:
    """Change a line of a plan's table of benefits."""
    row = get_for(session, BenefitLimitRow, key, draft, version=version)
    product = get(session, ProductRow, row.product_id)
    refuse_if([*check_limit(draft, currency=product.currency), *_known(session, draft, but=key)])
    fill(row, draft, leave=("product_id",))
    session.flush()
    return _limit_touched(session, row)


def remove_limit(session: Session, key: int) -> Changes:
    """Take a line off a plan's table of benefits; one undo brings it back."""
    row = get(session, BenefitLimitRow, key)
    done = _limit_touched(session, row)
    session.delete(row)
    session.flush()
    return done


def _known(session: Session, draft: BenefitLimitDraft, *, but: int | None = None) -> list[Problem]:
    same = sa.select(BenefitLimitRow.id).where(
        BenefitLimitRow.product_id == draft.product_id, BenefitLimitRow.kind == draft.kind,
        BenefitLimitRow.category.is_not_distinct_from(draft.category),
    )  # fmt: skip
    if session.scalar(same) not in (None, but):
        return [Problem(code="KNOWN_LIMIT", message=KNOWN_LIMIT, field="kind")]
    return []


def _limit_touched(session: Session, row: BenefitLimitRow, *, made: int | None = None) -> Changes:
    product = get(session, ProductRow, row.product_id)
    return changes(("benefit_limit", row.id), ("product", product.id), ("organization", product.insurer_id), made=made)


# what is used up


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageView:
    """What the insurer said is used up of a limit or the deductible."""

    id: int
    version: int
    usage: BenefitUsageDraft


def record_usage(session: Session, draft: BenefitUsageDraft) -> Changes:
    """Write down what the insurer says is used up; what it said before stays on record with its day."""
    refuse_if([*check_usage(draft, today=today(session)), *need(session, CoverRow, draft.cover_id, field="cover_id")])
    row = add(session, fill(BenefitUsageRow(), draft))
    return _usage_touched(session, row, made=row.id)


def edit_usage(session: Session, key: int, draft: BenefitUsageDraft, *, version: int | None = None) -> Changes:
    """Correct what was written down as used up."""
    row = get_for(session, BenefitUsageRow, key, draft, version=version)
    refuse_if(check_usage(draft, today=today(session)))
    fill(row, draft, leave=("cover_id",))
    session.flush()
    return _usage_touched(session, row)


def remove_usage(session: Session, key: int) -> Changes:
    """Take a statement of usage off; one undo brings it back."""
    row = get(session, BenefitUsageRow, key)
    done = _usage_touched(session, row)
    session.delete(row)
    session.flush()
    return done


def usages_of(session: Session, cover_id: int) -> tuple[UsageView, ...]:
    """What the insurer said is used up, newest first."""
    rows = sa.select(BenefitUsageRow).where(BenefitUsageRow.cover_id == cover_id)
    return tuple(
        UsageView(id=r.id, version=r.version, usage=draft_of(r, BenefitUsageDraft))
        for r in session.scalars(rows.order_by(BenefitUsageRow.as_of.desc(), BenefitUsageRow.id.desc()))
    )


def _usage_touched(session: Session, row: BenefitUsageRow, *, made: int | None = None) -> Changes:
    cover = get(session, CoverRow, row.cover_id)
    return changes(("benefit_usage", row.id), ("cover", cover.id), ("patient", cover.patient_id), made=made)


def last_day_to_send(session: Session, product_id: int | None, treated_until: dt.date | None) -> dt.date | None:
    """The last day of a plan's submission window, where the plan states one and the treatment has ended."""
    row = _row(session, product_id) if product_id is not None else None
    if row is None or row.submit_within_days is None or treated_until is None:
        return None
    return treated_until + dt.timedelta(days=row.submit_within_days)
