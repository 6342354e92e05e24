"""Doctors on the card of their hospital, and one doctor whole in the drawer: hours, absences, the next free time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.network import Freshness
from liaison.i18n import N_
from liaison.services import doctors
from liaison.services.changes import Changes
from liaison.services.doctors import DoctorLine, DoctorView, PlaceView
from liaison.ui.desk import Desk
from liaison.ui.pages import doctor_forms as forms
from liaison.ui.pages.calling import copy_number, spoken_words
from liaison.ui.pages.doctor_words import away_words, line_look, slot_look, slot_words, week_rows, week_words
from liaison.ui.pages.house_section import HouseSection
from liaison.ui.pages.page_parts import MenuRow, menu_icon
from liaison.ui.pages.short_forms import Bench
from liaison.ui.reopening import reopens
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button, link
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Facts, Marked, Section
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow


class DoctorSection(HouseSection):
    """The doctors of a hospital."""

    def __init__(self, desk: Desk, bench: Bench | None, house_id: int) -> None:
        super().__init__(desk, bench, house_id, read=doctors.doctors_of)

    def section(self, found: Sequence[DoctorLine]) -> Section:
        """Each with the hours here and the next free time; pressing one shows everything."""
        _, desk = self._desk.words, self._desk
        add = link(desk.icons, _(N_("Add")), self._new, icon="plus", small=True)
        add.setAccessibleName(_(N_("Add a doctor")))
        made = Section(_(N_("Doctors")), beside=add if self._bench is not None else None)
        if not found:
            made.add(Label(_(N_("No doctor of this hospital is on record yet.")), Role.SECOND, wrap=True))
        for line in found:
            shape, tone, beside = line_look(desk, line)
            row = StepRow(desk, line.doctor.called, shape=shape, tone=tone, beside=beside)
            row.setObjectName(f"doctor.{line.doctor.id}")
            row.clicked.connect(partial(self._open, line))
            made.add(row)
            about = ", ".join(line.doctor.specialties)
            hours = week_words(desk, line.place.sessions)
            text = " · ".join(part for part in (about, hours) if part)
            if text:
                made.add(Label(text, Role.SECOND, wrap=True))
        return made

    def _new(self) -> None:
        if self._bench is not None:
            forms.new_doctor_form(self._bench, self._house_id)

    def _open(self, line: DoctorLine, _on: object = None) -> None:
        if self._bench is not None:
            show_doctor(self._bench, line.doctor.id, self._house_id)


@reopens
def show_doctor(bench: Bench, doctor_id: int, hospital_id: int) -> None:
    """Everything known of a doctor in the drawer; its filled button notes the next free time at this hospital."""

    def arrived(view: DoctorView) -> None:
        desk = bench.desk
        again = partial(_again, bench, doctor_id, hospital_id)
        pane = FormPane(
            desk, title=view.called, content=DoctorCard(bench, view, hospital_id),
            save=partial(forms.slot_form, bench, doctor_id, hospital_id, done=again), save_word=N_("Next free time…"),
        )  # fmt: skip
        bench.drawer.open(pane)
        QTimer.singleShot(0, pane, pane.save_button.setFocus)

    bench.desk.runner.read(doctors.doctor, doctor_id, owner=bench.drawer, done=arrived, key="doctor")


def _again(bench: Bench, doctor_id: int, hospital_id: int, _changes: object = None) -> None:
    show_doctor(bench, doctor_id, hospital_id)


class DoctorCard(QWidget):
    """Who it is, where and when they see patients, when they are away."""

    def __init__(self, bench: Bench, view: DoctorView, hospital_id: int) -> None:
        super().__init__()
        self._bench, self._desk, self._view, self._hospital_id = bench, bench.desk, view, hospital_id
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._about())
        for place in sorted(view.places, key=lambda p: p.hospital_id != hospital_id):
            box.addWidget(self._place(place))
        box.addWidget(self._absences())

    def _about(self) -> QWidget:
        _, desk, view = self._desk.words, self._desk, self._view
        made = Section(_(N_("What to know")), beside=menu_icon(desk, _(N_("More for this doctor")), self._menu()))
        facts = (
            ", ".join(view.specialties),
            _(N_("Speaks {languages}"), languages=spoken_words(desk, view.languages)) if view.languages else "",
            view.note,
        )
        for text in facts:
            if text:
                made.add(Label(text, Role.TEXT, wrap=True))
        if view.retired_on is not None:
            said = _(N_("No longer practises since {day}"), day=view.retired_on)
            made.add(Marked(desk, said, Shape.CLOSED, Tone.GREY, role=Role.SECOND, ground="sunken", wrap=True))
        made.add(self._verified())
        return made

    def _menu(self) -> list[MenuRow]:
        _, bench, view = self._desk.words, self._bench, self._view
        again = partial(_again, bench, view.id, self._hospital_id)
        rows: list[MenuRow] = [
            (_(N_("Change…")), partial(forms.edit_doctor_form, bench, view.id, version=view.version)),
            (_(N_("Another hospital…")), partial(forms.place_form, bench, view.id, done=again)),
            (_(N_("History of this entry")), partial(self._desk.go, "history", view.id, kind="doctor")),
        ]
        if view.retired_on is None:
            rows += [None, (_(N_("No longer practises")), self._retire)]
        return rows

    def _verified(self) -> QWidget:
        _, desk, view = self._desk.words, self._desk, self._view
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 2, 0, 0)
        if view.last_verified_on is None:
            text, shape, tone = _(N_("Never verified")), Shape.WARNING, Tone.AMBER
        else:
            text = _(N_("Verified {day}"), day=view.last_verified_on)
            looks = {Freshness.FRESH: (Shape.DONE, Tone.GREEN), Freshness.FADED: (Shape.OPEN, Tone.GREY)}
            shape, tone = looks.get(view.freshness, (Shape.WARNING, Tone.AMBER))
        row.addWidget(Marked(desk, text, shape, tone, role=Role.SECOND, ground="sunken"), 1)
        if view.last_verified_on != desk.today():
            row.addWidget(link(desk.icons, _(N_("Right today")), self._verify, small=True))
        return holder

    def _place(self, place: PlaceView) -> QWidget:
        _, desk, view = self._desk.words, self._desk, self._view
        edit = icon_button(
            desk.icons, "pencil", _(N_("Change the hours at {hospital}"), hospital=place.hospital),
            partial(forms.edit_place_form, self._bench, place.id, version=place.version), size=13,
        )  # fmt: skip
        made = Section(place.hospital, beside=edit)
        if place.until is not None:
            made.add(Label(_(N_("until {last}"), last=place.until), Role.SECOND))
        rows = week_rows(desk, place.sessions)
        if rows:
            facts = Facts()
            for day, hours in rows:
                if day:
                    facts.add(day, hours)
            made.add(facts if rows[0][0] else Label(rows[0][1], Role.TEXT, wrap=True))
        else:
            made.add(Label(_(N_("Hours are not known.")), Role.SECOND))
        if place.clinic:
            made.add(Label(place.clinic, Role.SECOND, wrap=True))
        if place.phone:
            number = link(desk.icons, place.phone, partial(copy_number, desk, place.phone), icon="phone", small=True)
            number.setAccessibleName(_(N_("Copy {number}"), number=place.phone))
            made.add(number)
        slot = view.slot_at(place.hospital_id)
        if slot is not None:
            shape, tone = slot_look(slot)
            row = StepRow(desk, _(N_("Next free time")), shape=shape, tone=tone)
            row.clicked.connect(lambda _on=False: forms.edit_slot_form(self._bench, slot.id, version=slot.version))
            made.add(row)
            tone_of_words = Tone.GREY if slot.is_faded or slot.is_past else None
            made.add(Label(slot_words(desk, slot), Role.SECOND, wrap=True, tone=tone_of_words))
        elif place.hospital_id != self._hospital_id:
            ask = partial(forms.slot_form, self._bench, view.id, place.hospital_id)
            made.add(link(desk.icons, _(N_("Next free time…")), ask, icon="plus", small=True))
        return made

    def _absences(self) -> QWidget:
        _, desk, view = self._desk.words, self._desk, self._view
        again = partial(_again, self._bench, view.id, self._hospital_id)
        add = link(
            desk.icons, _(N_("Add")), partial(forms.absence_form, self._bench, view.id, done=again), icon="plus",
            small=True,
        )  # fmt: skip
        add.setAccessibleName(_(N_("Note a doctor's absence")))
        made = Section(_(N_("Away")), beside=add, line=False)
        if not view.absences:
            made.add(Label(_(N_("No absence is known.")), Role.SECOND))
        for one in view.absences:
            is_over = one.last_on is not None and one.last_on < desk.today()
            shape, tone = (Shape.CLOSED, Tone.GREY) if is_over else (Shape.WAITING, Tone.AMBER)
            text = (
                _(N_("{first} to {last}"), first=one.first_on, last=one.last_on) if is_over else away_words(desk, one)
            )
            row = StepRow(desk, text, shape=shape, tone=tone)
            row.clicked.connect(
                lambda _on=False, each=one: forms.edit_absence_form(self._bench, each.id, version=each.version)
            )
            made.add(row)
            beside = " · ".join(part for part in (one.cause, one.told_by) if part)
            if beside:
                made.add(Label(beside, Role.SECOND, wrap=True))
        return made

    def _retire(self) -> None:
        self._write(N_("Say that a doctor no longer practises"), doctors.retire_doctor)

    def _verify(self) -> None:
        self._write(N_("Verify a doctor"), doctors.verify_doctor)

    def _write(self, action: str, write: Callable[..., Changes]) -> None:
        bench, view = self._bench, self._view

        def done(_changes: object) -> None:
            self._desk.toast(self._desk.words(N_("Saved")))
            _again(bench, view.id, self._hospital_id)

        self._desk.runner.write(action, write, view.id, owner=bench.drawer, done=done)
