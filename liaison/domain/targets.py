"""Targets: how long a step usually takes, by whom, and how long it took. A target is never a legal limit.

No public rule sets a deadline for a guarantee letter, so every office sets its own per insurer, administrator and
hospital; the defaults are those of ``domain`` 1.8. A clock runs in the working time of whoever has to act, and stands
still while a question of theirs is open with us.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from liaison.domain.calendars import Calendar
from liaison.domain.clocks import (
    Pause,
    after_time,
    after_working_days,
    after_working_time,
    elapsed,
    worked,
    working_days_between,
)
from liaison.domain.coded import Coded
from liaison.domain.fields import check_required, draft, field, problem
from liaison.domain.problems import Problem
from liaison.i18n import N_

LONGEST = 1_000


class ClockKind(Coded):
    """What is waited for. The stored value is fixed; the words are what an officer reads."""

    GL_INITIAL = "GL_INITIAL", N_("first guarantee letter")
    GL_TOPUP = "GL_TOPUP", N_("top-up letter")
    GL_FINAL = "GL_FINAL", N_("final letter")
    QUERY_ANSWER = "QUERY_ANSWER", N_("our answer to a question")
    ESTIMATE = "ESTIMATE", N_("cost estimate")
    CLAIM_REGISTER = "CLAIM_REGISTER", N_("claim number")
    CLAIM_DECISION = "CLAIM_DECISION", N_("decision on a claim")
    PAYMENT = "PAYMENT", N_("payment")


class Unit(Coded):
    """In what a target is counted."""

    WORKING_HOURS = "WORKING_HOURS", N_("working hours")
    HOURS = "HOURS", N_("hours, day and night")
    WORKING_DAYS = "WORKING_DAYS", N_("working days")
    DAYS = "DAYS", N_("days")


class Party(Coded):
    """Who has to act for a clock to stop."""

    PAYER = "PAYER", N_("insurer or administrator")
    HOSPITAL = "HOSPITAL", N_("hospital")
    US = "US", N_("us")


ACTS: Mapping[ClockKind, Party] = {
    ClockKind.GL_INITIAL: Party.PAYER,
    ClockKind.GL_TOPUP: Party.PAYER,
    ClockKind.GL_FINAL: Party.PAYER,
    ClockKind.QUERY_ANSWER: Party.US,
    ClockKind.ESTIMATE: Party.HOSPITAL,
    ClockKind.CLAIM_REGISTER: Party.PAYER,
    ClockKind.CLAIM_DECISION: Party.PAYER,
    ClockKind.PAYMENT: Party.PAYER,
}
"""Whose target a clock is measured by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """So long a step should take; ``is_own`` tells a house's own target from the office's or the usual one."""

    kind: ClockKind
    amount: int
    unit: Unit
    is_own: bool = False


USUAL: Mapping[ClockKind, Target] = {
    target.kind: target
    for target in (
        Target(kind=ClockKind.GL_INITIAL, amount=4, unit=Unit.HOURS),
        Target(kind=ClockKind.GL_TOPUP, amount=4, unit=Unit.HOURS),
        Target(kind=ClockKind.GL_FINAL, amount=3, unit=Unit.HOURS),
        Target(kind=ClockKind.QUERY_ANSWER, amount=24, unit=Unit.HOURS),
        Target(kind=ClockKind.ESTIMATE, amount=2, unit=Unit.WORKING_DAYS),
        Target(kind=ClockKind.CLAIM_REGISTER, amount=3, unit=Unit.WORKING_DAYS),
        Target(kind=ClockKind.CLAIM_DECISION, amount=14, unit=Unit.WORKING_DAYS),
        Target(kind=ClockKind.PAYMENT, amount=30, unit=Unit.DAYS),
    )
}
"""The defaults. Source: ``domain`` 1.8, clock design."""


@draft
class TargetDraft:
    """How long a house should take for a step. A target, never a legal limit."""

    organization_id: int | None = field(N_("Organisation"), default=None)
    kind: ClockKind = field(N_("What for"), required=True)
    amount: int = field(N_("Target"), help=N_("How long it should take. A target, never a legal limit."), required=True)
    unit: Unit = field(N_("Counted in"), required=True)
    source: str = field(N_("Source"), help=N_("Who said so: a service agreement, a call, our own wish."), default="")


def check_target(target: TargetDraft) -> list[Problem]:
    """Everything wrong with a target."""
    found = check_required(target)
    if not found and not 1 <= target.amount <= LONGEST:
        found.append(problem("TARGET_RANGE", N_("Write a number from 1 to {most}."), "amount", most=LONGEST))
    return found


def fits(kind: ClockKind, party: Party) -> bool:
    """Whether a house of this sort can have a target of this kind."""
    return ACTS[kind] is party


# one clock

OFFICE_TIME = Calendar()
"""Eight to five in Jakarta, Monday to Friday: where nothing better is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A clock: when it began, when it stopped (or not yet), when it stood still, in whose working time it runs."""

    start: dt.datetime
    stopped: dt.datetime | None = None
    pauses: tuple[Pause, ...] = ()
    calendar: Calendar = OFFICE_TIME
    target: Target

    @property
    def is_paused(self) -> bool:
        """Whether it stands still now."""
        return self.stopped is None and any(pause.until is None for pause in self.pauses)

    def ran(self, now: dt.datetime) -> dt.timedelta:
        """How long it ran so far, without its pauses; where its target is counted so, in working time.

        Working days are told as whole days, whatever the hours of the desk: a desk that answers day and night works no
        more days than another, and its weekends and holidays are those of its country.
        """
        end = self.stopped or now
        match self.target.unit:
            case Unit.WORKING_HOURS:
                return worked(self.start, end, self.calendar, self.pauses)
            case Unit.WORKING_DAYS:
                return dt.timedelta(days=self.days(now))
        return elapsed(self.start, end, self.pauses)

    def days(self, now: dt.datetime) -> int:
        """How many working days it ran, for a target counted in them."""
        return working_days_between(self.start, self.stopped or now, self.calendar.for_days, self.pauses)

    def due(self, now: dt.datetime) -> dt.datetime | None:
        """When its target is reached; none while it stands still, since nobody knows until when."""
        if self.is_paused:
            return None
        match self.target.unit:
            case Unit.HOURS:
                return after_time(self.start, dt.timedelta(hours=self.target.amount), self.pauses)
            case Unit.DAYS:
                return after_time(self.start, dt.timedelta(days=self.target.amount), self.pauses)
            case Unit.WORKING_HOURS:
                time = dt.timedelta(hours=self.target.amount)
                return after_working_time(self.start, time, self.calendar, self.pauses)
        return self._due_day()

    def _due_day(self) -> dt.datetime:
        """Closing time of the last working day; each working day that was all pause moves it by one."""
        days, calendar = self.target.amount, self.calendar.for_days
        while True:
            due = after_working_days(self.start, days, calendar)
            short = self.target.amount - working_days_between(self.start, due, calendar, self.pauses)
            if short <= 0:
                return due
            days += short

    def overdue(self, now: dt.datetime) -> dt.timedelta:
        """How long ago its target was reached; zero where it was kept, or stands still before it."""
        if self.is_paused:
            return max(self.ran(now) - self._allowed(), dt.timedelta())
        due = self.due(now)
        return dt.timedelta() if due is None else max((self.stopped or now) - due, dt.timedelta())

    def _allowed(self) -> dt.timedelta:
        """The target as a time, for a clock that stands still."""
        if self.target.unit in (Unit.DAYS, Unit.WORKING_DAYS):
            return dt.timedelta(days=self.target.amount)
        return dt.timedelta(hours=self.target.amount)


# many clocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How long clocks of one sort ran: the middle one, and the one that nine of ten did not pass."""

    n: int
    p50: dt.timedelta
    p90: dt.timedelta
    kept: int
    """How many kept their target."""


def percentile(values: Sequence[dt.timedelta], share: float) -> dt.timedelta:
    """The value that so many of them do not pass: nearest rank, so that it is one that happened."""
    ordered = sorted(values)
    rank = math.ceil(round(share * len(ordered), 9))
    return ordered[max(rank, 1) - 1]


def spread_of(runs: Iterable[Run], now: dt.datetime) -> Spread | None:
    """p50 and p90 of clocks that stopped; none where none did."""
    ended = [run for run in runs if run.stopped is not None]
    if not ended:
        return None
    times = [run.ran(now) for run in ended]
    kept = sum(not run.overdue(now) for run in ended)
    return Spread(n=len(ended), p50=percentile(times, 0.5), p90=percentile(times, 0.9), kept=kept)
