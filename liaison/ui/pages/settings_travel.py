"""Travel rules: what countries and airlines ask of a traveller, with the source and the day somebody last looked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.pregnancy import USUAL_RULE
from liaison.domain.pregnancy import AirlineRule as PregnancyRule
from liaison.domain.travel_rules import AirlineRule, CountryRule, CountryRuleDraft, MedifRuleDraft, source_words
from liaison.i18n import N_
from liaison.services import pregnancies
from liaison.services import travel_rules as own_rules
from liaison.services.travel_rules import CountryView, MedifView
from liaison.ui.desk import Desk
from liaison.ui.pages.course_forms import airline_rule_form
from liaison.ui.pages.journey_form import COUNTRIES
from liaison.ui.pages.settings_parts import Part
from liaison.ui.pages.short_forms import Bench, offer
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button, secondary
from liaison.ui.widgets.drawer import Drawer, FormPane
from liaison.ui.widgets.form import Form, Heading, Row
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import clear

COUNTRY_NAMES = dict(COUNTRIES)
_ROWS: tuple[Row, ...] = (
    "passport_months", "visit_days", "needs_visa", "extension_months",
    Heading(text=N_("Arrival card")), "arrival_card", "arrival_card_days",
    Heading(text=N_("Who says so")), "source", "checked_on",
)  # fmt: skip


RESTORED = N_("The usual rules hold again for countries and medical forms")
_MEDIF: tuple[Row, ...] = (
    "carrier", "need", "codes", "days", "is_working", "wants_indemnity",
    Heading(text=N_("Who says so")), "source", "checked_on",
)  # fmt: skip


class TravelPart(Part):
    """One row for each country and airline; a rule nobody checked for a year says so."""

    sentences = (
        N_("Travel rules"), N_("How long a passport must last, by country"), N_("Length of the visit pass, by country"),
        N_("Until which week an airline takes a pregnant passenger"), N_("Medical form (MEDIF) by airline"),
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Travel rules"))
        self.say(N_("Warnings rest on these rules. They are not law: the country or the airline has the last word."))
        self.heading(N_("Countries"))
        self.countries = self._list()
        self.heading(N_("Pregnant passengers, by airline"))
        self.airlines = self._list()
        self.new_button = secondary(desk.icons, desk.words(N_("Add an airline")), self.add_airline, icon="plus")
        self.buttons(self.new_button)
        self.heading(N_("Medical form (MEDIF), by airline"))
        self.forms = self._list()
        self.form_button = secondary(desk.icons, desk.words(N_("Add a rule")), self.add_medif, icon="plus")
        self.form_button.setAccessibleName(desk.words(N_("Add a rule for the medical form")))
        self.buttons(self.form_button)
        self.restore_button(self.restore)
        self.finish()
        self._stand_drawer_beside()
        desk.hub.changed.connect(self._changed)
        self._read()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _stand_drawer_beside(self) -> None:
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.removeWidget(self.pane)
        self.drawer = Drawer(self.desk, QWidget(), width=0)
        self.drawer.hide()
        self.drawer.switched.connect(self.drawer.setVisible)
        beside = QHBoxLayout()
        beside.addWidget(self.pane, 1)
        beside.addWidget(self.drawer)
        layout.addLayout(beside)
        self.bench = Bench(desk=self.desk, drawer=self.drawer)

    def _list(self) -> QVBoxLayout:
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 2, 0, 4)
        rows.setSpacing(8)
        self.put(holder)
        return rows

    # reading

    def _read(self) -> None:
        self.desk.runner.read(own_rules.countries, owner=self, done=self._countries_arrived, key="countries")
        self.desk.runner.read(pregnancies.airline_rules, owner=self, done=self._airlines_arrived, key="airlines")
        self.desk.runner.read(own_rules.medif_rules, owner=self, done=self._forms_arrived, key="forms")

    def _countries_arrived(self, found: tuple[CountryView, ...]) -> None:
        clear(self.countries)
        for view in found:
            rule, name = view.rule, self.desk.words(COUNTRY_NAMES.get(view.rule.code, view.rule.code))
            self._show(
                self.countries, name, _country_words(self.desk, rule), rule.source, rule.checked_on,
                is_old=view.is_stale, edit=partial(self.edit_country, view),
            )  # fmt: skip

    def _airlines_arrived(self, found: tuple[PregnancyRule, ...]) -> None:
        desk, words = self.desk, self.desk.words
        clear(self.airlines)
        usual = words(N_("Airlines without a rule of their own"))
        self._show(self.airlines, usual, _weeks_words(desk, USUAL_RULE), words(USUAL_RULE.source), None, is_old=True)
        for rule in found:
            self._show(
                self.airlines, rule.carrier, _weeks_words(desk, rule), rule.source, rule.checked_on,
                is_old=rule.is_stale(desk.today()), edit=partial(airline_rule_form, self.bench, known=rule),
            )  # fmt: skip

    def _forms_arrived(self, found: tuple[MedifView, ...]) -> None:
        clear(self.forms)
        for view in found:
            rule = view.rule
            self._show(
                self.forms, rule.name, _form_words(self.desk, rule), rule.source, rule.checked_on,
                is_old=view.is_stale, edit=partial(self.edit_medif, view),
            )  # fmt: skip

    def _show(
        self,
        rows: QVBoxLayout,
        name: str,
        told: str,
        source: str,
        checked_on: dt.date | None,
        *,
        is_old: bool,
        edit: Callable[[], object] | None = None,
    ) -> None:
        """One rule: who asks, what, says who, and when somebody last looked."""
        desk, words = self.desk, self.desk.words
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(Label(name, Role.STRONG, elide=True))
        texts.addWidget(Label(told, Role.TEXT, wrap=True))
        looked = words(N_("checked on {day}"), day=checked_on) if checked_on else words(N_("never checked"))
        if checked_on and is_old:
            looked = words(N_("checked on {day}, more than a year ago"), day=checked_on)
        beside = " · ".join(part for part in (source_words(source, words), looked) if part)
        texts.addWidget(Label(beside, Role.SECOND, wrap=True, tone=Tone.AMBER if is_old else None))
        row.addLayout(texts, 1)
        if edit is not None:
            hint = words(N_("Change the rule: {name}"), name=name)
            row.addWidget(icon_button(desk.icons, "pencil", hint, edit, size=15))
        rows.addWidget(holder)

    # changing

    def edit_country(self, view: CountryView) -> None:
        """The rule of a country in the drawer; today stands as the day of the look."""
        desk = self.desk

        def opened(draft: CountryRuleDraft) -> None:
            form = Form(desk, CountryRuleDraft, _ROWS, kept=("country",))
            form.set(draft)
            offer(
                self.bench, form, title=COUNTRY_NAMES.get(view.rule.code, view.rule.code),
                action=N_("Change a travel rule"), write=partial(own_rules.keep_country_rule, version=view.version),
                said=N_("Rule saved"), note=desk.words(N_("Look it up first, then write down where.")),
            )  # fmt: skip

        desk.runner.read(own_rules.country_rule_draft, view.rule.code, owner=self, done=opened, key="country rule")

    def add_airline(self) -> FormPane:
        """Write down the rule of an airline that has none."""
        return airline_rule_form(self.bench)

    def edit_medif(self, view: MedifView) -> None:
        """The rule of an airline for its medical form in the drawer; today stands as the day of the look."""
        rule = view.rule
        self.desk.runner.read(
            own_rules.medif_rule_draft, rule.name, rule.need, owner=self,
            done=partial(self._offer_medif, version=view.version, kept=("carrier", "need"), title=rule.name),
            key="medif rule",
        )  # fmt: skip

    def add_medif(self) -> None:
        """Write down when an airline wants its medical form."""
        draft = MedifRuleDraft(carrier="", source="", checked_on=self.desk.today())
        self._offer_medif(draft, version=None, kept=(), title=N_("Airline's medical form"))

    def _offer_medif(self, draft: MedifRuleDraft, *, version: int | None, kept: tuple[str, ...], title: str) -> None:
        form = Form(self.desk, MedifRuleDraft, tuple(row for row in _MEDIF if row not in kept), kept=kept)
        form.set(draft)
        offer(
            self.bench, form, title=title, action=N_("Change a travel rule"),
            write=partial(own_rules.keep_medif_rule, version=version), said=N_("Rule saved"),
            note=self.desk.words(N_("Look it up first, then write down where.")),
        )  # fmt: skip

    def restore(self) -> None:
        """What comes with the program holds again, weeks of pregnancy apart: they stay as written down."""
        self.desk.runner.write(
            N_("Restore the travel rules"), own_rules.restore_country_rules, owner=self,
            done=lambda _changes: self.desk.toast(self.desk.words(RESTORED)),
        )  # fmt: skip


def _country_words(desk: Desk, rule: CountryRule) -> str:
    words = desk.words
    told = [
        words.plural(
            "passport {count} month beyond the return", "passport {count} months beyond the return",
            rule.passport_months,
        ),
        words.plural("visit pass {count} day", "visit pass {count} days", rule.visit_days),
        words(N_("visa needed")) if rule.needs_visa else "",
        words(N_("{card}, at most {days} days before"), card=rule.arrival_card, days=rule.arrival_card_days)
        if rule.arrival_card
        else "",
        words.plural(
            "can be extended by {count} month", "can be extended by {count} months", rule.extension_months
        )
        if rule.extension_months
        else "",
    ]  # fmt: skip
    return " · ".join(part for part in told if part)


def _weeks_words(desk: Desk, rule: PregnancyRule) -> str:
    words = desk.words
    return " · ".join((
        words(N_("letter from week {week}"), week=rule.letter_from_week),
        words(N_("flies up to week {week}"), week=rule.last_week),
        words(N_("twins or more up to week {week}"), week=rule.last_week_multiple),
        words.plural("letter not older than {count} day", "letter not older than {count} days", rule.letter_days),
    ))  # fmt: skip


def _form_words(desk: Desk, rule: AirlineRule) -> str:
    words = desk.words
    when = ""
    if rule.days and rule.working:
        when = words.plural("{count} working day before", "{count} working days before", rule.days)
    elif rule.days:
        when = words.plural("{count} day before", "{count} days before", rule.days)
    told = (
        words(rule.need.label), when or words(N_("names no time: ask")),
        words(N_("signed form of indemnity")) if rule.wants_indemnity else "",
    )  # fmt: skip
    return " · ".join(part for part in told if part)
