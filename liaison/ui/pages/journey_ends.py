"""Moves of a case that need words first: hold, cancel, answered without travel, treated at home, death, reopening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.facts import ConfirmationDraft, FactKind
from liaison.domain.journeys import CancelReason
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services import confirmations, journeys
from liaison.services.changes import Changes
from liaison.ui.pages.short_forms import Bench
from liaison.ui.reopening import reopens
from liaison.ui.theme import Role, Tone
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.date_edit import DateEdit
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Choice, Editor, LongText, code_choices
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked
from liaison.ui.widgets.shapes import Shape


class WordsForm(QWidget):
    """A few editors under their labels for a step that is no record of its own. ``read`` gives the values by name."""

    def __init__(self, bench: Bench, fields: Iterable[tuple[str, str, Editor]]) -> None:
        super().__init__()
        self._bench = bench
        desk = bench.desk
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(5)
        self.editors: dict[str, Editor] = {}
        self._below: dict[str, Marked] = {}
        for name, label, editor in fields:
            words = desk.words(label)
            editor.set_name(words)
            self.editors[name] = editor
            below = Marked(desk, "", Shape.BLOCKED, Tone.RED, role=Role.ERROR, wrap=True)
            below.hide()
            self._below[name] = below
            self._box.addWidget(Label(words, Role.LABEL, buddy=editor.inner()))
            self._box.addWidget(editor)
            self._box.addWidget(below)
            self._box.addSpacing(6)
            editor.changed.connect(partial(self._clear, name))

    def _clear(self, name: str) -> None:
        self._below[name].hide()
        self.editors[name].mark(wrong=False)

    def read(self) -> dict[str, Any] | None:
        """The values, or nothing where one cannot be read: then it says so at its field."""
        values: dict[str, Any] = {}
        problems = []
        for name, editor in self.editors.items():
            try:
                values[name] = editor.value()
            except Unreadable as error:
                problems.append(Problem(code=error.problem.code, message=error.problem.message, field=name,
                                        values=error.problem.values))  # fmt: skip
        if problems:
            self.show_problems(problems)
            return None
        return values

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Each at its field; what belongs to no field stands at the last one."""
        last = list(self.editors)[-1]
        for name in self.editors:
            self._clear(name)
        for problem in problems:
            name = problem.field if problem.field in self.editors else last
            self._below[name].label.setText(problem.text(self._bench.desk.words))
            self._below[name].show()
            self.editors[name].mark(wrong=True)


Write = Callable[..., Any]


def words_form(
    bench: Bench,
    *,
    title: str,
    fields: Iterable[tuple[str, str, Editor]],
    action: str,
    write: Callable[[dict[str, Any]], Callable[..., Any]],
    before: tuple[object, ...],
    said: str,
    save_word: str,
    note: str = "",
    done: Callable[[Any], object] | None = None,
) -> FormPane:
    """Ask for a few words and hand them to ``write(values)(session, *before)``."""
    form = WordsForm(bench, fields)

    def save() -> None:
        values = form.read()
        if values is None:
            return
        bench.desk.runner.write(action, write(values), *before, owner=form, done=finished, refused=form.show_problems)

    def finished(answer: Any) -> None:
        bench.done(said)
        if done is not None:
            done(answer)

    words = bench.desk.words
    pane = FormPane(
        bench.desk, title=words(title), content=form, save=save, save_word=save_word, note=words(note) if note else ""
    )
    return bench.drawer.open(pane)


@reopens
def hold_form(bench: Bench, journey_id: int, *, version: int) -> FormPane:
    """Put a case on hold, with the reason."""
    return words_form(
        bench,
        title=N_("Put the case on hold"),
        fields=[("hold_reason", N_("Why does it wait?"), LongText(bench.desk))],
        action=N_("Put a case on hold"),
        write=lambda v: partial(journeys.hold, reason=v["hold_reason"], version=version),
        before=(journey_id,),
        said=N_("On hold"),
        save_word=N_("Put on hold"),
        note=N_("It stays at its stage and cannot move until the hold is off."),
    )


def resume(bench: Bench, journey_id: int, *, version: int) -> None:
    """Take the hold off."""
    bench.desk.runner.write(
        N_("Take the hold off"),
        partial(journeys.resume, version=version),
        journey_id,
        owner=bench.drawer,
        done=lambda _: bench.done(N_("The hold is off")),
    )


def cancel_form(
    bench: Bench, journey_id: int, *, version: int, done: Callable[[Any], object] | None = None
) -> FormPane:
    """End a case before the journey, with its reason."""
    desk = bench.desk
    reasons = Choice(desk, code_choices(desk, CancelReason), search=False)
    reasons.set_value(None)

    def write(values: dict[str, Any]) -> Write:
        return partial(_cancel, reason=values["closed_reason"], note=values["note"], version=version)

    return words_form(
        bench,
        title=N_("Cancel the case"),
        fields=[("closed_reason", N_("Why is it cancelled?"), reasons), ("note", N_("Note"), LongText(desk))],
        action=N_("Cancel a case"),
        write=write,
        before=(journey_id,),
        said=N_("Case cancelled"),
        save_word=N_("Cancel the case"),
        note=N_("It can be reopened within 90 days."),
        done=done,
    )


def _cancel(session: Any, journey_id: int, *, reason: CancelReason | None, note: str, version: int) -> Changes:
    """Without a reason the guard itself says what is missing."""
    from liaison.domain.journeys import JourneyState

    code = reason.value if reason is not None else ""
    return journeys.move_journey(
        session, journey_id, JourneyState.CANCELLED, reason_code=code, note=note, version=version
    )


@reopens
def answered_form(bench: Bench, journey_id: int, *, version: int) -> FormPane:
    """Close a case as answered: nobody needs to travel, and that is a success."""
    return words_form(
        bench,
        title=N_("Answered, no travel"),
        fields=[("note", N_("What was answered?"), LongText(bench.desk, lines=5))],
        action=N_("Answer without travel"),
        write=lambda v: partial(journeys.answer_without_travel, note=v["note"], version=version),
        before=(journey_id,),
        said=N_("Answered and closed"),
        save_word=N_("Close as answered"),
        note=N_("The case closes as a success."),
    )


@reopens
def redirect_form(bench: Bench, journey_id: int, *, version: int) -> FormPane:
    """The patient is treated in Indonesia instead; a domestic case follows."""

    def opened(answer: Any) -> None:
        if answer.made is not None:
            bench.desk.go("journey", answer.made)

    return words_form(
        bench,
        title=N_("Treated in Indonesia instead"),
        fields=[("note", N_("Note"), LongText(bench.desk))],
        action=N_("Redirect to treatment at home"),
        write=lambda v: partial(journeys.redirect_home, note=v["note"], version=version),
        before=(journey_id,),
        said=N_("A case in Indonesia was opened"),
        save_word=N_("Open the case in Indonesia"),
        note=N_("This case ends; a linked one in Indonesia is opened and shown."),
        done=opened,
    )


@reopens
def reopen_form(bench: Bench, journey_id: int, *, version: int) -> FormPane:
    """Take a case up again where it ended."""
    return words_form(
        bench,
        title=N_("Reopen the case"),
        fields=[("reason", N_("Why is it reopened?"), LongText(bench.desk))],
        action=N_("Reopen a case"),
        write=lambda v: partial(journeys.reopen, reason=v["reason"], version=version),
        before=(journey_id,),
        said=N_("Case reopened"),
        save_word=N_("Reopen"),
        note=N_("A supervisor may do this within 90 days."),
    )


@reopens
def death_form(bench: Bench, journey_id: int, *, version: int) -> FormPane:
    """Record that the patient died: care ends, messages stop, claims stay open."""
    desk = bench.desk

    def write(values: dict[str, Any]) -> Write:
        return partial(_record_death, on=values["died_on"], note=values["note"], version=version)

    day = DateEdit(desk)
    return words_form(
        bench,
        title=N_("The patient died"),
        fields=[
            ("died_on", N_("Day of death"), day),
            ("note", N_("Where, and what the family was told"), LongText(desk)),
        ],
        action=N_("Record a death"),
        write=write,
        before=(journey_id,),
        said=N_("Recorded"),
        save_word=N_("Record"),
        note=N_("Care ends here and no more messages go out; claims stay open."),
    )


def _record_death(session: Any, journey_id: int, *, on: dt.date | None, note: str, version: int) -> Changes:
    """The fact and the move as one action."""
    from liaison.domain.errors import Refused
    from liaison.domain.journeys import JourneyState

    if on is None:
        raise Refused([Problem(code="MISSING", message=N_("Write down the day of death."), field="died_on")])
    draft = ConfirmationDraft(journey_id=journey_id, kind=FactKind.DEATH, stated_on=on, note=note)
    fact = confirmations.confirm(session, draft)
    return fact | journeys.move_journey(session, journey_id, JourneyState.DECEASED, note=note)
