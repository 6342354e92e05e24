"""Khmer letters join and stack as in a picture kept beside this file, drawn with the program's own font.

Differences of smoothing are let through: on average three of 255 steps of grey, and one dot in a hundred clearly
other. Letters that are set one after another without joining differ many times as much. After a change that is meant:
``python -m tests.reports.test_khmer`` draws the picture anew; look at it.
"""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from liaison.reports import pen as pen_module
from liaison.reports.blocks import Span, Text
from tests.reports.reading import TITLE, drawn

PICTURE = Path(__file__).with_name("khmer.png")
WORDS = ("ភ្នំពេញ ក្រុមស្ត្រី ព្រះវិចិត្រ ខ្ញុំក្មេង", "សុខ ច័ន្ទ · Sok Chan 王 · ១២៣៤៥")
MOST_APART, CLEARLY, MOST_DOTS = 3.0, 96, 0.01


def picture():
    """The words, plain and strong, as grey dots."""
    data, _printed = drawn([TITLE, *(Text(words=(Span(text, strong),)) for text in WORDS for strong in (False, True))])
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[0].render(scale=2.5, grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    wide, high = page.size
    return page.crop((int(wide * 0.08), int(high * 0.066), int(wide * 0.55), int(high * 0.13)))


def apart(one, other):
    """How much two pictures differ on average, and the share of dots that are clearly other."""
    difference = ImageChops.difference(one, other)
    dots = difference.point(lambda step: 255 if step > CLEARLY else 0)
    return ImageStat.Stat(difference).mean[0], ImageStat.Stat(dots).mean[0] / 255


def test_shaped_letters_look_as_in_the_picture():
    kept = Image.open(PICTURE)
    now = picture()

    assert now.size == kept.size
    mean, dots = apart(now, kept)
    assert mean < MOST_APART
    assert dots < MOST_DOTS


def test_letters_that_do_not_join_would_be_noticed(monkeypatch):
    class Alone:
        def __init__(self, character, x):
            self.character, self.x, self.y = character, x, 0.0

    def unjoined(text, _name):
        return tuple(Alone(character, 0.6 * place) for place, character in enumerate(text)), 0.6 * len(text)

    monkeypatch.setattr(pen_module, "placed", unjoined)
    mean, dots = apart(picture(), Image.open(PICTURE))

    assert mean > 2 * MOST_APART
    assert dots > 2 * MOST_DOTS


@pytest.mark.parametrize("text", ["ក", "\u17d2", "ក\u17d2", "\u17b6\u17c6"])
def test_a_torn_syllable_is_still_drawn(text):
    data, _printed = drawn([TITLE, Text(words=text)])

    assert data.startswith(b"%PDF")


if __name__ == "__main__":
    picture().quantize(16).convert("L").save(PICTURE, optimize=True)
