import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
RACES = 100


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the race forks and looks into /proc")
def test_two_windows_never_write_one_store_and_a_kill_leaves_no_lock(tmp_path):
    """Promise 6: in 100 races of three programs never two hold the store; after the kills it is free at once."""
    command = [sys.executable, "-m", "tests.faults.lock_loop", str(tmp_path), str(RACES)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"two": False, "refused": 0}
