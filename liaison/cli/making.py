"""Making a store: the main job tried out, a new office, a sample office."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import typer

from liaison import settings
from liaison.cli.invocation import (
    SAMPLE_FOLDER,
    Invocation,
    LanguageOption,
    answer,
    given_passphrase,
    invented_passphrase,
    invocation,
    new_passphrase,
    not_empty,
    say,
)
from liaison.cli.paper import print_report
from liaison.cli.program import app
from liaison.domain.errors import Refused
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_

NO_CITY = N_("Name the city of the office with --city, for instance Medan. Known: {known}.")


@app.command("try", help=N_("Do the main job with no window: a sample office, the Medan briefing, a case summary."))
def try_out(
    context: typer.Context,
    to: Annotated[Path, typer.Option("--to", help=N_("Folder to put everything in."))] = Path("liaison-contoh"),
    lang: LanguageOption = "",
) -> None:
    """The main job without a window."""
    from liaison.services.list_of_journeys import journey_ids, journey_page
    from liaison.services.list_queries import ListQuery
    from liaison.store.opening import open_store

    run = invocation(context, lang)
    given = given_passphrase(run)
    passphrase = given or invented_passphrase()
    folder = to / "store"
    _sample(run, folder, passphrase=passphrase, journeys=None, seed=7)
    with open_store(folder, passphrase, clock=run.clock) as store:
        with store.read() as session:
            ids = journey_ids(session, ListQuery(text="status:J11 kota:medan"))
            case = next(line for line in journey_page(session, ids) if line is not None).case_no
        briefing = to / f"medan-{run.words.code}.pdf"
        summary = to / f"{case}-{run.words.code}.pdf"
        print_report(run, store, "city_briefing", {"city": "Medan"}, target=briefing, audience=None)
        print_report(run, store, "case_summary", {"case": case}, target=summary, audience=Audience.INTERNAL)
    answer(run.words("Sample office: {folder}", folder=str(folder)))
    if not given:
        answer(run.words("Its passphrase: {passphrase}", passphrase=passphrase))
    answer(run.words("Medan briefing: {file}", file=str(briefing)))
    answer(run.words("Case summary: {file}", file=str(summary)))


@app.command(help=N_("Make a new store and print its recovery code, once."))
def init(
    context: typer.Context,
    office: Annotated[str, typer.Option("--office", help=N_("Name of the office."))],
    officer: Annotated[str, typer.Option("--officer", help=N_("Name of the first officer."))],
    city: Annotated[str, typer.Option("--city", help=N_("City of the office, for instance Medan."))] = "",
    kiosk: Annotated[
        bool, typer.Option("--kiosk", help=N_("The store of a counter: enquiries for the office and nothing else."))
    ] = False,
    lang: LanguageOption = "",
) -> None:
    """A new store with its office and first officer."""
    from liaison.domain.offices import OfficeDraft, OfficerDraft, check_office, check_officer
    from liaison.services.kiosk import make_kiosk
    from liaison.services.office import set_up_office
    from liaison.store import counter_mark
    from liaison.store.opening import create_store

    run = invocation(context, lang)
    not_empty(context, ("city",))
    draft = OfficeDraft(name=office, city=_city_code(city or office), language=run.words.code)
    first = OfficerDraft(name=officer, is_supervisor=True)
    problems = [*(p for p in check_office(draft) if p.field != "city"), *check_officer(first)]
    if not draft.city:
        problems.append(Problem(code="CITY", message=NO_CITY, field="city", values={"known": _known_cities()}))
    if problems:
        raise Refused(problems)
    passphrase = new_passphrase(run)
    store, code = create_store(
        run.folder(), passphrase=passphrase, officer=officer, language=run.words.code, clock=run.clock
    )
    with store, store.write(N_("Set up the office"), kind="init") as session:
        set_up_office(session, draft, first)
        if kiosk:
            make_kiosk(session)
    counter_mark.mark(run.folder(), is_kiosk=kiosk)
    answer(run.words("Store: {folder}", folder=str(run.folder())))
    answer(run.words("Recovery code (write it on paper; it is shown only now): {code}", code=code))


@app.command(help=N_("Make a sample office in a store of its own, never in the real one."))
def demo(
    context: typer.Context,
    journeys: Annotated[int | None, typer.Option("--journeys", min=1, help=N_("Cases, open and closed."))] = None,
    seed: Annotated[int, typer.Option("--seed", help=N_("The same seed gives the same data."))] = 7,
    lang: LanguageOption = "",
) -> None:
    """A sample office of invented people."""
    run = invocation(context, lang)
    folder = run.store or settings.data_folder() / SAMPLE_FOLDER
    given = given_passphrase(run)
    passphrase = given or invented_passphrase()
    made = _sample(run, folder, passphrase=passphrase, journeys=journeys, seed=seed)
    answer(run.words("Sample office: {folder}", folder=str(folder)))
    answer(
        run.words(
            "{journeys} cases, {open} of them open; {claims} claims; {patients} people.",
            journeys=made.journeys,
            open=made.open,
            claims=made.claims,
            patients=made.patients,
        )
    )
    if not given:
        answer(run.words("Its passphrase: {passphrase}", passphrase=passphrase))


def _sample(run: Invocation, folder: Path, *, passphrase: str, journeys: int | None, seed: int) -> Any:
    from liaison.services.sample import make_sample

    def progress(done: int, of: int) -> None:
        if of:
            say(run.words("{done} of {of} cases written …", done=done, of=of))

    return make_sample(
        folder,
        passphrase=passphrase,
        language=run.words.code,
        clock=run.clock,
        journeys=journeys,
        seed=seed,
        progress=progress,
    )


def _city_code(text: str) -> str:
    """The code of the city named in a text: that of an office in Medan is MDN. Empty where none is known."""
    from liaison.domain.regions import city_of

    words = text.replace(",", " ").split()
    found = (city_of(part) for part in (text, *words, *(" ".join(pair) for pair in pairwise(words))))
    city = next((c for c in found if c is not None and c.country == "ID"), None)
    return city.code if city else ""


def _known_cities() -> str:
    from liaison.domain.regions import CITIES

    return ", ".join(sorted(c.name for c in CITIES if c.country == "ID"))
