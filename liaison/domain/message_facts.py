"""What a message says plainly: telephone numbers, age, dates, places, houses, what for. Each with where it stands."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from liaison.domain.identifiers import Phone, digits_of, read_phone
from liaison.domain.message_text import MessageText
from liaison.domain.message_words import (
    AFTER_WANT,
    AGE_WORDS,
    BORN,
    COMPLAINT,
    DAY_WORDS,
    DAYS_AHEAD,
    INSURANCE_WORDS,
    KIN,
    MONTHS,
    NEED_ENDS,
    NOT_A_NAME,
    NOT_PHONE,
    POSSESSIVE,
    TITLES,
    WANT,
    WEEKDAYS,
)
from liaison.domain.network import OrganizationKind

MOST_PHONES = 8
LONGEST_NEED = 80
OLDEST = 120
_WORDS_OF_HOUSE = 7
_PHONE = re.compile(r"(?<![\w.,/])\(?\+?\d(?:[ ().\-]{0,2}\d){7,15}(?![\w/])")
_DATE = re.compile(r"(?<![\w/.\-])(\d{1,2})\s?([/.\-])\s?(\d{1,2})(?:\s?\2\s?(\d{4}|\d{2}))?(?![\w/]|[.\-]\d)")
_AGE = re.compile(
    r"(?<![\w.,+])(?<!\d/)(?P<age>(?P<years>\d{1,3})\s?(?:tahun|thn|th|yrs?(?:\s?old)?|years?(?:\s?old|-old)?|y/?o)"
    r"(?:\s(?P<months>\d{1,2})\s?(?:bulan|bln|months?))?|(?P<young>\d{1,2})\s?(?:bulan|bln|months?)(?=\s?(?:old)?))(?!\w)",
    re.IGNORECASE,
)
_BARE_AGE = re.compile(r"(?<=[A-Za-z] )\((?P<age>[1-9]\d|10\d)\)")
"""An age in brackets behind a name: "Nurhayati Lubis (44)"."""
_BEHIND_NAME = re.compile(
    r"[ ,/(]{1,3}(?P<age>[1-9]\d|10\d)(?![/.-]\d)"
    r"(?=[ ]?(?:[,;)\n/]|\.(?!\d)|$)|[ ](?:dari|dr|from|mau|ingin|di|of|who|wants?|needs?)\b)"
)
"""A figure alone behind a name, with nothing behind it that it could count."""
_MAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,60}@[A-Za-z0-9][A-Za-z0-9-]{0,60}(?:\.[A-Za-z0-9-]{1,60}){1,4}")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th| \d{1,2})?")
"""A day of the month, or the first of several: "20-22 des"."""
_LETTERS = re.compile(r"[a-z]+")
MOST_DATES = 40
_LONG_AGO = frozenset({"lalu", "yg", "yang", "ago", "kemarin", "terakhir", "sebelumnya", "silam"})
_DURING = frozenset({"selama", "sejak", "since", "for", "setiap", "tiap", "dalam", "sudah", "sdh", "udah", "udh"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A value with the part of the message that it comes from."""

    value: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHouse:
    """A hospital or insurer of the store with every spelling it goes by, folded."""

    id: int
    kind: OrganizationKind
    name: str
    city: str = ""
    spellings: tuple[str, ...] = ()


# telephone and mail


def phones(message: MessageText) -> list[tuple[Phone, int, int]]:
    """Every telephone number, in the order of the message. Numbers of cards, policies and accounts are none."""
    found: list[tuple[Phone, int, int]] = []
    tried = 0
    for match in _PHONE.finditer(message.text):
        digits = digits_of(match[0])
        if not 9 <= len(digits) <= 15 or not (match[0].lstrip("(")[0] in "+0" or digits[:2] in _HEADS):
            continue
        if not _labelled_otherwise(message, match.start()) and tried < 4 * MOST_PHONES:
            tried += 1
            phone = read_phone(match[0])
            if phone is not None and all(phone.e164 != p.e164 for p, _s, _e in found):
                found.append((phone, match.start(), match.end()))
        if len(found) == MOST_PHONES:
            break
    return found


_HEADS = frozenset({"62", "60", "65", "81", "82", "83", "85", "87", "88", "89", "66", "86"})
"""Beginnings of numbers that are written without a nought or a plus."""


def _labelled_otherwise(message: MessageText, at: int) -> bool:
    before = message.text[max(0, at - 24) : at].casefold()
    words = _LETTERS.findall(before)
    return _is_policy_number(message, at) or any(w in NOT_PHONE for w in words[-2:]) or before.rstrip().endswith("rp")


def _is_policy_number(message: MessageText, at: int) -> bool:
    """A number without a nought or a plus, only called a number, behind the name of an insurance: "AIA no. 8800…"."""
    if message.text[at : at + 1] in ("0", "+", "("):
        return False
    words = _LETTERS.findall(message.text[max(0, at - 60) : at].casefold())
    return bool(words) and words[-1] in ("no", "nomor", "number", "nr") and any(w in INSURANCE_WORDS for w in words)


def mail(message: MessageText, *, after: int = 0) -> Guess | None:
    """The first address of the message."""
    found = _MAIL.search(message.text, after) if "@" in message.text else None
    return Guess(value=found[0], start=found.start(), end=found.end()) if found else None


# age and birth


def age(message: MessageText) -> Guess | None:
    """The age as it was said: "46th", "8 bln". Never turned into a date."""
    for match in _AGE.finditer(message.text):
        years = int(match["years"] or 0)
        before = message.text[max(0, match.start() - 20) : match.start()].casefold().split()
        after = message.text[match.end() : match.end() + 12].casefold().split()
        said = bool(before) and before[-1].strip(":") in AGE_WORDS
        if years > OLDEST or (after and after[0].strip(".,") in _LONG_AGO):
            continue
        if before and before[-1] in _DURING:
            continue
        if match["young"] and not said and not _is_behind_name(message, match.start()):
            continue
        return Guess(value=match[0].strip(), start=match.start(), end=match.end())
    bare = _BARE_AGE.search(message.text)
    if bare is not None:
        return Guess(value=bare["age"], start=bare.start("age"), end=bare.end("age"))
    for at, word in enumerate(message.words):
        own = message.key(at - 1) in POSSESSIVE and message.key(at - 2) in AGE_WORDS
        follows = own or message.key(at - 1) in AGE_WORDS
        if follows and word.text.isascii() and word.text.isdigit() and len(word.text) <= 3 and int(word.text) <= OLDEST:
            return Guess(value=word.text, start=word.start, end=word.end)
    return None


def _is_behind_name(message: MessageText, start: int) -> bool:
    """Whether a word with a capital stands before: "Aisyah 8 bulan" is an age, "hamil 8 bulan" is none."""
    before = next((w for w in reversed(message.words) if w.end <= start), None)
    near = before is not None and message.text[before.end : start].strip(" ,(") == ""
    return near and before is not None and before.is_capital and before.is_letters and before.key not in NOT_A_NAME


def age_behind(message: MessageText, name: Guess | None) -> Guess | None:
    """A bare figure behind the patient's name: "Tiurma Sinaga, 66"."""
    found = _BEHIND_NAME.match(message.text, name.end) if name is not None else None
    if found is None:
        return None
    return Guess(value=found["age"], start=found.start("age"), end=found.end("age"))


def birth_date(message: MessageText, *, today: dt.date) -> Guess | None:
    """A date of birth, only where day, month and a year of four figures stand behind a word for being born."""
    for date in _dates(message):
        born = date.day_of(date.year) if date.is_four and date.year is not None else None
        if born is None or not today.replace(year=today.year - OLDEST, day=1) <= born <= today:
            continue
        before = message.text[max(0, date.start - 30) : date.start].casefold().rpartition("\n\n")[2]
        if any(w in BORN for w in _LETTERS.findall(before)[-4:]):
            return Guess(value=born, start=date.start, end=date.end)
    return None


# dates


@dataclass(frozen=True, slots=True, kw_only=True)
class _Date:
    day: int
    month: int | None
    year: int | None
    start: int
    end: int
    is_four: bool = False

    def day_of(self, year: int) -> dt.date | None:
        """The date in a year, where it exists."""
        if self.month is None or not 1 <= self.month <= 12 or not 1 <= year <= 9999:
            return None
        return dt.date(year, self.month, self.day) if 1 <= self.day <= monthrange(year, self.month)[1] else None


def _dates(message: MessageText) -> list[_Date]:
    """Everything that is written as a date, in order: 28/11, 28-11-2026, 28 Nov, Nov 28, tgl 28."""
    found = [*islice(_figures(message), MOST_DATES), *islice(_spelled(message), MOST_DATES)]
    return sorted(found, key=lambda d: d.start)


def _figures(message: MessageText) -> Iterator[_Date]:
    for match in _DATE.finditer(message.text):
        day, month = int(match[1]), int(match[3])
        if not (1 <= day <= 31 and 1 <= month <= 12) or (match[2] == "." and match[4] is None):
            continue
        if match[4] is None and match[2] == "-":
            continue  # "2-3 hari" is no date
        year = None if match[4] is None else int(match[4]) + (2000 if len(match[4]) == 2 else 0)
        yield _Date(
            day=day, month=month, year=year, start=match.start(), end=match.end(), is_four=len(match[4] or "") == 4
        )


def _spelled(message: MessageText) -> Iterator[_Date]:
    for at, word in enumerate(message.words):
        day = _DAY.fullmatch(word.key)
        if day is not None and 1 <= int(day[1]) <= 31:
            month = MONTHS.get(message.key(at + 1)) if not _apart(message, at + 1) else None
            if month is not None:
                yield _with_year(message, int(day[1]), month, at, at + 1)
            elif message.key(at - 1) in DAY_WORDS and not _is_figures(message, at):
                yield _Date(day=int(day[1]), month=None, year=None, start=message.words[at - 1].start, end=word.end)
        elif word.key in MONTHS and not _apart(message, at + 1):
            day = _DAY.fullmatch(message.key(at + 1))
            before = _DAY.fullmatch(message.key(at - 1)) if at else None
            if day is not None and before is None and 1 <= int(day[1]) <= 31:
                yield _with_year(message, int(day[1]), MONTHS[word.key], at, at + 1)


def _apart(message: MessageText, at: int) -> bool:
    """Whether something other than blanks stands before a word."""
    return at >= len(message.words) or message.words[at].gap.strip(" .-") != "" or "\n" in message.words[at].gap


def _is_figures(message: MessageText, at: int) -> bool:
    """Whether a number is the first part of 28/11."""
    after = message.text[message.words[at].end : message.words[at].end + 2]
    return re.match(r"[/\-.]\d", after) is not None


def _with_year(message: MessageText, day: int, month: int, first: int, last: int) -> _Date:
    year, end = None, message.words[last].end
    if last + 1 < len(message.words) and message.words[last + 1].gap.strip() in ("", ","):
        text = message.words[last + 1].text
        if re.fullmatch(r"(19|20)\d\d", text):
            year, end = int(text), message.words[last + 1].end
    return _Date(day=day, month=month, year=year, start=message.words[first].start, end=end, is_four=year is not None)


def planned_on(message: MessageText, *, today: dt.date) -> Guess | None:
    """The day that is wished for: without a month the next such day, without a year the next such date."""
    for date in _dates(message):
        if _is_other_day(message, date.start):
            continue
        day = _ahead(date, today)
        if day is not None:
            return Guess(value=day, start=date.start, end=date.end)
    return _said_day(message, today)


def _is_other_day(message: MessageText, start: int) -> bool:
    """A birth date, the end of a passport, a day that has been: not the one wished for."""
    before = _LETTERS.findall(message.text[max(0, start - 30) : start].casefold())
    if len(before) > 1 and before[-1] == "date" and before[-2] in _PLANNED_DATE:
        return False
    return any(w in BORN or w in _NOT_PLANNED for w in before[-4:])


_PLANNED_DATE = frozenset({"admission", "appointment", "planned", "surgery", "requested", "preferred", "travel"})


_NOT_PLANNED = frozenset(
    {"berlaku", "sampai", "expired", "exp", "until", "sejak", "since", "terakhir", "kemarin", "polis", "paspor",
     "passport", "sent", "date", "hasil"}
)  # fmt: skip


def _ahead(date: _Date, today: dt.date) -> dt.date | None:
    if date.month is None:
        return next_such_day(date.day, today)
    if date.year is not None:
        day = date.day_of(date.year)
        return day if day is not None and today <= day <= today + dt.timedelta(days=730) else None
    for year in range(today.year, today.year + 5):
        day = date.day_of(year)
        if day is not None and day >= today:
            return day
    return None


def next_such_day(day: int, today: dt.date) -> dt.date | None:
    """The next date with this day of the month, today included; a month that has no such day is passed over."""
    year, month = today.year, today.month
    for _month in range(3):
        if 1 <= day <= monthrange(year, month)[1] and dt.date(year, month, day) >= today:
            return dt.date(year, month, day)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return None


def _said_day(message: MessageText, today: dt.date) -> Guess | None:
    """ "besok", "Senin depan", "next Monday"."""
    for at, word in enumerate(message.words):
        if word.key in DAYS_AHEAD:
            return Guess(value=today + dt.timedelta(days=DAYS_AHEAD[word.key]), start=word.start, end=word.end)
        weekday = WEEKDAYS.get(word.key)
        if weekday is None or (word.key == "minggu" and message.key(at - 1) != "hari"):
            continue
        first, last = at, at
        if message.key(at - 1) in ("hari", "next", "this"):
            first = at - 1
        if message.key(at + 1) in ("depan", "ini", "besok", "nanti"):
            last = at + 1
        if first == last:
            continue
        days = (weekday - today.weekday() - 1) % 7 + 1
        return Guess(
            value=today + dt.timedelta(days=days), start=message.words[first].start, end=message.words[last].end
        )
    return None


# places


def places(message: MessageText) -> tuple[Guess | None, Guess | None]:
    """Where somebody comes from and goes to: "Medan ke Penang". A city at home is home unless one goes there."""
    home: Guess | None = None
    away: Guess | None = None
    for at, (city, count) in message.places.items():
        guess = Guess(value=city, start=message.words[at].start, end=message.words[at + count - 1].end)
        goes = message.key(at - 1) in _GOES and not _apart(message, at)
        if city.country != "ID" or (goes and (home is not None or _another_home(message, at))):
            away = away or guess
        else:
            home = home or guess
    return home, away


_GOES = frozenset({"ke", "to", "tujuan", "menuju"})


def _another_home(message: MessageText, here: int) -> bool:
    return any(city.country == "ID" and at != here for at, (city, _n) in message.places.items())


# houses


def houses(message: MessageText, known: Iterable[KnownHouse], *, city: str = "") -> Mapping[OrganizationKind, Guess]:
    """The hospital and the insurer that the message names, among those on record. Two of a name: that of the city."""
    by_first: dict[str, dict[str, list[KnownHouse]]] = {}
    for house in known:
        for spelling in house.spellings:
            if len(spelling) >= 3:
                by_first.setdefault(spelling.split()[0], {}).setdefault(spelling, []).append(house)
    found: dict[OrganizationKind, Guess] = {}
    for at, word in enumerate(message.words) if by_first else ():
        spellings = by_first.get(word.key)
        for count in range(_WORDS_OF_HOUSE, 0, -1) if spellings else ():
            words = message.words[at : at + count]
            said = " ".join(_IN_FULL.get(w.key, w.key) for w in words)
            for kind, house in _meant((spellings or {}).get(said, ()), city):
                longer = kind not in found or words[-1].end - word.start > found[kind].end - found[kind].start
                if longer:
                    found[kind] = Guess(value=house, start=word.start, end=words[-1].end)
    return found


_IN_FULL = {"hosp": "hospital", "ctr": "centre", "med": "medical"}
"""Words of houses that are written short."""


def _meant(named: Sequence[KnownHouse], city: str) -> Iterator[tuple[OrganizationKind, KnownHouse]]:
    for kind in dict.fromkeys(h.kind for h in named):
        of_kind = [h for h in named if h.kind is kind]
        there = [h for h in of_kind if city and h.city == city]
        only = of_kind if len(of_kind) == 1 else there
        if len(only) == 1:
            yield kind, only[0]


# what for


def need(message: MessageText) -> Guess | None:
    """What the person wants, in the words of the message: "mau *kontrol jantung* ke Penang"."""
    complaint = AFTER_WANT | {"with", "of", "from", "by"}
    return _after(message, WANT, first=AFTER_WANT) or _after(message, COMPLAINT, first=complaint, whole=True)


def _after(
    message: MessageText, openers: frozenset[str], *, first: frozenset[str], whole: bool = False
) -> Guess | None:
    words = message.words
    for at, word in enumerate(words):
        if word.key not in openers:
            continue
        begin = at + 1
        while begin < len(words) and _is_skipped(message, begin, first | openers):
            begin += 1
        if whole and word.key in _SAYS_ITSELF:
            begin = at
        last = _need_end(message, begin)
        if last is None or _is_empty_want(message, begin, last):
            continue
        start, end = words[begin].start, words[last].end
        return Guess(value=message.text[start:end], start=start, end=end)
    return None


def _is_skipped(message: MessageText, at: int, words: frozenset[str]) -> bool:
    """Words between the wish and what is wished: "mau tanya kak utk *kontrol mata*"."""
    key = message.key(at)
    if key in KIN and message.key(at - 1) in _ASKS and not message.words[at].breaks:
        return True
    return not message.words[at].breaks and (key in words or key in _ASKS or key in _ADDRESSED or key in TITLES)


_ADDRESSED = frozenset({"kak", "min", "dok", "sus", "admin", "bro", "sis", "dong", "dulu"})
_ASKS = frozenset({"tanya", "nanya", "bertanya", "ask", "daftarin", "daftarkan", "mendaftarkan"})
_SAYS_ITSELF = frozenset({"sakit", "kena", "derita"})
_EMPTY = frozenset({"refer", "merujuk", "daftar", "info", "konfirmasi", "tau", "tahu", "know", "kesana", "kesini"})


def _need_end(message: MessageText, begin: int) -> int | None:
    """The last word of what is wanted: up to a place, a date, a number, a break or a word that turns elsewhere."""
    words = message.words
    last: int | None = None
    for at in range(begin, min(begin + 9, len(words))):
        word = words[at]
        stops = at > begin and (word.breaks or _turns_elsewhere(message, at))
        label = at == begin and word.breaks and word.gap.strip(" ") not in (":", "")
        if stops or label or (at == begin and word.key in NEED_ENDS) or at in message.places or not word.is_letters:
            break
        if word.end - words[begin].start > LONGEST_NEED:
            break
        last = at
    while last is not None and last > begin and message.key(last) in _LEADS_ON:
        last -= 1
    return last


_LEADS_ON = frozenset({"for", "utk", "untuk", "to", "the", "a", "an", "of", "with"})
"""Words that end no wish."""


def _turns_elsewhere(message: MessageText, at: int) -> bool:
    """Whether what is wanted ends before a word: at "ke", at "untuk Bu Sri", not at "di payudara"."""
    key, after = message.key(at), message.key(at + 1)
    named = at + 1 < len(message.words) and (message.words[at + 1].is_capital or at + 1 in message.places)
    if key == "di":
        return after not in _BODY
    if key in ("utk", "untuk", "for"):
        return named or after in KIN or after in TITLES
    return key in NEED_ENDS or (key in TITLES and named)


_BODY = frozenset(
    {"payudara", "perut", "leher", "kepala", "paru", "otak", "dada", "lutut", "punggung", "pinggang", "rahim", "ginjal",
     "hati", "usus", "tulang", "mata", "telinga", "kaki", "tangan", "bahu", "hidung", "mulut", "kandungan"}
)  # fmt: skip


def _is_empty_want(message: MessageText, begin: int, last: int) -> bool:
    return message.key(begin) in _MOVES or (begin == last and message.key(begin) in _EMPTY)


_MOVES = frozenset({"come", "go", "travel", "fly", "visit", "datang", "berangkat", "pergi", "brgkt"})
