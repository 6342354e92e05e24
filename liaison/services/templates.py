"""Messages of a case: the office's texts in either language, whom they may go to, and what is filled into them.

Never a diagnosis: a chat is read over many shoulders. An agent hears where the case stands and which papers it needs,
and that only where the patient agreed that the insurer's side is told (C4). What says something about the case goes
only where the patient agreed to be written to (C5), and is on record. The texts are kept by ``office_messages``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from liaison.domain.errors import refuse_if
from liaison.domain.facts import FactKind
from liaison.domain.fields import draft, field, problem
from liaison.domain.names import fold
from liaison.domain.patients import RelationKind
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.domain.work import NoteDraft
from liaison.i18n import N_, Language
from liaison.services.changes import Changes
from liaison.services.disclosure import find_ground, record_disclosure
from liaison.services.office_messages import Message, TemplateView, templates
from liaison.services.office_messages import filled as filled
from liaison.services.views import JourneyView
from liaison.services.work import add_note

GREETING = Message.GREETING.value
"""The one message that says nothing about the case, for a relative who may not be told."""

FOR_AGENTS = frozenset({GREETING, Message.STATUS.value, Message.PAPERS.value})
"""What an agent may be told; never a diagnosis, a letter or a bill. Source: casework, communication."""

SHORTEST_DIAGNOSIS = 4
SAYS_DIAGNOSIS = N_("The diagnosis stands in this text. A chat is read over many shoulders: leave it out.")
AGENT_NOT_TOLD = N_(
    "The patient has not agreed that the insurer's side is told (C1 and C4). Greet the agent, nothing about the case."
)
AGENT_STATUS_ONLY = N_("An agent is told where the case stands and which papers it needs, nothing else.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """A number of a case: the patient's own (no relation; ``whose`` says if it is another's), or a relative's."""

    phone: str
    name: str
    relation: RelationKind | None = None
    whose: str = ""
    may_be_told: bool = True
    is_agent: bool = False


@draft
class MessageDraft:
    """A message before it opens in WhatsApp."""

    receiver: str = field(N_("To"), required=True)
    template: str = field(N_("Message"), required=True)
    language: str = field(N_("Language"), required=True)
    text: str = field(N_("Text"), required=True, default="")


def message_templates(session: Session) -> tuple[TemplateView, ...]:
    """Every message to a patient or relative, in the office's own words where it has some."""
    return tuple(view for view in templates(session) if view.message is not Message.DESK)


def receivers(case: JourneyView) -> tuple[Receiver, ...]:
    """Every number of a case, the patient's first; no number twice. Nobody writes to a patient who died."""
    person = case.patient
    found = []
    if person.phone and person.died_on is None:
        found.append(Receiver(phone=person.phone, name=person.full_name, whose=person.phone_owner))
    for one in person.related:
        if one.phone and one.phone not in {r.phone for r in found}:
            found.append(
                Receiver(phone=one.phone, name=one.name, relation=one.relation, may_be_told=one.may_be_told_status)
            )
    agent = case.agent
    if agent is not None and agent.phone and agent.phone not in {r.phone for r in found}:
        told = _agreed(case, FactKind.C1) and _agreed(case, FactKind.C4)
        found.append(Receiver(phone=agent.phone, name=agent.name, may_be_told=told, is_agent=True))
    return tuple(found)


def _agreed(case: JourneyView, kind: FactKind) -> bool:
    return any(one.kind is kind and one.withdrawn_on is None for one in case.confirmations)


def message_problems(case: JourneyView, message: MessageDraft) -> list[Problem]:
    """What a message must not say: a diagnosis to anybody, anything but status and papers to an agent."""
    found = []
    if says_diagnosis(message.text, case.diagnosis, case.diagnosis_code):
        found.append(problem("SAYS_DIAGNOSIS", SAYS_DIAGNOSIS, "text"))
    to = next((one for one in receivers(case) if one.phone == message.receiver), None)
    if to is not None and to.is_agent and message.template != GREETING:
        if not to.may_be_told:
            found.append(problem("AGENT_NOT_TOLD", AGENT_NOT_TOLD, "receiver"))
        elif message.template not in FOR_AGENTS:
            found.append(problem("AGENT_STATUS_ONLY", AGENT_STATUS_ONLY, "template"))
    return found


def says_diagnosis(text: str, diagnosis: str, code: str) -> bool:
    """Whether a text holds the diagnosis in words or as its code."""
    plain = fold(text)
    words = fold(diagnosis)
    if len(words) >= SHORTEST_DIAGNOSIS and words in plain:
        return True
    wanted = re.escape(code.strip())
    return bool(wanted) and re.search(rf"(?<![\w.]){wanted}(?![\w])", text, re.IGNORECASE) is not None


def note_message(session: Session, note: NoteDraft, *, template: str, is_agent: bool) -> Changes:
    """Write a message down as a note of its case. Refused where it says something of the case that nobody agreed to."""
    if template != GREETING:
        found = find_ground(
            session, _audience(is_agent=is_agent), journey_id=note.journey_id, by_message=True
        )  # fmt: skip
        refuse_if([replace(one, field="template") for one in found.problems()])
    return add_note(session, note)


def record_message(session: Session, note: NoteDraft, *, template: str, is_agent: bool) -> Changes:
    """Write down that something about a case was told by message. Call it in an action of kind ``disclosure``."""
    return record_disclosure(
        session, report=f"message.{template}", report_id="", audience=_audience(is_agent=is_agent),
        journey_id=note.journey_id, recipient=note.counterpart, channel=note.channel.value, by_message=True,
    )  # fmt: skip


def _audience(*, is_agent: bool) -> Audience:
    """An agent stands on the insurer's side."""
    return Audience.INSURER if is_agent else Audience.FAMILY


def message_facts(case: JourneyView, language: Language, *, officer: str, office: str) -> dict[str, str]:
    """What is filled into a message of this case, in the message's own language."""
    missing = [language(item.kinds[0].label) for item in case.checklist if not item.have]
    letter = next((g.gl_no for g in case.guarantees if g.gl_no), "")
    day = case.planned_admission_on
    return {
        "name": case.patient.full_name,
        "case": case.case_no,
        "hospital": case.hospital.name if case.hospital is not None else "",
        "stage": language(case.state.label),
        "papers": ", ".join(missing),
        "letter": letter,
        "date": language.formats.date(day) if day is not None else "",
        "officer": officer,
        "office": office,
    }
