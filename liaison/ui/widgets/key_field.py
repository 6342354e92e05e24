"""A field that takes the next keys pressed, with what is held down. Enter or a click opens it, Esc leaves it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton

from liaison.i18n import N_, Language

PRESS = N_("Press the keys…")
NONE = N_("none")
HELD_ALONE = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class KeyField(QPushButton):
    """Shows keys; while it listens, nothing pressed acts anywhere else."""

    pressed_keys = Signal(str)
    """Portable text of what was pressed."""

    def __init__(self, words: Language, *, name: str) -> None:
        super().__init__()
        self._words, self._name, self._keys = words, name, ""
        self.listening = False
        self.setProperty("kind", "secondary")
        self.setProperty("scale", "small")
        self.setAutoDefault(False)
        self.clicked.connect(lambda _checked=False: self.listen())
        self.show_keys("")

    def show_keys(self, keys: str) -> None:
        """Show these keys as the keyboard names them; none says so."""
        self._keys = keys
        self.listening = False
        sequence = QKeySequence.fromString(keys, QKeySequence.SequenceFormat.PortableText)
        shown = sequence.toString(QKeySequence.SequenceFormat.NativeText) or self._words(NONE)
        self.setText(shown)
        self.setAccessibleName(f"{self._name}: {shown}")

    def listen(self) -> None:
        """Take the next keys."""
        self.listening = True
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setText(self._words(PRESS))
        self.setAccessibleName(f"{self._name}: {self._words(PRESS)}")

    def event(self, event: QEvent) -> bool:
        """While listening, keys come here before any menu sees them; Tab goes on as everywhere."""
        if event.type() == QEvent.Type.ShortcutOverride and self.listening:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what is pressed; Esc leaves all as it was."""
        if not self.listening:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self.listen()
            else:
                super().keyPressEvent(event)
            return
        event.accept()
        if event.key() in HELD_ALONE or event.isAutoRepeat():
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape and not held:
            self.show_keys(self._keys)
            return
        self.show_keys(self._keys)
        pressed = QKeySequence(QKeyCombination(held, Qt.Key(event.key())))
        self.pressed_keys.emit(pressed.toString(QKeySequence.SequenceFormat.PortableText))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Who goes elsewhere changes nothing."""
        super().focusOutEvent(event)
        if self.listening:
            self.show_keys(self._keys)
