"""Which hospital takes whose letters on a day: one cell for each hospital and insurer, out of dated words.

A cell is weighed as one letter is (:mod:`.acceptance`, :mod:`.credit`): of the words that speak of the day the one
checked last holds; what nobody asked stays unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from liaison.domain.acceptance import PanelEntry, newest_word
from liaison.domain.coded import Coded
from liaison.domain.credit import CreditEntry, credit_on
from liaison.domain.network import Freshness, freshness
from liaison.i18n import N_

ENDS_SOON_DAYS = 90
"""An entry that ends within so many days says so, as agreements do. Source: ``domain`` 1.9, expiry alarms."""


class PanelState(Coded):
    """Whether a hospital is on an insurer's panel on a day."""

    ON = "ON", N_("on the panel")
    OFF = "OFF", N_("not on the panel")
    UNKNOWN = "UNKNOWN", N_("nobody has asked")


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelWord(PanelEntry):
    """A word about a panel with the record it stands on."""

    id: int
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelCell:
    """What is known of one hospital and one insurer on a day. ``days_left`` counts to the last day of the word."""

    state: PanelState
    word: PanelWord | None = None
    days_left: int | None = None
    freshness: Freshness = Freshness.NEVER
    gives_credit: bool | None = None
    credit: CreditEntry | None = None
    """The dated word on credit; none where only the house's own record tells, or nobody does."""

    @property
    def ends_soon(self) -> bool:
        """Whether the hospital leaves the panel within the next months."""
        return self.state is PanelState.ON and self.days_left is not None and self.days_left <= ENDS_SOON_DAYS

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should ask: the word is old, or nobody ever asked."""
        return self.freshness in (Freshness.STALE, Freshness.NEVER)


NOTHING_KNOWN = PanelCell(state=PanelState.UNKNOWN)


def cell_of(
    words: Sequence[PanelWord],
    credits: Sequence[CreditEntry],
    insurer_id: int,
    *,
    day: dt.date,
    today: dt.date,
    own_record: bool | None = None,
) -> PanelCell:
    """The cell of a hospital and an insurer on a day; ``own_record`` is what the house's record says of credit."""
    credit = credit_on(credits, insurer_id, day)
    gives = credit.gives_credit if credit is not None else own_record
    word = newest_word(words, day)
    if word is None:
        return PanelCell(state=PanelState.UNKNOWN, gives_credit=gives, credit=credit)
    return PanelCell(
        state=PanelState.ON if word.is_on_panel else PanelState.OFF, word=word,
        days_left=(word.valid_to - day).days if word.valid_to is not None else None,
        freshness=freshness(word.checked_on, today=today), gives_credit=gives, credit=credit,
    )  # fmt: skip
