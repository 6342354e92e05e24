"""Regions of the round table: to which one each province belongs for this office, and what each city then hears."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.patients import Region
from liaison.domain.regions import OFFICE_CITIES, PROVINCES, REGION_OF, Province, city_of, region_of
from liaison.domain.roadshows import covered_regions
from liaison.i18n import N_
from liaison.services.own_regions import own_regions, restore_regions, set_region
from liaison.ui.desk import Desk
from liaison.ui.pages.roadshow_words import region_words
from liaison.ui.pages.settings_parts import Part
from liaison.ui.theme import Role
from liaison.ui.widgets.editors import Choice
from liaison.ui.widgets.label import Label

REGIONS = (Region.WEST, Region.CENTRAL, Region.EAST)
CHANGE = N_("Change the region of a province")


class RegionsPart(Part):
    """One row for each province; what differs from the usual list says so."""

    sentences = (N_("Regions"), N_("To which region each province belongs"), N_("What each round table hears"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Regions"))
        self.say(
            N_("West, central or east: your office's own list, not the time zone. Round tables, city packs and the "
               "filter for a region go by it.")
        )  # fmt: skip
        self.heading(N_("What each round table hears"))
        self.hears: dict[str, Label] = {}
        for code in OFFICE_CITIES:
            label = Label("", Role.TEXT, wrap=True)
            self.hears[code] = label
            self.put(label)
        self.heading(N_("To which region each province belongs"))
        self.choices: dict[str, Choice] = {}
        self.notes: dict[str, Label] = {}
        rows = QWidget()
        box = QVBoxLayout(rows)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(6)
        for province in PROVINCES.values():
            box.addWidget(self._row(province))
        self.put(rows)
        self.restore_button(self.restore)
        self.finish()
        self._own: dict[str, Region] = {}
        desk.hub.changed.connect(self._changed)
        self._show({})
        self._read()

    def _row(self, province: Province) -> QWidget:
        desk, words = self.desk, self.desk.words
        choice = Choice(desk, [(r, words(r.label)) for r in REGIONS], search=False)
        choice.set_name(words(N_("Region of {province}"), province=province.name))
        choice.setFixedWidth(desk.theme.px(150))
        choice.changed.connect(partial(self._keep, province.code))
        note = Label("", Role.SECOND)
        self.choices[province.code], self.notes[province.code] = choice, note
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Label(province.name, Role.TEXT, elide=True), 1)
        row.addWidget(note)
        row.addWidget(choice)
        return holder

    def _changed(self, _changes: object) -> None:
        self._read()

    def _read(self) -> None:
        self.desk.runner.read(_own, owner=self, done=self._show, key="regions")

    def _show(self, own: dict[str, Region]) -> None:
        words = self.desk.words
        self._own = own
        for code, choice in self.choices.items():
            choice.set_value(region_of(code, own))
            is_own = code in own and own[code] is not REGION_OF[code]
            usual = words(N_("usually {region}"), region=words(REGION_OF[code].label)) if is_own else ""
            self.notes[code].setText(usual)
        for code, label in self.hears.items():
            city = city_of(code)
            heard = region_words(words, covered_regions(code, own))
            name = city.name if city is not None else code
            label.setText(words(N_("{city}: {regions}"), city=name, regions=heard))

    def _keep(self, code: str) -> None:
        region = self.choices[code].value()
        if region is None or region is region_of(code, self._own):
            return
        kept = None if region is REGION_OF[code] else region
        self.desk.runner.write(
            CHANGE, set_region, code, kept, owner=self,
            done=lambda _changes: self.desk.toast(self.desk.words(N_("Region saved"))),
        )  # fmt: skip

    def restore(self) -> None:
        """The list that every office starts with holds again; one undo brings the own one back."""
        if self._own:
            self.desk.runner.write(
                N_("Restore the usual regions"), restore_regions, owner=self,
                done=lambda _changes: self.desk.toast(self.desk.words(N_("The usual regions hold again"))),
            )  # fmt: skip


def _own(session: Any) -> dict[str, Region]:
    return dict(own_regions(session))
