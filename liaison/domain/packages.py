"""Package prices of hospitals: what is in them, until when they hold, who said so, and a hotel where one is bundled."""

from __future__ import annotations

import datetime as dt

from liaison.domain.coded import Coded
from liaison.domain.fields import check_order, check_required, draft, field, problem
from liaison.domain.money import Money
from liaison.domain.policies import check_positive
from liaison.domain.privacy import OUTSIDE_BUT_PUBLIC
from liaison.domain.problems import Problem
from liaison.i18n import N_

_CASE = OUTSIDE_BUT_PUBLIC
MOST_NIGHTS = 365


class PackageState(Coded):
    """Whether a price can be offered on a day."""

    HOLDS = "HOLDS", N_("holds")
    TO_COME = "TO_COME", N_("not valid yet")
    OVER = "OVER", N_("over")
    RETIRED = "RETIRED", N_("no longer offered")


@draft
class PackageDraft:
    """One price for a whole treatment, as a hospital offers it; with a hotel where both are sold together."""

    hospital_id: int = field(N_("Hospital"), required=True, audience=_CASE)
    name: str = field(
        N_("Package"), required=True, audience=_CASE, headings=("paket", "nama paket", "package", "package name")
    )
    specialty: str = field(N_("Specialty"), audience=_CASE, headings=("spesialisasi", "specialty"), default="")
    procedure: str = field(N_("What is done"), audience=_CASE, headings=("tindakan", "procedure"), default="")
    price: Money = field(N_("Price"), required=True, audience=_CASE, headings=("harga", "price"))
    valid_from: dt.date | None = field(N_("Valid from"), audience=_CASE, default=None)
    valid_to: dt.date | None = field(N_("Valid until"), audience=_CASE, default=None)
    nights: int | None = field(N_("Nights in hospital"), audience=_CASE, default=None)
    includes: tuple[str, ...] = field(N_("Included"), audience=_CASE, headings=("termasuk", "includes"), default=())
    excludes: tuple[str, ...] = field(N_("Not included"), audience=_CASE, default=())
    hotel_id: int | None = field(N_("Hotel in the package"), audience=_CASE, default=None)
    hotel_nights: int | None = field(N_("Nights in the hotel"), audience=_CASE, default=None)
    hotel_price: Money | None = field(
        N_("Of the price, for the hotel"),
        help=N_("If the hospital says so; a benefit of a policy does not pay for the hotel."),
        audience=_CASE, default=None,
    )  # fmt: skip
    source: str = field(N_("Source"), help=N_("Who said so, or which sheet it stands on."), required=True)
    last_verified_on: dt.date | None = field(N_("Last verified on"), audience=_CASE, default=None)
    retired_on: dt.date | None = field(N_("No longer offered since"), audience=_CASE, default=None)
    note: str = field(N_("Note"), default="")


def state_on(package: PackageDraft, day: dt.date) -> PackageState:
    """Whether a package can be offered on a day."""
    if package.retired_on is not None and package.retired_on <= day:
        return PackageState.RETIRED
    if package.valid_to is not None and package.valid_to < day:
        return PackageState.OVER
    if package.valid_from is not None and package.valid_from > day:
        return PackageState.TO_COME
    return PackageState.HOLDS


def treatment_price(package: PackageDraft) -> Money:
    """The price without the hotel's part, where that part is known."""
    if package.hotel_price is None or package.hotel_price.currency != package.price.currency:
        return package.price
    return Money(package.price.minor - package.hotel_price.minor, package.price.currency)


def check_package(package: PackageDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about a package."""
    found = check_required(package) + check_order(package, "valid_from", "valid_to")
    found += check_positive(package.price, "price")
    if package.last_verified_on is not None and package.last_verified_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "last_verified_on"))
    for name in ("nights", "hotel_nights"):
        nights = getattr(package, name)
        if nights is not None and not 0 <= nights <= MOST_NIGHTS:
            found.append(
                problem("NIGHTS", N_("Write the nights as a number from 0 to {most}."), name, most=MOST_NIGHTS)
            )
    return found + _check_hotel(package)


def _check_hotel(package: PackageDraft) -> list[Problem]:
    found = []
    if package.hotel_id is None and (package.hotel_nights or package.hotel_price is not None):
        found.append(problem("NO_HOTEL", N_("Choose which hotel this is, or empty its nights and price."), "hotel_id"))
    if package.hotel_price is not None:
        found += check_positive(package.hotel_price, "hotel_price")
        if package.hotel_price.currency != package.price.currency:
            found.append(
                problem("TWO_CURRENCIES", N_("The hotel's part stands in the price's currency."), "hotel_price")
            )
        elif package.hotel_price.minor >= package.price.minor:
            found.append(problem("HOTEL_IS_ALL", N_("The hotel's part is as much as the whole price."), "hotel_price"))
    return found
