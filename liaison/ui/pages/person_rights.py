"""What a person may ask for: their own copy, and to be erased; and what holds an erasure up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.errors import LiaisonError
from liaison.domain.problems import Problem
from liaison.domain.trouble import ErasureDraft, HoldDraft, HoldKind, check_erasure
from liaison.i18n import N_, Language
from liaison.services import erasure, own_copy
from liaison.services.erasing import Mention
from liaison.services.erasure import Certificate, ErasureView, Hold
from liaison.services.told_values import noun_of
from liaison.store.spoken_code import new_code
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages.lookups import record_no
from liaison.ui.pages.short_forms import Bench, offer
from liaison.ui.places import Place
from liaison.ui.reopening import reopens
from liaison.ui.runner import Trouble
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link, secondary
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, Facts, Head, Marked, Pane, Section, clear, hairline
from liaison.ui.widgets.shapes import Shape

TITLE = N_("A person's own copy, and erasure")
COPY_NAME = N_("own copy {day}")
GIVE_COPY = N_("Give a person their own copy")
ERASE = N_("Erase this person…")
WIDEST = 760
MOST_PLACES = 24
"""Places listed; the rest is a number."""


class PersonRightsPage(Page):
    """``place.record`` is the person. After an erasure there is nobody, and the certificate is shown."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        _ = desk.words
        self.view: ErasureView | None = None
        self.done: Certificate | None = None
        self.head = Head(desk, _(TITLE), back=desk.frame.back, back_hint=_(N_("Back")))
        self.body.addWidget(self.head)
        self.body.addWidget(hairline())
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.pane = Pane(desk, side="middle", padding=18, name=_(TITLE))
        row.addWidget(self.pane, 1)
        side = Pane(desk, side="right", padding=PANE_PADDING, name=_(N_("Certificates")))
        self.certificates = Section(_(N_("Certificates")), line=False)
        side.add(self.certificates)
        side.finish()
        self.drawer = Drawer(desk, side, width=320)
        row.addWidget(self.drawer)
        self.body.addLayout(row, 1)
        self.bench = Bench(desk=desk, drawer=self.drawer)
        desk.hub.changed.connect(self._changed)

    def _changed(self, _changes: object) -> None:
        self.start()

    def start(self) -> None:
        """Read what holds an erasure up, and what it would reach."""
        self.desk.runner.read(erasure.certificates, owner=self, done=self._show_certificates, key="certificates")
        if self.place.record is not None and self.done is None:
            self.desk.runner.read(erasure.erasure_view, self.place.record, owner=self, done=self._show, key="erasure")

    def _put(self, widget: QWidget) -> None:
        widget.setMaximumWidth(round(WIDEST * max(1.0, self.desk.theme.zoom / 100)))
        self.pane.add(widget, space=6)

    def _show(self, view: ErasureView) -> None:
        self.view = view
        _, desk = self.desk.words, self.desk
        self.head.set_note(desk.masking.name(view.name, record_no(view.patient_id)))
        clear(self.pane.body)
        copy = Section(_(N_("Own copy")))
        told = _(N_("Everything on record, whom it went to, and every step of the processing. Nobody else is in it."))
        copy.add(Label(told, Role.SECOND, wrap=True))
        paper = secondary(desk.icons, _(N_("As a PDF…")), self.copy_on_paper, icon="file-text")
        data = secondary(desk.icons, _(N_("With a file for another program…")), self.copy_as_file, icon="download")
        copy.add(_beside(paper, data))
        sealed = _(N_("Paper and file go into one PDF, sealed with AES-256; its password is shown once."))
        copy.add(Label(sealed, Role.SECOND, wrap=True))
        self.password = Label("", Role.CODE)
        self.password.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.password.setAccessibleName(_(N_("Password of the own copy")))
        self.password.hide()
        copy.add(self.password)
        self._put(copy)
        self._put(self._holds(view))
        self._put(self._reach(view))
        self.pane.finish()

    # what holds it up

    def _holds(self, view: ErasureView) -> QWidget:
        _, desk = self.desk.words, self.desk
        made = Section(_(N_("What holds an erasure up")))
        for hold in view.holds:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            shape, tone = (Shape.WAITING, Tone.AMBER) if hold.kind is HoldKind.RETENTION else (Shape.BLOCKED, Tone.RED)
            row.addWidget(Marked(desk, self._hold_words(hold), shape, tone, wrap=True), 1)
            if hold.id is not None:
                row.addWidget(
                    link(desk.icons, _(N_("Lift the hold…")), partial(lift_form, self.bench, hold.id), small=True)
                )
            made.add(line)
        if not view.holds:
            made.add(Marked(desk, _(N_("Nothing.")), Shape.DONE, Tone.GREEN))
        add = link(desk.icons, _(N_("Put a hold on these records…")), partial(hold_form, self.bench, view.patient_id),
                   icon="lock", small=True)  # fmt: skip
        made.add(add)
        return made

    def _hold_words(self, hold: Hold) -> str:
        _ = self.desk.words
        detail = hold.detail
        if hold.until is not None:
            detail = _(N_("until {day}"), day=self.desk.formats.date(hold.until))
        return ": ".join(part for part in (_(hold.kind.label), detail) if part)

    # what it would reach

    def _reach(self, view: ErasureView) -> QWidget:
        _, desk = self.desk.words, self.desk
        made = Section(_(N_("What an erasure reaches")), line=False)
        facts = Facts()
        for table, count in sorted(view.counts.items()):
            facts.add(_(noun_of(table)), desk.formats.number(count))
        if view.files:
            facts.add(_(N_("Attached files")), desk.formats.number(view.files))
        if view.lists:
            facts.add(_(N_("Lists as they came, which are emptied")), desk.formats.number(view.lists))
        made.add(facts)
        if view.mentions:
            made.add(self._places(view.mentions))
        if view.recipients:
            told = _(N_("To be told: {who}."), who=", ".join(view.recipients))
            made.add(Label(told, Role.SECOND, wrap=True))
        final = _(N_("It cannot be undone. A backup without the person is made at once; older ones run out in time."))
        made.add(Label(final, Role.SECOND, wrap=True))
        self.erase_button = secondary(desk.icons, _(ERASE), self.ask_erase, icon="trash-2")
        self.erase_button.setEnabled(not view.is_stopped)
        made.add(_beside(self.erase_button))
        return made

    def _places(self, mentions: Sequence[Mention]) -> QWidget:
        """Where else the name stands, by sort of record and day; an erasure leaves these places as they are."""
        _, desk = self.desk.words, self.desk
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 4, 0, 4)
        box.setSpacing(3)
        said = _.plural(
            "The same name or number stands in {count} other place. Search for it, and decide by hand.",
            "The same name or number stands in {count} other places. Search for it, and decide by hand.",
            len(mentions),
        )
        box.addWidget(Label(said, Role.TEXT, wrap=True))
        for mention in mentions[:MOST_PLACES]:
            words = _(N_("{what} of {day}"), what=_(noun_of(mention.table)), day=desk.formats.date(mention.on))
            box.addWidget(Label(words, Role.SECOND, wrap=True))
        more = len(mentions) - MOST_PLACES
        if more > 0:
            words = _.plural("{count} more place is not listed.", "{count} more places are not listed.", more)
            box.addWidget(Label(words, Role.SECOND, wrap=True))
        return holder

    def ask_erase(self) -> None:
        """The form that says why; its button erases."""
        if self.view is not None and not self.view.is_stopped:
            erase_form(self.bench, self.view.patient_id, retained=self.view.kept_until is not None, done=self.erased)

    def erased(self, made: Certificate) -> None:
        """Nobody is left on this page: show the certificate."""
        self.done, self.view = made, None
        _, desk = self.desk.words, self.desk
        self.head.set_note("")
        clear(self.pane.body)
        said = _(N_("The person was erased. Certificate {number}."), number=made.number)
        self._put(Marked(desk, said, Shape.DONE, Tone.GREEN, wrap=True))
        if made.mentions:
            self._put(self._places(made.mentions))
        self._put(_beside(self._print_button(made)))
        self.pane.finish()
        self.start()

    def _print_button(self, made: Certificate) -> QWidget:
        run = partial(self.desk.go, "reports", None, name="erasure_certificate", number=made.number)
        return secondary(self.desk.icons, self.desk.words(N_("Print the certificate")), run, icon="printer")

    def _show_certificates(self, found: Sequence[Certificate]) -> None:
        _, desk = self.desk.words, self.desk
        clear(self.certificates.body)
        for each in found[:20]:
            run = partial(desk.go, "reports", None, name="erasure_certificate", number=each.number)
            words = f"{each.number} · {desk.formats.date(each.at.date())}"
            self.certificates.add(link(desk.icons, words, run, icon="file-check", small=True))
        if not found:
            self.certificates.add(Label(_(N_("Nobody has been erased here.")), Role.SECOND, wrap=True))

    # the copy

    def copy_on_paper(self) -> None:
        """Preview, print or save the copy; that it was given is written down there."""
        if self.view is not None:
            self.desk.go("reports", None, name="own_copy", person=str(self.view.patient_id))

    def copy_as_file(self) -> None:
        """Ask where it goes; write paper and file as one sealed PDF, and put on record that it was given."""
        if self.view is None:
            return
        words = self.desk.words
        suggested = words(COPY_NAME, day=self.desk.today().isoformat()) + ".pdf"
        name, _kind = QFileDialog.getSaveFileName(self, words(N_("Where should the copy go?")), suggested, "*.pdf")
        if name:
            password = new_code()
            self.desk.runner.work(
                _write_copy, self.desk.runner.store, self.view.patient_id, Path(name), password, words, owner=self,
                done=lambda _a: self._written(password), exclusive=True,
            )  # fmt: skip

    def _written(self, password: str) -> None:
        self.password.setText(password)
        self.password.show()
        self.desk.toast(self.desk.words(N_("Own copy written")), undo=False)


DATA_NAME = "data.json"
"""The file inside the sealed copy; its name tells nothing of the person."""


def _write_copy(store: Any, patient_id: int, target: Path, password: str, language: Language) -> None:
    from liaison.reports.making import make_report, put_on_record
    from liaison.reports.sealing import sealed_with

    with store.read() as session:
        data = own_copy.as_json(own_copy.own_copy(session, patient_id), language)
        paper = make_report(session, "own_copy", {"person": str(patient_id)}, language=language.code)
    both = sealed_with(paper, DATA_NAME, data, password)
    with store.write(GIVE_COPY, kind=paper.action_kind) as session:
        put_on_record(session, both, target)


@reopens
def hold_form(bench: Bench, patient_id: int) -> None:
    """Keep these records for now, with the reason."""
    form = Form(bench.desk, HoldDraft, ["reason"])
    form.set(HoldDraft(reason=""))
    offer(
        bench, form, title=N_("Put a hold on these records"), action=N_("Put a hold on a person's records"),
        write=erasure.place_hold, before=(patient_id,), said=N_("These records stay until the hold is lifted"),
    )  # fmt: skip


@reopens
def lift_form(bench: Bench, hold_id: int) -> None:
    """Let a hold go."""
    form = Form(bench.desk, HoldDraft, ["reason"])
    form.set(HoldDraft(reason=""))
    offer(
        bench, form, title=N_("Lift the hold"), action=N_("Lift a hold"), write=_lift, before=(hold_id,),
        said=N_("Hold lifted"),
    )  # fmt: skip


def _lift(session: Any, hold_id: int, draft: HoldDraft) -> Any:
    return erasure.lift_hold(session, hold_id, because=draft.reason)


def erase_form(bench: Bench, patient_id: int, *, retained: bool, done: Any) -> None:
    """Why a person is erased. Its button does it: there is no undo, so the words say so once more."""
    from liaison.ui.widgets.drawer import FormPane

    desk = bench.desk
    _ = desk.words
    rows = ["asked_on", "ground", *(["despite_retention"] if retained else [])]
    kept = () if retained else ("despite_retention",)
    form = Form(desk, ErasureDraft, rows, kept=kept)
    form.set(ErasureDraft(asked_on=desk.today(), ground=""))

    def refused(problems: Sequence[Problem]) -> None:
        form.show(tuple(problems))

    def failed(trouble: Trouble) -> bool:
        if isinstance(trouble.error, LiaisonError):
            desk.toast(trouble.error.text(_), refused=True)
            return True
        return False

    def made(certificate: Certificate) -> None:
        bench.drawer.close_form()
        desk.toast(_(N_("The person was erased")), undo=False)
        done(certificate)

    def save() -> None:
        draft = form.read()
        problems = check_erasure(draft, today=desk.today())
        if problems:
            form.show(problems)
            return
        desk.runner.work(
            erasure.erase_person, desk.runner.store, patient_id, draft, owner=form, done=made, refused=refused,
            failed=failed, exclusive=True,
        )  # fmt: skip

    pane = FormPane(
        desk, title=_(N_("Erase this person")), content=form, save=save, save_word=N_("Erase for good"),
        note=_(N_("It cannot be undone.")),
    )  # fmt: skip
    bench.drawer.open(pane)


def _beside(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 4, 0, 4)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder
