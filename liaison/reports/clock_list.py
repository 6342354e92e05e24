"""The list of breached clocks (R9): what is over its target, who has to act, and how long such things usually took.

Internal. Names nobody: case numbers are enough for a team, and the sheet may lie on a desk. Sources: ``domain`` 1.8 and
section 4 (R9): a breach report shows the middle and the ninth of ten, not only the mean; targets are never law.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from sqlalchemy.orm import Session

from liaison.domain.privacy import Audience
from liaison.domain.targets import ClockKind, Party, Target, Unit
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.blocks import (
    Align,
    Block,
    CellLine,
    Column,
    Grid,
    Heading,
    Headline,
    Note,
    Row,
    Shape,
    Space,
    Text,
    Title,
    Voice,
)
from liaison.reports.case_view import Office
from liaison.reports.gathering import office_of
from liaison.reports.handover_view import officer_called
from liaison.reports.report import CaseKeys, Option, Prepared, Report
from liaison.reports.wording import (
    BANNERS,
    as_of_words,
    bound,
    duration,
    sample_words,
    sentences,
    short_moment,
    zone_word,
)
from liaison.services.changes import clock
from liaison.services.clock_readings import ClockLine
from liaison.services.clocks import HouseSpread, open_clocks, spreads

LOOKS_BACK_DAYS = 365
FEW = 5
"""Of fewer clocks that stopped, the ninth of ten says nothing and is not printed."""
BETWEEN_KINDS = 2.6
"""Millimetres between the tables of two kinds of clocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockListView:
    """Clocks of an office at one moment."""

    as_of: dt.datetime
    office: Office
    officer: str
    late: tuple[ClockLine, ...]
    running: int
    paused: int
    took: tuple[HouseSpread, ...]


def gather(session: Session, officer: str) -> ClockListView:
    """Clocks over their target of one officer's cases, or of all; how long all houses took in the last year."""
    key, name = officer_called(session, officer)
    now = clock(session)
    lines = open_clocks(session, officer_id=key)
    return ClockListView(
        as_of=now,
        office=office_of(session),
        officer=name,
        late=tuple(line for line in lines if line.run.overdue(now)),
        running=sum(not line.run.is_paused for line in lines),
        paused=sum(line.run.is_paused for line in lines),
        took=tuple(spreads(session, since=now - dt.timedelta(days=LOOKS_BACK_DAYS))),
    )


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The clocks of one officer, or of the whole office."""
    view = gather(session, options.get("officer", ""))
    people = {
        (line.patient_id, line.journey_id): CaseKeys(patient_id=line.patient_id, journey_id=line.journey_id, country="")
        for line in view.late
        if line.patient_id is not None
    }
    return Prepared(
        view=view, lay_out=partial(lay_out, view), as_of=view.as_of, office=view.office.name,
        people=tuple(people.values()),
    )  # fmt: skip


REPORT = Report(
    name="clock_list",
    code="R9",
    title=N_("Clocks over their target"),
    options=(Option(name="officer", label=N_("Officer")),),
    audiences=(Audience.INTERNAL,),
    prepare=prepare,
)


def lay_out(view: ClockListView, language: Language) -> list[Block]:
    """Who has to act now, then how long each house took."""
    _ = language
    return [_title(view, _), Headline(text=_headline(view, _)), *_late(view, _), *_took(view, _)]


def _title(view: ClockListView, _: Language) -> Title:
    whose = view.officer or _("all officers")
    return Title(
        kind=_("Clocks over their target · {whose}", whose=whose),
        banner=_(BANNERS[Audience.INTERNAL]),
        running=(_("Clocks over their target · {whose}", whose=whose), ""),
        source=sentences(
            _.plural(
                "Source: moves of letters, claims and cases, n = {count} open clock.",
                "Source: moves of letters, claims and cases, n = {count} open clocks.", view.running + view.paused,
            ),
            _paused(view, _),
            as_of_words(view.as_of, view.office.zone, _),
            sample_words(is_sample=view.office.is_sample, language=_),
        ),
        note=_("Targets are the office's own, never a legal limit. Prepared by {office}.", office=view.office.name),
    )  # fmt: skip


def _paused(view: ClockListView, _: Language) -> str:
    if not view.paused:
        return ""
    return _.plural("{count} of them stands still.", "{count} of them stand still.", view.paused)


def _headline(view: ClockListView, _: Language) -> str:
    if not view.late:
        running = view.running + view.paused
        if not running:
            return _("0 clocks are running")
        return _.plural("0 of {count} clock is over its target", "0 of {count} clocks are over their target", running)
    worst = view.late[0]
    values = {"time": over_words(worst, view.as_of, _), "who": who_acts(worst, _)}
    return _.plural(
        "{count} clock is over its target, by {time}: it is for {who} to act",
        "{count} clocks are over their target; the longest by {time}, for {who} to act",
        len(view.late),
        **values,
    )


def _late(view: ClockListView, _: Language) -> list[Block]:
    if not view.late:
        return []
    columns = (
        Column(head=_("Over by"), width=25),
        Column(head=_("Who has to act"), width=49),
        Column(head=_("What for"), width=42),
        Column(head=_("Case"), subhead=_("hospital"), width=37),
        Column(head=_("Asked"), subhead=_("target"), width=21),
    )
    rows = tuple(_late_row(line, view, _) for line in view.late)
    note = _("the longest first; asked in {zone}", zone=zone_word(view.office.zone))
    return [
        Heading(text=_("Over the target now"), note=note),
        Grid(columns=columns, rows=rows, pitch=6.2, hairlines=True, name="late"),
    ]


def _late_row(line: ClockLine, view: ClockListView, _: Language) -> Row:
    paused = (CellLine(words=_("stands still: question open"), voice=Voice.QUIET),) if line.run.is_paused else ()
    officer = (CellLine(words=line.officer, voice=Voice.QUIET),) if line.officer else ()
    number = line.claim_no if line.claim_id is not None and line.claim_no else ""
    return Row(
        cells=(
            (CellLine(words=over_words(line, view.as_of, _), voice=Voice.STRONG, shape=Shape.LATE),),
            (CellLine(words=who_acts(line, _), voice=Voice.STRONG), *officer),
            (CellLine(words=_(line.kind.label)), *paused),
            (
                CellLine(words=bound(line.case_no or number) or MISSING),
                CellLine(words=line.hospital or MISSING, voice=Voice.QUIET),
            ),
            (
                CellLine(words=short_moment(line.run.start, view.office.zone, _)),
                CellLine(words=target_words(line.run.target, _), voice=Voice.QUIET),
            ),
        )
    )


def _took(view: ClockListView, _: Language) -> list[Block]:
    head = Heading(
        text=_("How long it took in the last twelve months"),
        subtitle=_("half took no longer than p50, nine of ten no longer than p90; time of open questions taken out"),
    )
    if not view.took:
        return [head, Text(words=_("No clock has stopped yet."), small=True)]
    blocks: list[Block] = [head]
    for kind, found in groupby(view.took, key=lambda one: one.kind):
        blocks += [_kind_grid(kind, tuple(found), _), Space(height=BETWEEN_KINDS)]
    few = any(one.spread.n < FEW for one in view.took)
    note = _("“{mark}”: fewer than {count} clocks stopped.", mark=MISSING, count=FEW) if few else ""
    blocks[-1] = Note(
        words=sentences(
            _("A target is a wish of this office or of the house, never a legal limit."),
            _("wh, wd: working hours and days of whoever has to act."),
            note,
        )
    )
    return blocks


def _kind_grid(kind: ClockKind, found: Sequence[HouseSpread], _: Language) -> Grid:
    """The houses of one kind of clock; its name is the head, so that it stands on every page that the table goes on."""
    columns = (
        Column(head=upper_first(_(kind.label)), width=86),
        Column(head="n", width=12, align=Align.RIGHT),
        Column(head="p50", width=19, align=Align.RIGHT),
        Column(head="p90", width=19, align=Align.RIGHT),
        Column(head=_("Target"), width=18, align=Align.RIGHT),
        Column(head=_("Kept"), width=20, align=Align.RIGHT),
    )
    rows = tuple(_took_row(one, _) for one in found)
    return Grid(columns=columns, rows=rows, pitch=4.9, name=f"took {kind.value}")


def _took_row(one: HouseSpread, _: Language) -> Row:
    spread = one.spread
    return Row(
        cells=(
            one.name or _("this office"),
            _.formats.number(spread.n),
            span_words(spread.p50, one.target, _),
            span_words(spread.p90, one.target, _) if spread.n >= FEW else MISSING,
            target_words(one.target, _),
            bound(_("{kept} of {all}", kept=spread.kept, all=spread.n)),
        )
    )


# words that window and paper share


def who_acts(line: ClockLine, _: Language) -> str:
    """Whose turn it is: the house by its name, else what it is."""
    if line.party is Party.US:
        return _("this office")
    return line.acts or _(line.party.label)


def over_words(line: ClockLine, now: dt.datetime, _: Language) -> str:
    """``1 d 4 h``: how long a clock is over its target."""
    return duration(int(line.run.overdue(now).total_seconds() // 60), _)


def span_words(span: dt.timedelta, target: Target, _: Language) -> str:
    """How long a clock ran, in the unit of its target; from three days on in days."""
    hours = span.total_seconds() / 3600
    if target.unit is Unit.WORKING_DAYS:
        return bound(_("{days} wd", days=span.days) if span.days else _("same day"))
    if target.unit is Unit.DAYS or hours >= 72:
        return bound(_("{days} d", days=_.formats.number(hours / 24, 1)))
    return bound(_("{hours} h", hours=_.formats.number(hours, 1)))


_TARGETS: Mapping[Unit, str] = {
    Unit.WORKING_HOURS: N_("{count} wh"),
    Unit.HOURS: N_("{count} h"),
    Unit.WORKING_DAYS: N_("{count} wd"),
    Unit.DAYS: N_("{count} d"),
}
"""Short enough for a column: working hours, hours, working days, days."""


def target_words(target: Target, _: Language) -> str:
    """``3 wd``."""
    return bound(_(_TARGETS[target.unit], count=target.amount))
