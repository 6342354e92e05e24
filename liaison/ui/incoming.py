"""Files that come in by drag, by paste or by choice: files of this computer, and mails' attachments out of Outlook.

Outlook hands over files that do not exist yet: their names in one format of the clipboard, their bytes in another.
Qt shows both under the names below on Windows. New Outlook gives them late or not at all; then nothing is found here,
and the attachment is saved and pasted instead. Source: ``ux`` 1.3, Outlook drag.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData

from liaison.domain.errors import Unavailable
from liaison.i18n import N_

UNREADABLE = N_("The file “{file}” could not be read. Check that it is still there and try again.")

DESCRIPTORS = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
CONTENTS = 'application/x-qt-windows-mime;value="FileContents";index={number}'
_DESCRIPTOR_BYTES = 592
"""A FILEDESCRIPTORW: 72 bytes of what we do not need, then 260 signs of the name in UTF-16."""
_NAME_AT = 72
_MOST_FILES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file on its way in: one of this computer by its path, or one that only stands in memory."""

    name: str
    path: Path | None = None
    data: bytes = b""

    def read(self) -> bytes:
        """Its bytes. Raises :class:`Unavailable` where it is gone meanwhile."""
        if self.path is None:
            return self.data
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise Unavailable(UNREADABLE, file=self.name) from error


def of_paths(paths: list[Path]) -> list[Incoming]:
    """Files chosen in a dialog."""
    return [Incoming(name=p.name, path=p) for p in paths if p.is_file()]


def files_of(mime: QMimeData) -> list[Incoming]:
    """The files that were dropped or copied; none where something else was."""
    found = of_paths([Path(u.toLocalFile()) for u in mime.urls() if u.isLocalFile()])
    return found or list(_attachments(mime))


def has_files(mime: QMimeData) -> bool:
    """Whether files hang on the mouse or lie on the clipboard, asked without reading them."""
    return any(u.isLocalFile() for u in mime.urls()) or mime.hasFormat(DESCRIPTORS)


def _attachments(mime: QMimeData) -> Iterator[Incoming]:
    if not mime.hasFormat(DESCRIPTORS):
        return
    for number, name in enumerate(_names(bytes(mime.data(DESCRIPTORS).data()))):
        data = bytes(mime.data(CONTENTS.format(number=number)).data())
        if data and name:
            yield Incoming(name=name, data=data)


def _names(group: bytes) -> Iterator[str]:
    """The names in a group of file descriptors; a broken group ends early."""
    if len(group) < 4:
        return
    (count,) = struct.unpack_from("<I", group)
    for number in range(min(count, _MOST_FILES)):
        start = 4 + number * _DESCRIPTOR_BYTES + _NAME_AT
        raw = group[start : start + 520]
        if len(raw) < 520:
            return
        name = raw.decode("utf-16-le", errors="replace").partition("\0")[0]
        yield name.replace("\\", "/").rpartition("/")[2].strip()
