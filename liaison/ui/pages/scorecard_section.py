"""A house's scorecard in short on its card: each line says of how many cases, and opens them."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from liaison.domain.scorecards import LEAST_FOR_A_MIDDLE, LEAST_FOR_A_SHARE, MEASURED, Score, ScoreFigure
from liaison.i18n import N_, Language, upper_first
from liaison.services.scorecards import SCORED as SCORED
from liaison.services.scorecards import Scorecard, scorecard
from liaison.ui.desk import Desk
from liaison.ui.pages.house_section import HouseSection
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Section
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow


def figure_words(each: ScoreFigure, words: Language) -> str:
    """A figure in short, with its n: ``5.8 hours (n = 64)``, ``3 of 7``, ``too few (n = 4)``."""
    formats = words.formats
    if each.has_too_few and each.score in MEASURED:
        return words(N_("too few (n = {count})"), count=each.n)
    if each.score not in MEASURED:
        said = words(N_("{part} of {whole}"), part=formats.number(each.hits), whole=formats.number(each.n))
        if each.percent is None:
            return said
        return words(N_("{percent} ({of})"), percent=formats.percent(each.percent / 100), of=said)
    if each.middle is None:
        return words(N_("none yet"))
    n = words(N_("(n = {count})"), count=each.n)
    if each.score is Score.ESTIMATE:
        return f"{signed_percent(each, words)} {n}"
    unit = N_("{number} hours") if each.score is Score.LETTER else N_("{number} days")
    return f"{words(unit, number=formats.number(each.middle, 1))} {n}"


def signed_percent(each: ScoreFigure, words: Language) -> str:
    """How far bills lie over (+) or under (−) the estimate."""
    middle = each.middle or Decimal(0)
    sign = "+" if middle > 0 else "−" if middle < 0 else ""
    return sign + words.formats.percent(abs(middle) / 100, 1)


class ScorecardSection(HouseSection):
    """The scores of a hospital or an insurer over all time; the whole card is one page further."""

    def __init__(self, desk: Desk, house_id: int) -> None:
        super().__init__(desk, None, house_id, read=scorecard)

    def section(self, found: Scorecard) -> Section:  # type: ignore[override]
        """One line a score; a score without a case is left out."""
        desk, words = self._desk, self._desk.words
        more = link(desk.icons, words(N_("Scorecard")), partial(desk.go, "scorecard", self._house_id), small=True)
        made = Section(words(N_("By our own cases")), beside=more)
        shown = [each for each in found.figures if each.n]
        for each in shown:
            made.add(self._row(each))
        if not shown:
            made.add(Label(words(N_("No case of this office tells yet.")), Role.SECOND, wrap=True))
        elif any(each.has_too_few and each.score in MEASURED for each in shown):
            note = words(
                N_("A middle needs {middle} cases, a percentage {share}."), middle=LEAST_FOR_A_MIDDLE,
                share=LEAST_FOR_A_SHARE,
            )  # fmt: skip
            made.add(Label(note, Role.SECOND, wrap=True))
        return made

    def _row(self, each: ScoreFigure) -> StepRow:
        desk, words = self._desk, self._desk.words
        name, text = upper_first(words(each.score.label)), figure_words(each, words)
        shape, tone = (Shape.CLOSED, Tone.GREY) if each.has_too_few else (Shape.OPEN, Tone.INK)
        row = StepRow(desk, name, shape=shape, tone=tone, beside=text, spoken=f"{name}: {text}")
        row.setToolTip(f"{name}: {text}")
        row.setObjectName(f"score.{each.score.value}")
        row.clicked.connect(lambda _on=False: desk.go("score_rows", self._house_id, kind=each.score.value, period=""))
        return row
