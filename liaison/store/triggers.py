"""The journal's triggers, generated from the mapped columns. The database itself writes the journal.

Every insert, update and delete of a journaled table writes one ``change`` row for the open action, or is refused
where no action is open. Recipes and why each is so: ``journal`` 3 and 4. Triggers are written again after every
migration, and :func:`trigger_drift` says whether those in a file are the ones generated here.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

PREFIX = "j_"
"""Names of the journal's triggers begin so; no other object's name does."""

_OPEN = "(SELECT id FROM action WHERE open=1)"
_NO_ACTION = "RAISE(ABORT,'journal: no action')"
_COMPACT = "EXISTS (SELECT 1 FROM action WHERE open=1 AND compact=1)"
_SMALLEST_STEP = 1024

_KEPT = "SELECT RAISE(ABORT,'journal: change is kept');"
_SEALED = "SELECT RAISE(ABORT,'journal: action is sealed');"

_GUARDS = {
    "j__action_sealed_u": f"BEFORE UPDATE ON action WHEN OLD.open IS NULL OR NEW.id IS NOT OLD.id BEGIN {_SEALED} END",
    "j__action_sealed_d": f"BEFORE DELETE ON action WHEN OLD.open IS NULL BEGIN {_SEALED} END",
    "j__action_one": (
        "BEFORE INSERT ON action WHEN EXISTS (SELECT 1 FROM action WHERE open=1) "
        "OR EXISTS (SELECT 1 FROM action WHERE id=NEW.id) "
        "BEGIN SELECT RAISE(ABORT,'journal: an action is open, or the id is known'); END"
    ),
    "j__change_kept_d": f"BEFORE DELETE ON change BEGIN {_KEPT} END",
    "j__change_kept_u": (
        "BEFORE UPDATE ON change WHEN NOT (EXISTS (SELECT 1 FROM action WHERE open=1 AND kind='erase') "
        "AND OLD.digest IS NULL AND NEW.digest IS NOT NULL "
        "AND NEW.before_json IS NULL AND NEW.after_json IS NULL AND NEW.salt IS NULL "
        "AND NEW.seq=OLD.seq AND NEW.action_id=OLD.action_id AND NEW.table_name=OLD.table_name "
        "AND NEW.row_id=OLD.row_id AND NEW.op=OLD.op AND NEW.row_version IS OLD.row_version) "
        f"BEGIN {_KEPT} END"
    ),
    "j__change_open_i": (
        "BEFORE INSERT ON change WHEN NOT EXISTS (SELECT 1 FROM action WHERE id=NEW.action_id AND open=1) "
        f"OR NEW.seq <= (SELECT max(seq) FROM change) AND NEW.seq <> -1 BEGIN SELECT {_NO_ACTION}; END"
    ),
}


def journaled_tables(metadata: sa.MetaData) -> list[sa.Table]:
    """Tables under the journal, parents before children."""
    return [t for t in metadata.sorted_tables if t.info.get("journal", True)]


def journaled_columns(table: sa.Table) -> list[sa.Column[object]]:
    """Columns whose values the journal keeps: not the key, not the version, not derived ones."""
    return [c for c in table.columns if c.info.get("journal", True) and not c.primary_key]


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def journal_triggers(metadata: sa.MetaData) -> dict[str, str]:
    """Every trigger of the journal by name, as its CREATE statement."""
    bodies = dict(_GUARDS)
    for table in journaled_tables(metadata):
        bodies |= _table_triggers(table)
    return {name: f"CREATE TRIGGER {quoted(name)} {body}" for name, body in bodies.items()}


def _table_triggers(table: sa.Table) -> dict[str, str]:
    columns = sorted(journaled_columns(table), key=lambda c: c.name)
    name, on = table.name, quoted(table.name)
    changed = " OR ".join(f"OLD.{quoted(c.name)} IS NOT NEW.{quoted(c.name)}" for c in columns)
    insert = _put(name, "I", "NEW", "NULL", _whole_row(columns, "NEW"))
    update = _put(name, "U", "NEW", _changed_columns(columns, "OLD"), _changed_columns(columns, "NEW"))
    delete = _put(name, "D", "OLD", _whole_row(columns, "OLD"), "NULL")
    return {
        f"j_{name}_i": f"AFTER INSERT ON {on} WHEN NOT {in_reserved_block(name)}\nBEGIN {insert} END",
        f"j_{name}_k": f"BEFORE UPDATE OF id ON {on} WHEN NEW.id IS NOT OLD.id\n"
        "BEGIN SELECT RAISE(ABORT,'journal: primary key is fixed'); END",
        f"j_{name}_u": f"AFTER UPDATE ON {on} WHEN {changed}\nBEGIN {update} END",
        f"j_{name}_d": f"AFTER DELETE ON {on}\nBEGIN {delete} END",
    }


def written_by_hand(table: sa.Table, op: str, where: str) -> str:
    """SQL that journals many rows at once just as their triggers would: inserted ones (I), or ones about to go (D)."""
    row = {"I": "NEW", "D": "OLD"}[op]
    whole = _whole_row(sorted(journaled_columns(table), key=lambda c: c.name), row)
    before, after = ("NULL", whole) if op == "I" else (whole, "NULL")
    return (
        "INSERT INTO change(action_id, table_name, row_id, op, row_version, before_json, after_json, salt) "
        f"SELECT {_OPEN}, '{table.name}', {row}.id, '{op}', {row}.version, {before}, {after}, randomblob(12) "
        f"FROM {quoted(table.name)} AS {row} WHERE {where}"
    )


def _put(table: str, op: str, row: str, before: str, after: str) -> str:
    return (
        "INSERT INTO change(action_id, table_name, row_id, op, row_version, before_json, after_json, salt)\n"
        f"  VALUES (coalesce({_OPEN}, {_NO_ACTION}), '{table}', {row}.id, '{op}', {row}.version,\n"
        f"  {before}, {after}, randomblob(12));"
    )


def in_reserved_block(table: str) -> str:
    """SQL: whether the row being inserted lies in a block of keys that this import reserved."""
    # NOT INDEXED: only the few rows after first_seq are looked at; the index on (table_name, row_id) would be searched
    # whole for each row of an import (10 s for 2,000 rows against 0.02 s).
    return (
        f"({_COMPACT} AND EXISTS (SELECT 1 FROM change NOT INDEXED WHERE op='R' AND table_name='{table}'\n"
        "  AND row_id <= NEW.id"
        f"  AND seq > (SELECT first_seq FROM action WHERE open=1) AND action_id = {_OPEN}\n"
        f"  AND json_extract(after_json,'$.hi') >= NEW.id AND (NEW.id - row_id) % {_SMALLEST_STEP} = 0))"
    )


def _value(column: sa.Column[object], row: str) -> str:
    if isinstance(column.type, sa.Float | sa.Numeric):
        raise TypeError(f"{column}: the journal compares values exactly; store whole numbers")
    text = f"{row}.{quoted(column.name)}"
    return as_hex(text) if isinstance(column.type, sa.LargeBinary) else text


def as_hex(value: str) -> str:
    """SQL: bytes as hex. ``hex(NULL)`` alone would be an empty text."""
    return f"iif({value} IS NULL, NULL, hex({value}))"


def _whole_row(columns: Iterable[sa.Column[object]], row: str) -> str:
    return "json_object(" + ", ".join(f"'{c.name}', {_value(c, row)}" for c in columns) + ")"


def _changed_columns(columns: Iterable[sa.Column[object]], row: str) -> str:
    parts = " || ".join(
        f"CASE WHEN OLD.{quoted(c.name)} IS NOT NEW.{quoted(c.name)} "
        f"THEN ',\"{c.name}\":' || json_quote({_value(c, row)}) ELSE '' END"
        for c in columns
    )
    return f"'{{' || substr({parts}, 2) || '}}'"


def drop_triggers(connection: sa.Connection) -> None:
    """Take every trigger out of the file (before a migration)."""
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='trigger'").scalars().all()
    for name in names:
        connection.exec_driver_sql(f"DROP TRIGGER {quoted(name)}")


def install_triggers(connection: sa.Connection, wanted: dict[str, str]) -> None:
    """Drop all triggers and write the given ones."""
    drop_triggers(connection)
    for sql in wanted.values():
        connection.exec_driver_sql(sql)


def trigger_drift(connection: sa.Connection, wanted: dict[str, str]) -> list[str]:
    """Names of triggers that are missing, foreign or different from the given ones; empty when all is well."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type='trigger'").all()
    found = {row[0]: row[1] for row in rows}
    return sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))
