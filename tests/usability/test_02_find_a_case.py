"""Task 2: find the case of Siti from Medan. Visible after 7 actions, open after 10."""

from PySide6.QtWidgets import QApplication

from liaison.services import recents
from tests import make


def siti_from_medan(store, **values):
    """Four Sitis from Medan and others elsewhere; gives the one meant."""
    for name, city in (("Siti Aminah", "Surabaya"), ("Siti Nurlela", "Jakarta"), ("Medina Sitorus", "Medan")):
        make.journey(store, patient_id=make.patient(store, full_name=name, city=city), origin_city=city)
    patient = make.patient(store, full_name="Siti Rahmawati", city="Medan", phone="+6281255537890", **values)
    return make.journey(store, patient_id=patient, origin_city="Medan")


def box(at_desk):
    return at_desk.program.frame.top.search


def rows(at_desk):
    return [r.text for r in box(at_desk).suggest.found if not r.head]


def test_siti_from_medan_is_open_after_ten_keys(at_desk, acting):
    journey = siti_from_medan(at_desk.program.runner.store)

    with acting.within(10):
        acting.keys("Ctrl+K")
        acting.type("siti me")
        assert rows(at_desk)[0] == "Siti Rahmawati"
        acting.keys("Return")

    assert at_desk.page.place.record == journey


def test_she_is_seen_after_seven_keys(at_desk, acting):
    siti_from_medan(at_desk.program.runner.store)

    with acting.within(7):
        acting.keys("Ctrl+K")
        acting.type("me sit")

    assert rows(at_desk)[0] == "Siti Rahmawati"


def test_the_second_time_two_keys_do(at_desk, acting):
    journey = siti_from_medan(at_desk.program.runner.store)
    acting.keys("Ctrl+K")
    acting.type("siti me")
    acting.keys("Return")
    at_desk.go("today")

    with acting.within(2):
        acting.keys("Ctrl+K", "1")

    assert at_desk.page.place.record == journey


def test_a_misspelt_name_is_marked_and_the_last_row_begins_a_new_case(at_desk, acting):
    siti_from_medan(at_desk.program.runner.store)
    acting.keys("Ctrl+K")
    acting.type("rahmawatti")

    found = box(at_desk).suggest.found
    similar = next(r for r in found if r.text == "Siti Rahmawati")
    assert similar.hint == at_desk.program.words("similar")
    assert "rahmawatti" in found[-1].text

    for _ in range(len(rows(at_desk))):
        acting.keys("Down")
    acting.keys("Return")
    assert at_desk.page.place.page == "journey_new"


def test_tab_shows_what_can_be_done_and_a_letter_does_it(at_desk, acting):
    siti_from_medan(at_desk.program.runner.store, phone_owner="suami")

    with acting.within(9 + 2):
        acting.keys("Ctrl+K")
        acting.type("siti me")
        acting.keys("Tab", "T")

    assert QApplication.clipboard().text() == "+6281255537890"


def test_tab_says_whose_number_it_is_and_goes_back(at_desk, acting):
    siti_from_medan(at_desk.program.runner.store, phone_owner="suami")
    acting.keys("Ctrl+K")
    acting.type("siti me")
    before = rows(at_desk)
    acting.keys("Tab")

    assert [r.hint for r in box(at_desk).suggest.found if not r.head] == ["T", "W", "L", "N", "C"]
    assert "suami" in box(at_desk).suggest.found[1].note

    acting.keys("Escape")
    assert rows(at_desk) == before


def test_a_next_step_is_planned_from_the_box(at_desk, acting):
    siti_from_medan(at_desk.program.runner.store)
    acting.keys("Ctrl+K")
    acting.type("siti me")
    acting.keys("Tab", "N")

    assert at_desk.page.drawer.form is not None


def test_only_commands_only_help_a_setting_and_a_day(at_desk, acting):
    words = at_desk.program.words
    acting.keys("Ctrl+K")
    acting.type(">")
    assert words("Lock") in rows(at_desk)
    box(at_desk).line.clear()
    acting.type("?")
    assert "siti med" in rows(at_desk)
    box(at_desk).line.clear()
    acting.type("besok")
    assert any(r.value is not None and "tenggat:1" in str(r.value) for r in box(at_desk).suggest.found)
    box(at_desk).line.clear()
    acting.type("cadang")
    assert any("settings" in str(r.value) for r in box(at_desk).suggest.found)


def test_what_a_field_is_called_is_said_where_it_is_misspelt(at_desk, acting):
    acting.keys("Ctrl+K")
    acting.type("kotta:medan")

    assert "kota:" in box(at_desk).suggest.found[0].text


def test_what_was_opened_is_forgotten_on_request(at_desk, acting):
    store = at_desk.program.runner.store
    recents.remember(store, f"CASE:{siti_from_medan(store)}")
    acting.keys("Ctrl+K")
    assert rows(at_desk)[0] == "Siti Rahmawati"

    acting.keys("Up", "Down", "Return")

    with store.read() as session:
        assert recents.opened(session) == {}


def test_names_are_hidden_in_the_box_while_people_are(at_desk, acting):
    siti_from_medan(at_desk.program.runner.store)
    at_desk.program.masking.switch()
    acting.keys("Ctrl+K")
    acting.type("siti me")

    assert not any("Rahmawati" in r.text + r.note for r in box(at_desk).suggest.found)


def test_a_contact_is_chosen_on_its_page(at_desk, acting):
    store = at_desk.program.runner.store
    from liaison.services import network

    contact = make.made(store, network.add_contact, make.contact_draft(organization_id=at_desk.hospital, name="Hesti"))
    acting.keys("Ctrl+K")
    acting.type("hesti")
    acting.keys("Return")

    assert at_desk.page.place.page == "network"
    assert at_desk.page.view.current_id() == contact
