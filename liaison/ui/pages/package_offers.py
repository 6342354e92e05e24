"""Package prices inside the form of an estimate: what the chosen hospital offers, taken over with one key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.packages import PackageState
from liaison.domain.payments import EstimateDraft
from liaison.i18n import N_
from liaison.services import packages
from liaison.services.packages import PackageView
from liaison.ui.desk import Desk
from liaison.ui.pages.package_card import hotel_words, package_row, package_words
from liaison.ui.theme import Role
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.lookup_edit import LookupEdit
from liaison.ui.widgets.money_edit import MoneyEdit
from liaison.ui.widgets.parts import clear

MOST = 5
"""So many packages are offered beside an estimate; the card of the hospital has them all."""


class PackageOffers(QWidget):
    """Below the hospital of an estimate: its packages, and those of others for the case's specialty."""

    def __init__(self, desk: Desk, form: Form[EstimateDraft], journey_id: int) -> None:
        super().__init__()
        self._desk, self._form, self._journey_id = desk, form, journey_id
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 4, 0, 0)
        self._box.setSpacing(2)
        self.hide()
        hospital = form.editor("hospital_id")
        if isinstance(hospital, LookupEdit):
            hospital.found.connect(self._read)
        self._read(None)

    def _read(self, hospital_id: object) -> None:
        self._desk.runner.read(_offered, self._journey_id, hospital_id, owner=self, done=self._show, key="packages")

    def _show(self, found: Sequence[PackageView]) -> None:
        clear(self._box)
        _ = self._desk.words
        self.setVisible(bool(found))
        if not found:
            return
        self._box.addWidget(Label(_(N_("Package prices. Press one to take its figures over.")), Role.SECOND, wrap=True))
        for view in found[:MOST]:
            row = package_row(self._desk, view)
            row.setToolTip(package_words(self._desk, view))
            row.clicked.connect(partial(self._take, view))
            self._box.addWidget(row)
            self._box.addWidget(Label(view.hospital, Role.SECOND, elide=True))

    def _take(self, view: PackageView, _on: object = None) -> None:
        """Put hospital, figures, validity and hotel of a package into the form; all can be changed before saving."""
        form, draft = self._form, view.draft
        values: dict[str, object] = {
            "hospital_id": draft.hospital_id, "low": view.for_treatment, "high": view.for_treatment,
            "valid_until": draft.valid_to, "hotel": draft.hotel_price, "note": self.note(view),
        }  # fmt: skip
        for name, value in values.items():
            editor = form.editor(name)
            if name == "hotel" and value is None:
                continue
            if isinstance(editor, MoneyEdit):
                editor.set_currency(draft.price.currency)
            editor.set_value(value)
            editor.changed.emit()
        form.focus("stated_on")

    def note(self, view: PackageView) -> str:
        """Where the figures come from, and what is in them."""
        _, draft = self._desk.words, view.draft
        parts = [
            _(N_("Package “{name}”, {source}"), name=draft.name, source=draft.source),
            _(N_("verified {day}"), day=draft.last_verified_on) if draft.last_verified_on is not None else "",
            _(N_("with {things}"), things=", ".join(draft.includes)) if draft.includes else "",
            _(N_("without {things}"), things=", ".join(draft.excludes)) if draft.excludes else "",
            hotel_words(self._desk, view),
        ]
        return "; ".join(part for part in parts if part)


def _offered(session: Any, journey_id: int, hospital_id: int | None) -> list[PackageView]:
    """What can be offered to a case today; of another hospital once that is chosen."""
    offered = list(packages.packages_for(session, journey_id))
    if hospital_id is None:
        return offered
    own = [p for p in packages.packages_of(session, hospital_id) if p.state is PackageState.HOLDS]
    keys = {p.id for p in own}
    return [*own, *(p for p in offered if p.id not in keys)]
