"""The city briefing (R6): up to three pages for the round table in Jakarta, Surabaya or Medan. Always public.

Persons are counted, never named; insurers are pooled, never named; every figure goes through
:mod:`liaison.reports.briefing_public` first. Sources: ``domain`` section 4 (R6), ``security`` 6.2, ``paper``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from sqlalchemy.orm import Session

from liaison.domain.privacy import Audience, public_count
from liaison.i18n import N_, Language
from liaison.reports.blocks import Block, Headline, Title
from liaison.reports.briefing_demand import demand_blocks
from liaison.reports.briefing_findings import demand_headline, headline, speed_headline
from liaison.reports.briefing_gather import briefing_cities, gather
from liaison.reports.briefing_public import has_year_before
from liaison.reports.briefing_sparse import (
    is_demand_thin,
    is_sparse,
    is_speed_thin,
    sparse_blocks,
    sparse_headline,
    thin_demand,
    thin_speed,
)
from liaison.reports.briefing_speed import speed_blocks
from liaison.reports.briefing_summary import own_requests, summary_blocks
from liaison.reports.briefing_view import BriefingView, Request
from liaison.reports.briefing_words import Ground, n_words, period_words, short_period
from liaison.reports.report import Option, Prepared, Report
from liaison.reports.wording import AGGREGATED, as_of_words, sample_words, sentences

__all__ = ["REPORT", "briefing_cities", "gather", "lay_out", "suggested_requests"]


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The briefing of one city."""
    view = gather(session, options["city"])
    return Prepared(
        view=view,
        lay_out=partial(lay_out, view),
        as_of=view.as_of,
        office=view.office.name,
        names_no_insurer=True,
        is_audited=True,
    )


REPORT = Report(
    name="city_briefing",
    code="R6",
    title=N_("City briefing"),
    options=(Option(name="city", label=N_("City"), is_required=True),),
    audiences=(Audience.PUBLIC,),
    prepare=prepare,
)


def lay_out(view: BriefingView, language: Language) -> list[Block]:
    """Three pages, each with its own headline; what has nothing to draw has no page of its own."""
    _ = language
    ground = Ground(view=view, language=language, compare=has_year_before(view.cities))
    if is_sparse(ground):
        return [_title(ground, _("Executive summary")), Headline(text=sparse_headline(ground)), *sparse_blocks(ground)]
    blocks: list[Block] = [
        _title(ground, _("Executive summary")),
        Headline(text=headline(ground), lines=2),
        *summary_blocks(ground),
    ]
    thin: list[Block] = []
    if is_demand_thin(ground):
        thin += thin_demand(ground)
    else:
        blocks += [_title(ground, _("Demand")), Headline(text=demand_headline(ground), lines=2), *demand_blocks(ground)]
    if is_speed_thin(ground):
        thin += thin_speed(ground)
    else:
        part = _("Claims and money") if ground.is_claims else _("Speed and quality")
        blocks += [_title(ground, part), Headline(text=speed_headline(ground), lines=2), *speed_blocks(ground)]
    return [*blocks, *thin]


def suggested_requests(session: Session, city: str, language: Language) -> tuple[Request, ...]:
    """The requests that the city's figures suggest; printed where the office wrote none itself."""
    view = gather(session, city)
    return own_requests(Ground(view=view, language=language, compare=has_year_before(view.cities)))


def _title(ground: Ground, part: str) -> Title:
    _, view = ground.language, ground.view
    city = view.city.city.name
    n = n_words(public_count(view.city.people[0]), _)
    source = (
        _("Source: claim lists brought in by this office, patients from {city}, closed quarters {period}, {n} people.",
          city=city, period=short_period(ground), n=n)
        if ground.is_claims
        else _("Source: case records of this office, patients from {city}, closed quarters {period}, {n} people.",
               city=city, period=short_period(ground), n=n)
    )  # fmt: skip
    return Title(
        kind=_("City briefing · {city}", city=city),
        about=f"{part} · {period_words(ground)}",
        banner=_(AGGREGATED),
        running=(_("City briefing · {city}", city=city), part),
        source=sentences(
            source,
            as_of_words(view.as_of, view.office.zone, _),
            sample_words(is_sample=view.office.is_sample, language=_),
        ),
        note=_(
            "* = 1 to 7, ** = any number: both hidden; others rounded to 5; totals from true figures, percentages from "
            "rounded ones. No person or insurer is named. Prepared by: {office}.",
            office=view.office.name,
        ),
    )
