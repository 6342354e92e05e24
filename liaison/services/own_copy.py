"""A person's own copy: everything on record about the person, with the trail of who did what with it, and nobody else.

The law gives a person the data together with the trail of its processing (UU PDP article 32, as read in ``security``
0.13). Relatives, agents and officers are other people: they stand in it by what they are, never by name.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.coded import Coded
from liaison.domain.errors import Refused
from liaison.domain.money import Money
from liaison.domain.names import fold, likeness, same_name
from liaison.domain.patients import RelationKind
from liaison.domain.problems import Problem
from liaison.domain.work import WaitingOn
from liaison.i18n import LANGUAGE_NAMES, N_, Language
from liaison.services import erasing
from liaison.services.case_rows import FILE_COLUMNS, person_ids, personal_tables
from liaison.services.changes import clock, get
from liaison.services.disclosure import DisclosureView, disclosures_of
from liaison.services.history import what_happened
from liaison.services.infections import check_may_copy
from liaison.services.labels import is_read_by_people, label_of
from liaison.services.sentences import Sentence
from liaison.services.told_values import Answer, noun_of, told_value
from liaison.store import rows as raw
from liaison.store.base import Base
from liaison.store.history import actions_on
from liaison.store.journal_tables import SYSTEM
from liaison.store.models import AgentRow, ContactRow, CoverRow, JourneyRow, OfficerRow, OrganizationRow, PatientRow
from liaison.store.rows import Row, references
from liaison.store.triggers import journaled_columns

NO_SUCH_CASE = N_("There is no case of this number here.")
ANOTHER = N_("[another person]")
MOST_STEPS = 5_000
_NOT_GIVEN = frozenset(
    {"similar_key", "is_provisional", "merged_into_id", "source_file_id", "source_row", "list_lines", "sha256",
     "paid_minor", "state_since"}
) | FILE_COLUMNS  # fmt: skip
"""Columns that only the program reads."""

_OFFICERS = frozenset({"actor", "officer", "author", "officer_id", "placed_by", "owner", "reviewed_by"})
_OWN_TRACES = frozenset({"shared_record", "difference", "hand_over_case", "legal_hold", "disclosure"})
"""Told elsewhere on the copy, or only of use to the program."""

_ALIKE = 85
"""From this likeness on a name on a policy is the person's own."""

_SHORTEST = 3
_SHORTEST_PART = 4
"""Letters from which one word of a relative's name is taken out of texts."""

_FEWEST_DIGITS = 7
_NAMES = ("name", "holder_name", "name_on_policy", "given_by", "counterpart", "waiting_for", "received_by")
_OF_A_COMPANION = ("name", "phone", "passport", "passport_expires_on")

_MORE_PARTS = ("sopir", "driver", "ambulans", "ambulance", "dokter", "doctor", "istri", "suami", "wife", "husband")

_TITLED = re.compile(r"\b(Bu|Ibu|Pak|Bapak|Mas|Mbak|Kak|Bang|Mr|Mrs|Ms|Mdm)\.?((?: [A-Z][\w'’-]+){1,3})")
"""``Bu Hesti``: a person spoken of by title and name, on record or not."""


class Who(Coded):
    """Who did a step, as the person is told."""

    OFFICER = "OFFICER", N_("an officer of this office")
    PROGRAM = "PROGRAM", N_("the program itself")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyField:
    """One thing on record. ``label`` is marked; ``value`` is shown by ``language.shown``."""

    column: str
    label: str
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRecord:
    """One record of a table."""

    table: str
    noun: str
    fields: tuple[CopyField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """One step of the processing."""

    at: dt.datetime
    who: Who
    what: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCopy:
    """Everything about one person."""

    patient_id: int
    name: str
    as_of: dt.datetime
    records: tuple[CopyRecord, ...]
    trail: tuple[TrailLine, ...]
    disclosures: tuple[DisclosureView, ...]


def person_of_case(session: Session, case_no: str) -> int:
    """The person of a case, by its number. Refused where there is none."""
    found = session.scalar(sa.select(JourneyRow.patient_id).where(JourneyRow.case_no == case_no.strip().upper()))
    if found is None:
        raise Refused([Problem(code="NO_SUCH_CASE", message=NO_SUCH_CASE, field="case")])
    return found


def own_copy(session: Session, patient_id: int) -> OwnCopy:
    """Everything on record about a person and the trail of it, without anybody else."""
    row = get(session, PatientRow, patient_id)
    people = erasing.everybody(session, patient_id)
    ids = {t: keys for t, keys in person_ids(session, people).items() if t not in _OWN_TRACES}
    covers = sa.select(CoverRow.policy_id).where(CoverRow.patient_id.in_(people))
    ids["policy"] = set(session.scalars(covers))
    rows = {
        table.name: raw.read(session.connection(), table, sorted(ids[table.name]))
        for table in Base.metadata.sorted_tables
        if ids.get(table.name)
    }
    rows["related_person"] = {
        key: each for key, each in rows.get("related_person", {}).items() if each["patient_id"] in people
    }
    kept_back = [*rows.get("health_notice", {}).values(), *rows.get("tb_test", {}).values()]
    check_may_copy(session, [each["journey_id"] for each in kept_back])
    veil = _Veil(session, row, people, rows)
    records = [_record(session, table, each, veil) for table, found in rows.items() for each in found.values()]
    steps = actions_on(session, {t: sorted(keys) for t, keys in ids.items()}, limit=MOST_STEPS)
    return OwnCopy(
        patient_id=patient_id,
        name=row.full_name,
        as_of=clock(session),
        records=tuple(record for record in records if record.fields),
        trail=tuple(
            TrailLine(at=s.at, who=Who.PROGRAM if s.actor == SYSTEM else Who.OFFICER, what=what_happened(s))
            for s in reversed(steps)
        ),
        disclosures=tuple(d for person in sorted(people) for d in reversed(disclosures_of(session, person))),
    )


def as_json(copy: OwnCopy, language: Language) -> bytes:
    """The copy for another program: keys of the store, values as they are, moments and dates in ISO."""
    said: dict[str, Any] = {
        "what": "own copy of a person's data",
        "as_of": copy.as_of.isoformat(),
        "records": [
            {"kind": r.table, "called": language(r.noun), "fields": {f.column: _plain(f.value, language)
                                                                     for f in r.fields}}
            for r in copy.records
        ],
        "processing": [
            {"at": t.at.isoformat(), "by": t.who.value.lower(), "step": t.what.text(language)} for t in copy.trail
        ],
        "given_to": [
            {"at": d.at.isoformat(), "what": d.report, "recipient": d.recipient, "country": d.country,
             "purpose": d.purpose, "ground": d.ground.value}
            for d in copy.disclosures
        ],
    }  # fmt: skip
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def shown_value(value: object, language: Language) -> str:
    """A value in words, with what stands instead of others."""
    return language.shown(value).replace(ANOTHER, language(ANOTHER))


def _plain(value: object, language: Language) -> object:
    match value:
        case Money():
            return {"amount": str(value.amount), "currency": value.currency}
        case dt.datetime() | dt.date():
            return value.isoformat()
        case Coded():
            return value.value
        case int() | float() | None:
            return value
        case _:
            return str(value).replace(ANOTHER, language(ANOTHER))


def _record(session: Session, table: str, row: Row, veil: _Veil) -> CopyRecord:
    found: list[CopyField] = []
    leads = {lead.column: lead.parent for lead in references(Base.metadata.tables[table])}
    for column in journaled_columns(Base.metadata.tables[table]):
        name, value = column.name, row.get(column.name)
        if value in (None, "") or name in _NOT_GIVEN or not is_read_by_people(name) or name.endswith("_currency"):
            continue
        shown = veil.over(table, name, value, leads.get(name, ""))
        if shown is None:
            shown = told_value(session, table, name, row)
        if type(shown) is str:  # a code is a text too, and is told by its word
            shown = veil.text(shown)
        if shown not in (None, "", Answer.NO) and leads.get(name) not in personal_tables():
            found.append(CopyField(column=name, label=label_of(table, name), value=shown))
    return CopyRecord(table=table, noun=noun_of(table), fields=tuple(found))


class _Veil:
    """Knows everybody else who stands in a person's records, and takes their names and numbers out of any text."""

    def __init__(
        self, session: Session, row: PatientRow, people: set[int], rows: Mapping[str, Mapping[int, Row]]
    ) -> None:
        self._own = [n for n in (row.full_name, row.passport_name) if n]
        self._own_numbers = {str(each["value"]) for each in rows.get("patient_identifier", {}).values()}
        beside = set(_beside(rows))
        others = set(self._named_in(rows))
        others.update(session.scalars(sa.select(OfficerRow.name)))
        others.update(n for n in session.scalars(sa.select(ContactRow.name)) if n)
        agents = {row["agent_id"] for row in rows.get("journey", {}).values() if row.get("agent_id")}
        others.update(session.scalars(sa.select(AgentRow.name).where(AgentRow.id.in_(agents))))
        others.update(self._named(session, people, rows))
        self._houses = _house_names(session)
        others = {o for o in others if self._is_other(o)} | {b for b in beside if self._is_not_me(b)}
        known = sorted((o for o in others if len(o) >= _SHORTEST), key=len, reverse=True)
        self._others = re.compile(rf"\b(?:{'|'.join(map(re.escape, known))})(?!\w)", re.I) if known else None
        more = [*self._parts_of(beside), *_numbers_of(rows)]
        self._more = re.compile("|".join(more)) if more else None

    def _named_in(self, rows: Mapping[str, Mapping[int, Row]]) -> Iterable[str]:
        for table, found in rows.items():
            if table not in ("patient", "related_person", "escort"):
                for each in found.values():
                    yield from (str(v) for n, v in each.items() if _is_name(n) and v)

    def _is_not_me(self, name: str) -> bool:
        """Whether somebody who is surely beside the person is another: however alike, a sister is no typing error."""
        return not any(same_name(name, own) for own in self._own) and not set(fold(name).split()) <= _part_words()

    def _parts_of(self, names: Iterable[str]) -> Iterable[str]:
        """Each word of the names of those beside the person, as people speak of them; none of the person's own."""
        own = {word for name in self._own for word in fold(name).split()} | _part_words()
        for word in sorted({word for name in names if self._is_not_me(name) for word in name.split()}):
            if len(word) >= _SHORTEST_PART and word.isalpha() and fold(word) not in own:
                yield rf"\b{re.escape(word.capitalize())}(?!\w)"

    def _named(self, session: Session, people: set[int], rows: Mapping[str, Mapping[int, Row]]) -> Iterable[str]:
        """Other patients whose whole name stands somewhere in these records."""
        every = [list(each.values()) for found in rows.values() for each in found.values()]
        text = json.dumps(every, ensure_ascii=False).casefold()
        names = sa.select(PatientRow.full_name).where(PatientRow.id.not_in(people), PatientRow.name_key.contains(" "))
        return [name for name in session.scalars(names) if name.casefold() in text]

    def _is_own(self, name: str) -> bool:
        return any(likeness(name, own) >= _ALIKE for own in self._own)

    def _is_other(self, name: str) -> bool:
        """Whether this is a person's name and not the copy's own person, a house, a doctor at work, or a plain word."""
        folded = fold(name)
        by_part = set(folded.split()) <= _part_words()
        at_work = name.casefold().startswith(("dr.", "dr ", "prof"))
        return not (by_part or at_work or folded in self._houses or self._is_own(name))

    def over(self, table: str, column: str, value: object, parent: str) -> object:
        """What stands instead of a name of somebody else; None where the value may be shown."""
        if column in _OFFICERS or parent == "officer":
            return Who.PROGRAM if value == SYSTEM else Who.OFFICER
        if parent == "agent" or (table == "related_person" and column in ("name", "phone")):
            return ANOTHER
        if table == "escort" and column in _OF_A_COMPANION:
            return ANOTHER
        if column == "mother_nik" and str(value) not in self._own_numbers:
            return ANOTHER
        if column == "phone_owner" and self._is_not_me(str(value)):
            return ANOTHER
        if _is_name(column) and table not in ("patient", "organization") and self._is_other(str(value)):
            return ANOTHER
        return None

    def text(self, text: str) -> str:
        """A text without the names and numbers of others."""
        for others in (self._others, self._more):
            if others is not None:
                text = others.sub(ANOTHER, text)
        return _TITLED.sub(lambda found: found[0] if self._is_own(found[2]) else f"{found[1]} {ANOTHER}", text)


def _beside(rows: Mapping[str, Mapping[int, Row]]) -> Iterable[str]:
    """Names of relatives and companions, and of whoever the person's telephone belongs to."""
    for table in ("related_person", "escort"):
        yield from (each["name"] for each in rows.get(table, {}).values() if each["name"])
    yield from (each["phone_owner"] for each in rows.get("patient", {}).values() if each["phone_owner"])


def _numbers_of(rows: Mapping[str, Mapping[int, Row]]) -> Iterable[str]:
    """Telephones and passports of relatives and companions as patterns, however somebody wrote them into a note."""
    own = {re.sub(r"\D", "", each["phone"] or "") for each in rows.get("patient", {}).values()}
    for each in (*rows.get("related_person", {}).values(), *rows.get("escort", {}).values()):
        digits = re.sub(r"\D", "", each["phone"] or "")
        bare = re.sub(r"^(?:62|0)", "", digits)
        if len(bare) >= _FEWEST_DIGITS and digits not in own:
            yield r"(?<!\d)(?:\+?62|0)?[ .-]*" + "[ .-]*".join(bare) + r"(?!\d)"
        if each.get("passport"):
            yield re.escape(each["passport"])


def _house_names(session: Session) -> frozenset[str]:
    """Every name of a hospital, insurer or other house, folded: those are no persons."""
    found = session.execute(sa.select(OrganizationRow.name, OrganizationRow.short_name, OrganizationRow.also_known_as))
    return frozenset(fold(each) for name, short, other in found for each in (name, short, *other) if each)


@cache
def _part_words() -> frozenset[str]:
    """Words that say what somebody is to a case, in both languages: ``istri``, ``the insurer``, ``sopir``."""
    labels = [code.label for codes in (RelationKind, WaitingOn) for code in codes]
    said = {Language(name)(label) for name in LANGUAGE_NAMES for label in labels}
    return frozenset(word for each in (*said, *_MORE_PARTS) for word in fold(each).split())


def _is_name(column: str) -> bool:
    return column in _NAMES or (column.endswith("_name") and column != "file_name")
