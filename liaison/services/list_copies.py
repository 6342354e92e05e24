"""Lists that leave the store as files: on record as a whole, and with a line for everybody they name."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.privacy import Audience
from liaison.services.changes import Changes
from liaison.services.disclosure import record_inside
from liaison.services.list_of_claims import claim_ids
from liaison.services.list_of_journeys import journey_ids
from liaison.services.list_queries import ListQuery
from liaison.services.releases import record_release
from liaison.store.models import ClaimRow, JourneyRow

NAMES_PEOPLE = frozenset({"journeys", "claims"})
"""Lists that name patients; houses and desks are no patients."""

_AT_ONCE = 500


def record_copy(
    session: Session,
    name: str,
    question: str | ListQuery,
    *,
    asked: Mapping[str, str],
    rows: int,
    sha256: str,
    language: str,
) -> Changes:
    """Write down that a list was written to a file. Call it in an action of kind ``release``: it stays."""
    report, report_id = f"list.{name}", sha256[:12]
    done = record_release(
        session, report=report, report_id=report_id, parameters=dict(asked), figures={"rows": rows},
        language=language, audience=Audience.INTERNAL, sha256=sha256, pages=0,
    )  # fmt: skip
    if name in NAMES_PEOPLE:
        record_inside(session, report=report, report_id=report_id, people=_people(session, name, question))
    return done


def _people(session: Session, name: str, question: str | ListQuery) -> list[tuple[int, int | None]]:
    """Everybody a list names with the case, each once, in the list's order."""
    query = ListQuery(text=question) if isinstance(question, str) else question
    row, take = (JourneyRow, journey_ids) if name == "journeys" else (ClaimRow, claim_ids)
    case = JourneyRow.id if name == "journeys" else ClaimRow.journey_id
    person = JourneyRow.patient_id if name == "journeys" else ClaimRow.patient_id
    keys = list(take(session, query))
    found: dict[int, int | None] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        for patient_id, journey_id in session.execute(sa.select(person, case).where(row.id.in_(some))):
            found.setdefault(patient_id, journey_id)
    return list(found.items())
