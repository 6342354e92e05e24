"""The guards of a journey: named questions to its facts, each answered by ``None`` or the problem with its cure.

Source: ``domain`` 1.4 (what each state asks before it is left), 2.2 (passport), 2.3 (consents), 1.3 B and F.
"""

from __future__ import annotations

from collections.abc import Mapping

from liaison.domain.calendars import plus_months
from liaison.domain.facts import Clearance, FactKind
from liaison.domain.journey_facts import JourneyFacts
from liaison.domain.journey_kinds import asks_for_letter, path_of
from liaison.domain.journeys import LOST_AFTER_DAYS, EntryMode, JourneyKind, JourneyState, PayerPath
from liaison.domain.lifecycle import Guard, Override, block
from liaison.domain.policies import EligibilityResult
from liaison.domain.problems import Problem
from liaison.i18n import N_

ELIGIBILITY_DAYS = 30


# Guards


def not_held(facts: JourneyFacts) -> Problem | None:
    """A case on hold stays where it is."""
    if not facts.is_held:
        return None
    return block("ON_HOLD", N_("The case is on hold. Take the hold off first."), N_("Take off the hold"))


def contact(facts: JourneyFacts) -> Problem | None:
    """Somebody must be reachable."""
    if facts.has_contact:
        return None
    return block("NO_CONTACT", N_("No number or address to answer to yet."), N_("Add a number"), "phone")


def interest(facts: JourneyFacts) -> Problem | None:
    """What is asked for, or where to."""
    if facts.has_interest:
        return None
    return block(
        "NO_INTEREST", N_("It is not written down yet what is asked for, or where."), N_("Write it down"), "need"
    )


def identity(facts: JourneyFacts) -> Problem | None:
    """An officer saw the identity card or the passport."""
    if facts.identity_seen:
        return None
    return block("NO_IDENTITY", N_("Nobody has seen the identity card or passport yet."), N_("Verify the identity"))


def consent_processing(facts: JourneyFacts) -> Problem | None:
    """C1: health data may be processed by the office."""
    return _consent(facts, FactKind.C1, N_("Consent C1 is missing: our office may not process health data yet."))


def consent_transfer(facts: JourneyFacts) -> Problem | None:
    """C2: data may leave Indonesia; not asked for treatment at home."""
    if facts.is_domestic:
        return None
    return _consent(facts, FactKind.C2, N_("Consent C2 is missing: data may not leave Indonesia yet."))


def consent_release(facts: JourneyFacts) -> Problem | None:
    """C3: records may go to this hospital."""
    return _consent(facts, FactKind.C3, N_("Consent C3 is missing: records may not go to this hospital yet."))


def consent_insurer(facts: JourneyFacts) -> Problem | None:
    """C4: records may go to the insurer for payment."""
    return _consent(facts, FactKind.C4, N_("Consent C4 is missing: records may not go to the insurer yet."))


def _consent(facts: JourneyFacts, kind: FactKind, message: str) -> Problem | None:
    if kind in facts.consents:
        return None
    return block(f"NO_{kind}", message, N_("Record the consent"))


def eligibility(facts: JourneyFacts) -> Problem | None:
    """A clear answer from the insurer, not older than 30 days; not asked of who pays alone.

    After an emergency entry somebody first has to find out whether there is a policy at all.
    """
    if facts.payer_path is PayerPath.SELF_PAY:
        return None
    if not facts.has_cover:
        return _policy(facts)
    if facts.eligibility in (None, EligibilityResult.UNKNOWN) or facts.eligibility_on is None:
        return block("NO_ELIGIBILITY", N_("The insurer has not answered the benefit check yet."), N_("Ask the insurer"))
    if (facts.today - facts.eligibility_on).days > ELIGIBILITY_DAYS:
        return block(
            "ELIGIBILITY_OLD",
            N_("The benefit check of {stated_on} is older than {days} days."),
            N_("Ask the insurer"),
            stated_on=facts.eligibility_on,
            days=ELIGIBILITY_DAYS,
        )
    return None


def _policy(facts: JourneyFacts) -> Problem | None:
    if facts.entry_mode is not EntryMode.EMERGENCY:
        return None
    return block(
        "NO_POLICY",
        N_("Nobody knows yet which policy covers the patient. Choose the cover, or record that the patient pays."),
        N_("Choose the cover"),
        "cover_id",
    )


def no_cover(facts: JourneyFacts) -> Problem | None:
    """Straight to the decision only for who pays alone or is not covered."""
    if (
        facts.payer_path is PayerPath.SELF_PAY
        or not facts.has_cover
        or facts.eligibility is EligibilityResult.NOT_ELIGIBLE
    ):
        return None
    return block("COVERED", N_("The patient is covered. Go on with the medical review."))


def medical_document(facts: JourneyFacts) -> Problem | None:
    """At least one medical document."""
    if facts.has_medical_document:
        return None
    return block("NO_MEDICAL_DOCUMENT", N_("No medical document yet."), N_("Attach a document"))


def opinion(facts: JourneyFacts) -> Problem | None:
    """At least one doctor's opinion."""
    if facts.has_opinion:
        return None
    return block("NO_OPINION", N_("No doctor has given an opinion yet."), N_("Record the opinion"))


def estimate(facts: JourneyFacts) -> Problem | None:
    """At least one estimate that is still valid."""
    if facts.has_estimate:
        return None
    return block("NO_ESTIMATE", N_("No valid cost estimate yet."), N_("Record the estimate"))


def decision(facts: JourneyFacts) -> Problem | None:
    """The patient's decision with its reason."""
    if facts.decision_made:
        return None
    return block(
        "NO_DECISION", N_("The patient's decision and its reason are not recorded yet."), N_("Record the decision")
    )


def pays_first(facts: JourneyFacts) -> Problem | None:
    """Without a letter only who pays the hospital, and said so in writing; a check-up asks for none."""
    if not asks_for_letter(facts.kind) or _pays_alone(facts):
        return None
    return block(
        "NOT_SELF_PAY", N_("Nobody has agreed in writing to pay the hospital without a letter."), N_("Record who pays")
    )


def _pays_alone(facts: JourneyFacts) -> bool:
    return facts.payer_path in (PayerPath.SELF_PAY, PayerPath.REIMBURSEMENT) and facts.is_payer_path_agreed


def letter(facts: JourneyFacts) -> Problem | None:
    """A letter in hand, or another payer agreed in writing."""
    if facts.letters_in_hand or not asks_for_letter(facts.kind) or _pays_alone(facts):
        return None
    return block("NO_LETTER", N_("No guarantee letter yet, and nobody agreed to pay first."), N_("Request the letter"))


def passport(facts: JourneyFacts) -> Problem | None:
    """The passport lasts as long beyond the return as the country asks, six months mostly; not asked at home."""
    if facts.is_domestic:
        return None
    if facts.passport_expires_on is None:
        return block("NO_PASSPORT", N_("Until when the passport is valid is not known yet."), N_("Record the passport"))
    back = facts.planned_return_on or facts.planned_admission_on or facts.today
    needed = plus_months(back, facts.passport_months)
    if facts.passport_expires_on >= needed:
        return None
    return block(
        "PASSPORT_SHORT",
        N_("The passport ends on {expires_on}, but must last to {needed}, {months} months after the return."),
        N_("Have it renewed"),
        expires_on=facts.passport_expires_on,
        needed=needed,
        months=facts.passport_months,
    )


def appointment(facts: JourneyFacts) -> Problem | None:
    """An appointment is booked."""
    if facts.has_appointment:
        return None
    return block("NO_APPOINTMENT", N_("No appointment is booked yet."), N_("Book the appointment"))


def medif(facts: JourneyFacts) -> Problem | None:
    """Where the airline wants a medical clearance, it must have said yes."""
    if facts.medif is not Clearance.NEEDED:
        return None
    return block("MEDIF", N_("The airline has not cleared the MEDIF yet."), N_("Record the clearance"))


def letter_lasts(facts: JourneyFacts) -> Problem | None:
    """The letter is still valid on the planned day of admission."""
    letters = facts.letters_in_hand
    if not letters or facts.planned_admission_on is None:
        return None
    ends = [each.valid_to for each in letters]
    if None in ends or any(end >= facts.planned_admission_on for end in ends if end is not None):
        return None
    return block(
        "LETTER_SHORT",
        N_("The letter is valid until {valid_to}, but admission is planned for {admission}."),
        N_("Ask for a new date"),
        valid_to=max(end for end in ends if end is not None),
        admission=facts.planned_admission_on,
    )


def not_infectious(facts: JourneyFacts) -> Problem | None:
    """An infectious patient travels only when declared fit to fly."""
    if not facts.is_infectious or facts.is_fit_to_fly:
        return None
    return block(
        "INFECTIOUS", N_("Travel waits until a doctor declares the patient fit to fly."), N_("Attach the letter")
    )


def arrival(facts: JourneyFacts) -> Problem | None:
    """The arrival is recorded."""
    if facts.has_arrived:
        return None
    return block("NO_ARRIVAL", N_("The arrival is not recorded yet."), N_("Record the arrival"))


def plan(facts: JourneyFacts) -> Problem | None:
    """The treatment plan is confirmed or changed."""
    if facts.is_plan_confirmed:
        return None
    return block("NO_PLAN", N_("The doctor has not confirmed the plan yet."), N_("Confirm the plan"))


def admission(facts: JourneyFacts) -> Problem | None:
    """Day and hour of admission and the hospital's record number."""
    if facts.admitted_at is not None and facts.mrn:
        return None
    return block(
        "NO_ADMISSION", N_("Hour of admission and record number are not complete yet."), N_("Record the admission")
    )


def final_letter(facts: JourneyFacts) -> Problem | None:
    """The insurer accepted the final bill, or the patient paid it."""
    if facts.has_final_letter or facts.is_self_settled:
        return None
    return block(
        "NO_FINAL_LETTER", N_("No final letter yet, and the bill is not paid."), N_("Request the final letter")
    )


def excess(facts: JourneyFacts) -> Problem | None:
    """Nothing is left for the patient to pay, or it was waived."""
    due = facts.excess_due
    if facts.is_excess_settled or facts.is_self_settled or (due is not None and not due):
        return None
    if due is None:
        return block("EXCESS", N_("It is not recorded yet that the excess is settled."), N_("Record the payment"))
    return block("EXCESS", N_("The excess of {due} is not settled yet."), N_("Record the payment"), due=due)


def discharge_summary(facts: JourneyFacts) -> Problem | None:
    """The discharge summary is stored."""
    if facts.has_discharge_summary:
        return None
    return block("NO_SUMMARY", N_("The discharge summary is not stored yet."), N_("Attach the summary"))


def home_arrival(facts: JourneyFacts) -> Problem | None:
    """The arrival home is recorded."""
    if facts.is_home:
        return None
    return block("NOT_HOME", N_("The arrival home is not recorded yet."), N_("Record the arrival home"))


def claims_final(facts: JourneyFacts) -> Problem | None:
    """Every claim has come to its end."""
    if not facts.open_claims:
        return None
    return block("OPEN_CLAIMS", N_("Claims still open: {count}."), N_("Show the claims"), count=facts.open_claims)


def queries_answered(facts: JourneyFacts) -> Problem | None:
    """No question of an insurer is open."""
    if not facts.open_queries:
        return None
    return block("OPEN_QUERIES", N_("Questions still open: {count}."), N_("Answer them"), count=facts.open_queries)


def debts_settled(facts: JourneyFacts) -> Problem | None:
    """Nothing is owed from a late entry."""
    if not facts.open_debts:
        return None
    return block("OPEN_DEBTS", N_("Facts still owed: {count}."), N_("Show what is owed"), count=facts.open_debts)


def refunded(facts: JourneyFacts) -> Problem | None:
    """The hospital gave back what is left of the deposit."""
    if facts.refund_due is None:
        return None
    return block(
        "REFUND_DUE",
        N_("The hospital still has {due} of the deposit to give back."),
        N_("Record the refund"),
        due=facts.refund_due,
    )


def deposit_back(facts: JourneyFacts) -> Problem | None:
    """Nothing of a deposit is left with the hospital where no bill will come."""
    if facts.deposit_left is None:
        return None
    return block(
        "DEPOSIT_HELD",
        N_("The hospital still holds {due} of the deposit."),
        N_("Record the refund"),
        due=facts.deposit_left,
    )


def complaints_answered(facts: JourneyFacts) -> Problem | None:
    """No complaint is without its answer."""
    if not facts.open_complaints:
        return None
    return block(
        "OPEN_COMPLAINTS",
        N_("Complaints still open: {count}."),
        N_("Answer the complaint"),
        count=facts.open_complaints,
    )


def answered(facts: JourneyFacts) -> Problem | None:
    """The question was answered; nobody needs to travel."""
    if facts.is_answered:
        return None
    return block("NOT_ANSWERED", N_("It is not recorded yet that the question was answered."), N_("Record the answer"))


def cancel_reason(facts: JourneyFacts) -> Problem | None:
    """A cancelled case says why."""
    if facts.cancel_reason is not None:
        return None
    return block("NO_CANCEL_REASON", N_("Choose why the case is cancelled."), N_("Choose a reason"), "closed_reason")


def silent(facts: JourneyFacts) -> Problem | None:
    """Nobody answered for so long that the case counts as lost."""
    last = facts.last_contact_on
    if last is not None and (facts.today - last).days >= LOST_AFTER_DAYS:
        return None
    return block("STILL_IN_TOUCH", N_("A case counts as lost after {days} days without contact."), days=LOST_AFTER_DAYS)


def death(facts: JourneyFacts) -> Problem | None:
    """The day of death is recorded."""
    if facts.death_on is not None:
        return None
    return block("NO_DEATH", N_("The day of death is not recorded yet."), N_("Record the day"), "died_on")


def insurer_notified(facts: JourneyFacts) -> Problem | None:
    """The insurer knows of an emergency."""
    if facts.insurer_notified or facts.payer_path is PayerPath.SELF_PAY:
        return None
    return block(
        "INSURER_NOT_TOLD", N_("The insurer has not been told of the admission yet."), N_("Notify the insurer")
    )


# Conditions of the table: where they fail, the move does not exist for this case.


def domestic(facts: JourneyFacts) -> Problem | None:
    """Treatment in Indonesia has no travel stage."""
    return None if facts.is_domestic else block("ABROAD", N_("Only for treatment in Indonesia."))


def without_review(facts: JourneyFacts) -> Problem | None:
    """A check-up goes from the details straight to the price."""
    if JourneyState.MEDICAL_REVIEW not in path_of(facts.kind):
        return None
    return block("NEEDS_REVIEW", N_("This kind of case goes through the medical review first."))


def repeat_cycle(facts: JourneyFacts) -> Problem | None:
    """Only a repeat cycle goes on to its next round."""
    if facts.kind is JourneyKind.REPEAT_CYCLE:
        return None
    return block("NO_CYCLE", N_("Only a repeat cycle starts again. Change the kind of case first."))


_O, _SV = Override.OFFICER, Override.SUPERVISOR

GUARDS: Mapping[str, Guard[JourneyFacts]] = {
    g.name: g
    for g in (
        Guard(name="not_held", asks=not_held),
        Guard(name="contact", asks=contact, override=_O),
        Guard(name="interest", asks=interest, override=_O),
        Guard(name="identity", asks=identity, override=_SV, fact=FactKind.IDENTITY_SEEN, due_hours=4),
        Guard(name="consent_processing", asks=consent_processing, fact=FactKind.C1, due_hours=24),
        Guard(name="consent_transfer", asks=consent_transfer, fact=FactKind.C2, due_hours=24),
        Guard(name="consent_release", asks=consent_release, fact=FactKind.C3, due_hours=24),
        Guard(name="consent_insurer", asks=consent_insurer, fact=FactKind.C4, due_hours=24),
        Guard(name="eligibility", asks=eligibility, override=_SV, fact=FactKind.ELIGIBILITY, due_hours=24),
        Guard(name="no_cover", asks=no_cover),
        Guard(
            name="medical_document", asks=medical_document, override=_O, fact=FactKind.MEDICAL_DOCUMENT, due_hours=48
        ),
        Guard(name="opinion", asks=opinion, override=_O, fact=FactKind.OPINION, due_hours=72),
        Guard(name="estimate", asks=estimate, override=_O, fact=FactKind.ESTIMATE, due_hours=48),
        Guard(name="decision", asks=decision, override=_O, fact=FactKind.DECISION, due_hours=48),
        Guard(name="pays_first", asks=pays_first, override=_SV, fact=FactKind.PAYER_PATH, due_hours=24),
        Guard(name="letter", asks=letter, override=_SV, fact=FactKind.PAYER_PATH, due_hours=24),
        Guard(name="passport", asks=passport, override=_SV, fact=FactKind.PASSPORT, due_hours=24),
        Guard(name="appointment", asks=appointment, override=_O, fact=FactKind.APPOINTMENT, due_hours=24),
        Guard(name="medif", asks=medif, override=_SV, fact=FactKind.MEDIF, due_hours=24),
        Guard(name="letter_lasts", asks=letter_lasts, override=_SV),
        Guard(name="not_infectious", asks=not_infectious, override=_SV, fact=FactKind.FIT_TO_FLY, due_hours=24),
        Guard(name="arrival", asks=arrival, override=_O),
        Guard(name="plan", asks=plan, override=_O),
        Guard(name="admission", asks=admission, override=_O, fact=FactKind.ADMISSION, due_hours=24),
        Guard(name="final_letter", asks=final_letter, override=_SV, fact=FactKind.SELF_SETTLED, due_hours=72),
        Guard(name="excess", asks=excess, override=_SV, fact=FactKind.EXCESS_SETTLED, due_hours=72),
        Guard(
            name="discharge_summary", asks=discharge_summary, override=_O, fact=FactKind.DISCHARGE_SUMMARY, due_hours=72
        ),
        Guard(name="home_arrival", asks=home_arrival, override=_O),
        Guard(name="claims_final", asks=claims_final, override=_SV),
        Guard(name="queries_answered", asks=queries_answered, override=_SV),
        Guard(name="debts_settled", asks=debts_settled, override=_SV),
        Guard(name="refunded", asks=refunded, override=_SV),
        Guard(name="deposit_back", asks=deposit_back, override=_SV),
        Guard(name="complaints_answered", asks=complaints_answered),
        Guard(name="answered", asks=answered),
        Guard(name="cancel_reason", asks=cancel_reason),
        Guard(name="silent", asks=silent, override=_O),
        Guard(name="death", asks=death),
        Guard(name="insurer_notified", asks=insurer_notified, fact=FactKind.INSURER_NOTIFIED, due_hours=24),
        Guard(name="domestic", asks=domestic, hides=True),
        Guard(name="without_review", asks=without_review, hides=True),
        Guard(name="repeat_cycle", asks=repeat_cycle, hides=True),
    )
}
