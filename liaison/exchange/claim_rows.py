"""One row of a claim list, read: which cells say what, what is wrong with it,
and whether the next row belongs to it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from sys import intern

from liaison.domain.claims import PLAIN
from liaison.domain.listing import ListStatus, ListWarning, Reject, RowCode, StagedClaim, StagedLine, WarningCode
from liaison.domain.money import Money
from liaison.exchange.case_words import sex_of
from liaison.exchange.currencies import BARE_DOLLAR, currency_of, from_title, is_in_china, is_yen
from liaison.exchange.fields import Field
from liaison.exchange.headings import Column, Layout
from liaison.exchange.reading import Cell, Row, SheetFacts
from liaison.exchange.sheet_notes import RunReader
from liaison.exchange.statuses import status_of
from liaison.exchange.values import (
    FIRST_TREATMENT,
    STILL_IN,
    Amount,
    DateUnreadable,
    as_amount,
    as_date,
    as_period,
    is_blank,
    is_name,
    last_treatment,
    looks_like_number_of_claim,
    said,
    text_of,
)
from liaison.i18n.formats import AmountUnreadable

_OWN_WORDS = frozenset({"member_no", "policy_no", "phone", "identity_no", *PLAIN})
"""Fields that differ from row to row; the words of the others are kept once for all rows."""

_HEADS = (
    Field.MEMBER_NAME, Field.MEMBER_NO, Field.POLICY_NO, Field.ADMIT_DATE, Field.DISCHARGE_DATE, Field.PERIOD,
        Field.HOSPITAL,
    Field.BIRTH_DATE, Field.GL_NO,
)  # fmt: skip
_TEXTS = (
    (Field.MEMBER_NO, "member_no"), (Field.POLICY_NO, "policy_no"), (Field.RELATION, "relation"), (Field.SEX, "sex"),
    (Field.HOSPITAL, "hospital"), (Field.COUNTRY, "country"), (Field.ORIGIN_CITY, "city"), (Field.DIAGNOSIS_CODE,
        "diagnosis_code"),
    (Field.DIAGNOSIS_TEXT, "diagnosis_text"), (Field.INSURER, "insurer"), (Field.PHONE,
        "phone"),
    (Field.IDENTITY_NO, "identity_no"), *((field, field.value) for field in Field if field.value in PLAIN),
)  # fmt: skip
_LABELLED = re.compile(
    r"^(?:nama\s+)?(?P<what>rumah\s*sakit|rs|hospital|provider|penanggung|asuransi|perusahaan\s+asuransi|insurer|"
    r"insurance(?:\s+company)?)"
    r"(?:\s+name)?\s*[:=]\s*(?P<value>\S.*)$",
    re.IGNORECASE,
)
_HAS_DIGIT = re.compile(r"\d").search
_TWO_DIGIT_YEAR = re.compile(r"^(?!\d{4}).*\D\d{2}$")


@dataclass(slots=True)
class Context:
    """What titles above the rows say for all of them."""

    currency: str = ""
    hospital: str = ""
    insurer: str = ""

    def read_title(self, text: str) -> None:
        """Take a currency, hospital or insurer from a line above the table."""
        self.currency = from_title(text) or self.currency
        if match := _LABELLED.match(text.strip()):
            what, value = match["what"].casefold(), match["value"].strip(" :")
            if what.startswith(("r", "h", "prov")):
                self.hospital = value
            else:
                self.insurer = value


class ClaimReader:
    """Reads rows of one layout of one sheet, in ascending order."""

    def __init__(
        self,
        layout: Layout,
        sheet: SheetFacts,
        asked_currency: str,
        statuses: Mapping[str, ListStatus],
        carried: Context | None,
        *,
        today: dt.date,
    ) -> None:
        self.layout, self.sheet = layout, sheet.name
        self.is_1904 = sheet.is_1904
        self.statuses = statuses
        self.last_day = last_treatment(today)
        self.context = carried or Context()
        self.headings = tuple(c.heading for c in layout.columns)
        self.asked_currency = asked_currency or currency_of(sheet.name)
        self._at = {field: layout.index(field) for field in Field}
        self._claim_at = self._at[Field.CLAIM_NO]
        self._asked_row: Row | None = None
        self._asked_no = ""
        beside = (Field.MEMBER_NAME, Field.BILLED, Field.ADMIT_DATE, Field.PERIOD)
        self._beside = [self._at[f] for f in beside if self._at[f] >= 0]
        self._heads = [self._at[f] for f in _HEADS if self._at[f] >= 0]
        self.billed_columns = layout.all_of(Field.BILLED)
        self.texts = [(self._at[field], name, field is Field.REMARKS) for field, name in _TEXTS if self._at[field] >= 0]
        self._merged_until = self._merges_down(sheet)
        self._notes = sheet.notes
        self._padded = [
            (column, width, RunReader(spans))
            for width, runs in sheet.notes.padded.items()
            for column, spans in runs.items()
        ]
        self._formats = {c.index: self._format_runs(c.index) for c in self.billed_columns}
        self._uncached = {c.index: RunReader(sheet.notes.uncached.get(c.index, [])) for c in self.billed_columns}
        self._percents = {c.index: RunReader(sheet.notes.percents.get(c.index, [])) for c in self.billed_columns}
        self._mapped = [c.index for c in layout.columns if c.field not in (None, Field.OTHER, Field.SEQUENCE)]
        self.enough_evidence = min(3, max(2, len(self._mapped) - 2))

    def _merges_down(self, sheet: SheetFacts) -> dict[int, int]:
        column = self._at[Field.CLAIM_NO]
        return {r1: r2 for r1, c1, r2, c2 in sheet.notes.merges if r2 > r1 and c1 <= column <= c2}

    def _format_runs(self, column: int) -> list[tuple[str, RunReader]]:
        return [(code, RunReader(runs[column])) for code, runs in self._notes.currencies.items() if column in runs]

    # cells

    def cell(self, row: Row, field: Field) -> Cell:
        """The cell of a field; empty without a column."""
        index = self._at[field]
        return row[index] if 0 <= index < len(row) else ""

    def text(self, row: Row, field: Field) -> str:
        """The text of a field; empty where the cell says nothing."""
        return said(row, self._at[field])

    def claim_no(self, row: Row) -> str:
        """The claim number as sent."""
        if row is not self._asked_row:
            self._asked_row, self._asked_no = row, said(row, self._claim_at)
        return self._asked_no

    def has(self, field: Field) -> bool:
        """Whether the field has a column."""
        return self._at[field] >= 0

    def pad(self, row: Row, number: int) -> None:
        """Make numbers that the sheet shows with leading zeros texts, as they are shown."""
        for column, width, rows in self._padded:
            if column < len(row) and isinstance(row[column], float) and number in rows:
                row[column] = text_of(row[column]).zfill(width)

    def merged_until(self, number: int) -> int:
        """The last row over which a claim's number is merged downwards."""
        return self._merged_until.get(number, number)

    # what kind of row

    def is_claim_at_once(self, row: Row) -> bool:
        """A number with a digit and something of a claim beside it."""
        number = self.claim_no(row)
        if not number or not _HAS_DIGIT(number):
            return False
        return any(said(row, i) for i in self._beside) or looks_like_number_of_claim(number)

    def hard_evidence(self, row: Row) -> int:
        """How many cells hold what only a claim's row has: its number, a date, an amount."""
        found = int(looks_like_number_of_claim(self.claim_no(row)))
        found += sum(self._is_date(row, f) for f in (Field.ADMIT_DATE, Field.DISCHARGE_DATE, Field.PERIOD))
        return found + any(self._is_amount(c, row) for c in self.billed_columns)

    def evidence(self, row: Row) -> int:
        """How much a row looks like a claim: its filled cells, if at least one is a number, a date or an amount."""
        return sum(bool(said(row, i)) for i in self._mapped) if self.hard_evidence(row) else 0

    def has_stay(self, row: Row) -> bool:
        """Whether a row has a readable date or a claim's number: then no word in it makes it a total."""
        return looks_like_number_of_claim(self.claim_no(row)) or any(
            self._is_date(row, f) for f in (Field.ADMIT_DATE, Field.DISCHARGE_DATE, Field.PERIOD)
        )

    def is_only_sequence(self, row: Row) -> bool:
        """A numbered row that nobody filled in."""
        index = self._at[Field.SEQUENCE]
        return (
            index >= 0
            and all(is_blank(c) for i, c in enumerate(row) if i != index)
            and text_of(row[index]).strip(".").isdigit()
        )

    def is_only_amounts(self, row: Row) -> bool:
        """Amounts without anything they would be the amounts of."""
        if not any(
            self._is_amount(c, row)
            for c in self.layout.columns
            if c.field in (Field.BILLED, Field.APPROVED, Field.NOT_COVERED)
        ):
            return False
        amounts = {
            c.index
            for c in self.layout.columns
            if c.field in (Field.BILLED, Field.APPROVED, Field.NOT_COVERED, Field.PAID)
        }
        others = [c for i, c in enumerate(row) if i not in amounts and not is_blank(c)]
        return all(not isinstance(c, str) or currency_of(c) for c in others)

    def _is_date(self, row: Row, field: Field) -> bool:
        cell = self.cell(row, field)
        if is_blank(cell):
            return False
        try:
            as_period(cell, is_1904=self.is_1904)
        except DateUnreadable:
            return False
        return True

    def _is_amount(self, column: Column, row: Row) -> bool:
        cell = row[column.index] if column.index < len(row) else ""
        if is_blank(cell):
            return False
        try:
            as_amount(cell)
        except AmountUnreadable:
            return False
        return True

    def is_line_of(self, draft: Draft, number: int, row: Row) -> bool:
        """Whether a row is one more line of the claim above it."""
        if number <= draft.merged_until:
            return True
        if number != draft.last_row + 1:
            return False
        own = self.claim_no(row)
        if not own:
            return not any(said(row, i) for i in self._heads) and self._says_something_of_its_own(row)
        if own.casefold() != draft.claim_no.casefold():
            return False
        heads = [(said(row, i), said(draft.row, i)) for i in self._heads]
        if any(mine and mine != above for mine, above in heads):
            return False
        if any(above and not mine for mine, above in heads):
            return True
        line = self.text(row, Field.LINE_TEXT)
        return bool(line) and line not in draft.line_texts

    def _says_something_of_its_own(self, row: Row) -> bool:
        """A line's description beside its amount, so that a total without a word is not taken for a line."""
        from liaison.exchange.rowkinds import is_footer, total_kind

        skipped = {self._at[f] for f in (Field.CLAIM_NO, Field.SEQUENCE, Field.CURRENCY)}
        texts = [text_of(c) for i, c in enumerate(row) if i not in skipped and isinstance(c, str) and not is_blank(c)]
        if not texts or total_kind(texts) or is_footer(texts):
            return False
        if self.text(row, Field.LINE_TEXT):
            return True
        return any(self._is_amount(c, row) for c in self.billed_columns) and any(not _reads_as_amount(t) for t in texts)

    # amounts and currencies

    def billed_column(self, row: Row) -> Column:
        """The column this row's amount stands in: the only one,
        or the filled one of several in different currencies."""
        if len(self.billed_columns) == 1:
            return self.billed_columns[0]
        filled = [c for c in self.billed_columns if c.index < len(row) and not is_blank(row[c.index])]
        named = currency_of(self.text(row, Field.CURRENCY))
        return next(
            (c for c in filled if named and c.currency == named),
            next((c for c in filled if row[c.index] not in (0, 0.0, "0")), (filled or list(self.billed_columns))[0]),
        )

    def billed_at(self, column: Column, row: Row, number: int) -> Amount | RowCode:
        """The billed amount of a row, or why there is none."""
        cell = row[column.index] if column.index < len(row) else ""
        if number in self._uncached[column.index] and (is_blank(cell) or cell == 0):
            return RowCode.FORMULA_NO_VALUE
        if is_blank(cell) or number in self._percents[column.index]:
            return RowCode.BAD_AMOUNT
        try:
            return as_amount(cell)
        except AmountUnreadable:
            return RowCode.BAD_AMOUNT

    def currency(self, row: Row, number: int, column: Column, word: str) -> tuple[str, bool]:
        """The currency of a row and whether anything names it; empty where it is unknown or contradictory."""
        said = self.text(row, Field.CURRENCY)
        in_cell = self._meaning(word, row) if word and word != BARE_DOLLAR else ""
        if said:
            code = self._meaning(said, row)
            return ("" if word and in_cell and in_cell != code else code), True
        if word and word != BARE_DOLLAR:
            return in_cell, True
        shown = next((code for code, rows in self._formats[column.index] if number in rows), "")
        if found := shown or column.currency or self.context.currency:
            return found, True
        return self.asked_currency, bool(self.asked_currency)

    def _meaning(self, word: str, row: Row) -> str:
        if is_yen(word):
            place = f"{self.text(row, Field.HOSPITAL) or self.context.hospital} {self.text(row, Field.COUNTRY)}"
            return "CNY" if is_in_china(place) else ""
        return currency_of(word)


def _reads_as_amount(text: str) -> bool:
    try:
        as_amount(text)
    except AmountUnreadable:
        return False
    return True


_CODE_ORDER = {code: order for order, code in enumerate(RowCode)}


class Draft:
    """A claim's row, and the lines beneath it, on the way to its fate."""

    def __init__(self, reader: ClaimReader, number: int, row: Row) -> None:
        self.reader, self.number = reader, number
        self.row = row
        self.last_row = number
        self.merged_until = reader.merged_until(number)
        self.claim_no = reader.claim_no(self.row)
        self.lines: list[tuple[int, Row]] = []
        self.line_texts = {reader.text(row, Field.LINE_TEXT)} if reader.has(Field.LINE_TEXT) else set()
        self.codes: list[RowCode] = []
        self.warnings: list[ListWarning] = []
        self.claim: StagedClaim | None = None
        self.has_currency = False

    def add_line(self, number: int, row: Row) -> None:
        """One more line of this claim."""
        self.lines.append((number, row))
        self.line_texts.add(self.reader.text(row, Field.LINE_TEXT))
        self.last_row = number

    def finish(self) -> None:
        """Read every cell; afterwards there is a claim, or codes, or both (a claim that also stands elsewhere)."""
        reader, row = self.reader, self.row
        name = reader.text(row, Field.MEMBER_NAME)
        if not self.claim_no:
            self.codes.append(RowCode.MISSING_CLAIM_NO)
        if not name or not is_name(name):
            self.codes.append(RowCode.MISSING_MEMBER)
        admitted, discharged, born = self._dates()
        billed, currency = self._billed()
        approved = self._optional(Field.APPROVED, currency)
        not_covered = self._optional(Field.NOT_COVERED, currency)
        if approved is not None and approved.minor < 0:
            self._add(RowCode.NEGATIVE_AMOUNT)
        self.codes.sort(key=_CODE_ORDER.__getitem__)
        if self.codes or billed is None:
            return
        raw_status = intern(reader.text(row, Field.STATUS))
        status = status_of(raw_status, reader.statuses)
        self.claim = StagedClaim(
            sheet=reader.sheet,
            row=self.number,
            claim_no=self.claim_no,
            member_name=name,
            currency=currency,
            billed=billed,
            status=status or ListStatus.NOT_STATED,
            raw_status=raw_status,
            approved=approved,
            not_covered=not_covered,
            admit_date=admitted,
            discharge_date=discharged,
            birth_date=born,
            lines=self._lines(currency),
            **self._texts(),
        )

    def reject(self, codes: list[RowCode]) -> Reject:
        """This row with its reasons."""
        return Reject(
            sheet=self.reader.sheet,
            row=self.number,
            codes=tuple(codes),
            claim_no=self.claim_no,
            cells=tuple(text_of(c) for c in self.row),
            headings=self.reader.headings,
        )

    def _add(self, code: RowCode) -> None:
        if code not in self.codes:
            self.codes.append(code)

    def _texts(self) -> dict[str, str]:
        row, size = self.row, len(self.row)
        found = {}
        for index, name, keeps_dashes in self.reader.texts:
            if text := said(row, index):
                found[name] = text if name in _OWN_WORDS else intern(text)
            elif keeps_dashes and index < size and row[index] != "":
                found[name] = text_of(row[index])
        if "sex" in found:
            found["sex"] = sex_of(found["sex"])
        context = self.reader.context
        if context.hospital and "hospital" not in found:
            found["hospital"] = context.hospital
        if context.insurer and "insurer" not in found:
            found["insurer"] = context.insurer
        return found

    # dates

    def _dates(self) -> tuple[dt.date | None, dt.date | None, dt.date | None]:
        reader = self.reader
        admitted, discharged = self._stay()
        born = self._date(Field.BIRTH_DATE, is_required=False)
        if (
            born is not None
            and admitted is not None
            and born > admitted
            and _TWO_DIGIT_YEAR.search(reader.text(self.row, Field.BIRTH_DATE))
        ):
            born = _a_century_earlier(born)
        last = reader.last_day
        if any(day is not None and not FIRST_TREATMENT <= day <= last for day in (admitted, discharged)) or (
            born is not None and born > last
        ):
            self._add(RowCode.BAD_DATE)
        if admitted is not None and discharged is not None and discharged < admitted:
            self._add(RowCode.DISCHARGE_BEFORE_ADMISSION)
        return admitted, discharged, born

    def _stay(self) -> tuple[dt.date | None, dt.date | None]:
        reader = self.reader
        start = Field.ADMIT_DATE if reader.has(Field.ADMIT_DATE) else Field.PERIOD
        if not reader.has(start):
            return None, self._discharge()
        cell = reader.cell(self.row, start)
        if reader.has(Field.DISCHARGE_DATE):
            return self._date(start, is_required=True), self._discharge()
        if is_blank(cell):
            self._add(RowCode.BAD_DATE)
            return None, None
        try:
            return as_period(cell, is_1904=reader.is_1904)
        except DateUnreadable:
            self._add(RowCode.BAD_DATE)
            return None, None

    def _discharge(self) -> dt.date | None:
        cell = self.reader.cell(self.row, Field.DISCHARGE_DATE)
        if isinstance(cell, str) and STILL_IN.search(cell):
            return None
        return self._date(Field.DISCHARGE_DATE, is_required=False)

    def _date(self, field: Field, *, is_required: bool) -> dt.date | None:
        cell = self.reader.cell(self.row, field)
        if is_blank(cell):
            if is_required:
                self._add(RowCode.BAD_DATE)
            return None
        try:
            return as_date(cell, is_1904=self.reader.is_1904)
        except DateUnreadable:
            self._add(RowCode.BAD_DATE)
            return None

    # amounts

    def _billed(self) -> tuple[Money | None, str]:
        """The billed amount: the row's own, or the sum of the lines'."""
        reader = self.reader
        column = reader.billed_column(self.row)
        read = [(self.number, reader.billed_at(column, self.row, self.number))]
        if self.lines:
            read += [(n, reader.billed_at(column, r, n)) for n, r in self.lines]
            read = [(n, a) for n, a in read if not (a is RowCode.BAD_AMOUNT and self._is_empty(n, column))] or read[:1]
        total = 0
        word = ""
        for _, amount in read:
            if isinstance(amount, RowCode):
                self._add(amount)
                continue
            if amount.minor < 0:
                self._add(RowCode.NEGATIVE_AMOUNT)
            total += amount.minor
            if word and amount.currency_word and amount.currency_word.casefold() != word.casefold():
                self._add(RowCode.UNKNOWN_CURRENCY)
            word = word or amount.currency_word
        currency, self.has_currency = reader.currency(self.row, self.number, column, word)
        if not currency:
            self._add(RowCode.UNKNOWN_CURRENCY)
            return None, ""
        return Money(total, currency), currency

    def _is_empty(self, number: int, column: Column) -> bool:
        row = self.row if number == self.number else next(r for n, r in self.lines if n == number)
        return column.index >= len(row) or is_blank(row[column.index])

    def _optional(self, field: Field, currency: str) -> Money | None:
        """An amount that may be missing: of the row, or summed over the lines. Unreadable counts as missing."""
        if not currency or not self.reader.has(field):
            return None
        if not self.lines:
            amount = self._read_optional(self.number, self.row, field)
            return None if amount is None else Money(amount, currency)
        amounts = [self._read_optional(n, r, field) for n, r in [(self.number, self.row), *self.lines]]
        known = [a for a in amounts if a is not None]
        return Money(sum(known), currency) if known else None

    def _read_optional(self, number: int, row: Row, field: Field) -> int | None:
        cell = self.reader.cell(row, field)
        if is_blank(cell):
            return None
        try:
            return as_amount(cell).minor
        except AmountUnreadable:
            if field is Field.APPROVED:
                self.warnings.append(
                    ListWarning(code=WarningCode.APPROVED_UNREADABLE, sheet=self.reader.sheet, row=number)
                )
            return None

    def _lines(self, currency: str) -> tuple[StagedLine, ...]:
        if not self.lines:
            return ()
        column = self.reader.billed_column(self.row)
        return tuple(self._line(n, r, column, currency) for n, r in [(self.number, self.row), *self.lines])

    def _line(self, number: int, row: Row, column: Column, currency: str) -> StagedLine:
        reader = self.reader
        cell = row[column.index] if column.index < len(row) else ""
        billed = None if is_blank(cell) else Money(as_amount(cell).minor, currency)
        approved = self._read_optional(number, row, Field.APPROVED)
        return StagedLine(
            row=number,
            description=reader.text(row, Field.LINE_TEXT) or reader.text(row, Field.DIAGNOSIS_TEXT),
            billed=billed,
            approved=None if approved is None else Money(approved, currency),
        )


def _a_century_earlier(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year - 100)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 100, day=28)
