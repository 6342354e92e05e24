"""Makes claim lists of every format and layout for the tests, with libraries the program itself does not write with."""

import datetime as dt
from pathlib import Path

D = dt.date


def xlsx(path, sheets, *, merges=(), formats=(), hidden=(), epoch_1904=False):
    """A workbook of sheets ``{name: rows}``; ``merges`` are (sheet, "A1:B2"), ``formats`` are (sheet, "C3", code)."""
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.Workbook()
    book.remove(book.active)
    if epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                if value is not None and value != "":
                    cell = sheet.cell(r, c, value)
                    if isinstance(value, str) and value.startswith("=") and value.startswith("=cmd"):
                        cell.data_type = "s"
    for name, cells in merges:
        book[name].merge_cells(cells)
    for name, cell, code in formats:
        book[name][cell].number_format = code
    for name in hidden:
        book[name].sheet_state = "hidden"
    book.save(path)
    return Path(path)


def xls(path, sheets, *, merges=(), hidden=()):
    """An old workbook; ``merges`` are (sheet, first row, last row, first column, last column) from 0."""
    import xlwt

    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        sheet.visibility = 1 if name in hidden else 0
        top_left = {(r1, c1): (r2, c2) for n, r1, r2, c1, c2 in merges if n == name}
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is None or value == "":
                    continue
                style = (day,) if isinstance(value, dt.date) else ()
                if (r, c) in top_left:
                    sheet.write_merge(r, top_left[r, c][0], c, top_left[r, c][1], value, *style)
                else:
                    sheet.write(r, c, value, *style)
    book.save(str(path))
    return Path(path)


def ods(path, sheets, *, merges=(), currency=None, hidden=()):
    """A LibreOffice workbook; ``merges`` as in :func:`xls`; amounts get ``currency`` as their cell type."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.style import Style, TableProperties
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    style = Style(name="hidden", family="table")
    style.addElement(TableProperties(display="false"))
    book.automaticstyles.addElement(style)
    for name, rows in sheets.items():
        table = Table(name=name, **({"stylename": "hidden"} if name in hidden else {}))
        spans = {(r1, c1): (r2, c2) for n, r1, r2, c1, c2 in merges if n == name}
        covered = {(r, c) for (r1, c1), (r2, c2) in spans.items() for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)}
        for r, row in enumerate(rows):
            line = TableRow()
            for c, value in enumerate(row):
                if (r, c) in covered and (r, c) not in spans:
                    line.addElement(CoveredTableCell())
                    continue
                options = {}
                if (r, c) in spans:
                    r2, c2 = spans[r, c]
                    options = {"numberrowsspanned": r2 - r + 1, "numbercolumnsspanned": c2 - c + 1}
                line.addElement(_ods_cell(TableCell, P, value, currency, options))
            table.addElement(line)
        book.spreadsheet.addElement(table)
    book.save(str(path))
    return Path(path)


def _ods_cell(make, paragraph, value, currency, options):
    if isinstance(value, dt.date):
        cell = make(valuetype="date", datevalue=value.isoformat(), **options)
    elif isinstance(value, float) and currency:
        cell = make(valuetype="currency", currency=currency, value=value, **options)
    elif isinstance(value, int | float):
        cell = make(valuetype="float", value=value, **options)
    elif isinstance(value, str) and value.startswith("of:="):
        return make(formula=value, **options)
    elif value in (None, ""):
        return make(**options)
    else:
        cell = make(valuetype="string", **options)
    cell.addElement(paragraph(text=str(value)))
    return cell


def text(path, rows, *, delimiter=",", encoding="utf-8", newline="\r\n", bom=b""):
    """A text list; cells are quoted where they must be."""
    import csv
    import io

    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    Path(path).write_bytes(bom + out.getvalue().encode(encoding))
    return Path(path)


def claims_of(staged):
    """Row, number, name, currency and amount of every claim."""
    return [(c.row, c.claim_no, c.member_name, c.currency, c.billed.plain()) for c in staged.claims]


def codes_of(staged):
    """Row and reasons of every rejected row."""
    return [(r.row, [c.value for c in r.codes]) for r in staged.rejects]


def kinds_of(staged):
    """Row and kind of every skipped row."""
    return [(n, s.kind.value) for s in staged.skips for n in s.rows()]
