"""Fills a store with enough cases for a briefing: three cities, two years, letters, bills, queries. Seeded."""

import datetime as dt
import random

from liaison.domain.claims import ClaimState
from liaison.domain.codes import ReasonCode
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.journeys import JourneyKind, JourneyState
from liaison.domain.names import fold, similar_key
from liaison.domain.network import Desk, OrganizationKind
from liaison.domain.patients import IdentifierKind
from liaison.domain.payments import BillKind
from liaison.i18n import N_
from liaison.store.models import (
    BillRow,
    ClaimRow,
    ContactRow,
    CoverRow,
    EstimateRow,
    FxRateRow,
    GuaranteeEventRow,
    GuaranteeQueryRow,
    GuaranteeRow,
    GuaranteeVersionRow,
    JourneyEventRow,
    JourneyRow,
    OrganizationRow,
    PatientIdentifierRow,
    PatientRow,
    PolicyRow,
)

WIB = dt.timezone(dt.timedelta(hours=7))
HOSPITALS = (
    ("Gleneagles Hospital Penang", "Penang", 5),
    ("Island Hospital", "Penang", 4),
    ("Lam Wah Ee Hospital", "Penang", 2),
    ("Prince Court Medical Centre", "Kuala Lumpur", 3),
    ("Sunway Medical Centre", "Kuala Lumpur", 2),
    ("Mahkota Medical Centre", "Melaka", 2),
    ("Mount Elizabeth Hospital", "Singapore", 1),
    ("Royal Phnom Penh Hospital", "Phnom Penh", 1),
)
DISEASES = (
    ("C50.9", 6),
    ("I25.1", 5),
    ("K80.2", 3),
    ("M17.1", 2),
    ("O82", 2),
    ("G40.9", 1),
    ("N20.0", 1),
    ("B24", 1),
    ("H25.9", 1),
)
FIRST = [
    "Rina",
    "Budi",
    "Siti",
    "Agus",
    "Dewi",
    "Hendra",
    "Maria",
    "Yosef",
    "Andi",
    "Lestari",
    "Wahyu",
    "Ketut",
    "Made",
    "Putri",
    "Bayu",
    "Ratna",
    "Joko",
    "Sari",
    "Tigor",
    "Hotma",
]
LAST = [
    "Siregar",
    "Nasution",
    "Lubis",
    "Tanjung",
    "Wijaya",
    "Santoso",
    "Halim",
    "Gunawan",
    "Sitorus",
    "Harahap",
    "Pratama",
    "Kusuma",
    "Hutabarat",
    "Simatupang",
]
COUNTRY = {"Penang": "MY", "Kuala Lumpur": "MY", "Melaka": "MY", "Singapore": "SG", "Phnom Penh": "KH"}
SHARE = {"Medan": 0.35, "Jakarta": 0.45, "Surabaya": 0.2}


def houses(session):
    """Eight hospitals with an Indonesia desk each, one insurer; returns hospitals and the policy."""
    hospitals = []
    for number, (name, city, _weight) in enumerate(HOSPITALS):
        row = OrganizationRow(
            kind=OrganizationKind.HOSPITAL,
            name=name,
            name_key=fold(name),
            city=city,
            country=COUNTRY[city],
            zone={"SG": "Asia/Singapore", "KH": "Asia/Phnom_Penh"}.get(COUNTRY[city], "Asia/Kuala_Lumpur"),
            phone=f"+60 4 000 01{number:02d}",
            specialties=["jantung", "kanker"],
            takes_deposit_note="RM500",
            address=f"Jl. Contoh {number}, George Town" if city == "Penang" else "",
        )
        session.add(row)
        session.flush()
        hospitals.append(row)
        session.add(
            ContactRow(
                organization_id=row.id,
                desk=Desk.INDONESIA_DESK,
                phone=f"+60 4 000 02{number:02d}",
                hours="08.00–17.00",
                night_phone=f"+60 4 000 03{number:02d}" if number % 3 else "",
                cut_off="12.00",
                languages=["Indonesia", "Inggris"],
                last_verified_on=dt.date(2026, 11 - number, 2),
            )
        )
    insurer = OrganizationRow(
        kind=OrganizationKind.INSURER, name="PT Asuransi Nusantara Sentosa", name_key="pt asuransi nusantara sentosa"
    )
    session.add(insurer)
    session.flush()
    policy = PolicyRow(insurer_id=insurer.id, policy_no="0871-2264-19", policy_no_key="0871226419")
    session.add(policy)
    for quote, rate in (("IDR", "18420.55"), ("MYR", "4.1134")):
        session.add(
            FxRateRow(base="EUR", quote=quote, rate=rate, on_date=dt.date(2026, 10, 30), source="European Central Bank")
        )
    session.flush()
    return hospitals, policy


def person(session, rnd, number, city="Medan", provisional=False):
    name = (
        f"{rnd.choice(FIRST)} {rnd.choice(LAST)} {number}".rsplit(" ", 1)[0]
        if number % 9
        else rnd.choice(FIRST) + "wati"
    )
    row = PatientRow(
        full_name=name,
        name_key=fold(name),
        similar_key=similar_key(name) + ("" if provisional else str(number)),
        city=city,
        phone=f"+62 811 {number:07d}",
        phone_digits=f"62811{number:07d}",
        is_provisional=provisional,
        birth_date=dt.date(1950 + number % 50, 1 + number % 12, 1 + number % 27),
    )
    session.add(row)
    session.flush()
    session.add(
        PatientIdentifierRow(
            patient_id=row.id,
            kind=IdentifierKind.PASSPORT,
            value=f"X{1000000 + number}",
            value_key=f"X{1000000 + number}",
            expires_on=dt.date(2031, 6, 8),
        )
    )
    return row


def fill(store, count, seed=7, cities=None):
    """Put so many journeys of the last two years into a store."""
    rnd = random.Random(seed)
    with store.write(N_("Test step")) as session:
        hospitals, policy = houses(session)
        for number in range(count):
            one_journey(session, rnd, number, hospitals, policy, cities or SHARE)
        session.flush()


def one_journey(session, rnd, number, hospitals, policy, cities):
    city = rnd.choices(list(cities), list(cities.values()))[0]
    patient = person(session, rnd, number, city)
    cover = CoverRow(
        patient_id=patient.id,
        policy_id=policy.id,
        member_no=f"08712264{number:05d}",
        member_no_key=f"08712264{number:05d}",
    )
    session.add(cover)
    session.flush()
    opened = dt.date(2024, 10, 1) + dt.timedelta(days=int(730 * rnd.random() ** 0.85))
    hospital = rnd.choices(hospitals, [w for _, _, w in HOSPITALS])[0]
    code = rnd.choices([c for c, _ in DISEASES], [w for _, w in DISEASES])[0]
    at_home = rnd.random() < 0.18
    start = dt.datetime.combine(opened, dt.time(rnd.randint(8, 16), rnd.randint(0, 59)), tzinfo=WIB)
    admitted = start + dt.timedelta(days=12)
    left = admitted + dt.timedelta(days=max(1, int(rnd.gauss(5, 2))))
    journey = JourneyRow(
        case_no=f"{city[:3].upper()}-26-A{number:04d}-5",
        patient_id=patient.id,
        kind=JourneyKind.TREATMENT,
        state=JourneyState.CLOSED,
        state_since=left,
        is_open=False,
        opened_on=opened,
        origin_city=city,
        hospital_id=None if at_home else hospital.id,
        diagnosis_code=code,
        diagnosis="contoh",
        was_answered=at_home,
        admitted_at=None if at_home else admitted,
        discharged_at=None if at_home else left,
        last_contact_at=left,
        cover_id=cover.id,
    )
    session.add(journey)
    session.flush()
    session.add(JourneyEventRow(journey_id=journey.id, at=start, to_state=JourneyState.ENQUIRY, actor="Ratna Hutapea"))
    if at_home:
        return
    letter(
        session,
        rnd,
        journey,
        hospital,
        start + dt.timedelta(days=6, hours=rnd.randint(-3, 3)),
        late=opened.year == 2025,
    )
    amount = int(rnd.lognormvariate(9.8, 0.5)) * 100
    session.add(
        EstimateRow(
            journey_id=journey.id,
            currency="MYR",
            low_minor=amount // 2,
            high_minor=int(amount * rnd.choice([0.9, 1.1, 1.3])),
            stated_on=opened,
        )
    )
    session.add(
        BillRow(
            journey_id=journey.id,
            hospital_id=hospital.id,
            kind=BillKind.FINAL,
            billed_on=left.date(),
            currency="MYR",
            amount_minor=amount,
        )
    )


def at_work(moment):
    """The same hour of the next weekday."""
    while moment.weekday() >= 5:
        moment += dt.timedelta(days=1)
    return moment.replace(hour=min(max(moment.hour, 8), 16))


def after(moment, hours):
    """So many working hours later."""
    while hours > 0:
        left = (moment.replace(hour=17, minute=0) - moment).total_seconds() / 3600
        if hours <= left:
            return moment + dt.timedelta(hours=hours)
        hours -= left
        moment = at_work(moment.replace(hour=8, minute=0) + dt.timedelta(days=1))
    return moment


def letter(session, rnd, journey, hospital, asked, *, late):
    asked = at_work(asked)
    issued = after(asked, rnd.lognormvariate(1.9 if late else 1.5, 0.6))
    row = GuaranteeRow(
        journey_id=journey.id,
        cover_id=journey.cover_id,
        hospital_id=hospital.id,
        state=GuaranteeState.FINAL_ISSUED,
        state_since=issued,
        gl_no=f"GL/NS/26/{journey.id % 1000000:06d}",
        requested_at=asked,
        first_issued_at=issued,
    )
    session.add(row)
    session.flush()
    session.add(
        GuaranteeVersionRow(
            guarantee_id=row.id,
            kind=VersionKind.INITIAL,
            number=1,
            issued_at=issued,
            ceiling_minor=4_500_000,
            currency="MYR",
        )
    )
    moves = [(asked, GuaranteeState.REQUESTED), (issued, GuaranteeState.ISSUED)]
    if rnd.random() < 0.4:
        up = issued + dt.timedelta(days=3)
        up = at_work(up)
        moves += [(up, GuaranteeState.TOPUP_REQUESTED), (after(up, rnd.uniform(1, 8)), GuaranteeState.TOPUP_ISSUED)]
    end = at_work(issued + dt.timedelta(days=6))
    moves += [(end, GuaranteeState.FINAL_REQUESTED), (after(end, rnd.uniform(1, 6)), GuaranteeState.FINAL_ISSUED)]
    for at, state in moves:
        session.add(GuaranteeEventRow(guarantee_id=row.id, at=at, to_state=state, actor="Ratna Hutapea"))
    if rnd.random() < 0.35:
        asked_at = asked + dt.timedelta(minutes=30)
        session.add(
            GuaranteeQueryRow(
                guarantee_id=row.id,
                asked_at=asked_at,
                answered_at=after(asked_at, rnd.uniform(0.5, 2)),
                question=rnd.choice(["Mohon laporan dokter", "Mengapa dua malam?"]),
            )
        )


def fill_claims(store, count, seed=7, cities=None, since=dt.date(2026, 1, 5)):
    """Put claims of lists into a store, with no journey, as an import leaves them."""
    rnd = random.Random(seed)
    with store.write(N_("Test step")) as session:
        hospitals, policy = houses(session)
        for number in range(count):
            city = rnd.choices(list(cities or SHARE), list((cities or SHARE).values()))[0]
            patient = person(session, rnd, number, "", provisional=True)
            cover = CoverRow(
                patient_id=patient.id,
                policy_id=policy.id,
                member_no=f"6929{number:05d}",
                member_no_key=f"6929{number:05d}",
            )
            session.add(cover)
            session.flush()
            day = since + dt.timedelta(days=rnd.randint(0, 290))
            state = rnd.choices(
                [ClaimState.PAID, ClaimState.APPROVED, ClaimState.REJECTED, ClaimState.QUERIED, ClaimState.IN_REVIEW],
                [5, 3, 3, 2, 2],
            )[0]
            session.add(
                ClaimRow(
                    claim_no=f"0026-{number:05d}",
                    claim_no_key=f"0026{number:05d}",
                    patient_id=patient.id,
                    cover_id=cover.id,
                    hospital_id=rnd.choices(hospitals, [w for _, _, w in HOSPITALS])[0].id,
                    state=state,
                    state_since=dt.datetime(2026, 11, 1, tzinfo=WIB),
                    currency=rnd.choice(["MYR", "MYR", "SGD", "IDR"]),
                    billed_minor=int(rnd.lognormvariate(9.8, 0.7)) * 100,
                    admitted_on=day,
                    discharged_on=day + dt.timedelta(days=rnd.randint(1, 9)),
                    aged_from=day,
                    diagnosis=rnd.choice(
                        ["Osteoartritis lutut (M17.1)", "Kanker payudara", "Penyakit jantung koroner", "Batu empedu"]
                    ),
                    reason=ReasonCode.R99 if state is ClaimState.REJECTED else None,
                    origin_city=city,
                )
            )
        session.flush()
