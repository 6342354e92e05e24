"""A letter used up by bills in another currency, what it is warned of, and the request for more."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa

from liaison.domain.burn import BillSoFar, ask_by, covered_until, drift, forecast, stated_rate, suggested_ceiling
from liaison.domain.errors import Refused
from liaison.domain.fx import RateDraft
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.journeys import EntryMode, JourneyKind, JourneyState
from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.domain.work import NoteChannel
from liaison.i18n import Language
from liaison.reports.case_money import letter_of
from liaison.services import guarantees, journeys, payments, rates, rounds, topup, views
from liaison.services.letter_burn import burn_of, letter_burn
from liaison.services.letter_steps import ASK_TOPUP
from liaison.services.rate_words import rate_words
from liaison.store.models import JourneyEventRow, JourneyRow, TaskRow
from tests import make

G, S = GuaranteeState, JourneyState
FRIDAY = dt.date(2026, 10, 30)
DAY = dt.date(2026, 11, 2)
EN, ID = Language("en"), Language("id")


def rm(amount):
    return Money.of(amount, "MYR")


def rp(amount):
    return Money.of(amount, "IDR")


def ecb(store, quote, rate, on=FRIDAY):
    draft = RateDraft(base="EUR", quote=quote, rate=Decimal(rate), on_date=on, source="ECB")
    make.do(store, rates.add_rate, draft)


def steps(store):
    with store.read() as session:
        found = session.query(TaskRow).filter(TaskRow.title == ASK_TOPUP, TaskRow.done_at.is_(None))
        return [t.due_at for t in found]


@pytest.fixture
def admitted(store):
    """A patient in hospital since 28 October on a letter of Rp45,000,000, with the ECB's rates of 30 October."""
    ecb(store, "IDR", "20275.17")
    ecb(store, "MYR", "4.5325")
    person = make.patient(store)
    key = make.journey(
        store, person, cover_id=make.cover(store, person), hospital_id=make.hospital(store),
        entry_mode=EntryMode.RUNNING, state=S.ADMITTED,
    )  # fmt: skip
    at = dt.datetime(2026, 10, 28, 3, 0, tzinfo=dt.UTC)
    make.do(store, journeys.move_journey, key, S.DISCHARGE_PENDING, override_reason="uji")
    make.do(store, journeys.move_journey, key, S.ADMITTED)
    with store.write("Test step") as session:
        session.get(JourneyRow, key).admitted_at = at
    cover = make.see(store, views.journey_view, key).cover.id
    letter = make.made(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=key, cover_id=cover))
    issued = dt.datetime(2026, 10, 30, 3, 0, tzinfo=dt.UTC)
    version = make.version_draft(letter, ceiling=rp(45_000_000), covered_days=None, issued_at=issued)
    make.do(store, guarantees.add_version, version, gl_no="GL-26-771")
    return key, letter


def bill(store, key, amount, on=FRIDAY, **values):
    make.do(store, payments.record_bill, make.bill_draft(key, amount=amount, billed_on=on, **values))


def burn(store, key):
    return make.see(store, letter_burn, key)


# the acceptance walk (e)


def test_a_bill_in_ringgit_takes_84_5_percent_of_a_letter_in_rupiah(store, admitted):
    key, _ = admitted

    bill(store, key, rm("8500.00"))

    seen = burn(store, key)
    assert seen.used == rp(38_022_933)
    assert EN.formats.percent(seen.share, 1) == "84.5%"
    assert (seen.billed, seen.left) == (rm("8500.00"), rp(6_977_067))
    assert (seen.rate.source, seen.rate.via, seen.rate.on, seen.is_letters_rate) == ("ECB", "EUR", FRIDAY, False)
    assert seen.needs_topup
    assert len(steps(store)) == 1, "the step to ask is there before the ceiling runs out"


def test_the_request_for_more_is_drafted_with_the_rate_in_both_languages(store, admitted):
    key, letter = admitted
    bill(store, key, rm("8500.00"))

    facts = make.see(store, topup.topup_facts, letter)
    english, indonesian = topup.topup_text(facts, EN), topup.topup_text(facts, ID)

    for said in ("GL-26-771", "RM8,500.00 = Rp38,022,933", "RM1 = Rp4,473.29", f"ECB {EN.formats.date(FRIDAY)}",
                 "cross rate via EUR", "84.5%", "Rp45,000,000"):  # fmt: skip
        assert said in english, said
    assert "RM8.500,00 = Rp38.022.933" in indonesian
    assert "Rp60.000.000" in topup.topup_text(facts, ID, ceiling=rp(60_000_000))


def test_raised_to_60_million_the_ceiling_is_60_and_not_105(store, admitted):
    key, letter = admitted
    bill(store, key, rm("8500.00"))
    facts = make.see(store, topup.topup_facts, letter)
    request = topup.TopupDraft(guarantee_id=letter, language="id", text=topup.topup_text(facts, ID))

    make.do(store, topup.request_topup, request)
    assert make.see(store, guarantees.guarantee, letter).state is G.TOPUP_REQUESTED
    assert steps(store) == []
    raised = make.version_draft(letter, VersionKind.TOPUP, ceiling=rp(60_000_000), covered_days=None)
    make.do(store, guarantees.add_version, raised)

    seen = burn(store, key)
    assert seen.ceiling == rp(60_000_000)
    assert EN.formats.percent(seen.share, 1) == "63.4%"
    assert not seen.needs_topup
    view = make.see(store, guarantees.guarantee, letter)
    assert (view.ceiling_now, view.used_share, view.needs_topup) == (rp(60_000_000), seen.share, False)
    said = [item.title.text(ID) for item in make.see(store, views.journey_view, key).timeline]
    assert any("GL-26-771" in text for text in said)


# rates


def test_the_rate_on_the_letter_goes_before_that_of_the_day_and_does_not_move(store, admitted, clock):
    key, letter = admitted
    make.do(store, guarantees.move_guarantee, letter, G.ACCEPTED)
    bill(store, key, rm("8500.00"))
    stated = make.version_draft(letter, VersionKind.TOPUP, ceiling=rp(50_000_000), covered_days=None,
                                rate=Decimal(4400), rate_for="MYR")  # fmt: skip
    make.do(store, guarantees.move_guarantee, letter, G.TOPUP_REQUESTED)
    make.do(store, guarantees.add_version, stated)

    seen = burn(store, key)
    assert (seen.used, seen.is_letters_rate, seen.drift) == (rp(37_400_000), True, None)
    assert "rate stated on the letter" in rate_words(seen.rate, EN, is_letters_rate=True)


def test_a_rate_that_moved_3_percent_against_us_is_warned_of(store, admitted):
    key, _ = admitted
    bill(store, key, rm("5000.00"))
    assert burn(store, key).drift == 0

    ecb(store, "IDR", "20883.4251", DAY)
    ecb(store, "MYR", "4.5325", DAY)

    seen = burn(store, key)
    assert (seen.drift, seen.is_drift_warned, seen.is_warned) == (Decimal("0.0300"), True, False)


def test_a_bill_without_a_rate_is_left_out_and_said_so(store, admitted):
    key, _ = admitted

    bill(store, key, Money.of(2_000, "SGD"))

    seen = burn(store, key)
    assert (seen.rate_missing, seen.used, seen.share) == (("SGD", "IDR"), None, None)


def test_a_stated_rate_needs_its_currency(store, admitted):
    _, letter = admitted
    for rate, currency, code in (
        (4400, "", "UNKNOWN_CURRENCY"),
        (0, "MYR", "NOT_POSITIVE"),
        (1, "IDR", "SAME_CURRENCY"),
    ):
        values = {"rate": Decimal(rate), "rate_for": currency}
        with pytest.raises(Refused) as refusal:
            make.do(store, guarantees.add_version, make.version_draft(letter, ceiling=rp(50_000_000), **values))
        assert code in {p.code for p in refusal.value.problems}


# time


def test_the_covered_days_alone_open_the_step_at_the_hourly_round(store, admitted, clock):
    key, letter = admitted
    make.do(store, guarantees.move_guarantee, letter, G.ACCEPTED)
    bill(store, key, rm("1000.00"))
    days = make.version_draft(letter, VersionKind.TOPUP, ceiling=rp(45_000_000), covered_days=7)
    make.do(store, guarantees.move_guarantee, letter, G.TOPUP_REQUESTED)
    make.do(store, guarantees.add_version, days)
    assert not make.see(store, rounds.is_due)
    assert burn(store, key).ask_by == dt.date(2026, 11, 3)

    clock.forward(days=1)
    assert make.see(store, rounds.is_due)
    with store.write(rounds.TITLE, by_system=True) as session:
        rounds.time_passes(session)

    assert len(steps(store)) == 1
    assert not make.see(store, rounds.is_due)
    with store.write("Test step") as session:
        for task in session.query(TaskRow).filter(TaskRow.title == ASK_TOPUP):
            task.done_at = clock()
    assert not make.see(store, rounds.is_due), "who ticked it off is not asked again"


def test_a_corrected_bill_takes_the_step_off_again(store, admitted):
    key, _ = admitted
    bill(store, key, rm("8500.00"))
    made = views_bill(store, key)

    make.do(store, payments.edit_bill, made, make.bill_draft(key, amount=rm("850.00"), billed_on=FRIDAY))

    assert steps(store) == []


def views_bill(store, key):
    with store.read() as session:
        from liaison.store.models import BillRow

        return session.query(BillRow).filter(BillRow.journey_id == key).one().id


def test_the_bills_of_an_earlier_cycle_do_not_burn_the_next_letter(store, admitted, clock):
    key, _ = admitted
    bill(store, key, rm("8500.00"))
    make.do(store, journeys.start_repeating, key)
    make.move(store, key, S.DISCHARGE_PENDING, S.DISCHARGED, S.RETURNED, S.PREAUTH, override_reason="siklus")
    case = make.see(store, views.journey_view, key)
    assert case.kind is JourneyKind.REPEAT_CYCLE
    again = make.made(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=key, cover_id=case.cover.id))
    make.do(store, guarantees.add_version, make.version_draft(again, ceiling=rp(45_000_000)), gl_no="GL-26-900")

    seen = burn(store, key)

    assert (seen.guarantee_id, seen.used, seen.bars) == (again, None, ())
    assert seen.days_left == 30


def test_without_a_letter_nothing_can_be_raised_and_without_words_nothing_is_asked(store):
    person = make.patient(store)
    key = make.journey(store, person, entry_mode=EntryMode.RUNNING, state=S.PREAUTH)
    letter = make.made(
        store, guarantees.request_guarantee,
        make.guarantee_draft(journey_id=key, cover_id=make.cover(store, person)),
    )  # fmt: skip

    for ask, arguments, code in (
        (topup.topup_facts, (letter,), "NO_LETTER"),
        (
            topup.request_topup,
            (topup.TopupDraft(guarantee_id=letter, language="en", channel=NoteChannel.FAX),),
            "MISSING",
        ),
    ):
        with pytest.raises(Refused) as refusal:
            make.do(store, ask, *arguments)
        assert code in {p.code for p in refusal.value.problems}


# the rules alone


def so_far(*amounts, start=1):
    return [BillSoFar(on=dt.date(2026, 11, start + n), amount=rm(a), billed=rm(a)) for n, a in enumerate(amounts)]


def test_the_day_a_ceiling_runs_out_is_told_from_the_pace_since_admission():
    ahead = forecast(so_far(1000, 2000, 3000), rm(5500), admitted_on=dt.date(2026, 11, 1))

    assert (ahead.pace, ahead.lasts_until, ahead.runs_out_on) == (rm(1000), dt.date(2026, 11, 5), dt.date(2026, 11, 6))
    assert forecast(so_far(7000), rm(5500), admitted_on=None).lasts_until == dt.date(2026, 11, 1)
    assert forecast([], rm(5500), admitted_on=None) is None
    assert forecast(so_far(1), None, admitted_on=None) is None
    nothing = [BillSoFar(on=DAY, amount=rm(0), billed=rm(0))]
    assert forecast(nothing, rm(1), admitted_on=None) is None


def test_the_day_to_ask_is_the_one_before_the_first_that_ends():
    assert ask_by(None, None) is None
    assert ask_by(dt.date(2026, 11, 6), dt.date(2026, 11, 4)) == dt.date(2026, 11, 3)
    assert covered_until(dt.date(2026, 11, 1), 7) == dt.date(2026, 11, 7)
    assert covered_until(None, 7) is None


def test_what_is_asked_for_is_rounded_up_and_never_below_what_there_is():
    assert suggested_ceiling(rp(38_022_933), rp(45_000_000), pace=rp(12_000_000), days_more=3) == rp(75_000_000)
    assert suggested_ceiling(rm(100), rm(15_000), pace=None, days_more=3) == rm(15_000)
    assert suggested_ceiling(rm(12_100), rm(15_000), pace=None, days_more=3) == rm(18_000)


def test_a_steep_first_bill_asks_for_no_more_than_the_estimate_and_a_tenth():
    def asked(used, estimate):
        return suggested_ceiling(rm(used), rm(45_000), pace=rm(19_000), days_more=3, estimate=estimate)

    assert asked(38_000, rm(41_500)) == rm(46_000)
    assert asked(38_000, rm(90_000)) == rm(90_000)
    assert asked(38_000, None) == asked(38_000, rp(41_500)) == rm(95_000)
    assert asked(42_000, rm(41_500)) == rm(99_000), "an estimate that was passed says nothing any more"


def test_a_request_says_what_its_sum_rests_on(store, admitted):
    key, letter = admitted
    make.do(store, payments.record_estimate, make.estimate_draft(key, low=rm(8_000), high=rm(9_000), stated_on=FRIDAY))
    bill(store, key, rm("8500.00"))
    facts = make.see(store, topup.topup_facts, letter)

    text = topup.topup_text(facts, EN)

    assert facts.burn.estimate == facts.burn.likely == rp(40_259_576)
    assert facts.burn.suggested == rp(45_000_000)
    assert f"The hospital's estimate of {EN.formats.date(FRIDAY)}: Rp40,259,576." in text
    assert "The sum leaves a reserve: the bill so far would be 84% of it." in text
    assert "At this pace the stay" not in text

    bill(store, key, rm("9500.00"), on=DAY, bill_no="B-2")
    passed = topup.topup_text(make.see(store, topup.topup_facts, letter), EN)
    assert "The bill has passed the hospital's estimate" in passed
    assert "At this pace the stay is likely to come to Rp" in passed


def test_drift_is_the_share_by_which_the_bill_grew():
    then = stated_rate(Decimal(4000), base="MYR", quote="IDR", on=DAY, source="x")
    now = stated_rate(Decimal(3900), base="MYR", quote="IDR", on=DAY, source="x")

    assert drift(then, now) == Decimal("-0.0250")


def test_a_second_bill_brings_the_step_forward(store, admitted):
    key, letter = admitted
    make.do(store, guarantees.move_guarantee, letter, G.ACCEPTED)
    bill(store, key, rm("8100.00"), on=DAY)
    (first,) = steps(store)
    with store.write("Test step") as session:
        session.query(TaskRow).filter(TaskRow.title == ASK_TOPUP).one().due_at = first + dt.timedelta(days=9)

    bill(store, key, rm("9900.00"), on=DAY, bill_no="B-2")

    assert steps(store)[0] < first + dt.timedelta(days=9)
    assert make.see(store, burn_of, letter).left.minor > 0


def test_a_request_says_only_what_is_known(store, admitted):
    key, letter = admitted
    bill(store, key, rm("8500.00"))
    facts = make.see(store, topup.topup_facts, letter)
    bare = replace(
        facts.burn, ceiling=None, billed=None, used=None, rate=None, share=None, lasts_until=None, suggested=None,
        covered_until=dt.date(2026, 11, 3), is_days_warned=True,
    )  # fmt: skip

    short = topup.topup_text(replace(facts, burn=bare, passport="C1234567", procedure="", admitted_on=None), EN)
    same = topup.topup_text(replace(facts, burn=replace(facts.burn, rate=None), passport=""), EN)
    quiet = topup.topup_text(replace(facts, burn=replace(bare, is_days_warned=False, covered_until=None)), EN)

    assert "We ask for more covered days." in short
    assert "Passport: C1234567" in short
    assert not {"Ceiling now", "Treatment", "Admitted on"} & {line.partition(":")[0] for line in short.splitlines()}
    assert "Billed so far: RM8,500.00\n" in same
    assert "We ask" not in quiet


def test_a_direct_rate_and_one_of_the_day_before_are_said_as_such():
    direct = stated_rate(Decimal(3850), base="MYR", quote="IDR", on=FRIDAY, source="BI")
    late = replace(direct, asked_for=DAY)

    assert rate_words(direct, EN) == f"RM1 = Rp3,850.00 · BI {EN.formats.date(FRIDAY)}"
    assert rate_words(late, EN).endswith(f"no rate for {EN.formats.date(DAY)}")


def test_after_the_final_letter_the_share_is_still_that_of_the_ceiling_shown(store, admitted):
    key, letter = admitted
    bill(store, key, rp(40_000_000), kind=BillKind.FINAL, bill_no="F-1")
    for to in (G.ACCEPTED, G.FINAL_REQUESTED):
        make.do(store, guarantees.move_guarantee, letter, to, override_reason="uji")
    final = make.version_draft(letter, VersionKind.FINAL, ceiling=rp(36_000_000), covered_days=None, valid_to=None)
    make.do(store, guarantees.add_version, final, excess=rp(4_000_000), override_reason="uji")

    seen, page = burn(store, key), make.see(store, guarantees.guarantee, letter)

    assert (seen.ceiling, page.ceiling_now) == (rp(45_000_000), rp(45_000_000))
    assert EN.formats.percent(seen.share, 1) == EN.formats.percent(page.used_share, 1) == "88.9%"
    assert [step.ceiling for step in seen.steps] == [rp(45_000_000)]
    with store.read() as session:
        summary = letter_of(session, session.get(JourneyRow, key), today=DAY)
    assert (summary.ceiling, summary.accepted, summary.is_final) == (None, rp(36_000_000), True)
    assert not any(v.is_in_force for v in summary.versions)


def test_an_admission_nobody_noted_yet_counts_from_the_day_the_case_was_moved(store, admitted, clock):
    key, _ = admitted
    clock.now = dt.datetime(2026, 11, 5, 3, 0, tzinfo=dt.UTC)
    bill(store, key, rp(20_000_000), on=dt.date(2026, 11, 5))
    noted = burn(store, key)
    with store.write("Test step") as session:
        case = session.get(JourneyRow, key)
        moved = session.scalars(sa.select(JourneyEventRow).where(JourneyEventRow.to_state == S.ADMITTED)).all()
        for event in moved:
            event.at = case.admitted_at
        case.admitted_at = None

    seen = burn(store, key)

    assert (seen.day_no, seen.lasts_until, seen.suggested) == (noted.day_no, noted.lasts_until, noted.suggested)
    assert seen.ask_by == noted.ask_by is not None
    assert seen.days_left is None, "the patient is inside: the letter's last day no longer counts down"
