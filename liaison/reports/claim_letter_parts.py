"""What stands around the table of a claim's status letter: head and foot, the bar of stages, what is awaited and paid.

``claim_letter.lay_out`` puts them on the page.
"""

from __future__ import annotations

import datetime as dt

from liaison.domain.claims import ClaimState
from liaison.domain.privacy import Audience
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.blocks import (
    Align,
    Block,
    Checklist,
    ChecklistItem,
    Column,
    Fact,
    Grid,
    Heading,
    Letterhead,
    Row,
    Shape,
    Signature,
    Span,
    Title,
)
from liaison.reports.charts import StageBar, Step
from liaison.reports.claim_view import (
    LETTER_FOR,
    NOT_SENT,
    ClaimLetterView,
    LetterOptions,
    is_paid,
    is_refused,
    may_read,
)
from liaison.reports.claim_words import addressee
from liaison.reports.wording import BANNERS, as_of_words, bound, local, sample_words, sentences

_S = ClaimState


def title(view: ClaimLetterView, _: Language, audience: Audience, options: LetterOptions) -> Title:
    """Letterhead, banner and footer."""
    office, claim = view.office, view.claim
    day = _.formats.long_date(view.today)
    number = _("No. {number} · {date}", number=options.number, date=day) if options.number else day
    receiver = _receiver(view, audience, options, _)
    readers = {
        Audience.FAMILY: _("For {receiver}; without a diagnosis.", receiver=receiver),
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
        running=(" · ".join(p for p in (view.typed.claim_no, claim.case_no) if p) or _(LETTER_FOR[audience]), receiver),
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


def _receiver(view: ClaimLetterView, audience: Audience, options: LetterOptions, _: Language) -> str:
    usual = {Audience.FAMILY: addressee(view, _), Audience.HOSPITAL: view.hospital, Audience.INSURER: view.insurer}
    return options.receiver or usual[audience]


def receiver_facts(view: ClaimLetterView, _: Language, audience: Audience, options: LetterOptions) -> tuple[Fact, ...]:
    """Whom the letter goes to, and about whom."""
    receiver = _receiver(view, audience, options, _)
    facts = [Fact(key=_("To"), words=(Span(receiver or MISSING, strong=True),))]
    if audience is Audience.FAMILY:
        if view.claim.policy_no:
            policy = N_("Policy {number}") if view.is_dead else N_("Policyholder {number}")
            facts.append(Fact(key="", words=_(policy, number=view.claim.policy_no)))
        facts.append(Fact(key="", words=view.holder_city))
    facts.append(Fact(key=_("Patient"), words=view.patient))
    return tuple(fact for fact in facts if fact.words)


def care_facts(view: ClaimLetterView, _: Language, audience: Audience) -> tuple[Fact, ...]:
    """Our number, when and where the care was."""
    facts = [Fact(key=_("Our number"), words=view.claim.case_no), Fact(key=_("Care"), words=_care(view, _))]
    if audience is not Audience.HOSPITAL:
        facts.append(Fact(key=_("Hospital"), words=view.hospital))
    return tuple(facts)


def number_facts(view: ClaimLetterView, _: Language, audience: Audience) -> tuple[Fact, ...]:
    """The numbers by which this receiver knows the patient."""
    if audience is Audience.HOSPITAL:
        return (Fact(key=_("Medical record"), words=view.mrn),)
    if audience is Audience.INSURER:
        claim = view.claim
        return (Fact(key=_("Policy"), words=claim.policy_no), Fact(key=_("Member"), words=claim.member_no))
    return ()


def _care(view: ClaimLetterView, _: Language) -> str:
    start, end = view.claim.admitted_on, view.claim.discharged_on
    if start is None and end is None:
        return ""
    if start is None or end is None or start == end:
        return _.formats.date(start or end or view.today)
    return bound(f"{_.formats.date(start)} – {_.formats.date(end)}")


def signature(view: ClaimLetterView, _: Language, options: LetterOptions) -> Signature:
    """Annexes, place and date, and who signs."""
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


def stage_bar(view: ClaimLetterView, _: Language) -> StageBar:
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


# what is awaited, what was paid


def awaited(view: ClaimLetterView, _: Language, audience: Audience) -> list[Block]:
    """What is still to come, from whom, since or until when."""
    claim, free = view.claim, may_read(view, audience)
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


def missing(view: ClaimLetterView, _: Language) -> tuple[Block, ...]:
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


def payments(view: ClaimLetterView, _: Language) -> list[Block]:
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
