"""What is wrong with a draft, said so that it can be mended."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from liaison.i18n import Language

Severity = Literal["error", "warning"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong, with its cure.

    ``code`` is stable and carries no data; ``field`` names the draft's field or is empty; ``message`` is a marked
    sentence (English) that names the cure, ``values`` go into it. A ``warning`` needs a look, an ``error`` a change.
    ``cure`` is the marked word for a button that mends it ("Request the final letter"), where there is one; ``guard``
    names the life cycle's guard that found it.
    """

    code: str
    message: str
    field: str = ""
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    severity: Severity = "error"
    cure: str = ""
    guard: str = ""

    def text(self, language: Language) -> str:
        """The sentence in one language."""
        return language(self.message, **self.values)
