"""What every table shares: key, version, STRICT, named constraints, and no lazy loading behind our back."""

from __future__ import annotations

from typing import Any, ClassVar, Protocol

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column

from liaison.store.types import Key

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables of the store."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {int: Key, str: sa.Text()}


class Record(Base):
    """A journaled table: a time-sorted key from the injected source, and a version that forms compare.

    ``table_info`` may say ``{"journal": False}`` for derived tables, ``{"was": {"old": "new"}}`` for renamed columns.
    """

    __abstract__ = True
    table_info: ClassVar[dict[str, Any]] = {}
    table_extra: ClassVar[tuple[Any, ...]] = ()

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(Key, nullable=False, server_default=sa.text("1"), info={"journal": False})

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        return (*cls.table_extra, {"sqlite_strict": True, "info": dict(cls.table_info)})

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class KeySource(Protocol):
    """Gives keys; see :mod:`liaison.store.ids`."""

    def one(self) -> int:
        """The next key."""
        ...


@event.listens_for(Session, "transient_to_pending")
def _give_key(session: Session, instance: object) -> None:
    """A row has its key from the moment it is added, so that rows can refer to each other before a flush."""
    if isinstance(instance, Record) and instance.id is None:
        instance.id = session.info["ids"].one()
