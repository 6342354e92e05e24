"""Money that still has to move: a deposit to give back before a case closes, instalments, promises and their steps."""

import datetime as dt

import pytest
import sqlalchemy as sa

from liaison.domain.errors import Refused
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.journeys import EntryMode, JourneyState
from liaison.domain.money import Money
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.settlement import Paid, PromiseDraft, PromiseKind, Refund, instalments, settle
from liaison.i18n import Language
from liaison.services import facts, final_bills, guarantees, journeys, payments, promises, settlement
from liaison.store.models import TaskRow
from tests import make

P = PaymentPurpose
DAY = dt.date(2026, 11, 2)


def rm(amount):
    return Money.of(amount, "MYR")


def with_final_letter(store, excess, **case):
    """A case in follow-up whose final letter leaves an excess to the patient."""
    person = make.patient(store)
    cover = make.cover(store, person)
    key = make.journey(
        store, person, cover_id=cover, state=JourneyState.FOLLOW_UP, entry_mode=EntryMode.ELECTIVE, **case
    )
    letter = make.made(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=key, cover_id=cover))
    make.do(store, guarantees.add_version, make.version_draft(letter), gl_no="GL-1")
    for to in (GuaranteeState.ACCEPTED, GuaranteeState.FINAL_REQUESTED):
        make.do(store, guarantees.move_guarantee, letter, to, override_reason="diterima rumah sakit")
    make.do(
        store, guarantees.add_version, make.version_draft(letter, VersionKind.FINAL, ceiling=rm(11_000)),
        accepted=rm(10_000), excess=excess, override_reason="surat akhir",
    )  # fmt: skip
    return key


def pay(store, key, purpose, amount, **values):
    make.do(
        store, payments.record_payment,
        make.payment_draft(key, purpose, amount=amount, receipt_no=f"{purpose}{amount.minor}", **values),
    )  # fmt: skip


def close(store, key):
    """What stands in the way of closing, by guard."""
    found = make.see(store, journeys.moves, key)
    return {p.guard: p for m in found if m.to is JourneyState.CLOSED for p in m.problems}


def test_a_case_does_not_close_until_the_rest_of_the_deposit_came_back(store):
    key = with_final_letter(store, rm(1200))
    pay(store, key, P.DEPOSIT, rm(3000))

    blocked = close(store, key)

    assert blocked["refunded"].text(Language("en")) == "The hospital still has RM1,800.00 of the deposit to give back."
    assert blocked["refunded"].cure == "Record the refund"
    assert "excess" not in blocked
    with pytest.raises(Refused) as refusal:
        make.do(store, journeys.move_journey, key, JourneyState.CLOSED)
    assert "REFUND_DUE" in {p.code for p in refusal.value.problems}

    pay(store, key, P.REFUND, rm(1000), payer=Payer.HOSPITAL)
    assert close(store, key)["refunded"].values["due"] == rm(800)
    pay(store, key, P.REFUND, rm(800), payer=Payer.HOSPITAL)
    assert not {"refunded", "excess"} & set(close(store, key))


def test_a_deposit_beside_an_excess_paid_apart_comes_back_whole(store):
    key = with_final_letter(store, rm(1200))
    pay(store, key, P.EXCESS, rm(1200))
    pay(store, key, P.DEPOSIT, rm(3000))

    assert close(store, key)["refunded"].values["due"] == rm(3000)


def test_a_deposit_in_rupiah_beside_an_excess_in_ringgit_is_not_forgotten(store):
    key = with_final_letter(store, rm(1200))
    pay(store, key, P.EXCESS, rm(1200))
    pay(store, key, P.DEPOSIT, Money.of(10_000_000, "IDR"))

    assert close(store, key)["refunded"].values["due"] == Money.of(10_000_000, "IDR")

    pay(store, key, P.REFUND, Money.of(10_000_000, "IDR"), payer=Payer.HOSPITAL)
    assert "refunded" not in close(store, key)


def test_a_deposit_smaller_than_the_excess_leaves_the_excess_open(store):
    key = with_final_letter(store, rm(1200))
    pay(store, key, P.DEPOSIT, rm(1000))

    assert {"excess"} <= set(close(store, key))
    assert make.see(store, settlement.settlement_of, key).unpaid == rm(200)
    assert "refunded" not in close(store, key)


def test_who_pays_alone_gets_back_what_the_final_bill_leaves_of_the_deposit(store):
    key = make.journey(store, state=JourneyState.FOLLOW_UP)
    assert make.see(store, settlement.settlement_of, key) is None
    pay(store, key, P.DEPOSIT, rm(5000))
    assert make.see(store, settlement.settlement_of, key).refund_due is None

    for kind, amount in ((BillKind.FINAL, rm(4500)), (BillKind.CREDIT_NOTE, rm(100))):
        make.do(store, payments.record_bill, make.bill_draft(key, kind, amount=amount))
    pay(store, key, P.BILL, rm(400), payer=Payer.EMPLOYER)

    assert make.see(store, settlement.refund_due, key) == rm(1000)
    assert make.see(store, facts.facts_of, key).refund_due == rm(1000)
    pay(store, key, P.REFUND, rm(1000), payer=Payer.HOSPITAL)
    known = make.see(store, facts.facts_of, key)
    assert (known.refund_due, known.is_self_settled) == (None, True)


def test_a_deposit_of_an_employer_comes_back_to_the_employer_beyond_the_excess(store):
    key = with_final_letter(store, rm(1200))
    pay(store, key, P.DEPOSIT, rm(3000), payer=Payer.EMPLOYER)

    found = make.see(store, settlement.settlement_of, key)
    assert found.refunds == (Refund(to=Payer.EMPLOYER, amount=rm(1800)),)
    assert found.unpaid is None
    blocked = close(store, key)
    assert blocked["refunded"].values["due"] == rm(1800)
    assert "excess" not in blocked

    pay(store, key, P.REFUND, rm(1800), payer=Payer.HOSPITAL)
    assert not {"refunded", "excess"} & set(close(store, key))


def test_an_employers_deposit_comes_back_whole_where_the_family_pays_the_excess(store):
    key = with_final_letter(store, rm(1200))
    pay(store, key, P.DEPOSIT, rm(3000), payer=Payer.EMPLOYER)
    pay(store, key, P.EXCESS, rm(1200))

    assert close(store, key)["refunded"].values["due"] == rm(3000)
    pay(store, key, P.REFUND, rm(3000), payer=Payer.HOSPITAL)
    assert not {"refunded", "excess"} & set(close(store, key))


@pytest.mark.parametrize(
    ("own", "employers", "refunds"),
    [
        (3000, 3000, [(Payer.PATIENT, 1000)]),
        (1000, 6000, [(Payer.PATIENT, 1000), (Payer.EMPLOYER, 1000)]),
        (0, 6000, [(Payer.EMPLOYER, 1000)]),
        (0, 4000, []),
    ],
)
def test_an_employers_deposit_is_used_before_the_patients_own(own, employers, refunds):
    paid = [
        Paid(purpose=P.DEPOSIT, payer=w, amount=rm(a)) for w, a in ((Payer.PATIENT, own), (Payer.EMPLOYER, employers))
    ]

    found = settle(rm(5000), paid, currency="MYR")

    assert [(r.to, r.amount) for r in found.refunds] == [(to, rm(amount)) for to, amount in refunds]
    back = [Paid(purpose=P.REFUND, payer=Payer.HOSPITAL, amount=r.amount) for r in found.refunds]
    assert settle(rm(5000), [*paid, *back], currency="MYR").refunds == ()


def test_a_deposit_of_an_employer_comes_back_whole_where_no_bill_will_come(store):
    key = make.journey(store)
    pay(store, key, P.DEPOSIT, rm(3000), payer=Payer.EMPLOYER)

    assert make.see(store, settlement.deposit_left, key) == rm(3000)
    elsewhere = settle(
        rm(100), [Paid(purpose=P.DEPOSIT, payer=Payer.EMPLOYER, amount=Money(500, "SGD"))], currency="MYR"
    )
    assert elsewhere.refunds == (Refund(to=Payer.EMPLOYER, amount=Money(500, "SGD")),)


def test_while_a_letter_runs_nobody_knows_what_comes_back(store):
    person = make.patient(store)
    key = make.journey(store, person)
    cover = make.cover(store, person)
    make.do(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=key, cover_id=cover))
    pay(store, key, P.DEPOSIT, rm(5000))
    make.do(store, payments.record_bill, make.bill_draft(key, BillKind.FINAL))

    found = make.see(store, settlement.settlement_of, key)

    assert (found.owed, found.refund_due, found.unpaid) == (None, None, None)


def test_payments_in_another_currency_stay_apart():
    other = Paid(purpose=P.DEPOSIT, payer=Payer.PATIENT, amount=Money.of(5_000_000, "IDR"))
    by_insurer = Paid(purpose=P.BILL, payer=Payer.INSURER, amount=rm(50))

    assert settle(rm(100), [other, by_insurer], currency="MYR").unpaid == rm(50)
    assert settle(rm(100), [], currency="IDR").owed is None


# promises


def promised(key, kind=PromiseKind.REFUND, by=Payer.HOSPITAL, **values):
    return PromiseDraft(
        **{
            "journey_id": key, "kind": kind, "promised_by": by, "amount": rm(1800), "due_on": dt.date(2026, 11, 16),
            **values,
        }
    )  # fmt: skip


def steps(store):
    """Titles of open steps with their due day."""
    with store.read() as session:
        rows = session.scalars(
            sa.select(TaskRow).where(TaskRow.done_at.is_(None), TaskRow.title.contains("ollow up the"))
        )
        return {row.title: row.due_at.date() for row in rows}


def test_a_refund_with_a_day_is_followed_up_and_kept_by_the_payment(store, clock):
    key = make.journey(store)
    make.do(store, promises.promise, promised(key))
    assert steps(store) == {"Follow up the refund of the deposit": dt.date(2026, 11, 16)}
    assert make.see(store, promises.promises_of, key, claim_id=7) == ()
    clock.forward(days=20)
    assert [p.is_late for p in make.see(store, promises.promises_of, key)] == [True]

    pay(store, key, P.REFUND, rm(1800), payer=Payer.HOSPITAL, paid_on=dt.date(2026, 11, 20))

    (view,) = make.see(store, promises.promises_of, key)
    assert (view.kept_on, view.is_late) == (dt.date(2026, 11, 20), False)
    assert steps(store) == {}


def test_a_bill_in_instalments_adds_up_and_each_payment_ticks_the_next(store):
    key = make.journey(store)
    bill = promised(key, PromiseKind.BILL, Payer.PATIENT, amount=rm("1000"), due_on=dt.date(2026, 11, 30))

    make.do(store, promises.promise_instalments, bill, count=3)

    parts = make.see(store, promises.promises_of, key)
    assert [(p.due_on, p.amount) for p in parts] == [
        (dt.date(2026, 11, 30), rm("333.34")), (dt.date(2026, 12, 30), rm("333.33")),
        (dt.date(2027, 1, 30), rm("333.33")),
    ]  # fmt: skip
    pay(store, key, P.BILL, rm("333.34"))
    pay(store, key, P.BILL, rm("300"))
    assert [p.kept_on is not None for p in make.see(store, promises.promises_of, key)] == [False, False, True]
    assert steps(store) == {"Follow up the instalments of the bill": dt.date(2026, 12, 30)}
    for count in (0, 37):
        with pytest.raises(Refused):
            make.do(store, promises.promise_instalments, bill, count=count)
    with pytest.raises(ValueError, match="instalments"):
        instalments(rm(5), first_on=DAY, count=0)


def test_a_promise_may_be_kept_by_hand_once_or_taken_off(store):
    key = make.journey(store)
    first = make.made(store, promises.promise, promised(key))
    second = make.made(store, promises.promise, promised(key, amount=rm(5), due_on=dt.date(2026, 12, 1)))
    make.do(store, promises.keep_promise, first)
    with pytest.raises(Refused):
        make.do(store, promises.keep_promise, first)
    assert list(steps(store).values()) == [dt.date(2026, 12, 1)]

    make.do(store, promises.take_off_promise, second)
    assert steps(store) == {}


def test_a_promise_says_for_what_and_how_much(store):
    key = make.journey(store)

    for wrong in (promised(key, amount=rm(0)), promised(key, PromiseKind.CLAIM), promised(key + 1)):
        with pytest.raises(Refused):
            make.do(store, promises.promise, wrong)
    late = promised(key, due_on=dt.date(2026, 10, 1))
    make.do(store, promises.promise, late)


# one final bill, whoever asks


def test_a_bill_that_an_employer_paid_whole_is_settled(store):
    key = make.journey(store, state=JourneyState.FOLLOW_UP)
    make.do(store, payments.record_bill, make.bill_draft(key, BillKind.FINAL, amount=rm(900)))
    assert not make.see(store, facts.facts_of, key).is_self_settled

    pay(store, key, P.BILL, rm(900), payer=Payer.EMPLOYER)

    assert make.see(store, facts.facts_of, key).is_self_settled
    assert make.see(store, settlement.settlement_of, key).unpaid is None


def test_two_final_bills_less_a_credit_note_come_to_one_figure_everywhere(store):
    key = make.journey(store, state=JourneyState.FOLLOW_UP)
    for number, kind, amount in (
        ("A-1", BillKind.FINAL, rm(4000)), ("B-1", BillKind.FINAL, rm(500)), ("C-1", BillKind.CREDIT_NOTE, rm(100))
    ):  # fmt: skip
        make.do(store, payments.record_bill, make.bill_draft(key, kind, amount=amount, bill_no=number))

    assert make.see(store, final_bills.final_bill, key).amount == rm(4400)
    assert make.see(store, settlement.settlement_of, key).unpaid == rm(4400)
    pay(store, key, P.BILL, rm(4000))
    assert not make.see(store, facts.facts_of, key).is_self_settled
    pay(store, key, P.BILL, rm(400))
    assert make.see(store, facts.facts_of, key).is_self_settled


def test_an_excess_that_an_employer_paid_is_settled_and_owed_by_nobody(store):
    key = with_final_letter(store, rm(1200))

    pay(store, key, P.EXCESS, rm(1200), payer=Payer.EMPLOYER)

    assert "excess" not in close(store, key)
    assert make.see(store, settlement.settlement_of, key).unpaid is None
