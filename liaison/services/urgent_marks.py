"""What the page of a case says of the urgent call that it began with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.urgent import RedFlag, flags_of
from liaison.store.models import UrgentCallRow


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentMark:
    """When the call came, which danger signs were said, to whom the patient went and when."""

    called_at: dt.datetime
    flags: tuple[RedFlag, ...]
    handed_to: str
    handed_at: dt.datetime | None


def urgent_mark(session: Session, journey_id: int) -> UrgentMark | None:
    """The call of a case; none where it began otherwise."""
    row = session.scalar(sa.select(UrgentCallRow).where(UrgentCallRow.journey_id == journey_id))
    if row is None:
        return None
    return UrgentMark(
        called_at=row.called_at, flags=flags_of(row.flags), handed_to=row.handed_to, handed_at=row.handed_at
    )
