"""The whole program on a real encrypted store, its work done at once."""

import shutil
from contextlib import contextmanager

import pytest

from liaison.store import kdf, opening
from liaison.ui.program import Program
from liaison.ui.runner import Runner
from tests import make
from tests.services.conftest import clock, prepared_store, store
from tests.ui.bare import undress
from tests.walks.robot import Officer

__all__ = ["at_the_window", "bare", "clock", "new_office", "officer", "prepared_store", "store"]


@contextmanager
def at_the_window(qapp, folder, ticking):
    """The program, started and unlocked, with an officer before it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "fitting", lambda: kdf.CHEAP)
        patch.setattr(kdf, "fitting", lambda: kdf.CHEAP)
        patch.setenv("LIAISON_CONFIG", str(folder.parent / "config"))
        patch.setenv("LIAISON_DATA", str(folder.parent / "data"))
        program = Program(qapp, folder=folder, clock=ticking, runner=Runner.at_once())
        program.start()
        program.gate.secret.line.setText(make.PASSPHRASE)
        program.gate.try_open()
        try:
            yield Officer(program)
        finally:
            if program.runner.store is not None:
                program.runner.store.close()
            program.idle.stop(qapp)
            program.upkeep.stop()
            program.qt_words.forget()
            program.window.leave()
            qapp.setStyleSheet("")


@pytest.fixture
def bare(request, monkeypatch):
    """Modules marked so do without the style sheet."""
    undress(request, monkeypatch)


@pytest.fixture(scope="module")
def new_office(tmp_path_factory):
    """A store that knows a hospital and an insurer and nobody yet: its folder, and their keys."""
    folder = tmp_path_factory.mktemp("new") / "office"
    store = make.new_store(folder)
    keys = {
        "hospital": make.hospital(store, name="Island Hospital", city="Penang"),
        "insurer": make.insurer(store, name="Nusa Proteksi"),
    }
    store.close()
    return folder, keys


@pytest.fixture
def officer(qapp, tmp_path, new_office, bare):
    """Somebody at the window of a new office."""
    template, keys = new_office
    shutil.copytree(template, tmp_path / "office")
    with at_the_window(qapp, tmp_path / "office", make.TestClock()) as who:
        who.hospital, who.insurer = keys["hospital"], keys["insurer"]
        yield who
