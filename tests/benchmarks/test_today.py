"""Today with 200 open and 20,000 closed journeys, against bare queries for the same rows."""

import datetime as dt
import os
from pathlib import Path

import pytest

from liaison.services import sample
from liaison.services.today import TaskGroup, today_view
from liaison.store.opening import open_store
from tests import make, sampling
from tests.benchmarks.measuring import interleaved, seconds, tell

OPEN, CLOSED = 200, 20_000
TIMES = 40
AIM = 3

TASKS = """
SELECT t.id, t.title, t.kind, t.fact, t.due_at, t.waiting_on, t.waiting_for, t.waiting_since, t.is_urgent, t.is_promise,
  j.id, t.claim_id, j.case_no, p.id, p.full_name, coalesce(j.origin_city, c.origin_city), h.name, o.name, t.done_at,
  j.state, t.version, a.title
FROM task t LEFT JOIN claim c ON c.id = t.claim_id
LEFT JOIN journey j ON j.id = coalesce(t.journey_id, c.journey_id)
LEFT JOIN patient p ON p.id = coalesce(j.patient_id, c.patient_id)
LEFT JOIN organization h ON h.id = coalesce(j.hospital_id, c.hospital_id)
LEFT JOIN officer o ON o.id = t.officer_id LEFT JOIN agreement a ON a.id = t.agreement_id
WHERE (t.done_at IS NULL AND (t.due_at < ? OR t.waiting_on IS NOT NULL)) OR t.done_at >= ?
"""
"""Every open task up to tomorrow or waited for, and what was done today, as somebody would ask for them by hand."""

CASES = """
SELECT j.id, j.case_no, p.id, p.full_name, j.origin_city, h.name, o.name, j.state, j.state_since,
  (SELECT max(done_at) FROM task WHERE journey_id = j.id)
FROM journey j JOIN patient p ON p.id = j.patient_id LEFT JOIN organization h ON h.id = j.hospital_id
LEFT JOIN officer o ON o.id = j.officer_id
WHERE j.is_open = 1 AND j.held_since IS NULL AND (
  NOT EXISTS (SELECT 1 FROM task t LEFT JOIN claim c ON c.id = t.claim_id
              WHERE t.done_at IS NULL AND (t.due_at IS NOT NULL OR t.waiting_on IS NOT NULL)
                AND (t.journey_id = j.id OR c.journey_id = j.id))
  OR (j.state IN ('J01', 'J02') AND j.opened_on <= ?
      AND NOT EXISTS (SELECT 1 FROM confirmation f WHERE f.journey_id = j.id AND f.kind = 'C1')))
"""
"""Open cases without a next step, and enquiries of two weeks that nobody agreed to."""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The folder of such an office, made once; ``LIAISON_BENCHMARK_FOLDER`` keeps it."""
    kept = os.environ.get("LIAISON_BENCHMARK_FOLDER")
    folder = Path(kept) / f"today-{OPEN}" if kept else tmp_path_factory.mktemp("today") / "office"
    if not folder.exists():
        with pytest.MonkeyPatch.context() as patch:
            drawn = OPEN + CLOSED - sample.TOLD_CASES
            patch.setattr(sample, "_OPEN_SHARE", drawn // (OPEN - sample.OPEN_CASES))
            patch.setattr(sample, "DETAILED_UP_TO", OPEN + CLOSED)
            sample.make_sample(
                folder, passphrase=make.PASSPHRASE, clock=sampling.clock(), journeys=OPEN + CLOSED
            )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def store(office):
    """That store, open."""
    with open_store(office, make.PASSPHRASE, clock=sampling.clock()) as opened:
        yield opened


@pytest.fixture(scope="module")
def bare(store):
    """A plain sqlcipher3 connection to the same file, with the same settings and cache."""
    from liaison.store.engine import connect
    from liaison.store.store import file_key

    connection = connect(store.folder / "store.db", file_key(store._opened), read_only=True)
    yield connection
    connection.close()


def moments():
    """Tomorrow's end and today's beginning in Medan as microseconds, and the day two weeks ago."""
    medan = dt.timezone(dt.timedelta(hours=7))
    today = dt.datetime.combine(sampling.AS_OF.astimezone(medan).date(), dt.time(), medan)
    ends, begins = today + dt.timedelta(days=2), today
    return (
        round(ends.timestamp() * 1_000_000), round(begins.timestamp() * 1_000_000),
        (today.date() - dt.timedelta(days=14)).isoformat(),
    )  # fmt: skip


def test_today_opens_within_three_bare_queries_of_the_same_rows(store, bare):
    ends, begins, two_weeks = moments()

    def by_hand():
        return bare.execute(TASKS, (ends, begins)).fetchall(), bare.execute(CASES, (two_weeks,)).fetchall()

    def ours():
        with store.read() as session:
            return today_view(session)

    pair = interleaved(lambda: seconds(ours), lambda: seconds(by_hand), times=TIMES)
    view, (tasks, cases) = ours(), by_hand()

    shown = {line.id for group in view.groups for line in group.lines if line.id}
    tell("today, 200 open and 20,000 closed", pair, aim=AIM, more=f"{len(shown)} tasks, {len(cases)} cases by hand")
    assert shown <= {row[0] for row in tasks}
    assert view.count(TaskGroup.LATE) > 0
