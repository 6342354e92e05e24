"""Hospitals, insurers, administrators: the houses, their dated groups, and the desks to call there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.identifiers import phone_digits
from liaison.domain.names import fold
from liaison.domain.network import (
    AdministratorLinkDraft,
    ContactDraft,
    Desk,
    GroupMembershipDraft,
    OrganizationDraft,
    OrganizationKind,
    check_contact,
    check_membership,
    check_organization,
    is_stale,
)
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, actor, add, changes, draft_of, fill, get, get_for, need, today
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

KNOWN_HOUSE = N_("{name} in {city} is already in the network. Open it instead of adding it again.")
GROUP_OVERLAPS = N_("In these days the hospital already belongs to another group. End that first.")
NOT_AN_ADMINISTRATOR = N_("Only a third-party administrator or an assistance company can decide for an insurer.")
NOT_AN_INSURER = N_("Choose an insurer here.")
LINKED_ALREADY = N_("This administrator already decides for this insurer in these days.")
ENDS_BEFORE_START = N_("The last day lies before the first. Check both dates.")

DECIDERS = (OrganizationKind.ADMINISTRATOR, OrganizationKind.ASSISTANCE)


# what comes out


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


# houses


def add_organization(session: Session, draft: OrganizationDraft) -> Changes:
    """Put a hospital, insurer or other house on record; the same name in the same city is refused."""
    refuse_if([*check_organization(draft, today=today(session)), *_known(session, draft)])
    row = add(session, _keyed(fill(OrganizationRow(), draft)))
    return changes(("organization", row.id), made=row.id)


def edit_organization(session: Session, key: int, draft: OrganizationDraft, *, version: int | None = None) -> Changes:
    """Change what is known of a house."""
    row = get_for(session, OrganizationRow, key, draft, version=version)
    refuse_if([*check_organization(draft, today=today(session)), *_known(session, draft, but=key)])
    _keyed(fill(row, draft))
    session.flush()
    return changes(("organization", key))


def organization_draft(session: Session, key: int) -> OrganizationDraft:
    """What the form of a house opens with."""
    return draft_of(get(session, OrganizationRow, key), OrganizationDraft)


def close_organization(session: Session, key: int, *, on: dt.date | None = None) -> Changes:
    """Take a house out of the choosers from a day on; its cases stay."""
    get(session, OrganizationRow, key).closed_on = on or today(session)
    session.flush()
    return changes(("organization", key))


def remember_spelling(session: Session, key: int, spelling: str) -> Changes:
    """Keep another spelling of a house, so that the next list finds it by itself."""
    row = get(session, OrganizationRow, key)
    folded = fold(spelling)
    if folded != row.name_key and folded not in row.also_known_as:
        row.also_known_as = sorted([*row.also_known_as, folded])
        session.flush()
    return changes(("organization", key))


def keep_keys(row: OrganizationRow) -> None:
    """Keep the columns by which a house is sorted and found in step with what was typed."""
    row.name_key = fold(row.name)
    row.phone_digits = phone_digits(row.phone or "", row.country or "ID")


def _keyed(row: OrganizationRow) -> OrganizationRow:
    keep_keys(row)
    row.also_known_as = sorted({fold(s) for s in row.also_known_as or ()} - {row.name_key, ""})
    return row


def _known(session: Session, draft: OrganizationDraft, *, but: int | None = None) -> list[Problem]:
    same = session.scalars(
        sa.select(OrganizationRow).where(
            OrganizationRow.kind == draft.kind,
            OrganizationRow.name_key == fold(draft.name),
            OrganizationRow.merged_into_id.is_(None),
        )
    )
    city = fold(draft.city)
    if any(r.id != but and fold(r.city) == city for r in same):
        values = {"name": draft.name, "city": draft.city}
        return [Problem(code="KNOWN_HOUSE", message=KNOWN_HOUSE, field="name", values=values)]
    return []


# desks


def add_contact(session: Session, draft: ContactDraft) -> Changes:
    """Put a desk or person of a house on record."""
    refuse_if(_contact_problems(session, draft))
    row = fill(ContactRow(), draft)
    keep_contact_keys(session, row)
    _prefer(session, add(session, row))
    return changes(("contact", row.id), ("organization", row.organization_id), made=row.id)


def edit_contact(session: Session, key: int, draft: ContactDraft, *, version: int | None = None) -> Changes:
    """Change a desk's numbers or hours."""
    row = get_for(session, ContactRow, key, draft, version=version)
    refuse_if(_contact_problems(session, draft))
    fill(row, draft)
    keep_contact_keys(session, row)
    _prefer(session, row)
    session.flush()
    return changes(("contact", key), ("organization", row.organization_id))


def contact_draft(session: Session, key: int) -> ContactDraft:
    """What the form of a desk opens with."""
    return draft_of(get(session, ContactRow, key), ContactDraft)


def verify_contact(session: Session, key: int, *, on: dt.date | None = None) -> Changes:
    """Say that somebody called this desk and its details are right; the house counts as verified too."""
    row = get(session, ContactRow, key)
    row.last_verified_on = on or today(session)
    row.verified_by = actor(session)
    house = get(session, OrganizationRow, row.organization_id)
    if house.last_verified_on is None or house.last_verified_on < row.last_verified_on:
        house.last_verified_on = row.last_verified_on
    session.flush()
    return changes(("contact", key), ("organization", house.id))


def remove_contact(session: Session, key: int) -> Changes:
    """Take a desk off a house's card; the journal keeps what it was, and one undo brings it back."""
    row = get(session, ContactRow, key)
    session.delete(row)
    session.flush()
    return changes(("contact", key), ("organization", row.organization_id))


def keep_contact_keys(session: Session, row: ContactRow) -> None:
    """Keep the digits by which a desk is found in step with its numbers."""
    country = _country(session, row.organization_id)
    row.phone_digits = phone_digits(row.phone or "", country)
    row.night_digits = phone_digits(row.night_phone or "", country)


def _contact_problems(session: Session, draft: ContactDraft) -> list[Problem]:
    country = _country(session, draft.organization_id)
    return [
        *check_contact(draft, country=country, today=today(session)),
        *need(session, OrganizationRow, draft.organization_id, field="organization_id"),
    ]


def _country(session: Session, organization_id: int) -> str:
    house = session.get(OrganizationRow, organization_id)
    return (house.country if house else "") or "ID"


def _prefer(session: Session, row: ContactRow) -> None:
    """One preferred contact per desk and house."""
    if row.is_preferred:
        session.flush()
        same = sa.select(ContactRow).where(
            ContactRow.organization_id == row.organization_id, ContactRow.desk == row.desk, ContactRow.id != row.id
        )
        for other in session.scalars(same.where(ContactRow.is_preferred)):
            other.is_preferred = False
        session.flush()


# groups and administrators


def groups(session: Session) -> list[tuple[int, str]]:
    """Every group, by name."""
    return [(r.id, r.name) for r in session.scalars(sa.select(GroupRow).order_by(GroupRow.name_key))]


def join_group(session: Session, draft: GroupMembershipDraft) -> Changes:
    """Say that a hospital belongs to a group from one day to another; a new group's name makes the group.

    An open day is empty. A hospital never belongs to two groups on one day.
    """
    problems = [*check_membership(draft), *need(session, OrganizationRow, draft.organization_id)]
    theirs = sa.select(GroupMembershipRow).where(GroupMembershipRow.organization_id == draft.organization_id)
    if any(_overlap(m.valid_from, m.valid_to, draft.valid_from, draft.valid_to) for m in session.scalars(theirs)):
        problems.append(Problem(code="GROUP_OVERLAPS", message=GROUP_OVERLAPS, field="valid_from"))
    refuse_if(problems)
    group = session.scalar(sa.select(GroupRow).where(GroupRow.name_key == fold(draft.group)))
    if group is None:
        group = add(session, GroupRow(name=draft.group.strip(), name_key=fold(draft.group)))
    row = add(session, fill(GroupMembershipRow(group_id=group.id), draft))
    return changes(("organization", draft.organization_id), ("group", group.id), made=row.id)


def leave_group(session: Session, organization_id: int, *, on: dt.date) -> Changes:
    """Say on which day a hospital last belonged to its present group."""
    theirs = sa.select(GroupMembershipRow).where(
        GroupMembershipRow.organization_id == organization_id, GroupMembershipRow.valid_to.is_(None)
    )
    touched: list[tuple[str, int | None]] = [("organization", organization_id)]
    for row in session.scalars(theirs):
        if row.valid_from is not None and on < row.valid_from:
            raise Refused([Problem(code="ENDS_BEFORE_START", message=ENDS_BEFORE_START, field="on")])
        row.valid_to = on
        touched.append(("group", row.group_id))
    session.flush()
    return changes(*touched)


def link_administrator(session: Session, draft: AdministratorLinkDraft) -> Changes:
    """Say that an administrator decides for an insurer; one desk may serve many insurers."""
    problems = list(check_membership(draft))
    administrator = session.get(OrganizationRow, draft.administrator_id)
    insurer = session.get(OrganizationRow, draft.insurer_id)
    if administrator is None or administrator.kind not in DECIDERS:
        problems.append(Problem(code="NOT_AN_ADMINISTRATOR", message=NOT_AN_ADMINISTRATOR, field="administrator_id"))
    if insurer is None or insurer.kind is not OrganizationKind.INSURER:
        problems.append(Problem(code="NOT_AN_INSURER", message=NOT_AN_INSURER, field="insurer_id"))
    same = sa.select(AdministratorLinkRow).where(
        AdministratorLinkRow.administrator_id == draft.administrator_id,
        AdministratorLinkRow.insurer_id == draft.insurer_id,
    )
    if any(_overlap(r.valid_from, r.valid_to, draft.valid_from, draft.valid_to) for r in session.scalars(same)):
        problems.append(Problem(code="LINKED_ALREADY", message=LINKED_ALREADY, field="insurer_id"))
    refuse_if(problems)
    row = add(session, fill(AdministratorLinkRow(), draft))
    return changes(("organization", row.administrator_id), ("organization", row.insurer_id), made=row.id)


def _overlap(from_a: dt.date | None, to_a: dt.date | None, from_b: dt.date | None, to_b: dt.date | None) -> bool:
    first = max(from_a or dt.date.min, from_b or dt.date.min)
    last = min(to_a or dt.date.max, to_b or dt.date.max)
    return first <= last


# reading


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
    return [
        OrganizationSummary(
            id=r.id, version=r.version, kind=r.kind, name=r.name, short_name=r.short_name, city=r.city,
            country=r.country, phone=r.phone, night_phone=r.night_phone, desk_phone=desks.get(r.id, ("", ""))[0],
            desk_hours=desks.get(r.id, ("", ""))[1],
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


def _open_journeys(session: Session) -> dict[int, int]:
    """How many open journeys go to each hospital, or stand under each insurer's cover."""
    of_hospital = (
        sa.select(JourneyRow.hospital_id, sa.func.count())
        .where(JourneyRow.is_open, JourneyRow.hospital_id.is_not(None))
        .group_by(JourneyRow.hospital_id)
    )
    of_insurer = (
        sa.select(PolicyRow.insurer_id, sa.func.count())
        .join(CoverRow, CoverRow.policy_id == PolicyRow.id)
        .join(JourneyRow, JourneyRow.cover_id == CoverRow.id)
        .where(JourneyRow.is_open, PolicyRow.insurer_id.is_not(None))
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
    now = [m for m in memberships if _overlap(m.valid_from, m.valid_to, day, day)]
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
    return tuple(
        ContactView(
            id=r.id, version=r.version, organization_id=r.organization_id, desk=r.desk, name=r.name, phone=r.phone,
            whatsapp=r.whatsapp, night_phone=r.night_phone, email=r.email, hours=r.hours,
            languages=tuple(r.languages), cut_off=r.cut_off, is_preferred=r.is_preferred,
            last_verified_on=r.last_verified_on, verified_by=r.verified_by,
            is_stale=is_stale(r.last_verified_on, today=day), note=r.note,
        )
        for r in sorted(rows, key=lambda r: (not r.is_preferred, order.index(r.desk), r.id))
    )  # fmt: skip


def _owners(session: Session, day: dt.date) -> dict[int, str]:
    rows = session.execute(
        sa.select(GroupMembershipRow, GroupRow.name).join(GroupRow, GroupRow.id == GroupMembershipRow.group_id)
    )
    return {m.organization_id: name for m, name in rows if _overlap(m.valid_from, m.valid_to, day, day)}


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
