"""A headline in own words from the command line: on the pages and in the workbook, or refused with its reason."""

import openpyxl

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
