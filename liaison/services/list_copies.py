"""Lists that leave the store as files: on record as a whole, and with a line for everybody they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.privacy import Audience
from liaison.services.changes import Changes
from liaison.services.disclosure import record_inside
from liaison.services.list_of_claims import claim_ids
from liaison.services.list_of_journeys import journey_ids
from liaison.services.list_queries import ListQuery
from liaison.services.releases import record_release
from liaison.services.tracing import Source, record_trace
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
    named: Callable[[Session, ListQuery], Sequence[tuple[int, int | None]]] | None = None,
) -> Changes:
    """Write down that a list was written to a file. Call it in an action of kind ``release``: it stays.

    ``named`` says whom a list of another kind names, patient and case; journeys and claims are known to do so.
    """
    report, report_id = f"list.{name}", sha256[:12]
    done = record_release(
        session, report=report, report_id=report_id, parameters=dict(asked), figures={"rows": rows},
        language=language, audience=Audience.INTERNAL, sha256=sha256, pages=0,
    )  # fmt: skip
    query = ListQuery(text=question) if isinstance(question, str) else question
    people: Sequence[tuple[int, int | None]] = ()
    if named is not None:
        people = named(session, query)
    elif name in NAMES_PEOPLE:
        people = _people(session, name, query)
    if people:
        record_inside(session, report=report, report_id=report_id, people=people)
    if done.made is not None:
        record_trace(session, done.made, rows=_rows(session, name, query, people))
    return done


def _rows(session: Session, name: str, query: ListQuery, people: Sequence[tuple[int, int | None]]) -> Iterable[Source]:
    """What the file stands on: its cases or claims; of another list the cases of those whom it names."""
    if name in NAMES_PEOPLE:
        table, take = ("journey", journey_ids) if name == "journeys" else ("claim", claim_ids)
        return [(table, key) for key in take(session, query)]
    return [("patient", patient) if case is None else ("journey", case) for patient, case in people]


def _people(session: Session, name: str, query: ListQuery) -> list[tuple[int, int | None]]:
    """Everybody a list names with the case, each once, in the list's order."""
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
