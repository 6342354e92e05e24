"""Documents of a case and the checklists that ask for them. Source: ``domain`` 1.7."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from liaison.domain.coded import Coded
from liaison.i18n import N_


class Whereabouts(Coded):
    """Where the original on paper is. Source: ``domain`` 2.1, DocumentRecord."""

    WITH_PATIENT = "WITH_PATIENT", N_("with the patient")
    WITH_US = "WITH_US", N_("here in the office")
    WITH_HOSPITAL = "WITH_HOSPITAL", N_("with the hospital")
    WITH_INSURER = "WITH_INSURER", N_("with the insurer")


class Need(Coded):
    """What a house says about a paper of a pack, where it differs from the usual."""

    REQUIRED = "REQUIRED", N_("always asked for")
    NOT_NEEDED = "NOT_NEEDED", N_("not asked for")


class DocumentKind(Coded):
    """What a paper or file is."""

    ID_KTP = "ID_KTP", N_("identity card (KTP)")
    ID_KK = "ID_KK", N_("family card (KK)")
    ID_PASSPORT = "ID_PASSPORT", N_("passport copy")
    ID_GUARDIAN = "ID_GUARDIAN", N_("guardian's identity card")
    CARD_MEMBER = "CARD_MEMBER", N_("member card")
    POLICY_SUMMARY = "POLICY_SUMMARY", N_("policy summary")
    CONSENT_PROCESSING = "CONSENT_PROCESSING", N_("consent to processing, signed")
    CONSENT_TRANSFER = "CONSENT_TRANSFER", N_("consent to transfer abroad, signed")
    CONSENT_RELEASE = "CONSENT_RELEASE", N_("consent to release of medical records, signed")
    POA_MEDICAL = "POA_MEDICAL", N_("power of attorney for medical documents")
    REFERRAL_LETTER = "REFERRAL_LETTER", N_("referral letter")
    MED_REPORT = "MED_REPORT", N_("medical progress note")
    MED_REPORT_INITIAL = "MED_REPORT_INITIAL", N_("initial medical report")
    MED_RESUME_FINAL = "MED_RESUME_FINAL", N_("final medical resume")
    DISCHARGE_SUMMARY = "DISCHARGE_SUMMARY", N_("discharge summary")
    LAB = "LAB", N_("laboratory result")
    IMAGING = "IMAGING", N_("imaging")
    PATHOLOGY = "PATHOLOGY", N_("pathology result")
    PRESCRIPTION = "PRESCRIPTION", N_("prescription")
    OPERATION_NOTE = "OPERATION_NOTE", N_("operation note")
    COST_ESTIMATE = "COST_ESTIMATE", N_("cost estimate")
    PREAUTH_FORM_1 = "PREAUTH_FORM_1", N_("pre-authorisation form, patient's part")
    PREAUTH_FORM_2 = "PREAUTH_FORM_2", N_("pre-authorisation form, doctor's part")
    GL_INITIAL = "GL_INITIAL", N_("initial guarantee letter")
    GL_TOPUP = "GL_TOPUP", N_("top-up guarantee letter")
    GL_FINAL = "GL_FINAL", N_("final guarantee letter")
    GL_DECLINE = "GL_DECLINE", N_("letter declining the guarantee")
    BILL_INTERIM = "BILL_INTERIM", N_("interim bill")
    BILL_FINAL_ITEMISED = "BILL_FINAL_ITEMISED", N_("itemised final bill")
    RECEIPT_ORIGINAL = "RECEIPT_ORIGINAL", N_("original receipt")
    RECEIPT_COPY_LEGALISED = "RECEIPT_COPY_LEGALISED", N_("legalised copy of the receipt")
    PROOF_OF_PAYMENT = "PROOF_OF_PAYMENT", N_("proof of payment")
    CLAIM_FORM = "CLAIM_FORM", N_("claim form")
    DOCTOR_STATEMENT = "DOCTOR_STATEMENT", N_("doctor's statement")
    BANK_BOOK = "BANK_BOOK", N_("first page of the bank book")
    MEDIF = "MEDIF", N_("medical clearance form of the airline (MEDIF)")
    FIT_TO_FLY = "FIT_TO_FLY", N_("fit-to-fly letter")
    FOI = "FOI", N_("form of indemnity of the airline")
    TICKET = "TICKET", N_("ticket")
    HOTEL_VOUCHER = "HOTEL_VOUCHER", N_("hotel voucher")
    MDAC = "MDAC", N_("Malaysian digital arrival card (MDAC)")
    VISA = "VISA", N_("visa or visit pass")
    ACCIDENT_REPORT = "ACCIDENT_REPORT", N_("accident report")
    POLICE_REPORT = "POLICE_REPORT", N_("police report")
    COB_LETTER = "COB_LETTER", N_("letter of the other payer")
    EXCESS_CONSENT = "EXCESS_CONSENT", N_("agreement to pay the excess")
    EXCESS_RECEIPT = "EXCESS_RECEIPT", N_("receipt of the excess")
    ROOM_UPGRADE_CONSENT = "ROOM_UPGRADE_CONSENT", N_("agreement to the room upgrade")
    DEATH_MCCD = "DEATH_MCCD", N_("medical certificate of cause of death")
    DEATH_CERT = "DEATH_CERT", N_("death certificate")
    DEATH_LEGALISATION = "DEATH_LEGALISATION", N_("legalisation of the death certificate")
    SEALING_CERT = "SEALING_CERT", N_("certificate of sealing")
    EMBALMING_CERT = "EMBALMING_CERT", N_("certificate of embalming")
    EXPORT_APPLICATION = "EXPORT_APPLICATION", N_("agent's export application")
    EXPORT_PERMIT = "EXPORT_PERMIT", N_("export permit")
    ESCORT_PASSPORT = "ESCORT_PASSPORT", N_("passport of whoever travels along")
    SWORN_TRANSLATION = "SWORN_TRANSLATION", N_("sworn translation")
    APPEAL_LETTER = "APPEAL_LETTER", N_("appeal letter")
    DECISION_LETTER = "DECISION_LETTER", N_("decision letter")
    PAYMENT_ADVICE = "PAYMENT_ADVICE", N_("payment advice")
    OTHER = "OTHER", N_("other document")


class Process(Coded):
    """For what a pack of documents is put together."""

    INTAKE = "INTAKE", N_("intake")
    PREAUTH = "PREAUTH", N_("initial guarantee letter")
    TOPUP = "TOPUP", N_("top-up letter")
    FINAL_LETTER = "FINAL_LETTER", N_("final letter")
    CASHLESS_CLAIM = "CASHLESS_CLAIM", N_("cashless claim")
    REIMBURSEMENT = "REIMBURSEMENT", N_("reimbursement claim")
    SECOND_PAYER = "SECOND_PAYER", N_("claim of what another payer left")
    DEATH_CLAIM = "DEATH_CLAIM", N_("claim after a death")
    ASSISTANCE = "ASSISTANCE", N_("guarantee of payment by an assistance company")
    REPATRIATION = "REPATRIATION", N_("repatriation of remains")
    CHECK_UP = "CHECK_UP", N_("check-up abroad")
    OPINION = "OPINION", N_("opinion without travel")


class Condition(Coded):
    """When a paper of a pack is asked for, where not every case needs it."""

    UNDER_18 = "UNDER_18", N_("under 18")
    WHERE_DONE = "WHERE_DONE", N_("where done")
    REFERRED = "REFERRED", N_("where referred")
    CANCER = "CANCER", N_("cancer")
    ACCIDENT = "ACCIDENT", N_("accident")
    OPERATED = "OPERATED", N_("operated")
    OTHER_LANGUAGE = "OTHER_LANGUAGE", N_("not in Indonesian or English")
    ASKED_FOR = "ASKED_FOR", N_("where asked for")
    OTHER_PAYER = "OTHER_PAYER", N_("another payer kept the original")
    FLYING_HOME = "FLYING_HOME", N_("before flying home")
    NEEDS_VISA = "NEEDS_VISA", N_("where needed for entry")
    FOR_INSURER = "FOR_INSURER", N_("for the insurer")
    ESCORTED = "ESCORTED", N_("where somebody travels along")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One thing to have: any of ``kinds`` will do. Without a condition every case needs it."""

    kinds: tuple[DocumentKind, ...]
    condition: Condition | None = None

    @property
    def only_if(self) -> str:
        """The marked words of its condition; empty means always."""
        return "" if self.condition is None else self.condition.label

    def is_asked(self, met: Collection[Condition]) -> bool:
        """Whether a case that meets these conditions needs it."""
        return self.condition is None or self.condition in met


_D = DocumentKind
_C = Condition


def _need(*kinds: DocumentKind) -> ChecklistItem:
    return ChecklistItem(kinds=kinds)


def _if(condition: Condition, *kinds: DocumentKind) -> ChecklistItem:
    return ChecklistItem(kinds=kinds, condition=condition)


CHECKLISTS: Mapping[Process, tuple[ChecklistItem, ...]] = {
    Process.INTAKE: (
        _need(_D.ID_KTP, _D.ID_KK),
        _need(_D.ID_PASSPORT),
        _need(_D.CARD_MEMBER),
        _need(_D.CONSENT_PROCESSING),
        _need(_D.CONSENT_TRANSFER),
        _if(_C.UNDER_18, _D.ID_GUARDIAN),
    ),
    Process.PREAUTH: (
        _need(_D.PREAUTH_FORM_1),
        _need(_D.PREAUTH_FORM_2),
        _need(_D.MED_REPORT_INITIAL),
        _need(_D.ID_PASSPORT),
        _need(_D.CARD_MEMBER),
        _need(_D.CONSENT_RELEASE),
        _need(_D.COST_ESTIMATE),
        _if(_C.WHERE_DONE, _D.LAB, _D.IMAGING),
        _if(_C.REFERRED, _D.REFERRAL_LETTER),
        _if(_C.CANCER, _D.PATHOLOGY),
        _if(_C.ACCIDENT, _D.ACCIDENT_REPORT, _D.POLICE_REPORT),
    ),
    Process.TOPUP: (
        _need(_D.BILL_INTERIM),
        _need(_D.MED_REPORT),
        _if(_C.OPERATED, _D.OPERATION_NOTE),
    ),
    Process.FINAL_LETTER: (
        _need(_D.BILL_FINAL_ITEMISED),
        _need(_D.DISCHARGE_SUMMARY),
        _if(_C.WHERE_DONE, _D.LAB, _D.IMAGING),
        _if(_C.OPERATED, _D.OPERATION_NOTE),
        _if(_C.CANCER, _D.PATHOLOGY),
    ),
    Process.CASHLESS_CLAIM: (
        _need(_D.GL_FINAL),
        _need(_D.BILL_FINAL_ITEMISED),
        _need(_D.DISCHARGE_SUMMARY),
        _need(_D.EXCESS_RECEIPT),
    ),
    Process.REIMBURSEMENT: (
        _need(_D.CLAIM_FORM),
        _need(_D.ID_KTP),
        _need(_D.RECEIPT_ORIGINAL, _D.RECEIPT_COPY_LEGALISED),
        _need(_D.BILL_FINAL_ITEMISED),
        _need(_D.MED_RESUME_FINAL, _D.DOCTOR_STATEMENT),
        _need(_D.POA_MEDICAL),
        _need(_D.BANK_BOOK),
        _need(_D.LAB, _D.IMAGING),
        _if(_C.OTHER_LANGUAGE, _D.SWORN_TRANSLATION),
        _if(_C.ASKED_FOR, _D.PROOF_OF_PAYMENT),
        _if(_C.OTHER_PAYER, _D.COB_LETTER),
    ),
    Process.SECOND_PAYER: (
        _need(_D.CLAIM_FORM),
        _need(_D.ID_KTP),
        _need(_D.COB_LETTER),
        _need(_D.RECEIPT_COPY_LEGALISED),
        _need(_D.BILL_FINAL_ITEMISED),
        _need(_D.MED_RESUME_FINAL, _D.DOCTOR_STATEMENT),
        _need(_D.BANK_BOOK),
        _if(_C.OTHER_LANGUAGE, _D.SWORN_TRANSLATION),
    ),
    Process.DEATH_CLAIM: (
        _need(_D.CLAIM_FORM),
        _need(_D.ID_KTP, _D.ID_KK),
        _need(_D.DEATH_MCCD),
        _need(_D.DEATH_CERT),
        _need(_D.DEATH_LEGALISATION),
        _need(_D.BANK_BOOK),
        _if(_C.OTHER_LANGUAGE, _D.SWORN_TRANSLATION),
        _if(_C.ACCIDENT, _D.ACCIDENT_REPORT, _D.POLICE_REPORT),
    ),
    Process.ASSISTANCE: (
        _need(_D.MED_REPORT_INITIAL),
        _need(_D.ID_PASSPORT),
        _need(_D.CONSENT_RELEASE),
        _if(_C.FLYING_HOME, _D.FIT_TO_FLY),
        _if(_C.NEEDS_VISA, _D.VISA),
        _if(_C.ACCIDENT, _D.POLICE_REPORT),
    ),
    Process.REPATRIATION: (
        _need(_D.DEATH_MCCD),
        _need(_D.ID_PASSPORT),
        _need(_D.EXPORT_APPLICATION),
        _need(_D.EXPORT_PERMIT),
        _need(_D.SEALING_CERT),
        _need(_D.EMBALMING_CERT),
        _if(_C.ESCORTED, _D.ESCORT_PASSPORT),
        _if(_C.FOR_INSURER, _D.DEATH_LEGALISATION),
    ),
    Process.CHECK_UP: (
        _need(_D.ID_PASSPORT),
        _need(_D.CONSENT_PROCESSING),
        _need(_D.CONSENT_TRANSFER),
        _if(_C.REFERRED, _D.REFERRAL_LETTER),
    ),
    Process.OPINION: (
        _need(_D.CONSENT_PROCESSING),
        _need(_D.CONSENT_TRANSFER),
        _need(_D.CONSENT_RELEASE),
        _need(_D.MED_REPORT_INITIAL, _D.REFERRAL_LETTER, _D.LAB, _D.IMAGING, _D.PATHOLOGY),
    ),
}


def missing(
    items: Collection[ChecklistItem], at_hand: Collection[DocumentKind], met: Collection[Condition] = ()
) -> tuple[ChecklistItem, ...]:
    """The items of a checklist that a case needs and no document at hand fulfils."""
    return tuple(item for item in items if item.is_asked(met) and not set(item.kinds) & set(at_hand))


def with_rules(items: Collection[ChecklistItem], rules: Mapping[DocumentKind, Need]) -> tuple[ChecklistItem, ...]:
    """A pack as a house wants it: papers it never asks for are gone, those it always asks for have no condition."""
    found: list[ChecklistItem] = []
    asked: set[DocumentKind] = set()
    for item in items:
        kinds = tuple(kind for kind in item.kinds if rules.get(kind) is not Need.NOT_NEEDED)
        always = any(rules.get(kind) is Need.REQUIRED for kind in kinds)
        if kinds:
            found.append(ChecklistItem(kinds=kinds, condition=None if always else item.condition))
            asked.update(kinds)
    more = [kind for kind, need in rules.items() if need is Need.REQUIRED and kind not in asked]
    return (*found, *(_need(kind) for kind in sorted(more, key=list(DocumentKind).index)))
