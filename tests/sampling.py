"""A small sample office, made once for a whole run of the tests, whichever worker needs it first."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

from liaison.services.sample import make_sample
from tests import make

AS_OF = dt.datetime(2026, 11, 20, 7, 5, tzinfo=dt.UTC)
"""Friday 20 November 2026, 14.05 in Medan."""

CASES = 90
"""24 open and 66 closed, the one answered without travel among them."""


def clock() -> make.TestClock:
    return make.TestClock(AS_OF)


def sample_folder(tmp_path_factory) -> Path:
    """The folder of the one sample store; nobody writes to it. Workers wait for the one that makes it."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    ready, making = base / f"sample-{CASES}", base / f"sample-{CASES}.making"
    if ready.exists():
        return ready / "store"
    try:
        making.mkdir()
    except FileExistsError:
        return _wait_for(ready)
    if ready.exists():  # another worker finished between our two looks
        making.rmdir()
        return ready / "store"
    make_sample(making / "store", passphrase=make.PASSPHRASE, clock=clock(), journeys=CASES)
    making.rename(ready)
    return ready / "store"


def _wait_for(ready: Path) -> Path:
    for _ in range(1200):
        if ready.exists():
            return ready / "store"
        time.sleep(0.1)
    raise TimeoutError("the sample store was not made within two minutes")
