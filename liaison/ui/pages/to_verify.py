"""What to verify: one list of houses, desks, panels, credit, packages and doctors that nobody checked lately.

V says that the row under the cursor, or every chosen row, was right today; Enter opens the house.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison.domain.coded import Coded
from liaison.domain.network import MAIN_KINDS, OrganizationKind
from liaison.i18n import N_, upper_first
from liaison.services.verifying import Checked, ToVerify, to_verify, verify
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind, tick_column
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.pages.desk_facts import checked_badge
from liaison.ui.places import Place
from liaison.ui.widgets.buttons import primary
from liaison.ui.widgets.editors import Choice
from liaison.ui.widgets.parts import LEFT, RIGHT, EmptyState, Footing, Head, hairline
from liaison.ui.widgets.table_view import TableView

_PARTS = {
    OrganizationKind.HOSPITAL: "hospitals", OrganizationKind.INSURER: "insurers",
    OrganizationKind.ADMINISTRATOR: "administrators",
}  # fmt: skip
TOUCHES = frozenset({"organization", "contact", "panel", "credit", "package", "doctor", "doctor_place"})


def part_of(kind: OrganizationKind) -> str:
    """The list of the network in which a house of this kind stands."""
    return _PARTS[kind] if kind in MAIN_KINDS else "others"


class ToVerifyPage(Page):
    """What nobody ever verified first, then the oldest check."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        self.what = next((c for c in Checked if c.value == place.values.get("what")), None)
        self._at = place.values.get("at")
        self.found: list[ToVerify] = []
        self.verify_button = primary(desk.icons, words(N_("Verified today")), self.verify, icon="check")
        self.head = Head(
            desk, words(N_("To verify")), note=words(N_("not checked for 180 days, or never")),
            buttons=[self.verify_button], back=lambda: desk.go("network"), back_hint=words(N_("Network")),
        )  # fmt: skip
        self.body.addWidget(self.head)
        choices = QWidget()
        row = QHBoxLayout(choices)
        row.setContentsMargins(LEFT, 0, RIGHT, 10)
        self.choice = Choice(desk, [], none=words(N_("Everything")), search=False)
        self.choice.set_name(words(N_("What to verify")))
        self.choice.setFixedWidth(desk.theme.px(240))
        self.choice.changed.connect(self._chosen)
        row.addWidget(self.choice)
        row.addStretch(1)
        self.body.addWidget(choices)
        self.body.addWidget(hairline())
        self.footing = Footing(desk)
        self.table = PagedTable(desk, self._columns())
        self.view = TableView(desk, self.table, name=words(N_("To verify")))
        self.view.opened.connect(self._open)
        self.view.key_pressed.connect(self._letter)
        self.view.chosen_changed.connect(self.footing.show_chosen)
        self.body.addWidget(self.view, 1)
        self.empty = EmptyState(
            desk, icon="badge-check", sentence=words(N_("Everything was verified within the last half year."))
        )
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.footing)
        desk.hub.changed.connect(self._changed)

    def _columns(self) -> tuple[Column, ...]:
        words, desk = self.desk.words, self.desk

        def of(row: ToVerify) -> str:
            if row.what is Checked.CREDIT and not row.of:
                return words(N_("every insurer"))
            return upper_first(words(row.of.label)) if isinstance(row.of, Coded) else row.of

        return (
            tick_column(),
            Column(key="house", label=N_("Organisation"), value=lambda r: r.house, strong=True, stretch=3, width=200),
            Column(key="what", label=N_("Kind"), value=lambda r: upper_first(words(r.what.label)), width=140),
            Column(key="of", label=N_("Which one"), value=of, stretch=2, width=170),
            Column(key="city", label=N_("City"), value=lambda r: r.city, width=110, gives_way=1),
            Column(key="last", label=N_("Verified"), value=lambda r: checked_badge(desk, r.last_verified_on),
                   kind=Kind.BADGE, width=130),
        )  # fmt: skip

    def start(self) -> None:
        """Read the list."""
        self._read()
        self.view.setFocus()

    def _changed(self, changes: object) -> None:
        touched = getattr(changes, "touched", ())
        if not touched or any(t.kind in TOUCHES for t in touched):
            self._read()

    def _read(self) -> None:
        self.desk.runner.read(to_verify, owner=self, done=self.show_lines, key="to_verify")

    def _chosen(self) -> None:
        self.what = self.choice.value()
        self.place = Place(page="to_verify", values=self.keep())
        self.desk.frame.moved(self.place)
        self.show_lines(self.found)

    def show_lines(self, found: list[ToVerify]) -> None:
        """Show what there is to check, of one sort or of all."""
        words = self.desk.words
        self.found = found
        counts = [(what, sum(line.what is what for line in found)) for what in Checked]
        offered = [(what, f"{upper_first(words(what.label))} ({n})") for what, n in counts if n or what is self.what]
        self.choice.set_choices(offered, none=words(N_("Everything")))
        self.choice.set_value(self.what)
        shown = [line for line in found if self.what in (None, line.what)]
        row = self.view.currentIndex().row()
        self.table.show_rows(shown, key=lambda line: line.id)
        self.view.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self.verify_button.setEnabled(bool(shown))
        if shown:
            at = self.table.row_of_id(self._at) if isinstance(self._at, int) else -1
            index = self.table.index(at if at >= 0 else max(0, min(row, len(shown) - 1)), 1)
            # only the cursor: a tick means that somebody chose the row
            self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._at = None
        self.footing.show_count(words.plural("{count} to verify", "{count} to verify", len(shown)))

    # what is done

    def chosen(self) -> list[ToVerify]:
        """The chosen rows, else the one under the cursor."""
        ids = set(self.view.chosen_ids())
        current = self.view.current_row()
        rows = [line for line in self.found if line.id in ids]
        return rows or ([current] if isinstance(current, ToVerify) else [])

    def verify(self) -> None:
        """All chosen were right today; one undo takes it back."""
        rows = self.chosen()
        if not rows:
            return
        words = self.desk.words
        said = words.plural("{count} verified today", "{count} verified today", len(rows))
        self.desk.runner.write(
            N_("Verify entries of the network"), verify, tuple((r.what, r.id) for r in rows), owner=self,
            done=lambda _changes: self.desk.toast(said),
        )  # fmt: skip

    def _open(self, key: int) -> None:
        line = next((line for line in self.found if line.id == key), None)
        if line is not None:
            self.place = Place(page="to_verify", values={**self.keep(), "at": key})
            self.desk.frame.moved(self.place)
            self.desk.go("network", line.house_id, part=part_of(line.kind))

    def _letter(self, letter: str) -> None:
        if letter.lower() == "v":
            self.verify()

    def actions_here(self) -> tuple[Action, ...]:
        """Verified today."""
        return (
            Action(key="to_verify.verify", text=N_("Verified today"), keys="V", icon="check", run=self.verify,
                   scope=Scope.ROW, menu=Menu.EDIT),
        )  # fmt: skip

    def keep(self) -> dict[str, object]:
        """Which sort, which row."""
        kept: dict[str, object] = {"what": self.what.value if self.what else ""}
        at = self.view.current_id()
        if at is not None:
            kept["at"] = at
        return kept

    def resume(self, kept: dict[str, object]) -> None:
        """Back to them."""
        self.what = next((c for c in Checked if c.value == kept.get("what")), None)
        self._at = kept.get("at")
