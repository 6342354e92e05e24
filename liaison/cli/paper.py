"""Reports on paper."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from liaison.domain.errors import Refused
from liaison.domain.headlines import option_of
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_

if TYPE_CHECKING:
    from liaison.reports.closing import Closing
    from liaison.reports.leaving import Seal
    from liaison.reports.report import Report
    from liaison.store.store import Store

from liaison.cli.invocation import (
    Invocation,
    JsonOption,
    LanguageOption,
    file_to_write,
    first_line,
    invocation,
    not_empty,
    opened,
    print_json,
    print_table,
    say,
)
from liaison.cli.program import app

MADE_PASSWORDS = N_(
    "PDF and workbook are sealed. Tell their reader this password by telephone, it is shown only now: {password}"
)
MADE_PASSWORD = N_("The PDF is sealed. Tell its reader this password by telephone, it is shown only now: {password}")
UnsealedOption = Annotated[
    str, typer.Option("--unsealed", help=N_("Why a PDF about a person leaves without a password; the reason is kept."))
]
GreyOption = Annotated[bool, typer.Option("--grey", help=N_("In greys only, as for a hotel's printer."))]
PagesOption = Annotated[str, typer.Option("--pages", help=N_("Only these pages, for instance 2-4 or 1,3."))]
HeadlineOption = Annotated[
    list[str] | None,
    typer.Option(
        "--headline", help=N_("Headline in your own words; say it again for the second one, empty for the one made.")
    ),
]
MUST_BE_SEALED = N_(
    "This paper leaves the office sealed only. Name the file with the agreed password: --password-file."
)


@app.command(help=N_("Print a report as a PDF, or list the reports."))
def report(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=N_("Name of the report, or list."))],
    output: Annotated[Path | None, typer.Option("-o", "--output", help=N_("PDF to write."))] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help=N_("Workbook with the same figures."))] = None,
    case: Annotated[str, typer.Option("--case", help=N_("Case number."))] = "",
    claim: Annotated[str, typer.Option("--claim", help=N_("Claim number."))] = "",
    city: Annotated[str, typer.Option("--city", help=N_("City."))] = "",
    country: Annotated[str, typer.Option("--country", help=N_("Country by its two letters, for instance CN."))] = "",
    audience: Annotated[str, typer.Option("--audience", help=N_("Who reads it: see report list."))] = "",
    receiver: Annotated[str, typer.Option("--receiver", help=N_("Whom it goes to."))] = "",
    number: Annotated[str, typer.Option("--number", help=N_("Number of the letter."))] = "",
    purpose: Annotated[str, typer.Option("--purpose", help=N_("Why it is printed."))] = "",
    ask: Annotated[str, typer.Option("--ask", help=N_("What we ask for."))] = "",
    by: Annotated[str, typer.Option("--by", help=N_("By when."))] = "",
    annexes: Annotated[str, typer.Option("--annexes", help=N_("Annexes."))] = "",
    emergency: Annotated[str, typer.Option("--emergency", help=N_("Why it cannot wait for a consent."))] = "",
    officer: Annotated[str, typer.Option("--officer", help=N_("Whose cases; everybody's where left out."))] = "",
    to: Annotated[str, typer.Option("--to", help=N_("Who takes over."))] = "",
    process: Annotated[str, typer.Option("--process", help=N_("For which step papers are asked for."))] = "",
    form: Annotated[
        str, typer.Option("--form", help=N_("Form: pack or phone (itinerary), pages or sheets (booklet)."))
    ] = "",
    cover: Annotated[str, typer.Option("--cover", help=N_("Cover of an itinerary: on or off (no diagnosis)."))] = "",
    event: Annotated[str, typer.Option("--event", help=N_("Roadshow: its city, or its key."))] = "",
    hospital: Annotated[str, typer.Option("--hospital", help=N_("Hospital, by its name or key."))] = "",
    person: Annotated[
        str, typer.Option("--person", help=N_("Number of the person's record, for one without a case."))
    ] = "",
    lost: Annotated[str, typer.Option("--lost", help=N_("Which lost laptop; 1 is the newest."))] = "",
    house: Annotated[str, typer.Option("--house", help=N_("Only for this house, by its name or key."))] = "",
    period: Annotated[
        str, typer.Option("--period", help=N_("Month as 2026-10 or quarter as 2026-Q3; the last quarter if left out."))
    ] = "",
    steps: Annotated[
        bool, typer.Option("--steps", help=N_("Make a step of each difference first (both_sides)."))
    ] = False,
    password_file: Annotated[
        Path | None, typer.Option("--password-file", help=N_("File with the agreed password that seals the PDF."))
    ] = None,
    unsealed: UnsealedOption = "",
    headline: HeadlineOption = None,
    grey: GreyOption = False,
    pages: PagesOption = "",
    lang: LanguageOption = "",
    as_json: JsonOption = False,
) -> None:
    """A report on paper."""
    run = invocation(context, lang)
    if name == "list":
        _list_reports(run, as_json=as_json)
        return
    from liaison.reports.catalogue import report_called

    wanted = report_called(name)
    _check_sealed_only(wanted, audience_called(audience) or wanted.audiences[0], password_file, xlsx)
    if output is None:
        raise typer.BadParameter(run.words("Name the PDF to write with -o FILE.pdf."))
    file_to_write(output, example=f"{name}.pdf", endings=(".pdf",))
    if xlsx is not None:
        file_to_write(xlsx, example=f"{name}.xlsx", endings=(".xlsx",))
    given = {
        "case": case,
        "claim": claim,
        "city": city,
        "country": country,
        "receiver": receiver,
        "number": number,
        "purpose": purpose,
        "ask": ask,
        "by": by,
        "annexes": annexes,
        "emergency": emergency,
        "officer": officer,
        "to": to,
        "process": process,
        "form": form,
        "cover": cover,
        "event": event,
        "hospital": hospital,
        "person": person,
        "lost": lost,
        "house": house,
        "period": period,
    }
    not_empty(context, given)
    options = {key: value for key, value in given.items() if value}
    options |= {option_of(number): text for number, text in enumerate(headline or (), 1) if text.strip()}
    with opened(run) as store:
        if steps:
            _make_steps(store, case)
        password = first_line(password_file) if password_file is not None else ""
        reader = audience_called(audience)
        result = print_report(
            run, store, name, options, target=output, audience=reader, password=password, unsealed=unsealed,
            grey=grey, pages=pages, beside=xlsx,
        )  # fmt: skip
    if as_json:
        print_json(
            {"report": name, "id": result.id, "pages": result.pages, "file": str(output), "sha256": result.sha256}
        )
        return
    say(
        run.words.plural(
            "{title}, {count} page: {file}",
            "{title}, {count} pages: {file}",
            result.pages,
            title=result.title,
            file=str(output),
        )
    )


def _check_sealed_only(report: Report, reader: Audience, password_file: Path | None, xlsx: Path | None) -> None:
    """Refuses, before the store is opened, what a paper that leaves sealed only would be refused after it was made."""
    from liaison.reports.closing import Closing, closing
    from liaison.reports.leaving import NO_TWIN

    if closing(report, reader, names_people=True, is_sample=False) is Closing.ALWAYS:
        if password_file is None:
            raise Refused([Problem(code="MUST_BE_SEALED", field="password", message=MUST_BE_SEALED)])
        if xlsx is not None:
            raise Refused([Problem(code="NO_TWIN", field="xlsx", message=NO_TWIN)])


def print_report(
    run: Invocation, store: Store, name: str, options: dict[str, str], *, target: Path, audience: Audience | None,
    password: str = "", unsealed: str = "", grey: bool = False, pages: str = "", beside: Path | None = None,
) -> Any:  # fmt: skip
    """Make a report, write its PDF, sealed where a password was agreed, and write down that it was made.

    ``beside`` is where its workbook goes, closed as the PDF is: both are written and on record, or neither.
    """
    from liaison.exchange import sealed_workbook
    from liaison.reports.for_printer import Sheets
    from liaison.reports.leaving import about_workbook, check_name_of, closing_here, put_report, put_twin
    from liaison.reports.making import make_report

    for place in (target, *([beside] if beside is not None else [])):
        place.parent.mkdir(parents=True, exist_ok=True)
    with store.read() as session:
        result = make_report(session, name, options, language=run.words.code, audience=audience)
        if beside is not None:
            check_name_of(session, result, beside)
        how = closing_here(session, result)
    message = MADE_PASSWORD if beside is None else MADE_PASSWORDS
    seal = seal_for(run, how, password=password, unsealed=unsealed, message=message)
    with store.write(result.action_title, kind=result.action_kind) as session:
        put_report(session, result, target, seal, Sheets(is_grey=grey, pages=pages))
        if beside is not None:
            book = partial(
                sealed_workbook.twin, grids=result.grids, about=about_workbook(result, run.words), language=run.words,
                made_at=result.as_of,
            )  # fmt: skip
            put_twin(session, result, beside, book, seal)
    for warning in result.warnings:
        say(warning.text(run.words))
    return result


def seal_for(
    run: Invocation, how: Closing, *, password: str, unsealed: str, message: str = MADE_PASSWORD
) -> Seal:  # fmt: skip
    """How a file is closed: by the given password; else, where it must be, by one made now and told, or with why."""
    from liaison.reports.leaving import Seal
    from liaison.store.spoken_code import new_code

    if password or unsealed or not how.must_close:
        return Seal(password=password, open_because=unsealed)
    made = new_code()
    say(run.words(message, password=made))
    return Seal(password=made)


def _make_steps(store: Store, case: str) -> None:
    """A step for each difference between the hospital and the insurer of a case."""
    from liaison.reports.case_gather import find_case
    from liaison.services.both_sides import open_difference_steps

    with store.write(N_("Make a step of each difference")) as session:
        open_difference_steps(session, find_case(session, case).id)


def _list_reports(run: Invocation, *, as_json: bool) -> None:
    from liaison.reports.catalogue import REPORTS

    if as_json:
        described = [
            {
                "name": r.name,
                "title": run.words(r.title),
                "audiences": [a.value for a in r.audiences],
                "options": [
                    {"name": o.name, "label": run.words(o.label), "required": o.is_required} for o in r.options
                ],
            }
            for r in REPORTS
        ]
        print_json({"reports": described})
        return
    rows = [
        (
            r.name,
            run.words(r.title),
            " ".join(f"--{o.name}" if o.is_required else f"[--{o.name}]" for o in r.options),
            " ".join(audience.value for audience in r.audiences),
        )
        for r in REPORTS
    ]
    print_table((run.words("Report"), run.words("Title"), run.words("Options"), "--audience"), rows)


def audience_called(text: str) -> Audience | None:
    """The audience of a code, none for no code. Refuses an unknown one with the list of known ones."""
    return Audience(text) if text in {a.value for a in Audience} else None if not text else _no_audience(text)


def _no_audience(text: str) -> Audience:
    from liaison.reports.catalogue import WRONG_AUDIENCE

    known = ", ".join(a.value for a in Audience)
    raise Refused([Problem(code="WRONG_AUDIENCE", message=WRONG_AUDIENCE, field="audience", values={"known": known})])
