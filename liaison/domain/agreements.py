"""Agreements between ministries, universities, hospitals and insurers: what was signed, until when, what it promises.

How an agreement stands is read from its dates and its chain at a moment, never typed, so that it cannot go stale: one
without a signature is under negotiation, whatever the newspapers say. Source: ``domain`` 1.9 and 2.1; traps 7 and 8.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from liaison.domain.coded import Coded
from liaison.domain.fields import check_order, check_required, draft, field, problem, warning
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_

PUBLIC = frozenset({Audience.PUBLIC})
"""What may stand on the paper that partners read. A field without it stays in the office."""

MOST_MONTHS = 1_200
"""Months that an agreement renews for at most: a century; more is a slip of the finger."""

ALARM_DAYS = (180, 90, 30)
"""So many days before an agreement ends, Today says so. Source: ``domain`` 1.9, agreement monitoring."""


class AgreementKind(Coded):
    """What sort of paper it is."""

    MOU = "MOU", N_("memorandum of understanding (MoU)")
    MOA = "MOA", N_("memorandum of agreement (MoA)")
    IMPLEMENTING = "IA", N_("implementing arrangement")
    PLAN = "POA", N_("plan of action")
    INTENT = "LOI", N_("letter of intent")
    SERVICE = "SERVICE", N_("service agreement")
    CLAUSES = "SCC", N_("standard contractual clauses")
    BODY = "BODY", N_("joint committee")
    TALKS = "TALKS", N_("talks")


SHORT: Mapping[AgreementKind, str] = {
    AgreementKind.MOU: N_("MoU"),
    AgreementKind.MOA: N_("MoA"),
    AgreementKind.IMPLEMENTING: N_("Arrangement"),
    AgreementKind.PLAN: N_("Plan of action"),
    AgreementKind.INTENT: N_("Letter of intent"),
    AgreementKind.SERVICE: N_("Service agreement"),
    AgreementKind.CLAUSES: N_("Clauses"),
    AgreementKind.BODY: N_("Joint committee"),
    AgreementKind.TALKS: N_("Talks"),
}
"""The kinds in a column's width."""


class Area(Coded):
    """What an agreement is about."""

    REFERRAL = "REFERRAL", N_("referral of patients")
    INSURANCE = "INSURANCE", N_("insurance and guarantee letters")
    INFECTIOUS = "INFECTIOUS", N_("infectious disease")
    CHRONIC = "CHRONIC", N_("chronic disease")
    EMERGENCY = "EMERGENCY", N_("emergency preparedness and surveillance")
    SYSTEM = "SYSTEM", N_("health system, workforce and research")
    TRADITIONAL = "TRADITIONAL", N_("traditional medicine")
    STANDARDS = "STANDARDS", N_("health and medical standards")
    JOINT_LAB = "JOINT_LAB", N_("joint laboratory")
    DIGITAL = "DIGITAL", N_("digital medicine")
    EXCHANGE = "EXCHANGE", N_("exchange of staff")
    TRAINING = "TRAINING", N_("training")
    MEDICINE = "MEDICINE", N_("supply of medicines")
    REPORTING = "REPORTING", N_("reports of disease")
    ABROAD = "ABROAD", N_("Indonesians abroad")
    OTHER = "OTHER", N_("other")


class Renewal(Coded):
    """What happens on the last day."""

    NOT_STATED = "NOT_STATED", N_("not stated")
    ENDS = "ENDS", N_("it ends")
    BY_AGREEMENT = "BY_AGREEMENT", N_("renewed only if both sides agree")
    AUTOMATIC = "AUTOMATIC", N_("renews by itself")


class Standing(Coded):
    """How an agreement stands on a day."""

    NEGOTIATING = "NEGOTIATING", N_("under negotiation")
    SIGNED = "SIGNED", N_("signed")
    IN_FORCE = "IN_FORCE", N_("in force")
    EXPIRED = "EXPIRED", N_("expired")
    SUPERSEDED = "SUPERSEDED", N_("superseded")
    TERMINATED = "TERMINATED", N_("ended early")


RUNS = frozenset({Standing.SIGNED, Standing.IN_FORCE})
"""Standings in which an agreement still binds."""


class TransferBasis(Coded):
    """On what personal data may leave Indonesia, in the order of the law. Source: ``domain`` 2.3 (PDP, article 56)."""

    NOT_STATED = "NOT_STATED", N_("not stated")
    NO_DATA = "NO_DATA", N_("no personal data moves")
    EQUAL = "EQUAL", N_("equal protection in the other country")
    SAFEGUARDS = "SAFEGUARDS", N_("binding safeguards")
    CONSENT = "CONSENT", N_("consent of each person")


@draft
class AgreementDraft:
    """An agreement as written down, signed or still talked about."""

    kind: AgreementKind = field(N_("Kind of agreement"), required=True, audience=PUBLIC)
    title: str = field(N_("Title of the agreement"), required=True, audience=PUBLIC)
    parties: tuple[str, ...] = field(
        N_("Parties"), help=N_("One party a line. Who signed for each is written on its card."), audience=PUBLIC,
        default=(),
    )  # fmt: skip
    number: str = field(N_("Number of the agreement"), default="")
    country: str = field(N_("Partner's country"), audience=PUBLIC, default="")
    place: str = field(N_("Signed at"), audience=PUBLIC, default="")
    signed_on: dt.date | None = field(
        N_("Signed on"), help=N_("Empty: it is still under negotiation."), audience=PUBLIC, default=None
    )
    effective_on: dt.date | None = field(N_("In force from"), audience=PUBLIC, default=None)
    expires_on: dt.date | None = field(N_("Valid until"), audience=PUBLIC, default=None)
    renewal: Renewal = field(N_("On its last day"), audience=PUBLIC, default=Renewal.NOT_STATED)
    renews_months: int | None = field(
        N_("Renews for"), unit=N_("months"), help=N_("Only where it renews by itself."), default=None
    )
    areas: tuple[Area, ...] = field(N_("Areas"), audience=PUBLIC, default=())
    implements_id: int | None = field(
        N_("Carries out"), help=N_("The agreement above it in the chain."), audience=PUBLIC, default=None
    )
    supersedes_id: int | None = field(
        N_("Takes the place of"), help=N_("The older agreement that ends with this one."), audience=PUBLIC, default=None
    )
    protection_clause: str = field(
        N_("Clause on data protection"), help=N_("Its article, or in which words."), audience=PUBLIC, default=""
    )
    sovereignty_clause: str = field(
        N_("Clause on data sovereignty"), help=N_("Its article, or in which words."), audience=PUBLIC, default=""
    )
    transfer_basis: TransferBasis = field(
        N_("Data may leave on"), help=N_("By article 56 of the data protection act."), audience=PUBLIC,
        default=TransferBasis.NOT_STATED,
    )  # fmt: skip
    transfer_clause: str = field(N_("Clause on the transfer of data"), audience=PUBLIC, default="")
    contact: str = field(N_("Contact for it"), default="")
    source: str = field(
        N_("Where it is written"), help=N_("A link or a file, so that others can check it."), audience=PUBLIC,
        default="",
    )  # fmt: skip
    note: str = field(N_("Note"), default="")


@draft
class PartyDraft:
    """One side of an agreement, and who signed for it."""

    agreement_id: int = field(N_("Agreement"), required=True)
    name: str = field(N_("Party"), required=True, audience=PUBLIC)
    organization_id: int | None = field(N_("Entry in the network"), default=None)
    country: str = field(N_("Country"), audience=PUBLIC, default="")
    signatory: str = field(N_("Signed by"), default="")
    signatory_title: str = field(N_("Office of who signed"), audience=PUBLIC, default="")
    contact: str = field(N_("Contact"), default="")


@draft
class ObligationDraft:
    """Something that a side has promised by an agreement."""

    agreement_id: int = field(N_("Agreement"), required=True)
    who: str = field(N_("Who has to do it"), required=True, audience=PUBLIC)
    what: str = field(N_("What was promised"), required=True, audience=PUBLIC)
    clause: str = field(N_("Clause"), audience=PUBLIC, default="")
    due_on: dt.date | None = field(N_("Due on"), audience=PUBLIC, default=None)


@draft
class KeptDraft:
    """How something promised came to its end: with evidence, or with a reason why it will not be done."""

    finished_on: dt.date = field(N_("Closed on"), required=True, audience=PUBLIC)
    evidence: str = field(N_("Evidence"), help=N_("What shows it: a paper, a link, a date."), default="")
    dropped_because: str = field(N_("Not done because"), help=N_("Instead of evidence."), default="")


@draft
class EndingDraft:
    """An agreement ended before its last day."""

    terminated_on: dt.date = field(N_("Ended on"), required=True, audience=PUBLIC)
    terminated_because: str = field(N_("Why it was ended"), required=True)


def check_agreement(agreement: AgreementDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about an agreement."""
    found = check_required(agreement)
    if found:
        return found
    found += check_order(agreement, "effective_on", "expires_on")
    found += check_order(agreement, "signed_on", "expires_on")
    if agreement.signed_on is not None and agreement.signed_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "signed_on"))
    if agreement.signed_on is None and (agreement.effective_on is not None or agreement.expires_on is not None):
        name = "effective_on" if agreement.effective_on is not None else "expires_on"
        found.append(
            problem("NOT_SIGNED", N_("What is not signed is not in force. Write the day of the signature."), name)
        )
    if agreement.renews_months is not None and agreement.renews_months < 1:
        found.append(problem("TOO_FEW", N_("At least one month."), "renews_months"))
    if agreement.renews_months is not None and agreement.renews_months > MOST_MONTHS:
        found.append(problem("TOO_MANY", N_("At most {most} months."), "renews_months", most=MOST_MONTHS))
    if agreement.renewal is Renewal.AUTOMATIC and (agreement.renews_months is None or agreement.expires_on is None):
        name = "expires_on" if agreement.expires_on is None else "renews_months"
        found.append(
            problem("RENEWS_HOW", N_("It renews by itself: write its last day and for how many months."), name)
        )
    if agreement.implements_id is not None and agreement.implements_id == agreement.supersedes_id:
        found.append(
            problem("BOTH_WAYS", N_("One agreement cannot carry out and replace the same other one."), "supersedes_id")
        )
    if agreement.signed_on is not None and not found:
        found += [
            warning("DATA_CLAUSE", N_("The data clause has a gap: {part}."), gap.part.value.lower(), part=gap.part)
            for gap in data_gaps(agreement)[:1]
        ]
    return found


def check_obligation(obligation: ObligationDraft) -> list[Problem]:
    """Everything wrong with a promise."""
    return check_required(obligation)


def check_kept(kept: KeptDraft, *, today: dt.date) -> list[Problem]:
    """Closing what was promised needs evidence or a reason: nothing overdue goes away in silence."""
    found = check_required(kept)
    if kept.finished_on is not None and kept.finished_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "finished_on"))
    if not kept.evidence.strip() and not kept.dropped_because.strip():
        found.append(
            problem("NO_EVIDENCE", N_("Write what shows that it was done, or why it will not be done."), "evidence")
        )
    if kept.evidence.strip() and kept.dropped_because.strip():
        found.append(problem("EITHER", N_("Either it was done or it was dropped: fill in one of them."), "evidence"))
    return found


def check_ending(ending: EndingDraft, *, signed_on: dt.date | None, today: dt.date) -> list[Problem]:
    """Everything wrong with an early end."""
    found = check_required(ending)
    if found:
        return found
    if ending.terminated_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "terminated_on"))
    if signed_on is not None and ending.terminated_on < signed_on:
        found.append(problem("BEFORE_SIGNED", N_("It was signed only after that day."), "terminated_on"))
    return found


# dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What the standing of an agreement is read from."""

    signed_on: dt.date | None = None
    effective_on: dt.date | None = None
    expires_on: dt.date | None = None
    renewal: Renewal = Renewal.NOT_STATED
    renews_months: int | None = None
    terminated_on: dt.date | None = None
    superseded_on: dt.date | None = None
    """When a newer agreement that takes its place was signed."""


def last_day(dates: Dates, today: dt.date) -> dt.date | None:
    """The last day of the term that runs on a day; one that renews by itself has a next one. ``None``: not stated."""
    end = dates.expires_on
    if end is None or dates.renewal is not Renewal.AUTOMATIC or not dates.renews_months:
        return end
    times = 0
    while end < today and times < _MOST_TERMS:
        times += 1
        end = add_months(dates.expires_on or end, times * dates.renews_months)
    return end


_MOST_TERMS = 2_400
"""Two centuries of months; no agreement renews so often."""


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months on, or the last day of that month; never past the last day there is."""
    month = day.year * 12 + day.month - 1 + months
    if month // 12 > dt.MAXYEAR:
        return dt.date.max
    year, number = month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return dt.date(year, number, last)
            except ValueError:
                continue
    raise AssertionError("a month has at least 28 days")


def standing(dates: Dates, today: dt.date) -> Standing:
    """How an agreement stands on a day."""
    if dates.terminated_on is not None and dates.terminated_on <= today:
        return Standing.TERMINATED
    if dates.signed_on is None or dates.signed_on > today:
        return Standing.NEGOTIATING
    if dates.superseded_on is not None and dates.superseded_on <= today:
        return Standing.SUPERSEDED
    end = last_day(dates, today)
    if end is not None and end < today:
        return Standing.EXPIRED
    if dates.effective_on is not None and dates.effective_on <= today:
        return Standing.IN_FORCE
    return Standing.SIGNED


def days_left(dates: Dates, today: dt.date) -> int | None:
    """Days until the last day of an agreement that still binds; ``None`` where none is stated or it is over."""
    end = last_day(dates, today)
    if end is None or standing(dates, today) not in RUNS:
        return None
    return (end - today).days


def alarm_of(left: int | None) -> int | None:
    """Which of the alarms (180, 90, 30 days) an agreement with so many days left has reached; the nearest alone."""
    if left is None or left < 0:
        return None
    reached = [days for days in ALARM_DAYS if left <= days]
    return min(reached, default=None)


# the data clause


class ClausePart(Coded):
    """One part of what an agreement must say about data; its value names the field that says it."""

    PROTECTION = "PROTECTION_CLAUSE", N_("data protection")
    SOVEREIGNTY = "SOVEREIGNTY_CLAUSE", N_("data sovereignty")
    TRANSFER = "TRANSFER_BASIS", N_("basis for data to leave")


class ClauseState(Coded):
    """Whether an agreement says it."""

    SAID = "SAID", N_("stated")
    MISSING = "MISSING", N_("missing")
    NOT_NEEDED = "NOT_NEEDED", N_("not needed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseFinding:
    """One part of the data clause, and where it stands."""

    part: ClausePart
    state: ClauseState
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataClause:
    """What an agreement says about data."""

    protection: str = ""
    sovereignty: str = ""
    basis: TransferBasis = TransferBasis.NOT_STATED
    transfer: str = ""


def data_findings(clause: DataClause) -> tuple[ClauseFinding, ...]:
    """The check of the data clause, part by part. Where no personal data moves, its basis is enough."""
    if clause.basis is TransferBasis.NO_DATA:
        spare = ClauseState.NOT_NEEDED
        transfer = ClauseFinding(part=ClausePart.TRANSFER, state=ClauseState.SAID, where=clause.transfer)
    else:
        spare = ClauseState.MISSING
        stated = clause.basis is not TransferBasis.NOT_STATED
        state = ClauseState.SAID if stated else ClauseState.MISSING
        transfer = ClauseFinding(part=ClausePart.TRANSFER, state=state, where=clause.transfer)
    return (
        _said(ClausePart.PROTECTION, clause.protection, spare),
        _said(ClausePart.SOVEREIGNTY, clause.sovereignty, spare),
        transfer,
    )


def _said(part: ClausePart, text: str, otherwise: ClauseState) -> ClauseFinding:
    where = text.strip()
    return ClauseFinding(part=part, state=ClauseState.SAID if where else otherwise, where=where)


def data_gaps(agreement: AgreementDraft) -> list[ClauseFinding]:
    """The parts of the data clause that an agreement lacks."""
    clause = DataClause(
        protection=agreement.protection_clause, sovereignty=agreement.sovereignty_clause,
        basis=agreement.transfer_basis, transfer=agreement.transfer_clause,
    )  # fmt: skip
    return [one for one in data_findings(clause) if one.state is ClauseState.MISSING]
