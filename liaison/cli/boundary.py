"""Where every command ends: its exit status, and words for whatever went wrong."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from typing import Any

import typer

from liaison.cli.invocation import (
    DISK_FULL,
    INTERRUPTED,
    OUR_BUG,
    OUR_MISTAKE,
    STOPPED,
    UNWRITABLE,
    WORLD,
    WRONG_USAGE,
    chosen_language,
    say,
)
from liaison.cli.program import app, general_first
from liaison.cli.usage import help_in, wrong_usage
from liaison.domain.errors import LiaisonError, Refused
from liaison.i18n import N_, Language

_USAGE: type[Exception] = next(
    c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException" and issubclass(c, Exception)
)
"""What wrong usage raises; typer brings its own copy of click from some version on."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the answer is the exit status. No known trouble ever shows a traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    language = chosen_language(words)
    try:
        return _run(words, language)
    except LiaisonError as error:
        say(in_words_of_options(error, language))
        return error.exit_status
    except OSError as error:
        return _world(error, language)
    except (KeyboardInterrupt, typer.Abort):
        say(language(INTERRUPTED))
        return STOPPED
    except Exception as error:  # noqa: BLE001  the one boundary: anything that arrives here is our own mistake
        from liaison.log import where

        say(language(OUR_MISTAKE, where=where(error)))
        return OUR_BUG


_OPTIONS = {
    "NEEDS_PASSWORD": N_("{file} is locked with a password. Give it with --password."),
    "WRONG_PASSWORD": N_("The password does not open {file}. Ask the sender for it and give it with --password."),
    "NO_CURRENCY": N_("{file} names no currency. Say which one its amounts are in, for instance --currency IDR."),
    "NO_EVENT": N_("There is no such roadshow. Put it on record first: liaison roadshow CITY --on 2026-12-04"),
}
"""Cures that are an option of a command; the window has a field for each instead."""


def in_words_of_options(error: LiaisonError, language: Language) -> str:
    """What went wrong, with the option that mends it where the window's words would name a field."""
    if not isinstance(error, Refused):
        return error.text(language)
    return "\n".join(language(_OPTIONS.get(p.code, p.message), **p.values) for p in error.problems)


def _run(words: list[str], language: Language) -> int:
    command = _translated(typer.main.get_command(app), language)
    try:
        # Not command.main(): it has answers of its own to a closed pipe and to Ctrl+C.
        with command.make_context("liaison", general_first(words), obj=language) as context:
            command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as stop:
        return int(stop.exit_code)
    except _USAGE as error:
        say(wrong_usage(error, language))
        return WRONG_USAGE
    return 0


def _world(error: OSError, language: Language) -> int:
    """The disk, a file, or the reader of our output at fault."""
    if isinstance(error, BrokenPipeError):
        # Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
    say(language(DISK_FULL) if full else language(UNWRITABLE, file=str(error.filename or "")))
    return WORLD


def _translated(command: Any, language: Language) -> Any:
    """A command with its help in the chosen language."""
    command.help = language(command.help) if command.help else command.help
    for parameter in command.params:
        text = getattr(parameter, "help", None)
        if text:
            parameter.help = language(text)
    page = command.get_help
    command.get_help = lambda context: help_in(language, page(context))
    for each in getattr(command, "commands", {}).values():
        _translated(each, language)
    return command
