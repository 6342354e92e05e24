"""Money: whole minor units and a currency, never a float, never two currencies in one sum.

Minor units are those of ISO 4217 (100 to the unit for every currency here). Rupiah and riel are *shown* whole because
no sen is in use, but received sen are kept, and computed rupiah are rounded half up to the whole (``decisions``,
Money).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CURRENCIES = ("IDR", "MYR", "SGD", "CNY", "USD", "KHR", "EUR", "THB")
"""Currencies that claims and rates may carry."""

WHOLE = frozenset({"IDR", "KHR"})
"""Currencies in which nobody uses the minor unit: shown whole, computed amounts rounded to the whole unit."""

MINOR_PER_UNIT = 100


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in ISO minor units of one currency. Raises ``ValueError`` where two currencies would be mixed."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.minor, int) or isinstance(self.minor, bool):
            raise TypeError("money is counted in whole minor units")
        if self.currency not in CURRENCIES:
            raise ValueError(f"unknown currency {self.currency!r}")

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> Money:
        """From units, e.g. ``Money.of("1234.50", "MYR")``; half a minor unit rounds up."""
        minor = (Decimal(amount) * MINOR_PER_UNIT).to_integral_value(rounding=ROUND_HALF_UP)
        return cls(int(minor), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in units, with two decimals."""
        return Decimal(self.minor).scaleb(-2).quantize(Decimal("0.01"))

    def plain(self) -> str:
        """``"1234.50"``: the form of every JSON answer, always two decimals, never rounded."""
        return f"{self.amount:.2f}"

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(f"cannot mix {self.currency} and {other.currency}")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.minor < other.minor

    def __le__(self, other: Money) -> bool:
        self._same(other)
        return self.minor <= other.minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def times(self, factor: Decimal, currency: str | None = None) -> Money:
        """Multiply and round once, half up: to the minor unit, or to the whole unit for rupiah and riel."""
        return computed(self.amount * factor, currency or self.currency)


def computed(amount: Decimal, currency: str) -> Money:
    """A computed amount as money: half up to the smallest unit in use (whole rupiah and riel, else the minor unit)."""
    step = Decimal(1) if currency in WHOLE else Decimal("0.01")
    return Money.of(amount.quantize(step, rounding=ROUND_HALF_UP), currency)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of amounts of one currency; an empty sum is zero of it."""
    result = Money(0, currency)
    for amount in amounts:
        result += amount
    return result


def totals(amounts: Iterable[Money]) -> dict[str, Money]:
    """One sum per currency, in the order of first appearance; currencies are never added together."""
    result: dict[str, Money] = {}
    for amount in amounts:
        result[amount.currency] = result[amount.currency] + amount if amount.currency in result else amount
    return result


def share_out(whole: Money, weights: Iterable[int]) -> list[Money]:
    """Split an amount by weights so that the parts sum to the whole (largest remainder, ``domain`` 3.1)."""
    parts = list(weights)
    base = sum(parts)
    if base <= 0:
        raise ValueError("weights must sum to more than nothing")
    raw = [divmod(whole.minor * w, base) for w in parts]
    left = whole.minor - sum(q for q, _ in raw)
    by_remainder = sorted(range(len(raw)), key=lambda i: (-raw[i][1], i))
    extra = set(by_remainder[:left])
    return [Money(q + (i in extra), whole.currency) for i, (q, _) in enumerate(raw)]


CASH_STEP = {"MYR": 5, "SGD": 5, "KHR": 10_000, "IDR": 100}
"""Minor units of the smallest coin or note a cashier gives back: 5 sen, 5 cents, 100 riel, 1 rupiah."""


def cash_rounded(amount: Money) -> tuple[Money, Money]:
    """What a cashier asks for, and the rounding line that leads to it: 18,837.57 gives 18,837.55 and -0.02."""
    step = CASH_STEP.get(amount.currency, 1)
    half_up = (abs(amount.minor) + step // 2) // step * step
    rounded = Money(half_up if amount.minor >= 0 else -half_up, amount.currency)
    return rounded, rounded - amount
