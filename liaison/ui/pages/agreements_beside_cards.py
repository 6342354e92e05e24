"""The cards of a request for data, of a channel for reports of disease, and of an outreach event."""

from __future__ import annotations

from functools import partial

from liaison.domain.data_requests import Decision
from liaison.domain.outreach import ChannelState
from liaison.i18n import N_, upper_first
from liaison.services import data_requests, outreach
from liaison.services.data_requests import DataRequestLine
from liaison.services.outreach import ChannelLine, OutreachLine
from liaison.ui.desk import Desk
from liaison.ui.pages import agreements_beside_forms as forms
from liaison.ui.pages.agreements_parts import Card, Do, take
from liaison.ui.pages.page_parts import MenuRow, section
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import Badge, blocked, done, under_way, warning
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Facts, Marked, Pane, Section
from liaison.ui.widgets.shapes import Shape

_DECISIONS = {Decision.OPEN: under_way, Decision.GRANTED: done, Decision.REFUSED: blocked}
_CHANNELS = {
    ChannelState.ANSWERS: done,
    ChannelState.SILENT: blocked,
    ChannelState.STALE: warning,
    ChannelState.NEVER: warning,
}


def decision_badge(desk: Desk, decision: Decision) -> Badge:
    """What was answered, as a shape and a word."""
    return _DECISIONS[decision](desk.words(decision.label))


def channel_badge(desk: Desk, state: ChannelState) -> Badge:
    """Whether a channel can be leaned on, as a shape and a word."""
    return _CHANNELS[state](desk.words(state.label))


class RequestCard(Card):
    """One request for data: who, what, by which clause, and what stands against granting it."""

    icon = "shield-check"
    nothing = N_("Choose a request to see by what right it could be granted.")
    more = N_("More for this request")

    def __init__(self, desk: Desk) -> None:
        self.view: DataRequestLine | None = None
        super().__init__(desk)

    def read(self, key: int) -> None:
        """Read the request."""
        self.desk.runner.read(data_requests.request, key, owner=self, done=self._arrived, key="request")

    def _arrived(self, view: DataRequestLine) -> None:
        self.view = view
        self.draw(view.what)

    @property
    def is_open(self) -> bool:
        """Whether it waits for its answer."""
        return self.view is not None and self.view.decision is Decision.OPEN

    def rows(self) -> list[MenuRow]:
        """Grant, refuse, edit, history."""
        words = self.desk.words
        made: list[MenuRow] = []
        if self.is_open:
            made += [(words(N_("Grant…")), self.grant), (words(N_("Refuse…")), self.refuse),
                     (words(N_("Edit this request")), self.edit), None]  # fmt: skip
        history = partial(self.history_of, "data_request", self.key)
        return [*made, (words(N_("History of this entry")), history)]

    def fill(self, pane: Pane) -> None:
        """The request, its clause and its answer."""
        view, words = self.view, self.desk.words
        if view is None:
            return
        pane.add(
            self.head(view.asked_by, upper_first(words(view.sort.label)), decision_badge(self.desk, view.decision))
        )
        facts = Facts(values_right=False, label_width=96)
        facts.add(words(N_("Asked on")), self.day(view.asked_on))
        if view.country:
            facts.add(words(N_("Goes to")), self.desk.formats.country_name(view.country))
        pane.add(facts)
        for label, value in ((N_("Which data"), view.what), (N_("What for"), view.purpose), (N_("Note"), view.note)):
            if value:
                pane.add(self.quiet(label, value))
        right = Section(words(N_("By what right")))
        right.add(self.quiet(N_("Agreement"), view.agreement or words(N_("none named"))))
        right.add(self.quiet(N_("Clause"), view.clause or words(N_("none named"))))
        for problem in view.against:
            right.add(Marked(self.desk, problem.text(words), Shape.BLOCKED, Tone.RED, role=Role.SECOND,
                             ground="sunken", wrap=True))  # fmt: skip
        if self.is_open and not view.against:
            right.add(Marked(self.desk, words(N_("Nothing stands against granting it")), Shape.DONE, Tone.GREEN,
                             role=Role.SECOND, ground="sunken", wrap=True))  # fmt: skip
        pane.body.addSpacing(8)
        pane.add(right)
        if view.decision is not Decision.OPEN:
            answer = Section(words(N_("Answer")))
            answer.add(self.quiet(N_("Answered on"), f"{self.day(view.decided_on)}, {view.decided_by}"))
            answer.add(self.quiet(N_("Reason"), view.reason))
            pane.add(answer)

    def edit(self) -> None:
        """Open the form of a request that was not answered yet."""
        if self.view is not None and self.bench is not None and self.is_open:
            forms.edit_request_form(self.bench, self.view.id, version=self.view.version)

    def grant(self) -> None:
        """Grant it; refused with every reason where no clause allows it."""
        self._decide(Decision.GRANTED)

    def refuse(self) -> None:
        """Refuse it, with the reason."""
        self._decide(Decision.REFUSED)

    def _decide(self, decision: Decision) -> None:
        if self.view is not None and self.bench is not None and self.is_open:
            forms.decision_form(self.bench, self.view.id, decision, version=self.view.version)

    def letters(self) -> dict[str, Do]:
        """G grants, R refuses, H tells the history."""
        return {"g": self.grant, "r": self.refuse, "h": partial(self.history_of, "data_request", self.key)}


class ChannelCard(Card):
    """One channel: to whom, how, and when somebody last answered."""

    icon = "phone"
    nothing = N_("Choose a channel to see when somebody last answered there.")
    more = N_("More for this channel")

    def __init__(self, desk: Desk) -> None:
        self.view: ChannelLine | None = None
        super().__init__(desk)

    def read(self, key: int) -> None:
        """Read the channel."""
        self.desk.runner.read(outreach.channel, key, owner=self, done=self._arrived, key="channel")

    def _arrived(self, view: ChannelLine) -> None:
        self.view = view
        self.draw(view.topic)

    def rows(self) -> list[MenuRow]:
        """Tried, edit, history."""
        words = self.desk.words
        return [
            (words(N_("It was tried…")), self.tried), (words(N_("Edit this channel")), self.edit), None,
            (words(N_("History of this entry")), partial(self.history_of, "report_channel", self.key)),
        ]  # fmt: skip

    def fill(self, pane: Pane) -> None:
        """The channel and its last test."""
        view, words = self.view, self.desk.words
        if view is None:
            return
        about = f"{view.authority} · {self.desk.formats.country_name(view.country)}"
        pane.add(self.head(view.topic, about, channel_badge(self.desk, view.state)))
        for label, value in (
            (N_("How"), view.how), (N_("Hours there"), view.hours), (N_("Agreement"), view.agreement),
            (N_("Note"), view.note),
        ):  # fmt: skip
            if value:
                pane.add(self.quiet(label, value))
        made = Section(words(N_("Last tried")))
        if view.tested_on is None:
            made.add(Label(words(N_("Nobody has tried it yet.")), Role.SECOND))
        else:
            made.add(Label(f"{self.day(view.tested_on)}, {view.tested_by}", Role.SECOND, wrap=True))
            if view.tested_note:
                made.add(Label(view.tested_note, Role.SECOND, wrap=True))
        made.add(secondary(self.desk.icons, words(N_("It was tried…")), self.tried, small=True))
        pane.body.addSpacing(8)
        pane.add(made)

    def edit(self) -> None:
        """Open the form of the channel."""
        if self.view is not None and self.bench is not None:
            forms.edit_channel_form(self.bench, self.view.id, version=self.view.version)

    def tried(self) -> None:
        """Somebody tried it."""
        if self.view is not None and self.bench is not None:
            forms.try_form(self.bench, self.view.id, version=self.view.version)

    def letters(self) -> dict[str, Do]:
        """T says that it was tried, H tells the history."""
        return {"t": self.tried, "h": partial(self.history_of, "report_channel", self.key)}


class OutreachCard(Card):
    """One event: how many came, were referred, and became cases."""

    icon = "users"
    nothing = N_("Choose an event to see what came of it.")
    more = N_("More for this event")

    def __init__(self, desk: Desk) -> None:
        self.view: OutreachLine | None = None
        super().__init__(desk)

    def read(self, key: int) -> None:
        """Read the event."""
        self.desk.runner.read(outreach.outreach, key, owner=self, done=self._arrived, key="outreach")

    def _arrived(self, view: OutreachLine) -> None:
        self.view = view
        self.draw(view.title)

    def rows(self) -> list[MenuRow]:
        """Edit, a case that came of it, history."""
        words = self.desk.words
        return [
            (words(N_("Edit this event")), self.edit), (words(N_("A case that came of it…")), self.link), None,
            (words(N_("History of this entry")), partial(self.history_of, "outreach_event", self.key)),
        ]  # fmt: skip

    def fill(self, pane: Pane) -> None:
        """The event from people to cases."""
        view, words, formats = self.view, self.desk.words, self.desk.formats
        if view is None:
            return
        place = ", ".join(part for part in (view.city, formats.country_name(view.country)) if part)
        pane.add(self.head(view.title, f"{place} · {held_words(self.desk, view)}", None))
        facts = Facts(values_right=False, label_width=120)
        for label, count in (
            (N_("How many came"), view.headcount), (N_("Referred"), view.referrals), (N_("Cases"), len(view.cases)),
        ):  # fmt: skip
            facts.add(words(label), formats.number(count) if count is not None else words(N_("not known")))
        pane.add(facts)
        for label, value in (
            (N_("For whom"), view.audience), (N_("What was offered"), view.services),
            (N_("Together with"), view.partners), (N_("Agreement"), view.agreement), (N_("Note"), view.note),
        ):  # fmt: skip
            if value:
                pane.add(self.quiet(label, value))
        made = section(self.desk, N_("Cases that came of it"), [(words(N_("A case that came of it…")), self.link)])
        if not view.cases:
            made.add(Label(words(N_("No case is noted yet.")), Role.SECOND))
        for key, number in view.cases:
            rows: list[MenuRow] = [
                (words(N_("Open the case")), partial(self.desk.go, "journey", key)),
                (words(N_("Take it off")), partial(take, self, N_("Take a case off an event"), outreach.unlink_case,
                                                  view.id, key, said=N_("Taken off"))),
            ]  # fmt: skip
            made.add(
                self.step(number, (Shape.OPEN, Tone.BLUE), beside="", spoken=number, name=f"case.{key}", rows=rows)
            )
        pane.body.addSpacing(8)
        pane.add(made)

    def edit(self) -> None:
        """Open the form of the event."""
        if self.view is not None and self.bench is not None:
            forms.edit_outreach_form(self.bench, self.view.id, version=self.view.version)

    def link(self) -> None:
        """Say which case came of it."""
        if self.view is not None and self.bench is not None:
            forms.link_form(self.bench, self.view.id)

    def letters(self) -> dict[str, Do]:
        """C notes a case that came of it, H tells the history."""
        return {"c": self.link, "h": partial(self.history_of, "outreach_event", self.key)}


def held_words(desk: Desk, line: OutreachLine) -> str:
    """The day of an event, or its month where no more is known."""
    if not line.is_month_only:
        return desk.formats.date(line.held_on)
    return f"{desk.formats.month(line.held_on.month)} {line.held_on.year}"
