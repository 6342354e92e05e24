"""What a report asks for, in one line over its pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.documents import Process
from liaison.domain.privacy import Audience
from liaison.i18n import N_
from liaison.reports.catalogue import report_called
from liaison.services import agreement_views, claim_views, network, office, search
from liaison.ui.desk import Desk
from liaison.ui.pages.insurer_bar import InsurerBar
from liaison.ui.pages.roadshow_choices import EventBar, PairBar
from liaison.ui.reader_words import READERS
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.buttons import Segments
from liaison.ui.widgets.date_edit import MomentEdit
from liaison.ui.widgets.editors import Choice, TextEdit, TickEdit, code_choices
from liaison.ui.widgets.lookup_edit import LookupEdit
from liaison.ui.widgets.parts import LEFT, hairline
from liaison.ui.widgets.suggest import Suggestion
from liaison.ui.widgets.turning import narrowest, turn_row

LANGUAGES = (("id", "Indonesia"), ("en", "English"))
BRIEFING_CITIES = ("Medan", "Jakarta", "Surabaya")


class ReportBar(QFrame):
    """City, case, reader and language of the chosen report. ``changed`` says: make it again."""

    changed = Signal()

    def __init__(self, desk: Desk, name: str, *, given: Mapping[str, str], language: str, audience: str) -> None:
        super().__init__()
        self._desk = desk
        self._name = name
        self._given = dict(given)
        self.setObjectName("head")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(LEFT, 12, 14, 10)
        self._row.setSpacing(8)
        outer.addLayout(self._row)
        self.city: Choice | None = None
        self.case: LookupEdit | None = None
        self.claim: LookupEdit | None = None
        self.reader: Choice | None = None
        self.ask: TextEdit | None = None
        self.by: MomentEdit | None = None
        self.officer: Choice | None = None
        self.process: Choice | None = None
        self.to: TextEdit | None = None
        self.emergency: TextEdit | None = None
        self.form: Segments | None = None
        self.event_bar: EventBar | PairBar | InsurerBar | None = None
        self.country: Choice | None = None
        self.cover: TickEdit | None = None
        asked = {option.name for option in report_called(name).options}
        self._fixed: dict[str, str] = {
            n: self._given[n] for n in ("person", "lost", "number") if n in asked and n in self._given
        }
        if asked <= {"case", "person", "lost", "number"} and (self._fixed or "case" not in asked):
            self._row.addStretch(1)
        elif "case" in asked and not ("claim" in asked and self._given.get("claim")):
            self._add_case(audience)
        elif "claim" in asked:
            self._add_claim(audience)
        elif "country" in asked:
            self._add_country(audience)
        elif "house" in asked and not asked & {"event", "hospital"}:
            self.event_bar = InsurerBar(desk, name, given=self._given, audience=audience)
            self.event_bar.changed.connect(self.changed.emit)
            self._row.addWidget(self.event_bar, 1)
        elif name == "booklet":
            self._add_booklet(audience)
        elif "hospital" in asked:
            self.event_bar = PairBar(desk, given=self._given, audience=audience)
            self.event_bar.changed.connect(self.changed.emit)
            self._row.addWidget(self.event_bar, 1)
        elif "event" in asked:
            self.event_bar = EventBar(desk, name, given=self._given, audience=audience)
            self.event_bar.changed.connect(self.changed.emit)
            self._row.addWidget(self.event_bar, 1)
        elif "officer" in asked:
            self._add_officer(with_to="to" in asked)
        else:
            self._add_city()
        self.languages = Segments(list(LANGUAGES), name=desk.words(N_("Language of the report")))
        self.languages.choose(language)
        self.languages.chosen.connect(lambda _value: self.changed.emit())
        self._row.addWidget(self.languages)
        if "ask" in asked:
            outer.addLayout(self._second_row(with_by="by" in asked))
        if "process" in asked:
            outer.addLayout(self._process_row())
        if "form" in asked:
            outer.addLayout(self._booklet_row() if name == "booklet" else self._form_row())
        if "emergency" in asked:
            outer.addWidget(self._emergency_row())
        outer.addWidget(hairline())

    def minimumSizeHint(self) -> QSize:
        """No wider than the widest choice alone."""
        return QSize(narrowest(self._row), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In large text the choices stand one under another."""
        super().resizeEvent(event)
        if turn_row(self._row, event.size().width()):
            self.updateGeometry()

    def _add_city(self) -> None:
        words = self._desk.words
        wanted = self._given.get("city", "")
        cities = list(BRIEFING_CITIES) if self._name == "city_briefing" else [wanted] if wanted else []
        self.city = Choice(self._desk, [(c, c) for c in cities])
        self.city.set_name(words(N_("City")))
        self.city.set_value(wanted or (cities[0] if cities else None))
        self.city.changed.connect(self.changed.emit)
        self.city.setFixedWidth(180)
        self._row.addWidget(self.city)
        self._row.addStretch(1)

    def _add_case(self, audience: str) -> None:
        words = self._desk.words
        self.case = LookupEdit(self._desk, _find_case, icon="route")
        self.case.set_name(words(N_("Case or person")))
        self.case.line.setPlaceholderText(words(N_("Case or person")))
        if self._given.get("case"):
            self.case.line.setText(self._given["case"])
        self.case.found.connect(lambda _id: self.changed.emit())
        self.case.committed.connect(self.changed.emit)
        self._row.addWidget(self.case, 1)
        self._add_reader(audience)

    def _add_claim(self, audience: str) -> None:
        words = self._desk.words
        self.claim = LookupEdit(self._desk, _find_claim, describe=_describe_claim, icon="wallet")
        self.claim.set_name(words(N_("Claim or person")))
        self.claim.line.setPlaceholderText(words(N_("Claim or person")))
        given = self._given.get("claim", "")
        if given.startswith("#"):  # our own number: two insurers may use the same one
            self.claim.set_value(int(given[1:]))
        elif given:
            self.claim.line.setText(given)
        self.claim.found.connect(lambda _id: self.changed.emit())
        self.claim.committed.connect(self.changed.emit)
        self._row.addWidget(self.claim, 1)
        self._add_reader(audience)

    def _add_country(self, audience: str) -> None:
        words = self._desk.words
        self.country = Choice(self._desk, [], none=words(N_("Every country")))
        self.country.set_name(words(N_("Country")))
        self.country.changed.connect(self.changed.emit)
        self.country.setFixedWidth(180)
        self._row.addWidget(self.country)
        self._row.addStretch(1)
        self._add_reader(audience)
        self._desk.runner.read(agreed_countries, owner=self, done=self.offer_countries, key="countries")

    def offer_countries(self, codes: list[str]) -> None:
        """The countries of the register; what was chosen before stays."""
        if self.country is not None:
            named = [(code, self._desk.formats.country_name(code)) for code in codes]
            self.country.set_choices(named, none=self._desk.words(N_("Every country")))
            self.country.set_value(self._given.get("country") or None)

    def _add_reader(self, audience: str) -> None:
        words, readers = self._desk.words, report_called(self._name).audiences
        if len(readers) == 1:
            return
        self.reader = Choice(self._desk, [(reader, words(READERS[reader])) for reader in readers])
        self.reader.set_name(words(N_("Reader")))
        self.reader.set_value(Audience(audience) if audience else readers[0])
        self.reader.changed.connect(self.changed.emit)
        self.reader.setFixedWidth(150)
        self._row.addWidget(self.reader)

    def _add_officer(self, *, with_to: bool) -> None:
        words = self._desk.words
        self.officer = Choice(self._desk, [], none=words(N_("Everybody")))
        self.officer.set_name(words(N_("Officer")))
        self.officer.changed.connect(self.changed.emit)
        self.officer.setFixedWidth(190)
        self._row.addWidget(self.officer)
        if with_to:
            self.to = TextEdit(self._desk, placeholder=words(N_("Who takes over")))
            self.to.set_name(words(N_("Who takes over")))
            self.to.set_value(self._given.get("to", ""))
            self.to.committed.connect(self.changed.emit)
            self._row.addWidget(self.to, 1)
        else:
            self._row.addStretch(1)

    def offer_officers(self, names: list[str]) -> None:
        """The officers who work here; what was chosen before stays."""
        if self.officer is not None:
            self.officer.set_choices([(name, name) for name in names], none=self._desk.words(N_("Everybody")))
            self.officer.set_value(self._given.get("officer") or None)

    def _process_row(self) -> QHBoxLayout:
        words = self._desk.words
        row = QHBoxLayout()
        row.setContentsMargins(LEFT, 0, 14, 10)
        self.process = Choice(self._desk, code_choices(self._desk, Process), none=words(N_("The next step")))
        self.process.set_name(words(N_("For which step papers are asked for")))
        given = self._given.get("process", "")
        self.process.set_value(next((one for one in Process if one.value == given), None))
        self.process.changed.connect(self.changed.emit)
        self.process.setFixedWidth(260)
        row.addWidget(self.process)
        row.addStretch(1)
        return row

    def _form_row(self) -> QHBoxLayout:
        """On paper or for a telephone, and whether the pack may say why the patient goes."""
        words = self._desk.words
        row = QHBoxLayout()
        row.setContentsMargins(LEFT, 0, 14, 10)
        row.setSpacing(12)
        forms = [("pack", words(N_("On paper"))), ("phone", words(N_("For the telephone")))]
        self.form = Segments(forms, name=words(N_("Form of the pack")))
        self.form.choose("phone" if self._given.get("form") == "phone" else "pack")
        self.form.chosen.connect(lambda _value: self.changed.emit())
        self.cover = TickEdit(self._desk, words(N_("Without diagnosis")))
        self.cover.set_value(self._given.get("cover") == "off")
        self.cover.changed.connect(self.changed.emit)
        row.addWidget(self.form)
        row.addWidget(self.cover)
        row.addStretch(1)
        return row

    def _add_booklet(self, audience: str) -> None:
        """One city or every city that has hospitals, and for whom."""
        words = self._desk.words
        self.city = Choice(self._desk, [], none=words(N_("Every city")))
        self.city.set_name(words(N_("City")))
        self.city.changed.connect(self.changed.emit)
        self.city.setFixedWidth(180)
        self._row.addWidget(self.city)
        self._row.addStretch(1)
        self._add_reader(audience)
        self._desk.runner.read(city_sheets, owner=self, done=self._offer_every_city, key="every city")

    def _offer_every_city(self, cities: list[str]) -> None:
        if self.city is not None:
            wanted = self._given.get("city", "")
            self.city.set_choices([(c, c) for c in cities], none=self._desk.words(N_("Every city")))
            self.city.set_value(wanted if wanted in cities else None)
            if wanted in cities:
                self.changed.emit()

    def _booklet_row(self) -> QHBoxLayout:
        """Pages of A5, or two by two on A4 to fold."""
        words = self._desk.words
        row = QHBoxLayout()
        row.setContentsMargins(LEFT, 0, 14, 10)
        forms = [("pages", words(N_("A5 pages"))), ("sheets", words(N_("A4, to fold and staple")))]
        self.form = Segments(forms, name=words(N_("Form of the booklet")))
        self.form.choose("sheets" if self._given.get("form") == "sheets" else "pages")
        self.form.chosen.connect(lambda _value: self.changed.emit())
        row.addWidget(self.form)
        row.addStretch(1)
        return row

    def _second_row(self, *, with_by: bool) -> QHBoxLayout:
        words = self._desk.words
        row = QHBoxLayout()
        row.setContentsMargins(LEFT, 0, 14, 10)
        row.setSpacing(8)
        hint, name = (N_("We ask you…"), N_("What we ask for"))
        if not with_by:
            hint, name = (N_("What must not be forgotten"), N_("What must not be forgotten"))
        self.ask = TextEdit(self._desk, placeholder=words(hint))
        self.ask.set_name(words(name))
        self.ask.set_value(self._given.get("ask", ""))
        self.ask.committed.connect(self.changed.emit)
        row.addWidget(self.ask, 1)
        if with_by:
            self.by = MomentEdit(self._desk)
            self.by.set_name(words(N_("By when")))
            self.by.committed.connect(self.changed.emit)
            row.addWidget(self.by)
        return row

    def _emergency_row(self) -> QWidget:
        """Hidden until somebody says that it cannot wait for a consent."""
        words = self._desk.words
        self._emergency_line = QWidget()
        row = QHBoxLayout(self._emergency_line)
        row.setContentsMargins(LEFT, 0, 14, 10)
        self.emergency = TextEdit(self._desk, placeholder=words(N_("Why it cannot wait for a consent")))
        self.emergency.set_name(words(N_("Why it cannot wait for a consent")))
        self.emergency.set_value(self._given.get("emergency", ""))
        self.emergency.committed.connect(self.changed.emit)
        row.addWidget(self.emergency, 1)
        self._emergency_line.setVisible(bool(self._given.get("emergency")))
        return self._emergency_line

    def ask_emergency(self) -> None:
        """Show the line for the reason, and wait in it."""
        if self.emergency is not None:
            self._emergency_line.show()
            self.emergency.inner().setFocus()

    def offer_cities(self, cities: list[str]) -> None:
        """The cities that have hospitals in the network."""
        if self.city is not None and not self.city.value():
            self.city.set_choices([(c, c) for c in cities])
            if cities:
                self.city.set_value(cities[0])
                self.changed.emit()

    # what was chosen

    def options(self) -> dict[str, str]:
        """The report's options as typed."""
        found: dict[str, str] = dict(self._fixed)
        if self.event_bar is not None:
            found |= self.event_bar.options()
        if self.city is not None and self.city.value():
            found["city"] = str(self.city.value())
        if self.country is not None:
            chosen = self.country.value() if self.country.offered[1:] else self._given.get("country")
            found |= {"country": str(chosen)} if chosen else {}
        if self.case is not None and self.case.line.text().strip():
            found["case"] = self.case.line.text().strip()
        if self._asked_claim():
            found["claim"] = self._asked_claim()
        if self.form is not None:
            found["form"] = str(self.form.value())
        if self.cover is not None and self.cover.value():
            found["cover"] = "off"
        if self.ask is not None and self.ask.value():
            found["ask"] = str(self.ask.value())
        for name, text in (("to", self.to), ("emergency", self.emergency)):
            if text is not None and str(text.value() or "").strip():
                found[name] = str(text.value()).strip()
        if self.officer is not None and self.officer.value():
            found["officer"] = str(self.officer.value())
        if self.process is not None and self.process.value():
            found["process"] = str(self.process.value().value)
        if self.by is not None:
            moment = self.by.value()
            if moment is not None:
                found["by"] = moment.isoformat()
        return found

    def _asked_claim(self) -> str:
        """The claim that was chosen, by our own number; else what was typed."""
        if self.claim is None:
            return ""
        chosen, _, text = self.claim.typed().partition("|")
        try:
            return f"#{chosen}" if chosen and self.claim.value() in (None, int(chosen)) else text.strip()
        except Unreadable:
            return text.strip()

    def language(self) -> str:
        """The report's language, whatever the window's."""
        return str(self.languages.value())

    def audience(self) -> str:
        """Who reads it; empty for reports with one reader only."""
        if self.event_bar is not None:
            return self.event_bar.audience()
        return "" if self.reader is None else str(self.reader.value().value)

    def missing(self) -> str:
        """What must be chosen before anything can be shown."""
        words = self._desk.words
        if self.event_bar is not None:
            return self.event_bar.missing()
        if self.case is not None and not self.case.line.text().strip():
            return words(N_("Choose a case: type a name or a case number above."))
        if self.claim is not None and not self._asked_claim():
            return words(N_("Choose a claim: type a claim number or a name above."))
        if self.city is not None and not self.city.value() and self._name != "booklet":
            return words(N_("No hospital is in the network yet. Add one, or import a list."))
        return ""


def agreed_countries(session: Any) -> list[str]:
    """The countries of the register of agreements."""
    return sorted({line.country for line in agreement_views.agreement_lines(session) if line.country})


def city_sheets(session: Any) -> list[str]:
    """Cities that have hospitals, those with most first."""
    counts: dict[str, int] = {}
    for house in network.hospitals(session):
        if house.city:
            counts[house.city] = counts.get(house.city, 0) + 1
    return sorted(counts, key=lambda c: (-counts[c], c))


def officer_names(session: Any) -> list[str]:
    """The officers who work here."""
    return [one.name for one in office.officers(session, active_only=True)]


def _find_case(session: Any, text: str) -> list[Suggestion]:
    found = search.find(session, text, limit=12)
    return [
        Suggestion(text=f.case_no, value=f.journey_id, note=f.title)
        for f in found
        if f.case_no and f.journey_id is not None
    ]


def _find_claim(session: Any, text: str) -> list[Suggestion]:
    return [
        Suggestion(text=str(one.subtitle.values.get("number") or f"#{one.id}"), value=one.id, note=one.title)
        for one in search.find(session, text, limit=24)
        if one.kind is search.FoundKind.CLAIM
    ]


def _describe_claim(session: Any, key: int) -> Suggestion:
    claim = claim_views.claim(session, key)
    return Suggestion(text=claim.claim_no or f"#{key}", value=key, note=claim.patient)
