"""How a plan pays, in sentences: the same on the insurer's card, on paper and on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison.domain.benefits import DEFAULT_ORDER, DeductiblePer, LimitKind, RateRule, RoomRule
from liaison.domain.plans import BenefitLimitDraft, PlanRulesDraft, read_percent, read_territory
from liaison.i18n import N_
from liaison.services.sentences import Sentence, said

if TYPE_CHECKING:
    from liaison.i18n import Language

_ROOM = {
    RoomRule.DIFFERENCE_ONLY: N_("The room is paid up to {amount} a day; above it the patient pays the difference."),
    RoomRule.PRORATE_ALL: N_("The room is paid up to {amount} a day; in a better room the whole bill is cut with it."),
}
_DEDUCTIBLE = {
    DeductiblePer.POLICY_YEAR: N_("The first {amount} of a policy year are the patient's."),
    DeductiblePer.DISABILITY: N_("The first {amount} of each illness or accident are the patient's."),
    DeductiblePer.CLAIM: N_("The first {amount} of every claim are the patient's."),
}
_LIMITS = {
    LimitKind.ANNUAL: N_("{benefit}: at most {amount} a policy year."),
    LimitKind.LIFETIME: N_("{benefit}: at most {amount} in a lifetime."),
    LimitKind.PER_DISABILITY: N_("{benefit}: at most {amount} for one illness or accident."),
    LimitKind.PER_ADMISSION: N_("{benefit}: at most {amount} an admission."),
    LimitKind.PER_DAY: N_("{benefit}: at most {amount} a day."),
    LimitKind.PER_VISIT: N_("{benefit}: at most {amount} a visit."),
}
EVERYTHING = N_("Everything together")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Countries(Sentence):
    """Countries by their names in the language asked for."""

    codes: tuple[str, ...]

    def text(self, language: Language) -> str:
        """The names, parted by commas."""
        return ", ".join(language.formats.country_name(code) for code in self.codes)


def rules_in_words(rules: PlanRulesDraft) -> list[Sentence]:
    """A plan's rules, one sentence each; what is not stated is not said."""
    found = [_territory(part) for part in rules.territories]
    if rules.room_per_day is not None:
        found.append(said(_ROOM[rules.room_rule], amount=rules.room_per_day))
    if rules.deductible is not None:
        found.append(said(_DEDUCTIBLE[rules.deductible_per], amount=rules.deductible))
    found += _copay(rules)
    found += _days(rules)
    if rules.rate_rule is not None:
        found.append(_rate(rules.rate_rule, rules.rate_source))
    if rules.step_order != DEFAULT_ORDER:
        found.append(said(N_("The insurer works the steps out in an order of its own.")))
    return [each for each in found if each is not None]


def _territory(part: str) -> Sentence | None:
    share = read_territory(part)
    if share is None:
        return None
    percent = share.percent.normalize()
    if not share.countries:
        return said(N_("Everywhere else it pays {percent}%."), percent=percent)
    return said(
        N_("In {countries} it pays {percent}%."),
        countries=_Countries(message="", codes=share.countries),
        percent=percent,
    )


def _copay(rules: PlanRulesDraft) -> list[Sentence]:
    percent = read_percent(rules.copay_percent) if rules.copay_percent.strip() else None
    if percent is None:
        return [said(N_("Co-payment as the regulation prescribes."))] if rules.follows_regulation else []
    found = [said(N_("The patient pays {percent}% of what is left."), percent=percent.normalize())]
    if rules.copay_least is not None:
        found.append(said(N_("That is at least {amount} a claim."), amount=rules.copay_least))
    if rules.copay_most is not None:
        found.append(said(N_("That is at most {amount} a claim."), amount=rules.copay_most))
    return found


def _days(rules: PlanRulesDraft) -> list[Sentence]:
    found = []
    for days, message in (
        (rules.waiting_days, N_("Nothing is paid in the first {days} days of cover.")),
        (rules.days_before, N_("Care is paid from {days} days before the stay.")),
        (rules.days_after, N_("Care is paid until {days} days after the stay.")),
        (rules.submit_within_days, N_("A claim is sent within {days} days after discharge.")),
    ):
        if days is not None:
            found.append(said(message, days=days))
    return found


def _rate(rule: RateRule, source: str) -> Sentence:
    if source:
        return said(N_("It counts by the exchange rate of {rule}, {source}."), rule=rule, source=source)
    return said(N_("It counts by the exchange rate of {rule}."), rule=rule)


def limit_in_words(limit: BenefitLimitDraft) -> Sentence:
    """One line of the table of benefits as a sentence."""
    benefit: object = limit.category if limit.category is not None else said(EVERYTHING)
    if limit.kind is LimitKind.NOT_COVERED:
        return said(N_("{benefit}: not covered."), benefit=benefit)
    if limit.amount is not None:
        sentence = said(_LIMITS[limit.kind], benefit=benefit, amount=limit.amount)
    else:
        sentence = said(N_("{benefit}: as charged."), benefit=benefit)
    if limit.max_days is not None:
        return said(N_("{sentence} At most {count} days."), sentence=sentence, count=limit.max_days)
    if limit.max_visits is not None:
        return said(N_("{sentence} At most {count} visits."), sentence=sentence, count=limit.max_visits)
    return sentence
