"""Three families of trouble: the user can mend it, the world is in the way, or it is our bug.

``Refused`` carries every problem at once. ``Unavailable``, ``Conflict`` and ``Locked`` are the world. Anything else
is a bug and reaches one boundary (``ui/errors`` and ``cli``). No message here carries a patient's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from liaison.domain.problems import Problem

if TYPE_CHECKING:
    from liaison.i18n import Language


class LiaisonError(Exception):
    """What the program can explain. ``message`` is a marked sentence with its cure, ``values`` go into it."""

    exit_status = 1

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values: Mapping[str, object] = values

    def text(self, language: Language) -> str:
        """The sentence in one language."""
        return language(self.message, **self.values)


class Refused(LiaisonError):
    """The user can mend it. Holds all problems, so that every field is marked in one go."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        if not self.problems:
            raise ValueError("a refusal names at least one problem")
        first = self.problems[0]
        super().__init__(first.message, **first.values)

    def text(self, language: Language) -> str:
        """Every problem, one sentence a line."""
        return "\n".join(p.text(language) for p in self.problems)


class Conflict(LiaisonError):
    """Somebody changed the same thing meanwhile; nothing was written."""


class Locked(LiaisonError):
    """The store is closed to us: wrong passphrase, in use, newer, or damaged (exit status 3)."""

    exit_status = 3


class Unavailable(LiaisonError):
    """The world is in the way: disk full, file unreadable, a program part missing (exit status 4)."""

    exit_status = 4


def refuse_if(problems: Iterable[Problem]) -> None:
    """Raise :class:`Refused` if any problem is an error; warnings alone pass."""
    found = tuple(problems)
    if any(p.severity == "error" for p in found):
        raise Refused(found)
