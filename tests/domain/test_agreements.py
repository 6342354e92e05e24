from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.action_plans import (
    ActivityDraft,
    Course,
    Horizon,
    Progress,
    check_activity,
    days_late,
    horizon_of,
    progress,
)
from liaison.domain.agreements import (
    AgreementDraft,
    AgreementKind,
    Area,
    ClauseState,
    DataClause,
    Dates,
    EndingDraft,
    KeptDraft,
    Renewal,
    Standing,
    TransferBasis,
    add_months,
    alarm_of,
    check_agreement,
    check_ending,
    check_kept,
    data_findings,
    days_left,
    last_day,
    standing,
)
from liaison.domain.indicators import (
    Direction,
    IndicatorDraft,
    Level,
    Mark,
    Measure,
    ValueDraft,
    Way,
    achieved,
    check_indicator,
    check_value,
    mark_of,
    median,
)
from liaison.domain.money import Money

TODAY = dt.date(2026, 11, 20)
SIGNED = dt.date(2024, 11, 9)


def codes(problems):
    return {p.code for p in problems}


def agreement(**values):
    return AgreementDraft(**{"kind": AgreementKind.MOU, "title": "Health standards", **values})


def test_what_nobody_signed_is_under_negotiation_whatever_else_is_written():
    assert standing(Dates(), TODAY) is Standing.NEGOTIATING
    assert standing(Dates(signed_on=TODAY + dt.timedelta(days=1)), TODAY) is Standing.NEGOTIATING
    assert codes(check_agreement(agreement(expires_on=TODAY), today=TODAY)) == {"NOT_SIGNED"}
    assert codes(check_agreement(agreement(effective_on=TODAY), today=TODAY)) == {"NOT_SIGNED"}


def test_an_agreement_stands_as_its_dates_and_its_successor_say():
    signed = Dates(signed_on=SIGNED)

    assert standing(signed, TODAY) is Standing.SIGNED
    assert standing(Dates(signed_on=SIGNED, effective_on=SIGNED), TODAY) is Standing.IN_FORCE
    assert standing(Dates(signed_on=SIGNED, expires_on=TODAY), TODAY) is Standing.SIGNED
    assert standing(Dates(signed_on=SIGNED, expires_on=TODAY - dt.timedelta(days=1)), TODAY) is Standing.EXPIRED
    assert standing(Dates(signed_on=SIGNED, superseded_on=TODAY), TODAY) is Standing.SUPERSEDED
    assert standing(Dates(signed_on=SIGNED, terminated_on=TODAY), TODAY) is Standing.TERMINATED


def test_an_agreement_that_renews_by_itself_has_a_next_last_day_and_never_runs_out():
    dates = Dates(
        signed_on=SIGNED, expires_on=dt.date(2025, 11, 30), renewal=Renewal.AUTOMATIC, renews_months=12,
    )  # fmt: skip

    assert last_day(dates, TODAY) == dt.date(2026, 11, 30)
    assert days_left(dates, TODAY) == 10
    assert standing(dates, dt.date(2039, 1, 1)) is Standing.SIGNED
    assert codes(check_agreement(agreement(signed_on=SIGNED, renewal=Renewal.AUTOMATIC), today=TODAY)) == {"RENEWS_HOW"}


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2023, 1, 31), 1, dt.date(2023, 2, 28)),
        (dt.date(2024, 11, 9), 36, dt.date(2027, 11, 9)),
        (dt.date(2024, 3, 31), 1, dt.date(2024, 4, 30)),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last_of_the_month(day, months, then):
    assert add_months(day, months) == then


@given(st.integers(min_value=-10, max_value=400))
def test_the_nearest_alarm_that_was_reached_is_the_one(left):
    reached = alarm_of(left)

    assert reached == next((days for days in (30, 90, 180) if 0 <= left <= days), None)


def test_nothing_that_is_over_or_has_no_last_day_rings():
    assert alarm_of(None) is None
    assert days_left(Dates(signed_on=SIGNED), TODAY) is None
    assert days_left(Dates(signed_on=SIGNED, expires_on=TODAY, terminated_on=SIGNED), TODAY) is None


def test_the_data_clause_is_checked_part_by_part():
    none_of_it = data_findings(DataClause())
    whole = data_findings(DataClause(protection="Art. 7", sovereignty="Art. 8", basis=TransferBasis.SAFEGUARDS))
    no_data = data_findings(DataClause(basis=TransferBasis.NO_DATA))

    assert [one.state for one in none_of_it] == [ClauseState.MISSING] * 3
    assert [one.state for one in whole] == [ClauseState.SAID] * 3
    assert [one.state for one in no_data] == [ClauseState.NOT_NEEDED, ClauseState.NOT_NEEDED, ClauseState.SAID]


def test_a_signed_agreement_with_a_gap_in_its_data_clause_warns_and_points_at_the_field():
    found = check_agreement(agreement(signed_on=SIGNED, protection_clause="Art. 7"), today=TODAY)

    assert [(p.code, p.severity, p.field) for p in found] == [("DATA_CLAUSE", "warning", "sovereignty_clause")]
    assert check_agreement(agreement(), today=TODAY) == []


def test_an_agreement_is_refused_with_everything_that_is_wrong_with_its_dates():
    later = TODAY + dt.timedelta(days=1)
    found = check_agreement(agreement(signed_on=later, expires_on=SIGNED, renews_months=0), today=TODAY)

    assert codes(found) == {"ENDS_BEFORE_START", "IN_FUTURE", "TOO_FEW"}
    assert codes(check_agreement(agreement(title=" "), today=TODAY)) == {"MISSING"}
    assert codes(check_agreement(agreement(implements_id=1, supersedes_id=1), today=TODAY)) == {"BOTH_WAYS"}


def test_a_term_beyond_the_calendar_is_refused_and_stops_no_list():
    endless = agreement(signed_on=SIGNED, expires_on=dt.date(2025, 1, 1), renewal=Renewal.AUTOMATIC,
                        renews_months=200_000)  # fmt: skip
    assert [p.field for p in check_agreement(endless, today=TODAY) if p.severity == "error"] == ["renews_months"]
    assert add_months(SIGNED, 200_000) == dt.date.max


def test_nothing_promised_is_closed_without_evidence_or_a_reason():
    assert codes(check_kept(KeptDraft(finished_on=TODAY), today=TODAY)) == {"NO_EVIDENCE"}
    both = KeptDraft(finished_on=TODAY, evidence="letter", dropped_because="no money")
    assert codes(check_kept(both, today=TODAY)) == {"EITHER"}
    ahead = KeptDraft(finished_on=TODAY + dt.timedelta(days=1), evidence="letter")
    assert codes(check_kept(ahead, today=TODAY)) == {"IN_FUTURE"}
    assert check_kept(KeptDraft(finished_on=TODAY, dropped_because="no money"), today=TODAY) == []


def test_an_early_end_lies_between_the_signature_and_today():
    early = EndingDraft(terminated_on=SIGNED - dt.timedelta(days=1), terminated_because="withdrawn")
    late = EndingDraft(terminated_on=TODAY + dt.timedelta(days=1), terminated_because="withdrawn")

    assert codes(check_ending(early, signed_on=SIGNED, today=TODAY)) == {"BEFORE_SIGNED"}
    assert codes(check_ending(late, signed_on=SIGNED, today=TODAY)) == {"IN_FUTURE"}
    assert codes(
        check_ending(EndingDraft(terminated_on=TODAY, terminated_because=""), signed_on=None, today=TODAY)
    ) == {"MISSING"}


# activities


def activity(**values):
    good = {
        "agreement_id": 1, "area": Area.JOINT_LAB, "title": "Open the laboratory", "horizon": Horizon.SHORT,
        "owner": "Ministry", "starts_on": dt.date(2026, 1, 18), "due_on": dt.date(2026, 12, 31),
    }  # fmt: skip
    return ActivityDraft(**{**good, **values})


def test_an_activity_is_late_under_way_to_come_done_or_dropped():
    due = dt.date(2026, 11, 10)

    assert progress(Course(due_on=due), TODAY) is Progress.LATE
    assert days_late(Course(due_on=due), TODAY) == 10
    assert progress(Course(due_on=TODAY), TODAY) is Progress.UNDER_WAY
    assert progress(Course(starts_on=TODAY + dt.timedelta(days=1)), TODAY) is Progress.TO_COME
    assert progress(Course(due_on=due, finished_on=TODAY), TODAY) is Progress.DONE
    assert days_late(Course(due_on=due, finished_on=TODAY), TODAY) == 0
    assert progress(Course(finished_on=TODAY, is_dropped=True), TODAY) is Progress.DROPPED


def test_the_horizon_is_that_of_the_dates_or_warned_about():
    assert horizon_of(dt.date(2026, 1, 1), dt.date(2026, 12, 31)) is Horizon.SHORT
    assert horizon_of(dt.date(2026, 1, 1), dt.date(2028, 1, 1)) is Horizon.MEDIUM
    assert horizon_of(dt.date(2026, 1, 1), dt.date(2030, 1, 1)) is Horizon.LONG
    assert horizon_of(None, dt.date(2030, 1, 1)) is None
    assert check_activity(activity()) == []
    assert codes(check_activity(activity(horizon=Horizon.LONG))) == {"OTHER_HORIZON"}
    assert codes(check_activity(activity(due_on=None))) == {"NO_DATE"}


def test_an_activity_with_no_money_a_long_comment_or_crossed_dates_is_refused():
    found = check_activity(
        activity(budget=Money(-1, "IDR"), comment="word " * 16, starts_on=TODAY, due_on=dt.date(2026, 1, 1))
    )

    assert codes(found) == {"NEGATIVE", "TOO_LONG", "ENDS_BEFORE_START"}
    assert codes(check_activity(activity(owner=""))) == {"MISSING"}


# indicators


def way(**values):
    good = {"direction": Direction.DOWN, "baseline": Decimal(4), "target": Decimal(2), "actual": Decimal(3)}
    return Way(**{**good, **values})


def test_without_a_baseline_there_is_no_per_cent_and_never_a_nought():
    assert achieved(way(baseline=None)) is None
    assert mark_of(way(baseline=None), today=TODAY) is Mark.NO_BASELINE
    assert achieved(way(actual=None)) is None
    assert mark_of(way(actual=None), today=TODAY) is Mark.NO_FIGURE
    assert achieved(way(target=None)) is None
    assert mark_of(way(target=None), today=TODAY) is Mark.NO_TARGET


def test_the_way_from_baseline_to_target_counts_whichever_way_is_better():
    assert achieved(way()) == 50
    assert achieved(way(actual=Decimal(5))) == 0
    assert achieved(way(actual=Decimal("1.7"))) == 115
    assert mark_of(way(actual=Decimal("1.7")), today=TODAY) is Mark.MET
    up = way(direction=Direction.UP, baseline=Decimal(10), target=Decimal(30), actual=Decimal(15))
    assert achieved(up) == 25


def test_an_indicator_is_behind_when_time_has_passed_faster_than_it_has():
    begun, until = dt.date(2026, 1, 1), dt.date(2027, 1, 1)

    assert mark_of(way(actual=Decimal("2.1")), begun_on=begun, target_on=until, today=TODAY) is Mark.ON_WAY
    assert mark_of(way(actual=Decimal(3)), begun_on=begun, target_on=until, today=TODAY) is Mark.BEHIND
    assert mark_of(way(), target_on=dt.date(2026, 1, 1), today=TODAY) is Mark.BEHIND
    assert mark_of(way(), today=TODAY) is Mark.ON_WAY
    assert mark_of(way(actual=Decimal(4)), today=TODAY) is Mark.BEHIND


def test_an_indicator_whose_parts_do_not_fit_is_refused_and_one_without_baseline_warns():
    good = {"agreement_id": 1, "area": Area.INSURANCE, "name": "Days to the first letter", "level": Level.OUTCOME}

    assert codes(check_indicator(IndicatorDraft(**good))) == {"NO_BASELINE"}
    assert codes(check_indicator(IndicatorDraft(**good, baseline=Decimal(2), target=Decimal(2)))) == {"NO_WAY"}
    assert codes(check_indicator(IndicatorDraft(**good, baseline=Decimal(4), target=Decimal(2)))) == {"OTHER_WAY"}
    assert codes(check_indicator(IndicatorDraft(**good, question="kota:medan"))) == {"NO_QUESTION", "NO_BASELINE"} - {
        "NO_BASELINE"
    }
    fed = IndicatorDraft(
        **good, baseline=Decimal(4), target=Decimal(2), direction=Direction.DOWN, measure=Measure.LETTER_DAYS,
        question="kota:medan",
    )  # fmt: skip
    assert check_indicator(fed) == []
    assert codes(check_indicator(IndicatorDraft(**{**good, "name": ""}))) == {"MISSING"}


def test_a_figure_needs_its_evidence_and_lies_in_the_past():
    good = {"indicator_id": 1, "on_date": TODAY, "value": Decimal(12)}

    assert codes(check_value(ValueDraft(**good, evidence=""), today=TODAY)) == {"MISSING"}
    ahead = ValueDraft(**{**good, "on_date": TODAY + dt.timedelta(days=1)}, evidence="minutes")
    assert codes(check_value(ahead, today=TODAY)) == {"IN_FUTURE"}
    assert check_value(ValueDraft(**good, evidence="minutes"), today=TODAY) == []


def test_the_middle_of_figures():
    assert median([]) is None
    assert median([Decimal(3), Decimal(1), Decimal(2)]) == 2
    assert median([Decimal(1), Decimal(2)]) == Decimal("1.5")
