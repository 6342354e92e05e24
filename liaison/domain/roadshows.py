"""Roadshows and round tables: events in a city, who is invited, what is wished for, what is promised.

Insurers are rivals: joint paper names none of them, so what one house said is tagged for partners, each of whom reads
only its own, and what may stand before all of them has a wording of its own. A visitor is a private person: no paper
that leaves the office shows one. Sources: ``domain`` 1.9 and section 4 (R5, R6); trap 9 of ``domain`` (a lunch closed
for want of a permit).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from liaison.domain.coded import Coded
from liaison.domain.fields import check_order, check_required, draft, field, problem, warning
from liaison.domain.identifiers import check_phone
from liaison.domain.patients import Region
from liaison.domain.people import check_email
from liaison.domain.privacy import EVERYONE, Audience
from liaison.domain.problems import Problem
from liaison.domain.regions import OFFICE_CITIES, PROVINCES, city_of, region_of
from liaison.i18n import N_

PARTNERS = frozenset({Audience.HOSPITAL, Audience.INSURER})
"""Houses that take part in a round table."""

REGIONS = (Region.WEST, Region.CENTRAL, Region.EAST)
LAST_CITY = "SBY"
"""The round table that also hears every region in which no round table meets."""
LONGEST_DAYS = 14


class RoadshowKind(Coded):
    """What kind of event it is."""

    ROADSHOW = "ROADSHOW", N_("roadshow")
    ROUND_TABLE = "ROUND_TABLE", N_("round table")
    HEALTH_DAY = "HEALTH_DAY", N_("health day")


class PermitKind(Coded):
    """What has to be asked, announced or agreed before an event. Each city's list starts with all of them."""

    HEALTH_AGENCY = "HEALTH_AGENCY", N_("Notice to the city's health agency")
    POLICE = "POLICE", N_("Crowd permit of the police")
    VENUE = "VENUE", N_("Written agreement of the venue")
    NO_CONSULTING = "NO_CONSULTING", N_("Speakers told: no consultation, no reports or X-rays at the venue")
    FOREIGN_DOCTORS = "FOREIGN_DOCTORS", N_("Doctors from abroad: information only, no practice")
    MATERIAL = "MATERIAL", N_("Invitation and material checked: no promise of a cure")
    DATA_NOTICE = "DATA_NOTICE", N_("Notice on personal data at the check-in table")
    OTHER = "OTHER", N_("Another permit")


class PermitState(Coded):
    """How far a permit is."""

    OPEN = "OPEN", N_("not asked yet")
    ASKED = "ASKED", N_("asked for")
    GRANTED = "GRANTED", N_("granted")
    NOT_NEEDED = "NOT_NEEDED", N_("not needed")
    REFUSED = "REFUSED", N_("refused")


class GuestState(Coded):
    """What a guest answered."""

    INVITED = "INVITED", N_("invited")
    COMING = "COMING", N_("coming")
    NOT_COMING = "NOT_COMING", N_("not coming")
    WALK_IN = "WALK_IN", N_("came without an invitation")


class Topic(Coded):
    """What a wish is about; cities of one series are compared by it."""

    LETTER_SPEED = "LETTER_SPEED", N_("speed of guarantee letters")
    NIGHT = "NIGHT", N_("nights and weekends")
    ESTIMATES = "ESTIMATES", N_("cost estimates")
    DOCUMENTS = "DOCUMENTS", N_("documents and checklists")
    TOP_UPS = "TOP_UPS", N_("top-ups of letters")
    BILLS = "BILLS", N_("bills and prices")
    CLAIMS = "CLAIMS", N_("claims and payments")
    REPORTING = "REPORTING", N_("reports and figures")
    DOCTORS = "DOCTORS", N_("doctors and second opinions")
    FOLLOW_UP = "FOLLOW_UP", N_("care after the return")
    TRAVEL = "TRAVEL", N_("travel and stay")
    TRAINING = "TRAINING", N_("training of agents and staff")
    LANGUAGE = "LANGUAGE", N_("language and interpreters")
    DATA = "DATA", N_("data protection")
    OTHER = "OTHER", N_("something else")


@draft
class RoadshowDraft:
    """An event in one city."""

    kind: RoadshowKind = field(N_("Kind of event"), audience=EVERYONE, default=RoadshowKind.ROADSHOW)
    series: str = field(
        N_("Series"), required=True, audience=EVERYONE,
        help=N_("The same words for every city, so that the cities can be compared."),
    )  # fmt: skip
    city: str = field(N_("City"), required=True, audience=EVERYONE)
    starts_on: dt.date = field(N_("First day"), required=True, audience=EVERYONE)
    ends_on: dt.date | None = field(N_("Last day"), help=N_("Empty: one day."), audience=EVERYONE, default=None)
    venue: str = field(N_("Venue"), audience=EVERYONE, default="")
    venue_address: str = field(N_("Address of the venue"), audience=EVERYONE, default="")
    covers_west: bool = field(N_("Covers the west"), audience=EVERYONE, default=False)
    covers_central: bool = field(N_("Covers the centre"), audience=EVERYONE, default=False)
    covers_east: bool = field(N_("Covers the east"), audience=EVERYONE, default=False)
    answer_by: dt.date | None = field(N_("Answers to the invitation by"), audience=PARTNERS, default=None)
    note: str = field(N_("Note for ourselves"), default="")

    @property
    def regions(self) -> tuple[Region, ...]:
        """The regions that this event hears."""
        ticked = (self.covers_west, self.covers_central, self.covers_east)
        return tuple(region for region, on in zip(REGIONS, ticked, strict=True) if on)


@draft
class PermitDraft:
    """One line of the checklist before an event."""

    roadshow_id: int = field(N_("Event"), required=True)
    kind: PermitKind = field(N_("What is needed"), required=True)
    state: PermitState = field(N_("How far it is"), default=PermitState.OPEN)
    authority: str = field(N_("Asked of"), default="")
    reference: str = field(N_("Number of the permit"), default="")
    due_on: dt.date | None = field(N_("Needed by"), default=None)
    officer_id: int | None = field(N_("Officer"), default=None)
    note: str = field(N_("Note"), help=N_("For one that is not needed: why not."), default="")


@draft
class SessionDraft:
    """One item of the programme."""

    roadshow_id: int = field(N_("Event"), required=True)
    starts_at: dt.datetime = field(N_("Begins"), required=True, audience=EVERYONE)
    minutes: int | None = field(N_("Minutes"), audience=EVERYONE, default=30)
    title: str = field(N_("Subject"), required=True, audience=EVERYONE)
    room: str = field(N_("Meeting room"), audience=EVERYONE, default="")
    speaker: str = field(N_("Speaker"), audience=PARTNERS, default="")
    speaker_role: str = field(
        N_("Who speaks, without a name"), help=N_("For joint paper, for instance “cardiologist, Island Hospital”."),
        audience=EVERYONE, default="",
    )  # fmt: skip


@draft
class ThemeDraft:
    """What moves a region, and what we say about it."""

    roadshow_id: int = field(N_("Event"), required=True)
    region: Region = field(N_("Region"), audience=EVERYONE, default=Region.NOT_STATED)
    theme: str = field(N_("Theme"), required=True, audience=EVERYONE)
    talking_point: str = field(N_("What we say about it"), default="")


@draft
class GuestDraft:
    """A house or a person invited to an event, or a visitor who came by."""

    roadshow_id: int = field(N_("Event"), required=True)
    organization_id: int | None = field(
        N_("Organisation"), help=N_("Empty for a visitor or a house that is not in the network."), audience=PARTNERS,
        default=None,
    )  # fmt: skip
    house: str = field(N_("Organisation, in words"), audience=PARTNERS, default="")
    name: str = field(N_("Person"), audience=PARTNERS, default="")
    position: str = field(N_("Position"), audience=PARTNERS, default="")
    phone: str = field(N_("Telephone"), default="")
    email: str = field(N_("E-mail"), default="")
    is_visitor: bool = field(
        N_("Visitor for an own matter"), help=N_("A private person: no paper that leaves the office shows one."),
        default=False,
    )  # fmt: skip
    state: GuestState = field(N_("Answer"), default=GuestState.INVITED)
    need: str = field(N_("What the visitor asks for"), default="")
    consent_on: dt.date | None = field(
        N_("Agreed to be contacted on"),
        help=N_("Only with it a visitor becomes an enquiry."), default=None,
    )  # fmt: skip
    consent_how: str = field(N_("How it was agreed"), help=N_("For instance: signed the check-in list."), default="")
    note: str = field(N_("Note"), default="")


@draft
class NeedDraft:
    """What a house wishes, and what we answer. Only that house reads it; ``for_all`` is what all may read."""

    roadshow_id: int = field(N_("Event"), required=True)
    organization_id: int | None = field(N_("Who wishes it"), audience=PARTNERS, default=None)
    house: str = field(N_("Who wishes it, in words"), audience=PARTNERS, default="")
    region: Region = field(N_("Region"), audience=EVERYONE, default=Region.NOT_STATED)
    topic: Topic = field(N_("About"), audience=EVERYONE, default=Topic.OTHER)
    wish: str = field(N_("Wish"), required=True, audience=PARTNERS)
    answer: str = field(N_("Our answer"), audience=PARTNERS, default="")
    for_all: str = field(
        N_("Wording for everybody"),
        help=N_("What may stand on joint paper; it names no insurer. Empty: only the subject."),
        audience=EVERYONE, default="",
    )  # fmt: skip
    officer_id: int | None = field(N_("Officer"), default=None)


@draft
class RoadshowPromiseDraft:
    """Something somebody promised at an event, with a day."""

    roadshow_id: int = field(N_("Event"), required=True)
    what: str = field(N_("Promise"), required=True, audience=EVERYONE)
    officer_id: int | None = field(N_("Officer"), help=N_("Where this office promised it."), default=None)
    owner: str = field(
        N_("Who else promised it"), help=N_("Where somebody outside promised it."), audience=PARTNERS, default=""
    )
    organization_id: int | None = field(N_("To or from which house"), audience=PARTNERS, default=None)
    due_on: dt.date | None = field(N_("Due"), audience=EVERYONE, default=None)
    is_urgent: bool = field(N_("Urgent"), default=False)
    need_id: int | None = field(N_("Answers the wish"), default=None)


@draft
class PromiseKeptDraft:
    """How a promise was kept."""

    done_on: dt.date = field(N_("Kept on"), required=True, audience=EVERYONE)
    evidence: str = field(N_("Evidence"), help=N_("A letter, a message, a figure: where it can be seen."), default="")


# rules


def covered_regions(city: str, own: Mapping[str, Region] | None = None) -> tuple[Region, ...]:
    """The regions a city's round table hears by the office's own list: its own, and for Surabaya those without one.

    With the list an office starts with: Medan and Jakarta the west, Surabaya the centre and the east.
    """
    place = city_of(city)
    if place is None or not place.province:
        return ()
    home = region_of(place.province, own)
    found = {home} & set(REGIONS)
    if place.code == LAST_CITY:
        seats = {region_of(seat.province, own) for code in OFFICE_CITIES if (seat := city_of(code)) is not None}
        found |= set(REGIONS) - seats
    return tuple(region for region in REGIONS if region in found)


def provinces_in(regions: Iterable[Region], own: Mapping[str, Region] | None = None) -> tuple[str, ...]:
    """The codes of the provinces that lie in these regions by the office's own list."""
    wanted = set(regions)
    return tuple(code for code in PROVINCES if region_of(code, own) in wanted)


def check_roadshow(roadshow: RoadshowDraft) -> list[Problem]:
    """Everything wrong or odd about an event."""
    found = check_required(roadshow)
    if found:
        return found
    found += check_order(roadshow, "starts_on", "ends_on")
    if not found and roadshow.ends_on is not None and (roadshow.ends_on - roadshow.starts_on).days > LONGEST_DAYS:
        found.append(problem("TOO_LONG", N_("An event lasts at most {days} days."), "ends_on", days=LONGEST_DAYS))
    if city_of(roadshow.city) is None:
        found.append(problem("NO_CITY", N_("Choose a city of the list."), "city"))
    if not roadshow.regions:
        found.append(warning("NO_REGION", N_("Say which regions this event covers."), "covers_west"))
    if roadshow.answer_by is not None and roadshow.answer_by > roadshow.starts_on:
        found.append(problem("AFTER_EVENT", N_("Answers are needed before the event begins."), "answer_by"))
    return found


def check_permit(permit: PermitDraft) -> list[Problem]:
    """Everything wrong with a line of the checklist."""
    found = check_required(permit)
    if permit.state is PermitState.NOT_NEEDED and not permit.note.strip():
        found.append(problem("WHY_NOT", N_("Write down why it is not needed."), "note"))
    if permit.kind is PermitKind.OTHER and not permit.note.strip():
        found.append(problem("WHICH_PERMIT", N_("Write down which permit it is."), "note"))
    return found


def check_session(session: SessionDraft) -> list[Problem]:
    """Everything wrong with an item of the programme."""
    found = check_required(session)
    if session.minutes is not None and not 0 < session.minutes <= 720:
        found.append(problem("MINUTES", N_("Write the minutes as a number from 1 to 720."), "minutes"))
    return found


def check_theme(theme: ThemeDraft) -> list[Problem]:
    """Everything wrong with a theme."""
    return check_required(theme)


def check_guest(guest: GuestDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with a guest: a house or a name, and a visitor's consent as somebody gave it."""
    found = check_required(guest)
    has_house = guest.organization_id is not None or bool(guest.house.strip())
    if not has_house and not guest.name.strip():
        found.append(problem("WHO", N_("Choose an organisation, or write down a name."), "organization_id"))
    if guest.is_visitor and not guest.name.strip():
        found.append(problem("VISITOR_NAME", N_("Write down the visitor's name."), "name"))
    found += check_phone(guest.phone, "ID") + check_email(guest.email)
    if guest.consent_on is not None:
        if guest.consent_on > today:
            found.append(problem("IN_FUTURE", N_("This date lies in the future."), "consent_on"))
        if not guest.consent_how.strip():
            found.append(problem("CONSENT_HOW", N_("Write down how it was agreed."), "consent_how"))
    return found


def check_need(need: NeedDraft) -> list[Problem]:
    """Everything wrong or odd about a wish."""
    found = check_required(need)
    if need.organization_id is None and not need.house.strip():
        found.append(warning("NO_HOUSE", N_("Nobody is named: this wish stands on no house's own sheet."), "house"))
    return found


def check_roadshow_promise(promise: RoadshowPromiseDraft) -> list[Problem]:
    """Everything wrong or odd about a promise; one without owner or day keeps the event open."""
    found = check_required(promise)
    if promise.officer_id is None and not promise.owner.strip():
        found.append(warning("NO_OWNER", N_("Say who promised it; without it the event cannot be closed."), "owner"))
    if promise.due_on is None:
        found.append(warning("NO_DUE", N_("Say by when; without it the event cannot be closed."), "due_on"))
    return found


def check_kept(kept: PromiseKeptDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about how a promise was kept."""
    found = check_required(kept)
    if not found and kept.done_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "done_on"))
    if not kept.evidence.strip():
        found.append(warning("NO_EVIDENCE", N_("Without evidence nobody can show later that it was kept."), "evidence"))
    return found


# what a line typed in a meeting is about

_TOPIC_WORDS: tuple[tuple[Topic, str], ...] = (
    (Topic.NIGHT, "malam libur weekend night holiday 24"),
    (Topic.TOP_UPS, "topup tambahan plafon ceiling"),
    (Topic.ESTIMATES, "estimasi estimate perkiraan"),
    (Topic.DOCUMENTS, "dokumen berkas ceklis checklist document documents resume"),
    (Topic.LETTER_SPEED, "gl jaminan guarantee letter surat"),
    (Topic.BILLS, "tagihan tarif harga bill bills price prices"),
    (Topic.CLAIMS, "klaim bayar pembayaran claim claims payment payments"),
    (Topic.REPORTING, "laporan angka data report reports figures dasbor dashboard"),
    (Topic.DOCTORS, "dokter spesialis doctor doctors opini opinion tele"),
    (Topic.FOLLOW_UP, "kontrol pulang followup rujuk return"),
    (Topic.TRAVEL, "kapal pesawat hotel ambulans jemput travel flight ferry visa"),
    (Topic.TRAINING, "pelatihan agen latih training agent agents"),
    (Topic.LANGUAGE, "bahasa penerjemah language interpreter translator"),
    (Topic.DATA, "privasi pribadi privacy pdp"),
)
_REGION_WORDS = {
    "barat": Region.WEST, "west": Region.WEST, "tengah": Region.CENTRAL, "central": Region.CENTRAL,
    "centre": Region.CENTRAL, "timur": Region.EAST, "east": Region.EAST,
}  # fmt: skip


def topic_of(text: str) -> Topic:
    """What a wish is probably about, by its words; changed with one press where it is wrong."""
    words = set("".join(c if c.isalnum() else " " for c in text.casefold().replace("-", "")).split())
    return next((topic for topic, known in _TOPIC_WORDS if words & set(known.split())), Topic.OTHER)


def region_of_word(word: str) -> Region | None:
    """The region that ``#timur`` or ``#east`` names; none for any other sign."""
    return _REGION_WORDS.get(word.removeprefix("#").casefold()) if word.startswith("#") else None
