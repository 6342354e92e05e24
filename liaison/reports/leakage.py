"""From estimate to payment (R8): one hospital and one insurer look at the same sums, differences listed, not hidden.

Cases bear running numbers of this print alone and no day, so that two prints cannot be joined; every amount stands in
its own currency. What has no document behind it stays empty. Source: ``domain`` 3.5 and section 4 (R8).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.domain.money import Money
from liaison.domain.network import OrganizationKind
from liaison.domain.privacy import Audience
from liaison.domain.variance import Disposition, Stay
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.blocks import Align, Block, Column, Drawing, Grid, Heading, Headline, Note, Row, Text, Title
from liaison.reports.case_view import Office
from liaison.reports.charts import Level, Waterfall
from liaison.reports.gathering import office_of
from liaison.reports.report import Option, Prepared, Report
from liaison.reports.wording import as_of_words, bound, sample_words, sentences
from liaison.services.changes import clock
from liaison.services.variance import FlagLine, variance
from liaison.store.models import CoverRow, GuaranteeRow, JourneyRow, OrganizationRow, PolicyRow

NO_HOUSE = N_("Choose a hospital and an insurer of the network by their names.")
NO_STAYS = N_("No final bill of this hospital went to this insurer yet: there is nothing to compare.")
BANNER = N_("FOR ONE HOSPITAL AND ONE INSURER")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakageView:
    """The stays that one hospital and one insurer share, with what was noticed about each."""

    as_of: dt.datetime
    office: Office
    hospital: str
    insurer: str
    stays: tuple[Stay, ...]
    flags: tuple[tuple[int, FlagLine], ...]
    """Each with the running number of its case."""


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The sheet that both sides read."""
    view = gather(session, options["hospital"], options["house"])
    return Prepared(
        view=view, lay_out=partial(lay_out, view), as_of=view.as_of, office=view.office.name,
        recipient=f"{view.hospital}, {view.insurer}", tells_exactly=_patients(session, view),
    )  # fmt: skip


def _patients(session: Session, view: LeakageView) -> tuple[int, ...]:
    """Whose stays these are; both readers know them from their own rows."""
    journeys = [stay.journey_id for stay in view.stays]
    return tuple(session.scalars(sa.select(JourneyRow.patient_id).where(JourneyRow.id.in_(journeys)).distinct()))


REPORT = Report(
    name="leakage",
    code="R8",
    title=N_("From estimate to payment"),
    options=(
        Option(name="hospital", label=N_("Hospital"), is_required=True),
        Option(name="house", label=N_("Insurer"), is_required=True),
    ),
    audiences=(Audience.HOSPITAL, Audience.INSURER),
    prepare=prepare,
)


def gather(session: Session, hospital: str, insurer: str) -> LeakageView:
    """Read the stays that both share. Refuses unknown houses and a pair that shares nothing."""
    one = _house(session, hospital, (OrganizationKind.HOSPITAL,))
    other = _house(session, insurer, (OrganizationKind.INSURER, OrganizationKind.ADMINISTRATOR))
    theirs = set(
        session.scalars(
            sa.select(GuaranteeRow.journey_id)
            .join(CoverRow, CoverRow.id == GuaranteeRow.cover_id)
            .join(PolicyRow, PolicyRow.id == CoverRow.policy_id)
            .where(PolicyRow.insurer_id == other.id)
        )
    )
    found = variance(session)
    stays = tuple(
        line.stay for line in found.lines if line.stay.hospital_id == one.id and line.stay.journey_id in theirs
    )
    if not stays:
        raise Refused([problem("NO_STAYS", NO_STAYS, "hospital")])
    number = {stay.journey_id: place for place, stay in enumerate(stays, 1)}
    flags = tuple((number[f.flag.journey_id], f) for f in found.flags if f.flag.journey_id in number)
    return LeakageView(
        as_of=clock(session), office=office_of(session), hospital=one.name, insurer=other.name, stays=stays,
        flags=tuple(sorted(flags, key=lambda pair: pair[0])),
    )  # fmt: skip


def _house(session: Session, text: str, kinds: tuple[OrganizationKind, ...]) -> OrganizationRow:
    named = sa.or_(OrganizationRow.name == text, OrganizationRow.short_name == text)
    wanted = OrganizationRow.id == int(text) if text.isdecimal() else named
    row = session.scalar(sa.select(OrganizationRow).where(wanted, OrganizationRow.kind.in_(kinds)).limit(1))
    if row is None:
        raise Refused([problem("NO_HOUSE", NO_HOUSE, "house")])
    return row


def lay_out(view: LeakageView, language: Language) -> list[Block]:
    """The way of the sums per currency, each case in a line, and what was noticed."""
    _ = language
    open_flags = sum(flag.disposition is Disposition.OPEN for _number, flag in view.flags)
    cases = _.plural("{count} stay", "{count} stays", len(view.stays))
    differ = bound(_.plural("{count} open difference", "{count} open differences", open_flags))
    blocks: list[Block] = [
        _title(view, _),
        Headline(
            text=_(
                "{hospital} and {insurer}: {cases}, {open}",
                hospital=view.hospital, insurer=view.insurer, cases=bound(cases), open=differ,
            )
        ),
        *_sums(view, _),
        *_cases(view, _),
        *_flags(view, _),
        Note(words=_("Flags, not accusations: each is a question to both sides. An empty place has no document.")),
    ]  # fmt: skip
    return blocks


def _title(view: LeakageView, _: Language) -> Title:
    return Title(
        kind=_("From estimate to payment"),
        banner=_(BANNER),
        running=(view.hospital, view.insurer),
        source=sentences(
            _.plural(
                "Source: bills, letters and payments in this office, n = {count} stay.",
                "Source: bills, letters and payments in this office, n = {count} stays.",
                len(view.stays),
            ),
            as_of_words(view.as_of, view.office.zone, _),
            sample_words(is_sample=view.office.is_sample, language=_),
        ),
        note=_("Cases bear running numbers of this print alone. Prepared by {office}.", office=view.office.name),
    )


_STEPS = (
    (N_("Estimate, middle"), "estimate_mid"),
    (N_("First letter"), "first_ceiling"),
    (N_("Ceiling after top-ups"), "ceiling"),
    (N_("Final bill"), "final_bill"),
    (N_("Accepted by the final letter"), "accepted"),
    (N_("Paid by the insurer"), "insurer_paid"),
)


def _sums(view: LeakageView, _: Language) -> list[Block]:
    """The way of the sums: only stays that have every step are added up, so that the steps can be compared."""
    blocks: list[Block] = []
    for currency in sorted({stay.currency for stay in view.stays}):
        whole = [s for s in view.stays if s.currency == currency and all(getattr(s, name) for _w, name in _STEPS)]
        if not whole:
            continue
        levels: list[Level] = []
        before = 0
        for word, name in _STEPS:
            total = sum(getattr(stay, name) for stay in whole)
            plus = "+" if total > before else ""
            moved = f"{plus}{_.formats.money(Money(total - before, currency))}" if levels else ""
            shown = _.formats.money(Money(total, currency))
            levels.append(Level(label=_(word), value=total / 100, shown=shown, change=moved))
            before = total
        subtitle = _.plural(
            "{count} stay with every step; dark = added, outlined = taken off, light = as in the step before",
            "{count} stays with every step; dark = added, outlined = taken off, light = as in the step before",
            len(whole),
        )
        blocks.append(Heading(text=_("The way of the sums, {currency}", currency=currency), subtitle=subtitle))
        blocks.append(Drawing(chart=Waterfall(levels=tuple(levels), change_word=_("Difference"))))
    if not blocks:
        blocks.append(Text(words=_("No stay has every step on record yet; see each in its line."), small=True))
    return blocks


def _cases(view: LeakageView, _: Language) -> list[Block]:
    rows = []
    for number, stay in enumerate(view.stays, 1):
        cells = [str(number), stay.currency]
        cells += [_amount(getattr(stay, name), _) for _word, name in _STEPS]
        cells.append(_amount(stay.unexplained, _))
        rows.append(Row(cells=tuple(cells)))
    heads = (
        N_("Estimate"), N_("1st letter"), N_("Ceiling"), N_("Final bill"), N_("Accepted"), N_("Paid"),
        N_("Unexplained"),
    )  # fmt: skip
    columns = (
        Column(head=_("Case"), width=12),
        Column(head=_("Currency"), width=15),
        *(Column(head=_(head), width=21, align=Align.RIGHT) for head in heads),
    )
    return [Heading(text=_("Stay by stay")), Grid(columns=columns, rows=tuple(rows), name="stays")]


def _amount(minor: int | None, _: Language) -> str:
    """Whole units: cents say nothing here."""
    return MISSING if minor is None else _.formats.number(round(minor / 100))


def _flags(view: LeakageView, _: Language) -> list[Block]:
    if not view.flags:
        return [Heading(text=_("What was noticed")), Text(words=_("Nothing was noticed."), small=True)]
    rows = tuple(
        Row(
            cells=(
                str(number),
                upper_first(_(flag.flag.rule.label)),
                _.formats.money(flag.flag.amount) if flag.flag.amount is not None else MISSING,
                _(flag.disposition.label),
                _.formats.money(flag.recovered) if flag.recovered is not None else MISSING,
            )
        )
        for number, flag in view.flags
    )
    columns = (
        Column(head=_("Case"), width=14), Column(head=_("What was noticed"), width=74),
        Column(head=_("Amount"), width=30, align=Align.RIGHT), Column(head=_("What came of it"), width=28),
        Column(head=_("Came back"), width=28, align=Align.RIGHT),
    )  # fmt: skip
    return [Heading(text=_("What was noticed")), Grid(columns=columns, rows=rows, hairlines=True, name="flags")]
