"""The agreements' lists, cards and forms through real widgets."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QPushButton

from liaison.domain.action_plans import ActivityDraft, Horizon, MilestoneDraft
from liaison.domain.agreements import AgreementDraft, AgreementKind, Area, ObligationDraft
from liaison.domain.data_requests import DataRequestDraft, DataSort, Decision
from liaison.domain.indicators import IndicatorDraft, Level, Measure
from liaison.domain.outreach import ChannelDraft, OutreachDraft
from liaison.services import action_plans, agreement_views, agreements, data_requests, indicators, outreach, rounds
from liaison.services.list_views import KeptView, keep_view
from liaison.ui.pages import agreements_beside_forms as beside_forms
from liaison.ui.pages import agreements_forms as forms
from liaison.ui.pages import agreements_plan_forms as plan_forms
from liaison.ui.pages.agreements import PARTS
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.step_row import StepRow
from tests import make
from tests.ui.walk import nameless


def agreement(office, **values):
    good = {"kind": AgreementKind.MOU, "title": "Standar kesehatan", "signed_on": dt.date(2024, 11, 9), "country": "CN"}
    return office.do(agreements.add_agreement, AgreementDraft(**{**good, **values})).made


def request(office, key):
    draft = DataRequestDraft(
        agreement_id=key, asked_on=dt.date(2026, 10, 1), asked_by="NHC", sort=DataSort.PERSONAL, what="x", purpose="y"
    )
    return office.do(data_requests.add_request, draft).made


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_list_fits_the_smallest_window_and_names_all_that_can_be_reached(office, language):
    place = office(language, size=(1024, 520))
    agreement(place)

    for part in PARTS:
        page = place.go("agreements", part=part.name)

        assert page.part is part
        assert nameless(place.frame) == []
        least = place.frame.minimumSizeHint()
        assert (least.width() <= 1024, least.height() <= 520) == (True, True)
    assert place.troubles == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_programmed_view_is_understood(office, language):
    place = office(language)
    agreement(place)

    for part in PARTS:
        for view in part.views:
            page = place.go("agreements", part=part.name, view=view.key)
            assert not page.problem.isVisible(), (part.name, view.key)


def test_a_new_agreement_is_typed_saved_and_shown_with_its_parties_and_areas(at_home):
    page = at_home.go("agreements")
    page.new()
    form = page.drawer.form.content
    form.editor("title").set_value("Rencana aksi 2023")
    form.editor("kind").set_value(AgreementKind.PLAN)
    form.editor("parties").set_value(("Kemenkes", "NHC"))
    form.editor("areas").set_value((Area.CHRONIC, Area.INFECTIOUS))
    form.editor("signed_on").set_value(dt.date(2023, 7, 27))
    form.editor("country").set_value("CN")

    page.drawer.form.save_button.click()  # the gap in the data clause is shown once
    page.drawer.form.save_button.click()

    (line,) = at_home.see(agreement_views.agreement_lines)
    assert (line.title, line.parties, line.areas, line.country) == (
        "Rencana aksi 2023", ("Kemenkes", "NHC"), (Area.INFECTIOUS, Area.CHRONIC), "CN",
    )  # fmt: skip
    assert page.card.key == line.id
    assert page.view.current_id() == line.id


def test_the_card_follows_the_chosen_row_and_what_others_change(at_home):
    first = agreement(at_home)
    second = agreement(at_home, title="Laboratorium bersama", signed_on=dt.date(2026, 1, 18), implements_id=first)
    page = at_home.go("agreements", second)

    assert page.card.view.line.id == second
    assert [line.id for line in page.card.view.chain] == [first, second]
    at_home.do(agreements.add_obligation, ObligationDraft(agreement_id=second, who="Kemenkes", what="Kirim daftar"))
    at_home.settle()
    assert [one.what for one in page.card.view.obligations] == ["Kirim daftar"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_form_of_an_agreement_is_named_and_stays_inside_its_drawer(office, language):
    place = office(language)
    key = agreement(place)
    party = make.made(place.store, agreements.add_party, forms.PartyDraft(agreement_id=key, name="NHC"))
    promise = make.made(
        place.store, agreements.add_obligation, ObligationDraft(agreement_id=key, who="NHC", what="Send the list")
    )
    activity = make.made(
        place.store, action_plans.add_activity,
        ActivityDraft(agreement_id=key, area=Area.TRAINING, title="Course", horizon=Horizon.SHORT, owner="NHC"),
    )  # fmt: skip
    milestone = make.made(
        place.store, action_plans.add_milestone,
        MilestoneDraft(activity_id=activity, title="Rooms", due_on=dt.date(2027, 1, 1)),
    )  # fmt: skip
    counted = make.made(
        place.store, indicators.add_indicator,
        IndicatorDraft(agreement_id=key, area=Area.TRAINING, name="Staff trained", level=Level.OUTPUT),
    )  # fmt: skip
    make.do(place.store, keep_view, "journeys", KeptView(name="Medan", filter="kota:medan"))
    asked = request(place, key)
    channel = make.made(
        place.store, outreach.add_channel, ChannelDraft(topic="TB", authority="X", country="ID", how="Y")
    )
    event = make.made(
        place.store, outreach.add_outreach, OutreachDraft(title="Fest", country="KH", held_on=dt.date(2024, 6, 1))
    )
    page = place.go("agreements", key)
    bench = page.bench

    for open_form in (
        lambda: plan_forms.activity_form(bench, key),
        lambda: plan_forms.edit_activity_form(bench, activity),
        lambda: plan_forms.close_activity_form(bench, activity),
        lambda: plan_forms.milestone_form(bench, activity),
        lambda: plan_forms.edit_milestone_form(bench, milestone),
        lambda: plan_forms.close_milestone_form(bench, milestone),
        lambda: plan_forms.indicator_form(bench, key),
        lambda: plan_forms.edit_indicator_form(bench, counted),
        lambda: plan_forms.value_form(bench, counted),
        lambda: beside_forms.request_form(bench, key),
        lambda: beside_forms.edit_request_form(bench, asked),
        lambda: beside_forms.decision_form(bench, asked, Decision.REFUSED),
        lambda: beside_forms.channel_form(bench),
        lambda: beside_forms.edit_channel_form(bench, channel),
        lambda: beside_forms.try_form(bench, channel),
        lambda: beside_forms.outreach_form(bench),
        lambda: beside_forms.edit_outreach_form(bench, event),
        lambda: beside_forms.link_form(bench, event),
        lambda: forms.new_agreement(bench),
        lambda: forms.edit_agreement(bench, key),
        lambda: forms.end_form(bench, key),
        lambda: forms.party_form(bench, key),
        lambda: forms.edit_party_form(bench, party),
        lambda: forms.obligation_form(bench, key),
        lambda: forms.edit_obligation_form(bench, promise),
        lambda: forms.close_obligation_form(bench, promise),
    ):
        open_form()
        place.settle(1)
        form = page.drawer.form
        assert form is not None
        assert nameless(form) == []
        assert form.content.minimumSizeHint().width() <= page.drawer.width() - 32


def test_the_box_leads_to_the_agreement(at_home):
    key = agreement(at_home)
    from liaison.services.search import find
    from liaison.ui.search import place_of

    (found,) = at_home.see(find, "standar")

    assert place_of(found).record == key
    assert at_home.go("agreements", key).view.current_id() == key


def test_an_indicator_takes_its_question_from_a_view_and_opens_the_rows_behind_it(at_home):
    key = agreement(at_home)
    at_home.do(keep_view, "journeys", KeptView(name="Semua", filter="kota:medan"))
    page = at_home.go("agreements", part="indicators")
    plan_forms.indicator_form(page.bench, key)
    form = page.drawer.form.content.findChild(Form)
    form.editor("area").set_value(Area.INSURANCE)
    form.editor("area").changed.emit()
    press(page.drawer.form, "Hari sampai surat jaminan pertama")
    press(page.drawer.form, "Semua")
    assert (form.editor("question").value(), form.editor("measure").value()) == ("kota:medan", Measure.JOURNEYS)
    assert form.editor("name").value()
    page.drawer.form.save_button.click()  # without a baseline it warns once
    page.drawer.form.save_button.click()

    (line,) = at_home.see(indicators.indicator_lines)
    assert (line.question, line.measure) == ("kota:medan", Measure.JOURNEYS)
    page.card.figure()
    assert [v.value for v in at_home.see(indicators.indicator, line.id).values] == [line.actual]
    page.card.show_rows()
    assert at_home.page.bar.filter.text() == "kota:medan"
    assert at_home.page.table.count == line.actual


def press(pane, text):
    next(b for b in pane.findChildren(QPushButton) if text in b.text() or text in b.accessibleName()).click()


def test_a_request_without_a_clause_is_refused_at_the_form_with_every_reason_and_can_be_turned_down(at_home):
    key = request(at_home, agreement(at_home))
    page = at_home.go("agreements", key, part="requests")
    page.card.grant()
    form = page.drawer.form.content
    form.editor("reason").set_value("mereka mitra")

    page.drawer.form.save_button.click()

    assert form.boxes["decision"].problem_text
    assert at_home.see(data_requests.request, key).decision is Decision.OPEN
    form.editor("decision").set_value(Decision.REFUSED)
    page.drawer.form.save_button.click()
    assert at_home.see(data_requests.request, key).decision is Decision.REFUSED
    assert page.card.view.decision is Decision.REFUSED


def test_a_case_that_came_of_an_event_is_noted_and_leads_there(at_home):
    event = at_home.do(
        outreach.add_outreach, OutreachDraft(title="Fest", country="KH", held_on=dt.date(2024, 6, 1), headcount=800)
    ).made
    page = at_home.go("agreements", event, part="outreach")
    page.card.link()
    page.drawer.form.content.editor("journey_id").take(at_home.ids["journey"], "kasus")
    page.drawer.form.save_button.click()

    assert [key for key, _no in page.card.view.cases] == [at_home.ids["journey"]]


def test_an_alarm_on_today_leads_to_its_agreement(at_home):
    ends = at_home.clock.now.date() + dt.timedelta(days=25)
    key = agreement(at_home, expires_on=ends)
    with at_home.store.write(rounds.TITLE, by_system=True) as session:
        rounds.time_passes(session)
    page = at_home.go("today", who="all")
    line = next(
        page.table.row_at(row)
        for row in range(page.table.rowCount())
        if getattr(page.table.row_at(row), "agreement_id", 0)
    )

    page.view.go_to_id(line.id)
    page.open()

    assert (at_home.page.part.name, at_home.page.card.key) == ("agreements", key)


def test_a_party_chosen_from_the_network_takes_its_name_and_links_both_cards(at_home):
    key, house = agreement(at_home), at_home.ids["hospital"]
    page = at_home.go("agreements", key)
    page.card.new_party()
    form = page.drawer.form.content
    lookup = form.editor("organization_id")
    lookup.take(house, "Gleneagles Hospital Penang")
    lookup.found.emit(house)
    assert form.editor("name").value() == "Gleneagles Hospital Penang"
    page.drawer.form.save_button.click()
    (party,) = page.card.view.parties

    page.card.findChild(QPushButton, f"house.{party.id}").click()
    network = at_home.page
    assert (network.part.name, network.view.current_id()) == ("hospitals", house)
    network.card.findChild(StepRow, f"agreement.{key}").click()

    assert at_home.page.card.view.line.id == key
