"""Doctors, package prices and ownership on a hospital's card, and where a case takes them from."""

import datetime as dt

import pytest
from PySide6.QtTest import QTest

from liaison.domain.doctors import AbsenceDraft, NewDoctorDraft, NextSlotDraft
from liaison.domain.money import Money
from liaison.domain.network import GroupMembershipDraft, OrganizationKind
from liaison.domain.packages import PackageDraft
from liaison.services import doctors, network, packages, search
from liaison.ui.pages.care_forms import appointment_form, referral_form
from liaison.ui.pages.doctor_card import DoctorCard, DoctorSection, show_doctor
from liaison.ui.pages.doctor_edit import DoctorNotice
from liaison.ui.pages.money_forms import estimate_form
from liaison.ui.pages.ownership_card import OwnershipSection, join_form
from liaison.ui.pages.package_card import PackageSection, new_package_form
from liaison.ui.search import place_of
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.step_row import StepRow
from tests import make

DAY = dt.timedelta(days=1)


def said(widget):
    return " | ".join(label.whole_text() for label in widget.findChildren(Label))


def rows(widget):
    return [row.text() for row in widget.findChildren(StepRow)]


def section(place, kind):
    found = place.page.card.findChildren(kind)
    return found[-1] if found else None


@pytest.fixture
def island(office):
    """The card of the hospital, in English."""
    place = office(language="en")
    place.go("network", place.ids["hospital"])
    place.page.view.go_to_id(place.ids["hospital"])
    place.settle()
    return place


@pytest.fixture
def tan(island):
    draft = NewDoctorDraft(
        hospital_id=island.ids["hospital"], title="Dato' Dr.", name="Tan Ah Kow", specialties=("Jantung",),
        sessions="Mon-Fri 09:00-12:00", languages=("zh",),
    )  # fmt: skip
    return island.do(doctors.add_doctor, draft).made


def save(place):
    place.page.drawer.form.save_button.click()
    place.settle()


def test_a_doctor_is_added_on_the_card_and_shows_everything_when_pressed(island):
    assert "No doctor of this hospital is on record yet." in said(section(island, DoctorSection))
    section(island, DoctorSection)._new()
    form = island.page.drawer.form.content
    form.editor("title").line.setText("Dr.")
    form.editor("name").line.setText("Lim Swee")
    form.editor("sessions").line.setText("Mon 09:00-12:00, Tue 14:00-16:00")
    save(island)

    (row,) = section(island, DoctorSection).findChildren(StepRow)
    assert row.text() == "Dr. Lim Swee"
    row.click()
    island.settle()
    pane = island.page.drawer.form
    assert (pane.title, "Monday" in said(pane), "14:00–16:00" in said(pane)) == ("Dr. Lim Swee", True, True)
    assert "No absence is known." in said(pane)


def test_the_next_free_time_says_who_told_it_and_turns_grey(island, tan):
    show_doctor(island.page.bench, tan, island.ids["hospital"])
    save(island)  # its filled button asks for the next free time
    form = island.page.drawer.form.content
    today = island.frame.desk.today()
    form.editor("slot_on").set_value(today + 9 * DAY)
    form.editor("told_by").line.setText("Aisyah")
    save(island)

    card = island.page.drawer.form.content
    assert isinstance(card, DoctorCard)
    assert "told by Aisyah" in said(card)
    island.clock.forward(days=8)
    show_doctor(island.page.bench, tan, island.ids["hospital"])
    assert "Ask again." in said(island.page.drawer.form)


def test_an_appointment_offers_the_hospitals_doctors_and_says_who_is_away(island, tan):
    today = island.frame.desk.today()
    monday = today + dt.timedelta(days=(7 - today.weekday()) % 7 + 7)
    hospital = island.ids["hospital"]
    island.do(doctors.record_absence, AbsenceDraft(doctor_id=tan, first_on=monday, last_on=monday + 4 * DAY))
    later = NextSlotDraft(
        doctor_id=tan,
        hospital_id=hospital,
        slot_on=monday + 7 * DAY,
        slot_time="10:30",
        told_by="Aisyah",
        told_on=today,
    )
    island.do(doctors.record_slot, later)
    pane = appointment_form(island.page.bench, island.ids["journey"], hospital_id=hospital, zone="Asia/Kuala_Lumpur")
    island.settle()
    form = pane.content
    doctor, notice = form.editor("doctor"), form.findChild(DoctorNotice)

    doctor.line.setFocus()
    QTest.keyClicks(doctor.line, "dr tan")
    doctor.look()
    island.settle()
    with island.store.read() as session:
        (offered,) = doctor._find(session, "dr tan", *doctor.more())
    doctor._take(offered)
    form.editor("starts_at").set_value(dt.datetime.combine(monday, dt.time(2, 0), tzinfo=dt.UTC))
    notice.look()

    assert doctor.value() == "Dato' Dr. Tan Ah Kow"
    assert notice.said.replace("\u00a0", " ").startswith("Dato' Dr. Tan Ah Kow is away on")
    assert "Next free time:" in notice.said
    doctor.line.setText("Dr. Nobody We Know")
    notice.look()
    assert (notice.said, notice.isHidden()) == ("", True)


def test_taking_a_doctor_names_the_hospital_where_none_is_named(island, tan):
    pane = referral_form(island.page.bench, island.ids["journey"])
    island.settle()
    doctor = pane.content.editor("to_doctor")

    with island.store.read() as session:
        (offered,) = doctor._find(session, "tan", *doctor.more())
    doctor._take(offered)
    island.settle()

    assert pane.content.editor("hospital_id").value() == island.ids["hospital"]


def test_a_package_is_added_and_its_figures_are_taken_into_an_estimate_with_one_press(island):
    hospital = island.ids["hospital"]
    hotel = island.do(
        network.add_organization, make.hospital_draft(kind=OrganizationKind.HOTEL, name="Hotel Sentral")
    ).made
    bundle = PackageDraft(
        hospital_id=hospital, name="Bypass", price=Money(9_500_000, "MYR"), hotel_id=hotel, hotel_nights=6,
        hotel_price=Money(180_000, "MYR"), source="list of November", includes=("surgeon", "room"),
    )  # fmt: skip
    new_package_form(island.page.bench, hospital, country="MY")
    form = island.page.drawer.form.content
    form.set(bundle)
    island.settle()
    save(island)
    shown = section(island, PackageSection)
    assert rows(shown) == ["Bypass"]
    assert "never verified, ask for the price" in said(shown)

    pane = estimate_form(island.page.bench, island.ids["journey"], hospital_id=hospital)
    island.settle()
    (row,) = pane.content.boxes["hospital_id"].findChildren(StepRow)
    row.click()
    island.settle()
    draft = pane.content.read()

    assert (draft.low, draft.high, draft.hotel) == (
        Money(9_320_000, "MYR"), Money(9_320_000, "MYR"), Money(180_000, "MYR"),
    )  # fmt: skip
    assert draft.note.startswith("Package “Bypass”, list of November; with surgeon, room; Hotel Sentral (6 nights")
    assert [p.draft.name for p in island.see(packages.packages_of, hotel)] == ["Bypass"]


def test_an_overlapping_group_is_refused_in_words_and_the_entry_shows_its_source(island):
    hospital = island.ids["hospital"]
    before = GroupMembershipDraft(
        organization_id=hospital, group="Affinity", valid_from=dt.date(2020, 1, 1), source="annual report"
    )
    island.do(network.join_group, before)
    island.settle()
    assert "Source: annual report" in said(section(island, OwnershipSection))

    join_form(island.page.bench, hospital)
    form = island.page.drawer.form.content
    form.editor("group").line.setText("IHH Healthcare Malaysia")
    save(island)

    assert "It belongs to “Affinity” since" in form.boxes["valid_from"].problem_text


def test_a_doctor_searched_for_opens_beside_the_hospital(island, tan):
    (found,) = [f for f in island.see(search.find, "dr tan") if f.kind is search.FoundKind.DOCTOR]

    place = place_of(found)
    page = island.go(place.page, place.record, **place.values)
    island.settle(60)

    assert page.drawer.form is not None
    assert page.drawer.form.title == "Dato' Dr. Tan Ah Kow"


def test_the_groups_of_a_day_show_their_members_and_one_is_renamed(island):
    hospital, bought = island.ids["hospital"], dt.date(2024, 11, 5)
    for group, values in (("Affinity", {"valid_to": bought - DAY}), ("IHH", {"valid_from": bought})):
        island.do(network.join_group, GroupMembershipDraft(organization_id=hospital, group=group, **values))
    page = island.go("groups")
    counts = {line.name: line.members for line in page.table._whole}
    page.view.go_to_row(1)
    island.settle()
    name = page.current().name
    assert (counts["IHH"], counts["Affinity"], name) == (1, 0, "IHH")
    assert rows(page.card) == ["Island Hospital"]

    page.day_edit.set_value(bought - DAY)
    page._day_chosen()
    island.settle()
    assert "Nobody belonged to it on that day." in said(page.card)
    assert {line.name: line.members for line in page.table._whole}["Affinity"] == 1

    page.rename()
    page.drawer.form.content.editor("name").line.setText("IHH Healthcare")
    page.drawer.form.save_button.click()
    island.settle()
    assert island.see(network.organization, hospital).group == "IHH Healthcare"
