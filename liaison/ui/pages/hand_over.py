"""Cover and hand-over: who stands in for whom, and cases that go to a colleague's laptop in one sealed file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.handing import DeputyDraft, HandOverDraft, Way
from liaison.i18n import N_
from liaison.services import hand_over, standing_in
from liaison.services.hand_over import CaseLine, HandedOver, HandOverLine
from liaison.services.standing_in import DeputyView
from liaison.store.case_file import ENDING
from liaison.store.spoken_code import new_code
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, tick_column
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.pages.lookups import officer_choice, record_no
from liaison.ui.pages.page_parts import copy_text
from liaison.ui.pages.short_forms import Bench, offer, offer_again
from liaison.ui.places import Place
from liaison.ui.reopening import reopens
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button, link, primary, secondary
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, Footing, Head, Marked, Pane, Section, clear, hairline
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.table_view import TableView

TITLE = N_("Cover and hand-over")
WRITE_FILE = N_("Write the file…")
TAKE = N_("Take cases over…")
FILE_NAME = N_("cases {day}")


class HandOverPage(Page):
    """Open cases to choose from; at the right what becomes of those chosen, who stands in, and what went before."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        _ = desk.words
        self.body.addWidget(
            Head(
                desk,
                _(TITLE),
                note=_(N_("Choose the cases that a colleague's laptop is to have.")),
                back=desk.frame.back,
                back_hint=_(N_("Back")),
                buttons=[
                    secondary(desk.icons, _(TAKE), lambda: desk.go("take_over"), icon="inbox"),
                    secondary(desk.icons, _(N_("Somebody stands in…")), self.stand_in, icon="users"),
                ],
            )
        )
        self.body.addWidget(hairline())
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(0)
        self.table = PagedTable(desk, _columns(desk))
        self.view = TableView(desk, self.table, name=_(N_("Open cases")))
        self.view.opened.connect(lambda key: desk.go("journey", key))
        self.view.chosen_changed.connect(lambda _count: self._count())
        left.addWidget(self.view, 1)
        self.footing = Footing(desk)
        left.addWidget(self.footing)
        row.addLayout(left, 1)
        self.pane = Pane(desk, side="right", padding=PANE_PADDING, name=_(N_("Hand cases over")))
        self.drawer = Drawer(desk, self.pane, width=320)
        row.addWidget(self.drawer)
        self.body.addLayout(row, 1)
        self.bench = Bench(desk=desk, drawer=self.drawer)
        self._lay_out_pane()
        desk.hub.changed.connect(self._changed)

    def _changed(self, _changes: object) -> None:
        self._read()

    def _lay_out_pane(self) -> None:
        _, desk = self.desk.words, self.desk
        hand = Section(_(N_("Hand cases over")))
        self.form = Form(desk, HandOverDraft, ["who", "note"])
        self.form.set(HandOverDraft(who=""))
        hand.add(self.form)
        self.problem = Marked(desk, "", Shape.BLOCKED, Tone.RED, role=Role.ERROR, wrap=True)
        self.problem.hide()
        hand.add(self.problem)
        self.button = primary(desk.icons, _(WRITE_FILE), self.write_file, icon="file-lock")
        hand.body.addSpacing(6)
        hand.add(self.button)
        hand.add(
            Label(
                _(N_("One encrypted file. It opens with a code that you say on the telephone.")), Role.SECOND, wrap=True
            )
        )
        self.made = QFrame()
        self.made.setObjectName("cardSunken")
        self.made_box = QVBoxLayout(self.made)
        self.made_box.setContentsMargins(12, 10, 12, 10)
        self.made_box.setSpacing(6)
        self.made.hide()
        hand.add(self.made)
        self.pane.add(hand)
        self.deputies = Section(_(N_("Standing in")))
        self.pane.add(self.deputies)
        self.files = Section(_(N_("Files so far")), line=False)
        self.pane.add(self.files)
        self.pane.finish()

    def start(self) -> None:
        """Read cases, deputies and files."""
        self._read(choose=True)
        self.view.setFocus()

    def _read(self, *, choose: bool = False) -> None:
        self.desk.runner.read(
            _everything, owner=self, done=partial(self._show, choose=choose), key="hand over",
        )  # fmt: skip

    def _show(self, found: tuple[list[CaseLine], tuple[DeputyView, ...], list[HandOverLine]], *, choose: bool) -> None:
        cases, deputies, files = found
        chosen = self.place.values.get("journeys") if choose else self.view.chosen_ids()
        self.table.show_rows(cases, key=lambda case: case.id)
        self._choose(chosen if isinstance(chosen, list | tuple) else ())
        self._show_deputies(deputies)
        self._show_files(files)
        self._count()

    def _choose(self, keys: Sequence[object]) -> None:
        model = self.view.selectionModel()
        model.clearSelection()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for key in keys:
            row = self.table.row_of_id(key) if isinstance(key, int) else -1
            if row >= 0:
                model.select(self.table.index(row, 0), flags)

    def _count(self) -> None:
        words = self.desk.words
        self.footing.show_count(words.plural("{count} case chosen", "{count} cases chosen", self.view.chosen_count()))

    # the file

    def write_file(self) -> None:
        """Ask where the file goes, and write it."""
        _, desk = self.desk.words, self.desk
        draft, chosen = self.form.read(), self.view.chosen_ids()
        if not chosen:
            self._say(_(hand_over.NO_CASES))
            return
        self.problem.hide()
        day = desk.today().isoformat()
        suggested = f"{_(FILE_NAME, day=day)}{ENDING}"
        name, _kind = QFileDialog.getSaveFileName(self, _(N_("Where should the file go?")), suggested, f"*{ENDING}")
        if name:
            path = Path(name) if name.endswith(ENDING) else Path(name + ENDING)
            code = new_code()
            store = desk.runner.store
            run = partial(hand_over.hand_over, path=path, code=code)
            desk.runner.work(run, store, chosen, draft, owner=self, done=self._written, refused=self._refused,
                             exclusive=True)  # fmt: skip

    def _refused(self, problems: Sequence[Any]) -> None:
        self._say("\n".join(p.text(self.desk.words) for p in problems))

    def _say(self, text: str) -> None:
        self.problem.label.setText(text)
        self.problem.show()

    def _written(self, made: HandedOver) -> None:
        _, desk = self.desk.words, self.desk
        clear(self.made_box)
        counted = _.plural("{count} case is in the file", "{count} cases are in the file", made.cases)
        self.made_box.addWidget(Marked(desk, f"{counted}: {made.path.name}", Shape.DONE, Tone.GREEN, wrap=True))
        warning = _(N_("Say this code on the telephone. Never send it with the file."))
        self.made_box.addWidget(Label(warning, Role.SECOND, wrap=True))
        self.code = Label(made.code, Role.CODE)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.made_box.addWidget(self.code)
        copy = partial(copy_text, desk, made.code)
        self.made_box.addWidget(link(desk.icons, _(N_("Copy the code")), copy, icon="copy", small=True))
        self.made.show()
        self.form.set(HandOverDraft(who=""))
        self._choose(())
        self._read()
        desk.toast(_(N_("Cases handed over")), undo=False)

    # standing in

    def stand_in(self) -> None:
        """Say who stands in for whom."""
        deputy_form(self.bench)

    def _show_deputies(self, deputies: Sequence[DeputyView]) -> None:
        _, desk = self.desk.words, self.desk
        clear(self.deputies.body)
        for each in deputies:
            days = f"{desk.formats.date(each.starts_on)} – {desk.formats.date(each.ends_on)}"
            words = _(N_("{deputy} for {officer}"), deputy=each.deputy, officer=each.officer)
            remove = partial(self._remove_deputy, each.id)
            edit = partial(edit_deputy_form, self.bench, each.id, version=each.version)
            self.deputies.add(_row(desk, words, days, edit, remove))
        if not deputies:
            self.deputies.add(Label(_(N_("Nobody stands in for anybody.")), Role.SECOND, wrap=True))

    def _remove_deputy(self, key: int) -> None:
        said = self.desk.words(N_("Standing in ended"))
        self.desk.runner.write(
            N_("End a standing in"), standing_in.remove_deputy, key, owner=self, done=lambda _: self.desk.toast(said)
        )

    def _show_files(self, files: Sequence[HandOverLine]) -> None:
        _, desk = self.desk.words, self.desk
        clear(self.files.body)
        for each in files[:12]:
            sentence = N_("to {who}") if each.way is Way.OUT else N_("from {who}")
            cases = _.plural("{count} case", "{count} cases", each.cases)
            first = f"{_(sentence, who=each.who)} · {cases}"
            self.files.add(Label(first, Role.TEXT, elide=True))
            note = " · ".join(part for part in (desk.formats.moment(each.at), desk.masking.text(each.note)) if part)
            self.files.add(Label(note, Role.SECOND, elide=True))
        if not files:
            self.files.add(Label(_(N_("No file has gone or come yet.")), Role.SECOND, wrap=True))

    def actions_here(self) -> tuple[Action, ...]:
        """Write the file, take one over, say who stands in."""
        return (
            Action(key="hand_over.write", text=WRITE_FILE, keys="Ctrl+Return", icon="file-lock", run=self.write_file,
                   scope=Scope.PAGE, menu=Menu.FILE),
            Action(key="hand_over.take", text=TAKE, keys="Ctrl+O", icon="inbox",
                   run=lambda: self.desk.go("take_over"), scope=Scope.PAGE, menu=Menu.FILE),
            Action(key="hand_over.deputy", text=N_("Somebody stands in…"), keys="Ctrl+D", icon="users",
                   run=self.stand_in, scope=Scope.PAGE, menu=Menu.FILE),
        )  # fmt: skip

    def keep(self) -> dict[str, object]:
        """Cases that are chosen, and what was typed."""
        return {"chosen": self.view.chosen_ids(), "form": self.form.keep()}

    def resume(self, kept: dict[str, object]) -> None:
        """Choose them again."""
        typed, chosen = kept.get("form"), kept.get("chosen")
        if isinstance(typed, dict):
            self.form.resume(typed)
        if isinstance(chosen, list | tuple):
            self._choose(chosen)


@reopens
def deputy_form(bench: Bench) -> None:
    """Who stands in for whom, from one day to another."""
    desk = bench.desk
    form = _deputy_form(desk)
    today = desk.today()
    form.set(DeputyDraft(officer_id=0, deputy_id=0, starts_on=today, ends_on=today))
    for name in ("officer_id", "deputy_id"):
        form.editor(name).set_value(None)
    offer(
        bench, form, title=N_("Somebody stands in"), action=N_("Name a deputy"), write=standing_in.add_deputy,
        said=N_("The deputy sees these cases on those days"),
    )  # fmt: skip


@reopens
def edit_deputy_form(bench: Bench, deputy_id: int, *, version: int) -> None:
    """Change who stands in, or until when."""
    offer_again(
        bench, deputy_id, read=standing_in.deputy_draft, form=lambda _draft: _deputy_form(bench.desk),
        title=N_("Somebody stands in"), action=N_("Change a deputy"),
        write=partial(standing_in.edit_deputy, version=version),
    )  # fmt: skip


def _deputy_form(desk: Desk) -> Form[DeputyDraft]:
    editors = {"officer_id": officer_choice(desk), "deputy_id": officer_choice(desk)}
    return Form(desk, DeputyDraft, ["officer_id", "deputy_id", ("starts_on", "ends_on"), "note"], editors=editors)


def _row(desk: Desk, text: str, note: str, edit: Callable[[], object], remove: Callable[[], object]) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(text, Role.TEXT, elide=True))
    words.addWidget(Label(note, Role.SECOND, elide=True))
    row.addLayout(words, 1)
    row.addWidget(icon_button(desk.icons, "pencil", desk.words(N_("Change: {what}…"), what=text), edit, size=14))
    row.addWidget(icon_button(desk.icons, "x", desk.words(N_("Remove: {what}"), what=text), remove, size=14))
    return holder


def _columns(desk: Desk) -> tuple[Column, ...]:
    def elsewhere(case: CaseLine) -> str:
        if case.elsewhere is None:
            return ""
        sentence = N_("with {who} since {day}") if case.elsewhere.way is Way.OUT else N_("from {who}, {day}")
        return desk.words(sentence, who=case.elsewhere.who, day=desk.formats.short_date(case.elsewhere.at.date()))

    return (
        tick_column(),
        Column(key="name", label=N_("Name"), value=lambda c: desk.masking.name(c.name, record_no(c.id)), strong=True,
               stretch=2, width=170),
        Column(key="case", label=N_("Case number"), value=lambda c: c.case_no, width=130),
        Column(key="state", label=N_("Status"), value=lambda c: desk.words(c.state.label), width=150, stretch=1,
               gives_way=2),
        Column(key="officer", label=N_("Officer"), value=lambda c: c.officer, width=110, gives_way=1),
        Column(key="elsewhere", label=N_("Elsewhere"), value=elsewhere, width=150),
    )  # fmt: skip


def _everything(session: Any) -> tuple[list[CaseLine], tuple[DeputyView, ...], list[HandOverLine]]:
    return hand_over.open_cases(session), standing_in.deputies(session), hand_over.hand_overs(session)
