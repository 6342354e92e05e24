"""A laptop is lost: the clock of three days first, who was on it, how it was guarded, both letters, whom we told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from liaison.domain.grids import Column, ColumnKind, Grid
from liaison.domain.trouble import Danger, LostLaptopDraft, check_lost_laptop
from liaison.i18n import N_, Language
from liaison.services import lost_laptop
from liaison.services.lost_laptop import Affected, LostView, OnIt
from liaison.store.spoken_code import new_code
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages.said import how_late
from liaison.ui.pages.short_forms import Bench, offer, offer_again
from liaison.ui.places import Place
from liaison.ui.reopening import reopens
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import primary, secondary
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.editors import restyle
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, Facts, Head, Marked, Pane, Section, clear, hairline
from liaison.ui.widgets.shapes import Shape

TITLE = N_("A laptop is lost")
REPORT = N_("Report a lost laptop…")
WIDEST = 760
LIST_NAME = N_("persons to tell {day}")
FIRST_STEPS = (
    N_("Change every passphrase that could have been seen, and make a new recovery code."),
    N_("Report the loss to the police and to your head of office."),
    N_("Bring the newest backup back into an empty folder on another laptop and work on there."),
    N_("Open this page there: it counts who was on the lost one."),
)
_DANGER = {
    Danger.LOW: (Shape.DONE, Tone.GREEN),
    Danger.RAISED: (Shape.WARNING, Tone.AMBER),
    Danger.HIGH: (Shape.LATE, Tone.RED),
}


class LostPage(Page):
    """The newest lost laptop, or what to do first where none is reported."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        _ = desk.words
        self.view: LostView | None = None
        self.button = primary(desk.icons, _(REPORT), self.report, icon="shield-alert")
        self.body.addWidget(
            Head(
                desk, _(TITLE), back=desk.frame.back, back_hint=_(N_("Back")),
                buttons=[self.button],
            )
        )  # fmt: skip
        self.body.addWidget(hairline())
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.pane = Pane(desk, side="middle", padding=18, name=_(TITLE))
        row.addWidget(self.pane, 1)
        side = Pane(desk, side="right", padding=PANE_PADDING, name=_(N_("What to do first")))
        steps = Section(_(N_("What to do first")), line=False)
        for number, step in enumerate(FIRST_STEPS, 1):
            steps.add(Label(f"{number}. {_(step)}", Role.TEXT, wrap=True))
        side.add(steps)
        side.finish()
        self.drawer = Drawer(desk, side, width=320)
        row.addWidget(self.drawer)
        self.body.addLayout(row, 1)
        self.drawer.switched.connect(self._dress)
        self.bench = Bench(desk=desk, drawer=self.drawer)
        desk.hub.changed.connect(self._changed)

    def _changed(self, _changes: object) -> None:
        self._read()

    def _dress(self, form_open: bool) -> None:
        """One filled button: the form's own while one is open."""
        restyle(self.button, "kind", "secondary" if form_open else "primary")
        self.desk.icons.set_icon(self.button, "shield-alert", token="ink2" if form_open else "onaccent")

    def start(self) -> None:
        """Read the newest."""
        self.button.setFocus()
        self._read()

    def _read(self) -> None:
        self.desk.runner.read(_seen, owner=self, done=self._show, key="lost")

    def report(self) -> None:
        """Write down that a laptop is lost."""
        report_form(self.bench)

    def _put(self, widget: QWidget) -> None:
        widget.setMaximumWidth(round(WIDEST * max(1.0, self.desk.theme.zoom / 100)))
        self.pane.add(widget, space=6)

    def _show(self, found: tuple[Sequence[LostView], OnIt]) -> None:
        laptops, on_it = found
        clear(self.pane.body)
        _, desk = self.desk.words, self.desk
        self.view = next(iter(laptops), None)
        if self.view is None:
            self._put(
                Marked(desk, _(N_("No laptop has been reported lost.")), Shape.DONE, Tone.GREEN, role=Role.STRONG,
                       wrap=True)
            )  # fmt: skip
            counted = Section(_(N_("Who is in this store now")), line=False)
            counted.add(self._counts(on_it))
            self.pane.body.addSpacing(10)
            self._put(counted)
            self.pane.finish()
            return
        self._put(self._clock(self.view))
        self._put(self._told(self.view))
        who = Section(_(N_("Who was on it")))
        who.add(self._counts(self.view.on_it))
        who.add(
            _beside(secondary(desk.icons, _(N_("List of the persons to tell…")), self.write_list, icon="file-lock"))
        )
        who.add(Label(_(N_("An encrypted workbook; its password is shown once.")), Role.SECOND, wrap=True))
        self.password = Label("", Role.CODE)
        self.password.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.password.hide()
        who.add(self.password)
        self._put(who)
        self._put(self._guard(self.view))
        self.pane.finish()

    def _clock(self, view: LostView) -> QWidget:
        _, desk = self.desk.words, self.desk
        until = desk.formats.moment(view.time.until)
        both = view.authority_told_at is not None and view.persons_told_at is not None
        if both:
            words, shape, tone = _(N_("Both sides have been told.")), Shape.DONE, Tone.GREEN
        elif view.time.is_over:
            late = how_late(_, -view.time.left)
            words, shape, tone = _(N_("The three days ended on {moment}, {late} ago. Tell both sides now."),
                                   moment=until, late=late), Shape.LATE, Tone.RED  # fmt: skip
        else:
            left = how_late(_, view.time.left)
            soon = view.time.left < dt.timedelta(hours=24)
            words = _(N_("{left} left to tell both sides, until {moment}."), left=left, moment=until)
            shape, tone = (Shape.WARNING, Tone.RED) if soon else (Shape.WAITING, Tone.AMBER)
        made = Section(words, line=False)
        made.title.hide()
        made.add(Marked(desk, words, shape, tone, role=Role.STRONG, wrap=True))
        if view.is_found:
            made.add(Marked(desk, _(N_("The laptop was found again.")), Shape.DONE, Tone.GREEN))
        return made

    def _told(self, view: LostView) -> QWidget:
        _, desk = self.desk.words, self.desk
        made = Section(_(N_("The two letters")))
        for title, name, told_at, run, verb in (
            (N_("To the persons"), "breach_persons", view.persons_told_at, lost_laptop.told_persons,
             N_("The persons have been told")),
            (N_("To the authority"), "breach_authority", view.authority_told_at, lost_laptop.told_authority,
             N_("The authority has been told")),
        ):  # fmt: skip
            row = [Label(_(title), Role.TEXT)]
            letter = secondary(desk.icons, _(N_("Letter…")), partial(desk.go, "reports", None, name=name), icon="mail",
                               small=True)  # fmt: skip
            letter.setAccessibleName(f"{_(title)}: {_(N_('Letter…'))}")
            if told_at is None:
                done = secondary(desk.icons, _(verb), partial(self._note, run, verb), icon="check", small=True)
                made.add(_beside(*row, letter, done))
            else:
                told = Label(_(N_("told on {moment}"), moment=desk.formats.moment(told_at)), Role.SECOND)
                made.add(_beside(*row, letter, told))
        return made

    def _note(self, run: Callable[..., Any], title: str) -> None:
        if self.view is not None:
            said = self.desk.words(N_("Written down"))
            self.desk.runner.write(title, run, self.view.id, owner=self, done=lambda _: self.desk.toast(said))

    def _counts(self, on: OnIt) -> QWidget:
        _, formats = self.desk.words, self.desk.formats
        facts = Facts()
        for label, count in (
            (N_("Persons"), on.persons),
            (N_("of them children"), on.children),
            (N_("with a number of passport or identity card"), on.with_identity),
            (N_("with a telephone to reach them"), on.with_phone),
            (N_("Relatives named beside them"), on.relatives),
            (N_("Cases"), on.cases),
            (N_("of them open"), on.open_cases),
            (N_("of them with specially protected diagnoses"), on.restricted),
            (N_("Claims"), on.claims),
            (N_("Documents"), on.documents),
        ):
            facts.add(_(label), formats.number(count), strong=label == "Persons")
        return facts

    def _guard(self, view: LostView) -> QWidget:
        _, desk = self.desk.words, self.desk
        made = Section(_(N_("Can somebody read it?")), line=False)
        shape, tone = _DANGER[view.danger]
        made.add(Marked(desk, _(view.danger.label), shape, tone, wrap=True))
        facts = Facts()
        for label, answer in (
            (N_("Was the program locked?"), view.was_locked),
            (N_("Was the whole disk encrypted?"), view.disk_encrypted),
            (N_("Was the passphrase or the recovery sheet with it?"), view.passphrase_with_it),
        ):
            facts.add(_(label), _(answer.label))
        facts.add(_(N_("Passphrases that open it")), desk.formats.number(view.guard.passphrases))
        facts.add(
            _(N_("Stretched with Argon2id")),
            _(N_("{passes} passes over {memory} MiB"), passes=view.guard.passes, memory=view.guard.memory_mib),
        )
        made.add(facts)
        change = partial(edit_report_form, self.bench, view.id, version=view.version)
        edit = secondary(desk.icons, _(N_("Change the answers…")), change, icon="pencil", small=True)
        buttons: list[QWidget] = [edit]
        if not view.is_found:
            found = N_("The laptop is back")
            back = secondary(desk.icons, _(found), partial(self._note, lost_laptop.found_again, found), small=True)
            buttons.append(back)
        made.add(_beside(*buttons))
        return made

    def write_list(self) -> None:
        """Names and addresses of those to be told, into a workbook under a password."""
        if self.view is None:
            return
        words = self.desk.words
        suggested = words(LIST_NAME, day=self.desk.today().isoformat()) + ".xlsx"
        name, _kind = QFileDialog.getSaveFileName(self, words(N_("Where should the list go?")), suggested, "*.xlsx")
        if name:
            password = new_code()
            self.desk.runner.work(
                _write_list, self.desk.runner.store, self.view.id, Path(name), password, words, owner=self,
                done=partial(self._list_written, password), exclusive=True,
            )  # fmt: skip

    def _list_written(self, password: str, count: object) -> None:
        words = self.desk.words
        self.password.setText(password)
        self.password.show()
        said = words.plural("{count} person is on the list", "{count} persons are on the list", int(str(count)))
        self.desk.toast(said, undo=False)

    def actions_here(self) -> tuple[Action, ...]:
        """Report one."""
        return (
            Action(key="lost.report", text=REPORT, keys="Ctrl+N", icon="shield-alert", run=self.report,
                   scope=Scope.PAGE, menu=Menu.FILE),
        )  # fmt: skip


_ROWS = (
    "aware_at", "lost_at", "where_lost", "what_happened", "whose", "was_locked", "disk_encrypted", "passphrase_with_it",
    "measures",
)  # fmt: skip


@reopens
def report_form(bench: Bench) -> None:
    """A laptop is lost: when we learned of it, and what is known."""
    desk = bench.desk
    form = Form(desk, LostLaptopDraft, list(_ROWS))
    form.set(LostLaptopDraft(aware_at=desk.clock()))
    offer(
        bench, form, title=N_("A laptop is lost"), action=lost_laptop.REPORTED, write=lost_laptop.report_lost,
        said=N_("Written down; Today counts the three days"),
        look=lambda draft: check_lost_laptop(draft, now=desk.clock()),
    )  # fmt: skip


@reopens
def edit_report_form(bench: Bench, lost_id: int, *, version: int) -> None:
    """Change what is known of it."""
    offer_again(
        bench, lost_id, read=lost_laptop.lost_draft, form=lambda _draft: Form(bench.desk, LostLaptopDraft, list(_ROWS)),
        title=N_("A laptop is lost"), action=N_("Change the report of a lost laptop"),
        write=partial(lost_laptop.edit_lost, version=version),
        look=lambda changed: check_lost_laptop(changed, now=bench.desk.clock()),
    )  # fmt: skip


def _seen(session: Any) -> tuple[Sequence[LostView], OnIt]:
    return lost_laptop.lost_laptops(session), lost_laptop.on_laptop(session)


def _write_list(store: Any, lost_id: int, target: Path, password: str, language: Language) -> int:
    from liaison.exchange.sealed_workbook import write_sealed

    with store.read() as session:
        people = lost_laptop.affected(session, lost_id)
    return write_sealed([_grid(people, language)], target, password=password, language=language)


def _grid(people: Sequence[Affected], language: Language) -> Grid:
    columns = (
        Column(label=N_("Name")), Column(label=N_("Telephone"), kind=ColumnKind.IDENTIFIER), Column(label=N_("E-mail")),
        Column(label=N_("Address")), Column(label=N_("Home city")), Column(label=N_("Language")),
    )  # fmt: skip
    rows = tuple((p.name, p.phone, p.email, p.address, p.city, p.language) for p in people)
    return Grid(title=language(N_("Persons to tell")), columns=columns, rows=rows)


def _beside(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 3, 0, 3)
    row.setSpacing(10)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder
