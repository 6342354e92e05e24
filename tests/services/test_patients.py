"""People on record: names, numbers, relations, likeness, merging."""

import dataclasses
import datetime as dt

import pytest
import sqlalchemy as sa

from liaison.domain.errors import Refused
from liaison.domain.handing import Side
from liaison.domain.patients import IdentifierKind, Region, RelationKind
from liaison.domain.privacy import Audience
from liaison.services import disclosure, matching, merging, patient_views, patients, policies, same_people
from liaison.services.changes import ChangedMeanwhile
from liaison.store.models import JourneyRow, PatientIdentifierRow, PatientRow, RelatedPersonRow
from tests import make


def codes(refusal):
    return {p.code for p in refusal.value.problems}


def test_a_one_word_name_is_a_whole_name(store):
    key = make.patient(store, full_name="Suharto", passport_name="")

    draft = make.see(store, patients.patient_draft, key)

    assert draft.full_name == "Suharto"


def test_a_patient_of_medan_is_of_the_west_without_being_asked(store):
    key = make.patient(store, city="Medan")

    draft = make.see(store, patients.patient_draft, key)

    assert (draft.province, draft.region) == ("12", Region.WEST)


def test_a_phone_is_found_by_its_digits_however_it_was_typed(store):
    key = make.patient(store, phone="0812-6001-2345")

    with store.read() as session:
        assert session.get(PatientRow, key).phone_digits == "6281260012345"


def test_a_patient_without_a_name_and_born_tomorrow_is_refused_with_both_problems(store, clock):
    draft = make.patient_draft(full_name=" ", birth_date=dt.date(2026, 12, 24))

    with pytest.raises(Refused) as refusal:
        make.do(store, patients.add_patient, draft)

    assert codes(refusal) == {"MISSING", "IN_FUTURE"}
    assert {p.field for p in refusal.value.problems} == {"full_name", "birth_date"}


def test_a_form_opened_before_somebody_elses_change_conflicts_and_names_the_fields(store):
    key = make.patient(store)
    opened = make.see(store, lambda s: s.get(PatientRow, key).version)
    make.do(store, patients.edit_patient, key, make.patient_draft(phone="0811-000-111"), version=opened)

    with pytest.raises(ChangedMeanwhile) as conflict:
        make.do(store, patients.edit_patient, key, make.patient_draft(note="alergi"), version=opened)

    assert "phone" in conflict.value.fields
    assert "Telephone" in str(conflict.value.values["fields"])
    assert "phone_digits" not in conflict.value.fields


def test_looking_at_a_provisional_patient_makes_the_patient_real(store):
    key = make.patient(store, is_provisional=True)

    make.do(store, patients.edit_patient, key, make.see(store, patients.patient_draft, key))

    assert make.see(store, lambda s: s.get(PatientRow, key).is_provisional) is False


def test_a_wrong_nik_is_refused_and_a_doubtful_one_only_warns(store):
    key = make.patient(store, birth_date=dt.date(1980, 3, 14))
    wrong = make.identifier_draft(kind=IdentifierKind.NIK, value="12710154", expires_on=None)
    doubtful = make.identifier_draft(kind=IdentifierKind.NIK, value="1271015403810001", expires_on=None)

    with pytest.raises(Refused) as refusal:
        make.do(store, patients.add_identifier, key, wrong)
    warnings = make.see(store, patients.identifier_warnings, key, doubtful)
    make.do(store, patients.add_identifier, key, doubtful)

    assert codes(refusal) == {"NIK_FORMAT"}
    assert {w.code for w in warnings} == {"NIK_BIRTH_DATE"}


def test_a_passport_of_another_patient_needs_a_look_but_the_same_twice_is_refused(store):
    one, other = make.patient(store), make.patient(store, full_name="Sari Wijaya")
    make.do(store, patients.add_identifier, one, make.identifier_draft(value="C1234567"))

    warnings = make.see(store, patients.identifier_warnings, other, make.identifier_draft(value="c 123 4567"))
    with pytest.raises(Refused) as refusal:
        make.do(store, patients.add_identifier, one, make.identifier_draft(value="C 1234567"))

    assert {w.code for w in warnings} == {"ANOTHERS_NUMBER"}
    assert codes(refusal) == {"NUMBER_KNOWN"}


def test_the_same_record_number_at_two_hospitals_is_two_numbers(store):
    one, other = make.hospital(store), make.hospital(store, name="Island Hospital")
    key = make.patient(store)
    for house in (one, other):
        draft = make.identifier_draft(kind=IdentifierKind.MRN, value="004711", organization_id=house, expires_on=None)
        make.do(store, patients.add_identifier, key, draft)

    with store.read() as session:
        values = [r.value_key for r in session.query(PatientIdentifierRow)]

    assert values == ["004711", "004711"]


def test_a_removed_number_comes_back_by_one_undo(store):
    key = make.patient(store)
    number = make.made(store, patients.add_identifier, key, make.identifier_draft())
    with store.write("Remove number") as session:
        patients.remove_identifier(session, number)
        action = session.info["action_id"]

    store.undo(action)

    assert make.see(store, lambda s: s.get(PatientIdentifierRow, number).value) == "C1234567"


def test_a_relative_is_told_the_status_only_on_a_dated_consent(store):
    key = make.patient(store)

    with pytest.raises(Refused) as refusal:
        make.do(store, patients.add_related_person, key, make.related_person_draft(may_be_told_status=True))
    told = make.related_person_draft(may_be_told_status=True, consent_on=dt.date(2026, 11, 2))
    person = make.made(store, patients.add_related_person, key, told)

    assert [p.field for p in refusal.value.problems] == ["consent_on"]
    assert make.see(store, lambda s: s.get(RelatedPersonRow, person).may_be_told_status) is True


def test_nobody_stands_beside_themselves(store):
    key = make.patient(store)

    with pytest.raises(Refused) as refusal:
        make.do(store, patients.add_related_person, key, make.related_person_draft(related_patient_id=key))

    assert codes(refusal) == {"SAME_PATIENT"}


def test_variants_of_a_spelling_are_offered_and_a_shared_phone_alone_is_not(store):
    siti = make.patient(store, full_name="Siti Nurhaliza", phone="0812-3456-7890")
    make.patient(store, full_name="Rudi Hartono", phone="0812-3456-7890")

    found = make.see(store, matching.similar_patients, "Sitti Nur Haliza", phone="+62 812 3456 7890")

    assert [s.id for s in found] == [siti]
    assert found[0].same_phone and found[0].score >= 92
    assert matching.is_probably_same(found[0])


def test_two_records_of_one_person_become_one_with_everything_that_hangs_on_them(store):
    keep = make.patient(store, phone="")
    other = make.patient(store, full_name="Dewi Lestari", passport_name="", phone="0812-9", city="Medan")
    house = make.insurer(store)
    first = make.cover(store, keep, house, policy_no="NS-1")
    shared = make.see(store, lambda s: policies.cover(s, first).policy_id)
    make.made(store, policies.add_cover, make.cover_draft(patient_id=other, policy_id=shared))
    second = make.cover(store, other, house, policy_no="NS-2")
    make.do(store, patients.add_identifier, keep, make.identifier_draft())
    make.do(store, patients.add_identifier, other, make.identifier_draft())
    make.do(store, patients.add_related_person, other, make.related_person_draft(relation=RelationKind.CHILD))

    make.do(store, merging.merge_patients, keep, other)

    with store.read() as session:
        assert {c.id for c in policies.covers_of(session, keep)} == {first, second}
        assert session.query(PatientIdentifierRow).count() == 1
        assert session.query(RelatedPersonRow).one().patient_id == keep
        assert session.get(PatientRow, other).merged_into_id == keep
        assert session.get(PatientRow, keep).phone == "0812-9"


def test_people_with_different_birth_dates_are_not_merged(store):
    one, other = make.patient(store), make.patient(store, birth_date=dt.date(1990, 1, 1))

    with pytest.raises(Refused) as refusal:
        make.do(store, merging.merge_patients, one, other)
    with pytest.raises(Refused) as same:
        make.do(store, merging.merge_patients, one, one)

    assert codes(refusal) == {"CONTRADICT"}
    assert codes(same) == {"SAME_PATIENT"}


def test_a_patient_merged_once_is_not_merged_again(store):
    one, other, third = make.patient(store), make.patient(store), make.patient(store)
    make.do(store, merging.merge_patients, one, other)

    with pytest.raises(Refused) as refusal:
        make.do(store, merging.merge_patients, third, other)

    assert codes(refusal) == {"MERGED_ALREADY"}


def test_a_patient_entered_by_mistake_is_voided_with_a_reason(store):
    key = make.patient(store)

    with pytest.raises(Refused):
        make.do(store, patients.void_patient, key, reason=" ")
    make.do(store, patients.void_patient, key, reason="uji coba")

    assert make.see(store, matching.similar_patients, "Dewi Lestari Siregar") == []


def test_a_record_that_is_gone_is_told_in_one_sentence(store):
    with pytest.raises(Refused) as refusal:
        make.see(store, patients.patient_draft, 4711)

    assert codes(refusal) == {"GONE"}


def test_a_patient_who_moves_house_moves_region_too(store):
    key = make.patient(store, city="Medan")
    draft = make.see(store, patients.patient_draft, key)

    make.do(store, patients.edit_patient, key, make.changed(draft, city="Makassar"))

    after = make.see(store, patients.patient_draft, key)
    assert (after.province, after.region) == ("73", Region.EAST)


def test_a_patient_with_a_case_is_not_voided(store):
    case = make.journey(store)
    person = make.see(store, lambda s: s.get(patients.JourneyRow, case).patient_id)

    with pytest.raises(Refused) as refusal:
        make.do(store, patients.void_patient, person, reason="ganda")

    assert codes(refusal) == {"HAS_CASES"}


def test_a_family_card_stands_for_a_household(store):
    one, other = make.patient(store), make.patient(store, full_name="Budi Siregar")
    card = make.identifier_draft(kind=IdentifierKind.KK, value="1271010101010001", expires_on=None)
    make.do(store, patients.add_identifier, one, card)

    assert make.see(store, patients.identifier_warnings, other, card) == ()


def test_a_relative_is_changed_and_taken_away(store):
    key = make.patient(store)
    person = make.made(store, patients.add_related_person, key, make.related_person_draft())

    make.do(store, patients.edit_related_person, person, make.related_person_draft(phone="0813-1"), version=1)
    draft = make.see(store, patients.related_person_draft, person)
    make.do(store, patients.remove_related_person, person)

    assert draft.phone == "0813-1"
    with store.read() as session:
        assert session.query(RelatedPersonRow).count() == 0


def test_a_near_name_with_another_birth_date_is_less_likely_and_the_same_patient_is_not_offered(store):
    key = make.patient(store, full_name="Siti Aminah", birth_date=dt.date(1980, 1, 1), phone="")

    same_day = make.see(store, matching.similar_patients, "Siti Aminah", birth_date=dt.date(1980, 1, 1))
    other_day = make.see(store, matching.similar_patients, "Siti Aminah", birth_date=dt.date(1990, 1, 1))

    assert [s.score for s in same_day] == [100]
    assert [s.score for s in other_day] == [85]
    assert not matching.is_probably_same(other_day[0])
    assert make.see(store, matching.similar_patients, "Siti Aminah", exclude=key) == []
    assert make.see(store, matching.similar_patients, "S") == []


def test_what_hangs_on_the_second_of_two_covers_of_one_policy_moves_to_the_first(store):
    keep = make.patient(store, city="", province="")
    other = make.patient(store, city="Medan")
    first = make.cover(store, keep)
    policy = make.see(store, lambda s: policies.cover(s, first).policy_id)
    draft = make.cover_draft(patient_id=other, policy_id=policy, room_class="1-bed")
    second = make.made(store, policies.add_cover, draft)
    case = make.journey(store, other, cover_id=second)
    number = make.identifier_draft(value="X7654321")
    make.do(store, patients.add_identifier, other, number)

    make.do(store, merging.merge_patients, keep, other)

    with store.read() as session:
        moved = session.get(patients.JourneyRow, case)
        assert (moved.patient_id, moved.cover_id) == (keep, first)
        assert policies.cover(session, first).room_class == "1-bed"
        assert session.query(PatientIdentifierRow).one().patient_id == keep
        assert session.get(PatientRow, keep).region is Region.WEST


# one person once


def test_what_differs_is_shown_side_by_side_and_the_choice_stays(store):
    keep = make.patient(store, birth_date=dt.date(1980, 3, 14), city="Medan", email="")
    other = make.patient(store, full_name="Dewi L. Siregar", birth_date=dt.date(1980, 4, 13), email="dewi@contoh.id")
    view = make.see(store, merging.merge_view, keep, other)

    assert [f.name for f in view.differing] == ["full_name", "birth_date"]
    assert [f.must for f in view.differing] == [False, True]
    assert view.filled == ("E-mail",)
    make.do(store, merging.merge_patients, keep, other, {"birth_date": Side.THEIRS})
    stays = make.see(store, patients.patient_draft, keep)

    assert (stays.full_name, stays.birth_date, stays.email) == (
        "Dewi Lestari Siregar", dt.date(1980, 4, 13), "dewi@contoh.id",
    )  # fmt: skip


def test_a_chosen_name_is_found_by_its_own_spelling_and_a_chosen_city_brings_its_region(store):
    keep = make.patient(store, full_name="Dewi Lestari", city="Medan")
    other = make.patient(store, full_name="Dewi Lestary Siregar", city="Makassar")

    make.do(store, merging.merge_patients, keep, other, {"full_name": Side.THEIRS, "city": Side.THEIRS})

    with store.read() as session:
        row, twin = session.get(PatientRow, keep), session.get(PatientRow, other)
        assert (row.name_key, row.similar_key, row.region) == (twin.name_key, twin.similar_key, twin.region)


def test_merging_moves_whatever_points_at_the_other_and_one_undo_brings_all_back(store):
    keep, other = make.patient(store), make.patient(store)
    journey = make.journey(store, other)
    make.do(store, disclosure.record_disclosure, report="x", report_id="y", audience=Audience.FAMILY, patient_id=other)
    third = make.patient(store, full_name="Budi")
    make.made(store, patients.add_related_person, third, make.related_person_draft(related_patient_id=other))
    first = make.patient(store)
    make.do(store, merging.merge_patients, other, first)
    before = make.see(store, patient_views.patient_view, other)
    with store.write(merging.MERGE) as session:
        merging.merge_patients(session, keep, other)
        action = session.info["action_id"]

    with store.read() as session:
        assert session.get(JourneyRow, journey).patient_id == keep
        assert session.scalar(sa.select(RelatedPersonRow.related_patient_id)) == keep
        assert session.get(PatientRow, first).merged_into_id == keep
        assert [d.report for d in disclosure.disclosures_of(session, keep)] == ["x"]
    store.undo(action)
    after = make.see(store, patient_views.patient_view, other)
    assert dataclasses.replace(after, version=0) == dataclasses.replace(before, version=0)


def test_likely_pairs_are_found_by_number_telephone_birth_date_and_spelling_once_each(store):
    one = make.patient(store, full_name="Siti Nurhaliza", phone="", birth_date=None)
    two = make.patient(store, full_name="Sitti Nur Haliza", phone="", birth_date=None)
    three = make.patient(store, full_name="Chandra", phone="0811-1", birth_date=dt.date(1970, 1, 1))
    four = make.patient(store, full_name="C. Wijaya", phone="0811-2", birth_date=None)
    for key in (three, four):
        make.made(store, patients.add_identifier, key, make.identifier_draft(value="B7654321"))
    make.patient(store, full_name="Suharto", phone="", birth_date=None)
    make.patient(store, full_name="Suharto", phone="", birth_date=None)
    make.patient(store, full_name="Rini Wati", phone="0811-333", birth_date=dt.date(1970, 1, 1))
    make.patient(store, full_name="Rini Wati", phone="0811-333", birth_date=dt.date(1999, 1, 1))

    pairs = make.see(store, same_people.likely_pairs)

    assert [(p.keep.id, p.other.id, p.because) for p in pairs] == [
        (three, four, same_people.Because.NUMBER), (one, two, same_people.Because.NAME),
    ]  # fmt: skip
    make.do(store, same_people.are_different, two, one)
    assert [p.because for p in make.see(store, same_people.likely_pairs)] == [same_people.Because.NUMBER]


def test_a_number_on_record_is_offered_whatever_the_name(store):
    key = make.patient(store, full_name="Chandra Wijaya")
    make.made(store, patients.add_identifier, key, make.identifier_draft(value="B7654321"))

    (found,) = make.see(store, matching.similar_patients, "Wati", number="b 765 4321")

    assert (found.id, found.same_number, matching.is_probably_same(found)) == (key, True, True)
    assert make.see(store, matching.similar_patients, "Wati", number="b 765 4321", exclude=key) == []
