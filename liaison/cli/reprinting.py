"""A report that was printed before, found by the id at the foot of its pages, and printed again as it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from liaison.cli.invocation import (
    Invocation,
    JsonOption,
    LanguageOption,
    file_to_write,
    first_line,
    invocation,
    opened,
    print_json,
    print_table,
    say,
)
from liaison.cli.paper import UnsealedOption, seal_for
from liaison.cli.program import app
from liaison.i18n import N_

if TYPE_CHECKING:
    from liaison.services.releases import ReleaseView
    from liaison.store.store import Store

AGAIN = N_("Print a report again")


@app.command(help=N_("Show what a printed report was, by the id at the foot of its pages; with -o print it again."))
def reprint(
    context: typer.Context,
    report_id: Annotated[str, typer.Argument(metavar="ID", help=N_("The report's id, for instance R6-9F3C-27AE-04."))],
    output: Annotated[Path | None, typer.Option("-o", "--output", help=N_("PDF to write."))] = None,
    password_file: Annotated[
        Path | None, typer.Option("--password-file", help=N_("File with the agreed password that seals the PDF."))
    ] = None,
    unsealed: UnsealedOption = "",
    lang: LanguageOption = "",
    as_json: JsonOption = False,
) -> None:
    """The same bytes, on record again."""
    from liaison.services.releases import release_called

    run = invocation(context, lang)
    if output is not None:
        file_to_write(output, example="report.pdf", endings=(".pdf",))
    sha256 = ""
    with opened(run) as store:
        with store.read() as session:
            found = release_called(session, report_id)
        if output is not None:
            password = first_line(password_file) if password_file is not None else ""
            sha256 = _write(run, store, found.id, output, password=password, unsealed=unsealed)
    if as_json:
        print_json(_plain(found) | ({"file": str(output), "sha256": sha256} if output is not None else {}))
        return
    _show(run, found)
    if output is not None:
        say(run.words(N_("Printed again: {file}"), file=str(output)))


def _write(run: Invocation, store: Store, key: int, target: Path, *, password: str, unsealed: str) -> str:
    """Write the kept pages and put them on record; returns the hash of the file."""
    from liaison.reports.leaving import closing_of_printed, put_again
    from liaison.services import reprints

    with store.read() as session:
        how, kind = closing_of_printed(session, key), reprints.action_kind(session, key)
    seal = seal_for(run, how, password=password, unsealed=unsealed)
    target.parent.mkdir(parents=True, exist_ok=True)
    with store.write(AGAIN, kind=kind) as session:
        return put_again(session, key, target, seal)[1]


def _plain(found: ReleaseView) -> dict[str, Any]:
    return {
        "id": found.report_id, "report": found.report, "parameters": dict(found.parameters),
        "language": found.language, "audience": found.audience.value, "pages": found.pages, "by": found.actor,
        "at": found.at.isoformat(), "sha256": found.sha256, "figures": dict(found.figures),
        "pages_kept": found.has_pages,
    }  # fmt: skip


def _show(run: Invocation, found: ReleaseView) -> None:
    words, formats = run.words, run.words.formats
    rows = [
        (words("Report"), words(found.title) if found.title else found.report),
        (words("Report id"), found.report_id),
        (words("Reader"), words(found.audience.label)),
        (words("Printed"), formats.moment(found.at)),
        (words("Done by"), found.actor),
        (words("Pages"), formats.number(found.pages)),
    ]
    print_table((words("What"), words("Value")), rows)
