"""The office, its officers, and when it works."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.errors import Refused
from liaison.domain.offices import OfficeDraft, OfficerDraft
from liaison.domain.problems import Problem
from liaison.i18n import LANGUAGE_NAMES, N_
from liaison.services import office, office_hours
from liaison.services.office_hours import DayOff, WorkHours
from liaison.ui.desk import Desk
from liaison.ui.pages.journey_ends import WordsForm
from liaison.ui.pages.settings_parts import Part
from liaison.ui.pages.short_forms import Bench
from liaison.ui.strength import LEAST_CHARACTERS, TOO_SHORT, TOO_WEAK, measure
from liaison.ui.theme import Role
from liaison.ui.typed import Unreadable, read_time
from liaison.ui.widgets.buttons import icon_button, primary, secondary
from liaison.ui.widgets.date_edit import DateEdit
from liaison.ui.widgets.drawer import Drawer, FormPane
from liaison.ui.widgets.editors import Choice, SecretEdit, TextEdit, TickEdit, restyle
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import clear

ZONES = (("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT"))
RESTORES = N_("Restoring sets zone, language and currency as usual for the city; name, address and signatory stay.")
OFFICE_ROWS = (
    "name", ("city", "zone"), "address", ("phone", "email"), "letterhead", ("signatory", "signatory_title"),
    ("language", "report_currency"),
)  # fmt: skip


class OfficePart(Part):
    """The office as the paper's letterhead names it."""

    sentences = (N_("Name, address and letterhead of the office"), N_("Who signs"), N_("Currency of reports"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Office"))
        words = desk.words
        self._version = 0
        self.form = Form(
            desk,
            OfficeDraft,
            OFFICE_ROWS,
            editors={
                "zone": Choice(desk, list(ZONES)),
                "language": Choice(desk, list(LANGUAGE_NAMES.items())),
                "report_currency": Choice(desk, [(c, c) for c in ("IDR", "MYR", "SGD", "USD")]),
            },
        )
        self.say(N_("This stands at the head of every paper."))
        self.put(self.form, space=8)
        self.buttons(primary(desk.icons, words(N_("Save")), self._save, icon="check"))
        self.say(RESTORES)
        self.restore_button(self.restore)
        self.finish()
        desk.hub.changed.connect(self._changed)
        self._read()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _read(self) -> None:
        self.desk.runner.read(_office, owner=self, done=self._arrived, key="office")

    def _arrived(self, found: tuple[OfficeDraft, int]) -> None:
        if not self.form.dirty:
            draft, self._version = found
            self.form.set(draft)

    def _save(self) -> None:
        def write(session: Any, draft: OfficeDraft) -> Any:
            return office.edit_office(session, draft, version=self._version)

        self.form.submit(N_("Change the office"), write, done=self._saved)

    def _saved(self, _changes: object) -> None:
        self.desk.toast(self.desk.words(N_("Office saved")))
        self._read()

    def restore(self) -> None:
        """Zone of the city, language and currency as a new office has them; what is half typed stays typed."""
        self.desk.runner.write(
            N_("Restore the office's habits"), office.restore_habits, owner=self,
            done=lambda _: self.desk.toast(self.desk.words(N_("Zone, language and currency are as usual again"))),
        )  # fmt: skip


class OfficersPart(Part):
    """Who works here: each has a passphrase of one's own, by which the history knows who did what."""

    sentences = (N_("Add an officer"), N_("Who may pass over blocks"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Officers"))
        words = desk.words
        self.say(N_("Each officer unlocks with a passphrase of one's own; the history tells who did what."))
        self.rows = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(self.rows)
        self.rows.setContentsMargins(0, 6, 0, 6)
        self.put(holder)
        self.new_button = primary(desk.icons, words(N_("Add an officer")), self._new, icon="plus")
        self.buttons(self.new_button)
        self.nothing_to_restore()
        self.finish()
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.removeWidget(self.pane)
        self.drawer = Drawer(desk, QWidget(), width=0)
        self.drawer.hide()
        self.drawer.switched.connect(self.drawer.setVisible)
        self.drawer.switched.connect(self._dress)
        beside = QHBoxLayout()
        beside.addWidget(self.pane, 1)
        beside.addWidget(self.drawer)
        layout.addLayout(beside)
        self.bench = Bench(desk=desk, drawer=self.drawer)
        desk.hub.changed.connect(self._changed)
        self._read()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _read(self) -> None:
        self.desk.runner.read(office.officers, owner=self, done=self._arrived, key="officers")

    def _arrived(self, officers: tuple[office.OfficerView, ...]) -> None:
        clear(self.rows)
        for officer in officers:
            self.rows.addWidget(self._row(officer))

    def _row(self, officer: office.OfficerView) -> QWidget:
        words, icons = self.desk.words, self.desk.icons
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        told = [words(N_("supervisor")) if officer.is_supervisor else "", officer.phone, officer.email]
        if not officer.is_active:
            told.append(words(N_("no longer works here")))
        row.addWidget(Label(officer.name, Role.STRONG))
        row.addWidget(Label(" · ".join(t for t in told if t), Role.SECOND, elide=True), 1)
        doings = [("pencil", N_("Change {name}"), partial(self._edit, officer))]
        if officer.is_active:
            doings.append(("log-out", N_("{name} no longer works here"), partial(self._let_go, officer)))
        for icon, hint, run in doings:
            row.addWidget(icon_button(icons, icon, words(hint, name=officer.name), run, size=15))
        return holder

    def _dress(self, form_open: bool) -> None:
        """One filled button: the form's own while one is open."""
        restyle(self.new_button, "kind", "secondary" if form_open else "primary")
        self.desk.icons.set_icon(self.new_button, "plus", token="ink2" if form_open else "onaccent")

    def _edit(self, officer: office.OfficerView) -> None:
        form = Form(self.desk, OfficerDraft, ["name", "phone", "email", "is_supervisor"])
        form.set(
            OfficerDraft(
                name=officer.name, phone=officer.phone, email=officer.email, is_supervisor=officer.is_supervisor
            )
        )

        def save() -> None:
            write = partial(office.edit_officer, version=officer.version)
            form.submit(
                N_("Change an officer"), write, officer.id, done=lambda _: self.bench.done(N_("Change saved"))
            )  # fmt: skip

        title = self.desk.words(N_("Change {name}"), name=officer.name)
        self.drawer.open(FormPane(self.desk, title=title, content=form, save=save))

    def _new(self) -> None:
        desk, words = self.desk, self.desk.words
        tick = TickEdit(desk, words(N_("May pass over blocks")))
        form = WordsForm(
            self.bench,
            [
                ("name", N_("Officer's name"), TextEdit(desk)),
                ("phone", N_("Telephone"), TextEdit(desk)),
                ("is_supervisor", N_("Supervisor"), tick),
                ("passphrase", N_("First passphrase, typed by the officer"), SecretEdit(desk)),
                ("again", N_("The passphrase again"), SecretEdit(desk)),
            ],
        )

        def save() -> None:
            values = form.read()
            if values is None:
                return
            desk.runner.work(
                _add_officer, desk.runner.store, values, desk.officer.office, owner=self, exclusive=True,
                done=lambda _: self._added(), refused=form.show_problems,
            )  # fmt: skip

        self.drawer.open(FormPane(desk, title=words(N_("Add an officer")), content=form, save=save))

    def _added(self) -> None:
        self.bench.done(N_("Officer added"))
        self._read()

    def _let_go(self, officer: office.OfficerView) -> None:
        self.desk.runner.work(
            _let_go, self.desk.runner.store, officer.id, owner=self, exclusive=True, done=self._gone,
            refused=lambda problems: self.desk.toast(problems[0].text(self.desk.words), refused=True),
        )  # fmt: skip

    def _gone(self, _answer: object) -> None:
        said = N_("Noted. The passphrase of this officer opens nothing any more.")
        self.desk.toast(self.desk.words(said), undo=False)
        self._read()


class TimeEdit(TextEdit):
    """An hour of the day: 8, 08.00, 16:30."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, longest=5)
        self._formats = desk.formats
        self.setFixedWidth(desk.theme.px(84))

    def value(self) -> Any:
        """The hour. Raises :class:`Unreadable`."""
        return read_time(self.line.text())

    def set_value(self, value: Any) -> None:
        """Show an hour."""
        self.line.setText(self._formats.clock_time(value) if isinstance(value, dt.time) else "")


CALENDARS = (
    ("", N_("Our office")), ("MY", N_("Malaysia")), ("SG", N_("Singapore")), ("CN", N_("China")),
    ("KH", N_("Cambodia")), ("TH", N_("Thailand")), ("ID", N_("Houses in Indonesia")),
)  # fmt: skip
"""For whom a day off counts: this office, or the houses of a country that have to act."""

WORKS = N_("We work from {opens} to {closes}, Monday to Friday.")


class HoursPart(Part):
    """When the office works: due times are counted by it."""

    sentences = (WORKS, N_("Public holidays are days off"), N_("Days off of our own"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Working hours and days off"))
        words = desk.words
        self.hours = WorkHours()
        self.opens, self.closes = TimeEdit(desk), TimeEdit(desk)
        self.saturday = TickEdit(desk, words(N_("We work on Saturdays too")))
        self.holidays = TickEdit(desk, words(N_("Public holidays of Indonesia are days off")))
        self.ask(WORKS, opens=self.opens, closes=self.closes)
        self.wrong = Label("", Role.ERROR, wrap=True)
        self.wrong.hide()
        self.put(self.wrong)
        for tick, name in ((self.saturday, N_("We work on Saturdays too")),
                           (self.holidays, N_("Public holidays of Indonesia are days off"))):  # fmt: skip
            tick.set_name(words(name))
            self.put(tick)
            tick.changed.connect(self._keep)
        for hour in (self.opens, self.closes):
            hour.committed.connect(self._keep)
        self.say(N_("Due times given from now on are counted by these hours; those given before stay."))
        self.heading(N_("Days off of our own"))
        self.rows = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(self.rows)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.put(holder)
        self._new_day()
        self.restore_button(self.restore)
        self.finish()
        desk.hub.changed.connect(self._changed)
        self._read()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _new_day(self) -> None:
        desk, words = self.desk, self.desk.words
        self.day, self.name = DateEdit(desk), TextEdit(desk, placeholder=words(N_("What day is it?")))
        self.day.set_name(words(N_("New day off")))
        self.name.set_name(words(N_("Name of the day off")))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        choices = [(code, words(name)) for code, name in CALENDARS]
        self.calendar = Choice(desk, choices, search=False)
        self.calendar.set_name(words(N_("For whom the day is off")))
        self.calendar.set_value("")
        row.addWidget(self.day, 1)
        row.addWidget(self.name, 2)
        row.addWidget(self.calendar, 1)
        row.addWidget(secondary(desk.icons, words(N_("Add")), self._add, icon="plus"))
        self.put(holder)

    def _read(self) -> None:
        self.desk.runner.read(office_hours.work_hours, owner=self, done=self._arrived, key="hours")

    def _arrived(self, hours: WorkHours) -> None:
        self.hours = hours
        for editor, value in (
            (self.opens, hours.opens), (self.closes, hours.closes), (self.saturday, hours.works_saturday),
            (self.holidays, hours.with_holidays),
        ):  # fmt: skip
            if not editor.inner().hasFocus() or isinstance(editor, TickEdit):
                editor.set_value(value)
        clear(self.rows)
        for day in hours.days_off:
            self.rows.addWidget(self._row(day))
        if not hours.days_off:
            self.rows.addWidget(Label(self.desk.words(N_("None yet")), Role.SECOND))

    def _row(self, day: DayOff) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Label(self.desk.formats.long_date(day.on), Role.STRONG))
        whom = self.desk.words(dict(CALENDARS).get(day.country, day.country)) if day.country else ""
        told = " · ".join(part for part in (day.name, whom) if part)
        row.addWidget(Label(told, Role.SECOND, elide=True), 1)
        hint = self.desk.words(N_("Take {day} off the list"), day=day.on)
        row.addWidget(icon_button(self.desk.icons, "x", hint, partial(self._remove, day), size=13))
        return holder

    def _keep(self) -> None:
        try:
            opens, closes = self.opens.value(), self.closes.value()
        except Unreadable as error:
            self._refused([error.problem])
            return
        self._write(
            replace(
                self.hours, opens=opens, closes=closes, works_saturday=bool(self.saturday.value()),
                with_holidays=bool(self.holidays.value()),
            )
        )  # fmt: skip

    def _write(self, hours: WorkHours) -> None:
        self.wrong.hide()
        if hours != self.hours:
            self.desk.runner.write(
                N_("Change the working hours"), office_hours.keep_work_hours, hours, owner=self, done=self._kept,
                refused=self._refused,
            )  # fmt: skip

    def _kept(self, _changes: object) -> None:
        self.desk.toast(self.desk.words(N_("Working hours changed")))

    def _refused(self, problems: Any) -> None:
        self.wrong.setText(" ".join(p.text(self.desk.words) for p in problems))
        self.wrong.show()

    def _add(self) -> None:
        self.wrong.hide()
        try:
            on = self.day.value()
        except Unreadable as error:
            self._refused([error.problem])
            return
        if on is None:
            self._refused([Problem(code="MISSING", message=N_("Type the day, for instance 24 Dec."), field="on")])
            return
        day = DayOff(on=on, name=str(self.name.value()), country=str(self.calendar.value() or ""))
        self.desk.runner.write(
            N_("Add a day off"), office_hours.add_day_off, day, owner=self, done=self._day_added, refused=self._refused
        )

    def _day_added(self, _changes: object) -> None:
        self.day.set_value(None)
        self.name.set_value("")
        self.desk.toast(self.desk.words(N_("Day off added")))

    def _remove(self, day: DayOff) -> None:
        self.desk.runner.write(
            N_("Remove a day off"), office_hours.remove_day_off, day.on, day.country, owner=self,
            done=lambda _: self.desk.toast(self.desk.words(N_("Day off removed"))),
        )  # fmt: skip

    def restore(self) -> None:
        """Eight to five, Monday to Friday; the days off of one's own stay."""
        self._write(replace(WorkHours(), days_off=self.hours.days_off))


def _office(session: Any) -> tuple[OfficeDraft, int]:
    return office.office_draft(session), office.office(session).version


NOT_THE_SAME = N_("The two do not agree. Type the passphrase again.")


def _add_officer(store: Any, values: dict[str, Any], office_name: str) -> None:
    """A record and a slot of the envelope under one key; neither without the other."""
    from liaison.store.kdf import fitting

    name, passphrase = str(values["name"]), str(values["passphrase"])
    problems = []
    if len(passphrase) < LEAST_CHARACTERS:
        length = {"count": LEAST_CHARACTERS}
        problems.append(Problem(code="PASSPHRASE_SHORT", message=TOO_SHORT, field="passphrase", values=length))
    elif not measure(passphrase, (name, office_name)).is_enough:
        problems.append(Problem(code="PASSPHRASE_WEAK", message=TOO_WEAK, field="passphrase"))
    if passphrase != str(values["again"]):
        problems.append(Problem(code="NOT_THE_SAME", message=NOT_THE_SAME, field="again"))
    if problems:
        raise Refused(problems)
    draft = OfficerDraft(name=name, phone=str(values["phone"]), is_supervisor=bool(values["is_supervisor"]))
    slot = store.add_officer(name, passphrase, kdf=fitting())
    try:
        with store.write(N_("Add an officer")) as session:
            office.add_officer(session, draft, key=slot.id)
    except Refused:
        store.remove_officer(slot.id)
        raise


ONESELF = N_("You cannot let yourself go. Another officer has to do it.")


def _let_go(store: Any, key: int) -> None:
    """The record stays, the passphrase goes; never one's own."""
    if store.officer is not None and store.officer.id == key:
        raise Refused([Problem(code="ONESELF", message=ONESELF)])
    with store.write(N_("Let an officer go")) as session:
        office.let_go(session, key)
    store.remove_officer(key)
