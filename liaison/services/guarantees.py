"""Guarantee letters: asked for, queried, issued, raised, made final. Each names its own cover; ceilings do not add."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.codes import ReasonCode
from liaison.domain.documents import DocumentKind, Process
from liaison.domain.errors import refuse_if
from liaison.domain.guarantee_moves import GuaranteeFacts, check_move, may_close_by_itself
from liaison.domain.guarantee_moves import moves as moves_from
from liaison.domain.guarantees import (
    GuaranteeDraft,
    GuaranteeQueryDraft,
    GuaranteeState,
    VersionDraft,
    VersionKind,
    check_final,
    check_guarantee,
    check_guarantee_query,
    check_version,
)
from liaison.domain.identifiers import number_key
from liaison.domain.journeys import JourneyState, PayerPath
from liaison.domain.lifecycle import Move, Passage
from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.belonging import cover_problems, hospital_problems, policy_of
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
from liaison.services.checklists import at_hand, missing_for
from liaison.services.credits import credit_for_letter
from liaison.services.debts import settle_debts
from liaison.services.facts import facts_of
from liaison.services.guarantee_views import GuaranteeView as GuaranteeView
from liaison.services.guarantee_views import guarantee as guarantee
from liaison.services.guarantee_views import guarantees_of as guarantees_of
from liaison.services.guarantee_views import queries_of, versions_of
from liaison.services.letter_steps import LETTER_DETAILS, finish_steps, open_steps
from liaison.services.office import roles
from liaison.services.work import finish_titled
from liaison.store.models import (
    BillRow,
    CoverRow,
    GuaranteeEventRow,
    GuaranteeQueryRow,
    GuaranteeRow,
    GuaranteeVersionRow,
    JourneyRow,
    OrganizationRow,
    PolicyRow,
)

_S = GuaranteeState

USED_NUMBER = N_("This insurer's letter number is on another letter already. Compare it with the paper.")
NO_ANSWER = N_("Write down the answer.")
ANSWERED_ALREADY = N_("This question was answered already.")
NOT_ASKED_NOW = N_("The insurer can only ask while a letter or a top-up is being decided.")

_STATE_AFTER = {
    VersionKind.INITIAL: _S.ISSUED, VersionKind.TOPUP: _S.TOPUP_ISSUED, VersionKind.FINAL: _S.FINAL_ISSUED,
}  # fmt: skip
_ASKED_IN = {_S.REQUESTED: _S.QUERIED, _S.TOPUP_REQUESTED: _S.QUERIED, _S.FINAL_REQUESTED: _S.FINAL_QUERIED}
_WAS_INSIDE = (
    JourneyState.ADMITTED, JourneyState.DISCHARGE_PENDING, JourneyState.DISCHARGED, JourneyState.RETURNED,
    JourneyState.FOLLOW_UP,
)  # fmt: skip
"""States in which the patient is or was in hospital on the letter, so that it does not run out."""


# asking for a letter


def request_guarantee(session: Session, draft: GuaranteeDraft, *, override_reason: str = "") -> Changes:
    """Open a guarantee case for one admission and one payer, at the state it is in.

    A draft with ``requested_at`` is asked for at once, which the insurer's list of documents may stand in the way of.
    """
    refuse_if([*check_guarantee(draft), *_problems(session, draft)])
    asked = draft.state is _S.DRAFT and draft.requested_at is not None
    row = fill(GuaranteeRow(state_since=clock(session)), draft)
    row.gl_no_key = number_key(draft.gl_no)
    if row.hospital_id is None:
        row.hospital_id = get(session, JourneyRow, draft.journey_id).hospital_id
    add(session, row)
    _write_event(session, row, Passage(start=row.state, to=row.state), start=None)
    done = _touched(row, made=row.id)
    if asked:
        done |= move_guarantee(session, row.id, _S.REQUESTED, override_reason=override_reason)
    else:
        open_steps(session, row)
    settle_debts(session, row.journey_id)
    return done


def edit_guarantee(session: Session, key: int, draft: GuaranteeDraft, *, version: int | None = None) -> Changes:
    """Change what a letter says; its state moves by steps of its own."""
    row = get_for(session, GuaranteeRow, key, draft, version=version)
    same = replace(draft, journey_id=row.journey_id, state=row.state)
    refuse_if([*check_guarantee(same), *_problems(session, same, but=key)])
    fill(row, same, leave=("journey_id", "state"))
    row.gl_no_key = number_key(row.gl_no)
    session.flush()
    settle_debts(session, row.journey_id)
    return _touched(row)


def guarantee_draft(session: Session, key: int) -> GuaranteeDraft:
    """What the form of a letter opens with."""
    return draft_of(get(session, GuaranteeRow, key), GuaranteeDraft)


def _problems(session: Session, draft: GuaranteeDraft, *, but: int | None = None) -> list[Problem]:
    problems = need(session, JourneyRow, draft.journey_id, field="journey_id")
    journey = session.get(JourneyRow, draft.journey_id)
    if journey is not None:
        problems += cover_problems(session, journey.patient_id, draft.cover_id)
    problems += hospital_problems(session, draft.hospital_id)
    return problems + _number_problems(session, draft.cover_id, draft.gl_no, but=but)


def _number_problems(session: Session, cover_id: int, gl_no: str, *, but: int | None) -> list[Problem]:
    """A letter number stands once per insurer."""
    policy = policy_of(session, cover_id)
    if not number_key(gl_no) or policy is None or policy.insurer_id is None:
        return []
    same = (
        sa.select(GuaranteeRow.id)
        .join(CoverRow, CoverRow.id == GuaranteeRow.cover_id)
        .join(PolicyRow, PolicyRow.id == CoverRow.policy_id)
        .where(PolicyRow.insurer_id == policy.insurer_id, GuaranteeRow.gl_no_key == number_key(gl_no))
    )
    if any(key != but for key in session.scalars(same)):
        return [Problem(code="USED_NUMBER", message=USED_NUMBER, field="gl_no")]
    return []


# letters as issued


def add_version(
    session: Session,
    draft: VersionDraft,
    *,
    gl_no: str = "",
    accepted: Money | None = None,
    excess: Money | None = None,
    override_reason: str = "",
    note: str = "",
    version: int | None = None,
) -> Changes:
    """Write down a letter as issued: the first, a top-up, or the final one. The case's state follows.

    The ceiling is the whole amount from now on. A final letter names what is ``accepted`` (its ceiling, unless given)
    and the ``excess`` that the patient pays. ``gl_no`` is the number on the letter, if it was not known before.
    """
    row = get(session, GuaranteeRow, draft.guarantee_id, version=version, fields=("state", "gl_no"))
    problems = check_version(draft, earlier=versions_of(session, row.id), now=clock(session))
    accepted = draft.ceiling if accepted is None and draft.kind is VersionKind.FINAL else accepted  # zero is an amount
    problems += check_final(accepted, excess)
    refuse_if([*problems, *_number_problems(session, row.cover_id, gl_no, but=row.id)])
    number = session.scalar(
        sa.select(sa.func.max(GuaranteeVersionRow.number)).where(GuaranteeVersionRow.guarantee_id == row.id)
    )
    issued = fill(GuaranteeVersionRow(number=(number or 0) + 1), draft, leave=("rate",))
    issued.rate = f"{draft.rate:f}" if draft.rate is not None else ""
    if draft.ceiling is None:
        issued.currency = _currency_before(session, row.id)
    add(session, issued)
    if gl_no.strip():
        row.gl_no, row.gl_no_key = gl_no.strip(), number_key(gl_no)
    if draft.kind is VersionKind.FINAL:
        _keep_final(row, accepted, excess)
    session.flush()
    done = changes(("guarantee", row.id), ("journey", row.journey_id), made=issued.id)
    finish_titled(session, LETTER_DETAILS, journey_id=row.journey_id)
    if number is None and row.state is _STATE_AFTER[draft.kind]:
        settle_debts(session, row.journey_id)
        return done  # A list said that it was issued; now its amounts are known too.
    return done | move_guarantee(
        session, row.id, _STATE_AFTER[draft.kind], override_reason=override_reason, note=note or draft.note
    )


def _keep_final(row: GuaranteeRow, accepted: Money | None, excess: Money | None) -> None:
    if accepted is not None:
        row.accepted_minor, row.accepted_currency = accepted.minor, accepted.currency
    if excess is not None:
        row.excess_minor = excess.minor
        row.accepted_currency = row.accepted_currency or excess.currency


def _currency_before(session: Session, guarantee_id: int) -> str:
    """An as-charged letter has no amount; its currency is the one before it, else the ringgit of most hospitals."""
    last = sa.select(GuaranteeVersionRow.currency).where(GuaranteeVersionRow.guarantee_id == guarantee_id)
    return session.scalar(last.order_by(GuaranteeVersionRow.number.desc()).limit(1)) or "MYR"


# moving


def guarantee_moves(session: Session, key: int) -> list[Move[GuaranteeState]]:
    """Every move that a letter may make now, blocked ones with their problems and cures."""
    row = get(session, GuaranteeRow, key)
    return moves_from(row.state, guarantee_facts(session, key))


def move_guarantee(
    session: Session,
    key: int,
    to: GuaranteeState,
    *,
    reason: ReasonCode | None = None,
    reason_note: str = "",
    note: str = "",
    override_reason: str = "",
    version: int | None = None,
) -> Changes:
    """Move a letter on. The case itself stays where it is, but its moves show what the letter made possible."""
    row = get(session, GuaranteeRow, key, version=version, fields=("state",))
    facts = guarantee_facts(session, key, reason=reason, reason_note=reason_note)
    passage = check_move(row.state, to, facts, roles=roles(session), reason=override_reason)
    return let_pass(session, row, passage, reason=reason, reason_note=reason_note, note=note)


def let_pass(
    session: Session,
    row: GuaranteeRow,
    passage: Passage[GuaranteeState],
    *,
    reason: ReasonCode | None = None,
    reason_note: str = "",
    note: str = "",
) -> Changes:
    """Write a move of a letter that was let through."""
    _write_event(session, row, passage, start=passage.start, reason=reason, note=note or reason_note)
    now = clock(session)
    row.state, row.state_since = passage.to, now
    if reason is not None:
        row.reason, row.reason_note = reason, reason_note.strip()
    match passage.to:
        case GuaranteeState.REQUESTED:
            row.requested_at = row.requested_at if passage.start is _S.QUERIED else row.requested_at or now
            row.is_checklist_complete = True
        case GuaranteeState.ISSUED:
            row.first_issued_at = row.first_issued_at or now
        case GuaranteeState.CONVERTED:
            get(session, JourneyRow, row.journey_id).payer_path = PayerPath.REIMBURSEMENT
    session.flush()
    finish_steps(session, row, passage.start)
    open_steps(session, row)
    settle_debts(session, row.journey_id)
    return _touched(row)


def end_letters(session: Session, journey_id: int, *, cancelled: bool) -> Changes:
    """Close or take back the letters of a case that ended, as far as their table lets it."""
    done = Changes(touched=())
    for row in list(session.scalars(sa.select(GuaranteeRow).where(GuaranteeRow.journey_id == journey_id))):
        if may_close_by_itself(row.state):
            done |= let_pass(session, row, Passage(start=row.state, to=_S.CLOSED))
        elif cancelled and row.state in (_S.DRAFT, _S.REQUESTED, _S.QUERIED):
            done |= let_pass(session, row, Passage(start=row.state, to=_S.CANCELLED))
    return done


def guarantee_facts(
    session: Session, key: int, *, reason: ReasonCode | None = None, reason_note: str = ""
) -> GuaranteeFacts:
    """Everything the guards ask about a letter. A reason counts only for the move it is given with."""
    row = get(session, GuaranteeRow, key)
    session.flush()
    journey = get(session, JourneyRow, row.journey_id)
    papers = at_hand(session, row.journey_id)
    bills = set(session.scalars(sa.select(BillRow.kind).where(BillRow.journey_id == row.journey_id)))
    queries = queries_of(session, key)
    hospital = session.get(OrganizationRow, row.hospital_id) if row.hospital_id is not None else None
    currency = row.accepted_currency or "IDR"
    return GuaranteeFacts(
        today=today(session),
        is_checklist_complete=row.is_checklist_complete or _is_complete(session, row.journey_id),
        gl_no=row.gl_no, versions=versions_of(session, key), reason=reason, reason_note=reason_note,
        open_queries=sum(q.answered_at is None for q in queries),
        is_query_on_topup=bool(queries) and queries[-1].is_on_topup,
        hospital_takes_letters=credit_for_letter(session, row, hospital, today(session)).gives_credit,
        is_admitted=journey.state in _WAS_INSIDE or journey.admitted_at is not None,
        has_interim_bill=BillKind.INTERIM in bills or DocumentKind.BILL_INTERIM in papers,
        has_final_bill=BillKind.FINAL in bills or DocumentKind.BILL_FINAL_ITEMISED in papers,
        has_discharge_summary=facts_of(session, row.journey_id).has_discharge_summary,
        accepted=money(row.accepted_minor, currency), excess=money(row.excess_minor, currency),
    )  # fmt: skip


def _is_complete(session: Session, journey_id: int) -> bool:
    """Every document of the pack is here or was seen, or an officer ticked the pack as complete."""
    return not missing_for(session, get(session, JourneyRow, journey_id), Process.PREAUTH)


# questions


def ask_query(session: Session, draft: GuaranteeQueryDraft) -> Changes:
    """Write down a question of the insurer: its clock stands still, ours runs until the answer."""
    row = get(session, GuaranteeRow, draft.guarantee_id)
    problems = check_guarantee_query(draft, now=clock(session))
    if row.state not in _ASKED_IN and row.state not in _ASKED_IN.values():
        problems.append(Problem(code="NOT_ASKED_NOW", message=NOT_ASKED_NOW))
    refuse_if(problems)
    query = fill(GuaranteeQueryRow(), draft)
    query.is_on_topup = draft.is_on_topup or row.state is _S.TOPUP_REQUESTED
    add(session, query)
    done = changes(("guarantee", row.id), ("journey", row.journey_id), made=query.id)
    if row.state in _ASKED_IN:
        done |= move_guarantee(session, row.id, _ASKED_IN[row.state])
    return done


def answer_query(session: Session, query_id: int, answer: str) -> Changes:
    """Write down our answer; with the last one the letter goes back to the insurer, whose clock runs again."""
    query = get(session, GuaranteeQueryRow, query_id)
    problems = []
    if not answer.strip():
        problems.append(Problem(code="MISSING", message=NO_ANSWER, field="answer"))
    if query.answered_at is not None:
        problems.append(Problem(code="ANSWERED_ALREADY", message=ANSWERED_ALREADY))
    refuse_if(problems)
    query.answered_at, query.answer = clock(session), answer.strip()
    session.flush()
    row = get(session, GuaranteeRow, query.guarantee_id)
    if any(q.answered_at is None for q in queries_of(session, row.id)):
        return _touched(row)
    if row.state is _S.QUERIED:
        return move_guarantee(session, row.id, _S.TOPUP_REQUESTED if query.is_on_topup else _S.REQUESTED)
    if row.state is _S.FINAL_QUERIED:
        return move_guarantee(session, row.id, _S.FINAL_REQUESTED)
    return _touched(row)


def _write_event(
    session: Session,
    row: GuaranteeRow,
    passage: Passage[GuaranteeState],
    *,
    start: GuaranteeState | None,
    reason: ReasonCode | None = None,
    note: str = "",
) -> None:
    event = GuaranteeEventRow(
        guarantee_id=row.id, at=clock(session), from_state=start, to_state=passage.to, actor=actor(session),
        note=note.strip(), reason=reason, override_reason=passage.reason if passage.overridden else "",
        overridden=" ".join(p.guard or p.code for p in passage.overridden),
    )  # fmt: skip
    add(session, event)


def _touched(row: GuaranteeRow, *, made: int | None = None) -> Changes:
    return changes(("guarantee", row.id), ("journey", row.journey_id), made=made)
