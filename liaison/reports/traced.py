"""What a report stands on, for its record: the keys of its rows, and each figure in the paper's words with its rows.

Rows are read off the view a report was made from; figures of persons were noted while it was laid out. Reports that
count cases or claims say here what their figures count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.figures import Figure, Shown
from liaison.domain.money import Money
from liaison.domain.privacy import HELD_BACK, STAR
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import SYMBOLS
from liaison.reports.ageing_view import AgeingView, UnpaidClaim
from liaison.reports.booklet_view import BookletView
from liaison.reports.briefing_public import two_digits
from liaison.reports.briefing_words import decimal_words
from liaison.reports.clock_list import ClockListView
from liaison.reports.directory_view import HospitalLine
from liaison.reports.evaluation import EvaluationView
from liaison.reports.figure_names import name_of, period_of
from liaison.reports.handover_view import HandoverView
from liaison.reports.leakage import LeakageView
from liaison.reports.portfolio import StatementView
from liaison.reports.portfolio_cases import AnnexView
from liaison.reports.report import CaseKeys
from liaison.reports.roadshow_view import PaperEvent
from liaison.reports.rows_behind import rows_behind
from liaison.services.agreement_views import AgreementLine
from liaison.services.claim_account import Account, Followed
from liaison.services.erasure import Certificate
from liaison.services.evaluation import Finding
from liaison.services.list_of_claims import AGE_BANDS, claim_ids
from liaison.services.list_of_journeys import journey_ids
from liaison.services.list_queries import ListQuery
from liaison.services.lost_laptop import LostView
from liaison.services.today import TaskLine
from liaison.services.tracing import Source, Traced
from liaison.store.models import BillRow, ClaimRow, EstimateRow, GuaranteeRow, JourneyRow

_OWN_KEYS: Mapping[type, tuple[str, str]] = {
    UnpaidClaim: ("claim", "id"), Followed: ("claim", "id"), AgreementLine: ("agreement", "id"),
    PaperEvent: ("roadshow", "id"), HospitalLine: ("organization", "key"), Certificate: ("erasure", "id"),
    LostView: ("lost_laptop", "id"),
}  # fmt: skip
"""What of a view is a row itself, and where its key stands."""

_LEADS = {"journey_id": "journey", "claim_id": "claim", "guarantee_id": "guarantee", "agreement_id": "agreement"}
"""Fields of a view that lead to a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a report was made from, kept until it is released."""

    view: object
    drawn: tuple[Figure, ...] = ()
    """Its figures of persons, in the order in which they stand on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What a report stands on."""

    rows: tuple[Source, ...]
    figures: tuple[Traced, ...]


def trace_of(
    session: Session,
    material: Material,
    language: Language,
    *,
    people: Sequence[CaseKeys],
    own: CaseKeys | None,
    case_no: str = "",
) -> Trace:
    """The rows and the figures of a report; ``own`` is the person whom a paper about one person speaks of.

    A paper about a case that names nobody is known by the ``case_no`` that it was asked for.
    """
    rows = dict.fromkeys(_rows_in(material.view))
    for keys in (*people, *([own] if own is not None else [])):
        rows["journey" if keys.journey_id is not None else "patient", keys.journey_id or keys.patient_id] = None
    journey = own.journey_id if own is not None else None
    if own is None and case_no:
        journey = session.scalar(sa.select(JourneyRow.id).where(JourneyRow.case_no == case_no.upper()))
    if journey is not None:
        rows["journey", journey] = None
        rows.update(dict.fromkeys(_papers_of(session, journey)))
    counted = _of_persons(session, material.drawn, language)
    return Trace(rows=tuple(rows), figures=(*counted, *_of_rows(session, material.view, language)))


def _rows_in(value: object) -> Iterator[Source]:
    """The rows that a view names by their keys, wherever they stand in it."""
    if isinstance(value, Mapping):
        value = (*value.keys(), *value.values())
    if (isinstance(value, tuple) and not hasattr(value, "_fields")) or isinstance(value, list):
        for one in value:
            yield from _rows_in(one)
        return
    if hasattr(value, "_fields"):
        names: Iterable[str] = getattr(value, "_fields")  # noqa: B009 a named tuple
    elif is_dataclass(value) and not isinstance(value, type):
        names = [one.name for one in fields(value)]
    else:
        return
    own = _OWN_KEYS.get(type(value))
    if own is not None:
        yield own[0], getattr(value, own[1])
    for name in names:
        inside = getattr(value, name)
        if name in _LEADS and isinstance(inside, int):
            yield _LEADS[name], inside
        else:
            yield from _rows_in(inside)


def _papers_of(session: Session, journey: int) -> Iterator[Source]:
    """Claims, letters, bills and estimates of a case."""
    for table, row in (
        ("claim", ClaimRow), ("guarantee", GuaranteeRow), ("bill", BillRow), ("estimate", EstimateRow),
    ):  # fmt: skip
        for key in session.scalars(sa.select(row.id).where(row.journey_id == journey).order_by(row.id)):
            yield table, key


# figures of persons


def _of_persons(session: Session, drawn: Sequence[Figure], _: Language) -> list[Traced]:
    return [
        Traced(
            label=_label(one, _), period=period_of(one.key, _), printed=_printed(one, _), counted=len(one.who),
            rows=rows,
        )
        for one, rows in zip(drawn, rows_behind(session, drawn), strict=True)
    ]  # fmt: skip


def _label(one: Figure, _: Language) -> str:
    name = name_of(one.key, _)
    if one.shown is Shown.CORRECTION:
        return _("{figure}, corrected", figure=name)
    return _("{figure}, median", figure=name) if one.quantiles else name


def _printed(one: Figure, _: Language) -> str:
    if one.shown is Shown.HELD_BACK:
        return HELD_BACK
    if one.quantiles:
        return _quantiles(one, _)
    return STAR if one.value is None else _.formats.number(one.value)


def _quantiles(one: Figure, _: Language) -> str:
    """Median and middle half, as they are printed: amounts to two digits, times to a tenth."""
    name = one.key[0].removesuffix(" median")
    is_amount = any(word in name for word in ("bills", "billed", "owed"))
    told = [
        _.formats.number(int(two_digits(value))) if is_amount else decimal_words(value, _)
        for value in one.quantiles[:3]
    ]
    if len(told) < 3:
        return told[0]
    currency = next((SYMBOLS[part] for part in name.replace(":", "").split() if part in SYMBOLS), "")
    middle = currency + told[0] if is_amount else told[0]
    return f"{middle} ({told[1]}–{told[2]})"


# figures of rows


def _of_rows(session: Session, view: object, _: Language) -> tuple[Traced, ...]:
    """What reports count that count cases, claims or houses."""
    match view:
        case AgeingView():
            return tuple(_ageing(view, _))
        case EvaluationView():
            return tuple(_finding(session, one, _) for one in view.found.findings)
        case ClockListView():
            return (_counted(_("Over the target now"), view.late, _),)
        case HandoverView():
            return tuple(_handover(view, _))
        case LeakageView():
            return (_counted(_("Cases"), view.stays, _),)
        case StatementView():
            return tuple(_accounts(view.accounts, _)) if view.is_exact else ()
        case AnnexView():
            return tuple(_accounts(view.accounts, _))
        case BookletView():
            return tuple(_counted(one.city.name, one.hospitals, _) for one in view.cities)
        case _:
            return ()


def _counted(label: str, rows: Sequence[object], _: Language) -> Traced:
    """How many lines of one kind; each stands for its claim, else for its case."""
    found: dict[Source, None] = {}
    for row in rows:
        behind = dict(_rows_in(row))
        nearest = next((table for table in ("claim", "journey") if table in behind), None)
        found.update(dict.fromkeys([(nearest, behind[nearest])] if nearest else behind.items()))
    return Traced(label=label, printed=_.formats.number(len(rows)), rows=tuple(found))


def _ageing(view: AgeingView, _: Language) -> Iterator[Traced]:
    for currency in view.currencies:
        claims = [one for one in view.claims if one.currency == currency]
        yield _sum(_("Unpaid, {currency}", currency=currency), claims, currency, _)
        for number, (_low, _high, label) in enumerate(AGE_BANDS):
            some = [one for one in claims if one.band == number]
            if some:
                yield _sum(f"{currency}: {_(label)}", some, currency, _)
        for insurer in sorted({one.insurer for one in claims}, key=str.casefold):
            yield _sum(
                f"{currency}: {insurer or _(N_('Not stated'))}",
                [c for c in claims if c.insurer == insurer],
                currency,
                _,
            )


def _sum(label: str, claims: Sequence[UnpaidClaim], currency: str, _: Language) -> Traced:
    whole = Money(round(sum(one.minor for one in claims) / 100) * 100, currency)
    rows = tuple(("claim", one.id) for one in claims)
    return Traced(label=label, printed=f"{currency} {_.formats.amount(whole, whole=True)}", rows=rows)


def _finding(session: Session, one: Finding, _: Language) -> Traced:
    """A weakness; its rows are those that the list behind it shows."""
    keys: Iterable[int] = ()
    if one.behind is not None:
        ids, query = (claim_ids if one.of_claims else journey_ids), ListQuery(text=one.behind.filter)
        try:
            keys = ids(session, query)
        except Refused:  # a filter that a later list no longer knows explains nothing; the number stands
            keys = ()
    table = "claim" if one.of_claims else "journey"
    return Traced(
        label=upper_first(_(one.what.label)), printed=_.formats.number(one.cases),
        rows=tuple((table, key) for key in keys),
    )  # fmt: skip


def _handover(view: HandoverView, _: Language) -> Iterator[Traced]:
    tasks: tuple[tuple[str, Sequence[TaskLine]], ...] = (
        (_("Late"), view.late), (_("Promised, to be kept"), view.promises), (_("The next 48 hours"), view.ahead),
        (_("Waiting on others"), view.waiting),
    )  # fmt: skip
    for label, some in tasks:
        yield _counted(label, some, _)


def _accounts(accounts: Sequence[Account], _: Language) -> Iterator[Traced]:
    """Each sum of an account with the claims that make it up."""
    sums = (
        (N_("Open at the beginning"), "opening"), (N_("New"), "new"), (N_("Paid"), "paid"),
        (N_("Rejected"), "rejected"), (N_("Open at the end"), "closing"),
    )  # fmt: skip
    for account in accounts:
        for label, what in sums:
            some = [entry for entry in account.entries if getattr(entry, what)]
            if some:
                amount = Money(sum(getattr(entry, what) for entry in some), account.currency)
                yield Traced(
                    label=f"{account.currency}: {_(label)}",
                    printed=f"{account.currency} {_.formats.amount(amount, whole=True)}",
                    rows=tuple(("claim", entry.claim.id) for entry in some),
                )
