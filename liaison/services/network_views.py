"""Houses, their desks and their groups as lists, cards and papers read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.calendars import zone_of
from liaison.domain.network import Desk, OrganizationKind, RequestChannel, is_stale
from liaison.services.changes import get, today
from liaison.store.models import (
    AdministratorLinkRow,
    ContactRow,
    CoverRow,
    GroupMembershipRow,
    GroupRow,
    JourneyRow,
    OrganizationRow,
    PolicyRow,
)

DECIDERS = (OrganizationKind.ADMINISTRATOR, OrganizationKind.ASSISTANCE)
"""Who may decide for an insurer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """A desk or a person at a house."""

    id: int
    version: int
    organization_id: int
    desk: Desk
    name: str
    phone: str
    whatsapp: str
    night_phone: str
    email: str
    hours: str
    languages: tuple[str, ...]
    cut_off: str
    channel: RequestChannel | None
    channel_note: str
    deposit_rule: str
    is_preferred: bool
    last_verified_on: dt.date | None
    verified_by: str
    is_stale: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipView:
    """A time in which a hospital belongs to a group."""

    id: int
    group_id: int
    group: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """The other side of an administrator's link: the insurer it decides for, or who decides for the insurer."""

    id: int
    organization_id: int
    name: str
    valid_from: dt.date | None
    valid_to: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationSummary:
    """A house as a list or a chooser shows it."""

    id: int
    version: int
    kind: OrganizationKind
    name: str
    short_name: str
    city: str
    country: str
    phone: str
    night_phone: str
    desk_phone: str
    """The number to call first: the preferred desk's, else that of the Indonesia desk, else any desk's."""
    desk_hours: str
    zone: str
    specialties: tuple[str, ...]
    languages: tuple[str, ...]
    """Every language that one of its desks speaks."""
    group: str
    open_journeys: int
    last_verified_on: dt.date | None
    is_stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationView:
    """A house with everything known of it."""

    id: int
    version: int
    kind: OrganizationKind
    name: str
    short_name: str
    also_known_as: tuple[str, ...]
    country: str
    city: str
    zone: str
    address: str
    phone: str
    night_phone: str
    email: str
    specialties: tuple[str, ...]
    accreditation: str
    takes_deposit_note: str
    has_credit_arrangement: bool | None
    note: str
    last_verified_on: dt.date | None
    is_stale: bool
    closed_on: dt.date | None
    group: str
    """The group it belongs to today."""
    memberships: tuple[MembershipView, ...]
    contacts: tuple[ContactView, ...]
    administrators: tuple[LinkView, ...]
    """Who decides for this insurer."""
    insurers: tuple[LinkView, ...]
    """For whom this administrator decides."""


def organizations(
    session: Session, *, kinds: Iterable[OrganizationKind] | None = None, closed_too: bool = False
) -> list[OrganizationSummary]:
    """Houses by name, of some kinds or of all."""
    question = sa.select(OrganizationRow).where(OrganizationRow.merged_into_id.is_(None))
    if kinds is not None:
        question = question.where(OrganizationRow.kind.in_(list(kinds)))
    day = today(session)
    if not closed_too:
        question = question.where(sa.or_(OrganizationRow.closed_on.is_(None), OrganizationRow.closed_on > day))
    rows = session.scalars(question.order_by(OrganizationRow.name_key, OrganizationRow.id)).all()
    owners, desks, cases = _owners(session, day), _desk_phones(session), _open_journeys(session)
    spoken = _languages(session)
    return [
        OrganizationSummary(
            id=r.id, version=r.version, kind=r.kind, name=r.name, short_name=r.short_name, city=r.city,
            country=r.country, phone=r.phone, night_phone=r.night_phone, desk_phone=desks.get(r.id, ("", ""))[0],
            desk_hours=desks.get(r.id, ("", ""))[1], zone=r.zone or zone_of(city=r.city, country=r.country),
            specialties=tuple(r.specialties), languages=spoken.get(r.id, ()),
            group=owners.get(r.id, ""), open_journeys=cases.get(r.id, 0),
            last_verified_on=r.last_verified_on, is_stale=is_stale(r.last_verified_on, today=day),
        )
        for r in rows
    ]  # fmt: skip


def _desk_phones(session: Session) -> dict[int, tuple[str, str]]:
    """The number to call first at each house, and its hours; later rows of the order win."""
    rows = session.execute(
        sa.select(ContactRow.organization_id, ContactRow.phone, ContactRow.hours)
        .where(ContactRow.phone != "")
        .order_by(ContactRow.is_preferred, ContactRow.desk == Desk.INDONESIA_DESK, ContactRow.id.desc())
    )
    return {house: (phone, hours) for house, phone, hours in rows}


def _languages(session: Session) -> dict[int, tuple[str, ...]]:
    found: dict[int, set[str]] = {}
    for house, languages in session.execute(sa.select(ContactRow.organization_id, ContactRow.languages)):
        found.setdefault(house, set()).update(languages or ())
    return {house: tuple(sorted(languages)) for house, languages in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """A desk or person with the house it belongs to, as the list of contacts shows it."""

    id: int
    organization_id: int
    house: str
    city: str
    zone: str
    kind: OrganizationKind
    specialties: tuple[str, ...]
    contact: ContactView


def contact_lines(session: Session) -> list[ContactLine]:
    """Every desk of every house that is still open, by house."""
    houses = {h.id: h for h in organizations(session)}
    day = today(session)
    rows = session.scalars(sa.select(ContactRow).where(ContactRow.organization_id.in_(list(houses))))
    lines = [
        ContactLine(
            id=r.id, organization_id=r.organization_id, house=houses[r.organization_id].name,
            city=houses[r.organization_id].city, zone=houses[r.organization_id].zone,
            kind=houses[r.organization_id].kind, specialties=houses[r.organization_id].specialties,
            contact=_contact_view(r, day),
        )
        for r in rows
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (line.house.casefold(), not line.contact.is_preferred, line.id))


def _open_journeys(session: Session) -> dict[int, int]:
    """How many open journeys go to each hospital, or stand under each insurer's cover."""
    of_hospital = (
        sa.select(JourneyRow.hospital_id, sa.func.count())
        .where(JourneyRow.is_open == sa.true(), JourneyRow.hospital_id.is_not(None))
        .group_by(JourneyRow.hospital_id)
    )
    of_insurer = (
        sa.select(PolicyRow.insurer_id, sa.func.count())
        .join(CoverRow, CoverRow.policy_id == PolicyRow.id)
        .join(JourneyRow, JourneyRow.cover_id == CoverRow.id)
        .where(JourneyRow.is_open == sa.true(), PolicyRow.insurer_id.is_not(None))
        .group_by(PolicyRow.insurer_id)
    )
    return {key: n for question in (of_hospital, of_insurer) for key, n in session.execute(question) if key is not None}


def hospitals(session: Session) -> list[OrganizationSummary]:
    """Hospitals that are open, by name."""
    return organizations(session, kinds=[OrganizationKind.HOSPITAL])


def insurers(session: Session) -> list[OrganizationSummary]:
    """Insurers, by name."""
    return organizations(session, kinds=[OrganizationKind.INSURER])


def administrators(session: Session) -> list[OrganizationSummary]:
    """Whoever decides for insurers: third-party administrators and assistance companies."""
    return organizations(session, kinds=DECIDERS)


def organization(session: Session, key: int) -> OrganizationView:
    """One house with its desks, its groups over time and its administrators."""
    row = get(session, OrganizationRow, key)
    day = today(session)
    memberships = _memberships(session, key)
    now = [m for m in memberships if overlap(m.valid_from, m.valid_to, day, day)]
    return OrganizationView(
        id=row.id, version=row.version, kind=row.kind, name=row.name, short_name=row.short_name,
        also_known_as=tuple(row.also_known_as), country=row.country, city=row.city, zone=row.zone,
        address=row.address, phone=row.phone, night_phone=row.night_phone, email=row.email,
        specialties=tuple(row.specialties), accreditation=row.accreditation,
        takes_deposit_note=row.takes_deposit_note, has_credit_arrangement=row.has_credit_arrangement, note=row.note,
        last_verified_on=row.last_verified_on, is_stale=is_stale(row.last_verified_on, today=day),
        closed_on=row.closed_on,
        group=now[0].group if now else "", memberships=memberships, contacts=contacts_of(session, key),
        administrators=_links(session, AdministratorLinkRow.insurer_id, AdministratorLinkRow.administrator_id, key),
        insurers=_links(session, AdministratorLinkRow.administrator_id, AdministratorLinkRow.insurer_id, key),
    )  # fmt: skip


def contacts_of(session: Session, organization_id: int) -> tuple[ContactView, ...]:
    """The desks of a house, preferred ones first."""
    rows = session.scalars(sa.select(ContactRow).where(ContactRow.organization_id == organization_id))
    day = today(session)
    order = list(Desk)
    ordered = sorted(rows, key=lambda r: (not r.is_preferred, order.index(r.desk), r.id))
    return tuple(_contact_view(r, day) for r in ordered)


def _contact_view(row: ContactRow, day: dt.date) -> ContactView:
    return ContactView(
        id=row.id, version=row.version, organization_id=row.organization_id, desk=row.desk, name=row.name,
        phone=row.phone, whatsapp=row.whatsapp, night_phone=row.night_phone, email=row.email, hours=row.hours,
        languages=tuple(row.languages), cut_off=row.cut_off, channel=row.channel, channel_note=row.channel_note,
        deposit_rule=row.deposit_rule, is_preferred=row.is_preferred, last_verified_on=row.last_verified_on,
        verified_by=row.verified_by, is_stale=is_stale(row.last_verified_on, today=day), note=row.note,
    )  # fmt: skip


def _owners(session: Session, day: dt.date) -> dict[int, str]:
    rows = session.execute(
        sa.select(GroupMembershipRow, GroupRow.name).join(GroupRow, GroupRow.id == GroupMembershipRow.group_id)
    )
    return {m.organization_id: name for m, name in rows if overlap(m.valid_from, m.valid_to, day, day)}


def _memberships(session: Session, key: int) -> tuple[MembershipView, ...]:
    rows = session.execute(
        sa.select(GroupMembershipRow, GroupRow.name)
        .join(GroupRow, GroupRow.id == GroupMembershipRow.group_id)
        .where(GroupMembershipRow.organization_id == key)
    ).all()
    views = [
        MembershipView(
            id=m.id, group_id=m.group_id, group=name, valid_from=m.valid_from, valid_to=m.valid_to, source=m.source
        )
        for m, name in rows
    ]
    return tuple(sorted(views, key=lambda m: m.valid_from or dt.date.min, reverse=True))


def _links(
    session: Session, here: sa.orm.InstrumentedAttribute[int], there: sa.orm.InstrumentedAttribute[int], key: int
) -> tuple[LinkView, ...]:
    rows = session.execute(
        sa.select(AdministratorLinkRow, OrganizationRow.id, OrganizationRow.name)
        .join(OrganizationRow, OrganizationRow.id == there)
        .where(here == key)
        .order_by(OrganizationRow.name_key, AdministratorLinkRow.id)
    )
    return tuple(
        LinkView(id=link.id, organization_id=other, name=name, valid_from=link.valid_from, valid_to=link.valid_to)
        for link, other, name in rows
    )


def overlap(from_a: dt.date | None, to_a: dt.date | None, from_b: dt.date | None, to_b: dt.date | None) -> bool:
    """Whether two spans of days share one; an open end is for ever."""
    first = max(from_a or dt.date.min, from_b or dt.date.min)
    last = min(to_a or dt.date.max, to_b or dt.date.max)
    return first <= last
