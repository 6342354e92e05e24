"""What the filter line of a list can ask so that every figure of Insight opens the rows behind it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from liaison.domain.grammar import Term
from liaison.domain.insight import ClaimGap, Gap, LinkedGap, Outcome
from liaison.services import filters
from liaison.services.filters import Asked, Clause, Meaning
from liaison.store.kept_figures import CLAIM_GAPS, GAPS, OUTCOME
from liaison.store.models import JourneyRow, OrganizationRow, PatientRow, TaskRow

_J, _P, _T, _O = (row.__table__.c for row in (JourneyRow, PatientRow, TaskRow, OrganizationRow))


def _sql(text: str, table: str) -> sa.ColumnElement[bool]:
    """A condition of the kept figures over the rows of a list."""
    return sa.literal_column(f"({text.format(row=table)})", sa.Boolean)


_OUTCOME = filters.one_of(
    {one.value: _sql(f"({OUTCOME}) = '{one.value}'", "journey") for one in Outcome},
    [
        ("pergi", "away"),
        ("disiapkan", "ahead"),
        ("rumah", "home"),
        ("berakhir", "ended"),
        *filters.spellings_of(Outcome),
    ],
)


def outcome(term: Term, asked: Asked) -> Clause:
    """What became of a case: ``hasil:away``."""
    return _OUTCOME(term, asked)


NONE = frozenset({"tidakdisebut", "notstated"})
"""Asks for rows that do not say it."""


def part_or_none(column: sa.ColumnElement[Any]) -> Meaning:
    """Part of a text, or that nothing is stated: ``alasan:tidakdisebut``."""
    return lambda term, asked: sa.or_(
        *(column == "" if value in NONE else filters.contains(column, value) for value in term.values)
    )


city = part_or_none


def month(column: sa.ColumnElement[Any]) -> Meaning:
    """A month of a day, as ``bulan:2026-10``."""
    return lambda term, asked: sa.or_(
        *(sa.func.substr(sa.type_coerce(column, sa.Text), 1, 7) == value for value in term.values)
    )


def destination(term: Term, asked: Asked) -> Clause:
    """Where a case goes: the city of its hospital, else its own city of destination. ``tujuan:medan``."""
    if set(term.values) & NONE:
        with_city = sa.select(_O.id).where(_O.city != "")
        return sa.and_(_J.destination_city == "", sa.func.coalesce(_J.hospital_id.not_in(with_city), sa.true()))
    houses = sa.or_(*(filters.contains(_O.city, value) for value in term.values))
    own = sa.or_(*(filters.contains(_J.destination_city, value) for value in term.values))
    theirs = _J.hospital_id.in_(sa.select(_O.id).where(houses))
    has_city = _J.hospital_id.in_(sa.select(_O.id).where(_O.city != ""))
    return sa.or_(theirs, sa.and_(own, sa.not_(sa.func.coalesce(has_city, sa.false()))))


def linked_gap(gap: LinkedGap) -> Clause:
    """Open cases whose patient or next step lacks something."""
    if gap is LinkedGap.STEP:
        planned = sa.select(_T.journey_id).where(_T.done_at.is_(None), _T.journey_id.is_not(None))
        return sa.and_(_J.is_open == sa.true(), _J.id.not_in(planned))
    column = _P.birth_date.is_(None) if gap is LinkedGap.BIRTH else _P.phone == ""
    # Asked of each open case's own patient: open cases are few, patients without a telephone are not.
    return sa.and_(_J.is_open == sa.true(), sa.select(_P.id).where(_P.id == _J.patient_id, column).exists())


_OPEN = _J.is_open == sa.true()
_ON_JOURNEY = filters.one_of(
    {
        **{gap.value: sa.and_(_OPEN, _sql(GAPS[gap], "journey")) for gap in Gap},
        **{gap.value: linked_gap(gap) for gap in LinkedGap},
    },
    [("kota", "city"), ("rs", "hospital"), ("polis", "cover"), ("penanggung", "cover"), ("petugas", "officer"),
     ("langkah", "step"), ("lahir", "birth"), ("telepon", "phone"), ("negara", "destination")],
)  # fmt: skip
_ON_CLAIM = filters.one_of(
    {gap.value: _sql(CLAIM_GAPS[gap], "claim") for gap in ClaimGap},
    [("kota", "city"), ("rs", "hospital"), ("penanggung", "insurer"), ("nomor", "number"), ("alasan", "reason"),
     ("diajukan", "submitted")],
)  # fmt: skip


def missing_on_journey(term: Term, asked: Asked) -> Clause:
    """Open cases that lack something: ``kurang:kota``."""
    return _ON_JOURNEY(term, asked)


def missing_on_claim(term: Term, asked: Asked) -> Clause:
    """Claims that lack something: ``kurang:nomor``. Void ones stay out."""
    return _ON_CLAIM(term, asked)
