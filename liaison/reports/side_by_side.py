"""One paper of one case as several readers would get it: the pages of each, and what one sees and another does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import Language
from liaison.reports.catalogue import checked_audience, report_called
from liaison.reports.draft_mark import as_draft
from liaison.reports.making import make_report
from liaison.reports.reader_tags import Difference, differences

COMPARED = ("case_summary", "claim_letter", "paper_letter", "benefit_estimate")
"""Papers about one person that are made for several readers."""

MOST = 3
"""So many copies stand side by side on one screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The paper as one reader would get it; without pages where it cannot be made for that reader, and why."""

    audience: Audience
    document: bytes | None = None
    pages: int = 0
    names_people: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """The copies in the order they were asked for, and the fields that differ between those that could be made."""

    copies: tuple[Copy, ...]
    made_for: tuple[Audience, ...] = ()
    differences: tuple[Difference, ...] = ()


def usual_readers(name: str) -> tuple[Audience, ...]:
    """Whom a paper is compared for at first: everybody outside that it is made for, then the office."""
    readers = report_called(name).audiences
    outside = [one for one in readers if one is not Audience.INTERNAL]
    return (*outside, *(one for one in readers if one is Audience.INTERNAL))[:MOST]


def side_by_side(
    session: Session, name: str, options: Mapping[str, str], readers: Sequence[Audience], *, language: str
) -> SideBySide:
    """Make a paper for up to three readers from one snapshot. Nothing is written, and nothing leaves."""
    report = report_called(name)
    copies, views, made_for = [], [], []
    for reader in [checked_audience(report, one) for one in readers][:MOST]:
        try:
            result = make_report(session, name, options, language=language, audience=reader)
        except Refused as refused:
            copies.append(Copy(audience=reader, problems=refused.problems))
            continue
        pages = as_draft(result.data, Language(language))
        copies.append(Copy(audience=reader, document=pages, pages=result.pages, names_people=result.names_people))
        if result.material is not None:
            views.append(result.material.view)
            made_for.append(reader)
    return SideBySide(copies=tuple(copies), made_for=tuple(made_for), differences=differences(tuple(views)))
