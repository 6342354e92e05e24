"""Doctors as cards, lists and forms read them: hours, absences, the newest word on a free time, and what is in the way
of meeting one on a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.calendars import zone_of
from liaison.domain.doctors import Hitch, has_session, is_within, name_words, slot_is_faded, with_title
from liaison.domain.network import Freshness, freshness
from liaison.services.changes import get, today
from liaison.store.models import DoctorAbsenceRow, DoctorPlaceRow, DoctorRow, DoctorSlotRow, OrganizationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A hospital where a doctor sees patients."""

    id: int
    version: int
    doctor_id: int
    hospital_id: int
    hospital: str
    city: str
    zone: str
    sessions: str
    clinic: str
    phone: str
    since: dt.date | None
    until: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceView:
    """Days on which a doctor sees nobody."""

    id: int
    version: int
    first_on: dt.date
    last_on: dt.date | None
    cause: str
    told_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotView:
    """The next free time at a hospital, as somebody told it."""

    id: int
    version: int
    hospital_id: int
    slot_on: dt.date
    slot_time: str
    told_by: str
    told_on: dt.date
    is_faded: bool
    """Whether it was told too long ago to rely on."""
    is_past: bool
    is_away: bool
    """Whether the doctor is known to be away on that day: one of the two words is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorView:
    """A doctor with everything known of them."""

    id: int
    version: int
    title: str
    name: str
    specialties: tuple[str, ...]
    languages: tuple[str, ...]
    last_verified_on: dt.date | None
    freshness: Freshness
    retired_on: dt.date | None
    note: str
    places: tuple[PlaceView, ...]
    """Those of today first."""
    absences: tuple[AbsenceView, ...]
    """Those that are not over, the nearest first; then those that are, the newest first."""
    slots: tuple[SlotView, ...]
    """Every word on a free time, the newest first."""

    @property
    def called(self) -> str:
        """Title and name."""
        return with_title(self.title, self.name)

    def slot_at(self, hospital_id: int) -> SlotView | None:
        """The newest word on a free time at a hospital."""
        return next((s for s in self.slots if s.hospital_id == hospital_id), None)

    def away_on(self, day: dt.date) -> AbsenceView | None:
        """The absence that a day lies in."""
        return next((a for a in self.absences if is_within(a.first_on, a.last_on, day)), None)

    def next_absence(self, day: dt.date) -> AbsenceView | None:
        """The absence that runs on a day, else the next one after it."""
        return next((a for a in self.absences if a.last_on is None or a.last_on >= day), None)

    def is_retired_on(self, day: dt.date) -> bool:
        """Whether they no longer practise on a day."""
        return self.retired_on is not None and self.retired_on <= day

    def is_at(self, hospital_id: int, day: dt.date) -> bool:
        """Whether they work at a hospital on a day."""
        return any(p.hospital_id == hospital_id and is_within(p.since, p.until, day) for p in self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorLine:
    """A doctor at one hospital, as that hospital's card and the list of doctors show them."""

    id: int
    """Of the place, since a doctor at two hospitals is two lines."""
    doctor: DoctorView
    place: PlaceView
    slot: SlotView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something in the way of meeting a doctor on a day."""

    hitch: Hitch
    called: str
    day: dt.date
    until: dt.date | None = None
    """The last day away."""
    slot: SlotView | None = None
    """The next free time that was told, where it lies after that day."""


def doctor(session: Session, key: int) -> DoctorView:
    """One doctor."""
    return _views(session, [get(session, DoctorRow, key)])[0]


def doctors_of(session: Session, hospital_id: int) -> tuple[DoctorLine, ...]:
    """The doctors of a hospital by name; those who left or retired come last."""
    keys = sa.select(DoctorPlaceRow.doctor_id).where(DoctorPlaceRow.hospital_id == hospital_id)
    rows = session.scalars(sa.select(DoctorRow).where(DoctorRow.id.in_(keys)).order_by(DoctorRow.name_key)).all()
    day = today(session)
    lines = [line for line in _lines(_views(session, rows)) if line.place.hospital_id == hospital_id]
    return tuple(sorted(lines, key=lambda line: not is_here(line, day)))


def doctor_lines(session: Session) -> list[DoctorLine]:
    """Every doctor of every hospital, by name."""
    rows = session.scalars(sa.select(DoctorRow).order_by(DoctorRow.name_key, DoctorRow.id)).all()
    return list(_lines(_views(session, rows)))


def is_here(line: DoctorLine, day: dt.date) -> bool:
    """Whether a doctor practises at this hospital on a day."""
    return not line.doctor.is_retired_on(day) and is_within(line.place.since, line.place.until, day)


def suggest(session: Session, text: str, *, hospital_id: int | None = None, limit: int = 12) -> list[DoctorLine]:
    """Doctors whose name or specialty is meant, those of the hospital first; nobody who retired or left."""
    day = today(session)
    asked = (" ".join(name_words(text)) or text.casefold().strip(" .")).split()
    lines = [line for line in doctor_lines(session) if is_here(line, day) and _says(line, asked)]
    lines.sort(key=lambda line: line.place.hospital_id != hospital_id)
    return lines[:limit]


def _says(line: DoctorLine, asked: Sequence[str]) -> bool:
    names = " ".join(name_words(line.doctor.name))
    beside = " ".join((*line.doctor.specialties, line.doctor.title)).casefold()
    return all(any(w.startswith(one) for w in names.split()) or one in beside for one in asked)


def notice_on(session: Session, text: str, *, hospital_id: int | None, day: dt.date) -> Notice | None:
    """What is in the way of meeting the doctor of this name on a day; none where nothing is known to be.

    A name that fits nobody, or several, says nothing.
    """
    wanted = " ".join(name_words(text))
    if not wanted:
        return None
    rows = session.scalars(sa.select(DoctorRow).where(DoctorRow.name_key == wanted)).all()
    found = _views(session, rows)
    here = [d for d in found if hospital_id is None or any(p.hospital_id == hospital_id for p in d.places)]
    one = here[0] if len(here) == 1 else found[0] if len(found) == 1 else None
    return _notice(one, hospital_id, day) if one is not None else None


def _notice(one: DoctorView, hospital_id: int | None, day: dt.date) -> Notice | None:
    slot = one.slot_at(hospital_id) if hospital_id is not None else None
    later = slot if slot is not None and slot.slot_on > day and not slot.is_away else None
    if one.is_retired_on(day):
        return Notice(hitch=Hitch.RETIRED, called=one.called, day=day)
    away = one.away_on(day)
    if away is not None:
        return Notice(hitch=Hitch.ABSENT, called=one.called, day=day, until=away.last_on, slot=later)
    if hospital_id is None:
        return None
    if not one.is_at(hospital_id, day):
        return Notice(hitch=Hitch.NOT_HERE, called=one.called, day=day)
    here = [p for p in one.places if p.hospital_id == hospital_id and is_within(p.since, p.until, day)]
    if all(has_session(p.sessions, day) is False for p in here):
        return Notice(hitch=Hitch.NO_SESSION, called=one.called, day=day, slot=later)
    return None


# reading


def _lines(views: Iterable[DoctorView]) -> Iterable[DoctorLine]:
    for one in views:
        for place in one.places:
            yield DoctorLine(id=place.id, doctor=one, place=place, slot=one.slot_at(place.hospital_id))


def _views(session: Session, rows: Sequence[DoctorRow]) -> list[DoctorView]:
    keys, day = [row.id for row in rows], today(session)
    places = _places(session, keys, day)
    absences: dict[int, list[AbsenceView]] = {}
    for a in session.scalars(sa.select(DoctorAbsenceRow).where(DoctorAbsenceRow.doctor_id.in_(keys))):
        absences.setdefault(a.doctor_id, []).append(
            AbsenceView(
                id=a.id, version=a.version, first_on=a.first_on, last_on=a.last_on, cause=a.cause, told_by=a.told_by
            )
        )
    slots = _slots(session, keys, absences, day)
    return [
        DoctorView(
            id=row.id, version=row.version, title=row.title, name=row.name, specialties=tuple(row.specialties),
            languages=tuple(row.languages), last_verified_on=row.last_verified_on,
            freshness=freshness(row.last_verified_on, today=day), retired_on=row.retired_on, note=row.note,
            places=tuple(places.get(row.id, ())), absences=_in_order(absences.get(row.id, ()), day),
            slots=tuple(slots.get(row.id, ())),
        )
        for row in rows
    ]  # fmt: skip


def _in_order(absences: Iterable[AbsenceView], day: dt.date) -> tuple[AbsenceView, ...]:
    ahead = [a for a in absences if a.last_on is None or a.last_on >= day]
    over = [a for a in absences if a not in ahead]
    return (
        *sorted(ahead, key=lambda a: (a.first_on, a.id)),
        *sorted(over, key=lambda a: (a.first_on, a.id), reverse=True),
    )


def _places(session: Session, keys: Sequence[int], day: dt.date) -> Mapping[int, list[PlaceView]]:
    rows = session.execute(
        sa.select(DoctorPlaceRow, OrganizationRow)
        .join(OrganizationRow, OrganizationRow.id == DoctorPlaceRow.hospital_id)
        .where(DoctorPlaceRow.doctor_id.in_(keys))
        .order_by(OrganizationRow.name_key, DoctorPlaceRow.id)
    ).all()
    found: dict[int, list[PlaceView]] = {}
    for p, house in rows:
        found.setdefault(p.doctor_id, []).append(
            PlaceView(
                id=p.id, version=p.version, doctor_id=p.doctor_id, hospital_id=house.id, hospital=house.name,
                city=house.city, zone=house.zone or zone_of(city=house.city, country=house.country),
                sessions=p.sessions, clinic=p.clinic, phone=p.phone, since=p.since, until=p.until,
            )
        )  # fmt: skip
    for places in found.values():
        places.sort(key=lambda p: not is_within(p.since, p.until, day))
    return found


def _slots(
    session: Session, keys: Sequence[int], absences: Mapping[int, Sequence[AbsenceView]], day: dt.date
) -> Mapping[int, list[SlotView]]:
    rows = session.scalars(
        sa.select(DoctorSlotRow)
        .where(DoctorSlotRow.doctor_id.in_(keys))
        .order_by(DoctorSlotRow.told_on.desc(), DoctorSlotRow.id.desc())
    )
    found: dict[int, list[SlotView]] = {}
    for s in rows:
        found.setdefault(s.doctor_id, []).append(
            SlotView(
                id=s.id, version=s.version, hospital_id=s.hospital_id, slot_on=s.slot_on, slot_time=s.slot_time,
                told_by=s.told_by, told_on=s.told_on, is_faded=slot_is_faded(s.told_on, today=day),
                is_past=s.slot_on < day,
                is_away=any(is_within(a.first_on, a.last_on, s.slot_on) for a in absences.get(s.doctor_id, ())),
            )
        )  # fmt: skip
    return found
