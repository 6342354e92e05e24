"""A paper on its way out of the office: saved, printed or as a workbook, and on record before it is anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.reports import leaving, making
from liaison.reports.closing import Closing
from liaison.reports.for_printer import Sheets
from liaison.reports.leaving import OPEN, Seal
from liaison.reports.making import ReportResult
from liaison.services.changes import Changes
from liaison.store.spoken_code import new_code
from liaison.ui.desk import Desk
from liaison.ui.printing import ask_printer, draw_on
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import icon_button, primary, secondary
from liaison.ui.widgets.editors import TextEdit, TickEdit
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING

ALWAYS_SEALED = N_("This paper leaves the office sealed only. Agree on a password, or make one.")
OPEN_SAID = N_("Without a password anybody can open the file: say why.")
GREY = N_("In greys only")
GREY_FOR = N_("For a printer without colours, as in a hotel.")
WHY_OPEN = N_("Why this copy stays open")
LOOK_AGAIN = N_("A headline was changed just now. Look at the page with it, then print or save.")
Then = Callable[[], None] | None


class Leaving(QObject):
    """The ways out of one page of reports. ``left`` tells which paper is on record now.

    It lives as long as the page, not as long as its buttons: what is on record is also printed when another paper is
    chosen meanwhile.
    """

    left = Signal(object)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self.desk, self._page, self._city = desk, page, ""
        self.result: ReportResult | None = None
        self.is_stale: Callable[[], bool] = lambda: False
        """Whether something was typed that the shown pages do not have yet: what leaves is what was seen."""
        self.agreed = ""
        """The password agreed with the receiver; forgotten with the page, never kept."""
        self.is_grey = False
        """Whether it is for a printer that has no colours, as in a hotel."""
        self.open_because = ""
        """Why a copy about a person leaves without a password; kept with its record."""
        self._about: tuple[object, ...] = ()

    def foot(self, result: ReportResult, *, city: str, width: int) -> QFrame:
        """What stands under the checks of a paper: the agreed password, and the three ways out."""
        self._forget_other(result)
        self.result, self._city = result, city
        box = QFrame()
        box.setObjectName("sunkenFoot")
        words, icons = self.desk.words, self.desk.icons
        column = QVBoxLayout(box)
        column.setContentsMargins(PANE_PADDING, 10, PANE_PADDING, 12)
        column.setSpacing(8)
        how = self.closing(result)
        if how.takes_password:
            if how.must_close and not self.agreed.strip() and not self.open_because:
                self.agreed = new_code()
            column.addLayout(self._password_row())
        self.grey = TickEdit(self.desk, words(GREY))
        self.grey.box.setToolTip(words(GREY_FOR))
        self.grey.set_value(self.is_grey)
        self.grey.changed.connect(self._grey_chosen)
        column.addWidget(self.grey)
        column.addWidget(primary(icons, words(N_("Save as PDF…")), self.save_pdf, icon="file-down"))
        others = (
            secondary(icons, words(N_("Print…")), self.print, icon="printer"),
            secondary(icons, words(N_("Excel twin…")), self.save_twin, icon="file-spreadsheet"),
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        wide = sum(button.sizeHint().width() for button in others) + 8 + 2 * PANE_PADDING
        for button in others:
            (row if wide <= width else column).addWidget(button)
        return box

    def _forget_other(self, result: ReportResult) -> None:
        """What was agreed or said of one person's copy, or one reader's, says nothing of another's."""
        about = (result.name, result.audience, result.patient_id, result.journey_id, result.recipient)
        if self._about[:1] == about[:1] and self._about != about:
            self.agreed = self.open_because = ""
        self._about = about

    def _password_row(self) -> QVBoxLayout:
        """The password that the file is sealed with; empty leaves it open. An own copy has one from the beginning."""
        words, icons = self.desk.words, self.desk.icons
        column = QVBoxLayout()
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.password = TextEdit(self.desk, placeholder=words(N_("Agreed password")), longest=127)
        self.password.set_name(words(N_("Agreed password of the PDF")))
        self.password.set_value(self.agreed)
        self.password.changed.connect(self.password_typed)
        row.addWidget(self.password, 1)
        hint = words(N_("Make a password that can be said on the telephone"))
        row.addWidget(icon_button(icons, "refresh-cw", hint, self.make_password, size=15))
        column.addLayout(row)
        self._password_note = Label("", Role.SECOND, wrap=True)
        column.addWidget(self._password_note)
        self.reason = TextEdit(self.desk, placeholder=words(WHY_OPEN), longest=200)
        self.reason.set_name(words(WHY_OPEN))
        self.reason.set_value(self.open_because)
        self.reason.changed.connect(self.reason_typed)
        column.addWidget(self.reason)
        self.password_typed()
        return column

    def closing(self, result: ReportResult | None) -> Closing:
        """How the file of a paper has to be closed in this office."""
        shown = () if result is None else (result,)
        return leaving.closing_of(shown, is_sample=self.desk.officer.sample)

    def password_typed(self) -> None:
        """Say what the password in the field means for the file."""
        self.agreed = str(self.password.value() or "")
        is_closed, how = bool(self.agreed.strip()), self.closing(self.result)
        open_file = OPEN_SAID if how.must_close else N_("Without a password anybody can open the file.")
        if how is Closing.ALWAYS:
            open_file = ALWAYS_SEALED
        tell = N_("The file opens with it alone. Tell it by telephone, never with the file.")
        self._password_note.setText(self.desk.words(tell if is_closed else open_file))
        self.reason.setVisible(how.takes_reason and not is_closed)

    def _grey_chosen(self) -> None:
        self.is_grey = bool(self.grey.value())

    def reason_typed(self) -> None:
        """Why this copy stays open, in the officer's words."""
        self.open_because = str(self.reason.value() or "")

    def make_password(self) -> None:
        """A fresh code in the field."""
        self.password.set_value(new_code())
        self.password_typed()

    # as a file

    def neutral_name(self, result: ReportResult) -> str:
        """A file name that names nobody."""
        city = "".join(c for c in self._city.lower() if c.isalnum())
        parts = [result.name, city, result.language, f"{self.desk.today():%Y%m%d}"]
        return "_".join(p for p in parts if p)

    def save_pdf(self) -> None:
        """Ask where to, and save."""
        target = self._asked(N_("Save the report"), "pdf", "PDF (*.pdf)")
        if target is not None:
            self.save_to(target)

    def save_twin(self) -> None:
        """Ask where to, and write the workbook."""
        target = self._asked(N_("Save the figures"), "xlsx", "Excel (*.xlsx)")
        if target is not None:
            self.twin_to(target)

    def _asked(self, title: str, ending: str, kinds: str) -> Path | None:
        if self.result is None or self._is_held():
            return None
        suggested = f"{self.neutral_name(self.result)}.{ending}"
        name, _kind = QFileDialog.getSaveFileName(self._page, self.desk.words(title), suggested, kinds)
        return Path(name) if name else None

    def save_to(self, target: Path) -> None:
        """Put the shown pages into a file and write down that they left the office."""
        result = self.result
        if result is None or self._is_held():
            return
        self._write(result, leaving.put_report, result, target, self._seal(result), Sheets(is_grey=self.is_grey))

    def twin_to(self, target: Path) -> None:
        """Put the same figures into a workbook, closed and written down as the pages are."""
        from liaison.exchange import sealed_workbook

        result, words = self.result, self.desk.words
        if result is None or self._is_held():
            return
        book = partial(
            sealed_workbook.twin, grids=result.grids, about=leaving.about_workbook(result, words), language=words,
            made_at=result.as_of,
        )  # fmt: skip
        self._write(result, leaving.put_twin, result, target, book, self._seal(result))

    def _seal(self, result: ReportResult) -> Seal:
        is_asked = self.closing(result).takes_password
        return Seal(password=self.agreed, open_because=self.open_because) if is_asked else OPEN

    def print(self) -> None:
        """Ask for the printer; put the paper on record, and only then print: what is refused never leaves."""
        result = self.result
        printer = self._printer(result) if result is not None and not self._is_held() else None
        if result is not None and printer is not None:
            self._write(result, making.record_print, result, then=lambda: draw_on(printer, result.data))

    def _printer(self, result: ReportResult) -> QPrinter | None:
        printer = ask_printer(self.desk, self._page, is_about_people=result.names_people)
        if printer is not None and self.is_grey:
            printer.setColorMode(QPrinter.ColorMode.GrayScale)
        return printer

    def _write(self, result: ReportResult, function: Callable[..., Any], *args: object, then: Then = None) -> None:
        def recorded(_changes: Changes) -> None:
            if then is not None:
                then()
            self.desk.toast(self.desk.words(N_("The report is saved and on record")), undo=False)
            self.left.emit(result)

        self.desk.runner.write(
            result.action_title, function, *args, owner=self, done=recorded, kind=result.action_kind.value,
            refused=self._refused,
        )  # fmt: skip

    def _is_held(self) -> bool:
        if self.is_stale():
            self.desk.toast(self.desk.words(LOOK_AGAIN), undo=False)
            return True
        return False

    def _refused(self, problems: Sequence[Problem]) -> None:
        self.desk.toast(" ".join(p.text(self.desk.words) for p in problems), undo=False)
        if self.closing(self.result).takes_password and any(p.field == "password" for p in problems):
            self.password.inner().setFocus()
