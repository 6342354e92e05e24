"""Will this hospital accept this letter? Five questions, each with its answer, its source and how old that is.

Nothing here decides: what is not known is said to be unknown, and what is old is said to be old. Source: ``domain``
1.2 step 10, 1.5 (fields a hospital wants on the letter).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from liaison.domain.coded import Coded
from liaison.domain.fields import check_order, check_required, draft, problem, warning
from liaison.domain.fields import field as draft_field
from liaison.domain.identifiers import number_key
from liaison.domain.names import fold
from liaison.domain.network import is_stale
from liaison.domain.privacy import OUTSIDE_BUT_PUBLIC
from liaison.domain.problems import Problem
from liaison.i18n import N_


class Question(Coded):
    """What a hospital looks at before it takes a letter."""

    PANEL = "PANEL", N_("Insurer on this hospital's panel")
    CREDIT = "CREDIT", N_("Hospital takes letters")
    ROOM = "ROOM", N_("Room as on the letter")
    NAME = "NAME", N_("Name as on the passport")
    PASSPORT = "PASSPORT", N_("Passport number")
    DATES = "DATES", N_("Valid on the day of admission")


class Answer(Coded):
    """What is known of one question."""

    YES = "YES", N_("yes")
    NO = "NO", N_("no")
    UNKNOWN = "UNKNOWN", N_("not known")


@draft
class PanelDraft:
    """Whether a hospital takes the letters of an insurer, from one day to another, and who says so."""

    insurer_id: int = draft_field(N_("Insurer"), required=True, audience=OUTSIDE_BUT_PUBLIC)
    hospital_id: int = draft_field(N_("Hospital"), required=True, audience=OUTSIDE_BUT_PUBLIC)
    is_on_panel: bool = draft_field(N_("On the panel"), audience=OUTSIDE_BUT_PUBLIC, default=True)
    valid_from: dt.date | None = draft_field(N_("Since"), audience=OUTSIDE_BUT_PUBLIC, default=None)
    valid_to: dt.date | None = draft_field(N_("Until"), audience=OUTSIDE_BUT_PUBLIC, default=None)
    source: str = draft_field(
        N_("Source"), help=N_("The insurer's list, the desk's word."), required=True, audience=OUTSIDE_BUT_PUBLIC
    )
    checked_on: dt.date = draft_field(N_("Checked on"), required=True, audience=OUTSIDE_BUT_PUBLIC)
    note: str = draft_field(N_("Note"), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelEntry:
    """One statement about a panel."""

    is_on_panel: bool
    source: str
    checked_on: dt.date
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether it speaks of a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


Word = TypeVar("Word", bound=PanelEntry)


def newest_word(words: Sequence[Word], day: dt.date) -> Word | None:
    """Of the words that speak of a day the one checked last, of two of one day the later written; else none."""
    known = [word for word in reversed(words) if word.holds_on(day)]
    return max(known, key=lambda word: word.checked_on, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterToCheck:
    """Everything the questions ask of a letter, its hospital and its patient."""

    day: dt.date
    """The planned day of admission, or today."""
    today: dt.date
    panel: tuple[PanelEntry, ...] = ()
    takes_letters: bool | None = None
    credit_source: str = ""
    """Who said so; empty where it is only what the house's own record says."""
    hospital_checked_on: dt.date | None = None
    room_on_letter: str = ""
    room_booked: str = ""
    name_on_letter: str = ""
    passport_name: str = ""
    passport_on_letter: str = ""
    passports: tuple[str, ...] = ()
    passport_seen_on: dt.date | None = None
    letter_on: dt.date | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to one question. ``said`` and ``source`` are marked, unless the source was typed."""

    question: Question
    answer: Answer
    said: str
    source: str
    as_of: dt.date | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    is_old: bool = False

    @property
    def is_good(self) -> bool:
        """Whether nothing need be done about it."""
        return self.answer is Answer.YES and not self.is_old


NOBODY = N_("nobody has asked yet")
THE_LETTER = N_("the letter")
HOSPITAL_RECORD = N_("the hospital's record here")
OLD_WORD = N_("That was more than half a year ago. Ask the desk again.")


def verdicts(letter: LetterToCheck) -> tuple[Verdict, ...]:
    """Every question with its answer."""
    return (_panel(letter), _credit(letter), _room(letter), _name(letter), _passport(letter), _dates(letter))


def will_accept(found: Iterable[Verdict]) -> Answer:
    """All in all: no where one answer is no, not known where one is not, else yes."""
    answers = {v.answer for v in found}
    if Answer.NO in answers:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.YES


def _panel(letter: LetterToCheck) -> Verdict:
    newest = newest_word(letter.panel, letter.day)
    if newest is None:
        return Verdict(
            question=Question.PANEL, answer=Answer.UNKNOWN, said=N_("nothing on record for that day"), source=NOBODY
        )
    return Verdict(
        question=Question.PANEL,
        answer=Answer.YES if newest.is_on_panel else Answer.NO,
        said=N_("on the panel") if newest.is_on_panel else N_("not on the panel"),
        source=newest.source,
        as_of=newest.checked_on,
        is_old=is_stale(newest.checked_on, today=letter.today),
    )


def _credit(letter: LetterToCheck) -> Verdict:
    answer = {None: Answer.UNKNOWN, True: Answer.YES, False: Answer.NO}[letter.takes_letters]
    words = {
        Answer.UNKNOWN: N_("credit arrangement not known"),
        Answer.YES: N_("has a credit arrangement"),
        Answer.NO: N_("has no credit arrangement"),
    }
    asked = letter.takes_letters is not None
    return Verdict(
        question=Question.CREDIT, answer=answer, said=words[answer],
        source=(letter.credit_source or HOSPITAL_RECORD) if asked else NOBODY,
        as_of=letter.hospital_checked_on if asked else None,
        is_old=asked and is_stale(letter.hospital_checked_on, today=letter.today),
    )  # fmt: skip


def _room(letter: LetterToCheck) -> Verdict:
    ours, theirs = letter.room_booked.strip(), letter.room_on_letter.strip()
    if not theirs:
        return _said(Question.ROOM, Answer.UNKNOWN, N_("the letter names no room"), letter)
    if not ours:
        return _said(Question.ROOM, Answer.UNKNOWN, N_("letter: {theirs}; no room booked yet"), letter, theirs=theirs)
    if number_key(ours) == number_key(theirs):
        return _said(Question.ROOM, Answer.YES, N_("{theirs}, as booked"), letter, theirs=theirs)
    words = N_("letter: {theirs}; booked: {ours}. For a higher class the patient pays the difference")
    return _said(Question.ROOM, Answer.UNKNOWN, words, letter, theirs=theirs, ours=ours)


def _name(letter: LetterToCheck) -> Verdict:
    theirs, ours = letter.name_on_letter.strip(), letter.passport_name.strip()
    if not theirs:
        return _said(Question.NAME, Answer.UNKNOWN, N_("the name on the letter is not written down"), letter)
    if not ours:
        return _said(Question.NAME, Answer.UNKNOWN, N_("the name on the passport is not written down"), letter)
    if fold(theirs) == fold(ours):
        return _said(Question.NAME, Answer.YES, N_("the same on both"), letter)
    return _said(Question.NAME, Answer.NO, N_("differs between letter and passport"), letter)


def _passport(letter: LetterToCheck) -> Verdict:
    theirs = number_key(letter.passport_on_letter)
    if not theirs:
        return _said(Question.PASSPORT, Answer.UNKNOWN, N_("no passport number written down from the letter"), letter)
    if not letter.passports:
        return _said(Question.PASSPORT, Answer.UNKNOWN, N_("no passport of the patient on record"), letter)
    same = theirs in {number_key(p) for p in letter.passports}
    words = N_("the same on both") if same else N_("differs between letter and passport")
    return _said(Question.PASSPORT, Answer.YES if same else Answer.NO, words, letter)


def _dates(letter: LetterToCheck) -> Verdict:
    if letter.valid_to is None:
        return _said(Question.DATES, Answer.UNKNOWN, N_("the letter's last day is not written down"), letter)
    after_start = letter.valid_from is None or letter.valid_from <= letter.day
    if after_start and letter.day <= letter.valid_to:
        return _said(Question.DATES, Answer.YES, N_("valid to {day}"), letter, day=letter.valid_to)
    words = N_("valid to {day}, but admission is on {admission}")
    if not after_start:
        return _said(
            Question.DATES, Answer.NO, N_("valid only from {day}, but admission is on {admission}"), letter,
            day=letter.valid_from, admission=letter.day,
        )  # fmt: skip
    return _said(Question.DATES, Answer.NO, words, letter, day=letter.valid_to, admission=letter.day)


def _said(question: Question, answer: Answer, said: str, letter: LetterToCheck, **values: object) -> Verdict:
    """A verdict that the letter itself gives, of the day it was issued; the letter never grows old by itself."""
    return Verdict(
        question=question, answer=answer, said=said, source=THE_LETTER, as_of=letter.letter_on, values=values
    )


class DatedWord(Protocol):
    """What a desk said of some days, and when it was asked."""

    @property
    def valid_from(self) -> dt.date | None:
        """First day it speaks of."""

    @property
    def valid_to(self) -> dt.date | None:
        """Last day it speaks of."""

    @property
    def checked_on(self) -> dt.date:
        """When the desk said so."""


def check_panel(entry: PanelDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about a statement on a panel."""
    return check_dated_word(entry, today=today)


def check_dated_word(entry: DatedWord, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about a dated word: days in order, asked neither tomorrow nor too long ago."""
    found = check_required(entry)
    if found:
        return found
    found += check_order(entry, "valid_from", "valid_to")
    if entry.checked_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "checked_on"))
    elif is_stale(entry.checked_on, today=today):
        found.append(warning("OLD", OLD_WORD, "checked_on"))
    return found


def open_questions(found: Collection[Verdict]) -> int:
    """How many answers still need somebody."""
    return sum(not v.is_good for v in found)
