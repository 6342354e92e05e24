"""Messages that are sent again and again: their texts in both languages, the office's own where it has written some.

A text names what is filled in with words in braces; a diagnosis is never among them, since a chat is read over many
shoulders. Kept as one setting of the office, so that a change is journalled and undone like any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.i18n import LANGUAGES, N_
from liaison.services.changes import Changes
from liaison.services.office import set_setting, setting

SETTING = "message_templates"

UNKNOWN_WORDS = N_("Nothing is known by the name {names}. What can be filled in: {known}.")
EMPTY = N_("A message has at least a few words.")


class Message(StrEnum):
    """Which message it is; the stored value is the member's."""

    GREETING = "greeting"
    STATUS = "status"
    PAPERS = "papers"
    LETTER = "letter"
    APPOINTMENT = "appointment"
    PLAN = "plan"
    ARRIVED = "arrived"
    FOLLOW_UP = "follow_up"
    DESK = "desk"


TITLES: Mapping[Message, str] = {
    Message.GREETING: N_("Greeting: please call us"),
    Message.STATUS: N_("How the case stands"),
    Message.PAPERS: N_("Papers still needed"),
    Message.LETTER: N_("The guarantee letter is here"),
    Message.APPOINTMENT: N_("Appointment and arrival"),
    Message.PLAN: N_("Travel plan, with its PDF"),
    Message.ARRIVED: N_("Arrived well?"),
    Message.FOLLOW_UP: N_("How are you since the treatment?"),
    Message.DESK: N_("To a desk: please tell us"),
}

WORDS: Mapping[str, str] = {
    "name": N_("name of the patient or relative"),
    "case": N_("case number"),
    "hospital": N_("hospital"),
    "stage": N_("stage of the case"),
    "papers": N_("papers still missing"),
    "letter": N_("number of the letter"),
    "date": N_("day"),
    "officer": N_("officer's name"),
    "office": N_("name of the office"),
}
"""What can be filled into a message, and what it is."""

USUAL: Mapping[Message, Mapping[str, str]] = {
    Message.GREETING: {
        "id": "Selamat siang, ini {officer} dari {office}. Boleh hubungi kami kembali? Terima kasih.",
        "en": "Good day, this is {officer} of {office}. Could you call us back, please? Thank you.",
    },
    Message.STATUS: {
        "id": "Selamat siang, {name}. Kasus {case} sekarang: {stage}. Kami kabari lagi begitu ada perkembangan. "
        "Salam, {officer}, {office}",
        "en": "Good day, {name}. Case {case} now stands at: {stage}. We will write again as soon as there is news. "
        "Regards, {officer}, {office}",
    },
    Message.PAPERS: {
        "id": "Selamat siang, {name}. Untuk kasus {case} masih diperlukan: {papers}. Boleh difoto dan dikirim ke sini. "
        "Terima kasih. {officer}, {office}",
        "en": "Good day, {name}. For case {case} we still need: {papers}. A photo sent here is enough. "
        "Thank you. {officer}, {office}",
    },
    Message.LETTER: {
        "id": "Kabar baik, {name}: surat jaminan untuk {hospital} sudah terbit. Kami bantu menyiapkan keberangkatan. "
        "{officer}, {office}",
        "en": "Good news, {name}: the guarantee letter for {hospital} is here. We will help to prepare the journey. "
        "{officer}, {office}",
    },
    Message.APPOINTMENT: {
        "id": "{name}, janji temu di {hospital}: {date}. Mohon bawa paspor, kartu peserta, dan hasil "
        "pemeriksaan. {officer}, {office}",
        "en": "{name}, your appointment at {hospital}: {date}. Please bring passport, member card and "
        "results. {officer}, {office}",
    },
    Message.PLAN: {
        "id": "{name}, ini rencana perjalanan ke {hospital}. Simpan PDF-nya di telepon: jam, alamat, dan nomor darurat "
        "ada di sana. {officer}, {office}",
        "en": "{name}, here is your travel plan for {hospital}. Keep the PDF on your telephone: times, addresses and "
        "emergency numbers are in it. {officer}, {office}",
    },
    Message.ARRIVED: {
        "id": "{name}, apakah sudah tiba dengan baik? Meja Indonesia di {hospital} sudah menunggu. {officer}, {office}",
        "en": "{name}, have you arrived well? The Indonesia desk at {hospital} is expecting you. {officer}, {office}",
    },
    Message.FOLLOW_UP: {
        "id": "Selamat siang, {name}. Bagaimana kabarnya setelah dari {hospital}? Kabari kami bila perlu bantuan. "
        "{officer}, {office}",
        "en": "Good day, {name}. How have you been since {hospital}? Tell us if you need anything. {officer}, {office}",
    },
    Message.DESK: {
        "id": "Selamat siang, dari {office}, perihal kasus {case}. Mohon kabar terbarunya. Terima kasih. {officer}",
        "en": "Good day from {office}, about case {case}. Could you give us the latest? Thank you. {officer}",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateView:
    """One message in both languages; ``own`` names the languages in which the office has its own text."""

    message: Message
    texts: Mapping[str, str]
    own: frozenset[str]

    @property
    def name(self) -> str:
        """What the message is called, marked."""
        return TITLES[self.message]


def templates(session: Session) -> tuple[TemplateView, ...]:
    """Every message, in their order."""
    kept = _kept(session)
    return tuple(
        TemplateView(
            message=message,
            texts={code: kept.get(f"{message.value}.{code}", USUAL[message][code]) for code in LANGUAGES},
            own=frozenset(code for code in LANGUAGES if f"{message.value}.{code}" in kept),
        )
        for message in Message
    )


def keep_template(session: Session, message: Message, language: str, text: str) -> Changes:
    """Write a message in the office's own words; the usual ones typed again are the usual ones."""
    unknown = sorted(set(words_in(text)) - set(WORDS))
    if not text.strip():
        raise Refused([problem("EMPTY", EMPTY, "text")])
    if unknown:
        known = ", ".join(f"{{{word}}}" for word in WORDS)
        named = ", ".join(f"{{{word}}}" for word in unknown)
        raise Refused([problem("UNKNOWN_WORDS", UNKNOWN_WORDS, "text", names=named, known=known)])
    kept = dict(_kept(session))
    key = f"{message.value}.{language}"
    if text.strip() == USUAL[message][language]:
        kept.pop(key, None)
    else:
        kept[key] = text.strip()
    return set_setting(session, SETTING, kept)


def restore_templates(session: Session) -> Changes:
    """Every message as it is usual."""
    return set_setting(session, SETTING, {})


def words_in(text: str) -> list[str]:
    """What a text wants filled in, each once, in the order it stands there."""
    return list(dict.fromkeys(re.findall(r"\{([^{}]*)\}", text)))


GAP = "…"
"""Stands where something is not known yet, to be filled in by hand before the message is sent."""


def filled(text: str, values: Mapping[str, str]) -> str:
    """The message as it is seen before it is sent; what is not known is a gap of three dots."""
    return re.sub(r"\{([^{}]*)\}", lambda found: values.get(found[1]) or GAP, text)


def _kept(session: Session) -> dict[str, str]:
    found = setting(session, SETTING, {})
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}
