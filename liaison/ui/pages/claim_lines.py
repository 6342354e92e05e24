"""The lines of a claim while it is typed: what for, when, how much, and whether they add up to the bill.

``ClaimLines.read`` makes each line a ``domain.claims.ClaimLineDraft``; ``claim_form`` puts them into the claim's draft.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.claims import ClaimLineDraft, LineCategory
from liaison.domain.money import Money, total
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.theme import Role, Tone
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.buttons import icon_button, link
from liaison.ui.widgets.date_edit import DateEdit
from liaison.ui.widgets.editors import Choice, Editor, TextEdit, code_choices
from liaison.ui.widgets.kept_editors import kept_of, put_back
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.money_edit import MoneyEdit
from liaison.ui.widgets.parts import Marked
from liaison.ui.widgets.shapes import Shape

_HEADS = (N_("Category"), N_("Description"), N_("Date of service"), N_("Claimed"))


class _Line:
    """The editors of one line."""

    def __init__(self, desk: Desk, currency: str, draft: ClaimLineDraft | None) -> None:
        self.base = draft
        none = "–"
        self.category = Choice(desk, code_choices(desk, LineCategory), none=none)
        self.description = TextEdit(desk)
        self.service_on = DateEdit(desk)
        self.claimed = MoneyEdit(desk, currency=currency, fixed=True)
        self.claimed.combo.hide()
        if draft is not None:
            self.category.set_value(draft.category)
            self.description.set_value(draft.description)
            self.service_on.set_value(draft.service_on)
            self.claimed.set_value(draft.claimed)

    def editors(self) -> tuple[Editor, ...]:
        """In the order of the columns."""
        return (self.category, self.description, self.service_on, self.claimed)

    def is_empty(self) -> bool:
        """Whether nothing was typed into the line."""
        return not any(e.typed().strip() for e in (self.description, self.service_on)) and not self._amount_typed()

    def _amount_typed(self) -> bool:
        return bool(self.claimed.line.text().strip())

    def read(self, currency: str) -> ClaimLineDraft:
        """The line. Raises :class:`Unreadable`."""
        amount = self.claimed.value()
        if amount is None:
            raise Unreadable(Problem(code="MISSING", message=N_("This line has no amount."), field="lines"))
        values = {
            "category": self.category.value(),
            "description": self.description.value(),
            "service_on": self.service_on.value(),
            "claimed": Money(amount.minor, currency),
        }
        return dataclasses.replace(self.base, **values) if self.base is not None else ClaimLineDraft(**values)


class ClaimLines(QWidget):
    """Lines one under the other; a fresh one with one press. ``changed`` on every keystroke."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._currency = "MYR"
        self._billed: Money | None = None
        self.lines: list[_Line] = []
        self._opened: tuple[ClaimLineDraft, ...] = ()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(6)
        for column, stretch in ((1, 3), (2, 4), (3, 2), (4, 2)):
            self.grid.setColumnStretch(column, stretch)
        box.addLayout(self.grid)
        words = desk.words
        row = QHBoxLayout()
        self.add_button = link(desk.icons, words(N_("Add a line")), self._add_by_hand, icon="plus", small=True)
        row.addWidget(self.add_button)
        row.addStretch(1)
        self.total = Label("", Role.STRONG)
        row.addWidget(self.total)
        box.addLayout(row)
        self.problem = Marked(desk, "", Shape.BLOCKED, Tone.RED, role=Role.ERROR, wrap=True)
        self.problem.hide()
        box.addWidget(self.problem)
        self._rebuild()

    # the money they must add up to

    def set_billed(self, billed: Money | None, currency: str) -> None:
        """The bill that the lines must add up to, and its currency, which is theirs."""
        self._billed, self._currency = billed, currency
        for line in self.lines:
            line.claimed.set_currency(currency)
        self._show_total()

    def added(self) -> Money | None:
        """What the lines that can be read add up to; nothing where none has an amount."""
        amounts = []
        for line in self.lines:
            try:
                value = line.claimed.value()
            except Unreadable:
                continue
            if value is not None:
                amounts.append(Money(value.minor, self._currency))
        return total(amounts, self._currency) if amounts else None

    def _show_total(self) -> None:
        _, formats = self._desk.words, self._desk.formats
        added = self.added()
        if added is None:
            self.total.setText("")
            return
        text = _(N_("Lines: {added}"), added=formats.money(added))
        same = self._billed is None or added == self._billed
        if not same and self._billed is not None:
            text += " · " + _(N_("difference {difference}"), difference=formats.money(self._billed - added))
        self.total.setText(text)
        self.total.set_role(Role.STRONG if same else Role.WARNING)

    # lines

    def set_lines(self, drafts: Sequence[ClaimLineDraft]) -> None:
        """Show the lines of a claim."""
        self._opened = tuple(drafts)
        self._show([_Line(self._desk, self._currency, draft) for draft in drafts])

    def kept(self) -> list[dict[str, object]]:
        """What stands in the lines, each with the number of the claim's own line that it changes."""
        numbers = {id(draft): number for number, draft in enumerate(self._opened)}
        return [
            {"of": numbers.get(id(line.base)), "cells": [kept_of(editor) for editor in line.editors()]}
            for line in self.lines
        ]

    def put_back(self, rows: Iterable[object]) -> None:
        """Show what :meth:`kept` gave in the place of what stands here; what was decided on a line stays with it."""
        lines = []
        for row in rows:
            if not isinstance(row, Mapping):
                continue
            of = row.get("of")
            base = self._opened[of] if isinstance(of, int) and of < len(self._opened) else None
            line = _Line(self._desk, self._currency, base)
            for editor, kept in zip(line.editors(), row.get("cells", ()), strict=False):
                put_back(editor, kept)
            lines.append(line)
        self._show(lines)
        self.changed.emit()

    def _show(self, lines: list[_Line]) -> None:
        old, self.lines = self.lines, lines
        for line in old:
            for editor in line.editors():
                editor.setParent(None)
                editor.deleteLater()
        self._rebuild()

    def _add_by_hand(self) -> None:
        self.add().description.setFocus()

    def _next(self, line: _Line) -> None:
        """Enter after an amount goes to the next line, and makes one after the last."""
        at = self.lines.index(line) + 1
        following = self.lines[at] if at < len(self.lines) else self.add()
        following.description.setFocus()

    def add(self) -> _Line:
        """A fresh line at the end."""
        line = _Line(self._desk, self._currency, None)
        self.lines.append(line)
        self._rebuild()
        self.changed.emit()
        return line

    def _remove(self, line: _Line) -> None:
        self.lines.remove(line)
        for editor in line.editors():
            editor.setParent(None)
            editor.deleteLater()
        self._rebuild()
        self.changed.emit()

    def _rebuild(self) -> None:
        while self.grid.count():
            item = self.grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and not isinstance(widget, Editor):
                widget.setParent(None)
                widget.deleteLater()
        if self.lines:
            for column, head in enumerate(_HEADS, start=1):
                self.grid.addWidget(Label(self._desk.words(head), Role.LABEL), 0, column)
        for number, line in enumerate(self.lines, start=1):
            self._lay_line(number, line)
        self._show_total()

    def _lay_line(self, number: int, line: _Line) -> None:
        _ = self._desk.words
        self.grid.addWidget(Label(str(number), Role.SECOND), number, 0)
        for column, (head, editor) in enumerate(zip(_HEADS, line.editors(), strict=True), start=1):
            editor.set_name(_(N_("Line {number}: {what}"), number=number, what=_(head)))
            self.grid.addWidget(editor, number, column)
            if not editor.property("heard"):
                editor.setProperty("heard", True)  # noqa: FBT003
                editor.changed.connect(self._typed)
                if editor is line.claimed:
                    line.claimed.line.returnPressed.connect(partial(self._next, line))
        hint = _(N_("Remove line {number}"), number=number)
        self.grid.addWidget(
            icon_button(self._desk.icons, "trash-2", hint, partial(self._remove, line), size=14), number, 5
        )

    def _typed(self) -> None:
        self.problem.hide()
        self._show_total()
        self.changed.emit()

    def read(self, currency: str) -> tuple[ClaimLineDraft, ...]:
        """The lines that hold anything. Raises :class:`Unreadable` for one that cannot be read."""
        return tuple(line.read(currency) for line in self.lines if not line.is_empty())

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Say what is wrong with the lines, or that nothing is any more."""
        found = tuple(problems)
        self.problem.setVisible(bool(found))
        if not found:
            return
        warned = all(p.severity == "warning" for p in found)
        self.problem.label.setText(" ".join(p.text(self._desk.words) for p in found))
        self.problem.label.set_role(Role.WARNING if warned else Role.ERROR)
        self.problem.shape.show_shape(Shape.WARNING if warned else Shape.BLOCKED, Tone.AMBER if warned else Tone.RED)


class SumLine(QWidget):
    """Under what is billed: how far the lines are from it, and one press that takes their sum."""

    def __init__(self, desk: Desk, take: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        self.difference = Marked(desk, "", Shape.WARNING, Tone.AMBER, role=Role.WARNING, wrap=True)
        self.take_button = link(desk.icons, desk.words(N_("Take the sum of the lines")), take, small=True)
        box.addWidget(self.difference)
        box.addWidget(self.take_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_difference(self, added: Money | None, billed: Money | None) -> None:
        """Say the difference, or nothing where there is none."""
        differs = added is not None and billed is not None and added.minor != billed.minor
        self.setVisible(differs)
        if added is None or billed is None or not differs:
            return
        gap = Money(abs(billed.minor - added.minor), billed.currency)
        more = billed.minor < added.minor
        words = (
            N_("The lines add up to {added}, {gap} more than billed.")
            if more
            else N_("The lines add up to {added}, {gap} less than billed.")
        )
        self.difference.label.setText(self._desk.words(words, added=added, gap=gap))
