"""What the pages of roadshows say in few words: where an event stands, its permits, guests and promises."""

from __future__ import annotations

from liaison.domain.patients import Region
from liaison.domain.roadshows import GuestState, PermitState
from liaison.i18n import N_, Language
from liaison.services.roadshow_views import GuestView, PromiseView, RoadshowLine, RoadshowState
from liaison.ui.desk import Desk
from liaison.ui.theme import Tone
from liaison.ui.widgets.badge import Badge, blocked, closed, done, due, late, under_way, waiting, warning
from liaison.ui.widgets.shapes import Shape

PERMIT_SHAPES = {
    PermitState.OPEN: (Shape.OPEN, Tone.INK),
    PermitState.ASKED: (Shape.WAITING, Tone.AMBER),
    PermitState.GRANTED: (Shape.DONE, Tone.GREEN),
    PermitState.NOT_NEEDED: (Shape.CLOSED, Tone.GREY),
    PermitState.REFUSED: (Shape.BLOCKED, Tone.RED),
}


def state_badge(language: Language, state: RoadshowState) -> Badge:
    """Where an event stands."""
    word = language(state.label)
    match state:
        case RoadshowState.RUNNING:
            return under_way(word)
        case RoadshowState.TO_FOLLOW:
            return waiting(word)
        case RoadshowState.CLOSED:
            return done(word)
        case RoadshowState.CALLED_OFF:
            return closed(word)
        case _:
            return due(word)


def permit_badge(language: Language, line: RoadshowLine) -> Badge:
    """How many permits are missing; red from a week before the event on."""
    if not line.permits_open:
        return done(language(N_("complete")))
    text = language.plural("{count} open", "{count} open", line.permits_open)
    return closed(text) if line.state in (RoadshowState.CLOSED, RoadshowState.CALLED_OFF) else warning(text)


def promise_count_badge(language: Language, line: RoadshowLine) -> Badge:
    """What is still owed from an event."""
    if line.promises_late:
        return late(language.plural("{count} late", "{count} late", line.promises_late))
    if line.promises_open:
        return due(language.plural("{count} open", "{count} open", line.promises_open))
    return closed(language(N_("none open")))


def guests_words(language: Language, line: RoadshowLine) -> str:
    """``12 invited, 8 there``, or how many are coming before the day."""
    invited = language.plural("{count} invited", "{count} invited", line.invited)
    if line.came:
        there = language.plural("{count} there", "{count} there", line.came)
        return f"{invited}, {there}"
    if line.coming:
        coming = language.plural("{count} coming", "{count} coming", line.coming)
        return f"{invited}, {coming}"
    return invited


def answer_badge(language: Language, guest: GuestView) -> Badge:
    """What a guest answered."""
    word = language(guest.state.label)
    match guest.state:
        case GuestState.COMING:
            return done(word)
        case GuestState.NOT_COMING:
            return closed(word)
        case GuestState.WALK_IN:
            return under_way(word)
        case _:
            return waiting(word)


def promise_badge(desk: Desk, promise: PromiseView) -> Badge:
    """When a promise is due, or that it was kept."""
    _, formats = desk.words, desk.formats
    if promise.done_on is not None:
        return done(_(N_("kept {day}"), day=formats.short_date(promise.done_on)))
    if promise.due_on is None:
        return blocked(_(N_("no day")))
    day = formats.short_date(promise.due_on)
    if promise.due_on.year != desk.today().year:
        day = formats.date(promise.due_on)
    return late(day) if promise.is_late else due(day)


def days_words(desk: Desk, line: RoadshowLine) -> str:
    """``2–4 Dec 2026``, or one day with its weekday."""
    formats = desk.formats
    if line.ends_on == line.starts_on:
        return f"{formats.weekday(line.starts_on, short=True)} {formats.date(line.starts_on)}"
    return f"{formats.date(line.starts_on)} – {formats.date(line.ends_on)}"


def region_words(language: Language, regions: tuple[Region, ...]) -> str:
    """The regions in one line; ``-`` where none is covered."""
    return ", ".join(language(r.label) for r in regions) or language(Region.NOT_STATED.label)


def house_words(desk: Desk, guest: GuestView) -> str:
    """What is shown of a guest's house; a visitor has none."""
    return desk.words(N_("visitor")) if guest.is_visitor and not guest.house else guest.house


def guest_name(desk: Desk, guest: GuestView) -> str:
    """A guest's name, or while people are hidden the position or a number."""
    if not guest.name:
        return ""
    if desk.masking.on:
        return guest.position or desk.masking.name(guest.name, guest.id % 10_000)
    return guest.name


def owner_words(desk: Desk, promise: PromiseView) -> str:
    """Who promised. Somebody outside may be a person: while people are hidden only the house is shown."""
    if promise.officer:
        return promise.officer
    if desk.masking.on and promise.owner:
        return promise.house or desk.masking.text(promise.owner)
    return promise.owner or desk.words(N_("no owner"))
