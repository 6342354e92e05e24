"""Insight on a large office: each question against one indexed row read, and against bare SQL over the rows.

Kept figures are what a page opens from; the bare question counts every row anew, as no screen does.
"""

import pytest
import sqlalchemy as sa

from liaison.domain.insight import Question, Scope
from liaison.domain.periods import Period
from liaison.services import insight
from liaison.services.insight_cells import LIVE
from liaison.store.models import JourneyRow
from tests.benchmarks.measuring import interleaved, seconds, tell

SCOPE = Scope(city="Medan", period=Period.LAST_QUARTER)
TIMES = 7


@pytest.mark.parametrize("question", list(Question), ids=[q.value for q in Question])
def test_a_question_opens_from_kept_figures(large_store, question):
    _keep_who_is_slow(large_store)
    with large_store.read() as session:
        key = session.scalar(sa.select(sa.func.max(JourneyRow.id)))
        one = sa.select(JourneyRow.case_no).where(JourneyRow.id == key)

        def kept():
            session.info.pop(LIVE, None)
            return seconds(lambda: insight.ask(session, question, SCOPE, stale_will_do=True))

        def live():
            session.info[LIVE] = True
            return seconds(lambda: insight.ask(session, question, SCOPE))

        row = interleaved(kept, lambda: seconds(lambda: session.execute(one).all()), times=TIMES)
        bare = interleaved(kept, live, times=3)

    tell(f"insight {question.value}: one indexed row read", row, aim=1_000)
    tell(f"insight {question.value}: the rows counted anew", bare, aim=1)


def _keep_who_is_slow(store):
    with store.read() as session:
        answer = insight.ask(session, Question.SLOW, SCOPE)
    if answer.to_keep:
        with store.write("Keep an answer") as session:
            insight.keep_answer(session, SCOPE, answer.to_keep)
