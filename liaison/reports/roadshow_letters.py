"""Letters around a roadshow: invitations before it, follow-up letters after it, one sheet a house in one print.

Each letter holds only what concerns the house it goes to: its own guests, wishes and promises. Visitors get none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.domain.network import OrganizationKind
from liaison.domain.privacy import Audience
from liaison.domain.roadshows import GuestState
from liaison.i18n import N_, Language
from liaison.reports.blocks import AskBox, Block, Fact, Facts, Heading, Headline, Space, Text, Title
from liaison.reports.letter_frame import letter_signature, letter_title
from liaison.reports.report import Option, Prepared, Report
from liaison.reports.roadshow_blocks import (
    days_words,
    programme_blocks,
    promises_grid,
    weekday_words,
    wishes_grid,
)
from liaison.reports.roadshow_view import PaperEvent, PaperGuest, PaperNeed, PaperPromise, gather, named_guests
from liaison.reports.wording import bound
from liaison.services.changes import today

NOBODY = N_("No house of this kind is on the list of this roadshow. Invite one, or choose the other reader.")
NOT_YET_HELD = N_("This roadshow has not been held yet: its follow-up letters can be printed from its first day on.")
TO_PARTNER = N_("FOR ONE HOUSE")

LINES_OF_PEOPLE = 4
"""So many people of a house stand below each other; more of them one after the other."""

INSURER_SIDE = frozenset({OrganizationKind.INSURER, OrganizationKind.ADMINISTRATOR})
_INVITED = frozenset({GuestState.INVITED, GuestState.COMING})


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersView:
    """The event and the houses a print goes to, each with its guests."""

    event: PaperEvent
    houses: tuple[tuple[PaperGuest, ...], ...]


Letter = Callable[[PaperEvent, tuple[PaperGuest, ...], Language], list[Block]]


def _prepare(
    letter: Letter, wanted: Callable[[PaperGuest], bool], session: Session, options: Mapping[str, str],
    audience: Audience,
) -> Prepared:  # fmt: skip
    event = gather(session, options["event"], audience)
    if letter is follow_up and today(session) < event.starts_on:
        raise Refused([problem("NOT_YET_HELD", NOT_YET_HELD, "event")])
    groups: dict[tuple[int | None, str], list[PaperGuest]] = {}
    for guest in event.guests:
        is_insurer = guest.kind in INSURER_SIDE
        mine = is_insurer == (audience is Audience.INSURER) and bool(guest.house) and wanted(guest)
        if mine and options.get("house", "") in ("", str(guest.house_id), guest.house):
            groups.setdefault((guest.house_id, guest.house), []).append(guest)
    if not groups:
        raise Refused([problem("NOBODY", NOBODY, "event")])
    view = LettersView(event=event, houses=tuple(tuple(group) for group in groups.values()))
    return Prepared(
        view=view, lay_out=partial(_lay_out, letter, view), as_of=event.as_of, office=event.office.name,
        named=named_guests(event.guests),
        recipient=", ".join(group[0].house for group in view.houses) if len(view.houses) == 1 else "",
    )  # fmt: skip


def _lay_out(letter: Letter, view: LettersView, language: Language) -> list[Block]:
    """Each house on a sheet of its own."""
    return [block for group in view.houses for block in letter(view.event, group, language)]


def _head(event: PaperEvent, guests: tuple[PaperGuest, ...], _: Language, *, kind: str) -> list[Block]:
    """Letterhead and whom it goes to."""
    told = (", ".join(p for p in (guest.name, guest.position) if p) for guest in guests)
    people = [person for person in told if person]
    if len(people) > LINES_OF_PEOPLE:
        people = ["; ".join(people)]
    facts = [Fact(key=_("To"), words=guests[0].house)]
    facts += [Fact(key=_("Attention"), words=person) for person in people]
    title: Title = letter_title(
        event.office, _, kind=kind, as_of=event.as_of, banner=_(TO_PARTNER),
        source=_.plural("Source: records of this office, n = {count} guest of this house.",
                        "Source: records of this office, n = {count} guests of this house.", len(guests)),
        note=_("For {house} only. Prepared by {office}.", house=guests[0].house, office=event.office.name),
    )  # fmt: skip
    return [title, Facts(facts=tuple(facts), key_width=24)]


def invitation(event: PaperEvent, guests: tuple[PaperGuest, ...], language: Language) -> list[Block]:
    """The invitation of one house, with programme and day to answer by."""
    _ = language
    when, where = days_words(event, _), ", ".join(p for p in (event.venue, event.venue_address) if p)
    start = ""
    if event.items:
        start = bound(_.formats.time(event.items[0].starts_at, event.office.zone))
    blocks = _head(event, guests, _, kind=_("Invitation"))
    blocks += [
        Headline(
            text=_("You are invited: {city}, {day}", city=event.city, day=when), kicker=_("Invitation")
        ),
        Space(height=2),
        Text(
            words=_(
                "We invite you to {series} in {city}. We bring what was promised at the last meeting and what became "
                "of it, the figures of the city, and an hour for your wishes.",
                series=event.series, city=event.city,
            )
        ),
        Space(height=2),
        Facts(
            facts=tuple(
                Fact(key=key, words=value)
                for key, value in ((_("Day"), weekday_words(event, _)), (_("Begins"), start), (_("Venue"), where))
                if value
            ),
            key_width=24,
        ),
        *programme_blocks(event, _),
        Space(height=3),
        AskBox(
            head=_("We ask you"),
            words=_("Tell us who comes, and the wishes we should prepare: {phone}.",
                    phone=bound(event.office.phone) or event.office.name),
            by_label=_("Answer by") if event.answer_by else "",
            by=(bound(_.formats.long_date(event.answer_by)),) if event.answer_by else (),
        ),
        Space(height=3),
        Text(
            words=_("It is a meeting between organisations: nobody is examined there, and no patient is spoken of by "
                    "name."),
            small=True,
        ),
        Space(height=5),
        letter_signature(event.office, _, as_of=event.as_of, officer=event.officer),
    ]  # fmt: skip
    return blocks


def follow_up(event: PaperEvent, guests: tuple[PaperGuest, ...], language: Language) -> list[Block]:
    """The letter after the meeting: what this house promised and was promised, its wishes and our answers."""
    _ = language
    house = guests[0].house_id
    promises = [p for p in event.promises if house is not None and p.house_id == house]
    theirs = [p for p in promises if not p.is_ours]
    ours = [p for p in promises if p.is_ours]
    wishes = [n for n in event.needs if house is not None and n.house_id == house]
    when = days_words(event, _)
    blocks = _head(event, guests, _, kind=_("Follow-up letter"))
    blocks += [
        Headline(text=_between_us(promises, wishes, event.city, when, _), kicker=_("After the meeting")),
        Space(height=2),
        Text(words=_opening(event, guests, _)),
    ]
    if ours:
        blocks += [Heading(text=_("What we promised you")), promises_grid(ours, _, name="ours")]
    if theirs:
        blocks += [Heading(text=_("What you promised")), promises_grid(theirs, _, name="theirs")]
    if wishes:
        blocks += [Heading(text=_("Your wishes and our answers")), wishes_grid(wishes, _, with_house=False)]
    phone = bound(event.office.phone) or event.office.name
    asked = (
        _("Tell us where something here is not as you remember it: {phone}.", phone=phone)
        if promises or wishes
        else _("Tell us what we should prepare for the next meeting: {phone}.", phone=phone)
    )
    blocks += [
        Space(height=3),
        AskBox(head=_("We ask you"), words=asked),
        Space(height=5),
        letter_signature(event.office, _, as_of=event.as_of, officer=event.officer),
    ]  # fmt: skip
    return blocks


def _opening(event: PaperEvent, guests: tuple[PaperGuest, ...], _: Language) -> str:
    """Thanks to who came; nobody is missed where no arrival was written down at all."""
    names = {"series": event.series, "city": event.city}
    if any(guest.is_there for guest in guests):
        return _("Thank you for coming to {series} in {city}.", **names)
    if any(guest.is_there for guest in event.guests):
        return _("We missed you at {series} in {city}, and send you what concerns you.", **names)
    return _("After {series} in {city} we send you what concerns you.", **names)


def _between_us(promises: Sequence[PaperPromise], wishes: Sequence[PaperNeed], city: str, day: str, _: Language) -> str:
    """How many promises stand between a house and us, else what became of its wishes; a nought is said in words."""
    if promises:
        return _.plural(
            "{count} promise between us after {city}, {day}", "{count} promises between us after {city}, {day}",
            len(promises), city=city, day=day,
        )  # fmt: skip
    waiting = sum(not wish.answer for wish in wishes)
    if waiting:
        return _.plural(
            "{count} wish of yours from {city}, {day}, waits for our answer",
            "{count} wishes of yours from {city}, {day}, wait for our answer", waiting, city=city, day=day,
        )  # fmt: skip
    if wishes:
        return _.plural(
            "Our answer to {count} wish of yours from {city}, {day}",
            "Our answers to {count} wishes of yours from {city}, {day}", len(wishes), city=city, day=day,
        )  # fmt: skip
    return _("Nothing was promised between us in {city}, {day}", city=city, day=day)


def _is_invited(guest: PaperGuest) -> bool:
    return guest.state in _INVITED


def _is_followed(guest: PaperGuest) -> bool:
    return guest.is_there or guest.state is not GuestState.NOT_COMING


_OPTIONS = (
    Option(name="event", label=N_("Roadshow"), is_required=True),
    Option(name="house", label=N_("Only for this house")),
)
INVITATIONS = Report(
    name="roadshow_invitations", code="R21", title=N_("Invitations to a roadshow"), options=_OPTIONS,
    audiences=(Audience.INSURER, Audience.HOSPITAL), prepare=partial(_prepare, invitation, _is_invited),
)  # fmt: skip
FOLLOW_UPS = Report(
    name="roadshow_follow_up", code="R23", title=N_("Follow-up letters of a roadshow"), options=_OPTIONS,
    audiences=(Audience.INSURER, Audience.HOSPITAL), prepare=partial(_prepare, follow_up, _is_followed),
)  # fmt: skip
