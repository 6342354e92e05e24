"""Why a letter was declined, a line cut or a claim rejected. Source: ``domain`` 2.4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liaison.domain.coded import Coded
from liaison.domain.documents import DocumentKind
from liaison.i18n import N_


class ReasonCode(Coded):
    """One list of reasons for letters, lines and claims."""

    R01 = "R01", N_("policy lapsed or premium unpaid")
    R02 = "R02", N_("not insured on the service date")
    R03 = "R03", N_("waiting period")
    R04 = "R04", N_("pre-existing or undisclosed condition")
    R05 = "R05", N_("policy exclusion")
    R06 = "R06", N_("outside the territory of cover")
    R07 = "R07", N_("hospital or doctor not on the panel")
    R08 = "R08", N_("not medically necessary")
    R09 = "R09", N_("insufficient information")
    R10 = "R10", N_("document missing")
    R11 = "R11", N_("document not original, not legalised or not translated")
    R12 = "R12", N_("submitted late")
    R13 = "R13", N_("annual limit exhausted")
    R14 = "R14", N_("sub-limit exceeded")
    R15 = "R15", N_("room above entitlement")
    R16 = "R16", N_("non-medical item")
    R17 = "R17", N_("not reasonable and customary")
    R18 = "R18", N_("duplicate")
    R19 = "R19", N_("below the deductible")
    R20 = "R20", N_("co-payment share")
    R21 = "R21", N_("another payer comes first")
    R22 = "R22", N_("diagnosis and procedure do not match")
    R23 = "R23", N_("identity does not match")
    R24 = "R24", N_("under investigation")
    R25 = "R25", N_("outpatient care billed as inpatient")
    R26 = "R26", N_("visit limit reached")
    R27 = "R27", N_("guarantee letter expired or withdrawn")
    R99 = "R99", N_("other reason, in words")


class CuredBy(Coded):
    """Who can mend what a reason names."""

    HOLDER = "HOLDER", N_("policyholder")
    PATIENT = "PATIENT", N_("patient or family")
    DOCTOR = "DOCTOR", N_("doctor")
    HOSPITAL = "HOSPITAL", N_("hospital")
    OFFICER = "OFFICER", N_("liaison officer")
    NOBODY = "NOBODY", N_("nobody")


_D = DocumentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason as letters say it, who can mend it, and what is needed for that.

    ``letter`` is a marked sentence for the patient; ``cure`` a marked sentence on what to do, empty where nothing can
    be done.
    """

    code: ReasonCode
    letter: str
    cured_by: CuredBy
    cure: str = ""
    needs: tuple[DocumentKind, ...] = ()

    @property
    def is_curable(self) -> bool:
        """Whether somebody can do something about it."""
        return self.cured_by is not CuredBy.NOBODY


_R = ReasonCode

REASONS: Mapping[ReasonCode, Reason] = {
    r.code: r
    for r in (
        Reason(
            code=_R.R01,
            letter=N_("The insurer states that the policy had lapsed or premiums were unpaid."),
            cured_by=CuredBy.HOLDER,
            cure=N_("The policyholder pays the premium and sends proof, or has the policy reinstated."),
            needs=(_D.PROOF_OF_PAYMENT,),
        ),
        Reason(
            code=_R.R02,
            letter=N_("The insurer states that there was no cover on the day of service."),
            cured_by=CuredBy.NOBODY,
        ),
        Reason(
            code=_R.R03,
            letter=N_("The insurer states that the waiting period had not ended yet."),
            cured_by=CuredBy.NOBODY,
        ),
        Reason(
            code=_R.R04,
            letter=N_("The insurer states that the condition existed before the policy or was not disclosed."),
            cured_by=CuredBy.DOCTOR,
            cure=N_("The doctor states when the condition was first known; appeal with that statement."),
            needs=(_D.DOCTOR_STATEMENT, _D.APPEAL_LETTER),
        ),
        Reason(
            code=_R.R05,
            letter=N_("The insurer states that the policy excludes this treatment."),
            cured_by=CuredBy.NOBODY,
        ),
        Reason(
            code=_R.R06,
            letter=N_("The treatment was outside the territory of cover, so the insurer pays a part or nothing."),
            cured_by=CuredBy.NOBODY,
        ),
        Reason(
            code=_R.R07,
            letter=N_("The hospital or doctor is not on the insurer's panel; paying first and claiming may help."),
            cured_by=CuredBy.PATIENT,
            cure=N_("Pay first, keep all originals and claim, or choose a panel hospital."),
            needs=(_D.RECEIPT_ORIGINAL, _D.CLAIM_FORM),
        ),
        Reason(
            code=_R.R08,
            letter=N_("The insurer states that the treatment or the stay in hospital was not medically necessary."),
            cured_by=CuredBy.DOCTOR,
            cure=N_("Ask the doctor for the findings that made the treatment and the stay necessary, with dates."),
            needs=(_D.DOCTOR_STATEMENT, _D.LAB, _D.IMAGING),
        ),
        Reason(
            code=_R.R09,
            letter=N_("The insurer needs more information before it can decide."),
            cured_by=CuredBy.HOSPITAL,
            cure=N_("Ask the hospital for history, findings, diagnosis and plan in full."),
            needs=(_D.MED_REPORT_INITIAL, _D.LAB, _D.IMAGING),
        ),
        Reason(
            code=_R.R10,
            letter=N_("A document is missing."),
            cured_by=CuredBy.OFFICER,
            cure=N_("Send the missing document."),
        ),
        Reason(
            code=_R.R11,
            letter=N_("A document was not an original, not legalised or not translated."),
            cured_by=CuredBy.OFFICER,
            cure=N_("Send the original, a legalised copy or a sworn translation."),
            needs=(_D.RECEIPT_ORIGINAL, _D.RECEIPT_COPY_LEGALISED, _D.SWORN_TRANSLATION),
        ),
        Reason(
            code=_R.R12,
            letter=N_("The claim reached the insurer after the last day of the submission window."),
            cured_by=CuredBy.NOBODY,
        ),
        Reason(
            code=_R.R13,
            letter=N_("The annual limit is used up."),
            cured_by=CuredBy.NOBODY,
        ),
        Reason(
            code=_R.R14,
            letter=N_("The amount is above the limit for this kind of cost."),
            cured_by=CuredBy.NOBODY,
        ),
        Reason(
            code=_R.R15,
            letter=N_("The room was above the room that the plan covers."),
            cured_by=CuredBy.PATIENT,
            cure=N_("The patient pays the difference that was agreed to on admission."),
            needs=(_D.ROOM_UPGRADE_CONSENT,),
        ),
        Reason(
            code=_R.R16,
            letter=N_("The item is not medical, for instance telephone or a companion's bed."),
            cured_by=CuredBy.PATIENT,
            cure=N_("The patient pays this item."),
        ),
        Reason(
            code=_R.R17,
            letter=N_("The insurer finds the amount above what is reasonable and customary."),
            cured_by=CuredBy.HOSPITAL,
            cure=N_("Ask the hospital to explain or correct the charge."),
            needs=(_D.BILL_FINAL_ITEMISED,),
        ),
        Reason(
            code=_R.R18,
            letter=N_("The same cost was claimed twice."),
            cured_by=CuredBy.OFFICER,
            cure=N_("Compare both claims; withdraw one or show that they differ."),
        ),
        Reason(
            code=_R.R19,
            letter=N_("The amount is below the deductible."),
            cured_by=CuredBy.NOBODY,
        ),
        Reason(
            code=_R.R20,
            letter=N_("This is the share that the patient pays (co-payment)."),
            cured_by=CuredBy.PATIENT,
            cure=N_("The patient pays this share."),
        ),
        Reason(
            code=_R.R21,
            letter=N_("Another payer comes first; this insurer pays what is left."),
            cured_by=CuredBy.OFFICER,
            cure=N_("Claim from the other payer first, then send its decision and legalised receipts."),
            needs=(_D.COB_LETTER, _D.RECEIPT_COPY_LEGALISED),
        ),
        Reason(
            code=_R.R22,
            letter=N_("Diagnosis and procedure do not match in the papers."),
            cured_by=CuredBy.HOSPITAL,
            cure=N_("Ask the hospital to correct or explain diagnosis and procedure."),
            needs=(_D.MED_RESUME_FINAL, _D.OPERATION_NOTE),
        ),
        Reason(
            code=_R.R23,
            letter=N_("Name or number in the papers do not match those of the insured person."),
            cured_by=CuredBy.OFFICER,
            cure=N_("Send identity card, passport and policy side by side, with the right spelling marked."),
            needs=(_D.ID_KTP, _D.ID_PASSPORT, _D.CARD_MEMBER),
        ),
        Reason(
            code=_R.R24,
            letter=N_("The insurer is looking into this case and will come back."),
            cured_by=CuredBy.NOBODY,
        ),
        Reason(
            code=_R.R25,
            letter=N_("Outpatient care was billed as a stay in hospital."),
            cured_by=CuredBy.HOSPITAL,
            cure=N_("Ask the hospital for the reason of the stay or a corrected bill."),
            needs=(_D.BILL_FINAL_ITEMISED, _D.DISCHARGE_SUMMARY),
        ),
        Reason(
            code=_R.R26,
            letter=N_("The number of visits that the plan covers is used up."),
            cured_by=CuredBy.NOBODY,
        ),
        Reason(
            code=_R.R27,
            letter=N_("The guarantee letter had expired or was withdrawn."),
            cured_by=CuredBy.OFFICER,
            cure=N_("Ask for a new letter, or turn the case into reimbursement."),
            needs=(_D.PREAUTH_FORM_1, _D.PREAUTH_FORM_2),
        ),
        Reason(
            code=_R.R99,
            letter=N_("The insurer gave another reason, in its own words."),
            cured_by=CuredBy.OFFICER,
            cure=N_("Ask the insurer what would change the decision."),
        ),
    )
}
"""Every reason code once."""
