"""The lists of requests for data, of channels for reports of disease, and of outreach; and as files."""

from __future__ import annotations

from sqlalchemy.orm import Session

from liaison.domain.data_requests import DataSort, Decision
from liaison.domain.grammar import TermField
from liaison.domain.grids import Column, ColumnKind, Grid
from liaison.domain.outreach import ChannelState
from liaison.i18n import N_, Language
from liaison.services.data_requests import DataRequestLine, request_lines
from liaison.services.list_queries import ListQuery
from liaison.services.outreach import ChannelLine, OutreachLine, channel_lines, outreach_lines
from liaison.services.sifting import Heading, Sifted, both_languages, one_of, part_of

REQUESTS: Sifted[DataRequestLine] = Sifted(
    name="requests",
    lines=request_lines,
    words=lambda line: [
        line.asked_by, line.what, line.purpose, line.clause, line.agreement, line.reason,
        *both_languages(line.sort.label, line.decision.label),
    ],
    sorts={
        "asked": lambda line: line.asked_on,
        "by": lambda line: line.asked_by.casefold(),
        "sort": lambda line: list(DataSort).index(line.sort),
        "decision": lambda line: list(Decision).index(line.decision),
        "agreement": lambda line: line.agreement.casefold(),
    },
    groups={
        "decision": Heading(of=lambda line: line.decision),
        "agreement": Heading(of=lambda line: line.agreement),
        "sort": Heading(of=lambda line: line.sort),
    },
    terms={
        TermField.STATUS: one_of(Decision, lambda line: [line.decision]),
        TermField.KIND: one_of(DataSort, lambda line: [line.sort]),
    },
)  # fmt: skip

CHANNELS: Sifted[ChannelLine] = Sifted(
    name="channels",
    lines=channel_lines,
    words=lambda line: [line.topic, line.authority, line.how, line.agreement, *both_languages(line.state.label)],
    sorts={
        "topic": lambda line: line.topic.casefold(),
        "authority": lambda line: line.authority.casefold(),
        "tested": lambda line: line.tested_on,
        "country": lambda line: line.country,
    },
    groups={"country": Heading(of=lambda line: line.country), "state": Heading(of=lambda line: line.state)},
    terms={
        TermField.STATUS: one_of(ChannelState, lambda line: [line.state]),
        TermField.COUNTRY: part_of(lambda line: [line.country]),
    },
)

OUTREACH: Sifted[OutreachLine] = Sifted(
    name="outreach",
    lines=outreach_lines,
    words=lambda line: [line.title, line.city, line.audience, line.services, line.partners, line.agreement],
    sorts={
        "title": lambda line: line.title.casefold(),
        "held": lambda line: line.held_on,
        "place": lambda line: line.city.casefold(),
        "people": lambda line: line.headcount,
        "referrals": lambda line: line.referrals,
        "cases": lambda line: len(line.cases),
    },
    groups={"country": Heading(of=lambda line: line.country)},
    terms={
        TermField.CITY: part_of(lambda line: [line.city]),
        TermField.COUNTRY: part_of(lambda line: [line.country]),
    },
)


def requests_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """The requests for data that a filter line asks for."""
    rows = tuple(
        (
            line.asked_on, line.asked_by, _country(line.country, language), line.sort, line.what, line.purpose,
            line.agreement or None, line.clause or None, line.decision, line.decided_on, line.decided_by or None,
            line.reason or None,
        )
        for line in REQUESTS.asked(session, query)
    )  # fmt: skip
    columns = (
        Column(label=N_("Asked on"), kind=ColumnKind.DATE),
        Column(label=N_("Who asks")),
        Column(label=N_("Where the data would go")),
        Column(label=N_("Kind of data")),
        Column(label=N_("Which data")),
        Column(label=N_("What for")),
        Column(label=N_("Under which agreement")),
        Column(label=N_("Clause that allows it")),
        Column(label=N_("Answer")),
        Column(label=N_("Answered on"), kind=ColumnKind.DATE),
        Column(label=N_("Decided by")),
        Column(label=N_("Reason")),
    )
    return Grid(title=N_("Requests for data"), columns=columns, rows=rows)


def channels_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """The channels that a filter line asks for."""
    rows = tuple(
        (
            line.topic, line.authority, _country(line.country, language), line.how, line.hours or None, line.state,
            line.tested_on, line.tested_by or None, line.tested_note or None, line.agreement or None,
        )
        for line in CHANNELS.asked(session, query)
    )  # fmt: skip
    columns = (
        Column(label=N_("What is reported")),
        Column(label=N_("To whom")),
        Column(label=N_("Country")),
        Column(label=N_("How")),
        Column(label=N_("Hours there")),
        Column(label=N_("Status")),
        Column(label=N_("Tried on"), kind=ColumnKind.DATE),
        Column(label=N_("Tried by")),
        Column(label=N_("What was said")),
        Column(label=N_("Agreement")),
    )
    return Grid(title=N_("Channels for reports of disease"), columns=columns, rows=rows)


def outreach_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """The outreach that a filter line asks for: people, referrals, cases counted; nobody is named."""
    rows = tuple(
        (
            line.title, _country(line.country, language), line.city or None, line.held_on, line.audience or None,
            line.headcount, line.referrals, len(line.cases), line.services or None, line.partners or None,
            line.agreement or None,
        )
        for line in OUTREACH.asked(session, query)
    )  # fmt: skip
    columns = (
        Column(label=N_("Name of the event")),
        Column(label=N_("Country")),
        Column(label=N_("City")),
        Column(label=N_("Held on"), kind=ColumnKind.DATE),
        Column(label=N_("For whom")),
        Column(label=N_("How many came"), kind=ColumnKind.COUNT),
        Column(label=N_("How many were referred"), kind=ColumnKind.COUNT),
        Column(label=N_("Cases that came of it"), kind=ColumnKind.COUNT),
        Column(label=N_("What was offered")),
        Column(label=N_("Together with")),
        Column(label=N_("Agreement")),
    )
    return Grid(title=N_("Outreach"), columns=columns, rows=rows)


def _country(code: str, language: Language) -> str | None:
    return language.formats.country_name(code) if code else None
