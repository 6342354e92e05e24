"""Reports that were made: question, figures, pages and hash, so that each can be found, explained and reprinted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, actor, add, changes, clock, get
from liaison.services.disclosure import audience_of
from liaison.store.models import ReleaseRow

if TYPE_CHECKING:
    from liaison.store.attachments import Attachments, SealedFile

NOT_PRINTED_HERE = N_("No report with the id {id} was printed here. Read it once more from the foot of the page.")
PAGES_GONE = N_("The pages of this report are not kept. Its figures and who had it printed still stand here.")

_ID = re.compile(r"\s*(R\d{1,2})[\s-]?([0-9A-F]{4})[\s-]?([0-9A-F]{4})[\s-]?([0-9A-F]{2})\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """A report that was made. ``has_pages`` says whether it can be opened as it was printed."""

    id: int
    version: int
    report: str
    title: str
    report_id: str
    parameters: Mapping[str, Any]
    figures: Mapping[str, Any]
    language: str
    audience: Audience
    sha256: str
    pages: int
    has_pages: bool
    actor: str
    at: dt.datetime

    @property
    def is_sealed(self) -> bool:
        """Whether the file that left opens only with a password."""
        return bool(self.figures.get("sealed"))


def record_release(
    session: Session,
    *,
    report: str,
    report_id: str,
    parameters: Mapping[str, Any],
    figures: Mapping[str, Any],
    language: str,
    audience: Audience,
    sha256: str,
    pages: int,
    title: str = "",
    document: bytes | None = None,
) -> Changes:
    """Write down a report that was made. Call it in an action of kind ``release``: it stays.

    ``parameters`` and ``figures`` are plain JSON; a figure keeps its query, the rows' keys and the total. ``document``
    is the PDF as it was printed, before any password: it is kept, encrypted, to be opened and printed again.
    """
    row = ReleaseRow(
        report=report, title=title, report_id=report_id, parameters=dict(parameters), figures=dict(figures),
        language=language, audience=audience.value, sha256=sha256, pages=pages, actor=actor(session),
        at=clock(session),
    )  # fmt: skip
    if document is not None:
        row.file_id, row.file_key = _kept(session, report_id, sha256, document)
    add(session, row)
    return changes(("release", row.id), made=row.id)


def _kept(session: Session, report_id: str, sha256: str, document: bytes) -> tuple[str, bytes]:
    """The encrypted file of the pages; the same report printed twice has one."""
    same = sa.select(ReleaseRow.file_id, ReleaseRow.file_key).where(
        ReleaseRow.report_id == report_id, ReleaseRow.sha256 == sha256, ReleaseRow.file_id.is_not(None)
    )
    found = session.execute(same.limit(1)).first()
    if found is not None:
        return cast("str", found[0]), cast("bytes", found[1])
    sealed: SealedFile = _files(session).put(document)
    return sealed.file_id, sealed.file_key


def looks_like_report_id(text: str) -> str:
    """The report id in what was typed or scanned, as pages print it; empty where it is something else."""
    found = _ID.fullmatch(text)
    return "-".join(part.upper() for part in found.groups()) if found else ""


def release(session: Session, report_id: str) -> ReleaseView | None:
    """The newest report with the id that stands on its pages, if it was made here."""
    wanted = looks_like_report_id(report_id) or report_id
    question = sa.select(ReleaseRow).where(ReleaseRow.report_id == wanted).order_by(ReleaseRow.id.desc()).limit(1)
    row = session.scalar(question)
    return None if row is None else _view(row)


def release_called(session: Session, report_id: str) -> ReleaseView:
    """The same, or a refusal that says what to do."""
    found = release(session, report_id)
    if found is None:
        values = {"id": report_id.strip()}
        raise Refused([Problem(code="NOT_PRINTED_HERE", message=NOT_PRINTED_HERE, field="id", values=values)])
    return found


def release_of(session: Session, key: int) -> ReleaseView:
    """One report that was made, by its key."""
    return _view(get(session, ReleaseRow, key))


def kept_pages(session: Session, key: int) -> bytes:
    """The PDF of a report exactly as it was printed, before any password. Refuses one whose pages are not kept."""
    row = get(session, ReleaseRow, key)
    if row.file_id is None or row.file_key is None:
        raise Refused([Problem(code="PAGES_GONE", message=PAGES_GONE)])
    return _files(session).read(row.file_id, row.file_key)


def releases(session: Session, *, limit: int = 100) -> list[ReleaseView]:
    """Reports made lately, newest first."""
    return [_view(r) for r in session.scalars(sa.select(ReleaseRow).order_by(ReleaseRow.id.desc()).limit(limit))]


def _files(session: Session) -> Attachments:
    return cast("Attachments", session.info["store"].attachments)


def _view(row: ReleaseRow) -> ReleaseView:
    return ReleaseView(
        id=row.id, version=row.version, report=row.report, title=row.title, report_id=row.report_id,
        parameters=row.parameters, figures=row.figures, language=row.language, audience=audience_of(row.audience),
        sha256=row.sha256, pages=row.pages, has_pages=row.file_id is not None, actor=row.actor, at=row.at,
    )  # fmt: skip
