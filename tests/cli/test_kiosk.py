"""kiosk hand-over, take-in and receipt: the same as at the counter and at the office, without a window."""

from __future__ import annotations

import pytest

from liaison.domain.kiosk import KioskDraft
from liaison.services import kiosk
from liaison.store.kdf import CHEAP
from tests import make


@pytest.fixture(autouse=True)
def quickly(monkeypatch):
    monkeypatch.setattr("liaison.store.case_file.fitting", lambda: CHEAP)


@pytest.fixture
def counter(run, tmp_path):
    """The folder of a kiosk with one enquiry, made on the command line."""
    folder = tmp_path / "counter"
    made = run("init", "--kiosk", "--office", "Kios Medan", "--officer", "Meja Depan", "--city", "Medan", store=folder)
    assert made.status == 0
    with make.opened(folder) as store:
        make.do(store, kiosk.write_down, KioskDraft(full_name="Tiurma", phone="0812 6003 417", city="Medan",
                                                    wish="kontrol", agreed=True, given_by="Tiurma"))  # fmt: skip
    return folder


def test_an_enquiry_goes_from_the_kiosk_to_the_office_and_is_wiped_by_its_receipt(run, counter, office, tmp_path):
    file = tmp_path / "k.liaison"
    made = run("kiosk", "hand-over", "-o", file, "--json", store=counter)
    assert made.json["entries"] == 1
    code = tmp_path / "code.txt"
    code.write_text(made.json["code"])

    looked = run("kiosk", "take-in", file, "--code-file", code, "--look", "--json", store=office)
    assert (looked.json["new"], looked.json["taken"], looked.json["receipt"]) == (1, False, "")
    taken = run("kiosk", "take-in", file, "--code-file", code, "--json", store=office)
    again = run("kiosk", "take-in", file, "--code-file", code, "--json", store=office)
    assert (taken.json["new"], again.json["new"]) == (1, 0)
    assert taken.json["receipt"] == again.json["receipt"]

    assert run("kiosk", "receipt", "00000-1", store=counter).status == 1
    assert run("kiosk", "receipt", taken.json["receipt"], store=counter).status == 0
    assert run("kiosk", "hand-over", "-o", tmp_path / "none.liaison", store=counter).status == 1


def test_a_kiosk_takes_nothing_else_and_keeps_no_backup(run, counter, office, tmp_path):
    for words in (("find", "tiurma"), ("backup", tmp_path / "copies"), ("hand-over", "X", "-o", tmp_path / "x.liaison",
                  "--to", "Sari"), ("history",)):  # fmt: skip
        refused = run(*words, store=counter)
        assert refused.status == 1, words
        assert "kiosk" in refused.err or "kios" in refused.err
    run("kiosk", "hand-over", "-o", tmp_path / "k.liaison", store=counter)
    assert list((counter / "backups").iterdir()) == []
    assert run("kiosk", "hand-over", "-o", tmp_path / "y.liaison", store=office).status == 1
