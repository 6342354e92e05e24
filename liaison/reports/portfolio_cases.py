"""The sealed annex of a portfolio statement (R25): the account by currency, and every case of it, line by line.

It holds what this insurer was sent itself, under its own claim and member numbers, and no name. A case without a
consent for this insurer is not listed; its amount stands in one line of its own, so that the account still closes.
The paper leaves sealed with an agreed password only. Source: ``ux`` 3.5 (c), the annex; ``decisions``.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.money import Money
from liaison.domain.periods import Span
from liaison.domain.privacy import Audience
from liaison.domain.work import WaitingOn
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.ageing import CURRENCY_WORDS
from liaison.reports.blocks import (
    Align,
    Block,
    CellLine,
    Column,
    Fact,
    Facts,
    Grid,
    Heading,
    Headline,
    Note,
    PageBreak,
    Row,
    Shape,
    Text,
    Title,
    Voice,
)
from liaison.reports.briefing_words import amount_words
from liaison.reports.case_view import Office
from liaison.reports.disease_groups import group_of
from liaison.reports.gathering import office_of
from liaison.reports.letter_frame import PERSONAL, letter_title
from liaison.reports.portfolio import insurer_called, period_words
from liaison.reports.portfolio_account import DRAFT_BANNER, account_blocks, closes, draft_blocks, money_column
from liaison.reports.portfolio_figures import span_called
from liaison.reports.reader_tags import show_fields, shown_to
from liaison.reports.report import CaseKeys, Option, Prepared, Report
from liaison.reports.wording import bound
from liaison.services.changes import clock, day_of, today
from liaison.services.claim_account import Account, Entry, Followed, accounts, by_currency, claims_followed
from liaison.services.disclosures_at_once import grounds_of
from liaison.services.list_of_claims import claim_page
from liaison.store.models import ClaimRow, CoverRow, JourneyRow, OrganizationRow

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEntry:
    """One claim of the account: the numbers the insurer knows it by, where, when, and how it stands."""

    claim_no: str
    member_no: str
    gl_no: str
    hospital: str
    group: str
    admitted_on: dt.date | None
    currency: str
    billed: int
    paid: int
    unpaid: int
    days: int
    """Since it was sent, on the last day of the period."""
    waiting_on: WaitingOn | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexView:
    """The account of one insurer's period and its cases."""

    as_of: dt.datetime
    office: Office
    insurer: str
    span: Span
    accounts: tuple[Account, ...]
    cases: tuple[CaseEntry, ...]
    withheld: tuple[tuple[str, int, int], ...]
    """Currency, how many unpaid claims without a consent, and what they come to in minor units."""
    withheld_settled: int
    """How many claims without a consent were settled within the period."""


for _kind, _names in (
    (AnnexView, "as_of office insurer span accounts cases withheld withheld_settled"),
    (CaseEntry, "claim_no member_no gl_no hospital group admitted_on currency billed paid unpaid days waiting_on"),
    (Account, "currency entries"),
    (Entry, "claim opening new paid rejected closing"),
    (Followed, "currency billed approved came_on state moves payments"),
):
    show_fields(_kind, _names, Audience.INSURER)


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The annex of one insurer over one period."""
    insurer = insurer_called(session, options["house"])
    span = span_called(options.get("period", ""), today(session))
    found = accounts(claims_followed(session, insurer_id=insurer.id), span)
    entries = [(account.currency, entry) for account in found for entry in account.entries]
    may = _grounds(session, insurer, [entry for _currency, entry in entries], audience)
    listed = [pair for pair in entries if may[pair[1].claim.id]]
    unlisted = [pair for pair in entries if not may[pair[1].claim.id]]
    view = AnnexView(
        as_of=clock(session), office=office_of(session), insurer=insurer.name, span=span, accounts=found,
        cases=_cases(session, listed, span), withheld=_withheld(unlisted),
        withheld_settled=sum(not entry.closing for _currency, entry in unlisted),
    )  # fmt: skip
    view = shown_to(view, audience)
    people = {
        (entry.claim.patient_id, entry.claim.journey_id): CaseKeys(
            patient_id=entry.claim.patient_id, journey_id=entry.claim.journey_id, country=insurer.country
        )
        for _currency, entry in listed
    }
    return Prepared(
        view=view, lay_out=partial(lay_out, view), as_of=view.as_of, office=view.office.name, recipient=insurer.name,
        people=tuple(people.values()), purpose=N_("portfolio statement"),
        tells_exactly=tuple({keys.patient_id for keys in people.values()}) if audience is Audience.INSURER else (),
    )  # fmt: skip


REPORT = Report(
    name="portfolio_cases",
    code="R25",
    title=N_("Portfolio statement, sealed annex"),
    options=(
        Option(name="house", label=N_("Insurer"), is_required=True),
        Option(name="period", label=N_("Month or quarter")),
    ),
    audiences=(Audience.INSURER, Audience.INTERNAL),
    prepare=prepare,
    must_be_sealed=True,
)


def _grounds(
    session: Session, insurer: OrganizationRow, entries: Sequence[Entry], audience: Audience
) -> dict[int, bool]:
    """Which claims this insurer may be told of; the office itself may see all of them."""
    people = list(dict.fromkeys((entry.claim.patient_id, entry.claim.journey_id) for entry in entries))
    grounds = grounds_of(session, people, audience, recipient=insurer.name, country=insurer.country)
    may = {one: not ground.finding.problems() for one, ground in grounds.items()}
    return {entry.claim.id: may[entry.claim.patient_id, entry.claim.journey_id] for entry in entries}


def _withheld(entries: Sequence[tuple[str, Entry]]) -> tuple[tuple[str, int, int], ...]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for currency, entry in entries:
        sums[currency][0] += 1 if entry.closing else 0
        sums[currency][1] += entry.closing
    ordered = sorted(sums, key=by_currency)
    return tuple((currency, sums[currency][0], sums[currency][1]) for currency in ordered)


def _cases(session: Session, entries: Sequence[tuple[str, Entry]], span: Span) -> tuple[CaseEntry, ...]:
    ids = [entry.claim.id for _currency, entry in entries]
    lines = {line.id: line for line in claim_page(session, ids) if line is not None}
    told = _details(session, ids)
    found = []
    for currency, entry in entries:
        line, claim = lines.get(entry.claim.id), entry.claim
        member, group, admitted = told.get(claim.id, ("", "", None))
        found.append(
            CaseEntry(
                claim_no=claim.claim_no or f"#{claim.id}", member_no=member, gl_no=line.plain("gl_no") if line else "",
                hospital=line.hospital if line else "", group=group, admitted_on=admitted, currency=currency,
                billed=claim.billed, paid=claim.paid_until(span.last), unpaid=entry.closing,
                days=(span.last - claim.came_on).days, waiting_on=line.waiting_on if line else None,
            )
        )  # fmt: skip
    return tuple(found)


def _details(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, str, dt.date | None]]:
    """Member number, plain disease group and day of admission of each claim."""
    found: dict[int, tuple[str, str, dt.date | None]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        asked = (
            sa.select(
                ClaimRow.id, CoverRow.member_no, ClaimRow.diagnosis_code, ClaimRow.diagnosis, ClaimRow.admitted_on,
                JourneyRow.diagnosis_code, JourneyRow.diagnosis, JourneyRow.admitted_at, JourneyRow.is_restricted,
            )
            .join(CoverRow, CoverRow.id == ClaimRow.cover_id)
            .outerjoin(JourneyRow, JourneyRow.id == ClaimRow.journey_id)
            .where(ClaimRow.id.in_(ids[start : start + _AT_ONCE]))
        )  # fmt: skip
        for key, member, code, words, on, case_code, case_words, at, restricted in session.execute(asked):
            group = "" if restricted else group_of(code or case_code or "", words or case_words or "")
            found[key] = (member, group, on if on is not None else day_of(session, at) if at is not None else None)
    return found


# pages


def lay_out(view: AnnexView, language: Language) -> list[Block]:
    """The account, who must act, and the cases by whose turn it is, the largest first."""
    _ = language
    blocks: list[Block] = [_title(view, _), Facts(facts=_address(view, _), key_width=30)]
    blocks.append(Headline(text=_headline(view, _), kicker=_("Portfolio statement, sealed annex")))
    blocks += draft_blocks(view.accounts, _)
    blocks += account_blocks(view.accounts, _, period=period_words(view.span, _))
    if not view.accounts:
        blocks.append(Text(words=_("No claim of this insurer was open or came in within the period.")))
    currencies = [account.currency for account in view.accounts]
    for currency in currencies:
        blocks += _turns(view, currency, _)
    if view.cases:
        blocks.append(PageBreak())
    for currency in currencies:
        blocks += _list(view, currency, _)
    if view.withheld_settled:
        blocks.append(
            Note(
                words=_.plural(
                    "{count} claim settled in the period is not listed: consent C4 is missing.",
                    "{count} claims settled in the period are not listed: consent C4 is missing.",
                    view.withheld_settled,
                )
            )
        )
    return [*blocks, *_ties(view, _)]


def _title(view: AnnexView, _: Language) -> Title:
    banner = _(PERSONAL) if closes(view.accounts) else f"{_(DRAFT_BANNER)} · {_(PERSONAL)}"
    period = period_words(view.span, _)
    return letter_title(
        view.office, _, kind=_("Portfolio statement, sealed annex"), as_of=view.as_of, banner=banner,
        source=_.plural("Source: claims sent to {insurer}, {period}, n = {count} claim.",
                        "Source: claims sent to {insurer}, {period}, n = {count} claims.", _total(view),
                        insurer=view.insurer, period=period),
        note=_("For {house} only, under its own numbers; sealed with the agreed password. Prepared by {office}.",
               house=view.insurer, office=view.office.name),
    )  # fmt: skip


def _total(view: AnnexView) -> int:
    return sum(len(account.entries) for account in view.accounts)


def _address(view: AnnexView, _: Language) -> tuple[Fact, ...]:
    days = _("{start} to {end}", start=_.formats.date(view.span.first), end=_.formats.date(view.span.last))
    return (
        Fact(key=_("To"), words=view.insurer),
        Fact(key=_("Period"), words=f"{period_words(view.span, _)} ({days})"),
    )


def _headline(view: AnnexView, _: Language) -> str:
    sums = [
        bound(amount_words(round(account.closing / 100), account.currency, _))
        for account in view.accounts
        if account.closing
    ]
    day = _.formats.long_date(view.span.last)
    if not sums:
        return _.plural(
            "Nothing unpaid on {day}; {count} claim in the period",
            "Nothing unpaid on {day}; {count} claims in the period", _total(view), day=day,
        )  # fmt: skip
    return _("{sums} unpaid on {day}", sums=" + ".join(sums), day=day)


def _amount(minor: int, currency: str, _: Language) -> str:
    return _.formats.amount(Money(minor, currency))


def _groups(view: AnnexView, currency: str) -> list[tuple[WaitingOn | None, list[CaseEntry]]]:
    """Unpaid cases by whose turn it is, the side with most money first; the largest case first in each."""
    found: dict[WaitingOn | None, list[CaseEntry]] = defaultdict(list)
    for case in view.cases:
        if case.currency == currency and case.unpaid > 0:
            found[case.waiting_on].append(case)
    for some in found.values():
        some.sort(key=lambda case: (-case.unpaid, case.claim_no))
    return sorted(found.items(), key=lambda pair: -sum(case.unpaid for case in pair[1]))


def _whose(who: WaitingOn | None, _: Language) -> str:
    return upper_first(_(who.label)) if who is not None else _("Nobody in particular")


def _turns(view: AnnexView, currency: str, _: Language) -> list[Block]:
    groups = _groups(view, currency)
    if not groups:
        return []
    rows = [
        Row(cells=(_whose(who, _), _.formats.number(len(some)), _amount(sum(c.unpaid for c in some), currency, _)))
        for who, some in groups
    ]
    for code, count, minor in view.withheld:
        if code == currency and minor:
            rows.append(
                Row(cells=(_("Not listed: consent C4 is missing"), _.formats.number(count), _amount(minor, code, _)))
            )
    columns = (
        Column(head=_("Waits for"), width=110), Column(head=_("Claims"), width=24, align=Align.RIGHT),
        Column(head=_("Unpaid"), width=40, align=Align.RIGHT),
    )  # fmt: skip
    head = _("Who must act, {currency}", currency=_(CURRENCY_WORDS[currency]))
    return [Heading(text=head, close=True), Grid(columns=columns, rows=tuple(rows), pitch=5.0, name=f"turns{currency}")]


def _list(view: AnnexView, currency: str, _: Language) -> list[Block]:
    """The cases of a currency, each side's subtotal below it, and what was settled in the period at the end."""
    rows: list[Row] = []
    for who, some in _groups(view, currency):
        rows.append(Row(cells=(_whose(who, _), "", "", "", "", "", ""), strong=True, rule_above=bool(rows)))
        rows += [_case_row(case, _) for case in some]
        rows.append(_subtotal(some, currency, _))
    settled = sorted(
        (case for case in view.cases if case.currency == currency and case.unpaid <= 0), key=lambda c: c.claim_no
    )
    if settled:
        head = _("Paid or settled in the period")
        rows.append(Row(cells=(head, "", "", "", "", "", ""), strong=True, rule_above=bool(rows)))
        rows += [_case_row(case, _) for case in settled]
        rows.append(_subtotal(settled, currency, _))
    if not rows:
        return []
    columns = (
        Column(head=_("Claim, member"), width=34), Column(head=_("Hospital, group"), width=35),
        Column(head=_("Admitted, letter"), width=23), money_column(_("Billed"), width=23),
        money_column(_("Paid"), width=23), money_column(_("Unpaid"), width=28),
        Column(head=_("Days"), width=8, align=Align.RIGHT),
    )  # fmt: skip
    head = _("Cases in {currency}", currency=_(CURRENCY_WORDS[currency]))
    n = sum(case.currency == currency for case in view.cases)
    return [
        Heading(text=head, note=bound(_("n = {count}, amounts in {code}", count=n, code=currency)),
                anchor=f"cases{currency}"),
        Grid(columns=columns, rows=tuple(rows), pitch=5.2, name=f"cases{currency}"),
    ]  # fmt: skip


def _case_row(case: CaseEntry, _: Language) -> Row:
    number = (CellLine(words=case.claim_no), *_quiet(bound(case.member_no)))
    where = (CellLine(words=case.hospital or MISSING), *_quiet(_(case.group) if case.group else ""))
    day = bound(_.formats.date(case.admitted_on)) if case.admitted_on is not None else MISSING
    when = (CellLine(words=day), *_quiet(case.gl_no))
    billed, paid, unpaid = (_amount(minor, case.currency, _) for minor in (case.billed, case.paid, case.unpaid))
    cut = case.billed - case.paid - case.unpaid
    left = (CellLine(words=unpaid), *_quiet(bound(_("cut {amount}", amount=_amount(cut, case.currency, _)))))
    return Row(cells=(number, where, when, billed, paid, left if cut > 0 else unpaid, _.formats.number(case.days)))


def _quiet(words: str) -> tuple[CellLine, ...]:
    return (CellLine(words=words, voice=Voice.QUIET),) if words else ()


def _subtotal(cases: Sequence[CaseEntry], currency: str, _: Language) -> Row:
    sums = (_amount(sum(getattr(c, name) for c in cases), currency, _) for name in ("billed", "paid", "unpaid"))
    label = _.plural("{count} claim", "{count} claims", len(cases))
    return Row(cells=(label, "", "", *sums, ""), strong=True, rule_above=True)


def _ties(view: AnnexView, _: Language) -> list[Block]:
    """That the list sums up to the account's closing, currency by currency."""
    blocks: list[Block] = []
    for account in view.accounts:
        listed = sum(case.unpaid for case in view.cases if case.currency == account.currency)
        apart = sum(minor for code, _count, minor in view.withheld if code == account.currency)
        if listed + apart != account.closing:
            continue
        values = {
            "listed": _.formats.money(Money(listed, account.currency)),
            "apart": _.formats.money(Money(apart, account.currency)),
            "closing": _.formats.money(Money(account.closing, account.currency)),
        }
        words = _("Checked: {listed} listed = {closing} closing.", **values)
        if apart:
            words = _("Checked: {listed} listed + {apart} not listed = {closing} closing.", **values)
        blocks.append(Note(words=words, shape=Shape.DONE))
    return blocks
