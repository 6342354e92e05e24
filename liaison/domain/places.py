"""What each place would cost the patient, side by side, the place at home among them.

A place's total is what the patient pays: the share that the policy leaves (the whole estimate where nobody knows it),
travel and hotel, in rupiah. Each currency is converted by its own dated rate; a sum whose rate is missing has no total.
Source: issue "Casework in depth", 8; ``domain`` 1.2 step 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liaison.domain.fields import draft, field
from liaison.domain.fx import UsedRate
from liaison.domain.money import Money
from liaison.domain.privacy import OUTSIDE_BUT_PUBLIC
from liaison.i18n import N_


@draft
class PlaceChoiceDraft:
    """The place a patient chose, and why."""

    estimate_id: int = field(N_("Place"), required=True)
    reason: str = field(
        N_("Why the patient chose it"), help=N_("In the patient's own words; it stands beside the costs."),
        required=True, audience=OUTSIDE_BUT_PUBLIC,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCost:
    """What one place says, each amount in its own currency."""

    low: Money
    high: Money
    excess: Money | None = None
    """What the policy leaves to the patient; ``None`` where nobody knows."""
    travel: Money | None = None
    hotel: Money | None = None

    @property
    def currencies(self) -> frozenset[str]:
        """The currencies that a total needs a rate for."""
        return frozenset(m.currency for m in (self.high, self.travel, self.hotel) if m is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientTotal:
    """What the patient pays in all, low and high; ``missing`` names currencies without a rate, then there is no sum."""

    low: Money | None
    high: Money | None
    missing: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is a total."""
        return self.low is not None and self.high is not None


def patient_total(cost: PlaceCost, rates: Mapping[str, UsedRate], *, currency: str = "IDR") -> PatientTotal:
    """The patient's total in one currency; ``rates`` are to that currency, by base."""
    missing = tuple(sorted(c for c in cost.currencies if c != currency and c not in rates))
    if missing:
        return PatientTotal(low=None, high=None, missing=missing)
    beside = [_converted(m, rates, currency) for m in (cost.travel, cost.hotel) if m is not None]
    share_low, share_high = (cost.excess, cost.excess) if cost.excess is not None else (cost.low, cost.high)
    low, high = _converted(share_low, rates, currency), _converted(share_high, rates, currency)
    for one in beside:
        low, high = low + one, high + one
    return PatientTotal(low=low, high=high)


def _converted(amount: Money, rates: Mapping[str, UsedRate], currency: str) -> Money:
    return amount if amount.currency == currency else rates[amount.currency].convert(amount)
