"""Lists spread over several tables, brought together by a mapping file (TOML) that says where each field stands.

    [list]
    kind = "claims"
    numbers = "plain"                 # 1234.5 as programs write it; "local" (the default) reads 1.234,50 and 1,234.50
    group_by = "CLM_ID"               # rows of the main file with one value of this column are one claim (optional)

    [join.patient]                    # one row of patients.csv for each row of the main file
    file = "patients.csv"
    key = "Id"
    by = "PATIENTID"

    [aggregate.charges]               # one number from many rows
    file = "claims_transactions.csv"
    key = "CLAIMID"
    by = "Id"
    sum = "AMOUNT"
    where = { TYPE = "CHARGE" }

    [fields]
    claim_no = "Id"
    member_name = "{patient.FIRST} {patient.LAST}"
    billed = "charges"

    [defaults]
    currency = "USD"

    [statuses]
    CLOSED = "paid"

A field is a column, ``join.column``, an aggregate's name, ``sum(column)`` over a group,
    or a text with such names in braces.
Joined files lie beside the main file and are read by the same child process. The rows then go the way of every claim
list: the same codes, the same sums.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from liaison.domain.errors import Refused
from liaison.domain.listing import ListStatus, StagedFile
from liaison.domain.names import fold
from liaison.domain.problems import Problem
from liaison.exchange.bordereau import Answers, stage_table
from liaison.exchange.fields import AMOUNTS, Field
from liaison.exchange.reading import Cell, Row, opened_list
from liaison.exchange.refusals import unreadable
from liaison.exchange.values import as_amount, is_blank, text_of
from liaison.i18n import N_
from liaison.i18n.formats import AmountUnreadable

_HOW = ("sum", "count", "first", "min", "max")
_SUM_OF = re.compile(r"^sum\((?P<column>[^()]+)\)$")
_BRACES = re.compile(r"\{([^{}]+)\}")
_FIELDS = {
    f.value: f
    for f in Field
    if f not in (Field.OTHER, Field.SEQUENCE, Field.NAME, Field.KIND, Field.CODE, Field.EMPLOYEE_NAME, Field.PAID)
}

WRONG_TOML = N_("The mapping {file} is not valid TOML: look at line {line}.")
UNKNOWN_FIELD = N_("The mapping {file} names the field “{name}”, which there is not. See the help on mappings.")
UNKNOWN_COLUMN = N_("The mapping {file} names the column “{name}”, which {table} does not have.")
UNKNOWN_SOURCE = N_("The mapping {file} takes a value from “{name}”, which is no column, no join and no aggregate.")
UNKNOWN_STATUS = N_("The mapping {file} names the status “{name}”, which there is not.")
MISSING_KEY = N_("The mapping {file} lacks “{name}” in its part “{part}”.")
BAD_FILE_NAME = N_(
    "The mapping {file} names “{name}”: joined files lie beside the list, so only a bare name is allowed."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """One row of another table for each row of the main one."""

    file: str
    key: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """One value from the rows of another table that belong to a row of the main one."""

    file: str
    key: str
    by: str
    how: str
    column: str
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMapping:
    """A mapping file as read."""

    file: str
    is_plain: bool
    group_by: str
    joins: Mapping[str, Join]
    aggregates: Mapping[str, Aggregate]
    fields: Mapping[Field, str]
    defaults: Mapping[Field, str]
    statuses: Mapping[str, ListStatus]


def read_mapping(path: Path) -> ListMapping:
    """Read and check a mapping file. Raises :class:`Refused` with what is wrong in it."""
    try:
        body = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise unreadable(path.name) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise _wrong(path.name, WRONG_TOML, line=line[1] if line else "?") from error
    listed = body.get("list", {})
    return ListMapping(
        file=path.name,
        is_plain=listed.get("numbers", "local") == "plain",
        group_by=str(listed.get("group_by", "")),
        joins={name: _join(path.name, name, part) for name, part in body.get("join", {}).items()},
        aggregates={name: _aggregate(path.name, name, part) for name, part in body.get("aggregate", {}).items()},
        fields={_field(path.name, name): str(source) for name, source in body.get("fields", {}).items()},
        defaults={_field(path.name, name): str(value) for name, value in body.get("defaults", {}).items()},
        statuses={fold(word): _status(path.name, str(value)) for word, value in body.get("statuses", {}).items()},
    )


def _wrong(mapping: str, message: str, /, **values: object) -> Refused:
    return Refused([Problem(code="BAD_MAPPING", message=message, field="mapping", values={"file": mapping, **values})])


def _need(file: str, part: str, body: Mapping[str, Any], name: str) -> str:
    if not body.get(name):
        raise _wrong(file, MISSING_KEY, part=part, name=name)
    return str(body[name])


def _bare(file: str, name: str) -> str:
    if Path(name).name != name or "\\" in name or name.startswith("."):
        raise _wrong(file, BAD_FILE_NAME, name=name)
    return name


def _join(file: str, name: str, body: Mapping[str, Any]) -> Join:
    return Join(
        file=_bare(file, _need(file, name, body, "file")),
        key=_need(file, name, body, "key"),
        by=_need(file, name, body, "by"),
    )


def _aggregate(file: str, name: str, body: Mapping[str, Any]) -> Aggregate:
    how = next((each for each in _HOW if each in body), "")
    if not how:
        raise _wrong(file, MISSING_KEY, part=name, name="sum")
    return Aggregate(
        file=_bare(file, _need(file, name, body, "file")),
        key=_need(file, name, body, "key"),
        by=_need(file, name, body, "by"),
        how=how,
        column=str(body[how]),
        where={str(k): str(v) for k, v in body.get("where", {}).items()},
    )


def _field(file: str, name: str) -> Field:
    if name not in _FIELDS:
        raise _wrong(file, UNKNOWN_FIELD, name=name)
    return _FIELDS[name]


def _status(file: str, name: str) -> ListStatus:
    try:
        return ListStatus(name)
    except ValueError as error:
        raise _wrong(file, UNKNOWN_STATUS, name=name) from error


# reading the tables


class Table:
    """A table of a file: its rows by column name. The first filled row is its head."""

    def __init__(self, path: Path, password: str | None = None) -> None:
        self.file = path.name
        self.sha256 = ""
        self.columns: dict[str, int] = {}
        self.rows: list[tuple[int, Row]] = []
        with opened_list(path, password=password) as reading:
            for sheet in reading.sheets():
                for number, row in sheet.rows():
                    if not self.columns:
                        self.columns = {text_of(c): i for i, c in enumerate(row) if not is_blank(c)}
                    elif row:
                        self.rows.append((number, row))
                if self.columns:
                    break
            self.sha256, self.format = reading.sha256, reading.format

    def index(self, name: str, mapping: str) -> int:
        """Where a column stands; refuses a name the table does not have."""
        if name not in self.columns:
            raise _wrong(mapping, UNKNOWN_COLUMN, table=self.file, name=name)
        return self.columns[name]


def _cell(row: Row, index: int) -> Cell:
    return row[index] if index < len(row) else ""


class _Tables:
    """The main table with everything that hangs on it."""

    def __init__(self, main: Path, mapping: ListMapping, password: str | None) -> None:
        self.mapping = mapping
        self.main = Table(main, password)
        folder = main.parent
        read: dict[str, Table] = {}
        for name in [each.file for each in mapping.joins.values()] + [
            each.file for each in mapping.aggregates.values()
        ]:
            if name not in read:
                read[name] = Table(folder / name, password)
        self._tables = read
        self._joined = {name: self._by_key(join) for name, join in mapping.joins.items()}
        self._summed = {name: self._aggregated(each) for name, each in mapping.aggregates.items()}

    def _by_key(self, join: Join) -> dict[str, Row]:
        table = self._tables[join.file]
        key = table.index(join.key, self.mapping.file)
        found: dict[str, Row] = {}
        for _, row in table.rows:
            found.setdefault(text_of(_cell(row, key)), row)
        return found

    def _aggregated(self, each: Aggregate) -> dict[str, Decimal | str]:
        table, file = self._tables[each.file], self.mapping.file
        key = table.index(each.key, file)
        column = table.index(each.column, file)
        conditions = [(table.index(name, file), value) for name, value in each.where.items()]
        found: dict[str, Decimal | str] = {}
        for _, row in table.rows:
            if all(text_of(_cell(row, index)) == value for index, value in conditions):
                group = text_of(_cell(row, key))
                found[group] = self._added(found.get(group), _cell(row, column), each.how)
        return found

    def _added(self, so_far: Decimal | str | None, cell: Cell, how: str) -> Decimal | str:
        if how == "first":
            return so_far if so_far is not None else text_of(cell)
        if how == "count":
            return Decimal(1) + (so_far if isinstance(so_far, Decimal) else 0)
        value = self.number(cell)
        if not isinstance(so_far, Decimal):
            return value
        return {"sum": so_far + value, "min": min(so_far, value), "max": max(so_far, value)}[how]

    def number(self, cell: Cell) -> Decimal:
        """A cell as a number, in the mapping's notation; an empty one is nothing."""
        if is_blank(cell):
            return Decimal(0)
        if self.mapping.is_plain and isinstance(cell, str):
            return Decimal(cell.strip())
        return as_amount(cell).value

    def value(self, row: Row, source: str) -> Cell:
        """What a source says for a row of the main table."""
        if source in self.main.columns:
            return _cell(row, self.main.columns[source])
        if source in self._summed:
            return self._from_aggregate(row, source)
        if "{" in source:
            return " ".join(_BRACES.sub(lambda m: text_of(self.value(row, m[1])), source).split())
        join, _, column = source.partition(".")
        if join in self._joined and column:
            return self._from_join(row, join, column)
        raise _wrong(self.mapping.file, UNKNOWN_SOURCE, name=source)

    def _from_aggregate(self, row: Row, name: str) -> Cell:
        each = self.mapping.aggregates[name]
        found = self._summed[name].get(text_of(self.value(row, each.by)))
        if each.how == "count":
            return str(found or 0)
        if found is None:
            return "0.00" if each.how == "sum" else ""
        return found if isinstance(found, str) else _plain(found)

    def _from_join(self, row: Row, name: str, column: str) -> Cell:
        join = self.mapping.joins[name]
        index = self._tables[join.file].index(column, self.mapping.file)
        other = self._joined[name].get(text_of(self.value(row, join.by)))
        return "" if other is None else _cell(other, index)

    def check(self) -> None:
        """Refuse sources that lead nowhere before a single row is read."""
        for source in self.mapping.fields.values():
            if match := _SUM_OF.match(source):
                self.main.index(match["column"], self.mapping.file)
            else:
                self.value([], source)
        if self.mapping.group_by:
            self.main.index(self.mapping.group_by, self.mapping.file)


def _plain(value: Decimal) -> str:
    return f"{value:.2f}"


# rows


def stage_mapped(
    main: Path, mapping: ListMapping, *, answers: Answers | None = None, password: str | None = None
) -> StagedFile:
    """Bring a list together from its tables and decide every row's fate, as :func:`bordereau.stage_claims` does."""
    tables = _Tables(main, mapping, password)
    tables.check()
    wanted = answers or Answers()
    said = Answers(
        currency=wanted.currency or mapping.defaults.get(Field.CURRENCY, ""),
        columns=wanted.columns,
        statuses={**mapping.statuses, **wanted.statuses},
    )
    fields = tuple(dict.fromkeys([*mapping.fields, *mapping.defaults]))
    rows = _rows(tables, fields)
    return stage_table(main.name, tables.main.sha256, tables.main.format, fields, rows, said)


def _rows(tables: _Tables, fields: tuple[Field, ...]) -> Iterator[tuple[int, Row]]:
    for number, group in _groups(tables):
        yield number, [_field_value(tables, group, each) for each in fields]


def _groups(tables: _Tables) -> Iterator[tuple[int, list[Row]]]:
    """Rows of the main table, those of one claim together, in the order of their first."""
    if not tables.mapping.group_by:
        yield from ((number, [row]) for number, row in tables.main.rows)
        return
    key = tables.main.index(tables.mapping.group_by, tables.mapping.file)
    groups: dict[str, tuple[int, list[Row]]] = {}
    for number, row in tables.main.rows:
        groups.setdefault(text_of(_cell(row, key)), (number, []))[1].append(row)
    yield from groups.values()


def _field_value(tables: _Tables, group: list[Row], each: Field) -> Cell:
    mapping = tables.mapping
    source = mapping.fields.get(each)
    if source is None:
        return mapping.defaults[each]
    if match := _SUM_OF.match(source):
        index = tables.main.columns[match["column"]]
        try:
            return _plain(sum((tables.number(_cell(row, index)) for row in group), Decimal(0)))
        except (AmountUnreadable, InvalidOperation):
            return "?"
    value = tables.value(group[0], source)
    if is_blank(value) and each in mapping.defaults:
        return mapping.defaults[each]
    if mapping.is_plain and each in AMOUNTS and isinstance(value, str):
        try:
            return _plain(Decimal(value.strip())) if value.strip() else ""
        except InvalidOperation:
            return value
    return value
