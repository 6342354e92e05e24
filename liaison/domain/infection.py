"""A communicable disease: what is known, who may see it, and what the hospital did about it.

The flag blocks travel until a doctor declares the patient fit to fly and says nothing about the disease. The disease
itself stands in a record of its own that no paper, list, search or history reads; only the officer of the case and a
supervisor see it. We do not notify an authority: the hospital's doctor does, and we write down that they said so.
Source: ``domain`` 1.3 F and 1.9, communicable disease.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from liaison.domain.coded import Coded
from liaison.domain.fields import check_required, draft, field, problem, warning
from liaison.domain.offices import Role
from liaison.domain.problems import Problem
from liaison.i18n import N_


class Viewer(Coded):
    """Who may see the disease: these two, and nobody else."""

    CASE_OFFICER = "CASE_OFFICER", N_("the officer of the case")
    SUPERVISOR = "SUPERVISOR", N_("a supervisor")


@draft
class HealthNoticeDraft:
    """A communicable disease of a patient on a journey."""

    journey_id: int = field(N_("Case"), required=True)
    disease: str = field(
        N_("Disease"), help=N_("Seen by the officer of the case and a supervisor only; never printed."), required=True
    )
    screened_on: dt.date | None = field(N_("Tested on"), default=None)
    is_offered: bool = field(N_("Test was offered"), default=False)
    notified_on: dt.date | None = field(
        N_("Hospital notified the authority on"), help=N_("The hospital's doctor does this, not we."), default=None
    )
    authority: str = field(N_("Authority"), default="")
    reference: str = field(N_("Their reference"), default="")
    tracing_note: str = field(N_("Contacts"), default="")


def viewer(*, is_own_case: bool, roles: Collection[Role]) -> Viewer | None:
    """As whom somebody sees the disease; ``None`` for everybody else."""
    if is_own_case:
        return Viewer.CASE_OFFICER
    return Viewer.SUPERVISOR if Role.SUPERVISOR in roles else None


def check_health_notice(notice: HealthNoticeDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about a notice."""
    found = check_required(notice)
    for name in ("screened_on", "notified_on"):
        day: dt.date | None = getattr(notice, name)
        if day is not None and day > today:
            found.append(problem("IN_FUTURE", N_("This date lies in the future."), name))
    if notice.notified_on is None:
        found.append(
            warning("NOT_NOTIFIED", N_("Ask the hospital whether its doctor notified the authority."), "notified_on")
        )
    return found
