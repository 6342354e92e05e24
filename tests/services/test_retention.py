"""How long records are kept, and whose time is over."""

from __future__ import annotations

import datetime as dt

import pytest

from liaison.domain.claims import ClaimState
from liaison.domain.errors import Refused
from liaison.domain.journeys import CancelReason
from liaison.domain.trouble import HoldDraft
from liaison.services import claims, erasure, journeys, payments, retention
from tests import make


def with_paper(store, billed_on, **values):
    """A person with a closed case and one bill."""
    person = make.patient(store, **values)
    case = make.journey(store, person, hospital_id=make.hospital(store, name=f"RS {person}"))
    make.do(store, payments.record_bill, make.bill_draft(case, billed_on=billed_on))
    make.do(store, journeys.cancel, case, reason=CancelReason.COST, note="mahal")
    return person


def seen(store):
    return make.see(store, retention.retention)


def test_a_person_is_due_the_day_after_ten_years_and_not_before(store, clock):
    person = with_paper(store, dt.date(2016, 11, 2))
    assert (seen(store).count, seen(store).next_on) == (0, dt.date(2026, 11, 3))

    clock.forward(days=1)

    found = seen(store)
    assert [(p.patient_id, p.kept_until, p.cases) for p in found.due] == [(person, dt.date(2026, 11, 2), 1)]
    assert found.next_on is None
    view = make.see(store, erasure.erasure_view, person)
    assert view.holds == ()


def test_fewer_years_make_more_people_due_and_whoever_is_held_open_or_without_papers_is_not(store):
    due = with_paper(store, dt.date(2020, 1, 5))
    held = with_paper(store, dt.date(2020, 1, 6), full_name="Sari Utami", phone="0813-1111-2222")
    make.do(store, erasure.place_hold, held, HoldDraft(reason="sengketa"))
    going = with_paper(store, dt.date(2020, 1, 7), full_name="Hotma Lubis", phone="0813-3333-2222")
    make.journey(store, going)
    make.patient(store, full_name="Tanpa Surat", phone="0813-4444-2222")
    assert seen(store).count == 0

    make.do(store, retention.keep_for, 5)

    assert [p.patient_id for p in seen(store).due] == [due]


def test_an_open_claim_keeps_a_person_and_the_newest_paper_counts(store):
    person = with_paper(store, dt.date(2015, 1, 5))
    cover = make.cover(store, person)
    draft = make.claim_draft(
        patient_id=person, cover_id=cover, state=ClaimState.SUBMITTED, submitted_on=dt.date(2015, 3, 1),
        admitted_on=dt.date(2015, 1, 1), discharged_on=dt.date(2015, 1, 4),
    )  # fmt: skip
    make.do(store, claims.file_claim, draft)

    assert seen(store).count == 0


@pytest.mark.parametrize("years", [0, -1, 51])
def test_years_that_nobody_means_are_refused(store, years):
    with pytest.raises(Refused):
        make.do(store, retention.keep_for, years)
    assert make.see(store, retention.kept_years) == 10


def test_29_february_is_kept_to_the_end_of_february(store, clock):
    with_paper(store, dt.date(2016, 2, 29))
    clock.now = dt.datetime(2028, 2, 29, 3, tzinfo=dt.UTC)
    make.do(store, retention.keep_for, 11)

    assert seen(store).count == 1
