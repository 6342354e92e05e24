"""One case as its hospital and its insurer each have it: figure by figure, with the document behind it.

A figure that both sides state is compared; a difference is listed, never hidden, and is a step for somebody. A figure
without its document is told as unverified. Source: ``domain`` 1.9, transparency loop, and section 4 (R8).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimState
from liaison.domain.clocks import after_working_days
from liaison.domain.coded import Coded
from liaison.domain.documents import DocumentKind
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.money import Money
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.work import WaitingOn
from liaison.i18n import N_
from liaison.services.belonging import name_of, policy_of
from liaison.services.changes import Changes, changes, clock, day_of, get
from liaison.services.office_hours import office_calendar
from liaison.services.work import open_waiting
from liaison.store.models import (
    BillRow,
    ClaimRow,
    DocumentRow,
    EstimateRow,
    GuaranteeRow,
    GuaranteeVersionRow,
    JourneyRow,
    OfficerRow,
    PaymentRow,
    TaskRow,
)

DUE_DAYS = 2
"""Working days until somebody asks how a difference came about."""

Value = Money | dt.date | str | None


class Item(Coded):
    """What both sides say something about. The stored value is fixed."""

    ADMITTED = "ADMITTED", N_("day of admission")
    DISCHARGED = "DISCHARGED", N_("day of discharge")
    ROOM = "ROOM", N_("room class")
    ESTIMATE = "ESTIMATE", N_("estimate, and the ceiling of the letter")
    CLAIMED = "CLAIMED", N_("bill less the patient's share, and the claim")
    ACCEPTED = "ACCEPTED", N_("final bill, and what the final letter settles")
    SHARE = "SHARE", N_("patient's share: collected, and due")
    PAID = "PAID", N_("payment: received, and accepted")


STEPS: Mapping[Item, str] = {
    Item.ADMITTED: N_("Settle between both sides: day of admission"),
    Item.DISCHARGED: N_("Settle between both sides: day of discharge"),
    Item.ROOM: N_("Settle between both sides: room class"),
    Item.ESTIMATE: N_("Settle between both sides: estimate above the ceiling"),
    Item.CLAIMED: N_("Settle between both sides: final bill and claim"),
    Item.ACCEPTED: N_("Settle between both sides: final bill and final letter"),
    Item.SHARE: N_("Settle between both sides: patient's share"),
    Item.PAID: N_("Settle between both sides: payment and final letter"),
}
"""The title of the step that each difference is."""

_WHO = {Item.ROOM: WaitingOn.HOSPITAL, Item.SHARE: WaitingOn.HOSPITAL, Item.CLAIMED: WaitingOn.HOSPITAL}
"""Whom the step waits for; the insurer where nothing else is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one side says: its value, the document it stands in, and whether that document is here."""

    value: Value = None
    document: str = ""
    """A number as it stands on the paper."""
    kind: DocumentKind | None = None
    on: dt.date | None = None
    is_verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The open step that settles a difference."""

    title: str
    who: WaitingOn | None
    due_on: dt.date | None
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One thing that both sides say something about."""

    item: Item
    hospital: Said
    insurer: Said
    step: Step | None = None
    """The open step about it, whether or not it still differs."""

    @property
    def apart(self) -> Money | None:
        """By how much two amounts of one currency differ: the hospital's less the insurer's."""
        one, other = self.hospital.value, self.insurer.value
        if not isinstance(one, Money) or not isinstance(other, Money) or one.currency != other.currency:
            return None
        return Money(one.minor - other.minor, one.currency)

    @property
    def is_compared(self) -> bool:
        """Whether both sides say it."""
        return self.hospital.value not in (None, "") and self.insurer.value not in (None, "")

    @property
    def is_different(self) -> bool:
        """Whether both say it and say different things; an estimate differs only where the ceiling is below it."""
        if not self.is_compared:
            return False
        apart = self.apart
        if apart is not None:
            return apart.minor > 0 if self.item is Item.ESTIMATE else apart.minor != 0
        one, other = self.hospital.value, self.insurer.value
        if isinstance(one, str) and isinstance(other, str):
            return one.strip().casefold() != other.strip().casefold()
        return one != other


@dataclass(frozen=True, slots=True, kw_only=True)
class BothSides:
    """A case as both sides have it."""

    journey_id: int
    patient_id: int
    case_no: str
    hospital: str
    hospital_ref: str
    hospital_country: str
    insurer: str
    insurer_ref: str
    gl_no: str
    figures: tuple[Figure, ...]

    @property
    def differences(self) -> tuple[Figure, ...]:
        """What the two sides say differently."""
        return tuple(figure for figure in self.figures if figure.is_different)


def both_sides(session: Session, journey_id: int) -> BothSides:
    """What the hospital and the insurer of a case each say, figure by figure."""
    case = get(session, JourneyRow, journey_id)
    paper = _Papers(session, case)
    policy = policy_of(session, paper.letter.cover_id if paper.letter is not None else case.cover_id)
    found = [
        Figure(item=item, hospital=hospital, insurer=insurer) for item, hospital, insurer in paper.said() if
        hospital.value not in (None, "") or insurer.value not in (None, "")
    ]  # fmt: skip
    steps = _steps(session, journey_id)
    house = paper.hospital_id
    return BothSides(
        journey_id=case.id, patient_id=case.patient_id, case_no=case.case_no, hospital=name_of(session, house),
        hospital_ref=case.hospital_ref, hospital_country=case.destination_country,
        insurer=name_of(session, policy.insurer_id if policy is not None else None), insurer_ref=case.insurer_ref,
        gl_no=paper.letter.gl_no if paper.letter is not None else "",
        figures=tuple(
            Figure(item=f.item, hospital=f.hospital, insurer=f.insurer, step=steps.get(f.item)) for f in found
        ),
    )  # fmt: skip


def open_difference_steps(session: Session, journey_id: int) -> Changes:
    """Make a step of each difference that has none yet, due in two working days."""
    seen = both_sides(session, journey_id)
    due = after_working_days(clock(session), DUE_DAYS, office_calendar(session))
    done = changes(("journey", journey_id))
    for figure in seen.differences:
        if figure.step is not None:
            continue
        who = _WHO.get(figure.item, WaitingOn.INSURER)
        what = seen.hospital if who is WaitingOn.HOSPITAL else seen.insurer
        row = open_waiting(session, STEPS[figure.item], who=who, what=what, due_at=due, journey_id=journey_id)
        done |= changes(("task", row.id))
    return done


def _steps(session: Session, journey_id: int) -> dict[Item, Step]:
    rows = session.execute(
        sa.select(TaskRow.title, TaskRow.waiting_on, TaskRow.due_at, OfficerRow.name)
        .outerjoin(OfficerRow, OfficerRow.id == TaskRow.officer_id)
        .where(TaskRow.journey_id == journey_id, TaskRow.done_at.is_(None), TaskRow.title.in_(list(STEPS.values())))
    )
    items = {title: item for item, title in STEPS.items()}
    return {
        items[title]: Step(title=title, who=who, due_on=day_of(session, due) if due else None, officer=officer or "")
        for title, who, due, officer in rows
    }


_DEAD = (GuaranteeState.CANCELLED, GuaranteeState.WITHDRAWN, GuaranteeState.DECLINED)
_LETTERS = {
    VersionKind.INITIAL: DocumentKind.GL_INITIAL, VersionKind.TOPUP: DocumentKind.GL_TOPUP,
    VersionKind.FINAL: DocumentKind.GL_FINAL,
}  # fmt: skip
_RECEIPTS = (DocumentKind.EXCESS_RECEIPT, DocumentKind.RECEIPT_ORIGINAL, DocumentKind.RECEIPT_COPY_LEGALISED)


class _Papers:
    """The rows of a case, and which kinds of document are here."""

    def __init__(self, session: Session, case: JourneyRow) -> None:
        self._session, self.case = session, case
        self.kinds = set(
            session.scalars(
                sa.select(DocumentRow.kind).where(DocumentRow.journey_id == case.id, DocumentRow.voided_reason == "")
            )
        )
        self.letter = session.scalars(
            sa.select(GuaranteeRow)
            .where(GuaranteeRow.journey_id == case.id, GuaranteeRow.state.not_in(_DEAD))
            .order_by(GuaranteeRow.id.desc())
            .limit(1)
        ).first()
        self.versions = list(
            session.scalars(
                sa.select(GuaranteeVersionRow)
                .where(GuaranteeVersionRow.guarantee_id == self.letter.id)
                .order_by(GuaranteeVersionRow.number)
            )
            if self.letter is not None
            else ()
        )
        self.bills = list(
            session.scalars(
                sa.select(BillRow)
                .where(BillRow.journey_id == case.id, BillRow.kind != BillKind.INTERIM)
                .order_by(BillRow.billed_on, BillRow.id)
            )
        )
        self.claims = list(
            session.scalars(
                sa.select(ClaimRow)
                .where(ClaimRow.journey_id == case.id, ClaimRow.voided_reason == "", ClaimRow.state != ClaimState.VOID)
                .order_by(ClaimRow.id)
            )
        )
        self.payments = list(
            session.scalars(sa.select(PaymentRow).where(PaymentRow.journey_id == case.id).order_by(PaymentRow.id))
        )

    @property
    def hospital_id(self) -> int | None:
        """The hospital of the bill, else of the case."""
        return next((b.hospital_id for b in reversed(self.bills) if b.hospital_id is not None), self.case.hospital_id)

    def said(self) -> Sequence[tuple[Item, Said, Said]]:
        """Every figure as the hospital and as the insurer say it."""
        bill, claim = self._bill(), self._claim()
        left = self._less_share(bill)
        first = self.claims[0] if self.claims else None
        return (
            (Item.ADMITTED, self._day(self.case.admitted_at, DocumentKind.MED_REPORT_INITIAL),
             self._claim_day(first.admitted_on if first else None)),
            (Item.DISCHARGED, self._day(self.case.discharged_at, DocumentKind.DISCHARGE_SUMMARY),
             self._claim_day(first.discharged_on if first else None)),
            (Item.ROOM, self._said(self.case.room_class, "", DocumentKind.MED_REPORT_INITIAL), self._room()),
            (Item.ESTIMATE, self._estimate(), self._ceiling()),
            (Item.CLAIMED, left, claim),
            (Item.ACCEPTED, bill, self._settled()),
            (Item.SHARE, self._collected(), self._due()),
            (Item.PAID, self._received(), self._accepted()),
        )  # fmt: skip

    def _said(
        self, value: Value, document: str, *kinds: DocumentKind, on: dt.date | None = None, by_number: bool = False
    ) -> Said:
        """A value with its document; a number on the paper itself counts as its document where ``by_number``."""
        here = next((kind for kind in kinds if kind in self.kinds), None)
        return Said(
            value=value or None, document=document, kind=here or (kinds[0] if kinds else None), on=on,
            is_verified=here is not None or (by_number and bool(document)),
        )  # fmt: skip

    def _day(self, moment: dt.datetime | None, kind: DocumentKind) -> Said:
        return self._said(day_of(self._session, moment) if moment is not None else None, "", kind)

    def _claim_day(self, day: dt.date | None) -> Said:
        number = self.claims[0].claim_no if self.claims else ""
        return self._said(day, number, DocumentKind.CLAIM_FORM, by_number=True)

    def _room(self) -> Said:
        version = next((v for v in reversed(self.versions) if v.room_class), None)
        if version is None:
            return Said()
        return self._letter_said(version.room_class, version)

    def _letter_said(self, value: Value, version: GuaranteeVersionRow) -> Said:
        number = self.letter.gl_no if self.letter is not None else ""
        on = day_of(self._session, version.issued_at)
        return self._said(value, number, _LETTERS[version.kind], on=on, by_number=True)

    def _estimate(self) -> Said:
        row = self._session.scalars(
            sa.select(EstimateRow)
            .where(EstimateRow.journey_id == self.case.id, EstimateRow.is_domestic == 0)
            .order_by(EstimateRow.stated_on.desc(), EstimateRow.id.desc())
            .limit(1)
        ).first()
        if row is None:
            return Said()
        amount = Money(row.high_minor, row.currency)
        return self._said(amount, "", DocumentKind.COST_ESTIMATE, on=row.stated_on)

    def _ceiling(self) -> Said:
        known = [v for v in self.versions if v.kind is not VersionKind.FINAL and v.ceiling_minor is not None]
        if not known:
            return Said()
        last = known[-1]
        return self._letter_said(Money(last.ceiling_minor or 0, last.currency), last)

    def _bill(self) -> Said:
        finals = [bill for bill in self.bills if bill.kind is BillKind.FINAL]
        if not finals:
            return Said()
        last = finals[-1]
        back = sum(b.amount_minor for b in self.bills if b.kind is BillKind.CREDIT_NOTE and b.currency == last.currency)
        amount = Money(sum(b.amount_minor for b in finals if b.currency == last.currency) - back, last.currency)
        return self._said(amount, last.bill_no, DocumentKind.BILL_FINAL_ITEMISED, on=last.billed_on)

    def _less_share(self, bill: Said) -> Said:
        """The final bill less what the patient paid of it: so much is left to claim."""
        share = self._collected().value
        if isinstance(bill.value, Money) and isinstance(share, Money) and share.currency == bill.value.currency:
            return replace(bill, value=Money(bill.value.minor - share.minor, share.currency))
        return bill

    def _claim(self) -> Said:
        sent = [claim for claim in self.claims if claim.submitted_on is not None]
        if not sent:
            return Said()
        same = [claim for claim in sent if claim.currency == sent[0].currency]
        amount = Money(sum(claim.billed_minor for claim in same), sent[0].currency)
        return self._said(
            amount, ", ".join(c.claim_no for c in same if c.claim_no), DocumentKind.CLAIM_FORM, on=sent[0].submitted_on,
            by_number=True,
        )  # fmt: skip

    def _final(self) -> GuaranteeVersionRow | None:
        return next((v for v in reversed(self.versions) if v.kind is VersionKind.FINAL), None)

    def _of_final(self, minor: int | None) -> Said:
        """An amount of the final letter."""
        letter, version = self.letter, self._final()
        if letter is None or minor is None or not letter.accepted_currency:
            return Said()
        amount = Money(minor, letter.accepted_currency)
        if version is not None:
            return self._letter_said(amount, version)
        return self._said(amount, letter.gl_no, DocumentKind.GL_FINAL, by_number=True)

    def _accepted(self) -> Said:
        return self._of_final(self.letter.accepted_minor if self.letter is not None else None)

    def _due(self) -> Said:
        return self._of_final(self.letter.excess_minor if self.letter is not None else None)

    def _settled(self) -> Said:
        """What the final letter accepts, with what it leaves to the patient."""
        letter = self.letter
        if letter is None or letter.accepted_minor is None:
            return Said()
        return self._of_final(letter.accepted_minor + (letter.excess_minor or 0))

    def _collected(self) -> Said:
        purposes = (PaymentPurpose.EXCESS, PaymentPurpose.COPAY)
        return self._paid([p for p in self.payments if p.purpose in purposes and p.claim_id is None], *_RECEIPTS)

    def _received(self) -> Said:
        payers = (Payer.INSURER, Payer.ADMINISTRATOR)
        found = [
            p for p in self.payments
            if p.payer in payers and p.purpose in (PaymentPurpose.BILL, PaymentPurpose.CLAIM)
        ]  # fmt: skip
        return self._paid(found, DocumentKind.PAYMENT_ADVICE, DocumentKind.PROOF_OF_PAYMENT)

    def _paid(self, payments: Sequence[PaymentRow], *kinds: DocumentKind) -> Said:
        if not payments:
            return Said()
        same = [p for p in payments if p.currency == payments[0].currency]
        amount = Money(sum(p.amount_minor for p in same), payments[0].currency)
        numbers = ", ".join(p.receipt_no for p in same if p.receipt_no)
        return self._said(amount, numbers, *kinds, on=same[-1].paid_on, by_number=True)
