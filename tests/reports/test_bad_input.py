"""Trouble of every kind, for every report: a page that says so or a clear refusal, never a traceback or half a file."""

import errno
import os
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from liaison.domain.errors import Refused, Unavailable
from liaison.i18n import LANGUAGES, N_, Language
from liaison.reports import making
from liaison.reports.catalogue import REPORTS, report_called
from liaison.services.releases import releases
from liaison.store.models import ClaimRow, FxRateRow, JourneyRow
from tests import make
from tests.reports import fill
from tests.reports.conftest import NOW
from tests.reports.hostile import hostile
from tests.reports.reading import text_of
from tests.reports.test_every_name import office, options_of, ways

__all__ = ["office"]

EVERY_REPORT = pytest.mark.parametrize("name", [report.name for report in REPORTS])
ASKED = {
    "case": "MDN-26-A0001-5", "claim": "KL-1", "city": "Medan", "house": "1", "hospital": "1", "event": "1",
    "person": "1", "emergency": "pasien di meja operasi", "officer": "1", "form": "",
}  # fmt: skip
BAD = "PT <Sehat> & Co <b>x</b> &amp; \u202e 😀 {nama} %s " + "W" * 300
_TRACE = re.compile(r"Traceback|Error\b|\{\w*\}|<class|None\b")


@pytest.fixture(scope="module")
def empty_office(tmp_path_factory):
    """An office on its first day."""
    with make.new_store(tmp_path_factory.mktemp("empty") / "store", make.TestClock(NOW)) as store:
        yield store


@pytest.fixture(scope="module")
def small_office(tmp_path_factory):
    """An office with one case, from Medan, and no exchange rate."""
    with make.new_store(tmp_path_factory.mktemp("small") / "store", make.TestClock(NOW)) as store:
        fill.fill(store, 1, cities={"Medan": 1})
        with store.write(N_("Test step")) as session:
            for rate in session.scalars(sa.select(FxRateRow)):
                session.delete(rate)
        yield store


def attempt(store, name, options, audience, language):
    """The paper's text, or what was said against it; anything else fails the test."""
    try:
        made = make.see(store, making.make_report, name, options, language=language, audience=audience)
    except Refused as refused:
        said = [problem.text(Language(language)) for problem in refused.problems]
        assert all(said)
        assert not any(_TRACE.search(re.sub(r"(?i)\{nama\}", "", sentence)) for sentence in said), said
        return " ".join(said)
    assert made.data.startswith(b"%PDF")
    assert made.pages > 0
    return text_of(made.data)


def answers(name, **more):
    """What a report asks for."""
    return {one.name: value for one in report_called(name).options if (value := {**ASKED, **more}.get(one.name))}


@EVERY_REPORT
def test_an_office_on_its_first_day_gets_a_page_or_a_reason(empty_office, name):
    for number, audience in enumerate(report_called(name).audiences):
        assert attempt(empty_office, name, answers(name), audience, LANGUAGES[number % 2])


@EVERY_REPORT
def test_one_case_alone_a_city_without_cases_and_no_exchange_rate_give_a_page_or_a_reason(small_office, name):
    with small_office.read() as session:
        case = session.scalar(sa.select(JourneyRow.case_no))
        claim = session.scalar(sa.select(ClaimRow.claim_no)) or ""
    for number, audience in enumerate(report_called(name).audiences):
        for city in ("Medan", "Surabaya", "Penang", "Atlantis <b>"):
            options = answers(name, case=case, claim=claim, city=city, house="9", hospital="2", period="2026-Q1")
            assert attempt(small_office, name, options, audience, LANGUAGES[(number + len(city)) % 2])
            if "city" not in options:
                break


@EVERY_REPORT
def test_every_option_may_hold_any_words(office, name):
    for number, variant in enumerate(ways(office, name)[:2]):
        with office.read() as session:
            right = options_of(session, variant)
        asked = {option.name for option in report_called(name).options}
        free = {"receiver", "number", "purpose", "ask", "annexes", "emergency", "to"} & asked
        full = {**right, **dict.fromkeys(free, BAD)}
        assert attempt(office, name, full, variant.audience, LANGUAGES[number % 2])
    for option in sorted(asked):
        assert attempt(office, name, {**right, option: BAD}, variant.audience, "id")


def long_note(first):
    """A name for every field, and for one of them a note of 100,000 letters."""
    note = ("Nyeri dada sejak September, <b>stabil</b> & makan sendiri. " * 2_000)[:100_000]
    return lambda number: note if number == first else f"Rina {number}"


NOTE_OF = {
    "case_summary": 30, "handover": 6, "agreements": 5, "own_copy": 9, "city_pack": 14, "directory": 7,
}  # fmt: skip
"""Which text of a report's view is the long note; the first one otherwise."""


@EVERY_REPORT
def test_a_note_of_a_hundred_thousand_letters_is_printed_whole_or_refused_in_words(office, monkeypatch, name):
    first = NOTE_OF.get(name, 4)
    variant = ways(office, name)[0]
    other, _renamer = hostile(report_called(name), 1, long_note(first))
    with office.read() as session:
        options = options_of(session, variant)
    monkeypatch.setattr(making, "report_called", lambda _name: other)

    assert attempt(office, name, options, variant.audience, "id")


# a full disk


def full(*_arguments, **_more):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_a_full_disk_leaves_no_file_no_release_and_a_sentence(small_office, tmp_path, monkeypatch, step):
    result = make.see(small_office, making.make_report, "ageing", {}, language="id")
    before = len(make.see(small_office, releases))
    kept = tmp_path / "ada.pdf"
    kept.write_bytes(b"yang lama")
    monkeypatch.setattr(Path, step, full)

    with pytest.raises(Unavailable) as caught, small_office.write(result.action_title, kind=result.action_kind) as s:
        making.put_on_record(s, result, kept)

    monkeypatch.undo()
    assert caught.value.text(Language("id"))
    assert [one.name for one in tmp_path.iterdir()] == ["ada.pdf"]
    assert kept.read_bytes() == b"yang lama"
    assert len(make.see(small_office, releases)) == before


def test_a_disk_that_fills_up_half_way_leaves_no_half_file(small_office, tmp_path, monkeypatch):
    result = make.see(small_office, making.make_report, "ageing", {}, language="id")
    before = len(make.see(small_office, releases))
    whole = Path.write_bytes

    def half(self, data):
        whole(self, data[: len(data) // 2])
        full()

    monkeypatch.setattr(Path, "write_bytes", half)

    with pytest.raises(Unavailable), small_office.write(result.action_title, kind=result.action_kind) as session:
        making.put_on_record(session, result, tmp_path / "baru.pdf")

    assert list(tmp_path.iterdir()) == []
    assert len(make.see(small_office, releases)) == before
