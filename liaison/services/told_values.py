"""What the journal holds, as people read it: a table's noun, a value as something a language can show, a headline."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
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
from liaison.store import models
from liaison.store.base import Base
from liaison.store.types import Choice, Day, Flag, Items, Moment, from_microseconds

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
    "release_source": N_("Rows behind a report"),
    "release_figure": N_("Figure of a report"),
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


def headline_of(table: str, values: Mapping[str, Any]) -> object:
    """What a record is called: its title, its amount, its state. An amount may still lack its currency."""
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
            return value_of(table, name, values)
    return None


def value_of(table: str, name: str, values: Mapping[str, Any]) -> object:
    """A journaled value as something a language can show."""
    column = Base.metadata.tables[table].c.get(name) if table in Base.metadata.tables else None
    value = values.get(name)
    if column is None or value is None or value == "":
        return value
    if name.endswith("_minor"):
        currency = values.get(currency_column(table, name))
        return Money(value, currency) if currency in CURRENCIES else BareAmount(table=table, column=name, minor=value)
    return _in_words(table, name, _typed_value(column, value))


def currency_column(table: str, amount: str) -> str:
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
        return Reference(table=next(iter(column.foreign_keys)).column.table.name, key=value)
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A key of another record, until its name is looked up."""

    table: str
    key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BareAmount:
    """An amount that changed while its currency did not, until the currency is looked up."""

    table: str
    column: str
    minor: int


NAMES: Mapping[str, sa.ColumnElement[Any]] = {
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
"""What a record is called where another one names it by its key."""


def told_value(session: Session, table: str, column: str, values: Mapping[str, Any]) -> object:
    """One value of a record, as the file holds it, as something a language can show: with names and currency."""
    value = value_of(table, column, values)
    if isinstance(value, BareAmount):
        return value.minor / 100
    if not isinstance(value, Reference):
        return value
    if value.table not in NAMES:
        return value.key
    key = Base.metadata.tables[value.table].c.id
    return session.scalar(sa.select(NAMES[value.table]).where(key == value.key)) or ""


def headline(table: str, values: Mapping[str, Any]) -> object:
    """What a record is called in one word or two: its title, its amount, its state."""
    value = headline_of(table, values)
    return value.minor / 100 if isinstance(value, BareAmount) else value
