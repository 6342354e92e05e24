"""What a line typed in a meeting means: a promise, or a wish. The grammar is that of the note line of a case.

``Kirim draf MoU @budi /15.12 #nusa`` is a promise of Budi's, due on 15 December, to Nusa Proteksi.
``GL dua jam #nusa #timur`` is a wish of Nusa Proteksi in the east. A line with an owner, a day or an exclamation mark
is a promise; any other is a wish. Source: ``ux`` 4.1 (Kegiatan) and 4.2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from liaison.domain.patients import Region
from liaison.domain.roadshows import NeedDraft, RoadshowPromiseDraft, Topic, region_of_word, topic_of
from liaison.domain.work import WaitingOn
from liaison.i18n.formats import DEFAULT_ZONE
from liaison.ui.pages.note_words import NoteMeant, NotUnderstood, StepMeant, read_line

_LONG_AHEAD = "/31.12.2099"
"""A day that is thrown away: with one, the note line reads the other signs of a line too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """Who can be named behind ``@`` or ``#``. ``is_officer`` promises for this office; ``house_id`` is a house.

    ``shown`` stands on the wall for the name: a person's position or house, never the person.
    """

    id: int
    name: str
    shown: str
    is_officer: bool = False
    house_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMeant:
    """A promise."""

    what: str
    owner: Somebody | None
    house: Somebody | None
    due_on: dt.date | None
    is_urgent: bool

    def draft(self, roadshow_id: int) -> RoadshowPromiseDraft:
        """As it is written down."""
        owner = self.owner
        house = self.house.house_id if self.house is not None else owner.house_id if owner is not None else None
        return RoadshowPromiseDraft(
            roadshow_id=roadshow_id, what=self.what, officer_id=owner.id if owner and owner.is_officer else None,
            owner=owner.name if owner and not owner.is_officer else "", organization_id=house, due_on=self.due_on,
            is_urgent=self.is_urgent,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class WishMeant:
    """A wish."""

    wish: str
    house: Somebody | None
    region: Region
    topic: Topic

    def draft(self, roadshow_id: int) -> NeedDraft:
        """As it is written down."""
        house = self.house.house_id if self.house is not None else None
        return NeedDraft(
            roadshow_id=roadshow_id, wish=self.wish, organization_id=house, region=self.region, topic=self.topic
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """A day behind a slash that nobody can read."""

    word: str
    is_h: bool = False


Meant = PromiseMeant | WishMeant | Unclear


def read_meeting_line(
    line: str,
    *,
    now: dt.datetime,
    zone: str = DEFAULT_ZONE,
    people: Sequence[Somebody] = (),
    regions: Sequence[Region] = (),
) -> Meant | None:
    """What a line will become; nothing while it says nothing. A lone region of the event is a wish's region."""
    said = [word for word in line.split() if region_of_word(word) is None]
    named = next((found for word in line.split() if (found := region_of_word(word)) is not None), None)
    region = named or (regions[0] if len(regions) == 1 else Region.NOT_STATED)
    text = " ".join(said)
    if not text:
        return None
    by_key = {one.id: one for one in people}
    names = [(one.id, part) for one in people for part in _parts(one.name)]
    houses = [(WaitingOn.OTHER, one.name) for one in people if one.house_id == one.id]
    meant = read_line(text, now=now, zone=zone, officers=names, parties=houses)
    if isinstance(meant, NotUnderstood):
        return Unclear(word=meant.word, is_h=meant.is_h)
    is_dated = isinstance(meant, StepMeant)
    if isinstance(meant, NoteMeant):
        meant = read_line(f"{text} {_LONG_AHEAD}", now=now, zone=zone, officers=names, parties=houses)
    assert isinstance(meant, StepMeant)
    words = " ".join(part for part in (meant.note.text if meant.note else "", meant.text) if part)
    owner = by_key.get(meant.officer_id) if meant.officer_id is not None else None
    if owner is None:
        owner, words = _stranger(words)
    house = next((one for one in people if one.house_id == one.id and one.name == meant.waiting_for), None)
    if not words:
        return None
    if not is_dated and owner is None and not meant.is_urgent:
        return WishMeant(wish=words, house=house, region=region, topic=topic_of(words))
    due_on = _day(meant.due_at, zone) if is_dated else None
    return PromiseMeant(what=words, owner=owner, house=house, due_on=due_on, is_urgent=meant.is_urgent)


def _stranger(words: str) -> tuple[Somebody | None, str]:
    """Somebody behind ``@`` whom no list knows promises too: the name as typed, and the words without it."""
    said = words.split()
    sign = next((word for word in said if word.startswith("@") and len(word) > 1), None)
    if sign is None:
        return None, words
    name = sign[1:].replace("_", " ")
    return Somebody(id=0, name=name, shown=name), " ".join(word for word in said if word != sign)


def _parts(name: str) -> list[str]:
    """A name, and the same from each further word on: ``@hesti`` finds Bu Hesti."""
    words = name.split()
    return [" ".join(words[start:]) for start in range(len(words))]


def _day(moment: dt.datetime, zone: str) -> dt.date:
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo(zone)).date()
