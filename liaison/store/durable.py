"""Files that are either the old one or the new one, whatever happens in between."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liaison.domain.errors import Refused, Unavailable
from liaison.domain.problems import Problem
from liaison.i18n import N_

DISK_FULL = N_("The disk is full. Nothing was lost. Free some space, then try again.")
DISK_FAILS = N_(
    "The disk does not answer as it should. What was saved is kept. Check the disk and its cable, then try again."
)
NOT_WRITABLE = N_("The folder cannot be written to. Choose another folder, or ask for the right to write there.")

IN_STORE = N_("{file} lies in the folder of a store, which the program keeps for itself. Choose another folder.")

_ENOSPC = 28
_EDQUOT = {69, 122}
_DENIED = {1, 13, 30}
_WINDOWS_FULL = {39, 112}


def unavailable(error: OSError) -> Unavailable:
    """What the disk said, as a sentence with its cure."""
    if error.errno == _ENOSPC or error.errno in _EDQUOT or getattr(error, "winerror", None) in _WINDOWS_FULL:
        return Unavailable(DISK_FULL)
    if error.errno in _DENIED:
        return Unavailable(NOT_WRITABLE)
    return Unavailable(DISK_FAILS)


def outside_store(target: Path) -> Path:
    """A place that somebody chose for a paper or a list. Refuses one inside a store: it would replace the store."""
    place = target.absolute()
    for folder in (place, *place.parents):
        if (folder / "keys.json").is_file():
            values = {"file": str(target)}
            raise Refused([Problem(code="IN_STORE", message=IN_STORE, field="output", values=values)])
    return target


@contextmanager
def disk_trouble() -> Iterator[None]:
    """Turn what the operating system says of a file into :class:`Unavailable`."""
    try:
        yield
    except OSError as error:
        raise unavailable(error) from error


def sync_file(path: Path) -> None:
    """Wait until a written file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; Windows keeps them by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_in_place(ready: Path, target: Path) -> None:
    """Give a finished, synced file its name in one step."""
    ready.replace(target)
    sync_folder(target.parent)


def write_file(target: Path, content: bytes) -> None:
    """Replace a small file whole: temporary file, fsync, rename, fsync of the folder."""
    ready = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with ready.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(ready, target)
    except BaseException:
        ready.unlink(missing_ok=True)
        raise
