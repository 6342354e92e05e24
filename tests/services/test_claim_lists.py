"""Claim lists come in as one action: matched before made, news told before it is written, taken back by one undo."""

import dataclasses
import datetime as dt
import time

import pytest
import sqlalchemy as sa

from liaison.domain.claims import ClaimState
from liaison.domain.codes import ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.listing import ListStatus, StagedLine
from liaison.domain.money import Money
from liaison.domain.network import OrganizationKind
from liaison.services import claim_lists, list_memory, merging, network, patients
from liaison.services.claim_lists import Asked
from liaison.store.models import (
    ClaimEventRow,
    ClaimLineRow,
    ClaimRow,
    CoverRow,
    JourneyRow,
    OrganizationRow,
    PatientRow,
    PolicyRow,
    SourceFileRow,
)
from tests import make
from tests.services.staged import bring, claim, claim_list, counts, files_of, plan, rows

NUSANTARA = Asked(insurer="Asuransi Nusantara Sehat")


def come_in(store, *claims, asked=NUSANTARA, **more):
    return bring(store, claim_lists, claim_list(*claims), asked, **more)


def changed(staged, **values):
    return dataclasses.replace(staged, **values)


# new claims


def test_a_new_claim_makes_patient_cover_hospital_and_insurer_but_no_journey(store):
    brought = come_in(store, claim())

    (one,) = rows(store, ClaimRow)
    assert (one["state"], one["billed_minor"], one["currency"]) == (ClaimState.SUBMITTED, 1_250_050, "MYR")
    assert (one["raw_status"], one["source_row"], one["journey_id"]) == ("diajukan", 5, None)
    (patient,) = rows(store, PatientRow)
    assert (patient["full_name"], patient["birth_date"]) == ("Dewi Lestari Siregar", dt.date(1980, 3, 14))
    (cover,), (policy,) = rows(store, CoverRow), rows(store, PolicyRow)
    assert (cover["member_no"], policy["policy_no"]) == ("M-0042", "NS-2024-771")
    assert {o["name"]: o["kind"] for o in rows(store, OrganizationRow)} == {
        "Gleneagles Hospital Penang": OrganizationKind.HOSPITAL,
        "Asuransi Nusantara Sehat": OrganizationKind.INSURER,
    }
    assert rows(store, JourneyRow) == []
    assert brought.made == {"patient": 1, "hospital": 1, "insurer": 1}


def test_the_counts_are_imported_new_updated_and_unchanged(store):
    first, second = claim(5), claim(6)
    come_in(store, first, second)

    news = plan(store, claim_lists, claim_list(first, changed(second, billed=Money.of(1, "MYR")), claim(7)), NUSANTARA)

    assert news.counts() == {"imported": 3, "new": 1, "updated": 1, "unchanged": 1}


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (ListStatus.SUBMITTED, "K04"), (ListStatus.IN_REVIEW, "K06"), (ListStatus.PENDING_DOCUMENTS, "K07"),
        (ListStatus.APPROVED, "K09"), (ListStatus.PARTIALLY_APPROVED, "K10"), (ListStatus.REJECTED, "K11"),
        (ListStatus.PAID, "K14"), (ListStatus.NOT_STATED, "K04"),
    ],
)  # fmt: skip
def test_a_claim_stands_where_the_list_says(store, status, state):
    come_in(store, claim(status=status, raw_status="kata mereka"))

    (one,), (event,) = rows(store, ClaimRow), rows(store, ClaimEventRow)
    assert one["state"].value == state
    assert (event["to_state"], event["is_imported"], event["note"]) == (one["state"], True, "kata mereka")


@pytest.mark.parametrize("status", [ListStatus.REJECTED, ListStatus.PARTIALLY_APPROVED])
def test_a_refusal_without_a_reason_is_r99_not_stated_in_the_list(store, status):
    come_in(store, claim(status=status))

    (one,) = rows(store, ClaimRow)
    assert one["reason"] is ReasonCode.R99
    assert one["reason_note"] == "not stated in the list"


def test_an_approved_claim_needs_no_reason(store):
    come_in(store, claim(status=ListStatus.APPROVED, approved=Money.of(9000, "MYR"), not_covered=Money.of(5, "MYR")))

    (one,) = rows(store, ClaimRow)
    assert (one["reason"], one["approved_minor"], one["not_covered_minor"]) == (None, 900_000, 500)


def test_a_claim_over_several_rows_keeps_its_lines(store):
    lines = (
        StagedLine(row=5, description="Kamar", billed=Money.of(10_000, "MYR"), service_date=dt.date(2026, 9, 1)),
        StagedLine(row=6, description="Obat", billed=Money.of("2500.50", "MYR"), approved=Money.of(2000, "MYR")),
    )

    come_in(store, claim(lines=lines))

    kept = rows(store, ClaimLineRow)
    assert [(line["position"], line["description"], line["claimed_minor"]) for line in kept] == [
        (1, "Kamar", 1_000_000), (2, "Obat", 250_050),
    ]  # fmt: skip
    assert rows(store, ClaimRow)[0]["list_lines"] == 2


# claims on record


def test_a_list_read_twice_changes_nothing(store):
    staged = claim_list(claim(5), claim(6, claim_no="CLM-6"))
    bring(store, claim_lists, staged, NUSANTARA)
    before = counts(store)

    again = bring(store, claim_lists, staged, NUSANTARA)

    assert again.plan.counts() == {"imported": 2, "new": 0, "updated": 0, "unchanged": 2}
    assert counts(store) == before


def test_what_a_list_states_otherwise_is_shown_old_and_new_before_it_is_written(store):
    first = claim()
    come_in(store, first)
    news = changed(first, billed=Money.of(13_000, "MYR"), approved=Money.of(11_000, "MYR"), gl_no="GL-88")

    (fate,) = plan(store, claim_lists, claim_list(news), NUSANTARA).fates

    assert [(d.label, d.before, d.after) for d in fate.differences] == [
        ("Billed", Money.of("12500.50", "MYR"), Money.of(13_000, "MYR")),
        ("Approved", None, Money.of(11_000, "MYR")),
        ("Letter number", "", "GL-88"),
    ]
    assert rows(store, ClaimRow)[0]["billed_minor"] == 1_250_050


def test_an_updated_claim_is_changed_and_not_made_again(store):
    first = claim()
    come_in(store, first)

    brought = come_in(
        store,
        changed(first, status=ListStatus.PAID, raw_status="lunas", approved=Money.of(11_000, "MYR"),
                discharge_date=dt.date(2026, 9, 8)),
    )  # fmt: skip

    (one,) = rows(store, ClaimRow)
    assert (one["state"], one["approved_minor"]) == (ClaimState.PAID, 1_100_000)
    assert (one["discharged_on"], one["aged_from"]) == (dt.date(2026, 9, 8), dt.date(2026, 9, 8))
    assert [(e["from_state"], e["to_state"], e["note"]) for e in rows(store, ClaimEventRow)] == [
        (None, ClaimState.SUBMITTED, "diajukan"), (ClaimState.SUBMITTED, ClaimState.PAID, "lunas"),
    ]  # fmt: skip
    assert brought.plan.updated == 1


def test_what_a_list_leaves_blank_changes_nothing(store):
    full = claim(approved=Money.of(11_000, "MYR"), gl_no="GL-88", remarks="cito", status=ListStatus.APPROVED)
    come_in(store, full)
    before = rows(store, ClaimRow)
    bare = changed(
        full, approved=None, gl_no="", remarks="", admit_date=None, discharge_date=None, diagnosis_code="",
        hospital="", status=ListStatus.NOT_STATED, raw_status="",
    )  # fmt: skip

    again = come_in(store, bare)

    assert again.plan.unchanged == 1
    assert rows(store, ClaimRow) == before


def test_a_state_moved_by_hand_is_not_moved_back_by_the_word_the_list_had_before(store):
    first = claim()
    come_in(store, first)
    with store.write("By hand") as session:
        session.query(ClaimRow).one().state = ClaimState.APPROVED

    (fate,) = plan(store, claim_lists, claim_list(first), NUSANTARA).fates

    assert fate.is_unchanged


def test_a_reason_known_before_is_kept_when_the_list_refuses_again(store):
    first = claim()
    come_in(store, first)
    with store.write("By hand") as session:
        session.query(ClaimRow).one().reason = ReasonCode.R01

    come_in(store, changed(first, status=ListStatus.REJECTED, raw_status="ditolak"))

    assert rows(store, ClaimRow)[0]["reason"] is ReasonCode.R01


def test_a_corrected_hospital_is_changed_even_where_the_list_names_it_first(store):
    first = claim()
    come_in(store, first)

    come_in(store, changed(first, hospital="Island Hospital"))

    (one,) = rows(store, ClaimRow)
    named = {o["id"]: o["name"] for o in rows(store, OrganizationRow)}
    assert named[one["hospital_id"]] == "Island Hospital"


def test_a_voided_claim_is_no_hindrance_to_the_number_coming_again(store):
    come_in(store, claim())
    with store.write("By hand") as session:
        session.query(ClaimRow).one().state = ClaimState.VOID

    again = come_in(store, claim())

    assert again.plan.new == 1


# whose claim it is


def test_the_same_number_of_another_insurer_is_another_claim(store):
    come_in(store, claim())

    other = plan(store, claim_lists, claim_list(claim()), Asked(insurer="Asuransi Cakrawala"))

    assert other.new == 1


def test_a_claim_without_an_insurer_is_found_when_a_later_list_states_one(store):
    come_in(store, claim(), asked=Asked())
    assert rows(store, ClaimRow)[0]["insurer_id"] is None

    later = come_in(store, claim())

    (one,), (insurer,) = rows(store, ClaimRow), later.plan.fates[0].differences
    named = {o["id"]: o["name"] for o in rows(store, OrganizationRow)}
    assert (insurer.label, insurer.before, insurer.after) == ("Insurer", "", "Asuransi Nusantara Sehat")
    assert named[one["insurer_id"]] == "Asuransi Nusantara Sehat"


def test_the_insurer_of_a_row_goes_before_the_one_given_for_the_list(store):
    come_in(store, claim(5), claim(6, insurer="Asuransi Cakrawala"))

    named = {o["id"]: o["name"] for o in rows(store, OrganizationRow)}
    assert [named[c["insurer_id"]] for c in rows(store, ClaimRow)] == ["Asuransi Nusantara Sehat", "Asuransi Cakrawala"]


def test_a_list_with_no_insurer_given_finds_the_only_claim_of_that_number(store):
    come_in(store, claim())

    without = plan(store, claim_lists, claim_list(claim()), Asked())

    assert without.new == 0


# houses


def test_a_hospital_is_found_by_a_remembered_spelling(store):
    known = make.hospital(store)
    make.do(store, network.remember_spelling, known, "Gleneagles Pg.")

    brought = come_in(store, claim(hospital="GLENEAGLES PG"))

    assert rows(store, ClaimRow)[0]["hospital_id"] == known
    assert "hospital" not in brought.made


def test_a_hospital_is_found_without_the_words_that_every_hospital_has(store):
    known = make.hospital(store)

    come_in(store, claim(hospital="RS Gleneagles Penang"))

    assert rows(store, ClaimRow)[0]["hospital_id"] == known


def test_a_hospital_of_the_same_name_in_another_country_is_another_hospital(store):
    known = make.hospital(store, name="Gleneagles Hospital", country="MY")

    come_in(store, claim(hospital="Gleneagles Hospital", country="Singapore"))

    assert rows(store, ClaimRow)[0]["hospital_id"] != known
    assert sorted(o["country"] for o in rows(store, OrganizationRow) if "Glen" in o["name"]) == ["MY", "SG"]


# people


def test_a_member_number_with_the_name_finds_the_person_on_record(store):
    known = make.patient(store, birth_date=None)
    make.cover(store, known, make.insurer(store), policy_no="NS-2024-771")

    brought = come_in(store, claim(birth_date=None))

    assert rows(store, ClaimRow)[0]["patient_id"] == known
    assert len(rows(store, CoverRow)) == 1
    assert "patient" not in brought.made


def test_name_and_birth_date_find_the_person_under_a_new_cover(store):
    known = make.patient(store)

    come_in(store, claim(member_no="M-9", policy_no="P-9"))

    assert rows(store, ClaimRow)[0]["patient_id"] == known
    assert [c["member_no"] for c in rows(store, CoverRow)] == ["M-9"]


def test_the_same_name_with_another_birth_date_is_another_person(store):
    make.patient(store)

    come_in(store, claim(5), claim(6, birth_date=dt.date(1991, 1, 1), member_no="M-2"), claim(7, member_no=""))

    assert [p["birth_date"] for p in rows(store, PatientRow)] == [dt.date(1980, 3, 14), dt.date(1991, 1, 1)]


def test_a_member_number_under_another_birth_date_does_not_merge_two_people(store):
    known = make.patient(store)
    make.cover(store, known, make.insurer(store), policy_no="NS-2024-771")

    come_in(store, claim(birth_date=dt.date(2012, 6, 1)))

    assert len(rows(store, PatientRow)) == 2


def test_a_bare_name_is_one_provisional_person_within_a_list(store):
    bare = {"birth_date": None, "member_no": "", "policy_no": "", "member_name": "Sutrisno"}

    come_in(store, claim(5, **bare), claim(6, **bare))

    (person,) = rows(store, PatientRow)
    assert person["is_provisional"]
    assert {c["patient_id"] for c in rows(store, ClaimRow)} == {person["id"]}


def test_two_member_numbers_make_two_people_of_one_name(store):
    bare = {"birth_date": None, "policy_no": "", "member_name": "Sutrisno"}

    come_in(store, claim(5, member_no="1", **bare), claim(6, member_no="2", **bare), claim(7, member_no="1", **bare))

    assert len(rows(store, PatientRow)) == 2


def test_a_bare_name_across_lists_is_only_suggested(store):
    make.patient(store, full_name="Sutrisno", birth_date=None)
    staged = claim_list(claim(birth_date=None, member_no="", policy_no="", member_name="Soetrisno"))

    (fate,) = plan(store, claim_lists, staged, NUSANTARA).fates
    bring(store, claim_lists, staged, NUSANTARA)

    assert fate.like == ("Sutrisno",)
    assert len(rows(store, PatientRow)) == 2


def test_a_bare_name_with_another_birth_date_later_in_the_list_is_another_person(store):
    bare = {"member_no": "", "policy_no": "", "member_name": "Sutrisno"}

    come_in(store, claim(5, birth_date=dt.date(1950, 1, 1), **bare), claim(6, birth_date=dt.date(1980, 1, 1), **bare),
            claim(7, birth_date=None, **bare))  # fmt: skip

    assert [p["birth_date"] for p in rows(store, PatientRow)] == [dt.date(1950, 1, 1), dt.date(1980, 1, 1)]


def test_a_person_merged_into_another_is_not_matched_by_the_old_name(store):
    kept, gone = make.patient(store), make.patient(store, full_name="Dewi Siregar", birth_date=dt.date(1980, 3, 14))
    make.do(store, merging.merge_patients, kept, gone)

    come_in(store, claim(member_name="Dewi Siregar"))

    assert rows(store, ClaimRow)[0]["patient_id"] not in (kept, gone)


def test_a_family_policy_is_one_policy_with_a_cover_for_each(store):
    known = make.patient(store)
    make.cover(store, known, make.insurer(store), policy_no="NS-2024-771")

    come_in(store, claim(5, member_name="Ayu", member_no="M-2"), claim(6, member_name="Budi", member_no="M-3"))

    assert (len(rows(store, PolicyRow)), len(rows(store, CoverRow))) == (1, 3)


def test_a_claim_without_a_hospital_comes_in_without_one(store):
    first = claim(hospital="")
    come_in(store, first)

    come_in(store, changed(first, remarks="resume menyusul"))

    (one,) = rows(store, ClaimRow)
    assert (one["hospital_id"], one["remarks"]) == (None, "resume menyusul")


def test_a_claim_we_submitted_ourselves_keeps_the_age_it_has(store):
    first = claim()
    come_in(store, first)
    with store.write("By hand") as session:
        row = session.query(ClaimRow).one()
        row.submitted_on = row.aged_from = dt.date(2026, 10, 1)

    come_in(store, changed(first, discharge_date=dt.date(2026, 9, 9)))

    assert rows(store, ClaimRow)[0]["aged_from"] == dt.date(2026, 10, 1)


def test_the_phone_of_a_family_does_not_make_one_person_of_two(store):
    family = {"phone": "0812-6001-2345", "birth_date": None, "member_no": "", "policy_no": ""}

    come_in(store, claim(5, member_name="Ayu", **family), claim(6, member_name="Budi", **family))

    assert len(rows(store, PatientRow)) == 2


def test_a_voided_person_is_not_matched(store):
    known = make.patient(store)
    make.do(store, patients.void_patient, known, reason="salah ketik")

    come_in(store, claim())

    assert rows(store, ClaimRow)[0]["patient_id"] != known


def test_the_number_of_a_voided_person_finds_nobody(store):
    known, insurer = make.patient(store, birth_date=None), make.insurer(store)
    make.cover(store, known, insurer, policy_no="", member_no="M-0042")
    make.do(store, patients.void_patient, known, reason="salah ketik")

    come_in(store, claim(birth_date=None))

    assert rows(store, ClaimRow)[0]["patient_id"] != known


def test_the_city_given_for_the_list_is_where_its_patients_come_from(store):
    come_in(store, claim(5, member_name="Ayu"), asked=Asked(city="medan"))

    (person,), (one,) = rows(store, PatientRow), rows(store, ClaimRow)
    assert (person["city"], person["province"], one["origin_city"]) == ("Medan", "12", "Medan")


# whole or not at all


def test_an_unknown_city_is_refused_and_leaves_nothing_behind(store):
    before, files = counts(store), files_of(store)

    with pytest.raises(Refused) as refused:
        come_in(store, claim(), asked=Asked(city="Medann"), content=b"the file")

    assert refused.value.problems[0].code == "UNKNOWN_CITY"
    assert counts(store) == before
    assert set(files_of(store)) == set(files)


def test_a_list_without_a_single_claim_is_refused(store):
    with pytest.raises(Refused) as refused:
        come_in(store)

    assert refused.value.problems[0].code == "NOTHING_TO_BRING"
    assert store.verify() == []


def test_a_failure_half_way_leaves_nothing_half_written(store, monkeypatch):
    come_in(store, claim(5))
    before = counts(store)
    monkeypatch.setattr(claim_lists, "write_changes", _fail)

    with pytest.raises(RuntimeError):
        come_in(store, changed(claim(5), remarks="baru"), claim(6))

    assert counts(store) == before
    assert store.verify() == []


def _fail(*_, **__):
    raise RuntimeError("the disk broke")


def test_one_undo_takes_a_list_back(store):
    before = counts(store)
    brought = come_in(store, *(claim(row, member_name=f"Pasien {row}", member_no=f"M{row}") for row in range(5, 45)))

    store.undo(brought.action_id)

    assert counts(store) == before
    assert store.verify() == []


def test_one_undo_takes_an_update_back_to_what_it_was(store):
    first = claim()
    come_in(store, first)
    before = rows(store, ClaimRow)
    brought = come_in(store, changed(first, status=ListStatus.PAID, raw_status="lunas", hospital="Island Hospital"))

    store.undo(brought.action_id)

    after = rows(store, ClaimRow)
    assert [{k: v for k, v in r.items() if k != "version"} for r in after] == [
        {k: v for k, v in r.items() if k != "version"} for r in before
    ]
    assert len(rows(store, ClaimEventRow)) == 1


def test_the_file_is_kept_encrypted_beside_what_it_brought(store):
    content = b"CLM-00005;Dewi Lestari Siregar;12500,50"

    come_in(store, claim(), content=content)

    (kept,) = rows(store, SourceFileRow)
    assert (kept["kind"], kept["name"], kept["sha256"]) == ("claims", "bordero september.xlsx", kept["sha256"])
    assert rows(store, ClaimRow)[0]["source_file_id"] == kept["id"]
    assert store.attachments.read(kept["file_id"], kept["file_key"]) == content
    assert not any(b"Dewi" in data for data in files_of(store).values())


def test_what_the_officer_taught_about_the_list_is_remembered(store):
    asked = Asked(columns={"Nomor Aju": "claim_no"}, statuses={"beres": ListStatus.PAID})

    come_in(store, claim(), asked=asked)

    assert make.see(store, list_memory.claim_statuses) == {"beres": ListStatus.PAID}
    assert make.see(store, list_memory.known_columns, list_memory.ListKind.CLAIMS) == {"nomor aju": "claim_no"}


# large lists


@pytest.fixture(scope="module")
def many():
    return [
        claim(row, member_name=f"Pasien {row % 2500}", member_no=f"M{row % 2500}", birth_date=None, policy_no="")
        for row in range(1, 6001)
    ]


def test_six_thousand_rows_come_in_as_blocks_of_keys_and_go_again_by_one_undo(store, many):
    before = counts(store)

    brought = come_in(store, *many)

    assert brought.plan.new == 6000
    assert len(rows(store, ClaimRow)) == 6000
    assert len(rows(store, PatientRow)) == 2500
    assert store.verify() == []
    with store.read() as session:
        question = sa.text("SELECT compact FROM action WHERE id = :action")
        assert session.scalar(question, {"action": brought.action_id}) == 1
    store.undo(brought.action_id)
    assert counts(store) == before
    assert store.verify() == []


def test_a_month_of_news_for_a_large_list_is_written_beside_its_new_claims(store, many):
    come_in(store, *many[:500])
    news = [changed(c, status=ListStatus.PAID, raw_status="lunas") for c in many[:500]]

    brought = come_in(store, *news, *many[500:])
    store.undo(brought.action_id)

    assert brought.plan.counts() == {"imported": 6000, "new": 5500, "updated": 500, "unchanged": 0}
    assert {c["state"] for c in rows(store, ClaimRow)} == {ClaimState.SUBMITTED}
    assert len(rows(store, ClaimRow)) == 500
    assert store.verify() == []


def test_the_same_large_list_again_is_all_on_record_and_its_undo_leaves_the_first(store, many):
    come_in(store, *many)
    before = {name: n for name, n in counts(store).items() if name != "source_file"}

    again = come_in(store, *many)

    assert again.plan.counts() == {"imported": 6000, "new": 0, "updated": 0, "unchanged": 6000}
    assert all(fate.is_unchanged for fate in again.plan.fates[:50])
    assert {name: n for name, n in counts(store).items() if name != "source_file"} == before
    store.undo(again.action_id)
    assert len(rows(store, ClaimRow)) == 6000
    assert store.verify() == []


def test_namesakes_of_a_list_are_told_apart_by_birth_date_and_number_and_joined_where_nothing_contradicts(store):
    born = {"one": dt.date(1980, 1, 1), "two": dt.date(1981, 1, 1), "": None}
    seen = [
        ("one", ""), ("two", ""), ("", ""), ("", "M1"), ("", "M2"), ("one", "M1"), ("", "M2"), ("two", "M9"),
    ]  # fmt: skip

    come_in(
        store,
        *(
            claim(row, member_name="Siti Aminah", policy_no="", member_no=number, birth_date=born[which])
            for row, (which, number) in enumerate(seen, 5)
        ),
    )

    whose = [c["patient_id"] for c in rows(store, ClaimRow)]
    first, second = whose[0], whose[1]
    assert first != second
    assert whose[2] == first
    assert whose[5] == first and whose[7] == second
    assert whose[4] == whose[6]
    assert len(set(whose)) == len(rows(store, PatientRow))


def test_thousands_of_namesakes_with_a_number_each_take_no_longer_than_others(store):
    same = [
        claim(row, member_name="Siti Aminah", policy_no="", member_no=f"M{row}", birth_date=None)
        for row in range(1, 5_600)
    ]

    started = time.process_time()
    come_in(store, *same)

    assert time.process_time() - started < 10
    assert len(rows(store, PatientRow)) == len(same)
