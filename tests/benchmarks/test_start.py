"""From the start of Python to a lock screen one can type into, against a bare window of PySide6."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.measuring import interleaved, tell

ROOT = Path(__file__).resolve().parents[2]
AIM = 3.5
TIMES = 5

BARE = """
import time; start = time.perf_counter()
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([]); window = QWidget(); window.resize(1366, 768); window.show(); app.processEvents()
told = {"usable": window.isVisible(), "heavy": []}
"""
OURS = """
import sys, time; start = time.perf_counter()
from PySide6.QtWidgets import QApplication, QLineEdit
from liaison.ui.program import Program
app = QApplication([]); program = Program(app); program.start(); app.processEvents()
fields = [field for field in program.gate.findChildren(QLineEdit) if field.isVisible() and field.isEnabled()]
heavy = {"pandas", "reportlab", "sqlalchemy", "python_calamine", "xlsxwriter", "pikepdf", "holidays"}
told = {"usable": bool(fields), "heavy": sorted(heavy & sys.modules.keys())}
"""
TELL = "\nimport json; print(json.dumps(told | {'seconds': time.perf_counter() - start}))"


@pytest.fixture
def environment(tmp_path):
    """A machine with a store, so that the lock screen comes and not the first run; Python keeps what it compiles."""
    from liaison.store import kdf, opening

    store, _code = opening.create_store(tmp_path / "office", passphrase="x y z", officer="Ayu", kdf=kdf.CHEAP)
    store.close()
    own = {"LIAISON_CONFIG": tmp_path / "config", "LIAISON_DATA": tmp_path}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {name: str(path) for name, path in own.items()} | {"QT_QPA_PLATFORM": "offscreen"}


def told_by(code, environment):
    """What one fresh Python tells."""
    command = [sys.executable, "-c", code + TELL]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return json.loads(result.stdout)


def test_from_start_to_a_usable_lock_screen(environment):
    pair = interleaved(
        lambda: told_by(OURS, environment)["seconds"], lambda: told_by(BARE, environment)["seconds"], times=TIMES
    )

    told = told_by(OURS, environment)

    tell("start to lock screen", pair, aim=AIM)
    assert told["usable"]
    assert told["heavy"] == []
