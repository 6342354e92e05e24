"""What a claim was paid follows its payments: refunds, corrections, what was taken off, here and at a colleague's."""

from dataclasses import replace

import pytest

from liaison.domain.errors import Refused
from liaison.domain.money import Money
from liaison.domain.payments import Payer, PaymentPurpose
from liaison.services import payments
from liaison.store.models import ClaimRow
from tests import make
from tests.services.test_hand_over import a_case, column, other, pair, prepared_other, quick, well

__all__ = ["other", "pair", "prepared_other", "quick"]


def pay(store, journey, claim, minor=100_000, purpose=PaymentPurpose.CLAIM):
    draft = make.payment_draft(
        journey, purpose, claim_id=claim, payer=Payer.INSURER, amount=Money(minor, "MYR"), receipt_no=f"R-{minor}"
    )
    return make.made(store, payments.record_payment, draft)


def correct(store, key, **values):
    draft = make.see(store, payments.payment_draft, key)
    make.do(store, payments.edit_payment, key, replace(draft, **values))


def paid(store, claim):
    return column(store, ClaimRow, claim, "paid_minor")


def test_a_refund_of_a_claim_is_no_fault_of_the_store(store):
    _person, journey, claim = a_case(store)
    pay(store, journey, claim)
    pay(store, journey, claim, 30_000, PaymentPurpose.REFUND)

    assert paid(store, claim) == 70_000
    well(store)


def test_a_refund_entered_by_a_colleague_is_taken_off_here_too(pair):
    _person, journey, claim = a_case(pair.here)
    pay(pair.here, journey, claim)
    pair.take(pair.there, pair.send(pair.here, [journey]))
    pay(pair.there, journey, claim, 30_000, PaymentPurpose.REFUND)

    pair.take(pair.here, pair.send(pair.there, [journey], who="Ratna"))

    assert (paid(pair.there, claim), paid(pair.here, claim)) == (70_000, 70_000)
    well(pair.here, pair.there)


def test_a_payment_that_a_colleague_took_off_is_no_longer_counted_here(pair):
    _person, journey, claim = a_case(pair.here)
    key = pay(pair.here, journey, claim)
    pair.take(pair.there, pair.send(pair.here, [journey]))
    make.do(pair.there, payments.void_payment, key)

    pair.take(pair.here, pair.send(pair.there, [journey], who="Ratna"))

    assert (paid(pair.there, claim), paid(pair.here, claim)) == (0, 0)


def test_a_payment_that_a_colleague_corrected_is_counted_as_corrected(pair):
    _person, journey, claim = a_case(pair.here)
    key = pay(pair.here, journey, claim)
    pair.take(pair.there, pair.send(pair.here, [journey]))
    correct(pair.there, key, amount=Money(58_000, "MYR"))

    pair.take(pair.here, pair.send(pair.there, [journey], who="Ratna"))

    assert (paid(pair.there, claim), paid(pair.here, claim)) == (58_000, 58_000)
    well(pair.here, pair.there)


def test_a_claim_payment_does_not_become_a_deposit_that_no_figure_counts(store):
    _person, journey, claim = a_case(store)
    key = pay(store, journey, claim)

    with pytest.raises(Refused) as refused:
        correct(store, key, purpose=PaymentPurpose.DEPOSIT)

    assert [(p.code, p.field) for p in refused.value.problems] == [("NOT_OF_CLAIM", "purpose")]
    assert paid(store, claim) == 100_000
