"""Writing what came from a colleague: rows in order, numbers taken here counted on, sums kept in step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.i18n import N_
from liaison.services.changes import clock
from liaison.services.payments import count_paid
from liaison.store import rows as raw
from liaison.store.base import Base
from liaison.store.models import (
    ClaimEventRow,
    ClaimRow,
    GuaranteeEventRow,
    GuaranteeRow,
    JourneyEventRow,
    JourneyRow,
    KnownElsewhereRow,
    PaymentRow,
    SharedRow,
)
from liaison.store.rows import Row, references
from liaison.store.triggers import quoted

Rows = Mapping[str, Mapping[int, Row]]
CHOSEN = N_("Chosen when both sides' changes were put together")


def write_rows(
    session: Session,
    houses: Rows,
    insert: dict[str, dict[int, Row]],
    update: Rows,
    delete: Mapping[str, list[int]],
    *,
    new_case_no: Callable[[Session], str],
) -> None:
    """Write everything, parents first; references are checked when the action ends, and within it."""
    session.flush()
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for table in Base.metadata.sorted_tables:
        for found in (houses.get(table.name, {}), insert.get(table.name, {})):
            for key, row in found.items():
                _make_room(session, table, row, new_case_no)
                raw.insert(connection, table, [{**_leading(session, table, row, insert), "id": key, "version": 1}])
    for table in Base.metadata.sorted_tables:
        if update.get(table.name):
            raw.update(connection, table, update[table.name])
    for table in reversed(Base.metadata.sorted_tables):
        gone = [key for key in delete.get(table.name, ()) if not _is_needed(session, table, key)]
        raw.delete(connection, table, gone)
    session.expire_all()


def _leading(session: Session, table: sa.Table, row: Row, insert: Rows) -> Row:
    """The row without references that lead nowhere here: to a case that stayed behind or was taken out."""
    made = dict(row)
    for lead in references(table):
        key = made.get(lead.column)
        if key is None or not table.c[lead.column].nullable or key in insert.get(lead.parent, {}):
            continue
        if not raw.read(session.connection(), Base.metadata.tables[lead.parent], [key]):
            made[lead.column] = None
    return made


def _make_room(session: Session, table: sa.Table, row: Row, new_case_no: Callable[[Session], str]) -> None:
    """A number that is taken here is counted on: the next line of the claim, the next version, the next case number."""
    for rule in (c for c in table.constraints if isinstance(c, sa.UniqueConstraint)):
        names = [c.name for c in rule.columns]
        if not set(names) <= row.keys() or not _is_taken(session, table, row, names):
            continue
        if names == ["case_no"]:
            row["case_no"] = new_case_no(session)
            continue
        counted = [n for n in names if not table.c[n].foreign_keys and isinstance(row[n], int)]
        if counted:
            others = {n: row[n] for n in names if n != counted[0]}
            where = " AND ".join(f"{quoted(n)} IS :{n}" for n in others) or "1"
            sql = f"SELECT max({quoted(counted[0])}) FROM {quoted(table.name)} WHERE {where}"
            row[counted[0]] = (session.execute(sa.text(sql), others).scalar() or 0) + 1


def _is_taken(session: Session, table: sa.Table, row: Row, names: list[str]) -> bool:
    where = " AND ".join(f"{quoted(n)} = :{n}" for n in names)
    sql = f"SELECT 1 FROM {quoted(table.name)} WHERE {where} LIMIT 1"
    return session.execute(sa.text(sql), {n: row[n] for n in names}).first() is not None


def _is_needed(session: Session, table: sa.Table, key: int) -> bool:
    """Whether something here still hangs on a record that the other side took out; then it stays."""
    for child in Base.metadata.sorted_tables:
        for lead in references(child):
            if lead.parent == table.name:
                sql = f"SELECT 1 FROM {quoted(child.name)} WHERE {quoted(lead.column)} = :key LIMIT 1"
                if session.execute(sa.text(sql), {"key": key}).first() is not None:
                    return True
    return False


def remember(session: Session, peer: str, number: int, shared: Mapping[tuple[str, int], tuple[Row, int]]) -> bool:
    """Keep what came, as what both sides start from next time; whether any of it is new."""
    known = {(r.table_name, r.row_id): r for r in session.scalars(sa.select(SharedRow).where(SharedRow.peer == peer))}
    is_new = False
    for (table, key), (values, read) in shared.items():
        plain = {k: v for k, v in values.items() if k not in ("file_id", "file_key")}
        row = known.get((table, key))
        if row is None:
            session.add(
                SharedRow(peer=peer, table_name=table, row_id=key, values=plain, theirs_no=number, ours_no=read)
            )
            is_new = True
        elif row.theirs_no < number:
            row.values, row.theirs_no, row.ours_no = plain, number, max(row.ours_no, read)
            is_new = True
    session.flush()
    return is_new


def note_houses(session: Session, peer: str, found: list[tuple[str, int, int]]) -> None:
    """Remember under which key a colleague's laptop has a house of ours."""
    session.add_all(KnownElsewhereRow(peer=peer, table_name=t, theirs_id=a, row_id=b) for t, a, b in found)
    session.flush()


_MOVES: tuple[tuple[str, Any, Any, str], ...] = (
    ("journey", JourneyRow, JourneyEventRow, "journey_id"),
    ("claim", ClaimRow, ClaimEventRow, "claim_id"),
    ("guarantee", GuaranteeRow, GuaranteeEventRow, "guarantee_id"),
)


def settle(
    session: Session, insert: Rows, update: Rows, *, actor: str, officer_id: int | None, paid_for: set[int]
) -> None:
    """Bring into step what is counted from several records: paid sums, and the last move of each case.

    ``paid_for`` are the claims that :func:`claims_paid` named before the rows were written.
    """
    touched = {name: {*insert.get(name, ()), *update.get(name, ())} for name, *_ in _MOVES}
    after = claims_paid(session, [*insert.get("payment", ()), *update.get("payment", ())])
    # A claim that came with a list has a sum and no payments: it is counted only where there is or was one.
    _count_paid(session, paid_for | after | _with_payments(session, touched["claim"]))
    now = clock(session)
    for name, record, event, column in _MOVES:
        moved = {row[column] for row in insert.get(f"{name}_event", {}).values()}
        for key in touched[name] | moved:
            _last_move(session, session.get(record, key), event, column, actor=actor, now=now)
    session.flush()


def claims_paid(session: Session, payments: Iterable[int]) -> set[int]:
    """The claims that these payments are for now."""
    named = sa.select(PaymentRow.claim_id).where(PaymentRow.id.in_(list(payments)), PaymentRow.claim_id.is_not(None))
    return {key for key in session.scalars(named) if key is not None}


def _with_payments(session: Session, claims: set[int]) -> set[int]:
    named = sa.select(PaymentRow.claim_id).where(PaymentRow.claim_id.in_(claims))
    return {key for key in session.scalars(named) if key is not None}


def _count_paid(session: Session, claims: set[int]) -> None:
    for key in claims:
        if session.get(ClaimRow, key) is not None:
            count_paid(session, key)


def _last_move(session: Session, row: Any, event: Any, column: str, *, actor: str, now: dt.datetime) -> None:
    """Where the moves of both sides end otherwise than what was chosen, the choice is a move of its own."""
    if row is None:
        return
    of_row = getattr(event, column) == row.id
    newest = session.scalar(sa.select(event).where(of_row).order_by(event.at.desc(), event.id.desc()).limit(1))
    if newest is not None and newest.to_state != row.state:
        values = {column: row.id, "at": max(now, newest.at), "from_state": newest.to_state, "to_state": row.state}
        session.add(event(actor=actor, note=CHOSEN, **values))
