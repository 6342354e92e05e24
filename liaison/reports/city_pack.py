"""The city pack of a roadshow as one print: contents, programme, last promises, wishes, the city's briefing, desks.

For the table it is joint paper: no insurer is named, nobody's name stands in it, and of a wish only the wording that
the office wrote for everybody. For the office it also holds guests, permits and what we say about each theme.
Sources: ``ux`` (city briefing pack), ``domain`` section 4 (R6) and trap 9, ``decisions`` (Small numbers and audiences).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.network import OrganizationKind
from liaison.domain.patients import Region
from liaison.domain.privacy import Audience
from liaison.domain.regions import PROVINCES, city_of
from liaison.domain.roadshows import PermitState, provinces_in
from liaison.i18n import N_, Language, upper_first
from liaison.reports import city_briefing, directory
from liaison.reports import directory_view as houses
from liaison.reports.blocks import (
    Anchor,
    Block,
    Contents,
    Entry,
    Fact,
    Facts,
    Heading,
    Headline,
    Note,
    Space,
    Text,
    Title,
)
from liaison.reports.briefing_rows import persons
from liaison.reports.briefing_summary import promises_blocks as made_blocks
from liaison.reports.briefing_tally import Persons, Tally
from liaison.reports.briefing_view import BriefingView, Promise, Year, closed_year
from liaison.reports.briefing_words import ROUNDED_ALONE, Ground
from liaison.reports.directory_view import DirectoryView
from liaison.reports.one_look import once
from liaison.reports.report import Option, Prepared, Report
from liaison.reports.roadshow_blocks import (
    catchment_blocks,
    days_words,
    guests_blocks,
    lines_to_write,
    permits_blocks,
    programme_blocks,
    promises_blocks,
    region_words,
    register_blocks,
    subjects_blocks,
    themes_blocks,
)
from liaison.reports.roadshow_view import PaperEvent, gather, named_guests
from liaison.reports.wording import BANNERS, PUBLIC_BANNER, as_of_words, bound, local, sample_words, sentences
from liaison.services.changes import today
from liaison.services.roadshows import own_regions
from liaison.store.models import JourneyRow, OrganizationRow, PatientRow, RoadshowGuestRow

MOST_DIRECTORIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Catchment:
    """From where people came in the last closed year: persons by province within each covered region."""

    year: Year
    by_region: tuple[tuple[Region, tuple[str, ...], Tally], ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackView:
    """Everything a pack is made from. A city without a round table of its own has no briefing."""

    event: PaperEvent
    catchment: Catchment
    briefing: BriefingView | None
    directories: tuple[DirectoryView, ...]


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The pack of one event for its reader."""
    event = gather(session, options["event"], audience)
    view = PackView(
        event=event,
        catchment=_catchment(session, event),
        briefing=_briefing(session, event.city),
        directories=_directories(session, event),
    )
    return Prepared(
        view=view, lay_out=partial(lay_out, view), as_of=event.as_of, office=event.office.name,
        named=named_guests(event.guests),
        names_no_insurer=audience is not Audience.INTERNAL, is_audited=audience is not Audience.INTERNAL,
    )  # fmt: skip


REPORT = Report(
    name="city_pack",
    code="R20",
    title=N_("City pack"),
    options=(Option(name="event", label=N_("Roadshow"), is_required=True),),
    audiences=(Audience.PUBLIC, Audience.INTERNAL),
    prepare=prepare,
)


def _briefing(session: Session, city: str) -> BriefingView | None:
    wanted = city_of(city)
    if wanted is None or wanted not in city_briefing.briefing_cities():
        return None
    return city_briefing.gather(session, city)


def _directories(session: Session, event: PaperEvent) -> tuple[DirectoryView, ...]:
    """Sheets of the cities whose hospitals are guests; where none is, of the city with most hospitals abroad."""
    guests = sa.select(RoadshowGuestRow.organization_id).where(RoadshowGuestRow.roadshow_id == event.id)
    hospitals = sa.select(OrganizationRow.city).where(
        OrganizationRow.kind == OrganizationKind.HOSPITAL, OrganizationRow.merged_into_id.is_(None),
        OrganizationRow.closed_on.is_(None), OrganizationRow.city != "",
    )  # fmt: skip
    names = session.scalars(hospitals.where(OrganizationRow.id.in_(guests)).order_by(OrganizationRow.id)).all()
    if not names:
        most = hospitals.where(OrganizationRow.country != "ID").group_by(OrganizationRow.city)
        names = session.scalars(most.order_by(sa.func.count().desc(), OrganizationRow.city).limit(1)).all()
    known = dict.fromkeys(city.name for name in names if (city := city_of(name)) is not None)
    return tuple(houses.gather(session, name) for name in list(known)[:MOST_DIRECTORIES])


def _catchment(session: Session, event: PaperEvent) -> Catchment:
    """Persons of the last closed year by province of the covered regions, by the office's own list."""
    year, own = closed_year(today(session)), own_regions(session)
    origins = once(session, ("origins", year), lambda: _origins(session, year))
    found, everybody = [], Persons(year, " ".join(["origin", *sorted(region.value for region in event.regions)]))
    for region in event.regions:
        codes = provinces_in([region], own)
        counted = Persons(year, f"origin {region.value}")
        for code in codes:
            for person, day in origins.get(code, ()):
                counted.add(PROVINCES[code].name, person, day)
                everybody.add("", person, day)
        found.append((region, tuple(PROVINCES[code].name for code in codes), counted.pairs()))
    return Catchment(year=year, by_region=tuple(found), total=everybody.total()[0])


def _origins(session: Session, year: Year) -> dict[str, list[tuple[int, dt.date]]]:
    """Who set out in a year and on which day, by the province that they come from."""
    who = persons(session)
    province = sa.func.coalesce(sa.func.nullif(JourneyRow.origin_province, ""), PatientRow.province)
    rows = session.execute(
        sa.select(JourneyRow.patient_id, province, JourneyRow.opened_on)
        .join(PatientRow, PatientRow.id == JourneyRow.patient_id)
        .where(JourneyRow.opened_on.between(year.start, year.end))
    )
    found: dict[str, list[tuple[int, dt.date]]] = defaultdict(list)
    for patient, code, day in rows:
        found[code].append((who.get(patient, patient), day))
    return found


def lay_out(view: PackView, language: Language) -> list[Block]:
    """All chapters, each beginning where the contents say."""
    _, event = language, view.event
    chapters = _chapters(view, _)
    entries = tuple(Entry(text=text, note=note, anchor=anchor) for anchor, text, note, _blocks in chapters)
    blocks: list[Block] = [
        _title(view, _),
        Headline(text=_headline(view, _)),
        Space(height=2),
        Facts(facts=_facts(event, _), key_width=30),
        Heading(text=_("Contents")),
        Contents(entries=entries),
    ]
    if event.audience is not Audience.INTERNAL:
        blocks.append(Heading(text=_("At the table")))
        blocks.append(
            Text(
                words=_(
                    "This pack names no person and no insurer. Nobody is examined at the venue, and no reports or "
                    "X-rays are looked at. Each insurer receives its own sheet as separate paper."
                )
            )
        )
    for anchor, text, _note, (head, *rest) in chapters:
        if isinstance(head, Title):
            blocks += [head, Anchor(name=anchor, text=text), *rest]
            continue
        assert isinstance(head, Heading)
        blocks += [dataclasses.replace(head, anchor=anchor), *rest]
    return blocks


Chapter = tuple[str, str, str, list[Block]]


def _chapters(view: PackView, _: Language) -> list[Chapter]:
    """Sign, title, quiet words and blocks of every chapter that has something to say."""
    event = view.event
    found: list[Chapter] = []

    def add(anchor: str, note: str, blocks: list[Block]) -> None:
        head = blocks[0] if blocks else None
        if isinstance(head, Heading):
            found.append((anchor, head.text, note, blocks))

    add("programme", "", programme_blocks(event, _))
    add("last", _("kept, open and late"), promises_blocks(event, _))
    add("made", "", _made_blocks(view, _))
    add("themes", "", themes_blocks(event, _))
    add("subjects", _("in the wording for everybody"), subjects_blocks(event, _))
    origins = catchment_blocks(event, view.catchment, _)
    add("catchment", "", [*origins, Note(words=_(ROUNDED_ALONE))] if origins else [])
    if event.audience is not Audience.INTERNAL and not _is_over(event):
        add("today", _("lines to write on"), lines_to_write(_))
    if event.audience is Audience.INTERNAL:
        add("guests", "", guests_blocks(event, _))
        add("register", "", register_blocks(event, _))
        add("permits", "", [] if _permits_words(event, _) else permits_blocks(event, _))
    if view.briefing is not None:
        city = view.briefing.city.city.name
        blocks = city_briefing.lay_out(_without_told(view), _)
        found.append(
            ("briefing", _("City briefing · {city}", city=city), _("figures of the last four quarters"), blocks)
        )
    for number, sheet in enumerate(view.directories):
        blocks = directory.lay_out(sheet, _)
        title = _("Hospital directory · {city}", city=sheet.city.name)
        found.append((f"directory{number}", title, _("desks, hours, night numbers"), blocks))
    return found


def _permits_words(event: PaperEvent, _: Language) -> str:
    """After an event with every permit one line says so, since nothing is left to tick; else empty."""
    done = (PermitState.GRANTED, PermitState.NOT_NEEDED)
    if not _is_over(event) or not event.permits or any(permit.state not in done for permit in event.permits):
        return ""
    return _.plural(
        "The {count} permit was granted or not needed.", "All {count} permits were granted or not needed.",
        len(event.permits),
    )  # fmt: skip


def _is_over(event: PaperEvent) -> bool:
    return event.ends_on < _made_on(event)


def _made_blocks(view: PackView, _: Language) -> list[Block]:
    if view.briefing is None or not _made_here(view):
        return []
    return made_blocks(Ground(view=view.briefing, language=_, compare=False))


def _made_here(view: PackView) -> tuple[Promise, ...]:
    """What was promised at this very event, once it is over: its pack is no longer of a visit to come."""
    briefing, event = view.briefing, view.event
    if briefing is None or not _is_over(event) or briefing.promised_on != event.starts_on:
        return ()
    return briefing.promises


def _without_told(view: PackView) -> BriefingView:
    """The briefing without promises that stand in a chapter before it: told once is enough."""
    briefing, told = view.briefing, sorted(promise.what for promise in view.event.last_promises)
    assert briefing is not None
    if _made_here(view) or (told and told == sorted(promise.what for promise in briefing.promises)):
        return dataclasses.replace(briefing, promises=(), promised_on=None)
    return briefing


def _source(view: PackView, _: Language) -> str:
    """Where the pack comes from, counted in what it holds: nobody counts promises where none were made."""
    event = view.event
    promises = len(event.last_promises) + len(_made_here(view))
    if event.audience is Audience.INTERNAL and event.guests:
        return _.plural(
            "Source: records of this office, n = {count} guest.",
            "Source: records of this office, n = {count} guests.",
            len(event.guests),
        )
    if promises:
        return _.plural(
            "Source: records of this office, n = {count} promise.",
            "Source: records of this office, n = {count} promises.",
            promises,
        )
    return _("Source: records of this office, n = 1 roadshow.")


def _title(view: PackView, _: Language) -> Title:
    event = view.event
    is_inside = event.audience is Audience.INTERNAL
    kind = _("City pack · {city}", city=event.city)
    return Title(
        kind=kind,
        about=days_words(event, _),
        banner=_(BANNERS[Audience.INTERNAL]) if is_inside else _(PUBLIC_BANNER),
        running=(kind, event.series),
        source=sentences(
            _source(view, _),
            as_of_words(event.as_of, event.office.zone, _),
            sample_words(is_sample=event.office.is_sample, language=_),
        ),
        note=_("For this office only: it names guests. Prepared by {office}.", office=event.office.name)
        if is_inside
        else _(
            "* = 1 to 7, ** = any number: both hidden; others rounded to 5. No person or insurer is named. "
            "Prepared by: {office}.",
            office=event.office.name,
        ),
    )


def _headline(view: PackView, _: Language) -> str:
    event, made = view.event, _made_here(view)
    still = sum(p.done_on is None for p in event.last_promises)
    day = bound(_.formats.long_date(event.starts_on))
    if made:
        return _.plural(
            "{city}, {day}: {kept} of {count} promise made there is kept",
            "{city}, {day}: {kept} of {count} promises made there are kept", len(made),
            city=event.city, day=day, kept=sum(promise.kept_on is not None for promise in made),
        )  # fmt: skip
    if not event.last_promises and not event.themes:
        return _("Round table in {city}, {day}", city=event.city, day=day)
    if not event.last_promises:
        return _.plural(
            "{city}, {day}: {count} theme for the table", "{city}, {day}: {count} themes for the table",
            len(event.themes), city=event.city, day=day,
        )  # fmt: skip
    return _.plural(
        "{city}, {day}: {kept} of {count} promise of the last meeting is kept",
        "{city}, {day}: {kept} of {count} promises of the last meeting are kept", len(event.last_promises),
        city=event.city, day=day, kept=len(event.last_promises) - still,
    )  # fmt: skip


def _facts(event: PaperEvent, _: Language) -> tuple[Fact, ...]:
    pairs = (
        (_("Series"), event.series),
        (_("Days"), days_words(event, _) if event.ends_on > event.starts_on else ""),
        (_("Venue"), ", ".join(p for p in (event.venue, event.venue_address) if p)),
        (_("Covers"), upper_first(region_words(event.regions, _))),
        (_("Permits"), _permits_words(event, _) if event.audience is Audience.INTERNAL else ""),
        (_("Prepared on"), _.formats.long_date(_made_on(event))),
    )
    return tuple(Fact(key=key, words=value) for key, value in pairs if value)


def _made_on(event: PaperEvent) -> dt.date:
    return local(event.as_of, event.office.zone).date()
