"""Files built to break programs, and files that are simply the wrong ones: each a clear refusal, quickly,
and nothing else."""

import io
import time
import zipfile

import pytest

from liaison.domain.errors import Refused, Unavailable
from liaison.exchange.bordereau import stage_claims
from liaison.i18n import Language
from tests.exchange.lists import D, text, xls, xlsx

HEAD = ["No Klaim", "Nama", "Tgl Masuk", "Mata Uang", "Tagihan"]
ROW = ["C1", "Ani", "1/1/2026", "MYR", 5]
GOOD = {"S": [HEAD, ROW]}
XML = '<?xml version="1.0"?>'
FORMATS = "http://schemas.openxmlformats.org"
MAIN = f"{FORMATS}/spreadsheetml/2006/main"
OFFICE = f"{FORMATS}/officeDocument/2006/relationships"
PACKAGE = f"{FORMATS}/package/2006"
SHEETS = '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'
WORKBOOK = f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{SHEETS}</workbook>'
RELS = (
    f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/worksheet"'
    ' Target="worksheets/sheet1.xml"/></Relationships>'
)
ROOT = (
    f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>'
)
TYPES = f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
SHEET = XML + '{doctype}<worksheet xmlns="' + MAIN + '"><sheetData>{rows}</sheetData></worksheet>'


def handmade(path, rows, doctype="", **more):
    """A workbook with its sheet's XML written by hand."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", TYPES)
        book.writestr("_rels/.rels", ROOT)
        book.writestr("xl/workbook.xml", WORKBOOK)
        book.writestr("xl/_rels/workbook.xml.rels", RELS)
        book.writestr("xl/worksheets/sheet1.xml", SHEET.format(rows=rows, doctype=doctype))
        for name, body in more.items():
            book.writestr(name, body)
    return path


def refusal_of(path, **options):
    started = time.monotonic()
    with pytest.raises(Refused) as refusal:
        stage_claims(path, **options)
    assert time.monotonic() - started < 30
    (problem,) = refusal.value.problems
    assert path.name in problem.values["file"]
    assert len(problem.text(__import__("liaison.i18n", fromlist=["Language"]).Language("en"))) > 40
    return problem.code


def test_a_zip_bomb_is_refused(tmp_path):
    path = handmade(
        tmp_path / "bomb.xlsx", '<row r="1"><c r="A1" t="inlineStr"><is><t>' + "A" * 60_000_000 + "</t></is></c></row>"
    )

    assert refusal_of(path) == "SUSPICIOUS"


def test_a_directory_that_lies_about_sizes_is_refused(tmp_path):
    path = handmade(tmp_path / "liar.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/x.bin", b"\0" * 200_000_000)
    body = bytearray(path.read_bytes())
    size = (200_000_000).to_bytes(4, "little")
    while (at := body.find(size)) >= 0:
        body[at : at + 4] = (100).to_bytes(4, "little")
    path.write_bytes(bytes(body))

    assert refusal_of(path) in ("SUSPICIOUS", "DAMAGED")


def test_a_cell_at_the_far_corner_is_refused(tmp_path):
    path = handmade(tmp_path / "far.xlsx", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')

    assert refusal_of(path) == "TOO_MANY_COLUMNS"


def test_a_cell_far_down_does_not_break_the_program(tmp_path):
    path = handmade(
        tmp_path / "deep.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="GR1048576"><v>1</v></c></row>',
    )

    assert refusal_of(path) in ("TOO_BIG", "CHILD_LOST", "NO_CLAIMS")


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY xxe SYSTEM "http://127.0.0.1/x">]>',
    ],
)
def test_a_document_type_in_any_part_is_refused(tmp_path, doctype):
    in_sheet = handmade(tmp_path / "lol.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>', doctype)
    in_other = handmade(
        tmp_path / "other.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>', **{"docProps/app.xml": doctype + "<x/>"}
    )

    assert refusal_of(in_sheet) == "SUSPICIOUS"
    assert refusal_of(in_other) == "SUSPICIOUS"


def test_billion_laughs_in_an_ods_is_refused(tmp_path):
    body = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><office:document-content/>'
    with zipfile.ZipFile(tmp_path / "lol.ods", "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", body)

    assert refusal_of(tmp_path / "lol.ods") == "SUSPICIOUS"


def test_an_ods_that_repeats_cells_without_end_is_refused(tmp_path):
    names = "urn:oasis:names:tc:opendocument:xmlns"
    head = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="S">'
    )
    row = (
        '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="400"/>'
        "</table:table-row>"
    )
    with zipfile.ZipFile(tmp_path / "far.ods", "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr(
            "content.xml", head + row + "</table:table></office:spreadsheet></office:body></office:document-content>"
        )

    assert refusal_of(tmp_path / "far.ods") == "TOO_MANY_ROWS"


def test_a_cell_longer_than_excel_allows_is_refused(tmp_path):
    in_text = text(tmp_path / "long.csv", [HEAD, ["C1", "A" * 40_000, "1/1/2026", "MYR", "5"]])
    in_workbook = handmade(
        tmp_path / "long.xlsx", f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"Ab c" * 10_000}</t></is></c></row>'
    )

    assert refusal_of(in_text) == "CELL_TOO_LONG"
    assert refusal_of(in_workbook) == "CELL_TOO_LONG"


def test_a_million_columns_are_refused(tmp_path):
    (tmp_path / "wide.csv").write_text(",".join(["x"] * 1_000_000), encoding="ascii")

    assert refusal_of(tmp_path / "wide.csv") == "TOO_MANY_COLUMNS"


def test_zero_bytes_in_a_text_list_are_refused(tmp_path):
    (tmp_path / "nul.csv").write_bytes(b"No Klaim,Nama,Tgl Masuk,Mata Uang,Tagihan\nC1,A\0ni,1/1/2026,MYR,5\n" * 10)

    assert refusal_of(tmp_path / "nul.csv") == "BINARY_TEXT"


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("report.pdf", b"%PDF-1.7 not a list", "NOT_A_WORKBOOK"),
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n" + b"\1" * 50, "NOT_A_WORKBOOK"),
        ("page.xls", b"<html><body><table><tr><td>No Klaim</td></tr></table></body></html>", "WEB_PAGE"),
        ("sheet.xls", b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>", "WEB_PAGE"),
        ("nothing.csv", b"", "EMPTY"),
        ("blanks.csv", b"\r\n\r\n  \r\n", "EMPTY"),
        ("letter.txt", b"Kepada Yth.\r\nBersama ini kami kirimkan daftar klaim.\r\nTerima kasih.\r\n", "NO_CLAIMS"),
        ("broken.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 4000, "NOT_A_WORKBOOK"),
        ("broken.xlsx", b"PK\x03\x04" + b"\1" * 400, "DAMAGED"),
    ],
)
def test_what_is_no_list_is_refused_with_its_cure(tmp_path, name, body, code):
    (tmp_path / name).write_bytes(body)

    assert refusal_of(tmp_path / name) == code


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "letter.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", "<w/>")

    assert refusal_of(tmp_path / "letter.docx") == "NOT_A_WORKBOOK"


def test_a_truncated_workbook_is_refused(tmp_path):
    path = xlsx(tmp_path / "cut.xlsx", GOOD)
    body = path.read_bytes()
    path.write_bytes(body[: len(body) // 2])

    assert refusal_of(path) == "DAMAGED"


def test_a_damaged_part_is_refused(tmp_path):
    path = xlsx(tmp_path / "flipped.xlsx", {"S": [HEAD, *([*ROW[:1], f"Nama {n}", *ROW[2:]] for n in range(500))]})
    with zipfile.ZipFile(path) as book:
        entry = book.getinfo("xl/worksheets/sheet1.xml")
    body = bytearray(path.read_bytes())
    at = entry.header_offset + 200
    body[at : at + 40] = b"\xff" * 40
    path.write_bytes(bytes(body))

    assert refusal_of(path) in ("DAMAGED", "SUSPICIOUS", "CHILD_LOST")


def test_a_workbook_without_any_claim_is_refused(tmp_path):
    empty = xlsx(tmp_path / "empty.xlsx", {"S": []})
    other = xlsx(tmp_path / "other.xlsx", {"S": [["Menu", "Harga"], ["Nasi goreng", 25000]]})
    only_hidden = xlsx(tmp_path / "hidden.xlsx", {"Kosong": [], **GOOD}, hidden=["S"])

    assert [refusal_of(p) for p in (empty, other, only_hidden)] == ["NO_CLAIMS"] * 3


def problem_of(path, **options):
    with pytest.raises(Refused) as refusal:
        stage_claims(path, **options)
    return refusal.value.problems[0]


def test_a_headed_list_without_rows_is_refused_with_what_was_found(tmp_path):
    rows = [["Daftar klaim"], [], HEAD]
    in_workbook = problem_of(xlsx(tmp_path / "list.xlsx", {"Klaim": rows}))
    in_text = problem_of(text(tmp_path / "list.csv", [[*HEAD]]))

    assert (in_workbook.code, in_workbook.values["sheet"], in_workbook.values["row"]) == ("NO_ROWS", "Klaim", 3)
    assert (in_text.code, in_text.values["sheet"], in_text.values["row"]) == ("NO_ROWS", "list.csv", 1)
    assert "not one claim" in in_workbook.text(Language("en"))


def test_a_workbook_without_any_claim_says_what_was_looked_at(tmp_path):
    path = xlsx(tmp_path / "x.xlsx", {"Catatan": [["Halo"], ["Apa kabar"]], "Kosong": []})

    assert problem_of(path).values["found"] == "Catatan (2), Kosong (0)"


def test_a_cell_too_large_names_its_sheet_and_row(tmp_path):
    huge = '<row r="3"><c r="A3" t="inlineStr"><is><t>' + "Ab c" * 500_000 + "</t></is></c></row>"
    in_workbook = problem_of(handmade(tmp_path / "huge.xlsx", huge))
    in_text = problem_of(text(tmp_path / "huge.csv", [HEAD, ROW, ["C2", "A" * 2_000_000, "1/1/2026", "MYR", "5"]]))

    for problem, sheet in ((in_workbook, "S"), (in_text, "huge.csv")):
        assert (problem.code, problem.values["sheet"], problem.values["row"]) == ("CELL_TOO_LONG", sheet, 3)


def test_a_zero_byte_names_its_line_and_in_an_old_workbook_is_left_out(tmp_path):
    head = b"No Klaim,Nama,Tgl Masuk,Mata Uang,Tagihan\n"
    (tmp_path / "nul.csv").write_bytes(head + b"C1,Ani,1/1/2026,MYR,5\nC2,A\0ni,1/1/2026,MYR,5\n" * 3)
    old = xls(tmp_path / "nul.xls", {"S": [HEAD, ["C1", "A\0ni", D(2026, 1, 1), "MYR", 5]]})

    assert problem_of(tmp_path / "nul.csv").values["row"] == 3
    assert stage_claims(old).claims[0].member_name == "Ani"


def encrypted(tmp_path, password):
    import msoffcrypto
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = xlsx(tmp_path / "plain.xlsx", GOOD)
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(plain.read_bytes())).encrypt(password, out)
    path = tmp_path / "locked.xlsx"
    path.write_bytes(out.getvalue())
    assert msoffcrypto.OfficeFile(io.BytesIO(out.getvalue())).is_encrypted()
    return path


def test_a_password_protected_workbook_opens_with_its_password_only(tmp_path):
    path = encrypted(tmp_path, "Rahasia 1")

    assert refusal_of(path) == "NEEDS_PASSWORD"
    assert refusal_of(path, password="salah") == "WRONG_PASSWORD"
    assert [c.claim_no for c in stage_claims(path, password="Rahasia 1").claims] == ["C1"]


def test_an_encrypted_zip_or_ods_is_refused_with_its_cure(tmp_path):
    with zipfile.ZipFile(tmp_path / "locked.ods", "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        book.writestr("content.xml", b"\x01\x02")

    assert refusal_of(tmp_path / "locked.ods") == "LOCKED_OTHERWISE"


def test_a_file_that_is_not_there_is_unavailable(tmp_path):
    with pytest.raises(Unavailable):
        stage_claims(tmp_path / "gone.xlsx")
    with pytest.raises(Unavailable):
        stage_claims(tmp_path)


@pytest.mark.shared_data
def test_real_messy_tables_are_read_or_refused_in_a_sentence(shared_data):
    for path in sorted((shared_data / "messy_tables").glob("*/*")):
        with pytest.raises(Refused) as refusal:
            stage_claims(path)
        assert refusal.value.problems[0].code in ("NO_CLAIMS", "NEEDS_PASSWORD", "DAMAGED", "NOT_A_WORKBOOK"), path.name


@pytest.mark.shared_data
def test_a_real_encrypted_workbook_opens(shared_data):
    from liaison.exchange.reading import opened_list

    path = shared_data / "messy_tables" / "msoffcrypto" / "example_password.xlsx"
    with opened_list(path, password="Password1234_") as reading:
        rows = [row for sheet in reading.sheets() for _, row in sheet.rows()]

    assert rows
