"""Beside an urgent call: the ambulance number, what to say, and the hospitals to call, the nearest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from liaison.domain.urgent import SIGN_OF, Nearness, Offer, flags_of, is_danger, numbers_for
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.pages.calling import copy_number
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked, Pane, card, clear
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.table_view import TableView

AMBULANCE_FIRST = N_("The ambulance first")
NOT_ABROAD = N_("Hospitals abroad are offered once a doctor has seen the patient and says: stable.")
NO_HOSPITAL = N_("No hospital near there is on record. Say the ambulance number.")
NO_NUMBER = N_("no number on record")
SAY_WHERE = N_("Type the city where the patient is now: the nearest hospitals come here.")
WIDTH = 344
_LARGE = 26


class LargeNumber(QWidget):
    """A telephone number to be read across a desk."""

    def __init__(self, desk: Desk, number: str, *, tone: Tone = Tone.INK) -> None:
        super().__init__()
        self._desk, self.number, self._tone = desk, number, tone
        self.setAccessibleName(number)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._font())

    def _font(self) -> QFont:
        font = QFont(self._desk.theme.font(Role.TITLE))
        font.setPixelSize(self._desk.theme.px(_LARGE))
        return font

    def sizeHint(self) -> QSize:
        """As large as the number is written."""
        found = self._metrics()
        return QSize(round(found.horizontalAdvance(self.number)) + 2, round(found.height()))

    def minimumSizeHint(self) -> QSize:
        """A number is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the number."""
        theme = self._desk.theme
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(theme.colour(self._tone.value))
        at = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(self.rect()), at, self.number)
        painter.end()


class OffersPane(Pane):
    """Numbers to dial. ``chosen`` fires when the officer has somebody handed over to the hospital of a row."""

    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, side="right", width=WIDTH, name=desk.words(N_("Whom to call")))
        self.offers: Sequence[Offer] = ()
        self.place = ""
        self.danger = QWidget()
        self._danger = _column(self.danger)
        self.first = QWidget()
        self._first = _column(self.first)
        self.table = PagedTable(desk, _columns(desk))
        self.view = TableView(desk, self.table, name=desk.words(N_("Hospitals, the nearest first")))
        self.view.opened.connect(lambda _id: self.chosen.emit(self.current()))
        self.view.moved.connect(lambda _row: self._show_first())
        self.note = Label("", Role.SECOND, wrap=True)
        self.same = QWidget()
        self.same_body = _column(self.same)
        for widget in (self.danger, self.first, self.view, self.note, self.same):
            self.add(widget, space=8)
        self.finish()

    def current(self) -> Offer | None:
        """The hospital that the cursor is on; the first where it is on none."""
        key = self.view.current_id()
        return next((o for o in self.offers if o.house.id == key), self.offers[0] if self.offers else None)

    def show_offers(self, offers: Sequence[Offer], *, place: str, flags: tuple[str, ...], is_stable: bool) -> None:
        """Show whom to call for somebody in this place."""
        _ = self._desk.words
        self.offers, self.place = offers, place.strip()
        danger = is_danger(flags, is_stable=is_stable)
        self._show_danger(place, flags, danger=danger)
        self.table.show_rows(list(offers), key=lambda offer: offer.house.id)
        self.view.setVisible(len(offers) > 1)
        height = self._desk.theme.row_height() * len(offers) + self._desk.theme.row_height(34) + 6
        self.view.setFixedHeight(height)
        self._show_first()
        self.note.setText(_(NOT_ABROAD) if danger else "")
        self.note.setVisible(danger)

    def _show_danger(self, place: str, flags: tuple[str, ...], *, danger: bool) -> None:
        _, desk = self._desk.words, self._desk
        clear(self._danger)
        self.danger.setVisible(danger)
        if not danger:
            return
        self._danger.addWidget(Marked(desk, _(AMBULANCE_FIRST), Shape.LATE, Tone.RED, role=Role.CARD, ground="sunken"))
        row = QHBoxLayout()
        row.setSpacing(18)
        for number in numbers_for(place):
            row.addWidget(LargeNumber(desk, number, tone=Tone.RED))
        row.addStretch(1)
        self._danger.addLayout(row)
        for text in dict.fromkeys(SIGN_OF[flag].advice for flag in flags_of(flags)):
            self._danger.addWidget(Label(_(text), Role.TEXT, wrap=True))

    def _show_first(self) -> None:
        clear(self._first)
        offer, _, desk = self.current(), self._desk.words, self._desk
        if not self.place:
            self._first.addWidget(Label(_(SAY_WHERE), Role.QUIET, wrap=True))
            return
        if offer is None:
            self._first.addWidget(Marked(desk, _(NO_HOSPITAL), Shape.WARNING, Tone.AMBER, wrap=True, ground="sunken"))
            return
        frame, box = card()
        box.setSpacing(4)
        box.addWidget(Label(offer.house.name, Role.CARD, wrap=True))
        box.addWidget(Label(where_words(desk, offer), Role.SECOND, wrap=True))
        if offer.house.number:
            row = QHBoxLayout()
            row.addWidget(LargeNumber(desk, offer.house.number))
            hint = _(N_("Copy the number"))
            row.addWidget(icon_button(desk.icons, "copy", hint, lambda: copy_number(desk, offer.house.number)))
            row.addStretch(1)
            box.addLayout(row)
            awake = offer.house.is_day_and_night
            said = N_("answers day and night") if awake else N_("whether it answers at night is not on record")
            shape, tone = (Shape.DONE, Tone.GREEN) if awake else (Shape.WARNING, Tone.AMBER)
            box.addWidget(Marked(desk, _(said), shape, tone, role=Role.SECOND, wrap=True))
        else:
            box.addWidget(Marked(desk, _(NO_NUMBER), Shape.WARNING, Tone.AMBER, role=Role.SECOND))
        if offer.suits is not None:
            suited = N_("has a specialty for this sign") if offer.suits else N_("specialty for this sign: ask")
            shape, tone = (Shape.DONE, Tone.GREEN) if offer.suits else (Shape.OPEN, Tone.GREY)
            box.addWidget(Marked(desk, _(suited), shape, tone, role=Role.SECOND, wrap=True))
        self._first.addWidget(frame)


def where_words(desk: Desk, offer: Offer) -> str:
    """City, how near, how far."""
    parts = [offer.house.city, desk.words(offer.nearness.label)]
    if offer.distance_km and offer.nearness is not Nearness.CITY:
        parts.append(desk.words(N_("{count} km"), count=offer.distance_km))
    return " · ".join(part for part in parts if part)


def _columns(desk: Desk) -> tuple[Column, ...]:
    def far(offer: Offer) -> str:
        if offer.nearness is Nearness.CITY or not offer.distance_km:
            return desk.words(offer.nearness.label)
        return desk.words(N_("{count} km"), count=offer.distance_km)

    return (
        Column(key="name", label=N_("Hospital"), value=lambda o: o.house.name, strong=True, stretch=1, width=150),
        Column(key="city", label=N_("City"), value=lambda o: o.house.city, width=78, gives_way=1),
        Column(key="far", label=N_("How far"), value=far, width=116),
    )


def _column(holder: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    return column
