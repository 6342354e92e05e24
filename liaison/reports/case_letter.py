"""The guarantee letter on the case summary: its ceiling now, the bill against it, and the versions beneath."""

from __future__ import annotations

import datetime as dt
from statistics import median

from liaison.domain.guarantees import VersionKind
from liaison.i18n import Language
from liaison.i18n.formats import MISSING
from liaison.reports.blocks import Align, Block, CellLine, Column, Drawing, Grid, Heading, Note, Row, Shape, Text, Voice
from liaison.reports.case_view import CaseView, VersionView
from liaison.reports.case_words import Days
from liaison.reports.charts import CeilingBar, CeilingMark
from liaison.reports.wording import bound, local


def letter_blocks(view: CaseView, language: Language, days: Days) -> tuple[Block, ...]:
    """The letter's section; a case without a letter says so in a sentence."""
    _ = language
    if view.ceiling is None and not view.versions:
        words = (
            _("{state}; no letter has been issued.", state=_(view.letter_state))
            if view.letter_state
            else _("No letter has been asked for.")
        )
        return (Heading(text=_("Guarantee letter")), Text(words=words, small=True))
    if view.accepted is not None:
        head = Heading(text=_("Final letter: {amount} accepted", amount=view.accepted))
    elif view.ceiling is None:
        head = Heading(text=_("Guarantee letter"), note=_(view.letter_state) if view.letter_state else "")
    else:
        head = Heading(text=_("Guarantee letter: ceiling now {amount}", amount=view.ceiling))
    blocks: list[Block] = [head]
    if view.ceiling is not None and view.bill is not None and view.bill.currency == view.ceiling.currency:
        blocks.append(Drawing(chart=_ceiling_bar(view, _, days)))
    if view.versions:
        blocks.append(_versions(view, _, days))
        never = _("Ceilings are never added: the last version replaces the others.") if len(view.versions) > 1 else ""
        note = _final_note(view, _) or never
        if note:
            blocks.append(Note(words=note))
    return tuple(blocks)


def _final_note(view: CaseView, _: Language) -> str:
    """What the final letter did with the bill; empty before there is one."""
    if view.accepted is None:
        return ""
    if view.bill is None or view.bill.currency != view.accepted.currency or view.bill.minor <= view.accepted.minor:
        return _("The final letter replaces every ceiling before it.")
    return _(
        "The final letter replaces every ceiling before it: it accepts {accepted} of the bill of {bill}.",
        accepted=view.accepted,
        bill=view.bill,
    )


def _ceiling_bar(view: CaseView, _: Language, days: Days) -> CeilingBar:
    assert view.ceiling is not None
    assert view.bill is not None
    asked = next((v.ceiling for v in view.versions if v.is_asked and v.ceiling), None)
    marks = [
        CeilingMark(at=float(v.ceiling.amount), label=_("version {number}", number=v.number), in_force=v.is_in_force)
        for v in reversed(view.versions)
        if v.ceiling is not None
    ]
    return CeilingBar(
        days=tuple((_day_label(day.on, days), float(day.amount.amount)) for day in view.bill_days),
        ceiling=float(view.ceiling.amount),
        asked=float(asked.amount) if asked else None,
        head=_bill_head(view, _, days),
        asked_words=_("asked {amount}", amount=_.formats.number(asked.minor // 100)) if asked else "",
        marks=tuple(marks),
        sentence=_sentence(view, _, days),
    )


def _day_label(day: dt.date, days: Days) -> str:
    return days.short(day).removeprefix(days.language("day {number}", number="")) if days.relative else str(day.day)


def _bill_head(view: CaseView, _: Language, days: Days) -> str:
    if not view.bill_days:
        return _("Bill: {amount}", amount=view.bill)
    first_on, last_on = view.bill_days[0].on, view.bill_days[-1].on
    first, last = days.short(first_on), days.short(last_on)
    if first == last:
        return _("Bill of {day}: {amount}", day=first, amount=view.bill)
    if (first_on.year, first_on.month) == (last_on.year, last_on.month) and not days.relative:
        return _("Bill by day, {span}: {amount}", span=f"{first_on.day}–{last}", amount=view.bill)
    return _("Bill day by day, {first} to {last}: {amount}", first=first, last=last, amount=view.bill)


def _sentence(view: CaseView, _: Language, days: Days) -> str:
    assert view.ceiling is not None
    assert view.bill is not None
    left = view.ceiling - view.bill
    if left.minor < 0:
        return _("The bill is {amount} above the ceiling.", amount=-left)
    if len(view.bill_days) < 2:
        return _("{amount} left.", amount=left)
    pace = int(median(day.amount.minor for day in view.bill_days))
    if pace <= 0:
        return _("{amount} left.", amount=left)
    ends = view.bill_days[-1].on + dt.timedelta(days=-(-left.minor // pace))
    pace_words = _.formats.money(type(left)(pace - pace % 100, left.currency))
    return _(
        "{amount} left; at {pace} a day it ends on {date}.",
        amount=left,
        pace=pace_words[:-3] if pace_words[-3] in ".," else pace_words,
        date=days.short(ends) if days.relative else f"{_.formats.weekday(ends)} {_.formats.short_date(ends)}",
    )


def _versions(view: CaseView, _: Language, days: Days) -> Grid:
    currency = next((v.ceiling.currency for v in view.versions if v.ceiling), "")
    columns = (
        Column(head=_("Version"), width=11),
        Column(
            head=_("Ceiling ({currency})", currency=currency) if currency else _("Ceiling"), width=18, align=Align.RIGHT
        ),
        Column(head="", width=3.2),
        Column(head=_("Issued"), width=23.4),
        Column(head=_("Valid until"), width=21.4),
        Column(head=_("State"), width=21.8),
    )
    return Grid(
        columns=columns, rows=tuple(_version_row(v, _, days) for v in view.versions), pitch=5.3, name="versions"
    )


def _version_row(version: VersionView, _: Language, days: Days) -> Row:
    if version.is_asked:
        state = CellLine(words=_("not yet"), shape=Shape.LATE)
        asked_on = days.short(local(version.asked_at, days.zone).date()) if version.asked_at else ""
        issued = bound(_("asked {date}", date=asked_on)) if asked_on else _("asked")
    elif version.kind is VersionKind.FINAL:
        state = CellLine(words=_("final"), shape=Shape.DONE, voice=Voice.PLAIN)
        issued = _day(version.issued_at, days)
    elif version.is_newest and not version.is_in_force:
        state = CellLine(words=_("ended"), shape=Shape.COMING)
        issued = _day(version.issued_at, days)
    else:
        in_force = version.is_in_force
        voice = Voice.STRONG if in_force else Voice.PLAIN
        state = CellLine(
            words=_("in force now") if in_force else _("replaced"),
            shape=Shape.DONE if in_force else Shape.COMING,
            voice=voice,
        )
        issued = _day(version.issued_at, days) if version.issued_at else MISSING
    ceiling = _.formats.amount(version.ceiling) if version.ceiling else "…" if version.is_asked else _("as charged")
    valid = days.date(version.valid_to) if version.valid_to else MISSING
    strong = version.is_in_force or version.kind is VersionKind.FINAL
    return Row(cells=(str(version.number), ceiling, "", issued, valid, state), strong=strong)


def _day(moment: dt.datetime | None, days: Days) -> str:
    return days.date(local(moment, days.zone).date()) if moment else MISSING
