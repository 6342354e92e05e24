"""Icons: all there, in the theme's colours."""

import re
from pathlib import Path

from PySide6.QtWidgets import QToolButton

from liaison.i18n import resources
from liaison.ui.icons import Icons
from liaison.ui.theme import Palette

UI = Path(__file__).resolve().parents[2] / "liaison" / "ui"


def there():
    return {p.stem for p in (resources() / "icons").glob("*.svg")}


def test_every_icon_that_the_code_names_is_there():
    asked = {
        name
        for source in UI.rglob("*.py")
        for name in re.findall(r"""icon=["']([a-z0-9-]+)["']""", source.read_text(encoding="utf-8"))
    }

    assert asked - there() == set()


def test_the_licence_of_the_icons_stands_beside_them():
    assert "ISC" in (resources() / "icons" / "LICENSE").read_text(encoding="utf-8")


def test_an_icon_is_drawn_in_the_colour_of_its_token(theme):
    image = Icons(theme).pixmap("check", token="red", size=32, ratio=2).toImage()

    seen = {
        image.pixelColor(x, y).name() for x in range(64) for y in range(64) if image.pixelColor(x, y).alpha() == 255
    }

    assert theme.hex("red").lower() in seen
    assert image.width() == 64


def test_buttons_are_redrawn_when_the_palette_changes(theme, qtbot):
    icons = Icons(theme)
    button = QToolButton()
    qtbot.addWidget(button)
    icons.set_icon(button, "lock")
    before = button.icon().pixmap(16, 16).toImage()

    theme.choose(Palette.DARK)

    assert button.icon().pixmap(16, 16).toImage() != before
