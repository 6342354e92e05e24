"""Indicators of an agreement: where things stood, where they should stand, where they stand, and what shows it.

Without a baseline an indicator says "no baseline", never 0 %. Those fed by cases are the same question that a list
answers. Sources: ``domain`` 1.9 (agreement monitoring) and section 6, number 10; ``ux`` 3.5 (g).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from liaison.domain.agreements import PUBLIC, Area
from liaison.domain.coded import Coded
from liaison.domain.fields import check_required, draft, field, problem, warning
from liaison.domain.periods import Period
from liaison.domain.privacy import SMALL
from liaison.domain.problems import Problem
from liaison.i18n import N_

MEDIAN_FROM = 10
"""No median of fewer leaves the office. Source: ``security`` 6.2, rule 5."""

ENOUGH = SMALL + 1
"""From so many cases on the office itself takes a figure for evidence."""


class Level(Coded):
    """What sort of thing is counted."""

    INPUT = "INPUT", N_("input: what was put in")
    OUTPUT = "OUTPUT", N_("output: what was made")
    OUTCOME = "OUTCOME", N_("outcome: what changed")


LEVEL_WORDS: Mapping[Level, str] = {Level.INPUT: N_("Input"), Level.OUTPUT: N_("Output"), Level.OUTCOME: N_("Outcome")}


class Direction(Coded):
    """Which way is better."""

    UP = "UP", N_("more is better")
    DOWN = "DOWN", N_("less is better")


class Measure(Coded):
    """Where the figure comes from: written down by hand, or asked of the office's own records."""

    BY_HAND = "BY_HAND", N_("written down by hand")
    JOURNEYS = "JOURNEYS", N_("cases: how many")
    CLAIMS = "CLAIMS", N_("claims: how many")
    LETTER_DAYS = "LETTER_DAYS", N_("letters: days from request to first letter, median")
    CLAIM_DAYS = "CLAIM_DAYS", N_("claims: days from sending to decision, median")
    REFERRED_BACK = "REFERRED_BACK", N_("referrals answered with a letter home: how many")
    TELE = "TELE", N_("talks with a doctor by video: how many")
    TB_OFFERED = "TB_OFFERED", N_("TB tests offered: how many")
    TB_DONE = "TB_DONE", N_("TB tests done: how many")
    OUTREACH_PEOPLE = "OUTREACH_PEOPLE", N_("outreach: people who came")
    OUTREACH_REFERRALS = "OUTREACH_REFERRALS", N_("outreach: referrals made")
    OUTREACH_CASES = "OUTREACH_CASES", N_("outreach: cases that came of it")


MEDIANS = frozenset({Measure.LETTER_DAYS, Measure.CLAIM_DAYS})
OF_CASES = frozenset({Measure.JOURNEYS, Measure.LETTER_DAYS, Measure.REFERRED_BACK, Measure.TELE})
"""Measures whose question is a filter line of the list of cases."""
OF_CLAIMS = frozenset({Measure.CLAIMS, Measure.CLAIM_DAYS})
"""Measures whose question is a filter line of the list of claims."""
SENSITIVE = frozenset({Measure.TB_OFFERED, Measure.TB_DONE})
"""Measures whose small counts are hidden from 1 to 9 on."""
PEOPLE = frozenset(Measure) - {Measure.BY_HAND, Measure.OUTREACH_PEOPLE}
"""Measures that count persons known to the office: small figures stay inside it."""


@draft
class IndicatorDraft:
    """One indicator of an agreement."""

    agreement_id: int = field(N_("Agreement"), required=True)
    area: Area = field(N_("Area"), required=True, audience=PUBLIC)
    name: str = field(N_("Indicator"), required=True, audience=PUBLIC)
    level: Level = field(N_("Level"), required=True, audience=PUBLIC, default=Level.OUTPUT)
    unit: str = field(N_("Unit"), help=N_("For instance days, people, courses."), audience=PUBLIC, default="")
    direction: Direction = field(N_("Which way is better"), audience=PUBLIC, default=Direction.UP)
    baseline: Decimal | None = field(
        N_("Baseline"), help=N_("Where it stood before. Empty: no baseline, which is never a nought."), audience=PUBLIC,
        default=None,
    )  # fmt: skip
    baseline_on: dt.date | None = field(N_("Baseline of"), audience=PUBLIC, default=None)
    target: Decimal | None = field(N_("Target"), audience=PUBLIC, default=None)
    target_on: dt.date | None = field(N_("Target until"), audience=PUBLIC, default=None)
    measure: Measure = field(N_("Where the figure comes from"), audience=PUBLIC, default=Measure.BY_HAND)
    question: str = field(
        N_("Question to the cases"), help=N_("A filter line as in the list, for instance city:medan. Empty: all."),
        default="",
    )  # fmt: skip
    period: Period | None = field(N_("Over which days"), audience=PUBLIC, default=None)
    note: str = field(N_("Note"), default="")


@draft
class ValueDraft:
    """A figure of an indicator, as read on a day."""

    indicator_id: int = field(N_("Indicator"), required=True)
    on_date: dt.date = field(N_("As of"), required=True, audience=PUBLIC)
    value: Decimal = field(N_("Figure"), required=True, audience=PUBLIC)
    evidence: str = field(N_("Evidence"), help=N_("What shows it: a paper, a list, a link."), required=True)


def check_indicator(indicator: IndicatorDraft) -> list[Problem]:
    """Everything wrong or odd about an indicator."""
    found = check_required(indicator)
    if found:
        return found
    if indicator.question.strip() and indicator.measure not in OF_CASES | OF_CLAIMS:
        found.append(
            problem("NO_QUESTION", N_("Only figures from cases or claims are asked for with a filter."), "question")
        )
    if indicator.baseline is not None and indicator.baseline == indicator.target:
        found.append(problem("NO_WAY", N_("The target is where it already stands."), "target"))
    if indicator.baseline is not None and indicator.target is not None and not found:
        up = indicator.target > indicator.baseline
        if up is not (indicator.direction is Direction.UP):
            found.append(
                problem(
                    "OTHER_WAY", N_("The target lies the other way from the baseline than what is better."), "target"
                )
            )
    if indicator.baseline is None and not found:
        found.append(
            warning("NO_BASELINE", N_("Without a baseline nobody can say how much of the way is done."), "baseline")
        )
    return found


def check_value(value: ValueDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with a figure; one without evidence is refused."""
    found = check_required(value)
    if not found and value.on_date > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "on_date"))
    return found


class Mark(Coded):
    """How far an indicator is: a word and a shape, never a colour alone."""

    MET = "MET", N_("target met")
    ON_WAY = "ON_WAY", N_("on the way")
    BEHIND = "BEHIND", N_("behind")
    NO_BASELINE = "NO_BASELINE", N_("no baseline")
    NO_TARGET = "NO_TARGET", N_("no target")
    NO_FIGURE = "NO_FIGURE", N_("no figure yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Baseline, target and where things stand."""

    direction: Direction
    baseline: Decimal | None
    target: Decimal | None
    actual: Decimal | None


def achieved(way: Way) -> int | None:
    """Whole per cent of the way from baseline to target, at least 0; ``None`` where one of the three is missing.

    Over 100 where more than the target was reached. Without a baseline there is no per cent at all, not even 0.
    """
    if way.baseline is None or way.target is None or way.actual is None or way.baseline == way.target:
        return None
    share = (way.actual - way.baseline) / (way.target - way.baseline) * 100
    return max(0, int(share.to_integral_value(rounding=ROUND_HALF_UP)))


def mark_of(way: Way, *, begun_on: dt.date | None = None, target_on: dt.date | None = None, today: dt.date) -> Mark:
    """Where an indicator stands: met, on its way as fast as time passes, or behind."""
    if way.actual is None:
        return Mark.NO_FIGURE
    if way.target is None:
        return Mark.NO_TARGET
    if way.actual >= way.target if way.direction is Direction.UP else way.actual <= way.target:
        return Mark.MET
    done = achieved(way)
    if done is None:
        return Mark.NO_BASELINE
    if target_on is not None and target_on < today:
        return Mark.BEHIND
    if begun_on is None or target_on is None or begun_on >= target_on:
        return Mark.ON_WAY if done > 0 else Mark.BEHIND
    passed = Decimal((today - begun_on).days) / (target_on - begun_on).days * 100
    return Mark.ON_WAY if done >= passed else Mark.BEHIND


def median(values: Sequence[Decimal]) -> Decimal | None:
    """The middle of several figures; none of none."""
    if not values:
        return None
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


SUGGESTED: Mapping[Area, tuple[tuple[str, str], ...]] = {
    Area.EXCHANGE: ((N_("Staff exchanged"), N_("people")),),
    Area.TRAINING: ((N_("Staff trained"), N_("people")), (N_("Courses held"), N_("courses"))),
    Area.JOINT_LAB: (
        (N_("Methods taken into use"), N_("methods")),
        (N_("Staff able to run the laboratory"), N_("people")),
    ),
    Area.MEDICINE: ((N_("Medicines delivered in time"), N_("deliveries")),),
    Area.INFECTIOUS: ((N_("TB tests done"), N_("tests")),),
    Area.INSURANCE: ((N_("Days to the first letter"), N_("days")),),
    Area.REFERRAL: ((N_("Referrals answered with a letter home"), N_("referrals")),),
    Area.ABROAD: ((N_("People who came to outreach"), N_("people")),),
}
"""What is usually counted in an area; offered, never imposed."""
