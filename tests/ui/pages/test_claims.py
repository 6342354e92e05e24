"""Claims and letters: typed once, refused with every field marked, moved through their whole life."""

import datetime as dt
import json

import pytest

from liaison.domain.claims import ClaimKind, ClaimState, LineCategory
from liaison.domain.codes import ReasonCode
from liaison.domain.documents import Process
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState as G
from liaison.domain.guarantees import VersionKind
from liaison.domain.journeys import PayerPath
from liaison.domain.money import Money
from liaison.services import claim_views, claims, confirmations, guarantee_views
from liaison.store import history
from liaison.ui.pages import letter_forms
from tests import make

pytestmark = pytest.mark.bare


@pytest.fixture
def place(at_home):
    return at_home


def claim_of(place, key=None):
    return place.see(claim_views.claim, key or place.ids["claim"])


def letter_of(place):
    return place.see(guarantee_views.guarantee, place.ids["letter"])


def actions(place):
    with place.store.read() as session:
        return len(history.actions(session, limit=1000))


# typing a claim


def new_claim(place):
    """A claim of the case, typed as far as its amount."""
    page = place.go("claim_new", journey=place.ids["journey"])
    page.form.editor("claim_no").line.setText("NP-9001")
    return page


def test_a_claim_of_a_case_begins_with_what_the_case_knows(place):
    page = new_claim(place)

    draft = page.form.read()
    assert draft.patient_id == place.ids["patient"]
    assert draft.cover_id == place.ids["cover"]
    assert draft.hospital_id == place.ids["hospital"]
    assert draft.kind is ClaimKind.CASHLESS
    assert draft.billed == Money.of(36_200, "MYR")


@pytest.mark.parametrize("typed", ["1.234,50", "1,234.50", "1234,5"])
def test_an_amount_is_read_in_either_notation(place, typed):
    page = new_claim(place)

    page.billed.line.setText(typed)

    assert page.form.read().billed == Money.of("1234.50", "MYR")


def test_a_refused_save_marks_every_field_at_once_and_writes_nothing(place):
    page = new_claim(place)
    before = actions(place)
    page.billed.line.setText("0")
    page.form.editor("submitted_on").line.setText("1/1/2027")

    page.save()

    assert page.form.boxes["billed"].problem_text
    assert page.form.boxes["submitted_on"].problem_text
    assert page.billed.line.property("wrong") == "true"
    assert page.billed.line.text() == "0"
    assert actions(place) == before
    assert place.page is page


def test_lines_must_add_up_before_the_claim_is_saved_without_a_second_look(place):
    page = new_claim(place)
    page.billed.line.setText("3.000,00")
    page._typed()
    for words, amount in (("kamar", "2.000,00"), ("obat", "900,00")):
        line = page.lines.add()
        line.category.set_value(LineCategory.RNB)
        line.description.line.setText(words)
        line.claimed.line.setText(amount)
    page.lines._typed()

    page.save()
    warned = page.lines.problem.isVisible()
    difference = page.lines.total.text()
    page.lines.lines[1].claimed.line.setText("1.000,00")
    page.lines._typed()
    page.save()

    assert warned
    assert "100" in difference
    assert place.page.place.page == "claim"
    claim = claim_of(place, place.page.record)
    assert [line.claimed for line in claim.lines] == [Money.of(2_000, "MYR"), Money.of(1_000, "MYR")]
    assert claim.claim_no == "NP-9001"


def test_a_line_is_taken_off_and_an_unreadable_one_is_said(place):
    page = new_claim(place)
    first, second = page.lines.add(), page.lines.add()
    first.description.line.setText("kamar")
    second.description.line.setText("obat")
    second.claimed.line.setText("dua ribu")

    page.save()
    said = page.lines.problem.isVisible()
    page.lines._remove(second)
    page.lines._remove(first)

    assert said
    assert page.lines.lines == []


def test_a_claim_without_a_case_asks_for_the_person_and_offers_only_their_covers(place):
    page = place.go("claim_new")
    page.billed.line.setText("100")

    page.save()
    assert page.form.boxes["patient_id"].problem_text
    page.person.take(place.ids["patient"], "Suyanti")
    page.person.found.emit(place.ids["patient"])
    page.form.show(())
    page.save()

    assert page.form.boxes["cover_id"].problem_text
    page.cover.set_value(place.ids["cover"])
    page.save()
    assert place.page.place.page == "claim"


def test_a_claim_is_changed_on_the_same_form(place):
    page = place.go("claim_new", place.ids["claim"])
    page.form.editor("claim_no").line.setText("NP-77")
    page.form._field_changed("claim_no")

    page.save()

    assert claim_of(place).claim_no == "NP-77"


def test_what_is_typed_into_a_claim_survives_a_change_of_language(place):
    page = new_claim(place)
    page.form._field_changed("claim_no")
    line = page.lines.add()
    line.description.line.setText("kamar")
    kept = page.keep()

    again = place.go("claims") and place.go("claim_new", journey=place.ids["journey"])
    again.resume(kept)
    again.start()

    assert again.form.editor("claim_no").line.text() == "NP-9001"
    assert again.lines.lines[0].description.line.text() == "kamar"


def test_a_filed_claim_half_changed_comes_back_with_its_own_lines_and_no_more(place):
    page = place.go("claim_new", place.ids["claim"])
    line = page.lines.add()
    line.category.set_value(LineCategory.RNB)
    line.claimed.set_value(claim_of(place).billed)
    page.save()
    page = place.go("claim_new", place.ids["claim"])
    before = [line.base for line in page.lines.lines]
    assert len(before) == 1
    page.lines.lines[0].description.line.setText("kamar kelas dua")
    kept = json.loads(json.dumps(page.keep()))

    again = place.go("claims") and place.go("claim_new", place.ids["claim"])
    again.resume(kept)
    again.start()

    assert [line.base for line in again.lines.lines] == before
    assert [line.category.value() for line in again.lines.lines] == [draft.category for draft in before]
    assert again.lines.lines[0].description.line.text() == "kamar kelas dua"


# the life of a claim


def submitted(place):
    """The claim of the case, sent and in review, by the page's own moves."""
    make.do(
        place.store, confirmations.confirm,
        make.confirmation_draft(
            place.ids["journey"], FactKind.CHECKLIST_COMPLETE, result=Process.CASHLESS_CLAIM.value,
            stated_on=dt.date(2026, 11, 20),
        ),
    )  # fmt: skip
    page = place.go("claim", place.ids["claim"])
    assert claim_of(place).state is ClaimState.READY
    page.mover.go(ClaimState.SUBMITTED)
    page.drawer.form.content.editors["channel"].combo.setCurrentIndex(2)
    page.drawer.form.save_button.click()
    page.mover.go(ClaimState.REGISTERED)
    page.drawer.form.content.editors["claim_no"].line.setText("NP-9001")
    page.drawer.form.save_button.click()
    page.mover.go(ClaimState.IN_REVIEW)
    assert claim_of(place).state is ClaimState.IN_REVIEW
    return page


def test_a_claim_goes_from_ready_to_paid_and_closed(place):
    page = submitted(place)
    page.mover.go(ClaimState.APPROVED)
    page.drawer.form.save_button.click()
    assert claim_of(place).state is ClaimState.APPROVED

    page.mover.go(ClaimState.PAYMENT_PENDING)
    page.mover.go(ClaimState.PAID)
    page.drawer.form.save_button.click()

    claim = claim_of(place)
    assert claim.state is ClaimState.PAID
    assert claim.paid == claim.billed
    page.mover.go(ClaimState.CLOSED)
    assert claim_of(place).state is ClaimState.CLOSED


def test_a_decision_cuts_a_line_only_with_its_reason(place):
    form = place.go("claim_new", place.ids["claim"])
    for amount in ("10.000,00", "8.837,55"):
        line = form.lines.add()
        line.category.set_value(LineCategory.MED)
        line.claimed.line.setText(amount)
    form.save()
    page = submitted(place)

    page.mover.go(ClaimState.PARTIALLY_APPROVED)
    decision = page.drawer.form.content
    decision.lines[1].approved.line.setText("8.000,00")
    decision.lines[1]._amount_left()
    page.drawer.form.save_button.click()
    assert decision.boxes["outcome"].problem_text
    decision.lines[1].reason.set_value(ReasonCode.R16)
    page.drawer.form.save_button.click()

    claim = claim_of(place)
    assert claim.state is ClaimState.PARTIALLY_APPROVED
    assert claim.approved == Money.of(18_000, "MYR")
    assert claim.lines[1].reason is ReasonCode.R16


def test_a_rejected_claim_is_appealed_with_new_evidence(place):
    page = submitted(place)
    page.mover.go(ClaimState.REJECTED)
    decision = page.drawer.form.content
    page.drawer.form.save_button.click()
    assert claim_of(place).state is ClaimState.IN_REVIEW
    decision.boxes["reason"].editor.set_value(ReasonCode.R09)
    page.drawer.form.save_button.click()
    assert claim_of(place).state is ClaimState.REJECTED

    page.mover.go(ClaimState.APPEALED)
    page.drawer.form.content.editor("evidence").box.setPlainText("surat dokter yang baru")
    page.drawer.form.save_button.click()

    claim = claim_of(place)
    assert claim.state is ClaimState.APPEALED
    assert claim.appeals[0].evidence == "surat dokter yang baru"


def test_a_question_of_the_insurer_is_answered_and_the_claim_goes_back_into_review(place):
    page = submitted(place)
    page.mover.go(ClaimState.QUERIED)
    page.drawer.form.content.editor("question").box.setPlainText("mohon resume medis")
    page.drawer.form.save_button.click()
    assert claim_of(place).state is ClaimState.QUERIED

    page.mover.go(ClaimState.IN_REVIEW)
    page.panel.cures[0].click()
    page.drawer.form.content.editors["answer"].box.setPlainText("terlampir")
    page.drawer.form.save_button.click()

    assert claim_of(place).state is ClaimState.IN_REVIEW
    assert claim_of(place).queries[0].answer == "terlampir"


def test_a_payment_entered_in_error_is_taken_off(place):
    page = submitted(place)
    page.mover.go(ClaimState.APPROVED)
    page.drawer.form.save_button.click()
    page.mover.go(ClaimState.PAYMENT_PENDING)
    page.mover.go(ClaimState.PAID)
    page.drawer.form.save_button.click()

    page.side._void_payment(claim_of(place).payments[0].id)

    assert claim_of(place).paid.minor == 0


def test_a_claim_is_voided_only_with_a_reason(place):
    page = place.go("claim", place.ids["claim"])

    page.mover.go(ClaimState.VOID)
    page.drawer.form.save_button.click()
    assert claim_of(place).state is not ClaimState.VOID
    page.drawer.form.content.editors["reason_note"].box.setPlainText("tertulis dua kali")
    page.drawer.form.save_button.click()

    assert claim_of(place).voided_reason == "tertulis dua kali"


# letters


def test_the_ceiling_now_is_that_of_the_newest_letter_and_never_a_sum(place):
    page = place.go("letter", place.ids["letter"])

    page.mover.go(G.TOPUP_ISSUED)
    form = page.drawer.form.content
    form.form.editor("ceiling").line.setText("58.000,00")
    page.drawer.form.save_button.click()

    letter = letter_of(place)
    assert letter.state is G.TOPUP_ISSUED
    assert letter.ceiling_now == Money.of(58_000, "MYR")
    assert [v.ceiling for v in letter.versions] == [Money.of(n, "MYR") for n in (30_000, 45_000, 58_000)]
    assert page.table.count == 3


def test_a_top_up_below_the_ceiling_before_it_is_refused_at_its_field(place):
    page = place.go("letter", place.ids["letter"])

    page.mover.go(G.TOPUP_ISSUED)
    form = page.drawer.form.content
    form.form.editor("ceiling").line.setText("10.000,00")
    page.drawer.form.save_button.click()

    assert form.form.boxes["ceiling"].problem_text
    assert letter_of(place).state is G.TOPUP_REQUESTED


def test_a_final_letter_asks_for_its_papers_then_for_what_is_accepted_and_the_excess(place):
    page = place.go("letter", place.ids["letter"])
    page.mover.go(G.FINAL_REQUESTED)
    assert page.panel.isVisible()
    page.panel.cures[0].click()
    bill = page.drawer.form.content
    bill.editor("amount").line.setText("43.150,00")
    bill.editor("bill_no").line.setText("FB-1")
    page.drawer.form.save_button.click()
    assert page.panel.isVisible()
    page.panel.cures[0].click()
    page.drawer.form.save_button.click()
    assert page.panel.isHidden()
    page.mover.go(G.FINAL_REQUESTED)
    assert letter_of(place).state is G.FINAL_REQUESTED

    page.mover.go(G.FINAL_ISSUED)
    page.drawer.form.save_button.click()
    form = page.drawer.form.content
    assert form.extra["accepted"].problem_text
    form.extra["accepted"].editor.line.setText("50.000,00")
    page.drawer.form.save_button.click()
    assert "43.150,00" in form.extra["accepted"].problem_text, "above the bill: said once, with both figures"
    assert letter_of(place).state is G.FINAL_REQUESTED
    form.extra["accepted"].editor.line.setText("43.000,00")
    form.extra["excess"].editor.line.setText("150,00")
    page.drawer.form.save_button.click()

    letter = letter_of(place)
    assert letter.state is G.FINAL_ISSUED
    assert letter.accepted == Money.of(43_000, "MYR")
    assert letter.excess == Money.of(150, "MYR")
    assert letter.ceiling_now == Money.of(45_000, "MYR")


def test_a_declined_letter_says_why(place):
    pane = letter_forms.request_form
    page = place.go("journey", place.ids["journey"])
    pane(page.bench, page.case)
    form = page.drawer.form.content
    page.drawer.form.save_button.click()
    assert page.drawer.form is None or not form.boxes["cover_id"].problem_text
    newest = page.case.guarantees[0]
    make.do(
        place.store, confirmations.confirm,
        make.confirmation_draft(place.ids["journey"], FactKind.CHECKLIST_COMPLETE, result="PREAUTH"),
    )  # fmt: skip
    letter = place.go("letter", newest.id)
    letter.mover.go(G.REQUESTED)

    letter.mover.go(G.DECLINED)
    letter.drawer.form.content.editors["reason"].set_value(ReasonCode.R03)
    letter.drawer.form.save_button.click()

    declined = place.see(guarantee_views.guarantee, newest.id)
    assert declined.state is G.DECLINED
    assert declined.reason is ReasonCode.R03


def test_a_question_about_a_letter_stops_its_clock_until_it_is_answered(place):
    page = place.go("letter", place.ids["letter"])
    page.mover.go(G.QUERIED)
    page.drawer.form.content.editor("question").box.setPlainText("mohon hasil lab")
    page.drawer.form.save_button.click()
    assert letter_of(place).state is G.QUERIED

    page._answer_first()
    page.drawer.form.content.editors["answer"].box.setPlainText("terlampir")
    page.drawer.form.save_button.click()

    assert letter_of(place).state is G.TOPUP_REQUESTED
    assert letter_of(place).queries[0].answer == "terlampir"


def test_the_letters_own_facts_are_edited_in_place(place):
    from liaison.ui.widgets.in_place import InPlace

    page = place.go("letter", place.ids["letter"])
    fact = next(f for f in page.facts.findChildren(InPlace) if f.shown.objectName() == "guarantee.insurer_contact")
    fact.edit()
    fact.editor.line.setText("Bu Hesti")

    fact.commit()

    assert letter_of(place).insurer_contact == "Bu Hesti"


def test_each_kind_of_letter_has_its_own_form(place):
    page = place.go("letter", place.ids["letter"])

    for kind in VersionKind:
        pane = letter_forms.issued_form(page.bench, page.letter, kind)
        assert ("accepted" in pane.content.extra) == (kind is VersionKind.FINAL)


def test_all_are_complete_ticks_the_pack_that_was_missing(place):
    person = make.patient(place.store)
    case = make.journey(place.store, person, payer_path=PayerPath.GUARANTEE_LETTER)
    draft = make.claim_draft(
        patient_id=person, journey_id=case, cover_id=make.cover(place.store, person), kind=ClaimKind.NOT_STATED
    )
    claim = make.made(place.store, claims.file_claim, draft)
    page = place.go("claim", claim)
    assert page.claim.missing

    page.side.complete()

    assert page.drawer.form.content.editor("result").value() == page.claim.pack.value == "CASHLESS_CLAIM"
