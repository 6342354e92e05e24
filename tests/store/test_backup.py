import datetime as dt
import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison.domain.errors import Locked, Refused, Unavailable
from liaison.store import backup, backup_manifest, history
from liaison.store.backup import back_up, back_up_if_due, kept_backups, newest, restore, thin, verify_backup
from liaison.store.checks import Faults, examine
from liaison.store.durable import DISK_FULL
from liaison.store.journal_tables import ActionKind
from liaison.store.opening import open_store
from tests.store.conftest import PASSPHRASE
from tests.store.toy import HOUSE, PERSON, TOY_SCHEMA, VISIT, add, everything


@pytest.fixture
def full(store):
    """A store with a person, a visit and its attached file."""
    sealed = store.attachments.put(b"passport scan")
    with store.write("Add") as session:
        person = add(session, PERSON, name="Siti")
        add(session, VISIT, number="1", person_id=person, file_id=sealed.file_id)
    store.sealed = sealed
    return store


def bring_back(made, to, **how):
    return restore(made.path, to, schema=TOY_SCHEMA, **(how or {"passphrase": PASSPHRASE}))


def test_a_backup_comes_back_whole_in_a_new_folder(full, tmp_path, clock):
    made = back_up(full)
    with full.read() as session:
        before = everything(session)

    restored = bring_back(made, tmp_path / "new")

    assert (restored.rows, restored.missing, restored.made_at) == (made.rows, (), clock.now)
    with open_store(tmp_path / "new", PASSPHRASE, schema=TOY_SCHEMA) as again:
        with again.read() as session:
            assert everything(session) == before
            assert history.actions(session)[0].kind is ActionKind.RESTORE
        assert again.verify() == []
        assert examine(again) == Faults()
        assert again.attachments.read(full.sealed.file_id, full.sealed.file_key) == b"passport scan"


def test_the_paper_alone_brings_a_backup_back(full, tmp_path, recovery_code):
    made = back_up(full, to=tmp_path / "stick")
    elsewhere = tmp_path / "other laptop"
    (tmp_path / "stick").rename(elsewhere)

    restored = bring_back_from(elsewhere / made.path.name, tmp_path / "new", recovery_code=recovery_code)

    assert restored.missing == ()


def bring_back_from(path, to, **how):
    return restore(path, to, schema=TOY_SCHEMA, **how)


def test_a_restore_never_overwrites(full, tmp_path, toy_folder):
    made = back_up(full)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "letter.txt").write_text("x")

    for folder in (toy_folder, tmp_path / "taken", tmp_path / "taken" / "letter.txt"):
        with pytest.raises(Refused) as refused:
            bring_back(made, folder)
        assert refused.value.message == backup.FOLDER_TAKEN
    (tmp_path / "empty").mkdir()
    bring_back(made, tmp_path / "empty")


def test_a_wrong_passphrase_restores_nothing(full, tmp_path):
    made = back_up(full)

    with pytest.raises(Locked):
        bring_back(made, tmp_path / "new", passphrase="wrong")

    assert not (tmp_path / "new").exists()


def test_attached_files_are_copied_once_and_missing_ones_are_told(full, tmp_path, clock):
    first = back_up(full)
    copied = first.path.parent / "attachments" / full.sealed.file_id
    os.utime(copied, (5, 5))
    clock.move(hours=1)
    second = back_up(full)
    assert copied.stat().st_mtime == 5

    copied.unlink()
    assert bring_back(second, tmp_path / "new").missing == (full.sealed.file_id,)


def test_a_backup_holds_nothing_in_clear(full):
    made = back_up(full)

    content = made.path.read_bytes()

    assert b"Siti" not in content
    assert b"CREATE TABLE" not in content
    with zipfile.ZipFile(made.path) as file:
        assert sorted(file.namelist()) == ["keys.json", "manifest.json", "store.db"]


def test_nothing_is_left_lying_about(full):
    made = back_up(full)

    assert sorted(p.name for p in made.path.parent.iterdir()) == ["attachments", made.path.name]


@pytest.fixture(scope="module")
def one_backup(tmp_path_factory, toy_template):
    import shutil

    folder = tmp_path_factory.mktemp("backup") / "store"
    shutil.copytree(toy_template[0], folder)
    with open_store(folder, PASSPHRASE, schema=TOY_SCHEMA) as store:
        with store.write("Add") as session:
            add(session, HOUSE, name="x")
        made = back_up(store)
        return made.path, store.opened


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_damaged_backup_is_never_accepted(one_backup, tmp_path, data):
    path, opened = one_backup
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    match data.draw(st.sampled_from(["flip", "cut", "zero"])):
        case "flip":
            content[at] ^= data.draw(st.integers(1, 255))
        case "cut":
            content = content[:at]
        case "zero":
            if not any(content[at : at + 64]):
                return
            content[at : at + 64] = bytes(len(content[at : at + 64]))
    hurt = tmp_path / "hurt.zip"
    hurt.write_bytes(content)
    if _same_members(path, hurt):
        return

    with pytest.raises(Locked):
        verify_backup(hurt, opened)


def _same_members(first, second):
    """Bytes of a zip that carry nothing (times, flags of the directory) may change."""
    try:
        with zipfile.ZipFile(first) as a, zipfile.ZipFile(second) as b:
            return all(a.read(n) == b.read(n) for n in a.namelist())
    except Exception:  # noqa: BLE001
        return False


def _rezipped(path, target, **replaced):
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = replaced.get(name.split(".")[0], old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


def test_parts_of_other_backups_are_not_accepted(one_backup, full, tmp_path):
    path, opened = one_backup
    stranger = back_up(full)
    with zipfile.ZipFile(stranger.path) as file:
        others = {n.split(".")[0]: file.read(n) for n in file.namelist()}

    for part, content in others.items():
        with pytest.raises(Locked):
            verify_backup(_rezipped(path, tmp_path / f"{part}.zip", **{part: content}), opened)
    for part in others:
        with pytest.raises(Locked):
            verify_backup(_rezipped(path, tmp_path / f"no-{part}.zip", **{part: None}), opened)


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip" * 100])
def test_what_is_no_backup_says_so(tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)

    with pytest.raises(Locked) as locked:
        bring_back_from(tmp_path / "x.zip", tmp_path / "new", passphrase="x")
    assert locked.value.message == backup_manifest.BAD_BACKUP


def test_a_missing_backup_says_so(tmp_path):
    with pytest.raises(Unavailable) as unavailable:
        bring_back_from(tmp_path / "x.zip", tmp_path / "new", passphrase="x")
    assert unavailable.value.message == backup_manifest.NO_BACKUP


def test_a_huge_list_of_contents_is_refused(one_backup, tmp_path, monkeypatch):
    monkeypatch.setattr(backup, "_LARGEST_LIST", 10)

    with pytest.raises(Locked):
        verify_backup(*one_backup)


def test_backups_are_due_after_thirty_minutes_of_change_and_when_closing(full, clock):
    assert back_up_if_due(full) is not None
    assert back_up_if_due(full, is_closing=True) is None

    with full.write("Add") as session:
        add(session, HOUSE, name="x")
    clock.move(minutes=29)
    assert back_up_if_due(full) is None
    clock.move(minutes=1)
    assert back_up_if_due(full) is not None

    clock.move(hours=5)
    assert back_up_if_due(full) is None
    with full.write("Add") as session:
        add(session, HOUSE, name="y")
    assert back_up_if_due(full, is_closing=True) is not None


def test_the_newest_whole_backup_is_found(full, clock):
    folder = full.folder / "backups"
    assert newest(folder, full.opened) is None
    first = back_up(full)
    clock.move(hours=1)
    second = back_up(full)
    (folder / "liaison-99991231-000000.zip").write_bytes(b"x")

    assert newest(folder, full.opened).path == second.path
    second.path.unlink()
    assert newest(folder, full.opened).path == first.path


def test_two_backups_in_one_second_have_two_names(full):
    assert back_up(full).path != back_up(full).path


def test_too_little_room_is_told_before_anything_is_written(full, monkeypatch):
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda _: usage)

    with pytest.raises(Unavailable) as unavailable:
        back_up(full)

    assert unavailable.value.message == DISK_FULL
    assert list((full.folder / "backups").iterdir()) == []


def test_a_backup_that_fails_leaves_the_old_ones_and_no_litter(full, monkeypatch):
    old = back_up(full)

    def fails(*_):
        raise Locked(backup_manifest.BAD_BACKUP)

    monkeypatch.setattr(backup_manifest, "check_file", fails)
    with pytest.raises(Locked):
        back_up(full)

    assert sorted(p.name for p in old.path.parent.iterdir()) == ["attachments", old.path.name]


def test_backups_are_thinned_to_days_weeks_and_months():
    now = dt.datetime(2026, 6, 30, 18, tzinfo=dt.UTC)
    made = {Path(f"{n:05}"): now - dt.timedelta(hours=n * 6) for n in range(4 * 500)}

    kept = kept_backups(made, now=now)

    ages = sorted((now - made[p]).days for p in kept)
    assert sum(now - made[p] <= dt.timedelta(days=2) for p in kept) == 9
    assert len(kept) <= 9 + 14 + 8 + 12
    assert max(ages) > 330
    assert all(p in kept for p in made if now - made[p] <= dt.timedelta(days=2))


def test_thinning_touches_only_backups(tmp_path):
    now = dt.datetime(2026, 6, 30, tzinfo=dt.UTC)
    for name in ("liaison-20200101-000000.zip", "liaison-20200101-010000.zip", "liaison-x.zip", "photo.zip"):
        (tmp_path / name).write_bytes(b"")

    removed = thin(tmp_path, now=now)

    assert [p.name for p in removed] == ["liaison-20200101-000000.zip"]


def test_a_write_during_a_backup_is_in_the_next_one(full, tmp_path):
    with full.write("Add") as session:
        add(session, HOUSE, name="before")
        made = back_up(full, to=tmp_path / "stick")

    with zipfile.ZipFile(io.BytesIO(made.path.read_bytes())) as file:
        assert file.testzip() is None
    restored = bring_back(made, tmp_path / "new")
    with open_store(restored.folder, PASSPHRASE, schema=TOY_SCHEMA) as again, again.read() as session:
        assert everything(session)["house"] == {}
