"""Three cases lived through the window, from the first message to the closed case, printed where an officer prints.

Acceptance walks (a), (b) and (c) of casework: an elective admission without cash, an emergency, a death abroad.
"""

import datetime as dt

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from liaison.domain.claims import ClaimKind, ClaimLineDraft, ClaimState, LineCategory
from liaison.domain.codes import ReasonCode
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState as G
from liaison.domain.journeys import EntryMode, PayerPath
from liaison.domain.journeys import JourneyState as J
from liaison.domain.money import Money
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.repatriation import RepatriationState as R
from liaison.services import network, recovery, repatriation, settlement
from liaison.ui.incoming import Incoming
from liaison.ui.pages.attaching import attach_form
from liaison.ui.pages.care_forms import appointment_form
from liaison.ui.pages.claim_cures import ClaimCures
from liaison.ui.pages.consents_form import consents_form
from liaison.ui.pages.course_forms import repatriation_form
from liaison.ui.pages.cover_form import new_cover_form
from liaison.ui.pages.letter_forms import request_form
from liaison.ui.pages.letter_topup import topup_form
from liaison.ui.pages.money_forms import bill_form, payment_form
from liaison.ui.pages.travel_forms import escort_form, leg_form, stay_form
from liaison.ui.pages.way_home import WayHome
from liaison.ui.widgets.label import Label
from tests import make

K = ClaimState
KL = "Asia/Kuala_Lumpur"
ELECTIVE = (
    "Istri saya Suyanti 46th Medan mau operasi bypass jantung ke Island Hospital Penang tgl 16, AIA, "
    "wa saya 0812-3456-7890"
)


def rm(amount):
    return Money.of(amount, "MYR")


@pytest.fixture
def office(officer):
    """The office knows the insurer of the message."""
    with officer.program.runner.store.write("Test step") as session:
        officer.aia = network.add_organization(session, make.insurer_draft(name="AIA")).made
    return officer


# what an officer does


def paste_case(officer, message):
    """A message is pasted, looked over and saved: the case is open."""
    QApplication.clipboard().setText(message)
    officer.go("message")
    assert officer.page.form.text.typed() == message
    officer.page.save()
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
        officer.later(days=days)
    assert officer.case(journey).state is states[-1]


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


def test_an_elective_case_with_a_top_up_and_a_partial_decision_appealed_and_paid(office):
    officer = office
    journey = paste_case(officer, ELECTIVE)
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
    page.lines.set_lines([ClaimLineDraft(category=LineCategory.SUR, claimed=a) for n, a in enumerate(amounts, 1)])
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


# (b) an emergency whose letter the insurer does not give: the family pays, and what was paid is claimed back


def open_emergency(officer, name="Bambang Sutrisno"):
    """Somebody calls from a ward abroad: the case enters where it is, and says what it still owes."""
    page = officer.go("journey_new")
    page.person.enter_new(name)
    page.person.form.editor("city").line.setText("Medan")
    page.person.form.editor("phone").retype("0812-7000-1122")
    page.form.editor("hospital_id").take(officer.hospital, "Island Hospital")
    page.form.editor("need").set_value("serangan jantung saat liburan")
    page.form.editor("entry_mode").set_value(EntryMode.EMERGENCY)
    page._mode_changed()
    page.save()
    journey = officer.page.place.record
    assert officer.case(journey).state is J.ADMITTED
    return journey


def insure(officer, journey):
    """The policy is written down and chosen for the case."""
    page = officer.go("journey", journey)
    pane = new_cover_form(page.bench, page.case.patient.id)
    pane.content.policy.editor("insurer_id").set_value(officer.aia)
    pane.content.policy.editor("policy_no").line.setText("AIA-88120917")
    pane.content.cover.editor("member_no").line.setText("55010917")
    pane.save_button.click()
    page.person.findChild(QPushButton, f"cover.{page.case.covers[0].id}").click()
    assert officer.case(journey).cover is not None


def pay_debts(officer, journey):
    """Every fact still owed is supplied from its own step."""
    for _try in range(12):
        owed = officer.case(journey).debts
        if not owed:
            return
        page = officer.go("journey", journey)
        page.side._supply(owed[0], page.case)
        officer.cured(page)
    raise AssertionError([t.title.message for t in owed])


def pay(officer, journey, purpose, amount, payer=Payer.PATIENT):
    page = officer.go("journey", journey)
    payment_form(page.bench, journey_id=journey, purpose=purpose, payer=payer)
    officer.answer(amount=amount)


def test_an_emergency_turns_into_reimbursement(office):
    officer = office
    journey = open_emergency(officer)
    case = officer.case(journey)
    insure(officer, journey)
    consent(officer, FactKind.C1, FactKind.C2, FactKind.C3, FactKind.C4)
    letter = asked_in_vain(officer, journey)
    pay(officer, journey, PaymentPurpose.DEPOSIT, rm(5_000))
    officer.later(days=3)
    bill(officer, journey, rm(21_400), BillKind.FINAL, "F-77")
    pay(officer, journey, PaymentPurpose.BILL, rm(16_400))
    page = officer.go("journey", journey)
    live_on(officer, journey, J.DISCHARGE_PENDING, J.DISCHARGED, J.RETURNED)
    chaser = text_of(printed(officer, "paper_letter", case=case.case_no, process="REIMBURSEMENT", audience="family"))
    officer.go("journey", journey)
    live_on(officer, journey, J.FOLLOW_UP)
    pay_debts(officer, journey)
    claim = claim_of_case(officer, journey, rm(21_400))
    assert officer.claim(claim).kind is ClaimKind.REIMBURSEMENT
    send_claim(officer, "AIA-R-17")
    officer.later(days=12)
    officer.move(K.APPROVED)
    officer.move(K.PAYMENT_PENDING)
    officer.move(K.PAID, amount=rm(21_400))
    status = text_of(printed(officer, "claim_letter", claim=f"#{claim}"))
    officer.go("claim", claim)
    officer.move(K.CLOSED)
    summary = text_of(printed(officer, "case_summary", case=case.case_no))
    page = officer.go("journey", journey)
    officer.move(J.CLOSED)

    assert page.case is not None
    assert officer.case(journey).state is J.CLOSED
    assert [e.to for e in officer.letter(letter).events][-2:] == [G.CONVERTED, G.CLOSED]
    assert officer.see(settlement.settlement_of, journey).unpaid is None
    assert "21.400,00" in status
    assert "Bambang Sutrisno" in chaser
    assert "F-77" in summary


def asked_in_vain(officer, journey):
    """The letter is asked for; the insurer advises to pay first, and the case goes on so."""
    page = officer.go("journey", journey)
    request_form(page.bench, page.case)
    officer.answer()
    letter = officer.case(journey).guarantees[0].id
    officer.go("letter", letter)
    officer.move(G.REQUESTED)
    officer.later(hours=5)
    officer.move(G.DEFERRED, reason=ReasonCode.R05)
    officer.move(G.CONVERTED)
    assert officer.case(journey).payer_path is PayerPath.REIMBURSEMENT
    return letter


# (c) a death abroad: the way home with its papers, the hospital's claim and the claim for the death


def test_a_death_abroad_ends_with_the_way_home_and_both_claims(office):
    officer = office
    journey = open_emergency(officer, "Hasan Basri")
    case = officer.case(journey)
    insure(officer, journey)
    consent(officer, FactKind.C1, FactKind.C2, FactKind.C3, FactKind.C4)
    officer.later(days=2)
    officer.go("journey", journey)
    officer.move(J.DECEASED, died_on=officer.page.desk.today())
    way = officer.see(repatriation.repatriation_of, journey)
    bill(officer, journey, rm(18_000), BillKind.FINAL, "F-90")
    tell_consulate(officer, journey, way.id)
    letter = text_of(printed(officer, "paper_letter", case=case.case_no, process="REPATRIATION", audience="hospital"))
    officer.go("journey", journey)
    go_home(officer, journey)
    first = claim_of_case(officer, journey, rm(18_000))
    finish_claim(officer, first, "AIA-H-1", rm(18_000))
    death = claim_of_case(officer, journey, rm(60_000))
    assert officer.claim(death).kind is ClaimKind.DEATH
    finish_claim(officer, death, "AIA-D-2", rm(60_000))
    status = text_of(printed(officer, "claim_letter", claim=f"#{death}"))
    summary = text_of(printed(officer, "case_summary", case=case.case_no))

    done = officer.case(journey)
    assert (done.state, done.is_open) == (J.DECEASED, False)
    assert officer.see(repatriation.repatriation_of, journey).state is R.HANDED_OVER
    assert not any(c.is_open for c in done.claims)
    assert [t.title.message for t in done.open_tasks] == []
    assert "Hasan Basri" in letter
    assert "60.000,00" in status
    assert "F-90" in summary


def tell_consulate(officer, journey, way):
    """Consulate, agent and flight are written down."""
    page = officer.go("journey", journey)
    today = page.desk.today()
    repatriation_form(page.bench, way)
    officer.answer(
        consulate="KJRI Penang", consulate_told_on=today, agent="Nirvana", flight="MH 864", route="Penang – Medan",
        leaves_on=today + dt.timedelta(days=3), received_by="anak pertama",
    )  # fmt: skip


def go_home(officer, journey):
    """Every paper is attached, and each step made from the page."""
    for state in (R.PAPERS, R.BOOKED):
        step(officer, journey, state)
    missing = [p.kinds[0] for p in officer.see(repatriation.repatriation_of, journey).papers if not p.have]
    for kind in missing:
        page = officer.page
        file = Incoming(name=f"{kind.value}.pdf", data=make.pdf(kind.value))
        attach_form(page.bench, journey_id=journey, kind=kind, files=[file])
        page.drawer.form.save_button.click()
        assert page.drawer.form is None, kind
    officer.later(days=3)
    for state in (R.UNDER_WAY, R.HANDED_OVER):
        step(officer, journey, state)


def step(officer, journey, to):
    """The next step of the way home, from its menu."""
    page = officer.go("journey", journey)
    way = officer.see(repatriation.repatriation_of, journey)
    move = next(m for m in officer.see(repatriation.repatriation_moves, way.id) if m.to is to)
    assert move.is_free, [p.code for p in move.problems]
    WayHome(page.desk, page.bench, page)._step(way, move)
    assert officer.see(repatriation.repatriation_of, journey).state is to


def finish_claim(officer, claim, number, amount):
    send_claim(officer, number)
    officer.later(days=9)
    officer.move(K.APPROVED)
    officer.move(K.PAYMENT_PENDING)
    officer.move(K.PAID, amount=amount)
    officer.move(K.CLOSED)
    assert officer.claim(claim).state is K.CLOSED
