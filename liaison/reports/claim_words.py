"""What a claim's letter says in sentences: its headline, where the claim stands, and what the reader can do."""

from __future__ import annotations

import datetime as dt

from liaison.domain.claims import ClaimState
from liaison.domain.money import Money
from liaison.domain.privacy import Audience
from liaison.i18n import Language
from liaison.reports.blocks import Span, Words
from liaison.reports.claim_view import NOT_SENT, ClaimLetterView, is_paid, is_refused
from liaison.reports.wording import bound, sentences

_S = ClaimState
WITH_INSURER = frozenset({_S.SUBMITTED, _S.REGISTERED, _S.IN_REVIEW, _S.INVESTIGATION, _S.REOPENED})

_HERE = "\x00"
"""Stands in a translated sentence where a day in SemiBold comes."""


def headline(view: ClaimLetterView, language: Language) -> str:
    """The state in a sentence with its amount."""
    _, claim = language, view.claim
    billed, paid = _money(claim.billed, _), _money(claim.paid, _)
    approved = _money(claim.approved if claim.approved is not None else claim.billed, _)
    if is_refused(view):
        return _("Claim of {billed} rejected by the insurer", billed=billed)
    if claim.state in NOT_SENT:
        count = len(claim.missing)
        if count:
            return _.plural(
                "Claim of {billed} not sent yet: {count} document is missing",
                "Claim of {billed} not sent yet: {count} documents are missing",
                count,
                billed=billed,
                count=count,
            )
        return _("Claim of {billed} is complete and ready to be sent", billed=billed)
    if claim.state in (_S.SUBMITTED, _S.REGISTERED):
        return _("Claim of {billed} is with the insurer; no decision yet", billed=billed)
    if claim.state is _S.QUERIED:
        return _("The insurer asks before it decides on the claim of {billed}", billed=billed)
    if claim.state in (_S.IN_REVIEW, _S.INVESTIGATION, _S.REOPENED):
        return _("The insurer is examining the claim of {billed}", billed=billed)
    if claim.state is _S.APPEALED:
        return _("Appeal with the insurer: {approved} of {billed} approved so far", approved=approved, billed=billed)
    if claim.state is _S.WITHDRAWN:
        return _("Claim of {billed} withdrawn", billed=billed)
    if claim.state is _S.TIME_BARRED:
        return _("Claim of {billed} not sent in time", billed=billed)
    if claim.state is _S.DISPUTED_PAYMENT:
        return _("Less was paid than approved: {paid} of {approved}", paid=paid, approved=approved)
    if is_paid(view):
        return _("Claim paid: {paid} of {billed}", paid=paid if claim.paid.minor else approved, billed=billed)
    if claim.paid.minor:
        return _("Claim paid in part: {paid} of {approved}", paid=paid, approved=approved)
    if claim.approved is not None and claim.approved.minor < claim.billed.minor:
        return _("Claim approved in part: {approved} of {billed}", approved=approved, billed=billed)
    return _("Claim approved in full: {approved}", approved=approved)


def _money(money: Money, language: Language) -> str:
    return bound(language.formats.money(money))


def standing(view: ClaimLetterView, language: Language, audience: Audience) -> str:
    """Where the claim stands, in two or three plain sentences."""
    _, claim = language, view.claim
    insurer = view.insurer or _("the insurer")
    sent = ""
    if claim.submitted_on is not None and claim.state is not _S.TIME_BARRED:
        sent = _(
            "We sent this claim to {insurer} on {date}.", insurer=insurer, date=_.formats.long_date(claim.submitted_on)
        )
    if audience is Audience.INSURER and claim.submitted_on is not None:
        sent = _("We sent you this claim on {date}.", date=_.formats.long_date(claim.submitted_on))
    return sentences(sent, _where(view, _), _payment(view, _))


def _where(view: ClaimLetterView, _: Language) -> str:
    claim = view.claim
    day = _.formats.long_date(claim.decided_on) if claim.decided_on is not None else ""
    if is_refused(view):
        return _("On {date} the insurer decided not to pay it.", date=day) if day else _("The insurer does not pay it.")
    if claim.state in NOT_SENT:
        by = _.formats.long_date(claim.submit_by) if claim.submit_by is not None else ""
        if claim.missing and not by:
            return _("It has not been sent yet, because documents are still missing.")
        return _("It must reach the insurer by {date}.", date=by) if by else _("It has not been sent yet.")
    if claim.state is _S.QUERIED:
        return _("The insurer's time to decide stands still until its question is answered.")
    if claim.state in WITH_INSURER:
        return _("The insurer has not decided yet; we follow it up.")
    if claim.state is _S.APPEALED:
        return _("An appeal with new evidence is with the insurer.")
    if claim.state is _S.WITHDRAWN:
        return _("It was taken back; the insurer does not decide on it.")
    if claim.state is _S.TIME_BARRED:
        return _("The time to send it has passed.")
    if claim.approved is None:
        return ""
    amount = _money(claim.approved, _)
    if day:
        return _("On {date} the insurer approved {amount}.", date=day, amount=amount)
    return _("The insurer approved {amount}.", amount=amount)


def _payment(view: ClaimLetterView, _: Language) -> str:
    claim = view.claim
    if claim.approved is None or is_refused(view) or claim.state is _S.WITHDRAWN:
        return ""
    paid = [p for p in claim.payments if p.amount.currency == claim.billed.currency]
    day = max((p.paid_on for p in paid), default=None)
    if is_paid(view):
        return _("The money was paid on {date}.", date=_.formats.long_date(day)) if day else _("It is paid.")
    if not claim.paid.minor:
        return _("Nothing has been paid yet.") if claim.approved.minor and claim.is_open else ""
    return _("{paid} was paid; {open} is still to come.", paid=_money(claim.paid, _), open=_money(claim.open_amount, _))


def what_to_do(view: ClaimLetterView, language: Language, audience: Audience) -> tuple[str, Words]:
    """The head and words of the box: what the reader can do, and by when."""
    _, claim = language, view.claim
    call = _("Ask us on {phone}.", phone=bound(view.office.phone)) if view.office.phone else _("Ask us.")
    due = next((q.due_on for q in claim.queries if q.answered_at is None), None)
    insurers = audience is Audience.INSURER
    if claim.state is _S.QUERIED:
        if insurers:
            return _("What we are doing"), _("We gather the answer and send it as one message.")
        if due is None:
            return _("What you can do"), _("Send us what the insurer asks for. {call}", call=call)
        return _("What you can do"), _strong(
            _("Send us what the insurer asks for, by {date}. {call}", date=_HERE, call=call), due, _
        )
    if claim.state in NOT_SENT and claim.missing and not insurers:
        if claim.submit_by is None:
            return _("What you can do"), _("Send us the missing documents. {call}", call=call)
        return _("What you can do"), _strong(
            _("Send us the missing documents; the claim must be filed by {date}. {call}", date=_HERE, call=call),
            claim.submit_by,
            _,
        )
    if insurers:
        if claim.state in WITH_INSURER:
            return _("We ask you"), _("Please tell us the decision, or what you still need for it, in one message.")
        if claim.approved is not None and not is_paid(view) and not is_refused(view):
            return _("We ask you"), _("Please tell us on which day {open} is paid.", open=_money(claim.open_amount, _))
        return _("Questions?"), call
    if view.appeal_by is not None:
        return _("You do not agree?"), _strong(
            _("Ask for a review by {date}, with new evidence. We prepare the letter. {call}", date=_HERE, call=call),
            view.appeal_by,
            _,
        )
    if claim.is_open and not is_refused(view):
        return _("What you can do"), sentences(_("Nothing is needed from you now."), call)
    return _("Questions?"), call


def _strong(text: str, day: dt.date, _: Language) -> Words:
    """The sentence with its day in SemiBold, put where :data:`_HERE` stands."""
    before, after = text.split(_HERE, 1)
    return (Span(before), Span(bound(_.formats.long_date(day)), strong=True), Span(after))


def addressee(view: ClaimLetterView, language: Language) -> str:
    """Whom a letter to the policyholder goes to; once the holder died, the family."""
    if not view.is_dead:
        return view.holder
    return view.next_of_kin or language("Family of {name}", name=view.holder)


def greeting(view: ClaimLetterView, language: Language, audience: Audience) -> str:
    """The address of the letter; a house is not greeted by a person's name."""
    if audience is Audience.FAMILY:
        return language("Dear {name},", name=addressee(view, language))
    return language("Dear Sir or Madam,")
