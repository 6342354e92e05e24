"""The card of one agreement: how it stands, its chain, its parties, what was promised, what it says about data."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.action_plans import OVER
from liaison.domain.agreements import SHORT, ClauseFinding, ClauseState, Renewal, TransferBasis
from liaison.domain.network import OrganizationKind
from liaison.i18n import N_, upper_first
from liaison.i18n.formats import MISSING
from liaison.services import agreement_views, agreements
from liaison.services.agreement_views import AgreementLine, AgreementView, ObligationView, PartyView
from liaison.ui.desk import Desk
from liaison.ui.pages import agreements_forms as forms
from liaison.ui.pages import agreements_plan_forms as plan_forms
from liaison.ui.pages.agreements_columns import standing_badge
from liaison.ui.pages.agreements_parts import PROGRESS, Card, Do
from liaison.ui.pages.page_parts import MenuRow, menu_of, section
from liaison.ui.pages.to_verify import part_of
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Facts, Marked, Pane, Section
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow

_CLAUSE: dict[ClauseState, tuple[Shape, Tone]] = {
    ClauseState.SAID: (Shape.DONE, Tone.GREEN),
    ClauseState.MISSING: (Shape.WARNING, Tone.AMBER),
    ClauseState.NOT_NEEDED: (Shape.CLOSED, Tone.GREY),
}


class AgreementCard(Card):
    """Everything about one agreement. Each line that can be changed opens its own small menu."""

    nothing = N_("Choose an agreement to see its chain, its promises and what it says about data.")
    more = N_("More for this agreement")

    def __init__(self, desk: Desk) -> None:
        self.view: AgreementView | None = None
        self._desk = desk
        super().__init__(desk)

    def read(self, key: int) -> None:
        """Read the agreement with everything that hangs on it."""
        self.desk.runner.read(agreement_views.agreement, key, owner=self, done=self._arrived, key="agreement")

    def _arrived(self, view: AgreementView) -> None:
        self.view = view
        self.draw(view.line.title)

    def fill(self, pane: Pane) -> None:
        """Dates, chain, promises, data clause, parties."""
        view = self.view
        if view is None:
            return
        line = view.line
        country = self.desk.formats.country_name(line.country) if line.country else ""
        about = " · ".join(p for p in (upper_first(self.desk.words(line.kind.label)), country, line.number) if p)
        pane.add(self.head(line.title, about, standing_badge(self.desk, line)))
        pane.add(self._facts(view))
        if len(view.chain) > 1:
            pane.add(self._chain(view))
        pane.add(self._promises(view))
        pane.add(self._plans())
        pane.add(self._clause(view))
        pane.add(self._parties(view))
        if view.note:
            noted = Section(self._desk.words(N_("Note")))
            noted.add(Label(view.note, Role.SECOND, wrap=True))
            pane.add(noted)

    # the parts

    def rows(self) -> list[MenuRow]:
        """Edit, promise, party, activity, indicator, end, print, history."""
        words, view = self._desk.words, self.view
        rows: list[MenuRow] = [
            (words(N_("Edit this agreement")), self.edit),
            (words(N_("Write a promise down")), self.new_promise),
            (words(N_("Add a party")), self.new_party),
            (words(N_("Add an activity")), self.new_activity),
            (words(N_("Add an indicator")), self.new_indicator),
        ]
        if view is not None and view.terminated_on is None and view.line.signed_on is not None:
            rows += [None, (words(N_("It was ended early…")), self.end)]
        rows += [None, (words(N_("Print the agreements")), self.print),
                 (words(N_("History of this agreement")), self.history)]  # fmt: skip
        return rows

    def _facts(self, view: AgreementView) -> QWidget:
        words, formats, line = self._desk.words, self._desk.formats, view.line
        holder = Section(words(N_("Dates")))
        facts = Facts(values_right=False, label_width=96)
        signed = ", ".join(p for p in (formats.date(line.signed_on) if line.signed_on else "", line.place) if p)
        facts.add(words(N_("Signed")), signed or words(N_("not yet")))
        if line.effective_on is not None:
            facts.add(words(N_("In force from")), formats.date(line.effective_on))
        ends = formats.date(line.ends_on) if line.ends_on is not None else words(N_("not stated"))
        facts.add(words(N_("Valid until")), ends)
        if line.renewal is not Renewal.NOT_STATED:
            facts.add(words(N_("On its last day")), words(line.renewal.label))
        if view.terminated_on is not None:
            facts.add(words(N_("Ended on")), formats.date(view.terminated_on))
            facts.add(words(N_("Why it was ended")), view.terminated_because)
        if line.contact:
            facts.add(words(N_("Contact")), line.contact)
        holder.add(facts)
        if line.days_left is not None:
            holder.add(self._left(line.days_left))
        if line.areas:
            areas = ", ".join(words(area.label) for area in line.areas)
            holder.add(Label(words(N_("Areas: {areas}"), areas=areas), Role.SECOND, wrap=True))
        if line.source:
            holder.add(Label(words(N_("Written in: {source}"), source=line.source), Role.SECOND, wrap=True))
        return holder

    def _left(self, days: int) -> QWidget:
        words = self._desk.words
        text = words.plural("Ends in {count} day", "Ends in {count} days", days)
        near = days <= min(agreements.ALARMS, key=lambda limit: abs(limit - 90))
        shape, tone = (Shape.WARNING, Tone.AMBER) if near else (Shape.OPEN, Tone.INK)
        return Marked(self._desk, text, shape, tone, ground="sunken", wrap=True)

    def _chain(self, view: AgreementView) -> QWidget:
        words = self._desk.words
        made = Section(words(N_("Chain")))
        for line in view.chain:
            made.add(self._link(line, is_here=line.id == view.line.id))
        return made

    def _link(self, line: AgreementLine, *, is_here: bool) -> StepRow:
        badge = standing_badge(self._desk, line)
        year = str(line.signed_on.year) if line.signed_on is not None else MISSING
        spoken = ", ".join((line.title, self._desk.words(SHORT[line.kind]), year, badge.text))
        row = StepRow(
            self._desk, line.title, shape=badge.shape, tone=badge.tone, beside=year, strong=is_here, spoken=spoken
        )
        row.setObjectName(f"chain.{line.id}")
        row.clicked.connect(lambda _on=False, key=line.id: self._desk.go("agreements", key))
        return row

    def _plans(self) -> QWidget:
        """The way to its activities and indicators, which have lists of their own."""
        words, icons = self._desk.words, self._desk.icons
        made = Section(words(N_("Plan and indicators")))
        for part, text, icon in (
            ("plan", N_("Activities of this agreement"), "clipboard-list"),
            ("indicators", N_("Indicators of this agreement"), "chart-column"),
        ):
            made.add(link(icons, words(text), partial(self.show_part, part), icon=icon, small=True))
        return made

    def _promises(self, view: AgreementView) -> QWidget:
        words = self._desk.words
        made = section(self._desk, N_("Promises"), [(words(N_("Write a promise down")), self.new_promise)])
        if not view.obligations:
            made.add(Label(words(N_("No promise is written down yet.")), Role.SECOND, wrap=True))
        for one in view.obligations:
            made.add(self._promise(one))
        return made

    def _promise(self, one: ObligationView) -> StepRow:
        words, formats = self._desk.words, self._desk.formats
        shape, tone = PROGRESS[one.progress]
        day = one.finished_on or one.due_on
        beside = formats.date(day) if day is not None else ""
        state = words(one.progress.label)
        row = StepRow(
            self._desk, f"{one.who}: {one.what}", shape=shape, tone=tone, beside=beside,
            spoken=", ".join(part for part in (one.who, one.what, state, beside) if part),
        )  # fmt: skip
        row.setToolTip("\n".join(p for p in (one.what, state, one.evidence, one.dropped_because) if p))
        row.setObjectName(f"promise.{one.id}")
        row.clicked.connect(lambda _on=False: self._promise_menu(row, one))
        return row

    def _promise_menu(self, row: StepRow, one: ObligationView) -> None:
        bench, words = self.bench, self._desk.words
        if bench is None:
            return
        rows: list[MenuRow] = []
        if one.progress not in OVER:
            close = partial(forms.close_obligation_form, bench, one.id, version=one.version)
            rows.append((words(N_("Kept, or not to be kept…")), close))
        rows.append((words(N_("Change…")), partial(forms.edit_obligation_form, bench, one.id, version=one.version)))
        menu_of(row, rows).popup(row.mapToGlobal(row.rect().bottomLeft()))

    def _clause(self, view: AgreementView) -> QWidget:
        words = self._desk.words
        made = Section(words(N_("What it says about data")))
        for one in view.line.clause:
            made.add(self._finding(one, view.line.basis))
        return made

    def _finding(self, one: ClauseFinding, basis: TransferBasis) -> QWidget:
        words = self._desk.words
        shape, tone = _CLAUSE[one.state]
        parts = [words(one.state.label)]
        if one.part.name == "TRANSFER" and one.state is ClauseState.SAID:
            parts = [words(basis.label)]
        said = ", ".join([*parts, *([one.where] if one.where else [])])
        text = words(N_("{label}: {value}"), label=upper_first(words(one.part.label)), value=said)
        return Marked(self._desk, text, shape, tone, role=Role.SECOND, ground="sunken", wrap=True)

    def _parties(self, view: AgreementView) -> QWidget:
        words = self._desk.words
        made = section(self._desk, N_("Parties"), [(words(N_("Add a party")), self.new_party)])
        if not view.parties:
            made.add(Label(words(N_("Nobody is named yet.")), Role.SECOND))
        for one in view.parties:
            made.add(self._party(one))
        return made

    def _party(self, one: PartyView) -> QWidget:
        words = self._desk.words
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(0)
        row = StepRow(self._desk, one.name, shape=Shape.NONE, tone=Tone.INK)
        row.setObjectName(f"party.{one.id}")
        row.clicked.connect(lambda _on=False: self._party_menu(row, one))
        column.addWidget(row)
        signed = ", ".join(part for part in (one.signatory, one.signatory_title) if part)
        told = [words(N_("Signed by {who}"), who=signed) if signed else "", one.contact]
        for text in told:
            if text:
                column.addWidget(Label(text, Role.SECOND, wrap=True))
        if one.house_kind is not None:
            if one.house != one.name:  # the paper calls it otherwise than the network
                column.addWidget(Label(words(N_("In the network: {house}"), house=one.house), Role.SECOND, wrap=True))
            column.addWidget(self._house(one, one.house_kind))
        return holder

    def _house(self, one: PartyView, kind: OrganizationKind) -> QWidget:
        """The way to the house of the network that a side is."""
        desk, said = self._desk, self._desk.words(N_("Open in the network"))
        go = partial(desk.go, "network", one.organization_id, part=part_of(kind))
        made = link(desk.icons, said, go, icon="contact", small=True)
        made.setAccessibleName(f"{one.house}: {said}")
        made.setObjectName(f"house.{one.id}")
        return made

    def _party_menu(self, row: StepRow, one: PartyView) -> None:
        bench, words, desk = self.bench, self._desk.words, self._desk
        if bench is None:
            return

        def remove() -> None:
            said = words(N_("Taken off"))
            desk.runner.write(
                N_("Take a party off"), agreements.remove_party, one.id, owner=self, done=lambda _c: desk.toast(said)
            )

        rows: list[MenuRow] = [
            (words(N_("Change…")), partial(forms.edit_party_form, bench, one.id, version=one.version)),
            None,
            (words(N_("Take it off")), remove),
        ]
        menu_of(row, rows).popup(row.mapToGlobal(row.rect().bottomLeft()))

    # doing

    def edit(self) -> None:
        """Open the form of the shown agreement."""
        if self.view is not None and self.bench is not None:
            forms.edit_agreement(self.bench, self.view.line.id, version=self.view.line.version)

    def end(self) -> None:
        """The shown agreement was ended early."""
        if self.view is not None and self.bench is not None:
            forms.end_form(self.bench, self.view.line.id, version=self.view.line.version)

    def new_promise(self) -> None:
        """Write down what was promised by the shown agreement."""
        if self.view is not None and self.bench is not None:
            forms.obligation_form(self.bench, self.view.line.id)

    def new_party(self) -> None:
        """Add a side to the shown agreement."""
        if self.view is not None and self.bench is not None:
            forms.party_form(self.bench, self.view.line.id)

    def new_activity(self) -> None:
        """Something that is to be done under the shown agreement."""
        if self.view is not None and self.bench is not None:
            plan_forms.activity_form(self.bench, self.view.line.id)

    def new_indicator(self) -> None:
        """Something that is counted of the shown agreement."""
        if self.view is not None and self.bench is not None:
            plan_forms.indicator_form(self.bench, self.view.line.id)

    def show_part(self, part: str) -> None:
        """The list of its activities or indicators."""
        if self.view is not None:
            self.desk.go("agreements", part=part, filter=f'"{self.view.line.title}"')

    def letters(self) -> dict[str, Do]:
        """P writes a promise down, N adds a party, H tells the history."""
        return {"p": self.new_promise, "n": self.new_party, "h": self.history}

    def history(self) -> None:
        """Who changed what in the shown agreement."""
        if self.view is not None:
            self._desk.go("history", self.view.line.id, kind="agreement")

    def print(self) -> None:
        """The agreements on paper."""
        self._desk.go("reports", name="agreements")
