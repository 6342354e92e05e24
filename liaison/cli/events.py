"""Events of the office on the command line: a roadshow, so that its pack can be printed without a window."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from liaison.cli.invocation import (
    Invocation,
    JsonOption,
    LanguageOption,
    answer,
    invocation,
    not_empty,
    opened,
    print_json,
)
from liaison.cli.program import app
from liaison.i18n import N_

TITLE = N_("Add a roadshow")
BAD_DAY = N_("{day} is no day. Write it as 2026-12-04.")


@app.command("roadshow", help=N_("Put a roadshow on record; its pack is printed by its city."))
def plan_roadshow(
    context: typer.Context,
    city: Annotated[str, typer.Argument(help=N_("City."))],
    on: Annotated[str, typer.Option("--on", help=N_("First day, for instance 2026-12-04."))],
    until: Annotated[str, typer.Option("--until", help=N_("Last day; empty for one day."))] = "",
    series: Annotated[
        str, typer.Option("--series", help=N_("The same words for every city, so that the cities can be compared."))
    ] = "",
    lang: LanguageOption = "",
    as_json: JsonOption = False,
) -> None:
    """It gets the checklist of permits and the regions that its city hears, as in the window."""
    from liaison.domain.roadshows import RoadshowDraft
    from liaison.services import roadshows

    run = invocation(context, lang)
    not_empty(context, ("until", "series"))
    starts_on = _day(run, on, "--on")
    ends_on = _day(run, until, "--until") if until else None
    draft = RoadshowDraft(series=series.strip() or str(starts_on.year), city=city.strip(), starts_on=starts_on,
                          ends_on=ends_on)  # fmt: skip
    with opened(run) as store, store.write(TITLE) as session:
        key = roadshows.add_roadshow(session, draft).made
    if as_json:
        print_json({"roadshow": str(key)})
        return
    answer(run.words("Put on record. Its pack: liaison report city_pack --event {key} -o pack.pdf", key=str(key)))


def _day(run: Invocation, text: str, option: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError as error:
        raise typer.BadParameter(run.words(BAD_DAY, day=text), param_hint=option) from error
