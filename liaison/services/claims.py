"""Claims: filed, sent, asked about, decided line by line, appealed, paid, closed. Each names its own cover.

What is filed here stands in ``store.models.claims``, each field of the draft in the column of its name. The form gets
it back from :func:`claim_draft`, and so does its letter (``reports.claim_letter``); all that hangs on a claim is read
through ``claim_views.claim``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claim_moves import ClaimFacts, check_move, level_after, move_of_documents
from liaison.domain.claim_moves import moves as moves_from
from liaison.domain.claims import (
    ClaimDraft,
    ClaimLineDraft,
    ClaimState,
    check_claim,
    is_open,
)
from liaison.domain.codes import ReasonCode
from liaison.domain.errors import refuse_if
from liaison.domain.fx import UsedRate
from liaison.domain.identifiers import number_key
from liaison.domain.lifecycle import Move, Passage
from liaison.domain.money import Money
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.belonging import case_problems, cover_problems, hospital_problems, policy_of
from liaison.services.changes import (
    Changes,
    actor,
    add,
    changes,
    clock,
    draft_of,
    fill,
    get,
    get_for,
    money,
    need,
    today,
)
from liaison.services.claim_papers import is_complete, settles_in_other_currency
from liaison.services.claim_steps import finish_steps, open_steps
from liaison.services.office import roles
from liaison.services.plans import last_day_to_send
from liaison.store.models import (
    AppealRow,
    ClaimEventRow,
    ClaimLineRow,
    ClaimQueryRow,
    ClaimRow,
    GuaranteeRow,
    JourneyRow,
    PatientRow,
)

_S = ClaimState

USED_NUMBER = N_("This insurer's claim number is on another claim already. Open that claim, or correct the number.")
OTHER_CASES_LETTER = N_("This guarantee letter belongs to another case.")
DECIDED_LINES = N_("The insurer has decided on these lines. Reopen the claim before changing them.")

_UNDECIDED = frozenset(s for s in ClaimState if s.value <= "K08") | {_S.REOPENED, _S.TIME_BARRED}


# filing


def file_claim(session: Session, draft: ClaimDraft) -> Changes:
    """Put a new claim on record. Raises Refused with every problem at once.

    The row says what the draft says, and where that is blank what its case knows; its lines stand beside it. What comes
    after them only follows: the first event, the steps it waits for, "documents missing" or "ready" by its documents.
    """
    refuse_if([*check_claim(draft, today=today(session)), *_problems(session, draft)])
    row = fill(ClaimRow(state_since=clock(session)), draft, leave=("lines",))
    _take_from_case(session, row)
    keep_keys(session, row)
    row.is_open = is_open(row.state)
    add(session, row)
    _keep_lines(session, row, draft.lines)
    write_event(session, row, Passage(start=row.state, to=row.state), start=None)
    open_steps(session, row)
    count_documents(session, row.id)
    return touched(row, made=row.id)


def edit_claim(session: Session, key: int, draft: ClaimDraft, *, version: int | None = None) -> Changes:
    """Change what a claim says; its state moves by steps of its own, and decided lines stay."""
    row = get_for(session, ClaimRow, key, draft, version=version)
    same = replace(draft, state=row.state)
    problems = [*check_claim(same, today=today(session)), *_problems(session, same, but=key)]
    if row.state not in _UNDECIDED and not _same_lines(lines_of(session, key), draft.lines):
        problems.append(Problem(code="DECIDED_LINES", message=DECIDED_LINES, field="lines"))
    refuse_if(problems)
    fill(row, same, leave=("lines", "state"))
    keep_keys(session, row)
    session.flush()
    if row.state in _UNDECIDED:
        _keep_lines(session, row, draft.lines)
    count_documents(session, key)
    return touched(row)


def claim_draft(session: Session, key: int) -> ClaimDraft:
    """What was typed of a claim, or sent in a list: the form opens with it, the letter prints from it."""
    row = get(session, ClaimRow, key)
    lines = tuple(
        draft_of(line, ClaimLineDraft, claimed=Money(line.claimed_minor, row.currency),
                 approved=money(line.approved_minor, row.currency))
        for line in lines_of(session, key)
    )  # fmt: skip
    return draft_of(row, ClaimDraft, lines=lines)


def keep_keys(session: Session, row: ClaimRow) -> None:
    """Keep what a claim is found, aged and grouped by in step with what was typed."""
    row.claim_no = row.claim_no.strip()
    row.claim_no_key = number_key(row.claim_no)
    policy = policy_of(session, row.cover_id)
    row.insurer_id = policy.insurer_id if policy is not None else None
    if row.submit_by is None and policy is not None:
        row.submit_by = last_day_to_send(session, policy.product_id, row.discharged_on or row.admitted_on)
    row.aged_from = row.submitted_on or row.discharged_on or row.admitted_on or row.aged_from or today(session)


def _take_from_case(session: Session, row: ClaimRow) -> None:
    """Hospital, diagnosis and letter number of the case, unless the claim says otherwise."""
    journey = session.get(JourneyRow, row.journey_id) if row.journey_id is not None else None
    if journey is not None:
        row.hospital_id = row.hospital_id if row.hospital_id is not None else journey.hospital_id
        row.diagnosis = row.diagnosis or journey.diagnosis
        row.diagnosis_code = row.diagnosis_code or journey.diagnosis_code
        row.origin_city = row.origin_city or journey.origin_city
    letter = session.get(GuaranteeRow, row.guarantee_id) if row.guarantee_id is not None else None
    if letter is not None:
        row.gl_no = row.gl_no or letter.gl_no


def _problems(session: Session, draft: ClaimDraft, *, but: int | None = None) -> list[Problem]:
    problems = need(session, PatientRow, draft.patient_id, field="patient_id")
    problems += cover_problems(session, draft.patient_id, draft.cover_id)
    problems += case_problems(session, draft.patient_id, draft.journey_id)
    problems += hospital_problems(session, draft.hospital_id)
    letter = session.get(GuaranteeRow, draft.guarantee_id) if draft.guarantee_id is not None else None
    if draft.guarantee_id is not None and (letter is None or letter.journey_id != draft.journey_id):
        problems.append(Problem(code="OTHER_CASES_LETTER", message=OTHER_CASES_LETTER, field="guarantee_id"))
    return problems + number_problems(session, draft.cover_id, draft.claim_no, but=but)


def number_problems(session: Session, cover_id: int, claim_no: str, *, but: int | None = None) -> list[Problem]:
    """A claim number stands once per insurer; a voided claim gives its number free."""
    policy = policy_of(session, cover_id)
    if not number_key(claim_no) or policy is None or policy.insurer_id is None:
        return []
    same = sa.select(ClaimRow.id).where(
        ClaimRow.insurer_id == policy.insurer_id, ClaimRow.claim_no_key == number_key(claim_no),
        ClaimRow.state != _S.VOID,
    )  # fmt: skip
    if any(key != but for key in session.scalars(same)):
        return [Problem(code="USED_NUMBER", message=USED_NUMBER, field="claim_no")]
    return []


# lines


def lines_of(session: Session, claim_id: int) -> list[ClaimLineRow]:
    """A claim's lines in their order."""
    lines = sa.select(ClaimLineRow).where(ClaimLineRow.claim_id == claim_id)
    return list(session.scalars(lines.order_by(ClaimLineRow.position)))


def _keep_lines(session: Session, row: ClaimRow, drafts: Sequence[ClaimLineDraft]) -> None:
    """Write the lines of a form over those on record, position by position."""
    known = lines_of(session, row.id)
    for position, draft in enumerate(drafts, start=1):
        line = known[position - 1] if position <= len(known) else ClaimLineRow(claim_id=row.id, position=position)
        fill(line, draft)
        session.add(line)
    for line in known[len(drafts) :]:
        session.delete(line)
    session.flush()


def _same_lines(rows: Sequence[ClaimLineRow], drafts: Sequence[ClaimLineDraft]) -> bool:
    on_record = [(r.category, r.description, r.service_on, r.claimed_minor, r.approved_minor) for r in rows]
    typed = [
        (d.category, d.description, d.service_on, d.claimed.minor, None if d.approved is None else d.approved.minor)
        for d in drafts
    ]
    return on_record == typed


# moving


def claim_moves(session: Session, key: int) -> list[Move[ClaimState]]:
    """Every move that a claim may make now, blocked ones with their problems and cures."""
    row = get(session, ClaimRow, key)
    return moves_from(row.state, claim_facts(session, key))


def move_claim(
    session: Session,
    key: int,
    to: ClaimState,
    *,
    reason: ReasonCode | None = None,
    reason_note: str = "",
    note: str = "",
    on: dt.date | None = None,
    channel: str = "",
    claim_no: str = "",
    evidence: str = "",
    override_reason: str = "",
    version: int | None = None,
) -> Changes:
    """Move a claim on. Refused with every problem and its cure; with a reason, guards are passed over and it prints.

    ``on`` and ``channel`` say when and how it was sent, ``claim_no`` is the number the insurer gave, ``reason_note``
    our reason in words for withdrawing, reopening, voiding, or accepting a short payment.
    """
    row = get(session, ClaimRow, key, version=version, fields=("state",))
    if to is _S.SUBMITTED:
        row.submitted_on = on or row.submitted_on or today(session)
    if claim_no.strip():
        refuse_if(number_problems(session, row.cover_id, claim_no, but=key))
        row.claim_no = claim_no
    keep_keys(session, row)
    facts = claim_facts(session, key, reason=reason, reason_note=reason_note, channel=channel, evidence=evidence)
    passage = check_move(row.state, to, facts, roles=roles(session), reason=override_reason)
    return let_pass(session, row, passage, reason=reason, reason_note=reason_note, note=note or channel)


def let_pass(
    session: Session,
    row: ClaimRow,
    passage: Passage[ClaimState],
    *,
    reason: ReasonCode | None = None,
    reason_note: str = "",
    note: str = "",
) -> Changes:
    """Write a move of a claim that was let through."""
    write_event(session, row, passage, start=passage.start, reason=reason, note=note or reason_note)
    row.appeal_level = level_after(passage.start, passage.to, row.appeal_level)
    row.state, row.state_since = passage.to, clock(session)
    row.is_open = is_open(passage.to)
    if reason is not None or reason_note.strip():
        row.reason, row.reason_note = reason or row.reason, reason_note.strip()
    if passage.to is _S.VOID:
        row.voided_reason = reason_note.strip()
    session.flush()
    finish_steps(session, row, passage.start)
    open_steps(session, row)
    return touched(row)


def void_claim(session: Session, key: int, *, reason: str, version: int | None = None) -> Changes:
    """Void a claim entered in error; it stays readable, and its number is free again."""
    return move_claim(session, key, _S.VOID, reason_note=reason, version=version)


def count_documents(session: Session, key: int) -> None:
    """Let a claim that is being put together follow its documents: missing, or ready to send."""
    row = get(session, ClaimRow, key)
    while (passage := move_of_documents(row.state, claim_facts(session, key))) is not None:
        let_pass(session, row, passage)


def count_documents_of_case(session: Session, journey_id: int) -> None:
    """Let every claim of a case that is being put together follow the case's documents."""
    theirs = sa.select(ClaimRow.id).where(ClaimRow.journey_id == journey_id, ClaimRow.is_open)
    for key in list(session.scalars(theirs)):
        count_documents(session, key)


def claim_facts(
    session: Session,
    key: int,
    *,
    reason: ReasonCode | None = None,
    reason_note: str = "",
    channel: str = "",
    evidence: str = "",
) -> ClaimFacts:
    """Everything the guards ask about a claim. A reason counts only for the move it is given with."""
    row = get(session, ClaimRow, key)
    session.flush()
    lines = lines_of(session, key)
    unanswered = sa.select(sa.func.count()).where(ClaimQueryRow.claim_id == key, ClaimQueryRow.answered_at.is_(None))
    cut = [line for line in lines if line.approved_minor is not None and line.approved_minor < line.claimed_minor]
    return ClaimFacts(
        today=today(session), billed=Money(row.billed_minor, row.currency),
        lines_total=Money(sum(line.claimed_minor for line in lines), row.currency) if lines else None,
        is_checklist_complete=is_complete(session, row),
        has_rate_rule=bool(row.rate) or not settles_in_other_currency(session, row),
        submitted_on=row.submitted_on, channel=channel, submit_by=row.submit_by, claim_no=row.claim_no,
        open_queries=session.scalar(unanswered) or 0, approved=money(row.approved_minor, row.currency),
        cost_share=money(row.not_covered_minor, row.currency), reason=reason, reason_note=reason_note,
        lines_without_reason=sum(line.reason is None for line in cut),
        evidence=evidence or _evidence(session, row), decided_on=row.decided_on, appeal_level=row.appeal_level,
        paid=Money(row.paid_minor, row.currency), residual_note=reason_note,
    )  # fmt: skip


def _evidence(session: Session, row: ClaimRow) -> str:
    """The evidence of the appeal on this level, once it was filed."""
    filed = sa.select(AppealRow.evidence).where(AppealRow.claim_id == row.id, AppealRow.level == row.appeal_level + 1)
    return session.scalar(filed) or ""


def freeze_rate(session: Session, key: int, rate: UsedRate, *, version: int | None = None) -> Changes:
    """Write the rate that this claim is converted by into the claim; later changes of the table leave it alone."""
    row = get(session, ClaimRow, key, version=version, fields=("rate", "rate_to", "rate_on", "rate_source"))
    row.rate, row.rate_to, row.rate_on = f"{rate.kept:f}", rate.quote, rate.on
    row.rate_source = f"{rate.source} ({rate.via})" if rate.via else rate.source
    session.flush()
    count_documents(session, key)
    return touched(row)


def write_event(
    session: Session,
    row: ClaimRow,
    passage: Passage[ClaimState],
    *,
    start: ClaimState | None,
    reason: ReasonCode | None = None,
    note: str = "",
) -> None:
    """Write one move into a claim's history."""
    event = ClaimEventRow(
        claim_id=row.id, at=clock(session), from_state=start, to_state=passage.to, actor=actor(session),
        note=note.strip(), reason=reason, override_reason=passage.reason if passage.overridden else "",
        overridden=" ".join(p.guard or p.code for p in passage.overridden),
    )  # fmt: skip
    add(session, event)


def touched(row: ClaimRow, *, made: int | None = None) -> Changes:
    """A claim and what shows it."""
    return changes(("claim", row.id), ("journey", row.journey_id), ("patient", row.patient_id), made=made)
