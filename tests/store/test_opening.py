import datetime as dt
import os
import shutil

import pytest
import sqlalchemy as sa

from liaison.domain.errors import Locked, Refused, Unavailable
from liaison.store import durable, engine, opening, vault
from liaison.store.engine import ReadInterrupted, check_sqlite
from liaison.store.kdf import CHEAP
from liaison.store.opening import create_store, open_store
from liaison.store.store import Reading
from tests.store.conftest import PASSPHRASE
from tests.store.toy import HOUSE, TOY_SCHEMA, add, everything


def open_toy(folder, passphrase=PASSPHRASE, **more):
    return open_store(folder, passphrase, schema=TOY_SCHEMA, **more)


def test_a_new_store_is_complete_and_opens_again(tmp_path, clock):
    store, code = create_store(
        tmp_path / "s", passphrase="x", officer=" Ani ", clock=clock, kdf=CHEAP, schema=TOY_SCHEMA
    )
    with store:
        assert store.verify() == []
        assert store.officer.name == "Ani"
    assert sorted(p.name for p in (tmp_path / "s").iterdir()) == [
        "attachments",
        "backups",
        "keys.json",
        "lock",
        "store.db",
    ]

    with open_toy(tmp_path / "s", None, recovery_code=code) as again:
        assert again.officer.name == "Ani"
        again.change_passphrase("new one", kdf=CHEAP)
    open_toy(tmp_path / "s", "new one").close()


def test_nothing_of_the_store_is_readable_on_disk(tmp_path, clock):
    store, _ = create_store(tmp_path / "s", passphrase="x", officer="Ani", clock=clock, kdf=CHEAP, schema=TOY_SCHEMA)
    with store.write("Add") as session:
        add(session, HOUSE, name="Siloam Kebon Jeruk")
    during = b"".join(p.read_bytes() for p in (tmp_path / "s").glob("store.db*"))
    store.close()
    after = (tmp_path / "s" / "store.db").read_bytes()

    for content in (during, after):
        assert b"Siloam" not in content
        assert b"CREATE TABLE" not in content
        assert not content.startswith(b"SQLite format")


def test_a_wrong_passphrase_says_so(toy_folder):
    with pytest.raises(Locked) as locked:
        open_toy(toy_folder, "wrong")

    assert locked.value.message == vault.WRONG_PASSPHRASE
    assert locked.value.exit_status == 3
    open_toy(toy_folder).close()


def test_an_empty_folder_is_no_store(tmp_path):
    with pytest.raises(Locked) as locked:
        open_toy(tmp_path)

    assert locked.value.message == vault.NO_STORE


def test_a_store_is_never_made_over_another(toy_folder, tmp_path):
    (tmp_path / "half").mkdir()
    shutil.copy(toy_folder / "store.db", tmp_path / "half" / "store.db")

    for folder in (toy_folder, tmp_path / "half"):
        with pytest.raises(Refused) as refused:
            create_store(folder, passphrase="x", officer="Ani", kdf=CHEAP, schema=TOY_SCHEMA)
        assert refused.value.message == opening.STORE_EXISTS


def test_an_officer_without_a_name_is_refused(tmp_path):
    with pytest.raises(Refused) as refused:
        create_store(tmp_path, passphrase="x", officer="  ", kdf=CHEAP, schema=TOY_SCHEMA)

    assert refused.value.problems[0].field == "officer"


@pytest.mark.parametrize(
    ("name", "sentence"), [("keys.json", opening.KEYS_MISSING), ("store.db", opening.FILE_MISSING)]
)
def test_a_missing_file_is_named_with_its_cure(toy_folder, name, sentence):
    (toy_folder / name).unlink()

    with pytest.raises(Locked) as locked:
        open_toy(toy_folder)

    assert locked.value.message == sentence


@pytest.mark.parametrize(
    "damage",
    [
        lambda b: b"",
        lambda b: b[:100],
        lambda b: b[: len(b) // 2],
        lambda b: bytes(len(b)),
        lambda b: b[:200] + bytes([b[200] ^ 1]) + b[201:],
        lambda b: os.urandom(len(b)),
    ],
)
def test_a_damaged_store_is_never_opened(toy_folder, damage):
    path = toy_folder / "store.db"
    path.write_bytes(damage(path.read_bytes()))

    with pytest.raises(Locked) as locked, open_toy(toy_folder) as store, store.read() as session:
        everything(session)

    assert locked.value.message == engine.DAMAGED


def test_the_salt_in_the_files_head_is_not_needed(toy_folder):
    path = toy_folder / "store.db"
    path.write_bytes(bytes(16) + path.read_bytes()[16:])

    with open_toy(toy_folder) as store:
        assert store.verify() == []


def test_a_store_cut_off_at_its_end_shows_against_the_key_file(toy_folder, tmp_path):
    shutil.copy(toy_folder / "store.db", tmp_path / "old.db")
    with open_toy(toy_folder) as store, store.write("Add") as session:
        add(session, HOUSE, name="x")

    shutil.copy(tmp_path / "old.db", toy_folder / "store.db")

    with open_toy(toy_folder) as store:
        assert [f.what for f in store.verify()] == ["cut off"]


def test_the_head_in_the_key_file_may_be_older_than_the_journal(toy_folder):
    store = open_toy(toy_folder)
    for n in range(3):
        with store.write("Add") as session:
            add(session, HOUSE, name=str(n))
    store._reader.dispose(), store._writer.dispose(), store._lock.release()

    with open_toy(toy_folder) as again:
        assert again.envelope.head.number == 1
        assert again.verify() == []
    with open_toy(toy_folder) as again:
        assert again.envelope.head.number == 4


def test_the_head_is_noted_every_fifty_actions(store):
    for n in range(50):
        with store.write("Add") as session:
            add(session, HOUSE, name=str(n))

    assert store.envelope.head.number == 51


def test_a_disk_too_full_for_the_head_does_not_take_back_what_is_saved(store, monkeypatch):
    def full(*_):
        raise Unavailable(durable.DISK_FULL)

    monkeypatch.setattr(vault, "write_envelope", full)
    for n in range(60):
        with store.write("Add") as session:
            add(session, HOUSE, name=str(n))

    monkeypatch.undo()
    with store.read() as session:
        assert len(everything(session)["house"]) == 60
    store.note_head()
    assert store.envelope.head.number == 61


def test_a_passphrase_changed_while_the_head_is_noted_is_not_lost(store, toy_folder):
    import threading

    def note():
        for n in range(20):
            with store.write("Add") as session:
                add(session, HOUSE, name=str(n))
            store.note_head()

    thread = threading.Thread(target=note)
    thread.start()
    for n in range(10):
        store.change_passphrase(f"number {n}", kdf=CHEAP)
    thread.join()
    store.close()

    with open_toy(toy_folder, "number 9") as opened, opened.read() as session:
        assert len(everything(session)["house"]) == 20
    with pytest.raises(Locked):
        open_toy(toy_folder, "number 8")


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2), (3, 52, 0)])
def test_a_library_that_can_damage_stores_is_refused(version):
    with pytest.raises(Locked) as locked:
        check_sqlite(version)

    assert locked.value.values["version"] == ".".join(map(str, version))


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 52, 1), (3, 53, 4)])
def test_a_sound_library_passes(version):
    assert version >= engine.FIRST_SAFE_SQLITE

    assert check_sqlite(version) is None, "nothing is raised"


def test_every_setting_is_in_place_on_every_connection(store):
    with store.read() as reading, store._writer.connect() as writing:
        for connection, cache in ((reading.connection(), -32768), (writing, -65536)):
            ask = connection.exec_driver_sql
            assert ask("PRAGMA journal_mode").scalar() == "wal"
            assert ask("PRAGMA synchronous").scalar() == 2
            assert ask("PRAGMA foreign_keys").scalar() == 1
            assert ask("PRAGMA recursive_triggers").scalar() == 1
            assert ask("PRAGMA secure_delete").scalar() == 1
            assert ask("PRAGMA temp_store").scalar() == 2
            assert ask("PRAGMA trusted_schema").scalar() == 0
            assert ask("PRAGMA cell_size_check").scalar() == 1
            assert ask("PRAGMA cache_size").scalar() == cache
        assert reading.connection().exec_driver_sql("PRAGMA query_only").scalar() == 1


def test_a_setting_that_does_not_take_is_a_fault(toy_folder, monkeypatch):
    monkeypatch.setitem(engine._SETTINGS, "synchronous", ("NORMAL", "2"))

    with pytest.raises(RuntimeError, match="synchronous is 1"):
        open_toy(toy_folder)


def test_errors_show_no_values(store):
    with pytest.raises(sa.exc.IntegrityError) as error, store.write("Add") as session:
        session.execute(sa.insert(HOUSE).values(id=1, name="Siti Aminah"))
        session.execute(sa.insert(HOUSE).values(id=1, name="Siti Aminah"))

    assert "Siti" not in str(error.value)


def test_a_store_opened_with_an_earlier_clock_repeats_no_key(toy_folder, clock):
    with open_toy(toy_folder, clock=clock) as store, store.write("Add") as session:
        first = add(session, HOUSE, name="a")
    clock.move(days=-900)

    with open_toy(toy_folder, clock=clock) as store, store.write("Add") as session:
        assert add(session, HOUSE, name="b") > first


def test_officers_come_and_go(store, toy_folder):
    budi = store.add_officer("Budi", "teh botol", kdf=CHEAP)
    assert [o.name for o in store.envelope.officers] == ["Ani", "Budi"]
    store.close()

    with open_toy(toy_folder, "teh botol", officer="Budi") as again:
        assert again.officer == budi
        code = again.new_recovery_code(kdf=CHEAP)
    with open_toy(toy_folder, None, recovery_code=code) as again:
        again.remove_officer(budi.id)
    with pytest.raises(Locked):
        open_toy(toy_folder, "teh botol")


def test_a_read_that_nobody_waits_for_is_stopped(store):
    import threading

    reading = Reading()
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    timer = threading.Timer(0.2, store.interrupt_reads)
    timer.start()

    with pytest.raises(ReadInterrupted), store.read(reading) as session:
        session.execute(sa.text(endless))
    timer.join()

    assert reading.is_stopped
    with store.read() as session:
        assert everything(session)["house"] == {}


def test_a_stopped_reading_begins_no_more(store):
    reading = Reading()
    reading.stop()

    with pytest.raises(ReadInterrupted), store.read(reading):
        pass


def test_a_kill_between_key_file_and_store_file_is_mended(tmp_path, clock, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(opening, "put_in_place", killed)
        create_store(tmp_path / "s", passphrase="x", officer="Ani", clock=clock, kdf=CHEAP, schema=TOY_SCHEMA)
    assert not (tmp_path / "s" / "store.db").exists()

    with open_toy(tmp_path / "s", "x") as store:
        assert store.verify() == []


def test_a_kill_before_the_key_file_leaves_an_empty_folder_to_begin_again(tmp_path, clock, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(vault, "write_envelope", killed)
        create_store(tmp_path / "s", passphrase="x", officer="Ani", clock=clock, kdf=CHEAP, schema=TOY_SCHEMA)

    create_store(tmp_path / "s", passphrase="x", officer="Ani", clock=clock, kdf=CHEAP, schema=TOY_SCHEMA)[0].close()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (28, durable.DISK_FULL),
        (122, durable.DISK_FULL),
        (5, durable.DISK_FAILS),
        (13, durable.NOT_WRITABLE),
        (30, durable.NOT_WRITABLE),
    ],
)
def test_what_the_disk_says_is_a_sentence_with_its_cure(number, sentence):
    with pytest.raises(Unavailable) as unavailable, durable.disk_trouble():
        raise OSError(number, "x")

    assert unavailable.value.message == sentence
    assert unavailable.value.exit_status == 4


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path, monkeypatch):
    target = tmp_path / "keys.json"
    target.write_bytes(b"old")

    def full(_):
        raise OSError(28, "no space")

    monkeypatch.setattr(durable.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        durable.write_file(target, b"new")

    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["keys.json"]


@pytest.mark.parametrize(
    ("code", "kind", "sentence"),
    [
        (5, Unavailable, engine.BUSY),
        (8, Unavailable, durable.NOT_WRITABLE),
        (9, ReadInterrupted, engine.BUSY),
        (10 | 3 << 8, Unavailable, durable.DISK_FAILS),
        (11, Locked, engine.DAMAGED),
        (13, Unavailable, durable.DISK_FULL),
        (14, Unavailable, durable.DISK_FAILS),
        (26, Locked, engine.DAMAGED),
    ],
)
def test_what_sqlite_says_of_disk_and_file_is_a_sentence_with_its_cure(code, kind, sentence):
    from sqlcipher3 import dbapi2

    error = dbapi2.OperationalError("x")
    error.sqlite_errorcode = code

    for raised in (error, sa.exc.OperationalError("x", {}, error)):
        with pytest.raises(kind) as told, engine.database_trouble():
            raise raised
        assert told.value.message == sentence


def test_a_bug_stays_a_bug():
    from sqlcipher3 import dbapi2

    with pytest.raises(dbapi2.OperationalError), engine.database_trouble():
        raise dbapi2.OperationalError("no such table")


def test_a_full_disk_costs_nothing_that_was_saved(toy_folder, clock):
    """The file may not grow any further: the save is refused, the rest is there, and the next small one works."""
    with open_toy(toy_folder, clock=clock) as store:
        with store.write("Add") as session:
            add(session, HOUSE, name="kept")
        with store._writer.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA max_page_count = 60").fetchall()

        with pytest.raises(Unavailable) as unavailable, store.write("Too much") as session:
            for n in range(1000):
                add(session, HOUSE, name=f"{n}" * 400)
        assert unavailable.value.message == durable.DISK_FULL

        with store._writer.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA max_page_count = 100000").fetchall()
        with store.write("Add") as session:
            add(session, HOUSE, name="after")
        with store.read() as session:
            assert {r["name"] for r in everything(session)["house"].values()} == {"kept", "after"}
        assert store.verify() == []


def test_the_clock_must_have_a_zone(store):
    store.clock = lambda: dt.datetime(2026, 1, 1)  # noqa: DTZ001

    with pytest.raises((ValueError, TypeError)), store.write("Add") as session:
        add(session, HOUSE, name="x")
