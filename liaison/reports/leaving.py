"""How a finished paper leaves as a file: sealed where it carries a person, under a name that names nobody, on record.

A PDF about a person is sealed with an agreed password, and so is its workbook. It stays open only where an officer
decides so and says why; the reason is kept with the record (``closing`` has the rule). The file and its line on record
come together or not at all (``store.outgoing``). Sources: ``security`` T14 and promise 18; issue 6.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.domain.problems import Problem
from liaison.i18n import N_, Language
from liaison.reports import making, print_run, sealing
from liaison.reports.catalogue import report_called
from liaison.reports.closing import Closing, closing, strictest
from liaison.reports.for_printer import Sheets, as_wanted
from liaison.reports.gathering import office_of
from liaison.reports.headlines import told_in_twin
from liaison.reports.leakscan import plain_fold
from liaison.reports.making import ReportResult
from liaison.reports.print_run import PrintRun
from liaison.services import releases, reprints
from liaison.services.changes import Changes
from liaison.store.models import PatientRow

MUST_BE_SEALED = N_(
    "A PDF about a person leaves sealed. Agree on a password or make one; or write down why this copy stays open."
)
BOOK_MUST_BE_SEALED = N_(
    "A workbook about a person leaves sealed. Agree on a password or make one; or write down why this copy stays open."
)
NO_TWIN = N_("This paper leaves the office sealed only; a workbook is made of the copy for this office alone.")
NAMED = N_("The file's name tells whom it is about ({word}). Give it a name that names nobody.")
LEAST_LETTERS = 3
"""A word of a name shorter than this tells nobody."""

LEAST_TOGETHER = 6
"""A name written together that is shorter than this stands inside too many other words."""

LEAST_OF_OTHER_SCRIPTS = 2
"""A Chinese name is often two signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """How a file is closed: the agreed password, or the reason why it stays open."""

    password: str = ""
    open_because: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether there is a password."""
        return bool(self.password.strip())


OPEN = Seal()
ALL = Sheets()
Book = Callable[[str], bytes]
"""Makes the bytes of a workbook; sealed with the password that it is called with, open with an empty one."""


def closing_of(results: Iterable[ReportResult], *, is_sample: bool) -> Closing:
    """How a file of papers has to be closed, as its strictest one; a workbook goes by its paper."""
    return strictest(
        closing(report_called(one.name), one.audience, names_people=one.names_people, is_sample=is_sample)
        for one in results
    )


def closing_here(session: Session, *results: ReportResult) -> Closing:
    """The same, in this office."""
    return closing_of(results, is_sample=office_of(session).is_sample)


def closing_of_printed(session: Session, key: int) -> Closing:
    """How a new file of a printed report has to be closed."""
    view, names_people = releases.release_of(session, key), bool(reprints.people_in(session, key))
    report, is_sample = report_called(view.report), office_of(session).is_sample
    return closing(report, view.audience, names_people=names_people, is_sample=is_sample)


def put_report(
    session: Session, result: ReportResult, target: Path, seal: Seal = OPEN, sheets: Sheets = ALL
) -> Changes:
    """Write a paper's PDF and put it on record. Refuses an open file about a person, and a name that names somebody.

    ``sheets``: in greys or some pages only, for somebody else's printer; the record keeps the whole paper.
    """
    if not sheets.is_plain:
        result = replace(result, data=as_wanted(result.data, sheets), whole=result.printed)
    if seal.is_closed:
        result = sealing.sealed(result, seal.password)
    else:
        _check_open(closing_here(session, result), seal)
        result = replace(result, open_because=_reason(result, seal))
    check_name_of(session, result, target)
    return making.put_on_record(session, result, target)


def put_twin(session: Session, result: ReportResult, target: Path, book: Book, seal: Seal = OPEN) -> Changes:
    """Write the workbook of a paper and put it on record with its own hash, by the rules of the paper's PDF.

    Refuses that of a paper which leaves sealed only: its figures in cells are for this office.
    """
    how = closing_here(session, result)
    if how is Closing.ALWAYS:
        raise Refused([Problem(code="NO_TWIN", field="xlsx", message=NO_TWIN)])
    password = sealing.agreed(seal.password) if seal.is_closed else ""
    if not password:
        _check_open(how, seal, BOOK_MUST_BE_SEALED)
    check_name_of(session, result, target)
    left = replace(
        result, data=book(password), whole=result.printed, open_data=result.printed if password else None,
        open_because="" if password else _reason(result, seal), is_workbook=True,
    )  # fmt: skip
    return making.put_on_record(session, left, target)


def about_workbook(result: ReportResult, words: Language) -> dict[str, str]:
    """What a workbook says of itself; nothing of when it was written, so that the same paper has the same bytes."""
    about = {
        words(N_("Report")): result.title,
        words(N_("Report id")): result.id,
        words(N_("Reader")): words(result.audience.label),
    }
    if result.as_of is not None:
        about[words(N_("Data as of"))] = words.formats.moment(result.as_of)
    return about | told_in_twin(result.headlines, words)


def put_run(session: Session, run: PrintRun, target: Path, seal: Seal = OPEN, sheets: Sheets = ALL) -> Changes:
    """Write a print run as one PDF and put every paper of it on record."""
    data = as_wanted(run.data, sheets)
    if seal.is_closed:
        data = sealing.seal_checked(data, seal.password)
    else:
        _check_open(closing_here(session, *run.results), seal)
        if run.names_people:
            because = seal.open_because.strip()
            parts = tuple(
                replace(part, result=replace(part.result, open_because=because)) if part.result is not None else part
                for part in run.parts
            )
            run = replace(run, parts=parts)
    people = [key for one in run.results for key in (*(each.patient_id for each in one.people), one.patient_id) if key]
    check_file_name(session, people, target)
    making.lay_ready(session, data, target)
    return print_run.record_run(session, run)


def put_again(session: Session, key: int, target: Path, seal: Seal = OPEN) -> tuple[Changes, str]:
    """Write a printed report's kept pages once more and put that on record; returns the hash of the file too."""
    document = releases.kept_pages(session, key)
    people = reprints.people_in(session, key)
    sha256 = ""
    if seal.is_closed:
        document = sealing.seal_checked(document, seal.password)
        sha256 = hashlib.sha256(document).hexdigest()
    else:
        _check_open(closing_of_printed(session, key), seal)
    check_file_name(session, people, target)
    making.lay_ready(session, document, target)
    because = seal.open_because.strip() if people else ""
    done = reprints.print_again(session, key, sha256=sha256, open_because=because)
    return done, sha256 or hashlib.sha256(document).hexdigest()


def _check_open(how: Closing, seal: Seal, message: str = MUST_BE_SEALED) -> None:
    if how.must_close and not (how.takes_reason and seal.open_because.strip()):
        raise Refused([problem("MUST_BE_SEALED", message, "password")])


def _reason(result: ReportResult, seal: Seal) -> str:
    """Why an open file is open: of one that names nobody nobody asks."""
    return seal.open_because.strip() if result.names_people else ""


def check_name_of(session: Session, result: ReportResult, target: Path) -> None:
    """Refuses a file name that names somebody whom a paper is about; its workbook goes by the same rule."""
    people = [one.patient_id for one in result.people]
    check_file_name(session, (*people, *([result.patient_id] if result.patient_id is not None else [])), target)


def check_file_name(session: Session, people: Iterable[int], target: Path) -> None:
    """Refuses a file name in which a word of somebody's name stands whom the paper is about, in any script."""
    keys = list(dict.fromkeys(people))
    words = plain_fold(target.stem).split()
    for start in range(0, len(keys), 500):
        named = sa.select(PatientRow.full_name, PatientRow.passport_name)
        for row in session.execute(named.where(PatientRow.id.in_(keys[start : start + 500]))):
            told = [word for name in row if name for word in _told_by(words, name)]
            if told:
                raise Refused([problem("NAMES_SOMEBODY", NAMED, "output", word=min(told))])


def _told_by(words: list[str], name: str) -> Iterator[str]:
    """What of a name stands among the words: a word of it, or the name written together, as Chinese names are."""
    own = plain_fold(name).split()
    yield from (word for word in own if len(word) >= LEAST_LETTERS and word in words)
    whole, together = "".join(own), "".join(words)
    least = LEAST_TOGETHER if whole.isascii() else LEAST_OF_OTHER_SCRIPTS
    if len(whole) >= least and whole in together:
        yield whole
