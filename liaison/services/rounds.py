"""What time alone changes: a letter runs out, a lead is lost, a claim is barred. At unlock and hourly, by "system"."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claim_moves import move_by_time as claim_by_time
from liaison.domain.claims import NOT_SUBMITTED, ClaimState
from liaison.domain.guarantee_moves import move_by_time as letter_by_time
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journey_moves import move_by_time as journey_by_time
from liaison.domain.journeys import BEFORE_TRAVEL, LOST_AFTER_DAYS, JourneyState
from liaison.domain.lifecycle import Passage
from liaison.i18n import N_
from liaison.services.agreements import alarms_due, raise_alarms
from liaison.services.care_steps import answers_home_missing, keep_care_steps
from liaison.services.changes import Changes, clock, today
from liaison.services.claims import claim_facts
from liaison.services.claims import let_pass as pass_claim
from liaison.services.facts import facts_of
from liaison.services.guarantees import guarantee_facts
from liaison.services.guarantees import let_pass as pass_letter
from liaison.services.journeys import pass_by_time
from liaison.services.letter_steps import ceilings_run_out, watch_ceiling
from liaison.store.models import ClaimRow, GuaranteeRow, GuaranteeVersionRow, JourneyRow

TITLE = N_("Changes made by time")
"""Title of the action in which :func:`time_passes` is called; it belongs to the system, not to an officer."""

_MAY_EXPIRE = (GuaranteeState.ISSUED, GuaranteeState.ACCEPTED)


def time_passes(session: Session) -> Changes:
    """Make every change that is due by now. Call it in ``store.write(TITLE, by_system=True)``."""
    return (
        _letters(session)
        | _leads(session)
        | _claims(session)
        | _answers_home(session)
        | _topups(session)
        | raise_alarms(session)
    )


def is_due(session: Session) -> bool:
    """Whether a round would change anything, so that an idle hour opens no action."""
    return any(found(session) for found in _CHANGES)


def _topups(session: Session) -> Changes:
    """Covered days that end by time alone ask for a top-up as a bill near the ceiling does."""
    done = Changes(touched=())
    for key in ceilings_run_out(session):
        done |= watch_ceiling(session, key)
    return done


def _letters(session: Session) -> Changes:
    done = Changes(touched=())
    for row, passage in _letters_run_out(session):
        done |= pass_letter(session, row, passage)
    return done


def _leads(session: Session) -> Changes:
    done = Changes(touched=())
    for row, passage in _leads_lost(session):
        done |= pass_by_time(session, row, passage)
    return done


def _claims(session: Session) -> Changes:
    done = Changes(touched=())
    for row, passage in _claims_barred(session):
        done |= pass_claim(session, row, passage)
    return done


def _answers_home(session: Session) -> Changes:
    """A patient who left hospital owes the doctor at home an answer: a step, due within a week."""
    done = Changes(touched=())
    for key in answers_home_missing(session):
        done |= keep_care_steps(session, key)
    return done


def _letters_run_out(session: Session) -> list[tuple[GuaranteeRow, Passage[GuaranteeState]]]:
    """Letters whose last day is over, unless the patient is or was in hospital on them."""
    over = sa.select(GuaranteeVersionRow.guarantee_id).where(GuaranteeVersionRow.valid_to < today(session))
    letters = sa.select(GuaranteeRow).where(GuaranteeRow.state.in_(_MAY_EXPIRE), GuaranteeRow.id.in_(over))
    rows = session.scalars(letters.order_by(GuaranteeRow.id)).all()
    found = [(row, letter_by_time(row.state, guarantee_facts(session, row.id))) for row in rows]
    return [(row, passage) for row, passage in found if passage is not None]


def _leads_lost(session: Session) -> list[tuple[JourneyRow, Passage[JourneyState]]]:
    """Cases before travel, not on hold, that nobody heard of for two months."""
    since = clock(session) - dt.timedelta(days=LOST_AFTER_DAYS)
    leads = sa.select(JourneyRow).where(
        JourneyRow.is_open == sa.true(), JourneyRow.state.in_(BEFORE_TRAVEL), JourneyRow.last_contact_at <= since,
        JourneyRow.held_since.is_(None),
    )  # fmt: skip
    rows = session.scalars(leads.order_by(JourneyRow.id)).all()
    found = [(row, journey_by_time(row.state, facts_of(session, row.id))) for row in rows]
    return [(row, passage) for row, passage in found if passage is not None]


def _claims_barred(session: Session) -> list[tuple[ClaimRow, Passage[ClaimState]]]:
    """Claims that were not sent by the last day of their window."""
    late = sa.select(ClaimRow).where(
        ClaimRow.is_open, ClaimRow.state.in_(NOT_SUBMITTED), ClaimRow.submit_by < today(session)
    )
    rows = session.scalars(late.order_by(ClaimRow.id)).all()
    found = [(row, claim_by_time(row.state, claim_facts(session, row.id))) for row in rows]
    return [(row, passage) for row, passage in found if passage is not None]


_CHANGES = (_letters_run_out, _leads_lost, _claims_barred, answers_home_missing, ceilings_run_out, alarms_due)
"""What a round looks for; the first that finds something is reason enough to open an action."""
