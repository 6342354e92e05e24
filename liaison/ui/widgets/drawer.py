"""A form that slides in at the right of a page, so that the case stays in view while something is written down.

Never a dialog: the page behind stays readable and usable. Ctrl+Enter saves; Escape puts the form aside with what was
typed in it, which stands there again when the form is next opened; Cancel gives it up. While it is open its save button
is the page's one filled button.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from liaison.i18n import N_, upper_first
from liaison.ui.desk import Desk
from liaison.ui.half_typed import place_key
from liaison.ui.page import Page
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import icon_button, primary, secondary
from liaison.ui.widgets.kept_editors import editors_in, kept_of, put_back
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, ActionBar, Pane
from liaison.ui.widgets.restored import RestoredLine

if TYPE_CHECKING:
    from liaison.ui.reopening import Opener

CANCEL = N_("Cancel")
CLOSE_FORM = N_("Close the form")
SAVE = N_("Save")
WIDTH = 340


class FormPane(QFrame):
    """One form with its title and its two buttons. ``content`` scrolls; the buttons always stand in sight."""

    closed = Signal()
    """Put aside: what was typed is kept."""
    given_up = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        title: str,
        content: QWidget,
        save: Callable[[], object] | None,
        save_word: str = SAVE,
        note: str = "",
    ) -> None:
        super().__init__()
        title = upper_first(title)
        self.setObjectName("sunkenEnd")
        self.setAccessibleName(title)
        self.title = title
        self.content = content
        self.key = ""
        """Under which what is typed here is kept; given by the drawer."""
        self.opener: Opener | None = None
        self._desk = desk
        self._save = save
        self._touched: set[str] = set()
        self._watched: set[str] = set()
        self._at_first: dict[str, Any] = {}
        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._head(desk, title))
        pane = Pane(desk, side="middle", padding=PANE_PADDING, name=title)
        pane.body.setContentsMargins(PANE_PADDING, 4, PANE_PADDING, 12)
        if note:
            pane.add(Label(note, Role.SECOND, wrap=True))
            pane.body.addSpacing(8)
        pane.add(content)
        pane.finish()
        outer.addWidget(pane, 1)
        cancel = secondary(desk.icons, desk.words(CANCEL), self.give_up)
        buttons: list[QWidget] = [cancel]
        if save is not None:
            self.save_button = primary(desk.icons, desk.words(save_word), save, icon="check")
            buttons.append(self.save_button)
            shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(save)
        bar = ActionBar(buttons=buttons)
        bar.row.setContentsMargins(PANE_PADDING, 0, PANE_PADDING, 0)
        outer.addWidget(bar)

    def _head(self, desk: Desk, title: str) -> QWidget:
        head = QWidget()  # as high as its title needs, however many lines that takes
        head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(head)
        row.setContentsMargins(PANE_PADDING, 10, 8, 6)
        row.addWidget(Label(title, Role.CARD, wrap=True), 1)
        row.addWidget(
            icon_button(desk.icons, "x", desk.words(CLOSE_FORM), self.closed.emit, size=15),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        return head

    def give_up(self) -> None:
        """Cancel: what was typed goes."""
        self.given_up.emit()

    # what is typed here

    def watch(self) -> None:
        """See from now on which fields are typed into; fields that come later are seen too."""
        for name, editor in editors_in(self.content):
            if name not in self._watched:
                self._watched.add(name)
                self._at_first[name] = kept_of(editor)
                editor.changed.connect(lambda name=name: self._touched.add(name))

    def keep(self) -> dict[str, Any]:
        """What the officer typed or chose in this form, field by field; empty where nothing was touched."""
        late = [(n, e) for n, e in editors_in(self.content) if n not in self._watched]
        self.watch()
        self._touched |= {n for n, e in late if e.typed()}
        return {n: kept_of(e) for n, e in editors_in(self.content) if n in self._touched}

    def resume(self, kept: Mapping[str, Any]) -> None:
        """Put back what :meth:`keep` gave, and say so."""
        fields = kept.get("fields", {})
        if self._put(fields):
            line = RestoredLine(self._desk, discard=self._discard, margin=PANE_PADDING, is_narrow=True)
            self._outer.insertWidget(1, line)

    def _put(self, fields: Mapping[str, Any]) -> bool:
        """In the order of the form, since one choice may bring up other fields."""
        put = set()
        for _round in range(2):
            for name, editor in editors_in(self.content):
                if name in fields and name not in put:
                    put_back(editor, fields[name])
                    put.add(name)
                    editor.changed.emit()
        self._touched |= put
        return bool(put)

    def _discard(self) -> None:
        """As the form was when it opened."""
        self._desk.half_typed.forget(self.key)
        self._put({n: v for n, v in self._at_first.items() if n in self._touched})
        self._touched.clear()
        focus_first(self.content)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the form aside."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class Drawer(QFrame):
    """The right side of a page: its own pane, or for a while a form in its place."""

    switched = Signal(bool)
    """Whether a form is open now."""

    def __init__(self, desk: Desk, pane: QWidget, *, width: int, open_width: int = WIDTH) -> None:
        super().__init__()
        self._desk = desk
        self._pane = pane
        self._width, self._open_width = width, open_width
        self._form: FormPane | None = None
        self._opener: Opener | None = None
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(pane)
        self._fit()
        desk.theme.changed.connect(self._fit)

    def _fit(self) -> None:
        width = self._open_width if self._form is not None else self._width
        self.setFixedWidth(self._desk.theme.pane_width(width))

    def narrow(self, width: int) -> None:
        """Take another width while no form is open (a narrow window)."""
        self._width = width
        self._fit()

    @property
    def form(self) -> FormPane | None:
        """The form that is open."""
        return self._form

    def page(self) -> Page | None:
        """The page this drawer belongs to."""
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, Page):
            parent = parent.parentWidget()
        return parent

    def about_to_open(self, opener: Opener) -> None:
        """The form that opens next is opened by this."""
        self._opener = opener

    def open(self, form: FormPane) -> FormPane:
        """Show a form in place of the pane, with what was once typed in it; the focus goes to its first field."""
        self.put_aside()
        opener, self._opener = self._opener, None
        page = self.page()
        form.opener = opener
        form.key = f"form {place_key(page.place) if page else ''} {opener.key if opener else form.title}"
        self._form = form
        form.watch()
        form.closed.connect(self.put_aside)
        form.given_up.connect(self.close_form)
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        kept = self._desk.half_typed.recall(form.key)
        if kept:
            form.resume(kept)
        self._fit()
        self.switched.emit(True)  # noqa: FBT003
        QTimer.singleShot(0, form, lambda: focus_first(form.content))
        return form

    def keep_form(self) -> bool:
        """Keep what is typed in the open form; whether there is anything."""
        form = self._form
        typed = form.keep() if form is not None else {}
        if form is not None:
            call = dict(form.opener.call) if form.opener is not None else {}
            kept = {"title": form.title, "call": call, "fields": typed} if typed else {}
            self._desk.half_typed.keep(form.key, kept)
        return bool(typed)

    def put_aside(self) -> None:
        """Close the form without losing what was typed."""
        self.keep_form()
        self._close()

    def close_form(self) -> None:
        """Back to the page's own pane: what stood in the form is saved or given up."""
        if self._form is not None:
            self._desk.half_typed.forget(self._form.key)
        self._close()

    def _close(self) -> None:
        if self._form is None:
            return
        form, self._form = self._form, None
        self._stack.setCurrentWidget(self._pane)
        self._stack.removeWidget(form)
        form.hide()
        form.deleteLater()
        self._fit()
        self.switched.emit(False)  # noqa: FBT003


def focus_first(content: QWidget) -> None:
    """The first widget that can be typed into."""
    for widget in content.findChildren(QWidget):
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(content) and widget.isEnabled()
        if reached and widget.focusProxy() is None and not widget.property("scale"):
            widget.setFocus()
            return
