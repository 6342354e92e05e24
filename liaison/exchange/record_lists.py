"""Lists of hospitals (and insurers, administrators) and of their desks and people, headings in either language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from liaison.domain.house_kinds import kind_of_house
from liaison.domain.listing import SheetProblem, SkipKind, StagedContact, StagedHospital, StagedRecords
from liaison.domain.names import fold
from liaison.domain.network import Desk, OrganizationKind
from liaison.exchange.fields import Field
from liaison.exchange.headings import SAMPLE_ROWS, Layout, Wanted, find_layout, may_be_heading
from liaison.exchange.reading import Reading, Row, Sheet, opened_list
from liaison.exchange.refusals import FileRefusal, refuse
from liaison.exchange.rowkinds import is_footer
from liaison.exchange.staging import Ahead, Skips
from liaison.exchange.values import DateUnreadable, as_date, is_blank, said, text_of
from liaison.i18n import N_

T = TypeVar("T")

NO_HOUSE = N_("The name of the hospital or company is missing.")
NOTHING_TO_REACH = N_("There is no telephone, e-mail or name to reach anybody by.")

_HOUSES = (
    (Field.HOSPITAL, OrganizationKind.HOSPITAL),
    (Field.INSURER, OrganizationKind.INSURER),
    (Field.ADMINISTRATOR, OrganizationKind.ADMINISTRATOR),
)
_PREFERRED_IN_HOSPITALS = frozenset({Field.CITY, Field.GROUP, Field.KIND, Field.CODE, Field.NIGHT_PHONE})
_PREFERRED_IN_CONTACTS = frozenset(
    {Field.NAME, Field.DESK, Field.NIGHT_PHONE, Field.WHATSAPP, Field.HOURS, Field.LANGUAGES}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnswers:
    """Columns by folded heading, as an officer mapped them once."""

    columns: Mapping[str, Field | None] = field(default_factory=dict)


_Take = Callable[["_Reader", int, Row], StagedHospital | StagedContact | SheetProblem]


def stage_hospitals(
    path: Path | Reading, *, answers: RecordAnswers | None = None, password: str | None = None
) -> StagedRecords:
    """Read a list of hospitals, insurers or administrators. Raises :class:`Refused` where it is none."""
    needed = N_("a name and a city, country, telephone or address")
    records, problems, skipped, sha256 = _walk(
        path, is_hospital_list, _PREFERRED_IN_HOSPITALS, _hospital, needed, answers, password
    )
    hospitals = tuple(r for r in records if isinstance(r, StagedHospital))
    return StagedRecords(
        file=_name(path), sha256=sha256, kind="hospitals", hospitals=hospitals, problems=problems, skipped=skipped
    )


def stage_contacts(
    path: Path | Reading, *, answers: RecordAnswers | None = None, password: str | None = None
) -> StagedRecords:
    """Read a list of desks and people at hospitals, insurers or administrators. Raises :class:`Refused` otherwise."""
    needed = N_("a hospital or company, and a telephone, e-mail or name")
    records, problems, skipped, sha256 = _walk(
        path, is_contact_list, _PREFERRED_IN_CONTACTS, _contact, needed, answers, password
    )
    contacts = tuple(r for r in records if isinstance(r, StagedContact))
    return StagedRecords(
        file=_name(path), sha256=sha256, kind="contacts", contacts=contacts, problems=problems, skipped=skipped
    )


def is_hospital_list(fields: frozenset[Field]) -> bool:
    """A name and something of a house."""
    named = bool(fields & {Field.HOSPITAL, Field.INSURER, Field.ADMINISTRATOR, Field.MEMBER_NAME})
    beside = fields & {Field.CITY, Field.COUNTRY, Field.PHONE, Field.ADDRESS, Field.EMAIL, Field.WEBSITE, Field.GROUP}
    return named and bool(beside)


def is_contact_list(fields: frozenset[Field]) -> bool:
    """A house and a way to reach somebody there."""
    house = fields & {Field.HOSPITAL, Field.INSURER, Field.ADMINISTRATOR, Field.GROUP}
    return bool(house) and bool(fields & {Field.PHONE, Field.WHATSAPP, Field.EMAIL, Field.NAME, Field.NIGHT_PHONE})


def _name(path: Path | Reading) -> str:
    return path.name if isinstance(path, Path) else path.file


def _walk(
    path: Path | Reading,
    wanted: Wanted,
    prefer: frozenset[Field],
    take: _Take,
    needed: str,
    answers: RecordAnswers | None,
    password: str | None,
) -> tuple[list[StagedHospital | StagedContact], tuple[SheetProblem, ...], int, str]:
    records: list[StagedHospital | StagedContact] = []
    problems: list[SheetProblem] = []
    skips = Skips()
    found_any = False
    with opened_list(path, password=password) if isinstance(path, Path) else nullcontext(path) as reading:
        for sheet in reading.sheets():
            found_any |= _walk_sheet(sheet, wanted, prefer, take, answers or RecordAnswers(), records, problems, skips)
        sha256 = reading.sha256
    if not found_any:
        raise refuse(FileRefusal.NO_RECORDS, _name(path), needed=_Marked(needed))
    return records, tuple(problems), sum(s.count for s in skips.sorted()), sha256


@dataclass(frozen=True, slots=True)
class _Marked:
    """A marked text inside another sentence: its label is translated with it."""

    label: str


def _walk_sheet(
    sheet: Sheet,
    wanted: Wanted,
    prefer: frozenset[Field],
    take: _Take,
    answers: RecordAnswers,
    records: list[StagedHospital | StagedContact],
    problems: list[SheetProblem],
    skips: Skips,
) -> bool:
    rows = Ahead(sheet.rows())
    waiting = Skips()
    reader: _Reader | None = None
    while rows:
        number, row = rows.first()
        if all(map(is_blank, row)):
            waiting.add(sheet.name, number, SkipKind.BLANK)
        elif reader is not None and reader.layout.repeats(row):
            waiting.add(sheet.name, number, SkipKind.HEADER)
        elif reader is not None:
            _keep(reader, number, row, take, records, problems, waiting)
        elif may_be_heading(row) and (
            layout := find_layout(
                rows.peek(SAMPLE_ROWS), sheet.notes.merges, wanted, overrides=answers.columns, prefer=prefer
            )
        ):
            reader = _Reader(layout, sheet)
            for header_row in layout.header_rows:
                waiting.add(sheet.name, header_row, SkipKind.HEADER)
                rows.drop()
            continue
        else:
            waiting.add(sheet.name, number, SkipKind.TITLE)
        rows.drop()
    if reader is not None:
        skips.add_all(waiting)
    return reader is not None


def _keep(
    reader: _Reader,
    number: int,
    row: Row,
    take: _Take,
    records: list[StagedHospital | StagedContact],
    problems: list[SheetProblem],
    skips: Skips,
) -> None:
    texts = [text_of(c) for c in row if not is_blank(c)]
    if len(texts) == 1 and (is_footer(texts) or not reader.house(row)[0]):
        skips.add(reader.sheet, number, SkipKind.FOOTER)
        return
    taken = take(reader, number, row)
    if isinstance(taken, SheetProblem):
        problems.append(taken)
    else:
        records.append(taken)


class _Reader:
    """Reads rows of one layout. A contact list may name a house once and leave the cells beneath empty."""

    def __init__(self, layout: Layout, sheet: Sheet) -> None:
        self.layout, self.sheet = layout, sheet.name
        self._is_1904 = sheet.is_1904
        self._at = {f: layout.index(f) for f in Field}
        self.last_house = ""

    def text(self, row: Row, field_: Field) -> str:
        """The text of a field."""
        return said(row, self._at[field_])

    def house(self, row: Row) -> tuple[str, OrganizationKind]:
        """The house a row names, and what kind it is."""
        kind = kind_of_house(self.text(row, Field.KIND))
        for field_, by_column in _HOUSES:
            if name := self.text(row, field_):
                return name, kind or kind_of_house(name) or by_column
        name = self.text(row, Field.MEMBER_NAME)
        return name, kind or kind_of_house(name) or OrganizationKind.HOSPITAL

    def texts(self, row: Row, *pairs: tuple[Field, str]) -> dict[str, Any]:
        """Several texts by the names of a record's fields."""
        return {name: self.text(row, field_) for field_, name in pairs}

    def date(self, row: Row, field_: Field) -> Any:
        """A date, or nothing where it cannot be read: a list of contacts stands or falls with its numbers."""
        index = self._at[field_]
        if not 0 <= index < len(row) or is_blank(row[index]):
            return None
        try:
            return as_date(row[index], is_1904=self._is_1904)
        except DateUnreadable:
            return None

    def problem(self, number: int, row: Row, code: str, message: str) -> SheetProblem:
        """A row that does not come in."""
        cells = tuple(text_of(c) for c in row)
        return SheetProblem(sheet=self.sheet, row=number, code=code, message=message, cells=cells)


def _hospital(reader: _Reader, number: int, row: Row) -> StagedHospital | SheetProblem:
    name, kind = reader.house(row)
    if not name:
        return reader.problem(number, row, "MISSING_NAME", NO_HOUSE)
    return StagedHospital(
        sheet=reader.sheet,
        row=number,
        name=name,
        kind=kind,
        **reader.texts(
            row, (Field.GROUP, "group"), (Field.COUNTRY, "country"), (Field.CITY, "city"), (Field.ADDRESS, "address"),
            (Field.PHONE, "phone"), (Field.NIGHT_PHONE, "night_phone"), (Field.FAX, "fax"), (Field.EMAIL, "email"),
            (Field.WEBSITE, "website"), (Field.CODE, "code"), (Field.REMARKS, "notes"),
        ),
    )  # fmt: skip


def _contact(reader: _Reader, number: int, row: Row) -> StagedContact | SheetProblem:
    house = next(
        (t for f in (Field.HOSPITAL, Field.INSURER, Field.ADMINISTRATOR, Field.GROUP) if (t := reader.text(row, f))), ""
    )
    house = house or reader.last_house
    if not house:
        return reader.problem(number, row, "MISSING_NAME", NO_HOUSE)
    reader.last_house = house
    name = reader.text(row, Field.NAME) or reader.text(row, Field.MEMBER_NAME) or reader.text(row, Field.OFFICER)
    raw_desk = reader.text(row, Field.DESK)
    contact = StagedContact(
        sheet=reader.sheet,
        row=number,
        organization=house,
        name=name,
        raw_desk=raw_desk,
        desk=desk_of(raw_desk) or desk_of(name) or Desk.OTHER,
        verified_on=reader.date(row, Field.VERIFIED_ON),
        **reader.texts(
            row, (Field.PHONE, "phone"), (Field.WHATSAPP, "whatsapp"), (Field.EMAIL, "email"), (Field.FAX, "fax"),
            (Field.HOURS, "hours"), (Field.NIGHT_PHONE, "night_phone"), (Field.LANGUAGES, "languages"),
            (Field.COUNTRY, "country"), (Field.CITY, "city"), (Field.REMARKS, "notes"),
        ),
    )  # fmt: skip
    if not any((contact.name, contact.phone, contact.whatsapp, contact.email, contact.night_phone, contact.fax)):
        return reader.problem(number, row, "NOTHING_TO_REACH", NOTHING_TO_REACH)
    return contact


_DESKS: tuple[tuple[str, Desk], ...] = (
    (r"indonesia", Desk.INDONESIA_DESK),
    (r"international|internasional|\bipc\b|\bips\b|patient cent|pasien asing|foreign", Desk.IPC),
    (r"\b(?:gl|log|loa)\b|guarantee|jaminan|penjaminan", Desk.GL_DESK),
    (r"billing|tagihan|business office|kasir|finance|keuangan|cashier|admission", Desk.BILLING),
    (r"case manage|manajer kasus|case mgr", Desk.CASE_MANAGER),
    (r"medical director|direktur medis|medical affairs|medical officer|medis", Desk.MEDICAL_DIRECTOR),
    (r"klaim|claim", Desk.CLAIMS),
    (r"provider rel|rekanan|hubungan provider|network|marketing|partnership", Desk.PROVIDER_RELATIONS),
    (r"emergency|darurat|24|igd|\ba e\b|hotline|ambulan", Desk.EMERGENCY),
)


def desk_of(text: str) -> Desk | None:
    """The desk a word means, in either language."""
    return _first(_DESKS, text)


def _first(table: tuple[tuple[str, T], ...], text: str) -> T | None:
    key = fold(text)
    return next((value for pattern, value in table if key and re.search(pattern, key)), None)
