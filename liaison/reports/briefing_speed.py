"""Page 3 of a city briefing: how fast letters come and why not, and quality; from claim lists, states and money."""

from __future__ import annotations

from liaison.domain.privacy import public_count
from liaison.i18n import N_
from liaison.reports.blocks import Align, Block, Column, Columns, Drawing, Grid, Heading, Note, Row, Text
from liaison.reports.briefing_demand import BAR_ROOM, bars_of
from liaison.reports.briefing_findings import SPEED, late_categories
from liaison.reports.briefing_public import PublicCategory, PublicSpread, amounts, categories, part_of, spread, spreads
from liaison.reports.briefing_view import REASON_OTHER, TARGET_HOURS, CityFigures, Clock, Pair, Sample
from liaison.reports.briefing_words import (
    ROUNDED_ALONE,
    Ground,
    amount_words,
    change_words,
    count_words,
    decimal_words,
    digits_of,
    dot,
    height,
    n_words,
    nice_maximum,
    reach,
    subtitle,
    tick_words,
    ticks_to,
)
from liaison.reports.charts import HIDDEN, Bar, Bars, Dot, Dots, Panel, Panels

CLOCK_WORDS = {
    Clock.FIRST_LETTER: N_("First letter"),
    Clock.TOP_UP: N_("Top-up letter"),
    Clock.FINAL_LETTER: N_("Final letter at discharge"),
    Clock.OUR_ANSWER: N_("Our answer to a query"),
}
REASON_ROOM = 34.0
OTHER_REASONS = N_("Other reasons")
OTHER_STATES = N_("Other states")


def speed_blocks(ground: Ground) -> list[Block]:
    """Everything under the headline of page 3."""
    if ground.is_claims:
        return [*_states(ground), *_bills(ground), *_currencies(ground), method(ground)]
    return [*_clocks(ground), *_panels(ground), _reasons_and_quality(ground), method(ground)]


# waiting times


def _clocks(ground: Ground) -> list[Block]:
    _, city = ground.language, ground.city
    rows: list[tuple[Clock, PublicSpread, PublicSpread | None]] = []
    for clock in Clock:
        now, before = spreads(city.clocks.get(clock, (Sample(), Sample())))
        if now is not None:
            rows.append((clock, now, before if ground.compare else None))
    if not rows:
        words = _("No step has ten people with both times on record.")
        return [Heading(text=_("Waiting times"), anchor=SPEED), Text(words=words)]
    missed = sum(1 for clock, now, _before in rows if now.median > TARGET_HOURS[clock])
    head = _.plural(
        "{count} of {steps} steps misses its target", "{count} of {steps} steps miss their target", missed,
        steps=len(rows),
    )  # fmt: skip
    if not missed:
        head = _("All {count} steps keep their target", count=len(rows))
    people = public_count(city.with_letter[0])
    line = subtitle(
        _("Working hours, median (dot), middle half (bar), insurers pooled"),
        _("light dot = previous year") if ground.compare else "",
        _("upright line = target, not law"),
        n_words(people, _),
    )
    ticks = ticks_to(max(max(reach(now, before), TARGET_HOURS[clock]) for clock, now, before in rows))
    digits = digits_of(one for _clock, now, before in rows for one in (now, before))
    dots = tuple(
        dot(
            _(CLOCK_WORDS[clock]),
            now,
            before,
            _,
            target=TARGET_HOURS[clock],
            with_target=True,
            focus=number == 0,
            digits=digits,
        )
        for number, (clock, now, before) in enumerate(rows)
    )
    chart = Dots(
        dots=dots,
        ticks=ticks,
        tick_words=tick_words(ticks, _),
        heads=(_("target"), _("median"), _("previous"), "n"),
        strong_cell=1,
        pitch=9.2,
    )
    return [Heading(text=head, subtitle=line, anchor=SPEED), Drawing(chart=chart)]


def _panels(ground: Ground) -> list[Block]:
    _, view = ground.language, ground.view
    ordered = sorted(view.cities, key=lambda one: one.city != view.city.city)
    medians = {one.city.code: _quarter_medians(one, ground) for one in ordered}
    shown = [one for one in ordered if sum(value is not None for value in medians[one.city.code][1]) >= 3]
    if view.city not in shown:
        return []
    target = TARGET_HOURS[Clock.FIRST_LETTER]
    top = nice_maximum([target * 1.25, *(value for one in shown for year in medians[one.city.code] for value in year)])
    panels = tuple(_panel(one, medians[one.city.code], ground) for one in shown)
    own = medians[view.city.city.code][1][-1]
    head = _("First letter by quarter: {city} now at {hours} hours", city=view.city.city.name,
             hours=decimal_words(own, _) if own is not None else HIDDEN)  # fmt: skip
    people = ", ".join(count_words(public_count(one.with_letter[0]), _) for one in shown)
    line = subtitle(
        _("Median working hours, one scale"),
        _("light = the year before") if ground.compare else "",
        _("thin line = target {target}", target=target),
        _("n = {people} people", people=people),
    )
    chart = Panels(panels=panels, maximum=top, target=target)
    return [Heading(text=head, subtitle=line), Drawing(chart=chart)]


def _quarter_medians(one: CityFigures, ground: Ground) -> tuple[tuple[float | None, ...], tuple[float | None, ...]]:
    """The year before, then this year."""
    now, before = one.first_letters or ((), ())
    this_year = tuple(_median(spread(sample)) for sample in now)
    return (tuple(_median(spread(sample)) for sample in before) if ground.compare else ()), this_year


def _median(one: PublicSpread | None) -> float | None:
    return one.median if one else None


def _panel(
    one: CityFigures, medians: tuple[tuple[float | None, ...], tuple[float | None, ...]], ground: Ground
) -> Panel:
    _, year = ground.language, ground.view.year
    before, now = medians
    label = [decimal_words(value, _) if value is not None else HIDDEN for value in (*before[:1], *before[-1:], now[-1])]
    labels = (label[0], label[1], label[2]) if before else ("", "", label[-1])
    first = f"{year.before().start.year}/{str(year.before().end.year)[-2:]}" if before else ""
    second = f"{year.start.year}/{str(year.end.year)[-2:]}"
    return Panel(
        title=one.city.name,
        previous=before or (),
        values=now,
        labels=labels,
        words=(first, second),
        focus=one.city == ground.city.city,
    )


# reasons, noon, quality


def _reasons_and_quality(ground: Ground) -> Columns:
    return Columns(left=_reasons(ground), right=(*_noon(ground), *_quality(ground)), split=7)


def _reasons(ground: Ground) -> tuple[Block, ...]:
    _, city = ground.language, ground.city
    found = late_categories(ground)
    late, _whole = part_of(city.late, city.with_letter)
    head = _("Why letters are late")
    if not found or late.value is None:
        return (Heading(text=head), Text(words=_("Too few late letters to show their reasons.")))
    if len(found) == 1 and (found[0].key == REASON_OTHER or found[0].count.now.value is None):
        return (Heading(text=head), Text(words=_only_reason(found[0], ground)))
    if found[0].count.now.value and found[0].key != REASON_OTHER:
        head = _(
            "{reason}: {count} of {whole}",
            reason=_(found[0].key),
            count=count_words(found[0].count.now, _),
            whole=count_words(late, _),
        )
    is_compared = any(one.count.before is not None for one in found)
    line = subtitle(
        _("Waited over {target} hours, main reason, people", target=TARGET_HOURS[Clock.FIRST_LETTER]),
        _("light = a year earlier") if is_compared else "",
        n_words(late, _),
    )
    top = max((height(c) or 0.0 for one in found for c in (one.count.now, one.count.before)), default=1.0)
    bars = tuple(
        Bar(
            label=_(one.key),
            value=height(one.count.now),
            shown=count_words(one.count.now, _),
            previous=height(one.count.before),
            previous_known=one.count.before is not None,
            change=change_words(one.count, _),
            focus=number == 0 and one.key != REASON_OTHER,
        )
        for number, one in enumerate(found)
    )
    chart = Bars(
        bars=bars,
        mm_per_unit=REASON_ROOM / max(top, 1.0),
        change_word=_("change") if is_compared else "",
        pitch=8.2,
        label_width=53.0,
    )
    return (Heading(text=head, subtitle=line), Drawing(chart=chart), Note(words=_(ROUNDED_ALONE)))


def _only_reason(one: PublicCategory, ground: Ground) -> str:
    """What a chart of a single bar would tell, as a sentence."""
    _ = ground.language
    count = count_words(one.count.now, _)
    if one.key != REASON_OTHER:
        return _("{name}: {count} people.", name=_(one.key), count=count)
    return _(
        "{count} people waited over {target} hours. Their reasons are not recorded, or each too rare to be named.",
        count=count, target=TARGET_HOURS[Clock.FIRST_LETTER],
    )  # fmt: skip


def _noon(ground: Ground) -> tuple[Block, ...]:
    _, city = ground.language, ground.city
    before, after = spread(city.before_noon), spread(city.after_noon)
    if before is None or after is None:
        return ()
    saved = round(after.median - before.median, 1)
    head = _("Before noon saves {hours} hours", hours=decimal_words(saved, _))
    if saved <= 0:
        head = _("{before} hours before noon, {after} after", before=decimal_words(before.median, _),
                 after=decimal_words(after.median, _))  # fmt: skip
    people = public_count(city.with_letter[0])
    line = subtitle(_("First letter by hour of request, working hours"), n_words(people, _))
    ticks = ticks_to(max(before.high, after.high))
    dots = (
        _noon_dot(_("before 12:00"), before, ground, focus=saved > 0),
        _noon_dot(_("after 12:00"), after, ground, focus=False),
    )
    chart = Dots(dots=dots, ticks=ticks, tick_words=tick_words(ticks, _), pitch=8.6, label_width=26.0)
    return (Heading(text=head, subtitle=line), Drawing(chart=chart))


def _noon_dot(label: str, one: PublicSpread, ground: Ground, *, focus: bool) -> Dot:
    words = decimal_words(one.median, ground.language)
    return Dot(label=label, median=one.median, low=one.low, high=one.high, label_above=words, focus=focus)


def _quality(ground: Ground) -> tuple[Block, ...]:
    _ = ground.language
    columns = (
        Column(head=_("People, 12 months"), width=41),
        Column(head=_("people"), width=13, align=Align.RIGHT),
        Column(head=_("of"), width=15.2, align=Align.RIGHT),
    )
    rows = []
    for label, part, whole in quality_lines(ground):
        shown, total = part_of(part, whole)
        rows.append(Row(cells=(label, count_words(shown, _), count_words(total, _))))
    return (Heading(text=_("Quality")), Grid(columns=columns, rows=tuple(rows), pitch=5.2, name="quality"))


def quality_lines(ground: Ground) -> tuple[tuple[str, Pair, Pair], ...]:
    """What tells of quality: persons, and of how many."""
    _, city = ground.language, ground.city
    return (
        (_("Back in hospital in 30 days"), city.came_back, city.discharged),
        (_("Letter withdrawn"), city.withdrawn, city.with_letter),
        (_("Bill above the estimate"), city.above_estimate, city.estimated),
    )


# claims


def _states(ground: Ground) -> list[Block]:
    _, city = ground.language, ground.city
    states = categories(city.states, other=OTHER_STATES, compare=ground.compare, most=6)
    people = public_count(city.people[0])
    if not states:
        return [Heading(text=_("How far the claims are"), anchor=SPEED), Text(words=_("No claim is on record."))]
    reasons = categories(city.rejections, other=OTHER_REASONS, compare=ground.compare, most=5, is_sensitive=True)
    top = max((height(c) or 0.0 for one in (*states, *reasons) for c in (one.count.now, one.count.before)), default=1.0)
    notation = _("light = a year earlier") if ground.compare else ""
    line = subtitle(_("State in the lists, people"), notation, n_words(people, _))
    left: tuple[Block, ...] = (
        Heading(text=_states_head(ground), subtitle=line, anchor=SPEED),
        Drawing(chart=bars_of(ground, states, BAR_ROOM / max(top, 1.0), focus=set())),
    )
    rejected = public_count(city.rejected[0])
    right: tuple[Block, ...] = (
        Heading(
            text=_("Why claims are rejected"),
            subtitle=subtitle(_("Reason stated, people, same scale"), n_words(rejected, _)),
        ),
        Drawing(chart=bars_of(ground, reasons, BAR_ROOM / max(top, 1.0), focus=set())),
    )
    if not reasons:
        right = (Heading(text=_("Why claims are rejected")), Text(words=_("No rejected claim is on record.")))
    return [Columns(left=left, right=right)]


def _states_head(ground: Ground) -> str:
    _, city = ground.language, ground.city
    pending, whole = part_of(city.pending, city.people)
    if pending.value:
        return _(
            "{count} of {whole} people wait for a document", count=count_words(pending, _), whole=count_words(whole, _)
        )
    return _("How far the claims are")


def _bills(ground: Ground) -> list[Block]:
    _, city, currency = ground.language, ground.city, ground.view.currency
    rows: list[tuple[str, PublicSpread, PublicSpread | None]] = []
    for group, samples in city.bills_by_group.items():
        now = amounts(samples[0])
        if now is not None:
            rows.append((group, now, amounts(samples[1]) if ground.compare else None))
    all_now = amounts(city.bills[0])
    if all_now is None:
        words = _("Amounts are shown from ten people in three hospitals on; there are fewer.")
        return [Heading(text=_("Amounts")), Text(words=words)]
    rows.sort(key=lambda row: (-(row[1].people.value or 0), row[0]))
    rows = [(N_("All groups"), all_now, amounts(city.bills[1]) if ground.compare else None), *rows[:6]]
    head = _("Half of the claims are {amount} or less", amount=amount_words(all_now.median, currency, _))
    people = public_count(city.bills[0].people)
    line = subtitle(
        _("Billed in {currency}, median (dot) and middle half (bar), two digits", currency=currency),
        _("groups of at least 10 people"),
        n_words(people, _),
    )
    ticks = ticks_to(max(reach(now, before) for _key, now, before in rows))
    dots = tuple(dot(_(key), now, before, _, focus=number == 0) for number, (key, now, before) in enumerate(rows))
    chart = Dots(
        dots=dots, ticks=ticks, tick_words=tick_words(ticks, _), heads=(_("median"), _("previous"), "n"), strong_cell=0
    )
    return [Heading(text=head, subtitle=line), Drawing(chart=chart)]


def _currencies(ground: Ground) -> list[Block]:
    """Each currency for itself: two are never added."""
    _, city = ground.language, ground.city
    found = [(code, safe) for code, sample in city.bills_by_currency.items() if (safe := amounts(sample)) is not None]
    if len(found) < 2:
        return []
    found.sort(key=lambda one: (-(one[1].people.value or 0), one[0]))
    columns = (
        Column(head=_("Currency"), width=46),
        Column(head=_("people"), width=24, align=Align.RIGHT),
        Column(head=_("a quarter is at most"), width=34, align=Align.RIGHT),
        Column(head=_("half is at most"), width=35, align=Align.RIGHT),
        Column(head=_("three quarters are at most"), width=35, align=Align.RIGHT),
    )
    number = _.formats.number
    rows = tuple(
        Row(
            cells=(
                code,
                count_words(one.people, _),
                number(int(one.low)),
                number(int(one.median)),
                number(int(one.high)),
            )
        )
        for code, one in found
    )
    head = _("Claims come in {count} currencies", count=len(found))
    note = _("billed amount of a claim, two digits; from ten people in three hospitals on; never added up")
    return [Heading(text=head, note=note), Grid(columns=columns, rows=rows, pitch=5.2, name="currencies")]


# method


def method(ground: Ground) -> Note:
    """What was counted, and how."""
    _ = ground.language
    if ground.is_claims:
        return Note(
            words=_(
                "These figures come from claim lists only: they count people by the month of treatment, "
                "know no waiting times, and name no insurer."
            )
        )
    return Note(
        words=_(
            "Working hours: Monday to Friday 08:00 to 17:00 without public holidays; time in which the insurer waited "
            "for an answer is taken out. A journey counts in the month it was opened."
        )
    )
