"""The card of a printed report: what it is, who had it printed, and where its numbered copies are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from liaison.domain.custody import CopyState
from liaison.i18n import N_
from liaison.services import custody, releases
from liaison.services.custody import CopyLine
from liaison.services.list_of_releases import COPIED_LIST
from liaison.services.releases import ReleaseView
from liaison.ui.desk import Desk
from liaison.ui.pages import printed_forms as forms
from liaison.ui.pages.agreements_parts import Card, Do
from liaison.ui.pages.page_parts import MenuRow, section
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Facts, Pane, Section
from liaison.ui.widgets.shapes import Shape

STATES: dict[CopyState, tuple[Shape, Tone]] = {
    CopyState.OUT: (Shape.OPEN, Tone.BLUE),
    CopyState.RETURNED: (Shape.DONE, Tone.GREEN),
    CopyState.DESTROYED: (Shape.CLOSED, Tone.GREY),
    CopyState.LOST: (Shape.LATE, Tone.RED),
}


ERASED = N_("somebody who was erased")
"""Stands for a receiver whose records were erased for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedView:
    """A printed report with its copies."""

    release: ReleaseView
    copies: tuple[CopyLine, ...]


def read_printed(session: Any, key: int) -> PrintedView:
    """What the card shows."""
    return PrintedView(release=releases.release_of(session, key), copies=custody.copies_of(session, key))


def release_facts(desk: Desk, view: ReleaseView) -> Facts:
    """Who had it printed, when, for whom, and by which mark it is known."""
    words, formats = desk.words, desk.formats
    facts = Facts(values_right=False, label_width=96)
    facts.add(words(N_("Report id")), view.report_id)
    facts.add(words(N_("Reader")), words(view.audience.label))
    facts.add(words(N_("Printed")), formats.moment(view.at))
    facts.add(words(N_("Done by")), view.actor)
    facts.add(words(N_("Language")), formats.language_name(view.language))
    if view.pages:
        facts.add(words(N_("Pages")), formats.number(view.pages))
    if view.figures.get("workbook"):
        facts.add(words(N_("Left as")), words(N_("workbook of its figures")))
    facts.add(words(N_("Mark of the file")), view.sha256[:16])
    if view.figures.get("open_because"):
        facts.add(words(N_("Left unsealed")), words(str(view.figures["open_because"])))
    return facts


class PrintedCard(Card):
    """One printed report."""

    icon = "file-text"
    nothing = N_("Choose a report to see who had it printed and who holds a copy.")
    more = N_("More for this report")

    def __init__(self, desk: Desk) -> None:
        self.view: PrintedView | None = None
        super().__init__(desk)

    def read(self, key: int) -> None:
        """Read it with its copies."""
        self.desk.runner.read(read_printed, key, owner=self, done=self._arrived, key="printed")

    def _arrived(self, view: PrintedView) -> None:
        self.view = view
        self.draw(self.desk.words(view.release.title or COPIED_LIST))

    def rows(self) -> list[MenuRow]:
        """Open, hand out, history."""
        words = self.desk.words
        opening: list[MenuRow] = []
        if self.view is not None and self.view.release.has_pages:
            opening = [(words(N_("Open it as it was printed")), self.edit)]
        return [
            *opening,
            (words(N_("Explain a number…")), self.explain),
            (words(N_("Hand a copy out…")), self.hand_out),
            None,
            (words(N_("History of this entry")), partial(self.history_of, "release", self.key)),
        ]

    def fill(self, pane: Pane) -> None:
        """What it is, then its copies."""
        view, words = self.view, self.desk.words
        if view is None:
            return
        pane.add(self.head(words(view.release.title or COPIED_LIST), "", None))
        pane.add(release_facts(self.desk, view.release))
        pane.body.addSpacing(8)
        if view.release.has_pages:
            pane.add(secondary(self.desk.icons, words(N_("Open it as it was printed")), self.edit, icon="file-text"))
            if view.release.is_sealed:
                sealed = N_("The file that left opens with a password only. The pages kept here are open to you.")
                pane.add(Label(words(sealed), Role.SECOND, wrap=True), space=6)
        else:
            pane.add(Label(words(N_("Its pages are not kept.")), Role.SECOND, wrap=True))
        pane.body.addSpacing(8)
        pane.add(self._copies(view.copies))

    def _copies(self, copies: Sequence[CopyLine]) -> Section:
        words = self.desk.words
        holder = section(self.desk, N_("Numbered copies"), [(words(N_("Hand a copy out…")), self.hand_out)])
        for copy in copies:
            holder.add(self._copy(copy))
        if not copies:
            holder.add(Label(words(N_("No copy was handed out yet.")), Role.SECOND, wrap=True))
        return holder

    def _copy(self, copy: CopyLine) -> Any:
        words = self.desk.words
        state = words(copy.state.label)
        who = ", ".join(part for part in (copy.handed_to, copy.house) if part) or words(ERASED)
        text = words(N_("No. {number}: {who}"), number=copy.number, who=who)
        day = self.day(copy.ended_on or copy.handed_on)
        rows: list[MenuRow] = []
        if copy.state is CopyState.OUT:
            rows = [
                (words(N_("It came back")), partial(self._end, copy, CopyState.RETURNED)),
                (words(N_("It was destroyed")), partial(self._end, copy, CopyState.DESTROYED)),
                (words(N_("It is lost")), partial(self._end, copy, CopyState.LOST)),
                None,
            ]
        rows.append((words(N_("History of this entry")), partial(self.history_of, "printed_copy", copy.id)))
        hint = "\n".join(part for part in (copy.note, copy.ended_note) if part)
        return self.step(
            text, STATES[copy.state], beside=day, spoken=f"{text}, {state}, {day}", name="copy", rows=rows,
            hint=f"{state}\n{hint}".strip(),
        )  # fmt: skip

    def edit(self) -> None:
        """Open the pages as they were printed."""
        if self.view is not None and self.view.release.has_pages:
            self.desk.go("printed_report", self.view.release.id)

    def explain(self) -> None:
        """Its figures, each with the rows behind it."""
        if self.key is not None:
            self.desk.go("printed_figures", release=self.key)

    def hand_out(self) -> None:
        """The next copy goes to somebody."""
        if self.bench is not None and self.key is not None:
            forms.copy_form(self.bench, self.key)

    def _end(self, copy: CopyLine, state: CopyState) -> None:
        if self.bench is not None:
            forms.end_copy_form(self.bench, copy.id, state, version=copy.version)

    def letters(self) -> dict[str, Do]:
        """C hands a copy out, H tells the history."""
        return {"c": self.hand_out, "h": partial(self.history_of, "release", self.key)}
