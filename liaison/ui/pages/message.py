"""From a message to a case: the copied text, what it seems to say, who may be the same person, and one save.

Nothing is written before "Open the case"; what is half filled in stays, also over Escape and a lock. The text of the
clipboard goes nowhere but into the form.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from liaison.domain.enquiries import EnquiryDraft
from liaison.domain.errors import Refused
from liaison.domain.messages import KnownHouse, read_message
from liaison.domain.network import OrganizationDraft, OrganizationKind
from liaison.domain.problems import Problem
from liaison.domain.work import LONGEST_NOTE
from liaison.i18n import N_
from liaison.services import network, quick_add
from liaison.services.changes import Changes
from liaison.services.matching import SimilarPatient
from liaison.services.quick_add import Beginning, Wording
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.hotkey import WORKS_HERE
from liaison.ui.key_sheet import native
from liaison.ui.page import Page
from liaison.ui.pages.lookups import StoreChoice, record_no
from liaison.ui.pages.message_form import PERSON, MessageForm, reach
from liaison.ui.pages.same_person import look_for_same, on_record, same_words
from liaison.ui.places import Place
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link, primary, secondary
from liaison.ui.widgets.drawer import CANCEL
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import ActionBar, Head, Marked, Pane, Section, clear, hairline
from liaison.ui.widgets.shapes import Shape

LOOK_AFTER_MS = 200
WIDEST = 860
CALL_BACK = N_("Call back")
CUT = N_("The copied text is very long: only its first {kept} letters were taken. Attach the whole as a file.")
ANYWHERE = N_("Ctrl+Alt+N brings a copied text here from any program.")
ONLY_HERE = N_(
    "Copy a chat or mail, come back here, press Ctrl+Shift+V. A key that works in every program exists on Windows only."
)


class MessagePage(Page):
    """The form of a pasted message. Without anything copied it waits for a text."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._houses: tuple[KnownHouse, ...] = ()
        self._similar: Sequence[SimilarPatient] = ()
        self._known: SimilarPatient | None = None
        self._name_before = ""
        self._not_known = ""
        """The insurer that the message names, where the office has none of that name."""
        self._left: dict[str, Any] = {}
        self._copied = ""
        """The mark of the copied text that was looked at last: the same text is not taken twice."""
        _ = desk.words
        self.form = MessageForm(desk)
        self.form.looked.connect(self._show_unseen)
        self.save_button = primary(desk.icons, _(N_("Open the case")), self.save, icon="check")
        self._lay_out()
        self.form.set(EnquiryDraft(full_name="", first_step=_(CALL_BACK)))
        self._read_wait = self._waiting(self._read_text)
        self._same_wait = self._waiting(self._look_for_same)
        self.form.text.changed.connect(self._read_wait.start)
        for name in ("full_name", "phone", "birth_date"):
            self.form.editor(name).changed.connect(self._same_wait.start)
        for name in ("phone_owner", "insurer_id"):
            self.form.editor(name).changed.connect(self._show_side)
        self._show_unseen(0)
        self._show_side()

    def _waiting(self, run: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(LOOK_AFTER_MS)
        timer.timeout.connect(run)
        return timer

    def _lay_out(self) -> None:
        desk, _ = self.desk, self.desk.words
        title = _(N_("New case from a message"))
        self.body.addWidget(Head(desk, title, back=desk.frame.back, back_hint=_(N_("Back"))))
        self.body.addWidget(hairline())
        middle = Pane(desk, side="middle", name=title)
        column = QWidget()
        column.setMaximumWidth(WIDEST)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, 0, 12)
        box.setSpacing(10)
        self.offer = QWidget()
        self._offer_row = QHBoxLayout(self.offer)
        self._offer_row.setContentsMargins(0, 0, 0, 0)
        self.offer.hide()
        box.addWidget(self.offer)
        box.addWidget(self.form)
        row = QHBoxLayout()
        row.addWidget(column, 8)
        row.addStretch(1)
        middle.body.addLayout(row)
        middle.finish()
        self.side = Pane(desk, side="right", width=300, name=_(N_("Who it may be, and what will be written")))
        holder = QFrame()
        holder.setObjectName("head")
        panes = QHBoxLayout(holder)
        panes.setContentsMargins(0, 0, 0, 0)
        panes.setSpacing(0)
        panes.addWidget(middle, 1)
        panes.addWidget(self.side)
        self.body.addWidget(holder, 1)
        self.unseen_note = Marked(desk, "", Shape.DOT, Tone.AMBER, role=Role.SECOND)
        cancel = secondary(desk.icons, _(CANCEL), self.leave)
        self.body.addWidget(ActionBar(note=self.unseen_note, buttons=(cancel, self.save_button)))

    # beginning

    def start(self) -> None:
        """Take the copied text, unless the page comes back with what stood in it."""
        self.desk.runner.read(quick_add.begin, owner=self, done=self._begin, key="begin")

    def _begin(self, beginning: Beginning) -> None:
        self._houses = beginning.houses
        self.form.editor("step_at").set_value(beginning.call_back_at)
        whole = _whole(QGuiApplication.clipboard().text()).strip()
        copied = whole[:LONGEST_NOTE]
        if len(whole) > LONGEST_NOTE:
            self.desk.toast(self.desk.words(CUT, kept=LONGEST_NOTE), undo=False, refused=True)
        self._copied = _mark_of(copied)
        if self._left and (not copied or self._copied == self._left.get("copied")):
            self._take_up()
        elif copied:
            self._take_text(copied)
        if self.form.text.typed().strip():
            reach(self.form.editor("full_name").inner())
            self.form.editor("full_name").inner().deselect()
        else:
            self.form.text.setFocus()

    def _take_text(self, text: str) -> None:
        self.form.text.set_value(text)
        self.form.text.changed.emit()
        self._read_wait.stop()
        self._read_text()
        if self._left:
            self._offer_left()

    def _offer_left(self) -> None:
        _ = self.desk.words
        clear(self._offer_row)
        self._offer_row.addWidget(Label(_(N_("Another message was left here half filled in.")), Role.SECOND))
        self._offer_row.addWidget(link(self.desk.icons, _(N_("Take it up again")), self._take_up))
        self._offer_row.addStretch(1)
        self.offer.show()

    def _take_up(self) -> None:
        kept, self._left = self._left, {}
        self.offer.hide()
        self._put_back(kept)

    # reading the message

    def _read_text(self) -> None:
        text = self.form.text.typed()
        read = read_message(text, today=self.desk.today(), known=self._houses)
        self.form.show_guesses(read.guesses)
        self._not_known = "" if read.insurer_not_known is None else " ".join(str(read.insurer_not_known.value).split())
        if "channel" not in self.form.dirty:
            self.form.editor("channel").set_value(read.channel)
        self._look_for_same()

    # who it may be

    def _look_for_same(self) -> None:
        if self._known is not None:
            self._same_came(())
        else:
            look_for_same(self.desk, self.form, owner=self, done=self._same_came)

    def _same_came(self, found: Sequence[SimilarPatient]) -> None:
        self._similar = found
        self._show_side()

    def use_first(self) -> None:
        """Take the likeliest person on record."""
        if self._similar and self._known is None:
            self.use(self._similar[0])

    def use(self, person: SimilarPatient) -> None:
        """The case is this person's, who is on record."""
        if self._known is None:
            self._name_before = str(self.form.editor("full_name").typed())
        self._known = person
        shown = self.desk.masking.name(person.name, record_no(person.id))
        self.form.editor("full_name").set_value(shown)
        self.form.editor("full_name").changed.emit()
        self.form.lock_person(locked=True)
        self._show_side()

    def enter_new(self) -> None:
        """The case is somebody's who is not on record."""
        self._known = None
        self.form.lock_person(locked=False)
        self.form.editor("full_name").set_value(self._name_before)
        self.form.touched -= set(PERSON)
        self._read_text()

    def _show_side(self) -> None:
        clear(self.side.body)
        if self._known is not None:
            self.side.add(self._known_section(self._known))
        elif self._similar:
            self.side.add(self._same_section())
        if self._not_known and self.form.editor("insurer_id").value() is None:
            self.side.add(self._insurer_section(self._not_known))
        self.side.add(self._made_section())
        self.side.finish()

    def _same_section(self) -> Section:
        _ = self.desk.words
        made = Section(_(N_("May be the same")))
        for number, each in enumerate(self._similar[:3]):
            tone = Tone.AMBER if each.score >= 92 or each.same_phone else Tone.GREY
            told = same_words(self.desk, each, with_score=True)
            made.add(Marked(self.desk, told, Shape.WARNING, tone, role=Role.TEXT, wrap=True))
            keys = native(self.desk.actions.keys_of("message.same", "Alt+S")) if number == 0 else ""
            hint = f" ({keys})" if keys else ""
            made.add(self._link(_(N_("Use this person")) + hint, partial(self.use, each)))
        made.add(Label(_(N_("Nobody is put together by the program.")), Role.SECOND, wrap=True))
        return made

    def _link(self, text: str, run: Callable[[], object]) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(14, 0, 0, 0)
        row.addWidget(link(self.desk.icons, text, run, small=True))
        row.addStretch(1)
        return holder

    def _known_section(self, known: SimilarPatient) -> Section:
        _ = self.desk.words
        made = Section(_(N_("Person on record")))
        made.add(Label(same_words(self.desk, known), Role.STRONG, wrap=True))
        made.add(Label(_(N_("The person’s details stay as they are on record.")), Role.SECOND, wrap=True))
        made.add(self._link(_(N_("It is somebody else")), self.enter_new))
        return made

    def _insurer_section(self, name: str) -> Section:
        _ = self.desk.words
        made = Section(_(N_("Insurer")))
        said = _(N_("The message names “{name}”. No insurer of that name is on record."), name=name)
        made.add(Marked(self.desk, said, Shape.WARNING, Tone.AMBER, role=Role.TEXT, wrap=True))
        made.add(self._link(_(N_("Add “{name}”"), name=name), partial(self.add_insurer, name)))
        made.add(Label(_(N_("Is it there under another name? Choose it in the form.")), Role.SECOND, wrap=True))
        return made

    def add_insurer(self, name: str) -> None:
        """Put the insurer that the message names on record, and choose it for the case."""
        self.desk.runner.write(
            N_("Add an insurer"), network.add_organization,
            OrganizationDraft(kind=OrganizationKind.INSURER, name=name), owner=self, done=self._insurer_added,
            refused=self._insurer_refused,
        )  # fmt: skip

    def _insurer_added(self, changes: Changes) -> None:
        choice = self.form.editor("insurer_id")
        assert isinstance(choice, StoreChoice)
        choice.read_again(changes.made)
        self.form.touched.add("insurer_id")
        self._not_known = ""
        self._show_side()
        self.desk.toast(self.desk.words(N_("Insurer added")))
        self.desk.runner.read(quick_add.known_houses, owner=self, done=self._know, key="houses")

    def _insurer_refused(self, problems: Sequence[Problem]) -> None:
        self.desk.toast(" ".join(p.text(self.desk.words) for p in problems), refused=True)

    def _know(self, houses: tuple[KnownHouse, ...]) -> None:
        self._houses = houses

    def _made_section(self) -> Section:
        _ = self.desk.words
        made = Section(_(N_("Saving writes")), line=False)
        lines = [
            _(N_("the case, at the enquiry")),
            _(N_("the message, word for word, as the first note")),
            _(N_("the first step with its time")),
            _(N_("consent C1 as still owed")),
        ]
        if self._known is None:
            lines.insert(0, _(N_("the person")))
        for line in lines:
            made.add(Marked(self.desk, line, Shape.OPEN, Tone.INK, role=Role.SECOND, wrap=True))
        made.add(Label(_(ANYWHERE if WORKS_HERE else ONLY_HERE), Role.SECOND, wrap=True))
        return made

    def _show_unseen(self, count: int) -> None:
        _ = self.desk.words
        if count:
            said = _.plural("{count} guess not looked at yet: Tab goes from one to the next",
                            "{count} guesses not looked at yet: Tab goes from one to the next", count)  # fmt: skip
            self.unseen_note.shape.show_shape(Shape.DOT, Tone.AMBER)
        else:
            said = _(N_("Nothing is written before you open the case."))
            self.unseen_note.shape.show_shape(Shape.OPEN, Tone.GREY)
        self.unseen_note.label.setText(said)

    # saving

    def save(self) -> None:
        """Open the case: person, note, first step and consent owed in one action."""
        try:
            draft = self.form.read()
        except Refused as refused:
            self.form.show(refused.problems)
            return
        if self._known is not None:
            draft = dataclasses.replace(draft, patient_id=self._known.id, full_name=self._known.name)
        if draft.first_step == self.desk.words(CALL_BACK):  # kept as written here, so that either language can say it
            draft = dataclasses.replace(draft, first_step=CALL_BACK)
        self.desk.runner.write(
            quick_add.TITLE,
            partial(quick_add.add_enquiry, wording=self._wording(draft)),
            draft,
            owner=self,
            done=self._opened,
            refused=self.form.show,
        )

    def _wording(self, draft: EnquiryDraft) -> Wording:
        _ = self.desk.words
        owner = _(draft.phone_owner.label) if draft.phone_owner is not None else ""
        age = _(N_("Age as said on {day}: {age}"), day=self.desk.today(), age=draft.age_said.strip())
        return Wording(owner=owner, age=age if draft.age_said.strip() else "")

    def _opened(self, changes: Changes) -> None:
        self.desk.toast(self.desk.words(N_("Case opened")))
        self.desk.frame.moved(Place(page="journeys"))
        self.desk.go("journey", changes.made)

    def leave(self) -> None:
        """Go back; what stands in the form is kept."""
        self.desk.frame.back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves and keeps."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def actions_here(self) -> tuple[Action, ...]:
        """Save, and take the likeliest person on record."""
        return (
            Action(
                key="message.save",
                text=N_("Open the case"),
                keys="Ctrl+Return",
                more_keys=("Ctrl+Enter",),
                icon="check",
                run=self.save,
                scope=Scope.FORM,
                menu=Menu.FILE,
            ),
            Action(
                key="message.same",
                text=N_("Use the person on record"),
                keys="Alt+S",
                icon="user",
                run=self.use_first,
                scope=Scope.FORM,
                menu=Menu.EDIT,
            ),
        )

    # keeping

    def keep(self) -> dict[str, object]:
        """Everything that stands in the form, the guesses not yet seen, and what was left before."""
        if not self.form.text.typed().strip() and not self.form.dirty:
            return {}
        return {
            "message": self.form.text.typed().strip(),
            "fields": {name: self.form.editor(name).typed() for name in self.form.boxes if name != "message"},
            "unseen": list(self.form.unseen),
            "touched": sorted(self.form.touched),
            "known": self._known.id if self._known is not None else None,
            "name_before": self._name_before,
            "left": dict(self._left),
            "copied": self._copied,
        }

    def resume(self, kept: dict[str, object]) -> None:
        """Hold what was kept until it is known whether another text was copied."""
        self._left = dict(kept)

    def _put_back(self, kept: dict[str, Any]) -> None:
        self.form.text.set_value(kept.get("message", ""))
        self.form.text.changed.emit()
        self._read_wait.stop()
        fields = {str(k): str(v) for k, v in dict(kept.get("fields", {})).items()}
        for name, text in fields.items():
            if name in self.form.boxes:
                self.form.editor(name).retype(text)
        unseen = set(kept.get("unseen", ()))
        self.form.touched = set(self.form.boxes) - unseen - {"message"}
        self._read_text()
        self.form.touched = set(map(str, kept.get("touched", ())))
        known = kept.get("known")
        if isinstance(known, int):
            name = str(kept.get("name_before", ""))
            self.desk.runner.read(on_record, known, owner=self, done=partial(self._use_again, name), key="known")

    def _use_again(self, name: str, person: SimilarPatient) -> None:
        self.use(person)
        self._name_before = name


def _whole(text: str) -> str:
    """The text without halves of signs, which some programs leave on the clipboard and no store can keep."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _mark_of(text: str) -> str:
    """Tells one copied text from another without keeping it."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
