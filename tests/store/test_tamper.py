"""Whoever changes the journal behind the program's back is found: 23 ways at several places, all triggers dropped."""

import pytest

from liaison.store import journal
from tests.store.toy import HOUSE, PERSON, add, edit, remove

PLACES = (1, 3, 6)

CHANGES = {
    "after": 'UPDATE change SET after_json = \'{"name":"Eve"}\' WHERE seq = :s',
    "before": 'UPDATE change SET before_json = \'{"name":"Eve"}\' WHERE seq = :s',
    "row": "UPDATE change SET row_id = row_id + 1 WHERE seq = :s",
    "table": "UPDATE change SET table_name = 'visit' WHERE seq = :s",
    "op": "UPDATE change SET op = iif(op = 'D', 'U', 'D') WHERE seq = :s",
    "salt": "UPDATE change SET salt = x'00' WHERE seq = :s",
    "row version": "UPDATE change SET row_version = 99 WHERE seq = :s",
    "delete": "DELETE FROM change WHERE seq = :s",
    "double": "INSERT INTO change SELECT 1000, action_id, table_name, row_id, op, row_version, before_json, "
    "after_json, salt, digest FROM change WHERE seq = :s",
    "move": "UPDATE change SET action_id = (SELECT max(id) FROM action WHERE last_seq < :s) WHERE seq = :s",
    "to the end": "UPDATE change SET seq = 1000 WHERE seq = :s",
    "blank": "UPDATE change SET digest = x'00', before_json = NULL, after_json = NULL, salt = NULL WHERE seq = :s",
    "title": "UPDATE action SET title = 'Nothing' WHERE last_seq = :s",
    "actor": "UPDATE action SET actor = 'Eve' WHERE last_seq = :s",
    "time": "UPDATE action SET at_us = at_us - 1 WHERE last_seq = :s",
    "reason": "UPDATE action SET reason = 'because' WHERE last_seq = :s",
    "link": "UPDATE action SET undoes_action_id = (SELECT min(id) FROM action) WHERE last_seq = :s",
    "kind": "UPDATE action SET kind = 'import' WHERE last_seq = :s",
    "mac": "UPDATE action SET mac = (SELECT mac FROM action WHERE chain_no = 1) WHERE last_seq = :s",
    "number": "UPDATE action SET chain_no = chain_no + 100 WHERE last_seq = :s",
    "unseal": "UPDATE action SET open = 1, chain_no = NULL, mac = NULL, last_seq = NULL WHERE last_seq = :s",
    "last id": "UPDATE action SET last_id = 1 WHERE last_seq = :s",
    "invalid list": "UPDATE change SET op = 'E', after_json = 'x' WHERE seq = :s",
}


@pytest.fixture
def busy(store):
    with store.write("Add") as session:
        house = add(session, HOUSE, name="Siloam")
    for n in range(8):
        with store.write(f"Step {n}") as session:
            if n % 3 == 2:
                remove(session, HOUSE, house)
                house = add(session, HOUSE, name=f"House {n}")
            elif n % 3 == 1:
                add(session, PERSON, name=f"Person {n}")
            else:
                edit(session, HOUSE, house, name=f"Name {n}")
    return store


def meddle(store, *statements):
    with store._writer.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f'DROP TRIGGER "{name}"')
        for sql in statements:
            raw.execute(sql)
        raw.execute("PRAGMA foreign_keys = ON")


def test_an_untouched_journal_verifies(busy):
    assert busy.verify() == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("change", list(CHANGES))
def test_every_change_is_found(busy, change, place):
    meddle(busy, CHANGES[change].replace(":s", str(place)))

    assert busy.verify() != []


def test_actions_that_changed_places_are_found(busy):
    meddle(
        busy,
        "UPDATE action SET chain_no = -1 WHERE chain_no = 3",
        "UPDATE action SET chain_no = 3 WHERE chain_no = 4",
        "UPDATE action SET chain_no = 4 WHERE chain_no = -1",
    )

    assert busy.verify() != []


def test_an_action_cut_out_and_renumbered_is_found(busy):
    meddle(
        busy,
        "DELETE FROM change WHERE action_id = (SELECT id FROM action WHERE chain_no = 4)",
        "DELETE FROM action WHERE chain_no = 4",
        "UPDATE action SET chain_no = chain_no - 1 WHERE chain_no > 4",
    )

    assert busy.verify() != []


def test_a_tail_cut_off_is_found_by_the_head_in_the_key_file(busy):
    busy.note_head()
    meddle(
        busy,
        "DELETE FROM change WHERE action_id IN (SELECT id FROM action WHERE chain_no > 6)",
        "DELETE FROM action WHERE chain_no > 6",
    )

    with busy.read() as session:
        inside = journal.verify(session.connection(), key=busy._journal_key)
    assert inside == []
    assert [f.what for f in busy.verify()] == ["cut off"]


def test_without_the_key_no_link_can_be_forged(busy):
    with busy.read() as session:
        assert len(journal.verify(session.connection(), key=bytes(32))) == 10
