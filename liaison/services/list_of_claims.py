"""The list of claims: what is owed, by whom, since when. Sums stand per currency and are never added across."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimKind, ClaimState
from liaison.domain.coded import Coded
from liaison.domain.grammar import Term, TermField
from liaison.domain.money import CURRENCIES, Money
from liaison.domain.work import WaitingOn
from liaison.i18n import N_
from liaison.services import filters, insight_terms
from liaison.services.changes import today
from liaison.services.filters import Asked, Clause
from liaison.services.list_queries import (
    Column,
    ColumnKind,
    Counts,
    Footing,
    Group,
    Listing,
    ListQuery,
    by_day,
    chosen,
    list_groups,
    list_ids,
    organizations_named,
    page,
    raw,
    sums,
    wanted_ids,
    where,
    with_sums,
)
from liaison.services.search import matching
from liaison.services.sentences import Sentence, said, typed
from liaison.store.models import ClaimRow, JourneyRow, OrganizationRow, PatientRow, TaskRow

CLAIM_COLUMNS = (
    Column(name="claim_no", label=N_("Number")),
    Column(name="name", label=N_("Person"), kind=ColumnKind.NAME),
    Column(name="insurer", label=N_("Insurer")),
    Column(name="hospital", label=N_("Hospital")),
    Column(name="submitted_on", label=N_("Submitted on"), kind=ColumnKind.DATE),
    Column(name="billed", label=N_("Billed"), kind=ColumnKind.MONEY),
    Column(name="balance", label=N_("Unpaid"), kind=ColumnKind.MONEY),
    Column(name="age", label=N_("Age"), kind=ColumnKind.AGE),
    Column(name="state", label=N_("State"), kind=ColumnKind.STATE),
    Column(name="waiting", label=N_("Waiting for")),
    Column(name="approved", label=N_("Approved amount"), kind=ColumnKind.MONEY, is_default_shown=False),
    Column(name="paid", label=N_("Paid amount"), kind=ColumnKind.MONEY, is_default_shown=False),
    Column(name="city", label=N_("City"), is_default_shown=False),
    Column(name="kind", label=N_("Kind"), is_default_shown=False),
)
CLAIM_GROUPS = ("insurer", "hospital", "state", "age", "waiting", "city")

AGE_BANDS: tuple[tuple[int, int | None, str], ...] = (
    (0, 30, N_("0–30 days")),
    (31, 60, N_("31–60 days")),
    (61, 90, N_("61–90 days")),
    (91, None, N_("Over 90 days")),
)
"""Days since a claim's ageing began: first and last day of the band, and its name."""

WHOSE_TURN: dict[ClaimState, WaitingOn | None] = {
    ClaimState.DRAFT: WaitingOn.US,
    ClaimState.INCOMPLETE: WaitingOn.PATIENT,
    ClaimState.READY: WaitingOn.US,
    ClaimState.SUBMITTED: WaitingOn.INSURER,
    ClaimState.REGISTERED: WaitingOn.INSURER,
    ClaimState.IN_REVIEW: WaitingOn.INSURER,
    ClaimState.QUERIED: WaitingOn.US,
    ClaimState.INVESTIGATION: WaitingOn.INSURER,
    ClaimState.APPROVED: WaitingOn.INSURER,
    ClaimState.PARTIALLY_APPROVED: WaitingOn.INSURER,
    ClaimState.REJECTED: WaitingOn.US,
    ClaimState.APPEALED: WaitingOn.INSURER,
    ClaimState.PAYMENT_PENDING: WaitingOn.INSURER,
    ClaimState.DISPUTED_PAYMENT: WaitingOn.INSURER,
    ClaimState.REOPENED: WaitingOn.US,
}
"""Whose turn it is in a state, unless a task of the claim says otherwise. Source: ``domain`` 1.6, who enters what."""

_DECIDED = (ClaimState.APPROVED, ClaimState.PARTIALLY_APPROVED, ClaimState.PAYMENT_PENDING, ClaimState.DISPUTED_PAYMENT)


LISTED: tuple[str, ...] = ("gl_no",)
"""Which of the fields that a claim only carries (``domain.claims.PlainClaim``) a list and its workbook show."""

NOT_LISTED = frozenset({"remarks"})
"""Those too long for a column; they stand on the claim's page."""


class ClaimLine(NamedTuple):
    """One row of the list of claims."""

    id: int
    claim_no: str
    name: str
    insurer: str
    hospital: str
    submitted_on: dt.date | None
    billed: Money
    balance: Money
    """What is unpaid: of the approved amount once decided, else of the billed one; nothing once rejected or closed."""
    age_days: int
    state: ClaimState
    waiting_on: WaitingOn | None
    waiting_for: str
    patient_id: int
    journey_id: int | None
    case_no: str
    approved: Money | None
    paid: Money
    aged_from: dt.date
    is_open: bool
    kind: ClaimKind
    origin_city: str
    is_provisional: bool
    listed: tuple[str, ...]
    """The values of :data:`LISTED`."""

    def plain(self, name: str) -> str:
        """One of the fields that a claim only carries."""
        return self.listed[LISTED.index(name)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeBand:
    """Unpaid claims of one age: how many, and what is unpaid per currency."""

    low: int
    high: int | None
    label: str
    count: int
    sums: tuple[Money, ...]


_C, _P, _T, _J = ClaimRow.__table__.c, PatientRow.__table__.c, TaskRow.__table__.c, JourneyRow.__table__.c
_HOSPITAL = OrganizationRow.__table__.alias("hospital")
_INSURER = OrganizationRow.__table__.alias("insurer")

_TO_PAY = sa.case((_C.state.in_(_DECIDED), sa.func.coalesce(_C.approved_minor, _C.billed_minor)), else_=_C.billed_minor)
_PAID_SHORT = sa.and_(_C.state == ClaimState.PAID, _C.paid_minor > 0, _C.approved_minor > _C.paid_minor)
BALANCE = sa.case(
    (_PAID_SHORT, _C.approved_minor - _C.paid_minor),
    (sa.or_(_C.is_open == sa.false(), _C.state.in_([ClaimState.REJECTED, ClaimState.PAID])), 0),
    (_C.paid_minor < _TO_PAY, _TO_PAY - _C.paid_minor),
    else_=0,
)
"""Minor units unpaid, in SQL; see :class:`ClaimLine`. A list's paid claim has no payments here and counts as paid."""

_TASK = (
    sa.select(_T.id)
    .where(_T.claim_id == _C.id, _T.done_at.is_(None), _T.waiting_on.is_not(None))
    .order_by(_T.due_at.asc().nulls_last(), _T.id)
    .limit(1)
    .scalar_subquery()
)
_TURN = sa.case(*((_C.state == s, w.value) for s, w in WHOSE_TURN.items() if w), else_=None)
_WAITING = sa.func.coalesce(
    sa.select(sa.type_coerce(_T.waiting_on, sa.Text)).where(_T.id == _TASK).scalar_subquery(), _TURN
)
_HOSPITAL_NAME = sa.select(_HOSPITAL.c.name).where(_HOSPITAL.c.id == _C.hospital_id).scalar_subquery()
_INSURER_NAME = sa.select(_INSURER.c.name).where(_INSURER.c.id == _C.insurer_id).scalar_subquery()
_NAME_KEY = sa.select(_P.name_key).where(_P.id == _C.patient_id).scalar_subquery()


def _status(term: Term, asked: Asked) -> Clause:
    plain = {
        "belumlunas": BALANCE > 0,
        "terbuka": _C.is_open == sa.true(),
        "ditutup": _C.is_open == sa.false(),
        "tanpakasus": _C.journey_id.is_(None),
        "semua": sa.true(),
    }
    exact = {s.name.casefold(): (_C.state == s) for s in ClaimState}
    return filters.one_of({**plain, **exact}, [*_STATUS_WORDS, *filters.spellings_of(ClaimState)])(term, asked)


_STATUS_WORDS = (
    ("unpaid", "belumlunas"), ("open", "terbuka"), ("buka", "terbuka"), ("tutup", "ditutup"), ("all", "semua"),
    ("nocase", "tanpakasus"),
)  # fmt: skip


def _insurer(term: Term, asked: Asked) -> Clause:
    return _C.insurer_id.in_(organizations_named(term))


def _hospital(term: Term, asked: Asked) -> Clause:
    return _C.hospital_id.in_(organizations_named(term))


CLAIM_TERMS: dict[TermField, filters.Meaning] = {
    TermField.BALANCE: filters.number(BALANCE, factor=100),
    TermField.STATUS: _status,
    TermField.AGE: filters.days_since(_C.aged_from),
    TermField.INSURER: _insurer,
    TermField.HOSPITAL: _hospital,
    TermField.CITY: insight_terms.city(_C.origin_city),
    TermField.WAITING: filters.code(sa.type_coerce(_WAITING, _T.waiting_on.type), WaitingOn),
    TermField.CURRENCY: filters.one_of({c.casefold(): _C.currency == c for c in CURRENCIES}),
    TermField.AMOUNT: filters.number(_C.billed_minor, factor=100),
    TermField.KIND: filters.code(_C.kind, ClaimKind),
    TermField.MISSING: insight_terms.missing_on_claim,
    TermField.MONTH: insight_terms.month(_C.submitted_on),
}
"""What this list can be asked, in the order the window offers it."""

_GROUP_CODES: dict[str, type[Coded]] = {"state": ClaimState, "waiting": WaitingOn}
_NOT_STATED = N_("Not stated")


def _group_label(group: str, key: str) -> Sentence:
    if group == "age":
        return said(AGE_BANDS[int(key)][2])
    if group in _GROUP_CODES and key:
        return said(_GROUP_CODES[group](key).label)
    return typed(key) if key else said(_NOT_STATED)


def _without_void(spoken: frozenset[TermField]) -> list[Clause]:
    return [] if TermField.STATUS in spoken else [_C.state != ClaimState.VOID]


def _bands(day: dt.date) -> sa.ColumnElement[int]:
    """The number of the age band of a claim, 0 to 3, on a day."""
    starts = [(no, day - dt.timedelta(days=high)) for no, (_, high, _) in enumerate(AGE_BANDS) if high is not None]
    return sa.case(*((_C.aged_from >= start, no) for no, start in starts), else_=len(AGE_BANDS) - 1)


def _listing(session: Session) -> Listing:
    return Listing(
        table=ClaimRow.__table__,
        meanings=CLAIM_TERMS,
        sorts={
            # The oldest has the highest age: "age" ascending would begin with the youngest, so its key runs backwards.
            "age": sa.func.julianday(today(session)) - sa.func.julianday(_C.aged_from),
            "claim_no": _C.claim_no_key,
            "name": _NAME_KEY,
            "insurer": _INSURER_NAME,
            "hospital": _HOSPITAL_NAME,
            "submitted_on": _C.submitted_on,
            "billed": _C.billed_minor,
            "balance": BALANCE,
            "state": _C.state,
            "waiting": _WAITING,
            "approved": _C.approved_minor,
            "paid": _C.paid_minor,
            "city": _C.origin_city,
            "kind": _C.kind,
        },
        default_sort="age",
        groups={
            "insurer": _INSURER_NAME,
            "hospital": _HOSPITAL_NAME,
            "state": _C.state,
            "age": _bands(today(session)),
            "waiting": _WAITING,
            "city": _C.origin_city,
        },
        group_label=_group_label,
        search=lambda inner, words: matching(inner, words, ClaimRow),
        standing=_without_void,
        person=_C.patient_id,
        case=_C.journey_id,
        dates={
            "submitted": by_day(_C.submitted_on),
            "admitted": by_day(_C.admitted_on),
            "discharged": by_day(_C.discharged_on),
            "decided": by_day(_C.decided_on),
        },
    )


CLAIM_DATES = (
    ("submitted", N_("date submitted")), ("admitted", N_("date admitted")), ("discharged", N_("date discharged")),
    ("decided", N_("date decided")),
)  # fmt: skip
"""The dates a period of this list may go by."""


def claim_ids(session: Session, query: ListQuery) -> array[int]:
    """The keys of the claims asked for, in list order; the oldest first where no order is asked for."""
    if not query.sort:
        query = replace(query, sort="age", descending=not query.descending)
    return list_ids(session, _listing(session), query)


def claim_groups(session: Session, query: ListQuery) -> tuple[Group, ...]:
    """The groups of the list, in its order: claims, persons, cases, and what is unpaid per currency."""
    listing = _listing(session)
    groups = list_groups(session, listing, query)
    if not groups:
        return ()
    key = listing.groups[query.group]
    statement = (
        sa.select(key, _C.currency, sa.func.sum(BALANCE))
        .select_from(ClaimRow.__table__)
        .where(*where(session, listing, query))
        .group_by(key, _C.currency)
    )
    found = sorted(session.connection().execute(statement), key=lambda row: _by_currency(row[1]))
    return with_sums(groups, found)


def claim_count(session: Session) -> Counts:
    """How many claims have something unpaid, and how many there are (void ones apart)."""
    row = (
        session.connection()
        .execute(
            sa.select(sa.func.coalesce(sa.func.sum(sa.case((BALANCE > 0, 1), else_=0)), 0), sa.func.count()).where(
                _C.state != ClaimState.VOID
            )
        )
        .one()
    )
    return Counts(open=row[0], all=row[1])


def claim_footing(session: Session, query: ListQuery) -> Footing:
    """Rows, persons, and what is unpaid, one sum per currency."""
    return _footing(session, where(session, _listing(session), query))


def chosen_claims(session: Session, ids: Sequence[int]) -> Footing:
    """The same of a handful of chosen claims."""
    return _footing(session, [_C.id.in_(chosen(ids))])


def _footing(session: Session, conditions: Sequence[Clause]) -> Footing:
    connection = session.connection()
    rows, persons = connection.execute(
        sa.select(sa.func.count(), sa.func.count(_C.patient_id.distinct())).where(*conditions)
    ).one()
    unpaid = sa.select(_C.currency, sa.func.sum(BALANCE)).where(*conditions).group_by(_C.currency)
    found = sorted(connection.execute(unpaid), key=lambda row: _by_currency(row[0]))
    return Footing(rows=rows, persons=persons, sums=sums(found), label=N_("Unpaid"))


def _by_currency(currency: str) -> tuple[int, str]:
    """The three currencies of the work first, others by their letters."""
    return {"MYR": 0, "SGD": 1, "IDR": 2}.get(currency, 9), currency


def claim_ageing(session: Session, query: ListQuery) -> tuple[AgeBand, ...]:
    """The four ages of what is unpaid among the claims asked for: how many, and how much per currency."""
    band = _bands(today(session)).label("band")
    statement = (
        sa.select(band, _C.currency, sa.func.count(), sa.func.sum(BALANCE))
        .where(BALANCE > 0, *where(session, _listing(session), query))
        .group_by(band, _C.currency)
        .order_by(band, sa.func.count().desc(), _C.currency)
    )
    rows = session.connection().execute(statement).all()
    return tuple(
        AgeBand(
            low=low,
            high=high,
            label=label,
            count=sum(r[2] for r in rows if r[0] == no),
            sums=sums((r[1], r[3]) for r in rows if r[0] == no),
        )
        for no, (low, high, label) in enumerate(AGE_BANDS)
    )


# pages


def _page_statement() -> sa.Select[Any]:
    wanted = wanted_ids()
    task = TaskRow.__table__.alias("waiting_task")
    joined = (
        ClaimRow.__table__.join(PatientRow.__table__, _P.id == _C.patient_id)
        .outerjoin(_HOSPITAL, _HOSPITAL.c.id == _C.hospital_id)
        .outerjoin(_INSURER, _INSURER.c.id == _C.insurer_id)
        .outerjoin(JourneyRow.__table__, _J.id == _C.journey_id)
        .outerjoin(task, task.c.id == _TASK)
    )
    return (
        raw(
            _C.id,
            _C.claim_no,
            _P.full_name,
            _INSURER.c.name,
            _HOSPITAL.c.name,
            _C.submitted_on,
            _C.currency,
            _C.billed_minor,
            BALANCE,
            _C.aged_from,
            _C.state,
            task.c.waiting_on,
            task.c.waiting_for,
            _C.patient_id,
            _C.journey_id,
            _J.case_no,
            _C.approved_minor,
            _C.paid_minor,
            _C.is_open,
            _C.kind,
            _C.origin_city,
            _P.is_provisional,
            *(_C[name] for name in LISTED),
        )
        .select_from(joined)
        .where(_C.id.in_(sa.select(wanted.c.value)))
    )


_PAGE = _page_statement()
_STATES = {s.value: s for s in ClaimState}
_KINDS = {k.value: k for k in ClaimKind}


def claim_page(session: Session, ids: Sequence[int]) -> list[ClaimLine | None]:
    """The rows of a page, in the order of their keys; None where a claim is gone meanwhile."""
    found, day = page(session, _PAGE, ids), today(session)
    return [_line(found[key], day) if key in found else None for key in ids]


def claims_of(
    session: Session, *, journey_id: int | None = None, patient_id: int | None = None
) -> tuple[ClaimLine, ...]:
    """The claims of one case or one person, newest first."""
    one = _C.journey_id == journey_id if journey_id is not None else _C.patient_id == patient_id
    ids = session.connection().execute(sa.select(_C.id).where(one).order_by(_C.id.desc())).scalars().all()
    return tuple(line for line in claim_page(session, ids) if line is not None)


def _line(row: Sequence[Any], day: dt.date) -> ClaimLine:
    (
        key,
        claim_no,
        name,
        insurer,
        hospital,
        submitted,
        currency,
        billed,
        balance,
        aged_from,
        state,
        waiting_on,
        waiting_for,
        patient_id,
        journey_id,
        case_no,
        approved,
        paid,
        is_open,
        kind,
        city,
        provisional,
        *listed,
    ) = row
    now, since = _STATES[state], dt.date.fromisoformat(aged_from)
    return ClaimLine(
        key,
        claim_no,
        name,
        insurer or "",
        hospital or "",
        None if submitted is None else dt.date.fromisoformat(submitted),
        Money(billed, currency),
        Money(balance, currency),
        (day - since).days,
        now,
        WHOSE_TURN.get(now) if waiting_on is None else WaitingOn(waiting_on),
        waiting_for or "",
        patient_id,
        journey_id,
        case_no or "",
        None if approved is None else Money(approved, currency),
        Money(paid, currency),
        since,
        bool(is_open),
        _KINDS[kind],
        city,
        bool(provisional),
        tuple(listed),
    )
