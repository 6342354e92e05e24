"""Panels and credit arrangements of the sample office: some asked lately, some long ago, some never."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy.orm import Session

from liaison.domain.acceptance import PanelDraft
from liaison.domain.credit import CreditDraft
from liaison.services import credits, panels
from liaison.services.changes import today

SOURCES = ("daftar rekanan penanggung", "kata meja jaminan", "surel meja jaminan")
AGES = (9, 31, 64, 118, 20, 205, 47)
"""Days since somebody asked, in turn."""


def add_panels(session: Session, hospitals: Mapping[str, int], insurers: Mapping[str, int]) -> None:
    """Say of most pairs whether the hospital takes the letters; the order of names decides, nothing is drawn."""
    day = today(session)
    for number, hospital in enumerate(hospitals.values()):
        for other, insurer in enumerate(insurers.values()):
            place = number * 3 + other * 5
            if place % 4 == 3:
                continue  # nobody has asked
            panels.record_panel(
                session,
                PanelDraft(
                    insurer_id=insurer, hospital_id=hospital, is_on_panel=place % 6 != 1,
                    source=SOURCES[place % len(SOURCES)],
                    checked_on=day - dt.timedelta(days=AGES[place % len(AGES)]),
                    valid_to=day + dt.timedelta(days=40 + place) if place % 5 == 2 else None,
                ),
            )  # fmt: skip
        if number % 3 == 0 and insurers:
            insurer = list(insurers.values())[number % len(insurers)]
            credits.record_credit(
                session,
                CreditDraft(
                    hospital_id=hospital, insurer_id=insurer, valid_from=dt.date(day.year, 1, 1),
                    terms="tempo 30 hari" if number % 2 == 0 else "tempo 14 hari, plafon RM50.000",
                    source="kontrak tahunan", checked_on=day - dt.timedelta(days=AGES[number % len(AGES)]),
                ),
            )  # fmt: skip
