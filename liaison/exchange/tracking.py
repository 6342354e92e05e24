"""An officer's own tracking sheet: running cases with free-text statuses, one row each.

Columns and status words are guessed, shown, and remembered once an officer has said what they mean. Two people on one
phone stay two people; a row that seems to be the same case again is shown beside the first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from liaison.domain.identifiers import number_key, phone_digits
from liaison.domain.journeys import JourneyState
from liaison.domain.listing import (
    SheetColumns,
    SheetProblem,
    SkipKind,
    StagedJourney,
    StagedSheet,
    StatusGuess,
    StatusTrust,
)
from liaison.domain.money import Money
from liaison.domain.names import fold, without_titles
from liaison.exchange.case_words import kind_of_case, sex_of, state_of
from liaison.exchange.currencies import currency_of
from liaison.exchange.fields import Field
from liaison.exchange.headings import SAMPLE_ROWS, Layout, find_layout, may_be_heading
from liaison.exchange.reading import Reading, Row, Sheet, opened_list
from liaison.exchange.refusals import FileRefusal, refuse
from liaison.exchange.rowkinds import total_kind
from liaison.exchange.staging import Ahead, Skips
from liaison.exchange.values import DateUnreadable, as_amount, as_date, is_blank, said, text_of
from liaison.i18n import N_
from liaison.i18n.formats import AmountUnreadable

_PREFERRED = frozenset(
    {
        Field.STARTED_ON,
        Field.TRAVEL_ON,
        Field.APPOINTMENT,
        Field.CITY,
        Field.OFFICER,
        Field.AGENT,
        Field.COMPANION,
        Field.KIND,
    }
)
_COMPANY_OF_A_CASE = frozenset(
    {Field.STATUS, Field.PHONE, Field.HOSPITAL, Field.INSURER, Field.TRAVEL_ON, Field.OFFICER, Field.CITY,
        Field.POLICY_NO,
     Field.DIAGNOSIS_TEXT, Field.ADMIT_DATE, Field.REMARKS, Field.STARTED_ON, Field.AGENT, Field.APPOINTMENT}
)  # fmt: skip
_TEXTS = (
    (Field.PHONE, "phone"), (Field.HOSPITAL, "hospital"), (Field.COUNTRY, "country"), (Field.INSURER, "insurer"),
    (Field.POLICY_NO, "policy_no"), (Field.MEMBER_NO, "member_no"), (Field.GL_NO, "gl_no"), (Field.IDENTITY_NO,
        "identity_no"),
    (Field.PASSPORT_NO, "passport_no"), (Field.RELATION, "relation"), (Field.DOCTOR, "doctor"), (Field.OFFICER,
        "officer"),
    (Field.AGENT, "agent"), (Field.COMPANION, "companion"), (Field.REMARKS, "notes"),
)  # fmt: skip
_DATES = (
    (Field.STARTED_ON, "started_on"), (Field.TRAVEL_ON, "travel_on"), (Field.ADMIT_DATE, "admit_on"),
    (Field.DISCHARGE_DATE, "discharge_on"), (Field.BIRTH_DATE, "birth_date"),
)  # fmt: skip

NO_NAME = N_("The patient's name is missing. Write it in, or leave the row out.")
DATE_LEFT_OUT = N_("“{text}” is not a date and was left empty. Dates are read as day/month/year.")
STATUS_NOT_UNDERSTOOD = N_("The status “{text}” is not understood. Say once which stage it means.")
SAME_CASE = N_("This seems to be the same case as row {row}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAnswers:
    """What an officer said about a sheet once: columns by folded heading, states by folded status word."""

    columns: Mapping[str, Field | None] = field(default_factory=dict)
    statuses: Mapping[str, JourneyState] = field(default_factory=dict)


def is_tracking_sheet(fields: frozenset[Field]) -> bool:
    """Whether a table with these columns is a tracking sheet: a name, and two more things a case has."""
    return Field.MEMBER_NAME in fields and len(fields & _COMPANY_OF_A_CASE) >= 2


def stage_journeys(path: Path, *, answers: SheetAnswers | None = None, password: str | None = None) -> StagedSheet:
    """Read a tracking sheet and decide what each row is. Raises :class:`Refused` where it is no such sheet."""
    with opened_list(path, password=password) as reading:
        return _staged(reading, answers or SheetAnswers())


def stage_reading(reading: Reading, answers: SheetAnswers | None = None) -> StagedSheet:
    """Decide what each row of what is being read is, file or not."""
    return _staged(reading, answers or SheetAnswers())


def _staged(reading: Reading, answers: SheetAnswers) -> StagedSheet:
    found = _Found()
    for sheet in reading.sheets():
        if not _walk(sheet, answers, found):
            found.left_alone.append(sheet.name)
    if not found.columns:
        raise refuse(FileRefusal.NO_CASES, reading.file)
    return StagedSheet(
        file=reading.file,
        sha256=reading.sha256,
        journeys=tuple(found.journeys),
        problems=tuple(found.problems),
        skips=found.skips.sorted(),
        statuses=tuple(_guesses(found.statuses, answers)),
        columns=tuple(found.columns),
        left_alone=(*found.left_alone, *reading.hidden),
    )


class _Found:
    """What a file holds, gathered over its sheets."""

    def __init__(self) -> None:
        self.journeys: list[StagedJourney] = []
        self.problems: list[SheetProblem] = []
        self.skips = Skips()
        self.columns: list[SheetColumns] = []
        self.left_alone: list[str] = []
        self.statuses: Counter[str] = Counter()
        self._same: dict[tuple[str, str], StagedJourney] = {}

    def take(self, journey: StagedJourney) -> None:
        """Keep a case, marked if an earlier row seems to be the same one."""
        earlier = next((self._same[key] for key in _keys_of(journey) if key in self._same), None)
        if earlier is not None and not _are_two(earlier, journey):
            journey = replace(journey, same_as_row=earlier.row)
            self.problems.append(
                SheetProblem(
                    sheet=journey.sheet,
                    row=journey.row,
                    code="SAME_CASE",
                    message=SAME_CASE,
                    values={"row": earlier.row},
                    is_error=False,
                )
            )
        for key in _keys_of(journey):
            self._same.setdefault(key, journey)
        if journey.raw_status:
            self.statuses[journey.raw_status] += 1
        self.journeys.append(journey)


def _keys_of(journey: StagedJourney) -> list[tuple[str, str]]:
    """What two rows of one case share: the name and a number or birth date beside it. A phone alone is nobody."""
    name = without_titles(journey.patient_name)
    beside = [
        number_key(journey.identity_no),
        number_key(journey.passport_no),
        number_key(journey.policy_no),
        number_key(journey.member_no),
        phone_digits(journey.phone),
        journey.birth_date.isoformat() if journey.birth_date else "",
    ]
    known = [(name, each) for each in beside if each]
    return known or [(name, f"{fold(journey.hospital)}/{fold(journey.insurer)}/{fold(journey.city)}")]


def _are_two(one: StagedJourney, other: StagedJourney) -> bool:
    """Whether two rows of one name differ in what one case cannot differ in."""
    pairs: tuple[tuple[object, object], ...] = (
        (one.birth_date, other.birth_date),
        (number_key(one.identity_no), number_key(other.identity_no)),
        (fold(one.hospital), fold(other.hospital)),
        (one.travel_on, other.travel_on),
        (one.admit_on, other.admit_on),
    )
    return any(a and b and a != b for a, b in pairs)


def _guesses(statuses: Counter[str], answers: SheetAnswers) -> list[StatusGuess]:
    guesses = []
    for raw, count in statuses.most_common():
        state, trust = state_of(raw, answers.statuses)
        guesses.append(StatusGuess(raw=raw, state=state, trust=trust, count=count))
    return guesses


def _walk(sheet: Sheet, answers: SheetAnswers, found: _Found) -> bool:
    """Give every row of a sheet its place; false for a sheet without headings of a tracking sheet."""
    skips = Skips()
    rows = Ahead(sheet.rows())
    reader: _CaseReader | None = None
    while rows:
        number, row = rows.first()
        if all(map(is_blank, row)):
            skips.add(sheet.name, number, SkipKind.BLANK)
        elif reader is not None and reader.layout.repeats(row):
            skips.add(sheet.name, number, SkipKind.HEADER)
        elif layout := _headings(rows, sheet, answers, is_first=reader is None):
            reader = _CaseReader(layout, sheet, answers)
            found.columns.append(_columns(sheet.name, layout))
            for header_row in layout.header_rows:
                skips.add(sheet.name, header_row, SkipKind.HEADER)
                rows.drop()
            continue
        elif reader is None:
            skips.add(sheet.name, number, SkipKind.TITLE)
        else:
            _take(reader, number, row, found, skips)
        rows.drop()
    if reader is not None:
        found.skips.add_all(skips)
    return reader is not None


def _headings(rows: Ahead[tuple[int, Row]], sheet: Sheet, answers: SheetAnswers, *, is_first: bool) -> Layout | None:
    if not may_be_heading(rows.first()[1]):
        return None
    layout = find_layout(
        rows.peek(SAMPLE_ROWS), sheet.notes.merges, is_tracking_sheet, overrides=answers.columns, prefer=_PREFERRED
    )
    if layout is None or is_first:
        return layout
    surely = sum(c.strength >= 8 for c in layout.columns if c.field in (_COMPANY_OF_A_CASE | {Field.MEMBER_NAME}))
    return layout if surely >= 4 else None


def _columns(sheet: str, layout: Layout) -> SheetColumns:
    pairs = tuple((c.heading, c.field.value if c.field not in (None, Field.OTHER) else "") for c in layout.columns)
    return SheetColumns(sheet=sheet, header_rows=layout.header_rows, fields=pairs)


def _take(reader: _CaseReader, number: int, row: Row, found: _Found, skips: Skips) -> None:
    texts = [text_of(c) for c in row if not is_blank(c)]
    name = reader.text(row, Field.MEMBER_NAME)
    if total_kind(texts[:1]):
        skips.add(reader.sheet, number, SkipKind.TOTAL)
    elif len(texts) <= 1 and not (name and any(c.isalpha() for c in name) and reader.filled(row) > 1):
        skips.add(reader.sheet, number, SkipKind.TITLE)
    elif not name:
        if reader.filled(row) < 2:
            skips.add(reader.sheet, number, SkipKind.FOOTER)
            return
        problem = SheetProblem(sheet=reader.sheet, row=number, code="MISSING_NAME", message=NO_NAME, cells=tuple(texts))
        found.problems.append(problem)
    else:
        journey, problems = reader.read(number, row)
        found.problems += problems
        found.take(journey)


class _CaseReader:
    """Reads rows of one layout."""

    def __init__(self, layout: Layout, sheet: Sheet, answers: SheetAnswers) -> None:
        self.layout, self.sheet = layout, sheet.name
        self._is_1904 = sheet.is_1904
        self._statuses = answers.statuses
        self._at = {f: layout.index(f) for f in Field}
        self._mapped = [
            c.index for c in layout.columns if c.field not in (None, Field.OTHER, Field.SEQUENCE, Field.MEMBER_NAME)
        ]

    def text(self, row: Row, field: Field) -> str:
        """The text of a field."""
        return said(row, self._at[field])

    def filled(self, row: Row) -> int:
        """How many fields beside the name are filled."""
        return sum(bool(said(row, i)) for i in self._mapped)

    def read(self, number: int, row: Row) -> tuple[StagedJourney, list[SheetProblem]]:
        """One case, and what needs a look."""
        problems: list[SheetProblem] = []
        raw_status = self.text(row, Field.STATUS)
        state, trust = state_of(raw_status, self._statuses)
        if raw_status and trust is StatusTrust.UNKNOWN:
            problems.append(self._notice(number, "STATUS_UNKNOWN", STATUS_NOT_UNDERSTOOD, raw_status))
        diagnosis = self.text(row, Field.DIAGNOSIS_TEXT) or self.text(row, Field.DIAGNOSIS_CODE)
        journey = StagedJourney(
            sheet=self.sheet,
            row=number,
            patient_name=self.text(row, Field.MEMBER_NAME),
            raw_status=raw_status,
            state=state,
            trust=trust,
            city=self.text(row, Field.ORIGIN_CITY) or self.text(row, Field.CITY),
            sex=sex_of(self.text(row, Field.SEX)),
            diagnosis=diagnosis,
            kind=kind_of_case(self.text(row, Field.KIND), self.text(row, Field.LINE_TEXT), diagnosis),
            estimate=self._estimate(row),
            **self._texts(row),
            **self._dates(number, row, problems),
        )
        return journey, problems

    def _texts(self, row: Row) -> dict[str, Any]:
        return {name: self.text(row, f) for f, name in _TEXTS}

    def _dates(self, number: int, row: Row, problems: list[SheetProblem]) -> dict[str, Any]:
        """Dates that can be read; one that cannot is left out and said, a case is worth more than its date."""
        found: dict[str, Any] = {}
        for field_, name in _DATES:
            index = self._at[field_]
            cell = row[index] if 0 <= index < len(row) else ""
            found[name] = None
            if is_blank(cell):
                continue
            try:
                found[name] = as_date(cell, is_1904=self._is_1904)
            except DateUnreadable:
                problems.append(self._notice(number, "DATE_LEFT_OUT", DATE_LEFT_OUT, text_of(cell)))
        return found

    def _notice(self, number: int, code: str, message: str, text: str) -> SheetProblem:
        return SheetProblem(
            sheet=self.sheet, row=number, code=code, message=message, values={"text": text}, is_error=False
        )

    def _estimate(self, row: Row) -> Money | None:
        index = self._at[Field.ESTIMATE]
        if not 0 <= index < len(row) or is_blank(row[index]):
            return None
        column = self.layout.of(Field.ESTIMATE)
        try:
            amount = as_amount(row[index])
        except AmountUnreadable:
            return None
        currency = currency_of(amount.currency_word) or (column.currency if column else "")
        currency = currency or currency_of(self.text(row, Field.CURRENCY))
        return Money.of(amount.value, currency) if currency else None
