"""What countries and airlines ask of a traveller, as this office knows it: its own rules go before the usual ones."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import refuse_if
from liaison.domain.fields import problem
from liaison.domain.regions import COUNTRIES
from liaison.domain.travel_rules import (
    FALLBACK_PASSPORT_MONTHS,
    CountryRule,
    CountryRuleDraft,
    TravelRules,
    check_country_rule,
    travel_rules,
)
from liaison.i18n import N_
from liaison.services.changes import NOTHING, Changes, add, changes, fill, get_for, today
from liaison.store.models import CountryRuleRow

NO_SUCH_COUNTRY = N_("Rules are kept for the countries that cases go to. Choose one of them.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryView:
    """A country's rule as it holds here. ``id`` is none where the program's own holds."""

    id: int | None
    version: int | None
    rule: CountryRule
    is_stale: bool
    """Nobody looked for a year, or nobody knows when."""


def rules_here(session: Session) -> TravelRules:
    """Every rule as it holds in this office."""
    return travel_rules().with_countries(map(_rule, session.scalars(sa.select(CountryRuleRow))))


def passport_months(session: Session, country: str) -> int:
    """How many months a passport must last beyond the return, for a country; six where nothing is on file."""
    row = _row(session, country)
    rule = _rule(row) if row is not None else travel_rules().country(country)
    return rule.passport_months if rule is not None else FALLBACK_PASSPORT_MONTHS


def countries(session: Session) -> tuple[CountryView, ...]:
    """The rules of all countries that cases go to."""
    rows = {row.country: row for row in session.scalars(sa.select(CountryRuleRow))}
    found = []
    for rule in rules_here(session).countries:
        row = rows.get(rule.code)
        found.append(
            CountryView(
                id=row.id if row else None, version=row.version if row else None, rule=rule,
                is_stale=rule.is_stale(today(session)),
            )
        )  # fmt: skip
    return tuple(found)


def country_rule_draft(session: Session, country: str) -> CountryRuleDraft:
    """What the form of a country's rule opens with: the rule that holds now, to be checked today."""
    rule = rules_here(session).country(country)
    if rule is None:
        return CountryRuleDraft(country=country, source="", checked_on=today(session))
    return CountryRuleDraft(
        country=country, passport_months=rule.passport_months, visit_days=rule.visit_days, needs_visa=rule.needs_visa,
        arrival_card=rule.arrival_card, arrival_card_days=rule.arrival_card_days,
        extension_months=rule.extension_months, source=rule.source, checked_on=today(session),
    )  # fmt: skip


def keep_country_rule(session: Session, draft: CountryRuleDraft, *, version: int | None = None) -> Changes:
    """Write down what a country asks, with its source and the day somebody looked."""
    problems = check_country_rule(draft, today=today(session))
    if draft.country and (draft.country not in COUNTRIES or draft.country == "ID"):
        problems.append(problem("NO_SUCH_COUNTRY", NO_SUCH_COUNTRY, "country"))
    refuse_if(problems)
    row = _row(session, draft.country)
    if row is None:
        row = add(session, fill(CountryRuleRow(), draft))
    else:
        fill(get_for(session, CountryRuleRow, row.id, draft, version=version), draft)
        session.flush()
    return changes(("country_rule", row.id), made=row.id)


def restore_country_rules(session: Session) -> Changes:
    """Let what comes with the program hold again for every country."""
    done = NOTHING
    for row in session.scalars(sa.select(CountryRuleRow)).all():
        done |= changes(("country_rule", row.id))
        session.delete(row)
    session.flush()
    return done


def _row(session: Session, country: str) -> CountryRuleRow | None:
    return session.scalar(sa.select(CountryRuleRow).where(CountryRuleRow.country == country))


def _rule(row: CountryRuleRow) -> CountryRule:
    return CountryRule(
        code=row.country, passport_months=row.passport_months, visit_days=row.visit_days, needs_visa=row.needs_visa,
        arrival_card=row.arrival_card, arrival_card_days=row.arrival_card_days,
        extension_months=row.extension_months, source=row.source, checked_on=row.checked_on,
    )  # fmt: skip
