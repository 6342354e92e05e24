"""Fields of drafts: what a form, an import, a redaction, an export and the field guide need to know, said once.

A draft is a frozen, slotted, keyword-only dataclass made by :func:`draft`; its fields are made by :func:`field`::

    @draft
    class AgentDraft:
        name: str = field(N_("Agent's name"), required=True, audience=OUTSIDE_BUT_PUBLIC)

A field without an audience is shown to nobody outside the office: fail closed.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable
from typing import Any, TypeVar, dataclass_transform

from liaison.domain.glossary import term_of
from liaison.domain.names import is_shown
from liaison.domain.privacy import Audience, may_see
from liaison.domain.problems import Problem
from liaison.i18n import N_

D = TypeVar("D")

_SPEC = "liaison.field"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """What is known about one field of a draft. ``label``, ``help`` and ``unit`` are marked texts."""

    name: str
    label: str
    help: str = ""
    example: str = ""
    """One example of a value, marked; from the glossary."""
    unit: str = ""
    is_required: bool = False
    audience: frozenset[Audience] = frozenset()
    headings: tuple[str, ...] = ()
    """Column headings under which files bring this field, folded."""
    fhir: str = ""
    kind: Any = str
    """The type of the field, as annotated."""

    def may_be_seen_by(self, audience: Audience) -> bool:
        """Whether this field may stand on a paper for an audience."""
        return may_see(audience, self.audience)


def field(
    label: str,
    *,
    help: str = "",
    unit: str = "",
    required: bool = False,
    audience: Iterable[Audience] = (),
    headings: Iterable[str] = (),
    fhir: str = "",
    default: Any = dataclasses.MISSING,
    default_factory: Any = dataclasses.MISSING,
) -> Any:
    """A field of a draft with its label and everything else that consumers need."""
    spec = FieldSpec(
        name="",
        label=label,
        help=help,
        unit=unit,
        is_required=required,
        audience=frozenset(audience),
        headings=tuple(headings),
        fhir=fhir,
    )
    options: dict[str, Any] = {"metadata": {_SPEC: spec}}
    if default is not dataclasses.MISSING:
        options["default"] = default
    if default_factory is not dataclasses.MISSING:
        options["default_factory"] = default_factory
    return dataclasses.field(**options)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def draft(cls: type[D]) -> type[D]:
    """Make a class a draft: frozen, slotted, keyword-only."""
    return dataclasses.dataclass(frozen=True, slots=True, kw_only=True)(cls)


_KNOWN: dict[type[object], tuple[FieldSpec, ...]] = {}


def fields_of(draft_type: type[Any]) -> tuple[FieldSpec, ...]:
    """The fields of a draft in their order. Raises ``TypeError`` where a field was made without :func:`field`."""
    if draft_type not in _KNOWN:
        _KNOWN[draft_type] = _read_fields(draft_type)
    return _KNOWN[draft_type]


def _read_fields(draft_type: type[Any]) -> tuple[FieldSpec, ...]:
    kinds = typing.get_type_hints(draft_type)
    specs = []
    for each in dataclasses.fields(draft_type):
        if _SPEC not in each.metadata:
            raise TypeError(f"{draft_type.__name__}.{each.name} says nothing about itself")
        specs.append(_explained(draft_type.__name__, each.metadata[_SPEC], each.name, kinds[each.name]))
    return tuple(specs)


def _explained(draft: str, spec: FieldSpec, name: str, kind: Any) -> FieldSpec:
    """The field with what the glossary says about it; words of the field's own win."""
    term = term_of(draft, name)
    text, example = (term.text, term.example) if term is not None else ("", "")
    return dataclasses.replace(spec, name=name, kind=kind, help=spec.help or text, example=example)


def field_of(draft_type: type[Any], name: str) -> FieldSpec:
    """One field of a draft by its name; ``KeyError`` where there is none."""
    for spec in fields_of(draft_type):
        if spec.name == name:
            return spec
    raise KeyError(name)


def visible_to(draft: Any, audience: Audience) -> dict[str, object]:
    """The values of a draft that an audience may see."""
    return {s.name: getattr(draft, s.name) for s in fields_of(type(draft)) if s.may_be_seen_by(audience)}


# Checks that every draft shares


def problem(code: str, message: str, field: str = "", /, **values: object) -> Problem:
    """An error about one field."""
    return Problem(code=code, message=message, field=field, values=values)


def warning(code: str, message: str, field: str = "", /, **values: object) -> Problem:
    """A warning about one field: it needs a look, not a change."""
    return Problem(code=code, message=message, field=field, values=values, severity="warning")


def check_required(draft: Any) -> list[Problem]:
    """Every required field that is empty. A zero or a ``False`` is a value."""
    return [
        problem("MISSING", N_("Please fill in: {what}."), spec.name, what=spec)
        for spec in fields_of(type(draft))
        if spec.is_required and is_empty(getattr(draft, spec.name))
    ]


def check_order(draft: Any, first: str, second: str) -> list[Problem]:
    """A period that ends before it begins."""
    start, end = getattr(draft, first), getattr(draft, second)
    if start is None or end is None or start <= end:
        return []
    kind = type(draft)
    return [
        problem(
            "ENDS_BEFORE_START",
            N_("“{end}” lies before “{start}”. Check both dates."),
            second,
            start=field_of(kind, first),
            end=field_of(kind, second),
        )
    ]


def is_empty(value: object) -> bool:
    """Whether a field has nothing in it: ``None``, text of which nothing can be seen, an empty collection."""
    return value is None or (isinstance(value, str) and not is_shown(value)) or value == ()
