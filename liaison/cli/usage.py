"""Wrong usage and help, said in the officer's language: the library that reads the command line speaks English only."""

from __future__ import annotations

import difflib
import re
from typing import Any

from liaison.i18n import N_, Language

UNKNOWN_COMMAND = N_("There is no command {name}.")
UNKNOWN_OPTION = N_("There is no option {name}.")
MEANT = N_("Did you mean {name}?")
MISSING = N_("{name} is missing.")
MISFIT = N_("What was given for {name} does not fit.")
WHOLE_NUMBER = N_("{name} is a whole number.")
AT_LEAST = N_("{name} is at least {least}.")
NEEDS_VALUE = N_("{name} needs a value after it.")
TOO_MUCH = N_("These words are too many here: {words}.")
USUALLY = N_("usually {value}")
NO_COMMAND = N_("Name a command.")
MORE = N_("Help: {command}")

_HEADINGS = (
    N_("Usage:"), N_("Options:"), N_("Commands:"), N_("Arguments:"), N_("Show this message and exit."),
    N_("[required]"), N_("[OPTIONS]"), N_("COMMAND [ARGS]..."),
)  # fmt: skip
"""What the library writes into a page of help by itself."""

_DEFAULT = re.compile(r"\[default: ([^\];]*)(?:;[^\]]*)?\]")
_QUOTED = re.compile(r"'([^']*)'")
_AT_LEAST = re.compile(r"greater than or equal to (\d+)")
_IN_BRACKETS = re.compile(r"\((.*)\)")


def help_in(language: Language, text: str) -> str:
    """A page of help with the library's own words translated."""
    for heading in _HEADINGS:
        text = text.replace(heading, language(heading))
    return _DEFAULT.sub(lambda found: f"[{language(USUALLY, value=found[1])}]", text)


def wrong_usage(error: Any, language: Language) -> str:
    """What was wrong with the words given, and where help is; one sentence each."""
    context = getattr(error, "ctx", None)
    command = f"{context.command_path} --help" if context is not None else "liaison --help"
    return f"{_sentence(error, context, language)} {language(MORE, command=command)}"


def _sentence(error: Any, context: Any, language: Language) -> str:
    message = str(getattr(error, "message", "") or "")
    match type(error).__name__:
        case "NoSuchOption":
            known = [name for each in context.command.get_params(context) for name in each.opts] if context else []
            return _unknown(UNKNOWN_OPTION, error.option_name, known, language)
        case "MissingParameter":
            return language(MISSING, name=_name(error))
        case "BadOptionUsage":
            return language(NEEDS_VALUE, name=error.option_name)
        case "BadParameter":
            return _misfit(error, message, language)
    named = _QUOTED.search(message)
    if message.startswith("No such command") and named:
        return _unknown(UNKNOWN_COMMAND, named[1], list(getattr(context.command, "commands", {})), language)
    if message.startswith("Got unexpected extra"):
        extra = _IN_BRACKETS.search(message.removeprefix("Got unexpected extra argument(s)"))
        return language(TOO_MUCH, words=extra[1] if extra else "")
    return language(NO_COMMAND) if message.startswith("Missing command") else language(MISFIT, name=_name(error))


def _misfit(error: Any, message: str, language: Language) -> str:
    """A value that does not fit; a sentence of our own is said as it is, it is in the right language already."""
    if getattr(error, "param", None) is None:
        return message
    if "valid integer" in message:
        return language(WHOLE_NUMBER, name=_name(error))
    least = _AT_LEAST.search(message)
    if least:
        return language(AT_LEAST, name=_name(error), least=least[1])
    return language(MISFIT, name=_name(error))


def _unknown(sentence: str, name: str, known: list[str], language: Language) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    said = language(sentence, name=name)
    return f"{said} {language(MEANT, name=near[0])}" if near else said


def _name(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "param_hint", "") or "")
    return str(parameter.opts[-1] if parameter.param_type_name == "option" else parameter.name)
