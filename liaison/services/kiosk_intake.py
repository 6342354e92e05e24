"""Taking a kiosk's enquiries in at the office: looked at first, then each becomes a case with its consent.

A case has the key of its entry, so that the same file, or a later one that holds it again, changes nothing. A file that
is broken or foreign in any part is refused whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Locked, Refused
from liaison.domain.facts import ConfirmationDraft, ConsentGiver, ConsentMethod, FactKind
from liaison.domain.journeys import JourneyDraft, SourceChannel
from liaison.domain.kiosk import MOST_ENTRIES, KioskEntry, check_kiosk
from liaison.domain.people import PatientDraft
from liaison.domain.work import NoteChannel, NoteDraft, TaskDraft
from liaison.i18n import LANGUAGE_NAMES, N_
from liaison.services import kiosk
from liaison.services.changes import NOTHING, Changes, clock, day_of, today
from liaison.services.confirmations import confirm
from liaison.services.hand_over import WHAT as CASES
from liaison.services.hand_over import schema_revision
from liaison.services.journeys import open_journey
from liaison.services.matching import SimilarPatient, is_probably_same, similar_patients
from liaison.services.office_hours import office_calendar
from liaison.services.quick_add import next_working_hour
from liaison.services.work import add_note, add_task
from liaison.store.case_file import DAMAGED, NEWER, NOT_OURS, Told, read_case_file
from liaison.store.models import ErasureRow, JourneyRow

if TYPE_CHECKING:
    from liaison.store.store import Store

TITLE = N_("Take in the kiosk's enquiries")
CALL_BACK = N_("Call back")
OF_CASES = N_("This file holds cases of a colleague, not enquiries of a kiosk. Take it over under Cover and hand-over.")
SOURCE = "kiosk {office}, {version}, {language}"
"""What stands as the source of a consent given at a kiosk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeLine:
    """An enquiry in a file, and what taking it in would do."""

    entry: KioskEntry
    is_here: bool
    """Taken in before, or erased since: it is passed over."""
    similar: tuple[SimilarPatient, ...]
    """People on record who may be the same, the likeliest first."""

    @property
    def suggested(self) -> SimilarPatient | None:
        """Who it most probably is; nobody where that is not plain."""
        return next((each for each in self.similar if is_probably_same(each)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a kiosk's file brings. Nothing has been written."""

    office: str
    officer: str
    made_at: dt.datetime
    receipt: str
    lines: tuple[IntakeLine, ...]

    @property
    def new(self) -> tuple[IntakeLine, ...]:
        """Enquiries that are not here yet."""
        return tuple(line for line in self.lines if not line.is_here)


def look_at_file(store: Store, path: Path, code: str) -> Intake:
    """What a file would bring. Raises :class:`Locked` for one that is broken, foreign, newer or of another code."""
    with store.read() as session:
        return _intake(session, _opened(session, path, code))


def take_in(store: Store, path: Path, code: str, people: Mapping[int, int] | None = None) -> tuple[Changes, str]:
    """Open a case for each new enquiry, as one action; gives back the receipt for the kiosk.

    ``people`` says by entry who on record it is; everybody else is put on record. A file that brings nothing new
    writes nothing, and its receipt can be read out all the same.
    """
    with store.read() as session:
        told = _opened(session, path, code)
        intake = _intake(session, told)
    if not intake.new:
        return NOTHING, intake.receipt
    with store.write(TITLE) as session:
        kiosk.refuse_kiosk(session)
        done = NOTHING
        for line in intake.new:
            done |= replace(
                _open_case(session, line.entry, intake.office, (people or {}).get(line.entry.id)), made=None
            )
        return done, intake.receipt


def _opened(session: Session, path: Path, code: str) -> Told:
    kiosk.refuse_kiosk(session)
    told = read_case_file(path, code)
    said = told.content
    if said.get("what") == CASES:
        raise Locked(OF_CASES)
    if said.get("what") != kiosk.WHAT:
        raise Locked(NOT_OURS)
    if not isinstance(said.get("format"), int):
        raise Locked(DAMAGED)
    if said["format"] > kiosk.FORMAT or str(said.get("revision", "")) > schema_revision(session):
        raise Locked(NEWER)
    return told


def _intake(session: Session, told: Told) -> Intake:
    said = told.content
    try:
        entries = [kiosk.entry_of(dict(each)) for each in said["entries"]]
        made_at = dt.datetime.fromisoformat(said["made_at"])
        office, officer, receipt = str(said["office"]), str(said["officer"]), kiosk.read_receipt(str(said["receipt"]))
    except (KeyError, TypeError, ValueError, Refused) as error:
        raise Locked(DAMAGED) from error
    keys = {e.id for e in entries}
    whole = told.attached == () and 0 < len(entries) == len(keys) <= MOST_ENTRIES
    if not whole or made_at.tzinfo is None or any(_is_wrong(e) for e in entries):
        raise Locked(DAMAGED)
    here = _here(session, keys)
    lines = tuple(
        IntakeLine(
            entry=e, is_here=e.id in here,
            similar=() if e.id in here else tuple(similar_patients(session, e.draft.full_name, phone=e.draft.phone)),
        )
        for e in entries
    )  # fmt: skip
    return Intake(office=office, officer=officer, made_at=made_at, receipt=receipt, lines=lines)


def _is_wrong(entry: KioskEntry) -> bool:
    return any(found.severity == "error" for found in check_kiosk(entry.draft))


def _here(session: Session, keys: set[int]) -> set[int]:
    """Entries that became a case here, whatever became of the case: nobody who was erased comes back by a file."""
    found = set(session.scalars(sa.select(JourneyRow.id).where(JourneyRow.id.in_(keys))))
    for erased in session.scalars(sa.select(ErasureRow.keys)):
        found |= keys & set(erased.get("journey", ()))
    return found


def _open_case(session: Session, entry: KioskEntry, office: str, patient_id: int | None) -> Changes:
    draft, day = entry.draft, min(day_of(session, entry.at), today(session))
    person = PatientDraft(
        full_name=draft.full_name.strip(), phone=draft.phone.strip(), city=draft.city.strip(), language=draft.language,
        phone_owner="" if draft.giver is ConsentGiver.PATIENT else draft.given_by.strip(),
    )  # fmt: skip
    opened = open_journey(
        session,
        JourneyDraft(
            patient_id=patient_id or 0, need=draft.wish.strip(), source_channel=SourceChannel.KIOSK,
            origin_city=draft.city.strip(), opened_on=day,
        ),
        patient=None if patient_id is not None else person,
        key=entry.id,
    )  # fmt: skip
    note = NoteDraft(
        journey_id=entry.id, at=min(entry.at, clock(session)), channel=NoteChannel.IN_PERSON,
        counterpart=draft.given_by.strip(), text=draft.wish.strip(),
    )  # fmt: skip
    said = SOURCE.format(office=office, version=draft.text_version, language=LANGUAGE_NAMES[draft.language])
    consent = ConfirmationDraft(
        journey_id=entry.id, kind=FactKind.C1, stated_on=day, given_by=draft.given_by.strip(), giver=draft.giver,
        method=ConsentMethod.ELECTRONIC, source=said,
    )  # fmt: skip
    due = next_working_hour(clock(session), office_calendar(session))
    step = TaskDraft(journey_id=entry.id, title=CALL_BACK, due_at=due)
    return opened | add_note(session, note) | confirm(session, consent) | add_task(session, step)
