"""The monthly evaluation on one page: each weakness with cases hit, days lost, money held up, and whose it is.

Internal, exact, and without anybody's name but the officers': counts stand there, not cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    Grid,
    Heading,
    Headline,
    Note,
    Row,
    Text,
    Title,
    Voice,
)
from liaison.reports.case_view import Office
from liaison.reports.gathering import office_of
from liaison.reports.report import Prepared, Report
from liaison.reports.wording import BANNERS, as_of_words, bound, local, sample_words, sentences
from liaison.services.evaluation import Evaluation, Finding, Weakness
from liaison.services.evaluation_kept import evaluation_at_once

MOST = 5
"""So many of each kind stand on the page, the costliest first; the note says how many more there are."""

MEANINGS: Mapping[Weakness, str] = {
    Weakness.INCOMPLETE: N_("something that should be written down is not"),
    Weakness.STALE: N_("written down once, not looked at since"),
    Weakness.CONTRADICTORY: N_("two things written down that cannot both be true"),
    Weakness.SLOW: N_("over the target now; a target is a wish, never a legal limit"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationView:
    """The weaknesses of an office at one moment."""

    found: Evaluation
    office: Office


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The office's weaknesses."""
    found = evaluation_at_once(session)
    view = EvaluationView(found=found, office=office_of(session))
    return Prepared(view=view, lay_out=partial(lay_out, view), as_of=found.as_of, office=view.office.name)


REPORT = Report(
    name="evaluation",
    code="R17",
    title=N_("Monthly evaluation"),
    options=(),
    audiences=(Audience.INTERNAL,),
    prepare=prepare,
)


def lay_out(view: EvaluationView, language: Language) -> list[Block]:
    """One table for each of the four weaknesses."""
    _ = language
    blocks: list[Block] = [_title(view, _), Headline(text=_headline(view.found, _), lines=2)]
    for weakness in Weakness:
        blocks += _section(weakness, view.found.of(weakness), _)
    blocks.append(
        Note(
            words=_(
                "Days lost: days that the cases or claims have stood where they stand, or have been over their time. "
                "Held up: what their claims still wait for, currency by currency. One case may count in several lines. "
                "Whose it is to mend: whoever has most of them."
            )
        )
    )
    return blocks


def _title(view: EvaluationView, _: Language) -> Title:
    found = view.found
    day = _.formats.long_date(local(found.as_of, view.office.zone).date())
    about = _("Monthly evaluation · {day}", day=bound(day))
    return Title(
        kind=about,
        banner=_(BANNERS[Audience.INTERNAL]),
        running=(about, ""),
        source=sentences(
            _("Source: all open work, n = {cases} cases and {claims} claims.", cases=found.open_cases,
              claims=found.open_claims),
            as_of_words(found.as_of, view.office.zone, _),
            _("Kept figures: what was written after that moment is not in them.") if found.is_stale else "",
            sample_words(is_sample=view.office.is_sample, language=_),
        ),
        note=_("Exact figures, for this office only. Prepared by {office}.", office=view.office.name),
    )  # fmt: skip


def _headline(found: Evaluation, _: Language) -> str:
    worst = max(found.findings, key=lambda f: (f.days, f.cases), default=None)
    if worst is None:
        return _("No weakness found in {cases} open cases and {claims} open claims", cases=found.open_cases,
                 claims=found.open_claims)  # fmt: skip
    values = {"what": _(worst.what.label), "hits": bound(_hit(worst, _))}
    if not worst.days:
        return _("The largest leak: “{what}” hits {hits} and has cost less than a day", **values)
    return _.plural(
        "The largest leak: “{what}” hits {hits} and has cost {count} day",
        "The largest leak: “{what}” hits {hits} and has cost {count} days", worst.days, **values,
    )  # fmt: skip


def _section(weakness: Weakness, findings: Sequence[Finding], _: Language) -> list[Block]:
    head = Heading(text=_(weakness.label), note=_(MEANINGS[weakness]), close=True)
    if not findings:
        return [head, Text(words=_("Nothing of this kind."), small=True)]
    columns = (
        Column(head=_("Weakness"), width=58),
        Column(head=_("Hits"), width=23, align=Align.RIGHT),
        Column(head=_("Days lost"), width=17, align=Align.RIGHT),
        Column(head=_("Held up"), width=34, align=Align.RIGHT),
        Column(head="", width=6),
        Column(head=_("Whose it is to mend"), width=36),
    )
    rows = tuple(_row(finding, _) for finding in findings[:MOST])
    blocks: list[Block] = [head, Grid(columns=columns, rows=rows, pitch=5.2, name=weakness.value)]
    more = findings[MOST:]
    if more:
        names = ", ".join(_(f.what.label) for f in more)
        blocks.append(Note(words=_("Also, with fewer days: {names}.", names=names)))
    return blocks


def _row(finding: Finding, _: Language) -> Row:
    return Row(
        cells=(
            (CellLine(words=upper_first(_(finding.what.label)), voice=Voice.STRONG),),
            bound(_hit(finding, _)),
            _days(finding, _),
            _held_up(finding.held_up, _),
            "",
            finding.owner or _("this office"),
        )
    )


def _hit(finding: Finding, _: Language) -> str:
    if finding.of_claims:
        return _.plural("{count} claim", "{count} claims", finding.cases)
    return _.plural("{count} case", "{count} cases", finding.cases)


def _days(finding: Finding, _: Language) -> str:
    """Whole days; of what has not lasted one yet that it is less, since a nought would say that nothing was lost."""
    return _.formats.number(finding.days) if finding.days else bound("< 1")


def _held_up(amounts: Sequence[Money], _: Language) -> str | tuple[CellLine, ...]:
    if not amounts:
        return MISSING
    return tuple(CellLine(words=_.formats.money(amount)) for amount in amounts)
