from __future__ import annotations

import pickle

from liaison.domain.codes import REASONS, CuredBy, ReasonCode
from liaison.domain.consents import CONSENT_TEXTS, MAY_CONSENT_FOR
from liaison.domain.documents import CHECKLISTS, DocumentKind, Process, missing
from liaison.domain.facts import CONSENTS
from liaison.domain.journeys import JourneyState
from liaison.domain.patients import Sex
from liaison.i18n import Language


def test_every_reason_has_a_letter_and_who_can_cure_it():
    assert set(REASONS) == set(ReasonCode)
    for reason in REASONS.values():
        assert reason.letter
        assert bool(reason.cure) == reason.is_curable


def test_reasons_that_nobody_can_cure_say_so():
    assert REASONS[ReasonCode.R03].cured_by is CuredBy.NOBODY
    assert REASONS[ReasonCode.R08].cured_by is CuredBy.DOCTOR


def test_every_consent_can_be_read_out():
    assert set(CONSENT_TEXTS) == set(CONSENTS)
    assert all(c.text and c.needed_for and c.label for c in CONSENT_TEXTS.values())
    assert len(MAY_CONSENT_FOR) == 5


def test_a_checklist_names_what_no_document_at_hand_fulfils():
    at_hand = {DocumentKind.ID_KK, DocumentKind.ID_PASSPORT, DocumentKind.CONSENT_PROCESSING}

    lacking = missing(CHECKLISTS[Process.INTAKE], at_hand)

    assert [item.kinds for item in lacking] == [(DocumentKind.CARD_MEMBER,), (DocumentKind.CONSENT_TRANSFER,)]
    assert set(CHECKLISTS) == set(Process)


def test_a_code_is_stored_by_its_value_and_shown_by_its_label():
    assert JourneyState("J16") is JourneyState.CLOSED
    assert JourneyState.CLOSED == "J16"
    assert pickle.loads(pickle.dumps(JourneyState.CLOSED)) is JourneyState.CLOSED
    assert [Sex.M.letter, Sex.F.letter] == ["M", "F"]


def test_a_code_inside_a_sentence_is_shown_by_its_label():
    assert Language("en")("Now: {state}", state=JourneyState.CLOSED) == "Now: Closed"
