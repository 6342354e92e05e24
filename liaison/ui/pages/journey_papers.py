"""Papers of a case: which are here, which are missing, and how they come in: picked, dropped, or pasted as files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from liaison.domain.documents import DocumentKind
from liaison.domain.errors import Refused, Unavailable
from liaison.domain.work import DocumentDraft
from liaison.i18n import N_, upper_first
from liaison.services import document_copies, documents
from liaison.services.changes import NOTHING
from liaison.services.views import CheckedItem, DocumentLine, JourneyView
from liaison.ui.desk import Desk
from liaison.ui.pages.document_form import edit_paper, paper_form
from liaison.ui.pages.page_parts import MenuRow, menu_of
from liaison.ui.pages.short_forms import Bench
from liaison.ui.reopening import reopens
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import restyle
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Section
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow

UNREADABLE = N_("The file “{file}” could not be read. Check that it is still there and try again.")
KINDS_SHOWN = N_("Several files: what are they?")


def attach_files(session: Any, paths: Sequence[Path], details: DocumentDraft) -> Any:
    """Store files of a case in one action, all with these details; a file that cannot be read stops all of them."""
    done = NOTHING
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise Unavailable(UNREADABLE, file=path.name) from error
        done |= documents.attach(session, replace(details, title=path.name), data)
    return done


class PapersSection(Section):
    """Have and missing in two columns, further files below. Files may be dropped on it."""

    def __init__(self, desk: Desk, bench: Bench, case: JourneyView) -> None:
        self._desk, self._bench, self._case = desk, bench, case
        have = sum(item.have for item in case.checklist)
        count = desk.words(N_("{have} of {all}"), have=have, all=len(case.checklist)) if case.checklist else ""
        beside = QWidget()
        super().__init__(desk.words(N_("Documents")), beside=beside)
        from PySide6.QtWidgets import QHBoxLayout

        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Label(count, Role.SECOND))
        add = link(desk.icons, desk.words(N_("Attach")), self.pick, icon="paperclip", small=True)
        add.setAccessibleName(desk.words(N_("Attach a file")))
        row.addWidget(add)
        self.setAcceptDrops(True)
        self._checklist(case.checklist)
        self._others(case)
        packs = link(desk.icons, desk.words(N_("All packs")), partial(desk.go, "papers", case.id), small=True)
        packs.setAccessibleName(desk.words(N_("All packs of papers of this case")))
        self.add(packs)

    def _checklist(self, items: Iterable[CheckedItem]) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for number, item in enumerate(items):
            grid.addWidget(self._item(item), number // 2, number % 2)
        self.body.addLayout(grid)

    def _item(self, item: CheckedItem) -> StepRow:
        _, desk = self._desk.words, self._desk
        words = _(N_(" or ")).join(short_name(desk, kind) for kind in item.kinds[:2])
        words = upper_first(words)
        shape, tone = (Shape.DONE, Tone.GREEN) if item.have else (Shape.OPEN, Tone.QUIET)
        spoken = _(N_("{paper}: here"), paper=words) if item.have else _(N_("{paper}: missing"), paper=words)
        row = StepRow(desk, words, shape=shape, tone=tone, spoken=spoken)
        document = next((d for d in self._case.documents if d.id == item.document_id), None)
        if document is not None:
            row.clicked.connect(lambda _on=False: self._menu(row, document))
        else:
            row.clicked.connect(lambda _on=False: self.pick(item.kinds[0]))
        return row

    def _others(self, case: JourneyView) -> None:
        listed = {item.document_id for item in case.checklist}
        for document in case.documents:
            if document.id not in listed:
                row = StepRow(
                    self._desk, self._desk.masking.text(document.title), shape=Shape.DONE, tone=Tone.GREEN,
                    beside=self._desk.formats.short_date(document.received_on),
                )  # fmt: skip
                row.clicked.connect(lambda _on=False, each=document, at=row: self._menu(at, each))
                self.add(row)

    # files coming in

    def pick(self, kind: DocumentKind | None = None) -> None:
        """Choose files of the computer."""
        _ = self._desk.words
        title = _(N_("Attach files"))
        dialog = QFileDialog(self, title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take([Path(n) for n in names], kind))
        dialog.open()

    def take(self, paths: Sequence[Path], kind: DocumentKind | None = None) -> None:
        """Store files; where nobody said what they are, the drawer asks once for all of them."""
        if not paths:
            return
        if kind is None:
            ask_kind(self._bench, paths, self._case.id)
        else:
            store(self._bench, paths, DocumentDraft(journey_id=self._case.id, kind=kind, title=""))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if _files(event.mimeData().urls()):
            event.acceptProposedAction()
            restyle(self, "dropping", "true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The files went elsewhere."""
        restyle(self, "dropping", "false")

    def dropEvent(self, event: QDropEvent) -> None:
        """Files were dropped."""
        restyle(self, "dropping", "false")
        event.acceptProposedAction()
        self.take(_files(event.mimeData().urls()))

    # one paper

    def _menu(self, row: StepRow, document: DocumentLine) -> None:
        _ = self._desk.words
        rows: list[MenuRow] = [
            (_(N_("Look at it")), partial(self._desk.go, "document", document.id)),
            (_(N_("Change its details…")), partial(edit_paper, self._bench, document.id)),
            (_(N_("Save a copy…")), partial(self._save_copy, document)),
            None,
            (_(N_("Remove it")), partial(self._remove, document)),
        ]
        menu_of(row, rows).popup(row.mapToGlobal(row.rect().bottomLeft()))

    def _save_copy(self, document: DocumentLine) -> None:
        dialog = QFileDialog(self, self._desk.words(N_("Save a copy of the document")))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.selectFile(document.title)
        dialog.fileSelected.connect(lambda name: self.save_to(document.id, Path(name)))
        dialog.open()

    def save_to(self, document_id: int, target: Path) -> None:
        """Write an unencrypted copy where the officer wants it; that it left the store is on record."""
        save_copy(self._desk, self, document_id, target)

    def _remove(self, document: DocumentLine) -> None:
        self._desk.runner.write(
            N_("Remove a document"),
            partial(documents.void_document, reason=self._desk.words(N_("attached by mistake"))),
            document.id,
            owner=self,
            done=lambda _: self._desk.toast(self._desk.words(N_("Document removed"))),
        )


def save_copy(desk: Desk, owner: QWidget, document_id: int, target: Path) -> None:
    """Write an unencrypted copy of a file, on record as a disclosure inside the office."""
    desk.runner.write(
        N_("Save a copy of a document"), document_copies.copy_out, document_id, target, owner=owner,
        kind="disclosure",
        done=lambda _: desk.toast(desk.words(N_("Copy saved; it is not encrypted")), undo=False),
    )  # fmt: skip


def store(bench: Bench, paths: Sequence[Path], details: DocumentDraft) -> None:
    """Store files as papers with the same details."""
    said = N_("Document attached") if len(paths) == 1 else N_("Documents attached")
    bench.desk.runner.write(
        N_("Attach documents"), attach_files, tuple(paths), details, owner=bench.drawer,
        done=lambda _: bench.done(said),
    )  # fmt: skip


@reopens
def ask_kind(bench: Bench, paths: Sequence[Path], journey_id: int | None, claim_id: int | None = None) -> FormPane:
    """What are these files? One answer for all of them."""
    desk = bench.desk
    _ = desk.words
    content = QWidget()
    box = QVBoxLayout(content)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(8)
    for path in paths[:6]:
        box.addWidget(Label(path.name, Role.STRONG, elide=True))
    form = paper_form(desk, with_title=False)
    form.set(DocumentDraft(journey_id=journey_id, claim_id=claim_id, title=paths[0].name))
    box.addWidget(form)

    def save() -> None:
        try:
            details = form.read()
        except Refused as refused:
            form.show(refused.problems)
            return
        store(bench, paths, details)

    title = _(N_("Attach a file")) if len(paths) == 1 else _(KINDS_SHOWN)
    return bench.drawer.open(FormPane(desk, title=title, content=content, save=save))


def short_name(desk: Desk, kind: DocumentKind) -> str:
    """The paper's name as a checklist has it."""
    return desk.words(_SHORT.get(kind, kind.label))


_SHORT = {
    DocumentKind.ID_KTP: N_("KTP"),
    DocumentKind.ID_KK: N_("KK"),
    DocumentKind.ID_PASSPORT: N_("Passport"),
    DocumentKind.CARD_MEMBER: N_("Member card"),
    DocumentKind.CONSENT_PROCESSING: N_("Consent: data"),
    DocumentKind.CONSENT_TRANSFER: N_("Consent: abroad"),
    DocumentKind.CONSENT_RELEASE: N_("Consent: records"),
    DocumentKind.PREAUTH_FORM_1: N_("GL form, patient"),
    DocumentKind.PREAUTH_FORM_2: N_("GL form, doctor"),
    DocumentKind.MED_REPORT_INITIAL: N_("First report"),
    DocumentKind.COST_ESTIMATE: N_("Estimate"),
    DocumentKind.GL_INITIAL: N_("Initial GL"),
    DocumentKind.GL_TOPUP: N_("Top-up GL"),
    DocumentKind.GL_FINAL: N_("Final GL"),
    DocumentKind.LAB: N_("Lab result"),
    DocumentKind.DISCHARGE_SUMMARY: N_("Discharge"),
    DocumentKind.BILL_FINAL_ITEMISED: N_("Itemised bill"),
    DocumentKind.BILL_INTERIM: N_("Interim bill"),
    DocumentKind.EXCESS_RECEIPT: N_("Excess receipt"),
    DocumentKind.RECEIPT_ORIGINAL: N_("Original receipt"),
    DocumentKind.MED_RESUME_FINAL: N_("Final resume"),
    DocumentKind.POA_MEDICAL: N_("Power of attorney"),
    DocumentKind.BANK_BOOK: N_("Bank book"),
    DocumentKind.CLAIM_FORM: N_("Claim form"),
}
"""Names short enough for two columns."""


def _files(urls: Iterable[Any]) -> list[Path]:
    return [Path(u.toLocalFile()) for u in urls if u.isLocalFile() and Path(u.toLocalFile()).is_file()]
