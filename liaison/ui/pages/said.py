"""What pages say about a record in few words: badges for states and due times, short stage words, ages, people.

Nothing is decided here: states, ages and due times come from the services; this only picks shape, word and tone.
"""

from __future__ import annotations

import datetime as dt

from liaison.domain.claims import ClaimState
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journeys import JourneyState, Stage
from liaison.domain.money import Money
from liaison.domain.patients import RelationKind, Sex
from liaison.i18n import N_, Language
from liaison.services.today import END_OF_DAY
from liaison.ui.models.columns import StageCell
from liaison.ui.theme import Tone
from liaison.ui.widgets.badge import Badge, blocked, closed, done, due, late, under_way, waiting, warning
from liaison.ui.widgets.shapes import Shape

STAGES = tuple(Stage)

_ENDED = {
    JourneyState.CLOSED: N_("finished"),
    JourneyState.REDIRECTED_DOMESTIC: N_("treated at home"),
    JourneyState.CANCELLED: N_("cancelled"),
    JourneyState.LOST: N_("contact lost"),
    JourneyState.DECEASED: N_("deceased"),
}


def stage_cell(language: Language, *, stage: Stage | None, state: JourneyState, is_held: bool) -> StageCell:
    """The six segments of a list's row; a case that ended on the way belongs to no stage."""
    if stage is None or state in _ENDED:
        return StageCell(done=len(STAGES), word=language(_ENDED[state]), ended=True)
    return StageCell(done=STAGES.index(stage), word=language(N_("held") if is_held else stage.short), held=is_held)


def how_late(language: Language, behind: dt.timedelta) -> str:
    """``2 h 10 m`` up to a day, then whole days."""
    minutes = int(behind.total_seconds() // 60)
    if minutes >= 24 * 60:
        return language.plural("{count} day", "{count} days", minutes // (24 * 60))
    hours, rest = divmod(minutes, 60)
    if hours:
        return language("{hours} h {minutes:0>2} m", hours=hours, minutes=rest)
    return language("{minutes} m", minutes=max(rest, 1))


def when(
    language: Language, moment: dt.datetime, *, now: dt.datetime, has_time: bool = True, whole: bool = False
) -> str:
    """A coming moment as one says it: ``15.00`` today, tomorrow, ``Mon 23 Nov``; ``whole`` names day and hour,
    and the year where it is not this one.
    """
    formats = language.formats
    local, today = formats.at_home(moment), formats.home_day(now)
    days = (local.date() - today).days
    if whole:
        date = formats.short_date(local.date()) if local.year == today.year else formats.date(local.date())
        day = f"{formats.weekday(local.date(), short=True)} {date}"
        return f"{day} {formats.clock_time(local)}" if has_time else day
    if days == 0:
        return formats.clock_time(local) if has_time else language("today")
    if days == 1:
        return language("tomorrow")
    if days == -1:
        return language("yesterday")
    if local.year != today.year:
        return formats.date(local.date())
    return f"{formats.weekday(local.date(), short=True)} {formats.short_date(local.date())}"


def is_late(language: Language, due_at: dt.datetime, *, now: dt.datetime, has_time: bool = True) -> bool:
    """Whether a due moment has passed; without a time of day, whether its day has."""
    if has_time:
        return due_at < now
    at_home = language.formats.at_home
    return at_home(due_at).date() < at_home(now).date()


def due_badge(
    language: Language,
    due_at: dt.datetime | None,
    *,
    now: dt.datetime,
    has_time: bool = True,
    is_waiting: bool = False,
    has_step: bool = True,
) -> Badge | None:
    """How a next step stands in time: late, at an hour, on a day, waiting on somebody, or not there at all."""
    if not has_step:
        return blocked(language("No next step"))
    if due_at is None:
        return waiting(language("no date")) if is_waiting else due(language("no date"))
    if is_late(language, due_at, now=now, has_time=has_time):
        return late(how_late(language, now - due_at))
    text = when(language, due_at, now=now, has_time=has_time)
    return waiting(text) if is_waiting else due(text)


_CLAIM = {
    ClaimState.DRAFT: closed, ClaimState.INCOMPLETE: warning, ClaimState.READY: due, ClaimState.SUBMITTED: under_way,
    ClaimState.REGISTERED: under_way, ClaimState.IN_REVIEW: under_way, ClaimState.QUERIED: warning,
    ClaimState.INVESTIGATION: warning, ClaimState.APPROVED: done, ClaimState.PARTIALLY_APPROVED: done,
    ClaimState.REJECTED: blocked, ClaimState.APPEALED: under_way, ClaimState.PAYMENT_PENDING: waiting,
    ClaimState.PAID: done, ClaimState.CLOSED: closed, ClaimState.DISPUTED_PAYMENT: warning,
    ClaimState.REOPENED: under_way, ClaimState.WITHDRAWN: closed, ClaimState.TIME_BARRED: blocked,
    ClaimState.VOID: closed,
}  # fmt: skip


def claim_badge(
    language: Language, state: ClaimState, *, paid: Money | None = None, balance: Money | None = None
) -> Badge:
    """How a claim stands. A claim paid in part says so, since that is what an officer has to chase."""
    if state in (ClaimState.PAID, ClaimState.PAYMENT_PENDING, ClaimState.APPROVED) and paid and balance:
        return waiting(language("Paid in part"))
    return _CLAIM[state](language(state.label))


_LETTER = {
    GuaranteeState.DRAFT: closed, GuaranteeState.REQUESTED: waiting, GuaranteeState.QUERIED: warning,
    GuaranteeState.ISSUED: done, GuaranteeState.DECLINED: blocked, GuaranteeState.DEFERRED: warning,
    GuaranteeState.ACCEPTED: done, GuaranteeState.TOPUP_REQUESTED: waiting, GuaranteeState.TOPUP_ISSUED: done,
    GuaranteeState.FINAL_REQUESTED: waiting, GuaranteeState.FINAL_QUERIED: warning,
    GuaranteeState.FINAL_ISSUED: done, GuaranteeState.EXPIRED: blocked, GuaranteeState.WITHDRAWN: blocked,
    GuaranteeState.CONVERTED: closed, GuaranteeState.CLOSED: closed, GuaranteeState.REOPENED: under_way,
    GuaranteeState.CANCELLED: closed,
}  # fmt: skip


def letter_badge(language: Language, state: GuaranteeState) -> Badge:
    """How a guarantee letter stands."""
    return _LETTER[state](language(state.label))


def journey_badge(language: Language, state: JourneyState) -> Badge | None:
    """How a journey ended, or nothing while it runs."""
    if state not in _ENDED:
        return None
    tick = state is JourneyState.CLOSED
    return Badge(
        text=language(state.label), shape=Shape.DONE if tick else Shape.CLOSED, tone=Tone.GREEN if tick else Tone.GREY
    )


def sex_letter(language: Language, sex: Sex | None) -> str:
    """One letter, as lists and heads have it."""
    return "" if sex is None else language(N_("F") if sex is Sex.F else N_("M"))


def age_on(birth_date: dt.date | None, day: dt.date) -> int | None:
    """Whole years of age."""
    if birth_date is None:
        return None
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def about_person(language: Language, *, sex: Sex | None, age: int | None, city: str) -> str:
    """``F, 46 · Medan``: what stands beside a name."""
    who = ", ".join(part for part in (sex_letter(language, sex), "" if age is None else str(age)) if part)
    return " · ".join(part for part in (who, city) if part)


def has_hour(language: Language, due_at: dt.datetime | None) -> bool:
    """Whether an hour was said; a step due some time that day is kept as due at the day's last minute."""
    return due_at is not None and language.formats.at_home(due_at).time() < END_OF_DAY


def relation_words(language: Language, relation: RelationKind, patient: Sex | None) -> str:
    """What somebody is to the patient: a spouse is the husband of a woman, the wife of a man."""
    if relation is RelationKind.SPOUSE and patient is not None:
        return language(N_("husband") if patient is Sex.F else N_("wife"))
    return language(relation.label)
