"""Places side by side: one column a place, the one at home last, what the patient pays in rupiah at the foot."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from liaison.domain.money import Money
from liaison.i18n import N_
from liaison.i18n.formats import MISSING, SYMBOLS
from liaison.services.places import Comparison, PlaceView
from liaison.ui.desk import Desk
from liaison.ui.pages.short_forms import Bench
from liaison.ui.pages.travel_forms import choose_form, edit_estimate_form
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked, clear, hairline
from liaison.ui.widgets.shapes import Shape

LABELS_WIDE, PLACE_WIDE = 112, 146
"""Logical pixels of the column of words, and the least that a place's amounts need."""

LINK_INSET = 6
"""How far the words of a link stand off its edge; the amounts below stand off as much."""


class PlacesTable(QWidget):
    """As many places beside each other as the room takes; further ones below."""

    def __init__(self, desk: Desk, bench: Bench, found: Comparison) -> None:
        super().__init__()
        self._desk, self._bench, self._found = desk, bench, found
        self._beside = 0
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._build(3)

    def minimumSizeHint(self) -> QSize:
        """Room for one place beside the words: further ones go below it."""
        theme = self._desk.theme
        return QSize(theme.px(LABELS_WIDE + PLACE_WIDE), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer places beside each other."""
        super().resizeEvent(event)
        theme = self._desk.theme
        room = event.size().width() - theme.px(LABELS_WIDE)
        beside = max(1, min(4, room // theme.px(PLACE_WIDE)))
        if beside != self._beside:
            self._build(beside)

    def _build(self, beside: int) -> None:
        self._beside = beside
        clear(self._box)
        places = self._found.places
        for start in range(0, len(places), beside):
            if start:
                self._box.addWidget(hairline())
            self._box.addWidget(self._band(places[start : start + beside]))
        for line in self._notes():
            self._box.addWidget(line)
        self.updateGeometry()

    def _band(self, places: tuple[PlaceView, ...]) -> QWidget:
        _, desk = self._desk.words, self._desk
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(3)
        grid.setColumnMinimumWidth(0, desk.theme.px(LABELS_WIDE) - 14)
        labels = (
            "", N_("Estimate"), N_("Patient's share"), N_("Travel"), N_("Hotel"), N_("Patient pays"), N_("Valid until"),
        )  # fmt: skip
        for row, label in enumerate(labels):
            if label:
                grid.addWidget(Label(_(label), Role.STRONG if row == 5 else Role.SECOND), row, 0)
        for number, place in enumerate(places, 1):
            grid.setColumnStretch(number, 1)
            grid.addWidget(self._head(place), 0, number)
            for row, cell in enumerate(self._cells(place), 1):
                grid.addWidget(cell, row, number)
            grid.addWidget(self._foot(place), len(labels), number)
        for number in range(len(places) + 1, self._beside + 1):
            grid.setColumnStretch(number, 1)
        return holder

    def _head(self, place: PlaceView) -> QWidget:
        _, desk = self._desk.words, self._desk
        name = place.name or (_(N_("In Indonesia")) if place.is_domestic else _(N_("Hospital not named")))
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 2)
        box.setSpacing(0)
        title = link(
            desk.icons, name, partial(edit_estimate_form, self._bench, place.id, version=place.version), small=True
        )
        title.setAccessibleName(_(N_("Change the estimate of {place}"), place=name))
        title.setObjectName(f"estimate.{place.id}")
        title.setToolTip(name)
        box.addWidget(title, 0, Qt.AlignmentFlag.AlignRight)
        where = place.city or (_(N_("Indonesia")) if place.is_domestic else "")
        under = self._right(where, Role.SECOND)
        box.addWidget(under)
        return holder

    def _cells(self, place: PlaceView) -> list[QWidget]:
        formats, cost = self._desk.formats, place.cost
        share = self._money(cost.excess) if cost.excess is not None else self._right(self._desk.words(N_("not known")))
        total = self._range(place.total.low, place.total.high) if place.total.is_known else MISSING
        until = formats.date(place.valid_until) if place.valid_until is not None else MISSING
        return [
            self._right(self._range(cost.low, cost.high)),
            share,
            self._money(cost.travel),
            self._money(cost.hotel),
            self._right(total, Role.BOLD),
            self._right(until, Role.WARNING if place.is_expired else Role.TEXT),
        ]

    def _foot(self, place: PlaceView) -> QWidget:
        _, desk = self._desk.words, self._desk
        if place.is_chosen:
            chosen = Marked(desk, _(N_("chosen")), Shape.DONE, Tone.GREEN, role=Role.GOOD)
            holder = QWidget()
            box = QVBoxLayout(holder)
            box.setContentsMargins(0, 0, 0, 0)
            box.addWidget(chosen, 0, Qt.AlignmentFlag.AlignRight)
            return holder
        choose = link(
            desk.icons, _(N_("Choose…")), partial(choose_form, self._bench, place.id, name=place.name), small=True
        )
        choose.setAccessibleName(_(N_("The patient chose {place}"), place=place.name or _(N_("In Indonesia"))))
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(choose, 0, Qt.AlignmentFlag.AlignRight)
        return holder

    def _notes(self) -> list[QWidget]:
        _, formats, found = self._desk.words, self._desk.formats, self._found
        notes: list[QWidget] = []
        rates = []
        for r in found.rates:
            parts = [f"{SYMBOLS[r.base]}1 = {SYMBOLS[r.quote]}{formats.rate(r.shown)}"]
            parts.append(f"{r.source} {formats.date(r.on)}")
            if r.is_cross:
                parts.append(_(N_("cross rate via {currency}"), currency=r.via))
            rates.append(" · ".join(parts))
        if rates:
            notes.append(Label("; ".join(rates), Role.SECOND, wrap=True))
        for currency in found.missing_rates:
            text = _(N_("No exchange rate for {currency} is on record, so there is no total."), currency=currency)
            notes.append(Marked(self._desk, text, Shape.WARNING, Tone.AMBER, role=Role.SECOND, wrap=True))
        if found.places and not found.has_domestic:
            text = _(N_("No place in Indonesia to compare with yet."))
            notes.append(Marked(self._desk, text, Shape.WARNING, Tone.AMBER, role=Role.SECOND, wrap=True))
        if found.reason:
            why = _(N_("The patient's choice: {place}. {reason}"), place=_(found.decision), reason=found.reason)
            notes.append(Label(self._desk.masking.text(why), wrap=True))
        if found.places:
            notes.append(
                Label(_(N_("Estimate. The insurer decides what it pays, the hospital what it charges.")), Role.SECOND,
                      wrap=True)
            )  # fmt: skip
        return notes

    def _range(self, low: Money | None, high: Money | None) -> str:
        formats = self._desk.formats
        if low is None or high is None:
            return MISSING
        return formats.money(high) if low == high else f"{formats.money(low)} –\n{formats.money(high)}"

    def _money(self, amount: Money | None) -> Label:
        return self._right(self._desk.formats.money(amount) if amount is not None else MISSING)

    @staticmethod
    def _right(text: str, role: Role = Role.TEXT) -> Label:
        label = Label(text, role)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setContentsMargins(0, 0, LINK_INSET, 0)
        return label
