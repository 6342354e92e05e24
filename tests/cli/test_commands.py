"""Every command does its work and says so."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from liaison.cli.program import general_first
from liaison.domain.errors import Unavailable
from tests import make

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def case_no(read_only):
    from liaison.services.list_of_journeys import journey_ids, journey_page
    from liaison.services.list_queries import ListQuery
    from tests import sampling

    with make.opened(read_only, sampling.clock()) as store, store.read() as session:
        return journey_page(session, journey_ids(session, ListQuery(text="suyanti status:terbuka")))[0].case_no


def test_init_prints_the_recovery_code_once_and_the_store_opens(run, tmp_path):
    made = run("init", "--office", "Kantor Surabaya", "--officer", "Ratna", store=tmp_path / "new")
    checked = run("check", "--json", store=tmp_path / "new")

    assert made.status == 0
    code = made.out.rpartition(": ")[2].strip()
    assert len(code.replace("-", "")) == 30
    assert checked.json["ok"]
    assert json.loads((tmp_path / "new" / "keys.json").read_text(encoding="utf-8"))
    assert code not in run("history", store=tmp_path / "new").out


@pytest.mark.parametrize(("office", "code"), [("Kantor Medan", "MDN"), ("Liaison Banda Aceh", "BNA"), ("SBY", "SBY")])
def test_the_city_of_an_office_is_read_from_its_name(office, code):
    from liaison.cli.making import _city_code

    assert _city_code(office) == code


def test_init_refuses_a_short_passphrase_and_a_folder_that_holds_a_store(run, office, monkeypatch, tmp_path):
    again = run("init", "--office", "Kantor Medan", "--officer", "Ayu", store=office)
    monkeypatch.setenv("LIAISON_PASSPHRASE", "pendek")
    short = run("init", "--office", "Kantor Medan", "--officer", "Ayu", store=tmp_path / "short")

    assert (again.status, short.status) == (1, 1)
    assert not (tmp_path / "short" / "store.db").exists()


def test_demo_makes_an_office_of_its_own_and_prints_the_passphrase_it_made(run, monkeypatch, tmp_path):
    monkeypatch.delenv("LIAISON_PASSPHRASE")
    made = run("demo", "--journeys", "2")
    passphrase = made.out.strip().rpartition(": ")[2]
    monkeypatch.setenv("LIAISON_PASSPHRASE", passphrase)

    found = run("find", "suyanti", "--json", store=tmp_path / "data" / "sample")

    assert made.status == 0
    assert not (tmp_path / "data" / "office").exists()
    assert [f["title"] for f in found.json["found"]] == ["Suyanti", "Suyanti"]


def test_demo_never_goes_into_the_real_office(run, office):
    refused = run("demo", "--journeys", "2", store=office)

    assert refused.status == 1
    assert run("find", "suyanti", "--json", store=office).json == {"found": []}


def test_try_does_the_main_job_without_a_window(run, monkeypatch, tmp_path):
    from liaison.services import sample

    monkeypatch.setattr(sample, "CLOSED", 40)
    monkeypatch.setattr(sample, "TOLD_CASES", 1)
    done = run("try", "--to", tmp_path / "coba", "--lang", "id")

    assert done.status == 0, done.err
    papers = list((tmp_path / "coba").glob("*.pdf"))
    assert len(papers) == 2
    assert all(p.read_bytes().startswith(b"%PDF") for p in papers)
    assert all(str(p) in done.out for p in papers)


def test_find_prints_words_and_one_json_object(run, read_only):
    words, data = (
        run("find", "dewi", "anggraini", store=read_only),
        run("find", "dewi anggraini", "--json", store=read_only),
    )

    assert "Dewi Anggraini" in words.out
    assert "found" in words.err
    kinds = {f["kind"] for f in data.json["found"]}
    assert kinds == {"PERSON", "CASE", "CLAIM"}
    assert all(isinstance(f["id"], str) for f in data.json["found"])
    assert run("find", "zzzz", store=read_only).status == 0


def test_show_tells_a_case_in_both_languages_and_as_json(run, read_only, case_no):
    indonesian = run("show", case_no, store=read_only, lang="id")
    english = run("show", case_no.lower().replace("-", " "), store=read_only)
    data = run("show", case_no, "--json", store=read_only).json

    assert "Suyanti" in indonesian.out
    assert "RM45.000,00" in indonesian.out
    assert "RM45,000.00" in english.out
    assert data["case_no"] == case_no
    assert data["letter"]["ceiling"] == {"currency": "MYR", "amount": "45000.00"}
    assert data["state"] == "J11"


def test_history_tells_actions_and_one_cases_fields(run, read_only, case_no):
    actions = run("history", "--json", "--limit", "3", store=read_only).json["actions"]
    fields = run("history", case_no, "--json", store=read_only).json["history"]

    assert len(actions) == 3
    assert any(line["record_kind"] == "note" and line["is_made"] for line in fields)
    assert "Ayu Lestari" in run("history", case_no, store=read_only).out
    assert run("history", store=read_only).status == 0


def test_undo_takes_the_last_action_back_and_undoing_that_brings_it_again(run, sample):
    undone = run("undo", "--json", store=sample).json
    redone = run("undo", undone["action"], store=sample)

    assert redone.status == 0
    assert redone.out.startswith("Redone: ")
    assert run("check", "--json", store=sample).json["ok"]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
@pytest.mark.parametrize("kind", ["journeys", "claims", "hospitals", "contacts"])
def test_every_list_is_exported_in_every_form(run, read_only, tmp_path, kind, ending):
    target = tmp_path / f"{kind}.{ending}"

    done = run("export", kind, "--to", target, store=read_only, lang="id")

    assert done.status == 0, done.err
    assert target.stat().st_size > 200


def test_an_export_holds_what_the_filter_asks_for(run, read_only, tmp_path):
    target = tmp_path / "medan.json"

    run("export", "journeys", "--to", target, "--filter", "kota:medan status:terbuka", store=read_only)

    text = target.read_text(encoding="utf-8")
    assert "Suyanti" in text
    assert "Dewi Anggraini" not in text


def test_reports_are_listed_and_printed_with_their_twin(run, sample, tmp_path):
    listed = run("report", "list", "--json", store=sample).json["reports"]
    printed = run(
        "report",
        "directory",
        "--city",
        "Medan",
        "-o",
        tmp_path / "d.pdf",
        "--xlsx",
        tmp_path / "d.xlsx",
        "--json",
        "--lang",
        "id",
        store=sample,
    )

    assert {"case_summary", "city_briefing", "directory"} <= {r["name"] for r in listed}
    assert printed.status == 0, printed.err
    assert printed.json["pages"] >= 1
    assert (tmp_path / "d.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "d.xlsx").read_bytes().startswith(b"PK")
    told = run("report", "list", store=sample)
    assert told.status == 0
    assert "family hospital insurer" in told.out


def test_the_same_moment_gives_the_same_bytes(run, sample, tmp_path):
    for name in ("one", "two"):
        done = run("report", "directory", "--city", "Medan", "-o", tmp_path / f"{name}.pdf", store=sample)
        assert done.status == 0, done.err

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_backup_comes_back_as_the_same_office(run, sample, tmp_path):
    made = run("backup", tmp_path / "stick", store=sample)
    back = run("restore", made.out.strip(), "--to", tmp_path / "again", store=sample)

    assert (made.status, back.status) == (0, 0), back.err
    assert run("check", "--json", store=tmp_path / "again").json["ok"]
    assert "Suyanti" in run("find", "suyanti", store=tmp_path / "again").out


def test_a_backup_comes_back_with_the_recovery_code_too(run, office, tmp_path, monkeypatch):
    made = run("init", "--office", "Kantor Medan", "--officer", "Ayu", store=tmp_path / "coded")
    (tmp_path / "code.txt").write_text(made.out.strip().rpartition(": ")[2], encoding="utf-8")
    backup = run("backup", tmp_path / "stick", store=tmp_path / "coded").out.strip()
    monkeypatch.delenv("LIAISON_PASSPHRASE")

    back = run("restore", backup, "--to", tmp_path / "again", "--recovery-code-file", tmp_path / "code.txt")

    assert back.status == 0, back.err


def test_a_passphrase_comes_from_a_file_where_one_is_named(read_only, tmp_path, monkeypatch, run, capsys):
    from liaison.cli import main

    monkeypatch.delenv("LIAISON_PASSPHRASE")
    (tmp_path / "secret.txt").write_text(make.PASSPHRASE + "\n", encoding="utf-8")

    status = main(["--store", str(read_only), "--passphrase-file", str(tmp_path / "secret.txt"), "find", "suyanti"])

    assert status == 0
    assert "Suyanti" in capsys.readouterr().out


@pytest.mark.parametrize("is_joined", [False, True])
def test_what_holds_for_every_command_may_stand_behind_its_name_too(read_only, is_joined, capsys):
    from liaison.cli import main

    where = [f"--store={read_only}"] if is_joined else ["--store", str(read_only)]

    status = main(["find", "suyanti", *where, "--json", "--as-of", "2026-11-20T14:05+07:00"])

    assert status == 0
    assert "Suyanti" in capsys.readouterr().out


def test_words_behind_two_dashes_are_never_taken_for_options():
    assert general_first(["find", "--", "--store", "x"]) == ["find", "--", "--store", "x"]
    assert general_first(["find", "--store"]) == ["find", "--store"]


def test_claims_come_in_undo_takes_them_back_and_a_second_time_nothing_changes(run, office, tmp_path):
    file = tmp_path / "klaim.csv"
    file.write_text(
        "No Klaim;Nama Peserta;Tanggal Masuk;Tanggal Keluar;Mata Uang;Tagihan;Status\n"
        "K-1;Budi Santoso;03/10/2026;05/10/2026;MYR;1.234,50;disetujui\n"
        "K-2;Siti;31/02/2026;05/10/2026;MYR;99,00;ditolak\n",
        encoding="utf-8",
    )

    shown = run("import", file, "--city", "Medan", "--dry-run", "--json", store=office).json
    first = run("import", file, "--city", "Medan", "--json", store=office).json
    again = run("import", file, "--city", "Medan", "--json", store=office).json
    undone = run("undo", first["action"], store=office)

    assert shown["action"] is None
    assert shown["files"] == first["files"]
    assert first["files"][0]["sums"] == {"MYR": {"rows": 1, "billed": "1234.50"}}
    assert first["files"][0]["rejects"][0]["codes"] == ["BAD_DATE"]
    assert (again["files"][0]["new"], again["files"][0]["unchanged"]) == (0, 1)
    assert undone.status == 0, undone.err
    assert run("find", "K-1", "--json", store=office).json == {"found": []}


def test_a_dry_run_needs_no_store(run, tmp_path):
    file = tmp_path / "klaim.csv"
    file.write_text("No Klaim,Nama Peserta,Tgl Masuk,Mata Uang,Tagihan\nK-1,Budi,03/10/2026,MYR,10\n", encoding="utf-8")

    shown = run("import", file, "--dry-run", "--rows", "--json", store=tmp_path / "none")

    assert shown.status == 0, shown.err
    assert shown.json["files"][0]["rows"][0]["member_name"] == "Budi"
    assert not (tmp_path / "none").exists()


def test_the_four_real_lists_come_in_as_one_action(run, office, shared_data):
    files = sorted((shared_data / "bordereaux").glob("0*"))
    lists = [f for f in files if not f.name.endswith(".json")]

    done = run("import", *lists, "--city", "Medan", "--json", store=office)

    assert done.status == 0, done.err
    for file, told in zip(lists, done.json["files"], strict=True):
        truth = json.loads(file.with_name(file.name + ".truth.json").read_text(encoding="utf-8"))
        assert told["imported"] == truth["rows_imported"]
        assert told["rejected"] == truth["rows_rejected"]
        assert told["skipped"] == truth["rows_skipped"]
        assert told["sums"] == truth["sums_by_currency"]
    assert run("undo", store=office).status == 0
    assert run("check", "--json", store=office).json["ok"]


def test_main_py_takes_the_command_lines_words(tmp_path):
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--lang", "en", "report", "list"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "LIAISON_CONFIG": str(tmp_path)},
    )

    assert done.returncode == 0, done.stderr
    assert "case_summary" in done.stdout


def test_a_reader_that_stops_reading_is_no_trouble(tmp_path):
    command = [sys.executable, str(ROOT / "main.py"), "report", "list", "--json"]
    env = {**os.environ, "LIAISON_CONFIG": str(tmp_path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as process:
        process.stdout.close()
        said = process.stderr.read().decode()
        status = process.wait()

    assert "Traceback" not in said
    assert status == 0


def test_a_tracking_sheet_comes_in_and_one_undo_takes_it_back(run, office, tmp_path):
    file = tmp_path / "kasus.csv"
    file.write_text(
        "Nama;Kota;RS Tujuan;Penanggung;Status;No HP\n"
        "Budi Santoso;Medan;Island Hospital;Nusa Proteksi;nunggu GL;0812-5550-1111\n"
        "Siti Aminah;Medan;Gleneagles Hospital Penang;Cakra Jiwa;udah di RS;0812-5550-2222\n",
        encoding="utf-8",
    )

    done = run("import", file, "--kind", "journeys", "--json", store=office)
    found = run("find", "santoso", "--json", store=office).json["found"]
    undone = run("undo", store=office)

    assert done.status == 0, done.err
    assert done.json["files"][0]["imported"] == 2
    assert {f["kind"] for f in found} == {"PERSON", "CASE"}
    assert undone.status == 0, undone.err
    assert run("find", "santoso", "--json", store=office).json == {"found": []}


def test_an_office_that_only_uses_the_command_line_has_backups_too(run, office, tmp_path):
    file = tmp_path / "kasus.csv"
    file.write_text("Nama;Kota;Status\nBudi Santoso;Medan;nunggu GL\n", encoding="utf-8")

    looked = run("find", "budi", store=office)
    after_looking = list((office / "backups").glob("liaison-*.zip"))
    run("import", file, "--kind", "journeys", store=office)
    after_import = list((office / "backups").glob("liaison-*.zip"))

    assert looked.status == 0
    assert after_looking == []
    assert len(after_import) == 1


def test_init_names_the_cities_it_knows_where_none_was_understood(run, tmp_path):
    asked = run("init", "--office", "Kantor Kami", "--officer", "Ayu", store=tmp_path / "new", lang="id")

    assert asked.status == 1
    assert "--city" in asked.err and "Medan" in asked.err and "Surabaya" in asked.err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fnd"], "Maksudnya find?"),
        (["find"], "text belum disebut."),
        (["find", "--limi", "1", "x"], "Maksudnya --limit?"),
        (["find", "--limit", "0", "x"], "paling sedikit 1"),
        (["undo", "x"], "bilangan bulat"),
        (["report", "list", "x"], "berlebih"),
        (["find", "--limit"], "harus diikuti isinya"),
    ],
)
def test_wrong_usage_is_said_in_the_chosen_language_with_where_help_is(run, words, said):
    asked = run(*words, lang="id")

    assert asked.status == 2
    assert said in asked.err
    assert "--help" in asked.err
    assert "Error" not in asked.err and "Try" not in asked.err


def test_help_is_in_the_chosen_language_to_the_last_word(run):
    page = run("find", "--help", lang="id").out

    assert page.startswith("Cara pakai: liaison find")
    assert "Options" not in page and "exit" not in page


def test_a_report_into_a_folder_is_refused_with_a_name_for_the_file(run, read_only, tmp_path):
    asked = run("report", "directory", "--city", "Penang", "-o", tmp_path, store=read_only)

    assert asked.status == 1
    assert "directory.pdf" in asked.err


@pytest.mark.parametrize("place", ["keys.pdf", "store.db", "lock", "backups/x.pdf"])
def test_no_paper_or_list_is_ever_written_into_a_store(run, office, place):
    kept = {p: p.read_bytes() for p in office.iterdir() if p.name in ("keys.json", "lock")}
    there = sorted(p.name for p in office.rglob("*"))

    printed = run("report", "directory", "--city", "Penang", "-o", office / place, store=office)
    listed = run("export", "claims", "--to", office / f"{place}.csv", store=office)

    assert (printed.status, listed.status) == (1, 1)
    assert kept == {p: p.read_bytes() for p in kept}
    assert sorted(p.name for p in office.rglob("*")) == there


def test_a_workbook_of_another_ending_is_refused_before_anything_is_printed(run, office, tmp_path):
    paper = ("report", "directory", "--city", "Penang", "-o", tmp_path / "a.pdf")

    asked = run(*paper, "--xlsx", tmp_path / "a.txt", store=office)

    assert asked.status == 1
    assert ".xlsx" in asked.err
    assert not (tmp_path / "a.pdf").exists()


def test_a_paper_that_cannot_be_put_on_record_does_not_leave_the_office(run, sample, tmp_path, monkeypatch):
    def full(session, result):
        raise Unavailable("The disk is full. Nothing was lost. Free some space, then try again.")

    monkeypatch.setattr("liaison.reports.making.record_print", full)

    asked = run("report", "directory", "--city", "Penang", "-o", tmp_path / "a.pdf", store=sample)

    assert asked.status == 4
    assert list(tmp_path.glob("*a.pdf*")) == []


def test_a_clock_far_ahead_writes_nothing_and_the_right_one_still_can(run, office, tmp_path):
    file = tmp_path / "kasus.csv"
    file.write_text("Nama;Kota;Status\nBudi Santoso;Medan;nunggu GL\n", encoding="utf-8")

    ahead = run("import", file, "--kind", "journeys", store=office, as_of="2095-01-01")
    after = run("import", file, "--kind", "journeys", store=office)

    assert ahead.status == 2
    assert after.status == 0


def test_a_backup_of_a_day_to_come_does_not_stop_those_of_today(run, sample, tmp_path):
    for number, day in enumerate(("2027-06-01", "2026-11-23", "2026-11-24")):
        run("report", "directory", "--city", "Penang", "-o", tmp_path / f"{number}.pdf", store=sample, as_of=day)

    assert len(list((sample / "backups").glob("liaison-*.zip"))) == 3


@pytest.mark.parametrize(
    "words", [["undo", "9" * 23], ["history", "--limit", "9" * 23], ["find", "x", "--limit", "9" * 23]]
)
def test_a_number_too_large_is_wrong_usage(run, read_only, words):
    assert run(*words, store=read_only).status == 2


@pytest.mark.parametrize("name", ["\u200b", "\u2060\u00ad", "\u3164"])
def test_a_name_of_which_nothing_can_be_seen_is_no_name(run, tmp_path, name):
    asked = run("init", "--office", "Kantor Medan", "--officer", name, store=tmp_path / "new")

    assert asked.status == 1
    assert not (tmp_path / "new").exists()
