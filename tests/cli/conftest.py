"""Commands run in this process, on a copy of the sample office or on an empty folder."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass

import pytest

from liaison.cli import main
from liaison.store.kdf import CHEAP
from tests import make, sampling

AS_OF = "2026-11-20T14:05+07:00"


@dataclass(frozen=True)
class Answer:
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def apart(tmp_path, monkeypatch):
    """Settings and data of this machine are never touched."""
    monkeypatch.setenv("LIAISON_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIAISON_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LIAISON_PASSPHRASE", make.PASSPHRASE)
    monkeypatch.delenv("LIAISON_LANG", raising=False)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    # Stretching a passphrase takes a second by design; the design is tested elsewhere.
    monkeypatch.setattr("liaison.store.opening.fitting", lambda: CHEAP)


@pytest.fixture
def run(capsys):
    """Run one command: ``run("find", "siti", store=folder, lang="en")``."""

    def command(*words, store=None, lang="en", as_of=AS_OF):
        given = ["--as-of", as_of, "--lang", lang]
        given += ["--store", str(store)] if store else []
        capsys.readouterr()
        status = main([*given, *map(str, words)])
        said = capsys.readouterr()
        return Answer(status, said.out, said.err)

    return command


@pytest.fixture
def sample(tmp_path, tmp_path_factory):
    """A copy of the sample office of one's own."""
    folder = tmp_path / "sample"
    shutil.copytree(sampling.sample_folder(tmp_path_factory), folder)
    return folder


@pytest.fixture(scope="session")
def read_only(tmp_path_factory):
    """A copy of the sample office that tests only read."""
    folder = tmp_path_factory.mktemp("cli") / "sample"
    shutil.copytree(sampling.sample_folder(tmp_path_factory), folder)
    return folder


@pytest.fixture
def office(tmp_path, run):
    """A new, empty office made by ``init``."""
    made = run("init", "--office", "Kantor Medan", "--officer", "Ayu Lestari", store=tmp_path / "office")
    assert made.status == 0, made.err
    return tmp_path / "office"
