"""Admissions from estimate to payment, read from their rows: what each came to, its flags, and what came of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import LineCategory
from liaison.domain.errors import refuse_if
from liaison.domain.insight import Scope
from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.domain.periods import Span
from liaison.domain.variance import (
    BillLine,
    Disposition,
    DispositionDraft,
    Flag,
    Rule,
    Stay,
    check_disposition,
    flags_among,
    flags_of,
)
from liaison.services import kept_answers
from liaison.services.changes import Changes, actor, add, changes, get, today
from liaison.services.insight_cells import like, span
from liaison.services.kept_answers import Answered, Kind, ToKeep
from liaison.services.variance_peers import peers_of
from liaison.services.variance_stays import stays_of
from liaison.store.models import BillRow, JourneyRow, OrganizationRow, VarianceFlagRow

A_YEAR = dt.timedelta(days=366)
"""Peers are looked for among the bills of so long before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StayLine:
    """One admission with the words that tell it."""

    stay: Stay
    case_no: str
    city: str
    hospital: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagLine:
    """One flag with its case and what came of it. ``row_id`` and ``version`` are those of the disposition, if any."""

    flag: Flag
    case_no: str
    hospital: str
    disposition: Disposition
    note: str
    recovered: Money | None
    row_id: int | None
    version: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """What takes long to work out: the admissions of the days asked about, and what was noticed about them."""

    as_of: dt.date
    lines: tuple[StayLine, ...]
    flags: tuple[Flag, ...]


KEPT: Kind[Noticed] = Kind(
    name="variance", classes=(Noticed, StayLine, Stay, BillLine, LineCategory, Flag, Rule, Money), most=8,
    read_live=frozenset({VarianceFlagRow.__tablename__}),
)  # fmt: skip
"""Admissions as they are kept. What came of a flag is read where it is shown, so that a settled one shows at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VarianceView:
    """Admissions with a final bill in the days asked about, and every flag on them."""

    as_of: dt.date
    lines: tuple[StayLine, ...]
    flags: tuple[FlagLine, ...]
    at: dt.datetime
    is_stale: bool = False
    """Kept from before the last change; being worked out anew takes a moment."""
    to_keep: ToKeep | None = field(default=None, compare=False)

    @property
    def open_flags(self) -> int:
        """Flags nobody has settled."""
        return sum(f.disposition is Disposition.OPEN for f in self.flags)


def variance(session: Session, scope: Scope | None = None, *, stale_will_do: bool = False) -> VarianceView:
    """Admissions whose final bill came in the days asked about, of one city or of all, with their flags.

    They take long to work out, so that they are kept; ``stale_will_do`` takes older ones too.
    """
    kept = _noticed(session, scope or Scope(), stale_will_do=stale_will_do, will_keep=stale_will_do)
    noticed = kept.value
    cases = {line.stay.journey_id: (line.case_no, line.city, line.hospital) for line in noticed.lines}
    told = _told(session, cases)
    flags = [_flag_line(flag, cases, told) for flag in noticed.flags]
    flags += _settled_before(told, {_key(flag) for flag in noticed.flags}, cases)
    order = list(Rule)
    flags.sort(key=lambda f: (f.disposition is not Disposition.OPEN, order.index(f.flag.rule), f.case_no))
    return VarianceView(
        as_of=noticed.as_of, lines=noticed.lines, flags=tuple(flags), at=kept.at, is_stale=kept.is_stale,
        to_keep=kept.to_keep,
    )  # fmt: skip


def work_out_anew(session: Session, scope: Scope) -> ToKeep | None:
    """The admissions worked out now, as they are to be kept; none where what is kept is fresh."""
    return _noticed(session, scope).to_keep


def _noticed(
    session: Session, scope: Scope, *, stale_will_do: bool = False, will_keep: bool = True
) -> Answered[Noticed]:
    within = span(session, scope)
    days = [within.first.isoformat(), within.last.isoformat()] if within else []
    return kept_answers.answered(
        session, KEPT, [scope.city, *days], lambda: _work_out(session, scope, within), stale_will_do=stale_will_do,
        will_keep=will_keep,
    )  # fmt: skip


def _work_out(session: Session, scope: Scope, within: Span | None) -> Noticed:
    keys = _wanted(session, scope.city, within)
    stays = stays_of(session, keys)
    others = within if within is None else replace(within, first=within.first - A_YEAR)
    peers = stays if within is None and not scope.city else peers_of(session, _wanted(session, "", others), stays)
    mine = {stay.journey_id for stay in stays}
    day = today(session)
    found = [flag for stay in stays for flag in flags_of(stay, today=day)]
    found += flags_among(peers, of=mine)
    cases = _cases(session, keys)
    lines = tuple(
        StayLine(
            stay=_in_short(s), case_no=cases[s.journey_id][0], city=cases[s.journey_id][1],
            hospital=cases[s.journey_id][2],
        )
        for s in stays
    )  # fmt: skip
    return Noticed(as_of=day, lines=lines, flags=tuple(found))


def _in_short(stay: Stay) -> Stay:
    """A stay with one line for each category, as its measures need them; what its flags needed else is left out."""
    sums: dict[LineCategory | None, int] = defaultdict(int)
    for line in stay.lines:
        sums[line.category] += line.minor
    lines = tuple(
        BillLine(claim_id=0, category=category, description="", service_on=None, minor=minor)
        for category, minor in sums.items()
    )
    return replace(stay, lines=lines, claims=())


def _wanted(session: Session, city: str, within: Span | None) -> list[int]:
    b = BillRow.__table__.c
    asked = sa.select(b.journey_id).where(b.kind == BillKind.FINAL).distinct().order_by(b.journey_id)
    if within is not None:
        asked = asked.where(b.billed_on.between(within.first, within.last))
    if city:
        j = JourneyRow.__table__.c
        home = sa.select(j.id).where(sa.func.lower(j.origin_city).like(like(city), escape="\\"))
        asked = asked.where(b.journey_id.in_(home))
    return [row[0] for row in session.connection().execute(asked)]


_AT_ONCE = 500


def _cases(session: Session, keys: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    found: dict[int, tuple[str, str, str]] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        asked = (
            sa.select(JourneyRow.id, JourneyRow.case_no, JourneyRow.origin_city, OrganizationRow.name)
            .outerjoin(OrganizationRow, OrganizationRow.id == JourneyRow.hospital_id)
            .where(JourneyRow.id.in_(some))
        )
        found |= {key: (number, city, house or "") for key, number, city, house in session.execute(asked)}
    return found


Told = Mapping[tuple[int, Rule, str], VarianceFlagRow]


def _told(session: Session, wanted: Container[int]) -> dict[tuple[int, Rule, str], VarianceFlagRow]:
    rows = session.scalars(sa.select(VarianceFlagRow).order_by(VarianceFlagRow.id))
    return {(r.journey_id, r.rule, r.subject): r for r in rows if r.journey_id in wanted}


def _key(flag: Flag) -> tuple[int, Rule, str]:
    return flag.journey_id, flag.rule, flag.subject


def _flag_line(flag: Flag, cases: Mapping[int, tuple[str, str, str]], told: Told) -> FlagLine:
    row = told.get(_key(flag))
    case_no, _city, hospital = cases[flag.journey_id]
    recovered = None
    if row is not None and row.recovered_minor is not None:
        recovered = Money(row.recovered_minor, row.recovered_currency)
    return FlagLine(
        flag=flag, case_no=case_no, hospital=hospital, disposition=row.disposition if row else Disposition.OPEN,
        note=row.note if row else "", recovered=recovered, row_id=row.id if row else None,
        version=row.version if row else None,
    )  # fmt: skip


def _settled_before(
    told: Told, found: set[tuple[int, Rule, str]], cases: Mapping[int, tuple[str, str, str]]
) -> list[FlagLine]:
    """Flags that were settled and no longer show: mended since. They stay told."""
    gone = [row for key, row in told.items() if key not in found]
    return [
        _flag_line(
            Flag(journey_id=row.journey_id, rule=row.rule, subject=row.subject, inputs=_read_inputs(row.inputs)),
            cases, told,
        )
        for row in gone
    ]  # fmt: skip


def _read_inputs(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split("; ") if "=" in part)


def settle_flag(session: Session, draft: DispositionDraft, *, version: int | None = None) -> Changes:
    """Say what came of a flag. What it was judged by is kept with it. Raises ``Refused`` with every problem."""
    refuse_if(check_disposition(draft))
    journey = get(session, JourneyRow, draft.journey_id)
    row = session.scalars(
        sa.select(VarianceFlagRow).where(
            VarianceFlagRow.journey_id == journey.id, VarianceFlagRow.rule == draft.rule,
            VarianceFlagRow.subject == draft.subject,
        )
    ).one_or_none()  # fmt: skip
    if row is None:
        row = VarianceFlagRow(
            journey_id=journey.id, rule=draft.rule, subject=draft.subject, inputs=_inputs(session, draft),
            decided_on=today(session),
        )  # fmt: skip
        add(session, row)
    else:
        get(session, VarianceFlagRow, row.id, version=version)
    row.disposition, row.note = draft.disposition, draft.note.strip()
    row.recovered_minor = draft.recovered.minor if draft.recovered else None
    row.recovered_currency = draft.recovered.currency if draft.recovered else ""
    row.decided_on, row.decided_by = today(session), actor(session)
    session.flush()
    return changes(("variance_flag", row.id), ("journey", journey.id), made=row.id)


def _inputs(session: Session, draft: DispositionDraft) -> str:
    """What the flag is judged by now, from the stay itself; comparisons with others are read where they were made."""
    stays = stays_of(session, [draft.journey_id])
    for stay in stays:
        for flag in flags_of(stay, today=today(session)):
            if (flag.rule, flag.subject) == (draft.rule, draft.subject):
                amount = {"amount": str(flag.amount.minor), "currency": flag.amount.currency} if flag.amount else {}
                return "; ".join(f"{name}={value}" for name, value in {**flag.inputs, **amount}.items())
    return ""
