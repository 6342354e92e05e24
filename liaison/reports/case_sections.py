"""The further sections of a case summary: money, time line, documents and tasks, people to call, answers, overrides."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from liaison.domain.documents import DocumentKind
from liaison.domain.money import Money
from liaison.domain.names import fold
from liaison.domain.privacy import Audience
from liaison.i18n import Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.blocks import (
    Align,
    Block,
    Cell,
    CellLine,
    Checklist,
    ChecklistItem,
    Column,
    Columns,
    Event,
    Fact,
    Facts,
    Grid,
    Heading,
    Row,
    Shape,
    Span,
    TaskLine,
    Tasks,
    Text,
    Timeline,
    Voice,
    Words,
)
from liaison.reports.case_view import (
    AnswerView,
    CaseView,
    ContactView,
    DocumentView,
    EventView,
    MoneyLine,
    OverrideView,
    Party,
    RateView,
    TaskView,
    values_of,
)
from liaison.reports.case_words import VERSION_WORDS, Days, spelled
from liaison.reports.going_on import headed
from liaison.reports.wording import (
    PARTIES,
    bound,
    has_zone,
    hours_words,
    in_both_zones,
    language_names,
    local,
    zone_word,
)

EVENTS_SHOWN = 12
LINES_A_TASK, LINES_TO_CALL, LINES_OVER = 3, 12, 7
_FILE_NAME = re.compile(r"\.[a-z][a-z0-9]{1,4}$", re.IGNORECASE)
"""How the name of a file ends."""
LARGE_RATE = 100
OWN_PARTY = {Audience.INSURER: Party.INSURER, Audience.HOSPITAL: Party.HOSPITAL, Audience.INTERNAL: Party.INSURER}


# money


def money_blocks(view: CaseView, language: Language) -> list[Block]:
    """The money table: as agreed and billed, and in rupiah at a dated rate that is printed beside it."""
    _ = language
    lines = (*view.money, *view.payer_money)
    if not lines:
        return []
    currencies = list(dict.fromkeys(line.amount.currency for line in lines))
    rates = {rate.base: rate for rate in view.rates}
    foreign = [c for c in currencies if c != "IDR"]
    in_rupiah = bool(foreign) and all(c in rates for c in foreign)
    one = currencies[0] if len(currencies) == 1 else ""
    columns = [Column(head=_("Item"), width=68), Column(head=one or _("Amount"), width=26, align=Align.RIGHT)]
    if in_rupiah:
        columns.append(Column(head=_("Rupiah"), width=25, align=Align.RIGHT))
    used = sum(column.width for column in columns) + 6
    columns += [Column(head="", width=6), Column(head=_("Document and date"), width=174 - used)]
    rows = tuple(_money_row(line, _, one=one, rates=rates if in_rupiah else {}) for line in lines)
    note = " · ".join(rate_words(rates[c], _) for c in foreign if c in rates)
    if foreign and not in_rupiah:
        note = _("no exchange rate is on record for these days; amounts stand in their own currency")
    return [Heading(text=_("Money"), note=note), Grid(columns=tuple(columns), rows=rows, name="money")]


def rate_words(rate: RateView, language: Language) -> str:
    """``MYR 1 = IDR 4,478.17 · European Central Bank, cross via EUR, 19 Nov 2026``."""
    _ = language
    pair = _("{base} 1 = {quote} {rate}", base=rate.base, quote=rate.quote, rate=_.formats.rate(shown_rate(rate.rate)))
    source = _("{source}, cross via {via}", source=rate.source, via=rate.via) if rate.via else rate.source
    return f"{bound(pair)} · {source}, {bound(_.formats.date(rate.on))}"


def shown_rate(rate: Decimal) -> Decimal:
    """A rate as it is printed; the sums beside it use the whole of it."""
    return round(rate, 2 if rate >= LARGE_RATE else 6)


def _money_row(line: MoneyLine, _: Language, *, one: str, rates: dict[str, RateView]) -> Row:
    amount = _.formats.amount(line.amount) if one else _.formats.money(line.amount)
    cells: list[Cell] = [_(line.label, **values_of(line.values, _)), amount]
    if rates:
        cells.append(_.formats.amount(in_rupiah_at(line.amount, rates)))
    remark = _(line.remark, **values_of(line.values, _)) if line.remark else MISSING
    cells += ["", CellLine(words=remark, voice=Voice.DETAIL)]
    return Row(cells=tuple(cells), strong=line.is_result, rule_above=line.is_result)


def in_rupiah_at(amount: Money, rates: dict[str, RateView]) -> Money:
    """The amount in whole rupiah at the printed rate, rounded once."""
    return amount if amount.currency == "IDR" else amount.times(rates[amount.currency].rate, "IDR")


# the rest


def later_blocks(view: CaseView, language: Language, audience: Audience, days: Days) -> list[Block]:
    """Everything after the money, in the order a reader asks for it."""
    _ = language
    blocks: list[Block] = _timeline(view.events, _, audience, days)
    documents, tasks = _documents(view.documents, _, days), _tasks(view.tasks, view, _)
    clinical = _clinical(view, _)
    contacts = _contacts(view, _, audience)
    if documents and tasks and contacts and not clinical and _is_room_below_tasks(view):
        blocks.append(Columns(left=documents, right=(*tasks, *contacts)))
        contacts = ()
    elif documents and tasks:
        blocks.append(Columns(left=documents, right=tasks))
    else:
        blocks += documents or tasks
    if clinical and contacts:
        blocks.append(Columns(left=clinical, right=contacts))
    elif contacts:
        blocks.append(_contact_pair(view, _))
    else:
        blocks += clinical
    blocks += _answers(view.answers, _, days)
    blocks += _claims(view, _)
    blocks += _overrides(view.overrides, _, days)
    return blocks


def _is_room_below_tasks(view: CaseView) -> bool:
    """Whether whom to call fits below the tasks, beside a long list of papers; counted in lines of that list."""
    return len(view.documents) + LINES_OVER >= LINES_A_TASK * len(view.tasks) + LINES_TO_CALL


def _timeline(events: tuple[EventView, ...], _: Language, audience: Audience, days: Days) -> list[Block]:
    if not events:
        return []
    newest = sorted(events, key=lambda event: event.at)[::-1][:EVENTS_SHOWN]
    note = _.plural("the last {count} event, newest on top", "the last {count} events, newest on top", len(newest))
    if not days.relative:
        note = _("{events}; times in {zone}", events=note, zone=zone_word(days.zone))
    own = OWN_PARTY.get(audience)
    lines = tuple(
        Event(
            when=days.moment(event.at, has_time=event.has_time),
            who=_(PARTIES[event.party]),
            what=upper_first(_(event.words, **values_of(event.values, _))),
            focus=event.party is own,
        )
        for event in newest
    )
    head = _("Time line")
    return [Heading(text=head, note=note), headed(Timeline(events=lines), head, _)]


def _documents(documents: tuple[DocumentView, ...], _: Language, days: Days) -> tuple[Block, ...]:
    if not documents:
        return ()
    missing = [d for d in documents if d.received_on is None]
    there = [d for d in documents if d.received_on is not None]
    items = [ChecklistItem(text=_document(d, _), there=False, remark=_owed(d, _, days)) for d in missing]
    items += [
        ChecklistItem(text=_document(d, _), there=True, remark=days.date(d.received_on)) for d in there if d.received_on
    ]
    note = ", ".join(
        words
        for words, count in (
            (_("{count} at hand", count=len(there)), len(there)),
            (_("{count} missing", count=len(missing)), len(missing)),
        )
        if count
    )
    head = _("Documents")
    return (Heading(text=head, note=note), headed(Checklist(items=tuple(items)), head, _))


def _document(document: DocumentView, _: Language) -> str:
    """The kind of a document; its title too where somebody typed one, but not the name its file came with."""
    title = "" if _FILE_NAME.search(document.title) else document.title
    if document.kind in (None, DocumentKind.OTHER):
        return upper_first(title or document.title or _("other document"))
    kind = _(document.kind.label)
    return upper_first(f"{kind}: {title}" if title and fold(title) != fold(kind) else kind)


def _owed(document: DocumentView, _: Language, days: Days) -> str:
    who = _(document.owed_by.label) if document.owed_by else ""
    due = days.date(document.due_on) if document.due_on else ""
    return ", ".join(part for part in (who, due) if part) or _("not asked for yet")


def _tasks(tasks: tuple[TaskView, ...], view: CaseView, _: Language) -> tuple[Block, ...]:
    if not tasks:
        return ()
    ordered = sorted(tasks, key=lambda task: (task.due_at is None, task.due_at or view.as_of, task.title))
    note = _("{count}, by due time", count=len(tasks))
    return (Heading(text=_("Open tasks"), note=note), Tasks(items=tuple(_task(task, view, _) for task in ordered)))


def _task(task: TaskView, view: CaseView, _: Language) -> TaskLine:
    who = _("This office") if task.is_ours or task.waiting_on is None else upper_first(_(task.waiting_on.label))
    late = task.due_at is not None and task.due_at < view.as_of
    when = _("no date yet")
    if task.due_at:
        day = _.formats.date(local(task.due_at, view.office.zone).date())
        when = f"{day} {in_both_zones(task.due_at, view.office.zone, '', _)}"
    remark = ""
    if late and task.due_at:
        remark = _("{time} overdue", time=spelled(int((view.as_of - task.due_at).total_seconds() // 60), _))
    elif task.since:
        remark = _("waiting since {date}", date=local(task.since, view.office.zone).date())
    title = _("Still owed: {what}", what=_(task.title)) if task.is_debt else _(task.title)
    return TaskLine(what=title, who_when=f"{who} · {when}", remark=remark, shape=Shape.LATE if late else Shape.COMING)


def _clinical(view: CaseView, _: Language) -> tuple[Block, ...]:
    if not view.clinical_note:
        return ()
    return (
        Heading(text=_("Clinical course"), note=_("in short, from the hospital's notes")),
        Text(words=view.clinical_note),
    )


def _contacts(view: CaseView, _: Language, audience: Audience) -> tuple[Block, ...]:
    if audience is Audience.PUBLIC:
        return ()
    facts: list[Fact] = []
    if view.office.phone:
        facts.append(Fact(key=_("This office"), words=_named_phone(view.officer, view.office.phone)))
    for key, desk in ((_("Hospital desk"), view.hospital_desk), (_("Insurer's desk"), view.insurer_desk)):
        if desk is not None:
            facts += _desk_facts(key, desk, _)
    return (Heading(text=_("Whom to call")), Facts(facts=tuple(facts), key_width=27)) if facts else ()


def _contact_pair(view: CaseView, _: Language) -> Block:
    """Whom to call, side by side: the office and the hospital's desk, and the insurer's."""
    near: list[Fact] = []
    if view.office.phone:
        near.append(Fact(key=_("This office"), words=_named_phone(view.officer, view.office.phone)))
    if view.hospital_desk is not None:
        near += _desk_facts(_("Hospital desk"), view.hospital_desk, _)
    far = _desk_facts(_("Insurer's desk"), view.insurer_desk, _) if view.insurer_desk is not None else []
    head = Heading(text=_("Whom to call"))
    if not near or not far:
        return Columns(left=(head, Facts(facts=tuple(near or far), key_width=27)), right=(), split=8)
    beside = Heading(text=_("At the insurer"))
    return Columns(
        left=(head, Facts(facts=tuple(near), key_width=27)), right=(beside, Facts(facts=tuple(far), key_width=27))
    )


def _named_phone(name: str, phone: str) -> Words:
    number = Span(bound(phone), strong=True)
    return (Span(f"{name} · "), number) if name else (number,)


def _desk_facts(key: str, desk: ContactView, _: Language) -> list[Fact]:
    called = _(desk.desk.label) if desk.desk is not None else _("switchboard")
    facts = [Fact(key=key, words=f"{desk.organization}, {called}")]
    hours = hours_words(desk.hours, _)
    if desk.phone and not has_zone(desk.hours):
        facts.append(Fact(key="", words=(Span(bound(desk.phone), strong=True), Span(f", {hours}" if hours else ""))))
    elif desk.phone:
        facts.append(Fact(key="", words=(Span(bound(desk.phone), strong=True),)))
        facts.append(Fact(key="", words=f"{hours} {zone_word(desk.zone)}"))
    if desk.night_phone:
        facts.append(Fact(key=_("At night"), words=(Span(bound(desk.night_phone), strong=True),)))
    if desk.languages:
        facts.append(Fact(key=_("Languages"), words=language_names(desk.languages, _)))
    return facts


def _answers(answers: tuple[AnswerView, ...], _: Language, days: Days) -> list[Block]:
    if not answers:
        return []
    late = sum(1 for answer in answers if answer.took_minutes > answer.target_minutes)
    kept = len(answers) - late
    counts = (
        _("{count} in time", count=kept) if kept else "",
        _("{count} over the target", count=late) if late else "",
    )
    note = _(
        "{counts} · this office's target, not a legal limit; hours by the clock",
        counts=", ".join(one for one in counts if one),
    )
    columns = (
        Column(head=_("Request"), width=56),
        Column(head=_("Asked ({zone})", zone=zone_word(days.zone)), width=29),
        Column(head=_("Answered ({zone})", zone=zone_word(days.zone)), width=29),
        Column(head=_("Took"), width=27),
        Column(head=_("Result"), width=33),
    )
    rows = tuple(_answer_row(answer, _, days) for answer in answers)
    return [
        Heading(text=_("Answer times of the letter"), note=note),
        Grid(columns=columns, rows=rows, pitch=5.1, name="answers"),
    ]


def _answer_row(answer: AnswerView, _: Language, days: Days) -> Row:
    over = answer.took_minutes - answer.target_minutes
    result = CellLine(words=_("in time"), shape=Shape.DONE)
    if over > 0:
        result = CellLine(words=_("{time} late", time=spelled(over, _)), shape=Shape.LATE)
    elif answer.answered_at is None:
        result = CellLine(words=_("running"), shape=Shape.NOW)
    words = _(VERSION_WORDS[answer.kind])
    if answer.amount:
        words = _("{letter}, {amount}", letter=words, amount=answer.amount)
    return Row(
        cells=(
            words,
            _stamp(answer.asked_at, _, days),
            _stamp(answer.answered_at, _, days) if answer.answered_at else "…",
            spelled(answer.took_minutes, _),
            result,
        )
    )


def _stamp(moment: dt.datetime, _: Language, days: Days) -> str:
    here = local(moment, days.zone)
    return f"{_.formats.date(here.date())} {_.formats.clock_time(here)}"


def _claims(view: CaseView, _: Language) -> list[Block]:
    if not view.claims:
        return []
    columns = (
        Column(head=_("Claim number"), width=50),
        Column(head=_("State"), width=42),
        Column(head=_("Billed"), width=27, align=Align.RIGHT),
        Column(head=_("Approved"), width=27, align=Align.RIGHT),
        Column(head=_("Paid"), width=28, align=Align.RIGHT),
    )
    rows = tuple(
        Row(
            cells=(
                claim.claim_no or MISSING,
                _(claim.state),
                _.formats.money(claim.billed),
                _.formats.money(claim.approved) if claim.approved is not None else MISSING,
                _.formats.money(claim.paid) if claim.paid is not None else MISSING,
            )
        )
        for claim in view.claims
    )
    return [
        Heading(text=_("Claims"), note=_("each in its own currency; never added")),
        Grid(columns=columns, rows=rows, name="claims"),
    ]


def _overrides(overrides: tuple[OverrideView, ...], _: Language, days: Days) -> list[Block]:
    if not overrides:
        return []
    columns = (
        Column(head=_("When"), width=28),
        Column(head=_("Step"), width=44),
        Column(head=_("Reason given"), width=66),
        Column(head=_("By"), width=36),
    )
    rows = tuple(Row(cells=(days.moment(o.at), _(o.what), o.reason, o.actor)) for o in overrides)
    note = _("steps taken although a condition was not met")
    return [
        Heading(text=_("Overrides"), note=note),
        Grid(columns=columns, rows=rows, hairlines=True, pitch=5.5, name="overrides"),
    ]
