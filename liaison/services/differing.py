"""Differences of a colleague's file in words: which field of which record of which case, and all three values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.services.comparing import WHOLE
from liaison.services.labels import is_read_by_people, label_of
from liaison.services.take_over import Difference
from liaison.services.told_values import headline, noun_of, told_value
from liaison.store.models import JourneyRow, PatientRow
from liaison.store.rows import Row

KEPT_BACK = frozenset({"health_notice", "tb_test"})
"""Tables of which only two named roles see what stands in them."""

HIDDEN = "•••"


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceLine:
    """One choice. ``noun`` and ``label`` are marked; values are shown by ``language.shown``."""

    key: tuple[str, int, str]
    noun: str
    label: str
    """Empty where a whole record was taken out on one side."""
    case_no: str
    name: str
    before: tuple[object, ...]
    ours: tuple[object, ...]
    theirs: tuple[object, ...]


def difference_lines(session: Session, differences: Iterable[Difference]) -> list[DifferenceLine]:
    """Every difference in words, those of one case together."""
    lines = [_line(session, each) for each in differences]
    return sorted(lines, key=lambda line: (line.case_no, line.noun, line.label))


def _line(session: Session, difference: Difference) -> DifferenceLine:
    clash, table = difference.clash, difference.table
    case_no, name = _case(session, difference)
    is_whole = clash.field == WHOLE

    def values(row: Row | None) -> tuple[object, ...]:
        if not row:
            return ()
        if table in KEPT_BACK:
            return (HIDDEN,)
        if is_whole:
            return (headline(table, row),)
        names = [n for n in row if is_read_by_people(n) and not n.endswith("_since")]
        found = (told_value(session, table, n, {**clash.ours, **row}) for n in names)
        return tuple(value for value in found if value not in (None, ""))

    return DifferenceLine(
        key=difference.key,
        noun=noun_of(table),
        label="" if is_whole else label_of(table, clash.field),
        case_no=case_no,
        name=name,
        before=values(clash.before),
        ours=values(clash.ours),
        theirs=values(clash.theirs),
    )


def _case(session: Session, difference: Difference) -> tuple[str, str]:
    if difference.journey_id is not None:
        asked = (
            sa.select(JourneyRow.case_no, PatientRow.full_name)
            .join(PatientRow, PatientRow.id == JourneyRow.patient_id)
            .where(JourneyRow.id == difference.journey_id)
        )
        found = session.execute(asked).first()
        return (found[0], found[1]) if found is not None else ("", "")
    patient = difference.row_id if difference.table == "patient" else difference.clash.ours.get("patient_id")
    row = session.get(PatientRow, patient) if patient is not None else None
    return ("", "" if row is None else row.full_name)
