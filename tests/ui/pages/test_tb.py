"""A TB test on the page of a case: what everybody sees, and the lock before its result."""

import datetime as dt

from PySide6.QtWidgets import QPushButton

from liaison.domain.tb_tests import TbResult, TbTestDraft
from liaison.services import tb_tests
from liaison.ui.pages.tb_form import tb_result_form, tb_test_form
from tests.ui.walk import nameless


def test_a_test_is_written_down_shown_on_the_case_and_its_result_opens_behind_the_lock(at_home):
    case, day = at_home.ids["journey"], at_home.clock.now.date()
    page = at_home.go("journey", case)
    tb_test_form(page.bench, case)
    form = page.drawer.form
    assert nameless(form) == []
    form.content.editor("offered_on").set_value(day - dt.timedelta(days=1))
    form.content.editor("tested_on").set_value(day)
    form.save_button.click()
    assert at_home.see(tb_tests.tb_mark, case).tested_on == day

    next(
        b for b in page.findChildren(QPushButton) if b.accessibleName() == at_home.words("Result of the TB test")
    ).click()
    page.drawer.form.content.editor("result").set_value(TbResult.NEGATIVE)
    page.drawer.form.save_button.click()

    assert at_home.see(tb_tests.tb_result, case).result is TbResult.NEGATIVE


def test_the_result_stays_closed_to_who_may_not_see_it(at_home, monkeypatch):
    case, day = at_home.ids["journey"], at_home.clock.now.date()
    at_home.do(tb_tests.record_test, TbTestDraft(journey_id=case, offered_on=day, tested_on=day))
    page = at_home.go("journey", case)
    monkeypatch.setattr(tb_tests, "may_see_notice", lambda session, key: False)

    tb_result_form(page.bench, case)

    assert page.drawer.form is None
