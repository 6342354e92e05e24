"""From a message to a case: one action that leaves nothing behind when it is refused or undone."""

import datetime as dt

import pytest

from liaison.domain.calendars import Calendar
from liaison.domain.enquiries import EnquiryDraft
from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.journeys import JourneyState, SourceChannel
from liaison.domain.message_words import RELATION_OF, PhoneOwner
from liaison.domain.messages import read_message
from liaison.domain.patients import RelationKind
from liaison.domain.work import NoteChannel, TaskKind
from liaison.services import patients, policies, quick_add, today, views
from liaison.services.quick_add import Wording
from liaison.store.models import CoverRow, JourneyRow, NoteRow, PatientRow, TaskRow
from tests import make

HOUR = dt.timedelta(hours=1)


def enquiry(clock, **values):
    usual = {
        "message": "Istri saya Suyanti 46th, wa 0812-3456-7890", "full_name": "Suyanti", "phone": "0812-3456-7890",
        "phone_owner": PhoneOwner.HUSBAND, "first_step": "Telepon balik", "step_at": clock() + HOUR,
    }  # fmt: skip
    return EnquiryDraft(**{**usual, **values})


def count(store, row):
    return make.see(store, lambda s: s.query(row).count())


def codes(refusal):
    return {p.code for p in refusal.value.problems if p.severity == "error"}


def test_a_name_and_one_contact_suffice(store, clock):
    key = make.made(store, quick_add.add_enquiry, enquiry(clock), wording=Wording(owner="suami"))

    case = make.see(store, views.journey_view, key)
    assert case.state is JourneyState.ENQUIRY
    assert (case.patient.full_name, case.patient.phone_owner) == ("Suyanti", "suami")
    assert {(t.kind, t.fact) for t in case.tasks} == {(TaskKind.STEP, None), (TaskKind.DEBT, FactKind.C1)}
    assert all(t.due_at is not None for t in case.tasks)
    assert make.see(store, today.today_view).count(today.TaskGroup.NO_STEP) == 0


def test_an_age_is_kept_as_it_was_said(store, clock):
    key = make.made(
        store, quick_add.add_enquiry, enquiry(clock, age_said="46th"), wording=Wording(age="46th, 2 Nov 2026")
    )

    person = make.see(store, views.journey_view, key).patient
    assert (person.note, person.birth_date) == ("46th, 2 Nov 2026", None)


def test_who_wrote_stands_beside_the_patient(store, clock):
    draft = enquiry(clock, caller_name="Rudi")

    key = make.made(store, quick_add.add_enquiry, draft)

    related = make.see(store, views.journey_view, key).patient.related
    assert [(r.name, r.relation) for r in related] == [("Rudi", RelationKind.SPOUSE)]
    note = make.see(store, lambda s: s.query(NoteRow).one())
    assert (note.text, note.counterpart) == (draft.message, "Rudi")


def test_every_owner_of_a_number_has_a_relation():
    assert set(RELATION_OF) == set(PhoneOwner) - {PhoneOwner.PATIENT}


def test_an_insurer_that_was_named_becomes_a_cover_without_numbers(store, clock):
    insurer = make.insurer(store)

    key = make.made(store, quick_add.add_enquiry, enquiry(clock, insurer_id=insurer))

    cover = make.see(store, views.journey_view, key).cover
    assert (cover.insurer_id, cover.policy_no, cover.member_no) == (insurer, "", "")


def test_somebody_on_record_stays_as_they_are_and_keeps_their_cover(store, clock):
    person = make.patient(store, phone="0811-1111-2222")
    insurer = make.insurer(store)
    cover = make.cover(store, person, insurer)

    key = make.made(
        store,
        quick_add.add_enquiry,
        enquiry(clock, patient_id=person, insurer_id=insurer, full_name="x", city="Binjai"),
    )

    case = make.see(store, views.journey_view, key)
    assert (case.patient.id, case.patient.phone, case.patient.city) == (person, "0811-1111-2222", "Medan")
    assert case.cover.id == cover
    assert count(store, PatientRow) == 1


def test_of_two_covers_with_the_insurer_none_is_chosen(store, clock):
    person, insurer = make.patient(store), make.insurer(store)
    make.cover(store, person, insurer)
    policy = make.made(store, policies.add_policy, make.policy_draft(insurer_id=insurer, policy_no="second"))
    make.do(store, policies.add_cover, make.cover_draft(patient_id=person, policy_id=policy, member_no="2"))

    key = make.made(store, quick_add.add_enquiry, enquiry(clock, patient_id=person, insurer_id=insurer))

    assert make.see(store, views.journey_view, key).cover is None
    assert count(store, CoverRow) == 2


def test_consent_given_in_an_earlier_case_is_not_asked_for_again(store, clock):
    person = make.patient(store)
    make.confirm(store, make.journey(store, person), FactKind.C1)

    key = make.made(store, quick_add.add_enquiry, enquiry(clock, patient_id=person))

    assert [t.kind for t in make.see(store, views.journey_view, key).tasks] == [TaskKind.STEP]


def test_where_to_and_through_whom_are_kept(store, clock):
    hospital = make.hospital(store)
    draft = enquiry(
        clock, destination_city="penang", hospital_id=hospital, planned_on=dt.date(2026, 11, 28),
        need="kontrol jantung",
        phone_owner=PhoneOwner.AGENT, channel=NoteChannel.MAIL, city="Medan",
    )  # fmt: skip

    case = make.see(store, views.journey_view, make.made(store, quick_add.add_enquiry, draft))

    assert (case.destination_city, case.destination_country) == ("Penang", "MY")
    assert (case.planned_admission_on, case.need, case.origin_city) == (
        dt.date(2026, 11, 28),
        "kontrol jantung",
        "Medan",
    )
    assert case.source_channel is SourceChannel.AGENT


def test_a_hospital_alone_says_where_to(store, clock):
    hospital = make.hospital(store)

    key = make.made(store, quick_add.add_enquiry, enquiry(clock, hospital_id=hospital, channel=NoteChannel.MAIL))

    case = make.see(store, views.journey_view, key)
    assert (case.destination_city, case.destination_country) == ("George Town", "MY")
    assert case.source_channel is SourceChannel.REP_OFFICE


def test_without_a_message_no_note_is_written(store, clock):
    make.do(store, quick_add.add_enquiry, enquiry(clock, message=" "))

    assert count(store, NoteRow) == 0


def test_everything_wrong_is_said_at_once_and_nothing_is_written(store, clock):
    wrong = enquiry(
        clock, full_name=" ", phone="", step_at=clock() - HOUR, planned_on=dt.date(2026, 1, 1), first_step="",
        message="x" * 100_001,
    )  # fmt: skip

    with pytest.raises(Refused) as refusal:
        make.do(store, quick_add.add_enquiry, wrong)

    assert codes(refusal) == {"MISSING", "NO_CONTACT", "STEP_PAST", "WISH_PAST", "NOTE_LONG"}
    assert [count(store, row) for row in (PatientRow, JourneyRow, TaskRow, NoteRow)] == [0, 0, 0, 0]


def test_a_mail_address_is_a_contact_too(store, clock):
    make.do(store, quick_add.add_enquiry, enquiry(clock, phone="", email="rudi@example.com"))

    assert count(store, JourneyRow) == 1


def test_a_name_of_figures_is_none(store, clock):
    with pytest.raises(Refused) as refusal:
        make.do(store, quick_add.add_enquiry, enquiry(clock, full_name="123"))

    assert codes(refusal) == {"NAME_LETTERS"}


def test_a_second_person_of_that_name_is_a_person_of_their_own(store, clock):
    make.do(store, patients.add_patient, make.patient_draft(full_name="Suyanti"))

    make.do(store, quick_add.add_enquiry, enquiry(clock))

    assert count(store, PatientRow) == 2


# what the form begins with


def test_houses_are_known_by_every_name_they_go_by(store):
    gleneagles = make.hospital(store, name="Gleneagles Hospital Penang", city="George Town")
    island = make.hospital(store, name="Island Hospital", city="Penang")
    insurer = make.insurer(store, name="PT Asuransi Nusantara Sehat", short_name="ANS")
    known = {h.id: h for h in make.see(store, quick_add.begin).houses}

    assert "gleneagles" in known[gleneagles].spellings
    assert known[gleneagles].city == "Penang"
    assert known[island].spellings == ("island hospital",)
    assert "ans" in known[insurer].spellings
    read = read_message("rujuk ke gleneagles penang", today=make.START.date(), known=known.values())
    assert read.value("hospital_id") == gleneagles


@pytest.mark.parametrize(
    "now, then",
    [
        ("2026-11-20T07:05", "2026-11-20T09:00"),  # 14.05 on a Friday: at 16.00
        ("2026-11-20T07:00", "2026-11-20T08:00"),
        ("2026-11-20T11:05", "2026-11-23T02:00"),  # Friday evening: Monday at nine
        ("2026-11-20T08:50", "2026-11-23T01:00"),  # 15.50: an hour later the office closes
        ("2026-11-21T03:00", "2026-11-23T02:00"),
    ],
)
def test_calling_back_falls_into_working_hours(now, then):
    moment, expected = (dt.datetime.fromisoformat(t).replace(tzinfo=dt.UTC) for t in (now, then))

    assert quick_add.next_working_hour(moment, Calendar()) == expected


def test_the_form_begins_with_an_hour_of_the_office(store, clock):
    begun = make.see(store, quick_add.begin)

    assert clock() + HOUR <= begun.call_back_at
    assert begun.houses == ()
