"""The hospital directory (R4): one sheet for one city that stands alone. Public: desks, never a person, no medians.

Sources: ``domain`` section 4 (R4), ``ux`` 3.5 (d), ``paper``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import partial

from sqlalchemy.orm import Session

from liaison.domain.letter_hour import read_cut_off
from liaison.domain.network import FADED_DAYS, STALE_DAYS, Desk, Freshness, freshness, is_stale
from liaison.domain.privacy import Audience
from liaison.domain.regions import City
from liaison.i18n import N_, Language
from liaison.i18n.formats import MISSING, NBSP
from liaison.reports.blocks import (
    Block,
    Callout,
    Cell,
    CellLine,
    Column,
    Grid,
    Headline,
    Note,
    Row,
    Shape,
    Title,
    Voice,
)
from liaison.reports.directory_view import EMERGENCY, DirectoryView, HospitalLine, gather
from liaison.reports.report import Option, Prepared, Report
from liaison.reports.wording import (
    COUNTRY_WORDS,
    PUBLIC_BANNER,
    as_of_words,
    bound,
    hours_words,
    language_names,
    local,
    sample_words,
    sentences,
    zone_word,
)

SHORT_DEPOSIT = 12
"""A deposit rule of more letters stands under the hospital, not in its narrow column."""

VALID_DAYS = 100
"""A sheet is good for a bit more than a quarter."""

NIGHT_WORDS = {
    Desk.EMERGENCY: N_("emergency department"),
    Desk.INDONESIA_DESK: N_("Indonesia desk"),
    Desk.IPC: N_("international desk"),
}


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The sheet of one city."""
    view = gather(session, options["city"])
    return Prepared(view=view, lay_out=partial(lay_out, view), as_of=view.as_of, office=view.office.name)


REPORT = Report(
    name="directory",
    code="R4",
    title=N_("Hospital directory"),
    options=(Option(name="city", label=N_("City"), is_required=True),),
    audiences=(Audience.PUBLIC,),
    prepare=prepare,
)


def lay_out(view: DirectoryView, language: Language) -> list[Block]:
    """The sheet: headline, emergency strip, one row a hospital, and what the signs mean."""
    _ = language
    today = local(view.as_of, view.office.zone).date()
    return [
        _title(view, _, today),
        Headline(text=_headline(view, _)),
        _strip(view, _),
        _grid(view, _, today),
        *_notes(view, _, today),
    ]


def _title(view: DirectoryView, _: Language, today: dt.date) -> Title:
    city = city_words(view.city, _)
    return Title(
        kind=_("Hospital directory · {city}", city=city),
        about=_("Valid until {date}", date=_.formats.long_date(today + dt.timedelta(days=VALID_DAYS))),
        banner=_(PUBLIC_BANNER),
        running=(_("Hospital directory · {city}", city=city), ""),
        source=sentences(
            _.plural("Source: directory of this office, n = {count} hospital in {city}, checked by telephone.",
                     "Source: directory of this office, n = {count} hospitals in {city}, checked by telephone.",
                     len(view.hospitals), city=city),
            as_of_words(view.as_of, view.office.zone, _),
            sample_words(is_sample=view.office.is_sample, language=_),
        ),
        note=_("Desks and hours only, no patient data. Deposits as the hospital says, they may change. "
               "Prepared by {office}.", office=view.office.name),
    )  # fmt: skip


def city_words(city: City, _: Language) -> str:
    """A city's name; a city that is a country is called as the country is."""
    country = COUNTRY_WORDS.get(city.country, "")
    return _(country) if country == city.name else city.name


def _headline(view: DirectoryView, _: Language) -> str:
    """How many, and where somebody answers at night; a number that is all of them is not said twice."""
    at_night = sum(1 for h in view.hospitals if h.night_phone)
    indonesian = sum(1 for h in view.hospitals if h.night_phone and h.night_desk is Desk.INDONESIA_DESK)
    count, city = len(view.hospitals), city_words(view.city, _)
    if indonesian == count:
        return _.plural(
            "{count} hospital in {city}, with an Indonesia desk at night",
            "{count} hospitals in {city}, each with an Indonesia desk at night",
            count, city=city,
        )  # fmt: skip
    if at_night == count:
        return _all_at_night(count, indonesian, city, _)
    if not at_night:
        return _.plural(
            "{count} hospital in {city}, without a night number",
            "{count} hospitals in {city}, none with a night number",
            count, city=city,
        )  # fmt: skip
    if indonesian == at_night:
        return _.plural(
            "{count} hospital, {night} with a night number, answered by an Indonesia desk",
            "{count} hospitals, {night} with a night number, answered by an Indonesia desk",
            count, night=at_night,
        )  # fmt: skip
    if indonesian:
        return _.plural(
            "{count} hospital, {night} with a night number; {desk} of them answered by an Indonesia desk",
            "{count} hospitals, {night} with a night number; {desk} of them answered by an Indonesia desk",
            count, night=at_night, desk=indonesian,
        )  # fmt: skip
    return _.plural(
        "{count} hospital in {city}, {night} with a night number",
        "{count} hospitals in {city}, {night} with a night number",
        count, city=city, night=at_night,
    )  # fmt: skip


def _all_at_night(count: int, indonesian: int, city: str, _: Language) -> str:
    """Where every hospital has a number for the night."""
    if indonesian:
        return _.plural(
            "{count} hospital, with a night number; {desk} of them answered by an Indonesia desk",
            "{count} hospitals, all with a night number; {desk} of them answered by an Indonesia desk",
            count, desk=indonesian,
        )  # fmt: skip
    return _.plural(
        "{count} hospital in {city}, with a night number",
        "{count} hospitals in {city}, all with a night number",
        count, city=city,
    )  # fmt: skip


def _strip(view: DirectoryView, _: Language) -> Callout:
    cells: list[tuple[str, str]] = []
    if view.city.country in EMERGENCY:
        cells.append(
            (_("Ambulance, {country}", country=_(COUNTRY_WORDS[view.city.country])), EMERGENCY[view.city.country])
        )
    if view.office.phone:
        cells.append((_("This office"), view.office.phone))
    cells.append(
        (
            _("Time in {city}", city=city_words(view.city, _)),
            bound(difference_words(view.zone, view.as_of, view.office.zone, _)),
        )
    )
    return Callout(cells=tuple(cells))


def difference_words(there_zone: str, as_of: dt.datetime, home_zone: str, _: Language) -> str:
    """The clock of a place against the office's: ``WIB + 1 h``."""
    home, there = local(as_of, home_zone).utcoffset(), local(as_of, there_zone).utcoffset()
    assert home is not None
    assert there is not None
    hours = (there - home).total_seconds() / 3600
    zone = zone_word(home_zone)
    if hours == 0:
        return _("same as {zone}", zone=zone)
    number = _.formats.number(abs(int(hours)) if hours == int(hours) else abs(hours))
    return (
        _("{zone} + {hours} h", zone=zone, hours=number)
        if hours > 0
        else _("{zone} − {hours} h", zone=zone, hours=number)
    )


def _grid(view: DirectoryView, _: Language, today: dt.date) -> Grid:
    columns = (
        Column(head=_("Hospital"), subhead=_("group · place"), width=57.0),
        Column(head=_("Indonesian patient desk"), subhead=_("hours there and at home"), width=40.3),
        Column(head=_("At night"), subhead=_("who answers"), width=35.7),
        Column(head=_("Letters until"), subhead=_("deposit rule"), width=18.7),
        Column(head=_("Languages"), subhead=_("last checked"), width=22.3),
    )
    rows = tuple(_row(hospital, view, _, today) for hospital in view.hospitals)
    return Grid(columns=columns, rows=rows, pitch=18.95, hairlines=True, top_rule=True, name="hospitals")


def _row(hospital: HospitalLine, view: DirectoryView, _: Language, today: dt.date) -> Row:
    about = " · ".join(part for part in (hospital.group, hospital.place) if part) or city_words(view.city, _)
    name: list[CellLine] = [CellLine(words=hospital.name, voice=Voice.NAME), CellLine(words=about, voice=Voice.SMALL)]
    if hospital.specialties:
        name.append(CellLine(words=", ".join(hospital.specialties), voice=Voice.DETAIL))
    is_rule = len(hospital.deposit) > SHORT_DEPOSIT
    if is_rule:
        name.append(CellLine(words=_("Deposit: {rule}", rule=hospital.deposit), voice=Voice.SMALL))
    phone = [CellLine(words=bound(hospital.phone) or MISSING, voice=Voice.PHONE)]
    phone += [
        CellLine(words=line, voice=Voice.DETAIL)
        for line in hours_lines(hospital.hours, view.zone, view.as_of, view.office.zone, _)
    ]
    cells: tuple[Cell, ...] = (
        tuple(name),
        tuple(phone),
        _night_cell(hospital, _),
        (
            CellLine(words=_cut_off(hospital.cut_off, _) or MISSING, voice=Voice.STRONG),
            CellLine(words="" if is_rule else hospital.deposit or MISSING, voice=Voice.DETAIL),
            *([CellLine(words=_(hospital.channel.label), voice=Voice.DETAIL)] if hospital.channel else []),
        ),
        _checked_cell(hospital, _, today),
    )
    return Row(cells=cells)


def _cut_off(text: str, _: Language) -> str:
    """The hour as the language writes it; what cannot be read stays as the desk says it."""
    time = read_cut_off(text)
    return _.formats.clock_time(time) if time is not None else hours_words(text, _)


def _night_cell(hospital: HospitalLine, _: Language) -> Cell:
    if not hospital.night_phone:
        return (
            CellLine(words=MISSING, voice=Voice.PHONE),
            CellLine(words=_("call this office"), voice=Voice.DETAIL),
        )
    who = (
        NIGHT_WORDS.get(hospital.night_desk, N_("hospital operator"))
        if hospital.night_desk
        else N_("hospital operator")
    )
    return (
        CellLine(words=bound(hospital.night_phone), voice=Voice.PHONE),
        CellLine(words=_(who), voice=Voice.DETAIL),
    )


def _checked_cell(hospital: HospitalLine, _: Language, today: dt.date) -> Cell:
    languages = CellLine(words=language_names(hospital.languages, _) or MISSING, voice=Voice.DETAIL)
    if hospital.verified_on is None:
        return (languages, CellLine(words=bound(_("never")), voice=Voice.STRONG, shape=Shape.LATE))
    age = freshness(hospital.verified_on, today=today)
    words = _.formats.date(hospital.verified_on)
    if age is Freshness.STALE:
        words = words.replace("\u00a0", " ")  # the mark before it may leave no room: a year is never cut in two
        return (languages, CellLine(words=words, voice=Voice.STRONG, shape=Shape.LATE))
    if age is Freshness.FADED:
        return (languages, CellLine(words=words.replace("\u00a0", " "), voice=Voice.QUIET, shape=Shape.COMING))
    return (languages, CellLine(words=words, voice=Voice.DETAIL))


_RANGE = re.compile(r"(?<!\d)(\d{1,2})[.:](\d\d)\s*[-–]\s*(\d{1,2})[.:](\d\d)")


def hours_lines(hours: str, there_zone: str, as_of: dt.datetime, home_zone: str, _: Language) -> list[str]:
    """The desk's hours as it says them, and the same at home where the clocks differ."""
    if not hours:
        return [MISSING]
    shown = hours_words(hours, _)
    lines = [f"{shown}{NBSP}{zone_word(there_zone)}" if _RANGE.search(hours) else shown]
    match = _RANGE.search(hours)
    home, there = local(as_of, home_zone).utcoffset(), local(as_of, there_zone).utcoffset()
    if match and home is not None and there is not None and home != there:
        shift = int((home - there).total_seconds() // 60)
        ends = [int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])]
        first, last = (dt.time((end + shift) // 60 % 24, (end + shift) % 60) for end in ends)
        clock = _.formats.clock_time
        lines.append(f"{clock(first)}–{clock(last)}{NBSP}{zone_word(home_zone)}")
    return lines


def _notes(view: DirectoryView, _: Language, today: dt.date) -> list[Block]:
    stale = any(is_stale(h.verified_on, today=today) for h in view.hospitals)
    words = _(
        "An open circle: checked more than {days} days ago. "
        "Requests after the letter hour are usually answered the next working day.",
        days=FADED_DAYS,
    )
    if not stale:
        return [Note(words=words)]
    return [
        Note(
            words=_("checked more than {days} days ago: telephone first. {more}", days=STALE_DAYS, more=words),
            shape=Shape.LATE,
        )
    ]
