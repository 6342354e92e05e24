"""The urgent call of a case, on the case's own page: what was said, whether it was handed over, the way to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from liaison.i18n import N_
from liaison.services.urgent_marks import UrgentMark
from liaison.ui.desk import Desk
from liaison.ui.pages.page_parts import section
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked, Section
from liaison.ui.widgets.shapes import Shape


def urgent_section(desk: Desk, journey_id: int, mark: UrgentMark) -> Section:
    """One line on the hand-over, the danger signs, and a link to the call."""
    _ = desk.words
    made = section(desk, N_("Urgent call"))
    if mark.handed_at is not None:
        time = desk.formats.clock_time(desk.formats.at_home(mark.handed_at))
        who = desk.masking.text(mark.handed_to)
        said = _(N_("Handed over to {who} at {time}"), who=who, time=time)
        made.add(Marked(desk, said, Shape.DONE, Tone.GREEN, ground="sunken", wrap=True))
    else:
        made.add(Marked(desk, _(N_("Not handed over yet")), Shape.LATE, Tone.RED, ground="sunken", wrap=True))
    for flag in mark.flags:
        made.add(Label(_(flag.label), Role.SECOND, wrap=True))
    opened = link(desk.icons, _(N_("Open the call…")), partial(desk.go, "urgent", journey_id), small=True)
    made.body.addWidget(opened, 0, Qt.AlignmentFlag.AlignLeft)
    return made
