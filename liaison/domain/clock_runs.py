"""From the moves of a letter or a claim to its clocks: which move starts one, which one lets it rest or stops it.

A clock that nothing answered (the request was taken back, the letter ran out) is left out: it says nothing of how long
an answer takes. Source: ``domain`` 1.5, 1.6, 1.8.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from liaison.domain.claims import ClaimState
from liaison.domain.clocks import Pause
from liaison.domain.coded import Coded
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journeys import JourneyState
from liaison.domain.targets import ClockKind

_G, _K = GuaranteeState, ClaimState
_C = ClockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How the states of a life cycle drive its clocks."""

    starts: Mapping[Coded, ClockKind]
    stops: Mapping[ClockKind, frozenset[Coded]]
    pauses: frozenset[Coded] = frozenset()


_DECIDED = frozenset({_K.APPROVED, _K.PARTIALLY_APPROVED, _K.REJECTED})
LETTERS = Course(
    starts={_G.REQUESTED: _C.GL_INITIAL, _G.TOPUP_REQUESTED: _C.GL_TOPUP, _G.FINAL_REQUESTED: _C.GL_FINAL},
    stops={
        _C.GL_INITIAL: frozenset({_G.ISSUED, _G.DECLINED, _G.DEFERRED}),
        _C.GL_TOPUP: frozenset({_G.TOPUP_ISSUED, _G.ACCEPTED}),
        _C.GL_FINAL: frozenset({_G.FINAL_ISSUED}),
    },
    pauses=frozenset({_G.QUERIED, _G.FINAL_QUERIED}),
)
CLAIMS = Course(
    starts={
        _K.SUBMITTED: _C.CLAIM_REGISTER,
        **dict.fromkeys((_K.REGISTERED, _K.IN_REVIEW, _K.INVESTIGATION, _K.APPEALED), _C.CLAIM_DECISION),
        _K.PAYMENT_PENDING: _C.PAYMENT,
    },
    stops={
        _C.CLAIM_REGISTER: frozenset({_K.REGISTERED, _K.IN_REVIEW, _K.INVESTIGATION, *_DECIDED}),
        _C.CLAIM_DECISION: frozenset({*_DECIDED, _K.PAYMENT_PENDING, _K.PAID}),
        _C.PAYMENT: frozenset({_K.PAID, _K.DISPUTED_PAYMENT}),
    },
    pauses=frozenset({_K.QUERIED}),
)
JOURNEYS = Course(
    starts={JourneyState.ESTIMATE: _C.ESTIMATE},
    stops={_C.ESTIMATE: frozenset({JourneyState.DECISION, JourneyState.PREAUTH, JourneyState.TRAVEL_PREP})},
)


@dataclass(slots=True, kw_only=True)
class Ticking:
    """A clock as the moves tell it; ``stopped`` is none while it runs or stands still."""

    kind: ClockKind
    start: dt.datetime
    stopped: dt.datetime | None = None
    pauses: list[Pause] = field(default_factory=list)

    def pause(self, at: dt.datetime) -> None:
        """Let it stand still from a moment on."""
        if not self.pauses or self.pauses[-1].until is not None:
            self.pauses.append(Pause(at))

    def go_on(self, at: dt.datetime) -> None:
        """Let it run again."""
        if self.pauses and self.pauses[-1].until is None:
            self.pauses[-1] = Pause(self.pauses[-1].start, at)

    def stop(self, at: dt.datetime) -> None:
        """Stop it; it ran at least no time."""
        self.go_on(at)
        self.stopped = max(at, self.start)


def ticking(moves: Iterable[tuple[dt.datetime, Coded]], course: Course) -> list[Ticking]:
    """The clocks of one letter, claim or case, by its moves in their order; the last one may still run."""
    found: list[Ticking] = []
    running: Ticking | None = None
    for at, state in moves:
        if running is not None and state in course.stops[running.kind]:
            running.stop(at)
            found.append(running)
            running = None
        if state in course.pauses:
            if running is not None:
                running.pause(at)
        elif state in course.starts:
            kind = course.starts[state]
            if running is not None and running.kind is kind:
                running.go_on(at)
            else:
                running = Ticking(kind=kind, start=at)
        else:
            running = None
    return [*found, running] if running is not None else found
