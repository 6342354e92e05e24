""" "Explain this number": the cases, claims and other rows behind a figure of a printed report, as they stand today.

A row that changed since the print says so; one that is no longer here is counted, and told apart where it was erased.
A number hidden on the paper opens too: this stays inside the office.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.coded import Coded
from liaison.domain.errors import Refused
from liaison.domain.grammar import TermField
from liaison.domain.grids import Column, ColumnKind, Grid
from liaison.domain.privacy import HELD_BACK, STAR
from liaison.domain.problems import Problem
from liaison.i18n import N_, Language
from liaison.services.changes import day_of
from liaison.services.list_of_claims import claim_page
from liaison.services.list_of_journeys import journey_page
from liaison.services.list_queries import ListQuery
from liaison.services.releases import ReleaseView, release_of
from liaison.services.sifting import Heading, Sifted, both_languages, one_of, part_of
from liaison.services.tracing import WHOLE, FigureLine, Source, figure_at, figures_of, sources_of
from liaison.store.models import (
    AgreementRow,
    BillRow,
    ErasureRow,
    EstimateRow,
    GuaranteeRow,
    JourneyRow,
    LostLaptopRow,
    OrganizationRow,
    PatientRow,
    RoadshowRow,
)
from liaison.store.types import to_microseconds

NO_SUCH_FIGURE = N_("This report has no figure of this number. Its figures are counted from 1 to {count}.")
_AT_ONCE = 500


class RowKind(Coded):
    """What a row behind a figure is; the value is its table."""

    JOURNEY = "journey", N_("Case")
    CLAIM = "claim", N_("Claim")
    GUARANTEE = "guarantee", N_("Guarantee letter")
    BILL = "bill", N_("Bill")
    ESTIMATE = "estimate", N_("Estimate")
    PATIENT = "patient", N_("Person")
    ORGANIZATION = "organization", N_("House")
    AGREEMENT = "agreement", N_("Agreement")
    ROADSHOW = "roadshow", N_("Roadshow")
    LOST_LAPTOP = "lost_laptop", N_("Lost laptop")
    ERASURE = "erasure", N_("Erasure")


@dataclass(frozen=True, slots=True, kw_only=True)
class BehindLine:
    """One row behind a figure, as it is now. ``id`` is its place among the rows of the report."""

    id: int
    kind: RowKind
    key: int
    number: str
    """By which it is known: of the case, the claim, the letter; empty for a person or a house."""
    name: str
    """The person; empty where none belongs to it."""
    title: str = ""
    """What it is called where it is no person: a house, an agreement."""
    house: str = ""
    city: str = ""
    state: Coded | None = None
    day: dt.date | None = None
    patient_id: int | None = None
    journey_id: int | None = None
    has_changed: bool = False
    """Whether anybody changed it since the report was printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A figure of a report with what became of the rows it counted."""

    release: ReleaseView
    figure: FigureLine
    rows: int
    """So many rows it stood on when it was printed."""
    erased: int
    gone: int
    """Taken out otherwise."""
    changed: int

    @property
    def is_whole(self) -> bool:
        """Whether it is the paper as a whole."""
        return self.figure.place == WHOLE


def figure_of(session: Session, release_id: int, place: int) -> FigureLine:
    """A figure of a report by its number; 0 is the report as a whole. Refuses a number it does not have."""
    if place == WHOLE:
        return FigureLine(id=0, release_id=release_id, place=WHOLE, label="", period="", printed="", counted=None)
    found = figure_at(session, release_id, place)
    if found is None:
        values = {"count": len(figures_of(session, release_id))}
        raise Refused([Problem(code="NO_SUCH_FIGURE", message=NO_SUCH_FIGURE, field="figure", values=values)])
    return found


def explain(session: Session, release_id: int, place: int = WHOLE) -> Explained:
    """A figure, and how many of its rows are still here."""
    release = release_of(session, release_id)
    sources = sources_of(session, release_id, place)
    here = _here(session, sources)
    lost = [source for source in sources if source not in here]
    erased = _erased(session, lost)
    return Explained(
        release=release, figure=figure_of(session, release_id, place), rows=len(sources), erased=len(erased),
        gone=len(lost) - len(erased), changed=len(_changed(session, here, release.at)),
    )  # fmt: skip


def sentences_of(told: Explained, language: Language) -> list[str]:
    """What has to be said before anybody reads the rows of a figure."""
    _ = language
    at = _.formats.moment(told.release.at)
    if not told.rows:
        return [_("No row of the store stands behind this.")]
    found = [
        _.plural(
            "{count} of {rows} is no longer in the office: erased.",
            "{count} of {rows} are no longer in the office: erased.", told.erased, rows=told.rows,
        ) if told.erased else "",
        _.plural(
            "{count} of {rows} was taken out since.", "{count} of {rows} were taken out since.", told.gone,
            rows=told.rows,
        ) if told.gone else "",
        _.plural(
            "{count} of {rows} was changed since the print of {at}; it stands here as it is now.",
            "{count} of {rows} were changed since the print of {at}; they stand here as they are now.", told.changed,
            rows=told.rows, at=at,
        ) if told.changed else "",
    ]  # fmt: skip
    if not any(found):
        found = [_("Nothing was changed since the print of {at}.", at=at)]
    if told.figure.printed in (STAR, HELD_BACK):
        found.append(_("On the paper this number is hidden. Inside the office it may be looked at."))
    return [sentence for sentence in found if sentence]


def behind_page(session: Session, release_id: int, place: int, ids: Sequence[int]) -> list[BehindLine]:
    """Some of the rows behind a figure, by their places among the rows of the report."""
    return behind_lines(session, release_id, place, only=frozenset(ids))


def behind_lines(
    session: Session, release_id: int, place: int = WHOLE, *, only: frozenset[int] | None = None
) -> list[BehindLine]:
    """The rows behind a figure as they are now, in their own order; those that are gone are left out."""
    release = release_of(session, release_id)
    numbers = {source: number for number, source in enumerate(sources_of(session, release_id))}
    sources = sources_of(session, release_id, place)
    if only is not None:
        sources = tuple(source for source in sources if numbers[source] in only)
    changed = _changed(session, sources, release.at)
    found: dict[Source, BehindLine] = {}
    for table, keys in _by_table(sources).items():
        read = _READERS.get(table)
        for start in range(0, len(keys) if read is not None else 0, _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            for values in read(session, some) if read is not None else ():
                source = (table, values["key"])
                found[source] = BehindLine(
                    id=numbers[source], kind=RowKind(table), has_changed=source in changed, **values
                )
    return [found[source] for source in sources if source in found]


# lists of the window


def behind(release_id: int, place: int) -> Sifted[BehindLine]:
    """The list of the rows behind one figure."""
    return Sifted(
        name="printed_rows",
        lines=lambda session: behind_lines(session, release_id, place),
        words=lambda line: [
            line.number, line.name, line.title, line.house, line.city, *both_languages(line.kind.label),
            *(both_languages(line.state.label) if line.state is not None else ()),
        ],
        sorts={
            "number": lambda line: line.number,
            "name": lambda line: (line.name or line.title).casefold(),
            "house": lambda line: line.house.casefold(),
            "city": lambda line: line.city.casefold(),
            "day": lambda line: line.day,
            "state": lambda line: line.state.value if line.state is not None else "",
        },
        groups={
            "kind": Heading(of=lambda line: line.kind),
            "house": Heading(of=lambda line: line.house),
            "state": Heading(of=lambda line: line.state),
            "city": Heading(of=lambda line: line.city),
        },
        terms={
            TermField.KIND: one_of(RowKind, lambda line: [line.kind]),
            TermField.CITY: part_of(lambda line: [line.city]),
            TermField.HOSPITAL: part_of(lambda line: [line.house]),
        },
    )  # fmt: skip


def printed_figures(release_id: int) -> Sifted[FigureLine]:
    """The list of the figures of one report."""
    return Sifted(
        name="printed_figures",
        lines=lambda session: figures_of(session, release_id),
        words=lambda line: [line.label, line.period, line.printed],
        sorts={
            "place": lambda line: line.place,
            "label": lambda line: line.label.casefold(),
            "counted": lambda line: line.counted,
        },
    )


def people_of(lines: Iterable[BehindLine]) -> list[tuple[int, int | None]]:
    """Everybody these rows name, each once, with the case."""
    found: dict[int, int | None] = {}
    for line in lines:
        if line.patient_id is not None:
            found.setdefault(line.patient_id, line.journey_id)
    return list(found.items())


def behind_grid(session: Session, query: ListQuery, language: Language, *, release_id: int, place: int) -> Grid:
    """The rows behind a figure as a table of plain values."""
    columns = (
        Column(label=N_("Kind")), Column(label=N_("Number"), kind=ColumnKind.IDENTIFIER), Column(label=N_("Name")),
        Column(label=N_("House")), Column(label=N_("City")), Column(label=N_("Status")),
        Column(label=N_("Day"), kind=ColumnKind.DATE), Column(label=N_("Changed since the print")),
    )  # fmt: skip
    rows = tuple(
        (
            line.kind, line.number or None, line.name or line.title, line.house or None, line.city or None, line.state,
            line.day, line.has_changed,
        )
        for line in behind(release_id, place).asked(session, query)
    )  # fmt: skip
    return Grid(title=N_("Behind the figure"), columns=columns, rows=rows)


def figures_grid(session: Session, query: ListQuery, language: Language, *, release_id: int) -> Grid:
    """The figures of a report as a table of plain values."""
    columns = (
        Column(label=N_("No."), kind=ColumnKind.COUNT), Column(label=N_("Figure")), Column(label=N_("Period")),
        Column(label=N_("Printed")), Column(label=N_("People"), kind=ColumnKind.COUNT),
    )  # fmt: skip
    rows = tuple(
        (line.place, line.label, line.period or None, line.printed, line.counted)
        for line in printed_figures(release_id).asked(session, query)
    )
    return Grid(title=N_("Figures of a report"), columns=columns, rows=rows)


# what became of the rows


def _by_table(sources: Iterable[Source]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for table, key in sources:
        found.setdefault(table, []).append(key)
    return found


def _here(session: Session, sources: Sequence[Source]) -> set[Source]:
    """Those that are in the store now."""
    found: set[Source] = set()
    for table, keys in _by_table(sources).items():
        sql = f'SELECT id FROM "{table}" WHERE id IN (SELECT value FROM json_each(:k))'
        found |= {(table, key) for key in session.execute(sa.text(sql), {"k": json.dumps(keys)}).scalars()}
    return found


def _erased(session: Session, sources: Sequence[Source]) -> set[Source]:
    """Those whose history was blanked when somebody was erased."""
    asked = sa.text(
        "SELECT DISTINCT row_id FROM change WHERE table_name = :t AND digest IS NOT NULL "
        "AND row_id IN (SELECT value FROM json_each(:k))"
    )
    return {
        (table, key)
        for table, keys in _by_table(sources).items()
        for key in session.execute(asked, {"t": table, "k": json.dumps(keys)}).scalars()
    }


def _changed(session: Session, sources: Iterable[Source], since: dt.datetime) -> set[Source]:
    """Those that anybody changed after a moment."""
    asked = sa.text(
        "SELECT DISTINCT c.row_id FROM change c JOIN action a ON a.id = c.action_id WHERE c.table_name = :t "
        "AND a.at_us > :at AND c.row_id IN (SELECT value FROM json_each(:k))"
    )
    at = to_microseconds(since)
    return {
        (table, key)
        for table, keys in _by_table(sources).items()
        for key in session.execute(asked, {"t": table, "at": at, "k": json.dumps(keys)}).scalars()
    }


# the rows of each table

Values = Iterable[Mapping[str, Any]]


def _journeys(session: Session, keys: Sequence[int]) -> Values:
    for row in journey_page(session, keys):
        if row is not None:
            yield {
                "key": row.id, "number": row.case_no, "name": row.name, "house": row.hospital, "city": row.city,
                "state": row.state, "day": row.opened_on, "patient_id": row.patient_id, "journey_id": row.id,
            }  # fmt: skip


def _claims(session: Session, keys: Sequence[int]) -> Values:
    for row in claim_page(session, keys):
        if row is not None:
            yield {
                "key": row.id, "number": row.claim_no, "name": row.name, "house": row.hospital,
                "city": row.origin_city, "state": row.state, "day": row.submitted_on or row.aged_from,
                "patient_id": row.patient_id, "journey_id": row.journey_id,
            }  # fmt: skip


def _of_cases(row_type: Any, number: Any, day: Any) -> Callable[[Session, Sequence[int]], Values]:
    """Letters, bills and estimates: each with its case, which is what opens."""

    def read(session: Session, keys: Sequence[int]) -> Values:
        asked = (
            sa.select(
                row_type.id, number, day, JourneyRow.id, JourneyRow.case_no, PatientRow.full_name, PatientRow.id,
                OrganizationRow.name,
            )
            .join(JourneyRow, JourneyRow.id == row_type.journey_id)
            .join(PatientRow, PatientRow.id == JourneyRow.patient_id)
            .outerjoin(OrganizationRow, OrganizationRow.id == JourneyRow.hospital_id)
            .where(row_type.id.in_(keys))
        )  # fmt: skip
        for key, own, at, journey, case_no, name, patient, house in session.execute(asked):
            on = day_of(session, at) if isinstance(at, dt.datetime) else at
            yield {
                "key": key, "number": own or case_no, "name": name, "house": house or "", "day": on,
                "patient_id": patient, "journey_id": journey,
            }  # fmt: skip

    return read


def _patients(session: Session, keys: Sequence[int]) -> Values:
    asked = sa.select(PatientRow.id, PatientRow.full_name, PatientRow.city).where(PatientRow.id.in_(keys))
    for key, name, city in session.execute(asked):
        yield {"key": key, "number": "", "name": name, "city": city, "patient_id": key}


def _titled(row_type: Any, title: Any, city: Any = None, day: Any = None) -> Callable[[Session, Sequence[int]], Values]:
    """Houses, agreements, roadshows: known by what they are called."""

    def read(session: Session, keys: Sequence[int]) -> Values:
        nothing = sa.null()
        asked = sa.select(row_type.id, title, nothing if city is None else city, nothing if day is None else day).where(
            row_type.id.in_(keys)
        )
        for key, called, where, at in session.execute(asked):
            on = day_of(session, at) if isinstance(at, dt.datetime) else at
            yield {"key": key, "number": "", "name": "", "title": called, "city": where or "", "day": on}

    return read


_READERS: Mapping[str, Callable[[Session, Sequence[int]], Values]] = {
    "journey": _journeys,
    "claim": _claims,
    "guarantee": _of_cases(GuaranteeRow, GuaranteeRow.gl_no, GuaranteeRow.requested_at),
    "bill": _of_cases(BillRow, sa.literal(""), BillRow.billed_on),
    "estimate": _of_cases(EstimateRow, sa.literal(""), EstimateRow.stated_on),
    "patient": _patients,
    "organization": _titled(OrganizationRow, OrganizationRow.name, OrganizationRow.city),
    "agreement": _titled(AgreementRow, AgreementRow.title, None, AgreementRow.signed_on),
    "roadshow": _titled(RoadshowRow, RoadshowRow.series, RoadshowRow.city, RoadshowRow.starts_on),
    "lost_laptop": _titled(LostLaptopRow, LostLaptopRow.where_lost, None, LostLaptopRow.aware_at),
    "erasure": _titled(ErasureRow, ErasureRow.number, None, ErasureRow.asked_on),
}
