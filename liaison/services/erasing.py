"""What of a person stands where, and taking it out for good: rows, journal, search, files, drafts.

Rows are read off the tables' own references, those that are gone again too, so that no table is forgotten. Every row is
taken out within the open action of kind ``erase``; its journal lines, and those that the taking out itself writes, are
blanked in the same action. Source: ``journal`` 5; ``security`` 8 and promise 23.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.names import fold, same_name, similar_key
from liaison.domain.pregnancy import CALLED_AFTER, is_called_after, without_mother
from liaison.services.case_rows import has_file
from liaison.services.changes import day_of
from liaison.services.kept_answers import forget_all
from liaison.store import rows as raw
from liaison.store.attachments import SealedFile
from liaison.store.base import Base
from liaison.store.history import records_under
from liaison.store.ids import moment_of
from liaison.store.journal import erase as blank
from liaison.store.journal_tables import DRAFT
from liaison.store.models import (
    ClaimRow,
    CoverRow,
    DifferenceRow,
    DisclosureRow,
    EscortRow,
    JourneyRow,
    PatientIdentifierRow,
    PatientRow,
    PolicyRow,
    PrintedCopyRow,
    ReleaseRow,
    SharedRow,
    SourceFileRow,
)
from liaison.store.rows import references
from liaison.store.triggers import quoted

Ids = dict[str, set[int]]
_NONE: Mapping[str, Iterable[int]] = MappingProxyType({})
_SHORTEST = 5
"""Letters from which a name or number is looked for in texts that nothing ties to the person."""


def everybody(session: Session, patient_id: int) -> set[int]:
    """The person and every record that was once put together with it."""
    found: set[int] = set()
    waiting = {patient_id}
    while waiting:
        found |= waiting
        merged = sa.select(PatientRow.id).where(PatientRow.merged_into_id.in_(waiting))
        waiting = set(session.scalars(merged)) - found
    return found


def belongings(session: Session, people: Iterable[int]) -> Ids:
    """Keys by table of everything that belongs to these people, or belonged before it was taken out."""
    people = set(people)
    found: Ids = {"patient": set(people)}
    for person in people:
        for table, keys in records_under(session, "patient", person).items():
            found.setdefault(table, set()).update(keys)
    _leave_others_cases(session, found, people)
    covers = found.get("cover", set())
    policies = set(session.scalars(sa.select(CoverRow.policy_id).where(CoverRow.id.in_(covers))))
    shared = sa.select(CoverRow.policy_id).where(CoverRow.policy_id.in_(policies), CoverRow.id.not_in(covers))
    found["policy"] = policies - set(session.scalars(shared))
    found["release"] = _papers(session, found)
    for paper in tuple(found["release"]):
        for table, keys in records_under(session, "release", paper).items():
            found.setdefault(table, set()).update(keys)
    for table, row in (("shared_record", SharedRow), ("difference", DifferenceRow)):
        found[table] = _about(session, row, found)
    return {table: keys for table, keys in found.items() if keys}


def _leave_others_cases(session: Session, found: Ids, people: set[int]) -> None:
    """A case or claim of somebody else that only points at this person stays."""
    for table, row in (("journey", JourneyRow), ("claim", ClaimRow)):
        keys = found.get(table, set())
        others = sa.select(row.id).where(row.id.in_(keys), row.patient_id.not_in(people))
        for key in session.scalars(others).all():
            for under, gone in records_under(session, table, key).items():
                found[under] = found.get(under, set()) - gone


def _papers(session: Session, found: Ids) -> set[int]:
    """Reports that were made for one of these cases or claims."""
    cases = set(session.scalars(sa.select(JourneyRow.case_no).where(JourneyRow.id.in_(found.get("journey", ())))))
    claims = set(session.scalars(sa.select(ClaimRow.claim_no).where(ClaimRow.id.in_(found.get("claim", ())))))
    numbers = {number for number in cases | claims if number}
    keys = {str(key) for table in ("patient", "journey", "claim") for key in found.get(table, ())}
    numbers |= {f"#{key}" for key in found.get("claim", ())}  # a claim by our own number
    wanted = {one.casefold() for one in numbers | keys}  # as typed: mdn-26-a0412-5 is the same case
    papers = session.execute(sa.select(ReleaseRow.id, ReleaseRow.parameters)).all()
    return {key for key, asked in papers if {str(v).strip().casefold() for v in asked.values()} & wanted}


def _about(session: Session, row: Any, found: Ids) -> set[int]:
    keys = session.execute(sa.select(row.id, row.table_name, row.row_id)).all()
    return {key for key, table, row_id in keys if row_id in found.get(table, ())}


def files_of(session: Session, found: Ids) -> set[str]:
    """Names of the encrypted files of these rows, those of rows taken out before too."""
    names: set[str | None] = set()
    for name, keys in found.items():
        if not has_file(Base.metadata.tables[name]):
            continue
        wanted = {"t": name, "k": json.dumps(sorted(keys))}
        here = f"SELECT file_id FROM {quoted(name)} WHERE id IN (SELECT value FROM json_each(:k))"
        before = (
            "SELECT json_extract(coalesce(before_json, after_json), '$.file_id') FROM change "
            "WHERE table_name = :t AND row_id IN (SELECT value FROM json_each(:k)) AND digest IS NULL"
        )
        names.update(session.execute(sa.text(f"{here} UNION {before}"), wanted).scalars())
    return {name for name in names if name}


def lists_of(session: Session, found: Ids) -> set[int]:
    """Lists from which one of these rows came: they hold the person in their own words."""
    claims = sa.select(ClaimRow.source_file_id).where(ClaimRow.id.in_(found.get("claim", ())))
    named = {key for key in session.scalars(claims) if key is not None}
    for table in ("patient", "journey"):
        keys = json.dumps(sorted(found.get(table, ())))
        brought = sa.text(
            "SELECT s.row_id FROM change s WHERE s.table_name = 'source_file' AND s.op = 'I' AND s.action_id IN ("
            "SELECT action_id FROM change WHERE table_name = :t AND op = 'I' AND row_id IN "
            "(SELECT value FROM json_each(:k)) UNION SELECT c.action_id FROM change c, json_each(:k) k "
            "WHERE c.op = 'R' AND c.table_name = :t AND k.value >= c.row_id "
            "AND k.value <= json_extract(c.after_json, '$.hi'))"
        )
        named.update(session.execute(brought, {"t": table, "k": keys}).scalars())
    return named


def empty_lists(session: Session, lists: Iterable[int]) -> set[str]:
    """Put an empty file in the place of each list; returns the names of the files to shred."""
    files, gone = session.info["store"].attachments, set()
    for key in lists:
        row = session.get(SourceFileRow, key)
        if row is not None and row.size:
            sealed: SealedFile = files.put(b"")
            gone.add(row.file_id)
            row.file_id, row.file_key, row.size, row.sha256 = sealed.file_id, sealed.file_key, 0, sealed.sha256
    session.flush()
    return gone


def empty_papers(session: Session, people: Iterable[int], found: Ids) -> set[str]:
    """Let go of the kept pages of papers about many that name one of these people; returns the files to shred.

    That the paper was made stays on record for the others it speaks of. Papers about these people alone are in
    ``found`` and go whole.
    """
    told = sa.select(DisclosureRow.report_id).where(DisclosureRow.patient_id.in_(set(people)))
    asked = sa.select(ReleaseRow).where(ReleaseRow.report_id.in_(told), ReleaseRow.file_id.is_not(None))
    gone: set[str] = set()
    for row in session.scalars(asked):
        if row.id not in found.get("release", ()) and row.file_id is not None:
            gone.add(row.file_id)
            row.file_id, row.file_key = None, None
    session.flush()
    return gone


def words_of(session: Session, people: Iterable[int]) -> list[str]:
    """What a person is known by: whole names, numbers, telephones. One-word names are too common to look for."""
    people = list(people)
    found: list[str] = []
    for name, passport, phone, email in session.execute(
        sa.select(PatientRow.full_name, PatientRow.passport_name, PatientRow.phone, PatientRow.email).where(
            PatientRow.id.in_(people)
        )
    ):
        found += [n for n in (name, passport) if " " in n.strip()]
        found += [phone, email]
    numbers = sa.select(PatientIdentifierRow.value).where(PatientIdentifierRow.patient_id.in_(people))
    found += session.scalars(numbers).all()
    return list(dict.fromkeys(word.strip() for word in found if len(word.strip()) >= _SHORTEST))


def take_out(session: Session, found: Ids, names: Iterable[str]) -> int:
    """Delete the rows, let go of what points at them, blank the journal; returns how many journal lines went."""
    session.flush()
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    names = tuple(names)
    renamed = _rename_children(session, found, names)
    receivers = _blank_receivers(session, found, names)
    _let_go(session, found)
    for table in reversed(Base.metadata.sorted_tables):
        if found.get(table.name):
            raw.delete(connection, table, sorted(found[table.name]))
    blanked = {
        "policy": _blank_holders(session, names),
        "patient": _blank_owners(session, names) | renamed,
        "escort": _drop_escorts(session, names),
        "printed_copy": receivers,
    }
    session.expire_all()
    forget_all(session)
    to_blank: dict[str, Iterable[int]] = {table: sorted(keys) for table, keys in found.items()}
    for table, keys in blanked.items():
        to_blank[table] = sorted({*found.get(table, ()), *keys})
    return blank(session, to_blank)


def _let_go(session: Session, found: Ids) -> None:
    """Rows that stay no longer point at what goes."""
    for table in Base.metadata.sorted_tables:
        for lead in references(table):
            gone = found.get(lead.parent)
            if not gone or not table.c[lead.column].nullable:
                continue
            column = quoted(lead.column)
            sql = f"SELECT id FROM {quoted(table.name)} WHERE {column} IN (SELECT value FROM json_each(:k))"
            pointing = set(session.execute(sa.text(sql), {"k": json.dumps(sorted(gone))}).scalars())
            stay = pointing - found.get(table.name, set())
            if stay:
                raw.update(session.connection(), table, {key: {lead.column: None} for key in stay})


def _rename_children(session: Session, found: Ids, names: Iterable[str]) -> set[int]:
    """A child that is still called after its mother keeps its records, not her name nor her telephone."""
    gone = found.get("patient", set())
    mothers = sa.select(PatientRow.full_name, PatientRow.passport_name).where(PatientRow.id.in_(gone))
    known = {name for both in session.execute(mothers) for name in both if name.strip()}
    known |= {name for name in names if " " in name}
    named = PatientRow.full_name.istartswith(CALLED_AFTER) | PatientRow.passport_name.istartswith(CALLED_AFTER)
    changed: set[int] = set()
    for row in session.scalars(sa.select(PatientRow).where(named, PatientRow.id.not_in(gone))):
        for column in ("full_name", "passport_name"):
            written = getattr(row, column)
            if any(is_called_after(written, mother) for mother in known):
                setattr(row, column, without_mother(written))
                changed.add(row.id)
        if row.id in changed and any(same_name(row.phone_owner, mother) for mother in known):
            row.phone = row.phone_digits = row.phone_owner = ""
        row.name_key, row.similar_key = fold(row.full_name), similar_key(row.full_name)
    session.flush()
    return changed


def _blank_holders(session: Session, names: Iterable[str]) -> set[int]:
    """A policy of the family stays; the erased person's name as its holder does not."""
    wanted = [name for name in names if " " in name]
    changed: set[int] = set()
    for row in session.scalars(sa.select(PolicyRow).where(PolicyRow.holder_name != "")):
        if any(same_name(row.holder_name, name) for name in wanted):
            row.holder_name = ""
            changed.add(row.id)
    session.flush()
    return changed


def _blank_owners(session: Session, names: Iterable[str]) -> set[int]:
    """Somebody else's telephone that was the erased person's: neither the number nor whose it was stays."""
    wanted = [name for name in names if " " in name]
    changed: set[int] = set()
    for row in session.scalars(sa.select(PatientRow).where(PatientRow.phone_owner != "")):
        if any(same_name(row.phone_owner, name) for name in wanted):
            row.phone = row.phone_digits = row.phone_owner = ""
            changed.add(row.id)
    session.flush()
    return changed


def _drop_escorts(session: Session, names: Iterable[str]) -> set[int]:
    """The erased person goes along on nobody's journey any more: the line with name, telephone and passport goes."""
    told = set(names)
    wanted = [name for name in told if " " in name]
    gone = {
        row.id
        for row in session.scalars(sa.select(EscortRow))
        if row.passport in told or any(same_name(row.name, name) for name in wanted)
    }
    if gone:
        raw.delete(session.connection(), Base.metadata.tables["escort"], sorted(gone))
    return gone


def _blank_receivers(session: Session, found: Ids, names: Iterable[str]) -> set[int]:
    """A numbered copy of a paper about many stays on record; that the erased person held it does not.

    A name of one word is too common to mean this person, unless the paper speaks of the person.
    """
    people = found.get("patient", set())
    told = [name.casefold() for name in names]
    known = {name for name in names if " " in name}
    own = sa.select(PatientRow.full_name, PatientRow.passport_name).where(PatientRow.id.in_(people))
    short = {name for both in session.execute(own) for name in both if name.strip()}
    about = set(session.scalars(sa.select(DisclosureRow.report_id).where(DisclosureRow.patient_id.in_(people))))
    changed: set[int] = set()
    asked = sa.select(PrintedCopyRow, ReleaseRow.report_id).join(ReleaseRow, ReleaseRow.id == PrintedCopyRow.release_id)
    for row, report_id in session.execute(asked.where(PrintedCopyRow.id.not_in(found.get("printed_copy", ())))):
        same = known | short if report_id in about else known
        if any(same_name(row.handed_to, name) for name in same):
            row.handed_to = row.house = ""
            changed.add(row.id)
        for column in ("handed_to", "house", "note", "ended_note"):
            if any(word in getattr(row, column).casefold() for word in told):
                setattr(row, column, "")
                changed.add(row.id)
    session.flush()
    return changed


def drop_drafts(session: Session, found: Mapping[str, Iterable[int]], words: Iterable[str]) -> int:
    """Take out half-typed text that names the person or stands on one of the person's pages."""
    keys = {str(key) for table in ("patient", "journey", "claim") for key in found.get(table, ())}
    told = [word.casefold() for word in words]
    gone = [
        key
        for key, text in session.execute(sa.select(DRAFT.c.key, DRAFT.c.text))
        if any(k in key or k in text for k in keys) or any(w in text.casefold() for w in told)
    ]
    if gone:
        session.execute(sa.delete(DRAFT).where(DRAFT.c.key.in_(gone)))
    return len(gone)


def merge_search(session: Session) -> None:
    """Write the search index anew without the words of rows that are gone: until then they would stay in its pages."""
    for index in ("search_words", "search_numbers"):
        session.connection().exec_driver_sql(f"INSERT INTO {index}({index}) VALUES('optimize')")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place elsewhere where a name or number of the person stands: what sort of record, and when it was made."""

    table: str
    on: dt.date


def mentions(
    session: Session, words: Iterable[str], *, but: Mapping[str, Iterable[int]] = _NONE
) -> tuple[Mention, ...]:
    """Places elsewhere where one of these words stands, newest first: a note on another case, a list's remark.

    ``but`` are the person's own records. A record with several of the words is one place.
    """
    wanted = [word.casefold() for word in words if len(word) >= _SHORTEST]
    found: list[tuple[int, str]] = []
    for table in Base.metadata.sorted_tables:
        texts = [c for c in table.columns if isinstance(c.type, sa.Text) and not c.primary_key]
        if not texts or not wanted or not table.info.get("journal", True):
            continue
        like = " OR ".join(f"instr(lower({quoted(c.name)}), :w) > 0" for c in texts)
        sql = sa.text(f"SELECT id FROM {quoted(table.name)} WHERE {like}")
        keys = {key for word in wanted for key in session.execute(sql, {"w": word}).scalars()}
        found += [(key, table.name) for key in keys - set(but.get(table.name, ()))]
    return tuple(Mention(table=name, on=day_of(session, moment_of(key))) for key, name in sorted(found, reverse=True))
