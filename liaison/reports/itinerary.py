"""The itinerary pack (R3): what a patient carries. On A4, or on pages as wide as a telephone; always in two languages.

A copy with its cover off names no diagnosis and no treatment. Sources: ``domain`` section 4 (R3), ``ux`` 3.5 (e),
``paper`` (itinerary-phone).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.network import Desk
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.domain.vcard import Card, vcard
from liaison.i18n import N_, Language
from liaison.i18n.formats import MISSING, NBSP
from liaison.reports.blocks import (
    BigName,
    Block,
    Headline,
    PackBox,
    PackHead,
    PageBreak,
    Pair,
    PhoneEntry,
    PhonePage,
    QrNote,
    Ruled,
    Said,
    Space,
    Ticks,
    Title,
)
from liaison.reports.going_on import HeadedStop, KeptRuled, KeptSaid, continued
from liaison.reports.itinerary_view import EMBASSY_WORDS, HOME_EMERGENCY, DeskView, ItineraryView, StopView, gather
from liaison.reports.itinerary_words import Tongues, entry, stop_block, to_bring
from liaison.reports.report import Option, Prepared, Report
from liaison.reports.style import A4, PHONE
from liaison.reports.wording import BANNERS, as_of_words, bound, local, sample_words, sentences

ON_PHONE = "phone"
MOST_NAME = 60
"""Letters of a name that an address book shows."""
COVER_OFF = "off"
BAD_FORM = N_("A pack is made as “pack” (A4) or “phone” (pages as wide as a telephone).")
BAD_COVER = N_("The cover is “on” or “off”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of a pack: its head, and what stands below it."""

    head: Pair
    blocks: tuple[Block, ...]
    begins_page: bool = False
    """Whether it begins a page of its own on A4."""


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The pack of one case."""
    form, cover = options.get("form", "pack"), options.get("cover", "on")
    problems = []
    if form not in ("pack", ON_PHONE):
        problems.append(Problem(code="BAD_FORM", field="form", message=BAD_FORM))
    if cover not in ("on", COVER_OFF):
        problems.append(Problem(code="BAD_COVER", field="cover", message=BAD_COVER))
    if problems:
        raise Refused(problems)
    view, keys = gather(session, options["case"], with_cover=cover != COVER_OFF)
    on_phone = form == ON_PHONE
    return Prepared(
        view=view,
        lay_out=partial(lay_out_phone if on_phone else lay_out, view),
        as_of=view.as_of,
        office=view.office.name,
        keys=keys,
        recipient=view.passport_name,
        purpose="",
        page=PHONE if on_phone else A4,
    )


# A4


def lay_out(view: ItineraryView, language: Language) -> list[Block]:
    """The pack on A4: whom to call, day by day, letter and bag, emergency, consent."""
    both = Tongues(language)
    first, *rest = _parts(view, both, width_wide=True)
    blocks: list[Block] = [_title(view, both), Headline(text=_headline(view, language)), *_why(view, both)]
    blocks += [Space(height=3), *first.blocks]
    for part in rest:
        if part.begins_page:
            blocks.append(PageBreak())
        blocks += [PackHead(text=part.head), *part.blocks]
    return blocks


def _title(view: ItineraryView, both: Tongues) -> Title:
    _ = both.first
    return Title(
        kind=_("Itinerary pack"),
        about=_("{case} · keep this with the passport", case=view.case_no),
        banner=_(BANNERS[Audience.FAMILY]),
        running=(_("Itinerary pack {case}", case=view.case_no), view.passport_name),
        source=sentences(
            _.plural(
                "Source: plan of this case at {office}, n = {count} stop.",
                "Source: plan of this case at {office}, n = {count} stops.", len(view.stops), office=view.office.name,
            ),
            as_of_words(view.as_of, view.office.zone, _),
            sample_words(is_sample=view.office.is_sample, language=_),
        ),
        note=_("For {name} and whoever goes along. Times are local. Prepared by {officer}.", name=view.passport_name,
               officer=view.officer),
    )  # fmt: skip


def _headline(view: ItineraryView, _: Language) -> str:
    """``6 days in Penang, 3 appointments; you leave on 23 November``."""
    days = (view.stops[-1].on - view.stops[0].on).days + 1
    meetings = view.appointment_count
    where = view.city or view.hospital or MISSING
    return _(
        N_("{where}, from {day}: {days} and {meetings}"),
        where=where,
        day=_.formats.long_date(view.stops[0].on),
        days=_.plural("{count} day", "{count} days", days),
        meetings=_.plural("{count} appointment", "{count} appointments", meetings),
    )


def _why(view: ItineraryView, both: Tongues) -> list[Block]:
    """Why the patient goes; nothing where the cover is off or the diagnosis is restricted."""
    if not (view.diagnosis or view.procedure):
        return []
    lines: list[Pair] = []
    for label, value in (
        (N_("Diagnosis"), view.diagnosis),
        (N_("Procedure"), view.procedure),
        (N_("Doctor"), view.doctor),
    ):
        if value:
            lines.append(both.typed(f"{both.key(label)}: {value}"))
    return [Space(height=2), Said(lines=tuple(lines))]


# on a telephone


def lay_out_phone(view: ItineraryView, language: Language) -> list[Block]:
    """The same on pages as wide as a telephone, one day after the other."""
    both = Tongues(language)
    moment = both.first.formats.moment(view.as_of, view.office.zone)
    foot = both.first(N_("{case} · printed {moment}"), case=view.case_no, moment=moment)
    mark = both.first(N_("personal data"))
    blocks: list[Block] = []
    for part in _parts(view, both, width_wide=False):
        blocks += [PhonePage(head=part.head, foot=foot, mark=mark), *part.blocks]
    return blocks


# the parts


def _parts(view: ItineraryView, both: Tongues, *, width_wide: bool) -> list[_Part]:
    calls = _Part(head=both(N_("Whom to call")), blocks=tuple(_calls(view, both, width_wide=width_wide)))
    days = [
        _Part(head=both.day(day), blocks=_day(day, stops, view, both, width_wide=width_wide), begins_page=not number)
        for number, (day, stops) in enumerate(view.days)
    ]
    bag = _Part(head=both(N_("What to bring")), blocks=(Ticks(items=tuple(to_bring(view, both))),), begins_page=True)
    letter = _Part(head=both(N_("Your guarantee letter")), blocks=_letter(view, both))
    emergency = _Part(
        head=both(N_("Emergency")), blocks=tuple(_emergency(view, both, width_wide=width_wide)), begins_page=True
    )
    if not width_wide:  # no lines to write on: only what is on record
        said = Said(lines=(both.typed(view.allergies),), strong=True)
        known = [_Part(head=both(N_("Allergies")), blocks=(said,))] if view.allergies else []
        return [calls, *days, bag, letter, *known, emergency]
    medicines = _Part(head=both(N_("Medicines and allergies")), blocks=_medicines(view, both))
    privacy = _Part(head=both(N_("This paper and you")), blocks=_privacy(view, both))
    return [calls, medicines, *days, bag, letter, emergency, privacy]


def _day(
    day: dt.date, stops: tuple[StopView, ...], view: ItineraryView, both: Tongues, *, width_wide: bool
) -> tuple[Block, ...]:
    """The stops of a day, together on a page; a day too long for one is named again. A telephone's head does so."""
    blocks = [stop_block(stop, view, both) for stop in stops]
    if not width_wide:
        return tuple(blocks)
    first, second = both.day(day)
    again = (continued(first, both.first), continued(second, both.second))
    last = len(blocks) - 1
    return tuple(
        HeadedStop(
            time=one.time, at_home=one.at_home, place=one.place, what=one.what, details=one.details,
            again=again if number else None, is_last=number == last,
        )
        for number, one in enumerate(blocks)
    )  # fmt: skip


def _desks(view: ItineraryView, both: Tongues) -> list[PhoneEntry]:
    found: list[PhoneEntry] = []
    if view.office.phone:
        own = DeskView(house=view.office.name, phone=view.office.phone, hours="", zone=view.office.zone)
        found.append(entry(both(N_("Liaison office")), own, view, both))
    if view.hospital_desk is not None:
        found.append(entry(both(_hospital_word(view.hospital_desk)), view.hospital_desk, view, both))
    if view.insurer_desk is not None:
        found.append(entry(both(N_("Insurer")), view.insurer_desk, view, both))
    return found


def _hospital_word(desk: DeskView) -> str:
    """Who answers at the hospital: nobody is sent to an Indonesia desk that we do not know of."""
    if desk.desk is Desk.INDONESIA_DESK:
        return N_("Indonesia desk, hospital")
    return N_("Hospital, switchboard") if desk.desk is None else N_("Hospital")


def _calls(view: ItineraryView, both: Tongues, *, width_wide: bool) -> list[Block]:
    desks = _desks(view, both)
    single = " · ".join(both(N_("single name"))) if view.is_single_name else ""
    key = (
        N_("Name in the passport") if view.is_from_passport else N_("Name as told to us; compare it with the passport")
    )
    blocks: list[Block] = [
        BigName(key=" · ".join(both(key)), name=view.passport_name, remark=single),
        *desks,
    ]
    numbers = [one.number for one in desks]
    if not numbers:
        return blocks
    words = [both(N_("Save these numbers"))]
    if view.emergency:
        emergency = both.key(N_("Emergency"))
        words.append(both.typed(f"{emergency}: {view.emergency}"))
    # Numbers and the office's own name only: whoever finds the paper learns nothing about the patient.
    card = Card(name=view.office.name[:MOST_NAME], phones=tuple(("WORK", number) for number in numbers))
    return [*blocks, QrNote(words=tuple(words), content=vcard(card), size=28.0 if width_wide else 18.0)]


def _letter(view: ItineraryView, both: Tongues) -> tuple[Block, ...]:
    letter = view.letter
    if letter is None:
        lines = (
            both(N_("There is no guarantee letter. You pay the hospital first.")),
            both(N_("Keep every original receipt for your claim.")),
        )
        return (Space(height=2), Said(lines=lines))
    first, second = both.first, both.second
    said: list[str] = []
    if letter.is_as_charged or letter.ceiling is None:
        label, figure = both(N_("The guarantee letter pays")), first(N_("as charged"))
        said.append(second(N_("The letter pays as charged.")))
    else:
        label, figure = both(N_("The guarantee letter pays up to")), first.formats.money(letter.ceiling)
        said.append(second(N_("The letter pays up to {amount}. Above that, ask us first."), amount=letter.ceiling))
    more: list[Pair] = []
    if letter.valid_to is not None:
        more.append(both(N_("Valid until {day}."), day=letter.valid_to))
    if letter.excess is not None and letter.excess.minor:
        more.append(both(N_("You pay {amount} yourself."), amount=letter.excess))
    if letter.number:
        key = first(N_("Letter number"))
        more.append(both.typed(f"{key}: {bound(letter.number)}"))
    box = PackBox(label=(label[0], ""), figure=figure, strong=first(N_("Above that, ask us first.")), lines=tuple(said))
    return (box, Space(height=2), Said(lines=tuple(more)), *_counter(view, both))


def _counter(view: ItineraryView, both: Tongues) -> tuple[Block, ...]:
    """What to show at the counter when somebody asks for a deposit."""
    desk = view.hospital_desk
    has_desk = desk is not None and desk.desk is Desk.INDONESIA_DESK
    whom, siapa = ("the Indonesia desk", "meja Indonesia") if has_desk else ("my liaison office", "pejabat penghubung")
    lines = (
        both(N_("If they ask for a deposit, show this line:")),
        (f"“I have a guarantee letter. Please call {whom} first.”", ""),
        (f"“Saya ada surat jaminan. Sila telefon {siapa} dahulu.”", ""),
    )
    return (Said(lines=lines),)


def _emergency(view: ItineraryView, both: Tongues, *, width_wide: bool) -> list[Block]:
    """Who comes at any hour; a number that stands on the first page is not told twice."""
    calls: list[Block] = []
    always, told = both.key(N_("24 hours")), {one.number for one in _desks(view, both)}
    if view.emergency:
        calls.append(PhoneEntry(who=both(N_("Ambulance there")), number=view.emergency, hours=always))
    for who, desk in ((N_("Hospital, at night"), view.hospital_desk), (N_("Insurer, at night"), view.insurer_desk)):
        night = bound(desk.night_phone) if desk is not None else ""
        if night and night not in told:
            calls.append(PhoneEntry(who=both(who), number=night, hours=always))
    if view.consulate:
        calls.append(_consulate(view, both))
    say = [
        both(N_("Say this on the telephone:")),
        ("“Saya pasien. Saya perlu ambulans.”", "“I am a patient. I need an ambulance.”"),
    ]
    if width_wide and view.emergency != HOME_EMERGENCY:
        say.append(both(N_("In Indonesia the number is {number}."), number=HOME_EMERGENCY))
    return [*calls, Space(height=2), Said(lines=tuple(say))]


def _consulate(view: ItineraryView, both: Tongues) -> PhoneEntry:
    is_embassy = any(word in view.consulate.casefold() for word in EMBASSY_WORDS)
    who = both(N_("Embassy: {name}") if is_embassy else N_("Consulate: {name}"), name=view.consulate)
    if view.consulate_phone:
        return PhoneEntry(who=who, number=bound(view.consulate_phone), hours=both.first(N_("lost passport, death")))
    return PhoneEntry(who=who, number=MISSING, hours=both.first(N_("ask the liaison office for the number")))


def _medicines(view: ItineraryView, both: Tongues) -> tuple[Block, ...]:
    """What whoever helps must know at once, and room to write what no record holds."""
    blood, allergies = both.key(N_("Blood group")), both.key(N_("Allergies"))
    known = (Said(lines=(both(N_("Allergies: {what}"), what=view.allergies),), strong=True),) if view.allergies else ()
    return (
        *known,
        KeptRuled(labels=(blood,) if known else (blood, allergies), goes_on=False),
        Space(height=3),
        KeptSaid(lines=(both(N_("Medicines I take every day: name, dose, time")),), goes_on=True),
        KeptRuled(labels=("",) * (2 if view.doctor and view.procedure else 3), goes_on=False),
    )


def _privacy(view: ItineraryView, both: Tongues) -> tuple[Block, ...]:
    lines = (
        both(N_("This paper holds your personal data. Do not send photos of it.")),
        both(N_("You agreed that we tell the hospital and the insurer.")),
        both(N_("You may withdraw that at any time. Call us.")),
    )
    today: dt.date = local(view.as_of, view.office.zone).date()
    place = ", ".join(p for p in (view.office.place, both.first.formats.long_date(today)) if p)
    signature = both.first(N_("signature"))
    return (Said(lines=lines), Ruled(labels=(f"{place}{NBSP}·{NBSP}{signature}",)))


REPORT = Report(
    name="itinerary",
    code="R3",
    title=N_("Itinerary pack"),
    options=(
        Option(name="case", label=N_("Case number"), is_required=True),
        Option(name="form", label=N_("Form: pack or phone")),
        Option(name="cover", label=N_("Cover: on or off")),
        Option(name="emergency", label=N_("Why it cannot wait for a consent")),
    ),
    audiences=(Audience.FAMILY,),
    prepare=prepare,
)
