"""Insight through the window: the Medan question in a few keys, rows behind figures, and the workbook of an answer."""

import pandas as pd
import pytest
from PySide6.QtWidgets import QBoxLayout, QScrollArea

from liaison.domain.insight import Question
from liaison.domain.periods import Period
from liaison.exchange import workbook
from liaison.i18n import Language
from liaison.reports.charts import Bars, Dots, Months
from liaison.services import insight
from liaison.services.insight_views import Word
from liaison.ui.models.columns import Kind
from liaison.ui.pages.insight import InsightPage, written
from liaison.ui.pages.insight_tables import chart_of
from liaison.ui.places import Place
from tests import make, sampling
from tests.ui.conftest import make_desk


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    with make.opened(_copy(tmp_path_factory), sampling.clock()) as opened:
        yield opened


def _copy(tmp_path_factory):
    import shutil

    folder = tmp_path_factory.mktemp("insight") / "store"
    shutil.copytree(sampling.sample_folder(tmp_path_factory), folder)
    return folder


def page_at(qtbot, theme, office, language, **values):
    desk = make_desk(theme, language=language, store=office)
    page = InsightPage(desk, Place(page="insight", values=values))
    qtbot.addWidget(page)
    page.resize(1160, 640)
    page.start()
    page.show()
    return page


def test_how_many_from_medan_last_quarter_and_what_did_they_cost_is_one_question_away(qtbot, theme, office, tmp_path):
    page = page_at(qtbot, theme, office, "id")

    page.choose(Question.CITY)

    answer = page.answer
    assert (answer.scope.city, answer.scope.period) == ("Medan", Period.LAST_QUARTER)
    assert page.headline.text() == answer.headline.text(Language("id"))
    cases = answer.tables[0].lines[0]
    page.blocks[0].view.opened.emit(0)
    gone = page.desk.frame.gone[-1]
    assert (gone.page, gone.values["filter"], gone.values["period"]) == ("journeys", 'kota:"Medan"', "last_quarter")
    target = tmp_path / "medan.xlsx"
    page.to_excel(target)
    sheet = _rows(target, sheet=0)
    assert sheet[0][2] == cases.cells[2]
    bills = [line.cells[4] for line in answer.tables[0].lines if line.cells[0] is Word.FINAL_BILLS]
    assert [row[4] for row in sheet if row[4]] == [float(bill.amount) for bill in bills]


def _rows(target, *, sheet):
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(target)
    name = [n for n in book.sheet_names if n not in ("About", "Tentang")][sheet]
    rows = book.get_sheet_by_name(name).to_python()
    start = next(n for n, row in enumerate(rows) if "Mata uang" in row) + 1
    return rows[start:]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_question_shows_its_charts_beside_its_figures(qtbot, theme, office, language):
    page = page_at(qtbot, theme, office, language)
    seen = set()

    for question in Question:
        page.choose(question)
        assert page.answer.question is question and page.blocks
        for table in page.answer.tables:
            seen.add(type(chart_of(table, page.desk.words)))
        page.grab()

    assert {Bars, Dots, Months} <= seen
    assert page.keep()["question"] == Question.CITY.value


def test_a_figure_of_who_is_slow_opens_its_clocks(qtbot, theme, office):
    from liaison.ui.pages.insight_clocks import InsightClocksPage

    page = page_at(qtbot, theme, office, "id", question="slow", period="")
    line = page.answer.tables[0].lines[0]

    page.blocks[0].view.opened.emit(0)

    gone = page.desk.frame.gone[-1]
    clocks = InsightClocksPage(page.desk, gone)
    qtbot.addWidget(clocks)
    clocks.start()
    assert len(clocks.rows) == line.cells[3]
    clocks.view.opened.emit(0)
    assert page.desk.frame.gone[-1].page in ("journey", "claim")


def test_every_view_goes_to_a_workbook(office, tmp_path):
    words = Language("en")
    for question in Question:
        answer = make.see(office, insight.ask, question)
        target = tmp_path / f"{question.value}.xlsx"
        assert len(written(answer.grids(), target, words, {"Question": words(question.label)})) == 64
        assert target.stat().st_size > 1_000
    assert workbook


def test_the_rows_behind_go_into_a_workbook_of_their_own(qtbot, theme, office, tmp_path):
    page = page_at(qtbot, theme, office, "en", question="city", city="Medan", period="last_quarter")
    target = tmp_path / "rows.xlsx"

    page.rows_to_excel(target)

    assert len(pd.read_excel(target, engine="calamine")) == page.answer.tables[0].lines[0].cells[2]


@pytest.mark.parametrize("language", ["id", "en"])
def test_heads_of_figures_are_read_whole_and_nothing_goes_sideways_in_large_text(qtbot, theme, office, language):
    page = page_at(qtbot, theme, office, language)
    for block in page.blocks:
        header = block.view.horizontalHeader()
        for number, column in enumerate(block.view.table.columns):
            if column.kind is Kind.NUMBER:
                text = page.desk.words(column.label)
                assert header.fontMetrics().horizontalAdvance(text) < header.sectionSize(number), text
    page.resize(560, 600)
    qtbot.waitUntil(lambda: page.blocks[0]._row.direction() is QBoxLayout.Direction.TopToBottom)
    assert all(area.horizontalScrollBar().maximum() == 0 for area in page.sheet.findChildren(QScrollArea))
