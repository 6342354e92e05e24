"""One insurer's part of the estimate of benefits: its lines, its steps each with its source, its rate and limits."""

from __future__ import annotations

from liaison.domain.benefit_lines import Adjudication, LineBenefit, StepResult
from liaison.domain.money import Money
from liaison.i18n import Language, upper_first
from liaison.i18n.formats import MINUS, MISSING
from liaison.reports.blocks import Align, Block, CellLine, Column, Grid, Heading, Note, Row, Voice
from liaison.reports.wording import bound
from liaison.services.benefit_usage import UsageLine
from liaison.services.benefits import BenefitEstimate, RateUsed
from liaison.services.rate_words import rate_words


def estimate_blocks(estimate: BenefitEstimate, language: Language, *, with_words: bool) -> list[Block]:
    """What one insurer will probably pay and how it comes about; why there is no figure, where there is none."""
    _ = language
    insurer = estimate.insurer or _("insurer not stated")
    heading = Heading(text=insurer, note=estimate.plan)
    result = estimate.result
    if result is None:
        why = estimate.why_not.text(_) if estimate.why_not is not None else ""
        return [heading, Note(words=why)]
    blocks: list[Block] = [
        heading,
        _lines(result, _, with_words=with_words),
        Heading(text=_("How it comes about"), note=_("{insurer}, step by step, in the order of the plan",
                                                     insurer=insurer)),
        _steps(result, _),
        *_source(estimate, _),
    ]  # fmt: skip
    if estimate.rate is not None:
        blocks += _rate(estimate.rate, _)
    blocks += [Note(words=_usage(line, _)) for line in estimate.usage]
    return blocks


def _lines(result: Adjudication, _: Language, *, with_words: bool) -> Grid:
    columns = (
        Column(head=_("For what, in {currency}", currency=result.currency), width=78),
        Column(head=_("Claimed"), width=32, align=Align.RIGHT),
        Column(head=_("Less"), width=32, align=Align.RIGHT),
        Column(head=_("Probably paid"), width=32, align=Align.RIGHT),
    )
    rows = [_line(line, _, with_words=with_words) for line in result.lines]
    total = (
        _("Together"), _.formats.amount(result.claimed), _minus(result.claimed - result.benefit, _),
        _.formats.amount(result.benefit),
    )  # fmt: skip
    rows.append(Row(cells=total, strong=True, rule_above=True))
    return Grid(columns=columns, rows=tuple(rows), name="lines")


def _line(line: LineBenefit, _: Language, *, with_words: bool) -> Row:
    bill = line.line
    category = _(bill.category.label) if bill.category is not None else _("The whole bill")
    name = upper_first(bill.description if with_words and bill.description else category)
    reasons = " · ".join(dict.fromkeys(_(cut.reason.label) for cut in line.reductions))
    words = (CellLine(words=name), CellLine(words=reasons, voice=Voice.DETAIL)) if reasons else CellLine(words=name)
    less = _minus(bill.claimed - line.benefit, _)
    return Row(cells=(words, _.formats.amount(bill.claimed), less, _.formats.amount(line.benefit)))


def _minus(cut: Money, _: Language) -> str:
    return f"{MINUS}{_.formats.amount(cut)}" if cut.minor else MISSING


def _steps(result: Adjudication, _: Language) -> Grid:
    columns = (
        Column(head=_("Step"), width=60),
        Column(head=_("Cut"), width=22, align=Align.RIGHT),
        Column(head="", width=4),
        Column(head=_("What happened"), width=88),
    )
    return Grid(columns=columns, rows=tuple(_step(step, _) for step in result.steps), name="steps")


def _step(step: StepResult, _: Language) -> Row:
    if step.skipped is not None:
        said = _("Left out: {why}", why=step.skipped.text(_))
    else:
        said = " ".join(note.text(_) for note in step.notes) or (_("cut") if step.cut.minor else _("nothing to cut"))
    cut = f"{MINUS}{_.formats.amount(step.cut)}" if step.cut.minor else MISSING
    return Row(cells=(upper_first(_(step.step.label)), cut, "", CellLine(words=said, voice=Voice.DETAIL)))


def _source(estimate: BenefitEstimate, _: Language) -> list[Block]:
    """Where the rules of every step stand; the plan has one source."""
    day = bound(_.formats.date(estimate.stated_on)) if estimate.stated_on is not None else ""
    words = ", ".join(part for part in (estimate.source, day) if part)
    return [Note(words=_("Source of every step: {source}", source=words))] if words else []


def _rate(used: RateUsed, _: Language) -> list[Block]:
    rule = _("by the rule: {rule}", rule=_(used.rule.label)) if used.rule is not None else ""
    words = " · ".join(part for part in (rate_words(used.rate, _), rule) if part)
    return [Note(words=_("Rate: {words}", words=words)), *(Note(words=note.text(_)) for note in used.notes)]


def _usage(line: UsageLine, _: Language) -> str:
    told = _("told by the insurer on {day}", day=line.as_of) if line.as_of else _(line.source.label)
    # A category may have a limit of the year and one for life: both names are needed to tell them apart.
    names = [_(line.category.label)] if line.category is not None else []
    what = upper_first(", ".join([*names, _(line.kind.label)]))
    if line.limit is None:
        return _("{what}: {used} used before, {told}", what=what, used=line.used, told=told)
    return _("{what}: {used} of {limit} used before, {told}", what=what, used=line.used, limit=line.limit, told=told)
