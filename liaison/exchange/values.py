"""Cells into dates, amounts and texts, by the import rules of the claim lists. The one place that reads a foreign date.

Dates are day/month/year everywhere, months in Indonesian or English, short or long, an optional weekday before them;
two-digit years are 20yy; serial numbers count by the workbook's own date system. Amounts go through
:func:`liaison.i18n.formats.read_amount`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from liaison.domain.money import MINOR_PER_UNIT
from liaison.domain.names import FILLERS
from liaison.exchange.currencies import split_amount
from liaison.exchange.reading import Cell, Row
from liaison.i18n.formats import AmountUnreadable, read_amount

BLANKS = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "–",
        "—",
        "n/a",
        "na",
        "n.a",
        "n.a.",
        "#n/a",
        "nil",
        "null",
        "none",
        "(blank)",
        "(kosong)",
        "kosong",
        "tidak ada",
        ".",
    }
)
"""Texts that mean an empty cell."""

_MONTHS = {
    1: "januari january jan janv", 2: "februari february feb pebruari peb febuari", 3: "maret march mar mac mrt",
        4: "april apr",
    5: "mei may", 6: "juni june jun", 7: "juli july jul julai", 8: "agustus august aug agt agu ags ogos agust",
    9: "september sep sept septembar", 10: "oktober october okt oct", 11: "november nov nop nopember nov.",
    12: "desember december des dec disember dis",
}  # fmt: skip
_MONTH = {word: number for number, words in _MONTHS.items() for word in words.split()}

_WEEKDAY = re.compile(
    r"^(?:senin|selasa|rabu|kamis|jum['’`]?at|sabtu|minggu|ahad|sen|sel|rab|kam|jum|sab|min|monday|tuesday|wednesday|"
    r"thursday"
    r"|friday|saturday|sunday|mon|tues?|wed|thurs?|thu|fri|sat|sun|isnin|khamis|jumaat)\.?\s*[,/]?\s+(?=\d|[a-z])",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[\sT,]+(?:pukul|jam|at)?\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?|wib|wita|wit|gmt|utc|"
    r"hrs|z|[+-]\d{2}:?\d{2})*\s*$",
    re.IGNORECASE,
)
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_DMY = re.compile(r"^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})$")
_NAMED = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[\s\-/.,]*([^\W\d_]{3,})\.?[\s\-/.,']*(\d{4}|\d{2})$")
_NAMED_FIRST = re.compile(r"^([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$")
_COMPACT = re.compile(r"^(?:19|20)\d{6}$")
_SERIAL_TEXT = re.compile(r"^\d{5}(?:[.,]0+)?$")

_FIRST_1900 = dt.date(1899, 12, 30)
_FIRST_1904 = dt.date(1904, 1, 1)
_MAX_SERIAL = 2_958_465
_CENTURY = 2000

STILL_IN = re.compile(
    r"\b(?:masih|belum pulang|belum keluar|still|ongoing|on going|in ?patient|dirawat|sedang)\b", re.IGNORECASE
)
"""Words in a discharge date's cell that say the patient has not left."""


EARLIEST = dt.date(1900, 1, 2)
"""Nobody's dates are older. Serial numbers 0 and 1 and the dates spreadsheets make of them lie before it."""
LATEST = dt.date(2099, 12, 31)
"""The last date that a year of two digits can mean."""
FIRST_TREATMENT = dt.date(1910, 1, 1)
"""Older ones are counted from the wrong day (serial numbers start in 1900 or 1904)."""
YEARS_AHEAD = 5
"""No treatment is planned further ahead than this."""


def last_treatment(today: dt.date) -> dt.date:
    """The last day a date of a treatment may lie on."""
    return dt.date(today.year + YEARS_AHEAD, 12, 31)


class DateUnreadable(ValueError):
    """A cell is not a date that exists, or one that no person and no treatment can have."""


def text_of(cell: Cell) -> str:
    """A cell as text, trimmed, inner line breaks and runs of blanks as one blank, without what nobody can see.

    Whole numbers lose their ``.0``.
    """
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell)


_NO_FILLERS = str.maketrans("", "", FILLERS)


def visible(text: str) -> str:
    """A text without characters that nobody can see (zero width, soft hyphens, marks of direction, controls)."""
    if text.isprintable():
        return text
    shown = (c if c.isprintable() or c.isspace() else "" for c in text)
    return " ".join("".join(shown).split())


def is_name(text: str) -> bool:
    """Whether a text has something to call a person by: one letter or digit that can be seen."""
    return any(map(str.isalnum, text.translate(_NO_FILLERS)))


_ESCAPED = re.compile(r"^'(?=[=+\-@\t\r＝＋－＠])")


def tidy(text: str) -> str:
    """Trimmed, inner white space as one blank, and without the quote that our own .csv puts before a formula's sign."""
    plain = visible(" ".join(text.split()))
    return _ESCAPED.sub("", plain) if plain[:1] == "'" else plain


_LONGEST_BLANK = max(map(len, BLANKS))


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, a dash, ``n/a``."""
    if not isinstance(cell, str):
        return False
    if not cell.isprintable():
        cell = visible(cell)
    if len(cell) > _LONGEST_BLANK:
        return cell.isspace()
    return not cell or cell.strip().casefold() in BLANKS


_BLANK_STARTS = frozenset(b[0] for b in BLANKS if b) | frozenset(b[0].upper() for b in BLANKS if b)


def said(row: Row, index: int) -> str:
    """The text at a place of a row; empty where the cell says nothing or is not there (an index below zero).

    Asked for every cell of every row, hence written for speed.
    """
    if index < 0 or index >= len(row):
        return ""
    cell = row[index]
    if cell.__class__ is not str:
        return text_of(cell)
    text = " ".join(cell.split())
    if not text.isprintable():
        text = visible(text)
    if not text:
        return ""
    first = text[0]
    if first == "'":
        return _ESCAPED.sub("", text)
    return "" if first in _BLANK_STARTS and len(text) <= _LONGEST_BLANK and text.casefold() in BLANKS else text


def as_date(cell: Cell, *, is_1904: bool = False) -> dt.date:
    """A cell as a date. Raises :class:`DateUnreadable`, also for dates before 1900-01-02 and after 2099."""
    day = _day_of(cell, is_1904)
    if not EARLIEST <= day <= LATEST:
        raise DateUnreadable(str(cell))
    return day


def _day_of(cell: Cell, is_1904: bool) -> dt.date:
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, bool):
        raise DateUnreadable
    if isinstance(cell, int | float):
        return _from_number(float(cell), is_1904=is_1904)
    return _from_text(cell, is_1904)


def _from_number(number: float, *, is_1904: bool) -> dt.date:
    if number == int(number) and _COMPACT.match(str(int(number))):
        return _from_text(str(int(number)), is_1904)
    if not 1 <= number <= _MAX_SERIAL:
        raise DateUnreadable
    first = _FIRST_1904 if is_1904 else _FIRST_1900
    try:
        return first + dt.timedelta(days=int(number))
    except OverflowError as error:
        raise DateUnreadable from error


@lru_cache(maxsize=65536)
def _from_text(raw: str, is_1904: bool) -> dt.date:
    text = _TIME.sub("", visible(" ".join(raw.split())).strip(" ,;'"))
    text = _WEEKDAY.sub("", text)
    try:
        if match := _ISO.match(text):
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DMY.match(text):
            return dt.date(_year(match[3]), int(match[2]), int(match[1]))
        if match := _NAMED.match(text):
            return dt.date(_year(match[3]), _month(match[2]), int(match[1]))
        if match := _NAMED_FIRST.match(text):
            return dt.date(_year(match[3]), _month(match[1]), int(match[2]))
        if _COMPACT.match(text):
            return dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
        if _SERIAL_TEXT.match(text):
            return _from_number(float(int(text[:5])), is_1904=is_1904)
    except ValueError as error:
        raise DateUnreadable(raw) from error
    raise DateUnreadable(raw)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else _CENTURY + int(text)


def _month(word: str) -> int:
    try:
        return _MONTH[word.casefold()]
    except KeyError as error:
        raise DateUnreadable(word) from error


_RANGE = re.compile(
    r"\s*(?:s\s*/\s*d|s\.d\.?|sd|sampai(?:\s+dengan)?|hingga|until|till|to|–|—|~|->|→)\s*|\s+-\s+", re.IGNORECASE
)
_DAY_RANGE = re.compile(r"^(\d{1,2})\s*(?:-|–|s/d|sd|sampai|to)\s*(\d{1,2}\b.*)$", re.IGNORECASE)


def as_period(cell: Cell, *, is_1904: bool = False) -> tuple[dt.date, dt.date | None]:
    """A cell with first and last day: ``01/04/2026 - 03/04/2026``, ``1 s/d 3 April 2026``, or one day alone."""
    try:
        return as_date(cell, is_1904=is_1904), None
    except DateUnreadable:
        if not isinstance(cell, str):
            raise
    parts = [p for p in _RANGE.split(cell.strip()) if p]
    if len(parts) != 2 and (match := _DAY_RANGE.match(cell.strip())):
        parts = [match[1], match[2]]
    if len(parts) != 2:
        raise DateUnreadable(cell)
    last = as_date(parts[1], is_1904=is_1904)
    return _start_of(parts[0], last), last


def _start_of(text: str, last: dt.date) -> dt.date:
    try:
        return as_date(text) if len(text) > 5 or not text.isdigit() else last.replace(day=int(text))
    except ValueError:
        with_year = f"{text} {last.year}" if re.search(r"[^\W\d]", text) else f"{text}/{last.year}"
        return as_date(with_year)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount's cell as read: the number in hundredths and the currency word it names, if any."""

    minor: int
    currency_word: str = ""

    @property
    def value(self) -> Decimal:
        """The amount in units, with two decimals."""
        return Decimal(self.minor).scaleb(-2)


_MOST = 10**15
"""No bill of a list is larger; what is, is a number of another kind in the wrong column."""


def as_amount(cell: Cell) -> Amount:
    """A cell as an amount, half a hundredth rounded up. Raises :class:`AmountUnreadable`."""
    if isinstance(cell, float):
        return Amount(_minor_of(cell))
    if isinstance(cell, bool | dt.date):
        raise AmountUnreadable(str(cell))
    if isinstance(cell, int):
        if abs(cell) > _MOST:
            raise AmountUnreadable(str(cell))
        return Amount(cell * MINOR_PER_UNIT)
    return _amount_from_text(cell)


def _minor_of(number: float) -> int:
    """Hundredths of a number as a sheet shows it: its shortest decimal form, not its binary one."""
    text = repr(number)
    whole, _, decimals = text.partition(".")
    if len(decimals) <= 2 and "e" not in text and len(whole) <= 15:
        return int(whole + decimals.ljust(2, "0"))
    if number != number or abs(number) > _MOST:
        raise AmountUnreadable(text)
    return _hundredths(Decimal(text))


def _hundredths(value: Decimal) -> int:
    return int((value * MINOR_PER_UNIT).to_integral_value(rounding=ROUND_HALF_UP))


@lru_cache(maxsize=65536)
def _amount_from_text(text: str) -> Amount:
    word, rest = split_amount(visible(text))
    value = read_amount(rest)
    if abs(value) > _MOST:
        raise AmountUnreadable(text)
    return Amount(_hundredths(value), word)


_ID_LIKE = re.compile(r"^(?=.*\d)[^\s]{3,}$")


def looks_like_number_of_claim(text: str) -> bool:
    """Whether a text may be a claim number: no blank in it and a digit somewhere."""
    return bool(_ID_LIKE.match(text))


_ICD = re.compile(r"^[A-TV-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?[+*]?$", re.IGNORECASE)


def looks_like_icd(text: str) -> bool:
    """Whether a text is an ICD-10 code and nothing else."""
    return bool(_ICD.match(text.strip()))
