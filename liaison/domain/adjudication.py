"""What an insurer will probably pay: a bill taken through a plan's steps, every cut with its reason.

For each line and for the whole ``claimed = benefit + reductions`` holds, to the smallest unit. A step that the plan
says nothing about is skipped and said so. It is an estimate; the insurer decides. Source: ``domain`` 3.1 to 3.3.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from liaison.domain.benefit_lines import (
    WHOLE_STEP,
    Adjudication,
    BillLine,
    LineBenefit,
    Reduction,
    Said,
    StepResult,
    Treatment,
    Used,
    cut_shares,
)
from liaison.domain.benefits import (
    BENEFIT_OF,
    PRORATED,
    BenefitCategory,
    Limit,
    LimitKind,
    PlanRules,
    RoomRule,
    Step,
    copay_regulation,
)
from liaison.domain.claims import LineCategory
from liaison.domain.codes import ReasonCode
from liaison.domain.money import WHOLE, Money, computed, total
from liaison.i18n import N_


class _Sheet:
    """The lines while they are taken through the steps: what is left of each, and its cuts so far."""

    def __init__(self, lines: Sequence[BillLine], rules: PlanRules, treatment: Treatment, used: Used) -> None:
        self.lines, self.rules, self.treatment, self.used = lines, rules, treatment, used
        self.left = [x.claimed.minor for x in lines]
        self.cuts: list[list[Reduction]] = [[] for _ in lines]
        self.categories = [_benefit_of(x, treatment) for x in lines]
        self.notes: list[Said] = []

    def money(self, minor: int) -> Money:
        return Money(minor, self.rules.currency)

    def base(self) -> Money:
        """What is left altogether; never below zero."""
        return self.money(max(sum(self.left), 0))

    def drop(self, i: int, step: Step, reason: ReasonCode) -> None:
        """Cut a line whole; a rounding or credit line stays with what it rounds."""
        if self.left[i] > 0:
            self.cut_line(i, self.left[i], step, reason)

    def cut_line(self, i: int, minor: int, step: Step, reason: ReasonCode) -> None:
        if minor:
            self.left[i] -= minor
            self.cuts[i].append(Reduction(step=step, reason=reason, amount=self.money(minor)))

    def cut_shared(self, amount: Money, step: Step, reason: ReasonCode, among: Iterable[int] | None = None) -> None:
        """Share a cut out over lines, by what is left of them."""
        chosen = [i for i in (range(len(self.lines)) if among is None else among) if self.left[i] > 0]
        parts = cut_shares(amount, [self.left[i] for i in chosen])
        for i, part in zip(chosen, parts, strict=True):
            self.cut_line(i, part.minor, step, reason)

    def level(self, step: Step, reason: ReasonCode) -> None:
        """A rounding or credit line does not stand alone: where nothing is left to round, it goes too."""
        short = -sum(self.left)
        for i, left in enumerate(self.left):
            if short > 0 and left < 0:
                part = min(short, -left)
                self.cut_line(i, -part, step, reason)
                short -= part

    def say(self, message: str, **values: object) -> None:
        self.notes.append(Said(message=message, values=values))


def _benefit_of(line: BillLine, treatment: Treatment) -> BenefitCategory | None:
    if line.category is LineCategory.NMD:
        return None
    day = line.service_on
    if day is not None and treatment.admitted_on is not None and day < treatment.admitted_on:
        return BenefitCategory.PRE_HOSP
    if day is not None and treatment.discharged_on is not None and day > treatment.discharged_on:
        return BenefitCategory.POST_HOSP
    if line.category is None:
        return BenefitCategory.HOSPITAL_MISC
    return BENEFIT_OF.get(line.category, BenefitCategory.HOSPITAL_MISC)


def adjudicate(
    lines: Iterable[BillLine], rules: PlanRules, *, treatment: Treatment | None = None, used: Used | None = None
) -> Adjudication:
    """Take a bill through a plan's steps, in the plan's order.

    Every amount is in the plan's currency (:func:`convert_lines` brings it there); raises ``ValueError`` otherwise.
    """
    lines = tuple(lines)
    if any(x.claimed.currency != rules.currency for x in lines):
        raise ValueError(f"the lines of a claim are counted in the plan's currency, {rules.currency}")
    sheet = _Sheet(lines, rules, treatment or Treatment(), used or Used())
    results: list[StepResult] = []
    for step in rules.order:
        before, sheet.notes = sum(sheet.left), []
        skipped = _STEPS[step](sheet)
        _level_after(sheet, step)
        results.append(
            StepResult(step=step, cut=sheet.money(before - sum(sheet.left)), skipped=skipped, notes=tuple(sheet.notes))
        )
    return Adjudication(
        currency=rules.currency,
        lines=tuple(
            LineBenefit(
                line=line, benefit_category=sheet.categories[i], reductions=tuple(sheet.cuts[i]),
                benefit=sheet.money(sheet.left[i]),
            )
            for i, line in enumerate(lines)
        ),
        steps=tuple(results),
    )  # fmt: skip


def _level_after(sheet: _Sheet, step: Step) -> None:
    if sum(sheet.left) >= 0:
        return
    reasons = [r.reason for cuts in sheet.cuts for r in cuts if r.step is step]
    if reasons:
        sheet.level(step, reasons[-1])


def _not_stated() -> Said:
    return Said(message=N_("The plan states nothing about this."))


def _dates(sheet: _Sheet) -> Said | None:
    rules, at = sheet.rules, sheet.treatment
    waits = at.insured_since is not None and rules.waiting_days is not None
    bound = (at.covered_from, at.covered_to, rules.days_before, rules.days_after)
    if not waits and all(x is None for x in bound):
        return Said(message=N_("Neither dates of cover nor a waiting period are on record."))
    undated = 0
    for i, line in enumerate(sheet.lines):
        day = line.service_on or at.admitted_on
        if day is None:
            undated += 1
        elif _outside(day, rules, at):
            sheet.drop(i, Step.DATES, ReasonCode.R02)
        elif at.insured_since is not None and rules.waiting_days and _waits(day, at.insured_since, rules.waiting_days):
            sheet.drop(i, Step.DATES, ReasonCode.R03)
    if undated:
        sheet.say(N_("Lines without a date of service, not checked: {count}."), count=undated)
    return None


def _outside(day: dt.date, rules: PlanRules, at: Treatment) -> bool:
    if (at.covered_from is not None and day < at.covered_from) or (at.covered_to is not None and day > at.covered_to):
        return True
    if at.admitted_on is not None and rules.days_before is not None and (at.admitted_on - day).days > rules.days_before:
        return True
    return (
        at.discharged_on is not None
        and rules.days_after is not None
        and (day - at.discharged_on).days > rules.days_after
    )


def _waits(day: dt.date, since: dt.date, waiting_days: int) -> bool:
    return (day - since).days < waiting_days


def _excluded(sheet: _Sheet) -> Said | None:
    out = {x.category for x in sheet.rules.limits if x.kind is LimitKind.NOT_COVERED}
    whole = sheet.treatment.benefit in out and sheet.treatment.benefit is not None
    for i, line in enumerate(sheet.lines):
        if line.category is LineCategory.NMD:
            sheet.drop(i, Step.EXCLUDED, ReasonCode.R16)
        elif whole or sheet.categories[i] in out:
            sheet.drop(i, Step.EXCLUDED, ReasonCode.R05)
    return None


INTENSIVE = N_(
    "Nights in intensive care count here as nights in a room, for nobody wrote down how many they were. "
    "Write them on the claim."
)
ROOM_NIGHTS = N_("Nights of the stay: {nights}. In intensive care: {intensive}. Counted for the room: {rooms}.")


def _room(sheet: _Sheet) -> Said | None:
    rules, nights = sheet.rules, sheet.treatment.nights
    if rules.room_per_day is None:
        return Said(message=N_("The plan states no amount for the room. Compare the room class by hand."))
    rooms = [i for i, x in enumerate(sheet.lines) if x.category is LineCategory.RNB and sheet.left[i] > 0]
    if not rooms:
        return Said(message=N_("No line of the bill is for the room."))
    if nights is None:
        return Said(message=N_("The days of the stay are not known. Add admission and discharge."))
    intensive = _intensive_nights(sheet)
    if intensive is None:
        sheet.say(INTENSIVE)
    room_nights = _room_nights(sheet) or nights
    if intensive:
        sheet.say(ROOM_NIGHTS, nights=nights, intensive=intensive, rooms=room_nights)
    actual, entitled = sum(sheet.left[i] for i in rooms), rules.room_per_day.minor * room_nights
    if actual <= entitled:
        return None
    if rules.room_rule is RoomRule.DIFFERENCE_ONLY:
        sheet.cut_shared(sheet.money(actual - entitled), Step.ROOM, ReasonCode.R15, rooms)
        return None
    factor = Fraction(entitled, actual)
    hit = [i for i, x in enumerate(sheet.lines) if (x.category in PRORATED or x.category is None) and sheet.left[i] > 0]
    base = sum(sheet.left[i] for i in hit)
    kept = _times(sheet.money(base), factor)
    sheet.cut_shared(sheet.money(base - kept.minor), Step.ROOM, ReasonCode.R15, hit)
    shown = (Decimal(factor.numerator) / Decimal(factor.denominator)).quantize(Decimal("0.0000001"))
    sheet.say(N_("Every cost that hangs on the room is paid at the factor {factor}."), factor=shown)
    return None


def _intensive_nights(sheet: _Sheet) -> int | None:
    """Nights in intensive care: as written down, else the days of its lines; ``None`` where neither says."""
    if sheet.treatment.intensive_nights is not None:
        return sheet.treatment.intensive_nights
    days = {x.service_on for x in sheet.lines if x.category is LineCategory.ICU}
    return None if None in days else len(days)


def _room_nights(sheet: _Sheet) -> int | None:
    """Nights in a room: those of the stay without intensive care, one at least. ``None`` for an unknown stay."""
    nights = sheet.treatment.nights
    return None if nights is None else max(nights - (_intensive_nights(sheet) or 0), 1)


def _times(money: Money, factor: Fraction) -> Money:
    """An amount times an exact factor, rounded once, half up, to the smallest unit in use."""
    exact = Fraction(money.minor) * factor
    step = WHOLE_STEP if money.currency in WHOLE else 1
    return Money(int((exact / step + Fraction(1, 2)).__floor__()) * step, money.currency)


def _inner_limits(sheet: _Sheet) -> Said | None:
    inner = [x for x in sheet.rules.limits if x.kind is not LimitKind.NOT_COVERED and _is_inner(x)]
    if not inner:
        return _not_stated()
    for limit in inner:
        _apply_inner(sheet, limit)
    return None


def _is_inner(limit: Limit) -> bool:
    return limit.category is not None or limit.kind not in (LimitKind.ANNUAL, LimitKind.LIFETIME)


def _apply_inner(sheet: _Sheet, limit: Limit) -> None:
    whole = limit.category is None or limit.category is sheet.treatment.benefit
    hit = [i for i in range(len(sheet.lines)) if whole or sheet.categories[i] is limit.category]
    base = sum(sheet.left[i] for i in hit)
    if base <= 0:
        return
    counted, most, reason = _counted(sheet, limit, hit), _most(limit), ReasonCode.R14
    if counted is None:
        sheet.say(N_("How often it was done is not on the bill; the limit was not applied: {limit}."),
                  limit=limit.category or limit.kind)  # fmt: skip
        return
    if most is not None and counted > most:
        kept = _times(sheet.money(base), Fraction(most, counted))
        sheet.cut_shared(sheet.money(base - kept.minor), Step.INNER_LIMITS, ReasonCode.R26, hit)
        counted, base = most, sum(sheet.left[i] for i in hit)
    if limit.amount is None:
        return
    cap = limit.amount.minor * counted if limit.kind in (LimitKind.PER_DAY, LimitKind.PER_VISIT) else limit.amount.minor
    gone = sheet.used.limits.get((limit.category, limit.kind))
    cap = max(cap - (gone.minor if gone is not None else 0), 0)
    if base > cap:
        sheet.cut_shared(sheet.money(base - cap), Step.INNER_LIMITS, reason, hit)


def _most(limit: Limit) -> int | None:
    return limit.max_visits if limit.kind is LimitKind.PER_VISIT else limit.max_days


def _counted(sheet: _Sheet, limit: Limit, hit: Sequence[int]) -> int | None:
    """Days or visits that a limit counts; 1 where it counts neither, ``None`` where the bill does not say."""
    if limit.kind is LimitKind.PER_VISIT:
        return sum(sheet.left[i] > 0 for i in hit)
    if limit.kind is not LimitKind.PER_DAY and limit.max_days is None:
        return 1
    days = {sheet.lines[i].service_on for i in hit if sheet.left[i] > 0}
    if limit.category is BenefitCategory.RNB:
        return _room_nights(sheet) or (len(days) if None not in days else None)
    if limit.category is BenefitCategory.ICU and sheet.treatment.intensive_nights:
        return sheet.treatment.intensive_nights
    if limit.category in (BenefitCategory.DOCTOR_VISIT, None):
        return sheet.treatment.nights or (len(days) if None not in days else None)
    return len(days) if days and None not in days else None


def _territory(sheet: _Sheet) -> Said | None:
    percent = sheet.rules.territory_percent(sheet.treatment.country)
    if percent is None:
        return _not_stated()
    if not sheet.treatment.country:
        return Said(message=N_("The country of treatment is not known."))
    base = sheet.base()
    kept = computed(base.amount * percent / 100, base.currency)
    sheet.cut_shared(base - kept, Step.TERRITORY, ReasonCode.R06)
    if percent != 100:
        sheet.say(N_("The plan pays {percent}% in this country."), percent=percent.normalize())
    return None


def _deductible(sheet: _Sheet) -> Said | None:
    if sheet.rules.deductible is None:
        return _not_stated()
    gone = sheet.used.deductible.minor if sheet.used.deductible is not None else 0
    left = max(sheet.rules.deductible.minor - gone, 0)
    if gone:
        sheet.say(N_("Of the deductible {left} is left."), left=sheet.money(left))
    sheet.cut_shared(sheet.money(min(left, sheet.base().minor)), Step.DEDUCTIBLE, ReasonCode.R19)
    return None


def _copay(sheet: _Sheet) -> Said | None:
    rules, base = sheet.rules, sheet.base()
    percent, least, most = rules.copay_percent, rules.copay_least, rules.copay_most
    if percent is None:
        if not rules.follows_regulation:
            return _not_stated()
        on = sheet.treatment.admitted_on or min((x.service_on for x in sheet.lines if x.service_on), default=None)
        if on is None:
            return Said(message=N_("The day of treatment is not known, so no regulation can be chosen."))
        law = copay_regulation(on)
        if law is None:
            return Said(message=N_("No co-payment was prescribed on that day."))
        if law.most_inpatient.currency != rules.currency:
            return Said(message=N_("The regulation {name} counts in rupiah, the plan in another currency."),
                        values={"name": law.name})  # fmt: skip
        percent = law.percent
        most = law.most_outpatient if sheet.treatment.is_outpatient else law.most_inpatient
        sheet.say(N_("By the regulation {name}: {percent}%, at most {most} a claim."),
                  name=law.name, percent=percent, most=most)  # fmt: skip
    share = computed(base.amount * percent / 100, base.currency).minor
    if least is not None:
        share = max(share, least.minor)
    if most is not None:
        share = min(share, most.minor)
    sheet.cut_shared(sheet.money(min(share, base.minor)), Step.COPAY, ReasonCode.R20)
    return None


def _overall_limits(sheet: _Sheet) -> Said | None:
    found = [x for x in sheet.rules.limits if x.amount is not None and not _is_inner(x)]
    found = [x for x in found if x.kind is not LimitKind.NOT_COVERED]
    if not found and sheet.used.annual_left is None:
        return _not_stated()
    lefts = []
    for limit in found:
        assert limit.amount is not None
        gone = sheet.used.limits.get((None, limit.kind))
        if limit.kind is LimitKind.ANNUAL and sheet.used.annual_left is not None:
            continue
        lefts.append(max(limit.amount.minor - (gone.minor if gone is not None else 0), 0))
    if sheet.used.annual_left is not None:
        lefts.append(max(sheet.used.annual_left.minor, 0))
    left = min(lefts)
    sheet.say(N_("Left of the limit: {left}."), left=sheet.money(left))
    sheet.cut_shared(sheet.money(max(sheet.base().minor - left, 0)), Step.OVERALL_LIMITS, ReasonCode.R13)
    return None


def _other_payer(sheet: _Sheet) -> Said | None:
    paid = sheet.used.paid_by_others
    if paid is None:
        return Said(message=N_("No other payer is on record."))
    claimed = max(sum(x.claimed.minor for x in sheet.lines), 0)
    over = sheet.base().minor + paid.minor - claimed
    sheet.cut_shared(sheet.money(max(min(over, sheet.base().minor), 0)), Step.OTHER_PAYER, ReasonCode.R21)
    sheet.say(N_("Another payer paid {paid}; together never more than was claimed."), paid=paid)
    return None


_STEPS: Mapping[Step, Callable[[_Sheet], Said | None]] = {
    Step.DATES: _dates,
    Step.EXCLUDED: _excluded,
    Step.ROOM: _room,
    Step.INNER_LIMITS: _inner_limits,
    Step.TERRITORY: _territory,
    Step.DEDUCTIBLE: _deductible,
    Step.COPAY: _copay,
    Step.OVERALL_LIMITS: _overall_limits,
    Step.OTHER_PAYER: _other_payer,
}


# several payers


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """A policy that takes part in a bill, with what its plan says. ``is_public`` is BPJS: it pays in Indonesia only."""

    key: int
    rules: PlanRules
    treatment: Treatment
    used: Used = field(default_factory=Used)
    is_public: bool = False


HOME = "ID"
ONLY_AT_HOME = N_("BPJS pays for treatment in Indonesia only.")


def takes_part(payer: Payer) -> bool:
    """Whether a payer can share in the bill at all: BPJS only for treatment at home. Source: ``domain`` 3.2."""
    return not payer.is_public or payer.treatment.country == HOME


def coordinate(lines: Sequence[BillLine], payers: Iterable[Payer]) -> dict[int, Adjudication]:
    """A bill taken to several payers in their order; each later one pays at most what the earlier ones left.

    All plans and lines are in one currency; raises ``ValueError`` otherwise. A payer that cannot take part is left out.
    """
    found: dict[int, Adjudication] = {}
    for payer in payers:
        if not takes_part(payer):
            continue
        used = payer.used
        if found:
            paid = total((a.benefit for a in found.values()), payer.rules.currency)
            used = replace(used, paid_by_others=paid + (used.paid_by_others or Money(0, paid.currency)))
        found[payer.key] = adjudicate(lines, payer.rules, treatment=payer.treatment, used=used)
    return found
