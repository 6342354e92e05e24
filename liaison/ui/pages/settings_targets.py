"""Targets of the office: how long each step should take where a house has no target of its own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.problems import Problem
from liaison.domain.public_holidays import holidays_of
from liaison.domain.targets import TargetDraft, Unit
from liaison.i18n import N_, upper_first
from liaison.services import targets
from liaison.services.targets import TargetView
from liaison.ui.desk import Desk
from liaison.ui.pages.settings_parts import Part
from liaison.ui.theme import Role
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.editors import Choice, NumberEdit, code_choices
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import clear

COUNTRIES = (
    ("ID", N_("Indonesia")), ("MY", N_("Malaysia")), ("SG", N_("Singapore")), ("CN", N_("China")),
    ("KH", N_("Cambodia")),
)  # fmt: skip
_SHOWN = 4


class TargetsPart(Part):
    """One row for each clock; a house's own target stands on its card."""

    sentences = (N_("Targets"), N_("How long a step should take"), N_("Public holidays that are still estimates"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Targets"))
        self.say(N_("How long a step should take where a house has no target of its own. A target is never law."))
        self.rows: dict[str, tuple[NumberEdit, Choice]] = {}
        self._known: dict[str, TargetView] = {}
        self._box = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(self._box)
        self._box.setContentsMargins(0, 8, 0, 0)
        self._box.setSpacing(6)
        self.put(holder)
        self.wrong = Label("", Role.ERROR, wrap=True)
        self.wrong.hide()
        self.put(self.wrong)
        self.say(N_("An insurer, administrator or hospital gets a target of its own on its card, under Network."))
        self._add_estimates()
        self.restore_button(self.restore)
        self.finish()
        desk.hub.changed.connect(self._changed)
        self._read()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _add_estimates(self) -> None:
        """Days that hang on the moon: an officer asks the desk instead of trusting them."""
        words, formats, today = self.desk.words, self.desk.formats, self.desk.today()
        self.heading(N_("Public holidays that are still estimates"))
        found = [
            (day, words(name))
            for code, name in COUNTRIES
            for year in (today.year, today.year + 1)
            for day in holidays_of(code, year)
            if day.is_estimated and day.on >= today
        ]
        for day, country in sorted(found, key=lambda f: f[0].on)[: _SHOWN * len(COUNTRIES)]:
            self.put(Label(f"{formats.date(day.on)} · {country} · {day.called(words.code)}", Role.SECOND, elide=True))
        if not found:
            self.say(N_("None until the end of next year."))

    def _read(self) -> None:
        self.desk.runner.read(targets.targets_of, None, owner=self, done=self._arrived, key="targets")

    def _arrived(self, found: tuple[TargetView, ...]) -> None:
        self._known = {one.kind.value: one for one in found}
        if not self.rows:
            clear(self._box)
            for one in found:
                self._box.addWidget(self._row(one))
        for one in found:
            amount, unit = self.rows[one.kind.value]
            if not amount.inner().hasFocus():
                amount.set_value(one.amount)
            unit.set_value(one.unit)

    def _row(self, one: TargetView) -> QWidget:
        words = self.desk.words
        name = upper_first(words(one.kind.label))
        amount = NumberEdit(self.desk)
        amount.set_name(words(N_("{step}: target"), step=name))
        amount.setFixedWidth(self.desk.theme.px(76))
        unit = Choice(self.desk, code_choices(self.desk, Unit), search=False)
        unit.set_name(words(N_("{step}: counted in"), step=name))
        unit.setFixedWidth(self.desk.theme.px(210))
        keep = partial(self._keep, one.kind.value)
        amount.committed.connect(keep)
        unit.changed.connect(keep)
        self.rows[one.kind.value] = (amount, unit)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Label(name, Role.TEXT, elide=True), 1)
        row.addWidget(amount)
        row.addWidget(unit)
        return holder

    def _keep(self, kind: str) -> None:
        known, (amount, unit) = self._known[kind], self.rows[kind]
        try:
            number = amount.value()
        except Unreadable as error:
            self._refused([error.problem])
            return
        self.wrong.hide()
        if number is None or (number, unit.value()) == (known.amount, known.unit):
            return
        draft = TargetDraft(kind=known.kind, amount=number, unit=unit.value(), source=known.source)
        self.desk.runner.write(
            N_("Change a target"), targets.set_target, draft, owner=self, refused=self._refused,
            done=lambda _changes: self.desk.toast(self.desk.words(N_("Target saved"))),
        )  # fmt: skip

    def _refused(self, problems: Iterable[Problem]) -> None:
        self.wrong.setText(" ".join(p.text(self.desk.words) for p in problems))
        self.wrong.show()

    def restore(self) -> None:
        """The usual targets hold again."""
        own = [one.id for one in self._known.values() if one.id is not None]
        if own:
            self.desk.runner.write(
                N_("Change a target"), targets.remove_targets, tuple(own), owner=self,
                done=lambda _changes: self.desk.toast(self.desk.words(N_("The usual target holds again"))),
            )  # fmt: skip
