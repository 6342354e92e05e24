"""How a finished paper leaves as a file: sealed where it carries a person, under a name that names nobody, on record.

A PDF about a person is sealed with an agreed password. It stays open only where an officer decides so and says why; the
reason is kept with the record. Invented people of a sample office need no seal. The file and its line on record come
together or not at all (``store.outgoing``). Sources: ``security`` T14 and promise 18; issue 6, audiences and sealing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.i18n import N_
from liaison.reports import making, print_run, sealing
from liaison.reports.catalogue import report_called
from liaison.reports.for_printer import Sheets, as_wanted
from liaison.reports.gathering import office_of
from liaison.reports.leakscan import plain_fold
from liaison.reports.making import ReportResult
from liaison.reports.print_run import PrintRun
from liaison.services import releases, reprints
from liaison.services.changes import Changes
from liaison.store.models import PatientRow

MUST_BE_SEALED = N_(
    "A PDF about a person leaves sealed. Agree on a password or make one; or write down why this copy stays open."
)
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


def needs_seal(session: Session, *, names_people: bool) -> bool:
    """Whether a file may not leave open without a reason."""
    return names_people and not office_of(session).is_sample


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
        must = report_called(result.name).is_sealed_for(result.audience)
        _check_open(session, seal, names_people=result.names_people, is_always_sealed=must)
        result = replace(result, open_because=seal.open_because.strip() if result.names_people else "")
    check_name_of(session, result, target)
    return making.put_on_record(session, result, target)


def put_run(session: Session, run: PrintRun, target: Path, seal: Seal = OPEN, sheets: Sheets = ALL) -> Changes:
    """Write a print run as one PDF and put every paper of it on record."""
    data = as_wanted(run.data, sheets)
    if seal.is_closed:
        data = sealing.seal_checked(data, seal.password)
    else:
        must = any(report_called(one.name).is_sealed_for(one.audience) for one in run.results)
        _check_open(session, seal, names_people=run.names_people, is_always_sealed=must)
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
        view = releases.release_of(session, key)
        must = report_called(view.report).is_sealed_for(view.audience)
        _check_open(session, seal, names_people=bool(people), is_always_sealed=must)
    check_file_name(session, people, target)
    making.lay_ready(session, document, target)
    because = seal.open_because.strip() if people else ""
    done = reprints.print_again(session, key, sha256=sha256, open_because=because)
    return done, sha256 or hashlib.sha256(document).hexdigest()


def _check_open(session: Session, seal: Seal, *, names_people: bool, is_always_sealed: bool) -> None:
    if is_always_sealed or (needs_seal(session, names_people=names_people) and not seal.open_because.strip()):
        raise Refused([problem("MUST_BE_SEALED", MUST_BE_SEALED, "password")])


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
