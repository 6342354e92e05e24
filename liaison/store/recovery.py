"""The recovery code on paper: 25 Crockford characters (125 bits) in five groups, and a sixth group that checks them.

The check group has one character per group, computed over GF(32) with distinct weights, so that any one wrong
character is noticed and its group is named, and two neighbours typed the wrong way round are noticed too.
"""

from __future__ import annotations

import secrets

from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.i18n import N_

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 5
GROUP_LENGTH = 5
_LENGTH = GROUPS * GROUP_LENGTH
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_IGNORED = set(" -–—_.\t\r\n\u00a0")
_FIELD_POLYNOMIAL = 0b100101

WRONG_LENGTH = N_("The recovery code has 30 characters in six groups; {count} were typed. Compare with the paper.")
WRONG_CHARACTER = N_("Group {group} of the recovery code has a character that is never used there: {character}.")
WRONG_GROUP = N_(
    "Group {group} of the recovery code is mistyped, or the character number {group} of its last group. "
    "Compare with the paper."
)


def new_code() -> str:
    """A fresh code as it is printed: ``XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-CCCCC``."""
    return printed("".join(secrets.choice(ALPHABET) for _ in range(_LENGTH)))


def printed(secret: str) -> str:
    """The 25 characters of a code in groups, with the check group."""
    groups = _groups(secret)
    return "-".join([*groups, "".join(check_character(g) for g in groups)])


def read_code(typed: str) -> str:
    """The 25 characters of a typed code. O is read as 0, I and l as 1; blanks, hyphens and case do not matter.

    Raises :class:`Refused` naming every group that cannot be right.
    """
    text = "".join(c for c in typed.upper() if c not in _IGNORED).translate(_READ_AS)
    if len(text) != _LENGTH + GROUPS:
        raise Refused([_problem("recovery_code_length", WRONG_LENGTH, count=len(text))])
    strange = [(i // GROUP_LENGTH + 1, c) for i, c in enumerate(text) if c not in ALPHABET]
    if strange:
        raise Refused(_problem("recovery_code_character", WRONG_CHARACTER, group=g, character=c) for g, c in strange)
    secret, checks = text[:_LENGTH], text[_LENGTH:]
    wrong = [
        n
        for n, (group, check) in enumerate(zip(_groups(secret), checks, strict=True), 1)
        if check_character(group) != check
    ]
    if wrong:
        raise Refused(_problem("recovery_code_group", WRONG_GROUP, group=n) for n in wrong)
    return secret


def _groups(secret: str) -> list[str]:
    return [secret[i : i + GROUP_LENGTH] for i in range(0, _LENGTH, GROUP_LENGTH)]


def check_character(group: str) -> str:
    """The character that notices any one wrong character of a group, and two neighbours exchanged."""
    total, weight = 0, 1
    for character in group:
        weight = _times(weight, 2)
        total ^= _times(weight, ALPHABET.index(character))
    return ALPHABET[total]


def _times(a: int, b: int) -> int:
    """Multiplication in the field of 32 elements."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 32:
            a ^= _FIELD_POLYNOMIAL
        b >>= 1
    return product


def _problem(code: str, message: str, **values: object) -> Problem:
    return Problem(code=code, message=message, field="recovery_code", values=values)
