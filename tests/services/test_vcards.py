"""Cards of desks and houses for an address book, read back by a reader of such files."""

import vobject

from liaison.domain.vcard import vcards
from liaison.i18n import Language
from liaison.services import network
from liaison.services.vcards import cards
from tests import make


def test_a_house_gives_its_own_card_and_one_for_each_desk(store):
    hospital = make.hospital(store)
    make.do(store, network.add_contact, make.contact_draft(organization_id=hospital, email="ipc@gleneagles.example"))
    bare = make.made(store, network.add_organization, make.insurer_draft())

    found = make.see(store, cards, Language("id"), houses=[hospital, bare])
    read = list(vobject.readComponents(vcards(found).decode()))

    assert [card.name for card in found] == ["Gleneagles Hospital Penang", read[1].fn.value]
    assert [card.tel.value for card in read] == ["+6042229111", "+6042229123"]
    assert "Aisyah" in read[1].fn.value
    assert read[1].email.value == "ipc@gleneagles.example"


def test_one_desk_is_one_card(store):
    hospital = make.hospital(store)
    desk = make.made(store, network.add_contact, make.contact_draft(organization_id=hospital))

    found = make.see(store, cards, Language("en"), contacts=[desk])

    assert [(card.house, card.phones[0]) for card in found] == [
        ("Gleneagles Hospital Penang", ("WORK", "+60 4-222 9123"))
    ]
