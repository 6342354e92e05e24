"""Starting: the window, the command line, and every way in which the machine is not ready."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from liaison import app

ROOT = Path(__file__).resolve().parent.parent


def run(*words, code="", **environment):
    command = [sys.executable, *(["-c", code] if code else [str(ROOT / "main.py")]), *words]
    clean = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run(
        command,
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
def test_without_a_screen_it_says_so_and_names_what_works_without_one():
    result = run()

    assert result.returncode == 4
    assert "python main.py try --to DIR" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("environment", "platform", "there"),
    [({}, "linux", False), ({"DISPLAY": ":0"}, "linux", True), ({"WAYLAND_DISPLAY": "w"}, "linux", True),
     ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True), ({"QT_QPA_PLATFORM": "xcb"}, "linux", False),
     ({}, "win32", True), ({}, "darwin", True)],
)  # fmt: skip
def test_a_screen_is_looked_for_before_qt_aborts_without_one(environment, platform, there):
    assert app.has_display(environment, platform) is there


def test_a_missing_system_library_prints_the_one_line_that_installs_it(monkeypatch, capsys):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setitem(sys.modules, "liaison.ui.launch", None)
    error = ImportError("libGL.so.1: cannot open shared object file: No such file or directory")
    monkeypatch.setattr("builtins.__import__", _failing(error))

    status = app.main([])

    assert status == 4
    said = capsys.readouterr().err
    assert "libGL.so.1" in said
    assert app.APT_LINE in said


def _failing(error):
    original = __import__

    def importing(name, *rest, **more):
        if name == "liaison.ui.launch":
            raise error
        return original(name, *rest, **more)

    return importing


def test_a_missing_part_of_x11_is_noticed_before_qt_aborts(monkeypatch):
    import ctypes

    def missing(name):
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", missing)
    assert app.missing_for_x11() == "libxcb.so.1"

    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    assert app.missing_for_x11() is None


@pytest.mark.parametrize(
    ("environment", "platform", "used"),
    [({"DISPLAY": ":0"}, "linux", True), ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}, "linux", False),
     ({"QT_QPA_PLATFORM": "offscreen"}, "linux", False), ({}, "win32", False)],
)  # fmt: skip
def test_x11_is_asked_only_where_it_is_used(environment, platform, used):
    assert app.uses_x11(environment, platform) is used


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only X11 has such displays")
def test_a_display_that_does_not_answer_counts_as_none():
    result = run(DISPLAY=":9173")

    assert result.returncode == 4
    assert "Liaison:" in result.stderr
    assert "Traceback" not in result.stderr


def test_another_import_error_is_not_taken_for_a_missing_library():
    assert app.missing_library(ImportError("cannot import name 'x' from 'y'")) is None
    assert app.missing_library(ImportError("libxkbcommon.so.0: cannot open")) == "libxkbcommon.so.0"


def test_a_part_that_is_not_installed_prints_the_line_that_installs_it():
    code = (
        "import sys, runpy\n"
        "sys.modules['platformdirs'] = None\nsys.modules['PySide6'] = None\n"
        f"sys.argv = ['main.py']\nrunpy.run_path({str(ROOT / 'main.py')!r}, run_name='__main__')\n"
    )
    result = run(code=code, QT_QPA_PLATFORM="offscreen")

    assert result.returncode == 4
    assert "python -m pip install -e ." in result.stderr


def test_words_go_to_the_command_line(monkeypatch):
    import types

    seen = []
    monkeypatch.setitem(sys.modules, "liaison.cli", types.SimpleNamespace(main=lambda words: seen.append(words) or 3))

    status = app.main(["report", "list"])

    assert status == 3
    assert seen == [["report", "list"]]


def test_a_store_alone_opens_the_window_on_it(tmp_path):
    assert app._only_a_store(["--store", str(tmp_path)]) == tmp_path
    assert app._only_a_store([f"--store={tmp_path}"]) == tmp_path
    assert app._only_a_store(["--store", str(tmp_path), "find", "x"]) is None


def test_the_lock_screen_stands_before_anything_heavy_is_imported(tmp_path):
    code = (
        "import sys\nfrom PySide6.QtWidgets import QApplication\nfrom liaison.ui.program import Program\n"
        "app = QApplication([])\nprogram = Program(app)\nprogram.start()\napp.processEvents()\n"
        "heavy = {'sqlalchemy', 'pandas', 'reportlab', 'babel.numbers', 'phonenumbers', 'zxcvbn', 'alembic'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    result = run(
        code=code, QT_QPA_PLATFORM="offscreen", LIAISON_CONFIG=str(tmp_path / "c"), LIAISON_DATA=str(tmp_path / "d")
    )

    assert result.stdout.strip() == "[]", result.stderr
