"""The whole examination of a store: pages, references, journal, triggers, search, attached files."""

from __future__ import annotations

from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.store import search
from liaison.store.attachments import named_files
from liaison.store.store import Store
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
    pages = _pages(store)
    if pages:
        return tuple(pages)  # nothing further can be read with confidence
    return (*_file(store), *_journal(store), *_index(store), *_attachments(store))


def _pages(store: Store) -> list[Problem]:
    with store.read() as session:
        pages = session.connection().exec_driver_sql("PRAGMA cipher_integrity_check").all()
    return [_problem("damaged_pages", PAGES, count=len(pages))] if pages else []


def _file(store: Store) -> list[Problem]:
    found = []
    with store.read() as session:
        ask = session.connection().exec_driver_sql
        for (what,) in ask("PRAGMA integrity_check(10)").all():
            if what != "ok":
                found.append(_problem("inconsistent", STRUCTURE, what=str(what)))
        lost = ask("PRAGMA foreign_key_check").all()
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
