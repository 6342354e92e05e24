"""The claim status letter (R2): where a claim stands, what was decided on each line and why, and what can be done.

For the policyholder, the hospital or the insurer. A diagnosis never stands in it, since the holder need not be the
patient; free words about the care reach the holder only where holder and patient are one. Sources: ``domain``
section 4 (R2), ``paper``.

:func:`gather` reads the claim: what was typed by ``services.claims.claim_draft``, all that hangs on it by
``services.claim_views.claim``. :data:`PRINTED` says which words of the draft are printed, under which name, and who
reads them. :func:`lay_out` makes blocks of it, which ``pdf.write_pdf`` draws, called by ``making.make_report``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import APPEAL_DAYS, APPEAL_LEVELS, ClaimDraft, ClaimLineDraft, ClaimState
from liaison.domain.codes import REASONS, ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.identifiers import number_key
from liaison.domain.money import Money
from liaison.domain.names import fold
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.domain.regions import city_of
from liaison.domain.restricted import is_restricted
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import MINUS, MISSING
from liaison.reports import claim_letter_parts as parts
from liaison.reports.blocks import (
    Align,
    AskBox,
    Block,
    Cell,
    CellLine,
    Column,
    Columns,
    Drawing,
    Fact,
    Facts,
    Grid,
    Heading,
    Headline,
    Row,
    Space,
    Span,
    Text,
    Voice,
)
from liaison.reports.case_sections import rate_words
from liaison.reports.case_view import RateView
from liaison.reports.claim_view import (
    LETTER_FOR,
    NOT_SENT,
    ClaimLetterView,
    LetterOptions,
    for_reader,
    is_refused,
    may_read,
)
from liaison.reports.claim_words import greeting, headline, standing, what_to_do
from liaison.reports.gathering import office_of, rates_for
from liaison.reports.reader_tags import name_fields, show_fields
from liaison.reports.report import CaseKeys, Option, Prepared, Report
from liaison.reports.wording import bound, local, sentences
from liaison.services import claim_views, claims
from liaison.services.changes import actor, clock
from liaison.services.claim_views import ClaimLineView, ClaimView
from liaison.services.patient_views import next_of_kin
from liaison.store.models import (
    ClaimRow,
    CoverRow,
    DocumentRow,
    JourneyRow,
    OrganizationRow,
    PatientRow,
    PolicyRow,
)

NO_SUCH_CLAIM = N_("There is no claim of this number here. Look for it by name or number first.")
SEVERAL_CLAIMS = N_("Several claims have this number. Ask for one of them by our own number: {numbers}.")
VOID_CLAIM = N_("This claim was entered in error; there is nothing to write about it.")

_OWN = frozenset({"", "self", "diri sendiri", "peserta utama", "pemegang polis", "tertanggung"})
"""Relations to the holder that mean the holder."""

_S = ClaimState
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MAY_APPEAL = frozenset({_S.PARTIALLY_APPROVED, _S.REJECTED, _S.DISPUTED_PAYMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A field of the draft in the letter: its name beside the addresses, and who reads it. No other reader gets it."""

    words: str
    readers: tuple[Audience, ...]
    blank: str = ""
    """What stands there, set strong like the value itself, where nothing was typed; left out, there is no such line."""


PRINTED: Mapping[str, Printed] = {
    "claim_no": Printed(
        words=N_("Insurer's claim number"),
        readers=(Audience.FAMILY, Audience.HOSPITAL, Audience.INSURER),
        blank=N_("not given yet"),
    ),
    "gl_no": Printed(words=N_("Letter number"), readers=(Audience.HOSPITAL, Audience.INSURER)),
}
"""The fields of ``domain.claims.ClaimDraft`` printed as typed, in this order; of ``PlainClaim`` every one or none."""

NOT_PRINTED = frozenset({"remarks"})
"""Plain fields that never leave the office: remarks are free words, which may name anybody and anything."""

show_fields(ClaimDraft, "")
show_fields(ClaimLineDraft, "")
for _name, _printed in PRINTED.items():
    show_fields(ClaimDraft, _name, *_printed.readers)
    name_fields(ClaimDraft, **{_name: _printed.words})


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The letter of one claim, read for one reader."""
    view, keys = gather(session, options["claim"])
    chosen = LetterOptions(
        receiver=options.get("receiver", ""), number=options.get("number", ""), annexes=options.get("annexes", "")
    )
    person = view.next_of_kin if view.is_dead and view.next_of_kin else view.holder
    usual = {Audience.HOSPITAL: view.hospital, Audience.INSURER: view.insurer}.get(audience, person)
    view = for_reader(view, audience)
    return Prepared(
        view=view,
        lay_out=partial(lay_out, view, audience=audience, options=chosen),
        as_of=view.as_of,
        office=view.office.name,
        keys=keys,
        recipient=chosen.receiver or usual,
    )


REPORT = Report(
    name="claim_letter",
    code="R2",
    title=N_("Claim status letter"),
    options=(
        Option(name="claim", label=N_("Claim number"), is_required=True),
        Option(name="receiver", label=N_("Receiver")),
        Option(name="number", label=N_("Number of this letter")),
        Option(name="annexes", label=N_("Annexes")),
        Option(name="emergency", label=N_("Why it cannot wait for a consent")),
    ),
    audiences=(Audience.FAMILY, Audience.HOSPITAL, Audience.INSURER),
    prepare=prepare,
)


# reading


def find_claim(session: Session, number: str) -> int:
    """The claim of a number: the insurer's, or ours as ``#123``. Refuses an unknown and an ambiguous one."""
    wanted = number.strip()
    if wanted.startswith("#") and wanted[1:].isascii() and wanted[1:].isdigit():
        found = list(session.scalars(sa.select(ClaimRow.id).where(ClaimRow.id == int(wanted[1:]))))
    elif number_key(wanted):
        found = list(
            session.scalars(
                sa.select(ClaimRow.id).where(ClaimRow.claim_no_key == number_key(wanted), ClaimRow.state != _S.VOID)
            )
        )
    else:
        found = []
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused([Problem(code="NO_SUCH_CLAIM", field="claim", message=NO_SUCH_CLAIM)])
    numbers = ", ".join(f"#{key} ({claim_views.claim(session, key).insurer})" for key in found)
    raise Refused([Problem(code="SEVERAL_CLAIMS", field="claim", message=SEVERAL_CLAIMS, values={"numbers": numbers})])


def gather(session: Session, number: str) -> tuple[ClaimLetterView, CaseKeys]:
    """Everything about a claim that its letter may need. Refuses a void claim."""
    claim = claim_views.claim(session, key := find_claim(session, number))
    if claim.state is _S.VOID:
        raise Refused([Problem(code="VOID_CLAIM", field="claim", message=VOID_CLAIM)])
    office, now = office_of(session), clock(session)
    today = local(now, office.zone).date()
    patient, cover = session.get_one(PatientRow, claim.patient_id), session.get_one(CoverRow, claim.cover_id)
    policy = session.get(PolicyRow, cover.policy_id)
    journey = session.get(JourneyRow, claim.journey_id) if claim.journey_id is not None else None
    hospital = session.get(OrganizationRow, claim.hospital_id) if claim.hospital_id is not None else None
    own = _is_own(patient, cover, policy)
    city = city_of(patient.city) if patient.city else None
    view = ClaimLetterView(
        as_of=now,
        office=office,
        officer=actor(session),
        claim=claim,
        typed=claims.claim_draft(session, key),
        patient=patient.passport_name or patient.full_name,
        holder=policy.holder_name if policy and policy.holder_name else patient.full_name,
        holder_city=city.name if city else patient.city,
        is_own=own,
        is_restricted=bool(journey and journey.is_restricted) or is_restricted(claim.diagnosis_code, claim.diagnosis),
        insurer=claim.insurer,
        hospital=claim.hospital,
        hospital_country=hospital.country if hospital else "",
        mrn=journey.mrn if journey else "",
        rates=_rates(session, claim, claim.decided_on or today),
        record_count=len(claim.lines) + len(claim.events) + len(claim.queries) + len(claim.payments),
        document_count=_documents(session, claim),
        is_dead=own and patient.died_on is not None,
        next_of_kin=next_of_kin(session, patient.id),
        appeal_by=_appeal_by(claim, today),
    )
    country = view.hospital_country or (journey.destination_country if journey else "")
    return view, CaseKeys(journey_id=claim.journey_id, patient_id=claim.patient_id, country=country)


def _is_own(patient: PatientRow, cover: CoverRow, policy: PolicyRow | None) -> bool:
    if policy is None or not policy.holder_name:
        return fold(cover.relation_to_holder) in _OWN
    holder = fold(policy.holder_name)
    return holder in {fold(patient.full_name), fold(patient.passport_name), fold(cover.name_on_policy)} - {""}


def _rates(session: Session, claim: ClaimView, day: dt.date) -> tuple[RateView, ...]:
    """The rate frozen with the claim, else that of the day it was decided."""
    if claim.rate is not None and claim.rate_to == "IDR" and claim.rate_on is not None:
        currency = claim.billed.currency
        return (RateView(base=currency, quote="IDR", rate=claim.rate, on=claim.rate_on, source=claim.rate_source),)
    return rates_for(session, [claim.billed.currency], day)


def _documents(session: Session, claim: ClaimView) -> int:
    here = DocumentRow.claim_id == claim.id
    if claim.journey_id is not None:
        here = sa.or_(here, DocumentRow.journey_id == claim.journey_id)
    count = sa.select(sa.func.count(DocumentRow.id)).where(here, DocumentRow.voided_reason == "")
    return session.scalar(count) or 0


def _appeal_by(claim: ClaimView, today: dt.date) -> dt.date | None:
    if claim.state not in _MAY_APPEAL or claim.decided_on is None or claim.appeal_level >= APPEAL_LEVELS:
        return None
    last = claim.decided_on + dt.timedelta(days=APPEAL_DAYS)
    return last if last >= today else None


# laying out


def _addresses(view: ClaimLetterView, _: Language, audience: Audience, options: LetterOptions) -> Block:
    """Whom it goes to and about, beside the numbers and typed facts that receiver may read; the claim's own first."""
    typed = _typed_facts(view, _, audience)
    about = (
        *typed[:1], *parts.care_facts(view, _, audience), *typed[1:], *parts.number_facts(view, _, audience),
    )  # fmt: skip
    return Columns(
        left=(Facts(facts=parts.receiver_facts(view, _, audience, options), key_width=18),),
        right=(Facts(facts=tuple(fact for fact in about if fact.words), key_width=38),),
    )


def lay_out(view: ClaimLetterView, language: Language, *, audience: Audience, options: LetterOptions) -> list[Block]:
    """The letter for one reader."""
    _ = language
    blocks: list[Block] = [
        parts.title(view, _, audience, options),
        _addresses(view, _, audience, options),
        Headline(text=headline(view, _), kicker=_(LETTER_FOR[audience])),
    ]
    if view.claim.state not in (_S.WITHDRAWN, _S.TIME_BARRED):
        blocks += [Drawing(chart=parts.stage_bar(view, _)), Space(height=4)]
    blocks += [
        Text(words=greeting(view, _, audience)),
        Space(height=1.2),
        Text(words=standing(view, _, audience)),
    ]
    cuts = _cuts(view, _, audience)
    blocks += _lines(view, _, audience, cuts)
    head, words = what_to_do(view, _, audience)
    box = AskBox(head=head, words=words)
    awaited = parts.awaited(view, _, audience)
    if view.claim.state in NOT_SENT and view.claim.missing:
        blocks.append(Columns(left=parts.missing(view, _), right=(box,), split=7))
        blocks += awaited
    elif cuts:
        blocks.append(Columns(left=_reasons(cuts, _), right=(box,), split=7))
        blocks += awaited
    else:
        blocks += [*awaited, Space(height=6), box]
    blocks += [*parts.payments(view, _), Space(height=8)]
    blocks.append(parts.signature(view, _, options))
    return blocks


def _typed_facts(view: ClaimLetterView, _: Language, audience: Audience) -> list[Fact]:
    """What was typed, for this reader, in the order of the table."""
    facts = []
    for name, one in PRINTED.items():
        words: str = getattr(view.typed, name)
        if audience in one.readers:
            facts.append(
                Fact(key=_(one.words), words=(Span(words or _(one.blank), strong=True),) if one.blank else words)
            )
    return facts


# lines and reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """Why something is not paid: the sign beside its row, its item and amount, reason and the officer's words."""

    sign: str
    item: str
    amount: Money
    reason: ReasonCode | None
    note: str


def _item(line: ClaimLineView, _: Language, *, free: bool) -> str:
    category = _(line.category.label) if line.category is not None else ""
    words = line.description if free and line.description else category or _("other item")
    return upper_first(words)


def _cuts(view: ClaimLetterView, _: Language, audience: Audience) -> tuple[_Cut, ...]:
    """Every line that was cut; where no line was but less was approved, the claim as a whole."""
    claim, free = view.claim, may_read(view, audience)
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
    claim, free = view.claim, may_read(view, audience)
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
        rows.append(Row(cells=(_("Approved, in rupiah"), "", "", _.formats.amount(rupiah), "", "")))
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
