import pytest

from liaison.store import history
from liaison.store.journal_tables import Op
from tests.store.toy import HOUSE, PERSON, VISIT, add, edit, remove


@pytest.fixture
def life(store, clock):
    """A person who was added, renamed twice, and visited twice; one visit is gone again."""
    with store.write("Add") as session:
        house = add(session, HOUSE, name="Siloam")
        person = add(session, PERSON, name="Siti", house_id=house)
        visit = add(session, VISIT, number="A1", person_id=person)
        gone = add(session, VISIT, number="A2", person_id=person)
    for name in ("Sitti", "Siti Aminah"):
        clock.move(hours=1)
        with store.write("Rename") as session:
            edit(session, PERSON, person, name=name)
    with store.write("Remove") as session:
        remove(session, VISIT, gone)
    with store.write("Other") as session:
        add(session, PERSON, name="Budi")
    return {"house": house, "person": person, "visit": visit, "gone": gone}


def test_a_record_tells_its_life_field_by_field_newest_first(store, life, clock):
    with store.read() as session:
        told = history.record_history(session, "person", life["person"])

    assert [(r.op, [(f.field, f.before, f.after) for f in r.fields]) for r in told[:2]] == [
        (Op.UPDATE, [("name", "Sitti", "Siti Aminah")]),
        (Op.UPDATE, [("name", "Siti", "Sitti")]),
    ]
    assert told[-1].op is Op.INSERT
    assert told[0].action.at == clock.now
    assert told[0].action.actor == "Ani"


def test_all_that_belongs_to_a_record_is_found_gone_rows_too(store, life):
    with store.read() as session:
        found = history.records_under(session, "person", life["person"])
        lines = history.actions_on(session, found)

    assert found == {"person": {life["person"]}, "visit": {life["visit"], life["gone"]}}
    assert [a.title for a in lines] == ["Remove", "Rename", "Rename", "Add"]


def test_actions_come_page_by_page(store, life):
    with store.read() as session:
        first = history.actions(session, limit=2)
        rest = history.actions(session, before=first[-1].number, limit=10)
        mine = history.actions_on(session, {"person": [life["person"]]}, before=first[-1].number, limit=1)

    assert [a.title for a in first] == ["Other", "Remove"]
    assert [a.title for a in rest] == ["Rename", "Rename", "Add", "Make the store"]
    assert [a.title for a in mine] == ["Rename"]


def test_an_action_tells_what_it_did(store, life):
    with store.read() as session:
        added = history.actions(session)[4]
        told = history.changes(session, added.id)
        assert history.changes(session, 4711) == []
        assert history.action(session, 4711) is None

    assert [(c.table, c.op) for c in told] == [("house", "I"), ("person", "I"), ("visit", "I"), ("visit", "I")]
    assert added.changes == 4
