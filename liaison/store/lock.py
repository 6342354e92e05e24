"""One program on one store: a lock of the operating system that dies with its process, never a marker file."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import IO

from liaison.domain.errors import Locked
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.store.durable import disk_trouble

FILE_NAME = "lock"
IN_USE = N_("The store is in use by another window or command of this program. Close or end that one, then try again.")
SYNCED = N_(
    "The folder lies in {service}, which copies files while they are being written and can damage the store. "
    "Move the store to a folder that is not synchronised; backups may go there."
)

_SERVICES = (
    ("OneDrive", re.compile(r"^onedrive\b", re.IGNORECASE)),
    ("Dropbox", re.compile(r"^dropbox\b", re.IGNORECASE)),
    ("iCloud", re.compile(r"^(icloud ?drive|icloudphotos|com~apple~clouddocs|mobile documents)$", re.IGNORECASE)),
    ("Google Drive", re.compile(r"^(google ?drive|my drive|drive saya|googledrive-.*)$", re.IGNORECASE)),
)
_MARKS = {".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", "desktop.ini.gdrive": "Google Drive"}


class StoreLock:
    """Held from construction to :meth:`release`; raises :class:`Locked` where another program holds it."""

    def __init__(self, folder: Path) -> None:
        with disk_trouble():
            self._file: IO[bytes] = (folder / FILE_NAME).open("a+b")
        if not _take(self._file):
            self._file.close()
            raise Locked(IN_USE)

    def release(self) -> None:
        """Let the next one in; the file itself stays and means nothing."""
        if not self._file.closed:
            _give_back(self._file)
            self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give_back(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _give_back(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


def synced_folder(folder: Path) -> Problem | None:
    """A warning where a cloud client watches the folder; None where none is known to."""
    service = _service_of(folder.absolute())
    if service is None:
        return None
    return Problem(
        code="synced_folder", message=SYNCED, field="folder", values={"service": service}, severity="warning"
    )


def _service_of(folder: Path) -> str | None:
    homes = {os.environ.get(name) for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")} - {None, ""}
    if any(folder.is_relative_to(Path(home)) for home in homes if home):
        return "OneDrive"
    for place in (folder, *folder.parents):
        for service, pattern in _SERVICES:
            if pattern.match(place.name):
                return service
        for mark, service in _MARKS.items():
            if (place / mark).exists():
                return service
    return None
