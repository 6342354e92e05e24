"""What should be checked again before anybody relies on it: houses, desks, panels, credit, packages and doctors.

Listed is what nobody ever verified, or not within half a year; what no longer holds is left alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.coded import Coded
from liaison.domain.doctors import with_title
from liaison.domain.network import OrganizationKind, is_stale
from liaison.i18n import N_
from liaison.services import credits, doctors, network, packages, panels
from liaison.services.changes import Changes, changes, today
from liaison.store.models import (
    ContactRow,
    CreditRow,
    DoctorPlaceRow,
    DoctorRow,
    OrganizationRow,
    PackageRow,
    PanelRow,
)


class Checked(Coded):
    """What somebody verifies."""

    HOUSE = "house", N_("house")
    DESK = "desk", N_("desk")
    PANEL = "panel", N_("panel")
    CREDIT = "credit", N_("credit arrangement")
    PACKAGE = "package", N_("package price")
    DOCTOR = "doctor", N_("doctor")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToVerify:
    """One thing to check. ``of`` says which one of its house: a desk's code, an insurer's name, a package's."""

    id: int
    what: Checked
    house_id: int
    house: str
    kind: OrganizationKind
    city: str
    of: Coded | str
    last_verified_on: dt.date | None


def to_verify(session: Session) -> list[ToVerify]:
    """Everything to check again: what was never verified first, then the oldest check."""
    day = today(session)
    houses = _open_houses(session)
    found = [
        line for read in _READS for line in read(session, houses, day) if is_stale(line.last_verified_on, today=day)
    ]
    return sorted(found, key=lambda line: (line.last_verified_on or dt.date.min, line.house.casefold(), line.id))


def count_to_verify(session: Session) -> int:
    """How many things there are to check."""
    return len(to_verify(session))


def verify(session: Session, chosen: Sequence[tuple[Checked, int]]) -> Changes:
    """Say that all these were right today, as one step."""
    touched: list[tuple[str, int | None]] = []
    for what, key in chosen:
        touched += [(t.kind, t.id) for t in _VERIFY[what](session, key).touched]
    return changes(*touched)


_VERIFY: Mapping[Checked, Callable[[Session, int], Changes]] = {
    Checked.HOUSE: network.verify_organization,
    Checked.DESK: network.verify_contact,
    Checked.PANEL: panels.verify_panel,
    Checked.CREDIT: credits.verify_credit,
    Checked.PACKAGE: packages.verify_package,
    Checked.DOCTOR: doctors.verify_doctor,
}

Houses = Mapping[int, OrganizationRow]


def _open_houses(session: Session) -> Houses:
    day = today(session)
    rows = session.scalars(
        sa.select(OrganizationRow).where(
            OrganizationRow.merged_into_id.is_(None),
            sa.or_(OrganizationRow.closed_on.is_(None), OrganizationRow.closed_on > day),
        )
    )
    return {row.id: row for row in rows}


def _line(house: OrganizationRow, what: Checked, key: int, of: Coded | str, last: dt.date | None) -> ToVerify:
    return ToVerify(
        id=key, what=what, house_id=house.id, house=house.name, kind=house.kind, city=house.city, of=of,
        last_verified_on=last,
    )  # fmt: skip


def _houses(session: Session, houses: Houses, day: dt.date) -> Iterable[ToVerify]:
    """Houses with a way to reach them; a name met in a list has nothing that could be right or wrong."""
    for row in houses.values():
        if row.phone or row.night_phone or row.email:
            yield _line(row, Checked.HOUSE, row.id, row.kind, row.last_verified_on)


def _desks(session: Session, houses: Houses, day: dt.date) -> Iterable[ToVerify]:
    c = ContactRow
    for key, house, desk, last in session.execute(sa.select(c.id, c.organization_id, c.desk, c.last_verified_on)):
        if house in houses:
            yield _line(houses[house], Checked.DESK, key, desk, last)


def _newest(rows: Iterable[Any], day: dt.date) -> Iterable[Any]:
    """Of the words about each pair of houses the one checked last, if it still holds or will."""
    newest: dict[tuple[int, int | None], Any] = {}
    for row in sorted(rows, key=lambda row: (row.checked_on, row.id)):
        if row.valid_to is None or row.valid_to >= day:
            newest[row.hospital_id, row.insurer_id] = row
    return newest.values()


def _panels(session: Session, houses: Houses, day: dt.date) -> Iterable[ToVerify]:
    for row in _newest(session.scalars(sa.select(PanelRow)), day):
        if row.hospital_id in houses and row.insurer_id in houses:
            yield _line(houses[row.hospital_id], Checked.PANEL, row.id, houses[row.insurer_id].name, row.checked_on)


def _credits(session: Session, houses: Houses, day: dt.date) -> Iterable[ToVerify]:
    for row in _newest(session.scalars(sa.select(CreditRow)), day):
        if row.hospital_id in houses and (row.insurer_id is None or row.insurer_id in houses):
            insurer = houses[row.insurer_id].name if row.insurer_id is not None else ""
            yield _line(houses[row.hospital_id], Checked.CREDIT, row.id, insurer, row.checked_on)


def _packages(session: Session, houses: Houses, day: dt.date) -> Iterable[ToVerify]:
    p = PackageRow
    asked = sa.select(p.id, p.hospital_id, p.name, p.last_verified_on).where(
        sa.or_(p.retired_on.is_(None), p.retired_on > day), sa.or_(p.valid_to.is_(None), p.valid_to >= day)
    )
    for key, house, name, last in session.execute(asked):
        if house in houses:
            yield _line(houses[house], Checked.PACKAGE, key, name, last)


def _doctors(session: Session, houses: Houses, day: dt.date) -> Iterable[ToVerify]:
    """Each doctor once, at the first of their hospitals that is still open."""
    d, place = DoctorRow, DoctorPlaceRow
    asked = (
        sa.select(d.id, place.hospital_id, d.title, d.name, d.last_verified_on)
        .join(place, place.doctor_id == d.id)
        .where(sa.or_(d.retired_on.is_(None), d.retired_on > day), sa.or_(place.until.is_(None), place.until >= day))
        .order_by(place.id)
    )
    told: set[int] = set()
    for key, house, title, name, last in session.execute(asked):
        if house in houses and key not in told:
            told.add(key)
            yield _line(houses[house], Checked.DOCTOR, key, with_title(title, name), last)


_READS: tuple[Callable[[Session, Houses, dt.date], Iterable[ToVerify]], ...] = (
    _houses, _desks, _panels, _credits, _packages, _doctors,
)  # fmt: skip
