"""The page of a case: who on the left, what happened in the middle, what is next on the right, the stages on top."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.journeys import REOPENABLE, STAGE_OF, JourneyState, LinkKind, Stage
from liaison.domain.problems import Problem
from liaison.domain.work import NoteChannel
from liaison.i18n import N_
from liaison.services import journeys, views
from liaison.services.changes import Changes
from liaison.services.views import JourneyView, StageStep, StepStatus
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages.corrections import open_entry
from liaison.ui.pages.cures import Cures
from liaison.ui.pages.journey_case import CasePane
from liaison.ui.pages.journey_courses import course_rows
from liaison.ui.pages.journey_ends import (
    answered_form,
    cancel_form,
    death_form,
    hold_form,
    redirect_form,
    reopen_form,
    resume,
)
from liaison.ui.pages.journey_log import CaseLog
from liaison.ui.pages.journey_panes import NEXT, PERSON, CasePanes
from liaison.ui.pages.journey_plan import PlanPane
from liaison.ui.pages.journey_side import WIDTH as SIDE_WIDTH
from liaison.ui.pages.journey_side import SidePane
from liaison.ui.pages.letter_forms import arrived_form
from liaison.ui.pages.moving import AnyMove, Cure, Mover, Moves
from liaison.ui.pages.page_parts import MenuRow, copy_text, menu_of
from liaison.ui.pages.said import about_person, journey_badge, sex_letter
from liaison.ui.pages.short_forms import Bench
from liaison.ui.pages.task_form import task_form
from liaison.ui.places import Place
from liaison.ui.runner import Sort, Trouble
from liaison.ui.widgets.badge import Badge, blocked, waiting
from liaison.ui.widgets.buttons import icon_button, primary, secondary
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.editors import restyle
from liaison.ui.widgets.in_place import InPlace
from liaison.ui.widgets.parts import LEFT, RIGHT, Head, clear, hairline
from liaison.ui.widgets.refused_panel import RefusedPanel
from liaison.ui.widgets.stage_bar import StageBar, StageView, Step

ENDS = frozenset({JourneyState.CANCELLED, JourneyState.LOST, JourneyState.DECEASED, JourneyState.REDIRECTED_DOMESTIC})
"""Ends of a case stand behind the three dots, not in the menu of what follows."""

_STEPS = {
    StepStatus.DONE: Step.DONE,
    StepStatus.CURRENT: Step.CURRENT,
    StepStatus.TO_COME: Step.TO_COME,
    StepStatus.SKIPPED: Step.TO_COME,
}


class JourneyPage(Page):
    """One case. The note line has the focus when it opens, so that an officer on the telephone types at once."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        assert place.record is not None
        self.record = place.record
        self.case: JourneyView | None = None
        self._refused: Stage | None = None
        self._kept: dict[str, object] = {}
        _ = desk.words
        self.side = SidePane(desk)
        self.drawer = Drawer(desk, self.side, width=SIDE_WIDTH)
        self.drawer.switched.connect(lambda _open: self._dress_buttons())
        self.bench = Bench(desk=desk, drawer=self.drawer)
        self.side.work_on(self.bench)
        self.person = CasePane(
            desk,
            self.bench,
            call=partial(self._note, NoteChannel.CALL),
            message=partial(self._note, NoteChannel.WHATSAPP),
        )
        self.log = CaseLog(desk, self.record)
        self.plan = PlanPane(
            desk, self.bench, self.record, back=partial(self.show_plan, shown=False), send=self._send_plan
        )
        self.log.hold_plan(self.plan)
        self.log.plan_wanted.connect(self.show_plan)
        self.log.timeline.opened.connect(self._open_entry)
        self.panel = RefusedPanel(desk)
        self.mover = Mover(desk, self.panel, self._moves(), record=self.record)
        self.mover.refused.connect(self._mark_refused)
        self.stages = StageBar(desk.theme, name=_(N_("Stages")))
        self.move_button = primary(desk.icons, _(N_("Move stage")), self._open_moves, icon="arrow-right")
        self.print_button = secondary(desk.icons, _(N_("Print")), self._print, icon="printer")
        self.more_button = icon_button(desk.icons, "ellipsis", _(N_("More for this case")), self._open_more)
        self._head_box = QVBoxLayout()
        self._head_box.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(self._head_box)
        self.body.addWidget(self._inset(self.stages, LEFT, 0, RIGHT, 0))
        self._panel_holder = self._inset(self.panel, LEFT, 2, RIGHT, 12)
        self._panel_holder.hide()
        self.body.addWidget(self._panel_holder)
        self.body.addWidget(hairline())
        self.panes = CasePanes(desk, self.person, self.log, self.drawer)
        self.body.addWidget(self.panes, 1)
        desk.hub.changed.connect(self._changed)

    @staticmethod
    def _inset(widget: QWidget, left: int, top: int, right: int, bottom: int) -> QWidget:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(left, top, right, bottom)
        box.addWidget(widget)
        return holder

    # reading

    def start(self) -> None:
        """Read the case; the note line waits."""
        self._read()
        self.log.start()

    def _read(self) -> None:
        self.desk.runner.read(
            views.journey_view, self.record, owner=self, done=self.show_case, failed=self._not_there, key="case"
        )

    def _not_there(self, trouble: Trouble) -> None:
        """The case was undone or never was: nothing on this page could be done any more, so the list is shown."""
        if trouble.sort is not Sort.REFUSED:
            self.desk.runner.trouble.emit(trouble)
            return
        self.desk.toast(self.desk.words(N_("This case is no longer here.")), refused=True)
        self.desk.go("journeys")

    def _changed(self, _changes: Changes) -> None:
        """Look again whatever changed: a case shows records of twenty kinds, and an undo names only their own keys."""
        self._read()
        self.mover.try_again()

    def show_case(self, case: JourneyView) -> None:
        """Show the case as it stands now."""
        first = self.case is None
        self.case = case
        self.mover.version = case.version
        self._show_head(case)
        self._show_stages(case)
        self.person.show_case(case)
        self.log.show_case(case)
        self.side.show_case(case)
        if not self.plan.isHidden():
            self.plan.read()
        self._dress_buttons()
        if first and self._kept:
            self._put_back()
        elif first:
            self._begin_with(str(self.place.values.get("do", "")))

    def _show_head(self, case: JourneyView) -> None:
        clear(self._head_box)
        _, desk = self.desk.words, self.desk
        person = case.patient
        letter = sex_letter(_, person.sex)
        name = desk.masking.name(person.full_name, case.case_no, sex_letter=letter, age=person.age)
        about = "" if desk.masking.on else about_person(_, sex=person.sex, age=person.age, city=case.origin_city)
        for button in (self.print_button, self.move_button, self.more_button):
            button.setParent(None)
        head = Head(
            desk,
            name,
            facts=[text for text in (about, case.case_no) if text],
            badge=self._badge(case),
            buttons=(self.print_button, self.move_button, self.more_button),
            back=desk.frame.back,
            back_hint=_(N_("Back")),
        )
        self._head_box.addWidget(head)
        for button in (self.print_button, self.move_button, self.more_button):
            button.show()

    def _badge(self, case: JourneyView) -> Badge | None:
        _, formats = self.desk.words, self.desk.formats
        if case.hold_reason:
            return blocked(_(N_("On hold: {reason}"), reason=self.desk.masking.text(case.hold_reason)))
        ended = journey_badge(_, case.state)
        if ended is not None:
            return ended
        task = case.waiting
        if task is None or task.waiting_on is None:
            return None
        who = task.waiting_for or _(task.waiting_on.label)
        since = self.desk.formats.at_home(task.waiting_since) if task.waiting_since is not None else None
        if since is None:
            return waiting(_(N_("Waiting for {who}"), who=who))
        today = since.date() == self.desk.today()
        moment = formats.clock_time(since) if today else formats.short_date(since.date())
        return waiting(_(N_("Waiting for {who} since {moment}"), who=who, moment=moment))

    def _show_stages(self, case: JourneyView) -> None:
        self.stages.show_stages([self._stage(step, case) for step in case.stages])

    def _stage(self, step: StageStep, case: JourneyView) -> StageView:
        _ = self.desk.words
        refused = step.stage is self._refused and step.status is not StepStatus.CURRENT
        return StageView(
            word=_(step.stage.label),
            note=self._stage_note(step, case),
            step=Step.REFUSED if refused else _STEPS[step.status],
        )

    def _stage_note(self, step: StageStep, case: JourneyView) -> str:
        _, formats = self.desk.words, self.desk.formats
        match step.status:
            case StepStatus.CURRENT if step.state is not None and step.since is not None:
                state, day = _(step.state.label), formats.short_date(step.since)
                return _(N_("{state} since {day}"), state=state, day=day)
            case StepStatus.DONE | StepStatus.TO_COME if step.on is not None:
                note = step.note.text(_) if step.note is not None else ""
                return " · ".join(p for p in (formats.short_date(step.on), note) if p)
            case StepStatus.TO_COME if step.expected is not None:
                return _(N_("expected {day}"), day=formats.short_date(step.expected))
            case StepStatus.SKIPPED:
                return _(N_("not needed"))
            case _:
                return ""

    # moving

    def _moves(self) -> Moves:
        return Moves(
            read=journeys.moves,
            write=journeys.move_journey,
            action=N_("Move a case"),
            said=N_("Stage moved"),
            cure=self._cure,
            ask=self._ask,
            offers=lambda move: move.to not in ENDS,
        )

    def _cure(self, problem: Problem) -> Cure | None:
        if self.case is None:
            return None
        return Cures(self.bench, self.case, show=self._reveal, edit=self._edit_fact).cure(problem)

    def _ask(self, move: AnyMove) -> bool:
        """Moves that need words first open their form."""
        case = self.case
        if case is None:
            return False
        if case.state in REOPENABLE:
            reopen_form(self.bench, case.id, version=case.version)
        elif move.to is JourneyState.CLOSED and case.state in (JourneyState.MEDICAL_REVIEW, JourneyState.DECISION):
            answered_form(self.bench, case.id, version=case.version)
        elif move.to is JourneyState.CANCELLED:
            cancel_form(self.bench, case.id, version=case.version)
        elif move.to is JourneyState.DECEASED:
            death_form(self.bench, case.id, version=case.version)
        else:
            return False
        return True

    def _mark_refused(self, to: object) -> None:
        self._panel_holder.setVisible(to is not None)
        self._refused = STAGE_OF.get(to) if isinstance(to, JourneyState) else None
        if self.case is not None:
            self._show_stages(self.case)
        self._dress_buttons()

    def _open_moves(self) -> None:
        self.mover.open_menu(self.move_button)

    def _dress_buttons(self) -> None:
        """One filled button: the form's own while one is open, else this page's."""
        kind = "secondary" if self.drawer.form is not None or (self.case and not self.case.is_open) else "primary"
        restyle(self.move_button, "kind", kind)
        token = "onaccent" if kind == "primary" else "ink2"
        self.desk.icons.set_icon(self.move_button, "arrow-right", token=token)

    # more

    def _open_more(self) -> None:
        if self.case is not None:
            menu = menu_of(self.more_button, self.more_rows(self.case))
            corner = self.more_button.rect().bottomRight()
            spot = self.more_button.mapToGlobal(corner)
            spot.setX(spot.x() - menu.sizeHint().width())
            menu.popup(spot)

    def more_rows(self, case: JourneyView) -> list[MenuRow]:
        """What else can be done with a case."""
        _, bench, key, version = self.desk.words, self.bench, case.id, case.version
        rows: list[MenuRow] = [
            (_(N_("History of this case")), self._history),
            (_(N_("New claim")), partial(self.desk.go, "claim_new", None, journey=key)),
            None,
        ]
        if case.is_open:
            if case.hold_reason:
                rows.append((_(N_("Take the hold off")), partial(resume, bench, key, version=version)))
            else:
                rows.append((_(N_("Put on hold…")), partial(hold_form, bench, key, version=version)))
            if case.state in (JourneyState.MEDICAL_REVIEW, JourneyState.DECISION):
                rows.append((_(N_("Answered, no travel…")), partial(answered_form, bench, key, version=version)))
            if case.state is JourneyState.DECISION:
                rows.append(
                    (_(N_("Treated in Indonesia instead…")), partial(redirect_form, bench, key, version=version))
                )
            if case.stage_no <= 4:
                rows.append((_(N_("Contact lost…")), partial(self.mover.go, JourneyState.LOST)))
                rows.append((_(N_("Cancel the case…")), partial(cancel_form, bench, key, version=version)))
            else:
                rows.append((_(N_("The patient died…")), partial(death_form, bench, key, version=version)))
        elif case.state in REOPENABLE:
            rows.append((_(N_("Reopen…")), partial(reopen_form, bench, key, version=version)))
        rows += [None, *course_rows(bench, case), None]
        for link, words in (
            (LinkKind.COMPLICATION, N_("New case: complication of this one")),
            (LinkKind.STAGED_TREATMENT, N_("New case: next stage of the treatment")),
            (LinkKind.REPEAT_CYCLE, N_("New case: next cycle")),
        ):
            rows.append((_(words), partial(self._open_linked, link)))
        return rows

    def _open_entry(self, value: object) -> None:
        """Enter on what happened corrects it, or goes to where it belongs."""
        if isinstance(value, tuple):
            open_entry(self.bench, value)

    def _open_linked(self, link: LinkKind) -> None:
        self.desk.runner.write(
            N_("Open a linked case"), partial(journeys.open_linked, link=link), self.record, owner=self,
            done=self._linked,
        )  # fmt: skip

    def _linked(self, changes: Changes) -> None:
        self.desk.toast(self.desk.words(N_("Case opened")))
        if changes.made is not None:
            self.desk.go("journey", changes.made)

    def _print(self) -> None:
        if self.case is not None:
            self.desk.go("reports", None, name="case_summary", case=self.case.case_no)

    # keys

    def actions_here(self) -> tuple[Action, ...]:
        """What can be done on this page."""
        return (
            Action(key="journey.move", text=N_("Move stage…"), keys="Ctrl+M", icon="arrow-right", run=self._open_moves,
                   scope=Scope.PAGE, menu=Menu.EDIT, part=True),
            Action(key="journey.print", text=N_("Print the case summary"), keys="Ctrl+P", icon="printer",
                   run=self._print, scope=Scope.PAGE, menu=Menu.FILE),
            Action(key="journey.note", text=N_("Write a note"), keys="Ctrl+J", icon="notebook-pen",
                   run=self.log.start, scope=Scope.PAGE, menu=Menu.EDIT),
            Action(key="journey.letter", text=N_("A guarantee letter arrived…"), keys="Ctrl+G", icon="file-text",
                   run=self._letter_arrived, scope=Scope.PAGE, menu=Menu.EDIT),
            Action(key="journey.send_plan", text=N_("Send the travel plan by WhatsApp…"), keys="Ctrl+Shift+W",
                   icon="message-circle", run=self._send_plan, scope=Scope.PAGE, menu=Menu.FILE),
            Action(key="journey.step", text=N_("Add a step"), keys="Ctrl+N", icon="list-plus", run=self._new_step,
                   scope=Scope.PAGE, menu=Menu.EDIT),
            *(Action(key=f"journey.letter_{letter}", text=text, keys=letter.upper(), run=run, scope=Scope.ROW,
                     menu=Menu.GO, part=letter == "l")
              for letter, text, run in self._letters()),
        )  # fmt: skip

    def _letters(self) -> tuple[tuple[str, str, Callable[[], object]], ...]:
        """What one letter does wherever nothing is being typed: the letter, its words, and what it does."""
        return (
            ("l", N_("Note what is said"), self.log.start),
            ("t", N_("Note a telephone call"), partial(self._note, NoteChannel.CALL, "")),
            ("w", N_("Write by WhatsApp"), self._write),
            ("c", N_("Copy where the case stands"), self._copy_status),
            ("n", N_("Plan a next step"), self._new_step),
            ("g", N_("Show the guarantee letters"), partial(self._reveal, "letters")),
            ("d", N_("Show the documents"), partial(self._reveal, "papers")),
            ("u", N_("Show the money"), partial(self._reveal, "money")),
            ("p", N_("Show the plan and the way there"), self.show_plan),
            ("h", N_("History of this case"), self._history),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Single letters, wherever nothing is being typed."""
        letters = {letter: run for letter, _text, run in self._letters()}
        run = letters.get(event.text().lower()) if not event.modifiers() else None
        if run is not None:
            run()
        else:
            super().keyPressEvent(event)

    def _new_step(self) -> None:
        task_form(self.bench, journey_id=self.record)

    def show_plan(self, *, shown: bool = True) -> None:
        """The plan in place of what happened, or back to it with the note line waiting."""
        self.log.show_plan(shown=shown)
        if shown:
            self.plan.read()
        else:
            self.log.start()

    def _begin_with(self, what: str) -> None:
        """Who came by the search box's keys finds the form open."""
        if what == "step":
            self._new_step()
        elif what == "write":
            self._write()
        elif what == "plan":
            self.show_plan()

    def _letter_arrived(self) -> None:
        """The insurer's answer came: file, amount and dates in one form, the stage and the waiting step with them."""
        if self.case is not None:
            arrived_form(self.bench, self.case)

    def _write(self) -> None:
        """A message by WhatsApp, seen before it opens there."""
        from liaison.ui.pages.whatsapp_form import open_message

        if self.case is not None:
            open_message(self.bench, self.case)

    def _send_plan(self) -> None:
        """The travel plan by WhatsApp, its PDF on the clipboard."""
        from liaison.ui.pages.plan_send import send_plan

        if self.case is not None:
            send_plan(self.bench, self.case)

    def _copy_status(self) -> None:
        """Where the case stands, for a chat: no diagnosis, no numbers of policies; masked as the screen is."""
        from liaison.services.case_text import status_text

        if self.case is not None:
            name = self.desk.masking.name(self.case.patient.full_name, self.case.case_no)
            copy_text(self.desk, status_text(self.case, self.desk.words, name=name))

    def _history(self) -> None:
        self.desk.go("history", self.record, kind="journey")

    def _note(self, channel: NoteChannel, who: str) -> None:
        """The line begins with the channel's word, which is how it knows what is being noted."""
        text = " ".join(part for part in (self.desk.words(channel.label), who) if part)
        self.log.start(text + " ")

    def _reveal(self, part: str) -> None:
        self.panes.show_side(NEXT)
        self.side.reveal(part)

    def _edit_fact(self, name: str) -> None:
        """Open a fact of the left side for typing."""
        shown = self.person.findChild(QWidget, name)
        parent = shown.parentWidget() if shown is not None else None
        if isinstance(parent, InPlace):
            self.panes.show_side(PERSON)
            self.person.area.ensureWidgetVisible(parent)
            parent.edit()

    # keeping

    def keep(self) -> dict[str, object]:
        """The note being typed, and how the timeline is narrowed."""
        return {
            "note": self.log.line.line.text(),
            "narrowed": self.log.segments.value(),
            "search": self.log.search.text(),
            "plan": not self.plan.isHidden(),
        }

    def resume(self, kept: dict[str, object]) -> None:
        """Put back what was typed."""
        self._kept = kept
        self.log.line.line.setText(str(kept.get("note", "")))

    def _put_back(self) -> None:
        narrowed = str(self._kept.get("narrowed", "all"))
        self.log.segments.choose(narrowed)
        if self._kept.get("plan"):
            self.show_plan()
        search = str(self._kept.get("search", ""))
        if search:
            self.log.search.show()
            self.log.search.setText(search)
        self._kept = {}
