"""What of a person left the office: what, to whom, in which country, on what ground.

Written beside every print, export or message about a person; without a ground nothing goes. An emergency is a ground of
its own, which somebody looks at again the day after. Sources: ``domain`` 2.3; ``security`` 8.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from liaison.domain.disclosures import (
    REVIEW_HOURS,
    UNCONSENTED_DAYS,
    Finding,
    GivenConsent,
    Ground,
    ground_for,
)
from liaison.domain.errors import Refused, refuse_if
from liaison.domain.facts import CONSENTS, FactKind
from liaison.domain.fields import problem
from liaison.domain.journeys import JourneyState
from liaison.domain.network import OrganizationKind
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.domain.work import TaskKind
from liaison.i18n import N_
from liaison.services.belonging import policy_of
from liaison.services.changes import Changes, actor, add, changes, clock, get, need, officer_id, today
from liaison.store.models import (
    ConfirmationRow,
    DisclosureRow,
    JourneyRow,
    OfficerRow,
    OrganizationRow,
    PatientRow,
    TaskRow,
)

NEEDS_PERSON = N_("A disclosure names the patient or the case whose data left the office.")
REVIEW = N_("Look again at what was disclosed in an emergency")
"""Title of the step that an emergency leaves behind."""

REVIEWED_BEFORE = N_("This disclosure was looked at already.")
SAY_WHAT = N_("Write down what was found: who was told, and whether the consent was given afterwards.")

ENQUIRING = (JourneyState.ENQUIRY, JourneyState.INTAKE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureView:
    """One time that data of a person left the office."""

    id: int
    journey_id: int | None
    report: str
    report_id: str
    audience: Audience
    recipient: str
    country: str
    purpose: str
    ground: Ground
    consents: tuple[str, ...]
    channel: str
    emergency_reason: str
    reviewed_at: dt.datetime | None
    reviewed_by: str
    review_note: str
    actor: str
    at: dt.datetime

    @property
    def needs_review(self) -> bool:
        """Whether somebody still has to look at it again."""
        return self.ground is Ground.EMERGENCY and self.reviewed_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconsented:
    """An enquiry that is kept although nobody agreed to it yet. ``days`` since it came in."""

    journey_id: int
    case_no: str
    name: str
    city: str
    opened_on: dt.date
    days: int
    officer: str


# the ground


def find_ground(
    session: Session,
    audience: Audience,
    *,
    patient_id: int | None = None,
    journey_id: int | None = None,
    recipient: str = "",
    country: str = "",
    emergency: str = "",
    by_message: bool = False,
) -> Finding:
    """On what ground a reader may have this person's data now. A receiver on record is known by its name."""
    row = session.get(JourneyRow, journey_id) if journey_id is not None else None
    person = patient_id if patient_id is not None else row.patient_id if row is not None else None
    house = _receiver(session, audience, row, recipient)
    if audience in HOUSES and journey_id is None and person is not None and not _has_case(session, person):
        # Nobody of ours: all that is known came from claim lists of the houses themselves.
        return Finding(ground=Ground.RECEIVER)
    return ground_for(
        audience, given_consents(session, person) if person is not None else (), on=today(session),
        recipient_id=house.id if house is not None else None, country=_country(house, country), emergency=emergency,
        by_message=by_message,
    )  # fmt: skip


def _has_case(session: Session, patient_id: int) -> bool:
    return session.scalar(sa.select(JourneyRow.id).where(JourneyRow.patient_id == patient_id).limit(1)) is not None


def _country(house: OrganizationRow | None, country: str) -> str:
    """Where it goes: the receiver's own country, else the one that was said."""
    return (house.country if house is not None else "") or country


def given_consents(session: Session, patient_id: int) -> list[GivenConsent]:
    """Every consent of a person, whichever case it was given in."""
    rows = session.scalars(
        sa.select(ConfirmationRow)
        .join(JourneyRow, JourneyRow.id == ConfirmationRow.journey_id)
        .where(JourneyRow.patient_id == patient_id, ConfirmationRow.kind.in_(CONSENTS))
        .order_by(ConfirmationRow.id)
    )
    return [
        GivenConsent(
            kind=r.kind, stated_on=r.stated_on, valid_to=r.valid_to, withdrawn_on=r.withdrawn_on,
            organization_id=r.organization_id, country=r.country,
        )
        for r in rows
    ]  # fmt: skip


HOUSES = {
    Audience.HOSPITAL: (OrganizationKind.HOSPITAL,),
    Audience.INSURER: (OrganizationKind.INSURER, OrganizationKind.ADMINISTRATOR, OrganizationKind.ASSISTANCE),
}
"""Readers that are houses of the network, and which kinds of houses they are."""


def house_named(session: Session, audience: Audience, recipient: str) -> OrganizationRow | None:
    """The house on record that a reader is called by."""
    kinds, called = HOUSES.get(audience), recipient.strip()
    if kinds is None or not called:
        return None
    return session.scalars(
        sa.select(OrganizationRow).where(
            sa.or_(OrganizationRow.name == called, OrganizationRow.short_name == called),
            OrganizationRow.kind.in_(kinds),
            OrganizationRow.merged_into_id.is_(None),
        )
    ).first()


def _receiver(
    session: Session, audience: Audience, journey: JourneyRow | None, recipient: str
) -> OrganizationRow | None:
    """The house that a paper goes to: the one that is named, else the case's own hospital or insurer."""
    if audience not in HOUSES:
        return None
    own = _own_house(session, audience, journey)
    if not recipient.strip() or (own is not None and recipient.strip() in (own.name, own.short_name)):
        return own
    named = house_named(session, audience, recipient)
    return named if named is not None else own


def _own_house(session: Session, audience: Audience, journey: JourneyRow | None) -> OrganizationRow | None:
    if journey is None:
        return None
    if audience is Audience.HOSPITAL:
        return session.get(OrganizationRow, journey.hospital_id) if journey.hospital_id is not None else None
    policy = policy_of(session, journey.cover_id)
    key = policy.insurer_id if policy is not None else None
    return session.get(OrganizationRow, key) if key is not None else None


# writing it down


def record_disclosure(
    session: Session,
    *,
    report: str,
    report_id: str,
    audience: Audience,
    patient_id: int | None = None,
    journey_id: int | None = None,
    recipient: str = "",
    country: str = "",
    purpose: str = "",
    channel: str = "",
    emergency: str = "",
    by_message: bool = False,
) -> Changes:
    """Write down that a person's data goes to somebody. Call it in an action of kind ``disclosure``: it stays.

    ``report`` is the catalogue's name of what was printed, ``report_id`` stands on each of its pages. Refused without a
    ground; ``emergency`` says why it could not wait for a consent, and leaves a step to look at it again.
    """
    problems = [*need(session, PatientRow, patient_id), *need(session, JourneyRow, journey_id)]
    if patient_id is None and journey_id is None:
        problems.append(Problem(code="NEEDS_PERSON", message=NEEDS_PERSON))
    refuse_if(problems)
    if patient_id is None:
        patient_id = session.scalar(sa.select(JourneyRow.patient_id).where(JourneyRow.id == journey_id))
    found = find_ground(
        session, audience, patient_id=patient_id, journey_id=journey_id, recipient=recipient, country=country,
        emergency=emergency, by_message=by_message,
    )  # fmt: skip
    refuse_if(found.problems())
    house = _receiver(session, audience, session.get(JourneyRow, journey_id) if journey_id else None, recipient)
    row = DisclosureRow(
        patient_id=patient_id, journey_id=journey_id, report=report, report_id=report_id, audience=audience.value,
        recipient=recipient.strip(), country=_country(house, country), purpose=purpose.strip(), channel=channel,
        ground=found.ground or Ground.OFFICE, consents=" ".join(kind.value for kind in found.consents),
        emergency_reason=emergency.strip() if found.ground is Ground.EMERGENCY else "", actor=actor(session),
        at=clock(session),
    )  # fmt: skip
    add(session, row)
    done = changes(("disclosure", row.id), ("patient", patient_id), ("journey", journey_id), made=row.id)
    return done | _to_review(session, row) if found.ground is Ground.EMERGENCY else done


def record_inside(session: Session, *, report: str, report_id: str, people: Iterable[tuple[int, int | None]]) -> None:
    """Write a line for everybody that a paper or list of the office itself names: patient, and case where there is one.

    The ground is the office's own work; what leaves the office goes by :func:`record_disclosure`, person by person.
    """
    at, who = clock(session), actor(session)
    session.add_all(
        DisclosureRow(
            patient_id=patient_id, journey_id=journey_id, report=report, report_id=report_id,
            audience=Audience.INTERNAL.value, ground=Ground.OFFICE, actor=who, at=at,
        )
        for patient_id, journey_id in people
    )  # fmt: skip
    session.flush()


def _to_review(session: Session, row: DisclosureRow) -> Changes:
    """The step that an emergency leaves: by tomorrow somebody looks at it again."""
    journey = session.get(JourneyRow, row.journey_id) if row.journey_id is not None else None
    key = journey.officer_id if journey is not None else None
    own = officer_id(session)
    if key is None and own is not None and session.get(OfficerRow, own) is not None:
        key = own
    task = TaskRow(
        journey_id=row.journey_id, kind=TaskKind.ALARM, title=REVIEW, officer_id=key,
        due_at=clock(session) + dt.timedelta(hours=REVIEW_HOURS),
    )  # fmt: skip
    add(session, task)
    return changes(("task", task.id))


def review_disclosure(session: Session, key: int, note: str) -> Changes:
    """Write down what the look afterwards found; the step it left is done."""
    row = get(session, DisclosureRow, key)
    problems = []
    if row.reviewed_at is not None:
        problems.append(problem("REVIEWED_BEFORE", REVIEWED_BEFORE))
    if not note.strip():
        problems.append(problem("MISSING", SAY_WHAT, "note"))
    if problems:
        raise Refused(problems)
    row.reviewed_at, row.reviewed_by, row.review_note = clock(session), actor(session), note.strip()
    session.flush()
    done = changes(("disclosure", key), ("journey", row.journey_id))
    if _left_to_review(session, row.journey_id):
        return done
    for task in session.scalars(
        sa.select(TaskRow).where(
            TaskRow.title == REVIEW, TaskRow.done_at.is_(None),
            TaskRow.journey_id.is_not_distinct_from(row.journey_id),
        )
    ):  # fmt: skip
        task.done_at, task.done_note = clock(session), note.strip()
        done |= changes(("task", task.id))
    session.flush()
    return done


def _left_to_review(session: Session, journey_id: int | None) -> bool:
    left = sa.select(DisclosureRow.id).where(
        DisclosureRow.ground == Ground.EMERGENCY, DisclosureRow.reviewed_at.is_(None),
        DisclosureRow.journey_id.is_not_distinct_from(journey_id),
    )  # fmt: skip
    return session.scalar(left.limit(1)) is not None


# looking back


def disclosures_of(session: Session, patient_id: int) -> list[DisclosureView]:
    """Every time that data of a person left the office, newest first."""
    return _views(session, DisclosureRow.patient_id == patient_id)


def disclosures_of_case(session: Session, journey_id: int) -> list[DisclosureView]:
    """Every time that data of a case left the office, newest first."""
    return _views(session, DisclosureRow.journey_id == journey_id)


def disclosures_to_review(session: Session) -> list[DisclosureView]:
    """What went out in an emergency and nobody looked at since."""
    return _views(session, sa.and_(DisclosureRow.ground == Ground.EMERGENCY, DisclosureRow.reviewed_at.is_(None)))


def receivers_of(session: Session, journey_id: int) -> tuple[str, ...]:
    """Whom a case's data went to: who has to be told when a consent is withdrawn."""
    views = disclosures_of_case(session, journey_id)
    return tuple(dict.fromkeys(v.recipient for v in views if v.recipient and v.audience is not Audience.INTERNAL))


def _views(session: Session, wanted: sa.ColumnElement[bool]) -> list[DisclosureView]:
    rows: Iterable[DisclosureRow] = session.scalars(
        sa.select(DisclosureRow).where(wanted).order_by(DisclosureRow.id.desc())
    )
    return [
        DisclosureView(
            id=r.id, journey_id=r.journey_id, report=r.report, report_id=r.report_id, audience=audience_of(r.audience),
            recipient=r.recipient, country=r.country, purpose=r.purpose, ground=r.ground,
            consents=tuple(r.consents.split()), channel=r.channel, emergency_reason=r.emergency_reason,
            reviewed_at=r.reviewed_at, reviewed_by=r.reviewed_by, review_note=r.review_note, actor=r.actor, at=r.at,
        )
        for r in rows
    ]  # fmt: skip


def audience_of(value: str) -> Audience:
    """The audience that a stored value means."""
    return next(a for a in Audience if a.value == value)


def unconsented(session: Session, *, officer_id: int | None = None) -> list[Unconsented]:
    """Enquiries older than two weeks without consent C1: ask for it, or close them. The oldest first."""
    day = today(session)
    any_case = aliased(JourneyRow)
    agreed = (
        sa.select(ConfirmationRow.id)
        .join(any_case, any_case.id == ConfirmationRow.journey_id)
        .where(
            any_case.patient_id == JourneyRow.patient_id,
            ConfirmationRow.kind == FactKind.C1,
            ConfirmationRow.withdrawn_on.is_(None),
        )
        .exists()
    )
    asked = (
        sa.select(
            JourneyRow.id, JourneyRow.case_no, PatientRow.full_name, JourneyRow.origin_city, JourneyRow.opened_on,
            OfficerRow.name,
        )
        .join(PatientRow, PatientRow.id == JourneyRow.patient_id)
        .outerjoin(OfficerRow, OfficerRow.id == JourneyRow.officer_id)
        .where(
            JourneyRow.is_open == sa.true(), JourneyRow.state.in_(ENQUIRING), ~agreed,
            JourneyRow.opened_on < day - dt.timedelta(days=UNCONSENTED_DAYS),
        )
        .order_by(JourneyRow.opened_on, JourneyRow.id)
    )  # fmt: skip
    if officer_id is not None:
        asked = asked.where(sa.or_(JourneyRow.officer_id == officer_id, JourneyRow.officer_id.is_(None)))
    return [
        Unconsented(
            journey_id=key, case_no=case_no, name=name, city=city, opened_on=opened_on, days=(day - opened_on).days,
            officer=officer or "",
        )
        for key, case_no, name, city, opened_on, officer in session.execute(asked)
    ]  # fmt: skip
