"""A message by WhatsApp: whom to, which template, in which language; the words are seen before anything opens.

Nothing is sent from here: the link opens WhatsApp with the words in its line, and the officer sends them there. What
was said becomes a note of the case, so that it is written once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from liaison.domain.errors import refuse_if
from liaison.domain.identifiers import phone_shown, whatsapp_link
from liaison.domain.problems import Problem
from liaison.domain.work import NoteChannel, NoteDraft
from liaison.i18n import LANGUAGE_NAMES, LANGUAGES, N_, Language
from liaison.services import templates
from liaison.services.office_messages import GAP, TemplateView
from liaison.services.templates import MessageDraft, Receiver
from liaison.services.views import JourneyView
from liaison.ui.desk import Desk
from liaison.ui.pages.said import relation_words
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Choice
from liaison.ui.widgets.form import Form

NO_NUMBER = N_("There is no telephone number on record for this case. Write it down with the person first.")
NOT_TOLD = N_(
    "This relative has no consent to be told about the case: greet and ask to be called back, nothing about the case."
)
HAS_GAP = N_("Three dots stand for something that is not on record yet. Write it in, or leave it out.")
UNREADABLE_NUMBER = N_("This number cannot be read as a telephone number.")


def open_message(
    bench: Bench, case: JourneyView, *, template: str = "", after: Callable[[str], object] | None = None
) -> None:
    """Open the form; a case without any number says so instead.

    ``template`` is chosen beforehand; ``after`` is called with the message's language as WhatsApp opens, unless the
    receiver may not be told of the case.
    """
    if not templates.receivers(case):
        bench.desk.toast(bench.desk.words(NO_NUMBER), refused=True)
        return
    show = partial(_show, bench, case, template=template, after=after)
    bench.desk.runner.read(templates.message_templates, owner=bench.drawer, done=show, key="templates")


def _show(
    bench: Bench,
    case: JourneyView,
    offered: tuple[TemplateView, ...],
    *,
    template: str,
    after: Callable[[str], object] | None,
) -> FormPane:
    desk = bench.desk
    choose = _Chooser(desk, case, offered, after=after)
    own = [one for one in choose.receivers if one.relation is None and not one.whose]
    first = MessageDraft(
        receiver=own[0].phone if own else "",
        template=template or offered[0].message.value,
        language=case.patient.language if case.patient.language in LANGUAGES else desk.words.code,
    )
    choose.form = begin(choose.make_form(), first)
    choose.fill()
    return offer(
        bench, choose.form, title=N_("Write by WhatsApp"), action=N_("Note a message"), write=choose.write,
        said=N_("WhatsApp is opening; the message is noted"), save_word=N_("Open WhatsApp"),
        note=desk.words(N_("Nothing is sent from here: you send it in WhatsApp.")),
        look=choose.look, draft=choose.note, done=lambda _changes: choose.record(bench),
    )  # fmt: skip


class _Chooser:
    """What the form's choices mean for its text. The text follows them until somebody types in it."""

    def __init__(
        self,
        desk: Desk,
        case: JourneyView,
        offered: tuple[TemplateView, ...],
        *,
        after: Callable[[str], object] | None = None,
    ) -> None:
        self.receivers: tuple[Receiver, ...] = tuple(templates.receivers(case))
        self.form: Form[MessageDraft]
        self._desk = desk
        self._case = case
        self._offered = {one.message.value: one for one in offered}
        self._filled = ""
        self._link = ""
        self._after = after
        self._sent = MessageDraft(receiver="", template="", language="")
        self._note = NoteDraft(text="")

    def make_form(self) -> Form[MessageDraft]:
        """The form with its choices."""
        desk, words = self._desk, self._desk.words
        to = Choice(desk, [(r.phone, self._called(r)) for r in self.receivers], none=words(N_("Choose the number")))
        which = Choice(desk, [(one.message.value, words(one.name)) for one in self._offered.values()], search=False)
        language = Choice(desk, [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES])
        form: Form[MessageDraft] = Form(
            desk, MessageDraft, ["receiver", "template", "language", "text"],
            editors={"receiver": to, "template": which, "language": language},
        )  # fmt: skip
        for editor in (to, which, language):
            editor.changed.connect(self.fill)
        return form

    def _called(self, receiver: Receiver) -> str:
        words, masking = self._desk.words, self._desk.masking
        number = masking.number(phone_shown(receiver.phone))
        sex = self._case.patient.sex
        whose = relation_words(words, receiver.relation, sex) if receiver.relation is not None else receiver.whose
        if receiver.is_agent:
            return f"{masking.name(receiver.name, self._case.case_no)} ({words(N_('agent'))}) {number}"
        who = masking.name(receiver.name, self._case.case_no)
        if whose and receiver.relation is None:
            return words(N_("{number}, number of: {whose}"), number=number, whose=masking.text(whose))
        return f"{who} ({whose}) {number}" if whose else f"{who} {number}"

    def fill(self) -> None:
        """Put the template's words for this case into the text, unless somebody changed them."""
        box = self.form.editor("text")
        if box.value() not in ("", self._filled):
            return
        code = str(self.form.editor("language").value())
        officer = self._desk.officer
        language = Language(code, self._desk.words.zone)
        facts = templates.message_facts(self._case, language, officer=officer.name, office=officer.office)
        chosen = self._offered[str(self.form.editor("template").value())]
        self._filled = templates.filled(chosen.texts[code], facts)
        box.set_value(self._filled)

    def look(self, draft: MessageDraft) -> list[Problem]:
        """A relative who may not be told gets a greeting, nothing about the case; a gap is filled before it is sent."""
        found = templates.message_problems(self._case, draft)
        to = self._to(draft)
        if to is not None and not to.is_agent and not to.may_be_told and draft.template != templates.GREETING:
            found.append(Problem(code="NOT_TOLD", message=NOT_TOLD, field="receiver", severity="warning"))
        if GAP in draft.text:
            found.append(Problem(code="GAP", message=HAS_GAP, field="text", severity="warning"))
        return found

    def note(self, draft: MessageDraft) -> NoteDraft:
        """The message as a note of the case."""
        link = whatsapp_link(draft.receiver)
        self._link = f"{link}?text={quote(draft.text)}" if link else ""
        to = self._to(draft)
        self._sent = draft
        self._note = NoteDraft(
            journey_id=self._case.id, channel=NoteChannel.WHATSAPP, text=draft.text, counterpart=to.name if to else ""
        )
        return self._note

    def _to(self, draft: MessageDraft) -> Receiver | None:
        return next((r for r in self.receivers if r.phone == draft.receiver), None)

    def _how(self) -> dict[str, Any]:
        to = self._to(self._sent)
        return {"template": self._sent.template, "is_agent": to is not None and to.is_agent}

    def write(self, session: Any, note: NoteDraft) -> Any:
        """Note the message; refused where it says what may not be said, or what nobody agreed to."""
        refuse_if(templates.message_problems(self._case, self._sent))
        return templates.note_message(session, note, **self._how())

    def record(self, bench: Bench) -> None:
        """What tells something about the case is on record as a disclosure; then WhatsApp opens."""
        if self._sent.template == templates.GREETING:
            self.open_link()
            return
        bench.desk.runner.write(
            N_("Tell by message"), partial(templates.record_message, **self._how()), self._note, owner=bench.drawer,
            kind="disclosure", done=lambda _changes: self.open_link(),
        )  # fmt: skip

    def open_link(self) -> None:
        """Open WhatsApp with the words in its line."""
        to = self._to(self._sent)
        is_stranger = to is not None and to.relation is not None and not to.may_be_told
        if self._after is not None and not is_stranger:
            self._after(self._sent.language)
        if self._link:
            QDesktopServices.openUrl(QUrl(self._link))
        else:
            self._desk.toast(self._desk.words(UNREADABLE_NUMBER), refused=True)
