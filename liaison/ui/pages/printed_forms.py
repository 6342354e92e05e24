"""Forms of a printed report: hand a numbered copy out, and say what became of one."""

from __future__ import annotations

from functools import partial

from liaison.domain.custody import CopyDraft, CopyEndDraft, CopyState
from liaison.i18n import N_
from liaison.services import custody
from liaison.ui.pages.agreements_forms import Done
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.reopening import reopens
from liaison.ui.widgets.editors import Choice, LongText
from liaison.ui.widgets.form import Form


@reopens
def copy_form(bench: Bench, release_id: int, *, done: Done | None = None) -> None:
    """The next numbered copy is handed to somebody."""
    desk = bench.desk
    form = Form(desk, CopyDraft, ["handed_to", "house", "handed_on", "note"], editors={"note": LongText(desk, lines=2)})
    offer(
        bench, begin(form, CopyDraft(handed_to="", handed_on=desk.today())), title=N_("Hand a copy out"),
        action=N_("Hand a copy of a report out"), write=custody.hand_out, before=(release_id,),
        said=N_("Written down. Write the copy's number on the paper."), done=done,
        note=desk.words(N_("Each copy has its own number, so that a paper that is found can be told from others.")),
    )  # fmt: skip


@reopens
def end_copy_form(bench: Bench, key: int, state: CopyState, *, version: int | None = None) -> None:
    """A copy came back, was destroyed, or is lost."""
    desk = bench.desk
    ended = [(one, desk.words(one.label)) for one in CopyState if one is not CopyState.OUT]
    form = Form(
        desk, CopyEndDraft, ["state", "ended_on", "ended_note"],
        editors={"state": Choice(desk, ended), "ended_note": LongText(desk, lines=2)},
    )  # fmt: skip
    offer(
        bench, begin(form, CopyEndDraft(state=state, ended_on=desk.today())), title=N_("What became of this copy"),
        action=N_("Say what became of a copy"), write=partial(custody.end_copy, version=version), before=(key,),
        said=N_("Written down"),
    )  # fmt: skip
