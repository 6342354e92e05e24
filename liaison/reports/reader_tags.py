"""Which reader may see which field of what a paper is made from: said once per field, everything else arrives empty.

A field is tagged where its class is written (:func:`seen_by`), or beside a class of the services (:func:`show_fields`).
:func:`shown_to` goes through a whole view, part by part, and empties what a reader may not see: a field that somebody
added and nobody tagged is missing on every paper that leaves the office, never leaked. The office itself sees all.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from liaison.domain.benefit_lines import Said, StepResult
from liaison.domain.documents import ChecklistItem
from liaison.domain.fx import UsedRate
from liaison.domain.money import Money
from liaison.domain.periods import Span
from liaison.domain.privacy import Audience, may_see
from liaison.services.sentences import Sentence

V = TypeVar("V")

AUDIENCES = "liaison.audiences"
EMPTY = "liaison.empty"

WHOLE: tuple[type, ...] = (Money, Sentence, UsedRate, Span, ChecklistItem, Said, StepResult)
"""Values that are one thing and no person: whoever may see the field may see all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """Who may see a field, and what the others get instead."""

    audiences: frozenset[Audience] = frozenset()
    empty: object = ...
    """What the others get; left out, nothing of the value's own type."""


_INSIDE = Tag()
_TABLE: dict[type, dict[str, Tag]] = {}
_LABELS: dict[type, dict[str, str]] = {}


def seen_by(*audiences: Audience, empty: Any = None) -> Any:
    """A field of a view that these audiences may see; ``empty`` is what the others get, and its default."""
    return dataclasses.field(metadata=_said(audiences, empty), default=empty)


def seen_always_by(*audiences: Audience) -> Any:
    """A field without a default that these audiences may see."""
    return dataclasses.field(metadata=_said(audiences, None))


def _said(audiences: tuple[Audience, ...], empty: object) -> dict[str, object]:
    return {AUDIENCES: frozenset(audiences), EMPTY: empty}


def show_fields(kind: type, names: str, *audiences: Audience) -> None:
    """Tag fields of a class by their names. Raises ``AttributeError`` for one that the class has not."""
    known = {each.name for each in dataclasses.fields(kind)}
    table = _TABLE.setdefault(kind, {})
    for name in names.split():
        if name not in known:
            raise AttributeError(f"{kind.__name__} has no field {name}")
        table[name] = dataclasses.replace(table.get(name, _INSIDE), audiences=frozenset(audiences))


def name_fields(kind: type, **labels: str) -> None:
    """Say what fields of a class are called (marked texts), so that a difference between two readers can be told."""
    _LABELS.setdefault(kind, {}).update(labels)


def label_of(kind: type, name: str) -> str:
    """The marked name of a field, or nothing."""
    return next((_LABELS[one][name] for one in kind.__mro__ if name in _LABELS.get(one, {})), "")


def is_tagged(kind: type) -> bool:
    """Whether a class says anything about its readers."""
    return any(one in _TABLE for one in kind.__mro__) or any(
        AUDIENCES in each.metadata for each in dataclasses.fields(kind)
    )


def tag_of(kind: type, field: dataclasses.Field[Any]) -> Tag:
    """What is said about one field; a field of which nothing is said belongs to the office alone."""
    for one in kind.__mro__:
        if field.name in _TABLE.get(one, {}):
            return _TABLE[one][field.name]
    if AUDIENCES not in field.metadata:
        return _INSIDE
    return Tag(audiences=field.metadata[AUDIENCES], empty=field.metadata.get(EMPTY, ...))


def shown_to(view: V, audience: Audience) -> V:
    """The view as a reader may see it, part by part. ``TypeError`` for a part that says nothing of readers."""
    if audience is Audience.INTERNAL:
        return view
    return cast(V, _shown(view, audience))


def check_shown(view: object, audience: Audience) -> None:
    """Raises ``TypeError`` where a paper about a person is made from more than its reader may see."""
    if shown_to(view, audience) != view:
        raise TypeError(f"{type(view).__name__} holds more than {audience.value} may see")


def _shown(value: Any, audience: Audience) -> Any:
    if isinstance(value, tuple):
        return tuple(_shown(one, audience) for one in value)
    if isinstance(value, Mapping):
        return {key: _shown(one, audience) for key, one in value.items()}
    if not dataclasses.is_dataclass(value) or isinstance(value, (*WHOLE, type)):
        return value
    kind = type(value)
    if not is_tagged(kind):
        raise TypeError(f"{kind.__name__} says nothing about its readers")
    changed = {}
    for field in dataclasses.fields(value):
        if not field.init:
            continue
        tag, now = tag_of(kind, field), getattr(value, field.name)
        if may_see(audience, tag.audiences) or _is_key(field.name, now):
            kept = _shown(now, audience)
        else:
            kept = _emptied(now, tag)
        if kept is not now:
            changed[field.name] = kept
    return dataclasses.replace(cast(Any, value), **changed) if changed else value


def _is_key(name: str, value: object) -> bool:
    """A row's own key says nothing about anybody; the record of a paper needs it."""
    return (name == "id" or name.endswith("_id")) and isinstance(value, int)


def _emptied(value: object, tag: Tag) -> object:
    if tag.empty is not ...:
        return tag.empty
    if isinstance(value, (str, tuple, bool, int)):
        return type(value)() if type(value) in (str, tuple, bool, int) else None
    return None


# what two readers see differently


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field that one reader sees and another does not: its marked name, and how much of it each reader has.

    A count of nought: not shown. Of a list it is the number of its entries.
    """

    label: str
    counts: tuple[int, ...]


def differences(views: tuple[object, ...]) -> tuple[Difference, ...]:
    """What stands in one of several readers' views and not, or not whole, in another. In the order of the fields."""
    told: list[dict[str, list[object]]] = []
    for view in views:
        found: dict[str, list[object]] = {}
        for label, value in _labelled(view):
            found.setdefault(label, []).extend(value if isinstance(value, tuple) else (value,))
        told.append(found)
    order = dict.fromkeys(label for found in told for label in found)
    rows = {label: [found.get(label, []) for found in told] for label in order}
    return tuple(
        Difference(label=label, counts=tuple(len(values) for values in row))
        for label, row in rows.items()
        if any(row) and len({len(values) for values in row}) > 1
    )


def _labelled(value: object) -> Iterator[tuple[str, object]]:
    """Every field with a name that holds something, the parts of a view included."""
    if isinstance(value, tuple):
        for one in value:
            yield from _labelled(one)
    elif dataclasses.is_dataclass(value) and not isinstance(value, (*WHOLE, type)):
        for field in dataclasses.fields(value):
            now = getattr(value, field.name)
            if now is None or now == "" or now == ():
                continue
            label = label_of(type(value), field.name)
            if label:
                yield label, now
            yield from _labelled(now)
