"""Events for Indonesians abroad with the cases that came of them, and the channels by which a disease is reported."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.fields import check_required
from liaison.domain.outreach import (
    ChannelDraft,
    ChannelState,
    ChannelTestDraft,
    OutreachDraft,
    channel_state,
    check_channel_test,
    check_outreach,
)
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, actor, add, changes, draft_of, fill, get, get_for, need, today
from liaison.store.models import AgreementRow, JourneyRow, OutreachCaseRow, OutreachRow, ReportChannelRow

LINKED_ALREADY = N_("This case is noted with an event already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachLine:
    """One event: how many came, were referred, and became cases. It names nobody."""

    id: int
    version: int
    title: str
    country: str
    city: str
    held_on: dt.date
    is_month_only: bool
    audience: str
    headcount: int | None
    services: str
    partners: str
    referrals: int | None
    cases: tuple[tuple[int, str], ...]
    """Keys and numbers of the cases that came of it."""
    agreement_id: int | None
    agreement: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLine:
    """One channel, and whether it can be leaned on."""

    id: int
    version: int
    topic: str
    authority: str
    country: str
    how: str
    hours: str
    agreement_id: int | None
    agreement: str
    note: str
    tested_on: dt.date | None
    tested_by: str
    tested_note: str
    state: ChannelState


# events


def add_outreach(session: Session, draft: OutreachDraft) -> Changes:
    """Write an event down."""
    _check(session, draft)
    row = add(session, fill(OutreachRow(), draft))
    return changes(("outreach_event", row.id), ("agreement", row.agreement_id), made=row.id)


def edit_outreach(session: Session, key: int, draft: OutreachDraft, *, version: int | None = None) -> Changes:
    """Change an event."""
    row = get_for(session, OutreachRow, key, draft, version=version)
    _check(session, draft)
    fill(row, draft)
    session.flush()
    return changes(("outreach_event", key), ("agreement", row.agreement_id))


def outreach_draft(session: Session, key: int) -> OutreachDraft:
    """What the form of an event opens with."""
    return draft_of(get(session, OutreachRow, key), OutreachDraft)


def _check(session: Session, draft: OutreachDraft) -> None:
    found = check_outreach(draft, today=today(session))
    refuse_if([*found, *need(session, AgreementRow, draft.agreement_id, field="agreement_id")])


def link_case(session: Session, key: int, journey_id: int) -> Changes:
    """Say that a case came of an event; a case comes of one event at most."""
    refuse_if([*need(session, OutreachRow, key), *need(session, JourneyRow, journey_id, field="journey_id")])
    known = session.scalar(sa.select(OutreachCaseRow.id).where(OutreachCaseRow.journey_id == journey_id))
    if known is not None:
        raise Refused([Problem(code="LINKED_ALREADY", message=LINKED_ALREADY, field="journey_id")])
    row = add(session, OutreachCaseRow(outreach_id=key, journey_id=journey_id))
    return changes(("outreach_case", row.id), ("outreach_event", key), ("journey", journey_id), made=row.id)


def unlink_case(session: Session, key: int, journey_id: int) -> Changes:
    """A case did not come of that event after all."""
    rows = session.scalars(
        sa.select(OutreachCaseRow).where(OutreachCaseRow.outreach_id == key, OutreachCaseRow.journey_id == journey_id)
    )
    for row in rows:
        session.delete(row)
    session.flush()
    return changes(("outreach_event", key), ("journey", journey_id))


def outreach_lines(session: Session) -> list[OutreachLine]:
    """Every event, the newest first."""
    asked = (
        sa.select(OutreachRow, AgreementRow.title)
        .outerjoin(AgreementRow, AgreementRow.id == OutreachRow.agreement_id)
        .order_by(OutreachRow.held_on.desc(), OutreachRow.id.desc())
    )
    cases: dict[int, list[tuple[int, str]]] = {}
    linked = (
        sa.select(OutreachCaseRow.outreach_id, JourneyRow.id, JourneyRow.case_no)
        .join(JourneyRow, JourneyRow.id == OutreachCaseRow.journey_id)
        .order_by(JourneyRow.id)
    )
    for key, journey_id, case_no in session.execute(linked):
        cases.setdefault(key, []).append((journey_id, case_no))
    return [
        OutreachLine(
            id=r.id, version=r.version, title=r.title, country=r.country, city=r.city, held_on=r.held_on,
            is_month_only=r.is_month_only, audience=r.audience, headcount=r.headcount, services=r.services,
            partners=r.partners, referrals=r.referrals, cases=tuple(cases.get(r.id, ())), agreement_id=r.agreement_id,
            agreement=title or "", note=r.note,
        )
        for r, title in session.execute(asked)
    ]  # fmt: skip


def outreach(session: Session, key: int) -> OutreachLine:
    """One event. Raises :class:`Refused` where it is gone."""
    get(session, OutreachRow, key)
    return next(line for line in outreach_lines(session) if line.id == key)


def referred_at(line: OutreachLine) -> frozenset[int]:
    """A key for each person referred at an event. Their names are not on record; the first of them are the same again.

    So that their number, where it is printed, is held against the other figures of the same people.
    """
    return frozenset(range(line.id + 1, line.id + 1 + (line.referrals or 0)))


# channels


def add_channel(session: Session, draft: ChannelDraft) -> Changes:
    """Write down to whom a disease is reported."""
    _check_channel(session, draft)
    row = add(session, fill(ReportChannelRow(), draft))
    return changes(("report_channel", row.id), ("agreement", row.agreement_id), made=row.id)


def edit_channel(session: Session, key: int, draft: ChannelDraft, *, version: int | None = None) -> Changes:
    """Change a channel; another way to reach it has not been tried yet."""
    row = get_for(session, ReportChannelRow, key, draft, version=version)
    _check_channel(session, draft)
    if draft.how.strip() != row.how:
        row.tested_on, row.has_answered, row.tested_by, row.tested_note = None, False, "", ""
    fill(row, draft)
    session.flush()
    return changes(("report_channel", key), ("agreement", row.agreement_id))


def channel_draft(session: Session, key: int) -> ChannelDraft:
    """What the form of a channel opens with."""
    return draft_of(get(session, ReportChannelRow, key), ChannelDraft)


def _check_channel(session: Session, draft: ChannelDraft) -> None:
    found = check_required(draft)
    refuse_if([*found, *need(session, AgreementRow, draft.agreement_id, field="agreement_id")])


def try_channel(session: Session, key: int, draft: ChannelTestDraft, *, version: int | None = None) -> Changes:
    """Write down that somebody tried a channel, and whether it answered."""
    row = get(session, ReportChannelRow, key, version=version)
    refuse_if(check_channel_test(draft, today=today(session)))
    fill(row, draft)
    row.tested_by = actor(session)
    session.flush()
    return changes(("report_channel", key), ("agreement", row.agreement_id))


def channel_lines(session: Session) -> list[ChannelLine]:
    """Every channel: those that cannot be leaned on first."""
    asked = sa.select(ReportChannelRow, AgreementRow.title).outerjoin(
        AgreementRow, AgreementRow.id == ReportChannelRow.agreement_id
    )
    day = today(session)
    lines = [
        ChannelLine(
            id=r.id, version=r.version, topic=r.topic, authority=r.authority, country=r.country, how=r.how,
            hours=r.hours, agreement_id=r.agreement_id, agreement=title or "", note=r.note, tested_on=r.tested_on,
            tested_by=r.tested_by, tested_note=r.tested_note,
            state=channel_state(r.tested_on, has_answered=r.has_answered, today=day),
        )
        for r, title in session.execute(asked)
    ]  # fmt: skip
    return sorted(lines, key=lambda one: (one.state is ChannelState.ANSWERS, one.tested_on or dt.date.min, one.id))


def channel(session: Session, key: int) -> ChannelLine:
    """One channel. Raises :class:`Refused` where it is gone."""
    get(session, ReportChannelRow, key)
    return next(line for line in channel_lines(session) if line.id == key)
