"""Moving a case, a letter or a claim on: the menu of legal next states, and the panel that says why one is refused.

What may follow is asked of the service each time; nothing here knows a rule. A free move is made at once, one that
needs words first opens its form, a blocked one shows its reasons with their cures under the head of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from liaison.domain.lifecycle import Move, Override
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.widgets.refused_panel import Reason, RefusedPanel

AnyMove = Move[Any]
NOTHING_FOLLOWS = N_("Nothing follows from here")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cure:
    """What mends a problem: an icon for its button and what pressing it does."""

    run: Callable[[], object]
    icon: str = "pencil"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """How a kind of record moves: ``read(session, id)`` gives its moves, ``write(session, id, to, …)`` makes one."""

    read: Callable[..., Sequence[AnyMove]]
    write: Callable[..., Any]
    action: str
    said: str
    cure: Callable[[Problem], Cure | None]
    ask: Callable[[AnyMove], bool] = lambda _move: False
    """Opens the form of a move that needs words or figures first; ``True`` when it took the move over."""
    offers: Callable[[AnyMove], bool] = lambda _move: True
    """Whether a move stands in the menu of the button; the others have their own places."""


class Mover(QObject):
    """Moves one record of a page."""

    refused = Signal(object)
    """The state that was refused, ``None`` once the panel is put away."""

    def __init__(self, desk: Desk, panel: RefusedPanel, moves: Moves, *, record: int) -> None:
        super().__init__(panel)
        self._desk = desk
        self._panel = panel
        self._moves = moves
        self._record = record
        self._tried: AnyMove | None = None
        self.version: int | None = None
        panel.override.connect(self._move_anyway)
        panel.closed.connect(lambda: self.refused.emit(None))

    # the menu

    def open_menu(self, button: QPushButton) -> None:
        """Show what may follow, under the button."""
        self._desk.runner.read(
            self._moves.read, self._record, owner=self, done=lambda found: self._show_menu(button, found), key="menu"
        )

    def _show_menu(self, button: QPushButton, found: Sequence[AnyMove]) -> None:
        menu = self.menu_of(found, button)
        menu.setMinimumWidth(button.width())
        right = button.mapToGlobal(QPoint(button.width(), button.height() + 3))
        menu.popup(QPoint(right.x() - menu.sizeHint().width(), right.y()))
        menu.setActiveAction(menu.actions()[0])

    def menu_of(self, found: Iterable[AnyMove], parent: QPushButton) -> QMenu:
        """The menu itself: free moves and blocked ones, in the table's order."""
        menu = QMenu(parent)
        menu.aboutToHide.connect(menu.deleteLater)
        for move in found:
            if self._moves.offers(move):
                icon = "arrow-right" if move.is_free else "lock"
                action = menu.addAction(self._desk.icons.icon(icon), self.words_of(move))
                action.triggered.connect(partial(self._chosen, move))
        if menu.isEmpty():
            menu.addAction(self._desk.words(NOTHING_FOLLOWS)).setEnabled(False)
        return menu

    def words_of(self, move: AnyMove) -> str:
        """The state a move leads to, its note, and how many things are in its way."""
        _ = self._desk.words
        text = _(move.to.label)
        if move.note:
            text = f"{text} ({_(move.note)})"
        if move.problems:
            missing = _.plural("{count} thing missing", "{count} things missing", len(move.problems))
            text = f"{text}  ·  {missing}"
        return text

    def _chosen(self, move: AnyMove, _checked: object = None) -> None:
        self.take(move)

    # moving

    def go(self, to: object) -> None:
        """Move to a state if it is among the legal ones, as the menu would."""
        self._desk.runner.read(
            self._moves.read,
            self._record,
            owner=self,
            done=lambda found: self._go(to, found),
            key="go",
        )

    def _go(self, to: object, found: Sequence[AnyMove]) -> None:
        move = next((m for m in found if m.to == to), None)
        if move is not None:
            self.take(move)

    def take(self, move: AnyMove) -> None:
        """Make a move, open its form, or say why it is refused."""
        self._tried = move
        if self._moves.ask(move):
            return
        if move.is_free:
            self.write(move)
        else:
            self.show_refusal(move.problems, may_override=move.override is not Override.NEVER)

    def try_again(self) -> None:
        """The cure may have mended it: look at the move that was refused once more, and leave what is still missing."""
        if self._tried is not None and not self._panel.isHidden():
            to = self._tried.to
            self._desk.runner.read(
                self._moves.read, self._record, owner=self, done=lambda found: self._look_again(to, found), key="again"
            )

    def _look_again(self, to: object, found: Sequence[AnyMove]) -> None:
        move = next((m for m in found if m.to == to), None)
        if move is None or move.is_free:
            self._panel.put_away()
        else:
            self._tried = move
            self.show_refusal(move.problems, may_override=move.override is not Override.NEVER)

    def write(self, move: AnyMove, **more: object) -> None:
        """Hand the move to the service."""
        self._tried = move
        self._desk.runner.write(
            self._moves.action,
            partial(self._moves.write, version=self.version, **more),
            self._record,
            move.to,
            owner=self,
            done=self._moved,
            refused=lambda problems: self.show_refusal(problems, may_override=move.override is not Override.NEVER),
        )

    def _moved(self, _answer: object) -> None:
        if not self._panel.isHidden():
            self._panel.put_away()
        self._tried = None
        self._desk.toast(self._desk.words(self._moves.said))

    def _move_anyway(self, reason: str) -> None:
        if self._tried is not None:
            self.write(self._tried, override_reason=reason)

    def show_refusal(self, problems: Sequence[Problem], *, may_override: bool) -> None:
        """The panel: what is missing, one cure each, and the way round."""
        if self._tried is None:
            return
        _ = self._desk.words
        title = _.plural(
            "Cannot move to “{to}” yet: {count} thing is missing",
            "Cannot move to “{to}” yet: {count} things are missing",
            len(problems),
            to=_(self._tried.to.label),
        )
        self._panel.refuse(title, [self._reason(p) for p in problems], may_override=may_override)
        self.refused.emit(self._tried.to)

    def _reason(self, problem: Problem) -> Reason:
        _ = self._desk.words
        cure = self._moves.cure(problem)
        text = problem.text(_)
        if cure is None or not problem.cure:
            return Reason(text=text)
        return Reason(text=text, cure=_(problem.cure), cure_icon=cure.icon, run=cure.run)
