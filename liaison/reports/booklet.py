"""The directory booklet (R19): every hospital with its desks, to carry. A5, or two by two on A4 to fold and staple.

Public: desks and hours, no person and no median. Inside the office each hospital also says how long its first letters
take. Indexes by specialty and by panel stand at the back; a panel says whose letters a hospital takes, which is what a
caller has to know, and is no figure of an insurer. Sources: ``domain`` section 4 (R4), ``ux`` 3.5 (d).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from functools import partial

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.domain.network import FADED_DAYS, STALE_DAYS, Desk, Freshness, freshness
from liaison.domain.privacy import Audience
from liaison.domain.vcard import Card, vcard
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.blocks import (
    Block,
    CellLine,
    Column,
    Cover,
    DeskCard,
    Grid,
    Heading,
    Index,
    Row,
    Shape,
    Space,
    TabHead,
    Text,
    Title,
    Voice,
)
from liaison.reports.booklet_view import BookletView, Speed, gather_booklet
from liaison.reports.directory import NIGHT_WORDS, VALID_DAYS, city_words, difference_words, hours_lines
from liaison.reports.directory_view import EMERGENCY, DirectoryView, HospitalLine
from liaison.reports.report import Option, Prepared, Report
from liaison.reports.style import BOOKLET, BOOKLET_SHEETS
from liaison.reports.wording import (
    BANNERS,
    COUNTRY_WORDS,
    PUBLIC_BANNER,
    as_of_words,
    bound,
    hours_words,
    language_names,
    local,
    sample_words,
    sentences,
)

SHEETS = "sheets"
PAGES = "pages"
NO_FORM = N_("Write pages for A5, or sheets for A4 to fold and staple.")
MOST_LETTERS = 3
MOST_NAME = 60
"""Letters of a name that an address book shows; the whole name stands beside the square."""


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The booklet of one city, or of all of them."""
    form = options.get("form", PAGES)
    if form not in (PAGES, SHEETS):
        raise Refused([problem("NO_FORM", NO_FORM, "form")])
    view = gather_booklet(session, options.get("city", ""), with_speeds=audience is Audience.INTERNAL)
    return Prepared(
        view=view, lay_out=partial(lay_out, view, audience=audience), as_of=view.as_of, office=view.office.name,
        page=BOOKLET_SHEETS if form == SHEETS else BOOKLET,
    )  # fmt: skip


REPORT = Report(
    name="booklet",
    code="R19",
    title=N_("Hospital booklet"),
    options=(Option(name="city", label=N_("City")), Option(name="form", label=N_("Form of the booklet"))),
    audiences=(Audience.PUBLIC, Audience.INTERNAL),
    prepare=prepare,
)


def lay_out(view: BookletView, language: Language, *, audience: Audience) -> list[Block]:
    """Cover, how to call, the cities, the indexes, what the booklet is."""
    _ = language
    day = local(view.as_of, view.office.zone).date()
    speeds = dict(view.speeds)
    blocks: list[Block] = [_title(view, _, day, audience), _cover(view, _, day), *_calling(view, _)]
    for city in view.cities:
        blocks.append(_city_head(city, _))
        blocks += [_card(hospital, city, _, day, speeds.get(hospital.key)) for hospital in city.hospitals]
    return [*blocks, *_by_specialty(view, _), *_by_panel(view, _), *_about(_)]


def _count(view: BookletView) -> int:
    return sum(len(city.hospitals) for city in view.cities)


def _names(view: BookletView, _: Language) -> str:
    return ", ".join(city_words(city.city, _) for city in view.cities)


def _title(view: BookletView, _: Language, day: dt.date, audience: Audience) -> Title:
    until = _.formats.long_date(day + dt.timedelta(days=VALID_DAYS))
    inside = audience is Audience.INTERNAL
    rule = _("Desks and hours only, no patient data. Deposits as the hospital says, they may change.")
    if inside:
        rule = _("For this office only: it says how long hospitals' letters take.")
    names = _names(view, _)
    return Title(
        kind=_("Hospital booklet"),
        about=_("Valid until {date}", date=until),
        banner=_(BANNERS[Audience.INTERNAL]) if inside else _(PUBLIC_BANNER),
        source=sentences(
            _.plural(
                "Source: directory of this office, n = {count} hospital in {city}, checked by telephone.",
                "Source: directory of this office, n = {count} hospitals in {city}, checked by telephone.",
                _count(view), city=names,
            ),
            as_of_words(view.as_of, view.office.zone, _),
            sample_words(is_sample=view.office.is_sample, language=_),
        ),
        note=_("{rule} Prepared by {office}.", rule=rule, office=view.office.name),
    )  # fmt: skip


def _cover(view: BookletView, _: Language, day: dt.date) -> Cover:
    count = _.plural("{count} hospital", "{count} hospitals", _count(view))
    return Cover(
        title=_("Whom to call"),
        lines=(
            _("{hospitals} in {cities}", hospitals=bound(count), cities=_names(view, _)),
            _.formats.long_date(day),
            _("Valid until {date}", date=_.formats.long_date(day + dt.timedelta(days=VALID_DAYS))),
        ),
        numbers=_numbers(view, _),
        foot=view.office.name,
    )


def _numbers(view: BookletView, _: Language) -> tuple[tuple[str, str], ...]:
    """This office, and the ambulance of each country in the booklet."""
    countries = tuple(dict.fromkeys(city.city.country for city in view.cities))
    own = ((_("This office"), bound(view.office.phone)),) if view.office.phone else ()
    known = [country for country in countries if country in EMERGENCY]
    return (
        *own,
        *((_("Ambulance, {country}", country=_(COUNTRY_WORDS[country])), EMERGENCY[country]) for country in known),
    )


def _calling(view: BookletView, _: Language) -> list[Block]:
    """How to call: time, numbers, and what to say."""
    rows = tuple(
        Row(
            cells=(
                city_words(city.city, _),
                EMERGENCY.get(city.city.country, MISSING),
                bound(difference_words(city.zone, view.as_of, view.office.zone, _)),
            )
        )
        for city in view.cities
    )
    columns = (
        Column(head=_("City"), width=50), Column(head=_("Ambulance"), width=28), Column(head=_("Clock"), width=42),
    )  # fmt: skip
    say = (
        _("Say the patient's name as in the passport, and the hospital's own number if any."),
        _("Say the insurer and the number of the guarantee letter."),
        _("Ask for the Indonesian patient desk; at night for the desk named in this booklet."),
        _("Write down whom you spoke to, and when you will call again."),
    )
    return [
        TabHead(text=_("How to call"), note=_("Numbers are written as you dial them from Indonesia.")),
        Text(words=_("A number with + works from every telephone: hold 0 until + appears, or dial 001 instead of it.")),
        Space(height=3),
        Text(words=_("In an emergency call the local ambulance first, then the hospital, then us.")),
        Heading(text=_("Time and ambulance"), note=_("clock against ours")),
        Grid(columns=columns, rows=rows, pitch=5.4, name="clocks"),
        Heading(text=_("What to say")),
        Grid(
            columns=(Column(head="", width=7), Column(head=_("In this order"), width=113)),
            rows=tuple(Row(cells=(str(number), words)) for number, words in enumerate(say, 1)),
            pitch=6.2, hairlines=True, name="say",
        ),
        Space(height=3),
        Text(words=_("The square beside each hospital puts its desk into your telephone: point the camera at it."),
             small=True),
    ]  # fmt: skip


def _city_head(city: DirectoryView, _: Language) -> Block:
    count = _.plural("{count} hospital", "{count} hospitals", len(city.hospitals))
    parts = [count]
    if city.city.country in EMERGENCY:
        parts.append(_("ambulance {number}", number=EMERGENCY[city.city.country]))
    difference = bound(difference_words(city.zone, city.as_of, city.office.zone, _))
    parts.append(_("clock {difference}", difference=difference))
    return TabHead(
        text=city_words(city.city, _), note=" · ".join(parts), tab=_tab(city), anchor=f"city{city.city.code}"
    )


def _tab(city: DirectoryView) -> str:
    return city.city.code[:MOST_LETTERS].upper()


def _card(hospital: HospitalLine, city: DirectoryView, _: Language, day: dt.date, speed: Speed | None) -> DeskCard:
    about = " · ".join(part for part in (hospital.group, hospital.place, hospital.accreditation) if part)
    night = (_(NIGHT_WORDS.get(hospital.night_desk or Desk.OTHER, N_("hospital operator"))),)
    if not hospital.night_phone:
        night = (_("call this office"),)
    hours = hours_lines(hospital.hours, city.zone, city.as_of, city.office.zone, _)
    return DeskCard(
        name=hospital.name,
        about=about or city_words(city.city, _),
        phones=(
            (_("Indonesian patient desk"), bound(hospital.phone) or MISSING, tuple(hours)),
            (_("At night"), bound(hospital.night_phone) or MISSING, night),
        ),
        facts=tuple((key, value) for key, value in _facts(hospital, _, speed) if value),
        checked=_checked(hospital, _, day),
        qr=_card_of(hospital),
        anchor=f"house{hospital.key}",
    )


def _facts(hospital: HospitalLine, _: Language, speed: Speed | None) -> tuple[tuple[str, str], ...]:
    until = _("until {hour}", hour=hours_words(hospital.cut_off, _)) if hospital.cut_off else ""
    took = ""
    if speed is not None:
        took = _took(speed, _)
    return (
        (_("WhatsApp"), bound(hospital.whatsapp)),
        (_("Letters to"), " · ".join(part for part in (hospital.mail, until) if part) if hospital.mail else ""),
        (_("Letters until"), "" if hospital.mail else hours_words(hospital.cut_off, _)),
        (_("Deposit rule"), hospital.deposit),
        (_("Languages"), language_names(hospital.languages, _)),
        (_("Specialties"), ", ".join(hospital.specialties)),
        (_("First letter"), took),
    )


def _took(speed: Speed, _: Language) -> str:
    """How long the letters took; one letter has no middle."""
    hours = _.formats.number(speed.hours, 1)
    if speed.n == 1:
        return _("{hours} working hours; one letter", hours=hours)
    return _("{hours} working hours, median; n = {n}", hours=hours, n=speed.n)


def _checked(hospital: HospitalLine, _: Language, day: dt.date) -> CellLine:
    if hospital.verified_on is None:
        return CellLine(words=_("never checked: telephone first"), voice=Voice.STRONG, shape=Shape.LATE)
    age = freshness(hospital.verified_on, today=day)
    words = _("checked {date}", date=_.formats.date(hospital.verified_on))
    if age is Freshness.STALE:
        return CellLine(words=words, voice=Voice.STRONG, shape=Shape.LATE)
    if age is Freshness.FADED:
        return CellLine(words=words, voice=Voice.QUIET, shape=Shape.COMING)
    return CellLine(words=words, voice=Voice.DETAIL)


def _card_of(hospital: HospitalLine) -> str:
    """The desk for a telephone's address book; nothing where no number is known."""
    phones = tuple(
        (kind, number)
        for kind, number in (
            ("WORK", hospital.phone), ("CELL", hospital.whatsapp), ("HOME", hospital.night_phone)
        )
        if number
    )  # fmt: skip
    return vcard(Card(name=hospital.name[:MOST_NAME], phones=phones)) if phones else ""


# at the back


def _by_specialty(view: BookletView, _: Language) -> list[Block]:
    found: dict[str, list[HospitalLine]] = defaultdict(list)
    for city in view.cities:
        for hospital in city.hospitals:
            for word in hospital.specialties:
                found[upper_first(word.strip())].append(hospital)
    if not found:
        return []
    entries = tuple(
        (word, tuple((one.name, f"house{one.key}") for one in sorted(found[word], key=lambda one: one.name)))
        for word in sorted(found, key=str.casefold)
    )
    return [TabHead(text=_("By specialty"), note=_("Hospital and page")), Index(entries=entries)]


def _by_panel(view: BookletView, _: Language) -> list[Block]:
    if not view.panels:
        return []
    names = {hospital.key: hospital.name for city in view.cities for hospital in city.hospitals}
    entries = tuple(
        (insurer, tuple((names[key], f"house{key}") for key in sorted(keys, key=lambda key: names[key])))
        for insurer, keys in view.panels
    )
    note = _("Who takes whose letters, as last heard. Ask before you travel.")
    return [TabHead(text=_("By insurer's panel"), note=note), Index(entries=entries)]


def _about(_: Language) -> list[Block]:
    return [
        TabHead(text=_("About this booklet")),
        Text(words=_("An open circle: checked more than {days} days ago, the number may have changed. A triangle: "
                     "nobody asked for more than {stale} days, or never.", days=FADED_DAYS, stale=STALE_DAYS)),
        Space(height=3),
        Text(words=_("A request for a letter that comes after the hour named is usually answered the next working "
                     "day. The deposit is what the desk told us; it may ask for more.")),
        Space(height=3),
        Text(words=_("Did a number change? Tell this office, and the next booklet has it right.")),
    ]  # fmt: skip
