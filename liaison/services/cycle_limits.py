"""The limit a plan of cycles is paid from, where it is one of the case's policy: its amount, and what else used it up.

Each ringgit is counted once: the cycles count their own cost, so claims of the same case since the first cycle are left
out of what was used before, also where the insurer's word on it knew of them already. A limit of a policy year has one
amount for each year that the visits' days lie in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from liaison.domain.benefits import BenefitCategory, LimitKind
from liaison.domain.cycles import LimitYear
from liaison.domain.fx import UsedRate
from liaison.domain.money import Money
from liaison.domain.plans import UsageSource, policy_year
from liaison.i18n import N_
from liaison.services.benefit_usage import LIMIT_OF, CountedElsewhere, usage_lines
from liaison.services.changes import get, today
from liaison.services.plans import plan_of
from liaison.services.rates import rate_on
from liaison.services.sentences import Sentence, said
from liaison.store.models import CoverRow, CyclePlanRow, JourneyRow, PolicyRow

WHOLE_POLICY = N_("whole policy")
OF_THE_PLAN = N_("{benefit}: {kind}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitLimit:
    """A limit of the case's policy as a plan of cycles can be paid from it, in the currency of the plan's price."""

    kind: LimitKind
    category: BenefitCategory | None
    name: Sentence
    limit: Money
    used: Money
    """Used before the plan and beside it."""
    stated: Money
    """The limit in its own currency."""
    source: UsageSource
    rate: UsedRate | None


def limits_for(session: Session, plan: CyclePlanRow, *, on: dt.date | None = None) -> tuple[BenefitLimit, ...]:
    """The limits that a plan's cycles may count against; none where the policy's rules or a rate are not on record.

    What is used of them is that of the policy year ``on`` lies in: the first visit's, where no day is given.
    """
    journey = get(session, JourneyRow, plan.journey_id)
    cover = session.get(CoverRow, journey.cover_id) if journey.cover_id is not None else None
    rules = plan_of(session, get(session, PolicyRow, cover.policy_id).product_id) if cover is not None else None
    if cover is None or rules is None:
        return ()
    rate = None
    if rules.currency != plan.currency:
        rate = rate_on(session, rules.currency, plan.currency, today(session))
        if rate is None:
            return ()
    lines = usage_lines(
        session, cover, rules, on=on or plan.first_on, diagnosis_code=journey.diagnosis_code,
        but=CountedElsewhere(journey_id=journey.id, since=plan.first_on),
    )  # fmt: skip
    return tuple(
        BenefitLimit(
            kind=LIMIT_OF[line.kind], category=line.category, stated=line.limit, source=line.source, rate=rate,
            name=said(OF_THE_PLAN, benefit=line.category or said(WHOLE_POLICY), kind=LIMIT_OF[line.kind]),
            limit=rate.convert(line.limit) if rate else line.limit,
            used=rate.convert(line.used) if rate else line.used,
        )
        for line in lines
        if line.limit is not None
    )  # fmt: skip


def years_for(session: Session, plan: CyclePlanRow, days: Iterable[dt.date]) -> tuple[LimitYear, ...]:
    """The policy years that days lie in, each with its amount; none for a limit that does not begin anew.

    Where nobody wrote down when the policy began, its year is that of the calendar.
    """
    if not begins_anew(plan):
        return ()
    journey = get(session, JourneyRow, plan.journey_id)
    cover = session.get(CoverRow, journey.cover_id) if journey.cover_id is not None else None
    begun = get(session, PolicyRow, cover.policy_id).inception_on if cover is not None else None
    spans = sorted({policy_year(begun, day) for day in (plan.first_on, *days)})
    found = []
    for first_on, last_on in spans:
        if plan.benefit_kind is None:
            limit = None if plan.limit_minor is None else Money(plan.limit_minor, plan.currency)
            used = plan.used_minor if first_on <= plan.first_on <= last_on else None
            told = None if used is None else Money(used, plan.currency)
        else:
            of_year = limit_of(session, plan, on=max(first_on, plan.first_on))
            limit, told = (of_year.limit, of_year.used) if of_year is not None else (None, None)
        if limit is not None:
            found.append(LimitYear(first_on=first_on, last_on=last_on, limit=limit, used=told))
    return tuple(found)


def begins_anew(plan: CyclePlanRow) -> bool:
    """Whether the limit of a plan is one of the policy year."""
    return plan.is_yearly if plan.benefit_kind is None else plan.benefit_kind is LimitKind.ANNUAL


def limit_of(session: Session, plan: CyclePlanRow, *, on: dt.date | None = None) -> BenefitLimit | None:
    """The limit of the policy that a plan is tied to, as it stands now; none where it is written down by hand."""
    if plan.benefit_kind is None:
        return None
    found = limits_for(session, plan, on=on)
    return next((x for x in found if (x.kind, x.category) == (plan.benefit_kind, plan.benefit_category)), None)
