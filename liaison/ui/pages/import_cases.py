"""What the import page knows of tracking sheets: an officer's own running cases, slang and all."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from liaison.domain.journeys import JourneyState
from liaison.domain.listing import StagedJourney, StagedSheet
from liaison.domain.names import fold
from liaison.i18n import N_, Language
from liaison.services import journey_lists, list_memory
from liaison.services.journey_lists import AskedCases, CaseFate, Fate, SheetPlan
from liaison.ui.pages.import_rows import Answers, Review, ReviewRow, Verdict, Word

TITLE = N_("Bring in a tracking sheet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A tracking sheet read, and its bytes for keeping."""

    staged: StagedSheet
    content: bytes
    answers: Answers = field(default_factory=Answers)


def read_file(path: Path, answers: Answers) -> Read:
    """Read a sheet; nothing is written. Raises ``Refused`` where it is no tracking sheet."""
    from liaison.exchange.fields import Field
    from liaison.exchange.tracking import SheetAnswers, stage_journeys

    given = SheetAnswers(
        columns={heading: Field(name) if name else None for heading, name in answers.columns.items()},
        statuses={word: JourneyState(code) for word, code in answers.statuses.items()},
    )
    staged = stage_journeys(path, answers=given, password=answers.password or None)
    return Read(staged=staged, content=path.read_bytes(), answers=answers)


def _asked(read: Read) -> AskedCases:
    statuses = {fold(word): JourneyState(code) for word, code in read.answers.statuses.items()}
    return AskedCases(statuses=statuses, insurer=read.answers.insurer, city=read.answers.city)


def plan(session: Any, read: Read) -> SheetPlan:
    """What bringing it in would do."""
    return journey_lists.plan_list(session, read.staged, _asked(read))


def write(session: Any, read: Read) -> Any:
    """Open the cases; what was said about words is remembered in the same action."""
    done = journey_lists.bring_in(session, read.staged, _asked(read), content=read.content).changes
    words = {word: JourneyState(code) for word, code in read.answers.statuses.items()}
    return done | list_memory.remember_statuses(session, list_memory.ListKind.JOURNEYS, words)


def known(session: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Headings and status words that were mapped before."""
    columns = list_memory.known_columns(session, list_memory.ListKind.JOURNEYS)
    return columns, {word: state.value for word, state in list_memory.journey_statuses(session).items()}


def review(read: Read, planned: SheetPlan, words: Language) -> Review:
    """Every row with its fate."""
    refused = [
        ReviewRow(
            row=p.row, sheet=p.sheet, number="", name="", place="", verdict=Verdict.REFUSED, says=p.text(words),
            original=tuple((str(n), cell) for n, cell in enumerate(p.cells, 1)),
        )
        for p in read.staged.problems
        if p.is_error
    ]  # fmt: skip
    warned = {(p.sheet, p.row): p.text(words) for p in read.staged.problems if not p.is_error}
    rows = [_row(fate, warned, words) for fate in planned.fates]
    order = {Verdict.REFUSED: 0, Verdict.WARNED: 1, Verdict.READY: 2}
    rows = sorted([*refused, *rows], key=lambda r: (order[r.verdict], r.sheet, r.row))
    counts = planned.counts()
    return Review(
        rows=tuple(rows),
        new=counts["new"],
        updated=0,
        unchanged=counts["on_record"] + counts["same_in_file"],
        skipped=sum(s.count for s in read.staged.skips),
        columns=tuple(pair for each in read.staged.columns for pair in each.fields),
        words=tuple(
            Word(raw=s.raw, code=s.state.value if s.state else "", count=s.count, trust=words(s.trust.label))
            for s in read.staged.statuses
        ),
        takes=counts["new"],
    )


def _row(fate: Fate, warned: dict[tuple[str, int], str], words: Language) -> ReviewRow:
    case = fate.journey
    place = (case.sheet, case.row)
    match fate.fate:
        case CaseFate.NEW:
            says = words(N_("New, at “{state}”"), state=words(fate.state.label) if fate.state else "")
            verdict = Verdict.READY
        case CaseFate.ON_RECORD:
            says = words(N_("On record already as {case}, not made twice"), case=fate.case_no)
            verdict = Verdict.WARNED
        case CaseFate.SAME_IN_FILE:
            says = words(N_("The same case as row {row}, not made twice"), row=fate.same_as_row)
            verdict = Verdict.WARNED
        case _:
            says = fate.problem.text(words) if fate.problem is not None else words(fate.fate.label)
            verdict = Verdict.REFUSED
    notes = [n.text(words) for n in fate.notes]
    if place in warned and fate.fate is not CaseFate.SAME_IN_FILE:  # which says it already
        notes.append(warned[place])
    if fate.like:
        notes.append(words(N_("Perhaps on record already: {names}"), names=", ".join(fate.like)))
    if notes and verdict is Verdict.READY:
        verdict = Verdict.WARNED
    return ReviewRow(
        row=case.row,
        sheet=case.sheet,
        number=case.policy_no or case.member_no,
        name=case.patient_name,
        place=case.hospital,
        verdict=verdict,
        says="; ".join([says, *notes]),
        amount=case.estimate,
        original=_original(case, words),
    )


def _original(case: StagedJourney, words: Language) -> tuple[tuple[str, str], ...]:
    shown: tuple[tuple[str, object], ...] = (
        (N_("Status"), case.raw_status),
        (N_("Telephone"), case.phone),
        (N_("City"), case.city),
        (N_("Insurer"), case.insurer),
        (N_("Policy number"), case.policy_no),
        (N_("Letter number"), case.gl_no),
        (N_("Diagnosis"), case.diagnosis),
        (N_("Travels on"), case.travel_on),
        (N_("Admitted on"), case.admit_on),
        (N_("Discharged on"), case.discharge_on),
        (N_("Officer"), case.officer),
        (N_("Agent"), case.agent),
        (N_("Note"), case.notes),
    )
    return tuple((words(label), words.shown(value)) for label, value in shown if value not in (None, ""))
