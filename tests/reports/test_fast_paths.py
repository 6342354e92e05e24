"""What is done at once for plain texts and long lists gives the same as letter by letter and one by one."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.reports import leakscan, text
from liaison.reports.blocks import Headline
from liaison.reports.one_look import once
from liaison.reports.pdf import write_pdf
from liaison.reports.style import BODY, CELL
from tests.reports.reading import STAMP, TITLE, pages_of

PLAIN = st.text(st.sampled_from("ab 19/-–n=NovWIB.,\u2011\u200b\u00a0é"), max_size=40)


@settings(max_examples=60, deadline=None)
@given(PLAIN, st.floats(5, 80))
def test_a_text_that_fits_its_line_breaks_as_letter_by_letter(words, room):
    assert text.wrap(words, CELL, room) == text._wrapped(words, CELL, room, None)


@settings(max_examples=60, deadline=None)
@given(PLAIN)
def test_a_plain_text_is_measured_as_letter_by_letter(words):
    if text.clean(words).strip():
        assert text.runs(words, BODY.size, BODY.weight) == text._runs(words, BODY.size, BODY.weight)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("aZ09 -/._\n٣é+"), max_size=20), max_size=6))
def test_numbers_compared_in_one_go_are_those_compared_one_by_one(numbers):
    wanted = [leakscan._key(number) for number in numbers] or [""]
    assert leakscan._keys(numbers) == wanted
    assert leakscan._all_digits(numbers) == ([leakscan._digits(number) for number in numbers] or [""])


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("aZé đ-'."), max_size=20))
def test_a_name_is_folded_the_same(name):
    assert leakscan._folded(name).split() == leakscan.plain_fold(name).split()


def test_a_letter_beyond_the_first_256_of_a_font_is_drawn_too():
    codes = map(chr, range(0xA1, 0x520))
    signs = "".join(sign for sign in codes if sign.isalpha() and text.clean(sign) == sign)
    assert len(signs) > 256
    target = io.BytesIO()
    write_pdf(
        [TITLE, *(Headline(text=f"7 {signs[n : n + 40]}") for n in range(0, len(signs), 40))], target, stamp=STAMP
    )

    told = "".join(pages_of(target.getvalue()))
    assert [sign for sign in signs if sign not in told] == []


def test_the_footer_square_stands_in_the_file_once():
    one, many = io.BytesIO(), io.BytesIO()
    write_pdf([TITLE, Headline(text="1")], one, stamp=STAMP)
    write_pdf([TITLE, Headline(text="1")] * 10, many, stamp=STAMP)

    assert many.getvalue().count(b"/Subtype /Form") == one.getvalue().count(b"/Subtype /Form") == 1


class Look:
    def __init__(self, **info):
        self.info = info


def test_one_look_works_out_once_and_an_action_always_anew():
    counted = []
    look, action = Look(), Look(action_id=1)

    for session in (look, look, action, action):
        once(session, "people", lambda: counted.append(1))

    assert len(counted) == 3
