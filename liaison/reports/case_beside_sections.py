"""The sections of a case summary for what runs beside the case: times and the way, cycles, the way home."""

from __future__ import annotations

from liaison.domain.coded import Coded
from liaison.domain.cycles import VisitState
from liaison.i18n import Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.blocks import (
    Align,
    Block,
    CellLine,
    Checklist,
    ChecklistItem,
    Column,
    Columns,
    Fact,
    Facts,
    Grid,
    Heading,
    Note,
    Row,
    Shape,
    Voice,
)
from liaison.reports.case_beside import CycleLine, PlannedTime
from liaison.reports.case_view import CaseView
from liaison.reports.case_words import Days
from liaison.reports.wording import bound, local

_SHAPES = {
    VisitState.PLANNED: Shape.COMING,
    VisitState.UNDER_WAY: Shape.NOW,
    VisitState.DONE: Shape.DONE,
    VisitState.DROPPED: Shape.MISSING,
}


def beside_blocks(view: CaseView, language: Language, days: Days) -> list[Block]:
    """Everything that runs beside a case and that this copy may show."""
    return [*_times(view, language), *_cycles(view, language, days), *_way_home(view, language, days)]


# times and the way


def _times(view: CaseView, _: Language) -> list[Block]:
    if not view.times:
        return []
    columns = (
        Column(head=_("When"), width=42),
        Column(head=_("What"), width=38),
        Column(head=_("Where"), width=94),
    )
    rows = tuple(Row(cells=(_when(one, _), *_what(one, _))) for one in view.times)
    note = _("each on the clock of its place")
    return [Heading(text=_("Appointments and travel"), note=note), Grid(columns=columns, rows=rows, name="times")]


def _when(one: PlannedTime, _: Language) -> str:
    return bound(_.formats.moment(one.at, one.zone)) if one.at is not None else _("no date yet")


def _what(one: PlannedTime, _: Language) -> tuple[str, str]:
    if one.kind is None:
        needs = [_(need.label) if isinstance(need, Coded) else _(need) for need in one.needs]
        return _("Journey"), " · ".join(part for part in (one.where, *needs) if part)
    state = _(one.state.label) if one.state is not None else ""
    return upper_first(_(one.kind.label)), " · ".join(part for part in (one.where, state) if part)


# cycles


def _cycles(view: CaseView, _: Language, days: Days) -> list[Block]:
    if not view.cycles:
        return []
    limit = view.cycle_limit
    columns = [
        Column(head=_("Cycle"), width=16),
        Column(head=_("Day"), width=30),
        Column(head=_("State"), width=38),
        Column(head=_("Cost ({currency})", currency=view.cycles[0].cost.currency), width=30, align=Align.RIGHT),
    ]
    if limit is not None:
        columns += [
            Column(head=_("Left of the limit"), width=30, align=Align.RIGHT),
            Column(head=_("Not covered"), width=30, align=Align.RIGHT),
        ]
    rows = tuple(
        row
        for number, line in enumerate(view.cycles)
        for row in (*_skipped(line, limit is not None, _, days), _cycle(line, number, view, _, days))
    )
    blocks: list[Block] = [
        Heading(text=_("Cycles"), note=_cycle_note(view, _)),
        Grid(columns=tuple(columns), rows=rows, name="cycles"),
    ]
    below = []
    if limit is not None and limit.used:
        below.append(_("{amount} of the limit were used otherwise.", amount=limit.used))
    for day in limit.anew_on if limit is not None else ():
        below.append(_("The limit begins anew on {date}.", date=days.date(day)))
    if any(line.is_estimate and line.state is not VisitState.DROPPED for line in view.cycles):
        below.append(_("Without a bill the price of the plan stands."))
    return [*blocks, Note(words=" ".join(below))] if below else blocks


def _cycle_note(view: CaseView, _: Language) -> str:
    limit, told = view.cycle_limit, [view.cycle_treatment]
    if limit is not None:
        name = limit.name.text(_) if limit.name is not None else _("Limit")
        told.append(f"{name}: {_.formats.money(limit.limit)}")
        if limit.total_short is not None:
            told.append(_("{amount} not covered", amount=limit.total_short))
    return " · ".join(part for part in told if part)


def _skipped(line: CycleLine, has_limit: bool, _: Language, days: Days) -> list[Row]:
    """A row for each round that did not take place before a visit."""
    rest = (MISSING,) * (3 if has_limit else 1)
    mark = CellLine(words=_("skipped"), shape=Shape.MISSING, voice=Voice.PLAIN)
    return [Row(cells=(MISSING, days.date(day), mark, *rest)) for day in line.skipped]


def _cycle(line: CycleLine, number: int, view: CaseView, _: Language, days: Days) -> Row:
    dropped = line.state is VisitState.DROPPED
    cells: list[str | CellLine | tuple[CellLine, ...]] = [
        str(line.number), days.date(line.planned_on),
        CellLine(words=_(line.state.label), shape=_SHAPES[line.state], voice=Voice.PLAIN),
        MISSING if dropped else _.formats.amount(line.cost),
    ]  # fmt: skip
    limit = view.cycle_limit
    if limit is not None:
        left, short = limit.left[number], limit.short[number]
        cells += [
            MISSING if dropped or left is None else _.formats.amount(left),
            _.formats.amount(short) if short is not None else MISSING,
        ]
    return Row(cells=tuple(cells), strong=limit is not None and limit.short[number] is not None)


# the way home


def _way_home(view: CaseView, _: Language, days: Days) -> list[Block]:
    way = view.way_home
    if way is None:
        return []
    people = view.way_home_people
    phones = (bound(people.consulate_phone), bound(people.agent_phone)) if people is not None else ("", "")
    told = _("told on {date}", date=days.date(way.consulate_told_on)) if way.consulate_told_on else _("not told yet")
    since = days.date(local(way.since, days.zone).date())
    pairs = (
        (_("State"), _("{state} since {date}", state=_(way.state.label), date=since)),
        (_("Died on"), " · ".join(p for p in (days.date(way.died_on) if way.died_on else "", way.place) if p)),
        (_("Consulate"), ", ".join(p for p in (way.consulate, phones[0], told) if p)),
        (_("Transport"), ", ".join(p for p in (way.agent, phones[1]) if p)),
        (_("Flight"), way.flight),
        (_("Leaves on"), days.date(way.leaves_on) if way.leaves_on else ""),
        (_("Arrives on"), days.date(way.arrives_on) if way.arrives_on else ""),
        (_("Claim until"), days.date(view.way_home_claim_until) if view.way_home_claim_until else ""),
        (_("Goes along"), people.escort if people else ""),
        (_("Received by"), people.received_by if people else ""),
    )
    facts = tuple(Fact(key=key, words=words) for key, words in pairs if words)
    items = tuple(
        ChecklistItem(
            text=upper_first(_(kinds[0].label)), there=have, remark=_("there") if have else _("still missing")
        )
        for kinds, have in sorted(way.papers, key=lambda paper: paper[1])
    )
    missing = sum(1 for _kinds, have in way.papers if not have)
    note = _("{there} there, {missing} missing", there=len(way.papers) - missing, missing=missing)
    left: tuple[Block, ...] = (Heading(text=_("The way home")), Facts(facts=facts))
    right: tuple[Block, ...] = (Heading(text=_("Papers of the way home"), note=note), Checklist(items=items))
    return [Columns(left=left, right=right)]
