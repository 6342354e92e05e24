"""Insight on a large office: each question against one indexed row read, and against the same question as bare SQL.

Kept figures are what a page opens from; the bare question counts the rows, as no screen does. Who is slow, the view of
a city, the variance screen and the monthly evaluation open from an answer that was kept; how long it takes to work
those out anew, beside the window, is told too.
"""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from liaison.domain.insight import Question, Scope
from liaison.domain.periods import Period
from liaison.services import evaluation_kept, insight, sample
from liaison.services.kept_answers import OLDER, Older, keep
from liaison.services.variance import variance, work_out_anew
from liaison.store.opening import open_store
from tests import make, sampling
from tests.benchmarks.conftest import JOURNEYS
from tests.benchmarks.insight_by_hand import BY_HAND, CITY, EVALUATION, VARIANCE
from tests.benchmarks.measuring import interleaved, seconds, spoken, tell

SCOPE = Scope(city=CITY, period=Period.LAST_QUARTER)
ONE_ROW = "SELECT * FROM journey WHERE id = (SELECT max(id) FROM journey)"
TIMES = 7
ROW_AIM, BARE_AIM = 1_000, 1


@pytest.fixture(scope="module")
def large_office(tmp_path_factory):
    """A store with 100,000 journeys down to their bills and letters, and 150,000 claims."""
    kept = os.environ.get("LIAISON_BENCHMARK_FOLDER")
    folder = Path(kept) / f"insight-{JOURNEYS}" if kept else tmp_path_factory.mktemp("insight") / "office"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sample, "DETAILED_UP_TO", JOURNEYS)
            patch.setattr(sample, "LISTED_CLAIMS", JOURNEYS)
            sample.make_sample(folder, passphrase=make.PASSPHRASE, clock=sampling.clock(), journeys=JOURNEYS)
    return folder


@pytest.fixture(scope="module")
def large_store(large_office):
    """That store, open, with the long answers worked out as pages leave them behind."""
    with open_store(large_office, make.PASSPHRASE, clock=sampling.clock()) as store:
        for name, work_out in ANEW.items():
            with store.read() as session:
                found: list[Any] = []
                taken = seconds(lambda: found.append(work_out(session)))  # noqa: B023
            if found[0] is not None:
                sys.stdout.write(
                    f"\n{name}: worked out anew in {spoken(taken)}, {len(found[0].body)} characters kept\n"
                )
                with store.write("Keep an answer") as session:
                    keep(session, found[0])
        yield store


ANEW = {
    "insight slow": lambda session: insight.work_out_anew(session, Question.SLOW, SCOPE),
    "insight city": lambda session: insight.work_out_anew(session, Question.CITY, SCOPE),
    "variance": lambda session: work_out_anew(session, SCOPE),
    "evaluation": evaluation_kept.work_out_anew,
}


def evaluation_as_previewed(session):
    """The evaluation as a preview opens it."""
    session.info[OLDER] = Older()
    return evaluation_kept.evaluation_at_once(session)


def tell_both(name, store, bare, ours, statements, *, times=TIMES):
    """Two lines: the multiple of one indexed row read, and of the same question as bare SQL."""

    def page():
        with store.read() as session:
            return seconds(lambda: ours(session))

    def one_row():
        return seconds(lambda: bare.execute(ONE_ROW).fetchall())

    def by_hand():
        return seconds(lambda: [bare.execute(sql).fetchall() for sql in statements])

    tell(f"{name}: one indexed row read", interleaved(page, one_row, times=times), aim=ROW_AIM)
    tell(f"{name}: the same as bare SQL", interleaved(page, by_hand, times=min(times, 3)), aim=BARE_AIM)
    with store.read() as session:
        assert ours(session) is not None, "what was measured is an answer"


@pytest.mark.parametrize("question", list(Question), ids=[q.value for q in Question])
def test_a_question_opens_from_kept_figures(large_store, bare, question):
    def ours(session):
        return insight.ask(session, question, SCOPE, stale_will_do=True)

    tell_both(f"insight {question.value}", large_store, bare, ours, BY_HAND[question])


def test_a_quarter_from_estimate_to_payment(large_store, bare):
    tell_both(
        "variance", large_store, bare, lambda session: variance(session, SCOPE, stale_will_do=True), VARIANCE, times=3
    )


def test_the_monthly_evaluation(large_store, bare):
    tell_both("evaluation", large_store, bare, evaluation_as_previewed, EVALUATION, times=3)
