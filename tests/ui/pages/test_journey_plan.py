"""The plan of a case: shown in the place of what happened, filled by short forms, told apart by shape and word."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from liaison.domain.care import AppointmentDraft, ReferralDraft
from liaison.domain.money import Money
from liaison.domain.travel import EscortDraft
from liaison.services import care, payments, places, travel
from liaison.services.plan_views import plan_of
from liaison.ui.pages.hidden_form import HiddenForm
from liaison.ui.widgets.step_row import StepRow
from tests import make

MYT = "Asia/Kuala_Lumpur"


@pytest.fixture
def place(at_home):
    at_home.go("journey", at_home.ids["journey"])
    at_home.qtbot.keyClick(at_home.page, Qt.Key.Key_P)
    at_home.settle()
    return at_home


def plan(place):
    return place.see(plan_of, place.ids["journey"])


def row(place, words):
    return next(r for r in place.page.plan.findChildren(StepRow) if words in r.text())


def button(place, words):
    return next(b for b in place.page.findChildren(QAbstractButton) if b.accessibleName() == words)


def form(place):
    return place.page.drawer.form.content


def test_one_letter_shows_the_plan_and_the_notes_come_back_by_a_button(place):
    page = place.page
    assert page.plan.isVisible()
    assert not page.log.timeline.isVisible()

    button(place, place.words("Back to what happened")).click()
    place.settle()

    assert page.log.timeline.isVisible()
    assert page.log.line.line.hasFocus()


def test_an_appointment_typed_on_the_hospitals_clock_stands_on_both(place):
    button(place, place.words("Add an appointment")).click()
    fields = form(place)
    fields.editor("zone").set_value(MYT)
    starts = fields.editor("starts_at")
    starts.day.line.setText("24/11/2026")
    starts.hour.setText("9.00")
    starts.changed.emit()
    assert "08.00" in starts.also.whole_text()
    place.page.drawer.form.save_button.click()
    place.settle()

    (line,) = plan(place).appointments
    assert line.draft.starts_at == dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
    shown = row(place, "09.00").text().replace("\u00a0", " ")
    assert "09.00 MYT (08.00 WIB)" in shown


def test_a_confirmed_appointment_is_told_with_one_press(place):
    draft = AppointmentDraft(
        journey_id=place.ids["journey"], doctor="dr. Lim", starts_at=dt.datetime(2026, 11, 24, 1, tzinfo=dt.UTC),
        zone=MYT, confirmed_at=place.clock(),
    )  # fmt: skip
    key = make.made(place.store, care.add_appointment, draft)
    place.page.plan.read()

    place.page.findChild(QAbstractButton, f"told.{key}").click()
    place.settle()

    assert plan(place).appointments[0].draft.told_at is not None
    assert place.page.findChild(QAbstractButton, f"told.{key}") is None


def test_a_refused_form_marks_its_field_and_writes_nothing(place):
    button(place, place.words("Add a leg of the journey")).click()
    place.page.drawer.form.save_button.click()

    assert form(place).boxes["departs_at"].problem_text
    assert plan(place).legs == ()


def test_a_row_opens_its_form_and_removing_it_is_one_action_that_undo_brings_back(place):
    draft = ReferralDraft(journey_id=place.ids["journey"], from_doctor="dr. Lubis", to_doctor="dr. Lim")
    make.made(place.store, care.add_referral, draft)
    place.page.plan.read()
    row(place, "dr. Lubis").click()

    button(place, place.words("Remove a referral")).click()
    place.settle()
    assert plan(place).referrals == ()

    place.frame.undo()
    assert [line.draft.from_doctor for line in plan(place).referrals] == ["dr. Lubis"]


def test_the_patients_choice_needs_its_reason_and_stands_beside_the_places(place):
    case = place.ids["journey"]
    key = make.made(
        place.store, payments.record_estimate,
        make.estimate_draft(case, is_domestic=True, low=Money.of(9, "IDR"), high=Money.of(9, "IDR")),
    )  # fmt: skip
    place.page.plan.read()
    button(place, place.words("The patient chose {place}", place=place.words("In Indonesia"))).click()
    place.page.drawer.form.save_button.click()
    assert form(place).boxes["reason"].problem_text

    form(place).editor("reason").box.setPlainText("dekat keluarga")
    place.page.drawer.form.save_button.click()
    place.settle()

    found = place.see(places.comparison, case)
    assert [p.id for p in found.places if p.is_chosen] == [key]
    assert found.reason == "dekat keluarga"


def test_who_goes_along_is_hidden_with_the_people(place):
    key = make.made(place.store, travel.add_escort, EscortDraft(journey_id=place.ids["journey"], name="RUDI HARTONO"))
    place.frame.shared.masking.switch()
    place.settle(60)
    place.page.show_plan()
    place.settle()

    assert [r for r in place.page.plan.findChildren(StepRow) if "RUDI" in r.text() + r.accessibleName()] == []
    place.page.plan.findChild(QAbstractButton, f"escort.{key}").click()
    place.settle()
    assert isinstance(place.page.drawer.form, HiddenForm)


def test_the_plan_stays_shown_over_a_change_of_language(place):
    kept = place.page.keep()

    assert kept["plan"] is True
