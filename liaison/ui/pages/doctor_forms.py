"""Forms of a doctor: who it is, the hours at a hospital, an absence, and the next free time as somebody told it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from liaison.domain.doctors import (
    AbsenceDraft,
    DoctorDraft,
    DoctorPlaceDraft,
    NewDoctorDraft,
    NextSlotDraft,
    check_absence,
    check_doctor,
    check_place,
    check_slot,
)
from liaison.i18n import N_
from liaison.services import doctors
from liaison.ui.desk import Desk
from liaison.ui.pages.lookups import hospital_edit
from liaison.ui.pages.short_forms import Bench, begin, offer, offer_again
from liaison.ui.reopening import reopens
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.form import Form, Heading, Row

Done = Callable[[object], object]

_NEW: tuple[Row, ...] = (
    ("title", "name"), "specialties", "languages", Heading(text=N_("At this hospital")), "sessions", "clinic", "phone",
    "note",
)  # fmt: skip
_DOCTOR: tuple[Row, ...] = (
    ("title", "name"), "specialties", "languages", "last_verified_on", "retired_on", "note",
)  # fmt: skip
_PLACE: tuple[Row, ...] = ("hospital_id", "sessions", "clinic", "phone", ("since", "until"))
_ABSENCE: tuple[Row, ...] = (("first_on", "last_on"), "cause", "told_by")
_SLOT: tuple[Row, ...] = (("slot_on", "slot_time"), "told_by", "told_on")


# the doctor


@reopens
def new_doctor_form(bench: Bench, hospital_id: int | None, *, done: Done | None = None) -> FormPane:
    """A doctor of this hospital; without one, it is chosen in the form."""
    desk = bench.desk
    empty: tuple[str, ...] = ()
    if hospital_id is not None:
        form = Form(desk, NewDoctorDraft, _NEW, kept=("hospital_id",), spans={"name": 2})
    else:
        rows: tuple[Row, ...] = (("title", "name"), "specialties", "languages", "hospital_id", *_NEW[-4:])
        editors = {"hospital_id": hospital_edit(desk)}
        form, empty = Form(desk, NewDoctorDraft, rows, editors=editors, spans={"name": 2}), ("hospital_id",)
    draft = NewDoctorDraft(hospital_id=hospital_id or 0, name="")
    return offer(
        bench, begin(form, draft, empty=empty), title=N_("New doctor"),
        action=N_("Add a doctor"), write=doctors.add_doctor, said=N_("Doctor added"),
        look=lambda d: [*check_doctor(d, today=desk.today()), *check_place(d)], done=done,
    )  # fmt: skip


@reopens
def edit_doctor_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change what is known of a doctor."""
    desk = bench.desk
    offer_again(
        bench, key, read=doctors.doctor_draft,
        form=lambda _draft: Form(desk, DoctorDraft, _DOCTOR, spans={"name": 2}), title=N_("Doctor"),
        action=N_("Change a doctor"), write=partial(doctors.edit_doctor, version=version),
        look=lambda d: check_doctor(d, today=desk.today()), remove=doctors.remove_doctor,
        removing=N_("Remove a doctor"),
    )  # fmt: skip


# the hours at a hospital


def _place(desk: Desk) -> Form[DoctorPlaceDraft]:
    return Form(desk, DoctorPlaceDraft, _PLACE, editors={"hospital_id": hospital_edit(desk)}, kept=("doctor_id",))


@reopens
def place_form(bench: Bench, doctor_id: int, *, done: Done | None = None) -> FormPane:
    """Another hospital where the doctor sees patients."""
    form = begin(_place(bench.desk), DoctorPlaceDraft(doctor_id=doctor_id, hospital_id=0), empty=("hospital_id",))
    return offer(
        bench, form, title=N_("Another hospital"), action=N_("Add a hospital to a doctor"), write=doctors.add_place,
        said=N_("Hospital added"), look=check_place, done=done,
    )  # fmt: skip


@reopens
def edit_place_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change the hours at a hospital, or say until when the doctor worked there."""
    offer_again(
        bench, key, read=doctors.place_draft, form=lambda _draft: _place(bench.desk), title=N_("Hours at a hospital"),
        action=N_("Change a doctor's hours"), write=partial(doctors.edit_place, version=version), look=check_place,
        remove=doctors.remove_place, removing=N_("Take a hospital off a doctor"),
    )  # fmt: skip


# absences


def _absence(desk: Desk) -> Form[AbsenceDraft]:
    return Form(desk, AbsenceDraft, _ABSENCE, kept=("doctor_id",))


@reopens
def absence_form(bench: Bench, doctor_id: int, *, done: Done | None = None) -> FormPane:
    """From when to when the doctor is away."""
    desk = bench.desk
    return offer(
        bench, begin(_absence(desk), AbsenceDraft(doctor_id=doctor_id, first_on=desk.today()), empty=("first_on",)),
        title=N_("Away"), action=N_("Note a doctor's absence"), write=doctors.record_absence,
        said=N_("Absence noted"), look=check_absence, done=done,
    )  # fmt: skip


@reopens
def edit_absence_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Correct an absence."""
    offer_again(
        bench, key, read=doctors.absence_draft, form=lambda _draft: _absence(bench.desk), title=N_("Away"),
        action=N_("Change a doctor's absence"), write=partial(doctors.edit_absence, version=version),
        look=check_absence, remove=doctors.remove_absence, removing=N_("Remove a doctor's absence"),
    )  # fmt: skip


# the next free time


def _slot(desk: Desk) -> Form[NextSlotDraft]:
    return Form(desk, NextSlotDraft, _SLOT, kept=("doctor_id", "hospital_id"))


@reopens
def slot_form(bench: Bench, doctor_id: int, hospital_id: int, *, done: Done | None = None) -> FormPane:
    """The next free time at a hospital, with who said so."""
    desk = bench.desk
    draft = NextSlotDraft(
        doctor_id=doctor_id, hospital_id=hospital_id, slot_on=desk.today(), told_by="", told_on=desk.today()
    )
    return offer(
        bench, begin(_slot(desk), draft, empty=("slot_on",)), title=N_("Next free time"),
        action=N_("Note a next free time"), write=doctors.record_slot, said=N_("Free time noted"),
        note=desk.words(N_("As the hospital says today. It turns grey after a week.")),
        look=lambda d: check_slot(d, today=desk.today()), done=done,
    )  # fmt: skip


@reopens
def edit_slot_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Correct a next free time."""
    desk = bench.desk
    offer_again(
        bench, key, read=doctors.slot_draft, form=lambda _draft: _slot(desk), title=N_("Next free time"),
        action=N_("Change a next free time"), write=partial(doctors.edit_slot, version=version),
        look=lambda d: check_slot(d, today=desk.today()), remove=doctors.remove_slot,
        removing=N_("Remove a next free time"),
    )  # fmt: skip
