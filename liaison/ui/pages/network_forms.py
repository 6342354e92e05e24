"""Forms of the network: a house, a desk, a group, an administrator's link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from liaison.domain.network import (
    AdministratorLinkDraft,
    ContactDraft,
    OrganizationDraft,
    OrganizationKind,
)
from liaison.domain.network import Desk as DeskKind
from liaison.i18n import N_
from liaison.services import network
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.reopening import reopens
from liaison.ui.widgets.form import Form, Heading, Row
from liaison.ui.widgets.lookup_edit import LookupEdit
from liaison.ui.widgets.suggest import Suggestion

_HOUSE_ROWS: tuple[Row, ...] = (
    "kind",
    "name",
    "short_name",
    ("city", "country"),
    "address",
    Heading(text=N_("How to reach it")),
    "phone",
    "night_phone",
    "email",
    Heading(text=N_("What to know")),
    "has_credit_arrangement",
    "takes_deposit_note",
    "specialties",
    "accreditation",
    "also_known_as",
    "last_verified_on",
    "note",
)
_DESK_ROWS: tuple[Row, ...] = (
    "desk",
    "name",
    "phone",
    "whatsapp",
    "night_phone",
    "email",
    "hours",
    "languages",
    Heading(text=N_("How it takes requests")),
    ("channel", "cut_off"),
    "channel_note",
    "deposit_rule",
    Heading(text=N_("What to know")),
    "is_preferred",
    "last_verified_on",
    "note",
)


def _house_form(bench: Bench) -> Form[OrganizationDraft]:
    return Form(bench.desk, OrganizationDraft, list(_HOUSE_ROWS), kept=("zone", "closed_on"))


@reopens
def new_organization(bench: Bench, kind: OrganizationKind, *, done: Callable[[object], object] | None = None) -> None:
    """A new house, written with one save."""
    form = begin(_house_form(bench), OrganizationDraft(kind=kind, name=""))
    offer(
        bench,
        form,
        title=N_("New entry"),
        action=N_("Add an organisation"),
        write=network.add_organization,
        said=N_("Added to the network"),
        done=done,
    )


@reopens
def edit_organization(bench: Bench, key: int, version: int, draft: OrganizationDraft) -> None:
    """Change what is known of a house; refused if somebody else changed it meanwhile."""
    form = begin(_house_form(bench), draft)

    def write(session: Any, new: OrganizationDraft) -> object:
        return network.edit_organization(session, key, new, version=version)

    offer(
        bench,
        form,
        title=N_("Edit this entry"),
        action=N_("Change an organisation"),
        write=write,
        said=N_("Change saved"),
    )


def _desk_form(bench: Bench) -> Form[ContactDraft]:
    return Form(bench.desk, ContactDraft, list(_DESK_ROWS), kept=("organization_id", "verified_by"))


@reopens
def new_desk(bench: Bench, organization_id: int) -> None:
    """A desk or a person to call at a house."""
    first = DeskKind.INDONESIA_DESK
    form = begin(_desk_form(bench), ContactDraft(organization_id=organization_id, desk=first))

    offer(
        bench,
        form,
        title=N_("New desk"),
        action=N_("Add a contact"),
        write=network.add_contact,
        said=N_("Contact added"),
    )


@reopens
def edit_desk(bench: Bench, key: int, version: int, draft: ContactDraft) -> None:
    """Change a desk's numbers and hours."""
    form = begin(_desk_form(bench), draft)

    def write(session: Any, new: ContactDraft) -> object:
        return network.edit_contact(session, key, new, version=version)

    offer(
        bench,
        form,
        title=N_("Edit this desk"),
        action=N_("Change a contact"),
        write=write,
        said=N_("Change saved"),
    )


@reopens
def link_other(bench: Bench, organization_id: int, *, is_insurer: bool) -> None:
    """An administrator decides for an insurer; one desk may serve many insurers."""
    kind = OrganizationKind.ADMINISTRATOR if is_insurer else OrganizationKind.INSURER
    shown, kept = ("administrator_id", "insurer_id") if is_insurer else ("insurer_id", "administrator_id")

    def find(session: Any, text: str) -> list[Suggestion]:
        wanted = text.casefold()
        found = network.organizations(session, kinds=(kind,))
        return [Suggestion(text=o.name, value=o.id, note=o.city) for o in found if wanted in o.name.casefold()][:12]

    lookup = LookupEdit(bench.desk, find)
    form = Form(
        bench.desk, AdministratorLinkDraft, [shown, ("valid_from", "valid_to")], editors={shown: lookup}, kept=(kept,)
    )
    values = {shown: 0, kept: organization_id}
    draft = AdministratorLinkDraft(
        administrator_id=values["administrator_id"], insurer_id=values["insurer_id"], valid_from=bench.desk.today()
    )
    begin(form, draft, empty=(shown,))

    offer(
        bench,
        form,
        title=N_("Administrator and insurer"),
        action=N_("Link an administrator"),
        write=network.link_administrator,
        said=N_("Link saved"),
    )
