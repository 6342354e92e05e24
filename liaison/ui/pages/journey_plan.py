"""The plan of a case, in the middle of its page: opinions, places, referrals, appointments, the way there and back.

What matters now stands first: before the letter the places to choose from, afterwards the way there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.care import AppointmentState
from liaison.domain.names import is_shown
from liaison.domain.travel_rules import source_words
from liaison.i18n import N_, upper_first
from liaison.services import care
from liaison.services.plan_views import (
    AppointmentLine,
    LegLine,
    OpinionLine,
    PlanView,
    ReferralLine,
    plan_of,
)
from liaison.ui.desk import Desk
from liaison.ui.pages import plan_words
from liaison.ui.pages.care_forms import (
    appointment_form,
    edit_appointment_form,
    edit_opinion_form,
    edit_referral_form,
    opinion_form,
    referral_form,
)
from liaison.ui.pages.money_forms import estimate_form
from liaison.ui.pages.page_parts import MenuRow, menu_of
from liaison.ui.pages.plan_places import PlacesTable
from liaison.ui.pages.short_forms import Bench
from liaison.ui.pages.travel_forms import (
    edit_escort_form,
    edit_leg_form,
    edit_stay_form,
    escort_form,
    leg_form,
    stay_form,
)
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link, quiet
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked, Pane, Section, clear
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow


class PlanPane(QWidget):
    """The plan's own line of buttons, and its sections below, which scroll."""

    def __init__(
        self, desk: Desk, bench: Bench, journey_id: int, *, back: Callable[[], object], send: Callable[[], object]
    ) -> None:
        super().__init__()
        self._send = send
        self._desk, self._bench, self._journey_id = desk, bench, journey_id
        self.plan: PlanView | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(self._bar(back))
        self.pane = Pane(desk, side="middle", padding=16, name=desk.words(N_("Plan")))
        self.pane.body.setContentsMargins(0, 4, 16, 12)
        box.addWidget(self.pane, 1)

    def _bar(self, back: Callable[[], object]) -> QHBoxLayout:
        _, icons = self._desk.words, self._desk.icons
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(Label(_(N_("Plan")), Role.CARD))
        row.addStretch(1)
        self.add_button = quiet(icons, _(N_("Add")), self._open_add, icon="plus", small=True)
        self.add_button.setAccessibleName(_(N_("Add to the plan")))
        self.pack_button = quiet(icons, _(N_("Itinerary")), self._open_pack, icon="printer", small=True)
        self.pack_button.setAccessibleName(_(N_("Print or send the itinerary pack")))
        self.back_button = quiet(icons, _(N_("Notes")), back, icon="notebook-pen", small=True)
        self.back_button.setAccessibleName(_(N_("Back to what happened")))
        for button in (self.add_button, self.pack_button, self.back_button):
            row.addWidget(button)
        return row

    def read(self) -> None:
        """Read the plan as it stands."""
        self._desk.runner.read(plan_of, self._journey_id, owner=self, done=self.show_plan, key="plan")

    def show_plan(self, plan: PlanView) -> None:
        """Show a plan; where nothing changed, it stays as it stands."""
        if plan == self.plan:
            return
        self.plan = plan
        place = self.pane.area.verticalScrollBar().value()
        clear(self.pane.body)
        choosing = (self._opinions, self._places)
        going = (self._appointments, self._way, self._checks)
        order = (*going, self._referrals, *choosing) if plan.is_travel_near else (*choosing, self._referrals, *going)
        for part in order:
            self.pane.add(part(plan))
        self.pane.finish()
        self.pane.area.verticalScrollBar().setValue(place)

    # what can be added

    def _adding(self, plan: PlanView) -> list[MenuRow]:
        _, bench, key = self._desk.words, self._bench, self._journey_id
        house = plan.hospital_id
        return [
            (_(N_("Medical opinion…")), partial(opinion_form, bench, key)),
            (_(N_("Cost estimate…")), partial(estimate_form, bench, key, hospital_id=None)),
            (_(N_("Referral…")), partial(referral_form, bench, key, hospital_id=house, doctor=plan.doctor)),
            (_(N_("Appointment…")), self._new_appointment),
            None,
            (_(N_("Flight or other leg…")), self._new_leg),
            (_(N_("Hotel…")), partial(stay_form, bench, key)),
            (_(N_("Who goes along…")), partial(escort_form, bench, key)),
        ]

    def _open_add(self) -> None:
        if self.plan is not None:
            menu = menu_of(self.add_button, self._adding(self.plan))
            menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def _new_appointment(self) -> None:
        plan = self.plan
        if plan is not None:
            appointment_form(
                self._bench, self._journey_id, hospital_id=plan.hospital_id, doctor=plan.doctor, zone=plan.there_zone
            )

    def _new_leg(self) -> None:
        plan = self.plan
        if plan is not None:
            leg_form(
                self._bench, self._journey_id, home=plan.home_zone, there=plan.there_zone, destination=plan.destination
            )

    def _open_pack(self) -> None:
        _ = self._desk.words
        rows: list[MenuRow] = [
            (_(N_("Print or save the pack…")), self._print),
            (_(N_("Send the travel plan by WhatsApp…")), self._send),
        ]
        menu = menu_of(self.pack_button, rows)
        menu.popup(self.pack_button.mapToGlobal(self.pack_button.rect().bottomLeft()))

    def _print(self) -> None:
        if self.plan is not None:
            self._desk.go("reports", None, name="itinerary", case=self.plan.case_no)

    # sections

    def _section(self, title: str, run: Callable[[], object], hint: str) -> Section:
        _, icons = self._desk.words, self._desk.icons
        add = link(icons, _(N_("Add")), run, icon="plus", small=True)
        add.setAccessibleName(_(hint))
        return Section(_(title), beside=add)

    def _empty(self, made: Section, words: str) -> Section:
        made.add(Label(self._desk.words(words), Role.SECOND, wrap=True))
        return made

    def _opinions(self, plan: PlanView) -> Section:
        made = self._section(
            N_("Medical opinions"), partial(opinion_form, self._bench, self._journey_id), N_("Add a medical opinion")
        )
        if not plan.opinions:
            return self._empty(made, N_("No doctor has been asked yet."))
        for line in plan.opinions:
            self._opinion(made, line)
        return made

    def _opinion(self, made: Section, line: OpinionLine) -> None:
        _, formats, draft = self._desk.words, self._desk.formats, line.draft
        whom = " · ".join(part for part in (line.hospital, draft.doctor) if part)
        at = draft.answered_at or draft.asked_at
        day = formats.short_date(formats.home_day(at))
        if draft.answered_at is not None:
            shape, tone, beside = Shape.DONE, Tone.GREEN, _(N_("answered {day}"), day=day)
        else:
            shape, tone, beside = Shape.WAITING, Tone.AMBER, _(N_("asked {day}"), day=day)
        run = partial(edit_opinion_form, self._bench, line.id, version=line.version)
        details = plan_words.opinion_words(_, draft)
        self._row(made, f"opinion.{line.id}", whom, shape, tone, beside, self._hidden(details), run)

    def _places(self, plan: PlanView) -> Section:
        made = self._section(
            N_("Places side by side"),
            partial(estimate_form, self._bench, self._journey_id, hospital_id=None),
            N_("Add a cost estimate"),
        )
        if not plan.comparison.places:
            return self._empty(
                made, N_("No estimate yet. Two or three places, one of them in Indonesia, compare well.")
            )
        made.add(PlacesTable(self._desk, self._bench, plan.comparison))
        return made

    def _referrals(self, plan: PlanView) -> Section:
        made = self._section(
            N_("Referrals"),
            partial(referral_form, self._bench, self._journey_id, hospital_id=plan.hospital_id, doctor=plan.doctor),
            N_("Add a referral"),
        )
        if not plan.referrals:
            return self._empty(made, N_("No referral yet."))
        for line in plan.referrals:
            self._referral(made, line)
        return made

    def _referral(self, made: Section, line: ReferralLine) -> None:
        _, draft = self._desk.words, line.draft
        sender = draft.from_doctor or draft.from_place
        there = ", ".join(part for part in (draft.to_doctor, line.hospital) if part)
        words = f"{sender} → {there}" if sender else there
        shape, tone = plan_words.REFERRALS[line.state]
        beside = _(line.state.label)
        if line.is_answer_late:
            shape, tone, beside = Shape.LATE, Tone.RED, _(N_("no answer for a day"))
        if line.is_home_late:
            shape, tone, beside = Shape.LATE, Tone.RED, _(N_("doctor at home waits"))
        details = plan_words.referral_words(_, draft, home_due=line.home_answer_due)
        run = partial(edit_referral_form, self._bench, line.id, version=line.version)
        self._row(made, f"referral.{line.id}", words, shape, tone, beside, details, run)

    def _appointments(self, plan: PlanView) -> Section:
        made = self._section(N_("Appointments"), self._new_appointment, N_("Add an appointment"))
        if not plan.appointments:
            return self._empty(made, N_("No appointment yet."))
        for line in plan.appointments:
            self._appointment(made, line, plan)
        return made

    def _appointment(self, made: Section, line: AppointmentLine, plan: PlanView) -> None:
        _, draft = self._desk.words, line.draft
        what = _(draft.kind.label)
        if draft.starts_at is None:
            no_hour = _(N_("no hour yet"))
            words = f"{upper_first(what)} · {no_hour}"
        else:
            day = plan_words.day_words(_, draft.starts_at, draft.zone)
            clocks = plan_words.both_clocks(_, draft.starts_at, draft.zone, plan.home_zone)
            words = f"{day}, {clocks} · {what}"
        shape, tone = plan_words.APPOINTMENTS[line.state]
        beside = _(line.state.label)
        if line.state is AppointmentState.CONFIRMED and not line.is_over:
            beside = _(plan_words.NOT_TOLD)
        details = " · ".join(p for p in (draft.doctor, line.hospital, draft.place, draft.preparation) if p)
        run = partial(edit_appointment_form, self._bench, line.id, version=line.version)
        self._row(made, f"appointment.{line.id}", words, shape, tone, beside, self._hidden(details), run)
        if line.state is AppointmentState.CONFIRMED and not line.is_over:
            told = link(
                self._desk.icons, _(N_("The patient knows")), partial(self._tell, line), icon="check", small=True
            )
            told.setObjectName(f"told.{line.id}")
            made.add(told)

    def _tell(self, line: AppointmentLine) -> None:
        desk = self._desk
        desk.runner.write(
            N_("The patient was told of an appointment"), partial(care.patient_told, version=line.version), line.id,
            owner=self, done=lambda _c: desk.toast(desk.words(N_("Noted: the patient knows"))),
        )  # fmt: skip

    def _way(self, plan: PlanView) -> Section:
        made = self._section(N_("The way there and back"), self._new_leg, N_("Add a leg of the journey"))
        if not (plan.legs or plan.stays or plan.escorts):
            return self._empty(made, N_("Nothing is booked yet."))
        for line in plan.legs:
            self._leg(made, line)
        _, bench = self._desk.words, self._bench
        for stay in plan.stays:
            nights = _.plural("{count} night", "{count} nights", stay.draft.nights)
            self._row(
                made, f"stay.{stay.id}", plan_words.stay_words(_, stay.draft), Shape.OPEN, Tone.INK, nights,
                plan_words.stay_details(_, stay.draft), partial(edit_stay_form, bench, stay.id, version=stay.version),
            )  # fmt: skip
        for escort in plan.escorts:
            name = self._hidden(escort.draft.name)
            ends = escort.draft.passport_expires_on
            passport = _(N_("passport to {day}"), day=ends) if ends is not None else ""
            self._row(
                made, f"escort.{escort.id}", name, Shape.OPEN, Tone.INK, _(escort.draft.kind.label), passport,
                partial(edit_escort_form, bench, escort.id, version=escort.version),
            )  # fmt: skip
        return made

    def _leg(self, made: Section, line: LegLine) -> None:
        _ = self._desk.words
        shape, tone = plan_words.MEDIFS[line.draft.medif]
        run = partial(edit_leg_form, self._bench, line.id, version=line.version)
        pick_up = self._hidden(line.draft.pick_up)  # may name the patient on a board
        details = " · ".join(part for part in (plan_words.leg_details(_, line.draft), pick_up) if part)
        self._row(
            made, f"leg.{line.id}", plan_words.leg_words(_, line.draft), shape, tone, line.draft.number, details, run
        )

    def _checks(self, plan: PlanView) -> Section:
        _, formats = self._desk.words, self._desk.formats
        made = Section(_(N_("Before leaving")))
        if not plan.findings:
            return self._empty(made, N_("Nothing to check for this place."))
        for one in plan.findings:
            if one.is_good:
                shape, tone = Shape.DONE, Tone.GREEN
            elif one.problem.severity == "error":
                shape, tone = Shape.BLOCKED, Tone.RED
            else:
                shape, tone = Shape.WARNING, Tone.AMBER
            line = Marked(self._desk, one.problem.text(_), shape, tone, wrap=True)
            if one.source:
                day = formats.date(one.checked_on) if one.checked_on is not None else _(N_("never checked"))
                source = source_words(one.source, _)
                line.setToolTip(_(N_("Rule from: {source}; last checked: {day}"), source=source, day=day))
            made.add(line)
        made.add(Label(self._sources(plan), Role.SECOND, wrap=True))
        return made

    def _sources(self, plan: PlanView) -> str:
        """The rules behind the findings with the day of their last check, each once."""
        _, formats = self._desk.words, self._desk.formats
        found = dict.fromkeys((one.source, one.checked_on) for one in plan.findings if one.source)
        never = _(N_("never checked"))
        said = [
            f"{source_words(source, _)} ({formats.date(day) if day is not None else never})" for source, day in found
        ]
        return _(N_("Rules from: {sources}"), sources="; ".join(said)) if said else ""

    # one row

    def _row(
        self, made: Section, name: str, words: str, shape: Shape, tone: Tone, beside: str, details: str,
        run: Callable[[], Any],
    ) -> StepRow:  # fmt: skip
        row = StepRow(self._desk, words, shape=shape, tone=tone, beside=beside, strong=True, ground="surface")
        row.setObjectName(name)
        row.clicked.connect(lambda _on=False: run())
        made.add(row)
        if is_shown(details):
            under = Label(details, Role.SECOND, wrap=True)
            under.setContentsMargins(self._desk.theme.px(18), 0, 0, 3)
            made.add(under)
        return row

    def _hidden(self, text: str) -> str:
        return self._desk.masking.text(text)
