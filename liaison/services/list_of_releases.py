"""The list of printed reports: which, for whom, when, by whom, and where its numbered copies are; and as a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.custody import CopyState
from liaison.domain.grammar import TermField
from liaison.domain.grids import Column, ColumnKind, Grid
from liaison.domain.privacy import Audience
from liaison.i18n import N_, Language
from liaison.services.disclosure import audience_of
from liaison.services.list_queries import ListQuery
from liaison.services.sifting import Heading, Sifted, both_languages, one_of, part_of
from liaison.store.models import PrintedCopyRow, ReleaseRow

_ABOUT = ("city", "case", "claim", "country", "process", "form")
"""What of a report's question stands in a list: never a receiver's name or a sentence somebody typed."""

COPIED_LIST = N_("List as a workbook")
"""What a list that was copied to a file is called; reports have titles of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLine:
    """One report that was printed, saved or copied out."""

    id: int
    report: str
    title: str
    report_id: str
    about: str
    """What it was asked for: a city, a case number, an event."""
    audience: Audience
    language: str
    pages: int
    has_pages: bool
    actor: str
    at: dt.datetime
    copies: int
    out: int
    """Numbered copies that are still with their receivers, or lost."""
    is_lost: bool


def release_lines(session: Session) -> list[ReleaseLine]:
    """Every report on record, the newest first."""
    counted = {
        key: (count, out, lost)
        for key, count, out, lost in session.execute(
            sa.select(
                PrintedCopyRow.release_id,
                sa.func.count(),
                sa.func.sum(sa.case((PrintedCopyRow.state.in_([CopyState.OUT, CopyState.LOST]), 1), else_=0)),
                sa.func.sum(sa.case((PrintedCopyRow.state == CopyState.LOST, 1), else_=0)),
            ).group_by(PrintedCopyRow.release_id)
        )
    }
    r = ReleaseRow
    asked = sa.select(
        r.id, r.report, r.title, r.report_id, r.parameters, r.audience, r.language, r.pages,
        r.file_id.is_not(None), r.actor, r.at,
    ).order_by(r.at.desc(), r.id.desc())  # fmt: skip
    return [
        ReleaseLine(
            id=key, report=report, title=title or COPIED_LIST, report_id=report_id,
            about=", ".join(str(parameters[k]) for k in _ABOUT if parameters.get(k)), audience=audience_of(audience),
            language=language, pages=pages, has_pages=bool(has_pages), actor=actor, at=at,
            copies=counted.get(key, (0, 0, 0))[0], out=counted.get(key, (0, 0, 0))[1],
            is_lost=bool(counted.get(key, (0, 0, 0))[2]),
        )
        for key, report, title, report_id, parameters, audience, language, pages, has_pages, actor, at
        in session.execute(asked)
    ]  # fmt: skip


RELEASES: Sifted[ReleaseLine] = Sifted(
    name="releases",
    lines=release_lines,
    words=lambda line: [
        line.report_id, line.report, line.about, line.actor, *both_languages(line.title, line.audience.label),
    ],
    sorts={
        "at": lambda line: line.at.date(),
        "title": lambda line: line.title.casefold(),
        "id": lambda line: line.report_id,
        "audience": lambda line: list(Audience).index(line.audience),
        "actor": lambda line: line.actor.casefold(),
        "out": lambda line: line.out,
    },
    groups={
        "audience": Heading(of=lambda line: line.audience),
        "actor": Heading(of=lambda line: line.actor),
        "report": Heading(of=lambda line: line.report),
    },
    terms={
        TermField.KIND: one_of(Audience, lambda line: [line.audience]),
        TermField.CITY: part_of(lambda line: [line.about]),
    },
)  # fmt: skip


def releases_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """The printed reports that a filter line asks for; nobody is named but officers."""
    rows = tuple(
        (
            line.at, language(line.title), line.report_id, line.audience, line.pages or None, line.actor,
            line.copies or None, line.out or None,
        )
        for line in RELEASES.asked(session, query)
    )  # fmt: skip
    columns = (
        Column(label=N_("When"), kind=ColumnKind.MOMENT),
        Column(label=N_("Report")),
        Column(label=N_("Report id"), kind=ColumnKind.IDENTIFIER),
        Column(label=N_("Reader")),
        Column(label=N_("Pages"), kind=ColumnKind.COUNT),
        Column(label=N_("Done by")),
        Column(label=N_("Copies"), kind=ColumnKind.COUNT),
        Column(label=N_("Still out"), kind=ColumnKind.COUNT),
    )
    return Grid(title=N_("Printed reports"), columns=columns, rows=rows)
