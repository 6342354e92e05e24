"""An insurer's plans on its card: how each pays, in sentences, with where that stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.services import plans
from liaison.services.plan_words import limit_in_words, rules_in_words
from liaison.services.plans import LimitView, PlanView
from liaison.ui.desk import Desk
from liaison.ui.pages.house_section import HouseSection
from liaison.ui.pages.plan_forms import edit_product_form, limit_form, new_product_form, rules_form
from liaison.ui.pages.short_forms import Bench
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button, link
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked, Section
from liaison.ui.widgets.shapes import Shape


class PlanSection(HouseSection):
    """The plans of an insurer."""

    def __init__(self, desk: Desk, bench: Bench | None, insurer_id: int) -> None:
        super().__init__(desk, bench, insurer_id, read=plans.plans_of)

    def section(self, found: Sequence[PlanView]) -> Section:
        """The plans as they stand now."""
        _, desk = self._desk.words, self._desk
        add = link(desk.icons, _(N_("New plan")), self._new, icon="plus", small=True)
        made = Section(_(N_("Plans and how they pay")), beside=add if self._bench is not None else None)
        if not found:
            made.add(Label(_(N_("No plan is on record yet. With its rules an estimate can be worked out.")),
                           Role.SECOND, wrap=True))  # fmt: skip
        for plan in found:
            made.add(self._plan(plan))
        return made

    def _plan(self, plan: PlanView) -> QWidget:
        _, desk = self._desk.words, self._desk
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 2, 0, 8)
        box.setSpacing(3)
        row = QHBoxLayout()
        row.addWidget(Label(plan.title, Role.STRONG, wrap=True), 1)
        hint = _(N_("Change the plan {name}"), name=plan.title)
        row.addWidget(icon_button(desk.icons, "pencil", hint, partial(self._edit, plan), size=13))
        box.addLayout(row)
        if plan.annual_limit is not None:
            limit = _(N_("At most {amount} a year."), amount=plan.annual_limit)
            box.addWidget(Label(limit, Role.SECOND, wrap=True))
        for sentence in rules_in_words(plan.rules) if plan.rules is not None else ():
            box.addWidget(Label(sentence.text(_), Role.SECOND, wrap=True))
        for line in plan.limits:
            box.addWidget(self._limit(plan, line))
        box.addWidget(self._standing(plan))
        doings = QHBoxLayout()
        word = N_("Write its rules") if plan.rules is None else N_("Change its rules")
        doings.addWidget(link(desk.icons, _(word), partial(self._rules, plan), icon="pencil", small=True))
        doings.addWidget(
            link(desk.icons, _(N_("Add a limit")), partial(self._add_limit, plan), icon="plus", small=True)
        )
        doings.addStretch(1)
        box.addLayout(doings)
        return holder

    def _standing(self, plan: PlanView) -> QWidget:
        """Where the rules stand and since when, or that nobody wrote them down."""
        _ = self._desk.words
        if plan.rules is None:
            words, shape, tone = _(N_("How it pays is not on record yet.")), Shape.OPEN, Tone.QUIET
        elif plan.rules.stated_on is None:
            words, shape, tone = _(N_("Source: {source}"), source=plan.rules.source), Shape.DONE, Tone.GREEN
        else:
            words = _(N_("Source: {source}, {day}"), source=plan.rules.source, day=plan.rules.stated_on)
            shape, tone = Shape.DONE, Tone.GREEN
        return Marked(self._desk, words, shape, tone, role=Role.SECOND, ground="sunken", wrap=True)

    def _limit(self, plan: PlanView, line: LimitView) -> QWidget:
        _, desk = self._desk.words, self._desk
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        text = limit_in_words(line.limit).text(_)
        row.addWidget(Label(text[:1].upper() + text[1:], Role.SECOND, wrap=True), 1)
        change, off = _(N_("Change this limit: {limit}"), limit=text), _(N_("Take this limit off: {limit}"), limit=text)
        row.addWidget(icon_button(desk.icons, "pencil", change, partial(self._edit_limit, plan, line), size=12))
        row.addWidget(icon_button(desk.icons, "x", off, partial(self._remove_limit, line), size=12))
        return holder

    # doing

    def _new(self) -> None:
        if self._bench is not None:
            new_product_form(self._bench, self._house_id)

    def _edit(self, plan: PlanView) -> None:
        if self._bench is not None:
            edit_product_form(self._bench, plan.product_id, version=plan.product_version)

    def _rules(self, plan: PlanView) -> None:
        if self._bench is not None:
            rules_form(self._bench, plan.product_id, plan.currency)

    def _add_limit(self, plan: PlanView) -> None:
        if self._bench is not None:
            limit_form(self._bench, plan.product_id, plan.currency)

    def _edit_limit(self, plan: PlanView, line: LimitView) -> None:
        if self._bench is not None:
            limit_form(self._bench, plan.product_id, plan.currency, line.id, line.limit)

    def _remove_limit(self, line: LimitView) -> None:
        said = self._desk.words(N_("Limit taken off"))
        self._desk.runner.write(
            N_("Take a limit off"), plans.remove_limit, line.id, owner=self, done=lambda _: self._desk.toast(said)
        )
