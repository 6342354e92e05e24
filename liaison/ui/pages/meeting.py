"""Meeting mode: the whole screen, nobody's name, one line typed is one item. Last time's promises stand first.

A line with an owner or a day becomes a promise, any other a wish; what it becomes is said before Enter. Ctrl+Z takes
the last line back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from liaison.domain.roadshows import PromiseKeptDraft
from liaison.i18n import N_
from liaison.services import network, office, roadshow_promises, roadshow_views
from liaison.services.roadshow_views import NeedView, PromiseView, RoadshowView
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages.meeting_words import Meant, PromiseMeant, Somebody, Unclear, WishMeant, read_meeting_line
from liaison.ui.pages.page_parts import menu_of
from liaison.ui.pages.roadshow_words import days_words, owner_words, promise_badge
from liaison.ui.places import Place
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import due
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.editors import restyle
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.note_line import Echo, NoteLine
from liaison.ui.widgets.parts import EmptyState, Head, Pane, Section, clear
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow

STACKED_BELOW = 720
"""Pixels at 100 % text below which this meeting stands under the last one instead of beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An event and everybody who can be named in it."""

    view: RoadshowView
    people: tuple[Somebody, ...]


def gather(session: Any, key: int) -> Meeting:
    """Read the event, its guests, the officers, and the houses of the network."""
    view = roadshow_views.roadshow_view(session, key)
    people = [Somebody(id=o.id, name=o.name, shown=o.name, is_officer=True)
              for o in office.officers(session, active_only=True)]  # fmt: skip
    for guest in view.guests:
        if guest.name and not guest.is_visitor:
            shown = ", ".join(part for part in (guest.position, guest.house) if part)
            people.append(Somebody(id=guest.id, name=guest.name, shown=shown, house_id=guest.organization_id))
    houses = network.organizations(session)
    invited = {guest.organization_id for guest in view.guests}
    for house in sorted(houses, key=lambda h: h.id not in invited):
        people.append(Somebody(id=house.id, name=house.name, shown=house.name, house_id=house.id))
    return Meeting(view=view, people=tuple(people))


class MeetingPage(Page):
    """Last time's promises at the left, what this meeting brings at the right, the line below both."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._meeting: Meeting | None = None
        _ = desk.words
        self._head = QVBoxLayout()
        self.body.addLayout(self._head)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(0)
        self.last = Pane(desk, side="left", name=_(N_("Promised last time")))
        self.here = Pane(desk, side="middle", padding=18, name=_(N_("This meeting")))
        self._parts.addWidget(self.last, 5)
        self._parts.addWidget(self.here, 6)
        self.body.addLayout(self._parts, 1)
        foot = QFrame()
        foot.setObjectName("head")
        box = QVBoxLayout(foot)
        box.setContentsMargins(18, 12, 18, 14)
        self.line = NoteLine(
            desk,
            name=_(N_("One line, one item")),
            placeholder=_(N_("What was promised @who /15.12 #house, or what is wished #house")),
            echo=self._echo,
        )
        self.line.entered.connect(self._entered)
        box.addWidget(self.line)
        self.body.addWidget(foot)
        desk.hub.changed.connect(self._changed)

    def start(self) -> None:
        """Read the event; typing goes into the line."""
        self._read()
        self.line.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other on a wall; one above the other where large text leaves no room for two."""
        super().resizeEvent(event)
        stacked = self.width() < self.desk.theme.px(STACKED_BELOW)
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if way != self._parts.direction():
            self._parts.setDirection(way)
            self.last.setObjectName("head" if stacked else "paneStart")
            restyle(self.last, "stacked", "true" if stacked else "false")

    def _changed(self, _changes: object) -> None:
        self._read()

    def _read(self) -> None:
        self.desk.runner.read(gather, self.place.record, owner=self, done=self._show, key="meeting")

    # showing

    def _show(self, meeting: Meeting) -> None:
        self._meeting = meeting
        view = meeting.view
        self._show_head(view)
        self._show_last(view)
        self._show_here(view)

    def _show_head(self, view: RoadshowView) -> None:
        desk, _ = self.desk, self.desk.words
        clear(self._head)
        leave = secondary(desk.icons, _(N_("Leave the meeting (Esc)")), self.leave, icon="log-out")
        self._head.addWidget(
            Head(
                desk, f"{view.line.city} · {view.line.series}", note=days_words(desk, view.line),
                badge=due(_(N_("Names are hidden"))), buttons=[leave],
            )
        )  # fmt: skip

    def _show_last(self, view: RoadshowView) -> None:
        desk, _ = self.desk, self.desk.words
        clear(self.last.body)
        self.last.add(Label(_(N_("Promised last time")), Role.TITLE))
        if view.last is not None:
            self.last.add(Label(days_words(desk, view.last), Role.QUIET), space=2)
        self.last.body.addSpacing(8)
        for promise in view.last_promises:
            self.last.add(self._promise(promise), space=6)
        if not view.last_promises:
            self.last.add(EmptyState(desk, icon="handshake", sentence=_(N_("Nothing was promised last time."))))
        self.last.finish()

    def _show_here(self, view: RoadshowView) -> None:
        _ = self.desk.words
        clear(self.here.body)
        promised = _.plural("{count} promise", "{count} promises", len(view.promises))
        wished = _.plural("{count} wish", "{count} wishes", len(view.needs))
        self.here.add(Label(_(N_("This meeting")), Role.TITLE))
        self.here.add(Label(f"{promised} · {wished}", Role.QUIET), space=2)
        promises = Section(_(N_("Promises")))
        for promise in sorted(view.promises, key=lambda p: -p.id):
            promises.add(self._promise(promise))
        wishes = Section(_(N_("Wishes")), line=False)
        for need in sorted(view.needs, key=lambda n: -n.id):
            wishes.add(self._wish(need))
        for section, found, empty in (
            (promises, view.promises, N_("A line with a name or a day becomes a promise.")),
            (wishes, view.needs, N_("Any other line becomes a wish.")),
        ):
            if not found:
                section.add(Label(_(empty), Role.SECOND))
            self.here.add(section, space=10)
        self.here.finish()

    def _promise(self, promise: PromiseView) -> QWidget:
        """A promise for the wall: large, with its day and who made it."""
        desk = self.desk
        badge = promise_badge(desk, promise)
        who = owner_words(desk, promise)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(1)
        row = StepRow(desk, promise.what, shape=badge.shape, tone=badge.tone, beside=badge.text, strong=True,
                      ground="surface", spoken=f"{promise.what}, {who}, {badge.text}")  # fmt: skip
        row.clicked.connect(lambda _on=False: self._menu(row, promise))
        column.addWidget(row)
        about = " · ".join(dict.fromkeys(part for part in (who, promise.house) if part))
        quiet = Label(about, Role.QUIET if promise.who else Role.ERROR, wrap=True)
        quiet.setContentsMargins(20, 0, 0, 0)
        column.addWidget(quiet)
        return holder

    def _wish(self, need: NeedView) -> QWidget:
        desk, _ = self.desk, self.desk.words
        beside = " · ".join(p for p in (_(need.topic.label), _(need.region.label)) if p)
        row = StepRow(desk, need.wish, shape=Shape.DOT, tone=Tone.GREY, beside=beside, ground="surface")
        row.clicked.connect(lambda _on=False: self._wish_menu(row, need))
        return row

    def _menu(self, row: StepRow, promise: PromiseView) -> None:
        _ = self.desk.words
        rows: list[Any] = []
        if promise.done_on is None:
            rows.append((_(N_("It was kept")), partial(self.kept, promise.id)))
        if self._meeting is not None and promise.roadshow_id == self._meeting.view.line.id:
            rows.append((_(N_("Take it off")), partial(
                self._write, N_("Take a promise off"), roadshow_promises.remove_promise, promise.id)))  # fmt: skip
        if rows:
            menu_of(row, rows).popup(row.mapToGlobal(row.rect().bottomLeft()))

    def _wish_menu(self, row: StepRow, need: NeedView) -> None:
        take_off = partial(self._write, N_("Take a wish off"), roadshow_promises.remove_need, need.id)
        menu_of(row, [(self.desk.words(N_("Take it off")), take_off)]).popup(row.mapToGlobal(row.rect().bottomLeft()))

    def kept(self, key: int) -> None:
        """Somebody shows that a promise was kept: today, in this meeting."""
        draft = PromiseKeptDraft(done_on=self.desk.today(), evidence=self.desk.words(N_("shown at the meeting")))
        self._write(N_("Keep a promise"), roadshow_promises.keep_promise, key, draft)

    def _write(self, title: str, write: Any, *args: object) -> None:
        self.desk.runner.write(title, write, *args, owner=self)

    # typing

    def _meant(self, text: str) -> Meant | None:
        found = self._meeting
        people: Sequence[Somebody] = found.people if found is not None else ()
        regions = found.view.regions if found is not None else ()
        return read_meeting_line(
            text, now=self.desk.clock(), zone=self.desk.formats.zone, people=people, regions=regions
        )

    def _echo(self, text: str) -> Echo | None:
        _, formats = self.desk.words, self.desk.formats
        meant = self._meant(text)
        match meant:
            case PromiseMeant():
                day = formats.date(meant.due_on) if meant.due_on is not None else _(N_("no day"))
                if meant.due_on is not None:
                    day = f"{formats.weekday(meant.due_on, short=True)} {day}"
                who = meant.owner.shown if meant.owner is not None else _(N_("no owner"))
                parts = [meant.what, day, who, meant.house.shown if meant.house is not None else ""]
                whole = meant.owner is not None and meant.due_on is not None
                shape, tone = (Shape.OPEN, Tone.ACCENT) if whole else (Shape.WARNING, Tone.AMBER)
                return Echo(lead=_(N_("Promise:")), text=" · ".join(p for p in parts if p), shape=shape, tone=tone)
            case WishMeant():
                house = meant.house.shown if meant.house is not None else ""
                parts = [meant.wish, _(meant.topic.label), _(meant.region.label), house]
                return Echo(lead=_(N_("Wish:")), text=" · ".join(p for p in parts if p))
            case Unclear() if meant.is_h:
                hint = _(N_("“{word}”: h is hour to one reader, day to another: /+3hours or /+3days"), word=meant.word)
                return Echo(lead=hint, text="", shape=Shape.WARNING, tone=Tone.AMBER)
            case Unclear():
                hint = _(N_("“{word}” is no time: /tomorrow 10, /Mon, /+3hours, /15.12"), word=meant.word)
                return Echo(lead=hint, text="", shape=Shape.WARNING, tone=Tone.AMBER)
            case _:
                return None

    def _entered(self, text: str) -> None:
        key = self.place.record
        meant = self._meant(text)
        if key is None:
            return
        if isinstance(meant, PromiseMeant):
            self.desk.runner.write(
                N_("Write a promise down in a meeting"), roadshow_promises.promise, meant.draft(key), owner=self,
                done=lambda _changes: self.line.clear(text),
            )  # fmt: skip
        elif isinstance(meant, WishMeant):
            self.desk.runner.write(
                N_("Write a wish down in a meeting"), roadshow_promises.add_need, meant.draft(key), owner=self,
                done=lambda _changes: self.line.clear(text),
            )  # fmt: skip

    # leaving

    def leave(self) -> None:
        """Back to the event, with names shown as before."""
        self.desk.go("roadshow", self.place.record, part="promises")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves; a half-typed line stays for the next time."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.leave()
        else:
            super().keyPressEvent(event)

    def actions_here(self) -> tuple[Action, ...]:
        """Leave."""
        return (
            Action(key="meeting.leave", text=N_("Leave the meeting"), keys="F9", icon="log-out", run=self.leave,
                   scope=Scope.PAGE, menu=Menu.VIEW),
        )  # fmt: skip

    def keep(self) -> dict[str, object]:
        """The half-typed line."""
        return {"line": self.line.line.text()}

    def resume(self, kept: dict[str, object]) -> None:
        """Put it back."""
        self.line.line.setText(str(kept.get("line", "")))
