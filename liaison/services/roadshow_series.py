"""The cities of one series side by side: what was asked everywhere, and what only in one city."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.names import fold
from liaison.domain.roadshows import Topic
from liaison.i18n import N_
from liaison.services.roadshow_views import NeedView, needs_of
from liaison.services.sentences import Sentence, said
from liaison.store.models import RoadshowRow

ASKED_IN_ALL = N_("asked in all {count} cities")
ASKED_ONLY_IN = N_("only in {city}")
ASKED_IN = N_("in {cities}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesLine:
    """One subject over the cities of a series. ``wishes`` lie in the order of the cities."""

    topic: Topic
    words: str
    """The wish itself where the subject is none of the list; else empty."""
    wishes: tuple[tuple[NeedView, ...], ...]
    where: Sentence

    @property
    def cities(self) -> int:
        """In how many cities it was asked."""
        return sum(bool(found) for found in self.wishes)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView:
    """A series: its cities in the order in which they were visited, and its subjects, the most common first."""

    series: str
    cities: tuple[str, ...]
    lines: tuple[SeriesLine, ...]


def series_names(session: Session) -> list[str]:
    """Every series, the newest first."""
    rows = session.execute(
        sa.select(sa.func.max(RoadshowRow.series), sa.func.max(RoadshowRow.starts_on))
        .where(RoadshowRow.cancelled_because == "")
        .group_by(RoadshowRow.series_key)
        .order_by(sa.func.max(RoadshowRow.starts_on).desc())
    )
    return [row[0] for row in rows]


def series_view(session: Session, series: str) -> SeriesView:
    """What the cities of a series asked for. Events called off are left out; two in one city are one column."""
    events = session.scalars(
        sa.select(RoadshowRow)
        .where(RoadshowRow.series_key == fold(series), RoadshowRow.cancelled_because == "")
        .order_by(RoadshowRow.starts_on, RoadshowRow.id)
    ).all()
    cities = tuple(dict.fromkeys(e.city for e in events))
    city_of = {e.id: e.city for e in events}
    grouped: dict[tuple[Topic, str], dict[str, list[NeedView]]] = {}
    for one in needs_of(session, city_of):
        key = (one.topic, fold(one.wish) if one.topic is Topic.OTHER else "")
        grouped.setdefault(key, {}).setdefault(city_of[one.roadshow_id], []).append(one)
    lines = [_line(topic, by_city, cities) for (topic, _words), by_city in grouped.items()]
    lines.sort(key=lambda line: (-line.cities, -sum(map(len, line.wishes)), list(Topic).index(line.topic), line.words))
    return SeriesView(series=events[0].series if events else series, cities=cities, lines=tuple(lines))


def _line(topic: Topic, by_city: dict[str, list[NeedView]], cities: tuple[str, ...]) -> SeriesLine:
    wishes = tuple(tuple(by_city.get(city, ())) for city in cities)
    asked = [city for city in cities if by_city.get(city)]
    if len(asked) == len(cities) and len(cities) > 1:
        where = said(ASKED_IN_ALL, count=len(cities))
    elif len(asked) == 1:
        where = said(ASKED_ONLY_IN, city=asked[0])
    else:
        where = said(ASKED_IN, cities=", ".join(asked))
    first = next(found[0] for found in wishes if found)
    return SeriesLine(topic=topic, words=first.wish if topic is Topic.OTHER else "", wishes=wishes, where=where)
