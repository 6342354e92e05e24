"""A case in plain lines: for the command line, and for reading over the telephone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from liaison.domain.journeys import Stage
from liaison.i18n import N_
from liaison.services.stage_steps import StepStatus
from liaison.services.views import JourneyView

if TYPE_CHECKING:
    from liaison.i18n import Language

_MARKS = {StepStatus.DONE: "●", StepStatus.CURRENT: "◐", StepStatus.TO_COME: "○", StepStatus.SKIPPED: "·"}
_LAST = 12
_NEXT = 2


def case_lines(view: JourneyView, language: Language) -> Iterator[str]:
    """What a case comes to, from the person to the last things that happened."""
    yield from _head(view, language)
    yield ""
    for step in view.stages:
        day = language.shown(step.on) if step.on else ""
        yield f"  {_MARKS[step.status]} {language(step.stage.label):<24} {day}".rstrip()
    yield ""
    yield from _work(view, language)
    yield from _money(view, language)
    yield language(N_("What happened"))
    for item in view.timeline[:_LAST]:
        when = language.shown(item.at) if item.has_time else language.shown(language.formats.home_day(item.at))
        yield f"  {when}  {item.title.text(language)}"


def status_text(view: JourneyView, language: Language, *, name: str) -> str:
    """Where a case stands, in a few lines to paste into a chat: no diagnosis, no policy number, no amount.

    ``name`` is the person as the screen shows them, so that a masked screen copies a masked name.
    """
    here = next((n for n, step in enumerate(view.stages, 1) if step.status is StepStatus.CURRENT), 0)
    lines = [f"{name} · {view.case_no}"]
    if here:
        stage = language(view.stages[here - 1].stage.label)
        lines.append(language(N_("Stage {number} of {all}: {name}"), number=here, all=len(Stage), name=stage))
    lines.append(language(N_("{state} since {day}"), state=view.state, day=language.formats.home_day(view.state_since)))
    if view.hospital:
        lines.append(language(N_("Hospital: {name}"), name=view.hospital.name))
    for task in view.open_tasks[:_NEXT]:
        day = language.formats.home_day(task.due_at) if task.due_at else None
        due = language.shown(task.due_at if task.has_time else day) if task.due_at else ""
        lines.append(language(N_("Next: {step}"), step=" · ".join(p for p in (task.title.text(language), due) if p)))
    return "\n".join(lines)


def _head(view: JourneyView, language: Language) -> Iterator[str]:
    person = view.patient
    yield f"{view.case_no}  {person.full_name}"
    facts = (
        (N_("Kind of case"), view.kind),
        (N_("Status"), view.state),
        (N_("Age"), person.age),
        (N_("City"), view.origin_city),
        (N_("Telephone"), person.phone),
        (N_("Hospital"), view.hospital.name if view.hospital else ""),
        (N_("Insurer"), view.cover.insurer if view.cover else ""),
        (N_("Policy number"), view.cover.policy_no if view.cover else ""),
        (N_("Diagnosis"), "" if view.hides_diagnosis else f"{view.diagnosis_code} {view.diagnosis}".strip()),
        (N_("Officer"), view.officer),
    )
    for label, value in facts:
        if value not in ("", None):
            yield f"  {language(label)}: {language.shown(value)}"


def _work(view: JourneyView, language: Language) -> Iterator[str]:
    if not view.open_tasks:
        return
    yield language(N_("Next steps"))
    for task in view.open_tasks:
        due = (
            language.shown(task.due_at)
            if task.has_time
            else language.shown(language.formats.home_day(task.due_at) if task.due_at else None)
        )
        waits = f" · {task.waiting_for or language(task.waiting_on.label)}" if task.waiting_on else ""
        yield f"  {task.title.text(language)} · {due}{waits}"
    yield ""


def _money(view: JourneyView, language: Language) -> Iterator[str]:
    letter, money = view.letter, view.money
    facts = (
        (N_("Estimate"), money.estimate_high),
        (N_("Ceiling now"), letter.ceiling if letter else None),
        (N_("Billed"), money.billed),
        (N_("Deposit paid"), money.deposit_paid),
        (N_("Excess to be paid"), money.excess_due),
    )
    known = [(label, value) for label, value in facts if value is not None]
    if not known and not view.claims:
        return
    yield language(N_("Money"))
    for label, value in known:
        yield f"  {language(label)}: {language.shown(value)}"
    for claim in view.claims:
        words = language(
            N_("Claim {number}: {state}, unpaid {balance}"),
            number=claim.claim_no,
            state=claim.state,
            balance=claim.balance,
        )
        yield f"  {words}"
    yield ""
