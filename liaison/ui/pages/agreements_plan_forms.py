"""Forms of plans and indicators: an activity, a milestone, an indicator, a figure of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.action_plans import ActivityDraft, Horizon, MilestoneDraft, check_activity
from liaison.domain.agreements import Area
from liaison.domain.indicators import (
    OF_CASES,
    OF_CLAIMS,
    SUGGESTED,
    IndicatorDraft,
    Level,
    Measure,
    ValueDraft,
    check_indicator,
)
from liaison.i18n import N_
from liaison.services import action_plans, indicators
from liaison.services.list_views import KeptView
from liaison.ui.desk import Desk
from liaison.ui.pages.agreements_forms import Done, agreement_choice, kept_form
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.reopening import reopens
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.form import Form, Heading, Row
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.rate_edit import RateEdit

# activities

_ACTIVITY_ROWS: tuple[Row, ...] = (
    "agreement_id", "title", "area", "horizon", "owner", "origin", ("starts_on", "due_on"), "budget", "comment",
)  # fmt: skip


def _activity_form(desk: Desk) -> Form[ActivityDraft]:
    return Form(desk, ActivityDraft, _ACTIVITY_ROWS, editors={"agreement_id": agreement_choice(desk)})


@reopens
def activity_form(bench: Bench, agreement_id: int | None = None, *, done: Done | None = None) -> None:
    """Something that is to be done under an agreement."""
    draft = ActivityDraft(agreement_id=agreement_id or 0, area=Area.OTHER, title="", horizon=Horizon.SHORT, owner="")
    empty = ["area", *([] if agreement_id else ["agreement_id"])]
    offer(
        bench, begin(_activity_form(bench.desk), draft, empty=empty), title=N_("New activity"),
        action=N_("Add an activity"), write=action_plans.add_activity, said=N_("Activity added"), look=check_activity,
        done=done,
    )  # fmt: skip


@reopens
def edit_activity_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change an activity."""
    desk = bench.desk

    def opened(draft: ActivityDraft) -> None:
        form = _activity_form(desk)
        form.set(draft)
        offer(
            bench, form, title=N_("Edit this activity"), action=N_("Change an activity"),
            write=partial(action_plans.edit_activity, version=version), before=(key,), said=N_("Change saved"),
            look=check_activity,
        )  # fmt: skip

    desk.runner.read(action_plans.activity_draft, key, owner=bench.drawer, done=opened, key="activity form")


@reopens
def close_activity_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """An activity is done, or dropped."""
    kept_form(
        bench, partial(action_plans.close_activity, version=version), key, title=N_("Close this activity"),
        action=N_("Close an activity"),
    )  # fmt: skip


@reopens
def milestone_form(bench: Bench, activity_id: int) -> None:
    """A point on the way of an activity."""
    form = begin(
        Form(bench.desk, MilestoneDraft, ["title", "due_on"], kept=("activity_id",)),
        MilestoneDraft(activity_id=activity_id, title="", due_on=bench.desk.today()), empty=("due_on",),
    )  # fmt: skip
    offer(
        bench, form, title=N_("Milestone"), action=N_("Add a milestone"), write=action_plans.add_milestone,
        said=N_("Milestone added"),
    )  # fmt: skip


@reopens
def edit_milestone_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change a milestone."""
    desk = bench.desk

    def opened(draft: MilestoneDraft) -> None:
        form = Form(desk, MilestoneDraft, ["title", "due_on"], kept=("activity_id",))
        form.set(draft)
        offer(
            bench, form, title=N_("Milestone"), action=N_("Change a milestone"),
            write=partial(action_plans.edit_milestone, version=version), before=(key,), said=N_("Change saved"),
        )  # fmt: skip

    desk.runner.read(action_plans.milestone_draft, key, owner=bench.drawer, done=opened, key="milestone form")


@reopens
def close_milestone_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """A milestone is reached, or dropped."""
    kept_form(
        bench, partial(action_plans.close_milestone, version=version), key, title=N_("Close this milestone"),
        action=N_("Close a milestone"),
    )  # fmt: skip


# indicators

_INDICATOR_ROWS: tuple[Row, ...] = (
    "agreement_id", "area", "name", ("level", "unit"), "direction",
    Heading(text=N_("From where to where")), ("baseline", "baseline_on"), ("target", "target_on"),
    Heading(text=N_("The figure")), "measure", "question", "period", "note",
)  # fmt: skip


def _indicator_form(desk: Desk) -> Form[IndicatorDraft]:
    editors = {"agreement_id": agreement_choice(desk), "baseline": RateEdit(desk), "target": RateEdit(desk)}
    return Form(desk, IndicatorDraft, _INDICATOR_ROWS, editors=editors)


class QuestionHelp(QWidget):
    """Under the form of an indicator: names that are usual in its area, and the office's own views to ask with."""

    def __init__(self, desk: Desk, form: Form[IndicatorDraft]) -> None:
        super().__init__()
        self._desk, self._form = desk, form
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2)
        self.names = QVBoxLayout()
        self._box.addLayout(self.names)
        self.views = QVBoxLayout()
        self._box.addLayout(self.views)
        form.editor("area").changed.connect(self.show_names)
        self.show_names()
        desk.runner.read(indicators.saved_questions, owner=self, done=self.show_views, key="questions")

    def show_names(self) -> None:
        """What is usually counted in the chosen area."""
        from liaison.ui.widgets.parts import clear

        clear(self.names)
        words = self._desk.words
        area = self._form.editor("area").value()
        for name, unit in SUGGESTED.get(area, ()) if isinstance(area, Area) else ():
            button = link(self._desk.icons, words(name), partial(self._name, name, unit), icon="tag", small=True)
            button.setAccessibleName(words(N_("Take the usual indicator: {name}"), name=words(name)))
            self.names.addWidget(button)

    def _name(self, name: str, unit: str) -> None:
        words = self._desk.words
        for field, text in (("name", words(name)), ("unit", words(unit))):
            self._form.editor(field).set_value(text)
            self._form.editor(field).changed.emit()

    def show_views(self, found: tuple[tuple[str, KeptView], ...]) -> None:
        """The office's own views: one press takes the filter of one as the question."""
        words = self._desk.words
        if found:
            self.views.addWidget(Label(words(N_("Ask as one of your own views:")), Role.SECOND, wrap=True))
        for name, view in found:
            run = partial(self._ask, name, view)
            button = link(self._desk.icons, view.name, run, icon="bookmark", small=True)
            button.setAccessibleName(words(N_("Take the filter of the view {name}"), name=view.name))
            self.views.addWidget(button)

    def _ask(self, name: str, view: KeptView) -> None:
        measure = self._form.editor("measure")
        fits = OF_CASES if name == "journeys" else OF_CLAIMS
        if measure.value() not in fits:
            measure.set_value(Measure.JOURNEYS if name == "journeys" else Measure.CLAIMS)
            measure.changed.emit()
        self._form.editor("question").set_value(view.filter)
        self._form.editor("question").changed.emit()


@reopens
def indicator_form(bench: Bench, agreement_id: int | None = None, *, done: Done | None = None) -> None:
    """Something that is counted of an agreement."""
    draft = IndicatorDraft(agreement_id=agreement_id or 0, area=Area.OTHER, name="", level=Level.OUTPUT)
    empty = ["area", *([] if agreement_id else ["agreement_id"])]
    form = begin(_indicator_form(bench.desk), draft, empty=empty)
    offer(
        bench, form, title=N_("New indicator"), action=N_("Add an indicator"), write=indicators.add_indicator,
        said=N_("Indicator added"), look=check_indicator, done=done, beside=QuestionHelp(bench.desk, form),
    )  # fmt: skip


@reopens
def edit_indicator_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change an indicator; its figures stay."""
    desk = bench.desk

    def opened(draft: IndicatorDraft) -> None:
        form = _indicator_form(desk)
        form.set(draft)
        offer(
            bench, form, title=N_("Edit this indicator"), action=N_("Change an indicator"),
            write=partial(indicators.edit_indicator, version=version), before=(key,), said=N_("Change saved"),
            look=check_indicator, beside=QuestionHelp(desk, form),
        )  # fmt: skip

    desk.runner.read(indicators.indicator_draft, key, owner=bench.drawer, done=opened, key="indicator form")


@reopens
def value_form(bench: Bench, indicator_id: int) -> None:
    """A figure as of a day, with what shows it."""
    desk = bench.desk
    rows: list[Row] = [("value", "on_date"), "evidence"]
    form: Form[Any] = Form(desk, ValueDraft, rows, editors={"value": RateEdit(desk)}, kept=("indicator_id",))
    from decimal import Decimal

    begin(form, ValueDraft(indicator_id=indicator_id, on_date=desk.today(), value=Decimal(0), evidence=""),
          empty=("value",))  # fmt: skip
    offer(
        bench, form, title=N_("Figure of an indicator"), action=N_("Write a figure down"),
        write=indicators.record_value, said=N_("Figure written down"),
    )  # fmt: skip
