"""Work on a case: tasks with a due time, notes, and whose turn it is."""

from __future__ import annotations

import datetime as dt

from liaison.domain.coded import Coded
from liaison.domain.documents import DocumentKind, Whereabouts
from liaison.domain.facts import FactKind
from liaison.domain.fields import check_required, draft, field, problem, warning
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_


class NoteChannel(Coded):
    """How somebody was reached, or that it is a note for ourselves."""

    NOTE = "NOTE", N_("note")
    CALL = "CALL", N_("call")
    WHATSAPP = "WHATSAPP", N_("WhatsApp")
    MAIL = "MAIL", N_("e-mail")
    FAX = "FAX", N_("fax")
    PORTAL = "PORTAL", N_("portal")
    IN_PERSON = "IN_PERSON", N_("in person")


class TaskKind(Coded):
    """Why a task exists: an officer's step, a fact still owed, or an alarm raised by an event."""

    STEP = "STEP", N_("step")
    DEBT = "DEBT", N_("still to be supplied")
    ALARM = "ALARM", N_("alarm")


class WaitingOn(Coded):
    """Whose turn it is."""

    PATIENT = "PATIENT", N_("patient or family")
    INSURER = "INSURER", N_("insurer")
    ADMINISTRATOR = "ADMINISTRATOR", N_("administrator")
    HOSPITAL = "HOSPITAL", N_("hospital")
    DOCTOR = "DOCTOR", N_("doctor")
    AGENT = "AGENT", N_("agent")
    US = "US", N_("us")
    OTHER = "OTHER", N_("others")


_FAMILY_INSURER = frozenset({Audience.FAMILY, Audience.HOSPITAL, Audience.INSURER})
LONGEST_NOTE = 100_000
"""Letters in one note; longer texts belong into a file."""


@draft
class TaskDraft:
    """A next step, a debt or an alarm, with its due time and whose turn it is."""

    journey_id: int | None = field(N_("Case"), default=None)
    claim_id: int | None = field(N_("Claim"), default=None)
    kind: TaskKind = field(N_("Kind of task"), default=TaskKind.STEP)
    title: str = field(
        N_("Next step"), required=True, headings=("langkah berikut", "tindak lanjut", "follow up", "next step", "todo")
    )
    fact: FactKind | None = field(N_("Fact still owed"), default=None)
    due_at: dt.datetime | None = field(N_("Due"), headings=("tenggat", "deadline", "due"), default=None)
    officer_id: int | None = field(N_("Officer"), default=None)
    waiting_on: WaitingOn | None = field(N_("Waiting on"), headings=("menunggu", "waiting on"), default=None)
    waiting_for: str = field(N_("Waiting for whom exactly"), default="")
    waiting_since: dt.datetime | None = field(N_("Waiting since"), default=None)
    is_urgent: bool = field(N_("Urgent"), default=False)
    is_promise: bool = field(N_("Promised"), help=N_("Promised to the patient, the family or a desk."), default=False)


@draft
class NoteDraft:
    """What was said, with whom and through which channel."""

    journey_id: int | None = field(N_("Case"), default=None)
    claim_id: int | None = field(N_("Claim"), default=None)
    at: dt.datetime | None = field(N_("When"), help=N_("Now, where left empty."), default=None)
    channel: NoteChannel = field(N_("Channel"), default=NoteChannel.NOTE)
    counterpart: str = field(N_("With whom"), default="")
    text: str = field(N_("Note"), required=True, headings=("catatan", "keterangan", "remark", "remarks", "note"))


@draft
class NoteTextDraft:
    """A note as it should have been written. When, where and with whom it was said stay as they were."""

    text: str = field(N_("Note"), required=True)


@draft
class DocumentDraft:
    """What is known about a file that is being attached."""

    journey_id: int | None = field(N_("Case"), default=None)
    claim_id: int | None = field(N_("Claim"), default=None)
    kind: DocumentKind | None = field(N_("Kind of document"), audience=_FAMILY_INSURER, default=None)
    title: str = field(N_("Title"), required=True, audience=_FAMILY_INSURER)
    received_on: dt.date | None = field(N_("Received on"), audience=_FAMILY_INSURER, default=None)
    language: str = field(N_("Language of the paper"), audience=_FAMILY_INSURER, default="")
    expires_on: dt.date | None = field(N_("Valid until"), audience=_FAMILY_INSURER, default=None)
    is_original: bool = field(
        N_("Taken from the original"), help=N_("Not from a copy."), audience=_FAMILY_INSURER, default=False
    )
    whereabouts: Whereabouts | None = field(N_("The original is"), audience=_FAMILY_INSURER, default=None)
    note: str = field(N_("Note"), default="")


def check_task(task: TaskDraft, *, now: dt.datetime) -> list[Problem]:
    """Everything wrong or odd about a task; a due time in the past only warns."""
    found = check_required(task)
    if task.kind is TaskKind.DEBT and task.fact is None:
        found.append(problem("DEBT_FACT", N_("Choose the fact that is still owed."), "fact"))
    if task.due_at is not None and task.due_at < now:
        found.append(warning("DUE_PAST", N_("This due time has passed already."), "due_at"))
    if task.waiting_for.strip() and task.waiting_on is None:
        found.append(problem("WAITING_ON", N_("Choose whose turn it is."), "waiting_on"))
    return found


def check_note(note: NoteDraft, *, now: dt.datetime) -> list[Problem]:
    """Everything wrong with a note."""
    found = check_required(note) + _check_belongs(note)
    if len(note.text) > LONGEST_NOTE:
        found.append(
            problem("NOTE_LONG", N_("A note has at most {most} letters. Attach the text as a file."), "text",
                    most=LONGEST_NOTE)
        )  # fmt: skip
    if note.at is not None and note.at > now:
        found.append(problem("IN_FUTURE", N_("This moment lies in the future."), "at"))
    return found


def check_document(document: DocumentDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with the details of an attached file."""
    found = check_required(document) + _check_belongs(document)
    if document.received_on is not None and document.received_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "received_on"))
    return found


def _check_belongs(draft: NoteDraft | DocumentDraft) -> list[Problem]:
    if draft.journey_id is not None or draft.claim_id is not None:
        return []
    return [problem("NO_CASE", N_("Choose the case or claim that this belongs to."), "journey_id")]
