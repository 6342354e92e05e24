"""What is said of a doctor: the hours day by day, the next free time with its age, an absence, and what is in the way.

Every sentence stands in the shown language; hours stand in the hospital's own time.
"""

from __future__ import annotations

import datetime as dt

from liaison.domain.doctors import Hitch, week_of
from liaison.i18n import N_, upper_first
from liaison.services.doctors import AbsenceView, DoctorLine, Notice, SlotView
from liaison.ui.desk import Desk
from liaison.ui.pages.calling import hours_words
from liaison.ui.theme import Tone
from liaison.ui.widgets.shapes import Shape

A_MONDAY = dt.date(2024, 1, 1)
SOON_DAYS = 14
"""An absence this near stands beside the name in place of the next free time. Our own choice."""


def week_rows(desk: Desk, sessions: str) -> list[tuple[str, str]]:
    """Day of the week and its hours; one row of the typed words where they cannot be read."""
    formats = desk.formats
    week = week_of(sessions)
    if not week:
        return [("", sessions)] if sessions.strip() else []
    return [
        (
            upper_first(formats.weekday(A_MONDAY + dt.timedelta(days=one.weekday))),
            ", ".join(f"{formats.clock_time(first)}–{formats.clock_time(last)}" for first, last in one.hours),
        )
        for one in week
    ]


def week_words(desk: Desk, sessions: str) -> str:
    """All hours of the week in one line."""
    return hours_words(desk, sessions)


def slot_day(desk: Desk, slot: SlotView) -> str:
    """Weekday, day and hour of a next free time."""
    formats = desk.formats
    day = f"{formats.weekday(slot.slot_on, short=True)} {formats.date(slot.slot_on)}"
    return f"{day}, {_hour(desk, slot.slot_time)}" if slot.slot_time else day


def _hour(desk: Desk, text: str) -> str:
    hour, minute = text.replace(".", ":").split(":")
    return desk.formats.clock_time(dt.time(int(hour), int(minute)))


def slot_words(desk: Desk, slot: SlotView) -> str:
    """The next free time, with who told it and when."""
    words = desk.words
    values = {"when": slot_day(desk, slot), "who": slot.told_by, "day": slot.told_on}
    if slot.is_away and not slot.is_past:
        return words(N_("{when}, told by {who} on {day}, but away then. Ask again."), **values)
    if slot.is_past:
        return words(N_("{when} is over, told by {who} on {day}. Ask again."), **values)
    if slot.is_faded:
        return words(N_("{when}, told by {who} on {day}. Ask again."), **values)
    return words(N_("{when}, told by {who} on {day}"), **values)


def slot_look(slot: SlotView) -> tuple[Shape, Tone]:
    """How a next free time is shown: grey once it is a week old, with a warning once it is over or cannot be."""
    if slot.is_past or slot.is_away:
        return Shape.WARNING, Tone.AMBER
    return (Shape.OPEN, Tone.GREY) if slot.is_faded else (Shape.DONE, Tone.GREEN)


def away_words(desk: Desk, absence: AbsenceView) -> str:
    """From when to when somebody is away."""
    words, today = desk.words, desk.today()
    if absence.first_on <= today:
        if absence.last_on is None:
            return words(N_("away until further notice"))
        return words(N_("away until {day}"), day=absence.last_on)
    if absence.last_on is None:
        return words(N_("away from {day}"), day=absence.first_on)
    return words(N_("away {first} to {last}"), first=absence.first_on, last=absence.last_on)


def line_look(desk: Desk, line: DoctorLine) -> tuple[Shape, Tone, str]:
    """How a doctor stands at a hospital today: the sign, and what stands beside the name."""
    words, today, one = desk.words, desk.today(), line.doctor
    if one.is_retired_on(today):
        return Shape.CLOSED, Tone.GREY, words(N_("no longer practises"))
    if line.place.until is not None and line.place.until < today:
        return Shape.CLOSED, Tone.GREY, words(N_("until {last}"), last=line.place.until)
    absence = one.next_absence(today)
    if absence is not None and (absence.first_on - today).days <= SOON_DAYS:
        return Shape.WAITING, Tone.AMBER, away_words(desk, absence)
    if line.slot is None or line.slot.is_past:
        return Shape.OPEN, Tone.GREY, ""
    shape, tone = slot_look(line.slot)
    return shape, tone, words(N_("free {day}"), day=line.slot.slot_on)


_SAID = {
    Hitch.RETIRED: N_("{doctor} no longer practises."),
    Hitch.NOT_HERE: N_("{doctor} does not work at this hospital on {day}."),
    Hitch.NO_SESSION: N_("{doctor} sees nobody at this hospital on a {weekday}."),
}


def notice_words(desk: Desk, notice: Notice) -> str:
    """What is in the way of meeting a doctor on a day, with the next free time where one was told."""
    words = desk.words
    if notice.hitch is Hitch.ABSENT:
        text = (
            words(N_("{doctor} is away on {day}, until {until}."), doctor=notice.called, day=notice.day,
                  until=notice.until)
            if notice.until is not None
            else words(N_("{doctor} is away on {day}, until further notice."), doctor=notice.called, day=notice.day)
        )  # fmt: skip
    else:
        weekday = desk.formats.weekday(notice.day)
        text = words(_SAID[notice.hitch], doctor=notice.called, day=notice.day, weekday=weekday)
    if notice.slot is None:
        return text
    free = words(N_("Next free time: {when}."), when=slot_words(desk, notice.slot))
    return f"{text} {free}"
