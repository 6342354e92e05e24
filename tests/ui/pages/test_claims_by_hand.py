"""A claim typed by hand: lines that add up, amounts in either notation, and letters that do the day's work."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from liaison.domain.claims import ClaimState
from liaison.domain.codes import ReasonCode
from liaison.domain.money import Money
from liaison.domain.payments import Payer, PaymentPurpose
from liaison.i18n.formats import Formats
from liaison.services import claim_views, claims, deciding
from tests import make

pytestmark = pytest.mark.bare


def typed(editor, text):
    """Type a figure as a person does, sign by sign."""
    editor.line.clear()
    QTest.keyClicks(editor.line, text)


@pytest.fixture
def new_claim(at_home):
    page = at_home.go("claim_new")
    at_home.settle()
    return page


def claim_of(place):
    return place.see(claim_views.claim, place.ids["claim"])


def to(place, *states):
    for state in states:
        more = {"claim_no": "K-1"} if state is ClaimState.REGISTERED else {}
        if state is ClaimState.SUBMITTED:
            more = {"on": place.frame.desk.today(), "channel": "portal"}
        place.do(claims.move_claim, place.ids["claim"], state, override_reason="sudah lengkap", **more)


# amounts and their lines


def test_what_is_billed_follows_the_lines_at_every_keystroke(new_claim):
    first, second = new_claim.lines.add(), new_claim.lines.add()

    typed(first.claimed, "1.250.000,50")
    typed(second.claimed, "1,000.50")

    assert new_claim.billed.value() == Money.of("1251001.00", "MYR")
    assert new_claim.sum_line.isHidden()


def test_an_amount_of_ones_own_stays_and_the_difference_is_said_with_one_press_that_takes_the_sum(new_claim):
    line = new_claim.lines.add()
    typed(new_claim.billed, "900")
    typed(line.claimed, "1000")
    said = new_claim.sum_line.difference.label.whole_text()
    kept = new_claim.billed.value()

    new_claim.sum_line.take_button.click()

    assert kept == Money.of(900, "MYR")
    assert "RM1.000,00" in said
    assert "RM100,00" in said
    assert new_claim.billed.value() == Money.of(1000, "MYR")
    assert new_claim.sum_line.isHidden()


def test_an_emptied_amount_is_that_of_the_lines_again(new_claim):
    line = new_claim.lines.add()
    typed(new_claim.billed, "5")
    QTest.keyClick(new_claim.billed.line, Qt.Key.Key_Backspace)

    typed(line.claimed, "70")

    assert new_claim.billed.value() == Money.of(70, "MYR")


def test_enter_after_an_amount_makes_the_next_line(new_claim, at_home):
    line = new_claim.lines.add()
    typed(line.claimed, "70")

    QTest.keyClick(line.claimed.line, Qt.Key.Key_Return)

    assert len(new_claim.lines.lines) == 2


@pytest.mark.parametrize(
    ("language", "text", "echo"),
    [
        ("id", "1,250", "RM1.250,00"),
        ("id", "12.50", "RM12,50"),
        ("en", "1.250", "RM1,250.00"),
        ("id", "1.250", ""),
        ("id", "1.250.000,50", ""),
        ("en", "12.50", ""),
    ],
)
def test_an_amount_that_could_mean_another_is_echoed_as_it_was_read(office, language, text, echo):
    page = office(language=language).go("claim_new")

    typed(page.billed, text)

    assert (echo in page.billed.echo.text()) if echo else page.billed.echo.isHidden()
    assert page.billed.echo.isHidden() is (not echo)


@pytest.mark.parametrize("text", ["1.250", "1 250,50", "1250"])
def test_plain_indonesian_is_never_doubtful_in_indonesian(text):
    assert not Formats("id").could_mean_another(text)


# one letter each


def test_p_on_a_row_of_the_list_records_what_came_and_leaves_the_rest_open(at_home):
    page = at_home.go("claims")
    page.bar.filter.set_text("")
    page.load()
    page.view.go_to_id(at_home.ids["claim"])
    QTest.keyClick(page.view, Qt.Key.Key_P)
    at_home.settle()
    page = at_home.page
    form = page.drawer.form.content
    before = claim_of(at_home)

    typed(form.editor("amount"), "5000")
    form.editor("receipt_no").set_value("BYR-77")
    page.drawer.form.save_button.click()
    at_home.settle()

    claim = claim_of(at_home)
    assert [(p.amount, p.payer, p.receipt_no) for p in claim.payments] == [
        (Money.of(5000, "MYR"), Payer.INSURER, "BYR-77")
    ]
    assert claim.open_amount == before.open_amount - Money.of(5000, "MYR")


def test_a_payment_is_put_right_in_its_own_form(at_home):
    claim = claim_of(at_home)
    payment = make.payment_draft(
        at_home.ids["journey"], PaymentPurpose.CLAIM, claim_id=claim.id, payer=Payer.INSURER,
        amount=Money.of(100, "MYR"), paid_on=dt.date(2026, 11, 20),
    )  # fmt: skip
    at_home.do(deciding.record_claim_payment, payment)
    page = at_home.go("claim", claim.id)
    page.side._change_payment(claim_of(at_home).payments[0].id)

    typed(page.drawer.form.content.editor("amount"), "200")
    page.drawer.form.save_button.click()
    at_home.settle()

    assert [p.amount for p in claim_of(at_home).payments] == [Money.of(200, "MYR")]


def test_q_asks_and_h_shows_the_history(at_home):
    page = at_home.go("claim", at_home.ids["claim"])

    QTest.keyClick(page, Qt.Key.Key_Q)
    asks = page.drawer.form is not None
    QTest.keyClick(page, Qt.Key.Key_H)
    at_home.settle()

    assert asks
    assert at_home.page.place.page == "history"


def test_r_says_why_a_claim_cannot_be_rejected_now_and_offers_the_way(at_home):
    page = at_home.go("claim", at_home.ids["claim"])

    QTest.keyClick(page, Qt.Key.Key_R)

    assert page.panel.isVisible()
    assert page.drawer.form is None


def test_r_rejects_a_claim_in_review_with_its_reason_in_plain_words(at_home):
    states = [ClaimState.READY, ClaimState.SUBMITTED, ClaimState.REGISTERED, ClaimState.IN_REVIEW]
    now = claim_of(at_home).state
    to(at_home, *[s for s in states if s.value > now.value])
    page = at_home.go("claim", at_home.ids["claim"])

    QTest.keyClick(page, Qt.Key.Key_R)
    form = page.drawer.form.content
    form.boxes["reason"].editor.set_value(ReasonCode.R05)
    form.boxes["reason"].editor.changed.emit()
    said = form.meaning.text()
    page.drawer.form.save_button.click()
    at_home.settle()

    claim = claim_of(at_home)
    assert said
    assert claim.state is ClaimState.REJECTED
    assert claim.reason is ReasonCode.R05
