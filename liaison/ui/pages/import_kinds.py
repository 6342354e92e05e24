"""The kinds of lists the import page offers, in their order."""

from __future__ import annotations

from functools import partial
from typing import Any

from liaison.domain.journeys import JourneyState
from liaison.domain.listing import ListStatus
from liaison.i18n import N_
from liaison.services import list_memory
from liaison.ui.pages import import_cases, import_claims, import_records
from liaison.ui.pages.import_rows import Answers, ListKind


def _keep(kind: list_memory.ListKind, state: Any, session: Any, answers: Answers, name: str) -> Any:
    """Remember what an officer said about headings and words of a list."""
    changes = list_memory.remember_columns(session, kind, answers.columns, name=name)
    words = {word: state(code) for word, code in answers.statuses.items()}
    return changes | list_memory.remember_statuses(session, kind, words)


KINDS: tuple[ListKind, ...] = (
    ListKind(
        key="claims",
        label=N_("Claim list"),
        icon="receipt-text",
        title=import_claims.TITLE,
        read=import_claims.read_file,
        plan=import_claims.plan,
        write=import_claims.write,
        review=import_claims.review,
        asks=frozenset({"city", "currency", "insurer"}),
        known=import_claims.known,
        states=tuple((s.value, s.label) for s in ListStatus if s.value),
        keep=partial(_keep, list_memory.ListKind.CLAIMS, ListStatus),
    ),
    ListKind(
        key="journeys",
        label=N_("Tracking sheet"),
        icon="route",
        title=import_cases.TITLE,
        read=import_cases.read_file,
        plan=import_cases.plan,
        write=import_cases.write,
        review=import_cases.review,
        asks=frozenset({"city", "insurer"}),
        known=import_cases.known,
        states=tuple((s.value, s.label) for s in JourneyState),
        keep=partial(_keep, list_memory.ListKind.JOURNEYS, JourneyState),
    ),
    *(
        ListKind(
            key=key,
            label=label,
            icon=icon,
            title=import_records.TITLES[key],
            read=import_records.reader(key),
            plan=import_records.plan,
            write=import_records.write,
            review=import_records.review,
        )
        for key, label, icon in (
            ("hospitals", N_("Hospitals"), "hospital"),
            ("contacts", N_("Contacts"), "phone"),
            ("rates", N_("Exchange rates"), "arrow-right-left"),
        )
    ),
)
