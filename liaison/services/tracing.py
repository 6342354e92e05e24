"""What a printed report stands on: the keys of its rows, and for each of its figures which of them it counts.

Kept in the action of the release, so that every printed number can be explained as long as the report is on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.services.packed_keys import bitmap, chosen, packed, unpacked
from liaison.store.models import ReleaseFigureRow, ReleaseSourceRow

Source = tuple[str, int]
"""A row: its table and its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """A figure as the paper calls it and prints it, in the paper's language, with the rows behind it."""

    label: str
    printed: str
    rows: tuple[Source, ...]
    period: str = ""
    counted: int | None = None
    """How many persons it counts, where it counts persons; else its rows are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A figure of a printed report that can be opened."""

    id: int
    release_id: int
    place: int
    """From 1, in the order in which they stand on the paper; 0 is the paper as a whole."""
    label: str
    period: str
    printed: str
    counted: int | None


WHOLE = 0
"""The place of what is no figure of its own: everything the paper stands on."""


def record_trace(
    session: Session, release_id: int, *, rows: Iterable[Source] = (), figures: Sequence[Traced] = ()
) -> None:
    """Keep the rows of a report and its figures. Call it in the action of the release."""
    tables: dict[str, set[int]] = {}
    for table, key in (*rows, *(one for figure in figures for one in figure.rows)):
        tables.setdefault(table, set()).add(key)
    ordered: list[Source] = []
    for place, table in enumerate(tables):
        keys = sorted(tables[table])
        ordered += [(table, key) for key in keys]
        session.add(ReleaseSourceRow(release_id=release_id, place=place, table_name=table, keys=packed(keys)))
    at = {source: number for number, source in enumerate(ordered)}
    numbers = {number: number for number in range(len(ordered))}
    for place, one in enumerate(figures, WHOLE + 1):
        members = bitmap((at[source] for source in one.rows), numbers)
        session.add(
            ReleaseFigureRow(
                release_id=release_id, place=place, label=one.label, period=one.period, printed=one.printed,
                counted=one.counted, members=members,
            )
        )  # fmt: skip
    session.flush()


def copy_trace(session: Session, old: int, new: int) -> None:
    """The same report left once more: it stands on the same rows."""
    for source in session.scalars(sa.select(ReleaseSourceRow).where(ReleaseSourceRow.release_id == old)).all():
        session.add(
            ReleaseSourceRow(release_id=new, place=source.place, table_name=source.table_name, keys=source.keys)
        )
    for one in session.scalars(sa.select(ReleaseFigureRow).where(ReleaseFigureRow.release_id == old)).all():
        session.add(
            ReleaseFigureRow(
                release_id=new, place=one.place, label=one.label, period=one.period, printed=one.printed,
                counted=one.counted, members=one.members,
            )
        )  # fmt: skip
    session.flush()


def figures_of(session: Session, release_id: int) -> tuple[FigureLine, ...]:
    """The figures of a printed report in the order in which they stand on it."""
    r = ReleaseFigureRow
    asked = sa.select(r.id, r.place, r.label, r.period, r.printed, r.counted).where(r.release_id == release_id)
    return tuple(
        FigureLine(id=key, release_id=release_id, place=place, label=label, period=period, printed=printed,
                   counted=counted)
        for key, place, label, period, printed, counted in session.execute(asked.order_by(r.place))
    )  # fmt: skip


def figure_at(session: Session, release_id: int, place: int) -> FigureLine | None:
    """The figure of a report with this number, if it has one."""
    return next((one for one in figures_of(session, release_id) if one.place == place), None)


def sources_of(session: Session, release_id: int, place: int = WHOLE) -> tuple[Source, ...]:
    """The rows behind a figure of a report; behind the report as a whole without a place."""
    rows = list(_all_sources(session, release_id))
    if place == WHOLE:
        return tuple(rows)
    asked = sa.select(ReleaseFigureRow.members).where(
        ReleaseFigureRow.release_id == release_id, ReleaseFigureRow.place == place
    )
    members = session.scalar(asked)
    return () if members is None else tuple(rows[number] for number in chosen(range(len(rows)), members))


def _all_sources(session: Session, release_id: int) -> Iterator[Source]:
    r = ReleaseSourceRow
    asked = sa.select(r.table_name, r.keys).where(r.release_id == release_id).order_by(r.place)
    for table, keys in session.execute(asked):
        for key in unpacked(keys):
            yield table, key
