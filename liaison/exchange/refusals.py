"""Why a whole file is refused, and what to do about it. One sentence with its cure for every reason."""

from __future__ import annotations

from liaison.domain.coded import Coded
from liaison.domain.errors import Refused, Unavailable
from liaison.domain.problems import Problem
from liaison.i18n import N_


class FileRefusal(Coded):
    """Why a file is not read, or brings nothing in."""

    NOT_A_WORKBOOK = (
        "NOT_A_WORKBOOK",
        N_(
            "{file} is neither a workbook nor a text list. Open it in Excel and save it as .xlsx or .csv, then try "
            "again."
        ),
    )
    WEB_PAGE = (
        "WEB_PAGE",
        N_(
            "{file} is a web page or XML saved under the name of a workbook. Open it in Excel and save it as .xlsx, "
            "then try again."
        ),
    )
    EMPTY = "EMPTY", N_("{file} is empty. Check that the right file was chosen.")
    DAMAGED = (
        "DAMAGED",
        N_("{file} is damaged or incomplete. Open it in Excel and save it again, or ask the sender for a new copy."),
    )
    NEEDS_PASSWORD = (
        "NEEDS_PASSWORD",
        N_("{file} is locked with a password. Type it, then try again."),
    )
    WRONG_PASSWORD = (
        "WRONG_PASSWORD",
        N_("The password does not open {file}. Ask the sender for it, then type it again."),
    )
    LOCKED_OTHERWISE = (
        "LOCKED_OTHERWISE",
        N_("{file} is encrypted in a way this program cannot open. Save it without a password, then try again."),
    )
    TOO_BIG = (
        "TOO_BIG",
        N_("{file} would take up more memory than a list may. Split it, or delete what stands far outside the table."),
    )
    TOO_SLOW = "TOO_SLOW", N_("Reading {file} takes longer than a list may. Split it into smaller files.")
    TOO_MANY_ROWS = "TOO_MANY_ROWS", N_("{file} has more than {limit} rows or cells. Split it into smaller files.")
    TOO_MANY_COLUMNS = (
        "TOO_MANY_COLUMNS",
        N_("{file} has more than {limit} columns. Delete what stands far to the right of the table, then try again."),
    )
    CELL_TOO_LONG = (
        "CELL_TOO_LONG",
        N_(
            "{file} has a cell with more than {limit} characters in row {row} of “{sheet}”, more than Excel allows. "
            "Shorten it, then try again."
        ),
    )
    SUSPICIOUS = (
        "SUSPICIOUS",
        N_(
            "{file} is built like a trap (it swells when unpacked, or names hidden parts) and was not opened. Ask "
            "the sender."
        ),
    )
    BINARY_TEXT = (
        "BINARY_TEXT",
        N_("{file} holds bytes that no text has (line {row}). Export the list again as .xlsx or .csv."),
    )
    NO_CLAIMS = (
        "NO_CLAIMS",
        N_(
            "No sheet of {file} has headings of a claim list (claim number, name, date, amount). Looked at, with "
            "their rows: {found}. Check the file, or map its columns."
        ),
    )
    NO_ROWS = (
        "NO_ROWS",
        N_(
            "{file} has the headings of a claim list in row {row} of “{sheet}”, but not one claim beneath them. Check "
            "that the rows were saved with it and that no filter was on when it was exported."
        ),
    )
    NO_CURRENCY = (
        "NO_CURRENCY",
        N_("{file} names no currency. Choose which one its amounts are in, then try again."),
    )
    NO_CASES = (
        "NO_CASES",
        N_(
            "No sheet of {file} has headings of a tracking sheet (patient, status). Check the file, or map its columns."
        ),
    )
    NO_RECORDS = "NO_RECORDS", N_("No sheet of {file} has the headings this kind of list needs: {needed}.")
    CHILD_LOST = (
        "CHILD_LOST",
        N_("{file} could not be read: it is damaged, or built to break programs. Open it in Excel and save it again."),
    )


_PASTED = {
    FileRefusal.NO_CURRENCY: N_("The pasted rows name no currency. Choose below which one their amounts are in."),
    FileRefusal.NO_CLAIMS: N_(
        "The pasted rows do not look like claims: their columns could not be told apart. Copy them again with their "
        "headings (claim number, name, date, amount)."
    ),
    FileRefusal.NO_ROWS: N_("Only the headings were pasted. Copy the rows beneath them too."),
    FileRefusal.NO_CASES: N_(
        "The pasted rows do not look like cases: their columns could not be told apart. Copy them again with their "
        "headings (patient, status)."
    ),
    FileRefusal.NO_RECORDS: N_(
        "The columns of the pasted rows could not be told apart. Copy them again with their headings: {needed}."
    ),
}
"""The same about rows that were pasted, which have no file."""


def refuse(reason: FileRefusal, file: str, **values: object) -> Refused:
    """The refusal to raise for a file; ``file`` is its bare name, empty for rows that were pasted."""
    message = reason.label if file else _PASTED.get(reason, reason.label)
    return Refused([Problem(code=reason.value, message=message, field="file", values={"file": file, **values})])


def unreadable(file: str) -> Unavailable:
    """The world is in the way: the file is gone or may not be opened."""
    return Unavailable(
        N_("{file} cannot be opened. Check that it exists, is not open elsewhere and may be read."), file=file
    )
