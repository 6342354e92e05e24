"""Work on a case: tasks with a due time, notes, and whose turn it is."""

from __future__ import annotations

from liaison.domain.coded import Coded
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
