"""A briefing of a city with few people: what there is in one table, and in a sentence what is withheld and why.

A part without a chart has no page of its own. Its figures are the same, safe ones; what is named as withheld follows
from what is not printed, so that the shape of the paper tells nothing more.
"""

from __future__ import annotations

from liaison.domain.privacy import PublicCount
from liaison.i18n import Language
from liaison.reports.blocks import Align, Block, Column, Grid, Heading, Note, Row, Space, Text
from liaison.reports.briefing_findings import (
    DEMAND,
    NAMELESS,
    SPEED,
    group_categories,
    late_categories,
    named,
    place_categories,
)
from liaison.reports.briefing_public import PublicCategory, amounts, categories, pair, part_of, spread, times
from liaison.reports.briefing_speed import OTHER_REASONS, OTHER_STATES, method, quality_lines
from liaison.reports.briefing_summary import cities_blocks, left_out_words, promises_blocks, requests_blocks
from liaison.reports.briefing_view import OTHER_PLACES, REASON_OTHER, Clock, Pair, Sample
from liaison.reports.briefing_words import ROUNDED_ALONE, Ground, count_words, lower_first, place_words
from liaison.reports.style import A4
from liaison.reports.wording import bound, sentences


def is_demand_thin(ground: Ground) -> bool:
    """Whether no chart of page 2 has anything to say: no months, no named group or place, no stay."""
    city = ground.city
    return not (
        times(city.opened, compare=ground.compare).parts
        or named(group_categories(ground), without=NAMELESS)
        or named(place_categories(ground), without=(OTHER_PLACES,))
        or any(spread(samples[0]) for group, samples in city.stays.items() if group not in NAMELESS)
    )


def is_speed_thin(ground: Ground) -> bool:
    """Whether no chart of page 3 has anything to say: no waiting time and no reason, or no state and no amount."""
    city = ground.city
    if ground.is_claims:
        return amounts(city.bills[0]) is None and not named(_states(ground), without=(OTHER_STATES,))
    waits = (city.clocks.get(clock, (Sample(), Sample()))[0] for clock in Clock)
    return not (
        any(spread(one) for one in waits)
        or named(late_categories(ground), without=(REASON_OTHER,))
        or (spread(city.before_noon) and spread(city.after_noon))
    )


def is_sparse(ground: Ground) -> bool:
    """Whether the whole briefing is one page: no chart, and no median among its key figures."""
    city = ground.city
    is_thin = is_demand_thin(ground) and is_speed_thin(ground)
    return is_thin and amounts(city.bills[0]) is None and not (ground.is_claims and spread(city.stay[0]))


# a page of its own


def sparse_headline(ground: Ground) -> str:
    """What can be said of a city with few people; a hidden number is told as what the rule says of it, in words."""
    _, view = ground.language, ground.view
    people = pair(ground.city.people, compare=ground.compare).now
    city, count = ground.city.city.name, len(view.promises)
    kept = sum(1 for promise in view.promises if promise.kept_on)
    more = bound(_.plural("{kept} of {count} promise kept", "{kept} of {count} promises kept", count, kept=kept))
    if people.held_back and people.is_star:  # says nothing of its size
        if view.promises:
            return _("{city}: {more}; the number of people in 12 months is withheld", city=city, more=more)
        return _("{city}: the number of people in 12 months is withheld", city=city)
    told = _people_words(people, ground)
    if view.promises:
        return _("{city}: {people} in 12 months, {more}", city=city, people=told, more=more)
    return _("{city}: {people} in 12 months, too few for finer figures", city=city, people=told)


def _people_words(people: PublicCount, ground: Ground) -> str:
    _ = ground.language
    if people.is_star:
        return _("fewer than {count} people", count=people.small + 1)
    figure = count_words(people, _)
    return _("{count} people with claims", count=figure) if ground.is_claims else _("{count} people", count=figure)


def sparse_blocks(ground: Ground) -> list[Block]:
    """Everything under the headline of a briefing that is one page."""
    _ = ground.language
    rows = [_people_row(ground), *demand_rows(ground), *speed_rows(ground)]
    return [
        Heading(text=_("Figures")),
        *_table(rows, ground),
        Note(words=sentences(_(ROUNDED_ALONE), left_out_words(ground))),
        Heading(text=_("What is withheld, and why")),
        Text(words=withheld_words(ground, _all_names(ground))),
        *requests_blocks(ground),
        *promises_blocks(ground),
        *cities_blocks(ground),
        method(ground),
    ]


# a part without a page of its own


def thin_demand(ground: Ground) -> list[Block]:
    """What page 2 would hold, at the end of another page."""
    _ = ground.language
    return [
        Heading(text=_("Demand"), anchor=DEMAND),
        Text(words=withheld_words(ground, _demand_names(_))),
        Space(height=1.8),
        *_table(_merged_rows(ground), ground),
    ]


def thin_speed(ground: Ground) -> list[Block]:
    """What page 3 would hold, at the end of another page."""
    _ = ground.language
    head = _("Claims and money") if ground.is_claims else _("Speed and quality")
    return [
        Heading(text=head, anchor=SPEED),
        Text(words=withheld_words(ground, _speed_names(ground))),
        Space(height=1.8),
        *_table(speed_rows(ground), ground),
    ]


def withheld_words(ground: Ground, names: tuple[str, ...]) -> str:
    """What is not shown, and by which rule: without it a reader takes the gaps for carelessness."""
    _ = ground.language
    return sentences(
        _("Not shown: {names}.", names=", ".join(names)),
        _(
            "A count of 1 to 7 people is a star, and a median needs ten people, so that nobody can be recognised. Two "
            "stars hide any number that would give a small one away."
        ),
        _("These figures follow when there are more people."),
    )


def _demand_names(_: Language) -> tuple[str, ...]:
    return (_("people by month"), _("groups of diseases"), _("places of treatment"), _("days in hospital by group"))


def _all_names(ground: Ground) -> tuple[str, ...]:
    _ = ground.language
    return (*_demand_names(_), *_speed_names(ground), *(() if ground.is_claims else (_("hospital bills"),)))


def _speed_names(ground: Ground) -> tuple[str, ...]:
    _ = ground.language
    if ground.is_claims:
        return (_("states of claims"), _("reasons of rejection"), _("amounts"))
    return (_("waiting times"), _("reasons of late letters"))


# the table


def _table(rows: list[Row], ground: Ground) -> list[Block]:
    """Counts of persons, of how many, and a year earlier; a column that stays empty in every row is left out."""
    _ = ground.language
    if not rows:
        return []
    heads = (_("What is counted"), _("people"), _("of"), _("a year earlier"))
    kept = [0, 1, *(n for n in (2, 3) if any(row.cells[n] for row in rows))]
    numbers = tuple(Column(head=heads[n], width=30 if n == 3 else 18, align=Align.RIGHT) for n in kept[1:])
    first = Column(head=heads[0], width=A4.inner - sum(column.width for column in numbers))
    told = tuple(Row(cells=tuple(row.cells[n] for n in kept)) for row in rows)
    return [Grid(columns=(first, *numbers), rows=told, pitch=5.2, name="few")]


def _row(label: str, now: PublicCount, before: PublicCount | None, ground: Ground, *, of: PublicCount | None) -> Row:
    _ = ground.language
    whole = count_words(of, _) if of is not None else ""
    return Row(cells=(label, count_words(now, _), whole, count_words(before, _) if before is not None else ""))


def _people_row(ground: Ground) -> Row:
    _ = ground.language
    counts = pair(ground.city.people, compare=ground.compare)
    label = _("People with claims") if ground.is_claims else _("Journeys opened")
    return _row(label, counts.now, counts.before, ground, of=None)


def demand_rows(ground: Ground) -> list[Row]:
    """Groups and places, merged as they may be shown, and who was answered at home."""
    _, city = ground.language, ground.city
    rows = _merged_rows(ground)
    if not ground.is_claims:
        rows.append(_part_row(_("Answered at home, no travel"), city.at_home, city.people, ground))
    return rows


def _merged_rows(ground: Ground) -> list[Row]:
    _ = ground.language
    return [
        *_category_rows(_("What they travel for"), group_categories(ground), ground),
        *_category_rows(_("Where they go"), place_categories(ground), ground),
    ]


def speed_rows(ground: Ground) -> list[Row]:
    """Quality, or states and rejections, as they may be shown."""
    _, city = ground.language, ground.city
    if not ground.is_claims:
        return [_of_row(label, part, whole, ground) for label, part, whole in quality_lines(ground)]
    reasons = categories(city.rejections, other=OTHER_REASONS, compare=ground.compare, most=5, is_sensitive=True)
    return [
        *_category_rows(_("State in the lists"), _states(ground), ground),
        _part_row(_("With a rejected claim"), city.rejected, city.people, ground),
        *_category_rows(_("Why claims are rejected"), reasons, ground),
    ]


def _states(ground: Ground) -> tuple[PublicCategory, ...]:
    return categories(ground.city.states, other=OTHER_STATES, compare=ground.compare, most=6)


def _category_rows(what: str, found: tuple[PublicCategory, ...], ground: Ground) -> list[Row]:
    _ = ground.language
    return [_row(f"{what}: {_name(one.key, _)}", one.count.now, one.count.before, ground, of=None) for one in found]


def _name(key: str, _: Language) -> str:
    """A category after a colon: what was merged is no proper name."""
    words = place_words(key, _)
    return lower_first(words) if key in (*NAMELESS, OTHER_PLACES, OTHER_STATES, OTHER_REASONS) else words


def _part_row(label: str, part: Pair, whole: Pair, ground: Ground) -> Row:
    shown, total = part_of(part, whole)
    return _row(label, shown, pair(part, compare=ground.compare).before, ground, of=total)


def _of_row(label: str, part: Pair, whole: Pair, ground: Ground) -> Row:
    """A part of this year alone: the year before is printed nowhere."""
    shown, total = part_of(part, whole)
    return _row(label, shown, None, ground, of=total)
