"""A communicable disease of a case. The one place that reads it, and it shows it to two named roles only.

No paper, list, search, history or export asks for what stands here. That somebody looked is not written down again:
the two who may see it are known by name from the case and the office's officers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.infection import HealthNoticeDraft, Viewer, check_health_notice, viewer
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, need, officer_id, today
from liaison.services.facts import facts_of
from liaison.services.office import roles
from liaison.store.models import HealthNoticeRow, JourneyRow, PatientRow

NOTICE_IN_COPY = N_(
    "This person has a notice that only the officer of the case and a supervisor may see. Ask one of them for the copy."
)
NOT_YOURS = N_("Only the officer of the case and a supervisor may see or change this.")


@dataclass(frozen=True, slots=True, kw_only=True)
class InfectionMark:
    """What everybody may know: that travel waits, and that a notice is kept. Nothing about the disease."""

    is_infectious: bool
    is_fit_to_fly: bool
    has_notice: bool
    version: int | None

    @property
    def blocks_travel(self) -> bool:
        """Whether the patient may not travel yet."""
        return self.is_infectious and not self.is_fit_to_fly


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """The notice as one of the two roles sees it. ``seen_as`` says by which right."""

    seen_as: Viewer
    disease: str
    screened_on: dt.date | None
    is_offered: bool
    notified_on: dt.date | None
    authority: str
    reference: str
    tracing_note: str


def infection_mark(session: Session, journey_id: int) -> InfectionMark:
    """The flag of a case for everybody who works on it."""
    facts = facts_of(session, journey_id)
    row = _row(session, journey_id)
    return InfectionMark(
        is_infectious=facts.is_infectious, is_fit_to_fly=facts.is_fit_to_fly, has_notice=row is not None,
        version=row.version if row else None,
    )  # fmt: skip


def health_notice(session: Session, journey_id: int) -> NoticeView | None:
    """The notice of a case. Raises :class:`Refused` for everybody but the case's officer and a supervisor."""
    seen_as = _may_see(session, journey_id)
    row = _row(session, journey_id)
    if row is None:
        return None
    return NoticeView(
        seen_as=seen_as, disease=row.disease, screened_on=row.screened_on, is_offered=row.is_offered,
        notified_on=row.notified_on, authority=row.authority, reference=row.reference, tracing_note=row.tracing_note,
    )  # fmt: skip


def notice_draft(session: Session, journey_id: int) -> HealthNoticeDraft:
    """What the form of a notice opens with. Raises :class:`Refused` for everybody but the two roles."""
    _may_see(session, journey_id)
    row = _row(session, journey_id)
    return HealthNoticeDraft(journey_id=journey_id, disease="") if row is None else draft_of(row, HealthNoticeDraft)


def write_notice(session: Session, draft: HealthNoticeDraft, *, version: int | None = None) -> Changes:
    """Write a notice down; the patient then travels only when declared fit to fly."""
    refuse_if(need(session, JourneyRow, draft.journey_id, field="journey_id"))
    _may_see(session, draft.journey_id)
    refuse_if(check_health_notice(draft, today=today(session)))
    row = _row(session, draft.journey_id)
    if row is None:
        row = add(session, fill(HealthNoticeRow(), draft))
    else:
        fill(get(session, HealthNoticeRow, row.id, version=version), draft)
    patient = get(session, PatientRow, get(session, JourneyRow, draft.journey_id).patient_id)
    patient.is_infectious = True
    session.flush()
    return changes(("health_notice", row.id), ("journey", draft.journey_id), ("patient", patient.id), made=row.id)


def no_longer_infectious(session: Session, journey_id: int) -> Changes:
    """Take the flag off a patient who is well; the notice stays."""
    _may_see(session, journey_id)
    patient = get(session, PatientRow, get(session, JourneyRow, journey_id).patient_id)
    patient.is_infectious = False
    session.flush()
    return changes(("patient", patient.id), ("journey", journey_id))


def may_see_notice(session: Session, journey_id: int) -> bool:
    """Whether the actor is one of the two who may see it."""
    return _viewer(session, journey_id) is not None


def check_may_copy(session: Session, journeys: Iterable[int]) -> None:
    """A copy of a whole person holds the notice too: only one of the two roles may make it. Raises :class:`Refused`."""
    if not all(may_see_notice(session, key) for key in journeys):
        raise Refused([Problem(code="NOTICE_IN_COPY", message=NOTICE_IN_COPY)])


def _may_see(session: Session, journey_id: int) -> Viewer:
    seen_as = _viewer(session, journey_id)
    if seen_as is None:
        raise Refused([Problem(code="NOT_YOURS", message=NOT_YOURS)])
    return seen_as


def _viewer(session: Session, journey_id: int) -> Viewer | None:
    journey = get(session, JourneyRow, journey_id)
    own = officer_id(session)
    return viewer(is_own_case=own is not None and journey.officer_id == own, roles=roles(session))


def _row(session: Session, journey_id: int) -> HealthNoticeRow | None:
    return session.scalar(sa.select(HealthNoticeRow).where(HealthNoticeRow.journey_id == journey_id))
