"""The one window: it holds the lock screen, the first run or the office, its menus and its place on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QColor, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QSizePolicy, QVBoxLayout, QWidget

from liaison.i18n import N_, Language
from liaison.settings import Geometry
from liaison.ui.actions import Action, Actions, Menu, qt_action
from liaison.ui.icons import Icons
from liaison.ui.theme import Role, Theme
from liaison.ui.widgets.buttons import quiet
from liaison.ui.widgets.label import Label

LEAST_WIDTH, LEAST_HEIGHT = 1024, 520
USUAL = QRect(60, 60, 1366, 768)
SAMPLE = N_("SAMPLE")
SAMPLE_SAID = N_("Invented people. Nothing here touches your real office.")
LEAVE_SAMPLE = N_("Leave the sample office")
STRIPE = 26


class SampleStripe(QWidget):
    """The striped title bar of the sample office, so that nobody takes it for the real one."""

    def __init__(self, theme: Theme, icons: Icons, words: Language, leave: Callable[[], object]) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(theme.row_height(STRIPE))
        self.setAccessibleName(f"{words(SAMPLE)}. {words(SAMPLE_SAID)}")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 10, 0)
        row.setSpacing(10)
        row.addWidget(Label(words(SAMPLE), Role.SECTION))
        row.addWidget(Label(words(SAMPLE_SAID), Role.SECOND, elide=True), 1)
        row.addWidget(quiet(icons, words(LEAVE_SAMPLE), leave, icon="log-out", small=True))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw slanted stripes at both ends."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.colour("amberbg"))
        painter.setPen(Qt.PenStyle.NoPen)
        colour = QColor(self._theme.colour("amberfill"))
        colour.setAlpha(70)
        painter.setBrush(colour)
        height = float(self.height())
        left = -height
        while left < self.width():
            spot = QRectF(left, 0, height, height)
            slant = [spot.bottomLeft(), spot.topRight()]
            wide = QRectF(left + 9, 0, height, height)
            painter.drawPolygon(QPolygonF([slant[0], slant[1], wide.topRight(), wide.bottomLeft()]))
            left += 26
        painter.end()


class MainWindow(QMainWindow):
    """Frames only: what stands in it is given by the program."""

    closing = Signal()
    """The user wants to leave; the program puts everything away and then calls :meth:`leave`."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self.setWindowTitle("Liaison")
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self._holder = QWidget()
        self._box = QVBoxLayout(self._holder)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.setCentralWidget(self._holder)
        self._content: QWidget | None = None
        self._stripe: SampleStripe | None = None
        self._qt_actions: list[QAction] = []
        self._menus: list[QMenu] = []
        self._may_close = False
        self._alt_alone = False
        self._normal = USUAL
        self.menuBar().hide()
        self.menuBar().installEventFilter(self)

    # content

    def show_content(self, content: QWidget) -> QWidget | None:
        """Put something else into the window; what stood there is let go."""
        old, self._content = self._content, content
        self._box.addWidget(content, 1)
        if old is not None:
            old.hide()
            self._box.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        content.show()
        return old

    def show_sample(self, words: Language | None, leave: Callable[[], object]) -> None:
        """Put the stripe of the sample office on top, or take it away."""
        if self._stripe is not None:
            self._stripe.setParent(None)
            self._stripe.deleteLater()
            self._stripe = None
        if words is not None:
            self._stripe = SampleStripe(self._theme, self._icons, words, leave)
            self._box.insertWidget(0, self._stripe)
        self.setWindowTitle("Liaison" if words is None else f"Liaison · {words(SAMPLE)}")

    # menus and keys

    def show_actions(self, actions: Actions | None, words: Language) -> None:
        """Fill the menus and set the keys; ``None`` takes them all away (lock screen)."""
        for made in self._qt_actions:
            self.removeAction(made)
            made.deleteLater()
        self._qt_actions = []
        for old in self._menus:  # the bar would only let go of them
            old.deleteLater()
        self._menus = []
        self.menuBar().clear()
        if actions is None:
            return
        for action in actions:
            self._add(action, words)
        for menu in Menu:
            shown = QMenu(words(menu.value), self.menuBar())
            self._menus.append(shown)
            self.menuBar().addMenu(shown)
            self._fill(shown, actions.of_menu(menu))

    def _add(self, action: Action, words: Language) -> None:
        made = qt_action(action, self, words, self._icons)
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.addAction(made)
        self._qt_actions.append(made)

    def _fill(self, menu: QMenu, actions: Iterable[Action]) -> None:
        """The menu shares the keys' actions, so that words and greying agree."""
        by_key = {made.objectName(): made for made in self._qt_actions}
        for number, action in enumerate(actions):
            if action.part and number:
                menu.addSeparator()
            menu.addAction(by_key[action.key])

    def action(self, key: str) -> QAction:
        """The action of a key as Qt knows it."""
        return next(made for made in self._qt_actions if made.objectName() == key)

    def show_menu_bar(self) -> None:
        """Show the menus and go into them (F10, Alt)."""
        if self._qt_actions:
            self.menuBar().show()
            self.menuBar().setFocus(Qt.FocusReason.MenuBarFocusReason)
            first = self.menuBar().actions()
            if first:
                self.menuBar().setActiveAction(first[0])

    def pop_menus(self, at: QPoint) -> None:
        """All menus as one, for the mouse."""
        if self._qt_actions:
            whole = QMenu(self)
            whole.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for each in self.menuBar().actions():
                whole.addAction(each)
            whole.popup(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt alone and F10 show the menus."""
        self._alt_alone = event.key() == Qt.Key.Key_Alt
        if event.key() == Qt.Key.Key_F10 and not event.modifiers():
            self.show_menu_bar()
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Alt alone shows the menus."""
        if event.key() == Qt.Key.Key_Alt and self._alt_alone and not event.isAutoRepeat():
            if self.menuBar().isVisible():
                self.menuBar().hide()
            else:
                self.show_menu_bar()
        self._alt_alone = False
        super().keyReleaseEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The menu bar goes when it is left."""
        if watched is self.menuBar() and event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._hide_menu_bar)
        return super().eventFilter(watched, event)  # type: ignore[arg-type]  # Qt gives a QObject

    def _hide_menu_bar(self) -> None:
        if self.menuBar().activeAction() is None or not self.menuBar().hasFocus():
            self.menuBar().hide()

    # place on the screen

    def place(self, geometry: Geometry | None) -> None:
        """Put the window where it was, clamped to a screen that exists. Called before it is first shown."""
        wanted = USUAL
        if geometry is not None:
            wanted = QRect(geometry.left, geometry.top, geometry.width, geometry.height)
        screen = QGuiApplication.screenAt(wanted.center()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry() if screen is not None else wanted
        size = wanted.size().boundedTo(room.size())
        left = max(room.left(), min(wanted.left(), room.right() - size.width() + 1))
        top = max(room.top(), min(wanted.top(), room.bottom() - size.height() + 1))
        self._normal = QRect(left, top, size.width(), size.height())
        self.setGeometry(self._normal)
        if geometry is not None and geometry.maximised:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def geometry_now(self) -> Geometry:
        """Where the window is, as plain numbers."""
        maximised = self.isMaximized() or self.isFullScreen()
        normal = self.normalGeometry() if maximised else self.geometry()
        if not normal.isValid():
            normal = self._normal
        return Geometry(
            left=normal.left(), top=normal.top(), width=normal.width(), height=normal.height(), maximised=maximised
        )  # fmt: skip

    def switch_full_screen(self) -> None:
        """Fill the whole screen, or go back."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    # leaving

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leaving puts everything away first."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()

    def leave(self) -> None:
        """Everything is put away."""
        self._may_close = True
        self.close()
