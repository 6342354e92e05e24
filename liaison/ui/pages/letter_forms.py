"""Forms of a guarantee letter: ask for one, write down a letter as issued, a question and its answer."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.codes import ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.fields import field_of
from liaison.domain.guarantees import (
    GuaranteeDraft,
    GuaranteeQueryDraft,
    VersionDraft,
    VersionKind,
    check_guarantee,
    check_guarantee_query,
)
from liaison.domain.problems import Problem
from liaison.domain.work import NoteChannel
from liaison.i18n import N_
from liaison.services import guarantees
from liaison.services.guarantee_views import GuaranteeView
from liaison.services.views import JourneyView
from liaison.ui.desk import Desk
from liaison.ui.pages.journey_ends import words_form
from liaison.ui.pages.lookups import cover_choice, hospital_edit
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Choice, Editor, LongText, TextEdit, code_choices
from liaison.ui.widgets.form import FieldBox, Form, Row
from liaison.ui.widgets.money_edit import MoneyEdit

_REQUEST_ROWS: tuple[Row, ...] = (
    "cover_id",
    "hospital_id",
    "requested_at",
    "channel",
    "diagnosis",
    "procedure",
    "insurer_contact",
    "gl_no",
    "note",
)
_REQUEST_KEPT = (
    "journey_id",
    "state",
    "entitlement",
    "exclusions",
    "copay_note",
    "reason",
    "reason_note",
    "is_checklist_complete",
    "accepted",
    "excess",
)


def request_form(bench: Bench, case: JourneyView, *, done: Callable[[Any], object] | None = None) -> FormPane:
    """Ask for a guarantee letter; the cover is chosen here, none is preselected where there are several."""
    desk = bench.desk
    editors: dict[str, Editor] = {
        "cover_id": cover_choice(desk, case.covers),
        "hospital_id": hospital_edit(desk),
        "channel": _channel(desk),
    }
    form = Form(desk, GuaranteeDraft, _REQUEST_ROWS, editors=editors, kept=_REQUEST_KEPT)
    chosen = case.cover.id if case.cover is not None else 0
    draft = GuaranteeDraft(
        journey_id=case.id,
        cover_id=chosen,
        hospital_id=case.hospital.id if case.hospital else None,
        diagnosis=" ".join(p for p in (case.diagnosis_code, case.diagnosis) if p),
        procedure=case.procedure,
    )

    def made(answer: Any) -> None:
        if done is not None:
            done(answer)

    note = N_("Leave “Requested at” empty while the papers are still being put together.")
    return offer(
        bench,
        begin(form, draft),
        title=N_("Request a guarantee letter"),
        action=N_("Request a guarantee letter"),
        write=guarantees.request_guarantee,
        said=N_("Letter noted"),
        note=desk.words(note),
        look=check_guarantee,
        done=made,
    )


def _channel(desk: Desk) -> Editor:
    """How the request went out, stored as a word."""
    return ChannelText(desk)


class ChannelText(Choice):
    """A channel for a field that holds it as text."""

    def __init__(self, desk: Desk) -> None:
        codes = [c for c in NoteChannel if c is not NoteChannel.NOTE]
        super().__init__(desk, [(str(c.value), desk.words(c.label)) for c in codes], none="–", search=False)

    def value(self) -> Any:
        """The channel, or an empty text."""
        return super().value() or ""


_LETTER_ROWS: tuple[Row, ...] = (
    "issued_at",
    "ceiling",
    "is_as_charged",
    ("valid_from", "valid_to"),
    "covered_days",
    "room_class",
    "note",
)
_FINAL_ROWS: tuple[Row, ...] = ("issued_at", "note")
_TITLES = {
    VersionKind.INITIAL: N_("The letter as issued"),
    VersionKind.TOPUP: N_("The top-up letter as issued"),
    VersionKind.FINAL: N_("The final letter as issued"),
}


class IssuedForm(QWidget):
    """A letter as issued, with its number and, for the final one, what is accepted and what the patient pays."""

    def __init__(self, bench: Bench, letter: GuaranteeView, kind: VersionKind) -> None:
        super().__init__()
        self._bench, self._letter, self._kind = bench, letter, kind
        desk = bench.desk
        currency = _currency(letter)
        final = kind is VersionKind.FINAL
        rows = _FINAL_ROWS if final else _LETTER_ROWS
        every = {f.name for f in dataclasses.fields(VersionDraft)}
        shown = {n for row in rows for n in ([row] if isinstance(row, str) else row if isinstance(row, tuple) else [])}
        editors: dict[str, Editor] = {} if final else {"ceiling": MoneyEdit(desk, currency=currency)}
        self.form = Form(desk, VersionDraft, rows, editors=editors, kept=every - shown)
        self.form.set(self._start())
        self.extra: dict[str, FieldBox] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        if not letter.gl_no:
            self._add(box, "gl_no", TextEdit(desk))
        if final:
            self._add(box, "accepted", MoneyEdit(desk, currency=currency))
            self._add(box, "excess", MoneyEdit(desk, currency=currency))
        box.addWidget(self.form)

    def _start(self) -> VersionDraft:
        """Dates and room go on from the letter before."""
        letter = self._letter
        before = letter.versions[-1] if letter.versions else None
        now = self._bench.desk.clock().replace(second=0, microsecond=0)
        return VersionDraft(
            guarantee_id=letter.id,
            kind=self._kind,
            issued_at=now,
            valid_from=before.valid_from if before else None,
            valid_to=before.valid_to if before else None,
            covered_days=before.covered_days if before else None,
            room_class=before.room_class if before else "",
        )

    def _add(self, box: QVBoxLayout, name: str, editor: Editor) -> None:
        made = FieldBox(self._bench.desk, field_of(GuaranteeDraft, name), editor)
        editor.changed.connect(lambda: made.show_problem(None))
        self.extra[name] = made
        box.addWidget(made)

    def save(self, *, override_reason: str = "", done: Callable[[Any], object] | None = None) -> None:
        """Hand letter and number to the service as one action."""
        problems: list[Problem] = []
        more: dict[str, Any] = {}
        draft: VersionDraft | None = None
        for name, field in self.extra.items():
            try:
                more[name] = field.editor.value()
            except Unreadable as error:
                problems.append(dataclasses.replace(error.problem, field=name))
        try:
            draft = self.form.read()
        except Refused as error:
            problems += error.problems
        if self._kind is VersionKind.FINAL and not problems and more.get("accepted") is None:
            missing = N_("Please fill in: {what}.")
            what = field_of(GuaranteeDraft, "accepted")
            problems.append(Problem(code="MISSING", message=missing, field="accepted", values={"what": what}))
        if problems or draft is None:
            self.show_problems(problems)
            return
        if self._kind is VersionKind.FINAL:
            draft = dataclasses.replace(draft, ceiling=more["accepted"])
        self._bench.desk.runner.write(
            N_("Record a letter as issued"),
            partial(guarantees.add_version, version=self._letter.version, override_reason=override_reason, **more),
            draft,
            owner=self,
            done=lambda answer: self._saved(answer, done),
            refused=self.show_problems,
        )

    def _saved(self, answer: Any, done: Callable[[Any], object] | None) -> None:
        self._bench.done(N_("Letter recorded"))
        if done is not None:
            done(answer)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Each at its field, whichever part has it."""
        problems = tuple(problems)
        for name, box in self.extra.items():
            box.show_problem(next((p for p in problems if p.field == name), None))
        self.form.show([p for p in problems if p.field not in self.extra])


def issued_form(
    bench: Bench, letter: GuaranteeView, kind: VersionKind, *, done: Callable[[Any], object] | None = None
) -> FormPane:
    """Write down a letter as the insurer issued it."""
    desk = bench.desk
    form = IssuedForm(bench, letter, kind)
    note = ""
    if kind is VersionKind.TOPUP and letter.ceiling_now is not None:
        note = desk.words(
            N_("The ceiling is the whole new amount, not what was added. Until now: {ceiling}."),
            ceiling=letter.ceiling_now,
        )
    return bench.drawer.open(
        FormPane(desk, title=desk.words(_TITLES[kind]), content=form, save=lambda: form.save(done=done), note=note)
    )


def _currency(letter: GuaranteeView) -> str:
    """The currency of the letter so far; a first letter is most often in ringgit."""
    return letter.ceiling_now.currency if letter.ceiling_now is not None else "MYR"


def reason_form(
    bench: Bench,
    *,
    title: str,
    action: str,
    write: Callable[..., Any],
    record: int,
    to: object,
    version: int | None,
    with_code: bool,
    said: str,
    done: Callable[[Any], object] | None = None,
) -> FormPane:
    """A move that asks why: a reason from the list, and words."""
    desk = bench.desk
    fields: list[tuple[str, str, Editor]] = []
    if with_code:
        reasons = Choice(desk, code_choices(desk, ReasonCode))
        reasons.set_value(None)
        fields.append(("reason", N_("Reason"), reasons))
    fields.append(("reason_note", N_("In words"), LongText(desk)))

    def make(values: dict[str, Any]) -> Callable[..., Any]:
        return partial(
            write,
            reason=values.get("reason"),
            reason_note=values["reason_note"],
            note=values["reason_note"],
            version=version,
        )

    return words_form(
        bench,
        title=title,
        fields=fields,
        action=action,
        write=make,
        before=(record, to),
        said=said,
        save_word=N_("Move"),
        done=done,
    )


def query_form(
    bench: Bench, guarantee_id: int, *, on_topup: bool = False, done: Callable[[Any], object] | None = None
) -> FormPane:
    """Write down a question of the insurer; the letter's clock stands still until it is answered."""
    desk = bench.desk
    rows: tuple[Row, ...] = ("question", "asked_at", "due_at", "is_on_topup")
    form = Form(desk, GuaranteeQueryDraft, rows, editors={"question": LongText(desk)}, kept=("guarantee_id",))
    now = desk.clock().replace(second=0, microsecond=0)
    form.set(GuaranteeQueryDraft(guarantee_id=guarantee_id, asked_at=now, question="", is_on_topup=on_topup))
    return offer(
        bench,
        form,
        title=N_("The insurer asks"),
        action=N_("Record a question"),
        write=guarantees.ask_query,
        said=N_("Question recorded"),
        look=lambda d: check_guarantee_query(d, now=desk.clock() + dt.timedelta(minutes=1)),
        done=done,
    )


def answer_form(
    bench: Bench,
    query_id: int,
    question: str,
    *,
    write: Callable[..., Any],
    done: Callable[[Any], object] | None = None,
) -> FormPane:
    """Write down our answer to a question."""
    desk = bench.desk
    return words_form(
        bench,
        title=N_("Our answer"),
        fields=[("answer", N_("Answer"), LongText(desk, lines=5))],
        action=N_("Answer a question"),
        write=lambda values: partial(_answer, write, answer=values["answer"]),
        before=(query_id,),
        said=N_("Answer recorded"),
        save_word=N_("Save"),
        note=desk.masking.text(question),
        done=done,
    )


def _answer(write: Callable[..., Any], session: Any, query_id: int, *, answer: str) -> Any:
    return write(session, query_id, answer)
