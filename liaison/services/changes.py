"""What every service leans on: who and when, getting a row at the version a form saw, and saying what was touched."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Conflict, Refused
from liaison.domain.money import Money
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.labels import is_read_by_people, labels_of
from liaison.store.base import Record
from liaison.store.journal_tables import CHANGE
from liaison.store.models import OfficeRow

if TYPE_CHECKING:
    from liaison.i18n import Language

GONE = N_("This record is no longer there. Go back to the list and open it again.")
THIS_RECORD = N_("This record")
CHANGED_MEANWHILE = N_("{fields} changed while this form was open. Look at the new values and save again.")
_DEFAULT_ZONE = "Asia/Jakarta"
_SHARED_CURRENCY = {"annual_limit_left": "annual_limit_currency", "excess": "accepted_currency"}

R = TypeVar("R", bound=Record)
D = TypeVar("D")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """One record that an action made or changed: the table's short name and the key."""

    kind: str
    id: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What an action touched, for every page that shows it; ``made`` is the key of the new main record."""

    touched: tuple[Touched, ...]
    made: int | None = None

    def __or__(self, other: Changes) -> Changes:
        """Both together, each record once; ``made`` is that of the first that made something."""
        return Changes(
            touched=tuple(dict.fromkeys((*self.touched, *other.touched))),
            made=self.made if self.made is not None else other.made,
        )


NOTHING = Changes(touched=())


def changes(*pairs: tuple[str, int | None], made: int | None = None) -> Changes:
    """Say what was touched as ``("patient", 7)`` pairs; a pair without a key is left out."""
    return Changes(touched=tuple(dict.fromkeys(Touched(kind=k, id=i) for k, i in pairs if i is not None)), made=made)


class ChangedMeanwhile(Conflict):
    """A form was opened with an older version of the record. ``fields`` are the columns that differ now."""

    def __init__(self, fields: Iterable[str], labels: Mapping[str, str]) -> None:
        self.fields = tuple(fields)
        self.labels = tuple(dict.fromkeys(labels.get(f, f) for f in self.fields)) or (THIS_RECORD,)
        super().__init__(CHANGED_MEANWHILE, fields=", ".join(self.labels))

    def text(self, language: Language) -> str:
        """The sentence with the fields' names in that language."""
        return language(self.message, fields=", ".join(language(label) for label in self.labels))


# who and when


def clock(session: Session) -> dt.datetime:
    """The moment, in UTC, as the store's clock tells it."""
    return cast("dt.datetime", session.info["clock"]()).astimezone(dt.UTC)


def zone(session: Session) -> str:
    """The office's time zone."""
    known = session.info.get("zone")
    if known is None:
        known = session.scalar(sa.select(OfficeRow.zone).limit(1)) or _DEFAULT_ZONE
        session.info["zone"] = known
    return cast("str", known)


def today(session: Session) -> dt.date:
    """The date on the office's wall."""
    return day_of(session, clock(session))


def day_of(session: Session, moment: dt.datetime) -> dt.date:
    """The date of a moment at the office."""
    return moment.astimezone(ZoneInfo(zone(session))).date()


def actor(session: Session) -> str:
    """The name of whoever acts."""
    return cast("str", session.info["actor"])


def officer_id(session: Session) -> int | None:
    """The officer who acts; none for the system and before the first officer is on record."""
    return cast("int | None", session.info.get("officer_id"))


# rows


def get(
    session: Session, row_type: type[R], key: int, *, version: int | None = None, fields: Iterable[str] | None = None
) -> R:
    """The row with this key. Raises :class:`Refused` where it is gone, :class:`ChangedMeanwhile` where it moved on.

    ``version`` is the one the form opened with; with ``fields``, only a change of one of those columns is in the way.
    """
    row = session.get(row_type, key)
    if row is None:
        raise Refused([Problem(code="GONE", message=GONE)])
    if version is not None and row.version != version:
        differing = changed_since(session, row_type, key, version)
        if fields is not None and differing:
            wanted = set(fields)
            differing = [f for f in differing if f in wanted]
            if not differing:
                return row
        raise ChangedMeanwhile([f for f in differing if is_read_by_people(f)], labels_of(row_type.__tablename__))
    return row


def get_for(session: Session, row_type: type[R], key: int, draft: object, *, version: int | None = None) -> R:
    """The row that a form edits: only what the form shows is in its way, not what services keep beside it."""
    names = {f.name for f in dataclasses.fields(cast("Any", draft))}
    return get(session, row_type, key, version=version, fields={*names, *(f"{n}_minor" for n in names)})


def changed_since(session: Session, row_type: type[Record], key: int, version: int) -> list[str]:
    """Columns that other actions changed after a version of a row, in the order of the change."""
    bodies = session.scalars(
        sa.select(CHANGE.c.after_json)
        .where(
            CHANGE.c.table_name == row_type.__tablename__,
            CHANGE.c.row_id == key,
            CHANGE.c.op == "U",
            CHANGE.c.row_version > version,
            CHANGE.c.after_json.is_not(None),
        )
        .order_by(CHANGE.c.seq)
    )
    return list(dict.fromkeys(column for body in bodies for column in json.loads(body)))


def need(session: Session, row_type: type[Record], key: int | None, *, field: str = "") -> list[Problem]:
    """A problem where a draft names a record that is not there; nothing where it names none."""
    if key is None or session.get(row_type, key) is not None:
        return []
    return [Problem(code="GONE", message=GONE, field=field)]


def add(session: Session, row: R) -> R:
    """Put a row into the action, a new one or one that stands there already; the database gives it its defaults."""
    session.add(row)
    session.flush()
    return row


# drafts into rows and back


def columns_of(row_type: type[Record]) -> frozenset[str]:
    """Names of a table's own columns, without key and version."""
    return frozenset(row_type.__table__.columns.keys()) - {"id", "version"}


def fill(row: R, draft: object, *, leave: Iterable[str] = ()) -> R:
    """Write a draft's fields into the columns of the same name; money goes to ``…_minor`` and its currency.

    A draft's tuple becomes the list that the column keeps. Columns the draft does not know, and ``leave``, stay.
    """
    columns = columns_of(type(row))
    left = set(leave)
    for field in dataclasses.fields(cast("Any", draft)):
        if field.name not in left:
            write_field(row, columns, field.name, getattr(draft, field.name))
    return row


def write_field(row: Record, columns: frozenset[str], name: str, value: object) -> None:
    """Write one field of a draft where the row has a column for it."""
    if f"{name}_minor" in columns:
        _write_money(row, columns, name, cast("Money | None", value))
    elif name in columns:
        setattr(row, name, list(value) if isinstance(value, tuple) else value)


def _write_money(row: Record, columns: frozenset[str], name: str, value: Money | None) -> None:
    setattr(row, f"{name}_minor", None if value is None else value.minor)
    currency = _currency_column(columns, name)
    if value is not None and currency is not None:
        setattr(row, currency, value.currency)


def _currency_column(columns: frozenset[str], name: str) -> str | None:
    """The column that holds an amount's currency: its own, one it shares, the record's; none for a claim's line."""
    candidates = (f"{name}_currency", _SHARED_CURRENCY.get(name, ""), "currency")
    return next((c for c in candidates if c in columns), None)


def draft_of(row: Record, draft_type: type[D], **more: object) -> D:
    """The draft that a form opens with: the row's values under the draft's names, ``more`` beside them."""
    columns = columns_of(type(row))
    values: dict[str, object] = {}
    for field in dataclasses.fields(cast("Any", draft_type)):
        if field.name in more:
            continue
        if f"{field.name}_minor" in columns:
            values[field.name] = _stored_money(row, columns, field.name)
        else:
            value = getattr(row, field.name)
            values[field.name] = tuple(value) if isinstance(value, list) else value
    return draft_type(**{**values, **more})


def _stored_money(row: Record, columns: frozenset[str], name: str) -> Money | None:
    currency = _currency_column(columns, name)
    return money(getattr(row, f"{name}_minor"), getattr(row, currency or "", None) or "IDR")


def money(minor: int | None, currency: str) -> Money | None:
    """A stored amount, or none where none is stored."""
    return None if minor is None else Money(minor, currency)
