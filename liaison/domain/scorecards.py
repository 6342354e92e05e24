"""How a hospital or an insurer did by the office's own cases: middles, ninths of ten and shares, each with its n.

Inside the office figures are exact and every one opens its rows (``decisions``, Small numbers and audiences); nothing
of a scorecard leaves it. Few cases make no middle, though: below ten there is none, and below twenty no percentage
(``security`` 6.2, rules 5 and 3). Then stands how many there are, and "too few" instead of a figure.
"""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from liaison.domain.coded import Coded
from liaison.domain.codes import ReasonCode
from liaison.domain.privacy import PERCENT_FROM
from liaison.i18n import N_

LEAST_FOR_A_MIDDLE = 10
LEAST_FOR_A_SHARE = PERCENT_FROM
"""Source: ``security`` 6.2, rules 5 and 3."""

_TENTH = Decimal("0.1")


class Score(Coded):
    """What is measured of a house."""

    LETTER = "letter", N_("request to first letter")
    TOPUP = "topup", N_("letters that needed a top-up")
    DECLINED = "declined", N_("letters declined")
    CLAIM = "claim", N_("claim sent to decision")
    REJECTED = "rejected", N_("claims rejected")
    ESTIMATE = "estimate", N_("final bill over or under the estimate")


class ScoreUnit(Coded):
    """What a figure of a scorecard is counted in."""

    HOURS = "hours", N_("hours")
    DAYS = "days", N_("days")
    PERCENT = "percent", N_("per cent")


UNITS = {
    Score.LETTER: ScoreUnit.HOURS, Score.CLAIM: ScoreUnit.DAYS, Score.ESTIMATE: ScoreUnit.PERCENT,
    Score.TOPUP: ScoreUnit.PERCENT, Score.DECLINED: ScoreUnit.PERCENT, Score.REJECTED: ScoreUnit.PERCENT,
}  # fmt: skip
MEASURED = frozenset({Score.LETTER, Score.CLAIM, Score.ESTIMATE})
"""Scores with a middle; the others are shares."""


class Few(Coded):
    """Stands where a figure would, of too few cases."""

    TOO_FEW = "too_few", N_("too few")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """One letter, claim or admission that a score counts. ``value`` is in the score's unit."""

    journey_id: int | None
    claim_id: int | None
    number: str
    """The case's number, else the claim's."""
    other: str
    """The insurer for a hospital's score, the hospital for an insurer's."""
    on: dt.date
    value: Decimal | None = None
    is_hit: bool = False
    """Of a share: whether this one was topped up, declined, rejected."""
    reason: ReasonCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFigure:
    """A score over its rows. ``middle`` and ``ninth`` are none below ten rows, ``percent`` below twenty."""

    score: Score
    n: int
    hits: int = 0
    middle: Decimal | None = None
    ninth: Decimal | None = None
    """What nine of ten do not pass; of estimates, how far nine of ten are off at most, either way."""
    percent: Decimal | None = None

    @property
    def has_too_few(self) -> bool:
        """Whether there are rows, but not enough for a figure."""
        return bool(self.n) and self.middle is None and self.percent is None


def figure(score: Score, rows: Sequence[ScoreRow]) -> ScoreFigure:
    """A score over its rows."""
    if score not in MEASURED:
        hits = sum(row.is_hit for row in rows)
        percent = _round(Decimal(100 * hits) / len(rows)) if len(rows) >= LEAST_FOR_A_SHARE else None
        return ScoreFigure(score=score, n=len(rows), hits=hits, percent=percent)
    values = sorted(row.value for row in rows if row.value is not None)
    if len(values) < LEAST_FOR_A_MIDDLE:
        return ScoreFigure(score=score, n=len(values))
    far = sorted(abs(value) for value in values) if score is Score.ESTIMATE else values
    return ScoreFigure(
        score=score, n=len(values), middle=_round(Decimal(statistics.median(values))), ninth=_round(ninth_of_ten(far))
    )


def ninth_of_ten(ordered: Sequence[Decimal]) -> Decimal:
    """The value that nine of ten do not pass: nearest rank, as for the clocks."""
    return ordered[max(math.ceil(round(0.9 * len(ordered), 9)), 1) - 1]


def _round(value: Decimal) -> Decimal:
    return value.quantize(_TENTH)
