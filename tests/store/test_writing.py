"""The rules of the journal that the database itself keeps, whoever writes."""

import threading

import pytest
import sqlalchemy as sa

from liaison.domain.errors import Conflict
from liaison.store import history, journal
from liaison.store.journal_tables import ActionKind
from tests.store.toy import COUNTER, HOUSE, PERSON, TOY, VISIT, add, edit, everything, remove


def changes(store):
    with store.read() as session:
        sql = "SELECT op, table_name, before_json, after_json FROM change ORDER BY seq"
        return [tuple(r) for r in session.execute(sa.text(sql))]


def test_every_write_is_one_action_with_its_changes(store, clock):
    with store.write("Add a house", reason="opened today") as session:
        house = add(session, HOUSE, name="Siloam")

    with store.write("Rename a house") as session:
        edit(session, HOUSE, house, name="Siloam Hospitals")

    with store.read() as session:
        newest, first, made = history.actions(session)
    assert (newest.title, newest.actor, newest.at, newest.changes) == ("Rename a house", "Ani", clock.now, 1)
    assert (first.title, first.reason) == ("Add a house", "opened today")
    assert made.kind is ActionKind.INIT
    assert changes(store) == [
        ("I", "house", None, '{"name":"Siloam"}'),
        ("U", "house", '{"name":"Siloam"}', '{"name":"Siloam Hospitals"}'),
    ]


def test_leaving_by_an_exception_leaves_nothing_behind(store):
    with pytest.raises(ZeroDivisionError), store.write("Add a house") as session:
        add(session, HOUSE, name="Siloam")
        session.flush()
        _ = 1 / 0

    assert changes(store) == []
    assert store.verify() == []


def test_an_action_that_changed_nothing_leaves_no_line(store):
    with store.write("Look only"):
        pass

    with store.read() as session:
        assert [a.kind for a in history.actions(session)] == [ActionKind.INIT]


def test_what_the_world_did_is_kept_even_without_a_change(store):
    with store.write("Print a summary", kind="disclosure"):
        pass

    with store.read() as session:
        assert history.actions(session)[0].title == "Print a summary"


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO house(id, name) VALUES (1, 'x')",
        "INSERT OR IGNORE INTO house(id, name) VALUES (1, 'x')",
        "INSERT OR REPLACE INTO house(id, name) VALUES (1, 'x')",
        "INSERT INTO house(id, name) VALUES (5, 'x') ON CONFLICT DO NOTHING",
        "UPDATE house SET name = 'y'",
        "DELETE FROM house",
    ],
)
def test_a_write_without_an_action_is_refused(store, sql):
    with store.write("Add a house") as session:
        add(session, HOUSE, name="Siloam")

    with (
        store._writer.connect() as connection,
        connection.begin(),
        pytest.raises(sa.exc.IntegrityError, match="no action"),
    ):
        connection.exec_driver_sql(sql)


def test_an_action_without_its_seal_cannot_be_committed(store):
    columns = "id, kind, title, actor, device, at_us, first_seq"
    with store._writer.connect() as connection:
        connection.begin()
        connection.exec_driver_sql(f"INSERT INTO action({columns}) VALUES (5, 'do', 't', 'a', 1, 1, 0)")

        with pytest.raises(sa.exc.IntegrityError):
            connection.commit()
        connection.rollback()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE action SET title = 'x'",
        "DELETE FROM action",
        "UPDATE change SET after_json = '{}'",
        "DELETE FROM change",
        "UPDATE change SET digest = x'00', before_json = NULL, after_json = NULL, salt = NULL",
        "INSERT INTO change(action_id, table_name, row_id, op) SELECT id, 'house', 1, 'D' FROM action LIMIT 1",
    ],
)
def test_sealed_history_is_kept(store, sql):
    with store.write("Add a house") as session:
        add(session, HOUSE, name="Siloam")

    with (
        store._writer.connect() as connection,
        connection.begin(),
        pytest.raises(sa.exc.IntegrityError, match="journal"),
    ):
        connection.exec_driver_sql(sql)


def test_a_key_cannot_be_changed(store):
    with store.write("Add a house") as session:
        house = add(session, HOUSE, name="Siloam")

    with pytest.raises(sa.exc.IntegrityError, match="primary key"), store.write("Move it") as session:
        session.execute(sa.update(HOUSE).where(HOUSE.c.id == house).values(id=5))


def test_replacing_a_row_is_a_deletion_and_an_insertion(store):
    with store.write("Add people") as session:
        person = add(session, PERSON, name="Siti")
        visit = add(session, VISIT, number="A1", person_id=person)

    with store.write("Replace by number") as session:
        new = session.info["ids"].one()
        session.execute(
            sa.text("INSERT OR REPLACE INTO visit(id, number, person_id) VALUES (:i, 'A1', :p)"),
            {"i": new, "p": person},
        )
        action = session.info["action_id"]

    with store.read() as session:
        assert [(c.op, c.row_id) for c in history.changes(session, action)] == [("D", visit), ("I", new)]
    store.undo(action)
    with store.read() as session:
        assert list(everything(session)["visit"]) == [visit]


def test_a_savepoint_rolled_back_leaves_no_change(store):
    with store.write("Add houses") as session:
        add(session, HOUSE, name="Siloam")
        with pytest.raises(ZeroDivisionError), session.begin_nested():
            add(session, HOUSE, name="Pantai")
            _ = 1 / 0

    assert [c[3] for c in changes(store)] == ['{"name":"Siloam"}']
    assert store.verify() == []


def test_a_commit_inside_an_action_commits_nothing_by_itself(store):
    with pytest.raises(ZeroDivisionError), store.write("Add a house") as session:
        add(session, HOUSE, name="Siloam")
        session.commit()
        _ = 1 / 0

    assert changes(store) == []


def test_a_rollback_inside_an_action_is_refused(store):
    with pytest.raises((RuntimeError, sa.exc.SQLAlchemyError)), store.write("Add a house") as session:
        add(session, HOUSE, name="Siloam")
        session.rollback()
        add(session, HOUSE, name="Pantai")

    assert changes(store) == []
    with store.write("Add a house") as session:
        add(session, HOUSE, name="Pantai")


def test_an_action_within_an_action_is_refused(store):
    with pytest.raises(RuntimeError, match="open on this thread"), store.write("Outer"), store.write("Inner"):
        pass


def test_writers_wait_for_each_other(store):
    def work(number):
        for n in range(20):
            with store.write("Add a house") as session:
                add(session, HOUSE, name=f"{number}-{n}")

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(changes(store)) == 80
    assert store.verify() == []


def test_a_reader_keeps_its_view_beside_a_writer(store):
    with store.read() as before:
        assert everything(before)["house"] == {}
        with store.write("Add a house") as session:
            add(session, HOUSE, name="Siloam")
        assert everything(before)["house"] == {}

    with store.read() as after:
        assert len(everything(after)["house"]) == 1


def test_a_reader_cannot_write(store):
    with pytest.raises(Exception, match=r"readonly|disk|folder"), store.read() as session:
        session.execute(sa.insert(COUNTER).values(id=1, last=1))


def test_unjournaled_tables_are_written_without_a_change(store):
    with store.write("Count") as session:
        session.execute(sa.insert(COUNTER).values(id=1, last=1))

    assert changes(store) == []


def test_bytes_are_journaled_as_hex_and_come_back(store):
    with store.write("Add a person") as session:
        person = add(session, PERSON, name="Siti", photo=b"\x00\xff")
    with store.write("Remove a person") as session:
        remove(session, PERSON, person)
        action = session.info["action_id"]

    store.undo(action)

    with store.read() as session:
        assert everything(session)["person"][person]["photo"] == b"\x00\xff"


def test_time_alone_acts_as_the_system(store):
    with store.write("Let a letter expire", by_system=True) as session:
        add(session, HOUSE, name="Siloam")
        assert session.info["actor"] == "system"

    with store.read() as session:
        line = history.actions(session)[0]
        assert (line.actor, line.officer_id) == ("system", None)
        assert history.next_undo(session) is None


def test_a_session_knows_who_when_and_what(store, clock):
    with store.write("Add a house") as session:
        info = session.info
        assert (info["actor"], info["officer_id"]) == ("Ani", store.officer.id)
        assert info["clock"]() == clock.now
        assert info["store"] is store
        assert info["ids"].one() > info["action_id"]


def test_a_stale_record_is_a_conflict(real_store):
    from liaison.store.models import OfficeRow

    with real_store.write("Name the office") as session:
        office = OfficeRow(name="Medan", city="MDN")
        session.add(office)
        session.flush()
        key = office.id

    with pytest.raises(Conflict), real_store.write("Rename the office") as session:
        row = session.get(OfficeRow, key)
        row.name = "Medan Kota"
        session.connection().exec_driver_sql("UPDATE office SET version = version + 1")
        session.flush()


def test_reals_are_refused_when_triggers_are_made():
    from liaison.store.triggers import journal_triggers

    metadata = sa.MetaData()
    sa.Table("weight", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("kg", sa.Float))

    with pytest.raises(TypeError, match="whole numbers"):
        journal_triggers(metadata)


def test_an_erased_person_leaves_a_chain_that_verifies(store):
    with store.write("Add a person") as session:
        person = add(session, PERSON, name="Siti Aminah")
        added = session.info["action_id"]
    with store.write("Rename") as session:
        edit(session, PERSON, person, name="Siti A")

    with store.write("Erase a person", kind="erase") as session:
        remove(session, PERSON, person)
        blanked = journal.erase(session, {"person": [person]})
        erased = session.info["action_id"]

    assert blanked == 3
    assert store.verify() == []
    assert "Siti" not in str(changes(store))
    for action in (added, erased):
        with pytest.raises(Conflict):
            store.undo(action)


def test_the_tables_are_under_the_journal_unless_they_say_otherwise():
    from liaison.store.triggers import journaled_tables

    assert {t.name for t in journaled_tables(TOY)} == {"house", "person", "visit"}
