"""Case numbers as this laptop hands them out: counted per city, year and device letter, never given twice."""

from __future__ import annotations

import string

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.case_numbers import case_number
from liaison.services.changes import add, today
from liaison.services.office import office
from liaison.store.models import CaseCounterRow


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


def device_letter(session: Session) -> str:
    """The letter of this laptop, from its device number."""
    device: int = session.info["ids"].device
    return string.ascii_uppercase[device % len(string.ascii_uppercase)]
