"""Handing cases to a colleague's laptop, and taking them over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from liaison.cli.invocation import (
    JsonOption,
    answer,
    file_to_write,
    first_line,
    invocation,
    opened,
    print_json,
    say,
)
from liaison.cli.program import app
from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.i18n import N_

NO_SUCH_CASE = N_("There is no case {case} here.")
NO_CODE = N_("Name the file that holds the code with --code-file, or type the code when asked.")
CodeOption = Annotated[Path | None, typer.Option("--code-file", help=N_("File with the code."))]


@app.command("hand-over", help=N_("Write cases into one encrypted file for a colleague's laptop; prints its code."))
def hand_over_cases(
    context: typer.Context,
    cases: Annotated[list[str], typer.Argument(help=N_("Case numbers."))],
    output: Annotated[Path, typer.Option("-o", "--output", help=N_("File to write, ending in .liaison."))],
    to: Annotated[str, typer.Option("--to", help=N_("Colleague who takes over."))],
    note: Annotated[str, typer.Option("--note", help=N_("Note for the colleague."))] = "",
    as_json: JsonOption = False,
) -> None:
    """Cases in one sealed file."""
    from liaison.domain.handing import HandOverDraft
    from liaison.services import hand_over
    from liaison.store.case_file import ENDING
    from liaison.store.spoken_code import new_code

    run = invocation(context)
    file_to_write(output, example=f"cases{ENDING}", endings=(ENDING,))
    with opened(run) as store:
        with store.read() as session:
            keys = {case: hand_over.case_called(session, case) for case in cases}
        missing = [case for case, key in keys.items() if key is None]
        if missing:
            raise Refused(
                Problem(code="NO_SUCH_CASE", message=NO_SUCH_CASE, field="cases", values={"case": c}) for c in missing
            )
        wanted = [key for key in keys.values() if key is not None]
        made = hand_over.hand_over(store, wanted, HandOverDraft(who=to, note=note), path=output, code=new_code())
    if as_json:
        print_json({"file": str(made.path), "code": made.code, "cases": made.cases, "files": made.files})
        return
    answer(str(made.path))
    answer(run.words("Code, to be said on the telephone: {code}", code=made.code))
    say(run.words.plural("{count} case is in the file", "{count} cases are in the file", made.cases))


@app.command("take-over", help=N_("Look at a colleague's file of cases and take it over."))
def take_over_cases(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=N_("The colleague's file."))],
    code_file: CodeOption = None,
    look: Annotated[bool, typer.Option("--look", help=N_("Only say what it would change."))] = False,
    theirs: Annotated[
        bool, typer.Option("--theirs", help=N_("Where both sides changed a field, take it as it came."))
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """A colleague's cases, compared field by field. Where both sides changed a field, ours stays unless said."""
    from liaison.domain.handing import Side
    from liaison.services import take_over

    run = invocation(context)
    code = code_typed(run, code_file)
    with opened(run) as store:
        seen = take_over.look_at_file(store, file, code)
        if not look:
            side = Side.THEIRS if theirs else Side.OURS
            take_over.take_over(store, file, code, {d.key: side for d in seen.differences})
    if as_json:
        print_json(
            {
                "from": seen.words.officer, "office": seen.words.office, "cases": [case[1] for case in seen.cases],
                "new": dict(seen.new), "changed": seen.changed, "gone": seen.gone, "files": seen.files,
                "differences": [{"table": d.table, "record": str(d.row_id), "field": d.clash.field}
                                for d in seen.differences],
                "taken": not look,
            }
        )  # fmt: skip
        return
    answer(run.words.plural("{count} case from {who}", "{count} cases from {who}", len(seen.cases),
                            who=seen.words.officer))  # fmt: skip
    if seen.is_nothing_new:
        say(run.words("All of it is here already. There is nothing to take over."))
    elif seen.differences:
        say(run.words.plural("{count} field was changed on both sides.", "{count} fields were changed on both sides.",
                             len(seen.differences)))  # fmt: skip


def code_typed(run: Any, file: Path | None) -> str:
    """The code of a file: from the first line of another file, or typed."""
    import sys

    if file is not None:
        return first_line(file)
    if not sys.stdin.isatty():
        raise Refused([Problem(code="NO_CODE", message=NO_CODE, field="code")])
    import getpass

    return getpass.getpass(run.words("Code: "))
