"""What a typed line means: a note with its channel, or, with a time behind a slash, a next step.

``telp Nusa soal hasil lab`` is a call noted; ``telp Nusa /besok 10 @ayu`` becomes a step for Ayu, tomorrow at ten.
English words work in Indonesian and the other way round; a bare ``h`` is refused, since it means hour to one reader and
day (hari) to the other. Source: ``ux`` 4.2.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from liaison.domain.work import NoteChannel
from liaison.i18n.formats import DEFAULT_ZONE
from liaison.services.today import END_OF_DAY
from liaison.ui.typed import Unreadable, read_day, read_time

CHANNELS = {
    "telp": NoteChannel.CALL, "telpon": NoteChannel.CALL, "telepon": NoteChannel.CALL, "tlp": NoteChannel.CALL,
    "call": NoteChannel.CALL, "called": NoteChannel.CALL, "phone": NoteChannel.CALL,
    "wa": NoteChannel.WHATSAPP, "whatsapp": NoteChannel.WHATSAPP,
    "surel": NoteChannel.MAIL, "email": NoteChannel.MAIL, "e-mail": NoteChannel.MAIL, "mail": NoteChannel.MAIL,
    "fax": NoteChannel.FAX, "faks": NoteChannel.FAX, "portal": NoteChannel.PORTAL,
    "ketemu": NoteChannel.IN_PERSON, "tatap": NoteChannel.IN_PERSON, "met": NoteChannel.IN_PERSON,
}  # fmt: skip
"""First words that name a channel."""

_AHEAD = re.compile(r"\+(\d{1,3})(j|jam|hours?|hari|days?|d|m|menit|min)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMeant:
    """A note."""

    channel: NoteChannel
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepMeant:
    """A next step with its due moment; ``has_time`` is false where only the day was said."""

    text: str
    due_at: dt.datetime
    has_time: bool
    officer_id: int | None
    officer: str
    is_urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """A time behind a slash that nobody can read."""

    word: str


Meant = NoteMeant | StepMeant | NotUnderstood
Officers = Sequence[tuple[int, str]]


def read_line(line: str, *, now: dt.datetime, officers: Officers = ()) -> Meant:
    """What a line will become."""
    words = line.split()
    at = next((n for n, word in enumerate(words) if word.startswith("/") and len(word) > 1), None)
    if at is None:
        return _note(line.strip())
    officer = next((o for w in words if (o := _officer(w, officers)) is not None), None)
    rest = [w for w in words[at:] if not w.startswith("@") and w != "!"]
    found = _due(rest, now)
    if found is None:
        return NotUnderstood(word=words[at])
    due_at, has_time, used = found
    before = [w for w in words[:at] if not (_officer(w, officers) or w == "!")]
    return StepMeant(
        text=" ".join([*before, *rest[used:]]),
        due_at=due_at,
        has_time=has_time,
        officer_id=officer[0] if officer else None,
        officer=officer[1] if officer else "",
        is_urgent="!" in words,
    )


def _note(text: str) -> NoteMeant:
    first, _, rest = text.partition(" ")
    channel = CHANNELS.get(first.casefold().rstrip(":,"))
    if channel is None or not rest.strip():
        return NoteMeant(channel=NoteChannel.NOTE, text=text)
    return NoteMeant(channel=channel, text=text)


def _officer(word: str, officers: Officers) -> tuple[int, str] | None:
    if not word.startswith("@") or len(word) < 2:
        return None
    wanted = word[1:].casefold()
    return next(((key, name) for key, name in officers if name.casefold().startswith(wanted)), None)


def _due(words: list[str], now: dt.datetime) -> tuple[dt.datetime, bool, int] | None:
    """The moment, whether an hour was said, and how many words it took."""
    zone = ZoneInfo(DEFAULT_ZONE)
    local = now.astimezone(zone)
    first = words[0][1:]
    if ahead := _AHEAD.fullmatch(first.casefold()):
        return _ahead(int(ahead[1]), ahead[2] or "", local)
    for taken in (n for n in (3, 2, 1) if n <= len(words)):
        try:
            day = read_day(" ".join([first, *words[1:taken]]), today=local.date())
        except Unreadable:
            continue
        hour = _hour(words[taken]) if len(words) > taken else None
        moment = dt.datetime.combine(day, hour or END_OF_DAY, tzinfo=zone)
        return moment.astimezone(dt.UTC), hour is not None, taken + (hour is not None)
    hour = _hour(first)
    if hour is None:
        return None
    day = local.date() if hour > local.time() else local.date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, hour, tzinfo=zone).astimezone(dt.UTC), True, 1


def _ahead(count: int, unit: str, local: dt.datetime) -> tuple[dt.datetime, bool, int] | None:
    if unit in ("j", "jam", "hour", "hours"):
        return (local + dt.timedelta(hours=count)).astimezone(dt.UTC), True, 1
    if unit in ("m", "menit", "min"):
        return (local + dt.timedelta(minutes=count)).astimezone(dt.UTC), True, 1
    day = dt.datetime.combine(local.date() + dt.timedelta(days=count), END_OF_DAY, tzinfo=local.tzinfo)
    return day.astimezone(dt.UTC), False, 1


def _hour(word: str) -> dt.time | None:
    try:
        return read_time(word)
    except Unreadable:
        return None
