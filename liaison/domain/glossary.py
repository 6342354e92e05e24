"""The words of the trade, said once in two lines with an example: the `?` beside a field and the guide read them here.

A field that needs no more than its label has no term. Source of the meanings: ``domain`` 1.4, 2 and 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from liaison.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word of the trade. All texts are marked. ``fields`` are names of draft fields, or ``Draft.field``."""

    word: str
    text: str
    example: str = ""
    fields: tuple[str, ...] = ()


TERMS: tuple[Term, ...] = (
    Term(
        word=N_("Guarantee letter (GL)"),
        text=N_("The insurer's promise to the hospital to pay up to a ceiling. Without it the family pays a deposit."),
        example=N_("GL-SL-260366"),
        fields=("gl_no", "guarantee_id"),
    ),
    Term(
        word=N_("Ceiling"),
        text=N_("The most the insurer pays now. A later letter replaces the amount; ceilings are never added up."),
        example=N_("First letter RM30,000, top-up to RM45,000: type 45000"),
        fields=("ceiling",),
    ),
    Term(
        word=N_("As charged"),
        text=N_("The letter names no amount: the insurer pays whatever is billed within the policy."),
        fields=("is_as_charged",),
    ),
    Term(
        word=N_("Kind of letter"),
        text=N_("The first letter, a top-up while the patient is treated, or the final letter at discharge."),
        example=N_("The bill outgrows the first letter: ask for a top-up"),
        fields=("VersionDraft.kind",),
    ),
    Term(
        word=N_("Covered days"),
        text=N_("How many days of stay the letter pays for; the day of admission counts as the first."),
        example="5",
        fields=("covered_days",),
    ),
    Term(
        word=N_("Room entitlement"),
        text=N_("The room class the policy pays for. In a higher class the patient pays the difference."),
        example=N_("2-bed"),
        fields=("room_class",),
    ),
    Term(
        word=N_("Excess"),
        text=N_("What the patient pays before leaving, because the letter does not cover it."),
        example=N_("RM1,240 for a better room"),
        fields=("excess",),
    ),
    Term(
        word=N_("Co-payment and deductible"),
        text=N_("The patient's own share by the policy: a part of every bill, or a first amount of it."),
        example=N_("10% co-payment, at most RM2,000"),
        fields=("copay_note",),
    ),
    Term(
        word=N_("Entitlement"),
        text=N_("What the letter says the policy pays for: room, surgery, medicine, days before and after."),
        fields=("entitlement",),
    ),
    Term(
        word=N_("Exclusions"),
        text=N_("What the policy does not pay for. Read it to the family before they travel, not after."),
        example=N_("Congenital conditions; waiting period until 1 March"),
        fields=("exclusions",),
    ),
    Term(
        word=N_("Policy number"),
        text=N_(
            "The number of the contract; a family or a company may share one. It stands on the policy and the card."
        ),
        example="8801-442-0917",
        fields=("policy_no",),
    ),
    Term(
        word=N_("Member number"),
        text=N_("The number of this one person under the policy. Letters and claims ask for it."),
        example="00917-02",
        fields=("member_no",),
    ),
    Term(
        word=N_("Policyholder"),
        text=N_("Who signed the contract: the patient, a spouse, a parent or an employer."),
        fields=("holder_name", "relation_to_holder", "relation"),
    ),
    Term(
        word=N_("Name as on the policy"),
        text=N_("Letter by letter as the insurer has it, even where the passport says otherwise."),
        example=N_("ANGGREK MELATI BINTI ANWAR on the policy, ANGGREK MELATI in the passport"),
        fields=("name_on_policy",),
    ),
    Term(
        word=N_("Name as on the passport"),
        text=N_("The hospital abroad and the airline go by this name. Papers for them print it."),
        example="ANGGREK MELATI",
        fields=("passport_name",),
    ),
    Term(
        word=N_("Annual limit left"),
        text=N_("What the policy still pays this year, and the day somebody said so. It shrinks with every claim."),
        example="Rp1.420.000.000",
        fields=("annual_limit_left", "annual_limit_as_of", "annual_limit"),
    ),
    Term(
        word=N_("Administrator (TPA)"),
        text=N_("The desk that answers for the insurer: it takes papers, issues letters and checks bills."),
        fields=("administrator_id",),
    ),
    Term(
        word=N_("Cashless abroad"),
        text=N_("The insurer pays the hospital abroad directly. If not, the family pays and claims later."),
        fields=("is_cashless_abroad",),
    ),
    Term(
        word=N_("Territory of cover"),
        text=N_("The countries where the policy pays. Outside them only an emergency may be covered."),
        example=N_("ASEAN without Singapore"),
        fields=("territories",),
    ),
    Term(
        word=N_("In force since"),
        text=N_("The first day of the policy. Waiting periods count from here."),
        fields=("inception_on",),
    ),
    Term(
        word=N_("Who pays the hospital"),
        text=N_("With a letter the insurer pays; otherwise the family pays and asks for the money back."),
        fields=("payer_path",),
    ),
    Term(
        word=N_("How it reached us"),
        text=N_(
            "Planned, or already in hospital. An emergency starts in its own stage; what is missing becomes a step."
        ),
        fields=("entry_mode",),
    ),
    Term(
        word=N_("Kind of case"),
        text=N_("The kind decides the stages and the checklist. A check-up asks for no letter."),
        example=N_("Second opinion: answered without travel is a success"),
        fields=("JourneyDraft.kind",),
    ),
    Term(
        word=N_("Stage it is in"),
        text=N_(
            "A running case starts where it stands today. What earlier stages would have asked for becomes next steps."
        ),
        fields=("JourneyDraft.state",),
    ),
    Term(
        word=N_("Diagnosis code (ICD-10)"),
        text=N_("The international code; type a few letters of the illness and choose. Unknown may stay empty."),
        example=N_("C50.9 breast cancer"),
        fields=("diagnosis_code",),
    ),
    Term(
        word=N_("Medical record number"),
        text=N_("The hospital's own number of the patient. It shortens every call to them."),
        example="5435021",
        fields=("mrn",),
    ),
    Term(
        word=N_("Hospital's and insurer's reference"),
        text=N_("How they file this case. Papers print the receiver's own reference first."),
        fields=("hospital_ref", "insurer_ref"),
    ),
    Term(
        word=N_("Need"),
        text=N_("What the family asks for, in their own words, before anybody has judged it."),
        example=N_("Wants a second opinion on the heart before the operation"),
        fields=("need",),
    ),
    Term(
        word=N_("Restricted diagnosis"),
        text=N_("HIV, mental health, fertility and TB. It is printed only where a paper needs it and you ticked so."),
        fields=("is_restricted",),
    ),
    Term(
        word=N_("Claim number"),
        text=N_("The insurer's number. Leave it empty until they have given one."),
        example="SL/2609/36601",
        fields=("claim_no",),
    ),
    Term(
        word=N_("Kind of claim"),
        text=N_(
            "Cashless: the hospital bills the insurer. Reimbursement: the family paid and asks for the money back."
        ),
        fields=("ClaimDraft.kind",),
    ),
    Term(
        word=N_("Billed, approved, not covered"),
        text=N_(
            "Billed is what the hospital asks, approved what the insurer grants, not covered what the patient bears."
        ),
        example=N_("Billed RM26,954.05, approved RM25,606.35, not covered RM1,347.70"),
        fields=("billed", "approved", "not_covered"),
    ),
    Term(
        word=N_("Submit by"),
        text=N_("The last day of the submission window; after it the insurer may refuse."),
        example=N_("90 days after discharge"),
        fields=("submit_by",),
    ),
    Term(
        word=N_("Reason"),
        text=N_("The insurer's reason as a code, so that refusals can be counted; their own words stand beside it."),
        fields=(
            "ClaimDraft.reason",
            "ClaimLineDraft.reason",
            "LineDecisionDraft.reason",
            "ClaimDecisionDraft.reason",
            "GuaranteeDraft.reason",
        ),
    ),
    Term(
        word=N_("New evidence"),
        text=N_("What the insurer has not seen yet. An appeal without it is usually refused again."),
        example=N_("Letter of the surgeon, histology of 4 March"),
        fields=("evidence",),
    ),
    Term(
        word=N_("Estimate"),
        text=N_("The hospital's forecast, lowest and highest. Always with the day it was stated: it ages."),
        example=N_("RM38,000 to RM45,000, stated on 8 November"),
        fields=("low", "high"),
    ),
    Term(
        word=N_("Kind of bill"),
        text=N_("An interim bill shows how much is used so far, the final bill what is owed at discharge."),
        fields=("BillDraft.kind",),
    ),
    Term(
        word=N_("Paid for"),
        text=N_("A deposit may come back; an excess does not; a claim payment settles a claim."),
        fields=("purpose",),
    ),
    Term(
        word=N_("Waiting on"),
        text=N_("Whose turn it is, if not ours. The step stays in sight under “waiting” until they answer."),
        example=N_("insurer; Bu Hesti, medical desk"),
        fields=("waiting_on", "waiting_for", "waiting_since"),
    ),
    Term(
        word=N_("Consent"),
        text=N_("Who agreed, to what, when, and how it can be shown. Without it nothing leaves the office."),
        example=N_("Husband, by WhatsApp, screenshot attached"),
        fields=("given_by", "consent_on", "may_be_told_status"),
    ),
    Term(
        word=N_("Whose number is it?"),
        text=N_("A phone may serve a whole family. It finds people, but it never proves who somebody is."),
        example=N_("husband"),
        fields=("phone_owner",),
    ),
    Term(
        word=N_("Cut-off for letters"),
        text=N_("Until when the desk takes papers for the same day, in its own time."),
        example="15:00",
        fields=("cut_off",),
    ),
    Term(
        word=N_("Deposit rule"),
        text=N_("What the hospital wants before admission when there is no letter yet."),
        example=N_("RM10,000, card or cash"),
        fields=("takes_deposit_note",),
    ),
    Term(
        word=N_("Exchange rate"),
        text=N_("One unit of the first currency stands for so many of the second, on that day, from that source."),
        example=N_("1 MYR = 3,725.50 IDR, ECB, 2 October"),
        fields=("rate", "quote", "base"),
    ),
    Term(
        word=N_("Earlier case"),
        text=N_("A repeat cycle, a control visit or a complication belongs to the case before it."),
        fields=("parent_id", "link_kind"),
    ),
)


@lru_cache(maxsize=1)
def _by_field() -> dict[str, Term]:
    return {name: term for term in TERMS for name in term.fields}


def term_of(draft: str, field: str) -> Term | None:
    """The term behind a field: one for this draft alone wins over one for the field's name."""
    return _by_field().get(f"{draft}.{field}") or _by_field().get(field)
