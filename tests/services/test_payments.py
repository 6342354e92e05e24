"""Money on a case: estimates, bills, payments, rates."""

import datetime as dt
from decimal import Decimal

import pytest

from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.fx import RateDraft
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.journeys import EntryMode, JourneyKind, JourneyState
from liaison.domain.money import Money
from liaison.domain.payments import BillKind, PaymentPurpose
from liaison.services import facts, guarantees, payments, rates
from liaison.store.models import BillRow, EstimateRow, PaymentRow
from tests import make


def rm(amount):
    return Money.of(amount, "MYR")


def codes(refusal):
    return {p.code for p in refusal.value.problems if p.severity == "error"}


def test_a_payment_of_no_case_and_in_the_future_is_refused(store):
    ahead = make.payment_draft(None, PaymentPurpose.DEPOSIT, paid_on=dt.date(2027, 1, 1), amount=rm(0))

    with pytest.raises(Refused) as refusal:
        make.do(store, payments.record_payment, ahead)

    assert codes(refusal) == {"NO_CASE", "IN_FUTURE", "NOT_POSITIVE"}


def test_one_receipt_is_one_payment(store):
    case = make.journey(store)
    key = make.made(store, payments.record_payment, make.payment_draft(case, PaymentPurpose.DEPOSIT))

    with pytest.raises(Refused) as refusal:
        make.do(store, payments.record_payment, make.payment_draft(case, PaymentPurpose.DEPOSIT))
    draft = make.see(store, payments.payment_draft, key)
    make.do(store, payments.edit_payment, key, make.changed(draft, note="tunai"), version=1)

    assert codes(refusal) == {"KNOWN_RECEIPT"}
    assert make.see(store, lambda s: s.get(PaymentRow, key).note) == "tunai"


def test_no_more_comes_back_than_was_paid_in(store):
    case = make.journey(store)
    deposit = make.payment_draft(case, PaymentPurpose.DEPOSIT, amount=rm("3000"))
    make.do(store, payments.record_payment, deposit)
    back = make.payment_draft(case, PaymentPurpose.REFUND, amount=rm("1800"), receipt_no="R-1")
    key = make.made(store, payments.record_payment, back)

    with pytest.raises(Refused) as refusal:
        again = make.payment_draft(case, PaymentPurpose.REFUND, amount=rm("1200.01"), receipt_no="R-2")
        make.do(store, payments.record_payment, again)
    assert codes(refusal) == {"REFUND_ABOVE"}
    assert refusal.value.problems[0].values == {"left": rm("1200")}

    make.do(store, payments.edit_payment, key, make.changed(back, amount=rm("3000")))
    assert make.see(store, lambda s: s.get(PaymentRow, key).amount_minor) == 300_000


def test_a_refund_is_measured_in_its_own_currency(store):
    case = make.journey(store)
    make.do(store, payments.record_payment, make.payment_draft(case, PaymentPurpose.DEPOSIT, amount=rm("3000")))

    with pytest.raises(Refused) as refusal:
        rupiah = make.payment_draft(case, PaymentPurpose.REFUND, amount=Money.of("3000", "IDR"), receipt_no="R-1")
        make.do(store, payments.record_payment, rupiah)

    assert codes(refusal) == {"REFUND_ABOVE"}


def test_credit_notes_never_come_to_more_than_the_bill(store):
    case = make.journey(store)
    make.do(store, payments.record_bill, make.bill_draft(case, BillKind.FINAL, amount=rm("1200"), bill_no="F-1"))
    note = make.bill_draft(case, BillKind.CREDIT_NOTE, amount=rm("1000"), bill_no="C-1")
    make.do(store, payments.record_bill, note)

    with pytest.raises(Refused) as refusal:
        make.do(store, payments.record_bill, make.changed(note, amount=rm("200.01"), bill_no="C-2"))
    assert codes(refusal) == {"CREDIT_ABOVE"}

    make.do(store, payments.record_bill, make.changed(note, amount=rm("200"), bill_no="C-2"))


def test_a_bill_number_stands_once_per_case(store):
    case = make.journey(store)
    key = make.made(store, payments.record_bill, make.bill_draft(case))

    with pytest.raises(Refused) as refusal:
        make.do(store, payments.record_bill, make.bill_draft(case))
    draft = make.see(store, payments.bill_draft, key)
    make.do(store, payments.edit_bill, key, make.changed(draft, amount=rm(13_000)))
    amount = make.see(store, lambda s: payments.latest_bill(s, case).amount_minor)
    make.do(store, payments.void_bill, key)

    assert codes(refusal) == {"KNOWN_BILL"}
    assert amount == 1_300_000
    with store.read() as session:
        assert session.query(BillRow).count() == 0
        assert payments.latest_bill(session, case) is None


def test_a_voided_payment_comes_back_by_undo(store):
    case = make.journey(store)
    key = make.made(store, payments.record_payment, make.payment_draft(case, PaymentPurpose.DEPOSIT))
    with store.write("Void payment") as session:
        payments.void_payment(session, key)
        action = session.info["action_id"]

    store.undo(action)

    assert make.see(store, lambda s: s.get(PaymentRow, key).amount_minor) == 125_000


def test_bills_without_a_number_may_be_several(store):
    case = make.journey(store)
    make.do(store, payments.record_bill, make.bill_draft(case, bill_no=""))
    make.do(store, payments.record_bill, make.bill_draft(case, bill_no=""))

    with store.read() as session:
        assert session.query(BillRow).count() == 2


def test_an_estimate_counts_until_its_last_day(store, clock):
    case = make.journey(store)
    key = make.made(store, payments.record_estimate, make.estimate_draft(case, valid_until=dt.date(2026, 11, 10)))
    valid = make.see(store, facts.facts_of, case).has_estimate
    clock.forward(days=9)
    over = make.see(store, facts.facts_of, case).has_estimate
    draft = make.see(store, payments.estimate_draft, key)
    make.do(store, payments.edit_estimate, key, make.changed(draft, valid_until=None, is_domestic=True))
    endless = make.see(store, facts.facts_of, case).has_estimate
    make.do(store, payments.void_estimate, key)

    assert (valid, over, endless) == (True, False, True)
    with store.read() as session:
        assert session.query(EstimateRow).count() == 0


def test_an_estimate_names_a_hospital_that_is_there(store):
    case = make.journey(store)

    with pytest.raises(Refused) as refusal:
        make.do(store, payments.record_estimate, make.estimate_draft(case, hospital_id=4711))

    assert codes(refusal) == {"GONE"}


def test_an_estimate_pays_the_debt_of_a_running_case(store):
    case = make.journey(store, entry_mode=EntryMode.RUNNING, state=JourneyState.PREAUTH)
    from liaison.store.models import TaskRow

    make.do(store, payments.record_estimate, make.estimate_draft(case))

    with store.read() as session:
        owed = session.query(TaskRow).filter_by(journey_id=case, fact=FactKind.ESTIMATE).one()
        assert owed.done_at is not None


def test_a_bill_paid_by_the_family_less_its_credit_note_settles_the_case(store):
    case = make.journey(store, entry_mode=EntryMode.RUNNING, state=JourneyState.DISCHARGE_PENDING)
    make.do(store, payments.record_bill, make.bill_draft(case, BillKind.FINAL, amount=rm(5_000)))
    make.do(store, payments.record_bill, make.bill_draft(case, BillKind.CREDIT_NOTE, amount=rm(500)))
    make.do(store, payments.record_payment, make.payment_draft(case, PaymentPurpose.DEPOSIT, amount=rm(1_000)))
    part = make.see(store, facts.facts_of, case).is_self_settled

    make.do(store, payments.record_payment, make.payment_draft(case, PaymentPurpose.BILL, amount=rm(3_500)))

    assert not part
    assert make.see(store, facts.facts_of, case).is_self_settled


def test_money_of_an_earlier_cycle_settles_nothing_now(store, clock):
    person = make.patient(store)
    cover = make.cover(store, person)
    case = make.journey(
        store, person, kind=JourneyKind.REPEAT_CYCLE, entry_mode=EntryMode.RUNNING, state=JourneyState.RETURNED
    )
    letter = make.made(
        store, guarantees.request_guarantee,
        make.guarantee_draft(journey_id=case, cover_id=cover, state=GuaranteeState.FINAL_REQUESTED),
    )  # fmt: skip
    final = make.version_draft(letter, VersionKind.FINAL, ceiling=rm(900))
    make.do(store, guarantees.add_version, final, accepted=rm(900), excess=rm(100))
    make.do(store, payments.record_bill, make.bill_draft(case, BillKind.FINAL, amount=rm(100)))
    make.do(store, payments.record_payment, make.payment_draft(case, PaymentPurpose.EXCESS, amount=rm(100)))
    before = make.see(store, facts.facts_of, case)
    clock.forward(days=21)
    make.move(store, case, JourneyState.PREAUTH)

    now = make.see(store, facts.facts_of, case)

    assert before.is_excess_settled and before.has_final_letter
    assert not now.is_excess_settled and not now.has_final_letter


# rates


def rate(**values):
    return RateDraft(
        **{"base": "EUR", "quote": "IDR", "rate": Decimal("17000.5"), "on_date": dt.date(2026, 10, 30), "source": "ECB",
           **values}
    )  # fmt: skip


def test_a_sources_rate_of_a_day_stands_once(store):
    key = make.made(store, rates.add_rate, rate())

    with pytest.raises(Refused) as refusal:
        make.do(store, rates.add_rate, rate(rate=Decimal(17_001)))
    make.do(store, rates.edit_rate, key, rate(rate=Decimal(17_002)))
    listed = make.see(store, rates.rates, base="EUR", quote="IDR")
    make.do(store, rates.remove_rate, key)

    assert codes(refusal) == {"KNOWN_RATE"}
    assert [(r.rate, r.source) for r in listed] == [(Decimal(17_002), "ECB")]
    assert make.see(store, rates.rates) == []


def test_a_rate_is_never_taken_from_a_later_day_nor_from_long_ago(store):
    make.do(store, rates.add_rate, rate())

    earlier = make.see(store, rates.rate_on, "EUR", "IDR", dt.date(2026, 10, 29))
    sunday = make.see(store, rates.rate_on, "EUR", "IDR", dt.date(2026, 11, 1))
    long_after = make.see(store, rates.rate_on, "EUR", "IDR", dt.date(2026, 12, 31))

    assert earlier is None and long_after is None
    assert (sunday.on, sunday.is_previous_day) == (dt.date(2026, 10, 30), True)
