"""The variance screen's rows: read from the case, flags settled as journaled records, undone like any other."""

import datetime as dt

import pytest

from liaison.domain.errors import Refused
from liaison.domain.insight import Scope
from liaison.domain.money import Money
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.periods import Period
from liaison.domain.variance import Disposition, DispositionDraft, Rule, flags_among
from liaison.services import payments
from liaison.services.variance import settle_flag, variance
from liaison.services.variance_peers import peers_of
from liaison.services.variance_stays import stays_of
from tests import make


@pytest.fixture
def billed(store):
    """A case with an estimate of 1,000 to 1,200 ringgit and a final bill of 2,000."""
    journey = make.journey(store)
    make.do(store, payments.record_estimate, make.estimate_draft(journey, low=Money(1_000_00, "MYR"),
                                                              high=Money(1_200_00, "MYR")))  # fmt: skip
    make.do(store, payments.record_bill, make.bill_draft(journey, BillKind.FINAL, amount=Money(2_000_00, "MYR"),
                                                      billed_on=dt.date(2026, 11, 1)))  # fmt: skip
    return journey


def test_a_case_is_read_from_estimate_to_payment(store, billed):
    make.do(store, payments.record_payment, make.payment_draft(
        billed, PaymentPurpose.BILL, payer=Payer.INSURER, amount=Money(1_500_00, "MYR"), paid_on=dt.date(2026, 11, 2),
    ))  # fmt: skip

    [stay] = make.see(store, stays_of, [billed])

    assert (stay.estimate_low, stay.estimate_high, stay.final_bill, stay.insurer_paid) == (
        1_000_00, 1_200_00, 2_000_00, 1_500_00,
    )  # fmt: skip
    assert stay.estimate_error == pytest.approx(0.818, abs=0.001)


def test_a_case_without_a_final_bill_is_left_out(store):
    journey = make.journey(store)
    assert make.see(store, stays_of, [journey]) == []
    assert make.see(store, variance).lines == ()


def test_a_flag_is_settled_kept_with_what_it_was_judged_by_and_undone(store, billed):
    [line] = make.see(store, variance).flags
    assert (line.flag.rule, line.disposition, line.flag.amount) == (
        Rule.ESTIMATE, Disposition.OPEN, Money(800_00, "MYR"),
    )  # fmt: skip

    draft = DispositionDraft(journey_id=billed, rule=Rule.ESTIMATE, disposition=Disposition.RECOVERED,
                             recovered=Money(300_00, "MYR"), note="bill was wrong")  # fmt: skip
    with store.write("Settle a flag") as session:
        settle_flag(session, draft)
        action = session.info["action_id"]

    view = make.see(store, variance)
    assert view.open_flags == 0
    assert (view.flags[0].disposition, view.flags[0].recovered) == (Disposition.RECOVERED, Money(300_00, "MYR"))
    with store.read() as session:
        from liaison.store.models import VarianceFlagRow

        row = session.get(VarianceFlagRow, view.flags[0].row_id)
        assert row.inputs == "final=200000; high=120000; amount=80000; currency=MYR"
        assert row.decided_by == make.OFFICER
    store.undo(action)
    assert make.see(store, variance).open_flags == 1


def test_settling_again_changes_the_same_record(store, billed):
    first = DispositionDraft(journey_id=billed, rule=Rule.ESTIMATE, disposition=Disposition.EXPLAINED, note="ICU")
    key = make.do(store, settle_flag, first).made
    line = make.see(store, variance).flags[0]

    again = DispositionDraft(journey_id=billed, rule=Rule.ESTIMATE, disposition=Disposition.OPEN)
    assert make.do(store, settle_flag, again, version=line.version).made == key
    assert make.see(store, variance).open_flags == 1


def test_a_disposition_without_its_words_is_refused(store, billed):
    with pytest.raises(Refused):
        make.do(store, settle_flag, DispositionDraft(journey_id=billed, rule=Rule.ESTIMATE,
                                                     disposition=Disposition.EXPLAINED))  # fmt: skip


def test_the_days_and_the_city_asked_about_narrow_the_admissions(store, billed):
    assert len(make.see(store, variance, Scope(period=Period.THIS_MONTH)).lines) == 1
    assert make.see(store, variance, Scope(period=Period.LAST_MONTH)).lines == ()
    assert make.see(store, variance, Scope(city="Nowhere")).lines == ()


def test_the_sample_office_has_admissions_and_flags(sampled):
    view = make.see(sampled, variance)
    assert len(view.lines) > 20
    assert {f.disposition for f in view.flags} == {Disposition.OPEN} or view.flags == ()


def test_what_others_are_compared_with_is_as_if_they_were_read_whole(sampled):
    with sampled.read() as session:
        keys = sorted(line.stay.journey_id for line in variance(session).lines)
        whole = stays_of(session, keys)
        mine = whole[: len(whole) // 4]
        light = peers_of(session, keys, mine)
    of = {stay.journey_id for stay in mine}
    assert flags_among(light, of=of) == flags_among(sorted(whole, key=lambda s: s.journey_id), of=of)
    facts = [(s.final_bill, s.discharged_on, s.hospital_id, s.diagnosis, s.hospital_share) for s in whole]
    assert [(s.final_bill, s.discharged_on, s.hospital_id, s.diagnosis, s.hospital_share) for s in light] == facts
