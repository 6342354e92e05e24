"""The two long lists: what they answer, in which order, and what stands under them."""

import datetime as dt

import pytest

from liaison.domain.claims import ClaimState
from liaison.domain.errors import Refused
from liaison.domain.journeys import JourneyDraft, JourneyState, PayerPath, Stage
from liaison.domain.money import Money
from liaison.domain.network import OrganizationKind
from liaison.domain.payments import EstimateDraft
from liaison.domain.work import TaskDraft, WaitingOn
from liaison.i18n import Language
from liaison.services import journeys, list_of_claims, list_of_journeys, payments, work
from liaison.services.list_queries import ListQuery
from liaison.store.models import ClaimRow, JourneyRow, TaskRow
from tests import make


def rows(store, text="", **query):
    with store.read() as session:
        return list_of_journeys.journey_page(
            session, list_of_journeys.journey_ids(session, ListQuery(text=text, **query))
        )


def names(store, text="", **query):
    return [row.name for row in rows(store, text, **query)]


def claim_numbers(store, text="", **query):
    with store.read() as session:
        page = list_of_claims.claim_page(session, list_of_claims.claim_ids(session, ListQuery(text=text, **query)))
    return [row.claim_no for row in page]


@pytest.fixture
def house(store):
    return make.hospital(store)


@pytest.fixture
def cases(store, house, clock):
    """Four cases: late, waiting, without a step, and closed."""
    insurer = make.insurer(store)
    found = {}
    plan = (
        ("Suyanti", "Medan", "J02", -2, None),
        ("Tan Mei Hwa", "Surabaya", "J05", 30, WaitingOn.INSURER),
        ("Ni Luh Ayu", "Jakarta", "J01", None, None),
        ("Parlindungan Siregar", "Medan", "J01", 3, None),
    )
    for name, city, state, due, waiting in plan:
        person = make.patient(store, full_name=name, city=city)
        cover = make.cover(store, person, insurer)
        draft = JourneyDraft(
            patient_id=person, cover_id=cover, hospital_id=house, state=JourneyState(state), need="kontrol",
            payer_path=PayerPath.GUARANTEE_LETTER,
        )  # fmt: skip
        key = make.made(store, journeys.open_journey, draft)
        with store.write("Only the steps of this test") as session:
            for row in session.query(TaskRow).filter_by(journey_id=key):
                session.delete(row)
        if due is not None:
            at = clock() + dt.timedelta(hours=due)
            make.do(store, work.add_task, TaskDraft(journey_id=key, title="Telepon", due_at=at, waiting_on=waiting))
        found[name] = key
    with store.write("Close one") as session:
        row = session.get(JourneyRow, found["Parlindungan Siregar"])
        row.state, row.is_open = JourneyState.CLOSED, False
    return found


def test_the_earliest_due_comes_first_and_what_has_no_step_last(store, cases):
    assert names(store) == ["Suyanti", "Parlindungan Siregar", "Tan Mei Hwa", "Ni Luh Ayu"]


def test_rows_without_a_value_stay_last_when_the_order_is_turned_round(store, cases):
    assert names(store, sort="due", descending=True)[-1] == "Ni Luh Ayu"


@pytest.mark.parametrize("column", [c.name for c in list_of_journeys.JOURNEY_COLUMNS])
def test_every_column_sorts_both_ways_over_the_same_rows(sampled, column):
    with sampled.read() as session:
        up = list_of_journeys.journey_ids(session, ListQuery(sort=column))
        down = list_of_journeys.journey_ids(session, ListQuery(sort=column, descending=True))

    assert sorted(up) == sorted(down)
    assert len(set(up)) == len(up) == 90


@pytest.mark.parametrize("column", [c.name for c in list_of_claims.CLAIM_COLUMNS])
def test_every_claim_column_sorts_both_ways_over_the_same_rows(sampled, column):
    with sampled.read() as session:
        up = list_of_claims.claim_ids(session, ListQuery(sort=column))
        down = list_of_claims.claim_ids(session, ListQuery(sort=column, descending=True))

    assert sorted(up) == sorted(down)


def test_the_next_step_of_a_row_is_the_earliest_open_one(store, cases, clock):
    key = cases["Suyanti"]
    make.do(store, work.add_task, TaskDraft(journey_id=key, title="Nanti", due_at=clock() + dt.timedelta(days=9)))

    row = next(r for r in rows(store) if r.id == key)

    assert row.next_step.text(Language("id")) == "Telepon"
    assert row.due_at < clock()


FILTERS = (
    ("kota:medan", {"Suyanti", "Parlindungan Siregar"}),
    ("city:medan,surabaya status:open", {"Suyanti", "Tan Mei Hwa"}),
    ("-kota:medan", {"Tan Mei Hwa", "Ni Luh Ayu"}),
    ("tahap<3", {"Suyanti", "Ni Luh Ayu"}),
    ("tahap:estimasi", {"Tan Mei Hwa"}),
    ("stage:estimate", {"Tan Mei Hwa"}),
    ("status:terbuka", {"Suyanti", "Tan Mei Hwa", "Ni Luh Ayu"}),
    ("status:ditutup", {"Parlindungan Siregar"}),
    ("status:J05", {"Tan Mei Hwa"}),
    ("menunggu:penanggung", {"Tan Mei Hwa"}),
    ("waiting:insurer", {"Tan Mei Hwa"}),
    ("tenggat:lewat", {"Suyanti"}),
    ("tenggat:tanpa", {"Ni Luh Ayu"}),
    ("tenggat<1", {"Suyanti", "Parlindungan Siregar"}),
    ("petugas:saya", {"Suyanti", "Tan Mei Hwa", "Ni Luh Ayu", "Parlindungan Siregar"}),
    ("petugas:ratna", {"Suyanti", "Tan Mei Hwa", "Ni Luh Ayu", "Parlindungan Siregar"}),
    ("penanggung:nusantara rs:gleneagles parlindungan", {"Parlindungan Siregar"}),
    ("suyan", {"Suyanti"}),
    ("umur<1", {"Suyanti", "Tan Mei Hwa", "Ni Luh Ayu", "Parlindungan Siregar"}),
    ("umur>7", set()),
    ("umur>99999999999999999999", set()),
    ("jenis:treatment wilayah:west", {"Suyanti", "Ni Luh Ayu", "Parlindungan Siregar"}),
)


def test_a_filter_line_says_which_cases(store, cases):
    found = {text: set(names(store, text)) for text, _ in FILTERS}

    assert found == dict(FILTERS)


@pytest.mark.parametrize("text", ["status:entah", "tahap:entah", "sisa>0", "menunggu:entah", "umur:lama"])
def test_a_filter_that_is_not_understood_is_refused_and_says_what_is_known(store, text):
    with pytest.raises(Refused) as refusal:
        names(store, text)

    assert [p.code for p in refusal.value.problems] == ["BAD_FILTER"]
    for code in ("id", "en"):
        assert refusal.value.text(Language(code))


def test_no_typed_text_breaks_a_list(store, cases):
    for text in ("100%", "O'Brien", '"Ani', "AND", "kota:%", "a_b", "NULL; --", "{nol}"):
        assert names(store, text) == [], text
    for nothing in ("\u0000", "(((", "  ", '"'):
        assert len(names(store, nothing)) == 4, nothing


def test_a_page_has_nothing_in_the_place_of_a_row_that_is_gone(store, cases):
    with store.read() as session:
        page = list_of_journeys.journey_page(session, [7, cases["Suyanti"]])

    assert page[0] is None
    assert page[1].name == "Suyanti"


@pytest.mark.parametrize("group", list_of_journeys.JOURNEY_GROUPS)
def test_groups_say_where_they_begin_in_the_list(sampled, group):
    with sampled.read() as session:
        query = ListQuery(group=group)
        groups = list_of_journeys.journey_groups(session, query)
        page = list_of_journeys.journey_page(session, list_of_journeys.journey_ids(session, query))

    assert sum(g.count for g in groups) == len(page)
    assert [g.first for g in groups] == [sum(g.count for g in groups[:n]) for n in range(len(groups))]
    if group == "city":
        assert [page[g.first].city for g in groups] == [g.key for g in groups]


def test_a_case_that_ended_on_the_way_stands_in_no_stage(store, cases):
    with store.write("Cancel one") as session:
        session.get(JourneyRow, cases["Suyanti"]).state = JourneyState.CANCELLED

    row = next(r for r in rows(store) if r.id == cases["Suyanti"])

    assert (row.stage, row.stage_no) == (None, 0)
    assert names(store, "tahap<7 suyanti") == []
    assert next(r for r in rows(store) if r.name == "Tan Mei Hwa").stage is Stage.ESTIMATE_DECISION


def test_the_footing_counts_a_person_once_and_the_newest_estimate_only(store, cases, house, clock):
    key, day = cases["Suyanti"], clock().date()
    for low, high, currency, domestic in ((100, 120, "MYR", False), (90, 110, "MYR", False), (5, 6, "IDR", True)):
        draft = EstimateDraft(
            journey_id=key,
            low=Money.of(low, currency),
            high=Money.of(high, currency),
            stated_on=day,
            is_domestic=domestic,
        )
        make.do(store, payments.record_estimate, draft)
    draft = EstimateDraft(
        journey_id=cases["Tan Mei Hwa"], low=Money.of(7, "SGD"), high=Money.of(9, "SGD"), stated_on=day
    )
    make.do(store, payments.record_estimate, draft)

    with store.read() as session:
        footing = list_of_journeys.journey_footing(session, ListQuery(text="status:terbuka"))
        counts = list_of_journeys.journey_count(session)

    assert (footing.rows, footing.persons) == (3, 3)
    assert set(footing.sums) == {Money.of(110, "MYR"), Money.of(9, "SGD")}
    assert (counts.open, counts.all) == (3, 4)


# claims


def claim(store, number, state, *, billed=100_000, approved=None, paid=0, aged=0, clock, **more):
    person = make.patient(store, full_name=f"Orang {number}")
    cover = make.cover(store, person)
    state = ClaimState(state)
    with store.write("A claim") as session:
        row = ClaimRow(
            claim_no=number, claim_no_key=number, patient_id=person, cover_id=cover, state=state, state_since=clock(),
            is_open=state not in (ClaimState.CLOSED, ClaimState.VOID), currency=more.pop("currency", "MYR"),
            billed_minor=billed, approved_minor=approved, paid_minor=paid,
            aged_from=clock().date() - dt.timedelta(days=aged), **more,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


@pytest.mark.parametrize(
    ("state", "approved", "paid", "unpaid"),
    [
        ("K04", None, 0, 100_000),
        ("K06", None, 25_000, 75_000),
        ("K09", 90_000, 0, 90_000),
        ("K10", 60_000, 10_000, 50_000),
        ("K11", 0, 0, 0),
        ("K12", 0, 0, 100_000),
        ("K13", 90_000, 0, 90_000),
        ("K14", 90_000, 90_000, 0),
        ("K14", 90_000, 40_000, 50_000),
        ("K14", 90_000, 0, 0),
        ("K15", 90_000, 0, 0),
        ("K16", 90_000, 40_000, 50_000),
        ("K17", 0, 0, 100_000),
    ],
)
def test_what_is_unpaid_follows_the_state_of_the_claim(store, clock, state, approved, paid, unpaid):
    key = claim(store, "A1", state, approved=approved, paid=paid, clock=clock)

    with store.read() as session:
        line = list_of_claims.claim_page(session, [key])[0]

    assert line.balance == Money(unpaid, "MYR")


def test_the_four_ages_part_at_30_60_and_90_days_and_sum_each_currency_apart(store, clock):
    for number, aged in enumerate((0, 30, 31, 60, 61, 90, 91, 400)):
        claim(store, f"B{number}", "K06", aged=aged, clock=clock, currency="IDR" if aged == 400 else "MYR")
    claim(store, "Paid", "K14", approved=1, paid=1, aged=10, clock=clock)

    with store.read() as session:
        bands = list_of_claims.claim_ageing(session, ListQuery())

    assert [b.count for b in bands] == [2, 2, 2, 2]
    assert bands[0].sums == (Money(200_000, "MYR"),)
    assert set(bands[3].sums) == {Money(100_000, "MYR"), Money(100_000, "IDR")}


def test_the_oldest_claim_comes_first_and_a_void_one_only_where_it_is_asked_for(store, clock):
    claim(store, "Young", "K06", aged=1, clock=clock)
    claim(store, "Old", "K06", aged=80, clock=clock)
    claim(store, "Void", "K92", aged=90, clock=clock)

    assert claim_numbers(store) == ["Old", "Young"]
    assert claim_numbers(store, "status:void") == ["Void"]
    assert claim_numbers(store, "umur>60") == ["Old"]
    assert claim_numbers(store, "umur<=1") == ["Young"]
    assert claim_numbers(store, "old") == ["Old"]


def test_filters_of_claims_read_both_languages(store, clock):
    house = make.made(
        store, __import__("liaison.services.network", fromlist=["x"]).add_organization,
        make.hospital_draft(name="Island Hospital", kind=OrganizationKind.HOSPITAL),
    )  # fmt: skip
    claim(store, "C1", "K06", billed=500_000, clock=clock, hospital_id=house, origin_city="Medan")
    claim(store, "C2", "K09", billed=200_000, approved=200_000, clock=clock, currency="SGD")
    claim(store, "C3", "K15", billed=200_000, clock=clock)

    assert claim_numbers(store, "sisa>0 matauang:MYR") == ["C1"]
    assert claim_numbers(store, "status:unpaid currency:sgd") == ["C2"]
    assert claim_numbers(store, "status:belumlunas tagihan>3000") == ["C1"]
    assert claim_numbers(store, "status:approved") == claim_numbers(store, "status:disetujui") == ["C2"]
    assert claim_numbers(store, "rs:island kota:medan") == ["C1"]
    assert claim_numbers(store, "status:ditutup") == ["C3"]
    assert set(claim_numbers(store, "status:tanpakasus")) == {"C1", "C2", "C3"}


def test_a_claims_turn_is_that_of_its_state_until_a_task_says_whom_it_waits_for(store, clock):
    key = claim(store, "D1", "K06", clock=clock)
    with store.read() as session:
        before = list_of_claims.claim_page(session, [key])[0]
    make.do(
        store, work.add_task, TaskDraft(claim_id=key, title="x", waiting_on=WaitingOn.HOSPITAL, waiting_for="kasir")
    )

    with store.read() as session:
        after = list_of_claims.claim_page(session, [key])[0]

    assert before.waiting_on is WaitingOn.INSURER
    assert (after.waiting_on, after.waiting_for) == (WaitingOn.HOSPITAL, "kasir")
    assert claim_numbers(store, "menunggu:rumah") == ["D1"]


@pytest.mark.parametrize("group", list_of_claims.CLAIM_GROUPS)
def test_claim_groups_count_every_row_once(sampled, group):
    with sampled.read() as session:
        query = ListQuery(text="sisa>0", group=group)
        groups, ids = list_of_claims.claim_groups(session, query), list_of_claims.claim_ids(session, query)
        footing = list_of_claims.claim_footing(session, query)

    assert sum(g.count for g in groups) == len(ids) == footing.rows
    assert all(g.label.text(Language("id")) for g in groups)


def test_claims_of_a_case_are_those_of_the_case(sampled):
    with sampled.read() as session:
        key = list_of_journeys.journey_ids(session, ListQuery(text="dewi anggraini"))[0]
        found = list_of_claims.claims_of(session, journey_id=key)

    assert [c.claim_no for c in found] == ["SL/2609/36601"]
    assert found[0].balance == Money.of("13915.60", "SGD")
