"""The columns of the agreements' lists."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from liaison.domain.action_plans import HORIZON_WORDS
from liaison.domain.agreements import SHORT, Standing
from liaison.domain.data_requests import Decision
from liaison.domain.grammar import TermField
from liaison.domain.indicators import LEVEL_WORDS
from liaison.i18n import N_
from liaison.services.action_plans import ActivityLine
from liaison.services.agreement_views import AgreementLine
from liaison.services.data_requests import DataRequestLine
from liaison.services.indicators import IndicatorLine
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.pages.agreements_beside_cards import channel_badge, decision_badge, held_words
from liaison.ui.pages.agreements_parts import figure, mark_badge, progress_badge
from liaison.ui.widgets.badge import Badge, blocked, closed, done, due, late, under_way, warning

SOON_DAYS = 90


def of_agreements(desk: Desk) -> tuple[Column, ...]:
    """Of the register."""
    words = desk.words
    return (
        Column(key="title", label=N_("Agreement"), value=lambda r: r.title, strong=True, stretch=4, width=210,
               sort="title", by_words=True),
        Column(key="kind", label=N_("Kind"), value=lambda r: words(SHORT[r.kind]), width=116, sort="kind", gives_way=3,
               asks=TermField.KIND),
        Column(key="party", label=N_("Parties"), value=lambda r: ", ".join(r.parties), stretch=2, width=120,
               sort="party", gives_way=2),
        Column(key="standing", label=N_("Status"), value=partial(standing_badge, desk), kind=Kind.BADGE, width=150,
               sort="standing", asks=TermField.STATUS),
        Column(key="ends", label=N_("Valid until"), value=partial(_ends, desk), kind=Kind.BADGE, width=120,
               sort="ends", asks=TermField.DUE),
        Column(key="kept", label=N_("Promises"), value=partial(_kept, desk), width=84, sort="kept", gives_way=5),
        Column(key="next", label=N_("Next due"), value=partial(_next, desk), kind=Kind.BADGE, width=132, sort="next",
               gives_way=4),
        Column(key="clause", label=N_("Data clause"), value=partial(_clause, desk), kind=Kind.BADGE, width=98,
               sort="clause", gives_way=1),
        Column(key="country", label=N_("Country"), value=partial(_country, desk), width=96, sort="country",
               hidden=True, asks=TermField.COUNTRY),
        Column(key="signed", label=N_("Signed on"), value=lambda r: r.signed_on, kind=Kind.DATE, width=104,
               sort="signed", hidden=True),
        Column(key="place", label=N_("Signed at"), value=lambda r: r.place, width=110, hidden=True,
               asks=TermField.CITY),
        Column(key="areas", label=N_("Areas"), value=lambda r: ", ".join(words(a.label) for a in r.areas), width=180,
               hidden=True),
        Column(key="contact", label=N_("Contact"), value=lambda r: r.contact, width=140, hidden=True),
    )  # fmt: skip


_BADGES = {
    Standing.NEGOTIATING: under_way,
    Standing.SIGNED: done,
    Standing.IN_FORCE: done,
    Standing.EXPIRED: blocked,
    Standing.SUPERSEDED: closed,
    Standing.TERMINATED: closed,
}


def standing_badge(desk: Desk, line: AgreementLine) -> Badge:
    """How an agreement stands, as a shape and a word."""
    return _BADGES[line.standing](desk.words(line.standing.label))


def _country(desk: Desk, line: AgreementLine) -> str:
    return desk.formats.country_name(line.country) if line.country else ""


def _ends(desk: Desk, line: AgreementLine) -> Badge | str:
    if line.ends_on is None:
        return ""
    day = desk.formats.date(line.ends_on)
    if line.days_left is None:
        return closed(day)
    return warning(day) if line.days_left <= SOON_DAYS else due(day)


def _kept(desk: Desk, line: AgreementLine) -> str:
    return desk.words(N_("{kept} of {all}"), kept=line.kept, all=line.promised) if line.promised else ""


def _next(desk: Desk, line: AgreementLine) -> Badge | str:
    if line.next_due is None:
        return ""
    day = desk.formats.date(line.next_due.due_on)
    return late(day) if line.next_due.is_late else due(day)


def _clause(desk: Desk, line: AgreementLine) -> Badge | str:
    if line.standing is Standing.NEGOTIATING:
        return ""
    words = desk.words
    return warning(words.plural("{count} gap", "{count} gaps", line.gaps)) if line.gaps else done(words(N_("whole")))


def of_activities(desk: Desk) -> tuple[Column, ...]:
    """Of the action plan."""
    words = desk.words
    return (
        Column(key="title", label=N_("What is to be done"), value=lambda r: r.title, strong=True, stretch=4, width=200,
               sort="title", by_words=True),
        Column(key="progress", label=N_("Status"), value=lambda r: progress_badge(desk, r.progress, r.days_late),
               kind=Kind.BADGE, width=150, sort="progress", asks=TermField.STATUS),
        Column(key="due", label=N_("Due on"), value=lambda r: r.due_on, kind=Kind.DATE, width=100, sort="due"),
        Column(key="owner", label=N_("Who sees to it"), value=lambda r: r.owner, stretch=1, width=110, sort="owner",
               gives_way=4),
        Column(key="horizon", label=N_("Horizon"), value=lambda r: words(HORIZON_WORDS[r.horizon]), width=96,
               sort="horizon", gives_way=3),
        Column(key="milestones", label=N_("Milestones"), value=partial(_reached, desk), width=90, gives_way=2),
        Column(key="agreement", label=N_("Agreement"), value=lambda r: r.agreement, stretch=1, width=120,
               sort="agreement", gives_way=1),
        Column(key="area", label=N_("Area"), value=lambda r: words(r.area.label), width=130, sort="area", hidden=True,
               asks=TermField.KIND),
        Column(key="budget", label=N_("Budget"), value=lambda r: r.budget, kind=Kind.MONEY, width=130, sort="budget",
               hidden=True),
        Column(key="origin", label=N_("From which meeting or city"), value=lambda r: r.origin, width=140, hidden=True),
    )  # fmt: skip


def _reached(desk: Desk, line: ActivityLine) -> str:
    if not line.milestones:
        return ""
    return desk.words(N_("{kept} of {all}"), kept=line.reached, all=len(line.milestones))


def of_indicators(desk: Desk) -> tuple[Column, ...]:
    """Of the indicators."""
    words = desk.words
    return (
        Column(key="name", label=N_("Indicator"), value=lambda r: r.name, strong=True, stretch=4, width=190,
               sort="name", by_words=True),
        Column(key="baseline", label=N_("Baseline"), value=partial(_baseline, desk), width=122, gives_way=4),
        Column(key="target", label=N_("Target"), value=lambda r: _number(desk, r.target, r.unit), width=96),
        Column(key="actual", label=N_("Actual"), value=lambda r: _number(desk, r.actual, r.unit), width=104,
               strong=True),
        Column(key="mark", label=N_("Status"), value=lambda r: mark_badge(desk, r.mark), kind=Kind.BADGE, width=140,
               sort="mark", asks=TermField.STATUS),
        Column(key="achieved", label=N_("Of the way"), value=partial(_achieved, desk), width=80, sort="achieved",
               gives_way=3),
        Column(key="agreement", label=N_("Agreement"), value=lambda r: r.agreement, stretch=1, width=130,
               sort="agreement", gives_way=1),
        Column(key="level", label=N_("Level"), value=lambda r: words(LEVEL_WORDS[r.level]), width=90, sort="level",
               gives_way=2),
        Column(key="area", label=N_("Area"), value=lambda r: words(r.area.label), width=130, sort="area", hidden=True,
               asks=TermField.KIND),
        Column(key="as_of", label=N_("As of"), value=lambda r: r.actual_on, kind=Kind.DATE, width=100, sort="as_of",
               hidden=True),
        Column(key="cases", label=N_("Cases behind it"), value=lambda r: r.cases, kind=Kind.NUMBER, width=110,
               hidden=True),
    )  # fmt: skip


def _number(desk: Desk, value: Decimal | None, unit: str) -> str:
    return "" if value is None else " ".join(part for part in (figure(value, desk.words), unit) if part)


def _baseline(desk: Desk, line: IndicatorLine) -> str:
    return _number(desk, line.baseline, line.unit) or desk.words(N_("no baseline"))


def _achieved(desk: Desk, line: IndicatorLine) -> str:
    return "" if line.achieved is None else desk.words(N_("{percent} %"), percent=line.achieved)


def of_requests(desk: Desk) -> tuple[Column, ...]:
    """Of the requests for data."""
    words = desk.words
    return (
        Column(key="by", label=N_("Who asks"), value=lambda r: r.asked_by, strong=True, stretch=2, width=170, sort="by",
               by_words=True),
        Column(key="what", label=N_("Which data"), value=lambda r: r.what, stretch=2, width=150, gives_way=3),
        Column(key="sort", label=N_("Kind of data"), value=lambda r: words(r.sort.label), width=150, sort="sort",
               gives_way=2, asks=TermField.KIND),
        Column(key="asked", label=N_("Asked on"), value=lambda r: r.asked_on, kind=Kind.DATE, width=116, sort="asked"),
        Column(key="clause", label=N_("Clause"), value=partial(_right, desk), kind=Kind.BADGE, width=110),
        Column(key="decision", label=N_("Answer"), value=lambda r: decision_badge(desk, r.decision), kind=Kind.BADGE,
               width=150, sort="decision", asks=TermField.STATUS),
        Column(key="agreement", label=N_("Agreement"), value=lambda r: r.agreement, stretch=1, width=130,
               sort="agreement", gives_way=1),
    )  # fmt: skip


def _right(desk: Desk, line: DataRequestLine) -> Badge | str:
    if line.decision is not Decision.OPEN:
        return line.clause
    return blocked(desk.words(N_("not enough"))) if line.against else done(line.clause)


def of_channels(desk: Desk) -> tuple[Column, ...]:
    """Of the channels for reports of disease."""
    return (
        Column(key="topic", label=N_("What is reported"), value=lambda r: r.topic, strong=True, stretch=2, width=150,
               sort="topic", by_words=True),
        Column(key="authority", label=N_("To whom"), value=lambda r: r.authority, stretch=2, width=160,
               sort="authority"),
        Column(key="how", label=N_("How"), value=lambda r: r.how, stretch=1, width=140, gives_way=2, identifier=True),
        Column(key="state", label=N_("Status"), value=lambda r: channel_badge(desk, r.state), kind=Kind.BADGE,
               width=140, asks=TermField.STATUS),
        Column(key="tested", label=N_("Last tried"), value=lambda r: r.tested_on, kind=Kind.DATE, width=110,
               sort="tested"),
        Column(key="country", label=N_("Country"), value=lambda r: desk.formats.country_name(r.country), width=100,
               sort="country", gives_way=1, asks=TermField.COUNTRY),
    )  # fmt: skip


def of_outreach(desk: Desk) -> tuple[Column, ...]:
    """Of the outreach."""
    return (
        Column(key="title", label=N_("Event"), value=lambda r: r.title, strong=True, stretch=3, width=180, sort="title",
               by_words=True),
        Column(key="place", label=N_("Where"), value=lambda r: r.city or desk.formats.country_name(r.country),
               stretch=1, width=120, sort="place", asks=TermField.CITY),
        Column(key="held", label=N_("Held on"), value=lambda r: held_words(desk, r), width=110, sort="held"),
        Column(key="people", label=N_("Came"), value=lambda r: r.headcount, kind=Kind.NUMBER, width=80, sort="people"),
        Column(key="referrals", label=N_("Referred"), value=lambda r: r.referrals, kind=Kind.NUMBER, width=90,
               sort="referrals"),
        Column(key="cases", label=N_("Cases"), value=lambda r: len(r.cases), kind=Kind.NUMBER, width=80, sort="cases"),
        Column(key="agreement", label=N_("Agreement"), value=lambda r: r.agreement, width=130, gives_way=1),
    )  # fmt: skip
