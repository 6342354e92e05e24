"""The requests and promises of a briefing, and the claim letter, through the window."""

import datetime as dt

from liaison.services.briefing_plans import briefing_plan
from liaison.store.models import ClaimRow
from liaison.ui.half_typed import place_key
from tests.reports.reading import text_of


def opened_plan(at_home):
    page = at_home.go("reports", name="city_briefing", city="Medan")
    at_home.settle(100)
    page.open_plan()
    at_home.settle(50)
    return page


def test_with_none_written_the_suggested_requests_stand_in_the_form(at_home):
    page = opened_plan(at_home)

    assert len(page.plan.form.requests.rows) == len(page.plan.form.plan().requests) > 0
    assert at_home.see(briefing_plan, "Medan").requests == ()


def test_what_is_written_is_kept_printed_and_undone(at_home):
    page = opened_plan(at_home)
    rows = page.plan.form.requests
    rows.rows[0].what.set_value("Satu nomor malam untuk surat tambahan")
    page.plan.form.promises.add()
    promise = page.plan.form.promises.rows[0]
    promise.what.set_value("Daftar kontak darurat")
    promise.who.set_value("Semua penanggung")
    promise.due.set_value(dt.date(2026, 9, 30))

    page.plan.save()
    at_home.settle(200)

    kept = at_home.see(briefing_plan, "Medan")
    assert kept.requests[0].what == "Satu nomor malam untuk surat tambahan"
    assert kept.promises[0].due == dt.date(2026, 9, 30)
    assert page.plan is None
    assert "Satu nomor malam untuk surat tambahan" in text_of(page._result.data)

    at_home.frame.undo()
    at_home.settle(100)
    assert at_home.see(briefing_plan, "Medan").requests == ()


def test_requests_change_places_and_leave(at_home):
    rows = opened_plan(at_home).plan.form.requests
    before = rows.values()

    rows.up(1)
    assert rows.values()[:2] == (before[1], before[0])

    rows.away(0)
    assert rows.values() == (before[0], *before[2:])


def test_a_half_written_request_is_refused_with_its_number(at_home):
    page = opened_plan(at_home)
    page.plan.form.requests.rows[0].who.set_value("")

    page.plan.save()
    at_home.settle(50)

    assert page.plan is not None
    assert "1" in page.plan.problems.text()
    assert at_home.see(briefing_plan, "Medan").requests == ()


def test_ctrl_p_on_a_claim_previews_its_letter(at_home):
    page = at_home.go("claim", at_home.ids["claim"])
    at_home.settle(50)
    action = next(a for a in page.actions_here() if a.key == "claim.print")
    assert action.keys == "Ctrl+P"

    action.run()
    at_home.settle(200)

    reports = at_home.page
    assert reports._name == "claim_letter"
    assert reports._result is not None
    assert reports._result.name == "claim_letter"


def test_a_claim_prints_its_own_letter_although_another_insurer_uses_the_same_number(at_home):
    key = at_home.ids["claim"]
    with at_home.store.write("Test step") as session:
        first = session.get(ClaimRow, key)
        first.claim_no, first.claim_no_key = "KLM-1", "KLM1"
        values = {c.name: getattr(first, c.name) for c in ClaimRow.__table__.columns if c.name not in ("id", "version")}
        session.add(ClaimRow(**values))
    page = at_home.go("claim", key)
    at_home.settle(50)

    next(a for a in page.actions_here() if a.key == "claim.print").run()
    at_home.settle(200)

    reports = at_home.page
    assert reports._result is not None
    assert reports.bar.claim.line.text() == "KLM-1"
    assert reports.bar.options()["claim"] == f"#{key}"


def test_a_plan_half_typed_comes_back_after_a_lock_or_a_kill_and_after_escape(at_home):
    page = opened_plan(at_home)
    rows = page.plan.form.requests
    rows.add()
    rows.rows[-1].who.set_value("Meja Indonesia")
    rows.rows[-1].by.line.setText("bes")
    count = len(rows.rows)
    at_home.frame.typing.look()
    kept = at_home.frame.shared.half_typed.recall(place_key(page.place))

    at_home.go("today")
    at_home.frame.back()
    at_home.settle(100)
    again = at_home.page.plan.form
    typed = (len(again.requests.rows), again.requests.rows[-1].who.value(), again.requests.rows[-1].by.line.text())
    at_home.page.plan._put_aside()
    at_home.page.open_plan("Medan")
    at_home.settle(50)
    aside = at_home.page.plan.form.requests.rows[-1].who.value()
    at_home.page.plan.forget()
    at_home.page.open_plan("Medan")
    at_home.settle(50)

    assert kept["page"]["plan"]["city"] == "Medan"
    assert typed == (count, "Meja Indonesia", "bes")
    assert aside == "Meja Indonesia"
    assert len(at_home.page.plan.form.requests.rows) == count - 1
