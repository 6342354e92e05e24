"""Claim lists: every row gets exactly one fate, by the import rules and ``decisions`` (Bringing claim lists in).

A row is imported, rejected with every reason,
    or skipped with its kind. Rows beneath a claim that repeat none of its head
cells (merged downwards, left empty, or only the number again) are lines of that claim: they share its fate.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from liaison.domain.claims import carried
from liaison.domain.errors import Refused
from liaison.domain.listing import (
    CurrencySum,
    ListStatus,
    ListWarning,
    Reject,
    RowCode,
    SheetColumns,
    SkipKind,
    StagedClaim,
    StagedFile,
    WarningCode,
)
from liaison.domain.money import CURRENCIES
from liaison.domain.names import fold
from liaison.domain.problems import Problem
from liaison.exchange.claim_rows import ClaimReader, Draft
from liaison.exchange.currencies import currency_of
from liaison.exchange.fields import Field
from liaison.exchange.headings import SAMPLE_ROWS, Column, Layout, find_layout, may_be_heading
from liaison.exchange.packed import PackedClaims
from liaison.exchange.reading import Reading, Row, Sheet, SheetFacts, opened_list
from liaison.exchange.refusals import FileRefusal, refuse
from liaison.exchange.rowkinds import is_footer, may_be_total, total_kind
from liaison.exchange.staging import Ahead, Skips
from liaison.exchange.values import is_blank, looks_like_number_of_claim, text_of
from liaison.i18n import N_

_MOST_NAMED = 5
_TEXT_ENDS = frozenset({65_536, 1_048_576})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a claim list leaves open and the officer answers, now or once for all.

    ``currency`` is for rows that name none. ``columns`` map folded headings to fields (``None`` ignores a column),
    ``statuses`` folded status words to their meaning.
    """

    currency: str = ""
    columns: Mapping[str, Field | None] = field(default_factory=dict)
    statuses: Mapping[str, ListStatus] = field(default_factory=dict)
    today: dt.date = field(default_factory=lambda: dt.datetime.now(dt.UTC).date())
    """Treatment further ahead than a few years is a slip of the pen."""


UNKNOWN_ANSWER = N_("The currency {given} is not one this program knows. Give one of: {known}.")


def _checked(answers: Answers | None) -> Answers:
    """The answers with their currency as a code; refuses one there is not."""
    if answers is None or not answers.currency:
        return answers or Answers()
    code = currency_of(answers.currency)
    if not code:
        values = {"given": answers.currency, "known": ", ".join(CURRENCIES)}
        raise Refused([Problem(code="UNKNOWN_CURRENCY", message=UNKNOWN_ANSWER, field="currency", values=values)])
    return replace(answers, currency=code)


def is_claim_list(fields: frozenset[Field]) -> bool:
    """Whether a table with these columns is a claim list: a number, a name and an amount."""
    return {Field.CLAIM_NO, Field.MEMBER_NAME, Field.BILLED} <= fields


def stage_claims(path: Path, *, answers: Answers | None = None, password: str | None = None) -> StagedFile:
    """Read a claim list and decide every row's fate.

    Raises :class:`Refused` where the file as a whole cannot come in, each reason with its cure.
    """
    given = _checked(answers)
    with opened_list(path, password=password) as reading:
        return _staged(reading, given)


def stage_table(
    file: str, sha256: str, form: str, fields: Sequence[Field], rows: Iterator[tuple[int, Row]], answers: Answers
) -> StagedFile:
    """Decide every row's fate of a table whose columns a mapping named; no row is taken for a heading."""
    if not is_claim_list(frozenset(fields)):
        raise refuse(FileRefusal.NO_CLAIMS, file, found=file)
    answers = _checked(answers)
    found = _Found()
    sheet = SheetFacts()
    columns = tuple(Column(index=i, heading=f.value, field=f, strength=99.0) for i, f in enumerate(fields))
    layout = Layout(header_rows=(1,), columns=columns, texts=())
    reader = ClaimReader(layout, sheet, answers.currency, answers.statuses, None, today=answers.today)
    found.skips.add(sheet.name, 1, SkipKind.HEADER)
    found.columns.append(_columns(sheet.name, layout))
    for number, row in rows:
        draft = Draft(reader, number, row)
        draft.finish()
        found.take(draft)
    if found.drafts and not found.with_currency:
        raise refuse(FileRefusal.NO_CURRENCY, file)
    return found.as_file(file, sha256, form)


def stage_reading(reading: Reading, answers: Answers | None = None) -> StagedFile:
    """Decide every row's fate of what is being read, file or not."""
    return _staged(reading, _checked(answers))


def _staged(reading: Reading, answers: Answers) -> StagedFile:
    found = _Found()
    without: list[str] = []
    for sheet in reading.sheets():
        stager = _SheetStager(sheet, answers, found)
        stager.run()
        if stager.layouts:
            found.columns += [_columns(sheet.name, layout) for layout in stager.layouts]
            _warn_of_last_row(sheet, stager.last, found, is_text=reading.format == "text")
        else:
            found.left_alone.append(sheet.name)
            without.append(f"{sheet.name or reading.file} ({stager.last})")
    if not found.columns:
        looked_at = ", ".join(without[:_MOST_NAMED]) + (" …" if len(without) > _MOST_NAMED else "")
        raise refuse(FileRefusal.NO_CLAIMS, reading.file, found=looked_at or "–")
    if not found.drafts:
        headed = found.columns[0]
        place = {"sheet": headed.sheet or reading.file, "row": max(headed.header_rows)}
        raise refuse(FileRefusal.NO_ROWS, reading.file, **place)
    if found.drafts and not found.with_currency:
        raise refuse(FileRefusal.NO_CURRENCY, reading.file)
    found.left_alone += reading.hidden
    return found.as_file(reading.file, reading.sha256, reading.format)


def _columns(sheet: str, layout: Layout) -> SheetColumns:
    pairs = tuple(
        (c.heading, c.field.value if c.field is not None and c.field is not Field.OTHER else "") for c in layout.columns
    )
    return SheetColumns(sheet=sheet, header_rows=layout.header_rows, fields=pairs)


def _same_headings(sheet: str, layout: Layout) -> Iterator[ListWarning]:
    """Columns under one heading of which not all were read: which was, and which were left alone."""
    by_heading: dict[str, list[Column]] = {}
    for column in layout.columns:
        by_heading.setdefault(fold(column.heading), []).append(column)
    for heading, columns in by_heading.items():
        wanted = {c.field for c in columns} - {None, Field.OTHER, Field.LINE_TEXT}
        if not heading or len(columns) < 2 or not wanted:
            continue
        taken = [c for c in columns if c.field in wanted and c in _read_columns(layout, c.field)]
        left = [c for c in columns if c not in taken]
        if taken and left:
            places = ", ".join(letters_of(c.index) for c in taken), ", ".join(letters_of(c.index) for c in left)
            yield ListWarning(
                code=WarningCode.SAME_HEADING_TWICE,
                sheet=sheet,
                row=max(layout.header_rows),
                detail="{}: {} ≠ {}".format(taken[0].heading, *places),
            )


def _read_columns(layout: Layout, wanted: Field | None) -> tuple[Column, ...]:
    """The columns of a field that rows are read from: every one of billed amounts, else the surest."""
    if wanted is None:
        return ()
    return layout.all_of(wanted) if wanted is Field.BILLED else layout.all_of(wanted)[:1]


def letters_of(index: int) -> str:
    """A column's place as spreadsheets call it: A, B, … AA."""
    letters, number = "", index + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def _warn_of_last_row(sheet: Sheet, last: int, found: _Found, *, is_text: bool) -> None:
    if (is_text and last in _TEXT_ENDS) or (not is_text and last == sheet.facts.last_row):
        found.warnings.append(ListWarning(code=WarningCode.LIKELY_TRUNCATED, sheet=sheet.name, row=last))


class _Found:
    """What a file holds, gathered over its sheets."""

    def __init__(self) -> None:
        self.claims = PackedClaims()
        self.rejects: list[Reject] = []
        self.skips = Skips()
        self.warnings: list[ListWarning] = []
        self.columns: list[SheetColumns] = []
        self.left_alone: list[str] = []
        self.drafts = self.with_currency = 0
        self._by_number: dict[str, int] = {}
        self._by_stay: dict[tuple[str, dt.date, dt.date | None], int] = {}
        self._sums: dict[str, list[int]] = {}
        self._unknown: Counter[str] = Counter()

    def take(self, draft: Draft) -> None:
        """Give a claim's row its fate."""
        self.drafts += 1
        self.with_currency += draft.has_currency
        codes = list(draft.codes)
        claim = draft.claim
        key = draft.claim_no.casefold()
        earlier = self._by_number.get(key) if key else None
        if earlier is not None:
            is_same = claim is not None and _content(claim) == _content(self.claims[earlier])
            codes.append(RowCode.DUPLICATE_EXACT if is_same else RowCode.DUPLICATE_CONFLICT)
        if claim is None or codes:
            self.rejects.append(draft.reject(codes))
            return
        self._by_number[key] = len(self.claims)
        self._look_for_same_stay(claim)
        self._look_at_status(claim)
        self.warnings += draft.warnings
        self.claims.append(claim)
        self._add(claim)

    def _look_for_same_stay(self, claim: StagedClaim) -> None:
        if claim.admit_date is None:
            return
        stay = (claim.member_name.casefold(), claim.admit_date, claim.discharge_date)
        first = self._by_stay.setdefault(stay, len(self.claims))
        if first == len(self.claims):
            return
        other = self.claims[first]
        if not _contradict(claim, other):
            self.warnings.append(
                ListWarning(
                    code=WarningCode.POSSIBLE_DUPLICATE_OTHER_CLAIM_NO,
                    sheet=claim.sheet,
                    row=claim.row,
                    detail=other.claim_no,
                )
            )

    def _look_at_status(self, claim: StagedClaim) -> None:
        if claim.status is ListStatus.NOT_STATED and claim.raw_status:
            if not self._unknown[claim.raw_status]:
                self.warnings.append(
                    ListWarning(
                        code=WarningCode.STATUS_UNKNOWN, sheet=claim.sheet, row=claim.row, detail=claim.raw_status
                    )
                )
            self._unknown[claim.raw_status] += 1

    def _add(self, claim: StagedClaim) -> None:
        sums = self._sums.setdefault(claim.currency, [0, 0, 0])
        sums[0] += 1
        sums[1] += claim.billed.minor
        if claim.approved is not None:
            sums[2] += claim.approved.minor

    def as_file(self, file: str, sha256: str, form: str) -> StagedFile:
        """The finished file."""
        has_approved = any(name == Field.APPROVED.value for c in self.columns for _, name in c.fields)
        sums = {
            code: CurrencySum(rows=n, billed=_units(billed), approved=_units(approved) if has_approved else None)
            for code, (n, billed, approved) in sorted(self._sums.items())
        }
        return StagedFile(
            file=file,
            sha256=sha256,
            format=form,
            claims=self.claims,
            rejects=tuple(self.rejects),
            skips=self.skips.sorted(),
            sums=sums,
            warnings=tuple(self.warnings),
            columns=tuple(self.columns),
            left_alone=tuple(self.left_alone),
            unknown_statuses=dict(self._unknown),
            line_count=self.claims.lines,
        )


def _units(minor: int) -> Decimal:
    return Decimal(minor).scaleb(-2)


def _content(claim: StagedClaim) -> tuple[object, ...]:
    """Everything of a claim but its place: what two rows must share to be the same row twice."""
    return (
        claim.claim_no.casefold(),
        claim.member_name,
        claim.currency,
        claim.billed,
        claim.raw_status.casefold(),
        claim.approved,
        claim.not_covered,
        claim.admit_date,
        claim.discharge_date,
        claim.birth_date,
        claim.member_no,
        claim.policy_no,
        claim.relation,
        claim.hospital,
        claim.country,
        claim.diagnosis_code,
        claim.diagnosis_text,
        claim.insurer,
        *carried(claim),
        tuple((line.description, line.billed) for line in claim.lines),
    )


def _contradict(one: StagedClaim, other: StagedClaim) -> bool:
    """Whether two rows of one name and stay cannot be the same person."""
    pairs = ((one.birth_date, other.birth_date), (one.member_no, other.member_no), (one.policy_no, other.policy_no))
    return any(a and b and a != b for a, b in pairs)


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(text_of(c) for c in row if not is_blank(c))


class _SheetStager:
    """Walks the rows of one sheet. Rows that cannot be told yet wait in ``pending`` until what follows tells them."""

    def __init__(self, sheet: Sheet, answers: Answers, found: _Found) -> None:
        self.layouts: list[Layout] = []
        self.last = 0
        self._sheet, self._answers, self._found = sheet, answers, found
        self._skips = Skips()
        self._pending: list[tuple[int, tuple[str, ...]]] = []
        self._totals: list[int] = []
        """Rows of totals that may turn out to be a group's."""
        self._reader: ClaimReader | None = None
        self._draft: Draft | None = None
        self._is_after_table = False

    def run(self) -> None:
        """Give every row its fate; a sheet without claims leaves no trace."""
        rows = Ahead(self._sheet.rows())
        while rows:
            number, row = rows.first()
            self.last = number
            if self._reader is not None:
                self._reader.pad(row, number)
            if not row or all(map(is_blank, row)):
                self._skip(number, SkipKind.BLANK)
                rows.drop()
            elif self._take_headings(rows):
                pass
            else:
                self._take(number, row)
                rows.drop()
        self._close_claim()
        self._settle_pending(SkipKind.FOOTER)
        self._settle_totals(is_last=True)
        if self.layouts:
            self._found.skips.add_all(self._skips)

    # headings

    def _take_headings(self, rows: Ahead[tuple[int, Row]]) -> bool:
        number, row = rows.first()
        reader = self._reader
        if reader is not None:
            if looks_like_number_of_claim(reader.claim_no(row)):
                return False
            if reader.layout.repeats(row):
                self._close_claim()
                self._settle_pending(SkipKind.TITLE)
                self._skip(number, SkipKind.HEADER)
                rows.drop()
                return True
        if not may_be_heading(row):
            return False
        layout = find_layout(
            rows.peek(SAMPLE_ROWS), self._sheet.notes.merges, is_claim_list, overrides=self._answers.columns
        )
        if layout is None:
            return False
        self._begin(layout)
        for header_row in layout.header_rows:
            self._skip(header_row, SkipKind.HEADER)
            rows.drop()
        return True

    def _begin(self, layout: Layout) -> None:
        self._close_claim()
        self._settle_totals(is_last=True)
        titles = [" ".join(texts) for _, texts in self._pending]
        self._settle_pending(SkipKind.TITLE)
        carried = self._reader.context if self._reader is not None else None
        given = self._answers
        self._reader = ClaimReader(
            layout, self._sheet.facts, given.currency, given.statuses, carried, today=given.today
        )
        for title in titles:
            self._reader.context.read_title(title)
        self.layouts.append(layout)
        self._found.warnings += _same_headings(self._sheet.name, layout)
        self._is_after_table = False

    # rows

    def _take(self, number: int, row: Row) -> None:
        reader = self._reader
        if reader is None or (self._is_after_table and reader.hard_evidence(row) < 2):
            self._wait(number, _texts(row))
            return
        self._is_after_table = False
        if self._is_line(number, row):
            assert self._draft is not None
            if total_kind(_texts(row)) and not reader.claim_no(row):
                self._draft.last_row = number
                self._skip(number, SkipKind.SUBTOTAL)
            else:
                self._draft.add_line(number, row)
            return
        if reader.is_claim_at_once(row) and not may_be_total(reader.claim_no(row)):
            self._start_claim(number, row)
            return
        self._take_doubtful(number, row, _texts(row))

    def _take_doubtful(self, number: int, row: Row, texts: tuple[str, ...]) -> None:
        reader = self._reader
        assert reader is not None
        if reader.is_only_sequence(row):
            self._skip(number, SkipKind.BLANK)
        elif not reader.has_stay(row) and (kind := total_kind(texts)):
            self._close_claim()
            self._settle_pending(SkipKind.TITLE)
            self._take_total(number, *kind)
        elif reader.is_only_amounts(row):
            self._close_claim()
            self._settle_pending(SkipKind.TITLE)
            self._take_total(number, SkipKind.TOTAL, is_certain=True)
        elif reader.evidence(row) >= reader.enough_evidence and not is_footer(texts[:1]):
            self._start_claim(number, row)
        elif self._starts_other_table(row):
            self._close_claim()
            self._is_after_table = True
            self._wait(number, texts)
        else:
            self._close_claim()
            self._wait(number, texts)

    def _is_line(self, number: int, row: Row) -> bool:
        draft, reader = self._draft, self._reader
        return draft is not None and reader is not None and reader.is_line_of(draft, number, row)

    def _start_claim(self, number: int, row: Row) -> None:
        self._close_claim()
        self._settle_sections()
        self._settle_totals(is_last=False)
        assert self._reader is not None
        self._draft = Draft(self._reader, number, row)

    def _close_claim(self) -> None:
        if self._draft is not None:
            self._draft.finish()
            self._found.take(self._draft)
            self._draft = None

    def _starts_other_table(self, row: Row) -> bool:
        """Headings of a table that is no claim list (a recapitulation beneath the list)."""
        from liaison.exchange.fields import recognised

        filled = [c for c in row if not is_blank(c)]
        if len(filled) < 2 or any(not isinstance(c, str) or any(ch.isdigit() for ch in c) for c in filled):
            return False
        return recognised(filled) >= max(2, 0.6 * len(filled))

    # rows that are told later

    def _wait(self, number: int, texts: tuple[str, ...]) -> None:
        self._pending.append((number, texts))

    def _settle_sections(self) -> None:
        """Waiting rows turn out to stand above claims: titles, unless they read like a page's foot."""
        assert self._reader is not None
        for number, texts in self._pending:
            if is_footer(texts):
                self._skip(number, SkipKind.FOOTER)
            else:
                self._skip(number, SkipKind.TITLE)
                self._reader.context.read_title(" ".join(texts))
        self._pending.clear()

    def _settle_pending(self, kind: SkipKind) -> None:
        for number, texts in self._pending:
            is_foot = kind is SkipKind.TITLE and self.layouts and is_footer(texts)
            self._skip(number, SkipKind.FOOTER if is_foot else kind)
        self._pending.clear()

    def _take_total(self, number: int, kind: SkipKind, is_certain: bool) -> None:
        self._settle_totals(is_last=False, keep_certain=True)
        if kind is SkipKind.SUBTOTAL:
            self._skip(number, kind)
        else:
            self._totals.append(number if is_certain else -number)

    def _settle_totals(self, *, is_last: bool, keep_certain: bool = False) -> None:
        """A total with claims after it in the same table was a subtotal; the last one is the total."""
        kept = []
        for marked in self._totals:
            if keep_certain and marked > 0:
                kept.append(marked)
            else:
                self._skip(abs(marked), SkipKind.TOTAL if is_last else SkipKind.SUBTOTAL)
        self._totals = kept

    def _skip(self, number: int, kind: SkipKind) -> None:
        self._skips.add(self._sheet.name, number, kind)
