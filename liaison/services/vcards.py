"""Desks and houses as cards for a telephone's address book: one of them, or a whole list. Nothing of a patient."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from liaison.domain.vcard import Card
from liaison.i18n import N_, Language, upper_first
from liaison.services.changes import get
from liaison.services.network_calls import card_of
from liaison.services.network_views import ContactView, organization
from liaison.store.models import ContactRow

NIGHT = N_("Night number")


def cards(session: Session, words: Language, *, houses: Iterable[int] = (), contacts: Iterable[int] = ()) -> list[Card]:
    """A card for each house with a number of its own and for each of its desks, and for each desk asked for."""
    found: list[Card] = []
    for key in houses:
        house = organization(session, key)
        reached = bool(house.phone or house.night_phone or house.email)
        wanted: list[ContactView | None] = [*([None] if reached else []), *house.contacts]
        found += [card_of(house, one, desk=_desk(words, one), night=words(NIGHT)) for one in wanted]
    for key in contacts:
        house = organization(session, get(session, ContactRow, key).organization_id)
        one = next(contact for contact in house.contacts if contact.id == key)
        found.append(card_of(house, one, desk=_desk(words, one), night=words(NIGHT)))
    return found


def _desk(words: Language, contact: ContactView | None) -> str:
    return upper_first(words(contact.desk.label)) if contact is not None else ""
