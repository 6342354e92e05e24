"""Calling a desk: the number on the clipboard, WhatsApp, the vCard for a telephone's camera, hours in both clocks."""

from __future__ import annotations

import datetime as dt
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.desk_hours import EVERY_DAY, Standing, read_hours
from liaison.domain.identifiers import whatsapp_link
from liaison.domain.vcard import Card, vcard
from liaison.i18n import N_, upper_first
from liaison.services.network_calls import CallNow, card_of, standing_of, zone_of_house
from liaison.services.network_views import ContactView, OrganizationView
from liaison.ui.desk import Desk
from liaison.ui.pages.short_forms import Bench
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked, Section
from liaison.ui.widgets.qr_code import QrCode
from liaison.ui.widgets.shapes import Shape

NIGHT_NUMBER = N_("Night number")
A_MONDAY = dt.date(2026, 1, 5)


_LANGUAGES = {
    "id": N_("Indonesian"),
    "ms": N_("Malay"),
    "zh": N_("Mandarin"),
    "nan": N_("Hokkien"),
    "yue": N_("Cantonese"),
    "ta": N_("Tamil"),
    "km": N_("Khmer"),
    "th": N_("Thai"),
}


def language_word(desk: Desk, code: str) -> str:
    """A language by its name; one we do not know stays as typed."""
    plain = code.strip().casefold()
    known = _LANGUAGES.get(plain)
    if known is not None:
        return desk.words(known)
    return desk.formats.language_name(plain) if len(plain) in (2, 3) else code


def spoken_words(desk: Desk, codes: tuple[str, ...]) -> str:
    """Languages by their names."""
    return ", ".join(language_word(desk, code) for code in codes)


def copy_number(desk: Desk, number: str) -> None:
    """Put a number on the clipboard and say so."""
    QGuiApplication.clipboard().setText(number)
    shown = desk.masking.number(number)
    desk.toast(desk.words(N_("Number copied: {number}"), number=shown), undo=False)


def open_whatsapp(desk: Desk, number: str, country: str) -> None:
    """Open a chat with a number in WhatsApp, on this computer or in the browser; the number is copied too."""
    link = whatsapp_link(number, country or "ID")
    if not link:
        desk.toast(desk.words(N_("This number cannot be read as a telephone number.")), refused=True)
        return
    QGuiApplication.clipboard().setText(number)
    QDesktopServices.openUrl(QUrl(link))
    desk.toast(desk.words(N_("WhatsApp is opening; the number is copied too")), undo=False)


def card_for(desk: Desk, house: OrganizationView, contact: ContactView | None) -> Card:
    """A desk as a telephone keeps it, in the shown language."""
    words = desk.words
    name = words(contact.desk.label) if contact is not None else ""
    return card_of(house, contact, desk=upper_first(name), night=words(NIGHT_NUMBER))


def show_card(bench: Bench, card: Card) -> FormPane:
    """The vCard as a code that a telephone's camera reads, and as text for the clipboard."""
    desk, words = bench.desk, bench.desk.words
    text = vcard(card)
    content = QWidget()
    box = QVBoxLayout(content)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(10)
    box.addWidget(Label(card.name, Role.STRONG, wrap=True))
    box.addWidget(QrCode(text, name=words(N_("QR code of {name}"), name=card.name)), 0, Qt.AlignmentFlag.AlignHCenter)
    box.addWidget(Label(words(N_("Point the telephone's camera at it to keep this contact.")), Role.SECOND, wrap=True))

    def copy() -> None:
        QGuiApplication.clipboard().setText(text)
        desk.toast(words(N_("Contact copied as a vCard")), undo=False)

    pane = FormPane(desk, title=words(N_("Take it along")), content=content, save=copy, save_word=N_("Copy the vCard"))
    return bench.drawer.open(pane)


# hours


def standing_words(desk: Desk, standing: Standing, zone: str) -> tuple[str, Shape, Tone]:
    """Whether a desk answers now and until when, on its clock and on ours."""
    words, change = desk.words, standing.changes_at
    if standing.is_open:
        shape, tone = Shape.DONE, Tone.GREEN
        if change is None:
            return words(N_("Open now, day and night")), shape, tone
        return words(N_("Open now, until {when}"), when=both_clocks(desk, change, zone)), shape, tone
    shape, tone = Shape.WAITING, Tone.AMBER
    if change is None:
        return words(N_("Closed now")), shape, tone
    return words(N_("Closed now, opens {when}"), when=both_clocks(desk, change, zone)), shape, tone


def hours_words(desk: Desk, hours: str) -> str:
    """A desk's hours in the shown language; what cannot be read stays as it was typed."""
    read = read_hours(hours)
    if read is None:
        return hours
    if read.is_always:
        return desk.words(N_("day and night"))
    formats = desk.formats
    return ", ".join(
        f"{_days(desk, shift.days)} {formats.clock_time(shift.opens)}–{formats.clock_time(shift.closes)}".strip()
        for shift in read.shifts
    )


def _days(desk: Desk, days: frozenset[int]) -> str:
    """``Mon–Fri`` for days in a row, else one by one; every day needs no word."""
    if days == EVERY_DAY:
        return ""
    names = [desk.formats.weekday(A_MONDAY + dt.timedelta(days=n), short=True) for n in sorted(days)]
    in_a_row = len(days) > 2 and max(days) - min(days) == len(days) - 1
    return f"{names[0]}–{names[-1]}" if in_a_row else ", ".join(names)


def both_clocks(desk: Desk, moment: dt.datetime, zone: str) -> str:
    """A moment there, and here too if our clock shows another hour: ``17.00 MYT (16.00 WIB)``; its day if not today."""
    formats = desk.formats
    there, here = moment.astimezone(ZoneInfo(zone)), formats.at_home(moment)
    today = desk.clock().astimezone(ZoneInfo(zone)).date()
    day = "" if there.date() == today else formats.weekday(there.date()) + " "
    text = day + formats.time(moment, zone)
    if there.utcoffset() == here.utcoffset():
        return text
    return f"{text} ({formats.time(moment)})"


class CallSection(Section):
    """On top of a house's card: the number to call now, large, with what can be done with it."""

    def __init__(self, desk: Desk, bench: Bench | None, house: OrganizationView, call: CallNow) -> None:
        words = desk.words
        super().__init__(words(N_("Night number to call now")) if call.is_night else words(N_("Call now")))
        zone = zone_of_house(house)
        if call.contact is not None:
            name = words(call.contact.desk.label)
            name = upper_first(name)
            self.add(Label(" · ".join(p for p in (call.contact.name, name) if p), Role.TEXT, wrap=True))
        number = Label(call.number, Role.CARD)
        number.setAccessibleName(words(N_("Call now: {number}"), number=call.number))
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add(number)
        self.add(_buttons(desk, bench, house, call))
        if call.standing is not None:
            text, shape, tone = standing_words(desk, call.standing, zone)
            self.add(Marked(desk, text, shape, tone, role=Role.QUIET, ground="sunken", wrap=True))
        if call.is_holiday:
            told = words(N_("Public holiday there today"))
            self.add(Marked(desk, told, Shape.WARNING, Tone.AMBER, role=Role.WARNING, ground="sunken", wrap=True))
        if call.contact is not None and call.contact.languages:
            spoken = spoken_words(desk, call.contact.languages)
            self.add(Label(words(N_("Speaks {languages}"), languages=spoken), Role.SECOND, wrap=True))
        now = desk.clock()
        times = (desk.formats.time(now, zone), desk.formats.time(now))
        self.add(Label(words(N_("It is now {times}"), times=" · ".join(dict.fromkeys(times))), Role.SECOND))


def _buttons(desk: Desk, bench: Bench | None, house: OrganizationView, call: CallNow) -> QWidget:
    words = desk.words
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    doings = [("phone", N_("Copy the number to call (T)"), partial(copy_number, desk, call.number))]
    if call.whatsapp:
        run = partial(open_whatsapp, desk, call.whatsapp, house.country)
        doings.append(("message-circle", N_("Open WhatsApp (W)"), run))
    for icon, hint, run in doings:
        row.addWidget(icon_button(desk.icons, icon, words(hint), run, size=16))
    if bench is not None:
        card = card_for(desk, house, call.contact)
        hint = words(N_("Take it along as a QR code (Q)"))
        row.addWidget(icon_button(desk.icons, "qr-code", hint, partial(show_card, bench, card), size=16))
    row.addStretch(1)
    return holder


def contact_standing(desk: Desk, hours: str, zone: str) -> Standing | None:
    """How a desk with these hours stands at this moment."""
    return standing_of(hours, zone, desk.clock())
