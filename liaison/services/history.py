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

from liaison.domain.agreements import Area
from liaison.domain.coded import Coded
from liaison.domain.money import CURRENCIES, Money
from liaison.domain.patients import RelationKind
from liaison.domain.regions import city_of, province_of
from liaison.domain.urgent import RedFlag
from liaison.domain.work import NoteChannel
from liaison.i18n import LANGUAGE_NAMES, N_
from liaison.i18n.formats import ZONES
from liaison.services.labels import is_read_by_people, label_of
from liaison.services.sentences import Sentence, said
from liaison.store import history as journal_history
from liaison.store import models
from liaison.store.base import Base
from liaison.store.history import ActionLine
from liaison.store.journal_tables import ACTION, CHANGE, ActionKind, Op
from liaison.store.types import Choice, Day, Flag, Items, Moment, from_microseconds

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

_NOUNS = {
    "patient": N_("Patient"),
    "patient_identifier": N_("Identity number"),
    "related_person": N_("Related person"),
    "cover": N_("Cover"),
    "policy": N_("Policy"),
    "journey": N_("Journey"),
    "task": N_("Task"),
    "note": N_("Note"),
    "guarantee": N_("Guarantee letter"),
    "guarantee_version": N_("Letter version"),
    "guarantee_query": N_("Insurer's question"),
    "claim": N_("Claim"),
    "claim_line": N_("Claim line"),
    "claim_query": N_("Insurer's question"),
    "appeal": N_("Appeal"),
    "bill": N_("Bill"),
    "payment": N_("Payment"),
    "money_promise": N_("Promise to pay"),
    "variance_flag": N_("Flag between estimate and payment"),
    "estimate": N_("Estimate"),
    "confirmation": N_("Confirmation"),
    "opinion": N_("Medical opinion"),
    "referral": N_("Referral"),
    "appointment": N_("Appointment"),
    "travel_leg": N_("Leg of the journey"),
    "stay": N_("Hotel"),
    "escort": N_("Companion"),
    "cycle_plan": N_("Plan of cycles"),
    "cycle_visit": N_("Visit of a cycle"),
    "pregnancy": N_("Pregnancy"),
    "airline_rule": N_("Airline's rule"),
    "country_rule": N_("Travel rule of a country"),
    "medif_rule": N_("Rule of an airline for its medical form"),
    "newborn": N_("Newborn child"),
    "repatriation": N_("Way home after a death"),
    "repatriation_event": N_("Step of the way home"),
    "complaint": N_("Complaint"),
    "survey": N_("Survey"),
    "health_notice": N_("Notice of an infection"),
    "tb_test": N_("TB test"),
    "urgent_call": N_("Urgent call"),
    "panel": N_("Hospital on a panel"),
    "credit": N_("Credit arrangement"),
    "document": N_("Document"),
    "organization": N_("Organisation"),
    "contact": N_("Contact"),
    "group_membership": N_("Group membership"),
    "doctor": N_("Doctor"),
    "doctor_place": N_("Doctor at a hospital"),
    "doctor_absence": N_("Absence of a doctor"),
    "doctor_slot": N_("Next free time of a doctor"),
    "package": N_("Package price"),
    "office": N_("Office"),
    "officer": N_("Officer"),
    "agent": N_("Agent"),
    "fx_rate": N_("Exchange rate"),
    "product": N_("Product"),
    "plan_rules": N_("Rules of a plan"),
    "benefit_limit": N_("Limit of a plan"),
    "benefit_usage": N_("Used of a limit"),
    "claim_decision": N_("Decision on a claim"),
    "setting": N_("Setting"),
    "source_file": N_("List as it came"),
    "claim_event": N_("Move of a claim"),
    "guarantee_event": N_("Move of a letter"),
    "journey_event": N_("Move of a case"),
    "lost_laptop": N_("Lost laptop"),
    "erasure": N_("Erasure"),
    "legal_hold": N_("Hold on a person's records"),
    "difference": N_("Field changed on both sides"),
    "known_elsewhere": N_("House under another key"),
    "shared_record": N_("State shared with a colleague"),
    "hand_over_case": N_("Case in a file"),
    "hand_over": N_("File of cases"),
    "deputy": N_("Standing in"),
    "mapping": N_("Meaning of a list's columns"),
    "status_word": N_("Meaning of a status word"),
    "organization_group": N_("Group"),
    "administrator_link": N_("Administrator of an insurer"),
    "case_counter": N_("Count of case numbers"),
    "checklist_rule": N_("Rule of the checklist"),
    "document_request": N_("Paper asked for"),
    "disclosure": N_("Hand-out of data"),
    "release": N_("Report made"),
    "printed_copy": N_("Numbered copy of a report"),
    "ledger": N_("Figures told by a report"),
    "ledger_figure": N_("Printed figure"),
    "target": N_("Target"),
    "agreement": N_("Agreement"),
    "agreement_party": N_("Party of an agreement"),
    "obligation": N_("Promise of an agreement"),
    "plan_activity": N_("Activity of a plan"),
    "plan_milestone": N_("Milestone"),
    "indicator": N_("Indicator"),
    "indicator_value": N_("Figure of an indicator"),
    "data_request": N_("Request for data"),
    "report_channel": N_("Channel for reports of disease"),
    "outreach_event": N_("Outreach event"),
    "outreach_case": N_("Case that came of outreach"),
    "roadshow": N_("Roadshow"),
    "roadshow_permit": N_("Permit of a roadshow"),
    "roadshow_session": N_("Item of a programme"),
    "roadshow_theme": N_("Theme of a region"),
    "roadshow_guest": N_("Guest of a roadshow"),
    "roadshow_need": N_("Wish of a house"),
    "roadshow_promise": N_("Promise of a roadshow"),
}


def noun_of(table: str) -> str:
    """What one record of a table is called, marked."""
    return _NOUNS.get(table, table)


class Answer(Coded):
    """How a flag reads in a history."""

    YES = "YES", N_("yes")
    NO = "NO", N_("no")


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
        noun=_NOUNS.get(table, table),
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
        return [line(is_made=True, after=_headline(row.table_name, json.loads(row.after_json or "{}")))]
    if row.op == Op.DELETE:
        return [line(is_gone=True, before=_headline(row.table_name, json.loads(row.before_json or "{}")))]
    before, after = json.loads(row.before_json or "{}"), json.loads(row.after_json or "{}")
    return [
        line(
            field=name,
            label=label_of(row.table_name, name),
            before=_value(row.table_name, name, before),
            after=_value(row.table_name, name, after),
        )
        for name in after
        if is_read_by_people(name) and name not in _NOT_TOLD and row.table_name not in _KEPT_BACK
    ]


def _headline(table: str, values: Mapping[str, Any]) -> object:
    """What a new record is called in one word or two: its title, its amount, its state."""
    for name in (
        "title",
        "name",
        "full_name",
        "case_no",
        "claim_no",
        "gl_no",
        "text",
        "question",
        "description",
        "hotel",
        "to_place",
        "what",
        "wish",
        "theme",
        "series",
        "proposed_procedure",
        "amount_minor",
        "high_minor",
        "kind",
        "state",
    ):
        if values.get(name) not in (None, ""):
            return _value(table, name, values)
    return None


def _value(table: str, name: str, values: Mapping[str, Any]) -> object:
    """A journaled value as something a language can show."""
    column = Base.metadata.tables[table].c.get(name) if table in Base.metadata.tables else None
    value = values.get(name)
    if column is None or value is None or value == "":
        return value
    if name.endswith("_minor"):
        currency = values.get(_currency_column(table, name))
        return Money(value, currency) if currency in CURRENCIES else _Minor(table=table, column=name, minor=value)
    return _in_words(table, name, _typed_value(column, value))


def _currency_column(table: str, amount: str) -> str:
    """The column that says an amount's currency: ``annual_limit_currency`` for ``annual_limit_left_minor``."""
    own = [c.name for c in Base.metadata.tables[table].c if c.name.endswith("_currency")]
    fitting = [name for name in own if amount.startswith(name.removesuffix("_currency"))]
    return max(fitting, key=len, default="currency")


_CODES: Mapping[tuple[str, str], type[Coded]] = {
    ("guarantee", "channel"): NoteChannel,
    ("claim", "relation"): RelationKind,
    ("cover", "relation_to_holder"): RelationKind,
}
"""Columns of text that hold a code, or somebody's own words."""


_ITEM_CODES: Mapping[tuple[str, str], type[Coded]] = {
    ("agreement", "areas"): Area,
    ("urgent_call", "flags"): RedFlag,
}
"""Columns that hold a list of codes."""


def _in_words(table: str, name: str, value: object) -> object:
    """A code that stands in a column of text, as people say it; anything else as it is."""
    if not isinstance(value, str):
        return value
    codes = _CODES.get((table, name))
    if codes is not None and value in {c.value for c in codes}:
        return codes(value)
    if name == "language":
        return LANGUAGE_NAMES.get(value, value)
    if name == "zone":
        return ZONES.get(value, value)
    if name.endswith("province"):
        province = province_of(value)
        return province.name if province is not None else value
    if table == "office" and name == "city":
        city = city_of(value)
        return city.name if city is not None else value
    return value


def _typed_value(column: sa.Column[Any], value: Any) -> object:
    match column.type:
        case Moment():
            return from_microseconds(value)
        case Day():
            return dt.date.fromisoformat(value)
        case Flag():
            return Answer.YES if value else Answer.NO
        case Choice() as choice:
            return choice.choices(value) if value in {c.value for c in choice.choices} else value
        case Items():
            content = json.loads(value)
            codes = _ITEM_CODES.get((column.table.name, column.name))
            if codes is not None:
                return tuple(codes(each) for each in content)
            return ", ".join(map(str, content)) if isinstance(content, list) else value
    if column.foreign_keys:
        return _Reference(table=next(iter(column.foreign_keys)).column.table.name, key=value)
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reference:
    """A key of another record, until its name is looked up."""

    table: str
    key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Minor:
    """An amount that changed while its currency did not, until the currency is looked up."""

    table: str
    column: str
    minor: int


_NAMES: Mapping[str, sa.ColumnElement[Any]] = {
    "organization": models.OrganizationRow.__table__.c.name,
    "officer": models.OfficerRow.__table__.c.name,
    "agent": models.AgentRow.__table__.c.name,
    "patient": models.PatientRow.__table__.c.full_name,
    "journey": models.JourneyRow.__table__.c.case_no,
    "policy": models.PolicyRow.__table__.c.policy_no,
    "cover": models.CoverRow.__table__.c.member_no,
    "product": models.ProductRow.__table__.c.name,
    "agreement": models.AgreementRow.__table__.c.title,
    "plan_activity": models.ActivityRow.__table__.c.title,
    "indicator": models.IndicatorRow.__table__.c.name,
    "outreach_event": models.OutreachRow.__table__.c.title,
    "doctor": models.DoctorRow.__table__.c.name,
    "organization_group": models.GroupRow.__table__.c.name,
}


def _with_names(session: Session, lines: list[HistoryLine]) -> list[HistoryLine]:
    wanted: dict[str, set[int]] = {}
    for line in lines:
        for value in (line.before, line.after):
            if isinstance(value, _Reference):
                wanted.setdefault(value.table, set()).add(value.key)
    names: dict[_Reference, str] = {}
    for table, ids in wanted.items():
        if table in _NAMES:
            key = Base.metadata.tables[table].c.id
            for found, name in session.execute(sa.select(key, _NAMES[table]).where(key.in_(ids))):
                names[_Reference(table=table, key=found)] = name

    currencies = _currencies(session, lines)

    def named(line: HistoryLine, value: object) -> object:
        if isinstance(value, _Minor):
            currency = currencies.get((value.table, value.column, line.record_id))
            return Money(value.minor, currency) if currency in CURRENCIES else value.minor / 100
        return names.get(value) if isinstance(value, _Reference) else value

    return [dataclasses.replace(x, before=named(x, x.before), after=named(x, x.after)) for x in lines]


def _currencies(session: Session, lines: list[HistoryLine]) -> dict[tuple[str, str, int], str]:
    """The currency that an amount's record has today, by table, column and record."""
    wanted: dict[tuple[str, str], set[int]] = {}
    for line in lines:
        for value in (line.before, line.after):
            if isinstance(value, _Minor):
                wanted.setdefault((value.table, value.column), set()).add(line.record_id)
    found: dict[tuple[str, str, int], str] = {}
    for (table, column), keys in wanted.items():
        c = Base.metadata.tables[table].c
        currency = c.get(_currency_column(table, column))
        if currency is not None:
            rows = session.execute(sa.select(c.id, currency).where(c.id.in_(keys)))
            found.update({(table, column, key): code for key, code in rows})
    return found


def told_value(session: Session, table: str, column: str, values: Mapping[str, Any]) -> object:
    """One value of a record, as the file holds it, as something a language can show: with names and currency."""
    value = _value(table, column, values)
    if isinstance(value, _Minor):
        return value.minor / 100
    if not isinstance(value, _Reference):
        return value
    if value.table not in _NAMES:
        return value.key
    key = Base.metadata.tables[value.table].c.id
    return session.scalar(sa.select(_NAMES[value.table]).where(key == value.key)) or ""


def headline(table: str, values: Mapping[str, Any]) -> object:
    """What a record is called in one word or two: its title, its amount, its state."""
    value = _headline(table, values)
    return value.minor / 100 if isinstance(value, _Minor) else value


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
