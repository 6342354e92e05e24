"""The rows a printed report stands on, and which of them each of its figures counts.

Rows stand here as bare keys, without a reference: a figure that was printed stays printed when what it counted is
erased, and the key then points at nothing. No name stands here; labels are those of figures.
"""

from __future__ import annotations

from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.store.base import Record


class ReleaseSourceRow(Record):
    """The rows of one table that a printed report stands on."""

    __tablename__ = "release_source"

    release_id: Mapped[int] = mapped_column(sa.ForeignKey("release.id"))
    place: Mapped[int]
    """In which order the tables follow each other; figures count their bits through all of them."""
    table_name: Mapped[str]
    keys: Mapped[bytes]
    """The keys of the rows, packed."""

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("release_id", "place"),)


class ReleaseFigureRow(Record):
    """One figure of a printed report: what it is called there, what was printed, and whom or what it counts."""

    __tablename__ = "release_figure"

    release_id: Mapped[int] = mapped_column(sa.ForeignKey("release.id"))
    place: Mapped[int]
    label: Mapped[str]
    """In the language of the paper."""
    period: Mapped[str] = mapped_column(server_default="")
    printed: Mapped[str]
    counted: Mapped[int | None]
    """How many persons or rows stand behind it; a star hides them on the paper alone."""
    members: Mapped[bytes]
    """One bit for each row that the report stands on, packed."""

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("release_id", "place"),)
