"""What the office asks of a round table, written down beside the preview of that city's briefing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.i18n import N_, Language
from liaison.reports import city_briefing
from liaison.services.briefing_plans import BriefingPlan, PlannedRequest, briefing_plan, keep_briefing_plan
from liaison.ui.desk import Desk
from liaison.ui.pages.briefing_plan_form import PlanForm
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.drawer import FormPane, focus_first
from liaison.ui.widgets.label import Label

WIDTH = 380
NOTE = N_("What the office asks of the round table, and what was promised at the last visit. It stands on page 1.")

Found = tuple[BriefingPlan, tuple[PlannedRequest, ...]]


class PlanSide(QWidget):
    """The open form of a city's plan. ``left`` says it is closed, ``saved`` that the pages say something else now."""

    left = Signal()
    saved = Signal()

    def __init__(self, desk: Desk, city: str, found: Found, *, typed: Mapping[str, Any] | None) -> None:
        super().__init__()
        self._desk, self.city = desk, city
        plan, suggested = found
        self.form = PlanForm(desk, plan, suggested=suggested)
        typed = typed or desk.half_typed.recall(_key(city))
        if typed:
            self.form.resume(dict(typed))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        pane = FormPane(
            desk, title=desk.words(N_("{city}: requests and promises"), city=city), content=self.form, save=self.save,
            note=desk.words(NOTE),
        )  # fmt: skip
        pane.closed.connect(self._put_aside)
        pane.given_up.connect(self.forget)
        self.problems = Label("", Role.SECOND, tone=Tone.RED, wrap=True)
        self.problems.hide()
        box.addWidget(pane, 1)
        box.addWidget(self.problems)

    def start(self) -> None:
        """Put the focus where typing goes."""
        focus_first(self.form)

    def save(self) -> None:
        """Write the plan down, or say everything that is wrong with it."""
        try:
            plan = self.form.plan()
        except Refused as refused:
            self._refuse(refused.problems)
            return
        self._desk.runner.write(
            N_("Save the requests and promises of a briefing"), keep_briefing_plan, self.city, plan, owner=self,
            done=self._written, refused=self._refuse,
        )  # fmt: skip

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self.problems.setText("\n".join(problem.text(self._desk.words) for problem in problems))
        self.problems.show()

    def _written(self, _changes: object) -> None:
        self._desk.toast(self._desk.words(N_("Requests and promises are saved")))
        self.forget()
        self.saved.emit()

    def _put_aside(self) -> None:
        """Escape and the cross keep what was typed for the next time this plan is opened."""
        typed = self.form.keep() if self.form.dirty else {}
        self.forget()
        self._desk.half_typed.keep(_key(self.city), typed)

    def forget(self) -> None:
        """Close it; nothing of it is kept."""
        self._desk.half_typed.forget(_key(self.city))
        self.left.emit()

    def keep(self) -> dict[str, object]:
        """The city and what stands in the form, for a page that is built again."""
        return {"city": self.city, "form": self.form.keep()}


def read_plan(session: Any, city: str, language: str) -> Found:
    """What is written down for a city, and what its figures suggest."""
    suggested = city_briefing.suggested_requests(session, city, Language(language))
    return briefing_plan(session, city), tuple(
        PlannedRequest(who=one.who, what=one.what, by=one.by) for one in suggested
    )


def _key(city: str) -> str:
    """Under which a city's half-typed plan is kept."""
    return f"form reports plan {city}"
