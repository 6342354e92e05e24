"""Nine thousand rows of seven columns, and the same strings drawn by a bare canvas. Invented cases, real hospitals."""

from __future__ import annotations

import io

from liaison.reports.blocks import Align, Block, Column, Grid, Headline, Row, Stamp, Title
from liaison.reports.fonts import FIRST_FONT, font
from liaison.reports.pdf import Printed, write_pdf
from liaison.reports.style import A4, MM_PER_POINT
from liaison.reports.text import forget, line

ROWS = 9_000
STAMP = Stamp(report_id="R1-9F3C-27AE-04", journal_head="4b7e…91d2", language="id", title="Daftar kasus")
TITLE = Title(
    kind="Daftar kasus",
    banner="INTERNAL",
    source="Sumber: catatan kantor ini, n = 9.000 kasus, per 20 Nov 2026 14.05 WIB",
    note="Disiapkan oleh: Kantor Penghubung Pasien Medan",
)
COLUMNS = (
    ("No.", 14, True), ("Kasus", 32, False), ("Rumah sakit", 40, False), ("Kota", 24, False), ("Masuk", 22, False),
    ("Hari", 14, True), ("Jumlah", 28, True),
)  # fmt: skip
HOUSES = ("Gleneagles Penang", "Island Hospital", "Mahkota Medical Centre", "Mount Elizabeth", "KPJ Johor")
CITIES = ("Medan", "Surabaya", "Jakarta", "Pekanbaru", "Padang", "Pontianak", "Batam")


def table(count: int = ROWS) -> list[tuple[str, ...]]:
    """The cells, row by row."""
    return [
        (
            str(n + 1),
            f"MDN-26-A{n:04d}-{n % 10}",
            HOUSES[n % 5],
            CITIES[n % 7],
            f"{1 + n % 28:02d}/{1 + n % 12:02d}/2026",
            str(1 + n * 7 % 30),
            f"Rp{n * 7919 % 900 + 10}.{n * 331 % 1000:03d}.000",
        )
        for n in range(count)
    ]


def blocks(rows: list[tuple[str, ...]]) -> list[Block]:
    """The report that shows them."""
    columns = tuple(
        Column(head=head, width=width, align=Align.RIGHT if is_number else Align.LEFT)
        for head, width, is_number in COLUMNS
    )
    grid = Grid(columns=columns, rows=tuple(Row(cells=row) for row in rows))
    return [TITLE, Headline(text=f"{len(rows)} kasus"), grid]


def ours(content: list[Block]) -> tuple[Printed, bytes]:
    """The report as our engine draws it, with nothing remembered from the last time."""
    forget()
    target = io.BytesIO()
    return write_pdf(content, target, stamp=STAMP), target.getvalue()


Placed = list[tuple[int, float, float, str, str, float]]


def strings_of(printed: Printed, content: list[Block]) -> Placed:
    """Page, place, text, font and size of everything that was drawn, as a bare canvas takes it."""
    from liaison.reports.style import CELL_HEAD, HEADLINE

    heads = {column.head for block in content if isinstance(block, Grid) for column in block.columns}
    font("IBMPlexSans-SemiBold")
    found: Placed = []
    for one in printed.drawn:
        is_strong = (one.text in heads and one.size == CELL_HEAD.size) or one.size == HEADLINE.size
        name = "IBMPlexSans-SemiBold" if is_strong else FIRST_FONT
        x, y = one.left / MM_PER_POINT, (A4.height - one.y) / MM_PER_POINT
        found.append((one.page, x, y, line(one.text, HEADLINE).text, name, one.size))
    return found


def bare(strings: Placed) -> bytes:
    """The same strings by ``drawString`` alone: no layout, no rules, no squares."""
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    size = (A4.width / MM_PER_POINT, A4.height / MM_PER_POINT)
    canvas = Canvas(target, pagesize=size, invariant=1, initialFontName=FIRST_FONT, pageCompression=1)
    page = 1
    for number, x, y, text, name, points in strings:
        if number != page:
            canvas.showPage()
            page = number
        canvas.setFont(name, points)
        canvas.drawString(x, y, text)
    canvas.save()
    return target.getvalue()
