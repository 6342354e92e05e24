"""Finding people and houses that may be on record already. A match is a hint for an officer's eye, never a merge."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.identifiers import number_key, phone_digits
from liaison.domain.names import SAME, fold, likeness, similar_key
from liaison.domain.network import OrganizationKind
from liaison.domain.patients import ONE_PERSON_KINDS
from liaison.store.models import JourneyRow, OrganizationRow, PatientIdentifierRow, PatientRow

_WORTH_SHOWING = 80
_CANDIDATES = 400
_SHORTEST_NUMBER = 5
LIKE_HOUSE = 86
"""From this likeness on, a house is offered as the one that may be meant."""
_HOUSE_WORDS = frozenset(
    ("hospital", "hospitals", "medical", "centre", "center", "specialist", "rumah", "sakit", "rs", "rsu", "rsud",
     "klinik", "clinic", "sdn", "bhd", "pte", "ltd", "pt", "tbk")
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarPatient:
    """Somebody on record who may be the same person. ``score`` is the likeness of the names, 0 to 100."""

    id: int
    name: str
    birth_date: dt.date | None
    city: str
    phone: str
    score: int
    case_nos: tuple[str, ...]
    is_provisional: bool
    same_phone: bool
    """A phone may serve a family: it supports a likeness and never makes one."""
    same_birth_date: bool
    same_number: bool = False
    """An identity number or passport: it makes a likeness whatever the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseMatch:
    """What a name of a hospital or insurer may mean. ``id`` is set only where it is certain."""

    id: int | None
    candidates: tuple[tuple[int, str, int], ...] = ()
    """Key, name and likeness, the likeliest first."""


def similar_patients(
    session: Session,
    name: str,
    *,
    phone: str = "",
    birth_date: dt.date | None = None,
    number: str = "",
    exclude: int | None = None,
    limit: int = 5,
) -> list[SimilarPatient]:
    """People on record who may be the one meant, the likeliest first. An unlike name is never offered for its phone.

    ``number`` is a NIK, a passport's or another number of one person: whoever has it is offered first.
    """
    holders = _holders(session, number, exclude=exclude)
    if len(fold(name)) < 2:
        return holders[:limit]
    digits = phone_digits(phone)
    found = []
    for row in _candidates(session, name, digits, birth_date):
        if row.id == exclude or row.id in {h.id for h in holders}:
            continue
        score = likeness(name, row.full_name)
        same_birth = birth_date is not None and row.birth_date == birth_date
        same_phone = bool(digits) and row.phone_digits == digits
        if row.birth_date is not None and birth_date is not None and not same_birth:
            score -= 15
        if score >= (_WORTH_SHOWING - 10 if same_birth or same_phone else _WORTH_SHOWING):
            found.append(_view(session, row, min(score, 100), same_phone=same_phone, same_birth_date=same_birth))
    found.sort(key=lambda s: (-(s.score + 6 * s.same_birth_date + 3 * s.same_phone), s.id))
    return [*holders, *found][:limit]


def _holders(session: Session, number: str, *, exclude: int | None) -> list[SimilarPatient]:
    """Whoever has this number of one person."""
    key = number_key(number)
    if len(key) < _SHORTEST_NUMBER:
        return []
    asked = (
        sa.select(PatientRow)
        .join(PatientIdentifierRow, PatientIdentifierRow.patient_id == PatientRow.id)
        .where(
            PatientIdentifierRow.value_key == key,
            PatientIdentifierRow.kind.in_(ONE_PERSON_KINDS),
            PatientRow.merged_into_id.is_(None),
            PatientRow.voided_reason == "",
            PatientRow.id != (exclude or 0),
        )
        .distinct()
        .order_by(PatientRow.id)
    )
    return [
        replace(_view(session, row, 100, same_phone=False, same_birth_date=False), same_number=True)
        for row in session.scalars(asked)
    ]


def _candidates(session: Session, name: str, digits: str, birth_date: dt.date | None) -> list[PatientRow]:
    """Rows worth comparing: equal or near spelling, the same phone, the same birth date."""
    key, first = similar_key(name), fold(name)[:2]
    ways = [PatientRow.similar_key == key, PatientRow.similar_key.startswith(key[:3], autoescape=True)]
    ways.append(PatientRow.name_key.startswith(first, autoescape=True))
    if digits:
        ways.append(PatientRow.phone_digits == digits)
    if birth_date is not None:
        ways.append(PatientRow.birth_date == birth_date)
    alive = (PatientRow.merged_into_id.is_(None), PatientRow.voided_reason == "")
    rows: dict[int, PatientRow] = {}
    for way in ways:
        question = sa.select(PatientRow).where(way, *alive).order_by(PatientRow.id.desc()).limit(_CANDIDATES)
        rows.update((r.id, r) for r in session.scalars(question))
    return list(rows.values())


def _view(session: Session, row: PatientRow, score: int, *, same_phone: bool, same_birth_date: bool) -> SimilarPatient:
    cases = sa.select(JourneyRow.case_no).where(JourneyRow.patient_id == row.id).order_by(JourneyRow.id.desc())
    return SimilarPatient(
        id=row.id, name=row.full_name, birth_date=row.birth_date, city=row.city, phone=row.phone, score=score,
        case_nos=tuple(session.scalars(cases)), is_provisional=row.is_provisional, same_phone=same_phone,
        same_birth_date=same_birth_date,
    )  # fmt: skip


def is_probably_same(match: SimilarPatient) -> bool:
    """Whether the window should ask "the same person?" before it makes a new one."""
    return match.same_number or match.score >= SAME or (match.score >= _WORTH_SHOWING and match.same_birth_date)


# houses


def find_or_match_hospital(session: Session, name: str, *, city: str = "", country: str = "") -> HouseMatch:
    """The hospital that a list or a form means by a name."""
    return match_organization(session, OrganizationKind.HOSPITAL, name, city=city, country=country)


def match_organization(
    session: Session, kind: OrganizationKind, name: str, *, city: str = "", country: str = ""
) -> HouseMatch:
    """The house of a kind that a name means: by name or a remembered spelling for certain, else the likely ones."""
    key = fold(name)
    if not key:
        return HouseMatch(id=None)
    rows = session.scalars(
        sa.select(OrganizationRow).where(OrganizationRow.kind == kind, OrganizationRow.merged_into_id.is_(None))
    ).all()
    exact = [r for r in rows if _is_called(r, key)]
    if len(exact) > 1:
        exact = [r for r in exact if _lies_in(r, city, country)] or exact
    if len(exact) == 1:
        return HouseMatch(id=exact[0].id, candidates=((exact[0].id, exact[0].name, 100),))
    scored = [(r.id, r.name, house_likeness(key, r.name_key)) for r in (exact or rows)]
    likely = sorted((s for s in scored if s[2] >= LIKE_HOUSE), key=lambda s: (-s[2], s[1]))
    return HouseMatch(id=None, candidates=tuple(likely[:5]))


def _is_called(row: OrganizationRow, key: str) -> bool:
    return key == row.name_key or (row.short_name != "" and key == fold(row.short_name)) or key in row.also_known_as


def _lies_in(row: OrganizationRow, city: str, country: str) -> bool:
    return (not city or fold(row.city) == fold(city)) and (not country or row.country == country)


def house_likeness(key: str, name_key: str) -> int:
    """Likeness of two folded names of houses once the words that every hospital has are gone."""
    from rapidfuzz import fuzz

    typed, known = telling(key), telling(name_key)
    if not typed or not known:
        typed, known = key, name_key
    return round(max(fuzz.token_sort_ratio(typed, known), fuzz.ratio(key, name_key)))


def telling(key: str) -> str:
    """The words of a folded name that tell a house from others: without "hospital", "rs", "pt" and their like."""
    return " ".join(word for word in key.split() if word not in _HOUSE_WORDS)
