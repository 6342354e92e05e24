"""The views of a list: the officer's own first, then the office's shared ones, then the program's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu

from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services import list_views
from liaison.services.list_views import LONGEST_NAME, KeptView, ViewColumn
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button, primary
from liaison.ui.widgets.kept_editors import HalfWritten
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, RIGHT

if TYPE_CHECKING:
    from liaison.ui.pages.list_page import ListPage

KEEP_TITLE = N_("Keep a view of a list")
RENAME_TITLE = N_("Rename a view of a list")
DELETE_TITLE = N_("Delete a view of a list")
SHARE_TITLE = N_("Share a view of a list")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """One of the program's views. ``id`` and ``en`` are the filter line in the two languages' own words.

    ``group`` puts the rows under headings; ``folded`` begins with the headings alone, their sums close together.
    """

    key: str
    name: str
    id: str
    en: str
    group: str = ""
    folded: bool = False

    def filter(self, language: str) -> str:
        """The filter line in one language."""
        return self.id if language == "id" else self.en


def columns_of(columns: Sequence[Column]) -> tuple[ViewColumn, ...]:
    """What a view keeps of columns: order, which are shown, and widths that somebody chose."""
    return tuple(
        ViewColumn(key=c.key, shown=not c.hidden, width=c.width if c.own else 0)
        for c in columns
        if c.kind is not Kind.TICK
    )


def plain_columns(columns: Sequence[Column]) -> list[list[object]]:
    """The same as plain values."""
    return [[c.key, c.shown, c.width] for c in columns_of(columns)]


def columns_from(plain: Sequence[Any]) -> tuple[ViewColumn, ...]:
    """The same from plain values."""
    return tuple(ViewColumn(key=str(key), shown=bool(shown), width=int(width)) for key, shown, width in plain)


def arranged(usual: Sequence[Column], wanted: Sequence[ViewColumn]) -> tuple[Column, ...]:
    """The program's columns as a view wants them; columns that the view does not know yet follow as they are."""
    by_key = {c.key: c for c in usual}
    ticks = [c for c in usual if c.kind is Kind.TICK]
    known = [
        replace(
            by_key[w.key], hidden=not w.shown, width=w.width or by_key[w.key].width,
            own=bool(w.width) or (w.shown and by_key[w.key].hidden),
        )
        for w in wanted
        if w.key in by_key
    ]  # fmt: skip
    spoken = {w.key for w in wanted}
    return (*ticks, *known, *(c for c in usual if c.key not in spoken and c.kind is not Kind.TICK))


class NameLine(HalfWritten):
    """Asks for a view's name. Enter keeps it, Escape closes."""

    named = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("cardSunken")
        self._at_first = ""
        words = desk.words
        row = QHBoxLayout(self)
        row.setContentsMargins(LEFT, 8, RIGHT, 8)
        row.setSpacing(8)
        row.addWidget(Label(words(N_("Name of the view")), Role.STRONG))
        self.line = QLineEdit()
        self.line.setAccessibleName(words(N_("Name of the view")))
        self.line.setMaxLength(LONGEST_NAME)
        self.line.returnPressed.connect(self._enter)
        row.addWidget(self.line, 1)
        self.problem = Label("", Role.SECOND, tone=Tone.RED)
        row.addWidget(self.problem)
        row.addWidget(primary(desk.icons, words(N_("Keep")), self._enter, icon="check"))
        row.addWidget(icon_button(desk.icons, "x", words(N_("Close")), self.close_it, size=15))
        self.hide()

    def ask(self, name: str = "") -> None:
        """Open it with a name to start from."""
        self.problem.setText("")
        self._at_first = name
        self.line.setText(name)
        self.show()
        self.line.setFocus()
        self.line.selectAll()

    @property
    def dirty(self) -> bool:
        """Whether it stands open with another name than it began with."""
        return not self.isHidden() and self.line.text() != self._at_first

    def _enter(self) -> None:
        self.named.emit(self.line.text())

    def refuse(self, text: str) -> None:
        """The name does not do."""
        self.problem.setText(text)
        self.show()
        self.line.setFocus()

    def close_it(self) -> None:
        """Give up."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        else:
            super().keyPressEvent(event)


class ListViews(QObject):
    """Knows the views of one list, offers them, keeps them."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        self.kept: tuple[KeptView, ...] = ()
        self._renamed = ""
        self.menu = QMenu(page)
        self.menu.aboutToShow.connect(self._fill)

    def read(self) -> None:
        """Read the views that were kept."""
        self._desk.runner.read(
            list_views.views_of, self._page.spec.name, owner=self._page, done=self._came, key="views"
        )  # fmt: skip

    def _came(self, views: tuple[KeptView, ...]) -> None:
        self.kept = views
        self._page.show_views()

    def now(self) -> KeptView:
        """The view now chosen, as it was kept."""
        key = self._page.view_key
        kept = next((v for v in self.kept if v.key == key), None)
        if kept is not None:
            return kept
        own = self._page.spec.views
        return self._page.built_in(next((v for v in own if v.key == key), own[0]))

    @property
    def _is_own(self) -> bool:
        return any(v.key == self._page.view_key and not v.shared for v in self.kept)

    def _fill(self) -> None:
        words, menu = self._desk.words, self.menu
        menu.clear()
        mine, shared = [v for v in self.kept if not v.shared], [v for v in self.kept if v.shared]
        for view in mine:
            self._offer(view, view.name)
        if shared:
            menu.addSection(words(N_("Shared in the office")))
        for view in shared:
            self._offer(view, words(N_("{view} · by {officer}"), view=view.name, officer=view.by))
        if self.kept:
            menu.addSection(words(N_("Of the program")))
        for each in self._page.spec.views:
            built = self._page.built_in(each)
            self._offer(built, built.name)
        menu.addSeparator()
        menu.addAction(words(N_("Keep as a new view…"))).triggered.connect(lambda _on=False: self.keep_as())
        if self._is_own:
            for text, run in (
                (N_("Keep the changes"), self.keep_changes), (N_("Rename…"), self.rename),
                (N_("Share a locked copy"), self.share), (N_("Delete this view"), self.delete),
            ):  # fmt: skip
                menu.addAction(words(text)).triggered.connect(lambda _on=False, run=run: run())
        elif self.now().shared:
            menu.addAction(words(N_("Delete this view"))).triggered.connect(lambda _on=False: self.delete())

    def _offer(self, view: KeptView, text: str) -> None:
        action = self.menu.addAction(text.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(view.key == self._page.view_key)
        action.triggered.connect(lambda _on=False: self._page.look_like(view))

    def keep(self) -> dict[str, Any]:
        """The name half-typed, and of which view; nothing while none is."""
        naming = self._page.naming
        return {"name": naming.line.text(), "renames": self._renamed} if naming.dirty else {}

    def resume(self, kept: Mapping[str, Any]) -> None:
        """The name half-typed stands there again."""
        self._renamed = str(kept.get("renames", ""))
        self._page.naming.ask()
        self._page.naming.line.setText(str(kept.get("name", "")))

    def keep_as(self) -> None:
        """Ask a name for the list as it looks now."""
        self._renamed = ""
        self._page.naming.ask()

    def rename(self) -> None:
        """Ask another name for the present view."""
        if self._is_own:
            self._renamed = self._page.view_key
            self._page.naming.ask(self.now().name)
        else:
            self.keep_as()

    def named(self, name: str) -> None:
        """A name was given."""
        page = self._page
        if self._renamed:
            self._write(RENAME_TITLE, list_views.rename_view, page.spec.name, self._renamed, name)
        else:
            self._write(KEEP_TITLE, list_views.keep_view, page.spec.name, replace(page.looks(), name=name), made=name)

    def keep_changes(self) -> None:
        """Keep the own view as the list looks now; a view of others is kept under a new name."""
        if not self._is_own:
            self.keep_as()
            return
        now = self.now()
        changed = replace(self._page.looks(), key=now.key, name=now.name)
        self._write(KEEP_TITLE, list_views.keep_view, self._page.spec.name, changed)

    def share(self) -> None:
        """Put a locked copy among the office's views."""
        if self._is_own:
            self._write(SHARE_TITLE, list_views.share_view, self._page.spec.name, self._page.view_key)

    def delete(self) -> None:
        """Take the present view away; one undo brings it back."""
        key = self._page.view_key
        if any(v.key == key for v in self.kept):
            self._write(DELETE_TITLE, list_views.delete_view, self._page.spec.name, key)

    def _write(self, title: str, function: Any, *args: object, made: str = "") -> None:
        def done(_changes: object) -> None:
            self._page.naming.hide()
            self._page.view.setFocus()
            self._desk.toast(self._desk.words(_SAID[title]))
            if made:
                self._desk.runner.read(
                    list_views.views_of, self._page.spec.name, owner=self._page,
                    done=lambda views: self._chosen(views, made), key="views",
                )  # fmt: skip

        self._desk.runner.write(title, function, *args, owner=self._page, done=done, refused=self._refused)

    def _chosen(self, views: tuple[KeptView, ...], name: str) -> None:
        self.kept = views
        called = " ".join(name.split())
        found = next((v for v in views if v.name == called and not v.shared), None)
        if found is not None:
            self._page.look_like(found)

    def _refused(self, problems: tuple[Problem, ...]) -> None:
        text = " ".join(p.text(self._desk.words) for p in problems)
        if self._page.naming.isVisible():
            self._page.naming.refuse(text)
        else:
            self._desk.toast(text, refused=True)


_SAID = {
    KEEP_TITLE: N_("View kept"), RENAME_TITLE: N_("View renamed"), DELETE_TITLE: N_("View deleted"),
    SHARE_TITLE: N_("A locked copy is shared in the office"),
}  # fmt: skip
