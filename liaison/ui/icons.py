"""Icons: Lucide's SVGs, recoloured from the theme, drawn at the screen's own resolution and kept.

Buttons say which icon they carry (``set_icon``), so that a change of palette redraws them in place.
"""

from __future__ import annotations

from functools import lru_cache
from weakref import WeakSet

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QScreen
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton
from shiboken6 import isValid

from liaison.i18n import resources
from liaison.ui.theme import Theme

_STROKE = b'stroke-width="1.75"'


@lru_cache(maxsize=256)
def _source(name: str) -> bytes:
    text = (resources() / "icons" / f"{name}.svg").read_bytes()
    return text.replace(b'stroke-width="2"', _STROKE)


@lru_cache(maxsize=2048)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", colour.encode())))
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _ratios() -> set[float]:
    """The resolutions of the screens that are there now."""
    return {screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}


class Icons:
    """Draws icons in the colours of one theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._dressed: WeakSet[QAbstractButton] = WeakSet()
        theme.changed.connect(self.refresh)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._screen_added)

    def pixmap(self, name: str, *, token: str = "ink2", size: int = 16, ratio: float = 1.0) -> QPixmap:
        """One icon in one colour, ``size`` logical pixels wide at 100 % text."""
        return _pixmap(name, self._theme.hex(token), self._theme.px(size), ratio)

    def icon(self, name: str, *, token: str = "ink2", size: int = 16) -> QIcon:
        """An icon for Qt's own widgets, sharp on every screen, grey when disabled."""
        icon = QIcon()
        for ratio in _ratios():
            icon.addPixmap(self.pixmap(name, token=token, size=size, ratio=ratio), QIcon.Mode.Normal)
            icon.addPixmap(self.pixmap(name, token="off", size=size, ratio=ratio), QIcon.Mode.Disabled)
        return icon

    def paint(self, painter: QPainter, rect: QRectF, name: str, *, token: str = "ink2", size: int = 16) -> None:
        """Draw one icon in the middle of a rectangle."""
        ratio = painter.device().devicePixelRatioF()
        pixmap = self.pixmap(name, token=token, size=size, ratio=ratio)
        edge = self._theme.px(size)
        spot = QRectF(rect.center().x() - edge / 2, rect.center().y() - edge / 2, edge, edge)
        painter.drawPixmap(spot, pixmap, QRectF(pixmap.rect()))

    def set_icon(self, button: QAbstractButton, name: str, *, token: str = "ink2", size: int = 16) -> None:
        """Give a button an icon that follows the palette."""
        button.setProperty("iconName", name)
        button.setProperty("iconToken", token)
        button.setProperty("iconSize_", size)
        self._dressed.add(button)
        self._dress(button)

    def refresh(self) -> None:
        """Redraw the icons of all buttons after a change of palette or text size.

        Only the buttons dressed here are asked: going through all widgets of the program would touch Qt's own inner
        ones too, whose wrappers nobody tells when the collector takes their window away in the middle of the walk.
        """
        for button in list(self._dressed):
            if isValid(button):
                self._dress(button)

    def _screen_added(self, _screen: QScreen) -> None:
        self.refresh()

    def _dress(self, button: QAbstractButton) -> None:
        size = int(button.property("iconSize_"))
        button.setIcon(self.icon(str(button.property("iconName")), token=str(button.property("iconToken")), size=size))
        button.setIconSize(QSize(self._theme.px(size), self._theme.px(size)))
