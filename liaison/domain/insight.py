"""What the six questions of the page Insight are made of: outcomes of cases, gaps in the data, figures and their rows.

Six fixed questions instead of a free dashboard, so that everybody in the office reads the same figure the same way.
Inside the office figures are exact; the rule of small numbers holds for what leaves it. Source: ``ux`` 4.1, Wawasan.
"""

from __future__ import annotations

from dataclasses import dataclass

from liaison.domain.coded import Coded
from liaison.domain.money import Money
from liaison.domain.periods import Period
from liaison.i18n import N_


class Question(Coded):
    """One of the fixed questions; ``CITY`` is the view of one city."""

    PILES = "piles", N_("What piles up?")
    SLOW = "slow", N_("Who is slow?")
    UNPAID = "unpaid", N_("What is unpaid?")
    ROUTES = "routes", N_("From where, to where?")
    CHANGED = "changed", N_("What changed since last month?")
    MISSING = "missing", N_("What data is missing?")
    CITY = "city", N_("One city")


class Outcome(Coded):
    """What became of a case, seen from the city it came from."""

    AHEAD = "ahead", N_("still being prepared")
    AWAY = "away", N_("went for treatment")
    HOME = "home", N_("answered or treated at home")
    ENDED = "ended", N_("ended on the way")


class Gap(Coded):
    """Something an open case should say and does not. The stored value is also what a filter is asked with."""

    CITY = "city", N_("home city")
    DESTINATION = "destination", N_("country of treatment")
    HOSPITAL = "hospital", N_("hospital")
    COVER = "cover", N_("policy")
    PAYER = "payer", N_("who pays")
    DIAGNOSIS = "diagnosis", N_("diagnosis or need")
    OFFICER = "officer", N_("officer in charge")


class LinkedGap(Coded):
    """Something missing that stands beside an open case: on the patient, or as the next step."""

    STEP = "step", N_("next step")
    BIRTH = "birth", N_("date of birth")
    PHONE = "phone", N_("telephone number")


class ClaimGap(Coded):
    """Something a claim that is not void should say and does not."""

    NUMBER = "number", N_("claim number")
    SUBMITTED = "submitted", N_("date submitted")
    INSURER = "insurer", N_("insurer")
    HOSPITAL = "hospital", N_("hospital")
    CITY = "city", N_("home city")
    REASON = "reason", N_("reason for the rejection")


def mask_of(gap: Gap | ClaimGap) -> int:
    """The bit of a gap in a mask."""
    return 1 << list(type(gap)).index(gap)


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """The rows behind a figure: a list, its filter line, its span of days and the date that span goes by."""

    page: str
    filter: str = ""
    period: Period | None = None
    basis: str = ""
    house: int | None = None
    """Of clocks: the house that had to act, and what was waited for; none where it was this office."""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a question is asked about: a city (empty: all) and a span of days (none: all time)."""

    city: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Money of one currency: what was billed, approved, paid, and what is unpaid. Never two currencies in one."""

    billed: Money
    approved: Money
    paid: Money
    unpaid: Money


def exactly(word: str) -> str:
    """A word as a filter line takes it whole, for rows that say just this."""
    return quoted(f"={word}")


def quoted(word: str) -> str:
    """A word as a filter line takes it whole."""
    return '"' + word.replace('"', "") + '"'
