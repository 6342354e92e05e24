"""What a desk asks of those who write to it: by which way, until when today, and what deposit; and how old that is."""

from __future__ import annotations

import datetime as dt

from liaison.domain.network import FADED_DAYS, STALE_DAYS, Freshness, freshness
from liaison.i18n import N_, upper_first
from liaison.services import network
from liaison.services.network_calls import letter_desk, letter_hour_of, zone_of_house
from liaison.services.network_views import ContactView, OrganizationView
from liaison.ui.desk import Desk
from liaison.ui.pages.calling import both_clocks
from liaison.ui.pages.house_section import HouseSection
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import Badge, closed, done, warning
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked, Section
from liaison.ui.widgets.shapes import Shape


def channel_words(desk: Desk, contact: ContactView) -> str:
    """By which way a desk takes requests, and where: ``portal, portal.hospital.example``."""
    way = desk.words(contact.channel.label) if contact.channel is not None else ""
    return ", ".join(part for part in (way, contact.channel_note) if part)


def letter_hour_words(desk: Desk, house: OrganizationView, contact: ContactView) -> tuple[str, Shape, Tone] | None:
    """How a request sent now stands to a desk's cut-off; ``None`` where no cut-off is known."""
    found = letter_hour_of(house, contact, desk.clock())
    if found is None:
        return None
    words, zone = desk.words, zone_of_house(house)
    by = both_clocks(desk, found.by, zone)
    if found.passed is not None:
        time = desk.formats.clock_time(found.passed.time())
        said = N_("Today's cut-off passed at {time}; papers sent now count for {when}")
        return words(said, time=time, when=_day(desk, found.by)), Shape.WAITING, Tone.AMBER
    if found.by.date() == desk.clock().astimezone(found.by.tzinfo).date():
        return words(N_("Papers count for today until {when}"), when=by), Shape.OPEN, Tone.BLUE
    return words(N_("Not at work today; papers count for {when}"), when=_day(desk, found.by)), Shape.WAITING, Tone.AMBER


def _day(desk: Desk, moment: dt.datetime) -> str:
    """Tomorrow, or the day by its name and date."""
    day = moment.date()
    today = desk.clock().astimezone(moment.tzinfo).date()
    if day == today + dt.timedelta(days=1):
        return desk.words(N_("tomorrow"))
    return f"{desk.formats.weekday(day)} {desk.formats.date(day)}"


def span_words(desk: Desk, first: dt.date | None, last: dt.date | None, *, unknown: str = N_("dates not known")) -> str:
    """From when to when something holds; ``unknown`` where neither day is on record."""
    words = desk.words
    if first and last:
        return words(N_("{first} to {last}"), first=first, last=last)
    if first:
        return words(N_("since {first}"), first=first)
    if last:
        return words(N_("until {last}"), last=last)
    return words(unknown)


def checked_badge(desk: Desk, last: dt.date | None) -> Badge:
    """When somebody last checked it: grey beyond 90 days, marked beyond 180 and where nobody ever did."""
    words = desk.words
    if last is None:
        return warning(words(N_("never")))
    text = desk.formats.date(last)
    match freshness(last, today=desk.today()):
        case Freshness.STALE:
            return warning(text)
        case Freshness.FADED:
            return closed(text)
        case _:
            return done(text)


def checked_mark(desk: Desk, last: dt.date | None, *, wrap: bool = False) -> Marked:
    """The same as a line of a card, with the number of days where it is old."""
    words = desk.words
    fresh = freshness(last, today=desk.today())
    if last is None:
        text, shape, tone = words(N_("Never verified")), Shape.WARNING, Tone.AMBER
    else:
        text = words(N_("Verified {day}"), day=last)
        if fresh is Freshness.STALE:
            days = (desk.today() - last).days
            text = f"{text} · " + words.plural("{count} day ago", "{count} days ago", days)
        shape, tone = {
            Freshness.FRESH: (Shape.DONE, Tone.GREEN),
            Freshness.FADED: (Shape.CLOSED, Tone.GREY),
        }.get(fresh, (Shape.WARNING, Tone.AMBER))
    mark = Marked(desk, text, shape, tone, role=Role.SECOND, ground="sunken", wrap=wrap)
    if fresh is Freshness.FADED:
        mark.setToolTip(words(N_("Older than {days} days; from {stale} days on it is marked."), days=FADED_DAYS,
                              stale=STALE_DAYS))  # fmt: skip
    return mark


class LetterDeskNote(HouseSection):
    """Beside a letter: by which way its hospital's desk takes papers, and whether they still count for today."""

    def __init__(self, desk: Desk, house_id: int) -> None:
        super().__init__(desk, None, house_id, read=network.organization)

    def section(self, found: OrganizationView) -> Section:  # type: ignore[override]
        """The desk's way, hour and deposit; nothing known is said to be unknown."""
        desk, words = self._desk, self._desk.words
        made = Section(words(N_("Sending papers there")))
        contact = letter_desk(found)
        if contact is None:
            made.add(Label(words(N_("No desk of this hospital says by when it wants papers.")), Role.SECOND, wrap=True))
            return made
        made.add(Label(upper_first(words(contact.desk.label)), Role.TEXT))
        hour = letter_hour_words(desk, found, contact)
        if hour is not None:
            text, shape, tone = hour
            made.add(Marked(desk, text, shape, tone, role=Role.SECOND, ground="sunken", wrap=True))
        for label, value in (
            (N_("Takes requests by"), channel_words(desk, contact)),
            (N_("Deposit"), contact.deposit_rule or found.takes_deposit_note),
        ):
            if value:
                made.add(Label(words(N_("{label}: {value}"), label=words(label), value=value), Role.SECOND, wrap=True))
        return made
