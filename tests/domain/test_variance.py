"""From estimate to payment: the measures of one admission, its flags by plain rules, and comparisons with others."""

import datetime as dt
from dataclasses import replace

import pytest

from liaison.domain.claims import LineCategory
from liaison.domain.money import Money
from liaison.domain.variance import (
    PEERS_FROM,
    BillLine,
    Disposition,
    DispositionDraft,
    Rule,
    Stay,
    StayClaim,
    check_disposition,
    flags_among,
    flags_of,
)

TODAY = dt.date(2026, 11, 2)
IN, OUT = dt.date(2026, 9, 1), dt.date(2026, 9, 6)
GOOD = Stay(
    journey_id=1, currency="MYR", hospital_id=7, diagnosis="I20", estimate_low=900_00, estimate_high=1_100_00,
    first_ceiling=1_000_00, topups=(200_00,), ceiling=1_200_00, letters=1, final_bill=1_100_00, accepted=1_000_00,
    excess_due=100_00, excess_collected=100_00, insurer_paid=1_000_00, admitted_on=IN, discharged_on=OUT,
    planned_days=5,
)  # fmt: skip


def rules(stay, **values):
    return [flag.rule for flag in flags_of(replace(stay, **values), today=TODAY)]


def line(category, minor, *, what="", day=IN):
    return BillLine(claim_id=3, category=category, description=what, service_on=day, minor=minor)


def test_the_measures_are_those_of_the_formulas():
    assert GOOD.estimate_mid == 1_000_00
    assert GOOD.estimate_error == pytest.approx(0.10)
    assert GOOD.utilisation == pytest.approx(1_000_00 / 1_200_00)
    assert GOOD.topup_ratio == pytest.approx(0.20)
    assert (GOOD.gap, GOOD.unexplained, GOOD.uncollected, GOOD.short_pay, GOOD.days) == (100_00, 0, 0, 0, 5)


def test_a_published_bill_has_the_published_share_of_hospital_supplies_and_services():
    bill = {
        LineCategory.CON: 318900, LineCategory.EQP: 385030, LineCategory.GAS: 6119, LineCategory.IMG: 7700,
        LineCategory.LAB: 12070, LineCategory.SUP: 210560, LineCategory.MED: 260668, LineCategory.ADM: 15850,
        LineCategory.NUR: 13950 + 2770, LineCategory.OTH_OT: 137240, LineCategory.RNB: 250800, LineCategory.DRC: 262100,
    }  # fmt: skip
    stay = replace(GOOD, lines=tuple(line(category, minor) for category, minor in bill.items()))

    assert sum(bill.values()) == 18_837_57
    assert stay.hospital_share == pytest.approx(0.7277, abs=0.0001)


def test_an_admission_that_adds_up_has_no_flag():
    assert rules(GOOD) == []


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"final_bill": 1_300_00, "accepted": 1_200_00, "insurer_paid": 1_200_00}, Rule.ESTIMATE),
        ({"excess_due": 20_00, "excess_collected": 20_00}, Rule.UNEXPLAINED),
        ({"insurer_paid": 900_00}, Rule.SHORT_PAY),
        ({"excess_collected": 50_00}, Rule.UNCOLLECTED),
        ({"is_letter_closed": False}, Rule.RESERVE),
        ({"planned_days": 2}, Rule.STAY),
        ({"letters": 2}, Rule.TWO_LETTERS),
        ({"late_topup_on": OUT + dt.timedelta(days=1)}, Rule.LATE_TOPUP),
        ({"room": "Single", "entitled_room": "2 bedded"}, Rule.ROOM),
        ({"claims": (StayClaim(id=3, number="C", billed=Money(100_00, "MYR"), lines_minor=99_00),)}, Rule.LINES),
        ({"lines": (line(LineCategory.LAB, 5_00, what="FBC"),) * 2}, Rule.TWICE),
        ({"lines": (line(LineCategory.LAB, 5_00, day=OUT + dt.timedelta(days=1)),)}, Rule.OUTSIDE),
        ({"lines": (line(LineCategory.CON, 500_00),)}, Rule.IMPLANT),
    ],
    ids=lambda value: value.name if isinstance(value, Rule) else "",
)
def test_each_plain_rule_flags_its_own_case_and_nothing_else(values, rule):
    assert rules(GOOD, **values) == [rule]


def test_what_stays_unexplained_within_the_tolerance_is_no_flag():
    assert rules(GOOD, excess_due=88_99, excess_collected=88_99) == [Rule.UNEXPLAINED]
    assert rules(GOOD, excess_due=89_00, excess_collected=89_00) == []


def test_a_letter_released_in_time_or_used_up_is_no_flag():
    assert rules(GOOD, is_letter_closed=False, discharged_on=TODAY, admitted_on=TODAY) == []
    assert rules(GOOD, is_letter_closed=False, ceiling=1_000_00) == []


def test_the_same_receipt_in_two_claims_flags_both():
    receipt = (("R-1", 50_00, "2026-09-06"),)
    claims = tuple(StayClaim(id=n, number=f"C{n}", billed=Money(9, "MYR"), lines_minor=None, receipts=receipt)
                   for n in (1, 2))  # fmt: skip

    found = flags_among([replace(GOOD, claims=claims[:1]), replace(GOOD, journey_id=2, claims=claims[1:])])

    assert [(f.rule, f.journey_id) for f in found] == [(Rule.RECEIPT, 1), (Rule.RECEIPT, 2)]
    assert flags_among([replace(GOOD, claims=claims[:1])]) == []


def peers(count, **values):
    return [replace(GOOD, journey_id=100 + n, **values) for n in range(count)]


def test_a_bill_is_compared_with_thirty_others_or_not_at_all():
    dear = replace(GOOD, final_bill=2_000_00)

    assert Rule.PEERS not in [f.rule for f in flags_among([dear, *peers(PEERS_FROM - 1)])]
    found = [f for f in flags_among([dear, *peers(PEERS_FROM)]) if f.rule is Rule.PEERS]
    assert [(f.journey_id, f.peers, f.amount) for f in found] == [(1, PEERS_FROM, Money(900_00, "MYR"))]


def test_without_peers_the_share_goes_by_the_plain_rule_and_says_so():
    heavy = replace(GOOD, lines=(line(LineCategory.SUP, 900_00), line(LineCategory.RNB, 100_00)))
    light = replace(heavy, lines=(line(LineCategory.SUP, 700_00), line(LineCategory.RNB, 300_00)))

    [flag] = flags_among([heavy])
    assert (flag.rule, flag.too_few, flag.peers) == (Rule.SHARE, True, 0)
    assert flags_among([light]) == []
    among = flags_among([light, *peers(PEERS_FROM, lines=(line(LineCategory.RNB, 100_00),))])
    assert [(f.rule, f.journey_id, f.too_few) for f in among] == [(Rule.SHARE, 1, False)]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"disposition": Disposition.RECOVERED}, "recovered"),
        ({"disposition": Disposition.RECOVERED, "recovered": Money(0, "MYR")}, "recovered"),
        ({"disposition": Disposition.OPEN, "recovered": Money(5, "MYR")}, "recovered"),
        ({"disposition": Disposition.EXPLAINED, "note": " "}, "note"),
    ],
)
def test_a_disposition_says_what_it_must(values, field):
    draft = DispositionDraft(journey_id=1, rule=Rule.STAY, **values)
    assert [p.field for p in check_disposition(draft)] == [field]


def test_a_whole_disposition_is_taken():
    whole = DispositionDraft(journey_id=1, rule=Rule.STAY, disposition=Disposition.ACCEPTED, note="second operation")
    assert check_disposition(whole) == []
