"""Every report, for every reader, in both languages, looks as it did when somebody last looked at it.

A wanted change: ``python -m tests.reports.renew_references``, then look at the difference and commit it.
"""

import difflib
import shutil

import pytest

from tests import make, sampling
from tests.reports.every_variant import add_trouble
from tests.reports.references import FOLDER, MOST_FAR, far_cells, kept, pages_now, report_names

RENEW = "wanted? python -m tests.reports.renew_references {report}"
MOST_BYTES = 1_500_000


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The sample office with its papers of trouble."""
    folder = tmp_path_factory.mktemp("held") / "store"
    shutil.copytree(sampling.sample_folder(tmp_path_factory), folder)
    with make.opened(folder, sampling.clock()) as store:
        add_trouble(store)
        yield store


@pytest.mark.parametrize("report", report_names())
def test_the_pages_of_a_report_read_and_look_as_before(office, report):
    now, before = pages_now(office, report), kept(report)

    changed = [page.sign for page in now] != [page.sign for page in before]
    told = "\n".join(
        difflib.unified_diff(
            [f"{page.sign}: {line}" for page in before for line in page.words.splitlines()],
            [f"{page.sign}: {line}" for page in now for line in page.words.splitlines()],
            "kept", "now", lineterm="", n=0,
        )
    )  # fmt: skip
    assert not told and not changed, f"{RENEW.format(report=report)}\n{told}"
    moved = {
        page.sign: far
        for page, old in zip(now, before, strict=True)
        if (far := far_cells(page.picture, old.picture)) > MOST_FAR
    }
    assert moved == {}, RENEW.format(report=report)


def test_the_references_stay_small_and_each_belongs_to_a_report():
    files = sorted(FOLDER.iterdir())

    assert {file.stem for file in files} == set(report_names())
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
