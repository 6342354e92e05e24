"""What runs beside a case on its summary: for whom, in which words, and what stays in the office."""

import dataclasses
import datetime as dt

import pytest

from liaison.domain.care import AppointmentKind, AppointmentState
from liaison.domain.claims import ClaimKind
from liaison.domain.cycles import CyclePlanDraft, VisitState
from liaison.domain.documents import DocumentKind
from liaison.domain.facts import FactKind
from liaison.domain.journeys import EntryMode, JourneyState, Stage
from liaison.domain.money import Money
from liaison.domain.payments import Payer, PaymentPurpose
from liaison.domain.privacy import Audience
from liaison.domain.repatriation import RepatriationState
from liaison.domain.travel import TravelLegDraft, Wheelchair
from liaison.i18n import Language
from liaison.reports import case_beside as cb
from liaison.reports import case_gather
from liaison.reports.case_summary import CaseOptions, lay_out
from liaison.reports.case_words import Days, headline
from liaison.reports.lint import check_pages
from liaison.services import claims, cycles, guarantees, journeys, payments, repatriation, travel, views
from liaison.services.sentences import typed
from liaison.services.stage_steps import StepStatus
from liaison.store.models import GuaranteeRow, RepatriationRow
from tests import make
from tests.reports import samples
from tests.reports.reading import drawn, text_of
from tests.reports.samples import at, on, rm

OUTSIDE = (Audience.HOSPITAL, Audience.INSURER)


def beside(**changes):
    states = (VisitState.DONE, VisitState.UNDER_WAY, VisitState.DROPPED, VisitState.PLANNED)
    values = {
        "times": (
            cb.PlannedTime(at=at(22, 9), zone="Asia/Kuala_Lumpur", kind=AppointmentKind.CLINIC,
                           where="Gleneagles Hospital Penang, dr. Raman", state=AppointmentState.CONFIRMED),
            cb.PlannedTime(at=at(21, 8, 30), zone="Asia/Jakarta", kind=None, where="Medan – Penang, AirAsia AK 436",
                           needs=(Wheelchair.WCHR, cb.STRETCHER)),
            cb.PlannedTime(at=None, zone="", kind=AppointmentKind.TEST, where="Penang",
                           state=AppointmentState.ASKED),
        ),
        "cycles": tuple(
            cb.CycleLine(number=n + 1, planned_on=on(1 + 7 * n), state=state, cost=rm("10500"), is_estimate=n > 0)
            for n, state in enumerate(states)
        ),
        "cycle_treatment": "kemoterapi",
        "cycle_limit": cb.CycleLimit(
            name=typed("batas kanker"), limit=rm("30000"), used=rm("1000"),
            left=(rm("18500"), rm("8000"), rm("8000"), rm("0")), short=(None, None, None, rm("2500")),
            total_short=rm("2500"),
        ),
        "way_home": cb.WayHome(
            state=RepatriationState.PAPERS, since=at(18), died_on=on(17), place="Gleneagles Hospital Penang",
            consulate="KJRI Penang", consulate_told_on=on(17), agent="Casket Penang", flight="PEN-KNO, GA 123",
            leaves_on=on(24), arrives_on=on(24),
            papers=(((DocumentKind.ID_PASSPORT,), True), ((DocumentKind.DEATH_MCCD,), False)),
        ),
        "way_home_claim_until": on(15, 2),
        "way_home_people": cb.WayHomePeople(
            consulate_phone="+60 4 000 7777", agent_phone="+60 4 000 8888", escort="BUDI SIREGAR",
            received_by="Keluarga Siregar",
        ),
    }  # fmt: skip
    return samples.case_view(**{**values, **changes})


def printed(audience, language="en", view=None):
    blocks = lay_out(view or beside(), Language(language), audience=audience, options=CaseOptions())
    data, pages = drawn(blocks)
    assert [p for p in check_pages(blocks, pages) if p.severity == "error"] == []
    return " ".join(text_of(data).split())


@pytest.mark.parametrize("audience", OUTSIDE)
def test_both_parties_see_times_cycles_and_the_way_home(audience):
    text = printed(audience)

    for words in ("Appointments and travel", "Medan – Penang", "lying on a stretcher", "10:00 MYT", "08:30 WIB",
                  "no date yet",
                  "kemoterapi", "dropped", "The way home", "KJRI Penang", "PEN-KNO, GA 123",
                  "1 there, 1 missing"):  # fmt: skip
        assert words in text, words


def test_the_limit_and_the_claims_last_day_are_for_the_insurer_and_phones_and_family_for_the_office():
    hospital, insurer, own = printed(Audience.HOSPITAL), printed(Audience.INSURER), printed(Audience.INTERNAL)

    for words in ("batas kanker", "RM2,500.00 not covered", "Left of the limit", "Claim until"):
        assert words in insurer and words in own and words not in hospital, words
    for words in ("+60 4 000 7777", "+60 4 000 8888", "BUDI SIREGAR", "Keluarga Siregar"):
        assert words.replace(" ", "") in own.replace("\N{NO-BREAK SPACE}", "").replace(" ", ""), words
        assert words not in hospital and words not in insurer, words


def test_the_copy_without_names_has_nothing_of_it():
    text = printed(Audience.PUBLIC)

    for words in ("Cycles", "way home", "Appointments", "KJRI", "kemoterapi", "Raman"):
        assert words not in text, words


def test_a_restricted_diagnosis_hides_treatment_doctors_and_the_name_of_the_limit():
    text = printed(Audience.INSURER, view=beside(is_restricted=True))

    assert "kemoterapi" not in text and "batas kanker" not in text and "Raman" not in text
    assert "Medan – Penang" in text and "RM2,500.00 not covered" in text


def test_in_indonesian_too():
    text = printed(Audience.INSURER, "id")

    for words in ("Siklus", "Jalan pulang", "Janji temu dan perjalanan"):
        assert words in text or words.lower() in text.lower(), words


def test_the_view_is_read_from_the_case(store):
    person = make.patient(store)
    key = make.journey(
        store, person, hospital_id=make.hospital(store), entry_mode=EntryMode.RUNNING, state=JourneyState.ADMITTED
    )
    plan = CyclePlanDraft(journey_id=key, treatment="kemoterapi", visits=3, every_days=21, first_on=on(1, 12),
                          price=Money.of(10_500, "MYR"), limit=Money.of(30_000, "MYR"), limit_name="batas kanker",
                          )  # fmt: skip
    make.do(store, cycles.plan_cycles, plan)
    leg = TravelLegDraft(journey_id=key, from_place="Medan", to_place="Penang", departs_zone="Asia/Jakarta",
                         departs_at=dt.datetime(2026, 11, 1, 1, tzinfo=dt.UTC), carrier="AirAsia", number="AK 436",
                         )  # fmt: skip
    make.do(store, travel.add_leg, leg)
    make.confirm(store, key, FactKind.DEATH)
    make.do(store, journeys.move_journey, key, JourneyState.DECEASED)
    way = make.see(store, repatriation.repatriation_of, key)
    make.do(store, repatriation.move_repatriation, way.id, RepatriationState.PAPERS, override_reason="KJRI tahu")

    case_no = make.see(store, lambda s: s.get(journeys.JourneyRow, key).case_no)
    view = make.see(store, case_gather.gather, case_no)[0]

    died = Days(language=Language("en"), zone="Asia/Jakarta", first=make.START.date(), relative=False)
    assert headline(view, Language("en"), died).startswith("Deceased on ")
    assert [line.number for line in view.cycles] == [1, 2, 3]
    assert view.cycle_limit.total_short == rm("1500")
    assert view.way_home.state is RepatriationState.PAPERS and not view.way_home.papers[0][1]
    assert not [d for d in view.documents if d.received_on is None]  # the way home's papers stand in their own section
    assert [one.where for one in view.times] == ["Medan – Penang, AirAsia AK 436"]
    said = {(event.words, event.audiences) for event in view.events}
    assert ("Left {start} for {end}", OUTSIDE) in said
    assert ("Way home: {state}", OUTSIDE) in said


def test_a_plan_without_a_limit_prints_its_days_only():
    text = printed(Audience.INSURER, view=beside(cycle_limit=None, way_home=None, way_home_people=None))

    assert "Left of the limit" not in text and "kemoterapi" in text and "The way home" not in text


def test_what_is_not_known_of_a_way_home_leaves_no_line():
    bare = dataclasses.replace(
        beside().way_home, died_on=None, place="", consulate="", consulate_told_on=None, agent="", flight="",
        leaves_on=None, arrives_on=None,
    )  # fmt: skip
    text = printed(Audience.HOSPITAL, view=beside(way_home=bare))

    assert "not told yet" in text and "Leaves on" not in text


def test_payments_name_their_insurer_and_claim_and_a_death_benefit_lowers_no_bill(store):
    person = make.patient(store)
    key = make.journey(store, person, hospital_id=make.hospital(store), entry_mode=EntryMode.EMERGENCY,
                       state=JourneyState.ADMITTED)  # fmt: skip
    cover = make.cover(store, person, make.insurer(store, name="AIA"))
    letter = make.made(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=key, cover_id=cover))
    for number, kind, amount in (("H-1", ClaimKind.CASHLESS, "48000"), ("D-2", ClaimKind.DEATH, "60000")):
        draft = make.claim_draft(patient_id=person, journey_id=key, cover_id=cover, kind=kind, claim_no=number)
        claim = make.made(store, claims.file_claim, draft)
        paid = make.payment_draft(key, PaymentPurpose.CLAIM, payer=Payer.INSURER, amount=rm(amount), claim_id=claim)
        make.do(store, payments.record_payment, paid)
    with store.write("Test step") as session:
        row = session.get(GuaranteeRow, letter)
        row.accepted_minor, row.accepted_currency = rm("50000").minor, "MYR"

    case_no = make.see(store, lambda s: s.get(journeys.JourneyRow, key).case_no)
    view = make.see(store, case_gather.gather, case_no)[0]

    told = [(Language("en")(x.label, **dict(x.values)), x.amount) for x in view.payer_money]
    assert told == [
        ("Paid by AIA", -rm("48000")),
        ("Death benefit paid by AIA; not for the bill", rm("60000")),
        ("Accepted in the final letter and not paid", rm("2000")),
    ]
    assert dict(view.payer_money[0].values)["claim"] == "H-1"
    steps = {step.stage: (step.is_done, step.is_now, step.is_skipped) for step in view.steps}
    assert steps[Stage.ENQUIRY_INTAKE] == (True, False, False)
    assert steps[Stage.ESTIMATE_DECISION] == (False, False, True)
    assert steps[Stage.ABROAD] == (False, True, False)


def test_once_the_way_home_has_ended_the_case_stands_at_its_claims(store):
    person = make.patient(store)
    key = make.journey(store, person, entry_mode=EntryMode.EMERGENCY, state=JourneyState.ADMITTED)
    make.confirm(store, key, FactKind.DEATH)
    make.do(store, journeys.move_journey, key, JourneyState.DECEASED)
    with store.write("Test step") as session:
        way = session.query(RepatriationRow).one()
        way.state = RepatriationState.HANDED_OVER
    draft = make.claim_draft(patient_id=person, journey_id=key, cover_id=make.cover(store, person))
    claim = make.made(store, claims.file_claim, draft)

    def claims_step():
        case = make.see(store, views.journey_view, key)
        return [step.status for step in case.stages[-2:]]

    assert claims_step() == [StepStatus.DONE, StepStatus.CURRENT]
    make.do(store, claims.void_claim, claim, reason="uji")
    assert claims_step() == [StepStatus.DONE, StepStatus.DONE]
