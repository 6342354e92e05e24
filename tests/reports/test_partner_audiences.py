"""No paper and no screen of the partners' work shows a field to a reader it is not tagged for, nor a person to anybody.

Every text field of agreements, plans, requests, channels, outreach, flags and TB tests holds a word of its own; so does
every text field of one patient with a case, a bill and a restricted result.
"""

import datetime as dt
from decimal import Decimal

import pytest

from liaison.domain.action_plans import ActivityDraft, Horizon, MilestoneDraft
from liaison.domain.agreements import AgreementDraft, AgreementKind, Area, ObligationDraft, PartyDraft
from liaison.domain.data_requests import DataRequestDraft, DataSort
from liaison.domain.errors import Refused
from liaison.domain.fields import fields_of
from liaison.domain.indicators import IndicatorDraft, Level, ValueDraft
from liaison.domain.insight import Question, Scope
from liaison.domain.journeys import JourneyDraft
from liaison.domain.money import Money
from liaison.domain.outreach import ChannelDraft, ChannelTestDraft, OutreachDraft
from liaison.domain.payments import BillKind
from liaison.domain.people import PatientDraft
from liaison.domain.privacy import Audience
from liaison.domain.tb_tests import TbTestDraft
from liaison.domain.variance import Disposition, DispositionDraft, Rule
from liaison.reports.making import make_report
from liaison.services import (
    action_plans,
    agreements,
    data_requests,
    guarantees,
    indicators,
    insight,
    outreach,
    payments,
    tb_tests,
)
from liaison.services.insight_rows import every_row
from liaison.services.variance import settle_flag, variance
from liaison.services.variance_views import grids_of
from tests import make
from tests.reports.reading import text_of
from tests.reports.test_roadshow_papers import sign

DAY = dt.date(2026, 11, 1)
PEOPLE = (PatientDraft, JourneyDraft, TbTestDraft)
PARTNERS = (AgreementDraft, PartyDraft, ObligationDraft, ActivityDraft, MilestoneDraft, IndicatorDraft, ValueDraft,
            DataRequestDraft, ChannelDraft, ChannelTestDraft, OutreachDraft, DispositionDraft)  # fmt: skip
CHECKED = {"country", "city", "province", "phone", "nationality", "language", "origin_city", "origin_province",
           "destination_country", "destination_city", "diagnosis_code", "question", "subject", "email",
           "specialty"}  # fmt: skip
"""Fields that hold no free text, or that every reader may see."""


def filled(draft, /, **values):
    texts = {f.name: sign(draft, f.name) for f in fields_of(draft) if f.kind is str and f.name not in CHECKED}
    return draft(**{**texts, **values})


def _write_agreements(store):
    key = make.made(store, agreements.add_agreement, filled(
        AgreementDraft, kind=AgreementKind.PLAN, country="CN", signed_on=dt.date(2025, 1, 2),
        expires_on=dt.date(2027, 1, 2)))  # fmt: skip
    make.made(store, agreements.add_party, filled(PartyDraft, agreement_id=key, country="CN"))
    make.made(store, agreements.add_obligation, filled(ObligationDraft, agreement_id=key, due_on=DAY))
    activity = make.made(store, action_plans.add_activity, filled(
        ActivityDraft, agreement_id=key, area=Area.JOINT_LAB, horizon=Horizon.SHORT, due_on=DAY))  # fmt: skip
    make.made(store, action_plans.add_milestone, filled(MilestoneDraft, activity_id=activity, due_on=DAY))
    one = make.made(store, indicators.add_indicator, filled(
        IndicatorDraft, agreement_id=key, area=Area.TRAINING, level=Level.OUTPUT, target=Decimal(9)))  # fmt: skip
    make.made(store, indicators.record_value, filled(ValueDraft, indicator_id=one, on_date=DAY, value=Decimal(7)))
    make.made(store, data_requests.add_request, filled(
        DataRequestDraft, agreement_id=key, asked_on=DAY, country="CN", sort=next(iter(DataSort))))  # fmt: skip
    channel = make.made(store, outreach.add_channel, filled(ChannelDraft, agreement_id=key, country="ID"))
    make.do(store, outreach.try_channel, channel, filled(ChannelTestDraft, tested_on=DAY, has_answered=True))
    make.made(store, outreach.add_outreach, filled(
        OutreachDraft, agreement_id=key, country="KH", city="Sihanoukville", held_on=DAY, headcount=800))  # fmt: skip


def _write_person(store, houses):
    person = make.patient(store, **{
        f.name: sign(PatientDraft, f.name) for f in fields_of(PatientDraft) if f.kind is str and f.name not in CHECKED
    })  # fmt: skip
    cover = make.cover(store, person, houses["insurer"])
    texts = {f.name: sign(JourneyDraft, f.name) for f in fields_of(JourneyDraft)
             if f.kind is str and f.name not in CHECKED}  # fmt: skip
    case = make.journey(store, person, cover_id=cover, hospital_id=houses["hospital"], origin_city="Medan", **texts)
    make.do(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=case, cover_id=cover))
    make.do(store, payments.record_estimate, make.estimate_draft(case, low=Money(1_000_00, "MYR"),
                                                              high=Money(1_200_00, "MYR")))  # fmt: skip
    make.do(store, payments.record_bill, make.bill_draft(case, BillKind.FINAL, amount=Money(2_000_00, "MYR"),
                                                      billed_on=DAY, hospital_id=houses["hospital"]))  # fmt: skip
    make.do(store, tb_tests.record_test, filled(TbTestDraft, journey_id=case, offered_on=DAY, tested_on=DAY))
    make.do(store, settle_flag, filled(DispositionDraft, journey_id=case, rule=Rule.ESTIMATE,
                                       disposition=Disposition.EXPLAINED, subject=""))  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office in which every text field of these drafts bears its own word."""
    clock = make.TestClock(dt.datetime(2026, 11, 20, 7, 5, tzinfo=dt.UTC))
    with make.new_store(tmp_path_factory.mktemp("partners") / "store", clock) as store:
        houses = {"insurer": make.insurer(store, name="Nusa Proteksi"),
                  "hospital": make.hospital(store, name="Island Hospital", city="Penang")}  # fmt: skip
        _write_agreements(store)
        _write_person(store, houses)
        yield store


PAPERS = (
    ("agreements", Audience.PUBLIC, {}), ("agreements", Audience.INTERNAL, {}),
    ("leakage", Audience.HOSPITAL, {"hospital": "Island Hospital", "house": "Nusa Proteksi"}),
    ("leakage", Audience.INSURER, {"hospital": "Island Hospital", "house": "Nusa Proteksi"}),
    ("insurer_sheet", Audience.INSURER, {"house": "Nusa Proteksi"}),
    ("evaluation", Audience.INTERNAL, {}), ("city_briefing", Audience.PUBLIC, {"city": "Medan"}),
)  # fmt: skip


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("name", "audience", "options"), PAPERS, ids=[f"{n}-{a.value}" for n, a, _o in PAPERS])
def test_no_field_reaches_a_reader_it_is_not_tagged_for(office, name, audience, options, language):
    try:
        made = make.see(office, make_report, name, options, language=language, audience=audience)
    except Refused as refused:
        pytest.fail(f"{name}: {[p.code for p in refused.problems]}")
    told = "".join(text_of(made.data).split())

    for kind in PARTNERS:
        for spec in fields_of(kind):
            if sign(kind, spec.name) in told:
                assert spec.may_be_seen_by(audience), (kind.__name__, spec.name)
    assert not [spec.name for kind in PEOPLE for spec in fields_of(kind) if sign(kind, spec.name) in told]
    if name == "agreements":
        assert sign(AgreementDraft, "title") in told


def test_no_screen_of_insight_and_none_of_its_workbooks_names_a_person(office):
    with office.read() as session:
        grids = [grid for q in Question for grid in insight.ask(session, q, Scope(city="Medan")).grids()]
        grids += [*every_row(session), *grids_of(variance(session))]
    told = " ".join(str(cell) for grid in grids for row in grid.rows for cell in row)

    seen = [spec.name for kind in PEOPLE for spec in fields_of(kind) if sign(kind, spec.name) in told]
    assert seen == []
    assert sign(DispositionDraft, "note") in told, "inside the office the reason of a flag is read"
