"""The program of the command line: options that hold for every command, before or behind its name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, cast

import typer

from liaison.cli.invocation import Invocation, LanguageOption, StoreOption, clock_at, language_called
from liaison.i18n import N_, Language

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.callback(help=N_("Keep the cases of insured patients who are treated abroad or at home."))
def everything(
    context: typer.Context,
    as_of: Annotated[str, typer.Option("--as-of", help=N_("The clock, for instance 2026-11-20T14:05+07:00."))] = "",
    store: StoreOption = None,
    passphrase_file: Annotated[
        Path | None, typer.Option("--passphrase-file", help=N_("File with the passphrase in its first line."))
    ] = None,
    lang: LanguageOption = "",
) -> None:
    """Read what stands before every command."""
    words = language_called(lang) if lang else cast("Language", context.obj)
    context.obj = Invocation(words=words, store=store, passphrase_file=passphrase_file, clock=clock_at(as_of, words))


GENERAL = ("--as-of", "--store", "--passphrase-file")
"""Options that hold for every command and that no command has for itself."""


def general_first(argv: Sequence[str]) -> list[str]:
    """The words with the general options in front, where the program reads them: people type them behind the command
    as often as before it.
    """
    first: list[str] = []
    rest: list[str] = []
    words = list(argv)
    while words:
        word = words.pop(0)
        if word == "--":
            rest += [word, *words]
            break
        if word in GENERAL and words:
            first += [word, words.pop(0)]
        elif word.partition("=")[0] in GENERAL and "=" in word:
            first.append(word)
        else:
            rest.append(word)
    return first + rest
