"""A new journey: who it is about, what for, at which stage it stands, which cover it goes by, who looks after it.

A case may enter at the stage it is in; what is missing there is listed at the right before anything is written, and
becomes steps with a due time. A couple's check-up is opened in one go.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from liaison.domain.errors import Refused
from liaison.domain.journey_debts import debts
from liaison.domain.journey_facts import Case, read_facts
from liaison.domain.journey_kinds import path_of
from liaison.domain.journeys import (
    MAIN_PATH,
    STAGE_OF,
    EntryMode,
    JourneyDraft,
    JourneyKind,
    JourneyState,
    check_journey,
)
from liaison.domain.lifecycle import Debt
from liaison.domain.people import PatientDraft
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services import journeys
from liaison.services.changes import Changes
from liaison.services.policies import CoverSummary, covers_of
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages.lookups import (
    NONE_CHOSEN,
    agent_choice,
    cover_words,
    hospital_edit,
    officer_choice,
)
from liaison.ui.pages.person_picker import PersonPicker
from liaison.ui.pages.said import when
from liaison.ui.places import Place
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import primary, secondary
from liaison.ui.widgets.drawer import CANCEL
from liaison.ui.widgets.editors import Choice, Editor, LongText, TickBox
from liaison.ui.widgets.form import Form, Heading, Row
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import ActionBar, Head, Pane, Section, clear, hairline
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow

ROWS: tuple[Row, ...] = (
    Heading(text=N_("The case")),
    ("kind", "state"),
    ("entry_mode", "source_channel"),
    "need",
    Heading(text=N_("Where to")),
    ("destination_country", "hospital_id"),
    ("planned_admission_on", "planned_return_on"),
    ("diagnosis_code", "diagnosis"),
    Heading(text=N_("Who pays, who looks after it")),
    ("cover_id", "payer_path"),
    ("officer_id", "agent_id"),
    ("origin_city", "opened_on"),
)

COUNTRIES = (
    ("MY", N_("Malaysia")),
    ("SG", N_("Singapore")),
    ("CN", N_("China")),
    ("KH", N_("Cambodia")),
    ("TH", N_("Thailand")),
    ("ID", N_("Indonesia (at home)")),
)
WIDEST = 800


def _kept() -> frozenset[str]:
    shown = {n for row in ROWS if not isinstance(row, Heading) for n in ([row] if isinstance(row, str) else row)}
    return frozenset(f.name for f in dataclasses.fields(JourneyDraft)) - shown


class CountryChoice(Choice):
    """A country for a field that holds its code as text."""

    def __init__(self, desk: Desk) -> None:
        choices = [(code, desk.words(name)) for code, name in COUNTRIES]
        super().__init__(desk, choices, none=desk.words(N_("not known yet")), search=False)

    def value(self) -> Any:
        """The code, or an empty text."""
        return super().value() or ""


class JourneyFormPage(Page):
    """A new case. Nothing is written before "Open the case"."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._covers: Sequence[CoverSummary] = ()
        self._stage_touched = False
        _ = desk.words
        self.person = PersonPicker(desk, name=N_("Who is it about?"))
        self.person.changed.connect(self._person_changed)
        self.partner = PersonPicker(desk, name=N_("The second person of the couple"))
        self.cover = Choice(desk, (), none=_(NONE_CHOSEN), search=False)
        self.stage = Choice(desk, (), search=True)
        self.form = Form(desk, JourneyDraft, ROWS, editors=self._editors(), kept=_kept())
        self.couple = TickBox(desk, _(N_("A couple: open a case for each, linked to each other")))
        self.couple.toggled.connect(self._couple_switched)
        self.save_button = primary(desk.icons, _(N_("Open the case")), self.save, icon="check")
        self._lay_out()
        self._begin()
        self.form.changed.connect(self._typed)
        self.form.editor("kind").changed.connect(self._kind_changed)
        self.form.editor("entry_mode").changed.connect(self._mode_changed)
        self.stage.changed.connect(self._stage_chosen)

    def _editors(self) -> dict[str, Editor]:
        desk = self.desk
        return {
            "cover_id": self.cover,
            "state": self.stage,
            "need": LongText(desk, lines=2),
            "destination_country": CountryChoice(desk),
            "hospital_id": hospital_edit(desk),
            "officer_id": officer_choice(desk),
            "agent_id": agent_choice(desk),
        }

    def _lay_out(self) -> None:
        desk, _ = self.desk, self.desk.words
        title = _(N_("New journey"))
        self.body.addWidget(Head(desk, title, back=desk.frame.back, back_hint=_(N_("Back"))))
        self.body.addWidget(hairline())
        middle = Pane(desk, side="middle", name=title)
        column = QWidget()
        column.setMaximumWidth(WIDEST)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, 0, 12)
        box.setSpacing(14)
        box.addWidget(Label(_(N_("The person")), Role.SECTION))
        box.addWidget(self.person)
        box.addWidget(self.couple)
        box.addWidget(self.partner)
        box.addWidget(self.form)
        row = QHBoxLayout()
        row.addWidget(column, 8)
        row.addStretch(1)
        middle.body.addLayout(row)
        middle.finish()
        self.side = Pane(desk, side="right", width=312, name=_(N_("What opening the case will do")))
        holder = QFrame()
        holder.setObjectName("head")
        panes = QHBoxLayout(holder)
        panes.setContentsMargins(0, 0, 0, 0)
        panes.setSpacing(0)
        panes.addWidget(middle, 1)
        panes.addWidget(self.side)
        self.body.addWidget(holder, 1)
        note = Label(_(N_("Nothing is written before you open the case.")), Role.SECOND, elide=True)
        cancel = secondary(desk.icons, _(CANCEL), desk.frame.back)
        self.body.addWidget(ActionBar(note=note, buttons=(cancel, self.save_button)))

    def _begin(self) -> None:
        self._offer_stages(JourneyKind.TREATMENT, "MY")
        draft = JourneyDraft(patient_id=0, opened_on=self.desk.today(), destination_country="MY")
        self.form.set(draft)
        self.couple.hide()
        self.partner.hide()
        self._show_side()

    def start(self) -> None:
        """The first question is who."""
        patient, name = self.place.values.get("patient"), self.place.values.get("name")
        if isinstance(patient, int):
            self.person.choose(patient)
            self.form.focus("kind")
        elif isinstance(name, str) and name:
            self.person.enter_new(name)
        else:
            self.person.lookup.setFocus()

    # what follows from what

    def _person_changed(self) -> None:
        """Another person, other covers: none of them is preselected."""
        self._covers = ()
        self.cover.set_choices((), none=self.desk.words(NONE_CHOSEN))
        known = self.person.known
        if known is not None:
            self.desk.runner.read(covers_of, known.id, owner=self, done=self._offer_covers, key="covers")
            if not self.form.editor("origin_city").typed():
                self.form.editor("origin_city").set_value(known.city)
        self._show_side()

    def _offer_covers(self, covers: Sequence[CoverSummary]) -> None:
        self._covers = covers
        choices = [(c.id, cover_words(self.desk, c)) for c in covers]
        self.cover.set_choices(choices, none=self.desk.words(NONE_CHOSEN))
        self._show_side()

    def _offer_stages(self, kind: JourneyKind, country: str) -> None:
        _ = self.desk.words
        path = path_of(kind, is_domestic=country == "ID")
        states = [s for s in MAIN_PATH if s in path and s is not JourneyState.CLOSED]
        self.stage.set_choices([(s, f"{_(STAGE_OF[s].label)}: {_(s.label)}") for s in states])

    def _kind_changed(self) -> None:
        kind = self.form.editor("kind").value()
        was = self._state()
        self._offer_stages(kind, self.form.editor("destination_country").value())
        self.stage.set_value(was if was in path_of(kind) else JourneyState.ENQUIRY)
        self.couple.setVisible(kind is JourneyKind.CHECK_UP)
        if kind is not JourneyKind.CHECK_UP:
            self.couple.setChecked(False)
        self._show_side()

    def _mode_changed(self) -> None:
        """An emergency begins in hospital, unless somebody has said otherwise."""
        mode = self.form.editor("entry_mode").value()
        if mode is EntryMode.EMERGENCY and not self._stage_touched:
            self.stage.set_value(JourneyState.ADMITTED)
        self._show_side()

    def _stage_chosen(self) -> None:
        self._stage_touched = True

    def _couple_switched(self, on: bool) -> None:
        self.partner.setVisible(on)
        if on:
            self.partner.lookup.setFocus()

    def _typed(self) -> None:
        self._show_side()

    def _state(self) -> JourneyState:
        from liaison.ui.typed import Unreadable

        try:
            found = self.stage.value()
        except Unreadable:
            return JourneyState.ENQUIRY
        return found or JourneyState.ENQUIRY

    # what it will do

    def _owed(self) -> list[Debt]:
        """What will be missing at that stage, as the domain says it."""
        editor = self.form.editor
        known = self.person.known
        case = Case(
            kind=editor("kind").value(),
            entry_mode=editor("entry_mode").value(),
            phone=known.phone if known else str(self.person.form.editor("phone").typed()),
            need=str(editor("need").typed()),
            destination_country=editor("destination_country").value(),
            cover_id=editor("cover_id").value(),
            payer_path=editor("payer_path").value(),
            passport_expires_on=next((i.expires_on for i in known.identifiers if i.expires_on), None)
            if known
            else None,
        )
        now = self.desk.clock()
        return debts(self._state(), read_facts(case, (), now=now, today=self.desk.today()), now)

    def _show_side(self) -> None:
        clear(self.side.body)
        _, desk = self.desk.words, self.desk
        state = self._state()
        made = Section(_(N_("It enters here")))
        made.add(Label(_(STAGE_OF[state].label), Role.STRONG))
        made.add(Label(_(state.label), Role.SECOND))
        self.side.add(made)
        owed = self._owed()
        section = Section(_(N_("Still to be supplied")), line=False)
        if not owed:
            section.add(
                Label(_(N_("Nothing: each stage asks for what it needs as the case goes on.")), Role.SECOND, wrap=True)
            )
        for debt in owed:
            due = when(_, debt.due, now=desk.clock())
            section.add(StepRow(desk, _(debt.label), shape=Shape.OPEN, tone=Tone.INK, beside=due))
        if owed:
            section.add(
                Label(
                    _(N_("These become steps of the case with a due time; nothing is refused.")), Role.SECOND, wrap=True
                )
            )
        self.side.add(section)
        self.side.finish()

    # saving

    def save(self) -> None:
        """Read everything, show every problem at once, and open the case as one action."""
        problems: list[Problem] = []
        people: list[int | PatientDraft] = []
        for picker in self._pickers():
            picker.show_problems(())
            try:
                people.append(picker.read())
            except Refused as refused:
                problems += refused.problems
                picker.show_problems(refused.problems)
        draft: JourneyDraft | None = None
        try:
            draft = self.form.read()
        except Refused as refused:
            problems += refused.problems
        if draft is not None:
            checked = dataclasses.replace(draft, patient_id=draft.patient_id or 1)
            problems += [p for p in check_journey(checked, today=self.desk.today()) if p.severity == "error"]
        own = [p for p in problems if p.field in self.form.boxes]
        self.form.show(own)
        if problems or draft is None:
            return
        self._write(draft, people)

    def _pickers(self) -> Iterable[PersonPicker]:
        return (self.person, self.partner) if self.couple.isChecked() else (self.person,)

    def _write(self, draft: JourneyDraft, people: list[int | PatientDraft]) -> None:
        runner = self.desk.runner
        if len(people) == 2:
            both = partial(journeys.open_couple, first=people[0], second=people[1])
            runner.write(N_("Open two linked cases"), both, draft, owner=self, done=self._opened, refused=self._refused)
            return
        who = people[0]
        if isinstance(who, int):
            opened, draft = journeys.open_journey, dataclasses.replace(draft, patient_id=who)
            runner.write(N_("Open a case"), opened, draft, owner=self, done=self._opened, refused=self._refused)
            return
        with_person = partial(journeys.open_journey, patient=who)
        runner.write(N_("Open a case"), with_person, draft, owner=self, done=self._opened, refused=self._refused)

    def _refused(self, problems: Sequence[Problem]) -> None:
        """The store's own objections, at the field of whoever has it."""
        self.form.show([p for p in problems if p.field in self.form.boxes or p.field not in self.person.form.boxes])
        for picker in self._pickers():
            picker.show_problems(problems)

    def _opened(self, changes: Changes) -> None:
        said = N_("Two cases opened") if self.couple.isChecked() else N_("Case opened")
        self.desk.toast(self.desk.words(said))
        self.desk.frame.moved(Place(page="journeys"))
        self.desk.go("journey", changes.made)

    # keeping

    def keep(self) -> dict[str, object]:
        """What is typed and chosen."""
        return {
            "person": self.person.keep(),
            "partner": self.partner.keep(),
            "couple": self.couple.isChecked(),
            "kind": self.form.editor("kind").value().value,
            "state": self._state().value,
            "form": {k: v for k, v in self.form.keep().items() if k not in ("kind", "state", "entry_mode")},
            "mode": self.form.editor("entry_mode").value().value,
        }

    def resume(self, kept: dict[str, object]) -> None:
        """Put it back."""
        self.form.editor("kind").set_value(JourneyKind(str(kept["kind"])))
        self._kind_changed()
        self.form.editor("entry_mode").set_value(EntryMode(str(kept["mode"])))
        self.stage.set_value(JourneyState(str(kept["state"])))
        self._stage_touched = True
        self.couple.setChecked(bool(kept.get("couple")))
        for name, picker in (("person", self.person), ("partner", self.partner)):
            typed = kept.get(name)
            if isinstance(typed, dict):
                picker.resume(typed)
        form = kept.get("form")
        if isinstance(form, dict):
            self.form.resume(form)
        self._show_side()

    def actions_here(self) -> tuple[Action, ...]:
        """What can be done on this page."""
        return (
            Action(key="journey.open", text=N_("Open the case"), keys="Ctrl+Return", more_keys=("Ctrl+S",),
                   icon="check", run=self.save, scope=Scope.FORM, menu=Menu.FILE),
        )  # fmt: skip
