"""Copies of files that leave the store: unencrypted, so each is written down with its ground before it is there."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.privacy import Audience
from liaison.services.changes import Changes, get
from liaison.services.disclosure import record_disclosure
from liaison.services.documents import read_document
from liaison.store.durable import disk_trouble, outside_store
from liaison.store.models import ClaimRow, DocumentRow

REPORT = "document"
"""The name under which the copy of a file stands among what was disclosed."""


def copy_out(
    session: Session,
    key: int,
    target: Path,
    *,
    audience: Audience = Audience.INTERNAL,
    recipient: str = "",
    emergency: str = "",
) -> Changes:
    """Write an unencrypted copy where the officer wants it, and write down that it left. In a disclosure's action.

    Raises ``Refused`` without a ground or inside a store, ``Unavailable`` where nothing can be written; then no copy
    stays behind.
    """
    outside_store(target)
    row = get(session, DocumentRow, key)
    person = None
    if row.journey_id is None:
        person = session.scalar(sa.select(ClaimRow.patient_id).where(ClaimRow.id == row.claim_id))
    done = record_disclosure(
        session, report=REPORT, report_id=f"D-{key}", audience=audience, patient_id=person, journey_id=row.journey_id,
        recipient=recipient, emergency=emergency,
    )  # fmt: skip
    found = read_document(session, key)
    beside = target.with_name(f".{target.name}.part")
    with disk_trouble():
        try:
            beside.write_bytes(found.data)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    return done
