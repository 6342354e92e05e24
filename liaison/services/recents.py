"""What an officer opened from the search box: how often and when, for the empty box and for the order of results.

Kept in the encrypted store, per officer, outside the journal: opening something is no change that anybody takes back.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from liaison.i18n import N_
from liaison.services.changes import clock, officer_id
from liaison.services.search import Found, found_again, recent
from liaison.store import drafts

if TYPE_CHECKING:
    from liaison.store.store import Store

MOST = 60
"""So many things are remembered; those opened longest ago are forgotten first."""

SHOWN = 9
HALF_LIFE_DAYS = 14
"""After so many days an opening weighs half."""

Opened = Mapping[str, tuple[float, str]]
"""By key (``CASE:12``): the weight at the last opening, and when that was."""


def opened(session: Session) -> dict[str, tuple[float, str]]:
    """What the officer opened, newest last."""
    kept = drafts.recall(session, _key(session))
    if kept is None:
        return {}
    return {str(key): (float(weight), str(at)) for key, (weight, at) in json.loads(kept.text).items()}


def weights(session: Session) -> dict[str, float]:
    """How much each thing weighs now: every opening counts one, and half after two weeks."""
    now = clock(session)
    return {key: _faded(weight, at, now) for key, (weight, at) in opened(session).items()}


def last_opened(session: Session) -> list[Found]:
    """The nine things opened last; for an officer who opened none yet, the cases touched last."""
    keys = list(reversed(opened(session)))
    return found_again(session, keys)[:SHOWN] if keys else recent(session, limit=SHOWN)


def remember(store: Store, key: str) -> None:
    """Count one more opening of what has this key."""
    with store.write(N_("Remember what was opened")) as session:
        now, known = clock(session), opened(session)
        weight, at = known.pop(key, (0.0, now.isoformat()))
        known[key] = (_faded(weight, at, now) + 1, now.isoformat())
        _keep(session, dict(list(known.items())[-MOST:]))


def forget(store: Store) -> None:
    """Forget everything that the officer opened."""
    with store.write(N_("Forget what was opened")) as session:
        drafts.forget(session, _key(session))


def _keep(session: Session, known: Opened) -> None:
    drafts.keep(session, _key(session), json.dumps(known))


def _key(session: Any) -> str:
    return f"opened {officer_id(session) or 0}"


def _faded(weight: float, at: str, now: dt.datetime) -> float:
    days = max(0.0, (now - dt.datetime.fromisoformat(at)).total_seconds() / 86_400)
    return float(weight * 0.5 ** (days / HALF_LIFE_DAYS))
