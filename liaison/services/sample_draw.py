"""Drawing people and cases by chance: who comes, from where, with which illness, to which hospital, on which policy.

The same seed and the same day give the same people. Shares (who is insured, who comes again, who shares a telephone)
are invented but believable.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from liaison.domain.case_numbers import case_number
from liaison.domain.identifiers import digits_of, number_key
from liaison.domain.journeys import JourneyKind, JourneyState, PayerPath
from liaison.domain.money import WHOLE, Money
from liaison.domain.names import fold, similar_key
from liaison.domain.patients import IdentifierKind, Sex
from liaison.domain.policies import PolicyStatus
from liaison.domain.regions import region_of
from liaison.services.batch import Batch, Place
from liaison.services.sample_world import (
    Complaint,
    Origin,
    SampleHospital,
    SampleInsurer,
    World,
    drawn,
    family_of,
    mobile,
)

S = JourneyState
T = TypeVar("T")

KINDS = (
    (JourneyKind.TREATMENT, 66),
    (JourneyKind.REPEAT_CYCLE, 8),
    (JourneyKind.CHECK_UP, 11),
    (JourneyKind.SECOND_OPINION, 6),
    (JourneyKind.TELE_CONSULTATION, 3),
    (JourneyKind.MATERNITY, 3),
    (JourneyKind.DENTAL, 3),
)
ANSWERS = (JourneyKind.SECOND_OPINION, JourneyKind.TELE_CONSULTATION)
ENDS = ((S.CLOSED, 86), (S.CANCELLED, 8), (S.LOST, 3), (S.REDIRECTED_DOMESTIC, 2), (S.DECEASED, 1))
CURRENCIES = {"MY": ("MYR", 1.0), "SG": ("SGD", 0.56), "CN": ("CNY", 1.3), "KH": ("USD", 0.2), "ID": ("IDR", 2100.0)}
"""Currency of a country's bills, and how many units one ringgit of the Malaysian price becomes there."""

_KEPT_IN_MIND = 400
_OPENS, _CLOSES = 8, 17
_RELATIONS = ("suami", "istri", "anak", "ibu", "kakak")


@dataclass(frozen=True, slots=True, kw_only=True)
class Houses:
    """Keys of the houses and officers that are on record already."""

    hospitals: Mapping[str, int]
    insurers: Mapping[str, int]
    administrator: int
    officers: Sequence[int]


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody who may come again."""

    place: Place
    name: str
    people: str
    sex: Sex
    born: dt.date
    origin: Origin
    phone: str
    insurer: SampleInsurer | None
    cover: Place | None
    complaint: Complaint


@dataclass(slots=True, kw_only=True)
class Case:
    """One case before it is written: what, who, where, when, for how much."""

    person: Person
    kind: JourneyKind
    hospital: SampleHospital
    path: PayerPath
    state: JourneyState
    opened: dt.date
    admitted: dt.date
    discharged: dt.date
    ended: dt.date | None
    currency: str
    estimate: float
    """Middle of the estimate, in units of the currency."""

    def money(self, units: float) -> Money:
        """Units of the case's currency; rupiah in round thousands."""
        return Money.of(Decimal(round(units, -3 if self.currency in WHOLE else 2)), self.currency)


@dataclass(slots=True, kw_only=True)
class Chance:
    """Everything that drawing needs, and what was drawn so far."""

    world: World
    houses: Houses
    rng: random.Random
    today: dt.date
    zone: ZoneInfo
    office: str
    device: str
    counters: dict[int, int]
    """The last case number given out, by year."""
    is_detailed: bool = True
    known: list[Person] = field(default_factory=list)

    def one(self, weighted: Sequence[tuple[T, int]]) -> T:
        """One of several by weight."""
        return self.rng.choices([value for value, _ in weighted], [weight for _, weight in weighted])[0]

    def moment(self, day: dt.date, hour: float | None = None) -> dt.datetime:
        """A moment in the office hours of a day."""
        minutes = int((self.rng.uniform(8, 17) if hour is None else hour) * 60)
        return dt.datetime.combine(day, dt.time(), self.zone) + dt.timedelta(minutes=minutes)

    def at_work(self, moment: dt.datetime) -> dt.datetime:
        """That moment, or the next in the working hours of a desk: Monday to Friday, 08:00 to 17:00."""
        local = moment.astimezone(self.zone)
        opens = local.replace(hour=_OPENS, minute=0, second=0, microsecond=0)
        if local.weekday() < 5 and local < opens:
            return opens
        while local.weekday() >= 5 or local.hour >= _CLOSES:
            local = (local + dt.timedelta(days=1)).replace(hour=_OPENS, minute=0, second=0, microsecond=0)
        return local

    def after_work(self, start: dt.datetime, hours: float) -> dt.datetime:
        """The moment at which a desk has worked so many hours since then."""
        at, left = self.at_work(start), dt.timedelta(hours=hours)
        while True:
            closes = at.replace(hour=_CLOSES, minute=0, second=0, microsecond=0)
            if left < closes - at:
                return at + left
            left -= closes - at
            at = self.at_work(closes)

    def case_no(self, day: dt.date) -> str:
        """The next case number of that year."""
        self.counters[day.year] = self.counters.get(day.year, 0) + 1
        return case_number(self.office, day.year, device=self.device, counter=self.counters[day.year])

    def workday(self, day: dt.date) -> dt.date:
        """That day, or the Saturday before where it is a Sunday."""
        return day - dt.timedelta(days=1) if day.weekday() == 6 else day


def draw_closed(batch: Batch, chance: Chance) -> Case:
    """A case that ended within the last 24 months; more of them lately, since the office grows."""
    rng = chance.rng
    kind = chance.one(KINDS)
    end = S.CLOSED if kind is not JourneyKind.TREATMENT else chance.one(ENDS)
    if kind in ANSWERS:
        end = S.CLOSED if rng.random() < 0.86 else S.LOST
    days_ago = int(728 * (1 - rng.random() ** 0.75)) + 1
    ended = chance.workday(chance.today - dt.timedelta(days=days_ago))
    person = draw_person(batch, chance, kind, on=ended)
    nights = rng.randint(*person.complaint.nights)
    if kind in ANSWERS or end in (S.CANCELLED, S.LOST, S.REDIRECTED_DOMESTIC):
        before = after = rng.randint(4, 24)
        nights = 0
    else:
        before, after = rng.randint(9, 34), rng.randint(18, 52)
    discharged = ended - dt.timedelta(days=after)
    admitted = discharged - dt.timedelta(days=nights)
    opened = chance.workday(admitted - dt.timedelta(days=before))
    return _case(chance, person, kind, state=end, opened=opened, admitted=admitted, discharged=discharged, ended=ended)


def draw_open(batch: Batch, chance: Chance) -> Case:
    """A case under way, somewhere between the enquiry and the last claim."""
    rng = chance.rng
    state = rng.choice([s for s in JourneyState if s.value <= "J15"])
    step = int(state.value[1:])
    person = draw_person(batch, chance, JourneyKind.TREATMENT, on=chance.today)
    opened = chance.workday(chance.today - dt.timedelta(days=step * 2 + rng.randint(0, 14)))
    admitted = chance.today - dt.timedelta(days=rng.randint(1, 4) if step > 10 else -rng.randint(3, 20))
    discharged = admitted + dt.timedelta(days=rng.randint(*person.complaint.nights))
    return _case(
        chance,
        person,
        JourneyKind.TREATMENT,
        state=state,
        opened=opened,
        admitted=admitted,
        discharged=discharged,
        ended=None,
    )


def _case(
    chance: Chance,
    person: Person,
    kind: JourneyKind,
    *,
    state: JourneyState,
    opened: dt.date,
    admitted: dt.date,
    discharged: dt.date,
    ended: dt.date | None,
) -> Case:
    rng = chance.rng
    hospital = draw_hospital(chance, person, at_home=state is S.REDIRECTED_DOMESTIC)
    currency, factor = CURRENCIES[hospital.country]
    estimate = rng.triangular(person.complaint.low, person.complaint.high, person.complaint.low * 1.25) * factor
    path = PayerPath.SELF_PAY
    if person.insurer is not None and kind not in (JourneyKind.CHECK_UP, *ANSWERS):
        path = PayerPath.GUARANTEE_LETTER if rng.random() < 0.8 else PayerPath.REIMBURSEMENT
    return Case(
        person=person,
        kind=kind,
        hospital=hospital,
        path=path,
        state=state,
        opened=opened,
        admitted=admitted,
        discharged=discharged,
        ended=ended,
        currency=currency,
        estimate=round(estimate, -5 if currency == "IDR" else -2),
    )


def draw_hospital(chance: Chance, person: Person, *, at_home: bool = False) -> SampleHospital:
    """Where somebody of this city goes with this illness; houses known for it come first."""
    cities = tuple((c, w) for c, w in person.origin.goes if not at_home or c in ("Medan", "Surabaya", "Tangerang"))
    city = drawn(chance.rng, cities or (("Medan", 1),))
    here = [h for h in chance.world.hospitals if h.city == city]
    weights = [h.weight * (3 if person.complaint.specialty in h.specialties else 1) for h in here]
    return chance.rng.choices(here, weights)[0]


def draw_person(batch: Batch, chance: Chance, kind: JourneyKind, *, on: dt.date) -> Person:
    """A person with this need: now and then somebody who came before, else somebody new."""
    rng = chance.rng
    again = (
        [p for p in chance.known[-60:] if p.complaint.specialty == "Onkologi"]
        if kind is JourneyKind.REPEAT_CYCLE
        else []
    )
    if again and rng.random() < 0.7:
        return rng.choice(again)
    complaint = _complaint(chance, kind)
    sex = complaint.only or rng.choice((Sex.M, Sex.F))
    years = rng.triangular(*complaint.ages, min(complaint.ages[1], complaint.ages[0] + 26))
    person = _new_person(batch, chance, complaint, sex, born=on - dt.timedelta(days=int(years * 365.25)))
    chance.known.append(person)
    del chance.known[:-_KEPT_IN_MIND]
    return person


def _complaint(chance: Chance, kind: JourneyKind) -> Complaint:
    found, weights = chance.world.complaints_of(kind.value)
    return chance.rng.choices(found, cum_weights=weights)[0]


def _new_person(batch: Batch, chance: Chance, complaint: Complaint, sex: Sex, *, born: dt.date) -> Person:
    rng, world = chance.rng, chance.world
    origin = rng.choices(world.origins, cum_weights=world.origin_weights)[0]
    people = drawn(rng, origin.people)
    phone, owner, family = mobile(rng), "", ""
    household = chance.known[-1] if chance.known and rng.random() < 0.08 else None
    if household is not None:
        origin, people, phone = household.origin, household.people, household.phone
        family, owner = family_of(household.name, people), rng.choice(_RELATIONS)
    name = world.person_name(rng, people, sex, family)
    place = batch.add(
        "patient",
        full_name=name,
        passport_name=name.upper() if rng.random() < 0.8 else "",
        name_key=fold(name),
        similar_key=similar_key(name),
        sex=sex,
        birth_date=born,
        phone=phone,
        phone_digits=digits_of(phone),
        phone_owner=owner,
        city=origin.city,
        province=origin.province,
        region=region_of(origin.province),
    )
    if chance.is_detailed:
        number = f"{rng.choice('CEX')}{rng.randrange(10**7):07d}"
        batch.add(
            "patient_identifier",
            patient_id=place,
            kind=IdentifierKind.PASSPORT,
            value=number,
            value_key=number,
            country="ID",
            expires_on=chance.today + dt.timedelta(days=rng.randint(-200, 3000)),
        )
    insurer = rng.choices(world.insurers, [i.weight for i in world.insurers])[0] if rng.random() < 0.78 else None
    cover = None if insurer is None else _cover(batch, chance, place, name, insurer)
    return Person(
        place=place,
        name=name,
        people=people,
        sex=sex,
        born=born,
        origin=origin,
        phone=phone,
        insurer=insurer,
        cover=cover,
        complaint=complaint,
    )


def _cover(batch: Batch, chance: Chance, patient: Place, name: str, insurer: SampleInsurer) -> Place:
    rng = chance.rng
    begun = chance.today - dt.timedelta(days=rng.randint(760, 3400))
    number = f"{insurer.code}-{begun.year}-{rng.randrange(10**6):06d}"
    policy = batch.add(
        "policy",
        insurer_id=chance.houses.insurers[insurer.name],
        administrator_id=chance.houses.administrator if insurer.has_administrator else None,
        policy_no=number,
        policy_no_key=number_key(number),
        holder_name=name,
        inception_on=begun,
        expires_on=chance.today + dt.timedelta(days=rng.randint(20, 700)),
        status=PolicyStatus.IN_FORCE,
    )
    member = f"{insurer.code}{rng.randrange(10**8):08d}"
    return batch.add(
        "cover",
        patient_id=patient,
        policy_id=policy,
        member_no=member,
        member_no_key=member,
        name_on_policy=name,
        room_class="Kamar 1 tempat tidur" if rng.random() < 0.4 else "Kamar 2 tempat tidur",
    )
