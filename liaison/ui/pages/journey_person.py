"""The left side of a case: who it is, the policy, the hospital, the diagnosis, what is confirmed. Edited in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison.domain.facts import FactKind
from liaison.domain.journeys import JourneyKind, PayerPath
from liaison.domain.patients import IdentifierKind
from liaison.domain.policies import PolicyStatus
from liaison.i18n import N_
from liaison.i18n.formats import MISSING
from liaison.services import confirmations, journeys, patients
from liaison.services.confirmations import ConfirmationView
from liaison.services.policies import CoverSummary
from liaison.services.views import IdentifierView, JourneyView, PatientView, RelatedView
from liaison.ui.desk import Desk
from liaison.ui.masking import DOTS
from liaison.ui.pages.confirmations import confirm_form
from liaison.ui.pages.consents_form import consents_form
from liaison.ui.pages.cover_form import edit_cover_form, edit_policy_form, new_cover_form
from liaison.ui.pages.lookups import agent_choice, cover_words, hospital_edit, officer_choice
from liaison.ui.pages.page_parts import FieldFacts, MenuRow, phone_buttons, section
from liaison.ui.pages.patient_form import (
    agent_form,
    edit_identifier_form,
    edit_patient_form,
    edit_related_form,
    identifier_form,
    related_form,
)
from liaison.ui.pages.said import phone_words, relation_words
from liaison.ui.pages.short_forms import Bench
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button, link
from liaison.ui.widgets.date_edit import DateEdit
from liaison.ui.widgets.editors import Choice, Editor, PhoneEdit, TickEdit, code_choices
from liaison.ui.widgets.form import NOT_STATED
from liaison.ui.widgets.in_place import REVEAL_HINT, InPlace, ValueText
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import IconView, Marked, Pane, Section, clear
from liaison.ui.widgets.shapes import Shape

WIDTH, NARROW = 268, 248

_NUMBERS = {
    IdentifierKind.NIK: N_("NIK"),
    IdentifierKind.KK: N_("KK"),
    IdentifierKind.PASSPORT: N_("Passport"),
    IdentifierKind.BPJS: N_("BPJS"),
    IdentifierKind.IHS: N_("IHS"),
    IdentifierKind.MRN: N_("Record no."),
    IdentifierKind.OTHER: N_("Other number"),
}

_POLICY_WARNS = (PolicyStatus.LAPSED, PolicyStatus.TERMINATED, PolicyStatus.GRACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the left side asks of the page: to note a call, a message."""

    call: Callable[[str], object]
    message: Callable[[str], object]


class PersonPane(Pane):
    """Built anew from each view of the case; a fact that is being typed is left alone until it is committed."""

    def __init__(self, desk: Desk, bench: Bench, said: Said) -> None:
        super().__init__(desk, side="left", width=WIDTH, name=desk.words(N_("Person, policy and hospital")))
        self._desk = desk
        self._bench = bench
        self._said = said
        self._waiting: JourneyView | None = None

    def show_case(self, case: JourneyView) -> None:
        """Show a case."""
        if any(fact.editor is not None for fact in self.findChildren(InPlace)):
            self._waiting = case
            return
        focus = self.focusWidget().objectName() if self.isAncestorOf(_focus(self)) else ""
        place = self.area.verticalScrollBar().value()
        clear(self.body)
        for made in (
            self._person(case),
            *self._policies(case),
            self._hospital(case),
            self._diagnosis(case),
            self._case(case),
            self._confirmed(case),
        ):
            self.add(made)
        self.finish()
        self.area.verticalScrollBar().setValue(place)
        again = self.findChild(QWidget, focus) if focus else None
        if isinstance(again, QWidget):
            again.setFocus()

    def settle(self) -> None:
        """Nothing is being typed any more: show what came meanwhile."""
        if self._waiting is not None:
            case, self._waiting = self._waiting, None
            self.show_case(case)

    # who

    def _person(self, case: JourneyView) -> Section:
        _, desk, person = self._desk.words, self._desk, case.patient
        made = section(desk, N_("Person"), self._person_menu(case), icon="ellipsis")
        facts = FieldFacts(desk, "patient", person.id, person.version, owner=self)
        hidden = desk.masking.on
        name = desk.masking.name(person.passport_name or person.full_name, case.case_no)
        shown = name if hidden or not person.passport_name else name.upper()
        made.add(
            facts.alone("passport_name", N_("Name as on the passport"), shown, person.passport_name, role=Role.STRONG)
        )
        made.add(Label(_(_name_source(case)), Role.SECOND))
        if person.passport_name and person.passport_name.casefold() != person.full_name.casefold() and not hidden:
            facts.add("full_name", N_("Name as on the KTP"), person.full_name, person.full_name)
        for number in person.identifiers:
            facts.facts.add_widget(_(_NUMBERS[number.kind]), self._number(number))
        if person.birth_date is not None:
            date = desk.formats.date(person.birth_date)
            facts.add("birth_date", N_("Born"), date if not hidden else MISSING, person.birth_date, make=self._date)
        made.add(facts.facts)
        made.add(self._phone(facts, person.phone))
        for related in person.related:
            made.add(self._related(related, person))
        return made

    def _person_menu(self, case: JourneyView) -> list[MenuRow]:
        _, bench, person = self._desk.words, self._bench, case.patient
        rows: list[MenuRow] = [
            (_(N_("Edit the person…")), partial(edit_patient_form, bench, person.id, version=person.version)),
            (_(N_("Add a number…")), partial(identifier_form, bench, person.id)),
            (_(N_("Add a family member or companion…")), partial(related_form, bench, person.id)),
        ]
        if person.identifiers or person.related:
            rows.append(None)
        for number in person.identifiers:
            words = _(N_("Change: {what}…"), what=_(_NUMBERS[number.kind]))
            rows.append((words, partial(edit_identifier_form, bench, number.id, version=number.version)))
        for related in person.related:
            name = self._desk.masking.name(related.name, str(related.id))
            edit = partial(edit_related_form, bench, related.id, version=related.version)
            rows.append((_(N_("Change: {what}…"), what=name), edit))
        for number in person.identifiers:
            words = _(N_("Remove: {what}"), what=_(_NUMBERS[number.kind]))
            rows.append((words, partial(self._remove, patients.remove_identifier, number.id)))
        return rows

    def _remove(self, function: Callable[..., object], record: int) -> None:
        done = partial(self._desk.toast, self._desk.words(N_("Removed")))
        self._desk.runner.write(N_("Remove a number"), function, record, owner=self, done=lambda _: done())

    def _number(self, number: IdentifierView) -> ValueText:
        """A number hides behind dots until it is pressed; never while people are hidden."""
        desk = self._desk
        until = ""
        if number.expires_on is not None:
            until = desk.words(N_(", to {day}"), day=number.expires_on)
        hidden = f"{DOTS} {number.value[-4:]}" + until
        shown = ValueText(desk, hidden, name=desk.words(_NUMBERS[number.kind]), right=True)
        shown.setAccessibleDescription(desk.words(REVEAL_HINT))
        shown.setObjectName(f"identifier.{number.id}")

        def switch() -> None:
            if desk.masking.on:
                return
            open_now = shown.text() != hidden
            shown.show_text(hidden if open_now else number.value + until)

        shown.clicked.connect(switch)
        return shown

    def _phone(self, facts: FieldFacts, phone: str) -> QWidget:
        desk = self._desk
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4, 0, 0)
        shown = desk.masking.number(phone_words(phone)) if phone else desk.words(N_("no number yet"))
        fact = facts.alone("phone", N_("Telephone"), shown, phone, make=lambda: PhoneEdit(desk), role=Role.STRONG)
        row.addWidget(fact, 1)
        if phone:
            row.addWidget(
                phone_buttons(desk, phone, called=partial(self._said.call, ""), written=partial(self._said.message, ""))
            )
        return holder

    def _related(self, related: RelatedView, patient: PatientView) -> Label:
        desk = self._desk
        _ = desk.words
        parts = [desk.masking.name(related.name, str(related.id)), relation_words(_, related.relation, patient.sex)]
        line = ", ".join(parts)
        tells = N_("may be told the status") if related.may_be_told_status else N_("not to be told")
        more = [_(tells)]
        if related.is_companion:
            more.insert(0, _(N_("travels along")))
        if related.phone:
            more.append(desk.masking.number(phone_words(related.phone)))
        return Label(" · ".join((line, *more)), Role.SECOND, wrap=True)

    # the policy

    def _policies(self, case: JourneyView) -> list[Section]:
        _, desk = self._desk.words, self._desk
        made = section(desk, N_("Policy"), self._policy_menu(case), icon="ellipsis")
        if case.cover is not None:
            self._cover(made, case.cover, case)
        elif case.covers:
            made.add(Label(_(N_("No policy chosen for this case yet")), Role.SECOND, wrap=True))
            for cover in case.covers:
                choose = partial(self._choose, case.id, cover.id)
                made.add(link(desk.icons, _(N_("Choose {cover}"), cover=cover_words(desk, cover)), choose, small=True))
        else:
            made.add(Label(_(N_("No policy on record")), Role.SECOND))
            made.add(link(desk.icons, _(N_("Add a policy")), partial(new_cover_form, self._bench, case.patient.id),
                          icon="plus", small=True))  # fmt: skip
        return [made]

    def _cover(self, made: Section, cover: CoverSummary, case: JourneyView) -> None:
        _, desk = self._desk.words, self._desk
        made.add(Label(cover.insurer or _(N_("insurer not stated")), Role.STRONG, elide=True))
        second = " · ".join(part for part in (cover.product, cover.administrator) if part)
        if second:
            made.add(Label(second, Role.SECOND, elide=True))
        if cover.status in _POLICY_WARNS:
            made.add(Marked(desk, _(cover.status.label), Shape.WARNING, Tone.AMBER, role=Role.WARNING))
        facts = FieldFacts(desk, "cover", cover.id, cover.version, owner=self)
        for number, label in ((cover.policy_no, N_("Policy number")), (cover.member_no, N_("Member number"))):
            if number:
                facts.facts.add_widget(_(label), self._hidden(label, number))
        if cover.name_on_policy and cover.name_on_policy.casefold() != case.patient.full_name.casefold():
            name = desk.masking.name(cover.name_on_policy, case.case_no)
            facts.add("name_on_policy", N_("Name on policy"), name, cover.name_on_policy)
        if cover.valid_to is not None:
            until = desk.formats.date(cover.valid_to)
            facts.add("valid_to", N_("Valid to"), until, cover.valid_to, make=self._date)
        if cover.room_class:
            facts.add("room_class", N_("Room"), cover.room_class, cover.room_class)
        if cover.annual_limit_left is not None:
            facts.facts.add(_(N_("Annual limit left")), desk.formats.money(cover.annual_limit_left))
        made.add(facts.facts)
        others = len(case.covers) - 1
        if others:
            made.add(Label(_.plural("and {count} more policy", "and {count} more policies", others), Role.SECOND))

    def _hidden(self, label: str, number: str) -> ValueText:
        desk = self._desk
        dots = f"{DOTS} {number[-4:]}"
        shown = ValueText(desk, dots, name=desk.words(label), right=True)
        shown.setAccessibleDescription(desk.words(REVEAL_HINT))

        def switch() -> None:
            if not desk.masking.on:
                shown.show_text(dots if shown.text() == number else number)

        shown.clicked.connect(switch)
        return shown

    def _policy_menu(self, case: JourneyView) -> list[MenuRow]:
        _, bench = self._desk.words, self._bench
        rows: list[MenuRow] = [(_(N_("Add a policy…")), partial(new_cover_form, bench, case.patient.id))]
        if case.cover is not None:
            cover = case.cover
            rows += [
                (_(N_("Change the cover…")), partial(edit_cover_form, bench, cover.id, version=cover.version)),
                (
                    _(N_("Change the policy…")),
                    partial(edit_policy_form, bench, cover.policy_id, version=cover.policy_version),
                ),
            ]
        others = [c for c in case.covers if case.cover is None or c.id != case.cover.id]
        if others:
            rows.append(None)
        for cover in others:
            words = _(N_("Choose {cover}"), cover=cover_words(self._desk, cover))
            rows.append((words, partial(self._choose, case.id, cover.id)))
        return rows

    def _choose(self, journey_id: int, cover_id: int) -> None:
        said = self._desk.words(N_("Policy chosen"))
        self._desk.runner.write(
            N_("Choose the policy"), journeys.choose_cover, journey_id, cover_id, owner=self,
            done=lambda _: self._desk.toast(said),
        )  # fmt: skip

    # the hospital

    def _hospital(self, case: JourneyView) -> Section:
        _, desk = self._desk.words, self._desk
        rows: list[MenuRow] = []
        if case.hospital is not None:
            rows.append((_(N_("Open its card")), partial(desk.go, "network", case.hospital.id)))
        made = section(desk, N_("Hospital"), rows, icon="ellipsis")
        facts = FieldFacts(desk, "journey", case.id, case.version, owner=self)
        house = case.hospital
        title = _(N_("not chosen yet")) if house is None else ", ".join(p for p in (house.name, house.city) if p)
        house_id = None if house is None else house.id
        edit: Callable[[], Editor] = lambda: hospital_edit(desk)  # noqa: E731
        role = Role.STRONG if house else Role.SECOND
        made.add(facts.alone("hospital_id", N_("Hospital"), title, house_id, make=edit, role=role))
        facts.add("doctor", N_("Doctor"), case.doctor, case.doctor)
        facts.add("room_class", N_("Room"), case.room_class, case.room_class)
        facts.add("mrn", N_("Record no."), desk.masking.number(case.mrn), case.mrn)
        facts.add("hospital_ref", N_("Their reference"), case.hospital_ref, case.hospital_ref)
        made.add(facts.facts)
        if house is not None:
            self._desk_line(made, house.desk.phone if house.desk else house.phone, case)
        return made

    def _desk_line(self, made: Section, phone: str, case: JourneyView) -> None:
        _, desk, house = self._desk.words, self._desk, case.hospital
        if not phone or house is None:
            return
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(Label(phone_words(phone), Role.STRONG), 1)
        called, written = partial(self._said.call, house.name), partial(self._said.message, house.name)
        row.addWidget(phone_buttons(desk, phone, called=called, written=written))
        made.add(holder)
        if house.desk is not None:
            parts = [_(house.desk.desk.label), house.desk.name, house.desk.hours]
            made.add(Label(", ".join(part for part in parts if part), Role.SECOND, wrap=True))
            if house.desk.night_phone:
                made.add(Label(_(N_("at night {phone}"), phone=house.desk.night_phone), Role.SECOND))

    # the diagnosis and the case itself

    def _diagnosis(self, case: JourneyView) -> Section:
        _, desk = self._desk.words, self._desk
        made = section(desk, N_("Diagnosis"))
        facts = FieldFacts(desk, "journey", case.id, case.version, owner=self)
        text = " ".join(part for part in (case.diagnosis_code, case.diagnosis) if part)
        if case.is_restricted or desk.masking.on:
            made.add(self._locked(_(N_("Restricted diagnosis")), text))
        else:
            role = Role.STRONG if case.diagnosis else Role.SECOND
            made.add(facts.alone("diagnosis", N_("Diagnosis"), text or _(N_("not known yet")), case.diagnosis,
                                 role=role, lines=3))  # fmt: skip
            facts.add("diagnosis_code", N_("ICD-10"), case.diagnosis_code, case.diagnosis_code)
        facts.add("procedure", N_("Procedure"), desk.masking.text(case.procedure), case.procedure)
        restricted = _(N_("yes")) if case.is_restricted else _(N_("no"))
        words = _(N_("Restricted"))
        facts.add("is_restricted", N_("Restricted"), restricted, case.is_restricted, make=lambda: TickEdit(desk, words))
        made.add(facts.facts)
        if case.clinical_note:
            made.add(self._locked(_(N_("Clinical note")), case.clinical_note))
        return made

    def _locked(self, label: str, text: str) -> QWidget:
        """A text behind a lock: shown when pressed, hidden again by pressing."""
        desk = self._desk
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(7)
        row.addWidget(IconView(desk, "lock", token="ink3", size=14))
        closed = desk.words(N_("{what}, locked"), what=label)
        shown = ValueText(desk, closed, name=label, role=Role.SECOND, lines=8)

        def switch() -> None:
            if not desk.masking.on:
                shown.show_text(closed if shown.text() != closed else text)

        shown.clicked.connect(switch)
        row.addWidget(shown, 1)
        return holder

    def _case(self, case: JourneyView) -> Section:
        _, desk = self._desk.words, self._desk
        agent: MenuRow = (_(N_("New agent…")), partial(agent_form, self._bench))
        made = section(desk, N_("Case"), [agent], icon="ellipsis")
        facts = FieldFacts(desk, "journey", case.id, case.version, owner=self)
        need = desk.masking.text(case.need) or _(N_("what is asked for is not written down yet"))
        made.add(facts.alone("need", N_("What is asked for"), need, case.need, lines=4,
                             role=Role.TEXT if case.need else Role.SECOND))  # fmt: skip
        kind = _(case.kind.label)
        facts.add("kind", N_("Kind"), kind, case.kind, make=lambda: Choice(desk, code_choices(desk, JourneyKind)))
        payer = _(case.payer_path.label) if case.payer_path else ""
        none = _(NOT_STATED)
        facts.add("payer_path", N_("Payer"), payer, case.payer_path,
                  make=lambda: Choice(desk, code_choices(desk, PayerPath), none=none))  # fmt: skip
        for field, label, day in (
            ("planned_admission_on", N_("Planned admission"), case.planned_admission_on),
            ("planned_return_on", N_("Planned return"), case.planned_return_on),
        ):
            facts.add(field, label, "" if day is None else desk.formats.date(day), day, make=self._date)
        facts.add("insurer_ref", N_("Insurer's ref."), case.insurer_ref, case.insurer_ref)
        facts.add("specialty", N_("Specialty"), case.specialty, case.specialty)
        facts.add("origin_city", N_("Comes from"), case.origin_city, case.origin_city)
        facts.add("officer_id", N_("Officer"), case.officer, case.officer_id, make=lambda: officer_choice(desk))
        name = case.agent.name if case.agent else ""
        agent_id = case.agent.id if case.agent else None
        facts.add("agent_id", N_("Agent"), name, agent_id, make=lambda: agent_choice(desk))
        facts.said(N_("Came through"), _(case.source_channel.label))
        facts.facts.add(_(N_("Opened")), desk.formats.date(case.opened_on))
        made.add(facts.facts)
        for other in case.links:
            words = _(other.link.label) if other.link else _(N_("linked case"))
            made.add(link(desk.icons, f"{other.case_no} · {words}", partial(desk.go, "journey", other.id), small=True))
        return made

    def _date(self) -> Editor:
        return DateEdit(self._desk)

    # what is confirmed

    def _confirmed(self, case: JourneyView) -> Section:
        _, desk = self._desk.words, self._desk
        rows: list[MenuRow] = [
            (_(N_("Several consents of one form…")), partial(consents_form, self._bench, case.id)),
            None,
        ]
        rows += [(_(kind.label), partial(confirm_form, self._bench, case.id, kind)) for kind in FactKind]
        made = section(desk, N_("Confirmed"), rows, line=False)
        if not case.confirmations:
            made.add(Label(_(N_("Nothing confirmed yet")), Role.SECOND))
        for fact in case.confirmations:
            made.add(self._fact(fact))
        return made

    def _fact(self, fact: ConfirmationView) -> QWidget:
        _, desk = self._desk.words, self._desk
        withdrawn = fact.withdrawn_on is not None
        day = desk.formats.short_date(fact.stated_on)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        shape, tone = (Shape.CLOSED, Tone.GREY) if withdrawn else (Shape.DONE, Tone.GREEN)
        words = _(N_("{fact}, withdrawn"), fact=_(fact.kind.label)) if withdrawn else _(fact.kind.label)
        marked = Marked(desk, words[:1].upper() + words[1:], shape, tone)
        details = [desk.formats.date(fact.stated_on), fact.given_by, fact.source, fact.note, fact.officer]
        marked.setToolTip("\n".join(part for part in details if part))
        row.addWidget(marked, 1)
        row.addWidget(Label(day, Role.SECOND))
        if not withdrawn:
            hint = _(N_("Withdraw: {what}"), what=_(fact.kind.label))
            row.addWidget(icon_button(desk.icons, "x", hint, partial(self._withdraw, fact), size=12))
        return holder

    def _withdraw(self, fact: ConfirmationView) -> None:
        said = self._desk.words(N_("Withdrawn"))
        self._desk.runner.write(
            N_("Withdraw a confirmed fact"),
            partial(confirmations.withdraw_confirmation, version=fact.version),
            fact.id,
            owner=self,
            done=lambda _: self._desk.toast(said),
        )


def _name_source(case: JourneyView) -> str:
    return N_("name as in the passport") if case.patient.passport_name else N_("name as first heard or on the KTP")


def _focus(widget: QWidget) -> QWidget:
    from PySide6.QtWidgets import QApplication

    return QApplication.focusWidget() or widget.window()
