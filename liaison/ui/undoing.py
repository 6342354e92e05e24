"""Undo and redo: what they would do, in words, and doing it. The journal is the only undo there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from liaison.i18n import N_, Language
from liaison.ui.runner import Runner, Trouble

if TYPE_CHECKING:
    from liaison.services.changes import Changes
    from liaison.services.sentences import Sentence

UNDONE = N_("Undone: {action}")
REDONE = N_("Done again: {action}")
UNDO = N_("Undo")
REDO = N_("Redo")
UNDO_NAMED = N_("Undo “{action}”")
REDO_NAMED = N_("Redo “{action}”")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An action that can be taken back or done again."""

    action_id: int
    title: Sentence


def next_steps(session: Any) -> tuple[Step | None, Step | None]:
    """What undo and redo would do now."""
    from liaison.services import history
    from liaison.services.office_history import told

    undo, redo = history.next_undo(session), history.next_redo(session)
    return (
        Step(action_id=undo.id, title=told(session, undo)) if undo is not None else None,
        Step(action_id=redo.id, title=told(session, redo)) if redo is not None else None,
    )


def take_back(store: Any, action_id: int) -> Changes:
    """Take an action back (or an undo, which is a redo) and say what was touched. Raises ``Conflict``."""
    from liaison.services import undoing
    from liaison.services.changes import Changes, Touched
    from liaison.store import history

    undo_id = undoing.take_back(store, action_id)
    with store.read() as session:
        touched = [Touched(kind=c.table, id=c.row_id) for c in history.changes(session, undo_id)]
    return Changes(touched=tuple(dict.fromkeys(touched)))


class TakeBackNewer:
    """Takes back what was still being saved when Undo was pressed; nothing if it was refused. ``step`` says what."""

    def __init__(self, store: Any, after: int) -> None:
        self._store = store
        self._after = after
        self.step: Step | None = None

    def __call__(self) -> Changes | None:
        """Runs after every save that was asked for before it. Raises ``Conflict``."""
        with self._store.read() as session:
            step, _redo = next_steps(session)
        if step is None or step.action_id <= self._after:
            return None
        self.step = step
        return take_back(self._store, step.action_id)


class Undoing(QObject):
    """Knows the next steps and says when they change."""

    changed = Signal()

    def __init__(self, runner: Runner, words: Language, say: Callable[[str], object]) -> None:
        super().__init__()
        self._runner = runner
        self._words = words
        self._say = say
        self.undo_step: Step | None = None
        self.redo_step: Step | None = None
        self._newest = 0
        """The newest action that this has heard of."""
        self._is_looking = False
        runner.saved.connect(self.look)

    def look(self) -> None:
        """Ask the journal what the next steps are."""
        if self._runner.store is not None:
            self._is_looking = True
            self._runner.read(next_steps, owner=self, done=self._seen, key="steps")

    def _seen(self, steps: tuple[Step | None, Step | None]) -> None:
        self._is_looking = False
        self.undo_step, self.redo_step = steps
        self._newest = max([self._newest, *(step.action_id for step in steps if step is not None)])
        self.changed.emit()

    def undo_words(self) -> str:
        """``Undo "Log call"``, or only ``Undo`` where there is nothing to undo."""
        return self._named(self.undo_step, UNDO, UNDO_NAMED)

    def redo_words(self) -> str:
        """``Redo "Log call"``."""
        return self._named(self.redo_step, REDO, REDO_NAMED)

    def _named(self, step: Step | None, plain: str, named: str) -> str:
        return self._words(plain) if step is None else self._words(named, action=step.title.text(self._words))

    def undo(self) -> None:
        """Take the last step back, also one that is only just being saved."""
        if self._is_behind and self._newest:
            self._undo_newer()
        else:
            self._do(self.undo_step, UNDONE)

    def redo(self) -> None:
        """Do the step last taken back again; what is being saved leaves nothing to redo."""
        if not self._is_behind:
            self._do(self.redo_step, REDONE)

    @property
    def _is_behind(self) -> bool:
        """Whether the steps known here are those from before a save that is under way or only just over."""
        return self._is_looking or self._runner.is_saving

    def _undo_newer(self) -> None:
        taking = TakeBackNewer(self._runner.store, self._newest)

        def done(_changes: object) -> None:
            if taking.step is not None:
                self._say(self._words(UNDONE, action=taking.step.title.text(self._words)))

        self._runner.work(taking, owner=self, done=done, failed=self._failed, exclusive=True)

    def _do(self, step: Step | None, sentence: str) -> None:
        store = self._runner.store
        if step is None or store is None:
            return
        text = self._words(sentence, action=step.title.text(self._words))
        self.undo_step = self.redo_step = None  # until the journal says what is next, another press means nothing

        def done(_changes: object) -> None:
            self._say(text)

        self._runner.work(take_back, store, step.action_id, owner=self, done=done, failed=self._failed, exclusive=True)

    def _failed(self, trouble: Trouble) -> None:
        self.look()
        self._runner.trouble.emit(trouble)
