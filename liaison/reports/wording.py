"""Words and moments as several reports write them: banners, two zones, durations, shares, footers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from liaison.domain.privacy import Audience
from liaison.i18n import N_, Language
from liaison.i18n.formats import NBSP, ZONES
from liaison.reports.case_view import Party

BANNERS = {
    Audience.HOSPITAL: N_("CONTAINS PERSONAL DATA"),
    Audience.INSURER: N_("CONTAINS PERSONAL DATA"),
    Audience.FAMILY: N_("CONTAINS PERSONAL DATA"),
    Audience.INTERNAL: N_("INTERNAL"),
    Audience.PUBLIC: N_("WITHOUT NAMES"),
}
AGGREGATED = N_("SHAREABLE · AGGREGATED")
PUBLIC_BANNER = N_("PUBLIC")

PARTIES = {
    Party.OFFICE: N_("This office"),
    Party.HOSPITAL: N_("Hospital"),
    Party.INSURER: N_("Insurer"),
    Party.PATIENT: N_("Patient"),
}


COUNTRY_WORDS = {
    "ID": N_("Indonesia"),
    "MY": N_("Malaysia"),
    "SG": N_("Singapore"),
    "CN": N_("China"),
    "KH": N_("Cambodia"),
    "TH": N_("Thailand"),
}

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.IGNORECASE)
_INNER_HYPHEN = re.compile(r"(?<=\d)-(?=\d)")
_ROUND_THE_CLOCK = re.compile(r"\b24\s*(?:h|hours|jam)\b", re.IGNORECASE)
_CLOCK_TIME = re.compile(r"(?<!\d)(\d{1,2})[.:](\d\d)(?!\d)")
_MONDAY = dt.date(2024, 1, 1)


def language_names(codes: Iterable[str], language: Language) -> str:
    """``Indonesian, English``."""
    return ", ".join(language.formats.language_name(code) for code in codes)


def hours_words(hours: str, language: Language) -> str:
    """Opening hours as the language writes them: ``Sen–Jum 08.00–17.00`` from ``Mon-Fri 08:00-17:00``."""
    if not hours:
        return ""
    text = _DAY.sub(lambda m: _weekday(m[1], language), hours)
    text = _ROUND_THE_CLOCK.sub(language("24 hours"), text)
    text = _CLOCK_TIME.sub(lambda m: language.formats.clock_time(dt.time(int(m[1]) % 24, int(m[2]) % 60)), text)
    return re.sub(r"(?<=\w)\s*-\s*(?=\w)", "–", text)


def has_zone(hours: str) -> bool:
    """Whether hours say when by the clock of a place; round the clock is the same on every clock."""
    return bool(hours) and not _ROUND_THE_CLOCK.search(hours)


def _weekday(name: str, language: Language) -> str:
    day = _MONDAY + dt.timedelta(days=_WEEKDAYS.index(name.lower()))
    return language.formats.weekday(day, short=True)


def local(moment: dt.datetime, zone: str) -> dt.datetime:
    """A moment on the clock of a place."""
    return moment.astimezone(ZoneInfo(zone or "Asia/Jakarta"))


def in_both_zones(moment: dt.datetime, home: str, there: str, language: Language) -> str:
    """``17.00 WIB (18.00 MYT)``; one zone where both are the same."""
    own = language.formats.time(moment, home)
    if not there or local(moment, home).utcoffset() == local(moment, there).utcoffset():
        return own
    return f"{own} ({language.formats.time(moment, there)})"


def short_moment(moment: dt.datetime, zone: str, language: Language) -> str:
    """``20 Nov 12.40``, for time lines."""
    here = local(moment, zone)
    return f"{language.formats.short_date(here.date())}{NBSP}{language.formats.clock_time(here)}"


def duration(minutes: int, language: Language) -> str:
    """``4 h 25 min``; from two days on in days and hours."""
    _ = language
    hours, rest = divmod(max(minutes, 0), 60)
    if hours >= 48:
        return bound(_("{days} d {hours} h", days=hours // 24, hours=hours % 24))
    return bound(_("{hours} h {minutes} min", hours=hours, minutes=rest) if hours else _("{minutes} min", minutes=rest))


def bound(text: str) -> str:
    """The text with no-break spaces and hyphens: it never parts over a line."""
    return _INNER_HYPHEN.sub("\u2011", text.replace(" ", NBSP))


def zone_word(zone: str) -> str:
    """What people call a zone: ``WIB``."""
    return ZONES.get(zone, zone)


def as_of_words(moment: dt.datetime, zone: str, language: Language) -> str:
    """``Data as of 20 Nov 2026 14:05 WIB``."""
    return language("Data as of {moment}.", moment=language.formats.moment(moment, zone))


def sample_words(*, is_sample: bool, language: Language) -> str:
    """What a print from the sample office says about itself."""
    return language("Sample office, invented data.") if is_sample else ""


def sentences(*parts: str) -> str:
    """Sentences one after the other, empty ones left out."""
    return " ".join(part for part in parts if part)
