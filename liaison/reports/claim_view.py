"""What a claim's status letter is made from: the claim as read, who reads it, and what the officer added.

Read by ``claim_letter.gather``; ``claim_letter``, its parts and its words only look.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from liaison.domain.claims import ClaimDraft, ClaimState
from liaison.domain.privacy import Audience
from liaison.i18n import N_
from liaison.reports.case_view import Office, RateView
from liaison.reports.reader_tags import name_fields, show_fields, shown_to
from liaison.reports.wording import local
from liaison.services.claim_views import (
    AppealView,
    ClaimEventView,
    ClaimLineView,
    ClaimPaymentView,
    ClaimQueryView,
    ClaimView,
)

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
    typed: ClaimDraft
    """What was typed or sent; ``claim_letter.PRINTED`` says which of it is printed, and for whom."""
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


def for_reader(view: ClaimLetterView, audience: Audience) -> ClaimLetterView:
    """The claim as one reader may see it; free words about the care only where the reader may read them."""
    shown = shown_to(view, audience)
    if may_read(view, audience):
        return shown
    claim = replace(
        shown.claim, reason_note="", lines=tuple(replace(one, description="", note="") for one in shown.claim.lines),
        queries=tuple(replace(one, question="") for one in shown.claim.queries),
    )  # fmt: skip
    return replace(shown, claim=claim)


# Who may see what. A field that is not named here goes to nobody outside this office: no diagnosis, no remark.
_FAMILY, _HOSPITAL, _INSURER = Audience.FAMILY, Audience.HOSPITAL, Audience.INSURER
_ALL = (_FAMILY, _HOSPITAL, _INSURER)
show_fields(
    ClaimLetterView,
    "as_of office officer claim typed patient is_own is_restricted insurer hospital rates record_count document_count "
    "is_dead appeal_by", *_ALL,
)  # fmt: skip
show_fields(ClaimLetterView, "holder holder_city next_of_kin", _FAMILY)
show_fields(ClaimLetterView, "mrn", _HOSPITAL)
show_fields(
    ClaimView,
    "insurer case_no hospital kind state state_since is_open billed approved not_covered paid open_amount "
    "admitted_on discharged_on submitted_on submit_by decided_on reason reason_note appeal_level rate rate_to rate_on "
    "rate_source lines queries payments events missing pack", *_ALL,
)  # fmt: skip
show_fields(ClaimView, "policy_no", _FAMILY, _INSURER)
show_fields(ClaimView, "member_no", _INSURER)
show_fields(ClaimLineView, "position category description service_on claimed approved reason note", *_ALL)
show_fields(ClaimQueryView, "asked_at question due_on answered_at", *_ALL)
show_fields(ClaimPaymentView, "purpose payer amount paid_on", *_ALL)
show_fields(ClaimEventView, "at start to", *_ALL)
show_fields(AppealView, "")

name_fields(
    ClaimLetterView, holder=N_("Policyholder"), holder_city=N_("City of the policyholder"), mrn=N_("Medical record"),
    next_of_kin=N_("Next of kin"),
)  # fmt: skip
name_fields(
    ClaimView, policy_no=N_("Policy number"), member_no=N_("Member number"),
    reason_note=N_("Why less is paid, in the insurer's words"),
)  # fmt: skip
name_fields(ClaimLineView, description=N_("Items of the bill, in words"), note=N_("Why an item was cut, in words"))
name_fields(ClaimQueryView, question=N_("Questions of the insurer"))
