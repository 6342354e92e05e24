"""A kiosk: what a visitor writes at a counter, the words agreed to, and the receipt for what was handed over.

Four fields first, the consent on the screen, then the office takes over. Source: ``domain`` 4, kiosk and
representative office intake; UU PDP articles 20 to 22 (consent given, recorded with its words, withdrawn at any time).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from liaison.domain.facts import ConsentGiver
from liaison.domain.fields import check_required, draft, field, problem
from liaison.domain.identifiers import check_phone
from liaison.domain.people import check_name
from liaison.domain.problems import Problem
from liaison.i18n import LANGUAGES, N_

LEAST_DIGITS = 7
LONGEST_WISH = 2_000
LONGEST_NAME = 200
MOST_ENTRIES = 2_000
"""Entries in one file; a counter that fills more in a day is none."""

CONSENT_TEXTS: Mapping[str, str] = {
    "K1": N_(
        "I agree that this office keeps what I write here, what I write about my health too, to call me back and to "
        "prepare my treatment. I may withdraw this at any time; then it is erased."
    ),
}
"""The words that a visitor agrees to, by version. A version that was ever shown stays as it is; new words, new key."""

CONSENT_VERSION = "K1"


@draft
class KioskDraft:
    """What a visitor writes at the counter."""

    full_name: str = field(N_("Name of the patient"), required=True)
    phone: str = field(N_("Telephone"), required=True)
    city: str = field(N_("City where you live"), required=True)
    wish: str = field(N_("What do you wish for?"), required=True)
    agreed: bool = field(N_("Yes, I agree"), default=False)
    given_by: str = field(N_("Name of who agrees"), required=True)
    giver: ConsentGiver = field(N_("Who agrees"), default=ConsentGiver.PATIENT)
    language: str = field(N_("Language"), default="id")
    text_version: str = field(N_("Words agreed to"), default=CONSENT_VERSION)


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskEntry:
    """One entry as it is kept and handed over: its key, the moment, and what was written."""

    id: int
    at: dt.datetime
    draft: KioskDraft


NOT_AGREED = N_("Without this tick we may not keep what you wrote. Tick it, or speak to us at the counter.")
NO_NUMBER = N_("Please write your whole telephone number, so that we can call you back.")
TOO_LONG = N_("Please write less: at most {most} letters.")
UNKNOWN_WORDS = N_("These words of consent are not known. The program is older than the kiosk's.")


def check_kiosk(entry: KioskDraft) -> list[Problem]:
    """Everything wrong with an entry: without consent nothing is kept, nor what the office could not take in."""
    found = [*check_required(entry), *check_name(entry.full_name), *check_phone(entry.phone)]
    for name, most in (("full_name", LONGEST_NAME), ("city", LONGEST_NAME), ("given_by", LONGEST_NAME),
                       ("wish", LONGEST_WISH)):  # fmt: skip
        if len(getattr(entry, name)) > most:
            found.append(problem("TOO_LONG", TOO_LONG, name, most=most))
    if entry.phone.strip() and sum(c.isdigit() for c in entry.phone) < LEAST_DIGITS:
        found.append(problem("NO_NUMBER", NO_NUMBER, "phone"))
    if not entry.agreed:
        found.append(problem("NOT_AGREED", NOT_AGREED, "agreed"))
    if entry.text_version not in CONSENT_TEXTS or entry.language not in LANGUAGES:
        found.append(problem("UNKNOWN_WORDS", UNKNOWN_WORDS))
    return found
