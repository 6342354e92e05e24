"""The columns of the agreements' lists."""

from __future__ import annotations

from functools import partial

from liaison.domain.agreements import SHORT, Standing
from liaison.domain.grammar import TermField
from liaison.i18n import N_
from liaison.services.agreement_views import AgreementLine
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
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
        Column(key="standing", label=N_("Status"), value=partial(standing_badge, desk), kind=Kind.BADGE, width=132,
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
