"""Exchange rates from a list: the shape of the European Central Bank, or one rate a row.

ECB: ``Date,USD,IDR,MYR,…``: units of each currency for one euro. Rows: ``base, quote, date, rate, source`` with
headings in either language. Rates are written by programs, so ``1.1172`` is a little more than one; a lone comma
before three digits could be either mark, and is refused rather than guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from abc import ABC, abstractmethod
from decimal import Decimal, InvalidOperation
from pathlib import Path

from liaison.domain.fx import RateKind
from liaison.domain.listing import SheetProblem, StagedRate, StagedRecords
from liaison.domain.money import CURRENCIES
from liaison.domain.names import fold
from liaison.exchange.currencies import currency_of
from liaison.exchange.reading import Cell, Row, opened_list
from liaison.exchange.refusals import FileRefusal, refuse
from liaison.exchange.values import BLANKS, DateUnreadable, as_date, is_blank, text_of
from liaison.i18n import N_

ECB = "ECB"
ECB_BASE = "EUR"

_ROLES = {
    "base": "base|dari|from|mata uang asal|asal|from currency|base currency|valuta asal",
    "quote": "quote|ke|to|mata uang tujuan|tujuan|to currency|quote currency|target|counter|valuta tujuan",
    "date": "date|tanggal|tgl|hari|rate date|tanggal kurs|time period|valid on|berlaku",
    "rate": "rate|kurs|nilai|value|exchange rate|nilai kurs|kurs tengah|mid|middle rate|obs value",
    "source": "source|sumber|asal data|bank",
    "kind": "kind|jenis|type|jenis kurs",
    "unit": "unit|satuan|per",
}
_ROLE = {fold(word): role for role, words in _ROLES.items() for word in words.split("|")}
_KINDS = {
    RateKind.BUY: "buy beli bid", RateKind.SELL: "sell jual ask offer", RateKind.FIXED: "fixed tetap fix",
    RateKind.MID: "mid tengah middle average rata",
}  # fmt: skip
_KIND = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_MISSING = BLANKS | {"nan", "n a", "-nan"}

BAD_RATE = N_("“{text}” is no rate. Write it with a point, for instance 20275.17.")
BAD_RATE_DATE = N_("“{text}” is not a date.")
UNKNOWN_RATE_CURRENCY = N_("“{text}” is not a currency this program knows.")
TWO_RATES = N_("This day has another rate of the same source above.")


def stage_rates(path: Path, *, source: str = "", password: str | None = None) -> StagedRecords:
    """Read a list of exchange rates; ``source`` names it where the list does not. Raises :class:`Refused` otherwise."""
    found: _Rates | None = None
    skipped = 0
    with opened_list(path, password=password) as reading:
        for sheet in reading.sheets():
            for number, row in sheet.rows():
                if all(map(is_blank, row)):
                    skipped += 1
                elif found is not None:
                    found.take(number, row, is_1904=sheet.is_1904)
                else:
                    found = _by_head(row, source)
                    skipped += 1
        file, sha256 = reading.file, reading.sha256
    if found is None:
        raise refuse(FileRefusal.NO_RECORDS, path.name, needed="Date, USD, IDR, MYR … (ECB); base, quote, date, rate")
    return StagedRecords(
        file=file,
        sha256=sha256,
        kind="rates",
        rates=tuple(found.rates),
        problems=tuple(found.problems),
        skipped=skipped,
    )


def _by_head(row: Row, source: str) -> _Rates | None:
    """How to read the rows beneath a head; ``None`` where this row is no head of a rate list."""
    roles = {role: i for i, cell in reversed(list(enumerate(row))) if (role := _ROLE.get(fold(text_of(cell)), ""))}
    if {"base", "quote", "date", "rate"} <= set(roles):
        return _RatesByRow(roles, source)
    codes = {i: text_of(cell).strip().upper() for i, cell in enumerate(row)}
    columns = {i: code for i, code in codes.items() if re.fullmatch(r"[A-Z]{3}", code) and i != roles.get("date")}
    if "date" in roles and any(code in CURRENCIES for code in columns.values()):
        return _RatesByDay(roles["date"], {i: c for i, c in columns.items() if c in CURRENCIES}, source or ECB)
    return None


class _Rates(ABC):
    """Rates gathered row by row, each day, pair, source and kind once."""

    def __init__(self) -> None:
        self.rates: list[StagedRate] = []
        self.problems: list[SheetProblem] = []
        self._seen: dict[tuple[str, str, dt.date, str, RateKind], Decimal] = {}

    @abstractmethod
    def take(self, number: int, row: Row, *, is_1904: bool) -> None:
        """Read one row."""

    def _say(self, number: int, code: str, message: str, cell: Cell = "") -> None:
        self.problems.append(
            SheetProblem(sheet="", row=number, code=code, message=message, values={"text": text_of(cell)})
        )

    def _keep(self, rate: StagedRate) -> None:
        key = (rate.base, rate.quote, rate.rate_date, rate.source, rate.kind)
        if key in self._seen:
            if self._seen[key] != rate.rate:
                self._say(rate.row, "TWO_RATES", TWO_RATES)
            return
        self._seen[key] = rate.rate
        self.rates.append(rate)

    def _date(self, number: int, cell: Cell, *, is_1904: bool) -> dt.date | None:
        try:
            return as_date(cell, is_1904=is_1904)
        except DateUnreadable:
            self._say(number, "BAD_DATE", BAD_RATE_DATE, cell)
            return None

    def _rate(self, number: int, cell: Cell) -> Decimal | None:
        try:
            return read_rate(cell)
        except InvalidOperation:
            self._say(number, "BAD_RATE", BAD_RATE, cell)
            return None


class _RatesByDay(_Rates):
    """A day a row, a currency a column, all against the euro."""

    def __init__(self, date: int, columns: dict[int, str], source: str) -> None:
        super().__init__()
        self._date_at, self._columns, self._source = date, columns, source

    def take(self, number: int, row: Row, *, is_1904: bool) -> None:
        """Read one day; a currency without a rate that day is left out."""
        day = self._date(number, _at(row, self._date_at), is_1904=is_1904)
        if day is None:
            return
        for index, code in self._columns.items():
            cell = _at(row, index)
            if fold(text_of(cell)) in _MISSING or code == ECB_BASE:
                continue
            rate = self._rate(number, cell)
            if rate is not None:
                self._keep(
                    StagedRate(row=number, base=ECB_BASE, quote=code, rate=rate, rate_date=day, source=self._source)
                )


class _RatesByRow(_Rates):
    """One rate a row."""

    def __init__(self, roles: dict[str, int], source: str) -> None:
        super().__init__()
        self._roles, self._source = roles, source

    def _cell(self, row: Row, role: str) -> Cell:
        return _at(row, self._roles[role]) if role in self._roles else ""

    def take(self, number: int, row: Row, *, is_1904: bool) -> None:
        """Read one rate; a row with anything wrong does not come in."""
        base, quote = (self._currency(number, self._cell(row, role)) for role in ("base", "quote"))
        day = self._date(number, self._cell(row, "date"), is_1904=is_1904)
        rate = self._rate(number, self._cell(row, "rate"))
        if not base or not quote or day is None or rate is None:
            return
        unit = self._cell(row, "unit")
        per = Decimal(text_of(unit)) if text_of(unit).isdigit() and int(text_of(unit)) > 0 else Decimal(1)
        kind = next((_KIND[w] for w in fold(text_of(self._cell(row, "kind"))).split() if w in _KIND), RateKind.MID)
        source = text_of(self._cell(row, "source")) or self._source
        self._keep(
            StagedRate(row=number, base=base, quote=quote, rate=rate / per, rate_date=day, source=source, kind=kind)
        )

    def _currency(self, number: int, cell: Cell) -> str:
        code = currency_of(text_of(cell))
        if not code:
            self._say(number, "UNKNOWN_CURRENCY", UNKNOWN_RATE_CURRENCY, cell)
        return code


def _at(row: Row, index: int) -> Cell:
    return row[index] if index < len(row) else ""


def read_rate(cell: Cell) -> Decimal:
    """A rate as programs write it. Raises ``InvalidOperation`` where it is none, not above zero, or could be two."""
    if isinstance(cell, bool | dt.date):
        raise InvalidOperation
    text = re.sub(r"\s", "", repr(cell) if isinstance(cell, float) else str(cell))
    last = max(text.rfind("."), text.rfind(","))
    if "." in text and "," in text:
        whole, decimals = re.sub(r"[.,]", "", text[:last]), text[last + 1 :]
        text = f"{whole}.{decimals}"
    elif re.fullmatch(r"\d+,\d+", text) and len(text) - last - 1 != 3:
        text = text.replace(",", ".")
    rate = Decimal(text)
    if not rate.is_finite() or rate <= 0:
        raise InvalidOperation
    return rate
