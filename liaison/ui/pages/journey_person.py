"""The left side of a case: who it is, and the policy it goes by. Facts are edited where they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison.domain.identifiers import phone_shown
from liaison.domain.patients import IdentifierKind
from liaison.domain.policies import PolicyStatus
from liaison.i18n import N_
from liaison.i18n.formats import MISSING
from liaison.services import journeys, patients
from liaison.services.policies import CoverSummary
from liaison.services.views import IdentifierView, JourneyView, PatientView, RelatedView
from liaison.ui.desk import Desk
from liaison.ui.masking import DOTS
from liaison.ui.pages.cover_form import edit_cover_form, edit_policy_form, new_cover_form
from liaison.ui.pages.lookups import cover_words
from liaison.ui.pages.page_parts import FieldFacts, MenuRow, phone_buttons, section
from liaison.ui.pages.patient_form import (
    edit_identifier_form,
    edit_patient_form,
    edit_related_form,
    identifier_form,
    related_form,
)
from liaison.ui.pages.said import relation_words
from liaison.ui.pages.short_forms import Bench
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.date_edit import DateEdit
from liaison.ui.widgets.editors import PhoneEdit
from liaison.ui.widgets.in_place import REVEAL_HINT, ValueText
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked, Section
from liaison.ui.widgets.shapes import Shape

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
class LeftSide:
    """What the sections of the left side are built with. ``call`` and ``message`` ready the note line."""

    desk: Desk
    bench: Bench
    owner: QObject
    call: Callable[[str], object]
    message: Callable[[str], object]


# the person


def person_section(on: LeftSide, case: JourneyView) -> Section:
    """Names kept apart, numbers behind dots, the telephone with its owner, who stands beside."""
    _, desk, person = on.desk.words, on.desk, case.patient
    made = section(desk, N_("Person"), _person_menu(on, case), icon="ellipsis")
    facts = FieldFacts(desk, "patient", person.id, person.version, owner=on.owner)
    hidden = desk.masking.on
    name = desk.masking.name(person.passport_name or person.full_name, case.case_no)
    shown = name if hidden or not person.passport_name else name.upper()
    made.add(facts.alone("passport_name", N_("Name as on the passport"), shown, person.passport_name, role=Role.STRONG))
    made.add(Label(_(_name_source(case)), Role.SECOND, wrap=True))
    if person.passport_name and person.passport_name.casefold() != person.full_name.casefold() and not hidden:
        facts.add("full_name", N_("Name as on the KTP"), person.full_name, person.full_name)
    for number in person.identifiers:
        facts.facts.add_widget(_(_NUMBERS[number.kind]), _number(on, number))
    if person.birth_date is not None:
        date = desk.formats.date(person.birth_date)
        facts.add(
            "birth_date", N_("Born"), date if not hidden else MISSING, person.birth_date, make=partial(DateEdit, desk)
        )
    made.add(facts.facts)
    made.add(_phone(on, facts, person.phone))
    for related in person.related:
        made.add(_related(on, related, person))
    return made


def _person_menu(on: LeftSide, case: JourneyView) -> list[MenuRow]:
    _, bench, person = on.desk.words, on.bench, case.patient
    rows: list[MenuRow] = [
        (_(N_("Edit the person…")), partial(edit_patient_form, bench, person.id, version=person.version)),
        (_(N_("Add a number…")), partial(identifier_form, bench, person.id)),
        (_(N_("Add a family member or companion…")), partial(related_form, bench, person.id)),
    ]
    rows += [
        None,
        (_(N_("The same person as…")), partial(on.desk.go, "merge_persons", person.id)),
        (_(N_("Own copy, and erasure…")), partial(on.desk.go, "person_rights", person.id)),
    ]
    if person.identifiers or person.related:
        rows.append(None)
    for number in person.identifiers:
        words = _(N_("Change: {what}…"), what=_(_NUMBERS[number.kind]))
        rows.append((words, partial(edit_identifier_form, bench, number.id, version=number.version)))
    for related in person.related:
        name = on.desk.masking.name(related.name, str(related.id))
        edit = partial(edit_related_form, bench, related.id, version=related.version)
        rows.append((_(N_("Change: {what}…"), what=name), edit))
    for number in person.identifiers:
        words = _(N_("Remove: {what}"), what=_(_NUMBERS[number.kind]))
        rows.append((words, partial(_remove, on, patients.remove_identifier, number.id)))
    return rows


def _remove(on: LeftSide, function: Callable[..., object], record: int) -> None:
    done = partial(on.desk.toast, on.desk.words(N_("Removed")))
    on.desk.runner.write(N_("Remove a number"), function, record, owner=on.owner, done=lambda _: done())


def _number(on: LeftSide, number: IdentifierView) -> ValueText:
    """A number hides behind dots until it is pressed; never while people are hidden."""
    desk = on.desk
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


def _phone(on: LeftSide, facts: FieldFacts, phone: str) -> QWidget:
    desk = on.desk
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 4, 0, 0)
    shown = desk.masking.number(phone_shown(phone)) if phone else desk.words(N_("no number yet"))
    fact = facts.alone("phone", N_("Telephone"), shown, phone, make=lambda: PhoneEdit(desk), role=Role.STRONG)
    row.addWidget(fact, 1)
    if phone:
        row.addWidget(phone_buttons(desk, phone, called=partial(on.call, ""), written=partial(on.message, "")))
    return holder


def _related(on: LeftSide, related: RelatedView, patient: PatientView) -> Label:
    desk = on.desk
    _ = desk.words
    parts = [desk.masking.name(related.name, str(related.id)), relation_words(_, related.relation, patient.sex)]
    line = ", ".join(parts)
    tells = N_("may be told the status") if related.may_be_told_status else N_("not to be told")
    more = [_(tells)]
    if related.is_companion:
        more.insert(0, _(N_("travels along")))
    if related.phone:
        more.append(desk.masking.number(phone_shown(related.phone)))
    return Label(" · ".join((line, *more)), Role.SECOND, wrap=True)


# the policy


def policy_section(on: LeftSide, case: JourneyView) -> Section:
    """The cover this case goes by; where there are several, none is chosen for the officer."""
    _, desk = on.desk.words, on.desk
    made = section(desk, N_("Policy"), _policy_menu(on, case), icon="ellipsis")
    if case.cover is not None:
        _cover(on, made, case.cover, case)
    elif case.covers:
        made.add(Label(_(N_("No policy chosen for this case yet")), Role.SECOND, wrap=True))
        for cover in case.covers:
            choose = partial(_choose, on, case.id, cover.id)
            button = link(desk.icons, _(N_("Choose {cover}"), cover=cover_words(desk, cover)), choose, small=True)
            button.setObjectName(f"cover.{cover.id}")
            made.add(button)
    else:
        made.add(Label(_(N_("No policy on record")), Role.SECOND))
        made.add(link(desk.icons, _(N_("Add a policy")), partial(new_cover_form, on.bench, case.patient.id),
                      icon="plus", small=True))  # fmt: skip
    return made


def _cover(on: LeftSide, made: Section, cover: CoverSummary, case: JourneyView) -> None:
    _, desk = on.desk.words, on.desk
    made.add(Label(cover.insurer or _(N_("insurer not stated")), Role.STRONG, elide=True))
    second = " · ".join(part for part in (cover.product, cover.administrator) if part)
    if second:
        made.add(Label(second, Role.SECOND, elide=True))
    if cover.status in _POLICY_WARNS:
        made.add(Marked(desk, _(cover.status.label), Shape.WARNING, Tone.AMBER, role=Role.WARNING))
    facts = FieldFacts(desk, "cover", cover.id, cover.version, owner=on.owner)
    for number, label in ((cover.policy_no, N_("Policy number")), (cover.member_no, N_("Member number"))):
        if number:
            facts.facts.add_widget(_(label), _hidden(on, label, number))
    if cover.name_on_policy and cover.name_on_policy.casefold() != case.patient.full_name.casefold():
        name = desk.masking.name(cover.name_on_policy, case.case_no)
        facts.add("name_on_policy", N_("Name on policy"), name, cover.name_on_policy)
    if cover.valid_to is not None:
        until = desk.formats.date(cover.valid_to)
        facts.add("valid_to", N_("Valid to"), until, cover.valid_to, make=partial(DateEdit, desk))
    if cover.room_class:
        facts.add("room_class", N_("Room"), cover.room_class, cover.room_class)
    if cover.annual_limit_left is not None:
        facts.facts.add(_(N_("Annual limit left")), desk.formats.money(cover.annual_limit_left))
    made.add(facts.facts)
    others = len(case.covers) - 1
    if others:
        made.add(Label(_.plural("and {count} more policy", "and {count} more policies", others), Role.SECOND))


def _hidden(on: LeftSide, label: str, number: str) -> ValueText:
    desk = on.desk
    dots = f"{DOTS} {number[-4:]}"
    shown = ValueText(desk, dots, name=desk.words(label), right=True)
    shown.setAccessibleDescription(desk.words(REVEAL_HINT))

    def switch() -> None:
        if not desk.masking.on:
            shown.show_text(dots if shown.text() == number else number)

    shown.clicked.connect(switch)
    return shown


def _policy_menu(on: LeftSide, case: JourneyView) -> list[MenuRow]:
    _, bench = on.desk.words, on.bench
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
        words = _(N_("Choose {cover}"), cover=cover_words(on.desk, cover))
        rows.append((words, partial(_choose, on, case.id, cover.id)))
    return rows


def _choose(on: LeftSide, journey_id: int, cover_id: int) -> None:
    said = on.desk.words(N_("Policy chosen"))
    on.desk.runner.write(
        N_("Choose the policy"), journeys.choose_cover, journey_id, cover_id, owner=on.owner,
        done=lambda _: on.desk.toast(said),
    )  # fmt: skip


def _name_source(case: JourneyView) -> str:
    return N_("name as in the passport") if case.patient.passport_name else N_("name as first heard or on the KTP")
