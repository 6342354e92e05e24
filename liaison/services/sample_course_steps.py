"""Steps of a told case for what runs beside it: a journey planned, cycles, a pregnancy, a complaint, a way home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from liaison.domain.benefits import BenefitCategory, LimitKind
from liaison.domain.care import AppointmentDraft
from liaison.domain.complaints import ComplaintAnswerDraft, ComplaintCause, ComplaintDraft, ComplaintOutcome
from liaison.domain.cycles import CyclePlanDraft
from liaison.domain.pregnancy import AirlineRuleDraft, PregnancyDraft
from liaison.domain.repatriation import RepatriationState
from liaison.domain.travel import MedifState, StayDraft, TravelLegDraft
from liaison.domain.work import NoteChannel
from liaison.services import care, complaints, cycles, pregnancies, repatriation, travel
from liaison.services.changes import clock, today
from liaison.services.sample_tale import Step, Tale, made


def _plan(session: Session, tale: Tale, step: Step) -> None:
    """A visit that the hospital confirmed, the flights around it and the hotel: enough for an itinerary."""
    now, there = clock(session), step["zone"]
    out, home = (tale.due(*step[name]) for name in ("out", "home"))
    care.add_appointment(
        session,
        AppointmentDraft(
            journey_id=tale.journey, hospital_id=tale.hospital_id, doctor=step["doctor"], zone=there,
            starts_at=tale.due(*step["visit"]), place=step["where"], preparation=step["prepare"], has_interpreter=True,
            asked_at=now, confirmed_at=now, told_at=now,
        ),
    )  # fmt: skip
    near, far = step["from"], step["to"]
    for number, at, ends in ((step["numbers"][0], out, (near, far)), (step["numbers"][1], home, (far, near))):
        zones = (tale.zone.key, there) if at is out else (there, tale.zone.key)
        leg = TravelLegDraft(
            journey_id=tale.journey, carrier=step["carrier"], number=number, from_place=ends[0], to_place=ends[1],
            departs_zone=zones[0], arrives_zone=zones[1], departs_at=at, arrives_at=at + dt.timedelta(minutes=55),
            medif=MedifState.NOT_NEEDED, pick_up=step["pick_up"] if at is out else "",
        )  # fmt: skip
        travel.add_leg(session, leg)
    travel.add_stay(
        session,
        StayDraft(journey_id=tale.journey, hotel=step["hotel"], check_in=out.date(), check_out=home.date()),
    )


def _cycles(session: Session, tale: Tale, step: Step) -> None:
    """A plan of visits, counted against the cancer limit of the policy; the first ones are over or under way."""
    draft = CyclePlanDraft(
        journey_id=tale.journey, treatment=step["treatment"], visits=step["visits"], every_days=step["every"],
        first_on=tale.due(*step["first"]).date(), price=tale.money(step["price"]),
    )  # fmt: skip
    plan = made(cycles.plan_cycles(session, draft))
    cycles.take_limit(session, plan, LimitKind.ANNUAL, BenefitCategory.CANCER)


def _pregnancy(session: Session, tale: Tale, step: Step) -> None:
    """How far it is, the airline's letter, and one airline's own rule."""
    draft = PregnancyDraft(
        journey_id=tale.journey, weeks=step["weeks"], days=0, counted_on=today(session), letter_on=today(session)
    )
    pregnancies.record_pregnancy(session, draft)
    rule = AirlineRuleDraft(
        carrier=step["carrier"], letter_from_week=32, last_week=36, last_week_multiple=32, letter_days=7,
        source="situs maskapai (contoh)", checked_on=today(session),
    )  # fmt: skip
    pregnancies.keep_airline_rule(session, rule)


def _complaint(session: Session, tale: Tale, step: Step) -> None:
    """A complaint; with an answer it is over."""
    draft = ComplaintDraft(
        journey_id=tale.journey, received_on=today(session), channel=NoteChannel[step.get("by", "CALL")],
        complainant=step["who"], cause=ComplaintCause[step["cause"]], text=step["text"],
    )  # fmt: skip
    key = made(complaints.record_complaint(session, draft))
    if "answer" in step:
        answer = ComplaintAnswerDraft(
            closed_on=today(session), outcome=ComplaintOutcome[step["outcome"]], outcome_note=step["answer"]
        )
        complaints.answer_complaint(session, key, answer)


def _way_home(session: Session, tale: Tale, step: Step) -> None:
    """What is known of a way home, and its next step."""
    way = repatriation.repatriation_of(session, tale.journey)
    assert way is not None
    draft = repatriation.repatriation_draft(session, way.id)
    told = replace(
        draft, died_on=today(session), place=step["place"], consulate=step["consulate"],
        consulate_phone=step["phone"], consulate_told_on=today(session), agent=step["agent"], route=step["route"],
        received_by=step["received_by"],
    )  # fmt: skip
    repatriation.edit_repatriation(session, way.id, told)
    repatriation.move_repatriation(session, way.id, RepatriationState.PAPERS)


STEPS: Mapping[str, Callable[[Session, Tale, Step], None]] = {
    "plan": _plan,
    "cycles": _cycles,
    "pregnancy": _pregnancy,
    "complaint": _complaint,
    "way_home": _way_home,
}
