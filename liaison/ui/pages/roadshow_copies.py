"""Writing a list of roadshows into a workbook: asked where to, written, and put on record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from liaison.domain.grids import Grid
from liaison.domain.privacy import Audience
from liaison.i18n import N_, Language
from liaison.services import list_copies
from liaison.services.list_queries import ListQuery
from liaison.services.roadshow_exports import GRIDS
from liaison.ui.page import Page
from liaison.ui.pages.list_export import TITLE, written


def pick_copy(page: Page, name: str, title: str, *, words: str = "", target: Path | None = None) -> None:
    """Ask where a list should go and write it there; ``words`` narrow it as the page's filter does.

    The sheet "About" says what it holds and for whom: every one of these lists stays in the office.
    """
    desk = page.desk
    if target is None:
        stem = f"{desk.words(title)} {desk.today().isoformat()}.xlsx"
        chosen, _kind = QFileDialog.getSaveFileName(page, desk.words(TITLE), stem, "Excel (*.xlsx)")
        if not chosen:
            return
        target = Path(chosen)
    place = target

    def read(grid: Grid) -> None:
        about = {
            desk.words(N_("List")): desk.words(title),
            desk.words(N_("Filter")): words or desk.words(N_("none: all rows")),
            desk.words(N_("Rows")): desk.formats.number(len(grid.rows)),
            desk.words(N_("Made at")): desk.formats.moment(desk.clock()),
            desk.words(N_("Made by")): desk.officer.name,
            desk.words(N_("Reader")): desk.words(Audience.INTERNAL.label),
        }
        desk.runner.work(written, grid, place, desk.words, about, owner=page, done=lambda sha: on_record(grid, sha))

    def on_record(grid: Grid, sha256: str) -> None:
        said = desk.words.plural("{count} row written", "{count} rows written", len(grid.rows))
        desk.runner.write(
            TITLE, _record, name, words, len(grid.rows), sha256, desk.words.code, owner=page, kind="release",
            done=lambda _changes: desk.toast(said, undo=False),
        )  # fmt: skip

    desk.runner.read(_grid, name, words, desk.words, owner=page, done=read, key="copy")


def _grid(session: Any, name: str, words: str, language: Language) -> Grid:
    return GRIDS[name](session, ListQuery(text=words), language)


def _record(session: Any, name: str, words: str, rows: int, sha256: str, language: str) -> Any:
    asked = {"filter": words}
    return list_copies.record_copy(session, name, words, asked=asked, rows=rows, sha256=sha256, language=language)
