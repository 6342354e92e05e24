"""A complaint with its due date, cause and outcome, and three questions asked of the patient afterwards.

A case does not close over an open complaint. Source: ``domain`` 1.2 step 24 and the issue on casework.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from liaison.domain.coded import Coded
from liaison.domain.fields import check_order, check_required, draft, field, problem, warning
from liaison.domain.problems import Problem
from liaison.domain.work import NoteChannel
from liaison.i18n import N_

ANSWER_DAYS = 5
"""Working days in which we mean to answer a complaint: our own target, not a legal limit."""

BEST, WORST = 5, 1


class ComplaintCause(Coded):
    """What a complaint is about."""

    WAITING = "WAITING", N_("waiting too long")
    INFORMATION = "INFORMATION", N_("wrong or missing information")
    COST = "COST", N_("cost higher than said")
    STAFF = "STAFF", N_("behaviour of staff")
    TREATMENT = "TREATMENT", N_("treatment at the hospital")
    INSURER = "INSURER", N_("the insurer's decision")
    TRAVEL = "TRAVEL", N_("travel and stay")
    PRIVACY = "PRIVACY", N_("handling of personal data")
    OTHER = "OTHER", N_("something else")


class ComplaintOutcome(Coded):
    """How a complaint ended."""

    JUSTIFIED = "JUSTIFIED", N_("justified, put right")
    PARTLY = "PARTLY", N_("partly justified")
    NOT_JUSTIFIED = "NOT_JUSTIFIED", N_("not justified, explained")
    WITHDRAWN = "WITHDRAWN", N_("withdrawn by the complainant")


@draft
class ComplaintDraft:
    """A complaint as received."""

    journey_id: int = field(N_("Case"), required=True)
    received_on: dt.date = field(N_("Received on"), required=True)
    channel: NoteChannel = field(N_("Came by"), default=NoteChannel.CALL)
    complainant: str = field(N_("Who complains"), default="")
    cause: ComplaintCause = field(N_("Cause"), required=True)
    text: str = field(N_("What is complained of"), required=True)
    due_on: dt.date | None = field(
        N_("Answer until"), help=N_("Empty: five working days from the day it was received."), default=None
    )


@draft
class ComplaintAnswerDraft:
    """How a complaint ended."""

    closed_on: dt.date = field(N_("Answered on"), required=True)
    outcome: ComplaintOutcome = field(N_("Outcome"), required=True)
    outcome_note: str = field(N_("What was answered, and what we change"), required=True)


@draft
class SurveyDraft:
    """Three questions, each from 1 (bad) to 5 (good), asked once the patient is home."""

    journey_id: int = field(N_("Case"), required=True)
    answered_on: dt.date = field(N_("Answered on"), required=True)
    given_by: str = field(N_("Answered by"), default="")
    clear: int | None = field(
        N_("Explained clearly (1 to 5)"), help=N_("Was everything explained clearly?"), default=None
    )
    quick: int | None = field(N_("Quick enough (1 to 5)"), help=N_("Did we act quickly enough?"), default=None)
    again: int | None = field(N_("Would ask again (1 to 5)"), help=N_("Would you ask us for help again?"), default=None)
    note: str = field(N_("In their own words"), default="")


QUESTIONS = ("clear", "quick", "again")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """The mean of answers to one question, and of how many."""

    value: Decimal
    count: int


def mean(answers: Iterable[int | None]) -> Mean | None:
    """The mean of the answers given, to one decimal; none where nobody answered."""
    given = [a for a in answers if a is not None]
    if not given:
        return None
    return Mean(value=(Decimal(sum(given)) / len(given)).quantize(Decimal("0.1")), count=len(given))


def check_complaint(complaint: ComplaintDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with a complaint as received."""
    found = check_required(complaint)
    if found:
        return found
    found += check_order(complaint, "received_on", "due_on")
    if complaint.received_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "received_on"))
    return found


def check_answer(answer: ComplaintAnswerDraft, *, received_on: dt.date, today: dt.date) -> list[Problem]:
    """Everything wrong with the answer to a complaint."""
    found = check_required(answer)
    if found:
        return found
    if answer.closed_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "closed_on"))
    if answer.closed_on < received_on:
        found.append(
            problem("BEFORE_RECEIVED", N_("The answer lies before the day the complaint was received."), "closed_on")
        )
    return found


def check_survey(survey: SurveyDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about the three answers."""
    found = check_required(survey)
    if found:
        return found
    if survey.answered_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "answered_on"))
    given = {name: getattr(survey, name) for name in QUESTIONS}
    for name, value in given.items():
        if value is not None and not WORST <= value <= BEST:
            found.append(problem("ONE_TO_FIVE", N_("A number from 1 (bad) to 5 (good)."), name))
    if not any(value is not None for value in given.values()):
        found.append(problem("NO_ANSWER", N_("Write down at least one answer."), "clear"))
    elif any(value is None for value in given.values()):
        found.append(warning("ANSWER_MISSING", N_("One of the three questions has no answer."), "again"))
    return found
