"""Cards of desks and houses for an address book."""

from liaison.domain.vcard import vcards
from liaison.i18n import Language
from liaison.services import network
from liaison.services.vcards import cards
from tests import make


def read(text):
    """The lines of each card by their names, as RFC 6350 folds and names them; the first of each name."""
    unfolded = text.replace("\r\n ", "").replace("\r\n\t", "")
    cards = []
    for line in unfolded.split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VCARD":
            cards.append({})
        elif cards:
            cards[-1].setdefault(name.partition(";")[0], value.replace("\\,", ","))
    return cards


def test_a_house_gives_its_own_card_and_one_for_each_desk(store):
    hospital = make.hospital(store)
    make.do(store, network.add_contact, make.contact_draft(organization_id=hospital, email="ipc@gleneagles.example"))
    bare = make.made(store, network.add_organization, make.insurer_draft())

    found = make.see(store, cards, Language("id"), houses=[hospital, bare])
    house, desk = read(vcards(found).decode())

    assert [card.name for card in found] == ["Gleneagles Hospital Penang", desk["FN"]]
    assert [card["TEL"] for card in (house, desk)] == ["+6042229111", "+6042229123"]
    assert "Aisyah" in desk["FN"]
    assert desk["EMAIL"] == "ipc@gleneagles.example"


def test_one_desk_is_one_card(store):
    hospital = make.hospital(store)
    desk = make.made(store, network.add_contact, make.contact_draft(organization_id=hospital))

    found = make.see(store, cards, Language("en"), contacts=[desk])

    assert [(card.house, card.phones[0]) for card in found] == [
        ("Gleneagles Hospital Penang", ("WORK", "+60 4-222 9123"))
    ]
