"""TB tests: offered and done for everybody who works on a case; the result for its officer and a supervisor alone.

No list, search, history, paper or export asks for the result; counts leave the office from ten on only.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.periods import Span
from liaison.domain.problems import Problem
from liaison.domain.tb_tests import TbResult, TbResultDraft, TbTestDraft, check_tb_result, check_tb_test
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, need, today
from liaison.services.infections import NOT_YOURS, may_see_notice
from liaison.store.models import JourneyRow, TbTestRow

NO_TEST = N_("No TB test is written down for this case yet.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TbMark:
    """What everybody may know of a test: offered, done, and that a result is kept; never which."""

    version: int
    offered_on: dt.date
    is_declined: bool
    tested_on: dt.date | None
    place: str
    has_result: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TbResultView:
    """The result as one of the two roles sees it."""

    version: int
    result: TbResult | None
    result_on: dt.date | None


def record_test(session: Session, draft: TbTestDraft, *, version: int | None = None) -> Changes:
    """Write down that a test was offered, or done; a case has one at most."""
    refuse_if([*check_tb_test(draft, today=today(session)), *need(session, JourneyRow, draft.journey_id)])
    row = _row(session, draft.journey_id)
    if row is None:
        row = add(session, fill(TbTestRow(), draft))
    else:
        fill(get(session, TbTestRow, row.id, version=version), draft)
        session.flush()
    return changes(("tb_test", row.id), ("journey", draft.journey_id), made=row.id)


def tb_draft(session: Session, journey_id: int) -> TbTestDraft:
    """What the form of a test opens with."""
    row = _row(session, journey_id)
    return TbTestDraft(journey_id=journey_id, offered_on=today(session)) if row is None else draft_of(row, TbTestDraft)


def tb_mark(session: Session, journey_id: int) -> TbMark | None:
    """The test of a case as everybody may see it."""
    row = _row(session, journey_id)
    if row is None:
        return None
    return TbMark(
        version=row.version, offered_on=row.offered_on, is_declined=row.is_declined, tested_on=row.tested_on,
        place=row.place, has_result=row.result is not None,
    )  # fmt: skip


def tb_result(session: Session, journey_id: int) -> TbResultView:
    """The result of a case. Raises :class:`Refused` for everybody but the case's officer and a supervisor."""
    row = _restricted(session, journey_id)
    return TbResultView(version=row.version, result=row.result, result_on=row.result_on)


def write_result(session: Session, journey_id: int, draft: TbResultDraft, *, version: int | None = None) -> Changes:
    """Write the result down. Raises :class:`Refused` for everybody but the two roles."""
    row = _restricted(session, journey_id)
    get(session, TbTestRow, row.id, version=version)
    refuse_if(check_tb_result(draft, tested_on=row.tested_on, today=today(session)))
    fill(row, draft)
    session.flush()
    return changes(("tb_test", row.id), ("journey", journey_id))


def tb_cases(session: Session, span: Span | None) -> tuple[list[int], list[int]]:
    """Cases with a test offered, and with a test done, within a span of days, each by its own date."""
    return _dated(session, TbTestRow.offered_on, span), _dated(session, TbTestRow.tested_on, span)


def _dated(
    session: Session,
    column: sa.orm.InstrumentedAttribute[dt.date] | sa.orm.InstrumentedAttribute[dt.date | None],
    span: Span | None,
) -> list[int]:
    asked = sa.select(TbTestRow.journey_id).where(column.is_not(None))
    if span is not None:
        asked = asked.where(column.between(span.first, span.last))
    return list(session.scalars(asked))


def _restricted(session: Session, journey_id: int) -> TbTestRow:
    if not may_see_notice(session, journey_id):
        raise Refused([Problem(code="NOT_YOURS", message=NOT_YOURS)])
    row = _row(session, journey_id)
    if row is None:
        raise Refused([Problem(code="NO_TEST", message=NO_TEST)])
    return row


def _row(session: Session, journey_id: int) -> TbTestRow | None:
    return session.scalar(sa.select(TbTestRow).where(TbTestRow.journey_id == journey_id))
