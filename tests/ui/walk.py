"""Walking the tree of widgets: what a screen reader finds, and what could be reached by Tab."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QWidget

_INNER = {"qt_scrollarea_viewport", "qt_spinbox_lineedit"}


def reachable(root):
    """Every visible widget under ``root`` that takes the focus by Tab."""
    found = []
    for widget in root.findChildren(QWidget):
        inner = widget.objectName() in _INNER or widget.focusProxy() is not None
        tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tabbed and widget.isVisible() and widget.isEnabled() and not inner:
            found.append(widget)
    return found


def nameless(root):
    """Those of them, and the buttons, that a screen reader could only call "button"."""
    buttons = [b for b in root.findChildren(QAbstractButton) if b.isVisible()]
    wanted = dict.fromkeys([*reachable(root), *buttons])
    return [w for w in wanted if not _name(w)]


def _name(widget):
    parent = widget.parentWidget()
    if isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget:
        return "viewport"
    interface = QAccessible.queryAccessibleInterface(widget)
    spoken = interface.text(QAccessible.Text.Name) if interface is not None else ""
    own = widget.accessibleName() or spoken
    if not own and parent is not None and parent.inherits("QComboBox"):
        return parent.accessibleName()  # the line of a searched choice speaks for its box
    return own
