"""No sequence of legal moves reaches a state that cannot be: a case with its letter and claim, moved about at random.

Each step takes one of the moves that are offered, with a reason where it is blocked and may be passed over, or supplies
a fact, as any officer might, in any order.
"""

import datetime as dt
import random

import pytest
import sqlalchemy as sa

from liaison.domain import claims as claim_rules
from liaison.domain import guarantees as letter_rules
from liaison.domain import journeys as case_rules
from liaison.domain.claims import AppealDraft, ClaimDecisionDraft, ClaimState
from liaison.domain.codes import ReasonCode
from liaison.domain.documents import Process
from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.journeys import CancelReason, EntryMode, JourneyState
from liaison.domain.money import Money
from liaison.domain.payments import BillKind, PaymentPurpose
from liaison.domain.work import TaskKind
from liaison.services import claims, deciding, guarantees, journeys, payments
from liaison.services.checkup import check_store
from liaison.services.claims import claim_moves, move_claim
from liaison.store.models import (
    ClaimEventRow,
    ClaimRow,
    GuaranteeEventRow,
    GuaranteeRow,
    JourneyEventRow,
    JourneyRow,
    PaymentRow,
    TaskRow,
)
from tests import make

K, G, J = ClaimState, GuaranteeState, JourneyState
STEPS = 45
LIVES = [
    (JourneyRow, JourneyEventRow, "journey_id", case_rules.is_open),
    (GuaranteeRow, GuaranteeEventRow, "guarantee_id", letter_rules.is_open),
    (ClaimRow, ClaimEventRow, "claim_id", claim_rules.is_open),
]


def rm(amount):
    return Money.of(amount, "MYR")


class Anybody:
    """Does one legal thing after another, whichever comes up."""

    def __init__(self, store, clock, seed):
        self.store, self.clock, self.chance = store, clock, random.Random(seed)
        self.person = make.patient(store)
        self.cover = make.cover(store, self.person)
        self.case = make.journey(
            store, self.person, cover_id=self.cover, hospital_id=make.hospital(store),
            entry_mode=self.chance.choice((EntryMode.ELECTIVE, EntryMode.EMERGENCY)),
            state=self.chance.choice((J.ENQUIRY, J.DECISION, J.ADMITTED, J.FOLLOW_UP)),
        )  # fmt: skip
        self.letter = self.made(
            guarantees.request_guarantee,
            make.guarantee_draft(journey_id=self.case, cover_id=self.cover, requested_at=None, state=G.DRAFT),
        )
        self.claim = self.made(
            claims.file_claim,
            make.claim_draft(patient_id=self.person, cover_id=self.cover, journey_id=self.case, billed=rm(1000)),
        )

    def made(self, function, draft):
        return make.made(self.store, function, draft)

    def do(self, function, *arguments, **more):
        """A refusal is an answer too; what is refused must leave nothing behind, which :func:`holds` sees."""
        try:
            make.do(self.store, function, *arguments, **more)
        except Refused:
            return

    def step(self):
        self.clock.forward(hours=self.chance.choice((1, 5, 30)))
        self.chance.choice((self.move_case, self.move_case, self.move_letter, self.move_letter, self.move_claim,
                            self.move_claim, self.say, self.say, self.bill, self.pay))()  # fmt: skip

    def offered(self, read, key, *, but):
        """Where it may go now, free or past a guard; a step off the main way comes up seldom."""
        found = [m.to for m in make.see(self.store, read, key) if m.to not in but or self.chance.random() < 0.1]
        return self.chance.choice(found) if found else None

    def move_case(self):
        to = self.offered(journeys.moves, self.case, but=(J.CANCELLED, J.LOST, J.DECEASED, J.REDIRECTED_DOMESTIC))
        if to is J.CANCELLED:
            self.do(journeys.cancel, self.case, reason=CancelReason.COST)
        elif to is not None and self.read(JourneyRow, self.case) in case_rules.REOPENABLE:
            self.do(journeys.reopen, self.case, reason="uji")
        elif to is not None:
            self.do(journeys.move_journey, self.case, to, override_reason="uji")

    def move_letter(self):
        issues = {G.REQUESTED: VersionKind.INITIAL, G.TOPUP_REQUESTED: VersionKind.TOPUP}
        now = self.read(GuaranteeRow, self.letter)
        if now in issues and self.chance.random() < 0.5:
            ceiling = rm(self.chance.choice((500, 20_000)))
            self.do(guarantees.add_version, make.version_draft(self.letter, issues[now], ceiling=ceiling), gl_no="GL-1")
            return
        to = self.offered(guarantees.guarantee_moves, self.letter, but=(G.CANCELLED, G.CONVERTED, G.WITHDRAWN))
        if now is G.FINAL_REQUESTED:
            final = make.version_draft(self.letter, VersionKind.FINAL, ceiling=rm(900))
            self.do(guarantees.add_version, final, accepted=rm(800), excess=rm(100))
        elif to is not None:
            self.do(guarantees.move_guarantee, self.letter, to, reason=ReasonCode.R05, override_reason="uji")

    def move_claim(self):
        now = self.read(ClaimRow, self.claim)
        outcome = self.chance.choice((K.APPROVED, K.PARTIALLY_APPROVED, K.REJECTED))
        if now is K.IN_REVIEW:
            whole = {K.APPROVED: rm(1000), K.PARTIALLY_APPROVED: rm(600), K.REJECTED: None}[outcome]
            draft = ClaimDecisionDraft(
                decided_on=self.today(), outcome=outcome, approved=whole,
                reason=None if outcome is K.APPROVED else ReasonCode.R05,
            )  # fmt: skip
            self.do(deciding.decide_claim, self.claim, draft)
        elif now in (K.REJECTED, K.PARTIALLY_APPROVED) and self.chance.random() < 0.5:
            self.do(deciding.appeal, AppealDraft(claim_id=self.claim, filed_on=self.today(), evidence="surat"))
        else:
            to = self.offered(claim_moves, self.claim, but=(K.VOID, K.TIME_BARRED))
            if to is not None:
                self.do(move_claim, self.claim, to, channel="PORTAL", claim_no="K-1", override_reason="uji",
                        reason=ReasonCode.R05, on=self.today())  # fmt: skip

    def say(self):
        kinds = [k for k in FactKind if k is not FactKind.DEATH] + [FactKind.CHECKLIST_COMPLETE] * 5
        kind = self.chance.choice(kinds)
        try:
            results = {"result": Process.CASHLESS_CLAIM.value} if kind is FactKind.CHECKLIST_COMPLETE else {}
            make.confirm(self.store, self.case, kind, stated_on=self.today(), **results)
        except Refused:
            return

    def bill(self):
        kind = self.chance.choice(list(BillKind))
        draft = make.bill_draft(self.case, kind, amount=rm(1000), billed_on=self.today(), bill_no=self.number())
        self.do(payments.record_bill, draft)

    def pay(self):
        purpose = self.chance.choice([p for p in PaymentPurpose if p is not PaymentPurpose.CLAIM])
        draft = make.payment_draft(self.case, purpose, amount=rm(100), receipt_no=self.number(), paid_on=self.today())
        self.do(payments.record_payment, draft)
        if self.chance.random() < 0.3:
            paid = make.payment_draft(
                self.case, PaymentPurpose.CLAIM, claim_id=self.claim, amount=rm(600), receipt_no=self.number(),
                paid_on=self.today(),
            )  # fmt: skip
            self.do(deciding.record_claim_payment, paid)

    def number(self):
        return f"N-{self.chance.randrange(10**9)}"

    def today(self) -> dt.date:
        return (self.clock() + dt.timedelta(hours=7)).date()

    def read(self, row, key):
        return make.see(self.store, lambda s: s.get(row, key).state)


def holds(session, who):
    """What is true of every case, letter and claim, whatever happened."""
    for row, event, column, is_open in LIVES:
        for one in session.scalars(sa.select(row)):
            events = session.scalars(sa.select(event).where(getattr(event, column) == one.id).order_by(event.id)).all()
            assert events[-1].to_state is one.state, row
            assert [e.from_state for e in events[1:]] == [e.to_state for e in events[:-1]], row
            if hasattr(one, "is_open"):
                assert one.is_open is is_open(one.state), row
    case = session.get(JourneyRow, who.case)
    claim = session.get(ClaimRow, who.claim)
    assert (case.ended_on is None) is case.is_open
    assert claim.appeal_level <= claim_rules.APPEAL_LEVELS
    assert claim.approved_minor is None or 0 <= claim.approved_minor <= claim.billed_minor
    paid = sa.select(sa.func.coalesce(sa.func.sum(PaymentRow.amount_minor), 0)).where(PaymentRow.claim_id == claim.id)
    assert claim.paid_minor == session.scalar(paid)
    if claim.state is K.PAID:
        assert claim.paid_minor > 0
    if not case.is_open:
        owed = sa.select(TaskRow.id).where(TaskRow.kind == TaskKind.DEBT, TaskRow.done_at.is_(None))
        assert session.scalars(owed).all() == []
    if case.state is J.CLOSED and not case.was_answered:
        closing = session.scalars(sa.select(JourneyEventRow).order_by(JourneyEventRow.id.desc()).limit(1)).one()
        moved = session.scalars(sa.select(sa.func.max(ClaimEventRow.id))).one()
        assert "claims_final" in closing.overridden or not claim.is_open or moved > closing.id


@pytest.mark.parametrize("seed", range(6))
def test_no_sequence_of_legal_moves_reaches_an_impossible_state(store, clock, seed):
    who = Anybody(store, clock, seed)

    for _ in range(STEPS):
        who.step()
        with store.read() as session:
            holds(session, who)

    assert check_store(store).is_well
