"""Every doctor and every package price of the network, as lists of the Network page: the house's card at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from liaison.domain.grids import Grid
from liaison.domain.network import OrganizationKind
from liaison.i18n import N_, Language
from liaison.services import doctors, packages
from liaison.services.changes import Changes
from liaison.services.doctor_views import DoctorLine
from liaison.services.list_of_network import Part
from liaison.services.list_of_offers import DOCTORS, PACKAGES
from liaison.services.list_queries import Group, ListQuery
from liaison.services.network_exports import doctors_grid, packages_grid
from liaison.services.packages import PackageView
from liaison.services.sifting import Sifted
from liaison.ui.actions import Action
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column
from liaison.ui.page import Page
from liaison.ui.pages import network_columns
from liaison.ui.pages.doctor_card import show_doctor
from liaison.ui.pages.doctor_forms import new_doctor_form
from liaison.ui.pages.list_source import ListSpec, Source, Totals
from liaison.ui.pages.list_views import SavedView
from liaison.ui.pages.network import VIEWS, NetworkPage
from liaison.ui.pages.package_card import edit_package_form, new_package_form
from liaison.ui.places import Place

Line = DoctorLine | PackageView


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What makes one of the two lists, with its marked names."""

    title: str
    new: str
    counted: Callable[[Language, int], str]
    sifted: Sifted[Any]
    columns: Callable[[Desk], tuple[Column, ...]]
    views: tuple[SavedView, ...]
    groups: tuple[tuple[str, str], ...]
    grid: Callable[[Any, ListQuery, Language], Grid]
    kinds: frozenset[str]


def _doctors(words: Language, count: int) -> str:
    return words.plural("{count} doctor", "{count} doctors", count)


def _packages(words: Language, count: int) -> str:
    return words.plural("{count} package", "{count} packages", count)


OFFERS: dict[str, Offers] = {
    "doctors": Offers(
        title=N_("Doctors"), new=N_("New doctor"), counted=_doctors, sifted=DOCTORS,
        columns=network_columns.of_doctors, views=VIEWS,
        groups=(("hospital", N_("Hospital")), ("city", N_("City")), ("specialty", N_("Specialty"))),
        grid=doctors_grid,
        kinds=frozenset({"doctor", "doctor_place", "doctor_absence", "doctor_slot", "organization"}),
    ),
    "packages": Offers(
        title=N_("Packages"), new=N_("New package"), counted=_packages, sifted=PACKAGES,
        columns=network_columns.of_packages,
        views=(VIEWS[0], SavedView(key="holds", name=N_("Can be offered now"), id="status:holds", en="status:holds"),
               VIEWS[1]),
        groups=(("hospital", N_("Hospital")), ("city", N_("City")), ("specialty", N_("Specialty")),
                ("currency", N_("Currency")), ("state", N_("Status"))),
        grid=packages_grid, kinds=frozenset({"package", "organization"}),
    ),
}  # fmt: skip


def network_page(desk: Desk, place: Place) -> Page:
    """The Network page with the list that the place names: houses, desks, doctors or package prices."""
    return OffersPage(desk, place) if place.values.get("part") in OFFERS else NetworkPage(desk, place)


class OffersPage(NetworkPage):
    """Doctors or package prices of every house; opened, a row shows the doctor or the form of the price."""

    def choose_list(self, place: Place) -> ListSpec:
        """The list of doctors or of prices."""
        name = str(place.values.get("part"))
        self.offers = OFFERS[name]
        self.part, self._new_word = Part(name=name, kinds=(OrganizationKind.HOSPITAL,)), self.offers.new
        sifted, counted = self.offers.sifted, self.offers.counted

        def in_group(words: Language, group: Group) -> str:
            return counted(words, group.count)

        source = Source(
            ids=sifted.ids, page=sifted.page, groups=sifted.in_groups, count=sifted.count, footing=sifted.footing,
            group_words=in_group,
        )  # fmt: skip
        return ListSpec(
            name=f"network.{name}", title=self.offers.title, source=source, views=self.offers.views,
            columns=self.offers.columns, groups=self.offers.groups, sort="name", opens="network",
            kinds=self.offers.kinds, worded_buttons=False, grid=self.offers.grid,
        )  # fmt: skip

    def show_totals(self, totals: Totals) -> None:
        """How many there are."""
        super().show_totals(totals)
        self.footing.show_count(self.offers.counted(self.desk.words, totals.footing.rows))

    def line(self) -> Line | None:
        """The row under the cursor."""
        row = self.view.current_row()
        return row if isinstance(row, DoctorLine | PackageView) else None

    def _show_card(self, line: object) -> None:
        if isinstance(line, DoctorLine | PackageView):
            self.card.show_house(_house_of(line))

    def _open(self, _key: int) -> None:
        self.show_line()

    def _edit(self, _column: str) -> None:
        self.show_line()

    def show_line(self) -> None:
        """Everything known of the doctor, or the form of the price."""
        line = self.line()
        if isinstance(line, DoctorLine):
            show_doctor(self.bench, line.doctor.id, line.place.hospital_id)
        elif line is not None:
            edit_package_form(self.bench, line.id, version=line.version)

    def verify(self) -> None:
        """Somebody checked the doctor or the price today."""
        line, words = self.line(), self.desk.words

        def said(_changes: Changes) -> None:
            self.desk.toast(words(N_("Marked as verified today")))

        if isinstance(line, DoctorLine):
            self.desk.runner.write(N_("Verify a doctor"), doctors.verify_doctor, line.doctor.id, owner=self, done=said)
        elif line is not None:
            self.desk.runner.write(N_("Verify a package"), packages.verify_package, line.id, owner=self, done=said)

    def history(self) -> None:
        """Who changed what of the doctor or the price."""
        line = self.line()
        if isinstance(line, DoctorLine):
            self.desk.go("history", line.doctor.id, kind="doctor")
        elif line is not None:
            self.desk.go("history", line.id, kind="package")

    def _new(self) -> None:
        if self.offers is OFFERS["doctors"]:
            new_doctor_form(self.bench, None)
        else:
            new_package_form(self.bench, None)

    def _letter(self, letter: str) -> None:
        run = {"v": self.verify, "h": self.history}.get(letter.lower())
        if run is not None:
            run()
        else:
            super()._letter(letter)

    def actions_here(self) -> tuple[Action, ...]:
        """As for houses, but about the doctor or the price."""
        own: dict[str, Callable[[], object]] = {
            "network.edit": self.show_line, "network.verify": self.verify, "network.history": self.history,
        }  # fmt: skip
        return tuple(
            replace(action, run=own[action.key]) if action.key in own else action
            for action in super().actions_here()
            if action.key != "network.vcards"
        )


def _house_of(line: Line) -> int:
    return line.place.hospital_id if isinstance(line, DoctorLine) else line.draft.hospital_id
