"""Every kind of action an officer takes can be taken back, and taken again."""

import pytest
import sqlalchemy as sa

from liaison.domain.claims import AppealDraft, ClaimDecisionDraft, ClaimState
from liaison.domain.codes import ReasonCode
from liaison.domain.documents import DocumentKind, Need, Process
from liaison.domain.errors import Conflict
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.journeys import CancelReason, EntryMode, JourneyKind, JourneyState, LinkKind
from liaison.domain.network import GroupMembershipDraft
from liaison.domain.paper_requests import ChecklistRuleDraft, PaperRequestDraft
from liaison.domain.payments import Payer, PaymentPurpose
from liaison.domain.targets import ClockKind, TargetDraft, Unit
from liaison.domain.work import WaitingOn
from liaison.services import (
    agents,
    checklists,
    claims,
    confirmations,
    deciding,
    documents,
    guarantees,
    journeys,
    merging,
    network,
    office,
    paper_requests,
    patients,
    payments,
    policies,
    targets,
    work,
)
from liaison.store.base import Base
from tests import make

DAY = make.START.date()


@pytest.fixture
def world(store):
    """A case in review with a letter asked for, a claim in review and a task."""
    person = make.patient(store)
    cover = make.cover(store, person)
    case = make.journey(store, person, entry_mode=EntryMode.RUNNING, state=JourneyState.PREAUTH)
    letter = make.made(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=case, cover_id=cover))
    claim = make.made(
        store, claims.file_claim,
        make.claim_draft(patient_id=person, cover_id=cover, journey_id=case, state=ClaimState.IN_REVIEW),
    )  # fmt: skip
    return {
        "person": person, "cover": cover, "case": case, "letter": letter, "claim": claim,
        "hospital": make.hospital(store), "twin": make.patient(store),
        "task": make.made(store, work.add_task, make.task_draft(journey_id=case)),
        "fresh": make.journey(store, person, kind=JourneyKind.SECOND_OPINION, payer_path=None),
    }  # fmt: skip


STEPS = {
    "edit office": lambda s, w: office.edit_office(s, make.office_draft(signatory="R.")),
    "add officer": lambda s, w: office.add_officer(s, make.officer_draft(name="Tono")),
    "keep setting": lambda s, w: office.set_setting(s, "x", 1),
    "add patient": lambda s, w: patients.add_patient(s, make.patient_draft()),
    "edit patient": lambda s, w: patients.edit_patient(s, w["person"], make.patient_draft(note="x")),
    "merge patients": lambda s, w: merging.merge_patients(s, w["person"], w["twin"]),
    "add identifier": lambda s, w: patients.add_identifier(s, w["person"], make.identifier_draft()),
    "add relative": lambda s, w: patients.add_related_person(s, w["person"], make.related_person_draft()),
    "add agent": lambda s, w: agents.add_agent(s, make.agent_draft()),
    "add hospital": lambda s, w: network.add_organization(s, make.hospital_draft(name="Island Hospital")),
    "add contact": lambda s, w: network.add_contact(s, make.contact_draft(organization_id=w["hospital"])),
    "join group": lambda s, w: network.join_group(s, GroupMembershipDraft(organization_id=w["hospital"], group="IHH")),
    "add policy": lambda s, w: policies.add_policy_with_cover(
        s, make.policy_draft(policy_no="N-1"), make.cover_draft(patient_id=w["person"], policy_id=0)
    ),
    "open case": lambda s, w: journeys.open_journey(s, make.journey_draft(patient_id=w["person"])),
    "open couple": lambda s, w: journeys.open_couple(
        s, make.journey_draft(patient_id=0, kind=JourneyKind.CHECK_UP), first=w["person"], second=w["twin"]
    ),
    "open linked": lambda s, w: journeys.open_linked(s, w["case"], link=LinkKind.COMPLICATION),
    "move case": lambda s, w: journeys.move_journey(s, w["fresh"], JourneyState.INTAKE),
    "cancel case": lambda s, w: journeys.cancel(s, w["case"], reason=CancelReason.COST),
    "hold case": lambda s, w: journeys.hold(s, w["case"], reason="x"),
    "confirm": lambda s, w: confirmations.confirm(s, make.confirmation_draft(w["case"], FactKind.C1)),
    "issue letter": lambda s, w: guarantees.add_version(s, make.version_draft(w["letter"]), gl_no="GL-1"),
    "decline letter": lambda s, w: guarantees.move_guarantee(
        s, w["letter"], GuaranteeState.DECLINED, reason=ReasonCode.R01
    ),
    "ask about letter": lambda s, w: guarantees.ask_query(s, make.guarantee_query_draft(w["letter"])),
    "file claim": lambda s, w: claims.file_claim(s, make.claim_draft(patient_id=w["person"], cover_id=w["cover"])),
    "ask about claim": lambda s, w: deciding.ask_claim_query(s, make.claim_query_draft(w["claim"])),
    "decide claim": lambda s, w: deciding.decide_claim(
        s, w["claim"], ClaimDecisionDraft(decided_on=DAY, outcome=ClaimState.REJECTED, reason=ReasonCode.R05)
    ),
    "void claim": lambda s, w: claims.void_claim(s, w["claim"], reason="x"),
    "record payment": lambda s, w: payments.record_payment(
        s, make.payment_draft(w["case"], PaymentPurpose.CLAIM, claim_id=w["claim"], payer=Payer.INSURER)
    ),
    "record bill": lambda s, w: payments.record_bill(s, make.bill_draft(w["case"])),
    "record estimate": lambda s, w: payments.record_estimate(s, make.estimate_draft(w["case"])),
    "add task": lambda s, w: work.add_task(s, make.task_draft(journey_id=w["case"])),
    "finish task": lambda s, w: work.finish_task(s, w["task"]),
    "add note": lambda s, w: work.add_note(s, make.note_draft(journey_id=w["case"])),
    "set target": lambda s, w: targets.set_target(
        s, TargetDraft(organization_id=w["hospital"], kind=ClockKind.ESTIMATE, amount=1, unit=Unit.DAYS)
    ),
    "want a paper": lambda s, w: checklists.set_rule(
        s,
        ChecklistRuleDraft(
            organization_id=w["hospital"], process=Process.PREAUTH, kind=DocumentKind.LAB, need=Need.REQUIRED
        ),
    ),
    "ask for a paper": lambda s, w: paper_requests.ask_for_paper(
        s, PaperRequestDraft(journey_id=w["case"], kind=DocumentKind.LAB, asked_by_id=w["hospital"])
    ),
    "chase papers": lambda s, w: paper_requests.chase(s, w["case"], who=WaitingOn.HOSPITAL),
    "attach": lambda s, w: documents.attach(s, make.document_draft(journey_id=w["case"]), make.pdf()),
}


def everything(store):
    """Every row of every journaled table, without versions."""
    with store.read() as session:
        found = {}
        for table in Base.metadata.sorted_tables:
            if table.info.get("journal", True):
                columns = [c for c in table.columns if c.name != "version"]
                rows = session.execute(sa.select(*columns).order_by(table.c.id)).all()
                found[table.name] = [tuple(r) for r in rows]
        return found


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_undone_and_redone_to_the_last_field(store, world, clock, name):
    before = everything(store)
    clock.forward(minutes=1)
    with store.write("Step") as session:
        STEPS[name](session, world)
        action = session.info["action_id"]
    after = everything(store)

    undone = store.undo(action)
    back = everything(store)
    store.undo(undone)

    assert after != before
    assert back == before
    assert everything(store) == after
    assert store.verify() == []


def test_an_older_step_that_others_built_on_is_not_undone(store, world):
    with store.write("Move") as session:
        journeys.move_journey(session, world["fresh"], JourneyState.INTAKE)
        action = session.info["action_id"]
    make.do(store, journeys.cancel, world["fresh"], reason=CancelReason.OTHER)

    with pytest.raises(Conflict):
        store.undo(action)


def test_a_whole_life_is_undone_step_by_step_and_leaves_nothing(store):
    empty = everything(store)
    actions = []

    def step(function, *arguments, **more):
        with store.write("Step") as session:
            done = function(session, *arguments, **more)
            actions.append(session.info["action_id"])
        return done.made

    person = step(patients.add_patient, make.patient_draft())
    case = step(
        journeys.open_journey,
        make.journey_draft(patient_id=person, entry_mode=EntryMode.EMERGENCY, state=JourneyState.ADMITTED),
    )
    cover = step(policies.add_policy_with_cover, make.policy_draft(), make.cover_draft(patient_id=person, policy_id=0))
    letter = step(guarantees.request_guarantee, make.guarantee_draft(journey_id=case, cover_id=cover))
    step(guarantees.add_version, make.version_draft(letter), gl_no="GL-1")
    step(payments.record_bill, make.bill_draft(case))
    step(guarantees.move_guarantee, letter, GuaranteeState.TOPUP_REQUESTED)
    step(guarantees.add_version, make.version_draft(letter, VersionKind.TOPUP))
    claim = step(claims.file_claim, make.claim_draft(patient_id=person, cover_id=cover, state=ClaimState.REJECTED))
    step(deciding.appeal, AppealDraft(claim_id=claim, filed_on=DAY, evidence="surat"))

    for action in reversed(actions):
        store.undo(action)

    assert everything(store) == empty
    assert store.verify() == []
