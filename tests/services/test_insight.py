"""Insight: every figure equals a recount of all rows with pandas, and the list it opens has just those rows."""

import datetime as dt
import os

import pandas as pd
import pytest
import sqlalchemy as sa

from liaison.domain.grids import ColumnKind
from liaison.domain.insight import Outcome, Question, Scope
from liaison.domain.journeys import JourneyState
from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.domain.periods import Period, span_of
from liaison.i18n import Language
from liaison.services import guarantees, insight
from liaison.services.changes import today
from liaison.services.exports import claims_grid, journeys_grid
from liaison.services.insight_cells import LIVE
from liaison.services.insight_slow import ROWS, clock_rows
from liaison.services.insight_views import Word
from liaison.services.list_of_claims import claim_footing
from liaison.services.list_of_journeys import journey_footing
from liaison.services.list_queries import ListQuery
from liaison.services.sample import make_sample
from liaison.store.models import BillRow, ClaimRow, JourneyRow, OrganizationRow
from tests import make, sampling

EVERYTHING = Scope()
SCOPES = [Scope(), Scope(city="Medan"), Scope(period=Period.LAST_QUARTER), Scope(city="Medan", period=Period.LAST_YEAR)]
IDS = ["all", "medan", "quarter", "medan in the year before"]


@pytest.fixture(scope="module")
def office(tmp_path_factory, request):
    """The sample office; LIAISON_INSIGHT_JOURNEYS=20000 makes a large one instead."""
    many = int(os.environ.get("LIAISON_INSIGHT_JOURNEYS", "0"))
    if not many:
        yield request.getfixturevalue("sampled")
        return
    folder = tmp_path_factory.mktemp("large") / "store"
    make_sample(folder, passphrase=make.PASSPHRASE, clock=sampling.clock(), journeys=many)
    with make.opened(folder, sampling.clock()) as opened:
        yield opened


def frame(session, row):
    table = row.__table__
    rows = session.execute(sa.select(table)).all()
    return pd.DataFrame(rows, columns=[c.name for c in table.columns])


def table_of(answer, title):
    return next(t for t in answer.tables if t.title == title)


def ask(store, question, scope=EVERYTHING):
    return make.see(store, insight.ask, question, scope)


@pytest.mark.parametrize("scope", SCOPES, ids=IDS)
@pytest.mark.parametrize("question", list(Question), ids=[q.value for q in Question])
def test_every_figure_opens_just_the_rows_it_counts(office, question, scope):
    with office.read() as session:
        answer = insight.ask(session, question, scope)
        clocks = clock_rows(session, scope) if question is Question.SLOW else []
        for table in answer.tables:
            for line in table.lines:
                for number, column in enumerate(table.columns):
                    behind = line.cells_behind.get(number) or line.behind
                    if behind is None or column.kind not in (ColumnKind.COUNT, ColumnKind.MONEY):
                        continue
                    if behind.page == ROWS:
                        mine = [c for c in clocks if c.acts_id == behind.house and c.kind.value == behind.kind]
                        assert line.cells[3] == len(mine)
                        continue
                    query = ListQuery(text=behind.filter, period=behind.period, basis=behind.basis)
                    rows = (claim_footing if behind.page == "claims" else journey_footing)(session, query)
                    where = f"{table.title} {line.cells} {behind}"
                    if column.label in ("Open cases", "Cases", "Claims", "How many", "Cases opened", "A year earlier"):
                        is_whole = table.title.startswith("Missing") and number == 2
                        if not is_whole and line.cells[0] is not Word.FINAL_BILLS:
                            assert line.cells[number] == rows.rows, where
                    elif column.label == "Unpaid" and line.cells[number].minor:
                        assert line.cells[number] in rows.sums, where
                    elif number in line.cells_behind and isinstance(line.cells[number], int):
                        assert line.cells[number] == rows.rows, where


@pytest.mark.parametrize("scope", SCOPES, ids=IDS)
@pytest.mark.parametrize("question", [q for q in Question if q is not Question.SLOW], ids=lambda q: q.value)
def test_kept_figures_answer_as_the_rows_themselves_do(office, question, scope):
    with office.read() as session:
        kept = insight.ask(session, question, scope)
    with office.read() as session:
        session.info[LIVE] = True
        assert insight.ask(session, question, scope) == kept


# an independent recount


def test_what_piles_up_equals_a_recount_of_the_exported_cases(office):
    grid = make.see(office, journeys_grid, ListQuery(text="status:terbuka"), Language("en"))
    cases = pd.DataFrame(grid.rows, columns=[c.label for c in grid.columns])
    with office.read() as session:
        now = today(session)
        zone = dt.timezone(dt.timedelta(hours=7))
        cases["days"] = [(now - moment.astimezone(zone).date()).days for moment in cases["Status since"]]

    table = table_of(ask(office, Question.PILES), "Open cases by status")

    counted = {line.cells[0]: (line.cells[2], line.cells[3], line.cells[4]) for line in table.lines}
    by = cases.groupby("Status")["days"]
    expected = {s: (len(d), int(d.quantile(0.5, interpolation="lower")), int(d.max())) for s, d in by}
    assert {s: (n, most) for s, (n, _, most) in counted.items()} == {s: (n, m) for s, (n, _, m) in expected.items()}
    assert {s: middle for s, (_, middle, _) in counted.items()} == {s: sorted(d)[(len(d) + 1) // 2 - 1] for s, d in by}


def test_what_is_unpaid_equals_a_recount_of_the_exported_claims(office):
    grid = make.see(office, claims_grid, ListQuery(text="sisa>0"), Language("en"))
    claims = pd.DataFrame(grid.rows, columns=[c.label for c in grid.columns])
    claims["minor"] = [m.minor for m in claims["Unpaid"]]

    answer = ask(office, Question.UNPAID)

    by_house = claims.groupby([claims["Insurer"].fillna(""), "Currency"])
    expected = {(h, c): (len(f), int(f["minor"].sum()), int(f["Age"].max())) for (h, c), f in by_house}
    lines = table_of(answer, "Unpaid by insurer").lines
    found = {(str(x.cells[0]) if x.cells[0] is not Word.NOT_STATED else "", x.cells[1]): x.cells for x in lines}
    assert {key: (cells[2], cells[3].minor, cells[5]) for key, cells in found.items()} == expected
    bands = pd.cut(claims["Age"], [-1, 30, 60, 90, 10**6], labels=["0-30", "31-60", "61-90", "91"])
    by_age = claims.groupby(["Currency", bands], observed=True)["minor"].agg(["size", "sum"])
    ages = {(x.cells[1], x.cells[0].value): (x.cells[2], x.cells[3].minor) for x in answer.tables[0].lines}
    assert {key: value for key, value in ages.items() if value[0]} == {
        key: (int(row["size"]), int(row["sum"])) for key, row in by_age.iterrows()
    }


HOME = {JourneyState.REDIRECTED_DOMESTIC}
ENDED = {JourneyState.CANCELLED, JourneyState.LOST, JourneyState.DECEASED}


def outcome_of(row):
    if row.state in HOME or row.is_retained_domestic or row.was_answered:
        return Outcome.HOME
    if row.state in ENDED:
        return Outcome.ENDED
    return Outcome.AHEAD if row.state.value <= "J08" else Outcome.AWAY


@pytest.mark.parametrize("period", [Period.LAST_QUARTER, Period.THIS_YEAR])
def test_from_where_to_where_equals_a_recount(office, period):
    with office.read() as session:
        cases, houses = frame(session, JourneyRow), frame(session, OrganizationRow).set_index("id")["city"]
        span = span_of(period, today(session))
    cases = cases[(cases["opened_on"] >= span.first) & (cases["opened_on"] <= span.last)]
    place = cases["hospital_id"].map(houses).fillna("").where(lambda c: c != "", cases["destination_city"])
    cases = cases.assign(place=place.where(place != "", cases["destination_country"]))
    cases["outcome"] = [outcome_of(row) for row in cases.itertuples()]

    answer = ask(office, Question.ROUTES, Scope(period=period))

    plain = lambda cell: "" if cell is Word.NOT_STATED else cell  # noqa: E731
    found = {(plain(x.cells[0]), plain(x.cells[1])): x.cells[2] for x in answer.tables[0].lines}
    assert found == cases.groupby(["origin_city", "place"]).size().to_dict()
    outcomes = cases.groupby(["origin_city", "outcome"]).size().to_dict()
    for line in answer.tables[1].lines:
        assert line.cells[2:] == tuple(outcomes.get((plain(line.cells[0]), o), 0) for o in Outcome)


def test_how_many_from_medan_last_quarter_and_what_did_they_cost(office):
    scope = Scope(city="Medan", period=Period.LAST_QUARTER)
    with office.read() as session:
        cases, claims, bills = (frame(session, row) for row in (JourneyRow, ClaimRow, BillRow))
        span = span_of(Period.LAST_QUARTER, today(session))
    inside = lambda day: day.notna() & (day >= span.first) & (day <= span.last)  # noqa: E731
    cases = cases[(cases["origin_city"] == "Medan") & inside(cases["opened_on"])]
    claims = claims[(claims["origin_city"] == "Medan") & inside(claims["submitted_on"])]
    bills = bills[bills["journey_id"].isin(cases["id"]) & bills["kind"].isin([BillKind.FINAL, BillKind.CREDIT_NOTE])]
    sign = bills["kind"].map(lambda kind: -1 if kind is BillKind.CREDIT_NOTE else 1)
    billed = (bills["amount_minor"] * sign).groupby(bills["currency"]).sum()

    answer = ask(office, Question.CITY, scope)

    lines = table_of(answer, "Out and kept").lines
    assert lines[0].cells[2:4] == (len(cases), cases["patient_id"].nunique())
    costs = {x.cells[1]: x.cells[4] for x in lines if x.cells[0] is Word.FINAL_BILLS}
    assert costs == {currency: Money(int(minor), currency) for currency, minor in billed.items()}
    by = claims.groupby("currency")
    of_claims = {x.cells[0]: x.cells[1:5] for x in table_of(answer, "Claims submitted").lines}
    assert of_claims == {
        c: (
            len(f),
            *(Money(int(f[name].fillna(0).sum()), c) for name in ("billed_minor", "approved_minor", "paid_minor")),
        )
        for c, f in by
    }
    assert answer.headline.text(Language("en")).startswith(f"{len(cases)} cases")


def test_what_changed_and_the_months_equal_a_recount(office):
    with office.read() as session:
        cases, claims = frame(session, JourneyRow), frame(session, ClaimRow)
        spans = [span_of(p, today(session)) for p in (Period.MONTH_BEFORE, Period.LAST_MONTH, Period.THIS_MONTH)]

    table, money, trend = ask(office, Question.CHANGED).tables

    def count(days):
        return [int(((days >= s.first) & (days <= s.last)).sum()) for s in spans]

    by_word = {x.cells[0]: [x.cells[2], x.cells[3], x.cells[5]] for x in table.lines}
    assert by_word[Word.OPENED] == count(cases["opened_on"].dropna())
    assert by_word[Word.ENDED] == count(cases["ended_on"].dropna())
    assert by_word[Word.SUBMITTED] == count(claims["submitted_on"].dropna())
    assert by_word[Word.DECIDED] == count(claims["decided_on"].dropna())
    months = cases["opened_on"].map(lambda day: day.isoformat()[:7]).value_counts()
    assert [x.cells[1] for x in trend.lines] == [int(months.get(x.cells[0], 0)) for x in trend.lines]
    assert all(x.cells[4] == x.cells[3] - x.cells[2] for x in table.lines)
    billed = claims[claims["submitted_on"].map(lambda d: d is not None and spans[1].first <= d <= spans[1].last)]
    expected = billed.groupby("currency")["billed_minor"].sum()
    found = {x.cells[1]: x.cells[3].minor for x in money.lines if x.cells[0] is Word.BILLED and x.cells[3].minor}
    assert found == {currency: int(minor) for currency, minor in expected.items()}


def test_what_is_missing_equals_a_recount(office):
    with office.read() as session:
        cases, claims = frame(session, JourneyRow), frame(session, ClaimRow)
    cases = cases[cases["is_open"]]

    answer = ask(office, Question.MISSING)

    found = {x.cells[0].value: x.cells[1] for x in answer.tables[0].lines}
    assert found["city"] == int((cases["origin_city"] == "").sum())
    assert found["hospital"] == int(cases["hospital_id"].isna().sum())
    assert found["officer"] == int(cases["officer_id"].isna().sum())
    assert found["payer"] == int(cases["payer_path"].isna().sum())
    of_claims = {x.cells[0].value: x.cells[1] for x in answer.tables[1].lines}
    assert of_claims["submitted"] == int(claims["submitted_on"].isna().sum())
    assert of_claims["number"] == int((claims["claim_no"] == "").sum())


def test_a_name_that_holds_another_opens_only_its_own_rows(store):
    make.journey(store, origin_city="Medan")
    make.journey(store, origin_city="Medan Baru")

    answer = ask(store, Question.ROUTES)

    for line in answer.tables[1].lines:
        rows = make.see(store, journey_footing, ListQuery(text=line.behind.filter))
        assert rows.rows == line.cells[1] == 1


def test_persons_are_counted_once_whatever_lists_called_them(sampled):
    from liaison.reports.briefing_rows import persons as of_briefing
    from liaison.services.insight_cells import count_persons

    with sampled.read() as session:
        known = frame(session, JourneyRow)["patient_id"].tolist() + frame(session, ClaimRow)["patient_id"].tolist()
        same = of_briefing(session)
        assert count_persons(session, known) == len({same.get(key, key) for key in known})


def test_who_is_slow_is_kept_until_something_changes_and_leaves_no_line_in_the_history(store, clock):
    person = make.patient(store)
    cover = make.cover(store, person)
    journey = make.journey(store, person, cover_id=cover)
    letter = make.guarantee_draft(journey_id=journey, cover_id=cover, requested_at=clock.now)
    key = make.made(store, guarantees.request_guarantee, letter)
    clock.forward(hours=5)
    make.do(store, guarantees.add_version, make.version_draft(key, issued_at=clock.now), gl_no="GL-1")
    first = ask(store, Question.SLOW)
    assert first.tables[0].lines and first.to_keep

    with store.write("Keep an answer") as session:
        insight.keep_answer(session, Scope(), first.to_keep)

    with store.read() as session:
        assert session.execute(sa.text("SELECT count(*) FROM action WHERE title = 'Keep an answer'")).scalar() == 0
    again = ask(store, Question.SLOW)
    assert (again.tables, again.is_stale, again.to_keep) == (first.tables, False, "")
    make.patient(store, full_name="Lain Orang")
    with store.read() as session:
        older = insight.ask(session, Question.SLOW, stale_will_do=True)
        assert (older.tables, older.is_stale) == (first.tables, True)
        exact = insight.ask(session, Question.SLOW)
        assert exact.to_keep and not exact.is_stale
        assert insight.work_out_anew(session, Scope()) == exact.to_keep
