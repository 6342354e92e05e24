"""The monthly evaluation as it is kept: a preview opens from it at once and is made anew when it is worked out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy.orm import Session

from liaison.domain.insight import Behind, ClaimGap, Gap, LinkedGap
from liaison.domain.money import Money
from liaison.domain.periods import Period
from liaison.domain.targets import ClockKind
from liaison.services.evaluation import Clash, Evaluation, Finding, Stale, Weakness, evaluation
from liaison.services.kept_answers import OLDER, Kind, ToKeep, answered

KEPT: Kind[Evaluation] = Kind(
    name="evaluation",
    classes=(Evaluation, Finding, Weakness, Gap, LinkedGap, ClaimGap, Stale, Clash, ClockKind, Money, Behind, Period),
    most=1, lasts=dt.timedelta(minutes=1),
)  # fmt: skip
"""Steps become overdue while nobody writes, so that it stays true for the minute that the paper names."""


def evaluation_at_once(session: Session) -> Evaluation:
    """The weaknesses as they were kept where older ones will do, told as such; else as they stand now."""
    older = session.info.get(OLDER)
    wanted = older is not None
    found = answered(session, KEPT, (), lambda: evaluation(session), stale_will_do=wanted, will_keep=wanted)
    if older is not None:
        older.is_stale, older.to_keep = found.is_stale, found.to_keep
    return replace(found.value, is_stale=found.is_stale)


def work_out_anew(session: Session) -> ToKeep | None:
    """The weaknesses worked out now, as they are to be kept; none where what is kept is fresh."""
    return answered(session, KEPT, (), lambda: evaluation(session)).to_keep
