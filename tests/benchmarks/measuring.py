"""Times as ratios: ours and the bare library's, one after the other in the same run, medians of both.

A busy machine is busy for both, so the ratio stands where milliseconds do not. Short pieces of work are measured in
processor time, which other programs do not lengthen. Nothing here fails for being slow.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Seconds of ours and of the bare library, repetition by repetition."""

    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return statistics.median(self.ours) / statistics.median(self.bare)


_clock = time.process_time if time.get_clock_info("process_time").resolution < 1e-5 else time.perf_counter


def seconds(work: Callable[[], object]) -> float:
    """How long one piece of work in this process takes."""
    start = _clock()
    work()
    return _clock() - start


def interleaved(ours: Callable[[], float], bare: Callable[[], float], *, times: int) -> Pair:
    """Measure both in turns; each answers how many seconds it took. A first turn warms up and is not counted."""
    pair = Pair()
    for turn in range(times + 1):
        one, other = ours(), bare()
        if turn:
            pair.ours.append(one)
            pair.bare.append(other)
    return pair


def at_95_percent(times: Sequence[float]) -> float:
    """The time that nineteen of twenty stay within."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def spoken(time_s: float) -> str:
    """Seconds as a person reads them."""
    return f"{time_s:.2f} s" if time_s >= 1 else f"{time_s * 1000:.2f} ms"


def tell(name: str, pair: Pair, *, aim: float, more: str = "") -> None:
    """One line: name, ours, bare, ratio, aim."""
    ours, bare = statistics.median(pair.ours), statistics.median(pair.bare)
    line = f"{name:<46} ours {spoken(ours):>10}  bare {spoken(bare):>10}  ratio {pair.ratio:5.2f}  aim {aim:g}"
    sys.__stdout__.write(f"\n{line}{'  ' + more if more else ''}\n")


def tell_most(name: str, ours: float, *, aim: float, unit: str) -> None:
    """One line for a figure with an upper end and nothing to compare it with."""
    sys.__stdout__.write(f"\n{name:<46} ours {ours:>7.0f} {unit}{'':<30}  aim {aim:g}\n")
