"""One roadshow: prepared, held, followed up. Permits stay in sight at the right, whatever part is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from liaison.domain.errors import Refused
from liaison.domain.roadshows import GuestState, PermitState
from liaison.i18n import N_
from liaison.services import roadshow_exports, roadshow_guests, roadshow_promises, roadshow_views, roadshows
from liaison.services.matching import SimilarPatient
from liaison.services.roadshow_views import GuestView, NeedView, PermitView, PromiseView, RoadshowState, RoadshowView
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages import roadshow_forms as forms
from liaison.ui.pages.page_parts import MenuRow, menu_of
from liaison.ui.pages.roadshow_copies import pick_copy
from liaison.ui.pages.roadshow_tabs import (
    ListTab,
    Preparation,
    guests_tab,
    needs_tab,
    promises_tab,
    show_guests,
    show_needs,
    show_promises,
)
from liaison.ui.pages.roadshow_words import PERMIT_SHAPES, days_words, guests_words, region_words, state_badge
from liaison.ui.pages.short_forms import Bench
from liaison.ui.places import Place
from liaison.ui.runner import Sort, Trouble
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import Segments, link, menu_button, primary, secondary
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.editors import restyle
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, PANE_PADDING, RIGHT, Facts, Folding, Head, Pane, Section, clear
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow

SIDE_WIDTH = 340
PREPARE, GUESTS, NEEDS, PROMISES = "prepare", "guests", "needs", "promises"
PARTS = ((PREPARE, N_("Preparation")), (GUESTS, N_("Guests")), (NEEDS, N_("Wishes")), (PROMISES, N_("Promises")))
PAPERS = (
    ("city_pack", "public", N_("City pack for the table")),
    ("city_pack", "internal", N_("City pack for this office")),
    ("roadshow_invitations", "", N_("Invitations")),
    ("roadshow_check_in", "", N_("Check-in list")),
    ("insurer_sheet", "", N_("Sheet of each insurer")),
    ("roadshow_follow_up", "", N_("Follow-up letters")),
)
"""Papers of an event: the report's name, its reader, and the marked word for it."""
_PERMIT_MOVES = (
    (PermitState.ASKED, N_("Asked for")), (PermitState.GRANTED, N_("Granted")), (PermitState.REFUSED, N_("Refused")),
    (PermitState.OPEN, N_("Not asked yet")),
)  # fmt: skip


class RoadshowPage(Page):
    """An event with its four parts. It opens with what was promised last time, where something was."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.shown: RoadshowView | None = None
        self._part = str(place.values.get("part", ""))
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, 0, 0)
        self._head = QVBoxLayout()
        self.body.addLayout(self._head)
        self.side = QWidget()
        self._side_box = QVBoxLayout(self.side)
        self._side_box.setContentsMargins(0, 0, 0, 0)
        self.drawer = Drawer(desk, self.side, width=SIDE_WIDTH)
        self.drawer.switched.connect(self._dress)
        self.bench = Bench(desk=desk, drawer=self.drawer)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._segments())
        self.stack = QStackedWidget()
        self.preparation = Preparation(desk, self.bench)
        self.guests = guests_tab(
            desk, invite=self.invite, add=self.add_guest, visitor=self.add_visitor, check_in=self.check_in
        )
        self.needs = needs_tab(desk, add=self.add_need, compare=self.compare)
        self.promises = promises_tab(desk, add=self.add_promise, kept=self.keep_promise)
        for widget in (self.preparation, self.guests, self.needs, self.promises):
            self.stack.addWidget(widget)
        self._wire()
        column.addWidget(self.stack, 1)
        self.body.addWidget(Folding([(left, 1), (self.drawer, 0)], folds=[self.drawer], below=860), 1)
        self.meet_button = primary(desk.icons, desk.words(N_("Meeting mode")), self.meet, icon="monitor")
        desk.hub.changed.connect(self._changed)

    def _wire(self) -> None:
        for tab, open_row, letter in (
            (self.guests, self._open_guest, self._guest_letter),
            (self.needs, self._open_need, self._need_letter),
            (self.promises, self._open_promise, self._promise_letter),
        ):
            tab.view.opened.connect(open_row)
            tab.view.key_pressed.connect(letter)

    def _segments(self) -> QWidget:
        _ = self.desk.words
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(LEFT, 0, RIGHT, 10)
        self.segments = Segments([(key, _(word)) for key, word in PARTS], name=_(N_("Part of the roadshow")))
        self.segments.chosen.connect(lambda part: self.show_part(str(part)))
        row.addWidget(self.segments)
        row.addStretch(1)
        return holder

    def start(self) -> None:
        """Read the event."""
        self._read()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _read(self) -> None:
        if self.place.record is not None:
            self.desk.runner.read(
                roadshow_views.roadshow_view, self.place.record, owner=self, done=self._show, failed=self._failed,
                key="roadshow",
            )  # fmt: skip

    def _failed(self, trouble: Trouble) -> None:
        if trouble.sort is Sort.REFUSED and isinstance(trouble.error, Refused):
            self.desk.go("roadshows")
        else:
            self.desk.runner.trouble.emit(trouble)

    # showing

    def _show(self, view: RoadshowView) -> None:
        first, self.shown = self.shown is None, view
        self._show_head(view)
        self._show_side(view)
        self.preparation.show_view(view)
        show_guests(self.guests, view)
        show_needs(self.needs, view)
        show_promises(self.desk, self.promises, view)
        if first:
            self.show_part(self._part or (PROMISES if view.last_promises or view.promises else PREPARE))

    def show_part(self, part: str) -> None:
        """Open one of the four parts."""
        keys = [key for key, _word in PARTS]
        self._part = part if part in keys else PREPARE
        self.segments.choose(self._part)
        self.stack.setCurrentIndex(keys.index(self._part))
        self.place = Place(page="roadshow", record=self.place.record, values={"part": self._part})
        self.desk.frame.moved(self.place)
        tab = self._tab()
        if tab is None:
            return
        if tab.view.current_id() is None and tab.table.rowCount():
            tab.view.go_to_row(1 if 0 in tab.table.header_rows() else 0)
        (tab.view if tab.table.rowCount() else self.segments).setFocus()

    def _tab(self) -> ListTab | None:
        return {GUESTS: self.guests, NEEDS: self.needs, PROMISES: self.promises}.get(self._part)

    def _show_head(self, view: RoadshowView) -> None:
        desk, _, line = self.desk, self.desk.words, view.line
        self.meet_button.setParent(None)
        clear(self._head)
        menu = QMenu(self)
        for name, audience, word in PAPERS:
            menu.addAction(_(word), partial(self.paper, name, audience))
        paper = secondary(desk.icons, _(N_("Print")), lambda: None, icon="printer")
        paper.setMenu(menu)
        self.paper_menu = menu
        more = menu_button(desk.icons, _(N_("More for this roadshow")), self._more(view))
        head = Head(
            desk, f"{line.city} · {line.series}", facts=[days_words(desk, line)], badge=state_badge(_, line.state),
            buttons=[more, paper, self.meet_button], back=lambda: desk.go("roadshows", line.id),
            back_hint=_(N_("All roadshows")),
        )  # fmt: skip
        self._head.addWidget(head)

    def _more(self, view: RoadshowView) -> QMenu:
        _, key = self.desk.words, view.line.id
        menu = QMenu(self)
        menu.addAction(_(N_("Change the roadshow…")), partial(forms.edit_roadshow, self.bench, key,
                                                             version=view.line.version))  # fmt: skip
        menu.addAction(_(N_("Compare cities")), self.compare)
        menu.addAction(_(N_("Write this list into a workbook…")), self.copy_out)
        menu.addAction(_(N_("History of this roadshow")), partial(self.desk.go, "history", key, kind="roadshow"))
        menu.addSeparator()
        if view.line.state in (RoadshowState.CLOSED, RoadshowState.CALLED_OFF):
            menu.addAction(
                _(N_("Open it again")),
                partial(
                    self._do,
                    N_("Open a roadshow again"),
                    roadshows.open_roadshow_again,
                    key,
                    said=N_("It is open again"),
                ),
            )
        else:
            menu.addAction(_(N_("Close the roadshow")), self.close_event)
            menu.addAction(_(N_("Call the roadshow off…")), partial(forms.call_off_form, self.bench, key))
            menu.addAction(_(N_("Remove the roadshow")), self.remove)
        return menu  # fmt: skip

    def _show_side(self, view: RoadshowView) -> None:
        desk, _ = self.desk, self.desk.words
        clear(self._side_box)
        pane = Pane(desk, side="right", padding=PANE_PADDING, name=_(N_("Facts and permits")))
        if view.cancelled_because:
            pane.add(Label(_(N_("Called off: {why}"), why=view.cancelled_because), Role.WARNING, wrap=True), space=2)
        facts = Facts()
        facts.add(_(N_("Venue")), view.line.venue or "-")
        if view.venue_address:
            facts.add(_(N_("Address")), view.venue_address)
        facts.add(_(N_("Covers")), region_words(_, view.regions))
        facts.add(_(N_("Guests")), guests_words(_, view.line))
        if view.answer_by is not None:
            facts.add(_(N_("Answers by")), desk.formats.date(view.answer_by))
        pane.add(facts)
        if set(view.regions) != set(view.usual_regions) and view.usual_regions:
            usual = _(
                N_("By the office's list this city hears: {regions}."), regions=region_words(_, view.usual_regions)
            )
            pane.add(Label(usual, Role.SECOND, wrap=True), space=4)
        pane.body.addSpacing(12)
        pane.add(self._permits(view))
        pane.finish()
        self._side_box.addWidget(pane)

    def _permits(self, view: RoadshowView) -> Section:
        desk, _ = self.desk, self.desk.words
        add = link(desk.icons, _(N_("Add")), partial(forms.permit_form, self.bench, view.line.id), icon="plus",
                   small=True)  # fmt: skip
        add.setAccessibleName(_(N_("Add a permit")))
        made = Section(_(N_("Permits")), beside=add, line=False)
        for permit in view.permits:
            made.add(self._permit(permit))
        warned = _(N_("An event without its permits can be closed by the city. Nobody is examined at the venue."))
        made.add(Label(warned, Role.SECOND, wrap=True))
        return made

    def _permit(self, permit: PermitView) -> StepRow:
        desk, _ = self.desk, self.desk.words
        shape, tone = PERMIT_SHAPES[permit.state]
        beside = desk.formats.short_date(permit.due_on) if permit.due_on and not permit.is_done else ""
        if permit.due_on is not None and not permit.is_done and permit.due_on < desk.today():
            shape, tone = Shape.LATE, Tone.RED
        text = permit.note if permit.kind.value == "OTHER" and permit.note else _(permit.kind.label)
        state = _(permit.state.label)
        row = StepRow(desk, text, shape=shape, tone=tone, beside=beside, spoken=", ".join((text, state, beside)))
        parts = [text, state, permit.authority, permit.reference, permit.officer, permit.note]
        row.setToolTip("\n".join(dict.fromkeys(p for p in parts if p)))
        row.setObjectName(f"permit.{permit.kind.value}")
        row.clicked.connect(lambda _on=False: self._permit_menu(row, permit))
        return row

    def _permit_menu(self, row: StepRow, permit: PermitView) -> None:
        _ = self.desk.words
        rows: list[MenuRow] = [
            (_(word), partial(self.move_permit, permit.id, state))
            for state, word in _PERMIT_MOVES
            if state is not permit.state
        ]
        edit = partial(forms.edit_permit_form, self.bench, permit.id, version=permit.version)
        rows += [None, (_(N_("Number, day, officer…")), edit)]
        rows.append((_(N_("Take it off")), partial(
            self._do, N_("Take a permit off"), roadshows.remove_permit, permit.id, said=N_("Taken off"))))  # fmt: skip
        menu_of(row, rows).popup(row.mapToGlobal(row.rect().bottomLeft()))

    def _dress(self, form_open: bool) -> None:
        """One filled button: the form's own while one is open."""
        restyle(self.meet_button, "kind", "secondary" if form_open else "primary")
        self.desk.icons.set_icon(self.meet_button, "monitor", token="ink2" if form_open else "onaccent")

    # doing

    def _do(self, title: str, write: Callable[..., Any], *args: object, said: str) -> None:
        words = self.desk.words(said)
        self.desk.runner.write(
            title, write, *args, owner=self, done=lambda _changes: self.desk.toast(words), refused=self._refused
        )

    def _refused(self, problems: Any) -> None:
        self.desk.toast(" ".join(p.text(self.desk.words) for p in problems), refused=True)

    def move_permit(self, key: int, state: PermitState) -> None:
        """Say how far a permit is."""
        self._do(N_("Change a permit"), roadshows.move_permit, key, state, said=N_("Permit noted"))

    def paper(self, name: str, audience: str = "") -> None:
        """Open a paper of this event in its preview."""
        view = self.shown
        if view is not None:
            values = {"name": name, "event": str(view.line.id), **({"audience": audience} if audience else {})}
            self.desk.go("reports", None, **values)

    def meet(self) -> None:
        """Meeting mode."""
        if self.shown is not None:
            self.desk.go("meeting", self.shown.line.id)

    def compare(self) -> None:
        """The cities of this series side by side."""
        if self.shown is not None:
            self.desk.go("roadshow_series", series=self.shown.line.series)

    def close_event(self) -> None:
        """Close it, or say what stands in the way."""
        if self.shown is not None:
            self._do(N_("Close a roadshow"), roadshows.close_roadshow, self.shown.line.id, said=N_("Roadshow closed"))

    def remove(self) -> None:
        """Take an event off that was entered in error."""
        if self.shown is not None:
            key = self.shown.line.id
            self._do(N_("Remove a roadshow"), roadshows.remove_roadshow, key, said=N_("Roadshow removed"))

    # guests

    def invite(self) -> None:
        """Tick houses of the network."""
        if self.shown is not None:
            known = " ".join(str(g.organization_id) for g in self.shown.guests if g.organization_id is not None)
            forms.invite_form(self.bench, self.shown.line.id, known)

    def add_guest(self) -> None:
        """One more guest."""
        if self.shown is not None:
            forms.guest_form(self.bench, self.shown.line.id)

    def add_visitor(self) -> None:
        """Somebody who came by for an own matter."""
        if self.shown is not None:
            forms.guest_form(self.bench, self.shown.line.id, visitor=True)

    def _guests(self) -> list[GuestView]:
        view = self.guests.view
        rows = [self.guests.table.row_at(row) for row in view.chosen_rows()]
        found = [row for row in rows if isinstance(row, GuestView)]
        here = view.current_row()
        return found or ([here] if isinstance(here, GuestView) else [])

    def check_in(self) -> None:
        """The chosen guests are there."""
        keys = tuple(g.id for g in self._guests())
        if keys:
            said = self.desk.words.plural("{count} guest is there", "{count} guests are there", len(keys))
            self.desk.runner.write(
                N_("Check guests in"), roadshow_guests.check_in_all, keys, owner=self,
                done=lambda _changes: self.desk.toast(said),
            )  # fmt: skip

    def not_there(self) -> None:
        """A guest who was checked in by mistake is not there after all."""
        found = [g for g in self._guests() if g.came_at is not None]
        if found:
            self._do(N_("Take a check-in back"), roadshow_guests.not_there, found[0].id, said=N_("Not there after all"))

    def answer(self, state: GuestState) -> None:
        """What the chosen guest answered."""
        found = self._guests()
        if found:
            self._do(N_("Note an answer to an invitation"), roadshow_guests.answer_guest, found[0].id, state,
                     said=N_("Answer noted"))  # fmt: skip

    def make_enquiry(self) -> None:
        """The chosen visitor becomes an enquiry; refused without consent."""
        found = self._guests()
        if not found:
            return
        if found[0].journey_id is not None:
            self.desk.go("journey", found[0].journey_id)
            return
        self.desk.runner.read(roadshow_guests.people_like, found[0].id, owner=self,
                              done=partial(self._who_is_it, found[0].id), key="people")  # fmt: skip

    def _who_is_it(self, guest: int, alike: list[SimilarPatient]) -> None:
        """Somebody on record already is one person: asked before the case is opened."""
        if alike:
            forms.enquiry_form(self.bench, guest, alike, refused=self._refused)
            return
        self.desk.runner.write(
            forms.OPEN_ENQUIRY, roadshow_guests.make_enquiry, guest, owner=self,
            done=lambda _changes: self.desk.toast(self.desk.words(N_("The enquiry is open"))), refused=self._refused,
        )  # fmt: skip

    def _open_guest(self, _key: object) -> None:
        found = self.guests.view.current_row()
        if isinstance(found, GuestView):
            forms.edit_guest_form(self.bench, found.id, version=found.version)

    def _guest_letter(self, letter: str) -> None:
        found = self.guests.view.current_row()
        doings: dict[str, Callable[[], object]] = {
            "x": self.check_in,
            "y": partial(self.answer, GuestState.COMING),
            "n": partial(self.answer, GuestState.NOT_COMING),
            "e": self.make_enquiry,
            "i": self.invite,
        }
        run = doings.get(letter.lower())
        if run is not None and (isinstance(found, GuestView) or letter.lower() == "i"):
            run()

    # wishes and promises

    def add_need(self) -> None:
        """One more wish."""
        if self.shown is not None:
            forms.need_form(self.bench, self.shown.line.id)

    def _open_need(self, _key: object) -> None:
        found = self.needs.view.current_row()
        if isinstance(found, NeedView):
            forms.edit_need_form(self.bench, found.id, version=found.version)

    def _need_letter(self, letter: str) -> None:
        found = self.needs.view.current_row()
        if letter.lower() == "p" and isinstance(found, NeedView):
            forms.promise_form(self.bench, found.roadshow_id, need_id=found.id)

    def add_promise(self) -> None:
        """One more promise."""
        if self.shown is not None:
            forms.promise_form(self.bench, self.shown.line.id)

    def keep_promise(self) -> None:
        """The chosen promise was kept, or is open again."""
        found = self.promises.view.current_row()
        if not isinstance(found, PromiseView):
            return
        if found.done_on is None:
            forms.kept_form(self.bench, found.id)
        else:
            self._do(N_("Open a promise again"), roadshow_promises.not_kept, found.id, said=N_("The promise is open"))

    def _open_promise(self, _key: object) -> None:
        found = self.promises.view.current_row()
        if isinstance(found, PromiseView):
            forms.edit_promise_form(self.bench, found.id, version=found.version)

    def _promise_letter(self, letter: str) -> None:
        if letter.lower() == "x":
            self.keep_promise()

    # out

    def copy_out(self, target: Path | None = None) -> None:
        """The list of the open part into a workbook; on the preparation, that of the events."""
        if self.shown is None:
            return
        line = self.shown.line
        name, title = {
            GUESTS: (roadshow_exports.GUESTS, N_("Guests of roadshows")),
            NEEDS: (roadshow_exports.NEEDS, N_("Wishes at roadshows")),
            PROMISES: (roadshow_exports.PROMISES, N_("Promises of roadshows")),
        }.get(self._part, (roadshow_exports.ROADSHOWS, N_("Roadshows")))
        pick_copy(self, name, title, words=f"{line.city} {line.series}", target=target)

    def new_here(self) -> None:
        """One more of what the open part lists."""
        {GUESTS: self.add_guest, NEEDS: self.add_need, PROMISES: self.add_promise}.get(self._part, self._add_item)()

    def _add_item(self) -> None:
        if self.shown is not None:
            forms.session_form(self.bench, self.shown.line.id, self.shown.line.starts_on.isoformat())

    def actions_here(self) -> tuple[Action, ...]:
        """What can be done with the event, and with a row."""
        page, row = Scope.PAGE, Scope.ROW
        doings: tuple[tuple[str, str, str, Callable[[], object], str, Scope, Menu], ...] = (
            ("roadshow.new", N_("Add to this part"), "plus", self.new_here, "Ctrl+N", page, Menu.FILE),
            ("roadshow.meet", N_("Meeting mode"), "monitor", self.meet, "F9", page, Menu.VIEW),
            ("roadshow.pack", N_("Print the city pack"), "printer", partial(self.paper, "city_pack", "public"),
             "Ctrl+P", page, Menu.FILE),
            ("roadshow.excel", N_("Write this list into a workbook…"), "sheet", self.copy_out, "Ctrl+E", page,
             Menu.FILE),
            ("roadshow.there", N_("The guest is there"), "check", self.check_in, "X", row, Menu.EDIT),
            ("roadshow.not_there", N_("Not there after all"), "x", self.not_there, "U", row, Menu.EDIT),
            ("roadshow.coming", N_("The guest is coming"), "check", partial(self.answer, GuestState.COMING), "Y", row,
             Menu.EDIT),
            ("roadshow.not_coming", N_("The guest is not coming"), "x", partial(self.answer, GuestState.NOT_COMING),
             "N", row, Menu.EDIT),
            ("roadshow.enquiry", N_("Make the visitor an enquiry"), "route", self.make_enquiry, "E", row, Menu.EDIT),
            ("roadshow.compare", N_("Compare cities"), "columns-3", self.compare, "", page, Menu.GO),
            ("roadshow.close", N_("Close the roadshow"), "check", self.close_event, "", page, Menu.EDIT),
        )  # fmt: skip
        return tuple(
            Action(key=key, text=text, icon=icon, run=run, keys=keys, scope=scope, menu=menu)
            for key, text, icon, run, keys, scope, menu in doings
        )

    def keep(self) -> dict[str, object]:
        """Which part, and its row."""
        tab = self._tab()
        return {"part": self._part, "at": tab.view.current_id() if tab is not None else None}

    def resume(self, kept: dict[str, object]) -> None:
        """Back to that part."""
        self._part = str(kept.get("part", self._part))
