"""What a booklet of hospitals is made from: the desks of every city, who is on whose panel, and for us how fast."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.calendars import Calendar
from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.i18n import N_
from liaison.reports.briefing_tally import working_hours
from liaison.reports.case_view import Office
from liaison.reports.directory_view import DirectoryView, cities_with_hospitals, gather
from liaison.reports.gathering import office_of
from liaison.services.changes import clock, today, zone
from liaison.store.models import GuaranteeRow, JourneyRow, OrganizationRow, PanelRow

NO_CITIES = N_("No hospital is on record yet. Write the first one down, or import a list.")
YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """How long a hospital's first letters took within a year: working hours in the middle, and of how many."""

    hours: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BookletView:
    """The cities with their hospitals, by name."""

    as_of: dt.datetime
    office: Office
    cities: tuple[DirectoryView, ...]
    panels: tuple[tuple[str, tuple[int, ...]], ...]
    """Each insurer with the keys of the hospitals that take its letters, as last heard."""
    speeds: tuple[tuple[int, Speed], ...]
    """For this office alone: first letters by hospital. Empty for everybody outside."""


def gather_booklet(session: Session, city: str, *, with_speeds: bool) -> BookletView:
    """Read the hospitals of one city, or of all. Refuses an unknown city, and an office without any hospital."""
    names = (city,) if city else cities_with_hospitals(session)
    if not names:
        raise Refused([problem("NO_CITIES", NO_CITIES, "city")])
    cities = tuple(gather(session, name) for name in names)
    keys = [hospital.key for one in cities for hospital in one.hospitals]
    return BookletView(
        as_of=clock(session), office=office_of(session), cities=cities, panels=_panels(session, keys),
        speeds=tuple(sorted(_speeds(session, keys).items())) if with_speeds else (),
    )  # fmt: skip


def _panels(session: Session, keys: Sequence[int]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The newest word on each pair of insurer and hospital, where it holds today."""
    day = today(session)
    rows = session.execute(
        sa.select(OrganizationRow.name, PanelRow.hospital_id, PanelRow.is_on_panel, PanelRow.valid_from,
                  PanelRow.valid_to)
        .join(OrganizationRow, OrganizationRow.id == PanelRow.insurer_id)
        .where(PanelRow.hospital_id.in_(keys))
        .order_by(PanelRow.checked_on, PanelRow.id)
    )  # fmt: skip
    newest: dict[tuple[str, int], bool] = {}
    for insurer, hospital, is_on, start, end in rows:
        if (start is None or start <= day) and (end is None or day <= end):
            newest[insurer, hospital] = is_on
    found: dict[str, list[int]] = defaultdict(list)
    for (insurer, hospital), is_on in newest.items():
        if is_on:
            found[insurer].append(hospital)
    return tuple((insurer, tuple(sorted(found[insurer]))) for insurer in sorted(found))


def _speeds(session: Session, keys: Sequence[int]) -> Mapping[int, Speed]:
    """First letters of a year by hospital, in the office's working hours."""
    hours = working_hours(Calendar(country="ID", zone=zone(session), with_holidays=True))
    asked = (
        sa.select(JourneyRow.hospital_id, GuaranteeRow.requested_at, GuaranteeRow.first_issued_at)
        .join(JourneyRow, JourneyRow.id == GuaranteeRow.journey_id)
        .where(JourneyRow.hospital_id.in_(keys), GuaranteeRow.requested_at >= clock(session) - YEAR)
    )
    took: dict[int, list[float]] = defaultdict(list)
    for hospital, requested, issued in session.execute(asked):
        if hospital is not None and requested is not None and issued is not None and issued >= requested:
            took[hospital].append(hours(requested, issued))
    return {key: Speed(hours=round(median(values), 1), n=len(values)) for key, values in took.items()}
