"""The look: every pair of colours that meets on the screen can be read, in every palette."""

import re

import pytest
from PySide6.QtWidgets import QLabel

from liaison.i18n import resources
from liaison.ui.qss import style_sheet
from liaison.ui.theme import TYPES, Palette, Role, Theme, contrast, tokens
from liaison.ui.widgets.label import Label

PALETTES = ["light", "dark", "contrast"]
GROUNDS = ["bg", "surface", "sunken", "hover", "selected"]
TEXTS = ["ink", "ink2", "ink3", "accent", "red", "amber", "blue", "green", "grey"]
ON_THEIR_OWN = [
    ("red", "redbg"), ("red", "redsoft"), ("amber", "amberbg"), ("blue", "bluebg"), ("green", "greenbg"),
    ("grey", "greybg"), ("ink3", "greybg"), ("accent", "soft"), ("onaccent", "accent"), ("ontoast", "toast"),
    ("toastaccent", "toast"), ("toastwarn", "toast"), ("ink", "redsoft"), ("ink2", "redsoft"), ("ink", "amberbg"),
]  # fmt: skip
PARTS = [("field", "surface"), ("field", "selected"), ("focus", "surface"), ("focus", "bg"), ("accent", "surface"),
         ("amberfill", "surface"), ("age3", "surface"), ("red", "surface")]  # fmt: skip


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_can_be_read_on_every_ground_it_may_stand_on(palette, ground, text):
    colours = tokens(palette).colours

    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(("text", "ground"), ON_THEIR_OWN)
def test_badges_buttons_and_toasts_can_be_read_on_their_own_ground(palette, text, ground):
    colours = tokens(palette).colours

    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(("part", "ground"), PARTS)
def test_borders_focus_and_bars_stand_out(palette, part, ground):
    colours = tokens(palette).colours

    assert contrast(colours[part], colours[ground]) >= 3.0


def test_the_palettes_name_the_same_tokens():
    names = [set(tokens(p).colours) for p in PALETTES]

    assert names[0] == names[1] == names[2]
    assert all(re.fullmatch(r"#[0-9A-F]{6}", c) for p in PALETTES for c in tokens(p).colours.values())


def test_no_text_is_smaller_than_eleven_pixels():
    assert min(kind.size for kind in TYPES.values()) == 11


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("zoom", [80, 100, 200])
def test_the_style_sheet_is_filled_for_every_palette_and_text_size(qapp, palette, zoom):
    sheet = style_sheet(Theme(Palette(palette), zoom=zoom))

    assert "$" not in sheet
    assert not re.search(r"\*\s*\{[^}]*font-size", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))


def test_text_grows_with_the_text_size_and_is_held_between_eighty_and_two_hundred(theme, qtbot):
    label = Label("Suyanti", Role.TITLE)
    qtbot.addWidget(label)
    label.show()
    small = label.fontMetrics().height()

    theme.set_zoom(300)

    assert theme.zoom == 200
    assert label.fontMetrics().height() > small * 1.8
    theme.step_zoom(-1)
    assert theme.zoom == 175
    theme.step_zoom(0)
    assert theme.zoom == 100


def test_an_unknown_desktop_counts_as_light(qapp):
    assert Theme(Palette.SYSTEM).tokens.name == "light"


def test_the_vendored_family_is_used_and_its_digits_are_equally_wide(theme):
    from PySide6.QtGui import QFontInfo, QFontMetricsF

    font = theme.font(Role.STRONG)

    assert QFontInfo(font).family() == "IBM Plex Sans"
    assert len({QFontMetricsF(font).horizontalAdvance(d) for d in "0123456789"}) == 1


def test_the_password_dot_is_one_that_the_family_has(theme, qtbot):
    from PySide6.QtWidgets import QLineEdit, QStyle

    line = QLineEdit()
    qtbot.addWidget(line)

    assert "lineedit-password-character: 8226" in (resources() / "themes" / "window.qss").read_text(encoding="utf-8")
    assert line.style().styleHint(QStyle.StyleHint.SH_ComboBox_Popup) == 0


def test_a_name_that_looks_like_markup_is_shown_as_typed(theme, qtbot):
    label = Label("<b>Siti</b> & <img src=x>")
    qtbot.addWidget(label)

    assert isinstance(label, QLabel)
    assert label.textFormat().name == "PlainText"
    assert label.text() == "<b>Siti</b> & <img src=x>"
