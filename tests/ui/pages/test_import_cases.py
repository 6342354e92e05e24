"""An officer's own tracking sheet through the window's import review: stages, duplicates, a word said, one undo."""

from collections import Counter

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from liaison.domain.journeys import JourneyState
from liaison.ui.pages.import_meanings import Meanings
from liaison.ui.pages.import_rows import Verdict
from liaison.ui.widgets.label import Label
from tests.exchange import tracking_sheets
from tests.exchange.lists import text

STATE = JourneyState.PREAUTH


def counted(session, table):
    return session.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one()


def states(session):
    return Counter(session.execute(sa.text("SELECT state FROM journey")).scalars())


def click(at_home, button):
    at_home.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    at_home.settle()


def named(parent, name):
    """The button that a screen reader calls so."""
    return next(b for b in parent.findChildren(QAbstractButton) if b.accessibleName() == name)


@pytest.fixture
def review(at_home, tmp_path):
    """The import page with the sheet of eighty cases read."""
    page = at_home.go("import")
    click(at_home, named(page.kinds, at_home.words("Tracking sheet")))
    page.open_file(tracking_sheets.workbook(tmp_path / "tracking.xlsx"))
    at_home.settle()
    return page


def test_eighty_cases_are_shown_with_their_stages_and_the_three_that_stand_twice(at_home, review):
    before = at_home.see(counted, "journey")

    rows = review._review.rows
    assert (len(rows), review._review.new, review._review.unchanged) == (80, 77, 3)
    twice = {r.row: r.says for r in rows if r.row > 80 and r.name in {o.name for o in rows if o.row < 80}}
    same = "The same case as row {row}, not made twice"
    assert twice == {again: at_home.words(same, row=first) for again, first in ((82, 6), (83, 13), (84, 23))}
    assert review.table.rowCount() >= 80
    assert at_home.words("Bring in {count}", count=77) == review.bring.accessibleName()
    assert at_home.see(counted, "journey") == before


def test_the_sheet_comes_in_by_one_click_and_goes_by_one_undo(at_home, review):
    before = {t: at_home.see(counted, t) for t in ("journey", "patient", "task", "policy", "source_file")}
    there = at_home.see(states)
    wanted = Counter(tracking_sheets.STATUSES[r[7]] for r in tracking_sheets.rows()[:77])

    click(at_home, review.bring)

    assert at_home.see(states) - there == wanted
    assert at_home.see(counted, "patient") == before["patient"] + 77
    assert at_home.see(counted, "task") > before["task"] + 60
    said = [label.text() for label in review.findChildren(Label)]
    assert at_home.words.plural("{count} record brought in", "{count} records brought in", 77) in said

    at_home.frame.undo()
    at_home.settle()
    assert {t: at_home.see(counted, t) for t in before} == before
    assert at_home.store.verify() == []


@pytest.mark.parametrize("word", ["gantung kang", "blm jls # 2", "ga' jelas"])
def test_a_status_word_mapped_by_hand_moves_its_cases_and_is_remembered(at_home, tmp_path, word):
    head = ["nama pasien", "no HP", "RS tujuan", "status", "tgl berangkat"]
    cases = [
        ["Tono Wijaya", "081211112222", "Island Hospital", word, ""],
        ["Sri Tan", "081322223333", "Gleneagles", "otw", ""],
    ]
    page = at_home.go("import", kind="journeys")
    page.open_file(text(tmp_path / "tracking.csv", [head, *cases]))
    at_home.settle()
    assert next(r for r in page._review.rows if r.row == 2).verdict is not Verdict.READY

    click(at_home, page.meanings)
    panel = page.side.findChild(Meanings)
    (choice,) = (c for w, c in panel.statuses.items() if w != "otw")
    choice.set_value(STATE.value)
    click(at_home, named(panel, at_home.words("Remember")))

    assert next(r for r in page._review.rows if r.row == 2).verdict is Verdict.READY
    there = at_home.see(states)
    click(at_home, page.bring)
    assert at_home.see(states) - there == Counter({STATE.value: 1, "J09": 1})

    again = at_home.go("import", kind="journeys")
    again.open_file(text(tmp_path / "next.csv", [head, ["Lina Lim", "081433334444", "Mahkota", word, ""]]))
    at_home.settle()
    (row,) = again._review.rows
    assert (again._review.new, row.says) == (1, at_home.words("New, at “{state}”", state=at_home.words(STATE.label)))


def test_two_families_on_one_phone_are_two_people_each(at_home, review):
    click(at_home, review.bring)

    def shared(session):
        sql = "SELECT count(*) FROM patient WHERE phone_digits <> '' GROUP BY phone_digits HAVING count(*) > 1"
        return session.execute(sa.text(sql)).scalars().all()

    assert at_home.see(shared) == [2, 2]
