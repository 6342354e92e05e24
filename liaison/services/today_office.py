"""What of the office's own undertakings wants a look today: activities of plans past their day, channels not tried.

They belong to no case and name no patient. They are told calmly, apart from what is late: a plan slips by weeks.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.outreach import STALE_DAYS, ChannelState, channel_state
from liaison.i18n import N_
from liaison.services.changes import today
from liaison.services.sentences import Sentence, said, typed
from liaison.store.models import ActivityRow, AgreementRow, ReportChannelRow

NEVER_TRIED = N_("Reports of {topic} to {authority}: never tried")
TRIED_LONG_AGO = N_("Reports of {topic} to {authority}: not tried for six months")
NO_ANSWER = N_("Reports of {topic} to {authority}: no answer when last tried")
_UNSURE = {
    ChannelState.NEVER: NEVER_TRIED, ChannelState.STALE: TRIED_LONG_AGO, ChannelState.SILENT: NO_ANSWER,
}  # fmt: skip
SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeLine:
    """One activity or channel. ``part`` is its list on the page of agreements, ``owner`` whose it is to mend."""

    id: int
    part: str
    title: Sentence
    about: str
    owner: str
    since: dt.date | None
    agreement_id: int | None


def office_lines(session: Session) -> list[OfficeLine]:
    """Overdue activities, the longest overdue first, then channels that cannot be leaned on."""
    return [*_activities(session), *_channels(session)]


def _activities(session: Session) -> list[OfficeLine]:
    a = ActivityRow.__table__.c
    asked = (
        sa.select(a.id, a.title, a.owner, a.due_on, a.agreement_id, AgreementRow.title)
        .outerjoin(AgreementRow.__table__, AgreementRow.id == a.agreement_id)
        .where(a.finished_on.is_(None), a.due_on < today(session))
        .order_by(a.due_on, a.id)
        .limit(SHOWN)
    )
    return [
        OfficeLine(
            id=key, part="plan", title=typed(title), about=agreement or "", owner=owner, since=due,
            agreement_id=agreement_id,
        )
        for key, title, owner, due, agreement_id, agreement in session.execute(asked)
    ]  # fmt: skip


def _channels(session: Session) -> list[OfficeLine]:
    c, day = ReportChannelRow.__table__.c, today(session)
    sure = sa.and_(c.has_answered == sa.true(), c.tested_on >= day - dt.timedelta(days=STALE_DAYS))
    asked = (
        sa.select(c.id, c.topic, c.authority, c.country, c.tested_on, c.has_answered, c.tested_by, c.agreement_id)
        .where(sa.not_(sa.func.coalesce(sure, sa.false())))
        .order_by(c.tested_on.asc().nulls_first(), c.id)
        .limit(SHOWN)
    )
    return [
        OfficeLine(
            id=key, part="channels", about=country, owner=tested_by, since=tested_on, agreement_id=agreement_id,
            title=said(
                _UNSURE[channel_state(tested_on, has_answered=answered, today=day)], topic=topic, authority=authority
            ),
        )
        for key, topic, authority, country, tested_on, answered, tested_by, agreement_id in session.execute(asked)
    ]  # fmt: skip
