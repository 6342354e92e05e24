"""Insight: every figure equals a recount of all rows with pandas, and the list it opens has just those rows."""

import os
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from liaison.domain.grids import ColumnKind
from liaison.domain.insight import Question, Scope
from liaison.domain.periods import Period
from liaison.i18n import Language
from liaison.services import guarantees, insight
from liaison.services.insight_cells import LIVE
from liaison.services.insight_rows import every_row
from liaison.services.insight_slow import ROWS, clock_rows
from liaison.services.insight_views import Word
from liaison.services.kept_answers import keep
from liaison.services.list_of_claims import claim_footing
from liaison.services.list_of_journeys import journey_footing
from liaison.services.list_queries import ListQuery
from liaison.services.sample import make_sample
from liaison.store.models import ClaimRow, JourneyRow, PatientRow
from tests import make, sampling
from tests.services.insight_recount import Recount, agrees, day_of, frames_of, told

EVERYTHING = Scope()
SCOPES = [Scope(), Scope(city="Medan"), Scope(period=Period.LAST_QUARTER), Scope(city="Medan", period=Period.LAST_YEAR)]
IDS = ["all", "medan", "quarter", "medan in the year before"]


@pytest.fixture(scope="module")
def office(tmp_path_factory, request):
    """The sample office; LIAISON_INSIGHT_JOURNEYS=20000 makes a large one, LIAISON_INSIGHT_FOLDER names one made."""
    folder = os.environ.get("LIAISON_INSIGHT_FOLDER")
    if folder:
        with make.opened(Path(folder), sampling.clock()) as opened:
            yield opened
        return
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


@pytest.fixture(scope="module")
def recount(office, tmp_path_factory):
    """Everything counted anew with pandas from the workbook of rows that the program writes."""
    return Recount(frames_of(office, tmp_path_factory.mktemp("rows")), day_of(sampling.AS_OF))


@pytest.mark.parametrize("scope", SCOPES, ids=IDS)
@pytest.mark.parametrize("question", list(Question), ids=[q.value for q in Question])
def test_every_figure_equals_a_recount_with_pandas_over_exported_rows(office, recount, question, scope):
    answer = ask(office, question, scope)

    counted = recount.answer(question, answer.scope)

    found = told(answer)
    assert found.keys() == counted.keys()
    for title in counted:
        assert agrees(found[title], counted[title]), title


def test_the_recount_has_something_to_count(recount):
    assert min(map(len, (recount.cases, recount.claims, recount.bills, recount.clocks))) > 20


def test_the_rows_that_are_written_out_name_no_person(sampled):
    with sampled.read() as session:
        names = {name for (name,) in session.execute(sa.select(PatientRow.full_name))}
        cells = {str(cell) for grid in every_row(session) for row in grid.rows for cell in row}
    assert not names & cells


def test_how_many_from_medan_is_told_in_the_headline(office, recount):
    scope = Scope(city="Medan", period=Period.LAST_QUARTER)
    answer = ask(office, Question.CITY, scope)
    assert answer.headline.text(Language("en")).startswith(f"{len(recount.opened(scope))} cases")


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
        keep(session, first.to_keep)

    with store.read() as session:
        assert session.execute(sa.text("SELECT count(*) FROM action WHERE title = 'Keep an answer'")).scalar() == 0
    again = ask(store, Question.SLOW)
    assert (again.tables, again.is_stale, again.to_keep) == (first.tables, False, None)
    make.patient(store, full_name="Lain Orang")
    with store.read() as session:
        older = insight.ask(session, Question.SLOW, stale_will_do=True)
        assert (older.tables, older.is_stale) == (first.tables, True)
        exact = insight.ask(session, Question.SLOW)
        assert exact.to_keep and not exact.is_stale
        assert insight.work_out_anew(session, Question.SLOW, Scope()) == exact.to_keep
