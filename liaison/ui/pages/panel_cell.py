"""One cell of the matrix of panels: as a badge in its row, and in words at the right with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt

from liaison.domain.network import Freshness, freshness
from liaison.domain.panel_matrix import PanelCell, PanelState
from liaison.i18n import N_, upper_first
from liaison.services.panel_matrix import House
from liaison.ui.desk import Desk
from liaison.ui.pages.desk_facts import checked_mark, span_words
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import Badge, closed, done, warning
from liaison.ui.widgets.buttons import link, secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import EmptyState, Marked, Pane, Section, clear
from liaison.ui.widgets.shapes import Shape

_YES, _NO = N_("yes"), N_("no")
NO_END = N_("without an end on record")


def cell_badge(desk: Desk, cell: PanelCell) -> Badge:
    """A cell in a row: yes, no or a dash for unknown; days where it ends soon; a triangle where the word is old."""
    words = desk.words
    if cell.state is PanelState.UNKNOWN:
        return Badge(text="–", shape=Shape.NONE, tone=Tone.GREY)
    if cell.state is PanelState.OFF:
        return warning(words(_NO)) if cell.is_doubtful else closed(words(_NO))
    if cell.ends_soon:
        return warning(words(N_("{count} d left"), count=cell.days_left or 0))
    if cell.gives_credit is False:
        return warning(words(N_("no credit")))
    text = words(_YES)
    if cell.is_doubtful:
        return warning(words(N_("yes, ask")))
    faded = cell.freshness is Freshness.FADED
    return Badge(text=text, shape=Shape.DONE, tone=Tone.GREY) if faded else done(text)


def cell_words(desk: Desk, cell: PanelCell) -> str:
    """A cell in one line, for reading aloud."""
    words = desk.words
    parts = [words(cell.state.label)]
    if cell.ends_soon:
        parts.append(words.plural("{count} day left", "{count} days left", cell.days_left or 0))
    if cell.gives_credit is not None:
        parts.append(words(N_("treats on a letter") if cell.gives_credit else N_("does not treat on a letter")))
    if cell.word is not None:
        parts += [cell.word.source, desk.formats.date(cell.word.checked_on)]
    return ", ".join(parts)


class CellCard(Pane):
    """The cell under the cursor: what is known, whose word, how old, and the ways to note or ask again."""

    def __init__(self, desk: Desk, acts: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(desk, side="right", name=desk.words(N_("Entry")))
        self._acts = acts
        self.show_nothing()

    def show_nothing(self) -> None:
        """No hospital or no insurer is on record."""
        clear(self.body)
        sentence = self._desk.words(N_("Choose a cell to see whose word it is."))
        self.add(EmptyState(self._desk, icon="contact", sentence=sentence))
        self.finish()

    def show_cell(self, hospital: House, insurer: House, cell: PanelCell) -> None:
        """What is known of a hospital and an insurer."""
        clear(self.body)
        words = self._desk.words
        self.add(Label(hospital.name, Role.CARD, wrap=True))
        self.add(Label(words(N_("with {insurer}"), insurer=insurer.name), Role.SECOND, wrap=True))
        self.add(self._panel(cell))
        self.add(self._credit(cell))
        self.finish()

    def _panel(self, cell: PanelCell) -> Section:
        desk, words, word = self._desk, self._desk.words, cell.word
        section = Section(words(N_("Panel")), line=False)
        shape, tone = {
            PanelState.ON: (Shape.DONE, Tone.GREEN), PanelState.OFF: (Shape.CLOSED, Tone.GREY),
        }.get(cell.state, (Shape.OPEN, Tone.INK))  # fmt: skip
        said = upper_first(words(cell.state.label))
        section.add(Marked(desk, said, shape, tone, role=Role.STRONG, ground="sunken", wrap=True))
        if word is not None:
            if cell.ends_soon:
                left = words.plural("{count} day left", "{count} days left", cell.days_left or 0)
                section.add(Marked(desk, left, Shape.WARNING, Tone.AMBER, role=Role.WARNING, ground="sunken"))
            span = span_words(desk, word.valid_from, word.valid_to, unknown=NO_END)
            for label, value in ((N_("Source"), word.source), (N_("Holds"), span)):
                section.add(_line(desk, label, value))
            section.add(checked_mark(desk, word.checked_on, wrap=True))
            self._button(section, N_("Verified today (V)"), "verify", icon="check")
            self._link(section, N_("Change…"), "edit")
        self._link(section, N_("Ask again and note it…") if word else N_("Note what the desk says…"), "note")
        return section

    def _credit(self, cell: PanelCell) -> Section:
        desk, words, credit = self._desk, self._desk.words, cell.credit
        section = Section(words(N_("Credit arrangement")))
        if cell.gives_credit is None:
            section.add(Label(words(N_("Nobody has asked yet.")), Role.SECOND, wrap=True))
        else:
            said = N_("treats on a letter") if cell.gives_credit else N_("does not treat on a letter")
            shape, tone = (Shape.DONE, Tone.GREEN) if cell.gives_credit else (Shape.BLOCKED, Tone.RED)
            if credit is not None and freshness(credit.checked_on, today=desk.today()) is Freshness.STALE:
                shape, tone = Shape.WARNING, Tone.AMBER
            section.add(Marked(desk, upper_first(words(said)), shape, tone, ground="sunken", wrap=True))
        if credit is not None:
            whose = N_("for this insurer") if credit.insurer_id is not None else N_("for every insurer")
            held = span_words(desk, credit.valid_from, credit.valid_to, unknown=NO_END)
            for label, value in (
                (N_("Holds"), f"{held}, {words(whose)}"),
                (N_("Terms"), credit.terms), (N_("Source"), credit.source),
            ):  # fmt: skip
                if value:
                    section.add(_line(desk, label, value))
            section.add(checked_mark(desk, credit.checked_on, wrap=True))
            self._link(section, N_("Change…"), "edit_credit")
        elif cell.gives_credit is not None:
            section.add(Label(words(N_("By the hospital's own record, without a date.")), Role.SECOND, wrap=True))
        self._link(section, N_("Note a credit arrangement…"), "credit")
        return section

    def _button(self, section: Section, text: str, act: str, *, icon: str) -> None:
        button = secondary(self._desk.icons, self._desk.words(text), self._acts[act], icon=icon, small=True)
        button.setObjectName(f"cell.{act}")
        section.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _link(self, section: Section, text: str, act: str) -> None:
        button = link(self._desk.icons, self._desk.words(text), partial(self._run, act), small=True)
        button.setObjectName(f"cell.{act}")
        section.add(button)

    def _run(self, act: str) -> None:
        self._acts[act]()


def _line(desk: Desk, label: str, value: str) -> Label:
    words = desk.words
    return Label(words(N_("{label}: {value}"), label=words(label), value=value), Role.SECOND, wrap=True)
