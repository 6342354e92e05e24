"""Rows on the clipboard: tab-separated for messages and any program, HTML for spreadsheets.

Spreadsheets prefer the HTML, where numbers that identify are marked as text (``0812…`` keeps its zero), amounts and
dates are values. What is masked on the screen is masked on the clipboard too. Rows that were never scrolled to are read
for it, so that what is copied is what was chosen.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from liaison.domain.money import Money
from liaison.i18n import Language
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, cell_text
from liaison.ui.models.paged_table import PagedTable

MOST = 100_000
_AT_ONCE = 2_000
_TEXT = r"mso-number-format:'\@'"
_DATE = "mso-number-format:'yyyy\\-mm\\-dd'"


def copy(desk: Desk, table: PagedTable, ids: Sequence[int], columns: Sequence[Column], *, titles: bool = False) -> None:
    """Put rows on the clipboard; what is not at hand is read first, off the window's thread."""
    wanted = ids[:MOST]
    here = table.rows_at_hand(wanted)
    if table.fetch is None or len(here) == len(wanted):
        put(*written(columns, [here[key] for key in wanted if key in here], desk.words, titles=titles))
        return
    desk.runner.read(
        _read, table.fetch, wanted, tuple(columns), desk.words, titles, owner=table, done=lambda made: put(*made),
        key="copy",
    )  # fmt: skip


def _read(
    session: Any, fetch: Any, ids: Sequence[int], columns: Sequence[Column], words: Language, titles: bool
) -> tuple[str, str]:
    rows = [
        row
        for start in range(0, len(ids), _AT_ONCE)
        for row in fetch(session, list(ids[start : start + _AT_ONCE]))
        if row is not None
    ]
    return written(columns, rows, words, titles=titles)


def written(columns: Sequence[Column], rows: Iterable[Any], words: Language, *, titles: bool) -> tuple[str, str]:
    """Rows as tab-separated text and as an HTML table."""
    heads = [words(c.label) for c in columns]
    lines, body = [], []
    if titles:
        lines.append("\t".join(heads))
        body.append("<tr>" + "".join(f"<th>{html.escape(head)}</th>" for head in heads) + "</tr>")
    for row in rows:
        texts = [cell_text(c, row, words) for c in columns]
        lines.append("\t".join(" ".join(text.split()) for text in texts))
        cells = (_cell(c.value(row), text) for c, text in zip(columns, texts, strict=True))
        body.append(f"<tr>{''.join(cells)}</tr>")
    page = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head>'
        f"<body><table>{''.join(body)}</table></body></html>"
    )
    return "\n".join(lines), page


def _cell(value: object, text: str) -> str:
    match value:
        case Money():
            return f'<td x:num="{value.plain()}">{html.escape(text)}</td>'
        case bool() | dt.datetime():
            return f'<td style="{_TEXT}">{html.escape(text)}</td>'
        case dt.date():
            return f'<td style="{_DATE}">{value.isoformat()}</td>'
        case int():
            return f'<td x:num="{value}">{html.escape(text)}</td>'
        case _:
            return f'<td style="{_TEXT}">{html.escape(text)}</td>'


def put(text: str, page: str) -> None:
    """Put both forms on the clipboard."""
    made = QMimeData()
    made.setText(text)
    made.setHtml(page)
    QGuiApplication.clipboard().setMimeData(made)
