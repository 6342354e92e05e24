"""The one form: editors bound to a draft's fields by name, with labels, help, units and problems from one place.

A form is checked when it is built: a field of the draft that is neither shown nor kept, or a row that names no field,
is a programming error that no user should ever meet.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from liaison.domain.errors import Refused
from liaison.domain.fields import FieldSpec, fields_of
from liaison.domain.money import Money
from liaison.domain.problems import Problem
from liaison.i18n import N_, upper_first
from liaison.ui.desk import Desk
from liaison.ui.theme import Role, Tone
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.badge import ShapeView
from liaison.ui.widgets.buttons import icon_button
from liaison.ui.widgets.date_edit import DateEdit, MomentEdit
from liaison.ui.widgets.editors import (
    Choice,
    Editor,
    LongText,
    NumberEdit,
    PhoneEdit,
    TextEdit,
    TickEdit,
    WordsEdit,
    code_choices,
)
from liaison.ui.widgets.kept_editors import kept_of, put_back
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.money_edit import MoneyEdit
from liaison.ui.widgets.rate_edit import RateEdit
from liaison.ui.widgets.shapes import Shape

Draft = TypeVar("Draft")

HELP_ON = N_("Help on: {field}")
FOR_INSTANCE = N_("For instance: {example}")
REQUIRED = N_("required")
NOT_STATED = N_("not stated")
GUESSED = N_("guessed from the message")
ROW_GAP = 12
LEAST_FIELD, MOST_FIELD = 90, 240
"""How wide a field that stands beside another is at least and need be at most, at 100 % text."""
FIELD_EDGES, CHEVRON = 30, 44
"""Borders and padding of a field, and the room of the arrow of a choice."""


class UnboundField(TypeError):
    """A form and its draft do not name the same fields."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A section word inside a form; ``text`` is marked."""

    text: str


Row = str | tuple[str, ...] | Heading
"""One field across the form, several side by side, or a heading."""


def help_words(desk: Desk, spec: FieldSpec) -> str:
    """What the glossary says about a field, its example on a line of its own."""
    text = desk.words(spec.help) if spec.help else ""
    if not spec.example:
        return text
    return f"{text}\n{desk.words(FOR_INSTANCE, example=desk.words(spec.example))}".strip()


class FieldBox(QWidget):
    """Label above, editor, and below it what is wrong, or the help once asked for."""

    def __init__(self, desk: Desk, spec: FieldSpec, editor: Editor) -> None:
        super().__init__()
        self.spec = spec
        self.editor = editor
        self._desk = desk
        words = desk.words
        name = words(spec.label)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(5)
        if not isinstance(editor, TickEdit):
            self._box.addLayout(self._label_row(name))
        self._box.addWidget(editor)
        self._below = QWidget()
        self._shape = ShapeView(desk.theme, Shape.BLOCKED, Tone.RED)
        self._text = Label("", Role.ERROR, wrap=True)
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(6)
        below.addWidget(self._shape)
        below.addWidget(self._text, 1)
        self._below.hide()
        self._box.addWidget(self._below)
        explained = help_words(desk, spec)
        self._help = Label(explained, Role.SECOND, wrap=True) if explained else None
        if self._help is not None:
            self._help.hide()
            self._box.addWidget(self._help)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        required = f", {words(REQUIRED)}" if spec.is_required else ""
        editor.set_name(name + required, explained)

    def _label_row(self, name: str) -> QHBoxLayout:
        words = self._desk.words
        unit = f" ({words(self.spec.unit)})" if self.spec.unit else ""
        row = QHBoxLayout()
        row.setSpacing(3)
        row.addStrut(self._desk.theme.px(18))
        label = Label(upper_first(name) + unit, Role.LABEL, buddy=self.editor.inner())
        row.addWidget(label)
        if self.spec.is_required:
            row.addWidget(Label("*", Role.ERROR))
        if self.spec.help:
            button = icon_button(self._desk.icons, "circle-help", words(HELP_ON, field=name), self.switch_help, size=13)
            button.setFocusPolicy(
                Qt.FocusPolicy.NoFocus
            )  # Tab goes from field to field; Shift+F1 is the keyboard's way
            button.setToolTip(f"{help_words(self._desk, self.spec)}\n(Shift+F1)")
            button.setProperty("scale", "help")
            button.setFixedSize(self._desk.theme.px(18), self._desk.theme.px(18))
            row.addWidget(button)
        row.addStretch(1)
        self._label_line = row
        return row

    def add_mark(self, mark: QWidget) -> None:
        """Put a sign after the field's name, where it moves nothing when it goes."""
        self._label_line.insertWidget(self._label_line.count() - 1, mark)

    def wants(self) -> int:
        """How wide the field must be to stand beside another: its name whole, and, within reason, what is typed."""
        theme = self._desk.theme
        typed = theme.px(LEAST_FIELD)
        inner = self.editor.inner()
        if isinstance(inner, QComboBox):
            typed = max(typed, inner.fontMetrics().horizontalAdvance(inner.currentText()) + FIELD_EDGES + CHEVRON)
        elif isinstance(inner, QLineEdit):
            beside = self.editor.sizeHint().width() - inner.sizeHint().width()
            typed = max(typed, inner.fontMetrics().horizontalAdvance(inner.text()) + FIELD_EDGES + max(0, beside))
        return max(self.minimumSizeHint().width(), min(typed, theme.px(MOST_FIELD)))

    def switch_help(self) -> bool:
        """Show the field's two lines of help under it, or put them away. ``False`` where there are none."""
        if self._help is None:
            return False
        self._help.setVisible(self._help.isHidden())
        return True

    def show_problem(self, problem: Problem | None) -> None:
        """Say what is wrong under the field, or that nothing is any more."""
        self.editor.mark(wrong=problem is not None and problem.severity == "error")
        self._below.setVisible(problem is not None)
        if problem is None:
            return
        text = problem.text(self._desk.words)
        warned = problem.severity == "warning"
        self._shape.show_shape(Shape.WARNING if warned else Shape.BLOCKED, Tone.AMBER if warned else Tone.RED)
        self._text.set_role(Role.WARNING if warned else Role.ERROR)
        self._text.setText(text)
        self.editor.inner().setAccessibleDescription(text)

    def show_guess(self, said: str = GUESSED) -> None:
        """Say that the value was guessed (``said`` is marked: from what), until the eye has passed over it."""
        self.editor.mark_guessed(guessed=True)
        self._shape.show_shape(Shape.DOT, Tone.AMBER)
        self._text.set_role(Role.WARNING)
        self._text.setText(self._desk.words(said))
        self._below.show()

    def add_below(self, widget: QWidget) -> None:
        """Put more under the field, below what is wrong with it."""
        self._box.addWidget(widget)

    @property
    def problem_text(self) -> str:
        """What is said under the field now."""
        return "" if self._below.isHidden() else self._text.whole_text()


class FieldRow(QWidget):
    """Fields side by side; in large text or a narrow pane as many to a line as can be read whole."""

    def __init__(self, boxes: Sequence[tuple[FieldBox, int]]) -> None:
        super().__init__()
        self._boxes = tuple(boxes)
        self._packed: tuple[int, ...] = (len(boxes),)
        self._wants: tuple[int, ...] = ()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)
        self._lay_out()

    def minimumSizeHint(self) -> QSize:
        """No wider than the widest field alone."""
        alone = max(box.minimumSizeHint().width() for box, _wide in self._boxes)
        return QSize(alone, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many to a line as the room allows."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Measure anew."""
        if len(self._boxes) < 2 or self.width() <= 0:
            return
        wants = tuple(box.wants() for box, _wide in self._boxes)
        packed = self._pack(wants)
        if packed != self._packed or wants != self._wants:
            self._packed, self._wants = packed, wants
            self._lay_out()

    def _pack(self, all_wants: Sequence[int]) -> tuple[int, ...]:
        """How many fields stand on each line."""
        counts, used = [0], 0
        for wants in all_wants:
            if counts[-1] and used + ROW_GAP + wants > self.width():
                counts.append(0)
                used = 0
            used += wants + (ROW_GAP if counts[-1] else 0)
            counts[-1] += 1
        return tuple(counts)

    def _lay_out(self) -> None:
        while self._box.count():
            item = self._box.takeAt(0)
            line = item.layout() if item is not None else None
            while line is not None and line.count():
                line.takeAt(0)
            if line is not None:
                line.deleteLater()
        left = list(self._boxes)
        wants = list(self._wants) or [0] * len(left)
        for count in self._packed:
            grid = QGridLayout()
            grid.setHorizontalSpacing(ROW_GAP)
            at = 0
            for box, wide in left[:count]:
                grid.addWidget(box, 0, at, 1, wide, Qt.AlignmentFlag.AlignTop)
                for column in range(at, at + wide):
                    grid.setColumnStretch(column, 1)
                    grid.setColumnMinimumWidth(column, wants[0] // wide if count > 1 else 0)
                at += wide
                wants = wants[1:]
            left = left[count:]
            self._box.addLayout(grid)
        self.updateGeometry()


class Form(QWidget, Generic[Draft]):
    """A draft on the screen.

    ``rows`` lists the fields in their order; a tuple puts several side by side. ``editors`` replaces the editor that
    a field's type would get; ``kept`` names fields that are carried along unseen. A number in ``spans`` makes a field
    of a tuple wider than its neighbours.
    """

    changed = Signal()
    committed = Signal(str)
    """A field by its name, once the officer has left it changed: for facts that save themselves field by field."""

    def __init__(
        self,
        desk: Desk,
        draft_type: type[Draft],
        rows: Sequence[Row],
        *,
        editors: Mapping[str, Editor] | None = None,
        kept: Iterable[str] = (),
        spans: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.draft_type = draft_type
        self._kept = frozenset(kept)
        self._base: Draft | None = None
        self._dirty: set[str] = set()
        self._specs = {spec.name: spec for spec in fields_of(draft_type)}
        self._given = dict(editors or {})
        self._spans = dict(spans or {})
        self._check(rows)
        self.boxes: dict[str, FieldBox] = {}
        self._rows: list[FieldRow] = []
        self._loose = Label("", Role.ERROR, wrap=True)
        self._loose.hide()
        self._lay_out(rows)

    def _check(self, rows: Sequence[Row]) -> None:
        shown: list[str] = []
        for row in rows:
            if not isinstance(row, Heading):
                shown += [row] if isinstance(row, str) else list(row)
        named = [*shown, *self._kept]
        twice = {n for n in named if named.count(n) > 1}
        wrong = sorted(twice | (set(named) ^ set(self._specs)) | (set(self._given) - set(shown)))
        if wrong:
            raise UnboundField(f"{self.draft_type.__name__}: {', '.join(wrong)}")

    def _lay_out(self, rows: Sequence[Row]) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self._loose)
        for row in rows:
            if isinstance(row, Heading):
                if self._rows:
                    box.addSpacing(6)  # nearer to what it heads than to what was before
                box.addWidget(Label(self.desk.words(row.text), Role.SECTION))
                continue
            names = (row,) if isinstance(row, str) else row
            made = FieldRow([(self._make(name), self._spans.get(name, 1)) for name in names])
            self._rows.append(made)
            box.addWidget(made)
        box.addStretch(1)

    def _make(self, name: str) -> FieldBox:
        spec = self._specs[name]
        editor = self._given.get(name) or editor_for(self.desk, spec)
        made = FieldBox(self.desk, spec, editor)
        self.boxes[name] = made
        editor.changed.connect(lambda: self._field_changed(name))
        editor.committed.connect(lambda: self._field_left(name))
        return made

    def _field_changed(self, name: str) -> None:
        self._dirty.add(name)
        self.boxes[name].show_problem(None)
        self.boxes[name].editor.mark_guessed(guessed=False)
        self.changed.emit()

    def _field_left(self, name: str) -> None:
        if name in self._dirty:
            self.committed.emit(name)

    # values

    def editor(self, name: str) -> Any:
        """The editor of a field."""
        return self.boxes[name].editor

    @property
    def dirty(self) -> frozenset[str]:
        """Fields the officer has changed since :meth:`set`."""
        return frozenset(self._dirty)

    def set(self, draft: Draft) -> None:
        """Show a draft; nothing counts as changed."""
        self._base = draft
        for name, box in self.boxes.items():
            box.editor.set_value(getattr(draft, name))
            box.show_problem(None)
        self._dirty.clear()
        self.show(())
        self.fit_rows()

    def fit_rows(self) -> None:
        """Give what the fields hold now the room it needs."""
        for row in self._rows:
            row.fit()

    def read(self) -> Draft:
        """The draft as it stands. Raises :class:`Refused` with every field that cannot be read."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, box in self.boxes.items():
            try:
                values[name] = self._value(name, box.editor)
            except Unreadable as error:
                problems.append(dataclasses.replace(error.problem, field=name))
        if problems:
            raise Refused(problems)
        if self._base is not None:
            return cast("Draft", dataclasses.replace(cast("Any", self._base), **values))
        return self.draft_type(**values)

    def _value(self, name: str, editor: Editor) -> Any:
        """What the field holds; nothing typed is the empty value of the field's type."""
        value = editor.value()
        if value is None and self._specs[name].kind is str:
            return ""
        if value is None and not _may_be_none(self._specs[name].kind):
            for each in dataclasses.fields(cast("Any", self.draft_type)):
                if each.name == name and each.default is not dataclasses.MISSING:
                    return each.default
            missing = N_("Please fill in: {what}.")
            raise Unreadable(Problem(code="MISSING", message=missing, values={"what": self._specs[name]}))
        return value

    def submit(
        self,
        title: str,
        function: Callable[..., Any],
        *before: object,
        done: Callable[[Any], object],
        draft: Callable[[Draft], Any] | None = None,
    ) -> None:
        """Hand the draft to ``function(session, *before, draft)`` as one action; problems show at their fields."""
        try:
            read: Any = self.read()
        except Refused as error:
            self.show(error.problems)
            return
        made = draft(read) if draft is not None else read

        def saved(answer: Any) -> None:
            self._dirty.clear()
            done(answer)

        self.desk.runner.write(title, function, *before, made, owner=self, done=saved, refused=self.show)

    # problems

    def show(self, problems: Iterable[Problem] | None = None) -> None:
        """Show problems at their fields and put the focus on the first; those of no field stand on top."""
        if problems is None:
            super().show()
            return
        by_field: dict[str, Problem] = {}
        loose: list[str] = []
        for problem in problems:
            name = problem.field.split(".")[0]
            if name in self.boxes:
                by_field.setdefault(name, problem)
            else:
                loose.append(problem.text(self.desk.words))
        for name, box in self.boxes.items():
            box.show_problem(by_field.get(name))
        self._loose.setText("\n".join(loose))
        self._loose.setVisible(bool(loose))
        first = next((n for n in self.boxes if n in by_field and by_field[n].severity == "error"), None)
        if first is not None:
            QTimer.singleShot(0, self.boxes[first].editor, self.boxes[first].editor.setFocus)

    def focus(self, name: str = "") -> None:
        """Put the focus on a field, else on the first."""
        (self.boxes[name] if name else next(iter(self.boxes.values()))).editor.setFocus()

    # what must survive a lock or a change of language

    def keep(self) -> dict[str, object]:
        """What stands in the fields the officer changed, as plain values by name."""
        return {name: kept_of(self.boxes[name].editor) for name in self._dirty}

    def resume(self, kept: Mapping[str, object]) -> None:
        """Put back what :meth:`keep` gave."""
        for name, value in kept.items():
            if name in self.boxes:
                put_back(self.boxes[name].editor, value)
                self._dirty.add(name)


def _plain(kind: Any) -> Any:
    """The type without ``| None``."""
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return next(each for each in typing.get_args(kind) if each is not type(None))
    return kind


def _may_be_none(kind: Any) -> bool:
    return typing.get_origin(kind) in (types.UnionType, typing.Union) and type(None) in typing.get_args(kind)


TO_COME = frozenset({"due_at", "due_on", "step_at", "planned_on"})
"""Fields of a day to come: ``1/1`` typed in November is the coming January there."""


def editor_for(desk: Desk, spec: FieldSpec) -> Editor:
    """The editor that a field's type asks for."""
    kind = _plain(spec.kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        none = desk.words(NOT_STATED) if _may_be_none(spec.kind) else None
        return Choice(desk, code_choices(desk, kind), none=none)
    if kind is bool:
        return TickEdit(desk, desk.words(spec.label))
    if kind is int:
        return NumberEdit(desk)
    if kind is Money:
        return MoneyEdit(desk)
    if kind is Decimal:
        return RateEdit(desk)
    if kind is dt.datetime:
        return MomentEdit(desk, ahead=spec.name in TO_COME)
    if kind is dt.date:
        return DateEdit(desk, ahead=spec.name in TO_COME)
    if typing.get_origin(kind) is tuple:
        return WordsEdit(desk)
    if spec.name.endswith(("phone", "whatsapp")):
        return PhoneEdit(desk)
    if spec.name.split("_")[-1] in _LONG:
        return LongText(desk)
    return TextEdit(desk)


_LONG = frozenset({"note", "notes", "address", "reason", "summary", "letterhead", "text"})
