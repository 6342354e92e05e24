"""A sample office: believable, invented, in a store of its own, the same every time for the same seed and day.

24 open cases cover every stage and kind; 1,200 closed ones of the last two years give briefings something to say; an
insurer's list of claims gives the ageing something to age. Larger offices are for measuring.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.i18n import N_, Language
from liaison.services.batch import Batch
from liaison.services.case_numbers import device_letter
from liaison.services.changes import today, zone
from liaison.services.office import office
from liaison.services.sample_agreements import add_agreements
from liaison.services.sample_closed import add_closed, add_listed_claim, add_open
from liaison.services.sample_counter import add_counter
from liaison.services.sample_draw import Chance, Houses
from liaison.services.sample_houses import OFFICER, add_houses, add_office, add_rates
from liaison.services.sample_network import add_network
from liaison.services.sample_open import OPEN_CASES, TOLD_CASES, add_open_cases
from liaison.services.sample_plans import add_plans
from liaison.services.sample_roadshows import add_roadshows
from liaison.services.sample_world import World
from liaison.store.ids import Clock, utc_now
from liaison.store.kdf import CHEAP
from liaison.store.models import CaseCounterRow, ClaimRow, JourneyRow, PatientRow
from liaison.store.opening import create_store
from liaison.store.store import Store

CLOSED = 1_200
ZONE = "Asia/Jakarta"
LISTED_CLAIMS = 64
DETAILED_UP_TO = 20_000
"""Larger offices leave out the small print of each case: moves, bills, estimates, identity numbers."""

_OPEN_SHARE = 50
"""One case in so many is open in a larger office."""

_CHUNK = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleMade:
    """What a sample office holds."""

    journeys: int
    open: int
    claims: int
    patients: int


Progress = Callable[[int, int], None]
"""Told how many cases of how many are written."""


def make_sample(
    folder: Path,
    *,
    passphrase: str,
    language: str = "id",
    clock: Clock = utc_now,
    journeys: int | None = None,
    seed: int = 7,
    progress: Progress | None = None,
) -> SampleMade:
    """Make a store with a sample office in an empty folder. Its people are invented: its key is stretched cheaply."""
    store, _ = create_store(
        folder, passphrase=passphrase, officer=OFFICER, language=language, clock=clock, kdf=CHEAP, device=0
    )
    with store:
        return fill_sample(store, journeys=journeys, seed=seed, progress=progress)


def fill_sample(
    store: Store, *, journeys: int | None = None, seed: int = 7, progress: Progress | None = None
) -> SampleMade:
    """Fill an empty store. ``journeys`` counts open and closed cases together (1,224 unless given).

    The store's clock is the day of the sample; everything lies before it, and what is due lies around it.
    """
    total = CLOSED + OPEN_CASES if journeys is None else max(journeys, 1)
    told = min(TOLD_CASES, total)
    world, rng = World(), random.Random(seed)
    with store.write(N_("Set up the sample office")) as session:
        add_office(session, language=store.envelope.language)
    with store.write(N_("Enter hospitals and insurers")) as session:
        houses = add_houses(session, world, rng)
    with store.write(N_("Enter doctors, hotels and package prices")) as session:
        add_network(session, houses)
    with store.write(N_("Write down the round tables of the sample office")) as session:
        add_roadshows(session, Language(store.envelope.language))
    _add_many(store, world, houses, rng, max(total - told, 0), progress or (lambda done, of: None))
    with store.write(N_("Write down what came over the counter and by urgent calls")) as session:
        add_counter(session)
    add_open_cases(store, world, houses, count=told, zone=ZONE)
    with store.write(N_("Write the register of agreements down")) as session:
        add_agreements(session, world, Language(store.envelope.language))
    if total >= CLOSED:
        with store.write(N_("Write down the requests and promises of the round tables")) as session:
            add_plans(session, Language(store.envelope.language))
    with store.read() as session:
        return _counted(session)


def _add_many(store: Store, world: World, houses: Houses, rng: random.Random, count: int, progress: Progress) -> None:
    """The cases drawn by chance, in actions of the kind of an import."""
    extra_open = count // _OPEN_SHARE if count > CLOSED else 0
    counters: dict[int, int] = {}
    chance: Chance | None = None
    for start in range(0, max(count, 1), _CHUNK):
        batch = Batch(as_blocks=True)
        with store.write(N_("Enter the cases of the last two years"), kind="import") as session:
            if chance is None:
                chance = _chance(session, world, houses, rng, counters, is_detailed=count <= DETAILED_UP_TO)
                add_rates(batch, chance.today, rng)
                for _ in range(min(LISTED_CLAIMS, count)):
                    add_listed_claim(batch, chance)
            for place in range(start, min(start + _CHUNK, count)):
                (add_open if place < extra_open else add_closed)(batch, chance)
            batch.write(session)
            # People known from an earlier chunk have keys of that chunk: later cases must not refer to their places.
            chance.known.clear()
            _keep_counters(session, counters)
        progress(min(start + _CHUNK, count), count)


def _chance(
    session: Session,
    world: World,
    houses: Houses,
    rng: random.Random,
    counters: dict[int, int],
    *,
    is_detailed: bool,
) -> Chance:
    return Chance(
        world=world,
        houses=houses,
        rng=rng,
        today=today(session),
        zone=ZoneInfo(zone(session)),
        office=office(session).city,
        device=device_letter(session),
        counters=counters,
        is_detailed=is_detailed,
    )


def _keep_counters(session: Session, counters: dict[int, int]) -> None:
    """Numbers given out by the sample are never given again."""
    city, letter = office(session).city, device_letter(session)
    session.execute(sa.delete(CaseCounterRow).where(CaseCounterRow.city == city, CaseCounterRow.device == letter))
    session.add_all(CaseCounterRow(city=city, year=year, device=letter, last=last) for year, last in counters.items())


def _counted(session: Session) -> SampleMade:
    def count(column: sa.ColumnElement[int] | sa.orm.InstrumentedAttribute[int], *where: sa.ColumnElement[bool]) -> int:
        return session.scalar(sa.select(sa.func.count(column)).where(*where)) or 0

    return SampleMade(
        journeys=count(JourneyRow.id),
        open=count(JourneyRow.id, JourneyRow.is_open.is_(True)),
        claims=count(ClaimRow.id),
        patients=count(PatientRow.id),
    )
