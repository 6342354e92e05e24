"""What can be done about what an insurer cut, and what came of it before: cures, deadlines, recovery by reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import APPEAL_DAYS, APPEAL_LEVELS, ClaimState
from liaison.domain.codes import REASONS, CuredBy, ReasonCode
from liaison.domain.documents import DocumentKind
from liaison.domain.money import Money
from liaison.domain.recovery import Decided, Recovery, recovery_by_reason
from liaison.i18n import LANGUAGES, N_, Language
from liaison.services.changes import get, today
from liaison.services.claim_papers import papers_of
from liaison.services.claims import lines_of
from liaison.store.models import AppealRow, ClaimDecisionRow, ClaimLineRow, ClaimRow

_S = ClaimState
_MAY_APPEAL = (_S.PARTIALLY_APPROVED, _S.REJECTED, _S.DISPUTED_PAYMENT)


# decisions, kept level by level


def keep_decision(session: Session, row: ClaimRow, *, reason: ReasonCode | None) -> None:
    """Keep what was decided now, line by line where the lines say it, else on the whole, beside the ones before."""
    parts: list[tuple[int | None, int, int, ReasonCode | None]] = [
        (x.id, x.claimed_minor, _approved(x), x.reason) for x in decided_lines(session, row)
    ]
    if not parts:
        parts = [(None, row.billed_minor, row.approved_minor or 0, reason or row.reason)]
    for line_id, claimed, approved, why in parts:
        session.add(
            ClaimDecisionRow(
                claim_id=row.id, line_id=line_id, level=row.appeal_level, decided_on=row.decided_on or today(session),
                currency=row.currency, claimed_minor=claimed, approved_minor=approved, reason=why,
            )
        )  # fmt: skip
    session.flush()


def decided_lines(session: Session, row: ClaimRow) -> list[ClaimLineRow]:
    """The lines of a claim as far as they say what was decided; none where they do not add up to what was approved.

    An insurer that names only one sum, or answers an appeal with one, leaves the lines as they were: they tell nothing
    about this decision then.
    """
    lines = lines_of(session, row.id)
    says_it = row.state is not _S.REJECTED and sum(map(_approved, lines)) == (row.approved_minor or 0)
    return lines if says_it else []


def _approved(line: ClaimLineRow) -> int:
    return line.claimed_minor if line.approved_minor is None else line.approved_minor


# what can be done


@dataclass(frozen=True, slots=True, kw_only=True)
class CureView:
    """One reason on a claim: what it cost, who can mend it, which papers that takes, what came of it elsewhere."""

    reason: ReasonCode
    amount: Money
    lines: tuple[int, ...]
    """Positions of the lines it stands on; empty where it is on the whole claim."""
    cured_by: CuredBy
    needed: tuple[DocumentKind, ...]
    missing: tuple[DocumentKind, ...]
    past: Recovery | None
    """What came back for this reason in this currency so far, in the whole office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurePlan:
    """What can be done about a decision, and until when it can be appealed."""

    cures: tuple[CureView, ...]
    may_appeal: bool
    appeal_until: dt.date | None
    days_left: int | None
    next_level: int
    short_by: Money | None
    """What was paid less than approved, where it was."""
    over_by: Money | None = None
    """What was paid beyond what was approved."""


def cure_plan(session: Session, claim_id: int) -> CurePlan:
    """What can be done about what the insurer cut from a claim."""
    row = get(session, ClaimRow, claim_id)
    until = row.decided_on + dt.timedelta(days=APPEAL_DAYS) if row.decided_on is not None else None
    may = row.state in _MAY_APPEAL and row.appeal_level < APPEAL_LEVELS
    paid = row.paid_minor
    short = (row.approved_minor or 0) - paid if row.state in (_S.PAID, _S.DISPUTED_PAYMENT) else 0
    return CurePlan(
        cures=_cures(session, row),
        may_appeal=may and (until is None or today(session) <= until),
        appeal_until=until if may else None,
        days_left=(until - today(session)).days if may and until is not None else None,
        next_level=row.appeal_level + 1,
        short_by=Money(short, row.currency) if short > 0 else None,
        over_by=Money(-short, row.currency) if short < 0 else None,
    )


def _cures(session: Session, row: ClaimRow) -> tuple[CureView, ...]:
    cuts: dict[ReasonCode, tuple[int, list[int]]] = {}
    for line in decided_lines(session, row):
        if line.reason is not None and line.approved_minor is not None and line.approved_minor < line.claimed_minor:
            minor, lines = cuts.setdefault(line.reason, (0, []))
            cuts[line.reason] = (minor + line.claimed_minor - line.approved_minor, [*lines, line.position])
    if row.reason is not None and row.reason not in cuts and (row.state is _S.REJECTED or not cuts):
        left = max(row.billed_minor - (row.approved_minor or 0), 0)
        if left:
            cuts[row.reason] = (left, [])
    if not cuts:
        return ()
    at_hand = papers_of(session, row)
    past = {(r.reason, r.currency): r for r in recovery(session, reasons=tuple(cuts))}
    return tuple(
        CureView(
            reason=reason, amount=Money(minor, row.currency), lines=tuple(lines), cured_by=REASONS[reason].cured_by,
            needed=REASONS[reason].needs,
            missing=tuple(k for k in REASONS[reason].needs if k not in at_hand),
            past=past.get((reason, row.currency)),
        )
        for reason, (minor, lines) in sorted(cuts.items(), key=lambda item: -item[1][0])
    )  # fmt: skip


def letter_text(session: Session, claim_id: int, reason: ReasonCode, language: Language) -> str:
    """What to write about a cut, in one language: what the insurer says, what is sent, what is asked. Names nobody."""
    row = get(session, ClaimRow, claim_id)
    plan = next((c for c in _cures(session, row) if c.reason is reason), None)
    meaning = REASONS[reason]
    parts = [
        language(N_("Claim {number}: {amount} was not approved."),
                 number=row.claim_no or language(N_("without a number yet")),
                 amount=plan.amount if plan is not None else Money(row.billed_minor, row.currency)),
        language(meaning.letter),
    ]  # fmt: skip
    if meaning.cure:
        parts.append(language(meaning.cure))
    if meaning.needs:
        papers = ", ".join(language(kind.label) for kind in meaning.needs)
        parts.append(language(N_("Papers for this: {papers}."), papers=papers))
    if row.decided_on is not None and meaning.is_curable:
        until = row.decided_on + dt.timedelta(days=APPEAL_DAYS)
        parts.append(language(N_("An appeal must reach the insurer by {day}."), day=until))
    return "\n".join(parts)


def letter_in_both(session: Session, claim_id: int, reason: ReasonCode) -> str:
    """The same text in both languages, one under the other."""
    return "\n\n".join(letter_text(session, claim_id, reason, Language(code)) for code in LANGUAGES)


# what came of it


def recovery(session: Session, *, reasons: Iterable[ReasonCode] = ()) -> list[Recovery]:
    """What insurers cut by reason, and what came back after an appeal; of voided claims nothing counts."""
    wanted = tuple(reasons)
    rows = sa.select(ClaimDecisionRow).join(ClaimRow, ClaimRow.id == ClaimDecisionRow.claim_id)
    rows = rows.where(ClaimRow.state != _S.VOID)
    if wanted:
        claims = sa.select(ClaimDecisionRow.claim_id).where(ClaimDecisionRow.reason.in_(wanted))
        rows = rows.where(ClaimDecisionRow.claim_id.in_(claims))
    appealed = frozenset(session.scalars(sa.select(AppealRow.claim_id).distinct()))
    decisions = _spread(session, session.scalars(rows.order_by(ClaimDecisionRow.id)).all())
    found = recovery_by_reason(
        Decided(
            claim_id=d.claim_id, line_id=d.line_id, level=d.level, claimed=d.claimed, approved=d.approved,
            reason=d.reason, was_appealed=d.claim_id in appealed,
        )
        for d in decisions
    )  # fmt: skip
    return [r for r in found if not wanted or r.reason in wanted]


def _spread(session: Session, rows: Iterable[ClaimDecisionRow]) -> list[Decided]:
    """Decisions by line; one on the whole claim stands apart where another level was decided line by line.

    A claim that was rejected whole and then approved line by line is compared as a whole.
    """
    by_claim: dict[int, list[ClaimDecisionRow]] = {}
    for row in rows:
        by_claim.setdefault(row.claim_id, []).append(row)
    found: list[Decided] = []
    for claim_id, mine in by_claim.items():
        mixed = any(r.line_id is None for r in mine) and any(r.line_id is not None for r in mine)
        if not mixed:
            found += [_decided(r) for r in mine]
            continue
        for level in sorted({r.level for r in mine}):
            at = [r for r in mine if r.level == level]
            found.append(
                Decided(
                    claim_id=claim_id, line_id=None, level=level, reason=next((r.reason for r in at if r.reason), None),
                    claimed=Money(sum(r.claimed_minor for r in at), at[0].currency),
                    approved=Money(sum(r.approved_minor for r in at), at[0].currency),
                )
            )  # fmt: skip
    return found


def _decided(row: ClaimDecisionRow) -> Decided:
    return Decided(
        claim_id=row.claim_id, line_id=row.line_id, level=row.level, reason=row.reason,
        claimed=Money(row.claimed_minor, row.currency), approved=Money(row.approved_minor, row.currency),
    )  # fmt: skip
