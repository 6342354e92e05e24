"""What a new office has tried already: seven small things that tick themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.work import NoteChannel
from liaison.services import office
from liaison.services.changes import Changes
from liaison.store.journal_tables import ACTION, ActionKind
from liaison.store.models import ContactRow, JourneyRow, NoteRow, OfficerRow

CLOSED = "first_hour_closed"
CODE_ON_PAPER = "recovery_code_on_paper"


class Step(StrEnum):
    """The seven, in their order."""

    CASE = "case"
    CALL = "call"
    PRINT = "print"
    BACKUP = "backup"
    PAPER = "paper"
    IMPORT = "import"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstHourView:
    """Which steps are done, and whether the officer has put the list away."""

    done: frozenset[Step]
    is_closed: bool

    @property
    def is_over(self) -> bool:
        """Whether everything was tried."""
        return len(self.done) == len(Step)


def first_hour(session: Session) -> FirstHourView:
    """What was tried, read from what there is: a case undone is a case to make again."""
    done = frozenset(step for step, is_done in _TRIED.items() if is_done(session))
    return FirstHourView(done=done, is_closed=office.setting(session, CLOSED) is True)


def close(session: Session) -> Changes:
    """Put the list away."""
    return office.set_setting(session, CLOSED, value=True)


def show_again(session: Session) -> Changes:
    """Bring the list back."""
    return office.set_setting(session, CLOSED, value=False)


def code_is_on_paper(session: Session) -> Changes:
    """The officer has printed the recovery code or written it down."""
    return office.set_setting(session, CODE_ON_PAPER, value=True)


def _there(what: sa.Select[Any]) -> Callable[[Session], bool]:
    return lambda session: session.scalar(what.limit(1)) is not None


def _has_backup(session: Session) -> bool:
    folder = session.info["store"].folder / "backups"
    return any(folder.glob("*.zip"))


_TRIED: dict[Step, Callable[[Session], bool]] = {
    Step.CASE: _there(sa.select(JourneyRow.id)),
    Step.CALL: _there(sa.select(NoteRow.id).where(NoteRow.channel == NoteChannel.CALL)),
    Step.PRINT: _there(sa.select(ACTION.c.id).where(ACTION.c.kind.in_([ActionKind.DISCLOSURE, ActionKind.RELEASE]))),
    Step.BACKUP: _has_backup,
    Step.PAPER: lambda session: office.setting(session, CODE_ON_PAPER) is True,
    Step.IMPORT: _there(sa.select(ACTION.c.id).where(ACTION.c.kind == ActionKind.IMPORT)),
    Step.CONTACT: lambda session: (
        session.scalar(sa.select(ContactRow.id).limit(1)) is not None
        or (session.scalar(sa.select(sa.func.count()).select_from(OfficerRow)) or 0) > 1
    ),
}
