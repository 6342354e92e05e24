"""Journeys opened where they are, their debts, holds, links, ends and returns."""

import datetime as dt
from dataclasses import replace

import pytest

from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.journeys import (
    CancelReason,
    EntryMode,
    JourneyKind,
    JourneyState,
    LinkKind,
    PayerPath,
)
from liaison.domain.patients import Region
from liaison.domain.payments import PaymentPurpose
from liaison.domain.work import TaskKind
from liaison.services import confirmations, facts, journeys, office, patients, payments
from liaison.services.changes import ChangedMeanwhile
from liaison.store.models import JourneyEventRow, JourneyRow, PatientRow, RelatedPersonRow, TaskRow
from tests import make

S = JourneyState


def codes(refusal):
    return {p.code for p in refusal.value.problems}


def row(store, key):
    columns = [c.name for c in JourneyRow.__table__.columns]
    return make.see(store, lambda s: {c: getattr(s.get(JourneyRow, key), c) for c in columns})


def debts(store, key):
    with store.read() as session:
        tasks = session.query(TaskRow).filter_by(journey_id=key, kind=TaskKind.DEBT, done_at=None)
        return {t.fact: t.due_at for t in tasks}


def events(store, key):
    with store.read() as session:
        found = session.query(JourneyEventRow).filter_by(journey_id=key).order_by(JourneyEventRow.id)
        return [(e.from_state, e.to_state, e.overridden, e.override_reason) for e in found]


def test_a_case_number_tells_office_year_and_laptop_and_checks_itself(store):
    first, second = make.journey(store), make.journey(store)

    assert row(store, first)["case_no"].startswith("MDN-26-A0001-")
    assert row(store, second)["case_no"].startswith("MDN-26-A0002-")


def test_an_undone_case_never_gives_its_number_to_another(store):
    person = make.patient(store)
    with store.write("Open case") as session:
        journeys.open_journey(session, make.journey_draft(patient_id=person))
        action = session.info["action_id"]

    store.undo(action)
    key = make.journey(store, person)

    assert row(store, key)["case_no"].startswith("MDN-26-A0002-")


def test_a_case_takes_city_region_and_destination_from_what_is_known(store):
    person = make.patient(store, city="Makassar")
    hospital = make.hospital(store)

    key = make.journey(store, person, hospital_id=hospital, destination_country="", destination_city="")

    found = row(store, key)
    assert (found["origin_city"], found["region"]) == ("Makassar", Region.EAST)
    assert (found["destination_country"], found["destination_city"]) == ("MY", "George Town")
    assert found["officer_id"] == store.officer.id


def test_person_and_case_are_one_action(store):
    with store.write("New case") as session:
        done = journeys.open_journey(session, make.journey_draft(patient_id=0), patient=make.patient_draft())
        action = session.info["action_id"]
    assert {t.kind for t in done.touched} == {"journey", "patient"}

    store.undo(action)

    with store.read() as session:
        assert session.query(PatientRow).count() == session.query(JourneyRow).count() == 0


def test_a_case_is_refused_with_everything_that_does_not_belong(store):
    stranger = make.patient(store, full_name="Orang Lain")
    cover = make.cover(store, stranger)
    insurer = make.insurer(store, name="Bukan Rumah Sakit")

    with pytest.raises(Refused) as refusal:
        make.journey(
            store,
            cover_id=cover,
            hospital_id=insurer,
            agent_id=77,
            officer_id=78,
            kind=JourneyKind.CHECK_UP,
            state=S.PREAUTH,
        )

    assert codes(refusal) == {"OTHER_PATIENTS_COVER", "NOT_A_HOSPITAL", "GONE", "NOT_IN_KIND"}
    assert {p.field for p in refusal.value.problems} >= {"cover_id", "hospital_id", "agent_id", "officer_id", "state"}


def test_a_merged_patient_gets_no_new_case(store):
    from liaison.services import merging

    keep, other = make.patient(store), make.patient(store)
    make.do(store, merging.merge_patients, keep, other)

    with pytest.raises(Refused) as refusal:
        make.journey(store, other)

    assert "GONE_PATIENT" in codes(refusal)


# entering later


def test_an_emergency_is_entered_in_hospital_with_debts_due_in_hours(store, clock):
    person = make.patient(store)
    cover = make.cover(store, person)

    key = make.journey(store, person, cover_id=cover, entry_mode=EntryMode.EMERGENCY, state=S.ADMITTED)

    owed = debts(store, key)
    assert owed[FactKind.IDENTITY_SEEN] == clock.now + dt.timedelta(hours=4)
    for fact in (FactKind.C1, FactKind.C2, FactKind.ELIGIBILITY, FactKind.INSURER_NOTIFIED):
        assert owed[fact] == clock.now + dt.timedelta(hours=24)
    assert FactKind.APPOINTMENT not in owed


def test_a_running_case_has_three_working_days_for_what_is_missing(store):
    key = make.journey(store, entry_mode=EntryMode.RUNNING, state=S.TRAVEL_PREP)

    owed = debts(store, key)

    assert {FactKind.IDENTITY_SEEN, FactKind.C1, FactKind.C2, FactKind.PAYER_PATH} <= set(owed)
    assert set(owed.values()) == {dt.datetime(2026, 11, 5, 10, 0, tzinfo=dt.UTC)}


def test_a_debt_is_paid_by_the_fact_itself_however_it_arrives(store):
    person = make.patient(store)
    key = make.journey(store, person, entry_mode=EntryMode.RUNNING, state=S.MEDICAL_REVIEW)
    assert {FactKind.C1, FactKind.IDENTITY_SEEN} <= set(debts(store, key))

    make.confirm(store, key, FactKind.C1)
    make.do(store, patients.add_identifier, person, make.identifier_draft())

    assert not {FactKind.C1, FactKind.IDENTITY_SEEN} & set(debts(store, key))


def test_an_unclear_answer_pays_no_debt(store):
    person = make.patient(store)
    cover = make.cover(store, person)
    key = make.journey(store, person, cover_id=cover, entry_mode=EntryMode.RUNNING, state=S.MEDICAL_REVIEW)

    make.confirm(store, key, FactKind.ELIGIBILITY, result="UNKNOWN")
    unclear = FactKind.ELIGIBILITY in debts(store, key)
    make.confirm(store, key, FactKind.ELIGIBILITY)

    assert unclear
    assert FactKind.ELIGIBILITY not in debts(store, key)


def test_an_imported_case_may_be_closed_already_and_owes_nothing(store):
    key = make.journey(store, entry_mode=EntryMode.RUNNING, state=S.CLOSED)

    found = row(store, key)

    assert (found["is_open"], found["ended_on"]) == (False, dt.date(2026, 11, 2))
    assert debts(store, key) == {}


# couples and links


def test_a_check_up_couple_is_two_linked_cases_in_one_action(store):
    draft = make.journey_draft(patient_id=0, kind=JourneyKind.CHECK_UP, need="check-up tahunan")
    wife, husband = make.patient_draft(), make.patient_draft(full_name="Budi Siregar", passport_name="")

    with store.write("New couple") as session:
        done = journeys.open_couple(session, draft, first=wife, second=husband)
        action = session.info["action_id"]

    with store.read() as session:
        first, second = session.query(JourneyRow).order_by(JourneyRow.id)
        beside = {(r.patient_id, r.related_patient_id, r.is_companion) for r in session.query(RelatedPersonRow)}
        assert (second.parent_id, second.link_kind) == (first.id, LinkKind.COMPANION_CASE)
        assert beside == {(first.patient_id, second.patient_id, True), (second.patient_id, first.patient_id, True)}
        assert done.made == first.id
    store.undo(action)
    with store.read() as session:
        assert session.query(PatientRow).count() == 0


def test_a_couple_is_two_people(store):
    one = make.patient(store)

    with pytest.raises(Refused) as refusal:
        make.do(store, journeys.open_couple, make.journey_draft(patient_id=0), first=one, second=one)

    assert codes(refusal) == {"TWO_PEOPLE"}


def test_a_check_up_couple_goes_from_details_to_price_to_travel_without_a_letter(store):
    person = make.patient(store)
    key = make.journey(store, person, kind=JourneyKind.CHECK_UP, payer_path=PayerPath.SELF_PAY)
    make.do(store, patients.add_identifier, person, make.identifier_draft())
    make.confirm(store, key, FactKind.C1, FactKind.C2)

    make.move(store, key, S.INTAKE, S.ESTIMATE)
    make.confirm(store, key, FactKind.ESTIMATE)
    make.move(store, key, S.DECISION)
    make.confirm(store, key, FactKind.DECISION)
    offered = {m.to for m in make.see(store, journeys.moves, key)}
    make.move(store, key, S.TRAVEL_PREP)

    assert S.PREAUTH not in offered
    assert row(store, key)["state"] is S.TRAVEL_PREP


def test_a_complication_opens_a_linked_case_of_the_same_person(store):
    key = make.journey(store, diagnosis="I25.1")

    child = make.made(store, journeys.open_linked, key, link=LinkKind.COMPLICATION)

    found = row(store, child)
    assert (found["parent_id"], found["link_kind"]) == (key, LinkKind.COMPLICATION)
    assert found["patient_id"] == row(store, key)["patient_id"]


# ends


def test_a_second_opinion_is_answered_without_travel_and_that_is_a_success(store):
    key = make.journey(store, kind=JourneyKind.SECOND_OPINION, payer_path=None)
    make.do(store, patients.add_identifier, row(store, key)["patient_id"], make.identifier_draft())
    make.confirm(store, key, FactKind.C1, FactKind.C2)
    make.move(store, key, S.INTAKE, S.MEDICAL_REVIEW)

    with pytest.raises(Refused) as blocked:
        make.move(store, key, S.CLOSED)
    with pytest.raises(Refused) as unwritten:
        make.do(store, journeys.answer_without_travel, key, note=" ")
    make.do(store, journeys.answer_without_travel, key, note="cukup obat, kontrol di Medan")

    found = row(store, key)
    assert codes(blocked) == {"NOT_ANSWERED"}
    assert codes(unwritten) == {"MISSING"}
    assert (found["state"], found["was_answered"], found["is_open"]) == (S.CLOSED, True, False)


def test_a_cancelled_case_says_why_and_may_come_back_within_ninety_days(store, clock):
    key = make.journey(store)
    make.move(store, key, S.INTAKE)

    with pytest.raises(Refused) as unsaid:
        make.move(store, key, S.CANCELLED)
    make.do(store, journeys.cancel, key, reason=CancelReason.COST, note="terlalu mahal")
    cancelled = row(store, key)
    clock.forward(days=90)
    with pytest.raises(Refused) as unreasoned:
        make.do(store, journeys.reopen, key, reason="")
    make.do(store, journeys.reopen, key, reason="keluarga dapat bantuan")

    assert codes(unsaid) == {"NO_CANCEL_REASON"}
    assert (cancelled["closed_reason"], cancelled["is_open"]) == (CancelReason.COST, False)
    assert codes(unreasoned) == {"NEEDS_REASON"}
    found = row(store, key)
    assert (found["state"], found["is_open"], found["closed_reason"], found["ended_on"]) == (S.INTAKE, True, None, None)


def test_after_ninety_days_a_linked_case_is_the_way(store, clock):
    key = make.journey(store)
    make.do(store, journeys.cancel, key, reason=CancelReason.OTHER)
    clock.forward(days=91)

    with pytest.raises(Refused) as refusal:
        make.do(store, journeys.reopen, key, reason="terlambat")

    assert codes(refusal) == {"TOO_LATE_TO_REOPEN"}


def test_treatment_at_home_ends_this_case_and_opens_a_domestic_one(store):
    key = make.journey(store, entry_mode=EntryMode.RUNNING, state=S.DECISION, hospital_id=make.hospital(store))
    make.confirm(store, key, FactKind.DECISION, result="RS di Medan", note="dekat keluarga")

    child = make.made(store, journeys.redirect_home, key, note="RS Columbia Asia Medan")

    before, after = row(store, key), row(store, child)
    assert (before["state"], before["is_retained_domestic"], before["is_open"]) == (S.REDIRECTED_DOMESTIC, True, False)
    assert (after["destination_country"], after["link_kind"], after["hospital_id"]) == ("ID", LinkKind.DOMESTIC, None)


def test_a_death_abroad_ends_the_case_and_is_on_the_patients_record(store):
    key = make.journey(store, entry_mode=EntryMode.EMERGENCY, state=S.ADMITTED)

    with pytest.raises(Refused) as blocked:
        make.move(store, key, S.DECEASED)
    make.confirm(store, key, FactKind.DEATH)
    make.move(store, key, S.DECEASED)

    assert codes(blocked) == {"NO_DEATH"}
    patient = make.see(store, lambda s: s.get(PatientRow, row(store, key)["patient_id"]).died_on)
    assert patient == dt.date(2026, 11, 2)
    assert not row(store, key)["is_open"]


# holds, officers, edits


def test_a_case_on_hold_stays_where_it_is(store):
    key = make.journey(store)
    with pytest.raises(Refused):
        make.do(store, journeys.hold, key, reason="  ")
    make.do(store, journeys.hold, key, reason="menunggu keluarga")

    with pytest.raises(Refused) as refusal:
        make.move(store, key, S.INTAKE)
    make.do(store, journeys.resume, key)
    make.move(store, key, S.INTAKE)

    assert codes(refusal) == {"ON_HOLD"}
    assert row(store, key)["state"] is S.INTAKE


def test_a_case_is_given_to_a_colleague_who_works_here(store):
    key = make.journey(store)
    colleague = make.made(store, office.add_officer, make.officer_draft(name="Tono", is_supervisor=False))

    make.do(store, journeys.assign, key, colleague)
    with pytest.raises(Refused):
        make.do(store, journeys.assign, key, 4711)

    assert row(store, key)["officer_id"] == colleague


def test_an_edit_changes_what_is_known_but_neither_state_nor_patient(store):
    key = make.journey(store)
    make.move(store, key, S.INTAKE)
    draft = make.see(store, journeys.journey_draft, key)
    other = make.patient(store, full_name="Orang Lain")

    changed = replace(draft, patient_id=other, state=S.ENQUIRY, doctor="dr. Lim")
    make.do(store, journeys.edit_journey, key, changed)

    found = row(store, key)
    assert (found["doctor"], found["state"]) == ("dr. Lim", S.INTAKE)
    assert found["patient_id"] != other


def test_two_windows_on_one_case_conflict_with_the_fields_named(store):
    key = make.journey(store)
    draft, version = make.see(store, journeys.journey_draft, key), row(store, key)["version"]
    make.do(store, journeys.edit_journey, key, replace(draft, doctor="dr. Lim"), version=version)

    with pytest.raises(ChangedMeanwhile) as conflict:
        make.do(store, journeys.edit_journey, key, replace(draft, doctor="dr. Tan"), version=version)

    assert conflict.value.fields == ("doctor",)
    assert "Doctor" in str(conflict.value.values["fields"])


def test_the_cover_is_chosen_and_must_be_the_patients_own(store):
    person = make.patient(store)
    key, cover = make.journey(store, person), make.cover(store, person)
    strange = make.cover(store, make.patient(store, full_name="Lain"), policy_no="X-9")

    assert row(store, key)["cover_id"] is None
    make.do(store, journeys.choose_cover, key, cover)
    with pytest.raises(Refused):
        make.do(store, journeys.choose_cover, key, strange)

    assert row(store, key)["cover_id"] == cover


# overrides


def test_a_one_person_office_passes_over_a_guard_with_a_reason_that_prints(store):
    key = make.journey(store)
    make.move(store, key, S.INTAKE)
    make.confirm(store, key, FactKind.C1, FactKind.C2)

    with pytest.raises(Refused) as blocked:
        make.move(store, key, S.ELIGIBILITY)
    make.move(store, key, S.ELIGIBILITY, override_reason="KTP menyusul lewat agen")

    assert codes(blocked) == {"NO_IDENTITY"}
    assert events(store, key)[-1] == (S.INTAKE, S.ELIGIBILITY, "identity", "KTP menyusul lewat agen")


def test_nobody_passes_over_a_missing_consent(store):
    key = make.journey(store)
    make.move(store, key, S.INTAKE)

    with pytest.raises(Refused) as refusal:
        make.move(store, key, S.ELIGIBILITY, override_reason="mendesak")

    assert {"NO_C1", "NO_C2"} <= codes(refusal)


def test_a_move_the_table_does_not_know_is_refused_in_one_sentence(store):
    key = make.journey(store)

    with pytest.raises(Refused) as refusal:
        make.move(store, key, S.RETURNED)

    assert codes(refusal) == {"ILLEGAL_MOVE"}


def test_the_way_to_a_later_stage_tells_everything_in_between_at_once(store):
    key = make.journey(store)

    way = make.see(store, journeys.way, key, S.MEDICAL_REVIEW)

    assert way.steps == (S.INTAKE, S.MEDICAL_REVIEW)
    assert {p.code for p in way.problems} >= {"NO_IDENTITY", "NO_C1", "NO_C2"}


# confirmations


def test_a_withdrawn_consent_blocks_and_rings_an_alarm(store, clock):
    key = make.journey(store)
    given = make.made(store, confirmations.confirm, make.confirmation_draft(key, FactKind.C2))

    make.do(store, confirmations.withdraw_confirmation, given, note="lewat telepon")
    with pytest.raises(Refused):
        make.do(store, confirmations.withdraw_confirmation, given)

    with store.read() as session:
        alarm = session.query(TaskRow).filter_by(kind=TaskKind.ALARM).one()
        assert (alarm.is_urgent, alarm.due_at) == (True, clock.now + dt.timedelta(hours=1))
    stated = make.see(store, confirmations.confirmations, key)
    assert [(c.kind, c.withdrawn_on, c.note) for c in stated] == [(FactKind.C2, dt.date(2026, 11, 2), "lewat telepon")]


def test_a_fact_is_not_withdrawn_before_it_was_stated(store):
    key = make.journey(store)
    given = make.made(store, confirmations.confirm, make.confirmation_draft(key, FactKind.OPINION))

    with pytest.raises(Refused) as refusal:
        make.do(store, confirmations.withdraw_confirmation, given, on=dt.date(2026, 11, 1))

    assert codes(refusal) == {"WITHDRAWN_BEFORE"}


def test_the_consents_of_one_form_are_one_action(store):
    key = make.journey(store)
    drafts = [make.confirmation_draft(key, kind, given_by="suami") for kind in (FactKind.C1, FactKind.C2, FactKind.C3)]

    done = make.do(store, confirmations.confirm_all, drafts)

    assert sum(t.kind == "confirmation" for t in done.touched) == 3
    assert len(make.see(store, confirmations.confirmations, key)) == 3


def test_an_unknown_case_cannot_be_confirmed_about(store):
    with pytest.raises(Refused) as refusal:
        make.do(store, confirmations.confirm, make.confirmation_draft(4711, FactKind.C1))

    assert "GONE" in codes(refusal)


def test_a_case_whose_patient_moves_takes_the_new_region(store):
    key = make.journey(store)
    draft = make.see(store, journeys.journey_draft, key)

    make.do(store, journeys.edit_journey, key, replace(draft, origin_city="Makassar"))

    assert row(store, key)["region"] is Region.EAST


def test_a_couple_that_stands_beside_each_other_already_is_not_entered_twice(store):
    one, other = make.patient(store), make.patient(store, full_name="Budi Siregar")
    draft = make.journey_draft(patient_id=0, kind=JourneyKind.CHECK_UP)
    make.do(store, journeys.open_couple, draft, first=one, second=other)

    make.do(store, journeys.open_couple, draft, first=one, second=other)

    with store.read() as session:
        assert session.query(RelatedPersonRow).count() == 2


def test_leaving_home_is_kept_on_the_case_and_a_stated_departure_wins(store):
    key = make.journey(store)

    make.confirm(store, key, FactKind.DEPARTURE)

    assert row(store, key)["departed_on"] == dt.date(2026, 11, 2)


def test_a_withdrawn_fact_that_is_no_consent_rings_no_alarm(store):
    key = make.journey(store)
    given = make.made(store, confirmations.confirm, make.confirmation_draft(key, FactKind.APPOINTMENT))

    make.do(store, confirmations.withdraw_confirmation, given)

    with store.read() as session:
        assert session.query(TaskRow).filter_by(kind=TaskKind.ALARM).count() == 0


def test_a_debt_written_once_is_not_written_again(store):
    from liaison.services.debts import write_debts

    key = make.journey(store, entry_mode=EntryMode.RUNNING, state=S.MEDICAL_REVIEW)
    before = len(debts(store, key))

    assert make.do(store, lambda s: write_debts(s, key)) == []
    assert len(debts(store, key)) == before


def test_a_fact_without_a_guard_pays_its_debt_by_being_stated(store):
    from liaison.services import work

    key = make.journey(store)
    owed = make.task_draft(journey_id=key, kind=TaskKind.DEBT, fact=FactKind.C6, title="C6")
    make.do(store, work.add_task, owed)

    make.confirm(store, key, FactKind.C6)

    assert debts(store, key) == {}


def test_a_case_whose_deposit_the_hospital_still_holds_is_not_cancelled(store):
    key = make.journey(store)
    make.made(store, payments.record_payment, make.payment_draft(key, PaymentPurpose.DEPOSIT))
    held = make.see(store, facts.facts_of, key).deposit_left
    assert held is not None

    make.made(store, payments.record_payment, make.payment_draft(key, PaymentPurpose.REFUND, amount=held))
    assert make.see(store, facts.facts_of, key).deposit_left is None
