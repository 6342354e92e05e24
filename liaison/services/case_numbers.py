"""Case numbers as this laptop hands them out: counted per city, year and device letter, never given twice."""

from __future__ import annotations

import string
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.case_numbers import case_number
from liaison.services.changes import add, today
from liaison.services.office import office
from liaison.store.models import CaseCounterRow, JourneyRow


def next_case_no(session: Session) -> str:
    """The next number. The counter is not journaled, so an undo never gives the same number to another case."""
    city, year, device = office(session).city, today(session).year, device_letter(session)
    question = sa.select(CaseCounterRow).where(
        CaseCounterRow.city == city, CaseCounterRow.year == year, CaseCounterRow.device == device
    )
    counter = session.scalar(question)
    if counter is None:
        counter = add(session, CaseCounterRow(city=city, year=year, device=device, last=0))
    counter.last += 1
    session.flush()
    return case_number(city, year, device=device, counter=counter.last)


def case_numbers(session: Session, keys: Sequence[int] = ()) -> list[str]:
    """The numbers of these cases in their order; without keys, of all open ones, the oldest first."""
    if not keys:
        asked = sa.select(JourneyRow.case_no).where(JourneyRow.is_open.is_(True)).order_by(JourneyRow.opened_on)
        return list(session.scalars(asked))
    found = dict(session.execute(sa.select(JourneyRow.id, JourneyRow.case_no).where(JourneyRow.id.in_(keys))).all())
    return [found[key] for key in keys if key in found]


def device_letter(session: Session) -> str:
    """The letter of this laptop, from its device number."""
    device: int = session.info["ids"].device
    return string.ascii_uppercase[device % len(string.ascii_uppercase)]
