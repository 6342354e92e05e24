"""What goes into the estimate of a benefit and what comes out of it; sums shared out over the lines of a bill.

For each line and for the whole ``claimed = benefit + reductions`` holds, to the smallest unit. Source: ``domain`` 3.1.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from liaison.domain.benefits import BenefitCategory, LimitKind, Step
from liaison.domain.claims import LineCategory
from liaison.domain.codes import ReasonCode
from liaison.domain.fx import UsedRate
from liaison.domain.money import WHOLE, Money, total
from liaison.i18n import N_

if TYPE_CHECKING:
    from liaison.i18n import Language

THE_INSURER_DECIDES = N_("Estimate. The insurer decides.")
"""Stands under every estimate, on the screen and on paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A marked sentence with what goes into it."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """The sentence in one language."""
        return language(self.message, **self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class BillLine:
    """One line that is claimed. Only a rounding line or a credit is below zero."""

    key: int
    claimed: Money
    category: LineCategory | None = None
    description: str = ""
    service_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What the rules ask about the treatment and the person's cover."""

    country: str = ""
    admitted_on: dt.date | None = None
    discharged_on: dt.date | None = None
    is_outpatient: bool = False
    intensive_nights: int | None = None
    """Nights of the stay in intensive care, as written down; the dates of the bill count where nobody wrote them."""
    benefit: BenefitCategory | None = None
    """The benefit that the whole treatment counts to, for instance cancer."""
    covered_from: dt.date | None = None
    covered_to: dt.date | None = None
    insured_since: dt.date | None = None
    """The day the waiting period runs from."""

    @property
    def nights(self) -> int | None:
        """Days of the stay that are charged: nights, one at least."""
        if self.admitted_on is None or self.discharged_on is None:
            return None
        return max((self.discharged_on - self.admitted_on).days, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What is used up already, in the plan's currency."""

    deductible: Money | None = None
    limits: Mapping[tuple[BenefitCategory | None, LimitKind], Money] = field(default_factory=dict)
    annual_left: Money | None = None
    """What the insurer itself said is left; it wins over our own sum."""
    paid_by_others: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """A cut of one line: in which step, by how much, and why."""

    step: Step
    reason: ReasonCode
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBenefit:
    """A line with its cuts and what is left of it."""

    line: BillLine
    benefit_category: BenefitCategory | None
    reductions: tuple[Reduction, ...]
    benefit: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """What a step did: cut so much, found nothing to cut, or was skipped and why."""

    step: Step
    cut: Money
    skipped: Said | None = None
    notes: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjudication:
    """The whole calculation, line by line and step by step."""

    currency: str
    lines: tuple[LineBenefit, ...]
    steps: tuple[StepResult, ...]

    @property
    def claimed(self) -> Money:
        """What was claimed."""
        return total((x.line.claimed for x in self.lines), self.currency)

    @property
    def benefit(self) -> Money:
        """What the insurer will probably pay."""
        return total((x.benefit for x in self.lines), self.currency)

    @property
    def reduced(self) -> Money:
        """Everything cut."""
        return total((r.amount for x in self.lines for r in x.reductions), self.currency)

    def by_reason(self) -> dict[ReasonCode, Money]:
        """What was cut for each reason, in the order of the steps."""
        found: dict[ReasonCode, Money] = {}
        for step in self.steps:
            for x in self.lines:
                for r in x.reductions:
                    if r.step is step.step:
                        found[r.reason] = found.get(r.reason, Money(0, self.currency)) + r.amount
        return found


# sharing out

WHOLE_STEP = 100
"""Minor units of the smallest amount in use where nobody uses the minor unit."""


def cut_shares(amount: Money, weights: Sequence[int]) -> list[Money]:
    """Share a cut out over what is left of the lines, the largest remainder first; none gets more than its weight.

    ``amount`` is at most the sum of the weights. Rupiah and riel are cut in whole units where the lines are whole.
    Source: ``domain`` 3.1.
    """
    base = sum(weights)
    whole = amount.currency in WHOLE and amount.minor % WHOLE_STEP == 0 and all(w % WHOLE_STEP == 0 for w in weights)
    step = WHOLE_STEP if whole else 1
    if base <= 0 or amount.minor <= 0:
        return [Money(0, amount.currency) for _ in weights]
    units = min(amount.minor, base) // step
    raw = [divmod(units * w, base) for w in weights]
    left = units - sum(q for q, _ in raw)
    by_remainder = sorted(range(len(raw)), key=lambda i: (-raw[i][1], i))
    extra = set(by_remainder[:left])
    return [Money((q + (i in extra)) * step, amount.currency) for i, (q, _) in enumerate(raw)]


def convert_lines(lines: Iterable[BillLine], rate: UsedRate) -> tuple[BillLine, ...]:
    """The lines in the plan's currency: the sum is converted and rounded once, and the lines add up to it.

    The residue of the rounding goes to the lines with the largest remainder. Raises ``ValueError`` for lines in
    another currency than the rate's.
    """
    lines = tuple(lines)
    if not lines:
        return ()
    whole = rate.convert(total((x.claimed for x in lines), rate.base))
    each = [rate.convert(x.claimed) for x in lines]
    step = WHOLE_STEP if rate.quote in WHOLE else 1
    residue = (whole.minor - sum(m.minor for m in each)) // step
    exact = [Fraction(x.claimed.minor) * rate.exact for x in lines]
    sign = 1 if residue > 0 else -1
    order = sorted(range(len(lines)), key=lambda i: (-sign * (exact[i] - each[i].minor), i))
    for n in range(abs(residue)):
        i = order[n % len(order)]
        each[i] = Money(each[i].minor + sign * step, rate.quote)
    return tuple(replace(x, claimed=m) for x, m in zip(lines, each, strict=True))
