"""Many papers in one print: a sheet of contents first, then each paper with its own id, pages and disclosure.

A paper that may not be printed stands on the contents with the reason; the others are printed all the same. For paper
printed on both sides each one begins on a sheet of its own. Source: ``ux`` 3 (a print run for the road).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_, Language
from liaison.reports.audited import OTHER_RELEASED
from liaison.reports.blocks import Block, CellLine, Column, Grid, Heading, Headline, Row, Space, Stamp, Title
from liaison.reports.catalogue import report_called
from liaison.reports.gathering import journal_head, office_of
from liaison.reports.identity import report_id
from liaison.reports.making import ReportResult, make_report, record_print
from liaison.reports.pdf import write_pdf
from liaison.reports.readback import check_bound, check_read_back, without_text
from liaison.reports.wording import BANNERS, as_of_words, sample_words, sentences
from liaison.services.changes import NOTHING, Changes, clock, zone
from liaison.store.journal_tables import ActionKind

CODE = "R30"
MAKE_AGAIN = N_(
    "“{paper}” does not go together with a report released since it was made. Make the papers of this run again; "
    "nothing was put on record."
)
NOTHING_PRINTED = N_("None of these papers can be printed now.")
_STRICTEST = (Audience.FAMILY, Audience.HOSPITAL, Audience.INSURER)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunItem:
    """One paper of a run, before it is made. ``label`` says what it is about without naming anybody."""

    report: str
    options: Mapping[str, str]
    language: str
    label: str
    audience: Audience | None = None

    @property
    def name(self) -> str:
        """Which paper of its run it is: what it is about, and in which language."""
        return f"{self.label} · {self.language.upper()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPart:
    """One paper of a run: made, or refused with everything against it."""

    item: RunItem
    result: ReportResult | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRun:
    """A whole run as one PDF. ``first_pages`` are the pages on which the papers begin, in the order of ``parts``."""

    data: bytes
    pages: int
    parts: tuple[RunPart, ...]
    first_pages: tuple[int | None, ...]

    @property
    def results(self) -> tuple[ReportResult, ...]:
        """The papers that were made."""
        return tuple(part.result for part in self.parts if part.result is not None)

    @property
    def names_people(self) -> bool:
        """Whether any of them speaks of persons."""
        return any(result.names_people for result in self.results)

    @property
    def action_kind(self) -> ActionKind:
        """In which kind of action :func:`record_run` belongs."""
        return ActionKind.DISCLOSURE if self.names_people else ActionKind.RELEASE


def make_part(session: Session, item: RunItem, before: Sequence[RunPart] = ()) -> RunPart:
    """Make one paper of a run; a refusal is told, not raised, so that the others go on.

    ``before`` are the papers of the run made before it: all leave together, so that its figures must go with theirs.
    """
    beside = [figure for part in before if part.result is not None for figure in part.result.figures]
    try:
        result = make_report(
            session, item.report, item.options, language=item.language, audience=item.audience, beside=beside
        )
    except Refused as refused:
        return RunPart(item=item, result=None, problems=tuple(map(without_text, refused.problems)))
    stops = tuple(p for p in result.warnings if p.code == "NO_GROUND")
    return RunPart(item=item, result=None if stops else result, problems=stops)


def bind(session: Session, parts: Sequence[RunPart], *, language: str, both_sides: bool = False) -> PrintRun:
    """Put the papers that were made behind a sheet of contents, as one PDF. Refuses a run without a single paper."""
    import pikepdf

    if not any(part.result is not None for part in parts):
        raise Refused([Problem(code="NOTHING_TO_PRINT", message=NOTHING_PRINTED)])
    words = Language(language, zone(session))
    sheets = _sheets_before(session, parts, words, both_sides=both_sides)
    contents = _contents(session, parts, words, begins=_begins(parts, sheets, both_sides=both_sides))
    out = io.BytesIO()
    with pikepdf.new() as bound:
        _append(bound, contents, both_sides=both_sides)
        for part in parts:
            if part.result is not None:
                _append(bound, part.result.printed, both_sides=both_sides)
        bound.docinfo["/Title"] = words("Print run")
        bound.docinfo["/Creator"] = bound.docinfo["/Producer"] = "Liaison"
        pages = len(bound.pages)
        bound.save(out, deterministic_id=True, compress_streams=True)
    begins = _begins(parts, sheets, both_sides=both_sides)
    made = [(page, p.result.printed) for page, p in zip(begins, parts, strict=True) if page and p.result is not None]
    check_bound(made, out.getvalue())
    return PrintRun(data=out.getvalue(), pages=pages, parts=tuple(parts), first_pages=begins)


def record_run(session: Session, run: PrintRun) -> Changes:
    """Write every paper of the run down, each with its own id and disclosures, in one action of the run's kind.

    Raises :class:`Refused`, naming the paper, where a report released since the run was made does not go with it: the
    action then puts none of the papers on record.
    """
    changes = NOTHING
    for part in run.parts:
        if part.result is None:
            continue
        try:
            changes |= record_print(session, part.result)
        except Refused as refused:
            raise Refused([_of_paper(part, one) for one in refused.problems]) from refused
    return changes


def _of_paper(part: RunPart, found: Problem) -> Problem:
    """What stands against a run, said of the one paper that it is about."""
    if found.message != OTHER_RELEASED:
        return found
    return Problem(code=found.code, message=MAKE_AGAIN, values={"paper": part.item.name})


def _append(bound: object, data: bytes, *, both_sides: bool) -> None:
    """Add a PDF's pages; for paper printed on both sides, an empty page after an odd number of them."""
    import pikepdf

    assert isinstance(bound, pikepdf.Pdf)
    with pikepdf.open(io.BytesIO(data)) as one:
        bound.pages.extend(one.pages)
        if both_sides and len(one.pages) % 2:
            box = one.pages[-1].mediabox
            bound.add_blank_page(page_size=(float(box[2]), float(box[3])))


def _sheets_before(session: Session, parts: Sequence[RunPart], words: Language, *, both_sides: bool) -> int:
    """How many pages the contents take; their page numbers do not change that."""
    drawn = _drawn(session, parts, words, begins=(9999,) * len(parts))[1]
    return drawn + drawn % 2 if both_sides else drawn


def _begins(parts: Sequence[RunPart], before: int, *, both_sides: bool) -> tuple[int | None, ...]:
    begins: list[int | None] = []
    page = before + 1
    for part in parts:
        if part.result is None:
            begins.append(None)
            continue
        begins.append(page)
        page += part.result.pages + (part.result.pages % 2 if both_sides else 0)
    return tuple(begins)


def _contents(session: Session, parts: Sequence[RunPart], words: Language, *, begins: tuple[int | None, ...]) -> bytes:
    return _drawn(session, parts, words, begins=begins)[0]


def _drawn(
    session: Session, parts: Sequence[RunPart], words: Language, *, begins: Sequence[int | None]
) -> tuple[bytes, int]:
    now = clock(session)
    buffer = io.BytesIO()
    stamp = Stamp(
        report_id=_run_id(parts, words.code, now), journal_head=journal_head(session), language=words.code,
        title=words("Print run"), author=office_of(session).name, page_word=words("Page {page} of {pages}"),
        journal_word=words("Journal {head}"), continued_word=words("continued"),
    )  # fmt: skip
    printed = write_pdf(_blocks(session, parts, words, begins, now), buffer, stamp=stamp)
    check_read_back(printed, buffer.getvalue())
    return buffer.getvalue(), printed.pages


def _run_id(parts: Sequence[RunPart], language: str, now: dt.datetime) -> str:
    made = "\n".join(part.result.id if part.result else part.item.label for part in parts)
    return report_id(
        CODE, "print_run", parameters={"language": language},
        data_digest=hashlib.sha256(made.encode()).hexdigest(), as_of=now,
    )  # fmt: skip


def _blocks(
    session: Session, parts: Sequence[RunPart], _: Language, begins: Sequence[int | None], now: dt.datetime
) -> list[Block]:
    office = office_of(session)
    made = [part for part in parts if part.result is not None]
    pages = sum(part.result.pages for part in made if part.result is not None)
    readers = {part.result.audience for part in made if part.result is not None}
    reader = next((one for one in _STRICTEST if one in readers), None) or (
        Audience.INTERNAL if Audience.INTERNAL in readers else Audience.PUBLIC
    )
    source = _(N_("Source: papers chosen by this office, n = {count}."), count=len(parts))
    blocks: list[Block] = [
        Title(
            kind=_(N_("Print run")), banner=_(BANNERS[reader]),
            source=sentences(source, as_of_words(now, office.zone, _), sample_words(is_sample=office.is_sample,
                                                                                   language=_)),
            note=sentences(_(N_("This sheet stays with the office.")), office.name),
        ),
        Headline(
            text=_.plural(
                "{made} of {all} papers, {count} page", "{made} of {all} papers, {count} pages", pages,
                made=len(made), all=len(parts),
            )
        ),
        Space(height=2),
        Heading(text=_(N_("Contents"))),
        _table(parts, _, begins),
    ]  # fmt: skip
    left_out = [part for part in parts if part.result is None]
    if left_out:
        blocks += [Heading(text=_(N_("Not printed"))), _refused(left_out, _)]
    return blocks


def _table(parts: Sequence[RunPart], _: Language, begins: Sequence[int | None]) -> Grid:
    rows = tuple(
        Row(
            cells=(
                str(page), _(report_called(part.item.report).title), part.item.label,
                _(part.result.audience.label), str(part.result.pages), part.result.id,
            )
        )
        for part, page in zip(parts, begins, strict=True)
        if part.result is not None
    )  # fmt: skip
    columns = (
        Column(head=_(N_("Page")), width=16),
        Column(head=_(N_("Report")), width=44),
        Column(head=_(N_("About")), width=40),
        Column(head=_(N_("Reader")), width=24),
        Column(head=_(N_("Pages")), width=18),
        Column(head=_(N_("Report id")), width=32),
    )
    return Grid(columns=columns, rows=rows)


def _refused(parts: Sequence[RunPart], _: Language) -> Grid:
    rows = tuple(
        Row(cells=(_(report_called(part.item.report).title), part.item.label,
                   CellLine(words=sentences(*(p.text(_) for p in part.problems)))))
        for part in parts
    )  # fmt: skip
    columns = (
        Column(head=_(N_("Report")), width=40), Column(head=_(N_("About")), width=40),
        Column(head=_(N_("Why it cannot be printed")), width=94),
    )  # fmt: skip
    return Grid(columns=columns, rows=rows)
