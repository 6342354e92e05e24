import pytest
import sqlalchemy as sa

from liaison.store import bulk, history, rows, search
from liaison.store.checks import Faults, examine
from liaison.store.ids import STEP
from liaison.store.undo import UndoConflict
from tests.store.toy import HOUSE, PERSON, VISIT, add, edit, everything, remove


@pytest.fixture
def few(monkeypatch):
    """A block is worth it from eleven rows on, so that tests stay small."""
    monkeypatch.setattr(bulk, "COMPACT_FROM", 10)


@pytest.fixture(params=["row by row", "all at once"])
def either_way(request, monkeypatch):
    if request.param == "all at once":
        monkeypatch.setattr(rows, "MANY", 5)


def bring(store, count=50):
    with store.write("Bring in a list", kind="import", reason="sha256 abc") as session:
        person = add(session, PERSON, name="Siti")
        keys = bulk.reserve(session, VISIT, count)
        session.execute(
            sa.insert(VISIT),
            [{"id": k, "number": f"N{n}", "person_id": person, "amount": n} for n, k in enumerate(keys)],
        )
        return session.info["action_id"], person, keys


def state(store):
    with store.read() as session:
        return everything(session)


def test_a_large_import_is_one_line_and_its_block(store, few):
    action, _, _ = bring(store)

    with store.read() as session:
        told = history.changes(session, action)
    assert [(c.table, c.op) for c in told] == [("person", "I"), ("visit", "R")]
    assert store.verify() == []


def test_a_small_import_is_journaled_row_by_row(store):
    action, _, _ = bring(store)

    with store.read() as session:
        assert len(history.changes(session, action)) == 51


def test_one_undo_takes_a_large_import_back_and_a_redo_brings_it_again(store, few, either_way):
    action, person, keys = bring(store)
    full = state(store)

    undone = store.undo(action)
    assert state(store)["visit"] == {}
    assert examine(store) == Faults()

    redone = store.undo(undone)
    assert state(store) == full
    assert examine(store) == Faults()

    with store.read() as session:
        told = history.record_history(session, "visit", keys[7])
        assert [r.op for r in told] == ["I", "D", "R"]
        assert {f.field: f.after for f in told[0].fields} == full["visit"][keys[7]]
        assert [h.id for h in search.search(session, "n49")] == [person]
    store.undo(redone)
    assert state(store)["visit"] == {}


def stream(session, keys, rows):
    with bulk.streaming(session, VISIT, keys):
        session.execute(sa.insert(VISIT), rows)


def test_rows_of_a_block_go_in_without_their_triggers(store, few):
    with store.write("Bring in", kind="import") as session:
        person = add(session, PERSON, name="Siti")
        keys = bulk.reserve(session, VISIT, 20)
        rows = [{"id": k, "number": f"N{n}", "person_id": person} for n, k in enumerate(keys)]
        stream(session, keys, rows[:12])
        stream(session, keys, rows[12:])
        small = bulk.reserve(session, VISIT, 2)
        stream(session, small, [{"id": k, "number": str(k), "person_id": person} for k in small])
        action = session.info["action_id"]

    with store.read() as session:
        told = [(c.op, c.row_id) for c in history.changes(session, action)]
        assert [h.id for h in search.search(session, "n19")] == [person]
    assert told == [("I", person), ("R", keys[0]), ("I", small[0]), ("I", small[1])]
    assert examine(store) == Faults()


def test_a_row_outside_the_block_cannot_slip_past_the_journal(store, few):
    with (
        pytest.raises(RuntimeError, match="outside the reserved block"),
        store.write("Bring in", kind="import") as session,
    ):
        person = add(session, PERSON, name="Siti")
        keys = bulk.reserve(session, VISIT, 20)
        stream(session, keys, [{"id": session.info["ids"].one(), "number": "x", "person_id": person}])

    assert state(store)["visit"] == {}
    assert examine(store) == Faults()


def test_triggers_come_back_when_the_rows_are_refused(store, few):
    with store.write("Bring in", kind="import") as session:
        person = add(session, PERSON, name="Siti")
        keys = bulk.reserve(session, VISIT, 20)
        with pytest.raises(sa.exc.IntegrityError):
            stream(session, keys, [{"id": k, "number": "same", "person_id": person} for k in keys])
        session.execute(sa.delete(VISIT))

    assert examine(store) == Faults()


def test_rows_of_other_devices_between_the_keys_stay(store, few):
    action, person, keys = bring(store)
    with store.write("From elsewhere") as session:
        session.execute(sa.insert(VISIT).values(id=keys[0] + 1, number="other", person_id=person))

    with pytest.raises(UndoConflict) as conflict:
        store.undo(action)
    assert {c.field for c in conflict.value.clashes} == {"person_id"}

    with store.write("Move it") as session:
        edit(session, VISIT, keys[0] + 1, person_id=add(session, PERSON, name="Budi"))
    store.undo(action)
    assert list(state(store)["visit"]) == [keys[0] + 1]


def test_a_row_edited_since_is_in_the_way_until_it_is_back(store, few):
    action, _, keys = bring(store)
    with store.write("Raise") as session:
        edit(session, VISIT, keys[3], amount=999)

    with pytest.raises(UndoConflict) as conflict:
        store.undo(action)
    assert [(c.row_id, c.field) for c in conflict.value.clashes] == [(keys[3], "amount")]

    with store.write("Back") as session:
        edit(session, VISIT, keys[3], amount=3)
    store.undo(action)
    assert state(store)["visit"] == {}


def test_a_row_removed_since_is_not_in_the_way(store, few):
    action, _, keys = bring(store)
    with store.write("Remove") as session:
        remove(session, VISIT, keys[3])

    store.undo(action)

    assert state(store)["visit"] == {}


def test_a_row_of_a_block_edited_in_the_same_action_goes_with_the_block(store, few):
    with store.write("Bring in", kind="import") as session:
        person = add(session, PERSON, name="Siti")
        keys = bulk.reserve(session, VISIT, 20)
        session.execute(sa.insert(VISIT), [{"id": k, "number": str(k), "person_id": person} for k in keys])
        edit(session, VISIT, keys[0], amount=5)
        action = session.info["action_id"]

    store.undo(action)

    assert state(store)["visit"] == {}


def test_a_row_outside_the_block_is_journaled_in_full(store, few):
    with store.write("Bring in", kind="import") as session:
        person = add(session, PERSON, name="Siti")
        keys = bulk.reserve(session, VISIT, 20)
        outside = keys[-1] + STEP * 7 + 1
        session.execute(sa.insert(VISIT).values(id=outside, number="o", person_id=person))
        action = session.info["action_id"]

    with store.read() as session:
        assert [(c.table, c.op) for c in history.changes(session, action)] == [
            ("person", "I"),
            ("visit", "R"),
            ("visit", "I"),
        ]


def test_the_history_of_an_imported_row_begins_with_its_import(store, few):
    _, _, keys = bring(store)
    with store.write("Raise") as session:
        edit(session, VISIT, keys[3], amount=999)

    with store.read() as session:
        told = history.record_history(session, "visit", keys[3])

    assert [(r.action.title, r.op) for r in told] == [("Raise", "U"), ("Bring in a list", "R")]


def test_imported_rows_are_found_by_search_when_the_action_is_sealed(store, few):
    _, person, _ = bring(store)

    with store.read() as session:
        assert [h.id for h in search.search(session, "n49")] == [person]
        assert search.check_index(session, store.schema.subjects) == []


def test_people_brought_in_as_a_block_are_found_too(store, few):
    with store.write("Bring in", kind="import") as session:
        house = add(session, HOUSE, name="Pantai")
        keys = bulk.reserve(session, PERSON, 20)
        session.execute(
            sa.insert(PERSON), [{"id": k, "name": f"Wayan {n}", "house_id": house} for n, k in enumerate(keys)]
        )

    with store.read() as session:
        assert len(search.search(session, "wayan")) == 20
        assert search.check_index(session, store.schema.subjects) == []
