"""Whatever a report may be told is an option of the command that prints it."""

import inspect

import pytest

from liaison.cli import paper
from liaison.reports.catalogue import REPORTS


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r.name)
def test_every_choice_that_the_list_of_reports_names_can_be_typed(report):
    typed = set(inspect.signature(paper.report).parameters)

    assert {option.name for option in report.options} <= typed


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("report", "city_briefing", "--city", "", "-o", "a.pdf"), "--city"),
        (("report", "clock_list", "--officer", " ", "-o", "a.pdf"), "--officer"),
        (("print-run", "city_briefing", "--city", "Medan", "--city", "", "-o", "a.pdf"), "--city"),
        (("insight", "city", "--city", ""), "--city"),
    ],
)
def test_an_option_with_nothing_behind_it_is_refused_by_its_name(run, office, tmp_path, monkeypatch, words, option):
    monkeypatch.chdir(tmp_path)
    done = run(*words, store=office)

    assert done.status != 0 and f"{option} is empty" in done.err
    assert list(tmp_path.glob("*.pdf")) == []
    assert f"{option} kosong" in run(*words, store=office, lang="id").err
