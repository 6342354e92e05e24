"""A laptop lost, a person to erase: what is filled in, how long the law gives, how long records are kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from liaison.domain.coded import Coded
from liaison.domain.fields import check_required, draft, field, problem, warning
from liaison.domain.problems import Problem
from liaison.i18n import N_

TIME_TO_TELL = dt.timedelta(hours=72)
"""Within 3×24 hours the person and the authority are told in writing: what data, when and how, what is done about it.
Source: UU PDP (Law 27 of 2022), article 46, as read in ``security`` 8."""

WARN_AFTER = (dt.timedelta(hours=24), dt.timedelta(hours=48), dt.timedelta(hours=66))
"""When Today asks again, counted from awareness. Source: ``security`` 8."""

KEPT_YEARS = 10
"""Years that papers with money in them are kept after a person's last record, unless the office sets another number.
The usual term for a company's own papers; whether a liaison office must keep more is open (``security`` 8)."""

LONGEST_KEPT_YEARS = 50
BACKUPS_MONTHS = 13
"""After so many months the last backup from before an erasure has been thinned away. Source: ``security`` 4.7."""


class Answer3(Coded):
    """Yes, no, or not known."""

    YES = "YES", N_("yes")
    NO = "NO", N_("no")
    UNKNOWN = "UNKNOWN", N_("not known")


class Danger(Coded):
    """How likely it is that somebody can read what was on a lost laptop."""

    LOW = "LOW", N_("hardly: everything on it is encrypted, and the passphrase is not with it")
    RAISED = "RAISED", N_("possible: it was not locked, or nobody knows whether it was")
    HIGH = "HIGH", N_("likely: the passphrase was with it")


class HoldKind(Coded):
    """Why a person's records must stay for now."""

    OPEN_CASE = "OPEN_CASE", N_("a case is still open")
    OPEN_CLAIM = "OPEN_CLAIM", N_("a claim is still open")
    HELD = "HELD", N_("somebody put a hold on the records")
    RETENTION = "RETENTION", N_("the time for which papers are kept has not run out")


@draft
class ErasureDraft:
    """A person asks to be erased, or a record has outlived its purpose."""

    asked_on: dt.date = field(N_("Asked on"), required=True)
    ground: str = field(
        N_("Why it is erased"),
        help=N_("For instance “the person asked in writing”. No name: this stays on the certificate."),
        required=True,
    )
    despite_retention: bool = field(
        N_("Erase although the time for keeping papers has not run out"),
        help=N_("Only where the law allows it; a supervisor answers for it."),
        default=False,
    )


@draft
class HoldDraft:
    """A reason to keep a person's records for now."""

    reason: str = field(N_("Why the records must stay"), required=True)


def check_erasure(erasure: ErasureDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with the request."""
    found = check_required(erasure)
    if not found and erasure.asked_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "asked_on"))
    return found


@draft
class LostLaptopDraft:
    """A laptop is lost or stolen."""

    aware_at: dt.datetime = field(
        N_("When did we learn of it?"), help=N_("The three days of the law count from this moment."), required=True
    )
    lost_at: dt.datetime | None = field(N_("When was it lost, as far as known?"), default=None)
    where_lost: str = field(N_("Where was it lost?"), default="")
    what_happened: str = field(N_("What happened?"), default="")
    whose: str = field(
        N_("Whose laptop?"),
        help=N_("Leave it empty for the laptop of this store. Else the colleague's name, as on the hand-overs."),
        default="",
    )
    was_locked: Answer3 = field(N_("Was the program locked?"), default=Answer3.UNKNOWN)
    disk_encrypted: Answer3 = field(N_("Was the whole disk encrypted?"), default=Answer3.UNKNOWN)
    passphrase_with_it: Answer3 = field(
        N_("Was the passphrase or the recovery sheet with it?"), default=Answer3.UNKNOWN
    )
    measures: str = field(N_("What has been done about it?"), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeToTell:
    """The three days from awareness: until when, and how long still."""

    until: dt.datetime
    left: dt.timedelta

    @property
    def is_over(self) -> bool:
        """Whether the time has run out."""
        return self.left <= dt.timedelta(0)


def time_to_tell(aware_at: dt.datetime, *, now: dt.datetime) -> TimeToTell:
    """Until when persons and authority must be told. Hours of the clock: no weekend and no holiday stops it."""
    until = aware_at + TIME_TO_TELL
    return TimeToTell(until=until, left=until - now)


def danger(*, was_locked: Answer3, passphrase_with_it: Answer3) -> Danger:
    """What the answers mean. A locked store opens for nobody without its passphrase; an open one for everybody."""
    if passphrase_with_it is Answer3.YES:
        return Danger.HIGH
    return Danger.LOW if was_locked is Answer3.YES and passphrase_with_it is Answer3.NO else Danger.RAISED


def check_lost_laptop(lost: LostLaptopDraft, *, now: dt.datetime) -> list[Problem]:
    """Everything wrong or odd about the report of a lost laptop."""
    found = check_required(lost)
    if found:
        return found
    if lost.aware_at > now:
        found.append(problem("IN_FUTURE", N_("This moment lies in the future."), "aware_at"))
    if lost.lost_at is not None and lost.lost_at > lost.aware_at:
        found.append(problem("LOST_LATER", N_("It was lost before we learned of it. Check both moments."), "lost_at"))
    if now - lost.aware_at > TIME_TO_TELL:
        found.append(warning("LATE", N_("The three days are over. Tell both sides today, and say why it is late."),
                             "aware_at"))  # fmt: skip
    return found


def kept_until(last: dt.date, years: int) -> dt.date:
    """The last day on which a record of ``last`` is kept."""
    try:
        return last.replace(year=last.year + years)
    except ValueError:
        return last.replace(year=last.year + years, day=28)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months on, or the month's last."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month, last)
        except ValueError:
            continue
    raise ValueError(day)
