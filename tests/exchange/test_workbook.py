"""What goes out as a workbook or text comes back as it was, and no spreadsheet runs any of it."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from liaison.domain.errors import Unavailable
from liaison.domain.grids import Column, ColumnKind, Grid
from liaison.domain.listing import ListStatus
from liaison.domain.money import Money
from liaison.domain.privacy import PublicCount
from liaison.exchange import workbook
from liaison.exchange.bordereau import Answers, stage_claims
from liaison.i18n import Language

EVIL = ["=cmd|' /C calc'!A0", "+62 812", "-Ani", "@SUM(1)", "＝1+1", "http://x.example/", "0081234"]
DAY = dt.datetime(2026, 4, 3)  # noqa: DTZ001 (workbooks know no zones)
GRID = Grid(
    title="Claims",
    columns=(
        Column(label="Name"),
        Column(label="Member", kind=ColumnKind.IDENTIFIER),
        Column(label="Billed", kind=ColumnKind.MONEY, unit="MYR"),
        Column(label="Approved", kind=ColumnKind.MONEY),
        Column(label="Days", kind=ColumnKind.COUNT),
        Column(label="Share", kind=ColumnKind.PERCENT),
        Column(label="On", kind=ColumnKind.DATE),
        Column(label="At", kind=ColumnKind.MOMENT),
        Column(label="Status"),
    ),
    rows=(
        (
            EVIL[0], "007", Money(-123450, "MYR"), Money(200, "IDR"), 3, Decimal("0.125"), dt.date(2026, 4, 3),
            dt.datetime(2026, 4, 3, 1, 0, tzinfo=dt.UTC), ListStatus.PAID,
        ),
        (EVIL[1], 12, None, None, PublicCount(None), None, None, None, True),
    ),
    footing=("Total", "", Money(-123450, "MYR"), None, None, None, None, None, None),
    note="As listed.",
)  # fmt: skip


def cells(path):
    import openpyxl

    return openpyxl.load_workbook(path)


def test_a_workbook_has_typed_cells_a_frozen_head_and_says_what_it_is_about(tmp_path, english):
    target = tmp_path / "out.xlsx"

    count = workbook.write([GRID], target, language=english, about={"Filter": "all", "Made at": "=1+1"})

    book = cells(target)
    sheet = book["Claims"]
    first = [c.value for c in sheet[2]]
    assert count == 2
    assert [c.value for c in sheet[1]][:4] == ["Name", "Member", "Billed (MYR)", "Approved"]
    assert first == [
        EVIL[0], "007", -1234.5, 2, 3, 0.125, DAY, DAY.replace(hour=8), "paid",
    ]  # fmt: skip
    assert sheet["B3"].value == "12" and sheet["B3"].data_type == "s"
    assert sheet["E3"].value == "*"
    assert sheet["D2"].number_format == '"Rp"#,##0'
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:I3"
    assert [c.value for c in sheet[4]][:3] == ["Total", None, -1234.5]
    assert [[c.value for c in row] for row in book["About"].rows] == [["Filter", "all"], ["Made at", "=1+1"]]


def test_nothing_in_a_workbook_is_a_formula_or_a_link(tmp_path, english):
    grid = Grid(title="=A1", columns=(Column(label="=B1"),), rows=tuple((text,) for text in EVIL))

    workbook.write([grid, grid], tmp_path / "out.xlsx", language=english)

    book = cells(tmp_path / "out.xlsx")
    assert len(book.sheetnames) == 3
    for sheet in book:
        for row in sheet.rows:
            assert all(c.data_type in ("s", "n") and c.hyperlink is None for c in row)


def test_no_name_stands_in_clear_in_the_temporary_folder(tmp_path, english, monkeypatch):
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))

    workbook.write([GRID], tmp_path / "out.xlsx", language=english)

    assert (tmp_path / "out.xlsx").stat().st_size > 1000


@pytest.mark.parametrize("code", ["id", "en"])
def test_a_text_list_that_went_out_comes_back_as_it_was(tmp_path, code):
    columns = [Column(label=h) for h in ("No Klaim", "Nama Pasien", "Tgl Masuk", "Mata Uang")]
    columns.append(Column(label="Tagihan", kind=ColumnKind.MONEY))
    rows = tuple((f"K-{n}", name, dt.date(2026, 4, 3), "MYR", Money(123450, "MYR")) for n, name in enumerate(EVIL))
    grid = Grid(title="Klaim", columns=tuple(columns), rows=rows)

    workbook.write([grid], tmp_path / "out.csv", language=Language(code))
    body = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    staged = stage_claims(tmp_path / "out.csv", answers=Answers())

    assert "'=cmd" in body and "'+62" in body and "'-Ani" in body and "'@SUM" in body and "'＝1" in body
    assert [(c.member_name, c.billed.plain(), c.admit_date) for c in staged.claims] == [
        (name, "1234.50", dt.date(2026, 4, 3)) for name in EVIL
    ]


def test_json_has_exact_amounts_and_texts_for_keys(tmp_path, english):
    workbook.write([GRID], tmp_path / "out.json", language=english, about={"Filter": "all"})

    body = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert body["about"] == {"Filter": "all"}
    assert body["tables"][0]["rows"][0] == {
        "name": EVIL[0], "member": "007", "billed": {"amount": "-1234.50", "currency": "MYR"},
        "approved": {"amount": "2.00", "currency": "IDR"}, "days": 3, "share": "0.125", "on": "2026-04-03",
        "at": "2026-04-03T01:00:00+00:00", "status": "paid",
    }  # fmt: skip
    assert body["tables"][0]["rows"][1]["days"] == "*"


def test_refused_rows_go_out_with_their_reason_and_can_come_in_again(tmp_path, english):
    headings = ["No Klaim", "Nama", "Tgl Masuk", "Mata Uang", "Tagihan"]
    rows = [["K1", "Ani", "3/4/2026", "RUP", "5", "The currency is unknown."], ["K2", "Budi", "short"]]

    count = workbook.write_rejects(headings, rows, tmp_path / "gagal.xlsx", english)

    sheet = cells(tmp_path / "gagal.xlsx").worksheets[0]
    assert count == 2
    assert [[c.value for c in row] for row in sheet.rows] == [
        [*headings, "Reason"],
        ["K1", "Ani", "3/4/2026", "RUP", "5", "The currency is unknown."],
        ["K2", "Budi", None, None, None, "short"],
    ]


def test_a_file_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path, english):
    with pytest.raises(Unavailable):
        workbook.write([GRID], tmp_path / "no" / "out.xlsx", language=english)
    with pytest.raises(ValueError, match="unknown file ending"):
        workbook.write([GRID], tmp_path / "out.doc", language=english)

    assert list(tmp_path.iterdir()) == []
