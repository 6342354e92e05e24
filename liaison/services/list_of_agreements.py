"""The list of agreements: filtered by words and terms, in any order, by country, kind or standing; and as a file."""

from __future__ import annotations

from sqlalchemy.orm import Session

from liaison.domain.agreements import AgreementKind, ClauseState, Standing
from liaison.domain.coded import Coded
from liaison.domain.grammar import TermField
from liaison.domain.grids import Column, ColumnKind, Grid
from liaison.i18n import N_, Language
from liaison.services.agreement_views import AgreementLine, agreement_lines
from liaison.services.list_queries import ListQuery
from liaison.services.sifting import Heading, Sifted, both_languages, number, one_of, part_of


class ClauseWord(Coded):
    """The data clause of an agreement in one word."""

    WHOLE = "WHOLE", N_("whole")
    GAPS = "GAPS", N_("with gaps")


def _words(line: AgreementLine) -> list[str]:
    codes = [line.kind.label, line.standing.label, *(area.label for area in line.areas)]
    return [line.title, line.number, line.place, line.contact, *line.parties, *both_languages(*codes)]


def _countries(line: AgreementLine) -> list[str]:
    if not line.country:
        return []
    return [line.country, *(words.formats.country_name(line.country) for words in (Language("id"), Language("en")))]


def clause_word(line: AgreementLine) -> ClauseWord:
    """Whether the data clause says all it has to."""
    return ClauseWord.GAPS if line.gaps else ClauseWord.WHOLE


AGREEMENTS: Sifted[AgreementLine] = Sifted(
    name="agreements",
    lines=agreement_lines,
    words=_words,
    sorts={
        "title": lambda line: line.title.casefold(),
        "kind": lambda line: list(AgreementKind).index(line.kind),
        "party": lambda line: ", ".join(line.parties).casefold(),
        "standing": lambda line: list(Standing).index(line.standing),
        "signed": lambda line: line.signed_on,
        "ends": lambda line: line.ends_on,
        "kept": lambda line: line.promised - line.kept if line.promised else None,
        "next": lambda line: line.next_due.due_on if line.next_due else None,
        "clause": lambda line: line.gaps,
        "country": lambda line: line.country,
    },
    groups={
        "country": Heading(of=lambda line: line.country),
        "kind": Heading(of=lambda line: line.kind),
        "standing": Heading(of=lambda line: line.standing),
    },
    terms={
        TermField.STATUS: one_of(Standing, lambda line: [line.standing]),
        TermField.KIND: one_of(AgreementKind, lambda line: [line.kind]),
        TermField.COUNTRY: part_of(_countries),
        TermField.CITY: part_of(lambda line: [line.place]),
        TermField.DUE: number(lambda line: line.days_left),
    },
)


def agreements_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """The agreements that a filter line asks for."""
    rows = tuple(
        (
            line.title,
            line.kind,
            line.number or None,
            ", ".join(line.parties) or None,
            language.formats.country_name(line.country) if line.country else None,
            ", ".join(language(area.label) for area in line.areas) or None,
            line.standing,
            line.signed_on,
            line.place or None,
            line.effective_on,
            line.ends_on,
            line.days_left,
            line.kept,
            line.promised,
            line.late,
            line.next_due.title if line.next_due else None,
            line.next_due.due_on if line.next_due else None,
            ", ".join(language(one.part.label) for one in line.clause if one.state is ClauseState.MISSING) or None,
            line.contact or None,
            line.source or None,
        )
        for line in AGREEMENTS.asked(session, query)
    )
    columns = (
        Column(label=N_("Title of the agreement")),
        Column(label=N_("Kind")),
        Column(label=N_("Number of the agreement"), kind=ColumnKind.IDENTIFIER),
        Column(label=N_("Parties")),
        Column(label=N_("Partner's country")),
        Column(label=N_("Areas")),
        Column(label=N_("Status")),
        Column(label=N_("Signed on"), kind=ColumnKind.DATE),
        Column(label=N_("Signed at")),
        Column(label=N_("In force from"), kind=ColumnKind.DATE),
        Column(label=N_("Valid until"), kind=ColumnKind.DATE),
        Column(label=N_("Days left"), kind=ColumnKind.NUMBER),
        Column(label=N_("Promises kept"), kind=ColumnKind.NUMBER),
        Column(label=N_("Promises"), kind=ColumnKind.NUMBER),
        Column(label=N_("Late"), kind=ColumnKind.NUMBER),
        Column(label=N_("Next milestone")),
        Column(label=N_("Due on"), kind=ColumnKind.DATE),
        Column(label=N_("Missing in the data clause")),
        Column(label=N_("Contact")),
        Column(label=N_("Where it is written")),
    )
    return Grid(title=N_("Agreements"), columns=columns, rows=rows)
