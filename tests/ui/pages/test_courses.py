"""What runs beside a case, at its page: cycles, a way home, a complaint, an infection; and a letter's top-up."""

import datetime as dt

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu

from liaison.domain import journey_guards
from liaison.domain.acceptance import PanelDraft
from liaison.domain.benefits import LimitKind
from liaison.domain.codes import ReasonCode
from liaison.domain.complaints import ComplaintCause, ComplaintOutcome
from liaison.domain.cycles import CyclePlanDraft, VisitState
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.infection import HealthNoticeDraft
from liaison.domain.journeys import EntryMode, JourneyState
from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.domain.plans import BenefitLimitDraft, PlanRulesDraft
from liaison.domain.repatriation import RepatriationState
from liaison.i18n.formats import Formats
from liaison.services import (
    complaints,
    cycles,
    guarantee_views,
    guarantees,
    infections,
    journeys,
    panels,
    payments,
    plans,
    policies,
    repatriation,
)  # fmt: skip
from liaison.services import office as officers
from liaison.services.facts import facts_of
from liaison.store.models import CoverRow
from liaison.ui.pages import course_forms
from liaison.ui.pages.journey_courses import course_rows
from liaison.ui.pages.panel_card import PanelSection
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.step_row import StepRow
from tests import make

pytestmark = pytest.mark.bare

S = JourneyState
FIRST = dt.date(2026, 12, 1)


def said(widget):
    return " | ".join(label.text() for label in widget.findChildren(Label))


def rows_of(place, prefix):
    return [row for row in place.page.side.findChildren(StepRow) if row.objectName().startswith(prefix)]


def press(place, name):
    """Press a button of the page by its name or its words."""
    found = [b for b in place.page.findChildren(QAbstractButton) if name in (b.objectName(), b.text().strip())]
    found[-1].click()
    place.settle()


def choose(place, words):
    """Choose a row of the menu that is open."""
    (menu,) = [m for m in place.window.findChildren(QMenu) if m.isVisible()]
    next(a for a in menu.actions() if a.text().startswith(words)).trigger()
    menu.close()
    place.settle()


def case(place):
    return place.go("journey", place.ids["journey"])


def test_six_cycles_are_planned_one_is_put_off_and_the_shortfall_stands_on_the_page(office):
    place = office(language="en")
    page = case(place)
    (plan,) = [row for row in course_rows(page.bench, page.case) if row and row[0] == "Plan cycles…"]
    plan[1]()
    form = page.drawer.form.content
    form.editor("first_on").set_value(FIRST)
    for name, amount in (("price", "10500"), ("limit", "60000")):
        QTest.keyClicks(form.editor(name).line, amount)
    page.drawer.form.save_button.click()
    place.settle()
    assert "RM3,000.00 is not covered: cycle 6" in said(page.side)

    rows_of(place, "visit.")[2].click()
    choose(place, "Does not take place")
    QTest.keyClicks(page.drawer.form.content.editors["reason"].box, "leukosit rendah")
    page.drawer.form.save_button.click()
    place.settle()

    assert rows_of(place, "visit.")[2].text().startswith("Cycle 3 · 2")
    assert place.see(cycles.cycles_of, place.ids["journey"]).last_on == dt.date(2027, 4, 6)


def test_the_limit_of_a_plan_is_taken_from_the_policy_and_the_section_says_who_counts_it(office):
    place = office(language="en")
    key = place.ids["journey"]
    cover = place.see(lambda s: s.get(CoverRow, place.ids["cover"]).policy_id)
    draft = place.see(policies.policy_draft, cover)
    product = make.made(
        place.store, policies.add_product, make.product_draft(insurer_id=draft.insurer_id, currency="MYR")
    )
    make.do(place.store, policies.edit_policy, cover, make.changed(draft, product_id=product))
    rules = PlanRulesDraft(product_id=product, source="polis hal. 4", stated_on=dt.date(2026, 10, 1))
    make.do(place.store, plans.set_plan_rules, rules)
    limit = BenefitLimitDraft(product_id=product, kind=LimitKind.LIFETIME, amount=Money.of(60_000, "MYR"))
    make.do(place.store, plans.add_limit, limit)
    plan = CyclePlanDraft(journey_id=key, visits=6, every_days=21, first_on=FIRST, price=Money.of(10_500, "MYR"))
    make.do(place.store, cycles.plan_cycles, plan)
    page = case(place)

    seen = page.case.courses.cycles
    course_forms.plan_limit_form(page.bench, seen.id, version=seen.version)
    editor = page.drawer.form.content.editors["limit"]
    editor.set_value(next(n for n in range(editor.combo.count()) if "life" in editor.combo.itemText(n)))
    page.drawer.form.save_button.click()
    place.settle()

    told = said(page.side)
    assert "Whole policy: the whole life" in told
    assert "added up from the claims here" in told
    assert "is not covered: cycle" in told


def test_the_next_cycle_begins_with_one_button_once_the_patient_is_home(office):
    place = office(language="en")
    key = place.ids["journey"]
    for state in (S.DISCHARGE_PENDING, S.DISCHARGED, S.RETURNED):
        make.do(place.store, journeys.move_journey, key, state, override_reason="pulang")
    plan = CyclePlanDraft(journey_id=key, visits=3, every_days=21, first_on=FIRST, price=Money.of(9_000, "MYR"))
    make.do(place.store, cycles.plan_cycles, plan)
    page = case(place)

    press(place, "Begin cycle 1")

    assert page.case.state is S.PREAUTH
    assert page.case.courses.cycles.visits[0].state is VisitState.UNDER_WAY
    assert page.case.guarantees[0].state is GuaranteeState.DRAFT


def test_a_way_home_shows_what_is_missing_and_goes_on_step_by_step(office):
    place = office(language="en")
    key = place.ids["journey"]
    make.confirm(place.store, key, FactKind.DEATH)
    make.do(place.store, journeys.move_journey, key, S.DECEASED)
    page = case(place)
    assert "Family and consulate to be told" in said(page.side)
    assert len(rows_of(place, "way_home.")) >= 4

    press(place, "way_home.next")
    choose(place, "Papers being put together")
    form = page.drawer.form.content
    QTest.keyClicks(form.editor("consulate").line, "KJRI Penang")
    form.editor("consulate_told_on").set_value(dt.date(2026, 11, 20))
    page.drawer.form.save_button.click()
    place.settle()
    press(place, "way_home.next")
    choose(place, "Papers being put together")

    assert place.see(repatriation.repatriation_of, key).state is RepatriationState.PAPERS


def test_a_complaint_is_written_down_and_answered(office):
    place = office(language="en")
    page = case(place)
    course_forms.complaint_form(page.bench, page.record)
    form = page.drawer.form.content
    QTest.keyClicks(form.editor("text").box, "menunggu dua jam")
    page.drawer.form.save_button.click()
    assert form.boxes["cause"].problem_text, "the cause is asked for"
    form.editor("cause").set_value(ComplaintCause.WAITING)
    page.drawer.form.save_button.click()
    place.settle()

    rows_of(place, "complaint.")[0].click()
    choose(place, "Answer")
    form = page.drawer.form.content
    form.editor("outcome").set_value(ComplaintOutcome.JUSTIFIED)
    QTest.keyClicks(form.editor("outcome_note").box, "maaf disampaikan")
    page.drawer.form.save_button.click()
    place.settle()

    assert place.see(complaints.open_complaints, page.record) == 0
    assert "justified, put right" in rows_of(place, "complaint.")[0].accessibleName()


def test_only_the_two_roles_open_the_notice_of_an_infection(office):
    place = office(language="en")
    key = place.ids["journey"]
    notice = HealthNoticeDraft(journey_id=key, disease="TBC paru", notified_on=dt.date(2026, 11, 20))
    make.do(place.store, infections.write_notice, notice)
    page = case(place)
    assert "TBC" not in said(page)
    press(place, "Show the notice…")
    assert page.drawer.form.content.editor("disease").value() == "TBC paru"
    page.drawer.close_form()

    colleague = make.made(place.store, officers.add_officer, make.officer_draft(name="Sari", is_supervisor=True))
    make.do(place.store, journeys.assign, key, colleague)
    me = next(o for o in place.see(officers.officers) if o.name == make.OFFICER)
    make.do(place.store, officers.edit_officer, me.id, make.officer_draft(is_supervisor=False))
    page = case(place)
    press(place, "Show the notice…")

    assert page.drawer.form is None


@pytest.fixture
def letter(office):
    place = office(language="en")
    bill = make.bill_draft(place.ids["journey"], BillKind.INTERIM, bill_no="B-9", amount=Money.of(49_000, "MYR"),
                           billed_on=dt.date(2026, 11, 20))  # fmt: skip
    make.do(place.store, payments.record_bill, bill)
    make.do(place.store, guarantees.move_guarantee, place.ids["letter"], GuaranteeState.ACCEPTED, reason=ReasonCode.R02)
    place.go("letter", place.ids["letter"])
    return place


def test_the_request_for_more_is_drafted_copied_and_noted_from_the_letter(letter):
    key = letter.ids["letter"]
    press(letter, "letter.topup")
    text = letter.page.drawer.form.content.findChild(Form).editor("text")
    assert "please raise guarantee letter" in text.value()

    press(letter, "Copy the text")
    assert QGuiApplication.clipboard().text() == text.value()
    letter.page.drawer.form.save_button.click()
    letter.settle()

    assert letter.see(guarantee_views.guarantee, key).state is GuaranteeState.TOPUP_REQUESTED


def test_the_panel_is_noted_from_the_letter_and_the_answer_follows(letter):
    page = letter.page
    assert "Insurer on this hospital's panel" in said(page.side)
    press(letter, "Note what the desk says…")
    form = page.drawer.form.content
    QTest.keyClicks(form.editor("source").line, "meja GL")
    page.drawer.form.save_button.click()
    letter.settle()

    (entry,) = letter.see(panels.panels_of, letter.ids["hospital"])
    assert entry.source == "meja GL"
    assert "On the panel · meja GL" in said(page.side)


def test_a_hospitals_card_says_whose_letters_it_takes(office):
    place = office(language="en")
    entry = PanelDraft(insurer_id=place.ids["insurer"], hospital_id=place.ids["hospital"], source="meja GL",
                       checked_on=dt.date(2026, 4, 1))  # fmt: skip
    make.do(place.store, panels.record_panel, entry)
    place.go("network", place.ids["hospital"])
    (row,) = place.page.findChild(PanelSection).findChildren(StepRow)
    assert row.text() == "Nusa Proteksi"

    row.click()
    choose(place, "Take it off")

    assert place.see(panels.panels_of, place.ids["hospital"]) == ()


def test_a_rate_is_read_as_either_language_writes_it():
    for typed, code, rate in (
        ("4.473,29", "id", "4473.29"), ("4,473.29", "en", "4473.29"), ("4.5325", "id", "4.5325"),
        ("4.473", "id", "4473"), ("4.473", "en", "4.473"), ("3850", "id", "3850"),
    ):  # fmt: skip
        assert str(Formats(code).read_rate(typed)) == rate, typed
    assert Formats("id").read_rate("empat") is None


def test_an_emergency_without_a_policy_is_cured_by_choosing_the_cover(office):
    place = office(language="en")
    key = make.made(
        place.store, journeys.open_journey,
        make.journey_draft(patient_id=place.ids["patient"], entry_mode=EntryMode.EMERGENCY, state=S.ADMITTED),
    )  # fmt: skip
    page = place.go("journey", key)
    problem = journey_guards.GUARDS["eligibility"].asks(place.see(facts_of, key))
    assert problem.code == "NO_POLICY"

    page._cure(problem).run()
    place.settle()

    assert page.case.cover.id == place.ids["cover"]
