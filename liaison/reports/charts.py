"""Charts as descriptions: numbers and words, no ink. Paper and window draw the same description.

Values are what may be shown: already rounded or hidden. ``None`` is a hidden number and draws a stub of one fixed
length, whatever the truth. Every chart is zero-based, has no legend box, and says its notation in the subtitle.
"""

from __future__ import annotations

from dataclasses import dataclass

from liaison.domain.privacy import HELD_BACK, STAR
from liaison.reports.blocks import Shape

HIDDEN = STAR
HIDDEN_SIGNS = (STAR, HELD_BACK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A category: this year, the year before, and how both are written."""

    label: str
    value: float | None
    shown: str
    previous: float | None = None
    previous_known: bool = True
    change: str = ""
    focus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Horizontal bars with the number before the axis and the change at the right edge.

    ``mm_per_unit`` is shared by the bar charts of a page, so that widths compare.
    """

    bars: tuple[Bar, ...]
    mm_per_unit: float
    change_word: str = ""
    pitch: float = 7.6
    label_width: float = 45.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month's column and the same month a year earlier; ``year`` stands under its first month."""

    label: str
    value: float | None
    shown: str
    previous: float | None
    year: str = ""
    event: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """Twelve months; a gap parts calendar years."""

    months: tuple[Month, ...]
    maximum: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureColumns:
    """The columns under a key figure: the year before in light, the last year dark, one fixed scale for all cities."""

    previous: tuple[float | None, ...]
    values: tuple[float | None, ...]
    maximum: float
    previous_shown: str
    shown: str
    previous_word: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A median with its middle half, last year's median, and a target. ``cells`` stand right-aligned at the right."""

    label: str
    median: float | None
    low: float | None = None
    high: float | None = None
    previous: float | None = None
    target: float | None = None
    cells: tuple[str, ...] = ()
    hidden: str = HIDDEN
    """What stands on the axis instead of a median that is not printed."""
    label_above: str = ""
    focus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots:
    """Dot and range. ``heads`` name the columns at the right, ``strong_cell`` is the one in SemiBold."""

    dots: tuple[Dot, ...]
    ticks: tuple[float, ...]
    heads: tuple[str, ...] = ()
    strong_cell: int = -1
    pitch: float = 6.9
    label_width: float = 43.9
    tick_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One small multiple: two groups of four values with the first, fourth and last labelled."""

    title: str
    previous: tuple[float | None, ...]
    values: tuple[float | None, ...]
    labels: tuple[str, str, str]
    words: tuple[str, str]
    focus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Panels:
    """Small multiples on one scale, with the target as a line."""

    panels: tuple[Panel, ...]
    maximum: float
    target: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CityRow:
    """One city in the strip of three: for each measure the value, how it is written, and last year's."""

    city: str
    cells: tuple[tuple[float | None, str, float | None], ...]
    focus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cities:
    """The cities on one scale per measure."""

    heads: tuple[str, ...]
    rows: tuple[CityRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CeilingMark:
    """A ceiling of the letter on the axis."""

    at: float
    label: str
    in_force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CeilingBar:
    """The bill day by day against the letter's ceiling; the part asked for is hatched."""

    days: tuple[tuple[str, float], ...]
    ceiling: float
    asked: float | None
    head: str
    asked_words: str
    marks: tuple[CeilingMark, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One of the six stages."""

    label: str
    date: str
    shape: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class StageBar:
    """Where the case stands, in six plain words."""

    steps: tuple[Step, ...]
    pitch: float = 29.0
    """From circle to circle, in millimetres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeLine:
    """One bar of ages: what it counts from, its sum in words, and its parts from the youngest to the oldest."""

    label: str
    shown: str
    parts: tuple[float, ...]
    parts_shown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ageing:
    """Stacked bars of ages, the older the darker. ``ages`` name the parts.

    All on one scale; with ``is_apart`` each bar has its own full width, for sums in different currencies.
    """

    lines: tuple[AgeLine, ...]
    ages: tuple[str, ...]
    is_apart: bool = False
    label_width: float = 62.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelStep:
    """How many came so far; ``share`` is said against the step before or the first one."""

    label: str
    value: float | None
    shown: str
    share: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """A way that fewer and fewer go to its end, as a table with bars on one scale."""

    steps: tuple[FunnelStep, ...]
    share_word: str = ""
    pitch: float = 7.2
    label_width: float = 62.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One line over time, its last value labelled and in focus or not."""

    label: str
    values: tuple[float | None, ...]
    shown: str
    focus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """Lines over the same times, one below the other on one scale that begins at nothing. ``times`` name both ends."""

    curves: tuple[Curve, ...]
    times: tuple[str, str]
    pitch: float = 8.4
    label_width: float = 62.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One step of sums: how much it is, in words, and by how much it differs from the step before."""

    label: str
    value: float
    shown: str
    change: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """Sums that grow and shrink from step to step: light what was there, dark what came, outlined what went."""

    levels: tuple[Level, ...]
    change_word: str = ""
    pitch: float = 7.6
    label_width: float = 72.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """From when to when something runs, in years as on the axis; none where no end is agreed.

    ``shown`` stands at the right edge, with a shape before it; ``is_done`` is only outlined.
    """

    label: str
    start: float
    end: float | None
    shown: str
    shape: Shape | None = None
    is_done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Bars over a common time: past light, what is left dark, an upright line for today."""

    terms: tuple[Term, ...]
    first: float
    last: float
    today: float
    today_word: str
    ticks: tuple[tuple[float, str], ...]
    pitch: float = 6.4
    label_width: float = 72.0
    words_width: float = 30.0


Chart = (
    Bars | Months | FigureColumns | Dots | Panels | Cities | CeilingBar | StageBar | Ageing | Funnel | Curves
    | Waterfall | Terms
)  # fmt: skip
