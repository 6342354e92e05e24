"""Exchange rates of a list: a source's rate for a day is known, corrected or new. Claims keep the rate they froze."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.fx import RateDraft, check_rate
from liaison.domain.listing import StagedRate
from liaison.services.batch import Batch
from liaison.services.changes import NOTHING, Changes, Touched, today
from liaison.services.rates import edit_rate
from liaison.services.record_list_plan import RecordFate, RecordsPlan, differences_of, refused
from liaison.store.models import FxRateRow


def plan_rates(session: Session, rows: Sequence[StagedRate]) -> RecordsPlan:
    """The fate of every rate of a list."""
    day, known = today(session), _known(session, rows)
    fates, problems = [], []
    for row in rows:
        wrong = refused(row, check_rate(_draft(row), today=day))
        if wrong is not None:
            problems.append(wrong)
            continue
        key, rate = known.get(_identity(row), (None, None))
        values = {"rate": row.rate}
        found = () if key is None else differences_of(RateDraft, {"rate": rate}, values)
        fates.append(RecordFate(record=row, record_id=key, differences=tuple(found), values=values))
    return RecordsPlan(fates=tuple(fates), problems=tuple(problems))


def write_rates(session: Session, plan: RecordsPlan) -> Changes:
    """Put new rates on record and correct known ones."""
    batch, done = Batch(), NOTHING
    for fate in plan.fates:
        row = fate.record
        if fate.is_unchanged or not isinstance(row, StagedRate):
            continue
        if fate.record_id is not None:
            done |= edit_rate(session, fate.record_id, _draft(row))
            continue
        batch.add(
            "fx_rate", base=row.base, quote=row.quote, rate=f"{row.rate:f}", on_date=row.rate_date, kind=row.kind,
            source=row.source.strip(),
        )  # fmt: skip
    if len(batch):
        batch.write(session)
        done |= Changes(touched=(Touched(kind="rate", id=0),))
    return done


def _draft(row: StagedRate) -> RateDraft:
    return RateDraft(
        base=row.base, quote=row.quote, rate=row.rate, on_date=row.rate_date, kind=row.kind, source=row.source
    )


def _identity(row: StagedRate) -> tuple[object, ...]:
    return (row.base, row.quote, row.rate_date, row.source.strip(), row.kind)


def _known(session: Session, rows: Sequence[StagedRate]) -> dict[tuple[object, ...], tuple[int, Decimal]]:
    """Rates on record of the days that the list speaks of."""
    if not rows:
        return {}
    days = [row.rate_date for row in rows]
    of_days = sa.select(FxRateRow).where(FxRateRow.on_date.between(min(days), max(days)))
    return {(r.base, r.quote, r.on_date, r.source, r.kind): (r.id, Decimal(r.rate)) for r in session.scalars(of_days)}
