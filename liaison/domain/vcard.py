"""A desk or a house as a vCard, for a telephone's camera or its address book. Source: RFC 2426 (vCard 3.0)."""

from __future__ import annotations

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
    for kind, number in card.phones:
        digits = "".join(c for c in number if c.isdigit() or c == "+")
        if digits and digits not in seen:
            seen.add(digits)
            lines.append(f"TEL;TYPE={kind}:{digits}")
    if card.email:
        lines.append(f"EMAIL:{_escaped(card.email)}")
    if card.note:
        lines.append(f"NOTE:{_escaped(card.note)}")
    lines.append("END:VCARD")
    return _BREAK.join(lines) + _BREAK


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
