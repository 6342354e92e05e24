"""A pregnancy on a case: how far it is on each flight, the airlines' rules, and the child that was born."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.calendars import known_zones
from liaison.domain.errors import refuse_if
from liaison.domain.identifiers import number_key
from liaison.domain.names import fold
from liaison.domain.patients import IdentifierKind, RelationKind
from liaison.domain.people import PatientDraft, RelatedPersonDraft
from liaison.domain.pregnancy import (
    USUAL_RULE,
    AirlineRule,
    AirlineRuleDraft,
    FlightAnswer,
    Gestation,
    NewbornDraft,
    PregnancyDraft,
    check_airline_rule,
    check_newborn,
    check_pregnancy,
    due_of,
    gestation_on,
    judge,
    newborn_name,
)
from liaison.domain.problems import Problem
from liaison.domain.travel import TravelMode
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, get_for, need, today, zone
from liaison.services.patients import add_patient, add_related_person
from liaison.store.models import (
    AirlineRuleRow,
    JourneyRow,
    NewbornRow,
    PatientIdentifierRow,
    PatientRow,
    PregnancyRow,
    TravelLegRow,
)

HAS_CHILD = N_("A child with this birth order is on record for this birth already.")
THE_WAY_OUT = N_("planned admission")
THE_WAY_BACK = N_("planned return")


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightView:
    """One flight with how far the pregnancy is then. ``what`` is the flight's number, or a marked word."""

    on: dt.date
    what: str
    is_booked: bool
    gestation: Gestation | None
    answer: FlightAnswer
    rule: AirlineRule
    is_rule_old: bool
    letter_from: dt.date
    """The earliest day on which the airline's letter may be written for this flight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildView:
    """A child born on this case."""

    patient_id: int
    name: str
    born_on: dt.date
    birth_order: int
    of_several: bool
    has_nik: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PregnancyView:
    """A pregnancy as the case shows it."""

    id: int
    version: int
    due_on: dt.date
    today: Gestation | None
    is_multiple: bool
    has_complications: bool
    letter_on: dt.date | None
    note: str
    flights: tuple[FlightView, ...]
    children: tuple[ChildView, ...]


def record_pregnancy(session: Session, draft: PregnancyDraft, *, version: int | None = None) -> Changes:
    """Write down how far a pregnancy is; a case has one."""
    refuse_if([*check_pregnancy(draft, today=today(session)), *need(session, JourneyRow, draft.journey_id)])
    row = session.scalar(sa.select(PregnancyRow).where(PregnancyRow.journey_id == draft.journey_id))
    if row is None:
        row = add(session, fill(PregnancyRow(), draft))
    else:
        fill(get_for(session, PregnancyRow, row.id, draft, version=version), draft)
        session.flush()
    return changes(("pregnancy", row.id), ("journey", draft.journey_id), made=row.id)


def pregnancy_draft(session: Session, journey_id: int) -> PregnancyDraft:
    """What the form of a pregnancy opens with."""
    row = session.scalar(sa.select(PregnancyRow).where(PregnancyRow.journey_id == journey_id))
    return PregnancyDraft(journey_id=journey_id) if row is None else draft_of(row, PregnancyDraft)


def pregnancy_of(session: Session, journey_id: int) -> PregnancyView | None:
    """The pregnancy of a case with every flight; none where there is none."""
    row = session.scalar(sa.select(PregnancyRow).where(PregnancyRow.journey_id == journey_id))
    due = due_of(draft_of(row, PregnancyDraft)) if row is not None else None
    if row is None or due is None:
        return None
    children = _children(session, journey_id)
    born_on = min((c.born_on for c in children), default=None)
    return PregnancyView(
        id=row.id, version=row.version, due_on=due,
        today=gestation_on(due, today(session)) if born_on is None else None,
        is_multiple=row.is_multiple, has_complications=row.has_complications, letter_on=row.letter_on, note=row.note,
        flights=tuple(_flights(session, row, due, born_on)), children=children,
    )  # fmt: skip


def _flights(session: Session, row: PregnancyRow, due: dt.date, born_on: dt.date | None) -> list[FlightView]:
    """Every flight on record; before any is booked the planned days stand in."""
    legs = session.scalars(
        sa.select(TravelLegRow)
        .where(TravelLegRow.journey_id == row.journey_id, TravelLegRow.mode == TravelMode.FLIGHT)
        .order_by(TravelLegRow.departs_at)
    ).all()
    if legs:
        planned = [(_local_day(session, leg), f"{leg.carrier} {leg.number}".strip(), leg.carrier) for leg in legs]
    else:
        journey = get(session, JourneyRow, row.journey_id)
        days = ((journey.planned_admission_on, THE_WAY_OUT), (journey.planned_return_on, THE_WAY_BACK))
        planned = [(day, what, "") for day, what in days if day is not None]
    rules = {r.carrier_key: _rule(r) for r in session.scalars(sa.select(AirlineRuleRow))}
    found = []
    for day, what, carrier in planned:
        rule = rules.get(fold(carrier), replace(USUAL_RULE, carrier=carrier))
        answer = judge(
            rule, due, day, is_multiple=row.is_multiple, has_complications=row.has_complications,
            letter_on=row.letter_on, born_on=born_on,
        )  # fmt: skip
        found.append(
            FlightView(
                on=day, what=what, is_booked=bool(legs), gestation=gestation_on(due, day), answer=answer, rule=rule,
                is_rule_old=rule.is_stale(today(session)), letter_from=day - dt.timedelta(days=rule.letter_days),
            )
        )  # fmt: skip
    return found


def _local_day(session: Session, leg: TravelLegRow) -> dt.date:
    """The date of a departure on the clock of the place it leaves from."""
    name = leg.departs_zone if leg.departs_zone in known_zones() else zone(session)
    return leg.departs_at.astimezone(ZoneInfo(name)).date()


# airlines' rules


def keep_airline_rule(session: Session, draft: AirlineRuleDraft) -> Changes:
    """Write an airline's rule down, or put a newer one in its place."""
    refuse_if(check_airline_rule(draft, today=today(session)))
    key = fold(draft.carrier)
    known = session.scalar(sa.select(AirlineRuleRow).where(AirlineRuleRow.carrier_key == key))
    row = add(session, fill(known or AirlineRuleRow(carrier_key=key), draft))
    return changes(("airline_rule", row.id), made=row.id)


def airline_rules(session: Session) -> tuple[AirlineRule, ...]:
    """The airlines' rules on record, by name."""
    return tuple(_rule(r) for r in session.scalars(sa.select(AirlineRuleRow).order_by(AirlineRuleRow.carrier_key)))


def _rule(row: AirlineRuleRow) -> AirlineRule:
    return AirlineRule(
        carrier=row.carrier, letter_from_week=row.letter_from_week, last_week=row.last_week,
        last_week_multiple=row.last_week_multiple, letter_days=row.letter_days, source=row.source,
        checked_on=row.checked_on,
    )  # fmt: skip


# the child


def newborn_draft(session: Session, journey_id: int) -> NewbornDraft:
    """What the form of a newborn opens with: today, the next birth order, the mother's NIK as on record."""
    journey = get(session, JourneyRow, journey_id)
    pregnancy = session.scalar(sa.select(PregnancyRow).where(PregnancyRow.journey_id == journey_id))
    children = _children(session, journey_id)
    several = bool(children) or (pregnancy is not None and pregnancy.is_multiple)
    return NewbornDraft(
        journey_id=journey_id, born_on=children[0].born_on if children else today(session),
        birth_order=1 + len(children), of_several=several, mother_nik=_nik_of(session, journey.patient_id),
    )  # fmt: skip


def add_newborn(session: Session, draft: NewbornDraft) -> Changes:
    """Put a child on record that has neither name nor NIK: called after its mother, tied to her NIK and birth order."""
    problems = [*check_newborn(draft, today=today(session)), *need(session, JourneyRow, draft.journey_id)]
    children = _children(session, draft.journey_id)
    if any(c.birth_order == draft.birth_order for c in children):
        problems.append(Problem(code="HAS_CHILD", message=HAS_CHILD, field="birth_order"))
    refuse_if(problems)
    mother = get(session, PatientRow, get(session, JourneyRow, draft.journey_id).patient_id)
    person = PatientDraft(
        full_name=newborn_name(mother.full_name, order=draft.birth_order, of_several=draft.of_several),
        sex=draft.sex, birth_date=draft.born_on, phone=mother.phone,
        phone_owner=mother.full_name if mother.phone else "",
        city=mother.city, nationality=mother.nationality, language=mother.language, note=draft.note,
    )  # fmt: skip
    made = add_patient(session, person)
    assert made.made is not None
    beside = RelatedPersonDraft(
        relation=RelationKind.MOTHER, name=mother.full_name, phone=mother.phone, related_patient_id=mother.id,
        is_next_of_kin=True, is_companion=True,
    )  # fmt: skip
    row = fill(NewbornRow(patient_id=made.made, mother_id=mother.id), draft)
    row.mother_nik = number_key(draft.mother_nik)
    add(session, row)
    done = made | add_related_person(session, made.made, beside)
    return done | changes(("newborn", row.id), ("journey", draft.journey_id), ("patient", mother.id))


def _children(session: Session, journey_id: int) -> tuple[ChildView, ...]:
    rows = session.execute(
        sa.select(NewbornRow, PatientRow)
        .join(PatientRow, PatientRow.id == NewbornRow.patient_id)
        .where(NewbornRow.journey_id == journey_id)
        .order_by(NewbornRow.born_on, NewbornRow.birth_order)
    )
    return tuple(
        ChildView(
            patient_id=person.id, name=person.full_name, born_on=child.born_on, birth_order=child.birth_order,
            of_several=child.of_several, has_nik=bool(_nik_of(session, person.id)),
        )
        for child, person in rows
    )  # fmt: skip


def _nik_of(session: Session, patient_id: int) -> str:
    known = sa.select(PatientIdentifierRow.value).where(
        PatientIdentifierRow.patient_id == patient_id, PatientIdentifierRow.kind == IdentifierKind.NIK
    )
    return session.scalar(known.limit(1)) or ""
