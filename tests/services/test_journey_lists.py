"""A tracking sheet lands at its stages: matched before made, shown before written, debts for what is missing."""

import datetime as dt

import pytest

from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journeys import EntryMode, JourneyKind, JourneyState, PayerPath, SourceChannel
from liaison.domain.listing import StatusTrust
from liaison.domain.money import Money
from liaison.domain.patients import IdentifierKind, Region
from liaison.domain.work import TaskKind, WaitingOn
from liaison.i18n import Language
from liaison.services import agents, guarantees, journey_lists, journeys, list_memory, patients
from liaison.services.journey_lists import AskedCases, CaseFate
from liaison.store.models import (
    AgentRow,
    ConfirmationRow,
    CoverRow,
    EstimateRow,
    GuaranteeRow,
    JourneyEventRow,
    JourneyRow,
    NoteRow,
    OfficerRow,
    OrganizationRow,
    PatientIdentifierRow,
    PatientRow,
    PolicyRow,
    RelatedPersonRow,
    SourceFileRow,
    TaskRow,
)
from tests import make
from tests.services.staged import bring, case, counts, files_of, plan, rows, sheet

NIK = "1271015403800001"
"""Somebody born on 14 March 1980 in Medan, a man by its digits; a woman's day would be 54."""


def come_in(store, *cases, asked=None, **more):
    return bring(store, journey_lists, sheet(*cases), asked, **more)


def look(store, *cases, asked=None):
    return plan(store, journey_lists, sheet(*cases), asked)


def fates(store, *cases, asked=None):
    return [f.fate for f in look(store, *cases, asked=asked).fates]


def tasks(store, kind):
    return [t for t in rows(store, TaskRow) if t["kind"] is kind]


# a case as it lands


def test_a_running_case_is_opened_where_it_is(store):
    come_in(store, case(state=JourneyState.ADMITTED, raw_status="udah di RS", city="Medan", doctor="dr. Tan",
                        diagnosis="jantung koroner", started_on=dt.date(2026, 10, 12)))  # fmt: skip

    (journey,), (event,) = rows(store, JourneyRow), rows(store, JourneyEventRow)
    assert (journey["state"], journey["entry_mode"]) == (JourneyState.ADMITTED, EntryMode.RUNNING)
    assert (journey["source_channel"], journey["kind"]) == (SourceChannel.IMPORT, JourneyKind.TREATMENT)
    assert (journey["opened_on"], journey["doctor"]) == (dt.date(2026, 10, 12), "dr. Tan")
    assert (journey["origin_city"], journey["region"], journey["is_open"]) == ("Medan", Region.WEST, True)
    assert (journey["destination_country"], journey["diagnosis"]) == ("MY", "jantung koroner")
    assert journey["case_no"].startswith("MDN-26-A")
    assert (event["to_state"], event["note"]) == (JourneyState.ADMITTED, "udah di RS")


def test_what_a_running_case_lacks_is_owed_with_a_due_time(store):
    come_in(store, case(state=JourneyState.TRAVEL_PREP))

    debts = tasks(store, TaskKind.DEBT)
    (mine,) = rows(store, OfficerRow)
    assert {FactKind.C1, FactKind.IDENTITY_SEEN, FactKind.ESTIMATE} <= {d["fact"] for d in debts}
    assert all(d["due_at"] > make.START and d["officer_id"] == mine["id"] for d in debts)


def test_the_same_debts_are_owed_as_by_a_case_typed_in(store):
    house = make.hospital(store)
    person = make.patient(store, full_name="Budi", birth_date=None, phone="0811 222 333", city="Medan")
    typed = make.made(
        store, journeys.open_journey,
        make.JourneyDraft(patient_id=person, state=JourneyState.ADMITTED, entry_mode=EntryMode.RUNNING,
                          hospital_id=house),
    )  # fmt: skip

    come_in(store, case(name="Ani", state=JourneyState.ADMITTED, phone="0811 222 444", city="Medan"))

    debts = tasks(store, TaskKind.DEBT)
    by_case = [{(d["fact"], d["title"], d["due_at"]) for d in debts if (d["journey_id"] == typed) is mine}
               for mine in (True, False)]  # fmt: skip
    assert by_case[0] == by_case[1] != set()


def test_an_estimate_a_companion_and_notes_are_kept(store):
    come_in(store, case(estimate=Money.of(45_000, "MYR"), companion="Rina", notes="minta kamar 2 bed"))

    (estimate,), (beside,), (note,) = rows(store, EstimateRow), rows(store, RelatedPersonRow), rows(store, NoteRow)
    assert (estimate["low_minor"], estimate["high_minor"], estimate["currency"]) == (4_500_000, 4_500_000, "MYR")
    assert (beside["name"], beside["is_companion"]) == ("Rina", True)
    assert (note["text"], note["author"]) == ("minta kamar 2 bed", make.OFFICER)
    assert FactKind.ESTIMATE not in {d["fact"] for d in tasks(store, TaskKind.DEBT)}


def test_days_behind_the_case_happened_and_days_ahead_are_plans(store):
    inside = case(2, "Ani", JourneyState.ADMITTED, travel_on=dt.date(2026, 10, 28), admit_on=dt.date(2026, 10, 30),
                  discharge_on=dt.date(2026, 11, 9))  # fmt: skip
    home = case(3, "Budi", JourneyState.RETURNED, admit_on=dt.date(2026, 10, 1), discharge_on=dt.date(2026, 10, 6))
    going = case(4, "Cici", JourneyState.TRAVEL_PREP, travel_on=dt.date(2026, 11, 20), admit_on=dt.date(2026, 11, 22))

    come_in(store, inside, home, going)

    ani, budi, cici = rows(store, JourneyRow)
    assert (ani["departed_on"], ani["admitted_at"].date()) == (dt.date(2026, 10, 28), dt.date(2026, 10, 30))
    assert (ani["planned_return_on"], ani["discharged_at"]) == (dt.date(2026, 11, 9), None)
    assert (budi["admitted_at"].date(), budi["discharged_at"].date()) == (dt.date(2026, 10, 1), dt.date(2026, 10, 6))
    assert (cici["departed_on"], cici["admitted_at"]) == (None, None)
    assert cici["planned_admission_on"] == dt.date(2026, 11, 22)
    (booked,) = rows(store, ConfirmationRow)
    assert (booked["kind"], booked["at"].date()) == (FactKind.TRAVEL_BOOKED, dt.date(2026, 11, 20))


def test_the_hour_of_an_admission_stays_owed(store):
    come_in(store, case(state=JourneyState.ADMITTED, admit_on=dt.date(2026, 10, 30)))
    come_in(store, case(3, "Budi", JourneyState.DISCHARGE_PENDING, admit_on=dt.date(2026, 10, 30)))

    assert FactKind.ADMISSION in {d["fact"] for d in tasks(store, TaskKind.DEBT)}


def test_a_discharge_before_the_admission_is_left_out_and_told(store):
    odd = case(state=JourneyState.RETURNED, admit_on=dt.date(2026, 10, 9), discharge_on=dt.date(2026, 10, 6))

    (fate,) = look(store, odd).fates
    come_in(store, odd)

    assert [n.code for n in fate.notes] == ["DISCHARGE_BEFORE_ADMISSION"]
    assert rows(store, JourneyRow)[0]["discharged_at"] is None


def test_an_ended_case_comes_in_ended_and_owes_nothing(store):
    come_in(store, case(2, "Ani", JourneyState.CLOSED, raw_status="selesai klaim"),
            case(3, "Budi", JourneyState.CANCELLED, raw_status="gak jadi"))  # fmt: skip

    closed, cancelled = rows(store, JourneyRow)
    assert (closed["is_open"], closed["closed_note"]) == (False, "selesai klaim")
    assert (cancelled["closed_reason"].value, cancelled["ended_on"]) == ("OTHER", dt.date(2026, 11, 2))
    assert rows(store, TaskRow) == []


def test_a_restricted_illness_is_marked_so(store):
    come_in(
        store,
        case(2, "Ani", diagnosis="TBC paru"),
        case(3, "Budi", diagnosis="stroke"),
        case(4, "C", diagnosis="I25.1"),
    )

    assert [j["is_restricted"] for j in rows(store, JourneyRow)] == [True, False, False]
    assert [(j["diagnosis_code"], j["diagnosis"]) for j in rows(store, JourneyRow)][2] == ("I25.1", "")


# statuses and kinds


def test_a_status_nobody_understands_is_refused_with_its_reason(store):
    odd = case(state=None, raw_status="lagi galau")

    (fate,) = look(store, odd).fates

    assert (fate.fate, fate.problem.code, fate.problem.row) == (CaseFate.REFUSED, "STATUS_UNKNOWN", 2)
    assert "lagi galau" in fate.problem.text(Language("en"))
    with pytest.raises(Refused):
        come_in(store, odd)
    assert rows(store, JourneyRow) == []


def test_an_answered_status_brings_the_row_in_and_is_remembered(store):
    asked = AskedCases(statuses={"Lagi Galau": JourneyState.DECISION})

    come_in(store, case(state=None, raw_status="lagi  galau"), asked=asked)

    assert rows(store, JourneyRow)[0]["state"] is JourneyState.DECISION
    assert make.see(store, list_memory.journey_statuses) == {"lagi galau": JourneyState.DECISION}


def test_an_answer_wins_over_what_the_reading_took_a_word_to_mean(store):
    asked = AskedCases(statuses={"pulang": JourneyState.DISCHARGED})
    guessed = case(state=JourneyState.RETURNED, raw_status="pulang", trust=StatusTrust.GUESSED)

    (before,), (after,) = look(store, guessed).fates, look(store, guessed, asked=asked).fates

    assert ([n.code for n in before.notes], before.state) == (["STATUS_GUESSED"], JourneyState.RETURNED)
    assert (after.notes, after.state) == ((), JourneyState.DISCHARGED)


def test_rows_without_a_status_are_answered_once_for_all(store):
    bare = [case(row, f"Pasien {row}", None, raw_status="") for row in (2, 3)]

    assert fates(store, *bare) == [CaseFate.REFUSED] * 2
    assert fates(store, *bare, asked=AskedCases(statuses={"": JourneyState.ENQUIRY})) == [CaseFate.NEW] * 2


def test_a_refused_row_does_not_hold_the_others_back(store):
    brought = come_in(store, case(2, "Ani", None), case(3, "Budi"))

    assert brought.plan.counts() == {"imported": 1, "new": 1, "on_record": 0, "same_in_file": 0, "refused": 1}
    assert [p["full_name"] for p in rows(store, PatientRow)] == ["Budi"]


def test_the_kind_of_case_is_the_row_s_own(store):
    come_in(store, case(2, "Ani", JourneyState.DECISION, kind=JourneyKind.SECOND_OPINION), case(3, "Budi"))

    assert [j["kind"] for j in rows(store, JourneyRow)] == [JourneyKind.SECOND_OPINION, JourneyKind.TREATMENT]


def test_a_kind_that_never_gets_to_the_stage_comes_in_as_treatment_and_is_told(store):
    (fate,) = look(store, case(state=JourneyState.ADMITTED, kind=JourneyKind.SECOND_OPINION)).fates

    assert (fate.kind, [n.code for n in fate.notes]) == (JourneyKind.TREATMENT, ["OTHER_KIND"])


def test_treatment_at_home_has_no_travel_stage(store):
    (fate,) = look(store, case(state=JourneyState.EN_ROUTE, country="Indonesia")).fates

    assert (fate.fate, fate.problem.code) == (CaseFate.REFUSED, "NOT_IN_KIND")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"started_on": dt.date(2027, 1, 1)}, "IN_FUTURE"),
        ({"birth_date": dt.date(2027, 1, 1)}, "IN_FUTURE"),
        ({"name": "081260012345"}, "NAME_LETTERS"),
    ],
)
def test_a_row_that_cannot_be_is_refused(store, values, code):
    (fate,) = look(store, case(**values)).fates

    assert (fate.fate, fate.problem.code) == (CaseFate.REFUSED, code)


# people


def test_a_nik_finds_the_person_on_record(store):
    known = make.patient(store, birth_date=None)
    make.do(store, patients.add_identifier, known, make.identifier_draft(kind=IdentifierKind.NIK, value=NIK))

    (fate,) = look(store, case(name="Dewi L. Siregar", identity_no="1271.0154.0380.0001")).fates

    assert fate.patient_id == known


def test_a_passport_finds_the_person_and_pays_the_debts_it_can(store):
    known = make.patient(store)
    make.do(store, patients.add_identifier, known, make.identifier_draft())

    come_in(store, case(name="Dewi Siregar", passport_no="C1234567", state=JourneyState.TRAVEL_PREP))

    assert rows(store, JourneyRow)[0]["patient_id"] == known
    assert FactKind.IDENTITY_SEEN not in {d["fact"] for d in tasks(store, TaskKind.DEBT)}


def test_one_number_on_two_quite_different_names_is_told_and_merges_nobody(store):
    known = make.patient(store)
    make.do(store, patients.add_identifier, known, make.identifier_draft())

    (fate,) = look(store, case(name="Bambang Sutrisno", passport_no="C1234567")).fates

    assert (fate.patient_id, [n.code for n in fate.notes]) == (None, ["ANOTHERS_NUMBER"])


def test_a_policy_number_finds_the_person_of_that_name_and_not_the_family(store):
    known = make.patient(store, birth_date=None)
    make.cover(store, known, policy_no="NS-77")

    mother, child = look(store, case(2, policy_no="NS 77"), case(3, "Rafi Siregar", policy_no="NS-77")).fates

    assert (mother.patient_id, child.patient_id) == (known, None)


def test_name_and_birth_date_find_the_person_without_the_title(store):
    known = make.patient(store)

    (fate,) = look(store, case(name="Ibu Dewi Lestari SIREGAR", birth_date=dt.date(1980, 3, 14))).fates

    assert fate.patient_id == known


def test_a_bare_name_on_record_is_only_a_suggestion(store):
    make.patient(store, birth_date=None, phone="0811 000 000")

    same, spelt = look(store, case(2, phone="0812 111"), case(3, "Dewi Lestary Siregar")).fates

    assert (same.fate, same.patient_id, same.like) == (CaseFate.NEW, None, ("Dewi Lestari Siregar",))
    assert (spelt.patient_id, spelt.like) == (None, ("Dewi Lestari Siregar",))


def test_two_families_on_one_phone_stay_apart(store):
    phone = "0812-6001-2345"

    come_in(store, case(2, "Ayu", phone=phone), case(3, "Budi", phone=phone), case(4, "Ayuni", phone=phone))

    assert sorted(p["full_name"] for p in rows(store, PatientRow)) == ["Ayu", "Ayuni", "Budi"]


def test_two_bearers_of_one_name_are_told_apart_by_birth_date_phone_or_number(store):
    come_in(
        store, case(2, "Sutrisno", birth_date=dt.date(1950, 1, 1)), case(3, "Sutrisno", birth_date=dt.date(1980, 1, 1)),
        case(4, "Aminah", phone="0811 1"), case(5, "Aminah", phone="0811 2"),
        case(6, "Tono", identity_no=NIK), case(7, "Tono", identity_no="1271011203800002"),
    )  # fmt: skip

    assert len(rows(store, PatientRow)) == 6


def test_one_person_with_two_needs_is_one_patient_with_two_cases(store):
    first = case(2, birth_date=dt.date(1980, 3, 14), hospital="Island Hospital", city="")
    second = case(3, phone="0812 6001", hospital="Gleneagles Penang", city="Medan", sex="F")

    brought = come_in(store, first, second)

    (person,) = rows(store, PatientRow)
    assert (person["birth_date"], person["city"], person["phone"]) == (dt.date(1980, 3, 14), "Medan", "0812 6001")
    assert brought.made["journey"] == 2


def test_a_new_passport_of_the_same_person_is_added(store):
    known = make.patient(store)
    make.do(store, patients.add_identifier, known, make.identifier_draft())

    come_in(store, case(birth_date=dt.date(1980, 3, 14), passport_no="E7654321"))

    assert [i["value"] for i in rows(store, PatientIdentifierRow)] == ["C1234567", "E7654321"]


def test_a_number_that_is_no_nik_is_kept_as_another_number(store):
    come_in(store, case(identity_no="12710154"))

    assert [(i["kind"], i["value"]) for i in rows(store, PatientIdentifierRow)] == [(IdentifierKind.OTHER, "12710154")]


def test_who_is_known_by_a_name_alone_is_provisional(store):
    come_in(store, case(2, "Ani"), case(3, "Budi", birth_date=dt.date(1980, 1, 1)))

    assert [p["is_provisional"] for p in rows(store, PatientRow)] == [True, False]


# cases known already


def test_the_same_sheet_again_opens_nothing(store):
    cases = [case(n, f"Pasien {n}", state, raw_status="x") for n, state in enumerate(JourneyState, 2)]
    come_in(store, *cases)
    before = counts(store)

    again = come_in(store, *cases)

    assert again.plan.counts()["on_record"] == len(cases)
    assert counts(store) == before


def test_a_case_on_record_is_shown_with_its_number_and_not_made_twice(store):
    known = make.patient(store)
    make.journey(store, known, hospital_id=make.hospital(store))

    (fate,) = look(store, case(birth_date=dt.date(1980, 3, 14), state=JourneyState.ADMITTED)).fates

    assert (fate.fate, fate.patient_id) == (CaseFate.ON_RECORD, known)
    assert fate.case_no.startswith("MDN-26-A0001")
    assert (fate.state_on_record, fate.state) == (JourneyState.ENQUIRY, JourneyState.ADMITTED)


def test_another_hospital_is_another_case(store):
    known = make.patient(store)
    make.journey(store, known, hospital_id=make.hospital(store))

    assert fates(store, case(birth_date=dt.date(1980, 3, 14), hospital="Island Hospital")) == [CaseFate.NEW]


def test_a_case_that_ended_is_no_hindrance_to_a_new_one(store):
    come_in(store, case(birth_date=dt.date(1980, 3, 14), state=JourneyState.CLOSED))

    assert fates(store, case(birth_date=dt.date(1980, 3, 14))) == [CaseFate.NEW]


def test_the_officer_may_say_that_it_is_another_case_after_all(store):
    twins = case(2, phone="0812 1"), case(3, phone="0812 1", same_as_row=2)

    asked = AskedCases(twice=frozenset({("Berjalan", 3)}))

    assert fates(store, *twins) == [CaseFate.NEW, CaseFate.SAME_IN_FILE]
    assert fates(store, *twins, asked=asked) == [CaseFate.NEW, CaseFate.NEW]


def test_a_row_that_repeats_an_earlier_one_points_to_it(store):
    first, second = look(store, case(2, phone="0812 1"), case(9, phone="0812 1")).fates

    assert (second.fate, second.same_as_row, first.same_as_row) == (CaseFate.SAME_IN_FILE, 2, None)


def test_two_stays_at_one_hospital_are_two_cases(store):
    stays = [case(n, birth_date=dt.date(1980, 3, 14), admit_on=dt.date(2026, 10, n)) for n in (2, 9)]

    assert fates(store, *stays) == [CaseFate.NEW] * 2


def test_two_illnesses_are_two_cases_unless_a_day_says_otherwise(store):
    born = {"birth_date": dt.date(1980, 3, 14)}
    heart, eye = case(2, diagnosis="jantung", **born), case(3, diagnosis="katarak", **born)
    same_day = case(4, diagnosis="sakit jantung", started_on=dt.date(2026, 10, 1), **born)

    come_in(store, case(5, diagnosis="jantung", started_on=dt.date(2026, 10, 1), **born))

    assert fates(store, heart, eye, same_day) == [CaseFate.ON_RECORD, CaseFate.NEW, CaseFate.ON_RECORD]


def test_one_letter_number_is_one_case_whatever_the_hospital_is_called(store):
    born = {"birth_date": dt.date(1980, 3, 14), "insurer": "Prudential"}
    come_in(store, case(2, gl_no="GL-2026-55", **born))

    assert fates(store, case(3, gl_no="GL 2026/55", hospital="Glen PG", **born)) == [CaseFate.ON_RECORD]
    assert fates(store, case(3, gl_no="GL-2026-56", **born)) == [CaseFate.NEW]


# insurers, covers, letters


def test_an_insurer_a_policy_and_a_member_number_make_one_cover(store):
    come_in(store, case(insurer="Prudential", policy_no="P-1", member_no="M-1", relation="istri"))

    (cover,), (policy,), (journey,) = rows(store, CoverRow), rows(store, PolicyRow), rows(store, JourneyRow)
    assert (policy["policy_no"], cover["member_no"], cover["relation_to_holder"]) == ("P-1", "M-1", "istri")
    assert journey["cover_id"] == cover["id"]


def test_a_family_on_one_policy_shares_it(store):
    come_in(store, *(case(n, f"Anak {n}", insurer="Prudential", policy_no="P-1") for n in (2, 3)))

    assert (len(rows(store, PolicyRow)), len(rows(store, CoverRow))) == (1, 2)


def test_a_cover_on_record_is_taken_where_it_is_the_only_one_that_fits(store):
    known, insurer = make.patient(store), make.insurer(store, name="Prudential")
    cover = make.cover(store, known, insurer, policy_no="P-1", member_no="M-1")

    come_in(store, case(birth_date=dt.date(1980, 3, 14), insurer="prudential"))

    assert rows(store, JourneyRow)[0]["cover_id"] == cover


@pytest.mark.parametrize(
    ("values", "is_known"),
    [
        ({"insurer": "Allianz"}, False),
        ({"policy_no": "P-2"}, False),
        ({"member_no": "M-9"}, False),
        ({"policy_no": "P-1"}, True),
        ({"policy_no": "P-1", "member_no": "M-9"}, True),
        ({"policy_no": "P-1", "insurer": "Allianz"}, False),
        ({"member_no": "M-1", "insurer": "Prudential"}, True),
    ],
)
def test_a_cover_fits_by_its_insurer_and_numbers(store, values, is_known):
    known, insurer = make.patient(store), make.insurer(store, name="Prudential")
    cover = make.cover(store, known, insurer, policy_no="P-1", member_no="M-1")

    come_in(store, case(birth_date=dt.date(1980, 3, 14), **values))

    assert (rows(store, JourneyRow)[0]["cover_id"] == cover) is is_known


def test_a_cover_without_an_insurer_fits_one_that_is_stated_only_by_a_number(store):
    born = {"birth_date": dt.date(1980, 3, 14)}

    come_in(store, case(2, policy_no="P-1", hospital="A", **born),
            case(3, policy_no="P-1", insurer="Allianz", hospital="B", **born),
            case(4, insurer="Allianz", hospital="C", **born))  # fmt: skip

    first, same, other = (j["cover_id"] for j in rows(store, JourneyRow))
    assert first == same != other


def test_a_policy_of_the_family_on_record_is_shared(store):
    mother, insurer = make.patient(store), make.insurer(store, name="Prudential")
    make.cover(store, mother, insurer, policy_no="P-1")

    come_in(store, case(name="Rafi Siregar", insurer="Prudential", policy_no="P-1"))

    assert (len(rows(store, PolicyRow)), len(rows(store, CoverRow))) == (1, 2)


def test_a_companion_on_record_is_not_put_there_twice(store):
    known = make.patient(store)
    make.do(store, patients.add_related_person, known, make.related_person_draft(name="Budi Siregar"))
    born = {"birth_date": dt.date(1980, 3, 14)}

    come_in(store, case(2, companion="budi siregar", **born), case(3, companion="Rina", hospital="B", **born),
            case(4, companion="Rina", hospital="C", **born), case(5, "Ani", companion="Ani"))  # fmt: skip

    assert [r["name"] for r in rows(store, RelatedPersonRow)] == ["Budi Siregar", "Rina"]


def test_a_case_without_a_hospital_and_a_discharge_that_is_past_already(store):
    come_in(store, case(hospital="", country="", state=JourneyState.ADMITTED, discharge_on=dt.date(2026, 10, 1)))

    (journey,) = rows(store, JourneyRow)
    assert (journey["hospital_id"], journey["destination_country"]) == (None, "")
    assert (journey["discharged_at"], journey["planned_return_on"]) == (None, None)


def test_what_looks_odd_about_a_person_is_told_and_comes_in(store):
    (fate,) = look(store, case(phone="ext 12", birth_date=dt.date(1850, 1, 1))).fates

    assert fate.fate is CaseFate.NEW
    assert {n.code for n in fate.notes} == {"PHONE", "VERY_OLD"}


def test_the_country_of_a_case_is_that_of_the_hospital_on_record(store):
    make.hospital(store)

    come_in(store, case(country=""))

    (journey,) = rows(store, JourneyRow)
    assert (journey["destination_country"], journey["destination_city"]) == ("MY", "George Town")


def test_a_medical_record_number_on_record_neither_finds_nor_hinders(store):
    known = make.patient(store)
    hospital = make.hospital(store)
    number = make.identifier_draft(kind=IdentifierKind.MRN, value="MR-1", expires_on=None, organization_id=hospital)
    make.do(store, patients.add_identifier, known, number)

    (fate,) = look(store, case(birth_date=dt.date(1980, 3, 14))).fates

    assert fate.patient_id == known


def test_of_several_policies_none_is_preselected(store):
    known, insurer = make.patient(store), make.insurer(store, name="Prudential")
    for number in ("P-1", "P-2"):
        make.cover(store, known, insurer, policy_no=number, member_no="")

    come_in(store, case(birth_date=dt.date(1980, 3, 14), insurer="Prudential", gl_no="GL-1"))

    assert rows(store, JourneyRow)[0]["cover_id"] is None
    assert rows(store, GuaranteeRow) == []


def test_who_pays_alone_has_no_insurer(store):
    come_in(store, case(2, "Ani", insurer="Umum"), case(3, "Budi", JourneyState.DECISION, insurer="-"))

    ani, budi = rows(store, JourneyRow)
    assert (ani["payer_path"], budi["payer_path"]) == (PayerPath.SELF_PAY, None)
    assert rows(store, PolicyRow) == []


@pytest.mark.parametrize(
    ("state", "letter"),
    [
        (JourneyState.ESTIMATE, "G02"), (JourneyState.PREAUTH, "G02"), (JourneyState.TRAVEL_PREP, "G04"),
        (JourneyState.FOLLOW_UP, "G04"), (JourneyState.CLOSED, "G16"), (JourneyState.CANCELLED, "G20"),
        (JourneyState.DECEASED, "G04"),
    ],
)  # fmt: skip
def test_a_letter_known_by_its_number_stands_where_the_case_stands(store, state, letter):
    come_in(store, case(state=state, insurer="Prudential", gl_no="GL-1"))

    (one,) = rows(store, GuaranteeRow)
    assert (one["state"].value, one["gl_no"], one["gl_no_key"]) == (letter, "GL-1", "GL1")


def test_a_letter_asked_for_waits_for_the_insurer(store):
    come_in(store, case(state=JourneyState.PREAUTH, insurer="Prudential", gl_no="GL-1"))

    (step,) = tasks(store, TaskKind.STEP)
    assert (step["waiting_on"], step["waiting_for"]) == (WaitingOn.INSURER, "Prudential")


def test_the_amounts_of_an_issued_letter_are_a_task_until_they_are_written_down(store):
    come_in(store, case(state=JourneyState.ADMITTED, insurer="Prudential", gl_no="GL-1"))
    (step,), (letter,) = tasks(store, TaskKind.STEP), rows(store, GuaranteeRow)
    assert FactKind.INSURER_NOTIFIED not in {d["fact"] for d in tasks(store, TaskKind.DEBT)}

    make.do(store, guarantees.add_version, make.version_draft(letter["id"]))

    (view,) = make.see(store, guarantees.guarantees_of, letter["journey_id"])
    assert (view.state, view.ceiling_now) == (GuaranteeState.ISSUED, Money.of(15_000, "MYR"))
    assert [t["done_at"] is not None for t in tasks(store, TaskKind.STEP)] == [True]
    assert "ceiling" in step["title"]


def test_a_letter_number_of_another_case_makes_no_second_letter(store):
    come_in(store, case(2, "Ani", insurer="Prudential", gl_no="GL-1"))
    other = case(3, "Budi", insurer="Prudential", gl_no="GL 1")

    (fate,) = look(store, other).fates
    come_in(store, other)

    assert [n.code for n in fate.notes] == ["USED_NUMBER"]
    assert len(rows(store, GuaranteeRow)) == 1
    assert [n["text"] for n in rows(store, NoteRow)] == ["GL 1"]


def test_a_word_in_the_place_of_a_number_is_no_number(store):
    come_in(store, case(insurer="Prudential", gl_no="belum ada", policy_no="menyusul"))

    assert rows(store, GuaranteeRow) == []
    assert rows(store, PolicyRow)[0]["policy_no"] == ""


# houses and colleagues


def test_hospitals_insurers_officers_and_agents_are_found_before_they_are_made(store):
    hospital, insurer = make.hospital(store), make.insurer(store, name="Prudential Life Assurance")
    agent = make.made(store, agents.add_agent, make.agent_draft(insurer_id=insurer))
    known = case(hospital="RS Gleneagles Penang", insurer="PT Prudential Life Assurance", officer="Bu Ratna",
                 agent="Pak Hendra Gunawan")  # fmt: skip

    brought = come_in(store, known)

    (journey,) = rows(store, JourneyRow)
    assert (journey["hospital_id"], journey["agent_id"]) == (hospital, agent)
    assert [o["name"] for o in rows(store, OfficerRow)] == [make.OFFICER]
    assert not {"hospital", "insurer", "officer", "agent"} & brought.made.keys()


def test_what_would_be_made_is_named_before(store):
    make.hospital(store)
    cases = [
        case(2, "Ani", hospital="Gleneagle Penang", insurer="Allianz", officer="Ayu", agent="Hasan"),
        case(3, "Budi", hospital="GLENEAGLE Penang", insurer="allianz", officer="ayu", agent="Pak Hasan"),
    ]

    news = look(store, *cases)

    assert news.makes == {
        "hospital": ("Gleneagle Penang",), "insurer": ("Allianz",), "officer": ("Ayu",), "agent": ("Hasan",),
    }  # fmt: skip
    assert news.like_houses == {"Gleneagle Penang": ("Gleneagles Hospital Penang",)}
    brought = come_in(store, *cases)
    assert {k: brought.made[k] for k in ("hospital", "insurer", "officer", "agent")} == dict.fromkeys(
        ("hospital", "insurer", "officer", "agent"), 1
    )


def test_a_case_belongs_to_its_officer_and_its_tasks_too(store):
    come_in(store, case(officer="Ayu", agent="Hasan"))

    (ayu,) = [o for o in rows(store, OfficerRow) if o["name"] == "Ayu"]
    assert {t["officer_id"] for t in rows(store, TaskRow)} == {ayu["id"]}
    assert (ayu["is_supervisor"], rows(store, AgentRow)[0]["name"]) == (False, "Hasan")


def test_an_insurer_and_a_city_given_for_the_sheet_count_where_a_row_has_none(store):
    asked = AskedCases(insurer="Allianz", city="Medan")

    come_in(store, case(2, "Ani"), case(3, "Budi", insurer="Prudential", city="Surabaya"), asked=asked)

    assert sorted(o["name"] for o in rows(store, OrganizationRow) if o["kind"].value == "INSURER") == [
        "Allianz", "Prudential",
    ]  # fmt: skip
    assert [j["origin_city"] for j in rows(store, JourneyRow)] == ["Medan", "Surabaya"]


# whole or not at all


def test_an_unknown_city_is_refused(store):
    with pytest.raises(Refused) as refused:
        look(store, case(), asked=AskedCases(city="Kota Antah"))

    assert refused.value.problems[0].code == "UNKNOWN_CITY"


def test_a_sheet_of_which_no_row_can_come_in_is_refused_and_leaves_nothing(store):
    before = counts(store)

    with pytest.raises(Refused) as refused:
        come_in(store, case(state=None), content=b"x", asked=AskedCases(columns={"Posisi": "status"}))

    assert refused.value.problems[0].code == "NOTHING_TO_BRING"
    assert counts(store) == before


def test_the_sheet_is_kept_encrypted_and_its_headings_are_remembered(store):
    content = b"nama pasien;status\nDewi Lestari Siregar;nunggu GL"

    come_in(store, case(), content=content, asked=AskedCases(columns={"Px": "member_name"}))

    (kept,) = rows(store, SourceFileRow)
    assert (kept["kind"], kept["name"]) == ("journeys", "tracking Ratna.xlsx")
    assert store.attachments.read(kept["file_id"], kept["file_key"]) == content
    assert not any(b"Dewi" in data for data in files_of(store).values())
    assert make.see(store, list_memory.known_columns, list_memory.ListKind.JOURNEYS) == {"px": "member_name"}
