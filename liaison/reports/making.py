"""From a name to a PDF: read the data, lay it out, draw it, check it, scan it, and write down that it was made.

A report's name is the name of the module that reads it and lays it out (``claim_letter``); ``pdf.write_pdf`` draws.

Window and command line make a report with :func:`make_report`; ``leaving`` puts its file and its line on record in an
action of the kind that the result names, and what goes to a printer is put on record with :func:`record_print`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.figures import Figure
from liaison.domain.grids import Grid
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_, Language
from liaison.reports.audited import keep_figures, lay_out_audited
from liaison.reports.blocks import Block, Stamp
from liaison.reports.blocks import Grid as GridBlock
from liaison.reports.catalogue import checked_audience, checked_options, report_called
from liaison.reports.gathering import insurer_names, journal_head, leak_terms
from liaison.reports.headlines import HeadlineLine, reworded, without_headlines
from liaison.reports.identity import digest, report_id
from liaison.reports.leakscan import PageTexts, find_leaks_on, texts_of_pdf
from liaison.reports.lint import check_pages
from liaison.reports.pdf import Printed, write_first_page
from liaison.reports.pen import DrawnTexts
from liaison.reports.readback import find_lost
from liaison.reports.reader_tags import check_shown
from liaison.reports.report import CaseKeys, Prepared, Receiver, Report
from liaison.reports.style import A4
from liaison.reports.text import forget, marks
from liaison.reports.traced import Material, trace_of
from liaison.reports.twin import twin_of
from liaison.reports.writers import writer_of
from liaison.services.changes import NOTHING, Changes, zone
from liaison.services.disclosure import find_ground, record_disclosure
from liaison.services.disclosures_at_once import record_disclosures
from liaison.services.releases import record_release
from liaison.services.tracing import record_trace
from liaison.store.durable import outside_store
from liaison.store.journal_tables import ActionKind

SHOWN_AS_MARK = N_("Some characters have no letter in our fonts and are shown as marks: {marks}.")
FIRST_PAGE = "first_page"
"""In a session's info: what is called with the first page of a long paper, and whether it names people."""
LONG = 400
"""Rows and blocks from which a paper is long: the whole is there later than a person likes to wait."""
EMERGENCY = "emergency"
"""The option by which an officer says why a paper cannot wait for a consent."""

MADE_TITLES = {ActionKind.DISCLOSURE: N_("Print a case"), ActionKind.RELEASE: N_("Release a report")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportResult:
    """A finished report. ``warnings`` are for the officer's eye; ``grids`` are its figures for the Excel twin."""

    id: str
    name: str
    title: str
    pages: int
    data: bytes
    language: str
    audience: Audience
    warnings: tuple[Problem, ...]
    grids: tuple[Grid, ...]
    parameters: Mapping[str, str]
    data_digest: str
    as_of: dt.datetime | None = None
    """The moment of its data."""
    headlines: tuple[HeadlineLine, ...] = ()
    """Its headlines as they were made, with the officer's own words beside them."""
    patient_id: int | None = None
    journey_id: int | None = None
    recipient: str = ""
    also: tuple[Receiver, ...] = ()
    country: str = ""
    purpose: str = ""
    emergency: str = ""
    people: tuple[CaseKeys, ...] = ()
    figures: tuple[Figure, ...] = ()
    """What it tells of persons, for the ledger."""
    ledger_mark: int = 0
    """Which releases were known when it was made."""
    names_guests: bool = False
    """Whether guests of an event stand on it by right."""
    names_no_insurer: bool = False
    is_audited: bool = False
    open_data: bytes | None = None
    """The pages before they were sealed with a password; none of a file that is not sealed."""
    whole: bytes | None = None
    """All pages in their colours, where a printer gets them grey or only some of them."""
    open_because: str = ""
    """Why a file about a person leaves without a password."""
    is_workbook: bool = False
    """Whether ``data`` are a workbook of its figures, not its pages."""
    material: Material | None = field(default=None, compare=False, repr=False)
    """What it was made from, so that its record keeps the rows it stands on."""

    @property
    def printed(self) -> bytes:
        """The pages as they look, before any password."""
        if self.whole is not None:
            return self.whole
        return self.data if self.open_data is None else self.open_data

    @property
    def sha256(self) -> str:
        """The hash of the bytes of the file that leaves."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def action_kind(self) -> ActionKind:
        """In which kind of action :func:`record_print` belongs."""
        return ActionKind.DISCLOSURE if self.names_people else ActionKind.RELEASE

    @property
    def names_people(self) -> bool:
        """Whether it speaks of persons, so that it leaves a line with each of them."""
        return self.patient_id is not None or bool(self.people)

    @property
    def action_title(self) -> str:
        """The marked title of that action; it names nobody."""
        return MADE_TITLES[self.action_kind]


class _OwnWords(Language):
    """A language that remembers which words a report itself uses, so that they are no names."""

    def __init__(self, code: str, zone: str) -> None:
        super().__init__(code, zone)
        self.said: set[str] = set()

    def __call__(self, message: str, /, **values: object) -> str:
        """Translate, and remember the sentence without its values."""
        self.said.add(super().__call__(message))
        return super().__call__(message, **values)

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Translate, and remember both sentences without their values."""
        self.said.update((one, many, self._catalogue.ngettext(one, many, count)))
        return super().plural(one, many, count, **values)

    def words(self) -> frozenset[str]:
        """The words said so far, and the names of months and days."""
        months = {self.formats.month(n, short=short) for n in range(1, 13) for short in (False, True)}
        return frozenset({word for text in (*self.said, *months) for word in text.split()})


def make_report(
    session: Session,
    name: str,
    options: Mapping[str, str],
    *,
    language: str,
    audience: Audience | None = None,
    beside: Sequence[Figure] = (),
) -> ReportResult:
    """Make a report from a snapshot of the store; nothing is written. Refuses what may not be printed.

    ``beside``: the figures of papers that will be put on record with it, before it.
    """
    try:
        return _made(session, name, options, language=language, audience=audience, beside=beside)
    finally:
        forget()


def _made(
    session: Session, name: str, options: Mapping[str, str], *, language: str, audience: Audience | None,
    beside: Sequence[Figure],
) -> ReportResult:  # fmt: skip
    report = report_called(name)
    chosen = checked_options(report, options)
    reader = checked_audience(report, audience)
    prepared = report.prepare(session, without_headlines(chosen), reader)
    if prepared.keys is not None or prepared.people:
        check_shown(prepared.view, reader)
    words = _OwnWords(language, zone(session))
    laid_out = lay_out_audited(session, prepared, words, beside=beside)
    worded = reworded(session, prepared, laid_out.blocks, chosen, reader, words.words)
    blocks, chosen = worded.blocks, worded.options
    data_digest = digest(prepared.view) if not laid_out.figures else digest((prepared.view, laid_out.changed))
    key = report_id(
        report.code,
        report.name,
        parameters={**chosen, "language": language, "audience": reader.value},
        data_digest=data_digest,
        as_of=prepared.as_of,
    )
    stamp = _stamp(report, prepared, words, key, journal_head(session))
    _bring_first_page(session, prepared, blocks, stamp)
    buffer = io.BytesIO()
    printed = writer_of(prepared.page)(blocks, buffer, stamp=stamp)
    data = buffer.getvalue()
    warnings = _checked(session, prepared, blocks, printed, data, words.words())
    emergency = chosen.get(EMERGENCY, "")
    warnings += _ground_warnings(session, prepared, reader, emergency)
    return ReportResult(
        id=key,
        name=report.name,
        title=words(report.title),
        pages=printed.pages,
        data=data,
        language=language,
        audience=reader,
        warnings=warnings,
        grids=twin_of(blocks),
        headlines=worded.headlines,
        parameters=chosen,
        data_digest=data_digest,
        as_of=prepared.as_of,
        patient_id=prepared.keys.patient_id if prepared.keys else None,
        journey_id=prepared.keys.journey_id if prepared.keys else None,
        recipient=prepared.recipient,
        also=prepared.also,
        country=prepared.keys.country if prepared.keys else "",
        purpose=prepared.purpose,
        emergency=emergency,
        people=prepared.people,
        figures=laid_out.figures,
        ledger_mark=laid_out.mark,
        names_guests=bool(prepared.named),
        names_no_insurer=prepared.names_no_insurer,
        is_audited=prepared.is_audited,
        material=Material(view=prepared.view, drawn=laid_out.drawn),
    )


def _bring_first_page(session: Session, prepared: Prepared, blocks: Sequence[Block], stamp: Stamp) -> None:
    """Hand the first page of a long paper to whoever waits for it, before the others are drawn and checked."""
    bring = session.info.get(FIRST_PAGE)
    rows = sum(len(block.rows) for block in blocks if isinstance(block, GridBlock))
    if bring is None or prepared.page is not A4 or rows + len(blocks) < LONG:
        return
    first = io.BytesIO()
    write_first_page(blocks, first, stamp=stamp)
    bring(first.getvalue(), prepared.keys is not None or bool(prepared.people))


def _ground_warnings(session: Session, prepared: Prepared, reader: Audience, emergency: str) -> tuple[Problem, ...]:
    """What stands in the way of giving these pages to their reader; seen before anybody prints them."""
    if prepared.keys is None:
        return ()
    first = Receiver(audience=reader, recipient=prepared.recipient, country=prepared.keys.country)
    found = [
        find_ground(
            session, one.audience, patient_id=prepared.keys.patient_id, journey_id=prepared.keys.journey_id,
            recipient=one.recipient, country=one.country, emergency=emergency,
        )
        for one in (first, *prepared.also)
    ]  # fmt: skip
    problems = [problem for one in found for problem in one.problems()]
    return tuple(
        replace(problem, severity="warning") for n, problem in enumerate(problems) if problem not in problems[:n]
    )


def _stamp(report: Report, prepared: Prepared, _: Language, key: str, head: str) -> Stamp:
    return Stamp(
        report_id=key,
        journal_head=head,
        language=_.code,
        title=_(report.title),
        author=prepared.office,
        page_word=_("Page {page} of {pages}"),
        journal_word=_("Journal {head}"),
        continued_word=_("continued"),
    )


def _checked(
    session: Session,
    prepared: Prepared,
    blocks: list[Block],
    printed: Printed,
    data: bytes,
    own_words: frozenset[str],
) -> tuple[Problem, ...]:
    """Lint, reading back and leak scan. Raises ``Refused`` on any error; warnings come back."""
    read = texts_of_pdf(data)
    problems = [*check_pages(blocks, printed, page=prepared.page), *find_lost(printed, read)]
    if prepared.keys is None and not prepared.people:
        terms = leak_terms(session)
        terms = replace(terms, allowed=terms.allowed | own_words | frozenset(prepared.named))
        if prepared.names_no_insurer:
            terms = replace(terms, houses=insurer_names(session))
        problems += find_leaks_on(_said(DrawnTexts.of(printed.drawn), read), terms)
    shown = marks(one.text for one in printed.drawn)
    errors = [p for p in problems if p.severity == "error"]
    if errors:
        raise Refused(errors)
    return (*problems, *_marks_warning(shown))


def _said(drawn: DrawnTexts, read: PageTexts) -> Iterator[tuple[int, list[str]]]:
    """Of each page what was drawn and what its finished PDF says."""
    for page in dict.fromkeys((*drawn.pages, *read.pages)):
        yield page, [*(one.text for one in drawn.on(page)), *(one.text for one in read.on(page))]


def _marks_warning(shown: tuple[str, ...]) -> tuple[Problem, ...]:
    if not shown:
        return ()
    return (
        Problem(code="SHOWN_AS_MARK", message=SHOWN_AS_MARK, values={"marks": ", ".join(shown)}, severity="warning"),
    )


def record_print(session: Session, result: ReportResult) -> Changes:
    """Write down that a report was made, and for a person's paper to whom it goes. In an action of its own kind."""
    changes = record_release(
        session,
        report=result.name,
        report_id=result.id,
        parameters=dict(result.parameters),
        figures=_figures(result),
        language=result.language,
        audience=result.audience,
        sha256=result.sha256,
        pages=result.pages,
        title=report_called(result.name).title,
        document=result.printed,
    )
    if result.figures and changes.made is not None:
        changes |= keep_figures(session, result.figures, made_at=result.ledger_mark, release_id=changes.made,
                                report=result.name, audience=result.audience, reader=result.recipient)  # fmt: skip
    own = None
    if result.patient_id is not None:
        own = CaseKeys(patient_id=result.patient_id, journey_id=result.journey_id, country=result.country)
    _keep_trace(session, result, own, changes.made)
    if not result.emergency:
        return changes | _tell_of_all(session, result, own)
    for one in (*([own] if own is not None else []), *result.people):
        first = Receiver(audience=result.audience, recipient=result.recipient, country=one.country)
        for receiver in (first, *result.also):
            changes |= record_disclosure(
                session,
                report=result.name,
                report_id=result.id,
                audience=receiver.audience,
                patient_id=one.patient_id,
                journey_id=one.journey_id,
                recipient=receiver.recipient,
                country=receiver.country,
                purpose=result.purpose,
                emergency=result.emergency,
            )
    return changes


def _tell_of_all(session: Session, result: ReportResult, own: CaseKeys | None) -> Changes:
    """A line for everybody a paper speaks of, for each of its readers; thousands are written at once."""
    done = NOTHING
    people = [*([own] if own is not None else []), *result.people]
    for country in dict.fromkeys(one.country for one in people):
        those = list(dict.fromkeys((one.patient_id, one.journey_id) for one in people if one.country == country))
        for receiver in (Receiver(audience=result.audience, recipient=result.recipient, country=country), *result.also):
            done |= record_disclosures(
                session, those, report=result.name, report_id=result.id, audience=receiver.audience,
                recipient=receiver.recipient, country=receiver.country, purpose=result.purpose,
            )  # fmt: skip
    return done


def _keep_trace(session: Session, result: ReportResult, own: CaseKeys | None, release_id: int | None) -> None:
    """Keep what the report stands on, for whoever asks about one of its numbers."""
    if result.material is not None and release_id is not None:
        words = Language(result.language, zone(session))
        case_no = result.parameters.get("case", "")
        trace = trace_of(session, result.material, words, people=result.people, own=own, case_no=case_no)
        record_trace(session, release_id, rows=trace.rows, figures=trace.figures)


def put_on_record(session: Session, result: ReportResult, target: Path) -> Changes:
    """Write the PDF and put it on record: neither without the other."""
    lay_ready(session, result.data, target)
    return record_print(session, result)


def lay_ready(session: Session, data: bytes, target: Path) -> None:
    """Lay a file beside its place; it gets its name once the action of this session is on record, or goes away."""
    session.info["outgoing"].lay(data, outside_store(target))


def _figures(result: ReportResult) -> dict[str, Any]:
    """What the release keeps: the digest of the data, and for a public paper every table it shows."""
    figures: dict[str, Any] = {"data": result.data_digest}
    if result.open_data is not None:
        figures["sealed"] = True
    if result.is_workbook:
        figures["workbook"] = True
    if result.open_because:
        figures["open_because"] = result.open_because
    if not result.names_people:
        figures["tables"] = [
            {
                "title": grid.title,
                "columns": [c.label for c in grid.columns],
                "rows": [list(map(str, r)) for r in grid.rows],
            }
            for grid in result.grids
        ]
    return figures
