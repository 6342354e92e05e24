"""Numbered copies of a printed report: who was handed which, and what became of it.

A copy that came back or was destroyed is told apart from one that is still with its receiver. Source: ``security`` T14.
"""

from __future__ import annotations

import datetime as dt

from liaison.domain.coded import Coded
from liaison.domain.fields import check_required, draft, field, problem
from liaison.domain.problems import Problem
from liaison.i18n import N_


class CopyState(Coded):
    """Where a numbered copy is."""

    OUT = "OUT", N_("with its receiver")
    RETURNED = "RETURNED", N_("given back")
    DESTROYED = "DESTROYED", N_("destroyed")
    LOST = "LOST", N_("lost")


@draft
class CopyDraft:
    """A copy is handed to somebody. Its number is the next one of that report."""

    handed_to: str = field(N_("Handed to"), required=True)
    house: str = field(N_("Of which house"), default="")
    handed_on: dt.date = field(N_("Handed on"), required=True)
    note: str = field(N_("Note"), default="")


@draft
class CopyEndDraft:
    """A copy came back, was destroyed or is lost."""

    state: CopyState = field(N_("What became of it"), required=True)
    ended_on: dt.date = field(N_("On which day"), required=True)
    ended_note: str = field(N_("How it is known"), default="")


def check_copy(copy: CopyDraft, *, printed_on: dt.date, today: dt.date) -> list[Problem]:
    """Everything wrong with handing a copy out."""
    found = check_required(copy)
    if found:
        return found
    if copy.handed_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "handed_on"))
    if copy.handed_on < printed_on:
        found.append(problem("BEFORE_PRINTED", N_("The report was printed only after that day."), "handed_on"))
    return found


def check_end(end: CopyEndDraft, *, handed_on: dt.date, today: dt.date) -> list[Problem]:
    """Everything wrong with what became of a copy. That it is lost needs a sentence: somebody will ask."""
    found = check_required(end)
    if found:
        return found
    if end.state is CopyState.OUT:
        found.append(problem("STILL_OUT", N_("Say whether it came back, was destroyed or is lost."), "state"))
    if end.ended_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "ended_on"))
    if end.ended_on < handed_on:
        found.append(problem("BEFORE_HANDED", N_("The copy was handed out only after that day."), "ended_on"))
    if end.state is CopyState.LOST and not end.ended_note.strip():
        found.append(problem("LOST_HOW", N_("Say how it was lost: somebody will ask."), "ended_note"))
    return found
