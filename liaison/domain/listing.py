"""Claim lists and tracking sheets as they stand before anything is written: every row with its one fate.

Files become these plain values in ``exchange``; ``services.claim_lists`` and ``services.journey_lists`` match and write
them. Source of the codes: the import rules of the claim lists and ``decisions`` (Bringing claim lists in).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from liaison.domain.claims import ClaimState, PlainClaim
from liaison.domain.coded import Coded
from liaison.domain.fx import RateKind
from liaison.domain.journeys import JourneyKind, JourneyState
from liaison.domain.money import Money
from liaison.domain.network import Desk, OrganizationKind
from liaison.i18n import N_, Language


class RowCode(Coded):
    """Why a row of a list is not imported, with the cure in its label."""

    MISSING_CLAIM_NO = "MISSING_CLAIM_NO", N_("The claim number is missing.")
    MISSING_MEMBER = "MISSING_MEMBER", N_("The name of the insured person is missing.")
    BAD_DATE = (
        "BAD_DATE",
        N_(
            "A date is missing, does not exist or cannot be right. Dates are read as day/month/year; treatment lies "
            "between 1910 and five years from now, a birth after 1900."
        ),
    )
    BAD_AMOUNT = "BAD_AMOUNT", N_("The billed amount is missing or is not a number.")
    NEGATIVE_AMOUNT = "NEGATIVE_AMOUNT", N_("The amount is below zero.")
    UNKNOWN_CURRENCY = "UNKNOWN_CURRENCY", N_("The currency is missing or not one this program knows.")
    DISCHARGE_BEFORE_ADMISSION = "DISCHARGE_BEFORE_ADMISSION", N_("The discharge date lies before the admission date.")
    DUPLICATE_EXACT = "DUPLICATE_EXACT", N_("The same row stands in this file already.")
    DUPLICATE_CONFLICT = (
        "DUPLICATE_CONFLICT",
        N_("The same claim number stands in this file already, with other values."),
    )
    FORMULA_NO_VALUE = (
        "FORMULA_NO_VALUE",
        N_("The billed amount is a formula without a stored value. Open the file in Excel, save it, and try again."),
    )


class WarningCode(Coded):
    """What needs a look although the row comes in."""

    LIKELY_TRUNCATED = (
        "LIKELY_TRUNCATED",
        N_("The sheet is filled to the last row its format can hold; rows after it may have been cut off."),
    )
    POSSIBLE_DUPLICATE_OTHER_CLAIM_NO = (
        "POSSIBLE_DUPLICATE_OTHER_CLAIM_NO",
        N_("The same person and dates stand in this file under another claim number."),
    )
    STATUS_UNKNOWN = (
        "STATUS_UNKNOWN",
        N_("The status word is not known yet; the claim counts as submitted until it is mapped."),
    )
    SAME_HEADING_TWICE = (
        "SAME_HEADING_TWICE",
        N_("Two columns have the same heading. The one named first was read, the one after ≠ was left alone."),
    )
    APPROVED_UNREADABLE = "APPROVED_UNREADABLE", N_("The approved amount is not a number and was left empty.")


class SkipKind(Coded):
    """What a row is that is no claim."""

    TITLE = "title", N_("title")
    HEADER = "header", N_("headings")
    BLANK = "blank", N_("empty")
    SUBTOTAL = "subtotal", N_("subtotal")
    TOTAL = "total", N_("total")
    FOOTER = "footer", N_("footer")


class ListStatus(Coded):
    """What a claim list says about a claim, whatever words it uses."""

    SUBMITTED = "submitted", N_("submitted")
    IN_REVIEW = "in_review", N_("in review")
    PENDING_DOCUMENTS = "pending_documents", N_("documents pending")
    APPROVED = "approved", N_("approved")
    PARTIALLY_APPROVED = "partially_approved", N_("partially approved")
    REJECTED = "rejected", N_("rejected")
    PAID = "paid", N_("paid")
    NOT_STATED = "", N_("status not stated")

    @property
    def state(self) -> ClaimState:
        """The state a claim gets when a list brings it. Source: ``decisions``, Bringing claim lists in."""
        return _STATES[self]


_STATES = {
    ListStatus.SUBMITTED: ClaimState.SUBMITTED,
    ListStatus.IN_REVIEW: ClaimState.IN_REVIEW,
    ListStatus.PENDING_DOCUMENTS: ClaimState.QUERIED,
    ListStatus.APPROVED: ClaimState.APPROVED,
    ListStatus.PARTIALLY_APPROVED: ClaimState.PARTIALLY_APPROVED,
    ListStatus.REJECTED: ClaimState.REJECTED,
    ListStatus.PAID: ClaimState.PAID,
    ListStatus.NOT_STATED: ClaimState.SUBMITTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedLine:
    """One line of a claim that stands over several rows."""

    row: int
    description: str = ""
    service_date: dt.date | None = None
    billed: Money | None = None
    approved: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedClaim(PlainClaim):
    """One claim of a list, read but not written. Texts are as sent, trimmed; ``row`` counts from 1 in its sheet.

    ``extra`` keeps the cells of columns this program has no field for, by their headings as sent.
    """

    sheet: str
    row: int
    claim_no: str
    member_name: str
    currency: str
    billed: Money
    status: ListStatus = ListStatus.NOT_STATED
    raw_status: str = ""
    approved: Money | None = None
    not_covered: Money | None = None
    admit_date: dt.date | None = None
    discharge_date: dt.date | None = None
    birth_date: dt.date | None = None
    member_no: str = ""
    policy_no: str = ""
    relation: str = ""
    sex: str = ""
    hospital: str = ""
    country: str = ""
    city: str = ""
    diagnosis_code: str = ""
    diagnosis_text: str = ""
    insurer: str = ""
    phone: str = ""
    identity_no: str = ""
    lines: tuple[StagedLine, ...] = ()

    @property
    def line_count(self) -> int:
        """Rows of the file that make this claim."""
        return len(self.lines) or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A row that does not come in, with every reason. ``cells`` are its cells as read, for the file of rejects."""

    sheet: str
    row: int
    codes: tuple[RowCode, ...]
    claim_no: str = ""
    cells: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()

    def message(self, language: Language) -> str:
        """Every reason in one language."""
        return " ".join(language(code.label) for code in self.codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Rows ``first`` to ``last`` that are no claims, all of one kind."""

    sheet: str
    first: int
    last: int
    kind: SkipKind

    @property
    def count(self) -> int:
        """How many rows."""
        return self.last - self.first + 1

    def rows(self) -> range:
        """The numbers of the rows."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWarning:
    """Something about a file or a row that needs a look."""

    code: WarningCode
    sheet: str
    row: int | None = None
    detail: str = ""

    def message(self, language: Language) -> str:
        """The sentence, with the word or number it is about."""
        text = language(self.code.label)
        return f"{text} ({self.detail})" if self.detail else text


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencySum:
    """What the imported rows of one currency come to. ``approved`` is none where no sheet has such a column."""

    rows: int
    billed: Decimal
    approved: Decimal | None = None

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it: sums as decimal texts."""
        result: dict[str, Any] = {"rows": self.rows, "billed": f"{self.billed:.2f}"}
        if self.approved is not None:
            result["approved"] = f"{self.approved:.2f}"
        return result


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumns:
    """Which columns of a sheet were understood as what: field by heading, both as they stand in the file."""

    sheet: str
    header_rows: tuple[int, ...]
    fields: tuple[tuple[str, str], ...]
    """Pairs of (heading as sent, field name); an ignored column has an empty field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedFile:
    """A claim list with the fate of every row. Nothing is written yet."""

    file: str
    sha256: str
    claims: Sequence[StagedClaim]
    """In the order of the file; a long list's are made anew when they are asked for."""
    rejects: tuple[Reject, ...]
    skips: tuple[Skip, ...]
    sums: Mapping[str, CurrencySum]
    warnings: tuple[ListWarning, ...] = ()
    columns: tuple[SheetColumns, ...] = ()
    left_alone: tuple[str, ...] = ()
    """Sheets that are hidden or hold no claims."""
    unknown_statuses: Mapping[str, int] = field(default_factory=dict)
    """Status words without a meaning yet, and how often each stands there."""
    format: str = ""
    line_count: int = 0
    """Rows that make the imported claims, where they were counted already."""

    @property
    def skipped(self) -> int:
        """Rows that are no claims."""
        return sum(skip.count for skip in self.skips)

    @property
    def lines(self) -> int:
        """Rows that make the imported claims."""
        return self.line_count or sum(claim.line_count for claim in self.claims)

    def field_names(self, sheet: str) -> frozenset[str]:
        """Fields for which a sheet has a column."""
        return frozenset(name for each in self.columns if each.sheet == sheet for _, name in each.fields if name)

    def to_json(self, language: Language, *, rows: bool = False) -> dict[str, Any]:
        """As ``liaison import --json`` prints one file; ``rows`` adds every imported row and every skipped one."""
        result: dict[str, Any] = {
            "file": self.file,
            "imported": len(self.claims),
            "lines": self.lines,
            "rejected": len(self.rejects),
            "skipped": self.skipped,
            "rejects": [
                {
                    "sheet": r.sheet,
                    "row": r.row,
                    "claim_no": r.claim_no,
                    "codes": [c.value for c in r.codes],
                    "message": r.message(language),
                }
                for r in self.rejects
            ],
            "sums": {currency: each.to_json() for currency, each in self.sums.items()},
            "warnings": [
                {"code": w.code.value, "sheet": w.sheet, "row": w.row, "message": w.message(language)}
                for w in self.warnings
            ],
            "left_alone": list(self.left_alone),
        }
        if rows:
            result["rows"] = list(self.rows_as_json())
            result["skips"] = [{"sheet": s.sheet, "row": n, "kind": s.kind.value} for s in self.skips for n in s.rows()]
        return result

    def rows_as_json(self) -> Iterator[dict[str, Any]]:
        """Every imported row with the fields its sheet has columns for, values as plain texts."""
        shown: dict[str, frozenset[str]] = {}
        for claim in self.claims:
            if claim.sheet not in shown:
                shown[claim.sheet] = self.field_names(claim.sheet)
            yield claim_as_json(claim, shown[claim.sheet])


_ALWAYS = ("claim_no", "member_name", "currency", "billed", "status")


def claim_as_json(claim: StagedClaim, fields: frozenset[str]) -> dict[str, Any]:
    """One claim as plain values; ``status`` is the list's own word, ``status_canonical`` ours."""
    result: dict[str, Any] = {"sheet": claim.sheet, "row": claim.row}
    for each in dataclasses.fields(claim):
        value = getattr(claim, each.name)
        if each.name in ("sheet", "row", "lines", "status", "raw_status"):
            continue
        if each.name in fields or each.name in _ALWAYS or value:
            result[each.name] = _plain(value)
    result["status"] = claim.raw_status
    result["status_canonical"] = claim.status.value
    if claim.lines:
        result["lines"] = [
            {
                "row": line.row,
                "description": line.description,
                "service_date": _plain(line.service_date),
                "billed": _plain(line.billed),
                "approved": _plain(line.approved),
            }
            for line in claim.lines
        ]
    return result


def _plain(value: object) -> object:
    if isinstance(value, Money):
        return value.plain()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


# tracking sheets


class StatusTrust(Coded):
    """How sure the meaning of a free-text status is."""

    REMEMBERED = "REMEMBERED", N_("you said so before")
    SURE = "SURE", N_("sure")
    GUESSED = "GUESSED", N_("guessed")
    UNKNOWN = "UNKNOWN", N_("not understood")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusGuess:
    """What a free-text status may mean."""

    raw: str
    state: JourneyState | None
    trust: StatusTrust
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedJourney:
    """One running case of an officer's own tracking sheet, read but not written."""

    sheet: str
    row: int
    patient_name: str
    raw_status: str = ""
    state: JourneyState | None = None
    trust: StatusTrust = StatusTrust.UNKNOWN
    kind: JourneyKind | None = None
    """What the case is for, where the sheet says so."""
    phone: str = ""
    city: str = ""
    hospital: str = ""
    country: str = ""
    insurer: str = ""
    policy_no: str = ""
    member_no: str = ""
    gl_no: str = ""
    birth_date: dt.date | None = None
    sex: str = ""
    identity_no: str = ""
    passport_no: str = ""
    relation: str = ""
    diagnosis: str = ""
    doctor: str = ""
    started_on: dt.date | None = None
    """The day of the enquiry."""
    travel_on: dt.date | None = None
    admit_on: dt.date | None = None
    discharge_on: dt.date | None = None
    officer: str = ""
    agent: str = ""
    companion: str = ""
    notes: str = ""
    estimate: Money | None = None
    same_as_row: int | None = None
    """An earlier row of the same file that seems to be the same case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetProblem:
    """A row of a tracking sheet or another list that does not come in, or needs a look. ``message`` is marked."""

    sheet: str
    row: int
    code: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_error: bool = True
    cells: tuple[str, ...] = ()

    def text(self, language: Language) -> str:
        """The sentence in one language."""
        return language(self.message, **self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedSheet:
    """A tracking sheet with the fate of every row."""

    file: str
    sha256: str
    journeys: tuple[StagedJourney, ...]
    problems: tuple[SheetProblem, ...]
    skips: tuple[Skip, ...]
    statuses: tuple[StatusGuess, ...]
    """Every different status word once, with its meaning."""
    columns: tuple[SheetColumns, ...] = ()
    left_alone: tuple[str, ...] = ()

    @property
    def rejected(self) -> int:
        """Rows that do not come in."""
        return sum(p.is_error for p in self.problems)

    def to_json(self, language: Language) -> dict[str, Any]:
        """As ``liaison import --kind journeys --json`` prints one file."""
        return {
            "file": self.file,
            "imported": len(self.journeys),
            "rejected": self.rejected,
            "skipped": sum(s.count for s in self.skips),
            "rejects": [_problem_json(p, language) for p in self.problems if p.is_error],
            "warnings": [_problem_json(p, language) for p in self.problems if not p.is_error],
            "statuses": [
                {"raw": s.raw, "state": s.state.value if s.state else None, "trust": s.trust.value, "count": s.count}
                for s in self.statuses
            ],
            "left_alone": list(self.left_alone),
        }


def _problem_json(problem: SheetProblem, language: Language) -> dict[str, Any]:
    return {"sheet": problem.sheet, "row": problem.row, "codes": [problem.code], "message": problem.text(language)}


# hospitals, contacts, rates


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedHospital:
    """One hospital or other organisation of a list."""

    sheet: str
    row: int
    name: str
    kind: OrganizationKind = OrganizationKind.HOSPITAL
    group: str = ""
    country: str = ""
    city: str = ""
    address: str = ""
    phone: str = ""
    night_phone: str = ""
    fax: str = ""
    email: str = ""
    website: str = ""
    code: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedContact:
    """One person or desk at a hospital, insurer or administrator."""

    sheet: str
    row: int
    organization: str
    name: str = ""
    desk: Desk = Desk.OTHER
    raw_desk: str = ""
    phone: str = ""
    whatsapp: str = ""
    email: str = ""
    fax: str = ""
    hours: str = ""
    night_phone: str = ""
    languages: str = ""
    verified_on: dt.date | None = None
    country: str = ""
    city: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedRate:
    """One exchange rate: units of ``quote`` for one ``base`` on a day."""

    row: int
    base: str
    quote: str
    rate: Decimal
    rate_date: dt.date
    source: str
    kind: RateKind = RateKind.MID


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedRecords:
    """A list of hospitals, contacts or rates with what does not come in."""

    file: str
    sha256: str
    kind: str
    hospitals: tuple[StagedHospital, ...] = ()
    contacts: tuple[StagedContact, ...] = ()
    rates: tuple[StagedRate, ...] = ()
    problems: tuple[SheetProblem, ...] = ()
    skipped: int = 0

    @property
    def count(self) -> int:
        """Records that come in."""
        return len(self.hospitals) + len(self.contacts) + len(self.rates)

    def to_json(self, language: Language) -> dict[str, Any]:
        """As ``liaison import --kind hospitals|contacts|rates --json`` prints one file."""
        return {
            "file": self.file,
            "kind": self.kind,
            "imported": self.count,
            "rejected": sum(p.is_error for p in self.problems),
            "skipped": self.skipped,
            "rejects": [_problem_json(p, language) for p in self.problems if p.is_error],
            "warnings": [_problem_json(p, language) for p in self.problems if not p.is_error],
        }
