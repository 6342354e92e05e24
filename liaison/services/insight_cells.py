"""Reads kept figures: cells summed over what a question asks, and persons, each once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.insight import Scope
from liaison.domain.journeys import JourneyState
from liaison.domain.periods import Span, span_of
from liaison.services.changes import today
from liaison.store.models import PatientRow
from liaison.store.summaries import Summary, recount_sql

LIVE = "insight_live"
"""In a session's info: count from the rows instead of the kept cells, as the benchmark and the tests do."""


def span(session: Session, scope: Scope) -> Span | None:
    """The days a question is about; none for all time."""
    return None if scope.period is None else span_of(scope.period, today(session))


def month_of(day: dt.date) -> str:
    """The month of a day as cells name it."""
    return day.isoformat()[:7]


def read(
    session: Session, summary: Summary, by: Sequence[str], *, scope: Scope | None = None, within: Span | None = None,
    sums: Sequence[str] = (), only: str = "1",
) -> list[Any]:  # fmt: skip
    """Rows of (dimensions asked for…, n, sums…), of a city and of the months of a span where these are given."""
    conditions, values = [only], {}
    if scope is not None and scope.city:
        conditions.append("lower(city) LIKE :city ESCAPE '\\'")
        values["city"] = like(scope.city)
    if within is not None:
        conditions.append("month BETWEEN :first AND :last")
        values |= {"first": month_of(within.first), "last": month_of(within.last)}
    cells = f"({recount_sql(summary)})" if session.info.get(LIVE) else summary.cells
    wanted = ", ".join([*by, "sum(n)", *(f"sum({name})" for name in sums)])
    grouped = f" GROUP BY {', '.join(by)}" if by else ""
    sql = f"SELECT {wanted} FROM {cells} WHERE {' AND '.join(conditions)}{grouped}"
    return list(session.connection().execute(sa.text(sql), values))


def like(city: str) -> str:
    """Part of a city's name, as the filter line of a list takes it."""
    escaped = city.casefold().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def persons(session: Session, summary: Summary, *, scope: Scope, within: Span | None) -> int:
    """How many persons, each once: merged ones follow their merge, provisional ones of one spelling meet."""
    rows = read(session, summary, ["patient_id"], scope=scope, within=within)
    return count_persons(session, [row[0] for row in rows])


_AT_ONCE = 500


def count_persons(session: Session, patient_ids: Iterable[int]) -> int:
    """How many different persons these patients are. Source: ``decisions``, Bringing claim lists in."""
    return len(set(one_person(session, patient_ids).values()))


def one_person(session: Session, patient_ids: Iterable[int]) -> dict[int, int]:
    """From each patient to the one person it is: merged ones follow their merge, provisional ones meet by spelling."""
    keys = sorted(set(patient_ids))
    p = PatientRow.__table__.c
    found: list[Any] = []
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        asked = sa.select(p.id, p.merged_into_id, p.similar_key, p.is_provisional).where(p.id.in_(some))
        found += session.connection().execute(asked).all()
    spelled = _first_of_spelling(session, {row[2] for row in found if row[1] is None and row[3] and row[2]})
    people: dict[int, int] = {}
    for key, into, name, is_provisional in found:
        by_name = into is None and is_provisional and name
        people[key] = spelled[name] if by_name else _root(session, key, into)
    return people


def _first_of_spelling(session: Session, names: Iterable[str]) -> dict[str, int]:
    """For each spelling the person known so: the first that was entered by hand, else the first of a list."""
    p = PatientRow.__table__.c
    ordered = sorted(names)
    first: dict[str, int] = {}
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        asked = (
            sa.select(p.similar_key, sa.func.min(p.id), sa.func.min(sa.case((p.is_provisional == sa.false(), p.id))))
            .where(p.similar_key.in_(some), p.merged_into_id.is_(None))
            .group_by(p.similar_key)
        )
        first |= {name: known or listed for name, listed, known in session.connection().execute(asked)}
    return first


def _root(session: Session, key: int, into: int | None) -> int:
    seen = {key}
    while into is not None and into not in seen:
        seen.add(into)
        key = into
        into = session.scalar(sa.select(PatientRow.merged_into_id).where(PatientRow.id == key))
    return key


STATES = {state.value: state for state in JourneyState}
