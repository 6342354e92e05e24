"""A request for more: what was billed, by which rate, until when the letter lasts, and what is asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.fields import draft, field
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.money import Money
from liaison.domain.problems import Problem
from liaison.domain.work import NoteChannel, NoteDraft
from liaison.i18n import N_, Language
from liaison.services.belonging import name_of, policy_of
from liaison.services.changes import Changes, actor, get
from liaison.services.guarantees import move_guarantee
from liaison.services.hospital_days import day_there
from liaison.services.letter_burn import LetterBurn, burn_of
from liaison.services.office import office
from liaison.services.rate_words import rate_words
from liaison.services.work import add_note
from liaison.store.models import GuaranteeRow, JourneyRow, PatientRow

NO_LETTER = N_("There is no letter yet that could be raised.")
NO_TEXT = N_("Write down what is asked for.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TopupFacts:
    """Everything that a request for more says."""

    insurer: str
    hospital: str
    patient: str
    passport: str
    procedure: str
    admitted_on: dt.date | None
    burn: LetterBurn
    officer: str
    office: str


@draft
class TopupDraft:
    """A request for more, before it goes out."""

    guarantee_id: int = field(N_("Guarantee letter"), required=True)
    language: str = field(N_("Language"), required=True)
    ceiling: Money | None = field(
        N_("New ceiling asked for"), help=N_("The whole amount from then on, not what is to be added."), default=None
    )
    channel: NoteChannel = field(N_("Sent by"), default=NoteChannel.MAIL)
    text: str = field(N_("Text"), required=True, default="")


def topup_facts(session: Session, guarantee_id: int) -> TopupFacts:
    """What a request for more is made of. Refused before there is a letter."""
    row = get(session, GuaranteeRow, guarantee_id)
    burn = burn_of(session, guarantee_id)
    if burn is None:
        raise Refused([Problem(code="NO_LETTER", message=NO_LETTER)])
    journey = get(session, JourneyRow, row.journey_id)
    patient = get(session, PatientRow, journey.patient_id)
    policy = policy_of(session, row.cover_id)
    return TopupFacts(
        insurer=name_of(session, policy.insurer_id) if policy else "",
        hospital=name_of(session, row.hospital_id),
        patient=row.name_on_letter or patient.passport_name or patient.full_name,
        passport=row.passport_on_letter,
        procedure=row.procedure,
        admitted_on=None if journey.admitted_at is None else day_there(session, journey, journey.admitted_at),
        burn=burn,
        officer=actor(session),
        office=office(session).name,
    )


def topup_text(facts: TopupFacts, words: Language, *, ceiling: Money | None = None) -> str:
    """The request in one language; ``ceiling`` is what is asked for, else what the stay is likely to need."""
    burn, formats = facts.burn, words.formats
    asked = ceiling or burn.suggested
    lines = [
        words(N_("To {insurer}: please raise guarantee letter {number}."), insurer=facts.insurer, number=burn.gl_no),
        "",
        words(N_("Patient: {name}"), name=facts.patient),
    ]
    if facts.passport:
        lines.append(words(N_("Passport: {number}"), number=facts.passport))
    lines.append(words(N_("Hospital: {hospital}"), hospital=facts.hospital))
    if facts.procedure:
        lines.append(words(N_("Treatment: {procedure}"), procedure=facts.procedure))
    if facts.admitted_on is not None:
        lines.append(words(N_("Admitted on {day}"), day=formats.date(facts.admitted_on)))
    lines += ["", *_figures(burn, words)]
    lines += _why(burn, asked, words)
    if asked is not None:
        lines.append(words(N_("We ask for a new ceiling of {ceiling} in all."), ceiling=asked))
    elif burn.is_days_warned:
        lines.append(words(N_("We ask for more covered days.")))
    lines += ["", words(N_("Interim bill and progress note are attached.")), f"{facts.officer}, {facts.office}"]
    return "\n".join(lines)


def _figures(burn: LetterBurn, words: Language) -> list[str]:
    formats = words.formats
    lines = []
    if burn.ceiling is not None:
        lines.append(words(N_("Ceiling now: {ceiling}"), ceiling=burn.ceiling))
    if burn.billed is not None and burn.used is not None:
        if burn.rate is None:
            lines.append(words(N_("Billed so far: {billed}"), billed=burn.billed))
        else:
            lines.append(words(N_("Billed so far: {billed} = {used}"), billed=burn.billed, used=burn.used))
            rate = rate_words(burn.rate, words, is_letters_rate=burn.is_letters_rate)
            lines.append(words(N_("Rate: {rate}"), rate=rate))
    if burn.share is not None:
        lines.append(words(N_("Used: {share} of the ceiling"), share=formats.percent(burn.share, 1)))
    if burn.lasts_until is not None:
        lines.append(words(N_("At this pace the ceiling lasts to about {day}."), day=formats.date(burn.lasts_until)))
    if burn.covered_until is not None:
        lines.append(words(N_("Covered days end on {day}."), day=formats.date(burn.covered_until)))
    return lines


def _why(burn: LetterBurn, asked: Money | None, words: Language) -> list[str]:
    """What the sum asked for rests on: the hospital's estimate while it holds, else the pace of the bills."""
    lines, formats = [], words.formats
    passed = burn.estimate is not None and burn.used is not None and burn.used.minor > burn.estimate.minor
    if burn.estimate is not None and burn.estimate_on is not None:
        day = formats.date(burn.estimate_on)
        text = N_("The hospital's estimate of {day}: {amount}.")
        if passed:
            text = N_("The bill has passed the hospital's estimate of {day}: {amount}.")
        lines.append(words(text, day=day, amount=burn.estimate))
    if burn.likely is not None and burn.likely != burn.estimate and burn.likely != burn.used:
        lines.append(words(N_("At this pace the stay is likely to come to {amount}."), amount=burn.likely))
    if asked is not None and burn.used is not None and burn.used.currency == asked.currency and asked.minor:
        likely = burn.likely or burn.used
        if asked.minor > likely.minor:
            share = formats.percent(Decimal(burn.used.minor) / asked.minor, 0)
            lines.append(words(N_("The sum leaves a reserve: the bill so far would be {share} of it."), share=share))
    return lines


def request_topup(session: Session, draft: TopupDraft, *, override_reason: str = "") -> Changes:
    """Note the request as it went out; the letter waits for the insurer from now on."""
    row = get(session, GuaranteeRow, draft.guarantee_id)
    if not draft.text.strip():
        raise Refused([Problem(code="MISSING", message=NO_TEXT, field="text")])
    note = NoteDraft(
        journey_id=row.journey_id, channel=draft.channel, text=draft.text,
        counterpart=_insurer(session, row),
    )  # fmt: skip
    moved = move_guarantee(session, row.id, GuaranteeState.TOPUP_REQUESTED, override_reason=override_reason)
    return moved | add_note(session, note)


def _insurer(session: Session, row: GuaranteeRow) -> str:
    policy = policy_of(session, row.cover_id)
    return name_of(session, policy.insurer_id) if policy else ""
