"""Whether a hospital treats on an insurer's letter: dated words, each with its source; nothing here decides.

A word about one insurer wins over one about all; of two that speak of a day, the one checked later holds.
Source: ``domain`` 1.2 step 10, issue "Network in depth".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from liaison.domain.acceptance import check_dated_word
from liaison.domain.fields import draft, field
from liaison.domain.privacy import OUTSIDE_BUT_PUBLIC
from liaison.domain.problems import Problem
from liaison.i18n import N_

_SEEN = OUTSIDE_BUT_PUBLIC


@draft
class CreditDraft:
    """A hospital gives credit, or none, from one day to another, and who says so."""

    hospital_id: int = field(N_("Hospital"), required=True, audience=_SEEN)
    insurer_id: int | None = field(
        N_("Insurer"), help=N_("Empty: it holds for every insurer without a word of its own."), audience=_SEEN,
        default=None,
    )  # fmt: skip
    gives_credit: bool = field(N_("Treats on a letter"), audience=_SEEN, default=True)
    valid_from: dt.date | None = field(N_("Since"), audience=_SEEN, default=None)
    valid_to: dt.date | None = field(N_("Until"), audience=_SEEN, default=None)
    terms: str = field(
        N_("Terms"), help=N_("As agreed: days to pay, a ceiling, what is paid in advance."), audience=_SEEN, default=""
    )
    source: str = field(N_("Source"), help=N_("The contract, the desk's word."), required=True, audience=_SEEN)
    checked_on: dt.date = field(N_("Checked on"), required=True, audience=_SEEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditEntry:
    """One word about credit, as it is weighed."""

    insurer_id: int | None
    gives_credit: bool
    terms: str
    source: str
    checked_on: dt.date
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    id: int = 0

    def holds_on(self, day: dt.date) -> bool:
        """Whether it speaks of a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


def credit_on(entries: Iterable[CreditEntry], insurer_id: int | None, day: dt.date) -> CreditEntry | None:
    """The word that holds for an insurer on a day; ``None`` where nobody said anything."""
    known = [e for e in entries if e.holds_on(day) and e.insurer_id in (None, insurer_id)]
    return max(known, key=lambda e: (e.insurer_id is not None, e.checked_on, e.id), default=None)


def check_credit(entry: CreditDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about a word on credit."""
    return check_dated_word(entry, today=today)
