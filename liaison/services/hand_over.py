"""Handing cases to a colleague's laptop: one sealed file, opened there with a code that is said on the telephone.

The file holds the cases as they are now, and for every laptop that sent something before, what it sent: from that the
other side sees which fields changed where. Source: ``journal`` 8 (compare before writing, nothing overwritten unseen).
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.handing import HandOverDraft, Way, check_hand_over
from liaison.domain.journeys import JourneyState
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.case_rows import CaseRows, Ids, Rows, case_rows, has_file
from liaison.services.changes import Changes, actor, add, changes, clock
from liaison.services.disclosure import record_disclosure
from liaison.services.office import office
from liaison.services.work import own_id
from liaison.store import rows as raw
from liaison.store.attachments import Attachments
from liaison.store.base import Base
from liaison.store.case_file import Attached, write_case_file
from liaison.store.journal_tables import ActionKind
from liaison.store.models import (
    HandOverCaseRow,
    HandOverRow,
    JourneyRow,
    KnownElsewhereRow,
    OfficerRow,
    PatientRow,
    SharedRow,
)
from liaison.store.rows import references
from liaison.store.store import Store

WHAT = "liaison cases"
FORMAT = 1
HANDED_OVER = N_("Hand cases over")
NO_CASES = N_("Choose the cases to hand over.")
GONE = N_("One of these cases is no longer there. Choose again.")
REPORT = "hand_over"
"""What a disclosure calls a file of cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """A file that was made: where it lies, the code to say, and how much is in it."""

    path: Path
    code: str
    cases: int
    files: int
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverLine:
    """One file of cases, as the page lists it."""

    id: int
    way: Way
    at: dt.datetime
    who: str
    office: str
    note: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where a case is besides here: with whom since when, or that it came from somebody."""

    way: Way
    who: str
    at: dt.datetime


def hand_over(store: Store, journeys: Sequence[int], draft: HandOverDraft, *, path: Path, code: str) -> HandedOver:
    """Write the cases into one sealed file, and write down for each person that it left. Not to be undone.

    Refused where nothing is chosen or nobody named; the file is there only if all of it is, and is on record. A file
    that lay there before is replaced only by a whole one.
    """
    is_written = False
    try:
        with store.write(HANDED_OVER, kind=ActionKind.DISCLOSURE) as session:
            found = _checked(session, journeys, draft)
            attached = tuple(_attached(session, found.rows))
            content, done = _content(session, found, sorted(set(journeys)), draft)
            write_case_file(path, code, content, attached)
            is_written = True
    except BaseException:
        if is_written:
            path.unlink(missing_ok=True)
        raise
    return HandedOver(path=path, code=code, cases=len(set(journeys)), files=len(attached), changes=done)


def hand_overs(session: Session, *, limit: int = 50) -> list[HandOverLine]:
    """Files made and accepted here, newest first."""
    rows = session.scalars(sa.select(HandOverRow).order_by(HandOverRow.id.desc()).limit(limit))
    return [
        HandOverLine(id=r.id, way=r.way, at=r.at, who=r.who, office=r.office, note=r.note, cases=r.cases) for r in rows
    ]


def whereabouts(session: Session, journey_id: int) -> Whereabouts | None:
    """The last file a case went or came in; none for a case that never travelled."""
    row = session.scalar(
        sa.select(HandOverRow)
        .join(HandOverCaseRow, HandOverCaseRow.hand_over_id == HandOverRow.id)
        .where(HandOverCaseRow.journey_id == journey_id)
        .order_by(HandOverRow.id.desc())
        .limit(1)
    )
    return None if row is None else Whereabouts(way=row.way, who=row.who, at=row.at)


def store_id(session: Session) -> str:
    """The number of this store, as files name it."""
    return cast("Store", session.info["store"]).envelope.store_id.hex()


def _checked(session: Session, journeys: Sequence[int], draft: HandOverDraft) -> CaseRows:
    problems = check_hand_over(draft)
    if not journeys:
        problems.append(Problem(code="NO_CASES", message=NO_CASES, field="journeys"))
    refuse_if(problems)
    known = set(session.scalars(sa.select(JourneyRow.id).where(JourneyRow.id.in_(set(journeys)))))
    if known != set(journeys):
        raise Refused([Problem(code="GONE", message=GONE, field="journeys")])
    return case_rows(session, known)


def _content(
    session: Session, found: CaseRows, journeys: list[int], draft: HandOverDraft
) -> tuple[dict[str, Any], Changes]:
    """What the file says; puts the hand-over on record."""
    here = office(session)
    number = 1 + (session.scalar(sa.select(sa.func.count(HandOverRow.id)).where(HandOverRow.way == Way.OUT)) or 0)
    file_no = secrets.token_hex(8)
    row = HandOverRow(
        way=Way.OUT, at=clock(session), file_no=file_no, who=draft.who.strip(), note=draft.note.strip(),
        cases=len(journeys),
    )  # fmt: skip
    done = put_on_record(session, row, journeys)
    for patient_id in found.rows.get("patient", {}):
        done |= record_disclosure(
            session, report=REPORT, report_id=file_no, audience=Audience.INTERNAL, patient_id=patient_id,
            recipient=row.who, purpose=row.note,
        )  # fmt: skip
    ids: Ids = {table: set(rows) for table, rows in found.rows.items()}
    content = {
        "what": WHAT, "format": FORMAT, "revision": schema_revision(session), "file_no": file_no, "number": number,
        "made_at": clock(session).isoformat(), "store": store_id(session),
        "office": here.name, "officer": actor(session),
        "who": row.who, "note": row.note, "journeys": journeys,
        "rows": _as_lists(found.rows), "houses": _as_lists(found.houses), "shared": _shared(session, ids),
        "gone": _gone(session, ids), "known": _known(session),
    }  # fmt: skip
    return content, done


def put_on_record(session: Session, row: HandOverRow, journeys: Iterable[int]) -> Changes:
    """Keep that cases went or came in a file, each in its own history too."""
    row.officer_id = own_id(session)
    add(session, row)
    journeys = tuple(journeys)
    session.add_all(HandOverCaseRow(hand_over_id=row.id, journey_id=key) for key in journeys)
    session.flush()
    return changes(("hand_over", row.id), *(("journey", key) for key in journeys), made=row.id)


def schema_revision(session: Session) -> str:
    """The shape of this store, by which a newer program's files are told; empty before the first migration."""
    revisions = session.info["store"].schema.revisions
    return revisions[-1] if revisions else ""


def _as_lists(rows: Rows) -> dict[str, list[list[Any]]]:
    return {table: [[key, row] for key, row in found.items()] for table, found in rows.items()}


def _shared(session: Session, ids: Ids) -> dict[str, dict[str, list[list[Any]]]]:
    """For each laptop that sent some of these rows: what it sent, and the count of its file."""
    told: dict[str, dict[str, list[list[Any]]]] = {}
    for row in session.scalars(sa.select(SharedRow)):
        if row.row_id in ids.get(row.table_name, ()):
            of_peer = told.setdefault(row.peer, {}).setdefault(row.table_name, [])
            of_peer.append([row.row_id, row.values, row.theirs_no])
    return told


def _gone(session: Session, ids: Ids) -> dict[str, dict[str, list[int]]]:
    """Rows of these cases that a laptop sent and that were taken out here since."""
    told: dict[str, dict[str, list[int]]] = {}
    shared = [r for r in session.scalars(sa.select(SharedRow)) if _belongs(r, ids)]
    for table in {r.table_name for r in shared}:
        wanted = {r.row_id for r in shared if r.table_name == table}
        there = raw.read(session.connection(), Base.metadata.tables[table], wanted)
        for row in shared:
            if row.table_name == table and row.row_id not in there:
                told.setdefault(row.peer, {}).setdefault(table, []).append(row.row_id)
    return told


def _belongs(row: SharedRow, ids: Ids) -> bool:
    if row.table_name not in Base.metadata.tables or row.row_id in ids.get(row.table_name, ()):
        return False
    leads = references(Base.metadata.tables[row.table_name])
    return any(row.values.get(lead.column) in ids.get(lead.parent, ()) for lead in leads)


def _known(session: Session) -> dict[str, dict[str, list[list[int]]]]:
    """Under which keys other laptops have our houses."""
    told: dict[str, dict[str, list[list[int]]]] = {}
    for row in session.scalars(sa.select(KnownElsewhereRow)):
        told.setdefault(row.peer, {}).setdefault(row.table_name, []).append([row.row_id, row.theirs_id])
    return told


def _attached(session: Session, rows: Rows) -> Iterator[tuple[Attached, Iterator[bytes]]]:
    """The encrypted files of the rows, opened piece by piece while the file is written."""
    files = cast("Attachments", session.info["store"].attachments)
    for name, found in rows.items():
        table = Base.metadata.tables[name]
        if not has_file(table):
            continue
        c = table.c
        asked = sa.select(c.id, c.file_id, c.file_key, c["size"], c.sha256).where(c.id.in_(found))
        for key, file_id, file_key, size, sha256 in session.execute(asked):
            attached = Attached(table=name, row_id=key, size=size, sha256=sha256)
            yield attached, files.stream(file_id, file_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """An open case that can be handed over, and where it is besides here."""

    id: int
    name: str
    case_no: str
    officer: str
    state: JourneyState
    elsewhere: Whereabouts | None


def open_cases(session: Session) -> list[CaseLine]:
    """Every open case, those of the officer at the window first."""
    last = (
        sa.select(HandOverCaseRow.journey_id, sa.func.max(HandOverCaseRow.hand_over_id).label("file"))
        .group_by(HandOverCaseRow.journey_id)
        .subquery()
    )
    asked = (
        sa.select(JourneyRow, PatientRow.full_name, OfficerRow.name, HandOverRow)
        .join(PatientRow, PatientRow.id == JourneyRow.patient_id)
        .outerjoin(OfficerRow, OfficerRow.id == JourneyRow.officer_id)
        .outerjoin(last, last.c.journey_id == JourneyRow.id)
        .outerjoin(HandOverRow, HandOverRow.id == last.c.file)
        .where(JourneyRow.is_open == sa.true())
        .order_by((JourneyRow.officer_id == own_id(session)).desc(), PatientRow.name_key, JourneyRow.id)
    )
    return [
        CaseLine(
            id=case.id, name=name, case_no=case.case_no, officer=officer or "", state=case.state,
            elsewhere=None if file is None else Whereabouts(way=file.way, who=file.who, at=file.at),
        )
        for case, name, officer, file in session.execute(asked)
    ]  # fmt: skip


def case_called(session: Session, case_no: str) -> int | None:
    """The case of a number as typed."""
    return session.scalar(sa.select(JourneyRow.id).where(JourneyRow.case_no == case_no.strip().upper()))
