"""Stores for these tests: a toy one, and one of the real schema copied from a template made once."""

import datetime as dt
import shutil

import pytest

from liaison.store.kdf import CHEAP
from liaison.store.opening import create_store, open_store
from tests.store.toy import TOY_SCHEMA

PASSPHRASE = "kopi tubruk di teras"


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self.now = dt.datetime(2026, 4, 14, 2, 30, tzinfo=dt.UTC)

    def __call__(self):
        return self.now

    def move(self, **by):
        self.now += dt.timedelta(**by)


@pytest.fixture
def clock():
    return SetClock()


@pytest.fixture(scope="session")
def toy_template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("toy") / "store"
    store, code = create_store(
        folder, passphrase=PASSPHRASE, officer="Ani", clock=SetClock(), kdf=CHEAP, schema=TOY_SCHEMA, device=7
    )
    store.close()
    return folder, code


@pytest.fixture
def toy_folder(tmp_path, toy_template):
    shutil.copytree(toy_template[0], tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def recovery_code(toy_template):
    return toy_template[1]


@pytest.fixture
def reopen(toy_folder, clock):
    """Opens the toy store; whatever is open at the end of the test is closed."""
    opened = []

    def again():
        for store in opened:
            store.close()
        opened.append(open_store(toy_folder, PASSPHRASE, clock=clock, schema=TOY_SCHEMA))
        return opened[-1]

    yield again
    for store in opened:
        store.close()


@pytest.fixture
def store(reopen):
    return reopen()


@pytest.fixture(scope="session")
def real_template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("real") / "store"
    made, _ = create_store(folder, passphrase=PASSPHRASE, officer="Ani", clock=SetClock(), kdf=CHEAP, device=7)
    made.close()
    return folder


@pytest.fixture
def real_store(tmp_path, real_template, clock):
    shutil.copytree(real_template, tmp_path / "real")
    with open_store(tmp_path / "real", PASSPHRASE, clock=clock) as opened:
        yield opened
