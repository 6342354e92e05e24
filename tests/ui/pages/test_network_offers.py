"""The Network page's lists of doctors and of package prices, through real widgets."""

import pytest

from liaison.domain.doctors import NewDoctorDraft
from liaison.domain.money import Money
from liaison.domain.packages import PackageDraft
from liaison.services import doctors, packages
from liaison.ui.pages.hospital_groups import HospitalGroupsPage
from liaison.ui.pages.network_offers import OFFERS
from liaison.ui.widgets.form import Form
from tests import make
from tests.ui.walk import nameless


def fill(place):
    house = place.ids["hospital"]
    doctor = make.made(
        place.store,
        doctors.add_doctor,
        NewDoctorDraft(hospital_id=house, name="Tan Wei Ming", sessions="Mon 09:00-12:00"),
    )
    price = make.made(
        place.store, packages.add_package,
        PackageDraft(hospital_id=house, name="Bypass", price=Money(90_000_00, "MYR"), source="sheet"),
    )  # fmt: skip
    return doctor, price


@pytest.mark.parametrize("language", ["id", "en"])
def test_both_lists_fit_the_smallest_window_understand_their_views_and_name_everything(office, language):
    place = office(language, size=(1024, 520))
    fill(place)

    for name, offers in OFFERS.items():
        for view in offers.views:
            page = place.go("network", part=name, view=view.key)
            assert not page.problem.isVisible(), (name, view.key)
        page = place.go("network", part=name)
        assert page.table.rowCount() == 1
        assert nameless(place.frame) == []
        least = place.frame.minimumSizeHint()
        assert (least.width() <= 1024, least.height() <= 520) == (True, True)
    assert place.troubles == []


def test_a_doctor_of_the_list_is_opened_verified_and_leads_to_the_hospital_s_card(at_home):
    key, _price = fill(at_home)
    page = at_home.go("network", part="doctors")
    page.view.go_to_id(at_home.see(doctors.doctor, key).places[0].id)
    at_home.settle()

    assert page.card._house.id == at_home.ids["hospital"]
    page.show_line()
    assert page.drawer.form.content._view.id == key
    page.verify()

    assert at_home.see(doctors.doctor, key).last_verified_on == at_home.clock.now.date()


def test_a_new_doctor_of_the_list_chooses_the_hospital_in_the_form(at_home):
    page = at_home.go("network", part="doctors")
    page._new()
    form = page.drawer.form.content
    form.editor("name").set_value("Siti Aminah")
    form.editor("hospital_id").take(at_home.ids["hospital"], "house")
    page.drawer.form.save_button.click()

    (line,) = at_home.see(doctors.doctor_lines)
    assert (line.doctor.name, line.place.hospital_id) == ("Siti Aminah", at_home.ids["hospital"])


def test_a_price_of_the_list_opens_its_form(at_home):
    _doctor, price = fill(at_home)
    page = at_home.go("network", part="packages")
    page.view.go_to_id(price)
    at_home.settle()
    page.show_line()

    assert page.drawer.form.findChild(Form).editor("name").value() == "Bypass"


def test_the_hospital_groups_are_one_button_away(at_home):
    page = at_home.go("network")

    page.groups_button.click()

    assert isinstance(at_home.page, HospitalGroupsPage)
