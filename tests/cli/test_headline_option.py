"""A headline in own words from the command line: on the pages and in the workbook, or refused with its reason."""

import hashlib
import io

import msoffcrypto
import openpyxl

from liaison.services import releases
from tests import make
from tests.reports.reading import text_of


def test_the_headline_given_stands_on_the_paper_and_the_workbook_tells_both(run, sample, tmp_path):
    made = tmp_path / "clocks.pdf"
    refused = run("report", "clock_list", "--headline", "99,999 clocks", "-o", made, store=sample)
    assert refused.status != 0
    assert "99,999" in refused.err
    assert not made.exists()

    book = tmp_path / "clocks.xlsx"
    own = "All of us looked at these clocks in November 2026"
    done = run("report", "clock_list", "--headline", own, "-o", made, "--xlsx", book, store=sample)

    assert done.status == 0, done.err
    assert own in text_of(made.read_bytes())
    cells = {cell.value for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for cell in row}
    assert {own, "Headline 1 in own words", "Headline 1 as it was made"} <= cells


def test_a_workbook_leaves_with_its_paper_each_on_record_under_its_own_hash(run, sample, tmp_path):
    agreed = tmp_path / "agreed.txt"
    agreed.write_text("7KQ2M-9XT4B-H3VWD-PRC", encoding="utf-8")
    made, book = tmp_path / "clocks.pdf", tmp_path / "new folder" / "clocks.xlsx"
    paper = ("report", "clock_list", "-o", made, "--xlsx", book, "--password-file", agreed)

    assert run(*paper, store=sample).status == 0

    assert msoffcrypto.OfficeFile(io.BytesIO(book.read_bytes())).is_encrypted()
    with make.opened(sample) as store, store.read() as session:
        found = {one.sha256: one for one in releases.releases(session, limit=2)}
    marks = [hashlib.sha256(file.read_bytes()).hexdigest() for file in (made, book)]
    assert set(found) == set(marks)
    assert ["workbook" in found[mark].figures for mark in marks] == [False, True]
    assert all(one.is_sealed for one in found.values())


def test_where_the_workbook_cannot_be_written_the_paper_stays_too(run, sample, tmp_path):
    made, book = tmp_path / "clocks.pdf", tmp_path / "taken.xlsx"
    book.mkdir()

    done = run("report", "clock_list", "-o", made, "--xlsx", book, store=sample)

    assert done.status != 0
    assert not made.exists() and list(book.iterdir()) == []
    with make.opened(sample) as store, store.read() as session:
        assert releases.releases(session) == []
