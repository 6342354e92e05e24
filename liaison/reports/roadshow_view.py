"""What papers of a roadshow are made from: each value passes the tag of its field, so nothing else reaches a page.

A field that is not tagged for the reader arrives empty. Visitors are private persons: no paper of an event holds one,
not even the office's own, since it lies on a table. A paper for one house holds only its own wishes and promises.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.fields import field_of, problem
from liaison.domain.network import OrganizationKind
from liaison.domain.patients import Region
from liaison.domain.privacy import Audience
from liaison.domain.roadshows import (
    GuestDraft,
    GuestState,
    NeedDraft,
    PermitDraft,
    PermitKind,
    PermitState,
    RoadshowDraft,
    RoadshowPromiseDraft,
    SessionDraft,
    ThemeDraft,
    Topic,
)
from liaison.i18n import N_
from liaison.reports.case_view import Office
from liaison.reports.gathering import office_of
from liaison.services.changes import actor, clock, today
from liaison.services.roadshow_views import (
    GuestView,
    NeedView,
    PromiseView,
    RoadshowState,
    RoadshowView,
    find_event,
    roadshow_view,
)

NO_EVENT = N_("There is no such roadshow. Name its city, or open the paper from its page.")


class Eye:
    """What an audience may see: a value where its field is tagged for the audience, else what stands for nothing."""

    def __init__(self, audience: Audience) -> None:
        self.audience = audience

    def sees(self, kind: type[Any], name: str) -> bool:
        """Whether a field of a draft may stand on the paper."""
        return field_of(kind, name).may_be_seen_by(self.audience)

    def text(self, kind: type[Any], name: str, value: str) -> str:
        """A text, or nothing."""
        return value if self.sees(kind, name) else ""

    def day(self, kind: type[Any], name: str, value: dt.date | None) -> dt.date | None:
        """A day, or none."""
        return value if self.sees(kind, name) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperItem:
    """An item of the programme."""

    starts_at: dt.datetime
    minutes: int | None
    title: str
    room: str
    speaker: str
    speaker_role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTheme:
    """A theme; ``talking_point`` is empty outside the office."""

    region: Region
    theme: str
    talking_point: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperGuest:
    """A guest as far as the reader may know."""

    house_id: int | None
    house: str
    kind: OrganizationKind | None
    name: str
    position: str
    state: GuestState
    is_there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperNeed:
    """A wish; on joint paper without its words and its house."""

    house_id: int | None
    house: str
    region: Region
    topic: Topic
    wish: str
    answer: str
    for_all: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPromise:
    """A promise; ``is_ours`` says that this office made it, ``who`` names somebody outside where that may be.

    ``days_late`` counts to the day it was kept, or to today where it is open.
    """

    what: str
    is_ours: bool
    officer: str
    who: str
    house_id: int | None
    house: str
    kind: OrganizationKind | None
    due_on: dt.date | None
    done_on: dt.date | None
    is_late: bool
    days_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPermit:
    """A permit; only inside the office."""

    kind: PermitKind
    state: PermitState
    authority: str
    reference: str
    due_on: dt.date | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperEvent:
    """An event for one audience."""

    as_of: dt.datetime
    office: Office
    officer: str
    audience: Audience
    id: int
    series: str
    city: str
    starts_on: dt.date
    ends_on: dt.date
    venue: str
    venue_address: str
    regions: tuple[Region, ...]
    answer_by: dt.date | None
    state: RoadshowState
    items: tuple[PaperItem, ...]
    themes: tuple[PaperTheme, ...]
    guests: tuple[PaperGuest, ...]
    needs: tuple[PaperNeed, ...]
    promises: tuple[PaperPromise, ...]
    last_on: dt.date | None
    last_promises: tuple[PaperPromise, ...]
    permits: tuple[PaperPermit, ...]


def event_key(session: Session, text: str) -> int:
    """The event that an option names. Refuses what is none."""
    key = find_event(session, text)
    if key is None:
        raise Refused([problem("NO_EVENT", NO_EVENT, "event")])
    return key


def gather(session: Session, text: str, audience: Audience) -> PaperEvent:
    """Read an event and leave out what its reader may not see."""
    view, eye = roadshow_view(session, event_key(session, text)), Eye(audience)
    line = view.line
    return PaperEvent(
        as_of=clock(session),
        office=office_of(session),
        officer=actor(session),
        audience=audience,
        id=line.id,
        series=eye.text(RoadshowDraft, "series", line.series),
        city=eye.text(RoadshowDraft, "city", line.city),
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        venue=eye.text(RoadshowDraft, "venue", line.venue),
        venue_address=eye.text(RoadshowDraft, "venue_address", view.venue_address),
        regions=view.regions,
        answer_by=eye.day(RoadshowDraft, "answer_by", view.answer_by),
        state=line.state,
        items=_items(view, eye),
        themes=tuple(
            PaperTheme(
                region=t.region, theme=eye.text(ThemeDraft, "theme", t.theme),
                talking_point=eye.text(ThemeDraft, "talking_point", t.talking_point),
            )
            for t in view.themes
        ),
        guests=tuple(_guest(g, eye) for g in view.guests if not g.is_visitor),
        needs=tuple(_need(n, eye) for n in view.needs),
        promises=tuple(_promise(p, eye, today(session)) for p in view.promises),
        last_on=view.last.starts_on if view.last is not None else None,
        last_promises=tuple(_promise(p, eye, today(session)) for p in view.last_promises),
        permits=_permits(view, eye),
    )  # fmt: skip


def _items(view: RoadshowView, eye: Eye) -> tuple[PaperItem, ...]:
    return tuple(
        PaperItem(
            starts_at=s.starts_at, minutes=s.minutes, title=eye.text(SessionDraft, "title", s.title),
            room=eye.text(SessionDraft, "room", s.room), speaker=eye.text(SessionDraft, "speaker", s.speaker),
            speaker_role=eye.text(SessionDraft, "speaker_role", s.speaker_role),
        )
        for s in view.sessions
    )  # fmt: skip


def _guest(guest: GuestView, eye: Eye) -> PaperGuest:
    sees_house = eye.sees(GuestDraft, "organization_id") and eye.sees(GuestDraft, "house")
    return PaperGuest(
        house_id=guest.organization_id if sees_house else None,
        house=guest.house if sees_house else "",
        kind=guest.house_kind if sees_house else None,
        name=eye.text(GuestDraft, "name", guest.name),
        position=eye.text(GuestDraft, "position", guest.position),
        state=guest.state,
        is_there=guest.came_at is not None,
    )


def _need(need: NeedView, eye: Eye) -> PaperNeed:
    sees_house = eye.sees(NeedDraft, "organization_id") and eye.sees(NeedDraft, "house")
    return PaperNeed(
        house_id=need.organization_id if sees_house else None,
        house=need.house if sees_house else "",
        region=need.region,
        topic=need.topic,
        wish=eye.text(NeedDraft, "wish", need.wish),
        answer=eye.text(NeedDraft, "answer", need.answer),
        for_all=eye.text(NeedDraft, "for_all", need.for_all),
    )


def _promise(promise: PromiseView, eye: Eye, day: dt.date) -> PaperPromise:
    sees_house = eye.sees(RoadshowPromiseDraft, "organization_id")
    due_on = eye.day(RoadshowPromiseDraft, "due_on", promise.due_on)
    return PaperPromise(
        what=eye.text(RoadshowPromiseDraft, "what", promise.what),
        is_ours=promise.officer_id is not None,
        officer=eye.text(RoadshowPromiseDraft, "officer_id", promise.officer),
        who=eye.text(RoadshowPromiseDraft, "owner", promise.owner),
        house_id=promise.organization_id if sees_house else None,
        house=promise.house if sees_house else "",
        kind=promise.house_kind,
        due_on=due_on,
        done_on=promise.done_on,
        is_late=promise.is_late,
        days_late=max(0, ((promise.done_on or day) - due_on).days) if due_on is not None else 0,
    )


def _permits(view: RoadshowView, eye: Eye) -> tuple[PaperPermit, ...]:
    if not eye.sees(PermitDraft, "kind"):
        return ()
    return tuple(
        PaperPermit(
            kind=p.kind, state=p.state, authority=p.authority, reference=p.reference, due_on=p.due_on, note=p.note
        )
        for p in view.permits
    )


def named_guests(guests: Iterable[PaperGuest]) -> tuple[str, ...]:
    """Guests of houses whom a paper names as such, for the leak scan; a visitor is never among them."""
    return tuple(dict.fromkeys(guest.name for guest in guests if guest.name and guest.house))
