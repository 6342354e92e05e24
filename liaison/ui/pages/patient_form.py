"""Forms about people: the patient, the numbers a patient is known by, who stands beside them, an agent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.patients import IdentifierKind
from liaison.domain.people import (
    AgentDraft,
    IdentifierDraft,
    PatientDraft,
    RelatedPersonDraft,
    check_agent,
    check_identifier,
    check_patient,
    check_related_person,
)
from liaison.i18n import N_
from liaison.services import agents, patients
from liaison.services.matching import SimilarPatient, similar_patients
from liaison.ui.desk import Desk
from liaison.ui.pages.hidden_form import stays_hidden
from liaison.ui.pages.lookups import hospital_edit, insurer_choice, record_no
from liaison.ui.pages.short_forms import Bench, offer, offer_again
from liaison.ui.reopening import reopens
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.form import Form, Heading, Row
from liaison.ui.widgets.parts import Marked, clear
from liaison.ui.widgets.shapes import Shape

PERSON_ROWS: tuple[Row, ...] = (
    "full_name",
    "passport_name",
    ("sex", "birth_date"),
    ("phone", "phone_owner"),
    "city",
)
"""What a new case needs of a person; the rest can be added later, in place."""

_MORE_ROWS: tuple[Row, ...] = (
    Heading(text=N_("More about the person")),
    "birth_place",
    "email",
    "address",
    ("nationality", "language"),
    "allergies",
    "is_infectious",
    "note",
)
_KEPT_ALWAYS = ("province", "region", "died_on", "is_provisional")
_LATER = ("birth_place", "email", "address", "nationality", "language", "allergies", "is_infectious", "note")


def person_form(desk: Desk) -> Form[PatientDraft]:
    """The form of a new person, as short as it can be."""
    return Form(desk, PatientDraft, PERSON_ROWS, kept=(*_KEPT_ALWAYS, *_LATER))


@reopens
def edit_patient_form(bench: Bench, patient_id: int, *, version: int, focus: str = "") -> None:
    """Change what is known of a patient."""
    if stays_hidden(bench, N_("Patient details")):
        return
    bench.desk.runner.read(
        patients.patient_draft,
        patient_id,
        owner=bench.drawer,
        done=lambda draft: _patient_form(bench, patient_id, version, draft, focus),
        key="patient form",
    )


def _patient_form(bench: Bench, patient_id: int, version: int, draft: PatientDraft, focus: str) -> None:
    form = Form(bench.desk, PatientDraft, (*PERSON_ROWS, *_MORE_ROWS), kept=_KEPT_ALWAYS)
    form.set(draft)
    today = bench.desk.today()
    pane = offer(
        bench,
        form,
        title=N_("Patient details"),
        action=N_("Edit patient"),
        write=partial(patients.edit_patient, version=version),
        before=(patient_id,),
        said=N_("Saved"),
        look=lambda d: check_patient(d, today=today),
    )
    if focus:
        form.focus(focus)
    else:
        pane.setFocus()


def identifier_form(
    bench: Bench, patient_id: int, *, kind: IdentifierKind | None = None, done: Callable[[Any], object] | None = None
) -> FormPane:
    """A new number of a patient: NIK, passport, card."""
    form = _identifier_form(bench.desk)
    form.set(IdentifierDraft(kind=kind or IdentifierKind.NIK, value=""))
    if kind is None:
        form.editor("kind").set_value(None)
    today = bench.desk.today()
    holder = NumberHolder(bench.desk, form, patient_id)
    return offer(
        bench,
        form,
        beside=holder,
        title=N_("Add a number"),
        action=N_("Add a number"),
        write=patients.add_identifier,
        before=(patient_id,),
        said=N_("Number added"),
        look=lambda d: check_identifier(d, today=today),
        done=done,
    )


class NumberHolder(QWidget):
    """Says while a number is typed that somebody else on record has it, and leads to where the two are compared."""

    def __init__(self, desk: Desk, form: Form[IdentifierDraft], patient_id: int) -> None:
        super().__init__()
        self._desk, self._form, self._patient = desk, form, patient_id
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        form.changed.connect(self.look)

    def look(self) -> None:
        """Who has this number already?"""
        number = str(self._form.editor("value").typed()).strip()
        self._desk.runner.read(_holders, number, self._patient, owner=self, done=self._show, key="holder")

    def _show(self, found: Sequence[SimilarPatient]) -> None:
        desk = self._desk
        clear(self._box)
        for each in found[:2]:
            name = desk.masking.name(each.name, record_no(each.id))
            said = desk.words(N_("{name} has this number already."), name=name)
            self._box.addWidget(Marked(desk, said, Shape.WARNING, Tone.AMBER, role=Role.WARNING, wrap=True))
            compare = partial(desk.go, "merge_persons", self._patient, other=each.id)
            self._box.addWidget(link(desk.icons, desk.words(N_("Compare the two")), compare, icon="users", small=True))


def _holders(session: Any, number: str, patient_id: int) -> list[SimilarPatient]:
    return similar_patients(session, "", number=number, exclude=patient_id)


@reopens
def edit_identifier_form(bench: Bench, identifier_id: int, *, version: int) -> None:
    """Correct a number, or say until when it is valid."""
    if stays_hidden(bench, N_("Change a number")):
        return
    today = bench.desk.today()
    offer_again(
        bench, identifier_id, read=patients.identifier_draft, form=lambda _draft: _identifier_form(bench.desk),
        title=N_("Change a number"), action=N_("Change a number"),
        write=partial(patients.edit_identifier, version=version), look=lambda d: check_identifier(d, today=today),
    )  # fmt: skip


def _identifier_form(desk: Desk) -> Form[IdentifierDraft]:
    rows: tuple[Row, ...] = ("kind", "value", "expires_on", "seen_on", "issued_on", "country", "organization_id")
    return Form(desk, IdentifierDraft, rows, editors={"organization_id": hospital_edit(desk)})


@reopens
def related_form(bench: Bench, patient_id: int) -> FormPane:
    """Somebody beside the patient: spouse, child, companion."""
    form = _related_form(bench.desk)
    form.editor("relation").set_value(None)
    return offer(
        bench,
        form,
        title=N_("Add a family member or companion"),
        action=N_("Add a related person"),
        write=patients.add_related_person,
        before=(patient_id,),
        said=N_("Person added"),
        look=check_related_person,
    )


@reopens
def edit_related_form(bench: Bench, related_id: int, *, version: int) -> None:
    """Change what is known of somebody beside the patient."""
    if stays_hidden(bench, N_("Family member or companion")):
        return
    offer_again(
        bench, related_id, read=patients.related_person_draft, form=lambda _draft: _related_form(bench.desk),
        title=N_("Family member or companion"), action=N_("Edit a related person"),
        write=partial(patients.edit_related_person, version=version), look=check_related_person,
        remove=patients.remove_related_person, removing=N_("Remove a related person"),
    )  # fmt: skip


def _related_form(desk: Desk) -> Form[RelatedPersonDraft]:
    rows: tuple[Row, ...] = (
        "relation",
        "name",
        "phone",
        "is_companion",
        "is_next_of_kin",
        "may_be_told_status",
        "consent_on",
        "note",
    )
    return Form(desk, RelatedPersonDraft, rows, kept=("related_patient_id",))


@reopens
def agent_form(bench: Bench, *, done: Callable[[Any], object] | None = None) -> FormPane:
    """A new agent of an insurer."""
    desk = bench.desk
    rows: tuple[Row, ...] = ("name", "insurer_id", "code", "phone", "email", "city", "note")
    form = Form(desk, AgentDraft, rows, editors={"insurer_id": insurer_choice(desk)})
    return offer(
        bench,
        form,
        title=N_("New agent"),
        action=N_("Add an agent"),
        write=agents.add_agent,
        said=N_("Agent added"),
        look=check_agent,
        done=done,
    )
