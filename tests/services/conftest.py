"""A real store for each test, copied from one prepared per session."""

from __future__ import annotations

import shutil

import pytest

from tests import make, sampling


@pytest.fixture(scope="session")
def prepared_store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prepared") / "store"
    make.new_store(folder).close()
    return folder


@pytest.fixture
def clock():
    return make.TestClock(make.START + make.dt.timedelta(minutes=1))


@pytest.fixture
def store(prepared_store, tmp_path, clock):
    folder = tmp_path / "store"
    shutil.copytree(prepared_store, folder)
    with make.opened(folder, clock) as opened:
        yield opened


@pytest.fixture(scope="session")
def sampled(tmp_path_factory):
    """The sample office, open for reading by every test of a worker."""
    folder = tmp_path_factory.mktemp("sampled") / "store"
    shutil.copytree(sampling.sample_folder(tmp_path_factory), folder)
    with make.opened(folder, sampling.clock()) as opened:
        yield opened
