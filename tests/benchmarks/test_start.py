"""From the start of Python to a lock screen one can type into, against a bare window of PySide6."""

import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST = 3.5
RUNS = 5

BARE = """
import time; start = time.process_time()
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([]); window = QWidget(); window.resize(1366, 768); window.show(); app.processEvents()
print(time.process_time() - start)
"""
OURS = """
import time; start = time.process_time()
from PySide6.QtWidgets import QApplication
from liaison.ui.program import Program
app = QApplication([]); program = Program(app); program.start(); app.processEvents()
assert program.gate is not None
print(time.process_time() - start)
"""


@pytest.fixture
def store_there(tmp_path):
    """A folder with a store, so that the lock screen comes and not the first run."""
    from liaison.store import kdf, opening

    store, _code = opening.create_store(tmp_path / "office", passphrase="x y z", officer="Ayu", kdf=kdf.CHEAP)
    store.close()
    return tmp_path


def seconds(code, folder):
    """Processor seconds of one fresh Python, the median of some runs."""
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen", "LIAISON_CONFIG": str(folder / "config"), "LIAISON_DATA": str(folder),
    }  # fmt: skip

    def once():
        result = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        return float(result.stdout)

    once()
    return statistics.median(once() for _ in range(RUNS))


def test_the_lock_screen_is_there_within_three_and_a_half_bare_windows(store_there, capsys):
    bare, ours = seconds(BARE, store_there), seconds(OURS, store_there)

    with capsys.disabled():
        sys.stdout.write(f"\nlock screen: {ours / bare:.2f} bare windows ({ours:.2f} s against {bare:.2f} s)\n")

    assert ours <= MOST * bare
