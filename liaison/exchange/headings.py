"""Finding the headings of a table wherever they stand: after titles, over two or three rows, merged, in both languages.

A layout says which column holds which field. It is found by the words of the headings first and by what stands beneath
them second: ``Klaim`` over amounts is the amount, over numbers with letters it is the claim number.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from liaison.domain.names import fold
from liaison.exchange.currencies import currency_of, from_heading, is_yen
from liaison.exchange.fields import AMOUNTS, Field, Match, matches
from liaison.exchange.reading import Cell, Row
from liaison.exchange.values import DateUnreadable, as_amount, as_date, is_blank, looks_like_icd, text_of
from liaison.i18n.formats import AmountUnreadable

NumberedRow = tuple[int, Row]
Merges = Sequence[tuple[int, int, int, int]]
MAX_HEADER_ROWS = 3
SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table: its place, its heading as sent, what it holds and the currency its heading names."""

    index: int
    heading: str
    field: Field | None
    strength: float = 0.0
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the fields of a table stand. ``header_rows`` are the numbers of the rows with its headings."""

    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    texts: tuple[frozenset[str], ...]
    """Folded texts of each header row, to recognise the row when it comes again."""

    def of(self, field: Field) -> Column | None:
        """The column of a field: the surest one."""
        return next((c for c in self.columns if c.field is field), None)

    def all_of(self, field: Field) -> tuple[Column, ...]:
        """Every column of a field (amounts may have one for each currency)."""
        return tuple(c for c in self.columns if c.field is field)

    def index(self, field: Field) -> int:
        """The place of a field's column; -1 without one."""
        column = self.of(field)
        return -1 if column is None else column.index

    @property
    def fields(self) -> frozenset[Field]:
        """Fields with a column."""
        return frozenset(c.field for c in self.columns if c.field is not None)

    def repeats(self, row: Row) -> bool:
        """Whether a row says this layout's headings again, as printed lists do on every page."""
        said = {fold(text_of(c)) for c in row if isinstance(c, str) and c.strip()}
        said.discard("")
        if len(said) < 2:
            return False
        return any(len(said & texts) >= 0.7 * len(said) for texts in self.texts)


Wanted = Callable[[frozenset[Field]], bool]
"""Says whether a table with these fields is of the kind we look for."""


def find_layout(
    rows: Sequence[NumberedRow],
    merges: Merges,
    wanted: Wanted,
    *,
    overrides: Mapping[str, Field | None] | None = None,
    prefer: frozenset[Field] = frozenset(),
) -> Layout | None:
    """The layout whose headings start in the first of these rows; the rest are rows that follow, for their contents.

    ``overrides`` map folded headings to fields, as an officer mapped them once; ``prefer`` are fields this kind of list
    has, so that ``Tanggal`` means the enquiry's day in a tracking sheet and the admission's in a claim list.
    """
    if not rows or not may_be_heading(rows[0][1]):
        return None
    best: tuple[int, Layout] | None = None
    for height in range(1, min(MAX_HEADER_ROWS, len(rows)) + 1):
        if height > 1 and not _continues_heading(rows[height - 1], rows[height - 2], merges):
            break
        layout = _layout(rows[:height], rows[height:], merges, overrides or {}, prefer)
        if layout is None or not wanted(layout.fields):
            continue
        known = len(layout.fields - {Field.OTHER})
        if best is None or known > best[0]:
            best = known, layout
    if best is None or _is_only_above(rows, merges, best, wanted, overrides or {}, prefer):
        return None
    return _with_rows_beneath(best[1], rows)


def _is_only_above(
    rows: Sequence[NumberedRow],
    merges: Merges,
    best: tuple[int, Layout],
    wanted: Wanted,
    overrides: Mapping[str, Field | None],
    prefer: frozenset[Field],
) -> bool:
    """Whether the first row adds nothing: a title above headings that are complete without it."""
    known, layout = best
    height = len(layout.header_rows)
    if height == 1 or _has_groups(rows[0], rows[1]):
        return False
    without = _layout(rows[1:height], rows[height:], merges, overrides, prefer)
    return without is not None and wanted(without.fields) and len(without.fields - {Field.OTHER}) >= known


def _has_groups(above: NumberedRow, below: NumberedRow) -> bool:
    """Whether a row looks like the upper half of headings: words spread over it, none a label with its value."""
    texts = [(i, text_of(c)) for i, c in enumerate(above[1]) if not is_blank(c)]
    if any(i >= len(below[1]) or ":" in t or len(t) > 40 or currency_of(t) or t.isdigit() for i, t in texts):
        return False
    return len(texts) >= 3 or (len(texts) == 2 and texts[1][0] > 2)


def may_be_heading(row: Row) -> bool:
    """A cheap look: at least two different short texts, no dates, hardly a number."""
    texts = numbers = 0
    for cell in row:
        if cell.__class__ is str:
            if cell:
                texts += 1
        else:
            numbers += 1
    return texts >= 2 and numbers == 0


def _continues_heading(row: NumberedRow, above: NumberedRow, merges: Merges) -> bool:
    """Whether a row may be the lower half of the headings above it: texts only, none of them with figures of data."""
    cells = [text_of(c) for c in row[1] if not is_blank(c)]
    if not cells or any(not isinstance(c, str) for c in row[1]):
        return False
    if any(len(t) > 60 or (any(ch.isdigit() for ch in t) and not matches(t)) for t in cells):
        return False
    merged_down = sum(1 for r1, _, r2, _ in merges if r1 <= above[0] and r2 >= row[0])
    named = sum(1 for t in cells if matches(t) or t.startswith("("))
    beneath_groups = sum(1 for i, c in enumerate(row[1]) if not is_blank(c) and i < len(above[1]))
    return named >= 0.5 * len(cells) and (bool(merged_down) or beneath_groups > 0)


def _spread(number: int, row: Row, merges: Merges, height_rows: Sequence[int]) -> list[str]:
    """The texts of a header row with merged cells said in each column they cover."""
    texts = [text_of(c) if not is_blank(c) or c == "-" else "" for c in row]
    for r1, c1, _r2, c2 in merges:
        if r1 == number and c2 > c1 and c1 < len(texts) and texts[c1]:
            texts += [""] * (c2 + 1 - len(texts))
            texts[c1 + 1 : c2 + 1] = [texts[c1]] * (c2 - c1)
    return texts


def _layout(
    header: Sequence[NumberedRow],
    below: Sequence[NumberedRow],
    merges: Merges,
    overrides: Mapping[str, Field | None],
    prefer: frozenset[Field],
) -> Layout | None:
    numbers = [n for n, _ in header]
    spread = [_spread(n, row, merges, numbers) for n, row in header]
    width = max(max(map(len, spread)), max((len(r) for _, r in below[:SAMPLE_ROWS]), default=0))
    spread = [texts + [""] * (width - len(texts)) for texts in spread]
    _carry_groups_right(spread, bool(merges))
    sample = _Sample([r for _, r in below[:SAMPLE_ROWS] if r], width)
    found = [_candidates([texts[i] for texts in spread], i, overrides, prefer) for i in range(width)]
    named = sum(1 for options, heading in found if heading and options)
    said = sum(1 for _, heading in found if heading)
    if named < 2 or named < 0.5 * said:
        return None
    columns = _assign(found, sample)
    texts = tuple(frozenset(fold(t) for t in row if t) for row in spread)
    return Layout(header_rows=tuple(numbers), columns=tuple(columns), texts=texts)


def _carry_groups_right(spread: list[list[str]], has_merges: bool) -> None:
    """Without merges (text lists), a group stands over its first column only: say it over the next ones too."""
    if has_merges:
        return
    for above, below in itertools.pairwise(spread):
        group = ""
        for i in range(len(above)):
            if above[i]:
                group = above[i] if below[i] else ""
            elif group and below[i]:
                above[i] = group
            else:
                group = ""


def _candidates(
    parts: Sequence[str], index: int, overrides: Mapping[str, Field | None], prefer: frozenset[Field]
) -> tuple[list[Match], str]:
    """What one column may hold, by its whole heading, its lower part, its upper part; and the heading as sent."""
    distinct = [p for p, _ in itertools.groupby(p for p in parts if p)]
    heading = " ".join(dict.fromkeys(distinct))
    key = fold(heading)
    if key and key in overrides:
        field = overrides[key]
        return ([Match(field, 99.0, from_heading(heading))] if field else [Match(Field.OTHER, 99.0)]), heading
    readings = [heading, *reversed(distinct)] if len(distinct) > 1 else [heading]
    best: dict[Field, Match] = {}
    for order, reading in enumerate(readings):
        for match in matches(reading, fuzzy=True):
            strength = match.strength - 0.6 * order + (2.5 if match.field in prefer else 0.0)
            if match.field not in best or best[match.field].strength < strength:
                best[match.field] = Match(match.field, strength, match.currency or from_heading(heading))
        if best and order == 0 and len(distinct) > 1 and max(m.strength for m in best.values()) >= 8:
            break
    return sorted(best.values(), key=lambda m: -m.strength), heading


@dataclass(frozen=True, slots=True)
class _Sample:
    """What stands beneath the headings."""

    rows: list[Row]
    width: int

    def shares(self, index: int) -> Mapping[str, float]:
        """Shares of the kinds of filled cells in a column; ``filled`` is their number."""
        kinds = Counter(kind_of_cell(row[index]) for row in self.rows if index < len(row) and not is_blank(row[index]))
        filled = sum(kinds.values())
        return {**{kind: n / filled for kind, n in kinds.items()}, "filled": filled} if filled else {"filled": 0}


def kind_of_cell(cell: Cell) -> str:
    """``number``, ``date``, ``amount``, ``currency``, ``icd``, ``id`` or ``text``."""
    if isinstance(cell, dt.date):
        return "date"
    if not isinstance(cell, str):
        return "number"
    text = cell.strip()
    if currency_of(text) or is_yen(text):
        return "currency"
    if looks_like_icd(text):
        return "icd"
    try:
        as_amount(text)
        return "id" if text.isdigit() and (text[0] == "0" or len(text) >= 7) else "amount"
    except AmountUnreadable:
        pass
    try:
        as_date(text)
        return "date"
    except DateUnreadable:
        pass
    return "id" if any(c.isdigit() for c in text) and " " not in text else "text"


def _assign(found: list[tuple[list[Match], str]], sample: _Sample) -> list[Column]:
    """Each field its surest column, ambiguous headings settled by their contents."""
    options = {i: _settled(list(matched), sample.shares(i)) for i, (matched, _) in enumerate(found)}
    taken: dict[Field, list[int]] = {}
    chosen: dict[int, Match] = {}
    queue = sorted((i for i, o in options.items() if o), key=lambda i: (-options[i][0].strength, i))
    while queue:
        i = queue.pop(0)
        for match in options[i]:
            if match.field is Field.OTHER or _is_free(match, taken, chosen):
                chosen[i] = match
                taken.setdefault(match.field, []).append(i)
                break
    columns = [_column(i, heading, chosen.get(i)) for i, (_, heading) in enumerate(found)]
    return _completed(columns, found, sample)


def _column(index: int, heading: str, match: Match | None) -> Column:
    if match is None:
        return Column(index=index, heading=heading, field=None, currency=from_heading(heading))
    return Column(index=index, heading=heading, field=match.field, strength=match.strength, currency=match.currency)


def _is_free(match: Match, taken: dict[Field, list[int]], chosen: dict[int, Match]) -> bool:
    """Whether a field still wants this column: its first, or an amount in a currency of its own."""
    rivals = [chosen[i] for i in taken.get(match.field, [])]
    if not rivals:
        return True
    if match.field not in AMOUNTS or not match.currency:
        return False
    return all(r.currency and r.currency != match.currency and r.strength - match.strength < 3 for r in rivals)


def _settled(options: list[Match], shares: Mapping[str, float]) -> list[Match]:
    """Options put right by what stands in the column."""
    if not options or not shares["filled"]:
        return options
    money = shares.get("amount", 0) + shares.get("number", 0)
    ids, texts = shares.get("id", 0), shares.get("text", 0)
    result = []
    for match in options:
        match field := match.field:
            case Field.APPROVED | Field.NOT_COVERED | Field.PAID | Field.ESTIMATE if (
                money + ids < 0.3 and shares["filled"] > 2
            ):
                continue
            case Field.BILLED | Field.CLAIM_NO if len(options) > 1 and options[1].field in (
                Field.BILLED,
                Field.CLAIM_NO,
            ):
                is_money = money >= 0.6 or (shares.get("currency", 0) > 0.5)
                if is_money is (field is Field.CLAIM_NO):
                    match = replace(match, strength=match.strength - 3)
            case Field.MEMBER_NAME if ids + money > 0.8 and match.strength < 8:
                match = Match(Field.MEMBER_NO, match.strength)
            case Field.MEMBER_NO if texts > 0.8:
                match = Match(Field.MEMBER_NAME, match.strength - 2)
            case Field.GL_NO if money > 0.8:
                match = Match(Field.OTHER, match.strength)
            case Field.LINE_TEXT if money > 0.6 or shares.get("date", 0) > 0.6:
                match = Match(Field.OTHER, match.strength)
            case Field.DIAGNOSIS_TEXT if shares.get("icd", 0) > 0.7:
                match = Match(Field.DIAGNOSIS_CODE, match.strength - 1)
            case Field.DIAGNOSIS_CODE if texts > 0.6:
                match = Match(Field.DIAGNOSIS_TEXT, match.strength - 1)
            case Field.STATUS if money + shares.get("date", 0) > 0.8:
                continue
            case _:
                pass
        result.append(match)
    return sorted(result, key=lambda m: -m.strength)


def _completed(columns: list[Column], found: list[tuple[list[Match], str]], sample: _Sample) -> list[Column]:
    """Fields that only contents or the lack of a better column can tell."""
    fields = {c.field for c in columns}
    if Field.CURRENCY not in fields:
        columns = _currency_by_contents(columns, sample)
    if Field.CLAIM_NO not in {c.field for c in columns}:
        columns = _claim_no_by_contents(columns, sample)
    for weak, strong in (
        (Field.EMPLOYEE_NAME, Field.MEMBER_NAME),
        (Field.PAID, Field.APPROVED),
        (Field.BILLED_CONVERTED, Field.BILLED),
    ):
        fields = {c.field for c in columns}
        if weak in fields and strong not in fields:
            columns = [replace(c, field=strong) if c.field is weak else c for c in columns]
    return columns


def _currency_by_contents(columns: list[Column], sample: _Sample) -> list[Column]:
    """A column of nothing but currency words, whatever stands above it; if that took the amount's heading,
    give it on."""
    for position, column in enumerate(columns):
        shares = sample.shares(column.index)
        if shares.get("currency", 0) < 0.8 or (column.field not in AMOUNTS and column.field not in (None, Field.OTHER)):
            continue
        columns = list(columns)
        columns[position] = replace(column, field=Field.CURRENCY, strength=5.0)
        after = columns[position + 1] if position + 1 < len(columns) else None
        if column.field in AMOUNTS and after is not None and after.field in (None, Field.OTHER, column.field):
            columns[position + 1] = replace(
                after, field=column.field, heading=after.heading or column.heading, strength=column.strength
            )
        return columns
    return columns


def _claim_no_by_contents(columns: list[Column], sample: _Sample) -> list[Column]:
    """``No`` or ``Nomor`` over numbers with letters is the claim number when nothing else is."""
    for position, column in enumerate(columns):
        if column.field is Field.SEQUENCE and sample.shares(column.index).get("id", 0) > 0.8:
            return [*columns[:position], replace(column, field=Field.CLAIM_NO, strength=5.0), *columns[position + 1 :]]
    return columns


def _with_rows_beneath(layout: Layout, rows: Sequence[NumberedRow]) -> Layout:
    """Rows directly beneath that still belong to the headings: column numbers, units, the other language."""
    numbers = list(layout.header_rows)
    texts = list(layout.texts)
    for number, row in rows[len(numbers) : len(numbers) + 2]:
        if not (_counts_columns(row) or _says_units(row) or _says_again(row, layout)):
            break
        numbers.append(number)
        texts.append(frozenset(fold(text_of(c)) for c in row if not is_blank(c)))
    return replace(layout, header_rows=tuple(numbers), texts=tuple(texts))


def _counts_columns(row: Row) -> bool:
    """``(1) (2) (3)`` or ``1 2 3`` beneath the headings."""
    said = [text_of(c).strip("()[]. ") for c in row if not is_blank(c)]
    if len(said) < 3 or not all(s.isdigit() for s in said):
        return False
    steps = [int(b) - int(a) for a, b in itertools.pairwise(said)]
    return int(said[0]) <= 2 and sum(s == 1 for s in steps) >= 0.8 * len(steps)


def _says_units(row: Row) -> bool:
    """``(RM)`` and ``(dd/mm/yyyy)`` beneath the headings."""
    said = [text_of(c) for c in row if not is_blank(c)]
    return bool(said) and all(s.startswith("(") and s.endswith(")") and len(s) < 25 for s in said) and len({*said}) >= 1


def _says_again(row: Row, layout: Layout) -> bool:
    """The headings in the other language."""
    if not may_be_heading(row):
        return False
    agreeing = said = 0
    for column in layout.columns:
        text = text_of(row[column.index]) if column.index < len(row) and not is_blank(row[column.index]) else ""
        if not text:
            continue
        if any(c.isdigit() for c in text) and not matches(text):
            return False
        said += 1
        agreeing += any(m.field is column.field for m in matches(text, fuzzy=True))
    return said >= 3 and agreeing >= 0.6 * said
