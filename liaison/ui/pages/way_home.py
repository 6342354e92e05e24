"""The way home after a death, on the page of its case: what is known, the papers, and the next step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from liaison.domain.documents import DocumentKind
from liaison.domain.identifiers import phone_shown
from liaison.domain.lifecycle import Move
from liaison.domain.repatriation import RepatriationState
from liaison.i18n import N_, upper_first
from liaison.services import repatriation
from liaison.services.repatriation import RepatriationView
from liaison.services.views import JourneyView
from liaison.ui.desk import Desk
from liaison.ui.pages.attaching import attach_form
from liaison.ui.pages.course_forms import repatriation_form
from liaison.ui.pages.page_parts import MenuRow, menu_of, section
from liaison.ui.pages.short_forms import Bench
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.parts import Facts, Marked, Section
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow


class WayHome:
    """Builds the section of one case."""

    def __init__(self, desk: Desk, bench: Bench, owner: QWidget) -> None:
        self._desk, self._bench, self._owner = desk, bench, owner

    def section(self, case: JourneyView, way: RepatriationView) -> Section:
        """Where it stands, with what can be done."""
        _, desk, bench = self._desk.words, self._desk, self._bench
        edit = partial(repatriation_form, bench, way.id, version=way.version)
        made = section(desk, N_("Way home after a death"), [(_(N_("Change…")), edit)], icon="pencil")
        state = (Shape.WAITING, Tone.AMBER) if way.is_open else (Shape.DONE, Tone.GREEN)
        made.add(Marked(desk, _(way.state.label), *state, role=Role.STRONG, ground="sunken", wrap=True))
        facts = Facts()
        phones = desk.masking.number
        for label, value in (
            (N_("Day of death"), self._day(way.died_on)),
            (N_("Place"), way.place),
            (N_("Consulate"), way.consulate),
            (N_("Consulate's telephone"), phones(phone_shown(way.consulate_phone)) if way.consulate_phone else ""),
            (N_("Agent"), way.agent),
            (N_("Agent's telephone"), phones(phone_shown(way.agent_phone)) if way.agent_phone else ""),
            (N_("Route"), way.route),
            (N_("Flight"), " · ".join(p for p in (way.flight, self._day(way.leaves_on)) if p)),
            (N_("Claim for the death until"), self._day(way.claim_until)),
        ):
            if value:
                facts.add(_(label), value)
        made.add(facts)
        for paper in way.papers:
            made.add(self._paper(case, paper.kinds[0], have=paper.have))
        if way.is_open:
            made.body.addWidget(self._next_button(way), 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _paper(self, case: JourneyView, kind: DocumentKind, *, have: bool) -> QWidget:
        _, desk = self._desk.words, self._desk
        words = upper_first(_(kind.label))
        if have:
            return Marked(desk, words, Shape.DONE, Tone.GREEN, ground="sunken")
        row = StepRow(desk, words, shape=Shape.OPEN, tone=Tone.INK, beside=_(N_("missing")))
        row.setObjectName(f"way_home.{kind.value}")
        row.clicked.connect(lambda _on=False: attach_form(self._bench, journey_id=case.id, kind=kind))
        return row

    def _day(self, day: dt.date | None) -> str:
        return "" if day is None else self._desk.formats.date(day)

    def _next_button(self, way: RepatriationView) -> QWidget:
        _, desk = self._desk.words, self._desk
        button = secondary(desk.icons, _(N_("Next step…")), lambda: None, icon="arrow-right", small=True)
        button.setObjectName("way_home.next")
        show = partial(self._show_steps, button, way)
        button.clicked.connect(lambda _on=False: self._ask_steps(way, show))
        return button

    def _ask_steps(self, way: RepatriationView, show: Callable[..., object]) -> None:
        moves = repatriation.repatriation_moves
        self._desk.runner.read(moves, way.id, owner=self._owner, done=show, key="way home")

    def _show_steps(self, button: QWidget, way: RepatriationView, found: Sequence[Move[RepatriationState]]) -> None:
        _ = self._desk.words
        rows: list[MenuRow] = [(self._step_words(move), partial(self._step, way, move)) for move in found]
        menu_of(button, rows or [(_(N_("Nothing follows from here")), lambda: None)]).popup(
            button.mapToGlobal(QPoint(0, button.height() + 2))
        )

    def _step_words(self, move: Move[RepatriationState]) -> str:
        _ = self._desk.words
        text = _(move.to.label)
        if move.problems:
            missing = _.plural("{count} thing missing", "{count} things missing", len(move.problems))
            return f"{text}  ·  {missing}"
        return text

    def _step(self, way: RepatriationView, move: Move[RepatriationState]) -> None:
        """A free step is made; a blocked one says what is missing and opens the form where it is written down."""
        _ = self._desk.words
        if move.is_free:
            write = partial(repatriation.move_repatriation, version=way.version)
            desk = self._desk
            desk.runner.write(
                N_("Move the way home on"), write, way.id, move.to, owner=self._owner,
                done=lambda _answer: self._bench.done(N_("Step made")),
                refused=lambda problems: desk.toast(" ".join(p.text(_) for p in problems), refused=True),
            )  # fmt: skip
            return
        self._desk.toast(" ".join(p.text(_) for p in move.problems), refused=True)
        if any(p.guard != "papers_complete" for p in move.problems):
            repatriation_form(self._bench, way.id, version=way.version)
