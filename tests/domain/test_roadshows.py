"""Rules of roadshows: which regions a city hears, what an event, a guest and a promise need."""

import dataclasses
import datetime as dt

import pytest

from liaison.domain.fields import fields_of
from liaison.domain.patients import Region
from liaison.domain.privacy import Audience
from liaison.domain.roadshows import (
    GuestDraft,
    NeedDraft,
    PermitDraft,
    PermitKind,
    PermitState,
    PromiseKeptDraft,
    RoadshowDraft,
    RoadshowPromiseDraft,
    SessionDraft,
    ThemeDraft,
    check_guest,
    check_kept,
    check_need,
    check_permit,
    check_roadshow,
    check_roadshow_promise,
    check_session,
    check_theme,
    covered_regions,
    provinces_in,
)

DAY = dt.date(2026, 12, 2)
TODAY = dt.date(2026, 11, 20)


def codes(problems):
    return [p.code for p in problems]


def event(**values):
    given = {"series": "Akhir 2026", "city": "Medan", "starts_on": DAY, "covers_west": True}
    return RoadshowDraft(**{**given, **values})


def test_surabaya_hears_the_centre_and_the_east_medan_and_jakarta_the_west():
    assert covered_regions("Surabaya") == (Region.CENTRAL, Region.EAST)
    assert covered_regions("Medan") == covered_regions("Jakarta") == (Region.WEST,)
    assert covered_regions("Denpasar") == (Region.CENTRAL,)
    assert covered_regions("Atlantis") == covered_regions("Penang") == ()


def test_the_offices_own_list_moves_what_surabaya_hears():
    own = {"35": Region.EAST}

    assert covered_regions("Surabaya", own) == (Region.CENTRAL, Region.EAST)
    assert "35" not in provinces_in([Region.CENTRAL], own)
    assert "35" in provinces_in([Region.CENTRAL])
    assert covered_regions("Surabaya", {"12": Region.EAST}) == (Region.CENTRAL,)


def test_an_event_needs_a_series_a_known_city_and_days_in_order():
    assert codes(check_roadshow(event())) == []
    assert codes(check_roadshow(event(series=""))) == ["MISSING"]
    assert codes(check_roadshow(event(city="Atlantis"))) == ["NO_CITY"]
    assert codes(check_roadshow(event(ends_on=DAY - dt.timedelta(days=1)))) == ["ENDS_BEFORE_START"]
    assert codes(check_roadshow(event(ends_on=DAY + dt.timedelta(days=15)))) == ["TOO_LONG"]
    assert codes(check_roadshow(event(answer_by=DAY + dt.timedelta(days=1)))) == ["AFTER_EVENT"]
    assert codes(check_roadshow(event(covers_west=False))) == ["NO_REGION"]


def test_a_permit_that_is_not_needed_says_why():
    permit = PermitDraft(roadshow_id=1, kind=PermitKind.POLICE, state=PermitState.NOT_NEEDED)

    assert codes(check_permit(permit)) == ["WHY_NOT"]
    assert codes(check_permit(dataclasses.replace(permit, note="di bawah 50 orang"))) == []
    assert codes(check_permit(PermitDraft(roadshow_id=1, kind=PermitKind.OTHER))) == ["WHICH_PERMIT"]


def test_a_guest_is_a_house_or_a_person_and_a_visitor_has_a_name():
    assert codes(check_guest(GuestDraft(roadshow_id=1), today=TODAY)) == ["WHO"]
    assert codes(check_guest(GuestDraft(roadshow_id=1, house="PT X", is_visitor=True), today=TODAY)) == ["VISITOR_NAME"]
    assert codes(check_guest(GuestDraft(roadshow_id=1, name="Rina", phone="abc"), today=TODAY)) != []


@pytest.mark.parametrize(
    ("on", "how", "wrong"),
    [(TODAY, "", ["CONSENT_HOW"]), (DAY, "tanda tangan", ["IN_FUTURE"]), (TODAY, "tanda tangan", [])],
)
def test_a_consent_has_its_day_and_how_it_was_given(on, how, wrong):
    guest = GuestDraft(roadshow_id=1, name="Rina", is_visitor=True, consent_on=on, consent_how=how)

    assert codes(check_guest(guest, today=TODAY)) == wrong


def test_wishes_and_promises_without_house_owner_or_day_only_warn():
    wish = check_need(NeedDraft(roadshow_id=1, wish="satu nomor malam"))
    promised = check_roadshow_promise(RoadshowPromiseDraft(roadshow_id=1, what="kirim daftar"))

    assert codes(wish) == ["NO_HOUSE"]
    assert codes(promised) == ["NO_OWNER", "NO_DUE"]
    assert {p.severity for p in (*wish, *promised)} == {"warning"}


def test_a_kept_promise_lies_in_the_past_and_should_have_evidence():
    assert codes(check_kept(PromiseKeptDraft(done_on=DAY, evidence="surel"), today=TODAY)) == ["IN_FUTURE"]
    assert codes(check_kept(PromiseKeptDraft(done_on=TODAY), today=TODAY)) == ["NO_EVIDENCE"]


def test_programme_and_themes_need_their_words():
    start = dt.datetime(2026, 12, 2, 2, tzinfo=dt.UTC)

    assert codes(check_session(SessionDraft(roadshow_id=1, starts_at=start, title="Pembukaan", minutes=0))) == [
        "MINUTES"
    ]
    assert codes(check_session(SessionDraft(roadshow_id=1, starts_at=start, title="Pembukaan"))) == []
    assert codes(check_theme(ThemeDraft(roadshow_id=1, theme=" "))) == ["MISSING"]


DRAFTS = (
    RoadshowDraft, PermitDraft, SessionDraft, ThemeDraft, GuestDraft, NeedDraft, RoadshowPromiseDraft, PromiseKeptDraft,
)  # fmt: skip
OF_PEOPLE = {
    (GuestDraft, "name"), (GuestDraft, "position"), (GuestDraft, "phone"), (GuestDraft, "email"), (GuestDraft, "need"),
    (GuestDraft, "house"), (GuestDraft, "organization_id"), (GuestDraft, "note"), (GuestDraft, "consent_on"),
    (GuestDraft, "consent_how"), (SessionDraft, "speaker"), (RoadshowPromiseDraft, "owner"), (NeedDraft, "house"),
    (NeedDraft, "organization_id"), (RoadshowPromiseDraft, "organization_id"), (NeedDraft, "wish"),
    (NeedDraft, "answer"), (ThemeDraft, "talking_point"),
}  # fmt: skip
"""Fields that name a person or a house, or hold what one house said to us."""


def test_nothing_that_names_a_person_or_a_house_is_public_and_no_family_reads_what_is_not():
    for kind in DRAFTS:
        for spec in fields_of(kind):
            is_public = spec.may_be_seen_by(Audience.PUBLIC)
            assert not (is_public and (kind, spec.name) in OF_PEOPLE), (kind.__name__, spec.name)
            assert spec.may_be_seen_by(Audience.FAMILY) == is_public, (kind.__name__, spec.name)
