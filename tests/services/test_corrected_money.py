"""A bill or payment that is corrected or taken off: what rested on it stands open again, and one undo heals it."""

import datetime as dt
from dataclasses import replace

import sqlalchemy as sa

from liaison.domain.money import Money
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.settlement import PromiseDraft, PromiseKind
from liaison.services import payments, promises, settlement
from liaison.store.models import TaskRow
from tests import make
from tests.services.test_letter_burn import admitted, bill, rm, steps, views_bill

__all__ = ["admitted"]
_TITLE = promises.STEP_OF[PromiseKind.REFUND]


def refunded(store):
    """A deposit of RM3,000, an excess of RM1,200, and the refund that was promised and came."""
    case = make.journey(store)
    make.do(store, payments.record_payment, make.payment_draft(case, PaymentPurpose.DEPOSIT, amount=rm("3000")))
    make.do(store, payments.record_bill, make.bill_draft(case, BillKind.FINAL, amount=rm("1200")))
    draft = PromiseDraft(
        journey_id=case, kind=PromiseKind.REFUND, promised_by=Payer.HOSPITAL, amount=rm("1800"),
        due_on=dt.date(2026, 11, 20),
    )  # fmt: skip
    make.do(store, promises.promise, draft)
    back = make.payment_draft(case, PaymentPurpose.REFUND, payer=Payer.HOSPITAL, amount=rm("1800"))
    return case, make.made(store, payments.record_payment, back)


def open_steps(store):
    asked = sa.select(sa.func.count()).where(TaskRow.title == _TITLE, TaskRow.done_at.is_(None))
    return make.see(store, lambda s: s.scalar(asked))


def kept(store, case):
    return [p.kept_on is not None for p in make.see(store, promises.promises_of, case)]


def test_a_refund_taken_off_is_followed_up_again_and_one_undo_brings_it_back(store):
    case, refund = refunded(store)
    assert (kept(store, case), open_steps(store)) == ([True], 0)

    with store.write("Take a payment off") as session:
        payments.void_payment(session, refund)
        action = session.info["action_id"]
    assert (kept(store, case), open_steps(store)) == ([False], 1)
    assert make.see(store, settlement.refund_due, case) == Money(180_000, "MYR")

    store.undo(action)
    assert (kept(store, case), open_steps(store)) == ([True], 0)
    assert make.see(store, settlement.refund_due, case) is None


def test_a_refund_corrected_below_its_promise_is_followed_up_again(store):
    case, refund = refunded(store)
    draft = make.see(store, payments.payment_draft, refund)

    make.do(store, payments.edit_payment, refund, replace(draft, amount=rm("180")))
    assert (kept(store, case), open_steps(store)) == ([False], 1)

    make.do(store, payments.edit_payment, refund, draft)
    assert (kept(store, case), open_steps(store)) == ([True], 0)


def test_the_words_of_a_payment_are_corrected_without_moving_its_promise(store):
    case, refund = refunded(store)
    before = make.see(store, promises.promises_of, case)
    draft = make.see(store, payments.payment_draft, refund)

    make.do(store, payments.edit_payment, refund, replace(draft, note="lewat BCA"))

    assert make.see(store, promises.promises_of, case) == before


def test_a_bill_taken_off_takes_the_step_to_ask_for_more_with_it(store, admitted):
    key, _letter = admitted
    bill(store, key, rm("8500.00"))
    assert len(steps(store)) == 1

    make.do(store, payments.void_bill, views_bill(store, key))

    assert steps(store) == []
