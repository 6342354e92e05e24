"""Journeys: opened where they are, moved as the table allows, held, handed over, linked, closed and reopened."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.facts import FactKind
from liaison.domain.journey_facts import JourneyFacts
from liaison.domain.journey_kinds import path_of
from liaison.domain.journey_moves import Way, check_move, way_to
from liaison.domain.journey_moves import moves as moves_from
from liaison.domain.journeys import (
    REOPENABLE,
    CancelReason,
    JourneyDraft,
    JourneyKind,
    JourneyState,
    LinkKind,
    check_journey,
    is_open,
)
from liaison.domain.lifecycle import Move, Passage
from liaison.domain.patients import Region, RelationKind
from liaison.domain.people import PatientDraft, RelatedPersonDraft
from liaison.domain.problems import Problem
from liaison.domain.regions import city_of, province_of, region_of
from liaison.i18n import N_
from liaison.services.belonging import cover_problems, hospital_problems
from liaison.services.case_numbers import next_case_no
from liaison.services.changes import Changes, actor, add, changes, clock, draft_of, fill, get, get_for, need, today
from liaison.services.course_steps import follow_move
from liaison.services.debts import settle_debts, write_debts
from liaison.services.facts import facts_of, starts_next_cycle
from liaison.services.guarantees import end_letters
from liaison.services.office import roles
from liaison.services.patients import add_patient, add_related_person
from liaison.services.work import own_id
from liaison.store.models import (
    AgentRow,
    ConfirmationRow,
    JourneyEventRow,
    JourneyRow,
    OfficerRow,
    OrganizationRow,
    PatientRow,
    RelatedPersonRow,
)

REOPENED = "REOPENED"
"""The event's reason code of a reopening."""

NOT_IN_KIND = N_("A case of the kind “{kind}” has no stage “{state}”. Choose another stage or kind.")
HOLD_REASON = N_("Write down why the case is on hold.")
ANSWER_NOTE = N_("Write down what was answered.")
TWO_PEOPLE = N_("A couple is two people. Choose two different patients.")
GONE_PATIENT = N_("This patient was merged with another or voided. Choose the patient that stayed.")

_LOCKED_FIELDS = ("patient_id", "state", "opened_on", "parent_id", "link_kind")
"""What an edit of a case leaves alone: moves, links and the patient have steps of their own."""


# opening


def open_journey(
    session: Session,
    draft: JourneyDraft,
    *,
    patient: PatientDraft | None = None,
    note: str = "",
    key: int | None = None,
) -> Changes:
    """Open a case at the stage it is in; what is missing there becomes debts with a due time, not a refusal.

    With ``patient`` the person is put on record in the same action and the draft's own ``patient_id`` does not count.
    ``key`` is that which an enquiry was given elsewhere (a kiosk), so that it never comes in twice.
    """
    person = add_patient(session, patient) if patient is not None else Changes(touched=())
    if person.made is not None:
        draft = replace(draft, patient_id=person.made)
    refuse_if([*check_journey(draft, today=today(session)), *_problems(session, draft)])
    row = fill(JourneyRow(id=key, case_no=next_case_no(session)), draft)
    row.opened_on = draft.opened_on or today(session)
    row.state_since = row.last_contact_at = clock(session)
    row.is_open = is_open(row.state)
    row.ended_on = None if row.is_open else today(session)
    row.officer_id = draft.officer_id if draft.officer_id is not None else own_id(session)
    _take_from_patient(session, row)
    add(session, row)
    _write_event(session, row, Passage(start=row.state, to=row.state), start=None, note=note)
    write_debts(session, row.id)
    made = changes(("journey", row.id), ("patient", row.patient_id), ("journey", row.parent_id), made=row.id)
    return made | person


def open_couple(
    session: Session, draft: JourneyDraft, *, first: PatientDraft | int, second: PatientDraft | int
) -> Changes:
    """Open two linked cases of a couple in one action: each is the other's companion. ``made`` is the first case."""
    one, other = _person(session, first), _person(session, second)
    if one == other:
        raise Refused([Problem(code="TWO_PEOPLE", message=TWO_PEOPLE, field="patient_id")])
    mine = open_journey(session, replace(draft, patient_id=one))
    theirs = replace(draft, patient_id=other, cover_id=None, parent_id=mine.made, link_kind=LinkKind.COMPANION_CASE)
    done = mine | open_journey(session, theirs)
    for person, companion in ((one, other), (other, one)):
        done |= _stand_beside(session, person, companion)
    return done


def open_linked(
    session: Session, journey_id: int, *, link: LinkKind, draft: JourneyDraft | None = None, note: str = ""
) -> Changes:
    """Open a case that follows from another: a complication, the next stage, treatment in Indonesia instead."""
    before = get(session, JourneyRow, journey_id)
    given = draft or JourneyDraft(
        patient_id=before.patient_id, kind=before.kind, need=before.need, specialty=before.specialty,
        diagnosis=before.diagnosis, diagnosis_code=before.diagnosis_code, is_restricted=before.is_restricted,
        source_channel=before.source_channel, agent_id=before.agent_id, officer_id=before.officer_id,
        origin_city=before.origin_city, cover_id=before.cover_id, payer_path=before.payer_path,
        destination_country="ID" if link is LinkKind.DOMESTIC else before.destination_country,
        destination_city="" if link is LinkKind.DOMESTIC else before.destination_city,
        hospital_id=None if link is LinkKind.DOMESTIC else before.hospital_id,
    )  # fmt: skip
    return open_journey(session, replace(given, parent_id=journey_id, link_kind=link), note=note)


def _person(session: Session, person: PatientDraft | int) -> int:
    if isinstance(person, int):
        return person
    made = add_patient(session, person).made
    assert made is not None
    return made


def _stand_beside(session: Session, patient_id: int, companion_id: int) -> Changes:
    known = sa.select(RelatedPersonRow.id).where(
        RelatedPersonRow.patient_id == patient_id, RelatedPersonRow.related_patient_id == companion_id
    )
    if session.scalar(known.limit(1)) is not None:
        return Changes(touched=())
    companion = get(session, PatientRow, companion_id)
    beside = RelatedPersonDraft(
        relation=RelationKind.SPOUSE, name=companion.full_name, phone=companion.phone,
        related_patient_id=companion_id, is_companion=True,
    )  # fmt: skip
    return replace(add_related_person(session, patient_id, beside), made=None)


def _take_from_patient(session: Session, row: JourneyRow) -> None:
    """Where the patient comes from, unless the case says otherwise; the region follows from the province."""
    patient = get(session, PatientRow, row.patient_id)
    row.origin_city = row.origin_city or patient.city
    city = city_of(row.origin_city)
    if not row.origin_province:
        row.origin_province = city.province if city else patient.province
    if row.region in (None, Region.NOT_STATED):
        province = province_of(row.origin_province)
        row.region = region_of(province.code) if province else patient.region
    if row.hospital_id is not None:
        hospital = get(session, OrganizationRow, row.hospital_id)
        row.destination_country = row.destination_country or hospital.country
        row.destination_city = row.destination_city or hospital.city


def _problems(session: Session, draft: JourneyDraft, *, state: JourneyState | None = None) -> list[Problem]:
    """What only the store can see: the records a draft names, and whether they belong together."""
    problems = need(session, PatientRow, draft.patient_id, field="patient_id")
    patient = session.get(PatientRow, draft.patient_id)
    if patient is not None and (patient.merged_into_id is not None or patient.voided_reason):
        problems.append(Problem(code="GONE_PATIENT", message=GONE_PATIENT, field="patient_id"))
    problems += need(session, AgentRow, draft.agent_id, field="agent_id")
    problems += need(session, OfficerRow, draft.officer_id, field="officer_id")
    problems += need(session, JourneyRow, draft.parent_id, field="parent_id")
    problems += cover_problems(session, draft.patient_id, draft.cover_id)
    problems += hospital_problems(session, draft.hospital_id)
    here = state or draft.state
    if here not in path_of(draft.kind, is_domestic=draft.destination_country == "ID"):
        values = {"kind": draft.kind, "state": here}
        problems.append(Problem(code="NOT_IN_KIND", message=NOT_IN_KIND, field="state", values=values))
    return problems


# changing


def edit_journey(session: Session, key: int, draft: JourneyDraft, *, version: int | None = None) -> Changes:
    """Change what is known of a case. Its state, patient and link stay: those have steps of their own."""
    row = get_for(session, JourneyRow, key, draft, version=version)
    same = replace(draft, patient_id=row.patient_id, state=row.state, parent_id=row.parent_id, link_kind=row.link_kind)
    refuse_if([*check_journey(same, today=today(session)), *_problems(session, same)])
    comes_from_elsewhere = draft.origin_city != row.origin_city and draft.origin_province == row.origin_province
    fill(row, same, leave=_LOCKED_FIELDS)
    if comes_from_elsewhere:
        row.origin_province, row.region = "", Region.NOT_STATED
    _take_from_patient(session, row)
    session.flush()
    settle_debts(session, key)
    return _touched(row)


def journey_draft(session: Session, key: int) -> JourneyDraft:
    """What the form of a case opens with."""
    return draft_of(get(session, JourneyRow, key), JourneyDraft)


def choose_cover(session: Session, key: int, cover_id: int | None, *, version: int | None = None) -> Changes:
    """Choose the cover that a case goes by; letters and claims still name their own."""
    row = get(session, JourneyRow, key, version=version, fields=("cover_id",))
    refuse_if(cover_problems(session, row.patient_id, cover_id))
    row.cover_id = cover_id
    session.flush()
    return _touched(row)


def assign(session: Session, key: int, officer_id: int, *, version: int | None = None) -> Changes:
    """Give a case to a colleague."""
    row = get(session, JourneyRow, key, version=version, fields=("officer_id",))
    refuse_if(need(session, OfficerRow, officer_id, field="officer_id"))
    row.officer_id = officer_id
    session.flush()
    return _touched(row)


def hold(session: Session, key: int, *, reason: str, version: int | None = None) -> Changes:
    """Put a case on hold where it is; it moves on only after the hold is off."""
    row = get(session, JourneyRow, key, version=version, fields=("hold_reason", "held_since"))
    if not reason.strip():
        raise Refused([Problem(code="MISSING", message=HOLD_REASON, field="hold_reason")])
    row.hold_reason, row.held_since = reason.strip(), clock(session)
    session.flush()
    return _touched(row)


def resume(session: Session, key: int, *, version: int | None = None) -> Changes:
    """Take the hold off."""
    row = get(session, JourneyRow, key, version=version, fields=("hold_reason", "held_since"))
    row.hold_reason, row.held_since = "", None
    session.flush()
    return _touched(row)


# moving


def moves(session: Session, key: int) -> list[Move[JourneyState]]:
    """Every move that this case may make now, blocked ones with their problems and cures."""
    row = get(session, JourneyRow, key)
    return moves_from(row.state, facts_of(session, key))


def way(session: Session, key: int, to: JourneyState) -> Way | None:
    """How this case gets to a state further on, and everything in the way of any step."""
    row = get(session, JourneyRow, key)
    return way_to(row.state, to, facts_of(session, key))


def move_journey(
    session: Session,
    key: int,
    to: JourneyState,
    *,
    note: str = "",
    reason_code: str = "",
    override_reason: str = "",
    version: int | None = None,
) -> Changes:
    """Move a case on. Refused with every problem and its cure; with a reason, guards are passed over and it prints.

    ``reason_code`` is a :class:`CancelReason` where the case is cancelled.
    """
    row = get(session, JourneyRow, key, version=version, fields=("state",))
    facts = facts_of(session, key)
    reason = next((r for r in CancelReason if r.value == reason_code), None)
    if to is JourneyState.CANCELLED and reason is not None:
        facts = replace(facts, cancel_reason=reason)
    passage = check_move(row.state, to, facts, roles=roles(session), reason=override_reason)
    return _pass(session, row, passage, facts, note=note, reason_code=reason_code, cancelled_for=reason)


def _pass(
    session: Session,
    row: JourneyRow,
    passage: Passage[JourneyState],
    facts: JourneyFacts,
    *,
    note: str = "",
    reason_code: str = "",
    cancelled_for: CancelReason | None = None,
) -> Changes:
    """Write a move that was let through."""
    code = REOPENED if passage.start in REOPENABLE else reason_code
    _write_event(session, row, passage, start=passage.start, note=note, reason_code=code)
    row.state, row.state_since = passage.to, clock(session)
    row.is_open = is_open(passage.to)
    row.ended_on = None if row.is_open else today(session)
    if own_id(session) is not None:
        row.last_contact_at = clock(session)
    _leave_marks(session, row, passage, facts, note=note, cancelled_for=cancelled_for)
    session.flush()
    settle_debts(session, row.id)
    done = _touched(row)
    done |= follow_move(session, row, passage.start, passage.to)
    if passage.to in _ENDS_LETTERS:
        done |= end_letters(session, row.id, cancelled=passage.to is not JourneyState.CLOSED)
    return done


_ENDS_LETTERS = (
    JourneyState.CLOSED, JourneyState.CANCELLED, JourneyState.LOST, JourneyState.REDIRECTED_DOMESTIC,
)  # fmt: skip


def pass_by_time(session: Session, row: JourneyRow, passage: Passage[JourneyState]) -> Changes:
    """Write a move that time alone made: a lead that nobody answers is lost."""
    return _pass(session, row, passage, facts_of(session, row.id))


def _leave_marks(
    session: Session,
    row: JourneyRow,
    passage: Passage[JourneyState],
    facts: JourneyFacts,
    *,
    note: str,
    cancelled_for: CancelReason | None,
) -> None:
    """What a move says about the case besides its state."""
    start, to = passage.start, passage.to
    if start in REOPENABLE:
        row.closed_reason, row.closed_note, row.was_answered = None, "", False
    if starts_next_cycle(start, to):
        row.planned_admission_on = row.planned_return_on = row.departed_on = None
        row.admitted_at = row.discharged_at = None
    match to:
        case JourneyState.CLOSED:
            row.was_answered = start in (JourneyState.MEDICAL_REVIEW, JourneyState.DECISION)
            row.closed_note = note
        case JourneyState.CANCELLED:
            row.closed_reason, row.closed_note = cancelled_for or row.closed_reason, note
        case JourneyState.LOST | JourneyState.DECEASED:
            row.closed_note = note
        case JourneyState.REDIRECTED_DOMESTIC:
            row.is_retained_domestic, row.closed_note = True, note
        case JourneyState.EN_ROUTE:
            row.departed_on = row.departed_on or today(session)
        case JourneyState.ADMITTED:
            row.admitted_at = row.admitted_at or facts.admitted_at
        case JourneyState.DISCHARGED:
            row.discharged_at = row.discharged_at or clock(session)


def cancel(session: Session, key: int, *, reason: CancelReason, note: str = "", version: int | None = None) -> Changes:
    """End a case before the journey, with its reason."""
    return move_journey(session, key, JourneyState.CANCELLED, reason_code=reason.value, note=note, version=version)


def answer_without_travel(session: Session, key: int, *, note: str, version: int | None = None) -> Changes:
    """Close a case from the medical review or the decision: the question is answered, nobody needs to travel."""
    row = get(session, JourneyRow, key, version=version, fields=("state",))
    if not note.strip():
        raise Refused([Problem(code="MISSING", message=ANSWER_NOTE, field="note")])
    answer = ConfirmationRow(
        journey_id=key, kind=FactKind.ANSWERED, stated_on=today(session), officer=actor(session), note=note.strip()
    )
    add(session, answer)
    done = move_journey(session, key, JourneyState.CLOSED, note=note.strip())
    return done | changes(("confirmation", answer.id), ("patient", row.patient_id))


def redirect_home(session: Session, key: int, *, note: str = "", version: int | None = None) -> Changes:
    """The patient is treated in Indonesia instead: this case ends, a domestic one follows. ``made`` is the new one."""
    moved = move_journey(session, key, JourneyState.REDIRECTED_DOMESTIC, note=note, version=version)
    return open_linked(session, key, link=LinkKind.DOMESTIC) | moved


def reopen(session: Session, key: int, *, reason: str, version: int | None = None) -> Changes:
    """Take a closed, cancelled or lost case up where it ended: by a supervisor, with a reason, within 90 days."""
    row = get(session, JourneyRow, key, version=version, fields=("state",))
    facts = facts_of(session, key)
    back = facts.came_from or JourneyState.ENQUIRY
    passage = check_move(row.state, back, facts, roles=roles(session), reason=reason)
    return _pass(session, row, passage, facts, note=reason)


def start_repeating(session: Session, key: int, *, version: int | None = None) -> Changes:
    """Say that a treatment is one of several rounds, so that it may start again from home."""
    row = get(session, JourneyRow, key, version=version, fields=("kind",))
    row.kind = JourneyKind.REPEAT_CYCLE
    session.flush()
    return _touched(row)


def _write_event(
    session: Session,
    row: JourneyRow,
    passage: Passage[JourneyState],
    *,
    start: JourneyState | None,
    note: str = "",
    reason_code: str = "",
) -> None:
    event = JourneyEventRow(
        journey_id=row.id, at=clock(session), from_state=start, to_state=passage.to, actor=actor(session),
        note=note.strip(), reason_code=reason_code,
        override_reason=passage.reason if passage.overridden else "",
        overridden=" ".join(p.guard or p.code for p in passage.overridden),
    )  # fmt: skip
    add(session, event)


def _touched(row: JourneyRow) -> Changes:
    return changes(("journey", row.id), ("patient", row.patient_id))
