"""Migrations: the first one against the models, and a second, rough one with every trap in it."""

import shutil

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from liaison.domain.errors import Locked, Unavailable
from liaison.store import backup, history, migrate, search, vault
from liaison.store.base import NAMING
from liaison.store.engine import DAMAGED
from liaison.store.journal_tables import MACHINERY
from liaison.store.kdf import CHEAP
from liaison.store.opening import create_store, open_store
from liaison.store.schema import MIGRATIONS, Schema, liaison_schema
from liaison.store.search_tables import Source, Subject
from liaison.store.triggers import trigger_drift
from tests.store.conftest import PASSPHRASE
from tests.store.freeze import TARGET, first_sql
from tests.store.toy import add, edit

MIGRATE_FIRST = """
import sqlalchemy as sa
from alembic import op
revision = "0001"
down_revision = None
def upgrade():
    from tests.store.test_migrate import old_metadata
    from liaison.store.journal_tables import MACHINERY
    MACHINERY.create_all(op.get_bind())
    old_metadata().create_all(op.get_bind())
"""

MIGRATE_SECOND = """
import sqlalchemy as sa
from alembic import op
revision = "0002"
down_revision = "0001"
def upgrade():
    with op.batch_alter_table("parent", table_kwargs={"sqlite_strict": True}) as batch:
        batch.alter_column("name", new_column_name="full_name")
        batch.add_column(sa.Column("city", sa.Text, nullable=False, server_default=""))
        batch.drop_index("ix_parent_old")
        batch.drop_column("old")
    op.add_column("child", sa.Column("note", sa.Text))
"""


def _columns(*more):
    return (
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, nullable=False, server_default=sa.text("1"), info={"journal": False}),
        *more,
    )


def _child(metadata, *more):
    parent = sa.ForeignKey("parent.id", ondelete="CASCADE")
    sa.Table(
        "child",
        metadata,
        *_columns(sa.Column("parent_id", sa.Integer, parent, nullable=False), *more),
        sqlite_strict=True,
    )


def old_metadata():
    metadata = sa.MetaData(naming_convention=NAMING)
    old = (sa.Column("name", sa.Text, nullable=False), sa.Column("old", sa.Text), sa.Index(None, "old"))
    sa.Table("parent", metadata, *_columns(*old), sqlite_strict=True)
    _child(metadata)
    return metadata


def new_metadata():
    metadata = sa.MetaData(naming_convention=NAMING)
    new = (
        sa.Column("full_name", sa.Text, nullable=False),
        sa.Column("city", sa.Text, nullable=False, server_default=""),
    )
    sa.Table("parent", metadata, *_columns(*new), sqlite_strict=True, info={"was": {"name": "full_name"}})
    _child(metadata, sa.Column("note", sa.Text))
    return metadata


def _subject(column):
    return Subject(
        kind="parent",
        table="parent",
        words=(f"t.{column}",),
        numbers=(),
        sources=(Source(table="parent", columns=(column,)),),
    )


@pytest.fixture
def old(tmp_path):
    return Schema(
        metadata=old_metadata(), subjects=(_subject("name"),), migrations=_versions(tmp_path / "m1", MIGRATE_FIRST)
    )


@pytest.fixture
def new(tmp_path):
    folder = _versions(tmp_path / "m2", MIGRATE_FIRST, MIGRATE_SECOND)
    return Schema(metadata=new_metadata(), subjects=(_subject("full_name"),), migrations=folder)


def _versions(folder, *texts):
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako"):
        shutil.copy(MIGRATIONS / name, folder / name)
    for number, text in enumerate(texts, 1):
        (folder / "versions" / f"{number:04}_x.py").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def filled(tmp_path, old, clock):
    """A store of the old shape with a parent, its child, and an edit to undo."""
    store, _ = create_store(tmp_path / "s", passphrase=PASSPHRASE, officer="Ani", clock=clock, kdf=CHEAP, schema=old)
    parent, child = old.metadata.tables["parent"], old.metadata.tables["child"]
    with store:
        with store.write("Add") as session:
            key = add(session, parent, name="Siti", old="x")
            add(session, child, parent_id=key)
        with store.write("Rename") as session:
            edit(session, parent, key, name="Sitti")
            renamed = session.info["action_id"]
    return tmp_path / "s", key, renamed


def test_a_store_of_last_year_is_brought_up_to_date_with_everything_in_it(filled, new, clock):
    folder, key, renamed = filled
    told = []

    with open_store(folder, PASSPHRASE, clock=clock, schema=new, progress=told.append) as store:
        with store.read() as session:
            connection = session.connection()
            assert connection.exec_driver_sql("SELECT full_name, city FROM parent").all() == [("Sitti", "")]
            assert connection.exec_driver_sql("SELECT count(*) FROM child").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert (
                "STRICT" in connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'parent'").scalar()
            )
            assert trigger_drift(connection, new.triggers) == []
            assert [h.id for h in search.search(session, "sitti")] == [key]
        store.undo(renamed)
        with store.read() as session:
            assert session.connection().exec_driver_sql("SELECT full_name FROM parent").scalar() == "Siti"
            assert [f.field for r in history.record_history(session, "parent", key) for f in r.fields][:2] == [
                "full_name"
            ] * 2
        assert store.verify() == []
        made = backup.newest(folder / "backups", store.opened)
        assert backup.verify_backup(made.path, store.opened).rows == made.rows
    assert told == [migrate.BACKING_UP, migrate.CHANGING]


def test_a_newer_store_is_refused_and_not_touched(filled, old, new, clock):
    folder, _, _ = filled
    open_store(folder, PASSPHRASE, clock=clock, schema=new).close()
    before = (folder / "store.db").read_bytes(), (folder / "keys.json").read_bytes()

    with pytest.raises(Locked) as locked:
        open_store(folder, PASSPHRASE, clock=clock, schema=old)

    assert locked.value.message == vault.NEWER
    assert ((folder / "store.db").read_bytes(), (folder / "keys.json").read_bytes()) == before


@pytest.mark.parametrize(
    "fault",
    [
        "raise RuntimeError('half way')",
        "op.execute('DELETE FROM parent')",
        "op.execute('SELECT * FROM nowhere')",
    ],
)
def test_a_migration_that_fails_leaves_the_old_store(filled, old, tmp_path, clock, fault):
    folder, _, _ = filled
    versions = _versions(tmp_path / "bad", MIGRATE_FIRST, MIGRATE_SECOND + f"    {fault}\n")
    bad = Schema(metadata=new_metadata(), migrations=versions)

    with pytest.raises((RuntimeError, sa.exc.SQLAlchemyError)):
        open_store(folder, PASSPHRASE, clock=clock, schema=bad)

    with open_store(folder, PASSPHRASE, clock=clock, schema=old) as store, store.read() as session:
        assert session.connection().exec_driver_sql("SELECT name, old FROM parent").all() == [("Sitti", "x")]
        assert session.connection().exec_driver_sql("SELECT count(*) FROM child").scalar() == 1
        assert trigger_drift(session.connection(), old.triggers) == []
        assert store.verify() == []


def test_no_backup_no_migration(filled, new, old, clock, monkeypatch):
    folder, _, _ = filled

    def full(*_, **__):
        raise Unavailable("The disk is full.")

    with monkeypatch.context() as patch, pytest.raises(Unavailable):
        patch.setattr(backup, "back_up_file", full)
        open_store(folder, PASSPHRASE, clock=clock, schema=new)

    open_store(folder, PASSPHRASE, clock=clock, schema=old).close()


def test_a_store_without_its_revision_is_damaged(filled, old, clock):
    folder, _, _ = filled
    with open_store(folder, PASSPHRASE, clock=clock, schema=old) as store, store._writer.connect() as connection:
        connection.connection.driver_connection.execute("DROP TABLE alembic_version")

    with pytest.raises(Locked) as locked:
        open_store(folder, PASSPHRASE, clock=clock, schema=old)
    assert locked.value.message == DAMAGED


def test_the_migrated_store_is_the_shape_of_the_models(real_store):
    schema = liaison_schema()
    with real_store.read() as session:
        connection = session.connection()
        context = MigrationContext.configure(connection, opts={"include_object": _ours, "compare_type": True})
        for metadata in (schema.metadata, MACHINERY):
            extra = {
                t.name for other in (schema.metadata, MACHINERY) if other is not metadata for t in other.sorted_tables
            }
            found = [d for d in compare_metadata(context, metadata) if not _is_about(d, extra)]
            assert found == []
        assert trigger_drift(connection, schema.triggers) == []
        loose = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' "
            "AND sql NOT LIKE '%STRICT' AND sql NOT LIKE 'CREATE VIRTUAL%' "
            "AND name NOT LIKE 'search_%' AND name NOT LIKE 'kept_%' AND name NOT LIKE 'sqlite_%' "
            "AND name <> 'alembic_version'"
        )
        assert loose.all() == []


def _ours(item, name, kind, reflected, compare_to):
    return not (kind == "table" and (name.startswith(("search_", "kept_")) or name == "alembic_version"))


def _is_about(difference, names):
    kind, item = difference[0], difference[1]
    if kind == "remove_table":
        return item.name in names
    return kind == "remove_index" and item.table.name in names


def test_the_frozen_first_shape_says_what_the_models_say():
    assert first_sql() == TARGET.read_text(encoding="utf-8")


def test_every_version_file_is_named_after_its_revision():
    assert liaison_schema().revisions == ("0001",)
