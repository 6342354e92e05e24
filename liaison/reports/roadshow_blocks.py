"""Chapters of a roadshow's papers: programme, themes, promises, wishes, catchment, guests, permits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from liaison.domain.network import OrganizationKind
from liaison.domain.patients import Region
from liaison.domain.privacy import HIDDEN, Audience, PublicCount, gives_away, public_count
from liaison.domain.roadshows import GuestState, PermitState
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.blocks import (
    Align,
    Block,
    Cell,
    CellLine,
    Checklist,
    ChecklistItem,
    Column,
    Grid,
    Heading,
    Note,
    Row,
    Ruled,
    Shape,
    Text,
    Voice,
)
from liaison.reports.briefing_public import categories
from liaison.reports.briefing_words import count_words
from liaison.reports.roadshow_view import PaperEvent, PaperGuest, PaperNeed, PaperPromise
from liaison.reports.wording import bound, local

if TYPE_CHECKING:
    from liaison.reports.city_pack import Catchment

_SIDES = {
    OrganizationKind.INSURER: N_("an insurer"),
    OrganizationKind.ADMINISTRATOR: N_("an administrator"),
    OrganizationKind.HOSPITAL: N_("a hospital"),
}
OTHERS = N_("Other provinces")


def days_words(event: PaperEvent, _: Language) -> str:
    """``4 December 2026``, or from the first to the last day; a month and year that both have is said once."""
    first, last = event.starts_on, event.ends_on
    if last == first:
        return bound(_.formats.long_date(first))
    same = (first.year, first.month) == (last.year, last.month)
    start = str(first.day) if same else bound(_.formats.long_date(first))
    words = _("{start} to {end}", start=start, end=bound(_.formats.long_date(last)))
    return bound(words) if same else words


def weekday_words(event: PaperEvent, _: Language) -> str:
    """``Friday, 4 December 2026``, or from the first to the last day: what a guest puts into a calendar."""
    first, last = (
        f"{_.formats.weekday(day)}, {bound(_.formats.long_date(day))}" for day in (event.starts_on, event.ends_on)
    )
    return first if event.ends_on == event.starts_on else _("{start} to {end}", start=first, end=last)


def region_words(regions: Sequence[Region], _: Language) -> str:
    """``central, east``."""
    return ", ".join(_(region.label) for region in regions)


def who_words(promise: PaperPromise, _: Language) -> str:
    """Who promised: a name where the reader may know it, else only which side it was."""
    if promise.is_ours and promise.officer:
        return promise.officer
    if promise.who and not promise.is_ours:
        return promise.who
    return _(side_of(promise.kind, is_ours=promise.is_ours))


def side_of(kind: OrganizationKind | None, *, is_ours: bool) -> str:
    """The marked word for whoever promised, where nobody may be named."""
    if is_ours:
        return N_("this office")
    return _SIDES[kind] if kind in _SIDES else N_("a guest")


def programme_blocks(event: PaperEvent, _: Language) -> list[Block]:
    """The programme, with times in the office's zone."""
    if not event.items:
        return []
    has_rooms = any(item.room for item in event.items)
    rows = []
    for item in event.items:
        start = local(item.starts_at, event.office.zone)
        when = _.formats.clock_time(start)
        if event.starts_on != event.ends_on:
            when = f"{_.formats.short_date(start.date())} {when}"
        speaker = ", ".join(part for part in (item.speaker, item.speaker_role) if part)
        length = _("{minutes} min", minutes=item.minutes) if item.minutes else MISSING
        cells = (bound(when), bound(length), item.title, speaker or MISSING)
        rows.append(Row(cells=(*cells, item.room or MISSING) if has_rooms else cells))
    columns = [
        Column(head=_("Time"), width=24), Column(head=_("Length"), width=18),
        Column(head=_("Subject"), width=62 if has_rooms else 80),
        Column(head=_("Who speaks"), width=46 if has_rooms else 52),
    ]  # fmt: skip
    if has_rooms:
        columns.append(Column(head=_("Meeting room"), width=24))
    grid = Grid(columns=tuple(columns), rows=tuple(rows), hairlines=True, name="programme")
    return [Heading(text=_("Programme")), grid]


def themes_blocks(event: PaperEvent, _: Language) -> list[Block]:
    """Themes per region; inside the office with what we say about each."""
    if not event.themes:
        return []
    is_inside = event.audience is Audience.INTERNAL
    rows = []
    for theme in event.themes:
        cells: tuple[Cell, ...] = (upper_first(_(theme.region.label)), theme.theme)
        rows.append(Row(cells=(*cells, theme.talking_point or MISSING) if is_inside else cells))
    columns = [Column(head=_("Region"), width=34), Column(head=_("Theme"), width=60 if is_inside else 140)]
    if is_inside:
        columns.append(Column(head=_("What we say about it"), width=80))
    grid = Grid(columns=tuple(columns), rows=tuple(rows), hairlines=True, name="themes")
    return [Heading(text=_("Themes per region")), grid]


def promises_blocks(event: PaperEvent, _: Language) -> list[Block]:
    """What was promised at the last meeting, and what became of it."""
    if not event.last_promises or event.last_on is None:
        return []
    note = _("last meeting, {day}", day=_.formats.long_date(event.last_on))
    return [
        Heading(text=_("Promised last time"), note=note),
        promises_grid(event.last_promises, _, name="last"),
    ]


def promises_grid(promises: Iterable[PaperPromise], _: Language, *, name: str) -> Grid:
    """Promises with owner, day and state."""
    rows = tuple(
        Row(
            cells=(
                promise.what or MISSING,
                who_words(promise, _),
                bound(_.formats.date(promise.due_on)) if promise.due_on else MISSING,
                (_state(promise, _),),
            )
        )
        for promise in promises
    )
    columns = (
        Column(head=_("Promise"), width=68), Column(head=_("Who"), width=32), Column(head=_("Due"), width=24),
        Column(head=_("What became of it"), width=50),
    )  # fmt: skip
    return Grid(columns=columns, rows=rows, hairlines=True, pitch=5.5, name=name)


def _state(promise: PaperPromise, _: Language) -> CellLine:
    """A shape and its words, the same ones as in the briefing of a city."""
    if promise.done_on is not None:
        words = _("kept since {date}", date=promise.done_on)
        if promise.days_late:
            words = _.plural("kept on {date}, {count} day late", "kept on {date}, {count} days late",
                             promise.days_late, date=promise.done_on)  # fmt: skip
        return CellLine(words=words, shape=Shape.DONE)
    if promise.is_late:
        words = _.plural("{count} day late", "{count} days late", promise.days_late) if promise.days_late else _("late")
        return CellLine(words=words, voice=Voice.STRONG, shape=Shape.LATE)
    return CellLine(words=_("open"), shape=Shape.COMING)


def subjects_blocks(event: PaperEvent, _: Language) -> list[Block]:
    """Which subjects were raised, with the wording for everybody; no house, no count of houses.

    By their own words: an order that came from the houses' names would tell which house raised what.
    """
    if not event.needs:
        return []
    by_topic: dict[str, list[PaperNeed]] = {}
    for need in event.needs:
        by_topic.setdefault(_(need.topic.label), []).append(need)
    rows = tuple(
        Row(
            cells=(
                upper_first(topic),
                ", ".join(sorted({_(need.region.label) for need in found})),
                "; ".join(sorted({need.for_all for need in found if need.for_all})) or MISSING,
            )
        )
        for topic, found in sorted(by_topic.items())
    )
    columns = (
        Column(head=_("Subject"), width=54), Column(head=_("Region"), width=32),
        Column(head=_("Wording for everybody"), width=88),
    )  # fmt: skip
    return [Heading(text=_("Subjects raised")), Grid(columns=columns, rows=rows, hairlines=True, name="subjects")]


def register_blocks(event: PaperEvent, _: Language) -> list[Block]:
    """The register of wishes with houses and answers, for the office."""
    if not event.needs:
        return []
    return [Heading(text=_("Register of wishes")), wishes_grid(event.needs, _, with_house=True)]


def wishes_grid(needs: Iterable[PaperNeed], _: Language, *, with_house: bool) -> Grid:
    """Wishes and our answers."""
    rows = []
    for need in needs:
        answer = need.answer or _("not answered yet")
        cells: tuple[Cell, ...] = (upper_first(_(need.topic.label)), need.wish or MISSING, answer)
        rows.append(Row(cells=(need.house or MISSING, *cells) if with_house else cells))
    columns = [
        Column(head=_("About"), width=38 if with_house else 44),
        Column(head=_("Wish"), width=52 if with_house else 65),
        Column(head=_("Our answer") if with_house else _("Our answer to you"), width=48 if with_house else 65),
    ]
    if with_house:
        columns.insert(0, Column(head=_("Who wishes it"), width=36))
    return Grid(columns=tuple(columns), rows=tuple(rows), hairlines=True, name="wishes")


def catchment_blocks(event: PaperEvent, catchment: Catchment, _: Language) -> list[Block]:
    """From which provinces of the covered regions people came, as public figures."""
    if not catchment.by_region:
        return []
    formats, year = _.formats, catchment.year
    period = _("{start} to {end}", start=formats.date(year.start), end=formats.date(year.end))
    rows: list[Row] = []
    totals: list[PublicCount] = []
    for region, provinces, tally in catchment.by_region:
        shown = categories(tally, other=_(OTHERS), compare=False) if tally else ()
        whole = public_count(tally.together(list(tally))[0]) if tally else public_count(0)
        if gives_away([one.count.now for one in shown], whole):
            whole = HIDDEN
        totals.append(whole)
        rows.append(Row(cells=(upper_first(_(region.label)), "", count_words(whole, _)), strong=True, rule_above=True))
        rows += [Row(cells=("", one.key, count_words(one.count.now, _))) for one in shown]
        known = {one.key for one in shown}
        rest = [name for name in provinces if name not in known]
        if rest:
            names = (CellLine(words=_("covers also {names}", names=", ".join(rest)), voice=Voice.QUIET),)
            rows.append(Row(cells=("", names, "")))
    columns = (
        Column(head=_("Region"), width=30), Column(head=_("Province"), width=120),
        Column(head=_("People"), width=24, align=Align.RIGHT),
    )  # fmt: skip
    note = _("{period}; each person once; by this office's own list of regions", period=period)
    total = public_count(catchment.total)
    if gives_away(totals, total):
        total = HIDDEN
    return [
        Heading(text=_("Where patients come from"), subtitle=f"{note}; {bound(f'n = {count_words(total, _)}')}"),
        Grid(columns=columns, rows=tuple(rows), pitch=5.2, name="catchment"),
    ]


def guests_blocks(event: PaperEvent, _: Language) -> list[Block]:
    """Who is invited and what they answered, or once the meeting is over who came; for the office."""
    guests = [guest for guest in event.guests if guest.house or guest.name]
    if not guests:
        return []
    is_told = is_attendance_told(event)
    rows = tuple(
        Row(
            cells=(
                guest.house or _("visitor"),
                guest.name or MISSING,
                guest.position or MISSING,
                (_came(guest, _) if is_told else _answered(guest, _),),
            )
        )
        for guest in guests
    )
    columns = (
        Column(head=_("Organisation"), width=56), Column(head=_("Person"), width=42),
        Column(head=_("Position"), width=40), Column(head=_("Who came") if is_told else _("Answer"), width=36),
    )  # fmt: skip
    return [Heading(text=_("Guests")), Grid(columns=columns, rows=rows, hairlines=True, name="guests")]


def is_attendance_told(event: PaperEvent) -> bool:
    """Whether the meeting is over and its arrivals were written down; without one nobody can be said to be missed."""
    today = local(event.as_of, event.office.zone).date()
    return event.ends_on < today and any(guest.is_there for guest in event.guests)


def _came(guest: PaperGuest, _: Language) -> CellLine:
    if not guest.is_there:
        return CellLine(words=_("did not come"), shape=Shape.MISSING)
    if guest.state is GuestState.WALK_IN:
        return CellLine(words=_(guest.state.label), shape=Shape.DONE)
    return CellLine(words=_("came"), shape=Shape.DONE)


_ANSWERS = {
    GuestState.INVITED: Shape.COMING, GuestState.COMING: Shape.DONE, GuestState.NOT_COMING: Shape.MISSING,
    GuestState.WALK_IN: Shape.DONE,
}  # fmt: skip


def _answered(guest: PaperGuest, _: Language) -> CellLine:
    if guest.is_there:
        return CellLine(words=_("has come"), shape=Shape.DONE)
    return CellLine(words=_(guest.state.label), shape=_ANSWERS[guest.state])


def permits_blocks(event: PaperEvent, _: Language) -> list[Block]:
    """The checklist of permits, what is missing first."""
    if not event.permits:
        return []
    done = (PermitState.GRANTED, PermitState.NOT_NEEDED)
    items = []
    for permit in sorted(event.permits, key=lambda p: p.state in done):
        parts = [_(permit.state.label), permit.authority, permit.reference]
        if permit.due_on is not None and permit.state not in done:
            parts.append(_.formats.date(permit.due_on))
        text = permit.note if permit.kind.value == "OTHER" and permit.note else _(permit.kind.label)
        items.append(
            ChecklistItem(text=text, there=permit.state in done, remark=", ".join(part for part in parts if part))
        )
    warned = _("An event without its permits can be closed by the city. Nobody is examined at the venue.")
    return [Heading(text=_("Permits")), Checklist(items=tuple(items)), Note(words=warned)]


def lines_to_write(_: Language, count: int = 5) -> list[Block]:
    """Empty lines for promises, for whoever writes by hand."""
    return [
        Heading(text=_("Promised today")),
        Text(words=_("What, who, and by which day"), small=True),
        Ruled(labels=tuple(f"{n}." for n in range(1, count + 1))),
    ]
