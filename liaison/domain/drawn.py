"""What a paper shows while it is laid out: each figure of persons as it is printed, for "explain this number".

The audit of :mod:`liaison.domain.figures` wants to know what is new to a reader; here stands everything that a paper
shows, what was printed before and what stays inside the office too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from liaison.domain.figures import Counted, Figure, Key, Shown

Drawn = dict[tuple[Key, Shown], Figure]
"""The figures of one paper in the order in which they stand on it, each once."""

_SEEN: ContextVar[Drawn | None] = ContextVar("drawn", default=None)


@contextmanager
def watching() -> Iterator[Drawn]:
    """Lay out a paper and look at what it shows."""
    seen: Drawn = {}
    token = _SEEN.set(seen)
    try:
        yield seen
    finally:
        _SEEN.reset(token)


def note(figure: Figure) -> None:
    """A figure stands on the paper."""
    seen = _SEEN.get()
    if seen is not None:
        seen.setdefault((figure.key, figure.shown), figure)


def note_exact(count: int) -> None:
    """A number of persons stands on the paper as it is: inside the office."""
    if isinstance(count, Counted):
        size = int(count)
        note(Figure(key=count.key, who=count.who, low=size, high=size, shown=Shown.NUMBER, value=size, limit=0))


def note_median(count: int, quantiles: tuple[float, ...], *, least: int) -> None:
    """A median of a value of these persons stands on the paper."""
    if isinstance(count, Counted):
        key = (f"{count.name} median", *count.key[1:])
        note(Figure(key=key, who=count.who, low=least, high=None, shown=Shown.ENOUGH, quantiles=quantiles))
