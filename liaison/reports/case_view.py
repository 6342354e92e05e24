"""The data of a case summary, and what each receiver may see of it.

Every field names its audiences; a field that names none is for the office only. :func:`redacted` empties what an
audience may not see, so a new field that somebody forgot to mark is missing on paper, never leaked.
"""

# seen_by() and seen_always_by() make dataclass fields, as field() does, so they may stand as defaults.
# ruff: noqa: RUF009

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from liaison.domain.coded import Coded
from liaison.domain.documents import DocumentKind
from liaison.domain.guarantees import VersionKind
from liaison.domain.journeys import JourneyKind, JourneyState, Stage
from liaison.domain.money import Money
from liaison.domain.network import Desk
from liaison.domain.patients import IdentifierKind, RelationKind, Sex
from liaison.domain.privacy import Audience, may_see
from liaison.domain.work import WaitingOn
from liaison.i18n import N_, Language
from liaison.reports.case_beside import CycleLimit, CycleLine, PlannedTime, WayHome, WayHomePeople
from liaison.reports.reader_tags import name_fields, seen_always_by, seen_by, show_fields, shown_to

HOSPITAL = (Audience.HOSPITAL,)
INSURER = (Audience.INSURER,)
BOTH = (Audience.HOSPITAL, Audience.INSURER)
ALL = (Audience.HOSPITAL, Audience.INSURER, Audience.PUBLIC)
"""Public stands for the copy without names."""


class Party(enum.Enum):
    """Who did something, in the words of the time line."""

    OFFICE = "office"
    HOSPITAL = "hospital"
    INSURER = "insurer"
    PATIENT = "patient"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The office as its letterhead has it."""

    name: str
    place: str = ""
    letterhead: str = ""
    address: str = ""
    phone: str = ""
    zone: str = "Asia/Jakarta"
    signatory: str = ""
    signatory_title: str = ""
    is_sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One of the six stages: when it was entered."""

    stage: Stage
    entered_on: dt.date | None
    is_done: bool
    is_now: bool
    is_skipped: bool = False
    """Whether the case went past it, as an emergency does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierView:
    """A number of the patient, already masked to its last four."""

    kind: IdentifierKind
    masked: str
    expires_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanionView:
    """Somebody beside the patient."""

    name: str
    relation: RelationKind
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One version of the letter. Ceilings are cumulative: the last one replaces the others."""

    number: int
    kind: VersionKind
    ceiling: Money | None
    issued_at: dt.datetime | None
    asked_at: dt.datetime | None = None
    valid_to: dt.date | None = None
    is_in_force: bool = False
    is_asked: bool = False
    is_newest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BillDay:
    """What the bill grew by on a day."""

    on: dt.date
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """A line of the money table; ``label`` and ``remark`` are marked sentences, ``is_result`` says it is computed."""

    label: str
    amount: Money
    remark: str = ""
    values: tuple[tuple[str, object], ...] = ()
    is_result: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RateView:
    """The rate that turns amounts into rupiah: its pair, day and source; ``via`` names the currency of a cross."""

    base: str
    quote: str
    rate: Decimal
    on: dt.date
    source: str
    via: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """Something that happened. ``words`` is a marked sentence; ``audiences`` says who may read it."""

    at: dt.datetime
    party: Party
    words: str
    values: tuple[tuple[str, object], ...] = ()
    audiences: tuple[Audience, ...] = ()
    has_time: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """An open task. A debt is a fact that is still owed, in a marked sentence."""

    title: str
    is_ours: bool
    waiting_on: WaitingOn | None
    due_at: dt.datetime | None
    since: dt.datetime | None = None
    is_debt: bool = False
    audiences: tuple[Audience, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document that is there, or one that is missing with who owes it."""

    kind: DocumentKind | None
    title: str
    received_on: dt.date | None
    owed_by: WaitingOn | None = None
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """A desk to call."""

    organization: str
    desk: Desk | None
    """None where no desk is on record and the number is the house's own."""
    phone: str
    night_phone: str = ""
    hours: str = ""
    zone: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """How long the insurer took to answer a request for a letter."""

    kind: VersionKind
    amount: Money | None
    asked_at: dt.datetime
    answered_at: dt.datetime | None
    took_minutes: int
    target_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideView:
    """A guard that somebody passed over, with the reason."""

    at: dt.datetime
    what: str
    reason: str
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim of the case."""

    claim_no: str
    state: str
    billed: Money
    approved: Money | None
    paid: Money | None


class AskKind(enum.Enum):
    """What the receiver is asked for."""

    FIRST_LETTER = "first letter"
    TOP_UP = "top-up"
    FINAL_LETTER = "final letter"
    CLAIM = "claim"
    TASK = "task"
    OWN_WORDS = "own words"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What we ask of one receiver, and by when."""

    kind: AskKind
    amount: Money | None = None
    words: str = ""
    by: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """Everything a case summary may say. What a field may be shown to stands in its ``seen_by``."""

    # the paper itself
    as_of: dt.datetime = seen_always_by(*ALL)
    office: Office = seen_always_by(*ALL)
    officer: str = seen_by(*BOTH, empty="")
    kind: JourneyKind = seen_always_by(*ALL)
    state: JourneyState = seen_always_by(*ALL)
    steps: tuple[StepView, ...] = seen_by(*ALL, empty=())
    record_count: int = seen_by(*ALL, empty=0)
    document_count: int = seen_by(*ALL, empty=0)
    case_no: str = seen_by(*BOTH, empty="")

    # the person
    passport_name: str = seen_by(*BOTH, empty="")
    has_passport_name: bool = seen_by(*BOTH, empty=True)
    name_on_policy: str = seen_by(*INSURER, empty="")
    birth_date: dt.date | None = seen_by(*BOTH)
    age_band: str = seen_by(*ALL, empty="")
    sex: Sex | None = seen_by(*ALL)
    passport: IdentifierView | None = seen_by(*BOTH)
    identifiers: tuple[IdentifierView, ...] = seen_by(empty=())
    language: str = seen_by(*HOSPITAL, empty="")
    phone: str = seen_by(*HOSPITAL, empty="")
    phone_owner: str = seen_by(*HOSPITAL, empty="")
    """Whose number it is, where it is not the patient's own."""
    companions: tuple[CompanionView, ...] = seen_by(*HOSPITAL, empty=())
    allergies: str = seen_by(*HOSPITAL, empty="")
    origin: str = seen_by(*BOTH, empty="")
    region: str = seen_by(*ALL, empty="")
    note: str = seen_by(empty="")

    # the cover
    insurer: str = seen_by(*BOTH, empty="")
    product: str = seen_by(*INSURER, empty="")
    policy_no: str = seen_by(*INSURER, empty="")
    member_no: str = seen_by(*BOTH, empty="")
    insurer_ref: str = seen_by(*INSURER, empty="")
    gl_no: str = seen_by(*BOTH, empty="")
    room_class: str = seen_by(*BOTH, empty="")
    other_covers: tuple[str, ...] = seen_by(empty=())

    # the care
    hospital: str = seen_by(*BOTH, empty="")
    hospital_city: str = seen_by(*ALL, empty="")
    hospital_zone: str = seen_by(*ALL, empty="")
    hospital_ref: str = seen_by(*HOSPITAL, empty="")
    mrn: str = seen_by(*HOSPITAL, empty="")
    mrn_masked: str = seen_by(*INSURER, empty="")
    doctor: str = seen_by(*BOTH, empty="")
    admitted_at: dt.datetime | None = seen_by(*BOTH)
    discharged_at: dt.datetime | None = seen_by(*BOTH)
    is_restricted: bool = seen_by(*ALL, empty=True)
    diagnosis_code: str = seen_by(*BOTH, empty="")
    diagnosis: str = seen_by(*BOTH, empty="")
    disease_group: str = seen_by(*ALL, empty="")
    procedure: str = seen_by(*BOTH, empty="")
    clinical_note: str = seen_by(*BOTH, empty="")
    referral: str = seen_by(*BOTH, empty="")

    # letter, money, course
    letter_state: str = seen_by(*ALL, empty="")
    ceiling: Money | None = seen_by(*ALL)
    accepted: Money | None = seen_by(*ALL)
    """What the final letter accepted, once it stands for all letters before it."""
    versions: tuple[VersionView, ...] = seen_by(*ALL, empty=())
    bill: Money | None = seen_by(*ALL)
    bill_days: tuple[BillDay, ...] = seen_by(*ALL, empty=())
    money: tuple[MoneyLine, ...] = seen_by(*BOTH, empty=())
    payer_money: tuple[MoneyLine, ...] = seen_by(empty=())
    rates: tuple[RateView, ...] = seen_by(*ALL, empty=())
    claims: tuple[ClaimView, ...] = seen_by(*INSURER, empty=())
    events: tuple[EventView, ...] = seen_by(*ALL, empty=())
    answers: tuple[AnswerView, ...] = seen_by(*INSURER, empty=())
    tasks: tuple[TaskView, ...] = seen_by(*BOTH, empty=())
    documents: tuple[DocumentView, ...] = seen_by(*ALL, empty=())
    overrides: tuple[OverrideView, ...] = seen_by(*BOTH, empty=())
    hospital_desk: ContactView | None = seen_by(*BOTH)
    insurer_desk: ContactView | None = seen_by(*HOSPITAL)
    asks: tuple[tuple[Audience, Ask], ...] = seen_by(*BOTH, empty=())

    # what runs beside it
    times: tuple[PlannedTime, ...] = seen_by(*BOTH, empty=())
    cycles: tuple[CycleLine, ...] = seen_by(*BOTH, empty=())
    cycle_treatment: str = seen_by(*BOTH, empty="")
    cycle_limit: CycleLimit | None = seen_by(*INSURER)
    way_home: WayHome | None = seen_by(*BOTH)
    way_home_claim_until: dt.date | None = seen_by(*INSURER)
    way_home_people: WayHomePeople | None = seen_by()


def redacted(view: CaseView, audience: Audience) -> CaseView:
    """The view with everything emptied that the audience may not see; events and asks are picked one by one."""
    kept = shown_to(view, audience)
    if audience is Audience.PUBLIC:
        kept = _with_round_amounts(kept)
    return dataclasses.replace(
        kept,
        events=tuple(event for event in kept.events if may_see(audience, event.audiences)),
        tasks=tuple(task for task in kept.tasks if may_see(audience, task.audiences)),
        asks=tuple(pair for pair in kept.asks if may_see(audience, (pair[0],))),
        documents=tuple(_without_title(d) for d in kept.documents)
        if audience is not Audience.INTERNAL
        else kept.documents,
    )


def _with_round_amounts(view: CaseView) -> CaseView:
    """Amounts to two significant digits: an exact bill finds its patient again."""
    return dataclasses.replace(
        view,
        ceiling=two_digits(view.ceiling),
        accepted=two_digits(view.accepted),
        bill=two_digits(view.bill),
        versions=tuple(dataclasses.replace(v, ceiling=two_digits(v.ceiling)) for v in view.versions),
        bill_days=tuple(dataclasses.replace(d, amount=two_digits(d.amount) or d.amount) for d in view.bill_days),
        events=tuple(
            dataclasses.replace(e, values=tuple((k, two_digits(v) if isinstance(v, Money) else v) for k, v in e.values))
            for e in view.events
        ),
    )


def two_digits(money: Money | None) -> Money | None:
    """An amount to two significant digits of whole units, half up."""
    if money is None or abs(money.minor) < 10_000:
        return money
    unit = 10 ** (len(str(abs(money.minor))) - 2)
    sign = -1 if money.minor < 0 else 1
    return Money(sign * ((abs(money.minor) + unit // 2) // unit) * unit, money.currency)


def _without_title(document: DocumentView) -> DocumentView:
    """A typed title may hold a name; outside the office a document is called by its kind."""
    return dataclasses.replace(document, title="")


def without_restricted(view: CaseView) -> CaseView:
    """The view without what would tell of HIV, mental health, fertility or TB. For every paper without a purpose."""
    if not view.is_restricted:
        return view
    return dataclasses.replace(
        view, diagnosis_code="", diagnosis="", disease_group="", procedure="", clinical_note="", doctor="", referral="",
        cycle_treatment="", times=tuple(one for one in view.times if one.kind is None),
        cycle_limit=dataclasses.replace(view.cycle_limit, name=None) if view.cycle_limit is not None else None,
    )  # fmt: skip


def ask_of(view: CaseView, audience: Audience) -> Ask:
    """What this audience is asked for; an officer's own copy shows the insurer's."""
    wanted = (audience,) if audience is not Audience.INTERNAL else (Audience.INSURER, Audience.HOSPITAL)
    for each in wanted:
        for receiver, ask in view.asks:
            if receiver is each and ask.kind is not AskKind.NOTHING:
                return ask
    return Ask(kind=AskKind.NOTHING)


def values_of(pairs: Iterable[tuple[str, object]], language: Language) -> dict[str, object]:
    """Named values for a marked sentence; codes become their words."""
    return {name: language(value.label) if isinstance(value, Coded) else value for name, value in pairs}


# What a part of the view shows goes to whoever sees the part; a field that is not named here goes to nobody outside.
EVERY_READER = (Audience.FAMILY, *ALL)
for _kind, _names in (
    (Office, "name place letterhead address phone zone signatory signatory_title is_sample"),
    (StepView, "stage entered_on is_done is_now is_skipped"),
    (IdentifierView, "kind masked expires_on"),
    (CompanionView, "name relation phone"),
    (VersionView, "number kind ceiling issued_at asked_at valid_to is_in_force is_asked is_newest"),
    (BillDay, "on amount"),
    (MoneyLine, "label amount remark values is_result"),
    (RateView, "base quote rate on source via"),
    (ClaimView, "claim_no state billed approved paid"),
    (EventView, "at party words values audiences has_time"),
    (AnswerView, "kind amount asked_at answered_at took_minutes target_minutes"),
    (TaskView, "title is_ours waiting_on due_at since is_debt audiences"),
    (DocumentView, "kind title received_on owed_by due_on"),
    (OverrideView, "at what reason actor"),
    (ContactView, "organization desk phone night_phone hours zone languages"),
    (Ask, "kind amount words by"),
    (PlannedTime, "at zone kind where state needs"),
    (CycleLine, "number planned_on state cost is_estimate skipped"),
    (CycleLimit, "name limit used left short total_short anew_on"),
    (WayHome, "state since died_on place consulate consulate_told_on agent flight leaves_on arrives_on papers"),
):
    show_fields(_kind, _names, *EVERY_READER)
show_fields(WayHomePeople, "")

name_fields(
    CaseView, officer=N_("Officer"), case_no=N_("Case number"), passport_name=N_("Name as in the passport"),
    name_on_policy=N_("Name on the policy"), birth_date=N_("Birth date"), passport=N_("Passport"),
    identifiers=N_("Other numbers of the person"), language=N_("Language"), phone=N_("Telephone"),
    companions=N_("Companions"), allergies=N_("Allergies"), origin=N_("Comes from"), note=N_("Note"),
    insurer=N_("Insurer"), product=N_("Product"), policy_no=N_("Policy number"), member_no=N_("Member number"),
    insurer_ref=N_("Insurer's number"), gl_no=N_("Letter number"), room_class=N_("Room entitlement"),
    other_covers=N_("Other covers"), hospital=N_("Hospital"), hospital_ref=N_("Hospital's number"),
    mrn=N_("Medical record"), mrn_masked=N_("Medical record, last four"), doctor=N_("Doctor"),
    admitted_at=N_("Admitted"), discharged_at=N_("Discharged"), diagnosis_code=N_("Diagnosis code"),
    diagnosis=N_("Diagnosis"), procedure=N_("Procedure"), clinical_note=N_("Clinical note"), referral=N_("Referral"),
    money=N_("Money"), payer_money=N_("What other payers pay"), claims=N_("Claims"), events=N_("Time line"),
    answers=N_("How long the insurer took"), tasks=N_("Open steps"), overrides=N_("Checks passed over"),
    hospital_desk=N_("Desk of the hospital"), insurer_desk=N_("Desk of the insurer"), asks=N_("What we ask for"),
    times=N_("Planned times"), cycles=N_("Cycles of treatment"), cycle_treatment=N_("Treatment of the cycles"),
    cycle_limit=N_("Limit of the cycles"), way_home=N_("The way home"),
    way_home_claim_until=N_("Last day to claim the way home"), way_home_people=N_("People on the way home"),
)  # fmt: skip
name_fields(DocumentView, title=N_("Titles of documents"))
