"""A finished PDF is read back: what was drawn stands in it whole, on its page, or the paper is refused."""

import dataclasses
import datetime as dt
import io

import pytest

from liaison.domain.errors import Refused
from liaison.i18n import Language
from liaison.reports import making, recovery_sheet
from liaison.reports.blocks import Span, Text
from liaison.reports.leakscan import texts_of_pdf
from liaison.reports.pen import Pen
from liaison.reports.print_run import RunItem, bind, make_part
from liaison.reports.readback import MOST_SHOWN, check_bound, check_read_back, find_lost, without_text
from tests import make
from tests.reports import fill
from tests.reports.reading import TITLE, drawn

TEXTS = (
    "Rina Wulandari Siregar", "PT <Sehat> & Co &amp; <b>“x”</b>", "王小明 陈龘 𠂇𠂉", "ភ្នំពេញ ស្រី Sok ១២",
    "ក្រ" * 60, "\u17d2 a", "ﬁ ﬀ ½ … ²", "n\u0302\u0303 e\u0301", "- – — a-", "x" * 300, "ไทย \u202e \U0001f600",
    "a\u200db\tc\nd", "RM18.000,50\u00a0/ 1-2/",
)  # fmt: skip


@pytest.mark.parametrize("strong", [False, True])
@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_every_script_comes_back_whole(text, strong):
    data, printed = drawn([TITLE, Text(words=(Span(text, strong),))])

    assert find_lost(printed, texts_of_pdf(data)) == []


def test_a_letter_past_the_first_plane_is_called_by_its_name_in_the_file():
    data, _printed = drawn([TITLE, Text(words="王𠂇𪚥")])

    assert "王𠂇" in "".join(one.text for one in texts_of_pdf(data))


def lost(printed, data, **changes):
    """What is found when the last drawn text said something else than the file."""
    other = dataclasses.replace(printed.drawn[0], **changes)
    return find_lost(dataclasses.replace(printed, drawn=(*printed.drawn, other)), texts_of_pdf(data))


def test_a_text_that_is_not_in_the_file_is_told_with_its_page():
    data, printed = drawn([TITLE, Text(words="ada")])

    (problem,) = lost(printed, data, text="Rina <b>")

    assert problem.code == "TEXT_LOST"
    assert problem.text(Language("en")).startswith("Page 1: “Rina <b>” does not stand whole")


def test_a_single_lost_digit_is_found_though_other_numbers_hold_it():
    data, printed = drawn([TITLE, Text(words="755")])

    assert [p.values["page"] for p in lost(printed, data, text="7")] == [1]


def test_letters_in_another_order_are_lost():
    data, printed = drawn([TITLE, Text(words="Siregar Rina")])
    turned = tuple(
        dataclasses.replace(one, text="Rina Siregar") if one.text == "Siregar Rina" else one for one in printed.drawn
    )

    (problem,) = find_lost(dataclasses.replace(printed, drawn=turned), texts_of_pdf(data))

    assert problem.values["text"] == "Rina Siregar"


def test_a_lost_glyph_of_a_shaped_word_is_found():
    data, printed = drawn([TITLE, Text(words="ភ្នំពេញ")])

    assert lost(printed, data, text="ពេ", glyphs="\uf8ff")


def test_a_text_on_another_page_than_it_was_drawn_on_is_lost():
    data, printed = drawn([TITLE, *(Text(words=f"isi {n}") for n in range(60))])
    assert printed.pages == 2

    assert [p.values["page"] for p in lost(printed, data, text="isi 59", page=1)] == [1]


def test_a_long_text_is_told_by_its_beginning():
    data, printed = drawn([TITLE])

    assert len(lost(printed, data, text="q" * 500)[0].values["text"]) == MOST_SHOWN


# the papers


def losing(monkeypatch, word):
    """From now on the file loses a word that the page was to show."""

    def without(whole):
        def write(self, x, y, text, *more, **named):
            return whole(self, x, y, text.replace(word, ""), *more, **named)

        return write

    for way in ("_run", "_letters"):
        monkeypatch.setattr(Pen, way, without(getattr(Pen, way)))


@pytest.mark.parametrize(
    ("name", "options"), [("directory", {"city": "Penang"}), ("booklet", {}), ("booklet", {"form": "sheets"})]
)
def test_a_paper_that_lost_a_word_is_refused_and_says_which(store, monkeypatch, name, options):
    fill.fill(store, 0)
    losing(monkeypatch, "Wah")

    with pytest.raises(Refused) as caught:
        make.see(store, making.make_report, name, options, language="en")

    assert {p.code for p in caught.value.problems} == {"TEXT_LOST"}
    assert "Lam Wah Ee" in caught.value.text(Language("id"))


def test_a_folded_booklet_is_read_side_by_side(store):
    fill.fill(store, 0)

    assert make.see(store, making.make_report, "booklet", {"form": "sheets"}, language="en").pages > 1


def test_the_recovery_sheet_is_read_back(monkeypatch):
    sheet = recovery_sheet.RecoverySheet(
        code="AAAA-BBBB-CCCC", office="PT <Sehat> & Co", officer="王龘", day=dt.date(2026, 11, 20)
    )
    recovery_sheet.make_recovery_sheet(sheet, first=Language("id"), second=Language("en"))
    losing(monkeypatch, "<Sehat>")

    with pytest.raises(Refused):
        recovery_sheet.make_recovery_sheet(sheet, first=Language("id"), second=Language("en"))


def test_a_print_run_is_read_back_and_its_contents_name_nobody(store, monkeypatch):
    fill.fill(store, 0)
    item = RunItem(report="directory", options={"city": "Penang"}, language="en", label="Penang")
    good = make.see(store, make_part, item)
    bound = make.see(store, bind, [good], language="en")

    check_bound([(bound.first_pages[0], good.result.data)], bound.data)
    with pytest.raises(Refused):
        check_bound([(1, good.result.data)], bound.data)

    losing(monkeypatch, "Wah")
    (problem,) = make.see(store, make_part, item).problems
    assert problem.values == {"page": 1}
    assert without_text(problem) == problem
    losing(monkeypatch, "Penang")
    with pytest.raises(Refused):
        make.see(store, bind, [good], language="en")


def test_a_file_without_any_text_is_refused():
    data, printed = drawn([TITLE])
    empty = io.BytesIO()
    import pikepdf

    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(empty)

    check_read_back(printed, data)
    with pytest.raises(Refused):
        check_read_back(printed, empty.getvalue())
