"""The list of journeys: every case with its stage, its next step and when that is due."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from liaison.domain.grammar import TermField
from liaison.i18n import N_, upper_first
from liaison.services import list_of_journeys, work
from liaison.services.editing import set_field
from liaison.services.list_of_journeys import JourneyLine
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind, StageCell, tick_column
from liaison.ui.pages.list_bulk import JOURNEY_STEPS
from liaison.ui.pages.list_page import ListPage
from liaison.ui.pages.list_source import ListSpec, Source, Totals
from liaison.ui.pages.list_views import SavedView
from liaison.ui.pages.put_off import read_put_off
from liaison.ui.pages.said import due_badge, has_hour, sex_letter, stage_cell
from liaison.ui.places import Place
from liaison.ui.widgets.badge import Badge, blocked
from liaison.ui.widgets.buttons import primary, secondary
from liaison.ui.widgets.parts import EmptyState

SOURCE = Source(
    ids=list_of_journeys.journey_ids,
    page=list_of_journeys.journey_page,
    groups=list_of_journeys.journey_groups,
    count=list_of_journeys.journey_count,
    footing=list_of_journeys.journey_footing,
    chosen=list_of_journeys.chosen_journeys,
)

VIEWS = (
    SavedView(key="open", name=N_("Open cases"), id="status:terbuka", en="status:open"),
    SavedView(key="mine", name=N_("My open cases"), id="status:terbuka petugas:saya", en="status:open officer:me"),
    SavedView(key="late", name=N_("Late cases"), id="status:terbuka tenggat:lewat", en="status:open due:late"),
    SavedView(key="stepless", name=N_("Without a next step"), id="tenggat:tanpa", en="due:none"),
    SavedView(key="held", name=N_("Cases on hold"), id="status:ditahan", en="status:held"),
    SavedView(key="ended", name=N_("Finished cases"), id="status:ditutup", en="status:closed"),
    SavedView(key="all", name=N_("All cases"), id="", en=""),
)

GROUPS = (
    ("stage", N_("Stage")),
    ("city", N_("City")),
    ("insurer", N_("Insurer")),
    ("hospital", N_("Hospital")),
    ("officer", N_("Officer")),
    ("kind", N_("Kind")),
)


def columns(desk: Desk) -> tuple[Column, ...]:
    """The columns of the list, in the words of the shown language."""
    _ = desk.words

    def name(row: JourneyLine) -> str:
        return desk.masking.name(row.name, row.case_no, sex_letter=sex_letter(_, row.sex), age=_age(desk, row))

    def stage(row: JourneyLine) -> StageCell:
        return stage_cell(_, stage=row.stage, state=row.state, is_held=row.is_held)

    def step(row: JourneyLine) -> str:
        if row.next_step is None:
            return ""
        text = row.next_step.text(_)
        return upper_first(text)

    def due(row: JourneyLine) -> Badge | str:
        if row.is_held:
            return blocked(_(N_("on hold")))
        if not row.is_open:
            return ""
        waits = row.waiting_on is not None
        found = due_badge(
            _,
            row.due_at,
            now=desk.clock(),
            is_waiting=waits,
            has_step=row.task_id is not None,
            has_time=has_hour(_, row.due_at),
        )
        return found or ""

    return (
        tick_column(),
        Column(key="name", label=N_("Name"), value=name, width=150, stretch=2, strong=True, sort="name", by_words=True),
        Column(
            key="city",
            label=N_("City"),
            value=lambda r: r.city,
            width=82,
            sort="city",
            gives_way=2,
            asks=TermField.CITY,
        ),
        Column(
            key="hospital",
            label=N_("Hospital"),
            value=lambda r: r.hospital,
            width=170,
            stretch=3,
            sort="hospital",
            asks=TermField.HOSPITAL,
        ),
        Column(
            key="insurer",
            label=N_("Insurer"),
            value=lambda r: r.insurer,
            width=112,
            sort="insurer",
            gives_way=3,
            asks=TermField.INSURER,
        ),
        Column(
            key="stage", label=N_("Stage"), value=stage, kind=Kind.STAGE, width=164, sort="stage", asks=TermField.STAGE
        ),
        Column(key="next", label=N_("Next step"), value=step, width=150, stretch=3, sort="next"),
        Column(key="due", label=N_("Due"), value=due, kind=Kind.BADGE, width=112, sort="due", asks=TermField.DUE),
        Column(
            key="case_no",
            label=N_("Case number"),
            value=lambda r: r.case_no,
            width=134,
            quiet=True,
            sort="case_no",
            gives_way=1,
        ),
        Column(
            key="kind",
            label=N_("Kind"),
            value=lambda r: _(r.kind.label),
            width=110,
            sort="kind",
            hidden=True,
            asks=TermField.KIND,
        ),
        Column(
            key="state",
            label=N_("State"),
            value=lambda r: _(r.state.label),
            width=150,
            sort="state",
            hidden=True,
            asks=TermField.STATUS,
        ),
        Column(
            key="opened_on",
            label=N_("Opened"),
            value=lambda r: r.opened_on,
            kind=Kind.DATE,
            width=100,
            sort="opened_on",
            hidden=True,
        ),
        Column(
            key="officer",
            label=N_("Officer"),
            value=lambda r: r.officer,
            width=110,
            sort="officer",
            hidden=True,
            asks=TermField.OFFICER,
        ),
    )


def _age(desk: Desk, row: JourneyLine) -> int | None:
    from liaison.domain.names import age_on

    return None if row.birth_date is None else age_on(row.birth_date, desk.today())


SPEC = ListSpec(
    name="journeys",
    pastes="journeys",
    title=N_("Journeys"),
    source=SOURCE,
    columns=columns,
    views=VIEWS,
    groups=GROUPS,
    sort="due",
    opens="journey",
    kinds=frozenset({"journey", "patient", "task", "cover", "policy", "organization", "estimate"}),
    dates=list_of_journeys.JOURNEY_DATES,
    steps=JOURNEY_STEPS,
    editable=("next", "due"),
)


class JourneysPage(ListPage):
    """The list. Enter opens a case, Ctrl+N opens a new one."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place, SPEC)

    def head_buttons(self) -> list[QWidget]:
        """Bring in a list, open a new case."""
        _, icons = self.desk.words, self.desk.icons
        return [
            secondary(icons, _(N_("Bring in a list")), lambda: self.desk.go("import"), icon="file-down"),
            primary(icons, _(N_("New journey")), self._new, icon="plus"),
        ]

    def empty_state(self) -> EmptyState:
        """Nothing found."""
        _ = self.desk.words
        return EmptyState(
            self.desk,
            icon="route",
            sentence=_(N_("No case here. Open the first one, or change the filter.")),
            button="",
            keys=self.desk.actions.keys_of("journeys.new", "Ctrl+N"),
        )

    def show_totals(self, totals: Totals) -> None:
        """How many are open, of how many; persons and estimates below."""
        _, formats = self.desk.words, self.desk.formats
        counts, footing = totals.counts, totals.footing
        self.head.set_note(_(N_("{open} open of {all}"), open=counts.open, all=counts.all))
        rows = _.plural("{count} journey", "{count} journeys", footing.rows)
        people = _.plural("{count} person", "{count} persons", footing.persons)
        self.footing.show_count(f"{rows} · {people}", basis=self.period_words())
        self.footing.show_sums(_(footing.label), [formats.money(m) for m in footing.sums])

    def edit_cell(self, column: str, row: Any) -> None:
        """The words of a case's next step, or when it is due; a case without a step gets one."""
        words = self.desk.words
        if column == "due" and row.task_id is not None:
            hint = words(N_("b, l, s, 1 to 9, or a date and hour"))
            self.cell_line.ask(words(N_("Due")), "", partial(self._take_due, row), hint=hint)
        elif row.task_id is None:
            self.bulk.open("step", [row.id])
        else:
            self.cell_line.ask(words(N_("Next step")), row.next_step.text(words), partial(self._take_step, row))

    def _take_step(self, row: JourneyLine, text: str) -> str:
        if not text:
            return self.desk.words(N_("Say what the next step is."))
        self.desk.runner.write(N_("Change a next step"), set_field, "task", row.task_id, "title", text, owner=self)
        return ""

    def _take_due(self, row: JourneyLine, text: str) -> str:
        found = read_put_off(text, now=self.desk.clock(), zone=self.desk.formats.zone)
        if found is None or row.task_id is None:
            return self.desk.words(N_("Name a time that lies ahead."))
        self.desk.runner.write(N_("Put a step off"), _put_off, row.task_id, found.until, owner=self)
        return ""

    def _new(self) -> None:
        self.desk.go("journey_new")

    def actions_here(self) -> tuple[Action, ...]:
        """What can be done on this page."""
        return (
            Action(key="journeys.new", text=N_("New journey"), keys="Ctrl+N", icon="plus", run=self._new,
                   scope=Scope.PAGE, menu=Menu.FILE),
            Action(key="journeys.hand_over", text=N_("Hand over to a colleague's laptop…"), icon="handshake",
                   run=self._hand_over, scope=Scope.PAGE, menu=Menu.FILE),
            Action(key="journeys.print", text=N_("Print papers of the chosen cases…"), keys="Ctrl+P", icon="printer",
                   run=self._print, scope=Scope.PAGE, menu=Menu.FILE),
            *self.list_actions(),
        )  # fmt: skip

    def _print(self) -> None:
        self.desk.go("print_run", None, journeys=self.view.chosen_ids())

    def _hand_over(self) -> None:
        self.desk.go("hand_over", None, journeys=self.view.chosen_ids())


def _put_off(session: Any, key: int, until: dt.datetime) -> Any:
    return work.snooze_task(session, key, until=until)
