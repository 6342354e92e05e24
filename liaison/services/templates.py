"""Messages of a case: the office's texts in either language, whom they may go to, and what is filled into them.

Never a diagnosis: a chat is read over many shoulders. The texts themselves are kept by ``office_messages``.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from liaison.domain.fields import draft, field
from liaison.domain.patients import RelationKind
from liaison.i18n import N_, Language
from liaison.services.office_messages import Message, TemplateView, templates
from liaison.services.office_messages import filled as filled
from liaison.services.views import JourneyView

GREETING = Message.GREETING.value
"""The one message that says nothing about the case, for a relative who may not be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """A number of a case: the patient's own (no relation; ``whose`` says if it is another's), or a relative's."""

    phone: str
    name: str
    relation: RelationKind | None = None
    whose: str = ""
    may_be_told: bool = True


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
    return tuple(found)


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
