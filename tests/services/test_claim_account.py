"""The account of claims with an insurer: opening + new - paid - rejected = closing, and what breaks it."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.domain.claims import ClaimState as S
from liaison.domain.periods import Span
from liaison.services.claim_account import Followed, accounts

JULY = Span(first=dt.date(2026, 7, 1), last=dt.date(2026, 7, 31))


def day(number, month=7):
    return dt.date(2026, month, number)


def followed(**changes):
    """A claim of RM1,000 that came on 10 June and is being looked at."""
    moves = changes.pop("moves", ((day(10, 6), S.SUBMITTED),))
    values = {
        "id": 1, "claim_no": "KL-1", "patient_id": 1, "journey_id": None, "insurer_id": 1, "hospital_id": 1,
        "currency": "MYR", "billed": 100_000, "approved": None, "came_on": day(10, 6), "state": moves[-1][1],
        "moves": moves, "payments": (),
    }  # fmt: skip
    return Followed(**{**values, **changes})


def account(*claims, span=JULY):
    (one,) = accounts(claims, span)
    return one.opening, one.new, one.paid, one.rejected, one.closing, one.difference


def test_a_claim_that_only_waits_stands_in_opening_and_closing():
    assert account(followed()) == (100_000, 0, 0, 0, 100_000, 0)


def test_a_claim_that_came_in_the_period_is_new():
    claim = followed(came_on=day(5), moves=((day(5), S.SUBMITTED),))

    assert account(claim) == (0, 100_000, 0, 0, 100_000, 0)


def test_a_partial_approval_takes_its_cut_off_and_the_payment_the_rest():
    moves = ((day(10, 6), S.SUBMITTED), (day(8), S.PARTIALLY_APPROVED), (day(20), S.PAID))
    claim = followed(approved=70_000, moves=moves, payments=((day(20), 70_000),))

    assert account(claim) == (100_000, 0, 70_000, 30_000, 0, 0)


def test_a_rejection_takes_all_off_and_an_appeal_brings_it_back():
    rejected = followed(moves=((day(10, 6), S.SUBMITTED), (day(8), S.REJECTED)))
    appealed = followed(moves=((day(10, 6), S.SUBMITTED), (day(20, 6), S.REJECTED), (day(9), S.APPEALED)))

    assert account(rejected) == (100_000, 0, 0, 100_000, 0, 0)
    assert account(appealed) == (0, 0, 0, -100_000, 100_000, 0)


def test_a_listed_claim_that_was_paid_counts_as_paid_without_a_payment():
    claim = followed(moves=((day(10, 6), S.SUBMITTED), (day(12), S.PAID)))

    assert account(claim) == (100_000, 0, 100_000, 0, 0, 0)


def test_a_claim_paid_beyond_what_was_due_breaks_the_account_and_is_named():
    moves = ((day(10, 6), S.SUBMITTED), (day(8), S.APPROVED), (day(20), S.PAID))
    claim = followed(approved=100_000, moves=moves, payments=((day(20), 120_000),))
    (one,) = accounts([claim], JULY)

    assert one.difference == -20_000
    assert [entry.claim.claim_no for entry in one.broken] == ["KL-1"]


def test_a_claim_closed_with_a_rest_breaks_it_too_and_two_may_not_hide_each_other():
    closed = ((day(10, 6), S.SUBMITTED), (day(8), S.APPROVED), (day(20), S.PAID), (day(25), S.CLOSED))
    short = followed(id=1, approved=100_000, moves=closed, payments=((day(20), 90_000),))
    over = followed(id=2, approved=100_000, moves=closed[:3], payments=((day(20), 110_000),))
    (one,) = accounts([short, over], JULY)

    assert one.difference == 0
    assert len(one.broken) == 2


def test_currencies_have_accounts_of_their_own_the_work_s_own_first():
    claims = [followed(id=1, currency="USD"), followed(id=2, currency="IDR"), followed(id=3)]

    assert [one.currency for one in accounts(claims, JULY)] == ["MYR", "IDR", "USD"]


def test_a_claim_settled_before_and_one_that_came_later_do_not_stand_in_it():
    before = followed(moves=((day(10, 6), S.SUBMITTED), (day(20, 6), S.WITHDRAWN)))
    later = followed(came_on=day(3, 8), moves=((day(3, 8), S.SUBMITTED),))

    assert accounts([before, later], JULY) == ()


STATES = st.sampled_from([S.REGISTERED, S.IN_REVIEW, S.QUERIED, S.APPROVED, S.PARTIALLY_APPROVED, S.REJECTED,
                          S.APPEALED, S.PAYMENT_PENDING, S.WITHDRAWN, S.TIME_BARRED])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 90), STATES), max_size=6), st.integers(0, 100_000), st.integers(0, 100))
def test_what_is_unpaid_without_payments_always_adds_up(steps, approved, start):
    came = day(1, 6)
    moves = ((came, S.SUBMITTED), *sorted((came + dt.timedelta(days=n), state) for n, state in steps))
    claim = followed(came_on=came, approved=approved, moves=moves)
    first = came + dt.timedelta(days=start)

    for one in accounts([claim], Span(first=first, last=first + dt.timedelta(days=30))):
        assert one.difference == 0
