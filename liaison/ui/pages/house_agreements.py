"""The agreements of which a house is a side, on its card; each leads to the register."""

from __future__ import annotations

from collections.abc import Sequence

from liaison.domain.agreements import SHORT
from liaison.i18n import N_
from liaison.i18n.formats import MISSING
from liaison.services.agreement_views import AgreementLine, agreements_with
from liaison.ui.desk import Desk
from liaison.ui.pages.agreements_columns import standing_badge
from liaison.ui.pages.house_section import HouseSection
from liaison.ui.widgets.parts import Section
from liaison.ui.widgets.step_row import StepRow


class AgreementsSection(HouseSection):
    """One line an agreement, the newest first. Most houses have none: then nothing is shown."""

    def __init__(self, desk: Desk, house_id: int) -> None:
        super().__init__(desk, None, house_id, read=agreements_with)

    def section(self, found: Sequence[AgreementLine]) -> Section:
        """What was agreed with this house."""
        self.setVisible(bool(found))
        made = Section(self._desk.words(N_("Agreements with this house")))
        for line in found:
            made.add(self._row(line))
        return made

    def _row(self, line: AgreementLine) -> StepRow:
        desk, words = self._desk, self._desk.words
        badge = standing_badge(desk, line)
        year = str(line.signed_on.year) if line.signed_on is not None else MISSING
        spoken = ", ".join((line.title, words(SHORT[line.kind]), year, badge.text))
        row = StepRow(desk, line.title, shape=badge.shape, tone=badge.tone, beside=year, spoken=spoken)
        row.setToolTip(spoken)
        row.setObjectName(f"agreement.{line.id}")
        row.clicked.connect(lambda _on=False: desk.go("agreements", line.id))
        return row
