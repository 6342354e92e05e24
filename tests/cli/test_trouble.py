"""Bad input and trouble: one clear sentence in the chosen language, the right exit status, nothing half-written."""

import errno
import io
import json
import shutil

import pytest

from liaison.cli import main
from liaison.cli.boundary import in_words_of_options
from liaison.exchange.refusals import FileRefusal, refuse
from liaison.i18n import Language
from tests import make

LANGUAGES = ("id", "en")


def told(answers):
    """Every answer failed alike, says something, and says it otherwise in the other language."""
    said = [a.err.strip() for a in answers]
    assert all(said)
    assert not any("Traceback" in text for text in said)
    assert said[0] != said[1]
    statuses = {a.status for a in answers}
    assert len(statuses) == 1
    return statuses.pop()


def bytes_of(folder):
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and p.name != "lock"}


def test_a_wrong_passphrase_is_status_3(run, office, monkeypatch):
    monkeypatch.setenv("LIAISON_PASSPHRASE", "bukan yang ini sama sekali")

    assert told([run("check", store=office, lang=x) for x in LANGUAGES]) == 3


def test_no_passphrase_where_nobody_can_be_asked_is_status_3(run, office, monkeypatch):
    monkeypatch.delenv("LIAISON_PASSPHRASE")
    monkeypatch.setattr("sys.stdin", io.StringIO())

    assert told([run("check", store=office, lang=x) for x in LANGUAGES]) == 3


def test_a_folder_without_a_store_is_status_3(run, tmp_path):
    assert told([run("check", store=tmp_path / "nothing", lang=x) for x in LANGUAGES]) == 3


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"\xff\xfe\x00", b'{"version": "x"}'])
def test_a_damaged_envelope_is_status_3_and_stays_as_it_is(run, office, content):
    (office / "keys.json").write_bytes(content)
    before = bytes_of(office)

    assert told([run("check", store=office, lang=x) for x in LANGUAGES]) == 3
    assert bytes_of(office) == before


def test_a_missing_envelope_is_status_3_and_names_the_file(run, office):
    (office / "keys.json").unlink()

    assert told([run("check", store=office, lang=x) for x in LANGUAGES]) == 3
    assert "keys.json" in run("check", store=office).err


def test_a_damaged_store_is_status_3_and_stays_as_it_is(run, office):
    file = office / "store.db"
    content = bytearray(file.read_bytes())
    content[4096:4196] = bytes(100)
    content[100:200] = bytes(100)
    file.write_bytes(content)

    assert told([run("check", store=office, lang=x) for x in LANGUAGES]) == 3
    assert file.read_bytes() == bytes(content)


def test_a_newer_store_is_status_3_and_stays_as_it_is(run, office):
    plain = json.loads((office / "keys.json").read_text(encoding="utf-8"))
    plain["version"] = 99
    (office / "keys.json").write_text(json.dumps(plain), encoding="utf-8")
    before = bytes_of(office)

    assert told([run("check", store=office, lang=x) for x in LANGUAGES]) == 3
    assert bytes_of(office) == before


def test_a_store_in_use_is_status_3(run, office):
    with make.opened(office):
        assert told([run("check", store=office, lang=x) for x in LANGUAGES]) == 3


def test_a_file_that_is_not_there_is_status_4(run, office, tmp_path):
    missing = tmp_path / "tidak ada.xlsx"

    assert told([run("import", missing, store=office, lang=x) for x in LANGUAGES]) == 4
    assert told([run("restore", missing, "--to", tmp_path / "r", lang=x) for x in LANGUAGES]) == 4


def test_a_file_that_is_no_list_is_status_1_and_brings_nothing(run, office, tmp_path):
    file = tmp_path / "surat.txt"
    file.write_text("Yth. Ibu, terlampir surat kami.\n", encoding="utf-8")
    hostile = tmp_path / "x.xlsx"
    hostile.write_bytes(b"PK\x03\x04" + bytes(200))

    assert told([run("import", file, store=office, lang=x) for x in LANGUAGES]) == 1
    assert told([run("import", hostile, store=office, lang=x) for x in LANGUAGES]) == 1
    assert len(run("history", "--json", store=office).json["actions"]) == 2


def test_one_refused_file_refuses_the_whole_command(run, office, tmp_path):
    good, bad = tmp_path / "a.csv", tmp_path / "b.txt"
    good.write_text("No Klaim,Nama Peserta,Tgl Masuk,Mata Uang,Tagihan\nK-1,Budi,03/10/2026,MYR,10\n", encoding="utf-8")
    bad.write_text("bukan daftar\n", encoding="utf-8")

    refused = run("import", good, bad, store=office)

    assert refused.status == 1
    assert run("find", "K-1", "--json", store=office).json == {"found": []}


def test_a_list_without_a_currency_and_one_nobody_knows_are_refused_with_the_cure(run, office, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("No Klaim,Nama Peserta,Tgl Masuk,Tagihan\nK-1,Budi,03/10/2026,10\n", encoding="utf-8")

    assert told([run("import", file, store=office, lang=x) for x in LANGUAGES]) == 1
    assert run("import", file, "--currency", "XYZ", store=office).status == 1
    assert run("import", file, "--currency", "myr", "--dry-run", store=office).status == 0


def test_an_impossible_date_refuses_its_row_with_the_reason_in_both_languages(run, office, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("No Klaim,Nama Peserta,Tgl Masuk,Mata Uang,Tagihan\nK-1,Budi,31/02/2026,MYR,10\n", encoding="utf-8")

    answers = [run("import", file, store=office, lang=x) for x in LANGUAGES]

    assert [a.status for a in answers] == [1, 1]
    assert answers[0].out != answers[1].out
    assert run("find", "K-1", "--json", store=office).json == {"found": []}


def test_unknown_names_are_refused_with_the_known_ones(run, office, tmp_path):
    commands = {
        "nope": ("report", "nope", "-o", tmp_path / "x.pdf"),
        "Narnia": ("report", "city_briefing", "--city", "Narnia", "-o", tmp_path / "x.pdf"),
        "journeys": ("export", "nope", "--to", tmp_path / "x.csv"),
        "claims": ("import", __file__, "--kind", "nope"),
        "internal": ("report", "case_summary", "--case", "x", "--audience", "nobody", "-o", tmp_path / "x.pdf"),
        "X-1": ("show", "X-1"),
        "12": ("undo", "12"),
        "bulan": ("import", __file__, "--mapping", "bulan"),
        "kota": ("export", "journeys", "--to", tmp_path / "x.csv", "--filter", "sisa>0"),
        ".xlsx": ("export", "journeys", "--to", tmp_path / "x.doc"),
    }
    for words in commands.values():
        assert told([run(*words, store=office, lang=x) for x in LANGUAGES]) == 1, words
    assert "city_briefing" in run(*commands["nope"], store=office).err
    assert "Surabaya" in run(*commands["Narnia"], store=office).err
    assert not (tmp_path / "x.pdf").exists()
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("nope",),
        ("find",),
        ("check", "--nope"),
        ("export", "journeys"),
        ("report", "directory"),
        ("demo", "--journeys", "0"),
    ],
)
def test_wrong_usage_is_status_2(run, office, words):
    answer = run(*words, store=office)

    assert answer.status == 2
    assert answer.err
    assert answer.out == ""


def test_an_unknown_language_or_moment_is_wrong_usage(run, office):
    assert run("check", store=office, lang="xx").status == 2
    assert run("check", store=office, as_of="besok").status == 2


def test_a_taken_folder_is_never_restored_into(run, office, tmp_path):
    backup = run("backup", tmp_path / "stick", store=office).out.strip()
    before = bytes_of(office)

    assert told([run("restore", backup, "--to", office, lang=x) for x in LANGUAGES]) == 1
    assert bytes_of(office) == before


def test_a_damaged_backup_is_status_3_and_leaves_no_folder(run, office, tmp_path):
    from pathlib import Path

    backup = Path(run("backup", tmp_path / "stick", store=office).out.strip())
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 0xFF
    backup.write_bytes(content)

    assert told([run("restore", backup, "--to", tmp_path / "r", lang=x) for x in LANGUAGES]) == 3
    assert not (tmp_path / "r").exists()


def test_a_full_disk_is_status_4_and_leaves_no_half_backup(run, office, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(1, 1, 0))

    assert told([run("backup", tmp_path / "stick", store=office, lang=x) for x in LANGUAGES]) == 4
    assert list((tmp_path / "stick").glob("*.zip")) == []


def test_a_full_disk_while_exporting_is_status_4_and_leaves_nothing(run, office, tmp_path, monkeypatch):
    from pathlib import Path

    def full(self, data):
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    target = tmp_path / "x.csv"

    assert told([run("export", "journeys", "--to", target, store=office, lang=x) for x in LANGUAGES]) == 4
    assert not target.exists()


def test_an_export_into_a_folder_that_is_not_there_is_status_4(run, office, tmp_path):
    assert run("export", "journeys", "--to", tmp_path / "no" / "x.csv", store=office).status == 4


def test_a_mistake_of_ours_shows_no_traceback_and_no_name(run, office, monkeypatch):
    from liaison.services import checkup

    def broken(store):
        raise ValueError("Budi Santoso")

    monkeypatch.setattr(checkup, "check_store", broken)

    answer = run("check", store=office)

    assert answer.status == 70
    assert "Traceback" not in answer.err
    assert "Budi" not in answer.err


def test_stopping_a_command_says_that_nothing_is_half_written(run, office, monkeypatch):
    from liaison.services import checkup

    def stopped(store):
        raise KeyboardInterrupt

    monkeypatch.setattr(checkup, "check_store", stopped)

    assert told([run("check", store=office, lang=x) for x in LANGUAGES]) == 130


def test_a_check_that_finds_a_fault_is_status_3_and_names_what_is_wrong(run, sample):
    attached = next(p for p in (sample / "attachments").rglob("*") if p.is_file())
    attached.unlink()

    answer = run("check", "--json", store=sample)

    assert answer.status == 3
    assert [c["name"] for c in answer.json["checks"] if not c["ok"]] == ["attachments"]
    assert run("check", store=sample, lang="id").status == 3


def test_help_is_in_the_chosen_language(capsys, monkeypatch):
    texts = []
    for language in LANGUAGES:
        monkeypatch.setenv("LIAISON_LANG", language)
        assert main(["--help"]) == 0
        texts.append(capsys.readouterr().out)

    assert "check" in texts[0]
    assert texts[0] != texts[1]


@pytest.mark.parametrize(
    ("reason", "option"),
    [(FileRefusal.NO_CURRENCY, "--currency IDR"), (FileRefusal.NEEDS_PASSWORD, "--password"),
     (FileRefusal.WRONG_PASSWORD, "--password")],
)  # fmt: skip
def test_a_cure_is_an_option_on_the_command_line_and_a_field_in_the_window(reason, option):
    refused, english = refuse(reason, "claims.xlsx"), Language("en")

    assert option in in_words_of_options(refused, english)
    assert option not in refused.text(english)
