"""Views that are named, the same step for many, periods, and what chosen rows come to."""

import datetime as dt

import pytest

from liaison.domain.errors import Refused
from liaison.domain.journeys import CancelReason, JourneyState
from liaison.domain.money import Money
from liaison.domain.periods import Period, Span, span_of
from liaison.services import claims, history, journeys, list_of_claims, list_of_journeys, list_views, views
from liaison.services.bulk_changes import Assign, Hold, MoveJourneys, NextStep, SomeRefused, change_journeys
from liaison.services.list_queries import ListQuery
from liaison.services.list_views import KeptView, ViewColumn
from tests import make

D = dt.date


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.THIS_MONTH, D(2026, 1, 1), D(2026, 1, 31)),
        (Period.LAST_MONTH, D(2025, 12, 1), D(2025, 12, 31)),
        (Period.THIS_QUARTER, D(2026, 1, 1), D(2026, 3, 31)),
        (Period.LAST_QUARTER, D(2025, 10, 1), D(2025, 12, 31)),
        (Period.THIS_YEAR, D(2026, 1, 1), D(2026, 12, 31)),
        (Period.LAST_YEAR, D(2025, 1, 1), D(2025, 12, 31)),
    ],
)
def test_a_period_is_whole_calendar_months(period, first, last):
    assert span_of(period, D(2026, 1, 31)) == Span(first=first, last=last)


def test_a_period_goes_by_the_date_that_was_named(store):
    opened = make.journey(store)

    def found(**asked):
        return list(make.see(store, list_of_journeys.journey_ids, ListQuery(**asked)))

    assert found(period=Period.THIS_MONTH, basis="opened") == [opened]
    assert found(period=Period.LAST_MONTH, basis="opened") == []
    assert found(period=Period.THIS_MONTH, basis="admitted") == []
    assert found(period=Period.THIS_MONTH, basis="ended") == []


def filed(store):
    person = make.patient(store)
    cover = make.cover(store, person, make.any_insurer(store))
    return make.made(store, claims.file_claim, make.claim_draft(patient_id=person, cover_id=cover))


def test_chosen_claims_come_to_one_sum_per_currency(store):
    claim = filed(store)
    footing = make.see(store, list_of_claims.chosen_claims, [claim])
    assert footing.rows == footing.persons == 1
    assert all(isinstance(m, Money) for m in footing.sums)
    assert make.see(store, list_of_claims.chosen_claims, []).rows == 0


def test_groups_say_what_they_come_to(store):
    filed(store)
    groups = make.see(store, list_of_claims.claim_groups, ListQuery(group="insurer"))
    assert [g.sums for g in groups] == [make.see(store, list_of_claims.claim_footing, ListQuery()).sums]
    make.journey(store)
    assert all(g.count for g in make.see(store, list_of_journeys.journey_groups, ListQuery(group="stage")))


# the same step for many


@pytest.fixture
def three(store):
    person = make.patient(store)
    return [make.journey(store, patient_id=person) for _ in range(3)]


def test_a_step_for_many_is_one_action_and_one_undo(store, three):
    make.do(store, change_journeys, three, Hold(reason="menunggu paspor"))
    assert all(make.see(store, views.journey_view, key).held_since for key in three)

    last = make.see(store, lambda s: history.recent_actions(s, limit=1))[0]
    store.undo(last.id)
    assert not any(make.see(store, views.journey_view, key).held_since for key in three)


def test_nothing_is_half_done_where_some_refuse_and_each_is_named(store, three):
    make.do(store, journeys.cancel, three[1], reason=CancelReason.COST)
    with pytest.raises(SomeRefused) as refused:
        make.do(store, change_journeys, three, MoveJourneys(to=JourneyState.INTAKE))
    assert three[1] in refused.value.by_id
    assert refused.value.names[three[1]]
    assert make.see(store, views.journey_view, three[0]).state is JourneyState.ENQUIRY


def test_a_next_step_and_an_officer_reach_every_chosen_case(store, three):
    due = make.START + dt.timedelta(days=2)
    make.do(store, change_journeys, three, NextStep(title="Telepon keluarga", due_at=due))
    me = make.see(store, lambda s: s.info["officer_id"])
    make.do(store, change_journeys, three, Assign(officer_id=me))
    for line in make.see(store, list_of_journeys.journey_page, three):
        assert line.due_at is not None
        assert line.officer == make.OFFICER


# views


def own(store):
    return make.see(store, list_views.views_of, "journeys")


def test_a_view_is_kept_renamed_shared_as_a_locked_copy_and_deleted(store):
    view = KeptView(name="Medan saja", filter="kota:medan", columns=(ViewColumn(key="city", width=90),))
    make.do(store, list_views.keep_view, "journeys", view)
    (kept,) = own(store)
    assert kept.same_as(view)
    assert kept.columns == view.columns

    make.do(store, list_views.share_view, "journeys", kept.key)
    make.do(store, list_views.rename_view, "journeys", kept.key, "Medan")
    make.do(store, list_views.keep_view, "journeys", list_views.replace(own(store)[0], filter="kota:jakarta"))
    mine, shared = own(store)
    assert (mine.name, mine.filter) == ("Medan", "kota:jakarta")
    assert (shared.name, shared.filter, shared.shared, shared.by) == ("Medan saja", "kota:medan", True, make.OFFICER)

    with pytest.raises(Refused):
        make.do(store, list_views.keep_view, "journeys", shared)
    make.do(store, list_views.delete_view, "journeys", kept.key)
    assert own(store) == (shared,)

    last = make.see(store, lambda s: history.recent_actions(s, limit=1))[0]
    store.undo(last.id)
    assert [v.name for v in own(store)] == ["Medan", "Medan saja"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "medan"])
def test_a_view_needs_a_short_name_of_its_own(store, name):
    make.do(store, list_views.keep_view, "claims", KeptView(name="Medan"))
    with pytest.raises(Refused):
        make.do(store, list_views.keep_view, "claims", KeptView(name=name))
    with pytest.raises(Refused):
        make.do(store, list_views.rename_view, "claims", "own-9", "Lain")
