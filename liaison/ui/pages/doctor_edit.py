"""The doctor in the form of an opinion, a referral, an appointment: suggested while typed, and what is in the way."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.services import doctors
from liaison.services.doctors import DoctorLine, Notice
from liaison.ui.desk import Desk
from liaison.ui.pages.doctor_words import line_look, notice_words
from liaison.ui.theme import Role, Tone
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.parts import Marked, clear
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.suggest import Suggestion
from liaison.ui.widgets.suggested_text import SuggestedText

WAIT_MS = 250


class DoctorEdit(SuggestedText):
    """A doctor's name: those of the form's hospital are offered first, and any name may be typed."""

    def __init__(self, desk: Desk) -> None:
        self._form: Form[Any] | None = None
        super().__init__(desk, partial(_suggested, desk))

    def attend(self, form: Form[Any], name: str, *, day: str = "") -> Form[Any]:
        """Look at the form this field ``name`` stands in: its hospital, and the ``day`` to warn about.

        ``day`` names the field of a date or a moment; without it the warning is about today.
        """
        self._form = form
        notice = DoctorNotice(self._desk, form, name, day)
        form.boxes[name].add_below(notice)
        self.taken.connect(self._taken_line)
        return form

    def hospital_id(self) -> int | None:
        """The hospital the form names now."""
        return _value(self._form, "hospital_id") if self._form is not None else None

    def more(self) -> tuple[object, ...]:
        """The search hears which hospital the form names."""
        return (self.hospital_id(),)

    def _taken_line(self, line: object) -> None:
        """Fill in the hospital of the doctor that was taken where none is named yet."""
        form = self._form
        if form is not None and isinstance(line, DoctorLine) and self.hospital_id() is None:
            form.editor("hospital_id").set_value(line.place.hospital_id)
            form.editor("hospital_id").changed.emit()


def _suggested(desk: Desk, session: Any, text: str, hospital_id: int | None) -> list[Suggestion]:
    found = doctors.suggest(session, text, hospital_id=hospital_id)
    return [
        Suggestion(text=line.doctor.called, value=line, note=_beside(desk, line), icon="stethoscope") for line in found
    ]


def _beside(desk: Desk, line: DoctorLine) -> str:
    """What stands beside a suggestion: specialty, hospital, and whether they are away."""
    standing = line_look(desk, line)[2]
    return " · ".join(part for part in (", ".join(line.doctor.specialties), line.place.hospital, standing) if part)


class DoctorNotice(QWidget):
    """Below a doctor: away on the day, no longer there, no hours on that weekday. Only told; saving stays allowed."""

    def __init__(self, desk: Desk, form: Form[Any], name: str, day: str) -> None:
        super().__init__()
        self._desk, self._form, self._name, self._day = desk, form, name, day
        self.said = ""
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.hide()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self.look)
        form.changed.connect(self._wait.start)
        QTimer.singleShot(0, self, self.look)

    def look(self) -> None:
        """Ask whether the doctor can be met on the day."""
        name, day = _value(self._form, self._name), self._asked_day()
        if not name or day is None:
            self._show(None)
            return
        hospital_id = _value(self._form, "hospital_id")
        self._desk.runner.read(_notice, name, hospital_id, day, owner=self, done=self._show, key="doctor notice")

    def _asked_day(self) -> dt.date | None:
        if not self._day:
            return self._desk.today()
        found = _value(self._form, self._day)
        if isinstance(found, dt.datetime):
            zone = _value(self._form, "zone")
            return found.astimezone(ZoneInfo(zone)).date() if zone else found.date()
        return found if isinstance(found, dt.date) else None

    def _show(self, notice: Notice | None) -> None:
        clear(self._box)
        self.said = notice_words(self._desk, notice) if notice is not None else ""
        self.setVisible(notice is not None)
        if notice is not None:
            self._box.addWidget(
                Marked(self._desk, self.said, Shape.WARNING, Tone.AMBER, role=Role.WARNING, ground="sunken", wrap=True)
            )
            self._form.editor(self._name).inner().setAccessibleDescription(self.said)


def _notice(session: Any, name: str, hospital_id: int | None, day: dt.date) -> Notice | None:
    return doctors.notice_on(session, name, hospital_id=hospital_id, day=day)


def _value(form: Form[Any] | None, name: str) -> Any:
    """What a field holds now; nothing while it cannot be read."""
    if form is None or name not in form.boxes:
        return None
    try:
        return form.editor(name).value()
    except Unreadable:
        return None
