"""The claim ageing report (R18): what is unpaid, how old it is, with whom, and who must act. Internal: names insurers.

One section a currency, since currencies are never added up; the sums of table, lines and books stand side by side.
Sources: ``ux`` 3.5 (f), ``paper``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from sqlalchemy.orm import Session

from liaison.domain.money import Money
from liaison.domain.privacy import Audience
from liaison.domain.work import WaitingOn
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.ageing_view import AgeingView, UnpaidClaim, band_of, gather
from liaison.reports.blocks import (
    Align,
    Block,
    Cell,
    CellLine,
    Column,
    Columns,
    Drawing,
    Grid,
    Heading,
    Headline,
    Note,
    Row,
    Shape,
    Spark,
    Text,
    Title,
    Voice,
)
from liaison.reports.briefing_words import amount_words
from liaison.reports.case_sections import rate_words
from liaison.reports.charts import Ageing, AgeLine
from liaison.reports.report import Option, Prepared, Report
from liaison.reports.wording import BANNERS, as_of_words, bound, sample_words, sentences
from liaison.services.claim_account import by_currency
from liaison.services.list_of_claims import AGE_BANDS

DRAFT_BANNER = N_("DRAFT · INTERNAL")
MOST_LARGE = 10
SHORT_AGES = ("0–30", "31–60", "61–90", "> 90")
OLD_DAYS = 60
NOT_STATED = N_("Not stated")
NO_NUMBER = N_("no number yet")

CURRENCY_WORDS = {
    "IDR": N_("Rupiah"), "MYR": N_("Ringgit"), "SGD": N_("Singapore dollar"), "USD": N_("US dollar"),
    "CNY": N_("Renminbi"), "KHR": N_("Riel"), "EUR": N_("Euro"), "THB": N_("Baht"),
}  # fmt: skip
"""What people call a currency, for heads."""

WHOM = {
    WaitingOn.PATIENT: N_("the patient or family"), WaitingOn.INSURER: N_("the insurer"),
    WaitingOn.ADMINISTRATOR: N_("the administrator"), WaitingOn.HOSPITAL: N_("the hospital"),
    WaitingOn.DOCTOR: N_("the doctor"), WaitingOn.AGENT: N_("the agent"), WaitingOn.US: N_("us"),
    WaitingOn.OTHER: N_("others"), None: N_("nobody in particular"),
}  # fmt: skip
"""Whom a claim waits for, inside a sentence."""


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The ages of what is unpaid, of one insurer or of all."""
    view, people = gather(session, options.get("house", ""))
    return Prepared(view=view, lay_out=partial(lay_out, view), as_of=view.as_of, office=view.office.name, people=people)


REPORT = Report(
    name="ageing",
    code="R18",
    title=N_("Ages of unpaid claims"),
    options=(Option(name="house", label=N_("Insurer")),),
    audiences=(Audience.INTERNAL,),
    prepare=prepare,
)


def lay_out(view: AgeingView, language: Language) -> list[Block]:
    """A page of sums and the ten largest, then every line."""
    _ = language
    blocks: list[Block] = [_title(view, _), Headline(text=_headline(view, _)), *_unequal(view, _)]
    if not view.claims:
        return [*blocks, Text(words=_("Every claim that was sent is paid or closed."))]
    for currency in view.currencies:
        claims = [one for one in view.claims if one.currency == currency]
        blocks += [_overview(claims, currency, _), *_matrix(view, claims, currency, _)]
    blocks += _check(view, _)
    blocks += _largest(view, _)
    blocks += _rates(view, _)
    for currency in view.currencies:
        blocks += _annex([one for one in view.claims if one.currency == currency], currency, _)
    return blocks


def _title(view: AgeingView, _: Language) -> Title:
    kind = _("Ages of unpaid claims")
    return Title(
        kind=kind,
        about=view.insurer or _("every insurer"),
        banner=_(BANNERS[Audience.INTERNAL]) if balances(view) else _(DRAFT_BANNER),
        running=(kind, view.insurer),
        source=sentences(
            _.plural(
                "Source: claims of this office, n = {count} unpaid claim.",
                "Source: claims of this office, n = {count} unpaid claims.", len(view.claims),
            ),
            as_of_words(view.as_of, view.office.zone, _),
            sample_words(is_sample=view.office.is_sample, language=_),
        ),
        note=_("For this office only: it names insurers. Ages count from the day a claim was sent. "
               "Currencies are never added up. Prepared by {office}.", office=view.office.name),
    )  # fmt: skip


def _headline(view: AgeingView, _: Language) -> str:
    if not view.claims:
        return _("0 claims are unpaid")
    currency = _main(view)
    claims = [one for one in view.claims if one.currency == currency]
    total = sum(one.minor for one in claims)
    old = sum(one.minor for one in claims if one.age_days > OLD_DAYS)
    turns = _by(claims, lambda one: _(WHOM[one.waiting_on]))
    whose, most = max(turns.items(), key=lambda pair: sum(c.minor for c in pair[1]))
    values = {
        "amount": bound(amount_words(round(total / 100), currency, _)),
        "share": _.formats.percent(old / total),
        "days": OLD_DAYS,
        "waiting": _.formats.percent(sum(one.minor for one in most) / total),
        "whose": whose,
    }
    if len(view.currencies) == 1:
        return _("{amount} unpaid; {share} older than {days} days, {waiting} waits for {whose}", **values)
    return _(
        "{amount} unpaid, other currencies apart; {share} older than {days} days, {waiting} waits for {whose}", **values
    )


def _main(view: AgeingView) -> str:
    """The currency with the most claims."""
    counts = {currency: sum(one.currency == currency for one in view.claims) for currency in view.currencies}
    return max(view.currencies, key=lambda currency: counts[currency])


def _whole(minor: int, currency: str) -> Money:
    """Whole units: in sums of this size cents say nothing."""
    return Money(round(minor / 100) * 100, currency)


def _amount(minor: int, currency: str, _: Language) -> str:
    return _.formats.amount(_whole(minor, currency), whole=True)


def _turn(claim: UnpaidClaim, _: Language) -> str:
    return _(claim.waiting_on.label) if claim.waiting_on is not None else _("nobody in particular")


def _by(claims: Iterable[UnpaidClaim], key: Callable[[UnpaidClaim], str]) -> dict[str, list[UnpaidClaim]]:
    found: dict[str, list[UnpaidClaim]] = defaultdict(list)
    for one in claims:
        found[key(one)].append(one)
    return found


# one currency


def _overview(claims: Sequence[UnpaidClaim], currency: str, _: Language) -> Block:
    """Both ages as stacked bars, beside whose turn it is."""
    total = sum(one.minor for one in claims)
    word = _(CURRENCY_WORDS[currency])
    head = _("{currency}: {amount} unpaid", currency=word, amount=bound(amount_words(round(total / 100), currency, _)))
    subtitle = _.plural(
        "Unpaid by age in days; the darker the older; n = {count} claim",
        "Unpaid by age in days; the darker the older; n = {count} claims", len(claims),
    )  # fmt: skip
    lines = [_bar(_("since it was sent"), [(one.age_days, one.minor) for one in claims], currency, _)]
    known = [(one.home_days, one.minor) for one in claims if one.home_days is not None]
    if known:
        lines.append(_bar(_("since discharge"), known, currency, _))
    left: list[Block] = [
        Heading(text=head, subtitle=bound(subtitle)),
        Drawing(chart=Ageing(lines=tuple(lines), ages=SHORT_AGES, label_width=46.0)),
    ]
    if known and len(known) < len(claims):
        left.append(
            Note(
                words=_.plural(
                    "The second bar has the {count} claim whose discharge is on record.",
                    "The second bar has the {count} claims whose discharge is on record.",
                    len(known),
                )
            )
        )
    turns = sorted(_by(claims, lambda one: _turn(one, _)).items(), key=lambda pair: -sum(c.minor for c in pair[1]))
    rows = tuple(
        Row(cells=(upper_first(whose), _amount(sum(c.minor for c in some), currency, _), _.formats.number(len(some))))
        for whose, some in turns
    )
    columns = (
        Column(head=_("Waits for"), width=25.6),
        Column(head=word, width=20, align=Align.RIGHT),
        Column(head="n", width=8, align=Align.RIGHT),
    )
    right = (Heading(text=_("Who must act")), Grid(columns=columns, rows=rows, name=f"turns{currency}"))
    return Columns(left=tuple(left), right=right, split=8)


def _bar(label: str, ages: Sequence[tuple[int, int]], currency: str, _: Language) -> AgeLine:
    parts = [0] * len(AGE_BANDS)
    for days, minor in ages:
        parts[band_of(days)] += minor
    return AgeLine(
        label=label,
        shown=_amount(sum(parts), currency, _),
        parts=tuple(part / 100 for part in parts),
        parts_shown=tuple(_amount(part, currency, _) for part in parts),
    )


def _matrix(view: AgeingView, claims: Sequence[UnpaidClaim], currency: str, _: Language) -> list[Block]:
    """Each insurer by age, the oldest money first, with how it was at the last six month-ends."""
    houses = sorted(
        _by(claims, lambda one: one.insurer).items(),
        key=lambda pair: (-sum(c.minor for c in pair[1] if c.band == len(AGE_BANDS) - 1), pair[0]),
    )
    before = {insurer: values for code, insurer, values in view.before if code == currency}
    most = max((value for values in before.values() for value in values), default=0) / 100
    rows = [_matrix_row(name or _(NOT_STATED), some, currency, _, before.get(name, ()), most) for name, some in houses]
    if len(houses) > 1:  # no line for the total: on the scale of the insurers it would leave its cell
        rows.append(_matrix_row(_("Total"), claims, currency, _, (), most, strong=True))
    first, last = (_.formats.short_date(day) for day in (view.ends[0], view.ends[-1]))
    columns = (
        Column(head=_("Insurer"), width=47.0),
        *(Column(head=_("{days} days", days=age), width=21.5, align=Align.RIGHT) for age in SHORT_AGES),
        Column(head=_("Total"), width=22.0, align=Align.RIGHT),
        Column(head="", width=3.0),
        Column(head=_("6 month-ends"), width=16.0),
    )
    note = _("{currency}; below the amount the number of claims; line: {first} to {last}",
             currency=_(CURRENCY_WORDS[currency]), first=first, last=last)  # fmt: skip
    return [
        Heading(text=_("By insurer and age"), note=note, close=True),
        Grid(columns=columns, rows=tuple(rows), pitch=6.0, hairlines=True, name=f"matrix{currency}"),
    ]


def _matrix_row(
    name: str, claims: Sequence[UnpaidClaim], currency: str, _: Language, before: Sequence[int], most: float,
    *, strong: bool = False,
) -> Row:  # fmt: skip
    bands = [[one for one in claims if one.band == number] for number in range(len(AGE_BANDS))]
    spark = Spark(
        values=tuple(value / 100 for value in before), maximum=most or 1.0,
        words=" · ".join(_amount(value, currency, _) for value in before),
    )  # fmt: skip
    whole = CellLine(words=_amount(sum(c.minor for c in claims), currency, _), voice=Voice.STRONG)
    count = CellLine(words=_.formats.number(len(claims)), voice=Voice.QUIET)
    cells: tuple[Cell, ...] = (name, *(_sum_cell(some, currency, _) for some in bands), (whole, count), "", spark)
    return Row(cells=cells, strong=strong, rule_above=strong)


def _sum_cell(claims: Sequence[UnpaidClaim], currency: str, _: Language) -> tuple[CellLine, ...]:
    if not claims:
        return (CellLine(words=MISSING),)
    return (
        CellLine(words=_amount(sum(one.minor for one in claims), currency, _)),
        CellLine(words=_.formats.number(len(claims)), voice=Voice.QUIET),
    )


# what ties it together


def balances(view: AgeingView) -> bool:
    """Whether the lines sum up to what the books say, in every currency."""
    return all(_line_sum(view, currency) == minor for currency, minor in _books(view).items())


def _books(view: AgeingView) -> dict[str, int]:
    return {**dict.fromkeys(view.currencies, 0), **dict(view.books)}


def _line_sum(view: AgeingView, currency: str) -> int:
    return sum(one.minor for one in view.claims if one.currency == currency)


def _unequal(view: AgeingView, _: Language) -> list[Block]:
    """Where lines and books differ, the paper is a draft and says by how much before anything else."""
    found: list[Block] = []
    for currency, minor in _books(view).items():
        if _line_sum(view, currency) != minor:
            apart = Money(_line_sum(view, currency) - minor, currency)
            words = _("DRAFT: lines and books differ by {amount}. Look before you use these figures.", amount=apart)
            found.append(Note(words=words, shape=Shape.LATE))
    return found


def _check(view: AgeingView, _: Language) -> list[Block]:
    sums = [
        _("{amount} in the table = in the lines = in the books", amount=_.formats.money(Money(minor, currency)))
        for currency, minor in sorted(_books(view).items(), key=lambda pair: by_currency(pair[0]))
        if _line_sum(view, currency) == minor and minor
    ]
    return [Note(words=_("Checked: {sums}.", sums="; ".join(sums)), shape=Shape.DONE)] if sums else []


def _largest(view: AgeingView, _: Language) -> list[Block]:
    """The ten largest of every currency together cannot be told without a rate, so each stands in its own."""
    rates = {rate.base: float(rate.rate) for rate in view.rates} | {"IDR": 1.0}
    known = [one for one in view.claims if one.currency in rates]
    ranked = sorted(known, key=lambda one: (-one.minor * rates[one.currency], one.id))[:MOST_LARGE]
    if not ranked:
        return []
    columns = (
        Column(head=_("Claim"), width=32), Column(head=_("Insurer, hospital"), width=46),
        Column(head=_("Unpaid"), width=27, align=Align.RIGHT), Column(head="", width=3),
        Column(head=_("Age"), width=13), Column(head=_("Next step, by when"), width=53),
    )  # fmt: skip
    rows = tuple(_large_row(one, view, _) for one in ranked)
    note = _("by what they are worth in rupiah") if len(view.currencies) > 1 else ""
    head = _.plural("The largest one", "The {count} largest", len(ranked))
    return [
        Heading(text=head, note=note),
        Grid(columns=columns, rows=rows, pitch=6.2, hairlines=True, name="largest"),
    ]


def _large_row(claim: UnpaidClaim, view: AgeingView, _: Language) -> Row:
    number: tuple[CellLine, ...] = (CellLine(words=claim.claim_no or _(NO_NUMBER)),)
    if claim.case_no:
        number += (CellLine(words=bound(claim.case_no), voice=Voice.QUIET),)
    houses = (CellLine(words=claim.insurer or _(NOT_STATED)), CellLine(words=claim.hospital, voice=Voice.QUIET))
    return Row(
        cells=(
            number,
            houses if claim.hospital else houses[:1],
            bound(_.formats.money(Money(claim.minor, claim.currency))),
            "",
            bound(_("{count} d", count=claim.age_days)),
            _step_cell(claim, view, _),
        )
    )


def _step_cell(claim: UnpaidClaim, view: AgeingView, _: Language) -> tuple[CellLine, ...]:
    whose = _turn(claim, _)
    if not claim.step:
        quiet = (CellLine(words=_("waits for {whose}", whose=whose), voice=Voice.QUIET),)
        return (CellLine(words=_("no next step"), voice=Voice.STRONG, shape=Shape.LATE), *quiet)
    parts = [_("waits for {whose}", whose=claim.waiting_for or whose)]
    late = claim.step_due is not None and claim.step_due < view.as_of.date()
    if claim.step_due is not None:
        parts.insert(0, bound(_.formats.date(claim.step_due)))
    below = CellLine(words=" · ".join(parts), voice=Voice.STRONG if late else Voice.QUIET)
    if late:
        below = CellLine(words=" · ".join(parts), voice=Voice.STRONG, shape=Shape.LATE)
    return (CellLine(words=_(claim.step)), below)


def _rates(view: AgeingView, _: Language) -> list[Block]:
    if len(view.currencies) < 2 or not view.rates:
        return []
    return [Note(words="; ".join(rate_words(rate, _) for rate in view.rates))]


def _annex(claims: Sequence[UnpaidClaim], currency: str, _: Language) -> list[Block]:
    """Every line, the oldest first."""
    rows = [
        Row(
            cells=(
                one.claim_no or one.case_no or _(NO_NUMBER), one.insurer or _(NOT_STATED), one.hospital or MISSING,
                _.formats.amount(Money(one.minor, currency)), "", _.formats.number(one.age_days),
                "", upper_first(_turn(one, _)),
            )
        )
        for one in sorted(claims, key=lambda one: (-one.age_days, -one.minor, one.id))
    ]  # fmt: skip
    total = _.formats.amount(Money(sum(one.minor for one in claims), currency))
    rows.append(Row(cells=(_("Total"), "", "", total, "", "", "", ""), strong=True, rule_above=True))
    columns = (
        Column(head=_("Claim"), width=32), Column(head=_("Insurer"), width=29), Column(head=_("Hospital"), width=52),
        Column(head=_("Unpaid"), width=25, align=Align.RIGHT), Column(head="", width=2),
        Column(head=_("Days"), width=9, align=Align.RIGHT), Column(head="", width=3),
        Column(head=_("Waits for"), width=22),
    )  # fmt: skip
    head = _("Every line in {currency}", currency=_(CURRENCY_WORDS[currency]))
    note = _("the oldest first, n = {count}", count=len(claims))
    return [
        Heading(text=head, note=bound(note), anchor=f"lines{currency}"),
        Grid(columns=columns, rows=tuple(rows), pitch=5.0, name=f"lines{currency}"),
    ]
