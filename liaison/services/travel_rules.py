"""What countries and airlines ask of a traveller, as this office knows it: its own rules go before the usual ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import refuse_if
from liaison.domain.fields import problem
from liaison.domain.names import fold
from liaison.domain.regions import COUNTRIES
from liaison.domain.travel_rules import (
    FALLBACK_PASSPORT_MONTHS,
    AirlineRule,
    CountryRule,
    CountryRuleDraft,
    MedifNeed,
    MedifRuleDraft,
    TravelRules,
    check_country_rule,
    check_medif_rule,
    travel_rules,
)
from liaison.i18n import N_
from liaison.services.changes import NOTHING, Changes, add, changes, fill, get_for, today
from liaison.store.models import CountryRuleRow, MedifRuleRow

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
    usual = travel_rules().with_countries(map(_rule, session.scalars(sa.select(CountryRuleRow))))
    return usual.with_airlines(map(_airline_rule, session.scalars(sa.select(MedifRuleRow))))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class MedifView:
    """An airline's rule for its medical form as it holds here. ``id`` is none where the program's own holds."""

    id: int | None
    version: int | None
    rule: AirlineRule
    is_stale: bool


def medif_rules(session: Session) -> tuple[MedifView, ...]:
    """The rules of all airlines for their medical form, by name."""
    rows = {(row.carrier_key, row.need): row for row in session.scalars(sa.select(MedifRuleRow))}
    found = []
    for rule in sorted(rules_here(session).airlines, key=lambda r: (fold(r.name), r.need.value)):
        row = rows.get((fold(rule.name), rule.need))
        found.append(
            MedifView(
                id=row.id if row else None, version=row.version if row else None, rule=rule,
                is_stale=rule.is_stale(today(session)),
            )
        )  # fmt: skip
    return tuple(found)


def medif_rule_draft(session: Session, carrier: str, need: MedifNeed) -> MedifRuleDraft:
    """What the form of an airline's rule opens with: the rule that holds now, to be checked today."""
    same = (r for r in rules_here(session).airlines if (fold(r.name), r.need) == (fold(carrier), need))
    rule = next(same, None)
    if rule is None:
        return MedifRuleDraft(carrier=carrier, need=need, source="", checked_on=today(session))
    return MedifRuleDraft(
        carrier=rule.name, codes=rule.also, need=rule.need, days=rule.days, is_working=rule.working,
        wants_indemnity=rule.wants_indemnity, source=rule.source, checked_on=today(session),
    )  # fmt: skip


def keep_medif_rule(session: Session, draft: MedifRuleDraft, *, version: int | None = None) -> Changes:
    """Write down when an airline wants its medical form, with its source and the day somebody looked."""
    refuse_if(check_medif_rule(draft, today=today(session)))
    draft = replace(draft, codes=tuple(code.strip().upper() for code in draft.codes))
    key = fold(draft.carrier)
    row = session.scalar(
        sa.select(MedifRuleRow).where(MedifRuleRow.carrier_key == key, MedifRuleRow.need == draft.need)
    )
    if row is None:
        row = add(session, fill(MedifRuleRow(carrier_key=key), draft))
    else:
        fill(get_for(session, MedifRuleRow, row.id, draft, version=version), draft)
        session.flush()
    return changes(("medif_rule", row.id), made=row.id)


def restore_country_rules(session: Session) -> Changes:
    """Let what comes with the program hold again for every country, and for every airline's medical form."""
    done = NOTHING
    for own in session.scalars(sa.select(MedifRuleRow)).all():
        done |= changes(("medif_rule", own.id))
        session.delete(own)
    for row in session.scalars(sa.select(CountryRuleRow)).all():
        done |= changes(("country_rule", row.id))
        session.delete(row)
    session.flush()
    return done


def _row(session: Session, country: str) -> CountryRuleRow | None:
    return session.scalar(sa.select(CountryRuleRow).where(CountryRuleRow.country == country))


def _airline_rule(row: MedifRuleRow) -> AirlineRule:
    return AirlineRule(
        name=row.carrier, also=tuple(row.codes), need=row.need, days=row.days, working=row.is_working,
        source=row.source, wants_indemnity=row.wants_indemnity, checked_on=row.checked_on,
    )  # fmt: skip


def _rule(row: CountryRuleRow) -> CountryRule:
    return CountryRule(
        code=row.country, passport_months=row.passport_months, visit_days=row.visit_days, needs_visa=row.needs_visa,
        arrival_card=row.arrival_card, arrival_card_days=row.arrival_card_days,
        extension_months=row.extension_months, source=row.source, checked_on=row.checked_on,
    )  # fmt: skip
