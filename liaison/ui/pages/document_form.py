"""What is known of a paper: its kind, its days, its language, and where the original is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from liaison.domain.work import DocumentDraft
from liaison.i18n import N_
from liaison.services import documents
from liaison.services.documents import PaperView
from liaison.ui.desk import Desk
from liaison.ui.pages.short_forms import Bench, offer
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Choice
from liaison.ui.widgets.form import NOT_STATED, Form

PAPER_LANGUAGES = ("id", "en", "ms", "zh", "km", "ta", "th", "nl")
"""Languages in which papers of this office's hospitals are written."""

_DETAILS: Sequence[Any] = ("kind", ("received_on", "expires_on"), "language", "is_original", "whereabouts", "note")


def paper_form(desk: Desk, *, with_title: bool) -> Form[DocumentDraft]:
    """The fields of one paper, or of several that are alike: then without a title."""
    rows = ["title", *_DETAILS] if with_title else list(_DETAILS)
    kept = ("journey_id", "claim_id") if with_title else ("journey_id", "claim_id", "title")
    choices = [(code, desk.formats.language_name(code)) for code in PAPER_LANGUAGES]
    languages = Choice(desk, choices, none=desk.words(NOT_STATED))
    return Form(desk, DocumentDraft, rows, editors={"language": languages}, kept=kept)


def edit_paper(bench: Bench, document_id: int) -> None:
    """Read what is known of a paper and stand it in the drawer to be changed."""
    bench.desk.runner.read(
        documents.paper, document_id, owner=bench.drawer, done=lambda found: _show(bench, found), key="paper"
    )


def _show(bench: Bench, paper: PaperView) -> FormPane:
    form = paper_form(bench.desk, with_title=True)
    form.set(paper.details)

    def write(session: Any, changed: DocumentDraft) -> Any:
        return documents.edit_document(session, paper.id, changed, version=paper.version)

    return offer(
        bench, form, title=N_("Details of the document"), action=N_("Change a document"), write=write,
        said=N_("Document changed"),
    )  # fmt: skip
