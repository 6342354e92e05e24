"""Exchange rates: dated, sourced, never from a later day.

A cross rate goes through the base of the source (for the European Central Bank the euro) and is marked as such. It is
kept as a fraction and never rounded before multiplying. On a day without a rate the last published day before it
counts, marked. Source: ``decisions``, Money; ``domain`` 3.4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from liaison.domain.coded import Coded
from liaison.domain.fields import check_required, draft, field, problem
from liaison.domain.money import CURRENCIES, Money, computed
from liaison.domain.policies import check_currency
from liaison.domain.privacy import EVERYONE
from liaison.domain.problems import Problem
from liaison.i18n import N_


class RateKind(Coded):
    """Which of a bank's rates this is."""

    MID = "MID", N_("middle rate")
    BUY = "BUY", N_("buying rate")
    SELL = "SELL", N_("selling rate")
    FIXED = "FIXED", N_("fixed rate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """``rate`` units of ``quote`` for one unit of ``base``, as a source published it for a day."""

    base: str
    quote: str
    rate: Decimal
    on: dt.date
    source: str
    kind: RateKind = RateKind.MID


def shown_rate(rate: Decimal) -> Decimal:
    """A rate as it is printed: two decimals from a hundred on, else six."""
    places = Decimal("0.01") if rate >= 100 else Decimal("0.000001")
    return rate.quantize(places, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedRate:
    """The rate a sum was converted by, with everything that must be printed beside it."""

    base: str
    quote: str
    exact: Fraction
    on: dt.date
    asked_for: dt.date
    source: str
    via: str = ""
    """The currency a cross went through; empty for a direct rate."""

    @property
    def is_cross(self) -> bool:
        """Whether the rate was worked out from two others."""
        return bool(self.via)

    @property
    def is_previous_day(self) -> bool:
        """Whether no rate was published for the day asked for."""
        return self.on != self.asked_for

    @property
    def shown(self) -> Decimal:
        """The rate as it is printed, to six significant decimals at most; never used for converting."""
        return shown_rate(Decimal(self.exact.numerator) / Decimal(self.exact.denominator))

    @property
    def kept(self) -> Decimal:
        """The rate as a claim keeps it, to twelve decimals: no bill is large enough to tell it from the fraction."""
        ratio = Decimal(self.exact.numerator) / Decimal(self.exact.denominator)
        return ratio.quantize(Decimal("0.000000000001"), rounding=ROUND_HALF_UP).normalize()

    def convert(self, money: Money) -> Money:
        """An amount of ``base`` in ``quote``, rounded once, half up. Raises ``ValueError`` for another currency."""
        if money.currency != self.base:
            raise ValueError(f"this rate converts {self.base}, not {money.currency}")
        exact = Fraction(money.minor) * self.exact / 100
        return computed(_decimal(exact), self.quote)


def _decimal(value: Fraction) -> Decimal:
    """A fraction as a decimal that rounds half up to two places exactly as the fraction would."""
    scaled, rest = divmod(abs(value.numerator) * 10_000, value.denominator)
    text = Decimal(scaled).scaleb(-4) + (Decimal("0.00001") if rest else 0)
    return -text if value < 0 else text


def find_rate(
    rates: Iterable[Rate], base: str, quote: str, on: dt.date, *, source: str = "", kind: RateKind = RateKind.MID
) -> UsedRate | None:
    """The rate from one currency to another for a day, or ``None`` where nothing was published up to then.

    A direct rate goes before an inverted one, that before a cross through a base both have a rate to on one day.
    """
    if base == quote:
        return UsedRate(base=base, quote=quote, exact=Fraction(1), on=on, asked_for=on, source="")
    known = [r for r in rates if r.on <= on and r.kind is kind and source in ("", r.source)]
    direct = _latest(r for r in known if (r.base, r.quote) in ((base, quote), (quote, base)))
    if direct is not None:
        exact = Fraction(direct.rate)
        if direct.base != base:
            exact = 1 / exact
        return UsedRate(base=base, quote=quote, exact=exact, on=direct.on, asked_for=on, source=direct.source)
    return _cross(known, base, quote, on)


def _latest(rates: Iterable[Rate]) -> Rate | None:
    return max(rates, key=lambda r: r.on, default=None)


def _cross(known: list[Rate], base: str, quote: str, on: dt.date) -> UsedRate | None:
    to_base = {(r.base, r.on, r.source): r.rate for r in known if r.quote == base}
    best: UsedRate | None = None
    for rate in known:
        other = to_base.get((rate.base, rate.on, rate.source))
        if rate.quote != quote or other is None or (best is not None and best.on >= rate.on):
            continue
        best = UsedRate(
            base=base,
            quote=quote,
            exact=Fraction(rate.rate) / Fraction(other),
            on=rate.on,
            asked_for=on,
            source=rate.source,
            via=rate.base,
        )
    return best


@draft
class RateDraft:
    """An exchange rate as typed or brought in."""

    base: str = field(N_("One unit of"), required=True, audience=EVERYONE, headings=("base", "dari"))
    quote: str = field(N_("Stands for so many"), required=True, audience=EVERYONE, headings=("quote", "ke"))
    rate: Decimal = field(N_("Rate"), required=True, audience=EVERYONE, headings=("rate", "kurs"))
    on_date: dt.date = field(N_("Date"), required=True, audience=EVERYONE, headings=("date", "tanggal"))
    kind: RateKind = field(N_("Kind of rate"), audience=EVERYONE, default=RateKind.MID)
    source: str = field(
        N_("Source"), help=N_("For instance ECB, Bank Indonesia, the hospital."), required=True, audience=EVERYONE,
        headings=("source", "sumber"),
    )  # fmt: skip
    note: str = field(N_("Note"), default="")


def check_rate(rate: RateDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with a rate."""
    found = check_required(rate)
    for name in ("base", "quote"):
        found += check_currency(getattr(rate, name), field=name)
    if rate.base == rate.quote and rate.base in CURRENCIES:
        found.append(problem("SAME_CURRENCY", N_("A rate stands between two different currencies."), "quote"))
    if rate.rate <= 0:
        found.append(problem("NOT_POSITIVE", N_("This number must be more than zero."), "rate"))
    if rate.on_date > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "on_date"))
    return found
