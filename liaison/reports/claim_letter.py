"""The claim status letter (R2): where a claim stands, what was decided on each line and why, and what can be done.

For the policyholder, the hospital or the insurer. A diagnosis never stands in it, since the holder need not be the
patient; free words about the care reach the holder only where holder and patient are one. Sources: ``domain``
section 4 (R2), ``paper``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from liaison.domain.claims import ClaimState
from liaison.domain.codes import REASONS, ReasonCode
from liaison.domain.money import Money
from liaison.domain.privacy import Audience
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import MINUS, MISSING
from liaison.reports.blocks import (
    Align,
    AskBox,
    Block,
    Cell,
    CellLine,
    Checklist,
    ChecklistItem,
    Column,
    Columns,
    Drawing,
    Fact,
    Facts,
    Grid,
    Heading,
    Headline,
    Letterhead,
    Row,
    Shape,
    Signature,
    Space,
    Span,
    Text,
    Title,
    Voice,
)
from liaison.reports.case_sections import rate_words
from liaison.reports.charts import StageBar, Step
from liaison.reports.claim_view import ClaimLetterView
from liaison.reports.claim_words import NOT_SENT, greeting, headline, is_paid, is_refused, standing, what_to_do
from liaison.reports.wording import BANNERS, as_of_words, bound, local, sample_words, sentences
from liaison.services.claim_views import ClaimLineView

_S = ClaimState

LETTER_FOR = {
    Audience.FAMILY: N_("Claim status letter"),
    Audience.HOSPITAL: N_("Claim status letter · copy for the hospital"),
    Audience.INSURER: N_("Claim status letter · copy for the insurer"),
}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOptions:
    """What the officer may add: receiver, number of this letter, annexes."""

    receiver: str = ""
    number: str = ""
    annexes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """Why something is not paid: the sign beside its row, its item and amount, reason and the officer's words."""

    sign: str
    item: str
    amount: Money
    reason: ReasonCode | None
    note: str


def lay_out(view: ClaimLetterView, language: Language, *, audience: Audience, options: LetterOptions) -> list[Block]:
    """The letter for one reader."""
    _ = language
    blocks: list[Block] = [
        _title(view, _, audience, options),
        _addresses(view, _, audience, options),
        Headline(text=headline(view, _), kicker=_(LETTER_FOR[audience])),
    ]
    if view.claim.state not in (_S.WITHDRAWN, _S.TIME_BARRED):
        blocks += [Drawing(chart=_stage_bar(view, _)), Space(height=4)]
    blocks += [
        Text(words=greeting(view, _, audience)),
        Space(height=1.2),
        Text(words=standing(view, _, audience)),
    ]
    cuts = _cuts(view, _, audience)
    blocks += _lines(view, _, audience, cuts)
    head, words = what_to_do(view, _, audience)
    box = AskBox(head=head, words=words)
    awaited = _awaited(view, _, audience)
    if view.claim.state in NOT_SENT and view.claim.missing:
        blocks.append(Columns(left=_missing(view, _), right=(box,), split=7))
        blocks += awaited
    elif cuts:
        blocks.append(Columns(left=_reasons(cuts, _), right=(box,), split=7))
        blocks += awaited
    else:
        blocks += [*awaited, Space(height=6), box]
    blocks += [*_payments(view, _), Space(height=8)]
    blocks.append(_signature(view, _, options))
    return blocks


# head and foot


def _title(view: ClaimLetterView, _: Language, audience: Audience, options: LetterOptions) -> Title:
    office, claim = view.office, view.claim
    day = _.formats.long_date(view.today)
    number = _("No. {number} · {date}", number=options.number, date=day) if options.number else day
    receiver = _receiver(view, audience, options)
    readers = {
        Audience.FAMILY: _("For the policyholder; without a diagnosis."),
        Audience.HOSPITAL: _("For: {receiver}.", receiver=receiver) if receiver else "",
        Audience.INSURER: _("For: {receiver}.", receiver=receiver) if receiver else "",
    }
    return Title(
        kind=_(LETTER_FOR[audience]),
        has_address=True,
        banner=_(BANNERS[audience]),
        letterhead=Letterhead(
            office=office.name,
            address=" · ".join(part for part in (office.letterhead, office.address, bound(office.phone)) if part),
            number_and_date=number,
        ),
        running=(" · ".join(p for p in (claim.claim_no, claim.case_no) if p) or _(LETTER_FOR[audience]), receiver),
        source=sentences(
            _(
                "Source: claim records of this office, n = {records} entries, {documents} documents.",
                records=view.record_count,
                documents=view.document_count,
            ),
            as_of_words(view.as_of, office.zone, _),
            sample_words(is_sample=office.is_sample, language=_),
        ),
        note=sentences(readers[audience], _("Prepared by {officer}.", officer=view.officer) if view.officer else ""),
    )


def _receiver(view: ClaimLetterView, audience: Audience, options: LetterOptions) -> str:
    usual = {Audience.FAMILY: view.holder, Audience.HOSPITAL: view.hospital, Audience.INSURER: view.insurer}
    return options.receiver or usual[audience]


def _addresses(view: ClaimLetterView, _: Language, audience: Audience, options: LetterOptions) -> Block:
    claim = view.claim
    receiver = _receiver(view, audience, options)
    left = [Fact(key=_("To"), words=(Span(receiver or MISSING, strong=True),))]
    if audience is Audience.FAMILY:
        if claim.policy_no:
            left.append(Fact(key="", words=_("Policyholder {number}", number=claim.policy_no)))
        left.append(Fact(key="", words=view.holder_city))
    left.append(Fact(key=_("Patient"), words=view.patient))
    right = [
        Fact(key=_("Insurer's claim number"), words=(Span(claim.claim_no or _("not given yet"), strong=True),)),
        Fact(key=_("Our number"), words=claim.case_no),
        Fact(key=_("Care"), words=_care(view, _)),
    ]
    if audience is not Audience.HOSPITAL:
        right.append(Fact(key=_("Hospital"), words=view.hospital))
    if audience is not Audience.FAMILY:
        right.append(Fact(key=_("Letter number"), words=claim.gl_no))
    if audience is Audience.HOSPITAL:
        right.append(Fact(key=_("Medical record"), words=view.mrn))
    if audience is Audience.INSURER:
        right += [Fact(key=_("Policy"), words=claim.policy_no), Fact(key=_("Member"), words=claim.member_no)]
    known = tuple(fact for fact in right if fact.words)
    return Columns(
        left=(Facts(facts=tuple(f for f in left if f.words), key_width=18),),
        right=(Facts(facts=known, key_width=38),),
    )


def _care(view: ClaimLetterView, _: Language) -> str:
    start, end = view.claim.admitted_on, view.claim.discharged_on
    if start is None and end is None:
        return ""
    if start is None or end is None or start == end:
        return _.formats.date(start or end or view.today)
    return bound(f"{_.formats.date(start)} – {_.formats.date(end)}")


def _signature(view: ClaimLetterView, _: Language, options: LetterOptions) -> Signature:
    office = view.office
    return Signature(
        annex_head=_("Annexes"),
        annexes=options.annexes,
        place_date=", ".join(part for part in (office.place, _.formats.long_date(view.today)) if part),
        name=office.signatory or view.officer,
        role=office.signatory_title or _("liaison officer"),
        stamp=_("office stamp"),
    )


# where it stands


def _stage_bar(view: ClaimLetterView, _: Language) -> StageBar:
    """Sent, registered, examined, decided, paid: each with the day it happened."""
    claim = view.claim
    first = _first_days(view)
    paid = max((p.paid_on for p in claim.payments), default=None)
    days = [
        (N_("Sent"), claim.submitted_on or first.get(_S.SUBMITTED)),
        (N_("Registered"), first.get(_S.REGISTERED)),
        (N_("Examined"), first.get(_S.IN_REVIEW)),
        (N_("Decided"), claim.decided_on),
        (N_("Paid"), paid),
    ]
    done = _steps_done(view)
    steps = [
        Step(
            label=_(label),
            date=_.formats.date(day) if day is not None and number < done else "",
            shape=Shape.DONE if number < done else Shape.NOW if number == done and _is_running(view) else Shape.COMING,
        )
        for number, (label, day) in enumerate(days)
        if number < 4 or not is_refused(view)
    ]
    return StageBar(steps=tuple(steps), pitch=34.8)


def _first_days(view: ClaimLetterView) -> dict[ClaimState, dt.date]:
    found: dict[ClaimState, dt.date] = {}
    for event in view.claim.events:
        found.setdefault(event.to, local(event.at, view.office.zone).date())
    return found


def _steps_done(view: ClaimLetterView) -> int:
    claim = view.claim
    if claim.state in NOT_SENT:
        return 0
    early = {_S.SUBMITTED: 1, _S.REGISTERED: 2, _S.IN_REVIEW: 2, _S.QUERIED: 2, _S.INVESTIGATION: 2, _S.REOPENED: 2}
    if claim.state in early:
        return early[claim.state]
    return 5 if is_paid(view) else 4


def _is_running(view: ClaimLetterView) -> bool:
    """Whether somebody is at work on the next step; a payment or a sending still to come is not at work."""
    return view.claim.state not in NOT_SENT and _steps_done(view) < 4


# lines and reasons


def _may_read(view: ClaimLetterView, audience: Audience) -> bool:
    """Whether free words about the care may stand in this copy."""
    return not view.is_restricted and (audience is not Audience.FAMILY or view.is_own)


def _item(line: ClaimLineView, _: Language, *, free: bool) -> str:
    category = _(line.category.label) if line.category is not None else ""
    words = line.description if free and line.description else category or _("other item")
    return upper_first(words)


def _cuts(view: ClaimLetterView, _: Language, audience: Audience) -> tuple[_Cut, ...]:
    """Every line that was cut; where no line was but less was approved, the claim as a whole."""
    claim, free = view.claim, _may_read(view, audience)
    found: list[tuple[str, Money, ReasonCode | None, str]] = []
    for line in claim.lines:
        if line.approved is not None and line.approved.minor < line.claimed.minor:
            found.append((_item(line, _, free=free), line.claimed - line.approved, line.reason, line.note))
    left = _left_over(view)
    if left is not None and left.minor > 0:
        item = _("The rest of the claim") if claim.lines else _("Claim")
        found.append((item, left, claim.reason, claim.reason_note))
    return tuple(
        _Cut(sign=_sign(number), item=item, amount=amount, reason=reason, note=note if free else "")
        for number, (item, amount, reason, note) in enumerate(found)
    )


def _sign(number: int) -> str:
    return _LETTERS[number] if number < len(_LETTERS) else str(number + 1)


def _left_over(view: ClaimLetterView) -> Money | None:
    """What was cut from the whole beyond the cuts of its lines."""
    claim = view.claim
    approved = claim.approved
    if approved is None and is_refused(view):
        approved = Money(0, claim.billed.currency)
    if approved is None:
        return None
    of_lines = sum((line.claimed.minor - line.approved.minor for line in claim.lines if line.approved is not None), 0)
    return Money(claim.billed.minor - approved.minor - of_lines, claim.billed.currency)


def _lines(view: ClaimLetterView, _: Language, audience: Audience, cuts: tuple[_Cut, ...]) -> list[Block]:
    claim, free = view.claim, _may_read(view, audience)
    approved = Money(0, claim.billed.currency) if claim.approved is None and is_refused(view) else claim.approved
    decided = approved is not None
    columns = [Column(head=_("Item"), width=76), Column(head=_("Claimed"), width=25, align=Align.RIGHT)]
    if decided:
        columns += [
            Column(head=_("Cut"), width=23, align=Align.RIGHT),
            Column(head=_("Approved"), width=25, align=Align.RIGHT),
            Column(head="", width=6),
            Column(head=_("Note"), width=19),
        ]
    signs = iter(cuts)
    in_full = approved == claim.billed
    rows = [
        _line_row(replace(line, approved=line.claimed) if in_full else line, _, free=free, decided=decided, signs=signs)
        for line in claim.lines
    ]
    left = next(signs, None)
    if approved is not None and left is not None and claim.lines:
        words: tuple[Cell, ...] = (left.item, "", _minus(left.amount, _), "", "", left.sign)
        rows.append(Row(cells=words))
    total: list[Cell] = [_("Whole claim") if not claim.lines else _("Total"), _.formats.amount(claim.billed)]
    if approved is not None:
        cut = claim.billed - approved
        total += [_minus(cut, _), _.formats.amount(approved), "", _note(left.sign if left and not claim.lines else "")]
    rows.append(Row(cells=tuple(total), strong=True, rule_above=bool(claim.lines)))
    rows += _paid_rows(view, _, approved)
    currency = claim.billed.currency
    title = (
        _("Decision on each item, in {currency}", currency=currency)
        if decided
        else _("What was claimed, in {currency}", currency=currency)
    )
    note = rate_words(view.rates[0], _) if view.rates else ""
    heading = Heading(text=title, note=note)
    return [heading, Grid(columns=tuple(columns), rows=tuple(rows), name="lines")]


def _line_row(line: ClaimLineView, _: Language, *, free: bool, decided: bool, signs: Iterator[_Cut]) -> Row:
    cells: list[Cell] = [_item(line, _, free=free), _.formats.amount(line.claimed)]
    if decided:
        if line.approved is None:
            cells += [MISSING, MISSING, "", ""]
        else:
            cut = line.claimed - line.approved
            sign = next(signs).sign if cut.minor > 0 else ""
            cells += [_minus(cut, _), _.formats.amount(line.approved), "", _note(sign)]
    return Row(cells=tuple(cells))


def _note(words: str) -> Cell:
    return CellLine(words=words, voice=Voice.PLAIN)


def _minus(amount: Money, _: Language) -> str:
    return f"{MINUS}{_.formats.amount(amount)}" if amount.minor else MISSING


def _paid_rows(view: ClaimLetterView, _: Language, approved: Money | None) -> list[Row]:
    """Below the total: what was paid, what is still to come, and the approved sum in rupiah at the printed rate."""
    if approved is None or is_refused(view):
        return []
    claim, rows = view.claim, []
    if claim.paid.minor:
        rows.append(Row(cells=(_("Paid so far"), "", "", _minus(claim.paid, _), "", "")))
        rows.append(
            Row(
                cells=(_("Still to come"), "", "", _.formats.amount(claim.open_amount), "", ""),
                strong=True,
                rule_above=True,
            )
        )
    if view.rates and view.rates[0].quote == "IDR" and claim.billed.currency != "IDR":
        rupiah = approved.times(view.rates[0].rate, "IDR")
        rows.append(Row(cells=(_("Approved, in rupiah"), "", "", _.formats.amount(rupiah), "", "IDR")))
    return rows


def _reasons(cuts: tuple[_Cut, ...], _: Language) -> tuple[Block, ...]:
    facts = []
    for cut in cuts:
        rule = REASONS.get(cut.reason) if cut.reason is not None else None
        note = _(cut.note) if cut.note else ""
        why = _(cut.reason.label) if cut.reason is not None else _("the insurer gave no reason")
        if cut.reason is ReasonCode.R99 and note:
            why, note, rule = note, "", None
        head = _("{item}, {amount}: {reason}.", item=cut.item, amount=bound(_.formats.money(cut.amount)), reason=why)
        more = sentences(_(rule.letter) if rule else "", _(rule.cure) if rule and rule.cure else "", note)
        facts.append(Fact(key=cut.sign, words=(Span(head, strong=True), Span(f" {more}" if more else ""))))
    return (Heading(text=_("Why less is paid, and what can be done")), Facts(facts=tuple(facts), key_width=6))


# what is awaited, what was paid


def _awaited(view: ClaimLetterView, _: Language, audience: Audience) -> list[Block]:
    """What is still to come, from whom, since or until when."""
    claim, free = view.claim, _may_read(view, audience)
    rows: list[Row] = []
    for query in claim.queries:
        if query.answered_at is None:
            by = _.formats.date(query.due_on) if query.due_on else MISSING
            words = query.question if free else _("An answer to the insurer's question")
            rows.append(Row(cells=(words, _("patient, hospital or holder"), by)))
    since = _.formats.date(local(claim.state_since, view.office.zone).date())
    if claim.state in (_S.SUBMITTED, _S.REGISTERED, _S.IN_REVIEW, _S.INVESTIGATION, _S.APPEALED, _S.REOPENED):
        rows.append(Row(cells=(_("The decision"), view.insurer or _("the insurer"), _("since {date}", date=since))))
    if claim.approved is not None and claim.is_open and not is_paid(view) and not is_refused(view):
        since = _.formats.date(claim.decided_on) if claim.decided_on else since
        words = _("Payment of {amount}", amount=_.formats.money(claim.open_amount))
        rows.append(Row(cells=(words, view.insurer or _("the insurer"), _("since {date}", date=since))))
    if not rows:
        return []
    columns = (
        Column(head=_("What"), width=92),
        Column(head=_("From whom"), width=50),
        Column(head=_("By or since"), width=32),
    )
    return [Heading(text=_("Still awaited")), Grid(columns=columns, rows=tuple(rows), hairlines=True, name="awaited")]


def _missing(view: ClaimLetterView, _: Language) -> tuple[Block, ...]:
    """The documents without which the claim cannot be sent."""
    claim = view.claim
    by = _("by {date}", date=_.formats.date(claim.submit_by)) if claim.submit_by else ""
    items = []
    for item in claim.missing:
        words = " / ".join(_(kind.label) for kind in item.kinds)
        condition = f" ({_(item.only_if)})" if item.only_if else ""
        items.append(ChecklistItem(text=upper_first(words + condition), there=False, remark=by))
    head = Heading(text=_("Still awaited"), note=_("from the patient, the hospital or the policyholder"))
    return (head, Checklist(items=tuple(items)))


def _payments(view: ClaimLetterView, _: Language) -> list[Block]:
    """Each payment with its day; a single one stands in the text already."""
    claim = view.claim
    if len(claim.payments) < 2:
        return []
    columns = (
        Column(head=_("Paid on"), width=32),
        Column(head=_("By whom"), width=60),
        Column(head=_("For what"), width=50),
        Column(head=_("Amount"), width=32, align=Align.RIGHT),
    )
    rows = tuple(
        Row(cells=(_.formats.date(p.paid_on), _(p.payer.label), _(p.purpose.label), _.formats.money(p.amount)))
        for p in claim.payments
    )
    return [Heading(text=_("What was paid")), Grid(columns=columns, rows=rows, name="payments")]
