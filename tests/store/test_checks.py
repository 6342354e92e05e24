import contextlib

import pytest

from liaison.domain.errors import Locked
from liaison.store.checks import Faults, examine
from tests.store.toy import HOUSE, PERSON, VISIT, add


@pytest.fixture
def full(store):
    sealed = store.attachments.put(b"scan")
    with store.write("Add") as session:
        person = add(session, PERSON, name="Siti")
        add(session, VISIT, number="1", person_id=person, file_id=sealed.file_id)
        add(session, HOUSE, name="x")
    return store


def codes(store):
    return list(examine(store).parts)


def meddle(store, *statements):
    with store._writer.connect() as connection, connection.begin():
        for sql in statements:
            connection.exec_driver_sql(sql)


def test_a_sound_store_has_nothing_to_tell(full):
    assert examine(full) == Faults()


def test_a_meddled_journal_is_told(full):
    meddle(full, 'DROP TRIGGER "j__change_kept_u"', "UPDATE change SET after_json = '{}'")

    assert codes(full) == ["journal", "triggers"]


def test_a_lost_index_entry_is_told(full):
    meddle(full, "DELETE FROM search_doc")

    assert codes(full) == ["search"]


def test_a_missing_file_is_told(full):
    for name in full.attachments.names():
        full.attachments.shred(name)

    assert codes(full) == ["attachments"]


def test_lost_references_are_told(full):
    with full._writer.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DROP TRIGGER j_visit_u")
        raw.execute("UPDATE visit SET person_id = 5")
        raw.execute("PRAGMA foreign_keys = ON")

    assert "references" in codes(full)


def test_a_damaged_page_is_told(full):
    with full._writer.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    path = full.folder / "store.db"
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)

    assert codes(full) == ["file"]
    with contextlib.suppress(Locked):
        full.close()


def test_a_store_whose_triggers_were_lost_gets_them_back_when_opened(reopen):
    store = reopen()
    meddle(store, "DROP TRIGGER j_house_i", "DROP TABLE search_words")

    store = reopen()

    assert examine(store) == Faults()
    with store.write("Add") as session:
        add(session, HOUSE, name="x")
    assert examine(store) == Faults()
