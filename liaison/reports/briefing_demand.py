"""Page 2 of a city briefing: when people come, what for, where they go, how long they stay."""

from __future__ import annotations

import datetime as dt

from liaison.domain.privacy import PublicCount, public_count
from liaison.i18n import N_, upper_first
from liaison.reports import disease_groups
from liaison.reports.blocks import Block, Columns, Drawing, Heading, Note, Text
from liaison.reports.briefing_findings import (
    DEMAND,
    group_categories,
    named,
    place_categories,
)
from liaison.reports.briefing_public import PublicCategory, categories, pair, part_of, percent, spreads, times
from liaison.reports.briefing_view import OTHER_PLACES
from liaison.reports.briefing_words import (
    ROUNDED_ALONE,
    Ground,
    change_words,
    count_words,
    decimal_words,
    digits_of,
    dot,
    height,
    n_words,
    nice_maximum,
    place_words,
    reach,
    subtitle,
    tallest,
    tick_words,
    ticks_to,
)
from liaison.reports.charts import Bar, Bars, Dots, Month, Months
from liaison.reports.wording import bound, sentences

MOST_STAYS = 6

BAR_ROOM = 28.0
"""Millimetres that the longest bar of the pair may take, in whichever city it is."""

ROOM_FOR_EVENT = 1.25
"""An event's two lines stand over its column; without room above they would run into the subtitle."""

CLOSE_TO_TOP = 0.8
"""Groups from this share of the largest on stand in the colour of focus, two at most."""


def demand_blocks(ground: Ground) -> list[Block]:
    """Everything under the headline of page 2."""
    alone = Note(words=ground.language(ROUNDED_ALONE))
    return [*_months(ground), _groups_and_places(ground), alone, *_stays(ground)]


# when


def _months(ground: Ground) -> list[Block]:
    _, city = ground.language, ground.city
    shown = times(city.opened, compare=ground.compare)
    total = pair(city.people, compare=False).now
    measure = _("People with treatment") if ground.is_claims else _("Journeys opened, people")
    if not shown.parts:
        words = _("Too few people a month to draw the year: figures of 1 to 7 stay hidden.")
        return [
            Heading(text=_("{count} people in twelve months", count=count_words(total, _)), anchor=DEMAND),
            Text(words=words),
        ]
    part = {12: _("per month"), 4: _("per quarter"), 2: _("per half-year")}[shown.parts]
    notation = _("dark = last 12 months, light = a year earlier") if ground.compare else ""
    about = _("{measure} {part}, {city}", measure=measure, part=part, city=city.city.name)
    line = subtitle(about, notation, n_words(total, _))
    columns = _time_columns(ground, shown.now, shown.before)
    top = nice_maximum(
        [
            *(height(count) for count in (*shown.now, *shown.before)),
            *(ROOM_FOR_EVENT * (column.value or 0) for column in columns if column.event),
        ]
    )
    chart = Months(months=columns, maximum=top)
    return [Heading(text=_time_headline(ground, shown.now), subtitle=line, anchor=DEMAND), Drawing(chart=chart)]


def _time_headline(ground: Ground, now: tuple[PublicCount, ...]) -> str:
    _ = ground.language
    values = [count.value for count in now if count.value]
    if not values:
        return _("People over the year")
    per = {
        12: N_("{low} to {high} people a month"),
        4: N_("{low} to {high} people a quarter"),
        2: N_("{low} to {high} people a half-year"),
    }
    one = {
        12: N_("About {high} people a month"),
        4: N_("About {high} people a quarter"),
        2: N_("About {high} people a half-year"),
    }
    if min(values) == max(values):
        return _(one[len(now)], high=max(values))
    return _(per[len(now)], low=min(values), high=max(values))


def _time_columns(ground: Ground, now: tuple[PublicCount, ...], before: tuple[PublicCount, ...]) -> tuple[Month, ...]:
    _ = ground.language
    size = 12 // len(now)
    months = ground.view.year.months()
    festival = _festival(ground) if size == 1 else {}
    columns: list[Month] = []
    for number, count in enumerate(now):
        year, month = months[number * size]
        last_month = months[number * size + size - 1][1]
        label = _.formats.month(month, short=True)
        if size > 1:
            label = f"{label}–{_.formats.month(last_month, short=True)}"
        first_of_year = number == 0 or month == 1
        columns.append(
            Month(
                label=label,
                value=height(count),
                shown=count_words(count, _),
                previous=height(before[number]) if before else None,
                year=str(year) if first_of_year else "",
                event=festival.get((year, month), ()),
            )
        )
    return tuple(columns)


def _festival(ground: Ground) -> dict[tuple[int, int], tuple[str, ...]]:
    """The month of Eid with its days, since travel dips then."""
    import holidays

    year = ground.view.year
    calendar = holidays.country_holidays("ID", years=(year.start.year, year.end.year), language="en_US")
    days: dict[tuple[int, int], list[dt.date]] = {}
    for day, name in sorted(calendar.items()):
        if "eid al-fitr" in name.lower() and "joint" not in name.lower() and year.month_of(day) is not None:
            days.setdefault((day.year, day.month), []).append(day)
    _ = ground.language
    return {key: (_("Eid"), bound(f"{found[0].day}–{found[-1].day}")) for key, found in days.items()}


# what for, and where


def _groups_and_places(ground: Ground) -> Columns:
    scale = _shared_scale(ground)
    return Columns(left=_groups(ground, scale), right=_places(ground, scale))


def _shared_scale(ground: Ground) -> float:
    """Millimetres per person, one for both charts and all three cities."""
    shown = [
        count
        for one in ground.view.cities
        for counts, other in ((one.groups, disease_groups.OTHER), (one.places, OTHER_PLACES))
        for category in categories(counts, other=other, compare=ground.compare)
        for count in (category.count.now, category.count.before)
        if count is not None and count.value is not None
    ]
    return BAR_ROOM / max(1.0, height(tallest(shown)) or 0)


def bars_of(ground: Ground, found: tuple[PublicCategory, ...], scale: float, *, focus: set[str]) -> Bars:
    """Bars of categories with their changes."""
    _ = ground.language
    bars = tuple(
        Bar(
            label=upper_first(place_words(one.key, _)),
            value=height(one.count.now),
            shown=count_words(one.count.now, _),
            previous=height(one.count.before),
            previous_known=one.count.before is not None,
            change=change_words(one.count, _),
            focus=one.key in focus,
        )
        for one in found
    )
    return Bars(bars=bars, mm_per_unit=scale, change_word=_("change") if ground.compare else "")


def _groups(ground: Ground, scale: float) -> tuple[Block, ...]:
    _ = ground.language
    found = group_categories(ground)
    total = pair(ground.city.people, compare=False).now
    best = named(found, without=(disease_groups.OTHER, disease_groups.NOT_STATED))
    focus = {one.key for one in best[:2] if (one.count.now.value or 0) >= CLOSE_TO_TOP * (best[0].count.now.value or 1)}
    head = _("What they travel for")
    if best:
        head = _("{group}: {count} people", group=_(best[0].key), count=count_words(best[0].count.now, _))
    notation = _("light = a year earlier") if ground.compare else ""
    line = subtitle(_("Groups of diseases, people"), notation, n_words(total, _))
    if not found:
        return (Heading(text=head), Text(words=_("No diagnosis is on record.")))
    if len(found) == 1 and not best:
        return (Heading(text=head), Text(words=_alone(found[0], ground)))
    return (Heading(text=head, subtitle=line), Drawing(chart=bars_of(ground, found, scale, focus=focus)))


def _alone(one: PublicCategory, ground: Ground) -> str:
    """Everybody in one category: a chart of a single bar shows nothing that a sentence does not."""
    _ = ground.language
    name, count = upper_first(place_words(one.key, _)), count_words(one.count.now, _)
    said = _("{name}: {count} people.", name=name, count=count)
    if one.count.before is not None:
        before = count_words(one.count.before, _)
        said = _("{name}: {count} people, a year earlier {before}.", name=name, count=count, before=before)
    is_merged = one.key in (disease_groups.OTHER, OTHER_PLACES)
    return sentences(said, _("Each of them alone is too small to be named.") if is_merged else "")


def _places(ground: Ground, scale: float) -> tuple[Block, ...]:
    _, city = ground.language, ground.city
    found = place_categories(ground)
    total = pair(city.people, compare=False).now
    best = named(found, without=(OTHER_PLACES,))
    head = _("Where they go")
    if best:
        share, name = percent(best[0].count.now, total), place_words(best[0].key, _)
        head = (
            _("{share}% go to {place}", share=share, place=name)
            if share is not None
            else _("{place}: {count} people", place=name, count=count_words(best[0].count.now, _))
        )
    line = subtitle(_("Place of treatment, people, same scale"), n_words(total, _))
    is_drawn = len(found) > 1 or bool(best)
    blocks: list[Block] = [Heading(text=head, subtitle=line) if is_drawn else Heading(text=head)]
    if is_drawn:
        blocks.append(Drawing(chart=bars_of(ground, found, scale, focus={best[0].key} if best else set())))
    else:
        words = _alone(found[0], ground) if found else _("No place of treatment is on record.")
        blocks.append(Text(words=words))
    at_home, _whole = part_of(city.at_home, city.people)
    if at_home.value and not ground.is_claims:
        words = _(
            "{count} people were answered without travelling; they are not in this chart.",
            count=count_words(at_home, _),
        )
        blocks.append(Note(words=words))
    return tuple(blocks)


# how long


def _stays(ground: Ground) -> list[Block]:
    _, city = ground.language, ground.city
    rows = []
    for group, samples in city.stays.items():
        now, before = spreads(samples)
        if now is not None and group not in (disease_groups.OTHER, disease_groups.NOT_STATED):
            rows.append((group, now, before if ground.compare else None))
    if not rows:
        return [
            Heading(text=_("Days in hospital")),
            Text(words=_("No group has ten people with both dates on record.")),
        ]
    rows.sort(key=lambda row: (-(row[1].people.value or 0), row[0]))
    rows = rows[:MOST_STAYS]
    group, now, _before = rows[0]
    head = _("{group}: half of the stays end by day {median}", group=_(group), median=decimal_words(now.median, _))
    if now.high > now.median:  # else "longer than" would not be true
        head = _(
            "{group}: half of the stays end by day {median}; one in four is longer than {high} days",
            group=_(group),
            median=decimal_words(now.median, _),
            high=decimal_words(now.high, _),
        )
    people = public_count(city.stay[0].people)
    line = subtitle(
        _("Days in hospital, median (dot) and middle half (bar), groups of at least 10 people"),
        _("light dot = previous year") if ground.compare else "",
        n_words(people, _),
    )
    ticks = ticks_to(max(reach(now, before) for _key, now, before in rows))
    digits = digits_of(one for _key, now, before in rows for one in (now, before))
    dots = tuple(
        dot(_(key), now, before, _, focus=number == 0, digits=digits) for number, (key, now, before) in enumerate(rows)
    )
    chart = Dots(
        dots=dots,
        ticks=ticks,
        tick_words=tick_words(ticks, _),
        heads=(_("median"), _("previous"), "n"),
        strong_cell=0,
    )
    return [Heading(text=head, subtitle=line), Drawing(chart=chart)]
