"""Words that the program wrote into a record in one officer's language, said in the language of the reader.

A pasted message leaves whose number it is and the age as it was said; both are kept as text. An officer's own words
stay as they were typed.
"""

from __future__ import annotations

import datetime as dt
import re

from liaison.domain.message_words import PhoneOwner
from liaison.i18n import LANGUAGES, N_, Language
from liaison.i18n.formats import NBSP

AGE_SAID = N_("Age as said on {day}: {age}")
_YEARS = re.compile(r"(\d{1,3})\s*(?:th|thn|tahun|years?|yrs?|yo|y)?\.?", re.IGNORECASE)


def owner_words(text: str, language: Language) -> str:
    """Whose number it is: ``suami`` is a husband for an English reader."""
    for owner in PhoneOwner:
        if text in {Language(code)(owner.label) for code in LANGUAGES}:
            return language(owner.label)
    return text


def note_words(note: str, language: Language) -> str:
    """A person's note, with the age as it was said in the reader's words."""
    return "\n".join(_line(line, language) for line in note.split("\n"))


def _line(line: str, language: Language) -> str:
    for code in LANGUAGES:
        written = Language(code)
        marked = re.escape(written(AGE_SAID, day="\0", age="\1"))
        pattern = marked.replace(re.escape("\0"), "(?P<day>.+?)").replace(re.escape("\1"), "(?P<age>.+)")
        found = re.fullmatch(pattern, line.replace(NBSP, " "))
        day = _day(found["day"], written) if found else None
        if found and day is not None:
            years = _YEARS.fullmatch(found["age"].strip())
            age = language("{band} years", band=years[1]) if years else found["age"]
            return language(AGE_SAID, day=day, age=age)
    return line


def _day(text: str, written: Language) -> dt.date | None:
    """The day that a language wrote so."""
    year = re.search(r"\d{4}", text)
    if year is None:
        return None
    first = dt.date(int(year[0]), 1, 1)
    days = (first + dt.timedelta(days=number) for number in range(366))
    return next((day for day in days if written.formats.date(day).replace(NBSP, " ") == text), None)
