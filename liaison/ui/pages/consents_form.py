"""The consents of one signed form: ticked together, dated once, written down as one action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.facts import CONSENTS, ConfirmationDraft, ConsentGiver, ConsentMethod, FactKind
from liaison.domain.fields import field_of
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services import confirmations
from liaison.ui.desk import Desk
from liaison.ui.pages.lookups import hospital_edit, house_edit
from liaison.ui.pages.short_forms import Bench
from liaison.ui.reopening import reopens
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.date_edit import DateEdit
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Choice, Editor, TextEdit, TickEdit, code_choices
from liaison.ui.widgets.form import NOT_STATED, FieldBox

SHORT = {
    FactKind.C1: N_("C1: health data at our office"),
    FactKind.C2: N_("C2: data outside Indonesia"),
    FactKind.C3: N_("C3: records to the hospital"),
    FactKind.C4: N_("C4: records to the insurer"),
    FactKind.C5: N_("C5: WhatsApp and e-mail"),
    FactKind.C6: N_("C6: statistics without names"),
}
"""Words that fit beside a box; the whole sentence stands in the tooltip."""

HOSPITAL, INSURER = "hospital", "insurer"
_SPECS = {
    HOSPITAL: replace(field_of(ConfirmationDraft, "organization_id"), label=N_("Hospital it names (C3)"), help=""),
    INSURER: replace(field_of(ConfirmationDraft, "organization_id"), label=N_("Insurer it names (C4)"), help=""),
    "country": replace(field_of(ConfirmationDraft, "country"), label=N_("Country it names (C2)"), help=""),
}
"""A form that names nobody holds for any receiver."""

COUNTRIES = {
    "MY": N_("Malaysia"), "SG": N_("Singapore"), "CN": N_("China"), "KH": N_("Cambodia"), "TH": N_("Thailand"),
}  # fmt: skip

NOTHING_TICKED = N_("Tick at least one consent.")


class CountryChoice(Choice):
    """A country abroad by its code; an empty one: any country."""

    def value(self) -> Any:
        """The code."""
        return super().value() or ""


def country_choice(desk: Desk) -> CountryChoice:
    """The countries that cases of this office go to."""
    choices = [(code, desk.words(name)) for code, name in COUNTRIES.items()]
    return CountryChoice(desk, choices, none=desk.words(N_("any country")))


class ConsentsForm(QWidget):
    """Six ticks; when, by whom and how they were given; whom they name; and the paper they stand on."""

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
        editors: dict[str, Editor] = {
            "stated_on": DateEdit(desk),
            "valid_to": DateEdit(desk),
            "giver": Choice(desk, code_choices(desk, ConsentGiver), none=desk.words(NOT_STATED)),
            "given_by": TextEdit(desk),
            "method": Choice(desk, code_choices(desk, ConsentMethod), none=desk.words(NOT_STATED)),
            HOSPITAL: hospital_edit(desk),
            INSURER: house_edit(desk),
            "country": country_choice(desk),
            "source": TextEdit(desk),
        }
        editors["stated_on"].set_value(desk.today())
        for name, editor in editors.items():
            made = FieldBox(desk, _SPECS.get(name) or field_of(ConfirmationDraft, name), editor)
            self.boxes[name] = made
            box.addSpacing(4)
            box.addWidget(made)

    def save(self) -> None:
        """Write down every consent that is ticked."""
        kinds = [kind for kind, tick in self.ticks.items() if tick.value()]
        said: dict[str, Any] = {}
        for name, box in self.boxes.items():
            try:
                said[name] = box.editor.value()
            except Unreadable as error:
                box.show_problem(error.problem)
                return
        if not kinds or said["stated_on"] is None:
            self.show_problems([Problem(code="NOTHING_TICKED", message=NOTHING_TICKED, field="stated_on")])
            return
        drafts = [self._draft(kind, said) for kind in kinds]
        self._bench.desk.runner.write(
            N_("Record consents"),
            confirmations.confirm_all,
            drafts,
            owner=self,
            done=lambda _: self._bench.done(N_("Consents recorded")),
            refused=self.show_problems,
        )

    def _draft(self, kind: FactKind, said: Mapping[str, Any]) -> ConfirmationDraft:
        """One consent of the form: a named hospital, insurer or country narrows the consent that speaks of it."""
        named = {FactKind.C3: said[HOSPITAL], FactKind.C4: said[INSURER]}.get(kind)
        return ConfirmationDraft(
            journey_id=self._journey_id,
            kind=kind,
            stated_on=said["stated_on"],
            valid_to=said["valid_to"],
            organization_id=named,
            giver=said["giver"],
            given_by=said["given_by"],
            method=said["method"],
            country=said["country"] if kind is FactKind.C2 else "",
            source=said["source"],
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
