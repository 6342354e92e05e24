"""Alembic runs on the connection it is handed: no address and no key of a store stands in a file."""

from __future__ import annotations

from alembic import context
from sqlalchemy.schema import SchemaItem

config = context.config
connection = config.attributes["connection"]
metadata = config.attributes["metadata"]
known = {name for part in metadata for name in part.tables}


def is_ours(item: SchemaItem, name: str | None, kind: str, reflected: bool, compare_to: SchemaItem | None) -> bool:
    """Tables of the search index are made by the program, not by migrations."""
    return not (kind == "table" and reflected and name not in known)


context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    include_object=is_ours,
    transaction_per_migration=False,
)
context.run_migrations()
