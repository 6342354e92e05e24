"""The travel plan by WhatsApp: the words as any other message, and the pack for a telephone on the clipboard.

WhatsApp takes no file from a link. So the PDF is made in the message's language, put into the downloads folder under a
name that names nobody, written down as a disclosure, and copied: in the chat one Ctrl+V attaches it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QStandardPaths, QUrl
from PySide6.QtGui import QGuiApplication

from liaison.i18n import LANGUAGES, N_
from liaison.reports import leaving, making
from liaison.reports.leaving import Seal
from liaison.reports.making import ReportResult
from liaison.services.office_messages import Message
from liaison.services.views import JourneyView
from liaison.ui.pages.short_forms import Bench
from liaison.ui.pages.whatsapp_form import open_message
from liaison.ui.runner import Sort, Trouble

OWN_PHONE = Seal(open_because=N_("sent to the patient's own telephone, at the patient's wish"))
"""A travel plan is read at a counter, without a signal and in a hurry: asking for it by WhatsApp is the decision."""

COPIED = N_("The PDF is copied: press Ctrl+V in the chat")


def send_plan(bench: Bench, case: JourneyView) -> None:
    """Open the message with the plan's words; a case without a plan, or without consent, says so first."""
    language = case.patient.language if case.patient.language in LANGUAGES else bench.desk.words.code
    bench.desk.runner.read(
        _made, case.case_no, language, owner=bench.drawer, key="plan pdf", done=lambda _r: _write(bench, case),
        failed=partial(_refused, bench),
    )  # fmt: skip


def _write(bench: Bench, case: JourneyView) -> None:
    open_message(bench, case, template=Message.PLAN.value, after=partial(_attach, bench, case.case_no))


def _made(session: Any, case_no: str, language: str) -> ReportResult:
    return making.make_report(session, "itinerary", {"case": case_no, "form": "phone"}, language=language)


def _refused(bench: Bench, trouble: Trouble) -> None:
    if trouble.sort is not Sort.REFUSED:
        bench.desk.runner.trouble.emit(trouble)
        return
    words = bench.desk.words
    problems = getattr(trouble.error, "problems", ())
    bench.desk.toast(" ".join(problem.text(words) for problem in problems), refused=True)


def _attach(bench: Bench, case_no: str, language: str) -> None:
    bench.desk.runner.read(
        _made, case_no, language, owner=bench.drawer, key="plan pdf", done=partial(_put, bench),
        failed=partial(_refused, bench),
    )  # fmt: skip


def _put(bench: Bench, result: ReportResult) -> None:
    target = downloads() / f"{result.id}.pdf"
    bench.desk.runner.write(
        result.action_title, leaving.put_report, result, target, OWN_PHONE, owner=bench.drawer,
        kind=result.action_kind.value,
        done=lambda _changes: _copy(bench, target), failed=partial(_refused, bench),
    )  # fmt: skip


def _copy(bench: Bench, target: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(target))])
    QGuiApplication.clipboard().setMimeData(mime)
    bench.desk.toast(bench.desk.words(COPIED), undo=False)


def downloads() -> Path:
    """Where files that leave the program go."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation))
