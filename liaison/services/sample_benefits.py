"""How the plans of the sample office's insurers pay: invented rules and limits, so that every estimate has a figure."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from liaison.domain.benefits import BenefitCategory, DeductiblePer, LimitKind, RateRule
from liaison.domain.money import Money
from liaison.domain.plans import BenefitLimitDraft, PlanRulesDraft
from liaison.services import plans
from liaison.services.changes import today

SOURCE = "ringkasan polis (contoh), hal. 4"
READ_DAYS = 40
"""So many days ago somebody read the plans."""

ROOM, DEDUCTIBLE, CANCER = 1_500_000, 2_500_000, 205_000_000
"""Rupiah of the smallest plan; a larger one pays as many times."""


def add_rules(session: Session, product_id: int, *, place: int) -> None:
    """Write a plan's rules down; ``place`` is 0 for the insurer's smallest plan."""
    times = place + 1

    def rupiah(units: int) -> Money:
        return Money.of(units * times, "IDR")

    draft = PlanRulesDraft(
        product_id=product_id, source=SOURCE, stated_on=today(session) - dt.timedelta(days=READ_DAYS),
        territories=("ID MY SG TH 100", "other 80") if place else ("ID MY SG TH 100", "other 0"),
        room_per_day=rupiah(ROOM), deductible=None if place else rupiah(DEDUCTIBLE),
        deductible_per=DeductiblePer.POLICY_YEAR, follows_regulation=place == 0, waiting_days=30, days_before=30,
        days_after=60, rate_rule=RateRule.ADMISSION,
    )  # fmt: skip
    plans.set_plan_rules(session, draft)
    limits = ((BenefitCategory.CANCER, CANCER), (BenefitCategory.MATERNITY_COMPLICATION, CANCER // 4))
    for category, amount in limits:
        plans.add_limit(
            session,
            BenefitLimitDraft(product_id=product_id, kind=LimitKind.ANNUAL, category=category, amount=rupiah(amount)),
        )
