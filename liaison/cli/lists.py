"""Lists in and out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from liaison.domain.errors import Refused, Unavailable
from liaison.i18n import N_

if TYPE_CHECKING:
    from liaison.store.store import Store

from liaison.cli.invocation import (
    UNREADABLE,
    Invocation,
    JsonOption,
    answer,
    file_to_write,
    has_store,
    invocation,
    not_empty,
    opened,
    print_json,
    say,
)
from liaison.cli.program import app
from liaison.cli.ways import Asked, Memory, Way, way_of

COPIED = N_("Write a list into a file")
"""Title of the action by which an exported list is on record."""


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
    run = invocation(context)
    not_empty(context, ("mapping", "currency", "insurer", "city"))
    way = way_of(kind)
    asked = Asked(currency=currency, insurer=insurer, city=city, password=password, mapping=mapping)
    for file in files:
        if not file.is_file():
            raise Unavailable(UNREADABLE, file=str(file))
    if dry_run and not has_store(run.folder()):
        told, action = [_read(run, way, file, asked, Memory()).to_json(run, rows=rows) for file in files], None
    else:
        with opened(run, brings_much=True) as store:
            told, action = _brought(run, store, way, files, asked, rows=rows, dry_run=dry_run)
    if as_json:
        print_json({"files": told, "dry_run": dry_run, "action": None if action is None else str(action)})
    else:
        _tell_lists(run, told, action)
    if not any(file["imported"] or file.get("on_record") for file in told):
        raise typer.Exit(Refused.exit_status)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A file read, with its bytes for keeping."""

    staged: Any
    content: bytes

    def to_json(self, run: Invocation, *, rows: bool, counts: Mapping[str, int] | None = None) -> dict[str, Any]:
        """What is printed of one file."""
        more = {"rows": True} if rows and hasattr(self.staged, "rows_as_json") else {}
        return {**self.staged.to_json(run.words, **more), **(counts or {})}


def _read(run: Invocation, way: Way, file: Path, asked: Asked, memory: Memory) -> _Read:
    say(run.words("Reading {file} …", file=file.name))
    return _Read(staged=way.stage(file, asked, memory), content=file.read_bytes())


def _brought(
    run: Invocation, store: Store, way: Way, files: Sequence[Path], asked: Asked, *, rows: bool, dry_run: bool
) -> tuple[list[dict[str, Any]], int | None]:
    """Every file read and then written as one action; a file that is refused leaves nothing of the others behind."""
    with store.read() as session:
        memory = way.memory(session, asked)
    read = [_read(run, way, file, asked, memory) for file in files]
    if dry_run or not any(way.count(each.staged) for each in read):
        with store.read() as session:
            planned = [way.plan(session, each.staged, asked).counts() for each in read]
        return [each.to_json(run, rows=rows, counts=c) for each, c in zip(read, planned, strict=True)], None
    told = []
    reason = " ".join(f"sha256:{each.staged.sha256}" for each in read)
    with store.write(way.title, kind="import", reason=reason) as session:
        for each in read:
            done = way.write if way.count(each.staged) else _only_planned(way)
            told.append(
                each.to_json(run, rows=rows, counts=done(session, each.staged, asked, each.content).plan.counts())
            )
        return told, int(session.info["action_id"])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    plan: Any


def _only_planned(way: Way) -> Callable[[Any, Any, Asked, bytes], _Planned]:
    """A file that brings nothing in beside others that do."""
    return lambda session, staged, asked, content: _Planned(plan=way.plan(session, staged, asked))


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
    from liaison.services.list_copies import record_copy

    run = invocation(context)
    file_to_write(to, example=f"{kind}.xlsx", endings=(".xlsx", ".csv", ".json"))
    with opened(run) as store:
        with store.read() as session:
            grid = export(session, kind, text, run.words)
        about = {run.words("Filter"): text, run.words("Made on"): run.words.formats.moment(run.clock())}
        rows = workbook.write([grid], to, language=run.words, about=about)
        sha256 = hashlib.sha256(to.read_bytes()).hexdigest()
        with store.write(COPIED, kind="release") as session:
            record_copy(session, kind, text, asked={"filter": text}, rows=rows, sha256=sha256, language=run.words.code)
    say(run.words.plural("{count} row written to {file}.", "{count} rows written to {file}.", rows, file=str(to)))
