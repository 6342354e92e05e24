"""What pages and papers read of roadshows: the list, one event whole, and what the last meeting left open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.coded import Coded
from liaison.domain.network import OrganizationKind
from liaison.domain.patients import Region
from liaison.domain.regions import city_of
from liaison.domain.roadshows import GuestState, PermitKind, PermitState, RoadshowKind, Topic, covered_regions
from liaison.i18n import N_
from liaison.services.changes import day_of, get, today
from liaison.services.roadshows import own_regions
from liaison.store.models import (
    JourneyRow,
    OfficerRow,
    OrganizationRow,
    ReleaseRow,
    RoadshowGuestRow,
    RoadshowNeedRow,
    RoadshowPermitRow,
    RoadshowPromiseRow,
    RoadshowRow,
    RoadshowSessionRow,
    RoadshowThemeRow,
    TaskRow,
)

PACK = "city_pack"
"""The name of the report whose copies count as the pack of an event."""
PERMIT_DONE = frozenset({PermitState.GRANTED, PermitState.NOT_NEEDED})


class RoadshowState(Coded):
    """Where an event stands; it follows from its days and what was done."""

    PLANNED = "PLANNED", N_("planned")
    RUNNING = "RUNNING", N_("today")
    TO_FOLLOW = "TO_FOLLOW", N_("to be followed up")
    CLOSED = "CLOSED", N_("followed up")
    CALLED_OFF = "CALLED_OFF", N_("called off")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadshowLine:
    """An event as its list shows it."""

    id: int
    version: int
    kind: RoadshowKind
    series: str
    city: str
    starts_on: dt.date
    ends_on: dt.date
    venue: str
    state: RoadshowState
    invited: int
    coming: int
    came: int
    permits_open: int
    needs: int
    promises_open: int
    promises_late: int
    pack_made_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitView:
    """A permit of the checklist."""

    id: int
    version: int
    kind: PermitKind
    state: PermitState
    authority: str
    reference: str
    due_on: dt.date | None
    officer: str
    note: str

    @property
    def is_done(self) -> bool:
        """Whether nothing more is to be done."""
        return self.state in PERMIT_DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """An item of the programme."""

    id: int
    version: int
    starts_at: dt.datetime
    minutes: int | None
    title: str
    room: str
    speaker: str
    speaker_role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeView:
    """A theme with what we say about it."""

    id: int
    version: int
    region: Region
    theme: str
    talking_point: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestView:
    """A guest. ``house`` is the name of the organisation, of the network or in words."""

    id: int
    version: int
    organization_id: int | None
    house: str
    house_kind: OrganizationKind | None
    name: str
    position: str
    phone: str
    email: str
    is_visitor: bool
    state: GuestState
    came_at: dt.datetime | None
    need: str
    consent_on: dt.date | None
    consent_how: str
    journey_id: int | None
    case_no: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView:
    """A wish with its answer."""

    id: int
    version: int
    roadshow_id: int
    organization_id: int | None
    house: str
    region: Region
    topic: Topic
    wish: str
    answer: str
    for_all: str
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseView:
    """A promise. ``done_on`` is also the day on which its step was ticked off in Today."""

    id: int
    version: int
    roadshow_id: int
    what: str
    officer_id: int | None
    officer: str
    owner: str
    organization_id: int | None
    house: str
    house_kind: OrganizationKind | None
    due_on: dt.date | None
    is_urgent: bool
    need_id: int | None
    done_on: dt.date | None
    evidence: str
    is_late: bool

    @property
    def who(self) -> str:
        """Whoever promised: an officer or somebody outside; empty where nobody was named."""
        return self.officer or self.owner


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadshowView:
    """One event whole. ``last`` is the meeting before it in the same city, with its promises."""

    line: RoadshowLine
    venue_address: str
    regions: tuple[Region, ...]
    usual_regions: tuple[Region, ...]
    """Those its city hears by the office's own list."""
    answer_by: dt.date | None
    note: str
    cancelled_because: str
    wound_up_on: dt.date | None
    permits: tuple[PermitView, ...]
    sessions: tuple[SessionView, ...]
    themes: tuple[ThemeView, ...]
    guests: tuple[GuestView, ...]
    needs: tuple[NeedView, ...]
    promises: tuple[PromiseView, ...]
    last: RoadshowLine | None
    last_promises: tuple[PromiseView, ...]


def roadshow_lines(session: Session, text: str = "") -> list[RoadshowLine]:
    """Every event, the next one first, then the past ones, newest first. ``text`` narrows by series, city and venue."""
    rows = session.scalars(sa.select(RoadshowRow)).all()
    words = text.casefold().split()
    shown = [r for r in rows if all(w in f"{r.series} {r.city} {r.venue}".casefold() for w in words)]
    lines = _lines(session, shown)
    ahead = [n for n in lines if n.state in (RoadshowState.PLANNED, RoadshowState.RUNNING)]
    past = [n for n in lines if n.state not in (RoadshowState.PLANNED, RoadshowState.RUNNING)]
    return [
        *sorted(ahead, key=lambda n: (n.starts_on, n.id)),
        *sorted(past, key=lambda n: (n.starts_on, n.id), reverse=True),
    ]


def roadshow_view(session: Session, key: int) -> RoadshowView:
    """One event with everything on it."""
    row = get(session, RoadshowRow, key)
    last = last_meeting(session, row)
    return RoadshowView(
        line=_lines(session, [row])[0],
        venue_address=row.venue_address,
        regions=_regions(row),
        usual_regions=covered_regions(row.city, own_regions(session)),
        answer_by=row.answer_by,
        note=row.note,
        cancelled_because=row.cancelled_because,
        wound_up_on=row.wound_up_on,
        permits=_permits(session, key),
        sessions=_sessions(session, key),
        themes=_themes(session, key),
        guests=guests_of(session, key),
        needs=needs_of(session, [key]),
        promises=promises_of(session, [key]),
        last=_lines(session, [last])[0] if last is not None else None,
        last_promises=promises_of(session, [last.id]) if last is not None else (),
    )


def find_event(session: Session, text: str) -> int | None:
    """The event that a key or a city's name means: the city's next one, else its newest; none where there is none."""
    if text.isdecimal() and session.get(RoadshowRow, int(text)) is not None:
        return int(text)
    place = city_of(text)
    mine = [line for line in roadshow_lines(session) if place is not None and line.city == place.name]
    return mine[0].id if mine else None


def last_meeting(session: Session, row: RoadshowRow) -> RoadshowRow | None:
    """The meeting before this one in the same city: the newest to which somebody came or that left a promise.

    A day that passed without anybody would hide what is still open from the meeting before it.
    """
    return session.scalar(
        sa.select(RoadshowRow)
        .where(
            RoadshowRow.city == row.city, RoadshowRow.starts_on < row.starts_on, RoadshowRow.id != row.id,
            RoadshowRow.cancelled_because == "", _took_place(),
        )
        .order_by(RoadshowRow.starts_on.desc(), RoadshowRow.id.desc())
        .limit(1)
    )  # fmt: skip


def _took_place() -> sa.ColumnElement[bool]:
    """Somebody came, or something was promised."""
    came = sa.exists().where(RoadshowGuestRow.roadshow_id == RoadshowRow.id, RoadshowGuestRow.came_at.is_not(None))
    return sa.or_(came, sa.exists().where(RoadshowPromiseRow.roadshow_id == RoadshowRow.id))


def last_held(session: Session, city: str) -> RoadshowRow | None:
    """The newest event of a city that is over, for the city's briefing."""
    return session.scalar(
        sa.select(RoadshowRow)
        .where(
            RoadshowRow.city == city, sa.func.coalesce(RoadshowRow.ends_on, RoadshowRow.starts_on) < today(session),
            RoadshowRow.cancelled_because == "", _took_place(),
        )
        .order_by(RoadshowRow.starts_on.desc(), RoadshowRow.id.desc())
        .limit(1)
    )  # fmt: skip


def _regions(row: RoadshowRow) -> tuple[Region, ...]:
    ticked = ((Region.WEST, row.covers_west), (Region.CENTRAL, row.covers_central), (Region.EAST, row.covers_east))
    return tuple(region for region, on in ticked if on)


# parts


def guests_of(session: Session, key: int) -> tuple[GuestView, ...]:
    """The guests of an event: houses by name, then visitors."""
    rows = session.scalars(sa.select(RoadshowGuestRow).where(RoadshowGuestRow.roadshow_id == key)).all()
    houses = _houses(session, (r.organization_id for r in rows))
    numbers = sa.select(JourneyRow.id, JourneyRow.case_no).where(JourneyRow.id.in_({r.journey_id for r in rows}))
    cases = {row[0]: row[1] for row in session.execute(numbers)}
    views = [
        GuestView(
            id=r.id, version=r.version, organization_id=r.organization_id,
            house=houses[r.organization_id][0] if r.organization_id in houses else r.house,
            house_kind=houses[r.organization_id][1] if r.organization_id in houses else None,
            name=r.name, position=r.position, phone=r.phone, email=r.email, is_visitor=r.is_visitor, state=r.state,
            came_at=r.came_at, need=r.need, consent_on=r.consent_on, consent_how=r.consent_how,
            journey_id=r.journey_id, case_no=cases.get(r.journey_id or 0, ""), note=r.note,
        )
        for r in rows
    ]  # fmt: skip
    return tuple(sorted(views, key=lambda g: (g.is_visitor, g.house.casefold(), g.name.casefold(), g.id)))


def needs_of(session: Session, keys: Iterable[int]) -> tuple[NeedView, ...]:
    """The wishes of events, by house, in the order they were written."""
    rows = session.scalars(
        sa.select(RoadshowNeedRow).where(RoadshowNeedRow.roadshow_id.in_(list(keys))).order_by(RoadshowNeedRow.id)
    ).all()
    houses, officers = _houses(session, (r.organization_id for r in rows)), _officers(session)
    views = [
        NeedView(
            id=r.id, version=r.version, roadshow_id=r.roadshow_id, organization_id=r.organization_id,
            house=houses[r.organization_id][0] if r.organization_id in houses else r.house, region=r.region,
            topic=r.topic, wish=r.wish, answer=r.answer, for_all=r.for_all, officer=officers.get(r.officer_id or 0, ""),
        )
        for r in rows
    ]  # fmt: skip
    return tuple(sorted(views, key=lambda n: (n.house == "", n.house.casefold(), n.id)))


def promises_of(session: Session, keys: Iterable[int]) -> tuple[PromiseView, ...]:
    """The promises of events: open ones by day, then the kept ones."""
    rows = session.execute(
        sa.select(RoadshowPromiseRow, TaskRow.done_at)
        .outerjoin(TaskRow, TaskRow.id == RoadshowPromiseRow.task_id)
        .where(RoadshowPromiseRow.roadshow_id.in_(list(keys)))
        .order_by(RoadshowPromiseRow.id)
    ).all()
    houses, officers = _houses(session, (r.organization_id for r, _ in rows)), _officers(session)
    day = today(session)
    views = []
    for r, ticked in rows:
        done_on = r.done_on or (day_of(session, ticked) if ticked is not None else None)
        house, kind = houses.get(r.organization_id or 0, ("", None))
        views.append(
            PromiseView(
                id=r.id, version=r.version, roadshow_id=r.roadshow_id, what=r.what, officer_id=r.officer_id,
                officer=officers.get(r.officer_id or 0, ""), owner=r.owner, organization_id=r.organization_id,
                house=house, house_kind=kind, due_on=r.due_on, is_urgent=r.is_urgent, need_id=r.need_id,
                done_on=done_on, evidence=r.evidence,
                is_late=done_on is None and r.due_on is not None and r.due_on < day,
            )
        )  # fmt: skip
    far = dt.date.max
    return tuple(sorted(views, key=lambda p: (p.done_on is not None, p.due_on or far, p.id)))


def _permits(session: Session, key: int) -> tuple[PermitView, ...]:
    officers = _officers(session)
    rows = session.scalars(
        sa.select(RoadshowPermitRow).where(RoadshowPermitRow.roadshow_id == key).order_by(RoadshowPermitRow.id)
    )
    return tuple(
        PermitView(
            id=r.id, version=r.version, kind=r.kind, state=r.state, authority=r.authority, reference=r.reference,
            due_on=r.due_on, officer=officers.get(r.officer_id or 0, ""), note=r.note,
        )
        for r in rows
    )  # fmt: skip


def _sessions(session: Session, key: int) -> tuple[SessionView, ...]:
    rows = session.scalars(
        sa.select(RoadshowSessionRow)
        .where(RoadshowSessionRow.roadshow_id == key)
        .order_by(RoadshowSessionRow.starts_at, RoadshowSessionRow.id)
    )
    return tuple(
        SessionView(
            id=r.id, version=r.version, starts_at=r.starts_at, minutes=r.minutes, title=r.title, room=r.room,
            speaker=r.speaker, speaker_role=r.speaker_role,
        )
        for r in rows
    )  # fmt: skip


def _themes(session: Session, key: int) -> tuple[ThemeView, ...]:
    order = list(Region)
    rows = session.scalars(
        sa.select(RoadshowThemeRow).where(RoadshowThemeRow.roadshow_id == key).order_by(RoadshowThemeRow.id)
    )
    views = [
        ThemeView(id=r.id, version=r.version, region=r.region, theme=r.theme, talking_point=r.talking_point)
        for r in rows
    ]
    return tuple(sorted(views, key=lambda t: (order.index(t.region), t.id)))


# lines


def _lines(session: Session, rows: Iterable[RoadshowRow]) -> list[RoadshowLine]:
    rows = list(rows)
    keys = [r.id for r in rows]
    guests, permits, needs = _guest_counts(session, keys), _open_permits(session, keys), _need_counts(session, keys)
    promised: dict[int, list[PromiseView]] = {}
    for one in promises_of(session, keys):
        promised.setdefault(one.roadshow_id, []).append(one)
    day, packs = today(session), _packs(session)
    return [
        RoadshowLine(
            id=r.id, version=r.version, kind=r.kind, series=r.series, city=r.city, starts_on=r.starts_on,
            ends_on=r.ends_on or r.starts_on, venue=r.venue, state=_state(r, day),
            invited=guests.get(r.id, (0, 0, 0))[0], coming=guests.get(r.id, (0, 0, 0))[1],
            came=guests.get(r.id, (0, 0, 0))[2], permits_open=permits.get(r.id, 0), needs=needs.get(r.id, 0),
            promises_open=sum(p.done_on is None for p in promised.get(r.id, ())),
            promises_late=sum(p.is_late for p in promised.get(r.id, ())), pack_made_at=packs.get(r.id),
        )
        for r in rows
    ]  # fmt: skip


def _packs(session: Session) -> Mapping[int, dt.datetime]:
    """When the pack of each event was printed or saved last."""
    made = sa.select(ReleaseRow.parameters, ReleaseRow.at).where(ReleaseRow.report == PACK).order_by(ReleaseRow.at)
    found = ((str(asked.get("event", "")), at) for asked, at in session.execute(made))
    return {int(key): at for key, at in found if key.isdecimal()}


def _state(row: RoadshowRow, day: dt.date) -> RoadshowState:
    if row.cancelled_because:
        return RoadshowState.CALLED_OFF
    if row.wound_up_on is not None:
        return RoadshowState.CLOSED
    if day < row.starts_on:
        return RoadshowState.PLANNED
    return RoadshowState.RUNNING if day <= (row.ends_on or row.starts_on) else RoadshowState.TO_FOLLOW


def _guest_counts(session: Session, keys: list[int]) -> Mapping[int, tuple[int, int, int]]:
    """Invited (without those who came uninvited and visitors), coming, and there."""
    g = RoadshowGuestRow.__table__.c
    asked = sa.and_(g.state != GuestState.WALK_IN, g.is_visitor == sa.false())
    rows = session.execute(
        sa.select(
            g.roadshow_id,
            sa.func.sum(sa.case((asked, 1), else_=0)),
            sa.func.sum(sa.case((g.state == GuestState.COMING, 1), else_=0)),
            sa.func.sum(sa.case((g.came_at.is_not(None), 1), else_=0)),
        )
        .where(g.roadshow_id.in_(keys))
        .group_by(g.roadshow_id)
    )
    return {row[0]: (int(row[1]), int(row[2]), int(row[3])) for row in rows}


def _open_permits(session: Session, keys: list[int]) -> Mapping[int, int]:
    p = RoadshowPermitRow.__table__.c
    asked = sa.select(p.roadshow_id, sa.func.count()).where(p.roadshow_id.in_(keys), p.state.not_in(PERMIT_DONE))
    return {row[0]: row[1] for row in session.execute(asked.group_by(p.roadshow_id))}


def _need_counts(session: Session, keys: list[int]) -> Mapping[int, int]:
    n = RoadshowNeedRow.__table__.c
    asked = sa.select(n.roadshow_id, sa.func.count()).where(n.roadshow_id.in_(keys)).group_by(n.roadshow_id)
    return {row[0]: row[1] for row in session.execute(asked)}


def _houses(session: Session, keys: Iterable[int | None]) -> Mapping[int | None, tuple[str, OrganizationKind]]:
    wanted = {key for key in keys if key is not None}
    rows: Any = session.execute(
        sa.select(OrganizationRow.id, OrganizationRow.name, OrganizationRow.kind).where(OrganizationRow.id.in_(wanted))
    )
    return {key: (name, kind) for key, name, kind in rows}


def _officers(session: Session) -> Mapping[int, str]:
    return {row[0]: row[1] for row in session.execute(sa.select(OfficerRow.id, OfficerRow.name))}
