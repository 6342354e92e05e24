from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from liaison.domain.action_plans import ActivityDraft, Horizon, MilestoneDraft
from liaison.domain.agreements import AgreementDraft, AgreementKind, Area, ObligationDraft, TransferBasis
from liaison.domain.data_requests import DataRequestDraft, DataSort
from liaison.domain.errors import Refused
from liaison.domain.fields import fields_of
from liaison.domain.figures import Counted
from liaison.domain.indicators import (
    MEDIANS,
    PEOPLE,
    IndicatorDraft,
    Level,
    Mark,
    Measure,
    ValueDraft,
)
from liaison.domain.money import Money
from liaison.domain.network import OrganizationDraft, OrganizationKind
from liaison.domain.outreach import OutreachDraft
from liaison.domain.privacy import Audience
from liaison.i18n import Language
from liaison.reports import agreements_terms, making
from liaison.reports.agreements_tables import late_of
from liaison.reports.agreements_view import ALWAYS, DERIVED, Asked, asked, gather, redacted, shown
from liaison.services import action_plans, agreement_views, agreements, data_requests, indicators, network, outreach
from tests import make
from tests.reports.reading import text_of

TODAY = dt.date(2026, 11, 20)


def made(store, audience=Audience.PUBLIC, language="en", **options):
    return make.see(store, making.make_report, "agreements", options, language=language, audience=audience)


def told(result):
    return " ".join(text_of(result.data).replace("\xa0", " ").replace("\u2011", "-").split())


@pytest.fixture
def register(store):
    """An agreement in force with a late promise, an activity with a budget, and two indicators."""
    key = make.made(store, agreements.add_agreement, AgreementDraft(
        kind=AgreementKind.PLAN, title="Plan of action", parties=("Ministry", "Commission"), country="CN",
        signed_on=dt.date(2024, 1, 2), effective_on=dt.date(2024, 1, 2), expires_on=TODAY + dt.timedelta(days=80),
        areas=(Area.CHRONIC,), protection_clause="article 7", sovereignty_clause="article 8",
        transfer_basis=TransferBasis.SAFEGUARDS, contact="desk of the ministry",
    ))  # fmt: skip
    make.made(store, agreements.add_obligation, ObligationDraft(
        agreement_id=key, who="Commission", what="Send the list of hospitals", due_on=TODAY - dt.timedelta(days=9),
    ))  # fmt: skip
    make.made(store, action_plans.add_activity, ActivityDraft(
        agreement_id=key, area=Area.JOINT_LAB, title="Open the laboratory", horizon=Horizon.SHORT, owner="Ministry",
        budget=Money(250_000_000_00, "IDR"), due_on=TODAY + dt.timedelta(days=20),
    ))  # fmt: skip
    for name, baseline in (("Staff trained", None), ("Courses held", Decimal(2))):
        made_one = make.made(store, indicators.add_indicator, IndicatorDraft(
            agreement_id=key, area=Area.TRAINING, name=name, level=Level.OUTPUT, baseline=baseline, target=Decimal(12),
        ))  # fmt: skip
        value = ValueDraft(indicator_id=made_one, on_date=TODAY, value=Decimal(7), evidence="secret minutes")
        make.made(store, indicators.record_value, value)
    return key


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.INTERNAL])
def test_the_register_prints_with_its_promises_plan_and_indicators(store, register, audience, language):
    result = made(store, audience, language)

    text = told(result)
    assert result.id.startswith("R7-")
    for words in ("Plan of action", "Ministry, Commission", "Send the list of hospitals", "Open the laboratory",
                  "Courses held", "article 7", "50 %"):  # fmt: skip
        assert words in text
    assert "0 %" not in text.replace("50 %", "")
    assert not result.names_people


def test_no_baseline_prints_so_and_never_as_nought_per_cent(store, register):
    text = told(made(store))

    assert "no baseline" in text
    assert "1 indicator has no baseline" in text
    assert "late by 9 days" in text
    assert "80 days left" in text


def test_what_is_late_is_counted_as_the_promises_and_activities_that_the_tables_show(store, register):
    activity = make.see(store, gather, Audience.INTERNAL).activities[0].id
    for title in ("Rooms ready", "Staff named"):
        due = TODAY - dt.timedelta(days=3)
        make.made(store, action_plans.add_milestone, MilestoneDraft(activity_id=activity, title=title, due_on=due))

    view = make.see(store, gather, Audience.INTERNAL)
    text = told(made(store, Audience.INTERNAL))

    assert late_of(view, view.agreements[0]) == (1, 1)
    assert "1 agreement: 1 ends within 180 days, 2 promises and activities are late" in text
    assert "plan: 1 late" in text


def test_an_agreement_that_was_replaced_is_drawn_to_the_day_of_the_next_one(store, register):
    followed = dt.date(2025, 7, 1)
    make.made(store, agreements.add_agreement, AgreementDraft(
        kind=AgreementKind.PLAN, title="Next plan", parties=("Ministry",), country="CN", signed_on=followed,
        supersedes_id=register,
    ))  # fmt: skip

    drawing = agreements_terms.agreement_terms(make.see(store, gather, Audience.PUBLIC), Language("en"))[1]

    old = next(term for term in drawing.chart.terms if term.label == "Plan of action")
    assert old.is_done
    assert 2025.4 < old.end < 2025.6


def test_a_target_that_is_met_prints_no_share_of_the_way(store, register):
    key = make.made(store, indicators.add_indicator, IndicatorDraft(
        agreement_id=register, area=Area.TRAINING, name="Rooms", baseline=Decimal(1), target=Decimal(2),
    ))  # fmt: skip
    make.made(
        store, indicators.record_value, ValueDraft(indicator_id=key, on_date=TODAY, value=Decimal(4), evidence="x")
    )

    text = told(made(store))

    assert "target met" in text
    assert "300 %" not in text


def test_a_register_in_which_nothing_ends_and_nothing_is_late_says_so_in_words(store):
    make.made(store, agreements.add_agreement, AgreementDraft(
        kind=AgreementKind.PLAN, title="Quiet plan", parties=("Ministry",), country="CN", signed_on=dt.date(2024, 1, 2),
    ))  # fmt: skip
    text = told(made(store))

    assert "1 agreement: none ends within 180 days, nothing promised is late" in text
    assert "No agreement ends within 180 days." in text
    assert "n = 0" not in text
    assert "Promises kept" not in text


def test_partners_read_no_budget_no_contact_and_no_evidence(store, register):
    public, internal = told(made(store)), told(made(store, Audience.INTERNAL))

    for words in ("Rp250,000,000", "desk of the ministry", "secret minutes"):
        assert words in internal
        assert words not in public
    assert "SHAREABLE" in public
    assert "INTERNAL" in internal


def test_an_agreement_with_an_insurer_stays_in_the_office(store, register):
    make.do(store, network.add_organization, OrganizationDraft(kind=OrganizationKind.INSURER, name="Nusa Proteksi"))
    make.made(store, agreements.add_agreement, AgreementDraft(
        kind=AgreementKind.SERVICE, title="Letters without cash", parties=("PT Nusa Proteksi Tbk",),
    ))  # fmt: skip

    public = told(made(store))

    assert "Letters without cash" not in public
    assert "1 agreement with an insurer is left out" in public
    assert "Letters without cash" in told(made(store, Audience.INTERNAL))


def test_a_field_that_nobody_marked_is_emptied_for_every_audience_outside(store, register):
    view = make.see(store, gather, Audience.INTERNAL)
    lines = [view.agreements[0], view.promises[0].line, view.activities[0], view.indicators[0].line]

    for line in lines:
        draft, derived = DERIVED[type(line)]
        marked = {spec.name for spec in fields_of(draft) if Audience.PUBLIC in spec.audience}
        seen = redacted(line, Audience.PUBLIC)
        for each in dataclasses.fields(line):
            if each.name not in marked | derived | ALWAYS:
                assert getattr(seen, each.name) in ("", (), None), each.name
    assert redacted(lines[0], Audience.INSURER).title == ""


@pytest.mark.parametrize(
    ("measure", "actual", "cases", "printed"),
    [
        (Measure.JOURNEYS, "7", 7, None),
        (Measure.JOURNEYS, "23", 23, Decimal(25)),
        (Measure.TB_DONE, "9", 9, None),
        (Measure.LETTER_DAYS, "1.7", 9, None),
        (Measure.LETTER_DAYS, "1.7", 10, Decimal("1.5")),
        (Measure.BY_HAND, "7", None, Decimal(7)),
        (Measure.OUTREACH_PEOPLE, "7", 7, Decimal(7)),
    ],
)
def test_figures_about_people_leave_the_office_by_the_rule_of_small_numbers(
    store, register, measure, actual, cases, printed
):
    line = dataclasses.replace(
        make.see(store, indicators.indicator_lines)[1], measure=measure, actual=Decimal(actual), cases=cases
    )
    people = Counted.of(range(cases), "indicator") if cases is not None and measure in PEOPLE else None
    middle = Decimal(actual) if measure in MEDIANS else None

    public = shown(Asked(line=line, people=people, middle=middle), TODAY)

    assert public.line.actual == printed
    assert bool(public.hidden) is (printed is None)
    if printed is None:
        assert (public.line.achieved, public.line.mark) == (None, Mark.NO_FIGURE)


def test_before_the_gate_has_seen_whom_it_counts_an_indicator_outside_has_no_figure(store, register):
    line = make.see(store, indicators.indicator_lines)[0]
    fed = dataclasses.replace(line, measure=Measure.JOURNEYS, actual=Decimal(23), cases=23)

    outside, inside = (make.see(store, asked, fed, audience) for audience in (Audience.PUBLIC, Audience.INTERNAL))

    assert (outside.line.actual, outside.line.cases, outside.line.values) == (None, None, ())
    assert isinstance(outside.people, Counted)
    assert (inside.line.actual, inside.people) == (Decimal(23), None)


def test_indicators_and_referrals_of_a_released_register_are_held_against_later_papers(store, register):
    make.do(store, outreach.add_outreach, OutreachDraft(
        title="Health day", country="MY", held_on=TODAY - dt.timedelta(days=30), referrals=23, headcount=60,
    ))  # fmt: skip

    result = made(store)

    event = next(one for one in result.figures if one.key[0].endswith("referred"))
    assert (event.value, event.low, event.high, len(event.who)) == (25, 23, 27, 23)
    assert " 25 " in told(result)


def test_one_country_is_printed_and_one_nobody_agreed_with_is_refused(store, register):
    assert "Plan of action" in told(made(store, country="cn"))
    with pytest.raises(Refused) as refused:
        made(store, country="KH")
    assert refused.value.problems[0].values["known"] == "CN"


def test_a_decision_asked_for_stands_on_the_first_page_with_its_day(store, register):
    text = told(made(store, ask="Extend the plan to 2029", by="2026-12-15T10:00:00+07:00"))

    assert "Decision asked for" in text
    assert "Extend the plan to 2029" in text
    assert "15 Dec 2026" in text
    with pytest.raises(Refused):
        made(store, ask="Extend", by="soon")


def test_requests_for_data_stay_inside_and_few_referrals_are_hidden_outside(store, register):
    make.made(store, data_requests.add_request, DataRequestDraft(
        agreement_id=register, asked_on=TODAY, asked_by="A research group", sort=DataSort.PERSONAL, what="TB tests",
        purpose="a study",
    ))  # fmt: skip
    make.made(store, outreach.add_outreach, OutreachDraft(
        title="Health Fest", country="KH", city="Sihanoukville", held_on=dt.date(2024, 6, 1), is_month_only=True,
        headcount=800, referrals=4, note="who came with whom",
    ))  # fmt: skip

    public, internal = told(made(store)), told(made(store, Audience.INTERNAL))

    assert "A research group" in internal
    assert "No clause is named" in internal
    assert "A research group" not in public
    for text in (public, internal):
        assert "Health Fest" in text
        assert "June 2024" in text
    view = make.see(store, gather, Audience.PUBLIC)
    assert (view.outreach[0].referrals, view.outreach[0].note, view.requests) == (None, "", ())
    assert isinstance(view.referred[view.outreach[0].id], Counted)
    assert "800 *" in public
    assert "800 4" in internal


def test_an_empty_register_prints_that_it_is_empty(store):
    text = told(made(store))

    assert "0 agreements" in text
    assert "No agreement is written down yet" in text


def test_the_twin_holds_the_same_tables(store, register):
    names = [grid.title for grid in made(store).grids]

    assert len(names) >= 5
    assert make.see(store, agreement_views.agreement_lines)


def test_the_sample_office_prints_its_chain_in_both_languages(sample_store):
    for language in ("id", "en"):
        text = told(made(sample_store, language=language))
        for year in ("2017", "2020", "2023", "2024", "2026"):
            assert year in text
        assert made(sample_store, language=language).pages == 2
        assert made(sample_store, Audience.INTERNAL, language).pages == 3
