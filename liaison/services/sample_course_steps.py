"""Steps of a told case for what runs beside it: cycles, a pregnancy, a complaint, a way home."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from liaison.domain.benefits import BenefitCategory, LimitKind
from liaison.domain.complaints import ComplaintAnswerDraft, ComplaintCause, ComplaintDraft, ComplaintOutcome
from liaison.domain.cycles import CyclePlanDraft
from liaison.domain.pregnancy import AirlineRuleDraft, PregnancyDraft
from liaison.domain.repatriation import RepatriationState
from liaison.domain.work import NoteChannel
from liaison.services import complaints, cycles, pregnancies, repatriation
from liaison.services.changes import today
from liaison.services.sample_tale import Step, Tale, made


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
    "cycles": _cycles,
    "pregnancy": _pregnancy,
    "complaint": _complaint,
    "way_home": _way_home,
}
