"""Doctors, package prices and hospital groups as tables, for Excel and for the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from liaison.domain.doctors import with_title
from liaison.domain.grids import Cell, Column, ColumnKind, Grid
from liaison.i18n import N_, Language
from liaison.services.changes import today
from liaison.services.doctor_views import DoctorLine
from liaison.services.list_of_offers import DOCTORS, PACKAGES
from liaison.services.list_queries import ListQuery
from liaison.services.network_groups import groups_on, members_on


def doctors_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """Every doctor at every hospital whose words fit, with hours, the next absence and the next free time."""
    day = today(session)
    rows = tuple(_cells_of(line, day) for line in DOCTORS.asked(session, query))
    columns = (
        Column(label=N_("Doctor")), Column(label=N_("Specialties")), Column(label=N_("Hospital")),
        Column(label=N_("City")), Column(label=N_("Hours of the week")), Column(label=N_("Clinic")),
        Column(label=N_("Telephone of the clinic")), Column(label=N_("Languages")),
        Column(label=N_("Away from"), kind=ColumnKind.DATE),
        Column(label=N_("Away until"), kind=ColumnKind.DATE),
        Column(label=N_("Next free time"), kind=ColumnKind.DATE), Column(label=N_("Hour")),
        Column(label=N_("Told by")), Column(label=N_("Told on"), kind=ColumnKind.DATE),
        Column(label=N_("Since"), kind=ColumnKind.DATE), Column(label=N_("Until"), kind=ColumnKind.DATE),
        Column(label=N_("No longer practises since"), kind=ColumnKind.DATE),
        Column(label=N_("Last verified on"), kind=ColumnKind.DATE),
    )  # fmt: skip
    return Grid(title=N_("Doctors"), columns=columns, rows=rows)


def _cells_of(line: DoctorLine, day: dt.date) -> tuple[Cell, ...]:
    one, place, slot, absence = line.doctor, line.place, line.slot, line.doctor.next_absence(day)
    away = (absence.first_on, absence.last_on) if absence is not None else (None, None)
    told = (slot.slot_on, slot.slot_time or None, slot.told_by, slot.told_on) if slot is not None else (None,) * 4
    return (
        with_title(one.title, one.name), ", ".join(one.specialties) or None, place.hospital, place.city or None,
        place.sessions or None, place.clinic or None, place.phone or None, ", ".join(one.languages) or None, *away,
        *told, place.since, place.until, one.retired_on, one.last_verified_on,
    )  # fmt: skip


def packages_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """Every package price whose words fit; what can be had today first."""
    rows = tuple(
        (
            p.draft.name, p.hospital, p.city or None, p.draft.specialty or None, p.draft.procedure or None,
            p.draft.price, p.draft.nights, ", ".join(p.draft.includes) or None, ", ".join(p.draft.excludes) or None,
            p.hotel or None, p.draft.hotel_nights, p.draft.hotel_price, p.draft.valid_from, p.draft.valid_to, p.state,
            p.draft.source, p.draft.last_verified_on, p.draft.retired_on,
        )
        for p in PACKAGES.asked(session, query)
    )  # fmt: skip
    columns = (
        Column(label=N_("Package")), Column(label=N_("Hospital")), Column(label=N_("City")),
        Column(label=N_("Specialty")), Column(label=N_("What is done")),
        Column(label=N_("Price"), kind=ColumnKind.MONEY),
        Column(label=N_("Nights in hospital"), kind=ColumnKind.COUNT), Column(label=N_("Included")),
        Column(label=N_("Not included")), Column(label=N_("Hotel in the package")),
        Column(label=N_("Nights in the hotel"), kind=ColumnKind.COUNT),
        Column(label=N_("Of the price, for the hotel"), kind=ColumnKind.MONEY),
        Column(label=N_("Valid from"), kind=ColumnKind.DATE), Column(label=N_("Valid until"), kind=ColumnKind.DATE),
        Column(label=N_("Status")), Column(label=N_("Source")),
        Column(label=N_("Last verified on"), kind=ColumnKind.DATE),
        Column(label=N_("No longer offered since"), kind=ColumnKind.DATE),
    )  # fmt: skip
    return Grid(title=N_("Package prices"), columns=columns, rows=rows)


def groups_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """Every hospital that ever belonged to a group, with its days; a day is asked for by the store's clock."""
    day = today(session)
    rows = tuple(
        (group.name, m.name, m.city or None, m.country or None, m.valid_from, m.valid_to, m.source or None)
        for group in groups_on(session, day)
        for m in members_on(session, group.id, day)
        if _fits(query, f"{group.name} {m.name} {m.city}")
    )
    columns = (
        Column(label=N_("Hospital group")), Column(label=N_("Hospital")), Column(label=N_("City")),
        Column(label=N_("Country")), Column(label=N_("Since"), kind=ColumnKind.DATE),
        Column(label=N_("Until"), kind=ColumnKind.DATE), Column(label=N_("Source")),
    )  # fmt: skip
    return Grid(title=N_("Hospital groups"), columns=columns, rows=rows)


GRIDS: Mapping[str, Callable[[Session, ListQuery, Language], Grid]] = {
    "doctors": doctors_grid, "packages": packages_grid, "groups": groups_grid,
}  # fmt: skip


def _fits(query: ListQuery, words: str) -> bool:
    plain = words.casefold()
    return all(word in plain for word in query.text.casefold().split())
