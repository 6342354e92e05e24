"""The columns of the network's lists."""

from __future__ import annotations

import datetime as dt
from functools import partial

from liaison.domain.grammar import TermField
from liaison.domain.network import AT_NIGHT
from liaison.domain.packages import PackageState
from liaison.i18n import N_, upper_first
from liaison.services.doctor_views import DoctorLine
from liaison.services.network_calls import standing_of
from liaison.services.network_views import ContactLine, OrganizationSummary
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.pages.calling import hours_words, spoken_words
from liaison.ui.pages.desk_facts import checked_badge
from liaison.ui.pages.doctor_words import slot_day
from liaison.ui.widgets.badge import Badge, closed, done, warning

Line = OrganizationSummary | ContactLine


def of_others(desk: Desk) -> tuple[Column, ...]:
    """Of houses of many kinds: what each is stands after its name."""
    kind = Column(key="kind", label=N_("Kind"), value=lambda r: upper_first(desk.words(r.kind.label)), stretch=1,
                  width=140, sort="kind", asks=TermField.KIND)  # fmt: skip
    first, *rest = of(desk)
    return (first, kind, *(c for c in rest if c.key not in ("group", "open")))


def of(desk: Desk) -> tuple[Column, ...]:
    """Of hospitals, insurers and other houses."""
    return (
        Column(key="name", label=N_("Name"), value=lambda r: r.name, strong=True, stretch=3, width=200, sort="name",
               by_words=True),
        Column(key="city", label=N_("City"), value=lambda r: r.city, stretch=1, width=90, sort="city", gives_way=4,
               asks=TermField.CITY),
        Column(key="group", label=N_("Group"), value=lambda r: r.group, width=100, sort="group", gives_way=1),
        Column(key="phone", label=N_("Telephone"), value=_house_phone, width=136, gives_way=3,
               identifier=True),
        Column(key="now", label=N_("Now"), value=lambda r: _now(desk, r.desk_hours, r.zone), kind=Kind.BADGE,
               width=140, gives_way=5),
        Column(key="open", label=N_("Open cases"), value=lambda r: r.open_journeys, kind=Kind.NUMBER, width=112,
               sort="open", gives_way=2),
        Column(key="verified", label=N_("Verified"), value=partial(_verified, desk), kind=Kind.BADGE, width=124,
               sort="verified", asks=TermField.STATUS),
        Column(key="country", label=N_("Country"), value=lambda r: r.country, width=80, sort="country", hidden=True,
               asks=TermField.COUNTRY),
        Column(key="night", label=N_("Night number"), value=lambda r: r.night_phone, width=136, hidden=True,
               identifier=True),
        Column(key="services", label=N_("Services"), value=lambda r: ", ".join(r.specialties), width=180, hidden=True),
        Column(key="languages", label=N_("Languages"), value=lambda r: spoken_words(desk, r.languages), width=110,
               hidden=True),
    )  # fmt: skip


def of_contacts(desk: Desk) -> tuple[Column, ...]:
    """Of desks and persons, whichever house they belong to."""

    def name(row: ContactLine) -> str:
        kind = desk.words(row.contact.desk.label)
        return row.contact.name or upper_first(kind)

    def second(row: ContactLine) -> str:
        return desk.words(row.contact.desk.label) if row.contact.name else ""

    return (
        Column(key="desk", label=N_("Desk"), value=name, second=second, strong=True, stretch=2, width=170, sort="desk"),
        Column(key="name", label=N_("Of"), value=lambda r: r.house, stretch=3, width=160, sort="name"),
        Column(key="city", label=N_("City"), value=lambda r: r.city, width=90, sort="city", gives_way=2,
               asks=TermField.CITY),
        Column(key="phone", label=N_("Telephone"), value=_contact_phone, width=136, gives_way=3,
               identifier=True),
        Column(key="now", label=N_("Now"), value=lambda r: _now(desk, r.contact.hours, r.zone), kind=Kind.BADGE,
               width=128),
        Column(key="languages", label=N_("Languages"), value=lambda r: spoken_words(desk, r.contact.languages),
               width=110, gives_way=1),
        Column(key="verified", label=N_("Verified"), value=partial(_verified, desk), kind=Kind.BADGE, width=124,
               sort="verified", asks=TermField.STATUS),
        Column(key="whatsapp", label=N_("WhatsApp"), value=lambda r: r.contact.whatsapp, width=136, hidden=True,
               identifier=True),
        Column(key="night", label=N_("Night number"), value=lambda r: r.contact.night_phone, width=136, hidden=True,
               identifier=True),
        Column(key="email", label=N_("E-mail"), value=lambda r: r.contact.email, width=180, hidden=True),
    )  # fmt: skip


def of_doctors(desk: Desk) -> tuple[Column, ...]:
    """Of doctors, one row a hospital where they see patients."""
    return (
        Column(key="name", label=N_("Doctor"), value=lambda r: r.doctor.called, strong=True, stretch=3, width=180,
               sort="name", by_words=True),
        Column(key="specialty", label=N_("Specialties"), value=lambda r: ", ".join(r.doctor.specialties), stretch=2,
               width=130, sort="specialty", gives_way=3),
        Column(key="hospital", label=N_("Hospital"), value=lambda r: r.place.hospital, stretch=2, width=160,
               sort="hospital", asks=TermField.HOSPITAL),
        Column(key="city", label=N_("City"), value=lambda r: r.place.city, width=100, sort="city", gives_way=2,
               asks=TermField.CITY),
        Column(key="slot", label=N_("Next free time"), value=partial(_slot, desk), kind=Kind.BADGE, width=190,
               sort="slot", gives_way=4),
        Column(key="verified", label=N_("Verified"), value=lambda r: checked_badge(desk, r.doctor.last_verified_on),
               kind=Kind.BADGE, width=124, sort="verified", gives_way=1),
        Column(key="hours", label=N_("Hours of the week"), value=lambda r: hours_words(desk, r.place.sessions),
               width=200, hidden=True),
        Column(key="clinic", label=N_("Clinic"), value=lambda r: r.place.clinic, width=120, hidden=True),
        Column(key="phone", label=N_("Telephone"), value=lambda r: r.place.phone, width=136, hidden=True,
               identifier=True),
        Column(key="languages", label=N_("Languages"), value=lambda r: spoken_words(desk, r.doctor.languages),
               width=110, hidden=True),
    )  # fmt: skip


def of_packages(desk: Desk) -> tuple[Column, ...]:
    """Of package prices."""
    words = desk.words
    return (
        Column(key="name", label=N_("Package"), value=lambda r: r.draft.name, strong=True, stretch=3, width=180,
               sort="name", by_words=True),
        Column(key="hospital", label=N_("Hospital"), value=lambda r: r.hospital, stretch=2, width=160, sort="hospital",
               asks=TermField.HOSPITAL),
        Column(key="price", label=N_("Price"), value=lambda r: r.draft.price, kind=Kind.MONEY, width=120,
               sort="price"),
        Column(key="city", label=N_("City"), value=lambda r: r.city, width=100, sort="city", gives_way=2,
               asks=TermField.CITY),
        Column(key="until", label=N_("Valid until"), value=lambda r: r.draft.valid_to, kind=Kind.DATE, width=120,
               sort="until", gives_way=3),
        Column(key="state", label=N_("Status"), value=lambda r: _state(words(r.state.label), r.state),
               kind=Kind.BADGE, width=130, sort="state", asks=TermField.STATUS, gives_way=4),
        Column(key="verified", label=N_("Verified"), value=lambda r: checked_badge(desk, r.draft.last_verified_on),
               kind=Kind.BADGE, width=124, sort="verified", gives_way=1),
        Column(key="specialty", label=N_("Specialty"), value=lambda r: r.draft.specialty, width=110, hidden=True,
               sort="specialty"),
        Column(key="procedure", label=N_("What is done"), value=lambda r: r.draft.procedure, width=140, hidden=True),
        Column(key="hotel", label=N_("Hotel in the package"), value=lambda r: r.hotel, width=140, hidden=True),
        Column(key="includes", label=N_("Included"), value=lambda r: ", ".join(r.draft.includes), width=180,
               hidden=True),
        Column(key="source", label=N_("Source"), value=lambda r: r.draft.source, width=140, hidden=True),
    )  # fmt: skip


def _slot(desk: Desk, line: DoctorLine) -> Badge | str:
    """The next free time: green while it can be relied on, grey once it is old, marked where it cannot be."""
    slot = line.slot
    if slot is None:
        return ""
    text = slot_day(desk, slot)
    if slot.is_past or slot.is_away:
        return warning(text)
    return closed(text) if slot.is_faded else done(text)


def _state(text: str, state: PackageState) -> Badge:
    return done(text) if state is PackageState.HOLDS else closed(text)


def _now(desk: Desk, hours: str, zone: str) -> Badge | str:
    """Open, or when it opens; nothing where nobody knows."""
    standing = standing_of(hours, zone, desk.clock())
    if standing is None:
        return ""
    words, change = desk.words, standing.changes_at
    if standing.is_open:
        if change is None:
            return done(words(N_("open 24 h")))
        return done(words(N_("until {time}"), time=desk.formats.clock_time(change)))
    return closed(words(N_("closed")) if change is None else words(N_("opens {time}"), time=_when(desk, change)))


def _when(desk: Desk, change: dt.datetime) -> str:
    today = desk.clock().astimezone(change.tzinfo).date()
    day = "" if change.date() == today else desk.formats.weekday(change.date(), short=True) + " "
    return day + desk.formats.clock_time(change)


def _verified(desk: Desk, line: Line) -> Badge:
    last = line.contact.last_verified_on if isinstance(line, ContactLine) else line.last_verified_on
    return checked_badge(desk, last)


def _house_phone(line: OrganizationSummary) -> str:
    if line.kind in AT_NIGHT and line.night_phone:
        return line.night_phone
    return line.desk_phone or line.phone


def _contact_phone(line: ContactLine) -> str:
    return line.contact.phone or line.contact.whatsapp or line.contact.night_phone
