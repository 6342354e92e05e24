"""How long a house should take, and how long it took: its targets on its card, each changed by pressing it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.documents import DocumentKind, Need, Process
from liaison.domain.paper_requests import ChecklistRuleDraft
from liaison.domain.targets import Target, TargetDraft
from liaison.i18n import N_, upper_first
from liaison.reports.clock_list import FEW, LOOKS_BACK_DAYS, span_words, target_words
from liaison.services import checklists, clocks, paper_requests, targets
from liaison.services.changes import clock
from liaison.services.checklists import RuleView
from liaison.services.clocks import HouseSpread
from liaison.services.targets import TargetView
from liaison.ui.desk import Desk
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked, Section, clear
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseTimes:
    """What the card shows of one house."""

    targets: tuple[TargetView, ...]
    took: tuple[HouseSpread, ...]
    rules: tuple[RuleView, ...]
    asked: int
    in_vain: int


def read_times(session: Any, organization_id: int) -> HouseTimes:
    """Targets of a house, how long it took in the last year, and which papers it wants."""
    since = clock(session) - dt.timedelta(days=LOOKS_BACK_DAYS)
    return HouseTimes(
        targets=targets.targets_of(session, organization_id),
        took=tuple(clocks.spreads(session, since=since, organization_id=organization_id)),
        rules=checklists.rules_of(session, organization_id),
        asked=paper_requests.asked_at_all(session, organization_id),
        in_vain=paper_requests.asked_in_vain(session, organization_id),
    )


class TargetsSection(QWidget):
    """Targets and times, then the papers a house wants beside the usual ones."""

    def __init__(self, desk: Desk, bench: Bench | None, organization_id: int) -> None:
        super().__init__()
        self._desk, self._bench, self._key = desk, bench, organization_id
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        desk.runner.read(read_times, organization_id, owner=self, done=self._arrived, key="times")

    def _arrived(self, times: HouseTimes) -> None:
        clear(self._box)
        if times.targets:
            self._box.addWidget(self._targets(times))
        self._box.addWidget(self._papers(times))

    def _targets(self, times: HouseTimes) -> QWidget:
        words = self._desk.words
        section = Section(words(N_("Targets, and how long it took")))
        took = {one.kind: one for one in times.took}
        for one in times.targets:
            target = Target(kind=one.kind, amount=one.amount, unit=one.unit)
            said = target_words(target, words)
            beside = words(N_("target {time}, own"), time=said) if one.id else words(N_("target {time}"), time=said)
            row = StepRow(
                self._desk, upper_first(words(one.kind.label)), shape=Shape.OPEN, tone=Tone.QUIET, beside=beside
            )
            row.clicked.connect(lambda _on=False, each=one: self._change(each))
            section.add(row)
            spread = took.get(one.kind)
            if spread is not None:
                section.add(Label(took_words(self._desk, spread), Role.SECOND, wrap=True))
        section.add(Label(words(N_("Targets are the office's own, never a legal limit.")), Role.SECOND, wrap=True))
        return section

    def _papers(self, times: HouseTimes) -> QWidget:
        words = self._desk.words
        add = link(self._desk.icons, words(N_("Add")), self._add_rule, icon="plus", small=True)
        add.setAccessibleName(words(N_("Add a paper that this house wants or does not want")))
        section = Section(words(N_("Papers it wants")), beside=add)
        for rule in times.rules:
            shape = Shape.DONE if rule.need is Need.REQUIRED else Shape.CLOSED
            row = StepRow(
                self._desk, f"{upper_first(words(rule.kind.label))}: {words(rule.process.label)}", shape=shape,
                tone=Tone.GREY, beside=words(rule.need.label),
            )  # fmt: skip
            row.clicked.connect(lambda _on=False, each=rule: self._remove_rule(each))
            row.setAccessibleDescription(words(N_("Press to take this rule away.")))
            section.add(row)
        if not times.rules:
            section.add(Label(words(N_("As usual; no rule of its own is on record.")), Role.SECOND, wrap=True))
        if times.asked:
            said = words(N_("Asked for {count} papers, {vain} of them although they were here"), count=times.asked,
                         vain=times.in_vain)  # fmt: skip
            section.add(Marked(self._desk, said, Shape.WARNING if times.in_vain else Shape.OPEN,
                               Tone.AMBER if times.in_vain else Tone.GREY, ground="sunken", wrap=True))  # fmt: skip
        return section

    def _change(self, one: TargetView) -> None:
        if self._bench is not None:
            target_form(self._bench, self._key, one)

    def _add_rule(self) -> None:
        if self._bench is None:
            return
        form = Form(self._desk, ChecklistRuleDraft, ["process", "kind", "need", "source"], kept=("organization_id",))
        first = ChecklistRuleDraft(
            organization_id=self._key, process=Process.PREAUTH, kind=DocumentKind.OTHER, need=Need.REQUIRED
        )
        offer(
            self._bench, begin(form, first, empty=("process", "kind")), title=N_("A paper that this house wants"),
            action=N_("Change what papers a house wants"), write=checklists.set_rule, said=N_("Rule saved"),
        )  # fmt: skip

    def _remove_rule(self, rule: RuleView) -> None:
        self._desk.runner.write(
            N_("Change what papers a house wants"), checklists.remove_rule, rule.id, owner=self,
            done=lambda _changes: self._desk.toast(self._desk.words(N_("Rule removed"))),
        )  # fmt: skip


def took_words(desk: Desk, one: HouseSpread) -> str:
    """``Half within 5.1 h, nine of ten within 30.7 h; 3 of 12 kept``."""
    words, spread = desk.words, one.spread
    values = {"half": span_words(spread.p50, one.target, words), "kept": spread.kept, "all": spread.n}
    if spread.n < FEW:
        return words(N_("Half within {half}; {kept} of {all} kept"), **values)
    most = span_words(spread.p90, one.target, words)
    return words(N_("Half within {half}, nine of ten within {most}; {kept} of {all} kept"), most=most, **values)


def target_form(bench: Bench, organization_id: int | None, one: TargetView) -> None:
    """Change one target; an own one can be taken away."""
    desk = bench.desk
    form = Form(desk, TargetDraft, [("amount", "unit"), "source"], kept=("organization_id", "kind"))
    draft = TargetDraft(
        organization_id=organization_id, kind=one.kind, amount=one.amount, unit=one.unit, source=one.source
    )
    beside = None
    if one.id is not None:
        beside = link(desk.icons, desk.words(N_("Let the usual target hold again")), partial(_remove, bench, one.id),
                      icon="undo-2")  # fmt: skip
    offer(
        bench, begin(form, draft), title=one.kind.label, action=N_("Change a target"), write=targets.set_target,
        said=N_("Target saved"), beside=beside,
    )  # fmt: skip


def _remove(bench: Bench, key: int) -> None:
    bench.desk.runner.write(
        N_("Change a target"), targets.remove_target, key, owner=bench.drawer,
        done=lambda _changes: bench.done(N_("The usual target holds again")),
    )  # fmt: skip
