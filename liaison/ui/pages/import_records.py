"""What the import page knows of lists of hospitals, contacts and exchange rates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from liaison.domain.listing import StagedContact, StagedHospital, StagedRate, StagedRecords
from liaison.i18n import N_, Language
from liaison.services import record_lists
from liaison.ui.pages.import_rows import Answers, Review, ReviewRow, Verdict

TITLES = {
    "hospitals": N_("Bring in a list of hospitals"),
    "contacts": N_("Bring in a list of contacts"),
    "rates": N_("Bring in exchange rates"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A list of records read, and its bytes for keeping."""

    staged: StagedRecords
    content: bytes
    answers: Answers = field(default_factory=Answers)


def reader(kind: str) -> Callable[[Path, Answers], Read]:
    """The reading function of one kind of list."""

    def read_file(path: Path, answers: Answers) -> Read:
        from liaison.exchange import records

        staged = records.stage_records(path, kind=kind, password=answers.password or None)
        return Read(staged=staged, content=path.read_bytes(), answers=answers)

    return read_file


def plan(session: Any, read: Read) -> Any:
    """What bringing it in would do."""
    return record_lists.plan_list(session, read.staged)


def write(session: Any, read: Read) -> Any:
    """Write it; returns what was touched."""
    return record_lists.bring_in(session, read.staged, content=read.content).changes


def review(read: Read, planned: Any, words: Language) -> Review:
    """Every row with its fate."""
    refused = [
        ReviewRow(
            row=p.row,
            sheet=p.sheet,
            number="",
            name=next((c for c in p.cells if c), ""),
            place="",
            verdict=Verdict.REFUSED if p.is_error else Verdict.WARNED,
            says=p.text(words),
            original=tuple((str(n), cell) for n, cell in enumerate(p.cells, 1) if cell),
        )
        for p in (*read.staged.problems, *planned.problems)
    ]
    taken = [_row(fate, words) for fate in planned.fates]
    counts = planned.counts()
    return Review(
        rows=(*refused, *sorted(taken, key=lambda r: (r.verdict is not Verdict.WARNED, r.sheet, r.row))),
        new=counts["new"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        skipped=read.staged.skipped,
    )


def _row(fate: Any, words: Language) -> ReviewRow:
    record = fate.record
    if fate.is_new:
        says = words(N_("New"))
    elif fate.is_unchanged:
        says = words(N_("On record already, unchanged"))
    else:
        change = N_("{what}: {before} → {after}")
        says = "; ".join(
            words(change, what=words(d.label), before=words.shown(d.before), after=words.shown(d.after))
            for d in fate.differences
        )
    if fate.like:
        says = f"{says}; {words(N_('Perhaps on record already: {names}'), names=', '.join(fate.like))}"
    name, place = _named(record, words)
    return ReviewRow(
        row=record.row,
        sheet=getattr(record, "sheet", ""),
        number="",
        name=name,
        place=place,
        verdict=Verdict.WARNED if fate.like else Verdict.READY,
        says=says,
    )


def _named(record: Any, words: Language) -> tuple[str, str]:
    match record:
        case StagedHospital():
            return record.name, record.city
        case StagedContact():
            return record.name or words(record.desk.label), record.organization
        case StagedRate():
            return f"{record.base} → {record.quote} {words.formats.rate(record.rate)}", words.shown(record.rate_date)
    return "", ""
