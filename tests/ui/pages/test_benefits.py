"""Plans on the insurer's card, the estimate and the cures on a claim, refunds and instalments on a case."""

import datetime as dt
from decimal import Decimal

import pytest
import sqlalchemy as sa
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton

from liaison.domain.benefits import BenefitCategory, Step
from liaison.domain.claims import ClaimDecisionDraft, ClaimState
from liaison.domain.codes import ReasonCode
from liaison.domain.journeys import JourneyState
from liaison.domain.money import Money
from liaison.domain.payments import Payer, PaymentPurpose
from liaison.domain.plans import PlanRulesDraft
from liaison.domain.problems import Problem
from liaison.domain.settlement import PromiseDraft, PromiseKind
from liaison.services import claims, deciding, plans, policies, promises, work
from liaison.store.models import TaskRow
from liaison.ui.pages.cures import Cures
from liaison.ui.pages.money_settlement import SettlementLines
from liaison.ui.pages.plan_card import PlanSection
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.order_edit import OrderEdit
from tests import make
from tests.services.test_money_debts import pay, with_final_letter
from tests.ui.walk import nameless


@pytest.fixture
def place(office):
    return office(language="en")


def texts(widget):
    return "\n".join(label.whole_text() for label in widget.findChildren(Label))


def press(widget, name):
    button = next(b for b in widget.findChildren(QAbstractButton) if name in (b.accessibleName(), b.text().strip()))
    button.click()


def rm(amount):
    return Money.of(amount, "MYR")


def test_a_plan_is_written_down_on_the_insurers_card_and_told_in_sentences(place):
    page = place.go("network", place.ids["insurer"], part="insurers")
    page.view.go_to_id(place.ids["insurer"])
    place.settle()

    def opened(name):
        press(page.card, name)
        form = page.drawer.form
        assert nameless(form) == []
        assert form.content.minimumSizeHint().width() <= page.drawer.width() - 32, name
        return form.content

    form = opened("New plan")
    for name, value in (("name", "Premier"), ("plan", "Gold"), ("currency", "MYR")):
        form.editor(name).set_value(value)
    page.drawer.form.save_button.click()
    place.settle()
    rules = opened("Write its rules")
    rules.editor("source").set_value("policy, page 4")
    rules.editor("territories").set_value(("MY TH 60",))
    rules.editor("deductible").set_value(rm(500))
    page.drawer.form.save_button.click()
    place.settle()
    limit = opened("Add a limit")
    limit.editor("category").set_value(BenefitCategory.CANCER)
    limit.editor("amount").set_value(rm(60_000))
    page.drawer.form.save_button.click()
    place.settle()

    said = texts(page.card.findChild(PlanSection))
    assert "In Malaysia, Thailand it pays 60%." in said
    assert "The first RM500.00 of a policy year are the patient's." in said
    assert "Cancer treatment: at most RM60,000.00 a policy year." in said
    assert "Source: policy, page 4" in said


def test_the_order_of_the_steps_is_chosen_with_two_buttons(place):
    edit = OrderEdit(place.frame.desk, (Step.ROOM, Step.COPAY, Step.DEDUCTIBLE))
    place.qtbot.addWidget(edit)
    edit.set_value((Step.COPAY, Step.ROOM))

    press(edit, "Move up: Room above entitlement")
    assert edit.value() == (Step.ROOM, Step.COPAY)
    kept = edit.typed()
    edit.set_value(())
    edit.retype(kept)

    assert edit.value() == (Step.ROOM, Step.COPAY)


def with_plan(place, **rules):
    """A plan for the case's own policy."""
    draft = make.product_draft(insurer_id=place.ids["insurer"], currency="MYR", name="Ringgit")
    product = place.do(policies.add_product, draft).made
    place.do(plans.set_plan_rules, PlanRulesDraft(product_id=product, source="policy, page 4", **rules))
    cover = place.see(policies.cover, place.ids["cover"])
    known = place.see(policies.policy_draft, cover.policy_id)
    place.do(policies.edit_policy, cover.policy_id, make.changed(known, product_id=product))


def test_the_claim_says_what_the_insurer_will_probably_pay_and_what_was_left_out(place):
    page = place.go("claim", place.ids["claim"])
    assert "How this plan pays is not on record yet." in texts(page.benefit)

    with_plan(place, copay_percent="10")
    place.settle()

    said = texts(page.benefit)
    billed = page.claim.billed
    assert page.benefit.estimate.result.benefit == billed - billed.times(Decimal("0.1"))
    assert "Estimate. The insurer decides." in said
    assert "Left out: " in said
    assert "Less co-payment share RM" in said


def test_the_estimate_is_printed_from_the_claim_and_from_the_case(place):
    with_plan(place)
    page = place.go("claim", place.ids["claim"])
    press(page.benefit, "Print the estimate…")
    place.settle()
    assert (place.page._name, place.page.bar.options()) == ("benefit_estimate", {"claim": f"#{place.ids['claim']}"})
    assert place.page._result.name == "benefit_estimate"

    page = place.go("journey", place.ids["journey"])
    press(page, "Print the estimate…")
    place.settle()
    assert place.page.bar.options()["case"] == page.case.case_no
    assert place.page._result.pages >= 1


def test_a_rejected_claim_says_who_can_mend_it_until_when_and_copies_the_text(place):
    for state in (ClaimState.READY, ClaimState.SUBMITTED, ClaimState.REGISTERED, ClaimState.IN_REVIEW):
        more = {"channel": "portal", "claim_no": "K-9", "override_reason": "ada"}
        place.do(claims.move_claim, place.ids["claim"], state, **more)
    draft = ClaimDecisionDraft(decided_on=place.frame.desk.today(), outcome=ClaimState.REJECTED, reason=ReasonCode.R08)
    place.do(deciding.decide_claim, place.ids["claim"], draft)
    page = place.go("claim", place.ids["claim"])

    said = texts(page.side)
    press(page.side, "Copy the text, both languages")

    assert "Can be mended by: doctor" in said
    assert "60 days left" in said
    assert "The insurer states that the treatment" in QGuiApplication.clipboard().text()
    recovery = place.go("recovery")
    assert recovery.table.rowCount() == 1
    assert recovery.empty.isHidden()


def test_a_refund_that_is_due_opens_its_form_with_the_amount_and_a_promise_its_line(place):
    page = place.go("journey", place.ids["journey"])
    problem = Problem(code="REFUND_DUE", message="", guard="refunded", values={"due": rm(1800)})

    Cures(page.bench, page.case, show=print, edit=print).cure(problem).run()

    read = page.drawer.form.content.read()
    assert (read.purpose, read.payer, read.amount) == (PaymentPurpose.REFUND, Payer.HOSPITAL, rm(1800))
    page.drawer.close_form()
    owed = PromiseDraft(
        journey_id=place.ids["journey"], kind=PromiseKind.REFUND, promised_by=Payer.HOSPITAL, amount=rm(1800),
        due_on=place.frame.desk.today() + dt.timedelta(days=7),
    )  # fmt: skip
    place.do(promises.promise, owed)
    place.settle()
    lines = page.findChild(SettlementLines)
    assert "Refund of the deposit RM1,800.00 from hospital by" in texts(lines)
    press(lines, "It was paid")
    assert place.see(promises.promises_of, place.ids["journey"])[0].kept_on == place.frame.desk.today()


# the two acceptance walks of money: a second policy, and a deposit that comes back


def test_what_aia_left_is_claimed_from_prudential_with_one_press_and_its_pack_asks_for_the_legalised_copy(place):
    store = place.store
    person = make.patient(store)
    aia = make.cover(store, person, make.insurer(store, name="AIA Financial"), policy_no="A-1", cob_order=1)
    make.cover(store, person, make.insurer(store, name="Prudential"), policy_no="P-1", cob_order=2)
    draft = make.claim_draft(patient_id=person, cover_id=aia, billed=rm(12_000), state=ClaimState.IN_REVIEW)
    first = make.made(store, claims.file_claim, draft)
    decided = ClaimDecisionDraft(
        decided_on=place.frame.desk.today(), outcome=ClaimState.PARTIALLY_APPROVED, approved=rm(8000),
        reason=ReasonCode.R13,
    )  # fmt: skip
    make.do(store, deciding.decide_claim, first, decided)
    page = place.go("claim", first)

    press(page.side, "Claim RM4,000.00 from Prudential")
    place.settle()

    second = place.page.claim
    assert (second.insurer, second.billed) == ("Prudential", rm(4000))
    said = texts(place.page.side)
    assert "This asks for what the first insurer left" in " ".join(
        b.accessibleName() for b in place.page.side.findChildren(QAbstractButton)
    )
    assert {k.value for item in second.missing for k in item.kinds} >= {"COB_LETTER", "RECEIPT_COPY_LEGALISED"}
    assert "Documents still missing" in said


def test_closing_waits_for_the_rest_of_the_deposit_and_offers_to_record_it(place):
    key = with_final_letter(place.store, rm(1200))
    pay(place.store, key, PaymentPurpose.DEPOSIT, rm(3000))
    with place.store.write("ready") as session:
        for task in session.scalars(sa.select(TaskRow).where(TaskRow.journey_id == key, TaskRow.done_at.is_(None))):
            work.finish_task(session, task.id)
    page = place.go("journey", key)

    page.mover.go(JourneyState.CLOSED)
    assert page.panel.isVisible()
    assert "RM1,800.00" in texts(page.panel)
    (cure,) = page.panel.cures
    cure.click()
    page.drawer.form.save_button.click()
    place.settle()
    assert page.panel.isHidden()
    page.mover.go(JourneyState.CLOSED)

    assert page.case.state is JourneyState.CLOSED
