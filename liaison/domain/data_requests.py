"""Requests for data under an agreement: who wants which data, by which clause, and what we answered.

Without a clause nothing is given: such a request can be written down and refused, never granted. Sources: ``domain``
1.9 and 2.3 (article 56 of the data protection act); stated principles of 2026: health data protection and sovereignty.
"""

from __future__ import annotations

import datetime as dt

from liaison.domain.agreements import ClausePart, ClauseState, DataClause, TransferBasis, data_findings
from liaison.domain.coded import Coded
from liaison.domain.fields import check_required, draft, field, problem
from liaison.domain.problems import Problem
from liaison.i18n import N_


class DataSort(Coded):
    """How close the data comes to a person."""

    AGGREGATED = "AGGREGATED", N_("figures without persons")
    PSEUDONYMOUS = "PSEUDONYMOUS", N_("records without names")
    PERSONAL = "PERSONAL", N_("records with names")


class Decision(Coded):
    """What was answered."""

    OPEN = "OPEN", N_("not decided yet")
    GRANTED = "GRANTED", N_("granted")
    REFUSED = "REFUSED", N_("refused")


@draft
class DataRequestDraft:
    """Somebody asks for data."""

    agreement_id: int | None = field(N_("Under which agreement"), default=None)
    asked_on: dt.date = field(N_("Asked on"), required=True)
    asked_by: str = field(N_("Who asks"), required=True)
    country: str = field(N_("Where the data would go"), default="")
    sort: DataSort = field(N_("Kind of data"), required=True)
    what: str = field(N_("Which data"), required=True)
    purpose: str = field(N_("What for"), required=True)
    clause: str = field(N_("Clause that allows it"), help=N_("Without a clause nothing can be granted."), default="")
    note: str = field(N_("Note"), default="")


@draft
class DecisionDraft:
    """The answer to a request for data."""

    decision: Decision = field(N_("Answer"), required=True)
    decided_on: dt.date = field(N_("Answered on"), required=True)
    reason: str = field(N_("Reason"), required=True)


def check_request(request: DataRequestDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with a request as written down."""
    found = check_required(request)
    if not found and request.asked_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "asked_on"))
    return found


def check_decision(decision: DecisionDraft, *, asked_on: dt.date, today: dt.date) -> list[Problem]:
    """Everything wrong with an answer."""
    found = check_required(decision)
    if found:
        return found
    if decision.decision is Decision.OPEN:
        found.append(problem("NO_ANSWER", N_("Grant it or refuse it."), "decision"))
    if decision.decided_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "decided_on"))
    if decision.decided_on < asked_on:
        found.append(problem("BEFORE_ASKED", N_("It was asked for only after that day."), "decided_on"))
    return found


def against_granting(sort: DataSort, clause_named: str, clause: DataClause | None, *, binds: bool) -> list[Problem]:
    """Everything that stands against granting a request.

    ``clause`` is what the agreement says about data (``None``: no agreement is named), ``binds`` whether it is signed
    and still runs. Figures without persons need a clause that is named; records of persons need the whole data clause.
    """
    found: list[Problem] = []
    if clause is None:
        return [_against("NO_AGREEMENT", N_("No agreement is named under which the data could be given."))]
    if not binds:
        found.append(_against("NOT_BINDING", N_("The agreement is not signed, or no longer holds.")))
    if not clause_named.strip():
        found.append(_against("NO_CLAUSE", N_("No clause is named that allows it.")))
    if sort is DataSort.AGGREGATED:
        return found
    if clause.basis is TransferBasis.NO_DATA:
        found.append(_against("NO_DATA", N_("By the agreement no personal data moves.")))
        return found
    found += [
        _against("CLAUSE_MISSING", N_("The agreement says nothing about: {part}."), part=one.part)
        for one in data_findings(clause)
        if one.state is ClauseState.MISSING
    ]
    return found


def _against(code: str, message: str, *, part: ClausePart | None = None) -> Problem:
    values = {} if part is None else {"part": part}
    return problem(code, message, "decision", **values)
