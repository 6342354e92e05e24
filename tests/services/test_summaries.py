"""Kept summaries: whatever is written, undone or brought in at once, the cells equal a recount."""

import datetime as dt

import pytest
import sqlalchemy as sa

from liaison.domain.claims import ClaimState
from liaison.services.list_of_claims import BALANCE
from liaison.store import bulk
from liaison.store.checks import examine
from liaison.store.kept_figures import BALANCE as KEPT_BALANCE
from liaison.store.kept_figures import CLAIMS_UNPAID, SUMMARIES
from liaison.store.models import ClaimRow, CoverRow
from liaison.store.summaries import check_summaries, recount_sql
from tests import make

COUNT = 40


def cells(session, summary):
    return {tuple(row) for row in session.connection().exec_driver_sql(f"SELECT * FROM {summary.cells}")}


def well(store):
    with store.read() as session:
        return check_summaries(session.connection(), SUMMARIES) == []


def claim(**values):
    return {
        "id": 0, "version": 1, "claim_no": "CL-1", "claim_no_key": "CL1", "state": ClaimState.SUBMITTED,
        "state_since": make.START, "currency": "MYR", "billed_minor": 125_00, "aged_from": dt.date(2026, 10, 1),
        "submitted_on": dt.date(2026, 10, 1), "origin_city": "Medan", **values,
    }  # fmt: skip


@pytest.fixture
def cover_id(store):
    return make.cover(store, make.patient(store))


def bring(store, cover_id, count, kind="import"):
    with store.read() as session:
        patient_id = session.get(CoverRow, cover_id).patient_id
    with store.write("Bring claims in", kind=kind) as session:
        keys = bulk.reserve(session, ClaimRow.__table__, count)
        rows = [claim(id=key, patient_id=patient_id, cover_id=cover_id) for key in keys]
        session.execute(sa.insert(ClaimRow.__table__), rows)
        # A row of the block that changes before the import is sealed counts once, as it stands at the end.
        session.execute(sa.update(ClaimRow).where(ClaimRow.id == keys[0]).values(paid_minor=25_00))
        return int(session.info["action_id"]), keys


def test_a_new_store_has_its_cells_and_they_are_right(store):
    assert well(store)
    assert examine(store).figures == ()


def test_the_cells_follow_a_claim_that_is_written_changed_and_undone(store, cover_id):
    _action, keys = bring(store, cover_id, COUNT, kind="do")
    with store.read() as session:
        kept = cells(session, CLAIMS_UNPAID)
        assert kept == {("2026-10-01", "Medan", 0, "MYR", COUNT, COUNT * 125_00 - 25_00)}
    with store.write("Reject one") as session:
        session.get(ClaimRow, keys[1]).state = ClaimState.REJECTED
    assert well(store)
    with store.read() as session:
        assert sum(row[4] for row in cells(session, CLAIMS_UNPAID)) == COUNT - 1


def test_a_large_import_counts_its_block_once_and_its_undo_takes_it_out(store, cover_id, monkeypatch):
    monkeypatch.setattr(bulk, "COMPACT_FROM", 10)
    action, _keys = bring(store, cover_id, COUNT)
    with store.read() as session:
        assert sum(row[4] for row in cells(session, CLAIMS_UNPAID)) == COUNT
    assert well(store)

    undone = store.undo(action)

    assert well(store)
    with store.read() as session:
        assert cells(session, CLAIMS_UNPAID) == set()
    assert undone


def test_a_cell_that_was_tampered_with_is_found(store, cover_id):
    bring(store, cover_id, 3)
    with store.write("Tamper") as session:
        session.connection().exec_driver_sql(f"UPDATE {CLAIMS_UNPAID.cells} SET n = n + 1")
    assert "claims_unpaid" in examine(store).figures


def test_the_balance_of_the_cells_is_that_of_the_list_in_every_state(store, cover_id):
    _action, keys = bring(store, cover_id, len(ClaimState) * 4)
    with store.write("Every state") as session:
        for number, key in enumerate(keys):
            row = session.get(ClaimRow, key)
            row.state = list(ClaimState)[number % len(ClaimState)]
            row.is_open = number % 3 != 0
            row.approved_minor = (None, 100_00, 150_00)[number % 3]
            row.paid_minor = (0, 60_00, 100_00, 125_00)[number % 4]
    with store.read() as session:
        one = sa.text(KEPT_BALANCE.format(row="claim"))
        both = session.execute(sa.select(BALANCE, one).select_from(ClaimRow)).all()
        assert all(a == b for a, b in both)
        assert len({a for a, _ in both}) > 3
    assert well(store)


def test_a_recount_reads_only_the_rows_and_gives_the_same(store):
    make.journey(store)
    with store.read() as session:
        for summary in SUMMARIES:
            fresh = {tuple(r) for r in session.connection().exec_driver_sql(recount_sql(summary))}
            assert fresh == cells(session, summary), summary.name
