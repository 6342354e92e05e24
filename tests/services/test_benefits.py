"""What an insurer will probably pay, from what is on record: plan, limits, usage, rates, several policies."""

import datetime as dt
from decimal import Decimal

import pytest

from liaison.domain.benefits import BenefitCategory, DeductiblePer, LimitKind, RateRule, Step
from liaison.domain.claims import (
    ClaimDecisionDraft,
    ClaimLineDraft,
    ClaimState,
    LineCategory,
    LineDecisionDraft,
)
from liaison.domain.codes import ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.fx import RateDraft
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.money import Money
from liaison.domain.payments import BillKind, PaymentPurpose
from liaison.domain.plans import (
    BenefitLimitDraft,
    BenefitUsageDraft,
    PlanRulesDraft,
    UsageKind,
    UsageSource,
    check_limit,
    check_rules,
    policy_year,
    read_percent,
    read_territory,
)
from liaison.domain.policies import PayerContext
from liaison.i18n import Language
from liaison.services import (
    benefits,
    claim_views,
    claims,
    deciding,
    guarantees,
    history,
    payments,
    plans,
    policies,
    rates,
)
from liaison.services.benefit_usage import reserved, usage_lines
from liaison.services.plan_words import limit_in_words, rules_in_words
from liaison.store.models import ClaimRow, CoverRow
from tests import make

K, R = ClaimState, ReasonCode
EN = Language("en")
STATED = dt.date(2026, 10, 1)


def rm(amount):
    return Money.of(amount, "MYR")


def rp(amount):
    return Money.of(amount, "IDR")


def rules(product_id, **values):
    return PlanRulesDraft(**{"product_id": product_id, "source": "polis hal. 4", "stated_on": STATED, **values})


def a_plan(store, currency="MYR", insurer_id=None, **values):
    """A product of an insurer with rules; returns its key."""
    insurer_id = insurer_id or make.any_insurer(store)
    limit = values.pop("annual_limit", None)
    name = values.pop("name", "Sehat Prima")
    draft = make.product_draft(insurer_id=insurer_id, currency=currency, annual_limit=limit, name=name)
    product = make.made(store, policies.add_product, draft)
    make.do(store, plans.set_plan_rules, rules(product, **values))
    return product


def covered(store, person, product, **values):
    """A cover of a person under this plan."""
    insurer = make.see(store, lambda s: plans.product_draft(s, product)).insurer_id
    number = values.pop("policy_no", "NS-1")
    policy = make.made(
        store, policies.add_policy, make.policy_draft(insurer_id=insurer, product_id=product, policy_no=number)
    )
    return make.made(store, policies.add_cover, make.cover_draft(patient_id=person, policy_id=policy, **values))


@pytest.fixture
def person(store):
    return make.patient(store)


def filed(store, person, cover, *lines, **values):
    """A claim; with lines of category and amount."""
    drafts = tuple(ClaimLineDraft(category=c, claimed=rm(a)) for c, a in lines)
    billed = rm(sum(Decimal(a) for _, a in lines)) if lines else values.pop("billed", rm(1000))
    return make.made(
        store, claims.file_claim,
        make.claim_draft(patient_id=person, cover_id=cover, billed=billed, lines=drafts, **values),
    )  # fmt: skip


def estimate(store, claim):
    return make.see(store, benefits.estimate_claim, claim)


def add_rate(store, number, day, base="MYR", quote="IDR", source="Bank Indonesia"):
    draft = RateDraft(base=base, quote=quote, rate=Decimal(number), on_date=day, source=source)
    make.do(store, rates.add_rate, draft)


# a plan's rules as typed


def test_percent_and_territory_are_read_as_people_write_them():
    assert [read_percent(t) for t in ("10", "7,5", "7.5 %", "101", "-1", "ten", "NaN")] == [
        Decimal(10), Decimal("7.5"), Decimal("7.5"), None, None, None, None,
    ]  # fmt: skip
    asia = read_territory("my TH 60%")
    assert (asia.countries, asia.percent) == (("MY", "TH"), 60)
    assert read_territory("lainnya 20").countries == ()
    assert [read_territory(t) for t in ("60", "Malaysia 60", "MY", "MY 600")] == [None] * 4


def test_a_policy_year_begins_on_its_anniversary_also_on_a_leap_day():
    assert policy_year(dt.date(2024, 4, 1), dt.date(2026, 3, 31)) == (dt.date(2025, 4, 1), dt.date(2026, 3, 31))
    assert policy_year(dt.date(2024, 2, 29), dt.date(2026, 3, 1)) == (dt.date(2026, 3, 1), dt.date(2027, 2, 28))
    assert policy_year(None, dt.date(2026, 3, 1)) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def test_rules_are_refused_with_everything_that_is_wrong(store):
    product = a_plan(store)

    with pytest.raises(Refused) as refusal:
        make.do(
            store, plans.set_plan_rules,
            rules(
                product, source=" ", deductible=rp(1000), room_per_day=rm(0), copay_percent="ten", waiting_days=-1,
                copay_least=rm(20), copay_most=rm(10), territories=("MY 60", "my 20"), stated_on=dt.date(2027, 1, 1),
                step_order=(Step.COPAY, Step.COPAY),
            ),
        )  # fmt: skip

    assert {p.code for p in refusal.value.problems} == {
        "MISSING", "OTHER_CURRENCY", "NOT_POSITIVE", "PERCENT", "NEGATIVE_DAYS", "LEAST_OVER_MOST", "TERRITORY_TWICE",
        "IN_FUTURE", "STEP_TWICE",
    }  # fmt: skip
    for wrong in (("??",), ("MY x",)):
        with pytest.raises(Refused):
            make.do(store, plans.set_plan_rules, rules(product, territories=wrong))
    with pytest.raises(Refused):
        make.do(store, plans.set_plan_rules, rules(product, step_order=()))


def test_rules_are_written_once_per_plan_and_read_back_as_typed(store):
    product = a_plan(store, copay_percent="7,5", territories=("ID 100", "other 20"), step_order=(Step.ROOM, Step.COPAY))

    make.do(store, plans.set_plan_rules, rules(product, copay_percent="10", deductible=rm(500)))

    view = make.see(store, plans.plan_view, product)
    assert (view.title, view.rules.copay_percent, view.rules.territories) == ("Sehat Prima · Gold", "10", ())
    assert view.rules.step_order[0] is Step.DATES
    insurer = make.any_insurer(store)
    assert [p.product_id for p in make.see(store, plans.plans_of, insurer)] == [product]
    told = {(x.noun, x.label) for x in make.see(store, history.history_of, "product", product)}
    assert ("Rules of a plan", "Deductible") in told


def test_a_table_of_benefits_has_each_limit_once(store):
    product = a_plan(store)
    draft = BenefitLimitDraft(product_id=product, kind=LimitKind.ANNUAL, category=BenefitCategory.CANCER, amount=rm(60))
    key = make.made(store, plans.add_limit, draft)

    for wrong in (
        draft,
        make.changed(draft, kind=LimitKind.NOT_COVERED, category=None),
        make.changed(draft, kind=LimitKind.PER_DAY, amount=rp(5), max_days=0),
    ):
        with pytest.raises(Refused):
            make.do(store, plans.add_limit, wrong)
    make.do(store, plans.edit_limit, key, make.changed(draft, amount=rm(70)))
    assert [v.limit.amount for v in make.see(store, plans.limits_of, product)] == [rm(70)]

    make.do(store, plans.remove_limit, key)
    assert make.see(store, plans.limits_of, product) == ()


# a claim


def test_a_claim_whose_plan_is_not_on_record_says_why_there_is_no_figure(store, person):
    no_product = filed(store, person, make.cover(store, person))
    product = make.made(store, policies.add_product, make.product_draft(insurer_id=make.any_insurer(store)))
    no_rules = filed(store, person, covered(store, person, product))

    said = [estimate(store, key).why_not.text(EN) for key in (no_product, no_rules)]

    assert said == [
        "The policy names no plan, so nothing can be worked out.",
        "How this plan pays is not on record yet. Write its rules down once, on the insurer's card.",
    ]


def test_a_claim_is_worked_out_line_by_line_with_its_rules_and_where_they_stand(store, person):
    product = a_plan(store, room_per_day=rm(400), deductible=rm(1000), copay_percent="10")
    claim = filed(
        store, person, covered(store, person, product),
        (LineCategory.RNB, "3300"), (LineCategory.SUR, "5000"), (LineCategory.NMD, "50"),
    )  # fmt: skip

    found = estimate(store, claim)

    result = found.result
    assert (found.plan, found.source, found.stated_on) == ("Sehat Prima · Gold", "polis hal. 4", STATED)
    assert result.by_reason() == {R.R16: rm(50), R.R15: rm(900), R.R19: rm(1000), R.R20: rm(640)}
    assert result.claimed == result.benefit + result.reduced
    assert result.benefit == rm(5760)
    assert found.rate is None


def test_nights_in_intensive_care_written_on_a_claim_leave_fewer_for_the_room(store, person):
    cover = covered(store, person, a_plan(store, room_per_day=rm(400)))
    lines = (LineCategory.RNB, "3300"), (LineCategory.ICU, "4000")

    found = [estimate(store, filed(store, person, cover, *lines, intensive_nights=n)) for n in (None, 1)]

    assert [x.result.by_reason()[R.R15] for x in found] == [rm(900), rm(1300)]


def test_a_claim_without_lines_is_worked_out_as_a_whole(store, person):
    found = estimate(store, filed(store, person, covered(store, person, a_plan(store, copay_percent="10"))))

    assert [(x.line.key, x.benefit) for x in found.result.lines] == [(0, rm(900))]


def test_the_rate_is_that_of_the_plans_day_or_the_last_published_one_before(store, person):
    product = a_plan(store, currency="IDR", rate_rule=RateRule.ADMISSION, rate_source="Bank Indonesia")
    add_rate(store, 3840, dt.date(2026, 10, 16))
    add_rate(store, 3999, dt.date(2026, 10, 19))
    add_rate(store, 5000, dt.date(2026, 10, 18), source="kurs toko")
    claim = filed(store, person, covered(store, person, product), admitted_on=dt.date(2026, 10, 18))

    found = estimate(store, claim)

    assert (found.rate.rate.on, found.rate.rule, found.rate.is_provisional) == (
        dt.date(2026, 10, 16), RateRule.ADMISSION, False,
    )  # fmt: skip
    assert [n.text(EN) for n in found.rate.notes] == [
        "No rate was published on 18\xa0Oct\xa02026; that of the last published day before it counts."
    ]
    assert found.result.benefit == rp(3_840_000)


def test_without_a_days_rule_todays_rate_stands_in_and_says_so(store, person):
    add_rate(store, 3900, dt.date(2026, 11, 2))
    cover = covered(store, person, a_plan(store, currency="IDR"))
    later = covered(
        store, person, a_plan(store, currency="IDR", name="Lain", rate_rule=RateRule.DECISION), policy_no="NS-2"
    )

    unruled, undecided = (estimate(store, filed(store, person, c)).rate for c in (cover, later))

    assert unruled.is_provisional
    assert undecided.is_provisional
    assert unruled.notes[0].text(EN) == "The plan names no day for the rate; today's counts here."
    assert undecided.notes[0].text(EN).endswith("this day has not come yet; today's rate counts here.")


def test_no_rate_for_a_month_means_no_figure_never_a_later_rate(store, person):
    add_rate(store, 3900, dt.date(2026, 11, 2))
    product = a_plan(store, currency="IDR", rate_rule=RateRule.ADMISSION)

    found = estimate(store, filed(store, person, covered(store, person, product)))

    assert found.result is None
    assert found.why_not.text(EN) == "No rate from MYR to IDR is on record for 20\xa0Oct\xa02026 or the month before."


def test_a_kept_rate_stays_when_the_table_changes(store, person):
    add_rate(store, 3850, dt.date(2026, 10, 20))
    product = a_plan(store, currency="IDR", rate_rule=RateRule.ADMISSION)
    claim = filed(store, person, covered(store, person, product))

    make.do(store, benefits.keep_rate, claim)
    rate = make.see(store, rates.rates)[0]
    draft = RateDraft(base="MYR", quote="IDR", rate=Decimal(4000), on_date=rate.on, source=rate.source)
    make.do(store, rates.edit_rate, rate.id, draft)

    found = estimate(store, claim)
    assert (found.rate.is_frozen, found.result.benefit) == (True, rp(3_850_000))
    same = filed(store, person, covered(store, person, a_plan(store, name="Ringgit"), policy_no="NS-2"))
    with pytest.raises(Refused):
        make.do(store, benefits.keep_rate, same)


def test_a_kept_cross_rate_pays_to_the_rupiah_what_the_cross_itself_pays(store, person):
    for quote, number in (("MYR", "4.6105"), ("IDR", "20622.83")):
        add_rate(store, number, dt.date(2026, 10, 20), base="EUR", quote=quote, source="ECB")
    product = a_plan(store, currency="IDR", rate_rule=RateRule.ADMISSION)
    claim = filed(store, person, covered(store, person, product), billed=rm("987654.32"))
    before = estimate(store, claim)

    make.do(store, benefits.keep_rate, claim)

    after = estimate(store, claim)
    assert before.rate.rate.is_cross
    assert after.rate.is_frozen
    assert after.result.benefit == before.result.benefit


# what is used up


def decided(store, claim, approved, reason=None, state=K.APPROVED):
    """The insurer approved so much of a claim without lines."""
    for to, more in (
        (K.SUBMITTED, {"channel": "portal"}),
        (K.REGISTERED, {"claim_no": f"K{claim}"}),
        (K.IN_REVIEW, {}),
    ):
        make.do(store, claims.move_claim, claim, to, **more)
    lines = make.see(store, claim_views.claim, claim).lines
    parts = tuple(
        LineDecisionDraft(line_id=x.id, approved=approved if i == 0 else x.claimed, reason=reason if i == 0 else None)
        for i, x in enumerate(lines)
    )  # fmt: skip
    draft = ClaimDecisionDraft(
        decided_on=dt.date(2026, 11, 2), outcome=state, approved=None if parts else approved, reason=reason, lines=parts
    )
    make.do(store, deciding.decide_claim, claim, draft)


def test_what_was_approved_before_counts_against_the_limit_of_the_policy_year(store, person):
    cover = covered(store, person, a_plan(store, annual_limit=rm(10_000)))
    first = filed(store, person, cover, billed=rm(7000), state=K.READY)
    decided(store, first, rm(7000))
    old = filed(
        store, person, cover, billed=rm(9000), admitted_on=dt.date(2026, 3, 1), discharged_on=None, state=K.READY
    )
    decided(store, old, rm(9000))

    second = filed(store, person, cover, billed=rm(5000))

    assert estimate(store, second).result.by_reason() == {R.R13: rm(2000)}


def test_the_insurers_own_word_wins_and_what_was_approved_since_is_added(store, person):
    cover = covered(store, person, a_plan(store, annual_limit=rm(10_000), deductible=rm(1000)))
    told = BenefitUsageDraft(cover_id=cover, kind=UsageKind.ANNUAL, used=rm(6500), as_of=dt.date(2026, 10, 1))
    key = make.made(store, plans.record_usage, told)
    make.do(store, plans.record_usage, make.changed(told, kind=UsageKind.DEDUCTIBLE, used=rm(1000)))
    make.do(store, plans.record_usage, make.changed(told, used=rm(1), as_of=dt.date(2025, 10, 1)))

    claim = filed(store, person, cover, billed=rm(5000))

    assert estimate(store, claim).result.by_reason() == {R.R13: rm(1500)}
    assert [(u.used, u.told_id) for u in estimate(store, claim).usage] == [(rm(6500), key)]
    decided(store, filed(store, person, cover, billed=rm(3000), state=K.READY), rm(3000))
    assert estimate(store, claim).result.by_reason() == {R.R13: rm(4500)}
    make.do(store, plans.edit_usage, key, make.changed(told, used=rm(0)))
    assert estimate(store, claim).result.by_reason() == {}
    make.do(store, plans.remove_usage, key)
    with pytest.raises(Refused):
        make.do(store, plans.record_usage, make.changed(told, used=rm(-1), as_of=dt.date(2027, 1, 1)))


def test_the_limit_left_on_the_cover_counts_too(store, person):
    cover = covered(
        store, person, a_plan(store), annual_limit_left=rm(800), annual_limit_as_of=dt.date(2026, 10, 1)
    )  # fmt: skip

    assert estimate(store, filed(store, person, cover)).result.benefit == rm(800)


def test_a_deductible_cut_from_an_earlier_claim_is_not_taken_again_unless_due_each_time(store, person):
    cover = covered(store, person, a_plan(store, deductible=rm(500)))
    each = covered(
        store, person, a_plan(store, name="Tiap klaim", deductible=rm(500), deductible_per=DeductiblePer.CLAIM),
        policy_no="NS-2",
    )  # fmt: skip
    same = covered(
        store, person, a_plan(store, name="Per penyakit", deductible=rm(500), deductible_per=DeductiblePer.DISABILITY),
        policy_no="NS-3",
    )  # fmt: skip
    for key in (cover, each, same):
        claim = filed(store, person, key, (LineCategory.LAB, "1000"), state=K.READY)
        decided(store, claim, rm(600), R.R19, K.PARTIALLY_APPROVED)

    left = [estimate(store, filed(store, person, key)).result.by_reason().get(R.R19) for key in (cover, each, same)]

    assert left == [rm(100), rm(500), rm(100)]


def test_cancer_counts_against_its_own_limit_over_the_cycles(store, person):
    product = a_plan(store)
    limit = BenefitLimitDraft(
        product_id=product, kind=LimitKind.ANNUAL, category=BenefitCategory.CANCER, amount=rm(60_000)
    )
    make.do(store, plans.add_limit, limit)
    cover = covered(store, person, product)
    for _ in range(5):
        cycle = filed(store, person, cover, billed=rm(10_500), diagnosis_code="C50.9", state=K.READY)
        decided(store, cycle, rm(10_500))

    sixth = filed(store, person, cover, billed=rm(10_500), diagnosis_code="C50.9")

    assert estimate(store, sixth).result.by_reason() == {R.R14: rm(3000)}


def test_usage_shows_what_letters_hold_and_who_says_what_is_used(store, person):
    product = a_plan(store, annual_limit=rm(60_000))
    cover = covered(store, person, product)
    case = make.journey(store, person, cover_id=cover)
    letter = make.made(
        store, guarantees.request_guarantee, make.guarantee_draft(journey_id=case, cover_id=cover)
    )  # fmt: skip
    make.do(store, guarantees.add_version, make.version_draft(letter), gl_no="GL-1")

    def lines(session):
        row = session.get(CoverRow, cover)
        return usage_lines(session, row, plans.plan_of(session, product), on=dt.date(2026, 11, 2))

    (line,) = make.see(store, lines)
    assert (line.used, line.reserved, line.source) == (rm(0), rm(15_000), UsageSource.COMPUTED)


def test_after_the_final_letter_what_it_accepts_is_held_until_the_claim_is_decided(store, person):
    product = a_plan(store, annual_limit=rm(60_000))
    cover = covered(store, person, product)
    case = make.journey(store, person, cover_id=cover)
    letter = make.made(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=case, cover_id=cover))
    make.do(store, guarantees.add_version, make.version_draft(letter), gl_no="GL-1")
    for to in (GuaranteeState.ACCEPTED, GuaranteeState.FINAL_REQUESTED):
        make.do(store, guarantees.move_guarantee, letter, to, override_reason="diterima")
    final = make.version_draft(letter, VersionKind.FINAL, ceiling=rm(11_000))
    make.do(store, guarantees.add_version, final, accepted=rm(11_000), excess=rm(0))

    def held(on=dt.date(2026, 11, 2)):
        return make.see(store, lambda s: reserved(s, cover, "MYR", on=on))

    assert held() == rm(11_000)
    assert held(dt.date(2027, 4, 2)) == rm(0), "the next policy year holds nothing of it"
    make.do(store, guarantees.move_guarantee, letter, GuaranteeState.CLOSED)
    assert held() == rm(11_000)
    claim = filed(
        store, person, cover, billed=rm(11_000), state=K.READY, journey_id=case, guarantee_id=letter
    )  # fmt: skip
    assert held() == rm(11_000)

    decided(store, claim, rm(11_000))

    assert held() == rm(0), "it is used now, no longer held"


def test_limits_and_deductibles_of_another_kind_or_currency_stay_apart(store, person):
    product = a_plan(store, currency="IDR", rate_rule=RateRule.ADMISSION)
    for kind, amount in ((LimitKind.PER_DISABILITY, rp(20_000_000)), (LimitKind.LIFETIME, rp(99_000_000))):
        make.do(store, plans.add_limit, BenefitLimitDraft(product_id=product, kind=kind, amount=amount))
    cover = covered(store, person, product)
    add_rate(store, 4000, dt.date(2026, 10, 20))
    told = BenefitUsageDraft(cover_id=cover, kind=UsageKind.LIFETIME, used=rm(1), as_of=dt.date(2026, 10, 1))
    make.do(store, plans.record_usage, told)
    for billed, values in (
        (rm(2000), {}), (rm(1000), {"diagnosis_code": "K35.8"}),
        (rm(500), {"admitted_on": dt.date(2026, 5, 1), "discharged_on": None}),
    ):  # fmt: skip
        decided(store, filed(store, person, cover, billed=billed, state=K.READY, **values), billed)
    kept = filed(store, person, cover, billed=rm(100), state=K.READY)
    make.do(store, benefits.keep_rate, kept)
    decided(store, kept, rm(100))

    found = estimate(store, filed(store, person, cover, billed=rm(5000)))

    used = {line.kind: line.used for line in found.usage}
    assert used == {UsageKind.PER_DISABILITY: rp(8_400_000), UsageKind.LIFETIME: rp(12_400_000)}
    assert found.result.by_reason() == {R.R14: rp(8_400_000)}


def test_a_letter_in_another_currency_holds_by_the_days_rate_or_is_left_out(store, person):
    product = a_plan(store, currency="IDR", annual_limit=rp(90_000_000))
    cover = covered(store, person, product)
    case = make.journey(store, person, cover_id=cover)
    letter = make.made(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=case, cover_id=cover))
    make.do(store, guarantees.add_version, make.version_draft(letter), gl_no="GL-1")

    def held(session):
        return reserved(session, cover, "IDR", on=dt.date(2026, 11, 2))

    assert make.see(store, held) == rp(0)
    add_rate(store, 4000, dt.date(2026, 11, 2))
    assert make.see(store, held) == rp(60_000_000)


def test_a_plan_tells_how_it_pays_in_sentences():
    full = rules(
        1, territories=("ID 100", "?", "other 7,5"), room_per_day=rm(400), deductible=rm(1000), copay_percent="10",
        copay_least=rm(500), copay_most=rm(20_000), waiting_days=30, days_before=30, days_after=60,
        submit_within_days=90, rate_rule=RateRule.ADMISSION, rate_source="ECB", step_order=(Step.COPAY,),
    )  # fmt: skip
    told = [x.text(EN) for x in rules_in_words(full)]

    assert told[:3] == [
        "In Indonesia it pays 100%.", "Everywhere else it pays 7.5%.",
        "The room is paid up to RM400.00 a day; above it the patient pays the difference.",
    ]  # fmt: skip
    assert told[4:7] == [
        "The patient pays 10% of what is left.", "That is at least RM500.00 a claim.",
        "That is at most RM20,000.00 a claim.",
    ]  # fmt: skip
    assert told[-2:] == [
        "It counts by the exchange rate of the day of admission, ECB.",
        "The insurer works the steps out in an order of its own.",
    ]
    by_law = rules(1, follows_regulation=True, rate_rule=RateRule.DECISION)
    assert rules_in_words(by_law)[0].text(Language("id")).startswith("Co-payment menurut peraturan")
    assert len(rules_in_words(by_law)) == 2


def test_a_line_of_the_table_of_benefits_is_a_sentence():
    def told(kind=LimitKind.PER_DAY, **values):
        return limit_in_words(BenefitLimitDraft(product_id=1, kind=kind, **values)).text(EN)

    cancer = BenefitCategory.CANCER
    assert told(category=cancer, amount=rm(5), max_days=3) == "cancer treatment: at most RM5.00 a day. At most 3 days."
    assert told(LimitKind.PER_VISIT, category=cancer, max_visits=2) == "cancer treatment: as charged. At most 2 visits."
    assert told(LimitKind.NOT_COVERED, category=cancer) == "cancer treatment: not covered."
    assert told(LimitKind.ANNUAL, amount=rm(5)) == "Everything together: at most RM5.00 a policy year."


def test_the_days_of_bill_and_receipt_come_from_the_case(store, person):
    cover = covered(store, person, a_plan(store, currency="IDR", rate_rule=RateRule.RECEIPT))
    case = make.journey(store, person)
    for day, number in ((21, 3900), (25, 3950)):
        add_rate(store, number, dt.date(2026, 10, day))
    bill = make.bill_draft(case, BillKind.FINAL, billed_on=dt.date(2026, 10, 21))
    make.do(store, payments.record_bill, bill)
    make.do(
        store, payments.record_payment, make.payment_draft(case, PaymentPurpose.BILL, paid_on=dt.date(2026, 10, 25))
    )

    claim = filed(store, person, cover, journey_id=case)

    assert estimate(store, claim).rate.rate.on == dt.date(2026, 10, 25)
    days = make.see(store, lambda s: benefits.rate_days(s, s.get(ClaimRow, claim)))
    assert days.billed_on == dt.date(2026, 10, 21)


def test_a_claim_is_found_by_its_number_however_it_is_written(store, person):
    cover = covered(store, person, a_plan(store))
    key = filed(store, person, cover, claim_no="K/26-1")

    assert [make.see(store, benefits.find_claim, n) for n in ("k26 1", "K-2", " ")] == [key, None, None]


def test_a_plan_in_rupiah_that_pays_first_leaves_the_rest_in_ringgit(store, person):
    add_rate(store, 4000, dt.date(2026, 11, 2))
    covered(store, person, a_plan(store, currency="IDR", copay_percent="50"), cob_order=1)
    covered(store, person, a_plan(store, name="Ringgit"), policy_no="P-2", cob_order=2)
    house = make.hospital(store)
    case = make.journey(store, person, hospital_id=house)

    first, second = make.see(store, benefits.estimate_case, case, of=rm(1000))

    assert (first.result.benefit, second.result.benefit) == (rp(2_000_000), rm(500))


def test_an_empty_plan_opens_an_empty_form_and_a_benefit_that_is_not_covered_needs_no_amount(store):
    product = make.made(store, policies.add_product, make.product_draft(insurer_id=make.any_insurer(store)))
    out = BenefitLimitDraft(product_id=product, kind=LimitKind.NOT_COVERED, category=BenefitCategory.DEATH)

    make.do(store, plans.add_limit, out)

    assert make.see(store, plans.plan_rules_draft, product).source == ""
    assert make.see(store, plans.plan_of, product) is None
    assert [p.code for p in check_limit(make.changed(out, kind=LimitKind.ANNUAL), currency="IDR")] == ["AS_CHARGED"]
    both = rules(product, follows_regulation=True, copay_percent="5")
    assert [p.code for p in check_rules(both, currency="IDR", today=STATED)] == ["TWO_COPAYS"]


# a case and several policies


def test_two_policies_share_a_bill_in_their_order_and_bpjs_only_at_home(store, person):
    first = make.insurer(store, name="AIA Financial")
    second = make.insurer(store, name="Prudential")
    bpjs = make.insurer(store, name="BPJS Kesehatan")
    capped = a_plan(store, insurer_id=first, name="Karyawan")
    make.do(store, plans.add_limit, BenefitLimitDraft(product_id=capped, kind=LimitKind.PER_ADMISSION, amount=rm(8000)))
    whole = a_plan(store, insurer_id=second, name="Pribadi")
    public = a_plan(store, insurer_id=bpjs, name="JKN")
    covered(store, person, whole, policy_no="P-1", cob_order=2)
    covered(store, person, capped, policy_no="A-1", cob_order=1, payer_context=PayerContext.EMPLOYER)
    covered(store, person, public, policy_no="B-1", cob_order=3, payer_context=PayerContext.BPJS)
    case = make.journey(store, person, destination_country="MY")

    with pytest.raises(Refused):
        make.see(store, benefits.estimate_case, case)
    make.do(store, payments.record_estimate, make.estimate_draft(case, low=rm(9000), high=rm(10_000)))
    assert make.see(store, benefits.estimate_case, case)[1].result.benefit == rm(2000)
    make.do(store, payments.record_bill, make.bill_draft(case, amount=rm(12_000)))
    found = make.see(store, benefits.estimate_case, case)

    assert [(x.insurer, x.result.benefit if x.result else None) for x in found] == [
        ("AIA Financial", rm(8000)), ("Prudential", rm(4000)), ("BPJS Kesehatan", None),
    ]  # fmt: skip
    assert found[2].why_not.text(EN) == "BPJS pays for treatment in Indonesia only."
