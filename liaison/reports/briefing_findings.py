"""Sentences that the safe figures of a briefing say by themselves: headlines and findings."""

from __future__ import annotations

from liaison.domain.privacy import PublicCount
from liaison.i18n import N_, Language
from liaison.reports import disease_groups
from liaison.reports.blocks import Finding
from liaison.reports.briefing_public import (
    PublicCategory,
    amounts,
    categories,
    pair,
    part_of,
    percent,
    spread,
    spreads,
)
from liaison.reports.briefing_view import OTHER_PLACES, REASON_OTHER, STATE_PAID, TARGET_HOURS, Clock, Sample
from liaison.reports.briefing_words import (
    Ground,
    amount_words,
    count_words,
    decimal_words,
    form_of,
    lower_first,
    place_words,
)
from liaison.reports.text import emphasised

DEMAND, SPEED = "demand", "speed"
MOST_FINDINGS = 3

NAMELESS = (disease_groups.OTHER, disease_groups.NOT_STATED)


def group_categories(ground: Ground) -> tuple[PublicCategory, ...]:
    """Groups of diseases as they may be shown."""
    return categories(ground.city.groups, other=disease_groups.OTHER, compare=ground.compare, most=7, is_sensitive=True)


def place_categories(ground: Ground) -> tuple[PublicCategory, ...]:
    """Places of treatment as they may be shown."""
    return categories(ground.city.places, other=OTHER_PLACES, compare=ground.compare, most=6)


def named(found: tuple[PublicCategory, ...], *, without: tuple[str, ...]) -> list[PublicCategory]:
    """Categories that have a name and a figure that is not hidden."""
    return [one for one in found if one.key not in without and one.count.now.value]


# headlines


def headline(ground: Ground) -> str:
    """The message of page 1."""
    _, city = ground.language, ground.city
    people = pair(city.people, compare=ground.compare)
    name, figure = city.city.name, count_words(people.now, _)
    now, before = spreads(city.clocks.get(Clock.FIRST_LETTER, (Sample(), Sample())))
    if people.now.value is None:
        return _("{city}: {people} people in twelve months, too few to show more", city=name, people=figure)
    if ground.is_claims:
        return _claims_headline(ground, figure)
    if now and before and now.median != before.median:
        change = abs(round(now.median - before.median, 1))
        values: dict[str, object] = {"city": name, "people": figure, "hours": decimal_words(change, _)}
        return (
            _.plural(
                "{city}: {people} people in twelve months, first letters {hours} hour faster than the year before",
                "{city}: {people} people in twelve months, first letters {hours} hours faster than the year before",
                form_of(change), **values,
            )
            if now.median < before.median
            else _.plural(
                "{city}: {people} people in twelve months, first letters {hours} hour slower than the year before",
                "{city}: {people} people in twelve months, first letters {hours} hours slower than the year before",
                form_of(change), **values,
            )
        )  # fmt: skip
    if people.change:
        more = _.formats.number(abs(people.change))
        if people.change > 0:
            return _(
                "{city}: {people} people in twelve months, {more} more than the year before",
                city=name,
                people=figure,
                more=more,
            )
        return _(
            "{city}: {people} people in twelve months, {more} fewer than the year before",
            city=name,
            people=figure,
            more=more,
        )
    if now:
        median = decimal_words(now.median, _)
        return _.plural(
            "{city}: {people} people in twelve months, half of first letters within {hours} working hour",
            "{city}: {people} people in twelve months, half of first letters within {hours} working hours",
            form_of(now.median),
            city=name,
            people=figure,
            hours=median,
        )
    return _("{city}: {people} people in twelve months", city=name, people=figure)


def _claims_headline(ground: Ground, figure: str) -> str:
    _, city = ground.language, ground.city
    shown, _whole = part_of(city.rejected, city.people)
    if shown.value:
        return _(
            "{city}: {people} people with claims in twelve months, {rejected} of them with a rejected one",
            city=city.city.name,
            people=figure,
            rejected=count_words(shown, _),
        )
    return _("{city}: {people} people with claims in twelve months", city=city.city.name, people=figure)


def demand_headline(ground: Ground) -> str:
    """The message of page 2."""
    _ = ground.language
    total = pair(ground.city.people, compare=False).now
    groups = named(group_categories(ground), without=NAMELESS)
    places = named(place_categories(ground), without=(OTHER_PLACES,))
    if not groups or total.value is None:
        return _("{people} people: too few to show what they travel for", people=count_words(total, _))
    first = _two_groups(groups, total, _)
    share = percent(places[0].count.now, total) if places else None
    if share is None:
        return first
    return _("{groups}; {share}% go to {place}", groups=first, share=share, place=place_words(places[0].key, _))


def _two_groups(groups: list[PublicCategory], total: PublicCount, _: Language) -> str:
    if len(groups) == 1:
        return _(
            "{group}: {part} of {total} people",
            group=_(groups[0].key),
            part=count_words(groups[0].count.now, _),
            total=count_words(total, _),
        )
    return _(
        "{first}: {one} of {total} people, {second}: {two}",
        first=_(groups[0].key),
        one=count_words(groups[0].count.now, _),
        second=lower_first(_(groups[1].key)),
        two=count_words(groups[1].count.now, _),
        total=count_words(total, _),
    )


def speed_headline(ground: Ground) -> str:
    """The message of page 3."""
    _, city = ground.language, ground.city
    if ground.is_claims:
        return _money_headline(ground)
    now = spread(city.clocks.get(Clock.FIRST_LETTER, (Sample(), Sample()))[0])
    late, whole = part_of(city.late, city.with_letter)
    if now is None:
        return _("First letters: {count} people, too few to show how long they took", count=count_words(whole, _))
    hours = decimal_words(now.median, _)
    if late.value:
        waited, everybody = count_words(late, _), count_words(whole, _)
        return _.plural(
            "Half of first letters arrive within {hours} working hour; "
            "{late} of {whole} people waited longer than {target} hours",
            "Half of first letters arrive within {hours} working hours; "
            "{late} of {whole} people waited longer than {target} hours",
            form_of(now.median),
            hours=hours,
            late=waited,
            whole=everybody,
            target=TARGET_HOURS[Clock.FIRST_LETTER],
        )
    return _.plural(
        "Half of first letters arrive within {hours} working hour",
        "Half of first letters arrive within {hours} working hours",
        form_of(now.median),
        hours=hours,
    )


def _money_headline(ground: Ground) -> str:
    _, city, currency = ground.language, ground.city, ground.view.currency
    bills = amounts(city.bills[0])
    paid, whole = part_of(city.states.get(STATE_PAID, (0, 0)), city.people)
    if bills is None:
        return _("Claims of {count} people: too few to show amounts", count=count_words(whole, _))
    if paid.value:
        return _(
            "Half of the claims are {amount} or less; {paid} of {whole} people have been paid",
            amount=amount_words(bills.median, currency, _),
            paid=count_words(paid, _),
            whole=count_words(whole, _),
        )
    return _("Half of the claims are {amount} or less", amount=amount_words(bills.median, currency, _))


# findings


def findings(ground: Ground) -> tuple[Finding, ...]:
    """At most three findings, each in one or two sentences with its figures and the page that shows it."""
    makers = (
        (_groups_finding, _claims_state_finding, _stay_finding, _place_finding, _bill_finding)
        if ground.is_claims
        else (_groups_finding, _letter_finding, _late_finding, _place_finding, _at_home_finding, _stay_finding)
    )
    found = [finding for finding in (maker(ground) for maker in makers) if finding is not None]
    if not found:
        words = ground.language("Too few people in twelve months to find anything: figures of 1 to 7 stay hidden.")
        return (Finding(words=words, anchor=DEMAND),)
    return tuple(found[:MOST_FINDINGS])


def _groups_finding(ground: Ground) -> Finding | None:
    _ = ground.language
    total = pair(ground.city.people, compare=False).now
    groups = named(group_categories(ground), without=NAMELESS)
    if not groups or total.value is None:
        return None
    figure = _("{part} of {whole} people", part=count_words(groups[0].count.now, _), whole=count_words(total, _))
    if len(groups) == 1:
        return Finding(
            words=emphasised(_("{group} leads: {figure}.", group=_(groups[0].key), figure=figure), figure),
            anchor=DEMAND,
        )
    growth = groups[0].count.change or 0
    values: dict[str, object] = {
        "first": _(groups[0].key),
        "figure": figure,
        "second": lower_first(_(groups[1].key)),
        "part": count_words(groups[1].count.now, _),
        "more": _.formats.number(abs(growth)),
    }
    if growth > 0:
        words = N_("{first} leads with {figure}, {more} more than the year before; {second} follows with {part}.")
    elif growth < 0:
        words = N_("{first} leads with {figure}, {more} fewer than the year before; {second} follows with {part}.")
    else:
        words = N_("{first} leads with {figure}; {second} follows with {part}.")
    return Finding(words=emphasised(_(words, **values), figure), anchor=DEMAND)


def _letter_finding(ground: Ground) -> Finding | None:
    _ = ground.language
    now = spread(ground.city.clocks.get(Clock.FIRST_LETTER, (Sample(), Sample()))[0])
    if now is None:
        return None
    median = decimal_words(now.median, _)
    hours = _.plural("{hours} working hour", "{hours} working hours", form_of(now.median), hours=median)
    sentence = _(
        "Half of first letters arrive within {hours}. One in four takes more than {high} hours.",
        hours=hours,
        high=decimal_words(now.high, _),
    )
    return Finding(words=emphasised(sentence, hours), anchor=SPEED)


def _late_finding(ground: Ground) -> Finding | None:
    _, city = ground.language, ground.city
    late, whole = part_of(city.late, city.with_letter)
    reasons = [r for r in late_categories(ground) if r.count.now.value and r.key != REASON_OTHER]
    if not late.value or not reasons:
        return None
    figure = _("{part} of {whole} people", part=count_words(late, _), whole=count_words(whole, _))
    sentence = _(
        "{figure} waited longer than {target} hours for the first letter. Most common: {reason}.",
        figure=figure,
        target=TARGET_HOURS[Clock.FIRST_LETTER],
        reason=lower_first(_(reasons[0].key)),
    )
    return Finding(words=emphasised(sentence, figure), anchor=SPEED)


def late_categories(ground: Ground) -> tuple[PublicCategory, ...]:
    """Reasons of late letters as they may be shown; this year's alone where the year before would hide them all."""
    reasons = ground.city.late_reasons
    found = categories(reasons, other=REASON_OTHER, compare=ground.compare, most=5)
    if ground.compare and all(one.key == REASON_OTHER for one in found):
        return categories(reasons, other=REASON_OTHER, compare=False, most=5)
    return found


def _place_finding(ground: Ground) -> Finding | None:
    _ = ground.language
    total = pair(ground.city.people, compare=False).now
    places = named(place_categories(ground), without=(OTHER_PLACES,))
    if not places or total.value is None:
        return None
    figure = _("{part} of {whole} people", part=count_words(places[0].count.now, _), whole=count_words(total, _))
    sentence = _("{place} receives {figure}.", place=place_words(places[0].key, _), figure=figure)
    if len(places) > 1:
        sentence += " " + _(
            "{place} follows with {part}.",
            place=place_words(places[1].key, _),
            part=count_words(places[1].count.now, _),
        )
    return Finding(words=emphasised(sentence, figure), anchor=DEMAND)


def _at_home_finding(ground: Ground) -> Finding | None:
    _, city = ground.language, ground.city
    shown, whole = part_of(city.at_home, city.people)
    if not shown.value:
        return None
    figure = _("{part} of {whole} people", part=count_words(shown, _), whole=count_words(whole, _))
    return Finding(
        words=emphasised(_("{figure} were answered at home and did not travel.", figure=figure), figure), anchor=DEMAND
    )


def _stay_finding(ground: Ground) -> Finding | None:
    _ = ground.language
    now = spread(ground.city.stay[0])
    if now is None:
        return None
    median = decimal_words(now.median, _)
    days = _.plural("{days} day", "{days} days", form_of(now.median), days=median)
    sentence = _("Half of the stays last {days} or less.", days=days)
    if now.high > now.median:
        sentence += " " + _("One in four is longer than {high} days.", high=decimal_words(now.high, _))
    return Finding(words=emphasised(sentence, days), anchor=DEMAND)


def _claims_state_finding(ground: Ground) -> Finding | None:
    _, city = ground.language, ground.city
    pending, whole = part_of(city.pending, city.people)
    rejected, _whole = part_of(city.rejected, city.people)
    if not pending.value and not rejected.value:
        return None
    figure = _(
        "{part} of {whole} people",
        part=count_words(pending if pending.value else rejected, _),
        whole=count_words(whole, _),
    )
    if not pending.value:
        return Finding(words=emphasised(_("{figure} had a claim rejected.", figure=figure), figure), anchor=SPEED)
    sentence = _("{figure} wait for a document to be sent.", figure=figure)
    if rejected.value:
        sentence += " " + _("{figure} had a claim rejected.", figure=count_words(rejected, _))
    return Finding(words=emphasised(sentence, figure), anchor=SPEED)


def _bill_finding(ground: Ground) -> Finding | None:
    _ = ground.language
    now = amounts(ground.city.bills[0])
    if now is None:
        return None
    amount = amount_words(now.median, ground.view.currency, _)
    sentence = _("Half of the claims are {amount} or less. One in four is above {high}.",
                 amount=amount, high=amount_words(now.high, ground.view.currency, _))  # fmt: skip
    return Finding(words=emphasised(sentence, amount), anchor=SPEED)
