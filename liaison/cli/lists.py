"""Lists in and out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from liaison.domain.errors import Refused, Unavailable
from liaison.domain.problems import Problem
from liaison.i18n import N_

if TYPE_CHECKING:
    from liaison.store.store import Store

from liaison.cli.invocation import (
    BAD_ENDING,
    UNREADABLE,
    Invocation,
    JsonOption,
    answer,
    invocation,
    opened,
    print_json,
    say,
)
from liaison.cli.program import app


@app.command(
    "import", help=N_("Bring lists in: claims, journeys, hospitals, contacts or rates. One command, one undo.")
)
def bring_in(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help=N_("Files to bring in."))],
    kind: Annotated[str, typer.Option("--kind", help=N_("claims, journeys, hospitals, contacts or rates."))] = "claims",
    mapping: Annotated[str, typer.Option("--mapping", help=N_("Name or TOML file of a mapping."))] = "",
    currency: Annotated[str, typer.Option("--currency", help=N_("Currency where a file names none."))] = "",
    insurer: Annotated[str, typer.Option("--insurer", help=N_("Whose list it is."))] = "",
    city: Annotated[str, typer.Option("--city", help=N_("Where its patients come from."))] = "",
    password: Annotated[str, typer.Option("--password", help=N_("Password of the workbook."))] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Show, write nothing."))] = False,
    rows: Annotated[bool, typer.Option("--rows", help=N_("Print every row that comes in."))] = False,
    as_json: JsonOption = False,
) -> None:
    """Lists as one action."""
    from liaison.exchange.formats import ListAnswers, format_called

    run = invocation(context)
    chosen = format_called(kind)
    answers = ListAnswers(currency=currency, insurer=insurer, city=city, password=password, mapping=mapping)
    staged = []
    for file in files:
        if not file.is_file():
            raise Unavailable(UNREADABLE, file=str(file))
        say(run.words("Reading {file} …", file=file.name))
        staged.append(chosen.read(file, answers))
    action: int | None = None
    with opened(run) as store:
        if dry_run:
            with store.read() as session:
                counts = [chosen.plan(session, each, answers).counts() for each in staged]
        else:
            counts, action = _write_lists(store, chosen, staged, answers)
    told = [{**each.to_json(run.words, rows=rows), **count} for each, count in zip(staged, counts, strict=True)]
    if as_json:
        print_json({"files": told, "dry_run": dry_run, "action": None if action is None else str(action)})
    else:
        _tell_lists(run, told, action)
    if not any(file["imported"] for file in told):
        raise typer.Exit(Refused.exit_status)


def _write_lists(store: Store, chosen: Any, staged: list[Any], answers: Any) -> tuple[list[dict[str, int]], int]:
    """All files in one action; one that is refused leaves nothing of the others behind."""
    counts = []
    with store.write(
        chosen.title, kind="import", reason=" ".join(f"sha256:{each.sha256}" for each in staged)
    ) as session:
        for each in staged:
            counts.append(chosen.write(session, each, answers).plan.counts())
        return counts, int(session.info["action_id"])


def _tell_lists(run: Invocation, told: list[dict[str, Any]], action: int | None) -> None:
    for file in told:
        answer(
            run.words(
                "{file}: {imported} come in, {rejected} refused, {skipped} no data",
                file=file["file"],
                imported=file["imported"],
                rejected=file["rejected"],
                skipped=file["skipped"],
            )
        )
        for currency, each in file.get("sums", {}).items():
            answer(f"  {currency} {each['billed']}" + (f" / {each['approved']}" if "approved" in each else ""))
        for reject in file["rejects"]:
            answer(f"  {reject['sheet']} {reject['row']}: {reject['message']}")
        for warning in file["warnings"]:
            answer(f"  {warning.get('row') or ''} {warning['message']}".rstrip())
    if action is None:
        say(run.words("Nothing was written (--dry-run)."))
    else:
        say(run.words("Brought in. To take it back: liaison undo {action}", action=str(action)))


@app.command("export", help=N_("Write a list to an .xlsx, .csv or .json file."))
def export_list(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help=N_("journeys, claims, hospitals or contacts."))],
    to: Annotated[Path, typer.Option("--to", help=N_("File to write."))],
    text: Annotated[str, typer.Option("--filter", help=N_("Filter line, for instance kota:medan."))] = "",
) -> None:
    """A list as a file."""
    from liaison.exchange import workbook
    from liaison.services.exports import export

    run = invocation(context)
    if to.suffix.lower() not in (".xlsx", ".csv", ".json"):
        values = {"known": ".xlsx, .csv, .json"}
        raise Refused([Problem(code="BAD_ENDING", message=BAD_ENDING, field="to", values=values)])
    with opened(run) as store, store.read() as session:
        grid = export(session, kind, text, run.words)
    about = {run.words("Filter"): text, run.words("Made on"): run.words.formats.moment(run.clock())}
    rows = workbook.write([grid], to, language=run.words, about=about)
    say(run.words.plural("{count} row written to {file}.", "{count} rows written to {file}.", rows, file=str(to)))
