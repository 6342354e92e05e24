"""Repeat cycles of a case: planned, put off or dropped, gone to again from home, counted against their limit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.benefits import BenefitCategory, LimitKind
from liaison.domain.cycles import (
    OPEN,
    CountedVisit,
    CyclePlanDraft,
    LimitYear,
    Rhythm,
    Shortfall,
    Visit,
    VisitDraft,
    VisitState,
    check_cycle_plan,
    check_visit,
    count,
    days_of,
    in_new_rhythm,
    last_day,
    next_visit,
    postponed,
    shortfall,
    shortfalls,
    skipped_days,
)
from liaison.domain.errors import Refused, refuse_if
from liaison.domain.guarantees import GuaranteeDraft, GuaranteeState
from liaison.domain.journeys import JourneyKind, JourneyState, PayerPath
from liaison.domain.money import Money
from liaison.domain.problems import Problem
from liaison.domain.work import TaskKind
from liaison.i18n import N_
from liaison.services.changes import (
    NOTHING,
    Changes,
    add,
    changes,
    clock,
    draft_of,
    fill,
    get,
    get_for,
    money,
    need,
    write_field,
)
from liaison.services.changes import columns_of as columns_of_row
from liaison.services.course_steps import at_nine
from liaison.services.cycle_limits import BenefitLimit, begins_anew, limit_of, limits_for, years_for
from liaison.services.guarantees import guarantee_draft, request_guarantee
from liaison.services.journeys import move_journey
from liaison.services.work import finish_titled
from liaison.store.models import CyclePlanRow, CycleVisitRow, GuaranteeRow, JourneyRow, TaskRow

HAS_PLAN = N_("This case has a plan of cycles already. Change that one.")
SKIP_REASON = N_("Write down why this visit does not take place on its day.")
NOT_OPEN = N_("This visit is over and can no longer be put off.")
NOTHING_PLANNED = N_("No visit of this plan lies ahead. Add visits to the plan first.")
NO_SUCH_LIMIT = N_("The policy of this case has no such limit, or no rate is on record. Write the limit down by hand.")
TOO_FEW = N_("Visits that are under way or over stay in the plan: it has at least {least}.")
COSTS_STAND = N_("Visits of this plan have a cost of their own in {currency}. Change those first.")
LIMIT_SHORT = N_("The limit does not cover the next cycles: agree with the family who pays the rest")
"""Title of the step that names the shortfall before the cycle concerned; the plan on the case shows how much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitView:
    """One visit as the case shows it."""

    id: int
    version: int
    number: int
    planned_on: dt.date
    state: VisitState
    cost: Money
    is_estimate: bool
    """Whether the cost is the plan's price, not what was billed."""
    left: Money | None
    short: Money | None
    note: str
    skipped: tuple[dt.date, ...] = ()
    """Days of the rounds that were skipped before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleView:
    """A plan with its visits against the limit."""

    id: int
    version: int
    journey_id: int
    treatment: str
    every_days: int
    price: Money
    limit: Money | None
    limit_name: str
    used: Money | None
    """Used of the limit before the plan, or beside it."""
    benefit: BenefitLimit | None
    """The limit of the policy it is tied to; none where it is written down by hand."""
    total: Money
    """What was used before and what all visits come to."""
    visits: tuple[VisitView, ...]
    shortfalls: tuple[Shortfall, ...]
    """One for each policy year that falls short."""
    years: tuple[LimitYear, ...]
    """The policy years of a limit that begins anew with each; none for another limit."""
    next_no: int | None
    """Number of the next planned visit."""
    last_on: dt.date | None
    note: str

    @property
    def shortfall(self) -> Shortfall | None:
        """The first that still lies ahead, else the first."""
        return next((s for s in self.shortfalls if s.is_open), self.shortfalls[0] if self.shortfalls else None)

    @property
    def remaining(self) -> int:
        """How many visits still lie ahead or are under way."""
        return sum(v.state in OPEN for v in self.visits)


# planning


def plan_cycles(session: Session, draft: CyclePlanDraft) -> Changes:
    """Plan a treatment of several visits; the case becomes a repeat cycle, the shortfall a step before its cycle."""
    problems = [*check_cycle_plan(draft), *need(session, JourneyRow, draft.journey_id, field="journey_id")]
    if _plan_of(session, draft.journey_id) is not None:
        problems.append(Problem(code="HAS_PLAN", message=HAS_PLAN))
    refuse_if(problems)
    plan = add(session, fill(CyclePlanRow(), draft))
    for number, day in enumerate(days_of(draft.first_on, draft.visits, draft.every_days), start=1):
        add(session, CycleVisitRow(plan_id=plan.id, number=number, planned_on=day, currency=plan.currency))
    journey = get(session, JourneyRow, draft.journey_id)
    journey.kind = JourneyKind.REPEAT_CYCLE
    session.flush()
    _name_shortfall(session, plan)
    return _touched(plan, made=plan.id)


def edit_plan(session: Session, key: int, draft: CyclePlanDraft, *, version: int | None = None) -> Changes:
    """Change a plan. Visits that are under way or over stay; those ahead follow the new number and days."""
    plan = get_for(session, CyclePlanRow, key, draft, version=version)
    rows = _visits(session, key)
    fixed = [r for r in rows if r.state is not VisitState.PLANNED]
    problems = check_cycle_plan(draft)
    least = max((r.number for r in fixed), default=0)
    if draft.visits < least:
        problems.append(Problem(code="TOO_FEW", message=TOO_FEW, field="visits", values={"least": least}))
    if draft.price.currency != plan.currency and any(r.cost_minor is not None for r in rows):
        problems.append(
            Problem(code="COSTS_STAND", message=COSTS_STAND, field="price", values={"currency": plan.currency})
        )
    refuse_if(problems)
    before = Rhythm(first_on=plan.first_on, every_days=plan.every_days)
    if (draft.limit, draft.used, draft.is_yearly) != (*_limit_and_used(session, plan), begins_anew(plan)):
        plan.benefit_kind = plan.benefit_category = None
    fill(plan, draft, leave=("journey_id",))
    _fit_visits(session, plan, rows, before)
    session.flush()
    _name_shortfall(session, plan)
    return _touched(plan)


def _fit_visits(session: Session, plan: CyclePlanRow, rows: list[CycleVisitRow], before: Rhythm) -> None:
    """Add, take off and move planned visits so that they are what the plan says; rounds skipped stay skipped."""
    known = {r.number: r for r in rows}
    gap = dt.timedelta(days=plan.every_days)
    rhythm = Rhythm(first_on=plan.first_on, every_days=plan.every_days)
    if rhythm != before:
        for moved in in_new_rhythm(map(_visit, rows), old=before, new=rhythm):
            known[moved.number].planned_on = moved.planned_on
    for row in rows:
        row.currency = plan.currency
        if row.number > plan.visits:
            session.delete(row)
    last = max((r.planned_on for r in rows if r.number <= plan.visits), default=plan.first_on - gap)
    for number in range(len(known) + 1, plan.visits + 1):
        last += gap
        add(session, CycleVisitRow(plan_id=plan.id, number=number, planned_on=last, currency=plan.currency))


def plan_draft(session: Session, key: int) -> CyclePlanDraft:
    """What the form of a plan opens with; a limit of the policy as it stands now."""
    plan = get(session, CyclePlanRow, key)
    limit, used = _limit_and_used(session, plan)
    return replace(draft_of(plan, CyclePlanDraft), limit=limit, used=used, is_yearly=begins_anew(plan))


def limits_to_choose(session: Session, key: int) -> tuple[BenefitLimit, ...]:
    """The limits of the case's policy that a plan can be counted against."""
    return limits_for(session, get(session, CyclePlanRow, key))


def take_limit(
    session: Session, key: int, kind: LimitKind, category: BenefitCategory | None, *, version: int | None = None
) -> Changes:
    """Count a plan against a limit of the case's policy: its amount and what is used of it follow the policy."""
    plan = get(session, CyclePlanRow, key, version=version, fields=("limit",))
    found = next((x for x in limits_for(session, plan) if (x.kind, x.category) == (kind, category)), None)
    if found is None:
        raise Refused([Problem(code="NO_SUCH_LIMIT", message=NO_SUCH_LIMIT)])
    plan.benefit_kind, plan.benefit_category = kind, category
    plan.limit_minor, plan.used_minor, plan.limit_name = found.limit.minor, found.used.minor, ""
    session.flush()
    _name_shortfall(session, plan)
    return _touched(plan)


def drop_plan(session: Session, key: int) -> Changes:
    """Take a plan entered in error off with its visits; one undo brings both back."""
    plan = get(session, CyclePlanRow, key)
    for row in _visits(session, key):
        session.delete(row)
    finish_titled(session, LIMIT_SHORT, journey_id=plan.journey_id)
    session.flush()
    session.delete(plan)
    session.flush()
    return _touched(plan)


# visits


def skip_visit(session: Session, visit_id: int, *, shift: bool, reason: str, version: int | None = None) -> Changes:
    """A visit does not take place on its day: it and the rest move by one round, or it is dropped and they stay."""
    row = get(session, CycleVisitRow, visit_id, version=version, fields=("state", "planned_on"))
    plan = get(session, CyclePlanRow, row.plan_id)
    problems = []
    if not reason.strip():
        problems.append(Problem(code="MISSING", message=SKIP_REASON, field="reason"))
    if row.state is not VisitState.PLANNED:
        problems.append(Problem(code="NOT_OPEN", message=NOT_OPEN))
    refuse_if(problems)
    row.note = f"{row.note}\n{row.planned_on.isoformat()}: {reason.strip()}".strip()
    if shift:
        rows = {r.number: r for r in _visits(session, plan.id)}
        for moved in postponed(map(_visit, rows.values()), row.number, plan.every_days):
            rows[moved.number].planned_on, rows[moved.number].put_off = moved.planned_on, moved.put_off
    else:
        row.state = VisitState.DROPPED
    session.flush()
    _name_shortfall(session, plan)
    return _touched(plan) | changes(("cycle_visit", visit_id))


def edit_visit(session: Session, visit_id: int, draft: VisitDraft, *, version: int | None = None) -> Changes:
    """Write down another day for a visit, or what it cost."""
    row = get_for(session, CycleVisitRow, visit_id, draft, version=version)
    plan = get(session, CyclePlanRow, row.plan_id)
    refuse_if(check_visit(draft, price=Money(plan.price_minor, plan.currency)))
    if draft.planned_on <= row.planned_on - dt.timedelta(days=plan.every_days * row.put_off):
        row.put_off = 0
    row.planned_on, row.note = draft.planned_on, draft.note
    write_field(row, columns_of_row(CycleVisitRow), "cost", draft.cost)
    session.flush()
    _name_shortfall(session, plan)
    return _touched(plan) | changes(("cycle_visit", visit_id))


def visit_draft(session: Session, visit_id: int) -> VisitDraft:
    """What the form of a visit opens with."""
    row = get(session, CycleVisitRow, visit_id)
    return VisitDraft(planned_on=row.planned_on, cost=money(row.cost_minor, row.currency or "MYR"), note=row.note)


def begin_next_visit(
    session: Session, journey_id: int, *, override_reason: str = "", version: int | None = None
) -> Changes:
    """The next visit begins: the case goes back to letter and travel with its hospital, papers and letter request.

    Days follow the plan, as long as the stay before; the letter's request is a copy of the last one, ready to be sent.
    """
    journey = get(session, JourneyRow, journey_id, version=version, fields=("state",))
    plan = _plan_of(session, journey_id)
    visit = next_visit(map(_visit, _visits(session, plan.id))) if plan is not None else None
    if plan is None or visit is None:
        raise Refused([Problem(code="NOTHING_PLANNED", message=NOTHING_PLANNED)])
    stay = _length_of_stay(journey)
    pays_first = journey.payer_path in (PayerPath.SELF_PAY, PayerPath.REIMBURSEMENT)
    to = JourneyState.TRAVEL_PREP if pays_first else JourneyState.PREAUTH
    done = move_journey(session, journey_id, to, override_reason=override_reason)
    journey.planned_admission_on = visit.planned_on
    journey.planned_return_on = visit.planned_on + stay if stay is not None else None
    row = next(r for r in _visits(session, plan.id) if r.number == visit.number)
    row.state = VisitState.UNDER_WAY
    session.flush()
    done |= _touched(plan) | changes(("cycle_visit", row.id))
    return done if pays_first else done | _copy_request(session, journey)


def _length_of_stay(journey: JourneyRow) -> dt.timedelta | None:
    if journey.planned_admission_on is None or journey.planned_return_on is None:
        return None
    return journey.planned_return_on - journey.planned_admission_on


def _copy_request(session: Session, journey: JourneyRow) -> Changes:
    """A new request like the last one: same cover, hospital, diagnosis and treatment; nothing that was answered."""
    last = session.scalar(
        sa.select(GuaranteeRow.id)
        .where(GuaranteeRow.journey_id == journey.id)
        .order_by(GuaranteeRow.id.desc())
        .limit(1)
    )
    if last is None:
        return NOTHING
    before = guarantee_draft(session, last)
    again = GuaranteeDraft(
        journey_id=journey.id, cover_id=before.cover_id, hospital_id=before.hospital_id, state=GuaranteeState.DRAFT,
        channel=before.channel, diagnosis=before.diagnosis, procedure=before.procedure,
        entitlement=before.entitlement, insurer_contact=before.insurer_contact, note=before.note,
    )  # fmt: skip
    return request_guarantee(session, again)


# reading


def cycles_of(session: Session, journey_id: int) -> CycleView | None:
    """The plan of a case with its visits against the limit; none where there is no plan."""
    plan = _plan_of(session, journey_id)
    if plan is None:
        return None
    rows = {r.number: r for r in _visits(session, plan.id)}
    counted = _counted(session, plan)
    price = Money(plan.price_minor, plan.currency)
    limit, used = _limit_and_used(session, plan)
    total = Money(sum(c.cost.minor for c in counted) + (used.minor if used else 0), plan.currency)
    ahead = next_visit(c.visit for c in counted)
    return CycleView(
        id=plan.id, version=plan.version, journey_id=journey_id, treatment=plan.treatment, every_days=plan.every_days,
        price=price, limit=limit, limit_name=plan.limit_name, used=used, benefit=limit_of(session, plan), total=total,
        visits=tuple(_visit_view(rows[c.visit.number], c, plan.every_days) for c in counted),
        shortfalls=shortfalls(counted), years=_years(session, plan, [c.visit for c in counted]),
        next_no=ahead.number if ahead else None, last_on=last_day(c.visit for c in counted), note=plan.note,
    )  # fmt: skip


def _visit_view(row: CycleVisitRow, counted: CountedVisit, every_days: int) -> VisitView:
    return VisitView(
        id=row.id, version=row.version, number=row.number, planned_on=row.planned_on, state=row.state,
        cost=counted.cost, is_estimate=row.cost_minor is None, left=counted.left, short=counted.short, note=row.note,
        skipped=skipped_days(counted.visit, every_days),
    )  # fmt: skip


def _limit_and_used(session: Session, plan: CyclePlanRow) -> tuple[Money | None, Money | None]:
    """As the policy has it where the plan is tied to it, else as written down."""
    tied = limit_of(session, plan)
    if tied is not None:
        return tied.limit, tied.used
    return money(plan.limit_minor, plan.currency), money(plan.used_minor, plan.currency)


def _counted(session: Session, plan: CyclePlanRow) -> tuple[CountedVisit, ...]:
    limit, used = _limit_and_used(session, plan)
    visits = [_visit(row) for row in _visits(session, plan.id)]
    price = Money(plan.price_minor, plan.currency)
    return count(visits, price=price, limit=limit, used=used, years=_years(session, plan, visits))


def _years(session: Session, plan: CyclePlanRow, visits: list[Visit]) -> tuple[LimitYear, ...]:
    return years_for(session, plan, [v.planned_on for v in visits])


def _plan_of(session: Session, journey_id: int) -> CyclePlanRow | None:
    plans = sa.select(CyclePlanRow).where(CyclePlanRow.journey_id == journey_id)
    return session.scalar(plans.order_by(CyclePlanRow.id.desc()).limit(1))


def _visits(session: Session, plan_id: int) -> list[CycleVisitRow]:
    session.flush()
    visits = sa.select(CycleVisitRow).where(CycleVisitRow.plan_id == plan_id)
    return list(session.scalars(visits.order_by(CycleVisitRow.number)))


def _visit(row: CycleVisitRow) -> Visit:
    return Visit(
        number=row.number, planned_on=row.planned_on, state=row.state, put_off=row.put_off,
        cost=money(row.cost_minor, row.currency or "MYR"),
    )  # fmt: skip


# the shortfall's step


def _name_shortfall(session: Session, plan: CyclePlanRow) -> None:
    """Keep one step that names the shortfall, due a round before the cycle that the limit no longer covers whole."""
    short = shortfall(_counted(session, plan))
    standing = session.scalar(
        sa.select(TaskRow).where(
            TaskRow.journey_id == plan.journey_id, TaskRow.title == LIMIT_SHORT, TaskRow.done_at.is_(None)
        )
    )
    if short is None:
        finish_titled(session, LIMIT_SHORT, journey_id=plan.journey_id)
        return
    due = max(at_nine(session, short.planned_on - dt.timedelta(days=plan.every_days)), clock(session))
    if standing is not None:
        standing.due_at = due
        session.flush()
        return
    journey = get(session, JourneyRow, plan.journey_id)
    task = TaskRow(
        journey_id=plan.journey_id, kind=TaskKind.STEP, title=LIMIT_SHORT, due_at=due, officer_id=journey.officer_id
    )
    add(session, task)


def _touched(plan: CyclePlanRow, *, made: int | None = None) -> Changes:
    return changes(("cycle_plan", plan.id), ("journey", plan.journey_id), made=made)
