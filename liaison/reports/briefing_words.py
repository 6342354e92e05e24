"""How a briefing writes its safe figures: counts, changes, hours, amounts, scales."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from liaison.domain.money import Money
from liaison.domain.privacy import PublicCount, on_paper
from liaison.i18n import N_, Language
from liaison.i18n.formats import MINUS, MISSING, SYMBOLS
from liaison.reports.briefing_public import PublicPair, PublicSpread
from liaison.reports.briefing_view import Basis, BriefingView, CityFigures
from liaison.reports.charts import Dot
from liaison.reports.wording import COUNTRY_WORDS, bound

ROUNDED_ALONE = N_("Every figure is rounded to 5 by itself, so the parts may not add up to their total.")
"""Stands at a table or chart of parts: in a footer nobody looks for why 15 and 15 make 25."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every section of a briefing needs: the view, the language, and whether there is a year before."""

    view: BriefingView
    language: Language
    compare: bool

    @property
    def city(self) -> CityFigures:
        """The city of this briefing."""
        return self.view.city

    @property
    def is_claims(self) -> bool:
        """Whether the figures come from claim lists only."""
        return self.view.basis is Basis.CLAIMS


def count_words(count: PublicCount, language: Language) -> str:
    """``210`` or ``*``, put down as printed."""
    shown = on_paper(count)
    return shown.sign if shown.value is None else language.formats.number(shown.value)


def height(count: PublicCount | None) -> float | None:
    """A count as the length of a bar; None for a hidden one."""
    if count is None:
        return None
    shown = on_paper(count)
    return None if shown.value is None else float(shown.value)


def tallest(counts: Iterable[PublicCount | None]) -> PublicCount | None:
    """The largest figure that is not hidden: a scale tells no more than this one."""
    return max((one for one in counts if one is not None and one.value is not None), key=_value, default=None)


def _value(count: PublicCount) -> int:
    return count.value or 0


def change_words(pair: PublicPair, language: Language) -> str:
    """``+15``, ``±0``, ``−5``; empty where one figure is hidden or there is no year before."""
    change = pair.change
    return "" if change is None else signed(change, language)


def signed(number: float, language: Language) -> str:
    """A difference with its sign."""
    if number == 0:
        return "±0"
    decimals = 0 if float(number).is_integer() else 1
    words = language.formats.number(abs(number) if decimals else abs(int(number)), decimals or None)
    return ("+" if number > 0 else MINUS) + words


def decimal_words(number: float, language: Language) -> str:
    """``6.4``, or ``5`` where there is nothing behind the point."""
    return language.formats.number(number, 0 if float(number).is_integer() else 1)


def amount_words(amount: float, currency: str, language: Language) -> str:
    """A rounded amount with its currency: ``RM18,000``."""
    return SYMBOLS.get(currency, currency) + language.formats.number(int(amount))


def million_words(amount: Money, language: Language) -> str:
    """``Rp81 million`` to two significant digits."""
    whole = amount.minor // 100
    unit = 10 ** max(len(str(whole)) - 2, 0)
    rounded = (whole + unit // 2) // unit * unit
    number = (
        language.formats.number(rounded // 1_000_000)
        if rounded >= 10_000_000
        else decimal_words(rounded / 1e6, language)
    )
    symbol = SYMBOLS[amount.currency]
    return bound(language("{symbol}{number} million", symbol=symbol, number=number))


def nice_maximum(values: Iterable[float | None]) -> float:
    """The next round number above the highest value, so that charts share a scale that reads well."""
    top = max((value for value in values if value), default=1.0)
    power = 1.0
    while power * 10 < top:
        power *= 10
    while power > top:
        power /= 10
    return next(step * power for step in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * power >= top - 1e-9)


def ticks_to(maximum: float) -> tuple[float, ...]:
    """Four to six round ticks from zero to the maximum or just above."""
    power = 1.0
    while power * 10 <= maximum:
        power *= 10
    while power > maximum:
        power /= 10
    step = next(s * power for s in (0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5) if maximum / (s * power) <= 6)
    count = int(maximum / step + 0.999999)
    return tuple(step * n for n in range(count + 1))


def tick_words(ticks: Sequence[float], language: Language) -> tuple[str, ...]:
    """The words under the ticks."""
    return tuple(decimal_words(tick, language) for tick in ticks)


def dot(
    label: str,
    now: PublicSpread,
    before: PublicSpread | None,
    language: Language,
    *,
    target: float | None = None,
    with_target: bool = False,
    focus: bool = False,
    digits: int = 0,
) -> Dot:
    """A row of a dot-and-range chart with its columns: (target,) median, previous, n."""
    number = language.formats.number
    cells = [number(now.median, digits), number(before.median, digits) if before else MISSING]
    cells.append(count_words(now.people, language))
    if with_target:
        cells.insert(0, decimal_words(target, language) if target is not None else MISSING)
    return Dot(
        label=label,
        median=now.median,
        low=now.low,
        high=now.high,
        previous=before.median if before else None,
        target=target,
        cells=tuple(cells),
        focus=focus,
    )


def subtitle(*parts: str) -> str:
    """What a chart shows, its notation and its n, as one line; empty parts are left out."""
    return "; ".join(part for part in parts if part)


def lower_first(words: str) -> str:
    """A group's name inside a sentence."""
    return words[:1].lower() + words[1:]


def place_words(place: str, language: Language) -> str:
    """A place of treatment: a city, or a country where nothing nearer is known (``Malaysia`` for ``MY``)."""
    return language(COUNTRY_WORDS.get(place, place))


def digits_of(shown: Iterable[PublicSpread | None]) -> int:
    """How many decimals a column of medians needs, so that its points stand under each other."""
    return int(any(one is not None and not float(one.median).is_integer() for one in shown))


def form_of(number: float) -> int:
    """Which form of "hour" or "day" a measured figure takes: one for exactly one, else many."""
    return 1 if abs(number) == 1 else 2


def reach(now: PublicSpread, before: PublicSpread | None) -> float:
    """How far the axis must reach for a row of a dot-and-range chart: its range, and the dot of a year earlier."""
    return max(now.high, before.median if before else 0.0)


def n_words(count: PublicCount, language: Language) -> str:
    """``n = 210``."""
    return bound(f"n = {count_words(count, language)}")


def period_words(ground: Ground) -> str:
    """``1 Oct 2025 to 30 Sep 2026``."""
    formats = ground.language.formats
    year = ground.view.year
    return ground.language("{start} to {end}", start=formats.date(year.start), end=formats.date(year.end))


def short_period(ground: Ground) -> str:
    """``Oct 2025 to Sep 2026``."""
    formats, year = ground.language.formats, ground.view.year
    start, end = (bound(f"{formats.month(day.month, short=True)} {day.year}") for day in (year.start, year.end))
    return ground.language("{start} to {end}", start=start, end=end)
