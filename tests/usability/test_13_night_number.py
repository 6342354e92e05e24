"""Task 13: it is 22.00: whom do you call at KPJ? At most 10 actions until the number is on the clipboard."""

import datetime as dt

from PySide6.QtWidgets import QApplication

from liaison.domain.network import Desk
from liaison.services import network
from tests import make


def test_the_night_number_is_copied_from_the_box_and_the_network(at_desk, acting):
    program = at_desk.program
    store = program.runner.store
    house = make.hospital(store, name="KPJ Penang Specialist", city="Penang", phone="+6045550100")
    make.made(
        store, network.add_contact,
        make.contact_draft(organization_id=house, name="Hesti", desk=Desk.INDONESIA_DESK, phone="+6045550142",
                           night_phone="+60125550199", hours="Mon-Sun 08:00-17:00"),
    )  # fmt: skip
    make.hospital(store, name="Gleneagles Penang", city="Penang")
    local = program.clock().astimezone(dt.timezone(dt.timedelta(hours=7)))
    at_desk.later(hours=(22 - local.hour) % 24)

    with acting.within(10):
        acting.keys("Ctrl+K")
        acting.type("kpj")
        acting.keys("Return")
        acting.wait(40)
        acting.keys("T")

    assert at_desk.page.place.page == "network"
    assert QApplication.clipboard().text() == "+60125550199"
