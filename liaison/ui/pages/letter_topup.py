"""The request for a top-up: drafted from the bills and the rate, changed by hand, copied, and noted as sent."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison.domain.work import NoteChannel
from liaison.i18n import LANGUAGE_NAMES, LANGUAGES, N_, Language
from liaison.services import topup
from liaison.services.topup import TopupDraft, TopupFacts
from liaison.ui.desk import Desk
from liaison.ui.pages.page_parts import copy_text
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.reopening import reopens
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.editors import Choice, LongText
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.money_edit import MoneyEdit

TEXT_LINES = 14


@reopens
def topup_form(bench: Bench, guarantee_id: int, *, done: Any = None) -> None:
    """Open the drafted request of a letter."""
    show = partial(_show, bench, guarantee_id, done=done)
    bench.desk.runner.read(topup.topup_facts, guarantee_id, owner=bench.drawer, done=show, key="topup form")


def _show(bench: Bench, guarantee_id: int, facts: TopupFacts, *, done: Any = None) -> None:
    desk = bench.desk
    draft = _Drafting(desk, facts)
    start = TopupDraft(
        guarantee_id=guarantee_id, language=desk.words.code, ceiling=facts.burn.suggested, channel=NoteChannel.MAIL
    )
    form = begin(draft.form, start)
    draft.fill()
    offer(
        bench, form, title=N_("Request for a top-up"), action=N_("Ask for a top-up"), write=topup.request_topup,
        said=N_("Noted; the letter waits for the insurer"), save_word=N_("Note as sent"),
        note=desk.words(N_("Nothing is sent from here: copy the text into the portal or the e-mail.")),
        beside=draft.copy_row(), done=done,
    )  # fmt: skip


class _Drafting:
    """The text follows language and amount until somebody types in it."""

    def __init__(self, desk: Desk, facts: TopupFacts) -> None:
        self._desk, self._facts, self._filled = desk, facts, ""
        currency = facts.burn.suggested.currency if facts.burn.suggested else "MYR"
        codes = [c for c in NoteChannel if c is not NoteChannel.NOTE]
        editors = {
            "language": Choice(desk, [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]),
            "ceiling": MoneyEdit(desk, currency=currency, fixed=facts.burn.ceiling is not None),
            "channel": Choice(desk, [(c, desk.words(c.label)) for c in codes], search=False),
            "text": LongText(desk, lines=TEXT_LINES),
        }
        self.form: Form[TopupDraft] = Form(
            desk, TopupDraft, ["language", "ceiling", "text", "channel"], editors=editors, kept=("guarantee_id",)
        )
        for name in ("language", "ceiling"):
            self.form.editor(name).changed.connect(self.fill)

    def fill(self) -> None:
        """Put the request's words into the text, unless somebody changed them."""
        box = self.form.editor("text")
        if box.value() not in ("", self._filled):
            return
        words = Language(str(self.form.editor("language").value()), self._desk.words.zone)
        try:
            ceiling = self.form.editor("ceiling").value()
        except ValueError:
            return
        self._filled = topup.topup_text(self._facts, words, ceiling=ceiling)
        box.set_value(self._filled)

    def copy_row(self) -> QWidget:
        """The button that puts the text on the clipboard."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        words = self._desk.words(N_("Copy the text"))
        row.addWidget(secondary(self._desk.icons, words, self._copy, icon="copy", small=True))
        row.addStretch(1)
        return holder

    def _copy(self) -> None:
        copy_text(self._desk, str(self.form.editor("text").value()))
