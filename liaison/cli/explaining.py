""" "Explain this number" at the prompt: the figures of a printed report, and the rows behind one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from liaison.cli.invocation import (
    Invocation,
    JsonOption,
    LanguageOption,
    answer,
    invocation,
    opened,
    print_json,
    print_table,
)
from liaison.cli.program import app
from liaison.i18n import N_

if TYPE_CHECKING:
    from liaison.services.explaining import BehindLine, Explained
    from liaison.services.tracing import FigureLine


@app.command(help=N_("Explain a number of a printed report: its figures, or the cases and claims behind one of them."))
def explain(
    context: typer.Context,
    report_id: Annotated[str, typer.Argument(metavar="ID", help=N_("The report's id, for instance R6-9F3C-27AE-04."))],
    figure: Annotated[
        int | None, typer.Argument(metavar="FIGURE", min=0, help=N_("Number of the figure; 0 is the whole report."))
    ] = None,
    lang: LanguageOption = "",
    as_json: JsonOption = False,
) -> None:
    """The figures of a report, or the rows behind one."""
    from liaison.services import explaining
    from liaison.services.releases import release_called
    from liaison.services.tracing import figures_of

    run = invocation(context, lang)
    with opened(run) as store, store.read() as session:
        release = release_called(session, report_id)
        if figure is None:
            found = figures_of(session, release.id)
            _show_figures(run, release.report_id, found, as_json=as_json)
            return
        told = explaining.explain(session, release.id, figure)
        lines = explaining.behind_lines(session, release.id, figure)
    _show_rows(run, told, lines, as_json=as_json)


def _show_figures(run: Invocation, report_id: str, found: tuple[FigureLine, ...], *, as_json: bool) -> None:
    if as_json:
        print_json({"id": report_id, "figures": [_plain_figure(one) for one in found]})
        return
    words, formats = run.words, run.words.formats
    rows = [
        (str(one.place), one.label, one.period, one.printed, "" if one.counted is None else formats.number(one.counted))
        for one in found
    ]
    print_table(tuple(words(head) for head in ("No.", "Figure", "Period", "Printed", "People")), rows)
    if not rows:
        answer(words(N_("This report tells no figure that counts people or rows.")))


def _plain_figure(one: FigureLine) -> dict[str, Any]:
    return {
        "figure": one.place, "label": one.label, "period": one.period, "printed": one.printed, "people": one.counted,
    }  # fmt: skip


def _show_rows(run: Invocation, told: Explained, lines: list[BehindLine], *, as_json: bool) -> None:
    from liaison.services.explaining import sentences_of

    if as_json:
        print_json(
            {
                "id": told.release.report_id, **_plain_figure(told.figure), "rows": told.rows, "erased": told.erased,
                "gone": told.gone, "changed": told.changed,
                "behind": [
                    {"kind": one.kind.value, "number": one.number, "name": one.name or one.title,
                     "changed": one.has_changed}
                    for one in lines
                ],
            }
        )  # fmt: skip
        return
    words, formats = run.words, run.words.formats
    if not told.is_whole:
        answer(f"{told.figure.label}: {told.figure.printed}")
    for sentence in sentences_of(told, words):
        answer(sentence)
    rows = [
        (
            words(one.kind.label), one.number, one.name or one.title, one.house,
            words(one.state.label) if one.state is not None else "", formats.date(one.day) if one.day else "",
            words(N_("changed since")) if one.has_changed else "",
        )
        for one in lines
    ]  # fmt: skip
    heads = ("Kind", "Number", "Name", "Hospital", "Status", "Day", "Since the print")
    print_table(tuple(words(head) for head in heads), rows)
