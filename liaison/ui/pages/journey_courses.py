"""What runs beside a case, in the right side of its page: only what there is, each with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.cycles import VisitState
from liaison.domain.journeys import JourneyState
from liaison.domain.patients import Sex
from liaison.domain.pregnancy import FlightAnswer, Gestation
from liaison.i18n import N_, upper_first
from liaison.services import cycles
from liaison.services.complaints import ComplaintView
from liaison.services.cycles import CycleView, VisitView
from liaison.services.infections import InfectionMark
from liaison.services.pregnancies import FlightView, PregnancyView
from liaison.services.rate_words import rate_words
from liaison.services.views import JourneyView
from liaison.ui.desk import Desk
from liaison.ui.pages.course_forms import (
    airline_rule_form,
    answer_complaint_form,
    complaint_form,
    cycle_plan_form,
    edit_complaint_form,
    edit_cycle_plan_form,
    newborn_form,
    notice_form,
    plan_limit_form,
    pregnancy_form,
    skip_form,
    survey_form,
    visit_form,
)
from liaison.ui.pages.page_parts import MenuRow, menu_of, section
from liaison.ui.pages.short_forms import Bench
from liaison.ui.pages.tb_form import tb_section, tb_test_form
from liaison.ui.pages.urgent_mark import urgent_section
from liaison.ui.pages.way_home import WayHome
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link, secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Facts, Marked, Section
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow

MAY_BEGIN = (JourneyState.RETURNED, JourneyState.FOLLOW_UP)
"""States from which the next visit of a cycle begins."""

_VISIT = {
    VisitState.PLANNED: (Shape.OPEN, Tone.INK),
    VisitState.UNDER_WAY: (Shape.WAITING, Tone.AMBER),
    VisitState.DONE: (Shape.DONE, Tone.GREEN),
    VisitState.DROPPED: (Shape.CLOSED, Tone.GREY),
}
_FLIGHT = {
    FlightAnswer.FREE: (Shape.DONE, Tone.GREEN),
    FlightAnswer.HAS_LETTER: (Shape.DONE, Tone.GREEN),
    FlightAnswer.NEEDS_LETTER: (Shape.WARNING, Tone.AMBER),
    FlightAnswer.LETTER_OLD: (Shape.WARNING, Tone.AMBER),
    FlightAnswer.TOO_LATE: (Shape.BLOCKED, Tone.RED),
    FlightAnswer.NOT_PREGNANT: (Shape.DONE, Tone.GREEN),
}


def course_rows(bench: Bench, case: JourneyView) -> list[MenuRow]:
    """What can be begun beside a case, for the menu behind its three dots."""
    _, key, courses = bench.desk.words, case.id, case.courses
    rows: list[MenuRow] = [(_(N_("Complaint…")), partial(complaint_form, bench, key))]
    if case.stage_no >= 5 or not case.is_open:
        rows.append((_(N_("Three questions to the patient…")), partial(survey_form, bench, key)))
    if case.is_open and courses.cycles is None:
        rows.append((_(N_("Plan cycles…")), partial(cycle_plan_form, bench, key)))
    if case.is_open and case.patient.sex is not Sex.M:
        if courses.pregnancy is None:
            rows.append((_(N_("Pregnancy…")), partial(pregnancy_form, bench, key)))
        rows.append((_(N_("Newborn child…")), partial(newborn_form, bench, key)))
    if case.is_open and not courses.infection.has_notice:
        rows.append((_(N_("Infection…")), partial(notice_form, bench, key)))
    if case.is_open and courses.tb_test is None:
        rows.append((_(N_("TB test…")), partial(tb_test_form, bench, key)))
    return rows


class CourseSections:
    """Builds the sections of one case; ``made`` gives them by name, in their order."""

    def __init__(self, desk: Desk, bench: Bench, owner: QWidget) -> None:
        self._desk, self._bench, self._owner = desk, bench, owner

    def made(self, case: JourneyView) -> dict[str, Section]:
        """Every section that this case has."""
        courses = case.courses
        found: dict[str, Section] = {}
        if courses.urgent is not None:
            found["urgent_call"] = urgent_section(self._desk, case.id, courses.urgent)
        if courses.repatriation is not None:
            found["way_home"] = WayHome(self._desk, self._bench, self._owner).section(case, courses.repatriation)
        if courses.infection.is_infectious or courses.infection.has_notice:
            found["infection"] = self._infection(case, courses.infection)
        if courses.tb_test is not None:
            found["tb_test"] = tb_section(self._desk, self._bench, case.id, courses.tb_test)
        if courses.complaints or courses.surveys:
            found["complaints"] = self._complaints(case)
        if courses.cycles is not None:
            found["cycles"] = self._cycles(case, courses.cycles)
        if courses.pregnancy is not None:
            found["pregnancy"] = self._pregnancy(case, courses.pregnancy)
        return found

    # cycles

    def _cycles(self, case: JourneyView, plan: CycleView) -> Section:
        _, desk, bench = self._desk.words, self._desk, self._bench
        rows: list[MenuRow] = [
            (_(N_("Change the plan…")), partial(edit_cycle_plan_form, bench, plan.id, version=plan.version)),
            (_(N_("Take the limit from the policy…")), partial(plan_limit_form, bench, plan.id, version=plan.version)),
            None,
            (_(N_("Take the plan off")), partial(self._write, N_("Take a plan of cycles off"), cycles.drop_plan,
                                                 plan.id, said=N_("Plan taken off"))),
        ]  # fmt: skip
        made = section(desk, N_("Cycles"), rows, icon="ellipsis")
        for one in plan.shortfalls:
            short = _(
                N_("{amount} is not covered: cycle {number} on {day}"),
                amount=one.amount, number=one.number, day=desk.formats.date(one.planned_on),
            )  # fmt: skip
            made.add(Marked(desk, short, Shape.WARNING, Tone.AMBER, role=Role.WARNING, ground="sunken", wrap=True))
        for visit in plan.visits:
            for day in visit.skipped:
                words = _(N_("Skipped: {day}"), day=desk.formats.date(day))
                made.add(Marked(desk, words, Shape.CLOSED, Tone.GREY, role=Role.SECOND))
            made.add(self._visit(plan, visit))
        made.add(self._plan_facts(plan))
        if plan.benefit is not None and plan.benefit.rate is not None:
            made.add(Label(rate_words(plan.benefit.rate, _), Role.SECOND, wrap=True))
        if plan.next_no is not None and case.is_open and case.state in MAY_BEGIN:
            words = _(N_("Begin cycle {number}"), number=plan.next_no)
            made.body.addWidget(
                secondary(desk.icons, words, partial(self._begin_visit, case), icon="arrow-right", small=True),
                0,
                Qt.AlignmentFlag.AlignLeft,
            )
        return made

    def _plan_facts(self, plan: CycleView) -> Facts:
        _, formats = self._desk.words, self._desk.formats
        facts = Facts()
        if plan.treatment:
            facts.add(_(N_("Treatment")), self._desk.masking.text(plan.treatment))
        facts.add(_(N_("All together")), formats.money(plan.total))
        if plan.limit is not None:
            name = plan.benefit.name.text(_) if plan.benefit is not None else plan.limit_name
            facts.add(upper_first(name) or _(N_("Limit")), formats.money(plan.limit), strong=True)
        for year in plan.years[1:]:
            facts.add(_(N_("Anew on {day}"), day=formats.date(year.first_on)), formats.money(year.limit))
        if plan.benefit is not None and plan.used is not None:
            facts.add(_(N_("Used otherwise")), f"{formats.money(plan.used)} · {_(plan.benefit.source.label)}")
        return facts

    def _visit(self, plan: CycleView, visit: VisitView) -> StepRow:
        _, desk = self._desk.words, self._desk
        shape, tone = _VISIT[visit.state]
        if visit.short is not None:
            shape, tone = Shape.WARNING, Tone.AMBER
        day = desk.formats.date(visit.planned_on)
        text = _(N_("Cycle {number} · {day}"), number=visit.number, day=day)
        beside = desk.formats.money(visit.cost) if visit.state is not VisitState.DROPPED else _(visit.state.label)
        short = _(N_("{amount} not covered"), amount=visit.short) if visit.short is not None else ""
        spoken = ", ".join(p for p in (text, _(visit.state.label), beside, short) if p)
        row = StepRow(desk, text, shape=shape, tone=tone, beside=beside, spoken=spoken)
        row.setObjectName(f"visit.{visit.id}")
        row.setToolTip("\n".join(p for p in (_(visit.state.label), short, visit.note) if p))
        row.clicked.connect(lambda _on=False: self._open_visit(row, plan, visit))
        return row

    def _open_visit(self, row: StepRow, plan: CycleView, visit: VisitView) -> None:
        _, bench = self._desk.words, self._bench
        edit = partial(visit_form, bench, visit.id, currency=plan.price.currency, version=visit.version)
        rows: list[MenuRow] = [(_(N_("Day and cost…")), edit)]
        if visit.state is VisitState.PLANNED:
            rows.insert(0, (_(N_("Does not take place…")), partial(skip_form, bench, plan, visit)))
        menu_of(row, rows).popup(row.mapToGlobal(row.rect().bottomLeft()))

    def _begin_visit(self, case: JourneyView) -> None:
        self._write(
            N_("Begin the next cycle"), partial(cycles.begin_next_visit, version=case.version), case.id,
            said=N_("Back to the letter: hospital, papers and the request are copied"),
        )  # fmt: skip

    # pregnancy

    def _pregnancy(self, case: JourneyView, found: PregnancyView) -> Section:
        _, desk, bench = self._desk.words, self._desk, self._bench
        rows: list[MenuRow] = [
            (_(N_("Change…")), partial(pregnancy_form, bench, case.id, version=found.version)),
            (_(N_("Airline's rule…")), partial(airline_rule_form, bench)),
            (_(N_("Newborn child…")), partial(newborn_form, bench, case.id)),
        ]
        made = section(desk, N_("Pregnancy"), rows, icon="ellipsis")
        facts = Facts()
        facts.add(_(N_("Due date")), desk.formats.date(found.due_on), strong=True)
        if found.today is not None:
            facts.add(_(N_("Today")), self._weeks(found.today))
        if found.letter_on is not None:
            facts.add(_(N_("Airline letter")), desk.formats.date(found.letter_on))
        made.add(facts)
        for flight in found.flights:
            made.add(self._flight(flight))
        for child in found.children:
            name = desk.masking.name(child.name, case.case_no)
            note = "" if child.has_nik else _(N_("no NIK yet"))
            words = " · ".join(p for p in (name, desk.formats.date(child.born_on), note) if p)
            made.body.addWidget(
                link(desk.icons, words, partial(desk.go, "person", child.patient_id), small=True),
                0,
                Qt.AlignmentFlag.AlignLeft,
            )
        return made

    def _weeks(self, gestation: Gestation) -> str:
        return self._desk.words(N_("{weeks} weeks {days} days"), weeks=gestation.weeks, days=gestation.days)

    def _flight(self, flight: FlightView) -> QWidget:
        _, desk = self._desk.words, self._desk
        shape, tone = _FLIGHT[flight.answer]
        what = flight.what if flight.is_booked else upper_first(_(flight.what))
        weeks = self._weeks(flight.gestation) if flight.gestation is not None else ""
        head = " · ".join(p for p in (desk.formats.date(flight.on), what, weeks) if p)
        source = flight.rule.source if flight.rule.checked_on else _(flight.rule.source)
        lines = [_(flight.answer.label)]
        if flight.answer in (FlightAnswer.NEEDS_LETTER, FlightAnswer.LETTER_OLD):
            lines.append(_(N_("dated from {day}"), day=desk.formats.date(flight.letter_from)))
        lines.append(source if not flight.rule.checked_on else f"{source}, {desk.formats.date(flight.rule.checked_on)}")
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 2, 0, 4)
        box.setSpacing(1)
        box.addWidget(Marked(desk, head, shape, tone, ground="sunken", wrap=True))
        box.addWidget(Label(" · ".join(lines), Role.SECOND, wrap=True))
        return holder

    # complaints

    def _complaints(self, case: JourneyView) -> Section:
        _, desk, bench = self._desk.words, self._desk, self._bench
        rows: list[MenuRow] = [
            (_(N_("Complaint…")), partial(complaint_form, bench, case.id)),
            (_(N_("Three questions to the patient…")), partial(survey_form, bench, case.id)),
        ]
        made = section(desk, N_("Complaints and survey"), rows)
        for complaint in case.courses.complaints:
            made.add(self._complaint(complaint))
        for survey in case.courses.surveys:
            marks = " · ".join(
                "–" if mark is None else str(mark) for mark in (survey.clear, survey.quick, survey.again)
            )
            words = _(N_("Three questions: {marks}"), marks=marks)
            shown = Marked(desk, words, Shape.DONE, Tone.GREEN, ground="sunken")
            day = desk.formats.date(survey.answered_on)
            shown.setToolTip("\n".join(p for p in (day, survey.given_by, survey.note) if p))
            made.add(shown)
        return made

    def _complaint(self, complaint: ComplaintView) -> StepRow:
        _, desk = self._desk.words, self._desk
        if complaint.is_open:
            late = complaint.is_late
            shape, tone = (Shape.LATE, Tone.RED) if late else (Shape.WARNING, Tone.AMBER)
            beside = _(N_("answer until {day}"), day=desk.formats.short_date(complaint.due_on))
        else:
            shape, tone = Shape.DONE, Tone.GREEN
            beside = _(complaint.outcome.label) if complaint.outcome is not None else ""
        text = upper_first(_(complaint.cause.label))
        row = StepRow(desk, text, shape=shape, tone=tone, beside=beside, strong=complaint.is_open)
        row.setObjectName(f"complaint.{complaint.id}")
        row.setToolTip(desk.masking.text("\n".join(p for p in (complaint.text, complaint.outcome_note) if p)))
        row.clicked.connect(lambda _on=False: self._open_complaint(row, complaint))
        return row

    def _open_complaint(self, row: StepRow, complaint: ComplaintView) -> None:
        _, bench = self._desk.words, self._bench
        rows: list[MenuRow] = []
        if complaint.is_open:
            answer = partial(answer_complaint_form, bench, complaint.id, version=complaint.version)
            rows.append((_(N_("Answer…")), answer))
        edit = partial(edit_complaint_form, bench, complaint.id, version=complaint.version)
        rows.append((_(N_("Change…")), edit))
        menu_of(row, rows).popup(row.mapToGlobal(row.rect().bottomLeft()))

    # an infection

    def _infection(self, case: JourneyView, mark: InfectionMark) -> Section:
        _, desk = self._desk.words, self._desk
        made = section(desk, N_("Infection"))
        if mark.blocks_travel:
            words = _(N_("No travel until a doctor declares the patient fit to fly"))
            made.add(Marked(desk, words, Shape.BLOCKED, Tone.RED, role=Role.STRONG, ground="sunken", wrap=True))
        elif mark.is_infectious:
            made.add(Marked(desk, _(N_("Declared fit to fly")), Shape.DONE, Tone.GREEN, ground="sunken"))
        else:
            made.add(Marked(desk, _(N_("No longer infectious")), Shape.DONE, Tone.GREEN, ground="sunken"))
        look = link(desk.icons, _(N_("Show the notice…")), partial(self._look, case, mark), icon="lock", small=True)
        made.body.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _look(self, case: JourneyView, mark: InfectionMark) -> None:
        """Open the notice where the officer may see it; say so where not, and never while names are hidden."""
        if self._desk.masking.on:
            self._desk.toast(self._desk.words(N_("Hidden while names are hidden.")), refused=True)
            return
        notice_form(self._bench, case.id, version=mark.version)

    # doing

    def _write(self, action: str, write: Callable[..., Any], *arguments: Any, said: str) -> None:
        desk = self._desk
        desk.runner.write(
            action, write, *arguments, owner=self._owner, done=lambda _answer: self._bench.done(said),
            refused=lambda problems: desk.toast(" ".join(p.text(desk.words) for p in problems), refused=True),
        )  # fmt: skip
