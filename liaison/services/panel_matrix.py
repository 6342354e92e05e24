"""The panels of a day as a matrix: hospitals down, insurers across; four reads, however large the network is."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.grids import Cell, Column, ColumnKind, Grid
from liaison.domain.network import OrganizationKind
from liaison.domain.panel_matrix import NOTHING_KNOWN, PanelCell, PanelState, PanelWord, cell_of
from liaison.i18n import N_
from liaison.services.changes import today
from liaison.services.credits import entries
from liaison.store.models import CreditRow, OrganizationRow, PanelRow


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A hospital or an insurer of the matrix. ``short`` heads a column."""

    id: int
    name: str
    short: str
    city: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRowView:
    """One hospital with what is known of each insurer; an insurer without an entry is unknown."""

    hospital: House
    cells: Mapping[int, PanelCell]

    @property
    def id(self) -> int:
        """The hospital's key."""
        return self.hospital.id

    def cell(self, insurer_id: int) -> PanelCell:
        """What is known of one insurer here."""
        return self.cells.get(insurer_id, NOTHING_KNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelMatrix:
    """Every hospital against every insurer on one day."""

    day: dt.date
    today: dt.date
    insurers: tuple[House, ...]
    rows: tuple[PanelRowView, ...]
    cities: tuple[str, ...]
    """Cities with a hospital, whatever the matrix is narrowed to."""

    def counts(self) -> Mapping[PanelState, int]:
        """How many cells of each state."""
        found = Counter(row.cell(insurer.id).state for row in self.rows for insurer in self.insurers)
        return {state: found[state] for state in PanelState}

    def ending(self) -> int:
        """How many hospitals leave a panel within the next months."""
        return sum(row.cell(insurer.id).ends_soon for row in self.rows for insurer in self.insurers)


def panel_matrix(session: Session, day: dt.date | None = None, city: str = "") -> PanelMatrix:
    """The matrix of a day (none: today), of one city or of all."""
    now = today(session)
    day = day or now
    hospitals = _open(session, OrganizationKind.HOSPITAL, day)
    shown = [h for h in hospitals if not city or h.city == city]
    insurers = tuple(_house(row) for row in _open(session, OrganizationKind.INSURER, day))
    words, credits = _words(session, day), _credits(session, day)
    rows = []
    for hospital in shown:
        told = words.get(hospital.id, {})
        credit = entries(credits.get(hospital.id, ()))
        own = hospital.has_credit_arrangement
        wanted = [i.id for i in insurers] if credit or own is not None else list(told)
        rows.append(
            PanelRowView(
                hospital=_house(hospital),
                cells={
                    key: cell_of(told.get(key, ()), credit, key, day=day, today=now, own_record=own) for key in wanted
                },
            )
        )
    cities = sorted({h.city for h in hospitals if h.city}, key=str.casefold)
    return PanelMatrix(day=day, today=now, insurers=insurers, rows=tuple(rows), cities=tuple(cities))


def _open(session: Session, kind: OrganizationKind, day: dt.date) -> Sequence[OrganizationRow]:
    return session.scalars(
        sa.select(OrganizationRow)
        .where(
            OrganizationRow.kind == kind, OrganizationRow.merged_into_id.is_(None),
            sa.or_(OrganizationRow.closed_on.is_(None), OrganizationRow.closed_on > day),
        )
        .order_by(OrganizationRow.name_key, OrganizationRow.id)
    ).all()  # fmt: skip


def _house(row: OrganizationRow) -> House:
    return House(id=row.id, name=row.name, short=row.short_name or row.name, city=row.city)


def _spoken_of(row: Any, day: dt.date) -> list[sa.ColumnElement[bool]]:
    """Words that speak of a day."""
    return [
        sa.or_(row.valid_from.is_(None), row.valid_from <= day),
        sa.or_(row.valid_to.is_(None), row.valid_to >= day),
    ]


def _words(session: Session, day: dt.date) -> dict[int, dict[int, list[PanelWord]]]:
    p = PanelRow
    found: dict[int, dict[int, list[PanelWord]]] = defaultdict(lambda: defaultdict(list))
    asked = sa.select(
        p.hospital_id, p.insurer_id, p.id, p.version, p.is_on_panel, p.source, p.checked_on, p.valid_from, p.valid_to
    ).where(*_spoken_of(p, day))
    for hospital, insurer, key, version, is_on, source, checked, first, last in session.execute(asked.order_by(p.id)):
        found[hospital][insurer].append(
            PanelWord(id=key, version=version, is_on_panel=is_on, source=source, checked_on=checked, valid_from=first,
                      valid_to=last)
        )  # fmt: skip
    return found


def _credits(session: Session, day: dt.date) -> dict[int, list[CreditRow]]:
    found: dict[int, list[CreditRow]] = defaultdict(list)
    for row in session.scalars(sa.select(CreditRow).where(*_spoken_of(CreditRow, day)).order_by(CreditRow.id)):
        found[row.hospital_id].append(row)
    return found


# out


def grids_of(found: PanelMatrix) -> list[Grid]:
    """The matrix for a workbook, and beside it a row for every known cell with source and age."""
    return [_matrix_grid(found), _words_grid(found)]


def _matrix_grid(found: PanelMatrix) -> Grid:
    columns = (
        Column(label=N_("Hospital"), width=2.4), Column(label=N_("City")),
        *(Column(label=insurer.name) for insurer in found.insurers),
    )  # fmt: skip
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (row.hospital.name, row.hospital.city, *(row.cell(insurer.id).state for insurer in found.insurers))
        for row in found.rows
    )
    return Grid(title=N_("Panels"), columns=columns, rows=rows)


def _words_grid(found: PanelMatrix) -> Grid:
    columns = (
        Column(label=N_("Hospital"), width=2.4), Column(label=N_("City")), Column(label=N_("Insurer"), width=2.0),
        Column(label=N_("Panel"), width=1.4), Column(label=N_("Until"), kind=ColumnKind.DATE),
        Column(label=N_("Source"), width=1.6), Column(label=N_("Checked on"), kind=ColumnKind.DATE),
        Column(label=N_("Days since"), kind=ColumnKind.COUNT), Column(label=N_("Treats on a letter")),
        Column(label=N_("Terms"), width=1.6), Column(label=N_("Source of the credit"), width=1.6),
        Column(label=N_("Credit checked on"), kind=ColumnKind.DATE),
    )  # fmt: skip
    rows = [
        _word_row(found, row, insurer)
        for row in found.rows
        for insurer in found.insurers
        if row.cell(insurer.id).word is not None or row.cell(insurer.id).credit is not None
    ]
    return Grid(title=N_("Panels with their sources"), columns=columns, rows=tuple(rows))


def _word_row(found: PanelMatrix, row: PanelRowView, insurer: House) -> tuple[Cell, ...]:
    cell = row.cell(insurer.id)
    word, credit = cell.word, cell.credit
    return (
        row.hospital.name, row.hospital.city, insurer.name, cell.state, word.valid_to if word else None,
        word.source if word else None, word.checked_on if word else None,
        (found.today - word.checked_on).days if word else None, cell.gives_credit, credit.terms if credit else None,
        credit.source if credit else None, credit.checked_on if credit else None,
    )  # fmt: skip
