"""A place for files in a form: dropped on it, pasted with Ctrl+V anywhere in the form, or chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.incoming import Incoming, files_of, has_files, of_paths
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import icon_button, link
from liaison.ui.widgets.editors import restyle
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import IconView, clear


class FileSlot(QFrame):
    """The files of a form, by name; ``changed`` when one came or went."""

    changed = Signal()

    def __init__(self, desk: Desk, *, name: str) -> None:
        super().__init__()
        self._desk = desk
        self.files: tuple[Incoming, ...] = ()
        self.setObjectName("fileSlot")
        self.setProperty("dropping", "false")
        self.setAccessibleName(name)
        self.setAcceptDrops(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.setSpacing(4)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(3)
        box.addLayout(self._rows)
        words = desk.words
        self.hint = Label(words(N_("Drop the file here, or copy it and press Ctrl+V.")), Role.SECOND, wrap=True)
        box.addWidget(self.hint)
        self.pick_button = link(desk.icons, words(N_("Choose a file…")), self._pick, icon="paperclip", small=True)
        self.pick_button.setAccessibleName(f"{name}: {words(N_('Choose a file…'))}")
        box.addWidget(self.pick_button, 0, Qt.AlignmentFlag.AlignLeft)

    def paste_anywhere_in(self, form: QWidget) -> None:
        """Take copied files with Ctrl+V whichever field of the form has the focus; copied text is pasted as ever."""
        for child in (form, *form.findChildren(QWidget)):
            child.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+V with files on the clipboard."""
        keyed = event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if keyed and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste):
            mime = QGuiApplication.clipboard().mimeData()
            if has_files(mime):
                event.accept()
                if event.type() is QEvent.Type.KeyPress:
                    self.take(files_of(mime))
                return True
        return super().eventFilter(watched, event)

    def take(self, files: Sequence[Incoming]) -> None:
        """Add files; the same one twice is one."""
        known = {(f.name, f.path) for f in self.files}
        self.files += tuple(f for f in files if (f.name, f.path) not in known)
        self._show()

    def _remove(self, file: Incoming) -> None:
        self.files = tuple(f for f in self.files if f is not file)
        self._show()
        self.pick_button.setFocus()

    def _show(self) -> None:
        clear(self._rows)
        for file in self.files:
            self._rows.addWidget(self._row(file))
        self.hint.setVisible(not self.files)
        self.changed.emit()

    def _row(self, file: Incoming) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(IconView(self._desk, "paperclip", size=15))
        row.addWidget(Label(self._desk.masking.text(file.name), Role.STRONG, elide=True), 1)
        hint = self._desk.words(N_("Leave this file out"))
        row.addWidget(icon_button(self._desk.icons, "x", hint, partial(self._remove, file), size=12))
        return holder

    def _pick(self) -> None:
        dialog = QFileDialog(self, self._desk.words(N_("Attach files")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take(of_paths([Path(n) for n in names])))
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if has_files(event.mimeData()):
            event.acceptProposedAction()
            restyle(self, "dropping", "true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The files went elsewhere."""
        restyle(self, "dropping", "false")

    def dropEvent(self, event: QDropEvent) -> None:
        """Files were dropped."""
        restyle(self, "dropping", "false")
        event.acceptProposedAction()
        self.take(files_of(event.mimeData()))
