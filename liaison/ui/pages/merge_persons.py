"""Two records of one person: the likely pairs, the two side by side, and one press that puts them together.

Reached from the warning while somebody is typed in, from a person's menu, and from the search box. Nothing is ever put
together by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from liaison.domain.handing import Side
from liaison.domain.patients import Sex
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services import merging, same_people
from liaison.services.matching import SimilarPatient, similar_patients
from liaison.services.merging import FieldPair, MergeSide, MergeView
from liaison.services.patient_views import patient_view
from liaison.services.same_people import Pair
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.pages.lookups import patient_edit, record_no
from liaison.ui.places import Place
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link, primary, secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import ActionBar, EmptyState, Facts, Head, Marked, Pane, Section, clear, hairline
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.side_by_side import EMPTY, SideBySide
from liaison.ui.widgets.table_view import TableView

WIDEST = 860
TITLE = N_("The same person twice")
PUT_TOGETHER = N_("Put together")
DONE = N_("Two records are one now")
BACK = N_("Back")
CHOOSE_FIRST = N_("Choose what is right for: {fields}.")


class MergePersonsPage(Page):
    """Without a record the likely pairs; with one, who may be the same; with two, the comparison."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.compared: SideBySide | None = None
        self.view: TableView | None = None
        self._pair: MergeView | None = None
        self._head = Head(
            desk, desk.words(TITLE), back=desk.frame.back, back_hint=desk.words(BACK)
        )  # fmt: skip
        self.body.addWidget(self._head)
        self.body.addWidget(hairline())
        other = place.values.get("other")
        self._other = other if isinstance(other, int) else None
        if place.record is None:
            self._lay_out_pairs()
        else:
            self._pane = Pane(desk, side="middle", padding=18, name=desk.words(TITLE))
            self.body.addWidget(self._pane, 1)

    def start(self) -> None:
        """Read what this place shows."""
        key, runner = self.place.record, self.desk.runner
        if key is None:
            runner.read(same_people.likely_pairs, owner=self, done=self._show_pairs, key="pairs")
        elif self._other is None:
            runner.read(_candidates, key, owner=self, done=self._show_candidates, key="candidates")
        else:
            runner.read(merging.merge_view, key, self._other, owner=self, done=self._show_pair, key="pair")

    # likely pairs

    def _lay_out_pairs(self) -> None:
        desk = self.desk
        self.table = PagedTable(desk, _columns(desk))
        self.view = TableView(desk, self.table, name=desk.words(TITLE))
        self.view.opened.connect(self._open_pair)
        self.body.addWidget(self.view, 1)
        self.empty = EmptyState(
            desk, icon="users", sentence=desk.words(N_("Nobody seems to stand on record twice.")),
        )  # fmt: skip
        self.empty.hide()
        self.body.addWidget(self.empty, 1)
        desk.hub.changed.connect(self._changed)

    def _changed(self, _changes: object) -> None:
        self.start()

    def _show_pairs(self, pairs: Sequence[Pair]) -> None:
        assert self.view is not None
        self._pairs = {pair.id: pair for pair in pairs}
        self._head.set_note(
            self.desk.words.plural("{count} pair may be one person", "{count} pairs may be one person", len(pairs))
            if pairs
            else ""
        )
        self.table.show_rows(pairs, key=lambda pair: pair.id)
        self.view.setVisible(bool(pairs))
        self.empty.setVisible(not pairs)
        if pairs:
            self.view.go_to_row(0)
            self.view.setFocus()

    def _open_pair(self, key: object) -> None:
        pair = self._pairs.get(key) if isinstance(key, int) else None
        if pair is not None:
            self.desk.go("merge_persons", pair.keep.id, other=pair.other.id)

    # who may be the same as this person

    def _show_candidates(self, found: tuple[Any, Sequence[SimilarPatient]]) -> None:
        person, similar = found
        _, desk = self.desk.words, self.desk
        name = desk.masking.name(person.full_name, record_no(person.id))
        self._head.set_note(name)
        clear(self._pane.body)
        likely = Section(_(N_("Who on record may be the same person?")))
        for each in similar:
            words = " · ".join(p for p in (desk.masking.name(each.name, record_no(each.id)), each.city,
                                           *each.case_nos[:2]) if p)  # fmt: skip
            button = link(desk.icons, words, partial(self._compare, each.id), icon="users")
            button.setObjectName(f"same.{each.id}")
            likely.add(button)
        if not similar:
            likely.add(Label(_(N_("Nobody seems likely. Look for the other record by name or number.")), Role.SECOND))
        self._put(likely)
        other = Section(_(N_("Or another record")), line=False)
        self.lookup = patient_edit(desk)
        self.lookup.set_name(_(N_("The other record of this person")))
        self.lookup.found.connect(lambda key: self._compare(key) if isinstance(key, int) else None)
        other.add(self.lookup)
        self._put(other)
        self._pane.finish()
        first = next(iter(similar), None)
        target = self.findChild(QWidget, f"same.{first.id}") if first is not None else self.lookup.inner()
        if target is not None:
            target.setFocus()

    def _put(self, widget: QWidget) -> None:
        """No wider than a line is read."""
        widget.setMaximumWidth(round(WIDEST * max(1.0, self.desk.theme.zoom / 100)))
        self._pane.add(widget)

    def _compare(self, other: int) -> None:
        self._instead(self.place.record, other)

    def _instead(self, keep: int | None, other: int) -> None:
        """Show these two in this one's place, so that going back leads to where the officer came from."""
        self.desk.frame.moved(Place(page="merge_persons", record=keep, values={"other": other}))
        self.desk.go("merge_persons", keep, other=other)

    # side by side

    def _show_pair(self, pair: MergeView) -> None:
        self._pair = pair
        _, desk = self.desk.words, self.desk
        clear(self._pane.body)
        self._put(Label(_(N_("What stays is the record on the left, with everything of both.")), Role.SECOND))
        sides = QWidget()
        row = QHBoxLayout(sides)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(24)
        row.addWidget(self._side(pair.stays, _(N_("Stays"))), 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._side(pair.goes, _(N_("Comes in"))), 1, Qt.AlignmentFlag.AlignTop)
        self._put(sides)
        self._pane.body.addSpacing(8)
        for problem in pair.problems:
            self._put(Marked(desk, problem.text(_), Shape.BLOCKED, Tone.RED, role=Role.ERROR, wrap=True))
        self._put(self._fields(pair))
        if pair.filled:
            words = ", ".join(_(label) for label in pair.filled)
            self._put(Label(_(N_("Filled in from the other record: {fields}."), fields=words), Role.SECOND, wrap=True))
        self._problem = Marked(desk, "", Shape.BLOCKED, Tone.RED, role=Role.ERROR, wrap=True)
        self._problem.hide()
        self._put(self._problem)
        self._pane.finish()
        self.button = primary(desk.icons, _(PUT_TOGETHER), self.put_together, icon="git-merge")
        self.button.setEnabled(not pair.problems)
        self.body.addWidget(
            ActionBar(
                note=Label(_(N_("One undo brings both back as they were.")), Role.SECOND),
                buttons=[
                    secondary(desk.icons, _(N_("They are two people")), self.two_people),
                    secondary(desk.icons, _(N_("Keep the other one")), self.swap, icon="arrow-right-left"),
                    self.button,
                ],
            )
        )
        if self.compared is not None and self.compared.missing():
            self.compared.focus_missing()
        else:
            self.button.setFocus()

    def _side(self, side: MergeSide, head: str) -> QWidget:
        _, desk = self.desk.words, self.desk
        made = Section(head, line=False)
        made.add(Label(desk.masking.name(side.name, record_no(side.id)), Role.STRONG, wrap=True))
        facts = Facts()
        for label, value in (
            (N_("Cases"), ", ".join(side.cases[:3]) + (" …" if len(side.cases) > 3 else "")),
            (N_("Claims"), str(side.claims or "")),
            (N_("Documents"), str(side.documents or "")),
            (N_("Policies"), str(side.policies or "")),
            (N_("Numbers"), ", ".join(desk.masking.number(n, always=True) for n in side.numbers)),
            (N_("Family and companions"), str(side.related or "")),
        ):
            if value:
                facts.add(_(label), value)
        made.add(facts)
        if side.is_provisional:
            made.add(Label(_(N_("Known from a list only")), Role.SECOND))
        return made

    def _fields(self, pair: MergeView) -> QWidget:
        _ = self.desk.words
        if not pair.differing:
            return Label(_(N_("The two agree in everything that both say.")), Role.TEXT, wrap=True)
        made = Section(_(N_("Where they differ")), line=False)
        self.compared = SideBySide(_(N_("Stays")), _(N_("Comes in")))
        for each in pair.differing:
            self.compared.add(
                each.name, _(each.label), ours=self._shown(pair, each, each.ours),
                theirs=self._shown(pair, each, each.theirs), chosen=None if each.must else Side.OURS,
            )  # fmt: skip
        self.compared.changed.connect(lambda: self._problem.hide())
        made.add(self.compared)
        return made

    def _shown(self, pair: MergeView, field: FieldPair, value: object) -> str:
        desk = self.desk
        if value in (None, ""):
            return desk.words(EMPTY)
        if field.name in ("full_name", "passport_name"):
            return desk.masking.name(str(value), record_no(pair.stays.id))
        if field.name in ("phone", "email", "address"):
            return desk.masking.number(str(value))
        if desk.masking.on and field.name in ("birth_date", "birth_place", "note", "allergies"):
            return desk.masking.text(str(value))
        return desk.words(value.label) if isinstance(value, Sex) else desk.words.shown(value)

    def put_together(self) -> None:
        """Make one record of the two."""
        pair = self._pair
        if pair is None or pair.problems:
            return
        if self.compared is not None and self.compared.missing():
            labels = {each.name: self.desk.words(each.label) for each in pair.differing}
            fields = ", ".join(labels[str(key)] for key in self.compared.missing())
            self._say(self.desk.words(CHOOSE_FIRST, fields=fields))
            self.compared.focus_missing()
            return
        choices = {} if self.compared is None else {str(k): side for k, side in self.compared.choices().items()}
        self.desk.runner.write(
            merging.MERGE, merging.merge_patients, pair.stays.id, pair.goes.id, choices, owner=self,
            done=lambda _changes: self._leave(DONE), refused=self._refused,
        )  # fmt: skip

    def _refused(self, problems: Sequence[Problem]) -> None:
        self._say("\n".join(p.text(self.desk.words) for p in problems))

    def _say(self, text: str) -> None:
        self._problem.label.setText(text)
        self._problem.show()

    def _leave(self, said: str) -> None:
        self.desk.frame.back()
        self.desk.toast(self.desk.words(said))

    def swap(self) -> None:
        """The other record stays."""
        if self._pair is not None:
            self._instead(self._pair.goes.id, self._pair.stays.id)

    def two_people(self) -> None:
        """Never offer these two as one again."""
        if self._pair is not None:
            self.desk.runner.write(
                N_("Two records are two people"), same_people.are_different, self._pair.stays.id, self._pair.goes.id,
                owner=self, done=lambda _changes: self._leave(N_("Remembered: they are two people")),
            )  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
            return
        super().keyPressEvent(event)

    def actions_here(self) -> tuple[Action, ...]:
        """Put together, or say that they are two."""
        if self._other is None:
            return ()
        return (
            Action(
                key="merge.do", text=PUT_TOGETHER, keys="Ctrl+Return", icon="git-merge", run=self.put_together,
                scope=Scope.PAGE, menu=Menu.EDIT,
            ),
            Action(
                key="merge.swap", text=N_("Keep the other one"), keys="Ctrl+T", icon="arrow-right-left", run=self.swap,
                scope=Scope.PAGE, menu=Menu.EDIT,
            ),
            Action(
                key="merge.two", text=N_("They are two people"), run=self.two_people, scope=Scope.PAGE, menu=Menu.EDIT,
            ),
        )  # fmt: skip


def _columns(desk: Desk) -> tuple[Column, ...]:
    def name(side: Any) -> str:
        return desk.masking.name(side.name, record_no(side.id))

    def why(pair: Pair) -> str:
        return desk.words(pair.because.label)

    def cases(pair: Pair) -> int:
        return pair.keep.cases + pair.other.cases

    return (
        Column(key="keep", label=N_("Stays"), value=lambda p: name(p.keep), strong=True, stretch=2, width=190,
               second=lambda p: p.keep.city),
        Column(key="other", label=N_("Comes in"), value=lambda p: name(p.other), stretch=2, width=190,
               second=lambda p: p.other.city),
        Column(key="because", label=N_("Why they may be one"), value=why, width=220, stretch=1),
        Column(key="cases", label=N_("Cases"), value=cases, kind=Kind.NUMBER, width=70),
    )  # fmt: skip


def _candidates(session: Any, key: int) -> tuple[Any, list[SimilarPatient]]:
    person = patient_view(session, key)
    found = similar_patients(
        session, person.full_name, phone=person.phone, birth_date=person.birth_date, exclude=key, limit=8
    )
    numbers = [similar_patients(session, "", number=each.value, exclude=key) for each in person.identifiers]
    holders = {each.id: each for some in numbers for each in some}
    return person, [*holders.values(), *(each for each in found if each.id not in holders)]
