"""The sample office: believable, complete, the same every time."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa

from liaison.domain.claims import ClaimState
from liaison.domain.errors import Refused
from liaison.domain.journeys import STAGE_OF, JourneyKind, JourneyState, Stage
from liaison.domain.names import fold
from liaison.domain.pregnancy import FlightAnswer
from liaison.domain.repatriation import RepatriationState
from liaison.services import list_of_claims, list_of_journeys, office
from liaison.services.benefits import estimate_case
from liaison.services.case_numbers import next_case_no
from liaison.services.checkup import check_store
from liaison.services.courses import courses_of
from liaison.services.list_queries import ListQuery
from liaison.services.sample import make_sample
from liaison.services.sample_world import World
from liaison.store.models import (
    ContactRow,
    GuaranteeVersionRow,
    JourneyRow,
    OrganizationRow,
    PatientRow,
    PlanRulesRow,
    ProductRow,
    RelatedPersonRow,
)
from tests import make, sampling


def column(store, statement):
    with store.read() as session:
        return session.scalars(statement).all()


def test_24_cases_are_open_and_cover_every_stage_and_every_kind(sampled):
    with sampled.read() as session:
        counts = list_of_journeys.journey_count(session)
        open_ids = list_of_journeys.journey_ids(session, ListQuery(text="status:terbuka"))
        page = list_of_journeys.journey_page(session, open_ids)

    assert (counts.open, counts.all) == (24, 90)
    assert {line.stage for line in page} == set(Stage)
    assert {line.kind for line in page} == set(JourneyKind)
    assert {line.state for line in page} >= {s for s in STAGE_OF if s is not JourneyState.CLOSED}


def test_the_day_of_the_sample_has_late_waiting_and_stuck_cases(sampled):
    from liaison.services.today import TaskGroup, today_view

    with sampled.read() as session:
        day = today_view(session)

    assert day.count(TaskGroup.LATE) >= 3
    assert day.count(TaskGroup.NO_STEP) == 1
    assert day.count(TaskGroup.TODAY) >= 4
    assert day.count(TaskGroup.WAITING) >= 8


def test_claims_stand_in_many_states_and_every_age(sampled):
    with sampled.read() as session:
        page = list_of_claims.claim_page(session, list_of_claims.claim_ids(session, ListQuery()))
        bands = list_of_claims.claim_ageing(session, ListQuery(text="sisa>0"))

    assert {line.state for line in page} >= {
        ClaimState.SUBMITTED,
        ClaimState.IN_REVIEW,
        ClaimState.QUERIED,
        ClaimState.APPROVED,
        ClaimState.PAID,
        ClaimState.CLOSED,
        ClaimState.INCOMPLETE,
    }
    assert all(band.count for band in bands)


def test_the_store_of_the_sample_is_well(sampled):
    found = check_store(sampled)

    assert [c.name for c in found.checks if not c.is_well] == []


def test_the_office_says_that_it_is_a_sample(sampled):
    view = make.see(sampled, office.office)

    assert view.is_sample


def test_no_telephone_belongs_to_anybody(sampled):
    numbers = [
        *column(sampled, sa.select(PatientRow.phone)),
        *column(sampled, sa.select(ContactRow.phone)),
        *column(sampled, sa.select(OrganizationRow.phone)),
        *column(sampled, sa.select(RelatedPersonRow.phone)),
    ]

    assert [n for n in numbers if n and "555" not in n] == []


def test_names_are_of_many_kinds_and_families_share_a_telephone(sampled):
    names = column(sampled, sa.select(PatientRow.full_name))
    phones = column(sampled, sa.select(PatientRow.phone))

    assert any(" " not in name for name in names)
    assert any(name.startswith(("Ni ", "I ")) for name in names)
    assert len(set(phones)) < len(phones)


def test_ceilings_never_fall_within_a_letter_before_the_final_one(sampled):
    with sampled.read() as session:
        rows = session.execute(
            sa.select(GuaranteeVersionRow.guarantee_id, GuaranteeVersionRow.ceiling_minor)
            .where(GuaranteeVersionRow.kind != "FINAL")
            .order_by(GuaranteeVersionRow.guarantee_id, GuaranteeVersionRow.number)
        ).all()

    by_letter = {}
    for letter, ceiling in rows:
        by_letter.setdefault(letter, []).append(ceiling)
    assert all(ceilings == sorted(ceilings) for ceilings in by_letter.values())


def test_nothing_of_the_sample_lies_ahead_of_its_day_but_plans(sampled):
    day = sampling.AS_OF.date()

    assert max(column(sampled, sa.select(JourneyRow.opened_on))) <= day
    assert min(column(sampled, sa.select(JourneyRow.opened_on))) > day - dt.timedelta(days=900)
    assert all(ended < day for ended in column(sampled, sa.select(JourneyRow.ended_on)) if ended)


def test_new_cases_go_on_counting_where_the_sample_ended(sampled, tmp_path):
    import shutil

    shutil.copytree(sampled.folder, tmp_path / "copy", ignore=shutil.ignore_patterns("lock"))
    with make.opened(tmp_path / "copy", sampling.clock()) as store:
        number = make.do(store, next_case_no)
        known = column(store, sa.select(JourneyRow.case_no))

    assert number not in known


@pytest.fixture
def few_told(monkeypatch):
    """Only the first open case is told, so that making an office is quick."""
    from liaison.services import sample

    monkeypatch.setattr(sample, "TOLD_CASES", 1)


def people_of(folder, **more):
    made = make_sample(folder, passphrase=make.PASSPHRASE, clock=sampling.clock(), journeys=30, **more)
    with make.opened(folder, sampling.clock()) as store, store.read() as session:
        page = list_of_journeys.journey_page(session, list_of_journeys.journey_ids(session, ListQuery(sort="case_no")))
        claims = list_of_claims.claim_page(session, list_of_claims.claim_ids(session, ListQuery(sort="claim_no")))
    assert made.journeys == len(page) == 30
    return [tuple(line) for line in page], [tuple(line) for line in claims]


def test_the_same_seed_and_day_give_the_same_office(tmp_path, few_told):
    assert people_of(tmp_path / "one") == people_of(tmp_path / "two")


def test_another_seed_gives_other_people(tmp_path, few_told):
    assert people_of(tmp_path / "one", seed=1) != people_of(tmp_path / "two", seed=2)


def test_a_sample_smaller_than_its_open_cases_begins_with_the_first(tmp_path):
    made = make_sample(tmp_path / "small", passphrase=make.PASSPHRASE, clock=sampling.clock(), journeys=3)

    assert (made.journeys, made.open) == (3, 3)


def test_a_sample_never_goes_into_a_store_that_is_there(prepared_store):
    from liaison.domain.errors import Refused

    with pytest.raises(Refused):
        make_sample(prepared_store, passphrase=make.PASSPHRASE)


def test_the_tables_of_the_sample_world_hold_together():
    world = World()
    cities = {h.city for h in world.hospitals}

    assert len(world.insurers) == 5
    assert all(city in cities for origin in world.origins for city, _ in origin.goes)
    assert all(origin.people for origin in world.origins)
    assert all(re.fullmatch(r"[A-Z]\d{2}(\.\d)?", c.code) for c in world.complaints)
    assert len({fold(h.name) for h in world.hospitals}) == len(world.hospitals)


def test_a_new_user_sees_each_part_of_casework_once(sampled):
    """Plans with benefits, cycles with their shortfall, a pregnancy, complaints, a way home, and estimates."""
    with sampled.read() as session:
        cases = session.scalars(sa.select(JourneyRow)).all()
        plans_known = session.scalars(sa.select(PlanRulesRow.product_id)).all()
        products = session.scalars(sa.select(ProductRow.id)).all()
        seen = {case.id: courses_of(session, case.id) for case in cases}
        (plan,) = [c.cycles for c in seen.values() if c.cycles is not None]
        (pregnancy,) = [c.pregnancy for c in seen.values() if c.pregnancy is not None]
        (way,) = [c.repatriation for c in seen.values() if c.repatriation is not None]
        complaints = [one for c in seen.values() for one in c.complaints]
        with_figure = [case for case in cases if case.is_open and _has_figure(session, case.id)]

    assert sorted(plans_known) == sorted(products)
    assert plan.benefit is not None and plan.shortfall is not None and plan.shortfall.number == 6
    assert {f.answer for f in pregnancy.flights} == {FlightAnswer.LETTER_OLD, FlightAnswer.TOO_LATE}
    assert way.state is RepatriationState.PAPERS and not any(paper.have for paper in way.papers)
    assert sorted(c.closed_on is None for c in complaints) == [False, True]
    assert len(with_figure) >= 10


def _has_figure(session, journey_id):
    try:
        return any(each.result is not None for each in estimate_case(session, journey_id))
    except Refused:
        return False
