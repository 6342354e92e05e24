"""The first shape of a store: its tables and indexes, as they stood when it was released.

The statements are frozen in ``0001_first.sql`` and never follow the models; a test holds both against each other.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in text.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)
