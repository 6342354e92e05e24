"""The whole examination of a store: pages, references, journal, triggers, search, attached files."""

from __future__ import annotations

from typing import Any

from liaison.domain.errors import Locked
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.store import search
from liaison.store.attachments import named_files
from liaison.store.engine import connect, database_trouble
from liaison.store.store import STORE_FILE, Store, file_key
from liaison.store.triggers import trigger_drift

PAGES = N_("The store file has {count} damaged pages. Restore the newest backup into a new folder.")
STRUCTURE = N_("The store file is inconsistent: {what}. Restore the newest backup into a new folder.")
REFERENCES = N_("{count} references lead to records that do not exist. Restore the newest backup into a new folder.")
CHAIN = N_(
    "The journal was changed outside the program ({what}, at {where}). Compare with a backup before trusting it."
)
TRIGGERS = N_("The rules that write the journal differ from this program's: {names}. Close and open the store once.")
INDEX = N_("The search index does not match the records ({kinds}). Nothing is lost; let the program build it again.")
FILES = N_("{count} attached files are missing. Copy them from backups/attachments into attachments.")


def examine(store: Store) -> tuple[Problem, ...]:
    """Everything that is wrong with a store; empty when it is sound. Reads the whole file."""
    try:
        found = _file(store)
    except Locked as damage:
        return (_problem("damaged", damage.message),)
    if any(p.code == "damaged_pages" for p in found):
        return tuple(found)  # no further reading is to be trusted
    return (*found, *_journal(store), *_index(store), *_attachments(store))


def _file(store: Store) -> list[Problem]:
    # A connection of its own: an older one's full-text index may remember the state before the last write and call the
    # file corrupt where it is not.
    with database_trouble():
        connection = connect(store.folder / STORE_FILE, file_key(store.opened), read_only=True)
        try:
            pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            return [_problem("damaged_pages", PAGES, count=len(pages))] if pages else _structure(connection)
        finally:
            connection.close()


def _structure(connection: Any) -> list[Problem]:
    said = [what for (what,) in connection.execute("PRAGMA integrity_check(10)").fetchall() if what != "ok"]
    found = [_problem("inconsistent", STRUCTURE, what=str(what)) for what in said]
    lost = connection.execute("PRAGMA foreign_key_check").fetchall()
    if lost:
        found.append(_problem("lost_references", REFERENCES, count=len(lost)))
    return found


def _journal(store: Store) -> list[Problem]:
    found = [_problem("journal", CHAIN, what=fault.what, where=str(fault.where)) for fault in store.verify()]
    with store.read() as session:
        drift = trigger_drift(session.connection(), store.schema.triggers)
    if drift:
        found.append(_problem("triggers", TRIGGERS, names=", ".join(drift[:5])))
    return found


def _index(store: Store) -> list[Problem]:
    with store.read() as session:
        wrong = search.check_index(session, store.schema.subjects)
    return [_problem("search_index", INDEX, kinds=", ".join(wrong))] if wrong else []


def _attachments(store: Store) -> list[Problem]:
    with store.read() as session:
        wanted = named_files(session, store.schema.metadata, living_only=True)
    missing = wanted - set(store.attachments.names())
    return [_problem("missing_files", FILES, count=len(missing))] if missing else []


def _problem(code: str, message: str, **values: object) -> Problem:
    return Problem(code=code, message=message, values=values)
