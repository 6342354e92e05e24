"""The hand-over sheet (R10): what a colleague must know when an officer leaves. Internal; it names people.

Sources: ``domain`` section 4 (R10); ``ux`` 37: urgent, waiting on others, promises made, the next 48 hours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial

from sqlalchemy.orm import Session

from liaison.domain.privacy import Audience
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.blocks import (
    AskBox,
    Block,
    CellLine,
    Column,
    Grid,
    Heading,
    Headline,
    Note,
    Row,
    Shape,
    Signature,
    Text,
    Title,
    Voice,
)
from liaison.reports.case_words import spelled
from liaison.reports.going_on import headed
from liaison.reports.handover_view import CaseLine, HandoverView, gather
from liaison.reports.report import Option, Prepared, Report
from liaison.reports.wording import (
    BANNERS,
    as_of_words,
    bound,
    local,
    sample_words,
    sentences,
    short_moment,
)
from liaison.services.today import TaskLine

_PITCH = 6.2


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The sheet of one officer, or of the whole office."""
    view, people = gather(session, options.get("officer", ""))
    return Prepared(
        view=view,
        lay_out=partial(lay_out, view, to=options.get("to", ""), note=options.get("ask", "")),
        as_of=view.as_of,
        office=view.office.name,
        people=people,
        recipient=options.get("to", ""),
    )


REPORT = Report(
    name="handover",
    code="R10",
    title=N_("Hand-over sheet"),
    options=(
        Option(name="officer", label=N_("Officer")),
        Option(name="to", label=N_("Who takes over")),
        Option(name="ask", label=N_("What must not be forgotten")),
    ),
    audiences=(Audience.INTERNAL,),
    prepare=prepare,
)


def lay_out(view: HandoverView, language: Language, *, to: str, note: str) -> list[Block]:
    """The pages: what cannot wait first, every case last."""
    _ = language
    blocks: list[Block] = [_title(view, _, to), Headline(text=_headline(view, _))]
    if note:
        blocks.append(AskBox(head=_("Do not forget"), words=note))
    blocks += _steps(_("Late"), view.late, view, _, late=True)
    blocks += _steps(_("Promised, to be kept"), view.promises, view, _)
    blocks += _steps(_("The next 48 hours"), view.ahead, view, _)
    blocks += _waiting(view, _)
    blocks += _cases(view, _)
    blocks.append(_signature(view, _, to))
    return blocks


def _title(view: HandoverView, _: Language, to: str) -> Title:
    whose = view.officer or _("all officers")
    return Title(
        kind=_("Hand-over sheet · {whose}", whose=whose),
        about=_("to {name}", name=to) if to else "",
        banner=_(BANNERS[Audience.INTERNAL]),
        running=(_("Hand-over sheet · {whose}", whose=whose), to),
        source=sentences(
            _.plural(
                "Source: cases and steps of this office, n = {count} open case.",
                "Source: cases and steps of this office, n = {count} open cases.", len(view.cases),
            ),
            as_of_words(view.as_of, view.office.zone, _),
            sample_words(is_sample=view.office.is_sample, language=_),
        ),
        note=sentences(
            _("For: {receiver}.", receiver=to) if to else "",
            _("For this office only: it names patients. Shred it once it is out of date. Prepared by {office}.",
              office=view.office.name),
        ),
    )  # fmt: skip


def _headline(view: HandoverView, _: Language) -> str:
    counts = {
        "late": len(view.late), "promised": len(view.promises), "ahead": len(view.ahead), "waiting": len(view.waiting)
    }  # fmt: skip
    broken = sum(_is_late(promise, view) for promise in view.promises)
    if broken:
        return _.plural(
            "{late} late, {promised} promised ({count} past its day), {ahead} more within 48 hours, "
            "{waiting} waiting on others",
            "{late} late, {promised} promised ({count} past their day), {ahead} more within 48 hours, "
            "{waiting} waiting on others",
            broken, **counts,
        )  # fmt: skip
    return _("{late} late, {promised} promised, {ahead} more within 48 hours, {waiting} waiting on others", **counts)


def _is_late(task: TaskLine, view: HandoverView) -> bool:
    return task.due_at is not None and task.due_at < view.as_of


def _steps(
    head: str, tasks: tuple[TaskLine, ...], view: HandoverView, _: Language, *, late: bool = False
) -> list[Block]:
    """A section of steps; an empty one says so in a line, since a blank would leave a doubt."""
    count = _.formats.number(len(tasks))
    if not tasks:
        return [Heading(text=head, note=count), Text(words=_("None."), small=True)]
    columns = (
        Column(head=upper_first(_("late by") if late else _("due")), width=31),
        Column(head=_("Step"), width=57),
        Column(head=_("Person, case"), width=39),
        Column(head=_("Hospital, waiting on"), width=47),
    )
    rows = tuple(_step_row(task, view, _) for task in tasks)
    grid = Grid(columns=columns, rows=rows, pitch=_PITCH, hairlines=True, name=head)
    return [Heading(text=head, note=count), headed(grid, head, _)]


def _step_row(task: TaskLine, view: HandoverView, _: Language) -> Row:
    when: tuple[CellLine, ...] = (CellLine(words=MISSING),)
    if task.late_since is not None and task.late_since < view.as_of:
        minutes = int((view.as_of - task.late_since).total_seconds() // 60)
        when = (CellLine(words=spelled(minutes, _), voice=Voice.STRONG, shape=Shape.LATE),)
    elif task.due_at is not None:
        when = (CellLine(words=_due(task, view, _)),)
    what = (CellLine(words=task.title.text(_), voice=Voice.STRONG if task.is_urgent else Voice.PLAIN),)
    who: tuple[CellLine, ...] = (CellLine(words=task.name or task.agreement or MISSING),)
    if task.case_no:
        who += (CellLine(words=bound(task.case_no), voice=Voice.QUIET),)
    waits = task.waiting_for or (_(task.waiting_on.label) if task.waiting_on is not None else "")
    where = tuple(
        line
        for line in (
            CellLine(words=task.hospital) if task.hospital else None,
            CellLine(words=waits, voice=Voice.QUIET) if waits else None,
        )
        if line is not None
    )
    return Row(cells=(when, what, who, where or MISSING))


def _due(task: TaskLine, view: HandoverView, _: Language) -> str:
    assert task.due_at is not None
    if task.has_time:
        return short_moment(task.due_at, view.office.zone, _)
    return bound(_.formats.short_date(local(task.due_at, view.office.zone).date()))


def _waiting(view: HandoverView, _: Language) -> list[Block]:
    head = Heading(text=_("Waiting on others"), note=_.formats.number(len(view.waiting)))
    if not view.waiting:
        return [head, Text(words=_("None."), small=True)]
    columns = (
        Column(head=upper_first(_("since")), width=22),
        Column(head=_("Whom we wait for"), width=46),
        Column(head=_("What for"), width=60),
        Column(head=_("Person, case"), width=46),
    )
    rows = tuple(_waiting_row(task, view, _) for task in view.waiting)
    grid = Grid(columns=columns, rows=rows, pitch=_PITCH, hairlines=True, name="waiting")
    return [head, headed(grid, head.text, _)]


def _waiting_row(task: TaskLine, view: HandoverView, _: Language) -> Row:
    since = task.waiting_since
    whom = _(task.waiting_on.label) if task.waiting_on is not None else MISSING
    return Row(
        cells=(
            bound(_.formats.short_date(local(since, view.office.zone).date())) if since else MISSING,
            (
                CellLine(words=task.waiting_for or whom),
                *((CellLine(words=whom, voice=Voice.QUIET),) if task.waiting_for else ()),
            ),
            (
                CellLine(words=task.title.text(_)),
                *((CellLine(words=_("ask by {date}", date=_due(task, view, _)), voice=Voice.QUIET),)
                  if task.due_at is not None else ()),
            ),
            (CellLine(words=task.name or MISSING), CellLine(words=bound(task.case_no), voice=Voice.QUIET)),
        )
    )  # fmt: skip


def _cases(view: HandoverView, _: Language) -> list[Block]:
    note = "" if not view.without_step else _.plural(
        "{count} without a next step", "{count} without a next step", view.without_step
    )  # fmt: skip
    head = Heading(text=_.plural("{count} open case", "{count} open cases", len(view.cases)), note=note)
    if not view.cases:
        return [head, Text(words=_("No case is open."), small=True)]
    columns = (
        Column(head=_("Case"), width=29),
        Column(head=_("Person, place"), width=43),
        Column(head=_("Where it stands"), width=42),
        Column(head=_("Next step, due"), width=60),
    )
    grid = Grid(
        columns=columns, rows=tuple(_case_row(case, view, _) for case in view.cases), pitch=_PITCH, hairlines=True,
        name="cases",
    )  # fmt: skip
    blocks: list[Block] = [head, headed(grid, head.text, _)]
    if view.without_consent:
        blocks.append(
            Note(
                words=_.plural(
                    "{count} enquiry is older than two weeks and has no consent: ask for it, or close it.",
                    "{count} enquiries are older than two weeks and have no consent: ask for it, or close them.",
                    view.without_consent,
                ),
                shape=Shape.LATE,
            )
        )
    if view.breached:
        blocks.append(
            Note(
                words=_.plural(
                    "{count} clock is over its target; the list of clocks says whose turn it is.",
                    "{count} clocks are over their target; the list of clocks says whose turn it is.",
                    view.breached,
                ),
                shape=Shape.LATE,
            )
        )
    return blocks


def _case_row(case: CaseLine, view: HandoverView, _: Language) -> Row:
    place = ", ".join(part for part in (case.city, case.hospital) if part)
    stands = [CellLine(words=_(case.state.label))]
    if case.on_hold:
        stands.append(CellLine(words=_("on hold: {reason}", reason=case.on_hold), voice=Voice.QUIET))
    if case.step is None:
        step: tuple[CellLine, ...] = (CellLine(words=_("no next step"), voice=Voice.STRONG, shape=Shape.LATE),)
    else:
        late = _is_late(case.step, view)
        when = _due(case.step, view, _) if case.step.due_at is not None else _("no date")
        step = (
            CellLine(words=case.step.title.text(_)),
            CellLine(words=when, voice=Voice.STRONG if late else Voice.QUIET, shape=Shape.LATE if late else None),
        )
    return Row(
        cells=(
            bound(case.case_no),
            (CellLine(words=case.name, voice=Voice.STRONG), CellLine(words=place or MISSING, voice=Voice.QUIET)),
            tuple(stands),
            step,
        )
    )


def _signature(view: HandoverView, _: Language, to: str) -> Signature:
    day: dt.date = local(view.as_of, view.office.zone).date()
    place = ", ".join(part for part in (view.office.place, _.formats.long_date(day)) if part)
    return Signature(
        annex_head=_("Handed over by"), annexes=view.officer or view.office.name, place_date=place,
        name=to or "", role=_("taken over by") if not to else _("takes over"), stamp=_("office stamp"),
    )  # fmt: skip
