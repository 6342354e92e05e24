"""Parts of a letter that its own page and the page of its case share: how long it lasts, and whether it is accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.acceptance import Answer, Question, Verdict
from liaison.i18n import N_, Language, upper_first
from liaison.services.guarantee_views import GuaranteeView
from liaison.services.letter_burn import LetterBurn
from liaison.services.panels import Acceptance
from liaison.services.rate_words import rate_words
from liaison.ui.desk import Desk
from liaison.ui.pages.panel_card import panel_form
from liaison.ui.pages.short_forms import Bench
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked, Section
from liaison.ui.widgets.shapes import Shape

Do = Callable[[], object]

_ANSWERS = {
    Answer.YES: (Shape.DONE, Tone.GREEN),
    Answer.NO: (Shape.BLOCKED, Tone.RED),
    Answer.UNKNOWN: (Shape.OPEN, Tone.INK),
}
_ALL_IN_ALL = {
    Answer.YES: N_("Nothing speaks against it"),
    Answer.NO: N_("The hospital may refuse it"),
    Answer.UNKNOWN: N_("Not everything is known yet"),
}
SOON_DAYS = 7
"""An expiry so near is a warning."""


# how long it lasts


def lasting_words(burn: LetterBurn, words: Language) -> Iterator[str]:
    """The day of the stay, and when ceiling and validity end, each in a few words."""
    formats = words.formats
    if burn.day_no is not None and burn.days_covered is not None:
        yield words(N_("Day {day} of {days}"), day=burn.day_no, days=burn.days_covered)
    elif burn.day_no is not None:
        yield words(N_("Day {day}"), day=burn.day_no)
    if burn.lasts_until is not None:
        yield words(N_("ceiling lasts to about {day}"), day=formats.short_date(burn.lasts_until))
    if burn.valid_to is not None and burn.days_left is not None:
        day = formats.short_date(burn.valid_to)
        if burn.days_left < 0:
            yield words(N_("expired on {day}"), day=day)
        else:
            left = words.plural("{count} day left", "{count} days left", burn.days_left)
            yield words(N_("valid to {day}, {left}"), day=day, left=left)
    elif burn.valid_to is not None and burn.lasts_until is None:
        yield words(N_("valid to {day}"), day=formats.short_date(burn.valid_to))


def burn_notes(
    desk: Desk, burn: LetterBurn, *, draft_topup: Do | None = None, ground: str = "surface"
) -> list[QWidget]:
    """The rate with its source, what is warned of, and the way to the drafted request."""
    _ = desk.words
    found: list[QWidget] = []
    if burn.rate is not None and burn.billed is not None:
        text = f"{desk.formats.money(burn.billed)} · {rate_words(burn.rate, _, is_letters_rate=burn.is_letters_rate)}"
        found.append(Label(text, Role.SECOND, wrap=True))
    for text in _warnings(desk, burn):
        found.append(Marked(desk, text, Shape.WARNING, Tone.AMBER, role=Role.WARNING, ground=ground, wrap=True))
    if burn.needs_topup and draft_topup is not None:
        button = link(desk.icons, _(N_("Draft the request for a top-up…")), draft_topup, icon="file-text", small=True)
        button.setObjectName("letter.topup")
        found.append(button)
    return found


def _warnings(desk: Desk, burn: LetterBurn) -> Iterator[str]:
    _ = desk.words
    if burn.rate_missing is not None:
        base, quote = burn.rate_missing
        yield _(
            N_("No rate from {base} to {quote}: add one in the settings to compare the bill"), base=base, quote=quote
        )
    if burn.is_drift_warned and burn.drift is not None:
        yield _(N_("The rate moved {share} against us since the letter"), share=desk.formats.percent(burn.drift, 1))
    if burn.needs_topup and burn.ask_by is None:
        yield _(N_("Time to ask for a top-up"))
    elif burn.needs_topup and burn.ask_by is not None:
        late = burn.ask_by < desk.today()
        text = N_("A top-up should have been asked for by {day}") if late else N_("Ask for a top-up by {day}")
        yield _(text, day=desk.formats.short_date(burn.ask_by))
    if burn.days_left is not None and 0 <= burn.days_left <= SOON_DAYS:
        yield _(N_("The letter expires soon"))


# will this hospital accept it?


def acceptance_section(desk: Desk, bench: Bench, letter: GuaranteeView, found: Acceptance) -> Section:
    """Every question with its answer, whose word it is and of when."""
    _ = desk.words
    made = Section(_(N_("Will the hospital accept it?")))
    shape, tone = _ANSWERS[found.answer]
    made.add(Marked(desk, _(_ALL_IN_ALL[found.answer]), shape, tone, role=Role.STRONG, ground="sunken", wrap=True))
    for verdict in found.verdicts:
        made.add(_verdict(desk, verdict))
    panel = next(v for v in found.verdicts if v.question is Question.PANEL)
    if letter.insurer_id is not None and letter.hospital_id is not None:
        words = _(N_("Ask again and note it…")) if panel.as_of is not None else _(N_("Note what the desk says…"))
        ask = link(desk.icons, words, partial(panel_form, bench, letter.insurer_id, letter.hospital_id), small=True)
        made.body.addWidget(ask, 0, Qt.AlignmentFlag.AlignLeft)
    return made


def _verdict(desk: Desk, verdict: Verdict) -> QWidget:
    _ = desk.words
    shape, tone = (Shape.WARNING, Tone.AMBER) if verdict.is_old else _ANSWERS[verdict.answer]
    values = {k: desk.formats.value(v) for k, v in verdict.values.items()}
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 2, 0, 3)
    box.setSpacing(1)
    box.addWidget(Marked(desk, _(verdict.question.label), shape, tone, ground="sunken", wrap=True))
    said = upper_first(_(verdict.said, **values))
    box.addWidget(Label(f"{said} · {_source(desk, verdict)}", Role.SECOND, wrap=True))
    return holder


def _source(desk: Desk, verdict: Verdict) -> str:
    _ = desk.words
    parts = [_(verdict.source)]
    if verdict.as_of is not None:
        days = (desk.today() - verdict.as_of).days
        age = _.plural("{count} day ago", "{count} days ago", days) if days > 0 else _(N_("today"))
        parts.append(f"{desk.formats.date(verdict.as_of)} ({age})")
    if verdict.is_old:
        parts.append(_(N_("ask again")))
    return ", ".join(parts)
