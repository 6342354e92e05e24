"""Three cases lived through the window, from the first message to the closed case, printed where an officer prints.

Acceptance walks (a), (b) and (c) of casework: an elective admission without cash, an emergency, a death abroad.
"""

import dataclasses
import datetime as dt

import pypdfium2
import pytest
from liaison.domain.claims import ClaimKind, ClaimLineDraft, ClaimState, LineCategory
from liaison.domain.codes import ReasonCode
from liaison.domain.documents import DocumentKind, Process
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState as G
from liaison.domain.journeys import CancelReason, EntryMode, JourneyKind, PayerPath
from liaison.domain.journeys import JourneyState as J
from liaison.domain.money import Money
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.repatriation import RepatriationState as R
from liaison.services import network, recovery, repatriation, settlement
from liaison.ui.pages.care_forms import appointment_form
from liaison.ui.pages.claim_cures import ClaimCures
from liaison.ui.pages.consents_form import consents_form
from liaison.ui.pages.cover_form import new_cover_form
from liaison.ui.pages.letter_topup import topup_form
from liaison.ui.pages.money_forms import bill_form, payment_form
from liaison.ui.pages.travel_forms import escort_form, leg_form, stay_form
from liaison.ui.widgets.label import Label
from tests import make

K = ClaimState
KL = "Asia/Kuala_Lumpur"
ELECTIVE = "Istri saya Suyanti 46th Medan mau operasi bypass jantung ke Island Hospital Penang tgl 16, AIA, wa saya 0812-3456-7890"


def rm(amount):
    return Money.of(amount, "MYR")


@pytest.fixture
def officer(at_desk):
    """An office that knows the insurer of the message."""
    with at_desk.program.runner.store.write("Test step") as session:
        at_desk.aia = network.add_organization(session, make.insurer_draft(name="AIA")).made
    return at_desk


# what an officer does


def paste_case(officer, acting, message):
    """A message is pasted, looked over and saved: the case is open."""
    acting.copied(message)
    acting.keys("Ctrl+Shift+V", "Ctrl+Return")
    assert officer.page.place.page == "journey"
    return officer.page.place.record


def consent(officer, *kinds):
    """A signed form with these consents."""
    pane = consents_form(officer.page.bench, officer.page.case.id)
    for kind in kinds:
        pane.content.ticks[kind].box.click()
    pane.content.boxes["given_by"].editor.line.setText("suami pasien")
    pane.save_button.click()
    assert officer.page.drawer.form is None


def bill(officer, journey, amount, kind=BillKind.INTERIM, number="B-1"):
    page = officer.go("journey", journey)
    bill_form(page.bench, journey, hospital_id=officer.hospital, kind=kind)
    officer.answer(amount=amount, bill_no=number)


def live_on(officer, journey, *states, days=1):
    """Move a case through states, a day for each."""
    for state in states:
        officer.move(state)
        assert officer.case(journey).state is state
        officer.later(days=days)


def printed(officer, name, language="id", **values):
    """The report as its page shows it; nothing about it is refused."""
    page = officer.go("reports", name=name, language=language, **values)
    result = page._result
    assert result is not None, [label.text() for label in page.side.findChildren(Label)]
    assert not [p.code for p in result.warnings if p.code == "NO_GROUND"], name
    return result


def text_of(result):
    document = pypdfium2.PdfDocument(result.data)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    finally:
        document.close()


# (a) an elective case without cash: one top-up, a partial decision, an appeal, payment


def test_an_elective_case_with_a_top_up_and_a_partial_decision_appealed_and_paid(officer, acting):
    journey = paste_case(officer, acting, ELECTIVE)
    case = officer.case(journey)
    consent(officer, FactKind.C1, FactKind.C2, FactKind.C3, FactKind.C4)
    live_on(officer, journey, J.INTAKE, J.ELIGIBILITY, J.MEDICAL_REVIEW, J.ESTIMATE, J.DECISION, J.PREAUTH)
    letter = first_letter(officer, journey)
    plan_the_way(officer, journey)
    itinerary = text_of(printed(officer, "itinerary", case=case.case_no))
    officer.go("journey", journey)
    at(officer, 15)
    live_on(officer, journey, J.EN_ROUTE, J.WORKUP, J.ADMITTED, days=1)

    bill(officer, journey, rm(38_000))
    assert officer.case(journey).letter.needs_topup
    raise_letter(officer, letter, rm(60_000))
    burn = officer.case(journey).letter
    assert (burn.ceiling, burn.needs_topup) == (rm(60_000), False)
    officer.go("journey", journey)
    officer.move(J.DISCHARGE_PENDING)
    bill(officer, journey, rm(52_000), BillKind.FINAL, "F-1")
    officer.go("letter", letter)
    officer.move(G.FINAL_REQUESTED)
    officer.move(G.FINAL_ISSUED, accepted=rm(50_000), excess=rm(2_000))
    officer.go("journey", journey)
    live_on(officer, journey, J.DISCHARGED, J.RETURNED, J.FOLLOW_UP)
    claim = decided_in_part(officer, journey)
    status = text_of(printed(officer, "claim_letter", claim=f"#{claim}"))
    appealed_and_paid(officer, claim)
    summary = text_of(printed(officer, "case_summary", case=case.case_no))
    officer.go("journey", journey)
    officer.move(J.CLOSED)

    assert officer.case(journey).state is J.CLOSED
    assert not officer.case(journey).overrides
    assert "SUYANTI" in itinerary.upper()
    assert "44.000,00" in status
    assert "60.000,00" in summary
    (back,) = officer.see(recovery.recovery)
    assert (back.reason, back.cut, back.recovered) == (ReasonCode.R05, rm(6_000), rm(4_000))


def first_letter(officer, journey):
    """The letter is asked for, its papers are complete, it comes and the hospital takes it; the case goes on."""
    page = officer.go("journey", journey)
    page.mover.go(J.TRAVEL_PREP)
    page.panel.cures[0].click()
    officer.answer()
    letter = officer.case(journey).guarantees[0].id
    officer.go("letter", letter)
    officer.move(G.REQUESTED)
    officer.later(hours=3)
    officer.move(G.ISSUED)
    officer.move(G.ACCEPTED)
    officer.go("journey", journey)
    officer.move(J.TRAVEL_PREP)
    return letter


def at(officer, day, hour=9):
    """It is this day of November, at this hour in Medan."""
    now = dt.datetime(2026, 11, day, hour - 7, tzinfo=dt.UTC)
    assert now > officer.program.clock.now
    officer.program.clock.now = now


def plan_the_way(officer, journey):
    """Appointment, flight, hotel and companion stand in the plan."""
    page = officer.go("journey", journey)
    appointment_form(page.bench, journey, hospital_id=officer.hospital, doctor="dr. Tan", zone=KL, confirmed=True)
    officer.answer(starts_at=dt.datetime(2026, 11, 16, 1, tzinfo=dt.UTC))
    leg_form(page.bench, journey, home="Asia/Jakarta", there=KL, destination="Penang")
    officer.answer(
        carrier="AirAsia", number="QZ 102", from_place="Medan", to_place="Penang",
        departs_at=dt.datetime(2026, 11, 15, 3, tzinfo=dt.UTC), arrives_at=dt.datetime(2026, 11, 15, 4, tzinfo=dt.UTC),
    )  # fmt: skip
    stay_form(page.bench, journey)
    officer.answer(hotel="Hotel Burmah", check_in=dt.date(2026, 11, 15), check_out=dt.date(2026, 11, 17))
    escort_form(page.bench, journey)
    officer.answer(name="HENDRA")


def raise_letter(officer, letter, ceiling):
    """The drafted request is noted as sent, the raised letter comes and the hospital takes it."""
    page = officer.go("letter", letter)
    topup_form(page.bench, letter)
    officer.page.drawer.form.save_button.click()
    assert officer.letter(letter).state is G.TOPUP_REQUESTED
    officer.later(hours=2)
    officer.move(G.TOPUP_ISSUED, ceiling=ceiling)
    officer.move(G.ACCEPTED)
    assert officer.letter(letter).ceiling_now == ceiling


def claim_of_case(officer, journey, *amounts, **values):
    """A claim of the case with a line for each amount, its papers complete."""
    page = officer.go("claim_new", journey=journey)
    page.lines.set_lines(
        [ClaimLineDraft(category=LineCategory.SUR, claimed=a) for n, a in enumerate(amounts, 1)]
    )
    page._by_lines = True
    page._lines_typed()
    for name, value in values.items():
        page.form.editor(name).set_value(value)
    page.save()
    if officer.page is page:
        page.save()
    claim = officer.page.place.record
    assert officer.page.place.page == "claim"
    if officer.claim(claim).state is K.INCOMPLETE:
        officer.page.side.complete()
        officer.answer()
    assert officer.claim(claim).state is K.READY
    return claim


def send_claim(officer, number):
    officer.move(K.SUBMITTED, channel="PORTAL")
    officer.move(K.REGISTERED, claim_no=number)
    officer.move(K.IN_REVIEW)


def decided_in_part(officer, journey):
    """A claim of two lines, of which the second is cut."""
    claim = claim_of_case(officer, journey, rm(40_000), rm(10_000))
    send_claim(officer, "AIA-9001")
    officer.later(days=6)
    decide(officer, K.PARTIALLY_APPROVED, (rm(40_000), None), (rm(4_000), ReasonCode.R05))
    assert officer.claim(claim).approved == rm(44_000)
    return claim


def decide(officer, outcome, *lines):
    """The insurer's decision, line by line."""
    page = officer.page
    page.mover.go(outcome)
    form = page.drawer.form.content
    for line, (amount, reason) in zip(form.lines, lines, strict=True):
        line.approved.set_value(amount)
        if reason is not None:
            line.reason.set_value(reason)
    page.drawer.form.save_button.click()
    assert page.drawer.form is None, [b.problem_text for b in form.boxes.values() if b.problem_text]


def appealed_and_paid(officer, claim):
    """The cut is appealed with a doctor's letter, most of it comes back, and what was approved is paid."""
    page = officer.go("claim", claim)
    cures = page.findChild(ClaimCures)
    assert cures is not None
    officer.move(K.APPEALED, evidence="surat dokter bedah tentang kateter kedua")
    officer.move(K.IN_REVIEW)
    officer.later(days=8)
    decide(officer, K.PARTIALLY_APPROVED, (rm(40_000), None), (rm(8_000), ReasonCode.R05))
    assert officer.see(recovery.cure_plan, claim).cures[0].amount == rm(2_000)
    officer.move(K.PAYMENT_PENDING)
    officer.move(K.PAID, amount=rm(48_000))
    assert officer.claim(claim).paid == rm(48_000)
    officer.move(K.CLOSED)
    assert officer.claim(claim).state is K.CLOSED
