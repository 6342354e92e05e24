"""Doctors at hospitals: where and when they see patients, when they are away, and the next free time as told.

A doctor here is whom a hospital names to an officer, not a user of this program. Hours stand in the hospital's own
time. A next free time is hearsay: it carries who said it and when, and fades after a few days.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from liaison.domain.coded import Coded
from liaison.domain.desk_hours import read_hours
from liaison.domain.fields import check_order, check_required, draft, field, problem, warning
from liaison.domain.identifiers import check_phone
from liaison.domain.names import without_titles
from liaison.domain.privacy import OUTSIDE_BUT_PUBLIC
from liaison.domain.problems import Problem
from liaison.i18n import N_

_CASE = OUTSIDE_BUT_PUBLIC

SLOT_FADES_DAYS = 7
"""Days after which a next free time that somebody told is shown grey: ask again. The office's own rule of thumb."""

_ONLY_TITLES = frozenset({"dr", "dra", "drg", "prof", "dato", "datuk"})


@draft
class DoctorDraft:
    """A doctor whom the office may propose to a patient."""

    title: str = field(N_("Title before the name"), audience=_CASE, headings=("gelar", "title"), default="")
    name: str = field(
        N_("Name"), help=N_("Without the title."), required=True, audience=_CASE,
        headings=("nama", "nama dokter", "dokter", "name", "doctor"),
    )  # fmt: skip
    specialties: tuple[str, ...] = field(
        N_("Specialties"), audience=_CASE, headings=("spesialis", "spesialisasi", "specialty", "specialties"),
        default=(),
    )  # fmt: skip
    languages: tuple[str, ...] = field(N_("Languages"), audience=_CASE, headings=("bahasa", "languages"), default=())
    last_verified_on: dt.date | None = field(N_("Last verified on"), audience=_CASE, default=None)
    retired_on: dt.date | None = field(N_("No longer practises since"), audience=_CASE, default=None)
    note: str = field(N_("Note"), headings=("catatan", "note"), default="")


@draft
class DoctorPlaceDraft:
    """Where a doctor sees patients, and at which hours of the week; many work at more than one hospital."""

    doctor_id: int = field(N_("Doctor"), required=True, audience=_CASE)
    hospital_id: int = field(N_("Hospital"), required=True, audience=_CASE)
    sessions: str = field(
        N_("Hours of the week"),
        help=N_("In the hospital's own time, for instance “Mon-Thu 09:00-12:00, Fri 14:00-16:00”."),
        audience=_CASE, headings=("jadwal", "jam praktik", "schedule", "sessions"), default="",
    )  # fmt: skip
    clinic: str = field(N_("Clinic"), help=N_("Floor, clinic, room."), audience=_CASE, default="")
    phone: str = field(N_("Telephone of the clinic"), audience=_CASE, default="")
    since: dt.date | None = field(N_("Since"), audience=_CASE, default=None)
    until: dt.date | None = field(N_("Until"), audience=_CASE, default=None)


@draft
class NewDoctorDraft:
    """A doctor with the first hospital, written down in one go."""

    hospital_id: int = field(N_("Hospital"), required=True, audience=_CASE)
    title: str = field(N_("Title before the name"), audience=_CASE, default="")
    name: str = field(N_("Name"), help=N_("Without the title."), required=True, audience=_CASE)
    specialties: tuple[str, ...] = field(N_("Specialties"), audience=_CASE, default=())
    languages: tuple[str, ...] = field(N_("Languages"), audience=_CASE, default=())
    sessions: str = field(
        N_("Hours of the week"),
        help=N_("In the hospital's own time, for instance “Mon-Thu 09:00-12:00, Fri 14:00-16:00”."),
        audience=_CASE, default="",
    )  # fmt: skip
    clinic: str = field(N_("Clinic"), help=N_("Floor, clinic, room."), audience=_CASE, default="")
    phone: str = field(N_("Telephone of the clinic"), audience=_CASE, default="")
    note: str = field(N_("Note"), default="")


@draft
class AbsenceDraft:
    """Days on which a doctor sees nobody, wherever; without a last day until further notice."""

    doctor_id: int = field(N_("Doctor"), required=True, audience=_CASE)
    first_on: dt.date = field(N_("Away from"), required=True, audience=_CASE)
    last_on: dt.date | None = field(
        N_("Away until"), help=N_("The last day away. Leave it empty until further notice."), audience=_CASE,
        default=None,
    )  # fmt: skip
    cause: str = field(N_("Why"), help=N_("Leave, congress, pilgrimage, as the hospital says."), default="")
    told_by: str = field(N_("Told by"), default="")


@draft
class NextSlotDraft:
    """The next free time of a doctor at a hospital, as somebody there said."""

    doctor_id: int = field(N_("Doctor"), required=True, audience=_CASE)
    hospital_id: int = field(N_("Hospital"), required=True, audience=_CASE)
    slot_on: dt.date = field(N_("Next free time"), required=True, audience=_CASE)
    slot_time: str = field(
        N_("Hour"), help=N_("In the hospital's own time, for instance 10:30. May stay empty."), audience=_CASE,
        default="",
    )  # fmt: skip
    told_by: str = field(N_("Told by"), help=N_("Who said so, and at which desk."), required=True)
    told_on: dt.date = field(N_("Told on"), required=True, audience=_CASE)


# what a day is like for a doctor


class Hitch(Coded):
    """Why a doctor will not be met on a day, as far as the office knows."""

    RETIRED = "RETIRED", N_("no longer practises")
    ABSENT = "ABSENT", N_("away on that day")
    NOT_HERE = "NOT_HERE", N_("no longer or not yet at this hospital on that day")
    NO_SESSION = "NO_SESSION", N_("sees nobody at this hospital on that day of the week")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The hours of one day of the week (Monday is 0)."""

    weekday: int
    hours: tuple[tuple[dt.time, dt.time], ...]


def week_of(sessions: str) -> tuple[Session, ...]:
    """The days of the week on which somebody is seen, with their hours; nothing where the words cannot be read."""
    hours = read_hours(sessions)
    if hours is None:
        return ()
    found: dict[int, list[tuple[dt.time, dt.time]]] = {}
    for shift in hours.shifts:
        for day in shift.days:
            found.setdefault(day, []).append((shift.opens, shift.closes))
    if hours.is_always:
        found = {day: [(dt.time(0), dt.time(0))] for day in range(7)}
    return tuple(Session(weekday=day, hours=tuple(sorted(found[day]))) for day in sorted(found))


def has_session(sessions: str, day: dt.date) -> bool | None:
    """Whether there are hours on the weekday of a day; none where nobody knows the hours."""
    week = week_of(sessions)
    return any(one.weekday == day.weekday() for one in week) if week else None


def is_within(first: dt.date | None, last: dt.date | None, day: dt.date) -> bool:
    """Whether a day lies in a span whose open end is for ever."""
    return (first is None or first <= day) and (last is None or day <= last)


def slot_is_faded(told_on: dt.date, *, today: dt.date) -> bool:
    """Whether a next free time was told too long ago to rely on."""
    return (today - told_on).days > SLOT_FADES_DAYS


def with_title(title: str, name: str) -> str:
    """How a doctor is called: title before name."""
    return " ".join(part for part in (title.strip(), name.strip()) if part)


def name_words(text: str) -> tuple[str, ...]:
    """The folded words of a name without titles: ``Dato' Dr. Tan Ah Kow`` and ``dr tan ah kow`` are one."""
    words = without_titles(text).split()
    return () if set(words) <= _ONLY_TITLES else tuple(words)


# checks


def check_doctor(doctor: DoctorDraft | NewDoctorDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about a doctor."""
    found = check_required(doctor)
    verified = getattr(doctor, "last_verified_on", None)
    if verified is not None and verified > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "last_verified_on"))
    if doctor.name.strip() and not name_words(doctor.name):
        found.append(
            problem("ONLY_A_TITLE", N_("Write the doctor's name here, and the title in its own field."), "name")
        )
    return found


def check_place(place: DoctorPlaceDraft | NewDoctorDraft, *, country: str = "ID") -> list[Problem]:
    """Everything wrong or odd about a place of work; hours that cannot be read are only told, since some say "by
    appointment".
    """
    found = check_phone(place.phone, country)
    if isinstance(place, DoctorPlaceDraft):
        found += check_required(place) + check_order(place, "since", "until")
    if place.sessions.strip() and not week_of(place.sessions):
        found.append(
            warning(
                "SESSIONS", N_("These hours cannot be read, so no day of the week can be checked against them."),
                "sessions",
            )
        )  # fmt: skip
    return found


def check_absence(absence: AbsenceDraft) -> list[Problem]:
    """Everything wrong with an absence."""
    return check_required(absence) + check_order(absence, "first_on", "last_on")


_HOUR = re.compile(r"^([01]?\d|2[0-3])[:.]([0-5]\d)$")


def check_slot(slot: NextSlotDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with a next free time: it lies on or after the day it was told, and nobody told it tomorrow."""
    found = check_required(slot)
    if found:
        return found
    if slot.told_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "told_on"))
    found += check_order(slot, "told_on", "slot_on")
    if slot.slot_time.strip() and not _HOUR.match(slot.slot_time.strip()):
        found.append(problem("HOUR", N_("Write the hour as hours and minutes, for instance 10:30."), "slot_time"))
    return found
