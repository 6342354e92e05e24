"""The first page of a long paper, to be looked at while the others are made and checked.

It comes from the thread that makes the paper, with the mark of a draft. Nothing can be printed or saved of it: the
buttons come with the whole paper, once every page passed its checks.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from liaison.i18n import N_, Language
from liaison.reports.draft_mark import as_draft

OTHERS_COME = N_("The other pages are being made and checked. Then the paper can be printed and saved.")

Bring = Callable[[bytes, bool], None]


class FirstPage(QObject):
    """Brings a first page to the window's thread."""

    came = Signal(str, bytes, bool)
    """Which paper it is of, the page, and whether it names people."""

    def bringer(self, paper: str, language: str) -> Bring:
        """What the making of a paper calls with its first page, from any thread."""

        def bring(page: bytes, names_people: bool) -> None:
            with suppress(RuntimeError):  # the window was closed meanwhile
                self.came.emit(paper, as_draft(page, Language(language)), names_people)

        return bring
