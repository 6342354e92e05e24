"""Payments that somebody promised: written down with a day, followed up as a step, ticked off when the money comes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.clocks import after_working_days
from liaison.domain.errors import Refused, refuse_if
from liaison.domain.money import Money
from liaison.domain.payments import Payer, PaymentPurpose
from liaison.domain.problems import Problem
from liaison.domain.settlement import MOST_INSTALMENTS, PromiseDraft, PromiseKind, check_promise, instalments
from liaison.domain.work import WaitingOn
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, fill, get, need, today
from liaison.services.office_hours import office_calendar
from liaison.services.work import finish_titled, open_waiting
from liaison.store.models import ClaimRow, JourneyRow, PromiseRow

if TYPE_CHECKING:
    from liaison.store.models import PaymentRow

KEPT_ALREADY = N_("This promise was kept already.")
HOW_MANY = N_("Choose from 1 to {most} instalments.")

STEP_OF = {
    PromiseKind.REFUND: N_("Follow up the refund of the deposit"),
    PromiseKind.BILL: N_("Follow up the rest of the bill"),
    PromiseKind.INSTALMENT: N_("Follow up the instalments of the bill"),
    PromiseKind.CLAIM: N_("Follow up the rest of the claim payment"),
}

_WHO = {
    Payer.PATIENT: WaitingOn.PATIENT, Payer.INSURER: WaitingOn.INSURER, Payer.ADMINISTRATOR: WaitingOn.ADMINISTRATOR,
    Payer.HOSPITAL: WaitingOn.HOSPITAL, Payer.EMPLOYER: WaitingOn.OTHER,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseView:
    """A promise as a page shows it."""

    id: int
    version: int
    claim_id: int | None
    kind: PromiseKind
    promised_by: Payer
    amount: Money
    due_on: dt.date
    kept_on: dt.date | None
    is_late: bool
    note: str


def promise(session: Session, draft: PromiseDraft) -> Changes:
    """Write down what was promised, and open the step that follows it up on its day."""
    problems = [*check_promise(draft, today=today(session))]
    problems += need(session, JourneyRow, draft.journey_id, field="journey_id")
    problems += need(session, ClaimRow, draft.claim_id, field="claim_id")
    refuse_if(problems)
    row = add(session, fill(PromiseRow(), draft))
    _follow_up(session, row.journey_id, row.claim_id, row.kind)
    return _touched(row, made=row.id)


def promise_instalments(session: Session, draft: PromiseDraft, *, count: int) -> Changes:
    """Write down a bill that is paid in monthly instalments; together they are the bill."""
    if not 1 <= count <= MOST_INSTALMENTS:
        raise Refused([Problem(code="HOW_MANY", message=HOW_MANY, field="count", values={"most": MOST_INSTALMENTS})])
    refuse_if([*check_promise(draft, today=today(session)), *need(session, JourneyRow, draft.journey_id)])
    done = Changes(touched=())
    for due_on, amount in instalments(draft.amount, first_on=draft.due_on, count=count):
        row = fill(PromiseRow(), draft)
        row.due_on, row.amount_minor, row.kind = due_on, amount.minor, PromiseKind.INSTALMENT
        add(session, row)
        done |= _touched(row, made=row.id)
    _follow_up(session, draft.journey_id, draft.claim_id, PromiseKind.INSTALMENT)
    return done


def keep_promise(session: Session, key: int, *, on: dt.date | None = None) -> Changes:
    """Say that a promise was kept; the step follows the next one, or is done."""
    row = get(session, PromiseRow, key)
    if row.kept_on is not None:
        raise Refused([Problem(code="KEPT_ALREADY", message=KEPT_ALREADY)])
    row.kept_on = on or today(session)
    session.flush()
    _follow_up(session, row.journey_id, row.claim_id, row.kind)
    return _touched(row)


def take_off_promise(session: Session, key: int) -> Changes:
    """Take a promise off that was entered in error; one undo brings it back."""
    row = get(session, PromiseRow, key)
    session.delete(row)
    session.flush()
    _follow_up(session, row.journey_id, row.claim_id, row.kind)
    return _touched(row)


def promises_of(session: Session, journey_id: int, *, claim_id: int | None = None) -> tuple[PromiseView, ...]:
    """What was promised on a case (or one of its claims), the next one first, kept ones last."""
    rows = sa.select(PromiseRow).where(PromiseRow.journey_id == journey_id)
    if claim_id is not None:
        rows = rows.where(PromiseRow.claim_id == claim_id)
    day = today(session)
    found = [
        PromiseView(
            id=r.id, version=r.version, claim_id=r.claim_id, kind=r.kind, promised_by=r.promised_by,
            amount=Money(r.amount_minor, r.currency), due_on=r.due_on, kept_on=r.kept_on,
            is_late=r.kept_on is None and r.due_on < day, note=r.note,
        )
        for r in session.scalars(rows)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda p: (p.kept_on is not None, p.due_on, p.id)))


_KEPT_BY = {
    PaymentPurpose.REFUND: (PromiseKind.REFUND,),
    PaymentPurpose.BILL: (PromiseKind.INSTALMENT, PromiseKind.BILL),
    PaymentPurpose.EXCESS: (PromiseKind.BILL,),
    PaymentPurpose.CLAIM: (PromiseKind.CLAIM,),
}


def keep_by_payment(session: Session, payment: PaymentRow) -> None:
    """Tick off the promises that a payment keeps, the earliest first, as far as the money goes."""
    kinds = _KEPT_BY.get(payment.purpose, ())
    if not kinds or payment.journey_id is None:
        return
    rows = session.scalars(
        sa.select(PromiseRow)
        .where(
            PromiseRow.journey_id == payment.journey_id, PromiseRow.kind.in_(kinds), PromiseRow.kept_on.is_(None),
            PromiseRow.currency == payment.currency, PromiseRow.claim_id.is_not_distinct_from(payment.claim_id),
        )
        .order_by(PromiseRow.due_on, PromiseRow.id)
    ).all()  # fmt: skip
    left = payment.amount_minor
    for row in rows:
        if row.amount_minor > left:
            break
        left -= row.amount_minor
        row.kept_on = payment.paid_on
        session.flush()
        _follow_up(session, row.journey_id, row.claim_id, row.kind)


def reopen_without_payment(session: Session, payment: PaymentRow) -> None:
    """Take the ticks back that :func:`keep_by_payment` set for a payment that was entered in error."""
    kinds = _KEPT_BY.get(payment.purpose, ())
    if not kinds or payment.journey_id is None:
        return
    rows = session.scalars(
        sa.select(PromiseRow)
        .where(
            PromiseRow.journey_id == payment.journey_id, PromiseRow.kind.in_(kinds),
            PromiseRow.kept_on == payment.paid_on, PromiseRow.currency == payment.currency,
            PromiseRow.claim_id.is_not_distinct_from(payment.claim_id),
        )
        .order_by(PromiseRow.due_on, PromiseRow.id)
    ).all()  # fmt: skip
    left = payment.amount_minor
    for row in rows:
        if row.amount_minor > left:
            break
        left -= row.amount_minor
        row.kept_on = None
        session.flush()
        _follow_up(session, row.journey_id, row.claim_id, row.kind)


def _follow_up(session: Session, journey_id: int, claim_id: int | None, kind: PromiseKind) -> None:
    """Keep one step open that follows up the next open promise of a kind, due the working day after it."""
    title = STEP_OF[kind]
    finish_titled(session, title, journey_id=journey_id, claim_id=claim_id)
    row = session.scalar(
        sa.select(PromiseRow)
        .where(
            PromiseRow.journey_id == journey_id, PromiseRow.kind == kind, PromiseRow.kept_on.is_(None),
            PromiseRow.claim_id.is_not_distinct_from(claim_id),
        )
        .order_by(PromiseRow.due_on, PromiseRow.id)
        .limit(1)
    )  # fmt: skip
    if row is not None:
        noon = dt.datetime.combine(row.due_on, dt.time(5), tzinfo=dt.UTC)
        open_waiting(
            session, title, who=_WHO[row.promised_by], journey_id=journey_id, claim_id=claim_id,
            due_at=after_working_days(noon, 0, office_calendar(session)),
        )  # fmt: skip


def _touched(row: PromiseRow, *, made: int | None = None) -> Changes:
    return changes(("promise", row.id), ("journey", row.journey_id), ("claim", row.claim_id), made=made)
