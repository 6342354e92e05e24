"""One sheet of a case for both sides (R26): what hospital and insurer each say, and what differs. The same to both.

Each figure stands with the document behind it; one without is marked as unverified. A difference is listed with the
step that settles it. No name, no diagnosis and no other payer stands on it; both sides need their consents, and each
gets a line in the disclosures. Sources: ``domain`` 1.9 (transparency loop) and section 4 (R8).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from liaison.domain.money import Money
from liaison.domain.privacy import Audience
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.blocks import (
    Align,
    Block,
    CellLine,
    Column,
    Drawing,
    Grid,
    Heading,
    Headline,
    Note,
    References,
    Row,
    Shape,
    Text,
    Title,
    Voice,
)
from liaison.reports.case_gather import find_case
from liaison.reports.case_view import Office
from liaison.reports.charts import Bar, Bars
from liaison.reports.gathering import office_of
from liaison.reports.reader_tags import show_fields, shown_to
from liaison.reports.report import CaseKeys, Option, Prepared, Receiver, Report
from liaison.reports.wording import as_of_words, bound, sample_words, sentences
from liaison.services.both_sides import BothSides, Figure, Item, Said, Step, Value, both_sides
from liaison.services.changes import clock

BANNER = N_("FOR BOTH SIDES")
INSURERS_COUNTRY = "ID"
NO_BREAK = "\u2011"
"""A hyphen at which no line breaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """The case as both sides have it, and the office that lays it side by side."""

    as_of: dt.datetime
    office: Office
    sides: BothSides


for _kind, _names in (
    (SheetView, "as_of office sides"),
    (BothSides, "case_no hospital hospital_ref hospital_country insurer insurer_ref gl_no figures"),
    (Figure, "item hospital insurer step"),
    (Said, "value document kind on is_verified"),
    (Step, "title who due_on officer"),
):
    show_fields(_kind, _names, Audience.HOSPITAL, Audience.INSURER)


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The sheet of one case; hospital and insurer get the same bytes."""
    sides = both_sides(session, find_case(session, options["case"]).id)
    view = shown_to(SheetView(as_of=clock(session), office=office_of(session), sides=sides), audience)
    return Prepared(
        view=view, lay_out=partial(lay_out, view), as_of=view.as_of, office=view.office.name,
        keys=CaseKeys(journey_id=sides.journey_id, patient_id=sides.patient_id, country=sides.hospital_country),
        recipient=sides.hospital,
        also=(Receiver(audience=Audience.INSURER, recipient=sides.insurer, country=INSURERS_COUNTRY),),
        purpose=N_("the same sheet to hospital and insurer"),
    )  # fmt: skip


REPORT = Report(
    name="both_sides",
    code="R26",
    title=N_("One sheet for both sides"),
    options=(
        Option(name="case", label=N_("Case number"), is_required=True),
        Option(name="emergency", label=N_("Why it cannot wait for a consent")),
    ),
    audiences=(Audience.HOSPITAL,),
    prepare=prepare,
)


def lay_out(view: SheetView, language: Language) -> list[Block]:
    """Numbers of both sides, figure by figure, the way of the sums, what differs and who settles it."""
    _, sides = language, view.sides
    blocks: list[Block] = [
        _title(view, _),
        Headline(text=_headline(sides, _)),
        References(
            pairs=(
                (_("Our case number"), sides.case_no), (_("Hospital's number"), sides.hospital_ref or MISSING),
                (_("Insurer's number"), sides.insurer_ref or MISSING), (_("Letter number"), sides.gl_no or MISSING),
            )
        ),
    ]  # fmt: skip
    if not sides.figures:
        return [*blocks, Text(words=_("Neither side has stated a figure yet."))]
    blocks += [*_figures(sides, _), *_differences(sides, _), *_way(sides, _)]
    return blocks


def _title(view: SheetView, _: Language) -> Title:
    sides = view.sides
    kind = _("One sheet for both sides")
    houses = " · ".join(part for part in (sides.hospital, sides.insurer) if part)
    return Title(
        kind=kind,
        about=houses,
        banner=_(BANNER),
        running=(f"{kind} · {sides.case_no}", houses),
        source=sentences(
            _.plural(
                "Source: bills, letters, claims and payments of {case} in this office, n = {count} figure.",
                "Source: bills, letters, claims and payments of {case} in this office, n = {count} figures.",
                len(sides.figures), case=sides.case_no.replace("-", NO_BREAK),
            ),
            as_of_words(view.as_of, view.office.zone, _),
            sample_words(is_sample=view.office.is_sample, language=_),
        ),
        note=sentences(
            _("For: {receiver}.", receiver=houses) if houses else "",
            _("The same sheet goes to both. No name, no diagnosis; other payers are not in it. Prepared by {office}.",
              office=view.office.name),
        ),
    )  # fmt: skip


def _headline(sides: BothSides, _: Language) -> str:
    compared = sum(figure.is_compared for figure in sides.figures)
    apart = len(sides.differences)
    if not compared:
        return _.plural(
            "{count} figure so far, from one side only", "{count} figures so far, each from one side only",
            len(sides.figures),
        )  # fmt: skip
    if not apart:
        return _.plural(
            "Nothing differs in the {count} figure that both sides state",
            "Nothing differs in the {count} figures that both sides state", compared,
        )  # fmt: skip
    values = {"same": compared - apart, "compared": compared}
    return _.plural(
        "{same} of {compared} figures agree; {count} difference is to be settled",
        "{same} of {compared} figures agree; {count} differences are to be settled", apart, **values,
    )  # fmt: skip


# figure by figure


def _figures(sides: BothSides, _: Language) -> list[Block]:
    columns = (
        Column(head=_("Figure"), width=45), Column(head=_("As the hospital has it"), width=48),
        Column(head=_("As the insurer has it"), width=48), Column(head=_("Compared"), width=33),
    )  # fmt: skip
    rows = tuple(
        Row(cells=(_item_words(one.item, _), _said(one.hospital, _), _said(one.insurer, _), _compared(one, _)))
        for one in sides.figures
    )
    blocks: list[Block] = [
        Heading(text=_("Figure by figure"), note=_("each with its document")),
        Grid(columns=columns, rows=rows, pitch=6.2, hairlines=True, name="figures"),
    ]
    if any(not said.is_verified and said.value for one in sides.figures for said in (one.hospital, one.insurer)):
        words = _("Unverified: the figure was told, its document is not here.")
        blocks.append(Note(words=words, shape=Shape.MISSING))
    return blocks


def _item_words(item: Item, _: Language) -> str:
    return upper_first(_(item.label))


def _value_words(value: Value, _: Language) -> str:
    if isinstance(value, Money):
        return bound(_.formats.money(value))
    if isinstance(value, dt.date):
        return bound(_.formats.date(value))
    return value or ""


def _said(said: Said, _: Language) -> tuple[CellLine, ...]:
    if said.value in (None, ""):
        return (CellLine(words="…"),)
    first = CellLine(words=_value_words(said.value, _), voice=Voice.STRONG)
    if not said.is_verified:
        return (first, CellLine(words=_("unverified"), voice=Voice.QUIET, shape=Shape.MISSING))
    named = said.document or (_(said.kind.label) if said.kind is not None else "")
    day = bound(_.formats.date(said.on)) if said.on is not None else ""
    below = ", ".join(part for part in (named, day) if part)
    return (first, CellLine(words=below, voice=Voice.QUIET)) if below else (first,)


def _compared(figure: Figure, _: Language) -> tuple[CellLine, ...]:
    if not figure.is_compared:
        return (CellLine(words=_("one side only"), voice=Voice.QUIET),)
    if not figure.is_different:
        covered = figure.item is Item.ESTIMATE and figure.apart is not None and figure.apart.minor < 0
        return (CellLine(words=_("covered") if covered else _("agrees"), shape=Shape.DONE),)
    apart = figure.apart
    if apart is None:
        return (CellLine(words=_("differs"), voice=Voice.STRONG, shape=Shape.LATE),)
    return (CellLine(words=bound(_signed(apart, _)), voice=Voice.STRONG, shape=Shape.LATE),)


def _signed(amount: Money, _: Language) -> str:
    return ("+" if amount.minor > 0 else "") + _.formats.money(amount)


# what differs


def _differences(sides: BothSides, _: Language) -> list[Block]:
    found = sides.differences
    head = Heading(text=_("What differs, and who settles it"), note=_("plus: the hospital has more") if found else "")
    if not found:
        return [head, Text(words=_("Nothing differs."), small=True)]
    columns = (
        Column(head=_("Figure"), width=62), Column(head=_("Difference"), width=32, align=Align.RIGHT),
        Column(head="", width=5), Column(head=_("Step"), width=75),
    )  # fmt: skip
    rows = []
    for one in found:
        apart = one.apart
        by = bound(_signed(apart, _)) if apart is not None else MISSING
        rows.append(Row(cells=(_item_words(one.item, _), by, "", _step(one, _))))
    return [head, Grid(columns=columns, rows=tuple(rows), pitch=6.2, hairlines=True, name="differences")]


def _step(figure: Figure, _: Language) -> tuple[CellLine, ...]:
    step = figure.step
    if step is None:
        return (CellLine(words=_("no step yet"), voice=Voice.STRONG, shape=Shape.LATE),)
    who = _("with the {whom}", whom=_(step.who.label)) if step.who is not None else _("with this office")
    due = _("by {date}", date=bound(_.formats.date(step.due_on))) if step.due_on is not None else ""
    first = " · ".join(part for part in (_("to be settled"), step.officer) if part)
    below = CellLine(words=" · ".join(part for part in (who, due) if part), voice=Voice.QUIET)
    return (CellLine(words=first, shape=Shape.NOW), below)


# the way of the sums


def _way(sides: BothSides, _: Language) -> list[Block]:
    """From estimate to payment as bars of one scale, where everything is in one currency."""
    figures = {figure.item: figure for figure in sides.figures}
    steps = (
        (N_("Estimate"), Item.ESTIMATE, True), (N_("Ceiling of the letter"), Item.ESTIMATE, False),
        (N_("Final bill"), Item.ACCEPTED, True), (N_("Claimed"), Item.CLAIMED, False),
        (N_("Accepted by the final letter"), Item.PAID, False), (N_("Paid by the insurer"), Item.PAID, True),
    )  # fmt: skip
    told = []
    for word, item, by_hospital in steps:
        figure = figures.get(item)
        value = None if figure is None else (figure.hospital if by_hospital else figure.insurer).value
        if isinstance(value, Money) and value.minor > 0:
            told.append((_(word), value))
    currencies = {value.currency for _word, value in told}
    if len(told) < 2 or len(currencies) != 1:
        return []
    most = max(value.minor for _word, value in told) / 100
    bars = tuple(
        Bar(label=word, value=value.minor / 100, shown=_.formats.amount(value, whole=True), previous_known=False)
        for word, value in told
    )
    subtitle = _("{currency}, whole units; a step that nobody stated is left out; n = {count} steps",
                 currency=currencies.pop(), count=len(told))  # fmt: skip
    return [
        Heading(text=_("From estimate to payment"), subtitle=subtitle),
        Drawing(chart=Bars(bars=bars, mm_per_unit=98.0 / most, label_width=72.0, pitch=6.2)),
    ]
