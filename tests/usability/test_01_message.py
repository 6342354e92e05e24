"""Task 1: register a new case from this WhatsApp message, in at most 25 actions."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QApplication

from liaison.domain.calendars import Calendar
from liaison.domain.facts import FactKind
from liaison.domain.journeys import SourceChannel
from liaison.domain.work import NoteChannel, TaskKind
from liaison.services import quick_add, today
from liaison.store.models import CoverRow, JourneyRow, NoteRow, PatientRow, PolicyRow, TaskRow
from liaison.ui.places import Place
from tests import make

BUDGET = 25
MESSAGE = "Istri saya Suyanti 46th Medan mau kontrol jantung ke Penang tgl 28, AIA, wa saya 0812-3456-7890"


@pytest.fixture
def with_aia(at_desk):
    """An office that has the insurer of the message on record."""
    with at_desk.program.runner.store.write("Test step") as session:
        from liaison.services import network

        network.add_organization(session, make.insurer_draft(name="AIA"))
    return at_desk


def opened_case(who):
    assert who.page.place.page == "journey"
    return who.case(who.page.place.record)


def test_a_pasted_message_is_a_case_in_at_most_25_keys_and_clicks(with_aia, acting):
    who = with_aia
    acting.copied(MESSAGE)

    with acting.within(BUDGET):
        acting.keys("Ctrl+Shift+V")
        page = who.page
        assert len(page.form.unseen) >= 9, "every guess is marked before the eye has passed over it"
        while page.form.unseen:
            acting.keys("Tab")
        acting.keys("Ctrl+Return")

    case = opened_case(who)
    assert case.patient.full_name == "Suyanti"
    assert case.patient.phone.replace("-", "").replace(" ", "") == "+6281234567890"
    assert case.patient.phone_owner == "suami"
    assert case.patient.birth_date is None
    assert "46th" in case.patient.note
    assert case.patient.city == "Medan"
    assert (case.destination_city, case.destination_country) == ("Penang", "MY")
    assert case.need == "kontrol jantung"
    assert case.planned_admission_on == dt.date(2026, 11, 28)
    assert case.source_channel is SourceChannel.WHATSAPP
    assert case.cover is not None
    steps = who.see(today.tasks_of, case.id)
    assert [s.fact for s in steps if s.kind is TaskKind.DEBT] == [FactKind.C1]
    first = next(s for s in steps if s.kind is TaskKind.STEP)
    assert first.due_at is not None
    assert first.has_time


def test_the_message_is_the_first_note_word_for_word(with_aia, acting):
    acting.copied(MESSAGE)

    acting.keys("Ctrl+Shift+V", "Ctrl+Return")

    case = opened_case(with_aia)
    notes = [item for item in case.timeline if item.kind == "note"]
    assert [n.channel.value for n in notes] == [NoteChannel.WHATSAPP.value]
    assert with_aia.see(lambda s: s.get(NoteRow, notes[0].id).text) == MESSAGE


def test_one_undo_takes_the_whole_case_back(with_aia, acting):
    acting.copied(MESSAGE)
    acting.keys("Ctrl+Shift+V", "Ctrl+Return")
    before = opened_case(with_aia)

    acting.click(with_aia.program.frame._toast.button)

    with with_aia.program.runner.store.read() as session:
        left = {row.__tablename__: session.query(row).count() for row in (
            JourneyRow, PatientRow, NoteRow, TaskRow, PolicyRow, CoverRow)}  # fmt: skip
    assert before.id
    assert set(left.values()) == {0}, left


def test_the_same_by_mouse_alone(with_aia, acting):
    acting.copied(MESSAGE)
    with_aia.go("today")
    with acting.within(BUDGET):
        acting.click(with_aia.page.message_button)
        acting.click(with_aia.page.save_button)

    assert opened_case(with_aia).patient.full_name == "Suyanti"


def test_escape_keeps_what_stands_in_the_form(with_aia, acting):
    acting.copied(MESSAGE)
    acting.keys("Ctrl+Shift+V", "Tab", "Tab")
    acting.type("x")
    acting.keys("Escape")
    assert with_aia.page.place.page == "today"

    acting.copied("")
    acting.keys("Ctrl+Shift+V")

    form = with_aia.page.form
    assert form.text.typed() == MESSAGE
    assert form.editor("full_name").typed() == "Suyanti"
    assert "full_name" not in form.unseen
    assert "city" in form.unseen


def test_with_nothing_copied_the_form_waits_for_a_text(at_desk, acting):
    acting.copied("")

    acting.keys("Ctrl+Shift+V")
    acting.type("Budi Santoso, Medan, wa 0812 3456 7890")
    acting.wait(400)

    assert at_desk.page.form.text.box is QApplication.focusWidget()
    assert at_desk.page.form.editor("full_name").typed() == "Budi Santoso"


def test_somebody_on_record_is_used_with_one_key(with_aia, acting):
    with with_aia.program.runner.store.write("Test step") as session:
        from liaison.services import patients

        known = patients.add_patient(
            session, make.patient_draft(full_name="Suyanti", phone="0812-3456-7890", birth_date=None)
        ).made
    acting.copied(MESSAGE)

    acting.keys("Ctrl+Shift+V", "Alt+S", "Ctrl+Return")

    assert opened_case(with_aia).patient.id == known


def test_a_name_without_a_contact_is_refused_at_the_field(at_desk, acting):
    acting.copied("Nama: Suyanti, Medan")
    before = at_desk.steps_done()

    acting.keys("Ctrl+Shift+V", "Ctrl+Return")

    assert at_desk.page.place == Place(page="message")
    assert at_desk.page.form.boxes["phone"].problem_text
    assert at_desk.steps_done() == before


def test_calling_back_falls_into_working_hours():
    friday_evening = dt.datetime(2026, 11, 20, 11, 5, tzinfo=dt.UTC)  # 18.05 in Medan
    afternoon = dt.datetime(2026, 11, 20, 7, 5, tzinfo=dt.UTC)  # 14.05

    assert quick_add.next_working_hour(friday_evening, Calendar()) == dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)
    assert quick_add.next_working_hour(afternoon, Calendar()) == dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
