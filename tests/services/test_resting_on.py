"""What the last move of a letter or claim rests on is asked again, and what was known before is not told once more."""

from __future__ import annotations

import sqlalchemy as sa

from liaison.domain.claims import ClaimState
from liaison.domain.work import TaskKind
from liaison.services.resting_on import CLAIM_AGAIN, ask_again, resting
from liaison.store.models import ClaimRow, TaskRow
from tests import make
from tests.services.test_benefits import decided, filed, rm


def approved(store):
    """A claim that the insurer approved whole, and its case."""
    person = make.patient(store)
    cover = make.cover(store, person)
    case = make.journey(store, person, cover_id=cover)
    claim = filed(store, person, cover, billed=rm(1000), state=ClaimState.READY, journey_id=case)
    decided(store, claim, rm(1000))
    return claim, case


def test_a_claim_whose_approval_no_longer_fits_is_to_be_looked_at_again_once(store):
    claim, case = approved(store)
    with store.write("Take cases over") as session:
        before = resting(session, [case])
        session.get(ClaimRow, claim).approved_minor = 40_000
        session.flush()

        made = ask_again(session, before)
        again = ask_again(session, before)

    (title,) = make.see(
        store, lambda s: s.scalars(sa.select(TaskRow.title).where(TaskRow.kind == TaskKind.ALARM)).all()
    )
    assert (title, len(made), again) == (CLAIM_AGAIN, 1, [])


def test_what_did_not_hold_before_is_not_told_again(store):
    claim, case = approved(store)
    with store.write("Take cases over") as session:
        session.get(ClaimRow, claim).approved_minor = 40_000
        session.flush()

        assert ask_again(session, resting(session, [case])) == []


def test_a_record_that_is_new_here_is_not_asked(store):
    _claim, case = approved(store)
    with store.write("Take cases over") as session:
        assert ask_again(session, {}) == []
        assert {name for name, _key in resting(session, [case])} == {"claim"}
