"""What a case still owes that entered at a later stage: an emergency, or one that was running before it was entered.

Refusing such a case would help nobody; the missing facts become tasks with due times. Source: ``domain`` 1.3 B;
``decisions``, life cycles and guards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from liaison.domain.calendars import Calendar
from liaison.domain.clocks import after_hours, after_working_days
from liaison.domain.journey_facts import JourneyFacts
from liaison.domain.journey_guards import GUARDS
from liaison.domain.journey_kinds import asks_for_letter, path_of
from liaison.domain.journeys import MAIN_PATH, STATES, TRANSITIONS, EntryMode, JourneyState
from liaison.domain.lifecycle import Debt
from liaison.i18n import N_

RUNNING_DEBT_DAYS = 3
"""Working days to catch up on a case that was running before it was entered."""

_S = JourneyState

_OWED_UNTIL: Mapping[str, JourneyState] = {
    "identity": _S.FOLLOW_UP,
    "consent_processing": _S.FOLLOW_UP,
    "consent_transfer": _S.FOLLOW_UP,
    "eligibility": _S.DISCHARGE_PENDING,
    "medical_document": _S.WORKUP,
    "consent_release": _S.DISCHARGE_PENDING,
    "opinion": _S.PREAUTH,
    "estimate": _S.TRAVEL_PREP,
    "decision": _S.TRAVEL_PREP,
    "consent_insurer": _S.FOLLOW_UP,
    "letter": _S.DISCHARGE_PENDING,
    "passport": _S.EN_ROUTE,
    "appointment": _S.EN_ROUTE,
    "medif": _S.EN_ROUTE,
    "admission": _S.DISCHARGED,
    "final_letter": _S.FOLLOW_UP,
    "excess": _S.FOLLOW_UP,
    "discharge_summary": _S.FOLLOW_UP,
}
"""How far along a missing fact is still worth asking for: nobody books an appointment for who is home again."""

_URGENT = (EntryMode.EMERGENCY, EntryMode.URGENT)


def debts(
    state: JourneyState, facts: JourneyFacts, now: dt.datetime, *, calendar: Calendar | None = None
) -> list[Debt]:
    """What is still owed by a case that enters at a state, with due times; refusing would help nobody.

    After an emergency: identity in 4 hours, consent, policy check and notice to the insurer in 24. A case that was
    running before it was entered has three working days of the office's calendar.
    """
    if state not in MAIN_PATH or STATES[state].is_final:
        return []
    calendar = calendar or Calendar()
    entered = MAIN_PATH.index(state)
    asked = _guards_before(state, facts)
    owed = [name for name, until in _OWED_UNTIL.items() if name in asked and entered <= MAIN_PATH.index(until)]
    if facts.entry_mode in _URGENT and _S.WORKUP <= state <= _S.DISCHARGE_PENDING and asks_for_letter(facts.kind):
        owed.append("insurer_notified")
    found = []
    for name in owed:
        guard = GUARDS[name]
        problem = guard.asks(facts)
        if problem is None or guard.fact is None:
            continue
        due = (
            after_hours(now, guard.due_hours)
            if facts.entry_mode in _URGENT
            else after_working_days(now, RUNNING_DEBT_DAYS, calendar)
        )
        found.append(Debt(fact=guard.fact, label=_DEBT_LABELS.get(name, problem.cure), due=due, guard=name))
    return found


def _guards_before(state: JourneyState, facts: JourneyFacts) -> frozenset[str]:
    """Names of the guards that a case would have met on its way to a state."""
    path = path_of(facts.kind, is_domestic=facts.is_domestic)
    here = MAIN_PATH.index(state)
    return frozenset(
        name
        for t in TRANSITIONS
        if {t.start, t.to} <= path & set(MAIN_PATH) and MAIN_PATH.index(t.start) < MAIN_PATH.index(t.to) <= here
        for name in t.guards
    )


_DEBT_LABELS: Mapping[str, str] = {
    "consent_processing": N_("Get consent C1: processing of health data"),
    "consent_transfer": N_("Get consent C2: transfer outside Indonesia"),
    "consent_release": N_("Get consent C3: records to the hospital"),
    "consent_insurer": N_("Get consent C4: records to the insurer"),
    "identity": N_("Verify identity card or passport"),
    "eligibility": N_("Have the policy checked by the insurer"),
    "letter": N_("Request the guarantee letter, or record who pays"),
    "insurer_notified": N_("Notify the insurer of the admission"),
    "medical_document": N_("Get a medical document"),
    "opinion": N_("Get the doctor's opinion"),
    "estimate": N_("Get a cost estimate"),
    "decision": N_("Record the patient's decision"),
    "passport": N_("Record until when the passport is valid"),
    "appointment": N_("Book the appointment"),
    "medif": N_("Get the airline's clearance"),
    "admission": N_("Record hour of admission and record number"),
    "final_letter": N_("Get the final letter or the receipt of the bill"),
    "excess": N_("Record that the excess is settled"),
    "discharge_summary": N_("Get the discharge summary"),
}
