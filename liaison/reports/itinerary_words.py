"""The words of an itinerary pack, always in two languages: the reader's first, the other for staff on the way.

Sentences of at most twelve words, no abbreviation without its words. Source: ``ux`` 3.5 (e).
"""

from __future__ import annotations

import datetime as dt
import re

from liaison.domain.travel import TravelMode
from liaison.i18n import LANGUAGES, N_, Language, upper_first
from liaison.i18n.formats import NBSP
from liaison.reports.blocks import Pair, PhoneEntry, Stop
from liaison.reports.itinerary_view import DeskView, ItineraryView, StopKind, StopView
from liaison.reports.wording import bound, hours_words, local, zone_word

_GOING = {
    TravelMode.FLIGHT: N_("Fly to {place}"),
    TravelMode.FERRY: N_("Take the ferry to {place}"),
    TravelMode.ROAD: N_("Leave for {place}"),
    TravelMode.AIR_AMBULANCE: N_("Air ambulance to {place}"),
}
_ALWAYS = re.compile(r"\b24\s*(?:h|hours|jam)\b", re.IGNORECASE)
_RANGE = re.compile(r"(?<!\d)(\d{1,2})[.:](\d\d)\s*[-–]\s*(\d{1,2})[.:](\d\d)")


class Tongues:
    """Two languages at once: ``both("…")`` gives the sentence in the reader's and in the other."""

    def __init__(self, first: Language) -> None:
        self.first = first
        other = next(code for code in LANGUAGES if code != first.code)
        self.second = Language(other, first.zone)

    def __call__(self, message: str, /, **values: object) -> Pair:
        """A marked sentence in both."""
        return self.first(message, **values), self.second(message, **values)

    def plural(self, one: str, many: str, count: int, **values: object) -> Pair:
        """A marked sentence that depends on a number, in both."""
        return self.first.plural(one, many, count, **values), self.second.plural(one, many, count, **values)

    def day(self, day: dt.date) -> Pair:
        """``Senin, 23 November 2026`` and ``Monday, 23 November 2026``."""
        return self._day(self.first, day), self._day(self.second, day)

    @staticmethod
    def _day(language: Language, day: dt.date) -> str:
        return f"{language.formats.weekday(day)}, {language.formats.long_date(day)}"

    def key(self, message: str) -> str:
        """``Nomor surat · Letter number``: both words before a value that stands once."""
        return " · ".join(dict.fromkeys(self(message)))

    def typed(self, words: str) -> Pair:
        """Somebody's own words, which are in one language only."""
        return words, ""


# stops


def stop_block(stop: StopView, view: ItineraryView, both: Tongues) -> Stop:
    """One stop: the hour there, the hour at home, what happens, and what to know."""
    formats = both.first.formats
    time = at_home = ""
    if stop.at is not None:
        time = formats.time(stop.at, stop.zone)
        if differs(stop.at, stop.zone, view.office.zone):
            at_home = formats.time(stop.at, view.office.zone)
    return Stop(
        time=time,
        at_home=at_home,
        place=stop.place if stop.kind is StopKind.LEAVE else "",
        what=_what(stop, both),
        details=tuple(_details(stop, both)),
    )


def differs(moment: dt.datetime, zone: str, home: str) -> bool:
    """Whether the clock there shows another hour than the one at home."""
    return local(moment, zone).utcoffset() != local(moment, home).utcoffset()


def _what(stop: StopView, both: Tongues) -> Pair:
    match stop.kind:
        case StopKind.LEAVE:
            return both(_GOING[stop.mode or TravelMode.FLIGHT], place=stop.to)
        case StopKind.ARRIVE:
            return both(N_("Picked up in {place}") if stop.words else N_("Arrive in {place}"), place=stop.place)
        case StopKind.CHECK_IN:
            hotel = _kept(stop.place)
            if not stop.nights:
                return both(N_("Check in: {hotel}"), hotel=hotel)
            return both.plural("{count} night at {hotel}", "{count} nights at {hotel}", stop.nights, hotel=hotel)
        case StopKind.CHECK_OUT:
            return both(N_("Leave {hotel}"), hotel=_kept(stop.place))
        case StopKind.APPOINTMENT:
            label = stop.what.label if stop.what is not None else N_("see the doctor")
            return upper_first(both.first(label)), upper_first(both.second(label))


def _kept(name: str) -> str:
    """A name whose last word never stands alone on a line."""
    return NBSP.join(name.rsplit(" ", 1))


def _details(stop: StopView, both: Tongues) -> list[Pair]:
    found: list[Pair] = []
    if stop.kind is StopKind.LEAVE:
        found += _leaving(stop, both)
    elif stop.kind is StopKind.APPOINTMENT:
        where = ", ".join(part for part in (stop.house, stop.place) if part)
        found += [both.typed(words) for words in (where, stop.doctor, *stop.words) if words]
        if stop.has_interpreter:
            found.append(both(N_("An interpreter is with you.")))
        if not stop.is_certain:
            found.append(both(N_("Not certain yet. We will tell you.")))
    else:
        found += [both.typed(words) for words in stop.words]
        if stop.nights > 1 and stop.until is not None:
            until = stop.until
            message = N_("Until {day}.")
            found.append((both.first(message, day=both.day(until)[0]), both.second(message, day=both.day(until)[1])))
    return found


def _leaving(stop: StopView, both: Tongues) -> list[Pair]:
    found: list[Pair] = []
    trip = " · ".join(part for part in (stop.house, *stop.words) if part)
    if trip:
        found.append(both.typed(trip))
    if stop.be_there is not None:
        clocks = [lang.formats.time(stop.be_there, stop.zone) for lang in (both.first, both.second)]
        message = N_("Be there at {time}. Bring your passport.")
        found.append((both.first(message, time=clocks[0]), both.second(message, time=clocks[1])))
    return found


# whom to call


def entry(who: Pair, desk: DeskView, view: ItineraryView, both: Tongues) -> PhoneEntry:
    """A desk with one number and its hours on both clocks."""
    return PhoneEntry(who=who, number=bound(desk.phone), hours=_hours(desk, view, both))


def _hours(desk: DeskView, view: ItineraryView, both: Tongues) -> str:
    """``24 jam · 24 hours``, or the hours on both clocks; the house where no hours are known."""
    if _ALWAYS.search(desk.hours) or (not desk.hours and desk.phone == desk.night_phone and desk.phone):
        return both.key(N_("24 hours"))
    if not desk.hours:
        return desk.house
    shown = hours_words(desk.hours, both.first)
    match = _RANGE.search(desk.hours)
    zone = desk.zone or view.there_zone
    now = view.as_of
    if match is None or not differs(now, zone, view.office.zone):
        return f"{shown}{NBSP}{zone_word(zone)}"
    home, there = local(now, view.office.zone).utcoffset(), local(now, zone).utcoffset()
    assert home is not None
    assert there is not None
    shift = int((home - there).total_seconds() // 60)
    ends = [int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])]
    first, last = (dt.time((end + shift) // 60 % 24, (end + shift) % 60) for end in ends)
    clock = both.first.formats.clock_time
    at_home = f"{clock(first)}–{clock(last)}{NBSP}{zone_word(view.office.zone)}"
    return f"{shown}{NBSP}{zone_word(zone)} · {at_home}"


# what to bring


def to_bring(view: ItineraryView, both: Tongues) -> list[Pair]:
    """What belongs into the bag, in the order in which it is asked for."""
    found: list[Pair] = []
    if view.country not in ("", "ID"):
        if view.passport_expires_on is not None:
            found.append(both(N_("Passport, valid to {day}"), day=view.passport_expires_on))
        else:
            found.append(both(N_("Passport")))
        if view.companions:
            found.append(both(N_("Passports of whoever goes along")))
    else:
        found.append(both(N_("Identity card (KTP)")))
    if view.letter is not None:
        found.append(both(N_("Guarantee letter, on paper")))
    if view.has_cover:
        found.append(both(N_("Insurance member card")))
    if view.has_referral:
        found.append(both(N_("Referral letter of your doctor")))
    found.append(both(N_("Earlier scans and lab results")))
    days = max(view.nights, 1) + 2
    found.append(both(N_("Your medicines for {count} days"), count=days))
    if view.has_medif:
        found.append(both(N_("Airline's medical form, cleared")))
    if view.arrival_card and view.card_from is not None and view.card_to is not None:
        message = N_("Arrival card {card}, {days}")
        found.append(
            (
                both.first(message, card=view.arrival_card, days=_span(both.first, view.card_from, view.card_to)),
                both.second(message, card=view.arrival_card, days=_span(both.second, view.card_from, view.card_to)),
            )
        )
    return found


def _span(language: Language, first: dt.date, last: dt.date) -> str:
    """``20–23 Nov``, or ``30 Nov–2 Des`` over the end of a month."""
    end = language.formats.short_date(last)
    start = str(first.day) if first.month == last.month else language.formats.short_date(first)
    return f"{start}–{end}".replace(" ", NBSP)
