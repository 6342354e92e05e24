"""Agreements: writing them down, what each side promised, and the alarms before they end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.agreements import (
    AgreementDraft,
    Area,
    Dates,
    EndingDraft,
    KeptDraft,
    ObligationDraft,
    PartyDraft,
    alarm_of,
    check_agreement,
    check_ending,
    check_kept,
    check_obligation,
    days_left,
    last_day,
)
from liaison.domain.errors import Refused, refuse_if
from liaison.domain.fields import check_required, problem
from liaison.domain.problems import Problem
from liaison.domain.work import TaskKind
from liaison.i18n import N_
from liaison.services.changes import (
    Changes,
    add,
    changes,
    clock,
    draft_of,
    fill,
    get,
    get_for,
    need,
    today,
    zone,
)
from liaison.services.today import END_OF_DAY
from liaison.store.base import Record
from liaison.store.models import (
    ActivityRow,
    AgreementPartyRow,
    AgreementRow,
    MilestoneRow,
    ObligationRow,
    OrganizationRow,
    TaskRow,
)

CLOSED_ALREADY = N_("This was closed already. Undo that first.")
ENDED_ALREADY = N_("This agreement was ended already.")
RING = N_("That would close a ring: the other agreement already stands under this one.")

ALARMS = {
    180: N_("An agreement ends within 180 days: say whether it shall be renewed"),
    90: N_("An agreement ends within 90 days: agree on what follows it"),
    30: N_("An agreement ends within 30 days: renew it, or let it end"),
}
"""Titles of the steps that the alarms put on Today."""


# the agreement


def add_agreement(session: Session, draft: AgreementDraft) -> Changes:
    """Write an agreement down, with its parties; one without a signature is under negotiation."""
    refuse_if([*check_agreement(draft, today=today(session)), *_chained(session, None, draft)])
    row = add(session, fill(AgreementRow(), draft))
    for position, name in enumerate(_different(draft.parties)):
        session.add(AgreementPartyRow(agreement_id=row.id, position=position, name=name))
    session.flush()
    return changes(("agreement", row.id), made=row.id) | _let_alarms_rest(session)


def edit_agreement(session: Session, key: int, draft: AgreementDraft, *, version: int | None = None) -> Changes:
    """Correct an agreement, or write its signature down. Alarms about a last day that no longer holds are ticked off.

    Its parties have forms of their own: ``draft.parties`` is not looked at.
    """
    row = get_for(session, AgreementRow, key, draft, version=version)
    refuse_if([*check_agreement(draft, today=today(session)), *_chained(session, key, draft)])
    fill(row, draft)
    session.flush()
    done = _let_alarms_rest(session)
    return changes(("agreement", key)) | done


def agreement_draft(session: Session, key: int) -> AgreementDraft:
    """What the form of an agreement opens with."""
    row = get(session, AgreementRow, key)
    return draft_of(row, AgreementDraft, parties=(), areas=tuple(Area(code) for code in row.areas))


def end_agreement(session: Session, key: int, draft: EndingDraft, *, version: int | None = None) -> Changes:
    """Write down that an agreement was ended before its last day."""
    row = get(session, AgreementRow, key, version=version)
    if row.terminated_on is not None:
        raise Refused([Problem(code="ENDED_ALREADY", message=ENDED_ALREADY)])
    refuse_if(check_ending(draft, signed_on=row.signed_on, today=today(session)))
    fill(row, draft)
    session.flush()
    return changes(("agreement", key)) | _let_alarms_rest(session)


def _chained(session: Session, key: int | None, draft: AgreementDraft) -> list[Problem]:
    """Both ends of the chain are there, and it does not lead back to itself."""
    found = []
    for name in ("implements_id", "supersedes_id"):
        other: int | None = getattr(draft, name)
        found += need(session, AgreementRow, other, field=name)
        if key is not None and other is not None and key in _above(session, other):
            found.append(problem("RING", RING, name))
    return found


def _above(session: Session, key: int) -> set[int]:
    """An agreement with everything it carries out or replaces, however far up."""
    seen: set[int] = set()
    left = [key]
    while left:
        one = left.pop()
        row = session.get(AgreementRow, one)
        if one in seen or row is None:
            continue
        seen.add(one)
        left += [other for other in (row.implements_id, row.supersedes_id) if other is not None]
    return seen


def _different(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))


# parties


def add_party(session: Session, draft: PartyDraft) -> Changes:
    """Add a side to an agreement, with who signed for it."""
    refuse_if([*check_required(draft), *need(session, AgreementRow, draft.agreement_id), *_housed(session, draft)])
    last = session.scalar(
        sa.select(sa.func.max(AgreementPartyRow.position)).where(AgreementPartyRow.agreement_id == draft.agreement_id)
    )
    row = fill(AgreementPartyRow(), draft)
    row.position = 0 if last is None else last + 1
    add(session, row)
    return changes(("agreement_party", row.id), ("agreement", draft.agreement_id), made=row.id)


def _housed(session: Session, draft: PartyDraft) -> list[Problem]:
    """The house that a side is said to be stands in the network."""
    return need(session, OrganizationRow, draft.organization_id, field="organization_id")


def edit_party(session: Session, key: int, draft: PartyDraft, *, version: int | None = None) -> Changes:
    """Correct a side of an agreement."""
    row = get_for(session, AgreementPartyRow, key, draft, version=version)
    refuse_if([*check_required(draft), *_housed(session, draft)])
    fill(row, draft, leave=("agreement_id",))
    session.flush()
    return changes(("agreement_party", key), ("agreement", row.agreement_id))


def party_draft(session: Session, key: int) -> PartyDraft:
    """What the form of a party opens with."""
    return draft_of(get(session, AgreementPartyRow, key), PartyDraft)


def remove_party(session: Session, key: int) -> Changes:
    """Take a side off that was never one."""
    row = get(session, AgreementPartyRow, key)
    agreement_id = row.agreement_id
    session.delete(row)
    session.flush()
    return changes(("agreement_party", key), ("agreement", agreement_id))


# what was promised


def add_obligation(session: Session, draft: ObligationDraft) -> Changes:
    """Write down what a side promised."""
    refuse_if([*check_obligation(draft), *need(session, AgreementRow, draft.agreement_id)])
    row = add(session, fill(ObligationRow(), draft))
    return changes(("obligation", row.id), ("agreement", draft.agreement_id), made=row.id)


def edit_obligation(session: Session, key: int, draft: ObligationDraft, *, version: int | None = None) -> Changes:
    """Correct what was promised."""
    row = get_for(session, ObligationRow, key, draft, version=version)
    refuse_if(check_obligation(draft))
    fill(row, draft, leave=("agreement_id",))
    session.flush()
    return changes(("obligation", key), ("agreement", row.agreement_id))


def obligation_draft(session: Session, key: int) -> ObligationDraft:
    """What the form of a promise opens with."""
    return draft_of(get(session, ObligationRow, key), ObligationDraft)


def close_obligation(session: Session, key: int, draft: KeptDraft, *, version: int | None = None) -> Changes:
    """Say that a promise was kept, with what shows it, or why it will not be."""
    row = get(session, ObligationRow, key, version=version)
    close(session, row, draft)
    return changes(("obligation", key), ("agreement", row.agreement_id))


def close(session: Session, row: ObligationRow | ActivityRow | MilestoneRow, draft: KeptDraft) -> Record:
    """Close something promised: evidence or a reason, never neither. Raises :class:`Refused`."""
    if row.finished_on is not None:
        raise Refused([Problem(code="CLOSED_ALREADY", message=CLOSED_ALREADY)])
    refuse_if(check_kept(draft, today=today(session)))
    fill(row, draft)
    session.flush()
    return row


# the alarms


def dates_of(session: Session, row: AgreementRow) -> Dates:
    """What the standing of an agreement is read from, the signature of its successor among it."""
    replaced = session.scalar(
        sa.select(sa.func.min(AgreementRow.signed_on)).where(
            AgreementRow.supersedes_id == row.id, AgreementRow.signed_on.is_not(None)
        )
    )
    return dates_from(row, dt.date.fromisoformat(replaced) if isinstance(replaced, str) else replaced)


def dates_from(row: AgreementRow, superseded_on: dt.date | None) -> Dates:
    """The same, where the successor's signature is known."""
    return Dates(
        signed_on=row.signed_on, effective_on=row.effective_on, expires_on=row.expires_on, renewal=row.renewal,
        renews_months=row.renews_months, terminated_on=row.terminated_on, superseded_on=superseded_on,
    )  # fmt: skip


def alarms_due(session: Session) -> list[AgreementRow]:
    """Agreements that have come nearer to their last day than the last alarm said."""
    day = today(session)
    rows = session.scalars(
        sa.select(AgreementRow)
        .where(AgreementRow.expires_on.is_not(None), AgreementRow.terminated_on.is_(None))
        .order_by(AgreementRow.expires_on, AgreementRow.id)
    )
    return [row for row in rows if _alarm(session, row, day) is not None]


def _alarm(session: Session, row: AgreementRow, day: dt.date) -> int | None:
    """The alarm that is to be raised now; ``None`` where it was raised already, or none is due."""
    dates = dates_of(session, row)
    reached = alarm_of(days_left(dates, day))
    if reached is None:
        return None
    same = row.warned_of == last_day(dates, day) and row.warned_days is not None
    return None if same and row.warned_days is not None and row.warned_days <= reached else reached


def raise_alarms(session: Session) -> Changes:
    """Put every alarm that is due on Today, as office work: one step for each agreement, and none for its older one."""
    done = Changes(touched=())
    day = today(session)
    for row in alarms_due(session):
        reached = _alarm(session, row, day)
        if reached is None:
            continue
        done |= _tick_off(session, row.id)
        row.warned_of, row.warned_days = last_day(dates_of(session, row), day), reached
        due = dt.datetime.combine(day, END_OF_DAY, ZoneInfo(zone(session)))
        task = add(session, TaskRow(agreement_id=row.id, kind=TaskKind.ALARM, title=ALARMS[reached], due_at=due))
        done |= changes(("agreement", row.id), ("task", task.id))
    return done


def _let_alarms_rest(session: Session) -> Changes:
    """Tick off alarms about a last day that was put off, or about an agreement that no longer binds."""
    done = Changes(touched=())
    day = today(session)
    warned = sa.select(AgreementRow).where(AgreementRow.warned_of.is_not(None))
    for row in session.scalars(warned):
        dates = dates_of(session, row)
        if alarm_of(days_left(dates, day)) is None or last_day(dates, day) != row.warned_of:
            done |= _tick_off(session, row.id)
    return done


def _tick_off(session: Session, agreement_id: int) -> Changes:
    open_ones = sa.select(TaskRow).where(
        TaskRow.agreement_id == agreement_id, TaskRow.kind == TaskKind.ALARM, TaskRow.done_at.is_(None),
        TaskRow.title.in_(list(ALARMS.values())),
    )  # fmt: skip
    done = Changes(touched=())
    for task in session.scalars(open_ones):
        task.done_at = clock(session)
        done |= changes(("task", task.id))
    session.flush()
    return done
