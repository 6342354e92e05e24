"""A PDF about a person leaves sealed or with a reason, its name names nobody; file and record come together."""

import io
import subprocess
import sys
import textwrap
from pathlib import Path

import pikepdf
import pytest

from liaison.domain.errors import Refused, Unavailable
from liaison.reports import leaving, print_run
from liaison.reports.leaving import Seal
from liaison.reports.making import make_report
from liaison.reports.print_run import RunItem
from liaison.services import disclosure, releases
from liaison.store import outgoing
from tests import make

AGREED = Seal(password="7KQ2M-9XT4B-H3VWD-PRC")
SAID = Seal(open_because="pasien meminta berkas terbuka")


@pytest.fixture
def person(store):
    key = make.patient(store, full_name="Zulfan Wirabumin", passport_name="")
    make.journey(store, key)
    return key


@pytest.fixture
def copy(store, person):
    return make.see(store, make_report, "own_copy", {"person": str(person)}, language="en")


def put(store, copy, target, seal):
    with store.write(copy.action_title, kind=copy.action_kind) as session:
        leaving.put_report(session, copy, target, seal)


def lines(store, person):
    return make.see(store, disclosure.disclosures_of, person)


def test_a_paper_about_a_person_does_not_leave_open_without_a_reason(store, person, copy, tmp_path):
    with pytest.raises(Refused) as refused:
        put(store, copy, tmp_path / "salinan.pdf", Seal(open_because="  "))

    assert [one.code for one in refused.value.problems] == ["MUST_BE_SEALED"]
    assert list(tmp_path.glob("*.pdf*")) == [] and lines(store, person) == []


def test_sealed_it_opens_with_the_password_alone_and_is_on_record(store, person, copy, tmp_path):
    put(store, copy, tmp_path / "salinan.pdf", AGREED)

    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(tmp_path / "salinan.pdf")
    with pikepdf.open(tmp_path / "salinan.pdf", password=AGREED.password) as pdf:
        assert pdf.encryption.bits == 256
    assert len(lines(store, person)) == 1
    assert make.see(store, releases.release, copy.id).figures["sealed"] is True


def test_the_reason_why_a_copy_stays_open_is_kept_with_its_record(store, copy, tmp_path):
    put(store, copy, tmp_path / "salinan.pdf", SAID)

    pikepdf.open(tmp_path / "salinan.pdf").close()
    assert make.see(store, releases.release, copy.id).figures["open_because"] == SAID.open_because


def test_printed_again_it_leaves_sealed_or_with_a_reason_of_its_own(store, copy, tmp_path):
    put(store, copy, tmp_path / "a.pdf", SAID)
    key = make.see(store, releases.release_called, copy.id).id

    with pytest.raises(Refused), store.write("again", kind="disclosure") as session:
        leaving.put_again(session, key, tmp_path / "b.pdf", Seal())
    with store.write("again", kind="disclosure") as session:
        leaving.put_again(session, key, tmp_path / "b.pdf", AGREED)

    figures = make.see(store, releases.release_called, copy.id).figures
    assert figures["sealed"] is True and "open_because" not in figures


def test_a_run_about_people_leaves_sealed_or_with_a_reason(store, person, tmp_path):
    item = RunItem(report="own_copy", options={"person": str(person)}, language="en", label="1")
    with store.read() as session:
        run = print_run.bind(session, [print_run.make_part(session, item)], language="en")

    with pytest.raises(Refused), store.write("run", kind=run.action_kind) as session:
        leaving.put_run(session, run, tmp_path / "r.pdf", Seal())
    with store.write("run", kind=run.action_kind) as session:
        leaving.put_run(session, run, tmp_path / "r.pdf", AGREED)

    with pikepdf.open(tmp_path / "r.pdf", password=AGREED.password) as pdf:
        assert len(pdf.pages) == run.pages
    assert len(lines(store, person)) == 1


@pytest.mark.parametrize(
    "name", ["Zulfan.pdf", "salinan wirabumin 2026.pdf", "ZULFAN-WIRABUMIN.pdf", "salinanZulfanWirabumin.pdf"]
)
def test_a_file_name_that_names_the_person_is_refused(store, person, copy, tmp_path, name):
    with pytest.raises(Refused) as refused:
        put(store, copy, tmp_path / name, AGREED)

    assert [one.code for one in refused.value.problems] == ["NAMES_SOMEBODY"]
    assert not (tmp_path / name).exists() and lines(store, person) == []


@pytest.mark.parametrize("name", ["王小明.pdf", "salinan王小明-2026.pdf"])
def test_a_file_name_that_names_the_person_in_chinese_is_refused(store, tmp_path, name):
    key = make.patient(store, full_name="王小明", passport_name="")
    with pytest.raises(Refused) as refused:
        make.see(store, leaving.check_file_name, [key], tmp_path / name)

    assert [one.code for one in refused.value.problems] == ["NAMES_SOMEBODY"]


def test_what_a_save_that_fails_replaced_stands_there_again(store, person, copy, tmp_path, monkeypatch):
    target = tmp_path / "salinan.pdf"
    target.write_bytes(b"before")
    monkeypatch.setattr(leaving.making, "record_print", lambda *_a: (_ for _ in ()).throw(Unavailable("disk")))

    with pytest.raises(Unavailable):
        put(store, copy, target, AGREED)

    assert target.read_bytes() == b"before"
    assert [one.name for one in tmp_path.glob("*salinan*")] == ["salinan.pdf"] and lines(store, person) == []
    assert not (store.folder / outgoing.NOTE).exists()


def test_what_a_file_replaces_stands_under_its_name_until_the_action_is_on_record(store, copy, tmp_path):
    target = tmp_path / "salinan.pdf"
    target.write_bytes(b"before")

    with store.write(copy.action_title, kind=copy.action_kind) as session:
        leaving.put_report(session, copy, target, AGREED)
        assert target.read_bytes() == b"before"

    assert target.read_bytes().startswith(b"%PDF")
    assert [one.name for one in tmp_path.glob("*salinan*")] == ["salinan.pdf"]


def test_a_file_that_another_program_holds_open_is_refused_before_anything_is_on_record(
    store, person, copy, tmp_path, monkeypatch
):
    target = tmp_path / "salinan.pdf"
    target.write_bytes(b"before")
    real = Path.replace

    def held(source, place):
        if source == target:
            raise PermissionError(32, "held open")
        return real(source, place)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(Unavailable):
        put(store, copy, target, AGREED)

    assert target.read_bytes() == b"before" and lines(store, person) == []
    assert [one.name for one in tmp_path.glob("*salinan*")] == ["salinan.pdf"]


@pytest.mark.parametrize("place", ["no folder/salinan.pdf", "folder.pdf"])
def test_a_place_that_cannot_be_written_leaves_no_line(store, person, copy, tmp_path, place):
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(Unavailable):
        put(store, copy, tmp_path / place, AGREED)

    assert lines(store, person) == []


KILLED = """
import os, sys
from pathlib import Path
from liaison.reports import leaving, making
from liaison.reports.leaving import Seal
from liaison.store import outgoing
from liaison.store.opening import open_store
from tests import make
folder, target, when = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
store = open_store(folder, make.PASSPHRASE)
with store.read() as session:
    copy = making.make_report(session, "own_copy", {"person": sys.argv[4]}, language="en")
if when == "before":
    real = making.record_print
    making.record_print = lambda *a: (real(*a), os._exit(9))
elif when == "after":
    outgoing.Outgoing.hand_over = lambda self: os._exit(9)
else:
    outgoing.put_in_place = lambda part, target: (part.replace(target), os._exit(9))
with store.write(copy.action_title, kind=copy.action_kind) as session:
    leaving.put_report(session, copy, target, Seal(password="7KQ2M-9XT4B-H3VWD-PRC"))
"""


@pytest.mark.parametrize("when", ["before", "after", "named"])
def test_a_power_cut_leaves_both_the_file_and_its_line_or_neither(tmp_path, when):
    folder, target = tmp_path / "store", tmp_path / "salinan.pdf"
    target.write_bytes(b"before")
    with make.new_store(folder, make.TestClock()) as store:
        person = make.patient(store)
        make.journey(store, person)

    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(folder), str(target), when, str(person)]
    killed = subprocess.run(command, check=False, capture_output=True, text=True)

    assert killed.returncode == 9, killed.stderr
    if when == "named":
        assert target.read_bytes() != b"before"
    else:  # what it replaces is never gone from its place, not even until the next start
        assert target.read_bytes() == b"before"
    with make.opened(folder) as store:
        found = lines(store, person)
    assert [one.name for one in tmp_path.glob("*salinan*")] == ["salinan.pdf"]
    if when == "before":
        assert found == [] and target.read_bytes() == b"before"
    else:
        assert len(found) == 1
        pikepdf.open(io.BytesIO(target.read_bytes()), password="7KQ2M-9XT4B-H3VWD-PRC").close()
    assert not (folder / outgoing.NOTE).exists()


def test_no_other_way_leads_out():
    """What writes a PDF beside this module does so sealed: the own copy with its data, and tests of the engine."""
    import liaison

    root = Path(liaison.__file__).parent
    allowed = {"reports/making.py", "reports/leaving.py", "ui/pages/person_rights.py"}
    found = {
        path.relative_to(root).as_posix() for path in root.rglob("*.py")
        if "lay_ready(" in path.read_text("utf-8")
        or "import make_report, put_on_record" in path.read_text("utf-8")
        or "making.put_on_record(" in path.read_text("utf-8")
    }  # fmt: skip

    assert found <= allowed
