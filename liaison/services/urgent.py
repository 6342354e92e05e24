"""Urgent calls: the call written down, the nearest hospital, the hand-over with its hour, the call back after it.

A missing consent stops nothing: life and health come first. The consent is owed within a day, and what was told to a
hospital is looked at again afterwards. Source: ``domain`` 1.3 B, 2.3 and 4 (call centre, urgent).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.journeys import EntryMode, JourneyDraft, JourneyState, SourceChannel
from liaison.domain.names import fold
from liaison.domain.network import Desk
from liaison.domain.people import PatientDraft
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.domain.urgent import (
    FOLLOW_UP_MINUTES,
    House,
    Offer,
    UrgentCallDraft,
    check_call,
    country_of_place,
    is_danger,
    offers,
)
from liaison.domain.work import NoteChannel, NoteDraft, TaskKind
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, clock, draft_of, fill, get, need
from liaison.services.debts import write_debts
from liaison.services.disclosure import record_disclosure
from liaison.services.journeys import open_journey
from liaison.services.network_views import hospitals
from liaison.services.work import add_note
from liaison.store.models import ContactRow, JourneyRow, OrganizationRow, PatientRow, TaskRow, UrgentCallRow

TITLE = N_("Write an urgent call down")
CHANGE = N_("Change an urgent call")
HANDED_OVER = N_("Hand an urgent call over")
CALL_AGAIN = N_("Call again after the urgent call")
IN_AN_EMERGENCY = N_("Urgent call: life or health in danger")
NO_CALL = N_("No urgent call is written down for this case.")
NO_NAME = N_("Not named yet")
REPORT = "urgent_call"
"""What a disclosure calls an urgent call that was handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """An urgent call as its page opens it again."""

    journey_id: int
    case_no: str
    version: int
    draft: UrgentCallDraft
    follow_up_at: dt.datetime | None
    """When somebody calls again; none once that is done."""


def save_call(session: Session, draft: UrgentCallDraft, *, unnamed: str = "") -> Changes:
    """Open a case from an urgent call; ``made`` is the case. ``unnamed`` stands for a patient whom nobody has named.

    What is missing is owed with the hours of an emergency; a call back is due in a quarter of an hour.
    """
    now = clock(session)
    problems = [*check_call(draft, now=now), *need(session, PatientRow, draft.patient_id, field="patient_id")]
    refuse_if([*problems, *need(session, OrganizationRow, draft.handed_to_id, field="handed_to_id")])
    call = replace(draft, called_at=draft.called_at or now)
    opened = open_journey(session, _journey(call), patient=_person(call, unnamed))
    assert opened.made is not None
    note = NoteDraft(
        journey_id=opened.made, at=call.called_at, channel=NoteChannel.CALL, counterpart=call.caller.strip(),
        text=call.what.strip(),
    )  # fmt: skip
    done = opened | add_note(session, note)
    row = add(session, fill(UrgentCallRow(journey_id=opened.made), call))
    owed = write_debts(session, opened.made, as_at=JourneyState.ELIGIBILITY)
    done |= changes(("urgent_call", row.id), *(("task", key) for key in owed))
    return replace(done | _call_again(session, row), made=opened.made)


def change_call(session: Session, journey_id: int, draft: UrgentCallDraft, *, version: int | None = None) -> Changes:
    """Correct what was written down of a call; the person and the case have forms of their own."""
    row = get(session, UrgentCallRow, _row(session, journey_id).id, version=version)
    refuse_if([*check_call(draft, now=clock(session)),
               *need(session, OrganizationRow, draft.handed_to_id, field="handed_to_id")])  # fmt: skip
    was = row.handed_at
    fill(row, replace(draft, called_at=draft.called_at or row.called_at))
    journey = get(session, JourneyRow, journey_id)
    journey.entry_mode = _mode(draft)
    session.flush()
    done = changes(("urgent_call", row.id), ("journey", journey_id), made=journey_id)
    return done if row.handed_at == was else done | _call_again(session, row)


def hand_over_now(
    session: Session,
    journey_id: int,
    *,
    to: str,
    to_id: int | None = None,
    at: dt.datetime | None = None,
    call: UrgentCallDraft | None = None,
) -> Changes:
    """Say to whom the patient went and when. Call it in an action of kind ``disclosure``: a hospital was told of them.

    Without a consent the ground is the emergency, which leaves a step to look at it again within a day. ``call`` is the
    call as it is typed now, where something else was changed with it.
    """
    row = _row(session, journey_id)
    draft = replace(
        call or _draft(session, row), handed_to=to.strip(), handed_to_id=to_id, handed_at=at or clock(session)
    )
    done = change_call(session, journey_id, draft)
    if to_id is None:
        return done
    house = get(session, OrganizationRow, to_id)
    journey = get(session, JourneyRow, journey_id)
    journey.hospital_id = to_id
    journey.destination_country, journey.destination_city = house.country, house.city
    session.flush()
    return done | record_disclosure(
        session, report=REPORT, report_id=f"{row.id:x}", audience=Audience.HOSPITAL, journey_id=journey_id,
        recipient=house.name, country=house.country, channel="call", emergency=IN_AN_EMERGENCY,
    )  # fmt: skip


def urgent_call(session: Session, journey_id: int) -> CallView:
    """The call of a case. Raises :class:`Refused` where there is none."""
    row = _row(session, journey_id)
    again: TaskRow | None = session.scalar(_open_calls(journey_id).limit(1))
    return CallView(
        journey_id=journey_id, case_no=get(session, JourneyRow, journey_id).case_no, version=row.version,
        draft=_draft(session, row), follow_up_at=again.due_at if again is not None else None,
    )  # fmt: skip


def hospitals_near(session: Session, place: str, flags: tuple[str, ...], is_stable: bool) -> list[Offer]:
    """Whom to call for somebody who is in a city, the nearest suitable hospital first."""
    at_night = _numbers(session, ContactRow.night_phone)
    at_all_hours = _numbers(session, ContactRow.phone, sa.func.lower(ContactRow.hours).in_(_ALL_HOURS))
    houses = []
    for each in hospitals(session):
        awake = each.night_phone or at_all_hours.get(each.id, "") or at_night.get(each.id, "")
        houses.append(
            House(
                id=each.id, name=each.name, city=each.city, country=each.country, specialties=each.specialties,
                number=awake or each.desk_phone or each.phone, is_day_and_night=bool(awake),
            )
        )  # fmt: skip
    return offers(houses, place=place, flags=flags, is_stable=is_stable)


_ALL_HOURS = ("24h", "24 h", "24 jam", "24/7")


def _numbers(
    session: Session, column: sa.orm.InstrumentedAttribute[str], *where: sa.ColumnElement[bool]
) -> dict[int, str]:
    """One number of each house that has one; that of an emergency desk wins."""
    rows = session.execute(
        sa.select(ContactRow.organization_id, column)
        .where(column != "", *where)
        .order_by(ContactRow.desk == Desk.EMERGENCY, ContactRow.id)
    )
    return {row[0]: row[1] for row in rows}


# what a call becomes


def _journey(call: UrgentCallDraft) -> JourneyDraft:
    home = country_of_place(call.place)
    return JourneyDraft(
        patient_id=call.patient_id or 0, need=call.what.strip(), entry_mode=_mode(call),
        source_channel=SourceChannel.CALL_CENTRE, origin_city=call.place.strip(), destination_country=home,
        destination_city=call.place.strip(),
    )  # fmt: skip


def _mode(call: UrgentCallDraft) -> EntryMode:
    return EntryMode.EMERGENCY if is_danger(call.flags, is_stable=call.is_stable) else EntryMode.URGENT


def _person(call: UrgentCallDraft, unnamed: str) -> PatientDraft | None:
    if call.patient_id is not None:
        return None
    name = call.full_name.strip()
    is_own_number = not call.caller.strip() or fold(call.caller) == fold(name)
    return PatientDraft(
        full_name=name or unnamed or NO_NAME, phone=call.caller_phone.strip(),
        phone_owner="" if is_own_number else call.caller.strip(), is_provisional=not name,
    )  # fmt: skip


def _call_again(session: Session, row: UrgentCallRow) -> Changes:
    """A quarter of an hour after the call, or after the hand-over, somebody calls again: one step, moved on."""
    journey = get(session, JourneyRow, row.journey_id)
    due = (row.handed_at or clock(session)) + dt.timedelta(minutes=FOLLOW_UP_MINUTES)
    task: TaskRow | None = session.scalar(_open_calls(row.journey_id).limit(1))
    if task is None:
        task = TaskRow(
            journey_id=row.journey_id, kind=TaskKind.STEP, title=CALL_AGAIN, officer_id=journey.officer_id,
            is_urgent=True, is_promise=True,
        )  # fmt: skip
        add(session, task)
    task.due_at = due
    session.flush()
    return changes(("task", task.id), ("journey", row.journey_id))


def _open_calls(journey_id: int) -> sa.Select[Any]:
    return (
        sa.select(TaskRow)
        .where(TaskRow.journey_id == journey_id, TaskRow.title == CALL_AGAIN, TaskRow.done_at.is_(None))
        .order_by(TaskRow.id)
    )


def _row(session: Session, journey_id: int) -> UrgentCallRow:
    row = session.scalar(sa.select(UrgentCallRow).where(UrgentCallRow.journey_id == journey_id))
    if row is None:
        raise Refused([Problem(code="NO_CALL", message=NO_CALL)])
    return row


def _draft(session: Session, row: UrgentCallRow) -> UrgentCallDraft:
    journey = get(session, JourneyRow, row.journey_id)
    person = get(session, PatientRow, journey.patient_id)
    return draft_of(row, UrgentCallDraft, full_name=person.full_name, patient_id=person.id)
