"""One printed report, opened again: the very pages that left, the figures on them, and how to print it once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.reports import leaving
from liaison.reports.catalogue import option_labels
from liaison.reports.closing import Closing
from liaison.reports.leaving import Seal
from liaison.services import releases, reprints
from liaison.services.changes import Changes
from liaison.services.releases import PAGES_GONE, ReleaseView
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages.printed_card import release_facts
from liaison.ui.pages.report_leaving import WHY_OPEN
from liaison.ui.places import Place
from liaison.ui.printing import ask_printer, draw_on
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import primary, secondary
from liaison.ui.widgets.editors import TextEdit
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, Facts, Folding, Head, Pane, Section, hairline
from liaison.ui.widgets.pdf_view import PdfView

SIDE_WIDTH = 320
SHOWN_ROWS = 12
AGAIN = N_("Print a report again")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A printed report with its pages, as far as they are kept; ``names_people`` says whether they are of persons.

    ``closing`` is how a new file of them has to be closed.
    """

    view: ReleaseView
    document: bytes | None
    names_people: bool
    kind: str
    closing: Closing


def open_printed(session: Any, key: int) -> Opened:
    """The pages as they were printed, and what is known of them; the figures stay where the pages are not kept."""
    view = releases.release_of(session, key)
    return Opened(
        view=view, document=releases.kept_pages(session, key) if view.has_pages else None,
        names_people=reprints.named_in(session, key) > 0, kind=reprints.action_kind(session, key).value,
        closing=leaving.closing_of_printed(session, key),
    )  # fmt: skip


class PrintedReportPage(Page):
    """The pages at the left, as they were; what they say and how to print them again at the right."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        self.opened: Opened | None = None
        self.save_button = primary(desk.icons, words(N_("Save as PDF…")), self._pick, icon="file-down")
        self.print_button = secondary(desk.icons, words(N_("Print…")), self._print, icon="printer")
        self.explain_button = secondary(desk.icons, words(N_("Explain a number…")), self.explain, icon="layers")
        self.head = Head(
            desk, words(N_("Printed report")), note="…", back=desk.frame.back, back_hint=words(N_("Back")),
            buttons=[self.explain_button, self.print_button, self.save_button],
        )  # fmt: skip
        self.body.addWidget(self.head)
        self.body.addWidget(hairline())
        self.pdf = PdfView(desk)
        self.side = Pane(desk, side="right", width=SIDE_WIDTH, padding=PANE_PADDING, name=words(N_("What it says")))
        self.body.addWidget(Folding([(self.pdf, 1), (self.side, 0)], folds=[self.side], below=700), 1)

    def start(self) -> None:
        """Open the kept pages."""
        if self.place.record is not None:
            self.desk.runner.read(open_printed, self.place.record, owner=self, done=self._arrived, key="printed")

    def _arrived(self, opened: Opened) -> None:
        self.opened = opened
        words, view = self.desk.words, opened.view
        self.head.title.setText(words(view.title))
        self.head.note.setText(view.report_id)
        for button in (self.print_button, self.save_button):
            button.setEnabled(opened.document is not None)
        self.side.add(Section(words(N_("As it was printed")), line=False))
        self.side.add(release_facts(self.desk, view))
        if opened.document is None:
            self.side.add(Label(words(PAGES_GONE), Role.SECOND, wrap=True))
        else:
            self.pdf.show_document(opened.document, names_people=opened.names_people)
        if opened.closing.takes_password and opened.document is not None:
            self._add_password(opened.closing)
        self._add_question(view)
        if not (opened.names_people and self.desk.masking.on):
            for table in view.figures.get("tables", ()):
                self._add_table(table)
        self.side.finish()
        self.pdf.area.setFocus()

    def _add_password(self, how: Closing) -> None:
        """The password that a copy saved now is sealed with, or why it stays open."""
        words = self.desk.words
        holder = Section(words(N_("Password of the copy")))
        self.password = TextEdit(self.desk, placeholder=words(N_("Agreed password")), longest=127)
        self.password.set_name(words(N_("Agreed password of the PDF")))
        holder.add(self.password)
        self.reason = TextEdit(self.desk, placeholder=words(WHY_OPEN), longest=200)
        self.reason.set_name(words(WHY_OPEN))
        self.reason.setVisible(how.takes_reason)
        holder.add(self.reason)
        sentence = N_("Printing or saving it again is written down with everybody it names.")
        holder.add(Label(words(sentence), Role.SECOND, wrap=True))
        self.side.add(holder)

    def _add_question(self, view: ReleaseView) -> None:
        words = self.desk.words
        labels = option_labels(view.report)
        asked = {labels[name]: str(value) for name, value in view.parameters.items() if value and name in labels}
        if not asked or self.desk.masking.on:
            return
        holder = Section(words(N_("What was asked")))
        facts = Facts(values_right=False, label_width=96)
        for label, value in asked.items():
            facts.add(words(label), value)
        holder.add(facts)
        self.side.add(holder)

    def _add_table(self, table: dict[str, Any]) -> None:
        """The figures of one table or chart, as they stand on the pages."""
        words = self.desk.words
        holder = Section(str(table.get("title", "")))
        rows: list[list[str]] = table.get("rows", [])
        for row in rows[:SHOWN_ROWS]:
            cells = [cell for cell in row if cell not in ("", "None")]
            if cells:
                holder.add(Label(" · ".join(cells), Role.SECOND, wrap=True))
        if len(rows) > SHOWN_ROWS:
            holder.add(Label(words(N_("and {count} more"), count=len(rows) - SHOWN_ROWS), Role.QUIET))
        self.side.add(holder)

    # out of the office once more

    def _pick(self) -> None:
        if self.opened is None or self.opened.document is None:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self, self.desk.words(N_("Save the report")), f"{self.opened.view.report_id}.pdf", "PDF (*.pdf)"
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, target: Path) -> None:
        """Put the kept pages into a file, sealed where a password stands there; that they left is on record."""
        if self.opened is not None and self.opened.document is not None:
            seal = Seal()
            if self.opened.closing.takes_password:
                seal = Seal(password=str(self.password.value() or ""), open_because=str(self.reason.value() or ""))
            self.desk.runner.write(
                AGAIN, _save_again, self.opened, target, seal, owner=self, done=lambda _c: self._said(),
                kind=self.opened.kind, refused=self._refused,
            )  # fmt: skip

    def _print(self) -> None:
        opened = self.opened
        document = opened.document if opened is not None else None
        about_people = opened is not None and opened.names_people
        printer = ask_printer(self.desk, self, is_about_people=about_people) if document is not None else None
        if opened is not None and document is not None and printer is not None:
            self.desk.runner.write(
                AGAIN, reprints.print_again, opened.view.id, owner=self,
                done=lambda _c: self._recorded(printer, document), kind=opened.kind, refused=self._refused,
            )  # fmt: skip

    def _recorded(self, printer: QPrinter, document: bytes) -> None:
        draw_on(printer, document)
        self._said()

    def explain(self) -> None:
        """Its figures, each with the rows behind it."""
        if self.opened is not None:
            self.desk.go("printed_figures", release=self.opened.view.id)

    def _said(self) -> None:
        self.desk.toast(self.desk.words(N_("The report is saved and on record")), undo=False)

    def _refused(self, problems: Sequence[Problem]) -> None:
        self.desk.toast(" ".join(p.text(self.desk.words) for p in problems), undo=False)

    def actions_here(self) -> tuple[Action, ...]:
        """Print, save."""
        doings: tuple[tuple[str, str, str, Any, str], ...] = (
            ("printed_report.print", N_("Print this report"), "printer", self._print, "Ctrl+P"),
            ("printed_report.pdf", N_("Save this report as PDF"), "file-down", self._pick, "Ctrl+S"),
            ("printed_report.explain", N_("Explain a number…"), "layers", self.explain, "Ctrl+M"),
        )
        return tuple(
            Action(key=key, text=text, icon=icon, run=run, keys=keys, scope=Scope.PAGE, menu=Menu.FILE)
            for key, text, icon, run, keys in doings
        )


def _save_again(session: Any, opened: Opened, target: Path, seal: Seal) -> Changes:
    """The file, sealed anew, and the line on record: neither without the other."""
    return leaving.put_again(session, opened.view.id, target, seal)[0]
