"""What an insurer will probably pay: the published examples, each step, and that nothing is ever lost on the way."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from decimal import Decimal
from fractions import Fraction

import pytest

from liaison.domain.adjudication import Payer, adjudicate, coordinate
from liaison.domain.benefit_lines import BillLine, Treatment, Used, convert_lines, cut_shares
from liaison.domain.benefits import (
    DEFAULT_ORDER,
    BenefitCategory,
    Limit,
    LimitKind,
    PlanRules,
    RateDays,
    RateRule,
    RoomRule,
    Step,
    TerritoryShare,
    benefit_of_diagnosis,
    copay_regulation,
    hospital_services_share,
    rate_day,
)
from liaison.domain.claims import LineCategory
from liaison.domain.codes import ReasonCode
from liaison.domain.fx import Rate, UsedRate, find_rate
from liaison.domain.money import Money, cash_rounded, total
from liaison.i18n import Language

C, R = LineCategory, ReasonCode
DAY = dt.date(2026, 10, 20)

REAL_BILL = (
    (C.CON, "3189.00"), (C.EQP, "3850.30"), (C.GAS, "61.19"), (C.IMG, "77.00"), (C.LAB, "120.70"), (C.SUP, "2105.60"),
    (C.MED, "2606.68"), (C.ADM, "158.50"), (C.NUR, "139.50"), (C.NUR, "27.70"), (C.OTH_OT, "1372.40"),
    (C.RNB, "2508.00"), (C.DRC, "2621.00"),
)  # fmt: skip
"""A Malaysian hospital's bill of thirteen categories."""


def rm(amount):
    return Money.of(amount, "MYR")


def rp(amount):
    return Money.of(amount, "IDR")


def bill(*lines, **more):
    return tuple(
        BillLine(key=i, category=category, claimed=rm(amount), **more) for i, (category, amount) in enumerate(lines)
    )


def plan(**values):
    return PlanRules(**{"currency": "MYR", **values})


def rate(exact, base="MYR", quote="IDR"):
    return UsedRate(base=base, quote=quote, exact=Fraction(exact), on=DAY, asked_for=DAY, source="test")


def holds(found):
    """Claimed is benefit and reductions, line by line and in all; nothing is paid that was not claimed."""
    for line in found.lines:
        cuts = [r.amount.minor for r in line.reductions]
        assert line.line.claimed.minor == line.benefit.minor + sum(cuts)
        if line.line.claimed.minor >= 0:
            assert 0 <= line.benefit.minor <= line.line.claimed.minor
            assert min(cuts, default=1) > 0
    reduced = found.reduced
    assert found.claimed == found.benefit + reduced
    assert sum(s.cut.minor for s in found.steps) == reduced.minor
    assert sum(m.minor for m in found.by_reason().values()) == reduced.minor


# the published examples


def test_the_real_bill_adds_up_rounds_to_five_sen_and_shows_its_share_of_hospital_services():
    amounts = {}
    for category, amount in REAL_BILL:
        amounts[category] = amounts.get(category, rm(0)) + rm(amount)
    whole = total(amounts.values(), "MYR")

    assert whole == rm("18837.57")
    assert cash_rounded(whole) == (rm("18837.55"), rm("-0.02"))
    assert hospital_services_share({**amounts, C.ROUND: rm("-0.02")}) == Decimal("0.7277")
    assert hospital_services_share({}) is None


def test_the_regulated_share_is_five_percent_of_the_converted_bill_and_at_most_three_million():
    lines = convert_lines(bill(*REAL_BILL), rate(3850))

    found = adjudicate(
        lines, PlanRules(currency="IDR", follows_regulation=True), treatment=Treatment(admitted_on=DAY)
    )  # fmt: skip

    assert found.claimed == rp("72524645")
    assert found.by_reason() == {R.R20: rp("3000000")}
    assert found.benefit == rp("69524645")
    holds(found)


def test_a_territory_at_sixty_percent_pays_sixty_percent():
    lines = convert_lines(bill(*REAL_BILL), rate(3850))
    asia = TerritoryShare(countries=("MY", "TH"), percent=Decimal(60))

    found = adjudicate(lines, PlanRules(currency="IDR", territories=(asia,)), treatment=Treatment(country="MY"))

    assert found.benefit == rp("43514787")
    assert set(found.by_reason()) == {R.R06}
    holds(found)


STAY = Treatment(admitted_on=dt.date(2026, 10, 20), discharged_on=dt.date(2026, 10, 23))


def test_a_room_above_entitlement_leaves_the_difference_to_the_patient():
    found = adjudicate(bill((C.RNB, "1650"), (C.LAB, "100")), plan(room_per_day=rm(400)), treatment=STAY)

    assert found.by_reason() == {R.R15: rm(450)}
    assert found.benefit == rm(1300)


def test_a_plan_that_prorates_cuts_every_cost_that_hangs_on_the_room():
    rules = plan(room_per_day=rm(400), room_rule=RoomRule.PRORATE_ALL)

    found = adjudicate(bill((C.RNB, "1650"), (C.SUR, "1100"), (C.CON, "500")), rules, treatment=STAY)

    assert [line.benefit for line in found.lines] == [rm(1200), rm(800), rm(500)]
    said = [n.text(Language("en")) for s in found.steps for n in s.notes]
    assert said == ["Every cost that hangs on the room is paid at the factor 0.7272727."]


def test_the_deductible_goes_before_the_share_of_ten_percent():
    rules = plan(deductible=rm(1000), copay_percent=Decimal(10), copay_least=rm(500), copay_most=rm(20000))

    found = adjudicate(bill(*REAL_BILL), rules)

    assert found.by_reason() == {R.R19: rm(1000), R.R20: rm("1783.76")}
    assert found.benefit == rm("16053.81")
    holds(found)


def test_a_sunday_takes_fridays_rate_and_says_so_and_never_mondays():
    sunday = dt.date(2026, 10, 18)
    published = [
        Rate(base="MYR", quote="IDR", rate=Decimal(n), on=day, source="BI")
        for n, day in ((3840, sunday - dt.timedelta(days=3)), (3850, sunday - dt.timedelta(days=2)),
                       (3999, sunday + dt.timedelta(days=1)))
    ]  # fmt: skip
    day = rate_day(RateRule.ADMISSION, RateDays(admitted_on=sunday))

    found = find_rate(published, "MYR", "IDR", day)

    assert (found.exact, found.on, found.is_previous_day) == (3850, dt.date(2026, 10, 16), True)


# the steps one by one


def test_what_a_plan_does_not_state_is_skipped_and_said():
    found = adjudicate(bill((C.LAB, "100")), plan())

    assert found.benefit == rm(100)
    skipped = {s.step for s in found.steps if s.skipped is not None}
    assert skipped == set(Step) - {Step.EXCLUDED}
    assert all(s.skipped.text(Language("en")).endswith(".") for s in found.steps if s.skipped)


def test_days_outside_the_cover_and_the_waiting_period_are_not_paid():
    at = Treatment(
        admitted_on=DAY, discharged_on=DAY + dt.timedelta(days=3), covered_from=dt.date(2026, 1, 1),
        covered_to=dt.date(2026, 12, 31), insured_since=dt.date(2026, 1, 1),
    )  # fmt: skip
    days = (dt.date(2025, 12, 31), dt.date(2026, 1, 20), DAY - dt.timedelta(days=31), DAY, None)
    lines = tuple(BillLine(key=i, claimed=rm(100), service_on=day) for i, day in enumerate(days))

    waits = adjudicate(lines, plan(waiting_days=30), treatment=at)
    windows = adjudicate(lines, plan(days_before=30, days_after=60), treatment=at)
    late = adjudicate(
        (BillLine(key=1, claimed=rm(5), service_on=DAY + dt.timedelta(days=64)),),
        plan(days_after=60), treatment=at,
    )  # fmt: skip
    unknown = adjudicate(lines, plan(waiting_days=30), treatment=dataclasses.replace(at, admitted_on=None))

    assert [r.reason for x in waits.lines for r in x.reductions] == [R.R02, R.R03]
    assert [bool(x.benefit) for x in windows.lines] == [False, False, False, True, True]
    assert late.by_reason() == {R.R02: rm(5)}
    assert unknown.steps[0].notes[0].values == {"count": 1}


def test_non_medical_items_and_benefits_out_of_the_plan_are_not_paid():
    out = Limit(category=BenefitCategory.AMBULANCE, kind=LimitKind.NOT_COVERED)
    cancer = Limit(category=BenefitCategory.CANCER, kind=LimitKind.NOT_COVERED)
    lines = bill((C.NMD, "20"), (C.AMB, "300"), (C.LAB, "80"))

    found = adjudicate(lines, plan(limits=(out,)))
    nothing = adjudicate(lines, plan(limits=(cancer,)), treatment=Treatment(benefit=BenefitCategory.CANCER))

    assert found.by_reason() == {R.R16: rm(20), R.R05: rm(300)}
    assert nothing.benefit == rm(0)


def test_a_limit_counts_days_visits_admissions_and_what_was_used_before():
    limits = (
        Limit(category=BenefitCategory.RNB, kind=LimitKind.PER_DAY, amount=rm(300)),
        Limit(category=BenefitCategory.DOCTOR_VISIT, kind=LimitKind.PER_VISIT, amount=rm(100), max_visits=1),
        Limit(category=BenefitCategory.AMBULANCE, kind=LimitKind.PER_ADMISSION, amount=rm(200)),
        Limit(category=BenefitCategory.PHYSIO, kind=LimitKind.ANNUAL, amount=rm(500)),
    )
    lines = bill((C.RNB, "1650"), (C.DRC, "150"), (C.DRC, "150"), (C.AMB, "150"), (C.REH, "300"))

    found = adjudicate(
        lines, plan(limits=limits), treatment=STAY,
        used=Used(limits={(BenefitCategory.PHYSIO, LimitKind.ANNUAL): rm(400)}),
    )  # fmt: skip

    assert [x.benefit for x in found.lines] == [rm(900), rm(50), rm(50), rm(150), rm(100)]
    assert found.by_reason() == {R.R14: rm(1000), R.R26: rm(150)}
    holds(found)


def test_intensive_care_by_the_day_needs_its_days_on_the_bill():
    limit = Limit(category=BenefitCategory.ICU, kind=LimitKind.PER_DAY, amount=rm(1000))
    undated = bill((C.ICU, "5000"))
    dated = tuple(BillLine(key=i, category=C.ICU, claimed=rm(2500), service_on=dt.date(2026, 10, i)) for i in (20, 21))

    open_ = adjudicate(undated, plan(limits=(limit,)), treatment=STAY)
    found = adjudicate(dated, plan(limits=(limit,)), treatment=STAY)

    assert open_.benefit == rm(5000)
    assert "not applied" in open_.steps[3].notes[0].text(Language("en"))
    assert found.benefit == rm(2000)


@pytest.mark.parametrize(
    ("typed", "dated", "cut"),
    [(1, None, "450"), (None, 21, "450"), (None, None, "50"), (3, None, "850")],
    ids=("written on the claim", "by the day of its line", "nobody knows", "every night: one for the room at least"),
)
def test_nights_in_intensive_care_are_no_nights_in_a_room(typed, dated, cut):
    lines = (
        BillLine(key=1, category=C.RNB, claimed=rm(1250)),
        BillLine(key=2, category=C.ICU, claimed=rm(3000), service_on=dated and dt.date(2026, 10, dated)),
    )
    at = dataclasses.replace(STAY, intensive_nights=typed)

    found = adjudicate(lines, plan(room_per_day=rm(400)), treatment=at)
    step = next(x for x in found.steps if x.step is Step.ROOM)

    assert found.by_reason() == {R.R15: rm(cut)}
    said = step.notes[0].text(Language("en"))
    if typed is None and dated is None:
        assert "Write them on the claim" in said
    else:
        n = typed or 1
        assert said == f"Nights of the stay: 3. In intensive care: {n}. Counted for the room: {max(3 - n, 1)}."
    holds(found)


def test_a_day_limit_of_the_room_leaves_intensive_care_out_and_that_of_intensive_care_counts_it():
    limits = tuple(
        Limit(category=c, kind=LimitKind.PER_DAY, amount=rm(a))
        for c, a in ((BenefitCategory.RNB, 300), (BenefitCategory.ICU, 1000))
    )

    found = adjudicate(
        bill((C.RNB, "1650"), (C.ICU, "5000")), plan(limits=limits),
        treatment=dataclasses.replace(STAY, intensive_nights=2),
    )  # fmt: skip

    assert [x.benefit for x in found.lines] == [rm(300), rm(2000)]


def test_a_cancer_treatment_counts_whole_against_the_cancer_limit():
    limit = Limit(category=BenefitCategory.CANCER, kind=LimitKind.ANNUAL, amount=rm(60_000))
    before = {(BenefitCategory.CANCER, LimitKind.ANNUAL): rm(52_500)}

    found = adjudicate(
        bill((C.MED, "9000"), (C.DRC, "1500")), plan(limits=(limit,)),
        treatment=Treatment(benefit=benefit_of_diagnosis("C50.9")), used=Used(limits=before),
    )  # fmt: skip

    assert found.by_reason() == {R.R14: rm(3000)}
    assert [benefit_of_diagnosis(c) for c in ("Z49.1", "I25.1", "")] == [BenefitCategory.DIALYSIS, None, None]


def test_a_country_the_plan_does_not_name_takes_the_share_of_all_others_or_nothing():
    home = TerritoryShare(countries=("ID",), percent=Decimal(100))
    shares = (home, TerritoryShare(countries=(), percent=Decimal(20)))

    def paid(country):
        at = Treatment(country=country)
        return adjudicate(bill((C.LAB, "100")), plan(territories=shares), treatment=at).benefit

    nowhere = adjudicate(bill((C.LAB, "100")), plan(territories=shares[:1]), treatment=Treatment(country="SG"))
    unknown = adjudicate(bill((C.LAB, "100")), plan(territories=shares))

    assert (paid("ID"), paid("SG")) == (rm(100), rm(20))
    assert nowhere.benefit == rm(0)
    assert next(s for s in unknown.steps if s.step is Step.TERRITORY).skipped is not None


def test_a_deductible_that_is_used_up_is_not_taken_twice():
    found = adjudicate(bill((C.LAB, "1000")), plan(deductible=rm(500)), used=Used(deductible=rm(400)))

    assert found.benefit == rm(900)


def test_a_share_has_a_least_and_never_more_than_is_left():
    least = adjudicate(bill((C.LAB, "1000")), plan(copay_percent=Decimal(10), copay_least=rm(500)))
    little = adjudicate(bill((C.LAB, "300")), plan(copay_percent=Decimal(10), copay_least=rm(500)))

    assert (least.benefit, little.benefit) == (rm(500), rm(0))


def test_the_regulated_share_asks_for_a_day_a_rule_in_force_and_rupiah():
    def skipped(rules, **values):
        found = adjudicate(
            (BillLine(key=1, claimed=Money(100_00, rules.currency)),), rules, treatment=Treatment(**values)
        )
        return next(s for s in found.steps if s.step is Step.COPAY).skipped is not None

    rupiah = PlanRules(currency="IDR", follows_regulation=True)
    assert skipped(rupiah)
    assert skipped(rupiah, admitted_on=dt.date(2026, 3, 21))
    assert skipped(plan(follows_regulation=True), admitted_on=DAY)
    assert not skipped(rupiah, admitted_on=dt.date(2026, 3, 22))
    assert copay_regulation(dt.date(2026, 3, 22)).name == "POJK 36/2025"
    seen = adjudicate(
        (BillLine(key=1, claimed=rp(10_000_000)),), rupiah, treatment=Treatment(admitted_on=DAY, is_outpatient=True)
    )
    assert seen.benefit == rp(9_700_000)


def test_what_the_insurer_said_is_left_wins_over_our_own_sum():
    limits = (Limit(amount=rm(1000)), Limit(kind=LimitKind.LIFETIME, amount=rm(5000)))
    lines = bill((C.LAB, "900"))

    ours = adjudicate(lines, plan(limits=limits), used=Used(limits={(None, LimitKind.ANNUAL): rm(400)}))
    theirs = adjudicate(
        lines, plan(limits=limits),
        used=Used(limits={(None, LimitKind.ANNUAL): rm(400)}, annual_left=rm(850)),
    )  # fmt: skip

    assert (ours.benefit, theirs.benefit) == (rm(600), rm(850))
    assert set(ours.by_reason()) == {R.R13}


def test_the_order_of_the_steps_is_the_plans_own():
    rules = plan(deductible=rm(1000), copay_percent=Decimal(10))
    turned = dataclasses.replace(rules, order=(Step.COPAY, Step.DEDUCTIBLE))

    assert adjudicate(bill((C.LAB, "5000")), rules).benefit == rm(3600)
    assert adjudicate(bill((C.LAB, "5000")), turned).benefit == rm(3500)
    assert [s.step for s in adjudicate(bill(), turned).steps] == [Step.COPAY, Step.DEDUCTIBLE]


def test_a_rounding_line_falls_with_what_it_rounds():
    lines = (*bill((C.NMD, "10.02")), BillLine(key=9, category=C.ROUND, claimed=rm("-0.02")))

    found = adjudicate(lines, plan())

    assert found.benefit == rm(0)
    holds(found)


def test_two_currencies_in_one_claim_are_a_bug():
    with pytest.raises(ValueError, match="MYR"):
        adjudicate((BillLine(key=1, claimed=rp(5)),), plan())


# several payers


def test_the_second_policy_pays_what_the_first_left_and_never_more_than_the_bill():
    first = Payer(key=1, rules=plan(limits=(Limit(kind=LimitKind.PER_ADMISSION, amount=rm(8000)),)), treatment=STAY)
    second = Payer(key=2, rules=plan(), treatment=STAY)

    found = coordinate(bill((C.SUR, "7000"), (C.LAB, "5000")), (first, second))

    assert [a.benefit for a in found.values()] == [rm(8000), rm(4000)]
    assert found[2].by_reason() == {R.R21: rm(8000)}


def test_bpjs_shares_in_a_bill_in_indonesia_only():
    def paid(country):
        at = Treatment(country=country)
        payers = (Payer(key=1, rules=plan(), treatment=at, is_public=True), Payer(key=2, rules=plan(), treatment=at))
        return list(coordinate(bill((C.LAB, "100")), payers))

    assert paid("ID") == [1, 2]
    assert paid("MY") == [2]


# nothing is ever lost


def test_shares_of_a_cut_add_up_and_take_no_more_than_there_is():
    assert cut_shares(rm("0.02"), [1, 1, 1]) == [rm("0.01"), rm("0.01"), rm(0)]
    assert cut_shares(rp(100), [10_000, 20_000]) == [rp(33), rp(67)]
    assert cut_shares(rm(5), [0, 0]) == [rm(0), rm(0)]


def test_converted_lines_add_up_to_the_converted_sum():
    lines = convert_lines(bill((C.LAB, "0.33"), (C.MED, "0.33"), (C.SUP, "0.34")), rate("3850.5"))

    assert total((x.claimed for x in lines), "IDR") == rp(3851)
    assert all(x.claimed.minor % 100 == 0 for x in lines)
    assert convert_lines((), rate(1)) == ()
    down = convert_lines(bill((C.LAB, "0.50"), (C.MED, "0.50"), (C.SUP, "0.50")), rate(3))
    assert [x.claimed for x in down] == [rp(1), rp(2), rp(2)]
    up = convert_lines(bill((C.LAB, "0.40"), (C.MED, "0.40"), (C.SUP, "0.40")), rate(1))
    assert [x.claimed for x in up] == [rp(1), rp(0), rp(0)]


def anything(chance):
    """One random bill, plan, treatment and usage."""
    currency = chance.choice(("MYR", "IDR"))
    step = 1 if currency == "MYR" or chance.random() < 0.2 else 100

    def amount(most=2_000_000):
        return Money(chance.randrange(0, most) // step * step, currency)

    def maybe(make, share=0.5):
        return make() if chance.random() < share else None

    def day():
        return DAY + dt.timedelta(days=chance.randrange(-60, 60))

    lines = [
        BillLine(key=i, category=chance.choice((None, *LineCategory)), claimed=amount(), service_on=maybe(day))
        for i in range(chance.randrange(0, 6))
    ]
    if chance.random() < 0.3:
        lines.append(BillLine(key=99, category=C.ROUND, claimed=Money(-chance.randrange(0, 5) * step, currency)))
    limits = tuple(
        Limit(
            category=chance.choice((None, *BenefitCategory)), kind=chance.choice(tuple(LimitKind)),
            amount=maybe(amount, 0.8), max_days=maybe(lambda: chance.randrange(1, 9), 0.2),
            max_visits=maybe(lambda: chance.randrange(1, 4), 0.2),
        )
        for _ in range(chance.randrange(0, 4))
    )  # fmt: skip
    order = chance.sample(DEFAULT_ORDER, chance.randrange(1, len(DEFAULT_ORDER) + 1))
    here = (TerritoryShare(countries=("MY",), percent=Decimal(chance.randrange(0, 101))),)
    rules = PlanRules(
        currency=currency, order=tuple(order), room_per_day=maybe(lambda: amount(60_000)),
        room_rule=chance.choice(tuple(RoomRule)), deductible=maybe(amount),
        copay_percent=maybe(lambda: Decimal(chance.randrange(0, 101))), copay_least=maybe(lambda: amount(90_000)),
        copay_most=maybe(amount), follows_regulation=chance.random() < 0.5,
        waiting_days=maybe(lambda: chance.randrange(0, 90)), days_before=maybe(lambda: 30),
        days_after=maybe(lambda: 30), territories=maybe(lambda: here) or (), limits=limits,
    )  # fmt: skip
    at = Treatment(
        country=chance.choice(("", "MY", "SG")), admitted_on=maybe(lambda: DAY, 0.8), discharged_on=maybe(
            lambda: DAY + dt.timedelta(days=chance.randrange(0, 20)), 0.8
        ), is_outpatient=chance.random() < 0.3, benefit=maybe(lambda: BenefitCategory.CANCER, 0.2),
        covered_from=maybe(lambda: DAY - dt.timedelta(days=300)), covered_to=maybe(lambda: DAY + dt.timedelta(days=9)),
        insured_since=maybe(lambda: DAY - dt.timedelta(days=chance.randrange(0, 99))),
    )  # fmt: skip
    used = Used(
        deductible=maybe(amount), annual_left=maybe(amount), paid_by_others=maybe(amount),
        limits={(x.category, x.kind): amount() for x in limits if chance.random() < 0.5},
    )  # fmt: skip
    return lines, rules, at, used


def test_for_ten_thousand_random_claims_claimed_is_benefit_and_reductions():
    chance = random.Random(20261122)
    for _ in range(10_000):
        lines, rules, at, used = anything(chance)
        found = adjudicate(lines, rules, treatment=at, used=used)
        holds(found)
        whole = max(sum(x.claimed.minor for x in lines), 0)
        assert found.benefit.minor <= whole
        if whole:
            assert found.benefit.minor >= 0
