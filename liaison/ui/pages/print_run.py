"""A print run: many papers in one job, with progress, a way to stop, and one sheet of contents."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.reports import leaving, print_run
from liaison.reports.catalogue import report_called
from liaison.reports.closing import closing
from liaison.reports.draft_mark import as_draft
from liaison.reports.leaving import Seal
from liaison.reports.print_run import PrintRun, RunItem, RunPart
from liaison.services.case_numbers import case_numbers
from liaison.store.spoken_code import new_code
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages.report_choices import BRIEFING_CITIES, LANGUAGES, city_sheets
from liaison.ui.pages.report_leaving import WHY_OPEN
from liaison.ui.places import Place
from liaison.ui.printing import ask_printer, draw_on
from liaison.ui.reader_words import READERS
from liaison.ui.runner import Sort, Trouble
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import primary, secondary
from liaison.ui.widgets.editors import Choice, TextEdit, TickEdit
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, Folding, Head, Pane, clear, hairline
from liaison.ui.widgets.pdf_view import PdfView
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow

PANE_WIDTH = 340
OF_CASES = ("case_summary", "itinerary", "paper_letter")
OF_CITIES = ("city_briefing", "directory")
BOTH = "id en"
TITLE = N_("Print a run of papers")


class PrintRunPage(Page):
    """What to print at the left, and how far it is; the finished print at the right. Nothing leaves unsaved."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        chosen = place.values.get("journeys")
        self._journeys = [one for one in chosen if isinstance(one, int)] if isinstance(chosen, (list, tuple)) else []
        self._cases: tuple[str, ...] = ()
        self._cities: tuple[str, ...] = ()
        self._waiting: list[RunItem] = []
        self._parts: list[RunPart] = []
        self._turn = 0
        """Counts the runs, so that a paper of a run that was stopped does not arrive in the next."""
        self.run: PrintRun | None = None
        self.save_button = secondary(desk.icons, words(N_("Save as PDF…")), self._pick, icon="file-down")
        self.print_button = secondary(desk.icons, words(N_("Print…")), self._print, icon="printer")
        self.body.addWidget(
            Head(desk, words(N_("Print run")), back=desk.frame.back, back_hint=words(N_("Back")),
                 buttons=[self.print_button, self.save_button])
        )  # fmt: skip
        self.body.addWidget(hairline())
        self.pdf = PdfView(desk)
        self.body.addWidget(Folding([(self._choices(), 0), (self.pdf, 1)], folds=[], below=0), 1)
        self._show_state()

    def start(self) -> None:
        """Which cases are open and which cities have hospitals; then it is up to the officer."""
        runner = self.desk.runner
        runner.read(case_numbers, self._journeys, owner=self, done=self._cases_known, key="cases")
        runner.read(city_sheets, owner=self, done=self._cities_known, key="cities")
        self.what.inner().setFocus()

    # what to print

    def _choices(self) -> QWidget:
        desk, words = self.desk, self.desk.words
        pane = Pane(desk, side="left", width=PANE_WIDTH, padding=PANE_PADDING, name=words(N_("What to print")))
        named = [(name, words(report_called(name).title)) for name in (*OF_CITIES, *OF_CASES)]
        self.what = Choice(desk, named)
        usual = "case_summary" if self._journeys else "city_briefing"
        self.what.set_value(str(self.place.values.get("name") or usual))
        self.reader = Choice(desk, [])
        both = (BOTH, words(N_("Both languages")))
        self.language = Choice(desk, [*LANGUAGES, both])
        self.language.set_value(desk.words.code)
        self.both_sides = TickEdit(desk, words(N_("For paper printed on both sides")))
        for name, editor in ((N_("Report"), self.what), (N_("Reader"), self.reader), (N_("Language"), self.language)):
            editor.set_name(words(name))
            pane.add(Label(words(name), Role.SECOND), space=8)
            pane.add(editor, space=2)
        pane.add(self.both_sides, space=8)
        self.what.changed.connect(self._chosen)
        for choice in (self.reader, self.language, self.both_sides):
            choice.changed.connect(self._forget)
        self.password = TextEdit(desk, placeholder=words(N_("Agreed password")), longest=127)
        self.password.set_name(words(N_("Agreed password of the PDF")))
        pane.add(self.password, space=8)
        self.reason = TextEdit(desk, placeholder=words(WHY_OPEN), longest=200)
        self.reason.set_name(words(WHY_OPEN))
        pane.add(self.reason, space=6)
        self.go_button = primary(desk.icons, words(N_("Make the papers")), self.make, icon="printer")
        self.stop_button = secondary(desk.icons, words(N_("Stop")), self.stop, icon="x")
        pane.add(self.go_button, space=10)
        pane.add(self.stop_button, space=6)
        self.progress = Label("", Role.SECOND, wrap=True)
        pane.add(self.progress, space=8)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        holder = QWidget()
        holder.setLayout(self._list)
        pane.add(holder, space=4)
        pane.finish()
        self._offer_readers()
        return pane

    def _chosen(self) -> None:
        self._offer_readers()
        self._forget()

    def _offer_readers(self) -> None:
        readers = report_called(str(self.what.value())).audiences
        self.reader.set_choices([(one, self.desk.words(READERS[one])) for one in readers])
        self.reader.set_value(readers[0])
        self.reader.setEnabled(len(readers) > 1)
        report = report_called(str(self.what.value()))
        how = closing(
            report, readers[0], names_people=report.name in OF_CASES, is_sample=self.desk.officer.sample
        )  # fmt: skip
        self.password.setVisible(how.takes_password)
        self.reason.setVisible(how.takes_reason)
        if how.must_close and not self.password.value():
            self.password.set_value(new_code())

    def _cases_known(self, numbers: Sequence[str]) -> None:
        self._cases = tuple(numbers)
        self._show_state()

    def _cities_known(self, names: Sequence[str]) -> None:
        self._cities = tuple(names)
        self._show_state()

    def items(self) -> list[RunItem]:
        """Every paper that would be made now."""
        name, reader = str(self.what.value()), self.reader.value()
        languages = str(self.language.value()).split()
        option, subjects = "case", self._cases
        if name in OF_CITIES:
            option, subjects = "city", BRIEFING_CITIES if name == "city_briefing" else self._cities
        return [
            RunItem(report=name, options={option: subject}, language=language, label=subject,
                    audience=reader if isinstance(reader, Audience) else None)
            for subject in subjects
            for language in languages
        ]  # fmt: skip

    # making

    def make(self) -> None:
        """Make one paper after the other; each shows as it comes."""
        self._forget()
        self._waiting = self.items()
        self._next(self._turn)

    def stop(self) -> None:
        """Stop after the papers that are made; they can be printed."""
        self._waiting = []
        self._turn += 1
        self._bind()

    def _next(self, turn: int) -> None:
        if turn != self._turn:
            return
        self._show_state()
        if not self._waiting:
            self._bind()
            return
        item = self._waiting.pop(0)
        self.desk.runner.read(
            print_run.make_part, item, tuple(self._parts), owner=self, done=partial(self._came, turn), key="part",
            failed=partial(self._broke, turn),
        )  # fmt: skip

    def _came(self, turn: int, part: RunPart) -> None:
        if turn == self._turn:
            self._parts.append(part)
            self._show_part(part)
            self._next(turn)

    def _broke(self, turn: int, trouble: Trouble) -> None:
        """A fault of the program stops the run; what is made stays."""
        if turn == self._turn:
            self.stop()
        if trouble.sort is not Sort.REFUSED:
            self.desk.runner.trouble.emit(trouble)

    def _bind(self) -> None:
        if any(part.result is not None for part in self._parts):
            self.desk.runner.read(
                _bound, tuple(self._parts), self.desk.words.code, bool(self.both_sides.value()), owner=self,
                done=self._bound, key="bound",
            )  # fmt: skip
        self._show_state()

    def _bound(self, run: PrintRun) -> None:
        self.run = run
        self.desk.runner.work(
            as_draft, run.data, self.desk.words, owner=self, done=partial(self._show_draft, run)
        )  # fmt: skip
        self._show_state()

    def _show_draft(self, run: PrintRun, marked: bytes) -> None:
        """The pages until they are released; a run that was forgotten meanwhile is not shown."""
        if run is self.run:
            self.pdf.show_document(marked, names_people=run.names_people)

    def _forget(self) -> None:
        """Other choices: what was made is not what is asked for any more."""
        self._turn += 1
        self._waiting, self._parts, self.run = [], [], None
        self.pdf.clear()
        clear(self._list)
        self._show_state()

    def _show_part(self, part: RunPart) -> None:
        words = self.desk.words
        shape, tone, beside = Shape.DONE, Tone.GREEN, ""
        if part.result is not None:
            beside = words.plural("{count} page", "{count} pages", part.result.pages)
        else:
            shape, tone, beside = Shape.BLOCKED, Tone.RED, words(N_("not printed"))
        row = StepRow(self.desk, part.item.name, shape=shape, tone=tone, beside=beside)
        row.setToolTip(" ".join(p.text(words) for p in part.problems))
        self._list.addWidget(row)
        for problem in part.problems:
            self._list.addWidget(Label(problem.text(words), Role.SECOND, wrap=True))

    def _show_state(self) -> None:
        words, whole = self.desk.words, len(self.items())
        made, is_running = len(self._parts), bool(self._waiting)
        self.stop_button.setEnabled(is_running)
        self.go_button.setEnabled(not is_running and whole > 0)
        for button in (self.save_button, self.print_button):
            button.setEnabled(self.run is not None)
        if self.run is not None:
            text = words(N_("{made} of {all} papers, {pages} pages with the contents"), made=len(self.run.results),
                         all=len(self.run.parts), pages=self.run.pages)  # fmt: skip
        elif made or is_running:
            text = words(N_("Paper {made} of {all}…"), made=made, all=made + len(self._waiting) + is_running)
        elif whole:
            text = words.plural("{count} paper will be made.", "{count} papers will be made.", whole)
        else:
            text = words(N_("There is nothing to print: choose cases in the list of journeys, or another report."))
        self.progress.setText(text)

    # out of the office

    def _pick(self) -> None:
        if self.run is not None:
            name, _kind = QFileDialog.getSaveFileName(
                self, self.desk.words(N_("Save the report")), f"print_run_{self.desk.today():%Y%m%d}.pdf", "PDF (*.pdf)"
            )
            if name:
                self.save_to(Path(name))

    def save_to(self, target: Path) -> None:
        """Put the whole run into one file and every paper on record."""
        if self.run is not None:
            seal = Seal()
            if leaving.closing_of(self.run.results, is_sample=self.desk.officer.sample).takes_password:
                seal = Seal(password=str(self.password.value() or ""), open_because=str(self.reason.value() or ""))
            self.desk.runner.write(
                TITLE, leaving.put_run, self.run, target, seal, owner=self, done=lambda _c: self._said(),
                kind=self.run.action_kind.value, refused=self._refused,
            )  # fmt: skip

    def _print(self) -> None:
        run = self.run
        printer = ask_printer(self.desk, self, is_about_people=run.names_people) if run is not None else None
        if run is not None and printer is not None:
            self.desk.runner.write(
                TITLE, print_run.record_run, run, owner=self, done=lambda _c: self._recorded(printer, run.data),
                kind=run.action_kind.value, refused=self._refused,
            )  # fmt: skip

    def _recorded(self, printer: QPrinter, document: bytes) -> None:
        draw_on(printer, document)
        self._said()

    def _said(self) -> None:
        if self.run is not None:  # released: without the mark of a draft
            self.pdf.show_document(self.run.data, page=self.pdf.page, names_people=self.run.names_people)
        self.desk.toast(self.desk.words(N_("All papers are saved and on record")), undo=False)

    def _refused(self, problems: Sequence[Problem]) -> None:
        self.desk.toast(" ".join(p.text(self.desk.words) for p in problems), undo=False, refused=True)

    def actions_here(self) -> tuple[Action, ...]:
        """Make, print, save."""
        doings: tuple[tuple[str, str, str, Any, str], ...] = (
            ("print_run.make", N_("Make the papers"), "printer", self.make, "F9"),
            ("print_run.print", N_("Print this run"), "printer", self._print, "Ctrl+P"),
            ("print_run.pdf", N_("Save this run as PDF"), "file-down", self._pick, "Ctrl+S"),
        )
        return tuple(
            Action(key=key, text=text, icon=icon, run=run, keys=keys, scope=Scope.PAGE, menu=Menu.FILE)
            for key, text, icon, run, keys in doings
        )

    def keep(self) -> dict[str, object]:
        """What was chosen; papers are made anew."""
        reader = self.reader.value()
        return {
            "what": self.what.value(), "reader": reader.value if isinstance(reader, Audience) else "",
            "language": self.language.value(), "sides": bool(self.both_sides.value()),
        }  # fmt: skip

    def resume(self, kept: dict[str, object]) -> None:
        """As it was chosen."""
        self.what.set_value(kept.get("what") or self.what.value())
        self._offer_readers()
        if kept.get("reader"):
            self.reader.set_value(Audience(str(kept["reader"])))
        self.language.set_value(kept.get("language") or self.language.value())
        self.both_sides.set_value(bool(kept.get("sides")))
        self._show_state()


def _bound(session: Any, parts: tuple[RunPart, ...], language: str, both_sides: bool) -> PrintRun:
    return print_run.bind(session, parts, language=language, both_sides=both_sides)
