"""Import: choose a list, see every row with its fate, then bring it in. Nothing is written before the last step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from liaison.domain.money import CURRENCIES
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import Group, PagedTable
from liaison.ui.page import Page
from liaison.ui.pages.import_kinds import KINDS
from liaison.ui.pages.import_meanings import Meanings, Said
from liaison.ui.pages.import_rows import Answers, ListKind, Review, ReviewRow, Verdict
from liaison.ui.pages.lookups import insurer_choice
from liaison.ui.places import Place
from liaison.ui.runner import Sort, Trouble
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import Badge, blocked, done, warning
from liaison.ui.widgets.buttons import Segments, primary, secondary, set_button_text
from liaison.ui.widgets.editors import Choice, SecretEdit, TextEdit
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import (
    LEFT,
    PANE_PADDING,
    RIGHT,
    ActionBar,
    EmptyState,
    Folding,
    Head,
    Marked,
    Pane,
    Section,
    clear,
    hairline,
)
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.table_view import TableView

SIDE_WIDTH = 290
FILES = "*.xlsx *.xls *.xlsb *.xlsm *.ods *.csv *.tsv *.txt"
_GROUPS = (
    (Verdict.REFUSED, N_("Refused"), Shape.BLOCKED, Tone.RED, N_("do not come in")),
    (Verdict.WARNED, N_("Warnings"), Shape.WARNING, Tone.AMBER, N_("come in with a mark")),
    (Verdict.READY, N_("Ready"), Shape.DONE, Tone.GREEN, ""),
)


class ImportPage(Page):
    """From a file to rows with their fates to one action that one undo takes back."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._kind = str(place.values.get("kind", "claims"))
        self._path: Path | None = None
        self._read: Any = None
        self._review: Review | None = None
        self._said: Said | None = None
        self.setAcceptDrops(True)
        words = desk.words
        self.head = Head(desk, words(N_("Import")))
        self.body.addWidget(self.head)
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack, 1)
        self._stack.addWidget(self._choose_step())
        self._stack.addWidget(self._review_step())

    def start(self) -> None:
        """Wait for a file."""
        self.pick.setFocus()

    # step one: the file and what it leaves open

    def _choose_step(self) -> QWidget:
        desk, words = self.desk, self.desk.words
        pane = Pane(desk, side="middle", padding=18, name=words(N_("Choose a list")))
        self.kinds = Segments([(k.key, words(k.label)) for k in KINDS], name=words(N_("Kind of list")))
        self.kinds.choose(self._kind)
        self.kinds.chosen.connect(self._switch)
        pane.add(_left(self.kinds))
        pane.body.addSpacing(12)
        pane.add(Label(words(N_("Drop a file here, or choose one.")), Role.CARD))
        pane.add(
            Label(
                words(N_("Excel, OpenDocument or text as it was sent; headings are found wherever they stand.")),
                Role.SECOND,
                wrap=True,
            )
        )
        pane.body.addSpacing(8)
        self.pick = primary(desk.icons, words(N_("Choose a file…")), self._pick, icon="folder-open")
        pane.add(_left(self.pick))
        pane.body.addSpacing(14)
        self._answers_box = QWidget()
        self._answers_box.setMaximumWidth(560)
        self._answers_layout = QVBoxLayout(self._answers_box)
        self._answers_layout.setContentsMargins(0, 0, 0, 0)
        pane.add(self._answers_box)
        self.problems = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(self.problems)
        pane.add(holder)
        pane.finish()
        self._ask()
        return pane

    def _ask(self, *, password: bool = False) -> None:
        """The answers this kind of list may need; none is required before a file asks for it."""
        clear(self._answers_layout)
        desk, words = self.desk, self.desk.words
        asks = self.kind.asks
        self.city = self.currency = self.insurer = self.password = None
        if asks:
            section = Section(words(N_("What a file may leave open")), line=False)
            if "city" in asks:
                self.city = TextEdit(desk, placeholder=words(N_("for instance Medan")))
                _field(section, words(N_("The patients come from")), self.city)
            if "currency" in asks:
                self.currency = Choice(desk, [(c, c) for c in CURRENCIES], none=words(N_("as the file says")))
                _field(section, words(N_("Currency, where the file names none")), self.currency)
            if "insurer" in asks:
                self.insurer = insurer_choice(desk)
                _field(section, words(N_("Insurer, where the file names none")), self.insurer)
            self._answers_layout.addWidget(section)
        if password:
            self.password = SecretEdit(desk)
            section = Section(words(N_("The file is locked")), line=False)
            _field(section, words(N_("Password of the file")), self.password)
            section.add(_left(secondary(desk.icons, words(N_("Open with this password")), self._again)))
            self._answers_layout.addWidget(section)
            self.password.inner().setFocus()

    city: TextEdit | None
    currency: Choice | None
    insurer: Any
    password: SecretEdit | None

    @property
    def kind(self) -> ListKind:
        """The kind of list now chosen."""
        return next(k for k in KINDS if k.key == self._kind)

    def answers(self) -> Answers:
        """What the officer answered."""
        insurer = ""
        if self.insurer is not None and self.insurer.value() is not None:
            insurer = self.insurer.typed()
        return Answers(
            currency=str(self.currency.value() or "") if self.currency is not None else "",
            insurer=insurer,
            city=str(self.city.value()) if self.city is not None else "",
            password=str(self.password.value()) if self.password is not None else "",
            columns=self._said.columns if self._said is not None else {},
            statuses=self._said.statuses if self._said is not None else {},
        )

    def _switch(self, key: object) -> None:
        self._kind = str(key)
        self._said = None
        self._ask()
        clear(self.problems)

    def _pick(self) -> None:
        words = self.desk.words
        name, _kind = QFileDialog.getOpenFileName(
            self, words(N_("Choose a list")), "", f"{words(N_('Lists'))} ({FILES})"
        )
        if name:
            self.open_file(Path(name))

    def _again(self) -> None:
        if self._path is not None:
            self.open_file(self._path)

    def open_file(self, path: Path) -> None:
        """Read a list and show its rows."""
        self._path = path
        clear(self.problems)
        self.problems.addWidget(Label(self.desk.words(N_("Reading {file}…"), file=path.name), Role.SECOND))
        if self.kind.known is None or self._said is not None:
            self._read_now()
        else:
            self.desk.runner.read(self.kind.known, owner=self, done=self._remembered, key="known")

    def _remembered(self, known: tuple[dict[str, str], dict[str, str]]) -> None:
        self._said = Said(columns=dict(known[0]), statuses=dict(known[1]))
        self._read_now()

    def _read_now(self) -> None:
        self.desk.runner.work(
            self.kind.read,
            self._path,
            self.answers(),
            owner=self,
            done=self._was_read,
            refused=self._refused,
            failed=self._failed,
        )

    def _refused(self, problems: tuple[Problem, ...]) -> None:
        words = self.desk.words
        clear(self.problems)
        codes = {p.code for p in problems}
        if codes & {"NEEDS_PASSWORD", "WRONG_PASSWORD"}:
            self._ask(password=True)
        for problem in problems:
            self.problems.addWidget(Marked(self.desk, problem.text(words), Shape.BLOCKED, Tone.RED, wrap=True))
        if "NO_CURRENCY" in codes and self.currency is not None:
            self.currency.inner().setFocus()
        self._stack.setCurrentIndex(0)

    def _failed(self, trouble: Trouble) -> None:
        clear(self.problems)
        if trouble.sort is Sort.REFUSED:
            self._refused(getattr(trouble.error, "problems", ()))
        else:
            self.desk.runner.trouble.emit(trouble)

    def _was_read(self, read: Any) -> None:
        self._read = read
        clear(self.problems)
        self.desk.runner.read(self.kind.plan, read, owner=self, done=self._planned, failed=self._failed, key="plan")

    def _planned(self, planned: Any) -> None:
        self._review = self.kind.review(self._read, planned, self.desk.words)
        self._show_review()

    # step two: every row with its fate

    def _review_step(self) -> QWidget:
        desk, words = self.desk, self.desk.words
        step = QWidget()
        column = QVBoxLayout(step)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.file_note = Label("", Role.SECOND, elide=True)
        self.sums = Label("", Role.BOLD, elide=True)
        line = QHBoxLayout()
        line.setContentsMargins(LEFT, 0, RIGHT, 8)
        line.addWidget(self.file_note, 1)
        line.addWidget(self.sums)
        column.addLayout(line)
        self.tiles = QHBoxLayout()
        self.tiles.setContentsMargins(LEFT, 0, RIGHT, 10)
        self.tiles.setSpacing(10)
        column.addLayout(self.tiles)
        column.addWidget(hairline())
        self.table = PagedTable(desk, self._columns())
        self.view = TableView(desk, self.table, name=words(N_("Rows of the list")), row=32)
        self.view.moved.connect(self._show_row)
        self.side = QWidget()
        self.side.setFixedWidth(SIDE_WIDTH)
        self._side_box = QVBoxLayout(self.side)
        self._side_box.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Folding([(self.view, 1), (self.side, 0)], folds=[self.side], below=800), 1)
        note = Marked(
            desk,
            words(N_("Nothing is written yet. One undo takes all of it back.")),
            Shape.CLOSED,
            Tone.GREY,
            role=Role.SECOND,
        )
        self.bring = primary(desk.icons, words(N_("Bring in")), self._bring, icon="check")
        self.save_refused = secondary(desk.icons, words(N_("Save refused rows…")), self._save_refused, icon="file-down")
        back = secondary(desk.icons, words(N_("Back")), lambda: self._stack.setCurrentIndex(0))
        self.meanings = secondary(desk.icons, words(N_("Columns and words…")), self._open_meanings, icon="columns-3")
        column.addWidget(ActionBar(note=note, buttons=[self.meanings, self.save_refused, back, self.bring]))
        return step

    def _columns(self) -> tuple[Column, ...]:
        masking = self.desk.masking
        return (
            Column(key="row", label=N_("Row"), value=lambda r: r.row, kind=Kind.NUMBER, width=62, quiet=True),
            Column(key="number", label=N_("Number"), value=lambda r: r.number, width=176, gives_way=2),
            Column(
                key="name",
                label=N_("Name"),
                value=lambda r: masking.name(r.name, str(r.row)) if r.name else "",
                strong=True,
                width=150,
                stretch=1,
            ),
            Column(key="place", label=N_("Hospital"), value=lambda r: r.place, width=150, stretch=1, gives_way=1),
            Column(
                key="amount",
                label=N_("Billed"),
                value=lambda r: r.amount if r.amount is not None else r.amount_text,
                kind=Kind.MONEY,
                width=140,
                tone=lambda r: Tone.RED if r.amount is None and r.amount_text else None,
            ),
            Column(key="says", label=N_("Result"), value=self._badge, kind=Kind.BADGE, width=250, stretch=1),
        )

    def _badge(self, row: ReviewRow) -> Badge:
        match row.verdict:
            case Verdict.REFUSED:
                return blocked(row.says)
            case Verdict.WARNED:
                return warning(row.says)
            case _:
                return done(row.says)

    def _show_review(self) -> None:
        review, words, formats = self._review, self.desk.words, self.desk.formats
        assert review is not None
        name = self._path.name if self._path is not None else ""
        parts = [name, review.where]
        if review.skipped:
            parts.append(words.plural("{count} row passed over", "{count} rows passed over", review.skipped))
        self.file_note.setText(" · ".join(p for p in (*parts, *review.notes) if p))
        self.sums.setText("   ".join(formats.money(m) for m in review.sums))
        self._show_tiles(review)
        groups = []
        rows: list[ReviewRow] = []
        for verdict, label, shape, tone, note in _GROUPS:
            own = [r for r in review.rows if r.verdict is verdict]
            if own:
                rows += own
                badge = Badge(text=words(label), shape=shape, tone=tone)
                groups.append(Group(key=verdict.value, badge=badge, count=len(own), note=words(note) if note else ""))
        self.table.show_rows(rows, groups=tuple(groups))
        self.bring.show()
        self.bring.setEnabled(review.taken > 0)
        text = words(N_("Bring in {count}"), count=review.taken)
        set_button_text(self.bring, text)
        self.save_refused.setVisible(review.count(Verdict.REFUSED) > 0)
        self.meanings.setVisible(bool(self.kind.states) and bool(review.columns or review.words))
        self._stack.setCurrentIndex(1)
        self.view.go_to_row(1)
        self.view.setFocus()

    def _show_tiles(self, review: Review) -> None:
        clear(self.tiles)
        words = self.desk.words
        tiles = (
            (review.new, N_("new"), Shape.DONE, Tone.GREEN),
            (review.updated, N_("changed"), Shape.WARNING, Tone.AMBER),
            (review.unchanged, N_("unchanged"), Shape.CLOSED, Tone.GREY),
            (review.count(Verdict.WARNED), N_("warnings"), Shape.WARNING, Tone.AMBER),
            (review.count(Verdict.REFUSED), N_("refused"), Shape.BLOCKED, Tone.RED),
        )
        for count, label, shape, tone in tiles:
            text = f"{self.desk.formats.number(count)} {words(label)}"
            tile = Marked(self.desk, text, shape, tone, role=Role.BOLD)
            tile.setAccessibleName(text)
            self.tiles.addWidget(tile)
        self.tiles.addStretch(1)

    def _show_row(self, row: object) -> None:
        clear(self._side_box)
        words = self.desk.words
        pane = Pane(self.desk, side="right", padding=PANE_PADDING, name=words(N_("Chosen row")))
        if isinstance(row, ReviewRow):
            pane.add(Label(words(N_("Row {row}"), row=row.row), Role.CARD))
            pane.add(Label(" · ".join(x for x in (row.number, self._shown_name(row)) if x), Role.SECOND, wrap=True))
            shape, tone = {
                Verdict.REFUSED: (Shape.BLOCKED, Tone.RED),
                Verdict.WARNED: (Shape.WARNING, Tone.AMBER),
                Verdict.READY: (Shape.DONE, Tone.GREEN),
            }[row.verdict]
            pane.body.addSpacing(6)
            pane.add(Marked(self.desk, row.says, shape, tone, ground="sunken", wrap=True))
            pane.body.addSpacing(8)
            section = Section(words(N_("The row as sent")), line=False)
            for label, value in row.original:
                if value:
                    # Headings and cells of strangers have any length: one under the other, never cut.
                    section.add(Label(label, Role.SECOND, wrap=True))
                    section.add(Label(self.desk.masking.text(value), Role.TEXT, wrap=True))
            pane.add(section)
        else:
            pane.add(
                EmptyState(self.desk, icon="file-spreadsheet", sentence=words(N_("Choose a row to see it as sent.")))
            )
        pane.finish()
        self._side_box.addWidget(pane)

    def _shown_name(self, row: ReviewRow) -> str:
        return self.desk.masking.name(row.name, str(row.row)) if row.name else ""

    # what headings and words mean

    def _open_meanings(self) -> None:
        if self._review is None:
            return
        clear(self._side_box)
        said = self._said or Said()
        panel = Meanings(self.desk, self._review, self.kind.states, said)
        panel.wanted.connect(self._mean)
        panel.closed.connect(self._close_meanings)
        self._side_box.addWidget(panel)
        # One filled button at a time: while meanings are open, theirs is the one.
        self.bring.hide()
        self.side.show()

    def _close_meanings(self) -> None:
        self.bring.show()
        self._show_row(self.view.current_row())

    def _mean(self, said: object) -> None:
        """Remember what was said, then read the file again with it."""
        if not isinstance(said, Said):
            return
        self._said = said
        if self.kind.keep is not None and self._path is not None:
            self.desk.runner.write(
                N_("Remember what headings and words mean"),
                self.kind.keep,
                Answers(columns=said.columns, statuses=said.statuses),
                self._path.name,
                owner=self,
                done=lambda _changes: self._read_now(),
                refused=self._refused,
            )

    # step three: write

    def _bring(self) -> None:
        if self._read is None:
            return
        read = self._read
        self.bring.setEnabled(False)
        self.desk.runner.write(
            self.kind.title,
            self.kind.write,
            read,
            owner=self,
            done=self._brought,
            refused=self._refused,
            kind="import",
            reason=f"SHA-256 {read.staged.sha256}",
        )

    def _brought(self, _changes: object) -> None:
        words = self.desk.words
        review = self._review
        count = review.taken if review is not None else 0
        self._read = self._review = None
        self._stack.setCurrentIndex(0)
        clear(self.problems)
        text = words.plural("{count} record brought in", "{count} records brought in", count)
        self.problems.addWidget(Marked(self.desk, text, Shape.DONE, Tone.GREEN))
        self.desk.toast(text)

    def _save_refused(self) -> None:
        if self._review is None or self._path is None:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self, self.desk.words(N_("Save refused rows")), f"gagal_{self._path.stem}.xlsx", "Excel (*.xlsx)"
        )
        if name:
            self.refused_to(Path(name))

    def refused_to(self, target: Path) -> None:
        """Write the refused rows with their reasons into a workbook, to be mended and brought in again."""
        from liaison.exchange import workbook

        review = self._review
        if review is None:
            return
        rows = [r for r in review.rows if r.verdict is Verdict.REFUSED]
        headings = list(dict.fromkeys(h for r in rows for h, _c in r.original))
        table = [[dict(r.original).get(h, "") for h in headings] + [r.says] for r in rows]
        self.desk.runner.work(
            workbook.write_rejects,
            headings,
            table,
            target,
            self.desk.words,
            owner=self,
            done=lambda _n: self.desk.toast(self.desk.words(N_("Refused rows saved")), undo=False),
        )

    # dropping a file

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the first file dropped."""
        files = [u.toLocalFile() for u in event.mimeData().urls() if u.isLocalFile()]
        if files:
            self.open_file(Path(files[0]))

    def actions_here(self) -> tuple[Action, ...]:
        """Choose a file."""
        return (
            Action(
                key="import.pick",
                text=N_("Choose a list…"),
                keys="Ctrl+O",
                icon="folder-open",
                run=self._pick,
                scope=Scope.PAGE,
                menu=Menu.FILE,
            ),
        )

    def keep(self) -> dict[str, object]:
        """The kind and the file; it is read again."""
        return {"kind": self._kind, "path": str(self._path or "")}

    def resume(self, kept: dict[str, object]) -> None:
        """As it was."""
        self._kind = str(kept.get("kind", self._kind))
        self.kinds.choose(self._kind)
        self._ask()
        path = str(kept.get("path", ""))
        if path and Path(path).is_file():
            self.open_file(Path(path))


def _left(widget: QWidget) -> QWidget:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    holder = QWidget()
    holder.setLayout(row)
    return holder


def _field(section: Section, text: str, editor: Any) -> None:
    section.body.addSpacing(6)  # a title stands nearer to its own field than to the one before
    section.add(Label(text, Role.LABEL, buddy=editor.inner()))
    editor.set_name(text)
    section.add(editor)
