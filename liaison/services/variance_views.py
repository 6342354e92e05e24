"""The variance screen as tables: measures over all admissions, the admissions, the flags. For window and workbook."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from liaison.domain.coded import Coded
from liaison.domain.grids import Column, ColumnKind, Grid
from liaison.domain.money import Money
from liaison.domain.variance import Stay
from liaison.i18n import N_
from liaison.services.insight_words import by_currency
from liaison.services.variance import FlagLine, StayLine, VarianceView


class Measure(Coded):
    """One measure of ``domain`` 3.5."""

    ERROR = "error", N_("estimate error, middle")
    USED = "used", N_("share of the letter used, middle")
    TOPUPS = "topups", N_("top-ups against the first letter, middle")
    DAYS = "days", N_("nights, middle")
    SHARE = "share", N_("hospital supplies and services, middle")
    GAP = "gap", N_("bill less final letter, in all")
    UNEXPLAINED = "unexplained", N_("not explained, in all")
    UNCOLLECTED = "uncollected", N_("excess not collected, in all")
    SHORT = "short", N_("insurer paid too little, in all")
    RESERVE = "reserve", N_("letters not released, in all")


class Step(Coded):
    """The steps from estimate to payment."""

    ESTIMATE = "estimate", N_("estimate, middle")
    FIRST = "first", N_("first letter")
    CEILING = "ceiling", N_("letter with top-ups")
    BILL = "bill", N_("final bill")
    ACCEPTED = "accepted", N_("accepted")
    PAID = "paid", N_("paid by the insurer")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLine:
    """A measure over all admissions of one currency: of how many, and a share, a number of nights, or an amount."""

    measure: Measure
    currency: str
    n: int
    share: float | None = None
    days: float | None = None
    amount: Money | None = None


_SHARES: dict[Measure, Callable[[Stay], float | None]] = {
    Measure.ERROR: lambda s: s.estimate_error,
    Measure.USED: lambda s: s.utilisation,
    Measure.TOPUPS: lambda s: s.topup_ratio,
    Measure.SHARE: lambda s: s.hospital_share,
}
_SUMS: dict[Measure, Callable[[Stay], int | None]] = {
    Measure.GAP: lambda s: s.gap,
    Measure.UNEXPLAINED: lambda s: s.unexplained,
    Measure.UNCOLLECTED: lambda s: s.uncollected,
    Measure.SHORT: lambda s: s.short_pay,
    Measure.RESERVE: lambda s: s.reserve,
}


def measures(stays: Sequence[Stay]) -> tuple[MeasureLine, ...]:
    """Every measure that any admission has, currency by currency; amounts are never added across."""
    lines: list[MeasureLine] = []
    for currency in currencies(stays):
        own = [s for s in stays if s.currency == currency]
        lines += [_share_line(m, currency, _known(map(value, own))) for m, value in _SHARES.items()]
        nights = _known(s.days for s in own)
        middle = statistics.median(nights) if nights else None
        lines.append(MeasureLine(measure=Measure.DAYS, currency=currency, n=len(nights), days=middle))
        for measure, total in _SUMS.items():
            known = _known(map(total, own))
            amount = Money(sum(int(v) for v in known), currency)
            lines.append(MeasureLine(measure=measure, currency=currency, n=len(known), amount=amount))
    return tuple(line for line in lines if line.n)


def currencies(stays: Sequence[Stay]) -> list[str]:
    """Currencies of final bills, the one of most admissions first."""
    return by_currency({s.currency for s in stays}, lambda c: sum(s.currency == c for s in stays))


def _known(values: Iterable[float | int | None]) -> list[float]:
    return [v for v in values if v is not None]


def _share_line(measure: Measure, currency: str, known: Sequence[float]) -> MeasureLine:
    middle = statistics.median(known) if known else None
    return MeasureLine(measure=measure, currency=currency, n=len(known), share=middle)


def waterfall(stays: Sequence[Stay]) -> tuple[int, tuple[tuple[Step, Money], ...]]:
    """The steps summed over the admissions that have every one of them, in the most used currency, and how many."""
    first = next(iter(currencies(stays)), "")
    whole = [
        s for s in stays
        if s.currency == first and None not in (s.estimate_mid, s.first_ceiling, s.ceiling, s.final_bill, s.accepted)
    ]  # fmt: skip
    sums = {
        Step.ESTIMATE: sum(s.estimate_mid or 0 for s in whole),
        Step.FIRST: sum(s.first_ceiling or 0 for s in whole),
        Step.CEILING: sum(s.ceiling or 0 for s in whole),
        Step.BILL: sum(s.final_bill or 0 for s in whole),
        Step.ACCEPTED: sum(s.accepted or 0 for s in whole),
        Step.PAID: sum(s.insurer_paid for s in whole),
    }
    return len(whole), tuple((step, Money(minor, first)) for step, minor in sums.items()) if whole else ()


def grids_of(view: VarianceView) -> list[Grid]:
    """Measures, admissions and flags as tables."""
    return [_measures_grid(view), _stays_grid(view.lines), _flags_grid(view.flags)]


def _measures_grid(view: VarianceView) -> Grid:
    rows = tuple(
        (x.measure, x.currency, x.n, _percent(x.share), None if x.days is None else Decimal(str(x.days)), x.amount)
        for x in measures([line.stay for line in view.lines])
    )
    columns = (
        Column(label=N_("Measure")), Column(label=N_("Currency")),
        Column(label=N_("Admissions"), kind=ColumnKind.COUNT), Column(label=N_("Per cent"), kind=ColumnKind.NUMBER),
        Column(label=N_("Nights"), kind=ColumnKind.NUMBER), Column(label=N_("Amount"), kind=ColumnKind.MONEY),
    )  # fmt: skip
    return Grid(title=N_("Measures"), columns=columns, rows=rows)


def _percent(share: float | None) -> Decimal | None:
    return None if share is None else Decimal(f"{share * 100:.1f}")


def _stays_grid(lines: Sequence[StayLine]) -> Grid:
    def money(minor: int | None, stay: Stay) -> Money | None:
        return None if minor is None else Money(minor, stay.currency)

    rows = tuple(
        (
            x.case_no, x.city or None, x.hospital or None, x.stay.currency, x.stay.discharged_on,
            money(x.stay.estimate_mid, x.stay), money(x.stay.first_ceiling, x.stay), money(x.stay.ceiling, x.stay),
            money(x.stay.final_bill, x.stay), money(x.stay.accepted, x.stay),
            money(x.stay.insurer_paid or None, x.stay), money(x.stay.unexplained, x.stay), x.stay.days,
            x.stay.planned_days,
        )
        for x in lines
    )  # fmt: skip
    amounts = (N_("Estimate, middle"), N_("First letter"), N_("Letter with top-ups"), N_("Final bill"), N_("Accepted"),
               N_("Paid by the insurer"), N_("Not explained"))  # fmt: skip
    columns = (
        Column(label=N_("Case number"), kind=ColumnKind.IDENTIFIER), Column(label=N_("City")),
        Column(label=N_("Hospital")), Column(label=N_("Currency")),
        Column(label=N_("Discharged"), kind=ColumnKind.DATE),
        *(Column(label=name, kind=ColumnKind.MONEY) for name in amounts),
        Column(label=N_("Nights"), kind=ColumnKind.COUNT), Column(label=N_("Nights planned"), kind=ColumnKind.COUNT),
    )  # fmt: skip
    return Grid(title=N_("Admissions"), columns=columns, rows=rows)


def _flags_grid(flags: Sequence[FlagLine]) -> Grid:
    rows = tuple(
        (
            x.case_no,
            x.hospital or None,
            x.flag.rule,
            x.flag.subject or None,
            x.flag.amount,
            x.disposition,
            x.recovered,
            x.note or None,
            x.flag.peers or None,
        )
        for x in flags
    )
    columns = (
        Column(label=N_("Case number"), kind=ColumnKind.IDENTIFIER), Column(label=N_("Hospital")),
        Column(label=N_("What was noticed")), Column(label=N_("What it is about")),
        Column(label=N_("Amount"), kind=ColumnKind.MONEY), Column(label=N_("What came of it")),
        Column(label=N_("What came back"), kind=ColumnKind.MONEY), Column(label=N_("Why")),
        Column(label=N_("Compared with"), kind=ColumnKind.COUNT),
    )  # fmt: skip
    return Grid(title=N_("Flags"), columns=columns, rows=rows)
