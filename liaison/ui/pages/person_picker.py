"""Who a case is about: somebody on record, found while typing, or somebody new, with a look at who may be the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.errors import Refused
from liaison.domain.identifiers import phone_shown
from liaison.domain.people import PatientDraft
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.matching import SimilarPatient, is_probably_same, similar_patients
from liaison.services.views import PatientView, patient_view
from liaison.ui.desk import Desk
from liaison.ui.pages.lookups import patient_edit
from liaison.ui.pages.patient_form import person_form
from liaison.ui.pages.said import about_person
from liaison.ui.pages.same_person import look_for_same, same_words
from liaison.ui.theme import Role, Tone
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.buttons import link, secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked, clear
from liaison.ui.widgets.shapes import Shape

LOOK_AFTER_MS = 350
CHOOSE = N_("Choose a person, or enter a new one.")


class PersonPicker(QWidget):
    """One person. ``changed`` whenever another person is meant; ``value`` gives an id or a draft."""

    changed = Signal()

    def __init__(self, desk: Desk, *, name: str) -> None:
        super().__init__()
        self._desk = desk
        self.known: PatientView | None = None
        self._is_new = False
        self._similar: Sequence[SimilarPatient] = ()
        self._number = ""
        _ = desk.words
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        self.lookup = patient_edit(desk, create=True)
        self.lookup.set_name(_(name))
        self.lookup.line.setPlaceholderText(_(N_("Type a name, a number, a telephone")))
        self.lookup.create_wanted.connect(self.enter_new)
        self.lookup.found.connect(self._found)
        self.lookup.changed.connect(self._typed)
        self._search = self._search_row(_(name))
        box.addWidget(self._search)
        self.about = Label("", Role.SECOND, wrap=True)
        self.about.hide()
        box.addWidget(self.about)
        self.problem = Marked(desk, "", Shape.BLOCKED, Tone.RED, role=Role.ERROR, wrap=True)
        self.problem.hide()
        box.addWidget(self.problem)
        self.form = person_form(desk)
        self.form.set(PatientDraft(full_name=""))
        self.form.hide()
        box.addWidget(self.form)
        self.same = QFrame()
        self.same.setObjectName("cardSunken")
        self._same_box = QVBoxLayout(self.same)
        self._same_box.setContentsMargins(12, 8, 12, 8)
        self._same_box.setSpacing(4)
        self.same.hide()
        box.addWidget(self.same)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(LOOK_AFTER_MS)
        self._wait.timeout.connect(self.look)
        self.form.changed.connect(self._wait.start)
        self.form.changed.connect(self.changed.emit)

    def _search_row(self, name: str) -> QWidget:
        _ = self._desk.words
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(Label(name, Role.LABEL, buddy=self.lookup.inner()))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.lookup, 1)
        self.new_button = secondary(
            self._desk.icons, _(N_("New person")), lambda: self.enter_new(self.lookup.line.text().strip()),
            icon="user-plus",
        )  # fmt: skip
        row.addWidget(self.new_button)
        column.addLayout(row)
        return holder

    # somebody on record

    def choose(self, patient_id: int) -> None:
        """Take somebody who is on record."""
        self._is_new = False
        self._search.show()
        self.form.hide()
        self.same.hide()
        self.lookup.set_value(patient_id)
        self._found(patient_id)

    def _found(self, patient_id: object) -> None:
        self.known = None
        self.about.hide()
        self.problem.hide()
        if isinstance(patient_id, int):
            self._desk.runner.read(patient_view, patient_id, owner=self, done=self._show_known, key="person")
        else:
            self.changed.emit()

    def _show_known(self, person: PatientView) -> None:
        _, desk = self._desk.words, self._desk
        self.known = person
        parts = [about_person(_, sex=person.sex, age=person.age, city=person.city)]
        if person.phone:
            parts.append(desk.masking.number(phone_shown(person.phone)))
        cases = _.plural("{count} case on record", "{count} cases on record", len(person.journeys))
        self.about.setText(" · ".join(p for p in (*parts, cases) if p))
        self.about.show()
        desk.runner.read(_twins, person, owner=self, done=partial(self._show_twins, person.id), key="twins")
        self.changed.emit()

    def _show_twins(self, person_id: int, found: Sequence[SimilarPatient]) -> None:
        """The one chosen may stand on record twice: say so, and lead to where the two are put together."""
        if self.known is None or self.known.id != person_id:
            return
        self._offer(found, N_("May be on record twice:"), N_("Compare the two"), self._compare)

    def _compare(self, other: int) -> None:
        if self.known is not None:
            self._desk.go("merge_persons", self.known.id, other=other)

    def _typed(self) -> None:
        self.problem.hide()
        if self.known is not None:
            self.known = None
            self.about.hide()
            self.same.hide()
            self.changed.emit()

    # somebody new

    def enter_new(self, name: str = "") -> None:
        """Somebody who is not on record yet."""
        self._is_new = True
        self.known = None
        self.problem.hide()
        self._search.hide()
        self.about.hide()
        self.form.show()
        words, phone = name_and_phone(name)
        self._number = " ".join(word for word in name.split() if any(c.isdigit() for c in word))
        if words:
            self.form.editor("full_name").set_value(words)
        if phone and sum(c.isdigit() for c in phone) < NIK_DIGITS:
            self.form.editor("phone").set_value(phone)
        self.form.focus("full_name")
        self.look()
        self.changed.emit()

    def look(self) -> None:
        """Who on record may be the same person?"""
        if self._is_new:
            look_for_same(self._desk, self.form, owner=self, done=self._show_similar, number=self._number)
        else:
            self.same.hide()

    def _show_similar(self, found: Sequence[SimilarPatient]) -> None:
        self._similar = found
        self._offer(found if self._is_new else (), N_("May be the same person:"), N_("Take this one"), self.choose)

    def _offer(self, found: Sequence[SimilarPatient], head: str, verb: str, run: Callable[[int], object]) -> None:
        clear(self._same_box)
        self.same.setVisible(bool(found))
        if not found:
            return
        _, desk = self._desk.words, self._desk
        self._same_box.addWidget(Marked(desk, _(head), Shape.WARNING, Tone.AMBER, role=Role.WARNING))
        for each in found:
            row = QHBoxLayout()
            row.addWidget(Label(same_words(desk, each), Role.TEXT, elide=True), 1)
            row.addWidget(link(desk.icons, _(verb), partial(run, each.id), small=True))
            self._same_box.addLayout(row)

    # reading

    @property
    def is_new(self) -> bool:
        """Whether somebody new is being entered."""
        return self._is_new

    def read(self) -> int | PatientDraft:
        """The person's id, or the draft of a new one. Raises :class:`Refused`, marked with the field it belongs to."""
        if self._is_new:
            return self.form.read()
        try:
            found = self.lookup.value()
        except Unreadable as error:
            raise Refused(
                [Problem(code=error.problem.code, message=error.problem.message, field="patient_id")]
            ) from error
        if found is None:
            raise Refused([Problem(code="MISSING", message=CHOOSE, field="patient_id")])
        return int(found)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Those of the new person at their fields, that nobody was chosen under the search line."""
        found = tuple(problems)
        if self._is_new:
            self.form.show(found)
            return
        mine = [p for p in found if p.field == "patient_id"]
        self.problem.setVisible(bool(mine))
        self.lookup.mark(wrong=bool(mine))
        if mine:
            self.problem.label.setText(mine[0].text(self._desk.words))

    def keep(self) -> dict[str, Any]:
        """What is typed or chosen."""
        return {"new": self._is_new, "form": self.form.keep(), "known": self.lookup.typed()}

    def resume(self, kept: dict[str, Any]) -> None:
        """Put it back."""
        if kept.get("new"):
            self.enter_new()
            self.form.resume(kept.get("form", {}))
            self.look()
            return
        known = str(kept.get("known", "|"))
        key = known.partition("|")[0]
        if key:
            self.choose(int(key))
        else:
            self.lookup.retype(known)


NIK_DIGITS = 16
LEAST_DIGITS = 6
"""Fewer digits are no telephone: a house number, an age, part of a case number."""


def name_and_phone(typed: str) -> tuple[str, str]:
    """What was typed into a search, as a name and a telephone; a word with a few digits only is neither."""
    found = re.search(r"\+?\(?\d[\d\s().-]*\d", typed)
    if found is not None and sum(c.isdigit() for c in found[0]) >= LEAST_DIGITS:
        rest = f"{typed[: found.start()]} {typed[found.end() :]}"
        return " ".join(word for word in rest.split() if any(c.isalpha() for c in word)), found[0].strip()
    return ("", "") if any(c.isdigit() for c in typed) else (typed.strip(), "")


def _twins(session: Any, person: PatientView) -> list[SimilarPatient]:
    """Other records of somebody on record, where it is more than a guess."""
    found = similar_patients(
        session, person.full_name, phone=person.phone, birth_date=person.birth_date, exclude=person.id
    )
    return [each for each in found if is_probably_same(each)]
