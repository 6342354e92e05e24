"""What kind of house a word or a name means, in either language: for lists that come in and say it in their own way."""

from __future__ import annotations

import re

from liaison.domain.names import fold
from liaison.domain.network import OrganizationKind

_K = OrganizationKind

_WORDS: tuple[tuple[str, OrganizationKind], ...] = (
    (r"\btpa\b|administrator|admedika|fullerton|third party", _K.ADMINISTRATOR),
    (r"assist", _K.ASSISTANCE),
    (r"\bkedutaan|\bkonsul|\bembassy|consul(?:ate|ar)|\bkbri\b|\bkjri\b", _K.CONSULATE),
    (r"ambulan", _K.AMBULANCE),
    (r"perwakilan|representative|rep office", _K.REP_OFFICE),
    (r"\bkios\b|\bkiosk\b", _K.KIOSK),
    (r"call cent(?:er|re)|pusat panggilan", _K.CALL_CENTRE),
    (r"asuransi|insur|assurance|life\b|takaful|prudential|allianz|manulife|\baia\b|\baxa\b", _K.INSURER),
    (r"\bhotel\b|\bhomestay\b|guest ?house|\bpenginapan\b|serviced apartment", _K.HOTEL),
    (r"\bmaskapai\b|\bairlines?\b|\bairways\b|\bpenerbangan\b", _K.AIRLINE),
    (r"rumah sakit|\brs[a-z]?\b|hospital|medical cent|klinik|clinic|specialist", _K.HOSPITAL),
    (r"\bkementerian\b|\bkemenkes\b|\bministry\b|\bdinas\b|\bdinkes\b|\bauthority\b|\botoritas\b|\bojk\b", _K.MINISTRY),
    (r"\buniversitas\b|\buniversit[yi]\b", _K.UNIVERSITY),
    (r"\bassociation\b|\basosiasi\b|\bperhimpunan\b|\bikatan\b", _K.ASSOCIATION),
    (r"\bagen(?:si)?\b|\bagency\b|\bagents?\b|\bfasilitator\b|\bfacilitator\b", _K.AGENCY),
)
"""The first pattern that fits wins: the representative office of a hospital is an office, its clinic a hospital."""


def kind_of_house(text: str) -> OrganizationKind | None:
    """What kind of house a word or a name means; none where it says nothing about that."""
    key = fold(text)
    return next((kind for pattern, kind in _WORDS if key and re.search(pattern, key)), None)
