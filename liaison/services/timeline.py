"""What happened to a case, in one line of time: moves, words spoken, letters, money, papers, claims. Newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimState
from liaison.domain.coded import Coded
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.journeys import STAGE_OF
from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.domain.work import NoteChannel
from liaison.i18n import N_
from liaison.services.care_timeline import care_moments
from liaison.services.changes import zone
from liaison.services.sentences import Sentence, said, typed
from liaison.store.models import (
    BillRow,
    ClaimEventRow,
    ClaimQueryRow,
    ClaimRow,
    ComplaintRow,
    ConfirmationRow,
    DocumentRow,
    EstimateRow,
    GuaranteeEventRow,
    GuaranteeQueryRow,
    GuaranteeRow,
    GuaranteeVersionRow,
    JourneyEventRow,
    NoteRow,
    PaymentRow,
    RepatriationEventRow,
    RepatriationRow,
)


class TimelineChannel(Coded):
    """What sort of thing happened; the timeline can be narrowed to one."""

    NOTE = "NOTE", N_("Note")
    CALL = "CALL", N_("Calls")
    WHATSAPP = "WHATSAPP", N_("WhatsApp")
    MAIL = "MAIL", N_("E-mail")
    STAGE = "STAGE", N_("Stage")
    LETTER = "LETTER", N_("Letter")
    MONEY = "MONEY", N_("Money")
    DOCUMENT = "DOCUMENT", N_("Documents")
    CLAIM = "CLAIM", N_("Claim")
    FACT = "FACT", N_("Facts")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineItem:
    """One thing that happened. ``kind`` and ``id`` are the record behind it; a day without an hour has no time."""

    at: dt.datetime
    has_time: bool
    channel: TimelineChannel
    title: Sentence
    detail: Sentence | None
    who: str
    kind: str
    id: int


_NOTE_CHANNELS = {
    NoteChannel.CALL: TimelineChannel.CALL,
    NoteChannel.WHATSAPP: TimelineChannel.WHATSAPP,
    NoteChannel.MAIL: TimelineChannel.MAIL,
}
_ISSUED = {GuaranteeState.ISSUED, GuaranteeState.TOPUP_ISSUED, GuaranteeState.FINAL_ISSUED}
"""Moves that a letter itself tells of."""

_VERSION_TITLES = {
    VersionKind.INITIAL: N_("Initial letter issued"),
    VersionKind.TOPUP: N_("Top-up letter issued"),
    VersionKind.FINAL: N_("Final letter issued"),
}
_BILL_TITLES = {
    BillKind.INTERIM: N_("Interim bill {amount}"),
    BillKind.FINAL: N_("Final bill {amount}"),
    BillKind.CREDIT_NOTE: N_("Credit note {amount}"),
}
_FIRST_LINE = 90


def timeline_of(session: Session, journey_id: int) -> tuple[TimelineItem, ...]:
    """Everything that happened to a case, newest first."""
    noon = _Noon(zone(session))
    items = [
        *_moves(session, journey_id),
        *_notes(session, journey_id),
        *_letters(session, journey_id),
        *_money(session, journey_id, noon),
        *_papers(session, journey_id, noon),
        *_courses(session, journey_id, noon),
        *_claims(session, journey_id),
        *_care(session, journey_id),
    ]
    return tuple(sorted(items, key=lambda item: (item.at, item.id), reverse=True))


class _Noon:
    """Noon of a day at the office: where a thing without an hour stands in the order of time."""

    def __init__(self, zone_name: str) -> None:
        self._zone = ZoneInfo(zone_name)

    def of(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(12), self._zone)


def _item(
    row: object,
    kind: str,
    channel: TimelineChannel,
    at: dt.datetime,
    title: Sentence,
    *,
    detail: Sentence | None = None,
    who: str = "",
    has_time: bool = True,
    of: int | None = None,
) -> TimelineItem:
    """``of`` is the record that leads on where the row itself is only a step of it."""
    key: int = row.id if of is None else of  # type: ignore[attr-defined]
    return TimelineItem(
        at=at, has_time=has_time, channel=channel, title=title, detail=detail, who=who, kind=kind, id=key
    )


def _words(text: str) -> Sentence | None:
    return typed(text) if text.strip() else None


def _moves(session: Session, journey_id: int) -> Iterator[TimelineItem]:
    rows = session.scalars(sa.select(JourneyEventRow).where(JourneyEventRow.journey_id == journey_id))
    for row in rows:
        stage = STAGE_OF.get(row.to_state)
        title = (
            said(N_("Stage: {stage}, {state}"), stage=stage, state=row.to_state) if stage else said(row.to_state.label)
        )
        detail = _words(row.note)
        if row.override_reason:
            detail = said(N_("Guard passed over: {reason}"), reason=row.override_reason)
        yield _item(row, "journey", TimelineChannel.STAGE, row.at, title, detail=detail, who=row.actor)


def _notes(session: Session, journey_id: int) -> Iterator[TimelineItem]:
    claims = sa.select(ClaimRow.id).where(ClaimRow.journey_id == journey_id)
    rows = session.scalars(
        sa.select(NoteRow).where(sa.or_(NoteRow.journey_id == journey_id, NoteRow.claim_id.in_(claims)))
    )
    for row in rows:
        first, _, rest = row.text.strip().partition("\n")
        if len(first) > _FIRST_LINE:
            cut = first.rfind(" ", 0, _FIRST_LINE)
            first, rest = first[:cut] + " …", "… " + first[cut + 1 :] + ("\n" + rest if rest else "")
        channel = _NOTE_CHANNELS.get(row.channel, TimelineChannel.NOTE)
        yield _item(row, "note", channel, row.at, typed(first), detail=_words(rest), who=row.counterpart or row.author)


def _letters(session: Session, journey_id: int) -> Iterator[TimelineItem]:
    letters = sa.select(GuaranteeRow.id).where(GuaranteeRow.journey_id == journey_id)
    for version in session.scalars(sa.select(GuaranteeVersionRow).where(GuaranteeVersionRow.guarantee_id.in_(letters))):
        title = said(_VERSION_TITLES[version.kind])
        yield _item(version, "guarantee", TimelineChannel.LETTER, version.issued_at, title, detail=_terms(version),
                    of=version.guarantee_id)  # fmt: skip
    for event in session.scalars(sa.select(GuaranteeEventRow).where(GuaranteeEventRow.guarantee_id.in_(letters))):
        if event.to_state not in _ISSUED and event.to_state is not GuaranteeState.DRAFT:
            title = said(N_("Guarantee letter: {state}"), state=event.to_state)
            detail = _words(event.note) or (said(event.reason.label) if event.reason else None)
            yield _item(event, "guarantee", TimelineChannel.LETTER, event.at, title, detail=detail, who=event.actor,
                        of=event.guarantee_id)  # fmt: skip
    for query in session.scalars(sa.select(GuaranteeQueryRow).where(GuaranteeQueryRow.guarantee_id.in_(letters))):
        title = said(N_("The insurer asks"))
        yield _item(query, "guarantee", TimelineChannel.LETTER, query.asked_at, title, detail=_words(query.question),
                    of=query.guarantee_id)  # fmt: skip
        if query.answered_at is not None:
            title = said(N_("Insurer's question answered"))
            yield _item(
                query, "guarantee", TimelineChannel.LETTER, query.answered_at, title, detail=_words(query.answer),
                of=query.guarantee_id,
            )  # fmt: skip


def _terms(version: GuaranteeVersionRow) -> Sentence:
    """Ceiling and validity of a letter in one line."""
    ceiling = None if version.ceiling_minor is None else Money(version.ceiling_minor, version.currency)
    if version.is_as_charged or ceiling is None:
        return said(N_("As charged, valid until {end}"), end=version.valid_to)
    return said(N_("Ceiling {ceiling}, valid until {end}"), ceiling=ceiling, end=version.valid_to)


def _money(session: Session, journey_id: int, noon: _Noon) -> Iterator[TimelineItem]:
    def item(row: object, kind: str, day: dt.date, title: Sentence, note: str) -> TimelineItem:
        return _item(row, kind, TimelineChannel.MONEY, noon.of(day), title, detail=_words(note), has_time=False)

    for bill in session.scalars(sa.select(BillRow).where(BillRow.journey_id == journey_id)):
        title = said(_BILL_TITLES[bill.kind], amount=Money(bill.amount_minor, bill.currency))
        yield item(bill, "bill", bill.billed_on, title, bill.note)
    claims = sa.select(ClaimRow.id).where(ClaimRow.journey_id == journey_id)
    mine = sa.or_(PaymentRow.journey_id == journey_id, PaymentRow.claim_id.in_(claims))
    for payment in session.scalars(sa.select(PaymentRow).where(mine)):
        amount = Money(payment.amount_minor, payment.currency)
        title = said(N_("Paid: {purpose} {amount}"), purpose=payment.purpose, amount=amount)
        yield item(payment, "payment", payment.paid_on, title, payment.note)
    for estimate in session.scalars(sa.select(EstimateRow).where(EstimateRow.journey_id == journey_id)):
        low, high = Money(estimate.low_minor, estimate.currency), Money(estimate.high_minor, estimate.currency)
        title = said(N_("Cost estimate {low} to {high}"), low=low, high=high)
        yield item(estimate, "estimate", estimate.stated_on, title, estimate.note)


def _papers(session: Session, journey_id: int, noon: _Noon) -> Iterator[TimelineItem]:
    documents = sa.select(DocumentRow).where(DocumentRow.journey_id == journey_id, DocumentRow.voided_reason == "")
    for document in session.scalars(documents):
        detail = said(document.kind.label) if document.kind else None
        yield _item(
            document,
            "document",
            TimelineChannel.DOCUMENT,
            noon.of(document.received_on),
            typed(document.title),
            detail=detail,
            has_time=False,
        )
    for fact in session.scalars(sa.select(ConfirmationRow).where(ConfirmationRow.journey_id == journey_id)):
        yield _item(
            fact,
            "confirmation",
            TimelineChannel.FACT,
            noon.of(fact.stated_on),
            said(fact.kind.label),
            detail=_words(" · ".join(t for t in (fact.source, fact.note) if t)),
            who=fact.officer,
            has_time=False,
        )
        if fact.withdrawn_on is not None:
            title = said(N_("Withdrawn: {fact}"), fact=fact.kind)
            at = noon.of(fact.withdrawn_on)
            yield _item(fact, "confirmation", TimelineChannel.FACT, at, title, who=fact.officer, has_time=False)


def _care(session: Session, journey_id: int) -> Iterator[TimelineItem]:
    for one in care_moments(session, journey_id):
        yield _item(one.row, one.row.__tablename__, TimelineChannel.FACT, one.at, one.title, detail=one.detail)


def _courses(session: Session, journey_id: int, noon: _Noon) -> Iterator[TimelineItem]:
    """Steps of a way home, and complaints with their answers."""
    ways = sa.select(RepatriationRow.id).where(RepatriationRow.journey_id == journey_id)
    for step in session.scalars(sa.select(RepatriationEventRow).where(RepatriationEventRow.repatriation_id.in_(ways))):
        title = said(N_("Way home: {state}"), state=step.to_state)
        detail = said(N_("Guard passed over: {reason}"), reason=step.override_reason) if step.override_reason else None
        yield _item(step, "repatriation", TimelineChannel.STAGE, step.at, title, detail=detail, who=step.actor)
    for row in session.scalars(sa.select(ComplaintRow).where(ComplaintRow.journey_id == journey_id)):
        received = said(N_("Complaint: {cause}"), cause=row.cause)
        yield _item(row, "complaint", TimelineChannel.NOTE, noon.of(row.received_on), received,
                    detail=_words(row.text), who=row.complainant, has_time=False)  # fmt: skip
        if row.closed_on is not None and row.outcome is not None:
            answered = said(N_("Complaint answered: {outcome}"), outcome=row.outcome)
            yield _item(row, "complaint", TimelineChannel.NOTE, noon.of(row.closed_on), answered,
                        detail=_words(row.outcome_note), has_time=False)  # fmt: skip


def _claims(session: Session, journey_id: int) -> Iterator[TimelineItem]:
    numbers = {
        row.id: row.claim_no
        for row in session.execute(sa.select(ClaimRow.id, ClaimRow.claim_no).where(ClaimRow.journey_id == journey_id))
    }
    for event in session.scalars(sa.select(ClaimEventRow).where(ClaimEventRow.claim_id.in_(numbers))):
        if event.to_state is ClaimState.DRAFT and event.from_state is None:
            continue
        title = said(N_("Claim {number}: {state}"), number=numbers[event.claim_id], state=event.to_state)
        detail = _words(event.note) or (said(event.reason.label) if event.reason else None)
        yield _item(event, "claim", TimelineChannel.CLAIM, event.at, title, detail=detail, who=event.actor,
                    of=event.claim_id)  # fmt: skip
    for query in session.scalars(sa.select(ClaimQueryRow).where(ClaimQueryRow.claim_id.in_(numbers))):
        title = said(N_("The insurer asks about claim {number}"), number=numbers[query.claim_id])
        yield _item(query, "claim", TimelineChannel.CLAIM, query.asked_at, title, detail=_words(query.question),
                    of=query.claim_id)  # fmt: skip
