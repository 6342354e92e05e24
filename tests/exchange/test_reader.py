"""What the reading process says about a file: its sheets, rows, and the facts that values hide."""

import datetime as dt
import io
import json
import subprocess
import sys
import zipfile

import pytest

from liaison.exchange import containers, limits, reader
from liaison.exchange.containers import Unreadable
from liaison.exchange.reading import Reading, _Watch, opened_list
from liaison.exchange.refusals import FileRefusal
from tests.exchange.lists import D, ods, text, xls, xlsx
from tests.exchange.test_hostile_files import encrypted, handmade, refusal_of


def told(data, password=None):
    """Everything the reader says about a file, as (kind, body)."""
    out = io.StringIO()
    reader.read(data, password, out)
    return [next(iter(json.loads(line).items())) for line in out.getvalue().splitlines()]


def rows_of(said):
    return [row for kind, body in said if kind == "rows" for row in body]


def reason_of(data, password=None):
    with pytest.raises(Unreadable) as refusal:
        told(data, password)
    return refusal.value.reason


def test_a_workbook_is_told_sheet_by_sheet(tmp_path):
    sheets = {"A": [["x", 1, 2.5, D(2026, 4, 3), True], [], [], ["y"], []], "H": [["hidden"]], "E": []}
    path = xlsx(tmp_path / "a.xlsx", sheets, hidden=["H"], merges=[("A", "A1:A3")])

    said = told(path.read_bytes())

    kinds = [kind for kind, _ in said]
    assert kinds == ["file", "sheet", "rows", "blank", "rows", "hidden", "sheet", "done"]
    assert said[0][1]["format"] == "xlsx" and len(said[0][1]["sha256"]) == 64
    assert said[1][1]["merges"] == [[1, 0, 3, 0]] and said[1][1]["last_row"] == 1_048_576
    assert rows_of(said) == [["x", 1.0, 2.5, ["d", "2026-04-03"], True], ["y"]]
    assert said[3] == ("blank", 2)


def test_times_and_durations_are_texts(tmp_path):
    rows = [[dt.time(8, 30), dt.timedelta(hours=30), dt.datetime(2026, 4, 3, 8, 30)]]  # noqa: DTZ001

    said = told(xlsx(tmp_path / "a.xlsx", {"A": rows}).read_bytes())

    assert rows_of(said) == [[["t", "08:30:00"], ["t", "1 day, 6:00:00"], ["d", "2026-04-03T08:30:00"]]]


def test_many_rows_come_in_packets_and_blank_ends_are_told(tmp_path):
    rows = [[f"r{n}", "x"] for n in range(300)]

    said = told(text(tmp_path / "a.csv", [*rows, [], ["", ""]]).read_bytes())

    assert [len(body) for kind, body in said if kind == "rows"] == [128, 128, 44]
    assert said[-2] == ("blank", 2)


def test_an_xls_tells_its_date_system_and_format(tmp_path):
    import xlwt

    book = xlwt.Workbook()
    book.dates_1904 = True
    book.add_sheet("S").write(0, 0, "x")
    book.save(str(tmp_path / "mac.xls"))
    usual = xls(tmp_path / "usual.xls", {"S": [["x", D(2026, 4, 3)]]}, merges=[("S", 0, 2, 0, 0)])

    mac, plain = told((tmp_path / "mac.xls").read_bytes()), told(usual.read_bytes())

    assert mac[1][1]["is_1904"] and not plain[1][1]["is_1904"]
    assert plain[0][1]["format"] == "xls" and plain[1][1]["last_row"] == 65_536
    assert plain[1][1]["merges"] == [[1, 0, 3, 0]]


def test_an_ods_tells_merges_formulas_percents_and_currencies(tmp_path):
    rows = [["a", "b", 5.0], ["", "of:=SUM(C1)", ""], [1, 2, 3]]
    path = ods(tmp_path / "a.ods", {"S": rows}, merges=[("S", 0, 1, 0, 0)], currency="MYR")

    facts = told(path.read_bytes())[1][1]

    assert facts["merges"] == [[1, 0, 2, 0]]
    assert facts["uncached"] == {"1": [[2, 2]]}
    assert facts["currencies"] == {"MYR": {"2": [[1, 1]]}}


ODS = (
    '<o:d xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0">'
    "{}</o:d>"
)


def content(body):
    """The facts of an .ods content written by hand."""
    from liaison.exchange.ods_xml import OdsScan

    scan = OdsScan()
    scan.look("content.xml", iter([ODS.format(body).encode()]))
    scan.look("styles.xml", iter([b"not xml"]))
    return scan


def test_an_ods_counts_repeated_rows_and_knows_its_null_date():
    scan = content(
        '<t:null-date t:date-value="1904-01-01"/><t:table t:name="S">'
        '<t:table-row t:number-rows-repeated="3"><t:table-cell t:number-columns-repeated="2"/>'
        '<t:covered-table-cell/><t:table-cell o:value-type="percentage" o:value="0.1"/></t:table-row>'
        '<t:table-row><t:table-cell t:formula="of:=1" o:value-type="float" o:value="1"/>'
        '<t:table-cell t:formula="of:=1" o:value-type="string"/>'
        '<t:table-cell o:value-type="currency" o:currency="JPY" o:value="1"/>'
        '<t:table-cell t:number-columns-repeated="x"><t:table t:name="inner"><t:table-row>'
        '<t:table-cell t:number-rows-spanned="2"/>'
        "</t:table-row></t:table></t:table-cell></t:table-row></t:table>"
    )

    assert scan.is_1904
    assert scan.notes["S"].percents == {3: [(1, 3)]}
    assert scan.notes["S"].uncached == {} and scan.notes["S"].currencies == {} and scan.notes["S"].merges == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            '<t:table><t:table-row><t:table-cell o:value-type="float" t:number-columns-repeated="501"/>'
            "</t:table-row></t:table>",
            FileRefusal.TOO_MANY_COLUMNS,
        ),
        ("<t:table>", FileRefusal.DAMAGED),
    ],
)  # fmt: skip
def test_an_ods_too_wide_or_broken_is_refused(body, reason):
    with pytest.raises(Unreadable) as refusal:
        content(body)

    assert refusal.value.reason is reason


def test_an_ods_with_an_entity_is_refused():
    from liaison.exchange.ods_xml import OdsScan

    with pytest.raises(Unreadable) as refusal:
        OdsScan().look("content.xml", iter([b'<!DOCTYPE x [<!ENTITY a "b">]><x/>']))

    assert refusal.value.reason is FileRefusal.SUSPICIOUS


STYLES = (
    '<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>'
    '<numFmt numFmtId="164" formatCode="[$RM-43E]#,##0.00"/><numFmt numFmtId="165" formatCode="00000"/>'
    '<numFmt numFmtId="166" formatCode="0.0%"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/>'
    '<xf numFmtId="165"/>'
    '<xf numFmtId="166"/><xf numFmtId="9"/></cellXfs></styleSheet>'
)


def facts_of(tmp_path, rows, **more):
    path = handmade(tmp_path / "hand.xlsx", rows, **{"xl/styles.xml": STYLES, **more})
    with zipfile.ZipFile(path) as container:
        is_1904, notes = reader._facts(container, "xlsx", path.stat().st_size)
    return is_1904, notes["S"]


def test_number_formats_and_formulas_are_seen_where_cells_say_their_place(tmp_path):
    _, notes = facts_of(
        tmp_path,
        '<row r="2"><c r="A2" s="1"><v>5</v></c><c r="B2" s="2"><v>7</v></c><c r="C2" s="3"><v>.5</v></c>'
        '<c r="D2" s="4"><v>.5</v></c></row>'
        '<row r="3"><c r="A3" s="1"/><c r="B3"><f>1+1</f></c><c r="C3"><f>1</f><v>1</v></c><c r="D3" t="str">'
        '<f>""</f><v></v></c></row>',
    )

    assert notes.currencies == {"MYR": {0: [(2, 2)]}}
    assert notes.padded == {5: {1: [(2, 2)]}}
    assert notes.percents == {2: [(2, 2)], 3: [(2, 2)]}
    assert notes.uncached == {1: [(3, 3)]}


def test_cells_and_rows_without_a_reference_are_counted(tmp_path):
    _, notes = facts_of(
        tmp_path,
        "<row><c><v>1</v></c></row><row><c><v>1</v></c><c><f>1+1</f><v/></c><c r='F2'/><c s='1'><v>1</v></c></row>",
    )

    assert notes.uncached == {1: [(2, 2)]}
    assert notes.currencies == {"MYR": {6: [(2, 2)]}}


def test_prefixed_elements_are_understood(tmp_path):
    path = tmp_path / "x.xlsx"
    handmade(path, "")
    row = '<x:row><x:c r="A1"><x:f>1</x:f></x:c></x:row>'
    sheet = f'<x:worksheet xmlns:x="m"><x:sheetData>{row}</x:sheetData></x:worksheet>'
    with zipfile.ZipFile(path) as book:
        parts = {n: book.read(n) for n in book.namelist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, body in {**parts, "xl/worksheets/sheet1.xml": sheet.encode()}.items():
            book.writestr(name, body)
    with zipfile.ZipFile(path) as container:
        _, notes = reader._facts(container, "xlsx", 10_000)

    assert notes["S"].uncached == {0: [(1, 1)]}


def test_the_date_system_stands_in_the_workbook(tmp_path):
    from tests.exchange.test_hostile_files import WORKBOOK

    path = handmade(tmp_path / "a.xlsx", "")
    with zipfile.ZipFile(path) as book:
        parts = {n: book.read(n) for n in book.namelist()}
    parts["xl/workbook.xml"] = WORKBOOK.replace("<sheets>", '<workbookPr date1904="1"/><sheets>').encode()
    with zipfile.ZipFile(path, "w") as book:
        for name, body in parts.items():
            book.writestr(name, body)
    with zipfile.ZipFile(path) as container:
        is_1904, _ = reader._facts(container, "xlsx", 10_000)

    assert is_1904


@pytest.mark.parametrize(("flag", "expected"), [(b"\x01", True), (b"\x00", False)])
def test_an_xlsb_says_its_date_system_in_its_properties(flag, expected):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("xl/workbook.bin", b"\x83\x01\x00\x99\x01\x0c" + flag + b"\0" * 11)
    with zipfile.ZipFile(out) as container:
        assert containers.format_of(container) == "xlsb"
        assert reader._facts(container, "xlsb", 100) == (expected, {})


def test_broken_small_parts_are_refused(tmp_path):
    broken = handmade(tmp_path / "a.xlsx", "", **{"xl/styles.xml": "<styleSheet>"}).read_bytes()
    trapped = handmade(
        tmp_path / "b.xlsx", "", **{"xl/styles.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}
    ).read_bytes()

    assert reason_of(broken) is FileRefusal.DAMAGED
    assert reason_of(trapped) is FileRefusal.SUSPICIOUS


def test_limits_of_parts_and_sizes(tmp_path, monkeypatch):
    data = xlsx(tmp_path / "a.xlsx", {"A": [[f"text {n}", n] for n in range(500)]}).read_bytes()

    for name, value, reason in (
        ("MAX_PARTS", 3, FileRefusal.SUSPICIOUS),
        ("MAX_INFLATED", 5000, FileRefusal.TOO_BIG),
        ("MAX_CELLS", 100, FileRefusal.TOO_MANY_ROWS),
        ("MAX_ROWS", 100, FileRefusal.TOO_MANY_ROWS),
        ("MAX_COLUMNS", 1, FileRefusal.TOO_MANY_COLUMNS),
        ("MAX_CELL_CHARS", 5, FileRefusal.CELL_TOO_LONG),
    ):
        with monkeypatch.context() as limited:
            limited.setattr(limits, name, value)
            assert reason_of(data) is reason, name


def test_a_text_list_over_the_rows_of_a_sheet_is_refused(tmp_path, monkeypatch):
    data = text(tmp_path / "a.csv", [["x", n] for n in range(50)]).read_bytes()
    monkeypatch.setattr(limits, "MAX_ROWS", 20)

    assert reason_of(data) is FileRefusal.TOO_MANY_ROWS


def test_a_password_is_asked_for_tried_and_used(tmp_path):
    data = encrypted(tmp_path, "Rahasia 1").read_bytes()

    assert reason_of(data) is FileRefusal.NEEDS_PASSWORD
    assert reason_of(data, "salah") is FileRefusal.WRONG_PASSWORD
    assert rows_of(told(data, "Rahasia 1"))


def test_a_damaged_ole_container_is_refused(tmp_path):
    path = xls(tmp_path / "a.xls", {"S": [["x"]]})
    data = bytearray(path.read_bytes())
    data[512:4096] = b"\xff" * 3584
    path.write_bytes(bytes(data))

    assert refusal_of(path) in ("DAMAGED", "NOT_A_WORKBOOK", "CHILD_LOST")
    assert reason_of(containers.OLE + b"\1" * 2000) is FileRefusal.NOT_A_WORKBOOK


def test_what_a_container_holds_decides_its_format():
    def holding(*names, mimetype=b""):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as book:
            for name in names:
                book.writestr(name, mimetype if name == "mimetype" else b"")
        return zipfile.ZipFile(out)

    with holding("content.xml") as container:
        assert containers.format_of(container) == "ods"
    with (
        holding("mimetype", mimetype=b"application/vnd.oasis.opendocument.text") as container,
        pytest.raises(Unreadable),
    ):
        containers.format_of(container)
    with holding("word/document.xml") as container, pytest.raises(Unreadable):
        containers.format_of(container)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x05\x06" + b"\0" * 18, FileRefusal.DAMAGED),
        (b"PK\x03\x04garbage", FileRefusal.DAMAGED),
        (b"\0\0 \r\n", FileRefusal.EMPTY),
        (b"\x1f\x8b gz", FileRefusal.NOT_A_WORKBOOK),
        (b"<table><tr/></table>", FileRefusal.WEB_PAGE),
        (b"a,b\n\xff\xfe\0\0x", FileRefusal.BINARY_TEXT),
        (b"\xff\xfea\0,\0b", FileRefusal.DAMAGED),
        ("a;b\n1;\0\n".encode("utf-16"), FileRefusal.BINARY_TEXT),
    ],
)
def test_bytes_that_are_no_list(data, reason):
    assert reason_of(data) is reason


def test_delimiters_are_found_by_headings_by_evenness_or_said_in_the_first_line():
    from liaison.exchange.delimited import delimiter_of

    assert delimiter_of("Laporan, bulan, ini\nNo Klaim;Nama;Tagihan\n1;a, b;2,5\n") == ";"
    assert delimiter_of("a|b|c\n1|2|3\n") == "|"
    assert delimiter_of("sep=\t\na\tb\n") == "\t"
    assert delimiter_of("") in ";,\t|"


def test_long_cells_in_a_sample_do_not_stop_the_search_for_a_delimiter(tmp_path):
    data = b'a;"' + b"x" * 40_000 + b'"\n'

    assert reason_of(data) is FileRefusal.CELL_TOO_LONG


def test_a_utf_32_list_is_read():
    said = told("a;b\n1;2\n".encode("utf-32"))

    assert rows_of(said) == [["a", "b"], ["1", "2"]]


# the program's side


class _Child:
    """Stands for a child process that says what it should not."""

    def __init__(self, lines, status=1):
        self.stdout = io.BytesIO(b"".join(lines))
        self._status = status

    def wait(self, timeout=None):
        return self._status

    def kill(self):
        self._status = -9


NO_FACTS = {"uncached": {}, "currencies": {}, "percents": {}, "padded": {}, "merges": []}
SHEET = json.dumps({"sheet": {"name": "S", "last_row": 0, "is_1904": False, **NO_FACTS}}).encode() + b"\n"


@pytest.mark.parametrize(
    "lines",
    [
        [b"not json\n"], [b"[]\n"], [b'{"a": 1, "b": 2}\n'], [b'{"what": 1}\n'], [b'{"file": {}}\n'],
        [b'{"sheet": {}}\n'], [b'{"refused": {"code": "x"}}\n'], [b'{"refused": 5}\n'], [SHEET, b'{"blank": -1}\n'],
        [SHEET, b'{"rows": 5}\n'],
        [SHEET, b'{"rows": [5]}\n'], [SHEET, b'{"rows": [[null]]}\n'], [SHEET, b'{"rows": [[["d", "x"]]]}\n'],
        [SHEET, b'{"rows": [[["d"]]]}\n'], [SHEET, json.dumps({"rows": [["x"] * 501]}).encode() + b"\n"], [b""],
    ],
)  # fmt: skip
def test_a_child_that_says_what_it_should_not_is_not_believed(tmp_path, monkeypatch, lines):
    from liaison.domain.errors import Refused
    from liaison.exchange import reading

    path = text(tmp_path / "a.csv", [["x"]])
    child = _Child(lines)
    monkeypatch.setattr(reading, "_child", lambda: child)
    monkeypatch.setattr(reading, "_ask", lambda *_: None)

    with pytest.raises(Refused) as refusal, opened_list(path) as opened:
        for sheet in opened.sheets():
            list(sheet.rows())

    assert refusal.value.problems[0].code == "CHILD_LOST"


@pytest.mark.parametrize(("status", "code"), [(-24, "TOO_SLOW"), (-9, "TOO_SLOW"), (-6, "TOO_BIG"), (1, "CHILD_LOST")])
@pytest.mark.skipif(sys.platform == "win32", reason="signals end processes elsewhere")
def test_how_the_child_ended_says_why(tmp_path, status, code):
    from pathlib import Path

    reading = Reading(Path("a.csv"), _Child([], status), _NoWatch())

    with pytest.raises(Exception) as refusal:
        next(reading.sheets())

    assert refusal.value.problems[0].code == code


class _NoWatch:
    def __enter__(self):
        return None

    def __exit__(self, *_):
        return None


def test_a_child_that_keeps_us_waiting_is_ended():
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    watch = _Watch(process, 0.1)

    with watch:
        status = process.wait(timeout=20)
    watch.stop()

    assert status != 0


def test_rows_of_a_sheet_nobody_asked_for_are_read_over(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", {"A": [["1"], ["2"]], "B": [["3"]]})

    with opened_list(path) as reading:
        names = [sheet.name for sheet in reading.sheets()]

    assert names == ["A", "B"]


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(limits.MAX_FILE + 1)

    assert refusal_of(path) == "TOO_BIG"


def test_the_reading_process_writes_no_file_and_stays_within_its_memory(tmp_path):
    code = (
        "from liaison.exchange.limits import hold_back; hold_back(5)\n"
        f"try:\n __import__('pathlib').Path({str(tmp_path / 'x')!r}).write_text('x' * 9); print('wrote')\n"
        "except OSError: print('no file')\n"
        "try:\n bytearray(900_000_000); print('took')\n"
        "except MemoryError: print('no memory')\n"
    )
    env = {"PYTHONPATH": str(__import__("pathlib").Path(__file__).resolve().parents[2])}

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)

    if sys.platform != "win32":
        assert "wrote" not in done.stdout and "took" not in done.stdout
    assert limits.seconds_for(10 << 20) == 35
