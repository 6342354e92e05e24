"""Where the window is: a page and what it shows. Back and forward walk over places, never over widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page by its key, the record it shows, and what else it needs to look the same again."""

    page: str
    record: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)


class Trail:
    """The places visited, as a browser keeps them."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    @property
    def here(self) -> Place | None:
        """The present place."""
        return self._places[self._at] if self._at >= 0 else None

    def go(self, place: Place) -> None:
        """Step to a new place; what lay ahead is forgotten. The same place twice counts once."""
        if place == self.here:
            return
        self._places = [*self._places[: self._at + 1], place][-LONGEST:]
        self._at = len(self._places) - 1

    def replace(self, place: Place) -> None:
        """The present place now looks like this (a filter was typed)."""
        if self._at >= 0:
            self._places[self._at] = place

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place behind."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a place ahead."""
        return self._at < len(self._places) - 1

    def back(self) -> Place | None:
        """Step back; ``None`` at the beginning."""
        if not self.can_go_back:
            return None
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> Place | None:
        """Step forward; ``None`` at the end."""
        if not self.can_go_forward:
            return None
        self._at += 1
        return self._places[self._at]
