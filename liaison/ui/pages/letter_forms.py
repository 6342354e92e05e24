"""Forms of a guarantee letter: ask for one, write down a letter as issued, a question and its answer."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from liaison.domain.codes import ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.fields import field_of
from liaison.domain.guarantees import (
    GuaranteeDraft,
    GuaranteeQueryDraft,
    GuaranteeState,
    VersionDraft,
    VersionKind,
    check_guarantee,
    check_guarantee_query,
)
from liaison.domain.money import CURRENCIES, Money
from liaison.domain.problems import Problem
from liaison.domain.work import NoteChannel
from liaison.i18n import N_
from liaison.services import guarantees
from liaison.services.final_letters import final_findings
from liaison.services.guarantee_views import GuaranteeView
from liaison.services.letter_arrival import NEXT_STAGE, letter_arrived
from liaison.services.views import JourneyView
from liaison.ui.desk import Desk
from liaison.ui.incoming import Incoming
from liaison.ui.pages.journey_ends import words_form
from liaison.ui.pages.lookups import cover_choice, hospital_edit
from liaison.ui.pages.short_forms import SAVE_ANYWAY, Bench, begin, offer
from liaison.ui.reopening import reopens
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.buttons import set_button_text
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Choice, Editor, LongText, TextEdit, TickEdit, code_choices
from liaison.ui.widgets.file_slot import FileSlot
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
    "name_on_letter",
    "passport_on_letter",
    "entitlement",
    "exclusions",
    "copay_note",
    "reason",
    "reason_note",
    "is_checklist_complete",
    "accepted",
    "excess",
)


@reopens
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


class CurrencyText(Choice):
    """A currency for a field that holds it as text; nothing chosen is an empty text."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, [(code, code) for code in CURRENCIES], none="–", search=False)

    def value(self) -> Any:
        """The currency, or an empty text."""
        return super().value() or ""

    def set_value(self, value: Any) -> None:
        """Show a currency."""
        super().set_value(value or None)


_LETTER_ROWS: tuple[Row, ...] = (
    "ceiling",
    ("valid_to", "valid_from"),
    "room_class",
    "covered_days",
    "is_as_charged",
    "issued_at",
    ("rate", "rate_for"),
    "note",
)
_FINAL_ROWS: tuple[Row, ...] = ("issued_at", "note")
_TITLES = {
    VersionKind.INITIAL: N_("The letter as issued"),
    VersionKind.TOPUP: N_("The top-up letter as issued"),
    VersionKind.FINAL: N_("The final letter as issued"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What a letter came for: the case, and its record here if somebody wrote the request down."""

    kind: VersionKind
    letter: GuaranteeView | None = None
    case: JourneyView | None = None

    @property
    def can_move_case(self) -> bool:
        """Whether the letter is what the case was waiting for."""
        return self.kind is VersionKind.INITIAL and self.case is not None and self.case.state in NEXT_STAGE


class IssuedForm(QWidget):
    """A letter as it came: its file, its number, its ceiling and dates; for the final one what is accepted."""

    def __init__(self, bench: Bench, arrival: Arrival) -> None:
        super().__init__()
        self._bench, self._arrival = bench, arrival
        desk, letter = bench.desk, arrival.letter
        currency = _currency(arrival)
        final = arrival.kind is VersionKind.FINAL
        rows = _FINAL_ROWS if final else _LETTER_ROWS
        every = {f.name for f in dataclasses.fields(VersionDraft)}
        shown = {n for row in rows for n in ([row] if isinstance(row, str) else row if isinstance(row, tuple) else [])}
        editors: dict[str, Editor] = (
            {} if final else {"ceiling": MoneyEdit(desk, currency=currency), "rate_for": CurrencyText(desk)}
        )
        self.form = Form(desk, VersionDraft, rows, editors=editors, kept=every - shown)
        self.form.set(self._start())
        self._warned: Money | None = None
        self.save_button: QPushButton | None = None
        self.extra: dict[str, FieldBox] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        self.slot = FileSlot(desk, name=desk.words(N_("The letter's file")))
        self.slot.changed.connect(self._file_came)
        box.addWidget(self.slot)
        if letter is None and arrival.case is not None:
            self._add(box, "cover_id", cover_choice(desk, arrival.case.covers))
            self.extra["cover_id"].editor.set_value(arrival.case.cover.id if arrival.case.cover is not None else None)
        if letter is None or not letter.gl_no:
            self._add(box, "gl_no", TextEdit(desk))
        if final:
            self._add(box, "accepted", MoneyEdit(desk, currency=currency))
            self._add(box, "excess", MoneyEdit(desk, currency=currency))
        box.addWidget(self.form)
        self.moves = self._move_tick(box)
        self.slot.paste_anywhere_in(self)

    def _move_tick(self, box: QVBoxLayout) -> TickEdit | None:
        """Whether the case goes on to what follows its letter."""
        case = self._arrival.case
        if not self._arrival.can_move_case or case is None:
            return None
        words = self._bench.desk.words
        text = words(N_("Move the case to “{stage}”"), stage=words(NEXT_STAGE[case.state].label))
        tick = TickEdit(self._bench.desk, text)
        tick.set_name(text)
        tick.set_value(True)
        box.insertWidget(box.count() - 1, tick)
        return tick

    def _start(self) -> VersionDraft:
        """Dates and room go on from the letter before; a first letter holds from today for the cover's own room."""
        letter = self._arrival.letter
        before = letter.versions[-1] if letter is not None and letter.versions else None
        now = self._bench.desk.clock().replace(second=0, microsecond=0)
        return VersionDraft(
            guarantee_id=letter.id if letter is not None else 0,
            kind=self._arrival.kind,
            issued_at=now,
            valid_from=before.valid_from if before else self._bench.desk.today(),
            valid_to=before.valid_to if before else None,
            covered_days=before.covered_days if before else None,
            room_class=before.room_class if before else self._room(),
            rate=before.rate if before else None,
            rate_for=before.rate_for if before else "",
        )

    def _room(self) -> str:
        case, letter = self._arrival.case, self._arrival.letter
        if case is None:
            return ""
        chosen = letter.cover_id if letter is not None else case.cover.id if case.cover is not None else None
        cover = next((c for c in case.covers if c.id == chosen), None)
        return (cover.room_class if cover is not None else "") or case.room_class

    def _add(self, box: QVBoxLayout, name: str, editor: Editor) -> None:
        made = FieldBox(self._bench.desk, field_of(GuaranteeDraft, name), editor)
        editor.changed.connect(lambda: made.show_problem(None))
        editor.changed.connect(lambda: editor.mark_guessed(guessed=False))
        self.extra[name] = made
        box.addWidget(made)

    def _file_came(self) -> None:
        """Insurers put the letter's number into the file's name: it is taken from there, marked as a guess."""
        self.slot.paste_anywhere_in(self)
        number = self.extra.get("gl_no")
        if number is not None and self.slot.files and not str(number.editor.value()).strip():
            guessed = next(filter(None, (number_in_name(f.name) for f in self.slot.files)), "")
            if guessed:
                number.editor.set_value(guessed)
                number.show_guess(N_("guessed from the file’s name"))
        self.focus_first()

    def focus_first(self) -> None:
        """Go to the first field that still needs typing."""
        for name in ("cover_id", "gl_no", "accepted"):
            field = self.extra.get(name)
            if field is not None and not field.editor.typed().rpartition(" ")[2].strip():
                field.editor.setFocus()
                return
        self.form.focus("ceiling" if "ceiling" in self.form.boxes else "")

    def save(self, *, override_reason: str = "", done: Callable[[Any], object] | None = None) -> None:
        """Hand file, letter and number to the service as one action."""
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
        final = self._arrival.kind is VersionKind.FINAL
        missing = [n for n in ("cover_id", "accepted") if n in self.extra and not more.get(n)]
        for name in missing if not problems else ():
            what = field_of(GuaranteeDraft, name)
            text = N_("Please fill in: {what}.")
            problems.append(Problem(code="MISSING", message=text, field=name, values={"what": what}))
        if problems or draft is None:
            self.show_problems(problems)
            return
        if final:
            draft = dataclasses.replace(draft, ceiling=more["accepted"])
        write = partial(self._write, draft, more, override_reason=override_reason, done=done)
        if final:
            self._compare(more["accepted"], write)
        else:
            write()

    def _compare(self, accepted: Money, write: Callable[[], None]) -> None:
        """Show once what is odd about a final letter; the second press saves it all the same."""
        letter = self._arrival.letter
        if letter is None or accepted == self._warned:
            write()
            return

        def compared(found: tuple[Problem, ...]) -> None:
            if not found:
                write()
                return
            self._warned = accepted
            self.show_problems(found)
            if self.save_button is not None:
                set_button_text(self.save_button, self._bench.desk.words(SAVE_ANYWAY))

        self._bench.desk.runner.read(final_findings, letter.id, accepted, owner=self, done=compared, key="final letter")

    def _write(
        self, draft: VersionDraft, more: dict[str, Any], *, override_reason: str, done: Callable[[Any], object] | None
    ) -> None:
        letter, case = self._arrival.letter, self._arrival.case
        asked = None
        cover_id = more.pop("cover_id", None)
        if letter is None and case is not None:
            house = case.hospital.id if case.hospital is not None else None
            asked = GuaranteeDraft(journey_id=case.id, cover_id=cover_id or 0, hospital_id=house)
        self._bench.desk.runner.write(
            N_("Record a letter as issued"),
            partial(
                _keep,
                files=self.slot.files,
                asked=asked,
                unasked=self._bench.desk.words(UNASKED),
                move_case=self.moves is not None and bool(self.moves.value()),
                version=letter.version if letter is not None else None,
                override_reason=override_reason,
                **more,
            ),
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


UNASKED = N_("the letter itself came")
"""Stands in the history where a letter passed by "requested"."""


def _keep(session: Any, draft: VersionDraft, *, files: tuple[Incoming, ...], **more: Any) -> Any:
    """Read the files where the store is written, then write everything down."""
    return letter_arrived(session, draft, files=[(f.name, f.read()) for f in files], **more)


def number_in_name(name: str) -> str:
    """The letter's number as far as the name of its file tells it, else nothing: ``GL-26-00817 Suyanti.pdf``."""
    stem = name.rpartition(".")[0] or name
    words = (word.strip(".,;()[]") for word in re.split(r"[\s_]+", stem))
    return next((w for w in words if sum(c.isdigit() for c in w) >= LEAST_DIGITS), "")


LEAST_DIGITS = 4
"""Fewer digits in a file's name are a count or a day, not the number of a letter."""


def issued_form(
    bench: Bench,
    letter: GuaranteeView,
    kind: VersionKind,
    *,
    case: JourneyView | None = None,
    done: Callable[[Any], object] | None = None,
) -> FormPane:
    """Write down a letter as the insurer issued it."""
    return _open(bench, Arrival(kind=kind, letter=letter, case=case), done=done)


_EXPECTED = {
    GuaranteeState.DRAFT: VersionKind.INITIAL,
    GuaranteeState.REQUESTED: VersionKind.INITIAL,
    GuaranteeState.QUERIED: VersionKind.INITIAL,
    GuaranteeState.DECLINED: VersionKind.INITIAL,
    GuaranteeState.DEFERRED: VersionKind.INITIAL,
    GuaranteeState.EXPIRED: VersionKind.INITIAL,
    GuaranteeState.WITHDRAWN: VersionKind.INITIAL,
    GuaranteeState.ISSUED: VersionKind.TOPUP,
    GuaranteeState.ACCEPTED: VersionKind.TOPUP,
    GuaranteeState.TOPUP_REQUESTED: VersionKind.TOPUP,
    GuaranteeState.TOPUP_ISSUED: VersionKind.TOPUP,
    GuaranteeState.FINAL_REQUESTED: VersionKind.FINAL,
    GuaranteeState.FINAL_QUERIED: VersionKind.FINAL,
    GuaranteeState.REOPENED: VersionKind.FINAL,
}
"""Which letter comes next in each state; the others expect none."""


@reopens
def arrived_form(bench: Bench, case: JourneyView, *, done: Callable[[Any], object] | None = None) -> FormPane:
    """A letter of this case arrived: the form of the one that is waited for, else of a first one."""
    letter = next((g for g in case.guarantees if g.state in _EXPECTED), None)
    kind = _EXPECTED[letter.state] if letter is not None else VersionKind.INITIAL
    if letter is not None and letter.state is GuaranteeState.QUERIED and letter.versions:
        kind = VersionKind.TOPUP
    if letter is not None and letter.state is GuaranteeState.ISSUED and not letter.versions:
        kind = VersionKind.INITIAL
    return _open(bench, Arrival(kind=kind, letter=letter, case=case), done=done)


def _open(bench: Bench, arrival: Arrival, *, done: Callable[[Any], object] | None) -> FormPane:
    desk, letter = bench.desk, arrival.letter
    form = IssuedForm(bench, arrival)
    note = ""
    if arrival.kind is VersionKind.TOPUP and letter is not None and letter.ceiling_now is not None:
        note = desk.words(
            N_("The ceiling is the whole new amount, not what was added. Until now: {ceiling}."),
            ceiling=letter.ceiling_now,
        )
    title = desk.words(_TITLES[arrival.kind])
    made = FormPane(desk, title=title, content=form, save=lambda: form.save(done=done), note=note)
    form.save_button = made.save_button
    pane = bench.drawer.open(made)
    QTimer.singleShot(0, form, form.focus_first)
    return pane


def _currency(arrival: Arrival) -> str:
    """The currency of the letter so far, else of the estimate; a first letter is most often in ringgit."""
    letter, case = arrival.letter, arrival.case
    if letter is not None and letter.ceiling_now is not None:
        return letter.ceiling_now.currency
    estimate = case.money.estimate_high if case is not None else None
    return estimate.currency if estimate is not None else "MYR"


@reopens
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


@reopens
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


@reopens
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
