"""An insurer's portfolio statement (R24): a letter with the figures of a month or quarter against those before.

For the insurer every figure follows the rule of small numbers; inside the office it is exact, with the account of the
period. The insurer's own account and the list of its cases are a paper apart, sealed (:mod:`portfolio_cases`).
Sources: ``domain`` section 4 (R5), ``ux`` 3.5 (c), ``security`` 6.2, ``decisions`` (Small numbers and audiences).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from statistics import median

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.drawn import note_exact
from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.domain.figures import Counted
from liaison.domain.money import Money
from liaison.domain.network import OrganizationKind
from liaison.domain.periods import Span
from liaison.domain.privacy import HIDDEN, PERCENT_FROM, STAR, Audience, public_count, public_percent, public_row
from liaison.domain.targets import ClockKind, Target, Unit
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.ageing import CURRENCY_WORDS, SHORT_AGES
from liaison.reports.ageing_view import band_of
from liaison.reports.blocks import (
    Align,
    Block,
    Cell,
    CellLine,
    Column,
    Columns,
    Drawing,
    Fact,
    Facts,
    Grid,
    Heading,
    Headline,
    Note,
    Row,
    Shape,
    Text,
    Title,
    Voice,
)
from liaison.reports.briefing_public import (
    LEAST_FOR_TENTH,
    LEAST_PEOPLE,
    amounts,
    categories,
    missing_sign,
    spread,
)
from liaison.reports.briefing_view import Sample
from liaison.reports.briefing_words import amount_words, count_words, height
from liaison.reports.case_view import Office
from liaison.reports.charts import Ageing, AgeLine, Bar, Bars, Funnel, FunnelStep
from liaison.reports.clock_list import span_words, target_words
from liaison.reports.gathering import office_of
from liaison.reports.letter_frame import letter_title
from liaison.reports.portfolio_account import DRAFT_BANNER, account_blocks, closes, draft_blocks
from liaison.reports.portfolio_figures import ANYBODY, CLOCKS, Figures, Part, Took, figures_of, length_of, span_called
from liaison.reports.report import CaseKeys, Option, Prepared, Report
from liaison.reports.wording import BANNERS, bound
from liaison.services.changes import clock, today
from liaison.services.claim_account import Account, Followed, accounts, by_currency, claims_followed
from liaison.store.models import OrganizationRow

NO_INSURER = N_("Choose an insurer: its statement holds its figures alone.")
BANNER = N_("FOR ONE INSURER")
MOST_REASONS = 6

Ages = tuple[tuple[str, tuple[int, ...]], ...]
"""By currency, minor units in each of the four ages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """One insurer's period: its figures, its account, and what is unpaid at its end by age."""

    as_of: dt.datetime
    office: Office
    insurer_id: int
    insurer: str
    country: str
    is_exact: bool
    """Inside the office; outside every figure is made safe."""
    figures: Figures
    accounts: tuple[Account, ...]
    ages: Ages
    """Currency, and minor units unpaid in each of the four ages."""
    age_people: tuple[int, ...]
    """Persons with something unpaid in each of the four ages."""
    unpaid_people: int
    """Persons with something unpaid at all."""

    @property
    def span(self) -> Span:
        """The days it is about."""
        return self.figures.now.span

    @property
    def n(self) -> int:
        """Persons to whom something happened in the period; the number knows them."""
        return self.figures.now.of(ANYBODY)


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The statement of one insurer over one period."""
    insurer = insurer_called(session, options["house"])
    span = span_called(options.get("period", ""), today(session))
    followed = claims_followed(session, insurer_id=insurer.id)
    ages, age_people, unpaid = _ages(followed, span.last, insurer.id)
    view = StatementView(
        as_of=clock(session), office=office_of(session), insurer_id=insurer.id, insurer=insurer.name,
        country=insurer.country, is_exact=audience is Audience.INTERNAL, figures=figures_of(session, insurer.id, span),
        accounts=accounts(followed, span), ages=ages, age_people=age_people, unpaid_people=unpaid,
    )  # fmt: skip
    named = [entry.claim for account in view.accounts for entry in account.broken] if view.is_exact else []
    people = {
        (claim.patient_id, claim.journey_id): CaseKeys(
            patient_id=claim.patient_id, journey_id=claim.journey_id, country=""
        )
        for claim in named
    }
    return Prepared(
        view=view, lay_out=partial(lay_out, view), as_of=view.as_of, office=view.office.name, recipient=insurer.name,
        people=tuple(people.values()), is_audited=audience is Audience.INSURER,
    )  # fmt: skip


REPORT = Report(
    name="portfolio",
    code="R24",
    title=N_("Portfolio statement"),
    options=(
        Option(name="house", label=N_("Insurer"), is_required=True),
        Option(name="period", label=N_("Month or quarter")),
    ),
    audiences=(Audience.INSURER, Audience.INTERNAL),
    prepare=prepare,
)


def insurer_called(session: Session, text: str) -> OrganizationRow:
    """The insurer that a key or a name means."""
    named = sa.or_(OrganizationRow.name == text, OrganizationRow.short_name == text)
    row = session.scalar(
        sa.select(OrganizationRow)
        .where(
            OrganizationRow.kind.in_([OrganizationKind.INSURER, OrganizationKind.ADMINISTRATOR]),
            OrganizationRow.id == int(text) if text.isdecimal() else named,
        )
        .limit(1)
    )
    if row is None:
        raise Refused([problem("NO_INSURER", NO_INSURER, "house")])
    return row


def _ages(followed: tuple[Followed, ...], day: dt.date, insurer_id: int) -> tuple[Ages, tuple[int, ...], int]:
    """What is unpaid on a day by age: amounts by currency, and persons."""
    sums: dict[str, list[int]] = {}
    people: list[set[int]] = [set() for _age in SHORT_AGES]
    for claim in followed:
        minor = claim.balance_on(day)
        if minor > 0:
            band = band_of((day - claim.came_on).days)
            sums.setdefault(claim.currency, [0] * len(SHORT_AGES))[band] += minor
            people[band].add(claim.patient_id)
    ordered = sorted(sums, key=by_currency)
    counted = tuple(
        Counted.of(some, f"insurer {insurer_id} unpaid {age}", start=day, end=day)
        for age, some in zip(SHORT_AGES, people, strict=True)
    )
    whole = Counted.of(set().union(*people), f"insurer {insurer_id} unpaid", start=day, end=day)
    return tuple((currency, tuple(sums[currency])) for currency in ordered), counted, whole


# pages


def lay_out(view: StatementView, language: Language) -> list[Block]:
    """The letter: message, table of measures, the way of the cases, what is unpaid, why claims were rejected."""
    _ = language
    blocks: list[Block] = [_title(view, _), Facts(facts=_address(view, _), key_width=30)]
    blocks.append(Headline(text=_headline(view, _), kicker=_("Portfolio statement")))
    blocks += draft_blocks(view.accounts, _) if view.is_exact else _open_draft(view, _)
    blocks += _measures(view, _)
    blocks += [Columns(left=tuple(_funnel(view, _)), right=tuple(_unpaid(view, _)), split=7)]
    if view.is_exact:
        blocks += _exact_ages(view, _)
        blocks += account_blocks(view.accounts, _, period=period_words(view.span, _))
    blocks += _reasons(view, _)
    blocks += _definitions(view, _)
    return blocks


def period_words(span: Span, _: Language) -> str:
    """``October 2026``, or ``July to September 2026``."""
    first, last = (_.formats.month(day.month) for day in (span.first, span.last))
    if length_of(span) == 1:
        return f"{first} {span.first.year}"
    return _("{first} to {last} {year}", first=first, last=last, year=str(span.last.year))


def _short_period(span: Span, _: Language) -> str:
    first, last = (_.formats.month(day.month, short=True) for day in (span.first, span.last))
    return bound(f"{first} {span.first.year}" if first == last else f"{first}–{last} {span.last.year}")


def _title(view: StatementView, _: Language) -> Title:
    banner = _(BANNERS[Audience.INTERNAL]) if view.is_exact else _(BANNER)
    if not closes(view.accounts):
        banner = f"{_(DRAFT_BANNER)} · {banner}"
    n = _.formats.number(view.n) if view.is_exact else count_words(public_count(view.n), _)
    rule = _("Exact figures, for this office only.")
    if not view.is_exact:
        rule = _("* = 1 to 7 people, ** = any number: both hidden; others rounded to 5. Targets are agreed or ours, "
                 "not legal limits.")  # fmt: skip
    return letter_title(
        view.office, _, kind=_("Portfolio statement"), as_of=view.as_of, banner=banner,
        source=_("Source: letters and claims of {insurer} in this office, {period}, {n} people.", insurer=view.insurer,
                 period=period_words(view.span, _), n=bound(f"n = {n}")),
        note=_("{rule} Prepared by {office}.", rule=rule, office=view.office.name),
    )  # fmt: skip


def _address(view: StatementView, _: Language) -> tuple[Fact, ...]:
    days = _("{start} to {end}", start=_.formats.date(view.span.first), end=_.formats.date(view.span.last))
    return (
        Fact(key=_("To"), words=view.insurer),
        Fact(key=_("Period"), words=f"{period_words(view.span, _)} ({days})"),
        Fact(key=_("Compared with"), words=", ".join(_short_period(part.span, _) for part in view.figures.parts[1:])),
    )


def _headline(view: StatementView, _: Language) -> str:
    now, kept = view.figures.now, _targets_kept(view)
    asked, sent = _people(view, now.of("asked"), _), _people(view, now.of("sent"), _)
    values = {"insurer": view.insurer, "period": period_words(view.span, _)}
    if asked.strip(STAR + "0") or not sent.strip(STAR + "0"):
        first = _("{insurer}, {period}: {people} people asked for a letter", people=asked, **values)
    else:
        first = _("{insurer}, {period}: claims of {people} people sent", people=sent, **values)
    if kept is None:
        return first
    return _("{what}, {kept} of {all} targets kept", what=first, kept=kept[0], all=kept[1])


def _targets_kept(view: StatementView) -> tuple[int, int] | None:
    """How many of the steps that may be told kept their target in the middle."""
    told = [half for half in (_half(view, one) for one in view.figures.now.took) if half is not None]
    return (sum(half <= allowed for half, allowed in told), len(told)) if told else None


def _half(view: StatementView, took: Took) -> tuple[dt.timedelta, dt.timedelta] | None:
    """The middle time of a step beside what was agreed; none where too few people stand behind it."""
    if view.is_exact:
        return took.half, _allowed(took.target)
    safe = spread(took.sample, with_tenth=True)
    return None if safe is None else (dt.timedelta(hours=safe.median), _allowed(took.target))


def _tenth(view: StatementView, took: Took, _: Language) -> str:
    """What nine of ten did not pass; outside only where enough people stand behind it."""
    if view.is_exact:
        return span_words(took.most, took.target, _)
    safe = spread(took.sample, with_tenth=True)
    hours = safe.tenth if safe is not None else None
    return MISSING if hours is None else span_words(dt.timedelta(hours=hours), took.target, _)


def _allowed(target: Target) -> dt.timedelta:
    if target.unit in (Unit.DAYS, Unit.WORKING_DAYS):
        return dt.timedelta(days=target.amount)
    return dt.timedelta(hours=target.amount)


def _people(view: StatementView, count: int, _: Language) -> str:
    if not view.is_exact:
        return count_words(public_count(count), _)
    note_exact(count)
    return _.formats.number(count)


def _open_draft(view: StatementView, _: Language) -> list[Block]:
    """What the insurer's open copy says of an account that does not close: that it is a draft, and by how much."""
    if closes(view.accounts):
        return []
    sums = ", ".join(bound(_.formats.money(Money(one.difference, one.currency))) for one in view.accounts if one.broken)
    words = _("DRAFT: the account of this period does not close, {sums} left over. It is settled before it is sent.",
              sums=sums)  # fmt: skip
    return [Note(words=words, shape=Shape.LATE)]


# the table of measures


def _measures(view: StatementView, _: Language) -> list[Block]:
    now, before, year_ago = view.figures.parts
    columns = (
        Column(head=_("Measure"), width=66),
        Column(head=_short_period(now.span, _), width=25, align=Align.RIGHT),
        Column(head=_short_period(before.span, _), width=25, align=Align.RIGHT),
        Column(head=_short_period(year_ago.span, _), width=25, align=Align.RIGHT),
        Column(head=_("Agreed"), width=12, align=Align.RIGHT),
        Column(head="", width=3),
        Column(head=_("Kept?"), width=18),
    )
    parts = (_letter_rows(view, _), _claim_rows(view, _), _money_rows(view, _), _complaint_rows(view, _))
    shown = [[row for row in rows if view.is_exact or not _is_hidden(row)] for rows in parts]
    left_out = sum(len(rows) for rows in parts) - sum(len(rows) for rows in shown)
    rows = tuple(row for some in shown if len(some) > 1 for row in some)
    blocks: list[Block] = [
        Heading(text=_("This period against those before"), note=_("counts are people, each once in a line"))
    ]
    if rows:
        blocks.append(Grid(columns=columns, rows=rows, pitch=5.0, name="measures"))
    if left_out:
        words = _.plural(
            "{count} measure is left out: it is about too few people in each of these periods.",
            "{count} measures are left out: each is about too few people in all three periods.", left_out,
        )  # fmt: skip
        blocks.append(Note(words=words))
    return blocks


def _is_hidden(row: Row) -> bool:
    """Whether a line has nothing but stars to tell."""
    return all(isinstance(cell, str) and cell and not cell.strip(STAR + MISSING) for cell in row.cells[1:4])


def _counts(view: StatementView, label: str, what: str, _: Language) -> Row:
    return Row(cells=(label, *(_people(view, part.of(what), _) for part in view.figures.parts), "", "", ""))


def _part(label: str) -> Row:
    return Row(cells=(label, "", "", "", "", "", ""), strong=True)


def _letter_rows(view: StatementView, _: Language) -> list[Row]:
    rows = [
        _part(_("Guarantee letters")),
        _counts(view, _("Letters asked for"), "asked", _),
        _counts(view, _("Letters issued"), "issued", _),
        _share_row(view, _("Share issued"), "issued", "asked", _),
        _counts(view, _("Letters declined or withdrawn"), "declined", _),
        _counts(view, _("Top-ups asked for"), "topup", _),
        _counts(view, _("Questions before a letter"), "letter_query", _),
    ]
    return [*rows, *_clock_rows(view, CLOCKS[:3], _)]


def _claim_rows(view: StatementView, _: Language) -> list[Row]:
    rows = [
        _part(_("Claims")),
        _counts(view, _("Claims sent"), "sent", _),
        _counts(view, _("Claims paid"), "paid", _),
        _counts(view, _("Claims approved in part"), "cut", _),
        _counts(view, _("Claims rejected"), "rejected", _),
        _counts(view, _("Claims asked about"), "claim_query", _),
        _share_row(view, _("Share asked about"), "claim_query", "sent", _),
    ]
    return [*rows, *_clock_rows(view, CLOCKS[3:], _)]


def _share_row(view: StatementView, label: str, part: str, whole: str, _: Language) -> Row:
    return Row(cells=(label, *(_share(view, one, part, whole, _) for one in view.figures.parts), "", "", ""))


def _share(view: StatementView, one: Part, part: str, whole: str, _: Language) -> str:
    """A share; of fewer than twenty in words, outside from the printed figures only."""
    has, of = min(one.of(part), one.of(whole)), one.of(whole)
    if view.is_exact:
        if not of:
            return MISSING
        in_words = bound(_("{part} of {whole}", part=has, whole=of))
        return _.formats.percent(has / of) if of >= PERCENT_FROM else in_words
    shown = (public_count(one.of(part)), public_count(of))
    percent = public_percent(*shown) if one.of(part) <= of else None
    if percent is not None:
        return _.formats.percent(percent / 100)
    return next((count.sign for count in shown if count.is_star), MISSING)


def _clock_rows(view: StatementView, kinds: tuple[ClockKind, ...], _: Language) -> list[Row]:
    found = []
    for kind in kinds:
        took = [part.clock(kind) for part in view.figures.parts]
        target = next((one.target for one in took if one is not None), None)
        if target is None:
            continue
        now = took[0]
        half = _half(view, now) if now is not None else None
        kept: Cell = _kept(half, _) if half is not None else MISSING
        label = _("{step}: half · nine of ten within", step=upper_first(_(kind.label)))
        times = [_times(view, one, _) for one in took]
        found.append(Row(cells=(label, *times, target_words(target, _), "", kept)))
    return found


def _times(view: StatementView, took: Took | None, _: Language) -> str:
    if took is None:
        return MISSING if view.is_exact else STAR
    half = _half(view, took)
    if half is None:
        return missing_sign(took.sample)
    return bound(f"{span_words(half[0], took.target, _)} · {_tenth(view, took, _)}")


def _kept(half: tuple[dt.timedelta, dt.timedelta], _: Language) -> CellLine:
    if half[0] <= half[1]:
        return CellLine(words=_("kept"), shape=Shape.DONE)
    return CellLine(words=_("not kept"), shape=Shape.LATE, voice=Voice.STRONG)


def _money_rows(view: StatementView, _: Language) -> list[Row]:
    parts = view.figures.parts
    currencies = sorted(parts[0].billed, key=by_currency)
    rows = [_part(_("Money"))]
    for currency in currencies:
        label = _("Billed a claim, {currency}, median", currency=_(CURRENCY_WORDS[currency]))
        samples = [part.billed.get(currency, Sample()) for part in parts]
        rows.append(Row(cells=(label, *(_amount(view, one, currency, _) for one in samples), "", "", "")))
        if view.is_exact:
            average = _("Billed a claim, {currency}, average", currency=_(CURRENCY_WORDS[currency]))
            means = [_mean(one, currency, _) for one in samples]
            rows.append(Row(cells=(average, *means, "", "", "")))
    cells = [_error(view, part.estimate, _) for part in parts]
    rows.append(Row(cells=(_("Final bill over the estimate, median"), *cells, "", "", "")))
    return rows


def _amount(view: StatementView, sample: Sample, currency: str, _: Language) -> str:
    if view.is_exact:
        return amount_words(median(sample.values), currency, _) if sample.values else MISSING
    shown = amounts(sample)
    return amount_words(shown.median, currency, _) if shown else missing_sign(sample)


def _mean(sample: Sample, currency: str, _: Language) -> str:
    if not sample.values:
        return MISSING
    return amount_words(sum(sample.values) / len(sample.values), currency, _)


def _error(view: StatementView, sample: Sample, _: Language) -> str:
    if view.is_exact and not sample.values:
        return MISSING
    safe = None if view.is_exact else spread(_percents(sample))
    if not view.is_exact and safe is None:
        return missing_sign(sample)
    middle = round(median(sample.values), 2) if safe is None else safe.median / 100
    if not middle:
        return "±" + _.formats.percent(0)
    return ("+" if middle > 0 else "") + _.formats.percent(middle)


def _percents(sample: Sample) -> Sample:
    """Shares as per cent: a middle is rounded to one decimal."""
    return replace(sample, values=tuple(value * 100 for value in sample.values))


def _complaint_rows(view: StatementView, _: Language) -> list[Row]:
    return [
        _part(_("Complaints")),
        _counts(view, _("Opened"), "complained", _),
        _counts(view, _("Closed"), "settled", _),
    ]


# pictures


def _funnel(view: StatementView, _: Language) -> list[Block]:
    """From the request of a letter to the paid claim."""
    now = view.figures.now
    steps = (
        (_("Letters asked for"), "asked"), (_("Letters issued"), "issued"), (_("Claims sent"), "sent"),
        (_("Claims paid"), "paid"),
    )  # fmt: skip
    told = []
    for label, what in steps:
        count = now.of(what)
        value = float(count) if view.is_exact else height(public_count(count))
        told.append(FunnelStep(label=label, value=value, shown=_people(view, count, _)))
    n = _people(view, view.n, _)
    subtitle = _("People in {period}, each once in a line; n = {n}", period=_short_period(view.span, _), n=n)
    return [
        Heading(text=_("From letter to payment"), subtitle=subtitle),
        Drawing(chart=Funnel(steps=tuple(told), label_width=48.0)),
    ]


def _unpaid(view: StatementView, _: Language) -> list[Block]:
    """People with something unpaid, by age."""
    safe = public_row(view.age_people)
    bars = []
    for age, count, shown in zip(SHORT_AGES, view.age_people, safe.counts, strict=True):
        value = float(count) if view.is_exact else height(shown)
        words = _people(view, count, _) if view.is_exact else count_words(shown, _)
        bars.append(Bar(label=_("{days} days", days=age), value=value, shown=words,
                        previous_known=False))  # fmt: skip
    most = max((bar.value for bar in bars if bar.value), default=0.0) or 1.0
    total = _.formats.number(view.unpaid_people)
    if not view.is_exact:
        whole = HIDDEN if safe.total.held_back else public_count(view.unpaid_people)
        total = count_words(whole, _)
    day = _.formats.date(view.span.last)
    return [
        Heading(text=_("Unpaid at the end, by age"), subtitle=_("People on {day}; n = {n}", day=day, n=total)),
        Drawing(chart=Bars(bars=tuple(bars), mm_per_unit=26.0 / most, pitch=7.2, label_width=33.0)),
    ]


def _exact_ages(view: StatementView, _: Language) -> list[Block]:
    """The unpaid amounts by age, a bar a currency, for the office."""
    if not view.ages:
        return []
    lines = tuple(
        AgeLine(
            label=_(CURRENCY_WORDS[currency]), shown=_.formats.number(round(sum(parts) / 100)),
            parts=tuple(part / 100 for part in parts),
            parts_shown=tuple(_.formats.number(round(part / 100)) for part in parts),
        )
        for currency, parts in view.ages
    )  # fmt: skip
    sums = ", ".join(bound(amount_words(round(sum(parts) / 100), currency, _)) for currency, parts in view.ages)
    subtitle = _("By days since a claim was sent, on {day}; each currency has its own scale; n = {n} people",
                 day=_.formats.date(view.span.last), n=view.unpaid_people)  # fmt: skip
    return [
        Heading(text=_("Unpaid: {sums}", sums=sums), subtitle=subtitle),
        Drawing(chart=Ageing(lines=lines, ages=SHORT_AGES, is_apart=True, label_width=50.0)),
    ]


def _reasons(view: StatementView, _: Language) -> list[Block]:
    """Why claims were rejected, the most frequent first."""
    counts = view.figures.reasons
    if not counts:
        return []
    if view.is_exact:
        told = [(_(word), _.formats.number(pair[0])) for word, pair in list(counts.items())[:MOST_REASONS]]
    else:
        safe = categories(counts, other=N_("Other"), compare=False)
        told = [(_(one.key), count_words(one.count.now, _)) for one in safe]
    if not told or all(not shown.strip(STAR) for _word, shown in told):
        return []
    rows = tuple(Row(cells=(upper_first(word), shown)) for word, shown in told)
    columns = (Column(head=_("Reason"), width=150), Column(head=_("People"), width=24, align=Align.RIGHT))
    return [
        Heading(text=_("Why claims were rejected"), note=period_words(view.span, _)),
        Grid(columns=columns, rows=rows, pitch=5.0, name="reasons"),
    ]


def _definitions(view: StatementView, _: Language) -> list[Block]:
    told = [
        (_("Half, nine of ten within"), _("The middle clock, and the one that nine of ten did not pass; time "
         "stands still while a question to us is open. wh, wd: working hours and days of whoever has to act.")),
        (_("Agreed"), _("The target of this insurer where one was agreed, else this office's own.")),
        (_("Kept?"), _("Half of them were within what was agreed.")),
        (_("Final bill over the estimate"), _("Against the middle of the hospital's estimate, same currency.")),
    ]  # fmt: skip
    if not view.is_exact:
        words = _("Times from {count} people on, nine of ten from {many} on; amounts from {count} people in three "
                  "hospitals on, to two significant digits.", count=LEAST_PEOPLE, many=LEAST_FOR_TENTH)  # fmt: skip
        told.append((_("Hidden"), words))
        state = _("It balances in every currency.") if closes(view.accounts) else _("It is still a draft.")
        told.append((_("Account and cases"), _("The account by currency and the list of cases are a sealed annex "
                                               "of its own. {state}", state=state)))  # fmt: skip
    return [
        Heading(text=_("What the words mean")),
        Facts(facts=tuple(Fact(key=key, words=words) for key, words in told), key_width=48),
        *([] if view.n else [Text(words=_("Nothing happened with this insurer in the period."), small=True)]),
    ]
