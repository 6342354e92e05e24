"""Credit arrangements on record: dated, with source, weighed for a letter."""

import datetime as dt

import pytest

from liaison.domain.acceptance import Answer, Question
from liaison.domain.credit import CreditDraft
from liaison.domain.errors import Refused
from liaison.domain.network import RequestChannel
from liaison.services import credits, guarantees, network, panels
from liaison.services.credits import Credit
from liaison.store.models import OrganizationRow
from tests import make

TODAY = dt.date(2026, 11, 2)


def draft(hospital, insurer=None, **values):
    usual = {"source": "kontrak 2026", "checked_on": TODAY}
    return CreditDraft(hospital_id=hospital, insurer_id=insurer, **{**usual, **values})


def known(store, hospital, insurer, day=TODAY):
    return make.see(store, lambda s: credits.credit_of(s, s.get(OrganizationRow, hospital), insurer, day))


def test_a_dated_word_wins_over_the_houses_own_record(store):
    hospital = make.hospital(store, has_credit_arrangement=True, last_verified_on=TODAY)
    insurer = make.made(store, network.add_organization, make.insurer_draft())
    assert known(store, hospital, insurer) == Credit(gives_credit=True, source="", checked_on=TODAY)

    make.do(store, credits.record_credit, draft(hospital, insurer, gives_credit=False, valid_from=TODAY))

    assert known(store, hospital, insurer) == Credit(gives_credit=False, source="kontrak 2026", checked_on=TODAY)
    assert known(store, hospital, insurer, dt.date(2026, 11, 1)).gives_credit is True
    assert known(store, hospital, None).gives_credit is True


def test_a_word_on_credit_can_be_corrected_asked_again_and_taken_off(store):
    hospital = make.hospital(store)
    insurer = make.made(store, network.add_organization, make.insurer_draft())
    old = dt.date(2026, 8, 1)
    key = make.made(store, credits.record_credit, draft(hospital, insurer, checked_on=old, terms="30 hari"))

    changed = make.see(store, credits.credit_draft, key)
    make.do(store, credits.edit_credit, key, changed)
    make.do(store, credits.verify_credit, key)

    shown = make.see(store, credits.credits_of, insurer)
    assert [(v.hospital, v.insurer, v.terms, v.checked_on) for v in shown] == [
        ("Gleneagles Hospital Penang", "Asuransi Nusantara Sehat", "30 hari", TODAY)
    ]
    make.do(store, credits.remove_credit, key)
    assert make.see(store, credits.credits_of, hospital) == ()


def test_only_a_hospital_gives_credit_and_only_to_a_house_on_record(store):
    insurer = make.made(store, network.add_organization, make.insurer_draft())
    hospital = make.hospital(store)

    with pytest.raises(Refused) as refusal:
        make.do(store, credits.record_credit, draft(insurer))
    assert [p.field for p in refusal.value.problems] == ["hospital_id"]
    with pytest.raises(Refused) as refusal:
        make.do(store, credits.record_credit, draft(hospital, 4711))
    assert [p.field for p in refusal.value.problems] == ["insurer_id"]


def test_a_letter_is_told_what_the_contract_says(store):
    person, hospital = make.patient(store), make.hospital(store, has_credit_arrangement=None)
    insurer = make.any_insurer(store)
    cover = make.cover(store, person, insurer)
    case = make.journey(store, person, cover_id=cover, hospital_id=hospital)
    letter = make.made(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=case, cover_id=cover))
    make.do(store, credits.record_credit, draft(hospital, insurer, gives_credit=False))

    told = {v.question: v for v in make.see(store, panels.acceptance, letter).verdicts}[Question.CREDIT]

    assert (told.answer, told.source, told.as_of) == (Answer.NO, "kontrak 2026", TODAY)


def test_a_desk_says_by_which_way_it_takes_requests(store):
    hospital = make.hospital(store)
    desk = make.contact_draft(
        organization_id=hospital, channel=RequestChannel.PORTAL, channel_note="portal.gleneagles.example",
        cut_off="15.00", deposit_rule="RM5.000",
    )  # fmt: skip

    make.do(store, network.add_contact, desk)

    shown = make.see(store, network.contacts_of, hospital)[0]
    assert (shown.channel, shown.channel_note, shown.cut_off, shown.deposit_rule) == (
        RequestChannel.PORTAL, "portal.gleneagles.example", "15.00", "RM5.000"
    )  # fmt: skip


def test_a_cut_off_has_to_be_a_time(store):
    hospital = make.hospital(store)

    with pytest.raises(Refused) as refusal:
        make.do(store, network.add_contact, make.contact_draft(organization_id=hospital, cut_off="sore"))

    assert [(p.code, p.field) for p in refusal.value.problems] == [("CUT_OFF", "cut_off")]
