"""Who on record may be the person who is just being typed in: looked for in one way, said in one way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from liaison.domain.names import SAME
from liaison.i18n import N_
from liaison.services.matching import SimilarPatient, similar_patients
from liaison.services.views import patient_view
from liaison.ui.desk import Desk
from liaison.ui.pages.lookups import record_no
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.form import Form

LEAST_LETTERS = 3
CASES_NAMED = 2
_ALIKE = 60
_JOINER = "\u2060"
"""Shows nothing, and lets no line end where it stands."""


def look_for_same(
    desk: Desk,
    form: Form[Any],
    *,
    owner: QObject,
    done: Callable[[Sequence[SimilarPatient]], object],
    number: str = "",
) -> None:
    """Look up the name, telephone and birth date of a form, and an identity number that was searched for.

    With fewer than three letters and no number nobody is like it.
    """
    name = str(form.editor("full_name").typed()).strip()
    if len(name) < LEAST_LETTERS and not number:
        done(())
        return
    try:
        born = form.editor("birth_date").value()
    except Unreadable:
        born = None
    phone = str(form.editor("phone").typed())
    desk.runner.read(_similar, name, phone, born, number, owner=owner, done=done, key="same person")


def same_words(desk: Desk, each: SimilarPatient, *, with_score: bool = False) -> str:
    """Name, city, birth date, what agrees, the newest cases: enough to tell whether it is the same person."""
    parts = [desk.masking.name(each.name, record_no(each.id)), each.city]
    if each.birth_date is not None:
        parts.append(desk.formats.date(each.birth_date))
    if each.same_phone:
        parts.append(desk.words(N_("same telephone")))
    if each.same_number:
        parts.append(desk.words(N_("same number")))
    parts += [unbroken(number) for number in each.case_nos[:CASES_NAMED]]
    if with_score:
        parts.append(desk.words(_likeness(each)))
    return " · ".join(part for part in parts if part)


def unbroken(number: str) -> str:
    """A number that stays on one line in running text."""
    return number.replace("-", f"-{_JOINER}").replace(" ", "\u00a0")


def _likeness(each: SimilarPatient) -> str:
    """How alike the names are, in words: nobody has to know what 97 means."""
    return next(said for least, said in _LIKENESS if each.score >= least)


_LIKENESS = (
    (100, N_("same name")), (SAME, N_("nearly the same name")), (_ALIKE, N_("similar name")), (0, N_("another name")),
)  # fmt: skip


def _similar(session: Any, name: str, phone: str, born: Any, number: str) -> list[SimilarPatient]:
    return similar_patients(session, name, phone=phone, birth_date=born, number=number)


def on_record(session: Any, key: int) -> SimilarPatient:
    """Somebody on record, as the one who was chosen."""
    person = patient_view(session, key)
    return SimilarPatient(
        id=person.id, name=person.full_name, birth_date=person.birth_date, city=person.city, phone=person.phone,
        score=100, case_nos=tuple(j.case_no for j in person.journeys), is_provisional=person.is_provisional,
        same_phone=False, same_birth_date=False,
    )  # fmt: skip
