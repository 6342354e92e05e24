"""A person's own copy on paper (R13): everything on record, whom it went to, and every step of the processing.

Nobody else stands in it: relatives, agents and officers by what they are. Source: UU PDP article 32 as read in
``security`` 0.13 and 8.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.domain.policies import EligibilityResult
from liaison.domain.privacy import Audience
from liaison.i18n import N_, Language, upper_first
from liaison.reports.blocks import (
    Block,
    CellLine,
    Column,
    Columns,
    Fact,
    Facts,
    Grid,
    Heading,
    Headline,
    Row,
    Space,
    Text,
    Title,
    Voice,
)
from liaison.reports.case_view import Office
from liaison.reports.gathering import office_of
from liaison.reports.letter_frame import PERSONAL, letter_title
from liaison.reports.reader_tags import show_fields, shown_to
from liaison.reports.report import CaseKeys, Option, Prepared, Report
from liaison.services.changes import clock
from liaison.services.disclosure import DisclosureView
from liaison.services.own_copy import (
    CopyField,
    CopyRecord,
    OwnCopy,
    TrailLine,
    own_copy,
    person_of_case,
    shown_value,
)

NO_PERSON = N_("Name the person by the number of one of the cases.")
MOST_STEPS = 400
MOST_TOGETHER = 20
"""Fields of a record that stays on one page."""

NEVER_PRINTED = frozenset({"health_notice", "tb_test"})
"""Stands in the file for the person alone, on no paper."""

LEFT_TO_THE_FILE = frozenset({"currency", "zone", "media_type", "size"})
"""Fields that say again what stands beside them (the currency of an amount, the zone of an hour) or tell only a machine
something; the file beside the paper holds them too.
"""

COUNTRIES = frozenset({"nationality", "country", "destination_country"})
"""Fields that hold the code of a country."""

_LONGEST = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCopyView:
    """The copy and the office that gives it."""

    as_of: dt.datetime
    office: Office
    copy: OwnCopy


for _kind, _names in (
    (OwnCopyView, "as_of office copy"),
    (OwnCopy, "name as_of records trail disclosures"),
    (CopyRecord, "table noun fields"),
    (CopyField, "column label value"),
    (TrailLine, "at who what"),
    (DisclosureView, "at recipient audience purpose ground"),
):
    show_fields(_kind, _names, Audience.FAMILY)


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The copy of the person of a case, or of a person chosen in the window."""
    person = options.get("person", "")
    if person.isdecimal():
        key = int(person)
    elif options.get("case", ""):
        key = person_of_case(session, options["case"])
    else:
        raise Refused([problem("NO_PERSON", NO_PERSON, "case")])
    copy = own_copy(session, key)
    view = shown_to(OwnCopyView(as_of=clock(session), office=office_of(session), copy=copy), audience)
    return Prepared(
        view=view,
        lay_out=partial(lay_out, view),
        as_of=view.as_of,
        office=view.office.name,
        keys=CaseKeys(journey_id=None, patient_id=key, country=""),
        recipient=copy.name,
    )


REPORT = Report(
    name="own_copy",
    code="R13",
    title=N_("A person's own copy"),
    options=(
        Option(name="case", label=N_("Case number")),
        Option(name="person", label=N_("Number of the person's record")),
    ),
    audiences=(Audience.FAMILY,),
    prepare=prepare,
)


def lay_out(view: OwnCopyView, language: Language) -> list[Block]:
    """Records by kind, then whom it went to, then the trail."""
    _, copy = language, view.copy
    printed = [record for record in copy.records if record.table not in NEVER_PRINTED]
    title: Title = letter_title(
        view.office, _, kind=_(REPORT.title), as_of=view.as_of, banner=_(PERSONAL),
        source=_.plural(
            "Source: records of this office, n = {count} entry.",
            "Source: records of this office, n = {count} entries.", len(printed),
        ),
        note=_("For: {receiver}.", receiver=copy.name),
    )  # fmt: skip
    blocks: list[Block] = [
        title,
        Headline(
            text=_.plural(
                "What we have on record about you: {count} entry",
                "What we have on record about you: {count} entries",
                len(printed),
            ),
            kicker=copy.name,
        ),
        Text(words=_("Other people stand in it by what they are to you, without their names.")),
    ]  # fmt: skip
    for noun, records in groupby(printed, key=lambda record: record.noun):
        blocks.append(Heading(text=upper_first(_(noun))))
        blocks += _records(list(records), _)
    return [*blocks, *_given_to(view, _), *_trail(view, _)]


def _records(records: Sequence[CopyRecord], _: Language) -> list[Block]:
    """One record over the whole width; several of a kind two by two, to be read across."""
    if len(records) == 1:
        return [_record(records[0], _, key_width=52)]
    blocks: list[Block] = []
    for number in range(0, len(records), 2):
        pair = [(_record(one, _, key_width=34),) for one in records[number : number + 2]]
        if number:
            blocks.append(Space(height=3))
        blocks.append(Columns(left=pair[0], right=pair[1] if len(pair) == 2 else (), close=True))
    return blocks


def _record(record: CopyRecord, _: Language, *, key_width: float) -> Facts:
    fields = [field for field in record.fields if field.column not in LEFT_TO_THE_FILE]
    facts = tuple(Fact(key=_(field.label), words=_short(_told(record, field, _))) for field in fields)
    return Facts(facts=facts, key_width=key_width, together=len(facts) <= MOST_TOGETHER)


def _told(record: CopyRecord, field: CopyField, _: Language) -> str:
    """A value in words. What the office itself wrote in marked words is translated, and an answer's code is told."""
    words = shown_value(field.value, _)
    if field.column in COUNTRIES:
        return _.formats.country_name(words)
    if words in EligibilityResult.__members__:
        return _(EligibilityResult[words].label)
    return _(words) if record.table == "task" and field.column in ("title", "done_note") else words


def _short(text: str) -> str:
    """Long notes are whole in the file beside the paper."""
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + " …"


def _given_to(view: OwnCopyView, _: Language) -> list[Block]:
    given = view.copy.disclosures
    if not given:
        nobody = _("No paper of this office is on record as given to anybody. What others were asked for stands above.")
        return [Heading(text=_("Whom it went to")), Text(words=nobody)]
    rows = tuple(
        Row(cells=(_.formats.moment(d.at, view.office.zone), _text(d.recipient), _text(_(d.audience.label)),
                   _text(d.purpose or _(d.ground.label))))
        for d in given
    )  # fmt: skip
    columns = (
        Column(head=_("When"), width=40),
        Column(head=_("To whom"), width=50),
        Column(head=_("As"), width=34),
        Column(head=_("Why"), width=50),
    )
    return [Heading(text=_("Whom it went to")), Grid(columns=columns, rows=rows, name="given")]


def _trail(view: OwnCopyView, _: Language) -> list[Block]:
    steps = view.copy.trail[-MOST_STEPS:]
    rows = tuple(
        Row(cells=(_.formats.moment(s.at, view.office.zone), _text(_(s.who.label)), _text(s.what.text(_))))
        for s in steps
    )
    columns = (
        Column(head=_("When"), width=40),
        Column(head=_("Who"), width=44),
        Column(head=_("What was done"), width=90),
    )
    note = "" if len(steps) == len(view.copy.trail) else _("the newest {count}; all are in the file", count=len(steps))
    return [Heading(text=_("What was done with it"), note=note), Grid(columns=columns, rows=rows, name="trail")]


def _text(words: str) -> CellLine:
    return CellLine(words=words, voice=Voice.PLAIN)
