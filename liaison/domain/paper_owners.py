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
    }
)
_INSURER = frozenset(
    {DocumentKind.GL_INITIAL, DocumentKind.GL_TOPUP, DocumentKind.GL_FINAL, DocumentKind.DECISION_LETTER}
)


def owed_by(kind: DocumentKind) -> WaitingOn:
    """Hospital or insurer for what they write themselves, the patient for everything else."""
    if kind in _HOSPITAL:
        return WaitingOn.HOSPITAL
    return WaitingOn.INSURER if kind in _INSURER else WaitingOn.PATIENT
