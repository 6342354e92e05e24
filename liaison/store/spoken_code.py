"""A code that is said on the telephone: 15 Crockford characters (75 bits) in three groups, and one group that checks.

Opens one file, made once; stretched with argon2id it withstands guessing for as long as the file matters.
"""

from __future__ import annotations

import secrets

from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.store.recovery import ALPHABET, GROUP_LENGTH, check_character

GROUPS = 3
_LENGTH = GROUPS * GROUP_LENGTH
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})

WRONG_LENGTH = N_("The code has {wanted} characters in four groups; {count} were typed. Ask for it once more.")
WRONG_GROUP = N_("Group {group} of the code was misheard or mistyped. Ask for that group once more.")


def new_code() -> str:
    """A fresh code as it is said: ``XXXXX-XXXXX-XXXXX-CCC``."""
    groups = ["".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS)]
    return "-".join([*groups, "".join(check_character(group) for group in groups)])


def read_code(typed: str) -> str:
    """The 15 characters of a code as typed. O is read as 0, I and l as 1; blanks, hyphens and case do not matter.

    Raises :class:`Refused` naming every group that cannot be right.
    """
    text = "".join(c for c in typed.upper() if c.isalnum()).translate(_READ_AS)
    if len(text) != _LENGTH + GROUPS:
        values = {"wanted": _LENGTH + GROUPS, "count": len(text)}
        raise Refused([Problem(code="CODE_LENGTH", message=WRONG_LENGTH, field="code", values=values)])
    groups = [text[i : i + GROUP_LENGTH] for i in range(0, _LENGTH, GROUP_LENGTH)]
    wrong = [n for n, group in enumerate(groups) if not _is_right(group, text[_LENGTH + n])]
    if wrong:
        raise Refused(
            Problem(code="CODE_GROUP", message=WRONG_GROUP, field="code", values={"group": n + 1}) for n in wrong
        )
    return text[:_LENGTH]


def _is_right(group: str, check: str) -> bool:
    return all(c in ALPHABET for c in group) and check_character(group) == check
