"""Many papers in one print, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from liaison.cli.invocation import (
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
from liaison.cli.paper import GreyOption, PagesOption, UnsealedOption, audience_called, seal_for
from liaison.cli.program import app
from liaison.i18n import N_

TITLE = N_("Print a run of papers")
SUBJECT = N_("Name what the papers are about with --city or --case.")
BOTH_SIDES = N_("Each paper begins on a sheet of its own.")


@app.command("print-run", help=N_("Print one report for many cities or cases as one PDF with a sheet of contents."))
def print_many(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=N_("Name of the report, or list."))],
    output: Annotated[Path, typer.Option("-o", "--output", help=N_("PDF to write."))],
    city: Annotated[list[str] | None, typer.Option("--city", help=N_("City; may be given several times."))] = None,
    case: Annotated[
        list[str] | None, typer.Option("--case", help=N_("Case number; may be given several times."))
    ] = None,
    audience: Annotated[str, typer.Option("--audience", help=N_("Who reads it."))] = "",
    both_sides: Annotated[bool, typer.Option("--both-sides", help=BOTH_SIDES)] = False,
    password_file: Annotated[
        Path | None, typer.Option("--password-file", help=N_("File with the agreed password that seals the PDF."))
    ] = None,
    unsealed: UnsealedOption = "",
    grey: GreyOption = False,
    pages: PagesOption = "",
    lang: LanguageOption = "",
    as_json: JsonOption = False,
) -> None:
    """Papers that may not be printed are told; the others are."""
    run = invocation(context, lang)
    not_empty(context, ("city", "case"))
    subjects = [("city", one) for one in city or ()] + [("case", one) for one in case or ()]
    if not subjects:
        raise typer.BadParameter(run.words(SUBJECT))
    from liaison.reports import leaving, print_run
    from liaison.reports.catalogue import report_called
    from liaison.reports.for_printer import Sheets
    from liaison.reports.print_run import RunItem

    report_called(name)
    file_to_write(output, example="print_run.pdf", endings=(".pdf",))
    reader = audience_called(audience)
    items = [
        RunItem(report=name, options={option: subject}, language=run.words.code, label=subject, audience=reader)
        for option, subject in subjects
    ]
    with opened(run) as store:
        with store.read() as session:
            parts: list[print_run.RunPart] = []
            for item in items:
                parts.append(print_run.make_part(session, item, parts))
            bound = print_run.bind(session, parts, language=run.words.code, both_sides=both_sides)
            how = leaving.closing_here(session, *bound.results)
        password = first_line(password_file) if password_file is not None else ""
        seal = seal_for(run, how, password=password, unsealed=unsealed)
        output.parent.mkdir(parents=True, exist_ok=True)
        with store.write(TITLE, kind=bound.action_kind) as session:
            leaving.put_run(session, bound, output, seal, Sheets(is_grey=grey, pages=pages))
    refused = [part for part in bound.parts if part.result is None]
    if as_json:
        print_json(
            {
                "file": str(output), "pages": bound.pages,
                "papers": [{"about": p.item.label, "id": p.result.id, "pages": p.result.pages}
                           for p in bound.parts if p.result is not None],
                "not_printed": [{"about": p.item.label, "codes": [one.code for one in p.problems]} for p in refused],
            }
        )  # fmt: skip
        return
    rows = [(p.item.label, p.result.id, str(p.result.pages)) for p in bound.parts if p.result is not None]
    print_table((run.words("About"), run.words("Report id"), run.words("Pages")), rows)
    for part in refused:
        say(f"{part.item.label}: {' '.join(p.text(run.words) for p in part.problems)}")
