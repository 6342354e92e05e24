"""An officer's own sheet of eighty running cases, from the file to the store and back by one undo."""

import time
from collections import Counter

import pytest

from liaison.domain.journeys import JourneyState
from liaison.domain.work import TaskKind
from liaison.exchange.tracking import SheetAnswers, stage_journeys
from liaison.services import journey_lists, list_memory
from liaison.services.journey_lists import AskedCases, CaseFate
from liaison.store.models import JourneyRow, PatientRow, SourceFileRow, StatusWordRow, TaskRow
from tests import make
from tests.exchange import tracking_sheets
from tests.exchange.lists import text
from tests.services.staged import bring, counts, files_of, plan, rows

OWE_NOTHING = (JourneyState.ENQUIRY, JourneyState.INTAKE, JourneyState.CLOSED, JourneyState.CANCELLED)


@pytest.fixture
def workbook(tmp_path):
    return tracking_sheets.workbook(tmp_path / "tracking pasien.xlsx")


def test_eighty_running_cases_land_at_their_stages_with_debts(store, workbook):
    staged = stage_journeys(workbook)

    started = time.process_time()
    brought = bring(store, journey_lists, staged, AskedCases(), content=workbook.read_bytes())
    seconds = time.process_time() - started

    assert brought.plan.counts() == {"imported": 77, "new": 77, "on_record": 0, "same_in_file": 3, "refused": 0}
    wanted = Counter(
        tracking_sheets.STATUSES[j.raw_status] for j in staged.journeys if j.raw_status in tracking_sheets.STATUSES
    )
    journeys = rows(store, JourneyRow)
    assert Counter(j["state"].value for j in journeys) == wanted
    debts = Counter(t["journey_id"] for t in rows(store, TaskRow) if t["kind"] is TaskKind.DEBT)
    assert {j["state"] for j in journeys if not debts[j["id"]]} <= set(OWE_NOTHING)
    assert seconds < 3


def test_the_three_rows_that_stand_twice_are_shown_beside_their_first(store, workbook):
    news = plan(store, journey_lists, stage_journeys(workbook))

    twice = news.of(CaseFate.SAME_IN_FILE)
    named = {f.journey.row: f.journey.patient_name for f in news.fates}
    assert len(twice) == 3
    assert all(named[f.same_as_row] == f.journey.patient_name for f in twice)


def test_two_families_on_one_phone_each_stay_apart(store, workbook):
    bring(store, journey_lists, stage_journeys(workbook))

    patients = rows(store, PatientRow)
    shared = [phone for phone, n in Counter(p["phone_digits"] for p in patients).items() if n == 2]
    assert len(patients) == 77
    assert len(shared) == 2


def test_one_undo_takes_the_whole_sheet_back(store, workbook):
    before = counts(store)
    brought = bring(store, journey_lists, stage_journeys(workbook), AskedCases(), content=workbook.read_bytes())
    assert counts(store) != before

    undo = store.undo(brought.action_id)

    assert counts(store) == before
    assert store.verify() == []
    store.undo(undo)
    assert len(rows(store, JourneyRow)) == 77
    assert store.verify() == []


def test_the_sheet_brought_in_again_opens_nothing(store, workbook):
    staged = stage_journeys(workbook)
    bring(store, journey_lists, staged)
    before = counts(store)

    again = bring(store, journey_lists, staged)

    assert again.plan.counts()["on_record"] == 80
    assert counts(store) == before


def test_the_file_is_kept_and_no_name_of_it_stands_in_the_clear(store, workbook):
    bring(store, journey_lists, stage_journeys(workbook), AskedCases(), content=workbook.read_bytes())

    (kept,) = rows(store, SourceFileRow)
    names = {p["full_name"].encode() for p in rows(store, PatientRow)}
    assert store.attachments.read(kept["file_id"], kept["file_key"]) == workbook.read_bytes()
    assert not [path for path, data in files_of(store).items() if any(name in data for name in names)]


def test_a_word_explained_once_is_understood_the_next_time(store, tmp_path):
    path = text(
        tmp_path / "t.csv",
        [["nama pasien", "status", "RS tujuan", "kota"], ["Ani", "zzz galau", "Island", "Medan"]],
    )
    staged = stage_journeys(path)
    (refused,) = plan(store, journey_lists, staged).fates
    asked = AskedCases(statuses={"zzz galau": JourneyState.DECISION})

    bring(store, journey_lists, staged, asked)

    words = make.see(store, list_memory.journey_statuses)
    (known,) = stage_journeys(path, answers=SheetAnswers(statuses=words)).journeys
    assert refused.fate is CaseFate.REFUSED
    assert (known.state, len(rows(store, StatusWordRow))) == (JourneyState.DECISION, 1)
