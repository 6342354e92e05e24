"""What an officer teaches about lists is found again: headings in any order, status words however they are written."""

import pytest

from liaison.domain.journeys import JourneyState
from liaison.domain.listing import ListStatus
from liaison.services import list_memory
from liaison.services.list_memory import ListKind
from tests import make

MAPPED = {"Nama Pasien ": "patient_name", "RS Tujuan": "hospital", "Warna": ""}


@pytest.fixture
def mapped(store):
    make.do(store, list_memory.remember_columns, ListKind.JOURNEYS, MAPPED, name="tracking Ratna.xlsx")
    return store


def test_headings_mapped_once_are_known_again_in_any_order_and_spelling(mapped):
    again = make.see(mapped, list_memory.remembered_columns, ListKind.JOURNEYS, ["WARNA", "rs tujuan", "Nama pasien"])

    assert again == {"nama pasien": "patient_name", "rs tujuan": "hospital", "warna": ""}


def test_other_headings_or_another_kind_of_list_are_not_taken_for_the_same(mapped):
    assert make.see(mapped, list_memory.remembered_columns, ListKind.JOURNEYS, ["nama pasien"]) is None
    assert make.see(mapped, list_memory.remembered_columns, ListKind.CLAIMS, MAPPED) is None
    assert make.see(mapped, list_memory.known_columns, ListKind.CLAIMS) == {}


def test_the_same_headings_mapped_again_replace_the_old_meaning(mapped):
    make.do(mapped, list_memory.remember_columns, ListKind.JOURNEYS, {**MAPPED, "Warna": "notes"}, name="x.xlsx")

    (only,) = make.see(mapped, list_memory.mappings, ListKind.JOURNEYS)
    assert dict(only.columns)["warna"] == "notes"
    assert only.name == "tracking Ratna.xlsx"


def test_what_was_said_last_of_a_heading_counts_over_all_files(mapped):
    other = {"RS Tujuan": "city", "Posisi": "status"}

    make.do(mapped, list_memory.remember_columns, ListKind.JOURNEYS, other, name="lain.xlsx")

    known = make.see(mapped, list_memory.known_columns, ListKind.JOURNEYS)
    assert known == {"nama pasien": "patient_name", "rs tujuan": "city", "warna": "", "posisi": "status"}


def test_a_mapping_is_found_by_its_name(mapped):
    named = make.see(mapped, list_memory.mapping_named, ListKind.JOURNEYS, "Tracking Ratna.XLSX")

    assert named is not None and named["nama pasien"] == "patient_name"
    assert make.see(mapped, list_memory.mapping_named, ListKind.JOURNEYS, "nobody") is None


def test_a_forgotten_mapping_is_gone_until_it_is_undone(mapped):
    (view,) = make.see(mapped, list_memory.mappings)

    make.do(mapped, list_memory.forget_mapping, view.id)

    assert make.see(mapped, list_memory.mappings) == []


def test_no_headings_leave_nothing_behind(store):
    make.do(store, list_memory.remember_columns, ListKind.CLAIMS, {"  ": "remarks"}, name="x.xlsx")

    assert make.see(store, list_memory.mappings) == []


def test_a_status_word_is_remembered_however_it_is_written_next_time(store):
    said = {"Nunggu  GL!": JourneyState.PREAUTH, "": JourneyState.CLOSED}

    make.do(store, list_memory.remember_statuses, ListKind.JOURNEYS, said)

    assert make.see(store, list_memory.journey_statuses) == {"nunggu gl": JourneyState.PREAUTH}
    assert make.see(store, list_memory.claim_statuses) == {}


def test_a_word_said_otherwise_changes_its_meaning(store):
    make.do(store, list_memory.remember_statuses, ListKind.CLAIMS, {"ok lanjut": ListStatus.APPROVED})

    changed = make.do(store, list_memory.remember_statuses, ListKind.CLAIMS, {"OK Lanjut": ListStatus.PAID})
    same = make.do(store, list_memory.remember_statuses, ListKind.CLAIMS, {"ok lanjut": ListStatus.PAID})

    assert make.see(store, list_memory.claim_statuses) == {"ok lanjut": ListStatus.PAID}
    assert len(changed.touched) == 1 and same.touched == ()


def test_a_forgotten_word_is_asked_about_again(store):
    make.do(store, list_memory.remember_statuses, ListKind.CLAIMS, {"beres": ListStatus.PAID})

    make.do(store, list_memory.forget_status, ListKind.CLAIMS, "Beres")
    again = make.do(store, list_memory.forget_status, ListKind.CLAIMS, "Beres")

    assert make.see(store, list_memory.claim_statuses) == {}
    assert again.touched == ()
