"""What the figures of papers are called and when they are about, in words: ``Medan, groups of diseases: Cancer``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from liaison.domain.figures import Key
from liaison.domain.regions import CITIES
from liaison.i18n import N_, Language, upper_first

TOPICS: Mapping[str, str] = {
    "journeys": N_("journeys opened"),
    "answered at home": N_("answered at home"),
    "groups": N_("groups of diseases"),
    "places": N_("places of treatment"),
    "left a hospital": N_("left a hospital"),
    "came back": N_("admitted again within 30 days"),
    "days in hospital": N_("days in hospital"),
    "final bills": N_("final bills"),
    "estimated": N_("with an estimate and a final bill"),
    "above the estimate": N_("final bill above the estimate"),
    "first letter": N_("first letters"),
    "asked before noon": N_("first letters asked for before noon"),
    "asked after noon": N_("first letters asked for after noon"),
    "late letters": N_("late letters"),
    "late reasons": N_("reasons of late letters"),
    "with letter": N_("people with a letter"),
    "withdrawn letters": N_("letters withdrawn"),
    "known from lists": N_("known from claim lists alone"),
    "claims people": N_("people with a claim"),
    "claims groups": N_("groups of diseases of claims"),
    "claims places": N_("places of treatment of claims"),
    "claims states": N_("states of claims"),
    "claims reasons": N_("reasons of rejected claims"),
    "claims days": N_("days in hospital"),
    "claims billed": N_("amounts billed"),
    "claims paid": N_("claims paid"),
    "claims rejected": N_("claims rejected"),
    "claims open": N_("claims still open"),
    "claims": N_("people with a claim"),
    "origin not stated": N_("home not stated"),
    "origin": N_("home of patients"),
    "people": N_("people with a letter or a claim"),
    "anybody": N_("people with a letter or a claim"),
    "letters asked": N_("letters asked for"),
    "letters issued": N_("letters issued"),
    "letters declined": N_("letters declined"),
    "letters queried": N_("letters with a question"),
    "asked": N_("letters asked for"),
    "issued": N_("letters issued"),
    "declined": N_("letters declined"),
    "topup": N_("letters extended"),
    "letter_query": N_("letters with a question"),
    "sent": N_("claims sent"),
    "paid": N_("claims paid"),
    "approved": N_("claims approved"),
    "cut": N_("claims approved in part"),
    "rejected": N_("claims rejected"),
    "claim_query": N_("claims asked about"),
    "complained": N_("complaints opened"),
    "settled": N_("complaints closed"),
    "unpaid": N_("people with something unpaid"),
    "reasons": N_("reasons of rejected claims"),
    "answer": N_("answers to questions"),
    "decision": N_("decisions on claims"),
    "payment": N_("payments of claims"),
    "billed": N_("amounts billed"),
    "owed": N_("amounts owed"),
    "estimate": N_("final bill against the estimate"),
}
"""By the beginning of a figure's own name, what it is called; one that is not listed here is called a figure."""

_CITY_NAMES = {city.code: city.name for city in CITIES}
_INSURER = re.compile(r"insurer \d+ ")
_BY_LENGTH = sorted(TOPICS, key=len, reverse=True)


def name_of(key: Key, _: Language) -> str:
    """``Medan, groups of diseases: Cancer``."""
    topic, _colon, category = key[0].removesuffix(" median").partition(": ")
    code, _blank, rest = topic.partition(" ")
    place = _CITY_NAMES.get(code, "")
    what = rest if place else _INSURER.sub("", topic)
    found = next((TOPICS[start] for start in _BY_LENGTH if what.startswith(start)), N_("figure"))
    category = " + ".join(_(part) for part in category.split(" + ") if part)
    words = ", ".join(part for part in (place, _(found)) if part)
    return upper_first(f"{words}: {category}" if category else words)


def period_of(key: Key, _: Language) -> str:
    """``1 October 2025 to 30 September 2026``; a single day alone; nothing where it has no period."""
    start, end = (dt.date.fromisoformat(day) if day else None for day in key[1:])
    if start is None or end is None:
        return ""
    if start == end:
        return _.formats.date(start)
    return _("{start} to {end}", start=_.formats.date(start), end=_.formats.date(end))
