"""A rate in words: what one unit stands for, whose rate it is, of which day, and whether it was worked out."""

from __future__ import annotations

from liaison.domain.fx import UsedRate
from liaison.i18n import N_, Language
from liaison.i18n.formats import SYMBOLS


def rate_words(rate: UsedRate, words: Language, *, is_letters_rate: bool = False) -> str:
    """``RM1 = Rp4.473,29 · ECB 30 Oct 2026 · cross rate via EUR``."""
    formats = words.formats
    parts = [f"{SYMBOLS[rate.base]}1 = {SYMBOLS[rate.quote]}{formats.rate(rate.shown)}"]
    if is_letters_rate:
        parts.append(words(N_("rate stated on the letter, {day}"), day=formats.date(rate.on)))
        return " · ".join(parts)
    parts.append(f"{rate.source} {formats.date(rate.on)}")
    if rate.is_cross:
        parts.append(words(N_("cross rate via {currency}"), currency=rate.via))
    if rate.is_previous_day:
        parts.append(words(N_("no rate for {day}"), day=formats.date(rate.asked_for)))
    return " · ".join(parts)
