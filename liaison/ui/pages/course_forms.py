"""Forms of what runs beside a case: cycles, a pregnancy and its child, a way home, complaints, an infection."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from liaison.domain.complaints import (
    ComplaintAnswerDraft,
    ComplaintCause,
    ComplaintDraft,
    ComplaintOutcome,
    SurveyDraft,
    check_complaint,
    check_survey,
)
from liaison.domain.cycles import CyclePlanDraft, VisitDraft, check_cycle_plan
from liaison.domain.infection import HealthNoticeDraft, check_health_notice
from liaison.domain.money import Money
from liaison.domain.pregnancy import (
    USUAL_RULE,
    AirlineRule,
    AirlineRuleDraft,
    NewbornDraft,
    PregnancyDraft,
    check_pregnancy,
)
from liaison.domain.repatriation import RepatriationDraft, check_repatriation
from liaison.i18n import N_
from liaison.services import complaints, cycles, infections, pregnancies, repatriation
from liaison.services.cycle_limits import BenefitLimit
from liaison.services.cycles import CycleView, VisitView
from liaison.ui.desk import Desk
from liaison.ui.pages.journey_ends import words_form
from liaison.ui.pages.short_forms import Bench, begin, offer, offer_again
from liaison.ui.reopening import reopens
from liaison.ui.runner import Sort, Trouble
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Choice, LongText
from liaison.ui.widgets.form import Form, Heading, Row
from liaison.ui.widgets.money_edit import MoneyEdit

Done = Callable[[Any], object]
FILLED_IN_AS_USUAL = N_("Filled in as most airlines have it. Compare it with the airline's own page.")

# cycles

_PLAN: tuple[Row, ...] = (
    "treatment", "visits", "every_days", "first_on", "price", Heading(text=N_("Paid from")), "limit_name", "limit",
    "used", "is_yearly", "note",
)  # fmt: skip


def _plan(desk: Desk, currency: str) -> Form[CyclePlanDraft]:
    editors = {name: MoneyEdit(desk, currency=currency) for name in ("price", "limit", "used")}
    return Form(desk, CyclePlanDraft, _PLAN, editors=editors, kept=("journey_id",))


@reopens
def cycle_plan_form(bench: Bench, journey_id: int, *, currency: str = "MYR") -> FormPane:
    """Plan a treatment of several visits."""
    desk = bench.desk
    draft = CyclePlanDraft(
        journey_id=journey_id, visits=6, every_days=21, first_on=desk.today(), price=Money(0, currency)
    )
    return offer(
        bench, begin(_plan(desk, currency), draft, empty=("price",)), title=N_("Plan of cycles"),
        action=N_("Plan cycles"), write=cycles.plan_cycles, said=N_("Cycles planned"), look=check_cycle_plan,
        note=desk.words(N_("Each visit goes back to letter and travel by itself; what the limit does not cover is "
                           "named before its cycle.")),
    )  # fmt: skip


@reopens
def edit_cycle_plan_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change a plan of several visits."""
    offer_again(
        bench, key, read=cycles.plan_draft, form=lambda draft: _plan(bench.desk, draft.price.currency),
        title=N_("Plan of cycles"), action=N_("Change the plan of cycles"),
        write=partial(cycles.edit_plan, version=version), look=check_cycle_plan,
    )  # fmt: skip


@reopens
def plan_limit_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Which limit of the case's policy a plan is counted against, each with what is used of it."""
    desk, _ = bench.desk, bench.desk.words

    def opened(found: tuple[BenefitLimit, ...]) -> None:
        if not found:
            desk.toast(_(cycles.NO_SUCH_LIMIT), refused=True)
            return
        choices = [
            (number, _(N_("{name} · {limit}, {used} used"), name=one.name.text(_), limit=one.limit, used=one.used))
            for number, one in enumerate(found)
        ]
        choice = Choice(desk, choices, search=False)
        choice.set_value(0)

        def write(values: dict[str, Any]) -> Callable[..., Any]:
            chosen = found[int(values["limit"])]
            return partial(cycles.take_limit, kind=chosen.kind, category=chosen.category, version=version)

        words_form(
            bench, title=N_("Limit of the policy"), fields=[("limit", N_("Which limit?"), choice)],
            action=N_("Count cycles against a limit of the policy"), write=write, before=(key,),
            said=N_("The plan follows this limit now"), save_word=N_("Take this limit"),
            note=N_("Amount and usage follow the policy. Claims of this case since the first cycle are counted once."),
        )  # fmt: skip

    desk.runner.read(cycles.limits_to_choose, key, owner=bench.drawer, done=opened, key="plan limits")


@reopens
def visit_form(bench: Bench, key: int, *, currency: str, version: int | None = None) -> None:
    """Another day for a visit, or what it cost."""

    def form(_draft: VisitDraft) -> Form[VisitDraft]:
        rows: tuple[Row, ...] = ("planned_on", "cost", "note")
        return Form(bench.desk, VisitDraft, rows, editors={"cost": MoneyEdit(bench.desk, currency=currency)})

    offer_again(
        bench, key, read=cycles.visit_draft, form=form, title=N_("Visit of a cycle"),
        action=N_("Change a cycle's visit"), write=partial(cycles.edit_visit, version=version),
    )  # fmt: skip


@reopens
def skip_form(bench: Bench, plan: CycleView, visit: VisitView) -> FormPane:
    """A visit does not take place on its day: one question, its two answers with what they lead to."""
    desk, _ = bench.desk, bench.desk.words
    last = plan.last_on
    shifted = _(N_("Put it off by {days} days, the rest too"), days=plan.every_days)
    dropped = _.plural(
        "Leave it out: {count} cycle remains", "Leave it out: {count} cycles remain", max(plan.remaining - 1, 0)
    )
    choice = Choice(desk, [(True, shifted), (False, dropped)], search=False)
    choice.set_value(True)
    note = _(N_("The last cycle is now on {day}."), day=desk.formats.date(last)) if last is not None else ""
    return words_form(
        bench,
        title=N_("A cycle does not take place on its day"),
        fields=[("shift", N_("What about the rest?"), choice), ("reason", N_("Why?"), LongText(desk))],
        action=N_("Skip a cycle"),
        write=lambda v: partial(cycles.skip_visit, shift=bool(v["shift"]), reason=v["reason"], version=visit.version),
        before=(visit.id,),
        said=N_("Plan changed"),
        save_word=N_("Change the plan"),
        note=note,
    )


# pregnancy

_PREGNANCY: tuple[Row, ...] = (
    "due_on", "weeks", "days", "counted_on", "is_multiple", "has_complications", "letter_on", "note",
)  # fmt: skip


@reopens
def pregnancy_form(bench: Bench, journey_id: int, *, version: int | None = None) -> None:
    """How far a pregnancy is."""
    desk = bench.desk

    def opened(draft: PregnancyDraft) -> None:
        form = Form(desk, PregnancyDraft, _PREGNANCY, kept=("journey_id",))
        form.set(draft)
        offer(
            bench, form, title=N_("Pregnancy"), action=N_("Record a pregnancy"),
            write=partial(pregnancies.record_pregnancy, version=version), said=N_("Pregnancy recorded"),
            look=lambda d: check_pregnancy(d, today=desk.today()),
        )  # fmt: skip

    desk.runner.read(pregnancies.pregnancy_draft, journey_id, owner=bench.drawer, done=opened, key="pregnancy form")


@reopens
def airline_rule_form(bench: Bench, *, carrier: str = "", known: AirlineRule | None = None) -> FormPane:
    """What an airline asks of a pregnant passenger, as its own page says; ``known`` is the rule to be changed."""
    desk = bench.desk
    rows: tuple[Row, ...] = (
        "carrier", "letter_from_week", "last_week", "last_week_multiple", "letter_days", "source", "checked_on",
    )  # fmt: skip
    usual = known or USUAL_RULE
    draft = AirlineRuleDraft(
        carrier=known.carrier if known else carrier, letter_from_week=usual.letter_from_week,
        last_week=usual.last_week, last_week_multiple=usual.last_week_multiple, letter_days=usual.letter_days,
        source=known.source if known else "", checked_on=desk.today(),
    )  # fmt: skip
    note = N_("Look it up first, then write down where.") if known else FILLED_IN_AS_USUAL
    return offer(
        bench, begin(Form(desk, AirlineRuleDraft, rows), draft), title=N_("Airline's rule"),
        action=N_("Record an airline's rule"), write=pregnancies.keep_airline_rule, said=N_("Rule recorded"),
        note=desk.words(note),
    )  # fmt: skip


@reopens
def newborn_form(bench: Bench, journey_id: int) -> None:
    """A child that was born, before it has a name and a NIK."""
    desk = bench.desk

    def made(answer: Any) -> None:
        if answer.made is not None:
            desk.go("person", answer.made)

    def opened(draft: NewbornDraft) -> None:
        rows: tuple[Row, ...] = ("born_on", "sex", "of_several", "birth_order", "mother_nik", "note")
        form = Form(desk, NewbornDraft, rows, kept=("journey_id",))
        form.set(draft)
        offer(
            bench, form, title=N_("Newborn child"), action=N_("Record a newborn"), write=pregnancies.add_newborn,
            said=N_("Child recorded"), done=made,
            note=desk.words(N_("Called “Bayi Ny. …” after its mother until it has a name of its own.")),
        )  # fmt: skip

    desk.runner.read(pregnancies.newborn_draft, journey_id, owner=bench.drawer, done=opened, key="newborn form")


# the way home after a death

_WAY: tuple[Row, ...] = (
    "died_on", "place", "mccd_no", Heading(text=N_("Consulate")), "consulate", "consulate_phone", "consulate_told_on",
    "is_unable_to_pay", Heading(text=N_("Transport")), "agent", "agent_phone", "route", "flight",
    ("leaves_on", "arrives_on"), "escort", "received_by", "note",
)  # fmt: skip


@reopens
def repatriation_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """What is known of the way home."""
    desk = bench.desk
    offer_again(
        bench, key, read=repatriation.repatriation_draft,
        form=lambda _draft: Form(desk, RepatriationDraft, _WAY, kept=("journey_id",)),
        title=N_("Way home after a death"), action=N_("Change the way home"),
        write=partial(repatriation.edit_repatriation, version=version),
        look=lambda d: check_repatriation(d, today=desk.today()),
    )  # fmt: skip


# complaints and the survey

_COMPLAINT: tuple[Row, ...] = ("received_on", "channel", "complainant", "cause", "text", "due_on")


@reopens
def complaint_form(bench: Bench, journey_id: int) -> FormPane:
    """A complaint as received."""
    desk = bench.desk
    form = Form(desk, ComplaintDraft, _COMPLAINT, kept=("journey_id",))
    draft = ComplaintDraft(journey_id=journey_id, received_on=desk.today(), cause=ComplaintCause.WAITING, text="")
    return offer(
        bench, begin(form, draft, empty=("cause",)), title=N_("Complaint"), action=N_("Record a complaint"),
        write=complaints.record_complaint, said=N_("Complaint recorded"),
        look=lambda d: check_complaint(d, today=desk.today()),
        note=desk.words(N_("The case does not close before it is answered.")),
    )  # fmt: skip


@reopens
def edit_complaint_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Correct a complaint."""
    offer_again(
        bench, key, read=complaints.complaint_draft,
        form=lambda _draft: Form(bench.desk, ComplaintDraft, _COMPLAINT, kept=("journey_id",)), title=N_("Complaint"),
        action=N_("Change a complaint"), write=partial(complaints.edit_complaint, version=version),
    )  # fmt: skip


@reopens
def answer_complaint_form(bench: Bench, key: int, *, version: int | None = None) -> FormPane:
    """How a complaint ended."""
    desk = bench.desk
    rows: tuple[Row, ...] = ("outcome", "outcome_note", "closed_on")
    form = Form(desk, ComplaintAnswerDraft, rows)
    draft = ComplaintAnswerDraft(closed_on=desk.today(), outcome=ComplaintOutcome.JUSTIFIED, outcome_note="")
    return offer(
        bench, begin(form, draft, empty=("outcome",)), title=N_("Answer to the complaint"),
        action=N_("Answer a complaint"), write=partial(complaints.answer_complaint, version=version), before=(key,),
        said=N_("Complaint answered"),
    )  # fmt: skip


@reopens
def survey_form(bench: Bench, journey_id: int) -> FormPane:
    """Three questions, asked once the patient is home."""
    desk = bench.desk
    rows: tuple[Row, ...] = ("clear", "quick", "again", "note", "given_by", "answered_on")
    form = Form(desk, SurveyDraft, rows, kept=("journey_id",))
    return offer(
        bench, begin(form, SurveyDraft(journey_id=journey_id, answered_on=desk.today())), title=N_("Three questions"),
        action=N_("Record a survey"), write=complaints.record_survey, said=N_("Answers recorded"),
        look=lambda d: check_survey(d, today=desk.today()), note=desk.words(N_("1 is bad, 5 is good.")),
    )  # fmt: skip


# an infection


def notice_form(bench: Bench, journey_id: int, *, version: int | None = None) -> None:
    """A communicable disease; opens for the officer of the case and a supervisor only, and is never kept half typed."""
    desk = bench.desk

    def opened(draft: HealthNoticeDraft) -> None:
        rows: tuple[Row, ...] = (
            "disease", "is_offered", "screened_on", Heading(text=N_("Notified by the hospital")), "notified_on",
            "authority", "reference", Heading(text=N_("Contacts")), "tracing_note",
        )  # fmt: skip
        form = Form(desk, HealthNoticeDraft, rows, kept=("journey_id",))
        form.set(draft)
        offer(
            bench, form, title=N_("Infection"), action=N_("Keep a notice of an infection"),
            write=partial(infections.write_notice, version=version), said=N_("Notice kept; travel waits"),
            look=lambda d: check_health_notice(d, today=desk.today()),
            note=desk.words(N_("Only you, as the officer of the case, and supervisors see this. It is never printed.")),
        )  # fmt: skip

    def refused(trouble: Trouble) -> None:
        if trouble.sort is Sort.REFUSED:
            desk.toast(desk.words(infections.NOT_YOURS), refused=True)
        else:
            desk.runner.trouble.emit(trouble)

    desk.runner.read(
        infections.notice_draft, journey_id, owner=bench.drawer, done=opened, failed=refused, key="notice form"
    )
