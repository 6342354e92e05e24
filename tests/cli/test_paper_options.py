"""Whatever a report may be told is an option of the command that prints it."""

import inspect

import pytest

from liaison.cli import paper
from liaison.reports.catalogue import REPORTS


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r.name)
def test_every_choice_that_the_list_of_reports_names_can_be_typed(report):
    typed = set(inspect.signature(paper.report).parameters)

    assert {option.name for option in report.options} <= typed
