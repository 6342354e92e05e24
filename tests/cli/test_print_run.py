"""A printed report is found by its id and printed again; many papers leave as one file."""

import pypdfium2

from tests.cli.test_commands import case_no

__all__ = ["case_no"]


def test_a_report_is_printed_again_by_the_id_at_its_foot(run, sample, tmp_path):
    first = run("report", "city_briefing", "--city", "Medan", "-o", tmp_path / "a.pdf", "--json", store=sample).json
    shown = run("reprint", first["id"].lower(), "--json", store=sample).json
    again = run("reprint", first["id"], "-o", tmp_path / "b.pdf", "--json", store=sample).json
    unknown = run("reprint", "R6-0000-0000-00", store=sample)

    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert shown["parameters"] == {"city": "Medan"}
    assert again["sha256"] == first["sha256"]
    assert unknown.status == 1


def test_three_cities_and_a_refused_case_in_runs_of_their_own(run, sample, tmp_path, case_no):
    cities = ("--city", "Medan", "--city", "Jakarta", "--city", "Surabaya")
    done = run("print-run", "city_briefing", *cities, "-o", tmp_path / "r.pdf", "--json", store=sample).json
    cases = ("--case", case_no, "--case", "MDN-26-A9999-0")
    mixed = run("print-run", "case_summary", *cases, "-o", tmp_path / "c.pdf", "--json", store=sample).json
    nothing = run("print-run", "case_summary", "-o", tmp_path / "d.pdf", store=sample)

    assert len(pypdfium2.PdfDocument(tmp_path / "r.pdf")) == done["pages"]
    assert [paper["about"] for paper in done["papers"]] == ["Medan", "Jakarta", "Surabaya"]
    assert [one["about"] for one in mixed["not_printed"]] == ["MDN-26-A9999-0"]
    assert nothing.status == 2
    assert not (tmp_path / "d.pdf").exists()
