"""The one table model: a true scroll bar over many rows, groups, and what a screen reader hears."""

from array import array
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit

from liaison.domain.money import Money
from liaison.ui.models.columns import Column, Kind, StageCell, tick_column
from liaison.ui.models.paged_table import PAGE, PAGES_KEPT, Group, PagedTable, Snapshot
from liaison.ui.widgets.badge import late, warning
from liaison.ui.widgets.table_view import TableView

COLUMNS = (
    tick_column(),
    Column(key="name", label="Nama", value=lambda r: r.name, strong=True, stretch=1, sort="name"),
    Column(key="money", label="Ditagih", value=lambda r: r.money, kind=Kind.MONEY, width=120),
    Column(key="stage", label="Tahap", value=lambda r: r.stage, kind=Kind.STAGE, width=170, gives_way=2),
    Column(key="due", label="Tenggat", value=lambda r: r.due, kind=Kind.BADGE, width=110),
    Column(key="no", label="Nomor", value=lambda r: r.no, quiet=True, width=130, gives_way=1),
)


def row(number):
    return SimpleNamespace(
        id=number, name=f"Pasien {number}", money=Money(number * 100, "MYR"), stage=StageCell(done=2, word="Estimasi"),
        due=late("48 m"), no=f"MDN-26-A{number:04d}",
    )  # fmt: skip


class Rows:
    """A list service over numbered rows, counting how often it is asked."""

    def __init__(self, count, groups=()):
        self.ids, self.groups, self.asked = array("q", range(1, count + 1)), groups, []

    def take(self, session, *query):
        return Snapshot(ids=self.ids, groups=self.groups, first=[row(i) for i in self.ids[:PAGE]])

    def fetch(self, session, ids):
        self.asked.append(ids[0])
        return [row(i) for i in ids]


@pytest.fixture
def many(desk):
    rows = Rows(100_000)
    table = PagedTable(desk, COLUMNS, fetch=rows.fetch)
    table.rows = rows
    table.load(rows.take)
    return table


GROUPS = (
    Group(key="bad", badge=warning("Ditolak"), count=2, note="2 baris"),
    Group(key="none", badge=warning("Kosong"), count=0),
    Group(key="good", badge=warning("Siap"), count=3),
)


@pytest.fixture
def grouped(desk):
    table = PagedTable(desk, COLUMNS)
    table.show_rows([row(n) for n in range(1, 6)], key=lambda r: r.id, groups=GROUPS)
    return table


def names(table):
    return [table.index(r, 1).data() if table.id_at(r) else table.group_at(r).key for r in range(table.rowCount())]


@pytest.fixture
def several(desk):
    """Five pages: the tester asks every cell, twenty times over."""
    rows = Rows(5 * PAGE)
    table = PagedTable(desk, COLUMNS, fetch=rows.fetch)
    table.load(rows.take)
    return table


def test_the_model_keeps_qts_rules(several, grouped, qtbot):
    testers = [
        QAbstractItemModelTester(m, QAbstractItemModelTester.FailureReportingMode.Fatal) for m in (several, grouped)
    ]

    grouped.fold(GROUPS[0])
    grouped.fold(GROUPS[2])
    grouped.fold(GROUPS[0])
    several.reload()
    several.refresh_ids({5})

    assert len(testers) == 2


def test_the_first_rows_are_there_at_once_and_far_ones_come_when_looked_at(many):
    assert many.rowCount() == 100_000
    assert many.index(0, 1).data() == "Pasien 1"
    assert many.rows.asked == []

    many.index(99_999, 1).data()

    assert many.rows.asked == [99_901]
    assert many.index(99_999, 1).data() == "Pasien 100000"


def test_only_so_many_pages_are_kept(many):
    for page in range(PAGES_KEPT + 20):
        many.index(page * PAGE, 1).data()

    assert len(many._pages) == PAGES_KEPT


def test_only_the_pages_that_changed_are_fetched_again(many):
    many.refresh_ids({150})
    many.index(0, 1).data()
    many.index(149, 1).data()

    assert many.rows.asked == [101]


def test_groups_are_header_rows_that_fold(grouped):
    assert names(grouped) == ["bad", "Pasien 1", "Pasien 2", "none", "good", "Pasien 3", "Pasien 4", "Pasien 5"]

    grouped.fold(GROUPS[0])

    assert names(grouped) == ["bad", "none", "good", "Pasien 3", "Pasien 4", "Pasien 5"]
    assert grouped.row_of_id(3) == 3
    assert grouped.row_of_id(1) == -1
    assert grouped.header_rows() == (0, 1, 2)


def test_the_screen_reader_hears_the_whole_row(grouped):
    spoken = grouped.index(1, 2).data(Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == "Pasien 1, RM1,00, Estimasi, 48 m, MDN-26-A0001"
    assert grouped.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Ditolak, 2 baris"


# the view


@pytest.fixture
def view(desk, grouped, qtbot):
    view = TableView(desk, grouped, name="Daftar")
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    return view


def test_enter_opens_the_record_and_folds_a_group(view, qtbot):
    opened = []
    view.opened.connect(opened.append)
    view.go_to_row(1)

    qtbot.keyClick(view, Qt.Key.Key_Return)
    view.setCurrentIndex(view.table.index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)

    assert opened == [1]
    assert view.table.is_folded(GROUPS[0])


def test_a_click_into_the_tick_box_adds_a_row_and_elsewhere_takes_it_alone(view, qtbot):
    def click(at, column):
        spot = view.visualRect(view.table.index(at, column)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    click(1, 0)
    click(2, 0)
    assert view.chosen_ids() == [1, 2]

    click(5, 1)
    assert view.chosen_ids() == [3]


def test_going_to_a_row_chooses_it_alone_even_while_ctrl_is_held_down(view, qtbot):
    view.selectAll()
    elsewhere = QLineEdit()
    qtbot.addWidget(elsewhere)
    QTest.keyPress(elsewhere, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    view.go_to_row(1)
    assert list(view.chosen_rows()) == [1]


def test_space_chooses_and_headers_cannot_be_chosen(view, qtbot):
    view.setCurrentIndex(view.table.index(1, 1))
    view.clearSelection()

    qtbot.keyClick(view, Qt.Key.Key_Space)
    view.selectionModel().select(view.table.index(0, 0), QItemSelectionModel.SelectionFlag.Select)

    assert view.chosen_ids() == [1]


def test_columns_give_way_in_their_order_and_the_list_never_scrolls_sideways(view):
    view.resize(520, 300)

    hidden = [c.key for n, c in enumerate(COLUMNS) if view.isColumnHidden(n)]

    assert hidden == ["stage", "no"]
    assert sum(view.columnWidth(n) for n in range(len(COLUMNS))) <= view.viewport().width()


def test_a_click_on_a_title_asks_for_that_order_and_a_second_one_turns_it(view):
    wanted = []
    view.sort_wanted.connect(lambda key, up: wanted.append((key, up)))

    view.horizontalHeader().sectionClicked.emit(1)
    view.horizontalHeader().sectionClicked.emit(1)
    view.horizontalHeader().sectionClicked.emit(2)

    assert wanted == [("name", True), ("name", False)]


def test_ctrl_alt_and_a_digit_sort_by_the_column_at_that_place(view, qtbot):
    wanted = []
    view.sort_wanted.connect(lambda key, up: wanted.append((key, up)))
    names = [c.label for n, c in enumerate(view.table.columns) if c.label and not view.isColumnHidden(n)]
    place = names.index(view.table.columns[1].label)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier

    qtbot.keyClick(view, Qt.Key(Qt.Key.Key_1 + place), both)
    qtbot.keyClick(view, Qt.Key(Qt.Key.Key_1 + place), both)
    qtbot.keyClick(view, Qt.Key.Key_9, both)

    assert wanted == [("name", True), ("name", False)]


def test_a_title_without_room_tells_the_rest_of_itself(view):
    view.setColumnWidth(1, 24)

    assert view.horizontalHeader().tip(1) == view._desk.words(view.table.columns[1].label)
    view.setColumnWidth(1, 300)
    assert view.horizontalHeader().tip(1) == ""


def test_letters_on_a_row_go_to_the_page(view, qtbot):
    pressed = []
    view.key_pressed.connect(pressed.append)
    view.go_to_row(1)

    qtbot.keyClick(view, Qt.Key.Key_L)

    assert pressed == ["l"]


def test_rows_are_copied_as_excel_reads_them(view, qapp):
    view.selectAll()

    view.copy_rows(titles=True)
    lines = qapp.clipboard().text().split("\n")

    assert lines[0] == "Nama\tDitagih\tTahap\tTenggat\tNomor"
    assert lines[1] == "Pasien 1\tRM1,00\tEstimasi\t48 m\tMDN-26-A0001"
    assert len(lines) == 6


def test_the_cursor_stays_on_its_record_when_the_list_is_read_again(desk, qtbot):
    rows = Rows(500)
    table = PagedTable(desk, COLUMNS, fetch=rows.fetch)
    view = TableView(desk, table, name="Daftar")
    qtbot.addWidget(view)
    table.load(rows.take)
    view.go_to_id(300)

    rows.ids = array("q", [7777, *rows.ids])
    table.reload()

    assert view.current_id() == 300


def test_a_row_is_thirty_four_high_and_grows_with_the_text(view, theme):
    assert view.rowHeight(1) == 34
    assert view.rowHeight(0) == 30

    theme.set_zoom(200)

    assert view.rowHeight(1) == 51
