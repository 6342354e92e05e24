"""The open cases of the sample office, told step by step from ``resources/sample/open_cases.toml``.

Every step goes through the same services that an officer's hands use, at its own moment in the past, so that guards
hold, debts arise, and the history reads like a history. ``at`` counts days back and names the hour (in Medan); on the
last day, 0, it counts hours back from now. ``due`` counts the other way.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from liaison.i18n import N_, resources
from liaison.services import (
    sample_course_steps,
    sample_money_steps,
    sample_steps,
)
from liaison.services.sample_draw import Houses
from liaison.services.sample_tale import Step, Tale
from liaison.services.sample_world import World
from liaison.store.store import Store

OPEN_CASES = 24
"""How many open cases the sample tells."""

TOLD_CASES = 26
"""These, one that was answered without travel, and one whose patient died abroad."""

_STEPS = {**sample_steps.STEPS, **sample_money_steps.STEPS, **sample_course_steps.STEPS}
_TITLES = {
    "open": N_("Open a case"),
    "identity": N_("Record identity numbers"),
    "move": N_("Move a case on"),
    "fact": N_("Confirm a fact"),
    "hold": N_("Put a case on hold"),
    "answer": N_("Answer without travel"),
    "note": N_("Write a note"),
    "task": N_("Plan a step"),
    "done": N_("Tick off a step"),
    "wait": N_("Reschedule a step"),
    "document": N_("Attach a file"),
    "letter": N_("Request a guarantee letter"),
    "version": N_("Record a guarantee letter"),
    "letter_move": N_("Move a guarantee letter on"),
    "question": N_("Record the insurer's question"),
    "reply": N_("Answer the insurer's question"),
    "estimate": N_("Record an estimate"),
    "bill": N_("Record a bill"),
    "pay": N_("Record a payment"),
    "claim": N_("File a claim"),
    "claim_move": N_("Move a claim on"),
    "decide": N_("Record the insurer's decision"),
    "claim_question": N_("Record the insurer's question"),
    "claim_reply": N_("Answer the insurer's question"),
    "plan": N_("Plan the journey"),
    "cycles": N_("Plan cycles"),
    "pregnancy": N_("Record a pregnancy"),
    "complaint": N_("Record a complaint"),
    "way_home": N_("Write down a way home"),
}


def _cases() -> list[dict[str, Any]]:
    with (resources() / "sample" / "open_cases.toml").open("rb") as file:
        cases: list[dict[str, Any]] = tomllib.load(file)["case"]
    return cases


def add_open_cases(store: Store, world: World, houses: Houses, *, count: int, zone: str) -> None:
    """Tell the cases, all steps together in order of time; recent steps are an action each, older ones a day's."""
    now = store.clock()
    tales = [_tale(case, world, houses, now, ZoneInfo(zone)) for case in _cases()[:count]]
    others = {t.case["name"]: t for t in tales}
    moments: list[_Moment] = []
    for number, tale in enumerate(tales, 1):
        tale.others = others
        for step in tale.case["step"]:
            at = tale.at(*step["at"])
            day = at.date() if step["at"][0] > OLD_DAYS else None
            moments.append(
                _Moment(at=at, order=(day or at.date(), number if day else 0, at, len(moments)), tale=tale, step=step)
            )
    moments.sort(key=lambda m: m.order)
    real = store.clock
    try:
        for _, group in groupby(moments, key=lambda m: m.order[:2] if m.order[1] else m.order):
            _tell(store, list(group))
    finally:
        store.clock = real


OLD_DAYS = 7
"""Steps longer ago than this are told day by day: nobody undoes them one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moment:
    """A step at its moment, and where it stands among all steps."""

    at: dt.datetime
    order: tuple[Any, ...]
    tale: Tale
    step: Step


def _tell(store: Store, moments: list[_Moment]) -> None:
    store.clock = _standing(moments[-1].at)
    with store.write(_TITLES[moments[0].step["do"]]) as session:
        for moment in moments:
            session.info["clock"] = _standing(moment.at)
            _STEPS[moment.step["do"]](session, moment.tale, moment.step)


def _standing(at: dt.datetime) -> Callable[[], dt.datetime]:
    return lambda: at


def _tale(case: dict[str, Any], world: World, houses: Houses, now: dt.datetime, zone: ZoneInfo) -> Tale:
    hospital = next(h for h in world.hospitals if h.name == case["hospital"])
    complaint = next(c for c in world.complaints if c.code == case["complaint"])
    currency = {"MY": "MYR", "SG": "SGD", "CN": "CNY", "KH": "USD", "ID": "IDR"}[hospital.country]
    insurer = case.get("insurer")
    return Tale(
        case=case,
        complaint=complaint,
        hospital_id=houses.hospitals[hospital.name],
        currency=currency,
        zone=zone,
        now=now,
        insurer_id=None if insurer is None else houses.insurers[insurer],
    )
