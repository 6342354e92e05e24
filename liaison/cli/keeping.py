"""Keeping a store safe: checks, backups, undo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from liaison.cli.invocation import (
    LARGEST,
    LOCKED,
    NO_ACTION,
    NO_SUCH_ACTION,
    UNREADABLE,
    JsonOption,
    answer,
    first_line,
    invocation,
    opened,
    passphrase_of,
    print_json,
    say,
)
from liaison.cli.program import app
from liaison.domain.errors import Refused, Unavailable
from liaison.domain.problems import Problem
from liaison.i18n import N_


@app.command(help=N_("Check the whole store: file, journal, search, attached files, sums."))
def check(context: typer.Context, as_json: JsonOption = False) -> None:
    """Look whether everything is well."""
    from liaison.services.checkup import check_store

    run = invocation(context)
    with opened(run) as store:
        found = check_store(store)
    if as_json:
        checks = [{"name": c.name, "ok": c.is_well, "faults": list(c.faults), "count": c.count} for c in found.checks]
        print_json({"ok": found.is_well, "checks": checks})
    else:
        for one in found.checks:
            mark = run.words("well") if one.is_well else run.words("{count} faults", count=one.count)
            answer(f"{one.title.text(run.words)}: {mark}" + "".join(f"\n  {fault}" for fault in one.faults))
    if not found.is_well:
        say(run.words("Something is wrong. Restore the newest backup into a new folder, and keep this one as it is."))
        raise typer.Exit(LOCKED)


@app.command(help=N_("Make a verified backup in a folder."))
def backup(context: typer.Context, folder: Annotated[Path, typer.Argument(help=N_("Folder for the backup."))]) -> None:
    """A backup, opened again and counted."""
    from liaison.store.backup import back_up

    run = invocation(context)
    with opened(run) as store:
        made = back_up(store, to=folder)
    answer(str(made.path))
    say(run.words("Backup made and checked: {count} rows.", count=made.rows))


@app.command("restore", help=N_("Bring a backup back into a new folder."))
def restore_backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=N_("Backup file."))],
    to: Annotated[Path, typer.Option("--to", help=N_("New, empty folder."))],
    recovery_code_file: Annotated[
        Path | None, typer.Option("--recovery-code-file", help=N_("File with the recovery code."))
    ] = None,
) -> None:
    """A backup as a store again."""
    from liaison.store.backup import restore

    run = invocation(context)
    if not file.is_file():
        raise Unavailable(UNREADABLE, file=str(file))
    code = first_line(recovery_code_file) if recovery_code_file else None
    made = restore(file, to, passphrase=None if code else passphrase_of(run), recovery_code=code, clock=run.clock)
    answer(str(made.folder))
    say(run.words("Restored as of {moment}: {count} rows.", moment=made.made_at, count=made.rows))
    if made.missing:
        say(run.words("Attached files that no longer lie beside the backup: {count}.", count=len(made.missing)))


@app.command(help=N_("Undo the last action, or the one named; undoing an undo is a redo."))
def undo(
    context: typer.Context,
    action: Annotated[
        int | None, typer.Argument(max=LARGEST, help=N_("Number of the action, as history shows it."))
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Take an action back."""
    from liaison.services.history import action_called, next_undo, step_itself
    from liaison.services.undoing import take_back

    run = invocation(context)
    with opened(run) as store:
        with store.read() as session:
            line = next_undo(session) if action is None else action_called(session, action)
        if line is None:
            message = NO_ACTION if action is None else NO_SUCH_ACTION
            raise Refused([Problem(code="NO_ACTION", message=message, field="action", values={"number": str(action)})])
        done = take_back(store, line.id)
    if as_json:
        print_json({"undone": str(line.id), "action": str(done)})
        return
    said = "Redone: {what}" if line.undoes is not None and not line.is_redo else "Undone: {what}"
    answer(run.words(said, what=step_itself(line).text(run.words)))
