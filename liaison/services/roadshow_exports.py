"""Lists of roadshows as tables of plain values: events, guests, wishes, promises, and a series compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from liaison.domain.grids import Column, ColumnKind, Grid
from liaison.i18n import N_, Language
from liaison.services.list_queries import ListQuery
from liaison.services.roadshow_series import series_names, series_view
from liaison.services.roadshow_views import guests_of, needs_of, promises_of, roadshow_lines

ROADSHOWS, GUESTS, NEEDS, PROMISES, COMPARED = (
    "roadshows", "roadshow_guests", "roadshow_needs", "roadshow_promises", "roadshow_series",
)  # fmt: skip


def roadshows_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """Every event that the words of the filter ask for."""
    rows = tuple(
        (n.city, n.series, n.kind, n.starts_on, n.ends_on, n.venue or None, n.state, n.permits_open, n.invited,
         n.coming, n.came, n.needs, n.promises_open, n.promises_late)
        for n in roadshow_lines(session, query.text)
    )  # fmt: skip
    columns = (
        Column(label=N_("City")), Column(label=N_("Series")), Column(label=N_("Kind of event")),
        Column(label=N_("First day"), kind=ColumnKind.DATE), Column(label=N_("Last day"), kind=ColumnKind.DATE),
        Column(label=N_("Venue")), Column(label=N_("Status")),
        Column(label=N_("Open permits"), kind=ColumnKind.COUNT), Column(label=N_("Invited"), kind=ColumnKind.COUNT),
        Column(label=N_("Coming"), kind=ColumnKind.COUNT), Column(label=N_("There"), kind=ColumnKind.COUNT),
        Column(label=N_("Wishes"), kind=ColumnKind.COUNT), Column(label=N_("Open promises"), kind=ColumnKind.COUNT),
        Column(label=N_("Late promises"), kind=ColumnKind.COUNT),
    )  # fmt: skip
    return Grid(title=N_("Roadshows"), columns=columns, rows=rows)


def guests_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """The guests of every event that the filter asks for; the list names people and stays in the office."""
    rows = tuple(
        (n.city, n.starts_on, g.house or None, g.name or None, g.position or None, g.phone or None, g.email or None,
         g.is_visitor, g.state, g.came_at, g.consent_on, g.case_no or None)
        for n in roadshow_lines(session, query.text)
        for g in guests_of(session, n.id)
    )  # fmt: skip
    columns = (
        Column(label=N_("City")), Column(label=N_("First day"), kind=ColumnKind.DATE), Column(label=N_("Organisation")),
        Column(label=N_("Person")), Column(label=N_("Position")),
        Column(label=N_("Telephone"), kind=ColumnKind.IDENTIFIER), Column(label=N_("E-mail")),
        Column(label=N_("Visitor for an own matter")), Column(label=N_("Answer")),
        Column(label=N_("Came at"), kind=ColumnKind.MOMENT),
        Column(label=N_("Agreed to be contacted on"), kind=ColumnKind.DATE),
        Column(label=N_("Case number"), kind=ColumnKind.IDENTIFIER),
    )  # fmt: skip
    return Grid(title=N_("Guests of roadshows"), columns=columns, rows=rows)


def needs_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """The register of wishes over every event that the filter asks for."""
    lines = {n.id: n for n in roadshow_lines(session, query.text)}
    rows = tuple(
        (lines[n.roadshow_id].city, lines[n.roadshow_id].starts_on, n.house or None, n.region, n.topic, n.wish,
         n.answer or None, n.officer or None, n.for_all or None)
        for n in needs_of(session, lines)
    )  # fmt: skip
    columns = (
        Column(label=N_("City")), Column(label=N_("First day"), kind=ColumnKind.DATE),
        Column(label=N_("Who wishes it")), Column(label=N_("Region")), Column(label=N_("About")),
        Column(label=N_("Wish")),
        Column(label=N_("Our answer")), Column(label=N_("Officer")), Column(label=N_("Wording for everybody")),
    )  # fmt: skip
    return Grid(title=N_("Wishes at roadshows"), columns=columns, rows=rows)


def promises_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """The promises of every event that the filter asks for, with what became of them."""
    lines = {n.id: n for n in roadshow_lines(session, query.text)}
    rows = tuple(
        (lines[p.roadshow_id].city, lines[p.roadshow_id].starts_on, p.what, p.who or None, p.house or None, p.due_on,
         p.done_on, p.evidence or None)
        for p in promises_of(session, lines)
    )  # fmt: skip
    columns = (
        Column(label=N_("City")), Column(label=N_("First day"), kind=ColumnKind.DATE), Column(label=N_("Promise")),
        Column(label=N_("Who promised it")), Column(label=N_("To or from which house")),
        Column(label=N_("Due"), kind=ColumnKind.DATE), Column(label=N_("Kept on"), kind=ColumnKind.DATE),
        Column(label=N_("Evidence")),
    )  # fmt: skip
    return Grid(title=N_("Promises of roadshows"), columns=columns, rows=rows)


def series_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """The cities of a series side by side; the filter names the series, else it is the newest."""
    names = series_names(session)
    view = series_view(session, query.text or (names[0] if names else ""))
    rows = tuple(
        (line.topic, line.where.text(language), *("; ".join(n.wish for n in found) or None for found in line.wishes))
        for line in view.lines
    )
    cities = tuple(Column(label=city) for city in view.cities)
    columns = (Column(label=N_("About")), Column(label=N_("Asked where")), *cities)
    return Grid(title=N_("Cities of a series compared"), columns=columns, rows=rows)


GRIDS: Mapping[str, Callable[[Session, ListQuery, Language], Grid]] = {
    ROADSHOWS: roadshows_grid,
    GUESTS: guests_grid,
    NEEDS: needs_grid,
    PROMISES: promises_grid,
    COMPARED: series_grid,
}
NAMES_PEOPLE = frozenset({GUESTS})
"""Of these lists, those with people on them."""
