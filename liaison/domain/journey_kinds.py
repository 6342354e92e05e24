"""What the kind of a case picks: the states it goes through, whether it asks for a letter, its packs of documents.

A check-up asks for no guarantee letter; a second opinion and a tele-consultation end with the answer, no travel.
Source: ``decisions``, life cycles and guards; ``domain`` 1.7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liaison.domain.documents import Process
from liaison.domain.journeys import MAIN_PATH, STAGE_OF, JourneyKind, JourneyState, PayerPath, Stage

_S = JourneyState
_TRAVEL = frozenset({_S.TRAVEL_PREP, _S.EN_ROUTE})
_ALL = frozenset(JourneyState)
_NO_REVIEW_NO_LETTER = _ALL - {_S.ELIGIBILITY, _S.MEDICAL_REVIEW, _S.PREAUTH}
_ANSWER_ONLY = frozenset(MAIN_PATH[:6]) | {_S.CLOSED, _S.REDIRECTED_DOMESTIC, _S.CANCELLED, _S.LOST}


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule:
    """What a kind of case goes through and which packs of documents it needs."""

    path: frozenset[JourneyState]
    asks_for_letter: bool
    checklists: tuple[Process, ...]


_FULL = (Process.INTAKE, Process.PREAUTH, Process.FINAL_LETTER, Process.CASHLESS_CLAIM)

KINDS: Mapping[JourneyKind, KindRule] = {
    JourneyKind.TREATMENT: KindRule(path=_ALL, asks_for_letter=True, checklists=_FULL),
    JourneyKind.REPEAT_CYCLE: KindRule(path=_ALL, asks_for_letter=True, checklists=_FULL),
    JourneyKind.MATERNITY: KindRule(path=_ALL, asks_for_letter=True, checklists=_FULL),
    JourneyKind.CHECK_UP: KindRule(path=_NO_REVIEW_NO_LETTER, asks_for_letter=False, checklists=(Process.CHECK_UP,)),
    JourneyKind.DENTAL: KindRule(
        path=_NO_REVIEW_NO_LETTER, asks_for_letter=False, checklists=(Process.CHECK_UP, Process.REIMBURSEMENT)
    ),
    JourneyKind.SECOND_OPINION: KindRule(path=_ANSWER_ONLY, asks_for_letter=False, checklists=(Process.OPINION,)),
    JourneyKind.TELE_CONSULTATION: KindRule(path=_ANSWER_ONLY, asks_for_letter=False, checklists=(Process.OPINION,)),
}


def path_of(kind: JourneyKind, *, is_domestic: bool = False) -> frozenset[JourneyState]:
    """The states that a kind of case goes through; treatment in Indonesia has no travel stage."""
    return KINDS[kind].path - _TRAVEL if is_domestic else KINDS[kind].path


def stages_of(kind: JourneyKind, *, is_domestic: bool = False) -> tuple[Stage, ...]:
    """The stages that a kind of case goes through, in order."""
    path = path_of(kind, is_domestic=is_domestic) - {_S.CLOSED}
    return tuple(stage for stage in Stage if any(STAGE_OF.get(state) is stage for state in path))


def asks_for_letter(kind: JourneyKind) -> bool:
    """Whether a kind of case needs a guarantee letter."""
    return KINDS[kind].asks_for_letter


def checklists_of(kind: JourneyKind, payer_path: PayerPath | None = None) -> tuple[Process, ...]:
    """Which packs of documents a case needs; who pays first needs the reimbursement pack in place of the letter's."""
    packs = KINDS[kind].checklists
    if packs is not _FULL or payer_path in (None, PayerPath.GUARANTEE_LETTER):
        return packs
    return (Process.INTAKE,) if payer_path is PayerPath.SELF_PAY else (Process.INTAKE, Process.REIMBURSEMENT)


def first_state(stage: Stage, kind: JourneyKind, *, is_domestic: bool = False) -> JourneyState | None:
    """Where a kind of case enters a stage; ``None`` where it never does."""
    path = path_of(kind, is_domestic=is_domestic)
    return next((s for s in MAIN_PATH if STAGE_OF[s] is stage and s in path), None)
