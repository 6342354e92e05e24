"""How the plan of a case reads: times on two clocks, how far a thing has come, what a leg or a stay says in a line."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from liaison.domain.care import AppointmentState, FitToTravel, OpinionDraft, ReferralDraft, ReferralState
from liaison.domain.travel import MedifState, Oxygen, StayDraft, TravelLegDraft, TravelMode, Wheelchair
from liaison.i18n import N_, Language
from liaison.i18n.formats import NBSP, ZONES
from liaison.ui.theme import Tone
from liaison.ui.widgets.shapes import Shape

REFERRALS: dict[ReferralState, tuple[Shape, Tone]] = {
    ReferralState.PREPARED: (Shape.CLOSED, Tone.GREY),
    ReferralState.SENT: (Shape.WAITING, Tone.AMBER),
    ReferralState.READ: (Shape.WAITING, Tone.AMBER),
    ReferralState.ACCEPTED: (Shape.DONE, Tone.GREEN),
    ReferralState.DECLINED: (Shape.BLOCKED, Tone.RED),
    ReferralState.ARRIVED: (Shape.DONE, Tone.GREEN),
    ReferralState.ANSWERED: (Shape.DONE, Tone.GREEN),
}
APPOINTMENTS: dict[AppointmentState, tuple[Shape, Tone]] = {
    AppointmentState.ASKED: (Shape.WAITING, Tone.AMBER),
    AppointmentState.CONFIRMED: (Shape.WARNING, Tone.AMBER),
    AppointmentState.TOLD: (Shape.DONE, Tone.GREEN),
    AppointmentState.CANCELLED: (Shape.CLOSED, Tone.GREY),
}
MEDIFS: dict[MedifState, tuple[Shape, Tone]] = {
    MedifState.NOT_DECIDED: (Shape.OPEN, Tone.INK),
    MedifState.NOT_NEEDED: (Shape.OPEN, Tone.INK),
    MedifState.NEEDED: (Shape.WARNING, Tone.AMBER),
    MedifState.SENT: (Shape.WAITING, Tone.AMBER),
    MedifState.CLEARED: (Shape.DONE, Tone.GREEN),
    MedifState.REFUSED: (Shape.BLOCKED, Tone.RED),
}
NOT_TOLD = N_("patient not told yet")


def clock_words(language: Language, moment: dt.datetime, zone: str) -> str:
    """``09.00 MYT``: the hour on the clock of a place."""
    formats = language.formats
    local = moment.astimezone(ZoneInfo(zone or formats.zone))
    return f"{formats.clock_time(local)}{NBSP}{ZONES.get(zone, zone)}" if zone else formats.time(moment)


def both_clocks(language: Language, moment: dt.datetime, zone: str, home: str) -> str:
    """``09.00 MYT (08.00 WIB)``; one hour alone where both clocks show the same."""
    there = clock_words(language, moment, zone)
    if not zone or _offset(moment, zone) == _offset(moment, home):
        return there
    return f"{there} ({clock_words(language, moment, home)})"


def day_words(language: Language, moment: dt.datetime, zone: str) -> str:
    """``Sel 24 Nov`` on the clock of a place."""
    formats = language.formats
    day = moment.astimezone(ZoneInfo(zone or formats.zone)).date()
    return f"{formats.weekday(day, short=True)} {formats.short_date(day)}"


def _offset(moment: dt.datetime, zone: str) -> dt.timedelta | None:
    return moment.astimezone(ZoneInfo(zone)).utcoffset()


def opinion_words(language: Language, opinion: OpinionDraft) -> str:
    """What a doctor proposes, in one line."""
    _ = language
    parts = [opinion.proposed_procedure]
    nights = nights_words(_, opinion.los_days_min, opinion.los_days_max)
    parts.append(nights)
    if opinion.urgency is not None:
        parts.append(_(opinion.urgency.label))
    if opinion.fit_to_travel is not FitToTravel.NOT_SAID:
        parts.append(_(opinion.fit_to_travel.label))
    return " · ".join(part for part in parts if part)


def nights_words(language: Language, low: int | None, high: int | None) -> str:
    """``4–6 nights``."""
    most = high if high is not None else low
    if most is None:
        return ""
    if low is not None and low != most:
        return language(N_("{low}–{high} nights"), low=low, high=most)
    return language.plural("{count} night", "{count} nights", most)


def referral_words(language: Language, referral: ReferralDraft, *, home_due: dt.date | None) -> str:
    """The way of a referral in one line, and until when the doctor at home has an answer."""
    _, formats = language, language.formats
    moments = (
        (N_("sent {day}"), referral.sent_at), (N_("read {day}"), referral.read_at),
        (N_("accepted {day}"), referral.accepted_at), (N_("declined {day}"), referral.declined_at),
        (N_("arrived {day}"), referral.arrived_at), (N_("answered home {day}"), referral.answered_home_at),
    )  # fmt: skip
    parts = [_(word, day=formats.short_date(formats.home_day(at))) for word, at in moments if at is not None]
    if referral.declined_at is not None and referral.decline_note:
        parts.append(referral.decline_note)
    if home_due is not None:
        parts.append(_(N_("answer home due {day}"), day=formats.short_date(home_due)))
    return " · ".join(parts)


def leg_words(language: Language, leg: TravelLegDraft) -> str:
    """``Mon 23 Nov, 08.10 WIB Medan → 10.05 MYT Penang``."""
    _ = language
    start = f"{day_words(_, leg.departs_at, leg.departs_zone)}, {clock_words(_, leg.departs_at, leg.departs_zone)}"
    if leg.arrives_at is None:
        return f"{start} {leg.from_place} → {leg.to_place}"
    return f"{start} {leg.from_place} → {clock_words(_, leg.arrives_at, leg.arrives_zone)} {leg.to_place}"


def leg_details(language: Language, leg: TravelLegDraft) -> str:
    """Company, booking, and the help asked for on the way."""
    _ = language
    parts = [_(leg.mode.label) if leg.mode is not TravelMode.FLIGHT else "", leg.carrier]
    if leg.booking_ref:
        parts.append(_(N_("booking {code}"), code=leg.booking_ref))
    if leg.seat:
        parts.append(_(N_("seat {seat}"), seat=leg.seat))
    if leg.wheelchair is not Wheelchair.NONE:
        parts.append(_(leg.wheelchair.label))
    if leg.oxygen is not Oxygen.NONE:
        parts.append(_(leg.oxygen.label))
    if leg.has_stretcher:
        parts.append(_(N_("stretcher")))
    if leg.medif not in (MedifState.NOT_DECIDED, MedifState.NOT_NEEDED):
        parts.append(f"MEDIF: {_(leg.medif.label)}")
    return " · ".join(part for part in parts if part)


def stay_words(language: Language, stay: StayDraft) -> str:
    """``Cititel, 23–29 Nov``."""
    formats = language.formats
    return f"{stay.hotel}, {formats.short_date(stay.check_in)} – {formats.short_date(stay.check_out)}"


def stay_details(language: Language, stay: StayDraft) -> str:
    """Price a night, way to the hospital, telephone."""
    _ = language
    parts = []
    if stay.rate is not None:
        parts.append(_(N_("{price} a night"), price=stay.rate))
    if stay.distance_m is not None:
        parts.append(_(N_("{metres} m to the hospital"), metres=stay.distance_m))
    parts += [stay.phone, stay.address]
    return " · ".join(part for part in parts if part)
