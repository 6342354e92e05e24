"""Reports: choose one, see its real pages, see what was checked, then print it or save it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.reports import making
from liaison.reports.catalogue import report_called
from liaison.reports.making import ReportResult
from liaison.services.both_sides import open_difference_steps
from liaison.services.changes import Changes
from liaison.services.evaluation_kept import work_out_anew
from liaison.services.kept_answers import OLDER, Older
from liaison.store.spoken_code import new_code
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.half_typed import place_key
from liaison.ui.page import Page
from liaison.ui.pages import briefing_plan_side
from liaison.ui.pages.briefing_plan_side import Found, PlanSide, read_plan
from liaison.ui.pages.keeping_up import keep_up
from liaison.ui.pages.report_choices import ReportBar, city_sheets, officer_names
from liaison.ui.places import Place
from liaison.ui.printing import ask_printer, draw_on
from liaison.ui.runner import Sort, Trouble
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import BadgeView, closed, done
from liaison.ui.widgets.buttons import icon_button, menu_row, primary, secondary
from liaison.ui.widgets.editors import TextEdit
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, EmptyState, Facts, Marked, Pane, Section, clear, hairline
from liaison.ui.widgets.pdf_view import PdfView
from liaison.ui.widgets.shapes import Shape

CHOOSER_WIDTH = 224
CHECKS_WIDTH = 292
NOT_CHOSEN_HERE = frozenset(
    {
        "own_copy", "breach_persons", "breach_authority", "erasure_certificate", "roadshow_invitations",
        "roadshow_check_in", "roadshow_follow_up",
    }
)  # fmt: skip
"""Papers of other pages, which open their preview here."""

CHOOSER = (
    ("city_briefing", "map-pin", N_("City briefing"), N_("Jakarta, Surabaya, Medan")),
    ("city_pack", "landmark", N_("City pack"), N_("a whole roadshow in one print")),
    ("insurer_sheet", "building", N_("Sheet of an insurer"), N_("one insurer, its own figures and wishes")),
    ("portfolio", "receipt-text", N_("Portfolio statement"), N_("one insurer, a month or quarter")),
    ("portfolio_cases", "file-lock", N_("Sealed annex"), N_("of a statement: account and cases")),
    ("ageing", "alarm-clock", N_("Ages of unpaid claims"), N_("who owes what since when; for us alone")),
    ("both_sides", "columns-3", N_("One sheet for both sides"), N_("a case as hospital and insurer have it")),
    ("leakage", "arrow-right-left", N_("Estimate to payment"), N_("one hospital, one insurer, the same sums")),
    ("case_summary", "user", N_("Case summary"), N_("one person, four readers")),
    ("itinerary", "luggage", N_("Itinerary pack"), N_("for the patient, paper or telephone")),
    ("claim_letter", "wallet", N_("Claim status letter"), N_("one claim, three readers")),
    ("benefit_estimate", "hand-coins", N_("Estimate of benefits"), N_("one bill, every insurer, step by step")),
    ("paper_letter", "paperclip", N_("Request for papers"), N_("what a case still lacks")),
    ("directory", "hospital", N_("Hospital directory"), N_("one sheet per city")),
    ("booklet", "notebook-pen", N_("Hospital booklet"), N_("A5, or A4 to fold and staple")),
    ("handover", "handshake", N_("Hand-over sheet"), N_("one officer or all; names people")),
    ("agreements", "file-check", N_("Agreements and plans"), N_("for partners, or with budgets for us")),
    ("evaluation", "chart-column", N_("Monthly evaluation"), N_("one page: weaknesses, days, money, owner")),
    ("clock_list", "clock", N_("Clocks over their target"), N_("who must act; names nobody")),
)
SEALED_TOO = frozenset({"breach_persons", "breach_authority"})
"""Papers that name nobody and can be sealed all the same."""

MUST_BE_SEALED = N_("This paper leaves the office sealed only. Agree on a password, or make one.")
NO_TWIN = N_("This paper leaves the office sealed only; a workbook is made of the copy for this office alone.")
WAIT_MS = 350


class ReportsPage(Page):
    """The paper, before it is paper. Nothing is written until it is printed or saved; then it is on record."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._name = str(place.values.get("name", "city_briefing"))
        self._given = {k: str(v) for k, v in place.values.items() if k not in ("name", "language", "audience")}
        self._language = str(place.values.get("language", desk.words.code))
        self._audience = str(place.values.get("audience", ""))
        self._result: ReportResult | None = None
        self._recorded = ""
        self._agreed = ""
        """The password agreed with the receiver; forgotten with the page, never kept."""
        self.plan: PlanSide | None = None
        self._plan_left: Mapping[str, Any] = {}
        """The plan that stood open half typed when the page was left or the window locked: its city, its form."""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._make)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._chooser())
        row.addWidget(self._middle(), 1)
        self.side = QWidget()
        self._fit_side()
        desk.theme.changed.connect(self._fit_side)
        self._side_box = QVBoxLayout(self.side)
        self._side_box.setContentsMargins(0, 0, 0, 0)
        self._side_box.setSpacing(0)
        row.addWidget(self.side)
        self.body.addLayout(row, 1)
        self._show_checks()

    def _fit_side(self) -> None:
        width = CHECKS_WIDTH if self.plan is None else briefing_plan_side.WIDTH
        self.side.setFixedWidth(self.desk.theme.pane_width(width))

    def start(self) -> None:
        """Make the first preview."""
        self._switch(self._name)
        if self._plan_left:
            self.open_plan(str(self._plan_left.get("city", "")))

    # the parts

    def _chooser(self) -> QWidget:
        words = self.desk.words
        pane = Pane(self.desk, side="left", width=CHOOSER_WIDTH, grows=True, name=words(N_("Reports")))
        pane.add(Label(words(N_("Reports")), Role.TITLE))
        pane.body.addSpacing(8)
        self._choices: dict[str, Any] = {}
        for name, icon, title, note in CHOOSER:
            button = menu_row(self.desk.icons, words(title), partial(self._switch, name), icon=icon)
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setToolTip(words(note))
            button.setAccessibleDescription(words(note))
            self._choices[name] = button
            pane.add(button)
            note_label = Label(words(note), Role.SECOND, wrap=True)
            note_label.setContentsMargins(34, 0, 0, 0)
            pane.add(note_label)
            pane.body.addSpacing(6)
        pane.add(hairline(), space=4)
        pane.add(menu_row(self.desk.icons, words(N_("Print run…")), self.open_run, icon="printer"), space=6)
        pane.add(menu_row(self.desk.icons, words(N_("Printed reports")), self.open_printed, icon="history"), space=2)
        pane.finish()
        return pane

    def open_printed(self) -> None:
        """What was printed before: the pages as they were, and who holds a copy."""
        self.desk.go("printed_reports")

    def open_run(self) -> None:
        """Many papers in one print."""
        self.desk.go("print_run")

    def _middle(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar_place = QVBoxLayout()
        column.addLayout(self._bar_place)
        self.pdf = PdfView(self.desk)
        column.addWidget(self.pdf, 1)
        self.bar: ReportBar | None = None
        return middle

    def _switch(self, name: str) -> None:
        if name not in self._choices and name not in NOT_CHOSEN_HERE:
            name = "city_briefing"
        if name != self._name:
            self._given, self._audience, self._agreed = {}, "", ""
        self._name = name
        if (name == "own_copy" or report_called(name).must_be_sealed) and not self._agreed:
            self._agreed = new_code()
        self.plan = None
        for key, button in self._choices.items():
            button.setChecked(key == name)
        clear(self._bar_place)
        self.bar = ReportBar(self.desk, name, given=self._given, language=self._language, audience=self._audience)
        self.bar.changed.connect(self._wait.start)
        self._bar_place.addWidget(self.bar)
        if name == "directory" and not self._given.get("city"):
            self.desk.runner.read(city_sheets, owner=self, done=self.bar.offer_cities, key="cities")
        if self.bar.officer is not None:
            self.desk.runner.read(officer_names, owner=self, done=self._officers_known, key="officers")
            return
        self._make()

    def _officers_known(self, names: list[str]) -> None:
        if self.bar is not None:
            self.bar.offer_officers(names)
            self._make()

    # making

    def _make(self) -> None:
        self._wait.stop()
        bar = self.bar
        if bar is None:
            return
        options = bar.options()
        self._language, self._audience, self._given = bar.language(), bar.audience(), dict(options)
        self.desk.half_typed.forget(place_key(self.place))
        self.place = Place(
            page="reports",
            values={"name": self._name, "language": self._language, "audience": self._audience, **options},
        )
        self.desk.frame.moved(self.place)
        if bar.missing():
            self._show_nothing(bar.missing())
            return
        self.desk.runner.read(
            _made,
            self._name,
            options,
            self._language,
            self._audience,
            owner=self,
            done=self._arrived,
            failed=self._failed,
            key="report",
        )

    def _arrived(self, made: tuple[ReportResult, Older]) -> None:
        result, older = made
        self._result = result
        self.pdf.show_document(result.data, names_people=result.names_people)
        self._show_checks()
        keep_up(self, older.to_keep, anew=work_out_anew, is_stale=older.is_stale, again=self._make)

    def _failed(self, trouble: Trouble) -> None:
        if trouble.sort is not Sort.REFUSED:
            self.desk.runner.trouble.emit(trouble)
            return
        problems: tuple[Problem, ...] = getattr(trouble.error, "problems", ())
        self._result = None
        self.pdf.clear()
        self._show_checks(problems)

    def _show_nothing(self, missing: str) -> None:
        self._result = None
        self.pdf.clear()
        self._show_checks(hint=missing)

    # checks and what can be done

    def _show_checks(self, problems: tuple[Problem, ...] = (), *, hint: str = "") -> None:
        if self.plan is not None:
            return
        clear(self._side_box)
        self._fit_side()
        words = self.desk.words
        pane = Pane(self.desk, side="right", padding=PANE_PADDING, name=words(N_("Checks")))
        result = self._result
        pane.add(Label(words(N_("Checks")), Role.CARD))
        pane.body.addSpacing(6)
        if hint:
            pane.add(EmptyState(self.desk, icon="file-text", sentence=hint))
        for problem in problems:
            pane.add(self._check(problem.text(words), Shape.BLOCKED, Tone.RED))
        if result is not None:
            self._add_checks(pane, result)
            pane.add(self._facts(result))
            pane.add(self._state(result))
        if self._name == "both_sides" and result is not None:
            pane.body.addSpacing(8)
            label = words(N_("Make a step of each difference"))
            pane.add(secondary(self.desk.icons, label, partial(self._settle, result), icon="list-plus"))
        if self._name == "city_briefing":
            pane.body.addSpacing(8)
            pane.add(
                secondary(self.desk.icons, words(N_("Requests and promises…")), self.open_plan, icon="clipboard-list")
            )
        pane.finish()
        self._side_box.addWidget(pane, 1)
        if result is not None:
            self._side_box.addWidget(self._buttons())

    def _settle(self, result: ReportResult) -> None:
        """A step for each difference between hospital and insurer that has none yet."""
        if result.journey_id is not None:
            self.desk.runner.write(
                N_("Make a step of each difference"), open_difference_steps, result.journey_id, owner=self,
                done=self._settled,
            )  # fmt: skip

    def _settled(self, changes: Changes) -> None:
        count = sum(one.kind == "task" for one in changes.touched)
        words = self.desk.words
        self.desk.toast(
            words.plural("{count} step is made", "{count} steps are made", count) if count
            else words(N_("Each difference has its step already")), undo=bool(count),
        )  # fmt: skip
        self._make()

    def _check(self, text: str, shape: Shape, tone: Tone) -> QWidget:
        return Marked(self.desk, text, shape, tone, ground="sunken", wrap=True)

    def _add_checks(self, pane: Pane, result: ReportResult) -> None:
        words = self.desk.words
        good = [N_("Source, date and n stand on every page"), N_("Type, margins and headlines are in order")]
        if not result.names_people:
            good.insert(0, N_("No person's name, number or telephone is in it"))
        if result.name == "city_briefing":
            good.insert(1, N_("No insurer is named"))
            good.append(N_("Small numbers are hidden"))
        for text in good:
            pane.add(self._check(words(text), Shape.DONE, Tone.GREEN))
        for problem in result.warnings:
            is_ground = problem.code == "NO_GROUND"
            shape, tone = (Shape.BLOCKED, Tone.RED) if is_ground else (Shape.WARNING, Tone.AMBER)
            pane.add(self._check(problem.text(words), shape, tone))
            if is_ground:
                self._add_cures(pane, result)
        pane.body.addSpacing(8)

    def _add_cures(self, pane: Pane, result: ReportResult) -> None:
        """What can be done where nothing may leave the office yet: the consents of the case, or the emergency."""
        words, icons = self.desk.words, self.desk.icons
        if result.journey_id is not None:
            go = partial(self.desk.go, "journey", result.journey_id)
            pane.add(secondary(icons, words(N_("Open the case: consents")), go, icon="route"))
        if self.bar is not None and self.bar.emergency is not None:
            pane.add(secondary(icons, words(N_("It is an emergency…")), self.bar.ask_emergency, icon="shield-alert"))

    def _facts(self, result: ReportResult) -> QWidget:
        words = self.desk.words
        section = Section(words(N_("For whom")))
        facts = Facts()
        facts.add(words(N_("Reader")), words(result.audience.label))
        if result.recipient:
            facts.add(words(N_("Receiver")), result.recipient)
        for one in result.also:
            facts.add(words(N_("And to")), one.recipient)
        facts.add(words(N_("Pages")), str(result.pages))
        facts.add(words(N_("Report id")), result.id)
        section.add(facts)
        if result.names_people:
            sentence = N_("Printing or saving it is written down as a disclosure of this person's data.")
            if result.people:
                sentence = N_("Printing or saving it is written down as a disclosure with everybody it names.")
            section.add(
                Label(
                    words(sentence),
                    Role.SECOND,
                    wrap=True,
                )
            )
        return section

    def _state(self, result: ReportResult) -> QWidget:
        words = self.desk.words
        recorded = self._recorded == result.id
        badge = done(words(N_("On record"))) if recorded else closed(words(N_("Not printed yet")))
        return BadgeView(self.desk.theme, badge.in_head())

    def _buttons(self) -> QWidget:
        words, icons = self.desk.words, self.desk.icons
        box = QFrame()
        box.setObjectName("sunkenFoot")
        column = QVBoxLayout(box)
        column.setContentsMargins(PANE_PADDING, 10, PANE_PADDING, 12)
        column.setSpacing(8)
        if result_is_sealed_offered(self._result):
            column.addLayout(self._password_row())
        column.addWidget(primary(icons, words(N_("Save as PDF…")), self._save_pdf, icon="file-down"))
        others = (
            secondary(icons, words(N_("Print…")), self._print, icon="printer"),
            secondary(icons, words(N_("Excel twin…")), self._save_twin, icon="file-spreadsheet"),
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        wide = sum(button.sizeHint().width() for button in others) + 8 + 2 * PANE_PADDING
        for button in others:
            (row if wide <= self.side.width() else column).addWidget(button)
        return box

    def _password_row(self) -> QVBoxLayout:
        """The password that the file is sealed with; empty leaves it open. An own copy has one from the beginning."""
        words, icons = self.desk.words, self.desk.icons
        column = QVBoxLayout()
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.password = TextEdit(self.desk, placeholder=words(N_("Agreed password")), longest=127)
        self.password.set_name(words(N_("Agreed password of the PDF")))
        self.password.set_value(self._agreed)
        self.password.changed.connect(self._password_typed)
        row.addWidget(self.password, 1)
        hint = words(N_("Make a password that can be said on the telephone"))
        row.addWidget(icon_button(icons, "refresh-cw", hint, self.make_password, size=15))
        column.addLayout(row)
        self._password_note = Label("", Role.SECOND, wrap=True)
        column.addWidget(self._password_note)
        self._password_typed()
        return column

    def _password_typed(self) -> None:
        self._agreed = str(self.password.value() or "")
        open_file = N_("Without a password anybody can open the file.")
        tell = N_("The file opens with it alone. Tell it by telephone, never with the file.")
        self._password_note.setText(self.desk.words(tell if self._agreed.strip() else open_file))

    def make_password(self) -> None:
        """A fresh code in the field."""
        self.password.set_value(new_code())
        self._password_typed()

    # what a briefing asks for

    def open_plan(self, city: str = "") -> None:
        """Write the requests and promises of this city beside its preview."""
        city = city or (self.bar.options().get("city", "") if self.bar is not None else "")
        if self._name == "city_briefing" and city:
            self.desk.runner.read(
                read_plan, city, self._language, owner=self, done=partial(self._show_plan, city), key="plan"
            )

    def _show_plan(self, city: str, found: Found) -> None:
        left, self._plan_left = self._plan_left, {}
        typed = left.get("form") if left.get("city") == city else None
        clear(self._side_box)
        self.plan = PlanSide(self.desk, city, found, typed=typed)
        self.plan.left.connect(self._close_plan)
        self.plan.saved.connect(self._make)
        self._fit_side()
        self._side_box.addWidget(self.plan, 1)
        self.plan.start()

    def _close_plan(self) -> None:
        self.plan = None
        self._show_checks()

    # out of the office

    def _neutral_name(self, result: ReportResult) -> str:
        """A file name that names nobody."""
        city = "".join(c for c in self._given.get("city", "").lower() if c.isalnum())
        parts = [result.name, city, self._language, f"{self.desk.today():%Y%m%d}"]
        return "_".join(p for p in parts if p)

    def _save_pdf(self) -> None:
        result = self._result
        if result is None:
            return
        words = self.desk.words
        name, _kind = QFileDialog.getSaveFileName(
            self, words(N_("Save the report")), f"{self._neutral_name(result)}.pdf", "PDF (*.pdf)"
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, target: Path) -> None:
        """Put the shown pages into a file and write down that they left the office."""
        result = self._result
        if result is not None and _is_sealed(result) and not self._agreed.strip():
            self._not_saved([Problem(code="MUST_BE_SEALED", field="password", message=MUST_BE_SEALED)])
        elif result is not None:
            password = self._agreed if result_is_sealed_offered(result) else ""
            self.desk.runner.write(
                result.action_title, _put_on_record, result, target, password, owner=self,
                done=lambda _c: self._on_record(result), kind=result.action_kind.value, refused=self._not_saved,
            )  # fmt: skip

    def _not_saved(self, problems: Sequence[Problem]) -> None:
        self.desk.toast(" ".join(p.text(self.desk.words) for p in problems), undo=False)
        if result_is_sealed_offered(self._result) and any(p.field == "password" for p in problems):
            self.password.inner().setFocus()

    def _print(self) -> None:
        result = self._result
        printer = ask_printer(self.desk, self) if result is not None else None
        if result is not None and printer is not None:
            self._record(result, printer)

    def _record(self, result: ReportResult, printer: QPrinter) -> None:
        """Put it on record, and only then on paper: what is refused never leaves."""

        def recorded(_changes: Changes) -> None:
            draw_on(printer, result.data)
            self._on_record(result)

        self.desk.runner.write(
            result.action_title,
            making.record_print,
            result,
            owner=self,
            done=recorded,
            kind=result.action_kind.value,
            refused=self._not_saved,
        )

    def _on_record(self, result: ReportResult) -> None:
        self._recorded = result.id
        self.desk.toast(self.desk.words(N_("The report is saved and on record")), undo=False)
        self._show_checks()

    def _save_twin(self) -> None:
        result = self._result
        if result is None:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self, self.desk.words(N_("Save the figures")), f"{self._neutral_name(result)}.xlsx", "Excel (*.xlsx)"
        )
        if name:
            self.twin_to(Path(name))

    def twin_to(self, target: Path) -> None:
        """Put the same figures into a workbook."""
        result = self._result
        if result is not None and _is_sealed(result):
            self._not_saved([Problem(code="NO_TWIN", message=NO_TWIN)])
        elif result is not None:
            self.desk.runner.write(
                result.action_title, _twin, result, target, self.desk.words, self.desk.clock(), owner=self,
                done=lambda _c: self._on_record(result), kind=result.action_kind.value, refused=self._not_saved,
            )  # fmt: skip

    def actions_here(self) -> tuple[Action, ...]:
        """Print, save, many papers at once, and what was printed before."""
        doings: tuple[tuple[str, str, str, str, Any, Menu], ...] = (
            ("reports.print", N_("Print this report"), "Ctrl+P", "printer", self._print, Menu.FILE),
            ("reports.pdf", N_("Save this report as PDF"), "Ctrl+S", "file-down", self._save_pdf, Menu.FILE),
            (
                "reports.twin",
                N_("Save its figures for Excel"),
                "Ctrl+E",
                "file-spreadsheet",
                self._save_twin,
                Menu.FILE,
            ),
            ("reports.run", N_("Print run…"), "F9", "printer", self.open_run, Menu.FILE),
            ("reports.printed", N_("Printed reports"), "Ctrl+Shift+P", "history", self.open_printed, Menu.VIEW),
        )  # fmt: skip
        return tuple(
            Action(key=key, text=text, keys=keys, icon=icon, run=run, scope=Scope.PAGE, menu=menu,
                   part=key == "reports.print")
            for key, text, keys, icon, run, menu in doings
        )  # fmt: skip

    def keep(self) -> dict[str, object]:
        """Which report, and its answers."""
        kept: dict[str, object] = {"name": self._name, "given": dict(self._given), "audience": self._audience}
        if self.plan is not None:
            kept["plan"] = self.plan.keep()
        elif self._plan_left:
            kept["plan"] = dict(self._plan_left)
        return kept

    def resume(self, kept: dict[str, object]) -> None:
        """As it was."""
        self._name = str(kept.get("name", self._name))
        given = kept.get("given")
        if isinstance(given, Mapping):
            self._given = {str(k): str(v) for k, v in given.items()}
        self._audience = str(kept.get("audience", ""))
        plan = kept.get("plan")
        self._plan_left = plan if isinstance(plan, Mapping) else {}


def _is_sealed(result: ReportResult) -> bool:
    """Whether this copy may be saved under a password only."""
    return report_called(result.name).is_sealed_for(result.audience)


def result_is_sealed_offered(result: ReportResult | None) -> bool:
    """Whether the file can be sealed with a password: everything that speaks of persons, and the letters of a loss."""
    return result is not None and (result.names_people or result.name in SEALED_TOO or _is_sealed(result))


def _put_on_record(session: Any, result: ReportResult, target: Path, password: str) -> Any:
    from liaison.reports.sealing import sealed

    return making.put_on_record(session, sealed(result, password) if password.strip() else result, target)


def _made(session: Any, name: str, options: dict[str, str], language: str, audience: str) -> tuple[ReportResult, Older]:
    """The paper, of kept figures where they are at hand, and what to do about those."""
    older = session.info[OLDER] = Older()
    wanted = Audience(audience) if audience else None
    return making.make_report(session, name, options, language=language, audience=wanted), older


def _twin(session: Any, result: ReportResult, target: Path, words: Any, now: dt.datetime) -> Changes:
    """The workbook once it is on record; what is refused is not written."""
    from liaison.exchange import workbook

    changes = making.record_print(session, result)
    about = {
        words(N_("Report")): result.title,
        words(N_("Report id")): result.id,
        words(N_("Reader")): words(result.audience.label),
        words(N_("Made at")): words.formats.moment(now),
    }
    workbook.write_twin(result.grids, target, about=about, language=words)
    return changes
