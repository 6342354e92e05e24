"""Finding people, cases, claims, houses and desks by whatever somebody types."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimState
from liaison.domain.coded import Coded
from liaison.domain.journeys import JourneyState
from liaison.domain.names import fold, spelt
from liaison.domain.network import Desk, OrganizationKind
from liaison.i18n import N_
from liaison.services.sentences import Sentence, said, typed
from liaison.store import search as index
from liaison.store.base import Record
from liaison.store.models import (
    AgentRow,
    ClaimRow,
    ContactRow,
    GuaranteeRow,
    JourneyRow,
    OrganizationRow,
    PatientRow,
)

SIMILAR = 75
"""From this likeness on (of 100) a name counts as similar, where nothing matches as typed."""

_LOOKED_AT = 200
_SHARE = 3
_SIMILAR_LOOKED_AT = 4000


class FoundKind(Coded):
    """What a search result is; results are grouped by it."""

    PERSON = "PERSON", N_("Person")
    CASE = "CASE", N_("Case")
    CLAIM = "CLAIM", N_("Claim")
    ORGANIZATION = "ORGANIZATION", N_("Hospital or insurer")
    CONTACT = "CONTACT", N_("Contact")
    AGENT = "AGENT", N_("Agent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One search result. ``journey_id`` leads to the case where there is one."""

    kind: FoundKind
    id: int
    title: str
    subtitle: Sentence
    case_no: str = ""
    journey_id: int | None = None
    is_similar: bool = False
    is_person: bool = False
    """Whether the title is a patient's name, which masking hides."""
    is_open: bool = False


def matching(session: Session, words: str, row_type: type[Record]) -> sa.ColumnElement[bool]:
    """The rows of a list that the free words of its filter match."""
    key: sa.ColumnElement[int] = row_type.__table__.c.id
    found = index.matching_ids(words, row_type.__tablename__)
    return sa.true() if found is None else key.in_(found)


def find(session: Session, text: str, *, limit: int = 20) -> list[Found]:
    """What matches every word typed; names that begin as typed first, then open cases, then the newest. Never raises.

    Where nothing matches, people with a similar name are shown and marked. Under two characters: nothing.
    """
    hits = index.search(session, text, limit=_LOOKED_AT)
    if len(hits) == _LOOKED_AT:
        # Houses are older than the cases that name them: the newest hits alone would hide them.
        hits += index.search(session, text, limit=_LOOKED_AT, kinds=("organization", "contact", "agent"))
    keys: dict[str, dict[int, None]] = {}
    for hit in hits:
        keys.setdefault(hit.kind, {})[hit.id] = None
    found = [one for kind, ids in keys.items() if kind in _READERS for one in _READERS[kind](session, list(ids))]
    if not found and len(fold(text).replace(" ", "")) >= index.LEAST_LETTERS:
        return _similar(session, text, limit=limit)
    newest = {hit.id: place for place, hit in enumerate(hits)}
    begins = fold(text)
    found.sort(
        key=lambda f: (
            not fold(f.title).startswith(begins),
            list(FoundKind).index(f.kind),
            not f.is_open,
            newest.get(f.id, 0),
        )
    )
    return _a_share_for_each(found, limit)


def recent(session: Session, *, limit: int = 9) -> list[Found]:
    """The open cases that somebody was in touch with last."""
    keys = session.scalars(
        sa.select(JourneyRow.id)
        .where(JourneyRow.is_open.is_(True))
        .order_by(JourneyRow.last_contact_at.desc(), JourneyRow.id)
        .limit(limit)
    ).all()
    by_id = {f.id: f for f in _journeys(session, keys)}
    return [by_id[key] for key in keys if key in by_id]


def _a_share_for_each(found: Sequence[Found], limit: int) -> list[Found]:
    """The first ``limit`` results, but no kind crowds out the others: each shows its best three before any a fourth."""
    place: dict[FoundKind, int] = {}
    ranked: list[tuple[int, int]] = []
    for number, one in enumerate(found):
        place[one.kind] = place.get(one.kind, 0) + 1
        ranked.append((min(place[one.kind], _SHARE + 1), number))
    taken = sorted(number for _, number in sorted(ranked)[:limit])
    return [found[number] for number in taken]


def _similar(session: Session, text: str, *, limit: int) -> list[Found]:
    from rapidfuzz import fuzz, process

    wanted = spelt(text)
    if not wanted or any(c.isdigit() for c in wanted):
        return []
    p = PatientRow.__table__.c
    first = sa.func.substr(p.name_key, 1, 1) == fold(text)[:1]
    rows = session.connection().execute(
        sa.select(p.id, p.full_name)
        .where(p.merged_into_id.is_(None))
        .order_by(first.desc(), p.id.desc())
        .limit(_SIMILAR_LOOKED_AT)
    )
    names = {key: spelt(name) for key, name in rows}
    best = process.extract(wanted, names, scorer=fuzz.token_set_ratio, score_cutoff=SIMILAR, limit=limit)
    ids = [key for _, _, key in best]
    by_id = {f.id: f for f in _patients(session, ids, is_similar=True)}
    return [by_id[key] for key in ids if key in by_id]


def _rows(
    session: Session, statement: sa.Select[Any], column: sa.ColumnElement[int], ids: Iterable[int]
) -> Sequence[Any]:
    wanted = sa.func.json_each(json.dumps(list(ids))).table_valued("value")
    return session.connection().execute(statement.where(column.in_(sa.select(wanted.c.value)))).all()


_P, _J, _C, _O = PatientRow.__table__.c, JourneyRow.__table__.c, ClaimRow.__table__.c, OrganizationRow.__table__.c
_HOUSE = OrganizationRow.__table__


def _patients(session: Session, ids: Sequence[int], *, is_similar: bool = False) -> list[Found]:
    cases = sa.select(sa.func.count()).where(_J.patient_id == _P.id).scalar_subquery()
    rows = _rows(
        session,
        sa.select(_P.id, _P.full_name, _P.city, _P.birth_date, cases).where(
            _P.merged_into_id.is_(None), _P.voided_reason == ""
        ),
        _P.id,
        ids,
    )
    return [
        Found(
            kind=FoundKind.PERSON,
            id=key,
            title=name,
            is_similar=is_similar,
            is_person=True,
            subtitle=said(N_("{city}, born {birth}, cases: {count}"), city=city, birth=birth, count=count),
        )
        for key, name, city, birth, count in rows
    ]


def _journeys(session: Session, ids: Sequence[int]) -> list[Found]:
    joined = JourneyRow.__table__.join(PatientRow.__table__, _P.id == _J.patient_id).outerjoin(
        _HOUSE, _O.id == _J.hospital_id
    )
    rows = _rows(
        session,
        sa.select(_J.id, _P.full_name, _J.case_no, _J.state, _O.name, _J.is_open).select_from(joined),
        _J.id,
        ids,
    )
    return [
        Found(
            kind=FoundKind.CASE,
            id=key,
            title=name,
            case_no=case_no,
            journey_id=key,
            is_person=True,
            is_open=is_open,
            subtitle=said(
                N_("{case} · {state} · {hospital}"), case=case_no, state=JourneyState(state), hospital=hospital
            ),
        )
        for key, name, case_no, state, hospital, is_open in rows
    ]


def _claims(session: Session, ids: Sequence[int]) -> list[Found]:
    joined = ClaimRow.__table__.join(PatientRow.__table__, _P.id == _C.patient_id).outerjoin(
        JourneyRow.__table__, _J.id == _C.journey_id
    )
    rows = _rows(
        session,
        sa.select(_C.id, _P.full_name, _C.claim_no, _C.state, _J.case_no, _C.journey_id, _C.is_open).select_from(
            joined
        ),
        _C.id,
        ids,
    )
    return [
        Found(
            kind=FoundKind.CLAIM,
            id=key,
            title=name,
            case_no=case_no or "",
            journey_id=journey_id,
            is_person=True,
            is_open=is_open,
            subtitle=said(N_("Claim {number} · {state}"), number=claim_no, state=ClaimState(state)),
        )
        for key, name, claim_no, state, case_no, journey_id, is_open in rows
    ]


def _letters(session: Session, ids: Sequence[int]) -> list[Found]:
    g = GuaranteeRow.__table__.c
    rows = _rows(session, sa.select(g.journey_id), g.id, ids)
    return _journeys(session, [row[0] for row in rows])


def _organizations(session: Session, ids: Sequence[int]) -> list[Found]:
    rows = _rows(
        session, sa.select(_O.id, _O.name, _O.kind, _O.city, _O.phone).where(_O.merged_into_id.is_(None)), _O.id, ids
    )
    return [
        Found(
            kind=FoundKind.ORGANIZATION,
            id=key,
            title=name,
            is_open=True,
            subtitle=said(N_("{kind} · {city} · {phone}"), kind=OrganizationKind(kind), city=city, phone=phone),
        )
        for key, name, kind, city, phone in rows
    ]


def _contacts(session: Session, ids: Sequence[int]) -> list[Found]:
    c = ContactRow.__table__.c
    joined = ContactRow.__table__.join(_HOUSE, _O.id == c.organization_id)
    rows = _rows(session, sa.select(c.id, c.name, c.desk, c.phone, _O.name).select_from(joined), c.id, ids)
    return [
        Found(
            kind=FoundKind.CONTACT,
            id=key,
            title=name or house,
            is_open=True,
            subtitle=said(N_("{desk} · {house} · {phone}"), desk=Desk(desk), house=house, phone=phone),
        )
        for key, name, desk, phone, house in rows
    ]


def _agents(session: Session, ids: Sequence[int]) -> list[Found]:
    a = AgentRow.__table__.c
    joined = AgentRow.__table__.outerjoin(_HOUSE, _O.id == a.insurer_id)
    rows = _rows(session, sa.select(a.id, a.name, a.code, a.phone, _O.name).select_from(joined), a.id, ids)
    return [
        Found(
            kind=FoundKind.AGENT,
            id=key,
            title=name,
            is_open=True,
            subtitle=typed(" · ".join(x for x in (insurer, code, phone) if x)),
        )
        for key, name, code, phone, insurer in rows
    ]


_READERS: Mapping[str, Any] = {
    "patient": _patients,
    "journey": _journeys,
    "claim": _claims,
    "guarantee": _letters,
    "organization": _organizations,
    "contact": _contacts,
    "agent": _agents,
}
