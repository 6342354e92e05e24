"""The same step for all chosen rows of a list: who gets them, what comes next, where they go. One action, one undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from liaison.domain.claims import ClaimState
from liaison.domain.journeys import CancelReason, JourneyState
from liaison.i18n import N_
from liaison.services import bulk_changes
from liaison.services.bulk_changes import SomeRefused
from liaison.services.changes import Changes
from liaison.ui.desk import Desk
from liaison.ui.pages.lookups import officer_choice
from liaison.ui.pages.put_off import read_put_off
from liaison.ui.pages.said import when
from liaison.ui.runner import Trouble
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button, primary, secondary, set_button_text
from liaison.ui.widgets.editors import Choice, code_choices, restyle
from liaison.ui.widgets.kept_editors import HalfWritten, kept_of, put_back
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, RIGHT, Marked, clear
from liaison.ui.widgets.shapes import Shape

MOST_NAMED = 4
NO_OFFICER = N_("Choose an officer.")
NO_STATE = N_("Choose where they go.")
NO_REASON = N_("Choose why the cases are cancelled.")
NO_HOLD = N_("Say why they are on hold.")
NO_STEP = N_("Say when and what, for instance: b 10 call the family")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One step offered for chosen rows: its letter, its words, and the marked title of the action."""

    key: str
    letter: str
    text: str
    title: str
    verb: str
    asks_line: str = ""
    """Marked hint of the line to fill in; empty where nothing is asked in words."""


JOURNEY_STEPS = (
    Offer(key="assign", letter="a", text=N_("Give to an officer…"), title=N_("Give cases to an officer"),
          verb=N_("Give")),
    Offer(key="step", letter="n", text=N_("Next step for all…"), title=N_("Put a next step on cases"),
          verb=N_("Put"), asks_line=N_("When, then what: b 10 call the family")),
    Offer(key="move", letter="m", text=N_("Move on…"), title=N_("Move cases"), verb=N_("Move"),
          asks_line=N_("Note")),
    Offer(key="close", letter="k", text=N_("Close…"), title=N_("Close cases"), verb=N_("Close"),
          asks_line=N_("What was answered, or how it ended")),
    Offer(key="cancel", letter="", text=N_("Cancel…"), title=N_("Cancel cases"), verb=N_("Cancel the cases"),
          asks_line=N_("Note")),
    Offer(key="hold", letter="o", text=N_("Put on hold…"), title=N_("Put cases on hold"), verb=N_("Put on hold"),
          asks_line=N_("Why they are on hold")),
    Offer(key="resume", letter="", text=N_("Take off hold"), title=N_("Take cases off hold"), verb=N_("Take off hold")),
)  # fmt: skip
CLAIM_STEPS = (
    Offer(key="step", letter="n", text=N_("Next step for all…"), title=N_("Put a next step on claims"),
          verb=N_("Put"), asks_line=N_("When, then what: b 10 call the family")),
    Offer(key="move", letter="m", text=N_("Move on…"), title=N_("Move claims"), verb=N_("Move"),
          asks_line=N_("Reason or note")),
)  # fmt: skip


class BulkLine(HalfWritten):
    """Opened over the footing: what to do with the chosen rows. Enter does it, Escape closes."""

    closed = Signal()
    done = Signal(int)
    """How many records were changed."""

    def __init__(self, desk: Desk, *, of_claims: bool) -> None:
        super().__init__()
        self.setObjectName("cardSunken")
        self._desk = desk
        self._of_claims = of_claims
        self._ids: list[int] = []
        self._offer = CLAIM_STEPS[0] if of_claims else JOURNEY_STEPS[0]
        self._step: bulk_changes.BulkStep | None = None
        self._marked = False
        words = desk.words
        outer = QVBoxLayout(self)
        outer.setContentsMargins(LEFT, 8, RIGHT, 8)
        outer.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.title = Label("", Role.STRONG)
        row.addWidget(self.title)
        self.officer = officer_choice(desk)
        states: type[ClaimState] | type[JourneyState] = ClaimState if of_claims else JourneyState
        self.state = Choice(desk, [(s, words(s.label)) for s in states], none=words(N_("Where to…")), search=False)
        self.reason = Choice(desk, code_choices(desk, CancelReason), none=words(N_("Why cancelled…")), search=False)
        self.officer.set_name(words(N_("Officer")))
        self.state.set_name(words(N_("Where to…")))
        self.reason.set_name(words(N_("Why is it cancelled?")))
        self.state.changed.connect(self._show_reason)
        for choice in (self.officer, self.state, self.reason):
            choice.changed.connect(self._mended)
            row.addWidget(choice)
        self.line = QLineEdit()
        self.line.textChanged.connect(lambda _text: self._typed())
        row.addWidget(self.line, 1)
        self.go = primary(desk.icons, words(N_("Change")), self.apply, icon="check")
        row.addWidget(self.go)
        row.addWidget(icon_button(desk.icons, "x", words(N_("Close")), self.close_it, size=15))
        outer.addLayout(row)
        self.echo = Label("", Role.SECOND, wrap=True)
        outer.addWidget(self.echo)
        self.trouble = QVBoxLayout()
        outer.addLayout(self.trouble)
        self.hide()

    @property
    def offers(self) -> Sequence[Offer]:
        """The steps of this list."""
        return CLAIM_STEPS if self._of_claims else JOURNEY_STEPS

    def open(self, key: str, ids: Sequence[int]) -> None:
        """Ask what one step needs, for these records."""
        offer = next(o for o in self.offers if o.key == key)
        self._offer, self._ids = offer, list(ids)
        words = self._desk.words
        clear(self.trouble)
        self.title.setText(f"{words(offer.text).rstrip('…')} · {self._counted(len(ids))}")
        set_button_text(self.go, words(offer.verb))
        self.officer.setVisible(key == "assign")
        self.state.setVisible(key == "move")
        for choice in (self.officer, self.state, self.reason):
            choice.set_value(None)
        self._show_reason()
        self.line.setVisible(bool(offer.asks_line))
        self.line.clear()
        if offer.asks_line:
            self.line.setPlaceholderText(words(offer.asks_line))
            self.line.setAccessibleName(words(offer.asks_line))
        self._mark({})
        self._echo()
        if key == "resume":
            self.apply()
            return
        self.show()
        firsts = {"assign": self.officer, "move": self.state, "cancel": self.reason}
        (firsts[key].inner() if key in firsts else self.line).setFocus()

    @property
    def dirty(self) -> bool:
        """Whether it stands open with something typed or chosen."""
        chosen = (self.state.value(), self.reason.value())
        return not self.isHidden() and (bool(self.line.text().strip()) or any(each is not None for each in chosen))

    def keep(self) -> dict[str, Any]:
        """The step, the records it is for, and what is typed; nothing while it is closed."""
        if not self.dirty:
            return {}
        return {
            "step": self._offer.key, "ids": list(self._ids), "text": self.line.text(), "state": kept_of(self.state),
            "reason": kept_of(self.reason),
        }  # fmt: skip

    def resume(self, kept: Mapping[str, Any]) -> None:
        """The step stands open again, for the same records, with what was typed."""
        key = str(kept.get("step", ""))
        if not any(o.key == key and o.asks_line for o in self.offers):
            return
        self.open(key, [int(each) for each in kept.get("ids", ())])
        put_back(self.state, kept.get("state", ""))
        self._show_reason()
        put_back(self.reason, kept.get("reason", ""))
        self.line.setText(str(kept.get("text", "")))

    @property
    def _is_cancelling(self) -> bool:
        """Whether the step ends cases before the journey, which takes a reason."""
        if self._of_claims:
            return False
        return self._offer.key == "cancel" or (
            self._offer.key == "move" and self.state.value() is JourneyState.CANCELLED
        )

    def _show_reason(self) -> None:
        """The reason is asked where cases are cancelled."""
        self.reason.setVisible(self._is_cancelling)

    def _typed(self) -> None:
        self._echo()
        self._mended()

    def _mended(self) -> None:
        """Something was filled in: what was missing is looked at anew with the next try."""
        if self._marked:
            self._mark({})

    def _counted(self, count: int) -> str:
        words = self._desk.words
        if self._of_claims:
            return words.plural("{count} claim", "{count} claims", count)
        return words.plural("{count} case", "{count} cases", count)

    def _echo(self) -> None:
        """What was understood, before Enter."""
        words, text = self._desk.words, self.line.text().strip()
        said = ""
        if self._offer.key == "step" and text:
            found = read_put_off(text, now=self._desk.clock(), zone=self._desk.formats.zone)
            if found is None or not found.reason:
                said = words(NO_STEP)
            else:
                said = f"{found.reason} · {when(words, found.until, now=self._desk.clock(), whole=True)}"
        self.echo.setText(said)
        self.echo.setVisible(bool(said))

    def _missing(self) -> dict[QWidget, str]:
        """Everything the step still needs, at its place: all of it at once."""
        key, found = self._offer.key, {}
        if key == "assign" and self.officer.value() is None:
            found[self.officer.inner()] = NO_OFFICER
        if key == "move" and self.state.value() is None:
            found[self.state.inner()] = NO_STATE
        if self._is_cancelling and self.reason.value() is None:
            found[self.reason.inner()] = NO_REASON
        if key == "hold" and not self.line.text().strip():
            found[self.line] = NO_HOLD
        if key == "step":
            put_off = read_put_off(self.line.text().strip(), now=self._desk.clock(), zone=self._desk.formats.zone)
            if put_off is None or not put_off.reason:
                found[self.line] = NO_STEP
        return found

    def _mark(self, missing: dict[QWidget, str]) -> None:
        """Mark what is missing where it is missing, and say it."""
        words = self._desk.words
        clear(self.trouble)
        for widget in (self.officer.inner(), self.state.inner(), self.reason.inner(), self.line):
            restyle(widget, "wrong", "true" if widget in missing else "false")
        for text in missing.values():
            self.trouble.addWidget(Marked(self._desk, words(text), Shape.WARNING, Tone.RED, ground="sunken"))
        self._marked = bool(missing)

    def _asked(self) -> bulk_changes.BulkStep:
        """The step as it stands in the line, nothing missing."""
        text = self.line.text().strip()
        match self._offer.key:
            case "assign":
                return bulk_changes.Assign(officer_id=self.officer.value())
            case "step":
                found = read_put_off(text, now=self._desk.clock(), zone=self._desk.formats.zone)
                assert found is not None, "a step without its time is missing something"
                return bulk_changes.NextStep(title=found.reason, due_at=found.until)
            case "move" if self._of_claims:
                return bulk_changes.MoveClaims(to=self.state.value(), note=text)
            case "move":
                why = self.reason.value() if self._is_cancelling else None
                return bulk_changes.MoveJourneys(to=self.state.value(), note=text, reason=why)
            case "cancel":
                return bulk_changes.MoveJourneys(to=JourneyState.CANCELLED, note=text, reason=self.reason.value())
            case "close":
                return bulk_changes.MoveJourneys(to=JourneyState.CLOSED, note=text)
            case "hold":
                return bulk_changes.Hold(reason=text)
        return bulk_changes.Resume()

    def apply(self) -> None:
        """Do it for all of them; what is missing is marked all at once."""
        missing = self._missing()
        self._mark(missing)
        if missing:
            next(iter(missing)).setFocus()
            return
        self._step = self._asked()
        self._write(self._ids)

    def _write(self, ids: Sequence[int]) -> None:
        clear(self.trouble)
        change: Callable[..., Changes] = bulk_changes.change_claims if self._of_claims else bulk_changes.change_journeys
        self._ids = list(ids)
        self._desk.runner.write(
            self._offer.title, change, list(ids), self._step, owner=self, done=self._changed, failed=self._failed
        )

    def _changed(self, _changes: object) -> None:
        self.hide()
        self._desk.toast(self._desk.words(N_("{title}: {count}"), title=self._desk.words(self._offer.title),
                                          count=self._desk.formats.number(len(self._ids))))  # fmt: skip
        self.done.emit(len(self._ids))

    def _failed(self, trouble: Trouble) -> None:
        if not isinstance(trouble.error, SomeRefused):
            self._desk.runner.trouble.emit(trouble)
            return
        self.show()
        self._show_refused(trouble.error)

    def _show_refused(self, refused: SomeRefused) -> None:
        """Who refuses and why; the others can still be changed, without them."""
        words = self._desk.words
        clear(self.trouble)
        head = words(N_("Nothing was changed: {refused} of {all} cannot take this step."),
                     refused=len(refused.by_id), all=len(self._ids))  # fmt: skip
        self.trouble.addWidget(Marked(self._desk, head, Shape.BLOCKED, Tone.RED, ground="sunken", wrap=True))
        for key, problems in list(refused.by_id.items())[:MOST_NAMED]:
            reasons = " ".join(p.text(words) for p in problems)
            self.trouble.addWidget(Label(f"{refused.names[key]}: {reasons}", Role.SECOND, wrap=True))
        more = len(refused.by_id) - MOST_NAMED
        if more > 0:
            text = words.plural("and {count} more", "and {count} more", more)
            self.trouble.addWidget(Label(text, Role.SECOND))
        rest = [key for key in self._ids if key not in refused.by_id]
        if rest:
            text = words.plural("Change the other one", "Change the other {count}", len(rest))
            self.others = secondary(self._desk.icons, text, lambda: self._write(rest), icon="check")
            self.trouble.addWidget(self.others, 0, Qt.AlignmentFlag.AlignLeft)

    def close_it(self) -> None:
        """Give up."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes, Enter in a choice does it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply()
        else:
            super().keyPressEvent(event)
