"""Every report this program prints, by name; a report's name is that of the module that makes it.

Adding a report is one module with a ``REPORT`` and one line in :data:`REPORTS`.
"""

from __future__ import annotations

from collections.abc import Mapping

from liaison.domain.errors import Refused
from liaison.domain.headlines import LABELS, number_of, option_of
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.reports import (
    ageing,
    agreements,
    benefit_estimate,
    booklet,
    both_sides,
    breach_letters,
    case_summary,
    city_briefing,
    city_pack,
    claim_letter,
    clock_list,
    directory,
    erasure_certificate,
    evaluation,
    handover,
    insurer_sheet,
    itinerary,
    leakage,
    own_copy,
    paper_letter,
    portfolio,
    portfolio_cases,
    roadshow_check_in,
    roadshow_letters,
)
from liaison.reports.report import Report

UNKNOWN_REPORT = N_("There is no report called {name}. Reports: {known}.")
MISSING_OPTION = N_("This report needs: {option}.")
UNKNOWN_OPTION = N_("This report does not know the option {option}.")
WRONG_AUDIENCE = N_("This report is not made for that audience. It is made for: {known}.")

REPORTS: tuple[Report, ...] = (
    case_summary.REPORT,
    claim_letter.REPORT,
    benefit_estimate.REPORT,
    itinerary.REPORT,
    directory.REPORT,
    city_briefing.REPORT,
    clock_list.REPORT,
    evaluation.REPORT,
    handover.REPORT,
    paper_letter.REPORT,
    agreements.REPORT,
    own_copy.REPORT,
    breach_letters.PERSONS,
    breach_letters.AUTHORITY,
    erasure_certificate.REPORT,
    city_pack.REPORT,
    insurer_sheet.REPORT,
    leakage.REPORT,
    roadshow_letters.INVITATIONS,
    roadshow_check_in.REPORT,
    roadshow_letters.FOLLOW_UPS,
    ageing.REPORT,
    booklet.REPORT,
    portfolio.REPORT,
    portfolio_cases.REPORT,
    both_sides.REPORT,
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


def option_labels(name: str) -> dict[str, str]:
    """What the options of a report are called, marked, and its headlines; of a name that no report has, none."""
    asked = {option.name: option.label for report in REPORTS if report.name == name for option in report.options}
    return asked | {option_of(number): label for number, label in enumerate(LABELS, 1)} if asked else asked


def checked_options(report: Report, options: Mapping[str, str]) -> dict[str, str]:
    """The options with blanks stripped. Refuses unknown ones, and names every one that is missing."""
    known = {option.name for option in report.options}
    problems = [
        Problem(code="UNKNOWN_OPTION", field=name, message=UNKNOWN_OPTION, values={"option": name})
        for name in options
        if name not in known and number_of(name) is None
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
