"""The booklet of hospitals: its cover with any number of countries, its tabs, and what a card says."""

import dataclasses
import datetime as dt

import pytest

from liaison.domain.network import Desk
from liaison.domain.privacy import Audience
from liaison.i18n import Language
from liaison.reports.blocks import Cover, DeskCard, Shape, TabHead
from liaison.reports.booklet import lay_out
from liaison.reports.booklet_ink import QR, booklet_strips
from liaison.reports.booklet_pages import INSET, TAB_WIDE
from liaison.reports.booklet_view import BookletView, Speed
from liaison.reports.flow import Spot
from tests.reports import samples
from tests.reports.test_directory import LINE, view

FACTS = {"en": ("Letters to", "Letters until"), "id": ("Surat ke", "Surat sampai")}


def booklet(*lines, city="Penang", zone="Asia/Kuala_Lumpur", speeds=()):
    return BookletView(
        as_of=samples.at(20, 14, 5), office=samples.OFFICE, cities=(view(*lines, city=city, zone=zone),), panels=(),
        speeds=speeds,
    )  # fmt: skip


def cards(one, language="en", audience=Audience.PUBLIC):
    return [b for b in lay_out(one, Language(language), audience=audience) if isinstance(b, DeskCard)]


class Ink:
    """Remembers the baselines of what is drawn."""

    def __init__(self):
        self.texts, self.rules, self.bar = [], [], 0.0

    def area(self, _x, y, _wide, high):
        self.bar = y + high

    def rule(self, _x, _end, y, *_more):
        self.rules.append(y)

    def text(self, _x, y, line, kind, **_more):
        self.texts.append((y, line, kind))

    def lines(self, x, y, lines, kind):
        for number, line in enumerate(lines):
            self.text(x, y + number * kind.pitch, line, kind)
        return y + max(0, len(lines) - 1) * kind.pitch


@pytest.mark.parametrize("countries", [0, 1, 5, 6, 10])
def test_the_numbers_of_a_cover_stand_between_its_title_and_its_foot(countries):
    numbers = (("This office", "+62 61-555 0100"), *((f"Ambulance, country {n}", "999") for n in range(countries)))
    cities = ", ".join(f"City {n}" for n in range(2 * countries + 1))
    (strip,) = booklet_strips(
        Cover(title="Whom to call", lines=(cities, "20 November 2026", "Valid until 28 February 2027"),
              numbers=numbers, foot="Office"), 120.0
    )  # fmt: skip
    ink = Ink()

    strip.draw(ink, Spot(x=0.0, y=0.0, at_top=True))

    foot = ink.texts[-1][0]
    assert len(ink.rules) == len(numbers) + 1
    assert ink.bar + 3.0 <= ink.rules[0]
    assert ink.rules[-1] + 6.0 <= foot
    assert all(low - high >= 7.0 for high, low in zip(ink.rules, ink.rules[1:], strict=False))


def test_a_tab_leaves_the_square_of_a_card_its_white_rim():
    modules = 45

    assert 4 * QR / modules <= INSET - TAB_WIDE


@pytest.mark.parametrize("language", ["id", "en"])
def test_letters_go_to_an_address_or_are_told_by_their_hour(language):
    to, until = FACTS[language]
    (bare,) = cards(booklet(LINE), language)
    (known,) = cards(booklet(dataclasses.replace(LINE, mail="gl@hospital.example")), language)
    (dumb,) = cards(booklet(dataclasses.replace(LINE, cut_off="")), language)

    assert to not in dict(bare.facts)
    assert dict(bare.facts)[until] == {"id": "12.00", "en": "12:00"}[language]
    assert dict(known.facts)[to].startswith("gl@hospital.example · ")
    assert until not in dict(known.facts)
    assert not {to, until} & set(dict(dumb.facts))


def test_one_letter_has_no_median():
    line = dataclasses.replace(LINE, key=7)
    (one,) = cards(booklet(line, speeds=((7, Speed(hours=12.0, n=1)),)), audience=Audience.INTERNAL)
    (two,) = cards(booklet(line, speeds=((7, Speed(hours=12.0, n=2)),)), audience=Audience.INTERNAL)

    assert dict(one.facts)["First letter"] == "12.0 working hours; one letter"
    assert dict(two.facts)["First letter"] == "12.0 working hours, median; n = 2"


def test_an_old_check_is_told_by_a_shape():
    days = [dt.date(2026, 11, 12), dt.date(2026, 8, 1), dt.date(2026, 5, 1), None]
    lines = [dataclasses.replace(LINE, verified_on=day, night_desk=Desk.IPC) for day in days]

    assert [card.checked.shape for card in cards(booklet(*lines))] == [None, Shape.COMING, Shape.LATE, Shape.LATE]


def test_singapore_heads_its_chapter_in_the_language_of_the_paper():
    for language, name in (("id", "Singapura"), ("en", "Singapore")):
        blocks = lay_out(booklet(city="Singapore", zone="Asia/Singapore"), Language(language), audience=Audience.PUBLIC)
        assert name in [block.text for block in blocks if isinstance(block, TabHead)]
