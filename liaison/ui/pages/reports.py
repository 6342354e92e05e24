"""Reports: choose one, see its real pages, see what was checked, then print it or save it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.errors import Refused
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_, Language
from liaison.reports import making
from liaison.reports.draft_mark import as_draft
from liaison.reports.headlines import without_headlines
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
from liaison.ui.pages.first_page import OTHERS_COME, Bring, FirstPage
from liaison.ui.pages.keeping_up import keep_up
from liaison.ui.pages.report_choices import ReportBar, city_sheets, officer_names
from liaison.ui.pages.report_chooser import NOT_CHOSEN_HERE, ReportChooser
from liaison.ui.pages.report_headlines import HeadlineFields
from liaison.ui.pages.report_leaving import Leaving
from liaison.ui.pages.report_side import ReportSide
from liaison.ui.places import Place
from liaison.ui.runner import Sort, Trouble
from liaison.ui.widgets.parts import clear
from liaison.ui.widgets.pdf_view import PdfView

CHECKS_WIDTH = 292
WAIT_MS = 350


class ReportsPage(Page):
    """The paper, before it is paper. Nothing is written until it is printed or saved; then it is on record."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._name = str(place.values.get("name", "city_briefing"))
        given = {k: str(v) for k, v in place.values.items() if k not in ("name", "language", "audience")}
        self._given = without_headlines(given)
        self._own_left = {k: v for k, v in given.items() if k not in self._given}
        """Headlines in own words that came with the place, or stood here when the page was left."""
        self._own: dict[str, dict[str, str]] = {}
        """Headlines in own words of every paper that was looked at: another city or language has its own."""
        self.headlines: HeadlineFields | None = None
        self._language = str(place.values.get("language", desk.words.code))
        self._audience = str(place.values.get("audience", ""))
        self._result: ReportResult | None = None
        self._shown_paper = ""
        self._recorded = ""
        self.leaving = Leaving(desk, self)
        self.leaving.left.connect(self._on_record)
        self.leaving.is_stale = self._is_stale
        self.plan: PlanSide | None = None
        self._plan_left: Mapping[str, Any] = {}
        """The plan that stood open half typed when the page was left or the window locked: its city, its form."""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._make)
        self._first_page = FirstPage(self)
        self._first_page.came.connect(self._first_came)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.chooser = ReportChooser(desk, self._switch, run=self.open_run, printed=self.open_printed,
                                     compare=self.open_audiences)  # fmt: skip
        row.addWidget(self.chooser)
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

    def open_printed(self) -> None:
        """What was printed before: the pages as they were, and who holds a copy."""
        self.desk.go("printed_reports")

    def open_audiences(self) -> None:
        """The same paper as each of its readers gets it."""
        self.desk.go("audiences", None, **{"name": self._name, "language": self._language, **self._given})

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
        if name not in self.chooser.choices and name not in NOT_CHOSEN_HERE:
            name = "city_briefing"
        if name != self._name:
            self._given, self._audience = {}, ""
            self.leaving.agreed = self.leaving.open_because = ""
        self._name = name
        if name == "own_copy" and not self.leaving.agreed:
            self.leaving.agreed = new_code()
        self.plan = None
        self.chooser.mark(name)
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
        own = {} if bar.missing() else self._own_words()
        self.desk.half_typed.forget(place_key(self.place))
        self.place = Place(
            page="reports",
            values={"name": self._name, "language": self._language, "audience": self._audience, **options, **own},
        )
        self.desk.frame.moved(self.place)
        if bar.missing():
            self._show_nothing(bar.missing())
            return
        self.desk.runner.read(
            _made,
            self._name,
            options,
            own,
            self._language,
            self._audience,
            self._paper(),
            self._first_page.bringer(self._paper(), self._language),
            owner=self,
            done=self._arrived,
            failed=self._failed,
            key="report",
        )

    def _paper(self) -> str:
        """Which paper is shown: headlines in own words belong to it alone."""
        return json.dumps([self._name, self._language, self._audience, self._given], sort_keys=True)

    def _own_words(self) -> dict[str, str]:
        """The headlines that the officer worded for this paper."""
        left, self._own_left = self._own_left, {}
        return self._own.setdefault(self._paper(), left)

    def _worded(self) -> None:
        """Another sentence is wanted on the pages that are shown."""
        if self.headlines is not None:
            self._own[self._shown_paper] = self.headlines.own()
            if self._shown_paper == self._paper():
                self._make()

    def _is_stale(self) -> bool:
        """Whether a headline stands in its field otherwise than on the pages; then they are made anew."""
        result = self.leaving.result
        if self.headlines is None or result is None:
            return False
        if self.headlines.own() == {line.option: line.own for line in result.headlines if line.own}:
            return False
        self._worded()
        return True

    def _first_came(self, paper: str, page: bytes, names_people: bool) -> None:
        """Look at the first page of another long paper; nothing of it can leave before the whole is checked."""
        if paper == self._paper() != self._shown_paper:
            self._result = self.leaving.result = None
            self.pdf.show_document(page, names_people=names_people, is_begun=True)
            self._show_checks(hint=self.desk.words(OTHERS_COME))

    def _arrived(self, made: Made) -> None:
        if made.paper != self._paper():  # another one is chosen, which waits for an answer or for the officer
            return
        page = self.pdf.page if made.paper == self._shown_paper else 1
        self._shown_paper = made.paper
        self._result = self.leaving.result = made.result
        if made.problems:
            self.leaving.result = None
        self.pdf.show_document(made.preview, page=page, names_people=made.result.names_people)
        self._show_checks(made.problems)
        keep_up(self, made.older.to_keep, anew=work_out_anew, is_stale=made.older.is_stale, again=self._make)

    def _failed(self, trouble: Trouble) -> None:
        if trouble.sort is not Sort.REFUSED:
            self.desk.runner.trouble.emit(trouble)
            return
        problems: tuple[Problem, ...] = getattr(trouble.error, "problems", ())
        self._result = self.leaving.result = None
        self.pdf.clear()
        self._show_checks(problems)

    def _show_nothing(self, missing: str) -> None:
        self._result = self.leaving.result = None
        self.pdf.clear()
        self._show_checks(hint=missing)

    # checks and what can be done

    def _show_checks(self, problems: tuple[Problem, ...] = (), *, hint: str = "") -> None:
        if self.plan is not None:
            return
        was_at = self.headlines.at() if self.headlines is not None else None
        clear(self._side_box)
        self._fit_side()
        result, pane = self._result, ReportSide(self.desk)
        if hint:
            pane.show_hint(hint)
        pane.show_problems(problems)
        self.headlines = self._headline_fields(result, problems) if result is not None else None
        if result is not None and problems:
            if self.headlines is not None:
                pane.add(self.headlines, space=12)
        elif result is not None:
            offers = self.bar is not None and self.bar.emergency is not None
            pane.show_result(
                result, is_recorded=self._recorded == result.id, offers_emergency=offers, headlines=self.headlines
            )
            pane.emergency_wanted.connect(self._ask_emergency)
            if self._name == "both_sides":
                pane.offer_steps()
                pane.settle_wanted.connect(partial(self._settle, result))
        if self._name == "city_briefing":
            pane.offer_plan()
            pane.plan_wanted.connect(self.open_plan)
        pane.finish()
        self._side_box.addWidget(pane, 1)
        if was_at is not None and self.headlines is not None:
            self.headlines.go_to(*was_at)
        if result is not None and not problems:
            city = self._given.get("city", "")
            self._side_box.addWidget(self.leaving.foot(result, city=city, width=self.side.width()))

    def _headline_fields(self, result: ReportResult, problems: tuple[Problem, ...]) -> HeadlineFields | None:
        """The fields of its headlines, until it is released; none of a paper that stays closed on the screen."""
        is_closed = result.names_people and self.desk.masking.on
        if not result.headlines or self._recorded == result.id or is_closed:
            return None
        fields = HeadlineFields(self.desk, result.headlines, self._own.get(self._paper(), {}))
        fields.mark(frozenset(problem.field for problem in problems))
        fields.changed.connect(self._worded)
        return fields

    def _ask_emergency(self) -> None:
        if self.bar is not None:
            self.bar.ask_emergency()

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
        self.headlines = None
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

    def save_to(self, target: Path) -> None:
        """Put the shown pages into a file and write down that they left the office."""
        self.leaving.save_to(target)

    def twin_to(self, target: Path) -> None:
        """Put the same figures into a workbook."""
        self.leaving.twin_to(target)

    def _on_record(self, result: ReportResult) -> None:
        self._recorded = result.id
        if self._result is result:  # released: the pages as they left, without the mark of a draft
            self.pdf.show_document(result.data, page=self.pdf.page, names_people=result.names_people)
        self._show_checks()

    def actions_here(self) -> tuple[Action, ...]:
        """Print, save, many papers at once, and what was printed before."""
        doings: tuple[tuple[str, str, str, str, Any, Menu], ...] = (
            ("reports.print", N_("Print this report"), "Ctrl+P", "printer", self.leaving.print, Menu.FILE),
            ("reports.pdf", N_("Save this report as PDF"), "Ctrl+S", "file-down", self.leaving.save_pdf, Menu.FILE),
            (
                "reports.twin",
                N_("Save its figures for Excel"),
                "Ctrl+E",
                "file-spreadsheet",
                self.leaving.save_twin,
                Menu.FILE,
            ),
            ("reports.run", N_("Print run…"), "F9", "printer", self.open_run, Menu.FILE),
            ("reports.audiences", N_("Compare audiences"), "F7", "columns-3", self.open_audiences, Menu.VIEW),
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
        if self.headlines is not None:
            self._own[self._shown_paper] = self.headlines.own()
        own = self._own.get(self._paper(), self._own_left)
        if own:
            kept["headlines"] = dict(own)
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
        own = kept.get("headlines")
        self._own_left = {str(k): str(v) for k, v in own.items()} if isinstance(own, Mapping) else {}
        plan = kept.get("plan")
        self._plan_left = plan if isinstance(plan, Mapping) else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A paper for the preview: its pages with the mark of a draft, and what is against headlines in own words.

    Where there is anything against them, the pages are those with the sentences that were made.
    """

    paper: str
    result: ReportResult
    preview: bytes
    older: Older
    problems: tuple[Problem, ...] = ()


def _made(
    session: Any, name: str, options: dict[str, str], own: dict[str, str], language: str, audience: str, paper: str,
    bring: Bring,
) -> Made:  # fmt: skip
    """The paper, of kept figures where they are at hand, and what to do about those."""
    session.info[making.FIRST_PAGE] = bring
    older = session.info[OLDER] = Older()
    wanted = Audience(audience) if audience else None
    problems: tuple[Problem, ...] = ()
    try:
        result = making.make_report(session, name, {**options, **own}, language=language, audience=wanted)
    except Refused as refused:
        if not own:
            raise
        problems = refused.problems
        result = making.make_report(session, name, options, language=language, audience=wanted)
    preview = as_draft(result.data, Language(language))
    return Made(paper=paper, result=result, preview=preview, older=older, problems=problems)
