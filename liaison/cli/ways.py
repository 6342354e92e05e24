"""How each kind of list comes in: who reads it, who plans and writes it, what is remembered from before.

Exchange reads files and knows no store, services write and know no files; the command line joins the two, as the
window's import page does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.i18n import N_

UNKNOWN_KIND = N_("There is no kind of list called {kind}. Kinds: {known}.")
UNKNOWN_MAPPING = N_("No mapping of the name {name} is remembered. Name one that is, or a .toml file.")
ONLY_CLAIMS = N_("A mapping file is for claim lists.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was answered on the command line for all files."""

    currency: str = ""
    insurer: str = ""
    city: str = ""
    password: str = ""
    mapping: str = ""

    @property
    def mapping_file(self) -> Path | None:
        """The mapping as a file, where it is one."""
        return Path(self.mapping) if self.mapping.lower().endswith(".toml") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Headings and status words that were mapped before, by their folded text."""

    columns: Mapping[str, Any] = field(default_factory=dict)
    statuses: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One kind of list, from file to store. ``count`` says how many records a staged file would bring in."""

    title: str
    memory: Callable[[Any, Asked], Memory]
    stage: Callable[[Path, Asked, Memory], Any]
    plan: Callable[[Any, Any, Asked], Any]
    write: Callable[[Any, Any, Asked, bytes], Any]
    count: Callable[[Any], int]


def way_of(kind: str) -> Way:
    """The way of a kind of list. Refuses an unknown kind with the known ones."""
    from liaison.exchange.formats import FORMATS, format_of_kind

    if format_of_kind(kind) is None:
        values = {"kind": kind, "known": ", ".join(each.kind for each in FORMATS)}
        raise Refused([Problem(code="UNKNOWN_KIND", message=UNKNOWN_KIND, field="kind", values=values)])
    if kind == "claims":
        return _claims()
    return _journeys() if kind == "journeys" else _records(kind)


def _claims() -> Way:
    from liaison.exchange.bordereau import Answers, stage_claims
    from liaison.exchange.mapping import read_mapping, stage_mapped
    from liaison.services import claim_lists, list_memory

    def stage(path: Path, asked: Asked, memory: Memory) -> Any:
        answers = Answers(currency=asked.currency.upper(), columns=memory.columns, statuses=memory.statuses)
        if asked.mapping_file is not None:
            mapping = read_mapping(asked.mapping_file)
            return stage_mapped(path, mapping, answers=answers, password=asked.password or None)
        return stage_claims(path, answers=answers, password=asked.password or None)

    def asked_of(asked: Asked) -> Any:
        return claim_lists.Asked(insurer=asked.insurer, city=asked.city)

    return Way(
        title=claim_lists.BROUGHT_IN,
        memory=lambda session, asked: _memory(session, asked, list_memory.ListKind.CLAIMS, list_memory.claim_statuses),
        stage=stage,
        plan=lambda session, staged, asked: claim_lists.plan_list(session, staged, asked_of(asked)),
        write=lambda session, staged, asked, content: claim_lists.bring_in(
            session, staged, asked_of(asked), content=content
        ),
        count=lambda staged: len(staged.claims),
    )


def _journeys() -> Way:
    from liaison.exchange.tracking import SheetAnswers, stage_journeys
    from liaison.services import journey_lists, list_memory

    def asked_of(asked: Asked) -> Any:
        return journey_lists.AskedCases(insurer=asked.insurer, city=asked.city)

    return Way(
        title=journey_lists.BROUGHT_IN,
        memory=lambda session, asked: _memory(
            session, asked, list_memory.ListKind.JOURNEYS, list_memory.journey_statuses
        ),
        stage=lambda path, asked, memory: stage_journeys(
            path,
            answers=SheetAnswers(columns=memory.columns, statuses=memory.statuses),
            password=asked.password or None,
        ),
        plan=lambda session, staged, asked: journey_lists.plan_list(session, staged, asked_of(asked)),
        write=lambda session, staged, asked, content: journey_lists.bring_in(
            session, staged, asked_of(asked), content=content
        ),
        count=lambda staged: len(staged.journeys),
    )


def _records(kind: str) -> Way:
    from liaison.exchange.rates import stage_rates
    from liaison.exchange.record_lists import RecordAnswers, stage_contacts, stage_hospitals
    from liaison.services import list_memory, record_lists

    readers = {"hospitals": stage_hospitals, "contacts": stage_contacts}

    def stage(path: Path, asked: Asked, memory: Memory) -> Any:
        password = asked.password or None
        if kind == "rates":
            return stage_rates(path, password=password)
        return readers[kind](path, answers=RecordAnswers(columns=memory.columns), password=password)

    return Way(
        title=record_lists.BROUGHT_IN,
        memory=lambda session, asked: _memory(session, asked, list_memory.ListKind(kind), lambda session: {}),
        stage=stage,
        plan=lambda session, staged, asked: record_lists.plan_list(session, staged),
        write=lambda session, staged, asked, content: record_lists.bring_in(session, staged, content=content),
        count=lambda staged: staged.count,
    )


def _memory(session: Any, asked: Asked, kind: Any, statuses: Callable[[Any], Mapping[str, Any]]) -> Memory:
    """What is remembered for this kind of list; with a name, the mapping of that name alone."""
    from liaison.exchange.fields import Field
    from liaison.services import list_memory

    if asked.mapping_file is not None:
        if kind.value != "claims":
            raise Refused([Problem(code="ONLY_CLAIMS", message=ONLY_CLAIMS, field="mapping")])
        return Memory()
    if asked.mapping:
        columns = list_memory.mapping_named(session, kind, asked.mapping)
        if columns is None:
            values = {"name": asked.mapping}
            raise Refused([Problem(code="UNKNOWN_MAPPING", message=UNKNOWN_MAPPING, field="mapping", values=values)])
    else:
        columns = list_memory.known_columns(session, kind)
    fields = {heading: Field(name) if name else None for heading, name in columns.items()}
    return Memory(columns=fields, statuses=statuses(session))
