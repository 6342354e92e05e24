"""The short guide as a page: contents at the left, one short text at the right, the glossary last."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from liaison.domain.glossary import TERMS
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.guide_texts import GLOSSARY, Section, sections
from liaison.ui.key_sheet import native
from liaison.ui.page import Page
from liaison.ui.places import Place
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import menu_row, quiet
from liaison.ui.widgets.form import FOR_INSTANCE
from liaison.ui.widgets.label import Label, key_cap
from liaison.ui.widgets.parts import Head, Pane, clear, hairline

GUIDE = N_("Guide")
CONTENTS = N_("Contents of the guide")
NEXT = N_("Next: {title}")
LIST_WIDTH = 268
TEXT_WIDTH = 620
"""Logical pixels a line of reading may be long at 100 %."""


class GuidePage(Page):
    """The guide: contents at the left, one short page at the right."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._sections = {each.key: each for each in sections(desk.words.code)}
        self.body.addWidget(Head(desk, desk.words(GUIDE), back=desk.frame.back, back_hint=desk.words(N_("Back"))))
        self.body.addWidget(hairline())
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rows: dict[str, QPushButton] = {}
        row.addWidget(self._contents())
        self.text = Pane(desk, side="middle", name=desk.words(GUIDE))
        self.text.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # read on with the arrow keys
        row.addWidget(self.text, 1)
        self.body.addLayout(row, 1)
        wanted = str(place.values.get("section", ""))
        self.show_section(wanted if wanted in self._sections else next(iter(self._sections)))

    def _contents(self) -> QWidget:
        pane = Pane(self.desk, side="left", width=LIST_WIDTH, grows=True, name=self.desk.words(CONTENTS))
        for key, section in self._sections.items():
            button = menu_row(self.desk.icons, section.title, partial(self._chosen, key))
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.rows[key] = button
            pane.add(button)
        pane.finish()
        return pane

    def _chosen(self, key: str) -> None:
        self.show_section(key)
        self.desk.frame.moved(Place(page="guide", values={"section": key}))

    def start(self) -> None:
        """The contents have the focus: arrows and Tab walk through them."""
        next(b for b in self.rows.values() if b.isChecked()).setFocus()

    def show_section(self, key: str) -> None:
        """Show one page."""
        section = self._sections[key]
        for each, button in self.rows.items():
            button.setChecked(each == key)
        clear(self.text.body)
        for widget in (Label(section.title, Role.TITLE), Label(section.intro, Role.QUIET, wrap=True)):
            self._add(widget)
        for number, step in enumerate(section.steps, 1):
            self._add(self._step(number, step))
        if section.keys:
            self._add(self._keys(section))
        if key == GLOSSARY:
            self._add_terms()
        following = self._after(key)
        if following is not None:
            self.text.body.addSpacing(8)
            words = self.desk.words(NEXT, title=following.title)
            button = quiet(self.desk.icons, words, partial(self._chosen, following.key), icon="arrow-right")
            self.text.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.text.finish()
        self.text.area.verticalScrollBar().setValue(0)

    def _after(self, key: str) -> Section | None:
        keys = list(self._sections)
        at = keys.index(key) + 1
        return self._sections[keys[at]] if at < len(keys) else None

    def _add(self, widget: QWidget) -> None:
        widget.setMaximumWidth(self.desk.theme.px(TEXT_WIDTH))
        self.text.body.addWidget(widget)
        self.text.body.addSpacing(10)

    def _step(self, number: int, text: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Label(f"{number}.", Role.BOLD), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(text, Role.TEXT, wrap=True), 1)
        return holder

    def _keys(self, section: Section) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for at, (keys, text) in enumerate(section.keys):
            grid.addWidget(key_cap(native(keys)), at, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Label(text, Role.QUIET, wrap=True), at, 1)
        return holder

    def _add_terms(self) -> None:
        words = self.desk.words
        for term in sorted(TERMS, key=lambda t: words(t.word).casefold()):
            self.text.body.addWidget(Label(words(term.word), Role.BOLD, wrap=True))
            self._add(Label(words(term.text), Role.QUIET, wrap=True))
            if term.example:
                self.text.body.addSpacing(-8)
                self._add(Label(words(FOR_INSTANCE, example=words(term.example)), Role.SECOND, wrap=True))
