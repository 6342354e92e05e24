"""What happened to a record, field by field, and what can be taken back: all of it read from the journal."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.money import CURRENCIES, Money
from liaison.i18n import N_
from liaison.services.labels import is_read_by_people, label_of
from liaison.services.sentences import Sentence, said
from liaison.services.told_values import NAMES, BareAmount, Reference, currency_column, headline_of, noun_of, value_of
from liaison.store import history as journal_history
from liaison.store.base import Base
from liaison.store.history import ActionLine
from liaison.store.journal_tables import ACTION, CHANGE, ActionKind, Op

SHOWN_LINES = 1000
"""Changes looked at for one record; older ones stay in the journal."""

TABLES = {
    "identifier": "patient_identifier",
    "rate": "fx_rate",
    "promise": "money_promise",
    "group": "organization_group",
    "estimate": "estimate",
}
"""Short names of records whose table is called otherwise."""

_BELONGS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "journey": tuple(
        (name, "journey_id")
        for name in (
            "task",
            "note",
            "guarantee",
            "claim",
            "bill",
            "payment",
            "estimate",
            "confirmation",
            "document",
            "opinion",
            "referral",
            "appointment",
            "travel_leg",
            "stay",
            "escort",
            "money_promise",
            "cycle_plan",
            "pregnancy",
            "newborn",
            "repatriation",
            "complaint",
            "survey",
            "health_notice",
            "tb_test",
            "urgent_call",
            "variance_flag",
        )
    ),
    "guarantee": (("guarantee_version", "guarantee_id"), ("guarantee_query", "guarantee_id")),
    "claim": (
        ("claim_line", "claim_id"),
        ("claim_query", "claim_id"),
        ("appeal", "claim_id"),
        ("payment", "claim_id"),
        ("money_promise", "claim_id"),
        ("task", "claim_id"),
        ("note", "claim_id"),
        ("document", "claim_id"),
    ),
    "patient": (
        ("patient_identifier", "patient_id"),
        ("related_person", "patient_id"),
        ("cover", "patient_id"),
        ("legal_hold", "patient_id"),
    ),
    "cover": (("benefit_usage", "cover_id"),),
    "agreement": (
        ("agreement_party", "agreement_id"),
        ("obligation", "agreement_id"),
        ("plan_activity", "agreement_id"),
        ("indicator", "agreement_id"),
        ("task", "agreement_id"),
        ("data_request", "agreement_id"),
        ("report_channel", "agreement_id"),
        ("outreach_event", "agreement_id"),
    ),
    "plan_activity": (("plan_milestone", "activity_id"),),
    "release": (("printed_copy", "release_id"),),
    "indicator": (("indicator_value", "indicator_id"),),
    "outreach_event": (("outreach_case", "outreach_id"),),
    "cycle_plan": (("cycle_visit", "plan_id"),),
    "repatriation": (("repatriation_event", "repatriation_id"),),
    "product": (("plan_rules", "product_id"), ("benefit_limit", "product_id")),
    "doctor": (("doctor_place", "doctor_id"), ("doctor_absence", "doctor_id"), ("doctor_slot", "doctor_id")),
    "organization": (
        ("contact", "organization_id"),
        ("group_membership", "organization_id"),
        ("package", "hospital_id"),
        ("doctor_place", "hospital_id"),
    ),
    "roadshow": tuple(
        (f"roadshow_{name}", "roadshow_id") for name in ("permit", "session", "theme", "guest", "need", "promise")
    ),
}
"""Tables whose rows are told together with the record they belong to, and the column that says so."""

_NOT_TOLD = frozenset(
    {
        "state_since",
        "officer_id",
        "file_key",
        "file_id",
        "similar_key",
        "paid_minor",
        "version",
        "last_contact_at",
        "task_id",
    }
)
_KEPT_BACK = frozenset({"health_notice", "tb_test"})
"""Tables of which a history says that something changed, never what: two named roles see that where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One change of one field, or the making or taking out of a record. Values are shown by ``language.shown``."""

    at: dt.datetime
    who: str
    what: Sentence
    """What the action did."""
    action_id: int
    number: int
    """The action's place in the journal."""
    record_kind: str
    record_id: int
    noun: str
    """Marked word for the kind of record."""
    field: str
    label: str
    """Marked name of the field; empty where the whole record was made or taken out."""
    before: object
    after: object
    is_made: bool = False
    is_gone: bool = False
    is_import: bool = False
    is_erased: bool = False
    can_undo: bool = False


# one record


def history_of(session: Session, kind: str, key: int) -> list[HistoryLine]:
    """Everything that happened to a record and to what belongs to it, newest first."""
    family = _family(session, TABLES.get(kind, kind), key)
    actions = {a.id: a for a in journal_history.actions_on(session, family, limit=SHOWN_LINES)}
    rows = [row for row in _changes(session, family) if row.action_id in actions]
    told = {row.action_id for row in rows}
    lines = [line for row in rows for line in _lines(row, actions[row.action_id])]
    lines += [_imported(a, TABLES.get(kind, kind), key) for a in actions.values() if a.id not in told]
    lines.sort(key=lambda line: line.number, reverse=True)
    return _with_names(session, lines)


def _family(session: Session, table: str, key: int) -> dict[str, set[int]]:
    """Keys of the record and of the rows that belong to it, by table, those that are gone again too."""
    found: dict[str, set[int]] = {table: {key}}
    for child, column in _BELONGS.get(table, ()):
        for sub_table, ids in _children(session, child, column, key).items():
            found.setdefault(sub_table, set()).update(ids)
    return found


def _children(session: Session, child: str, column: str, key: int) -> dict[str, set[int]]:
    columns = Base.metadata.tables[child].c
    here = session.scalars(sa.select(columns.id).where(columns[column] == key))
    gone = session.scalars(
        sa.select(CHANGE.c.row_id).where(
            CHANGE.c.op == Op.DELETE,
            CHANGE.c.table_name == child,
            sa.func.json_extract(CHANGE.c.before_json, f"$.{column}") == key,
        )
    )
    found = {child: {*here, *gone}}
    if child in _BELONGS:
        for one in found[child].copy():
            for sub_table, ids in _family(session, child, one).items():
                found.setdefault(sub_table, set()).update(ids)
    return found


def _changes(session: Session, family: Mapping[str, set[int]]) -> Sequence[Any]:
    wanted = json.dumps([[table, key] for table, keys in family.items() for key in keys])
    pairs = sa.func.json_each(wanted).table_valued("value", name="wanted")
    statement = (
        sa.select(
            CHANGE.c.seq,
            CHANGE.c.action_id,
            CHANGE.c.table_name,
            CHANGE.c.row_id,
            CHANGE.c.op,
            CHANGE.c.before_json,
            CHANGE.c.after_json,
            CHANGE.c.digest,
        )
        .select_from(pairs)
        .join(
            CHANGE,
            sa.and_(
                CHANGE.c.table_name == sa.func.json_extract(pairs.c.value, "$[0]"),
                CHANGE.c.row_id == sa.func.json_extract(pairs.c.value, "$[1]"),
            ),
        )
        .where(CHANGE.c.op != Op.RANGE)
        .order_by(CHANGE.c.seq.desc())
        .limit(SHOWN_LINES)
    )
    return session.execute(statement).all()


def changes_of(session: Session, action_id: int) -> list[HistoryLine]:
    """What one action did, field by field, in its own order; at most :data:`SHOWN_LINES` changes."""
    return lines_of_action(session, action_id, limit=SHOWN_LINES)[0]


def lines_of_action(
    session: Session, action_id: int, *, after: int = 0, limit: int
) -> tuple[list[HistoryLine], int | None]:
    """A piece of what one action did, from the change after ``after`` on; where the next piece begins, if there is one.

    Reads no more than the piece, however large the action was.
    """
    action = journal_history.action(session, action_id)
    if action is None:
        return [], None
    statement = (
        sa.select(
            CHANGE.c.seq,
            CHANGE.c.action_id,
            CHANGE.c.table_name,
            CHANGE.c.row_id,
            CHANGE.c.op,
            CHANGE.c.before_json,
            CHANGE.c.after_json,
            CHANGE.c.digest,
        )
        .join(ACTION, sa.and_(CHANGE.c.seq > ACTION.c.first_seq, CHANGE.c.seq <= ACTION.c.last_seq))
        .where(ACTION.c.id == action_id, CHANGE.c.seq > after, CHANGE.c.op.in_([Op.INSERT, Op.UPDATE, Op.DELETE]))
        .order_by(CHANGE.c.seq)
        .limit(limit + 1)
    )
    rows = session.execute(statement).all()
    lines = [line for row in rows[:limit] for line in _lines(row, action)]
    return _with_names(session, lines), rows[limit - 1].seq if len(rows) > limit else None


def _line(
    action: ActionLine,
    table: str,
    key: int,
    *,
    field: str = "",
    label: str = "",
    before: object = None,
    after: object = None,
    **flags: bool,
) -> HistoryLine:
    return HistoryLine(
        at=action.at,
        who=action.actor,
        what=what_happened(action),
        action_id=action.id,
        number=action.number,
        record_kind=table,
        record_id=key,
        noun=noun_of(table),
        field=field,
        label=label,
        before=before,
        after=after,
        is_import=action.kind is ActionKind.IMPORT,
        can_undo=action.is_undoable,
        **flags,
    )


def _imported(action: ActionLine, table: str, key: int) -> HistoryLine:
    """A row of a large import: the action is known, the values are today's."""
    return _line(action, table, key, is_made=True)


def _lines(row: Any, action: ActionLine) -> Iterable[HistoryLine]:
    def line(**values: Any) -> HistoryLine:
        return _line(action, row.table_name, row.row_id, **values)

    if row.digest is not None:
        return [line(is_erased=True)]
    if row.op == Op.INSERT:
        return [line(is_made=True, after=headline_of(row.table_name, json.loads(row.after_json or "{}")))]
    if row.op == Op.DELETE:
        return [line(is_gone=True, before=headline_of(row.table_name, json.loads(row.before_json or "{}")))]
    before, after = json.loads(row.before_json or "{}"), json.loads(row.after_json or "{}")
    return [
        line(
            field=name,
            label=label_of(row.table_name, name),
            before=value_of(row.table_name, name, before),
            after=value_of(row.table_name, name, after),
        )
        for name in after
        if is_read_by_people(name) and name not in _NOT_TOLD and row.table_name not in _KEPT_BACK
    ]


def _with_names(session: Session, lines: list[HistoryLine]) -> list[HistoryLine]:
    wanted: dict[str, set[int]] = {}
    for line in lines:
        for value in (line.before, line.after):
            if isinstance(value, Reference):
                wanted.setdefault(value.table, set()).add(value.key)
    names: dict[Reference, str] = {}
    for table, ids in wanted.items():
        if table in NAMES:
            key = Base.metadata.tables[table].c.id
            for found, name in session.execute(sa.select(key, NAMES[table]).where(key.in_(ids))):
                names[Reference(table=table, key=found)] = name

    currencies = _currencies(session, lines)

    def named(line: HistoryLine, value: object) -> object:
        if isinstance(value, BareAmount):
            currency = currencies.get((value.table, value.column, line.record_id))
            return Money(value.minor, currency) if currency in CURRENCIES else value.minor / 100
        return names.get(value) if isinstance(value, Reference) else value

    return [dataclasses.replace(x, before=named(x, x.before), after=named(x, x.after)) for x in lines]


def _currencies(session: Session, lines: list[HistoryLine]) -> dict[tuple[str, str, int], str]:
    """The currency that an amount's record has today, by table, column and record."""
    wanted: dict[tuple[str, str], set[int]] = {}
    for line in lines:
        for value in (line.before, line.after):
            if isinstance(value, BareAmount):
                wanted.setdefault((value.table, value.column), set()).add(line.record_id)
    found: dict[tuple[str, str, int], str] = {}
    for (table, column), keys in wanted.items():
        c = Base.metadata.tables[table].c
        currency = c.get(currency_column(table, column))
        if currency is not None:
            rows = session.execute(sa.select(c.id, currency).where(c.id.in_(keys)))
            found.update({(table, column, key): code for key, code in rows})
    return found


# actions


def recent_actions(session: Session, *, before: int | None = None, limit: int = 50) -> list[ActionLine]:
    """The newest actions of the store, newest first; ``before`` is the number of the last one already shown."""
    return journal_history.actions(session, before=before, limit=limit)


def next_undo(session: Session) -> ActionLine | None:
    """What Undo takes back next."""
    return journal_history.next_undo(session)


def next_redo(session: Session) -> ActionLine | None:
    """What Redo brings back next."""
    return journal_history.next_redo(session)


def action_called(session: Session, key: int) -> ActionLine | None:
    """The action with this number; none where there is none."""
    return journal_history.action(session, key)


def what_happened(line: ActionLine) -> Sentence:
    """An action in words: an undo or redo says of what."""
    if line.undoes is None:
        return step_itself(line)
    return said(N_("Redone: {what}") if line.is_redo else N_("Undone: {what}"), what=step_itself(line))


def step_itself(line: ActionLine) -> Sentence:
    """The step that an action is, takes back or brings again, for a sentence that says itself which of them."""
    return said(line.title)
