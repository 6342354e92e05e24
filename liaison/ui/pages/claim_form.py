"""A claim while it is typed: one page, one Save; amounts in either notation, lines that add up, errors at fields.

The way of what is typed: ``save`` reads the fields of :data:`ROWS` (``widgets.form``) into one draft, with the lines
beside it (``claim_lines``), asks ``domain.claims.check_claim``, and hands it through the runner to
``services.claims.file_claim``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from liaison.domain.claims import ClaimDraft, check_claim
from liaison.domain.errors import Refused
from liaison.domain.money import Money
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services import claims
from liaison.services.changes import Changes
from liaison.services.claim_opening import OpenedClaim, fresh_claim, open_claim, open_claim_of_case
from liaison.services.policies import CoverSummary, covers_of
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages.claim_lines import ClaimLines, SumLine
from liaison.ui.pages.lookups import NONE_CHOSEN, cover_words, hospital_edit, patient_edit
from liaison.ui.pages.short_forms import SAVE_ANYWAY
from liaison.ui.places import Place
from liaison.ui.theme import Role
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.buttons import primary, secondary, set_button_text
from liaison.ui.widgets.drawer import CANCEL, SAVE
from liaison.ui.widgets.editors import Choice, LongText
from liaison.ui.widgets.form import Form, Heading, Row
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.money_edit import MoneyEdit
from liaison.ui.widgets.parts import ActionBar, Head, Pane, hairline

ROWS: tuple[Row, ...] = (
    ("patient_id", "cover_id"),
    ("hospital_id", "kind"),
    Heading(text=N_("Money and dates")),
    ("billed", "claim_no"),
    ("admitted_on", "discharged_on", "intensive_nights"),
    ("submitted_on", "submit_by"),
    Heading(text=N_("Diagnosis and remarks")),
    ("diagnosis_code", "diagnosis"),
    "remarks",
)
NOT_TYPED = frozenset({"gl_no"})
"""What a claim only carries and nobody types: the letter's number comes with the letter, or with a list."""
WIDEST = 860


def _kept() -> frozenset[str]:
    shown = {n for row in ROWS if not isinstance(row, Heading) for n in ([row] if isinstance(row, str) else row)}
    return frozenset(f.name for f in dataclasses.fields(ClaimDraft)) - shown


class ClaimFormPage(Page):
    """A new claim, or one that is changed (``place.record``). ``place.values["journey"]`` names its case."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._seen: set[tuple[str, str]] = set()
        self._kept_text: dict[str, object] = {}
        journey = place.values.get("journey")
        self._journey_id = journey if isinstance(journey, int) else None
        _ = desk.words
        self.person = patient_edit(desk)
        self.person.found.connect(self._person_found)
        self.cover = Choice(desk, (), none=_(NONE_CHOSEN), search=False)
        self.billed = MoneyEdit(desk, currency="MYR")
        self.form = Form(
            desk,
            ClaimDraft,
            ROWS,
            editors={
                "patient_id": self.person,
                "cover_id": self.cover,
                "hospital_id": hospital_edit(desk),
                "billed": self.billed,
                "remarks": LongText(desk, lines=2),
            },
            kept=_kept(),
        )
        self.lines = ClaimLines(desk)
        self._by_lines = False
        self.sum_line = SumLine(desk, self._take_sum)
        self.form.boxes["billed"].add_below(self.sum_line)
        self.form.changed.connect(self._typed)
        self.billed.changed.connect(self._billed_typed)
        self.lines.changed.connect(self._lines_typed)
        self.save_button = primary(desk.icons, _(SAVE), self.save, icon="check")
        self._lay_out()

    def _lay_out(self) -> None:
        desk, _ = self.desk, self.desk.words
        title = _(N_("New claim")) if self.place.record is None else _(N_("Change the claim"))
        self.head = Head(desk, title, back=desk.frame.back, back_hint=_(N_("Back")))
        self.body.addWidget(self.head)
        self.body.addWidget(hairline())
        pane = Pane(desk, side="middle", name=title)
        column = QWidget()
        column.setMaximumWidth(WIDEST)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, 0, 12)
        box.setSpacing(14)
        box.addWidget(self.form)
        box.addWidget(Label(_(N_("Lines")), Role.SECTION))
        box.addWidget(self.lines)
        row = QHBoxLayout()
        row.addWidget(column, 6)
        row.addStretch(1)
        pane.body.addLayout(row)
        pane.finish()
        self.body.addWidget(pane, 1)
        self.note = Label(_(N_("Nothing is written before you save.")), Role.SECOND, elide=True)
        cancel = secondary(desk.icons, _(CANCEL), desk.frame.back)
        self.body.addWidget(ActionBar(note=self.note, buttons=(cancel, self.save_button)))

    # opening

    def start(self) -> None:
        """Read what there is to begin with."""
        runner = self.desk.runner
        if self.place.record is not None:
            runner.read(open_claim, self.place.record, owner=self, done=self._open, key="claim")
        elif self._journey_id is not None:
            runner.read(open_claim_of_case, self._journey_id, owner=self, done=self._open_for_case, key="case")
        else:
            self._begin(fresh_claim(), empty=("patient_id", "billed"))
            self.form.focus("patient_id")

    def _open(self, opened: OpenedClaim) -> None:
        self._version = opened.version
        self._offer_covers(opened.covers)
        self.lines.set_billed(None, opened.draft.billed.currency)
        self.lines.set_lines(opened.draft.lines)
        self._begin(opened.draft)
        self.form.focus("billed")

    def _open_for_case(self, opened: OpenedClaim) -> None:
        self._offer_covers(opened.covers)
        self._begin(opened.draft, empty=() if opened.draft.billed else ("billed",))
        self.person.inner().setEnabled(False)
        self.form.focus("billed")

    def _begin(self, draft: ClaimDraft, *, empty: Iterable[str] = ()) -> None:
        self.form.set(draft)
        for name in empty:
            self.form.editor(name).set_value(None)
        if draft.billed.minor == 0:
            self.billed.set_currency(draft.billed.currency)
        self.lines.set_billed(draft.billed if draft.billed else None, draft.billed.currency)
        if self._kept_text:
            self._put_back()
        added = self.lines.added()
        self._by_lines = self._billed_now() in (None, added)
        self._typed()

    def _person_found(self, patient_id: object) -> None:
        """Another person, other covers: none of them is preselected."""
        self.cover.set_choices((), none=self.desk.words(NONE_CHOSEN))
        if isinstance(patient_id, int):
            self.desk.runner.read(covers_of, patient_id, owner=self, done=self._offer_covers, key="covers")

    def _offer_covers(self, covers: Iterable[CoverSummary]) -> None:
        choices = [(c.id, cover_words(self.desk, c)) for c in covers]
        self.cover.set_choices(choices, none=self.desk.words(NONE_CHOSEN))

    def _typed(self) -> None:
        billed = self._billed_now()
        self.lines.set_billed(billed, self.billed.currency())
        self.sum_line.show_difference(self.lines.added(), billed)

    def _billed_now(self) -> Money | None:
        try:
            billed: Money | None = self.billed.value()
        except Unreadable:
            return None
        return billed

    def _billed_typed(self) -> None:
        """An amount typed by hand stays as typed; emptied, it is that of the lines again."""
        self._by_lines = not self.billed.line.text().strip()

    def _lines_typed(self) -> None:
        """Until somebody types another amount, what is billed is the sum of the lines, at every keystroke."""
        added = self.lines.added()
        if self._by_lines and added is not None:
            self.billed.set_value(added)
            self.form.boxes["billed"].show_problem(None)
        self._typed()

    def _take_sum(self) -> None:
        added = self.lines.added()
        if added is not None:
            self._by_lines = True
            self.billed.set_value(added)
            self.form.boxes["billed"].show_problem(None)
            self._typed()
            self.billed.setFocus()

    # saving

    def save(self) -> None:
        """Read everything, show every problem at once, and hand the claim to its service as one action."""
        problems: list[Problem] = []
        draft: ClaimDraft | None = None
        lines: tuple[Any, ...] = ()
        try:
            draft = self.form.read()
        except Refused as refused:
            problems += refused.problems
        try:
            lines = self.lines.read(self.billed.currency())
        except Unreadable as error:
            problems.append(dataclasses.replace(error.problem, field="lines"))
        if draft is not None:
            draft = dataclasses.replace(draft, lines=lines)
            problems += check_claim(draft, today=self.desk.today())  # warnings are seen before the save
        if draft is None or any(p.severity == "error" for p in problems):
            self.show_problems(problems)
            return
        news = {(p.code, p.field) for p in problems} - self._seen
        if news:
            self._seen |= news
            self.show_problems(problems)
            set_button_text(self.save_button, self.desk.words(SAVE_ANYWAY))
            return
        self._write(draft)

    def _write(self, draft: ClaimDraft) -> None:
        runner = self.desk.runner
        if self.place.record is None:
            runner.write(
                N_("File a claim"), claims.file_claim, draft, owner=self, done=self._saved, refused=self.show_problems
            )
            return
        change = partial(claims.edit_claim, version=self._version)
        runner.write(
            N_("Change a claim"), change, self.place.record, draft, owner=self, done=self._saved,
            refused=self.show_problems,
        )  # fmt: skip

    def _saved(self, changes: Changes) -> None:
        self.desk.toast(self.desk.words(N_("Claim saved")))
        record = changes.made if self.place.record is None else self.place.record
        self.desk.frame.moved(Place(page="claims"))
        self.desk.go("claim", record)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Each at its field; those of the lines under the lines."""
        found = tuple(problems)
        self.lines.show_problems(p for p in found if p.field.startswith("lines"))
        self.form.show([p for p in found if not p.field.startswith("lines")])

    # keeping

    def keep(self) -> dict[str, object]:
        """What is typed, lines included."""
        return {"form": self.form.keep(), "lines": self.lines.kept()}

    def resume(self, kept: dict[str, object]) -> None:
        """Put back what was typed, once the claim itself is there."""
        self._kept_text = kept

    def _put_back(self) -> None:
        kept, self._kept_text = self._kept_text, {}
        form, rows = kept.get("form"), kept.get("lines")
        if isinstance(form, dict):
            self.form.resume(form)
        if isinstance(rows, list):
            self.lines.put_back(rows)
        added = self.lines.added()
        if added is not None and not self.billed.line.text().strip():
            self.billed.set_value(added)  # an amount that only follows the lines is not kept, the lines are
        self._typed()

    def actions_here(self) -> tuple[Action, ...]:
        """What can be done on this page."""
        return (
            Action(key="claim.save", text=N_("Save the claim"), keys="Ctrl+Return", more_keys=("Ctrl+S",), icon="check",
                   run=self.save, scope=Scope.FORM, menu=Menu.FILE),
        )  # fmt: skip
