"""What a claim's status letter is made from: the claim as read, who reads it, and what the officer added.

Read by ``claim_letter.gather``; ``claim_letter``, its parts and its words only look.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from liaison.domain.claims import ClaimState
from liaison.domain.privacy import Audience
from liaison.i18n import N_
from liaison.reports.case_view import Office, RateView
from liaison.reports.wording import local
from liaison.services.claim_views import ClaimView

_S = ClaimState
NOT_SENT = frozenset({_S.DRAFT, _S.INCOMPLETE, _S.READY})
LETTER_FOR = {
    Audience.FAMILY: N_("Claim status letter"),
    Audience.HOSPITAL: N_("Claim status letter · copy for the hospital"),
    Audience.INSURER: N_("Claim status letter · copy for the insurer"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOptions:
    """What the officer may add: receiver, number of this letter, annexes."""

    receiver: str = ""
    number: str = ""
    annexes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLetterView:
    """Everything a claim's letter may say.

    ``is_own`` says that the holder is the patient: only then may free words about the care reach the holder.
    """

    as_of: dt.datetime
    office: Office
    officer: str
    claim: ClaimView
    patient: str
    holder: str
    holder_city: str
    is_own: bool
    is_restricted: bool
    insurer: str
    hospital: str
    hospital_country: str
    mrn: str
    rates: tuple[RateView, ...]
    record_count: int
    document_count: int
    is_dead: bool
    """The holder was the patient and died: the letter goes to the family."""
    next_of_kin: str
    appeal_by: dt.date | None
    """The last day for an appeal, where one is still possible."""

    @property
    def today(self) -> dt.date:
        """The day of the letter on the office's clock."""
        return local(self.as_of, self.office.zone).date()


def is_refused(view: ClaimLetterView) -> bool:
    """Whether nothing of the claim is paid: rejected, and closed after that."""
    claim = view.claim
    nothing = claim.approved is not None and claim.approved.minor == 0
    return claim.state is _S.REJECTED or (claim.state is _S.CLOSED and nothing and claim.paid.minor == 0)


def is_paid(view: ClaimLetterView) -> bool:
    """Whether all that was approved came; a list may say so without telling the payments."""
    claim = view.claim
    if not claim.paid.minor:
        return claim.state is _S.PAID
    return not claim.open_amount.minor


def may_read(view: ClaimLetterView, audience: Audience) -> bool:
    """Whether free words about the care may stand in this copy."""
    return not view.is_restricted and (audience is not Audience.FAMILY or view.is_own)
