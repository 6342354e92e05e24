"""A small schema for the machinery's own tests: houses, people, visits, and a payment that must keep its amount."""

import sqlalchemy as sa

from liaison.store.base import NAMING
from liaison.store.schema import Schema
from liaison.store.search_tables import Source, Subject

TOY = sa.MetaData(naming_convention=NAMING)


def _table(name, *columns):
    return sa.Table(
        name,
        TOY,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, nullable=False, server_default=sa.text("1"), info={"journal": False}),
        *columns,
        sqlite_strict=True,
    )


HOUSE = _table("house", sa.Column("name", sa.Text, nullable=False))
PERSON = _table(
    "person",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("phone", sa.Text, nullable=False, server_default=""),
    sa.Column("house_id", sa.Integer, sa.ForeignKey("house.id")),
    sa.Column("photo", sa.LargeBinary),
    sa.Index(None, "house_id"),
)
VISIT = _table(
    "visit",
    sa.Column("number", sa.Text, nullable=False, unique=True),
    sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
    sa.Column("amount", sa.Integer, nullable=False, server_default="0"),
    sa.Column("file_id", sa.Text),
    sa.Index(None, "person_id"),
)
COUNTER = sa.Table(
    "counter",
    TOY,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("last", sa.Integer, nullable=False),
    info={"journal": False},
    sqlite_strict=True,
)

SUBJECTS = (
    Subject(
        kind="person",
        table="person",
        words=("t.name", "(SELECT h.name FROM house h WHERE h.id = t.house_id)"),
        numbers=(
            "t.phone",
            "(SELECT group_concat(replace(v.number, '-', ''), ' ') FROM visit v WHERE v.person_id = t.id)",
        ),
        sources=(
            Source(table="person", columns=("name", "phone", "house_id")),
            Source(table="house", columns=("name",), through="SELECT id FROM person WHERE house_id IN ({rows})"),
            Source(table="visit", columns=("number", "person_id"), subject_column="person_id"),
        ),
    ),
    Subject(
        kind="house",
        table="house",
        words=("t.name",),
        numbers=(),
        sources=(Source(table="house", columns=("name",)),),
    ),
)

TOY_SCHEMA = Schema(metadata=TOY, subjects=SUBJECTS)


def add(session, table, **values):
    """One row; returns its key."""
    key = session.info["ids"].one()
    session.execute(sa.insert(table).values(id=key, **values))
    return key


def edit(session, table, key, **values):
    session.execute(sa.update(table).where(table.c.id == key).values(version=table.c.version + 1, **values))


def remove(session, table, key):
    session.execute(sa.delete(table).where(table.c.id == key))


def everything(session):
    """Every journaled value of every toy table, for comparing states."""
    return {
        t.name: {
            r.id: {k: v for k, v in r._mapping.items() if k not in ("id", "version")}
            for r in session.execute(sa.select(t))
        }
        for t in (HOUSE, PERSON, VISIT)
    }
