"""Attaching papers to a claim or a case: files dropped, pasted or chosen, one answer to what they are, one undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.documents import DocumentKind
from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.domain.work import DocumentDraft
from liaison.i18n import N_
from liaison.services import documents
from liaison.services.changes import NOTHING
from liaison.ui.incoming import Incoming
from liaison.ui.pages.document_form import paper_form
from liaison.ui.pages.short_forms import Bench
from liaison.ui.theme import Role
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.file_slot import FileSlot
from liaison.ui.widgets.label import Label

FILES = "files"
"""Stands for the titles, which are the names of the files."""

NO_FILE = N_("Drop a file here first, paste it, or choose one.")


def attach_form(
    bench: Bench,
    *,
    journey_id: int | None,
    claim_id: int | None = None,
    files: Sequence[Incoming] = (),
    kind: DocumentKind | None = None,
) -> FormPane:
    """Ask for files and what they are; they are stored together."""
    desk, words = bench.desk, bench.desk.words
    content = QWidget()
    box = QVBoxLayout(content)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(8)
    slot = FileSlot(desk, name=words(N_("Files")))
    box.addWidget(slot)
    form = paper_form(desk, with_title=False)
    form.set(DocumentDraft(journey_id=journey_id, claim_id=claim_id, title=FILES, kind=kind))
    box.addWidget(form)
    wrong = Label("", Role.ERROR, wrap=True)
    wrong.hide()
    box.addWidget(wrong)

    def refused(problems: Sequence[Problem]) -> None:
        wrong.setText(" ".join(p.text(words) for p in problems))
        wrong.show()

    def save() -> None:
        if not slot.files:
            wrong.setText(words(NO_FILE))
            wrong.show()
            return
        try:
            details = form.read()
        except Refused as found:
            form.show(found.problems)
            return
        said = N_("Document attached") if len(slot.files) == 1 else N_("Documents attached")
        desk.runner.write(
            N_("Attach documents"), _attach, slot.files, details, owner=content,
            done=lambda _: bench.done(said), refused=refused,
        )  # fmt: skip

    pane = FormPane(desk, title=words(N_("Attach files")), content=content, save=save)
    slot.changed.connect(wrong.hide)
    slot.changed.connect(lambda: slot.paste_anywhere_in(content))
    slot.paste_anywhere_in(content)
    slot.take(files)
    return bench.drawer.open(pane)


def _attach(session: Any, files: Sequence[Incoming], details: DocumentDraft) -> Any:
    done = NOTHING
    for file in files:
        done |= documents.attach(session, replace(details, title=file.name), file.read())
    return done
