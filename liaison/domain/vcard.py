"""A desk or a house as a vCard, for a telephone's camera or its address book. Source: RFC 2426 (vCard 3.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_BREAK = "\r\n"
WIDEST = 75
"""Bytes of a line in a file. Source: RFC 2426, 2.6."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a telephone keeps of somebody to call. ``phones`` are pairs of kind (WORK, CELL) and number."""

    name: str
    house: str = ""
    phones: tuple[tuple[str, str], ...] = ()
    email: str = ""
    note: str = ""


def vcard(card: Card) -> str:
    """The card's text, every sign that has a meaning there escaped; no number twice."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{_escaped(card.name)};;;;", f"FN:{_escaped(card.name)}"]
    if card.house:
        lines.append(f"ORG:{_escaped(card.house)}")
    seen: set[str] = set()
    written = []
    for kind, text in card.phones:
        dialled = dialled_numbers(text)
        for number in dialled:
            if number not in seen:
                seen.add(number)
                lines.append(f"TEL;TYPE={kind}:{number}")
        if len(dialled) != 1 or _digits(text).replace("+", "") != dialled[0].replace("+", ""):
            written.append(text)
    if card.email:
        lines.append(f"EMAIL:{_escaped(card.email)}")
    notes = [card.note, *(text for text in dict.fromkeys(written) if text.strip() and text not in card.note)]
    if any(notes):
        lines.append(f"NOTE:{_escaped(_NEW_LINE.join(note for note in notes if note))}")
    lines.append("END:VCARD")
    return _BREAK.join(lines) + _BREAK


_NEW_LINE = "\n"
_SEVERAL = re.compile(r"[/;:,&|\n]|\b(?:atau|or|dan|and)\b", re.IGNORECASE)
_EXTENSION = re.compile(
    r"(?:\b(?:e(?:xt|kst)(?:ension|ensi)?|pes(?:awat)?|samb(?:ungan)?)\b|(?<=[\d\s])x(?=[\s.]*\d)|#).*",
    re.IGNORECASE | re.DOTALL,
)
_TRUNK = re.compile(r"(?<=\d)\s*\(0\)")
LEAST_DIGITS, LEAST_SECOND = 3, 5
"""An ambulance has three digits; a second number of fewer than five is the end of another ("4566 100 / 101")."""


def dialled_numbers(text: str) -> list[str]:
    """The numbers in what somebody wrote down, as a telephone dials them.

    An extension is no part of a number, a trunk nought in brackets is not dialled from abroad, and two numbers are two.
    """
    numbers: list[str] = []
    for part in _SEVERAL.split(text):
        plain = _EXTENSION.sub("", part)
        number = _digits(_TRUNK.sub("", plain) if plain.lstrip().startswith("+") else plain)
        if len(number) >= (LEAST_SECOND if numbers else LEAST_DIGITS):
            numbers.append(number)
    return numbers


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit() or c == "+")


def vcards(cards: Iterable[Card]) -> bytes:
    """Cards as one file, in UTF-8, long lines folded as readers of such files expect; the same card once."""
    texts = dict.fromkeys(vcard(card) for card in cards)
    return b"".join(_folded(line) for text in texts for line in text.splitlines())


def _folded(line: str) -> bytes:
    """A line in pieces of at most 75 bytes, each after the first begun by a blank; no sign is cut in two."""
    pieces, piece = [], b""
    for sign in line:
        coded = sign.encode()
        if len(piece) + len(coded) > WIDEST:
            pieces.append(piece)
            piece = b" "
        piece += coded
    return _BREAK.encode().join([*pieces, piece]) + _BREAK.encode()


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return "\\n".join(" ".join(line.split()) for line in text.splitlines())
