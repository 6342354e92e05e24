"""Dated ticks: every fact that a guard asks for can be confirmed here, each with what it takes to be believed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from liaison.domain.documents import Process
from liaison.domain.facts import Clearance, ConfirmationDraft, FactKind, check_confirmation
from liaison.domain.journeys import PayerPath
from liaison.domain.policies import EligibilityResult
from liaison.i18n import N_
from liaison.services import confirmations
from liaison.ui.pages.consents_form import country_choice
from liaison.ui.pages.lookups import hospital_edit, house_edit
from liaison.ui.pages.short_forms import Bench, offer
from liaison.ui.reopening import reopens
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Choice, Editor, LongText, code_choices
from liaison.ui.widgets.form import Form, Row
from liaison.ui.widgets.money_edit import MoneyEdit

_CONSENT: tuple[Row, ...] = ("stated_on", "giver", "given_by", "method", "valid_to", "source", "note")
_TICK: tuple[Row, ...] = ("stated_on", "source", "note")
_MOMENT: tuple[Row, ...] = ("at", "stated_on", "note")

ASKED: dict[FactKind, tuple[Row, ...]] = {
    FactKind.C1: _CONSENT,
    FactKind.C2: ("country", *_CONSENT),
    FactKind.C3: ("organization_id", *_CONSENT),
    FactKind.C4: ("organization_id", *_CONSENT),
    FactKind.C5: _CONSENT,
    FactKind.C6: _CONSENT,
    FactKind.ELIGIBILITY: ("result", "stated_on", "valid_to", "given_by", "source", "note"),
    FactKind.OPINION: ("stated_on", "given_by", "organization_id", "source", "note"),
    FactKind.ESTIMATE: ("stated_on", "amount", "valid_to", "source", "note"),
    FactKind.DECISION: ("stated_on", "result", "note", "source"),
    FactKind.PAYER_PATH: ("result", "stated_on", "given_by", "source", "note"),
    FactKind.APPOINTMENT: ("at", "organization_id", "stated_on", "source", "note"),
    FactKind.PASSPORT: ("valid_to", "stated_on", "note"),
    FactKind.MEDIF: ("result", "stated_on", "valid_to", "source", "note"),
    FactKind.DEPARTURE: _MOMENT,
    FactKind.ARRIVAL: _MOMENT,
    FactKind.ADMISSION: ("at", "stated_on", "source", "note"),
    FactKind.EXCESS_SETTLED: ("stated_on", "amount", "source", "note"),
    FactKind.SELF_SETTLED: ("stated_on", "amount", "source", "note"),
    FactKind.CHECKLIST_COMPLETE: ("result", "stated_on", "note"),
    FactKind.FIT_TO_FLY: ("stated_on", "valid_to", "given_by", "source", "note"),
    FactKind.HOME_ARRIVAL: _MOMENT,
}
"""What is asked for each fact; the rest ask for the day, the source and a note."""

_HINTS = {
    FactKind.DECISION: N_("What the patient chose goes under “Result”, the reason under “Note”."),
    FactKind.ANSWERED: N_("Say in the note what was answered, so that the case can close as a success."),
    FactKind.DISCHARGE_SUMMARY: N_("Attach the file under “Documents” as well."),
}

_RESULTS = {
    FactKind.ELIGIBILITY: EligibilityResult,
    FactKind.PAYER_PATH: PayerPath,
    FactKind.MEDIF: Clearance,
    FactKind.CHECKLIST_COMPLETE: Process,
}


@reopens
def confirm_form(
    bench: Bench,
    journey_id: int,
    kind: FactKind,
    *,
    currency: str = "MYR",
    result: str = "",
    done: Callable[[Any], object] | None = None,
) -> FormPane:
    """Confirm one fact of a journey; the debt that asked for it closes with it."""
    desk = bench.desk
    rows = ASKED.get(kind, _TICK)
    shown = {name for row in rows for name in ([row] if isinstance(row, str) else [])}
    every = {f.name for f in dataclasses.fields(ConfirmationDraft)}
    form = Form(desk, ConfirmationDraft, rows, editors=_editors(bench, kind, shown, currency), kept=every - shown)
    form.set(ConfirmationDraft(journey_id=journey_id, kind=kind, stated_on=desk.today(), result=result))
    today = desk.today()
    return offer(
        bench,
        form,
        title=kind.label,
        action=N_("Confirm a fact"),
        write=confirmations.confirm,
        said=N_("Confirmed"),
        save_word=N_("Confirm"),
        note=desk.words(_HINTS[kind]) if kind in _HINTS else "",
        look=lambda draft: check_confirmation(draft, today=today),
        done=done,
    )


def _editors(bench: Bench, kind: FactKind, shown: set[str], currency: str) -> dict[str, Editor]:
    desk = bench.desk
    editors: dict[str, Editor] = {}
    if kind in _RESULTS:
        editors["result"] = _CodeText(bench, kind)
    if "note" in shown:
        editors["note"] = LongText(desk, lines=3)
    if "organization_id" in shown:
        editors["organization_id"] = house_edit(desk) if kind is FactKind.C4 else hospital_edit(desk)
    if "country" in shown:
        editors["country"] = country_choice(desk)
    if "amount" in shown:
        editors["amount"] = MoneyEdit(desk, currency=currency)
    return editors


class _CodeText(Choice):
    """A choice among codes for a field that holds the code as text."""

    def __init__(self, bench: Bench, kind: FactKind) -> None:
        choices = code_choices(bench.desk, _RESULTS[kind])
        super().__init__(bench.desk, [(str(code.value), text) for code, text in choices])
        self.set_value(None)

    def value(self) -> Any:
        """The code, or nothing while none is chosen."""
        return super().value() or ""
