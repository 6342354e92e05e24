"""Every report with every reader and form it is made for, over the sample office: what is looked at and held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from liaison.domain.journeys import JourneyState
from liaison.domain.privacy import Audience
from liaison.domain.trouble import Answer3, ErasureDraft, LostLaptopDraft
from liaison.reports.catalogue import REPORTS
from liaison.reports.making import make_report
from liaison.services import erasure, lost_laptop
from liaison.store.models import ClaimRow, JourneyRow, OrganizationRow, RoadshowRow, TravelLegRow
from tests import make

URGENT = "pasien di meja operasi"
LANGUAGES = ("id", "en")

CASES = (JourneyState.ADMITTED, JourneyState.ESTIMATE, JourneyState.FOLLOW_UP, JourneyState.CLOSED)
"""Where a case stands when its papers are held: in hospital, before a letter, home again, closed."""


NOT_HELD = (
    "-follow_up", "-closed", "-medan-1", "-jakarta-2", "-jakarta", "-melaka", "-pack-off", "booklet-public-penang",
    "booklet-internal-penang", "booklet-internal-all", "booklet-public-sheets",
)  # fmt: skip
"""Ends of labels that look like another one: they are looked at, and not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One report for one reader, with what it asks for; ``label`` names its reference."""

    label: str
    report: str
    audience: Audience
    options: Mapping[str, str] = field(default_factory=dict)


def add_trouble(store) -> None:
    """A laptop lost and a person erased, so that the papers of trouble have something to say."""
    draft = LostLaptopDraft(
        aware_at=store.clock() - dt.timedelta(hours=5), where_lost="Kualanamu",
        what_happened="Tas dicuri di ruang tunggu.", was_locked=Answer3.YES,
    )  # fmt: skip
    make.made(store, lost_laptop.report_lost, draft)
    gone = make.patient(store, full_name="Zulfan Wirabumin", passport_name="ZULFAN WIRABUMIN")
    asked = store.clock().date() - dt.timedelta(days=2)
    erasure.erase_person(store, gone, ErasureDraft(asked_on=asked, ground="diminta tertulis"))


def printed(store, variant: Variant, language: str):
    """The finished report."""
    return make.see(store, make_report, variant.report, variant.options, language=language, audience=variant.audience)


def held(store) -> list[Variant]:
    """Those whose pages are kept as references: each report for each reader, in the forms that look different."""
    return [one for one in variants(store) if not one.label.endswith(NOT_HELD)]


def variants(store) -> list[Variant]:
    """All of them, in the order of the catalogue."""
    known = make.see(store, _Known)
    return [
        Variant(
            label="-".join(p for p in (report.name, audience.value, part) if p),
            report=report.name, audience=audience, options=options,
        )
        for report in REPORTS
        for audience in report.audiences
        for part, options in known.options_of(report.name, audience)
    ]  # fmt: skip


class _Known:
    """The cases, claims, houses and events of the sample that the papers are about."""

    def __init__(self, session) -> None:
        self.cases = {
            state: session.scalar(
                sa.select(JourneyRow.case_no).where(JourneyRow.state == state).order_by(JourneyRow.id).limit(1)
            )
            for state in CASES
        }
        self.planned = session.scalar(
            sa.select(JourneyRow.case_no)
            .join(TravelLegRow, TravelLegRow.journey_id == JourneyRow.id)
            .order_by(JourneyRow.id)
            .limit(1)
        )
        self.claim = session.scalar(
            sa.select(ClaimRow.claim_no).where(ClaimRow.journey_id.is_not(None)).order_by(ClaimRow.id).limit(1)
        )
        pair = session.execute(
            sa.select(ClaimRow.insurer_id, ClaimRow.hospital_id)
            .where(ClaimRow.insurer_id.is_not(None), ClaimRow.hospital_id.is_not(None))
            .group_by(ClaimRow.insurer_id, ClaimRow.hospital_id)
            .order_by(sa.func.count().desc(), ClaimRow.insurer_id)
        ).first()
        self.insurer, self.hospital = (session.get_one(OrganizationRow, key).name for key in pair)
        self.events = [
            (row.city, str(row.id))
            for row in session.scalars(sa.select(RoadshowRow).order_by(RoadshowRow.starts_on, RoadshowRow.id))
        ]

    def options_of(self, name: str, audience: Audience) -> list[tuple[str, dict[str, str]]]:
        """What a report is asked with, and a word for it in the label."""
        admitted = self.cases[JourneyState.ADMITTED]
        if name == "case_summary":
            return [
                (state.name.lower(), {"case": number} | self._urgent(audience)) for state, number in self.cases.items()
            ]
        by_name = {
            "claim_letter": [("", {"claim": self.claim, "emergency": URGENT})],
            "benefit_estimate": [("", {"case": admitted, "emergency": URGENT})],
            "itinerary": [
                (f"{form}-{cover}", {"case": self.planned, "form": form, "cover": cover, "emergency": URGENT})
                for form, cover in (("pack", "on"), ("pack", "off"), ("phone", "off"))
            ],
            "directory": [("penang", {"city": "Penang"}), ("melaka", {"city": "Melaka"})],
            "city_briefing": [(city.lower(), {"city": city}) for city in ("Medan", "Jakarta", "Surabaya")],
            "paper_letter": [("", {"case": admitted, "emergency": URGENT})],
            "own_copy": [("", {"case": admitted})],
            "city_pack": [(f"{city.lower()}-{n}", {"event": key}) for n, (city, key) in enumerate(self.events, 1)],
            "insurer_sheet": [("", {"house": self.insurer, "event": self.events[0][1]})],
            "leakage": [("", {"hospital": self.hospital, "house": self.insurer})],
            "roadshow_invitations": [("", {"event": self.events[-1][1]})],
            "roadshow_check_in": [("", {"event": self.events[-1][1]})],
            "roadshow_follow_up": [("", {"event": self.events[0][1]})],
            "booklet": [("all", {}), ("penang", {"city": "Penang"}), ("sheets", {"city": "Penang", "form": "sheets"})],
            "portfolio": [("", {"house": self.insurer})],
            "portfolio_cases": [("", {"house": self.insurer})],
            "both_sides": [("", {"case": admitted, "emergency": URGENT})],
        }  # fmt: skip
        return by_name.get(name, [("", {})])

    @staticmethod
    def _urgent(audience: Audience) -> dict[str, str]:
        return {} if audience in (Audience.INTERNAL, Audience.PUBLIC) else {"emergency": URGENT}
