"""Task 9: you closed 30 cases by mistake; take it back, right after with one key, the next day through the history."""

import pytest

from liaison.domain.journeys import JourneyState
from liaison.services import history, list_of_journeys, views
from liaison.services.list_queries import ListQuery
from tests import make

pytestmark = pytest.mark.bare

RIGHT_AFTER, NEXT_DAY = 1, 6
CASES = 30


@pytest.fixture
def closed(at_desk, acting):
    """Thirty cases at the medical review, closed together from the list, and one more that was left alone."""
    store = at_desk.program.runner.store
    person = make.patient(store)
    keys = [make.journey(store, patient_id=person, state=JourneyState.MEDICAL_REVIEW) for _ in range(CASES)]
    other = make.journey(store, patient_id=person)
    at_desk.go("journeys", filter="tahap:2")
    page = at_desk.page
    assert page.table.count == CASES
    acting.keys(page.view, "Ctrl+A", "K")
    acting.type("salah tutup")
    acting.keys("Return")
    return at_desk, keys, other


def states(who, keys):
    return {who.see(views.journey_view, key).state for key in keys}


def test_thirty_cases_are_closed_in_one_action_and_right_after_one_key_opens_them_again(closed, acting):
    who, keys, other = closed
    assert states(who, keys) == {JourneyState.CLOSED}
    assert states(who, [other]) == {JourneyState.ENQUIRY}
    last = who.see(lambda s: history.recent_actions(s, limit=1))[0]
    assert last.title == "Close cases"

    with acting.within(RIGHT_AFTER):
        acting.keys("Ctrl+Z")

    assert states(who, keys) == {JourneyState.MEDICAL_REVIEW}
    assert states(who, [other]) == {JourneyState.ENQUIRY}


def test_the_next_day_the_history_takes_the_one_line_back(closed, acting):
    who, keys, other = closed
    who.program.clock.forward(days=1)
    make.patient(who.program.runner.store)
    before = list(who.see(list_of_journeys.journey_ids, ListQuery()))

    with acting.within(NEXT_DAY):
        acting.keys("Ctrl+7")
        while who.page.view.current_row().what.text(who.page.desk.words) != who.page.desk.words("Close cases"):
            acting.keys("Down")
        acting.keys("Return")

    assert states(who, keys) == {JourneyState.MEDICAL_REVIEW}
    assert states(who, [other]) == {JourneyState.ENQUIRY}
    assert list(who.see(list_of_journeys.journey_ids, ListQuery())) == before
