"""What the import page knows of claim lists: reading them, planning, writing, and the rows to review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from liaison.domain.claims import PlainClaim
from liaison.domain.fields import fields_of
from liaison.domain.listing import ListStatus, StagedClaim, StagedFile
from liaison.domain.money import Money
from liaison.i18n import N_, Language
from liaison.services import claim_lists, list_memory
from liaison.services.claim_lists import Asked, Fate, ListPlan
from liaison.ui.pages.import_rows import Answers, Review, ReviewRow, Verdict, Word

TITLE = N_("Bring in a claim list")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A claim list read: its rows' fates, and its bytes for keeping."""

    staged: StagedFile
    content: bytes
    answers: Answers = field(default_factory=Answers)


def read_file(path: Path, answers: Answers) -> Read:
    """Read and judge every row; nothing is written. Raises ``Refused`` where the file as a whole cannot come in."""
    from liaison.exchange.bordereau import Answers as ListAnswers
    from liaison.exchange.bordereau import stage_claims
    from liaison.exchange.fields import Field

    given = ListAnswers(
        currency=answers.currency,
        columns={heading: Field(name) if name else None for heading, name in answers.columns.items()},
        statuses={word: ListStatus(code) for word, code in answers.statuses.items()},
    )
    staged = stage_claims(path, answers=given, password=answers.password or None)
    return Read(staged=staged, content=path.read_bytes(), answers=answers)


def _asked(read: Read) -> Asked:
    return Asked(insurer=read.answers.insurer, city=read.answers.city)


def plan(session: Any, read: Read) -> ListPlan:
    """What bringing it in would do."""
    return claim_lists.plan_list(session, read.staged, _asked(read))


def write(session: Any, read: Read) -> Any:
    """Write it; returns what was touched."""
    return claim_lists.bring_in(session, read.staged, _asked(read), content=read.content).changes


def known(session: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Headings and status words that were mapped before."""
    columns = list_memory.known_columns(session, list_memory.ListKind.CLAIMS)
    return columns, {word: status.value for word, status in list_memory.claim_statuses(session).items()}


def review(read: Read, planned: ListPlan, words: Language) -> Review:
    """Every row with its fate, refused ones first."""
    warned = _warnings(read.staged, words)
    refused = [
        ReviewRow(
            row=r.row,
            sheet=r.sheet,
            number=r.claim_no,
            name=_cell(r.headings, r.cells, read.staged, "member_name"),
            place=_cell(r.headings, r.cells, read.staged, "hospital"),
            amount=None,
            amount_text=_cell(r.headings, r.cells, read.staged, "billed"),
            verdict=Verdict.REFUSED,
            says=r.message(words),
            original=tuple(zip(r.headings, r.cells, strict=False)),
        )
        for r in read.staged.rejects
    ]
    taken = [_taken(fate, warned, words) for fate in planned.fates]
    taken.sort(key=lambda row: (row.verdict is not Verdict.WARNED, row.sheet, row.row))
    sums = tuple(Money.of(each.billed, currency) for currency, each in read.staged.sums.items())
    counts = planned.counts()
    return Review(
        rows=(*refused, *taken),
        sums=sums,
        skipped=read.staged.skipped,
        new=counts["new"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        notes=tuple(_file_notes(read.staged, words)),
        columns=tuple(pair for each in read.staged.columns for pair in each.fields),
        words=tuple(Word(raw=w, code="", count=n) for w, n in read.staged.unknown_statuses.items()),
        where=", ".join(
            words(
                N_("sheet “{sheet}”, headings in row {row}"),
                sheet=each.sheet or read.staged.file,
                row="–".join(str(n) for n in sorted({min(each.header_rows), max(each.header_rows)})),
            )
            for each in read.staged.columns
        ),
    )


def _taken(fate: Fate, warned: Mapping[tuple[str, int], str], words: Language) -> ReviewRow:
    claim = fate.claim
    warning = warned.get((claim.sheet, claim.row), "")
    if fate.is_new:
        says = words(N_("New"))
    elif fate.is_unchanged:
        says = words(N_("On record already, unchanged"))
    else:
        says = "; ".join(
            words(
                N_("{what}: {before} → {after}"),
                what=words(d.label),
                before=words.shown(d.before),
                after=words.shown(d.after),
            )
            for d in fate.differences
        )
    return ReviewRow(
        row=claim.row,
        sheet=claim.sheet,
        number=claim.claim_no,
        name=claim.member_name,
        place=claim.hospital,
        amount=claim.billed,
        verdict=Verdict.WARNED if warning else Verdict.READY,
        says=warning or says,
        original=_original(claim, words),
    )


def _original(claim: StagedClaim, words: Language) -> tuple[tuple[str, str], ...]:
    shown: tuple[tuple[str, object], ...] = (
        (N_("Member number"), claim.member_no),
        (N_("Policy number"), claim.policy_no),
        (N_("Date of birth"), claim.birth_date),
        (N_("Admitted on"), claim.admit_date),
        (N_("Discharged on"), claim.discharge_date),
        (N_("Diagnosis"), claim.diagnosis_text or claim.diagnosis_code),
        (N_("Billed"), claim.billed),
        (N_("Approved"), claim.approved),
        (N_("Status"), claim.raw_status),
        (N_("Insurer"), claim.insurer),
        *((spec.label, getattr(claim, spec.name)) for spec in fields_of(PlainClaim)),
    )
    lines = tuple((words(label), words.shown(value)) for label, value in shown if value not in (None, ""))
    if claim.lines:
        return (*lines, (words(N_("Lines")), str(len(claim.lines))))
    return lines


def _warnings(staged: StagedFile, words: Language) -> dict[tuple[str, int], str]:
    return {(w.sheet, w.row): w.message(words) for w in staged.warnings if w.row is not None}


def _file_notes(staged: StagedFile, words: Language) -> list[str]:
    notes = [w.message(words) for w in staged.warnings if w.row is None]
    for word, count in staged.unknown_statuses.items():
        notes.append(words(N_("The status “{word}” ({count} rows) has no meaning yet."), word=word, count=count))
    return notes


def _cell(headings: tuple[str, ...], cells: tuple[str, ...], staged: StagedFile, wanted: str) -> str:
    named = {heading for each in staged.columns for heading, name in each.fields if name == wanted}
    return next((c for h, c in zip(headings, cells, strict=False) if h in named), "")
