"""What the program learnt from lists, and exchange rates."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.fx import RateDraft
from liaison.i18n import N_
from liaison.services import list_memory, rates
from liaison.services.list_memory import ListKind, MappingView
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.pages.settings_parts import NOTHING_USUAL, Part
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import icon_button, primary, secondary
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, Pane, clear
from liaison.ui.widgets.table_view import TableView

RATES_SHOWN = 200
HEADINGS_TOLD = 6


class ListsPart(Part):
    """Headings and status words that were explained once; each can be forgotten, then it is asked about again."""

    sentences = (N_("Remembered columns of lists"), N_("Remembered status words"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Lists"))
        self.say(N_("What you explained once about a list is not asked again. Forget what was wrong."))
        self.heading(N_("Remembered columns of lists"))
        self.mappings = self._rows()
        self.heading(N_("Remembered status words"))
        self.words = self._rows()
        self.restore_button(self.restore)
        self.finish()
        desk.hub.changed.connect(self._changed)
        self._read()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _rows(self) -> QVBoxLayout:
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        self.put(holder)
        return rows

    def _read(self) -> None:
        self.desk.runner.read(_learnt, owner=self, done=self._arrived, key="learnt")

    def _arrived(self, found: tuple[list[MappingView], list[tuple[ListKind, str, str]]]) -> None:
        mappings, statuses = found
        words = self.desk.words
        clear(self.mappings)
        clear(self.words)
        for mapping in mappings:
            told = [h for h, field in mapping.columns if field]
            more = ", ".join(told[:HEADINGS_TOLD]) + (" …" if len(told) > HEADINGS_TOLD else "")
            name = f"{mapping.name} · {words(mapping.kind.label)}"
            self.mappings.addWidget(
                self._row(name, more, partial(self._forget, list_memory.forget_mapping, mapping.id))
            )
        for kind, word, meaning in statuses:
            told_word = f"“{word}” · {words(kind.label)}"
            run = partial(self._forget, list_memory.forget_status, kind, word)
            self.words.addWidget(self._row(told_word, words(meaning), run))
        for rows, count in ((self.mappings, len(mappings)), (self.words, len(statuses))):
            if not count:
                rows.addWidget(Label(words(N_("Nothing yet: it comes with the first list.")), Role.SECOND))

    def _row(self, name: str, meaning: str, forget: Callable[[], object]) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Label(name, Role.STRONG))
        row.addWidget(Label(meaning, Role.SECOND, elide=True), 1)
        hint = self.desk.words(N_("Forget {name}"), name=name)
        row.addWidget(icon_button(self.desk.icons, "x", hint, forget, size=13))
        return holder

    def restore(self) -> None:
        """Nothing learnt, as on the first day; one step, which can be undone."""
        self.desk.runner.write(
            N_("Forget what lists meant"), list_memory.forget_all, owner=self,
            done=lambda _: self.desk.toast(self.desk.words(N_("Forgotten; the next list asks again"))),
        )  # fmt: skip

    def _forget(self, function: Callable[..., Any], *what: object) -> None:
        self.desk.runner.write(
            N_("Forget what a list meant"), function, *what, owner=self,
            done=lambda _: self.desk.toast(self.desk.words(N_("Forgotten; the next list asks again"))),
        )  # fmt: skip


class RatesPart(QWidget):
    """Exchange rates, dated and sourced; typed here or imported from a file."""

    sentences = (N_("Exchange rates"), N_("Import rates"))

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        words = desk.words
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.table = PagedTable(desk, self._columns())
        self.view = TableView(desk, self.table, name=words(N_("Exchange rates")))
        box.addWidget(self.view, 1)
        pane = Pane(desk, side="right", padding=PANE_PADDING, name=words(N_("Exchange rates")))
        pane.add(primary(desk.icons, words(N_("New rate")), self._new, icon="plus"))
        pane.add(
            secondary(desk.icons, words(N_("Import rates")), lambda: desk.go("import", kind="rates"), icon="inbox"),
            space=8,
        )
        told = words(N_("A day without a rate takes the published day before, and says so."))
        pane.add(Label(told, Role.TEXT, wrap=True), space=12)
        pane.add(Label(words(NOTHING_USUAL), Role.SECOND, wrap=True), space=8)
        pane.finish()
        self.drawer = Drawer(desk, pane, width=260)
        box.addWidget(self.drawer)
        desk.hub.changed.connect(self._changed)
        self._read()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _columns(self) -> tuple[Column, ...]:
        formats = self._desk.formats
        return (
            Column(key="on", label=N_("Day"), value=lambda r: r.on, kind=Kind.DATE, width=110),
            Column(key="pair", label=N_("Currencies"), value=lambda r: f"{r.base} → {r.quote}", strong=True, width=120),
            Column(key="rate", label=N_("Rate"), value=lambda r: formats.rate(r.rate), kind=Kind.NUMBER, width=120),
            Column(key="source", label=N_("Source"), value=lambda r: r.source, width=120, stretch=1, gives_way=1),
        )

    def _read(self) -> None:
        self._desk.runner.read(_rates, owner=self, done=self._arrived, key="rates")

    def _arrived(self, found: list[rates.RateView]) -> None:
        self.table.show_rows(found, key=lambda r: r.id)

    def _new(self) -> None:
        bench = Bench(desk=self._desk, drawer=self.drawer)
        form = Form(self._desk, RateDraft, [("base", "quote"), "rate", "on_date", "kind", "source", "note"])
        draft = RateDraft(base="MYR", quote="IDR", rate=Decimal(1), on_date=self._desk.today(), source="")
        offer(
            bench,
            begin(form, draft, empty=("rate",)),
            title=N_("New rate"),
            action=N_("Add an exchange rate"),
            write=rates.add_rate,
            said=N_("Rate added"),
        )


def _rates(session: Any) -> list[rates.RateView]:
    return rates.rates(session, limit=RATES_SHOWN)


def _learnt(session: Any) -> tuple[list[MappingView], list[tuple[ListKind, str, str]]]:
    """Mappings, and status words with what they mean (marked)."""
    statuses = [(ListKind.CLAIMS, w, s.label) for w, s in sorted(list_memory.claim_statuses(session).items())]
    statuses += [(ListKind.JOURNEYS, w, s.label) for w, s in sorted(list_memory.journey_statuses(session).items())]
    return list_memory.mappings(session), statuses
