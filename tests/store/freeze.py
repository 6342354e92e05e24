"""Write the first migration's SQL from the models. Only before the first release: ``python -m tests.store.freeze``."""

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from liaison.store.journal_tables import MACHINERY
from liaison.store.schema import MIGRATIONS, liaison_schema

TARGET = MIGRATIONS / "versions" / "0001_first.sql"


def tidy(statement):
    return "\n".join(line.rstrip().replace("\t", "    ") for line in statement.splitlines())


def first_sql():
    dialect = sqlite.dialect()
    statements = []
    for metadata in (MACHINERY, liaison_schema().metadata):
        for table in metadata.sorted_tables:
            statements.append(str(CreateTable(table).compile(dialect=dialect)).strip())
            indexes = sorted(table.indexes, key=lambda i: i.name)
            statements += [str(CreateIndex(i).compile(dialect=dialect)).strip() for i in indexes]
    return ";\n".join(tidy(s) for s in statements) + ";\n"


if __name__ == "__main__":
    TARGET.write_text(first_sql(), encoding="utf-8")
