"""A file that leaves the office, and the line that says so: both or neither, even when the machine goes down.

The file is laid beside its place, whole and synced, while its action is open; it gets its name in one step once the
action is on record. What it replaces stands under its name until then, never aside. A note in the store's folder says
what lies where, so that the next start can finish or take back what a power cut left: finish what is on record, take
away what is not.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import sqlalchemy as sa

from liaison.domain.errors import Unavailable
from liaison.i18n import N_
from liaison.store.durable import disk_trouble, put_in_place, sync_file, write_file
from liaison.store.journal_tables import ACTION

CANNOT_WRITE = N_("The file cannot be written there. Choose another folder, or close the file if it is open.")
NOTE = "outgoing"
"""The note's name in the store's folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """One file on its way: where it lies, and where it goes."""

    action: int
    part: str
    target: str


class Outgoing:
    """The files that one action sends out. ``hand_over`` once it is on record, ``drop`` where it is not."""

    def __init__(self, folder: Path, action: int) -> None:
        self._folder, self._action = folder, action
        self._laid: list[Laid] = []

    def lay(self, data: bytes, target: Path) -> None:
        """Write a finished file beside its place. Raises ``Unavailable`` where it cannot stand there."""
        target = target.absolute()
        part = target.with_name(f".{target.name}.part")
        self._laid.append(Laid(action=self._action, part=str(part), target=str(target)))
        with disk_trouble():
            _note(self._folder, self._laid)
        try:
            part.write_bytes(data)
            sync_file(part)
            if target.is_dir():
                raise IsADirectoryError(target)
            if target.exists():  # refused here where another program holds it open, before anything is on record
                target.replace(target)
        except OSError as error:
            raise Unavailable(CANNOT_WRITE) from error

    def hand_over(self) -> None:
        """Give every file its name."""
        if self._laid:
            try:
                for one in self._laid:
                    put_in_place(Path(one.part), Path(one.target))
            except OSError as error:
                raise Unavailable(CANNOT_WRITE) from error
            _forget(self._folder)

    def drop(self) -> None:
        """Take every file back, and leave what stood there before."""
        if self._laid:
            for one in self._laid:
                Path(one.part).unlink(missing_ok=True)
            _forget(self._folder)


def settle(folder: Path, engine: sa.Engine) -> None:
    """Finish or take back what the last start left under way. A stick that is not in now is left for another day."""
    note = folder / NOTE
    if not note.is_file():
        return
    try:
        laid = [Laid(**one) for one in json.loads(note.read_text("utf-8"))]
    except (OSError, ValueError, TypeError):
        laid = []
    with engine.connect() as connection:
        known = {one.action: connection.scalar(sa.select(ACTION.c.id).where(ACTION.c.id == one.action)) for one in laid}
    left = [one for one in laid if not _settled(one, is_known=known[one.action] is not None)]
    if left:
        _note(folder, left)
    else:
        _forget(folder)


def _settled(one: Laid, *, is_known: bool) -> bool:
    if not Path(one.part).parent.is_dir():
        return False
    try:
        if is_known and Path(one.part).is_file():
            put_in_place(Path(one.part), Path(one.target))
        elif not is_known:
            Path(one.part).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _note(folder: Path, laid: list[Laid]) -> None:
    write_file(folder / NOTE, json.dumps([asdict(one) for one in laid]).encode())


def _forget(folder: Path) -> None:
    (folder / NOTE).unlink(missing_ok=True)
