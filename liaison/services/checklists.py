"""Which papers a case needs for a step, as its insurer, administrator and hospital want them; which are missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimKind
from liaison.domain.documents import (
    CHECKLISTS,
    ChecklistItem,
    Condition,
    DocumentKind,
    Need,
    Process,
    with_rules,
)
from liaison.domain.errors import refuse_if
from liaison.domain.facts import FactKind
from liaison.domain.fields import check_required
from liaison.domain.journey_kinds import checklists_of
from liaison.domain.journeys import STAGE_OF, EntryMode, JourneyState, Stage
from liaison.domain.names import age_on
from liaison.domain.paper_requests import ChecklistRuleDraft
from liaison.services.belonging import policy_of
from liaison.services.changes import Changes, add, changes, fill, get, need, today
from liaison.store.models import (
    ChecklistRuleRow,
    ClaimRow,
    ConfirmationRow,
    DocumentRow,
    JourneyRow,
    OrganizationRow,
    PatientRow,
    PolicyRow,
    ReferralRow,
)

ADULT_AGE = 18
READ_HERE = frozenset({"", "id", "en"})
"""Languages of papers that need no sworn translation; an empty one was not said."""

ASKED_FROM: dict[Process, Stage] = {
    Process.PREAUTH: Stage.ESTIMATE_DECISION,
    Process.TOPUP: Stage.ABROAD,
    Process.FINAL_LETTER: Stage.ABROAD,
    Process.CASHLESS_CLAIM: Stage.HOME_CLAIMS,
    Process.REIMBURSEMENT: Stage.HOME_CLAIMS,
}
"""Packs that are asked for from a stage on; every other pack from the beginning."""

_AFTER_A_DEATH = frozenset(
    {
        Process.REPATRIATION, Process.CASHLESS_CLAIM, Process.REIMBURSEMENT, Process.SECOND_PAYER,
        Process.DEATH_CLAIM,
    }
)  # fmt: skip
"""Packs that are still asked for once the patient has died."""

SHOWN_BY: Mapping[FactKind, frozenset[DocumentKind]] = {
    FactKind.C1: frozenset({DocumentKind.CONSENT_PROCESSING}),
    FactKind.C2: frozenset({DocumentKind.CONSENT_TRANSFER}),
    FactKind.C3: frozenset({DocumentKind.CONSENT_RELEASE}),
    FactKind.IDENTITY_SEEN: frozenset({DocumentKind.ID_KTP, DocumentKind.ID_KK}),
    FactKind.PASSPORT: frozenset({DocumentKind.ID_PASSPORT}),
    FactKind.ESTIMATE: frozenset({DocumentKind.COST_ESTIMATE}),
    FactKind.MEDIF: frozenset({DocumentKind.MEDIF}),
    FactKind.FIT_TO_FLY: frozenset({DocumentKind.FIT_TO_FLY}),
    FactKind.DISCHARGE_SUMMARY: frozenset({DocumentKind.DISCHARGE_SUMMARY}),
}
"""Papers that a dated confirmation says somebody has in hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """What a house says about a paper of a pack."""

    id: int
    process: Process
    kind: DocumentKind
    need: Need
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackItem:
    """One thing to have; ``document_id`` is the newest file that is it."""

    kinds: tuple[DocumentKind, ...]
    condition: Condition | None
    is_asked: bool
    document_id: int | None
    is_seen: bool = False
    """Whether somebody confirmed to have seen it, where no file of it lies here."""

    @property
    def have(self) -> bool:
        """Whether a file of it lies here, or somebody saw the paper."""
        return self.document_id is not None or self.is_seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The papers of one step. ``is_due``: the case has reached the step."""

    process: Process
    items: tuple[PackItem, ...]
    is_due: bool
    is_ticked: bool
    """An officer said that the pack is complete although not every file lies here."""

    @property
    def missing(self) -> tuple[PackItem, ...]:
        """What is asked for and not here."""
        return () if self.is_ticked else tuple(item for item in self.items if item.is_asked and not item.have)


# rules of houses


def set_rule(session: Session, draft: ChecklistRuleDraft) -> Changes:
    """Write down what a house says about a paper; one rule per house, step and paper."""
    refuse_if([*check_required(draft), *need(session, OrganizationRow, draft.organization_id, field="organization_id")])
    known = sa.select(ChecklistRuleRow).where(
        ChecklistRuleRow.organization_id == draft.organization_id, ChecklistRuleRow.process == draft.process,
        ChecklistRuleRow.kind == draft.kind,
    )  # fmt: skip
    row = add(session, fill(session.scalars(known).first() or ChecklistRuleRow(), draft))
    return changes(("checklist_rule", row.id), ("organization", row.organization_id), made=row.id)


def remove_rule(session: Session, key: int) -> Changes:
    """Let the usual pack hold again for this paper."""
    row = get(session, ChecklistRuleRow, key)
    organization_id = row.organization_id
    session.delete(row)
    session.flush()
    return changes(("checklist_rule", key), ("organization", organization_id))


def rules_of(session: Session, organization_id: int) -> tuple[RuleView, ...]:
    """Every rule of a house, by step and paper."""
    rows = session.scalars(sa.select(ChecklistRuleRow).where(ChecklistRuleRow.organization_id == organization_id))
    steps, papers = list(Process), list(DocumentKind)
    found = [RuleView(id=r.id, process=r.process, kind=r.kind, need=r.need, source=r.source) for r in rows]
    return tuple(sorted(found, key=lambda r: (steps.index(r.process), papers.index(r.kind))))


def payers_of(policy: PolicyRow | None) -> tuple[int, ...]:
    """The houses whose rules hold, the weaker first: the administrator knows its own desk best."""
    if policy is None:
        return ()
    return tuple(key for key in (policy.insurer_id, policy.administrator_id) if key is not None)


def items_for(session: Session, process: Process, houses: Collection[int]) -> tuple[ChecklistItem, ...]:
    """The pack of a step as these houses want it; a later house wins over an earlier one."""
    if not houses:
        return CHECKLISTS[process]
    rows = session.scalars(
        sa.select(ChecklistRuleRow).where(
            ChecklistRuleRow.organization_id.in_(houses), ChecklistRuleRow.process == process
        )
    ).all()
    if not rows:
        return CHECKLISTS[process]
    order = {key: number for number, key in enumerate(houses)}
    said = {row.kind: row.need for row in sorted(rows, key=lambda r: order[r.organization_id])}
    return with_rules(CHECKLISTS[process], said)


# a case


def conditions_of(session: Session, journey: JourneyRow) -> frozenset[Condition]:
    """Which conditions a case meets, as far as its record tells."""
    met: set[Condition] = set()
    patient = session.get_one(PatientRow, journey.patient_id)
    if patient.birth_date is not None and age_on(patient.birth_date, today(session)) < ADULT_AGE:
        met.add(Condition.UNDER_18)
    code = journey.diagnosis_code.strip().upper()
    if code.startswith("C") or (code.startswith("D") and "00" <= code[1:3] <= "48"):
        met.add(Condition.CANCER)
    if code[:1] in ("S", "T", "V", "W", "X", "Y"):
        met.add(Condition.ACCIDENT)
    languages = session.scalars(
        sa.select(DocumentRow.language).where(DocumentRow.journey_id == journey.id, DocumentRow.voided_reason == "")
    )
    if any(language not in READ_HERE for language in languages):
        met.add(Condition.OTHER_LANGUAGE)
    if session.scalar(sa.select(ReferralRow.id).where(ReferralRow.journey_id == journey.id).limit(1)) is not None:
        met.add(Condition.REFERRED)
    return frozenset(met)


def houses_of_case(session: Session, journey: JourneyRow) -> tuple[int, ...]:
    """Whose rules hold for a case: hospital, insurer, administrator, the last one strongest."""
    payers = payers_of(policy_of(session, journey.cover_id))
    return (*([journey.hospital_id] if journey.hospital_id is not None else []), *payers)


def packs_of(session: Session, journey_id: int) -> tuple[Pack, ...]:
    """Every pack that a case of this kind needs, with what is here and what is missing."""
    look = _Look(session, get(session, JourneyRow, journey_id))
    return tuple(look.pack(process) for process in processes_of(session, look.journey))


def missing_for(session: Session, journey: JourneyRow, process: Process) -> tuple[PackItem, ...]:
    """What a case still lacks for one step, as its pack shows it."""
    return _Look(session, journey).pack(process).missing


class _Look:
    """What is known of a case's papers, read once for all its packs."""

    def __init__(self, session: Session, journey: JourneyRow) -> None:
        self.session, self.journey = session, journey
        self.houses, self.met = houses_of_case(session, journey), conditions_of(session, journey)
        self.here = at_hand(session, journey.id)
        self.ticked, self.seen = _ticked(session, journey.id), seen(session, journey.id)

    def pack(self, process: Process) -> Pack:
        """The papers of one step."""
        return Pack(
            process=process,
            items=tuple(
                PackItem(
                    kinds=item.kinds, condition=item.condition, is_asked=item.is_asked(self.met),
                    document_id=next((self.here[kind] for kind in item.kinds if kind in self.here), None),
                    is_seen=not self.seen.isdisjoint(item.kinds),
                )
                for item in items_for(self.session, process, self.houses)
            ),
            is_due=_is_due(process, self.journey),
            is_ticked=process.value in self.ticked,
        )  # fmt: skip


def processes_of(session: Session, journey: JourneyRow) -> tuple[Process, ...]:
    """The packs of a case: those of its kind, a top-up while it is in hospital, the way home after a death."""
    found = list(checklists_of(journey.kind, journey.payer_path))
    if Process.PREAUTH in found:
        found.insert(found.index(Process.PREAUTH) + 1, Process.TOPUP)
    if journey.state is JourneyState.DECEASED:
        found.append(Process.REPATRIATION)
    filed = _kinds_of_claims(session, journey.id)
    found += [process for kind, process in OWN_PACK.items() if kind in filed]
    return tuple(found)


OWN_PACK: Mapping[ClaimKind, Process] = {
    ClaimKind.TOP_UP_COB: Process.SECOND_PAYER,
    ClaimKind.DEATH: Process.DEATH_CLAIM,
}
"""Claims with papers of their own, to be sent for once such a claim is filed."""


def _kinds_of_claims(session: Session, journey_id: int) -> frozenset[ClaimKind]:
    kinds = sa.select(ClaimRow.kind).where(ClaimRow.journey_id == journey_id, ClaimRow.voided_reason == "")
    return frozenset(session.scalars(kinds.distinct()))


def _is_due(process: Process, journey: JourneyRow) -> bool:
    if journey.state is JourneyState.DECEASED:
        return process in _AFTER_A_DEATH
    if process is Process.TOPUP:
        inside = journey.admitted_at is not None or journey.state is JourneyState.ADMITTED
        return inside and journey.discharged_at is None
    if process is Process.INTAKE and journey.entry_mode is EntryMode.EMERGENCY:
        return True
    order = list(Stage)
    reached = order.index(STAGE_OF.get(journey.state, Stage.HOME_CLAIMS))
    return order.index(ASKED_FROM.get(process, Stage.ENQUIRY_INTAKE)) <= reached


def at_hand(session: Session, journey_id: int) -> dict[DocumentKind, int]:
    """The newest file of each kind that lies with a case."""
    rows = session.execute(
        sa.select(DocumentRow.kind, DocumentRow.id)
        .where(DocumentRow.journey_id == journey_id, DocumentRow.voided_reason == "", DocumentRow.kind.is_not(None))
        .order_by(DocumentRow.received_on, DocumentRow.id)
    )
    return {kind: key for kind, key in rows if kind is not None}


def seen(session: Session, journey_id: int) -> frozenset[DocumentKind]:
    """Papers of a case that a dated confirmation, not withdrawn since, says somebody has in hand."""
    stated = session.scalars(
        sa.select(ConfirmationRow.kind).where(
            ConfirmationRow.journey_id == journey_id, ConfirmationRow.withdrawn_on.is_(None)
        )
    )
    return frozenset(kind for fact in stated for kind in SHOWN_BY.get(fact, ()))


def _ticked(session: Session, journey_id: int) -> frozenset[str]:
    results = session.scalars(
        sa.select(ConfirmationRow.result).where(
            ConfirmationRow.journey_id == journey_id,
            ConfirmationRow.kind == FactKind.CHECKLIST_COMPLETE,
            ConfirmationRow.withdrawn_on.is_(None),
        )
    )
    return frozenset(results)
