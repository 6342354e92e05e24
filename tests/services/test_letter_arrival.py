"""A letter that arrived is one action, whatever was written down before it."""

import datetime as dt

import pytest

from liaison.domain.documents import DocumentKind
from liaison.domain.errors import Refused
from liaison.domain.guarantees import GuaranteeDraft, GuaranteeState, VersionKind
from liaison.domain.journeys import JourneyState
from liaison.domain.money import Money
from liaison.services import guarantee_views, guarantees, views
from liaison.services.letter_arrival import letter_arrived
from liaison.store import history
from tests import make

FILE = ("GL-817.pdf", make.pdf("surat jaminan"))


@pytest.fixture
def case(store):
    patient = make.patient(store)
    cover = make.cover(store, patient)
    hospital = make.hospital(store)
    key = make.journey(store, patient, hospital_id=hospital, cover_id=cover, state=JourneyState.PREAUTH)
    return key, cover, hospital


def asked(store, case, state=GuaranteeState.REQUESTED):
    key, cover, hospital = case
    draft = make.guarantee_draft(
        journey_id=key, cover_id=cover, hospital_id=hospital, requested_at=None, gl_no="", state=state,
        is_checklist_complete=False,
    )  # fmt: skip
    return make.made(store, guarantees.request_guarantee, draft)


def seen(store, letter):
    return make.see(store, guarantee_views.guarantee, letter)


def test_file_letter_and_stage_are_one_action_and_one_undo(store, case):
    letter = asked(store, case)
    make.do(store, letter_arrived, make.version_draft(letter), files=[FILE], gl_no="GL-817", move_case=True)
    view = make.see(store, views.journey_view, case[0])
    assert seen(store, letter).state is GuaranteeState.ISSUED
    assert view.state is JourneyState.TRAVEL_PREP
    assert [d.kind for d in view.documents] == [DocumentKind.GL_INITIAL]

    newest = make.see(store, lambda s: history.actions(s, limit=1))[0]
    store.undo(newest.id)

    view = make.see(store, views.journey_view, case[0])
    assert view.state is JourneyState.PREAUTH
    assert view.documents == ()
    assert seen(store, letter).state is GuaranteeState.REQUESTED


def test_a_letter_whose_request_nobody_wrote_down_opens_its_own_record(store, case):
    key, cover, hospital = case
    draft = GuaranteeDraft(journey_id=key, cover_id=cover, hospital_id=hospital)

    make.do(store, letter_arrived, make.version_draft(0), asked=draft, gl_no="GL-1")

    letters = make.see(store, views.journey_view, key).guarantees
    assert [(g.state, g.gl_no) for g in letters] == [(GuaranteeState.ISSUED, "GL-1")]


def test_a_draft_request_is_passed_with_the_letter_as_its_reason(store, case):
    letter = asked(store, case, GuaranteeState.DRAFT)

    make.do(store, letter_arrived, make.version_draft(letter), gl_no="GL-2", unasked="suratnya sendiri datang")

    view = seen(store, letter)
    assert view.state is GuaranteeState.ISSUED
    assert "suratnya sendiri datang" in {e.override_reason for e in view.events}


def test_a_top_up_that_came_unasked_raises_the_ceiling_and_never_adds_to_it(store, case):
    letter = asked(store, case)
    make.do(store, letter_arrived, make.version_draft(letter), gl_no="GL-3")

    topup = make.version_draft(letter, VersionKind.TOPUP, ceiling=Money.of(40_000, "MYR"))
    make.do(store, letter_arrived, topup, unasked="suratnya sendiri datang")

    view = seen(store, letter)
    assert view.state is GuaranteeState.TOPUP_ISSUED
    assert view.ceiling_now == Money.of(40_000, "MYR")
    assert len(view.versions) == 2


def test_the_very_file_on_the_case_already_is_not_attached_twice(store, case):
    letter = asked(store, case)
    make.do(store, letter_arrived, make.version_draft(letter), gl_no="GL-4", files=[FILE])

    topup = make.version_draft(letter, VersionKind.TOPUP, ceiling=Money.of(20_000, "MYR"))
    make.do(store, letter_arrived, topup, files=[FILE], unasked="datang")

    assert len(make.see(store, views.journey_view, case[0]).documents) == 1


def test_a_file_of_a_kind_that_is_not_kept_refuses_the_whole_letter(store, case):
    letter = asked(store, case)

    with pytest.raises(Refused) as refused:
        make.do(store, letter_arrived, make.version_draft(letter), gl_no="GL-5", files=[("x.exe", b"MZ\0\0")])

    assert refused.value.problems[0].code == "NOT_ALLOWED"
    assert seen(store, letter).state is GuaranteeState.REQUESTED
    assert seen(store, letter).versions == ()


def test_an_incomplete_letter_is_refused_with_what_it_lacks(store, case):
    letter = asked(store, case)

    with pytest.raises(Refused) as refused:
        make.do(store, letter_arrived, make.version_draft(letter, valid_to=None), gl_no="GL-6")

    assert "LETTER_INCOMPLETE" in {p.code for p in refused.value.problems}


def test_the_case_is_moved_only_by_a_first_letter(store, case):
    letter = asked(store, case)
    make.do(store, letter_arrived, make.version_draft(letter), gl_no="GL-7")
    topup = make.version_draft(letter, VersionKind.TOPUP, issued_at=make.START + dt.timedelta(0))

    make.do(store, letter_arrived, topup, unasked="datang", move_case=True)

    assert make.see(store, views.journey_view, case[0]).state is JourneyState.PREAUTH
