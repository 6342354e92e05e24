"""Finding people, cases, claims, houses and desks by whatever somebody types."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.agreements import AgreementKind
from liaison.domain.claims import ClaimState
from liaison.domain.coded import Coded
from liaison.domain.doctors import with_title
from liaison.domain.errors import Refused
from liaison.domain.grammar import read_question, write_question
from liaison.domain.journeys import JourneyState
from liaison.domain.names import fold
from liaison.domain.network import Desk, OrganizationKind
from liaison.i18n import N_
from liaison.services.releases import looks_like_report_id, release
from liaison.services.sentences import Sentence, said, typed
from liaison.services.similar import similar_people
from liaison.store import search as index
from liaison.store.base import Record
from liaison.store.models import (
    AgentRow,
    AgreementRow,
    ClaimRow,
    ContactRow,
    DoctorPlaceRow,
    DoctorRow,
    GuaranteeRow,
    JourneyRow,
    OrganizationRow,
    PatientRow,
    RoadshowRow,
)

_LOOKED_AT = 200
_HOUSE_KINDS = ("organization", "contact", "doctor", "agent", "agreement")
_SHARE = 3
_FEW = 4
"""Where fewer people than this match as typed, similar names follow."""
_ALIKE = 40
"""So many people with a similar name are looked at where fields narrow them down."""


class FoundKind(Coded):
    """What a search result is; results are grouped by it."""

    PERSON = "PERSON", N_("Person")
    CASE = "CASE", N_("Case")
    CLAIM = "CLAIM", N_("Claim")
    ORGANIZATION = "ORGANIZATION", N_("Hospital or insurer")
    CONTACT = "CONTACT", N_("Contact")
    DOCTOR = "DOCTOR", N_("Doctor")
    AGENT = "AGENT", N_("Agent")
    AGREEMENT = "AGREEMENT", N_("Agreement")
    ROADSHOW = "ROADSHOW", N_("Roadshow")
    PRINTED = "PRINTED", N_("Printed report")


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
    phone: str = ""
    whose_phone: str = ""
    """Whose number it is, where it is not the person's own."""
    house_id: int | None = None
    """The house of a contact, a doctor or an agent."""

    @property
    def key(self) -> str:
        """What it is known by among what an officer opened: ``CASE:12``."""
        return f"{self.kind.value}:{self.id}"


def matching(session: Session, words: str, row_type: type[Record]) -> sa.ColumnElement[bool]:
    """The rows of a list that the free words of its filter match."""
    key: sa.ColumnElement[int] = row_type.__table__.c.id
    if index.is_unspoken(words):
        patient = getattr(row_type, "patient_id", None)
        return patient.in_(_named_so(words)) if patient is not None else sa.false()
    found = index.matching_ids(words, row_type.__tablename__)
    return sa.true() if found is None else key.in_(found)


def find(session: Session, text: str, *, limit: int = 20, used: Mapping[str, float] | None = None) -> list[Found]:
    """What matches every word typed and every term of the one grammar. Never raises; under two letters: nothing.

    ``#`` asks for case numbers only. First what ``used`` weighs most (see :mod:`liaison.services.recents`), then names
    that begin as typed, then open cases, then the newest. People with a similar name follow, marked, where few match.
    """
    printed = _printed(session, text)
    if printed:
        return printed
    if text.lstrip().startswith("#"):
        return [f for f in find(session, text.lstrip().lstrip("#"), limit=limit * 3) if f.kind is FoundKind.CASE][
            :limit
        ]
    if read_question(text).terms:
        return _asked_for(session, text, limit=limit)
    if index.is_unspoken(text):
        return _by_sign(session, text, limit=limit)
    hits = index.search(session, text, limit=_LOOKED_AT)
    if len(hits) == _LOOKED_AT:
        # Houses are older than the cases that name them: the newest hits alone would hide them.
        hits += index.search(session, text, limit=_LOOKED_AT, kinds=_HOUSE_KINDS)
    keys: dict[str, dict[int, None]] = {}
    for hit in hits:
        keys.setdefault(hit.kind, {})[hit.id] = None
    found = [one for kind, ids in keys.items() if kind in _READERS for one in _READERS[kind](session, list(ids))]
    found = list({(f.kind, f.id): f for f in found}.values())
    newest = {hit.id: place for place, hit in enumerate(hits)}
    begins, weight = fold(text), used or {}
    found.sort(
        key=lambda f: (
            -weight.get(f.key, 0.0),
            not fold(f.title).startswith(begins),
            list(FoundKind).index(f.kind),
            not f.is_open,
            newest.get(f.id, 0),
        )
    )
    shown = _a_share_for_each(found, limit)
    people = {f.id for f in found if f.kind is FoundKind.PERSON}
    room = min(limit - len(shown), _FEW - len(people)) if found else limit
    if room > 0:
        shown += _similar(session, text, but=people, limit=room)
    return shown


def _printed(session: Session, text: str) -> list[Found]:
    """The report whose id was typed or scanned from the foot of a page."""
    wanted = looks_like_report_id(text)
    made = release(session, wanted) if wanted else None
    if made is None:
        return []
    subtitle = said(N_("{report}, printed {at} by {who}"), report=said(made.title), at=made.at, who=made.actor)
    return [Found(kind=FoundKind.PRINTED, id=made.id, title=made.report_id, subtitle=subtitle)]


def _asked_for(session: Session, text: str, *, limit: int) -> list[Found]:
    """The rows that the lists of cases and claims would show for the same line; a list that cannot be asked is left."""
    from liaison.services.list_of_claims import claim_ids
    from liaison.services.list_of_journeys import journey_ids
    from liaison.services.list_queries import ListQuery

    found: list[Found] = []
    for ids, read in ((journey_ids, _journeys), (claim_ids, _claims)):
        try:
            keys = list(ids(session, ListQuery(text=text))[:limit])
        except Refused:
            continue
        by_id = {f.id: f for f in read(session, keys)}
        found += [by_id[key] for key in keys if key in by_id]
    return _a_share_for_each(found, limit) or _alike_and_asked_for(session, text, limit=limit)


def _alike_and_asked_for(session: Session, text: str, *, limit: int) -> list[Found]:
    """Cases and claims of people with a similar name of which the fields hold: ``sity kota:medan``."""
    from liaison.services.list_of_claims import claim_ids
    from liaison.services.list_of_journeys import journey_ids
    from liaison.services.list_queries import ListQuery

    question = read_question(text)
    people = similar_people(session, " ".join(question.words), limit=_ALIKE)
    if not people:
        return []
    fields = ListQuery(text=write_question(replace(question, words=())))
    found: list[Found] = []
    for ids, columns, read in ((journey_ids, _J, _journeys), (claim_ids, _C, _claims)):
        try:
            asked = set(ids(session, fields))
        except Refused:
            continue
        rows = _rows(session, sa.select(columns.id, columns.patient_id), columns.patient_id, people)
        places = sorted((people.index(person), -key) for key, person in rows if key in asked)
        keys = [-key for _place, key in places[:limit]]
        by_id = {f.id: replace(f, is_similar=True) for f in read(session, keys)}
        found += [by_id[key] for key in keys if key in by_id]
    return _a_share_for_each(found, limit)


def _named_so(sign: str) -> sa.Select[Any]:
    """People in whose name a sign stands that is no letter and no digit."""
    return sa.select(_P.id).where(sa.func.instr(_P.full_name, sign.strip()) > 0)


def _by_sign(session: Session, sign: str, *, limit: int) -> list[Found]:
    plain = sign.strip()
    people = [row[0] for row in session.execute(_named_so(plain).order_by(_P.id.desc()).limit(limit))]
    cases = sa.select(_J.id).where(_J.patient_id.in_(people)).order_by(_J.id.desc()).limit(limit)
    found = _patients(session, people) + _journeys(session, list(session.scalars(cases)))
    for table, read in ((OrganizationRow, _organizations), (ContactRow, _contacts), (AgentRow, _agents)):
        t = table.__table__.c
        keys = session.scalars(sa.select(t.id).where(sa.func.instr(t.name, plain) > 0).limit(limit))
        found += read(session, list(keys))
    return _a_share_for_each(found, limit)


def found_again(session: Session, keys: Iterable[str]) -> list[Found]:
    """Results known by their keys (``CASE:12``), in that order; what is gone is left out."""
    wanted = [key for key in keys if ":" in key]
    by_kind: dict[str, list[int]] = {}
    for key in wanted:
        kind, _, number = key.partition(":")
        by_kind.setdefault(kind, []).append(int(number))
    by_key = {
        one.key: one
        for kind, ids in by_kind.items()
        if kind in _TABLES
        for one in _READERS[_TABLES[kind]](session, ids)
    }
    return [by_key[key] for key in wanted if key in by_key]


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


def _similar(session: Session, text: str, *, but: Collection[int], limit: int) -> list[Found]:
    """People whose name is alike, the likeliest first."""
    keys = similar_people(session, text, but=but, limit=limit)
    by_id = {f.id: f for f in _patients(session, keys, is_similar=True)}
    return [by_id[key] for key in keys if key in by_id]


def _rows(
    session: Session, statement: sa.Select[Any], column: sa.ColumnElement[int], ids: Iterable[int]
) -> Sequence[Any]:
    wanted = sa.func.json_each(json.dumps(list(ids))).table_valued("value")
    return session.connection().execute(statement.where(column.in_(sa.select(wanted.c.value)))).all()


_P, _J, _C, _O = PatientRow.__table__.c, JourneyRow.__table__.c, ClaimRow.__table__.c, OrganizationRow.__table__.c
_HOUSE = OrganizationRow.__table__


def _patients(session: Session, ids: Sequence[int], *, is_similar: bool = False) -> list[Found]:
    cases = sa.select(sa.func.count()).where(_J.patient_id == _P.id).scalar_subquery()
    only = sa.select(sa.func.min(_J.id)).where(_J.patient_id == _P.id).scalar_subquery()
    rows = _rows(
        session,
        sa.select(_P.id, _P.full_name, _P.city, _P.birth_date, cases, _P.phone, _P.phone_owner, only).where(
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
            phone=phone,
            whose_phone=whose,
            journey_id=journey_id if count == 1 else None,
        )
        for key, name, city, birth, count, phone, whose, journey_id in rows
    ]


def _journeys(session: Session, ids: Sequence[int]) -> list[Found]:
    joined = JourneyRow.__table__.join(PatientRow.__table__, _P.id == _J.patient_id).outerjoin(
        _HOUSE, _O.id == _J.hospital_id
    )
    rows = _rows(
        session,
        sa.select(
            _J.id, _P.full_name, _J.case_no, _J.state, _O.name, _J.is_open, _J.origin_city, _P.phone, _P.phone_owner
        ).select_from(joined),
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
            phone=phone,
            whose_phone=whose,
            subtitle=said(
                N_("{city} · {case} · {state} · {hospital}") if city else N_("{case} · {state} · {hospital}"),
                city=city,
                case=case_no,
                state=JourneyState(state),
                hospital=hospital,
            ),
        )
        for key, name, case_no, state, hospital, is_open, city, phone, whose in rows
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
            phone=phone,
            house_id=key,
        )
        for key, name, kind, city, phone in rows
    ]


def _contacts(session: Session, ids: Sequence[int]) -> list[Found]:
    c = ContactRow.__table__.c
    joined = ContactRow.__table__.join(_HOUSE, _O.id == c.organization_id)
    rows = _rows(session, sa.select(c.id, c.name, c.desk, c.phone, _O.name, _O.id).select_from(joined), c.id, ids)
    return [
        Found(
            kind=FoundKind.CONTACT,
            id=key,
            title=name or house,
            is_open=True,
            subtitle=said(N_("{desk} · {house} · {phone}"), desk=Desk(desk), house=house, phone=phone),
            phone=phone,
            house_id=house_id,
        )
        for key, name, desk, phone, house, house_id in rows
    ]


def _doctors(session: Session, ids: Sequence[int]) -> list[Found]:
    """Doctors with the first of their hospitals, where they still work if there is one."""
    d, p = DoctorRow.__table__.c, DoctorPlaceRow.__table__.c
    joined = DoctorRow.__table__.outerjoin(DoctorPlaceRow.__table__, p.doctor_id == d.id).outerjoin(
        _HOUSE, _O.id == p.hospital_id
    )
    asked = sa.select(d.id, d.title, d.name, d.specialties, _O.name, _O.id).select_from(joined)
    rows = _rows(session, asked.order_by(p.until.is_not(None), p.id), d.id, ids)
    return list(
        {
            row[0]: Found(
                kind=FoundKind.DOCTOR,
                id=row[0],
                title=with_title(row[1], row[2]),
                is_open=True,
                subtitle=typed(" · ".join(x for x in (", ".join(row[3] or ()), row[4]) if x)),
                house_id=row[5],
            )
            for row in reversed(rows)
        }.values()
    )


def _agents(session: Session, ids: Sequence[int]) -> list[Found]:
    a = AgentRow.__table__.c
    joined = AgentRow.__table__.outerjoin(_HOUSE, _O.id == a.insurer_id)
    rows = _rows(session, sa.select(a.id, a.name, a.code, a.phone, _O.name, _O.id).select_from(joined), a.id, ids)
    return [
        Found(
            kind=FoundKind.AGENT,
            id=key,
            title=name,
            is_open=True,
            subtitle=typed(" · ".join(x for x in (insurer, code, phone) if x)),
            phone=phone,
            house_id=house_id,
        )
        for key, name, code, phone, insurer, house_id in rows
    ]


def _roadshows(session: Session, ids: Sequence[int]) -> list[Found]:
    r = RoadshowRow.__table__.c
    rows = _rows(session, sa.select(r.id, r.series, r.city, r.starts_on, r.venue), r.id, ids)
    return [
        Found(
            kind=FoundKind.ROADSHOW,
            id=key,
            title=f"{city} · {series}",
            is_open=True,
            subtitle=said(N_("{day} · {venue}") if venue else N_("{day}"), day=day, venue=venue),
        )
        for key, series, city, day, venue in rows
    ]


def _agreements(session: Session, ids: Sequence[int]) -> list[Found]:
    a = AgreementRow.__table__.c
    rows = _rows(session, sa.select(a.id, a.title, a.kind, a.place, a.signed_on), a.id, ids)
    return [
        Found(
            kind=FoundKind.AGREEMENT,
            id=key,
            title=title,
            is_open=True,
            subtitle=said(
                N_("{kind} · {place} · {day}") if place and signed_on else N_("{kind}"),
                kind=AgreementKind(kind),
                place=place,
                day=signed_on,
            ),
        )
        for key, title, kind, place, signed_on in rows
    ]


_READERS: Mapping[str, Any] = {
    "patient": _patients,
    "journey": _journeys,
    "claim": _claims,
    "guarantee": _letters,
    "organization": _organizations,
    "contact": _contacts,
    "doctor": _doctors,
    "agent": _agents,
    "agreement": _agreements,
    "roadshow": _roadshows,
}

_TABLES: Mapping[str, str] = {
    "PERSON": "patient", "CASE": "journey", "CLAIM": "claim", "ORGANIZATION": "organization", "CONTACT": "contact",
    "DOCTOR": "doctor", "AGENT": "agent", "ROADSHOW": "roadshow", "AGREEMENT": "agreement",
}  # fmt: skip
