from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from liaison.domain.action_plans import ActivityDraft, Horizon, MilestoneDraft, Progress
from liaison.domain.agreements import AgreementDraft, AgreementKind, Area, KeptDraft
from liaison.domain.errors import Refused
from liaison.domain.indicators import Direction, IndicatorDraft, Level, Mark, Measure, ValueDraft, median
from liaison.domain.money import Money
from liaison.domain.periods import Period, span_of
from liaison.i18n import Language
from liaison.services import action_plans, agreement_views, agreements, history, indicators
from liaison.services.changes import today
from liaison.services.exports import claims_grid, journeys_grid
from liaison.services.list_queries import ListQuery
from liaison.services.list_views import KeptView, keep_view
from liaison.services.measures import Question, measured
from liaison.store.models import ClaimRow, GuaranteeRow, JourneyRow, PatientRow
from tests import make

TODAY = dt.date(2026, 11, 2)


@pytest.fixture
def agreement(store):
    return make.made(
        store, agreements.add_agreement,
        AgreementDraft(kind=AgreementKind.SERVICE, title="Letters", signed_on=dt.date(2025, 1, 1)),
    )  # fmt: skip


def codes(refused):
    return {p.code for p in refused.value.problems}


def activity(agreement, **values):
    good = {
        "agreement_id": agreement, "area": Area.JOINT_LAB, "title": "Open the laboratory", "horizon": Horizon.SHORT,
        "owner": "Kemenkes", "due_on": dt.date(2026, 10, 1), "budget": Money(250_000_000_00, "IDR"),
    }  # fmt: skip
    return ActivityDraft(**{**good, **values})


def test_an_activity_stands_with_its_budget_and_is_late_until_it_is_closed(store, agreement):
    key = make.made(store, action_plans.add_activity, activity(agreement))

    line = make.see(store, action_plans.activity, key)
    assert (line.progress, line.days_late, line.budget) == (Progress.LATE, 32, Money(250_000_000_00, "IDR"))
    assert make.see(store, action_plans.activity_draft, key) == activity(agreement)
    with pytest.raises(Refused) as refused:
        make.do(store, action_plans.close_activity, key, KeptDraft(finished_on=TODAY))
    assert codes(refused) == {"NO_EVIDENCE"}

    make.do(store, action_plans.close_activity, key, KeptDraft(finished_on=TODAY, evidence="opening report"))

    assert make.see(store, action_plans.activity, key).progress is Progress.DONE


def test_milestones_are_counted_and_the_first_open_one_is_what_is_due_next(store, agreement):
    key = make.made(store, action_plans.add_activity, activity(agreement, due_on=dt.date(2027, 5, 1)))
    first = make.made(store, action_plans.add_milestone, MilestoneDraft(activity_id=key, title="Rooms", due_on=TODAY))
    make.made(store, action_plans.add_milestone,
              MilestoneDraft(activity_id=key, title="Staff", due_on=dt.date(2027, 1, 1)))  # fmt: skip
    make.do(store, action_plans.close_milestone, first, KeptDraft(finished_on=TODAY, evidence="photo"))

    line = make.see(store, action_plans.activity, key)
    assert (line.reached, len(line.milestones)) == (1, 2)
    (register,) = make.see(store, agreement_views.agreement_lines)
    assert register.next_due.title == "Staff"
    new = MilestoneDraft(activity_id=key, title="Trained staff", due_on=dt.date(2027, 2, 1))
    make.do(store, action_plans.edit_milestone, line.milestones[1].id, new)
    assert make.see(store, action_plans.milestone_draft, line.milestones[1].id) == new


def test_activities_stand_with_what_is_most_late_first_and_what_is_over_last(store, agreement):
    later = make.made(store, action_plans.add_activity, activity(agreement, title="B", due_on=dt.date(2027, 1, 1)))
    late = make.made(store, action_plans.add_activity, activity(agreement, title="A"))
    over = make.made(store, action_plans.add_activity, activity(agreement, title="C"))
    make.do(store, action_plans.close_activity, over, KeptDraft(finished_on=TODAY, dropped_because="no budget"))
    make.do(store, action_plans.edit_activity, later, activity(agreement, title="B2", due_on=dt.date(2027, 2, 1)))

    assert [a.id for a in make.see(store, action_plans.activity_lines)] == [late, later, over]


def indicator(agreement, **values):
    good = {
        "agreement_id": agreement, "area": Area.TRAINING, "name": "Staff trained", "level": Level.OUTPUT,
        "baseline": Decimal(10), "target": Decimal(30),
    }  # fmt: skip
    return IndicatorDraft(**{**good, **values})


def test_figures_by_hand_carry_their_evidence_and_the_newest_one_counts(store, agreement):
    key = make.made(store, indicators.add_indicator, indicator(agreement))
    assert make.see(store, indicators.indicator, key).mark is Mark.NO_FIGURE
    for day, value in ((dt.date(2026, 9, 1), 25), (dt.date(2026, 6, 1), 15)):
        make.made(store, indicators.record_value,
                  ValueDraft(indicator_id=key, on_date=day, value=Decimal(value), evidence="minutes"))  # fmt: skip

    line = make.see(store, indicators.indicator, key)

    assert (line.actual, line.actual_on, line.achieved, line.cases) == (Decimal(25), dt.date(2026, 9, 1), 75, None)
    assert [v.value for v in line.values] == [15, 25]
    assert line.is_enough
    make.do(store, indicators.remove_value, line.values[1].id)
    assert make.see(store, indicators.indicator, key).actual == 15
    with pytest.raises(Refused) as refused:
        make.do(store, indicators.keep_figure, key)
    assert codes(refused) == {"NOT_TOLD"}


def test_an_indicator_without_a_baseline_says_so_and_has_no_per_cent(store, agreement):
    key = make.made(store, indicators.add_indicator, indicator(agreement, baseline=None))
    value = ValueDraft(indicator_id=key, on_date=TODAY, value=Decimal(5), evidence="minutes")
    make.made(store, indicators.record_value, value)

    line = make.see(store, indicators.indicator, key)
    assert (line.mark, line.achieved) == (Mark.NO_BASELINE, None)


def test_an_indicator_is_edited_whole(store, agreement):
    key = make.made(store, indicators.add_indicator, indicator(agreement))
    new = indicator(agreement, baseline=Decimal("4.5"), target=Decimal(2), direction=Direction.DOWN,
                    measure=Measure.LETTER_DAYS, question="kota:medan", period=Period.THIS_YEAR)  # fmt: skip

    make.do(store, indicators.edit_indicator, key, new)

    assert make.see(store, indicators.indicator_draft, key) == new


def test_a_question_that_no_list_understands_is_refused_at_its_field(store, agreement):
    with pytest.raises(Refused) as refused:
        make.do(store, indicators.add_indicator,
                indicator(agreement, measure=Measure.JOURNEYS, question="status:banana"))  # fmt: skip

    assert {(p.code, p.field) for p in refused.value.problems} == {("BAD_FILTER", "question")}


def test_a_figure_told_by_cases_is_kept_as_it_is_and_never_typed(store, agreement):
    key = make.made(store, indicators.add_indicator, indicator(agreement, measure=Measure.JOURNEYS))
    with pytest.raises(Refused) as refused:
        make.do(store, indicators.record_value,
                ValueDraft(indicator_id=key, on_date=TODAY, value=Decimal(99), evidence="I think"))  # fmt: skip
    assert codes(refused) == {"BY_HAND_ONLY"}

    make.made(store, indicators.keep_figure, key)

    (kept,) = make.see(store, indicators.indicator, key).values
    assert (kept.value, kept.cases, kept.is_measured, kept.on_date) == (Decimal(0), 0, True, TODAY)


def test_an_unnamed_measure_and_a_median_of_nothing_tell_nothing(store, agreement):
    assert make.see(store, measured, Question(measure=Measure.BY_HAND)) is None
    asked = indicator(agreement, measure=Measure.LETTER_DAYS, target=Decimal(2), direction=Direction.DOWN)
    key = make.made(store, indicators.add_indicator, asked)
    line = make.see(store, indicators.indicator, key)
    assert (line.actual, line.cases, line.mark, line.is_enough) == (None, 0, Mark.NO_FIGURE, False)
    with pytest.raises(Refused):
        make.do(store, indicators.keep_figure, key)


def test_the_office_s_own_views_are_questions_to_choose_from(store):
    make.do(store, keep_view, "journeys", KeptView(name="Medan", filter="kota:medan"))

    ((name, view),) = make.see(store, indicators.saved_questions)

    assert (name, view.name, view.filter) == ("journeys", "Medan", "kota:medan")


def test_an_agreement_s_history_tells_its_activities_and_figures(store, agreement):
    make.made(store, action_plans.add_activity, activity(agreement))
    key = make.made(store, indicators.add_indicator, indicator(agreement))
    make.made(store, indicators.record_value,
              ValueDraft(indicator_id=key, on_date=TODAY, value=Decimal(5), evidence="minutes"))  # fmt: skip

    nouns = {line.noun for line in make.see(store, history.history_of, "agreement", agreement)}

    assert {"Activity of a plan", "Indicator", "Figure of an indicator"} <= nouns


# fed by cases: the same question asked of the rows


def within(day, session, period):
    if period is None:
        return True
    span = span_of(period, today(session))
    return day is not None and span.first <= day <= span.last


@pytest.mark.parametrize("period", [None, Period.THIS_YEAR, Period.LAST_QUARTER])
@pytest.mark.parametrize("text", ["", "kota:medan", "-kota:medan negara:MY"])
def test_a_count_of_cases_equals_the_rows_of_the_same_list(sampled, text, period):
    with sampled.read() as session:
        told = measured(session, Question(measure=Measure.JOURNEYS, text=text, period=period))
        rows = journeys_grid(session, ListQuery(text=text), Language("en")).rows

        assert told.value == sum(within(row[15], session, period) for row in rows)


@pytest.mark.parametrize("period", [None, Period.THIS_YEAR, Period.LAST_QUARTER])
def test_the_days_to_the_first_letter_equal_a_recount_over_the_letters_of_those_cases(sampled, period):
    with sampled.read() as session:
        told = measured(session, Question(measure=Measure.LETTER_DAYS, text="kota:medan", period=period))
        took = [
            letter.first_issued_at - letter.requested_at
            for letter in session.query(GuaranteeRow)
            if letter.first_issued_at and letter.requested_at
            and session.get(JourneyRow, letter.journey_id).origin_city == "Medan"
            and within((letter.first_issued_at + dt.timedelta(hours=7)).date(), session, period)
        ]  # fmt: skip

        assert told.cases == len(took) > 0
        middle = median([Decimal(span.total_seconds()) / 86_400 for span in took])
        assert told.value == middle.quantize(Decimal("0.1"))


def test_the_days_to_a_decision_equal_a_recount_over_the_exported_claims(sampled):
    with sampled.read() as session:
        told = measured(session, Question(measure=Measure.CLAIM_DAYS, text="kota:medan"))
        wanted = {row[0] for row in claims_grid(session, ListQuery(text="kota:medan"), Language("en")).rows}
        took = [
            (claim.decided_on - claim.submitted_on).days
            for claim in session.query(ClaimRow)
            if claim.claim_no in wanted and claim.decided_on and claim.submitted_on
        ]

        assert (told.value, told.cases) == (median([Decimal(d) for d in took]).quantize(Decimal("0.1")), len(took))
        assert session.query(PatientRow).count() > 0
