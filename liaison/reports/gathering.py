"""What every report reads: the office, the clock, exchange rates, the journal's head, and what must not leak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from liaison.domain.fx import RateKind
from liaison.domain.network import OrganizationKind
from liaison.domain.patients import IdentifierKind
from liaison.domain.regions import CITIES, PROVINCES
from liaison.reports.case_view import Office, RateView
from liaison.reports.leakscan import LeakTerms, people_of
from liaison.reports.one_look import once
from liaison.services import office as offices
from liaison.store.journal_tables import ACTION, ActionKind
from liaison.store.models import (
    AgentRow,
    ClaimRow,
    CoverRow,
    EscortRow,
    FxRateRow,
    GuaranteeRow,
    JourneyRow,
    OfficeRow,
    OrganizationRow,
    PatientIdentifierRow,
    PatientRow,
    PolicyRow,
    RelatedPersonRow,
    RoadshowGuestRow,
)

_NOT_WORK = (ActionKind.DISCLOSURE, ActionKind.RELEASE, ActionKind.BACKUP)
"""Actions that a print itself causes; the head in the footer is that of the last action that changed the work."""

CROSS_VIA = "EUR"
"""The base of the European Central Bank's file."""


def office_of(session: Session) -> Office:
    """The office as its letterhead has it."""
    view = offices.office(session)
    return Office(
        name=view.name,
        place=view.place,
        letterhead=view.letterhead,
        address=view.address,
        phone=view.phone,
        zone=view.zone,
        signatory=view.signatory,
        signatory_title=view.signatory_title,
        is_sample=view.is_sample,
    )


def journal_head(session: Session) -> str:
    """``4b7e…91d2``: the newest link of the journal that is no print, export or backup; empty if there is none."""
    question = (
        sa.select(ACTION.c.mac)
        .where(ACTION.c.chain_no.is_not(None), ACTION.c.kind.not_in([kind.value for kind in _NOT_WORK]))
        .order_by(ACTION.c.chain_no.desc())
        .limit(1)
    )
    mac = session.scalar(question)
    return f"{bytes(mac).hex()[:4]}…{bytes(mac).hex()[-4:]}" if mac else ""


# rates


def rates_for(session: Session, currencies: Iterable[str], day: dt.date) -> tuple[RateView, ...]:
    """The rate of each currency to the rupiah on a day, or on the last day before it that has one."""
    found = (rate_on(session, currency, day) for currency in dict.fromkeys(currencies) if currency != "IDR")
    return tuple(rate for rate in found if rate is not None)


def rate_on(session: Session, base: str, day: dt.date) -> RateView | None:
    """A rate to the rupiah: the published one, else the cross over the euro, else none. Never one of a later day."""
    direct, cross = _direct(session, base, day), _cross(session, base, day)
    if direct is None or (cross is not None and cross.on > direct.on):
        return cross
    return direct


def _direct(session: Session, base: str, day: dt.date) -> RateView | None:
    row = session.execute(
        sa.select(FxRateRow.rate, FxRateRow.on_date, FxRateRow.source)
        .where(FxRateRow.base == base, FxRateRow.quote == "IDR", FxRateRow.on_date <= day)
        .order_by(FxRateRow.on_date.desc(), FxRateRow.kind == RateKind.FIXED.value, FxRateRow.id.desc())
        .limit(1)
    ).first()
    return RateView(base=base, quote="IDR", rate=Decimal(row[0]), on=row[1], source=row[2]) if row else None


def _cross(session: Session, base: str, day: dt.date) -> RateView | None:
    """One foreign unit over the euro; the quotient is not rounded before it is multiplied."""
    to_rupiah, to_base = aliased(FxRateRow), aliased(FxRateRow)
    row = session.execute(
        sa.select(to_rupiah.rate, to_base.rate, to_rupiah.on_date, to_rupiah.source)
        .join(to_base, sa.and_(to_base.on_date == to_rupiah.on_date, to_base.source == to_rupiah.source))
        .where(
            to_rupiah.base == CROSS_VIA,
            to_rupiah.quote == "IDR",
            to_base.base == CROSS_VIA,
            to_base.quote == base,
            to_rupiah.on_date <= day,
        )
        .order_by(to_rupiah.on_date.desc(), to_rupiah.id)
        .limit(1)
    ).first()
    if row is None or not Decimal(row[1]):
        return None
    rate = Decimal(row[0]) / Decimal(row[1])
    return RateView(base=base, quote="IDR", rate=rate, on=row[2], source=row[3], via=CROSS_VIA)


# leaks


def leak_terms(session: Session) -> LeakTerms:
    """Names, phones and numbers of every person in the store, and the houses and cities that a paper may name."""
    return once(session, "leak terms", lambda: _leak_terms(session))


def _leak_terms(session: Session) -> LeakTerms:
    names: set[str] = set()
    for column in (
        PatientRow.full_name,
        PatientRow.passport_name,
        CoverRow.name_on_policy,
        PolicyRow.holder_name,
        RelatedPersonRow.name,
        EscortRow.name,
        AgentRow.name,
    ):
        names.update(_texts(session, column))
    names.update(_texts(session, RoadshowGuestRow.name, RoadshowGuestRow.is_visitor.is_(True)))
    phones: set[str] = set()
    for column in (PatientRow.phone_digits, RelatedPersonRow.phone_digits, AgentRow.phone_digits):
        phones.update(_numbers(session, column))
    numbers: set[str] = set(
        _numbers(session, PatientIdentifierRow.value, PatientIdentifierRow.kind != IdentifierKind.OTHER.value)
    )
    for column in (
        PolicyRow.policy_no,
        CoverRow.member_no,
        CoverRow.card_no,
        EscortRow.passport,
        ClaimRow.claim_no,
        ClaimRow.gl_no,
        GuaranteeRow.gl_no,
        JourneyRow.case_no,
        JourneyRow.mrn,
    ):
        numbers.update(_numbers(session, column))
    terms = LeakTerms(
        names=frozenset(names), phones=frozenset(phones), numbers=frozenset(numbers), allowed=_allowed(session),
        places=frozenset(province.name for province in PROVINCES.values()),
    )  # fmt: skip
    return replace(terms, people=people_of(terms))


def _texts(session: Session, column: sa.orm.InstrumentedAttribute[str], *where: sa.ColumnElement[bool]) -> set[str]:
    return set(session.scalars(sa.select(column).where(column != "", *where).distinct()))


def _numbers(session: Session, column: sa.orm.InstrumentedAttribute[str], *where: sa.ColumnElement[bool]) -> set[str]:
    """What hardly ever stands twice: told apart here, which is faster than by the store."""
    return set(session.connection().scalars(sa.select(column).where(column != "", *where)))


def _allowed(session: Session) -> frozenset[str]:
    """Hospitals, the office itself, and the cities of the list; insurers are not among them."""
    houses = session.scalars(
        sa.select(OrganizationRow.name).where(OrganizationRow.kind == OrganizationKind.HOSPITAL.value)
    )
    own = session.scalars(sa.select(OfficeRow.name))
    cities = {name for city in CITIES for name in (city.name, *city.also)}
    return frozenset({*houses, *own, *cities})


def insurer_names(session: Session) -> frozenset[str]:
    """Insurers and administrators: never named on joint paper."""
    kinds = [OrganizationKind.INSURER.value, OrganizationKind.ADMINISTRATOR.value]
    rows = session.execute(
        sa.select(OrganizationRow.name, OrganizationRow.short_name).where(OrganizationRow.kind.in_(kinds))
    )
    return frozenset(name for row in rows for name in row if name)
