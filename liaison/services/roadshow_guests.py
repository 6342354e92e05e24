"""Guests of a roadshow: invited, coming, there. A visitor becomes an enquiry only with consent on record."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.facts import ConfirmationDraft, FactKind
from liaison.domain.journeys import EntryMode, JourneyDraft, SourceChannel
from liaison.domain.people import PatientDraft
from liaison.domain.problems import Problem
from liaison.domain.roadshows import GuestDraft, GuestState, check_guest
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, clock, draft_of, fill, get, get_for, need, today
from liaison.services.confirmations import confirm_all
from liaison.services.journeys import open_journey
from liaison.services.matching import SimilarPatient, similar_patients
from liaison.store.models import OrganizationRow, RoadshowGuestRow, RoadshowRow

INVITED_ALREADY = N_("This house or person is on the list already.")
NO_CONSENT = N_("Without consent a visitor does not become an enquiry. Write down when and how it was given.")
NO_NAME = N_("Write down the visitor's name first.")
ENQUIRY_ALREADY = N_("This visitor is an enquiry already.")
IS_ENQUIRY = N_("This visitor is an enquiry already; the case stays. Take the case back first.")


def add_guest(session: Session, draft: GuestDraft) -> Changes:
    """Put a house or a person on the list."""
    refuse_if([*check_guest(draft, today=today(session)), *_places(session, draft), *_twice(session, draft)])
    row = fill(RoadshowGuestRow(), draft)
    if draft.state is GuestState.WALK_IN:
        row.came_at = clock(session)
    add(session, row)
    return _touched(row, made=row.id)


def invite_houses(session: Session, roadshow_id: int, organization_ids: tuple[int, ...]) -> Changes:
    """Invite several houses of the network in one action; those on the list already are left as they are."""
    refuse_if(need(session, RoadshowRow, roadshow_id))
    known = set(
        session.scalars(sa.select(RoadshowGuestRow.organization_id).where(RoadshowGuestRow.roadshow_id == roadshow_id))
    )
    done = changes(("roadshow", roadshow_id))
    for key in dict.fromkeys(organization_ids):
        if key not in known:
            done |= add_guest(session, GuestDraft(roadshow_id=roadshow_id, organization_id=key))
    return done


def edit_guest(session: Session, key: int, draft: GuestDraft, *, version: int | None = None) -> Changes:
    """Change what is known of a guest."""
    row = get_for(session, RoadshowGuestRow, key, draft, version=version)
    problems = [*check_guest(draft, today=today(session)), *_places(session, draft)]
    refuse_if([*problems, *_twice(session, draft, but=key)])
    fill(row, draft)
    session.flush()
    return _touched(row)


def guest_draft(session: Session, key: int) -> GuestDraft:
    """What the form of a guest opens with."""
    return draft_of(get(session, RoadshowGuestRow, key), GuestDraft)


def answer_guest(session: Session, key: int, state: GuestState) -> Changes:
    """Say what a guest answered."""
    row = get(session, RoadshowGuestRow, key)
    row.state = state
    session.flush()
    return _touched(row)


def check_in(session: Session, key: int, *, at: dt.datetime | None = None) -> Changes:
    """Say that a guest is there."""
    row = get(session, RoadshowGuestRow, key)
    row.came_at = at or clock(session)
    session.flush()
    return _touched(row)


def not_there(session: Session, key: int) -> Changes:
    """Take a check-in back."""
    row = get(session, RoadshowGuestRow, key)
    row.came_at = None
    session.flush()
    return _touched(row)


def check_in_all(session: Session, keys: tuple[int, ...]) -> Changes:
    """Say that several guests are there, as one action; who is there already keeps the first moment."""
    done = Changes(touched=())
    for key in keys:
        if get(session, RoadshowGuestRow, key).came_at is None:
            done |= check_in(session, key)
    return done


def remove_guest(session: Session, key: int) -> Changes:
    """Take a guest off the list; refused once a case came of it. One undo brings the guest back."""
    row = get(session, RoadshowGuestRow, key)
    if row.journey_id is not None:
        raise Refused([Problem(code="IS_ENQUIRY", message=IS_ENQUIRY)])
    done = _touched(row)
    session.delete(row)
    session.flush()
    return done


def people_like(session: Session, key: int) -> list[SimilarPatient]:
    """People on record who may be this visitor, the likeliest first; none where there is no consent to go on."""
    row = get(session, RoadshowGuestRow, key)
    if row.consent_on is None or not row.name.strip():
        return []
    return similar_patients(session, row.name, phone=row.phone)


def make_enquiry(session: Session, key: int, *, patient_id: int | None = None) -> Changes:
    """Open a case for a visitor who agreed to it; ``made`` is the case. Refused without consent on record.

    With ``patient_id`` the visitor is a person on record already. The consents to process and to be contacted
    (C1, C5) are written into the case with their day and how they were given.
    """
    row = get(session, RoadshowGuestRow, key)
    problems = []
    if row.journey_id is not None:
        raise Refused([Problem(code="ENQUIRY_ALREADY", message=ENQUIRY_ALREADY)])
    if row.consent_on is None or not row.consent_how.strip():
        problems.append(Problem(code="NO_CONSENT", message=NO_CONSENT, field="consent_on"))
    if not row.name.strip():
        problems.append(Problem(code="NO_NAME", message=NO_NAME, field="name"))
    refuse_if(problems)
    event = get(session, RoadshowRow, row.roadshow_id)
    person = PatientDraft(full_name=row.name, phone=row.phone, email=row.email, city=event.city)
    opened = open_journey(
        session,
        JourneyDraft(
            patient_id=patient_id or 0, need=row.need, source_channel=SourceChannel.ROADSHOW, origin_city=event.city,
            entry_mode=EntryMode.ELECTIVE,
        ),
        patient=None if patient_id is not None else person,
    )  # fmt: skip
    assert opened.made is not None
    assert row.consent_on is not None
    said = [
        ConfirmationDraft(journey_id=opened.made, kind=kind, stated_on=row.consent_on, source=row.consent_how)
        for kind in (FactKind.C1, FactKind.C5)
    ]
    done = opened | confirm_all(session, said)
    row.journey_id = opened.made
    session.flush()
    return done | _touched(row)


def _places(session: Session, draft: GuestDraft) -> list[Problem]:
    return [
        *need(session, RoadshowRow, draft.roadshow_id),
        *need(session, OrganizationRow, draft.organization_id, field="organization_id"),
    ]


def _twice(session: Session, draft: GuestDraft, *, but: int | None = None) -> list[Problem]:
    """The same house with the same person twice."""
    if draft.organization_id is None:
        return []
    row = RoadshowGuestRow
    same = session.scalars(
        sa.select(row.id).where(
            row.roadshow_id == draft.roadshow_id, row.organization_id == draft.organization_id, row.name == draft.name
        )
    )
    if set(same) - {but}:
        return [Problem(code="INVITED_ALREADY", message=INVITED_ALREADY, field="name")]
    return []


def _touched(row: RoadshowGuestRow, *, made: int | None = None) -> Changes:
    return changes(("roadshow_guest", row.id), ("roadshow", row.roadshow_id), made=made)
