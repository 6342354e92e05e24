"""Scorecards: every figure equals a recount of all rows with pandas, and opens just the rows it counts."""

import datetime as dt
import math
from decimal import Decimal

import pandas as pd
import pytest
import sqlalchemy as sa

from liaison.domain.claims import ClaimState
from liaison.domain.codes import ReasonCode
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.network import OrganizationKind
from liaison.domain.periods import Period, span_of
from liaison.domain.scorecards import Few, Score, ScoreRow, figure
from liaison.services.changes import today
from liaison.services.scorecard_tables import ROWS, tables_of
from liaison.services.scorecards import DECIDED, all_rows, rows_behind, scorecard
from liaison.services.variance import variance
from liaison.store.models import (
    ClaimRow,
    CoverRow,
    GuaranteeEventRow,
    GuaranteeRow,
    GuaranteeVersionRow,
    JourneyRow,
    OrganizationRow,
    PolicyRow,
)
from tests import make

DAY = dt.date(2026, 11, 2)
PERIODS = [None, Period.LAST_YEAR]


def rows(count, **values):
    usual = {"journey_id": 1, "claim_id": None, "number": "x", "other": "", "on": DAY}
    return [ScoreRow(**{**usual, **values}) for _ in range(count)]


def test_nine_cases_make_no_middle_but_ten_do():
    few = figure(Score.LETTER, rows(9, value=Decimal(4)))
    enough = figure(Score.LETTER, [r for n in range(10) for r in rows(1, value=Decimal(n))])

    assert (few.n, few.middle, few.ninth, few.has_too_few) == (9, None, None, True)
    assert (enough.n, enough.middle, enough.ninth, enough.has_too_few) == (10, Decimal("4.5"), 8, False)


def test_nineteen_cases_make_no_percentage_but_their_count_is_exact():
    few = figure(Score.TOPUP, [*rows(16), *rows(3, is_hit=True)])
    enough = figure(Score.TOPUP, [*rows(15), *rows(5, is_hit=True)])

    assert (few.hits, few.n, few.percent, few.has_too_few) == (3, 19, None, True)
    assert (enough.hits, enough.n, enough.percent) == (5, 20, 25)
    assert not figure(Score.TOPUP, []).has_too_few


def test_nine_of_ten_estimates_are_off_no_further_either_way():
    values = [*range(-5, 5)]

    found = figure(Score.ESTIMATE, [r for n in values for r in rows(1, value=Decimal(n))])

    assert (found.middle, found.ninth) == (Decimal("-0.5"), 4)


# against a recount


def frame(session, row):
    table = row.__table__
    return pd.DataFrame(session.execute(sa.select(table)).all(), columns=[c.name for c in table.columns])


def busy_houses(session):
    """The hospital and the insurer with the most letters."""
    letters = frame(session, GuaranteeRow).merge(
        frame(session, JourneyRow)[["id", "hospital_id"]], left_on="journey_id", right_on="id", suffixes=("", "_case")
    )
    covers = frame(session, CoverRow).merge(frame(session, PolicyRow), left_on="policy_id", right_on="id")
    insured = letters.merge(covers[["id_x", "insurer_id"]], left_on="cover_id", right_on="id_x")
    return int(letters.hospital_id_case.mode()[0]), int(insured.insurer_id.mode()[0])


def letters_of(session, house, kind):
    cases = frame(session, JourneyRow)[["id", "hospital_id"]].rename(columns={"id": "case", "hospital_id": "of_case"})
    covers = frame(session, CoverRow).merge(frame(session, PolicyRow), left_on="policy_id", right_on="id")
    covers = covers[["id_x", "insurer_id"]].rename(columns={"id_x": "cover"})
    found = frame(session, GuaranteeRow).merge(cases, left_on="journey_id", right_on="case")
    found = found.merge(covers, left_on="cover_id", right_on="cover")
    return found[(found.of_case if kind is OrganizationKind.HOSPITAL else found.insurer_id) == house]


def within(session, period, days):
    if period is None:
        return pd.Series([True] * len(days), index=days.index)
    span = span_of(period, today(session))
    return days.map(lambda day: span.first <= day <= span.last)


def local_days(moments):
    return pd.to_datetime(moments).dt.tz_convert("Asia/Jakarta").dt.date


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("place", [0, 1])
def test_letters_equal_a_recount(sampled, place, period):
    with sampled.read() as session:
        house = busy_houses(session)[place]
        kind = (OrganizationKind.HOSPITAL, OrganizationKind.INSURER)[place]
        card = scorecard(session, house, period)
        mine = letters_of(session, house, kind)
        issued = mine[mine.first_issued_at.notna()]
        issued = issued[within(session, period, local_days(issued.first_issued_at))]
        timed = issued[issued.requested_at.notna() & (issued.first_issued_at >= issued.requested_at)]
        hours = sorted((timed.first_issued_at - timed.requested_at).dt.total_seconds() / 3600)
        versions, events = frame(session, GuaranteeVersionRow), frame(session, GuaranteeEventRow)
        topped = {
            *versions[versions.kind == VersionKind.TOPUP].guarantee_id,
            *events[events.to_state == GuaranteeState.TOPUP_REQUESTED].guarantee_id,
        }
        declines = events[events.to_state == GuaranteeState.DECLINED]
        declines = declines[declines.guarantee_id.isin(mine.id)].groupby("guarantee_id").at.max()
        declines = declines[within(session, period, local_days(declines))] if len(declines) else declines

    letter = card.of(Score.LETTER)
    assert card.kind is kind
    assert letter.n == len(hours)
    if len(hours) >= 10:
        assert float(letter.middle) == pytest.approx(pd.Series(hours).median(), abs=0.051)
        assert float(letter.ninth) == pytest.approx(hours[math.ceil(0.9 * len(hours)) - 1], abs=0.051)
    assert (card.of(Score.TOPUP).hits, card.of(Score.TOPUP).n) == (issued.id.isin(topped).sum(), len(issued))
    declined = card.of(Score.DECLINED)
    assert (declined.hits, declined.n) == (len(declines), len({*declines.index, *issued.id}))


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("place", [0, 1])
def test_claims_and_reasons_equal_a_recount(sampled, place, period):
    with sampled.read() as session:
        house = busy_houses(session)[place]
        card = scorecard(session, house, period)
        claims = frame(session, ClaimRow)
        mine = claims[(claims.hospital_id if place == 0 else claims.insurer_id) == house]
        mine = mine[(mine.state != ClaimState.VOID) & (mine.state.isin(DECIDED) | mine.decided_on.notna())]
        mine = mine[within(session, period, mine.decided_on.fillna(mine.aged_from))]
        timed = mine[mine.submitted_on.notna() & mine.decided_on.notna()]
        days = [(r.decided_on - r.submitted_on).days for r in timed.itertuples() if r.decided_on >= r.submitted_on]
        rejected = mine[mine.state == ClaimState.REJECTED]
        why = rejected.reason.map(lambda code: code if isinstance(code, ReasonCode) else ReasonCode.R99).value_counts()

    assert (card.of(Score.REJECTED).hits, card.of(Score.REJECTED).n) == (len(rejected), len(mine))
    assert card.of(Score.CLAIM).n == len(days)
    if len(days) >= 10:
        assert float(card.of(Score.CLAIM).middle) == pytest.approx(pd.Series(days).median(), abs=0.051)
    assert {code: n for code, _letters, n in card.reasons if n} == dict(why)


def test_the_estimate_is_judged_as_on_the_page_from_estimate_to_payment(sampled):
    with sampled.read() as session:
        hospitals = session.scalars(
            sa.select(OrganizationRow.id).where(OrganizationRow.kind == OrganizationKind.HOSPITAL)
        ).all()
        here = {r.journey_id: r.value for key in hospitals for r in all_rows(session, key)[Score.ESTIMATE]}
        there = {line.stay.journey_id: line.stay.estimate_error for line in variance(session).lines}

    known = {key: error for key, error in there.items() if error is not None}
    assert known
    assert set(here) == set(known)
    for key, error in known.items():
        assert float(here[key]) == pytest.approx(100 * error)


def test_every_figure_opens_just_the_rows_it_counts(sampled):
    with sampled.read() as session:
        house = busy_houses(session)[0]
        card = scorecard(session, house, Period.LAST_YEAR)
        for table in tables_of(card):
            for line in table.lines:
                for column, behind in {None: line.behind, **line.cells_behind}.items():
                    if behind is None:
                        continue
                    assert (behind.page, behind.house, behind.period) == (ROWS, house, Period.LAST_YEAR)
                    name, _, code = behind.kind.partition(":")
                    reason = ReasonCode(code) if code else None
                    found = rows_behind(session, house, Score(name), behind.period, reason)
                    if reason is None:
                        assert len(found) == card.of(Score(name)).n
                    elif column is not None:
                        assert len(found) == line.cells[column]


def test_a_house_without_cases_has_an_empty_card(store):
    hospital = make.hospital(store)

    card = make.see(store, scorecard, hospital)
    tables = tables_of(card)

    assert [f.n for f in card.figures] == [0] * len(Score)
    assert len(tables) == 2
    assert all(line.behind is None for table in tables for line in table.lines)
    assert Few.TOO_FEW not in [cell for table in tables for line in table.lines for cell in line.cells]
