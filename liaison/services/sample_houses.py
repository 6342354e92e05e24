"""The houses of the sample office: its own, hospitals with their desks, insurers, one administrator, exchange rates."""

from __future__ import annotations

import datetime as dt
import math
import random

from sqlalchemy.orm import Session

from liaison.domain.money import Money
from liaison.domain.network import (
    AdministratorLinkDraft,
    ContactDraft,
    Desk,
    GroupMembershipDraft,
    OrganizationDraft,
    OrganizationKind,
    RequestChannel,
)
from liaison.domain.offices import OfficeDraft, OfficerDraft
from liaison.domain.policies import ProductDraft
from liaison.services import network, office, policies
from liaison.services.batch import Batch
from liaison.services.changes import Changes, actor, officer_id, today
from liaison.services.sample_benefits import add_rules
from liaison.services.sample_draw import Houses
from liaison.services.sample_panels import add_panels
from liaison.services.sample_world import ADMINISTRATOR, SampleHospital, SampleInsurer, World

OFFICER = "Ayu Lestari"
COLLEAGUE = "Budi Santoso"
SOURCE = "ECB (contoh)"
"""What the sample's rates call their source: the shape of the European Central Bank's, the figures made up."""

_ZONES = {
    "MY": "Asia/Kuala_Lumpur",
    "SG": "Asia/Singapore",
    "CN": "Asia/Shanghai",
    "KH": "Asia/Phnom_Penh",
    "ID": "Asia/Jakarta",
}
_EURO = {"IDR": 19_240.0, "MYR": 4.52, "SGD": 1.49, "USD": 1.158, "CNY": 8.24, "THB": 37.6}
"""Units for one euro on the last day; before it they wander."""


def add_office(session: Session, *, language: str) -> Changes:
    """The office itself, of the officer who opened the store, with one colleague."""
    draft = OfficeDraft(
        name="Kantor Penghubung Medan (contoh)",
        city="MDN",
        address="Jalan Contoh 12, Medan 20112",
        phone="+62 61-555 0100",
        email="medan@contoh.invalid",
        letterhead="Kantor contoh: semua orang dan angka di sini rekaan",
        signatory=actor(session),
        signatory_title="Petugas penghubung",
        language=language,
    )
    made = office.set_up_office(session, draft, OfficerDraft(name=actor(session), is_supervisor=True), is_sample=True)
    return made | office.add_officer(session, OfficerDraft(name=COLLEAGUE))


def add_houses(session: Session, world: World, rng: random.Random) -> Houses:
    """Hospitals, insurers and the administrator, each with desks to call; returns their keys."""
    hospitals = {h.name: _hospital(session, h, rng) for h in world.hospitals}
    administrator = _administrator(session, rng)
    insurers = {i.name: _insurer(session, i, administrator, rng) for i in world.insurers}
    add_panels(session, hospitals, insurers)
    me = officer_id(session)
    others = [o.id for o in office.officers(session) if o.id != me]
    first = me if me is not None else others[0]
    return Houses(
        hospitals=hospitals, insurers=insurers, administrator=administrator, officers=(first, first, first, *others)
    )


def _hospital(session: Session, hospital: SampleHospital, rng: random.Random) -> int:
    verified = today(session) - dt.timedelta(days=rng.choice((12, 18, 34, 61, 88, 190)))
    key = _made(
        network.add_organization(
            session,
            OrganizationDraft(
                kind=OrganizationKind.HOSPITAL,
                name=hospital.name,
                country=hospital.country,
                city=hospital.city,
                zone=_ZONES[hospital.country],
                phone=f"{hospital.area}00",
                specialties=hospital.specialties,
                takes_deposit_note=hospital.deposit,
                has_credit_arrangement=True if hospital.weight > 6 else None,
                last_verified_on=verified,
            ),
        )
    )
    if hospital.group:
        network.join_group(
            session, GroupMembershipDraft(organization_id=key, group=hospital.group, source="laporan tahunan grup")
        )
    desk = Desk.INDONESIA_DESK if hospital.country != "ID" else Desk.IPC
    night = f"{hospital.area}99" if hospital.hours != "24h" else ""
    _contact(
        session, key, desk, hospital.desk, f"{hospital.area}42", hospital.hours, verified, preferred=True, night=night,
        languages=("id", "en") if hospital.country != "CN" else ("id", "zh"),
    )  # fmt: skip
    by_portal = len(hospital.name) % 3 == 0
    _contact(
        session, key, Desk.GL_DESK, "", f"{hospital.area}55", "Mon-Fri 08:00-17:00", verified,
        cut_off="15:00" if by_portal else "12:00",
        channel=RequestChannel.PORTAL if by_portal else RequestChannel.EMAIL,
    )  # fmt: skip
    if hospital.weight > 8:
        _contact(session, key, Desk.BILLING, "", f"{hospital.area}61", "Mon-Sat 08:30-16:30", verified)
    return key


def _insurer(session: Session, insurer: SampleInsurer, administrator: int, rng: random.Random) -> int:
    draft = OrganizationDraft(
        kind=OrganizationKind.INSURER, name=insurer.name, short_name=insurer.short, country="ID", city="Jakarta",
        zone="Asia/Jakarta", phone=f"+62 21-555 {rng.randrange(1000, 9999)}",
    )  # fmt: skip
    key = _made(network.add_organization(session, draft))
    verified = today(session) - dt.timedelta(days=rng.randint(5, 120))
    _contact(
        session,
        key,
        Desk.GL_DESK,
        "Bu Hesti",
        f"+62 21-555 {rng.randrange(1000, 9999)}",
        "24h",
        verified,
        preferred=True,
    )
    _contact(session, key, Desk.CLAIMS, "", f"+62 21-555 {rng.randrange(1000, 9999)}", "Mon-Fri 08:30-17:00", verified)
    for place, plan in enumerate(insurer.plans):
        limit = Money.of((place + 1) * 750_000_000, "IDR")
        territories = ("ID", "MY", "SG", "TH") if place == 0 else ("ID", "MY", "SG", "TH", "CN", "KH")
        product = ProductDraft(
            insurer_id=key, name=insurer.product, plan=plan, territories=territories, room_class="2 tempat tidur",
            is_cashless_abroad=True, annual_limit=limit,
        )  # fmt: skip
        add_rules(session, _made(policies.add_product(session, product)), place=place)
    if insurer.has_administrator:
        network.link_administrator(session, AdministratorLinkDraft(administrator_id=administrator, insurer_id=key))
    return key


def _administrator(session: Session, rng: random.Random) -> int:
    draft = OrganizationDraft(
        kind=OrganizationKind.ADMINISTRATOR, name=ADMINISTRATOR, short_name="MAM", country="ID", city="Jakarta",
        zone="Asia/Jakarta", phone="+62 21-555 7000",
    )  # fmt: skip
    key = _made(network.add_organization(session, draft))
    verified = today(session) - dt.timedelta(days=rng.randint(5, 60))
    _contact(session, key, Desk.GL_DESK, "Pak Yoga", "+62 21-555 7011", "24h", verified, preferred=True)
    _contact(session, key, Desk.CASE_MANAGER, "dr. Nita", "+62 21-555 7025", "Mon-Fri 09:00-17:00", verified)
    return key


def _contact(
    session: Session,
    organization_id: int,
    desk: Desk,
    name: str,
    phone: str,
    hours: str,
    verified: dt.date,
    *,
    preferred: bool = False,
    night: str = "",
    cut_off: str = "",
    channel: RequestChannel | None = None,
    languages: tuple[str, ...] = ("id", "en"),
) -> None:
    network.add_contact(
        session,
        ContactDraft(
            organization_id=organization_id,
            desk=desk,
            name=name,
            phone=phone,
            whatsapp=phone if desk is Desk.INDONESIA_DESK else "",
            night_phone=night,
            hours=hours,
            languages=languages,
            cut_off=cut_off,
            channel=channel,
            is_preferred=preferred,
            last_verified_on=verified,
            verified_by=COLLEAGUE,
        ),
    )


def _made(changes: Changes) -> int:
    assert changes.made is not None
    return changes.made


def add_rates(batch: Batch, day: dt.date, rng: random.Random) -> None:
    """Two years of rates on every Friday, and the riel by hand: typed for the sample, not anybody's figures."""
    fridays = [day - dt.timedelta(days=n) for n in range(750) if (day - dt.timedelta(days=n)).weekday() == 4]
    for quote, last in _EURO.items():
        phase = rng.uniform(0, math.tau)
        for age, friday in enumerate(fridays):
            rate = last * (1 + 0.03 * (math.sin(phase + age / 17) - math.sin(phase)) - age * 0.0004)
            digits = 2 if last > 100 else 4
            batch.add(
                "fx_rate", base="EUR", quote=quote, rate=f"{rate:.{digits}f}", on_date=friday, kind="MID", source=SOURCE
            )
    batch.add(
        "fx_rate", base="USD", quote="KHR", rate="4012", on_date=fridays[0], kind="MID", source="ketik sendiri (contoh)"
    )
