"""Package prices on the card of a hospital, and of the hotel that is part of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from liaison.domain.money import Money
from liaison.domain.network import Freshness, OrganizationKind
from liaison.domain.packages import PackageDraft, PackageState, check_package
from liaison.i18n import N_
from liaison.services import network, packages
from liaison.services.packages import PackageView
from liaison.ui.desk import Desk
from liaison.ui.pages.house_section import HouseSection
from liaison.ui.pages.lookups import StoreChoice, hospital_edit
from liaison.ui.pages.page_parts import MenuRow, menu_of
from liaison.ui.pages.short_forms import Bench, begin, offer, offer_again
from liaison.ui.reopening import reopens
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Editor
from liaison.ui.widgets.form import Form, Heading, Row
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.money_edit import MoneyEdit
from liaison.ui.widgets.parts import Section
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow

HAS_PACKAGES = (OrganizationKind.HOSPITAL, OrganizationKind.HOTEL)

_ROWS: tuple[Row, ...] = (
    "hospital_id", "name", "specialty", "procedure", "price", ("valid_from", "valid_to"), "nights", "includes",
    "excludes", Heading(text=N_("Hotel")), "hotel_id", "hotel_nights", "hotel_price",
    Heading(text=N_("Who says so")), "source", "last_verified_on", "retired_on", "note",
)  # fmt: skip

NO_HOTEL = N_("no hotel")
CURRENCIES = {"MY": "MYR", "SG": "SGD", "ID": "IDR", "TH": "THB", "CN": "CNY", "KH": "USD"}
"""In which currency a hospital of a country names its prices."""


def _form(desk: Desk, currency: str) -> Form[PackageDraft]:
    editors: dict[str, Editor] = {
        "hospital_id": hospital_edit(desk), "price": MoneyEdit(desk, currency=currency),
        "hotel_id": StoreChoice(desk, _hotels, none=NO_HOTEL), "hotel_price": MoneyEdit(desk, currency=currency),
    }  # fmt: skip
    return Form(desk, PackageDraft, _ROWS, editors=editors)


def _hotels(session: Any) -> list[tuple[int, str]]:
    found = network.organizations(session, kinds=[OrganizationKind.HOTEL])
    return [(h.id, " · ".join(part for part in (h.name, h.city) if part)) for h in found]


@reopens
def new_package_form(
    bench: Bench, hospital_id: int | None, *, hotel_id: int | None = None, country: str = ""
) -> FormPane:
    """A package price, as the hospital states it today."""
    desk = bench.desk
    currency = CURRENCIES.get(country, "MYR")
    draft = PackageDraft(
        hospital_id=hospital_id or 0, name="", price=Money(0, currency), source="", last_verified_on=desk.today(),
        hotel_id=hotel_id,
    )  # fmt: skip
    empty = ("price",) if hospital_id is not None else ("price", "hospital_id")
    return offer(
        bench, begin(_form(desk, currency), draft, empty=empty), title=N_("Package price"),
        action=N_("Add a package price"), write=packages.add_package, said=N_("Package added"),
        look=lambda d: check_package(d, today=desk.today()),
    )  # fmt: skip


@reopens
def edit_package_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change a package price."""
    desk = bench.desk
    offer_again(
        bench, key, read=packages.package_draft, form=lambda d: _form(desk, d.price.currency),
        title=N_("Package price"), action=N_("Change a package price"),
        write=partial(packages.edit_package, version=version), look=lambda d: check_package(d, today=desk.today()),
        remove=packages.remove_package, removing=N_("Remove a package price"),
    )  # fmt: skip


# how a package is told


def package_look(view: PackageView) -> tuple[Shape, Tone]:
    """Fresh, grey after ninety days, to be asked again after half a year, over."""
    if view.state is not PackageState.HOLDS:
        return (Shape.WAITING, Tone.GREY) if view.state is PackageState.TO_COME else (Shape.CLOSED, Tone.GREY)
    looks = {Freshness.FRESH: (Shape.DONE, Tone.GREEN), Freshness.FADED: (Shape.OPEN, Tone.GREY)}
    return looks.get(view.freshness, (Shape.WARNING, Tone.AMBER))


def package_words(desk: Desk, view: PackageView, *, at_hotel: bool = False) -> str:
    """What is in it, until when it holds and who says so, in one paragraph."""
    _, draft = desk.words, view.draft
    parts = [
        view.hospital if at_hotel else "",
        ", ".join(part for part in (draft.procedure, draft.specialty) if part),
        _.plural("{count} night in hospital", "{count} nights in hospital", draft.nights) if draft.nights else "",
        _(N_("with {things}"), things=", ".join(draft.includes)) if draft.includes else "",
        _(N_("without {things}"), things=", ".join(draft.excludes)) if draft.excludes else "",
        "" if at_hotel else hotel_words(desk, view),
        valid_words(desk, view),
        draft.source,
        age_words(desk, view),
    ]
    return " · ".join(part for part in parts if part)


def hotel_words(desk: Desk, view: PackageView) -> str:
    """The hotel in the package, with its nights and its part of the price."""
    _, draft = desk.words, view.draft
    if not view.hotel:
        return ""
    nights = _.plural("{count} night", "{count} nights", draft.hotel_nights) if draft.hotel_nights else ""
    part = desk.formats.money(draft.hotel_price) if draft.hotel_price is not None else ""
    beside = ", ".join(each for each in (nights, part) if each)
    return f"{view.hotel} ({beside})" if beside else view.hotel


def valid_words(desk: Desk, view: PackageView) -> str:
    """From when until when a price holds."""
    _, draft = desk.words, view.draft
    match view.state:
        case PackageState.RETIRED:
            return _(N_("no longer offered since {day}"), day=draft.retired_on)
        case PackageState.TO_COME:
            return _(N_("from {day}"), day=draft.valid_from)
        case PackageState.OVER:
            return _(N_("was valid until {day}"), day=draft.valid_to)
        case _:
            return _(N_("valid until {day}"), day=draft.valid_to) if draft.valid_to is not None else ""


def age_words(desk: Desk, view: PackageView) -> str:
    """When somebody last asked for the price; nothing of a price that can no longer be had."""
    _ = desk.words
    if view.state not in (PackageState.HOLDS, PackageState.TO_COME):
        return ""
    if view.draft.last_verified_on is None:
        return _(N_("never verified, ask for the price"))
    if view.freshness in (Freshness.FRESH, Freshness.FADED):
        return _(N_("verified {day}"), day=view.draft.last_verified_on)
    return _(N_("verified {day}, ask again"), day=view.draft.last_verified_on)


class PackageSection(HouseSection):
    """The package prices of a hospital, or those a hotel is part of."""

    def __init__(
        self, desk: Desk, bench: Bench | None, house_id: int, kind: OrganizationKind, *, country: str = ""
    ) -> None:
        self._kind, self._country = kind, country
        super().__init__(desk, bench, house_id, read=packages.packages_of)

    def section(self, found: Sequence[PackageView]) -> Section:
        """What can be had today first; the price at the right."""
        _, desk = self._desk.words, self._desk
        add = link(desk.icons, _(N_("Add")), self._new, icon="plus", small=True)
        add.setAccessibleName(_(N_("Add a package price")))
        made = Section(_(N_("Package prices")), beside=add if self._bench is not None else None)
        if not found:
            made.add(Label(_(N_("No package price is on record yet.")), Role.SECOND, wrap=True))
        for view in found:
            row = package_row(desk, view)
            row.clicked.connect(partial(self._open, row, view))
            made.add(row)
            at_hotel = view.draft.hotel_id == self._house_id
            faded = view.state is not PackageState.HOLDS or view.freshness is not Freshness.FRESH
            text = package_words(desk, view, at_hotel=at_hotel)
            made.add(Label(text, Role.SECOND, wrap=True, tone=Tone.GREY if faded else None))
        return made

    def _new(self) -> None:
        if self._bench is None:
            return
        if self._kind is OrganizationKind.HOTEL:
            new_package_form(self._bench, None, hotel_id=self._house_id, country=self._country)
        else:
            new_package_form(self._bench, self._house_id, country=self._country)

    def _open(self, row: StepRow, view: PackageView, _on: object = None) -> None:
        bench, _ = self._bench, self._desk.words
        if bench is None:
            return
        rows: list[MenuRow] = [
            (_(N_("Change…")), partial(edit_package_form, bench, view.id, version=view.version)),
            (_(N_("Right today")), partial(self._write, view, N_("Verify a package price"), packages.verify_package)),
            (_(N_("History of this entry")), partial(self._desk.go, "history", view.id, kind="package")),
        ]
        if view.state is not PackageState.RETIRED:
            retire = partial(self._write, view, N_("Say that a package is no longer offered"), packages.retire_package)
            rows += [None, (_(N_("No longer offered")), retire)]
        menu_of(row, rows).popup(row.mapToGlobal(row.rect().bottomLeft()))

    def _write(self, view: PackageView, action: str, write: Callable[..., Any]) -> None:
        desk = self._desk
        said = desk.words(N_("Saved"))
        desk.runner.write(action, write, view.id, owner=self, done=lambda _changes: desk.toast(said))


def package_row(desk: Desk, view: PackageView) -> StepRow:
    """Name and price of a package, with how far it can be relied on."""
    shape, tone = package_look(view)
    price = desk.formats.money(view.draft.price)
    said = (view.draft.name, price, valid_words(desk, view), age_words(desk, view))
    spoken = ", ".join(part for part in said if part)
    row = StepRow(desk, view.draft.name, shape=shape, tone=tone, beside=price, spoken=spoken)
    row.setObjectName(f"package.{view.id}")
    return row
