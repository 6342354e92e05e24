"""A desk or a house as a vCard, for a telephone's camera or its address book. Source: RFC 2426 (vCard 3.0)."""

from __future__ import annotations

from dataclasses import dataclass

_BREAK = "\r\n"


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


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return "\\n".join(" ".join(line.split()) for line in text.splitlines())
