"""What an office asks of a city's round table and what was promised there, kept for the city's next briefing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from liaison.domain.errors import refuse_if
from liaison.domain.problems import Problem
from liaison.domain.regions import city_of
from liaison.i18n import N_
from liaison.services.changes import Changes
from liaison.services.office import set_setting, setting

SETTING = "briefing_plans"

NO_CITY = N_("A briefing is about a city of the list.")
REQUEST_INCOMPLETE = N_("Request {number}: write who, what, and by when.")
PROMISE_INCOMPLETE = N_("Promise {number}: write what, who, and when it is due.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRequest:
    """What somebody at the round table is asked to do, and by when."""

    who: str = ""
    what: str = ""
    by: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPromise:
    """What somebody promised at the last visit, and what became of it."""

    what: str = ""
    who: str = ""
    due: dt.date | None = None
    kept_on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingPlan:
    """Requests and promises of one city, in the order in which they are printed."""

    requests: tuple[PlannedRequest, ...] = ()
    promises: tuple[PlannedPromise, ...] = ()
    promised_on: dt.date | None = None


def briefing_plan(session: Session, city: str) -> BriefingPlan:
    """What is written down for a city; empty where nothing is."""
    known = city_of(city)
    plan: Mapping[str, Any] = (setting(session, SETTING, {}) or {}).get(known.code, {}) if known else {}
    return BriefingPlan(
        requests=tuple(
            PlannedRequest(who=one["who"], what=one["what"], by=_day(one["by"])) for one in plan.get("requests", ())
        ),
        promises=tuple(
            PlannedPromise(
                what=one["what"],
                who=one["who"],
                due=_day(one["due"]),
                kept_on=_day(one.get("kept_on")),
                note=one.get("note", ""),
            )
            for one in plan.get("promises", ())
        ),
        promised_on=_day(plan.get("promised_on")),
    )


def keep_briefing_plan(session: Session, city: str, plan: BriefingPlan) -> Changes:
    """Write down the requests and promises of a city; rows with nothing in them are left out.

    Raises ``Refused`` with every row that is only half written.
    """
    known = city_of(city)
    requests = [one for one in plan.requests if one != PlannedRequest()]
    promises = [one for one in plan.promises if one != PlannedPromise()]
    problems = [] if known else [Problem(code="NO_CITY", field="city", message=NO_CITY)]
    problems += [
        Problem(code="REQUEST_INCOMPLETE", message=REQUEST_INCOMPLETE, values={"number": number})
        for number, one in enumerate(requests, 1)
        if not (one.who.strip() and one.what.strip() and one.by)
    ]
    problems += [
        Problem(code="PROMISE_INCOMPLETE", message=PROMISE_INCOMPLETE, values={"number": number})
        for number, one in enumerate(promises, 1)
        if not (one.who.strip() and one.what.strip() and one.due)
    ]
    refuse_if(problems)
    assert known is not None
    plans = dict(setting(session, SETTING, {}) or {})
    plans[known.code] = {
        "requests": [{"who": r.who.strip(), "what": r.what.strip(), "by": _text(r.by)} for r in requests],
        "promises": [
            {
                "what": p.what.strip(),
                "who": p.who.strip(),
                "due": _text(p.due),
                "kept_on": _text(p.kept_on),
                "note": p.note.strip(),
            }
            for p in promises
        ],
        "promised_on": _text(plan.promised_on),
    }
    return set_setting(session, SETTING, plans)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _text(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
