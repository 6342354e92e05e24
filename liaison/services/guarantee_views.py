"""Guarantee cases as pages and papers read them: letters, the ceiling now, how much of it is used, questions, moves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.codes import ReasonCode
from liaison.domain.guarantees import GuaranteeState, Version, VersionKind, letter_now, needs_topup
from liaison.domain.journeys import JourneyState
from liaison.domain.money import Money
from liaison.services.belonging import name_of, policy_of
from liaison.services.changes import get, money, today
from liaison.services.facts import admitted_on
from liaison.services.letter_burn import bills_of_trip, burn_of
from liaison.store.models import (
    CoverRow,
    GuaranteeEventRow,
    GuaranteeQueryRow,
    GuaranteeRow,
    GuaranteeVersionRow,
    JourneyRow,
)

_S = GuaranteeState
_RUNNING = (_S.ISSUED, _S.ACCEPTED, _S.TOPUP_ISSUED)
_IN_HOSPITAL = (JourneyState.ADMITTED, JourneyState.DISCHARGE_PENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One letter as issued."""

    id: int
    number: int
    kind: VersionKind
    issued_at: dt.datetime
    ceiling: Money | None
    is_as_charged: bool
    covered_days: int | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    room_class: str
    rate: Decimal | None
    """The exchange rate that the letter states itself, for one unit of ``rate_for``."""
    rate_for: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterQueryView:
    """A question of the insurer about a letter, with our answer."""

    id: int
    asked_at: dt.datetime
    question: str
    is_on_topup: bool
    due_at: dt.datetime | None
    answered_at: dt.datetime | None
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterEventView:
    """A move of a letter."""

    id: int
    at: dt.datetime
    start: GuaranteeState | None
    to: GuaranteeState
    actor: str
    note: str
    reason: ReasonCode | None
    override_reason: str
    overridden: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuaranteeView:
    """A guarantee case with its letters. ``ceiling_now`` is that of the newest letter, never a sum of letters."""

    id: int
    version: int
    journey_id: int
    cover_id: int
    insurer_id: int | None
    insurer: str
    administrator: str
    policy_no: str
    member_no: str
    hospital_id: int | None
    hospital: str
    state: GuaranteeState
    state_since: dt.datetime
    gl_no: str
    requested_at: dt.datetime | None
    channel: str
    first_issued_at: dt.datetime | None
    diagnosis: str
    procedure: str
    entitlement: str
    exclusions: str
    copay_note: str
    insurer_contact: str
    reason: ReasonCode | None
    reason_note: str
    is_checklist_complete: bool
    accepted: Money | None
    excess: Money | None
    note: str
    versions: tuple[VersionView, ...]
    ceiling_now: Money | None
    is_as_charged: bool
    covered_days: int | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    room_class: str
    name_on_letter: str
    passport_on_letter: str
    billed: Money | None
    """The newest interim or final bill of the case."""
    used_share: Decimal | None
    """Share of the ceiling that the bill takes, converted where need be; none where they cannot be compared."""
    needs_topup: bool
    queries: tuple[LetterQueryView, ...]
    events: tuple[LetterEventView, ...]


def guarantee(session: Session, key: int) -> GuaranteeView:
    """One guarantee case as the letter's page shows it."""
    row = get(session, GuaranteeRow, key)
    policy, cover = policy_of(session, row.cover_id), get(session, CoverRow, row.cover_id)
    versions = versions_of(session, key)
    now = letter_now(versions)
    bills = bills_of_trip(session, row.journey_id)
    billed = Money(bills[-1].amount_minor, bills[-1].currency) if bills else None
    burn = burn_of(session, key)
    currency = row.accepted_currency or "IDR"
    return GuaranteeView(
        id=row.id, version=row.version, journey_id=row.journey_id, cover_id=row.cover_id,
        insurer_id=policy.insurer_id if policy else None,
        insurer=name_of(session, policy.insurer_id) if policy else "",
        administrator=name_of(session, policy.administrator_id) if policy else "",
        policy_no=policy.policy_no if policy else "", member_no=cover.member_no, hospital_id=row.hospital_id,
        hospital=name_of(session, row.hospital_id), state=row.state, state_since=row.state_since, gl_no=row.gl_no,
        requested_at=row.requested_at, channel=row.channel, first_issued_at=row.first_issued_at,
        diagnosis=row.diagnosis, procedure=row.procedure, entitlement=row.entitlement, exclusions=row.exclusions,
        copay_note=row.copay_note, insurer_contact=row.insurer_contact, reason=row.reason,
        reason_note=row.reason_note, is_checklist_complete=row.is_checklist_complete,
        accepted=money(row.accepted_minor, currency), excess=money(row.excess_minor, currency), note=row.note,
        versions=_version_views(session, key), ceiling_now=now.ceiling if now else None,
        is_as_charged=now.is_as_charged if now else False, covered_days=now.covered_days if now else None,
        valid_from=now.valid_from if now else None, valid_to=now.valid_to if now else None,
        room_class=now.room_class if now else "", billed=billed, name_on_letter=row.name_on_letter,
        passport_on_letter=row.passport_on_letter, used_share=burn.share if burn is not None else None,
        needs_topup=now is not None and row.state in _RUNNING and needs_topup(
            now, billed=burn.used if burn is not None else None, day_of_stay=_day_of_stay(session, row.journey_id)
        ),
        queries=_query_views(session, key), events=_event_views(session, key),
    )  # fmt: skip


def guarantees_of(session: Session, journey_id: int) -> list[GuaranteeView]:
    """The guarantee cases of a journey, the newest first."""
    keys = sa.select(GuaranteeRow.id).where(GuaranteeRow.journey_id == journey_id).order_by(GuaranteeRow.id.desc())
    return [guarantee(session, key) for key in session.scalars(keys).all()]


def _day_of_stay(session: Session, journey_id: int) -> int | None:
    """Which day in hospital it is, counting the day of admission as the first."""
    journey = get(session, JourneyRow, journey_id)
    since = admitted_on(session, journey) if journey.state in _IN_HOSPITAL else None
    return None if since is None else (today(session) - since).days + 1


def _version_views(session: Session, key: int) -> tuple[VersionView, ...]:
    rows = session.scalars(
        sa.select(GuaranteeVersionRow)
        .where(GuaranteeVersionRow.guarantee_id == key)
        .order_by(GuaranteeVersionRow.number)
    )
    return tuple(
        VersionView(
            id=r.id, number=r.number, kind=r.kind, issued_at=r.issued_at, ceiling=money(r.ceiling_minor, r.currency),
            is_as_charged=r.is_as_charged, covered_days=r.covered_days, valid_from=r.valid_from, valid_to=r.valid_to,
            room_class=r.room_class, rate=Decimal(r.rate) if r.rate else None, rate_for=r.rate_for, note=r.note,
        )
        for r in rows
    )  # fmt: skip


def _query_views(session: Session, key: int) -> tuple[LetterQueryView, ...]:
    return tuple(
        LetterQueryView(
            id=q.id, asked_at=q.asked_at, question=q.question, is_on_topup=q.is_on_topup, due_at=q.due_at,
            answered_at=q.answered_at, answer=q.answer,
        )
        for q in queries_of(session, key)
    )  # fmt: skip


def _event_views(session: Session, key: int) -> tuple[LetterEventView, ...]:
    rows = session.scalars(
        sa.select(GuaranteeEventRow)
        .where(GuaranteeEventRow.guarantee_id == key)
        .order_by(GuaranteeEventRow.at, GuaranteeEventRow.id)
    )
    return tuple(
        LetterEventView(
            id=e.id, at=e.at, start=e.from_state, to=e.to_state, actor=e.actor, note=e.note, reason=e.reason,
            override_reason=e.override_reason, overridden=tuple(e.overridden.split()),
        )
        for e in rows
    )  # fmt: skip


def versions_of(session: Session, guarantee_id: int) -> tuple[Version, ...]:
    """The letters of a case as far as ceilings go, oldest first."""
    rows = session.scalars(
        sa.select(GuaranteeVersionRow)
        .where(GuaranteeVersionRow.guarantee_id == guarantee_id)
        .order_by(GuaranteeVersionRow.number)
    )
    return tuple(
        Version(
            number=r.number, kind=r.kind, ceiling=money(r.ceiling_minor, r.currency), is_as_charged=r.is_as_charged,
            covered_days=r.covered_days, valid_from=r.valid_from, valid_to=r.valid_to, room_class=r.room_class,
        )
        for r in rows
    )  # fmt: skip


def queries_of(session: Session, guarantee_id: int) -> list[GuaranteeQueryRow]:
    """The insurer's questions about a letter, oldest first."""
    asked = sa.select(GuaranteeQueryRow).where(GuaranteeQueryRow.guarantee_id == guarantee_id)
    return list(session.scalars(asked.order_by(GuaranteeQueryRow.asked_at, GuaranteeQueryRow.id)))
