"""A house's scorecard through the window: on its card, on its page, in a workbook, and down to the rows."""

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from liaison.domain.periods import Period
from liaison.domain.scorecards import Score, ScoreFigure
from liaison.services.scorecards import scorecard
from liaison.ui.pages.scorecard_section import ScorecardSection, figure_words
from liaison.ui.widgets.step_row import StepRow


def test_a_figure_always_says_of_how_many(at_home):
    words = at_home.frame.desk.words
    share = ScoreFigure(score=Score.TOPUP, n=7, hits=3)
    whole = ScoreFigure(score=Score.TOPUP, n=40, hits=10, percent=25)
    under = ScoreFigure(score=Score.ESTIMATE, n=12, middle=-3, ninth=9)

    assert figure_words(share, words).startswith("3 ")
    assert figure_words(whole, words).startswith("25%")
    assert "n = 4" in figure_words(ScoreFigure(score=Score.LETTER, n=4), words)
    assert figure_words(under, words).startswith("−3,0%")
    assert "n = 12" in figure_words(under, words)


def test_a_line_of_the_card_opens_the_letters_it_counts_and_they_open_their_case(at_home):
    hospital = at_home.ids["hospital"]
    page = at_home.go("network", hospital)
    page.view.go_to_id(hospital)
    at_home.settle()
    section = page.card.findChild(ScorecardSection)
    counted = at_home.see(scorecard, hospital).of(Score.LETTER).n
    assert counted

    section.findChild(StepRow, "score.letter").click()
    at_home.settle()
    rows = at_home.page
    assert len(rows.rows) == counted
    rows.view.setFocus()
    QTest.keyClick(rows.view, Qt.Key.Key_Return)
    at_home.settle()

    assert at_home.page.place.record == at_home.ids["journey"]


def test_the_page_asks_about_other_days_and_goes_to_excel(at_home, tmp_path):
    page = at_home.go("scorecard", at_home.ids["hospital"])
    assert page.blocks

    page.period_choice.set_value(Period.MONTH_BEFORE)
    page.period_choice.changed.emit()
    at_home.settle()
    assert page.card.period is Period.MONTH_BEFORE
    target = tmp_path / "rapor.xlsx"
    page.to_excel(target)
    at_home.settle()

    cells = [c.value for sheet in openpyxl.load_workbook(target) for row in sheet.iter_rows() for c in row if c.value]
    assert page.card.house in cells
