"""Exchange rates: dated, sourced, never from a later day."""

from __future__ import annotations

from liaison.domain.coded import Coded
from liaison.i18n import N_


class RateKind(Coded):
    """Which of a bank's rates this is."""

    MID = "MID", N_("middle rate")
    BUY = "BUY", N_("buying rate")
    SELL = "SELL", N_("selling rate")
    FIXED = "FIXED", N_("fixed rate")
