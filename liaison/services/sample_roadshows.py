"""The round tables of the sample office: three cities half a year ago, with what came of them, and Medan's next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.network import OrganizationKind
from liaison.domain.patients import Region
from liaison.domain.roadshows import (
    GuestDraft,
    GuestState,
    NeedDraft,
    PermitKind,
    PermitState,
    PromiseKeptDraft,
    RoadshowDraft,
    RoadshowPromiseDraft,
    SessionDraft,
    ThemeDraft,
    Topic,
)
from liaison.i18n import N_, Language
from liaison.services import roadshow_guests, roadshow_promises, roadshow_views, roadshows
from liaison.services.changes import officer_id, today, zone
from liaison.services.sample_plans import PROMISES, VISITS
from liaison.store.models import OrganizationRow

FIRST_SERIES, SECOND_SERIES = N_("Round table, first half-year"), N_("Round table, second half-year")
NEXT_IN_DAYS = 12
_VENUES = {
    "Medan": ("Hotel Contoh Deli", "Jalan Contoh 8, Medan"),
    "Jakarta": ("Balai Contoh Sudirman", "Jalan Contoh 45, Jakarta"),
    "Surabaya": ("Hotel Contoh Darmo", "Jalan Contoh 21, Surabaya"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    cities: tuple[str, ...]
    topic: Topic
    wish: str
    answer: str
    for_all: str = ""


_WISHES = (
    _Wish(cities=("Medan", "Jakarta", "Surabaya"), topic=Topic.NIGHT,
          wish=N_("One number at the hospital that is answered after 18:00"),
          answer=N_("Indonesia desks in Penang answer until 22:00; the list goes out every month"),
          for_all=N_("Night numbers: the desk list goes out every month")),
    _Wish(cities=("Medan", "Jakarta", "Surabaya"), topic=Topic.ESTIMATES,
          wish=N_("Estimates with the room class and the doctor's fee apart"),
          answer=N_("From the next quarter on, by a form of our own"),
          for_all=N_("Estimates will show room and doctor apart")),
    _Wish(cities=("Medan", "Jakarta"), topic=Topic.TOP_UPS,
          wish=N_("Ask for the top-up at 70% of the ceiling, not at 90%"), answer=""),
    _Wish(cities=("Surabaya",), topic=Topic.TRAVEL,
          wish=N_("Direct ways from Makassar and Ambon, with a place to stay in Surabaya"),
          answer=N_("Two hotels near the port are asked for prices")),
    _Wish(cities=("Jakarta",), topic=Topic.REPORTING, wish=N_("One file of figures a quarter, in Excel"),
          answer=N_("Each insurer gets its own sheet")),
)  # fmt: skip
_THEMES = {
    Region.WEST: ((N_("Short ways to Penang, many day cases"), N_("Day cases need a letter before noon")),),
    Region.CENTRAL: ((N_("Patients compare with Surabaya first"), N_("Show both prices, at home and abroad")),),
    Region.EAST: ((N_("Two flights before treatment begins"), N_("Plan escort and return in one go")),),
}
_PROGRAMME = (
    (9, 0, 20, N_("Opening and last meeting's promises"), N_("this office")),
    (9, 20, 40, N_("Figures of the city"), N_("this office")),
    (10, 0, 60, N_("What insurers wish for"), N_("round table")),
    (11, 0, 45, N_("Promises, with owner and day"), N_("round table")),
)
_POSITIONS = (N_("head of claims"), N_("provider relations"), N_("medical adviser"))
_PEOPLE = ("Hesti Prameswari", "Yohanes Tobing", "Lina Kusuma", "Ferry Damanik", "Maya Santika", "Rudi Halim")


def add_roadshows(session: Session, language: Language) -> None:
    """Three held round tables with what came of them, and the next one in Medan, half prepared."""
    day = today(session)
    insurers, hospitals = _houses(session, OrganizationKind.INSURER), _houses(session, OrganizationKind.HOSPITAL)
    for city, ago in VISITS.items():
        key = _event(session, language, city, FIRST_SERIES, day - dt.timedelta(days=ago))
        _guests(session, key, language, insurers, hospitals, came=True)
        _wishes(session, key, city, language, insurers)
        _promises(session, key, city, language, insurers, day)
        roadshows.close_roadshow(session, key)
    key = _event(session, language, "Medan", SECOND_SERIES, day + dt.timedelta(days=NEXT_IN_DAYS))
    _guests(session, key, language, insurers, hospitals, came=False)
    permits = roadshow_views.roadshow_view(session, key).permits
    for permit in permits:
        if permit.kind in (PermitKind.VENUE, PermitKind.NO_CONSULTING, PermitKind.MATERIAL):
            roadshows.move_permit(session, permit.id, PermitState.GRANTED)
        elif permit.kind is PermitKind.HEALTH_AGENCY:
            roadshows.move_permit(session, permit.id, PermitState.ASKED)


def _event(session: Session, _: Language, city: str, series: str, day: dt.date) -> int:
    venue, address = _VENUES[city]
    draft = RoadshowDraft(
        series=_(series), city=city, starts_on=day, venue=venue, venue_address=address,
        answer_by=day - dt.timedelta(days=5),
    )  # fmt: skip
    key = roadshows.add_roadshow(session, draft).made
    assert key is not None
    here = ZoneInfo(zone(session))
    for hour, minute, length, title, who in _PROGRAMME:
        start = dt.datetime.combine(day, dt.time(hour, minute), here).astimezone(dt.UTC)
        roadshows.add_session(
            session,
            SessionDraft(roadshow_id=key, starts_at=start, minutes=length, title=_(title), speaker_role=_(who)),
        )
    for region in roadshow_views.roadshow_view(session, key).regions:
        for theme, point in _THEMES[region]:
            roadshows.add_theme(
                session, ThemeDraft(roadshow_id=key, region=region, theme=_(theme), talking_point=_(point))
            )
    if day <= today(session):
        for permit in roadshow_views.roadshow_view(session, key).permits:
            roadshows.move_permit(session, permit.id, PermitState.GRANTED)
    return key


def _guests(session: Session, key: int, _: Language, insurers: list[int], hospitals: list[int], *, came: bool) -> None:
    for place, house in enumerate([*insurers, *hospitals[:2]]):
        state = GuestState.COMING if came or place % 2 == 0 else GuestState.INVITED
        guest = roadshow_guests.add_guest(
            session,
            GuestDraft(
                roadshow_id=key, organization_id=house, name=_PEOPLE[place % len(_PEOPLE)],
                position=_(_POSITIONS[place % len(_POSITIONS)]), state=state,
            ),
        ).made  # fmt: skip
        assert guest is not None
        if came and place % 4 != 3:
            view = roadshow_views.roadshow_view(session, key)
            start = view.sessions[0].starts_at - dt.timedelta(minutes=20 - place)
            roadshow_guests.check_in(session, guest, at=start)


def _wishes(session: Session, key: int, city: str, _: Language, insurers: list[int]) -> None:
    regions = roadshow_views.roadshow_view(session, key).regions
    for place, one in enumerate(w for w in _WISHES if city in w.cities):
        roadshow_promises.add_need(
            session,
            NeedDraft(
                roadshow_id=key, organization_id=insurers[place % len(insurers)] if insurers else None,
                region=regions[-1] if one.topic is Topic.TRAVEL else regions[0], topic=one.topic, wish=_(one.wish),
                answer=_(one.answer) if one.answer else "", for_all=_(one.for_all) if one.for_all else "",
                officer_id=officer_id(session),
            ),
        )  # fmt: skip


def _promises(session: Session, key: int, city: str, _: Language, insurers: list[int], day: dt.date) -> None:
    for place, (what, who, due, kept, _note) in enumerate(PROMISES):
        ours = place == 2
        draft = RoadshowPromiseDraft(
            roadshow_id=key, what=_(what), officer_id=officer_id(session) if ours else None,
            owner="" if ours else _(who),
            organization_id=None if ours or not insurers else insurers[place % len(insurers)],
            due_on=day + dt.timedelta(days=due),
        )  # fmt: skip
        made = roadshow_promises.promise(session, draft).made
        if kept is None and due < 0 and city != "Medan":
            kept = due + 3  # one late promise is enough to show
        if kept is not None and made is not None:
            done_on = day + dt.timedelta(days=kept)
            roadshow_promises.keep_promise(
                session, made, PromiseKeptDraft(done_on=done_on, evidence=_(N_("by e-mail")))
            )


def _houses(session: Session, kind: OrganizationKind) -> list[int]:
    rows = session.scalars(
        sa.select(OrganizationRow.id).where(OrganizationRow.kind == kind).order_by(OrganizationRow.id)
    )
    return list(rows)
