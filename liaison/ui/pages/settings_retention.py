"""How long records are kept: one sentence, what it leads to today, and whose time is over."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.problems import Problem
from liaison.domain.trouble import KEPT_YEARS
from liaison.i18n import N_
from liaison.services import retention
from liaison.services.retention import DuePerson, Retention
from liaison.ui.desk import Desk
from liaison.ui.pages.lookups import record_no
from liaison.ui.pages.settings_parts import Part
from liaison.ui.theme import Role, Tone
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.editors import NumberEdit
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked, clear
from liaison.ui.widgets.shapes import Shape

KEEPS = N_("Papers with money in them are kept for {years} years after a person's last one.")


class RetentionPart(Part):
    """The number of years holds at once; nobody is erased by it."""

    sentences = (KEEPS, N_("Records due for erasure"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Keeping records"))
        self.found: Retention | None = None
        self.years = NumberEdit(desk)
        self.years.setFixedWidth(desk.theme.px(64))
        self.years.committed.connect(self._keep)
        self.ask(KEEPS, years=self.years)
        self.wrong = Label("", Role.ERROR, wrap=True)
        self.wrong.hide()
        self.put(self.wrong)
        self.say(N_("Before that a supervisor may erase somebody, saying why; open cases and holds come first."))
        self.say(N_("Nothing is erased by itself: an officer decides for each person."))
        self.heading(N_("Records due for erasure"))
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        holder = QWidget()
        holder.setLayout(self._box)
        self.put(holder)
        self.restore_button(self.restore)
        self.finish()
        desk.hub.changed.connect(self._changed)
        self._read()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _read(self) -> None:
        self.desk.runner.read(retention.retention, owner=self, done=self._arrived, key="retention")

    def _arrived(self, found: Retention) -> None:
        self.found = found
        _, formats = self.desk.words, self.desk.formats
        if not self.years.inner().hasFocus():
            self.years.set_value(found.years)
        clear(self._box)
        if found.count:
            told = _.plural("The time of {count} person is over.", "The time of {count} persons is over.", found.count)
            self._box.addWidget(Marked(self.desk, told, Shape.WAITING, Tone.AMBER, wrap=True))
        else:
            nobody = _(N_("Nobody's time is over today."))
            self._box.addWidget(Marked(self.desk, nobody, Shape.DONE, Tone.GREEN, wrap=True))
        if found.next_on is not None:
            words = _(N_("The next one is due on {day}."), day=formats.date(found.next_on))
            self._box.addWidget(Label(words, Role.SECOND, wrap=True))
        for person in found.due:
            self._box.addWidget(self._row(person))
        if found.count > len(found.due):
            words = _(N_("The first {shown} of {count} are shown."), shown=len(found.due), count=found.count)
            self._box.addWidget(Label(words, Role.SECOND, wrap=True))

    def _row(self, person: DuePerson) -> QWidget:
        _, desk = self.desk.words, self.desk
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Label(desk.masking.name(person.name, record_no(person.patient_id)), Role.STRONG, elide=True), 1)
        cases = _.plural("{count} case", "{count} cases", person.cases)
        told = _(N_("kept until {day}"), day=desk.formats.date(person.kept_until))
        row.addWidget(Label(f"{cases} · {told}", Role.SECOND))
        look = link(desk.icons, _(N_("Look…")), partial(desk.go, "person_rights", person.patient_id), small=True)
        look.setAccessibleName(_(N_("Look at what an erasure reaches: {name}"),
                                 name=desk.masking.name(person.name, record_no(person.patient_id))))  # fmt: skip
        row.addWidget(look)
        return holder

    def _keep(self) -> None:
        try:
            years = self.years.value()
        except Unreadable as error:
            self._refused([error.problem])
            return
        if years is not None:
            self._write(int(years))

    def _write(self, years: int) -> None:
        self.wrong.hide()
        if self.found is None or years == self.found.years:
            return
        self.desk.runner.write(
            N_("Change how long records are kept"), retention.keep_for, years, owner=self, refused=self._refused,
            done=lambda _changes: self.desk.toast(self.desk.words(N_("Records are now kept that long"))),
        )  # fmt: skip

    def _refused(self, problems: Iterable[Problem]) -> None:
        self.wrong.setText(" ".join(p.text(self.desk.words) for p in problems))
        self.wrong.show()

    def restore(self) -> None:
        """Ten years, as is usual for a company's own papers."""
        self._write(KEPT_YEARS)
