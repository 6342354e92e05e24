"""A pregnancy that travels: how far it is on each flight, what the airline asks for then, and the child it brings.

Airlines' rules are data: each has its source and the day somebody looked. Where an airline has none on record, the
usual rule of the trade stands in, marked as such. Source: ``domain`` 1.9 and 2.2 (newborn); IATA medical manual, as
commonly quoted; an airline's own page wins.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from liaison.domain.coded import Coded
from liaison.domain.fields import check_required, draft, field, problem, warning
from liaison.domain.identifiers import read_nik
from liaison.domain.names import same_name
from liaison.domain.patients import Sex
from liaison.domain.problems import Problem
from liaison.i18n import N_

TERM_DAYS = 280
"""From the first day of the last period to the due date."""

LONGEST_DAYS = 310
MOST_CHILDREN = 8
RULE_OLD_DAYS = 365
MOST_APART_DAYS = 14
"""Due date and counted weeks may differ by so much before somebody should ask."""


class DueBasis(Coded):
    """What is known of a pregnancy: the due date, or how many weeks it was on a day."""

    DUE_DATE = "DUE_DATE", N_("due date as the doctor stated it")
    WEEKS = "WEEKS", N_("weeks as counted on a day")


class FlightAnswer(Coded):
    """Whether an airline takes a pregnant passenger on a day."""

    FREE = "FREE", N_("no letter needed")
    HAS_LETTER = "HAS_LETTER", N_("airline letter at hand")
    NEEDS_LETTER = "NEEDS_LETTER", N_("airline letter needed")
    LETTER_OLD = "LETTER_OLD", N_("airline letter will be too old by then")
    TOO_LATE = "TOO_LATE", N_("the airline no longer takes her")
    NOT_PREGNANT = "NOT_PREGNANT", N_("after the birth")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gestation:
    """How far a pregnancy is: whole weeks and the days beyond."""

    weeks: int
    days: int

    @property
    def all_days(self) -> int:
        """All days counted."""
        return self.weeks * 7 + self.days


@dataclass(frozen=True, slots=True, kw_only=True)
class AirlineRule:
    """What an airline asks of a pregnant passenger. Weeks are completed weeks; ``last_week`` is still flown."""

    carrier: str
    letter_from_week: int
    last_week: int
    last_week_multiple: int
    letter_days: int
    """How old the letter may be on the day of the flight."""
    source: str
    checked_on: dt.date | None = None

    def is_stale(self, today: dt.date) -> bool:
        """Whether nobody has looked for a year, or nobody knows when."""
        return self.checked_on is None or (today - self.checked_on).days > RULE_OLD_DAYS


USUAL_RULE = AirlineRule(
    carrier="", letter_from_week=28, last_week=36, last_week_multiple=32, letter_days=7,
    source=N_("usual rule of airlines (IATA); ask the airline"),
)  # fmt: skip
"""Stands in for an airline without a rule of its own on record."""


@draft
class PregnancyDraft:
    """How far a pregnancy is. Either the due date, or weeks and days as counted on a day."""

    journey_id: int = field(N_("Case"), required=True)
    due_on: dt.date | None = field(N_("Due date"), default=None)
    weeks: int | None = field(N_("Completed weeks"), default=None)
    days: int | None = field(N_("and days"), default=None)
    counted_on: dt.date | None = field(N_("As counted on"), default=None)
    is_multiple: bool = field(N_("Twins or more"), default=False)
    has_complications: bool = field(
        N_("With complications"), help=N_("Then every flight needs the airline's clearance."), default=False
    )
    letter_on: dt.date | None = field(N_("Airline letter dated"), default=None)
    note: str = field(N_("Note"), default="")


@draft
class AirlineRuleDraft:
    """What an airline asks of a pregnant passenger, with its source."""

    carrier: str = field(N_("Airline"), required=True)
    letter_from_week: int = field(N_("Letter needed from week"), required=True)
    last_week: int = field(N_("Flies up to week"), required=True)
    last_week_multiple: int = field(N_("Flies up to week, twins or more"), required=True)
    letter_days: int = field(N_("Letter not older than"), required=True, unit=N_("days"))
    source: str = field(N_("Source"), required=True)
    checked_on: dt.date = field(N_("Checked on"), required=True)


@draft
class NewbornDraft:
    """A child born on a journey, before it has a NIK."""

    journey_id: int = field(N_("Case"), required=True)
    born_on: dt.date = field(N_("Born on"), required=True)
    sex: Sex | None = field(N_("Sex"), default=None)
    birth_order: int = field(N_("Birth order"), help=N_("1 for the first child of this birth."), default=1)
    of_several: bool = field(N_("One of several children"), default=False)
    mother_nik: str = field(N_("Mother's NIK"), help=N_("Stands for the child's own until it has one."), default="")
    note: str = field(N_("Note"), default="")


def due_date(weeks: int, days: int, counted_on: dt.date) -> dt.date:
    """The due date of a pregnancy that was so many weeks and days on a day."""
    return counted_on + dt.timedelta(days=TERM_DAYS - weeks * 7 - days)


def due_of(draft: PregnancyDraft) -> dt.date | None:
    """The due date as stated, else worked out from weeks and days."""
    if draft.due_on is not None:
        return draft.due_on
    if draft.weeks is None or draft.counted_on is None:
        return None
    return due_date(draft.weeks, draft.days or 0, draft.counted_on)


def gestation_on(due_on: dt.date, day: dt.date) -> Gestation | None:
    """How far a pregnancy is on a day; none before it began."""
    passed = TERM_DAYS - (due_on - day).days
    return None if passed < 0 else Gestation(weeks=passed // 7, days=passed % 7)


def judge(
    rule: AirlineRule,
    due_on: dt.date,
    flight_on: dt.date,
    *,
    is_multiple: bool = False,
    has_complications: bool = False,
    letter_on: dt.date | None = None,
    born_on: dt.date | None = None,
) -> FlightAnswer:
    """Whether a flight on a day is taken, and with which paper."""
    if born_on is not None and flight_on >= born_on:
        return FlightAnswer.NOT_PREGNANT
    known = gestation_on(due_on, flight_on)
    if known is None:
        return FlightAnswer.FREE
    last = rule.last_week_multiple if is_multiple else rule.last_week
    if known.all_days > last * 7:
        return FlightAnswer.TOO_LATE
    if known.weeks < rule.letter_from_week and not has_complications:
        return FlightAnswer.FREE
    if letter_on is None:
        return FlightAnswer.NEEDS_LETTER
    is_old = (flight_on - letter_on).days > rule.letter_days
    return FlightAnswer.LETTER_OLD if is_old else FlightAnswer.HAS_LETTER


CALLED_AFTER = "Bayi Ny. "
NAMELESS = "Bayi"


def newborn_name(mother: str, *, order: int, of_several: bool) -> str:
    """What a child is called until it has a name, as hospitals and the civil registry write it."""
    name = f"{CALLED_AFTER}{mother.strip()}"
    return f"{name} ({order})" if of_several else name


def is_called_after(name: str, mother: str) -> bool:
    """Whether a child still has the name of its mother alone."""
    if not name.casefold().startswith(CALLED_AFTER.casefold()):
        return False
    return same_name(re.sub(r"\s*\(\d+\)$", "", name[len(CALLED_AFTER) :]), mother)


def without_mother(name: str) -> str:
    """What such a child is called once its mother's records are erased: ``Bayi``, ``Bayi (2)``."""
    number = re.search(r"\(\d+\)$", name.strip())
    return f"{NAMELESS} {number[0]}" if number is not None else NAMELESS


def check_pregnancy(draft: PregnancyDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about a pregnancy as written down."""
    found = check_required(draft)
    if draft.due_on is None and (draft.weeks is None or draft.counted_on is None):
        found.append(
            problem("NO_DUE_DATE", N_("Write down the due date, or the weeks and the day they were counted."), "due_on")
        )
    if draft.weeks is not None and not 0 <= draft.weeks <= 44:
        found.append(problem("WEEKS", N_("A pregnancy has 0 to 44 weeks."), "weeks"))
    if draft.days is not None and not 0 <= draft.days <= 6:
        found.append(problem("DAYS", N_("Beyond whole weeks there are 0 to 6 days."), "days"))
    for name in ("counted_on", "letter_on"):
        day: dt.date | None = getattr(draft, name)
        if day is not None and day > today:
            found.append(problem("IN_FUTURE", N_("This date lies in the future."), name))
    due = due_of(draft)
    if due is not None and not found:
        passed = TERM_DAYS - (due - today).days
        if passed < 0 or passed > LONGEST_DAYS:
            found.append(warning("DUE_ODD", N_("By this date the pregnancy is not running today. Check it."), "due_on"))
        counted = due_of(replace(draft, due_on=None))
        if counted is not None and abs((counted - due).days) > MOST_APART_DAYS:
            found.append(
                warning("DUE_DIFFERS", N_("Due date and weeks differ by more than two weeks. Ask the doctor."), "weeks")
            )
    return found


def check_airline_rule(rule: AirlineRuleDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with an airline's rule."""
    found = check_required(rule)
    if found:
        return found
    for name in ("letter_from_week", "last_week", "last_week_multiple"):
        if not 1 <= getattr(rule, name) <= 42:
            found.append(problem("WEEK", N_("A week between 1 and 42."), name))
    if rule.letter_days < 1:
        found.append(problem("NOT_POSITIVE", N_("This number must be more than zero."), "letter_days"))
    if rule.checked_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "checked_on"))
    return found


def check_newborn(child: NewbornDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with a newborn child's details."""
    found = check_required(child)
    if found:
        return found
    if child.born_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "born_on"))
    if not 1 <= child.birth_order <= MOST_CHILDREN:
        found.append(problem("BIRTH_ORDER", N_("The birth order is 1 to {most}."), "birth_order", most=MOST_CHILDREN))
    elif child.birth_order > 1 and not child.of_several:
        found.append(problem("ONLY_CHILD", N_("A second child of one birth is one of several."), "of_several"))
    if child.mother_nik.strip() and read_nik(child.mother_nik, today=today) is None:
        found.append(problem("MOTHER_NIK", N_("The mother's NIK has 16 digits; check it with the card."), "mother_nik"))
    return found
