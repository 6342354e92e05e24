"""The short guide: what an officer needs to know, in both languages, as files beside the program.

Its texts are whole pages and stand in ``resources/help``, not in the catalogues. The last page is the glossary, which
the `?` beside a field reads too.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from liaison.i18n import N_, Language, resources

WORDS = N_("Words of the trade")
WORDS_INTRO = N_("The same two lines stand behind the question mark beside a field.")
GLOSSARY = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One page of the guide in one language. ``keys`` are keys in portable text and what they do."""

    key: str
    title: str
    intro: str
    steps: tuple[str, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=2)
def sections(code: str) -> tuple[Section, ...]:
    """The guide in one language, the glossary last."""
    found = tomllib.loads((resources() / "help" / code / "guide.toml").read_text(encoding="utf-8"))
    words = Language(code)
    pages = [
        Section(
            key=each["key"], title=each["title"], intro=each["intro"], steps=tuple(each["steps"]),
            keys=tuple((keys, text) for keys, text in each["keys"]),
        )
        for each in found["section"]
    ]  # fmt: skip
    return (*pages, Section(key=GLOSSARY, title=words(WORDS), intro=words(WORDS_INTRO)))
