"""The lists a page asks for, in one place: journeys and claims at any length."""

from __future__ import annotations

from liaison.services.list_of_claims import (
    AGE_BANDS,
    CLAIM_COLUMNS,
    CLAIM_GROUPS,
    CLAIM_TERMS,
    AgeBand,
    ClaimLine,
    claim_ageing,
    claim_count,
    claim_footing,
    claim_groups,
    claim_ids,
    claim_page,
    claims_of,
)
from liaison.services.list_of_journeys import (
    JOURNEY_COLUMNS,
    JOURNEY_GROUPS,
    JOURNEY_TERMS,
    JourneyLine,
    journey_count,
    journey_footing,
    journey_groups,
    journey_ids,
    journey_page,
)
from liaison.services.list_queries import Column, ColumnKind, Counts, Footing, Group, ListQuery

__all__ = [
    "AGE_BANDS",
    "CLAIM_COLUMNS",
    "CLAIM_GROUPS",
    "CLAIM_TERMS",
    "JOURNEY_COLUMNS",
    "JOURNEY_GROUPS",
    "JOURNEY_TERMS",
    "AgeBand",
    "ClaimLine",
    "Column",
    "ColumnKind",
    "Counts",
    "Footing",
    "Group",
    "JourneyLine",
    "ListQuery",
    "claim_ageing",
    "claim_count",
    "claim_footing",
    "claim_groups",
    "claim_ids",
    "claim_page",
    "claims_of",
    "journey_count",
    "journey_footing",
    "journey_groups",
    "journey_ids",
    "journey_page",
]
