"""When a file of a paper needs a password: the one place that decides it. Window, command line and writing ask here.

A file about a person leaves sealed, or open with a reason that is kept; some papers leave sealed only; the letters of a
loss name nobody and can be sealed all the same. Invented people of a sample office need no seal. A workbook goes by the
rule of its paper. Sources: ``security`` T14 and promise 18; issue 6, audiences and sealing.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from liaison.domain.privacy import Audience
from liaison.reports.report import Report


class Closing(IntEnum):
    """How a file has to be closed, from the freest to the strictest."""

    FREE = 0
    """It names nobody; no password is asked for."""
    OFFERED = 1
    """It may have a password, and may leave without one."""
    REASONED = 2
    """Sealed, or open with a reason that is kept."""
    ALWAYS = 3
    """Sealed only."""

    @property
    def takes_password(self) -> bool:
        """Whether a password is asked for."""
        return self >= Closing.OFFERED

    @property
    def must_close(self) -> bool:
        """Whether it may not leave open just so."""
        return self >= Closing.REASONED

    @property
    def takes_reason(self) -> bool:
        """Whether a reason lets it leave open."""
        return self is Closing.REASONED


def closing(report: Report, audience: Audience, *, names_people: bool, is_sample: bool) -> Closing:
    """How the copy of a report for a reader is closed. What stays in the office is never sealed only."""
    if report.must_be_sealed and audience is not Audience.INTERNAL:
        return Closing.ALWAYS
    if names_people and not is_sample:
        return Closing.REASONED
    return Closing.OFFERED if names_people or report.can_be_sealed else Closing.FREE


def strictest(found: Iterable[Closing]) -> Closing:
    """How a file of several papers is closed."""
    return max(found, default=Closing.FREE)
