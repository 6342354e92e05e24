from __future__ import annotations

import datetime as dt

import pytest

from liaison.domain.errors import Refused
from liaison.domain.indicators import Measure
from liaison.domain.offices import OfficerDraft
from liaison.domain.periods import Period
from liaison.domain.tb_tests import TbResult, TbResultDraft, TbTestDraft, check_tb_result, check_tb_test
from liaison.services import courses, history, office, tb_tests
from liaison.services.measures import Question, measured
from tests import make

TODAY = dt.date(2026, 11, 2)


@pytest.fixture
def case(store):
    return make.journey(store)


def a_test(case, **values):
    return TbTestDraft(**{"journey_id": case, "offered_on": dt.date(2026, 10, 30), "tested_on": TODAY, **values})


def codes(problems):
    return {p.code for p in problems}


def test_a_test_is_offered_then_done_and_everybody_sees_that_much(store, case):
    make.do(store, tb_tests.record_test, a_test(case, tested_on=None))
    make.do(store, tb_tests.record_test, a_test(case), version=1)

    mark = make.see(store, courses.courses_of, case).tb_test
    assert (mark.offered_on, mark.tested_on, mark.has_result) == (dt.date(2026, 10, 30), TODAY, False)
    assert make.see(store, tb_tests.tb_draft, case) == a_test(case)


def test_the_result_is_shown_to_the_case_s_officer_and_a_supervisor_and_to_nobody_else(store, case):
    make.do(store, tb_tests.record_test, a_test(case))
    make.do(store, tb_tests.write_result, case, TbResultDraft(result=TbResult.POSITIVE, result_on=TODAY))
    assert make.see(store, tb_tests.tb_result, case).result is TbResult.POSITIVE
    other = make.made(store, office.add_officer, OfficerDraft(name="Budi Santoso"))

    with store.read() as session:
        session.info["officer_id"] = other
        with pytest.raises(Refused) as refused:
            tb_tests.tb_result(session, case)
        assert codes(refused.value.problems) == {"NOT_YOURS"}
        assert tb_tests.tb_mark(session, case).has_result


def test_no_history_tells_the_result(store, case):
    make.do(store, tb_tests.record_test, a_test(case))
    make.do(store, tb_tests.write_result, case, TbResultDraft(result=TbResult.POSITIVE, result_on=TODAY))

    told = [line for line in make.see(store, history.history_of, "journey", case) if line.noun == "TB test"]

    assert told
    assert all(TbResult.POSITIVE not in (line.before, line.after) for line in told)


def test_tests_are_counted_by_their_own_dates(store, case):
    make.do(store, tb_tests.record_test, a_test(case))

    for measure in (Measure.TB_OFFERED, Measure.TB_DONE):
        assert make.see(store, measured, Question(measure=measure)).value == 1
    month = Period.THIS_MONTH
    assert make.see(store, measured, Question(measure=Measure.TB_OFFERED, period=month)).value == 0
    assert make.see(store, measured, Question(measure=Measure.TB_DONE, period=month)).value == 1


def test_a_result_needs_a_test_that_was_done(store, case):
    with pytest.raises(Refused) as refused:
        make.see(store, tb_tests.tb_result, case)
    assert codes(refused.value.problems) == {"NO_TEST"}
    result = TbResultDraft(result=TbResult.NEGATIVE, result_on=TODAY)
    assert codes(check_tb_result(result, tested_on=None, today=TODAY)) == {"NOT_TESTED"}
    assert codes(check_tb_result(result, tested_on=TODAY + dt.timedelta(days=1), today=TODAY)) == {"BEFORE_TEST"}
    assert codes(check_tb_result(result, tested_on=TODAY, today=TODAY - dt.timedelta(days=1))) == {"IN_FUTURE"}
    assert check_tb_result(result, tested_on=TODAY, today=TODAY) == []


def test_the_dates_of_a_test_fit_each_other():
    assert check_tb_test(a_test(1), today=TODAY) == []
    assert codes(check_tb_test(a_test(1, offered_on=dt.date(2026, 12, 1)), today=TODAY)) == {
        "ENDS_BEFORE_START", "IN_FUTURE",
    }  # fmt: skip
    assert codes(check_tb_test(a_test(1, is_declined=True), today=TODAY)) == {"DECLINED"}
