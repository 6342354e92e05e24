"""Roadshows from the command line: the pack by its city, the lists as files."""

import datetime as dt

import pytest

from liaison.domain.roadshows import RoadshowDraft
from liaison.services import roadshows
from liaison.services.roadshow_exports import GRIDS
from tests import make


@pytest.fixture
def office(tmp_path):
    """An office with one event in Medan."""
    folder = tmp_path / "office"
    with make.new_store(folder) as store:
        draft = RoadshowDraft(series="Akhir 2026", city="Medan", starts_on=dt.date(2026, 12, 2))
        make.do(store, roadshows.add_roadshow, draft)
    return folder


def test_the_pack_is_printed_by_its_city(run, office, tmp_path):
    target = tmp_path / "pack.pdf"

    done = run("report", "city_pack", "--event", "Medan", "-o", target, store=office)

    assert done.status == 0, done.err
    assert target.read_bytes().startswith(b"%PDF")


def test_every_list_of_roadshows_is_exported(run, office, tmp_path):
    for kind in GRIDS:
        target = tmp_path / f"{kind}.json"
        assert run("export", kind, "--to", target, store=office).status == 0, kind
    assert "Akhir 2026" in (tmp_path / "roadshows.json").read_text(encoding="utf-8")
