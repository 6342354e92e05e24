"""The one style sheet (``resources/themes/window.qss``), filled with the palette's tokens and the text size."""

from __future__ import annotations

from functools import lru_cache
from string import Template
from typing import TYPE_CHECKING

from liaison.i18n import resources

if TYPE_CHECKING:
    from liaison.ui.theme import Theme, Tone


@lru_cache(maxsize=1)
def _sheet() -> Template:
    return Template((resources() / "themes" / "window.qss").read_text(encoding="utf-8"))


def style_sheet(theme: Theme) -> str:
    """The whole sheet for one palette and text size."""
    values: dict[str, object] = dict(theme.tokens.colours)
    values |= {f"s{size}": theme.px(size) for size in (11, 12, 13, 15)}
    # Heights: what is inside the border. A focused thing has a border of 2 instead of 1 and so 2 less inside.
    grow = theme.px(17) - 17
    inner = {"button": 30, "buttonS": 26, "buttonT": 36, "field_": 32, "note": 36, "segment": 26, "rail": 32}
    for name, height in inner.items():
        values[name] = height + grow - 2
        values[name.rstrip("_") + "F"] = height + grow - 4
    values |= {"token": 20 + grow, "bare": 20 + grow, "row28": 28 + grow}
    values |= _special(theme)
    values["roles"] = _roles(theme)
    values["tones"] = "\n".join(f'QLabel[tone="{t.value}"] {{ color: {theme.hex(t.value)}; }}' for t in _tones())
    return _sheet().substitute(values)


def _special(theme: Theme) -> dict[str, str]:
    """The few places where a palette differs in kind, not in colour."""
    hexes = theme.tokens.colours
    if theme.outlined:
        return {
            "segments": hexes["surface"], "segmentsLine": hexes["line2"], "segmentOn": hexes["selected"],
            "segmentEdge": hexes["selected"], "railOn": hexes["selected"], "railEdge": hexes["accent"],
            # A yellow ring on the bright button would not be seen: the button itself turns, with a white ring.
            "primaryFocused": hexes["focus"], "primaryFocus": hexes["ink"], "guess": f"dashed {hexes['amber']}",
        }  # fmt: skip
    if theme.dark:
        return {
            "segments": hexes["greybg"], "segmentsLine": hexes["greybg"], "segmentOn": hexes["bg"],
            "segmentEdge": hexes["bg"], "railOn": hexes["surface"], "railEdge": hexes["line"],
            # The light ring would drown on the bright button: it darkens to be 3:1 to the ring, 4.5:1 to its word.
            "primaryFocused": "#2F9388", "primaryFocus": hexes["ink"], "guess": f"solid {hexes['amberfill']}",
        }  # fmt: skip
    return {
        "segments": hexes["greybg"], "segmentsLine": hexes["greybg"], "segmentOn": hexes["surface"],
        "segmentEdge": hexes["surface"], "railOn": hexes["surface"], "railEdge": hexes["line"],
        "primaryFocused": hexes["accent"], "primaryFocus": hexes["ink"], "guess": f"solid {hexes['amberfill']}",
    }  # fmt: skip


def _tones() -> tuple[Tone, ...]:
    from liaison.ui.theme import Tone

    return tuple(Tone)


def _roles(theme: Theme) -> str:
    from liaison.ui.theme import TYPES

    return "\n".join(
        f'QLabel[role="{role.value}"] {{ color: {theme.hex(kind.colour)}; font-size: {theme.px(kind.size)}px; '
        f"font-weight: {kind.weight}; background: transparent; }}"
        for role, kind in TYPES.items()
    )
