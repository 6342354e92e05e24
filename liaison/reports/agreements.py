"""Agreements, action plans and their indicators (R7), for partners and for the office.

Partners read it without budgets, contacts, evidence and small numbers, and without agreements with insurers. Sources:
``domain`` section 4 (R7), ``ux`` 3.5 (g): nothing overdue can be hidden; no baseline prints "no baseline", never 0 %.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial

from sqlalchemy.orm import Session

from liaison.domain.agreements import (
    ALARM_DAYS,
    SHORT,
    ClauseFinding,
    ClausePart,
    ClauseState,
    Standing,
    TransferBasis,
)
from liaison.domain.errors import Refused
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.agreements_tables import activities, indicators, late_of, outreach, promises, requests
from liaison.reports.agreements_terms import agreement_terms, plan_terms
from liaison.reports.agreements_view import AgreementsView, gather
from liaison.reports.blocks import (
    Align,
    AskBox,
    Block,
    Cell,
    CellLine,
    Column,
    Grid,
    Heading,
    Headline,
    Row,
    Shape,
    Text,
    Title,
    Voice,
)
from liaison.reports.report import Option, Prepared, Report
from liaison.reports.wording import AGGREGATED, BANNERS, as_of_words, bound, sample_words, sentences
from liaison.services.agreement_views import AgreementLine

BAD_DAY = N_("The day until which a decision is asked for cannot be read.")
UNKNOWN_COUNTRY = N_("No agreement with {country} is in the register. Countries: {known}.")


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The register of one country, or of all."""
    country = options.get("country", "").strip().upper()
    view = gather(session, audience, country=country, ask=options.get("ask", ""), by=_day(options.get("by", "")))
    if country and not view.agreements and not view.left_out:
        known = ", ".join(sorted({line.country for line in gather(session, audience).agreements if line.country}))
        values = {"country": country, "known": known or MISSING}
        raise Refused([Problem(code="UNKNOWN_COUNTRY", field="country", message=UNKNOWN_COUNTRY, values=values)])
    return Prepared(
        view=view, lay_out=partial(lay_out, view), as_of=view.as_of, office=view.office.name,
        names_no_insurer=audience is not Audience.INTERNAL, is_audited=audience is not Audience.INTERNAL,
    )  # fmt: skip


def _day(text: str) -> dt.date | None:
    if not text.strip():
        return None
    try:
        return dt.datetime.fromisoformat(text).date()
    except ValueError as error:
        raise Refused([Problem(code="BAD_DAY", field="by", message=BAD_DAY)]) from error


REPORT = Report(
    name="agreements",
    code="R7",
    title=N_("Agreements and action plans"),
    options=(
        Option(name="country", label=N_("Country")),
        Option(name="ask", label=N_("What we ask for")),
        Option(name="by", label=N_("By when")),
    ),
    audiences=(Audience.PUBLIC, Audience.INTERNAL),
    prepare=prepare,
)


def lay_out(view: AgreementsView, language: Language) -> list[Block]:
    """The message, the register, what ends soon, what was promised, the plan, the indicators, the data clause."""
    _ = language
    return [
        _title(view, _),
        Headline(text=_headline(view, _)),
        *_asked(view, _),
        *_register(view, _),
        *_calendar(view, _),
        *agreement_terms(view, _),
        *promises(view, _),
        *plan_terms(view, _),
        *activities(view, _),
        *indicators(view, _),
        *_clauses(view, _),
        *requests(view, _),
        *outreach(view, _),
    ]


def _title(view: AgreementsView, _: Language) -> Title:
    about = _.formats.country_name(view.country) if view.country else _("all countries")
    is_internal = view.audience is Audience.INTERNAL
    hidden = "" if is_internal else _(
        "Of people: * = 1 to 7 (TB: to 9) or a median of fewer than 10, ** = any number, both hidden; others to the "
        "nearest 5."
    )  # fmt: skip
    left_out = "" if not view.left_out else _.plural(
        "{count} agreement with an insurer is left out.", "{count} agreements with insurers are left out.",
        view.left_out,
    )  # fmt: skip
    return Title(
        kind=_("Agreements and action plans · {about}", about=about),
        banner=_(BANNERS[Audience.INTERNAL]) if is_internal else _(AGGREGATED),
        running=(_("Agreements and action plans · {about}", about=about), ""),
        source=sentences(
            _("Source: register of this office, n = {count} agreements; indicators: {figures}.",
              count=len(view.agreements), figures=len(view.indicators)),
            as_of_words(view.as_of, view.office.zone, _),
            sample_words(is_sample=view.office.is_sample, language=_),
        ),
        note=sentences(hidden, left_out, _("No patient data. Prepared by {office}.", office=view.office.name)),
    )  # fmt: skip


def _headline(view: AgreementsView, _: Language) -> str:
    """How many there are, how many end soon, what is late; a nought is said in words."""
    all_of_them = _.plural("{count} agreement", "{count} agreements", len(view.agreements))
    if not view.agreements:
        return all_of_them
    soon = len(_ending(view))
    ends = (
        _.plural("{count} ends within 180 days", "{count} end within 180 days", soon)
        if soon
        else _("none ends within 180 days")
    )
    late = sum(late_of(view, line)[0] + late_of(view, line)[1] for line in view.agreements)
    delays = (
        _.plural("{count} promise or activity is late", "{count} promises and activities are late", late)
        if late
        else _("nothing promised is late")
    )
    return f"{all_of_them}: {ends}, {delays}"


def _ending(view: AgreementsView) -> list[AgreementLine]:
    """What ends within the days of the earliest alarm, the first first."""
    found = [line for line in view.agreements if line.days_left is not None and line.days_left <= max(ALARM_DAYS)]
    return sorted(found, key=lambda line: (line.days_left or 0, line.id))


def _asked(view: AgreementsView, _: Language) -> list[Block]:
    """What the officer asks the reader to decide."""
    if not view.ask.strip():
        return []
    by = (bound(_.formats.date(view.by)),) if view.by is not None else ()
    return [AskBox(head=_("Decision asked for"), words=view.ask, by_label=_("By when") if by else "", by=by)]


# the register


def _register(view: AgreementsView, _: Language) -> list[Block]:
    if not view.agreements:
        return [Heading(text=_("Register")), Text(words=_("No agreement is written down yet."), small=True)]
    has_promises = any(line.promised or line.late or line.next_due for line in view.agreements)
    columns = [
        Column(head=_("Agreement"), subhead=_("kind, parties, areas"), width=76 if has_promises else 96),
        Column(head=_("Signed"), subhead=_("where"), width=23),
        Column(head=_("Status"), width=29),
        Column(head=_("Valid until"), subhead=_("days left"), width=25 if has_promises else 26),
    ]
    if has_promises:
        columns.append(Column(head=_("Promises kept"), width=21))
    blocks: list[Block] = []
    for country, chains in _by_country(view, _):
        rows = tuple(
            _agreement_row(line, view, _, first=line is chain[0], has_promises=has_promises)
            for chain in chains
            for line in chain
        )
        note = _.plural("{count} chain of agreements", "{count} chains of agreements", len(chains))
        blocks += [
            Heading(text=country, note=note),
            Grid(columns=tuple(columns), rows=rows, pitch=6.2, hairlines=True, name=country),
        ]
    return blocks


def _by_country(view: AgreementsView, _: Language) -> list[tuple[str, list[tuple[AgreementLine, ...]]]]:
    """Chains under the country of their first agreement that names one, in the order in which they began."""
    found: dict[str, list[tuple[AgreementLine, ...]]] = {}
    for chain in view.chains:
        code = next((line.country for line in chain if line.country), "")
        name = _.formats.country_name(code) if code else _("country not stated")
        found.setdefault(name, []).append(chain)
    return list(found.items())


def _agreement_row(
    line: AgreementLine, view: AgreementsView, _: Language, *, first: bool, has_promises: bool
) -> Row:  # fmt: skip
    kind = ": ".join(part for part in (_(SHORT[line.kind]), ", ".join(line.parties)) if part)
    about = [CellLine(words=line.title, voice=Voice.STRONG), CellLine(words=kind, voice=Voice.QUIET)]
    if line.areas:
        areas = ", ".join(_(area.label) for area in line.areas)
        about.append(CellLine(words=upper_first(areas), voice=Voice.QUIET))
    if line.contact:
        about.append(CellLine(words=_("Contact: {contact}", contact=line.contact), voice=Voice.QUIET))
    signed: list[CellLine] = [
        CellLine(words=bound(_.formats.date(line.signed_on)) if line.signed_on is not None else MISSING)
    ]
    if line.place:
        signed.append(CellLine(words=line.place, voice=Voice.QUIET))
    cells: tuple[Cell, ...] = (tuple(about), tuple(signed), _standing(line, _), _ends(line, _))
    return Row(
        cells=(*cells, _kept(line, view, _)) if has_promises else cells,
        rule_above=first and line is not view.agreements[0],
    )


def _standing(line: AgreementLine, _: Language) -> Cell:
    shapes = {
        Standing.NEGOTIATING: Shape.COMING, Standing.SIGNED: Shape.DONE, Standing.IN_FORCE: Shape.DONE,
        Standing.EXPIRED: Shape.LATE, Standing.SUPERSEDED: Shape.MISSING, Standing.TERMINATED: Shape.MISSING,
    }  # fmt: skip
    return (CellLine(words=_(line.standing.label), shape=shapes[line.standing]),)


def _ends(line: AgreementLine, _: Language) -> Cell:
    if line.ends_on is None:
        return MISSING
    lines = [CellLine(words=bound(_.formats.date(line.ends_on)))]
    if line.days_left is not None:
        days = bound(_.plural("{count} day left", "{count} days left", line.days_left))
        soon = line.days_left <= max(ALARM_DAYS)
        lines.append(CellLine(words=days, voice=Voice.STRONG if soon else Voice.QUIET))
    return tuple(lines)


def _kept(line: AgreementLine, view: AgreementsView, _: Language) -> Cell:
    """How many promises were kept, what is late of them and of the plan, and the next thing that has a date."""
    promised, planned = late_of(view, line)
    lines: list[CellLine] = []
    if line.promised:
        lines.append(CellLine(words=bound(_("{kept} of {all}", kept=line.kept, all=line.promised))))
    if promised:
        lines.append(CellLine(words=bound(_("{count} late", count=promised)), voice=Voice.STRONG, shape=Shape.LATE))
    if planned:
        words = _("plan: {late}", late=bound(_("{count} late", count=planned)))
        lines.append(CellLine(words=words, voice=Voice.STRONG, shape=Shape.LATE))
    if line.next_due is not None and not line.next_due.is_late:
        day = bound(_.formats.short_date(line.next_due.due_on))
        lines.append(CellLine(words=_("next: {date}", date=day), voice=Voice.QUIET))
    return tuple(lines) or MISSING


# what ends


def _calendar(view: AgreementsView, _: Language) -> list[Block]:
    """Everything that ends within 180 days, under the alarm it has reached; nothing is a line too."""
    ending = _ending(view)
    if not view.agreements:
        return []
    if not ending:
        head = Heading(text=_("Ends within 180, 90, 30 days"))
        return [head, Text(words=_("No agreement ends within 180 days."), small=True)]
    head = Heading(text=_("Ends within 180, 90, 30 days"), note=_("n = {count}", count=len(ending)))
    columns = (
        Column(head=_("Last day"), width=26),
        Column(head=_("Days left"), width=20, align=Align.RIGHT),
        Column(head="", width=6),
        Column(head=_("Agreement"), width=60),
        Column(head=_("On its last day"), width=62),
    )
    rows = tuple(
        Row(
            cells=(
                bound(_.formats.date(line.ends_on)) if line.ends_on is not None else MISSING,
                CellLine(words=_.formats.number(line.days_left or 0), voice=Voice.STRONG),
                "",
                line.title,
                _(line.renewal.label),
            )
        )
        for line in ending
    )
    return [head, Grid(columns=columns, rows=rows, pitch=5.3, name="calendar")]


# the data clause


def _clauses(view: AgreementsView, _: Language) -> list[Block]:
    """Whether each signed agreement says what it must about data."""
    signed = [line for line in view.agreements if line.standing is not Standing.NEGOTIATING]
    if not signed:
        return []
    gaps = sum(line.gaps > 0 for line in signed)
    said = "" if not gaps else _.plural(
        "{count} agreement has a gap; without its clause no data is given under it.",
        "{count} agreements have a gap; without their clause no data is given under them.", gaps,
    )  # fmt: skip
    head = Heading(
        text=_("What the agreements say about data"),
        note=said,
        subtitle=_(
            "data protection, data sovereignty, and on what basis personal data may leave (PDP act, article 56)"
        ),
        close=True,
    )
    columns = (
        Column(head=_("Agreement"), width=66),
        *(Column(head=upper_first(_(one.part.label)), width=36) for one in signed[0].clause),
    )
    rows = tuple(Row(cells=(line.title, *(_clause(one, line.basis, _) for one in line.clause))) for line in signed)
    return [head, Grid(columns=columns, rows=rows, pitch=5.6, hairlines=True, name="clauses")]


_CLAUSE = {ClauseState.SAID: Shape.THERE, ClauseState.MISSING: Shape.MISSING, ClauseState.NOT_NEEDED: Shape.COMING}


def _clause(one: ClauseFinding, basis: TransferBasis | None, _: Language) -> Cell:
    return (CellLine(words=_clause_words(one, basis, _), shape=_CLAUSE[one.state]),)


def _clause_words(one: ClauseFinding, basis: TransferBasis | None, _: Language) -> str:
    if one.part is ClausePart.TRANSFER and one.state is ClauseState.SAID and basis is not None:
        return ", ".join(part for part in (_(basis.label), one.where) if part)
    return one.where or _(one.state.label)
