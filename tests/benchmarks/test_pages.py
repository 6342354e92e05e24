"""A page of 200 rows at the start, the middle and the end of 100,000 journeys, against the bare sqlcipher3 query."""

import json

import pytest

from liaison.services.list_of_journeys import journey_ids, journey_page
from liaison.services.list_queries import ListQuery
from tests.benchmarks.measuring import interleaved, seconds, tell

PAGE = 200
TIMES = 60
AIM = 2

LINES = """
SELECT j.id, p.full_name, j.origin_city, h.name, i.name, j.state, t.title, t.due_at, t.waiting_on, t.waiting_for,
  t.waiting_since, t.is_urgent, j.case_no, j.patient_id, p.sex, p.birth_date, j.kind, j.is_open, j.held_since,
  p.is_provisional, j.state_since, j.opened_on, o.name, t.id, j.hospital_id
FROM journey j JOIN patient p ON p.id = j.patient_id
LEFT JOIN organization h ON h.id = j.hospital_id
LEFT JOIN cover c ON c.id = j.cover_id LEFT JOIN policy y ON y.id = c.policy_id
LEFT JOIN organization i ON i.id = y.insurer_id LEFT JOIN officer o ON o.id = j.officer_id
LEFT JOIN task t ON t.id = (SELECT id FROM task WHERE journey_id = j.id AND done_at IS NULL
                            ORDER BY due_at ASC NULLS LAST, id LIMIT 1)
WHERE j.id IN (SELECT value FROM json_each(?))
"""
"""What a line of the list needs, as somebody would write it by hand."""


@pytest.fixture(scope="module")
def ids(large_store):
    with large_store.read() as session:
        return journey_ids(session, ListQuery())


@pytest.fixture(params=["start", "middle", "end"])
def keys(request, ids):
    """The keys of one page of the list."""
    first = {"start": 0, "middle": len(ids) // 2, "end": len(ids) - PAGE}[request.param]
    return list(ids[first : first + PAGE])


@pytest.fixture
def place(request):
    return request.node.callspec.params["keys"]


def test_a_page_of_journeys(large_store, bare, keys, place):
    def by_hand():
        found = {row[0]: row for row in bare.execute(LINES, (json.dumps(keys),)).fetchall()}
        return [found[key] for key in keys]

    with large_store.read() as session:
        pair = interleaved(lambda: seconds(lambda: journey_page(session, keys)), lambda: seconds(by_hand), times=TIMES)
        lines = journey_page(session, keys)

    tell(f"page of journeys, {place}", pair, aim=AIM)
    assert [(line.id, line.name, line.case_no) for line in lines] == [(r[0], r[1], r[12]) for r in by_hand()]


@pytest.mark.parametrize(
    ("query", "sql"),
    [
        pytest.param(
            ListQuery(sort="opened_on", descending=True),
            "SELECT id FROM journey ORDER BY opened_on DESC NULLS LAST, id DESC",
            id="by day",
        ),
        pytest.param(
            ListQuery(),
            "SELECT id FROM journey j ORDER BY (SELECT min(due_at) FROM task WHERE journey_id = j.id "
            "AND done_at IS NULL) ASC NULLS LAST, id",
            id="by due time",
        ),
    ],
)
def test_the_keys_of_the_whole_list(large_store, bare, query, sql, request):
    def by_hand():
        return [key for (key,) in bare.execute(sql)]

    with large_store.read() as session:
        pair = interleaved(lambda: seconds(lambda: journey_ids(session, query)), lambda: seconds(by_hand), times=5)
        keys = journey_ids(session, query)

    tell(f"keys of the whole list, {request.node.callspec.id}", pair, aim=AIM)
    assert list(keys) == by_hand()
