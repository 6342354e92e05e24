"""A TB test: that it was offered and done is for the office to see and count; its result is for two named roles only.

Source: ``domain`` 1.9, communicable disease: counts with n < 10 are suppressed outside the office.
"""

from __future__ import annotations

import datetime as dt

from liaison.domain.coded import Coded
from liaison.domain.fields import check_order, check_required, draft, field, problem
from liaison.domain.problems import Problem
from liaison.i18n import N_


class TbResult(Coded):
    """What the test said."""

    NEGATIVE = "NEGATIVE", N_("no TB found")
    POSITIVE = "POSITIVE", N_("TB found")
    UNCLEAR = "UNCLEAR", N_("not clear, to be repeated")


@draft
class TbTestDraft:
    """A TB test as offered, and as done."""

    journey_id: int = field(N_("Case"), required=True)
    offered_on: dt.date = field(N_("Test offered on"), required=True)
    is_declined: bool = field(N_("The patient did not want it"), default=False)
    tested_on: dt.date | None = field(N_("Test done on"), default=None)
    place: str = field(N_("Where it was done"), default="")


@draft
class TbResultDraft:
    """The result; seen by the officer of the case and a supervisor only."""

    result: TbResult = field(N_("Result of the test"), required=True)
    result_on: dt.date = field(N_("Result of"), required=True)


def check_tb_test(test: TbTestDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with a test."""
    found = check_required(test)
    if found:
        return found
    found += check_order(test, "offered_on", "tested_on")
    for name in ("offered_on", "tested_on"):
        day: dt.date | None = getattr(test, name)
        if day is not None and day > today:
            found.append(problem("IN_FUTURE", N_("This date lies in the future."), name))
    if test.is_declined and test.tested_on is not None:
        found.append(problem("DECLINED", N_("A test that the patient did not want was not done."), "tested_on"))
    return found


def check_tb_result(result: TbResultDraft, *, tested_on: dt.date | None, today: dt.date) -> list[Problem]:
    """Everything wrong with a result."""
    found = check_required(result)
    if found:
        return found
    if tested_on is None:
        found.append(problem("NOT_TESTED", N_("Write down first that the test was done.")))
    elif result.result_on < tested_on:
        found.append(problem("BEFORE_TEST", N_("The test was done only after that day."), "result_on"))
    if result.result_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "result_on"))
    return found
