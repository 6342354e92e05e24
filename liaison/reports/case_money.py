"""The letter and the money of a case, read for its summary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimKind
from liaison.domain.clocks import Pause, elapsed
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.money import Money
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.i18n import N_
from liaison.reports.case_view import AnswerView, BillDay, ClaimView, MoneyLine, VersionView
from liaison.services.belonging import name_of, policy_of
from liaison.services.changes import day_of
from liaison.services.final_bills import final_bill
from liaison.services.settlement import refund_due
from liaison.store.models import (
    BillRow,
    ClaimRow,
    EstimateRow,
    GuaranteeEventRow,
    GuaranteeQueryRow,
    GuaranteeRow,
    GuaranteeVersionRow,
    JourneyRow,
    PaymentRow,
)

_G = GuaranteeState

TARGET_MINUTES = {VersionKind.INITIAL: 240, VersionKind.TOPUP: 240, VersionKind.FINAL: 180}
"""How soon the office expects an answer. Source: ``domain`` 1.8, default targets; no regulator sets one."""

_REQUESTS = {
    _G.REQUESTED: VersionKind.INITIAL,
    _G.TOPUP_REQUESTED: VersionKind.TOPUP,
    _G.FINAL_REQUESTED: VersionKind.FINAL,
}
_ANSWERS = {
    _G.ISSUED: VersionKind.INITIAL,
    _G.DECLINED: VersionKind.INITIAL,
    _G.DEFERRED: VersionKind.INITIAL,
    _G.TOPUP_ISSUED: VersionKind.TOPUP,
    _G.ACCEPTED: VersionKind.TOPUP,
    _G.FINAL_ISSUED: VersionKind.FINAL,
}
_NOT_IN_FORCE = {_G.DRAFT, _G.DECLINED, _G.DEFERRED, _G.EXPIRED, _G.WITHDRAWN, _G.CONVERTED, _G.CANCELLED}
_AWAITING_INSURER = frozenset({"K04", "K05", "K06", "K08", "K12"})
"""States of a claim in which the insurer has to decide."""
_SETTLED = {_G.FINAL_ISSUED, _G.CLOSED}
"""States in which a final letter has replaced every ceiling before it; a corrected bill opens them again."""
_ENDED = (_G.CANCELLED.value, _G.CLOSED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request to the insurer and its answer, with the pauses in which the insurer waited for us."""

    kind: VersionKind
    asked_at: dt.datetime
    answered_at: dt.datetime | None
    pauses: tuple[Pause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The letter of a case: its state, ceiling now, versions newest first, and its requests oldest first."""

    id: int | None = None
    cover_id: int | None = None
    state: GuaranteeState | None = None
    gl_no: str = ""
    ceiling: Money | None = None
    versions: tuple[VersionView, ...] = ()
    requests: tuple[Request, ...] = ()
    accepted: Money | None = None
    excess: Money | None = None

    @property
    def is_final(self) -> bool:
        """Whether a final letter stands for all letters before it."""
        return self.state in _SETTLED and any(v.kind is VersionKind.FINAL for v in self.versions)

    @property
    def state_label(self) -> str:
        """The state as a marked text."""
        return self.state.label if self.state else ""

    @property
    def asked(self) -> VersionView | None:
        """The version that was asked for and not yet answered."""
        return next((v for v in self.versions if v.is_asked), None)

    def answers_until(self, now: dt.datetime) -> tuple[AnswerView, ...]:
        """How long each request took, newest first."""
        result = []
        for request in reversed(self.requests):
            took = elapsed(request.asked_at, request.answered_at or now, request.pauses)
            amount = self._amount_of(request)
            result.append(
                AnswerView(
                    kind=request.kind,
                    amount=amount,
                    asked_at=request.asked_at,
                    answered_at=request.answered_at,
                    took_minutes=int(took.total_seconds() // 60),
                    target_minutes=TARGET_MINUTES[request.kind],
                )
            )
        return tuple(result)

    def _amount_of(self, request: Request) -> Money | None:
        if request.answered_at is None:
            return self.asked.ceiling if self.asked else None
        day = dt.timedelta(days=1)
        near = [
            v
            for v in self.versions
            if v.kind is request.kind and v.issued_at and abs(v.issued_at - request.answered_at) < day
        ]
        return near[0].ceiling if near else None


def letter_of(session: Session, journey: JourneyRow, *, today: dt.date) -> Letter:
    """The letter that counts now: the newest that is not closed or cancelled, else the newest of all."""
    row = session.scalar(
        sa.select(GuaranteeRow)
        .where(GuaranteeRow.journey_id == journey.id)
        .order_by(GuaranteeRow.state.in_(_ENDED), GuaranteeRow.id.desc())
        .limit(1)
    )
    if row is None:
        return Letter()
    requests = _requests(session, row.id)
    versions = _versions(session, row, today)
    asked = _asked(session, journey.id, row, versions, requests)
    in_force = next((v for v in versions if v.is_in_force), None)
    currency = row.accepted_currency or next((v.ceiling.currency for v in versions if v.ceiling), "")
    return Letter(
        id=row.id,
        cover_id=row.cover_id,
        state=row.state,
        gl_no=row.gl_no,
        ceiling=in_force.ceiling if in_force else None,
        versions=(asked, *versions) if asked else versions,
        requests=requests,
        accepted=Money(row.accepted_minor, currency) if row.accepted_minor is not None and currency else None,
        excess=Money(row.excess_minor, currency) if row.excess_minor is not None and currency else None,
    )


def _versions(session: Session, letter: GuaranteeRow, today: dt.date) -> tuple[VersionView, ...]:
    rows = session.scalars(
        sa.select(GuaranteeVersionRow)
        .where(GuaranteeVersionRow.guarantee_id == letter.id)
        .order_by(GuaranteeVersionRow.number.desc())
    ).all()
    views = [
        VersionView(
            number=row.number,
            kind=row.kind,
            ceiling=Money(row.ceiling_minor, row.currency) if row.ceiling_minor is not None else None,
            issued_at=row.issued_at,
            valid_to=row.valid_to,
        )
        for row in rows
    ]
    if letter.state in _SETTLED and any(view.kind is VersionKind.FINAL for view in views):
        # What the final letter accepted is what counts; no ceiling before it does any more.
        return tuple(views)
    now = next((i for i, view in enumerate(views) if view.kind is not VersionKind.FINAL), None)
    if now is not None:
        ends = views[now].valid_to
        alive = letter.state not in _NOT_IN_FORCE and (ends is None or ends >= today)
        views[now] = replace(views[now], is_in_force=alive, is_newest=True)
    return tuple(views)


def _asked(
    session: Session,
    journey_id: int,
    letter: GuaranteeRow,
    versions: Sequence[VersionView],
    requests: Sequence[Request],
) -> VersionView | None:
    """The version asked for: its ceiling is the hospital's newest estimate where that is above the one in force."""
    open_request = next((r for r in reversed(requests) if r.answered_at is None), None)
    if open_request is None or open_request.kind is VersionKind.FINAL:
        return None
    estimate = latest_estimate(session, journey_id)
    top = Money(estimate.high_minor, estimate.currency) if estimate else None
    now = versions[0].ceiling if versions else None
    if top and now and (top.currency != now.currency or top.minor <= now.minor):
        top = None
    return VersionView(
        number=(versions[0].number if versions else 0) + 1,
        kind=open_request.kind,
        ceiling=top,
        issued_at=None,
        asked_at=open_request.asked_at,
        is_asked=True,
    )


def _requests(session: Session, guarantee_id: int) -> tuple[Request, ...]:
    moves = session.execute(
        sa.select(GuaranteeEventRow.at, GuaranteeEventRow.to_state)
        .where(GuaranteeEventRow.guarantee_id == guarantee_id)
        .order_by(GuaranteeEventRow.at, GuaranteeEventRow.id)
    ).all()
    queries = session.execute(
        sa.select(GuaranteeQueryRow.asked_at, GuaranteeQueryRow.answered_at).where(
            GuaranteeQueryRow.guarantee_id == guarantee_id
        )
    ).all()
    pauses = tuple(Pause(start=asked, until=answered) for asked, answered in queries)
    return pair_requests([(at, state) for at, state in moves], pauses)


def pair_requests(
    moves: Sequence[tuple[dt.datetime, GuaranteeState]], pauses: tuple[Pause, ...]
) -> tuple[Request, ...]:
    """Requests with the moves that answered them; a request repeated before its answer counts from the first."""
    open_requests: dict[VersionKind, dt.datetime] = {}
    result: list[Request] = []
    for at, state in moves:
        if state in _REQUESTS:
            open_requests.setdefault(_REQUESTS[state], at)
        kind = _ANSWERS.get(state)
        if kind is not None and kind in open_requests:
            result.append(Request(kind=kind, asked_at=open_requests.pop(kind), answered_at=at, pauses=pauses))
        if state in (_G.CANCELLED, _G.WITHDRAWN, _G.CONVERTED, _G.CLOSED):
            open_requests.clear()
    result += [Request(kind=kind, asked_at=at, answered_at=None, pauses=pauses) for kind, at in open_requests.items()]
    return tuple(sorted(result, key=lambda r: r.asked_at))


# money


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMoney:
    """Bills, payments and claims of a case."""

    lines: tuple[MoneyLine, ...] = ()
    payer_lines: tuple[MoneyLine, ...] = ()
    bill: Money | None = None
    bill_kind: BillKind | None = None
    bill_days: tuple[BillDay, ...] = ()
    claims: tuple[ClaimView, ...] = ()
    open_claim: ClaimView | None = None


def latest_estimate(session: Session, journey_id: int) -> EstimateRow | None:
    """The hospital's newest estimate abroad, else the newest of all."""
    return session.scalar(
        sa.select(EstimateRow)
        .where(EstimateRow.journey_id == journey_id)
        .order_by(EstimateRow.is_domestic, EstimateRow.stated_on.desc(), EstimateRow.id.desc())
        .limit(1)
    )


def money_of(session: Session, journey: JourneyRow, letter: Letter) -> CaseMoney:
    """What was estimated, guaranteed, billed, paid and claimed."""
    bills = session.scalars(
        sa.select(BillRow)
        .where(BillRow.journey_id == journey.id, BillRow.kind != BillKind.CREDIT_NOTE.value)
        .order_by(BillRow.billed_on, BillRow.id)
    ).all()
    last = next((b for b in reversed(bills) if b.kind is BillKind.FINAL), bills[-1] if bills else None)
    whole = final_bill(session, journey.id)
    bill = whole.amount if whole is not None else Money(last.amount_minor, last.currency) if last else None
    own, others = _payments(session, journey.id)
    claims = _claims(session, journey.id)
    return CaseMoney(
        lines=(*_first_lines(session, journey.id, letter, last, bill), *own, *_comes_back(session, journey.id)),
        payer_lines=(*others, *_short_pay(session, journey.id, letter)),
        bill=bill,
        bill_kind=last.kind if last else None,
        bill_days=_bill_days([b for b in bills if b.kind is BillKind.INTERIM and last and b.currency == last.currency]),
        claims=tuple(view for view, _ in claims),
        open_claim=next((view for view, is_waiting in claims if is_waiting), None),
    )


def _first_lines(
    session: Session, journey_id: int, letter: Letter, bill: BillRow | None, amount: Money | None
) -> list[MoneyLine]:
    lines: list[MoneyLine] = []
    estimate = latest_estimate(session, journey_id)
    if estimate is not None:
        lines.append(
            MoneyLine(
                label=N_("Hospital's estimate"),
                amount=Money(estimate.high_minor, estimate.currency),
                remark=N_("estimate of {date}"),
                values=(("date", estimate.stated_on),),
            )
        )
    if letter.ceiling is not None:
        now = next(v for v in letter.versions if v.is_in_force)
        issued = day_of(session, now.issued_at) if now.issued_at else None
        lines.append(
            MoneyLine(
                label=N_("Ceiling of the letter now"),
                amount=letter.ceiling,
                remark=N_("version {number}, {date}"),
                values=(("number", now.number), ("date", issued)),
            )
        )
    if bill is not None and amount is not None:
        lines.append(
            MoneyLine(
                label=N_("Final bill") if bill.kind is BillKind.FINAL else N_("Interim bill"),
                amount=amount,
                remark=N_("bill {number}, {date}") if bill.bill_no else N_("bill of {date}"),
                values=(("number", bill.bill_no), ("date", bill.billed_on)),
            )
        )
        if letter.ceiling is not None and letter.ceiling.currency == amount.currency and bill.kind is BillKind.INTERIM:
            left = letter.ceiling - amount
            lines.append(
                MoneyLine(label=N_("Left under the ceiling"), amount=left, remark=N_("computed"), is_result=True)
            )
    if letter.accepted is not None:
        lines.append(MoneyLine(label=N_("Accepted in the final letter"), amount=letter.accepted))
    if letter.excess is not None:
        lines.append(MoneyLine(label=N_("Excess for the patient to pay"), amount=letter.excess))
    return lines


_PAYMENT_WORDS = {
    PaymentPurpose.DEPOSIT: N_("Deposit paid by the patient"),
    PaymentPurpose.EXCESS: N_("Excess paid by the patient"),
    PaymentPurpose.COPAY: N_("Co-payment paid by the patient"),
    PaymentPurpose.BILL: N_("Bill paid by the patient"),
    PaymentPurpose.REFUND: N_("Refunded to the patient"),
    PaymentPurpose.CLAIM: N_("Claim payment"),
}
_OTHERS_WORDS = {
    Payer.INSURER: N_("Paid by the insurer"),
    Payer.ADMINISTRATOR: N_("Paid by the administrator"),
    Payer.EMPLOYER: N_("Paid by the employer"),
    Payer.HOSPITAL: N_("Paid back by the hospital"),
    Payer.PATIENT: N_("Claim payment"),
}


def _payments(session: Session, journey_id: int) -> tuple[tuple[MoneyLine, ...], tuple[MoneyLine, ...]]:
    """The patient's own payments, which the parties to a case may see, and those of others, which stay inside."""
    rows = session.scalars(
        sa.select(PaymentRow).where(PaymentRow.journey_id == journey_id).order_by(PaymentRow.paid_on, PaymentRow.id)
    ).all()
    own: list[MoneyLine] = []
    others: list[MoneyLine] = []
    for row in rows:
        back = row.purpose is PaymentPurpose.REFUND
        mine = row.payer is Payer.PATIENT or back
        line = MoneyLine(
            label=_PAYMENT_WORDS[row.purpose] if mine else _OTHERS_WORDS[row.payer],
            amount=Money(row.amount_minor if back else -row.amount_minor, row.currency),
            remark=N_("receipt {number}, {date}") if row.receipt_no else N_("on {date}"),
            values=(("number", row.receipt_no), ("date", row.paid_on)),
        )
        if mine:
            own.append(line)
        else:
            others.append(_of_its_claim(session, row, line))
    return tuple(own), tuple(sorted(others, key=lambda line: line.label == _DEATH_BENEFIT))


_DEATH_BENEFIT = N_("Death benefit paid by {payer}; not for the bill")
_PAID_BACK = {ClaimKind.REIMBURSEMENT, ClaimKind.PRE_POST_HOSP, ClaimKind.TOP_UP_COB}


def _of_its_claim(session: Session, row: PaymentRow, line: MoneyLine) -> MoneyLine:
    """The payment of a claim with who paid which claim; what goes to the family lowers no bill and has no minus."""
    claim = session.get(ClaimRow, row.claim_id) if row.claim_id is not None else None
    policy = policy_of(session, claim.cover_id) if claim is not None else None
    if claim is None or policy is None:
        return line
    payer = {Payer.INSURER: policy.insurer_id, Payer.ADMINISTRATOR: policy.administrator_id}.get(row.payer)
    name = name_of(session, payer)
    if not name:
        return line
    label, sign = N_("Paid by {payer}"), -1
    if claim.kind is ClaimKind.DEATH:
        label, sign = _DEATH_BENEFIT, 1
    elif claim.kind in _PAID_BACK:
        label, sign = N_("Paid back to the patient by {payer}"), 1
    remark = N_("claim {claim}, receipt {number}, {date}") if row.receipt_no else N_("claim {claim}, {date}")
    return replace(
        line,
        label=label,
        amount=Money(sign * row.amount_minor, row.currency),
        remark=remark if claim.claim_no else line.remark,
        values=(*line.values, ("payer", name), ("claim", claim.claim_no)),
    )


def _short_pay(session: Session, journey_id: int, letter: Letter) -> tuple[MoneyLine, ...]:
    """What the insurer accepted in the final letter and has not paid, once it has paid the hospital something."""
    if letter.accepted is None:
        return ()
    paid = session.scalar(
        sa.select(sa.func.sum(PaymentRow.amount_minor))
        .outerjoin(ClaimRow, ClaimRow.id == PaymentRow.claim_id)
        .where(
            PaymentRow.journey_id == journey_id,
            PaymentRow.payer.in_((Payer.INSURER, Payer.ADMINISTRATOR)),
            PaymentRow.currency == letter.accepted.currency,
            sa.or_(ClaimRow.id.is_(None), ClaimRow.kind == ClaimKind.CASHLESS),
        )
    )
    short = letter.accepted.minor - (paid or 0)
    if not paid or short <= 0:
        return ()
    label = N_("Accepted in the final letter and not paid")
    return (
        MoneyLine(
            label=label, amount=Money(short, letter.accepted.currency), remark=N_("computed"), is_result=True
        ),
    )  # fmt: skip


def _comes_back(session: Session, journey_id: int) -> tuple[MoneyLine, ...]:
    """What the hospital still has to give back of a deposit, under the payments it follows from."""
    due = refund_due(session, journey_id)
    if due is None:
        return ()
    return (
        MoneyLine(
            label=N_("Still to be refunded by the hospital"), amount=due, remark=N_("computed"), is_result=True
        ),
    )  # fmt: skip


def _bill_days(bills: Sequence[BillRow]) -> tuple[BillDay, ...]:
    """What the running total grew by from bill to bill; nothing where it ever shrank."""
    days: list[BillDay] = []
    before = 0
    for bill in bills:
        if bill.amount_minor < before:
            return ()
        days.append(BillDay(on=bill.billed_on, amount=Money(bill.amount_minor - before, bill.currency)))
        before = bill.amount_minor
    return tuple(day for day in days if day.amount.minor)


def _claims(session: Session, journey_id: int) -> list[tuple[ClaimView, bool]]:
    rows = session.scalars(
        sa.select(ClaimRow)
        .where(ClaimRow.journey_id == journey_id, ClaimRow.voided_reason == "")
        .order_by(ClaimRow.aged_from, ClaimRow.id)
    ).all()
    return [
        (
            ClaimView(
                claim_no=row.claim_no,
                state=row.state.label,
                billed=Money(row.billed_minor, row.currency),
                approved=Money(row.approved_minor, row.currency) if row.approved_minor is not None else None,
                paid=Money(row.paid_minor, row.currency) if row.paid_minor else None,
            ),
            row.state.value in _AWAITING_INSURER,
        )
        for row in rows
    ]
