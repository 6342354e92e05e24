"""A final letter beside the bill and the ceiling: what is above either is said with both figures."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.i18n import Language
from liaison.services import guarantees, payments
from liaison.services.final_letters import final_findings
from tests import make
from tests.services.test_benefits import add_rate

EN = Language("en")


def rm(amount):
    return Money.of(amount, "MYR")


@pytest.fixture
def letter(store):
    """A letter of RM15,000 whose final bill comes to RM12,000; its final letter is waited for."""
    person = make.patient(store)
    cover = make.cover(store, person)
    case = make.journey(store, person, cover_id=cover)
    key = make.made(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=case, cover_id=cover))
    make.do(store, guarantees.add_version, make.version_draft(key, ceiling=rm(15_000)), gl_no="GL-1")
    make.do(store, payments.record_bill, make.bill_draft(case, BillKind.FINAL, amount=rm(12_000)))
    for to in (GuaranteeState.ACCEPTED, GuaranteeState.FINAL_REQUESTED):
        make.do(store, guarantees.move_guarantee, key, to, override_reason="diterima rumah sakit")
    return key


def found(store, letter, accepted=None):
    return [(p.code, p.severity, p.text(EN)) for p in make.see(store, final_findings, letter, accepted)]


@pytest.mark.parametrize(
    ("accepted", "code", "said"),
    [
        (12_000, None, ""),
        (13_000, "ABOVE_BILL", "The letter accepts RM13,000.00, more than the final bill of RM12,000.00."),
        (
            16_000, "ABOVE_BOTH",
            "The letter accepts RM16,000.00, more than the final bill of RM12,000.00 and the ceiling of RM15,000.00.",
        ),
    ],
)  # fmt: skip
def test_a_final_letter_above_the_bill_or_the_ceiling_is_said_with_both_figures(store, letter, accepted, code, said):
    assert found(store, letter, rm(accepted)) == ([(code, "warning", said)] if code else [])


def test_a_final_letter_above_the_ceiling_alone_is_said_too(store, letter):
    case = make.see(store, guarantees.guarantee_draft, letter).journey_id
    make.do(store, payments.record_bill, make.bill_draft(case, BillKind.FINAL, amount=rm(6_000), bill_no="B-2"))

    said = "The letter accepts RM16,000.00, more than the ceiling of RM15,000.00."
    assert found(store, letter, rm(16_000)) == [("ABOVE_CEILING", "warning", said)]


def test_a_bill_in_another_currency_is_compared_at_the_days_rate(store, letter):
    accepted = Money.of(50_000_000, "IDR")
    assert found(store, letter, accepted) == []

    add_rate(store, Decimal(4000), dt.date(2026, 10, 30))

    ((code, _severity, text),) = found(store, letter, accepted)
    assert (code, "RM12,000.00, Rp48,000,000" in text) == ("ABOVE_BILL", True)


def test_what_is_odd_stays_to_be_seen_after_it_was_saved(store, letter):
    assert found(store, letter) == []

    final = make.version_draft(letter, VersionKind.FINAL, ceiling=rm(13_000))
    make.do(store, guarantees.add_version, final, accepted=rm(13_000), excess=rm(0))

    assert [code for code, _s, _t in found(store, letter)] == ["ABOVE_BILL"]
