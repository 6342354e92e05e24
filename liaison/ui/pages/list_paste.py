"""Rows pasted from a spreadsheet, before anything is written: what is new, what changes, what stays out and why.

The rows go the way of files that are brought in; rows that name a case on record change its cells. One paste is one
action, and one undo takes it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QGuiApplication

from liaison.domain.journeys import JourneyState
from liaison.domain.listing import StagedFile, StagedSheet
from liaison.domain.money import CURRENCIES
from liaison.domain.names import fold
from liaison.domain.problems import Problem
from liaison.exchange import pasted
from liaison.exchange.pasted import PastedRow, Table
from liaison.i18n import N_, Language
from liaison.services import claim_lists, journey_lists, pasted_cases
from liaison.services.changes import NOTHING
from liaison.services.pasted_cases import CaseFate, PastedCells
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.key_sheet import native
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import Group, PagedTable
from liaison.ui.page import Page
from liaison.ui.pages import import_cases, import_claims, import_records
from liaison.ui.pages.import_rows import Answers, Review
from liaison.ui.places import Place
from liaison.ui.runner import Trouble
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import Badge, blocked, closed, done, warning
from liaison.ui.widgets.buttons import primary, secondary, set_button_text
from liaison.ui.widgets.editors import Choice
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, RIGHT, ActionBar, EmptyState, Head, Marked
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.table_view import TableView

TITLE = N_("Paste rows")
NOTHING_PASTED = N_("Nothing was pasted yet. Copy rows in a spreadsheet, with their headings, and paste them here.")
ONLY_HEADINGS = N_("Only the headings were pasted. Copy the rows beneath them too.")
RECORDS = frozenset({"hospitals", "contacts"})
"""Lists of houses and desks; rows of them find what is on record by name."""
NEW, CHANGED, SAME, OUT = "new", "changed", "same", "out"
_GROUPS = (
    (OUT, N_("Stay out"), Shape.BLOCKED, Tone.RED), (NEW, N_("New"), Shape.DONE, Tone.GREEN),
    (CHANGED, N_("Changed"), Shape.WARNING, Tone.AMBER), (SAME, N_("Unchanged"), Shape.CLOSED, Tone.GREY),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One pasted row and its fate; ``says`` is in the shown language."""

    number: int
    fate: str
    name: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that a paste would do."""

    table: Table
    review: Review | None
    read: Any
    cells: tuple[CaseFate, ...]
    lines: tuple[Line, ...]
    skipped: tuple[str, ...]
    """Headings of columns that change nothing."""

    def count(self, fate: str) -> int:
        """How many rows have a fate."""
        return sum(line.fate == fate for line in self.lines)

    @property
    def taken(self) -> int:
        """Rows that would be written."""
        return self.count(NEW) + self.count(CHANGED)


def plan(session: Any, kind: str, text: str, headings: Sequence[str], currency: str, words: Language) -> Plan:
    """Read what was pasted and decide every row. Raises ``Refused`` where no row can be understood."""
    table = pasted.read_pasted(text, headings=headings)
    bad = [Line(number=b.row.number, fate=OUT, name="", says=words(pasted.SHORTENED, text=b.text)) for b in table.bad]
    at = table.case_no_column if kind == "journeys" else -1
    over = [r for r in table.rows if 0 <= at < len(r.cells) and r.cells[at]]
    rest = table.without(frozenset(r.number for r in over))
    fates = pasted_cases.plan_cells(session, [_cells(table, row, at) for row in over])
    read: import_cases.Read | import_claims.Read | import_records.Read | None = None
    review, lines = None, [_case_line(fate, words) for fate in fates]
    if rest.rows and kind == "journeys":
        read = _read_cases(rest)
        review = import_cases.review(read, import_cases.plan(session, read), words)
    elif rest.rows and kind in RECORDS:
        read = import_records.Read(staged=pasted.stage_records(rest, kind=kind), content=table.text.encode())
        review = import_records.review(read, import_records.plan(session, read), words)
    elif rest.rows:
        read = _read_claims(rest, currency)
        review = import_claims.review(read, import_claims.plan(session, read), words)
    if read is not None and review is not None:
        lines += _review_lines(session, kind, read, review)
    order = [key for key, *_ in _GROUPS]
    lines = sorted([*bad, *lines], key=lambda line: (order.index(line.fate), line.number))
    return Plan(
        table=table, review=review, read=read, cells=fates, lines=tuple(lines),
        skipped=tuple(_skipped(table, review, fates)),
    )  # fmt: skip


def write(session: Any, made: Plan) -> Any:
    """Write it, in one action."""
    changes = pasted_cases.write_cells(session, made.cells) if made.cells else NOTHING
    if made.read is not None and made.review is not None and made.review.taken:
        changes |= _bring(session, made.read)
    return changes


def _bring(session: Any, read: Any) -> Any:
    match read:
        case import_cases.Read():
            return import_cases.write(session, read)
        case import_records.Read():
            return import_records.write(session, read)
        case _:
            return import_claims.write(session, read)


def _read_cases(table: Table) -> import_cases.Read:
    """Rows without a status begin at the enquiry, as a case typed by hand does."""
    answers = Answers(statuses={"": JourneyState.ENQUIRY.value})
    staged: StagedSheet = pasted.stage_journeys(table)
    return import_cases.Read(staged=staged, content=table.text.encode(), answers=answers)


def _read_claims(table: Table, currency: str) -> import_claims.Read:
    from liaison.exchange.bordereau import Answers as ListAnswers

    staged: StagedFile = pasted.stage_claims(table, answers=ListAnswers(currency=currency))
    return import_claims.Read(staged=staged, content=table.text.encode(), answers=Answers(currency=currency))


def _cells(table: Table, row: PastedRow, at: int) -> PastedCells:
    cells = {fold(h): c for n, (h, c) in enumerate(zip(table.headings, row.cells, strict=False)) if n != at}
    return PastedCells(number=row.number, case_no=row.cells[at], cells=cells)


def _case_line(fate: CaseFate, words: Language) -> Line:
    if fate.problems:
        says, kind = " ".join(p.text(words) for p in fate.problems), OUT
    elif not fate.changes:
        says, kind = words(N_("The same already stands there")), SAME
    else:
        kind = CHANGED
        says = "; ".join(
            words(N_("{what}: {before} → {after}"), what=words(pasted_cases.LABELS[c.field]),
                  before=c.before or "–", after=c.after)
            for c in fate.changes
        )  # fmt: skip
    return Line(number=fate.number, fate=kind, name=fate.case_no, says=says)


def _review_lines(session: Any, kind: str, read: Any, review: Review) -> list[Line]:
    fates = _fates(session, kind, read)
    return [
        Line(number=row.row, fate=fates.get(row.row, OUT), name=row.name or row.number, says=row.says)
        for row in review.rows
    ]


def _fates(session: Any, kind: str, read: Any) -> dict[int, str]:
    """What becomes of the rows that come in; every other one stays out."""
    if kind == "journeys":
        planned = import_cases.plan(session, read)
        by = {journey_lists.CaseFate.NEW: NEW, journey_lists.CaseFate.REFUSED: OUT}
        return {fate.journey.row: by.get(fate.fate, SAME) for fate in planned.fates}
    if kind in RECORDS:
        fates = import_records.plan(session, read).fates
        return {f.record.row: NEW if f.is_new else SAME if f.is_unchanged else CHANGED for f in fates}
    listed = claim_lists.plan_list(session, read.staged)
    return {fate.claim.row: NEW if fate.is_new else SAME if fate.is_unchanged else CHANGED for fate in listed.fates}


def _skipped(table: Table, review: Review | None, fates: Sequence[CaseFate]) -> list[str]:
    """Headings that mean nothing here or that a list may not change."""
    if review is not None:
        used = {heading for heading, name in review.columns if name}
        return [h for h in table.headings if h and h not in used and not (fates and pasted_cases.is_taken(h))]
    at = table.case_no_column
    return [h for n, h in enumerate(table.headings) if h and n != at and not pasted_cases.is_taken(h)]


class PastePage(Page):
    """The preview. Enter brings the rows in, Escape goes back and nothing was written."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._kind = str(place.values.get("kind", "journeys"))
        self._text = str(place.values.get("text", ""))
        self._plan: Plan | None = None
        words = desk.words
        self.head = Head(desk, words(TITLE), back=desk.frame.back, back_hint=words(N_("Back")))
        self.body.addWidget(self.head)
        self.note = Label("", Role.SECOND, wrap=True)
        self.note.setContentsMargins(LEFT, 0, RIGHT, 8)
        self.body.addWidget(self.note)
        self.problem = Marked(desk, "", Shape.BLOCKED, Tone.RED, wrap=True)
        self.problem.setContentsMargins(LEFT, 0, RIGHT, 8)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.currency = Choice(desk, [(c, c) for c in CURRENCIES], none=words(N_("Currency…")), search=False)
        self.currency.set_name(words(N_("Currency, where the rows name none")))
        self.currency.changed.connect(lambda: self._read())
        self.currency.hide()
        self.body.addWidget(self.currency)
        self.empty = EmptyState(
            desk, icon="clipboard-paste", sentence=words(NOTHING_PASTED), button=words(N_("Paste what was copied")),
            run=self.paste_again, button_icon="clipboard-paste", keys=native("Ctrl+V"),
        )  # fmt: skip
        self.empty.hide()
        self.body.addWidget(self.empty, 1)
        self.table = PagedTable(desk, self._columns())
        self.view = TableView(desk, self.table, name=words(N_("Pasted rows")), row=32)
        self.view.opened.connect(lambda _key: self._bring())
        self.body.addWidget(self.view, 1)
        self.bring = primary(desk.icons, words(N_("Paste")), self._bring, icon="check")
        self.bring.setEnabled(False)
        back = secondary(desk.icons, words(N_("Back")), desk.frame.back)
        said = Marked(
            desk, words(N_("Nothing is written yet. One undo takes all of it back.")), Shape.CLOSED, Tone.GREY,
            role=Role.SECOND,
        )  # fmt: skip
        self.body.addWidget(ActionBar(note=said, buttons=[back, self.bring]))

    def _columns(self) -> tuple[Column, ...]:
        masking = self.desk.masking
        return (
            Column(key="row", label=N_("Row"), value=lambda r: r.number, kind=Kind.NUMBER, width=62, quiet=True),
            Column(key="name", label=N_("Name"), value=lambda r: masking.name(r.name, str(r.number)) if r.name else "",
                   strong=True, width=190, stretch=1),
            Column(key="says", label=N_("Result"), value=_badge, kind=Kind.BADGE, width=420, stretch=3),
        )  # fmt: skip

    def start(self) -> None:
        """Read what was pasted; without anything say what to do."""
        if self._show_empty():
            return
        self._read()
        self.view.setFocus()

    def _show_empty(self) -> bool:
        is_empty = not self._text.strip()
        self.empty.setVisible(is_empty)
        self.view.setVisible(not is_empty)
        self.bring.setVisible(not is_empty)
        if is_empty and self.empty.button is not None:
            self.empty.button.setFocus()
        return is_empty

    def paste_again(self) -> None:
        """Take what is on the clipboard now, in place of what stands here."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.desk.toast(self.desk.words(N_("Nothing to paste: copy rows in a spreadsheet first")), refused=True)
            return
        self._text = text
        self.desk.frame.moved(Place(page="paste", values={**self.place.values, "text": text}))
        self.start()

    def _read(self) -> None:
        headings = self.place.values.get("headings", ())
        given = [str(h) for h in headings] if isinstance(headings, (list, tuple)) else []
        self.desk.runner.read(
            plan, self._kind, self._text, given, str(self.currency.value() or ""), self.desk.words, owner=self,
            done=self._planned, failed=self._failed, key="plan",
        )  # fmt: skip

    def _failed(self, trouble: Trouble) -> None:
        problems: tuple[Problem, ...] = getattr(trouble.error, "problems", ())
        if not problems:
            self.desk.runner.trouble.emit(trouble)
            return
        self._refused(problems)

    def _refused(self, problems: tuple[Problem, ...]) -> None:
        self._plan = None
        self.table.show_rows(())
        self.bring.setEnabled(False)
        self.problem.label.setText(" ".join(p.text(self.desk.words) for p in problems))
        self.problem.show()
        if any(p.code == "NO_CURRENCY" for p in problems):
            self.currency.show()
            self.currency.inner().setFocus()

    def _planned(self, made: Plan) -> None:
        self._plan = made
        words, number = self.desk.words, self.desk.formats.number
        self.problem.setVisible(not made.lines)
        if not made.lines:
            self.problem.label.setText(words(ONLY_HEADINGS))
        groups = []
        for key, label, shape, tone in _GROUPS:
            count = made.count(key)
            if count:
                groups.append(Group(key=key, badge=Badge(text=words(label), shape=shape, tone=tone), count=count))
        self.table.show_rows(made.lines, groups=tuple(groups))
        parts = [
            words(N_("Columns were found by their headings.")) if made.table.has_headings
            else words(N_("Without headings, columns were taken in the order of the list.")),
        ]  # fmt: skip
        if made.skipped:
            parts.append(words(N_("Passed over: {columns}."), columns=", ".join(made.skipped)))
        self.note.setText(" ".join(parts))
        self.head.set_note(" · ".join(f"{number(made.count(g[0]))} {words(g[1]).lower()}" for g in _GROUPS
                                      if made.count(g[0])))  # fmt: skip
        set_button_text(self.bring, words.plural("Paste {count} row", "Paste {count} rows", made.taken))
        self.bring.setEnabled(made.taken > 0)
        self.view.go_to_row(1)
        if made.taken:
            self.bring.setFocus()

    def _bring(self) -> None:
        if self._plan is None or not self._plan.taken:
            return
        self.bring.setEnabled(False)
        reason = f"SHA-256 {self._plan.read.staged.sha256}" if self._plan.read is not None else None
        self.desk.runner.write(
            TITLE, write, self._plan, owner=self, done=self._brought, refused=self._refused, kind="import",
            reason=reason,
        )  # fmt: skip

    def _brought(self, _changes: object) -> None:
        assert self._plan is not None
        text = self.desk.words.plural("{count} row pasted", "{count} rows pasted", self._plan.taken)
        self.desk.frame.back()
        self.desk.toast(text)

    def actions_here(self) -> tuple[Action, ...]:
        """Paste."""
        return (
            Action(key="paste.again", text=N_("Paste what was copied"), keys="Ctrl+V", icon="clipboard-paste",
                   run=self.paste_again, scope=Scope.PAGE, menu=Menu.EDIT),
            Action(key="paste.bring", text=N_("Paste these rows"), keys="Ctrl+Return", icon="check", run=self._bring,
                   scope=Scope.PAGE, menu=Menu.FILE),
        )  # fmt: skip


def _badge(row: Line) -> Badge:
    made = {OUT: blocked, NEW: done, CHANGED: warning, SAME: closed}
    return made[row.fate](row.says)
