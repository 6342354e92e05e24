"""One paper of a case as its readers get it, side by side: pages that scroll together, and what differs in words.

A preview alone: nothing is saved or printed from here. It stays closed while people are hidden on the screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.privacy import Audience
from liaison.i18n import N_
from liaison.i18n.formats import MISSING
from liaison.reports.catalogue import report_called
from liaison.reports.reader_tags import Difference
from liaison.reports.side_by_side import COMPARED, MOST, Copy, SideBySide, side_by_side, usual_readers
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages.report_choices import LANGUAGES
from liaison.ui.places import Place
from liaison.ui.reader_words import READERS
from liaison.ui.runner import Sort, Trouble
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import Segments
from liaison.ui.widgets.editors import TickEdit
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, PANE_PADDING, EmptyState, Folding, Head, Marked, Pane, clear, hairline
from liaison.ui.widgets.pdf_view import PdfView, hidden_paper
from liaison.ui.widgets.shapes import Shape

SIDE_WIDTH = 330
TITLE = N_("Compare audiences")
NOTHING = N_("Choose a paper about one case in the reports first; here it is shown as each of its readers gets it.")
SAME = N_("These readers get the same fields.")
ONLY_SHOWN = N_("Only what this case has is listed. Nothing leaves from here.")
AT_MOST = N_("Three readers stand side by side at most.")
SHOWN, NOT_SHOWN = N_("shown"), N_("not shown")
YES = N_("yes")


class AudiencesPage(Page):
    """Up to three copies beside each other, and the list of fields that not everybody sees."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        self._name = str(place.values.get("name", ""))
        self._options = {k: str(v) for k, v in place.values.items() if k not in ("name", "language", "readers")}
        self._language = str(place.values.get("language", words.code))
        self.views: list[PdfView] = []
        self.ticks: dict[Audience, TickEdit] = {}
        self.compared: SideBySide | None = None
        can = self._name in COMPARED
        note = words(report_called(self._name).title) if can else ""
        self.languages = Segments(list(LANGUAGES), name=words(N_("Language of the report")))
        self.languages.choose(self._language)
        self.languages.chosen.connect(self._spoken)
        self.body.addWidget(
            Head(desk, words(TITLE), note=note, back=desk.frame.back, back_hint=words(N_("Back")),
                 buttons=[self.languages])
        )  # fmt: skip
        self.body.addWidget(hairline())
        if not can:
            self.body.addWidget(EmptyState(desk, icon="columns-3", sentence=words(NOTHING)), 1)
        elif desk.masking.on:
            self.body.addWidget(hidden_paper(desk), 1)
        else:
            self._build(_readers(place.values.get("readers"), self._name))

    def _build(self, chosen: Sequence[Audience]) -> None:
        words = self.desk.words
        row = QHBoxLayout()
        row.setContentsMargins(LEFT, 8, 14, 8)
        row.setSpacing(14)
        for reader in report_called(self._name).audiences:
            tick = TickEdit(self.desk, words(READERS[reader]))
            tick.set_value(reader in chosen)
            tick.changed.connect(partial(self._ticked, reader))
            self.ticks[reader] = tick
            row.addWidget(tick)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(hairline())
        middle, copies = QWidget(), QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(copies, 1)
        self._copies = QHBoxLayout(copies)
        self._copies.setContentsMargins(0, 0, 0, 0)
        self._copies.setSpacing(1)
        self._foot = QVBoxLayout()
        column.addLayout(self._foot)
        side_name = words(N_("What differs"))
        self.side = Pane(self.desk, side="right", width=SIDE_WIDTH, padding=PANE_PADDING, name=side_name)
        self._told = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(self._told)
        self._told.setContentsMargins(0, 0, 0, 0)
        self.side.add(holder)
        self.side.finish()
        self.body.addWidget(Folding([(middle, 1), (self.side, 0)], folds=[self.side], below=760), 1)

    def start(self) -> None:
        """Make the copies."""
        if self.ticks:
            self._make()

    def readers(self) -> list[Audience]:
        """Who is compared now, in the order of the report."""
        return [reader for reader, tick in self.ticks.items() if tick.value()]

    def _ticked(self, reader: Audience) -> None:
        if len(self.readers()) > MOST:
            self.ticks[reader].set_value(False)
            self.desk.toast(self.desk.words(AT_MOST), undo=False, refused=True)
            return
        self._make()

    def _spoken(self, language: Any) -> None:
        self._language = str(language)
        if self.ticks:
            self._make()

    def _make(self) -> None:
        readers = self.readers()
        self.place = Place(
            page="audiences",
            values={"name": self._name, "language": self._language, "readers": " ".join(r.value for r in readers),
                    **self._options},
        )  # fmt: skip
        self.desk.frame.moved(self.place)
        self.desk.runner.read(
            _compared, self._name, self._options, tuple(readers), self._language, owner=self, done=self._arrived,
            failed=self._failed, key="copies",
        )  # fmt: skip

    def _failed(self, trouble: Trouble) -> None:
        if trouble.sort is not Sort.REFUSED:
            self.desk.runner.trouble.emit(trouble)
            return
        problems = getattr(trouble.error, "problems", ())
        self._show((), ())
        for problem in problems:
            self._told.addWidget(self._marked(problem.text(self.desk.words), Shape.BLOCKED, Tone.RED))

    def _arrived(self, compared: SideBySide) -> None:
        self.compared = compared
        self._show(compared.copies, compared.made_for)

    # the copies

    def _show(self, copies: Sequence[Copy], made_for: Sequence[Audience]) -> None:
        clear(self._copies)
        clear(self._foot)
        clear(self._told)
        self.views = []
        for copy in copies:
            self._copies.addWidget(self._column(copy), 1)
        for view in self.views[1:]:
            view.foot.hide()
        if self.views:
            self._foot.addWidget(self.views[0].foot)
        for view in self.views:
            view.moved.connect(partial(self._together, view))
            bar = view.area.verticalScrollBar()
            bar.valueChanged.connect(partial(self._scrolled, view))
        self._tell(self.compared.differences if self.compared is not None else (), made_for)
        if self.views:
            self.views[0].area.setFocus()

    def _column(self, copy: Copy) -> QWidget:
        words = self.desk.words
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        name = words(READERS[copy.audience])
        title = Label(name, Role.CARD, elide=True)
        title.setContentsMargins(LEFT, 6, 8, 6)
        column.addWidget(title)
        if copy.document is None:
            for problem in copy.problems:
                marked = self._marked(problem.text(words), Shape.BLOCKED, Tone.RED)
                marked.setContentsMargins(LEFT, 4, 8, 4)
                column.addWidget(marked)
            column.addStretch(1)
            return holder
        view = PdfView(self.desk)
        view.area.setAccessibleName(words(N_("Copy for: {reader}"), reader=name))
        view.show_document(copy.document, names_people=copy.names_people)
        self.views.append(view)
        column.addWidget(view, 1)
        return holder

    def _marked(self, text: str, shape: Shape, tone: Tone) -> QWidget:
        return Marked(self.desk, text, shape, tone, ground="sunken", wrap=True)

    def _together(self, moved: PdfView) -> None:
        """The other copies show the same page at the same size."""
        for view in self.views:
            if view is not moved:
                view.follow(moved)

    def _scrolled(self, moved: PdfView, at: int) -> None:
        for view in self.views:
            if view is not moved:
                view.area.verticalScrollBar().setValue(at)

    # what differs

    def _tell(self, found: Sequence[Difference], readers: Sequence[Audience]) -> None:
        words = self.desk.words
        self._told.addWidget(Label(words(N_("What differs")), Role.CARD))
        if len(readers) < 2:
            return
        self._told.addWidget(Label(words(ONLY_SHOWN), Role.SECOND, wrap=True))
        if not found:
            self._told.addWidget(self._marked(words(SAME), Shape.DONE, Tone.GREEN))
            return
        grid = QGridLayout()
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for column, reader in enumerate(readers, 1):
            grid.addWidget(Label(words(READERS[reader]), Role.LABEL, wrap=True), 0, column)
        for row, one in enumerate(found, 1):
            grid.addWidget(Label(words(one.label), Role.TEXT, wrap=True), row, 0)
            for column, count in enumerate(one.counts, 1):
                grid.addWidget(self._seen(one, count), row, column)
        self._told.addLayout(grid)

    def _seen(self, one: Difference, count: int) -> Label:
        words = self.desk.words
        spoken = words(SHOWN if count else NOT_SHOWN)
        text = words(YES) if count else MISSING
        if count and max(one.counts) > 1:
            text = spoken = self.desk.formats.number(count)
        label = Label(text, Role.SECOND if count else Role.QUIET, tone=None if count else Tone.AMBER)
        label.setAccessibleName(f"{words(one.label)}: {spoken}")
        return label

    def keep(self) -> dict[str, object]:
        """Who is compared."""
        return {"readers": " ".join(reader.value for reader in self.readers())}

    def resume(self, kept: dict[str, object]) -> None:
        """As it was."""
        if self.ticks and kept.get("readers"):
            wanted = _readers(kept["readers"], self._name)
            for reader, tick in self.ticks.items():
                tick.set_value(reader in wanted)


def _readers(asked: object, name: str) -> tuple[Audience, ...]:
    """The readers that a place names; the usual ones of the paper where it names none."""
    wanted = str(asked or "").split()
    known = tuple(one for one in report_called(name).audiences if one.value in wanted)
    return known[:MOST] or usual_readers(name)


def _compared(
    session: Any, name: str, options: Mapping[str, str], readers: tuple[Audience, ...], language: str
) -> SideBySide:
    return side_by_side(session, name, options, readers, language=language)
