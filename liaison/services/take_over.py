"""Accepting a colleague's file of cases: looked at first, put together field by field, written as one action.

What only one side changed is taken; what both changed is shown side by side and chosen, and the value not chosen is
kept beside it. A record that came before and was not changed since is left alone, so the same file twice changes
nothing. Nothing is written where any part of the file is not as it should be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Locked, Refused
from liaison.domain.handing import Side, Way
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services import taking
from liaison.services.case_numbers import next_case_no
from liaison.services.case_rows import LEFT_BEHIND, has_file, personal_tables
from liaison.services.changes import Changes, actor, changes, clock, officer_id
from liaison.services.comparing import WHOLE, Clash, compare
from liaison.services.debts import owe_anew, standing
from liaison.services.hand_over import FORMAT, WHAT, put_on_record, schema_revision, store_id
from liaison.services.house_keys import HouseKeys
from liaison.services.resting_on import ask_again, resting
from liaison.store import rows as raw
from liaison.store.base import Base
from liaison.store.case_file import DAMAGED, NEWER, NOT_OURS, Told, opened_case_file, read_case_file
from liaison.store.models import DifferenceRow, ErasureRow, HandOverRow, JourneyRow, SharedRow
from liaison.store.rows import Row, references
from liaison.store.triggers import journaled_columns, quoted
from liaison.store.types import Choice

if TYPE_CHECKING:
    from liaison.store.store import Store

TAKEN_OVER = N_("Take cases over")
OF_KIOSK = N_("This file holds enquiries of a kiosk. Take it in under File, Enquiries of a kiosk.")
OWN_FILE = N_("This file was made on this very laptop. It is opened on the colleague's, with the code.")
ERASED_HERE = N_(
    "One person in this file was erased here. The file cannot be taken over; ask for one without that case."
)
Key = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field that both sides changed, or a record that one side took out. Values by column, as the file holds them."""

    table: str
    row_id: int
    clash: Clash
    journey_id: int | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        """What a choice is known by."""
        return self.table, self.row_id, self.clash.field


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWords:
    """Who made a file, when, for whom, with which note, and which cases it holds."""

    office: str
    officer: str
    who: str
    note: str
    made_at: dt.datetime
    file_no: str
    journeys: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver:
    """What accepting a file would do. Nothing has been written."""

    words: FileWords
    new: Mapping[str, int]
    """New records by table."""
    changed: int
    """Records of which fields are taken over."""
    gone: int
    files: int
    differences: tuple[Difference, ...]
    cases: tuple[tuple[int, str, str, bool], ...]
    """Key, case number, name, and whether it is new here."""

    @property
    def is_nothing_new(self) -> bool:
        """Whether all of it is here already."""
        return not (self.new or self.changed or self.gone or self.differences)


@dataclass(slots=True)
class _Work:
    insert: dict[str, dict[int, Row]] = field(default_factory=dict)
    update: dict[str, dict[int, Row]] = field(default_factory=dict)
    delete: dict[str, list[int]] = field(default_factory=dict)
    houses: dict[str, dict[int, Row]] = field(default_factory=dict)
    shared: dict[Key, tuple[Row, int]] = field(default_factory=dict)
    """What came, by our key, with the count of our file that they had read."""
    alias: dict[Key, int] = field(default_factory=dict)
    """Their keys of records that stand here under another."""
    differences: list[Difference] = field(default_factory=list)
    named: list[tuple[str, int, int]] = field(default_factory=list)
    """Houses found here by their name: table, their key, ours."""


def open_file(path: Path, code: str, *, revision: str = "") -> Told:
    """Read a file whole and check that it is one of cases that this program can take. Writes nothing."""
    told = read_case_file(path, code)
    said = told.content
    if said.get("what") == "liaison kiosk":
        raise Locked(OF_KIOSK)
    if said.get("what") != WHAT:
        raise Locked(NOT_OURS)
    if not isinstance(said.get("format"), int) or said["format"] > FORMAT:
        raise Locked(NEWER)
    if revision and str(said.get("revision", "")) > revision:
        raise Locked(NEWER)
    return told


def look_at_file(store: Store, path: Path, code: str) -> TakeOver:
    """What a file would change here: for the window and the command line, before anything is written."""
    with store.read() as session:
        told = open_file(path, code, revision=schema_revision(session))
        return plan_take_over(session, told)


def take_over(
    store: Store, path: Path, code: str, choices: Mapping[tuple[str, int, str], Side] | None = None
) -> Changes:
    """Accept a file as one action that one undo takes back. Where nothing was chosen, what is here stays.

    Every value that is not taken is kept with the hand-over. A file that brings nothing new leaves no trace.
    """
    with store.read() as session:
        told = open_file(path, code, revision=schema_revision(session))
    with store.write(TAKEN_OVER) as session:
        work = _plan(session, told)
        _put_files(session, told, work, path, code)
        return _write(session, told, work, choices or {})


def plan_take_over(session: Session, told: Told) -> TakeOver:
    """What accepting an opened file would do."""
    work = _plan(session, told)
    words = _words(told)
    return TakeOver(
        words=words,
        new={t: len(rows) for t, rows in work.insert.items() if rows},
        changed=sum(map(len, work.update.values())),
        gone=sum(map(len, work.delete.values())),
        files=sum(1 for a in told.attached if a.row_id in work.insert.get(a.table, {})),
        differences=tuple(work.differences),
        cases=_cases(told, work),
    )


# reading what the file says


def _words(told: Told) -> FileWords:
    said = told.content
    try:
        return FileWords(
            office=str(said["office"]), officer=str(said["officer"]), who=str(said["who"]), note=str(said["note"]),
            made_at=dt.datetime.fromisoformat(said["made_at"]), file_no=str(said["file_no"]),
            journeys=tuple(int(k) for k in said["journeys"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise Locked(DAMAGED) from error


def _cases(told: Told, work: _Work) -> tuple[tuple[int, str, str, bool], ...]:
    rows = _rows(told, "rows")
    people = rows.get("patient", {})
    found = []
    for key in _words(told).journeys:
        case = rows.get("journey", {}).get(key, {})
        name = people.get(case.get("patient_id", 0), {}).get("full_name", "")
        found.append((key, str(case.get("case_no", "")), str(name), key in work.insert.get("journey", {})))
    return tuple(found)


def _rows(told: Told, part: str) -> dict[str, dict[int, Row]]:
    """The rows of one part by table and key; every table, column and code must be known here."""
    try:
        found = {str(t): {int(k): dict(row) for k, row in rows} for t, rows in told.content[part].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Locked(DAMAGED) from error
    for name, rows in found.items():
        _check_rows(name, rows, is_house=part == "houses")
    return found


def _check_rows(name: str, rows: dict[int, Row], *, is_house: bool) -> None:
    table = Base.metadata.tables.get(name)
    if table is None or (name in personal_tables()) is is_house or not table.info.get("travels", True):
        raise Locked(NEWER)
    columns = {c.name: c for c in journaled_columns(table)}
    codes = {n: {str(m.value) for m in c.type.choices} for n, c in columns.items() if isinstance(c.type, Choice)}
    for row in rows.values():
        if row.keys() - columns.keys():
            raise Locked(NEWER)
        if any(row.get(n) is not None and row[n] not in known for n, known in codes.items()):
            raise Locked(NEWER)


# planning


def _plan(session: Session, told: Told) -> _Work:
    said = told.content
    peer, here = str(said.get("store", "")), store_id(session)
    if peer == here:
        raise Refused([Problem(code="OWN_FILE", message=OWN_FILE, field="file")])
    work = _Work()
    rows, houses = _rows(told, "rows"), _rows(told, "houses")
    keys = HouseKeys(session, peer, houses, said.get("known", {}).get(here, {}))
    _refuse_erased(session, rows)
    work.houses, work.named = keys.new, keys.found
    starts = {
        (table, int(key)): (dict(values), int(number))
        for table, found in said.get("shared", {}).get(here, {}).items()
        for key, values, number in found
    }
    known = _shared_with(session, peer)
    for table in Base.metadata.sorted_tables:
        if table.name in rows:
            _plan_table(session, table, rows[table.name], _Peer(keys, starts, known, int(said["number"])), work)
    _plan_gone(session, said.get("gone", {}).get(here, {}), known, work)
    _bring_parents(session, rows, keys, work)
    return work


def _refuse_erased(session: Session, rows: Mapping[str, Mapping[int, Row]]) -> None:
    """Nobody who was erased comes back by a file."""
    erased = {
        (t, k) for keys in session.scalars(sa.select(ErasureRow.keys)) for t, found in keys.items() for k in found
    }
    if any((table, key) in erased for table in ("patient", "journey") for key in rows.get(table, ())):
        raise Refused([Problem(code="ERASED_HERE", message=ERASED_HERE, field="file")])


@dataclass(slots=True)
class _Peer:
    """What is known between us and the laptop that a file came from."""

    keys: HouseKeys
    starts: Mapping[Key, tuple[Row, int]]
    """As they had last received it from us, by their key: values, and the count of our file."""
    known: Mapping[Key, SharedRow]
    """As it last came from them, by our key."""
    number: int


def _shared_with(session: Session, peer: str) -> dict[Key, SharedRow]:
    return {(r.table_name, r.row_id): r for r in session.scalars(sa.select(SharedRow).where(SharedRow.peer == peer))}


def _plan_table(session: Session, table: sa.Table, rows: dict[int, Row], peer: _Peer, work: _Work) -> None:
    here = raw.read(session.connection(), table, rows)
    for key, row in rows.items():
        theirs = _translated(table, row, peer.keys, work)
        ours_key, ours = key, here.get(key)
        if ours is None:
            ours_key, ours = _same_here(session, table, key, theirs, work)
        last = peer.known.get((table.name, ours_key))
        if last is not None and last.theirs_no > peer.number:
            continue
        start, read = _start(table, key, peer, last, work)
        work.shared[table.name, ours_key] = (theirs, read)
        if ours is not None:
            _plan_edit(table.name, ours_key, ours, theirs, start, work)
        elif last is None:
            work.insert.setdefault(table.name, {})[key] = theirs
        elif theirs != last.values:
            clash = Clash(field=WHOLE, before=dict(last.values), ours={}, theirs=theirs)
            work.differences.append(_difference(table, key, clash, theirs))


def _start(table: sa.Table, key: int, peer: _Peer, last: SharedRow | None, work: _Work) -> tuple[Row | None, int]:
    """What both sides started from: the newer of what they had from us and we from them; and which file they read."""
    values, number = peer.starts.get((table.name, key), (None, 0))
    if last is not None and number <= last.ours_no:
        return dict(last.values), last.ours_no
    return None if values is None else _translated(table, values, peer.keys, work), number


def _plan_edit(table: str, key: int, ours: Row, theirs: Row, start: Row | None, work: _Work) -> None:
    found = compare(table, ours=ours, theirs=theirs, before=start)
    if found.take:
        work.update.setdefault(table, {})[key] = found.take
    work.differences += [_difference(Base.metadata.tables[table], key, c, ours) for c in found.clashes]


def _difference(table: sa.Table, key: int, clash: Clash, row: Row) -> Difference:
    journey = key if table.name == "journey" else row.get("journey_id")
    return Difference(table=table.name, row_id=key, clash=clash, journey_id=journey)


def _translated(table: sa.Table, row: Row, keys: HouseKeys, work: _Work) -> Row:
    """The row with the keys of this store in it."""
    made = dict(row)
    for lead in references(table):
        value = made.get(lead.column)
        if value is None:
            continue
        if lead.parent == LEFT_BEHIND:
            made[lead.column] = None
        elif lead.parent in personal_tables():
            made[lead.column] = work.alias.get((lead.parent, value), value)
        else:
            made[lead.column] = keys.ours(lead.parent, value)
    return made


_SAME = {"patient_identifier": ("patient_id", "kind", "value_key", "organization_id")}
"""What makes two records one, where no rule of the table says so."""


def _same_here(session: Session, table: sa.Table, key: int, row: Row, work: _Work) -> tuple[int, Row | None]:
    """The record that stands here in this one's place: the same number of a person, the one pregnancy of a case."""
    for names in _rules(table):
        if not set(names) <= row.keys() or row[names[0]] is None or names == ("case_no",) or _counts(table, names):
            continue
        where = " AND ".join(f"{quoted(n)} IS :{n}" for n in names)
        sql = sa.text(f"SELECT id FROM {quoted(table.name)} WHERE {where} ORDER BY id LIMIT 1")
        found = session.execute(sql, {n: row[n] for n in names}).scalar()
        if found is not None:
            work.alias[table.name, key] = found
            return found, raw.read(session.connection(), table, [found])[found]
    return key, None


def _rules(table: sa.Table) -> list[tuple[str, ...]]:
    unique = [tuple(c.name for c in r.columns) for r in table.constraints if isinstance(r, sa.UniqueConstraint)]
    return [*unique, *([_SAME[table.name]] if table.name in _SAME else [])]


def _counts(table: sa.Table, names: tuple[str, ...]) -> bool:
    """Whether a rule counts something within its parent: line 3, version 2."""
    return any(not table.c[n].foreign_keys and isinstance(table.c[n].type, sa.BigInteger | sa.Integer) for n in names)


def _plan_gone(session: Session, gone: Any, known: Mapping[Key, SharedRow], work: _Work) -> None:
    """What they took out since it went to them goes here too, unless it was changed here."""
    for name, keys in dict(gone).items():
        table = Base.metadata.tables.get(name)
        if table is None or name not in personal_tables():
            raise Locked(DAMAGED)
        for key, ours in raw.read(session.connection(), table, [int(k) for k in keys]).items():
            went = _last_sent(session, name, key, known)
            if went is None or all(ours[c] == v for c, v in went.items() if c in ours):
                work.delete.setdefault(name, []).append(key)
            else:
                clash = Clash(field=WHOLE, before=went, ours=ours, theirs={})
                work.differences.append(_difference(table, key, clash, ours))


def _last_sent(session: Session, table: str, key: int, known: Mapping[Key, SharedRow]) -> Row | None:
    row = known.get((table, key))
    return None if row is None else dict(row.values)


def _bring_parents(session: Session, rows: Mapping[str, Mapping[int, Row]], keys: HouseKeys, work: _Work) -> None:
    """A record that was taken out here comes back where something that came cannot be without it."""
    grown = True
    while grown:
        grown = False
        for name, found in [*work.insert.items()]:
            table = Base.metadata.tables[name]
            for lead in references(table):
                wanted = {row[lead.column] for row in found.values() if row.get(lead.column) is not None}
                for key in wanted & rows.get(lead.parent, {}).keys() - work.insert.get(lead.parent, {}).keys():
                    parent = Base.metadata.tables[lead.parent]
                    if raw.read(session.connection(), parent, [key]):
                        continue
                    work.insert.setdefault(lead.parent, {})[key] = _translated(
                        parent, rows[lead.parent][key], keys, work
                    )
                    work.differences = [d for d in work.differences if d.key != (lead.parent, key, WHOLE)]
                    grown = True


# writing


def _put_files(session: Session, told: Told, work: _Work, path: Path, code: str) -> None:
    """Encrypt the attached files anew for this store; a file whose record is here already is passed over."""
    wanted = {(t, k) for t, rows in work.insert.items() if has_file(Base.metadata.tables[t]) for k in rows}
    wanted |= {(d.table, d.row_id) for d in work.differences if d.clash.field == WHOLE and d.clash.theirs}
    came = {(a.table, a.row_id) for a in told.attached}
    if any(has_file(Base.metadata.tables[t]) and (t, k) not in came for t, k in wanted):
        raise Locked(DAMAGED)
    with opened_case_file(path, code) as (again, source):
        for each in again.attached:
            part = _Part(source, each.size)
            if (each.table, each.row_id) in wanted:
                sealed = session.info["store"].attachments.put(part)
                row = _row_of(work, each.table, each.row_id)
                row["file_id"], row["file_key"] = sealed.file_id, sealed.file_key.hex().upper()
            part.skip()


def _row_of(work: _Work, table: str, key: int) -> Row:
    row = work.insert.get(table, {}).get(key)
    if row is not None:
        return row
    return next(d.clash.theirs for d in work.differences if d.key == (table, key, WHOLE))


class _Part:
    """One attached file within the stream."""

    def __init__(self, source: Any, size: int) -> None:
        self._source, self._left = source, size

    def read(self, count: int = -1) -> bytes:
        """The next bytes of this file only."""
        wanted = self._left if count < 0 else min(count, self._left)
        piece: bytes = self._source.read(wanted) if wanted else b""
        self._left -= len(piece)
        return piece

    def skip(self) -> None:
        """Pass over what was not read."""
        while self._left and self.read(1 << 16):
            pass


def _write(session: Session, told: Told, work: _Work, choices: Mapping[tuple[str, int, str], Side]) -> Changes:
    chosen = [(d, choices.get(d.key, Side.OURS)) for d in work.differences]
    for difference, side in chosen:
        if side is Side.THEIRS:
            _take_theirs(difference, work)
    words = _words(told)
    before, rested = standing(session, words.journeys), resting(session, words.journeys)
    paid_for = taking.claims_paid(session, [*work.update.get("payment", ()), *work.delete.get("payment", ())])
    taking.write_rows(session, work.houses, work.insert, work.update, work.delete, new_case_no=next_case_no)
    changed = bool(work.houses or work.insert or work.update or work.delete)
    peer, number = str(told.content["store"]), int(told.content["number"])
    is_new = taking.remember(session, peer, number, work.shared)
    if not changed and not is_new and not chosen:
        return Changes(touched=())
    row = HandOverRow(
        way=Way.IN, at=clock(session), file_no=words.file_no, peer=peer, who=words.officer, office=words.office,
        note=words.note, cases=len(words.journeys),
    )  # fmt: skip
    here = set(session.scalars(sa.select(JourneyRow.id).where(JourneyRow.id.in_(words.journeys))))
    done = put_on_record(session, row, [k for k in words.journeys if k in here])
    for difference, side in chosen:
        clash = difference.clash
        kept = DifferenceRow(
            hand_over_id=row.id, table_name=difference.table, row_id=difference.row_id, field=clash.field,
            before=clash.before, ours=clash.ours, theirs=_without_file(clash.theirs), took_theirs=side is Side.THEIRS,
        )  # fmt: skip
        session.add(kept)
    taking.note_houses(session, peer, work.named)
    taking.settle(
        session, work.insert, work.update, actor=actor(session), officer_id=officer_id(session), paid_for=paid_for
    )
    touched = [(t, k) for part in (work.insert, work.update) for t, rows in part.items() for k in rows]
    touched += [("task", key) for key in (*owe_anew(session, before), *ask_again(session, rested))]
    return done | changes(*touched)


def _without_file(row: Row) -> Row:
    return {k: v for k, v in row.items() if k not in ("file_id", "file_key")}


def _take_theirs(difference: Difference, work: _Work) -> None:
    clash, table, key = difference.clash, difference.table, difference.row_id
    if clash.field != WHOLE:
        work.update.setdefault(table, {}).setdefault(key, {}).update(clash.theirs)
    elif clash.theirs:
        work.insert.setdefault(table, {})[key] = clash.theirs
    else:
        work.delete.setdefault(table, []).append(key)
