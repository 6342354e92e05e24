"""The other widgets of the kit: what they say, and to whom."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QWidget

from liaison.domain.money import Money
from liaison.ui.widgets.ageing import Age, AgeingStrip
from liaison.ui.widgets.badge import BadgeView, blocked, closed, done, due, late, under_way, waiting, warning
from liaison.ui.widgets.buttons import GAP, Segments, icon_button, primary, set_button_text
from liaison.ui.widgets.date_edit import CalendarPopup, DateEdit
from liaison.ui.widgets.filter_line import FilterBox, ViewBar
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.letter_chart import Ceiling, DayBill, LetterChart
from liaison.ui.widgets.note_line import Echo, NoteLine
from liaison.ui.widgets.parts import ActionBar, Facts, Head
from liaison.ui.widgets.pdf_view import PdfView, draw_page, page_sizes
from liaison.ui.widgets.refused_panel import Reason, RefusedPanel
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.stage_bar import StageBar, StageView, Step
from liaison.ui.widgets.timeline import Entry, Timeline
from tests.ui.walk import nameless


def show(qtbot, widget, width=600, height=300):
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    widget.grab()
    return widget


def test_every_badge_has_a_shape_of_its_own_and_says_its_word(theme, qtbot):
    made = [f("x") for f in (late, blocked, warning, waiting, under_way, due, done, closed)]

    assert len({(b.shape, b.tone) for b in made}) == len(made)
    assert [b.filled for b in made] == [True] + [False] * 7
    for badge in made:
        view = show(qtbot, BadgeView(theme, badge))
        assert view.accessibleName() == "x"


def test_shapes_are_vectors_and_differ_without_colour(theme, qapp):
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QImage, QPainter

    from liaison.ui.widgets.shapes import paint_shape

    seen = set()
    for shape in Shape:
        image = QImage(20, 20, QImage.Format.Format_ARGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        paint_shape(painter, shape, QRectF(0, 0, 20, 20), QColor("black"), QColor("white"))
        painter.end()
        seen.add(bytes(image.constBits()))

    assert len(seen) == len(Shape)


def test_a_button_keeps_its_gap_and_its_name(desk, qtbot):
    pressed = []
    button = show(qtbot, primary(desk.icons, "Simpan", lambda: pressed.append(1), icon="check"))
    set_button_text(button, "Menyimpan")

    button.click()

    assert button.text() == GAP + "Menyimpan"
    assert button.accessibleName() == "Menyimpan"
    assert pressed == [1]
    assert icon_button(desk.icons, "x", "Tutup", print).accessibleName() == "Tutup"


def test_segments_are_one_choice(qtbot, theme):
    chosen = []
    segments = show(qtbot, Segments([("a", "Semua"), ("b", "Telepon")], name="Saring"))
    segments.chosen.connect(chosen.append)

    segments.buttons()[1].click()

    assert segments.value() == "b"
    assert chosen == ["b"]


def test_a_shortened_text_shows_its_whole_in_a_tooltip(qtbot, theme):
    label = show(qtbot, Label("Loh Guan Lye Specialists Centre Penang", elide=True), 90, 20)

    assert label.text().endswith("…")
    assert label.toolTip() == label.whole_text()
    label.resize(600, 20)
    assert label.toolTip() == ""


def test_the_stage_bar_speaks_its_stages(theme, qtbot):
    bar = StageBar(theme, name="Tahap")
    bar.show_stages([StageView(word="Tanya & data", note="2 Nov", step=Step.DONE),
                     StageView(word="Di luar negeri", note="Dirawat", step=Step.CURRENT),
                     StageView(word="Pulang", note="", step=Step.REFUSED)])  # fmt: skip
    show(qtbot, bar)

    assert bar.accessibleName() == "Tahap"
    assert bar.accessibleDescription() == "Tanya & data: 2 Nov; Di luar negeri: Dirawat; Pulang"


def test_a_refused_move_gives_a_cure_each_and_the_way_round_needs_a_reason(desk, qtbot):
    cured, passed = [], []
    panel = RefusedPanel(desk)
    panel.override.connect(passed.append)
    cure = Reason(text="GL akhir belum ada", cure="Minta GL akhir", cure_icon="file-text", run=lambda: cured.append(1))
    reasons = [cure, Reason(text="Ekses belum lunas", note="RM1.240,00")]
    panel.refuse("Belum bisa pindah", reasons)
    show(qtbot, panel, 1000, 200)
    panel.activateWindow()

    qtbot.waitUntil(panel.cures[0].hasFocus)
    panel.cures[0].click()
    panel.reason.returnPressed.emit()
    assert passed == []
    panel.reason.setText("dokter minta")
    panel.reason.returnPressed.emit()

    assert cured == [1]
    assert passed == ["dokter minta"]
    assert nameless(panel) == []
    panel.put_away()
    assert not panel.isVisible()


def test_the_letter_chart_knows_the_ceiling_of_each_day_and_speaks(desk, qtbot):
    def ringgit(units):
        return Money(units * 100, "MYR")

    def day(number):
        return dt.date(2026, 11, number)

    chart = LetterChart(desk, name="Surat jaminan")
    chart.show_letter(
        [DayBill(day=day(14 + n), billed=ringgit(6000 * (n + 1)), forecast=n == 6) for n in range(7)],
        [Ceiling(since=day(12), amount=ringgit(30000)), Ceiling(since=day(18), amount=ringgit(45000))],
    )
    show(qtbot, chart)

    assert chart.ceiling_on(day(17)) == ringgit(30000)
    assert chart.ceiling_on(day(18)) == ringgit(45000)
    assert chart.ceiling_on(day(1)) is None
    assert "RM45.000,00" in chart.accessibleDescription()
    assert "RM36.000,00" in chart.accessibleDescription()


def test_a_letter_without_bills_or_bills_without_a_letter_is_drawn(desk, qtbot):
    chart = show(qtbot, LetterChart(desk, name="Surat jaminan"))
    chart.show_letter([], [Ceiling(since=dt.date(2026, 1, 1), amount=Money(1, "MYR"))])
    chart.grab()
    chart.show_letter([DayBill(day=dt.date(2026, 1, 1), billed=Money(0, "MYR"))], [])
    chart.grab()

    assert chart.accessibleName() == "Surat jaminan"


def test_the_ageing_strip_filters_and_takes_the_filter_off(desk, qtbot):
    chosen = []
    strip = AgeingStrip(desk, name="Umur klaim")
    strip.chosen.connect(chosen.append)
    strip.show_ages(
        [Age(key=str(n), words=f"{n}", count=n * 3, count_words=f"{n} klaim", sums=("RM1,00",)) for n in range(4)]
    )
    show(qtbot, strip)

    strip.blocks["3"].click()
    strip.blocks["3"].click()

    assert chosen == ["3", ""]
    assert nameless(strip) == []


def test_the_time_line_is_a_list_that_can_be_read(desk, qtbot):
    opened = []
    line = Timeline(desk, name="Linimasa")
    line.opened.connect(opened.append)
    line.show_entries(
        [Entry(text="Hari ini", head=True), Entry(time="14.02", text="Telepon", note="hasil", who="Ayu", value=7)]
    )
    show(qtbot, line)

    line.activated.emit(line.model().index(0, 0))
    line.activated.emit(line.model().index(1, 0))

    assert opened == [7]
    assert line.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "14.02, Telepon, hasil, Ayu"


def test_the_note_line_says_before_enter_what_a_text_becomes(desk, qtbot):
    entered = []
    note = NoteLine(desk, name="Catatan", placeholder="Ketik…",
                    echo=lambda text: Echo(lead="Jadi langkah:", text=text) if "/" in text else None)  # fmt: skip
    note.entered.connect(entered.append)
    show(qtbot, note)

    qtbot.keyClicks(note.line, "telp /besok")
    assert "telp /besok" in note.line.accessibleDescription()
    qtbot.keyClick(note.line, Qt.Key.Key_Return)
    note.line.setText("kata lain sesudahnya")
    note.clear("kata lain")
    assert note.line.text() == "sesudahnya"
    note.clear()
    qtbot.keyClick(note.line, Qt.Key.Key_Return)

    assert entered == ["telp /besok"]


def test_words_with_a_sign_become_tokens_that_can_be_taken_off(desk, qtbot):
    told = []
    box = show(qtbot, FilterBox(desk))
    box.changed.connect(told.append)
    qtbot.keyClicks(box.line, "siti kota:medan ")

    assert box.text() == "kota:medan siti"
    assert len(box._chips) == 1
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    box._chips[0].click()

    assert told[-1] == "siti"
    box.set_text(" ".join(f"a:{n}" for n in "bcdefg"))
    assert len(box._chips) == 6
    box.resize(250, 30)
    assert box._chips[-1].text().startswith("+")
    box.set_text("")
    qtbot.keyClicks(box.line, "umur>7 ")
    qtbot.keyClick(box.line, Qt.Key.Key_Backspace)
    assert box.text() == ""


def test_typing_a_filter_is_told_a_moment_after_the_last_key(desk, qtbot):
    box = show(qtbot, FilterBox(desk))

    with qtbot.waitSignal(box.changed) as told:
        qtbot.keyClicks(box.line, "sit")

    assert told.args == ["sit"]


def test_a_view_that_was_changed_can_be_restored(desk, qtbot):
    bar = show(qtbot, ViewBar(desk, view="Terbuka saya"))
    assert not bar._restore.isVisible()

    bar.show_changed(changed=True)
    with qtbot.waitSignal(bar.restored):
        bar._restore.click()

    assert nameless(bar) == []


@pytest.fixture
def two_pages(tmp_path):
    """A PDF of two pages, made by Qt itself."""
    from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

    path = tmp_path / "two.pdf"
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(writer)
    painter.drawText(QPoint(500, 500), "one")
    writer.newPage()
    painter.drawText(QPointF(500, 500), "two")
    painter.end()
    return path


def test_the_real_pages_of_a_pdf_are_shown_turned_and_enlarged(desk, qtbot, two_pages):
    view = show(qtbot, PdfView(desk), 500, 600)
    view.show_document(two_pages)
    view.grab()

    assert (view.page, view.pages) == (1, 2)
    assert view._paper.image is not None
    fitted = view._paper.paper.height()
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page == 2
    view.zoom_by(+2)
    assert view._paper.paper.height() > fitted
    view.fit()
    assert view._paper.paper.height() == fitted
    assert nameless(view) == []
    view.clear()
    assert view.pages == 0


def test_a_page_is_drawn_with_ink_on_it_from_bytes_and_from_a_file(two_pages):
    sizes = page_sizes(two_pages)
    drawn = draw_page(two_pages.read_bytes(), 1, 2.0)

    assert [(round(w), round(h)) for w, h in sizes] == [(595, 842), (595, 842)]
    assert drawn.pages == 2
    assert min(drawn.pixels) < 255


def test_a_file_that_is_no_pdf_says_so_and_does_not_raise(desk, qtbot):
    view = show(qtbot, PdfView(desk))

    view.show_document(b"no pdf at all")

    assert view.pages == 0
    assert view.where.text()


def test_a_long_text_in_a_narrow_pane_is_shown_whole(desk, qtbot):
    from liaison.ui.theme import Role
    from liaison.ui.widgets.parts import Pane, Section

    pane = Pane(desk, side="left", width=230, name="Orang")
    section = Section("Orang")
    label = Label(
        "Vivian Gunawan, anak · ikut berangkat · boleh diberi tahu status · +65 6555 3971 · " * 2,
        Role.SECOND,
        wrap=True,
    )
    section.add(label)
    pane.add(section)
    pane.finish()
    show(qtbot, pane, 230, 500)

    assert label.height() >= label.heightForWidth(label.width())


def test_a_long_problem_under_a_narrow_field_is_shown_whole(desk, qtbot):
    from liaison.domain.offices import OfficerDraft
    from liaison.domain.problems import Problem
    from liaison.ui.widgets.form import Form

    form = Form(desk, OfficerDraft, [("name", "phone"), "email", "is_supervisor"])
    show(qtbot, form, 300, 500)

    form.show(
        [
            Problem(
                code="X",
                message="This sentence is so long that it needs several lines under a narrow field.",
                field="name",
            )
        ]
    )
    text = form.boxes["name"]._text

    qtbot.waitUntil(lambda: text.width() <= 300 and text.height() >= text.heightForWidth(text.width()), timeout=1000)
    assert text.isVisible()
    assert text.height() >= 2 * text.fontMetrics().lineSpacing()
    assert text.rect().translated(text.mapTo(form, QPoint(0, 0))).bottom() <= form.height()


# large text


def test_values_stand_under_their_labels_where_both_do_not_fit(theme, qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    facts = Facts()
    facts.setParent(holder)
    facts.add("Rumah sakit", "Gleneagles Hospital Penang")
    facts.setGeometry(0, 0, 600, 40)
    holder.resize(700, 100)
    holder.show()
    label, value = (facts.grid.itemAt(n).widget() for n in (0, 1))
    assert label.y() == value.y()

    facts.setGeometry(0, 0, 160, 80)
    qtbot.waitUntil(lambda: value.y() > label.y())

    assert facts.minimumSizeHint().width() < 300


def test_a_head_gives_its_buttons_a_line_of_their_own_where_it_is_narrow(desk, qtbot):
    button = primary(desk.icons, "Pindah tahap", lambda: None)
    head = Head(desk, "Suyanti", facts=["P, 46 · Medan", "MDN-26-A0412-5"], buttons=[button])
    qtbot.addWidget(head)
    head.resize(900, 60)
    head.show()
    assert abs(button.mapTo(head, button.rect().center()).y() - head.title.geometry().center().y()) < 12

    head.resize(360, 110)
    qtbot.waitUntil(lambda: button.mapTo(head, QPoint(0, 0)).y() >= head.title.geometry().bottom())


def test_buttons_of_a_narrow_foot_stand_one_over_another(desk, qtbot):
    buttons = [primary(desk.icons, text, lambda: None) for text in ("Tutup sebagai terjawab", "Batalkan semuanya")]
    bar = ActionBar(buttons=buttons)
    qtbot.addWidget(bar)
    bar.resize(600, 50)
    bar.show()
    assert buttons[0].y() == buttons[1].y()

    bar.resize(240, 100)
    qtbot.waitUntil(lambda: buttons[0].y() > buttons[1].y())


@pytest.mark.parametrize("key", [(Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier),
                                 (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)])  # fmt: skip
def test_the_calendar_opens_by_keyboard(desk, qtbot, key):
    editor = DateEdit(desk)
    qtbot.addWidget(editor)
    editor.show()

    qtbot.keyClick(editor.line, *key)

    popup = editor.findChild(CalendarPopup)
    assert popup is not None
    assert popup.isVisible()
    popup.close()
