"""Kept summaries: counts and sums that triggers keep, so that no screen scans a million rows. None is journaled.

A summary counts the rows of one table in cells: one cell for each set of values that its dimensions take. Triggers
write only the cells, from OLD and NEW, and depend on no other trigger (``journal`` 11); undo, redo and exchange fire
them like any write. Rows of a block that a large import reserved are counted once, when the action is sealed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from liaison.store.triggers import in_reserved_block, quoted

PREFIX = "kept_"
TRIGGER_PREFIX = "k_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What is counted: rows of ``table`` for which ``where`` holds. Expressions are SQL over its row ``{row}``.

    ``columns`` are those the expressions read: only a change of one of them is a change of a cell. Every dimension is
    a value, never NULL; ``texts`` names those that are text, the others are whole numbers.
    """

    name: str
    table: str
    columns: tuple[str, ...]
    dims: Mapping[str, str]
    texts: frozenset[str]
    sums: Mapping[str, str]
    where: str = "1"

    @property
    def cells(self) -> str:
        """The name of the table of cells."""
        return f"{PREFIX}{self.name}"

    def at(self, expression: str, row: str) -> str:
        """An expression over a row by its name."""
        return expression.format(row=row)


def create_sql(summary: Summary) -> str:
    """The statement that makes the table of cells."""
    dims = [f"{d} {'TEXT' if d in summary.texts else 'INTEGER'} NOT NULL" for d in summary.dims]
    sums = [f"{name} INTEGER NOT NULL" for name in ("n", *summary.sums)]
    key = f"PRIMARY KEY ({', '.join(summary.dims)})"
    return f"CREATE TABLE {summary.cells} ({', '.join([*dims, *sums, key])}) STRICT, WITHOUT ROWID"


def recount_sql(summary: Summary, where: str = "1") -> str:
    """The same cells counted from the rows themselves: what the kept ones are held against."""
    row = quoted(summary.table)
    dims = [f"{summary.at(e, row)} AS {name}" for name, e in summary.dims.items()]
    sums = [f"sum({summary.at(e, row)}) AS {name}" for name, e in summary.sums.items()]
    places = ", ".join(str(n + 1) for n in range(len(dims)))
    return (
        f"SELECT {', '.join([*dims, 'count(*) AS n', *sums])} FROM {row} "
        f"WHERE ({summary.at(summary.where, row)}) AND ({where}) GROUP BY {places}"
    )


def summary_triggers(summaries: Iterable[Summary]) -> dict[str, str]:
    """Every trigger of the summaries by name, as its CREATE statement."""
    made: dict[str, str] = {}
    for summary in summaries:
        on, name = quoted(summary.table), f"{TRIGGER_PREFIX}{summary.name}"
        new_block = in_reserved_block(summary.table)
        old_block = new_block.replace("NEW.", "OLD.")
        watched = ", ".join(map(quoted, summary.columns))
        changed = " OR ".join(f"OLD.{quoted(c)} IS NOT NEW.{quoted(c)}" for c in summary.columns)
        made[f"{name}_i"] = f"AFTER INSERT ON {on} WHEN NOT {new_block}\nBEGIN {_put(summary, 'NEW')} END"
        made[f"{name}_d"] = f"AFTER DELETE ON {on} WHEN NOT {old_block}\nBEGIN {_take(summary, 'OLD')} END"
        made[f"{name}_u"] = (
            f"AFTER UPDATE OF {watched} ON {on} WHEN ({changed}) AND NOT {new_block}\n"
            f"BEGIN {_take(summary, 'OLD')} {_put(summary, 'NEW')} END"
        )
    return {name: f"CREATE TRIGGER {quoted(name)} {body}" for name, body in made.items()}


def _put(summary: Summary, row: str) -> str:
    dims = [summary.at(e, row) for e in summary.dims.values()]
    sums = [summary.at(e, row) for e in summary.sums.values()]
    more = ", ".join(f"{name} = {name} + excluded.{name}" for name in ("n", *summary.sums))
    return (
        f"INSERT INTO {summary.cells} SELECT {', '.join([*dims, '1', *sums])} "
        f"WHERE {summary.at(summary.where, row)} ON CONFLICT DO UPDATE SET {more};"
    )


def _take(summary: Summary, row: str) -> str:
    here = " AND ".join(f"{d} = {summary.at(e, row)}" for d, e in summary.dims.items())
    here += f" AND ({summary.at(summary.where, row)})"
    less = ", ".join([f"{name} = {name} - ({summary.at(e, row)})" for name, e in summary.sums.items()] + ["n = n - 1"])
    return f"UPDATE {summary.cells} SET {less} WHERE {here}; DELETE FROM {summary.cells} WHERE {here} AND n = 0;"


ANSWERS = "kept_answers"
_ANSWERS_SQL = (
    f"CREATE TABLE {ANSWERS} (question TEXT NOT NULL, asked TEXT NOT NULL, head INTEGER NOT NULL, "
    "at_us INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (question, asked)) STRICT, WITHOUT ROWID"
)
"""Answers that take long to work out, with the journal's last change they knew of; an older one is told as such."""


def fill_summaries(connection: sa.Connection, summaries: Iterable[Summary]) -> None:
    """Make the tables anew and count every row; answers that were kept are forgotten."""
    wanted = tuple(summaries)
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {ANSWERS}")
    if wanted:
        connection.exec_driver_sql(_ANSWERS_SQL)
    for summary in wanted:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {summary.cells}")
        connection.exec_driver_sql(create_sql(summary))
        connection.exec_driver_sql(f"INSERT INTO {summary.cells} {recount_sql(summary)}")


def has_summaries(connection: sa.Connection, summaries: Iterable[Summary]) -> bool:
    """Whether the file has the tables of cells as they are declared here."""
    found = connection.exec_driver_sql(f"SELECT sql FROM sqlite_master WHERE name LIKE '{PREFIX}%'").scalars()
    wanted = {create_sql(s) for s in summaries}
    return (wanted | {_ANSWERS_SQL} if wanted else wanted) <= set(found)


def count_blocks(connection: sa.Connection, summaries: Iterable[Summary], blocks: Sequence[tuple[str, range]]) -> None:
    """Count the rows of blocks that a large import brought; called once, when it is sealed."""
    for summary in summaries:
        more = ", ".join(f"{name} = {name} + excluded.{name}" for name in ("n", *summary.sums))
        for table, keys in blocks:
            if table != summary.table or not keys:
                continue
            inside = f"id BETWEEN {keys[0]} AND {keys[-1]} AND (id - {keys[0]}) % {keys.step} = 0"
            found = f"SELECT * FROM ({recount_sql(summary, inside)}) WHERE 1"
            connection.exec_driver_sql(f"INSERT INTO {summary.cells} {found} ON CONFLICT DO UPDATE SET {more}")


def check_summaries(connection: sa.Connection, summaries: Iterable[Summary]) -> list[str]:
    """Names of summaries that differ from a recount of their rows; empty when all is well."""
    found = []
    for summary in summaries:
        kept = f"SELECT {', '.join([*summary.dims, 'n', *summary.sums])} FROM {summary.cells}"
        fresh = recount_sql(summary)
        odd = f"SELECT count(*) FROM (SELECT * FROM ({kept}) EXCEPT SELECT * FROM ({fresh}))"
        lost = f"SELECT count(*) FROM (SELECT * FROM ({fresh}) EXCEPT SELECT * FROM ({kept}))"
        if connection.exec_driver_sql(odd).scalar() or connection.exec_driver_sql(lost).scalar():
            found.append(summary.name)
    return found
