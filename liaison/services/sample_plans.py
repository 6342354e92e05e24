"""What the sample office asks of its three round tables, and what was promised there half a year ago."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from liaison.i18n import N_, Language
from liaison.services.briefing_plans import BriefingPlan, PlannedPromise, PlannedRequest, keep_briefing_plan
from liaison.services.changes import today

INSURERS, HOSPITALS, OFFICE = N_("All insurers"), N_("All hospitals"), N_("This office")

VISITS = {"Medan": 192, "Jakarta": 171, "Surabaya": 150}
"""How many days ago each round table met last."""

REQUESTS = (
    (INSURERS, N_("Accept the first medical report in English, without a sworn translation"), 41),
    (INSURERS, N_("Name one night number for top-up letters, 18:00 to 08:00"), 25),
    (HOSPITALS, N_("Send the interim bill at 80% of the ceiling"), 71),
)
"""Who is asked for what, and in how many days."""

PROMISES: tuple[tuple[str, str, int, int | None, str], ...] = (
    (N_("Answer a query within one working day"), INSURERS, -143, -150, ""),
    (N_("One checklist for the first letter"), INSURERS, -51, None, N_("draft 2 is written")),
    (N_("Monthly list of open top-up letters"), OFFICE, -112, -114, ""),
    (N_("List of panel hospitals with room rates"), INSURERS, 41, None, N_("half are here")),
)
"""What was promised, by whom, due and kept how many days from now, and a remark."""


def add_plans(session: Session, language: Language) -> None:
    """Write the plan of each city, in the language of the office."""
    _, day = language, today(session)

    def on(days: int) -> dt.date:
        return day + dt.timedelta(days=days)

    for city, ago in VISITS.items():
        plan = BriefingPlan(
            requests=tuple(PlannedRequest(who=_(who), what=_(what), by=on(due)) for who, what, due in REQUESTS),
            promises=tuple(
                PlannedPromise(
                    what=_(what),
                    who=_(who),
                    due=on(due),
                    kept_on=None if kept is None else on(kept),
                    note=_(note) if note else "",
                )
                for what, who, due, kept, note in PROMISES
            ),
            promised_on=on(-ago),
        )
        keep_briefing_plan(session, city, plan)
