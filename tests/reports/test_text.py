"""All text on paper: cleaned, cut into fonts, measured, wrapped, and never lost."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.reports.blocks import Span
from liaison.reports.fonts import CHINESE, KHMER, LATIN
from liaison.reports.style import BODY, CELL, HEADLINE, Weight
from liaison.reports.text import clean, emphasised, fitted, line, marks, plain, runs, width, wrap
from liaison.reports.wording import bound

LETTERS = st.text(
    alphabet=st.one_of(
        st.sampled_from("abcXYZ 0123456789-/.,&<>'\"éñđ"),
        st.sampled_from("黄美玲广州人民"),
        st.characters(min_codepoint=0x1780, max_codepoint=0x17B3),
    ),
    max_size=120,
)


def without_blanks(text):
    return "".join(text.split())


def test_markup_is_only_letters():
    assert clean("PT Maju <Ltd> & Co </b>") == "PT Maju <Ltd> & Co </b>"


def test_a_line_break_becomes_a_blank():
    assert clean("Mount Elizabeth\n(Orchard)") == "Mount Elizabeth (Orchard)"


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\x07", "\u200b", "\ue000", "\U0001f600", "ไ", "\ufeff"])
def test_what_no_font_draws_or_what_hides_text_is_shown_as_a_mark(character):
    shown = clean(f"a{character}b")

    assert shown == f"a[U+{ord(character):04X}]b"
    assert marks([shown]) == (f"[U+{ord(character):04X}]",)


def test_a_zero_width_space_belongs_to_khmer_and_is_kept_there():
    assert clean("ភ្នំ\u200bពេញ") == "ភ្នំ\u200bពេញ"
    assert marks(["ភ្នំ\u200bពេញ"]) == ()


def test_a_joiner_stays_between_khmer_letters_and_shows_elsewhere():
    assert clean("ក\u200cខ") == "ក\u200cខ"
    assert clean("a\u200cb") == "a[U+200C]b"
    assert len(runs("ក\u200cខ\u200bគ", 9, Weight.REGULAR)) == 1


def test_narrow_and_soft_characters_have_plain_twins():
    assert clean("1\u202f000\u2011a\u00adb") == "1\u00a0000-ab"


def test_letters_and_their_accents_are_composed():
    assert clean("Nguye\u0302\u0303n") == unicodedata.normalize("NFC", "Nguye\u0302\u0303n")


def test_each_script_has_its_font():
    faces = [run.face.name for run in runs("Ng 黄 ភ្នំ", 9, Weight.REGULAR)]

    assert [name.split("-")[0] for name in faces] == [LATIN, CHINESE, KHMER]


def test_digits_are_equally_wide_in_every_weight():
    widths = {round(width(digit, kind), 6) for digit in "0123456789" for kind in (CELL, CELL.strong())}

    assert len(widths) == 1


@settings(max_examples=60, deadline=None)
@given(text=LETTERS, room=st.floats(min_value=14, max_value=120))
def test_wrapping_loses_nothing_and_keeps_to_its_room(text, room):
    lines = wrap(text, BODY, room)

    assert without_blanks("".join(one.text for one in lines)) == without_blanks(clean(text))
    assert all(one.width <= room + 0.01 for one in lines)


@settings(max_examples=40, deadline=None)
@given(parts=st.lists(st.tuples(st.text("abc \u00a0x", max_size=20), st.booleans()), max_size=6))
def test_strong_words_are_wrapped_like_the_others(parts):
    words = tuple(Span(text, strong) for text, strong in parts)

    lines = wrap(words, BODY, 30)

    assert without_blanks("".join(one.text for one in lines)) == without_blanks(clean(plain(words)))


def test_a_line_never_breaks_at_a_no_break_space_or_before_a_month():
    lines = wrap("operasi pada 18 Nov 2026 pukul 14.05 WIB dengan n = 210 orang", CELL, 22)

    assert not any(one.text.endswith(("18", "14.05", "n", "n =")) for one in lines)


def test_a_word_longer_than_the_line_is_broken_between_letters():
    lines = wrap("GL/" + "9" * 80, CELL, 40)

    assert len(lines) > 1
    assert "".join(one.text for one in lines) == "GL/" + "9" * 80


def test_a_khmer_syllable_is_never_torn():
    lines = wrap("ភ្នំ" * 30, CELL, 20)

    assert all(not one.text.startswith("\u17d2") and unicodedata.category(one.text[0]) == "Lo" for one in lines)


def test_chinese_breaks_between_any_two_signs_but_not_before_a_full_stop():
    lines = wrap("患者情况稳定。" * 12, CELL, 30)

    assert len(lines) > 2
    assert not any(one.text.startswith("。") for one in lines)


def test_a_bound_telephone_number_is_never_parted_over_a_line():
    for room in range(30, 60, 3):
        lines = [one.text for one in wrap(f"Ask us on {bound('+62 61-555 0100')}.", CELL, room)]

        assert any("+62\u00a061-555\u00a00100" in one for one in lines)


def test_ten_thousand_letters_are_wrapped_in_good_time():
    assert sum(len(one.text) for one in wrap("x" * 10_000, CELL, 60)) == 10_000


def test_key_words_are_found_in_the_finished_sentence():
    words = emphasised("Half of letters take 6.4 hours, not 64.", "6.4 hours")

    assert [span.text for span in words if span.strong] == ["6.4 hours"]
    assert plain(words) == "Half of letters take 6.4 hours, not 64."


def test_a_key_word_that_is_not_there_changes_nothing():
    assert emphasised("Nothing here.", "gone", "") == (Span("Nothing here."),)


def test_a_line_too_wide_is_set_smaller_but_never_under_the_smallest_type():
    assert fitted("kata " * 60, HEADLINE, 40).size == 7.5
    assert fitted("kata", HEADLINE, 40) is HEADLINE


def test_bold_chinese_is_drawn_with_an_outline():
    assert line("黄", CELL.strong()).runs[0].face.emboldened
    assert not line("黄", CELL).runs[0].face.emboldened


def test_a_span_of_days_is_never_parted_over_a_line():
    lines = wrap("Kartu kedatangan 12–15\u00a0Nov", BODY, width("Kartu kedatangan 12–15", BODY) + 0.5)

    assert [line.text.strip() for line in lines] == ["Kartu kedatangan", "12–15\u00a0Nov"]
