"""The card of one house: whom to call now, in both clocks, and what is known of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from liaison.domain.network import AT_NIGHT, ContactDraft, OrganizationDraft, OrganizationKind
from liaison.i18n import N_, upper_first
from liaison.i18n.formats import MISSING
from liaison.services import network
from liaison.services.network_calls import CallNow, call_now, zone_of_house
from liaison.services.network_views import ContactView, OrganizationView
from liaison.ui.desk import Desk
from liaison.ui.pages import network_forms
from liaison.ui.pages.calling import (
    NIGHT_NUMBER,
    CallSection,
    card_for,
    contact_standing,
    copy_number,
    hours_words,
    open_whatsapp,
    show_card,
    spoken_words,
    standing_words,
)
from liaison.ui.pages.credit_form import CreditSection
from liaison.ui.pages.desk_facts import channel_words, checked_mark, letter_hour_words, span_words
from liaison.ui.pages.doctor_card import DoctorSection
from liaison.ui.pages.house_agreements import AgreementsSection
from liaison.ui.pages.ownership_card import OwnershipSection, join_form
from liaison.ui.pages.package_card import HAS_PACKAGES, PackageSection
from liaison.ui.pages.panel_card import HAS_PANEL, PanelSection
from liaison.ui.pages.plan_card import PlanSection
from liaison.ui.pages.scorecard_section import SCORED, ScorecardSection
from liaison.ui.pages.short_forms import Bench
from liaison.ui.pages.targets_card import TargetsSection
from liaison.ui.pages.vcards_out import save_vcards
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button, menu_button, secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, EmptyState, Marked, Pane, Section, clear
from liaison.ui.widgets.shapes import Shape

_YES_NO = {True: N_("yes"), False: N_("no"), None: N_("not known")}


class OrganizationCard(QWidget):
    """Everything about one house, with its desks; each number can be copied, each desk marked as verified today."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._bench: Bench | None = None
        self._house: OrganizationView | None = None
        self._contact_id: int | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._show_nothing()

    def work_on(self, bench: Bench) -> None:
        """Where this card's forms open."""
        self._bench = bench

    def show_house(self, key: int | None, contact_id: int | None = None) -> None:
        """Read and show one house; with a contact, that one is whom to call."""
        self._contact_id = contact_id
        if key is None:
            self._house = None
            self._show_nothing()
            return
        self._desk.runner.read(network.organization, key, owner=self, done=self._show)

    def edit(self) -> None:
        """Open the form of the shown house."""
        house, bench = self._house, self._bench
        if house is None or bench is None:
            return

        def arrived(draft: OrganizationDraft) -> None:
            network_forms.edit_organization(bench, house.id, house.version, draft)

        self._desk.runner.read(network.organization_draft, house.id, owner=self, done=arrived)

    # what a key does to the entry that is shown

    @property
    def call(self) -> CallNow | None:
        """Whom to call at the shown house now: the chosen contact, else whoever answers."""
        house = self._house
        if house is None:
            return None
        chosen = next((c for c in house.contacts if c.id == self._contact_id), None)
        if chosen is not None:
            house = replace(house, contacts=(chosen,), night_phone="")
        return call_now(house, self._desk.clock())

    def do_call(self) -> None:
        """Copy the number to call now."""
        call = self.call
        if call is not None:
            copy_number(self._desk, call.number)

    def do_whatsapp(self) -> None:
        """Open WhatsApp with the desk to call now."""
        call = self.call
        if call is not None and self._house is not None:
            open_whatsapp(self._desk, call.whatsapp or call.number, self._house.country)

    def do_card(self) -> None:
        """Show the desk to call now as a QR code."""
        call = self.call
        if call is not None and self._house is not None and self._bench is not None:
            show_card(self._bench, card_for(self._desk, self._house, call.contact))

    def do_copy(self) -> None:
        """Copy what a colleague needs to call there: house, desk, numbers, hours."""
        house, call = self._house, self.call
        if house is None or call is None:
            return
        words, contact = self._desk.words, call.contact
        lines = [house.name]
        if contact is not None:
            lines.append(" · ".join(p for p in (contact.name, words(contact.desk.label)) if p))
            numbers = ((N_("Telephone"), contact.phone), (N_("WhatsApp"), contact.whatsapp),
                       (NIGHT_NUMBER, contact.night_phone), (N_("Hours there"), contact.hours))  # fmt: skip
        else:
            numbers = ((N_("Telephone"), house.phone), (NIGHT_NUMBER, house.night_phone))  # type: ignore[assignment]
        lines += [words(N_("{label}: {value}"), label=words(label), value=value) for label, value in numbers if value]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._desk.toast(words(N_("Contact copied as text")), undo=False)

    def do_vcards(self) -> None:
        """Save the shown house and its desks for a telephone's address book."""
        if self._house is not None:
            save_vcards(self._desk, self, houses=[self._house.id])

    def do_verify(self) -> None:
        """Say that the desk to call now was right today."""
        call = self.call
        if call is not None and call.contact is not None:
            self._verify(call.contact)
        elif self._house is not None:
            self._verify_house(self._house.id)

    # showing

    def _show_nothing(self) -> None:
        clear(self._box)
        words = self._desk.words
        pane = Pane(self._desk, side="right", name=words(N_("Entry")))
        pane.add(EmptyState(self._desk, icon="contact", sentence=words(N_("Choose an entry to see whom to call."))))
        pane.finish()
        self._box.addWidget(pane)

    def _show(self, house: OrganizationView) -> None:
        self._house = house
        clear(self._box)
        pane = Pane(self._desk, side="right", padding=PANE_PADDING, name=house.name)
        pane.add(self._head(house))
        call = self.call
        if call is not None:
            pane.add(CallSection(self._desk, self._bench, house, call))
        pane.add(self._numbers(house))
        for contact in house.contacts:
            pane.add(self._contact(house, contact))
        pane.add(self._facts(house))
        if house.kind is OrganizationKind.HOSPITAL:
            pane.add(DoctorSection(self._desk, self._bench, house.id))
            pane.add(OwnershipSection(self._desk, self._bench, house.id))
        if house.kind in HAS_PACKAGES:
            pane.add(PackageSection(self._desk, self._bench, house.id, house.kind, country=house.country))
        if house.kind is OrganizationKind.INSURER:
            pane.add(PlanSection(self._desk, self._bench, house.id))
        if house.kind in HAS_PANEL:
            pane.add(PanelSection(self._desk, self._bench, house.id, house.kind))
            pane.add(CreditSection(self._desk, self._bench, house.id, house.kind))
        if house.kind in SCORED:
            pane.add(ScorecardSection(self._desk, house.id))
        pane.add(AgreementsSection(self._desk, house.id))
        pane.add(TargetsSection(self._desk, self._bench, house.id))
        links = house.administrators or house.insurers
        if links or house.kind in (OrganizationKind.INSURER, OrganizationKind.ADMINISTRATOR):
            pane.add(self._links(house))
        pane.finish()
        self._box.addWidget(pane)

    def _head(self, house: OrganizationView) -> QWidget:
        words = self._desk.words
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 8)
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addWidget(Label(house.name, Role.CARD, wrap=True))
        place = ", ".join(p for p in (house.city, house.country) if p)
        names.addWidget(Label(place or words(house.kind.label), Role.SECOND))
        row.addLayout(names, 1)
        menu = QMenu(self)
        menu.addAction(words(N_("Edit this entry")), self.edit)
        menu.addAction(words(N_("New desk")), self.new_desk)
        if house.kind is OrganizationKind.HOSPITAL:
            menu.addAction(words(N_("Hospital group")), self._join)
        if house.kind in (OrganizationKind.INSURER, OrganizationKind.ADMINISTRATOR):
            menu.addAction(words(N_("Administrator and insurer")), self._link)
        menu.addAction(words(N_("Save as vCards…")), self.do_vcards)
        menu.addAction(words(N_("History of this entry")), self.history)
        row.addWidget(menu_button(self._desk.icons, words(N_("More for this entry")), menu))
        return head

    def _numbers(self, house: OrganizationView) -> QWidget:
        words = self._desk.words
        section = Section(words(N_("Switchboard")))
        section.add(self._number(words(N_("Telephone")), house.phone))
        if house.night_phone:
            section.add(self._number(words(N_("Night number")), house.night_phone))
        elif house.kind in AT_NIGHT:
            text = words(N_("No night number is on record. Ask for it before somebody needs it."))
            section.add(
                Marked(self._desk, text, Shape.WARNING, Tone.AMBER, role=Role.SECOND, ground="sunken", wrap=True)
            )
        section.add(checked_mark(self._desk, house.last_verified_on))
        return section

    def _number(self, label: str, number: str) -> QWidget:
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        shown = Label(number or MISSING, Role.BOLD)
        shown.setAccessibleName(f"{label}: {number or MISSING}")
        box.addWidget(shown)
        box.addWidget(Label(label, Role.SECOND, elide=True), 1)
        if number:
            hint = self._desk.words(N_("Copy {number}"), number=number)
            box.addWidget(icon_button(self._desk.icons, "copy", hint, partial(self._copy, number), size=15))
        return row

    def _contact(self, house: OrganizationView, contact: ContactView) -> QWidget:
        words = self._desk.words
        section = Section(upper_first(words(contact.desk.label)), beside=self._desk_doings(contact))
        if contact.name:
            section.add(Label(contact.name, Role.TEXT, elide=True))
        section.add(self._number(words(N_("Telephone")), contact.phone))
        if contact.whatsapp and contact.whatsapp != contact.phone:
            section.add(self._number(words(N_("WhatsApp")), contact.whatsapp))
        if contact.night_phone:
            section.add(self._number(words(N_("Night number")), contact.night_phone))
        shown: tuple[tuple[str, str], ...] = (
            (N_("Hours there"), hours_words(self._desk, contact.hours)),
            (N_("Languages"), spoken_words(self._desk, contact.languages)),
            (N_("Takes requests by"), channel_words(self._desk, contact)),
            (N_("Deposit"), contact.deposit_rule),
            (N_("E-mail"), contact.email),
        )
        for label, value in shown:
            if value:
                # Whole, however long: hours with both clocks do not fit beside their label.
                section.add(
                    Label(words(N_("{label}: {value}"), label=words(label), value=value), Role.SECOND, wrap=True)
                )
        standing = contact_standing(self._desk, contact.hours, zone_of_house(house))
        if standing is not None:
            text, shape, tone = standing_words(self._desk, standing, zone_of_house(house))
            section.add(Marked(self._desk, text, shape, tone, role=Role.SECOND, ground="sunken", wrap=True))
        hour = letter_hour_words(self._desk, house, contact)
        if hour is not None:
            text, shape, tone = hour
            section.add(Marked(self._desk, text, shape, tone, role=Role.SECOND, ground="sunken", wrap=True))
        section.add(self._verified(contact))
        if contact.note:
            section.add(Label(contact.note, Role.SECOND, wrap=True))
        return section

    def _desk_doings(self, contact: ContactView) -> QWidget:
        words, icons = self._desk.words, self._desk.icons
        name = words(contact.desk.label)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for icon, hint, run in (
            ("pencil", N_("Edit {desk}"), partial(self._edit_desk, contact)),
            ("x", N_("Remove {desk}"), partial(self._remove_desk, contact)),
        ):
            row.addWidget(icon_button(icons, icon, words(hint, desk=name), run, size=13))
        return holder

    def _verified(self, contact: ContactView) -> QWidget:
        words = self._desk.words
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 2, 0, 0)
        box.addWidget(checked_mark(self._desk, contact.last_verified_on), 1)
        fresh = contact.last_verified_on == self._desk.today()
        if not fresh:
            button = secondary(self._desk.icons, words(N_("Right today")), partial(self._verify, contact), small=True)
            button.setToolTip(words(N_("Somebody answered at this number today")))
            box.addWidget(button)
        return row

    def _facts(self, house: OrganizationView) -> QWidget:
        words = self._desk.words
        section = Section(words(N_("What to know")))
        known: tuple[tuple[str, str], ...] = (
            (
                N_("Accepts guarantee letters"),
                words(_YES_NO[house.has_credit_arrangement]) if house.kind is OrganizationKind.HOSPITAL else "",
            ),
            (N_("E-mail"), house.email),
            (N_("Accreditation"), house.accreditation),
        )
        for label, value in known:
            if value:
                section.add(
                    Label(words(N_("{label}: {value}"), label=words(label), value=value), Role.SECOND, wrap=True)
                )
        for text in (house.takes_deposit_note, ", ".join(house.specialties), house.address, house.note):
            if text:
                section.add(Label(text, Role.SECOND, wrap=True))
        return section

    def _links(self, house: OrganizationView) -> QWidget:
        words = self._desk.words
        is_insurer = house.kind is OrganizationKind.INSURER
        title = N_("Who decides for it") if is_insurer else N_("Insurers it decides for")
        section = Section(words(title), line=False)
        links = house.administrators if is_insurer else house.insurers
        for each in links:
            section.add(Label(each.name, Role.TEXT))
            section.add(Label(span_words(self._desk, each.valid_from, each.valid_to), Role.SECOND))
        if not links:
            section.add(Label(words(N_("Nobody is linked yet.")), Role.SECOND))
        return section

    # doing

    def _copy(self, number: str) -> None:
        copy_number(self._desk, number)

    def _verify(self, contact: ContactView) -> None:
        self._desk.runner.write(
            N_("Verify a contact"), network.verify_contact, contact.id, owner=self, done=self._verified_today
        )

    def _verify_house(self, key: int) -> None:
        self._desk.runner.write(
            N_("Verify an organisation"), network.verify_organization, key, owner=self, done=self._verified_today
        )

    def _verified_today(self, _changes: object) -> None:
        self._desk.toast(self._desk.words(N_("Marked as verified today")))

    def _remove_desk(self, contact: ContactView) -> None:
        self._desk.runner.write(
            N_("Remove a contact"),
            network.remove_contact,
            contact.id,
            owner=self,
            done=lambda _changes: self._desk.toast(self._desk.words(N_("Contact removed"))),
        )

    def _edit_desk(self, contact: ContactView) -> None:
        bench = self._bench
        if bench is None:
            return

        def arrived(draft: ContactDraft) -> None:
            network_forms.edit_desk(bench, contact.id, contact.version, draft)

        self._desk.runner.read(network.contact_draft, contact.id, owner=self, done=arrived)

    def history(self) -> None:
        """The history of the shown house."""
        if self._house is not None:
            self._desk.go("history", self._house.id, kind="organization")

    def new_desk(self) -> None:
        """A new desk of the shown house."""
        if self._house is not None and self._bench is not None:
            network_forms.new_desk(self._bench, self._house.id)

    def _join(self) -> None:
        if self._house is not None and self._bench is not None:
            join_form(self._bench, self._house.id)

    def _link(self) -> None:
        if self._house is not None and self._bench is not None:
            is_insurer = self._house.kind is OrganizationKind.INSURER
            network_forms.link_other(self._bench, self._house.id, is_insurer=is_insurer)
