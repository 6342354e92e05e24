"""Whom to call now: the desk that answers, else the night number, else when somebody answers again."""

import datetime as dt

import pytest

from liaison.domain.network import Desk
from liaison.services import network
from liaison.services.network_calls import call_now, card_of
from tests import make

FRIDAY_10_PENANG = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
FRIDAY_22_PENANG = dt.datetime(2026, 11, 20, 14, 0, tzinfo=dt.UTC)


@pytest.fixture
def kpj(store):
    return make.hospital(store, name="KPJ Penang", city="Penang", zone="", phone="+60 4-548 6688")


def add(store, house, desk, **values):
    draft = make.contact_draft(organization_id=house, desk=desk, name="", **values)
    return make.made(store, network.add_contact, draft)


def at(store, house, moment):
    return call_now(make.see(store, network.organization, house), moment)


def test_by_day_the_indonesia_desk_answers_before_the_others(store, kpj):
    add(store, kpj, Desk.GL_DESK, phone="+60 4-548 0002", hours="24h")
    add(store, kpj, Desk.INDONESIA_DESK, phone="+60 4-548 0001", hours="Mon-Fri 08:00-17:00", night_phone="+60 12-3")

    call = at(store, kpj, FRIDAY_10_PENANG)

    assert call.number == "+60 4-548 0001"
    assert call.standing.is_open
    assert not call.is_night


def test_a_preferred_desk_comes_first(store, kpj):
    add(store, kpj, Desk.INDONESIA_DESK, phone="+60 4-548 0001", hours="24h")
    add(store, kpj, Desk.BILLING, phone="+60 4-548 0009", hours="24h", is_preferred=True)

    assert at(store, kpj, FRIDAY_10_PENANG).number == "+60 4-548 0009"


def test_at_night_an_open_desk_else_the_night_number(store, kpj):
    add(
        store, kpj, Desk.INDONESIA_DESK, phone="+60 4-548 0001", hours="Mon-Fri 08:00-17:00",
        night_phone="+60 12-488 0001",
    )  # fmt: skip
    night = at(store, kpj, FRIDAY_22_PENANG)
    add(store, kpj, Desk.EMERGENCY, phone="+60 4-548 0911", hours="24h")
    answered = at(store, kpj, FRIDAY_22_PENANG)

    assert (night.number, night.is_night) == ("+60 12-488 0001", True)
    assert night.standing.changes_at.weekday() == 0
    assert (answered.number, answered.is_night) == ("+60 4-548 0911", False)


def test_the_houses_own_night_number_stands_in(store):
    house = make.hospital(store, name="Loh Guan Lye", phone="+60 4-1", night_phone="+60 4-999")
    add(store, house, Desk.INDONESIA_DESK, phone="+60 4-548 0001", hours="Mon-Fri 08:00-17:00")

    assert at(store, house, FRIDAY_22_PENANG).number == "+60 4-999"


def test_without_any_desk_the_day_number_is_called_in_office_hours(store):
    house = make.hospital(store, name="Loh Guan Lye", city="Penang", phone="+60 4-1", night_phone="+60 4-999")

    by_day, at_night = at(store, house, FRIDAY_10_PENANG), at(store, house, FRIDAY_22_PENANG)
    on_sunday = at(store, house, FRIDAY_10_PENANG + dt.timedelta(days=2))

    assert (by_day.number, by_day.is_night) == ("+60 4-1", False)
    assert (at_night.number, at_night.is_night) == ("+60 4-999", True)
    assert on_sunday.is_night


def test_without_a_night_number_the_desk_says_when_it_opens(store, kpj):
    add(store, kpj, Desk.INDONESIA_DESK, phone="+60 4-548 0001", hours="Mon-Fri 08:00-17:00")

    call = at(store, kpj, FRIDAY_22_PENANG)

    assert call.number == "+60 4-548 0001"
    assert not call.standing.is_open


def test_a_desk_whose_hours_nobody_knows_is_called_as_it_is(store, kpj):
    add(store, kpj, Desk.INDONESIA_DESK, phone="+60 4-548 0001", hours="", night_phone="+60 12-488 0001")

    call = at(store, kpj, FRIDAY_22_PENANG)

    assert call.number == "+60 4-548 0001"
    assert call.standing is None


def test_a_house_without_desks_has_its_own_number_and_without_any_nothing(store, kpj):
    bare = make.hospital(store, name="Klinik Baru", phone="", night_phone="")

    assert at(store, kpj, FRIDAY_22_PENANG).number == "+60 4-548 6688"
    assert at(store, bare, FRIDAY_22_PENANG) is None


def test_a_public_holiday_there_is_told(store, kpj):
    assert at(store, kpj, dt.datetime(2026, 8, 31, 4, 0, tzinfo=dt.UTC)).is_holiday


def test_a_card_for_the_telephone_names_desk_house_and_night(store, kpj):
    add(store, kpj, Desk.INDONESIA_DESK, phone="+60 4-548 0001", hours="24h", night_phone="+60 12-488 0001")
    house = make.see(store, network.organization, kpj)

    card = card_of(house, house.contacts[0], desk="Meja Indonesia", night="Nomor malam")
    bare = card_of(house, None, desk="", night="Nomor malam")

    assert card.name == "Meja Indonesia, KPJ Penang"
    assert card.note == "24h · Nomor malam: +60 12-488 0001"
    assert bare.phones[0] == ("WORK", "+60 4-548 6688")


def test_every_desk_stands_in_the_list_of_contacts_with_its_house(store, kpj):
    add(store, kpj, Desk.BILLING, phone="+60 4-548 0003")

    lines = make.see(store, network.contact_lines)

    assert [(line.house, line.contact.desk) for line in lines] == [("KPJ Penang", Desk.BILLING)]
    assert lines[0].zone == "Asia/Kuala_Lumpur"


def test_a_house_is_marked_as_verified_by_itself(store, kpj):
    make.do(store, network.verify_organization, kpj)

    assert make.see(store, network.organization, kpj).last_verified_on == make.START.date()
