"""A text as an eye reads it: digits of every script as digits, letters that look Latin as Latin, nothing unseen.

A small group must not pass in the digits of another script, in Chinese numerals, or in a word with a Cyrillic letter in
it. What comes out is for comparing, never for printing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_GREEK = ("αβεικνορτυχωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abeiknoptuxwABEZHIKMNOPTYX")
_CYRILLIC = ("авекмнорстухьѕіјһԁԛԝӏѵгпАВЕКМНОРСТУХЅІЈҺԀԚԜӀѴ", "abekmhopctyxbsijhdqwlvrnABEKMHOPCTYXSIJHDQWIV")
_ARMENIAN = ("օոսհեցզգ", "onuhtgqq")
_DIGIT_SHAPES = ("ЗзӠӡƷʒЭбЧчƼƽᒿ", "3333333644552")
"""Letters that stand for a digit: Ze and Ezh look like a three."""

LOOKS = {
    ord(strange): latin
    for strangers, latins in (_GREEK, _CYRILLIC, _ARMENIAN, _DIGIT_SHAPES)
    for strange, latin in zip(strangers, latins, strict=True)
}
_PAIRS = {ord(sign): " 2 " for sign in "两兩俩倆双雙"}
_LATIN = re.compile(r"LATIN (?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL |DOTLESS |SCRIPT |OPEN )*([A-Z])(?: WITH .+)?")
_UNSEEN = frozenset({"Cf", "Mn", "Me"})
_BESIDE = re.compile(r"(?<=\d)(?=[^\W\d_a-zA-Z])|(?<=[^\W\d_a-zA-Z])(?=\d)|(?<=\d)(?=[^\W\d_]{3})")
"""Where a count stands against its word: a blank is written there."""
_CHINESE = re.compile(r"[\u3400-\u9fff\u3007]+")
_LONGEST_SMALL = 2
"""Chinese numerals in a row that may be one small count or "two or three"; more are a long number."""


def as_read(text: str) -> str:
    """A text with every sign as it is read. Plain text without other scripts comes back as it is."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", _CHINESE.sub(_chinese, text.translate(LOOKS | _PAIRS)))
        text = "".join(map(_sign, plain))
    return _BESIDE.sub(" ", text)


@lru_cache(maxsize=4096)
def _sign(sign: str) -> str:
    """One sign as it is read; nothing of a mark that is not seen alone."""
    if sign.isascii():
        return sign
    if unicodedata.category(sign) in _UNSEEN:
        return ""
    worth = unicodedata.numeric(sign, None)
    if worth is not None and worth == int(worth) and worth >= 0:
        return str(int(worth))
    if ord(sign) in LOOKS:  # what was hidden in one sign with its accent
        return LOOKS[ord(sign)]
    latin = _LATIN.fullmatch(unicodedata.name(sign, ""))
    return latin[1].lower() if latin is not None else sign


def _chinese(found: re.Match[str]) -> str:
    """A run of Chinese signs with its numerals as figures: ``三名`` as ``3 名``, ``十三`` as ``10``."""
    out, row = "", ""
    for sign in (*found[0], ""):
        if sign and _worth(sign) is not None:
            row += sign
            continue
        out += (_numeral(row) if row else "") + sign
        row = ""
    return out


def _numeral(row: str) -> str:
    """Numerals in a row: the small count they may be, else any number of two digits."""
    values = [_worth(sign) or 0 for sign in row]
    is_small = len(row) <= _LONGEST_SMALL and max(values) <= 9
    return f" {max(values)} " if is_small else " 10 "


def _worth(sign: str) -> int | None:
    value = unicodedata.numeric(sign, None)
    return None if value is None else int(value)
