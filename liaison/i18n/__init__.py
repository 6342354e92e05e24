"""Marking words where they are written, translating them where they are shown.

``N_("Guarantee letter")`` marks; ``language("Guarantee letter")`` translates. Whole sentences only, values by name:
``language("{count} rows imported", count=198)``. Values are written by :mod:`liaison.i18n.formats` in the same
language, so money, dates and numbers inside a sentence always follow that language's habits.
"""

from __future__ import annotations

import gettext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liaison.i18n.formats import Formats

LANGUAGES = ("id", "en")
"""Bahasa Indonesia first: it is what most officers open the program in."""

LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}
"""Each language by its own name, the same whatever the program speaks."""


def N_(message: str) -> str:
    """Mark a text for translation without translating it yet."""
    return message


def upper_first(words: str) -> str:
    """A translated word at the start of a line: only its first letter changes, "WhatsApp" stays itself."""
    return words[:1].upper() + words[1:]


def resources() -> Path:
    """The folder with fonts, icons, themes and catalogues: beside the package in a checkout, inside it if installed."""
    package = Path(__file__).resolve().parent.parent
    for candidate in (package / "resources", package.parent / "resources"):
        if (candidate / "locale").is_dir():
            return candidate
    raise FileNotFoundError(f"resources folder not found beside {package}")


class Language:
    """The words of one language, and how it writes money, dates and numbers.

    ``Language("id")`` or ``Language("en")``; another code raises ``ValueError``. Calling it translates. ``zone`` is
    the office's, in which it tells days and times; empty for that of Jakarta.
    """

    def __init__(self, code: str, zone: str = "") -> None:
        if code not in LANGUAGES:
            raise ValueError(f"unknown language {code!r}; known: {', '.join(LANGUAGES)}")
        self.code = code
        self.zone = zone
        self._catalogue = gettext.translation("liaison", resources() / "locale", [code], fallback=True)

    @cached_property
    def formats(self) -> Formats:
        """Money, dates and numbers as this language writes them, out and in."""
        from liaison.i18n.formats import DEFAULT_ZONE, Formats

        return Formats(self.code, self.zone or DEFAULT_ZONE)

    def __call__(self, message: str, /, **values: object) -> str:
        """Translate a marked sentence and put its values in."""
        text = self._catalogue.gettext(message) if message else ""
        if (
            message and text == message
        ):  # a sentence that is also said with a plural stands in the catalogue under that alone
            text = self._catalogue.ngettext(message, message, 1)
        return text.format(**{k: self.shown(v) for k, v in values.items()}) if values else text

    def shown(self, value: object) -> str:
        """A value as it stands inside a sentence; what carries a marked ``label`` (a code, a field) is translated.

        Several values stand one after the other.
        """
        if isinstance(value, tuple):
            return ", ".join(self.shown(each) for each in value)
        label = getattr(value, "label", None)
        return self(label) if isinstance(label, str) else self.formats.value(value)

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Translate a sentence that depends on a number, which it may show as ``{count}``."""
        text = self._catalogue.ngettext(one, many, count)
        return text.format(**{k: self.shown(v) for k, v in {"count": count, **values}.items()})

    def __repr__(self) -> str:
        return f"Language({self.code!r})"
