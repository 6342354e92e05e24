"""What came back of what insurers cut: by reason, in one currency, from the first decision to the last.

Source: ``domain`` 6, capability 4 (recovery rate by reason).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from liaison.domain.codes import ReasonCode
from liaison.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision on a line (or on a whole claim, where it has none) at one level: 0 first, then that of the appeal."""

    claim_id: int
    line_id: int | None
    level: int
    claimed: Money
    approved: Money
    reason: ReasonCode | None
    was_appealed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """Of the cuts for one reason: how many, how much, how many were appealed and what came back."""

    reason: ReasonCode
    currency: str
    count: int
    appealed: int
    cut: Money
    recovered: Money

    @property
    def share(self) -> Decimal:
        """The share of the cut that came back, 0 to 1."""
        return Decimal(self.recovered.minor) / Decimal(self.cut.minor) if self.cut.minor else Decimal(0)


def recovery_by_reason(decisions: Iterable[Decided]) -> list[Recovery]:
    """The cuts of first decisions by reason and currency, the largest first, with what later decisions gave back.

    The reason is the first one: what a later decision calls it does not move it to another row.
    """
    by_line: dict[tuple[int, int | None], list[Decided]] = {}
    for each in decisions:
        by_line.setdefault((each.claim_id, each.line_id), []).append(each)
    rows: dict[tuple[ReasonCode, str], Recovery] = {}
    for levels in by_line.values():
        levels.sort(key=lambda d: d.level)
        first, last = levels[0], levels[-1]
        cut = first.claimed - first.approved
        if first.reason is None or cut.minor <= 0:
            continue
        back = max(last.approved.minor - first.approved.minor, 0)
        key = (first.reason, cut.currency)
        before = rows.get(key)
        nothing = Money(0, cut.currency)
        rows[key] = Recovery(
            reason=first.reason,
            currency=cut.currency,
            count=(before.count if before else 0) + 1,
            appealed=(before.appealed if before else 0) + any(d.was_appealed for d in levels),
            cut=(before.cut if before else nothing) + cut,
            recovered=(before.recovered if before else nothing) + Money(back, cut.currency),
        )
    return sorted(rows.values(), key=lambda r: (r.currency, -r.cut.minor, r.reason))
