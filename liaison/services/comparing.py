"""A record as it is here, as it came, and as both started from: what is taken, what stays, what somebody must choose.

Fields that make sense only together are compared together: a state and since when, a name and how it is sorted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from liaison.services.labels import KEPT_FOR_FINDING
from liaison.store.base import Base
from liaison.store.rows import Row
from liaison.store.triggers import journaled_columns

WHOLE = "*"
"""Stands for the whole record where one side took it out."""

_TOGETHER: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "journey": (
        ("state", "state_since", "is_open", "ended_on", "closed_reason", "closed_note", "was_answered"),
        ("hold_reason", "held_since"),
        ("destination_country", "destination_city"),
    ),
    "claim": (
        ("state", "state_since", "is_open", "decided_on", "reason", "reason_note", "appeal_level"),
        ("rate", "rate_to", "rate_on", "rate_source"),
    ),
    "guarantee": (("state", "state_since", "reason", "reason_note"), ("accepted_minor", "accepted_currency")),
    "patient": (("full_name", "name_key", "similar_key"), ("phone", "phone_digits", "phone_owner"),
                ("city", "province", "region")),
    "task": (("done_at", "done_note"), ("waiting_on", "waiting_for", "waiting_since")),
}  # fmt: skip

_NEVER = {"journey": {"case_no"}, "claim": {"paid_minor", "aged_from"}}
"""Never taken over: a number once given stays, sums are counted here."""

_LATEST = {"journey": {"last_contact_at"}}
"""Both are right; the later one stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Fields that both sides changed, and differently. ``field`` names them all; the values are by column."""

    field: str
    before: Row | None
    ours: Row
    theirs: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What of a record is taken over, and what must be chosen."""

    take: Row
    clashes: tuple[Clash, ...]


def compare(table: str, *, ours: Row, theirs: Row, before: Row | None) -> Compared:
    """Hold both sides against what they started from. Without that, an empty field gives way to a filled one."""
    take: Row = {}
    clashes: list[Clash] = []
    for columns in _groups(table):
        names = [c for c in columns if c in theirs and c in ours]
        here, came = {c: ours[c] for c in names}, {c: theirs[c] for c in names}
        if here == came:
            continue
        start = None if before is None or any(c not in before for c in names) else {c: before[c] for c in names}
        if start == came or (start is None and not any(came.values())):
            continue
        if start == here or (start is None and not any(here.values())):
            take |= came
        else:
            clashes.append(Clash(field=columns[0], before=start, ours=here, theirs=came))
    for name in _LATEST.get(table, ()):
        if theirs.get(name) is not None and (ours.get(name) is None or theirs[name] > ours[name]):
            take[name] = theirs[name]
    return Compared(take=take, clashes=tuple(clashes))


@cache
def _groups(table: str) -> tuple[tuple[str, ...], ...]:
    """The columns of a table, those together that belong together; what people read stands first."""
    names = [c.name for c in journaled_columns(Base.metadata.tables[table])]
    left_out = _NEVER.get(table, set()) | _LATEST.get(table, set())
    groups = [tuple(c for c in group if c in names) for group in _TOGETHER.get(table, ())]
    grouped = {c for group in groups for c in group} | left_out
    for name in names:
        if name in grouped or _read_for(name, names):
            continue
        groups.append((name, *(c for c in names if c not in grouped and _read_for(c, names) == name)))
    return tuple(groups)


def _read_for(name: str, names: list[str]) -> str:
    """The column that a key for finding or a currency belongs to."""
    for ending in (*KEPT_FOR_FINDING, "_currency"):
        stem = name.removesuffix(ending)
        if stem != name:
            return next((c for c in (stem, f"{stem}_minor") if c in names), "")
    return ""
