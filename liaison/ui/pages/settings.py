"""Settings: a search box first, one page for each subject, sentences with a choice in them that hold at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from liaison.domain.names import fold
from liaison.i18n import N_
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages.settings_keys import KeysPart
from liaison.ui.pages.settings_lists import ListsPart, RatesPart
from liaison.ui.pages.settings_machine import AboutPart, LockPart, LookPart
from liaison.ui.pages.settings_messages import MessagesPart
from liaison.ui.pages.settings_office import HoursPart, OfficePart, OfficersPart
from liaison.ui.pages.settings_regions import RegionsPart
from liaison.ui.pages.settings_retention import RetentionPart
from liaison.ui.pages.settings_safety import SafetyPart
from liaison.ui.pages.settings_targets import TargetsPart
from liaison.ui.pages.settings_travel import TravelPart
from liaison.ui.places import Place
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import menu_row
from liaison.ui.widgets.editors import TextEdit
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, Head, Pane, clear, hairline

LIST_WIDTH = 236


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One page of the settings."""

    key: str
    title: str
    icon: str
    build: Callable[[Desk], QWidget]
    sentences: tuple[str, ...]


SUBJECTS: tuple[Subject, ...] = (
    Subject(key="office", title=N_("Office"), icon="building", build=OfficePart, sentences=OfficePart.sentences),
    Subject(key="officers", title=N_("Officers"), icon="users", build=OfficersPart, sentences=OfficersPart.sentences),
    Subject(key="look", title=N_("Language and look"), icon="languages", build=LookPart, sentences=LookPart.sentences),
    Subject(
        key="lock", title=N_("Lock and passphrase"), icon="lock", build=LockPart, sentences=LockPart.sentences
    ),
    Subject(key="safety", title=N_("Backups"), icon="hard-drive", build=SafetyPart, sentences=SafetyPart.sentences),
    Subject(
        key="retention", title=N_("Keeping records"), icon="history", build=RetentionPart,
        sentences=RetentionPart.sentences,
    ),
    Subject(
        key="hours", title=N_("Working hours and days off"), icon="calendar", build=HoursPart,
        sentences=HoursPart.sentences,
    ),
    Subject(key="targets", title=N_("Targets"), icon="clock", build=TargetsPart, sentences=TargetsPart.sentences),
    Subject(key="regions", title=N_("Regions"), icon="map-pin", build=RegionsPart, sentences=RegionsPart.sentences),
    Subject(key="travel", title=N_("Travel rules"), icon="plane", build=TravelPart, sentences=TravelPart.sentences),
    Subject(
        key="messages", title=N_("Messages"), icon="message-circle", build=MessagesPart,
        sentences=MessagesPart.sentences,
    ),
    Subject(key="lists", title=N_("Lists"), icon="sheet", build=ListsPart, sentences=ListsPart.sentences),
    Subject(
        key="rates", title=N_("Exchange rates"), icon="arrow-right-left", build=RatesPart,
        sentences=RatesPart.sentences,
    ),
    Subject(key="keys", title=N_("Keys"), icon="keyboard", build=KeysPart, sentences=KeysPart.sentences),
    Subject(key="about", title=N_("About"), icon="info", build=AboutPart, sentences=AboutPart.sentences),
)  # fmt: skip


class SettingsPage(Page):
    """What is set once and looked up rarely."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        wanted = str(place.values.get("part", "office"))
        self._part = wanted if any(s.key == wanted for s in SUBJECTS) else "office"
        self.body.addWidget(Head(desk, words(N_("Settings")), note=words(N_("What you change holds at once."))))
        self.body.addWidget(hairline())
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.list = Pane(desk, side="left", width=LIST_WIDTH, padding=10, grows=True,
                         name=words(N_("Subjects of the settings")))  # fmt: skip
        self.search = TextEdit(desk, placeholder=words(N_("Find a setting")))
        self.search.set_name(words(N_("Find a setting")))
        self.search.changed.connect(self._show_list)
        self.search.line.returnPressed.connect(self._open_first)
        self.list.add(self.search)
        self.list.body.addSpacing(8)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(1)
        self.list.body.addLayout(self._rows)
        self.list.finish()
        row.addWidget(self.list)
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        row.addLayout(self._place, 1)
        self.body.addLayout(row, 1)
        self._shown: QWidget | None = None
        self.buttons: dict[str, QPushButton] = {}
        self._show_list()

    def start(self) -> None:
        """Show the subject that was asked for; typing finds another."""
        self._switch(self._part)
        self.search.setFocus()

    # finding

    def _show_list(self) -> None:
        """The subjects that hold what is typed, with the sentences where it stands."""
        words, wanted = self.desk.words, fold(str(self.search.value())).split()
        clear(self._rows)
        self.buttons = {}
        for subject in SUBJECTS:
            title = words(subject.title)
            hits = [words(s) for s in subject.sentences if wanted and _holds(words(s), wanted)]
            if wanted and not hits and not _holds(title, wanted):
                continue
            button = menu_row(self.desk.icons, title, partial(self._switch, subject.key), icon=subject.icon)
            button.setCheckable(True)
            button.setChecked(subject.key == self._part)
            self.buttons[subject.key] = button
            self._rows.addWidget(button)
            for hit in hits:
                label = Label(_plain(hit), Role.SECOND, wrap=True)
                label.setContentsMargins(LEFT + 14, 0, 4, 6)
                self._rows.addWidget(label)
        if not self.buttons:
            self._rows.addWidget(Label(words(N_("Nothing is called that here.")), Role.SECOND, wrap=True))
        self._rows.addStretch(1)

    def _open_first(self) -> None:
        first = next(iter(self.buttons), None)
        if first is not None:
            self._switch(first)

    def _switch(self, part: object) -> None:
        self._part = str(part)
        if self._shown is not None:
            self._place.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        subject = next(s for s in SUBJECTS if s.key == self._part)
        self._shown = subject.build(self.desk)
        self._place.addWidget(self._shown, 1)
        for key, button in self.buttons.items():
            button.setChecked(key == self._part)
        self.desk.frame.moved(Place(page="settings", values={"part": self._part}))

    def actions_here(self) -> tuple[Action, ...]:
        """Find a setting."""
        return (
            Action(key="settings.find", text=N_("Find a setting"), keys="Ctrl+F", icon="search",
                   run=self.search.setFocus, scope=Scope.PAGE, menu=Menu.VIEW),
        )  # fmt: skip

    def keep(self) -> dict[str, object]:
        """The subject, and what was looked for."""
        return {"part": self._part, "typed": self.search.typed()}

    def resume(self, kept: dict[str, object]) -> None:
        """As it was."""
        part = str(kept.get("part", self._part))
        self._part = part if any(s.key == part for s in SUBJECTS) else self._part
        self.search.retype(str(kept.get("typed", "")))
        self._show_list()


def _holds(text: str, wanted: list[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in wanted)


def _plain(sentence: str) -> str:
    """A sentence without its choices."""
    import re

    return re.sub(r"\{\w+\}", "…", sentence)
