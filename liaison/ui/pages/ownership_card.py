"""To which group a hospital belongs and belonged, on its card: each entry with its days and its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from liaison.domain.names import fold
from liaison.domain.network import GroupMembershipDraft, check_membership
from liaison.i18n import N_
from liaison.services import network, network_groups
from liaison.services.network_views import MembershipView
from liaison.ui.desk import Desk
from liaison.ui.pages.desk_facts import span_words
from liaison.ui.pages.house_section import HouseSection
from liaison.ui.pages.page_parts import MenuRow, menu_of
from liaison.ui.pages.short_forms import Bench, begin, offer, offer_again
from liaison.ui.reopening import reopens
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.form import Form, Row
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Section
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow
from liaison.ui.widgets.suggest import Suggestion
from liaison.ui.widgets.suggested_text import SuggestedText

_ROWS: tuple[Row, ...] = ("group", ("valid_from", "valid_to"), "source")


@reopens
def edit_membership_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Correct an entry: its group, its days, who says so."""
    offer_again(
        bench, key, read=network_groups.membership_draft,
        form=lambda _draft: _form(bench.desk),
        title=N_("Hospital group"), action=N_("Change a hospital's group"),
        write=partial(network_groups.edit_membership, version=version), look=check_membership,
        remove=network_groups.remove_membership, removing=N_("Take a hospital's group off"),
    )  # fmt: skip


@reopens
def leave_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Until when a hospital belonged to a group: the same form, with today as its last day."""
    desk = bench.desk

    def opened(draft: GroupMembershipDraft) -> None:
        offer(
            bench, begin(_form(desk), replace(draft, valid_to=desk.today())), title=N_("Hospital group"),
            action=N_("Change a hospital's group"), write=partial(network_groups.edit_membership, version=version),
            before=(key,), said=N_("Group saved"), look=check_membership,
            note=desk.words(N_("Write the last day on which it belonged to this group, and who says so.")),
        )  # fmt: skip

    desk.runner.read(network_groups.membership_draft, key, owner=bench.drawer, done=opened, key="leave group")


def _form(desk: Desk) -> Form[GroupMembershipDraft]:
    editors = {"group": SuggestedText(desk, _groups)}
    return Form(desk, GroupMembershipDraft, _ROWS, editors=editors, kept=("organization_id",))


def _groups(session: Any, text: str) -> list[Suggestion]:
    wanted = fold(text)
    return [Suggestion(text=name, value=key) for key, name in network.groups(session) if wanted in fold(name)]


def memberships_of(session: Any, organization_id: int) -> Sequence[MembershipView]:
    """Every group of a hospital, the newest first."""
    return network.organization(session, organization_id).memberships


class OwnershipSection(HouseSection):
    """The groups of a hospital over time."""

    def __init__(self, desk: Desk, bench: Bench | None, house_id: int) -> None:
        super().__init__(desk, bench, house_id, read=memberships_of)

    def section(self, found: Sequence[MembershipView]) -> Section:
        """Today's group first."""
        _, desk = self._desk.words, self._desk
        add = link(desk.icons, _(N_("Add")), self._join, icon="plus", small=True)
        add.setAccessibleName(_(N_("Add a group of this hospital")))
        made = Section(_(N_("Hospital group")), beside=add if self._bench is not None else None)
        if not found:
            made.add(Label(_(N_("No group is known.")), Role.SECOND))
        for entry in found:
            today = desk.today()
            now = (entry.valid_from or today) <= today <= (entry.valid_to or today)
            shape, tone = (Shape.DONE, Tone.GREEN) if now else (Shape.CLOSED, Tone.GREY)
            span = span_words(desk, entry.valid_from, entry.valid_to)
            row = StepRow(desk, entry.group, shape=shape, tone=tone, beside=span)
            row.setObjectName(f"membership.{entry.id}")
            row.clicked.connect(partial(self._open, row, entry))
            made.add(row)
            if entry.source:
                made.add(Label(_(N_("Source: {source}"), source=entry.source), Role.SECOND, wrap=True))
        return made

    def _join(self) -> None:
        if self._bench is not None:
            join_form(self._bench, self._house_id)

    def _open(self, row: StepRow, entry: MembershipView, _on: object = None) -> None:
        bench, _ = self._bench, self._desk.words
        if bench is None:
            return
        rows: list[MenuRow] = [(_(N_("Change…")), partial(edit_membership_form, bench, entry.id))]
        if entry.valid_to is None:
            rows.append((_(N_("It left the group…")), partial(leave_form, bench, entry.id)))
        rows.append((_(N_("All hospitals of this group")), partial(self._desk.go, "groups", entry.group_id)))
        menu_of(row, rows).popup(row.mapToGlobal(row.rect().bottomLeft()))


@reopens
def join_form(bench: Bench, organization_id: int) -> None:
    """A hospital belongs to a group from a day on; groups on record are offered while typing."""
    desk = bench.desk
    form = _form(desk)
    begin(form, GroupMembershipDraft(organization_id=organization_id, group="", valid_from=desk.today()))
    offer(
        bench, form, title=N_("Hospital group"), action=N_("Change a hospital's group"), write=network.join_group,
        said=N_("Group saved"), look=check_membership,
        note=desk.words(N_("Ownership is dated: a hospital may change hands, its name may not.")),
    )  # fmt: skip
