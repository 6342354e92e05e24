"""From estimate to payment: admissions, what does not add up in them, and what came of each flag."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.insight import Scope
from liaison.domain.money import Money
from liaison.domain.periods import Period
from liaison.domain.privacy import Audience
from liaison.domain.variance import Disposition, DispositionDraft
from liaison.i18n import N_, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.charts import Bar, Bars
from liaison.services import list_copies
from liaison.services.variance import FlagLine, StayLine, VarianceView, settle_flag, variance, work_out_anew
from liaison.services.variance_views import MeasureLine, grids_of, measures, waterfall
from liaison.ui.actions import Action, Menu
from liaison.ui.actions import Scope as KeyScope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.pages.insight import written
from liaison.ui.pages.keeping_up import keep_up
from liaison.ui.pages.list_export import TITLE
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.places import Place
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import Badge
from liaison.ui.widgets.buttons import Segments, primary, quiet
from liaison.ui.widgets.chart_view import ChartView
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.editors import Choice
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, RIGHT, EmptyState, Facts, Footing, Head, Pane, clear, hairline
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.table_view import TableView

ALL_TIME = N_("All time")
FLAGS, STAYS = "flags", "stays"
SETTLE = N_("Say what came of a flag")
_BADGES = {
    Disposition.OPEN: (Shape.OPEN, Tone.INK), Disposition.EXPLAINED: (Shape.DONE, Tone.GREEN),
    Disposition.RECOVERED: (Shape.DONE, Tone.GREEN), Disposition.ACCEPTED: (Shape.DONE, Tone.GREY),
}  # fmt: skip


class VariancePage(Page):
    """Flags or admissions on the left, the measures on the right; Enter settles a flag or opens a case."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        self.part = str(place.values.get("part", FLAGS))
        self.period: Period | None = _period(place.values.get("period", Period.LAST_QUARTER.value))
        self.found: VarianceView | None = None
        self.settle_button = primary(desk.icons, words(N_("Say what came of it")), self.settle, icon="check")
        excel = quiet(desk.icons, words(N_("Excel")), self.to_excel, icon="sheet")
        self.head = Head(
            desk, words(N_("From estimate to payment")), note=words(Audience.INTERNAL.label).upper(),
            buttons=[excel, self.settle_button], back=lambda: desk.go("insight"), back_hint=words(N_("Insight")),
        )  # fmt: skip
        self.body.addWidget(self.head)
        self.body.addWidget(self._choices())
        self.body.addWidget(hairline())
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.body.addLayout(row, 1)
        left = QWidget()
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, 0, 0, 0)
        row.addWidget(left, 1)
        self.sums = Pane(desk, side="right", name=words(N_("Measures")))
        self.drawer = Drawer(desk, self.sums, width=348, open_width=400)
        self.bench = Bench(desk=desk, drawer=self.drawer)
        row.addWidget(self.drawer)
        self.view: TableView | None = None
        self.footing = Footing(desk)
        self.body.addWidget(self.footing)
        desk.hub.changed.connect(self._changed)

    def _changed(self, _changes: object) -> None:
        self._read()

    def _choices(self) -> QWidget:
        words = self.desk.words
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(LEFT, 0, RIGHT, 10)
        parts = [(FLAGS, words(N_("Flags"))), (STAYS, words(N_("Admissions")))]
        self.segments = Segments(parts, name=words(N_("Which list")), chosen=self.part)
        self.segments.chosen.connect(lambda part: self.show_part(str(part)))
        row.addWidget(self.segments)
        self.period_choice = Choice(self.desk, [(p, words(p.label)) for p in Period], none=words(ALL_TIME),
                                    search=False)  # fmt: skip
        self.period_choice.set_name(words(N_("Period of the final bill")))
        self.period_choice.set_value(self.period)
        self.period_choice.setFixedWidth(self.desk.theme.px(200))
        self.period_choice.changed.connect(self._period_chosen)
        row.addWidget(self.period_choice)
        note = words(N_("A flag asks for a look. It accuses nobody."))
        row.addWidget(Label(note, Role.SECOND, elide=True), 1)
        return holder

    # reading

    def start(self) -> None:
        """Read the admissions."""
        self._read()

    def _read(self) -> None:
        self.desk.runner.read(_ask, self.scope, owner=self, done=partial(self._arrived, self.scope), key="variance")

    @property
    def scope(self) -> Scope:
        """The days asked about."""
        return Scope(period=self.period)

    def _arrived(self, scope: Scope, found: VarianceView) -> None:
        self.show_view(found)
        keep_up(
            self, found.to_keep, anew=work_out_anew, asked=(scope,), is_stale=found.is_stale, again=self._read
        )  # fmt: skip

    def _period_chosen(self) -> None:
        self.period = self.period_choice.value()
        self.place = Place(page="variance", values=self.keep())
        self.desk.frame.moved(self.place)
        self._read()

    def show_part(self, part: str) -> None:
        """Flags, or admissions."""
        self.part = part
        self.segments.choose(part)
        if self.found is not None:
            self.show_view(self.found)

    def show_view(self, found: VarianceView) -> None:
        """Show what was read."""
        at = self.view.current_id() if self.view is not None else None
        self.found = found
        words = self.desk.words
        clear(self._left)
        self.view = None
        rows: list[Any] = list(found.flags if self.part == FLAGS else found.lines)
        self.settle_button.setEnabled(self.part == FLAGS and bool(rows))
        flags = words.plural("{count} flag open", "{count} flags open", found.open_flags)
        stays = words.plural("{count} admission", "{count} admissions", len(found.lines))
        shown = f"{stays} · {flags}"
        if found.is_stale:
            moment = self.desk.formats.moment(found.at)
            shown = words(N_("{figures} · as of {moment}, being worked out anew"), figures=shown, moment=moment)
        self.footing.show_count(shown)
        self._show_sums(found)
        if not rows:
            sentence = N_("No flag on these admissions.") if found.lines else N_("No admission has a final bill yet.")
            self._left.addWidget(EmptyState(self.desk, icon="badge-check", sentence=words(sentence)))
            return
        columns = self._flag_columns() if self.part == FLAGS else self._stay_columns()
        table = PagedTable(self.desk, columns)
        name = N_("Flags") if self.part == FLAGS else N_("Admissions")
        self.view = TableView(self.desk, table, name=words(name))
        self.view.opened.connect(self._open)
        self._left.addWidget(self.view)
        table.show_rows(rows)
        if at is None or not self.view.go_to_id(at):
            self.view.go_to_row(0)
        if self.drawer.form is None:
            self.view.setFocus()

    def _flag_columns(self) -> tuple[Column, ...]:
        words = self.desk.words

        def what(line: FlagLine) -> str:
            text = upper_first(words(line.flag.rule.label))
            return words(N_("{what} (plain rule: too few cases to compare)"), what=text) if line.flag.too_few else text

        def outcome(line: FlagLine) -> Badge:
            shape, tone = _BADGES[line.disposition]
            return Badge(text=words(line.disposition.label), shape=shape, tone=tone)

        return (
            Column(key="what", label=N_("What was noticed"), value=what, strong=True, stretch=3, width=240),
            Column(key="subject", label=N_("What it is about"), value=lambda r: r.flag.subject, stretch=1, width=100,
                   gives_way=1),
            Column(key="case", label=N_("Case number"), value=lambda r: r.case_no, width=134, quiet=True),
            Column(key="hospital", label=N_("Hospital"), value=lambda r: r.hospital, stretch=1, width=130, gives_way=2),
            Column(key="amount", label=N_("Amount"), value=lambda r: r.flag.amount, kind=Kind.MONEY, width=118),
            Column(key="outcome", label=N_("What came of it"), value=outcome, kind=Kind.BADGE, width=130),
        )  # fmt: skip

    def _stay_columns(self) -> tuple[Column, ...]:
        formats = self.desk.formats

        def amount(name: str) -> Any:
            def value(line: StayLine) -> str:
                minor = getattr(line.stay, name)
                return MISSING if minor is None else formats.money(Money(minor, line.stay.currency))

            return value

        def column(key: str, label: str, *, gives_way: int = 0) -> Column:
            return Column(key=key, label=label, value=amount(key), kind=Kind.MONEY, width=112, gives_way=gives_way)

        return (
            Column(key="case", label=N_("Case number"), value=lambda r: r.case_no, strong=True, width=150),
            Column(key="hospital", label=N_("Hospital"), value=lambda r: r.hospital, stretch=2, width=120, gives_way=3),
            column("estimate_mid", N_("Estimate")),
            column("ceiling", N_("Letter")),
            column("final_bill", N_("Final bill")),
            column("accepted", N_("Accepted")),
            column("insurer_paid", N_("Paid"), gives_way=2),
            column("unexplained", N_("Not explained"), gives_way=1),
        )

    def _show_sums(self, found: VarianceView) -> None:
        desk, words = self.desk, self.desk.words
        clear(self.sums.body)
        stays = [line.stay for line in found.lines]
        n, steps = waterfall(stays)
        self.sums.add(Label(words(N_("Measures")), Role.CARD))
        if steps:
            text = words.plural("{count} admission with every step", "{count} admissions with every step", n)
            self.sums.add(Label(f"{text} · {steps[0][1].currency}", Role.SECOND, wrap=True))
            bars = tuple(
                Bar(label=upper_first(words(step.label)), value=money.minor, shown=desk.formats.money(money))
                for step, money in steps
            )
            self.sums.add(ChartView(desk, Bars(bars=bars, mm_per_unit=1.0), name=words(N_("From estimate to payment"))))
        currency = ""
        facts: Facts | None = None
        for line in measures(stays):
            if line.currency != currency or facts is None:
                currency = line.currency
                self.sums.body.addSpacing(10)
                self.sums.add(Label(currency, Role.SECTION))
                facts = Facts()
                self.sums.add(facts)
            facts.add(upper_first(words(line.measure.label)), self._measure_words(line))
        self.sums.finish()

    def _measure_words(self, line: MeasureLine) -> str:
        words, formats = self.desk.words, self.desk.formats
        if line.amount is not None:
            text = formats.money(line.amount)
        elif line.days is not None:
            text = formats.number(line.days, 1)
        else:
            text = formats.percent(line.share or 0.0, 1)
        return words(N_("{figure} (n = {count})"), figure=text, count=line.n)

    # what is done

    def _open(self, number: int) -> None:
        if self.part == FLAGS:
            self.settle()
        elif self.found is not None:
            self.desk.go("journey", self.found.lines[number].stay.journey_id)

    def chosen_flag(self) -> FlagLine | None:
        """The flag under the cursor."""
        row = self.view.current_row() if self.view is not None else None
        return row if isinstance(row, FlagLine) else None

    def settle(self) -> None:
        """Say what came of the flag under the cursor."""
        line = self.chosen_flag()
        if line is None:
            return
        flag = line.flag
        form = Form(self.desk, DispositionDraft, ["disposition", "recovered", "note"],
                    kept=("journey_id", "rule", "subject"))  # fmt: skip
        draft = DispositionDraft(
            journey_id=flag.journey_id, rule=flag.rule, subject=flag.subject, disposition=line.disposition,
            recovered=line.recovered, note=line.note,
        )  # fmt: skip
        begin(form, draft)
        judged = ", ".join(f"{name}: {value}" for name, value in flag.inputs.items())
        offer(
            self.bench, form, title=N_("What came of it"), action=SETTLE, said=N_("Flag settled"),
            write=_settle, before=(line.version,), note=f"{line.case_no} · {judged}" if judged else line.case_no,
        )  # fmt: skip

    def open_case(self) -> None:
        """The case of the flag under the cursor."""
        line = self.chosen_flag()
        if line is not None:
            self.desk.go("journey", line.flag.journey_id)

    def to_excel(self, target: Path | None = None) -> None:
        """Measures, admissions and flags as a workbook."""
        found, words = self.found, self.desk.words
        if found is None:
            return
        if target is None:
            stem = f"{words(N_('From estimate to payment'))} {self.desk.today().isoformat()}.xlsx"
            chosen, _kind = QFileDialog.getSaveFileName(self, words(TITLE), stem, "Excel (*.xlsx)")
            if not chosen:
                return
            target = Path(chosen)
        period = words(self.period.label) if self.period else words(ALL_TIME)
        about = {
            words(N_("List")): words(N_("From estimate to payment")), words(N_("Period")): period,
            words(N_("Made at")): self.desk.formats.moment(found.at),
            words(N_("Made by")): self.desk.officer.name, words(N_("Reader")): words(Audience.INTERNAL.label),
        }  # fmt: skip
        rows = len(found.lines) + len(found.flags)
        self.desk.runner.work(
            written, grids_of(found), target, words, about, owner=self,
            done=lambda sha: self._on_record(about, rows, sha),
        )  # fmt: skip

    def _on_record(self, about: dict[str, str], rows: int, sha256: str) -> None:
        words = self.desk.words
        self.desk.runner.write(
            TITLE, _record, about, rows, sha256, words.code, owner=self, kind="release",
            done=lambda _changes: self.desk.toast(
                words.plural("{count} row written", "{count} rows written", rows), undo=False
            ),
        )  # fmt: skip

    def actions_here(self) -> tuple[Action, ...]:
        """Settle, open the case, write out."""
        return (
            Action(key="variance.settle", text=N_("Say what came of it"), keys="Ctrl+M", icon="check", run=self.settle,
                   scope=KeyScope.PAGE, menu=Menu.EDIT),
            Action(key="variance.case", text=N_("Open the case of this flag"), keys="Ctrl+O", icon="route",
                   run=self.open_case, scope=KeyScope.PAGE, menu=Menu.GO),
            Action(key="variance.excel", text=N_("Write this list into a workbook…"), keys="Ctrl+E", icon="sheet",
                   run=self.to_excel, scope=KeyScope.PAGE, menu=Menu.FILE),
        )  # fmt: skip

    def keep(self) -> dict[str, object]:
        """Which list, which days."""
        return {"part": self.part, "period": self.period.value if self.period else ""}

    def resume(self, kept: dict[str, object]) -> None:
        """Back to them."""
        self.part = str(kept.get("part", self.part))
        self.period = _period(kept.get("period", ""))
        self.segments.choose(self.part)
        self.period_choice.set_value(self.period)


def _period(value: object) -> Period | None:
    return next((p for p in Period if p.value == value), None)


def _ask(session: Any, scope: Scope) -> VarianceView:
    return variance(session, scope, stale_will_do=True)


def _settle(session: Any, version: int | None, draft: DispositionDraft) -> Any:
    return settle_flag(session, draft, version=version)


def _record(session: Any, asked: dict[str, str], rows: int, sha256: str, language: str) -> Any:
    return list_copies.record_copy(session, "variance", "", asked=asked, rows=rows, sha256=sha256, language=language)
