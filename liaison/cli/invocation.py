"""What holds for a whole command: language, store, passphrase, clock; and how a command speaks."""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from liaison import settings
from liaison.domain.errors import LiaisonError, Locked, Refused, Unavailable
from liaison.domain.problems import Problem
from liaison.i18n import LANGUAGES, N_, Language

if TYPE_CHECKING:
    from liaison.store.store import Store


LOCKED = Locked.exit_status
WORLD = Unavailable.exit_status
WRONG_USAGE = 2
OUR_BUG = 70
STOPPED = 130

SAMPLE_FOLDER = "sample"

NO_PASSPHRASE = N_(
    "No passphrase was given. Set LIAISON_PASSPHRASE, or name a file with --passphrase-file; it is never an argument."
)
UNREADABLE = N_("The file {file} cannot be read. Check its name and whether you may open it.")
UNWRITABLE = N_("{file} cannot be written. Choose another folder, or close the file if it is open.")
DISK_FULL = N_("The disk is full. Nothing was lost. Free some space, then try again.")
OUR_MISTAKE = N_("This is a mistake of the program, not yours; nothing was half-written. Where: {where}")
INTERRUPTED = N_("Stopped. Nothing was half-written.")
NO_CASE = N_("There is no case with the number {number}. Look it up with: liaison find WORDS.")
NO_ACTION = N_("There is nothing to undo.")
NO_SUCH_ACTION = N_("There is no action {number}. They are listed by: liaison history.")
BAD_MOMENT = N_("Write the moment as 2026-11-20 or 2026-11-20T14:05+07:00.")
BAD_LANGUAGE = N_("Unknown language {language}. Known: {known}.")
BAD_ENDING = N_("The file must end in {known}.")
BACKUP_FAILED = N_("The backup on closing was not made: {why}")
EMPTY_OPTION = N_("{option} is empty. Say what it is, or leave the option out.")
IS_FOLDER = N_("{folder} is a folder. Name the file to write, for instance {example}.")
TWO_DIFFER = N_("The two passphrases differ. Nothing was made.")
TOO_SHORT = N_("Use a passphrase of at least {count} characters. Nothing was made.")
LEAST_CHARACTERS = 10
YEARS = range(1970, 2080)
"""Years a clock may stand in; keys of records end in 2089."""
LARGEST = 2**63 - 1
"""The largest key or count that a store can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """What holds for the whole command: the language, the store's folder, the passphrase's file, the clock."""

    words: Language
    store: Path | None
    passphrase_file: Path | None
    clock: Callable[[], dt.datetime]

    def folder(self) -> Path:
        """The store's folder: the one given, else the one this machine remembers."""
        return self.store or settings.load().store_folder


StoreOption = Annotated[Path | None, typer.Option("--store", help=N_("Folder of the store."))]
JsonOption = Annotated[bool, typer.Option("--json", help=N_("Print one JSON object."))]
LanguageOption = Annotated[str, typer.Option("--lang", help=N_("Language: id or en."))]


def invocation(context: typer.Context, lang: str = "") -> Invocation:
    """What holds for this command; ``lang`` is the command's own option."""
    run: Invocation = context.obj
    return replace(run, words=language_called(lang)) if lang else run


def language_called(code: str) -> Language:
    """The language with this code; another code is wrong usage."""
    if code not in LANGUAGES:
        message = Language("en")(BAD_LANGUAGE, language=code, known=", ".join(LANGUAGES))
        raise typer.BadParameter(message, param_hint="--lang")
    return Language(code)


def chosen_language(argv: Sequence[str]) -> Language:
    """The language of messages before the words are understood: --lang, LIAISON_LANG, what this machine remembers."""
    asked = [b for a, b in pairwise(argv) if a == "--lang"]
    asked += [a.partition("=")[2] for a in argv if a.startswith("--lang=")]
    for code in (*asked, os.environ.get("LIAISON_LANG", ""), settings.load().language):
        if code in LANGUAGES:
            return Language(code)
    return Language(LANGUAGES[0])


def clock_at(as_of: str, words: Language) -> Callable[[], dt.datetime]:
    """The machine's clock, or one that stands at --as-of or SOURCE_DATE_EPOCH."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not as_of and not epoch.isdecimal():
        return lambda: dt.datetime.now(dt.UTC)
    moment = _moment(as_of or _of_epoch(epoch, words), words)
    return lambda: moment


def _of_epoch(epoch: str, words: Language) -> str:
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise typer.BadParameter(words(BAD_MOMENT), param_hint="SOURCE_DATE_EPOCH") from error


def _moment(text: str, words: Language) -> dt.datetime:
    """A moment as typed; without a zone it is the office's, a bare date is its end."""
    from zoneinfo import ZoneInfo

    from liaison.i18n.formats import DEFAULT_ZONE

    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise typer.BadParameter(words(BAD_MOMENT), param_hint="--as-of") from error
    if moment.year not in YEARS:
        raise typer.BadParameter(words(BAD_MOMENT), param_hint="--as-of")
    if len(text.strip()) <= len("2026-11-20"):
        moment = moment.replace(hour=23, minute=59)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(DEFAULT_ZONE))


@contextmanager
def opened(run: Invocation, *, brings_much: bool = False, in_kiosk: bool = False) -> Iterator[Store]:
    """The store, open for as long as the command needs it.

    A kiosk opens for the commands of a kiosk alone (``in_kiosk``), and keeps no backups: nothing may stay behind. Where
    the command changed another store, it is backed up on closing: every half hour of use, and after an import always.
    """
    from liaison.store.opening import open_store

    with open_store(
        run.folder(), passphrase_of(run), clock=run.clock, progress=lambda text: say(run.words(text))
    ) as store:
        is_kiosk = _check_kiosk(store, in_kiosk=in_kiosk)
        before = _head(store)
        yield store
        if _head(store) != before and not is_kiosk:
            _back_up(run, store, is_closing=brings_much)


def _check_kiosk(store: Store, *, in_kiosk: bool) -> bool:
    from liaison.services import kiosk

    with store.read() as session:
        (kiosk.need_kiosk if in_kiosk else kiosk.refuse_kiosk)(session)
    return in_kiosk


def _head(store: Store) -> object:
    from liaison.store.journal import head

    with store.read() as session:
        return head(session.connection())


def _back_up(run: Invocation, store: Store, *, is_closing: bool) -> None:
    """An office that only uses the command line has backups too. The work is done already, so trouble is only told."""
    from liaison.store.backup import back_up_if_due

    try:
        back_up_if_due(store, is_closing=is_closing)
    except LiaisonError as error:
        say(run.words(BACKUP_FAILED, why=error.text(run.words)))


def file_to_write(file: Path, *, example: str, endings: tuple[str, ...]) -> Path:
    """The file, where it may be one. Refuses a folder, another ending, and a place inside a store."""
    from liaison.store.durable import outside_store

    if file.is_dir():
        values = {"folder": str(file), "example": str(file / example)}
        raise Refused([Problem(code="IS_FOLDER", message=IS_FOLDER, field="output", values=values)])
    if file.suffix.lower() not in endings:
        known = {"known": ", ".join(endings)}
        raise Refused([Problem(code="BAD_ENDING", message=BAD_ENDING, field="to", values=known)])
    return outside_store(file)


def not_empty(context: typer.Context, names: Iterable[str]) -> None:
    """Refuses what was typed with nothing behind it, as an unset variable of a script does: it would ask for all."""
    for name in names:
        source, value = context.get_parameter_source(name), context.params[name]
        texts = value if isinstance(value, (list, tuple)) else [value]
        if source is not None and source.name == "COMMANDLINE" and not all(str(text).strip() for text in texts):
            raise Refused(
                [Problem(code="EMPTY_OPTION", message=EMPTY_OPTION, field=name, values={"option": f"--{name}"})]
            )


def has_store(folder: Path) -> bool:
    """Whether a store lies in this folder."""
    return (folder / "keys.json").exists()


def given_passphrase(run: Invocation) -> str:
    """The passphrase from the file or the environment; empty where neither was named."""
    if run.passphrase_file is not None:
        return first_line(run.passphrase_file)
    return os.environ.get("LIAISON_PASSPHRASE", "")


def passphrase_of(run: Invocation) -> str:
    """The passphrase given or typed. Raises :class:`Locked` where nobody can be asked."""
    given = given_passphrase(run)
    if given:
        return given
    if not sys.stdin.isatty():
        raise Locked(NO_PASSPHRASE)
    import getpass

    return getpass.getpass(run.words("Passphrase: "))


def new_passphrase(run: Invocation) -> str:
    """A passphrase for a new store: typed twice where somebody types it."""
    given = given_passphrase(run)
    if not given:
        import getpass

        given = passphrase_of(run)
        if getpass.getpass(run.words("Once more: ")) != given:
            raise Refused([Problem(code="TWO_DIFFER", message=TWO_DIFFER, field="passphrase")])
    if len(given) < LEAST_CHARACTERS:
        values = {"count": LEAST_CHARACTERS}
        raise Refused([Problem(code="TOO_SHORT", message=TOO_SHORT, field="passphrase", values=values)])
    return given


def invented_passphrase() -> str:
    """A passphrase for a sample office, in letters and digits that nobody confuses."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def first_line(file: Path) -> str:
    """The first line of a small secret file. Raises :class:`Unavailable` where it cannot be read."""
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()[0].strip()
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise Unavailable(UNREADABLE, file=str(file)) from error


def answer(text: str) -> None:
    """Print a line of the answer."""
    typer.echo(text)


def say(text: str) -> None:
    """Tell something beside the answer, on standard error."""
    typer.echo(text, err=True)


def print_json(value: object) -> None:
    """Print the whole answer as one JSON object."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns under their heads; in a pipe as wide as they are, on a screen within it."""
    if not rows or sys.stdout is None:
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(*heads, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    width = None if sys.stdout.isatty() else 240
    Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False).print(table)
