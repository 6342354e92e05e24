"""What each keystroke in the search box costs at 100,000 journeys, against the bare full-text query; and the 95th
percentile."""

import pytest

from liaison.services.search import find
from liaison.store import search as index
from tests.benchmarks.measuring import Pair, at_95_percent, seconds, spoken, tell

TYPED = ("siti rahayu", "budi santoso", "nurhaliza", "wijaya", "mdn-26-a0412", "island hospital")
KEYSTROKES = tuple(word[:length] for word in TYPED for length in range(2, len(word) + 1) if word[length - 1] != "-")
ROUNDS = 5
AIM = 2

KEYS = """
SELECT d.kind, d.id FROM (SELECT rowid FROM search_words WHERE search_words MATCH ?) f
CROSS JOIN search_doc d ON d.id = f.rowid ORDER BY f.rowid DESC LIMIT 200
"""
LINES = """
WITH hit AS MATERIALIZED (
  SELECT d.kind, d.id FROM (SELECT rowid FROM search_words WHERE search_words MATCH ?) f
  CROSS JOIN search_doc d ON d.id = f.rowid ORDER BY f.rowid DESC LIMIT 200)
SELECT hit.kind, hit.id, p.full_name, j.case_no, j.state, j.is_open, h.name FROM hit
LEFT JOIN journey j ON hit.kind = 'journey' AND j.id = hit.id
LEFT JOIN claim c ON hit.kind = 'claim' AND c.id = hit.id
LEFT JOIN patient p ON p.id = coalesce(j.patient_id, c.patient_id, hit.id)
LEFT JOIN organization h ON h.id = coalesce(j.hospital_id, c.hospital_id, hit.id)
"""
"""The same hits with the name, number and house that a line of results shows, as somebody would write it by hand."""


def by_words(typed):
    """A query of the index as its manual has it: each word in quotes, each a beginning."""
    quoted = [f'"{word}"*' for word in typed.split()]
    return f"words : ({' AND '.join(quoted)})"


def measured(ours, bare):
    """Every keystroke several times, ours and the bare query in turns."""
    pair = Pair()
    for turn in range(ROUNDS + 1):
        for typed in KEYSTROKES:
            one, other = seconds(lambda: ours(typed)), seconds(lambda: bare(typed))  # noqa: B023
            if turn:
                pair.ours.append(one)
                pair.bare.append(other)
    return pair


def test_the_keys_that_match(large_store, bare):
    def by_hand(typed):
        return bare.execute(KEYS, (by_words(typed),)).fetchall()

    with large_store.read() as session:
        pair = measured(lambda typed: index.search(session, typed, limit=200), by_hand)
        found = {typed: index.search(session, typed, limit=200) for typed in ("siti", "siti rahayu", "wijaya")}

    tell("search per keystroke, keys", pair, aim=AIM, more=f"95 % within {spoken(at_95_percent(pair.ours))}")
    for typed, hits in found.items():
        assert [(hit.kind, hit.id) for hit in hits] == by_hand(typed)
        assert hits


def test_the_lines_that_are_shown(large_store, bare):
    def by_hand(typed):
        return bare.execute(LINES, (by_words(typed),)).fetchall()

    with large_store.read() as session:
        pair = measured(lambda typed: find(session, typed), by_hand)
        found = find(session, "siti rahayu")

    tell("search per keystroke, lines", pair, aim=AIM, more=f"95 % within {spoken(at_95_percent(pair.ours))}")
    assert found
    assert all("siti" in f.title.casefold() for f in found if f.is_person)
    assert {f.id for f in found} <= {row[1] for row in by_hand("siti rahayu")}


@pytest.mark.parametrize("typed", ["zzqx", "q"])
def test_nothing_is_found_where_nothing_is(large_store, typed):
    with large_store.read() as session:
        assert index.search(session, typed) == []
