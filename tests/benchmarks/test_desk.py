"""What a person waits for at a desk of 100,000 journeys: the first rows, an answer while typing, a case, a list."""

import json
import os
import statistics
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.benchmarks.measuring import Pair, at_95_percent, seconds, spoken, tell, tell_most
from tests.benchmarks.test_search import KEYS, by_words
from tests.benchmarks.test_start import BARE, told_by

ROOT = Path(__file__).resolve().parents[2]
KEYSTROKE_MS = 50
FROZEN_MS = 50
MEMORY_MB = 400
CASE_WINDOWS = 3


def found_by_hand(connection, typed):
    return connection.execute(KEYS, (by_words(typed),)).fetchall()


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Settings of their own, no screen."""
    own = {"LIAISON_CONFIG": tmp_path_factory.mktemp("config"), "LIAISON_DATA": tmp_path_factory.mktemp("data")}
    return os.environ | {name: str(path) for name, path in own.items()} | {"QT_QPA_PLATFORM": "offscreen"}


@pytest.fixture(scope="module")
def told(large_office, environment):
    """What a fresh program measured at the large store."""
    command = [sys.executable, "-m", "tests.benchmarks.desk_at_work", str(large_office)]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return json.loads(result.stdout)


def test_from_the_passphrase_to_the_first_rows_of_today(told, environment):
    bare = [told_by(BARE, environment)["seconds"] for _ in range(5)]

    tell("unlock to first rows", Pair(ours=[told["unlock"]], bare=bare), aim=1)
    assert told["unlock"] > 0


def test_from_a_keystroke_to_the_answers_on_the_screen(told, bare):
    ours = [took for _typed, took in told["box"]]
    by_hand = [seconds(partial(found_by_hand, bare, typed)) for typed, _took in told["box"]]

    tell_most("keystroke to rows, 95 % within", at_95_percent(ours) * 1000, aim=KEYSTROKE_MS, unit="ms")
    tell("keystroke to rows, bare search", Pair(ours=ours, bare=by_hand), aim=2)
    assert len(ours) == len(by_hand) > 0


def test_opening_a_case(told):
    tell("opening a case", Pair(ours=told["cases"], bare=told["bare window"]), aim=CASE_WINDOWS)
    assert told["cases"]


@pytest.mark.parametrize("what", ["scroll to the end", "scroll to the middle", "sort", "filter", "filter taken away"])
def test_the_window_answers_while_a_list_works(told, what):
    found = told["list"][what]

    unit = f"ms, done in {spoken(found['seconds'])}"
    tell_most(f"{what}, longest frozen", found["frozen"] * 1000, aim=FROZEN_MS, unit=unit)
    assert found["seconds"] > 0


def test_what_it_holds_after_every_page(told):
    tell_most("memory after every page", told["memory"] / 1e6, aim=MEMORY_MB, unit="MB")
    assert statistics.median(told["cases"]) > 0
