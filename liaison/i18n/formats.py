"""Money, numbers, dates and times as one language writes them, out and in. The only module with a decimal mark.

Rules: ``decisions`` (Money) and ``ux`` 3.2. Rupiah stand as ``Rp1.234.567`` (Indonesian) or ``Rp1,234,567`` (English),
no blank, no sen unless sen were received; ringgit as ``RM8.120,50`` or ``RM8,120.50``. No abbreviations of millions,
since M means 10⁹ to one reader and 10⁶ to the other. Minus is U+2212. Dates never in figures only.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol, runtime_checkable
from zoneinfo import ZoneInfo

from liaison.i18n import N_

if TYPE_CHECKING:
    from babel import Locale

NBSP = "\u00a0"
MINUS = "\u2212"
MISSING = "–"
"""Printed where there is no value; never ``None``."""

SYMBOLS = {
    "IDR": "Rp", "MYR": "RM", "SGD": "S$", "CNY": "CNY" + NBSP, "USD": "US$", "KHR": "KHR" + NBSP,
    "EUR": "EUR" + NBSP, "THB": "THB" + NBSP,
}  # fmt: skip
_SHOWN_WHOLE = frozenset({"IDR", "KHR"})
_LOCALES = {"id": "id_ID", "en": "en_GB"}
_MARKS = {"id": (".", ","), "en": (",", ".")}

ZONES = {
    "Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT", "Asia/Kuala_Lumpur": "MYT",
    "Asia/Singapore": "SGT", "Asia/Shanghai": "CST", "Asia/Phnom_Penh": "ICT", "UTC": "UTC",
}  # fmt: skip
"""Zone names that people in these places use."""

DEFAULT_ZONE = "Asia/Jakarta"


_CODES = "idr|myr|rm|sgd|usd|cny|rmb|khr|eur|thb"
_CURRENCY_SIGN = re.compile(rf"(?i)^(?:rp\.?|us\$|s\$|[$¥€]|{_CODES})|(?:{_CODES})$")


@runtime_checkable
class Money(Protocol):
    """What this module needs of an amount of money (``liaison.domain.money`` has the real one, a layer above)."""

    @property
    def minor(self) -> int:
        """Whole minor units."""
        ...

    @property
    def currency(self) -> str:
        """ISO 4217."""
        ...

    @property
    def amount(self) -> Decimal:
        """Units, with two decimals."""
        ...


NOT_AN_AMOUNT = N_("Type an amount such as 1.234,50 or 1,234.50.")
"""What to say where an amount could not be read."""


class AmountUnreadable(ValueError):
    """A typed or imported text is not an amount."""


class Formats:
    """How one language writes values. ``code`` is ``id`` or ``en``; ``zone`` is where the office stands."""

    def __init__(self, code: str, zone: str = DEFAULT_ZONE) -> None:
        self.code = code
        self.zone = zone
        self._group, self._decimal = _MARKS[code]

    @property
    def _locale(self) -> Locale:
        return _locale(_LOCALES[self.code])

    # numbers

    def number(self, value: int | Decimal | float, decimals: int | None = None) -> str:
        """``12.450`` or ``6,4``; ``decimals`` fixes how many, else a Decimal keeps its own and an int has none."""
        number = value if isinstance(value, int | Decimal) else Decimal(str(value))
        if decimals is not None:
            number = round(Decimal(number), decimals)
        text = f"{abs(number):,f}" if isinstance(number, Decimal) else f"{abs(number):,d}"
        return (MINUS if number < 0 else "") + self._marks(text)

    def percent(self, share: Decimal | float, decimals: int = 0) -> str:
        """``12,5%`` from 0.125."""
        return self.number(Decimal(str(share)) * 100, decimals) + "%"

    def _marks(self, english: str) -> str:
        return english.translate(str.maketrans(",.", self._group + self._decimal))

    @property
    def list_mark(self) -> str:
        """What parts the cells of a .csv file that spreadsheets of this language open: never the decimal mark."""
        return ";" if self._decimal == "," else ","

    def plain(self, value: Decimal | int) -> str:
        """A figure without thousands marks, as a spreadsheet of this language reads it: ``1234,50``."""
        return str(value).replace(".", self._decimal)

    # money

    def amount(self, money: Money, *, whole: bool | None = None) -> str:
        """The figure without its currency, for a column whose head names it."""
        sen = money.minor % 100 != 0
        decimals = 0 if (money.currency in _SHOWN_WHOLE and not sen) or whole else 2
        return self.number(round(money.amount, decimals), decimals)

    def money(self, money: Money) -> str:
        """The figure with its currency: ``Rp2.450.000``, ``RM8.120,50``."""
        text = self.amount(money)
        symbol = SYMBOLS[money.currency]
        return MINUS + symbol + text.removeprefix(MINUS) if text.startswith(MINUS) else symbol + text

    def could_mean_another(self, text: str) -> bool:
        """Whether a reader of this language could take a typed amount for another one than :func:`read_amount` does.

        So it is where the language's decimal mark groups thousands, or its thousands mark begins the cents: ``1,250``
        or ``12.50`` in Indonesian. Such an amount is echoed beside its field.
        """
        body = re.sub(r"[\s\u00a0\u202f]", "", text)
        grouped = re.search(rf"{re.escape(self._decimal)}[0-9]{{3}}(?![0-9])", body)
        ended = re.search(rf"{re.escape(self._group)}[0-9]{{1,2}}$", body)
        return grouped is not None or ended is not None

    def rate(self, rate: Decimal) -> str:
        """An exchange rate with at least two and at most six decimals."""
        text = f"{rate.normalize():,f}"
        whole, _, rest = text.partition(".")
        return self._marks(f"{whole}.{rest.ljust(2, '0')[:6]}")

    def read_rate(self, text: str) -> Decimal | None:
        """A typed rate in either notation: ``4.473,29``, ``4,473.29``, ``4.5325``; ``None`` where it is none.

        Where only three digits follow a mark (``4.473``) the language decides whether they are thousands.
        """
        body = re.sub(r"[\s\u00a0\u202f]", "", text)
        match = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{3})*),([0-9]{1,8})|([0-9]{1,3}(?:,[0-9]{3})*)\.([0-9]{1,8})", body)
        if match is None:
            plain = re.fullmatch(r"[0-9]+(?:[.,][0-9]{1,8})?", body)
            grouped = re.fullmatch(r"[0-9]{1,3}(?:[.,][0-9]{3})+", body)
            if plain is not None:
                return Decimal(body.replace(",", "."))
            return Decimal(re.sub(r"[.,]", "", body)) if grouped is not None else None
        whole, cents = (match[1], match[2]) if match[1] is not None else (match[3], match[4])
        own = "," if match[1] is not None else "."
        if len(cents) == 3 and own != self._decimal and not re.search(r"[.,]", whole):
            return Decimal(whole + cents)
        return Decimal(re.sub(r"[.,]", "", whole) + "." + cents)

    # days and hours

    def date(self, day: dt.date) -> str:
        """``21 Nov 2026``, bound so that it never breaks over a line."""
        return f"{day.day}{NBSP}{self.month(day.month, short=True)}{NBSP}{day.year}"

    def long_date(self, day: dt.date) -> str:
        """``21 November 2026``."""
        return f"{day.day}{NBSP}{self.month(day.month)}{NBSP}{day.year}"

    def short_date(self, day: dt.date) -> str:
        """``21 Nov``, for axes, stage bars and time lines only."""
        return f"{day.day}{NBSP}{self.month(day.month, short=True)}"

    def month(self, number: int, *, short: bool = False) -> str:
        """The month's name, 1 to 12."""
        names = self._locale.months["stand-alone"]["abbreviated" if short else "wide"]
        return str(names[number]).rstrip(".")

    def language_name(self, code: str) -> str:
        """A language by its name in this one (``Inggris``); a code that nobody knows stays."""
        return str(self._locale.languages.get(code, code))

    def country_name(self, code: str) -> str:
        """A country by its name in this language (``Malaysia``); a code that nobody knows stays."""
        return str(self._locale.territories.get(code, code))

    def weekday(self, day: dt.date, *, short: bool = False) -> str:
        """The weekday's name."""
        return str(self._locale.days["stand-alone"]["abbreviated" if short else "wide"][day.weekday()])

    def clock_time(self, moment: dt.datetime | dt.time) -> str:
        """``14.05`` in Indonesian, ``14:05`` in English, as the moment's own zone has it."""
        return f"{moment.hour:02d}{'.' if self.code == 'id' else ':'}{moment.minute:02d}"

    @cached_property
    def home(self) -> ZoneInfo:
        """The office's own zone."""
        return ZoneInfo(self.zone)

    def at_home(self, moment: dt.datetime) -> dt.datetime:
        """A moment on the office's clock."""
        return moment.astimezone(self.home)

    def home_day(self, moment: dt.datetime) -> dt.date:
        """The day of a moment on the office's clock: before seven in the morning it is still yesterday in UTC."""
        return self.at_home(moment).date()

    def time(self, moment: dt.datetime, zone: str = "") -> str:
        """``14.05 WIB`` in the given zone, else the office's."""
        zone = zone or self.zone
        local = moment.astimezone(ZoneInfo(zone))
        return f"{self.clock_time(local)}{NBSP}{ZONES.get(zone, local.tzname() or zone)}"

    def moment(self, moment: dt.datetime, zone: str = "") -> str:
        """``21 Nov 2026 14.05 WIB``, in the office's zone unless another is given."""
        zone = zone or self.zone
        return f"{self.date(moment.astimezone(ZoneInfo(zone)).date())}{NBSP}{self.time(moment, zone)}"

    def value(self, value: object) -> str:
        """Any value as it stands inside a sentence."""
        match value:
            case None | "":
                return MISSING
            case str():
                return value
            case Money():
                return self.money(value)
            case dt.datetime():
                return self.moment(value)
            case dt.date():
                return self.date(value)
            case bool():
                return str(value)
            case int() | Decimal() | float():
                return self.number(value)
            case _:
                return str(value)


@lru_cache(maxsize=4)
def _locale(code: str) -> Locale:
    from babel import Locale

    return Locale.parse(code)


def read_amount(text: str) -> Decimal:
    """Read an amount in either notation, whichever language the window is in.

    The last separator followed by one or two digits (or ``,-``) is the decimal mark; a separator followed by exactly
    three digits groups thousands; brackets or a minus, also behind it, make it negative; currency signs and blanks are
    ignored.
    ``1.234,50``, ``1,234.50``, ``Rp 1.234.567,-``, ``(50)``. Raises :class:`AmountUnreadable`.
    Source: the import rules of the claim lists; the forms follow the same rule so that paste and typing agree.
    """
    body = re.sub(r"[\s\u00a0\u202f]", "", text).replace(MINUS, "-")
    body, negative = _without_sign(body)
    body = re.sub(r"[,.]-{1,2}$", "", body)
    if body.endswith("-"):
        negative, body = not negative, body[:-1]
    match = re.fullmatch(r"(?P<whole>[0-9][0-9.,']*?)(?:(?P<mark>[.,])(?P<cents>[0-9]{1,2}))?", body)
    if match is None:
        raise AmountUnreadable(text)
    groups = re.split(r"[.,']", match["whole"])
    if len(groups) > 1 and (any(len(g) != 3 for g in groups[1:]) or not 1 <= len(groups[0]) <= 3):
        raise AmountUnreadable(text)
    if len(groups) > 1 and groups[0].startswith("0") and any(int(g) for g in groups):
        raise AmountUnreadable(text)  # "0,001" groups no thousands, and three digits behind a mark are no cents
    marks = set(re.findall(r"[.,']", match["whole"]))
    if len(marks) > 1 or match["mark"] in marks:
        raise AmountUnreadable(text)
    value = Decimal("".join(groups) + "." + (match["cents"] or "0"))
    return -value if negative else value


def _without_sign(body: str) -> tuple[str, bool]:
    """A typed amount without currency, minus and brackets, and whether it is negative, in whatever order they stand."""
    body, negative = _CURRENCY_SIGN.sub("", body), False
    if body.startswith("(") and body.endswith(")"):
        negative, body = True, _CURRENCY_SIGN.sub("", body[1:-1])
    if body.startswith("-"):
        negative, body = not negative, _CURRENCY_SIGN.sub("", body[1:])
    return body, negative
