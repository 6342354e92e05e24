"""A case from its first call to its last payment, through the window: opened, moved, printed, undone, done again."""

import datetime as dt
import shutil

import pytest
from PySide6.QtWidgets import QPushButton

from liaison.domain.claims import ClaimState
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState as G
from liaison.domain.journeys import JourneyKind, LinkKind
from liaison.domain.journeys import JourneyState as J
from liaison.domain.money import Money
from liaison.services import list_of_journeys
from liaison.services.course_steps import FOLLOW_UPS
from liaison.services.list_queries import ListQuery
from liaison.ui.pages.consents_form import consents_form
from liaison.ui.pages.cover_form import new_cover_form
from tests import make
from tests.walks.conftest import at_the_window


def open_case(officer, name="Suyanti", kind=JourneyKind.TREATMENT):
    """Ctrl+N in the list, a new person, and the case is open."""
    officer.go("journeys")
    officer.do("journeys.new")
    page = officer.page
    page.person.enter_new(name)
    page.person.form.editor("city").line.setText("Medan")
    page.form.editor("kind").set_value(kind)
    page._kind_changed()
    page.form.editor("hospital_id").take(officer.hospital, "Island Hospital")
    page.save()
    assert officer.page.place.page == "journey"
    return officer.page.place.record


def insure(officer):
    """The person's policy is written down and chosen for the case."""
    page = officer.page
    pane = new_cover_form(page.bench, page.case.patient.id)
    pane.content.policy.editor("insurer_id").set_value(officer.insurer)
    pane.content.policy.editor("policy_no").line.setText("NP-88120917")
    pane.content.cover.editor("member_no").line.setText("55010917")
    pane.save_button.click()
    press_choose(officer)


def press_choose(officer):
    """No cover is preselected: the one that is meant is pressed."""
    cover = officer.page.case.covers[0].id
    officer.page.person.findChild(QPushButton, f"cover.{cover}").click()


def consent(officer):
    """One signed form, four consents, one action."""
    page = officer.page
    pane = consents_form(page.bench, page.case.id)
    for kind in (FactKind.C1, FactKind.C2, FactKind.C3, FactKind.C4):
        pane.content.ticks[kind].box.click()
    pane.content.boxes["given_by"].editor.line.setText("pasien sendiri")
    pane.save_button.click()


def letter_in_hand(officer, journey):
    """Ask for the letter, complete its papers, write it down as issued, and let the hospital take it."""
    page = officer.go("journey", journey)
    page.mover.go(J.TRAVEL_PREP)
    page.panel.cures[0].click()
    officer.answer()
    letter = officer.case(journey).guarantees[0].id
    officer.go("letter", letter)
    officer.move(G.REQUESTED)
    officer.later(hours=3)
    officer.move(G.ISSUED)
    officer.move(G.ACCEPTED)
    assert officer.letter(letter).state is G.ACCEPTED
    officer.go("journey", journey)
    return letter


def final_letter(officer, journey, letter):
    """The bill and the summary, then the final letter with its excess."""
    officer.go("letter", letter)
    officer.move(G.FINAL_REQUESTED)
    officer.move(G.FINAL_ISSUED)
    officer.go("journey", journey)


def whole_claim(officer, journey):
    """A claim of the case, from its form to the payment."""
    page = officer.go("claim_new", journey=journey)
    page.form.editor("claim_no").line.setText("NP-9001")
    page.save()
    if officer.page is page:
        page.save()
    claim = officer.page.place.record
    if officer.claim(claim).state is ClaimState.INCOMPLETE:
        officer.page.side.complete()
        officer.answer()
    assert officer.claim(claim).state is ClaimState.READY
    officer.move(ClaimState.SUBMITTED, channel="PORTAL")
    officer.move(ClaimState.REGISTERED, claim_no="NP-9001")
    officer.move(ClaimState.IN_REVIEW)
    officer.later(days=6)
    officer.move(ClaimState.APPROVED)
    officer.move(ClaimState.PAYMENT_PENDING)
    officer.move(ClaimState.PAID)
    officer.move(ClaimState.CLOSED)
    assert officer.claim(claim).state is ClaimState.CLOSED
    return claim


def live_through(officer):
    """Everything that happens to a treatment abroad; gives the case, its letter and its claim."""
    journey = open_case(officer)
    officer.type_in_place("patient.phone", "0812-3456-7890")
    insure(officer)
    consent(officer)
    for state in (J.INTAKE, J.ELIGIBILITY, J.MEDICAL_REVIEW, J.ESTIMATE, J.DECISION, J.PREAUTH):
        officer.move(state)
        officer.later(days=1)
        assert officer.case(journey).state is state
    letter = letter_in_hand(officer, journey)
    for state in (J.TRAVEL_PREP, J.EN_ROUTE, J.WORKUP, J.ADMITTED, J.DISCHARGE_PENDING):
        officer.move(state)
        officer.later(days=1)
        assert officer.case(journey).state is state
    final_letter(officer, journey, letter)
    for state in (J.DISCHARGED, J.RETURNED, J.FOLLOW_UP):
        officer.move(state)
        officer.later(days=1)
        assert officer.case(journey).state is state
    claim = whole_claim(officer, journey)
    officer.go("journey", journey)
    officer.move(J.CLOSED)
    return journey, letter, claim


def all_journeys(officer):
    return list(officer.see(list_of_journeys.journey_ids, ListQuery(text="")))


@pytest.fixture(scope="module")
def lived(qapp, new_office, tmp_path_factory):
    """A case after its whole life, as left when the window closed: folder, time, keys, number of steps."""
    template, keys = new_office
    folder = tmp_path_factory.mktemp("lived") / "office"
    shutil.copytree(template, folder)
    clock = make.TestClock()
    with at_the_window(qapp, folder, clock) as who:
        who.hospital, who.insurer = keys["hospital"], keys["insurer"]
        before = who.steps_done()
        journey, letter, claim = live_through(who)
        steps = who.steps_done() - before
    return folder, clock.now, {"journey": journey, "letter": letter, "claim": claim}, steps


@pytest.fixture
def next_day(qapp, lived, tmp_path):
    """The window opened again on the day after, on a copy of that store."""
    folder, now, keys, steps = lived
    shutil.copytree(folder, tmp_path / "office")
    clock = make.TestClock()
    clock.now = now + dt.timedelta(days=1)
    with at_the_window(qapp, tmp_path / "office", clock) as who:
        who.keys, who.steps = keys, steps
        yield who


def test_a_case_lives_its_whole_life_through_the_window(next_day):
    case = next_day.case(next_day.keys["journey"])

    assert case.state is J.CLOSED
    assert not case.overrides
    assert [task.title.message for task in case.open_tasks] == [title for _days, title in FOLLOW_UPS]
    assert next_day.letter(next_day.keys["letter"]).ceiling_now == Money.of(45_000, "MYR")
    assert next_day.claim(next_day.keys["claim"]).paid == Money.of(36_200, "MYR")
    assert [step.status.value for step in case.stages] == ["done"] * 6


def test_the_case_summary_is_printed_from_the_case(next_day):
    next_day.go("journey", next_day.keys["journey"]).print_button.click()

    assert next_day.page.place.page == "reports"
    assert next_day.page._result is not None
    assert next_day.page._result.data.startswith(b"%PDF")


def test_a_whole_life_is_taken_back_step_by_step_to_nothing_and_done_again(next_day):
    assert next_day.steps > 40
    next_day.go("journeys")

    for _step in range(next_day.steps):
        next_day.program.frame.undo()
    assert all_journeys(next_day) == []
    for _step in range(next_day.steps):
        next_day.program.frame.undoing.redo()

    assert next_day.case(next_day.keys["journey"]).state is J.CLOSED
    assert next_day.letter(next_day.keys["letter"]).state is G.CLOSED
    assert next_day.claim(next_day.keys["claim"]).state is ClaimState.CLOSED


def test_a_couples_check_up_is_opened_in_one_go_and_goes_without_a_letter(officer):
    officer.go("journey_new")
    page = officer.page
    page.form.editor("kind").set_value(JourneyKind.CHECK_UP)
    page._kind_changed()
    page.couple.setChecked(True)
    page.person.enter_new("Hendra Wijaya")
    page.partner.enter_new("Lina Wijaya")
    page.save()
    first = officer.page.place.record
    second = officer.case(first).links[0]
    assert second.link is LinkKind.COMPANION_CASE
    assert len(all_journeys(officer)) == 2

    consent(officer)
    for state in (J.INTAKE, J.ESTIMATE, J.DECISION, J.TRAVEL_PREP, J.EN_ROUTE, J.WORKUP, J.DISCHARGED):
        officer.move(state)
        assert officer.case(first).state is state

    assert officer.case(first).guarantees == ()
    assert officer.case(second.id).state is J.ENQUIRY


def test_a_second_opinion_is_answered_without_travel_and_that_is_a_success(officer):
    journey = open_case(officer, "Bambang Sutrisno", JourneyKind.SECOND_OPINION)
    consent(officer)
    officer.move(J.INTAKE)
    officer.move(J.MEDICAL_REVIEW)

    officer.move(J.CLOSED, note="dua dokter setuju, tidak perlu operasi")

    case = officer.case(journey)
    assert case.state is J.CLOSED
    assert case.was_answered
    assert case.closed_note == "dua dokter setuju, tidak perlu operasi"
    officer.program.frame.undo()
    assert officer.case(journey).state is J.MEDICAL_REVIEW


def test_a_refused_save_marks_both_fields_and_writes_nothing(officer):
    journey = open_case(officer)
    insure(officer)
    page = officer.go("claim_new", journey=journey)
    before = officer.steps_done()
    page.billed.line.setText("0,00")
    page.form.editor("submitted_on").line.setText("1/1/2030")

    page.save()

    assert page.form.boxes["billed"].problem_text
    assert page.form.boxes["submitted_on"].problem_text
    assert page.form.boxes["claim_no"].problem_text == ""
    assert officer.steps_done() == before
    assert officer.page is page


def test_a_state_moved_on_one_page_shows_in_the_other_pages_table(officer, qtbot):
    from liaison.ui.pages.journeys import JourneysPage
    from liaison.ui.places import Place

    journey = open_case(officer)
    officer.type_in_place("patient.phone", "0812-3456-7890")
    other = JourneysPage(officer.program.frame.desk, Place(page="journeys"))
    qtbot.addWidget(other)
    other.start()
    stage = next(c for c in other.table.columns if c.key == "state")
    before = stage.value(other.table.row_at(0))

    officer.move(J.INTAKE)

    assert officer.case(journey).state is J.INTAKE
    assert stage.value(other.table.row_at(0)) != before


def test_what_happened_is_told_in_the_history_of_the_case(officer):
    journey = open_case(officer)
    officer.type_in_place("patient.phone", "0812-3456-7890")
    officer.move(J.INTAKE)

    officer.page._history()

    assert officer.page.place.page == "history"
    assert officer.page.place.record == journey
    assert officer.page.table.count >= 2
