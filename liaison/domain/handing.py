"""Standing in for a colleague, and handing cases over: what is filled in, and what is wrong with it."""

from __future__ import annotations

import datetime as dt

from liaison.domain.coded import Coded
from liaison.domain.fields import check_order, check_required, draft, field, problem
from liaison.domain.problems import Problem
from liaison.i18n import N_

LONGEST_DEPUTY_DAYS = 366


class Way(Coded):
    """Which way a file of cases went."""

    OUT = "OUT", N_("handed over")
    IN = "IN", N_("taken over")


class Side(Coded):
    """Whose value stays where both sides changed the same field."""

    OURS = "OURS", N_("as it is here")
    THEIRS = "THEIRS", N_("as it came")


@draft
class DeputyDraft:
    """Who stands in for whom, from one day to another."""

    officer_id: int = field(N_("Who is away"), required=True)
    deputy_id: int = field(
        N_("Who stands in"), help=N_("Sees the cases of the one who is away among their own, on those days."),
        required=True,
    )  # fmt: skip
    starts_on: dt.date = field(N_("First day away"), required=True)
    ends_on: dt.date = field(N_("Last day away"), required=True)
    note: str = field(N_("Note for whoever stands in"), default="")


@draft
class HandOverDraft:
    """A file of cases for a colleague's laptop."""

    who: str = field(N_("Colleague who takes over"), required=True)
    note: str = field(N_("Note for the colleague"), default="")


def check_deputy(deputy: DeputyDraft) -> list[Problem]:
    """Everything wrong with a standing in: nobody stands in for themselves, nor for longer than a year."""
    found = check_required(deputy)
    if found:
        return found
    found += check_order(deputy, "starts_on", "ends_on")
    if deputy.officer_id == deputy.deputy_id:
        found.append(problem("OWN_DEPUTY", N_("Somebody else must stand in. Choose a colleague."), "deputy_id"))
    if (deputy.ends_on - deputy.starts_on).days > LONGEST_DEPUTY_DAYS:
        found.append(
            problem("TOO_LONG", N_("That is longer than a year. Give the cases to the colleague instead."), "ends_on")
        )
    return found


def check_hand_over(hand_over: HandOverDraft) -> list[Problem]:
    """Everything wrong with what is said of a hand-over."""
    return check_required(hand_over)
