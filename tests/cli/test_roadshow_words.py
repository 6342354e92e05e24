"""Roadshows from the command line: the pack by its city, the lists as files."""

import datetime as dt
import re

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


def test_an_office_without_a_roadshow_is_told_how_to_put_one_on_record_and_prints_its_pack(run, tmp_path):
    folder, target = tmp_path / "new", tmp_path / "pack.pdf"
    with make.new_store(folder):
        pass

    refused = run("report", "city_pack", "--event", "Medan", "-o", target, store=folder)
    made = run(
        "roadshow", "Medan", "--on", "2026-12-04", "--until", "2026-12-05", "--series", "Akhir 2026", store=folder
    )
    key = run("roadshow", "Surabaya", "--on", "2026-12-11", "--json", store=folder).json["roadshow"]
    printed = run("report", "city_pack", "--event", "Medan", "-o", target, store=folder)
    other = run("report", "city_pack", "--event", key, "-o", tmp_path / "other.pdf", store=folder)

    assert refused.status == 1
    assert "liaison roadshow" in refused.err
    assert re.search(r"--event \d+ ", made.out)
    assert (made.status, printed.status, other.status) == (0, 0, 0), made.err + printed.err + other.err
    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Medan", "--on", "31/02/2026"), "31/02/2026 is no day"),
        (("Medan", "--on", "2026-12-04", "--until", "besok"), "besok is no day"),
        (("Medan", "--on", "2026-12-04", "--until", "2026-12-01"), ""),
        (("", "--on", "2026-12-04"), ""),
    ],
)
def test_a_roadshow_with_a_wrong_day_or_no_city_is_refused_and_nothing_is_written(run, office, words, said):
    before = run("export", "roadshows", "--to", office.parent / "a.json", store=office)

    refused = run("roadshow", *words, store=office)

    after = run("export", "roadshows", "--to", office.parent / "b.json", store=office)
    assert refused.status in (1, 2)
    assert said in refused.err and refused.err.strip()
    assert (before.status, after.status) == (0, 0)
    assert (office.parent / "a.json").read_text("utf-8").count("Medan") == (
        (office.parent / "b.json").read_text("utf-8").count("Medan")
    )


@pytest.mark.parametrize(
    "words",
    [
        ("import", "x.csv", "--city", ""),
        ("import", "x.csv", "--insurer", " "),
        ("init", "--office", "Kantor Medan", "--officer", "Ayu", "--city", ""),
        ("roadshow", "Medan", "--on", "2026-12-04", "--until", ""),
    ],
)
def test_an_option_with_nothing_behind_it_is_refused_before_anything_is_done(run, office, tmp_path, words):
    folder = tmp_path / "other" if words[0] == "init" else office

    refused = run(*words, store=folder)

    assert refused.status == 1
    assert words[-2] in refused.err
    assert not (tmp_path / "other").exists()
