"""The sample office's network in depth: other houses, doctors, package prices, and a hospital that changed hands.

Hospitals and consulates are real; every doctor, hotel, ambulance and price is made up for the sample.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.doctors import AbsenceDraft, NewDoctorDraft, NextSlotDraft
from liaison.domain.money import Money
from liaison.domain.network import GroupMembershipDraft, OrganizationDraft, OrganizationKind
from liaison.domain.packages import PackageDraft
from liaison.domain.travel_rules import travel_rules
from liaison.services import doctors, network, network_groups, packages
from liaison.services.changes import Changes, today
from liaison.services.sample_draw import Houses
from liaison.store.models import GroupMembershipRow

_K = OrganizationKind
HOTEL = "Hotel Kenanga Burmah (contoh)"
BOUGHT_ON = dt.date(2024, 11, 5)
"""IHH took Island Hospital over in 2024 (``sources`` S2); the day is the sample's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _House:
    kind: OrganizationKind
    name: str
    country: str
    city: str
    phone: str
    night: str = ""
    note: str = ""


_HOUSES = (
    _House(kind=_K.HOTEL, name=HOTEL, country="MY", city="Penang", phone="+60 4-555 0801",
           note="Jalan kaki ke Island Hospital; dapur bersama, antar jemput pukul 07.00."),
    _House(kind=_K.HOTEL, name="Wisma Sehat Melaka (contoh)", country="MY", city="Melaka", phone="+60 6-555 0802"),
    _House(kind=_K.AMBULANCE, name="Ambulans Siaga Medan (contoh)", country="ID", city="Medan",
           phone="+62 61-555 0811", night="+62 61-555 0819", note="Dokter dan oksigen sampai pintu pesawat."),
    _House(kind=_K.AMBULANCE, name="Penang Transfer Ambulance (contoh)", country="MY", city="Penang",
           phone="+60 4-555 0812"),
    _House(kind=_K.REP_OFFICE, name="Kantor perwakilan Mahkota di Medan (contoh)", country="ID", city="Medan",
           phone="+62 61-555 0821"),
    _House(kind=_K.KIOSK, name="Kios informasi Sun Plaza (contoh)", country="ID", city="Medan",
           phone="+62 61-555 0831"),
    _House(kind=_K.CALL_CENTRE, name="Pusat panggilan Medan (contoh)", country="ID", city="Medan",
           phone="+62 61-555 0841", night="+62 61-555 0841"),
    _House(kind=_K.AIRLINE, name="Meja medis maskapai Kualanamu (contoh)", country="ID", city="Medan",
           phone="+62 61-555 0851", note="Formulir MEDIF paling lambat 72 jam sebelum terbang."),
    _House(kind=_K.ASSOCIATION, name="Asosiasi agen wisata medis Sumut (contoh)", country="ID", city="Medan",
           phone="+62 61-555 0861"),
    _House(kind=_K.AGENCY, name="Agensi Antar Berobat (contoh)", country="ID", city="Binjai",
           phone="+62 61-555 0871"),
    _House(kind=_K.MINISTRY, name="Dinas Kesehatan Kota Medan (contoh)", country="ID", city="Medan",
           phone="+62 61-555 0881"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doctor:
    hospital: str
    title: str
    name: str
    specialty: str
    sessions: str
    languages: tuple[str, ...] = ("en", "id")
    clinic: str = ""
    free_in: int | None = None
    """In how many days the next free time is."""
    told_ago: int = 2
    away_in: int | None = None
    away_days: int = 10
    cause: str = ""


_DOCTORS = (
    _Doctor(hospital="Island Hospital", title="Dr.", name="Lim Boon Keat", specialty="Jantung",
            sessions="Mon-Fri 09:00-12:30, Tue 14:00-16:30", languages=("en", "zh", "id"),
            clinic="Lantai 5, klinik jantung", free_in=9),
    _Doctor(hospital="Island Hospital", title="Dr.", name="Ooi Chin Kooi", specialty="Onkologi",
            sessions="Mon, Wed, Fri 08:30-13:00", clinic="Lantai 3, pusat kanker", free_in=16, away_in=3,
            cause="kongres"),
    _Doctor(hospital="Island Hospital", title="Dato' Dr.", name="Rahim Mustapha", specialty="Ortopedi",
            sessions="Tue-Thu 10:00-13:00", languages=("en", "ms"), free_in=12, told_ago=11),
    _Doctor(hospital="Gleneagles Hospital Penang", title="Dr.", name="Tan Wei Ling", specialty="Saraf",
            sessions="Mon-Thu 09:00-12:00", languages=("en", "zh"), free_in=4),
    _Doctor(hospital="Gleneagles Hospital Penang", title="Dr.", name="Kavitha Raman", specialty="Jantung",
            sessions="Mon-Sat 09:00-11:00", languages=("en", "ta")),
    _Doctor(hospital="Lam Wah Ee Hospital", title="Dr.", name="Ooi Kah Chuan", specialty="Mata",
            sessions="Mon-Fri 09:00-16:00", languages=("en", "zh", "nan"), clinic="Lantai 3, klinik mata", free_in=3),
    _Doctor(hospital="Penang Adventist Hospital", title="Dr.", name="Grace Lee", specialty="Jantung",
            sessions="Mon-Thu 08:30-12:00", free_in=15, away_in=-4, away_days=20, cause="cuti"),
    _Doctor(hospital="Mahkota Medical Centre", title="Dr.", name="Wong Siew Har", specialty="Urologi",
            sessions="Mon-Fri 09:00-17:00", languages=("en", "zh", "id"), free_in=2),
    _Doctor(hospital="Mount Elizabeth Hospital", title="Prof.", name="Lee Kah Wai", specialty="Onkologi",
            sessions="dengan janji", languages=("en", "zh"), free_in=18, told_ago=5),
    _Doctor(hospital="Columbia Asia Hospital Medan", title="dr.", name="Sahat Simanjuntak, Sp.OT", specialty="Ortopedi",
            sessions="Sen-Jum 16:00-19:00", languages=("id",), free_in=1),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Package:
    hospital: str
    name: str
    specialty: str
    procedure: str
    price: Money
    nights: int
    includes: tuple[str, ...]
    excludes: tuple[str, ...] = ()
    with_hotel: Money | None = None
    verified_ago: int = 20
    ends_in: int | None = None


_WHOLE = ("kamar", "dokter bedah", "dokter bius", "kamar operasi")
_PACKAGES = (
    _Package(hospital="Island Hospital", name="Ganti lutut satu sisi", specialty="Ortopedi",
             procedure="Penggantian sendi lutut", price=Money(3_280_000, "MYR"), nights=4,
             includes=(*_WHOLE, "implan", "fisioterapi 3 kali"), excludes=("komplikasi", "obat pulang"), ends_in=40),
    _Package(hospital="Island Hospital", name="Cek jantung dan hotel", specialty="Jantung",
             procedure="Kateterisasi jantung", price=Money(1_150_000, "MYR"), nights=1,
             includes=("kamar", "dokter jantung", "obat kontras"), excludes=("stent",),
             with_hotel=Money(84_000, "MYR"), ends_in=70),
    _Package(hospital="Gleneagles Hospital Penang", name="Kateterisasi jantung", specialty="Jantung",
             procedure="Kateterisasi jantung", price=Money(1_090_000, "MYR"), nights=1,
             includes=("kamar", "dokter jantung"), excludes=("stent", "obat kontras"), verified_ago=120),
    _Package(hospital="Penang Adventist Hospital", name="Ganti lutut satu sisi", specialty="Ortopedi",
             procedure="Penggantian sendi lutut", price=Money(2_950_000, "MYR"), nights=5,
             includes=(*_WHOLE, "implan"), excludes=("fisioterapi",), verified_ago=210),
    _Package(hospital="Mahkota Medical Centre", name="Batu ginjal, laser", specialty="Urologi",
             procedure="Penghancuran batu dengan laser", price=Money(980_000, "MYR"), nights=1, includes=_WHOLE),
    _Package(hospital="Columbia Asia Hospital Medan", name="Ganti lutut satu sisi", specialty="Ortopedi",
             procedure="Penggantian sendi lutut", price=Money(8_900_000_000, "IDR"), nights=5,
             includes=(*_WHOLE, "implan", "fisioterapi 2 kali"), verified_ago=35),
)  # fmt: skip


def add_network(session: Session, houses: Houses) -> None:
    """Write everything down; what names a hospital that the sample does not have is left out."""
    day = today(session)
    others = {each.name: _add_house(session, each, day) for each in _HOUSES}
    _add_consulate(session, day)
    _add_ownership(session, houses)
    for one in _DOCTORS:
        if one.hospital in houses.hospitals:
            _add_doctor(session, one, houses.hospitals[one.hospital], day)
    for package in _PACKAGES:
        if package.hospital in houses.hospitals:
            _add_package(session, package, houses.hospitals[package.hospital], others[HOTEL], day)


def _add_house(session: Session, house: _House, day: dt.date) -> int:
    draft = OrganizationDraft(
        kind=house.kind, name=house.name, country=house.country, city=house.city, phone=house.phone,
        night_phone=house.night, note=house.note, last_verified_on=day - dt.timedelta(days=45),
    )  # fmt: skip
    return _made(network.add_organization(session, draft))


def _add_consulate(session: Session, day: dt.date) -> None:
    """The consulate in Penang, as the program's own list of consulates has it."""
    known = travel_rules().consulate("MY", "Penang")
    if known is not None:
        draft = OrganizationDraft(
            kind=_K.CONSULATE, name=known.name, country="MY", city="Penang", phone=known.phone, last_verified_on=day
        )
        network.add_organization(session, draft)


def _add_ownership(session: Session, houses: Houses) -> None:
    """Island Hospital was another's before it was IHH's; Columbia Asia never was IHH's."""
    island = houses.hospitals.get("Island Hospital")
    row = session.scalar(sa.select(GroupMembershipRow).where(GroupMembershipRow.organization_id == island))
    if island is None or row is None:
        return
    now = network_groups.membership_draft(session, row.id)
    dated = GroupMembershipDraft(
        organization_id=island, group=now.group, valid_from=BOUGHT_ON, source="pengumuman grup, November 2024"
    )
    network_groups.edit_membership(session, row.id, dated)
    before = GroupMembershipDraft(
        organization_id=island, group="Affinity Equity Partners", valid_to=BOUGHT_ON - dt.timedelta(days=1),
        source="pengumuman grup, November 2024",
    )  # fmt: skip
    network.join_group(session, before)


def _add_doctor(session: Session, one: _Doctor, hospital: int, day: dt.date) -> None:
    draft = NewDoctorDraft(
        hospital_id=hospital, title=one.title, name=one.name, specialties=(one.specialty,), languages=one.languages,
        sessions=one.sessions, clinic=one.clinic,
    )  # fmt: skip
    key = _made(doctors.add_doctor(session, draft))
    if one.free_in is not None:
        slot = NextSlotDraft(
            doctor_id=key, hospital_id=hospital, slot_on=_workday(day + dt.timedelta(days=one.free_in)),
            slot_time="10:30", told_by="meja Indonesia", told_on=day - dt.timedelta(days=one.told_ago),
        )  # fmt: skip
        doctors.record_slot(session, slot)
    if one.away_in is not None:
        first = day + dt.timedelta(days=one.away_in)
        away = AbsenceDraft(
            doctor_id=key, first_on=first, last_on=first + dt.timedelta(days=one.away_days), cause=one.cause,
            told_by="meja Indonesia",
        )  # fmt: skip
        doctors.record_absence(session, away)


def _add_package(session: Session, one: _Package, hospital: int, hotel: int, day: dt.date) -> None:
    bundled = one.with_hotel is not None
    draft = PackageDraft(
        hospital_id=hospital, name=one.name, specialty=one.specialty, procedure=one.procedure, price=one.price,
        nights=one.nights, includes=one.includes, excludes=one.excludes, hotel_id=hotel if bundled else None,
        hotel_nights=3 if bundled else None, hotel_price=one.with_hotel, source="daftar harga rumah sakit (contoh)",
        valid_to=day + dt.timedelta(days=one.ends_in) if one.ends_in is not None else None,
        last_verified_on=day - dt.timedelta(days=one.verified_ago),
    )  # fmt: skip
    packages.add_package(session, draft)


def _workday(day: dt.date) -> dt.date:
    """The day, or the Monday after a weekend."""
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _made(changes: Changes) -> int:
    assert changes.made is not None
    return changes.made
