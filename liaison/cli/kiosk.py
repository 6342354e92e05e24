"""A kiosk on the command line: its enquiries in one sealed file, the receipt, and taking them in at the office."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from liaison.cli.handing import CodeOption, code_typed
from liaison.cli.invocation import JsonOption, answer, file_to_write, invocation, opened, print_json, say
from liaison.cli.program import app
from liaison.i18n import N_

kiosk_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(kiosk_app, name="kiosk", help=N_("The store of a counter, and what it hands to the office."))


@kiosk_app.command("hand-over", help=N_("Write the kiosk's enquiries into one encrypted file; prints its code."))
def hand_over_kiosk(
    context: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", help=N_("File to write, ending in .liaison."))],
    as_json: JsonOption = False,
) -> None:
    """Everything that the office does not have yet."""
    from liaison.services import kiosk
    from liaison.store.case_file import ENDING
    from liaison.store.spoken_code import new_code

    run = invocation(context)
    file_to_write(output, example=f"kiosk{ENDING}", endings=(ENDING,))
    with opened(run, in_kiosk=True) as store:
        made = kiosk.hand_over(store, output, code=new_code())
    if as_json:
        print_json({"file": str(made.path), "code": made.code, "entries": made.entries})
        return
    answer(str(made.path))
    answer(run.words("Code, to be said on the telephone: {code}", code=made.code))
    say(run.words.plural("{count} enquiry is in the file", "{count} enquiries are in the file", made.entries))
    say(run.words("They stay here until the office says its receipt: liaison kiosk receipt RECEIPT"))


@kiosk_app.command("receipt", help=N_("Wipe from the kiosk what the office has received."))
def receipt_of_office(
    context: typer.Context,
    receipt: Annotated[str, typer.Argument(help=N_("Receipt, as the office said it."))],
) -> None:
    """Nothing stays in the kiosk of what the office has."""
    from liaison.services import kiosk

    run = invocation(context)
    with opened(run, in_kiosk=True) as store:
        gone = kiosk.receive(store, receipt)
    answer(run.words.plural("{count} enquiry is wiped from the kiosk", "{count} enquiries are wiped from the kiosk",
                            gone))  # fmt: skip


@kiosk_app.command("take-in", help=N_("Look at a kiosk's file and take its enquiries in; prints the receipt."))
def take_kiosk_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=N_("The kiosk's file."))],
    code_file: CodeOption = None,
    look: Annotated[bool, typer.Option("--look", help=N_("Only say what it would bring."))] = False,
    same: Annotated[
        bool, typer.Option("--same", help=N_("Where somebody on record is most probably meant, take that person."))
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Each enquiry becomes a case with its consent. Without --same everybody is put on record anew."""
    from liaison.services import kiosk_intake

    run = invocation(context)
    code = code_typed(run, code_file)
    with opened(run) as store:
        seen = kiosk_intake.look_at_file(store, file, code)
        likely = {line.entry.id: line.suggested.id for line in seen.new if line.suggested is not None}
        if not look:
            kiosk_intake.take_in(store, file, code, likely if same else {})
    receipt = "" if look else seen.receipt
    if as_json:
        print_json(
            {"office": seen.office, "entries": len(seen.lines), "new": len(seen.new),
             "similar": {str(entry): str(person) for entry, person in likely.items()},
             "receipt": receipt, "taken": not look}
        )  # fmt: skip
        return
    answer(run.words.plural("{count} new enquiry from {office}", "{count} new enquiries from {office}", len(seen.new),
                            office=seen.office))  # fmt: skip
    if likely:
        say(run.words.plural("{count} person may be on record already.", "{count} people may be on record already.",
                             len(likely)))  # fmt: skip
    if receipt:
        answer(run.words("Receipt, to be said to the kiosk: {receipt}", receipt=receipt))
