"""Looking: search, a case, the journal."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from liaison.cli.invocation import (
    LARGEST,
    NO_CASE,
    Invocation,
    JsonOption,
    answer,
    invocation,
    opened,
    print_json,
    print_table,
    say,
)
from liaison.cli.program import app
from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.i18n import N_


@app.command(help=N_("Find people, cases, claims, hospitals and desks by any words or digits."))
def find(
    context: typer.Context,
    text: Annotated[list[str], typer.Argument(help=N_("What to look for."))],
    limit: Annotated[int, typer.Option("--limit", min=1, max=LARGEST, help=N_("At most so many."))] = 20,
    as_json: JsonOption = False,
) -> None:
    """Search."""
    from liaison.services.plain import plain
    from liaison.services.search import find as search

    run = invocation(context)
    with opened(run) as store, store.read() as session:
        found = search(session, " ".join(text), limit=limit)
    if as_json:
        print_json({"found": plain(found, run.words)})
        return
    rows = [(run.words(f.kind.label), f.title, f.case_no, f.subtitle.text(run.words)) for f in found]
    print_table((run.words("Kind"), run.words("Name"), run.words("Case number"), ""), rows)
    say(run.words.plural("{count} found.", "{count} found.", len(found)))


@app.command(help=N_("Show a case."))
def show(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help=N_("Case number."))],
    as_json: JsonOption = False,
) -> None:
    """One case in words."""
    from liaison.services.case_text import case_lines
    from liaison.services.plain import plain
    from liaison.services.views import journey_view

    run = invocation(context)
    with opened(run) as store, store.read() as session:
        view = journey_view(session, case_key(session, case))
    if as_json:
        print_json(plain(view, run.words))
        return
    for line in case_lines(view, run.words):
        answer(line)


@app.command(help=N_("What was done: by everybody, or to one case."))
def history(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help=N_("Case number."))] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=LARGEST, help=N_("At most so many."))] = 50,
    as_json: JsonOption = False,
) -> None:
    """The journal, newest first."""
    from liaison.services.history import history_of, recent_actions, what_happened
    from liaison.services.plain import plain

    run = invocation(context)
    with opened(run) as store, store.read() as session:
        actions = [] if case else recent_actions(session, limit=limit)
        lines = history_of(session, "journey", case_key(session, case))[:limit] if case else []
    if as_json:
        print_json({"actions": plain(actions, run.words)} if not case else {"history": plain(lines, run.words)})
        return
    shown = run.words.formats
    if not case:
        rows = [(str(a.id), shown.moment(a.at), a.actor, what_happened(a).text(run.words)) for a in actions]
        print_table((run.words("Action"), run.words("When"), run.words("Who"), run.words("What")), rows)
        return
    told = [
        (shown.moment(x.at), x.who, run.words(x.noun), run.words(x.label), _shown(x.before, run), _shown(x.after, run))
        for x in lines
    ]
    heads = (N_("When"), N_("Who"), N_("Record"), N_("Field"), N_("Before"), N_("After"))
    print_table(tuple(run.words(head) for head in heads), told)


def _shown(value: object, run: Invocation) -> str:
    return "" if value is None else run.words.shown(value).replace("\n", " ")


def case_key(session: Any, case: str) -> int:
    """The key of the case with this number, however it was typed. Refused where there is none."""
    from liaison.services.views import find_case

    key = find_case(session, case)
    if key is None:
        raise Refused([Problem(code="NO_CASE", message=NO_CASE, field="case", values={"number": case})])
    return key
