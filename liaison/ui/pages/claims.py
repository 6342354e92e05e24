"""The list of claims: what is still to come, how old it is, and whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from liaison.domain.grammar import TermField
from liaison.domain.money import Money
from liaison.domain.problems import Problem
from liaison.i18n import N_, Language
from liaison.services import list_of_claims
from liaison.services.editing import set_field
from liaison.services.list_of_claims import AgeBand, ClaimLine
from liaison.services.list_queries import Group
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.pages.claim_keys import LETTERS
from liaison.ui.pages.list_bulk import CLAIM_STEPS
from liaison.ui.pages.list_page import ListPage
from liaison.ui.pages.list_source import ListSpec, Source, Totals
from liaison.ui.pages.list_views import SavedView
from liaison.ui.pages.said import claim_badge
from liaison.ui.places import Place
from liaison.ui.typed import Unreadable, read_day
from liaison.ui.widgets.ageing import Age, AgeingStrip
from liaison.ui.widgets.badge import Badge, late
from liaison.ui.widgets.buttons import primary, quiet, secondary
from liaison.ui.widgets.parts import EmptyState


def group_words(words: Language, group: Group) -> str:
    """Claims, persons and cases of a group, for its heading; claims without a case count for none."""
    return " · ".join(
        (
            words.plural("{count} claim", "{count} claims", group.count),
            words.plural("{count} person", "{count} persons", group.persons),
            words.plural("{count} case", "{count} cases", group.cases),
        )
    )


SOURCE = Source(
    ids=list_of_claims.claim_ids,
    page=list_of_claims.claim_page,
    groups=list_of_claims.claim_groups,
    count=list_of_claims.claim_count,
    footing=list_of_claims.claim_footing,
    more=list_of_claims.claim_ageing,
    chosen=list_of_claims.chosen_claims,
    group_words=group_words,
)

OWED = "owed"
"""The view that answers "who owes us how much for long": the insurers' headings with their sums, rows folded away."""

VIEWS = (
    SavedView(key="unpaid", name=N_("Not settled"), id="sisa>0", en="balance>0"),
    SavedView(key="ours", name=N_("Our turn"), id="status:terbuka menunggu:kita", en="status:open waiting:us"),
    SavedView(
        key=OWED,
        name=N_("Owed for more than 60 days"),
        id="sisa>0 umur>60",
        en="balance>0 age>60",
        group="insurer",
        folded=True,
    ),
    SavedView(key="old", name=N_("Over 90 days"), id="sisa>0 umur>90", en="balance>0 age>90"),
    SavedView(key="caseless", name=N_("Without a case"), id="status:tanpakasus", en="status:nocase"),
    SavedView(key="open", name=N_("Open claims"), id="status:terbuka", en="status:open"),
    SavedView(key="all", name=N_("All claims"), id="", en=""),
)

GROUPS = (
    ("insurer", N_("Insurer")),
    ("hospital", N_("Hospital")),
    ("state", N_("State")),
    ("age", N_("Age")),
    ("waiting", N_("Whose turn")),
    ("city", N_("City")),
)

OLD_DAYS = 90
"""From the day after, a claim's age is shown as late."""


def columns(desk: Desk) -> tuple[Column, ...]:
    """The columns of the list, in the words of the shown language."""
    _ = desk.words

    def person(row: ClaimLine) -> str:
        return desk.masking.name(row.name, str(row.patient_id))

    def age(row: ClaimLine) -> Badge | str:
        text = _.plural("{count} day", "{count} days", row.age_days)
        return late(text) if row.age_days > OLD_DAYS and row.balance else text

    def turn(row: ClaimLine) -> str:
        return row.waiting_for or (_(row.waiting_on.label) if row.waiting_on is not None else "")

    def submitted(row: ClaimLine) -> str:
        if row.submitted_on is None:
            return ""
        same_year = row.submitted_on.year == desk.today().year
        return desk.formats.short_date(row.submitted_on) if same_year else desk.formats.date(row.submitted_on)

    def standing(row: ClaimLine) -> Badge:
        return claim_badge(_, row.state, paid=row.paid, balance=row.balance)

    return (
        Column(key="claim_no", label=N_("Number"), value=lambda r: r.claim_no, width=140, sort="claim_no"),
        Column(
            key="name", label=N_("Person"), value=person, width=146, stretch=2, strong=True, sort="name", by_words=True
        ),
        Column(
            key="insurer",
            label=N_("Insurer"),
            value=lambda r: r.insurer,
            width=112,
            sort="insurer",
            gives_way=2,
            asks=TermField.INSURER,
        ),
        Column(
            key="hospital",
            label=N_("Hospital"),
            value=lambda r: r.hospital,
            width=140,
            stretch=3,
            sort="hospital",
            gives_way=3,
            asks=TermField.HOSPITAL,
        ),
        Column(key="submitted", label=N_("Submitted"), value=submitted, width=104, sort="submitted_on", gives_way=1),
        Column(
            key="billed",
            label=N_("Billed"),
            value=lambda r: r.billed,
            kind=Kind.MONEY,
            width=126,
            sort="billed",
            asks=TermField.AMOUNT,
        ),
        Column(
            key="balance",
            label=N_("Balance"),
            value=lambda r: r.balance,
            kind=Kind.MONEY,
            width=128,
            strong=True,
            sort="balance",
            asks=TermField.BALANCE,
        ),
        Column(key="age", label=N_("Age"), value=age, kind=Kind.BADGE, width=104, sort="age", asks=TermField.AGE),
        Column(
            key="state",
            label=N_("State"),
            value=standing,
            kind=Kind.BADGE,
            width=154,
            sort="state",
            asks=TermField.STATUS,
        ),
        Column(
            key="waiting",
            label=N_("Waiting on"),
            value=turn,
            width=104,
            sort="waiting",
            gives_way=4,
            asks=TermField.WAITING,
        ),
        Column(
            key="approved",
            label=N_("Approved amount"),
            value=lambda r: r.approved,
            kind=Kind.MONEY,
            width=126,
            sort="approved",
            hidden=True,
        ),
        Column(
            key="paid",
            label=N_("Paid amount"),
            value=lambda r: r.paid,
            kind=Kind.MONEY,
            width=126,
            sort="paid",
            hidden=True,
        ),
        Column(
            key="city",
            label=N_("City"),
            value=lambda r: r.origin_city,
            width=90,
            sort="city",
            hidden=True,
            asks=TermField.CITY,
        ),
        Column(key="case_no", label=N_("Case number"), value=lambda r: r.case_no, width=124, quiet=True, hidden=True),
        Column(key="kind", label=N_("Kind"), value=lambda r: _(r.kind.label), width=120, sort="kind", hidden=True),
    )


SPEC = ListSpec(
    name="claims",
    pastes="claims",
    title=N_("Claims"),
    source=SOURCE,
    columns=columns,
    views=VIEWS,
    groups=GROUPS,
    sort="age",
    descending=True,
    opens="claim",
    kinds=frozenset({"claim", "payment", "patient", "policy", "organization"}),
    worded_buttons=False,
    dates=list_of_claims.CLAIM_DATES,
    steps=CLAIM_STEPS,
    of_claims=True,
    editable=("claim_no", "submitted"),
)


class ClaimsPage(ListPage):
    """The list under its ageing strip. Enter opens a claim, Ctrl+N a new one."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place, SPEC)
        self.view.key_pressed.connect(self._letter)

    def _letter(self, letter: str) -> None:
        """P records a payment, Q a question, R a rejection of the claim under the cursor."""
        key, what = self.view.current_id(), LETTERS.get(letter.lower())
        if key is not None and what is not None:
            self.desk.go("claim", key, do=what)

    def edit_cell(self, column: str, row: Any) -> None:
        """A claim's number, or the day it was sent; amounts and states are changed in the claim."""
        words, formats = self.desk.words, self.desk.formats
        if column == "submitted":
            day = formats.date(row.submitted_on) if row.submitted_on is not None else ""
            hint = words(N_("A date: 28/9, 28 Sep 2026, or yesterday"))
            self.cell_line.ask(words(N_("Submitted on")), day, partial(self._take_day, row), hint=hint)
        else:
            self.cell_line.ask(words(N_("Claim number")), row.claim_no, partial(self._take_fact, row, "claim_no"))

    def _take_day(self, row: ClaimLine, text: str) -> str:
        try:
            day = read_day(text, today=self.desk.today()) if text else None
        except Unreadable as unread:
            return unread.problem.text(self.desk.words)
        return self._take_fact(row, "submitted_on", day)

    def _take_fact(self, row: ClaimLine, field: str, value: object) -> str:
        self.desk.runner.write(
            N_("Change a claim"), set_field, "claim", row.id, field, value, owner=self, refused=self._refused_fact
        )
        return ""

    def _refused_fact(self, problems: Sequence[Problem]) -> None:
        self.cell_line.refuse(" ".join(p.text(self.desk.words) for p in problems))

    def above(self) -> QWidget | None:
        """The ageing strip."""
        self.strip = AgeingStrip(self.desk, name=self.desk.words(N_("How old the unpaid claims are")))
        self.strip.chosen.connect(self._narrow)
        return self.strip

    def _narrow(self, key: str) -> None:
        """A block of the strip filters the list, pressed again it does no longer."""
        words = [w for w in self.bar.filter.text().split() if not w.startswith(("umur", "age"))]
        name = "umur" if self.desk.words.code == "id" else "age"
        low, _, high = key.partition("-")
        if key:
            words += [f"{name}>={low}"] + ([f"{name}<={high}"] if high else [])
        self.bar.filter.set_text(" ".join(words))
        self._filtered("")

    def head_buttons(self) -> list[QWidget]:
        """Bring in a list, write a new claim."""
        _, icons = self.desk.words, self.desk.icons
        self.owed_button = quiet(icons, _(N_("Owed over 60 days")), self._owed, icon="hand-coins")
        self.owed_button.setToolTip(self.desk.actions.keys_of("go.owed", "Ctrl+Shift+O"))
        return [
            self.owed_button,
            secondary(icons, _(N_("Bring in a list")), lambda: self.desk.go("import"), icon="file-down"),
            primary(icons, _(N_("New claim")), self._new, icon="plus"),
        ]

    def empty_state(self) -> EmptyState:
        """Nothing found."""
        sentence = self.desk.words(N_("No claim here. Bring in a list, or change the filter."))
        return EmptyState(
            self.desk, icon="receipt-text", sentence=sentence, keys=self.desk.actions.keys_of("claims.new", "Ctrl+N")
        )

    def show_totals(self, totals: Totals) -> None:
        """How many are not settled; the strip; what is still to come, per currency."""
        _, formats = self.desk.words, self.desk.formats
        footing = totals.footing
        unpaid = sum(band.count for band in totals.more) if isinstance(totals.more, tuple) else 0
        self.head.set_note(_.plural("{count} not settled", "{count} not settled", unpaid))
        if isinstance(totals.more, tuple):
            self.strip.show_ages(self._ages(totals.more))
        rows = _.plural("{count} claim", "{count} claims", footing.rows)
        people = _.plural("{count} person", "{count} persons", footing.persons)
        self.footing.show_count(f"{rows} · {people}", basis=self._foot_basis())
        self.footing.show_sums(_(footing.label), [formats.money(m) for m in footing.sums])

    def _foot_basis(self) -> str:
        _ = self.desk.words
        day = self.desk.formats.date(self.desk.today())
        bar = _(N_("Length of the bar: number of claims · age since submission, on {day}"), day=day)
        parts = [bar, _(N_("currencies are never added together"))]
        return " · ".join([self.period_words(), *parts] if self.query.period is not None else parts)

    def _ages(self, bands: Sequence[AgeBand]) -> list[Age]:
        _ = self.desk.words
        return [
            Age(
                key=f"{band.low}-{band.high if band.high is not None else ''}",
                words=_(band.label),
                count=band.count,
                count_words=_.plural("{count} claim", "{count} claims", band.count),
                sums=tuple(self._sums(band.sums)),
            )
            for band in bands
        ]

    def _sums(self, sums: Sequence[Money]) -> list[str]:
        """The three largest currencies by their place; more are said in the footing."""
        return [self.desk.formats.money(m) for m in sums[:3]]

    def _owed(self) -> None:
        """What each insurer owes for more than 60 days."""
        self.look_like(self.built_in(next(v for v in VIEWS if v.key == OWED)))
        self.view.setFocus()

    def _new(self) -> None:
        self.desk.go("claim_new")

    def actions_here(self) -> tuple[Action, ...]:
        """What can be done on this page."""
        return (
            Action(key="claims.new", text=N_("New claim"), keys="Ctrl+N", icon="plus", run=self._new,
                   scope=Scope.PAGE, menu=Menu.FILE),
            Action(key="claims.recovery", text=N_("What came back, by reason"), icon="rotate-ccw",
                   run=partial(self.desk.go, "recovery"), scope=Scope.PAGE, menu=Menu.GO),
            *self.list_actions(),
        )  # fmt: skip
