"""Files of a case: looked at by their first bytes, encrypted one by one, read back into memory only."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.coded import Coded
from liaison.domain.documents import DocumentKind
from liaison.domain.errors import Refused, refuse_if
from liaison.domain.problems import Problem
from liaison.domain.work import DocumentDraft, check_document
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, get_for, need, today
from liaison.services.claims import count_documents, count_documents_of_case
from liaison.services.debts import settle_debts
from liaison.store.attachments import Attachments
from liaison.store.models import ClaimRow, DocumentRow, JourneyRow

MAX_BYTES = 50 * 1024 * 1024

TOO_LARGE = N_("This file is larger than 50 MB. Scan it in grey or split it, and attach it again.")
EMPTY = N_("This file is empty. Ask for it once more.")
NOT_ALLOWED = N_(
    "Files of this kind are not kept. Attach a PDF, a picture, a Word or Excel file, an e-mail or plain text."
)
NOT_AS_NAMED = N_(
    "This file is not what its name says: it is called {ending}, but inside it is {kind}. "
    "Ask the sender for the right file, or give it its right name and attach it again."
)
KNOWN_FILE = N_("This very file is attached to this case already.")
VOID_NEEDS_REASON = N_("Say why: the reason stays in the history.")

_MAGIC = (
    (b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"), (b"GIF89a", "image/gif"), (b"II*\x00", "image/tiff"), (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS = {
    "doc": "application/msword", "xls": "application/vnd.ms-excel", "msg": "application/vnd.ms-outlook",
}  # fmt: skip
_ZIP_KINDS = (
    ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
_MAIL_HEADS = (b"from:", b"received:", b"return-path:", b"mime-version:", b"date:", b"subject:", b"delivered-to:")


class FileKind(Coded):
    """What a file is by its first bytes, by its media type."""

    PDF = "application/pdf", N_("a PDF")
    JPEG = "image/jpeg", N_("a JPEG picture")
    PNG = "image/png", N_("a PNG picture")
    GIF = "image/gif", N_("a GIF picture")
    TIFF = "image/tiff", N_("a TIFF picture")
    BMP = "image/bmp", N_("a BMP picture")
    HEIC = "image/heic", N_("a HEIC picture")
    WEBP = "image/webp", N_("a WebP picture")
    DOC = "application/msword", N_("a Word file")
    XLS = "application/vnd.ms-excel", N_("an Excel file")
    MSG = "application/vnd.ms-outlook", N_("an Outlook e-mail")
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", N_("a Word file")
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", N_("an Excel file")
    MAIL = "message/rfc822", N_("an e-mail")
    TEXT = "text/plain", N_("plain text")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """A file of a case: what is known of it, what it is, and how large in bytes."""

    id: int
    version: int
    details: DocumentDraft
    kind: FileKind
    size: int


_ENDINGS: Mapping[str, frozenset[str]] = {
    media_type: frozenset(endings.split())
    for media_type, endings in {
        "application/pdf": "pdf", "image/jpeg": "jpg jpeg jpe jfif", "image/png": "png", "image/gif": "gif",
        "image/tiff": "tif tiff", "image/bmp": "bmp dib", "image/heic": "heic heif", "image/webp": "webp",
        "application/msword": "doc", "application/vnd.ms-excel": "xls", "application/vnd.ms-outlook": "msg",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
        "message/rfc822": "eml mht txt", "text/plain": "txt csv text log md eml",
    }.items()
}  # fmt: skip
"""How files of a kind are called."""

_LOOKS_AT = 4096
_FIRST_PRINTED, _DELETE = 0x20, 0x7F


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFile:
    """A file taken out of the store: its name, its kind, its bytes, in memory only."""

    name: str
    media_type: str
    data: bytes


def sniff(data: bytes, name: str) -> str:
    """The media type by the first bytes, never by the name alone; :class:`Refused` for kinds that are not kept."""
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    ending = name.rpartition(".")[2].casefold()
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "image/heic"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(_OLE) and ending in _OLE_KINDS:
        return _OLE_KINDS[ending]
    found = _zipped(data) if data.startswith(b"PK\x03\x04") else _texts(data)
    if found is None:
        raise Refused([Problem(code="NOT_ALLOWED", message=NOT_ALLOWED, field="file")])
    return found


def _refuse_false_name(name: str, media_type: str) -> None:
    """A file whose name says another kind than its content is refused; a name without a known ending says nothing."""
    head, _, ending = name.rpartition(".")
    ending = ending.casefold()
    known = frozenset(each for endings in _ENDINGS.values() for each in endings)
    if not head or ending not in known or ending in _ENDINGS[media_type]:
        return
    values = {"ending": f".{ending}", "kind": FileKind(media_type)}
    raise Refused([Problem(code="NOT_AS_NAMED", message=NOT_AS_NAMED, field="file", values=values)])


def _zipped(data: bytes) -> str | None:
    """A Word or Excel file without macros; any other archive is not kept."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return None
    if any(n.endswith("vbaProject.bin") for n in names):
        return None
    return next((media_type for part, media_type in _ZIP_KINDS if part in names), None)


def _texts(data: bytes) -> str | None:
    head = data[:_LOOKS_AT]
    if any((byte < _FIRST_PRINTED and byte not in b"\t\r\n\f") or byte == _DELETE for byte in head):
        return None
    try:
        text = head.decode("utf-8", errors="strict") if len(data) <= _LOOKS_AT else head.decode("utf-8", "ignore")
    except UnicodeDecodeError:
        text = head.decode("cp1252", errors="replace")
    if "<script" in text.casefold() or text.lstrip().casefold().startswith(("<!doctype", "<html", "#!")):
        return None
    return "message/rfc822" if head.lstrip().lower().startswith(_MAIL_HEADS) else "text/plain"


def attach(session: Session, draft: DocumentDraft, data: bytes) -> Changes:
    """Encrypt a file and put it on a case or claim; what it proves is ticked off. ``title`` is its name."""
    problems = [*check_document(draft, today=today(session)), *_problems(session, draft)]
    if not data:
        problems.append(Problem(code="EMPTY", message=EMPTY, field="file"))
    if len(data) > MAX_BYTES:
        problems.append(Problem(code="TOO_LARGE", message=TOO_LARGE, field="file"))
    refuse_if(problems)
    media_type = sniff(data, draft.title)
    _refuse_false_name(draft.title, media_type)
    _refuse_twin(session, draft, hashlib.sha256(data).hexdigest())
    sealed = _files(session).put(data)
    row = fill(
        DocumentRow(
            file_id=sealed.file_id, file_key=sealed.file_key, media_type=media_type, size=sealed.size,
            sha256=sealed.sha256,
        ),
        draft,
    )  # fmt: skip
    row.received_on = draft.received_on or today(session)
    add(session, row)
    _follow(session, row)
    return changes(("document", row.id), ("journey", row.journey_id), ("claim", row.claim_id), made=row.id)


def edit_document(session: Session, key: int, draft: DocumentDraft, *, version: int | None = None) -> Changes:
    """Change what is known about a file: its kind, title or day; the file itself stays."""
    row = get_for(session, DocumentRow, key, draft, version=version)
    refuse_if([*check_document(draft, today=today(session)), *_problems(session, draft)])
    received = row.received_on
    fill(row, draft)
    row.received_on = draft.received_on or received
    session.flush()
    _follow(session, row)
    return changes(("document", key), ("journey", row.journey_id), ("claim", row.claim_id))


def document_draft(session: Session, key: int) -> DocumentDraft:
    """What the form of a file opens with."""
    row = get(session, DocumentRow, key)
    return draft_of(row, DocumentDraft)


def paper(session: Session, key: int) -> PaperView:
    """What is known of a file, without its content."""
    row = get(session, DocumentRow, key)
    return PaperView(
        id=row.id, version=row.version, details=draft_of(row, DocumentDraft), kind=FileKind(row.media_type),
        size=row.size,
    )  # fmt: skip


def read_document(session: Session, key: int) -> DocumentFile:
    """A file in memory, to be shown or exported. Raises ``Locked`` where the file is missing or damaged."""
    row = get(session, DocumentRow, key)
    return DocumentFile(name=row.title, media_type=row.media_type, data=_files(session).read(row.file_id, row.file_key))


def void_document(session: Session, key: int, *, reason: str) -> Changes:
    """Take a file attached by mistake out of the case, with a reason; it no longer proves anything."""
    row = get(session, DocumentRow, key)
    if not reason.strip():
        raise Refused([Problem(code="MISSING", message=VOID_NEEDS_REASON, field="reason")])
    row.voided_reason = reason.strip()
    session.flush()
    _follow(session, row)
    return changes(("document", key), ("journey", row.journey_id), ("claim", row.claim_id))


def kinds_of(session: Session, journey_id: int) -> set[DocumentKind]:
    """Kinds of documents attached to a case."""
    kinds = sa.select(DocumentRow.kind).where(DocumentRow.journey_id == journey_id, DocumentRow.voided_reason == "")
    return {kind for kind in session.scalars(kinds) if kind is not None}


def _follow(session: Session, row: DocumentRow) -> None:
    """A document may pay a debt, and may make a claim ready or incomplete."""
    if row.journey_id is not None:
        settle_debts(session, row.journey_id)
        count_documents_of_case(session, row.journey_id)
    if row.claim_id is not None:
        count_documents(session, row.claim_id)


def _problems(session: Session, draft: DocumentDraft) -> list[Problem]:
    return [
        *need(session, JourneyRow, draft.journey_id, field="journey_id"),
        *need(session, ClaimRow, draft.claim_id, field="claim_id"),
    ]


def _refuse_twin(session: Session, draft: DocumentDraft, sha256: str) -> None:
    """The same bytes twice on one case are one document."""
    same = sa.select(DocumentRow.id).where(
        DocumentRow.sha256 == sha256, DocumentRow.voided_reason == "",
        DocumentRow.journey_id.is_not_distinct_from(draft.journey_id),
        DocumentRow.claim_id.is_not_distinct_from(draft.claim_id),
    )  # fmt: skip
    if session.scalar(same.limit(1)) is not None:
        raise Refused([Problem(code="KNOWN_FILE", message=KNOWN_FILE, field="file")])


def _files(session: Session) -> Attachments:
    return cast("Attachments", session.info["store"].attachments)
