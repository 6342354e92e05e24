import os
import signal
import subprocess
import sys
import textwrap

import pytest

from liaison.domain.errors import Locked
from liaison.store.lock import IN_USE, StoreLock, synced_folder

HOLDER = textwrap.dedent(
    """
    import sys, time
    from pathlib import Path
    from liaison.store.lock import StoreLock
    lock = StoreLock(Path(sys.argv[1]))
    print("held", flush=True)
    time.sleep(60)
    """
)


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_program_is_told_that_the_store_is_in_use(tmp_path, holder):
    with pytest.raises(Locked) as locked:
        StoreLock(tmp_path)

    assert locked.value.message == IN_USE


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_nothing_is_left_after_a_kill(tmp_path, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()

    again = StoreLock(tmp_path)
    with pytest.raises(Locked):
        StoreLock(tmp_path)
    again.release()


def test_one_program_cannot_open_a_store_twice_either(tmp_path):
    first = StoreLock(tmp_path)
    with pytest.raises(Locked):
        StoreLock(tmp_path)

    first.release()
    first.release()
    StoreLock(tmp_path).release()


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("OneDrive - Kantor/Liaison", "OneDrive"),
        ("OneDrive/Dokumen/Liaison", "OneDrive"),
        ("Dropbox/store", "Dropbox"),
        ("Dropbox (Office)/store", "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs/s", "iCloud"),
        ("iCloudDrive/s", "iCloud"),
        ("Google Drive/s", "Google Drive"),
        ("My Drive/s", "Google Drive"),
        ("Documents/Liaison", None),
        ("Dropboxes-old/s", None),
    ],
)
def test_a_synchronised_folder_is_warned_of(tmp_path, monkeypatch, path, service):
    monkeypatch.delenv("OneDrive", raising=False)

    problem = synced_folder(tmp_path / path)

    assert (problem.values["service"] if problem else None) == service
    assert problem is None or problem.severity == "warning"


def test_marks_of_a_cloud_client_are_seen(tmp_path, monkeypatch):
    (tmp_path / "work" / ".dropbox.cache").mkdir(parents=True)
    assert synced_folder(tmp_path / "work" / "store").values["service"] == "Dropbox"

    monkeypatch.setenv("OneDrive", str(tmp_path / "cloud"))
    assert synced_folder(tmp_path / "cloud" / "store").values["service"] == "OneDrive"
