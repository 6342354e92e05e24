"""From a message to a case: the person, the case, the note, the first step, the consent still owed; one action."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.calendars import Calendar
from liaison.domain.clocks import after_working_days, after_working_hours
from liaison.domain.enquiries import EnquiryDraft, check_enquiry
from liaison.domain.errors import refuse_if
from liaison.domain.facts import CONSENTS, FactKind
from liaison.domain.journey_debts import RUNNING_DEBT_DAYS
from liaison.domain.journeys import JourneyDraft, SourceChannel
from liaison.domain.message_words import RELATION_OF, PhoneOwner
from liaison.domain.messages import KnownHouse
from liaison.domain.names import fold
from liaison.domain.network import OrganizationKind
from liaison.domain.people import PatientDraft, RelatedPersonDraft
from liaison.domain.policies import CoverDraft, PolicyDraft
from liaison.domain.regions import city_of
from liaison.domain.work import NoteChannel, NoteDraft, TaskDraft, TaskKind
from liaison.i18n import N_
from liaison.services.changes import Changes, clock, get, today
from liaison.services.journeys import open_journey
from liaison.services.matching import telling
from liaison.services.office_hours import office_calendar
from liaison.services.patients import add_patient, add_related_person
from liaison.services.policies import add_cover, add_policy, covers_of
from liaison.services.work import add_note, add_task
from liaison.store.models import ConfirmationRow, JourneyRow, OrganizationRow, PatientRow

GET_CONSENT = N_("Get consent C1: processing of health data")
TITLE = N_("Open a case from a message")
_HOUSES = (OrganizationKind.HOSPITAL, OrganizationKind.INSURER)
_SHORTEST = 5
"""A single word of a longer name means the house only where it has at least so many letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What is written into free text, in the language of whoever writes it."""

    owner: str = ""
    """Whose number it is."""
    age: str = ""
    """The age with the day on which it was said; kept in the person's note."""


def add_enquiry(session: Session, draft: EnquiryDraft, *, wording: Wording | None = None) -> Changes:
    """Open a case from a message. ``made`` is the case. A person on record stays as they are."""
    refuse_if(check_enquiry(draft, now=clock(session), today=today(session)))
    wording = wording or Wording()
    done = Changes(touched=())
    if draft.patient_id is None:
        person = add_patient(session, _person(draft, wording))
        assert person.made is not None
        patient_id, done = person.made, person
        if draft.caller_name.strip() and draft.phone_owner not in (None, PhoneOwner.PATIENT):
            done |= add_related_person(session, patient_id, _caller(draft))
    else:
        patient_id = get(session, PatientRow, draft.patient_id).id
    cover_id = _cover(session, patient_id, draft.insurer_id)
    opened = open_journey(session, _journey(session, draft, patient_id, cover_id))
    journey_id = opened.made
    done |= opened
    if draft.message.strip():
        note = NoteDraft(
            journey_id=journey_id, channel=draft.channel, counterpart=draft.caller_name.strip(), text=draft.message
        )
        done |= add_note(session, note)
    done |= add_task(session, TaskDraft(journey_id=journey_id, title=draft.first_step.strip(), due_at=draft.step_at))
    if journey_id is not None and not _has_consent(session, patient_id):
        done |= add_task(session, _consent_debt(session, journey_id))
    return replace(done, made=journey_id)


def _person(draft: EnquiryDraft, wording: Wording) -> PatientDraft:
    return PatientDraft(
        full_name=draft.full_name.strip(), sex=draft.sex, birth_date=draft.birth_date, phone=draft.phone.strip(),
        phone_owner=wording.owner if draft.phone_owner not in (None, PhoneOwner.PATIENT) else "",
        email=draft.email.strip(), city=draft.city.strip(), note=wording.age if draft.age_said.strip() else "",
    )  # fmt: skip


def _caller(draft: EnquiryDraft) -> RelatedPersonDraft:
    assert draft.phone_owner is not None
    return RelatedPersonDraft(
        relation=RELATION_OF[draft.phone_owner], name=draft.caller_name.strip(), phone=draft.phone.strip()
    )


def _journey(session: Session, draft: EnquiryDraft, patient_id: int, cover_id: int | None) -> JourneyDraft:
    hospital = session.get(OrganizationRow, draft.hospital_id) if draft.hospital_id is not None else None
    named = city_of(draft.destination_city)
    city = named.name if named is not None else draft.destination_city.strip()
    country = named.country if named is not None else hospital.country if hospital is not None else ""
    if draft.phone_owner is PhoneOwner.AGENT:
        source = SourceChannel.AGENT
    else:
        source = SourceChannel.WHATSAPP if draft.channel is NoteChannel.WHATSAPP else SourceChannel.REP_OFFICE
    return JourneyDraft(
        patient_id=patient_id, need=draft.need.strip(), destination_city=city or (hospital.city if hospital else ""),
        destination_country=country, hospital_id=draft.hospital_id, planned_admission_on=draft.planned_on,
        cover_id=cover_id, origin_city=draft.city.strip(), source_channel=source,
    )  # fmt: skip


def _cover(session: Session, patient_id: int, insurer_id: int | None) -> int | None:
    """The person's one cover with this insurer, else a new one whose numbers are asked for later."""
    if insurer_id is None:
        return None
    known = [c for c in covers_of(session, patient_id) if c.insurer_id == insurer_id]
    if known:
        return known[0].id if len(known) == 1 else None
    policy_id = add_policy(session, PolicyDraft(insurer_id=insurer_id)).made
    assert policy_id is not None
    return add_cover(session, CoverDraft(patient_id=patient_id, policy_id=policy_id)).made


def _has_consent(session: Session, patient_id: int) -> bool:
    """Whether the person agreed in an earlier case that our office may process their data."""
    given = sa.select(ConfirmationRow.id).join(JourneyRow, JourneyRow.id == ConfirmationRow.journey_id)
    mine = given.where(JourneyRow.patient_id == patient_id, ConfirmationRow.kind == CONSENTS[0])
    return session.scalar(mine.limit(1)) is not None


def _consent_debt(session: Session, journey_id: int) -> TaskDraft:
    due = after_working_days(clock(session), RUNNING_DEBT_DAYS, office_calendar(session))
    return TaskDraft(journey_id=journey_id, kind=TaskKind.DEBT, title=GET_CONSENT, fact=FactKind.C1, due_at=due)


def next_working_hour(now: dt.datetime, calendar: Calendar) -> dt.datetime:
    """When somebody can be called back: the first full hour that is at least one working hour away, in UTC."""
    soon = after_working_hours(now, 1, calendar)
    full = soon.replace(minute=0, second=0, microsecond=0)
    return full if full == soon else after_working_hours(full + dt.timedelta(hours=1), 0, calendar)


# what the store knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What the form of a message begins with."""

    houses: tuple[KnownHouse, ...]
    call_back_at: dt.datetime
    """By the office's own hours and days off."""


def begin(session: Session) -> Beginning:
    """The houses on record, and when somebody can be called back."""
    return Beginning(
        houses=known_houses(session), call_back_at=next_working_hour(clock(session), office_calendar(session))
    )


def known_houses(session: Session) -> tuple[KnownHouse, ...]:
    """Hospitals and insurers with every spelling that a message may use; one telling word is enough."""
    rows = session.scalars(
        sa.select(OrganizationRow).where(OrganizationRow.kind.in_(_HOUSES), OrganizationRow.merged_into_id.is_(None))
    ).all()
    return tuple(
        KnownHouse(id=r.id, kind=r.kind, name=r.name, city=_city_name(r.city), spellings=_spellings(r)) for r in rows
    )


def _city_name(text: str) -> str:
    city = city_of(text or "")
    return city.name if city is not None else text or ""


def _spellings(row: OrganizationRow) -> tuple[str, ...]:
    short = telling(row.name_key)
    word = short.split(" ")[0]
    found = {row.name_key, fold(row.short_name or ""), *row.also_known_as}
    found |= {short} if " " in short else set()
    if len(word) >= _SHORTEST and word not in _COMMON:
        found.add(word)
    return tuple(sorted(s for s in found if len(s) >= 3 and city_of(s) is None))


_COMMON = frozenset(
    {"asuransi", "insurance", "assurance", "international", "national", "general", "island", "heart", "institut",
     "institute", "sehat", "kesehatan", "health", "care", "royal", "mount", "saint", "santa", "umum", "jantung",
     "pusat", "medika", "jiwa", "syariah", "indonesia", "malaysia"}
)  # fmt: skip
"""Words that begin a name of a house and mean something else in a message."""
