"""An insurer's own sheet (R5): its figures of the last closed year, its own wishes and promises, nobody else's.

Counts follow the rule of small numbers, since figures leave the office: 1 to 7 hidden, others rounded to 5; times from
ten persons on, amounts from ten persons in three hospitals on. No patient stands in it, no other insurer is compared.
Sources: ``domain`` section 4 (R5), ``security`` 6.2, ``decisions`` (Small numbers and audiences).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.domain.network import OrganizationKind
from liaison.domain.privacy import Audience, public_count
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.blocks import Align, Block, Column, Drawing, Grid, Heading, Headline, Note, Row, Text, Title
from liaison.reports.briefing_public import (
    LEAST_FOR_TENTH,
    LEAST_PEOPLE,
    PublicSpread,
    amounts,
    categories,
    missing_sign,
    spread,
)
from liaison.reports.briefing_tally import Tally
from liaison.reports.briefing_view import Sample, Year
from liaison.reports.briefing_words import amount_words, count_words, decimal_words, height
from liaison.reports.case_view import Office
from liaison.reports.charts import Bar, Bars, Dot, Dots, Funnel, FunnelStep
from liaison.reports.gathering import office_of
from liaison.reports.insurer_figures import InsurerFigures, figures_of
from liaison.reports.report import Option, Prepared, Report
from liaison.reports.roadshow_blocks import promises_grid, wishes_grid
from liaison.reports.roadshow_view import PaperNeed, PaperPromise, gather
from liaison.reports.wording import as_of_words, bound, sample_words, sentences
from liaison.services.changes import clock
from liaison.services.roadshow_views import roadshow_lines
from liaison.store.models import OrganizationRow

NO_INSURER = N_("Choose an insurer: its own sheet holds its figures alone.")
BANNER = N_("FOR ONE INSURER")
OTHERS = N_("Other")
MOST_EVENTS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """One insurer's figures, wishes and promises."""

    as_of: dt.datetime
    office: Office
    insurer_id: int
    insurer: str
    figures: InsurerFigures
    needs: tuple[PaperNeed, ...]
    promises: tuple[PaperPromise, ...]


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The sheet of one insurer; with an event only that event's wishes and promises, else those of the last ones."""
    insurer = _insurer(session, options["house"])
    wanted = options.get("event", "")
    texts = [wanted] if wanted else [str(line.id) for line in roadshow_lines(session)[:MOST_EVENTS]]
    events = [gather(session, text, audience) for text in texts]
    view = SheetView(
        as_of=clock(session),
        office=office_of(session),
        insurer_id=insurer.id,
        insurer=insurer.name,
        figures=figures_of(session, insurer.id),
        needs=tuple(n for e in events for n in e.needs if n.house_id == insurer.id),
        promises=tuple(p for e in events for p in e.promises if p.house_id == insurer.id),
    )
    return Prepared(
        view=view, lay_out=partial(lay_out, view), as_of=view.as_of, office=view.office.name, recipient=insurer.name,
        is_audited=True,
    )  # fmt: skip


REPORT = Report(
    name="insurer_sheet",
    code="R5",
    title=N_("Sheet of an insurer"),
    options=(
        Option(name="house", label=N_("Insurer"), is_required=True),
        Option(name="event", label=N_("Roadshow")),
    ),
    audiences=(Audience.INSURER,),
    prepare=prepare,
)


def _insurer(session: Session, text: str) -> OrganizationRow:
    """The insurer that a key or a name means."""
    question = sa.select(OrganizationRow).where(
        OrganizationRow.kind.in_([OrganizationKind.INSURER, OrganizationKind.ADMINISTRATOR])
    )
    named = sa.or_(OrganizationRow.name == text, OrganizationRow.short_name == text)
    row = session.scalar(question.where(OrganizationRow.id == int(text) if text.isdecimal() else named).limit(1))
    if row is None:
        raise Refused([problem("NO_INSURER", NO_INSURER, "house")])
    return row


def lay_out(view: SheetView, language: Language) -> list[Block]:
    """The sheet: funnel, times, claims, reasons, hospitals, then wishes and promises."""
    _, figures = language, view.figures
    people = public_count(figures.people)
    wishes = _.plural("{count} wish", "{count} wishes", len(view.needs))
    promises = _.plural("{count} promise", "{count} promises", len(view.promises))
    blocks: list[Block] = [
        _title(view, _),
        Headline(
            text=_(
                "{insurer}: {people} people in twelve months, {wishes}, {promises}",
                insurer=view.insurer, people=count_words(people, _),
                wishes=bound(wishes), promises=bound(promises),
            ),
        ),
        *_funnel(figures, _),
        *_times(figures, _),
        *_money(figures, _),
        *_shares(_("Reasons of rejected claims"), figures.reasons, figures.rejected, _),
        *_shares(_("Where they were treated"), figures.places, figures.people, _),
    ]  # fmt: skip
    if view.needs:
        blocks += [Heading(text=_("Your wishes and our answers")), wishes_grid(view.needs, _, with_house=False)]
    ours, theirs = [p for p in view.promises if p.is_ours], [p for p in view.promises if not p.is_ours]
    if ours:
        blocks += [Heading(text=_("What we promised you")), promises_grid(ours, _, name="ours")]
    if theirs:
        blocks += [Heading(text=_("What you promised")), promises_grid(theirs, _, name="theirs")]
    if not view.needs and not view.promises:
        blocks.append(Text(words=_("No wish and no promise is on record between us."), small=True))
    return blocks


def _title(view: SheetView, _: Language) -> Title:
    year = view.figures.year
    period = _period(year, _)
    return Title(
        kind=_("Sheet of an insurer"),
        about=f"{view.insurer} · {period}",
        banner=_(BANNER),
        running=(view.insurer, period),
        source=sentences(
            _("Source: cases and claims of {insurer} in this office, {period}, {n} people.", insurer=view.insurer,
              period=period, n=bound(f"n = {count_words(public_count(view.figures.people), _)}")),
            as_of_words(view.as_of, view.office.zone, _),
            sample_words(is_sample=view.office.is_sample, language=_),
        ),
        note=_("For {house} only. * = 1 to 7, ** = any number: both hidden; others rounded to 5. Targets are ours, not "
               "legal limits. Prepared by {office}.", house=view.insurer, office=view.office.name),
    )  # fmt: skip


def _period(year: Year, _: Language) -> str:
    return _("{start} to {end}", start=_.formats.date(year.start), end=_.formats.date(year.end))


def _funnel(figures: InsurerFigures, _: Language) -> list[Block]:
    """From the request of a letter to the paid claim, as persons."""
    steps = (
        (_("Letters asked for"), figures.asked), (_("Letters issued"), figures.issued),
        (_("Letters declined or withdrawn"), figures.declined), (_("Letters with a question first"), figures.queried),
        (_("Claims submitted"), figures.claimed), (_("Claims paid, whole or in part"), figures.paid),
        (_("Claims rejected"), figures.rejected), (_("Claims still open"), figures.open),
    )  # fmt: skip
    told = []
    for label, count in steps:
        safe = public_count(count)
        told.append(FunnelStep(label=label, value=height(safe), shown=count_words(safe, _)))
    subtitle = _("People in {period}, each once in a line; n = {n}", period=_period(figures.year, _),
                 n=count_words(public_count(figures.people), _))  # fmt: skip
    return [Heading(text=_("From letter to payment"), subtitle=subtitle), Drawing(chart=Funnel(steps=tuple(told)))]


def _times(figures: InsurerFigures, _: Language) -> list[Block]:
    rows = []
    for label, sample, unit in (
        (_("First letter, from request to issue"), figures.letter_hours, _("working hours")),
        (_("Our answer to a question"), figures.answer_hours, _("working hours")),
        (_("Decision on a claim"), figures.decision_days, _("days")),
        (_("Payment after the decision"), figures.payment_days, _("days")),
    ):
        safe = spread(sample, with_tenth=True)
        median = decimal_words(safe.median, _) if safe is not None else missing_sign(sample)
        slow = _tenth(safe, _) if safe is not None else missing_sign(sample)
        n = count_words(public_count(sample.people), _)
        rows.append(Row(cells=(label, unit, median, slow, n)))
    columns = (
        Column(head=_("Step"), width=74), Column(head=_("Unit"), width=30),
        Column(head=_("Median"), width=24, align=Align.RIGHT),
        Column(head=_("9 of 10 within"), width=26, align=Align.RIGHT),
        Column(head=_("People"), width=20, align=Align.RIGHT),
    )  # fmt: skip
    note = _("* = fewer than {count} people; nine of ten from {many} people on", count=LEAST_PEOPLE,
             many=LEAST_FOR_TENTH)  # fmt: skip
    blocks: list[Block] = [
        Heading(text=_("How long it takes"), note=note), Grid(columns=columns, rows=tuple(rows), name="times"),
    ]  # fmt: skip
    for unit, samples in (
        (_("working hours"), ((_("First letter, from request to issue"), figures.letter_hours),
                              (_("Our answer to a question"), figures.answer_hours))),
        (_("days"), ((_("Decision on a claim"), figures.decision_days),
                     (_("Payment after the decision"), figures.payment_days))),
    ):  # fmt: skip
        blocks += _spans(unit, samples, _)
    return blocks


def _spans(unit: str, samples: Sequence[tuple[str, Sample]], _: Language) -> list[Block]:
    """Medians with their middle half on one scale; steps of too few people are left to the table."""
    known = [
        (label, safe, sample) for label, sample in samples if (safe := spread(sample, with_tenth=True)) is not None
    ]
    if not known:
        return []
    most = max(safe.high for _label, safe, _sample in known) or 1.0
    step = next(s for s in _ROUND if s * 4 >= most)
    ticks = tuple(step * n for n in range(5))
    dots = tuple(
        Dot(label=label, median=safe.median, low=safe.low, high=safe.high,
            cells=(decimal_words(safe.median, _), _tenth(safe, _)))
        for label, safe, _sample in known
    )  # fmt: skip
    people = ", ".join(count_words(public_count(sample.people), _) for _label, _safe, sample in known)
    subtitle = _("In {unit}: dot = median, line = middle half; n = {people}", unit=unit, people=people)
    chart = Dots(
        dots=dots, ticks=ticks, tick_words=tuple(decimal_words(tick, _) for tick in ticks),
        heads=(_("Median"), _("9 of 10")), label_width=62.0,
    )  # fmt: skip
    return [Heading(text=upper_first(unit), subtitle=subtitle), Drawing(chart=chart)]


_ROUND = (0.25, 0.5, 1.0, 2.0, 2.5, 5.0, 10.0, 15.0, 20.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 10_000.0)


def _tenth(safe: PublicSpread, _: Language) -> str:
    return MISSING if safe.tenth is None else decimal_words(safe.tenth, _)


def _money(figures: InsurerFigures, _: Language) -> list[Block]:
    rows = []
    for currency, billed in figures.billed.items():
        shown = amounts(billed)
        unpaid = figures.owed.get(currency, Sample())
        owed = amounts(unpaid)
        rows.append(
            Row(
                cells=(
                    currency,
                    amount_words(shown.median, currency, _) if shown else missing_sign(billed),
                    amount_words(owed.median, currency, _) if owed else missing_sign(unpaid),
                    count_words(public_count(billed.people), _),
                )
            )
        )
    if not rows:
        return []
    columns = (
        Column(head=_("Currency"), width=50), Column(head=_("Billed a claim, median"), width=50, align=Align.RIGHT),
        Column(head=_("Still unpaid a claim, median"), width=50, align=Align.RIGHT),
        Column(head=_("People"), width=24, align=Align.RIGHT),
    )  # fmt: skip
    return [
        Heading(text=_("Money"), note=_("currencies are never added up")),
        Grid(columns=columns, rows=tuple(rows), name="money"),
        Note(words=_("Amounts only from ten people in three hospitals on, to two significant digits.")),
    ]


def _shares(title: str, counts: Tally, people: int, _: Language) -> list[Block]:
    shown = categories(counts, other=OTHERS, compare=False) if counts else ()
    if not shown:
        return []
    most = max((height(one.count.now) or 0.0 for one in shown), default=0.0) or 1.0
    bars = tuple(
        Bar(label=upper_first(_(one.key)) or MISSING, value=height(one.count.now), shown=count_words(one.count.now, _),
            previous_known=False)
        for one in shown
    )  # fmt: skip
    n = count_words(public_count(people), _)
    subtitle = _("People in twelve months, the most frequent first; n = {n}", n=n)
    chart = Bars(bars=bars, mm_per_unit=_BAR_ROOM / most, label_width=_LABEL, pitch=6.4)
    return [Heading(text=title, subtitle=subtitle), Drawing(chart=chart)]


_LABEL, _BAR_ROOM = 78.0, 88.0
"""Widths of a bar chart's labels and of its longest bar, in millimetres."""
