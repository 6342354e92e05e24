"""The mark of a kiosk's folder: the lock screen must know that it stands at a counter before anything is opened.

An empty file beside the store that names nobody. What a store is stands in the store itself; the mark follows it.
"""

from __future__ import annotations

from pathlib import Path

FILE_NAME = "kiosk"


def is_marked(folder: Path) -> bool:
    """Whether the store in this folder was a kiosk when it was last open."""
    return (folder / FILE_NAME).is_file()


def mark(folder: Path, *, is_kiosk: bool) -> None:
    """Put the mark there, or take it away. A folder that takes no file keeps the store as usable as before."""
    if is_marked(folder) == is_kiosk:
        return
    try:
        if is_kiosk:
            (folder / FILE_NAME).touch()
        else:
            (folder / FILE_NAME).unlink(missing_ok=True)
    except OSError:
        return
