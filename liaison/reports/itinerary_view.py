"""What a patient's itinerary pack is made from: whom to call, every stop of every day, the letter, what to bring.

A restricted diagnosis never stands in a pack, and none at all in a copy with its cover off.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.care import AppointmentKind, AppointmentState
from liaison.domain.documents import DocumentKind
from liaison.domain.errors import Refused
from liaison.domain.journey_facts import LETTERS_FINAL, LETTERS_IN_HAND
from liaison.domain.money import Money
from liaison.domain.network import Desk, OrganizationKind
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.domain.regions import city_of
from liaison.domain.restricted import is_restricted
from liaison.domain.travel import MedifState, TravelMode
from liaison.domain.travel_rules import travel_rules
from liaison.i18n import N_
from liaison.reports.case_gather import find_case
from liaison.reports.case_view import Office
from liaison.reports.directory_view import EMERGENCY
from liaison.reports.gathering import office_of
from liaison.reports.reader_tags import show_fields
from liaison.reports.report import CaseKeys
from liaison.reports.wording import local
from liaison.services.changes import actor, clock
from liaison.services.facts import passport_until
from liaison.services.guarantee_views import guarantees_of
from liaison.services.plan_views import PlanView, plan_of
from liaison.services.travel_rules import rules_here
from liaison.store.models import (
    ContactRow,
    CoverRow,
    DocumentRow,
    JourneyRow,
    OrganizationRow,
    PatientRow,
    PolicyRow,
    RelatedPersonRow,
)

NOTHING_PLANNED = N_("Nothing is planned for this case yet. Add an appointment or a flight to its plan first.")
HOME_EMERGENCY = "112"
"""The emergency number in Indonesia."""

BE_THERE_MINUTES = {TravelMode.FLIGHT: 120, TravelMode.FERRY: 60}
"""How long before departure the patient should be there."""

EMBASSY_WORDS = ("kbri", "kedutaan", "embassy")
CONSULATE_WORDS = ("kjri", "konsul", "consulate", *EMBASSY_WORDS)


class StopKind(Enum):
    """What happens at a stop."""

    LEAVE = "leave"
    ARRIVE = "arrive"
    APPOINTMENT = "appointment"
    CHECK_IN = "check_in"
    CHECK_OUT = "check_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class StopView:
    """One thing of a day. ``at`` is none where only the day is known; ``zone`` is the clock it stands on."""

    kind: StopKind
    on: dt.date
    at: dt.datetime | None
    zone: str
    place: str
    mode: TravelMode | None = None
    what: AppointmentKind | None = None
    to: str = ""
    be_there: dt.datetime | None = None
    house: str = ""
    doctor: str = ""
    words: tuple[str, ...] = ()
    """As typed by the officer; in one language only."""
    has_interpreter: bool = False
    nights: int = 0
    """How many nights are spent there, of the stop that goes to a hotel."""
    until: dt.date | None = None
    is_certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskView:
    """Somebody to call: the house, its number, its hours in its own zone."""

    house: str
    phone: str
    hours: str
    zone: str
    night_phone: str = ""
    desk: Desk | None = None
    """Whose number it is; none where it is the house's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """The guarantee letter in force, as the patient needs it."""

    number: str
    insurer: str
    ceiling: Money | None
    is_as_charged: bool
    valid_to: dt.date | None
    covered_days: int | None
    room_class: str
    excess: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItineraryView:
    """Everything that a pack may say."""

    as_of: dt.datetime
    office: Office
    officer: str
    case_no: str
    passport_name: str
    """As in the passport, else as we were told; ``is_from_passport`` says which."""
    is_from_passport: bool
    is_single_name: bool
    passport_expires_on: dt.date | None
    companions: tuple[str, ...]
    hospital: str
    city: str
    country: str
    there_zone: str
    doctor: str
    diagnosis: str
    """Empty where it must not be printed."""
    procedure: str
    allergies: str
    stops: tuple[StopView, ...]
    hospital_desk: DeskView | None
    insurer_desk: DeskView | None
    emergency: str
    consulate: str
    consulate_phone: str
    letter: LetterView | None
    has_cover: bool
    has_referral: bool
    has_medif: bool
    arrival_card: str
    card_from: dt.date | None
    card_to: dt.date | None
    nights: int

    @property
    def days(self) -> tuple[tuple[dt.date, tuple[StopView, ...]], ...]:
        """The stops by their day, on the clock of the place where each happens."""
        found: dict[dt.date, list[StopView]] = {}
        for stop in self.stops:
            found.setdefault(stop.on, []).append(stop)
        return tuple((day, tuple(stops)) for day, stops in found.items())

    @property
    def appointment_count(self) -> int:
        """How many appointments there are."""
        return sum(stop.kind is StopKind.APPOINTMENT for stop in self.stops)


for _kind, _names in (
    (
        ItineraryView,
        "as_of office officer case_no passport_name is_from_passport is_single_name passport_expires_on companions "
        "hospital city country there_zone doctor diagnosis procedure allergies stops hospital_desk insurer_desk "
        "emergency consulate consulate_phone letter has_cover has_referral has_medif arrival_card card_from card_to "
        "nights",
    ),
    (
        StopView,
        "kind on at zone place mode what to be_there house doctor words has_interpreter nights until is_certain",
    ),
    (DeskView, "house phone hours zone night_phone desk"),
    (LetterView, "number insurer ceiling is_as_charged valid_to covered_days room_class excess"),
):
    show_fields(_kind, _names, Audience.FAMILY)


def gather(session: Session, case_no: str, *, with_cover: bool) -> tuple[ItineraryView, CaseKeys]:
    """Read a case's plan for its patient. Refuses a case without any plan; ``with_cover`` says why the patient goes."""
    journey = find_case(session, case_no)
    plan = plan_of(session, journey.id)
    stops = _stops(plan)
    if not stops:
        raise Refused([Problem(code="NOTHING_PLANNED", field="case", message=NOTHING_PLANNED)])
    patient = session.get_one(PatientRow, journey.patient_id)
    house = session.get(OrganizationRow, journey.hospital_id) if journey.hospital_id else None
    known = city_of(plan.destination) if plan.destination else None
    rule = rules_here(session).country(plan.country)
    leaves = stops[0].on
    says_why = with_cover and not (journey.is_restricted or is_restricted(journey.diagnosis_code, journey.diagnosis))
    name = patient.passport_name or patient.full_name
    consulate, consulate_phone = _consulate(session, plan)
    has_card = rule is not None and bool(rule.arrival_card)
    view = ItineraryView(
        as_of=clock(session),
        office=office_of(session),
        officer=actor(session),
        case_no=journey.case_no,
        passport_name=name,
        is_from_passport=bool(patient.passport_name),
        is_single_name=len(name.split()) == 1,
        passport_expires_on=passport_until(session, patient.id),
        companions=_companions(session, plan, patient.id),
        hospital=house.name if house else "",
        city=known.name if known else plan.destination,
        country=plan.country,
        there_zone=plan.there_zone,
        doctor=journey.doctor,
        diagnosis=" ".join(p for p in (journey.diagnosis_code, journey.diagnosis) if p) if says_why else "",
        procedure=journey.procedure if says_why else "",
        allergies=patient.allergies,
        stops=stops,
        hospital_desk=_desk(session, house, _HOSPITAL_DESKS),
        insurer_desk=_insurer_desk(session, journey),
        emergency=EMERGENCY.get(plan.country, ""),
        consulate=consulate,
        consulate_phone=consulate_phone,
        letter=_letter(session, journey),
        has_cover=journey.cover_id is not None,
        has_referral=bool(plan.referrals) or _has(session, journey.id, DocumentKind.REFERRAL_LETTER),
        has_medif=any(line.draft.medif is MedifState.CLEARED for line in plan.legs),
        arrival_card=rule.arrival_card if rule is not None and has_card else "",
        card_from=leaves - dt.timedelta(days=rule.arrival_card_days) if rule is not None and has_card else None,
        card_to=leaves if has_card else None,
        nights=(stops[-1].on - leaves).days,
    )
    country = house.country if house else journey.destination_country
    return view, CaseKeys(journey_id=journey.id, patient_id=patient.id, country=country)


# the days


def _stops(plan: PlanView) -> tuple[StopView, ...]:
    found = [*_way(plan), *_nights(plan), *_appointments(plan)]
    return tuple(sorted(found, key=_order))


def _order(stop: StopView) -> tuple[dt.date, int, dt.datetime]:
    """By day; leaving the hotel first, then by the hour, going to the hotel last."""
    rank = {StopKind.CHECK_OUT: 0, StopKind.CHECK_IN: 2}.get(stop.kind, 1)
    return stop.on, rank, stop.at or dt.datetime.max.replace(tzinfo=dt.UTC)


def _way(plan: PlanView) -> Iterable[StopView]:
    for line in plan.legs:
        leg = line.draft
        early = BE_THERE_MINUTES.get(leg.mode)
        trip = " ".join(part for part in (leg.carrier, leg.number) if part)
        yield StopView(
            kind=StopKind.LEAVE, on=local(leg.departs_at, leg.departs_zone).date(), at=leg.departs_at,
            zone=leg.departs_zone, place=leg.from_place, mode=leg.mode, to=leg.to_place,
            be_there=leg.departs_at - dt.timedelta(minutes=early) if early else None, house=trip,
            words=tuple(part for part in (leg.booking_ref, leg.seat) if part),
        )  # fmt: skip
        if leg.arrives_at is not None:
            yield StopView(
                kind=StopKind.ARRIVE, on=local(leg.arrives_at, leg.arrives_zone).date(), at=leg.arrives_at,
                zone=leg.arrives_zone, place=leg.to_place, to=leg.to_place,
                words=(leg.pick_up,) if leg.pick_up else (),
            )  # fmt: skip


def _nights(plan: PlanView) -> Iterable[StopView]:
    for line in plan.stays:
        stay = line.draft
        about = tuple(part for part in (stay.address, stay.phone) if part)
        yield StopView(
            kind=StopKind.CHECK_IN, on=stay.check_in, at=None, zone=plan.there_zone, place=stay.hotel, words=about,
            nights=(stay.check_out - stay.check_in).days, until=stay.check_out,
        )  # fmt: skip
        yield StopView(kind=StopKind.CHECK_OUT, on=stay.check_out, at=None, zone=plan.there_zone, place=stay.hotel)


def _appointments(plan: PlanView) -> Iterable[StopView]:
    for line in plan.appointments:
        one = line.draft
        if one.starts_at is None or line.state is AppointmentState.CANCELLED:
            continue
        yield StopView(
            kind=StopKind.APPOINTMENT, on=local(one.starts_at, one.zone).date(), at=one.starts_at, zone=one.zone,
            place=one.place, what=one.kind, house=line.hospital, doctor=one.doctor,
            words=(one.preparation,) if one.preparation else (), has_interpreter=one.has_interpreter,
            is_certain=line.state is not AppointmentState.ASKED,
        )  # fmt: skip


# whom to call

_HOSPITAL_DESKS = (Desk.INDONESIA_DESK, Desk.IPC, Desk.EMERGENCY, Desk.GL_DESK)
_INSURER_DESKS = (Desk.EMERGENCY, Desk.CASE_MANAGER, Desk.GL_DESK, Desk.CLAIMS)


def _desk(session: Session, house: OrganizationRow | None, wanted: Sequence[Desk]) -> DeskView | None:
    if house is None:
        return None
    rows = session.scalars(
        sa.select(ContactRow)
        .where(ContactRow.organization_id == house.id, ContactRow.phone != "")
        .order_by(ContactRow.id)
    ).all()
    rank = {desk: number for number, desk in enumerate(wanted)}
    row = min(rows, key=lambda r: (rank.get(r.desk, 99), not r.is_preferred, r.id), default=None)
    if row is None and not (house.phone or house.night_phone):
        return None
    night = (row.night_phone if row is not None else "") or house.night_phone
    return DeskView(
        house=house.name, phone=(row.phone if row is not None else house.phone) or night,
        hours=row.hours if row is not None else "", zone=house.zone, night_phone=night,
        desk=row.desk if row is not None else None,
    )  # fmt: skip


def _insurer_desk(session: Session, journey: JourneyRow) -> DeskView | None:
    """The administrator's desk where one decides for the insurer, else the insurer's."""
    if journey.cover_id is None:
        return None
    policy = session.scalar(
        sa.select(PolicyRow).join(CoverRow, CoverRow.policy_id == PolicyRow.id).where(CoverRow.id == journey.cover_id)
    )
    key = (policy.administrator_id or policy.insurer_id) if policy is not None else None
    return _desk(session, session.get(OrganizationRow, key) if key is not None else None, _INSURER_DESKS)


def _consulate(session: Session, plan: PlanView) -> tuple[str, str]:
    """The consulate to call: one that the office keeps in its network, else the one on file for the city."""
    if plan.country in ("", "ID"):
        return "", ""
    kinds = (OrganizationKind.CONSULATE, OrganizationKind.OTHER)
    houses = session.scalars(
        sa.select(OrganizationRow)
        .where(OrganizationRow.kind.in_(kinds), OrganizationRow.country == plan.country)
        .order_by(OrganizationRow.kind != OrganizationKind.CONSULATE, OrganizationRow.id)
    ).all()
    own = [h for h in houses if (h.phone or h.night_phone) and _is_consulate(h)]
    here = city_of(plan.destination) if plan.destination else None
    near = [h for h in own if here is not None and city_of(h.city) == here]
    if near or own:
        house = (near or own)[0]
        return house.name, house.night_phone or house.phone
    known = travel_rules().consulate(plan.country, plan.destination)
    if known is not None and not known.phone:
        embassy = travel_rules().consulate(plan.country, "")
        known = embassy if embassy is not None and embassy.phone else known
    return (known.name, known.phone) if known is not None else ("", "")


def _is_consulate(house: OrganizationRow) -> bool:
    """Whether a house is a consulate: by its kind, or by its name where nobody said what it is."""
    return house.kind is OrganizationKind.CONSULATE or any(w in house.name.casefold() for w in CONSULATE_WORDS)


def _companions(session: Session, plan: PlanView, patient_id: int) -> tuple[str, ...]:
    """Who goes along: those of the plan, and relatives who are known to."""
    beside = session.scalars(
        sa.select(RelatedPersonRow.name)
        .where(RelatedPersonRow.patient_id == patient_id, RelatedPersonRow.is_companion)
        .order_by(RelatedPersonRow.id)
    )
    return tuple(dict.fromkeys([*(line.draft.name for line in plan.escorts), *beside]))


# papers


def _has(session: Session, journey_id: int, kind: DocumentKind) -> bool:
    found = sa.select(DocumentRow.id).where(
        DocumentRow.journey_id == journey_id, DocumentRow.kind == kind, DocumentRow.voided_reason == ""
    )
    return session.scalar(found.limit(1)) is not None


def _letter(session: Session, journey: JourneyRow) -> LetterView | None:
    """The newest letter that still holds; its ceiling is that of its last version, never a sum."""
    for letter in reversed(list(guarantees_of(session, journey.id))):
        if letter.versions and letter.state in LETTERS_IN_HAND | LETTERS_FINAL:
            return LetterView(
                number=letter.gl_no, insurer=letter.insurer, ceiling=letter.ceiling_now,
                is_as_charged=letter.is_as_charged, valid_to=letter.valid_to, covered_days=letter.covered_days,
                room_class=letter.room_class, excess=letter.excess,
            )  # fmt: skip
    return None
