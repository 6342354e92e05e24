"""The store of a kiosk: entries of today, one sealed file for the office, and nothing left once the office has it.

Entries stand outside the journal, and a kiosk makes no backups, so that wiping them leaves nothing behind. They go only
against the receipt that lies inside the sealed file: whoever can say it has opened the file. Until then every new file
holds them again, and the office takes each only once. Source: issue "Partners", 2.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.facts import ConsentGiver
from liaison.domain.kiosk import MOST_ENTRIES, KioskDraft, KioskEntry, check_kiosk
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, actor, changes, clock, day_of, today
from liaison.services.hand_over import schema_revision, store_id
from liaison.services.office import office, set_setting, setting
from liaison.store.case_file import write_case_file
from liaison.store.journal_tables import KIOSK_ENTRY
from liaison.store.recovery import ALPHABET, GROUP_LENGTH, check_character
from liaison.store.types import from_microseconds, to_microseconds

if TYPE_CHECKING:
    from liaison.store.store import Store

WHAT = "liaison kiosk"
FORMAT = 1
SETTING = "kiosk"
LAST = "kiosk_last_file"
WRITE_DOWN = N_("Write an enquiry down at the kiosk")
REMOVE = N_("Take an enquiry of the kiosk out")
HAND_OVER = N_("Hand the kiosk's enquiries over")
WIPE = N_("Wipe what the office has received")
NO_ENTRIES = N_("There is no enquiry to hand over.")
GONE = N_("This enquiry is not here any more.")
LEFT_ALREADY = N_("This enquiry has gone to the office in a file. Ask the office to erase it there.")
NOT_A_KIOSK = N_("This store is not a kiosk. Make one with: liaison init --kiosk.")
ONLY_A_KIOSK = N_("This is a kiosk: it holds the enquiries of its counter and nothing else. Do this at the office.")
WRONG_RECEIPT = N_("This is not the receipt of a file of this kiosk. Ask the office to read it out once more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskDay:
    """What the officer at the counter sees: today's entries; of earlier days only how many still wait."""

    entries: tuple[KioskEntry, ...]
    earlier: int
    """Entries of earlier days that the office does not have yet; they are not shown."""
    without_receipt: int
    """Entries that left in a file whose receipt has not come."""
    last_file_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskFile:
    """A file that was made: where it lies, the code to say, how many enquiries are in it."""

    path: Path
    code: str
    entries: int


# what the store is


def make_kiosk(session: Session) -> Changes:
    """Mark a new store as a kiosk."""
    return set_setting(session, SETTING, value=True)


def is_kiosk(session: Session) -> bool:
    """Whether this store is a kiosk."""
    return setting(session, SETTING) is True


def refuse_kiosk(session: Session) -> None:
    """Raises :class:`Refused` in a kiosk: it holds nothing but its own entries."""
    if is_kiosk(session):
        raise Refused([Problem(code="ONLY_A_KIOSK", message=ONLY_A_KIOSK)])


def need_kiosk(session: Session) -> None:
    """Raises :class:`Refused` anywhere else."""
    if not is_kiosk(session):
        raise Refused([Problem(code="NOT_A_KIOSK", message=NOT_A_KIOSK)])


# entries


def write_down(session: Session, draft: KioskDraft) -> Changes:
    """Keep what a visitor wrote; ``made`` is its key, which the case at the office will have too."""
    need_kiosk(session)
    refuse_if(check_kiosk(draft))
    key = int(session.info["ids"].one())
    session.execute(sa.insert(KIOSK_ENTRY).values(id=key, text=_packed(draft), at_us=to_microseconds(clock(session))))
    return changes(("kiosk_entry", key), made=key)


def kiosk_day(session: Session) -> KioskDay:
    """Today's entries, newest last, and how many of earlier days wait."""
    entries = _entries(session)
    day = today(session)
    mine = tuple(e for e in entries if day_of(session, e.at) == day)
    waiting = sa.select(sa.func.count()).select_from(KIOSK_ENTRY).where(KIOSK_ENTRY.c.receipts != "")
    last = setting(session, LAST)
    return KioskDay(
        entries=mine, earlier=len(entries) - len(mine), without_receipt=session.scalar(waiting) or 0,
        last_file_at=dt.datetime.fromisoformat(last["at"]) if isinstance(last, dict) else None,
    )  # fmt: skip


def remove(session: Session, key: int) -> Changes:
    """Take an entry out for good: a visitor changed their mind. Refused once it has left in a file."""
    receipts = session.scalar(sa.select(KIOSK_ENTRY.c.receipts).where(KIOSK_ENTRY.c.id == key))
    if receipts is None:
        raise Refused([Problem(code="GONE", message=GONE)])
    if receipts:
        raise Refused([Problem(code="LEFT_ALREADY", message=LEFT_ALREADY)])
    session.execute(sa.delete(KIOSK_ENTRY).where(KIOSK_ENTRY.c.id == key))
    return changes(("kiosk_entry", key))


# handing over


def hand_over(store: Store, path: Path, *, code: str) -> KioskFile:
    """Seal everything that the office does not have yet into one file. The entries stay until its receipt is said.

    An office takes :data:`MOST_ENTRIES` at once: of more, the oldest go first. A file that lay there before is replaced
    only by a whole one.
    """
    is_written = False
    try:
        with store.write(HAND_OVER) as session:
            need_kiosk(session)
            entries = _entries(session)[:MOST_ENTRIES]
            if not entries:
                raise Refused([Problem(code="NO_ENTRIES", message=NO_ENTRIES)])
            receipt = new_receipt()
            in_file = KIOSK_ENTRY.c.id <= entries[-1].id
            session.execute(
                sa.update(KIOSK_ENTRY).where(in_file).values(receipts=KIOSK_ENTRY.c.receipts + f" {receipt}")
            )
            set_setting(session, LAST, {"at": clock(session).isoformat(), "count": len(entries)})
            write_case_file(path, code, _content(session, entries, receipt), ())
            is_written = True
    except BaseException:
        if is_written:
            path.unlink(missing_ok=True)
        raise
    return KioskFile(path=path, code=code, entries=len(entries))


def receive(store: Store, receipt: str) -> int:
    """Wipe what came to the office in the file of a receipt; how many entries went. Nothing of them stays here."""
    told = read_receipt(receipt)
    with store.write(WIPE) as session:
        need_kiosk(session)
        there = f" {told}"
        mine = KIOSK_ENTRY.c.receipts.contains(there, autoescape=True)
        gone = session.scalars(sa.select(KIOSK_ENTRY.c.id).where(mine)).all()
        if not gone:
            raise Refused([Problem(code="WRONG_RECEIPT", message=WRONG_RECEIPT, field="receipt")])
        session.execute(sa.delete(KIOSK_ENTRY).where(mine))
    store.fold_log()
    return len(gone)


def new_receipt() -> str:
    """Five characters and one that checks them, to be read out."""
    group = "".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH))
    return f"{group}-{check_character(group)}"


def read_receipt(typed: str) -> str:
    """A receipt as it was typed. Raises :class:`Refused` where it cannot be one."""
    text = "".join(c for c in typed.upper() if c.isalnum()).translate(str.maketrans("OIL", "011"))
    group, check = text[:GROUP_LENGTH], text[GROUP_LENGTH:]
    right = len(text) == GROUP_LENGTH + 1 and all(c in ALPHABET for c in text) and check_character(group) == check
    if not right:
        raise Refused([Problem(code="WRONG_RECEIPT", message=WRONG_RECEIPT, field="receipt")])
    return f"{group}-{check}"


# what the file says


def _content(session: Session, entries: list[KioskEntry], receipt: str) -> dict[str, Any]:
    return {
        "what": WHAT, "format": FORMAT, "revision": schema_revision(session), "store": store_id(session),
        "office": office(session).name, "officer": actor(session), "made_at": clock(session).isoformat(),
        "receipt": receipt,
        "entries": [{"id": e.id, "at": e.at.isoformat(), **dataclasses.asdict(e.draft)} for e in entries],
    }  # fmt: skip


def entry_of(said: dict[str, Any]) -> KioskEntry:
    """An entry as a file says it. Raises ``KeyError``, ``TypeError`` or ``ValueError`` where anything is not right."""
    values = {f.name: said[f.name] for f in dataclasses.fields(KioskDraft)}
    if not all(isinstance(v, bool if n == "agreed" else str) for n, v in values.items()):
        raise TypeError("an entry of a kiosk holds texts")
    if set(said) - set(values) - {"id", "at"} or not isinstance(said["id"], int) or said["id"] <= 0:
        raise ValueError("an entry of a kiosk holds nothing else")
    at = dt.datetime.fromisoformat(said["at"])
    if at.tzinfo is None:
        raise ValueError("a moment of a kiosk has a zone")
    return KioskEntry(id=said["id"], at=at, draft=KioskDraft(**{**values, "giver": ConsentGiver(values["giver"])}))


def _packed(draft: KioskDraft) -> str:
    return json.dumps(dataclasses.asdict(draft), ensure_ascii=False)


def _entries(session: Session) -> list[KioskEntry]:
    rows = session.execute(sa.select(KIOSK_ENTRY).order_by(KIOSK_ENTRY.c.id))
    found = []
    for row in rows:
        moment = from_microseconds(row.at_us)
        found.append(entry_of({"id": row.id, "at": moment.isoformat(), **json.loads(row.text)}))
    return found
