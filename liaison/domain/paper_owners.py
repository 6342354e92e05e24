"""Who gives out a paper, and so whom we ask for it. Source: ``domain`` 1.2, 1.7."""

from __future__ import annotations

from liaison.domain.documents import DocumentKind
from liaison.domain.work import WaitingOn

_HOSPITAL = frozenset(
    {
        DocumentKind.MED_REPORT,
        DocumentKind.MED_REPORT_INITIAL,
        DocumentKind.MED_RESUME_FINAL,
        DocumentKind.DISCHARGE_SUMMARY,
        DocumentKind.COST_ESTIMATE,
        DocumentKind.BILL_FINAL_ITEMISED,
        DocumentKind.BILL_INTERIM,
        DocumentKind.OPERATION_NOTE,
        DocumentKind.PATHOLOGY,
        DocumentKind.LAB,
        DocumentKind.IMAGING,
        DocumentKind.PREAUTH_FORM_2,
        DocumentKind.DOCTOR_STATEMENT,
        DocumentKind.DEATH_MCCD,
    }
)
_OTHERS = frozenset(
    {
        DocumentKind.EXPORT_APPLICATION, DocumentKind.EXPORT_PERMIT, DocumentKind.SEALING_CERT,
        DocumentKind.EMBALMING_CERT, DocumentKind.DEATH_LEGALISATION,
    }
)  # fmt: skip
"""Papers of a funeral agent, a health office or a consulate."""
_INSURER = frozenset(
    {DocumentKind.GL_INITIAL, DocumentKind.GL_TOPUP, DocumentKind.GL_FINAL, DocumentKind.DECISION_LETTER}
)


def owed_by(kind: DocumentKind) -> WaitingOn:
    """Hospital, insurer or an office for what they write themselves, the patient for everything else."""
    if kind in _OTHERS:
        return WaitingOn.OTHER
    if kind in _HOSPITAL:
        return WaitingOn.HOSPITAL
    return WaitingOn.INSURER if kind in _INSURER else WaitingOn.PATIENT
