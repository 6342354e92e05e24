"""A small sample office, made once for all tests that only read."""

import shutil

import pytest

from tests import make, sampling

NOW = sampling.AS_OF
"""Friday 20 November 2026, 14.05 in Medan."""


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "store"
    shutil.copytree(sampling.sample_folder(tmp_path_factory), folder)
    return folder


@pytest.fixture(scope="session")
def sample_store(sample_folder):
    with make.opened(sample_folder, make.TestClock(NOW)) as store:
        yield store


@pytest.fixture
def clock():
    return make.TestClock(NOW)


@pytest.fixture
def store(tmp_path, clock):
    """An office without any case."""
    with make.new_store(tmp_path / "store", clock) as store:
        yield store
