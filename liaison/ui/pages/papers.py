"""All papers of a case, step by step: what is here, what is missing, who asked for what, and the letter that chases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.disclosures import Ground
from liaison.domain.documents import DocumentKind
from liaison.domain.paper_owners import owed_by
from liaison.domain.paper_requests import PaperRequestDraft
from liaison.domain.privacy import Audience
from liaison.domain.work import DocumentDraft, WaitingOn
from liaison.i18n import N_, upper_first
from liaison.services import checklists, disclosure, paper_requests
from liaison.services.checklists import Pack, PackItem
from liaison.services.disclosure import REVIEW, DisclosureView
from liaison.services.paper_requests import RequestView
from liaison.services.views import JourneyCard, journey_card
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages.journey_ends import WordsForm
from liaison.ui.pages.journey_papers import ask_kind, short_name, store
from liaison.ui.pages.lookups import house_edit
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.places import Place
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link, primary, secondary
from liaison.ui.widgets.drawer import Drawer, FormPane
from liaison.ui.widgets.editors import LongText
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, Folding, Head, Marked, Pane, Section, clear, hairline
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow

PANE_WIDTH = 330
MOST_SHOWN = 12
_READER = {
    WaitingOn.PATIENT: Audience.FAMILY,
    WaitingOn.HOSPITAL: Audience.HOSPITAL,
    WaitingOn.INSURER: Audience.INSURER,
}
ASKED_IN_VAIN = N_("asked on {date}, although it was here since {since}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePapers:
    """What the page shows."""

    card: JourneyCard
    packs: tuple[Pack, ...]
    requests: tuple[RequestView, ...]
    left: tuple[DisclosureView, ...]


def read_papers(session: Any, journey_id: int) -> CasePapers:
    """Every pack of a case and every request for a paper of it."""
    return CasePapers(
        card=journey_card(session, journey_id),
        packs=checklists.packs_of(session, journey_id),
        requests=paper_requests.requests_of(session, journey_id),
        left=tuple(disclosure.disclosures_of_case(session, journey_id)),
    )


def _column(holder: QWidget) -> QVBoxLayout:
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(14)
    return box


class PapersPage(Page):
    """Packs at the left, requests at the right. A missing paper is attached or asked for with one press."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        self.papers: CasePapers | None = None
        self.chase_button = primary(desk.icons, words(N_("Ask for papers")), self.chase, icon="mail")
        self.head = Head(
            desk, words(N_("Papers")), note="…", back=desk.frame.back, back_hint=words(N_("Back")),
            buttons=[secondary(desk.icons, words(N_("Attach")), self.pick, icon="paperclip"), self.chase_button],
        )  # fmt: skip
        self.body.addWidget(self.head)
        self.body.addWidget(hairline())
        self.middle = Pane(desk, side="middle", name=words(N_("Packs of papers")))
        self.packs = QWidget()
        self._packs = _column(self.packs)
        self.middle.add(self.packs)
        self.middle.finish()
        self.side = QWidget()
        self._side = _column(self.side)
        self.drawer = Drawer(desk, self.side, width=PANE_WIDTH)
        self.bench = Bench(desk=desk, drawer=self.drawer)
        self.body.addWidget(Folding([(self.middle, 1), (self.drawer, 0)], folds=[self.drawer], below=760), 1)
        desk.hub.changed.connect(self._changed)

    def _changed(self, _changes: object) -> None:
        self._read()

    def start(self) -> None:
        """Read the papers of the case."""
        self._read()

    def _read(self) -> None:
        key = self.place.record
        if key is not None:
            self.desk.runner.read(read_papers, key, owner=self, done=self._arrived, key="papers")

    def _arrived(self, papers: CasePapers) -> None:
        self.papers = papers
        card = papers.card
        self.head.note.setText(f"{self.desk.masking.name(card.name, card.case_no)} · {card.case_no}")
        clear(self._packs)
        for pack in papers.packs:
            self._packs.addWidget(self._pack(pack))
        self._packs.addStretch(1)
        self._show_side(papers)
        self.chase_button.setEnabled(self._next_pack() is not None)

    # packs

    def _pack(self, pack: Pack) -> QWidget:
        words = self.desk.words
        asked = [item for item in pack.items if item.is_asked]
        have = sum(item.have for item in asked)
        count = words(N_("{have} of {all}"), have=have, all=len(asked))
        if pack.is_ticked:
            count = words(N_("ticked as complete"))
        elif not pack.is_due:
            count = words(N_("{count}, later"), count=count)
        section = Section(upper_first(words(pack.process.label)), beside=self._beside(pack, count))
        for item in [*pack.missing, *(i for i in pack.items if i not in pack.missing)]:
            if item.is_asked or item.have:
                section.add(self._item(pack, item))
        others = [item for item in pack.items if not item.is_asked and not item.have]
        if others:
            told = ", ".join(
                f"{self._names(item)} ({words(item.condition.label)})" for item in others if item.condition is not None
            )
            section.add(Label(words(N_("Only where needed: {papers}"), papers=told), Role.SECOND, wrap=True))
        return section

    def _beside(self, pack: Pack, count: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Label(count, Role.SECOND))
        if pack.missing:
            ask = link(self.desk.icons, self.desk.words(N_("Ask for these")), partial(self.chase, pack), small=True)
            what = self.desk.words(pack.process.label)
            ask.setAccessibleName(self.desk.words(N_("Ask for the papers of: {step}"), step=what))
            row.addWidget(ask)
        return holder

    def _item(self, pack: Pack, item: PackItem) -> StepRow:
        words = self.desk.words
        name = self._names(item)
        if item.have:
            shape, tone, beside = Shape.DONE, Tone.GREEN, ""
            spoken = words(N_("{paper}: here"), paper=name)
        else:
            shape, tone, beside = Shape.OPEN, Tone.QUIET, words(owed_by(item.kinds[0]).label)
            spoken = words(N_("{paper}: missing"), paper=name)
        row = StepRow(self.desk, name, shape=shape, tone=tone, beside=beside, spoken=spoken, ground="surface")
        if item.document_id is not None:
            row.clicked.connect(lambda _on=False, key=item.document_id: self.desk.go("document", key))
        else:
            row.clicked.connect(lambda _on=False, each=item: self.pick(each))
        return row

    def _names(self, item: PackItem) -> str:
        return upper_first(self.desk.words(N_(" or ")).join(short_name(self.desk, kind) for kind in item.kinds))

    # attaching and asking

    def pick(self, item: PackItem | None = None) -> None:
        """Choose files for a missing paper, or any."""
        dialog = QFileDialog(self, self.desk.words(N_("Attach files")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.take([Path(n) for n in names], item))
        dialog.open()

    def take(self, paths: list[Path], item: PackItem | None = None) -> None:
        """Store files; for a missing paper without a question."""
        key = self.place.record
        if key is None or not paths:
            return
        if item is None:
            ask_kind(self.bench, paths, key)
        else:
            store(self.bench, paths, DocumentDraft(journey_id=key, kind=item.kinds[0], title=""))

    def _next_pack(self) -> Pack | None:
        packs = self.papers.packs if self.papers is not None else ()
        return next((p for p in sorted(packs, key=lambda p: not p.is_due) if p.missing), None)

    def chase(self, pack: Pack | None = None) -> None:
        """One press: the case waits for these papers, and the letter that asks for them stands ready."""
        wanted = pack or self._next_pack()
        if wanted is None or self.papers is None or self.place.record is None:
            return
        who = owed_by(wanted.missing[0].kinds[0])
        what = ", ".join(self._names(item) for item in wanted.missing if owed_by(item.kinds[0]) is who)
        letter = partial(
            self.desk.go, "reports", name="paper_letter", case=self.papers.card.case_no, process=wanted.process.value,
            audience=_READER[who].value,
        )  # fmt: skip
        self.desk.runner.write(
            N_("Ask for papers"), partial(paper_requests.chase, who=who, what=what), self.place.record, owner=self,
            done=lambda _changes: letter(),
        )  # fmt: skip

    # who asked for what

    def _show_side(self, papers: CasePapers) -> None:
        clear(self._side)
        pane = Pane(self.desk, side="right", padding=PANE_PADDING, name=self.desk.words(N_("Asked for")))
        pane.add(self._requests(papers.requests))
        pane.add(self._left(papers.left))
        pane.finish()
        self._side.addWidget(pane, 1)

    def _requests(self, requests: tuple[RequestView, ...]) -> QWidget:
        words = self.desk.words
        add = link(self.desk.icons, words(N_("Somebody asked…")), self.ask, icon="plus", small=True)
        section = Section(words(N_("Asked for")), beside=add)
        vain = sum(one.had_on is not None for one in requests)
        if vain:
            said = words.plural(
                "{count} asked for although it was here", "{count} asked for although they were here", vain
            )
            section.add(Marked(self.desk, said, Shape.WARNING, Tone.AMBER, ground="sunken", wrap=True))
        for one in requests:
            section.add(self._request(one))
        if not requests:
            sentence = words(N_("Nobody has asked for a paper yet. Write it down when a hospital or insurer does."))
            section.add(Label(sentence, Role.SECOND, wrap=True))
        return section

    def _left(self, lines: tuple[DisclosureView, ...]) -> QWidget:
        """What of this case left the office: to whom, when, on what ground; an emergency is looked at again here."""
        words = self.desk.words
        section = Section(words(N_("Left the office")))
        for one in lines[:MOST_SHOWN]:
            section.add(self._left_row(one))
        if len(lines) > MOST_SHOWN:
            more = words.plural("and {count} more", "and {count} more", len(lines) - MOST_SHOWN)
            section.add(Label(more, Role.SECOND))
        if not lines:
            section.add(
                Label(words(N_("Nothing of this case was printed, exported or sent yet.")), Role.SECOND, wrap=True)
            )
        return section

    def _left_row(self, one: DisclosureView) -> QWidget:
        words = self.desk.words
        to = one.recipient or words(one.audience.label)
        if one.needs_review:
            shape, tone = Shape.WARNING, Tone.AMBER
        else:
            shape, tone = (Shape.DONE, Tone.GREEN) if one.ground is not Ground.OFFICE else (Shape.OPEN, Tone.GREY)
        ground = " ".join(one.consents) if one.ground is Ground.CONSENT else words(one.ground.label)
        when = self.desk.formats.short_date(self.desk.formats.home_day(one.at))
        text = words(N_("{to}: {ground}"), to=upper_first(to), ground=ground)
        row = StepRow(self.desk, text, shape=shape, tone=tone, beside=when)
        if one.needs_review:
            row.setAccessibleDescription(words(REVIEW))
            row.clicked.connect(lambda _on=False, each=one: self.review(each))
        return row

    def review(self, one: DisclosureView) -> None:
        """Look again at what went out in an emergency."""
        words = self.desk.words
        form = WordsForm(self.bench, [("note", N_("What the look afterwards found"), LongText(self.desk, lines=4))])

        def save() -> None:
            values = form.read()
            if values is not None:
                self.desk.runner.write(
                    REVIEW, disclosure.review_disclosure, one.id, str(values["note"]), owner=self,
                    done=lambda _changes: self.bench.done(N_("The disclosure was looked at again")),
                    refused=form.show_problems,
                )  # fmt: skip

        told = words(N_("Said at the time: {reason}"), reason=one.emergency_reason)
        self.drawer.open(FormPane(self.desk, title=words(REVIEW), content=form, save=save, note=told))

    def _request(self, one: RequestView) -> QWidget:
        words, formats = self.desk.words, self.desk.formats
        name = upper_first(short_name(self.desk, one.kind))
        when = formats.short_date(one.asked_on)
        if one.answered_on is not None:
            shape, tone = Shape.DONE, Tone.GREEN
        else:
            shape, tone = (Shape.WARNING, Tone.AMBER) if one.had_on is not None else (Shape.OPEN, Tone.INK)
        spoken = ", ".join(part for part in (name, one.asked_by, when) if part)
        row = StepRow(self.desk, f"{name}: {one.asked_by}" if one.asked_by else name, shape=shape, tone=tone,
                      beside=when, spoken=spoken)  # fmt: skip
        if one.had_on is not None:
            since = words(ASKED_IN_VAIN, date=one.asked_on, since=one.had_on)
            row.setToolTip(since)
            row.setAccessibleDescription(since)
        if one.answered_on is None:
            row.clicked.connect(lambda _on=False, key=one.id: self.answered(key))
        return row

    def answered(self, key: int) -> None:
        """The paper was sent today."""
        self.desk.runner.write(
            N_("Answer a request for a paper"), paper_requests.answer_request, key, owner=self,
            done=lambda _changes: self.desk.toast(self.desk.words(N_("Noted: the paper was sent"))),
        )  # fmt: skip

    def ask(self) -> None:
        """Write down that somebody asked for a paper."""
        key = self.place.record
        if key is None:
            return
        form = Form(
            self.desk, PaperRequestDraft, ["kind", "asked_by_id", "asked_on", "note"],
            editors={"asked_by_id": house_edit(self.desk)}, kept=("journey_id", "claim_id", "answered_on"),
        )  # fmt: skip
        draft = PaperRequestDraft(journey_id=key, kind=DocumentKind.OTHER, asked_on=self.desk.today())
        offer(
            self.bench, begin(form, draft, empty=("kind",)), title=N_("Somebody asked for a paper"),
            action=N_("Write down a request for a paper"), write=paper_requests.ask_for_paper, said=N_("Request noted"),
        )  # fmt: skip

    def actions_here(self) -> tuple[Action, ...]:
        """Ask for what is missing."""
        return (
            Action(key="papers.ask", text=N_("Ask for papers"), keys="Ctrl+P", icon="mail", run=self.chase,
                   scope=Scope.PAGE, menu=Menu.FILE, part=True),
            Action(key="papers.asked", text=N_("Somebody asked for a paper"), keys="Ctrl+N", icon="plus",
                   run=self.ask, scope=Scope.PAGE, menu=Menu.FILE),
        )  # fmt: skip
