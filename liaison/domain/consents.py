"""The six consents, in words that can be read out. Source: ``domain`` 2.3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liaison.domain.facts import ConsentGiver, FactKind
from liaison.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One consent: ``text`` is what the patient agrees to, ``needed_for`` why we ask; both marked."""

    kind: FactKind
    text: str
    needed_for: str

    @property
    def label(self) -> str:
        """The marked short name."""
        return self.kind.label


CONSENT_TEXTS: Mapping[FactKind, Consent] = {
    c.kind: c
    for c in (
        Consent(
            kind=FactKind.C1,
            text=N_(
                "I agree that this office keeps and uses my health data to prepare and follow my treatment and its "
                "payment. I may withdraw this at any time."
            ),
            needed_for=N_("everything we do for you"),
        ),
        Consent(
            kind=FactKind.C2,
            text=N_("I agree that my data go to the named hospital and insurer outside Indonesia."),
            needed_for=N_("treatment and letters abroad"),
        ),
        Consent(
            kind=FactKind.C3,
            text=N_("I agree that my medical records go to the named hospital."),
            needed_for=N_("the doctors' review"),
        ),
        Consent(
            kind=FactKind.C4,
            text=N_("I agree that the hospital and this office give my insurer what it needs to pay for my treatment."),
            needed_for=N_("guarantee letters and claims"),
        ),
        Consent(
            kind=FactKind.C5,
            text=N_("I agree to be reached by WhatsApp and e-mail, with documents attached."),
            needed_for=N_("sending you documents"),
        ),
        Consent(
            kind=FactKind.C6,
            text=N_("I agree that my case is counted in statistics that name nobody."),
            needed_for=N_("figures for hospitals and insurers"),
        ),
    )
}

MAY_CONSENT_FOR = tuple(
    giver.label for giver in ConsentGiver if giver not in (ConsentGiver.PATIENT, ConsentGiver.GUARDIAN)
)
"""Who may consent, in this order, for a patient who cannot. Source: ``domain`` 2.3."""
