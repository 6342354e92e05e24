"""A pasted message read: what it says about a new case, each guess with the part of the text it comes from.

Pure and fast: any text is safe, nothing is concluded that does not stand in it, and an age never becomes a birth date.
An officer looks at every guess before it is saved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from liaison.domain import message_facts as facts
from liaison.domain.message_facts import Guess, KnownHouse
from liaison.domain.message_insurers import insurer_named
from liaison.domain.message_people import contact_named, owner_of, read_people
from liaison.domain.message_text import MessageText
from liaison.domain.message_words import PhoneOwner
from liaison.domain.network import OrganizationKind
from liaison.domain.regions import City
from liaison.domain.work import NoteChannel

__all__ = ["Guess", "KnownHouse", "MessageRead", "PhoneOwner", "read_message"]

_MAIL_HEADS = ("subject:", "from:", "regards", "dear ", "cc:", "hal:", "perihal:")


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRead:
    """What a message seems to say. ``guesses`` by the name of the field of an enquiry; ``phones`` are all numbers.

    ``insurer_not_known`` is the insurer it names, where none of that name is on record.
    """

    guesses: Mapping[str, Guess]
    phones: tuple[str, ...] = ()
    channel: NoteChannel = NoteChannel.WHATSAPP
    insurer_not_known: Guess | None = None

    def value(self, name: str, default: object = None) -> object:
        """What was guessed for a field."""
        guess = self.guesses.get(name)
        return guess.value if guess is not None else default


def read_message(text: str, *, today: dt.date, known: Iterable[KnownHouse] = ()) -> MessageRead:
    """Read a message. ``known`` are the hospitals and insurers on record."""
    message = MessageText.of(text)
    people = read_people(message)
    found: dict[str, Guess | None] = {
        "full_name": people.patient,
        "sex": people.sex,
        "caller_name": people.writer,
        "age_said": facts.age(message) or facts.age_behind(message, people.patient),
        "birth_date": facts.birth_date(message, today=today),
        "planned_on": facts.planned_on(message, today=today),
        "email": facts.mail(message),
        "need": facts.need(message),
    }
    home, away = facts.places(message)
    found["city"], found["destination_city"] = _city(home), _city(away)
    numbers = facts.phones(message)
    if numbers:
        first, start, end = numbers[0]
        found["phone"] = Guess(value=first.shown, start=start, end=end)
        owner = found["phone_owner"] = owner_of(message, people, numbers[0], ())
        if people.writer is None and (owner is None or owner.value is not PhoneOwner.PATIENT):
            found["caller_name"] = contact_named(message, people, start)
    named = facts.houses(message, known, city=str(away.value.name) if away else "")
    found["hospital_id"] = _house(named.get(OrganizationKind.HOSPITAL))
    found["insurer_id"] = _house(named.get(OrganizationKind.INSURER))
    return MessageRead(
        guesses={name: guess for name, guess in found.items() if guess is not None},
        phones=tuple(phone.shown for phone, _start, _end in numbers),
        channel=_channel(text),
        insurer_not_known=insurer_named(message) if found["insurer_id"] is None else None,
    )


def _city(guess: Guess | None) -> Guess | None:
    if guess is None:
        return None
    city: City = guess.value
    return Guess(value=city.name, start=guess.start, end=guess.end)


def _house(guess: Guess | None) -> Guess | None:
    return Guess(value=guess.value.id, start=guess.start, end=guess.end) if guess is not None else None


def _channel(text: str) -> NoteChannel:
    head = text[:4_000].casefold()
    mail = "@" in head and any(word in head for word in _MAIL_HEADS)
    return NoteChannel.MAIL if mail else NoteChannel.WHATSAPP
