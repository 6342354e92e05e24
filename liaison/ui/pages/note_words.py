"""What a typed line means: a note with its channel, or, with a time behind a slash, a next step, or both.

``telp Nusa soal hasil lab`` is a call noted; ``telp Nusa /besok 10 @ayu`` becomes a step for Ayu, tomorrow at ten;
``Nusa minta hasil lab /besok 10 telp Nusa`` is noted and becomes a step. ``>GL`` is a step asked for every day,
``#nusa`` whom it waits for, ``!15/12`` an urgent deadline.
English words work in Indonesian and the other way round; a bare ``h`` is refused, since it means hour to one reader and
day (hari) to the other. Source: ``ux`` 4.2.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from liaison.domain.names import fold
from liaison.domain.work import NoteChannel, WaitingOn
from liaison.i18n import N_
from liaison.i18n.formats import DEFAULT_ZONE
from liaison.services.today import END_OF_DAY
from liaison.ui.typed import Unreadable, read_day, read_time
from liaison.ui.typed_moment import next_day_with, read_moment

CHANNELS = {
    "telp": NoteChannel.CALL, "telpon": NoteChannel.CALL, "telepon": NoteChannel.CALL, "tlp": NoteChannel.CALL,
    "call": NoteChannel.CALL, "called": NoteChannel.CALL, "phone": NoteChannel.CALL,
    "wa": NoteChannel.WHATSAPP, "whatsapp": NoteChannel.WHATSAPP,
    "surel": NoteChannel.MAIL, "email": NoteChannel.MAIL, "e-mail": NoteChannel.MAIL, "mail": NoteChannel.MAIL,
    "fax": NoteChannel.FAX, "faks": NoteChannel.FAX, "portal": NoteChannel.PORTAL,
    "ketemu": NoteChannel.IN_PERSON, "tatap": NoteChannel.IN_PERSON, "met": NoteChannel.IN_PERSON,
}  # fmt: skip
"""First words that name a channel."""

_BARE_H = re.compile(r"\+?\d{1,3}h", re.IGNORECASE)
_AHEAD = re.compile(r"\+(\d{1,3})(j|jam|hours?|hari|days?|d|m|menit|min)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMeant:
    """A note."""

    channel: NoteChannel
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTemplate:
    """A step that is asked for every day: ``>GL`` is enough. ``title`` is marked."""

    title: str
    waiting_on: WaitingOn


_TEMPLATES = (
    ("gl lg jaminan letter", StepTemplate(title=N_("Follow up the guarantee letter"), waiting_on=WaitingOn.INSURER)),
    ("est estimasi estimate", StepTemplate(title=N_("Ask for the cost estimate"), waiting_on=WaitingOn.HOSPITAL)),
    ("dok dokumen doc documents", StepTemplate(title=N_("Ask for the documents"), waiting_on=WaitingOn.PATIENT)),
    ("opini opinion", StepTemplate(title=N_("Ask for the doctor's opinion"), waiting_on=WaitingOn.DOCTOR)),
    ("janji jadwal appt appointment", StepTemplate(title=N_("Confirm the appointment"), waiting_on=WaitingOn.HOSPITAL)),
    ("bill tagihan", StepTemplate(title=N_("Ask for the final bill"), waiting_on=WaitingOn.HOSPITAL)),
    ("klaim claim", StepTemplate(title=N_("Follow up the claim"), waiting_on=WaitingOn.INSURER)),
    ("telp call", StepTemplate(title=N_("Call back"), waiting_on=WaitingOn.PATIENT)),
)
TEMPLATES = {word: template for words, template in _TEMPLATES for word in words.split()}
"""What stands behind ``>``, in either language."""

_PARTY_WORDS = (
    ("pasien keluarga patient family", WaitingOn.PATIENT), ("penanggung asuransi insurer", WaitingOn.INSURER),
    ("tpa administrator", WaitingOn.ADMINISTRATOR), ("rs rumahsakit hospital", WaitingOn.HOSPITAL),
    ("dokter doctor", WaitingOn.DOCTOR), ("agen agent", WaitingOn.AGENT), ("kami kita us", WaitingOn.US),
)  # fmt: skip
PARTIES = {word: party for words, party in _PARTY_WORDS for word in words.split()}
"""What stands behind ``#`` besides the names of the case's own insurer and hospital."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepMeant:
    """A next step with its due moment; ``has_time`` is false where only the day was said.

    ``note`` is what was said before the slash, where a step's own words stand after it: it is noted as well.
    """

    text: str
    due_at: dt.datetime
    has_time: bool
    officer_id: int | None
    officer: str
    is_urgent: bool
    note: NoteMeant | None = None
    template: StepTemplate | None = None
    waiting_on: WaitingOn | None = None
    waiting_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """A time behind a slash that nobody can read; ``is_h`` for the letter that means hour to one, hari to another."""

    word: str
    is_h: bool = False


Meant = NoteMeant | StepMeant | NotUnderstood
Officers = Sequence[tuple[int, str]]
CaseParties = Sequence[tuple[WaitingOn, str]]


def read_line(
    line: str, *, now: dt.datetime, zone: str = DEFAULT_ZONE, officers: Officers = (), parties: CaseParties = ()
) -> Meant:
    """What a line will become. ``parties`` are those of the case by name, for ``#nusa-proteksi``."""
    signs, words = _signs(line.split(), officers, parties)
    at = next((n for n, word in enumerate(words) if word.startswith("/") and len(word) > 1), None)
    is_deadline = at is None and bool(signs.deadline)
    if is_deadline:
        words.insert(signs.deadline_at, f"/{signs.deadline}")
        at = signs.deadline_at
    if at is None and signs.template is None:
        return _note(line.strip())
    if at is None:
        words, at = [*words, "/besok"], len(words)
    found = _due(words[at:], now.astimezone(ZoneInfo(zone)))
    if found is None:
        return NotUnderstood(word=words[at], is_h=_BARE_H.fullmatch(words[at][1:]) is not None)
    due_at, has_time, used = found
    before, after = " ".join(words[:at]), " ".join(words[at + used :])
    if is_deadline:  # it stands anywhere in the step's own words
        before, after = " ".join(part for part in (before, after) if part), ""
    both = bool(before and (after or signs.template))
    return StepMeant(
        text=after if both else before or after,
        due_at=due_at,
        has_time=has_time,
        officer_id=signs.officer[0] if signs.officer else None,
        officer=signs.officer[1] if signs.officer else "",
        is_urgent=signs.is_urgent,
        note=_note(before) if both else None,
        template=signs.template,
        waiting_on=signs.party[0] if signs.party else signs.template.waiting_on if signs.template else None,
        waiting_for=signs.party[1] if signs.party else "",
    )


@dataclass(slots=True, kw_only=True)
class _Signs:
    """What signs in a line say: ``@ayu``, ``!``, ``!15/12``, ``#nusa``, ``>GL``."""

    officer: tuple[int, str] | None = None
    is_urgent: bool = False
    deadline: str = ""
    deadline_at: int = 0
    """Before which of the other words it stood: an hour may follow it."""
    party: tuple[WaitingOn, str] | None = None
    template: StepTemplate | None = None


def _signs(words: Sequence[str], officers: Officers, parties: CaseParties) -> tuple[_Signs, list[str]]:
    """The signs, and the words without them. A sign that nobody understands is a word like any other."""
    signs, rest = _Signs(), list[str]()
    for word in words:
        if (officer := _officer(word, officers)) is not None:
            signs.officer = officer
        elif word == "!":
            signs.is_urgent = True
        elif word.startswith("!") and _is_day(word[1:]):
            signs.is_urgent, signs.deadline, signs.deadline_at = True, word[1:], len(rest)
        elif (party := _party(word, parties)) is not None:
            signs.party = party
        elif word.startswith(">") and (template := TEMPLATES.get(word[1:].casefold())) is not None:
            signs.template = template
        else:
            rest.append(word)
    return signs, rest


def _is_day(text: str) -> bool:
    try:
        read_day(text, today=dt.date(2024, 1, 1))
    except Unreadable:
        return False
    return True


def _party(word: str, parties: CaseParties) -> tuple[WaitingOn, str] | None:
    """Whom ``#…`` means: one of the case by name, or a kind of party."""
    if not word.startswith("#") or len(word) < 2:
        return None
    wanted = fold(word[1:]).replace(" ", "")
    named = next(((p, n) for p, n in parties if n and fold(n).replace(" ", "").startswith(wanted)), None)
    if named is not None:
        return named
    kind = PARTIES.get(wanted)
    return None if kind is None else next(((p, n) for p, n in parties if p is kind), (kind, ""))


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


def _due(words: list[str], local: dt.datetime) -> tuple[dt.datetime, bool, int] | None:
    """The moment, whether an hour was said, and how many words it took."""
    first = words[0][1:]
    if ahead := _AHEAD.fullmatch(first.casefold()):
        return _ahead(int(ahead[1]), ahead[2] or "", local)
    found = read_moment([first, *words[1:]], now=local)
    if found is not None:
        return found.at(otherwise=END_OF_DAY, zone=local.tzinfo), found.hour is not None, found.taken
    hour = _hour(first)  # nothing but a time stands behind a slash, so that a lone figure will do
    if hour is None:
        return None
    moment = dt.datetime.combine(next_day_with(hour, now=local), hour, tzinfo=local.tzinfo)
    return moment.astimezone(dt.UTC), True, 1


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
