"""A new case: who, at which stage, what it will owe, by which cover; couples and emergencies in one go."""

import datetime as dt

import pytest

from liaison.domain.journeys import EntryMode, JourneyKind, LinkKind
from liaison.domain.journeys import JourneyState as J
from liaison.domain.people import PatientDraft
from liaison.domain.work import NoteChannel, WaitingOn
from liaison.services import views
from liaison.store import history
from liaison.ui.pages.note_words import NoteMeant, NotUnderstood, StepMeant, read_line
from liaison.ui.pages.person_picker import name_and_phone
from tests.ui.secrets_of import everything_said

pytestmark = pytest.mark.bare


@pytest.fixture
def form(at_home):
    page = at_home.go("journey_new")
    page.at = at_home
    return page


def opened(form):
    """The case that the window shows after the save."""
    place = form.at.page.place
    assert place.page == "journey"
    return form.at.see(views.journey_view, place.record)


def new_person(picker, name="Siti Rahmawati", phone="0813-1111-2222"):
    picker.enter_new(name)
    picker.form.editor("phone").line.setText(phone)
    picker.form.editor("city").line.setText("Medan")


def test_a_number_typed_into_the_search_goes_into_the_telephone_of_the_new_person(at_home):
    form = at_home.go("journey_new", name="Suyanti 0812-3456-7890").person.form

    assert form.editor("full_name").value() == "Suyanti"
    assert form.editor("phone").value() == "0812-3456-7890"
    assert name_and_phone("0812 3456 7890") == ("", "0812 3456 7890")
    assert name_and_phone("MDN-26-A0412") == ("", "")


def test_a_new_person_and_the_case_are_opened_as_one_action(form):
    new_person(form.person)
    form.form.editor("need").box.setPlainText("kontrol jantung")

    form.save()

    case = opened(form)
    assert case.patient.full_name == "Siti Rahmawati"
    assert case.state is J.ENQUIRY
    assert case.origin_city == "Medan"
    form.at.frame.undo()
    with form.at.store.read() as session:
        assert history.actions(session, limit=1)[0].kind == "undo"


def test_nobody_chosen_is_said_at_the_search_line_and_nothing_is_written(form):
    before = form.at.see(lambda session: len(history.actions(session, limit=1000)))

    form.save()

    assert form.person.problem.isVisible()
    assert form.at.see(lambda session: len(history.actions(session, limit=1000))) == before


def test_somebody_who_may_be_the_same_is_shown_while_typing_and_can_be_taken(form):
    form.person.enter_new("Suyanti")
    form.person.form.editor("phone").line.setText("0812-3456-7890")
    form.person.look()
    assert form.person.same.isVisible()
    assert form.person._similar[0].id == form.at.ids["patient"]

    form.person.choose(form.person._similar[0].id)

    assert not form.person.is_new
    assert form.person.read() == form.at.ids["patient"]
    assert form.person.same.isHidden()


def test_a_known_person_brings_their_covers_and_none_is_preselected(form):
    form.person.choose(form.at.ids["patient"])

    assert form.cover.value() is None
    assert [value for value, _words in form.cover._choices] == [None, form.at.ids["cover"]]
    form.cover.set_value(form.at.ids["cover"])
    form.save()

    assert opened(form).cover.id == form.at.ids["cover"]


def test_a_running_case_lists_what_it_will_owe_before_anything_is_written(form):
    new_person(form.person)
    form.form.editor("entry_mode").set_value(EntryMode.RUNNING)
    form.stage.set_value(J.PREAUTH)
    form._show_side()
    promised = {debt.fact for debt in form._owed()}

    form.save()

    case = opened(form)
    assert case.state is J.PREAUTH
    assert promised
    assert {task.fact for task in case.debts} == promised
    assert all(task.due_at for task in case.debts)


def test_an_emergency_begins_in_hospital_with_its_debts_due_by_the_hour(form):
    new_person(form.person)
    form.form.editor("entry_mode").set_value(EntryMode.EMERGENCY)
    form._mode_changed()

    form.save()

    case = opened(form)
    assert case.state is J.ADMITTED
    first = min(task.due_at for task in case.debts)
    assert first - form.at.clock() <= dt.timedelta(hours=4)


def test_a_stage_that_is_chosen_is_not_taken_away_by_the_emergency(form):
    form.stage.set_value(J.EN_ROUTE)
    form._stage_chosen()

    form.form.editor("entry_mode").set_value(EntryMode.EMERGENCY)
    form._mode_changed()

    assert form.stage.value() is J.EN_ROUTE


def test_the_kind_of_case_picks_the_stages_that_are_offered(form):
    form.form.editor("kind").set_value(JourneyKind.SECOND_OPINION)
    form._kind_changed()
    offered = {value for value, _words in form.stage._choices}

    assert J.MEDICAL_REVIEW in offered
    assert J.ADMITTED not in offered
    assert form.couple.isHidden()


def test_a_couples_check_up_is_two_linked_cases_in_one_action(form):
    form.form.editor("kind").set_value(JourneyKind.CHECK_UP)
    form._kind_changed()
    assert form.couple.isVisible()
    form.couple.setChecked(True)
    new_person(form.person, "Hendra Wijaya")
    new_person(form.partner, "Lina Wijaya", "0813-1111-3333")

    form.save()

    case = opened(form)
    assert case.kind is JourneyKind.CHECK_UP
    assert [(link.name, link.link) for link in case.links] == [("Lina Wijaya", LinkKind.COMPANION_CASE)]
    assert case.patient.related[0].is_companion
    form.at.frame.undo()
    assert form.at.see(lambda session: history.actions(session, limit=1)[0].kind) == "undo"


def test_a_couple_is_two_different_people(form):
    form.form.editor("kind").set_value(JourneyKind.CHECK_UP)
    form._kind_changed()
    form.couple.setChecked(True)
    form.person.choose(form.at.ids["patient"])
    form.partner.choose(form.at.ids["patient"])

    form.save()

    assert form.at.page is form
    assert form.person.problem.isVisible()


def test_dates_the_wrong_way_round_are_refused_at_their_field(form):
    new_person(form.person)
    form.form.editor("planned_admission_on").line.setText("20/12/2026")
    form.form.editor("planned_return_on").line.setText("1/12/2026")

    form.save()

    assert form.form.boxes["planned_return_on"].problem_text
    assert form.at.page is form


def test_what_is_typed_survives_being_built_anew(form):
    new_person(form.person)
    form.person.form._field_changed("full_name")
    form.person.form._field_changed("phone")
    form.form.editor("need").box.setPlainText("kontrol jantung")
    form.form._field_changed("need")
    form.stage.set_value(J.ESTIMATE)
    kept = form.keep()

    again = form.at.go("journeys") and form.at.go("journey_new")
    again.resume(kept)

    draft = again.person.read()
    assert isinstance(draft, PatientDraft)
    assert draft.full_name == "Siti Rahmawati"
    assert again.form.read().need == "kontrol jantung"
    assert again.stage.value() is J.ESTIMATE


def test_the_palette_may_hand_over_a_name_or_a_person(at_home):
    named = at_home.go("journey_new", name="Maruli Tampubolon")
    assert named.person.form.editor("full_name").typed() == "Maruli Tampubolon"

    known = at_home.go("journey_new", patient=at_home.ids["patient"])
    assert known.person.read() == at_home.ids["patient"]


# the one-line grammar

NOW = dt.datetime(2026, 11, 20, 7, 5, tzinfo=dt.UTC)
OFFICERS = ((7, "Ayu Lestari"),)


@pytest.mark.parametrize(
    ("line", "text", "due", "has_time"),
    [
        ("telp GL /besok 10", "telp GL", dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC), True),
        ("telp GL /tomorrow 10.30", "telp GL", dt.datetime(2026, 11, 21, 3, 30, tzinfo=dt.UTC), True),
        ("telp GL /Sen", "telp GL", dt.datetime(2026, 11, 23, 16, 59, tzinfo=dt.UTC), False),
        ("telp GL /+3j", "telp GL", dt.datetime(2026, 11, 20, 10, 5, tzinfo=dt.UTC), True),
        ("telp GL /+2hari", "telp GL", dt.datetime(2026, 11, 22, 16, 59, tzinfo=dt.UTC), False),
        ("telp GL /15.12", "telp GL", dt.datetime(2026, 12, 15, 16, 59, tzinfo=dt.UTC), False),
        ("/16 telp GL", "telp GL", dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC), True),
    ],
)
def test_a_time_behind_a_slash_is_read_in_either_language(line, text, due, has_time):
    meant = read_line(line, now=NOW, officers=OFFICERS)

    assert isinstance(meant, StepMeant)
    assert (meant.text, meant.due_at, meant.has_time) == (text, due, has_time)


def test_an_officer_and_urgency_are_read_wherever_they_stand():
    meant = read_line("telp GL @ayu /besok 10 !", now=NOW, officers=OFFICERS)

    assert meant == StepMeant(
        text="telp GL", due_at=dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC), has_time=True, officer_id=7,
        officer="Ayu Lestari", is_urgent=True,
    )  # fmt: skip


@pytest.mark.parametrize("line", ["telp /3h", "telp /entah"])
def test_a_time_that_means_two_things_or_none_is_not_guessed(line):
    assert isinstance(read_line(line, now=NOW), NotUnderstood)


def test_a_channel_word_alone_is_only_a_note():
    meant = read_line("telp", now=NOW)

    assert isinstance(meant, NoteMeant)
    assert meant.channel.value == "NOTE"


PARTIES = ((WaitingOn.INSURER, "Nusa Proteksi"), (WaitingOn.HOSPITAL, "Island Hospital"))


def test_what_was_said_before_the_slash_is_noted_and_what_stands_after_the_time_becomes_the_step():
    meant = read_line("telp Nusa: minta hasil lab /besok 10 telp Nusa lagi", now=NOW, parties=PARTIES)

    assert meant.note == NoteMeant(channel=NoteChannel.CALL, text="telp Nusa: minta hasil lab")
    assert (meant.text, meant.has_time) == ("telp Nusa lagi", True)


@pytest.mark.parametrize(
    ("line", "party", "name"),
    [
        ("kirim hasil lab #nusa /besok", WaitingOn.INSURER, "Nusa Proteksi"),
        ("kirim hasil lab #nusa-proteksi /besok", WaitingOn.INSURER, "Nusa Proteksi"),
        ("tanya jadwal #rs /besok", WaitingOn.HOSPITAL, "Island Hospital"),
        ("ask for the passport #family /tomorrow", WaitingOn.PATIENT, ""),
    ],
)
def test_a_sign_says_whom_the_step_waits_for(line, party, name):
    meant = read_line(line, now=NOW, parties=PARTIES)

    assert (meant.waiting_on, meant.waiting_for) == (party, name)
    assert "#" not in meant.text


def test_a_step_asked_for_every_day_needs_no_words_of_its_own():
    meant = read_line(">GL", now=NOW, parties=PARTIES)

    assert meant.template.title == "Follow up the guarantee letter"
    assert (meant.waiting_on, meant.has_time, meant.note) == (WaitingOn.INSURER, False, None)


def test_a_deadline_behind_an_exclamation_mark_is_urgent():
    meant = read_line("kirim dokumen klaim !15/12", now=NOW)

    assert meant.is_urgent
    assert meant.due_at.date() == dt.date(2026, 12, 15)
    assert meant.text == "kirim dokumen klaim"


@pytest.mark.parametrize("line", ["harga #1 di Penang", "ibu > bapak", "awas! mahal", "a @nobody b"])
def test_signs_that_mean_nothing_are_words_like_any_other(line):
    assert read_line(line, now=NOW, parties=PARTIES) == NoteMeant(channel=NoteChannel.NOTE, text=line)


def test_a_new_person_half_typed_is_out_of_sight_while_people_are_hidden_and_comes_back(at_home):
    page = at_home.go("journey_new")
    page.person.enter_new()
    page.person.form.editor("full_name").retype("Suyanti")
    page.person.form.editor("full_name").changed.emit()

    at_home.frame.shared.masking.switch()
    at_home.settle(80)
    said = " ".join(text for text in everything_said(at_home.frame) if text)
    at_home.frame.shared.masking.switch()
    at_home.settle(80)

    assert "Suyanti" not in said
    assert at_home.page.person.form.editor("full_name").typed() == "Suyanti"
