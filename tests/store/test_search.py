import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison.store import search
from liaison.store.search import Hit
from tests.store.toy import HOUSE, PERSON, VISIT, add, edit, remove


@pytest.fixture
def people(store):
    names = {
        "siti": ("Siti Nurhaliza", "6281234567890"),
        "obrien": ("Seán O'Brien", "6281999888777"),
        "wayan": ("I Wayan Darma", ""),
        "li": ("李小龙", ""),
    }
    with store.write("Add") as session:
        house = add(session, HOUSE, name="Siloam Medan")
        keys = {k: add(session, PERSON, name=n, phone=p, house_id=house) for k, (n, p) in names.items()}
        add(session, VISIT, number="MDN26A04125", person_id=keys["siti"])
        add(session, VISIT, number="POL-98765", person_id=keys["wayan"])
    return {**keys, "house": house}


@pytest.fixture
def find(store, people):
    names = {v: k for k, v in people.items()}

    def look(text, **more):
        with store.read() as session:
            return [names[h.id] for h in search.search(session, text, **more)]

    return look


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("si", ["li", "wayan", "obrien", "siti", "house"]),
        ("siti", ["siti"]),
        ("SITI nur", ["siti"]),
        ("nurhaliza sit", ["siti"]),
        ("nur siti", ["siti"]),
        ("nur", ["siti"]),
        ("haliza", []),
        ("sean", ["obrien"]),
        ("O'Brien", ["obrien"]),
        ("obrien", []),
        ("brien", ["obrien"]),
        ("i wayan", ["wayan"]),
        ("李小", ["li"]),
        ("456", ["siti"]),
        ("0812 3456", ["siti"]),
        ("0812-3456-7890", ["siti"]),
        ("+62 812 3456 7890", ["siti"]),
        ("08123456", ["siti"]),
        ("siti 456", ["siti"]),
        ("wayan 456", []),
        ("MDN-26-A0412-5", ["siti"]),
        ("mdn-26-a04", ["siti"]),
        ("98765", ["wayan"]),
        ("pol-987", ["wayan"]),
        ("medan", ["li", "wayan", "obrien", "siti", "house"]),
        ("s", []),
        ("", []),
        ("   ", []),
    ],
)
def test_what_is_typed_finds_what_is_meant(find, typed, found):
    assert find(typed) == found


@pytest.mark.parametrize(
    "typed",
    [
        "O'Brien",
        '"Ani',
        "C50.9",
        "100%",
        "AND",
        "OR NOT",
        "NEAR(a b)",
        "a*",
        "*",
        "^si",
        "-si",
        "name:siti",
        "(",
        '"',
        "''",
        ";--",
        "\0",
        "si\0ti",
        "😀",
        "😀😀 siti",
        "\ud800",
        "{a}",
        "a" * 100_000,
        "si " * 5000,
        "%",
        "_",
        "\u202e\u200f",
        "words : x",
        "''' OR 1",
    ],
)
def test_every_input_is_safe(store, find, typed):
    everybody, persons = find(typed), find(typed, kinds=("person",))

    assert persons == [each for each in everybody if each != "house"]
    assert find("siti") == ["siti"]
    with store.read() as session:
        assert search.check_index(session, store.schema.subjects) == []


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text())
def test_no_text_is_taken_for_a_command(store, text):
    with store.read() as session:
        assert search.search(session, text) == []
        assert search.count(session, text) == 0
        assert search.check_index(session, store.schema.subjects) == []


def test_a_name_in_any_script_is_found_by_its_own_text(store):
    names = ["Nguyễn Thị Ánh", "ꦯꦶꦠꦶ", "សុខ សាន្ត", "Ærøskøbing", "D'Souza-Lim", "Müller"]
    with store.write("Add") as session:
        keys = [add(session, PERSON, name=n) for n in names]

    with store.read() as session:
        for key, name in zip(keys, names, strict=True):
            assert Hit(kind="person", id=key) in search.search(session, name), name


def test_kinds_narrow_the_search(find):
    assert find("siloam", kinds=("house",)) == ["house"]
    assert find("456", kinds=("house",)) == []
    assert find("siti 456", kinds=("person",)) == ["siti"]
    assert find("456", kinds=("person", "house")) == ["siti"]


def test_the_limit_gives_the_newest(store, find):
    assert find("si", limit=2) == ["li", "wayan"]
    with store.read() as session:
        assert search.count(session, "si") == 5
        assert search.count(session, "") == 0


def test_a_list_can_be_filtered_by_what_is_typed(store, people):
    with store.read() as session:
        keys = search.matching_ids("siti 456", "person")
        found = session.execute(sa.select(PERSON.c.name).where(PERSON.c.id.in_(keys))).scalars().all()
        by_number = search.matching_ids("456", "person")
        assert session.execute(sa.select(PERSON.c.name).where(PERSON.c.id.in_(by_number))).scalars().all() == found
    assert found == ["Siti Nurhaliza"]
    assert search.matching_ids("", "person") is None


def test_the_index_follows_every_change_and_its_undo(store, people, find):
    with store.write("Rename the house") as session:
        edit(session, HOUSE, people["house"], name="Pantai Penang")
        action = session.info["action_id"]
    assert find("medan") == []
    assert find("penang siti") == ["siti"]

    store.undo(action)
    assert find("penang") == []
    assert find("medan siti") == ["siti"]

    with store.write("Remove a visit") as session:
        session.execute(sa.delete(VISIT))
        edit(session, PERSON, people["wayan"], phone="62877")
        remove(session, PERSON, people["li"])
    assert find("98765") == []
    assert find("0877") == ["wayan"]
    assert find("李小龙") == []
    with store.read() as session:
        assert search.check_index(session, store.schema.subjects) == []


def test_an_index_that_lost_a_record_is_noticed(store, people):
    with store._writer.connect() as connection, connection.begin():
        connection.exec_driver_sql("DELETE FROM search_doc WHERE id = ?", (people["siti"],))

    with store.read() as session:
        assert search.check_index(session, store.schema.subjects) == ["person"]


def test_real_records_are_found_by_every_number_they_carry(real_store):
    from liaison.domain.journeys import JourneyKind, JourneyState
    from liaison.store import models as m

    now = real_store.clock()
    with real_store.write("A case") as session:
        patient = m.PatientRow(full_name="Tjahjadi", name_key="tjahjadi", phone_digits="628111222333")
        policy = m.PolicyRow(policy_no="AZ/77-1234", policy_no_key="AZ771234")
        house = m.OrganizationRow(kind="HOSPITAL", name="Island Hospital", name_key="island hospital")
        session.add_all([patient, policy, house])
        session.flush()
        cover = m.CoverRow(patient_id=patient.id, policy_id=policy.id, member_no="MB 5566", member_no_key="MB5566")
        session.add(cover)
        session.flush()
        journey = m.JourneyRow(
            case_no="MDN-26-A0412-5", patient_id=patient.id, kind=JourneyKind.TREATMENT, state=JourneyState.ENQUIRY,
            state_since=now, opened_on=now.date(), hospital_id=house.id, cover_id=cover.id, last_contact_at=now,
        )  # fmt: skip
        session.add(journey)
        session.flush()
        kinds = {patient.id: "patient", journey.id: "journey", house.id: "organization"}

    with real_store.read() as session:
        for typed, found in [
            ("tjah", {"patient", "journey"}),
            ("az/77-12", {"patient", "journey"}),
            ("771234", {"patient", "journey"}),
            ("mb5566", {"patient", "journey"}),
            ("mdn26a0412", {"journey"}),
            ("A0412", {"journey"}),
            ("island", {"organization", "journey"}),
            ("0811 1222", {"patient", "journey"}),
        ]:
            hits = search.search(session, typed)
            assert {kinds[h.id] for h in hits} == found, typed
            assert all(kinds[h.id] == h.kind for h in hits)
        assert search.check_index(session, real_store.schema.subjects) == []
