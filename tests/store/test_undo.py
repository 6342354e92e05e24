import pytest
import sqlalchemy as sa

from liaison.domain.errors import Conflict
from liaison.i18n import Language
from liaison.store import history
from liaison.store.undo import UNDONE_ALREADY, UndoConflict
from tests.store.toy import HOUSE, PERSON, VISIT, add, edit, everything, remove


def state(store):
    with store.read() as session:
        return everything(session)


@pytest.fixture
def people(store):
    """A house with two people, one of them with a visit; the actions that made them."""
    with store.write("Add people") as session:
        house = add(session, HOUSE, name="Siloam")
        siti = add(session, PERSON, name="Siti", phone="0811", house_id=house)
        budi = add(session, PERSON, name="Budi", phone="0812", house_id=house)
        visit = add(session, VISIT, number="A1", person_id=siti, amount=100)
        made = session.info["action_id"]
    return {"house": house, "siti": siti, "budi": budi, "visit": visit, "made": made}


def act(store, title, work):
    with store.write(title) as session:
        work(session)
        return session.info["action_id"]


def test_an_edit_is_taken_back_and_brought_again(store, people):
    before = state(store)
    renamed = act(store, "Rename", lambda s: edit(s, PERSON, people["siti"], name="Siti Aminah", phone="0899"))
    after = state(store)

    undone = store.undo(renamed)
    assert state(store) == before

    redone = store.undo(undone)
    assert state(store) == after

    store.undo(redone)
    assert state(store) == before
    assert store.verify() == []


def test_undo_works_next_week_after_a_restart(reopen, clock):
    store = reopen()
    person = None
    with store.write("Add a person") as session:
        person = add(session, PERSON, name="Siti")
    renamed = act(store, "Rename", lambda s: edit(s, PERSON, person, name="Sitti"))
    clock.move(days=7)

    store = reopen()
    store.undo(renamed)

    assert state(store)["person"][person]["name"] == "Siti"


def test_everything_that_one_action_made_goes_and_comes_back_whole(store, people):
    full = state(store)

    undone = store.undo(people["made"])
    assert state(store) == {"house": {}, "person": {}, "visit": {}}

    store.undo(undone)
    assert state(store) == full


def test_columns_that_others_changed_since_are_named_and_nothing_is_written(store, people):
    renamed = act(store, "Rename", lambda s: edit(s, PERSON, people["siti"], name="Siti Aminah", phone="0899"))
    act(store, "Correct the phone", lambda s: edit(s, PERSON, people["siti"], phone="0877"))
    before = state(store)

    with pytest.raises(UndoConflict) as conflict:
        store.undo(renamed)

    assert [(c.row_id, c.field) for c in conflict.value.clashes] == [(people["siti"], "phone")]
    assert "phone changed since" in conflict.value.text(Language("en"))
    assert state(store) == before
    assert store.verify() == []


def test_other_columns_of_the_same_record_are_no_conflict(store, people):
    renamed = act(store, "Rename", lambda s: edit(s, PERSON, people["siti"], name="Siti Aminah"))
    act(store, "Correct the phone", lambda s: edit(s, PERSON, people["siti"], phone="0877"))

    store.undo(renamed)

    assert state(store)["person"][people["siti"]] == {
        "name": "Siti",
        "phone": "0877",
        "house_id": people["house"],
        "photo": None,
    }


def test_a_column_that_is_back_already_is_no_conflict(store, people):
    renamed = act(store, "Rename", lambda s: edit(s, PERSON, people["siti"], name="Siti Aminah"))
    act(store, "Rename back", lambda s: edit(s, PERSON, people["siti"], name="Siti"))

    store.undo(renamed)

    assert state(store)["person"][people["siti"]]["name"] == "Siti"


def test_a_new_record_that_was_edited_since_stays(store, people):
    act(store, "Rename", lambda s: edit(s, PERSON, people["budi"], name="Boedi"))

    with pytest.raises(UndoConflict) as conflict:
        store.undo(people["made"])

    assert {(c.row_id, c.field) for c in conflict.value.clashes} == {(people["budi"], "name")}


def test_a_new_record_that_something_refers_to_stays(store, people):
    act(store, "Add a visit", lambda s: add(s, VISIT, number="A2", person_id=people["budi"]))

    with pytest.raises(UndoConflict) as conflict:
        store.undo(people["made"])

    assert {(c.table, c.field) for c in conflict.value.clashes} == {("visit", "person_id")}


def test_a_record_that_is_gone_is_named(store, people):
    moved = act(store, "Raise the amount", lambda s: edit(s, VISIT, people["visit"], amount=200))
    act(store, "Remove the visit", lambda s: remove(s, VISIT, people["visit"]))

    with pytest.raises(UndoConflict) as conflict:
        store.undo(moved)

    assert [(c.table, c.field) for c in conflict.value.clashes] == [("visit", "*")]


def test_a_step_is_undone_once_until_it_is_redone(store, people):
    removed = act(store, "Remove the visit", lambda s: remove(s, VISIT, people["visit"]))
    undone = store.undo(removed)

    with pytest.raises(Conflict) as conflict:
        store.undo(removed)
    assert conflict.value.message == UNDONE_ALREADY

    store.undo(undone)
    store.undo(removed)


def test_a_record_that_exists_again_is_named(store, people):
    removed = act(store, "Remove the visit", lambda s: remove(s, VISIT, people["visit"]))

    def bring(session):
        session.execute(sa.insert(VISIT).values(id=people["visit"], number="Z", person_id=people["budi"]))

    act(store, "Bring it by hand", bring)

    with pytest.raises(UndoConflict) as conflict:
        store.undo(removed)
    assert [(c.table, c.field) for c in conflict.value.clashes] == [("visit", "*")]


def test_a_value_that_another_record_took_is_named(store, people):
    removed = act(store, "Remove the visit", lambda s: remove(s, VISIT, people["visit"]))
    act(store, "Give the number away", lambda s: add(s, VISIT, number="A1", person_id=people["budi"]))

    with pytest.raises(UndoConflict) as conflict:
        store.undo(removed)

    assert [(c.table, c.field) for c in conflict.value.clashes] == [("visit", "number")]


def test_a_reference_to_a_record_that_went_is_named(store, people):
    removed = act(store, "Remove the visit", lambda s: remove(s, VISIT, people["visit"]))
    act(store, "Remove the person", lambda s: remove(s, PERSON, people["siti"]))

    with pytest.raises(UndoConflict) as conflict:
        store.undo(removed)

    assert [(c.table, c.field) for c in conflict.value.clashes] == [("visit", "person_id")]


def test_swapped_unique_values_swap_back(store, people):
    with store.write("Add a visit") as session:
        second = add(session, VISIT, number="A2", person_id=people["budi"])

    def swap(session):
        edit(session, VISIT, people["visit"], number="x")
        edit(session, VISIT, second, number="A1")
        edit(session, VISIT, people["visit"], number="A2")

    before = state(store)
    swapped = act(store, "Swap the numbers", swap)
    after = state(store)

    undone = store.undo(swapped)
    assert state(store) == before
    store.undo(undone)
    assert state(store) == after


def test_steps_within_one_action_fold_into_one(store, people):
    def work(session):
        edit(session, PERSON, people["siti"], name="S1")
        edit(session, PERSON, people["siti"], name="S2", phone="1")
        new = add(session, PERSON, name="Tono")
        edit(session, PERSON, new, name="Toni")
        passing = add(session, PERSON, name="Nobody")
        remove(session, PERSON, passing)
        remove(session, VISIT, people["visit"])
        session.execute(sa.insert(VISIT).values(id=people["visit"], number="B1", person_id=people["budi"]))

    before = state(store)
    done = act(store, "Many steps", work)
    after = state(store)

    undone = store.undo(done)
    assert state(store) == before
    store.undo(undone)
    assert state(store) == after


def test_steps_of_the_world_are_not_undone(store):
    with store.write("Print", kind="disclosure") as session:
        add(session, HOUSE, name="x")
        action = session.info["action_id"]

    with pytest.raises(Conflict):
        store.undo(action)


def test_an_unknown_action_is_a_mistake_of_the_caller(store):
    with pytest.raises(KeyError):
        store.undo(12345)


def test_the_version_rises_with_every_undo(store, people):
    renamed = act(store, "Rename", lambda s: edit(s, PERSON, people["siti"], name="x"))
    store.undo(renamed)

    with store.read() as session:
        assert session.execute(sa.select(PERSON.c.version).where(PERSON.c.id == people["siti"])).scalar() == 3


def test_the_menu_walks_back_and_forth_like_an_editor(store, people):
    first = act(store, "First", lambda s: edit(s, HOUSE, people["house"], name="1"))
    second = act(store, "Second", lambda s: edit(s, HOUSE, people["house"], name="2"))

    def menu():
        with store.read() as session:
            undo, redo = history.next_undo(session), history.next_redo(session)
        return undo and undo.title, redo and redo.title

    assert menu() == ("Second", None)
    undo_second = store.undo(second)
    assert menu() == ("First", "Second")
    undo_first = store.undo(first)
    assert menu() == ("Add people", "First")
    store.undo(undo_first)
    assert menu() == ("First", "Second")
    store.undo(undo_second)
    assert menu() == ("Second", None)
    store.undo(second)
    act(store, "Third", lambda s: edit(s, HOUSE, people["house"], name="3"))
    assert menu() == ("Third", None)


def test_the_history_of_an_undo_carries_the_title_of_the_step(store, people):
    renamed = act(store, "Rename", lambda s: edit(s, HOUSE, people["house"], name="1"))
    undone = store.undo(renamed)
    redone = store.undo(undone)

    with store.read() as session:
        lines = {a.id: a for a in history.actions(session)}
    assert [lines[i].title for i in (renamed, undone, redone)] == ["Rename"] * 3
    assert [lines[i].is_redo for i in (renamed, undone, redone)] == [False, False, True]
    assert lines[undone].undone_by == redone
    assert lines[renamed].undone_by is None
    assert lines[renamed].is_undoable
