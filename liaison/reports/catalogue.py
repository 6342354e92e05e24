"""Every report this program prints: its name, what it asks for, who may read it, and how it is made.

Adding a report is one module and one line in :data:`REPORTS`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_, Language
from liaison.reports import (
    case_gather,
    case_summary,
    city_briefing,
    claim_letter,
    claim_view,
    directory,
    directory_view,
)
from liaison.reports.blocks import Block
from liaison.reports.case_gather import CaseKeys
from liaison.reports.case_summary import CaseOptions
from liaison.reports.claim_letter import LetterOptions
from liaison.services.changes import zone

UNKNOWN_REPORT = N_("There is no report called {name}. Reports: {known}.")
MISSING_OPTION = N_("This report needs: {option}.")
UNKNOWN_OPTION = N_("This report does not know the option {option}.")
WRONG_AUDIENCE = N_("This report is not made for that audience. It is made for: {known}.")
BAD_MOMENT = N_("Write the moment as 2026-11-20 17:00.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A report whose data is read: ``view`` is what it is made from, ``lay_out`` puts it on pages in a language.

    ``keys`` names the person a copy speaks of; a report without one must name nobody, and is scanned for leaks.
    """

    view: object
    lay_out: Callable[[Language], list[Block]]
    as_of: dt.datetime
    office: str
    keys: CaseKeys | None = None
    recipient: str = ""
    purpose: str = ""
    names_no_insurer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something a report asks for. ``label`` is a marked text."""

    name: str
    label: str
    is_required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report: ``code`` heads its ids, ``title`` is a marked text, the first audience is the usual one."""

    name: str
    code: str
    title: str
    options: tuple[Option, ...]
    audiences: tuple[Audience, ...]
    prepare: Callable[[Session, Mapping[str, str], Audience], Prepared]


def _case_summary(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    view, keys = case_gather.gather(session, options["case"])
    chosen = CaseOptions(
        receiver=options.get("receiver", ""),
        number=options.get("number", ""),
        purpose=options.get("purpose", ""),
        ask=options.get("ask", ""),
        by=_moment(session, options.get("by", "")),
        annexes=options.get("annexes", ""),
    )
    usual = {Audience.HOSPITAL: view.hospital, Audience.INSURER: view.insurer}.get(audience, "")
    return Prepared(
        view=view,
        lay_out=partial(case_summary.lay_out, view, audience=audience, options=chosen),
        as_of=view.as_of,
        office=view.office.name,
        keys=keys if audience is not Audience.PUBLIC else None,
        recipient=chosen.receiver or usual,
        purpose=chosen.purpose,
    )


def _claim_letter(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    view, keys = claim_view.gather(session, options["claim"])
    chosen = LetterOptions(
        receiver=options.get("receiver", ""), number=options.get("number", ""), annexes=options.get("annexes", "")
    )
    usual = {Audience.HOSPITAL: view.hospital, Audience.INSURER: view.insurer}.get(audience, view.holder)
    return Prepared(
        view=view,
        lay_out=partial(claim_letter.lay_out, view, audience=audience, options=chosen),
        as_of=view.as_of,
        office=view.office.name,
        keys=keys,
        recipient=chosen.receiver or usual,
    )


def _moment(session: Session, text: str) -> dt.datetime | None:
    """A moment typed in the office's own time."""
    if not text:
        return None
    from zoneinfo import ZoneInfo

    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused([Problem(code="BAD_MOMENT", field="by", message=BAD_MOMENT)]) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone(session)))


def _directory(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    view = directory_view.gather(session, options["city"])
    return Prepared(view=view, lay_out=partial(directory.lay_out, view), as_of=view.as_of, office=view.office.name)


def _city_briefing(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    view = city_briefing.gather(session, options["city"])
    return Prepared(
        view=view,
        lay_out=partial(city_briefing.lay_out, view),
        as_of=view.as_of,
        office=view.office.name,
        names_no_insurer=True,
    )


REPORTS: tuple[Report, ...] = (
    Report(
        name="case_summary",
        code="R1",
        title=N_("Case summary"),
        options=(
            Option(name="case", label=N_("Case number"), is_required=True),
            Option(name="receiver", label=N_("Receiver")),
            Option(name="number", label=N_("Number of this letter")),
            Option(name="purpose", label=N_("Purpose of printing a restricted diagnosis")),
            Option(name="ask", label=N_("What we ask for")),
            Option(name="by", label=N_("By when")),
            Option(name="annexes", label=N_("Annexes")),
        ),
        audiences=(Audience.INTERNAL, Audience.HOSPITAL, Audience.INSURER, Audience.PUBLIC),
        prepare=_case_summary,
    ),
    Report(
        name="claim_letter",
        code="R2",
        title=N_("Claim status letter"),
        options=(
            Option(name="claim", label=N_("Claim number"), is_required=True),
            Option(name="receiver", label=N_("Receiver")),
            Option(name="number", label=N_("Number of this letter")),
            Option(name="annexes", label=N_("Annexes")),
        ),
        audiences=(Audience.FAMILY, Audience.HOSPITAL, Audience.INSURER),
        prepare=_claim_letter,
    ),
    Report(
        name="directory",
        code="R4",
        title=N_("Hospital directory"),
        options=(Option(name="city", label=N_("City"), is_required=True),),
        audiences=(Audience.PUBLIC,),
        prepare=_directory,
    ),
    Report(
        name="city_briefing",
        code="R6",
        title=N_("City briefing"),
        options=(Option(name="city", label=N_("City"), is_required=True),),
        audiences=(Audience.PUBLIC,),
        prepare=_city_briefing,
    ),
)


def report_called(name: str) -> Report:
    """The report of a name. Refuses an unknown one with the list of known ones."""
    for report in REPORTS:
        if report.name == name:
            return report
    known = ", ".join(report.name for report in REPORTS)
    raise Refused(
        [Problem(code="UNKNOWN_REPORT", field="name", message=UNKNOWN_REPORT, values={"name": name, "known": known})]
    )


def checked_options(report: Report, options: Mapping[str, str]) -> dict[str, str]:
    """The options with blanks stripped. Refuses unknown ones, and names every one that is missing."""
    known = {option.name for option in report.options}
    problems = [
        Problem(code="UNKNOWN_OPTION", field=name, message=UNKNOWN_OPTION, values={"option": name})
        for name in options
        if name not in known
    ]
    filled = {name: value.strip() for name, value in options.items() if value and value.strip()}
    problems += [
        Problem(code="MISSING_OPTION", field=option.name, message=MISSING_OPTION, values={"option": option.name})
        for option in report.options
        if option.is_required and option.name not in filled
    ]
    if problems:
        raise Refused(problems)
    return filled


def checked_audience(report: Report, audience: Audience | None) -> Audience:
    """The audience to make a report for, the usual one where none is asked for."""
    if audience is None:
        return report.audiences[0]
    if audience not in report.audiences:
        known = ", ".join(one.value for one in report.audiences)
        raise Refused(
            [Problem(code="WRONG_AUDIENCE", field="audience", message=WRONG_AUDIENCE, values={"known": known})]
        )
    return audience
