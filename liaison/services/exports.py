"""Lists as tables of plain values, for a workbook, a .csv or .json: what a page shows, all of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy.orm import Session

from liaison.domain.claims import PlainClaim
from liaison.domain.errors import Refused
from liaison.domain.fields import field_of
from liaison.domain.grids import Column, ColumnKind, Grid
from liaison.domain.problems import Problem
from liaison.i18n import N_, Language
from liaison.services import network_exports, roadshow_exports, score_exports
from liaison.services.list_of_agreements import agreements_grid
from liaison.services.list_of_claims import LISTED, claim_ids, claim_page
from liaison.services.list_of_journeys import journey_ids, journey_page
from liaison.services.list_of_network import Part
from liaison.services.list_of_outreach import channels_grid, outreach_grid, requests_grid
from liaison.services.list_of_plans import activities_grid, indicators_grid
from liaison.services.list_queries import ListQuery
from liaison.services.network import contacts_of, organizations
from liaison.services.network_views import ContactLine, ContactView, OrganizationSummary

UNKNOWN_KIND = N_("There is no list called {name} to export. Lists: {known}.")
_AT_ONCE = 2_000


def journeys_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """The journeys that a filter line asks for."""
    ids = journey_ids(session, query)
    rows = tuple(
        (
            r.case_no,
            r.name,
            r.sex,
            r.birth_date,
            r.city,
            r.kind,
            r.stage or r.state,
            r.state,
            r.state_since,
            r.hospital,
            r.insurer,
            r.next_step.text(language) if r.next_step else None,
            r.due_at,
            r.waiting_on,
            r.waiting_for or None,
            r.opened_on,
            r.officer or None,
        )
        for start in range(0, len(ids), _AT_ONCE)
        for r in journey_page(session, ids[start : start + _AT_ONCE])
        if r is not None
    )
    columns = (
        Column(label=N_("Case number"), kind=ColumnKind.IDENTIFIER),
        Column(label=N_("Name")),
        Column(label=N_("Sex")),
        Column(label=N_("Date of birth"), kind=ColumnKind.DATE),
        Column(label=N_("City")),
        Column(label=N_("Kind of case")),
        Column(label=N_("Stage")),
        Column(label=N_("Status")),
        Column(label=N_("Status since"), kind=ColumnKind.MOMENT),
        Column(label=N_("Hospital")),
        Column(label=N_("Insurer")),
        Column(label=N_("Next step")),
        Column(label=N_("Due"), kind=ColumnKind.MOMENT),
        Column(label=N_("Waiting on")),
        Column(label=N_("Waiting for whom exactly")),
        Column(label=N_("Opened on"), kind=ColumnKind.DATE),
        Column(label=N_("Officer")),
    )
    return Grid(title=N_("Journeys"), columns=columns, rows=rows)


def claims_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """The claims that a filter line asks for."""
    ids = claim_ids(session, query)
    rows = tuple(
        (
            r.claim_no,
            r.name,
            r.insurer or None,
            r.hospital or None,
            r.case_no or None,
            r.submitted_on,
            r.billed.currency,
            r.billed,
            r.approved,
            r.paid,
            r.balance,
            r.age_days,
            r.state,
            r.waiting_on,
            r.origin_city or None,
            *(value or None for value in r.listed),
        )
        for start in range(0, len(ids), _AT_ONCE)
        for r in claim_page(session, ids[start : start + _AT_ONCE])
        if r is not None
    )
    columns = (
        Column(label=N_("Claim number"), kind=ColumnKind.IDENTIFIER),
        Column(label=N_("Name")),
        Column(label=N_("Insurer")),
        Column(label=N_("Hospital")),
        Column(label=N_("Case number"), kind=ColumnKind.IDENTIFIER),
        Column(label=N_("Submitted on"), kind=ColumnKind.DATE),
        Column(label=N_("Currency")),
        Column(label=N_("Billed"), kind=ColumnKind.MONEY),
        Column(label=N_("Approved"), kind=ColumnKind.MONEY),
        Column(label=N_("Paid"), kind=ColumnKind.MONEY),
        Column(label=N_("Unpaid"), kind=ColumnKind.MONEY),
        Column(label=N_("Age"), kind=ColumnKind.COUNT),
        Column(label=N_("Status")),
        Column(label=N_("Waiting on")),
        Column(label=N_("City")),
        *(Column(label=field_of(PlainClaim, name).label, kind=ColumnKind.IDENTIFIER) for name in LISTED),
    )
    return Grid(title=N_("Claims"), columns=columns, rows=rows)


def hospitals_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """Houses of the network: hospitals, insurers, administrators."""
    houses = [o for o in organizations(session) if _has(query.text, o.name, o.city)]
    return _houses(N_("Hospitals"), houses)


def _houses(title: str, houses: Iterable[OrganizationSummary]) -> Grid:
    rows = tuple(
        (
            o.name,
            o.kind,
            o.city or None,
            o.country or None,
            o.group or None,
            o.phone or None,
            o.night_phone or None,
            o.desk_phone or None,
            o.desk_hours or None,
            o.last_verified_on,
        )
        for o in houses
    )
    columns = (
        Column(label=N_("Name")),
        Column(label=N_("Kind")),
        Column(label=N_("City")),
        Column(label=N_("Country")),
        Column(label=N_("Hospital group")),
        Column(label=N_("Telephone"), kind=ColumnKind.IDENTIFIER),
        Column(label=N_("Night number"), kind=ColumnKind.IDENTIFIER),
        Column(label=N_("Desk"), kind=ColumnKind.IDENTIFIER),
        Column(label=N_("Hours")),
        Column(label=N_("Last verified on"), kind=ColumnKind.DATE),
    )
    return Grid(title=title, columns=columns, rows=rows)


def contacts_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """The desks of every house."""
    return _desks(
        (o.name, o.city, c)
        for o in organizations(session)
        if _has(query.text, o.name, o.city)
        for c in contacts_of(session, o.id)
    )


def _desks(desks: Iterable[tuple[str, str, ContactView]]) -> Grid:
    """Desks as (house, city, desk)."""
    rows = tuple(
        (
            house,
            city or None,
            c.desk,
            c.name or None,
            c.phone or None,
            c.whatsapp or None,
            c.night_phone or None,
            c.email or None,
            c.hours or None,
            ", ".join(c.languages) or None,
            c.last_verified_on,
        )
        for house, city, c in desks
    )
    columns = (
        Column(label=N_("Organisation")),
        Column(label=N_("City")),
        Column(label=N_("Desk")),
        Column(label=N_("Person")),
        Column(label=N_("Telephone"), kind=ColumnKind.IDENTIFIER),
        Column(label=N_("WhatsApp"), kind=ColumnKind.IDENTIFIER),
        Column(label=N_("Night number"), kind=ColumnKind.IDENTIFIER),
        Column(label=N_("E-mail")),
        Column(label=N_("Hours")),
        Column(label=N_("Languages")),
        Column(label=N_("Last verified on"), kind=ColumnKind.DATE),
    )
    return Grid(title=N_("Contacts"), columns=columns, rows=rows)


EXPORTS: Mapping[str, Callable[[Session, ListQuery, Language], Grid]] = {
    "journeys": journeys_grid,
    "claims": claims_grid,
    "hospitals": hospitals_grid,
    "contacts": contacts_grid,
    "agreements": agreements_grid,
    "plan": activities_grid,
    "indicators": indicators_grid,
    "data_requests": requests_grid,
    "channels": channels_grid,
    "outreach": outreach_grid,
    **roadshow_exports.GRIDS,
    **network_exports.GRIDS,
    **score_exports.GRIDS,
}


def network_grid(session: Session, part: Part, query: ListQuery) -> Grid:
    """One of the network's lists as its page shows it: its filter, its order."""
    lines = part.asked(session, query)
    if part.desks:
        return _desks((line.house, line.city, line.contact) for line in lines if isinstance(line, ContactLine))
    return _houses(N_("Network"), [line for line in lines if isinstance(line, OrganizationSummary)])


def export(session: Session, name: str, question: str | ListQuery, language: Language) -> Grid:
    """One list as a table, in the order asked for. Raises :class:`Refused` for a list or a filter nobody knows."""
    if name not in EXPORTS:
        values = {"name": name, "known": ", ".join(EXPORTS)}
        raise Refused([Problem(code="UNKNOWN_LIST", message=UNKNOWN_KIND, field="kind", values=values)])
    query = ListQuery(text=question) if isinstance(question, str) else question
    return EXPORTS[name](session, query, language)


def _has(text: str, *parts: str) -> bool:
    return all(any(word in part.casefold() for part in parts) for word in text.casefold().split())
