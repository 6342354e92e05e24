"""The check-in list of a roadshow: who is expected, with room to sign, and lines for visitors with their consent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from sqlalchemy.orm import Session

from liaison.domain.privacy import Audience
from liaison.domain.roadshows import GuestState
from liaison.i18n import N_, Language
from liaison.i18n.formats import MISSING
from liaison.reports.blocks import (
    Block,
    Cell,
    CellLine,
    Column,
    Grid,
    Heading,
    Headline,
    Row,
    Space,
    Text,
    Title,
    Voice,
)
from liaison.reports.report import Option, Prepared, Report
from liaison.reports.roadshow_blocks import days_words
from liaison.reports.roadshow_view import PaperEvent, PaperGuest, gather, named_guests
from liaison.reports.wording import BANNERS, as_of_words, sample_words, sentences

VISITOR_LINES = 6
CONSENT = N_(
    "By signing I agree that this office processes what I write here, also about my health, and may contact me about "
    "it. I can take this back at any time."
)


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The list of one event."""
    event = gather(session, options["event"], audience)
    return Prepared(
        view=event, lay_out=partial(lay_out, event), as_of=event.as_of, office=event.office.name,
        named=named_guests(event.guests),
    )  # fmt: skip


REPORT = Report(
    name="roadshow_check_in",
    code="R22",
    title=N_("Check-in list of a roadshow"),
    options=(Option(name="event", label=N_("Roadshow"), is_required=True),),
    audiences=(Audience.INTERNAL,),
    prepare=prepare,
)


def lay_out(event: PaperEvent, language: Language) -> list[Block]:
    """Houses first, then empty lines for visitors. Visitors on record are not printed: the next one would read them."""
    _ = language
    guests = [g for g in event.guests if g.house and g.state is not GuestState.NOT_COMING]
    kind = _("Check-in list · {city}", city=event.city)
    columns = (
        Column(head=_("Organisation"), width=52), Column(head=_("Person"), width=42),
        Column(head=_("Position"), width=32), Column(head=_("Signature"), width=48),
    )  # fmt: skip
    rows = tuple(Row(cells=(g.house, _person(g, guests, _), g.position or MISSING, " ")) for g in guests)
    visitors = (
        Column(head=_("Name"), width=44), Column(head=_("Telephone"), width=34),
        Column(head=_("What I ask for"), width=48), Column(head=_("I agree: signature and day"), width=48),
    )  # fmt: skip
    blocks: list[Block] = [
        Title(
            kind=kind,
            about=days_words(event, _),
            banner=_(BANNERS[Audience.INTERNAL]),
            running=(kind, event.series),
            source=sentences(
                _.plural("Source: records of this office, n = {count} guest.",
                         "Source: records of this office, n = {count} guests.", len(guests)),
                as_of_words(event.as_of, event.office.zone, _),
                sample_words(is_sample=event.office.is_sample, language=_),
            ),
            note=_("For the check-in table; keep it covered. Prepared by {office}.", office=event.office.name),
        ),
        Headline(text=_expected(event.guests, event.venue or event.city, _)),
    ]  # fmt: skip
    if rows:
        blocks.append(Heading(text=_("Guests")))
        blocks.append(Grid(columns=columns, rows=rows, hairlines=True, pitch=10.0, name="guests"))
    blocks += [
        Heading(text=_("Visitors with a matter of their own")),
        Text(words=_(CONSENT), small=True),
        Space(height=1),
        Grid(
            columns=visitors, rows=tuple(Row(cells=(" ", " ", " ", " ")) for _n in range(VISITOR_LINES)),
            hairlines=True, pitch=11.0, name="visitors",
        ),
        Space(height=2),
        Text(
            words=_("Nobody is examined here, and no reports or X-rays are looked at. Whoever has some takes them home "
                    "and calls this office."),
            small=True,
        ),
    ]  # fmt: skip
    return blocks


def _expected(guests: Sequence[PaperGuest], venue: str, _: Language) -> str:
    """How many of the invited houses' guests said that they come; who did not answer is not expected."""
    invited = [guest for guest in guests if guest.house and guest.state is not GuestState.WALK_IN]
    waiting = sum(guest.state is GuestState.INVITED for guest in invited)
    coming = sum(guest.state is GuestState.COMING for guest in invited)
    if waiting == len(invited) and invited:
        return _.plural(
            "{count} guest is invited and has not answered yet: {venue}",
            "{count} guests are invited and none has answered yet: {venue}", waiting, venue=venue,
        )  # fmt: skip
    if waiting:
        return _("{coming} of {count} invited guests said yes: {venue}", coming=coming, count=len(invited), venue=venue)
    return _.plural("{count} guest is expected: {venue}", "{count} guests are expected: {venue}", coming, venue=venue)


def _person(guest: PaperGuest, guests: Sequence[PaperGuest], _: Language) -> Cell:
    """Who it is; below it that no answer came, where others have answered."""
    name = guest.name or MISSING
    if guest.state is not GuestState.INVITED or all(one.state is GuestState.INVITED for one in guests):
        return name
    return (CellLine(words=name), CellLine(words=_("no answer yet"), voice=Voice.QUIET))
