"""Papers that somebody asks for: what a house wants beside the usual pack, and each time it asked.

A house that asks again for a paper it was handed before costs everybody a day; such requests are counted, so that the
round table can talk about them with a number. Source: ``domain`` 1.7.
"""

from __future__ import annotations

import datetime as dt

from liaison.domain.documents import DocumentKind, Need, Process
from liaison.domain.fields import check_order, check_required, draft, field, problem
from liaison.domain.problems import Problem
from liaison.i18n import N_


@draft
class ChecklistRuleDraft:
    """A house wants a paper that the usual pack does not ask for, or does not want one that it asks for."""

    organization_id: int = field(N_("Organisation"), required=True)
    process: Process = field(N_("For which step"), required=True)
    kind: DocumentKind = field(N_("Kind of document"), required=True)
    need: Need = field(N_("What the house says"), required=True)
    source: str = field(N_("Source"), help=N_("Who said so: a letter, a call, a list of the house."), default="")


@draft
class PaperRequestDraft:
    """Somebody asked for a paper of a case."""

    journey_id: int = field(N_("Case"), required=True)
    claim_id: int | None = field(N_("Claim"), default=None)
    kind: DocumentKind = field(N_("Kind of document"), required=True)
    asked_by_id: int | None = field(N_("Who asked"), default=None)
    asked_on: dt.date | None = field(N_("Asked on"), help=N_("Today, where left empty."), default=None)
    answered_on: dt.date | None = field(N_("Answered on"), default=None)
    note: str = field(N_("Note"), default="")


def check_request(request: PaperRequestDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with a request for a paper."""
    found = [*check_required(request), *check_order(request, "asked_on", "answered_on")]
    for name in ("asked_on", "answered_on"):
        day = getattr(request, name)
        if day is not None and day > today:
            found.append(problem("IN_FUTURE", N_("This date lies in the future."), name))
    return found
