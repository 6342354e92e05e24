"""The sample office's register: the public chain of agreements with China, the talks with Cambodia, and one invented
service agreement with an invented insurer, so that promises, figures and alarms have something to show.

Facts of the chain as ``domain`` 2.1 and trap 8 have them, with the sources named there; nothing was added to them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy.orm import Session

from liaison.domain.action_plans import ActivityDraft, Horizon, MilestoneDraft
from liaison.domain.agreements import (
    AgreementDraft,
    AgreementKind,
    Area,
    KeptDraft,
    ObligationDraft,
    Renewal,
    TransferBasis,
)
from liaison.domain.data_requests import DataRequestDraft, DataSort
from liaison.domain.indicators import Direction, IndicatorDraft, Level, Measure
from liaison.domain.money import Money
from liaison.domain.outreach import ChannelDraft, OutreachDraft
from liaison.domain.periods import Period
from liaison.i18n import N_, Language
from liaison.services.action_plans import add_activity, add_milestone, close_milestone
from liaison.services.agreements import add_agreement, add_obligation, close_obligation
from liaison.services.changes import today
from liaison.services.data_requests import add_request
from liaison.services.indicators import add_indicator
from liaison.services.outreach import add_channel, add_outreach
from liaison.services.sample_world import World

MINISTRY, COMMISSION = N_("Ministry of Health of Indonesia"), N_("National Health Commission of China")
FIRST_PLAN_AREAS = (Area.INFECTIOUS, Area.CHRONIC, Area.EMERGENCY, Area.SYSTEM, Area.TRADITIONAL)


def add_agreements(session: Session, world: World, language: Language) -> None:
    """Write the register of the sample office."""
    _ = language
    both = (_(MINISTRY), _(COMMISSION))
    memorandum = _add(
        session, kind=AgreementKind.MOU, title=_(N_("Cooperation in health (MoU of 2017)")), parties=both, country="CN",
        place="Surakarta", signed_on=dt.date(2017, 11, 27), source="netralnews.com, sindonews.com",
    )  # fmt: skip
    _add(
        session, kind=AgreementKind.BODY, title=_(N_("Joint Committee on Health")), parties=both, country="CN",
        signed_on=dt.date(2020, 10, 27), implements_id=memorandum, source="netralnews.com, sindonews.com",
    )  # fmt: skip
    first = _add(
        session, kind=AgreementKind.PLAN, title=_(N_("Plan of action 2020–2022")), parties=both, country="CN",
        signed_on=dt.date(2020, 11, 24), areas=FIRST_PLAN_AREAS, implements_id=memorandum,
        source="netralnews.com, sindonews.com",
    )  # fmt: skip
    second = _add(
        session, kind=AgreementKind.PLAN, title=_(N_("Plan of action of 2023")), parties=both, country="CN",
        place="Chengdu", signed_on=dt.date(2023, 7, 27), implements_id=memorandum, supersedes_id=first,
        source="voi.id, tribunnews.com", note=_(N_("Nine private memoranda were signed beside it.")),
    )  # fmt: skip
    standards = _add(
        session, kind=AgreementKind.MOU, title=_(N_("Health and medical standardisation")),
        parties=(_(N_("Government of Indonesia")), _(N_("Government of China"))), country="CN", place="Beijing",
        signed_on=dt.date(2024, 11, 9), areas=(Area.STANDARDS,), implements_id=second,
        source="pantau.com, kabarin.com",
    )  # fmt: skip
    laboratory = _add(
        session, kind=AgreementKind.MOA,
        title=_(N_("China–Indonesia Joint Laboratory for Digital Medicine and Proactive Health")),
        parties=(_(MINISTRY), "Xuzhou Medical University"), country="CN", signed_on=dt.date(2026, 1, 18),
        areas=(Area.JOINT_LAB, Area.DIGITAL), implements_id=standards,
        protection_clause=_(N_("stated principle: protection of health data")),
        sovereignty_clause=_(N_("stated principle: sovereignty over health data")),
        source="pantau.com, kabarin.com, batamtoday.com, borneoflash.com",
        note=_(N_("Signed during the visit of 15 to 18 January 2026. One report names BSN as a third party. The visit "
                  "also covered AI in primary care and the making of the TB molecular test (TCM).")),
    )  # fmt: skip
    _add(
        session, kind=AgreementKind.TALKS, title=_(N_("Cooperation in health with Cambodia")),
        parties=(_(N_("Indonesia")), _(N_("Cambodia"))), country="KH",
        source="idntimes.com (15.3.2024), indocham.com",
        note=_(N_("Talks on 14 March 2024 about three areas. No memorandum is known to be signed.")),
    )  # fmt: skip
    _plan(session, _service(session, world, language), language)
    without = IndicatorDraft(
        agreement_id=laboratory, area=Area.TRAINING, name=_(N_("Staff able to run the laboratory")),
        level=Level.OUTPUT, unit=_(N_("people")),
    )  # fmt: skip
    add_indicator(session, without)
    fest = OutreachDraft(
        title=_(N_("Indonesia Health Fest")), country="KH", city="Sihanoukville", held_on=dt.date(2024, 6, 1),
        is_month_only=True, audience=_(N_("Indonesians abroad")), headcount=800,
        services=_(N_("basic health checks without charge")),
        note=_(N_("About 800 came, by the press (indocham.com).")),
    )  # fmt: skip
    add_outreach(session, fest)
    asked = DataRequestDraft(
        agreement_id=laboratory, asked_on=today(session) - dt.timedelta(days=6), asked_by=_(N_("A research group")),
        country="CN", sort=DataSort.PSEUDONYMOUS, what=_(N_("results of TB molecular tests of a year")),
        purpose=_(N_("checking of a method")),
    )  # fmt: skip
    add_request(session, asked)
    add_channel(session, ChannelDraft(
        topic=_(N_("Tuberculosis")), authority=_(N_("health office of the city")), country="ID",
        how=_(N_("by the hospital's own portal")),
    ))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Promise:
    """A promise of the invented agreement; days count from today."""

    by_office: bool
    what: str
    due: int
    done: int | None = None


_PROMISES = (
    _Promise(by_office=False, what=N_("First letter within two days of a complete request"), due=-300, done=-310),
    _Promise(by_office=False, what=N_("One night number for emergencies"), due=-250, done=-240),
    _Promise(by_office=True, what=N_("Complete papers with every request"), due=-250, done=-260),
    _Promise(by_office=True, what=N_("A list of open claims every month"), due=-200, done=-205),
    _Promise(by_office=False, what=N_("Reasons of every refusal in writing"), due=-120, done=-100),
    _Promise(by_office=False, what=N_("Payment within 30 days of the decision"), due=-20),
    _Promise(by_office=True, what=N_("Review of the figures of the year"), due=40),
)


def _service(session: Session, world: World, language: Language) -> int:
    _, day = language, today(session)
    insurer, office = world.insurers[0].name, _(N_("This office"))
    ends = day + dt.timedelta(days=130)
    key = _add(
        session, kind=AgreementKind.SERVICE, title=_(N_("Letters and claims without cash")), parties=(insurer, office),
        country="ID", place="Medan", number="PKS/118/MDN", signed_on=ends - dt.timedelta(days=730),
        effective_on=ends - dt.timedelta(days=729), expires_on=ends, renewal=Renewal.BY_AGREEMENT,
        areas=(Area.INSURANCE, Area.REFERRAL), protection_clause=_(N_("article 9")),
        sovereignty_clause=_(N_("article 10")), transfer_basis=TransferBasis.CONSENT,
        transfer_clause=_(N_("article 11")), contact=_(N_("Provider desk")),
    )  # fmt: skip
    for one in _PROMISES:
        who = office if one.by_office else insurer
        due = day + dt.timedelta(days=one.due)
        made = add_obligation(session, ObligationDraft(agreement_id=key, who=who, what=_(one.what), due_on=due)).made
        if one.done is not None and made is not None:
            kept = KeptDraft(
                finished_on=day + dt.timedelta(days=one.done), evidence=_(N_("minutes of the round table"))
            )
            close_obligation(session, made, kept)
    return key


def _plan(session: Session, key: int, language: Language) -> None:
    """Activities and indicators of the invented agreement; its figures are asked of the sample's own cases."""
    _, day = language, today(session)

    def in_days(days: int) -> dt.date:
        return day + dt.timedelta(days=days)

    line = ActivityDraft(
        agreement_id=key, area=Area.INSURANCE, title=_(N_("One form for every request for a letter")),
        horizon=Horizon.SHORT, owner=_(N_("This office")), origin=_(N_("round table in Medan")),
        budget=Money(18_500_000_00, "IDR"), starts_on=in_days(-200), due_on=in_days(-12),
    )  # fmt: skip
    first = add_activity(session, line).made
    assert first is not None
    for title, due in ((N_("Form agreed on"), -90), (N_("Form in use at ten hospitals"), -12)):
        made = add_milestone(session, MilestoneDraft(activity_id=first, title=_(title), due_on=in_days(due))).made
        if due < -30 and made is not None:
            kept = KeptDraft(finished_on=in_days(due + 5), evidence=_(N_("minutes of the round table")))
            close_milestone(session, made, kept)
    add_activity(session, replace(
        line, area=Area.REFERRAL, title=_(N_("Letters home after every stay")), horizon=Horizon.MEDIUM,
        origin=_(N_("round table in Surabaya")), budget=None, starts_on=in_days(-60), due_on=in_days(420),
    ))  # fmt: skip
    letters = IndicatorDraft(
        agreement_id=key, area=Area.INSURANCE, name=_(N_("Days to the first letter")), level=Level.OUTCOME,
        unit=_(N_("days")), direction=Direction.DOWN, baseline=Decimal("3.4"), baseline_on=in_days(-600),
        target=Decimal(2), target_on=in_days(130), measure=Measure.LETTER_DAYS, period=Period.THIS_YEAR,
    )  # fmt: skip
    add_indicator(session, letters)
    add_indicator(session, replace(
        letters, name=_(N_("Cases from Medan this year")), level=Level.OUTPUT, unit=_(N_("cases")),
        direction=Direction.UP, baseline=None, baseline_on=None, target=None, target_on=None, measure=Measure.JOURNEYS,
        question="city:medan",
    ))  # fmt: skip


def _add(session: Session, **values: object) -> int:
    made = add_agreement(session, AgreementDraft(**values)).made  # type: ignore[arg-type]
    assert made is not None
    return made
