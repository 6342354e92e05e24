"""The left side of a case, further down: hospital, diagnosis, the case itself, and what is confirmed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison.domain.facts import FactKind
from liaison.domain.identifiers import phone_shown
from liaison.domain.journeys import JourneyKind, PayerPath
from liaison.i18n import N_, upper_first
from liaison.services import confirmations
from liaison.services.confirmations import ConfirmationView
from liaison.services.views import JourneyView
from liaison.ui.desk import Desk
from liaison.ui.pages.calling import hours_words
from liaison.ui.pages.confirmations import confirm_form
from liaison.ui.pages.consents_form import consents_form
from liaison.ui.pages.journey_person import LeftSide, person_section, policy_section
from liaison.ui.pages.lookups import agent_choice, hospital_edit, officer_choice
from liaison.ui.pages.page_parts import FactPane, FieldFacts, MenuRow, phone_buttons, section
from liaison.ui.pages.patient_form import agent_form
from liaison.ui.pages.short_forms import Bench
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button, link
from liaison.ui.widgets.date_edit import DateEdit
from liaison.ui.widgets.editors import Choice, Editor, TickEdit, code_choices
from liaison.ui.widgets.form import NOT_STATED
from liaison.ui.widgets.in_place import ValueText
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import IconView, Marked, Section
from liaison.ui.widgets.shapes import Shape

WIDTH, NARROW = 268, 248

_SHOWN = (
    "patient", "cover", "covers", "hospital", "confirmations", "links", "agent", "officer_id", "kind", "payer_path",
    "need", "specialty", "room_class", "doctor", "mrn", "hospital_ref", "insurer_ref", "diagnosis_code", "diagnosis",
    "procedure", "clinical_note", "is_restricted", "origin_city", "planned_admission_on", "planned_return_on",
)  # fmt: skip
"""What of a case the left side shows."""

Ready = Callable[[str], object]


class CasePane(FactPane):
    """The whole left side, built anew from each view of the case."""

    def __init__(self, desk: Desk, bench: Bench, *, call: Ready, message: Ready) -> None:
        super().__init__(desk, side="left", width=WIDTH, name=desk.words(N_("Person, policy and hospital")))
        self._shown: tuple[object, ...] = ()
        self._on = LeftSide(desk=desk, bench=bench, owner=self, call=call, message=message)

    def show_case(self, case: JourneyView) -> None:
        """Show a case; where nothing of the left side changed, it stays as it stands."""
        on, shown = self._on, tuple(getattr(case, name) for name in _SHOWN)
        if shown == self._shown:
            return
        self._shown = shown
        self.fill(
            lambda: (
                person_section(on, case),
                policy_section(on, case),
                hospital_section(on, case),
                diagnosis_section(on, case),
                case_section(on, case),
                confirmed_section(on, case),
            )
        )


# the hospital


def hospital_section(on: LeftSide, case: JourneyView) -> Section:
    """Where the patient is treated, and the desk to call there."""
    _, desk = on.desk.words, on.desk
    rows: list[MenuRow] = []
    if case.hospital is not None:
        rows.append((_(N_("Open its card")), partial(desk.go, "network", case.hospital.id)))
    made = section(desk, N_("Hospital"), rows, icon="ellipsis")
    facts = FieldFacts(desk, "journey", case.id, case.version, owner=on.owner)
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
        _desk_line(on, made, house.desk.phone if house.desk else house.phone, case)
    return made


def _desk_line(on: LeftSide, made: Section, phone: str, case: JourneyView) -> None:
    _, desk, house = on.desk.words, on.desk, case.hospital
    if not phone or house is None:
        return
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 4, 0, 0)
    row.addWidget(Label(phone_shown(phone), Role.STRONG), 1)
    called, written = partial(on.call, house.name), partial(on.message, house.name)
    row.addWidget(phone_buttons(desk, phone, called=called, written=written))
    made.add(holder)
    if house.desk is not None:
        parts = [_(house.desk.desk.label), house.desk.name, hours_words(desk, house.desk.hours)]
        made.add(Label(", ".join(part for part in parts if part), Role.SECOND, wrap=True))
        if house.desk.night_phone:
            made.add(Label(_(N_("at night {phone}"), phone=house.desk.night_phone), Role.SECOND, wrap=True))


# the diagnosis and the case itself


def diagnosis_section(on: LeftSide, case: JourneyView) -> Section:
    """What is known of the illness; what is restricted or clinical stays behind a lock."""
    _, desk = on.desk.words, on.desk
    made = section(desk, N_("Diagnosis"))
    facts = FieldFacts(desk, "journey", case.id, case.version, owner=on.owner)
    text = " ".join(part for part in (case.diagnosis_code, case.diagnosis) if part)
    if case.hides_diagnosis or desk.masking.on:
        made.add(_locked(on, _(N_("Restricted diagnosis")), text))
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
        made.add(_locked(on, _(N_("Clinical note")), case.clinical_note))
    return made


def _locked(on: LeftSide, label: str, text: str) -> QWidget:
    """A text behind a lock: shown when pressed, hidden again by pressing."""
    desk = on.desk
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


def case_section(on: LeftSide, case: JourneyView) -> Section:
    """What is asked for, who pays, the planned days, who looks after it, linked cases."""
    _, desk = on.desk.words, on.desk
    agent: MenuRow = (_(N_("New agent…")), partial(agent_form, on.bench))
    made = section(desk, N_("Case"), [agent], icon="ellipsis")
    facts = FieldFacts(desk, "journey", case.id, case.version, owner=on.owner)
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
        facts.add(field, label, "" if day is None else desk.formats.date(day), day, make=partial(DateEdit, desk))
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


# what is confirmed


def confirmed_section(on: LeftSide, case: JourneyView) -> Section:
    """Every dated fact with the way to withdraw it, and the menu of those that can be confirmed."""
    _, desk = on.desk.words, on.desk
    rows: list[MenuRow] = [
        (_(N_("Several consents of one form…")), partial(consents_form, on.bench, case.id)),
        None,
    ]
    rows += [(_(kind.label), partial(confirm_form, on.bench, case.id, kind)) for kind in FactKind]
    made = section(desk, N_("Confirmed"), rows, line=False)
    if not case.confirmations:
        made.add(Label(_(N_("Nothing confirmed yet")), Role.SECOND))
    for fact in case.confirmations:
        made.add(_fact(on, fact))
    return made


def _fact(on: LeftSide, fact: ConfirmationView) -> QWidget:
    _, desk = on.desk.words, on.desk
    withdrawn = fact.withdrawn_on is not None
    day = desk.formats.short_date(fact.stated_on)
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    shape, tone = (Shape.CLOSED, Tone.GREY) if withdrawn else (Shape.DONE, Tone.GREEN)
    words = _(N_("{fact}, withdrawn"), fact=_(fact.kind.label)) if withdrawn else _(fact.kind.label)
    marked = Marked(desk, upper_first(words), shape, tone)
    details = [desk.formats.date(fact.stated_on), fact.given_by, fact.source, fact.note, fact.officer]
    marked.setToolTip("\n".join(part for part in details if part))
    row.addWidget(marked, 1)
    row.addWidget(Label(day, Role.SECOND))
    if not withdrawn:
        hint = _(N_("Withdraw: {what}"), what=_(fact.kind.label))
        button = icon_button(desk.icons, "x", hint, partial(_withdraw, on, fact), size=12)
        button.setObjectName(f"withdraw.{fact.id}")
        button.setProperty("scale", "help")
        row.addWidget(button)
    return holder


def _withdraw(on: LeftSide, fact: ConfirmationView) -> None:
    said = on.desk.words(N_("Withdrawn"))
    on.desk.runner.write(
        N_("Withdraw a confirmed fact"),
        partial(confirmations.withdraw_confirmation, version=fact.version),
        fact.id,
        owner=on.owner,
        done=lambda _: on.desk.toast(said),
    )
