"""The cards of an activity and of an indicator."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial

from liaison.domain.action_plans import OVER
from liaison.domain.indicators import LEVEL_WORDS
from liaison.i18n import N_, upper_first
from liaison.i18n.formats import MISSING
from liaison.services import action_plans, indicators
from liaison.services.action_plans import ActivityLine, MilestoneView
from liaison.services.indicators import IndicatorLine, ValueView
from liaison.ui.desk import Desk
from liaison.ui.pages import agreements_plan_forms as forms
from liaison.ui.pages.agreements_parts import PROGRESS, Card, Do, figure, mark_badge, progress_badge, take
from liaison.ui.pages.page_parts import MenuRow, section
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Facts, Marked, Pane, Section
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow


class ActivityCard(Card):
    """One activity: owner, dates, budget, milestones, and what shows that it is done."""

    icon = "clipboard-list"
    nothing = N_("Choose an activity to see its milestones and what is still missing.")
    more = N_("More for this activity")

    def __init__(self, desk: Desk) -> None:
        self.view: ActivityLine | None = None
        super().__init__(desk)

    def read(self, key: int) -> None:
        """Read the activity."""
        self.desk.runner.read(action_plans.activity, key, owner=self, done=self._arrived, key="activity")

    def _arrived(self, view: ActivityLine) -> None:
        self.view = view
        self.draw(view.title)

    def rows(self) -> list[MenuRow]:
        """Edit, close, milestone, its agreement, history."""
        words = self.desk.words
        made: list[MenuRow] = [(words(N_("Edit this activity")), self.edit)]
        if self.view is not None and self.view.progress not in OVER:
            made += [(words(N_("Done, or dropped…")), self.close_it), (words(N_("Add a milestone")), self.milestone)]
        history = partial(self.history_of, "plan_activity", self.key)
        return [*made, None, (words(N_("Open the agreement")), self.open_agreement),
                (words(N_("History of this activity")), history)]  # fmt: skip

    def fill(self, pane: Pane) -> None:
        """The activity and its milestones."""
        view, words = self.view, self.desk.words
        if view is None:
            return
        about = f"{upper_first(words(view.area.label))} · {view.agreement}"
        pane.add(self.head(view.title, about, progress_badge(self.desk, view.progress, view.days_late)))
        facts = Facts(values_right=False, label_width=96)
        known = (
            (N_("Who sees to it"), view.owner), (N_("From"), view.origin), (N_("Horizon"), words(view.horizon.label)),
            (N_("Begins on"), self.day(view.starts_on)), (N_("Due on"), self.day(view.due_on)),
            (N_("Closed on"), self.day(view.finished_on)),
            (N_("Budget"), self.desk.formats.money(view.budget) if view.budget is not None else ""),
        )  # fmt: skip
        for label, value in known:
            if value:
                facts.add(words(label), value)
        pane.add(facts)
        pane.body.addSpacing(8)
        for label, value in (
            (N_("Comment"), view.comment), (N_("Evidence"), view.evidence),
            (N_("Not done because"), view.dropped_because),
        ):  # fmt: skip
            if value:
                pane.add(self.quiet(label, value))
        made = section(self.desk, N_("Milestones"), [(words(N_("Add a milestone")), self.milestone)])
        if not view.milestones:
            made.add(Label(words(N_("No milestone is set yet.")), Role.SECOND))
        for one in view.milestones:
            made.add(self._milestone(one))
        pane.add(made)

    def _milestone(self, one: MilestoneView) -> StepRow:
        words, bench = self.desk.words, self.bench
        rows: list[MenuRow] = []
        if bench is not None:
            if one.progress not in OVER:
                rows.append((words(N_("Reached, or dropped…")),
                             partial(forms.close_milestone_form, bench, one.id, version=one.version)))  # fmt: skip
            rows.append((words(N_("Change…")), partial(forms.edit_milestone_form, bench, one.id, version=one.version)))
        day = self.day(one.finished_on or one.due_on)
        state = words(one.progress.label)
        return self.step(
            one.title, PROGRESS[one.progress], beside=day, spoken=", ".join((one.title, state, day)),
            name=f"milestone.{one.id}", rows=rows,
            hint="\n".join(p for p in (one.title, state, one.evidence, one.dropped_because) if p),
        )  # fmt: skip

    def edit(self) -> None:
        """Open the form of the activity."""
        if self.view is not None and self.bench is not None:
            forms.edit_activity_form(self.bench, self.view.id, version=self.view.version)

    def close_it(self) -> None:
        """The activity is done, or dropped."""
        if self.view is not None and self.bench is not None and self.view.progress not in OVER:
            forms.close_activity_form(self.bench, self.view.id, version=self.view.version)

    def milestone(self) -> None:
        """Put a milestone on its way."""
        if self.view is not None and self.bench is not None:
            forms.milestone_form(self.bench, self.view.id)

    def open_agreement(self) -> None:
        """The agreement that it belongs to."""
        if self.view is not None:
            self.desk.go("agreements", self.view.agreement_id)

    def letters(self) -> dict[str, Do]:
        """X closes, M sets a milestone, H tells its history."""
        return {"x": self.close_it, "m": self.milestone, "h": partial(self.history_of, "plan_activity", self.key)}


class IndicatorCard(Card):
    """One indicator: baseline, target, where it stands and who says so, and the rows behind it."""

    icon = "chart-column"
    nothing = N_("Choose an indicator to see its figures and the cases behind them.")
    more = N_("More for this indicator")

    def __init__(self, desk: Desk) -> None:
        self.view: IndicatorLine | None = None
        super().__init__(desk)

    def read(self, key: int) -> None:
        """Read the indicator and ask its question."""
        self.desk.runner.read(indicators.indicator, key, owner=self, done=self._arrived, key="indicator")

    def _arrived(self, view: IndicatorLine) -> None:
        self.view = view
        self.draw(view.name)

    def rows(self) -> list[MenuRow]:
        """Edit, a figure, the rows behind it, its agreement, history."""
        words, view = self.desk.words, self.view
        made: list[MenuRow] = [(words(N_("Edit this indicator")), self.edit)]
        if view is not None and view.is_fed:
            made.append((words(N_("Keep the figure of today")), self.figure))
        else:
            made.append((words(N_("Write a figure down…")), self.figure))
        if view is not None and view.asks.page:
            made.append((words(N_("Show the rows behind it")), self.show_rows))
        return [*made, None, (words(N_("Open the agreement")), self.open_agreement),
                (words(N_("History of this indicator")), partial(self.history_of, "indicator", self.key))]  # fmt: skip

    def fill(self, pane: Pane) -> None:
        """The figures and where they come from."""
        view, words = self.view, self.desk.words
        if view is None:
            return
        about = f"{words(LEVEL_WORDS[view.level])} · {view.agreement}"
        pane.add(self.head(view.name, about, mark_badge(self.desk, view.mark)))
        facts = Facts(values_right=False, label_width=96)
        base = self._figure(view.baseline, view.unit) or words(N_("no baseline"))
        facts.add(words(N_("Baseline")), self._with_day(base, view.baseline_on))
        facts.add(words(N_("Target")), self._with_day(self._figure(view.target, view.unit) or MISSING, view.target_on))
        actual = self._figure(view.actual, view.unit) or words(N_("no figure yet"))
        facts.add(words(N_("Actual")), self._with_day(actual, view.actual_on), strong=True)
        if view.achieved is not None:
            facts.add(words(N_("How far")), words(N_("{percent} % of the way"), percent=view.achieved))
        pane.add(facts)
        pane.body.addSpacing(8)
        pane.add(self._source(view))
        pane.add(self._values(view))
        if view.note:
            pane.add(Label(view.note, Role.SECOND, wrap=True))

    def _figure(self, value: Decimal | None, unit: str) -> str:
        if value is None:
            return ""
        return " ".join(part for part in (figure(value, self.desk.words), unit) if part)

    def _with_day(self, text: str, day: dt.date | None) -> str:
        return f"{text} ({self.day(day)})" if day is not None else text

    def _source(self, view: IndicatorLine) -> Section:
        words = self.desk.words
        made = Section(words(N_("Where the figure comes from")))
        made.add(Label(upper_first(words(view.measure.label)), Role.SECOND, wrap=True))
        if view.question:
            made.add(self.quiet(N_("Question"), view.question))
        if view.period is not None:
            made.add(self.quiet(N_("Over which days"), words(view.period.label)))
        if view.cases is not None:
            enough = view.is_enough
            text = words.plural("told by {count} case", "told by {count} cases", view.cases)
            shape, tone = (Shape.DONE, Tone.GREEN) if enough else (Shape.WARNING, Tone.AMBER)
            more = "" if enough else words(N_("too few to lean on"))
            said = ", ".join(part for part in (text, more) if part)
            made.add(Marked(self.desk, said, shape, tone, role=Role.SECOND, ground="sunken", wrap=True))
        if view.evidence:
            made.add(self.quiet(N_("Evidence"), view.evidence))
        if view.asks.page:
            made.add(secondary(self.desk.icons, words(N_("Show the rows behind it")), self.show_rows, small=True))
        return made

    def _values(self, view: IndicatorLine) -> Section:
        words = self.desk.words
        do = N_("Keep the figure of today") if view.is_fed else N_("Write a figure down…")
        made = section(self.desk, N_("Figures kept"), [(words(do), self.figure)])
        if not view.values:
            made.add(Label(words(N_("No figure was kept yet.")), Role.SECOND))
        for one in reversed(view.values):
            made.add(self._value(one, view))
        return made

    def _value(self, one: ValueView, view: IndicatorLine) -> StepRow:
        words = self.desk.words
        text, day = self._figure(one.value, view.unit), self.day(one.on_date)
        rows: list[MenuRow] = [
            (words(N_("Take it off")),
             partial(take, self, N_("Take a figure off"), indicators.remove_value, one.id, said=N_("Taken off")))
        ]  # fmt: skip
        state = (Shape.DONE, Tone.GREEN) if one.is_measured or one.evidence else (Shape.WARNING, Tone.AMBER)
        return self.step(text, state, beside=day, spoken=f"{text}, {day}", name=f"value.{one.id}", rows=rows,
                         hint=one.evidence)  # fmt: skip

    def edit(self) -> None:
        """Open the form of the indicator."""
        if self.view is not None and self.bench is not None:
            forms.edit_indicator_form(self.bench, self.view.id, version=self.view.version)

    def figure(self) -> None:
        """Keep what the cases tell today, or write a figure down by hand."""
        if self.view is None or self.bench is None:
            return
        if self.view.is_fed:
            take(self, N_("Keep the figure of an indicator"), indicators.keep_figure, self.view.id,
                 said=N_("Figure kept"))  # fmt: skip
        else:
            forms.value_form(self.bench, self.view.id)

    def show_rows(self) -> None:
        """The list of cases or claims with the same question."""
        if self.view is None or not self.view.asks.page:
            return
        period = self.view.period.value if self.view.period is not None else ""
        self.desk.go(self.view.asks.page, view="all", filter=self.view.question, period=period)

    def open_agreement(self) -> None:
        """The agreement that it belongs to."""
        if self.view is not None:
            self.desk.go("agreements", self.view.agreement_id)

    def letters(self) -> dict[str, Do]:
        """F keeps or writes a figure, R shows the rows behind it, H tells its history."""
        return {"f": self.figure, "r": self.show_rows, "h": partial(self.history_of, "indicator", self.key)}
