"""Hospital groups on a day: how many houses each had, which ones, since when and by whose word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.network import GroupDraft, GroupMembershipDraft, check_membership
from liaison.i18n import N_
from liaison.services import network, network_groups
from liaison.services.network_groups import GroupLine, MemberView
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.pages.desk_facts import span_words
from liaison.ui.pages.lookups import hospital_edit
from liaison.ui.pages.ownership_card import edit_membership_form
from liaison.ui.pages.page_parts import MenuRow, menu_of
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.places import Place
from liaison.ui.reopening import reopens
from liaison.ui.theme import Role, Tone
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.buttons import link, primary
from liaison.ui.widgets.date_edit import DateEdit
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import (
    LEFT,
    PANE_PADDING,
    RIGHT,
    EmptyState,
    Folding,
    Footing,
    Head,
    Pane,
    Section,
    clear,
    hairline,
)
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow
from liaison.ui.widgets.table_view import TableView

CARD_WIDTH = 400
COLUMNS = (
    Column(key="name", label=N_("Hospital group"), value=lambda r: r.name, strong=True, stretch=1, width=240),
    Column(key="members", label=N_("Hospitals on that day"), value=lambda r: r.members, kind=Kind.NUMBER, width=170),
    Column(key="ever", label=N_("Ever"), value=lambda r: r.ever, kind=Kind.NUMBER, width=120),
)


@reopens
def rename_form(bench: Bench, key: int, name: str, *, version: int | None = None) -> None:
    """Another name for a group; its hospitals stay with it."""

    def write(session: object, draft: GroupDraft) -> object:
        return network_groups.rename_group(session, key, draft.name, version=version)  # type: ignore[arg-type]

    offer(
        bench, begin(Form(bench.desk, GroupDraft, ["name"]), GroupDraft(name=name)), title=N_("Name of the group"),
        action=N_("Rename a group"), write=write, said=N_("Group saved"),
    )  # fmt: skip


@reopens
def member_form(bench: Bench, group: str) -> None:
    """A hospital joins this group from a day on."""
    desk = bench.desk
    form = Form(
        desk, GroupMembershipDraft, ["organization_id", ("valid_from", "valid_to"), "source"],
        editors={"organization_id": hospital_edit(desk)}, kept=("group",),
    )  # fmt: skip
    draft = GroupMembershipDraft(organization_id=0, group=group, valid_from=desk.today())
    offer(
        bench, begin(form, draft, empty=("organization_id",)), title=N_("A hospital joins"),
        action=N_("Change a hospital's group"), write=network.join_group, said=N_("Group saved"),
        look=check_membership,
    )  # fmt: skip


class HospitalGroupsPage(Page):
    """Which group had which hospitals on a day."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        self.day = _day(place.values.get("day")) or desk.today()
        self._wanted = place.record
        self.members: Sequence[MemberView] = ()
        self.join_button = primary(desk.icons, words(N_("A hospital joins")), self.join, icon="plus")
        self.body.addWidget(
            Head(
                desk, words(N_("Hospital groups")), note=words(N_("who belongs to whom on a day")),
                buttons=[self.join_button], back=lambda: desk.go("network"), back_hint=words(N_("Network")),
            )
        )  # fmt: skip
        self.body.addWidget(self._choice())
        self.body.addWidget(hairline())
        self.table = PagedTable(desk, COLUMNS)
        self.view = TableView(desk, self.table, name=words(N_("Hospital groups")))
        self.view.moved.connect(lambda _row: self._read_members())
        self.view.opened.connect(lambda _key: self.rename())
        self.nothing = EmptyState(
            desk, icon="building", sentence=words(N_("No group is on record. Write one down on a hospital's card.")),
            button=words(N_("Network")), run=lambda: desk.go("network"),
        )  # fmt: skip
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        column.addWidget(self.nothing)
        self.card = QWidget()
        self._card_box = QVBoxLayout(self.card)
        self._card_box.setContentsMargins(0, 0, 0, 0)
        self.drawer = Drawer(desk, self.card, width=CARD_WIDTH, open_width=CARD_WIDTH)
        self.bench = Bench(desk=desk, drawer=self.drawer)
        self.body.addWidget(Folding([(left, 1), (self.drawer, 0)], folds=[], below=0), 1)
        self.footing = Footing(desk)
        self.body.addWidget(self.footing)
        desk.hub.changed.connect(lambda _changes: self._read())

    def _choice(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(LEFT, 0, RIGHT, 10)
        row.setSpacing(8)
        self.day_edit = DateEdit(self.desk)
        row.addWidget(Label(self.desk.words(N_("On which day")), Role.LABEL, buddy=self.day_edit.inner()))
        self.day_edit.set_name(self.desk.words(N_("On which day")))
        self.day_edit.set_value(self.day)
        self.day_edit.setFixedWidth(self.desk.theme.px(150))
        self.day_edit.committed.connect(self._day_chosen)
        row.addWidget(self.day_edit)
        row.addStretch(1)
        return holder

    def start(self) -> None:
        """Read the groups of the day."""
        self._read()
        self.view.setFocus()

    def keep(self) -> dict[str, object]:
        """The day and the group."""
        return {"day": self.day.isoformat(), "at": self.view.current_id()}

    def resume(self, kept: object) -> None:
        """Back to the group the cursor stood on."""
        at = kept.get("at") if isinstance(kept, dict) else None
        if isinstance(at, int):
            self._wanted = at
            self.view.go_to_id(at)

    def _read(self) -> None:
        self.desk.runner.read(network_groups.groups_on, self.day, owner=self, done=self._show, key="groups")

    def _show(self, lines: Sequence[GroupLine]) -> None:
        at = self._wanted if self._wanted is not None else self.view.current_id()
        self._wanted = None
        self.view.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        self.table.show_rows(lines, key=lambda line: line.id)
        if lines and (at is None or not self.view.go_to_id(at)):
            self.view.go_to_row(0)
        words = self.desk.words
        self.footing.show_count(words.plural("{count} group", "{count} groups", len(lines)))
        self._read_members()

    def _day_chosen(self) -> None:
        try:
            day = self.day_edit.value()
        except Unreadable:
            self.day_edit.mark(wrong=True)
            return
        self.day_edit.mark(wrong=False)
        if (day or self.desk.today()) == self.day:
            return
        self.day = day or self.desk.today()
        self.day_edit.set_value(self.day)
        self.place = Place(page="groups", record=self.view.current_id(), values={"day": self.day.isoformat()})
        self.desk.frame.moved(self.place)
        self._read()

    # the group under the cursor

    def current(self) -> GroupLine | None:
        """The group under the cursor."""
        row = self.view.current_row()
        return row if isinstance(row, GroupLine) else None

    def _read_members(self) -> None:
        group = self.current()
        if group is None:
            clear(self._card_box)
            return
        self.desk.runner.read(
            network_groups.members_on, group.id, self.day, owner=self, done=self._show_members, key="members"
        )

    def _show_members(self, members: Sequence[MemberView]) -> None:
        group, words = self.current(), self.desk.words
        clear(self._card_box)
        if group is None:
            return
        self.members = members
        pane = Pane(self.desk, side="right", padding=PANE_PADDING, name=group.name)
        pane.add(Label(group.name, Role.CARD, wrap=True))
        rename = link(self.desk.icons, words(N_("Rename")), self.rename, icon="pencil", small=True)
        pane.add(self._section(words(N_("On {day}"), day=self.day), [m for m in members if m.is_member], beside=rename))
        others = [m for m in members if not m.is_member]
        if others:
            pane.add(self._section(words(N_("Before or after")), others))
        pane.finish()
        self._card_box.addWidget(pane)

    def _section(self, title: str, members: Sequence[MemberView], *, beside: QWidget | None = None) -> Section:
        made = Section(title, beside=beside)
        if not members:
            made.add(Label(self.desk.words(N_("Nobody belonged to it on that day.")), Role.SECOND, wrap=True))
        for member in members:
            shape, tone = (Shape.DONE, Tone.GREEN) if member.is_member else (Shape.CLOSED, Tone.GREY)
            span = span_words(self.desk, member.valid_from, member.valid_to)
            row = StepRow(self.desk, member.name, shape=shape, tone=tone, beside=span)
            row.setObjectName(f"member.{member.id}")
            row.clicked.connect(partial(self._open, row, member))
            made.add(row)
            source = self.desk.words(N_("Source: {source}"), source=member.source) if member.source else ""
            beside_words = " · ".join(part for part in (member.city, source) if part)
            if beside_words:
                made.add(Label(beside_words, Role.SECOND, wrap=True))
        return made

    def _open(self, row: StepRow, member: MemberView, _on: object = None) -> None:
        words = self.desk.words
        change = partial(edit_membership_form, self.bench, member.id, version=member.version)
        card = partial(self.desk.go, "network", member.organization_id, group="hospitals")
        rows: list[MenuRow] = [(words(N_("Change…")), change), (words(N_("Card of this hospital")), card)]
        menu_of(row, rows).popup(row.mapToGlobal(row.rect().bottomLeft()))

    # what is done

    def join(self) -> None:
        """A hospital joins the group under the cursor."""
        group = self.current()
        if group is not None:
            member_form(self.bench, group.name)

    def rename(self) -> None:
        """Another name for the group under the cursor."""
        group = self.current()
        if group is not None:
            rename_form(self.bench, group.id, group.name, version=group.version)

    def actions_here(self) -> tuple[Action, ...]:
        """A hospital joins; rename."""
        return (
            Action(key="groups.join", text=N_("A hospital joins"), icon="plus", run=self.join, keys="Ctrl+N",
                   scope=Scope.PAGE, menu=Menu.FILE),
            Action(key="groups.rename", text=N_("Rename this group"), icon="pencil", run=self.rename, keys="F2",
                   scope=Scope.PAGE, menu=Menu.EDIT),
        )  # fmt: skip


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
