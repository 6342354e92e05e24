"""One paper about many people: on what ground each of them may be told of, found and written down together.

The same rules and lines as :func:`liaison.services.disclosure.record_disclosure`, in a few questions for thousands of
people instead of a few for each. Sources: ``domain`` 2.3; ``security`` 8.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.disclosures import Finding, GivenConsent, Ground, ground_for
from liaison.domain.errors import refuse_if
from liaison.domain.facts import CONSENTS
from liaison.domain.privacy import Audience
from liaison.services.changes import Changes, actor, changes, clock, today
from liaison.services.disclosure import HOUSES, house_named
from liaison.services.list_queries import chosen
from liaison.store.models import ConfirmationRow, CoverRow, DisclosureRow, JourneyRow, OrganizationRow, PolicyRow

Person = tuple[int, int | None]
"""A patient, and the case where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundOf:
    """On what ground a person's data may go, and to which country."""

    finding: Finding
    country: str


def grounds_of(
    session: Session, people: Sequence[Person], audience: Audience, *, recipient: str = "", country: str = ""
) -> dict[Person, GroundOf]:
    """On what ground a reader may be told of each of these people now."""
    patients, journeys = {one for one, _case in people}, [case for _one, case in people if case is not None]
    consents, with_case = _consents(session, patients), _with_case(session, patients)
    own, named = _own_houses(session, audience, journeys), house_named(session, audience, recipient)
    day = today(session)
    found: dict[Person, GroundOf] = {}
    for patient, journey in people:
        house = own.get(journey) if journey is not None else None
        if recipient.strip() and (house is None or recipient.strip() not in (house.name, house.short_name)):
            house = named if named is not None else house
        where = (house.country if house is not None else "") or country
        if audience in HOUSES and journey is None and patient not in with_case:
            # Nobody of ours: all that is known came from claim lists of the houses themselves.
            finding = Finding(ground=Ground.RECEIVER)
        else:
            finding = ground_for(
                audience, consents.get(patient, ()), on=day, recipient_id=house.id if house is not None else None,
                country=where,
            )  # fmt: skip
        found[patient, journey] = GroundOf(finding=finding, country=where)
    return found


def record_disclosures(
    session: Session, people: Sequence[Person], *, report: str, report_id: str, audience: Audience,
    recipient: str = "", country: str = "", purpose: str = "",
) -> Changes:  # fmt: skip
    """Write down that one paper tells a reader of all these people, a line for each; refused where one has no ground.

    Call it in an action of kind ``disclosure``: it stays.
    """
    grounds = grounds_of(session, people, audience, recipient=recipient, country=country)
    for one in grounds.values():
        refuse_if(one.finding.problems())
    at, who = clock(session), actor(session)
    session.add_all(
        DisclosureRow(
            patient_id=patient, journey_id=journey, report=report, report_id=report_id, audience=audience.value,
            recipient=recipient.strip(), country=one.country, purpose=purpose.strip(),
            ground=one.finding.ground or Ground.OFFICE, consents=" ".join(kind.value for kind in one.finding.consents),
            actor=who, at=at,
        )
        for (patient, journey), one in grounds.items()
    )  # fmt: skip
    session.flush()
    touched = [("patient", patient) for patient, _journey in people]
    return changes(*touched, *(("journey", journey) for _patient, journey in people if journey is not None))


def _consents(session: Session, patients: set[int]) -> dict[int, list[GivenConsent]]:
    c = ConfirmationRow
    asked = (
        sa.select(
            JourneyRow.patient_id, c.kind, c.stated_on, c.valid_to, c.withdrawn_on, c.organization_id, c.country
        )
        .join(JourneyRow, JourneyRow.id == c.journey_id)
        .where(JourneyRow.patient_id.in_(chosen(sorted(patients))), c.kind.in_(CONSENTS))
        .order_by(c.id)
    )  # fmt: skip
    found: dict[int, list[GivenConsent]] = defaultdict(list)
    for patient, kind, stated_on, valid_to, withdrawn_on, organization_id, country in session.execute(asked):
        found[patient].append(
            GivenConsent(
                kind=kind, stated_on=stated_on, valid_to=valid_to, withdrawn_on=withdrawn_on,
                organization_id=organization_id, country=country,
            )
        )  # fmt: skip
    return found


def _with_case(session: Session, patients: set[int]) -> set[int]:
    asked = sa.select(JourneyRow.patient_id).where(JourneyRow.patient_id.in_(chosen(sorted(patients)))).distinct()
    return set(session.scalars(asked))


def _own_houses(session: Session, audience: Audience, journeys: Sequence[int]) -> dict[int, OrganizationRow]:
    """The hospital, or the insurer, of each case."""
    if audience not in HOUSES or not journeys:
        return {}
    asked = sa.select(JourneyRow.id, JourneyRow.hospital_id)
    if audience is Audience.INSURER:
        asked = (
            sa.select(JourneyRow.id, PolicyRow.insurer_id)
            .join(CoverRow, CoverRow.id == JourneyRow.cover_id)
            .join(PolicyRow, PolicyRow.id == CoverRow.policy_id)
        )
    pairs = session.execute(asked.where(JourneyRow.id.in_(chosen(sorted(set(journeys)))))).all()
    wanted = {house for _case, house in pairs if house is not None}
    rows = session.scalars(sa.select(OrganizationRow).where(OrganizationRow.id.in_(chosen(sorted(wanted)))))
    houses = {row.id: row for row in rows}
    return {case: houses[house] for case, house in pairs if house in houses}
