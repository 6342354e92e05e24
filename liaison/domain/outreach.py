"""Outreach to Indonesians abroad, and the channel by which a disease is reported: to whom, and whether it answers.

Source: ``domain`` 1.9: headcount leads to referrals, referrals may open cases; the hospital reports a disease, we know
the channel and that somebody answered there when it was last tried.
"""

from __future__ import annotations

import datetime as dt

from liaison.domain.coded import Coded
from liaison.domain.fields import check_required, draft, field, problem, warning
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_

PUBLIC = frozenset({Audience.PUBLIC})
"""An event is told to partners; the register prints referrals by the rule of small numbers."""
STALE_DAYS = 180
"""After so many days without a test nobody should lean on a channel."""


@draft
class OutreachDraft:
    """An event for Indonesians abroad."""

    title: str = field(N_("Name of the event"), audience=PUBLIC, required=True)
    country: str = field(N_("Country"), audience=PUBLIC, required=True)
    city: str = field(N_("City"), audience=PUBLIC, default="")
    held_on: dt.date = field(N_("Held on"), audience=PUBLIC, required=True)
    is_month_only: bool = field(N_("Only the month is known"), audience=PUBLIC, default=False)
    audience: str = field(N_("For whom"), default="")
    headcount: int | None = field(N_("How many came"), unit=N_("people"), audience=PUBLIC, default=None)
    services: str = field(N_("What was offered"), audience=PUBLIC, default="")
    partners: str = field(N_("Together with"), default="")
    referrals: int | None = field(N_("How many were referred"), unit=N_("people"), audience=PUBLIC, default=None)
    agreement_id: int | None = field(N_("Under which agreement"), default=None)
    note: str = field(N_("Note"), default="")


@draft
class ChannelDraft:
    """To whom a disease is reported, and how they are reached."""

    topic: str = field(N_("What is reported"), required=True)
    authority: str = field(N_("To whom"), required=True)
    country: str = field(N_("Country"), required=True)
    how: str = field(N_("How"), help=N_("Telephone, e-mail or portal, as last heard."), required=True)
    hours: str = field(N_("Hours there"), default="")
    agreement_id: int | None = field(N_("Under which agreement"), default=None)
    note: str = field(N_("Note"), default="")


@draft
class ChannelTestDraft:
    """Somebody tried the channel."""

    tested_on: dt.date = field(N_("Tried on"), required=True)
    has_answered: bool = field(N_("Somebody answered"), default=False)
    tested_note: str = field(N_("What was said"), default="")


class ChannelState(Coded):
    """Whether a channel can be leaned on."""

    ANSWERS = "ANSWERS", N_("answers")
    SILENT = "SILENT", N_("nobody answered")
    STALE = "STALE", N_("try it again")
    NEVER = "NEVER", N_("never tried")


def check_outreach(event: OutreachDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about an event."""
    found = check_required(event)
    if found:
        return found
    if event.held_on > today and event.headcount is not None:
        found.append(problem("IN_FUTURE", N_("Nobody has come to an event that lies ahead."), "headcount"))
    for name in ("headcount", "referrals"):
        value: int | None = getattr(event, name)
        if value is not None and value < 0:
            found.append(problem("NEGATIVE", N_("Not less than nothing."), name))
    if not found and event.headcount is not None and (event.referrals or 0) > event.headcount:
        found.append(problem("MORE_THAN_CAME", N_("More were referred than came."), "referrals"))
    if not found and event.held_on <= today and event.headcount is None:
        found.append(warning("NO_HEADCOUNT", N_("Write down how many came."), "headcount"))
    return found


def check_channel_test(test: ChannelTestDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with a try of a channel."""
    found = check_required(test)
    if not found and test.tested_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "tested_on"))
    return found


def channel_state(tested_on: dt.date | None, *, has_answered: bool, today: dt.date) -> ChannelState:
    """Whether a channel can be leaned on today."""
    if tested_on is None:
        return ChannelState.NEVER
    if (today - tested_on).days > STALE_DAYS:
        return ChannelState.STALE
    return ChannelState.ANSWERS if has_answered else ChannelState.SILENT
