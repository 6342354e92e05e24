"""Page 1 of a city briefing: four key figures, three findings, what we ask for, promises, three cities on one scale."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Mapping

from liaison.domain.calendars import plus_months
from liaison.domain.money import Money
from liaison.domain.privacy import STAR, PublicCount, public_count
from liaison.i18n import Language
from liaison.i18n.formats import MISSING
from liaison.reports.blocks import (
    Block,
    CellLine,
    Column,
    Drawing,
    Finding,
    Findings,
    Grid,
    Heading,
    KeyFigure,
    KeyFigures,
    Note,
    Row,
    Shape,
    Text,
    Voice,
)
from liaison.reports.briefing_findings import findings
from liaison.reports.briefing_public import (
    PublicSpread,
    PublicTimes,
    amounts,
    pair,
    part_of,
    percent,
    quarter_or_half,
    spread,
    spreads,
)
from liaison.reports.briefing_view import Basis, CityFigures, Clock, Promise, Request, Sample, TimeCounts
from liaison.reports.briefing_words import (
    Ground,
    amount_words,
    count_words,
    decimal_words,
    form_of,
    height,
    million_words,
    n_words,
    nice_maximum,
    signed,
    tallest,
)
from liaison.reports.case_sections import rate_words
from liaison.reports.charts import Cities, CityRow, FigureColumns
from liaison.reports.wording import bound, sentences

PROMISES_BESIDE_CITIES = 4
"""So many promises fit on page 1 above the three cities."""


def summary_blocks(ground: Ground) -> list[Block]:
    """Everything under the headline of page 1."""
    _ = ground.language
    close = bool(ground.view.promises)
    figures = _key_figures(ground)
    note = _figures_note(ground, has_columns=any(figure.chart is not None for figure in figures.figures))
    blocks: list[Block] = [figures, *([Note(words=note)] if note else [])]
    found = findings(ground)
    blocks += _findings(found, close=close, language=_)
    if len(ground.view.promises) > PROMISES_BESIDE_CITIES:
        # A long table goes on over the page; three short rows alone on a page would look lost.
        return [*blocks, *cities_blocks(ground), *requests_blocks(ground), *promises_blocks(ground)]
    return [*blocks, *requests_blocks(ground), *promises_blocks(ground), *cities_blocks(ground)]


def _findings(found: tuple[Finding, ...], *, close: bool, language: Language) -> list[Block]:
    """Two or three side by side; one alone runs over the whole width instead of standing in a third of it."""
    _ = language
    if len(found) == 1:
        return [Heading(text=_("Finding"), close=close), Text(words=found[0].words)]
    head = _("Three findings") if len(found) == 3 else _("Findings")
    return [Heading(text=head, close=close), Findings(findings=found, page_word=_("page {page}"))]


# key figures


def _key_figures(ground: Ground) -> KeyFigures:
    last = (_stay_figure, _rejected_figure) if ground.is_claims else (_letter_figure, _at_home_figure)
    return KeyFigures(figures=(_people_figure(ground), last[0](ground), last[1](ground), _bill_figure(ground)))


def _people_figure(ground: Ground) -> KeyFigure:
    _, city = ground.language, ground.city
    counts = pair(city.people, compare=ground.compare)
    change = ""
    if counts.change is not None and counts.before is not None and counts.before.value:
        share = round(100 * counts.change / counts.before.value)
        change = f"{signed(counts.change, _)} ({signed(share, _)}%)" if counts.change else _("no change")
    parts = _columns(ground, lambda one: one.opened)
    return KeyFigure(
        label=_("People with claims") if ground.is_claims else _("Journeys opened"),
        value=count_words(counts.now, _),
        unit=_("people"),
        change=change,
        lines=(_before(counts.before, ground), _("counted as people")),
        chart=parts,
    )


def _before(count: PublicCount | None, ground: Ground) -> str:
    _ = ground.language
    return _("previous year {figure}", figure=count_words(count, _)) if count else _("no year before on record")


def _columns(ground: Ground, of: Callable[[CityFigures], tuple[TimeCounts, TimeCounts]]) -> FigureColumns | None:
    """Quarters or half-years of persons, on the scale of all three cities."""
    times = {one.city.code: quarter_or_half(of(one), compare=ground.compare) for one in ground.view.cities}
    own = times[ground.city.city.code]
    if not own.parts:
        return None
    shown = [count for one in times.values() if one.parts == own.parts for count in (*one.now, *one.before)]
    top = nice_maximum([height(tallest(shown))])
    return _times_columns(own, top, ground)


def _times_columns(own: PublicTimes, maximum: float, ground: Ground) -> FigureColumns:
    _ = ground.language
    return FigureColumns(
        previous=tuple(height(count) for count in own.before),
        values=tuple(height(count) for count in own.now),
        maximum=maximum,
        previous_shown=count_words(own.before[-1], _) if own.before else "",
        shown=count_words(own.now[-1], _),
        previous_word=_("previous") if own.before else "",
        word=_("last {count} quarters", count=4) if own.parts == 4 else _("{count} half-years", count=2),
    )


def _letter_figure(ground: Ground) -> KeyFigure:
    _ = ground.language
    now, before = spreads(ground.city.clocks.get(Clock.FIRST_LETTER, (Sample(), Sample())))
    label = _("First guarantee letter")
    if now is None:
        return _too_few(label, _("hours, median"), ground)
    change, line = "", _("no year before on record")
    if before is not None:
        figure = decimal_words(before.median, _)
        line = _.plural(
            "previous year {figure} hour", "previous year {figure} hours", form_of(before.median), figure=figure
        )
        change = _hours_change(round(now.median - before.median, 1), _)
    quarters = {one.city.code: one.first_letters for one in ground.view.cities}
    return KeyFigure(
        label=label,
        value=decimal_words(now.median, _),
        unit=_("hours, median"),
        change=change,
        lines=(line, n_words(now.people, _) + " " + _("people")),
        chart=_sample_columns(ground, quarters, decimal_words, spread),
    )


def _hours_change(change: float, _: Language) -> str:
    if change == 0:
        return _("no change")
    hours = signed(change, _)
    words = _.plural("{hours} hour", "{hours} hours", form_of(change), hours=hours)
    return _("{hours}, faster", hours=words) if change < 0 else _("{hours}, slower", hours=words)


def _stay_figure(ground: Ground) -> KeyFigure:
    _ = ground.language
    now, before = spreads(ground.city.stay)
    label = _("Days in hospital")
    if now is None:
        return _too_few(label, _("days, median"), ground)
    change, line = "", _("no year before on record")
    if before is not None:
        figure = decimal_words(before.median, _)
        line = _.plural(
            "previous year {figure} day", "previous year {figure} days", form_of(before.median), figure=figure
        )
        more = round(now.median - before.median, 1)
        days = signed(more, _)
        change = _.plural("{days} day", "{days} days", form_of(more), days=days)
    return KeyFigure(
        label=label,
        value=decimal_words(now.median, _),
        unit=_("days, median"),
        change=change,
        lines=(line, n_words(now.people, _) + " " + _("people")),
    )


def _at_home_figure(ground: Ground) -> KeyFigure:
    return _part_figure(
        ground,
        label=ground.language("Answered at home, no travel"),
        part=ground.city.at_home,
        chart=_columns(ground, lambda one: _halves_only(one.at_home_by_half)),
    )


def _halves_only(counts: tuple[TimeCounts, TimeCounts]) -> tuple[TimeCounts, TimeCounts]:
    """Counts of which only half-years are shown, in every city alike."""
    first, second = (TimeCounts(months=(0,) * 12, quarters=(0,) * 4, halves=one.halves) for one in counts)
    return first, second


def _rejected_figure(ground: Ground) -> KeyFigure:
    return _part_figure(ground, label=ground.language("With a rejected claim"), part=ground.city.rejected, chart=None)


def _part_figure(ground: Ground, *, label: str, part: tuple[int, int], chart: FigureColumns | None) -> KeyFigure:
    _ = ground.language
    shown, whole = part_of(part, ground.city.people)
    counts = pair(part, compare=ground.compare)
    share = percent(shown, whole)
    change = _("{change} people", change=signed(counts.change, _)) if counts.change is not None else ""
    return KeyFigure(
        label=label,
        value=count_words(shown, _),
        unit=_("of {whole} people", whole=count_words(whole, _)),
        change=_("no change") if counts.change == 0 else change,
        lines=(
            _before(counts.before, ground),
            _("{share}% of all", share=share) if share is not None else _("counted as people"),
        ),
        chart=chart,
    )


def _bill_figure(ground: Ground) -> KeyFigure:
    _, view = ground.language, ground.view
    now, before = amounts(ground.city.bills[0]), amounts(ground.city.bills[1])
    label = _("Claim, median") if ground.is_claims else _("Hospital bill, median")
    if now is None:
        return _too_few(label, view.currency, ground)
    change, line = "", _("no year before on record")
    if before is not None:
        difference = now.median - before.median
        share = round(100 * difference / before.median) if before.median else 0
        line = _("previous year {figure}", figure=amount_words(before.median, view.currency, _))
        change = f"{signed(difference, _)} {view.currency} ({signed(share, _)}%)" if difference else _("no change")
    quarters = {one.city.code: one.bills_by_quarter for one in view.cities}
    return KeyFigure(
        label=label,
        value=_.formats.number(int(now.median)),
        unit=view.currency,
        change=change,
        lines=(line, n_words(now.people, _) + " " + _("people")),
        chart=_sample_columns(ground, quarters, lambda value, language: language.formats.number(int(value)), amounts),
    )


def _sample_columns(
    ground: Ground,
    quarters: Mapping[str, tuple[tuple[Sample, ...], tuple[Sample, ...]]],
    words: Callable[[float, Language], str],
    safe: Callable[[Sample], PublicSpread | None],
) -> FigureColumns | None:
    """Medians by quarter on the scale of all three cities; quarters of too few people stay hidden."""
    _ = ground.language
    medians = {
        code: tuple(tuple(_median(safe(sample)) for sample in year) for year in years)
        for code, years in quarters.items()
    }
    now, before = medians[ground.city.city.code]
    if sum(value is None for value in now) > 1:
        return None
    before = before if ground.compare and any(value is not None for value in before) else ()
    last = now[-1]
    return FigureColumns(
        previous=before,
        values=now,
        maximum=nice_maximum(value for years in medians.values() for year in years for value in year),
        previous_shown=(words(before[-1], _) if before[-1] is not None else STAR) if before else "",
        shown=words(last, _) if last is not None else STAR,
        previous_word=_("previous") if before else "",
        word=_("last {count} quarters", count=4),
    )


def _median(one: PublicSpread | None) -> float | None:
    return one.median if one else None


def _too_few(label: str, unit: str, ground: Ground) -> KeyFigure:
    _ = ground.language
    return KeyFigure(
        label=label,
        value=MISSING,
        unit=unit,
        change=_("too few to show"),
        lines=(_("under {count}, or hidden", count=10), ""),
    )


def _figures_note(ground: Ground, *, has_columns: bool) -> str:
    _, view = ground.language, ground.view
    rate = ""
    now = amounts(ground.city.bills[0])
    if view.rate is not None and now is not None:
        rupiah = Money.of(str(int(now.median)), view.currency).times(view.rate.rate, "IDR")
        rate = _("{rate}; the median is {rupiah}.", rate=rate_words(view.rate, _), rupiah=million_words(rupiah, _))
    return sentences(
        _("Columns: quarters or half-years, one scale for all three city packs.") if has_columns else "",
        _("Amounts: only those in {currency}.", currency=view.currency) if view.currency and now is not None else "",
        rate,
        left_out_words(ground),
    )


def left_out_words(ground: Ground) -> str:
    """Who is not in the figures, and whether there is a year to compare with."""
    _, view = ground.language, ground.view
    out, only = public_count(view.left_out), public_count(view.only_claims)
    return sentences(
        _("Left out: {count} people whose origin is not stated.", count=count_words(out, _)) if view.left_out else "",
        _("Not counted: {count} people known from claim lists only.", count=count_words(only, _))
        if view.only_claims
        else "",
        "" if ground.compare else _("There are no records of the year before, so nothing is compared."),
    )


# requests and promises


def requests_blocks(ground: Ground) -> list[Block]:
    """What the office asks for: its own words, else what the figures suggest."""
    _ = ground.language
    requests = ground.view.requests or own_requests(ground)
    pitch = 5.5 if ground.view.promises else 6.2  # with promises the page is full
    columns = (
        Column(head="", width=7),
        Column(head=_("Who"), width=36),
        Column(head=_("What"), width=109),
        Column(head=_("By when"), width=22),
    )
    rows = tuple(
        Row(cells=(str(number), request.who, request.what, _.formats.date(request.by)))
        for number, request in enumerate(requests, 1)
    )
    return [
        Heading(text=_("What we ask for"), close=bool(ground.view.promises)),
        Grid(columns=columns, rows=rows, pitch=pitch, hairlines=True, name="requests"),
    ]


def own_requests(ground: Ground) -> tuple[Request, ...]:
    """Three requests that the figures themselves suggest, where the officer wrote none."""
    _, city = ground.language, ground.city
    soon, later = (end_of_month(ground.view.as_of.date(), months) for months in (1, 2))
    insurers, hospitals = _("All insurers"), _("All hospitals")
    wanted: list[Request] = []
    if ground.is_claims:
        if city.pending[0]:
            wanted.append(
                Request(who=insurers, what=_("Name every missing document in one message, at the first query"), by=soon)
            )
        if city.rejected[0]:
            wanted.append(Request(who=insurers, what=_("State the reason code with every rejected claim"), by=soon))
        wanted.append(
            Request(who=hospitals, what=_("Write the policy number and the passport name on every bill"), by=later)
        )
        wanted.append(
            Request(who=insurers, what=_("Send the claim list every quarter, with status and decision date"), by=later)
        )
    else:
        before, after = spread(city.before_noon), spread(city.after_noon)
        if before and after and after.median - before.median >= 1:
            wanted.append(Request(who=hospitals, what=_("Send requests for letters before 12:00"), by=soon))
        top_up = spread(city.clocks.get(Clock.TOP_UP, (Sample(), Sample()))[0])
        if top_up and top_up.median > 4:
            wanted.append(Request(who=insurers, what=_("Name one night number for top-up letters"), by=soon))
        wanted.append(Request(who=insurers, what=_("Ask for all missing documents in one message"), by=soon))
        wanted.append(Request(who=hospitals, what=_("Send the interim bill at 80% of the ceiling"), by=later))
        wanted.append(Request(who=insurers, what=_("Name one desk that answers for this city"), by=later))
    return tuple(wanted[:3])


def end_of_month(day: dt.date, months: int) -> dt.date:
    """The last day of the month so many months on."""
    first = plus_months(day.replace(day=1), months)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def promises_blocks(ground: Ground) -> list[Block]:
    """What was promised at a visit, and what became of it. The day says at which: a pack may be of that very visit."""
    _, view = ground.language, ground.view
    if not view.promises:
        return []
    kept = sum(1 for promise in view.promises if promise.kept_on)
    columns = (
        Column(head=_("Promise"), width=56),
        Column(head=_("Who"), width=30),
        Column(head=_("Due"), width=24),
        Column(head=_("What became of it"), width=64),
    )
    rows = tuple(_promise_row(promise, ground) for promise in view.promises)
    place = view.city.city.name
    note = (
        _("made in {city}, {date}", city=place, date=bound(_.formats.long_date(view.promised_on)))
        if view.promised_on
        else place
    )
    head = _("Promises: {kept} of {count} kept", kept=kept, count=len(view.promises))
    return [
        Heading(text=head, note=note, close=True),
        Grid(columns=columns, rows=rows, pitch=5.5, hairlines=True, name="promises"),
    ]


def _promise_row(promise: Promise, ground: Ground) -> Row:
    _ = ground.language
    today = ground.view.as_of.date()
    if promise.kept_on:
        words = _("kept since {date}", date=promise.kept_on)
        if promise.kept_on > promise.due:
            late = (promise.kept_on - promise.due).days
            words = _.plural("kept on {date}, {count} day late", "kept on {date}, {count} days late", late,
                             date=promise.kept_on)  # fmt: skip
        state = CellLine(words=_with_note(words, promise), shape=Shape.DONE)
    elif promise.due < today:
        words = _.plural("{count} day late", "{count} days late", (today - promise.due).days)
        state = CellLine(words=_with_note(words, promise), shape=Shape.LATE, voice=Voice.STRONG)
    else:
        state = CellLine(words=_with_note(_("open"), promise), shape=Shape.COMING)
    return Row(cells=(promise.what, _(promise.who), _.formats.date(promise.due), state))


def _with_note(words: str, promise: Promise) -> str:
    return f"{words}; {promise.note}" if promise.note else words


# three cities


def cities_blocks(ground: Ground) -> list[Block]:
    """The three cities beside each other, this one first."""
    _, view = ground.language, ground.view
    if view.basis is Basis.CLAIMS:
        heads = (_("People with claims"), _("Days in hospital, median"), _("Rejected, people"))
    else:
        heads = (_("Journeys, people"), _("First letter, median working hours"), _("Answered at home, people"))
    ordered = sorted(view.cities, key=lambda one: one.city != view.city.city)
    rows = tuple(_city_row(one, ground) for one in ordered)
    note = _("12 months to {date}", date=_.formats.long_date(view.year.end))
    if ground.compare:
        note = _("{period}; light = the 12 months before", period=note)
    return [
        Heading(text=_("Three cities on one scale"), note=note, close=bool(view.promises)),
        Drawing(chart=Cities(heads=heads, rows=rows)),
    ]


def _city_row(one: CityFigures, ground: Ground) -> CityRow:
    claims = ground.is_claims
    middle = one.stay if claims else one.clocks.get(Clock.FIRST_LETTER, (Sample(), Sample()))
    return CityRow(
        city=one.city.name,
        cells=(
            _count_cell(one.people, ground),
            _spread_cell(middle, ground),
            _part_cell(one.rejected if claims else one.at_home, one.people, ground),
        ),
        focus=one.city == ground.city.city,
    )


def _count_cell(counts: tuple[int, int], ground: Ground) -> tuple[float | None, str, float | None]:
    public = pair(counts, compare=ground.compare)
    return height(public.now), count_words(public.now, ground.language), height(public.before)


def _part_cell(part: tuple[int, int], whole: tuple[int, int], ground: Ground) -> tuple[float | None, str, float | None]:
    shown, _whole = part_of(part, whole)
    before = pair(part, compare=ground.compare).before
    return height(shown), count_words(shown, ground.language), height(before)


def _spread_cell(samples: tuple[Sample, Sample], ground: Ground) -> tuple[float | None, str, float | None]:
    now, before = spreads(samples)
    if now is None:
        return None, MISSING, None
    return now.median, decimal_words(now.median, ground.language), before.median if before and ground.compare else None
