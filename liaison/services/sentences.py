"""A sentence that a read hands to a page: ours, translated where shown, or an officer's own words, shown as typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liaison.i18n import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One text of a timeline, a task or a search result.

    ``message`` is a marked sentence unless ``is_typed``; ``values`` go into it, and codes and sentences among them are
    translated along with it. Where the words hang on a number, ``many`` says them for several and ``count`` is it.
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_typed: bool = False
    many: str = ""
    count: int = 0

    def text(self, language: Language) -> str:
        """The words in one language."""
        if self.is_typed:
            return self.message
        values = {k: v.text(language) if isinstance(v, Sentence) else v for k, v in self.values.items()}
        if self.many:
            return language.plural(self.message, self.many, self.count, **values)
        return language(self.message, **values)


def typed(words: str) -> Sentence:
    """Somebody's own words."""
    return Sentence(message=words, is_typed=True)


def said(message: str, /, **values: object) -> Sentence:
    """Our words, marked with ``N_`` where they are written."""
    return Sentence(message=message, values=values)


def said_of(one: str, many: str, count: int, /, **values: object) -> Sentence:
    """Our words about so many, which they may show as ``{count}``."""
    return Sentence(message=one, many=many, count=count, values=values)


def task_title(title: str) -> Sentence:
    """A task's title. Steps that the program opens bear our words; an officer's own are in no catalogue and stay."""
    return said(title)
