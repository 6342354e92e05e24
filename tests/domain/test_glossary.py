"""The words of the trade: every field that needs them has two lines, and no line is written for nobody."""

import importlib
import inspect
import pkgutil

import pytest

import liaison.domain
from liaison.domain.fields import field_of, fields_of
from liaison.domain.glossary import TERMS, term_of
from liaison.domain.guarantees import GuaranteeDraft, VersionDraft

JARGON = {
    "ClaimDraft": "guarantee_id claim_no kind billed approved not_covered submit_by diagnosis_code reason gl_no "
    "relation",
    "ClaimDecisionDraft": "approved reason",
    "AppealDraft": "evidence",
    "GuaranteeDraft": "gl_no entitlement exclusions copay_note reason excess",
    "VersionDraft": "kind ceiling is_as_charged covered_days room_class",
    "JourneyDraft": "kind state entry_mode mrn hospital_ref insurer_ref payer_path need diagnosis_code is_restricted "
    "room_class parent_id link_kind",
    "PolicyDraft": "administrator_id policy_no holder_name inception_on exclusions",
    "CoverDraft": "member_no name_on_policy relation_to_holder room_class annual_limit_left annual_limit_as_of",
    "ProductDraft": "territories room_class is_cashless_abroad annual_limit",
    "PatientDraft": "passport_name phone_owner is_infectious",
    "RelatedPersonDraft": "may_be_told_status consent_on",
    "EstimateDraft": "low high",
    "BillDraft": "kind",
    "PaymentDraft": "purpose",
    "OrganizationDraft": "takes_deposit_note has_credit_arrangement also_known_as",
    "ContactDraft": "hours cut_off",
    "TaskDraft": "waiting_on waiting_for waiting_since",
    "RateDraft": "base quote rate source",
    "ConfirmationDraft": "given_by source result",
    "OfficeDraft": "city",
}


def drafts():
    """Every draft of the domain by its name."""
    found = {}
    for module in pkgutil.iter_modules(liaison.domain.__path__):
        for name, kind in vars(importlib.import_module(f"liaison.domain.{module.name}")).items():
            if inspect.isclass(kind) and name.endswith("Draft"):
                found[name] = kind
    return found


@pytest.mark.parametrize("name", sorted(JARGON))
def test_every_field_with_a_word_of_the_trade_explains_itself(name):
    helped = {spec.name for spec in fields_of(drafts()[name]) if spec.help}

    assert set(JARGON[name].split()) - helped == set()


def test_every_term_belongs_to_a_field_that_exists():
    known = {(name, spec.name) for name, kind in drafts().items() for spec in fields_of(kind)}
    names = {field for _draft, field in known}

    for term in TERMS:
        assert term.fields, term.word
        for field in term.fields:
            draft, _, own = field.rpartition(".")
            assert (draft, own) in known if draft else own in names, field


def test_help_is_at_most_two_sentences_and_fits_two_lines():
    for term in TERMS:
        assert len(term.text) <= 115, term.word
        assert term.text.count(". ") <= 1, term.word


def test_a_term_for_one_draft_wins_over_one_for_the_name_and_a_fields_own_words_win_over_both():
    assert term_of("VersionDraft", "kind") is not term_of("ClaimDraft", "kind")
    assert term_of("NoteDraft", "kind") is None
    assert field_of(VersionDraft, "ceiling").help == "The whole amount from now on, not what was added."
    assert field_of(GuaranteeDraft, "gl_no").example == "GL-SL-260366"
