"""What a column is called where a person reads it: the draft's own label, and words for columns that no draft has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from liaison.domain import (
    acceptance,
    care,
    claims,
    complaints,
    cycles,
    facts,
    fx,
    guarantees,
    handing,
    infection,
    journeys,
    network,
    offices,
    paper_requests,
    payments,
    people,
    plans,
    policies,
    pregnancy,
    repatriation,
    roadshows,
    settlement,
    targets,
    travel,
    travel_rules,
    trouble,
    work,
)
from liaison.domain.fields import fields_of
from liaison.i18n import N_

_DRAFTS: Mapping[str, type] = {
    "office": offices.OfficeDraft,
    "officer": offices.OfficerDraft,
    "patient": people.PatientDraft,
    "patient_identifier": people.IdentifierDraft,
    "related_person": people.RelatedPersonDraft,
    "agent": people.AgentDraft,
    "organization": network.OrganizationDraft,
    "contact": network.ContactDraft,
    "group_membership": network.GroupMembershipDraft,
    "administrator_link": network.AdministratorLinkDraft,
    "product": policies.ProductDraft,
    "plan_rules": plans.PlanRulesDraft,
    "benefit_limit": plans.BenefitLimitDraft,
    "benefit_usage": plans.BenefitUsageDraft,
    "policy": policies.PolicyDraft,
    "cover": policies.CoverDraft,
    "journey": journeys.JourneyDraft,
    "confirmation": facts.ConfirmationDraft,
    "guarantee": guarantees.GuaranteeDraft,
    "guarantee_version": guarantees.VersionDraft,
    "claim": claims.ClaimDraft,
    "claim_line": claims.ClaimLineDraft,
    "estimate": payments.EstimateDraft,
    "bill": payments.BillDraft,
    "payment": payments.PaymentDraft,
    "money_promise": settlement.PromiseDraft,
    "fx_rate": fx.RateDraft,
    "opinion": care.OpinionDraft,
    "referral": care.ReferralDraft,
    "appointment": care.AppointmentDraft,
    "travel_leg": travel.TravelLegDraft,
    "stay": travel.StayDraft,
    "escort": travel.EscortDraft,
    "cycle_plan": cycles.CyclePlanDraft,
    "cycle_visit": cycles.VisitDraft,
    "pregnancy": pregnancy.PregnancyDraft,
    "airline_rule": pregnancy.AirlineRuleDraft,
    "country_rule": travel_rules.CountryRuleDraft,
    "newborn": pregnancy.NewbornDraft,
    "repatriation": repatriation.RepatriationDraft,
    "roadshow": roadshows.RoadshowDraft,
    "roadshow_permit": roadshows.PermitDraft,
    "roadshow_session": roadshows.SessionDraft,
    "roadshow_theme": roadshows.ThemeDraft,
    "roadshow_guest": roadshows.GuestDraft,
    "roadshow_need": roadshows.NeedDraft,
    "roadshow_promise": roadshows.RoadshowPromiseDraft,
    "complaint": complaints.ComplaintDraft,
    "survey": complaints.SurveyDraft,
    "health_notice": infection.HealthNoticeDraft,
    "panel": acceptance.PanelDraft,
    "task": work.TaskDraft,
    "note": work.NoteDraft,
    "document": work.DocumentDraft,
    "deputy": handing.DeputyDraft,
    "lost_laptop": trouble.LostLaptopDraft,
    "document_request": paper_requests.PaperRequestDraft,
    "checklist_rule": paper_requests.ChecklistRuleDraft,
    "target": targets.TargetDraft,
}

_MORE: Mapping[str, str] = {
    "closed_on": N_("Answered on"),
    "outcome": N_("Outcome"),
    "outcome_note": N_("What was answered, and what we change"),
    "state": N_("Status"),
    "state_since": N_("Status since"),
    "is_open": N_("Open"),
    "opened_on": N_("Opened on"),
    "ended_on": N_("Ended on"),
    "case_no": N_("Case number"),
    "currency": N_("Currency"),
    "closed_reason": N_("Reason for closing"),
    "closed_note": N_("Note on closing"),
    "hold_reason": N_("On hold because"),
    "held_since": N_("On hold since"),
    "was_answered": N_("Answered without travel"),
    "last_contact_at": N_("Last contact"),
    "done_at": N_("Done"),
    "done_note": N_("Result"),
    "waiting_since": N_("Waiting since"),
    "voided_reason": N_("Reason for voiding"),
    "merged_into_id": N_("Merged into"),
    "withdrawn_on": N_("Withdrawn on"),
    "paid": N_("Paid"),
    "approved": N_("Approved"),
    "not_covered": N_("Not covered"),
    "accepted": N_("Amount accepted"),
    "excess": N_("Excess to be paid"),
    "reason": N_("Reason"),
    "reason_note": N_("Reason in words"),
    "decided_on": N_("Decided on"),
    "appeal_level": N_("Level of appeal"),
    "author": N_("Written by"),
    "is_active": N_("Works here"),
    "kept_on": N_("Paid on"),
    "level": N_("Level of appeal"),
    "claimed": N_("Claimed"),
    "after_claim_id": N_("After the claim with the first insurer"),
    "is_chosen": N_("Chosen by the patient"),
    "region": N_("Region"),
    "placed_on": N_("Held since"),
    "placed_by": N_("Held by"),
    "lifted_because": N_("Why the hold was lifted"),
    "departed_on": N_("Left home on"),
    "admitted_at": N_("Admitted"),
    "discharged_at": N_("Discharged"),
    "decision": N_("Decision"),
    "decision_reason": N_("Reason for the decision"),
    "is_retained_domestic": N_("Treated at home instead"),
    "actor": N_("Done by"),
    "at": N_("When"),
    "from_state": N_("Moved from"),
    "to_state": N_("Moved to"),
    "note": N_("Note"),
    "reason_code": N_("Reason"),
    "override_reason": N_("Why a block was passed over"),
    "overridden": N_("Blocks passed over"),
    "first_issued_at": N_("First letter issued"),
    "insurer_id": N_("Insurer"),
    "aged_from": N_("Age counted from"),
    "rate": N_("Exchange rate"),
    "rate_to": N_("Into currency"),
    "rate_on": N_("Rate of"),
    "rate_source": N_("Source of the rate"),
    "number": N_("Number"),
    "asked_at": N_("Asked"),
    "question": N_("Question"),
    "is_on_topup": N_("About a top-up"),
    "due_at": N_("Due"),
    "answered_at": N_("Answered"),
    "answer": N_("Answer"),
    "filed_on": N_("Filed on"),
    "evidence": N_("Evidence"),
    "answered_on": N_("Answered on"),
    "is_imported": N_("From a list"),
    "position": N_("Line"),
    "due_on": N_("Due"),
    "media_type": N_("Kind of file"),
    "size": N_("Size in bytes"),
    "lifted_on": N_("Hold lifted on"),
    "authority_told_at": N_("Authority told"),
    "persons_told_at": N_("Persons told"),
    "is_found": N_("Found again"),
    "came_at": N_("Came at"),
    "wound_up_on": N_("Closed on"),
    "done_on": N_("Kept on"),
    "pack_made_at": N_("Pack made at"),
    "benefit_kind": N_("Taken from a limit of the policy"),
    "benefit_category": N_("Taken from this benefit"),
    "cancelled_because": N_("Called off because"),
}
"""Columns that the services keep, not a form."""

KEPT_FOR_FINDING = ("_key", "_digits")
"""Endings of columns that only help to find and sort; no person reads them."""


@cache
def labels_of(table: str) -> Mapping[str, str]:
    """The label of every column of a table that a person may meet; money is called what its field is called."""
    found = dict(_MORE)
    if table in _DRAFTS:
        found.update({spec.name: spec.label for spec in fields_of(_DRAFTS[table])})
    found.update({f"{name}_minor": label for name, label in tuple(found.items())})
    found.update({f"{name}_currency": N_("Currency") for name in tuple(found)})
    return found


def label_of(table: str, column: str) -> str:
    """What one column is called; its own name in plain words where nothing better is known."""
    plain = column.removesuffix("_id").removesuffix("_minor").replace("_", " ").capitalize()
    return labels_of(table).get(column, plain)


def is_read_by_people(column: str) -> bool:
    """Whether a history or a conflict should name this column at all."""
    return not column.endswith(KEPT_FOR_FINDING)
