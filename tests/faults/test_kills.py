import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = int(os.environ.get("LIAISON_KILLS", "200"))
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.skipif(os.name == "nt", reason="the loop forks its writers")
def test_nothing_that_was_told_as_saved_is_lost_by_a_kill(tmp_path):
    """Promise 1: 200 SIGKILLs at random moments; no acknowledged save lost, no half action, every check clean."""
    command = [sys.executable, "-m", "tests.faults.kill_loop", str(tmp_path), str(KILLS)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert told["kills"] == KILLS
    assert told["told"] > KILLS / 2, "too few saves to say anything"  # a busy machine is slow, not wrong
    assert told["there"] >= told["told"]


@pytest.mark.skipif(os.name == "nt", reason="the loop forks its importers")
def test_an_import_killed_in_its_middle_leaves_nothing_and_the_next_one_works(tmp_path):
    command = [sys.executable, "-m", "tests.faults.import_kill_loop", str(tmp_path), "3"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert told["killed"] >= 3
    assert told["then"] == 100
