"""What stands on the pages of a paper, kept page by page in few bytes: 1,600 pages are checked like ten.

A page is packed when the next one begins and unpacked while it is looked at, always in memory and never in a file:
there are names among the texts.
"""

from __future__ import annotations

import zlib
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol, Self, TypeVar, overload


class OnPage(Protocol):
    """Something that stands on a page."""

    @property
    def page(self) -> int:
        """The page, from 1."""


T = TypeVar("T", bound=OnPage)

FAST = 1
"""zlib's quickest: repeated words and places go to a fifth all the same."""


class KeptPages(Sequence[T]):
    """Texts in the order in which they came; only those of the page that came last lie open."""

    def __init__(self) -> None:
        self._packed: list[tuple[int, Any]] = []
        self._of_page: dict[int, list[int]] = {}
        self._open: list[T] = []
        self._count = 0

    @classmethod
    def of(cls, texts: Iterable[T]) -> Self:
        """The same texts kept by page; these themselves where they are."""
        if isinstance(texts, cls):
            return texts
        kept = cls()
        for one in texts:
            kept.append(one)
        return kept

    @abstractmethod
    def _pack(self, texts: list[T]) -> Any:
        """The texts of one page in few bytes."""

    @abstractmethod
    def _unpack(self, page: int, packed: Any) -> Iterator[T]:
        """The texts as they were."""

    def append(self, one: T) -> None:
        """Take the next text."""
        if self._open and self._open[0].page != one.page:
            self._close()
        self._open.append(one)
        self._count += 1

    def _close(self) -> None:
        page = self._open[0].page
        self._of_page.setdefault(page, []).append(len(self._packed))
        self._packed.append((page, self._pack(self._open)))
        self._open = []

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages on which anything stands, in the order in which they came."""
        last = (self._open[0].page,) if self._open else ()
        return tuple(dict.fromkeys((*self._of_page, *last)))

    def on(self, page: int) -> list[T]:
        """What stands on one page."""
        found = [one for number in self._of_page.get(page, ()) for one in self._unpack(*self._packed[number])]
        return found + [one for one in self._open if one.page == page]

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        for page, packed in self._packed:
            yield from self._unpack(page, packed)
        yield from self._open

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return tuple(self)[index]


def packed_lines(lines: Iterable[str]) -> bytes:
    """Lines, none of which has a line break of its own, in few bytes."""
    return zlib.compress("\n".join(lines).encode("utf-8", "surrogatepass"), FAST)


def unpacked_lines(packed: bytes) -> list[str]:
    """The lines as they were."""
    return zlib.decompress(packed).decode("utf-8", "surrogatepass").split("\n")
