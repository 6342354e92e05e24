"""The urgent call: typed while the caller speaks, in the order in which things are asked, without the mouse.

Enter goes from field to field, numbers tick danger signs, Enter on a hospital saves the call and hands it over. What is
half typed stays over Escape, another page and a lock. A missing consent stops nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.domain.urgent import Offer, UrgentCallDraft, check_call
from liaison.i18n import N_
from liaison.services import urgent
from liaison.services.changes import Changes
from liaison.services.matching import SimilarPatient, similar_patients
from liaison.services.urgent import CallView
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.key_sheet import native
from liaison.ui.page import Page
from liaison.ui.pages.same_person import LEAST_LETTERS, on_record, same_words
from liaison.ui.pages.urgent_offers import OffersPane
from liaison.ui.pages.urgent_signs import PRESS, SignsEdit
from liaison.ui.places import Place
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link, primary, secondary
from liaison.ui.widgets.editors import TextEdit, TickEdit
from liaison.ui.widgets.form import Form, Row
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import ActionBar, Head, Marked, Pane, Section, clear, hairline
from liaison.ui.widgets.shapes import Shape

TITLE = N_("Urgent call")
SAVE = N_("Save the call")
HANDED = N_("Handed over now")
AMBULANCE = N_("Ambulance")
ROWS: tuple[Row, ...] = (
    ("caller_phone", "caller"), ("full_name", "place"), "what", "flags", "is_stable", ("handed_to", "handed_at"),
)  # fmt: skip
ORDER = ("caller_phone", "caller", "full_name", "place", "what")
"""Enter goes from one to the next, then to the danger signs."""
KEPT = ("patient_id", "handed_to_id", "called_at")
PERSON = ("full_name",)
LOOK_AFTER_MS = 150
WIDEST = 760
MOST_SAME = 3


class UrgentPage(Page):
    """A new urgent call; with a record, the call of that case."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        _ = desk.words
        self.call: CallView | None = None
        self._known: SimilarPatient | None = None
        self._similar: Sequence[SimilarPatient] = ()
        self._house: int | None = None
        """The hospital that "handed over to" was filled from."""
        self._kept: dict[str, object] = {}
        self.signs = SignsEdit(desk)
        self.form = Form(desk, UrgentCallDraft, ROWS, editors=self._editors(), kept=KEPT)
        self.side = OffersPane(desk)
        self.side.chosen.connect(self._hand_to)
        self.save_button = primary(desk.icons, _(SAVE), self.save, icon="check")
        self.handed_button = secondary(desk.icons, self._hint(HANDED, "urgent.handed", "F3"), self.handed_over_now,
                                       icon="phone")  # fmt: skip
        self.case_button = secondary(desk.icons, _(N_("Open the case")), self._open_case)
        self.note = Marked(desk, _(N_("A missing consent stops nothing: it is asked for within a day.")), Shape.OPEN,
                           Tone.GREY, role=Role.SECOND)  # fmt: skip
        self._lay_out()
        self.form.set(UrgentCallDraft(caller_phone="", place="", what="", called_at=desk.clock()))
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(LOOK_AFTER_MS)
        self._wait.timeout.connect(self._look)
        self._listen()
        self.side.show_offers((), place="", flags=(), is_stable=False)

    def _editors(self) -> dict[str, Any]:
        stable = self.desk.words(N_("A doctor has seen the patient and says: stable"))
        return {"what": TextEdit(self.desk), "flags": self.signs, "is_stable": TickEdit(self.desk, stable)}

    def _hint(self, text: str, key: str, usual: str) -> str:
        keys = native(self.desk.actions.keys_of(key, usual))
        return f"{self.desk.words(text)} ({keys})" if keys else self.desk.words(text)

    def _listen(self) -> None:
        for name in ("place", "full_name", "caller_phone", "flags", "is_stable"):
            self.form.editor(name).changed.connect(self._wait.start)
        self.form.editor("handed_to").changed.connect(self._other_house)
        for here, there in zip(ORDER, (*ORDER[1:], "flags"), strict=True):
            self.form.editor(here).line.returnPressed.connect(partial(self._reach, there))
        self.signs.done.connect(self._to_hospitals)

    def _lay_out(self) -> None:
        desk, _ = self.desk, self.desk.words
        self.head = Head(desk, _(TITLE), note=_(PRESS), back=desk.frame.back, back_hint=_(N_("Back")))
        self.body.addWidget(self.head)
        self.body.addWidget(hairline())
        self.middle = Pane(desk, side="middle", name=_(TITLE))
        column = QWidget()
        column.setMaximumWidth(WIDEST)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, 0, 8)
        box.addWidget(self.form)
        row = QHBoxLayout()
        row.addWidget(column, 8)
        row.addStretch(1)
        self.middle.body.addLayout(row)
        self.middle.finish()
        holder = QFrame()
        holder.setObjectName("head")
        panes = QHBoxLayout(holder)
        panes.setContentsMargins(0, 0, 0, 0)
        panes.setSpacing(0)
        panes.addWidget(self.middle, 1)
        panes.addWidget(self.side)
        self.body.addWidget(holder, 1)
        self.case_button.hide()
        buttons = (self.case_button, self.handed_button, self.save_button)
        self.body.addWidget(ActionBar(note=self.note, buttons=buttons))

    def start(self) -> None:
        """The number first: a call that breaks off can be called back."""
        if self.place.record is not None:
            self.desk.runner.read(urgent.urgent_call, self.place.record, owner=self, done=self._show_call, key="call")
        else:
            self.form.focus("caller_phone")
            self._look()

    def _reach(self, name: str) -> None:
        """The next field, in sight."""
        inner = self.form.editor(name).inner()
        inner.setFocus(Qt.FocusReason.TabFocusReason)
        self.middle.area.ensureWidgetVisible(self.form.boxes[name])

    def _to_hospitals(self) -> None:
        if self.side.offers:
            (self.side.view if len(self.side.offers) > 1 else self.handed_button).setFocus()
        else:
            self.save_button.setFocus()

    # a call that is written down

    def _show_call(self, call: CallView) -> None:
        self.call = call
        _, desk = self.desk.words, self.desk
        self.head.set_note(f"{call.case_no} · {desk.formats.moment(call.draft.called_at or desk.clock())}")
        self.form.set(call.draft)
        self._house = call.draft.handed_to_id
        for name in PERSON:
            self.form.boxes[name].setEnabled(False)
        self.case_button.show()
        if call.follow_up_at is not None:
            due = desk.formats.clock_time(desk.formats.at_home(call.follow_up_at))
            self.note.label.setText(_(N_("Saved. Call again at {time}."), time=due))
            self.note.shape.show_shape(Shape.WAITING, Tone.BLUE)
        else:
            self.note.label.setText(_(N_("Saved. The call back is done.")))
            self.note.shape.show_shape(Shape.DONE, Tone.GREEN)
        kept, self._kept = self._kept, {}
        self._put_back(kept)
        self._look()
        if not call.draft.handed_to:
            self.handed_button.setFocus()

    def _open_case(self) -> None:
        if self.call is not None:
            self.desk.go("journey", self.call.journey_id)

    # whom to call, who it may be

    def _look(self) -> None:
        editor = self.form.editor
        place, flags, is_stable = str(editor("place").typed()), editor("flags").value(), editor("is_stable").value()
        show = partial(self.side.show_offers, place=place, flags=flags, is_stable=is_stable)
        if place.strip():
            self.desk.runner.read(
                urgent.hospitals_near, place, flags, is_stable, owner=self, done=show, key="hospitals"
            )
        else:
            show(())
        name = str(editor("full_name").typed()).strip()
        if self.call is not None or self._known is not None:
            self._show_same(())
        elif len(name) >= LEAST_LETTERS:
            phone = str(editor("caller_phone").typed())
            self.desk.runner.read(_similar, name, phone, owner=self, done=self._show_same, key="same")
        else:
            self._show_same(())

    def _show_same(self, found: Sequence[SimilarPatient]) -> None:
        _, desk, box = self.desk.words, self.desk, self.side.same_body
        clear(box)
        self._similar = found[:MOST_SAME]
        if self._known is not None:
            made = Section(_(N_("Person on record")), line=False)
            made.add(Label(same_words(desk, self._known), Role.STRONG, wrap=True))
            made.add(link(desk.icons, _(N_("It is somebody else")), self.enter_new, small=True))
            box.addWidget(made)
        elif self._similar:
            made = Section(_(N_("May be the same")), line=False)
            for number, each in enumerate(self._similar):
                made.add(Marked(desk, same_words(desk, each, with_score=True), Shape.WARNING, Tone.GREY, wrap=True))
                text = _(N_("Use this person"))
                text = self._hint(N_("Use this person"), "urgent.same", "Alt+S") if number == 0 else text
                made.add(link(desk.icons, text, partial(self.use, each), small=True))
            box.addWidget(made)

    def use_first(self) -> None:
        """Take the likeliest person on record."""
        if self._similar and self._known is None:
            self.use(self._similar[0])

    def use(self, person: SimilarPatient) -> None:
        """The call is about somebody who is on record."""
        self._known = person
        self.form.editor("full_name").set_value(person.name)
        self.form.boxes["full_name"].setEnabled(False)
        self._show_same(())
        self._reach("place")

    def enter_new(self) -> None:
        """The call is about somebody who is not on record."""
        self._known = None
        self.form.boxes["full_name"].setEnabled(True)
        self._look()

    # saving

    def save(self) -> None:
        """Write the call down; it opens a case."""
        self._save(self._saved)

    def _save(self, done: Any) -> None:
        try:
            draft = self.form.read()
        except Refused as refused:
            self.form.show(refused.problems)
            return
        if self.call is not None:
            write = partial(_change, self.call.journey_id, self.call.version)
            self.desk.runner.write(urgent.CHANGE, write, self._with_house(draft), owner=self, done=done,
                                   refused=self._refused)  # fmt: skip
            return
        if self._known is not None:
            draft = dataclasses.replace(draft, patient_id=self._known.id, full_name=self._known.name)
        # Both actions are looked at before the first: a second try would open the case once more.
        handed_at = draft.handed_at or (self.desk.clock() if draft.handed_to.strip() else None)
        wrong = check_call(dataclasses.replace(draft, handed_at=handed_at), now=self.desk.clock())
        if any(each.severity == "error" for each in wrong):
            self.form.show(wrong)
            return
        # The hand-over is an action of its own, which stays: a hospital was told.
        alone = dataclasses.replace(draft, handed_to="", handed_at=None, handed_to_id=None)
        unnamed = self.desk.words(urgent.NO_NAME)
        self.desk.runner.write(
            urgent.TITLE, partial(urgent.save_call, unnamed=unnamed), alone, owner=self,
            done=partial(self._opened, draft, done), refused=self._refused,
        )  # fmt: skip

    def _opened(self, draft: UrgentCallDraft, done: Any, changes: Changes) -> None:
        assert changes.made is not None
        if draft.handed_to.strip():
            self._write_hand_over(changes.made, self._with_house(draft), done)
        else:
            done(changes)

    def _with_house(self, draft: UrgentCallDraft) -> UrgentCallDraft:
        return dataclasses.replace(draft, handed_to_id=self._house if draft.handed_to.strip() else None)

    def _write_hand_over(self, journey_id: int, draft: UrgentCallDraft, done: Any) -> None:
        write = partial(_hand_over, journey_id, draft)
        self.desk.runner.write(
            urgent.HANDED_OVER, write, owner=self, done=partial(self._handed, done, journey_id), kind="disclosure",
            refused=self._refused,
        )  # fmt: skip

    def _handed(self, done: Any, journey_id: int, _changes: Changes) -> None:
        done(Changes(touched=(), made=journey_id))

    def _refused(self, problems: Sequence[Problem]) -> None:
        self.form.show(problems)

    def _saved(self, changes: Changes) -> None:
        self.desk.toast(self.desk.words(N_("Call saved. Call again in 15 minutes.")))
        self.desk.frame.moved(Place(page="journeys"))
        self.desk.go("urgent", changes.made)

    # handing over

    def _hand_to(self, offer: Offer | None) -> None:
        """Enter on a hospital."""
        if offer is not None:
            self._take_house(offer)
            self.handed_over_now()

    def _take_house(self, offer: Offer) -> None:
        self.form.editor("handed_to").set_value(offer.house.name)
        self._house = offer.house.id

    def _other_house(self) -> None:
        """Somebody else was typed in: no hospital of the network is told."""
        self._house = None

    def handed_over_now(self) -> None:
        """The patient goes over at this moment: to whoever is typed in, else to the hospital under the cursor."""
        if not str(self.form.editor("handed_to").typed()).strip():
            offer = self.side.current()
            if offer is not None:
                self._take_house(offer)
            else:
                self.form.editor("handed_to").set_value(self.desk.words(AMBULANCE))
        self.form.editor("handed_at").set_value(self.desk.clock())
        if self.call is None:
            self._save(self._saved)
            return
        try:
            draft = self._with_house(self.form.read())
        except Refused as refused:
            self.form.show(refused.problems)
            return
        self._write_hand_over(self.call.journey_id, draft, self._saved)

    def actions_here(self) -> tuple[Action, ...]:
        """Save, hand over, take the person on record."""
        form = Scope.FORM
        return (
            Action(key="urgent.save", text=SAVE, keys="Ctrl+Return", more_keys=("Ctrl+Enter",), icon="check",
                   run=self.save, scope=form, menu=Menu.FILE),
            Action(key="urgent.handed", text=HANDED, keys="F3", icon="phone", run=self.handed_over_now, scope=form,
                   menu=Menu.EDIT),
            Action(key="urgent.same", text=N_("Use the person on record"), keys="Alt+S", icon="user",
                   run=self.use_first, scope=form, menu=Menu.EDIT),
        )  # fmt: skip

    # keeping

    def keep(self) -> dict[str, object]:
        """Everything that stands in the form."""
        if not self.form.dirty and self._known is None:
            return {}
        known = self._known.id if self._known is not None else None
        return {"form": self.form.keep(), "known": known, "house": self._house}

    def resume(self, kept: dict[str, object]) -> None:
        """Put it back; in a call that is written down once that has been read."""
        if self.place.record is not None:
            self._kept = dict(kept)
        else:
            self._put_back(kept)

    def _put_back(self, kept: dict[str, object]) -> None:
        typed, known, house = kept.get("form"), kept.get("known"), kept.get("house")
        if isinstance(typed, dict):
            self.form.resume(typed)
        self._house = house if isinstance(house, int) else self._house
        if isinstance(known, int):
            self.desk.runner.read(on_record, known, owner=self, done=self.use, key="known")


def _similar(session: Any, name: str, phone: str) -> list[SimilarPatient]:
    return similar_patients(session, name, phone=phone)


def _change(journey_id: int, version: int, session: Any, draft: UrgentCallDraft) -> Changes:
    return urgent.change_call(session, journey_id, draft, version=version)


def _hand_over(journey_id: int, draft: UrgentCallDraft, session: Any) -> Changes:
    """The call as it is typed now, and the hand-over with it."""
    return urgent.hand_over_now(
        session, journey_id, to=draft.handed_to, to_id=draft.handed_to_id, at=draft.handed_at, call=draft
    )
