"""A report that was printed leaves the office once more: the same bytes, on record again with everybody it names."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.services.changes import Changes, add, changes, clock, get
from liaison.services.changes import actor as actor_of
from liaison.services.disclosure import audience_of, record_disclosure, record_inside
from liaison.services.releases import PAGES_GONE, kept_pages
from liaison.services.tracing import copy_trace
from liaison.store.journal_tables import ActionKind
from liaison.store.models import DisclosureRow, ReleaseRow


def named_in(session: Session, key: int) -> int:
    """How many people a printed report names."""
    return len({(one.patient_id, one.journey_id) for one in _lines(session, get(session, ReleaseRow, key))})


def action_kind(session: Session, key: int) -> ActionKind:
    """In which kind of action :func:`print_again` belongs."""
    return ActionKind.DISCLOSURE if named_in(session, key) else ActionKind.RELEASE


def people_in(session: Session, key: int) -> list[int]:
    """The patients whom a printed report names."""
    lines = _lines(session, get(session, ReleaseRow, key))
    return list(dict.fromkeys(one.patient_id for one in lines if one.patient_id is not None))


def print_again(session: Session, key: int, *, sha256: str = "", open_because: str = "") -> Changes:
    """Write down that the kept pages of a report leave again, with a line for everybody they name.

    Each line needs its ground anew: a consent that was withdrawn since stops the paper. ``sha256`` is that of the file
    that leaves where it is sealed this time, else the pages' own; ``open_because`` why it leaves open although it names
    somebody. Call it in an action of :func:`action_kind`.
    """
    row = get(session, ReleaseRow, key)
    if row.file_id is None:  # let go since they were opened: somebody whom they name was erased
        raise Refused([Problem(code="PAGES_GONE", message=PAGES_GONE)])
    lines = _lines(session, row)
    audience = audience_of(row.audience)
    figures = {k: v for k, v in row.figures.items() if k not in ("sealed", "open_because", "workbook")}
    figures |= ({"sealed": True} if sha256 else {}) | ({"open_because": open_because} if open_because else {})
    pages_sha256 = hashlib.sha256(kept_pages(session, key)).hexdigest()
    again = ReleaseRow(
        report=row.report, title=row.title, report_id=row.report_id, parameters=row.parameters, figures=figures,
        language=row.language, audience=row.audience, sha256=sha256 or pages_sha256, pages=row.pages,
        file_id=row.file_id, file_key=row.file_key, actor=actor_of(session), at=clock(session),
    )  # fmt: skip
    add(session, again)
    copy_trace(session, row.id, again.id)
    done = changes(("release", again.id), made=again.id)
    if audience is Audience.INTERNAL:
        people = [(one.patient_id, one.journey_id) for one in lines if one.patient_id is not None]
        record_inside(session, report=row.report, report_id=row.report_id, people=people)
        return done
    for one in lines:
        done |= record_disclosure(
            session, report=one.report, report_id=one.report_id, audience=audience_of(one.audience),
            patient_id=one.patient_id, journey_id=one.journey_id, recipient=one.recipient, country=one.country,
            purpose=one.purpose, emergency=one.emergency_reason,
        )  # fmt: skip
    return done


def _lines(session: Session, row: ReleaseRow) -> list[DisclosureRow]:
    """The disclosures of the paper, one for each person, case and receiver, the newest."""
    asked = sa.select(DisclosureRow).where(DisclosureRow.report_id == row.report_id).order_by(DisclosureRow.id)
    found = {(one.patient_id, one.journey_id, one.audience, one.recipient): one for one in session.scalars(asked)}
    return list(found.values())
