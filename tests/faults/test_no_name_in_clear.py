"""Promise 9: fifty planted people leave no byte in clear on the disk after everything an office does with them.

A child process does a day's work with a computer of its own (temporary folder, home, settings, data, log). Then every
byte there is searched for their names and numbers in every common spelling. Files the officer asked for lie elsewhere.
"""

import base64
import json
import os
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.faults import clear_text, office_day
from tests.faults.planted import PEOPLE, SECRETS

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def searcher():
    return clear_text.Searcher(SECRETS)


def new_computer(root):
    """Folders of a computer of its own, and one for its officer."""
    for name in ("computer/tmp", "computer/home", "computer/data", "computer/config", "officer", "removed"):
        (root / name).mkdir(parents=True)
    return root


def run_a_day(root, *words):
    """Let a child process work on that computer alone; returns what it printed."""
    computer = root / "computer"
    folders = {name: str(computer / "tmp") for name in ("TMPDIR", "TEMP", "TMP")}
    folders |= {name: str(computer / "home") for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")}
    folders |= {name: str(computer / "home") for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    environment = os.environ | folders | {
        "LIAISON_CONFIG": str(computer / "config"), "LIAISON_DATA": str(computer / "data"),
        "LIAISON_PASSPHRASE": office_day.PASSPHRASE, "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.faults.office_day", str(root), *words]
    done = subprocess.run(
        command, cwd=computer / "home", env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A computer, with the officer's lists beside it."""
    root = new_computer(tmp_path_factory.mktemp("day"))
    office_day.source_lists(root / "officer")
    return root


@pytest.fixture(scope="module")
def told(root):
    """What the day's work says about itself."""
    return json.loads(run_a_day(root))


def test_the_day_was_a_real_one(told, root):
    assert told["brought"] == {"claims.xlsx": 25, "claims.csv": 25, "cases.xlsx": 50}
    assert told["found again"] == 50
    assert (root / "officer" / "case.pdf").stat().st_size > 10_000
    assert (root / "computer" / "data" / "office" / "store.db-wal").stat().st_size > 0


def test_nothing_of_the_fifty_lies_in_clear_on_the_computer(told, root, searcher):
    assert searcher.found_under(root / "computer", root / "removed") == {}


def test_no_file_is_opened_for_writing_in_the_temporary_folder_or_beside_the_store(told, root):
    may_lie_in = (root / "computer" / "data", root / "computer" / "config", root / "computer" / "backups",
                  root / "computer" / "restored", root / "officer", Path(os.devnull))  # fmt: skip

    opened = [Path(path) for path in told["opened"] if "__pycache__" not in path]

    assert [path for path in opened if not any(path.is_relative_to(folder) for folder in may_lie_in)] == []


def test_the_search_finds_what_a_careless_library_leaves(searcher, tmp_path):
    """The control: the same search, and a workbook saved by openpyxl into the temporary folder of such a computer."""
    import openpyxl

    root = new_computer(tmp_path)
    book = openpyxl.Workbook()
    for person in PEOPLE:
        book.active.append([person.name, person.phone, person.nik, person.policy])
    book.save(root / "computer" / "tmp" / "openpyxl.xlsx")

    found = searcher.found_under(root / "computer")

    assert {p.family for p in PEOPLE} <= found[str(root / "computer" / "tmp" / "openpyxl.xlsx")]


def test_the_search_finds_what_a_careless_library_leaves_and_removes(searcher, tmp_path):
    """The second control: openpyxl's own temporary files are gone when it is done, and are found all the same."""
    root = new_computer(tmp_path)

    run_a_day(root, "careless")

    assert searcher.found_under(root / "computer") == {}
    found = set().union(*searcher.found_under(root / "removed").values())
    assert {p.family for p in PEOPLE} <= found


@pytest.mark.parametrize("person", [PEOPLE[0], PEOPLE[49]], ids=lambda person: person.given)
@pytest.mark.parametrize("written", [
    pytest.param(lambda text: text.upper().encode(), id="capitals"),
    pytest.param(lambda text: text.lower().encode("utf-16-le"), id="UTF-16"),
    pytest.param(lambda text: base64.b64encode(text.encode()), id="base64"),
    pytest.param(lambda text: base64.b64encode(b"x" + text.encode()), id="base64, second place"),
    pytest.param(lambda text: base64.b64encode(b"xy" + text.upper().encode("utf-16-le")), id="base64, third place"),
    pytest.param(lambda text: text.encode().hex().upper().encode(), id="hex"),
    pytest.param(lambda text: b"stream\r\n" + zlib.compress(text.encode()) + b"\r\nendstream", id="stream of a PDF"),
])  # fmt: skip
def test_the_search_finds_a_person_however_written(searcher, person, written):
    for secret in person.secrets():
        assert secret in searcher.found_in(os.urandom(1001) + written(f"a {secret} b") + os.urandom(77))


def test_the_search_finds_a_person_in_an_archive_within_an_archive_and_in_a_file_name(searcher, tmp_path):
    inner, outer = tmp_path / f"{PEOPLE[3].given}.zip", tmp_path / "outer" / "backup.zip"
    outer.parent.mkdir()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("notes.txt", PEOPLE[4].name)
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(inner, "inner.zip")

    found = searcher.found_under(tmp_path)

    assert PEOPLE[3].given in found[str(inner)]
    assert {PEOPLE[4].given, PEOPLE[4].family} <= found[str(outer)]


def test_the_officer_finds_the_person_in_the_papers_asked_for(told, root, searcher):
    """The other control: the day did print and export the people, where it was told to."""
    found = searcher.found_under(root / "officer")

    assert {Path(path).name for path in found} >= {"claims.xlsx", "claims.csv", "cases.xlsx", "journeys.xlsx"}
