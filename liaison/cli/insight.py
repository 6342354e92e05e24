"""The questions of Insight without a window."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from liaison.cli.invocation import (
    Invocation,
    JsonOption,
    LanguageOption,
    answer,
    file_to_write,
    invocation,
    not_empty,
    opened,
    print_json,
    print_table,
    say,
)
from liaison.cli.lists import COPIED
from liaison.cli.program import app
from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.i18n import N_

if TYPE_CHECKING:
    from liaison.domain.insight import Scope
    from liaison.store.store import Store

UNKNOWN_QUESTION = N_("There is no question called {name}. Questions: {known}.")
UNKNOWN_PERIOD = N_("There is no period called {name}. Periods: {known}.")


@app.command(help=N_("Ask one of the fixed questions: piles, slow, unpaid, routes, changed, missing, city."))
def insight(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help=N_("Name of the question."))],
    city: Annotated[str, typer.Option("--city", help=N_("City."))] = "",
    period: Annotated[
        str, typer.Option("--period", help=N_("Days, for instance last_quarter; all where left out."))
    ] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", help=N_("Workbook to write."))] = None,
    rows: Annotated[
        Path | None, typer.Option("--rows", help=N_("Workbook for the rows behind: cases, claims, bills, clocks."))
    ] = None,
    lang: LanguageOption = "",
    as_json: JsonOption = False,
) -> None:
    """The answer as tables, as JSON, or as a workbook."""
    from liaison.domain.insight import Question, Scope
    from liaison.domain.periods import Period
    from liaison.services.insight import ask
    from liaison.services.insight_words import cell_words
    from liaison.services.plain import plain

    run = invocation(context, lang)
    not_empty(context, ("city", "period"))
    asked = _known(question, [q.value for q in Question], UNKNOWN_QUESTION, "question")
    days = _known(period, [p.value for p in Period], UNKNOWN_PERIOD, "period") if period else ""
    if output is not None:
        file_to_write(output, example=f"{question}.xlsx", endings=(".xlsx", ".csv", ".json"))
    scope = Scope(city=city, period=Period(days) if days else None)
    if rows is not None:
        file_to_write(rows, example="rows.xlsx", endings=(".xlsx",))
    with opened(run) as store:
        with store.read() as session:
            found = ask(session, Question(asked), scope)
        if rows is not None:
            _write_rows(run, store, scope, rows)
    headline = found.headline.text(run.words)
    if output is not None:
        from liaison.exchange import workbook

        about = {run.words("Question"): run.words(found.question.label), run.words("City"): found.scope.city or "–"}
        workbook.write(found.grids(), output, language=run.words, about=about)
    if as_json:
        tables = [{"title": t.title, "columns": [c.label for c in t.columns], "rows": plain([x.cells for x in t.lines],
                  run.words)} for t in found.tables]  # fmt: skip
        print_json({"question": asked, "city": found.scope.city, "period": days, "headline": headline,
                    "tables": tables})  # fmt: skip
        return
    answer(headline)
    for table in found.tables:
        answer(run.words(table.title))
        heads = [run.words(column.label) for column in table.columns]
        print_table(heads, [[cell_words(cell, run.words) for cell in line.cells] for line in table.lines])
    if output is not None:
        say(str(output))


def _write_rows(run: Invocation, store: Store, scope: Scope, target: Path) -> None:
    """The rows behind as a workbook, on record as a list that left."""
    from liaison.exchange import workbook
    from liaison.services.insight_rows import NAME, every_row
    from liaison.services.list_copies import record_copy

    with store.read() as session:
        grids = every_row(session, scope)
    asked = {"city": scope.city, "period": scope.period.value if scope.period else ""}
    count = workbook.write(grids, target, language=run.words, about=asked)
    sha256 = hashlib.sha256(target.read_bytes()).hexdigest()
    with store.write(COPIED, kind="release") as session:
        record_copy(session, NAME, "", asked=asked, rows=count, sha256=sha256, language=run.words.code)
    say(run.words.plural("{count} row written to {file}.", "{count} rows written to {file}.", count, file=str(target)))


def _known(name: str, known: list[str], message: str, field: str) -> str:
    if name in known:
        return name
    values = {"name": name, "known": ", ".join(known)}
    raise Refused([Problem(code="UNKNOWN_NAME", message=message, field=field, values=values)])
