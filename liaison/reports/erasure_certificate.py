"""The certificate of an erasure (R16): when, on what ground, how much, who must be told. It names nobody."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.domain.privacy import Audience
from liaison.i18n import N_, Language
from liaison.reports.blocks import (
    Align,
    Block,
    Column,
    Fact,
    Facts,
    Grid,
    Heading,
    Headline,
    Note,
    Row,
    Space,
    Text,
)
from liaison.reports.case_view import Office
from liaison.reports.gathering import office_of
from liaison.reports.letter_frame import WITHOUT_NAMES, letter_signature, letter_title
from liaison.reports.report import Option, Prepared, Report
from liaison.services.changes import actor, clock
from liaison.services.erasure import Certificate, certificate, certificates
from liaison.services.told_values import noun_of

NONE_ERASED = N_("Nobody has been erased here.")
NO_SUCH = N_("There is no certificate of this number.")

_OUR_OWN = frozenset({"shared_record", "difference", "hand_over_case", "release"})
"""Traces that the program keeps of a person's records; counted together."""

_MORE = {"journal": N_("Lines of the history"), "files": N_("Attached files"), "drafts": N_("Half-typed texts")}


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateView:
    """An erasure, the office and whoever prints."""

    as_of: dt.datetime
    office: Office
    officer: str
    made: Certificate


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The certificate of a number, or the newest."""
    number = options.get("number", "")
    made = certificate(session, number) if number else next(iter(certificates(session)), None)
    if made is None:
        raise Refused([problem("NO_CERTIFICATE", NO_SUCH if number else NONE_ERASED, "number")])
    view = CertificateView(as_of=clock(session), office=office_of(session), officer=actor(session), made=made)
    return Prepared(view=view, lay_out=partial(lay_out, view), as_of=view.as_of, office=view.office.name)


REPORT = Report(
    name="erasure_certificate",
    code="R16",
    title=N_("Certificate of erasure"),
    options=(Option(name="number", label=N_("Number of the certificate")),),
    audiences=(Audience.PUBLIC,),
    prepare=prepare,
)


def lay_out(view: CertificateView, language: Language) -> list[Block]:
    """One page: the fact, how much went, what remains until when, who must be told."""
    _, made = language, view.made
    zone = view.office.zone
    rows = _rows(made, _)
    blocks: list[Block] = [
        letter_title(
            view.office, _, kind=_(REPORT.title), as_of=view.as_of, number=made.number, banner=_(WITHOUT_NAMES),
            source=_.plural(
                "Source: erasures of this office, n = {count} record.",
                "Source: erasures of this office, n = {count} records.", sum(made.counts.values()),
            ),
        ),
        Headline(
            text=_("All records of one person were erased on {day}", day=_.formats.moment(made.at, zone)),
            kicker=_(REPORT.title),
        ),
        Space(height=3),
        Facts(
            facts=(
                Fact(key=_("Number"), words=made.number),
                Fact(key=_("Asked on"), words=_.formats.long_date(made.asked_on)),
                Fact(key=_("Ground"), words=made.ground),
                Fact(key=_("Erased by"), words=made.actor),
            ),
            key_width=30,
        ),
        Heading(text=_("What was erased")),
        Grid(
            columns=(
                Column(head=_("Records"), width=80), Column(head=_("How many"), width=24, align=Align.RIGHT),
                Column(head="", width=70),
            ),
            rows=rows,
            name="erased",
        ),
        Heading(text=_("What remains")),
        Text(
            words=_(
                "Backups made before this day still hold the person until they are thinned away, at the latest on "
                "{day}. They are encrypted and opened only to restore the office; then the erasure is done again.",
                day=_.formats.long_date(made.backups_until),
            )
        ),
        Text(words=_("The history keeps that something was done and when, not to whom. Sums of past reports stay.")),
    ]  # fmt: skip
    if made.mentions:
        blocks += _mentions(made, _)
    if made.recipients:
        blocks += [
            Heading(text=_("To be told of the erasure")),
            Text(words=", ".join(made.recipients)),
        ]
    return [*blocks, Space(height=8), letter_signature(view.office, _, as_of=view.as_of, officer=view.officer)]


MOST_PLACES = 24
"""Lines of places on the page; the rest is a number."""


def _mentions(made: Certificate, _: Language) -> list[Block]:
    """Where else the name stands: what sort of record, from when and how many, nobody's name or case number."""
    places = Counter((mention.table, mention.on) for mention in made.mentions)
    shown = sorted(places.items(), key=lambda place: (place[0][1], place[0][0]), reverse=True)[:MOST_PLACES]
    more = len(made.mentions) - sum(count for _place, count in shown)
    rows = tuple(
        Row(cells=(_(noun_of(table)), _.formats.long_date(day), _.formats.number(count), ""))
        for (table, day), count in shown
    )
    note = _.plural(
        "The same name or number stands in {count} other place, which may speak of somebody else.",
        "The same name or number stands in {count} other places, which may speak of somebody else.",
        len(made.mentions),
    )
    left = _.plural("{count} more place is not listed.", "{count} more places are not listed.", more)
    columns = (
        Column(head=_("Kind of record"), width=60), Column(head=_("Made on"), width=44),
        Column(head=_("How many"), width=24, align=Align.RIGHT), Column(head="", width=46),
    )  # fmt: skip
    return [
        Heading(text=_("Places to look at")),
        Grid(columns=columns, rows=rows, name="places"),
        Note(words=f"{note} {left}" if more > 0 else note),
    ]


def _rows(made: Certificate, _: Language) -> tuple[Row, ...]:
    counts = {name: count for name, count in made.counts.items() if count}
    traces = sum(counts.pop(name, 0) for name in tuple(counts) if name in _OUR_OWN)
    named = [(_(_MORE.get(name) or noun_of(name)), count) for name, count in counts.items()]
    if traces:
        named.append((_("Traces in reports and hand-overs"), traces))
    return tuple(Row(cells=(label, _.formats.number(count), "")) for label, count in sorted(named))
