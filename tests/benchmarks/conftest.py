"""A sample office of 100,000 journeys, made once for the run.

``LIAISON_BENCHMARK_JOURNEYS`` makes it smaller; ``LIAISON_BENCHMARK_FOLDER`` keeps it for the next run.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from liaison.services.sample import make_sample
from liaison.store.opening import open_store
from tests import make, sampling

JOURNEYS = int(os.environ.get("LIAISON_BENCHMARK_JOURNEYS", "100000"))


@pytest.fixture(scope="session")
def large_office(tmp_path_factory):
    """The folder of a store with 100,000 journeys."""
    kept = os.environ.get("LIAISON_BENCHMARK_FOLDER")
    folder = Path(kept) / f"office-{JOURNEYS}" if kept else tmp_path_factory.mktemp("large") / "office"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        make_sample(folder, passphrase=make.PASSPHRASE, clock=sampling.clock(), journeys=JOURNEYS)
    return folder


@pytest.fixture(scope="module")
def large_store(large_office):
    """That store, open."""
    with open_store(large_office, make.PASSPHRASE, clock=sampling.clock()) as store:
        yield store


@pytest.fixture(scope="module")
def bare(large_store):
    """A plain sqlcipher3 connection to the same file, with the same settings and cache."""
    from liaison.store.engine import connect
    from liaison.store.store import file_key

    connection = connect(large_store.folder / "store.db", file_key(large_store._opened), read_only=True)
    yield connection
    connection.close()
