"""The consents of one signed form: ticked together, dated once, written down as one action."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.facts import CONSENTS, ConfirmationDraft, FactKind
from liaison.domain.fields import field_of
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services import confirmations
from liaison.ui.pages.short_forms import Bench
from liaison.ui.reopening import reopens
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.date_edit import DateEdit
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Editor, TextEdit, TickEdit
from liaison.ui.widgets.form import FieldBox

SHORT = {
    FactKind.C1: N_("C1: health data at our office"),
    FactKind.C2: N_("C2: data outside Indonesia"),
    FactKind.C3: N_("C3: records to the hospital"),
    FactKind.C4: N_("C4: records to the insurer"),
    FactKind.C5: N_("C5: WhatsApp and e-mail"),
    FactKind.C6: N_("C6: statistics without names"),
}
"""Words that fit beside a box; the whole sentence stands in the tooltip."""

NOTHING_TICKED = N_("Tick at least one consent.")


class ConsentsForm(QWidget):
    """Six ticks, a day, who gave them, and the paper they stand on."""

    def __init__(self, bench: Bench, journey_id: int) -> None:
        super().__init__()
        self._bench = bench
        self._journey_id = journey_id
        desk = bench.desk
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.ticks = {kind: TickEdit(desk, desk.words(SHORT[kind])) for kind in CONSENTS}
        for kind, tick in self.ticks.items():
            tick.set_name(desk.words(kind.label))
            tick.setToolTip(desk.words(kind.label))
            box.addWidget(tick)
        self.boxes: dict[str, FieldBox] = {}
        editors: dict[str, Editor] = {"stated_on": DateEdit(desk), "given_by": TextEdit(desk), "source": TextEdit(desk)}
        editors["stated_on"].set_value(desk.today())
        for name, editor in editors.items():
            made = FieldBox(desk, field_of(ConfirmationDraft, name), editor)
            self.boxes[name] = made
            box.addSpacing(4)
            box.addWidget(made)

    def save(self) -> None:
        """Write down every consent that is ticked."""
        kinds = [kind for kind, tick in self.ticks.items() if tick.value()]
        try:
            day = self.boxes["stated_on"].editor.value()
        except Unreadable as error:
            self.boxes["stated_on"].show_problem(error.problem)
            return
        if not kinds or day is None:
            self.show_problems([Problem(code="NOTHING_TICKED", message=NOTHING_TICKED, field="stated_on")])
            return
        drafts = [
            ConfirmationDraft(
                journey_id=self._journey_id,
                kind=kind,
                stated_on=day,
                given_by=self.boxes["given_by"].editor.value(),
                source=self.boxes["source"].editor.value(),
            )
            for kind in kinds
        ]
        self._bench.desk.runner.write(
            N_("Record consents"),
            confirmations.confirm_all,
            drafts,
            owner=self,
            done=lambda _: self._bench.done(N_("Consents recorded")),
            refused=self.show_problems,
        )

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Each at its field; what belongs to no field stands at the day."""
        for box in self.boxes.values():
            box.show_problem(None)
        for problem in problems:
            self.boxes.get(problem.field, self.boxes["stated_on"]).show_problem(problem)


@reopens
def consents_form(bench: Bench, journey_id: int) -> FormPane:
    """Record the consents of one signed form."""
    form = ConsentsForm(bench, journey_id)
    pane = FormPane(bench.desk, title=bench.desk.words(N_("Consents of one form")), content=form, save=form.save)
    return bench.drawer.open(pane)
