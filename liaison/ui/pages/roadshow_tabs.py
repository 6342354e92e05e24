"""The parts of a roadshow's page: preparation, guests, wishes, promises. Each reads one view and shows it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.i18n import N_, upper_first
from liaison.services.roadshow_views import GuestView, NeedView, PromiseView, RoadshowView
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import Group, PagedTable
from liaison.ui.pages import roadshow_forms as forms
from liaison.ui.pages.roadshow_words import answer_badge, guest_name, house_words, owner_words, promise_badge
from liaison.ui.pages.short_forms import Bench
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import Badge, closed, done, due
from liaison.ui.widgets.buttons import link, secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, RIGHT, EmptyState, Pane, Section, clear
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow
from liaison.ui.widgets.table_view import TableView
from liaison.ui.widgets.turning import TurningRow

Do = Callable[[], object]
NOTHING = Badge(text="–", shape=Shape.NONE, tone=Tone.GREY)


class Preparation(QWidget):
    """Programme and themes per region, with what we say about them."""

    def __init__(self, desk: Desk, bench: Bench) -> None:
        super().__init__()
        self._desk, self._bench = desk, bench
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    def show_view(self, view: RoadshowView) -> None:
        """Show both."""
        clear(self._box)
        desk, _ = self._desk, self._desk.words
        pane = Pane(desk, side="middle", padding=18, name=_(N_("Preparation")))
        pane.add(self._programme(view))
        pane.add(self._themes(view))
        if view.note:
            note = Section(_(N_("Note for ourselves")), line=False)
            note.add(Label(desk.masking.text(view.note), Role.TEXT, wrap=True))
            pane.add(note)
        pane.finish()
        self._box.addWidget(pane)

    def _programme(self, view: RoadshowView) -> Section:
        desk, _ = self._desk, self._desk.words
        new = partial(forms.session_form, self._bench, view.line.id, view.line.starts_on.isoformat())
        add = link(desk.icons, _(N_("Add")), new, icon="plus", small=True)
        add.setAccessibleName(_(N_("Add an item to the programme")))
        made = Section(_(N_("Programme")), beside=add)
        several = view.line.starts_on != view.line.ends_on
        for one in view.sessions:
            start = desk.formats.at_home(one.starts_at)
            clock = desk.formats.clock_time(start)
            when = f"{desk.formats.short_date(start.date())} {clock}" if several else clock
            length = _.plural("{count} minute", "{count} minutes", one.minutes) if one.minutes else ""
            speaker = one.speaker_role if desk.masking.on else one.speaker or one.speaker_role
            beside = " · ".join(p for p in (speaker, one.room, length) if p)
            row = StepRow(
                desk, f"{when}  {one.title}", shape=Shape.DOT, tone=Tone.GREY, beside=beside, ground="surface"
            )
            row.clicked.connect(lambda _on=False, one=one: forms.edit_session_form(
                self._bench, one.id, version=one.version))  # fmt: skip
            made.add(row)
        if not view.sessions:
            made.add(Label(_(N_("No programme yet.")), Role.SECOND))
        return made

    def _themes(self, view: RoadshowView) -> Section:
        desk, _ = self._desk, self._desk.words
        add = link(desk.icons, _(N_("Add")), partial(forms.theme_form, self._bench, view.line.id), icon="plus",
                   small=True)  # fmt: skip
        add.setAccessibleName(_(N_("Add a theme")))
        made = Section(_(N_("Themes per region")), beside=add)
        region = None
        for one in view.themes:
            if one.region is not region:
                region = one.region
                made.add(Label(upper_first(_(one.region.label)), Role.LABEL))
            row = StepRow(desk, one.theme, shape=Shape.DOT, tone=Tone.GREY, ground="surface", strong=True)
            row.clicked.connect(lambda _on=False, one=one: forms.edit_theme_form(
                self._bench, one.id, version=one.version))  # fmt: skip
            made.add(row)
            if one.talking_point:
                point = Label(one.talking_point, Role.QUIET, wrap=True)
                point.setContentsMargins(18, 0, 0, 4)
                made.add(point)
        if not view.themes:
            made.add(Label(_(N_("No theme yet.")), Role.SECOND))
        return made


class ListTab(QWidget):
    """A table with its buttons over it, and what to say while it is empty."""

    def __init__(self, desk: Desk, name: str, columns: tuple[Column, ...], buttons: list[QWidget], empty: str) -> None:
        super().__init__()
        self.table = PagedTable(desk, columns)
        self.view = TableView(desk, self.table, name=name)
        self.empty = EmptyState(desk, icon="users", sentence=empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = TurningRow(margins=(LEFT, 10, RIGHT, 10))
        for button in buttons:
            line.add(button)
        line.add_stretch()
        column.addWidget(line)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)

    def show_any(self, *, any_rows: bool) -> None:
        """The table, or the sentence in its place."""
        self.view.setVisible(any_rows)
        self.empty.setHidden(any_rows)


def guests_tab(desk: Desk, *, invite: Do, add: Do, visitor: Do, check_in: Do) -> ListTab:
    """The guests, with who is there."""
    _ = desk.words
    columns = (
        Column(key="house", label=N_("Organisation"), value=lambda g: house_words(desk, g), strong=True, width=180,
               stretch=2),
        Column(key="name", label=N_("Person"), value=lambda g: guest_name(desk, g), width=150, stretch=1),
        Column(key="position", label=N_("Position"), value=lambda g: g.position, width=120, gives_way=2),
        Column(key="answer", label=N_("Answer"), value=lambda g: answer_badge(_, g), kind=Kind.BADGE, width=130),
        Column(key="came", label=N_("There"), value=lambda g: _came(desk, g), kind=Kind.BADGE, width=80),
        Column(key="case", label=N_("Consent and case"), value=lambda g: _consent(desk, g), kind=Kind.BADGE, width=150,
               gives_way=1),
    )  # fmt: skip
    buttons: list[QWidget] = [
        secondary(desk.icons, _(N_("Invite houses…")), invite, icon="building"),
        secondary(desk.icons, _(N_("Guest…")), add, icon="user-plus"),
        secondary(desk.icons, _(N_("Visitor…")), visitor, icon="user"),
        secondary(desk.icons, _(N_("Is there")), check_in, icon="check"),
    ]
    return ListTab(desk, _(N_("Guests")), columns, buttons, _(N_("Nobody is invited yet.")))


def _came(desk: Desk, guest: GuestView) -> Badge:
    if guest.came_at is None:
        return NOTHING
    return done(desk.formats.clock_time(desk.formats.at_home(guest.came_at)))


def _consent(desk: Desk, guest: GuestView) -> Badge:
    _ = desk.words
    if guest.case_no:
        return done(guest.case_no)
    if guest.consent_on is not None:
        return due(_(N_("consent {day}"), day=desk.formats.short_date(guest.consent_on)))
    return closed(_(N_("no consent"))) if guest.is_visitor else NOTHING


def needs_tab(desk: Desk, *, add: Do, compare: Do) -> ListTab:
    """The register of wishes."""
    _ = desk.words
    columns = (
        Column(key="house", label=N_("Who wishes it"), value=lambda n: n.house or _(N_("nobody named")), strong=True,
               width=150, stretch=1),
        Column(key="region", label=N_("Region"), value=lambda n: _(n.region.label), width=80, gives_way=2),
        Column(key="topic", label=N_("About"), value=lambda n: _(n.topic.label), width=150, stretch=1),
        Column(key="wish", label=N_("Wish"), value=lambda n: n.wish, width=190, stretch=3),
        Column(key="answer", label=N_("Our answer"), value=lambda n: n.answer, width=170, stretch=2),
        Column(key="officer", label=N_("Officer"), value=lambda n: n.officer, width=100, gives_way=1),
    )  # fmt: skip
    buttons: list[QWidget] = [
        secondary(desk.icons, _(N_("Wish…")), add, icon="plus"),
        secondary(desk.icons, _(N_("Compare cities")), compare, icon="columns-3"),
    ]
    sentence = _(N_("No wish yet. In meeting mode a line without a day becomes one."))
    return ListTab(desk, _(N_("Wishes")), columns, buttons, sentence)


def promises_tab(desk: Desk, *, add: Do, kept: Do) -> ListTab:
    """Promises: those of the last meeting first, then those made here."""
    _ = desk.words
    columns = (
        Column(key="due", label=N_("Due"), value=lambda p: promise_badge(desk, p), kind=Kind.BADGE, width=130),
        Column(key="what", label=N_("Promise"), value=lambda p: p.what, strong=True, width=240, stretch=3),
        Column(key="who", label=N_("Who promised it"), value=lambda p: owner_words(desk, p), width=150, stretch=1),
        Column(key="house", label=N_("House"), value=lambda p: p.house, width=150, stretch=1, gives_way=2),
        Column(key="evidence", label=N_("Evidence"), value=lambda p: p.evidence, width=140, stretch=1, gives_way=1),
    )
    buttons: list[QWidget] = [
        secondary(desk.icons, _(N_("Promise…")), add, icon="plus"),
        secondary(desk.icons, _(N_("Was kept…")), kept, icon="check"),
    ]
    sentence = _(N_("Nothing promised yet. In meeting mode (F9) each line with a day becomes a promise."))
    return ListTab(desk, _(N_("Promises")), columns, buttons, sentence)


def show_guests(tab: ListTab, view: RoadshowView) -> None:
    """The guests of an event."""
    tab.show_any(any_rows=bool(view.guests))
    tab.table.show_rows(view.guests, key=_id)


def show_needs(tab: ListTab, view: RoadshowView) -> None:
    """The wishes of an event."""
    tab.show_any(any_rows=bool(view.needs))
    tab.table.show_rows(view.needs, key=_id)


def show_promises(desk: Desk, tab: ListTab, view: RoadshowView) -> None:
    """The promises of the last meeting and of this one, in two groups where there is a last one."""
    _ = desk.words
    rows = [*view.last_promises, *view.promises]
    tab.show_any(any_rows=bool(rows))
    groups: list[Group] = []
    if view.last is not None and view.last_promises:
        day = desk.formats.date(view.last.starts_on)
        word = _(N_("Promised last time, {day}"), day=day)
        open_ones = sum(p.done_on is None for p in view.last_promises)
        note = _.plural("{count} open", "{count} open", open_ones)
        groups.append(Group(key="last", badge=due(word), count=len(view.last_promises), note=note))
        groups.append(Group(key="here", badge=due(_(N_("Promised here"))), count=len(view.promises), note=""))
    tab.table.show_rows(rows, key=_id, groups=tuple(g for g in groups if g.count))


def _id(row: GuestView | NeedView | PromiseView) -> int:
    return row.id
