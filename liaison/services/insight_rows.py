"""The rows behind Insight as flat tables for a workbook: cases, claims, final bills and clocks, one line each.

They name no person: the same number is the same person, whatever lists called them, so that a pivot table counts as the
page does. Amounts stand in their own currency, each with its code beside it. For the office only.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.coded import Coded
from liaison.domain.grids import Cell, Column, ColumnKind, Grid
from liaison.domain.insight import Scope
from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.domain.periods import Span
from liaison.domain.targets import ACTS, Party
from liaison.i18n import N_
from liaison.services.changes import clock
from liaison.services.insight_cells import like, one_person, span
from liaison.services.insight_slow import clock_rows
from liaison.services.insight_words import house_names, officer_names
from liaison.store.models import BillRow, ClaimRow, JourneyRow, OrganizationRow, PatientRow, TaskRow

_J, _C, _B, _P, _T, _O = (
    row.__table__.c for row in (JourneyRow, ClaimRow, BillRow, PatientRow, TaskRow, OrganizationRow)
)


NAME = "insight_rows"
"""Under this name a copy of the rows is on record."""


class Rows(Coded):
    """The four tables of rows."""

    CASES = "insight_cases", N_("Cases")
    CLAIMS = "insight_claims", N_("Claims")
    BILLS = "insight_bills", N_("Final bills")
    CLOCKS = "insight_clocks", N_("Clocks")


def rows_of(session: Session, rows: Rows, scope: Scope | None = None) -> Grid:
    """One of the tables, of one city or of all, of the cases opened, claims submitted, clocks stopped in a span."""
    return _GRIDS[rows](session, scope or Scope())


def every_row(session: Session, scope: Scope | None = None) -> list[Grid]:
    """All four tables, one sheet each."""
    return [rows_of(session, rows, scope) for rows in Rows]


def _of_city(asked: sa.Select[Any], column: sa.ColumnElement[str], scope: Scope) -> sa.Select[Any]:
    return asked.where(sa.func.lower(column).like(like(scope.city), escape="\\")) if scope.city else asked


def _of_days(asked: sa.Select[Any], column: sa.ColumnElement[Any], within: Span | None) -> sa.Select[Any]:
    return asked if within is None else asked.where(column.between(within.first, within.last))


def _text(label: str) -> Column:
    return Column(label=label)


def _number(label: str) -> Column:
    return Column(label=label, kind=ColumnKind.IDENTIFIER)


def _day(label: str) -> Column:
    return Column(label=label, kind=ColumnKind.DATE)


def _money(label: str) -> Column:
    return Column(label=label, kind=ColumnKind.MONEY)


# cases

_CASE_COLUMNS = (
    _number(N_("Case number")), _number(N_("Person")), _day(N_("Opened on")), _day(N_("Ended on")),
    _text(N_("Status")), Column(label=N_("Status since"), kind=ColumnKind.MOMENT), _text(N_("Open")),
    _text(N_("Home city")), _text(N_("Country of treatment")), _text(N_("City of treatment")), _text(N_("Hospital")),
    _text(N_("Treated at home")), _text(N_("Answered without travel")), _text(N_("Officer")),
    _text(N_("Who pays")), _text(N_("Cover on record")), _text(N_("Diagnosis or need written down")),
    _text(N_("Date of birth known")), _text(N_("Telephone known")), _text(N_("Next step planned")),
    _text(N_("Reason of the decision")),
)  # fmt: skip


def _cases(session: Session, scope: Scope) -> Grid:
    stated = sa.or_(_J.diagnosis != "", _J.diagnosis_code != "", _J.need != "")
    step = sa.select(sa.literal(1)).where(_T.journey_id == _J.id, _T.done_at.is_(None)).exists()
    asked = sa.select(
        _J.case_no, _J.patient_id, _J.opened_on, _J.ended_on, _J.state, _J.state_since, _J.is_open, _J.origin_city,
        _J.destination_country, _J.destination_city, _J.hospital_id, _J.is_retained_domestic, _J.was_answered,
        _J.officer_id, _J.payer_path, _J.cover_id, stated.label("stated"), _P.birth_date,
        (_P.phone != "").label("has_phone"), step.label("has_step"), _J.decision_reason,
    ).join(PatientRow.__table__, _P.id == _J.patient_id).order_by(_J.id)  # fmt: skip
    asked = _of_days(_of_city(asked, _J.origin_city, scope), _J.opened_on, span(session, scope))
    found = session.execute(asked).all()
    persons = one_person(session, [row.patient_id for row in found])
    houses, cities, officers = house_names(session), _house_cities(session), officer_names(session)

    def cells() -> Iterator[tuple[Cell, ...]]:
        for r in found:
            city = cities.get(r.hospital_id, "") or r.destination_city
            yield (
                r.case_no, str(persons[r.patient_id]), r.opened_on, r.ended_on, r.state, r.state_since, r.is_open,
                r.origin_city or None, r.destination_country or None, city or None, houses.get(r.hospital_id),
                r.is_retained_domestic, r.was_answered, officers.get(r.officer_id), r.payer_path,
                r.cover_id is not None, bool(r.stated), r.birth_date is not None, bool(r.has_phone), bool(r.has_step),
                r.decision_reason or None,
            )  # fmt: skip

    return Grid(title=Rows.CASES.label, columns=_CASE_COLUMNS, rows=tuple(cells()))


def _house_cities(session: Session) -> dict[int, str]:
    return {row[0]: row[1] for row in session.execute(sa.select(_O.id, _O.city))}


# claims

_CLAIM_COLUMNS = (
    _number(N_("Claim number")), _number(N_("Case number")), _number(N_("Person")), _text(N_("Status")),
    _text(N_("Open")), _day(N_("Submitted on")), _day(N_("Decided on")), _day(N_("Age counts from")),
    _text(N_("Currency")), _money(N_("Billed")), _money(N_("Approved")), _money(N_("Paid")), _text(N_("Home city")),
    _text(N_("Insurer")), _text(N_("Hospital")), _text(N_("Reason")),
)  # fmt: skip


def _claims(session: Session, scope: Scope) -> Grid:
    asked = sa.select(
        _C.claim_no, _J.case_no, _C.patient_id, _C.state, _C.is_open, _C.submitted_on, _C.decided_on, _C.aged_from,
        _C.currency, _C.billed_minor, _C.approved_minor, _C.paid_minor, _C.origin_city, _C.insurer_id, _C.hospital_id,
        _C.reason,
    ).outerjoin(JourneyRow.__table__, _J.id == _C.journey_id).order_by(_C.id)  # fmt: skip
    asked = _of_days(_of_city(asked, _C.origin_city, scope), _C.submitted_on, span(session, scope))
    found = session.execute(asked).all()
    persons = one_person(session, [row.patient_id for row in found])
    houses = house_names(session)

    def cells() -> Iterator[tuple[Cell, ...]]:
        for r in found:
            approved = None if r.approved_minor is None else Money(r.approved_minor, r.currency)
            yield (
                r.claim_no or None, r.case_no, str(persons[r.patient_id]), r.state, r.is_open, r.submitted_on,
                r.decided_on, r.aged_from, r.currency, Money(r.billed_minor, r.currency), approved,
                Money(r.paid_minor, r.currency), r.origin_city or None, houses.get(r.insurer_id),
                houses.get(r.hospital_id), r.reason,
            )  # fmt: skip

    return Grid(title=Rows.CLAIMS.label, columns=_CLAIM_COLUMNS, rows=tuple(cells()))


# final bills

_BILL_COLUMNS = (
    _number(N_("Case number")), _text(N_("Kind")), _day(N_("Billed on")), _text(N_("Currency")), _money(N_("Amount")),
    _text(N_("Hospital")),
)  # fmt: skip


def _bills(session: Session, scope: Scope) -> Grid:
    """Final bills and credit notes of the cases opened in the span; a credit note bears its minus."""
    asked = (
        sa.select(_J.case_no, _B.kind, _B.billed_on, _B.currency, _B.amount_minor, _B.hospital_id)
        .join(JourneyRow.__table__, _J.id == _B.journey_id)
        .where(_B.kind.in_((BillKind.FINAL, BillKind.CREDIT_NOTE)))
        .order_by(_B.id)
    )
    asked = _of_days(_of_city(asked, _J.origin_city, scope), _J.opened_on, span(session, scope))
    houses = house_names(session)
    rows = tuple(
        (r.case_no, r.kind, r.billed_on, r.currency,
         Money(-r.amount_minor if r.kind is BillKind.CREDIT_NOTE else r.amount_minor, r.currency),
         houses.get(r.hospital_id))
        for r in session.execute(asked)
    )  # fmt: skip
    return Grid(title=Rows.BILLS.label, columns=_BILL_COLUMNS, rows=rows)


# clocks

_CLOCK_COLUMNS = (
    _text(N_("Step")), _text(N_("House")), _number(N_("Case number")), _number(N_("Claim number")),
    _text(N_("Home city")), Column(label=N_("Asked"), kind=ColumnKind.MOMENT),
    Column(label=N_("Answered"), kind=ColumnKind.MOMENT), _text(N_("Counted in")),
    Column(label=N_("Took, minutes"), kind=ColumnKind.NUMBER), Column(label=N_("Target"), kind=ColumnKind.COUNT),
    _text(N_("In time")),
)  # fmt: skip


def _clocks(session: Session, scope: Scope) -> Grid:
    now = clock(session)
    rows = tuple(
        (
            c.kind, None if ACTS[c.kind] is Party.US else c.acts or None, c.case_no or None, c.claim_no or None,
            c.city or None, c.run.start, c.run.stopped, c.run.target.unit,
            Decimal(int(c.run.ran(now).total_seconds())) / 60, c.run.target.amount, not c.run.overdue(now),
        )
        for c in clock_rows(session, scope)
    )  # fmt: skip
    return Grid(title=Rows.CLOCKS.label, columns=_CLOCK_COLUMNS, rows=rows)


_GRIDS = {Rows.CASES: _cases, Rows.CLAIMS: _claims, Rows.BILLS: _bills, Rows.CLOCKS: _clocks}
