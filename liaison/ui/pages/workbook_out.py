"""Writing tables of a page into a workbook: asked where to, written, and put on record as made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from liaison.domain.grids import Grid
from liaison.domain.privacy import Audience
from liaison.i18n import N_
from liaison.services import list_copies
from liaison.ui.page import Page
from liaison.ui.pages.insight import written
from liaison.ui.pages.list_export import TITLE


def write_out(
    page: Page, grids: Sequence[Grid], *, name: str, title: str, asked: Mapping[str, str], target: Path | None = None
) -> None:
    """Write tables into a workbook; without a target the officer is asked. ``name`` stands on record, ``title`` is
    the marked name of the list, ``asked`` what the sheet "About" says beside it.
    """
    desk, words = page.desk, page.desk.words
    if target is None:
        stem = f"{words(title)} {desk.today().isoformat()}.xlsx".replace("/", "-")
        chosen, _kind = QFileDialog.getSaveFileName(page, words(TITLE), stem, "Excel (*.xlsx)")
        if not chosen:
            return
        target = Path(chosen)
    about = {
        words(N_("List")): words(title),
        **asked,
        words(N_("Made at")): desk.formats.moment(desk.clock()),
        words(N_("Made by")): desk.officer.name,
        words(N_("Reader")): words(Audience.INTERNAL.label),
    }
    rows = sum(len(grid.rows) for grid in grids)

    def on_record(sha256: str) -> None:
        said = words.plural("{count} row written", "{count} rows written", rows)
        desk.runner.write(
            TITLE, _record, name, about, rows, sha256, words.code, owner=page, kind="release",
            done=lambda _changes: desk.toast(said, undo=False),
        )  # fmt: skip

    desk.runner.work(written, list(grids), target, words, about, owner=page, done=on_record)


def _record(session: Any, name: str, asked: dict[str, str], rows: int, sha256: str, language: str) -> Any:
    return list_copies.record_copy(session, name, "", asked=asked, rows=rows, sha256=sha256, language=language)
