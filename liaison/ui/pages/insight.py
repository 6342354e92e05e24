"""Insight: six fixed questions and one city's view; chart and figures side by side, each figure opening its rows."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.grids import Grid
from liaison.domain.insight import Behind, Question, Scope
from liaison.domain.periods import Period
from liaison.domain.privacy import Audience
from liaison.i18n import N_, Language
from liaison.services import insight, insight_rows, list_copies
from liaison.services.insight_views import Answer
from liaison.ui.actions import Action, Menu
from liaison.ui.actions import Scope as KeyScope
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages.insight_tables import TableBlock
from liaison.ui.pages.keeping_up import keep_up
from liaison.ui.pages.list_export import TITLE
from liaison.ui.places import Place
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import menu_row, quiet
from liaison.ui.widgets.editors import Choice
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Head, Pane, clear, hairline

ALL_TIME = N_("All time")
SIDE = 268


class InsightPage(Page):
    """The questions on the left; the answer with its charts and tables on the right."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        values = place.values
        self.question = _one_of(Question, values.get("question"), Question.PILES)
        self.period = _one_of(Period, values.get("period"), None if values.get("period") == "" else Period.LAST_QUARTER)
        self.city = str(values.get("city", ""))
        self.answer: Answer | None = None
        self.blocks: list[TableBlock] = []
        self.excel = quiet(desk.icons, words(N_("Excel")), self.to_excel, icon="sheet")
        self.head = Head(desk, words(N_("Insight")), note=words(Audience.INTERNAL.label).upper(), buttons=[self.excel])
        self.body.addWidget(self.head)
        self.body.addWidget(hairline())
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.body.addLayout(row, 1)
        row.addWidget(self._questions())
        self.sheet = Pane(desk, side="middle", name=words(N_("Answer")))
        row.addWidget(self.sheet, 1)
        self.headline = Label("", Role.CARD, wrap=True)
        self.about = Label("", Role.SECOND, wrap=True)
        self.sheet.add(self.headline)
        self.sheet.add(self.about)
        self.sheet.body.addSpacing(10)
        self.sheet.add(self._choices())
        self.sheet.body.addSpacing(10)
        self.holder = QWidget()
        self._tables = QVBoxLayout(self.holder)
        self._tables.setContentsMargins(0, 0, 0, 0)
        self._tables.setSpacing(16)
        self.sheet.add(self.holder)
        self.sheet.finish()
        desk.hub.changed.connect(self._changed)

    def _changed(self, _changes: object) -> None:
        self._read()

    def _questions(self) -> Pane:
        words = self.desk.words
        pane = Pane(self.desk, side="left", width=SIDE, name=words(N_("Questions")), grows=True)
        self.group = QButtonGroup(self)
        for number, question in enumerate(Question):
            text = words(question.label)
            button = menu_row(self.desk.icons, text, partial(self.choose, question))
            button.setCheckable(True)
            button.setChecked(question is self.question)
            self.group.addButton(button, number)
            pane.add(button)
        pane.body.addSpacing(10)
        pane.add(hairline())
        pane.body.addSpacing(10)
        more = words(N_("From estimate to payment"))
        self.variance_button = menu_row(self.desk.icons, more, lambda: self.desk.go("variance"))
        pane.add(self.variance_button)
        self.evaluation_button = menu_row(self.desk.icons, words(N_("Monthly evaluation")), self.print_evaluation)
        pane.add(self.evaluation_button)
        pane.finish()
        return pane

    def _choices(self) -> QWidget:
        words = self.desk.words
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        periods = [(p, words(p.label)) for p in Period]
        self.period_choice = Choice(self.desk, periods, none=words(ALL_TIME), search=False)
        self.period_choice.set_name(words(N_("Period")))
        self.period_choice.set_value(self.period)
        self.period_choice.changed.connect(self._chosen)
        self.city_choice = Choice(self.desk, [], none=words(N_("All cities")), search=False)
        self.city_choice.set_name(words(N_("City")))
        self.city_choice.changed.connect(self._chosen)
        for choice in (self.period_choice, self.city_choice):
            choice.setMaximumWidth(self.desk.theme.px(200))
            row.addWidget(choice, 1)
        row.addStretch(1)
        return holder

    # asking

    def start(self) -> None:
        """Read the cities, then the answer."""
        self.desk.runner.read(insight.cities, owner=self, done=self._cities, key="cities")
        self.group.button(list(Question).index(self.question)).setFocus()
        self._read()

    def _cities(self, names: list[str]) -> None:
        words = self.desk.words
        listed = [*names, *([self.city] if self.city and self.city not in names else [])]
        self.city_choice.set_choices([(name, name) for name in listed], none=words(N_("All cities")))
        self.city_choice.set_value(self.city or None)

    @property
    def scope(self) -> Scope:
        """What is asked about."""
        return Scope(city=self.city, period=self.period if self.question in insight.DATED else None)

    def choose(self, question: Question) -> None:
        """Ask another question."""
        self.question = question
        self.group.button(list(Question).index(question)).setChecked(True)
        self._moved()

    def ask(self, *, city: str, period: Period | None) -> None:
        """Ask about another city or other days."""
        self.city, self.period = city, period
        self.city_choice.set_value(city or None)
        self.period_choice.set_value(period)
        self._moved()

    def _chosen(self) -> None:
        self.city, self.period = str(self.city_choice.value() or ""), self.period_choice.value()
        self._moved()

    def _moved(self) -> None:
        self.place = Place(page="insight", values=self.keep())
        self.desk.frame.moved(self.place)
        self._read()

    def _read(self) -> None:
        self.period_choice.setVisible(self.question in insight.DATED)
        self.desk.runner.read(_ask, self.question, self.scope, owner=self, done=self.show_answer, key="answer")

    def show_answer(self, answer: Answer) -> None:
        """Show an answer: its headline, then its tables."""
        words, formats = self.desk.words, self.desk.formats
        self.answer = answer
        if answer.scope.city and answer.scope.city != self.city:
            self.city = answer.scope.city
            self.city_choice.set_value(self.city)
        self.headline.setText(answer.headline.text(words))
        if answer.span is not None:
            days = words(
                N_("{first} to {last}"), first=formats.date(answer.span.first), last=formats.date(answer.span.last)
            )
        elif self.question in insight.DATED:
            days = words(ALL_TIME)
        else:
            days = words(N_("As of now"))
        self.about.setText(
            words(N_("{days} · exact figures, for this office only · Enter or double click opens the rows"), days=days)
        )
        if answer.is_stale:
            moment = formats.moment(answer.as_of)
            self.about.setText(words(N_("{days} · as of {moment}, being worked out anew"), days=days, moment=moment))
        clear(self._tables)
        self.blocks = [TableBlock(self.desk, table, self.open_rows) for table in answer.tables]
        for block in self.blocks:
            self._tables.addWidget(block)
        self._tables.addStretch(1)
        keep_up(
            self, answer.to_keep, anew=insight.work_out_anew, asked=(answer.question, answer.scope),
            is_stale=answer.is_stale, again=self._read,
        )  # fmt: skip

    def open_rows(self, behind: Behind) -> None:
        """Open the rows that a figure counts."""
        period = behind.period.value if behind.period else ""
        if behind.page in ("journeys", "claims"):
            self.desk.go(
                behind.page, None, view="all", filter=behind.filter, period=period, basis=behind.basis, group=""
            )
        else:
            self.desk.go(behind.page, behind.house, kind=behind.kind, city=behind.filter, period=period)

    # out

    def to_excel(self, target: Path | None = None) -> None:
        """Write the answer into a workbook, one sheet for each table."""
        answer, words = self.answer, self.desk.words
        if answer is None:
            return
        if target is None:
            stem = f"{words(answer.question.label).rstrip('?')} {self.desk.today().isoformat()}.xlsx"
            chosen, _kind = QFileDialog.getSaveFileName(self, words(TITLE), stem.replace("/", "-"), "Excel (*.xlsx)")
            if not chosen:
                return
            target = Path(chosen)
        grids, about = answer.grids(), self.asked(answer)
        rows = sum(len(grid.rows) for grid in grids)
        self.desk.runner.work(
            written, grids, target, words, about, owner=self,
            done=lambda sha: self._on_record(answer, about, rows, sha),
        )  # fmt: skip

    def asked(self, answer: Answer) -> dict[str, str]:
        """What the sheet "About" says."""
        words, formats = self.desk.words, self.desk.formats
        return {
            words(N_("Question")): words(answer.question.label),
            words(N_("City")): answer.scope.city or words(N_("All cities")),
            words(N_("Period")): self.about.whole_text().split(" · ")[0],
            words(N_("Made at")): formats.moment(answer.as_of),
            words(N_("Made by")): self.desk.officer.name,
            words(N_("Reader")): words(Audience.INTERNAL.label),
        }

    def _on_record(self, answer: Answer, about: dict[str, str], rows: int, sha256: str) -> None:
        self._put_on_record(f"insight.{answer.question.value}", about, rows, sha256)

    def _put_on_record(self, name: str, about: dict[str, str], rows: int, sha256: str) -> None:
        words = self.desk.words
        self.desk.runner.write(
            TITLE, _record, name, about, rows, sha256, words.code, owner=self,
            kind="release",
            done=lambda _changes: self.desk.toast(
                words.plural("{count} row written", "{count} rows written", rows), undo=False
            ),
        )  # fmt: skip

    def rows_to_excel(self, target: Path | None = None) -> None:
        """Write the rows behind, of this city and these days, into a workbook for a pivot table; they name nobody."""
        words, scope = self.desk.words, self.scope
        if target is None:
            stem = f"{words(N_('Rows behind Insight'))} {self.desk.today().isoformat()}.xlsx"
            chosen, _kind = QFileDialog.getSaveFileName(self, words(TITLE), stem, "Excel (*.xlsx)")
            if not chosen:
                return
            target = Path(chosen)
        wanted = target
        self.desk.runner.read(
            insight_rows.every_row, scope, owner=self, done=lambda grids: self._write_rows(grids, scope, wanted),
            key="rows",
        )  # fmt: skip

    def _write_rows(self, grids: list[Grid], scope: Scope, target: Path) -> None:
        words = self.desk.words
        about = {
            words(N_("Question")): words(N_("Rows behind Insight")),
            words(N_("City")): scope.city or words(N_("All cities")),
            words(N_("Period")): words(scope.period.label) if scope.period else words(ALL_TIME),
            words(N_("Made at")): self.desk.formats.moment(self.desk.clock()),
            words(N_("Made by")): self.desk.officer.name,
            words(N_("Reader")): words(Audience.INTERNAL.label),
        }
        rows = sum(len(grid.rows) for grid in grids)
        self.desk.runner.work(
            written, grids, target, words, about, owner=self,
            done=lambda sha: self._put_on_record(insight_rows.NAME, about, rows, sha),
        )  # fmt: skip

    # the frame

    def print_evaluation(self) -> None:
        """The one page of weaknesses, before it is printed."""
        self.desk.go("reports", name="evaluation")

    def _step(self, by: int) -> None:
        questions = list(Question)
        self.choose(questions[(questions.index(self.question) + by) % len(questions)])

    def actions_here(self) -> tuple[Action, ...]:
        """Write out, and go from question to question."""
        return (
            Action(key="insight.excel", text=N_("Write this answer into a workbook…"), keys="Ctrl+E", icon="sheet",
                   run=self.to_excel, scope=KeyScope.PAGE, menu=Menu.FILE),
            Action(key="insight.rows", text=N_("Write the rows behind into a workbook…"), keys="Ctrl+Shift+E",
                   icon="sheet", run=self.rows_to_excel, scope=KeyScope.PAGE, menu=Menu.FILE),
            Action(key="insight.evaluation", text=N_("Print the monthly evaluation"), keys="Ctrl+P", icon="printer",
                   run=self.print_evaluation, scope=KeyScope.PAGE, menu=Menu.FILE),
            Action(key="insight.next", text=N_("Next question"), keys="Ctrl+J", icon="arrow-down",
                   run=lambda: self._step(1), scope=KeyScope.PAGE, menu=Menu.GO),
            Action(key="insight.previous", text=N_("Question before"), keys="Ctrl+Shift+J", icon="arrow-up",
                   run=lambda: self._step(-1), scope=KeyScope.PAGE, menu=Menu.GO),
        )  # fmt: skip

    def keep(self) -> dict[str, object]:
        """The question, the city and the days."""
        period = self.period.value if self.period else ""
        return {"question": self.question.value, "city": self.city, "period": period}

    def resume(self, kept: dict[str, object]) -> None:
        """Back to them."""
        self.question = _one_of(Question, kept.get("question"), self.question)
        self.city = str(kept.get("city", self.city))
        self.period = _one_of(Period, kept.get("period"), None)
        self.group.button(list(Question).index(self.question)).setChecked(True)
        self.period_choice.set_value(self.period)


def _ask(session: Any, question: Question, scope: Scope) -> Answer:
    return insight.ask(session, question, scope, stale_will_do=True)


def _one_of(choices: Any, value: object, usual: Any) -> Any:
    return next((each for each in choices if each.value == value), usual)


def written(grids: list[Grid], target: Path, words: Language, about: dict[str, str]) -> str:
    """Write the workbook; returns its SHA-256."""
    from liaison.exchange import workbook

    workbook.write(grids, target, language=words, about=about)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def _record(session: Any, name: str, asked: dict[str, str], rows: int, sha256: str, language: str) -> Any:
    return list_copies.record_copy(session, name, "", asked=asked, rows=rows, sha256=sha256, language=language)
