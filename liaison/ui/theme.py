"""The look: one set of tokens per palette feeds QPalette, the style sheet, the delegates and the icons.

Tokens stand in ``resources/themes``; what they mean and their contrast is in the README of the look and is computed by
the tests. Sizes are logical pixels at 100 % text; :meth:`Theme.px` multiplies by the text size the officer chose.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget

from liaison.i18n import resources

FAMILY = "IBM Plex Sans"
FALLBACKS = ("Noto Sans SC", "Noto Sans Khmer")
SMALLEST_ZOOM, LARGEST_ZOOM = 80, 200
ZOOM_STEPS = (80, 90, 100, 110, 125, 150, 175, 200)


class Palette(StrEnum):
    """What the officer may choose. ``SYSTEM`` follows the desktop where the desktop says anything."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Tone(StrEnum):
    """What a colour says. Red and amber only ever say late, refused, warned or waiting."""

    INK = "ink"
    QUIET = "ink3"
    ACCENT = "accent"
    RED = "red"
    AMBER = "amber"
    BLUE = "blue"
    GREEN = "green"
    GREY = "grey"


class Role(StrEnum):
    """What a text is, which decides its size, weight and ink."""

    MARK = "mark"
    TITLE = "title"
    CARD = "card"
    TEXT = "text"
    STRONG = "strong"
    BOLD = "bold"
    QUIET = "quiet"
    SECOND = "second"
    LABEL = "label"
    SECTION = "section"
    CAPTION = "caption"
    ERROR = "error"
    WARNING = "warning"
    GOOD = "good"
    ACCENT = "accent"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """Size in pixels at 100 %, weight of 400 to 700, colour token."""

    size: int
    weight: int
    colour: str


TYPES: Mapping[Role, Type] = {
    Role.MARK: Type(size=15, weight=700, colour="ink"),
    Role.TITLE: Type(size=20, weight=600, colour="ink"),
    Role.CARD: Type(size=15, weight=600, colour="ink"),
    Role.CODE: Type(size=15, weight=600, colour="ink"),
    Role.TEXT: Type(size=13, weight=400, colour="ink"),
    Role.STRONG: Type(size=13, weight=500, colour="ink"),
    Role.BOLD: Type(size=13, weight=600, colour="ink"),
    Role.QUIET: Type(size=13, weight=400, colour="ink2"),
    Role.SECOND: Type(size=12, weight=400, colour="ink3"),
    Role.LABEL: Type(size=12, weight=500, colour="ink2"),
    Role.SECTION: Type(size=12, weight=600, colour="ink2"),
    Role.CAPTION: Type(size=11, weight=500, colour="ink3"),
    Role.ERROR: Type(size=12, weight=500, colour="red"),
    Role.WARNING: Type(size=12, weight=500, colour="amber"),
    Role.GOOD: Type(size=12, weight=500, colour="green"),
    Role.ACCENT: Type(size=13, weight=500, colour="accent"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One palette as it stands in its file."""

    name: str
    outlined: bool
    colours: Mapping[str, str]


@lru_cache(maxsize=4)
def tokens(name: str) -> Tokens:
    """The tokens of one palette: ``light``, ``dark`` or ``contrast``."""
    found = tomllib.loads((resources() / "themes" / f"{name}.toml").read_text(encoding="utf-8"))
    return Tokens(name=found["name"], outlined=found["outlined"], colours=found["colours"])


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two hex colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class Theme(QObject):
    """The look now. One per program; painted widgets ask it at paint time, so a change needs only a repaint."""

    changed = Signal()

    def __init__(self, choice: Palette = Palette.SYSTEM, *, zoom: int = 100) -> None:
        super().__init__()
        self.choice = choice
        self.zoom = zoom
        self.tokens = tokens(_resolve(choice))
        self._fonts: dict[Role, QFont] = {}
        self._style = Style()

    @property
    def dark(self) -> bool:
        """Whether the ground is dark."""
        return self.tokens.name != "light"

    @property
    def outlined(self) -> bool:
        """Whether badges carry a line instead of a ground (high contrast)."""
        return self.tokens.outlined

    def hex(self, token: str) -> str:
        """A token's colour as ``#RRGGBB``."""
        return self.tokens.colours[token]

    def colour(self, token: str) -> QColor:
        """A token's colour."""
        return QColor(self.tokens.colours[token])

    def px(self, size: float) -> int:
        """A length that follows the text size."""
        return round(size * self.zoom / 100)

    def font(self, role: Role) -> QFont:
        """The font of a role at the present text size."""
        found = self._fonts.get(role)
        if found is None:
            kind = TYPES[role]
            found = QFont([FAMILY, *FALLBACKS])
            found.setPixelSize(self.px(kind.size))
            found.setWeight(QFont.Weight(kind.weight))
            self._fonts[role] = found
        return found

    def ink(self, role: Role) -> QColor:
        """The colour of a role."""
        return self.colour(TYPES[role].colour)

    def pane_width(self, base: int) -> int:
        """The width of a side pane: it grows with the text, but leaves room for what stands beside it."""
        return round(base * min(1.4, max(1.0, self.zoom / 100)))

    def row_height(self, base: int = 34) -> int:
        """A row of a list: what stands in it grows, the air around it does not."""
        return base + self.px(17) - 17

    def choose(self, choice: Palette) -> None:
        """Change the palette and repaint everything."""
        self.choice = choice
        self._install()

    def set_zoom(self, zoom: int) -> None:
        """Change the text size in percent, held between 80 and 200."""
        self.zoom = max(SMALLEST_ZOOM, min(LARGEST_ZOOM, zoom))
        self._install()

    def step_zoom(self, steps: int) -> None:
        """One step larger or smaller; 0 goes back to 100 %."""
        if steps == 0:
            self.set_zoom(100)
            return
        nearest = min(range(len(ZOOM_STEPS)), key=lambda i: abs(ZOOM_STEPS[i] - self.zoom))
        self.set_zoom(ZOOM_STEPS[max(0, min(len(ZOOM_STEPS) - 1, nearest + steps))])

    def install(self, app: QApplication) -> None:
        """Load the fonts and dress the whole program; called once at start."""
        load_fonts()
        app.setStyle(self._style)
        font = QFont([FAMILY, *FALLBACKS])
        font.setPixelSize(13)
        app.setFont(font)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        access = hints.accessibility()
        if access is not None:
            access.contrastPreferenceChanged.connect(self._system_changed)
        self._install()

    def _system_changed(self) -> None:
        if self.choice is Palette.SYSTEM:
            self._install()

    def _install(self) -> None:
        from liaison.ui.qss import style_sheet

        self.tokens = tokens(_resolve(self.choice))
        self._fonts.clear()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(self.palette())
            app.setStyleSheet(style_sheet(self))
        self.changed.emit()

    def palette(self) -> QPalette:
        """The tokens as Qt's own palette, for what no style sheet reaches."""
        palette = QPalette()
        for role, token in _QT_ROLES.items():
            palette.setColor(role, self.colour(token))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("ink3"))
        return palette


_R = QPalette.ColorRole
_QT_ROLES = {
    _R.Window: "bg", _R.WindowText: "ink", _R.Base: "surface", _R.AlternateBase: "surface", _R.Text: "ink",
    _R.Button: "surface", _R.ButtonText: "ink", _R.BrightText: "red", _R.Highlight: "accent",
    _R.HighlightedText: "onaccent", _R.Link: "accent", _R.LinkVisited: "accent", _R.ToolTipBase: "toast",
    _R.ToolTipText: "ontoast", _R.PlaceholderText: "ink3", _R.Light: "surface", _R.Midlight: "line", _R.Mid: "line2",
    _R.Dark: "line2", _R.Shadow: "line2", _R.Accent: "accent",
}  # fmt: skip


def _resolve(choice: Palette) -> str:
    """The palette to show. A desktop that says nothing (offscreen, plain X11) counts as light."""
    if choice is not Palette.SYSTEM:
        return choice.value
    hints = QGuiApplication.styleHints() if QGuiApplication.instance() is not None else None
    if hints is None:
        return Palette.LIGHT.value
    access = hints.accessibility()  # hints stays referenced: a sub-object alone is deleted under us
    if access is not None and access.contrastPreference() == Qt.ContrastPreference.HighContrast:
        return Palette.CONTRAST.value
    return (Palette.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else Palette.LIGHT).value


_fonts_loaded: set[str] = set()


def load_fonts() -> None:
    """Give Qt the vendored faces; the system's own default is never used."""
    folder = resources() / "fonts"
    # Plex carries the program; Chinese and Khmer names fall back to the faces that the paper uses too.
    for file in (*sorted((folder / "ibm-plex-sans").glob("*.ttf")), *sorted(folder.glob("noto-sans-*/*.ttf"))):
        if file.name not in _fonts_loaded:
            QFontDatabase.addApplicationFont(str(file))
            _fonts_loaded.add(file.name)


class Style(QProxyStyle):
    """Fusion, quieter: no underlined letters, list-like combo boxes, a password dot that our font has."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803
    ) -> int:
        """Qt asks how to behave."""
        ours = _HINTS.get(hint)
        return ours if ours is not None else super().styleHint(hint, option, widget, returnData)


_H = QStyle.StyleHint
_HINTS: dict[QStyle.StyleHint, int] = {
    _H.SH_UnderlineShortcut: 0,
    _H.SH_ComboBox_Popup: 0,
    _H.SH_LineEdit_PasswordCharacter: 0x2022,
    _H.SH_ItemView_ActivateItemOnSingleClick: 0,
    _H.SH_DialogButtonBox_ButtonsHaveIcons: 0,
}
