"""Figures for outside the office pass the audit before they are drawn, and go into the ledger when they are released.

What had to be hidden is starred on the page and in its Excel twin; the annex at the end says how much and why. Source:
``security`` 6.2 and 6.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from liaison.domain.disclosure_audit import gives_away_any
from liaison.domain.drawn import watching
from liaison.domain.errors import Refused
from liaison.domain.figures import Figure, Gate
from liaison.domain.guarding import Earlier, cells_of, lay_out_guarded
from liaison.domain.privacy import HELD_BACK, STAR, Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_, Language
from liaison.reports.blocks import Align, Block, Column, Grid, Heading, Row, Text, Title
from liaison.reports.briefing_rows import persons
from liaison.reports.figure_names import name_of, period_of
from liaison.reports.one_look import once
from liaison.reports.report import Prepared
from liaison.services.changes import Changes
from liaison.services.ledger import exact_of_own, ledger_mark, record_figures, told_before

OTHER_RELEASED = N_(
    "Another report was released since this one was made, and the two together would give small groups away. "
    "Make this report again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """Pages that passed the audit, and what they tell."""

    blocks: list[Block]
    figures: tuple[Figure, ...] = ()
    mark: int = 0
    changed: tuple[object, ...] = ()
    """What the audit or earlier papers changed about them, for the report's id."""
    drawn: tuple[Figure, ...] = ()
    """Every figure of persons as it stands on the pages, in their order."""


def lay_out_audited(
    session: Session, prepared: Prepared, language: Language, *, beside: Sequence[Figure] = ()
) -> LaidOut:
    """Put a report on pages; one whose figures leave the office is held against everything released before.

    ``beside`` is what papers tell that are to be released with it, in one action, before it.
    """
    if prepared.tells_exactly:
        told = exact_of_own(prepared.tells_exactly, f"stays of {prepared.recipient}", prepared.as_of)
        blocks, drawn = _watched(prepared, language)
        return LaidOut(blocks=blocks, figures=tuple(told), mark=ledger_mark(session), drawn=drawn)
    if not prepared.is_audited:
        blocks, drawn = _watched(prepared, language)
        return LaidOut(blocks=blocks, drawn=drawn)
    earlier = once(session, "told before", lambda: told_before(session, persons(session)))
    earlier = replace(earlier, figures=(*earlier.figures, *beside))
    guarded = lay_out_guarded(lambda: _watched(prepared, language), earlier)
    gate, (blocks, drawn) = guarded.gate, guarded.result
    corrected = tuple(sorted((key, one.value) for key, one in gate.corrections.items()))
    return LaidOut(
        blocks=with_annex(blocks, gate, language),
        figures=tuple(gate.all_figures),
        mark=ledger_mark(session),
        changed=(tuple(sorted(gate.gaps)), corrected),
        drawn=(*drawn, *(one for _key, one in sorted(gate.corrections.items()))),
    )


def _watched(prepared: Prepared, language: Language) -> tuple[list[Block], tuple[Figure, ...]]:
    """The pages, and every figure of persons on them."""
    with watching() as seen:
        blocks = prepared.lay_out(language)
    return blocks, tuple(seen.values())


def keep_figures(
    session: Session, figures: Sequence[Figure], *, made_at: int, release_id: int, report: str, audience: Audience,
    reader: str,
) -> Changes:  # fmt: skip
    """Put the figures of a released report into the ledger, in the action of its release.

    Refuses where another report was released since this one was made and the two do not go together.
    """
    if ledger_mark(session) != made_at:
        earlier = told_before(session, persons(session))
        if not _go_together(figures, earlier):
            raise Refused([Problem(code="OTHER_RELEASED", message=OTHER_RELEASED)])
    return record_figures(session, figures, release_id=release_id, report=report, audience=audience, reader=reader)


def _go_together(figures: Sequence[Figure], earlier: Earlier) -> bool:
    printed = earlier.printed
    if any(one.key in printed and printed[one.key].value != one.value for one in figures if one.key in printed
           and printed[one.key].shown is one.shown):  # fmt: skip
        return False
    told = {(one.key, one.shown, one.low, one.high, one.who) for one in earlier.figures}
    new = [one for one in figures if (one.key, one.shown, one.low, one.high, one.who) not in told]
    return not new or not gives_away_any(cells_of(new, earlier.figures), earlier.houses)


# the annex


def with_annex(blocks: list[Block], gate: Gate, language: Language) -> list[Block]:
    """The pages, and what is hidden on them, where the audit had to hide something or an earlier figure stands.

    It follows on the last page where that one's footer explains both signs, else it begins a page of its own.
    """
    if not gate.gaps and not gate.corrections:
        return blocks
    _ = language
    told: list[Block] = [*_signs(gate, _), *_corrections(gate, _)]
    titles = [block for block in blocks if isinstance(block, Title)]
    if HELD_BACK in titles[-1].note:
        return [*blocks, *told]
    first = titles[0]
    annex = _("Annex: what is hidden, and why")
    return [*blocks, replace(first, about=annex, running=(first.running[0], annex)), *told]


def _signs(gate: Gate, _: Language) -> list[Block]:
    columns = (
        Column(head=_("Sign"), width=16),
        Column(head=_("What it stands for"), width=134),
        Column(head=_("Figures"), width=24, align=Align.RIGHT),
    )
    rows = (
        Row(cells=(STAR, _("1 to 7 people: too few to leave the office"), _.formats.number(len(gate.stars)))),
        Row(
            cells=(
                HELD_BACK,
                _("any number: with other printed figures it would let a reader work out a small one"),
                _.formats.number(len(gate.gaps)),
            )
        ),
    )
    words = _(
        "Every figure was held against all figures that this office released in three years. Each small group must "
        "keep at least four possible sizes: for a stranger, for a person in it, and for a hospital or an insurer that "
        "knows its own rows. The figure that costs the reader least was hidden until this held. Two stars do not mean "
        "that a number is small."
    )
    return [
        Heading(text=_("Hidden figures: {count}", count=len(gate.stars) + len(gate.gaps))),
        Text(words=words),
        Grid(columns=columns, rows=rows, pitch=6.2, hairlines=True, name="hidden"),
    ]


def _corrections(gate: Gate, _: Language) -> list[Block]:
    found = [(gate.printed[key], now) for key, now in sorted(gate.corrections.items())]
    if not found:
        return []
    columns = (
        Column(head=_("Figure"), width=90),
        Column(head=_("Period"), width=44),
        Column(head=_("Printed"), width=20, align=Align.RIGHT),
        Column(head=_("Today"), width=20, align=Align.RIGHT),
    )
    rows = tuple(
        Row(cells=(name_of(before.key, _), period_of(before.key, _), _number(before, _), _number(now, _)))
        for before, now in found
    )
    words = _(
        "These figures were printed before, and stand here as they were printed. Cases that came to light since are "
        "only in this list."
    )
    return [
        Heading(text=_("Corrections to printed figures")),
        Text(words=words),
        Grid(columns=columns, rows=rows, pitch=5.4, hairlines=True, name="corrections"),
    ]


def _number(figure: Figure, _: Language) -> str:
    return STAR if figure.value is None else _.formats.number(figure.value)
